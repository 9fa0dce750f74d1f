//! The root: narrowing and cuts, until they no longer help.

use super::super::cuts::{Cut, Cutter, choose};
use super::*;

const NARROW_SCALE: f64 = 1024.0;
const CUT_ROUNDS_MAX: usize = 60;
/// Rounds that bring less than their part of the gap before cutting ends.
const IDLE_ROUNDS_MAX: usize = 6;

/// How far from whole, the sum of variables, and the unit it must be whole in.
type Source = (f64, Vec<(u32, f64)>, f64);

impl Tree<'_, '_, '_, '_> {
    /// Cuts until they no longer help.
    pub(super) fn root(&mut self, ear: &mut dyn Listener) {
        let mut idle = 0;
        let rounds = if self.nodes_max.is_some() {
            6
        } else {
            CUT_ROUNDS_MAX
        };
        let mut ages: Vec<u32> = vec![0; self.form.lp.size() - self.first_cut];
        self.offer(ear, false);
        if self.form.lp.cols.len() < 300 && self.nodes_max.is_none() {
            for _ in 0..2 {
                self.narrow();
                self.form.lp.solve(self.limit(), 20_000);
                self.bound = self.bound.max(self.form.lp.proven());
            }
        }
        for round in 0..rounds {
            if round % 4 == 3 {
                self.offer(ear, false);
            }
            self.tighten();
            if self.bound >= self.limit() || self.work() > self.work_max || !ear.goes_on() {
                break;
            }
            let cuts = self.cuts();
            if cuts.is_empty() {
                break;
            }
            for cut in &cuts {
                self.add(cut);
                ages.push(0);
            }
            let outcome = self.form.lp.solve(self.limit(), 20_000);
            let now = self.form.lp.proven();
            if outcome == Outcome::Impossible {
                self.bound = f64::INFINITY;
                return;
            }
            idle = if now > self.bound + 2e-3 * (self.reached - now).max(0.0) {
                0
            } else {
                idle + 1
            };
            self.bound = self.bound.max(now);
            if outcome != Outcome::Optimal || idle >= IDLE_ROUNDS_MAX {
                break;
            }
            self.purge(&mut ages);
        }
        if self.form.lp.solve(self.limit(), 20_000) == Outcome::Optimal {
            self.purge(&mut vec![9; ages.len()]);
        }
        self.offer(ear, false);
        if self.nodes_max.is_none() && self.bound < self.limit() && self.work() <= self.work_max {
            for near in [Near::Whole, Near::Agreed, Near::Drawn] {
                self.look_near(ear, near);
            }
        }
        self.tighten();
    }

    /// Asks the programme itself how much each undecided amount can be at most, given the best plan.
    fn narrow(&mut self) {
        let form = &mut self.form;
        let mut lp = form.lp.clone();
        let limit = lp.add_row(self.reached - self.tolerance, 0.0, f64::INFINITY) as u32;
        for col in 0..form.lp.cols.len() {
            let cost = form.lp.cost[col];
            if cost != 0.0 {
                lp.rows[limit as usize].push((col as u32, cost / NARROW_SCALE));
                lp.cols[col].push((limit, cost / NARROW_SCALE));
            }
        }
        lp.rhs[limit as usize] /= NARROW_SCALE;
        lp.close_rows(limit as usize);
        let mut is_used = false;
        let mut list: Vec<(usize, u32)> = Vec::new();
        for points in &form.points {
            if let [used, more] = points[..] {
                let y = form.lp.value(used as usize);
                if matches!(form.meaning[more as usize], Meaning::More { .. })
                    && y > WHOLE
                    && y < 1.0 - WHOLE
                {
                    list.push((used as usize, more));
                }
            }
        }
        for (used, more) in list {
            let at = more as usize;
            lp.aim(&[(more, -1.0)]);
            let outcome = lp.solve(f64::INFINITY, 400);
            let most = match outcome {
                Outcome::Impossible => 0.0,
                _ => (-lp.proven() + 1e-5).floor(),
            };
            if most < form.lp.upper[at] {
                let most = most.max(0.0);
                is_used = true;
                let Some((row, own)) = form.lp.bind_of(used as u32, more) else {
                    continue;
                };
                for lp in [&mut form.lp, &mut lp] {
                    lp.upper[at] = most;
                    lp.set_entry(row, used as u32, -most * own);
                }
            }
        }
        form.lp.work = form.lp.work.max(lp.work);
        form.lp.refresh();
        if is_used {
            self.closed = self.closed.min(self.reached - self.tolerance);
        }
    }

