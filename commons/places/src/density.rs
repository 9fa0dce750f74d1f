//! Whether a school stands in the country, where the register does not say it.
//!
//! The rule: fewer than ten other schools of the register within two kilometres. It is applied only
//! to registers of a thousand schools with a point and more, since a part of a register always looks
//! thin. It is an estimate and says so: the school's `rural_basis` is `density`.

use crate::register::Entry;
use std::collections::BTreeMap;

/// Registers smaller than this are not judged by their density.
const SCHOOLS_MIN: usize = 1_000;
const WITHIN_KM: f64 = 2.0;
const NEIGHBOURS_MIN: usize = 10;
const KM_PER_DEGREE: f64 = 111.2;

/// Marks each school with a point as rural or not.
pub(crate) fn mark(entries: &mut [Entry]) {
    let points: Vec<Option<(f64, f64)>> =
        entries.iter().map(|entry| entry.school.point()).collect();
    if points.iter().flatten().count() < SCHOOLS_MIN {
        return;
    }
    let mut cells: BTreeMap<(i64, i64), Vec<(f64, f64)>> = BTreeMap::new();
    for point in points.iter().flatten() {
        cells.entry(cell(*point)).or_default().push(*point);
    }
    for (entry, point) in entries.iter_mut().zip(points) {
        if let Some(point) = point {
            entry.school.rural = Some(neighbours(&cells, point) < NEIGHBOURS_MIN);
            entry.school.rural_basis = Some("density".to_owned());
        }
    }
}

/// Rows of cells two kilometres high; near the poles a cell is narrow, so its columns follow the row.
#[expect(
    clippy::cast_possible_truncation,
    reason = "degrees in cells are small numbers"
)]
fn cell((lon, lat): (f64, f64)) -> (i64, i64) {
    let high = WITHIN_KM / KM_PER_DEGREE;
    let row = (lat / high).floor();
    (row as i64, (lon / wide(row)).floor() as i64)
}

fn wide(row: f64) -> f64 {
    let high = WITHIN_KM / KM_PER_DEGREE;
    high / (row * high).to_radians().cos().abs().max(0.05)
}

/// Other schools within the distance; counting stops when there are enough.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "cells are small numbers"
)]
fn neighbours(cells: &BTreeMap<(i64, i64), Vec<(f64, f64)>>, (lon, lat): (f64, f64)) -> usize {
    let (row, _) = cell((lon, lat));
    let shrink = lat.to_radians().cos();
    let mut found = 0_usize;
    for near in row - 1..=row + 1 {
        let column = (lon / wide(near as f64)).floor() as i64;
        for (_, points) in cells.range((near, column - 2)..=(near, column + 2)) {
            for (other_lon, other_lat) in points {
                let east = (lon - other_lon) * shrink * KM_PER_DEGREE;
                let north = (lat - other_lat) * KM_PER_DEGREE;
                if east.mul_add(east, north * north) <= WITHIN_KM * WITHIN_KM {
                    found += 1;
                    // The school finds itself too.
                    if found > NEIGHBOURS_MIN {
                        return found - 1;
                    }
                }
            }
        }
    }
    found.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::school::School;

    fn entry(lon: f64, lat: f64) -> Entry {
        let school = School {
            lon: Some(lon),
            lat: Some(lat),
            ..School::default()
        };
        Entry {
            row: 1,
            school,
            survey: None,
        }
    }

    #[test]
    fn a_town_is_where_schools_stand_close() {
        let mut entries: Vec<Entry> = (0..1_100)
            .map(|n| {
                entry(
                    -88.0 + 0.05 * f64::from(n % 40),
                    13.0 + 0.05 * f64::from(n / 40),
                )
            })
            .collect();
        entries.extend((0..11).map(|n| entry(-87.21 + 0.0005 * f64::from(n), 14.08)));
        entries.push(Entry {
            row: 2,
            school: School::default(),
            survey: None,
        });
        mark(&mut entries);
        assert_eq!(entries[0].school.rural, Some(true));
        assert_eq!(entries[1_100].school.rural, Some(false));
        assert_eq!(entries.last().unwrap().school.rural, None);
        assert_eq!(entries[0].school.rural_basis.as_deref(), Some("density"));
    }

    #[test]
    fn a_part_of_a_register_is_not_judged() {
        let mut entries: Vec<Entry> = (0..999).map(|n| entry(f64::from(n) * 0.1, 1.0)).collect();
        mark(&mut entries);
        assert!(entries.iter().all(|entry| entry.school.rural.is_none()));
    }

    #[test]
    fn distance_does_not_depend_on_where_cells_begin() {
        let mut points: Vec<Entry> = (0..1_000)
            .map(|n| entry(f64::from(n) * 0.1 + 20.0, -60.0))
            .collect();
        // Eleven schools on both sides of a cell's edge, at a latitude where cells are wide.
        points.extend((0..11).map(|n| entry(10.0 + 0.003 * f64::from(n), 60.0001)));
        mark(&mut points);
        assert!(
            points[1_000..]
                .iter()
                .all(|entry| entry.school.rural == Some(false))
        );
    }
}
