//! The best answer of one line to given prices: exact over the lattice of lots.

use crate::instance::BREAKS_MAX;
use crate::model::{Curve, Line, Model, OPTIONS, Row};

/// Rounds down without a call into the C library; right for 0 <= x < 2^51.
#[inline(always)]
pub(crate) fn floor(x: f64) -> f64 {
    const MAGIC: f64 = 6_755_399_441_055_744.0;
    let near = (x + MAGIC) - MAGIC;
    if near > x { near - 1.0 } else { near }
}

/// The lesser of two numbers, in one instruction (neither is ever NaN).
#[inline(always)]
pub(crate) fn lesser(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// The greater of two numbers, in one instruction.
#[inline(always)]
pub(crate) fn greater(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// e^x for x <= 0, to 1e-9, the same on every machine.
#[inline(always)]
pub(crate) fn exp(x: f64) -> f64 {
    const MAGIC: f64 = 6_755_399_441_055_744.0;
    let x = greater(x, -700.0);
    let n = (x * std::f64::consts::LOG2_E + MAGIC) - MAGIC;
    let r = x - n * std::f64::consts::LN_2;
    let (r2, r4) = (r * r, r * r * r * r);
    let low = (1.0 + r) + r2 * (1.0 / 2.0 + r * (1.0 / 6.0));
    let high = (1.0 / 24.0 + r * (1.0 / 120.0))
        + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0))
        + r4 * (1.0 / 40320.0);
    let sum = low + r4 * high;
    sum * f64::from_bits(((n as i64 + 1023) as u64) << 52)
}

/// What does not change while a line looks at its offers.
pub(crate) struct Ask<'m> {
    pub(crate) curve: &'m Curve,
    /// V without the package share.
    pub(crate) own: f64,
    /// Value against coverage as straight lines, in points.
    bases: [f64; BREAKS_MAX],
    slopes: [f64; BREAKS_MAX],
    pub(crate) qty: f64,
    pub(crate) per_qty: f64,
    pub(crate) remote: f64,
    /// The most a unit of fit 1 can be worth, in points.
    dearest: f64,
}

impl<'m> Ask<'m> {
    #[inline]
    pub(crate) fn new(model: &'m Model, line: &Line) -> Self {
        Ask::of(&model.curve, model.own_value(line), line.qty, line.remote)
    }

    #[inline]
    pub(crate) fn of(curve: &'m Curve, own: f64, qty: u32, remote: u16) -> Self {
        let qty = f64::from(qty);
        let (mut bases, mut slopes) = (curve.bases, curve.slopes);
        bases.iter_mut().for_each(|base| *base *= own);
        slopes.iter_mut().for_each(|slope| *slope *= own);
        Ask {
            curve,
            own,
            bases,
            slopes,
            qty,
            per_qty: 1.0 / qty,
            remote: f64::from(remote) / 100.0,
            dearest: slopes[0] / qty,
        }
    }

    /// Points earned by `x` units of fit `fit`, without costs.
    #[inline(always)]
    pub(crate) fn earned(&self, fit: f64, x: f64) -> f64 {
        let coverage = fit * lesser(x, self.qty) * self.per_qty;
        let line = |m: usize| self.bases[m] + self.slopes[m] * coverage;
        if self.curve.count == 3 {
            return lesser(lesser(line(0), line(1)), line(2));
        }
        (1..self.curve.count).fold(line(0), |least, m| lesser(least, line(m)))
    }

    /// Best quantity from `lo` to `hi` in steps, and its points less `price` per unit.
    #[inline(always)]
    pub(crate) fn best(&self, fit: f64, price: f64, lots: (f64, f64, f64)) -> (f64, f64) {
        let inverse = 1.0 / fit;
        let target = if price < 0.0 {
            lots.1
        } else {
            self.unrounded(fit, price * self.qty * inverse).1 * self.qty * inverse
        };
        self.round(fit, price, target, lots)
    }

    /// Best quantity next to the unrounded `target`, and its points less `price` per unit.
    #[inline(always)]
    pub(crate) fn round(
        &self,
        fit: f64,
        price: f64,
        target: f64,
        (lo, hi, step): (f64, f64, f64),
    ) -> (f64, f64) {
        let target = lesser(target, hi);
        let low = if step == 1.0 {
            floor(target)
        } else {
            floor(target / step) * step
        };
        let low = lesser(greater(low, lo), hi);
        let high = lesser(low + step, hi);
        let (at_low, at_high) = (
            self.earned(fit, low) - price * low,
            self.earned(fit, high) - price * high,
        );
        if at_high > at_low {
            (at_high, high)
        } else {
            (at_low, low)
        }
    }

