//! Days and moments. Time is an argument everywhere: only [`Clock`] reads it.

use crate::zone;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A moment: microseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

impl Moment {
    /// From microseconds since 1970 UTC.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    /// Microseconds since 1970 UTC.
    pub const fn micros(self) -> i64 {
        self.0
    }
    /// Whole seconds since 1970 UTC.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
    /// The moment `seconds` later.
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }
    /// The moment `days` times 24 hours later.
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_seconds(days.saturating_mul(86_400))
    }
    /// The day it falls on where the site is: what people mean by a day.
    pub fn day(self) -> Day {
        zone::kept().map_or_else(|| self.utc_day(), |zone| zone.day(self))
    }
    /// The start of a day where the site is.
    pub fn start_of(day: Day) -> Self {
        zone::kept().map_or_else(|| Self::start_of_utc(day), |zone| zone.start_of(day))
    }
    /// Minutes since midnight as a clock on the site's wall shows them.
    pub fn clock_minutes(self) -> i64 {
        let here = self.seconds().saturating_add(self.offset_seconds());
        here.rem_euclid(86_400) / 60
    }
    /// Seconds by which the site's clocks are ahead of UTC then.
    pub fn offset_seconds(self) -> i64 {
        zone::kept().map_or(0, |zone| zone.offset_seconds(self))
    }
    /// The day it falls on in UTC: for what other machines read, and for layouts that outlive the site's zone.
    pub fn utc_day(self) -> Day {
        Day::from_epoch_days(self.0.div_euclid(86_400_000_000))
    }
    /// The start of a day in UTC.
    pub fn start_of_utc(day: Day) -> Self {
        Self(day.epoch_days().saturating_mul(86_400_000_000))
    }
}

/// RFC 3339, to the second, UTC: `2026-03-09T14:05:00Z`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of_day = self.seconds().rem_euclid(86_400);
        write!(
            f,
            "{}T{:02}:{:02}:{:02}Z",
            self.utc_day(),
            of_day / 3600,
            of_day / 60 % 60,
            of_day % 60
        )
    }
}

/// A calendar day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(Date);

const EPOCH: Date = Date::constant(1970, 1, 1);

impl Day {
    /// A day by year, month and day of the month; none when there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Self)
    }
    /// Reads `2026-03-09`.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let shaped =
            bytes.len() == 10 && bytes.get(4) == Some(&b'-') && bytes.get(7) == Some(&b'-');
        shaped.then(|| text.parse().ok().map(Self)).flatten()
    }
    /// The day as the calendar library has it.
    pub const fn date(self) -> Date {
        self.0
    }
    /// From the calendar library's day.
    pub const fn from_date(date: Date) -> Self {
        Self(date)
    }
    /// Year, month (1 to 12), day of the month.
    pub fn parts(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
    /// The day `days` later; the calendar's last day when there is none so late.
    pub fn plus(self, days: i64) -> Self {
        Self::from_epoch_days(self.epoch_days().saturating_add(days))
    }
    /// Days from this one until `other`; negative when `other` is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        other.epoch_days() - self.epoch_days()
    }
    /// 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> i64 {
        self.0.weekday().to_monday_one_offset().into()
    }
    /// The Monday of the day's week.
    pub fn monday(self) -> Self {
        self.plus(1 - self.weekday())
    }
    /// Days since 1970-01-01.
    pub fn epoch_days(self) -> i64 {
        i64::from(EPOCH.until(self.0).map_or(0, |span| span.get_days()))
    }
    pub(crate) fn from_epoch_days(days: i64) -> Self {
        let days = i32::try_from(days.clamp(-700_000, 2_900_000)).unwrap_or(0);
        Self(EPOCH.saturating_add(jiff::Span::new().days(days)))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where the time comes from: the machine, or a moment that a test or the demo sets.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's own time.
    Machine,
    /// The machine's own time, so many microseconds later: a demonstration's present.
    Shifted(i64),
    /// A time that only moves when told to.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `moment`.
    pub fn at(moment: Moment) -> Self {
        Self::Set(Arc::new(AtomicI64::new(moment.micros())))
    }
    /// The time now.
    pub fn now(&self) -> Moment {
        match self {
            Self::Machine => Moment(machine_micros()),
            Self::Shifted(micros) => Moment(machine_micros().saturating_add(*micros)),
            Self::Set(at) => Moment(at.load(Ordering::Relaxed)),
        }
    }
    /// A clock whose time is `moment` now and runs on from there.
    pub fn from_now_on(moment: Moment) -> Self {
        Self::Shifted(moment.micros().saturating_sub(machine_micros()))
    }
    /// Moves a set clock forward; the machine's time is left alone.
    pub fn advance_seconds(&self, seconds: i64) {
        if let Self::Set(at) = self {
            at.fetch_add(seconds.saturating_mul(1_000_000), Ordering::Relaxed);
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the machine's time"
)]
fn machine_micros() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |d| i64::try_from(d.as_micros()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_only_in_one_form() {
        for (text, good) in [
            ("2026-03-09", true),
            ("2026-3-9", false),
            ("2026-02-30", false),
            ("09/03/2026", false),
            ("20260309", false),
        ] {
            assert_eq!(Day::parse(text).is_some(), good, "{text}");
        }
    }

    #[test]
    fn days_add_and_subtract() {
        let day = Day::parse("2024-02-28").unwrap();
        assert_eq!(day.plus(2).to_string(), "2024-03-01");
        assert_eq!(day.days_until(day.plus(-400)), -400);
    }

    #[test]
    fn a_week_begins_on_monday() {
        for (day, weekday, monday) in [
            ("2026-10-12", 1, "2026-10-12"),
            ("2026-10-14", 3, "2026-10-12"),
            ("2026-10-18", 7, "2026-10-12"),
            ("1969-12-28", 7, "1969-12-22"),
        ] {
            let day = Day::parse(day).unwrap();
            assert_eq!(
                (day.weekday(), day.monday().to_string()),
                (weekday, monday.to_owned())
            );
        }
    }

    #[test]
    fn a_moment_is_written_in_utc() {
        let moment = Moment::start_of_utc(Day::parse("2026-11-21").unwrap()).plus_seconds(3_725);
        assert_eq!(moment.to_string(), "2026-11-21T01:02:05Z");
        assert_eq!(Moment::from_micros(-1).utc_day().to_string(), "1969-12-31");
    }
}
