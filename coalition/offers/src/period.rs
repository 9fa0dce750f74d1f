//! The coalition's planning calendar: calendar quarters, counted by one number.

use base::Day;
use std::fmt;

/// A quarter of a year: the year times four, plus 0 to 3. The fourth quarter of 2026 is 8107.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period(pub i64);

impl Period {
    /// What is not given by period: the whole window of an offer.
    pub const WHOLE: Self = Self(0);

    /// The quarter a day lies in.
    pub fn of(day: Day) -> Self {
        let (year, month, _) = day.parts();
        Self(i64::from(year) * 4 + (i64::from(month) - 1) / 3)
    }
    /// The year and the quarter's number, 1 to 4.
    pub const fn parts(self) -> (i64, i64) {
        (self.0.div_euclid(4), self.0.rem_euclid(4) + 1)
    }
    /// The first day.
    pub fn start(self) -> Day {
        let (year, quarter) = self.parts();
        let month = i8::try_from(quarter * 3 - 2).unwrap_or(1);
        Day::new(i16::try_from(year).unwrap_or(i16::MAX), month, 1)
            .unwrap_or_else(|| Day::from_date(Default::default()))
    }
    /// The last day.
    pub fn end(self) -> Day {
        self.next().start().plus(-1)
    }
    /// The quarter after.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
    /// Reads `2026-Q4`.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, quarter) = text.trim().split_once("-Q")?;
        let (year, quarter): (i64, i64) = (year.parse().ok()?, quarter.parse().ok()?);
        ((1..=4).contains(&quarter) && (1900..=9999).contains(&year))
            .then(|| Self(year * 4 + quarter - 1))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, quarter) = self.parts();
        write!(f, "{year}-Q{quarter}")
    }
}

/// Quarters a window may have at most.
pub const PERIODS_MAX: usize = 80;

/// The quarters from one day to another, both included; none when the days are reversed.
pub fn periods(from: Day, to: Day) -> Vec<Period> {
    if to < from {
        return Vec::new();
    }
    (Period::of(from).0..=Period::of(to).0)
        .take(PERIODS_MAX)
        .map(Period)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn every_day_lies_in_the_quarter_that_starts_before_it() {
        for (text, label, start, end) in [
            ("2026-10-01", "2026-Q4", "2026-10-01", "2026-12-31"),
            ("2026-12-31", "2026-Q4", "2026-10-01", "2026-12-31"),
            ("2027-01-01", "2027-Q1", "2027-01-01", "2027-03-31"),
            ("2028-02-29", "2028-Q1", "2028-01-01", "2028-03-31"),
            ("2027-06-30", "2027-Q2", "2027-04-01", "2027-06-30"),
        ] {
            let period = Period::of(day(text));
            assert_eq!(period.to_string(), label);
            assert_eq!((period.start(), period.end()), (day(start), day(end)));
            assert_eq!(Period::parse(label), Some(period));
        }
        assert_eq!(Period::of(day("2026-11-22")).0, 8107);
    }

    #[test]
    fn a_window_has_each_quarter_it_touches() {
        let labels = |a: &str, b: &str| {
            periods(day(a), day(b))
                .iter()
                .map(Period::to_string)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            labels("2026-12-31", "2027-04-01"),
            ["2026-Q4", "2027-Q1", "2027-Q2"]
        );
        assert_eq!(labels("2027-01-01", "2027-01-01"), ["2027-Q1"]);
        assert!(labels("2027-02-01", "2027-01-01").is_empty());
        for strange in ["2026-Q5", "2026-Q0", "Q1", "2026", "26-Q1"] {
            assert_eq!(Period::parse(strange), None, "{strange}");
        }
    }
}
