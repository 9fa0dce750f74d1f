//! What this room decides, without database or clock.

use crate::place::Gazetteer;
use base::{Actor, Error, Refusal, Result, Role, fold};
use sheets::Bounds;

/// The sum, and whether what is written agrees with its parts. A missing sum is added up only from
/// both parts; a written sum is kept as written.
pub fn total(one: Option<i64>, other: Option<i64>, written: Option<i64>) -> (Option<i64>, bool) {
    let parts = one.zip(other).map(|(one, other)| one.saturating_add(other));
    match (written, parts) {
        (Some(written), Some(parts)) => (Some(written), written == parts),
        (Some(written), None) => {
            let part = one.or(other);
            (Some(written), part.is_none_or(|part| part <= written))
        }
        (None, parts) => (parts, true),
    }
}

/// Whether words say that a school stands in the country; none when they say neither.
pub fn rural(written: &str) -> Option<bool> {
    match fold(written).as_str() {
        "rural" | "rurale" | "r" | "village" | "ريفي" | "ريف" | "yes" | "1" | "true" => {
            Some(true)
        }
        "urban" | "urbano" | "urbana" | "urbain" | "urbaine" | "u" | "town" | "city"
        | "peri urban" | "حضري" | "مدينه" | "no" | "0" | "false" => Some(false),
        _ => None,
    }
}

/// Longitude and latitude from one cell: latitude first, as receivers and survey tools write it, then
/// longitude; altitude and accuracy may follow.
///
/// # Errors
/// The key of the reason: unreadable, both zero, the two the wrong way round, outside the country.
pub fn gps(text: &str, bounds: Option<&Bounds>) -> std::result::Result<(f64, f64), &'static str> {
    let parts = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .filter(|p| !p.is_empty());
    let numbers: Vec<f64> = parts.map(|part| part.parse().unwrap_or(f64::NAN)).collect();
    let (lat, lon) = match numbers.as_slice() {
        [lat, lon] | [lat, lon, _] | [lat, lon, _, _] if lat.is_finite() && lon.is_finite() => {
            (*lat, *lon)
        }
        _ => return Err("places-gps-unreadable"),
    };
    let fits = |lon: f64, lat: f64| match bounds {
        Some(b) => (b.west..=b.east).contains(&lon) && (b.south..=b.north).contains(&lat),
        None => lon.abs() <= 180.0 && lat.abs() <= 90.0,
    };
    match (lon, lat) {
        (0.0, 0.0) => Err("places-gps-zero"),
        _ if fits(lon, lat) => Ok((lon, lat)),
        _ if fits(lat, lon) => Err("places-gps-swapped"),
        _ => Err("places-gps-outside"),
    }
}

/// Whether a school of a place may be brought by somebody whose appointment is narrowed to places.
pub fn may_bring(tree: &Gazetteer, allowed: &[String], place: &str) -> bool {
    allowed.is_empty() || allowed.iter().any(|area| tree.is_within(place, area))
}

/// The places the actor may bring schools of; empty for the whole country. Only the country's own
/// authority keeps its register.
///
/// # Errors
/// Forbidden for anybody else.
pub fn may_import(actor: &Actor, country: &str) -> Result<Vec<String>> {
    let keeps = [Role::AuthorityFocalPoint, Role::AuthoritySignatory];
    let held = actor
        .appointments
        .iter()
        .filter(|held| keeps.contains(&held.role) && held.country.as_deref() == Some(country));
    let places: Vec<&Vec<String>> = held.map(|held| &held.places).collect();
    if places.is_empty() {
        return Err(Error::Forbidden(Role::AuthorityFocalPoint.code()));
    }
    if places.iter().any(|codes| codes.is_empty()) {
        return Ok(Vec::new());
    }
    Ok(places.into_iter().flatten().cloned().collect())
}

