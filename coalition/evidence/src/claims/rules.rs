//! What is decided about claims, without database or clock.

use super::{Claim, Comparator, Figure, Level, Standing};
use base::{Day, Error, Refusal, Refusals, Result};
use sha2::{Digest, Sha256};

/// Nothing that is counted here is larger than this.
pub(crate) const FIGURE_MAX: i64 = 10_000_000_000;

/// The ends of a figure as it was entered: one value, or both ends of an interval.
///
/// # Errors
/// Refused when there is no figure, too much of it, or its ends are the wrong way round.
pub(crate) fn figure(
    comparator: Comparator,
    value: Option<i64>,
    low: Option<i64>,
    high: Option<i64>,
) -> Result<Figure> {
    let interval = low.is_some() || high.is_some();
    let mut no = Refusals::default();
    no.unless(value.is_some() || interval, "value", "evidence-no-figure");
    no.unless(
        !(value.is_some() && interval),
        "value",
        "evidence-value-or-interval",
    );
    no.unless(
        !interval || comparator == Comparator::Equal || comparator == Comparator::About,
        "comparator",
        "evidence-interval-has-no-comparator",
    );
    let backwards = low.zip(high).is_some_and(|(low, high)| low > high);
    no.unless(!backwards, "high", "evidence-interval-backwards");
    let known = [value, low, high];
    let range = known.iter().flatten().all(|n| (0..=FIGURE_MAX).contains(n));
    no.unless(range, "value", "evidence-figure-out-of-range");
    let (low, high) = match (comparator, value) {
        (Comparator::AtLeast, Some(value)) => (Some(value), None),
        (Comparator::AtMost, Some(value)) => (None, Some(value)),
        (_, Some(value)) => (Some(value), Some(value)),
        (_, None) => (low, high),
    };
    no.or(Figure {
        comparator,
        low,
        high,
    })
}

/// Whether the days of a figure make sense, and lie within its report's period.
///
/// # Errors
/// Refused with every reason.
pub(crate) fn days(
    (from, to): (Day, Day),
    as_of: Day,
    period: Option<(Day, Day)>,
    today: Day,
) -> Result<()> {
    let mut no = Refusals::default();
    no.unless(from <= to, "to_on", "evidence-days-backwards");
    no.unless(to <= today, "to_on", "evidence-in-the-future");
    no.unless(as_of <= today, "as_of", "evidence-in-the-future");
    no.unless(as_of >= from, "as_of", "evidence-as-of-before");
    if let Some((first, last)) = period
        && (from < first || to > last)
    {
        no.push(
            Refusal::about("from_on", "evidence-outside-period")
                .with("from", first.to_string())
                .with("to", last.to_string()),
        );
    }
    no.or(())
}

/// What makes two records identical: indicator, place, group, period, figure, the service and the
/// source in its words; not who sent it, nor when.
pub(crate) fn print(claim: &Claim, service_class: Option<&str>) -> String {
    let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
    let parts = [
        claim.indicator.as_str(),
        &claim.place,
        &claim.group,
        &claim.from.to_string(),
        &claim.to.to_string(),
        claim.comparator.code(),
        &number(claim.low),
        &number(claim.high),
        service_class.unwrap_or_default(),
        &base::fold(&claim.source),
    ];
    hashed(&parts)
}

/// A short hash over parts that cannot run into one another.
pub(crate) fn hashed(parts: &[&str]) -> String {
    let mut sum = Sha256::new();
    for part in parts {
        sum.update((part.len() as u64).to_be_bytes());
        sum.update(part.as_bytes());
    }
    let bytes = sum.finalize();
    bytes.iter().take(16).fold(String::new(), |mut out, byte| {
        out.push_str(&format!("{byte:02x}"));
        out
    })
}

/// Something a person does with a claim that stands before others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Accept,
    Confirm,
    Verify,
    Contest,
    Uphold,
    Correct,
    Retract,
}

impl Step {
    /// The stable code: what has happened then.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Accept => "accepted",
            Self::Confirm => "confirmed",
            Self::Verify => "verified",
            Self::Contest => "contested",
            Self::Uphold => "upheld",
            Self::Correct => "corrected",
            Self::Retract => "retracted",
        }
    }
}

/// How a claim stands after a step.
///
/// # Errors
/// Refused when the step does not follow from how it stands.
pub(crate) fn next(
    (level, standing): (Option<Level>, Standing),
    step: Step,
) -> Result<(Option<Level>, Standing)> {
    use {Level as L, Standing as S};
    let no = |key: &str| -> Error {
        let word = format!("claim_standing_{}", standing.code());
        Refusal::whole(key)
            .with("standing", base::Arg::Word(word))
            .into()
    };
    if matches!(standing, S::Corrected | S::Retracted) {
        return Err(no("evidence-claim-closed"));
    }
    match (step, level, standing) {
        (Step::Accept, None, _) => Ok((Some(L::Delivered), standing)),
        (Step::Confirm | Step::Verify, None, _) => Err(no("evidence-claim-not-accepted")),
        (Step::Confirm | Step::Verify, _, S::Contested) => Err(no("evidence-claim-contested")),
        (Step::Confirm, Some(L::Delivered), _) => Ok((Some(L::Confirmed), standing)),
        (Step::Verify, Some(L::Delivered | L::Confirmed), _) => Ok((Some(L::Verified), standing)),
        (Step::Contest, _, S::Stands) => Ok((level, S::Contested)),
        (Step::Uphold, _, S::Contested) => Ok((level, S::Stands)),
        (Step::Correct, ..) => Ok((level, S::Corrected)),
        (Step::Retract, ..) => Ok((level, S::Retracted)),
        _ => Err(no("evidence-claim-not-now")),
    }
}

/// The level a corrected figure begins at: what was confirmed or seen was another figure.
pub(crate) fn level_of_correction(old: Option<Level>) -> Option<Level> {
    old.map(|level| level.min(Level::Delivered))
}
