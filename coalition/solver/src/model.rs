//! The instance prepared for speed: resource rows, rival lines in block order, and every eligible delivery in 4 bytes.
//!
//! Lines of one package stand next to each other. An edge is `row << 1 | second language`; its fit and lots follow
//! from the row and the line. Digital needs are not here; see `digital`.

mod alone;
mod lines;
mod sample;
#[cfg(test)]
mod tests;

use crate::eligibility::{line_top, offer_lots};
use crate::instance::{BREAKS_MAX, Instance, Kind, LEVELS_MAX, PriorState};
use crate::oracle::lesser;
use lines::{Finder, lines};
use std::ops::Range;

/// One stock, or one period of a rate offer.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) offer: u32,
    pub(crate) period: i32,
    /// Period in which deliveries begin at the earliest.
    pub(crate) start: u16,
    pub(crate) cap: u32,
    pub(crate) lo: u32,
    pub(crate) step: u32,
    pub(crate) top: u32,
    /// Points per unit at remoteness 100 %.
    pub(crate) unit: f64,
    /// Points per delivery.
    pub(crate) fixed: f64,
}

/// One rival line of need.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) value: f64,
    pub(crate) need: u32,
    pub(crate) qty: u32,
    pub(crate) groups: [u16; 6],
    pub(crate) country: u16,
    pub(crate) from: u16,
    pub(crate) partners: u16,
    pub(crate) remote: u16,
    pub(crate) category: u8,
    pub(crate) urgency: u8,
    pub(crate) flags: u8,
}

const PACKED: u8 = 1;
const LOCKED: u8 = 2;
const ACCEPTED: u8 = 4;
/// Of a package that cannot reach any level.
const ALONE: u8 = 8;

impl Line {
    /// Whether levels of a package may depend on it.
    pub(crate) fn is_packed(&self) -> bool {
        self.flags & (PACKED | ALONE) == PACKED
    }
    pub(crate) fn is_locked(&self) -> bool {
        self.flags & LOCKED != 0
    }
    pub(crate) fn is_accepted(&self) -> bool {
        self.flags & ACCEPTED != 0
    }
    pub(crate) fn is_multi(&self) -> bool {
        self.partners > 1
    }
}

/// A locked delivery: the line, its edge and quantity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lock {
    pub(crate) line: u32,
    pub(crate) edge: u32,
    pub(crate) qty: u32,
}

/// A floor with its share in millionths, so that its balance is an exact whole number.
#[derive(Debug, Clone)]
pub(crate) struct FloorRule {
    pub(crate) category: usize,
    pub(crate) group: usize,
    pub(crate) share: f64,
    pub(crate) micro: i64,
}

/// φ as the least of straight lines (intercept, slope): exact for a concave curve.
#[derive(Debug, Clone)]
pub(crate) struct Curve {
    pub(crate) count: usize,
    pub(crate) ends: [f64; BREAKS_MAX],
    pub(crate) slopes: [f64; BREAKS_MAX],
    pub(crate) bases: [f64; BREAKS_MAX],
}

impl Curve {
    pub(crate) fn new(breaks: &[f64], slopes: &[f64]) -> Curve {
        let mut curve = Curve {
            count: breaks.len(),
            ends: [1.0; BREAKS_MAX],
            slopes: [0.0; BREAKS_MAX],
            bases: [0.0; BREAKS_MAX],
        };
        let (mut before, mut height) = (0.0, 0.0);
        for at in 0..breaks.len() {
            curve.ends[at] = breaks[at];
            curve.slopes[at] = slopes[at];
            curve.bases[at] = height - slopes[at] * before;
            height += slopes[at] * (breaks[at] - before);
            before = breaks[at];
        }
        curve
    }

    #[inline(always)]
    pub(crate) fn at(&self, coverage: f64) -> f64 {
        let line = |m: usize| self.bases[m] + self.slopes[m] * coverage;
        if self.count == 3 {
            return lesser(lesser(line(0), line(1)), line(2));
        }
        let mut least = line(0);
        for m in 1..self.count {
            least = lesser(least, line(m));
        }
        least
    }
}