/// Whether a reading that was shown may now be taken over.
///
/// # Errors
/// Refused when nothing was read, or it is not done reading, or it is the taking over itself.
pub fn may_accept(kind: &str, state: &str, schools: i64) -> Result<()> {
    let key = match (kind, state) {
        ("schools-read", "done") if schools > 0 => return Ok(()),
        ("schools-read", "done") => "places-nothing-to-take",
        ("schools-read", _) => "places-still-reading",
        _ => "places-already-taken",
    };
    Err(Refusal::whole(key).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::{Appointment, Id, Lang};

    #[test]
    fn a_sum_is_never_made_from_one_part() {
        for (one, other, written, expected) in [
            (Some(2), Some(3), None, (Some(5), true)),
            (Some(2), None, None, (None, true)),
            (None, None, None, (None, true)),
            (Some(0), Some(0), None, (Some(0), true)),
            (Some(2), Some(3), Some(5), (Some(5), true)),
            (Some(2), Some(3), Some(6), (Some(6), false)),
            (Some(7), None, Some(6), (Some(6), false)),
            (None, None, Some(6), (Some(6), true)),
        ] {
            assert_eq!(total(one, other, written), expected);
        }
    }

    #[test]
    fn a_gps_cell_is_latitude_first() {
        let bounds = Bounds {
            west: 2.5,
            south: 4.0,
            east: 15.0,
            north: 14.0,
        };
        for (text, expected) in [
            ("9.1 7.4 350.2 5.0", Ok((7.4, 9.1))),
            ("9.1,7.4", Ok((7.4, 9.1))),
            ("9.1; 2.6", Ok((2.6, 9.1))),
            ("2.6 9.1", Err("places-gps-swapped")),
            ("0 0 0 0", Err("places-gps-zero")),
            ("9.1", Err("places-gps-unreadable")),
            ("9.1 7.4 1 2 3", Err("places-gps-unreadable")),
            ("north 7.4", Err("places-gps-unreadable")),
            ("inf 7.4", Err("places-gps-unreadable")),
            ("48.8 2.3", Err("places-gps-outside")),
        ] {
            assert_eq!(gps(text, Some(&bounds)), expected, "{text}");
        }
        assert_eq!(gps("48.8 2.3", None), Ok((2.3, 48.8)));
        assert_eq!(gps("48.8 123.0", None), Ok((123.0, 48.8)));
        assert_eq!(gps("123.0 48.8", None), Err("places-gps-swapped"));
    }

    fn actor(role: Role, country: Option<&str>, places: &[&str]) -> Actor {
        Actor {
            account: Id::named("account", "amal"),
            name: "Amal".to_owned(),
            lang: Lang::En,
            appointments: vec![Appointment {
                role,
                organisation: None,
                country: country.map(str::to_owned),
                places: places.iter().map(|p| (*p).to_owned()).collect(),
            }],
        }
    }

    #[test]
    fn only_the_countrys_authority_keeps_its_register() {
        let focal = Role::AuthorityFocalPoint;
        assert_eq!(
            may_import(&actor(focal, Some("HN"), &[]), "HN").unwrap(),
            Vec::<String>::new()
        );
        assert_eq!(
            may_import(&actor(focal, Some("HN"), &["HN01"]), "HN").unwrap(),
            ["HN01"]
        );
        assert!(may_import(&actor(focal, Some("KE"), &[]), "HN").is_err());
        assert!(may_import(&actor(Role::SecretariatOfficer, None, &[]), "HN").is_err());
        assert!(may_import(&actor(Role::Administrator, None, &[]), "HN").is_err());
    }

    #[test]
    fn only_what_was_shown_is_taken_over() {
        assert!(may_accept("schools-read", "done", 3).is_ok());
        for (kind, state, schools, key) in [
            ("schools-read", "done", 0, "places-nothing-to-take"),
            ("schools-read", "running", 0, "places-still-reading"),
            ("schools-put", "done", 3, "places-already-taken"),
        ] {
            assert_eq!(may_accept(kind, state, schools).unwrap_err().keys(), [key]);
        }
    }

    #[test]
    fn rural_is_said_in_words_or_not_at_all() {
        for (written, expected) in [
            ("Rural", Some(true)),
            ("URBANO", Some(false)),
            ("ريفي", Some(true)),
            ("coast", None),
        ] {
            assert_eq!(rural(written), expected, "{written}");
        }
    }
}
