//! The bound that prices prove, exact and smoothed, in one pass over the eligible deliveries.
//!
//! Work is split into parts that do not depend on the number of threads, and sums are taken in the order of the parts,
//! so that one thread and many give the same bytes.

use crate::descent::{Bound, Value};
use crate::model::{Line, Model};
use crate::pass::{How, Kernel, Lot, Quick};
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

/// Evaluates bounds for one model; keeps its working memory between calls.
pub(crate) struct Dual<'m, 'i> {
    pub(crate) model: &'m Model<'i>,
    pub(crate) layout: Layout,
    pub(crate) floors_of: Vec<Vec<usize>>,
    pub(crate) kernel: Kernel,
    pub(crate) lots: Vec<Lot>,
    pub(crate) threads: usize,
    /// Points per unit a price usually has.
    typical: Vec<f64>,
    parts: Vec<(usize, usize)>,
    /// Blocks of the whole that one of these stands for.
    pub(crate) every: usize,
    /// The part of the whole's eligible deliveries that is here.
    part: f64,
}

/// Below so many eligible deliveries prices are sought slowly and exactly.
pub(crate) const FEW_EDGES: usize = 5_000;
/// A stored price above this is no price.
const PRICE_MAX: f64 = 1e30;
const PART_EDGES: usize = 60_000;
const PARTS_MAX: usize = 4;

impl<'m, 'i> Dual<'m, 'i> {
    pub(crate) fn new(model: &'m Model<'i>, threads: usize) -> Self {
        Self::of(model, threads, (1, 1.0), price_scale(model))
    }

    /// The bound of a sample of this one's blocks.
    pub(crate) fn sampled<'s>(&self, sample: &'s Model<'i>, every: usize) -> Dual<'s, 'i> {
        let part = sample.edges.len() as f64 / self.model.edges.len().max(1) as f64;
        Dual::of(sample, self.threads, (every, part), self.typical.clone())
    }

    fn of(
        model: &'m Model<'i>,
        threads: usize,
        (every, part): (usize, f64),
        typical: Vec<f64>,
    ) -> Self {
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
            kernel: if part >= 1.0 && model.edges.len() < FEW_EDGES {
                Kernel::Soft
            } else {
                Kernel::Sparse
            },
            lots: model.rows.iter().map(Lot::new).collect(),
            threads: threads.max(1),
            typical,
            parts,
            every,
            part,
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

    pub(crate) fn quick(&self, y: &[f64]) -> Vec<Quick> {
        let rows = self.model.rows.iter().zip(y);
        rows.map(|(row, &price)| Quick::new(row, price)).collect()
    }

    /// Does something for each part of the blocks; what comes of it is in their order.
    pub(crate) fn by_parts<T: Send>(&self, work: impl Fn((usize, usize)) -> T + Sync) -> Vec<T> {
        let share = self.parts.len().div_ceil(self.threads).max(1);
        if share >= self.parts.len() {
            return self.parts.iter().map(|&part| work(part)).collect();
        }
        let work = &work;
        std::thread::scope(|scope| {
            let tasks: Vec<_> = self
                .parts
                .chunks(share)
                .map(|own| scope.spawn(move || own.iter().map(|&part| work(part)).collect()))
                .collect();
            tasks
                .into_iter()
                .flat_map(|task| task.join().unwrap_or_else(|_: _| Vec::new()))
                .collect()
        })
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
        heat: f64,
        bend: Option<&mut Vec<f64>>,
        slope: &mut Vec<f64>,
    ) -> Value {
        let wants_bend = bend.is_some();
        let quick = &self.quick(y)[..];
        let how = How {
            heat,
            bends: wants_bend,
        };
        let found = self.by_parts(|part| self.part(y, quick, how, part));
        let mut value = Value::default();
        slope.clear();
        slope.resize(self.layout.len, 0.0);
        let mut square = vec![0.0; if wants_bend { self.layout.len } else { 0 }];
        for part in found {
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
        y.iter_mut()
            .zip(&self.typical)
            .for_each(|(y, t)| *y = 0.5 * t);
        for (at, &line) in self.model.multis.iter().enumerate() {
            y[self.layout.multis + 3 * at] = self.model.lines[line as usize].value * 0.5;
        }
        y
    }

    fn part(&self) -> f64 {
        self.part
    }

    fn scale(&self) -> Vec<f64> {
        let model = self.model;
        let kinds = model.instance.meta.categories.len();
        let typical = &self.typical;
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
