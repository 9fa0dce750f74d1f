//! The bound that prices prove, exact and smoothed, in one pass over the eligible deliveries.
//!
//! Work is split into parts that do not depend on the number of threads, and sums are taken in the order of the parts,
//! so that one thread and many give the same bytes.

use crate::descent::{Bound, Look, Value};
use crate::eligibility::line_top;
use crate::model::{Line, Model, OPTIONS, Row};
use crate::oracle::{Ask, Offered, exp, greater, lesser, lots, weigh};
use crate::prices::Prices;

/// Where each family of multipliers stands in one long vector.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) floors: usize,
    pub(crate) caps: usize,
    pub(crate) multis: usize,
    pub(crate) len: usize,
}

impl Layout {
    pub(crate) fn new(model: &Model) -> Self {
        let floors = model.rows.len();
        let caps = floors + model.floors.len();
        let multis = caps + model.cap_room.len();
        Layout {
            floors,
            caps,
            multis,
            len: multis + 3 * model.multis.len(),
        }
    }
}

/// An answer in reach of the best of its line and level.
#[derive(Clone, Copy)]
struct Entry {
    gain: f64,
    qty: f64,
    row: u32,
    /// Place of the line in its block.
    own: u16,
    level: u16,
}

/// What an answer needs to know of a row, close together.
#[derive(Clone, Copy)]
struct Quick {
    price: f64,
    unit: f64,
    fixed: f64,
    lo: u32,
    step: u32,
    top: u32,
    offer: u32,
    start: u16,
}

/// Everything one part of the blocks adds up.
struct Part {
    value: Value,
    slope: Vec<f64>,
    square: Vec<f64>,
}

/// Evaluates bounds for one model; keeps its working memory between calls.
pub(crate) struct Dual<'m, 'i> {
    pub(crate) model: &'m Model<'i>,
    pub(crate) layout: Layout,
    floors_of: Vec<Vec<usize>>,
    parts: Vec<(usize, usize)>,
    threads: usize,
}

/// Heats below the best beyond which an answer is left out of the smoothed bound.
const FAR: f64 = 12.0;
/// A stored price above this is no price.
const PRICE_MAX: f64 = 1e30;
const PART_EDGES: usize = 60_000;
const PARTS_MAX: usize = 64;

impl<'m, 'i> Dual<'m, 'i> {
    pub(crate) fn new(model: &'m Model<'i>, threads: usize) -> Self {
        let mut floors_of = vec![Vec::new(); model.instance.meta.categories.len()];
        for (at, floor) in model.floors.iter().enumerate() {
            floors_of[floor.category].push(at);
        }
        let count = (model.edges.len() / PART_EDGES + 1).min(PARTS_MAX);
        let share = model.edges.len() / count + 1;
        let mut parts = Vec::new();
        let mut begin = 0;
        for block in 0..model.blocks() {
            let end = model.edge_start[model.block_start[block + 1] as usize] as usize;
            if end >= share * (parts.len() + 1) || block + 1 == model.blocks() {
                parts.push((begin, block + 1));
                begin = block + 1;
            }
        }
        Dual {
            model,
            layout: Layout::new(model),
            floors_of,
            parts,
            threads: threads.max(1),
        }
    }

    /// Points per unit added to every price of a line by floors and caps.
    #[inline]
    pub(crate) fn surcharge(&self, y: &[f64], line: &Line) -> f64 {
        if line.is_locked() {
            return 0.0;
        }
        let mut add = y[self.layout.caps + self.model.cap_at(line)];
        for &at in &self.floors_of[usize::from(line.category)] {
            let floor = &self.model.floors[at];
            add -= y[self.layout.floors + at]
                * (f64::from(line.groups[floor.group]) / 1000.0 - floor.share);
        }
        add
    }

    /// What prices of capacities, caps and several-partner rows cost by themselves.
    fn constant(&self, y: &[f64], slope: &mut [f64]) -> f64 {
        let mut base = 0.0;
        for (at, row) in self.model.rows.iter().enumerate() {
            base += y[at] * f64::from(row.cap);
            slope[at] += f64::from(row.cap);
        }
        for (at, &room) in self.model.cap_room.iter().enumerate() {
            base += y[self.layout.caps + at] * room;
            slope[self.layout.caps + at] += room;
        }
        base
    }

