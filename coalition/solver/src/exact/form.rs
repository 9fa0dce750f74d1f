//! The rival part as a linear programme with whole-number variables: tighter than quantities and charges alone.
//!
//! A line with one partner chooses among points (edge, quantity) next to the bends of its value; a line with several
//! has a use and a number of further lots per edge. Rows count lots, rounded down: what no lot can use is no capacity.

mod several;

use super::simplex::Simplex;
use crate::instance::QTY_MAX;
use crate::model::{Line, Model};
use crate::oracle::{Ask, lots};
use crate::plan::Plan;
use std::collections::BTreeMap;

/// Up to this many quantities an edge has a variable for each.
const POINTS_MAX: u32 = 12;

/// What a variable means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meaning {
    Slack,
    /// A line takes `qty` over `edge`.
    Point {
        line: u32,
        edge: u32,
        qty: u32,
    },
    /// A line with several partners uses `edge`, for `lo` units at least.
    Use {
        line: u32,
        edge: u32,
    },
    /// Further lots over the edge of the use before it.
    More {
        line: u32,
        edge: u32,
    },
    /// Coverage, overlap.
    Part,
    /// Lots left over: of what a line with several partners asks, of what an offer has.
    Rest,
    /// A package reaches a level.
    Level {
        block: u32,
    },
}

#[derive(Clone)]
pub(super) struct Form<'f, 'd, 'm, 'i> {
    pub(super) model: &'m Model<'i>,
    /// The plan of the locks alone.
    pub(super) locked: &'f Plan<'d, 'm, 'i>,
    pub(super) lp: Simplex,
    pub(super) meaning: Vec<Meaning>,
    /// Whole multiples of this only; 0 for any number.
    pub(super) unit: Vec<f64>,
    /// Points of the locked lines.
    pub(super) constant: f64,
    /// Columns of each edge, by quantity.
    pub(super) points: Vec<Vec<u32>>,
    /// The row that lets a line choose once.
    pub(super) choice: Vec<u32>,
    resource: Vec<u32>,
    resource_scale: Vec<f64>,
    floor_row: Vec<u32>,
    floor_scale: Vec<f64>,
    cap_row: Vec<u32>,
    cap_scale: Vec<f64>,
    link: Vec<Vec<(f64, u32)>>,
    pub(super) lines: Vec<usize>,
    /// Rows of the programme itself; cuts follow.
    own_rows: usize,
}

const NO_ROW: u32 = u32::MAX;

fn power(most: f64) -> f64 {
    2f64.powi(-(most.max(1.0).log2().floor() as i32))
}

impl<'f, 'd, 'm, 'i> Form<'f, 'd, 'm, 'i> {
    /// The programme of some blocks that share no row with others.
    pub(super) fn new(model: &'m Model<'i>, locked: &'f Plan<'d, 'm, 'i>, blocks: &[u32]) -> Self {
        let mut form = Form {
            model,
            locked,
            lp: Simplex::default(),
            meaning: Vec::new(),
            unit: Vec::new(),
            constant: 0.0,
            points: vec![Vec::new(); model.edges.len()],
            choice: vec![NO_ROW; model.lines.len()],
            resource: vec![NO_ROW; model.rows.len()],
            resource_scale: vec![1.0; model.rows.len()],
            floor_row: vec![NO_ROW; model.floors.len()],
            floor_scale: vec![1.0; model.floors.len()],
            cap_row: vec![NO_ROW; model.cap_room.len()],
            cap_scale: vec![1.0; model.cap_room.len()],
            link: vec![Vec::new(); model.lines.len()],
            lines: blocks
                .iter()
                .flat_map(|&b| model.block(b as usize))
                .collect(),
            own_rows: 0,
        };
        let values: f64 = model.lines.iter().map(|l| l.value).sum();
        form.lp.set_scale(values / model.lines.len().max(1) as f64);
        for &line in form.lines.iter().filter(|&&l| model.lines[l].is_locked()) {
            form.constant += locked.line_value(line).0;
        }
        form.shared_rows();
        for &block in blocks {
            form.block(block as usize);
        }
        form.lp.close_rows(0);
        form.own_rows = form.lp.size();
        form
    }

    fn row(&mut self, rhs: f64, least: f64, most: f64, unit: f64) -> u32 {
        self.meaning.push(Meaning::Slack);
        self.unit.push(unit);
        self.lp.add_row(rhs, least, most) as u32
    }

