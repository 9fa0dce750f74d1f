//! What is known, and what follows from it by the rules of an activity (UP.1, UP.2, UP.5).

use super::Run;
use super::state::{Known, Track, part};
use formats::scorm::sequencing::{Action, Condition, Rule, Test};

/// Why a request leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    /// Nothing of that name is here.
    Unknown,
    /// Nothing is open.
    Closed,
    /// Something is open already.
    Open,
    /// There is nothing to go on with.
    NothingSuspended,
    /// Here the learner chooses; nothing follows by itself.
    NoFlow,
    /// There is no way back.
    ForwardOnly,
    /// Here things follow; nothing is chosen.
    NoChoice,
    Hidden,
    /// Something before it is to be done first.
    Stopped,
    /// What is open has to be ended by itself.
    StayInside,
    /// It opens when its group has been entered.
    NotEntered,
    /// Only what lies next to the open part may be chosen.
    TooFar,
    Disabled,
    AttemptsUsed,
    /// Nothing is left in that direction.
    Nothing,
}

impl Why {
    /// Every reason there is.
    pub(crate) const ALL: [Self; 15] = [
        Self::Unknown,
        Self::Closed,
        Self::Open,
        Self::NothingSuspended,
        Self::NoFlow,
        Self::ForwardOnly,
        Self::NoChoice,
        Self::Hidden,
        Self::Stopped,
        Self::StayInside,
        Self::NotEntered,
        Self::TooFar,
        Self::Disabled,
        Self::AttemptsUsed,
        Self::Nothing,
    ];
    /// The key of its words.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Unknown => "package-no-unknown",
            Self::Closed => "package-no-closed",
            Self::Open => "package-no-open",
            Self::NothingSuspended => "package-no-suspended",
            Self::NoFlow => "package-no-flow",
            Self::ForwardOnly => "package-no-back",
            Self::NoChoice => "package-no-choice",
            Self::Hidden => "package-no-hidden",
            Self::Stopped => "package-no-stopped",
            Self::StayInside => "package-no-leaving",
            Self::NotEntered => "package-no-entered",
            Self::TooFar => "package-no-far",
            Self::Disabled => "package-no-disabled",
            Self::AttemptsUsed => "package-no-attempts",
            Self::Nothing => "package-no-more",
        }
    }
}

/// Several answers as one; none where it cannot be said.
pub(super) fn combined(any: bool, all: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let (mut some, mut unknown) = (false, false);
    for one in all {
        some = true;
        match one {
            Some(value) if value == any => return Some(any),
            Some(_) => {}
            None => unknown = true,
        }
    }
    (some && !unknown).then_some(!any)
}

