//! What is decided about reports, without database or clock.

use super::{Period, Rule, Standing, State};
use base::{Arg, Day, Refusal, Result};

/// The rule when the catalogue has none that can be used.
pub(crate) const QUARTERLY: Rule = Rule {
    months: 3,
    days: 30,
};

/// Periods one deployment may owe at most; what is longer ago is history.
const PERIODS_MAX: usize = 80;

/// The period a day lies in.
pub(crate) fn period_of(day: Day, rule: Rule) -> Period {
    let (year, month, _) = day.parts();
    let first = (month - 1) / rule.months * rule.months + 1;
    let from = Day::new(year, first, 1).unwrap_or(day);
    let next = first + rule.months;
    let after = if next > 12 {
        Day::new(year + 1, next - 12, 1)
    } else {
        Day::new(year, next, 1)
    };
    let to = after.map_or(day, |after| after.plus(-1));
    Period { from, to }
}

/// The periods a deployment owes a report for: from the one it began in to the one it ended in, or
/// the one of today. The oldest first.
pub(crate) fn periods(began: Day, ended: Option<Day>, today: Day, rule: Rule) -> Vec<Period> {
    let last = ended.unwrap_or(today).min(today);
    let mut periods = Vec::new();
    let mut period = period_of(began, rule);
    while period.from <= last && periods.len() < PERIODS_MAX {
        periods.push(period);
        period = period_of(period.to.plus(1), rule);
    }
    periods
}

/// The last day a report is in time.
pub(crate) fn due_on(period: Period, rule: Rule) -> Day {
    period.to.plus(rule.days)
}

/// Where a period stands: by its report when one was submitted, else by the calendar.
pub(crate) fn standing(state: Option<State>, period: Period, rule: Rule, today: Day) -> Standing {
    match state {
        Some(State::Submitted) => Standing::Submitted,
        Some(State::SentBack) => Standing::SentBack,
        Some(State::Accepted) => Standing::Accepted,
        Some(State::Draft) | None => {
            if today > due_on(period, rule) {
                Standing::Overdue
            } else if today > period.to {
                Standing::Due
            } else {
                Standing::NotDue
            }
        }
    }
}

/// Something a person does with a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Edit,
    Submit,
    SendBack,
    Accept,
    Confirm,
}

impl Step {
    /// The stable code: what has happened then.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Edit => "edited",
            Self::Submit => "submitted",
            Self::SendBack => "sent_back",
            Self::Accept => "accepted",
            Self::Confirm => "confirmed",
        }
    }
}

/// The state after a step.
///
/// # Errors
/// Refused when the step does not follow from the state.
pub(crate) fn next(state: State, step: Step) -> Result<State> {
    match (state, step) {
        (State::Draft | State::SentBack, Step::Edit) | (State::Accepted, Step::Confirm) => {
            Ok(state)
        }
        (State::Draft | State::SentBack, Step::Submit) => Ok(State::Submitted),
        (State::Submitted, Step::SendBack) => Ok(State::SentBack),
        (State::Submitted, Step::Accept) => Ok(State::Accepted),
        _ => {
            let word = Arg::Word(format!("report_state_{}", state.code()));
            Err(Refusal::whole("evidence-report-not-now")
                .with("state", word)
                .into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_deployment_owes_every_quarter_it_was_at_work_in() {
        let found = periods(
            day("2026-02-10"),
            Some(day("2026-07-01")),
            day("2026-11-22"),
            QUARTERLY,
        );
        let ends: Vec<String> = found.iter().map(|p| p.to.to_string()).collect();
        assert_eq!(ends, ["2026-03-31", "2026-06-30", "2026-09-30"]);
        assert_eq!(
            periods(day("2027-01-05"), None, day("2026-11-22"), QUARTERLY),
            []
        );
    }

    #[test]
    fn the_calendar_makes_a_report_due_and_overdue_and_nothing_else() {
        let period = period_of(day("2026-08-15"), QUARTERLY);
        let on = |state, today| standing(state, period, QUARTERLY, day(today)).code();
        assert_eq!(on(None, "2026-09-30"), "not_due");
        assert_eq!(on(Some(State::Draft), "2026-10-01"), "due");
        assert_eq!(on(None, "2026-10-30"), "due");
        assert_eq!(on(None, "2026-10-31"), "overdue");
        assert_eq!(on(Some(State::Submitted), "2027-10-31"), "submitted");
        assert_eq!(on(Some(State::SentBack), "2027-10-31"), "sent_back");
    }

    #[test]
    fn steps_follow_one_another() {
        use State as S;
        let way = [
            (S::Draft, Step::Submit, Some(S::Submitted)),
            (S::Submitted, Step::SendBack, Some(S::SentBack)),
            (S::SentBack, Step::Edit, Some(S::SentBack)),
            (S::SentBack, Step::Submit, Some(S::Submitted)),
            (S::Submitted, Step::Accept, Some(S::Accepted)),
            (S::Accepted, Step::Confirm, Some(S::Accepted)),
            (S::Draft, Step::Accept, None),
            (S::Submitted, Step::Confirm, None),
            (S::Accepted, Step::Edit, None),
            (S::Accepted, Step::SendBack, None),
        ];
        for (from, step, to) in way {
            assert_eq!(next(from, step).ok(), to, "{from:?} {step:?}");
        }
    }

    proptest! {
        #[test]
        fn periods_have_no_gap_and_no_overlap(from in 0_i64..3000, length in 0_i64..900, months in prop::sample::select(vec![1_i8, 3, 6, 12])) {
            let rule = Rule { months, days: 30 };
            let began = day("2020-01-01").plus(from);
            let found = periods(began, None, began.plus(length), rule);
            prop_assert!(found.first().is_some_and(|p| p.from <= began && began <= p.to));
            prop_assert!(found.last().is_some_and(|p| p.from <= began.plus(length) && began.plus(length) <= p.to));
            for pair in found.windows(2) {
                prop_assert_eq!(pair[0].to.plus(1), pair[1].from);
            }
        }
    }
}
