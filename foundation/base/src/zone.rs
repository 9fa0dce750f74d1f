//! The time zone of the site.
//!
//! A site keeps one zone, as a machine has one TZ, and it is the one thing here that is kept for the whole process:
//! what day it is gets asked in rules, stores, lists and letters, and a zone handed to each of them would be
//! forgotten in one, which then disagrees with the others for some hours of every day. The program sets it once, before
//! anything else; where nobody does, as in tests and tools, it is UTC.
//!
//! What a person calls a day follows the zone. What is compared by machines, or lies in storage by day, must not
//! change its meaning when an operator chooses another zone: that asks for [`Moment::utc_day`].

use crate::{Day, Error, Moment, Result};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::sync::OnceLock;

static KEPT: OnceLock<Zone> = OnceLock::new();

/// The site's zone; none where it is UTC.
pub(crate) fn kept() -> Option<&'static Zone> {
    KEPT.get()
}

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;
/// Changes of the clocks are known between these, in seconds since 1970: 1900 to 2200.
const KNOWN: (i64, i64) = (-2_208_988_800, 7_258_118_400);

/// How the clocks of a place stood and will stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: String,
    /// From which moment on clocks are how far ahead of UTC, both in microseconds; the first holds from the beginning.
    steps: Vec<(i64, i64)>,
}

impl Zone {
    /// UTC.
    pub fn utc() -> Self {
        Self {
            name: "UTC".to_owned(),
            steps: vec![(i64::MIN, 0)],
        }
    }

    /// The zone of a name such as `Pacific/Fiji`, or of a rule such as `<+12>-12` as POSIX writes it.
    ///
    /// # Errors
    /// A fault that says what to write instead.
    pub fn named(name: &str) -> Result<Self> {
        let name = name.trim();
        if let Ok(found) = TimeZone::get(name) {
            return Ok(Self::of(found.iana_name().unwrap_or(name), &found));
        }
        // POSIX counts west of Greenwich as more: UTC+8 would be eight hours behind, which nobody means.
        let misread = name
            .get(..3)
            .is_some_and(|head| ["utc", "gmt"].contains(&head.to_ascii_lowercase().as_str()));
        match TimeZone::posix(name) {
            Ok(rule) if !misread => Ok(Self::of(name, &rule)),
            _ => Err(Error::fault(format!(
                "the time zone is «{name}» (time_zone, HARAMBEE_TIME_ZONE, TZ), which this machine does not know; write a \
                 place of its time zone database such as Pacific/Fiji, or the difference to UTC with the sign turned \
                 around such as <+12>-12; without a database (package tzdata) only the second is understood"
            ))),
        }
    }

    /// The machine's own zone; UTC where it has none.
    ///
    /// # Errors
    /// A fault when the machine names a zone that nobody knows.
    pub fn of_machine() -> Result<Self> {
        let said = std::env::var("TZ").ok().filter(|name| !name.is_empty());
        match (TimeZone::try_system(), said) {
            (Ok(found), said) if !found.is_unknown() => {
                let name = found.iana_name().or(said.as_deref());
                Ok(Self::of(name.unwrap_or("localtime"), &found))
            }
            (_, Some(name)) => Self::named(&name),
            (_, None) => Ok(Self::utc()),
        }
    }

    fn of(name: &str, zone: &TimeZone) -> Self {
        let (first, last) = KNOWN;
        let begin = Timestamp::from_second(first).unwrap_or(Timestamp::MIN);
        let ahead = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * SECOND;
        let mut steps = vec![(i64::MIN, ahead(zone.to_offset(begin)))];
        for change in zone.following(begin) {
            let at = change.timestamp();
            if at.as_second() > last {
                break;
            }
            let offset = ahead(change.offset());
            if steps.last().is_none_or(|(_, before)| *before != offset) {
                steps.push((at.as_microsecond(), offset));
            }
        }
        Self {
            name: name.to_owned(),
            steps,
        }
    }

    /// Keeps it as the zone of the site from now on.
    ///
    /// # Errors
    /// A fault when another one is kept already.
    pub fn keep(self) -> Result<()> {
        let mut own = Some(self);
        let kept = KEPT.get_or_init(|| own.take().unwrap_or_else(Self::utc));
        match own {
            Some(own) if own != *kept => Err(Error::fault(format!(
                "the site keeps the time of {} and cannot change to {} while it runs",
                kept.name, own.name
            ))),
            _ => Ok(()),
        }
    }

