//! One pass over some blocks: their best answers at the prices, exact and smoothed, and what the answers spend.
//!
//! Smoothing is of two kinds. `Soft` weighs every answer by e^(gain / heat); small instances want its exact bends.
//! `Sparse` shares a line out among the few answers nearest the best (the projection onto the simplex); all others
//! weigh nothing and are never computed, which is what makes large instances quick.

mod answers;
mod outlook;
mod package;
mod smooth;

use crate::descent::Value;
use crate::dual::Dual;
use crate::model::{OPTIONS, Row};
use crate::oracle::Ask;
use answers::{Asked, Entry};
pub(crate) use outlook::Outlook;
use smooth::hinge;
pub(crate) use smooth::softplus;

/// How answers near the best share a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kernel {
    Soft,
    Sparse,
}

/// Heats below the best beyond which an answer is left out.
const FAR: f64 = 12.0;
const NEAR: f64 = 3.0;

/// What a look at an offer begins with, close together.
#[derive(Clone, Copy)]
#[repr(align(32))]
pub(crate) struct Quick {
    price: f64,
    unit: f64,
    fixed: f64,
    lo: f32,
    start: u16,
}

impl Quick {
    pub(crate) fn new(row: &Row, price: f64) -> Quick {
        Quick {
            price,
            unit: row.unit,
            fixed: row.fixed,
            lo: row.lo as f32,
            start: row.start,
        }
    }
}

/// Lots of a row; only answers in reach need them.
#[derive(Clone, Copy)]
pub(crate) struct Lot {
    lo: u32,
    step: u32,
    top: u32,
    offer: u32,
}

impl Lot {
    pub(crate) fn new(row: &Row) -> Lot {
        Lot {
            lo: row.lo,
            step: row.step,
            top: row.top,
            offer: row.offer,
        }
    }
}

/// How smooth a look is, and whether bends are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct How {
    pub(crate) heat: f64,
    pub(crate) bends: bool,
}

/// The most a line could bring at each level, and at which of its edges.
type Tops = [(f64, usize); OPTIONS];

/// Everything one part of the blocks adds up.
pub(crate) struct Part {
    pub(crate) value: Value,
    pub(crate) slope: Vec<f64>,
    pub(crate) square: Vec<f64>,
}

/// One pass over some blocks with its scratch memory.
struct Pass<'d, 'm, 'i> {
    dual: &'d Dual<'m, 'i>,
    y: &'d [f64],
    quick: &'d [Quick],
    heat: f64,
    /// Answers so many times V below the best are out of reach.
    far: f64,
    is_sparse: bool,
    /// Blocks this one stands for.
    weight: f64,
    part: Part,
    bends: bool,
    levels: usize,
    /// Answers of the edges of the block that count.
    pool: Vec<Entry>,
    /// The most each edge of a line could bring if lots were no matter.
    mosts: Vec<f64>,
    /// The share of each answer of the pool.
    gains: Vec<f64>,
    /// Lines of a package, where their surveys begin, and the most each level could bring.
    group: Vec<(Asked<'m>, usize, Tops)>,
    units: Vec<f64>,
}

impl<'m, 'i> Dual<'m, 'i> {
    fn pass<'d>(&'d self, y: &'d [f64], quick: &'d [Quick], how: How) -> Pass<'d, 'm, 'i> {
        let (len, heat) = (self.layout.len, how.heat);
        let is_sparse = self.kernel == Kernel::Sparse;
        Pass {
            dual: self,
            y,
            quick,
            heat,
            far: heat * if is_sparse { NEAR } else { FAR },
            is_sparse,
            weight: 1.0,
            part: Part {
                value: Value::default(),
                slope: vec![0.0; len],
                square: vec![0.0; if how.bends { len } else { 0 }],
            },
            bends: how.bends,
            levels: self.model.levels.len() + 1,
            pool: Vec::new(),
            mosts: Vec::new(),
            gains: Vec::new(),
            group: Vec::new(),
            units: Vec::new(),
        }
    }

    /// Adds up the blocks from `begin` to `end`.
    pub(crate) fn part(
        &self,
        y: &[f64],
        quick: &[Quick],
        how: How,
        (begin, end): (usize, usize),
    ) -> Part {
        let mut pass = self.pass(y, quick, how);
        for block in begin..end {
            // In a sample the others stand for their neighbours.
            if self.every > 1 {
                let is_singular = self.model.is_singular(block);
                pass.weight = if is_singular { 1.0 } else { self.every as f64 };
            }
            pass.block(block);
        }
        pass.part
    }
}

impl<'d, 'm, 'i> Pass<'d, 'm, 'i> {
    fn block(&mut self, block: usize) {
        let lines = self.dual.model.block(block);
        if lines.len() > 1 {
            self.package(lines);
        } else if self.dual.model.lines[lines.start].is_multi() {
            self.several(lines.start);
        } else {
            self.single(lines.start);
        }
    }

    fn single(&mut self, at: usize) {
        self.pool.clear();
        self.mosts.clear();
        let asked = self.asked(at, 0);
        let tops = self.survey(&asked);
        let best = self.collect(&asked, 0, 0, tops[0].1);
        if self.pool.is_empty() {
            return;
        }
        self.gains.clear();
        let is_free = !self.dual.model.lines[at].is_locked();
        let more = self.share(&asked, 0, best, is_free);
        self.part.value.exact += self.weight * best;
        self.part.value.smooth += self.weight * (best + more);
        let heat = (self.heat * self.dual.model.lines[at].value).max(1e-12);
        let mut units = 0.0;
        for k in 0..self.pool.len() {
            if self.gains[k] > 0.0 {
                units += self.spend(self.pool[k], self.gains[k], heat);
            }
        }
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

    /// The smoothed greater of 0 and a gain, and its slope.
    #[inline]
    fn plus(&self, gain: f64, value: f64) -> (f64, f64) {
        if self.is_sparse {
            hinge(gain, (self.far * value).max(1e-12))
        } else {
            softplus(gain, (self.heat * value).max(1e-12))
        }
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
            let (soft, p) = self.plus(gain, line.value);
            value.smooth += soft + (-fixed).max(0.0);
            if p == 0.0 {
                continue;
            }
            let answer = Entry {
                gain,
                qty: hi,
                row: index as u32,
                own: 0,
                level: 0,
            };
            units += self.spend(answer, p, heat);
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
            let (soft, p) = self.plus(gain, line.value);
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