    fn part(
        &self,
        y: &[f64],
        quick: &[Quick],
        how: (f64, usize, bool),
        (begin, end): (usize, usize),
    ) -> Part {
        let (heat, every, wants_bend) = how;
        let len = self.layout.len;
        let part = Part {
            value: Value::default(),
            slope: vec![0.0; len],
            square: vec![0.0; if wants_bend { len } else { 0 }],
        };
        let mut pass = Pass {
            dual: self,
            y,
            heat,
            weight: 1.0,
            part,
            bends: wants_bend,
            levels: self.model.levels.len() + 1,
            pool: Vec::new(),
            quick,
            gains: Vec::new(),
            bests: Vec::new(),
            sums: Vec::new(),
            heats: Vec::new(),
            units: Vec::new(),
        };
        for block in begin..end {
            let lines = self.model.block(block);
            if every > 1 {
                // Large lines and locks are looked at always; the others stand for their neighbours.
                let is_always = lines
                    .clone()
                    .any(|at| self.model.lines[at].is_multi() || self.model.lines[at].is_locked());
                if !is_always && block % every != 0 {
                    continue;
                }
                pass.weight = if is_always { 1.0 } else { every as f64 };
            }
            if lines.len() > 1 {
                pass.package(lines);
            } else if self.model.lines[lines.start].is_multi() {
                pass.several(lines.start);
            } else {
                pass.single(lines.start);
            }
        }
        pass.part
    }

    /// The prices as the certificate names them.
    pub(crate) fn prices(&self, y: &[f64]) -> Prices {
        let mut out = Prices::default();
        let kinds = self.model.instance.meta.categories.len();
        for (at, row) in self
            .model
            .rows
            .iter()
            .enumerate()
            .filter(|&(at, _)| y[at] > 0.0)
        {
            out.offers.insert((row.offer, row.period), y[at]);
        }
        for at in (0..self.model.floors.len()).filter(|at| y[self.layout.floors + at] > 0.0) {
            out.floors.insert(at as u32, y[self.layout.floors + at]);
        }
        for at in (0..self.model.cap_room.len()).filter(|at| y[self.layout.caps + at] > 0.0) {
            out.caps.insert(
                ((at / kinds) as u32, (at % kinds) as u32),
                y[self.layout.caps + at],
            );
        }
        for (at, &line) in self.model.multis.iter().enumerate() {
            let own = self.layout.multis + 3 * at;
            if y[own..own + 3].iter().any(|&v| v > 0.0) {
                out.lines.insert(
                    self.model.lines[line as usize].need,
                    [y[own], y[own + 1], y[own + 2]],
                );
            }
        }
        out
    }

    /// Stored prices as a starting point; what the instance no longer knows is left out.
    pub(crate) fn multipliers(&self, prices: &Prices) -> Vec<f64> {
        let mut y = vec![0.0; self.layout.len];
        let kinds = self.model.instance.meta.categories.len();
        for (at, row) in self.model.rows.iter().enumerate() {
            y[at] = prices
                .offers
                .get(&(row.offer, row.period))
                .copied()
                .unwrap_or(0.0);
        }
        for (&at, &value) in prices
            .floors
            .iter()
            .filter(|(at, _)| (**at as usize) < self.model.floors.len())
        {
            y[self.layout.floors + at as usize] = value;
        }
        for (&(country, category), &value) in &prices.caps {
            let at = country as usize * kinds + category as usize;
            if (category as usize) < kinds && at < self.model.cap_room.len() {
                y[self.layout.caps + at] = value;
            }
        }
        for (at, &line) in self.model.multis.iter().enumerate() {
            if let Some(own) = prices.lines.get(&self.model.lines[line as usize].need) {
                y[self.layout.multis + 3 * at..][..3].copy_from_slice(own);
            }
        }
        // Prices from elsewhere only guide: whatever is no price counts as none.
        y.iter_mut()
            .filter(|price| !(**price >= 0.0 && **price <= PRICE_MAX))
            .for_each(|price| *price = 0.0);
        y
    }
}

