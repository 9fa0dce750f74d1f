//! Likely duplicates: rows that may speak of the same thing. It reports groups and never merges.

use std::collections::BTreeMap;

use crate::fold::fold;

const EARTH_METRES: f64 = 6_371_008.8;
/// Points kept in one cell of the grid. More points of one name so close together say nothing
/// new, and a register of one name at one place must not cost the square of its rows.
const POINTS_MAX: usize = 64;

/// What is known of one row.
#[derive(Debug, Clone, Copy, Default)]
pub struct Candidate<'a> {
    pub identifier: Option<&'a str>,
    pub name: Option<&'a str>,
    /// The code of the place it lies in.
    pub place: Option<&'a str>,
    /// Longitude and latitude.
    pub point: Option<(f64, f64)>,
}

/// Why rows are in one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    Identifier,
    /// The same folded name within the distance.
    NameNear,
    /// The same folded name and place, and at least one row has no point to tell them apart.
    NameAndPlace,
}

/// Rows that may be the same, as positions in the slice given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub reason: Reason,
    pub rows: Vec<usize>,
}

/// Finds groups of likely duplicates in time that grows with the number of rows.
pub fn find(candidates: &[Candidate<'_>], metres: f64) -> Vec<Group> {
    let identifiers = shared(candidates, |one| {
        one.identifier
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_lowercase)
    });
    let names = shared(candidates, |one| {
        one.name.map(fold).filter(|name| !name.is_empty())
    });
    let mut groups: Vec<Group> = identifiers
        .into_iter()
        .map(|rows| Group {
            reason: Reason::Identifier,
            rows,
        })
        .collect();
    let mut places = Vec::new();
    for rows in names {
        groups.extend(
            near(candidates, &rows, metres)
                .into_iter()
                .map(|rows| Group {
                    reason: Reason::NameNear,
                    rows,
                }),
        );
        places.extend(same_place(candidates, &rows));
    }
    groups.extend(places.into_iter().map(|rows| Group {
        reason: Reason::NameAndPlace,
        rows,
    }));
    groups
}