    /// What is left in a row can be branched on: of deliveries that stand for each other only the sum tells plans apart.
    fn rest(&mut self, row: u32) {
        self.meaning[self.lp.slack[row as usize] as usize] = Meaning::Rest;
    }

    pub(super) fn col(
        &mut self,
        meaning: Meaning,
        unit: f64,
        gain: f64,
        most: f64,
        entries: &[(u32, f64)],
    ) -> u32 {
        self.meaning.push(meaning);
        self.unit.push(unit);
        self.lp.add_col(-gain, most, entries) as u32
    }

    /// Most a line may take over an edge: (lo, hi, step), or None.
    fn room(&self, at: usize, edge: usize) -> Option<(u32, u32, u32)> {
        let model = self.model;
        let row = &model.rows[model.row_of(edge)];
        let left = self.locked.left[model.row_of(edge)].clamp(0, i64::from(QTY_MAX)) as u32;
        let (_, hi, _) = lots(model, &model.lines[at], row);
        let hi = (hi as u32).min(left / row.step * row.step);
        (hi >= row.lo).then_some((row.lo, hi, row.step))
    }

    fn shared_rows(&mut self) {
        let model = self.model;
        let mut asked = vec![0.0; model.rows.len()];
        let mut most = vec![0u32; model.rows.len()];
        let mut wanted = vec![0.0; model.cap_room.len()];
        let mut largest = vec![0u32; model.cap_room.len()];
        let mut lot = vec![0u32; model.cap_room.len()];
        let mut has_category = vec![false; model.instance.meta.categories.len()];
        for &at in self.lines.iter().filter(|&&l| !model.lines[l].is_locked()) {
            let line = &model.lines[at];
            has_category[usize::from(line.category)] = true;
            let mut top = 0;
            let mut sum = 0;
            for e in model.edges_of(at) {
                if let Some((_, hi, _)) = self.room(at, e) {
                    let row = model.row_of(e);
                    asked[row] += f64::from(hi);
                    most[row] = most[row].max(hi);
                    top = top.max(hi);
                    sum += u64::from(hi);
                    lot[model.cap_at(line)] = gcd(lot[model.cap_at(line)], model.rows[row].step);
                }
            }
            let all = if line.is_multi() {
                sum.min(u64::from(line.qty)) as u32
            } else {
                top
            };
            let cap = model.cap_at(line);
            wanted[cap] += f64::from(all);
            largest[cap] = largest[cap].max(top);
        }
        for at in 0..model.rows.len() {
            let step = model.rows[at].step;
            let left = self.locked.left[at].max(0) as f64;
            if asked[at] > left {
                let scale = power(f64::from(most[at] / step));
                self.resource_scale[at] = scale / f64::from(step);
                let lots = (left / f64::from(step)).floor();
                self.resource[at] = self.row(lots * scale, 0.0, f64::INFINITY, scale);
                self.rest(self.resource[at]);
            }
        }
        for at in (0..model.floors.len()).filter(|&f| has_category[model.floors[f].category]) {
            self.floor_scale[at] = -power(1e3 * 100.0);
            self.floor_row[at] = self.row(0.0, 0.0, f64::INFINITY, 0.0);
        }
        for at in 0..model.cap_room.len() {
            let room = (model.cap_room[at] + 1e-7).floor();
            if wanted[at] > room {
                let lot = f64::from(lot[at].max(1));
                let scale = power(f64::from(largest[at]) / lot);
                self.cap_scale[at] = scale / lot;
                self.cap_row[at] =
                    self.row((room / lot).floor() * scale, 0.0, f64::INFINITY, scale);
            }
        }
    }

    /// Entries of `qty` units over an edge in the rows all lines share.
    fn shared(&self, at: usize, edge: usize, qty: f64, out: &mut Vec<(u32, f64)>) {
        let model = self.model;
        let line = &model.lines[at];
        let row = model.row_of(edge);
        if self.resource[row] != NO_ROW {
            out.push((self.resource[row], qty * self.resource_scale[row]));
        }
        let cap = model.cap_at(line);
        if self.cap_row[cap] != NO_ROW {
            out.push((self.cap_row[cap], qty * self.cap_scale[cap]));
        }
        for (k, rule) in model.floors.iter().enumerate() {
            if rule.category == usize::from(line.category) {
                let excess = f64::from(line.groups[rule.group]) - 1e3 * rule.share;
                if excess != 0.0 {
                    out.push((self.floor_row[k], excess * qty * self.floor_scale[k]));
                }
            }
        }
    }

