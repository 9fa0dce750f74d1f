//! A site far in the east. A zone is kept once for a process: a binary of its own.
#![allow(clippy::unwrap_used, reason = "a test that goes wrong ends here")]

use base::{Day, Moment, Zone};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}
fn moment(on: &str, seconds: i64) -> Moment {
    Moment::start_of_utc(day(on)).plus_seconds(seconds)
}

#[test]
fn days_are_those_of_the_site() {
    let zone = Zone::named("Pacific/Auckland").unwrap();
    zone.clone().keep().unwrap();
    // The first Monday of the summer time: 07:30 in Auckland is Sunday evening in UTC.
    let at = moment("2026-09-28", -(5 * 3_600 + 1_800));
    assert_eq!(at.to_string(), "2026-09-27T18:30:00Z");
    assert_eq!(at.day(), day("2026-09-28"));
    assert_eq!(at.utc_day(), day("2026-09-27"));
    assert_eq!(
        (at.clock_minutes(), at.offset_seconds()),
        (7 * 60 + 30, 13 * 3_600)
    );
    assert_eq!(
        Moment::start_of(day("2026-09-27")),
        moment("2026-09-26", 12 * 3_600)
    );
    assert_eq!(
        Moment::start_of(day("2026-09-28")),
        moment("2026-09-27", 11 * 3_600)
    );
    // What machines read stays as it is.
    assert_eq!(Moment::from_micros(0).to_string(), "1970-01-01T00:00:00Z");
    // Kept again is fine, another one is not.
    zone.keep().unwrap();
    let error = Zone::utc().keep().unwrap_err().to_string();
    assert!(
        error.contains("Pacific/Auckland") && error.contains("UTC"),
        "{error}"
    );
}