/// Rows with an equal key, two or more, in the order of their first row.
fn shared(
    candidates: &[Candidate<'_>],
    key: impl Fn(&Candidate<'_>) -> Option<String>,
) -> Vec<Vec<usize>> {
    let mut by_key: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (row, one) in candidates.iter().enumerate() {
        if let Some(key) = key(one) {
            by_key.entry(key).or_default().push(row);
        }
    }
    in_order(by_key.into_values())
}

fn in_order(groups: impl Iterator<Item = Vec<usize>>) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = groups.filter(|rows| rows.len() > 1).collect();
    groups.sort();
    groups
}

/// Among rows of one name, those connected by steps no longer than `metres`. Points are set on
/// the sphere, so that neither the poles nor the 180th meridian need a rule.
fn near(candidates: &[Candidate<'_>], rows: &[usize], metres: f64) -> Vec<Vec<usize>> {
    if metres.is_nan() || metres <= 0.0 {
        return Vec::new();
    }
    let points: Vec<(usize, [f64; 3])> = rows
        .iter()
        .filter_map(|&row| Some((row, on_sphere(candidates.get(row)?.point?)?)))
        .collect();
    let mut leaders: Vec<usize> = (0..points.len()).collect();
    let mut grid: BTreeMap<[i64; 3], Vec<usize>> = BTreeMap::new();
    for (at, (_, point)) in points.iter().enumerate() {
        let home = point.map(|side| cell(side / metres));
        for around in neighbours(home) {
            for &other in grid.get(&around).into_iter().flatten() {
                let close = points
                    .get(other)
                    .is_some_and(|(_, there)| distance_squared(point, there) <= metres * metres);
                if close {
                    join(&mut leaders, at, other);
                }
            }
        }
        let kept = grid.entry(home).or_default();
        if kept.len() < POINTS_MAX {
            kept.push(at);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, (row, _)) in points.iter().enumerate() {
        groups
            .entry(leader(&mut leaders, at))
            .or_default()
            .push(*row);
    }
    in_order(groups.into_values())
}

/// Among rows of one name, those of one place of which at least one has no point.
fn same_place(candidates: &[Candidate<'_>], rows: &[usize]) -> Vec<Vec<usize>> {
    let mut by_place: BTreeMap<String, (bool, Vec<usize>)> = BTreeMap::new();
    for &row in rows {
        let Some(one) = candidates.get(row) else {
            continue;
        };
        if let Some(place) = one.place.map(fold).filter(|place| !place.is_empty()) {
            let (blind, rows) = by_place.entry(place).or_default();
            *blind |= one.point.is_none();
            rows.push(row);
        }
    }
    in_order(
        by_place
            .into_values()
            .filter(|(blind, _)| *blind)
            .map(|(_, rows)| rows),
    )
}

fn on_sphere((longitude, latitude): (f64, f64)) -> Option<[f64; 3]> {
    if !longitude.is_finite() || !latitude.is_finite() {
        return None;
    }
    let (east, north) = (longitude.to_radians(), latitude.to_radians());
    Some([
        EARTH_METRES * north.cos() * east.cos(),
        EARTH_METRES * north.cos() * east.sin(),
        EARTH_METRES * north.sin(),
    ])
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast from f64 to i64 saturates"
)]
fn cell(side: f64) -> i64 {
    side.floor() as i64
}

fn neighbours(home: [i64; 3]) -> impl Iterator<Item = [i64; 3]> {
    let [x, y, z] = home;
    (-1..=1).flat_map(move |dx| {
        (-1..=1).flat_map(move |dy| {
            (-1..=1).map(move |dz| {
                [
                    x.saturating_add(dx),
                    y.saturating_add(dy),
                    z.saturating_add(dz),
                ]
            })
        })
    })
}

fn distance_squared(here: &[f64; 3], there: &[f64; 3]) -> f64 {
    here.iter().zip(there).map(|(a, b)| (a - b) * (a - b)).sum()
}

fn leader(leaders: &mut [usize], at: usize) -> usize {
    let mut at = at;
    while let Some(&above) = leaders.get(at) {
        if above == at {
            break;
        }
        let top = leaders.get(above).copied().unwrap_or(above);
        if let Some(entry) = leaders.get_mut(at) {
            *entry = top;
        }
        at = top;
    }
    at
}

fn join(leaders: &mut [usize], left: usize, right: usize) {
    let (left, right) = (leader(leaders, left), leader(leaders, right));
    if let Some(entry) = leaders.get_mut(left.max(right)) {
        *entry = left.min(right);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(name: &'static str, longitude: f64, latitude: f64) -> Candidate<'static> {
        Candidate {
            name: Some(name),
            point: Some((longitude, latitude)),
            ..Candidate::default()
        }
    }

    fn coded(identifier: &'static str) -> Candidate<'static> {
        Candidate {
            identifier: Some(identifier),
            ..Candidate::default()
        }
    }

    #[test]
    fn one_identifier_twice_is_a_group() {
        let rows = [
            coded("A1"),
            coded("B2"),
            coded(" a1 "),
            coded(""),
            coded(""),
        ];
        let expected = [Group {
            reason: Reason::Identifier,
            rows: vec![0, 2],
        }];
        assert_eq!(find(&rows, 100.0), expected);
    }

    #[test]
    fn one_name_nearby_is_a_group_and_far_away_is_not() {
        // One thousandth of a degree is 111 metres.
        let rows = [
            at("Écôle Centrale", 36.0, -1.0),
            at("ecole centrale", 36.001, -1.0),
            at("Ecole Centrale", 36.1, -1.0),
            at("Other", 36.0, -1.0),
        ];
        assert_eq!(
            find(&rows, 150.0),
            [Group {
                reason: Reason::NameNear,
                rows: vec![0, 1]
            }]
        );
        assert!(find(&rows, 50.0).is_empty());
    }

    #[test]
    fn the_180th_meridian_divides_nothing() {
        let rows = [
            at("Taveuni", 179.9999, -16.8),
            at("Taveuni", -179.9999, -16.8),
        ];
        assert_eq!(find(&rows, 100.0).len(), 1);
    }

    #[test]
    fn a_row_without_a_point_is_compared_by_its_place() {
        let placed = |point| Candidate {
            place: Some("KE-30"),
            point,
            ..at("Bakwanin", 0.0, 0.0)
        };
        let far = [placed(Some((35.0, 0.0))), placed(Some((36.0, 0.0)))];
        assert!(find(&far, 100.0).is_empty());
        let blind = [placed(Some((35.0, 0.0))), placed(None)];
        let expected = [Group {
            reason: Reason::NameAndPlace,
            rows: vec![0, 1],
        }];
        assert_eq!(find(&blind, 100.0), expected);
    }

    #[test]
    fn a_hundred_thousand_rows_of_one_name_at_one_place_are_one_group() {
        let rows = vec![at("Primary school", 7.5, 9.0); 100_000];
        let groups = find(&rows, 100.0);
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].rows.len(), 100_000);
    }
}