    fn block(&mut self, block: usize) {
        let model = self.model;
        let lines = model.block(block);
        if lines.len() > 1 {
            self.levels(block);
        }
        for at in lines {
            if model.lines[at].is_locked() {
                continue;
            }
            if model.lines[at].is_multi() {
                self.several(at);
            } else {
                self.single(at);
            }
        }
    }

    /// The levels a package may reach, and a row for each line and level that must carry it.
    fn levels(&mut self, block: usize) {
        let model = self.model;
        let lines = model.block(block);
        let worth: f64 = lines.clone().map(|l| model.lines[l].value).sum();
        let (mut before, mut earned) = (None, 0.0);
        for &(theta, upto) in &model.levels {
            let able = lines.clone().all(|at| {
                if model.lines[at].is_locked() {
                    return self.locked.line_value(at).1 >= theta - 1e-9;
                }
                model.edges_of(at).any(|e| {
                    let fit = model.fit(&model.lines[at], model.edges[e]);
                    self.room(at, e).is_some_and(|(_, hi, _)| {
                        covered(&model.lines[at], fit, hi) >= theta - 1e-9
                    })
                })
            });
            if !able {
                return;
            }
            let mut entries = Vec::new();
            for at in lines.clone().filter(|&l| !model.lines[l].is_locked()) {
                let row = self.row(0.0, 0.0, f64::INFINITY, 1.0);
                self.link[at].push((theta, row));
                entries.push((row, 1.0));
            }
            let chain = before.map(|_| self.row(0.0, 0.0, f64::INFINITY, 1.0));
            entries.extend(chain.map(|row| (row, 1.0)));
            let gain = (upto - earned) * model.share * worth;
            earned = upto;
            let col = self.col(
                Meaning::Level {
                    block: block as u32,
                },
                1.0,
                gain,
                1.0,
                &entries,
            );
            if let (Some(row), Some(below)) = (chain, before) {
                self.put(below, row, -1.0);
            }
            before = Some(col);
        }
    }

    fn put(&mut self, col: u32, row: u32, value: f64) {
        self.lp.rows[row as usize].push((col, value));
        self.lp.cols[col as usize].push((row, value));
    }

    fn single(&mut self, at: usize) {
        let model = self.model;
        let line = &model.lines[at];
        let edges = model.edges_of(at);
        if edges.is_empty() {
            return;
        }
        self.choice[at] = self.row(1.0, 0.0, f64::INFINITY, 1.0);
        let ask = Ask::new(model, line);
        for e in edges {
            let Some((lo, hi, step)) = self.room(at, e) else {
                continue;
            };
            let is_complete = (hi - lo) / step < POINTS_MAX;
            let mut list: Vec<u32> = if is_complete {
                (lo..=hi).step_by(step as usize).collect()
            } else {
                vec![lo, hi]
            };
            if !is_complete {
                let fit = model.fit(line, model.edges[e]);
                let ends = ask.curve.ends[..ask.curve.count].iter().copied();
                for end in ends.chain(model.levels.iter().map(|l| l.0)) {
                    let units = end * ask.qty / fit;
                    let low = (units / f64::from(step) + 1e-9).floor() * f64::from(step);
                    for x in [low, low + f64::from(step)] {
                        list.push((x.clamp(f64::from(lo), f64::from(hi))) as u32);
                    }
                    // The least that reaches a level, to the last digit the rules count.
                    let least = ask.least(1.0 / fit, end, f64::from(step));
                    list.push(least.clamp(f64::from(lo), f64::from(hi)) as u32);
                }
                list.push((line.qty / step * step).clamp(lo, hi));
            }
            list.sort_unstable();
            list.dedup();
            for qty in list {
                self.point(at, e, qty, if is_complete { 1.0 } else { 0.0 });
            }
        }
    }

    /// The variable of a quantity over an edge.
    pub(super) fn point(&mut self, at: usize, edge: usize, qty: u32, unit: f64) -> u32 {
        let model = self.model;
        let line = &model.lines[at];
        let row = &model.rows[model.row_of(edge)];
        let fit = model.fit(line, model.edges[edge]);
        let coverage = covered(line, fit, qty);
        let gain = model.own_value(line) * model.curve.at(coverage)
            - model.unit_cost(line, row) * f64::from(qty)
            - model.fixed_cost(at, row);
        let mut entries = vec![(self.choice[at], 1.0)];
        self.shared(at, edge, f64::from(qty), &mut entries);
        for &(theta, link) in &self.link[at] {
            if coverage >= theta - 1e-9 {
                entries.push((link, -1.0));
            }
        }
        let meaning = Meaning::Point {
            line: at as u32,
            edge: edge as u32,
            qty,
        };
        let col = self.col(meaning, unit, gain, 1.0, &entries);
        self.points[edge].push(col);
        col
    }