    /// Points and coverage of the best unrounded answer when full coverage would cost `per_coverage`.
    #[inline(always)]
    pub(crate) fn unrounded(&self, fit: f64, per_coverage: f64) -> (f64, f64) {
        if self.curve.count == 3 {
            return self.stretches::<3>(fit, per_coverage);
        }
        self.stretches::<BREAKS_MAX>(fit, per_coverage)
    }

    /// Adds up the first `N` stretches without branches; those beyond the curve have no slope.
    #[inline(always)]
    fn stretches<const N: usize>(&self, fit: f64, per_coverage: f64) -> (f64, f64) {
        let (mut coverage, mut points, mut before) = (0.0, 0.0, 0.0);
        for m in 0..N {
            let margin = self.slopes[m] - per_coverage;
            let end = lesser(self.curve.ends[m], fit);
            points += greater(margin, 0.0) * (end - before);
            coverage = if margin > 0.0 { end } else { coverage };
            before = end;
        }
        (points, coverage)
    }

    /// What the smallest lot costs where no unit is worth its price: 0 or less.
    #[inline(always)]
    pub(crate) fn forced(&self, fit: f64, price: f64, lo: f32) -> f64 {
        lesser(self.dearest * fit - price, 0.0) * f64::from(lo)
    }

    /// Least quantity, a multiple of `step`, that reaches coverage `theta`; `inverse` is 1 / fit.
    #[inline(always)]
    pub(crate) fn least(&self, inverse: f64, theta: f64, step: f64) -> f64 {
        let units = (theta - 0.9e-9) * self.qty * inverse;
        let down = if step == 1.0 {
            floor(units)
        } else {
            floor(units / step) * step
        };
        if down < units { down + step } else { down }
    }
}

/// An answer of a line: points less prices and costs, edge, quantity.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Answer {
    pub(crate) gain: f64,
    pub(crate) edge: u32,
    pub(crate) qty: u32,
}

pub(crate) const NOTHING: Answer = Answer {
    gain: 0.0,
    edge: u32::MAX,
    qty: 0,
};
pub(crate) const NEVER: Answer = Answer {
    gain: f64::NEG_INFINITY,
    edge: u32::MAX,
    qty: 0,
};

/// What one edge offers a line: fit, price per unit, cost per delivery, lots.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offered {
    pub(crate) edge: u32,
    pub(crate) fit: f64,
    pub(crate) price: f64,
    pub(crate) fixed: f64,
    pub(crate) lots: (f64, f64, f64),
}

impl Offered {
    /// What an edge offers a line where a unit of its row is priced so, surcharges included.
    #[inline]
    pub(crate) fn new(
        model: &Model,
        ask: &Ask,
        (line, edge): (usize, u32),
        price: f64,
        lots: (f64, f64, f64),
    ) -> Self {
        let row = &model.rows[model.row_of(edge as usize)];
        Offered {
            edge,
            fit: model.fit(&model.lines[line], model.edges[edge as usize]),
            price: price + row.unit * ask.remote,
            fixed: model.fixed_cost(line, row),
            lots,
        }
    }
}

/// Adds the answers of one edge to the best of each package level; level 0 asks for no coverage.
#[inline]
pub(crate) fn weigh(
    model: &Model,
    ask: &Ask,
    offered: Offered,
    is_packed: bool,
    mut put: impl FnMut(usize, Answer),
) {
    let Offered {
        edge,
        fit,
        price,
        fixed,
        lots,
    } = offered;
    let (lo, hi, step) = lots;
    let (gain, x) = ask.best(fit, price, lots);
    put(
        0,
        Answer {
            gain: gain - fixed,
            edge,
            qty: x as u32,
        },
    );
    if !is_packed {
        return;
    }
    let full = fit * hi.min(ask.qty) * ask.per_qty;
    for (at, &(theta, _)) in model.levels.iter().enumerate().take(OPTIONS - 1) {
        if full < theta - 0.95e-9 {
            break;
        }
        let least = ask.least(1.0 / fit, theta, step).max(lo).min(hi);
        // Concave: beyond the best quantity less is better.
        let (gain, x) = if x >= least {
            (gain, x)
        } else {
            (ask.earned(fit, least) - price * least, least)
        };
        put(
            at + 1,
            Answer {
                gain: gain - fixed,
                edge,
                qty: x as u32,
            },
        );
    }
}

/// Lots of a row for a line as (lo, hi, step).
#[inline]
pub(crate) fn lots(model: &Model, line: &Line, row: &Row) -> (f64, f64, f64) {
    (
        f64::from(row.lo),
        f64::from(model.top(line, row)),
        f64::from(row.step),
    )
}
