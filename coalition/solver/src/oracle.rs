//! The best answer of one line to given prices: exact over the lattice of lots.

use crate::model::{Curve, Line, Model, OPTIONS, Row};

/// Rounds down without a call into the C library; right for 0 <= x < 2^51.
#[inline(always)]
pub(crate) fn floor(x: f64) -> f64 {
    const MAGIC: f64 = 6_755_399_441_055_744.0;
    let near = (x + MAGIC) - MAGIC;
    if near > x { near - 1.0 } else { near }
}

/// e^x for x <= 0, to 1e-9, the same on every machine.
#[inline(always)]
pub(crate) fn exp(x: f64) -> f64 {
    const MAGIC: f64 = 6_755_399_441_055_744.0;
    let x = x.max(-700.0);
    let n = (x * std::f64::consts::LOG2_E + MAGIC) - MAGIC;
    let r = x - n * std::f64::consts::LN_2;
    let (r2, r4) = (r * r, r * r * r * r);
    let low = (1.0 + r) + r2 * (1.0 / 2.0 + r * (1.0 / 6.0));
    let high = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0)) + r4 * (1.0 / 40320.0);
    let sum = low + r4 * high;
    sum * f64::from_bits(((n as i64 + 1023) as u64) << 52)
}

/// What does not change while a line looks at its offers.
pub(crate) struct Ask<'m> {
    pub(crate) curve: &'m Curve,
    /// V without the package share.
    pub(crate) own: f64,
    pub(crate) qty: f64,
    pub(crate) per_qty: f64,
    pub(crate) remote: f64,
}

impl<'m> Ask<'m> {
    #[inline]
    pub(crate) fn new(model: &'m Model, line: &Line) -> Self {
        let qty = f64::from(line.qty);
        Ask { curve: &model.curve, own: model.own_value(line), qty, per_qty: 1.0 / qty, remote: f64::from(line.remote) / 100.0 }
    }

    /// Points earned by `x` units of fit `fit`, without costs.
    #[inline(always)]
    pub(crate) fn earned(&self, fit: f64, x: f64) -> f64 {
        self.own * self.curve.at(fit * x.min(self.qty) * self.per_qty)
    }

    /// Best quantity from `lo` to `hi` in steps, and its points less `price` per unit.
    #[inline(always)]
    pub(crate) fn best(&self, fit: f64, price: f64, lots: (f64, f64, f64)) -> (f64, f64) {
        let (lo, hi, step) = lots;
        let target = if price < 0.0 { hi } else { self.target(fit, price) };
        let target = target.min(hi);
        let low = if step == 1.0 { floor(target) } else { floor(target / step) * step };
        let low = low.max(lo).min(hi);
        let high = (low + step).min(hi);
        let (at_low, at_high) = (self.earned(fit, low) - price * low, self.earned(fit, high) - price * high);
        if at_high > at_low { (at_high, high) } else { (at_low, low) }
    }

    /// The unrounded quantity beyond which a further unit is not worth `price`.
    #[inline(always)]
    fn target(&self, fit: f64, price: f64) -> f64 {
        let worth = self.own * fit * self.per_qty;
        let mut coverage = 0.0;
        for m in 0..self.curve.count {
            if worth * self.curve.slopes[m] <= price {
                break;
            }
            coverage = self.curve.ends[m];
            if coverage >= fit {
                coverage = fit;
                break;
            }
        }
        coverage * self.qty / fit
    }

    /// Least quantity, a multiple of `step`, that reaches coverage `theta`.
    #[inline]
    pub(crate) fn least(&self, fit: f64, theta: f64, step: f64) -> f64 {
        let units = (theta - 0.9e-9) * self.qty / fit;
        let down = floor(units / step) * step;
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

pub(crate) const NOTHING: Answer = Answer { gain: 0.0, edge: u32::MAX, qty: 0 };
pub(crate) const NEVER: Answer = Answer { gain: f64::NEG_INFINITY, edge: u32::MAX, qty: 0 };

/// Adds the answers of one edge to the best of each package level; `answers[0]` asks for no coverage.
#[inline]
pub(crate) fn weigh(
    model: &Model,
    ask: &Ask,
    edge: u32,
    terms: (f64, f64, f64),
    lots: (f64, f64, f64),
    is_packed: bool,
    mut put: impl FnMut(usize, Answer),
) {
    let (fit, price, fixed) = terms;
    let (lo, hi, step) = lots;
    let (gain, x) = ask.best(fit, price, lots);
    put(0, Answer { gain: gain - fixed, edge, qty: x as u32 });
    if !is_packed {
        return;
    }
    let full = fit * hi.min(ask.qty) * ask.per_qty;
    for (at, &(theta, _)) in model.levels.iter().enumerate().take(OPTIONS - 1) {
        if full < theta - 0.95e-9 {
            break;
        }
        let least = ask.least(fit, theta, step).max(lo).min(hi);
        let (gain, x) = if x >= least { (gain, x) } else { ask.best(fit, price, (least, hi, step)) };
        put(at + 1, Answer { gain: gain - fixed, edge, qty: x as u32 });
    }
}

/// Lots of a row for a line as (lo, hi, step).
#[inline]
pub(crate) fn lots(model: &Model, line: &Line, row: &Row) -> (f64, f64, f64) {
    (f64::from(row.lo), f64::from(model.top(line, row)), f64::from(row.step))
}