/// A fit, and where its value bends: parts of a line's value, and of what full coverage without loss would cost.
#[derive(Debug, Clone)]
pub(crate) struct Fit {
    pub(crate) fit: f64,
    pub(crate) inverse: f64,
    /// (value, cost) at each end of a stretch of the curve, as far as the fit goes.
    pub(crate) bends: [(f64, f64); BREAKS_MAX],
    /// (value, cost) at each package level, a trifle better than they are, and the first bend not short of it.
    pub(crate) levels: [(f64, f64, usize); LEVELS_MAX],
}

impl Fit {
    fn new(fit: f64, curve: &Curve, levels: &[(f64, f64)]) -> Fit {
        // A second language of no value has no edges; its place only must not be empty.
        let inverse = 1.0 / fit.max(1e-300);
        let mut own = Fit {
            fit,
            inverse,
            bends: [(0.0, 0.0); BREAKS_MAX],
            levels: [(0.0, 0.0, BREAKS_MAX); LEVELS_MAX],
        };
        for (bend, &end) in own.bends.iter_mut().zip(&curve.ends[..curve.count]) {
            let covered = end.min(fit);
            *bend = (curve.at(covered), covered * inverse);
        }
        for (level, &(theta, _)) in own.levels.iter_mut().zip(levels) {
            let ends = &curve.ends[..curve.count];
            let first = ends.iter().position(|end| end.min(fit) >= theta);
            *level = (
                curve.at(theta) + 1e-8,
                (theta - 1e-9) * inverse,
                first.unwrap_or(BREAKS_MAX),
            );
        }
        own
    }
}

pub(crate) struct Model<'i> {
    pub(crate) instance: &'i Instance,
    pub(crate) rows: Vec<Row>,
    pub(crate) row_first: Vec<u32>,
    pub(crate) lines: Vec<Line>,
    pub(crate) edge_start: Vec<u32>,
    pub(crate) edges: Vec<u32>,
    /// First line of each block; one more entry than blocks.
    pub(crate) block_start: Vec<u32>,
    pub(crate) block_of: Vec<u32>,
    pub(crate) locks: Vec<Lock>,
    /// Accepted pairs as (line, offer), sorted.
    pub(crate) accepted: Vec<(u32, u32)>,
    pub(crate) floors: Vec<FloorRule>,
    /// Units a country may take of a category beyond its locks.
    pub(crate) cap_room: Vec<f64>,
    pub(crate) curve: Curve,
    pub(crate) share: f64,
    /// (coverage, part earned in all up to this level).
    pub(crate) levels: Vec<(f64, f64)>,
    /// Lines with several partners.
    pub(crate) multis: Vec<u32>,
    fits: Vec<Fit>,
    fit_stride: usize,
    stability: f64,
}

impl<'i> Model<'i> {
    /// Prepares a valid instance whose locks stand.
    pub(crate) fn new(instance: &'i Instance, threads: usize) -> Self {
        let meta = &instance.meta;
        let (rows, row_first) = rows(instance);
        let (lines, block_start, need_line) = lines(instance);
        let mut cum = 0.0;
        let levels = meta.package_levels.iter().map(|&(theta, part)| {
            cum += part;
            (theta, cum)
        });
        let mut model = Model {
            instance,
            rows,
            row_first,
            edge_start: Vec::new(),
            edges: Vec::new(),
            block_of: block_of(&block_start, lines.len()),
            block_start,
            locks: Vec::new(),
            accepted: Vec::new(),
            floors: floors(instance),
            cap_room: Vec::new(),
            curve: Curve::new(&meta.welfare_breaks, &meta.welfare_slopes),
            share: meta.package_share,
            levels: levels.collect(),
            multis: (0..lines.len() as u32)
                .filter(|&l| lines[l as usize].is_multi())
                .collect(),
            lines,
            fits: Vec::new(),
            fit_stride: meta.periods as usize + 64,
            stability: meta.stability,
        };
        model.fill_fits();
        model.fill_edges(threads);
        model.fill_prior(&need_line);
        model.fill_caps();
        model
    }

    pub(crate) fn blocks(&self) -> usize {
        self.block_start.len() - 1
    }

    pub(crate) fn block(&self, block: usize) -> Range<usize> {
        self.block_start[block] as usize..self.block_start[block + 1] as usize
    }

