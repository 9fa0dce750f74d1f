//! How answers near the best share a line, and by how much the smoothed best exceeds the best.

use super::Pass;
use super::answers::Asked;
use crate::oracle::exp;

impl Pass<'_, '_, '_> {
    /// Shares a line out among the answers of the pool from `begin` on; `gains` then holds the share of each. Returns
    /// by how much the smoothed best exceeds the best.
    pub(super) fn share(&mut self, asked: &Asked, begin: usize, best: f64, has_null: bool) -> f64 {
        let value = self.dual.model.lines[asked.at].value;
        let mine = &self.pool[begin..];
        let gains = &mut self.gains;
        gains.truncate(begin);
        if self.is_sparse {
            let per = 1.0 / asked.far;
            gains.extend(mine.iter().map(|answer| 1.0 + (answer.gain - best) * per));
            let null = if has_null { 1.0 - best * per } else { 0.0 };
            let (bar, more) = share_out(gains[begin..].iter().copied().chain([null]));
            gains[begin..].iter_mut().for_each(|near| *near -= bar);
            asked.far * more
        } else {
            let heat = (self.heat * value).max(1e-12);
            let null = if has_null {
                exp((0.0 - best) / heat)
            } else {
                0.0
            };
            gains.extend(mine.iter().map(|answer| exp((answer.gain - best) / heat)));
            let sum = gains[begin..].iter().fold(null, |sum, weight| sum + weight);
            gains[begin..].iter_mut().for_each(|weight| *weight /= sum);
            heat * sum.ln()
        }
    }
}

/// Shares 1 out among answers by how near each is to the best (1 for the best, 0 or less out of reach): the nearest
/// point of the simplex. Returns the bar each share is measured from, and by how much the smoothed best exceeds the
/// best, in units of the reach.
#[inline]
pub(super) fn share_out(nears: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let (mut bar, mut held) = (0.0, 0.0);
    loop {
        let (mut sum, mut count) = (0.0, 0.0);
        for near in nears.clone() {
            if near > bar {
                sum += near;
                count += 1.0;
            }
        }
        if count == held || count == 0.0 {
            break;
        }
        (bar, held) = ((sum - 1.0) / count, count);
        if count == 1.0 {
            return (0.0, 0.0);
        }
    }
    let mut more = -0.5;
    for near in nears {
        if near > bar {
            let share = near - bar;
            more += share * (near - 0.5 * share);
        }
    }
    (bar, more)
}

/// The smoothed greater of 0 and `gain`: a parabola within `reach` of 0; and its slope.
#[inline]
pub(super) fn hinge(gain: f64, reach: f64) -> (f64, f64) {
    if gain >= reach {
        (gain, 1.0)
    } else if gain <= -reach {
        (0.0, 0.0)
    } else {
        let p = 0.5 * (gain + reach) / reach;
        (p * p * reach, p)
    }
}

/// heat × ln(1 + e^(gain / heat)) and its slope.
#[inline]
pub(crate) fn softplus(gain: f64, heat: f64) -> (f64, f64) {
    let small = exp(-gain.abs() / heat);
    if small < LOST {
        return if gain > 0.0 {
            (gain, 1.0)
        } else {
            (0.0, small)
        };
    }
    let p = 1.0 / (1.0 + small);
    let p = if gain >= 0.0 { p } else { small * p };
    (gain.max(0.0) + heat * small.ln_1p(), p)
}

/// Beside 1 so little is lost in the last digit.
const LOST: f64 = 1e-16;