impl Run<'_> {
    pub(crate) fn track(&self, place: usize) -> &Track {
        static NONE: Track = Track {
            objectives: Vec::new(),
            completed: None,
            amount: None,
            attempts: 0,
            active: false,
            suspended: false,
            seconds: 0,
            children: None,
            stale: false,
        };
        self.s.tracks.get(place).unwrap_or(&NONE)
    }

    /// The children that are there, in the order they have.
    pub(crate) fn children(&self, place: usize) -> &[usize] {
        match &self.track(place).children {
            Some(chosen) => chosen,
            None => &self.c.at(place).children,
        }
    }

    /// What is known of an objective, what it reads from shared ones with it.
    pub(crate) fn known(&self, place: usize, number: usize) -> Known {
        let held = self.track(place).objectives.get(number).copied();
        let mut out = held.unwrap_or_default();
        let Some(objective) = self.c.rules(place).objectives.get(number) else {
            return out;
        };
        for tie in &objective.ties {
            let Some(shared) = self.s.shared.get(&tie.target) else {
                continue;
            };
            if tie.read_status {
                out.satisfied = shared.satisfied.or(out.satisfied);
            }
            if tie.read_measure && shared.measure.is_some() {
                out.measure = shared.measure;
                if objective.by_measure {
                    out.satisfied = shared.measure.map(|m| m >= part(objective.least));
                }
            }
            if tie.read_completion {
                out.completed = shared.completed.or(out.completed);
            }
            if tie.read_progress {
                out.progress = shared.progress.or(out.progress);
            }
            for ((own, other), reads) in out
                .scores
                .iter_mut()
                .zip(shared.scores)
                .zip(tie.read_scores)
            {
                if reads {
                    *own = other.or(*own);
                }
            }
        }
        out
    }

    /// Whether it is completed, where that is known.
    pub(crate) fn completed(&self, place: usize) -> Option<bool> {
        let ties = self.c.rules(place).objectives.first();
        let mut reads = ties.iter().flat_map(|one| &one.ties);
        if reads.any(|tie| tie.read_completion) {
            return self
                .known(place, 0)
                .completed
                .or(self.track(place).completed);
        }
        self.track(place).completed
    }

    pub(super) fn attempts_used(&self, place: usize) -> bool {
        let most = self.c.rules(place).attempts;
        let done = self.track(place).attempts;
        done > 0 && most.is_some_and(|most| done >= most)
    }
    #[expect(clippy::cast_precision_loss, reason = "seconds of an attempt")]
    fn time_used(&self, place: usize) -> bool {
        let most = self.c.rules(place).seconds;
        let track = self.track(place);
        track.attempts > 0 && most.is_some_and(|most| most > 0.0 && track.seconds as f64 >= most)
    }

    /// One condition; none where it cannot be said.
    pub(super) fn holds(&self, place: usize, condition: &Condition) -> Option<bool> {
        let rules = self.c.rules(place);
        if condition.test == Test::Always {
            return Some(!condition.not);
        }
        if !rules.tracked {
            return None;
        }
        let number = match condition.objective.as_deref() {
            None => 0,
            Some(id) => rules
                .objectives
                .iter()
                .position(|one| one.id.as_deref() == Some(id))?,
        };
        let known = || self.known(place, number);
        let track = self.track(place);
        let value = match condition.test {
            Test::Satisfied => known().satisfied,
            Test::StatusKnown => Some(known().satisfied.is_some()),
            Test::MeasureKnown => Some(known().measure.is_some()),
            Test::MeasureAbove => known().measure.map(|m| m > part(condition.threshold)),
            Test::MeasureBelow => known().measure.map(|m| m < part(condition.threshold)),
            Test::Completed => self.completed(place),
            Test::ProgressKnown => Some(track.attempts > 0 && self.completed(place).is_some()),
            Test::Attempted => Some(track.attempts > 0),
            Test::AttemptsUsed => Some(self.attempts_used(place)),
            Test::TimeUsed => Some(self.time_used(place)),
            Test::OutsideTime => Some(false),
            Test::Always => Some(true),
        };
        value.map(|value| value != condition.not)
    }

    /// What the first rule says whose conditions hold (UP.2).
    pub(super) fn says(&self, place: usize, rules: &[Rule], wanted: &[Action]) -> Option<Action> {
        let fires = |rule: &&Rule| {
            let all = rule.conditions.iter().map(|one| self.holds(place, one));
            combined(rule.any, all) == Some(true)
        };
        let asked = rules.iter().filter(|rule| wanted.contains(&rule.action));
        asked.into_iter().find(fires).map(|rule| rule.action)
    }
    /// Whether a rule before an activity says so.
    pub(crate) fn before(&self, place: usize, action: Action) -> bool {
        let rules = &self.c.rules(place).before;
        self.says(place, rules, &[action]).is_some()
    }

    /// Why an activity may not be opened by itself (UP.5); none when it may.
    pub(crate) fn check(&self, place: usize) -> Option<Why> {
        if self.before(place, Action::Disabled) {
            return Some(Why::Disabled);
        }
        let track = self.track(place);
        if !self.c.rules(place).tracked || track.active || track.suspended {
            return None;
        }
        (self.attempts_used(place) || self.time_used(place)).then_some(Why::AttemptsUsed)
    }
}
