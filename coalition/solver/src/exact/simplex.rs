//! Linear programmes by the dual simplex: minimise cost·x with A·x + slack = right side and every variable in a box.
//!
//! A change of bounds, a new row or a new column keeps the prices valid, so a solve goes on from where the last ended.
//! [`Simplex::proven`] recomputes the bound from the prices alone: it holds whatever rounding did on the way.

mod build;
mod step;

use super::factor::{Core, Factor};
use step::Step;

/// A row or bound counts as kept within this.
pub(super) const FEASIBLE: f64 = 1e-8;
/// After no more exchanges than this values are taken as they are.
const EXCHANGES_SURE: usize = 20;

pub(super) const AT_LOWER: i32 = -1;
pub(super) const AT_UPPER: i32 = -2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Optimal,
    /// No point keeps all rows.
    Impossible,
    /// The bound has passed the limit.
    Beyond,
    /// Out of iterations, or lost in rounding: what was proven before still holds.
    Stopped,
}

/// Where a solve stands: enough to go on from here later.
#[derive(Debug, Clone, Default)]
pub(super) struct Stand {
    basis: Vec<u32>,
    is_upper: Vec<u32>,
}

/// A solve in the middle of a trial.
pub(super) struct Saved {
    basis: Vec<u32>,
    place: Vec<i32>,
    basic: Vec<f64>,
    reduced: Vec<f64>,
    moved: Vec<f64>,
    weight: Vec<f64>,
    factor: Factor,
    is_shifted: bool,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Simplex {
    pub(super) cols: Vec<Vec<(u32, f64)>>,
    pub(super) rows: Vec<Vec<(u32, f64)>>,
    pub(super) cost: Vec<f64>,
    /// Costs a little moved, so that ties do not stall.
    moved: Vec<f64>,
    /// How much the costs were moved to begin with.
    nudge: Vec<f64>,
    pub(super) lower: Vec<f64>,
    pub(super) upper: Vec<f64>,
    pub(super) rhs: Vec<f64>,
    /// Slack of each row.
    pub(super) slack: Vec<u32>,
    pub(super) basis: Vec<u32>,
    /// Place in the basis, or [`AT_LOWER`], [`AT_UPPER`].
    pub(super) place: Vec<i32>,
    pub(super) basic: Vec<f64>,
    pub(super) reduced: Vec<f64>,
    weight: Vec<f64>,
    pub(super) factor: Factor,
    core: Core,
    /// A cost was moved since all were put back.
    is_shifted: bool,
    pub(super) iterations: u64,
    /// Entries touched: what a solve costs, the same on every machine.
    pub(super) work: u64,
    scale: f64,
    rho: Vec<f64>,
    alpha: Vec<f64>,
    touched: Vec<u32>,
    mark: Vec<u64>,
    round: u64,
    is_stale: bool,
    seed: u64,
}

impl Simplex {
    /// Starts over from the slacks.
    pub(super) fn restart(&mut self) {
        self.place.fill(AT_LOWER);
        self.basis.clone_from(&self.slack);
        for (at, &slack) in self.slack.iter().enumerate() {
            self.place[slack as usize] = at as i32;
        }
        self.weight.fill(1.0);
        self.refresh();
    }