impl Bound for Dual<'_, '_> {
    fn evaluate(
        &self,
        y: &[f64],
        look: Look,
        bend: Option<&mut Vec<f64>>,
        slope: &mut Vec<f64>,
    ) -> Value {
        let wants_bend = bend.is_some();
        let Look { heat, every } = look;
        let mut found: Vec<Option<Part>> = Vec::new();
        found.resize_with(self.parts.len(), || None);
        let threads = self.threads.min(self.parts.len()).max(1);
        let quick: Vec<Quick> = self
            .model
            .rows
            .iter()
            .zip(y)
            .map(|(row, &price)| quick(row, price))
            .collect();
        let (quick, how) = (&quick[..], (heat, every, wants_bend));
        if threads == 1 {
            for (place, &part) in found.iter_mut().zip(&self.parts) {
                *place = Some(self.part(y, quick, how, part));
            }
        } else {
            let share = self.parts.len().div_ceil(threads);
            std::thread::scope(|scope| {
                for (places, parts) in found.chunks_mut(share).zip(self.parts.chunks(share)) {
                    scope.spawn(move || {
                        for (place, &part) in places.iter_mut().zip(parts) {
                            *place = Some(self.part(y, quick, how, part));
                        }
                    });
                }
            });
        }
        let mut value = Value::default();
        slope.clear();
        slope.resize(self.layout.len, 0.0);
        let mut square = vec![0.0; if wants_bend { self.layout.len } else { 0 }];
        for part in found.into_iter().flatten() {
            value.smooth += part.value.smooth;
            value.exact += part.value.exact;
            slope
                .iter_mut()
                .zip(&part.slope)
                .for_each(|(sum, x)| *sum += x);
            square
                .iter_mut()
                .zip(&part.square)
                .for_each(|(sum, x)| *sum += x);
        }
        let base = self.constant(y, slope);
        value.smooth += base;
        value.exact += base;
        if let Some(bend) = bend {
            *bend = square;
        }
        value
    }

    /// Half of what a unit usually brings on each row, and matching multipliers of lines with several partners.
    fn first_guess(&self) -> Vec<f64> {
        let mut y = vec![0.0; self.layout.len];
        let typical = price_scale(self.model);
        y.iter_mut().zip(&typical).for_each(|(y, t)| *y = 0.5 * t);
        for (at, &line) in self.model.multis.iter().enumerate() {
            y[self.layout.multis + 3 * at] = self.model.lines[line as usize].value * 0.5;
        }
        y
    }

    fn scale(&self) -> Vec<f64> {
        let model = self.model;
        let kinds = model.instance.meta.categories.len();
        let typical = price_scale(model);
        let mut scale = vec![1.0; self.layout.len];
        let (mut units, mut points) = (vec![1.0; kinds], vec![1e-6; kinds]);
        for (at, row) in model.rows.iter().enumerate() {
            scale[at] = (typical[at].max(1e-6) / f64::from(row.cap.max(1))).sqrt();
            let category = model.instance.offers[row.offer as usize].category as usize;
            units[category] += f64::from(row.cap);
            points[category] += f64::from(row.cap) * typical[at];
        }
        for (at, floor) in model.floors.iter().enumerate() {
            let units = units[floor.category];
            scale[self.layout.floors + at] =
                (points[floor.category] / units / (0.05 * units)).sqrt();
        }
        for (at, room) in model.cap_room.iter().enumerate() {
            let kind = at % kinds;
            scale[self.layout.caps + at] = (points[kind] / units[kind] / room.max(1.0)).sqrt();
        }
        for (at, &line) in model.multis.iter().enumerate() {
            let line = &model.lines[line as usize];
            let root = line.value.max(1e-9).sqrt();
            let own = self.layout.multis + 3 * at;
            scale[own..own + 3].copy_from_slice(&[
                root,
                root / f64::from(line.qty),
                root / f64::from(line.partners),
            ]);
        }
        scale
    }
}

/// One pass over some blocks with its scratch memory.
struct Pass<'d, 'm, 'i> {
    dual: &'d Dual<'m, 'i>,
    y: &'d [f64],
    heat: f64,
    /// Blocks this one stands for.
    weight: f64,
    part: Part,
    bends: bool,
    levels: usize,
    /// Answers of the edges of the block that count.
    pool: Vec<Entry>,
    quick: &'d [Quick],
    gains: Vec<f64>,
    bests: Vec<[f64; OPTIONS]>,
    sums: Vec<[f64; OPTIONS]>,
    heats: Vec<f64>,
    units: Vec<f64>,
}