    /// The zone the site keeps.
    pub fn of_site() -> Self {
        kept().cloned().unwrap_or_else(Self::utc)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How far clocks are ahead of UTC then, in microseconds.
    fn ahead(&self, moment: i64) -> i64 {
        let after = self.steps.partition_point(|(from, _)| *from <= moment);
        self.steps
            .get(after.saturating_sub(1))
            .map_or(0, |step| step.1)
    }

    pub(crate) fn offset_seconds(&self, moment: Moment) -> i64 {
        self.ahead(moment.micros()) / SECOND
    }

    /// The day a moment falls on there.
    pub fn day(&self, moment: Moment) -> Day {
        let micros = moment.micros();
        Day::from_epoch_days(micros.saturating_add(self.ahead(micros)).div_euclid(DAY))
    }

    /// The first moment at which clocks there show that day or a later one: midnight, or what follows where clocks leap over it.
    pub fn start_of(&self, day: Day) -> Moment {
        let midnight = day.epoch_days().saturating_mul(DAY);
        // No clock is two days off.
        let near = |at: i64| self.steps.partition_point(|(from, _)| *from <= at);
        let first = near(midnight.saturating_sub(2 * DAY)).saturating_sub(1);
        let mut found = midnight;
        for place in first..self.steps.len() {
            let Some((from, ahead)) = self.steps.get(place) else {
                break;
            };
            found = midnight.saturating_sub(*ahead).max(*from);
            let until = self.steps.get(place + 1).map_or(i64::MAX, |next| next.0);
            if found < until {
                break;
            }
        }
        Moment::from_micros(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        Zone::named(name).unwrap()
    }
    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_day_begins_when_its_clocks_first_show_it() {
        for (name, on, begins) in [
            ("UTC", "2026-11-23", "2026-11-23T00:00:00Z"),
            ("Pacific/Fiji", "2026-11-23", "2026-11-22T12:00:00Z"),
            ("Pacific/Kiritimati", "2026-11-23", "2026-11-22T10:00:00Z"),
            ("America/Lima", "2026-11-23", "2026-11-23T05:00:00Z"),
            ("Pacific/Auckland", "2026-07-01", "2026-06-30T12:00:00Z"),
            ("Pacific/Auckland", "2026-12-01", "2026-11-30T11:00:00Z"),
            ("Asia/Kathmandu", "2026-12-01", "2026-11-30T18:15:00Z"),
            // Clocks leap over midnight, to one in the morning.
            ("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z"),
            // From half past eleven to half past midnight.
            ("America/Toronto", "1919-03-31", "1919-03-31T04:30:00Z"),
            // Midnight comes twice.
            ("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"),
            // A day that never was begins as the next does.
            ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"),
            ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"),
            ("<+08>-8", "2026-11-23", "2026-11-22T16:00:00Z"),
            // Beyond what is known clocks stay as they are.
            ("Pacific/Fiji", "2600-01-01", "2599-12-31T12:00:00Z"),
        ] {
            let start = zone(name).start_of(day(on));
            assert_eq!(start.to_string(), begins, "{name} {on}");
        }
    }

    #[test]
    fn every_moment_lies_in_its_day() {
        for name in [
            "Pacific/Auckland",
            "America/Santiago",
            "America/Havana",
            "America/Lima",
            "Asia/Manila",
            "NZST-12NZDT,M9.5.0,M4.1.0/3",
        ] {
            let zone = zone(name);
            for hours in 0..24 * 800 {
                let at =
                    Moment::start_of_utc(day("2025-12-30")).plus_seconds(hours * 3_600 + 1_799);
                let on = zone.day(at);
                assert!(zone.start_of(on) <= at, "{name} {at}");
                assert!(at < zone.start_of(on.plus(1)), "{name} {at}");
            }
        }
    }

    #[test]
    fn a_rule_in_place_of_a_name_does_the_same() {
        let (place, rule) = (
            zone("Pacific/Auckland"),
            zone("NZST-12NZDT,M9.5.0,M4.1.0/3"),
        );
        for on in ["2026-04-05", "2026-06-01", "2026-09-27", "2199-12-01"] {
            assert_eq!(place.start_of(day(on)), rule.start_of(day(on)), "{on}");
        }
    }

    #[test]
    fn what_nobody_knows_is_refused_with_what_to_write() {
        for name in ["Pacific/Atlantis", "", "8", "UTC+8", "gmt-3", "Manila"] {
            let error = Zone::named(name).unwrap_err().to_string();
            assert!(error.contains(&format!("«{name}»")), "{error}");
            assert!(error.contains("Pacific/Fiji") && error.contains("<+12>-12"));
        }
        assert_eq!(zone("utc"), Zone::utc());
        assert_eq!(zone(" asia/manila ").name(), "Asia/Manila");
    }
}