    pub(crate) fn edges_of(&self, line: usize) -> Range<usize> {
        self.edge_start[line] as usize..self.edge_start[line + 1] as usize
    }

    #[inline]
    pub(crate) fn row_of(&self, edge: usize) -> usize {
        (self.edges[edge] >> 1) as usize
    }

    #[inline]
    pub(crate) fn fit(&self, line: &Line, edge: u32) -> f64 {
        self.fit_pair(line, edge, self.rows[(edge >> 1) as usize].start)
            .0
    }

    /// The fit of an edge whose row starts at `start`, and 1 / fit.
    #[inline(always)]
    pub(crate) fn fit_pair(&self, line: &Line, edge: u32, start: u16) -> (f64, f64) {
        let found = &self.fits_of(line)[self.place_of_fit(line, edge, start)];
        (found.fit, found.inverse)
    }

    /// The fits of lines as urgent as this one.
    #[inline(always)]
    pub(crate) fn fits_of(&self, line: &Line) -> &[Fit] {
        let two = 2 * self.fit_stride;
        &self.fits[usize::from(line.urgency) * two..][..two]
    }

    /// Where among them that of an edge is whose row starts at `start`.
    #[inline(always)]
    pub(crate) fn place_of_fit(&self, line: &Line, edge: u32, start: u16) -> usize {
        let delay = usize::from(start.saturating_sub(line.from));
        (edge & 1) as usize * self.fit_stride + delay
    }

    /// Points per unit of a delivery, without prices.
    #[inline]
    pub(crate) fn unit_cost(&self, line: &Line, row: &Row) -> f64 {
        row.unit * f64::from(line.remote) / 100.0
    }

    /// Points per delivery, less the bonus of a kept pair.
    #[inline]
    pub(crate) fn fixed_cost(&self, line: usize, row: &Row) -> f64 {
        if self.lines[line].is_accepted() && self.is_kept(line, row.offer) {
            row.fixed - self.stability * self.lines[line].value
        } else {
            row.fixed
        }
    }

    pub(crate) fn bonus(&self, line: usize) -> f64 {
        self.stability * self.lines[line].value
    }

    pub(crate) fn is_kept(&self, line: usize, offer: u32) -> bool {
        self.accepted.binary_search(&(line as u32, offer)).is_ok()
    }

    #[inline]
    pub(crate) fn top(&self, line: &Line, row: &Row) -> u32 {
        if row.step == 1 {
            line.qty.min(row.top)
        } else {
            line_top(line.qty, !line.is_multi(), row.step, row.top)
        }
    }

    /// V without the share of a package.
    #[inline]
    pub(crate) fn own_value(&self, line: &Line) -> f64 {
        if line.flags & PACKED != 0 {
            (1.0 - self.share) * line.value
        } else {
            line.value
        }
    }

    pub(crate) fn cap_at(&self, line: &Line) -> usize {
        usize::from(line.country) * self.instance.meta.categories.len() + usize::from(line.category)
    }

    fn fill_fits(&mut self) {
        let meta = &self.instance.meta;
        for &late in &meta.late {
            for spoken in [1.0, meta.second_language_fit] {
                for delay in 0..self.fit_stride {
                    let fit = spoken * (1.0 - late * delay as f64).max(0.1);
                    self.fits.push(Fit::new(fit, &self.curve, &self.levels));
                }
            }
        }
    }

    fn fill_caps(&mut self) {
        let meta = &self.instance.meta;
        let kinds = meta.categories.len();
        let mut total = vec![0.0; kinds];
        for row in &self.rows {
            total[self.instance.offers[row.offer as usize].category as usize] += f64::from(row.cap);
        }
        let mut locked = vec![0.0; kinds * meta.countries.len()];
        for lock in &self.locks {
            locked[self.cap_at(&self.lines[lock.line as usize])] += f64::from(lock.qty);
        }
        self.cap_room = locked
            .iter()
            .enumerate()
            .map(|(at, used)| (meta.country_cap * total[at % kinds] - used).max(0.0))
            .collect();
    }

