//! What groups come to from what is in them (RB.1).

use super::Run;
use super::rules::combined;
use super::state::{Known, Part, part, real};
use formats::scorm::sequencing::{
    Action, Children, Condition, Counts, Outcome, RollupRule, Test, Tie,
};
use std::collections::BTreeSet;

/// Rounds in which what is shared may change what reads it.
const ROUNDS: usize = 4;

impl Run<'_> {
    /// Changes what is known of an objective, and of those it writes to.
    pub(super) fn learn(&mut self, place: usize, number: usize, change: impl Fn(&mut Known)) {
        let Some(track) = self.s.tracks.get_mut(place) else {
            return;
        };
        while track.objectives.len() <= number {
            track.objectives.push(Known::default());
        }
        let Some(own) = track.objectives.get_mut(number) else {
            return;
        };
        change(own);
        let own = *own;
        let ties = self.c.rules(place).objectives.get(number);
        for tie in ties.iter().flat_map(|objective| &objective.ties) {
            self.share(tie, &own);
        }
    }

    fn share(&mut self, tie: &Tie, own: &Known) {
        let before = self.s.shared.get(&tie.target).copied();
        let mut now = before.unwrap_or_default();
        if tie.write_status {
            now.satisfied = own.satisfied.or(now.satisfied);
        }
        if tie.write_measure {
            now.measure = own.measure.or(now.measure);
        }
        if tie.write_completion {
            now.completed = own.completed.or(now.completed);
        }
        if tie.write_progress {
            now.progress = own.progress.or(now.progress);
        }
        for ((into, value), writes) in now.scores.iter_mut().zip(own.scores).zip(tie.write_scores) {
            if writes {
                *into = value.or(*into);
            }
        }
        if before.unwrap_or_default() != now {
            self.s.shared.insert(tie.target.clone(), now);
            self.s.touched.insert(tie.target.clone());
        }
    }

    /// Everything above an activity (RB.1.5), and what shares its objectives.
    pub(super) fn roll(&mut self, place: usize) {
        let mut changed = std::mem::take(&mut self.s.touched);
        self.roll_up(place);
        let mut all = changed.clone();
        for _ in 0..ROUNDS {
            changed.append(&mut self.s.touched);
            if changed.is_empty() {
                break;
            }
            let readers: BTreeSet<usize> = (0..self.c.nodes.len())
                .filter(|one| {
                    let objectives = self.c.rules(*one).objectives.iter();
                    let mut ties = objectives.flat_map(|objective| &objective.ties);
                    ties.any(|tie| changed.contains(&tie.target))
                })
                .filter_map(|one| self.c.parent(one))
                .collect();
            all.append(&mut changed);
            // The lower ones first.
            for one in readers.into_iter().rev() {
                self.roll_up(one);
            }
        }
        self.s.touched.append(&mut all);
    }

    fn roll_up(&mut self, place: usize) {
        let path: Vec<usize> = self.c.up(place).collect();
        for one in path {
            if !self.c.is_leaf(one) {
                self.measure(one);
                self.progress(one);
                self.objective(one);
                self.completion(one);
            }
        }
    }

    /// The mean of the children's measures by their weights (RB.1.1 a).
    fn measure(&mut self, place: usize) {
        let one = |child: &usize| {
            let rules = self.c.rules(*child);
            (rules.weight, self.known(*child, 0).measure)
        };
        let mean = mean(self.tracked(place).map(|child| one(&child)));
        self.learn(place, 0, |known| known.measure = mean);
    }

    /// The mean of how much of the children is done (RB.1.1 b).
    fn progress(&mut self, place: usize) {
        let one = |child: &usize| {
            let rules = self.c.rules(*child);
            (rules.progress_weight, self.track(*child).amount)
        };
        let mean = mean(self.tracked(place).map(|child| one(&child)));
        if let Some(track) = self.s.tracks.get_mut(place) {
            track.amount = mean;
        }
        self.learn(place, 0, |known| known.progress = mean);
    }

    fn tracked(&self, place: usize) -> impl Iterator<Item = usize> + '_ {
        let all = self.children(place).iter().copied();
        all.filter(|child| self.c.rules(*child).tracked)
    }

    /// Satisfied or not: by measure (RB.1.2 a), else by rules (RB.1.2 b).
    fn objective(&mut self, place: usize) {
        let rules = self.c.rules(place);
        let waits = self.track(place).active && !rules.measure_if_active;
        let primary = rules.objectives.first();
        if let Some(primary) = primary.filter(|one| one.by_measure) {
            let least = part(primary.least);
            let measure = self.known(place, 0).measure.filter(|_| !waits);
            let now = measure.map(|measure| measure >= least);
            self.learn(place, 0, |known| known.satisfied = now);
            return;
        }
        for (outcome, value) in [(Outcome::NotSatisfied, false), (Outcome::Satisfied, true)] {
            if self.comes_to(place, outcome) {
                self.learn(place, 0, |known| known.satisfied = Some(value));
            }
        }
    }

    /// Completed or not: by how much is done (RB.1.3 a), else by rules (RB.1.3 b).
    fn completion(&mut self, place: usize) {
        let rules = self.c.rules(place);
        let waits = self.track(place).active && !rules.measure_if_active;
        if let Some(least) = rules.completes {
            let amount = self.track(place).amount.filter(|_| !waits);
            self.complete(place, amount.map(|amount| amount >= part(least)));
            return;
        }
        for (outcome, value) in [(Outcome::Incomplete, false), (Outcome::Completed, true)] {
            if self.comes_to(place, outcome) {
                self.complete(place, Some(value));
            }
        }
    }

    pub(super) fn complete(&mut self, place: usize, completed: Option<bool>) {
        if let Some(track) = self.s.tracks.get_mut(place) {
            track.completed = completed;
        }
        self.learn(place, 0, |known| known.completed = completed);
    }

    /// Whether a rule of a group, or the standard's own, comes to an outcome (RB.1.4).
    fn comes_to(&self, place: usize, outcome: Outcome) -> bool {
        let rules = &self.c.rules(place).rollup;
        let status = |outcome| matches!(outcome, Outcome::Satisfied | Outcome::NotSatisfied);
        let own = |rule: &&RollupRule| status(rule.outcome) == status(outcome);
        if rules.iter().any(|rule| own(&rule)) {
            let mut rules = rules.iter().filter(|rule| rule.outcome == outcome);
            return rules.any(|rule| self.fires(place, rule));
        }
        let plain = |test, not| Condition {
            test,
            not,
            objective: None,
            threshold: 0.0,
        };
        let conditions = match outcome {
            Outcome::Satisfied => vec![plain(Test::Satisfied, false)],
            Outcome::Completed => vec![plain(Test::Completed, false)],
            Outcome::NotSatisfied => {
                vec![plain(Test::Attempted, false), plain(Test::Satisfied, true)]
            }
            Outcome::Incomplete => {
                vec![plain(Test::Attempted, false), plain(Test::Completed, true)]
            }
        };
        let default = RollupRule {
            children: Children::All,
            any: true,
            conditions,
            outcome,
        };
        self.fires(place, &default)
    }

    fn fires(&self, place: usize, rule: &RollupRule) -> bool {
        let (mut yes, mut no, mut unknown) = (0_usize, 0_usize, 0_usize);
        for child in self.tracked(place) {
            if !self.counts(child, rule.outcome) {
                continue;
            }
            let all = rule.conditions.iter().map(|one| self.holds(child, one));
            match combined(rule.any, all) {
                Some(true) => yes += 1,
                Some(false) => no += 1,
                None => unknown += 1,
            }
        }
        let all = yes + no + unknown;
        #[expect(clippy::cast_precision_loss, reason = "a handful of children")]
        let share = |least: f64| yes as f64 >= least * all as f64;
        all > 0
            && match rule.children {
                Children::All => no + unknown == 0,
                Children::Any => yes > 0,
                Children::None => yes + unknown == 0,
                Children::Count(least) => yes >= least,
                Children::Share(least) => share(least),
            }
    }

    /// Whether a child counts in what its group comes to (RB.1.4.2).
    fn counts(&self, child: usize, outcome: Outcome) -> bool {
        let rules = self.c.rules(child);
        let (rolls, number) = match outcome {
            Outcome::Satisfied => (rules.rolls_objective, 0),
            Outcome::NotSatisfied => (rules.rolls_objective, 1),
            Outcome::Completed => (rules.rolls_progress, 2),
            Outcome::Incomplete => (rules.rolls_progress, 3),
        };
        let track = self.track(child);
        rolls
            && match rules.counts.get(number).copied().unwrap_or_default() {
                Counts::Always => true,
                Counts::NotSuspended => track.attempts > 0 && !track.suspended,
                Counts::Attempted => track.attempts > 0,
                Counts::NotSkipped => !self.before(child, Action::Skip),
            }
    }
}

/// The mean by weights; what is not known weighs as nothing done. None when nothing is known.
fn mean(all: impl Iterator<Item = (f64, Option<Part>)>) -> Option<Part> {
    let (mut sum, mut weights, mut some) = (0.0, 0.0, false);
    for (weight, value) in all {
        weights += weight;
        if let Some(value) = value {
            sum += weight * real(value);
            some = true;
        }
    }
    (some && weights > 0.0).then(|| part(sum / weights))
}