impl Pass<'_, '_, '_> {
    /// Collects the answers of a line into the pool; returns the best gain at each level.
    fn collect(&mut self, at: usize, own: u16) -> [f64; OPTIONS] {
        let model = self.dual.model;
        let line = &model.lines[at];
        let mut best = [f64::NEG_INFINITY; OPTIONS];
        if line.is_locked() {
            self.collect_lock(at, own, &mut best);
            return best;
        }
        best[0] = 0.0;
        let ask = Ask::new(model, line);
        let add = self.dual.surcharge(self.y, line);
        let levels = if line.is_packed() { self.levels } else { 1 };
        // Answers this far below the best weigh less than 1e-5 in the smoothed bound; the exact one is not touched.
        let far = FAR * (self.heat * line.value).max(1e-12);
        for &edge in &model.edges[model.edges_of(at)] {
            let row = &self.quick[(edge >> 1) as usize];
            let (fit, inverse) = model.fit_pair(line, edge, row.start);
            let price = row.price + add + row.unit * ask.remote;
            let mut fixed = row.fixed;
            if line.is_accepted() && model.is_kept(at, row.offer) {
                fixed -= model.bonus(at);
            }
            // Only the levels this row can reach count, and each is worth no more than the one before.
            let mut reach = 0;
            if levels > 1 {
                let full = fit * lesser(f64::from(row.top), ask.qty) * ask.per_qty;
                while reach + 1 < levels && full >= model.levels[reach].0 - 0.95e-9 {
                    reach += 1;
                }
            }
            let bar = best[..=reach]
                .iter()
                .fold(best[0], |least, &b| lesser(least, b))
                - far;
            let (most, coverage) = ask.unrounded(fit, price * ask.qty * inverse);
            if price >= 0.0 && most - fixed <= bar {
                continue;
            }
            let top = if row.step == 1 {
                line.qty.min(row.top)
            } else {
                line_top(line.qty, true, row.step, row.top)
            };
            let lots = (f64::from(row.lo), f64::from(top), f64::from(row.step));
            let target = if price < 0.0 {
                lots.1
            } else {
                coverage * ask.qty * inverse
            };
            let (gain, qty) = ask.round(fit, price, target, lots);
            let mut put = |level: usize, gain: f64, qty: f64| {
                let gain = gain - fixed;
                if gain > best[level] - far {
                    best[level] = greater(best[level], gain);
                    self.pool.push(Entry {
                        gain,
                        qty,
                        row: edge >> 1,
                        own,
                        level: level as u16,
                    });
                }
            };
            put(0, gain, qty);
            if levels > 1 {
                let full = fit * lesser(lots.1, ask.qty) * ask.per_qty;
                for (at, &(theta, _)) in model.levels.iter().enumerate() {
                    if full < theta - 0.95e-9 {
                        break;
                    }
                    let least = lesser(greater(ask.least(inverse, theta, lots.2), lots.0), lots.1);
                    if qty >= least {
                        put(at + 1, gain, qty);
                    } else {
                        // Concave: beyond the best quantity less is better.
                        put(at + 1, ask.earned(fit, least) - price * least, least);
                    }
                }
            }
        }
        best
    }

    /// The one answer of a locked line.
    fn collect_lock(&mut self, at: usize, own: u16, best: &mut [f64; OPTIONS]) {
        let model = self.dual.model;
        let line = &model.lines[at];
        let Some(lock) = model.lock_of(at) else {
            return;
        };
        let edge = model.edges[lock.edge as usize];
        let index = model.row_of(lock.edge as usize);
        let row = &model.rows[index];
        let ask = Ask::new(model, line);
        let qty = f64::from(lock.qty);
        let offered = Offered {
            edge: lock.edge,
            fit: model.fit(line, edge),
            price: self.y[index] + row.unit * ask.remote,
            fixed: model.fixed_cost(at, row),
            lots: (qty, qty, f64::from(row.step)),
        };
        weigh(model, &ask, offered, line.is_packed(), |level, answer| {
            best[level] = answer.gain;
            self.pool.push(Entry {
                gain: answer.gain,
                qty,
                row: index as u32,
                own,
                level: level as u16,
            });
        });
    }

    fn single(&mut self, at: usize) {
        self.pool.clear();
        let best = self.collect(at, 0)[0];
        if self.pool.is_empty() {
            return;
        }
        if let [only] = self.pool[..] {
            return self.single_answer(at, only, best);
        }
        self.part.value.exact += self.weight * best;
        let line = &self.dual.model.lines[at];
        let heat = (self.heat * line.value).max(1e-12);
        let null = if line.is_locked() {
            0.0
        } else {
            exp((0.0 - best) / heat)
        };
        let mut sum = null;
        self.gains.clear();
        for answer in &self.pool {
            let weight = exp((answer.gain - best) / heat);
            sum += weight;
            self.gains.push(weight);
        }
        self.part.value.smooth += self.weight * (best + heat * sum.ln());
        let pool = std::mem::take(&mut self.pool);
        let gains = std::mem::take(&mut self.gains);
        let mut units = 0.0;
        for (&answer, &weight) in pool.iter().zip(&gains) {
            units += self.spend(answer, weight / sum, heat);
        }
        self.spread(at, units);
        (self.pool, self.gains) = (pool, gains);
    }

    /// A line with one answer in reach: take it or leave it.
    fn single_answer(&mut self, at: usize, answer: Entry, best: f64) {
        let line = &self.dual.model.lines[at];
        let heat = (self.heat * line.value).max(1e-12);
        self.part.value.exact += self.weight * best;
        let (soft, p) = if line.is_locked() {
            (best, 1.0)
        } else {
            softplus(answer.gain, heat)
        };
        self.part.value.smooth += self.weight * soft;
        let units = self.spend(answer, p, heat);
        self.spread(at, units);
    }

    /// Counts a delivery taken with probability `p` against its row; returns the expected units.
    #[inline(always)]
    fn spend(&mut self, answer: Entry, p: f64, heat: f64) -> f64 {
        let (row, x) = (answer.row as usize, answer.qty);
        self.part.slope[row] -= self.weight * p * x;
        if self.bends {
            self.part.square[row] += self.weight * p * (1.0 - p) * x * x / heat;
        }
        p * x
    }

    /// Counts expected units of a line against floors and its cap.
    fn spread(&mut self, at: usize, units: f64) {
        let model = self.dual.model;
        let line = &model.lines[at];
        if line.is_locked() || units == 0.0 {
            return;
        }
        let bend = if self.bends {
            self.weight * units * units / (self.heat * line.value).max(1e-9)
        } else {
            0.0
        };
        let units = self.weight * units;
        let layout = &self.dual.layout;
        self.part.slope[layout.caps + model.cap_at(line)] -= units;
        if self.bends {
            self.part.square[layout.caps + model.cap_at(line)] += bend * 0.25;
        }
        for &at in &self.dual.floors_of[usize::from(line.category)] {
            let floor = &model.floors[at];
            let excess = f64::from(line.groups[floor.group]) / 1000.0 - floor.share;
            self.part.slope[layout.floors + at] += excess * units;
            if self.bends {
                self.part.square[layout.floors + at] += excess * excess * bend * 0.25;
            }
        }
    }

    fn package(&mut self, lines: std::ops::Range<usize>) {
        self.pool.clear();
        let model = self.dual.model;
        let mut bests = std::mem::take(&mut self.bests);
        bests.clear();
        let mut worth = 0.0;
        for (own, at) in lines.clone().enumerate() {
            bests.push(self.collect(at, own as u16));
            worth += model.lines[at].value;
        }
        let mut exact = [f64::NEG_INFINITY; OPTIONS];
        for level in 0..self.levels {
            let earned = if level == 0 {
                0.0
            } else {
                model.levels[level - 1].1 * model.share * worth
            };
            exact[level] = earned + bests.iter().map(|b| b[level]).sum::<f64>();
        }
        self.part.value.exact += self.weight
            * exact[..self.levels]
                .iter()
                .copied()
                .fold(f64::NEG_INFINITY, f64::max);
        // Smoothed: each line at each level, then the levels.
        let pool = std::mem::take(&mut self.pool);
        let (mut sums, mut heats) = (
            std::mem::take(&mut self.sums),
            std::mem::take(&mut self.heats),
        );
        sums.clear();
        sums.resize(lines.len(), [0.0; OPTIONS]);
        heats.clear();
        heats.extend(
            lines
                .clone()
                .map(|at| (self.heat * model.lines[at].value).max(1e-12)),
        );
        for (own, at) in lines.clone().enumerate() {
            if !model.lines[at].is_locked() {
                sums[own][0] = exp((0.0 - bests[own][0]) / heats[own]);
            }
        }
        self.gains.clear();
        for answer in &pool {
            let (own, level) = (usize::from(answer.own), usize::from(answer.level));
            let weight = exp((answer.gain - bests[own][level]) / heats[own]);
            sums[own][level] += weight;
            self.gains.push(weight);
        }
        let mut smooth = exact;
        for level in (0..self.levels).filter(|&level| exact[level] > f64::NEG_INFINITY) {
            let terms = sums
                .iter()
                .zip(&heats)
                .map(|(s, heat)| heat * s[level].ln());
            smooth[level] += terms.sum::<f64>();
        }
        let chance = self.chances(&smooth, (self.heat * worth).max(1e-12));
        let gains = std::mem::take(&mut self.gains);
        let mut units = std::mem::take(&mut self.units);
        units.clear();
        units.resize(lines.len(), 0.0);
        for (&answer, &weight) in pool.iter().zip(&gains) {
            let (own, level) = (usize::from(answer.own), usize::from(answer.level));
            let p = chance[level] * weight / sums[own][level];
            units[own] += self.spend(answer, p, heats[own]);
        }
        lines
            .zip(&units)
            .for_each(|(at, &own)| self.spread(at, own));
        (self.pool, self.gains, self.bests) = (pool, gains, bests);
        (self.sums, self.heats, self.units) = (sums, heats, units);
    }

    /// Adds the smoothed greatest of the levels to the value; returns how likely each is.
    fn chances(&mut self, smooth: &[f64; OPTIONS], heat: f64) -> [f64; OPTIONS] {
        let top = smooth[..self.levels]
            .iter()
            .copied()
            .fold(f64::NEG_INFINITY, f64::max);
        let mut chance = [0.0; OPTIONS];
        for level in 0..self.levels {
            chance[level] = exp((smooth[level] - top) / heat);
        }
        let total: f64 = chance[..self.levels].iter().sum();
        self.part.value.smooth += self.weight * (top + heat * total.ln());
        chance.map(|p| p / total)
    }

    /// A line with several partners: the Lagrangian of its linear programme with three multipliers of its own.
    fn several(&mut self, at: usize) {
        let model = self.dual.model;
        if model.edges_of(at).is_empty() {
            return;
        }
        let line = &model.lines[at];
        let Ok(place) = model.multis.binary_search(&(at as u32)) else {
            return;
        };
        let own = self.dual.layout.multis + 3 * place;
        let (v, lambda, kappa) = (self.y[own], self.y[own + 1], self.y[own + 2]);
        let heat = (self.heat * line.value).max(1e-12);
        let add = self.dual.surcharge(self.y, line);
        let ask = Ask::new(model, line);
        let mut slope = [0.0, ask.qty, f64::from(line.partners)];
        let mut bend = [0.0; 3];
        let mut value = Value::default();
        value.exact = lambda * ask.qty + kappa * f64::from(line.partners);
        value.smooth = value.exact;
        let mut units = 0.0;
        for e in model.edges_of(at) {
            let index = model.row_of(e);
            let row = &model.rows[index];
            let hi = f64::from(model.top(line, row));
            let fixed = model.fixed_cost(at, row);
            let per = model.fit(line, model.edges[e]) * ask.per_qty;
            let gain = hi * (v * per - self.y[index] - add - row.unit * ask.remote - lambda)
                - fixed.max(0.0)
                - kappa;
            value.exact += gain.max(0.0) + (-fixed).max(0.0);
            let (soft, p) = softplus(gain, heat);
            value.smooth += soft + (-fixed).max(0.0);
            units += self.spend(
                Entry {
                    gain,
                    qty: hi,
                    row: index as u32,
                    own: 0,
                    level: 0,
                },
                p,
                heat,
            );
            slope[0] += p * hi * per;
            slope[1] -= p * hi;
            slope[2] -= p;
            let b = p * (1.0 - p) / heat;
            bend[0] += b * hi * per * hi * per;
            bend[1] += b * hi * hi;
            bend[2] += b;
        }
        self.spread(at, units);
        let (curve, mut before) = (&model.curve, 0.0);
        for m in 0..curve.count {
            let width = curve.ends[m] - before;
            before = curve.ends[m];
            let gain = width * (line.value * curve.slopes[m] - v);
            let (soft, p) = softplus(gain, heat);
            value.exact += gain.max(0.0);
            value.smooth += soft;
            slope[0] -= p * width;
            bend[0] += p * (1.0 - p) / heat * width * width;
        }
        self.part.value.exact += value.exact;
        self.part.value.smooth += value.smooth;
        for k in 0..3 {
            self.part.slope[own + k] += slope[k];
            if self.bends {
                self.part.square[own + k] += bend[k];
            }
        }
    }
}

