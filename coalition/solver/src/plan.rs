//! A plan in the making: who gets what, what is left, and the best next answer of a block under all rules.
//!
//! Every change keeps capacities, caps, lots, partners and locks; floors are whole-number balances the caller must
//! bring back to 0 or more before it keeps a change.

mod answers;
mod given;

use crate::dual::Dual;
use crate::instance::Delivery;
use crate::model::{Line, Model};

/// One delivery in the plan; `slot` is its place among the riders of its row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Pick {
    pub(crate) edge: u32,
    pub(crate) qty: u32,
    slot: u32,
}

const NONE: Pick = Pick {
    edge: u32::MAX,
    qty: 0,
    slot: 0,
};

/// A delivery taken out of the plan, so that it can be put back.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken {
    pub(crate) line: u32,
    pub(crate) edge: u32,
    pub(crate) qty: u32,
}

#[derive(Clone)]
pub(crate) struct Plan<'d, 'm, 'i> {
    pub(crate) dual: &'d Dual<'m, 'i>,
    pub(crate) model: &'m Model<'i>,
    single: Vec<Pick>,
    several: Vec<Vec<Pick>>,
    pub(crate) left: Vec<i64>,
    /// Whether a row has room for its smallest delivery.
    is_open: Vec<bool>,
    balance: Vec<i128>,
    room: Vec<i64>,
    pub(crate) riders: Vec<Vec<u32>>,
    floors_of: Vec<Vec<usize>>,
    floors_below: usize,
    /// While true, floors do not limit answers; the caller settles them.
    pub(crate) is_loose: bool,
}

impl<'d, 'm, 'i> Plan<'d, 'm, 'i> {
    /// The plan that keeps the locks and gives nothing else.
    pub(crate) fn new(dual: &'d Dual<'m, 'i>) -> Self {
        let model = dual.model;
        let mut floors_of = vec![Vec::new(); model.instance.meta.categories.len()];
        for (at, rule) in model.floors.iter().enumerate() {
            floors_of[rule.category].push(at);
        }
        let mut plan = Plan {
            dual,
            model,
            single: vec![NONE; model.lines.len()],
            several: vec![Vec::new(); model.multis.len()],
            left: model.rows.iter().map(|row| i64::from(row.cap)).collect(),
            is_open: model.rows.iter().map(|row| row.cap >= row.lo).collect(),
            balance: vec![0; model.floors.len()],
            room: model
                .cap_room
                .iter()
                .map(|room| (room + 1e-7).floor() as i64)
                .collect(),
            riders: vec![Vec::new(); model.rows.len()],
            floors_of,
            floors_below: 0,
            is_loose: false,
        };
        for lock in &model.locks {
            plan.put(lock.line as usize, lock.edge, lock.qty);
        }
        plan
    }

    #[inline]
    pub(crate) fn picks(&self, line: usize) -> &[Pick] {
        if self.model.lines[line].is_multi() {
            match self.model.multis.binary_search(&(line as u32)) {
                Ok(at) => &self.several[at],
                Err(_) => &[],
            }
        } else if self.single[line].edge == u32::MAX {
            &[]
        } else {
            std::slice::from_ref(&self.single[line])
        }
    }

    pub(crate) fn are_floors_kept(&self) -> bool {
        self.floors_below == 0
    }

    fn shift_guarantees(&mut self, line: usize, units: i64) {
        let own = &self.model.lines[line];
        if own.is_locked() {
            return;
        }
        self.room[self.model.cap_at(own)] -= units;
        for &at in &self.floors_of[usize::from(own.category)] {
            let rule = &self.model.floors[at];
            let excess = i64::from(own.groups[rule.group]) * 1000 - rule.micro;
            let before = self.balance[at];
            let after = before + i128::from(excess) * i128::from(units);
            self.floors_below =
                self.floors_below + usize::from(after < 0) - usize::from(before < 0);
            self.balance[at] = after;
        }
    }

    fn shift_row(&mut self, row: usize, units: i64) {
        self.left[row] += units;
        self.is_open[row] = self.left[row] >= i64::from(self.model.rows[row].lo);
    }

    pub(crate) fn put(&mut self, line: usize, edge: u32, qty: u32) {
        let row = self.model.row_of(edge as usize);
        let pick = Pick {
            edge,
            qty,
            slot: self.riders[row].len() as u32,
        };
        self.riders[row].push(line as u32);
        self.shift_row(row, -i64::from(qty));
        if !self.model.lines[line].is_multi() {
            self.single[line] = pick;
        } else if let Ok(at) = self.model.multis.binary_search(&(line as u32)) {
            self.several[at].push(pick);
        }
        self.shift_guarantees(line, i64::from(qty));
    }

