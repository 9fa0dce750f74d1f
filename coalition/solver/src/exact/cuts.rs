//! Rows that every whole-number solution keeps and the present point breaks (Gomory's mixed-integer cuts).

use super::simplex::{AT_UPPER, Simplex};
use std::collections::BTreeMap;

/// A value this near a whole number counts as whole.
pub(super) const WHOLE: f64 = 1e-6;
/// Cuts from values nearer to whole numbers are not safe from rounding.
const AWAY: f64 = 0.01;
/// Cuts with coefficients of such different sizes are not safe either.
const RANGE_MAX: f64 = 1e6;
/// Cuts that look this much the same are taken once.
const ALIKE: f64 = 0.9;

/// Σ entries · x ≤ rhs.
#[derive(Debug, Clone)]
pub(super) struct Cut {
    pub(super) entries: Vec<(u32, f64)>,
    pub(super) rhs: f64,
    /// Distance of the present point beyond it.
    pub(super) depth: f64,
}

/// Makes cuts from sums of variables that must be whole and are not.
pub(super) struct Cutter<'s> {
    unit: &'s [f64],
    /// The least and the most of each variable wherever the cuts shall hold; the present point may be boxed in more.
    boxes: (&'s [f64], &'s [f64]),
    dense_max: usize,
    sum: Vec<f64>,
    seen: Vec<bool>,
    list: Vec<u32>,
}

impl<'s> Cutter<'s> {
    pub(super) fn new(unit: &'s [f64], boxes: (&'s [f64], &'s [f64]), dense_max: usize) -> Self {
        Cutter {
            unit,
            boxes,
            dense_max,
            sum: vec![0.0; unit.len()],
            seen: vec![false; unit.len()],
            list: Vec::new(),
        }
    }

    /// The bound a variable is nearer to, and whether it is the upper one.
    fn side(&self, lp: &Simplex, at: usize) -> (f64, bool) {
        let (low, high) = (self.boxes.0[at], self.boxes.1[at]);
        let (over, under) = (lp.value(at) - low, high - lp.value(at));
        let is_up = under < over || (under == over && lp.place[at] == AT_UPPER);
        (if is_up { high } else { low }, is_up)
    }

    fn add(&mut self, col: u32, value: f64) {
        let at = col as usize;
        if !self.seen[at] {
            self.seen[at] = true;
            self.list.push(col);
        }
        self.sum[at] += value;
    }

    /// The cut of a form (in whole numbers when divided by `size`), if it is deep and safe.
    pub(super) fn cut(&mut self, lp: &mut Simplex, form: &[(u32, f64)], size: f64) -> Option<Cut> {
        let row = lp.tableau_row(form);
        let here: f64 = form.iter().map(|&(c, s)| s * lp.value(c as usize)).sum();
        // What the form would be with all others at their bounds.
        let away = row.iter().map(|&(col, alpha)| {
            let at = col as usize;
            alpha * (lp.value(at) - self.side(lp, at).0)
        });
        let value = (here + away.sum::<f64>()) / size;
        let part = value - value.floor();
        if !(AWAY..=1.0 - AWAY).contains(&part) {
            return None;
        }
        for &col in &self.list {
            self.sum[col as usize] = 0.0;
            self.seen[col as usize] = false;
        }
        self.list.clear();
        // Σ γ·t ≥ 1 over distances t from the bounds, then back to the variables.
        let mut rhs = 1.0;
        for (col, alpha) in row {
            let at = col as usize;
            if self.boxes.0[at] == self.boxes.1[at] {
                continue;
            }
            let (bound, is_up) = self.side(lp, at);
            let sign = if is_up { -1.0 } else { 1.0 };
            let unit = self.unit[at];
            let own = if unit > 0.0 {
                let a = sign * alpha * unit / size;
                let f = a - a.floor();
                let gamma = if f <= part {
                    f / part
                } else {
                    (1.0 - f) / (1.0 - part)
                };
                gamma / unit
            } else {
                let a = sign * alpha / size;
                if a > 0.0 { a / part } else { -a / (1.0 - part) }
            };
            if own == 0.0 {
                continue;
            }
            // The upper bound of a slack only says that the row can leave no more; it is no whole number of units.
            let is_slack = matches!(lp.cols[at][..], [(row, _)] if lp.slack[row as usize] == col);
            if !bound.is_finite() || (is_up && is_slack) {
                return None;
            }
            // own · sign · (x − bound)
            rhs += own * sign * bound;
            self.add(col, own * sign);
        }
        rhs = self.without_slacks(lp, rhs);
        self.finish(lp, rhs)
    }