fn quick(row: &Row, price: f64) -> Quick {
    Quick {
        price,
        unit: row.unit,
        fixed: row.fixed,
        lo: row.lo,
        step: row.step,
        top: row.top,
        offer: row.offer,
        start: row.start,
    }
}

/// heat × ln(1 + e^(gain / heat)) and its slope.
#[inline]
pub(crate) fn softplus(gain: f64, heat: f64) -> (f64, f64) {
    let small = exp(-gain.abs() / heat);
    let p = if gain >= 0.0 {
        1.0 / (1.0 + small)
    } else {
        small / (1.0 + small)
    };
    (gain.max(0.0) + heat * small.ln_1p(), p)
}

/// Points per unit a price usually has: the scale for rows that have none yet.
fn price_scale(model: &Model) -> Vec<f64> {
    let mut sum = vec![0.0; model.rows.len()];
    let mut units = vec![0.0; model.rows.len()];
    for (at, line) in model.lines.iter().enumerate() {
        for e in model.edges_of(at) {
            let row = model.row_of(e);
            sum[row] += line.value * model.fit(line, model.edges[e]);
            units[row] += f64::from(line.qty);
        }
    }
    sum.iter()
        .zip(&units)
        .map(|(sum, units)| if *units > 0.0 { sum / units } else { 0.0 })
        .collect()
}

