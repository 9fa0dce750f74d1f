//! The best next answer of a block with the room that is left, under all rules.

use super::Plan;
use crate::model::OPTIONS;
use crate::oracle::{Answer, Ask, NEVER, NOTHING, Offered, floor, weigh};

impl Plan<'_, '_, '_> {
    /// Best answers of a free line with one partner, by package level, at prices shaded by `shade`.
    fn answers(&self, at: usize, y: &[f64], shade: f64) -> [Answer; OPTIONS] {
        let model = self.model;
        let line = &model.lines[at];
        let mut best = [NEVER; OPTIONS];
        best[0] = NOTHING;
        let most = self.guarantee_room(line);
        if most <= 0 {
            return best;
        }
        let ask = Ask::new(model, line);
        let add = if shade > 0.0 {
            shade * self.dual.surcharge(y, line)
        } else {
            0.0
        };
        let packed = line.is_packed();
        for e in model.edges_of(at) {
            let index = model.row_of(e);
            if !self.is_open[index] {
                continue;
            }
            let left = self.left[index].min(most);
            let row = &model.rows[index];
            if left < i64::from(row.lo) {
                continue;
            }
            let mut hi = model.top(line, row);
            if left < i64::from(hi) {
                hi = left as u32 / row.step * row.step;
            }
            if hi < row.lo {
                continue;
            }
            let lots = (f64::from(row.lo), f64::from(hi), f64::from(row.step));
            let price = shade * y[index] + add;
            let offered = Offered::new(model, &ask, (at, e as u32), price, lots);
            if !packed && offered.price >= 0.0 {
                let asked = offered.price * ask.qty / offered.fit;
                if ask.unrounded(offered.fit, asked).0 - offered.fixed < best[0].gain {
                    continue;
                }
            }
            weigh(model, &ask, offered, packed, |level, answer| {
                if answer.gain > best[level].gain {
                    best[level] = answer;
                }
            });
        }
        best
    }

    /// Gives an empty block its best answer at prices shaded by `shade`.
    pub(crate) fn fill_block(&mut self, block: usize, y: &[f64], shade: f64) {
        let lines = self.model.block(block);
        if lines.len() == 1 {
            self.fill_line(lines.start, y, shade);
            return;
        }
        let levels = self.model.levels.len() + 1;
        let mut sums = [0.0; OPTIONS];
        let mut worth = 0.0;
        let mut found: [[Answer; OPTIONS]; 8] = [[NOTHING; OPTIONS]; 8];
        let mut many = Vec::new();
        for (k, at) in lines.clone().enumerate() {
            worth += self.model.lines[at].value;
            let own = if self.model.lines[at].is_locked() {
                self.held(at, y, shade)
            } else {
                self.answers(at, y, shade)
            };
            for level in 0..levels {
                sums[level] += own[level].gain;
            }
            match found.get_mut(k) {
                Some(place) => *place = own,
                None => many.push(own),
            }
        }
        let mut chosen = 0;
        for level in 1..levels {
            sums[level] += self.model.levels[level - 1].1 * self.model.share * worth;
            if sums[level] > sums[chosen] {
                chosen = level;
            }
        }
        for (k, at) in lines.enumerate() {
            let answer = found
                .get(k)
                .or_else(|| many.get(k - found.len()))
                .map_or(NOTHING, |own| own[chosen]);
            if answer.edge == u32::MAX || self.model.lines[at].is_locked() {
                continue;
            }
            if self.allows(at, answer) {
                self.put(at, answer.edge, answer.qty);
            } else {
                // Another part of the package took the same room.
                let again = self.answers(at, y, shade);
                let next = if again[chosen].edge == u32::MAX {
                    again[0]
                } else {
                    again[chosen]
                };
                if next.edge != u32::MAX {
                    self.put(at, next.edge, next.qty);
                }
            }
        }
    }

    /// What a locked line holds, as an answer at every level it reaches.
    fn held(&self, at: usize, y: &[f64], shade: f64) -> [Answer; OPTIONS] {
        let mut out = [NEVER; OPTIONS];
        let (value, covered) = self.line_value(at);
        let Some(pick) = self.picks(at).first() else {
            return out;
        };
        let gain = value - shade * y[self.model.row_of(pick.edge as usize)] * f64::from(pick.qty);
        let answer = Answer {
            gain,
            edge: pick.edge,
            qty: pick.qty,
        };
        out[0] = answer;
        for (place, (theta, _)) in out[1..].iter_mut().zip(&self.model.levels) {
            if covered >= theta - 0.95e-9 {
                *place = answer;
            }
        }
        out
    }

    pub(super) fn allows(&self, at: usize, answer: Answer) -> bool {
        let qty = i64::from(answer.qty);
        self.left[self.model.row_of(answer.edge as usize)] >= qty
            && self.guarantee_room(&self.model.lines[at]) >= qty
    }

    fn fill_line(&mut self, at: usize, y: &[f64], shade: f64) {
        if self.model.lines[at].is_locked() {
            return;
        }
        if self.model.lines[at].is_multi() {
            while self.add_partner(at, y, shade) {}
            return;
        }
        let answer = self.answers(at, y, shade)[0];
        if answer.edge != u32::MAX {
            self.put(at, answer.edge, answer.qty);
        }
    }

    /// Adds the most useful further delivery to a line with several partners; false when none helps.
    pub(crate) fn add_partner(&mut self, at: usize, y: &[f64], shade: f64) -> bool {
        let model = self.model;
        let line = &model.lines[at];
        let picks = self.picks(at);
        if line.is_locked() || picks.len() >= usize::from(line.partners) {
            return false;
        }
        let (before, covered) = self.line_value(at);
        let cost_before = line.value * model.curve.at(covered) - before;
        debug_assert!(cost_before.is_finite());
        let given: u32 = picks.iter().map(|p| p.qty).sum();
        let most = self
            .guarantee_room(line)
            .min(i64::from(line.qty) - i64::from(given));
        if most <= 0 {
            return false;
        }
        let overlap = if picks.is_empty() {
            0.0
        } else {
            model.instance.meta.points_per_overlap
        };
        let add = self.dual.surcharge(y, line);
        let ask = Ask::new(model, line);
        let mut best = NOTHING;
        best.gain = 1e-9;
        for e in model.edges_of(at) {
            let index = model.row_of(e);
            let row = &model.rows[index];
            let left = self.left[index].min(most);
            if left < i64::from(row.lo) || picks.iter().any(|p| p.edge as usize == e) {
                continue;
            }
            let hi = model.top(line, row).min(left as u32 / row.step * row.step);
            if hi < row.lo {
                continue;
            }
            let mut fixed = model.fixed_cost(at, row) + overlap;
            if line.is_accepted()
                && picks
                    .iter()
                    .any(|p| model.rows[model.row_of(p.edge as usize)].offer == row.offer)
            {
                fixed = row.fixed + overlap;
            }
            let price = shade * (y[index] + add) + row.unit * ask.remote;
            let fit = model.fit(line, model.edges[e]);
            let (gain, qty) = more(&ask, covered, fit, price, (row.lo, hi, row.step));
            if gain - fixed > best.gain {
                best = Answer {
                    gain: gain - fixed,
                    edge: e as u32,
                    qty,
                };
            }
        }
        if best.edge != u32::MAX {
            self.put(at, best.edge, best.qty);
        }
        best.edge != u32::MAX
    }
}

/// Best further quantity for a line already covered in part, and the points it adds before fixed costs.
fn more(
    ask: &Ask,
    covered: f64,
    fit: f64,
    price: f64,
    (lo, hi, step): (u32, u32, u32),
) -> (f64, u32) {
    let (lo, hi, step) = (f64::from(lo), f64::from(hi), f64::from(step));
    let per = fit * ask.per_qty;
    let base = ask.own * ask.curve.at(covered);
    let gain = |x: f64| ask.own * ask.curve.at((covered + per * x).min(1.0)) - base - price * x;
    let mut best = (gain(lo), lo);
    let mut look = |x: f64| {
        let x = x.max(lo).min(hi);
        let found = gain(x);
        if found > best.0 {
            best = (found, x);
        }
    };
    look(hi);
    for &end in &ask.curve.ends[..ask.curve.count] {
        if end > covered {
            let low = floor((end - covered) / per / step) * step;
            look(low);
            look(low + step);
        }
    }
    (best.0, best.1 as u32)
}
