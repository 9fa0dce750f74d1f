//! Linear programmes by the dual simplex: minimise cost·x with A·x + slack = right side and every variable in a box.
//!
//! A change of bounds, a new row or a new column keeps the prices valid, so a solve goes on from where the last ended.
//! [`Simplex::proven`] recomputes the bound from the prices alone: it holds whatever rounding did on the way.

use super::factor::{Core, Factor};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A row or bound counts as kept within this.
const FEASIBLE: f64 = 1e-8;
/// Pivots smaller than this are not trusted.
const PIVOT: f64 = 1e-7;
/// Reduced costs may err by this much of the usual cost.
const DUAL: f64 = 1e-10;

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

/// A column that may enter, nearest ratio first.
#[derive(Clone, Copy)]
struct Candidate {
    ratio: f64,
    col: u32,
}
impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Candidate {}
impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .ratio
            .total_cmp(&self.ratio)
            .then(other.col.cmp(&self.col))
    }
}

impl Simplex {
    /// A row without entries yet: slack from `least` to `most`.
    pub(super) fn add_row(&mut self, rhs: f64, least: f64, most: f64) -> usize {
        let row = self.rows.len();
        let slack = self.cols.len() as u32;
        self.rows.push(vec![(slack, 1.0)]);
        self.rhs.push(rhs);
        self.slack.push(slack);
        self.cols.push(vec![(row as u32, 1.0)]);
        self.cost.push(0.0);
        self.moved.push(0.0);
        self.nudge.push(0.0);
        self.lower.push(least);
        self.upper.push(most);
        self.place.push(row as i32);
        self.reduced.push(0.0);
        self.basis.push(slack);
        self.basic.push(0.0);
        self.weight.push(1.0);
        row
    }

    /// A variable from 0 to `most`; its rows must be there already.
    pub(super) fn add_col(&mut self, cost: f64, most: f64, entries: &[(u32, f64)]) -> usize {
        let col = self.cols.len();
        for &(row, value) in entries {
            self.rows[row as usize].push((col as u32, value));
        }
        self.cols.push(entries.to_vec());
        self.cost.push(cost);
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let chance = (self.seed >> 40) as f64 / (1u64 << 24) as f64;
        let nudge = 1e-7 * (0.5 + chance) * (cost.abs() + self.scale);
        self.moved.push(cost + nudge);
        self.nudge.push(nudge);
        self.lower.push(0.0);
        self.upper.push(most);
        self.place.push(AT_LOWER);
        self.reduced.push(0.0);
        col
    }

    /// Bounds each open slack by what its row can leave at most, so that every variable has a box.
    pub(super) fn close_rows(&mut self, from: usize) {
        for row in from..self.rows.len() {
            let slack = self.slack[row] as usize;
            if self.upper[slack].is_finite() {
                continue;
            }
            let least: f64 = self.rows[row]
                .iter()
                .filter(|e| e.0 as usize != slack)
                .map(|&(col, value)| {
                    let at = col as usize;
                    (value * self.lower[at]).min(value * self.upper[at])
                })
                .sum();
            self.upper[slack] = (self.rhs[row] - least).max(0.0) + 1.0;
        }
    }

    /// The usual size of a cost; set before columns are added.
    pub(super) fn set_scale(&mut self, scale: f64) {
        self.scale = scale;
    }

