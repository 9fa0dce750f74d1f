//! What a unit reports, taken over into what is known of its activity.

use super::Run;
use super::state::{Known, Part, part};

/// What a unit says of one thing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct SaidOf {
    pub completed: Option<bool>,
    pub passed: Option<bool>,
    /// From -1 to 1.
    pub score: Option<f64>,
    /// From 0 to 1.
    pub progress: Option<f64>,
    /// Raw, lowest and highest score.
    pub scores: [Option<f64>; 3],
}

/// What a unit says in this attempt.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Said {
    pub whole: SaidOf,
    /// Objectives by their names in the manifest.
    pub objectives: Vec<(String, SaidOf)>,
    pub seconds: i64,
    /// It is left to be gone on with; none while it is open.
    pub suspended: Option<bool>,
}

impl Run<'_> {
    /// Takes a report over; everything above follows.
    pub(crate) fn report(&mut self, place: usize, said: &Said) {
        if !self.c.rules(place).tracked || self.track(place).attempts == 0 {
            return;
        }
        for (id, of) in &said.objectives {
            let all = &self.c.rules(place).objectives;
            let number = all.iter().position(|one| one.id.as_ref() == Some(id));
            if let Some(number) = number {
                self.hear(place, number, of);
            }
        }
        self.hear(place, 0, &said.whole);
        let least = self.c.rules(place).completes.map(part);
        let amount = said.whole.progress.map(part);
        let completed = match (least, amount) {
            (Some(least), Some(amount)) => Some(amount >= least),
            (Some(_), None) | (None, _) => said.whole.completed,
        };
        if let Some(track) = self.s.tracks.get_mut(place) {
            track.amount = amount.or(track.amount);
            track.seconds = said.seconds;
            if let Some(suspended) = said.suspended.filter(|_| track.active) {
                track.suspended = suspended;
            }
        }
        if completed.is_some() {
            self.complete(place, completed);
        }
        self.roll(place);
    }

    fn hear(&mut self, place: usize, number: usize, of: &SaidOf) {
        let objective = self.c.rules(place).objectives.get(number).cloned();
        let objective = objective.unwrap_or_default();
        let measure: Option<Part> = of.score.map(|score| part(score.clamp(-1.0, 1.0)));
        let passed = if objective.by_measure {
            measure.map(|measure| measure >= part(objective.least))
        } else {
            of.passed
        };
        self.learn(place, number, |known: &mut Known| {
            known.satisfied = passed.or(known.satisfied);
            known.measure = measure.or(known.measure);
            known.completed = of.completed.or(known.completed);
            known.progress = of.progress.map(part).or(known.progress);
            for (into, value) in known.scores.iter_mut().zip(of.scores) {
                *into = value.map(part).or(*into);
            }
        });
    }
}