    pub(super) fn size(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn value(&self, col: usize) -> f64 {
        match self.place[col] {
            AT_LOWER => self.lower[col],
            AT_UPPER => self.upper[col],
            place => self.basic[place as usize],
        }
    }

    pub(super) fn stand(&self) -> Stand {
        let mut is_upper = vec![0u32; self.place.len().div_ceil(32)];
        for (col, &place) in self.place.iter().enumerate() {
            if place == AT_UPPER {
                is_upper[col / 32] |= 1 << (col % 32);
            }
        }
        Stand {
            basis: self.basis.clone(),
            is_upper,
        }
    }

    /// Goes back to an earlier stand; rows added since keep their slacks in the basis.
    pub(super) fn restore(&mut self, stand: &Stand) {
        for col in 0..self.place.len() {
            let up = stand
                .is_upper
                .get(col / 32)
                .is_some_and(|w| w >> (col % 32) & 1 == 1);
            self.place[col] = if up { AT_UPPER } else { AT_LOWER };
        }
        self.basis.clone_from(&stand.basis);
        for row in stand.basis.len()..self.rows.len() {
            self.basis.push(self.slack[row]);
        }
        for (at, &col) in self.basis.iter().enumerate() {
            self.place[col as usize] = at as i32;
        }
        self.weight.clear();
        self.weight.resize(self.basis.len(), 1.0);
        self.refresh();
    }

    /// Everything a short trial may change, to be taken back by [`Simplex::load`].
    pub(super) fn save(&self) -> Saved {
        Saved {
            basis: self.basis.clone(),
            place: self.place.clone(),
            basic: self.basic.clone(),
            reduced: self.reduced.clone(),
            moved: self.moved.clone(),
            weight: self.weight.clone(),
            factor: self.factor.clone(),
            is_shifted: self.is_shifted,
        }
    }

    pub(super) fn load(&mut self, saved: &Saved) {
        self.basis.clone_from(&saved.basis);
        self.place.clone_from(&saved.place);
        self.basic.clone_from(&saved.basic);
        self.reduced.clone_from(&saved.reduced);
        self.moved.clone_from(&saved.moved);
        self.weight.clone_from(&saved.weight);
        self.factor.clone_from(&saved.factor);
        self.is_shifted = saved.is_shifted;
    }

    /// A short solve with some bounds changed, taken back at once: (cost, whether nothing is left there).
    pub(super) fn trial(
        &mut self,
        changes: impl Iterator<Item = (u32, f64, f64)>,
        limit: f64,
        saved: &Saved,
    ) -> (f64, bool) {
        let mut before = Vec::new();
        for (col, lower, upper) in changes {
            let at = col as usize;
            before.push((at, self.lower[at], self.upper[at]));
            self.lower[at] = self.lower[at].max(lower);
            self.upper[at] = self.upper[at].min(upper);
        }
        self.revalue();
        let outcome = self.solve(limit, super::tree::TRIAL_ITERATIONS);
        let found = match outcome {
            Outcome::Impossible => (f64::INFINITY, true),
            Outcome::Beyond => (limit, true),
            Outcome::Optimal | Outcome::Stopped => (self.objective(), false),
        };
        for &(at, lower, upper) in before.iter().rev() {
            self.lower[at] = lower;
            self.upper[at] = upper;
        }
        self.load(saved);
        found
    }

    /// A row was added whose slack must be valued before the next step.
    pub(super) fn refresh_later(&mut self) {
        self.is_stale = true;
    }

    /// Factorises anew and recomputes all values from it.
    pub(super) fn refresh(&mut self) {
        for _ in 0..3 {
            let (cols, basis) = (&self.cols, &self.basis);
            let built = self.factor.build(&mut self.core, basis.len(), |place| {
                &cols[basis[place] as usize][..]
            });
            // Making a factor costs about this many entries for each row.
            self.work += 80 * self.basis.len() as u64;
            let Err(lost) = built else { break };
            // A slack takes the place of a column that rounding has made dependent.
            for (row, place) in lost {
                let out = self.basis[place] as usize;
                self.place[out] = AT_LOWER;
                let slack = self.slack[row];
                self.basis[place] = slack;
                self.place[slack as usize] = place as i32;
            }
        }
        self.reprice();
        self.revalue();
    }

    fn reprice(&mut self) {
        self.is_shifted = false;
        for (col, moved) in self.moved.iter_mut().enumerate() {
            *moved = self.cost[col] + self.nudge[col];
        }
        let mut y: Vec<f64> = self
            .basis
            .iter()
            .map(|&col| self.moved[col as usize])
            .collect();
        self.factor.backward(&mut y);
        for col in 0..self.cols.len() {
            if self.place[col] >= 0 {
                self.reduced[col] = 0.0;
                continue;
            }
            let d = self.moved[col]
                - self.cols[col]
                    .iter()
                    .map(|e| e.1 * y[e.0 as usize])
                    .sum::<f64>();
            self.reduced[col] = d;
            self.settle(col);
        }
    }

    /// Puts a variable out of the basis where its reduced cost wants it; moves the cost when it has no such bound.
    fn settle(&mut self, col: usize) {
        let d = self.reduced[col];
        let (low, high) = (self.lower[col].is_finite(), self.upper[col].is_finite());
        if d > 0.0 && self.place[col] == AT_UPPER {
            if low {
                self.place[col] = AT_LOWER;
            } else {
                self.shift(col);
            }
        } else if d < 0.0 && self.place[col] == AT_LOWER {
            if high {
                self.place[col] = AT_UPPER;
            } else {
                self.shift(col);
            }
        } else if self.place[col] == AT_LOWER && !low {
            self.place[col] = AT_UPPER;
        } else if self.place[col] == AT_UPPER && !high {
            self.place[col] = AT_LOWER;
        }
    }

    fn shift(&mut self, col: usize) {
        self.moved[col] -= self.reduced[col];
        self.reduced[col] = 0.0;
        self.is_shifted = true;
    }

    /// Recomputes the values of basic variables.
    pub(super) fn revalue(&mut self) {
        let mut v = self.rhs.clone();
        for col in 0..self.cols.len() {
            if self.place[col] < 0 {
                let x = self.value(col);
                if x != 0.0 {
                    self.cols[col]
                        .iter()
                        .for_each(|e| v[e.0 as usize] -= e.1 * x);
                }
            }
        }
        self.factor.forward(&mut v);
        self.basic = v;
    }

    /// Cost of the present point, with moved costs.
    pub(super) fn objective(&self) -> f64 {
        (0..self.cols.len())
            .filter(|&c| self.moved[c] != 0.0)
            .map(|c| self.moved[c] * self.value(c))
            .sum()
    }

    /// A lower bound on the cost that prices alone prove, with the true costs and the present boxes.
    pub(super) fn proven(&mut self) -> f64 {
        let y = self.prices();
        let mut bound = 0.0;
        for (row, &price) in y.iter().enumerate() {
            bound += price * self.rhs[row];
        }
        for col in 0..self.cols.len() {
            let d = self.cost[col]
                - self.cols[col]
                    .iter()
                    .map(|e| e.1 * y[e.0 as usize])
                    .sum::<f64>();
            let x = if d >= 0.0 {
                self.lower[col]
            } else {
                self.upper[col]
            };
            if d != 0.0 {
                bound += d * x;
            }
        }
        bound
    }

    /// Prices of the rows with the true costs; those of the wrong sign are taken as nothing.
    fn prices(&mut self) -> Vec<f64> {
        let mut y: Vec<f64> = self
            .basis
            .iter()
            .map(|&col| self.cost[col as usize])
            .collect();
        self.factor.backward(&mut y);
        for (row, price) in y.iter_mut().enumerate() {
            let slack = self.slack[row] as usize;
            // The slack's reduced cost is −price.
            if (*price > 0.0 && self.upper[slack] == f64::INFINITY)
                || (*price < 0.0 && self.lower[slack] == f64::NEG_INFINITY)
            {
                *price = 0.0;
            }
        }
        y
    }

    /// True reduced costs of all variables.
    pub(super) fn true_reduced(&mut self) -> Vec<f64> {
        let y = self.prices();
        (0..self.cols.len())
            .map(|col| {
                self.cost[col]
                    - self.cols[col]
                        .iter()
                        .map(|e| e.1 * y[e.0 as usize])
                        .sum::<f64>()
            })
            .collect()
    }

    /// Moves to the best point; stops once the cost is known to pass `limit`.
    pub(super) fn solve(&mut self, limit: f64, iterations: u64) -> Outcome {
        let end = self.iterations + iterations;
        let mut troubles = 0;
        let mut is_fresh = false;
        let mut since = 0;
        if std::mem::take(&mut self.is_stale) {
            self.refresh();
        }
        loop {
            if self.factor.is_worn() {
                self.refresh();
            }
            since += 1;
            if since % 16 == 0 && self.objective() > limit + 1e-6 * limit.abs() {
                return Outcome::Beyond;
            }
            let Some((place, excess)) = self.leaving() else {
                let is_rough = self.is_shifted || self.factor.exchanges() > EXCHANGES_SURE;
                if is_rough && !is_fresh {
                    is_fresh = true;
                    self.refresh();
                    continue;
                }
                return Outcome::Optimal;
            };
            if self.iterations >= end {
                return Outcome::Stopped;
            }
            self.iterations += 1;
            is_fresh = false;
            match self.step(place, excess) {
                Step::Done => {}
                Step::Impossible => {
                    if self.factor.exchanges() == 0 {
                        return Outcome::Impossible;
                    }
                    self.refresh();
                    troubles += 1;
                }
                Step::Trouble => {
                    if self.factor.exchanges() == 0 {
                        troubles += 3;
                        self.weight[place] *= 1e6;
                    }
                    self.refresh();
                    troubles += 1;
                }
            }
            if troubles > 60 {
                return Outcome::Stopped;
            }
        }
    }
}