    /// Cuts that break the present point and hold in the whole tree.
    pub(super) fn cuts(&mut self) -> Vec<Cut> {
        let (low, high) = self.everywhere();
        let (low, high) = (low.to_vec(), high.to_vec());
        let form = &mut self.form;
        let mut sources: Vec<Source> = Vec::new();
        for &col in &form.lp.basis {
            let unit = form.unit[col as usize];
            if unit > 0.0 {
                let value = form.lp.value(col as usize) / unit;
                let part = value - value.floor();
                if part.min(1.0 - part) > 0.01 {
                    sources.push((part.min(1.0 - part), vec![(col, 1.0)], unit));
                }
            }
        }
        for points in &form.points {
            let Some(&first) = points.first() else {
                continue;
            };
            if !matches!(form.meaning[first as usize], Meaning::Point { .. }) {
                continue;
            }
            let value: f64 = points.iter().map(|&c| form.lp.value(c as usize)).sum();
            let part = value - value.floor();
            if part.min(1.0 - part) > 0.01 {
                sources.push((
                    part.min(1.0 - part),
                    points.iter().map(|&c| (c, 1.0)).collect(),
                    1.0,
                ));
            }
        }
        sources.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1[0].0.cmp(&b.1[0].0)));
        sources.truncate(600);
        let lp = &mut form.lp;
        let dense = 60 + lp.cols.len() / 5;
        let mut cutter = Cutter::new(&form.unit, (&low, &high), dense);
        let found: Vec<Cut> = sources
            .iter()
            .filter_map(|(_, form, unit)| cutter.cut(lp, form, *unit))
            .collect();
        choose(found, 30 + lp.size() / 8)
    }

    pub(super) fn add(&mut self, cut: &Cut) {
        let form = &mut self.form;
        let row = form.lp.add_row(cut.rhs, 0.0, f64::INFINITY);
        form.meaning.push(Meaning::Slack);
        form.unit.push(0.0);
        for &(col, value) in &cut.entries {
            form.lp.rows[row].push((col, value));
            form.lp.cols[col as usize].push((row as u32, value));
        }
        let slack = form.lp.slack[row] as usize;
        self.form.lp.upper[slack] = self.form.lp.most_left(row, self.everywhere());
        self.take_in(slack);
        // The new slack is basic; its value follows from the others.
        self.form.lp.refresh_later();
    }

    /// Drops cuts that have not been tight for some rounds.
    fn purge(&mut self, ages: &mut Vec<u32>) {
        let form = &mut self.form;
        let size = form.lp.size();
        let mut is_dropped = vec![false; size];
        for row in self.first_cut..size {
            let age = &mut ages[row - self.first_cut];
            let slack = form.lp.slack[row] as usize;
            if form.lp.place[slack] >= 0 && form.lp.value(slack) > 1e-7 {
                *age += 1;
            } else {
                *age = 0;
            }
            is_dropped[row] = *age >= 3;
        }
        if !is_dropped.contains(&true) {
            return;
        }
        let new_col = form.lp.drop_rows(&is_dropped);
        let mut at = 0;
        form.meaning.retain(|_| {
            at += 1;
            new_col[at - 1] != u32::MAX
        });
        at = 0;
        form.unit.retain(|_| {
            at += 1;
            new_col[at - 1] != u32::MAX
        });
        for points in &mut form.points {
            points.iter_mut().for_each(|c| *c = new_col[*c as usize]);
        }
        let first = self.first_cut;
        at = first;
        ages.retain(|_| {
            at += 1;
            !is_dropped[at - 1]
        });
        form.lp.refresh();
    }

    /// Fixes variables whose reduced cost alone takes them past the best plan.
    pub(super) fn tighten(&mut self) {
        let changes = self.reaches();
        for change in &changes {
            let at = change.col as usize;
            let lp = &mut self.form.lp;
            lp.lower[at] = lp.lower[at].max(change.lower);
            lp.upper[at] = lp.upper[at].min(change.upper);
        }
        if self.rebind() {
            self.form.lp.refresh();
        } else {
            self.form.lp.revalue();
        }
    }

    /// A use need not allow more lots than are left to it; says whether any row has changed.
    fn rebind(&mut self) -> bool {
        let form = &mut self.form;
        let mut is_changed = false;
        for points in &form.points {
            let [used, more] = points[..] else { continue };
            if !matches!(form.meaning[more as usize], Meaning::More { .. }) {
                continue;
            }
            let most = form.lp.upper[more as usize];
            let Some((row, own)) = form.lp.bind_of(used, more) else {
                continue;
            };
            let entry = form.lp.cols[used as usize].iter().find(|e| e.0 == row);
            if entry.is_some_and(|e| e.1 < -most * own - 1e-9) && most > 0.0 {
                form.lp.set_entry(row, used, -most * own);
                is_changed = true;
            }
        }
        is_changed
    }

    /// Keeps what the root says of each variable, for plans still to come.
    pub(super) fn remember(&mut self) {
        let proven = self.form.lp.proven();
        let reduced = self.form.lp.true_reduced();
        let lp = &self.form.lp;
        self.global = (lp.lower.clone(), lp.upper.clone());
        let out = |&(col, _): &(usize, f64)| {
            lp.place[col] < 0
                && self.form.meaning[col] != Meaning::Slack
                && self.form.unit[col] > 0.0
        };
        self.told = (
            proven,
            reduced.into_iter().enumerate().filter(out).collect(),
        );
    }

    /// Costs from here on may be left out by narrowing.
    fn narrow_limit(&self) -> f64 {
        self.closed
            .min(self.reached - NARROW_SHARE * self.tolerance)
    }

    /// A better plan narrows the boxes of the whole tree.
    pub(super) fn narrow_all(&mut self) {
        let limit = self.narrow_limit();
        let room = limit - self.told.0;
        let mut is_used = false;
        for &(col, d) in &self.told.1 {
            let unit = self.form.unit[col];
            let lp = &mut self.form.lp;
            let (low, high) = (self.global.0[col], self.global.1[col]);
            let most = ((room / d.abs() + 1e-6) / unit).floor().max(0.0) * unit;
            if d.abs() < 1e-9 || low + most >= high {
                continue;
            }
            is_used = true;
            if d > 0.0 {
                self.global.1[col] = low + most;
                lp.upper[col] = lp.upper[col].min(low + most);
            } else {
                self.global.0[col] = high - most;
                lp.lower[col] = lp.lower[col].max(high - most);
            }
            self.changed.push(col as u32);
        }
        if is_used {
            self.closed = self.closed.min(limit);
        }
    }

    /// How far variables can go from where they are before their reduced costs alone take them past the best plan.
    pub(super) fn reaches(&mut self) -> Vec<Change> {
        // The bound of these very prices: another point's may be higher.
        let limit = self.narrow_limit();
        let room = limit - self.form.lp.proven();
        if !room.is_finite() || room < 0.0 {
            return Vec::new();
        }
        let form = &mut self.form;
        let reduced = form.lp.true_reduced();
        let mut changes = Vec::new();
        for (at, d) in reduced.into_iter().enumerate() {
            let unit = form.unit[at];
            let (low, high) = (form.lp.lower[at], form.lp.upper[at]);
            if form.lp.place[at] >= 0 || low == high || d.abs() < 1e-9 {
                continue;
            }
            let reach = room / d.abs() + 1e-6;
            let whole = |x: f64| {
                if unit > 0.0 {
                    (x / unit).floor() * unit
                } else {
                    x
                }
            };
            let (mut lower, mut upper) = (f64::NEG_INFINITY, f64::INFINITY);
            if d > 0.0
                && low.is_finite()
                && low + reach < high
                && (unit > 0.0 || reach < 0.9 * (high - low))
            {
                upper = low + whole(reach);
            } else if d < 0.0
                && high.is_finite()
                && high - reach > low
                && unit > 0.0
                && form.meaning[at] != Meaning::Slack
            {
                lower = high - whole(reach);
            } else {
                continue;
            }
            changes.push(Change {
                col: at as u32,
                lower,
                upper,
            });
        }
        if !changes.is_empty() {
            self.closed = self.closed.min(limit);
        }
        changes
    }
}
