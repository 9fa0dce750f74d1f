//! A site in the west, whose summer time begins at midnight. A zone is kept once for a process: a binary of its own.
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
    let zone = Zone::named("America/Santiago").unwrap();
    zone.clone().keep().unwrap();
    // Monday evening is Tuesday in UTC.
    let at = moment("2026-11-24", 1_800);
    assert_eq!(at.day(), day("2026-11-23"));
    assert_eq!(at.utc_day(), day("2026-11-24"));
    assert_eq!(
        (at.clock_minutes(), at.offset_seconds()),
        (21 * 60 + 30, -3 * 3_600)
    );
    // The sixth of September begins at one in the morning.
    let begins = Moment::start_of(day("2026-09-06"));
    assert_eq!(begins, moment("2026-09-06", 4 * 3_600));
    assert_eq!(
        (begins.day(), begins.clock_minutes()),
        (day("2026-09-06"), 60)
    );
    assert_eq!(begins.plus_seconds(-1).day(), day("2026-09-05"));
    // What machines read stays as it is.
    assert_eq!(Moment::from_micros(0).to_string(), "1970-01-01T00:00:00Z");
    // Kept again is fine, another one is not.
    zone.keep().unwrap();
    let error = Zone::utc().keep().unwrap_err().to_string();
    assert!(
        error.contains("America/Santiago") && error.contains("UTC"),
        "{error}"
    );
}
