//! Tries at a whole course or package: what its own program reported, or a teacher said.

use crate::assignment::Outcome;
use base::{Id, Moment};

/// How a result came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Package,
    Course,
    /// Every unit was counted as done, for a reason.
    Waived,
    Teacher,
    /// Its statement was voided.
    TakenBack,
}

impl Way {
    const ALL: [Self; 5] = [
        Self::Package,
        Self::Course,
        Self::Waived,
        Self::Teacher,
        Self::TakenBack,
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Course => "course",
            Self::Waived => "waived",
            Self::Teacher => "teacher",
            Self::TakenBack => "taken_back",
        }
    }
    /// The way of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
    /// Whether a person decided, so that the program says nothing more of the same try.
    pub const fn is_decided(self) -> bool {
        matches!(self, Self::Teacher | Self::TakenBack)
    }
}

impl From<launch::Way> for Way {
    fn from(way: launch::Way) -> Self {
        match way {
            launch::Way::Package => Self::Package,
            launch::Way::Course => Self::Course,
            launch::Way::Waived => Self::Waived,
        }
    }
}

/// One try of one learner at a whole resource. It belongs to no assignment: every assignment of the
/// resource shows it, wherever the learner goes.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceTry {
    pub id: Id,
    pub learner: Id,
    pub resource: Id,
    /// The learner's first, second … try.
    pub number: i64,
    /// What is reported about the same run corrects itself.
    pub run: Id,
    pub way: Way,
    pub done: bool,
    pub passed: Option<bool>,
    /// As reported, from 0 to 1.
    pub score: Option<f64>,
    /// What it counts for mastery; none when nothing was judged.
    pub weight: Option<f64>,
    /// The statement of the record store that says it.
    pub statement: Option<Id>,
    /// Why a teacher says so.
    pub comment: Option<String>,
    pub at: Moment,
    pub entered_by: Option<Id>,
    pub corrects: Option<Id>,
}

impl ResourceTry {
    /// What came of it.
    pub const fn outcome(&self) -> Outcome {
        match (self.way, self.done, self.passed) {
            (Way::TakenBack, _, _) => Outcome::Open,
            (_, true, Some(true)) => Outcome::Passed,
            (_, true, _) => Outcome::Done,
            (_, false, Some(false)) => Outcome::NotPassed,
            _ => Outcome::Open,
        }
    }
}

/// What counts for mastery: passed is right, failed is not, else the score; who only went through it
/// has shown nothing yet.
pub fn weight(passed: Option<bool>, score: Option<f64>) -> Option<f64> {
    match passed {
        Some(true) => Some(1.0),
        Some(false) => Some(0.0),
        None => score.map(|score| score.clamp(0.0, 1.0)),
    }
}

/// The try that stands, of those not replaced in their order: the last with which it is done, else the
/// last that was judged. What came before a teacher's word no longer decides.
pub fn standing(tries: &[ResourceTry]) -> Option<&ResourceTry> {
    let from = tries
        .iter()
        .rposition(|one| one.way == Way::Teacher)
        .unwrap_or(0);
    let since = tries.get(from..).unwrap_or_default();
    let done = since
        .iter()
        .rfind(|one| one.done && one.way != Way::TakenBack);
    done.or_else(|| since.iter().rfind(|one| one.way != Way::TakenBack))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(number: i64, way: Way, done: bool, passed: Option<bool>) -> ResourceTry {
        let id = Id::named("try", &number.to_string());
        ResourceTry {
            id,
            learner: id,
            resource: id,
            number,
            run: id,
            way,
            done,
            passed,
            score: None,
            weight: weight(passed, None),
            statement: None,
            comment: None,
            at: Moment::from_micros(number),
            entered_by: None,
            corrects: None,
        }
    }

    #[test]
    fn once_passed_stays_passed_until_a_teacher_says_otherwise() {
        let mut all = vec![one(1, Way::Package, false, Some(false))];
        assert_eq!(
            standing(&all).map(ResourceTry::outcome),
            Some(Outcome::NotPassed)
        );
        all.push(one(2, Way::Package, true, Some(true)));
        all.push(one(3, Way::Package, false, Some(false)));
        assert_eq!(standing(&all).map(|t| t.number), Some(2));
        all.push(one(4, Way::Teacher, false, Some(false)));
        assert_eq!(
            standing(&all).map(ResourceTry::outcome),
            Some(Outcome::NotPassed)
        );
        all.push(one(5, Way::Course, true, None));
        assert_eq!(
            standing(&all).map(ResourceTry::outcome),
            Some(Outcome::Done)
        );
        assert_eq!(standing(&[one(1, Way::TakenBack, false, None)]), None);
        assert_eq!(standing(&[]), None);
    }

    #[test]
    fn codes_are_read_back() {
        for way in Way::ALL {
            assert_eq!(Way::parse(way.code()), Some(way));
        }
        assert_eq!(Way::parse("guess"), None);
    }

    proptest! {
        #[test]
        fn what_stands_is_never_taken_back_and_never_less_than_done(
            kinds in proptest::collection::vec((0_usize..5, any::<bool>(), any::<Option<bool>>()), 0..12)
        ) {
            let all: Vec<ResourceTry> = kinds
                .iter()
                .zip(1..)
                .map(|((way, done, passed), n)| one(n, Way::ALL[*way], *done, *passed))
                .collect();
            let said = all.iter().rposition(|one| one.way == Way::Teacher).unwrap_or(0);
            let counts = |one: &&ResourceTry| one.done && one.way != Way::TakenBack;
            let found = standing(&all);
            prop_assert!(found.is_none_or(|one| one.way != Way::TakenBack));
            prop_assert_eq!(all[said.min(all.len())..].iter().any(|one| counts(&one)), found.is_some_and(|one| one.done));
        }

        #[test]
        fn a_verdict_outweighs_a_score(passed in any::<Option<bool>>(), score in proptest::option::of(-1.0..2.0_f64)) {
            let found = weight(passed, score);
            prop_assert!(found.is_none_or(|weight| (0.0..=1.0).contains(&weight)));
            if let Some(passed) = passed {
                prop_assert_eq!(found, Some(f64::from(u8::from(passed))));
            }
        }
    }
}