    /// Takes another cost and starts over from the slacks.
    pub(super) fn aim(&mut self, cost: &[(u32, f64)]) {
        self.cost.fill(0.0);
        for &(col, own) in cost {
            self.cost[col as usize] = own;
        }
        for (col, moved) in self.moved.iter_mut().enumerate() {
            let mix = (col as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
            self.nudge[col] = 1e-9 * (0.5 + mix as f64 / (1u64 << 24) as f64);
            *moved = self.cost[col] + self.nudge[col];
        }
        self.restart();
    }

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

    /// Changes one entry that is there already.
    pub(super) fn set_entry(&mut self, row: u32, col: u32, value: f64) {
        let own = self.cols[col as usize].iter_mut().find(|e| e.0 == row);
        own.into_iter().for_each(|e| e.1 = value);
        let own = self.rows[row as usize].iter_mut().find(|e| e.0 == col);
        own.into_iter().for_each(|e| e.1 = value);
    }

    /// Drops rows whose slack is basic and that `is_dropped` names; their slacks go last in and are renumbered.
    pub(super) fn drop_rows(&mut self, is_dropped: &[bool]) -> Vec<u32> {
        let mut new_row = vec![u32::MAX; self.rows.len()];
        let mut kept = 0;
        for (row, dropped) in is_dropped.iter().enumerate() {
            if !dropped {
                new_row[row] = kept;
                kept += 1;
            }
        }
        let mut new_col = vec![u32::MAX; self.cols.len()];
        let mut next = 0;
        let mut is_gone = vec![false; self.cols.len()];
        for (row, &slack) in self.slack.iter().enumerate() {
            is_gone[slack as usize] = is_dropped[row];
        }
        for (col, gone) in is_gone.iter().enumerate() {
            if !gone {
                new_col[col] = next;
                next += 1;
            }
        }
        let keep_col = |k: usize| !is_gone[k];
        fn sift<T: Clone>(list: &mut Vec<T>, keeps: impl Fn(usize) -> bool) {
            let mut at = 0;
            list.retain(|_| {
                at += 1;
                keeps(at - 1)
            });
        }
        sift(&mut self.cols, keep_col);
        for list in [
            &mut self.cost,
            &mut self.moved,
            &mut self.nudge,
            &mut self.lower,
            &mut self.upper,
            &mut self.reduced,
        ] {
            sift(list, keep_col);
        }
        sift(&mut self.place, keep_col);
        for col in &mut self.cols {
            col.retain(|e| new_row[e.0 as usize] != u32::MAX);
            col.iter_mut().for_each(|e| e.0 = new_row[e.0 as usize]);
        }
        let keep_row = |k: usize| !is_dropped[k];
        sift(&mut self.rows, keep_row);
        sift(&mut self.rhs, keep_row);
        sift(&mut self.slack, keep_row);
        for row in &mut self.rows {
            row.iter_mut().for_each(|e| e.0 = new_col[e.0 as usize]);
        }
        self.slack
            .iter_mut()
            .for_each(|s| *s = new_col[*s as usize]);
        self.touched.clear();
        self.alpha.clear();
        self.mark.clear();
        let basis = std::mem::take(&mut self.basis);
        let weight = std::mem::take(&mut self.weight);
        for (var, weight) in basis.into_iter().zip(weight) {
            if !is_gone[var as usize] {
                let var = new_col[var as usize];
                self.place[var as usize] = self.basis.len() as i32;
                self.basis.push(var);
                self.weight.push(weight);
            }
        }
        new_col
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

    /// The basic variable farthest outside its box, by steepest edge.
    pub(super) fn leaving(&self) -> Option<(usize, f64)> {
        let mut best = 0.0;
        let mut found = None;
        for (place, &x) in self.basic.iter().enumerate() {
            let col = self.basis[place] as usize;
            let excess = if x < self.lower[col] - FEASIBLE {
                x - self.lower[col]
            } else if x > self.upper[col] + FEASIBLE {
                x - self.upper[col]
            } else {
                continue;
            };
            let score = excess * excess / self.weight[place];
            if score > best {
                best = score;
                found = Some((place, excess));
            }
        }
        found
    }

    fn pivot_row(&mut self, place: usize) {
        let mut rho = std::mem::take(&mut self.rho);
        rho.clear();
        rho.resize(self.size(), 0.0);
        rho[place] = 1.0;
        self.row_of(rho);
    }

    fn row_of(&mut self, mut rho: Vec<f64>) {
        self.factor.backward(&mut rho);
        self.alpha.resize(self.cols.len(), 0.0);
        for &col in &self.touched {
            self.alpha[col as usize] = 0.0;
        }
        self.touched.clear();
        self.round += 1;
        self.mark.resize(self.cols.len(), 0);
        for (row, &r) in rho.iter().enumerate() {
            if r.abs() > 1e-13 {
                self.work += self.rows[row].len() as u64;
                for &(col, value) in &self.rows[row] {
                    let at = col as usize;
                    if self.place[at] < 0 {
                        if self.mark[at] != self.round {
                            self.mark[at] = self.round;
                            self.touched.push(col);
                        }
                        self.alpha[at] += r * value;
                    }
                }
            }
        }
        self.work += self.size() as u64;
        self.rho = rho;
    }

    /// The row of the tableau of a sum of variables: (columns out of the basis, entries).
    pub(super) fn tableau_row(&mut self, form: &[(u32, f64)]) -> Vec<(u32, f64)> {
        let mut rho = vec![0.0; self.size()];
        for &(col, share) in form {
            if self.place[col as usize] >= 0 {
                rho[self.place[col as usize] as usize] = share;
            }
        }
        self.row_of(rho);
        for &(col, share) in form {
            let at = col as usize;
            if self.place[at] < 0 {
                if self.mark[at] != self.round {
                    self.mark[at] = self.round;
                    self.touched.push(col);
                }
                self.alpha[at] -= share;
            }
        }
        let mut touched = self.touched.clone();
        touched.sort_unstable();
        touched
            .into_iter()
            .map(|col| (col, self.alpha[col as usize]))
            .filter(|e| e.1.abs() > 1e-12)
            .collect()
    }

    fn step(&mut self, place: usize, excess: f64) -> Step {
        self.pivot_row(place);
        let sign = if excess > 0.0 { 1.0 } else { -1.0 };
        let mut heap: Vec<Candidate> = Vec::new();
        for &col in &self.touched {
            let at = col as usize;
            let a = sign * self.alpha[at];
            if a.abs() < PIVOT || self.place[at] >= 0 || self.lower[at] == self.upper[at] {
                continue;
            }
            let is_up = self.place[at] == AT_UPPER;
            if (a > 0.0) == is_up {
                continue;
            }
            heap.push(Candidate {
                ratio: (self.reduced[at] / a).max(0.0),
                col,
            });
        }
        let mut heap = BinaryHeap::from(heap);
        let mut slope = excess.abs();
        let mut passed: Vec<u32> = Vec::new();
        let mut last = None;
        while let Some(next) = heap.pop() {
            let at = next.col as usize;
            slope -= self.alpha[at].abs() * (self.upper[at] - self.lower[at]);
            if slope <= FEASIBLE || !slope.is_finite() {
                last = Some(next);
                break;
            }
            passed.push(next.col);
        }
        let Some(last) = last else {
            return if slope > 1e-6 {
                Step::Impossible
            } else {
                Step::Trouble
            };
        };
        // Among nearly equal ratios the largest pivot is the safest.
        let slack = DUAL * (self.scale + 1e-9);
        let mut entering = last.col as usize;
        while let Some(next) = heap.pop() {
            let at = next.col as usize;
            if (next.ratio - last.ratio) * self.alpha[at].abs() > slack {
                break;
            }
            if self.alpha[at].abs() > self.alpha[entering].abs() {
                entering = at;
            }
        }
        if self.alpha[entering].abs() < 1e-5 {
            let best = passed
                .iter()
                .map(|&c| c as usize)
                .rev()
                .take(8)
                .find(|&at| {
                    self.alpha[at].abs() > 1e-3
                        && (last.ratio - self.reduced[at] / (sign * self.alpha[at]))
                            * self.alpha[at].abs()
                            < slack
                });
            if let Some(at) = best {
                entering = at;
                passed.retain(|&c| c as usize != at);
            }
        }
        let mut column = vec![0.0; self.size()];
        self.cols[entering]
            .iter()
            .for_each(|e| column[e.0 as usize] = e.1);
        self.factor.forward(&mut column);
        let pivot = column[place];
        let expected = self.alpha[entering];
        if (pivot - expected).abs() > 1e-7 * (1.0 + expected.abs()) || pivot.abs() < PIVOT {
            return Step::Trouble;
        }
        self.flip(&passed);
        self.exchange(place, entering, &column, sign);
        Step::Done
    }

    /// Moves boxed variables to their other bound.
    fn flip(&mut self, passed: &[u32]) {
        if passed.is_empty() {
            return;
        }
        let mut v = vec![0.0; self.size()];
        for &col in passed {
            let at = col as usize;
            let before = self.value(at);
            self.place[at] = if self.place[at] == AT_UPPER {
                AT_LOWER
            } else {
                AT_UPPER
            };
            let change = self.value(at) - before;
            self.cols[at]
                .iter()
                .for_each(|e| v[e.0 as usize] += e.1 * change);
        }
        self.factor.forward(&mut v);
        self.basic.iter_mut().zip(&v).for_each(|(x, d)| *x -= d);
        self.work += 2 * self.size() as u64;
    }

    fn exchange(&mut self, place: usize, entering: usize, column: &[f64], sign: f64) {
        let leaving = self.basis[place] as usize;
        let pivot = column[place];
        let step = self.reduced[entering] / pivot;
        for k in 0..self.touched.len() {
            let at = self.touched[k] as usize;
            if self.place[at] < 0 && at != entering {
                self.reduced[at] -= step * self.alpha[at];
                let wrong = match self.place[at] {
                    AT_LOWER => self.reduced[at] < 0.0,
                    _ => self.reduced[at] > 0.0,
                };
                if wrong && self.lower[at] < self.upper[at] {
                    self.shift(at);
                }
            }
        }
        self.reduced[entering] = 0.0;
        self.reduced[leaving] = -step;
        let bound = if sign > 0.0 {
            self.upper[leaving]
        } else {
            self.lower[leaving]
        };
        let travel = (self.basic[place] - bound) / pivot;
        let entered = self.value(entering) + travel;
        for (x, &a) in self.basic.iter_mut().zip(column) {
            if a != 0.0 {
                *x -= travel * a;
            }
        }
        self.reweigh(place, column);
        self.basic[place] = entered;
        self.basis[place] = entering as u32;
        self.place[entering] = place as i32;
        self.place[leaving] = if sign > 0.0 { AT_UPPER } else { AT_LOWER };
        self.factor.exchange(place, column);
        self.work += 6 * self.size() as u64;
    }

    /// Steepest-edge weights after an exchange.
    fn reweigh(&mut self, place: usize, column: &[f64]) {
        let mut tau = std::mem::take(&mut self.rho);
        let own: f64 = tau.iter().map(|r| r * r).sum();
        self.factor.forward(&mut tau);
        let pivot = column[place];
        for (at, &a) in column.iter().enumerate() {
            if a != 0.0 && at != place {
                let k = a / pivot;
                let fresh = self.weight[at] + k * (k * own - 2.0 * tau[at]);
                self.weight[at] = fresh.max(1e-4 + k * k * own * 1e-6).max(1e-6);
            }
        }
        self.weight[place] = (own / (pivot * pivot)).max(1e-6);
        self.rho = tau;
    }
}

enum Step {
    Done,
    Impossible,
    Trouble,
}