    /// The variable of a quantity that had none. Until now a mixture of its neighbours stood for it: cuts take it as that.
    pub(super) fn point_between(&mut self, at: usize, edge: usize, qty: u32) {
        let (mut below, mut above) = (None, None);
        for &col in &self.points[edge] {
            let Meaning::Point { qty: own, .. } = self.meaning[col as usize] else {
                continue;
            };
            let side = if own < qty { &mut below } else { &mut above };
            if side.is_none_or(|(_, known): (u32, u32)| own.abs_diff(qty) < known.abs_diff(qty)) {
                *side = Some((col, own));
            }
        }
        let new = self.point(at, edge, qty, 0.0);
        let (Some((low, least)), Some((high, most))) = (below, above) else {
            return;
        };
        let share = f64::from(most - qty) / f64::from(most - least);
        let mut mixture: BTreeMap<u32, f64> = BTreeMap::new();
        for (col, part) in [(low, share), (high, 1.0 - share)] {
            for &(row, value) in &self.lp.cols[col as usize] {
                if row as usize >= self.own_rows {
                    *mixture.entry(row).or_default() += part * value;
                }
            }
        }
        for (row, value) in mixture {
            self.put(new, row, value);
        }
    }

    /// Units each edge carries at the present point of the programme.
    pub(super) fn quantities(&self) -> Vec<(u32, u32, f64, f64)> {
        let model = self.model;
        let mut out = Vec::new();
        for &at in &self.lines {
            for e in model.edges_of(at) {
                let (mut used, mut units) = (0.0, 0.0);
                for &col in &self.points[e] {
                    let x = self.lp.value(col as usize);
                    match self.meaning[col as usize] {
                        Meaning::Point { qty, .. } => {
                            used += x;
                            units += x * f64::from(qty);
                        }
                        Meaning::Use { .. } => {
                            used += x;
                            units += x * f64::from(model.rows[model.row_of(e)].lo);
                        }
                        Meaning::More { .. } => {
                            units += x * f64::from(model.rows[model.row_of(e)].step);
                        }
                        _ => {}
                    }
                }
                if used > 1e-7 {
                    out.push((at as u32, e as u32, used, units));
                }
            }
        }
        out
    }
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

pub(super) fn covered(line: &Line, fit: f64, qty: u32) -> f64 {
    fit * f64::from(qty.min(line.qty)) / f64::from(line.qty)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dual::Dual;

    #[test]
    fn cuts_take_a_new_quantity_as_the_mixture_that_stood_for_it() {
        let instance = crate::exact::sixty();
        let model = Model::new(&instance, 1);
        let dual = Dual::new(&model, 1);
        let locked = Plan::new(&dual);
        let blocks: Vec<u32> = (0..model.blocks() as u32).collect();
        let mut form = Form::new(&model, &locked, &blocks);
        let mut tried = 0;
        for edge in 0..model.edges.len() {
            let step = model.rows[model.row_of(edge)].step;
            let mut known: Vec<(u32, u32, u32)> = Vec::new();
            for &col in &form.points[edge] {
                if let Meaning::Point { line, qty, .. } = form.meaning[col as usize] {
                    known.push((qty, col, line));
                }
            }
            known.sort_unstable();
            let gap = known.windows(2).find(|w| w[1].0 >= w[0].0 + 4 * step);
            let Some(&[(least, low, line), (most, high, _)]) = gap else {
                continue;
            };
            let cut = form.row(1.0, 0.0, f64::INFINITY, 0.0);
            form.put(low, cut, -1.0);
            form.put(high, cut, -5.0);
            let qty = least + step;
            form.point_between(line as usize, edge, qty);
            let new = *form.points[edge].last().unwrap();
            let entry = form.lp.cols[new as usize].iter().find(|e| e.0 == cut);
            let share = f64::from(step) / f64::from(most - least);
            assert!((entry.unwrap().1 - (-1.0 - 4.0 * share)).abs() < 1e-9);
            assert!(form.lp.rows[cut as usize].iter().any(|e| e.0 == new));
            tried += 1;
        }
        assert!(tried > 0);
    }
}