    /// Replaces slacks by what they stand for: rhs − Σ a·x.
    fn without_slacks(&mut self, lp: &Simplex, mut rhs: f64) -> f64 {
        for k in 0..self.list.len() {
            let at = self.list[k] as usize;
            let share = self.sum[at];
            let [(row, _)] = lp.cols[at][..] else {
                continue;
            };
            let row = row as usize;
            if lp.slack[row] as usize != at || share == 0.0 {
                continue;
            }
            self.sum[at] = 0.0;
            rhs -= share * lp.rhs[row];
            for &(col, value) in &lp.rows[row] {
                if col as usize != at {
                    self.add(col, -share * value);
                }
            }
        }
        rhs
    }

    /// Turns Σ sum·x ≥ rhs into a cut; small coefficients are left out on the safe side.
    fn finish(&mut self, lp: &Simplex, rhs: f64) -> Option<Cut> {
        let most = self
            .list
            .iter()
            .map(|&c| self.sum[c as usize].abs())
            .fold(0.0, f64::max);
        if most <= 0.0 || !most.is_finite() {
            return None;
        }
        let scale = 2f64.powi(-(most.log2().floor() as i32));
        let mut entries = Vec::new();
        let mut limit = -rhs * scale;
        let (mut value, mut norm) = (0.0, 0.0);
        self.list.sort_unstable();
        for &col in &self.list {
            let at = col as usize;
            let own = -self.sum[at] * scale;
            if own == 0.0 {
                continue;
            }
            if own.abs() < 1.0 / RANGE_MAX {
                // own·x ≥ its least value, which stays on this side.
                limit -= if own > 0.0 {
                    own * self.boxes.0[at]
                } else {
                    own * self.boxes.1[at]
                };
                continue;
            }
            entries.push((col, own));
            value += own * lp.value(at);
            norm += own * own;
        }
        if !limit.is_finite() || entries.len() > self.dense_max || entries.is_empty() {
            return None;
        }
        limit += 1e-9 * (1.0 + limit.abs());
        let depth = (value - limit) / norm.sqrt();
        (depth > 1e-4).then_some(Cut {
            entries,
            rhs: limit,
            depth,
        })
    }
}

/// The deepest cuts that do not look alike.
pub(super) fn choose(mut cuts: Vec<Cut>, most: usize) -> Vec<Cut> {
    cuts.sort_by(|a, b| {
        b.depth
            .total_cmp(&a.depth)
            .then(a.entries.len().cmp(&b.entries.len()))
    });
    let mut chosen: Vec<Cut> = Vec::new();
    let mut by_col: BTreeMap<u32, Vec<(usize, f64)>> = BTreeMap::new();
    let mut norms: Vec<f64> = Vec::new();
    for cut in cuts {
        if chosen.len() >= most {
            break;
        }
        let norm = cut.entries.iter().map(|e| e.1 * e.1).sum::<f64>().sqrt();
        let mut products = vec![0.0; chosen.len()];
        for &(col, value) in &cut.entries {
            for &(other, theirs) in by_col.get(&col).into_iter().flatten() {
                products[other] += value * theirs;
            }
        }
        if products
            .iter()
            .zip(&norms)
            .any(|(p, n)| *p > ALIKE * n * norm)
        {
            continue;
        }
        for &(col, value) in &cut.entries {
            by_col.entry(col).or_default().push((chosen.len(), value));
        }
        norms.push(norm);
        chosen.push(cut);
    }
    chosen
}
