//! Packages: the best of all their lines at each level, the levels out of reach left out.

use super::Pass;
use super::smooth::share_out;
use crate::descent::Value;
use crate::model::OPTIONS;
use crate::oracle::{exp, greater};

impl Pass<'_, '_, '_> {
    /// Collects a package level by level, the most promising first; levels out of reach are left out. Returns the
    /// best of each level and the smoothed one.
    pub(super) fn collect_package(
        &mut self,
        lines: std::ops::Range<usize>,
    ) -> [(f64, f64); OPTIONS] {
        let model = self.dual.model;
        let levels = self.levels;
        self.pool.clear();
        self.mosts.clear();
        self.gains.clear();
        self.group.clear();
        let (mut worth, mut slack) = (0.0, 0.0);
        let mut uppers = [0.0; OPTIONS];
        for (own, at) in lines.enumerate() {
            let begin = self.mosts.len();
            let asked = self.asked(at, own as u16);
            let tops = self.survey(&asked);
            worth += model.lines[at].value;
            slack += asked.far;
            for level in 0..levels {
                uppers[level] += if level == 0 && !model.lines[at].is_locked() {
                    greater(tops[0].0, 0.0)
                } else {
                    tops[level].0
                };
            }
            self.group.push((asked, begin, tops));
        }
        slack += self.far * worth;
        let mut order = [0; OPTIONS];
        for level in 0..levels {
            order[level] = level;
            if level > 0 {
                uppers[level] += model.levels[level - 1].1 * model.share * worth;
            }
        }
        order[..levels].sort_by(|&a, &b| uppers[b].total_cmp(&uppers[a]));
        let mut out = [(f64::NEG_INFINITY, f64::NEG_INFINITY); OPTIONS];
        let mut greatest = f64::NEG_INFINITY;
        let group = std::mem::take(&mut self.group);
        for &level in &order[..levels] {
            if uppers[level] == f64::NEG_INFINITY || uppers[level] <= greatest - slack {
                continue;
            }
            let mut sum = if level == 0 {
                0.0
            } else {
                model.levels[level - 1].1 * model.share * worth
            };
            let mut smooth = sum;
            for (asked, begin, tops) in &group {
                let from = self.pool.len();
                let best = self.collect(asked, level, *begin, tops[level].1);
                let has_null = level == 0 && !model.lines[asked.at].is_locked();
                let more = if best == f64::NEG_INFINITY {
                    0.0
                } else {
                    self.share(asked, from, best, has_null)
                };
                sum += best;
                smooth += best + more;
            }
            out[level] = (sum, smooth);
            greatest = greater(greatest, sum);
        }
        self.group = group;
        out
    }

    /// Collects a package; what each level brings, what the best does, exact and smoothed, and the share of each level.
    pub(super) fn levels_of(
        &mut self,
        lines: std::ops::Range<usize>,
    ) -> ([(f64, f64); OPTIONS], Value, [f64; OPTIONS]) {
        let found = self.collect_package(lines.clone());
        let lines = &self.dual.model.lines[lines];
        let worth: f64 = lines.iter().map(|line| line.value).sum();
        let smooth = found.map(|(sum, smooth)| {
            if sum == f64::NEG_INFINITY {
                f64::NEG_INFINITY
            } else {
                smooth
            }
        });
        let exact = found.iter().fold(f64::NEG_INFINITY, |a, b| greater(a, b.0));
        let top = smooth.iter().copied().fold(f64::NEG_INFINITY, greater);
        let (shares, more) = if self.is_sparse {
            let reach = (self.far * worth).max(1e-12);
            let nears = smooth.map(|own| greater(1.0 + (own - top) / reach, 0.0));
            let (bar, more) = share_out(nears[..self.levels].iter().copied());
            (nears.map(|near| greater(near - bar, 0.0)), reach * more)
        } else {
            let heat = (self.heat * worth).max(1e-12);
            let mut chances = [0.0; OPTIONS];
            for level in 0..self.levels {
                chances[level] = exp((smooth[level] - top) / heat);
            }
            let total: f64 = chances[..self.levels].iter().sum();
            (chances.map(|p| p / total), heat * total.ln())
        };
        let smooth = top + more;
        (found, Value { smooth, exact }, shares)
    }

    pub(super) fn package(&mut self, lines: std::ops::Range<usize>) {
        let model = self.dual.model;
        let (_, value, chance) = self.levels_of(lines.clone());
        self.part.value.exact += self.weight * value.exact;
        self.part.value.smooth += self.weight * value.smooth;
        let mut units = std::mem::take(&mut self.units);
        units.clear();
        units.resize(lines.len(), 0.0);
        for k in 0..self.pool.len() {
            let answer = self.pool[k];
            let p = chance[usize::from(answer.level)] * self.gains[k];
            if p > 0.0 {
                let own = usize::from(answer.own);
                let value = model.lines[lines.start + own].value;
                units[own] += self.spend(answer, p, (self.heat * value).max(1e-12));
            }
        }
        lines
            .zip(&units)
            .for_each(|(at, &own)| self.spread(at, own));
        self.units = units;
    }
}