    /// Takes all deliveries of a line out, unless it is locked.
    pub(crate) fn take(&mut self, line: usize, taken: &mut Vec<Taken>) {
        if self.model.lines[line].is_locked() {
            return;
        }
        while let Some(&pick) = self.picks(line).last() {
            let row = self.model.row_of(pick.edge as usize);
            self.riders[row].swap_remove(pick.slot as usize);
            if let Some(&moved) = self.riders[row].get(pick.slot as usize) {
                self.reseat(moved as usize, row, pick.slot);
            }
            self.shift_row(row, i64::from(pick.qty));
            if !self.model.lines[line].is_multi() {
                self.single[line] = NONE;
            } else if let Ok(at) = self.model.multis.binary_search(&(line as u32)) {
                self.several[at].pop();
            }
            self.shift_guarantees(line, -i64::from(pick.qty));
            taken.push(Taken {
                line: line as u32,
                edge: pick.edge,
                qty: pick.qty,
            });
        }
    }

    fn reseat(&mut self, line: usize, row: usize, slot: u32) {
        let model = self.model;
        if !model.lines[line].is_multi() {
            self.single[line].slot = slot;
        } else if let Ok(at) = model.multis.binary_search(&(line as u32)) {
            let mut own = self.several[at].iter_mut();
            if let Some(pick) = own.find(|pick| model.row_of(pick.edge as usize) == row) {
                pick.slot = slot;
            }
        }
    }

    pub(crate) fn take_block(&mut self, block: usize, taken: &mut Vec<Taken>) {
        for line in self.model.block(block) {
            self.take(line, taken);
        }
    }

    pub(crate) fn put_back(&mut self, taken: &[Taken]) {
        for t in taken.iter().rev() {
            self.put(t.line as usize, t.edge, t.qty);
        }
    }

    /// How much giving a unit to this line costs the floors that are missed; 0 or less when it helps them.
    fn harm(&self, line: &Line) -> f64 {
        let mut harm = 0.0;
        for &at in self.floors_of[usize::from(line.category)]
            .iter()
            .filter(|at| self.balance[**at] < 0)
        {
            let rule = &self.model.floors[at];
            harm -= (i64::from(line.groups[rule.group]) * 1000 - rule.micro) as f64;
        }
        harm
    }

    /// Gives less where it costs least per unit of missed floor, until every floor is kept.
    pub(crate) fn settle(&mut self, among: &[u32]) {
        let mut order: Vec<(f64, u32)> = Vec::new();
        for _ in 0..12 {
            if self.are_floors_kept() {
                return;
            }
            order.clear();
            for &block in among {
                for line in self.model.block(block as usize) {
                    let own = &self.model.lines[line];
                    let units: f64 = self.picks(line).iter().map(|p| f64::from(p.qty)).sum();
                    let harm = if own.is_locked() || units == 0.0 {
                        0.0
                    } else {
                        self.harm(own) * units
                    };
                    if harm > 0.0 {
                        order.push((self.line_value(line).0.max(0.0) / harm, line as u32));
                    }
                }
            }
            order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            for &(_, line) in &order {
                self.reduce(line as usize);
                if self.are_floors_kept() {
                    return;
                }
            }
        }
        // Nothing given is always within the floors.
        let mut dropped = Vec::new();
        for &block in among {
            self.take_block(block as usize, &mut dropped);
        }
    }

    /// Takes from a line what the missed floors lack, or all of it.
    fn reduce(&mut self, line: usize) {
        let own = &self.model.lines[line];
        let Some(&pick) = self.picks(line).last() else {
            return;
        };
        let mut units = 0i128;
        for &at in self.floors_of[usize::from(own.category)]
            .iter()
            .filter(|at| self.balance[**at] < 0)
        {
            let rule = &self.model.floors[at];
            let excess = i128::from(i64::from(own.groups[rule.group]) * 1000 - rule.micro);
            if excess < 0 {
                units = units.max((-self.balance[at] + -excess - 1) / -excess);
            }
        }
        if units == 0 {
            return;
        }
        let row = &self.model.rows[self.model.row_of(pick.edge as usize)];
        let step = i128::from(row.step);
        let keep = (i128::from(pick.qty) - units).max(0) / step * step;
        let mut dropped = Vec::new();
        self.take(line, &mut dropped);
        // The last delivery is cut; the others stay.
        for taken in dropped.iter().skip(1).rev() {
            self.put(line, taken.edge, taken.qty);
        }
        if keep >= i128::from(row.lo) {
            self.put(line, pick.edge, keep as u32);
        }
    }