    fn fill_prior(&mut self, need_line: &dyn Fn(u32) -> Option<u32>) {
        for prior in &self.instance.prior {
            let Some(line) = need_line(prior.need) else {
                continue;
            };
            let at = line as usize;
            if prior.state == PriorState::Accepted {
                self.lines[at].flags |= ACCEPTED;
                self.accepted.push((line, prior.offer));
                continue;
            }
            let edge = self.edges_of(at).find(|&e| {
                let row = &self.rows[self.row_of(e)];
                row.offer == prior.offer && row.period == prior.period
            });
            if let Some(edge) = edge {
                self.lines[at].flags |= LOCKED;
                self.locks.push(Lock {
                    line,
                    edge: edge as u32,
                    qty: prior.qty,
                });
            }
        }
        self.accepted.sort_unstable();
        self.accepted.dedup();
        self.locks.sort_by_key(|lock| lock.line);
    }

    pub(crate) fn lock_of(&self, line: usize) -> Option<Lock> {
        self.locks
            .binary_search_by_key(&(line as u32), |lock| lock.line)
            .ok()
            .map(|at| self.locks[at])
    }

    fn fill_edges(&mut self, threads: usize) {
        let finder = Finder::new(self.instance, &self.rows, &self.row_first);
        let part = self.lines.len().div_ceil(threads.max(1)).max(1);
        let mut found: Vec<(Vec<u32>, Vec<u32>)> = Vec::new();
        std::thread::scope(|scope| {
            let finder = &finder;
            let tasks: Vec<_> = self
                .lines
                .chunks(part)
                .map(|own| {
                    scope.spawn(move || {
                        let mut ends = Vec::with_capacity(own.len());
                        let mut edges = Vec::with_capacity(8 * own.len());
                        for line in own {
                            finder.each(line, |edge| edges.push(edge));
                            ends.push(edges.len() as u32);
                        }
                        (ends, edges)
                    })
                })
                .collect();
            found.extend(tasks.into_iter().filter_map(|task| task.join().ok()));
        });
        let mut start = Vec::with_capacity(self.lines.len() + 1);
        start.push(0);
        let mut edges = Vec::new();
        for (ends, own) in found {
            let base = edges.len() as u32;
            start.extend(ends.iter().map(|end| base + end));
            if edges.is_empty() {
                edges = own;
            } else {
                edges.extend(own);
            }
        }
        edges.shrink_to_fit();
        self.edge_start = start;
        self.edges = edges;
    }
}

fn block_of(block_start: &[u32], lines: usize) -> Vec<u32> {
    let mut out = Vec::with_capacity(lines);
    for (block, pair) in block_start.windows(2).enumerate() {
        out.extend((pair[0]..pair[1]).map(|_| block as u32));
    }
    out
}

fn rows(instance: &Instance) -> (Vec<Row>, Vec<u32>) {
    let meta = &instance.meta;
    let mut rows = Vec::new();
    let mut first = Vec::with_capacity(instance.offers.len());
    for (id, offer) in instance.offers.iter().enumerate() {
        first.push(rows.len() as u32);
        let (lo, step, top) = offer_lots(offer);
        let start = offer.t_from + offer.setup;
        let mut push = |period: i32, start: u32| {
            rows.push(Row {
                offer: id as u32,
                period,
                start: start as u16,
                cap: offer.capacity,
                lo: lo.max(step),
                step,
                top,
                unit: meta.points_per_usd * offer.unit_cost,
                fixed: meta.points_per_delivery + meta.points_per_usd * offer.fixed_cost,
            });
        };
        match meta.kind(offer.category as usize) {
            Kind::Digital => {}
            Kind::Stock => push(-1, start),
            Kind::Rate => (start..=offer.t_to).for_each(|t| push(t as i32, t)),
        }
    }
    (rows, first)
}

fn floors(instance: &Instance) -> Vec<FloorRule> {
    let list = instance.meta.floors.iter();
    list.map(|floor| FloorRule {
        category: floor.category as usize,
        group: floor.group as usize,
        share: floor.min_share,
        // Rounded up: a floor is never missed by less than a millionth.
        micro: (floor.min_share * 1e6 - 1e-4).ceil() as i64,
    })
    .collect()
}

/// Levels a package oracle keeps on the stack.
pub(crate) const OPTIONS: usize = LEVELS_MAX + 1;