impl Dual<'_, '_> {
    /// For each block: what its best answer brings at the prices, and what it pays for it.
    pub(crate) fn gains(&self, y: &[f64]) -> Vec<(f64, f64)> {
        let model = self.model;
        let share = model.blocks().div_ceil(self.threads).max(1);
        let mut out = vec![(0.0, 0.0); model.blocks()];
        std::thread::scope(|scope| {
            for (at, places) in out.chunks_mut(share).enumerate() {
                scope.spawn(move || {
                    for (k, place) in places.iter_mut().enumerate() {
                        *place = self.block_gain(y, at * share + k);
                    }
                });
            }
        });
        out
    }

    fn block_gain(&self, y: &[f64], block: usize) -> (f64, f64) {
        let model = self.model;
        let mut gain = [0.0; OPTIONS];
        let mut paid = [0.0; OPTIONS];
        let mut worth = 0.0;
        for at in model.block(block) {
            let line = &model.lines[at];
            worth += line.value;
            let mut best = [(f64::NEG_INFINITY, 0.0); OPTIONS];
            best[0].0 = 0.0;
            let ask = Ask::new(model, line);
            let add = self.surcharge(y, line);
            for e in model.edges_of(at) {
                let row = &model.rows[model.row_of(e)];
                let price = y[model.row_of(e)] + add;
                let offered = Offered {
                    edge: e as u32,
                    fit: model.fit(line, model.edges[e]),
                    price: price + row.unit * ask.remote,
                    fixed: model.fixed_cost(at, row),
                    lots: lots(model, line, row),
                };
                weigh(model, &ask, offered, line.is_packed(), |level, answer| {
                    if answer.gain > best[level].0 {
                        best[level] = (answer.gain, price * f64::from(answer.qty));
                    }
                });
            }
            for level in 0..OPTIONS {
                gain[level] += best[level].0;
                paid[level] += best[level].1;
            }
        }
        let mut chosen = 0;
        let levels = if model.block(block).len() > 1 {
            model.levels.len()
        } else {
            0
        };
        for level in 1..=levels {
            gain[level] += model.levels[level - 1].1 * model.share * worth;
            if gain[level] > gain[chosen] {
                chosen = level;
            }
        }
        (gain[chosen], paid[chosen])
    }
}