    /// Most units caps and floors still allow this line.
    fn guarantee_room(&self, line: &Line) -> i64 {
        let mut room = self.room[self.model.cap_at(line)];
        if self.is_loose {
            return room;
        }
        for &at in &self.floors_of[usize::from(line.category)] {
            let rule = &self.model.floors[at];
            let excess = i64::from(line.groups[rule.group]) * 1000 - rule.micro;
            if excess < 0 {
                let most =
                    (self.balance[at] / i128::from(-excess)).clamp(0, i128::from(u32::MAX)) as i64;
                room = room.min(most);
            }
        }
        room
    }

    pub(crate) fn holds(&self, block: usize) -> bool {
        let mut lines = self.model.block(block);
        lines.any(|line| !self.picks(line).is_empty())
    }

    /// Whether no row a block could use has room for a delivery or for a further lot of one it holds.
    pub(crate) fn is_stuck(&self, block: usize) -> bool {
        let model = self.model;
        let has_room = |&edge: &u32| self.is_open[(edge >> 1) as usize];
        let can_grow = |pick: &Pick| {
            let row = model.row_of(pick.edge as usize);
            self.left[row] >= i64::from(model.rows[row].step)
        };
        model.block(block).all(|line| {
            !model.edges[model.edges_of(line)].iter().any(has_room)
                && !self.picks(line).iter().any(can_grow)
        })
    }

    /// True points of a block as planned, before prices.
    pub(crate) fn block_value(&self, block: usize) -> f64 {
        let lines = self.model.block(block);
        if lines.len() == 1 {
            return self.line_value(lines.start).0;
        }
        let (mut sum, mut least, mut worth) = (0.0, f64::INFINITY, 0.0);
        for line in lines {
            let (value, covered) = self.line_value(line);
            sum += value;
            least = least.min(covered);
            worth += self.model.lines[line].value;
        }
        let part = self
            .model
            .levels
            .iter()
            .rev()
            .find(|(theta, _)| least >= theta - 1e-9)
            .map_or(0.0, |level| level.1);
        sum + part * self.model.share * worth
    }

    /// Points of a line (without its package) and its coverage.
    pub(crate) fn line_value(&self, at: usize) -> (f64, f64) {
        let model = self.model;
        let line = &model.lines[at];
        let picks = self.picks(at);
        if picks.is_empty() {
            return (0.0, 0.0);
        }
        let (mut covered, mut cost, mut kept_twice) = (0.0, 0.0, 0);
        for (k, pick) in picks.iter().enumerate() {
            let row = &model.rows[model.row_of(pick.edge as usize)];
            covered += model.fit(line, model.edges[pick.edge as usize])
                * f64::from(pick.qty.min(line.qty))
                / f64::from(line.qty);
            cost += model.unit_cost(line, row) * f64::from(pick.qty) + model.fixed_cost(at, row);
            if k > 0 && line.is_accepted() && model.is_kept(at, row.offer) {
                let before = &picks[..k];
                kept_twice += usize::from(
                    before
                        .iter()
                        .any(|p| model.rows[model.row_of(p.edge as usize)].offer == row.offer),
                );
            }
        }
        cost += model.instance.meta.points_per_overlap * (picks.len() - 1) as f64
            + model.bonus(at) * kept_twice as f64;
        (
            model.own_value(line) * model.curve.at(covered) - cost,
            covered,
        )
    }

    /// Points a block pays at prices `y` for what it holds.
    pub(crate) fn block_price(&self, block: usize, y: &[f64]) -> f64 {
        let mut sum = 0.0;
        for line in self.model.block(block) {
            let picks = self.picks(line);
            if !picks.is_empty() {
                let add = self.dual.surcharge(y, &self.model.lines[line]);
                sum += picks
                    .iter()
                    .map(|p| (y[self.model.row_of(p.edge as usize)] + add) * f64::from(p.qty))
                    .sum::<f64>();
            }
        }
        sum
    }

    /// The plan as deliveries, sorted.
    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        let mut out = Vec::new();
        for at in 0..self.model.lines.len() {
            for pick in self.picks(at) {
                let row = &self.model.rows[self.model.row_of(pick.edge as usize)];
                out.push(Delivery {
                    need: self.model.lines[at].need,
                    offer: row.offer,
                    period: row.period,
                    qty: pick.qty,
                });
            }
        }
        out.sort_unstable();
        out
    }

    pub(crate) fn value(&self) -> f64 {
        (0..self.model.blocks())
            .map(|block| self.block_value(block))
            .sum()
    }
}
