//! What a line could take at the prices: first the most each offer could bring, then the answers in reach.

use super::Pass;
use crate::eligibility::line_top;
use crate::instance::{BREAKS_MAX, LEVELS_MAX};
use crate::model::{Fit, Line, Model, OPTIONS};
use crate::oracle::{Ask, Offered, greater, lesser, weigh};

/// An answer in reach of the best of its line and level.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) gain: f64,
    pub(super) qty: f64,
    pub(super) row: u32,
    /// Place of the line in its block.
    pub(super) own: u16,
    pub(super) level: u16,
}

impl Entry {
    pub(super) fn is_of(&self, own: usize, level: usize) -> bool {
        usize::from(self.own) == own && usize::from(self.level) == level
    }
}

/// A line and what it asks of each edge.
pub(super) struct Asked<'m> {
    pub(super) ask: Ask<'m>,
    pub(super) at: usize,
    pub(super) own: u16,
    /// Points per unit added to every price.
    pub(super) add: f64,
    pub(super) far: f64,
}

/// A line whose edges are surveyed together.
struct Surveyed<'m> {
    line: &'m Line,
    edges: &'m [u32],
    fits: &'m [Fit],
    /// Units per point of the line's own value.
    per_own: f64,
}

impl<'m> Surveyed<'m> {
    #[inline(always)]
    fn new(model: &'m Model, asked: &Asked) -> Self {
        let line = &model.lines[asked.at];
        Surveyed {
            line,
            edges: &model.edges[model.edges_of(asked.at)],
            fits: model.fits_of(line),
            per_own: asked.ask.qty / greater(asked.ask.own, 1e-300),
        }
    }
}

/// The greatest of some numbers, and where the first such is; the place is 0 where there is none.
fn greatest(of: &[f64]) -> (f64, usize) {
    let mut lanes = [f64::NEG_INFINITY; 4];
    let fours = of.chunks_exact(4);
    for &one in fours.remainder() {
        lanes[0] = greater(one, lanes[0]);
    }
    for four in fours {
        for (lane, &one) in lanes.iter_mut().zip(four) {
            *lane = greater(one, *lane);
        }
    }
    let top = lanes.into_iter().fold(f64::NEG_INFINITY, greater);
    (top, of.iter().position(|&one| one == top).unwrap_or(0))
}

impl<'m> Pass<'_, 'm, '_> {
    pub(super) fn asked(&self, at: usize, own: u16) -> Asked<'m> {
        let model = self.dual.model;
        let line = &model.lines[at];
        Asked {
            ask: Ask::new(model, line),
            at,
            own,
            add: self.dual.surcharge(self.y, line),
            far: (self.far * line.value).max(1e-12),
        }
    }

    /// The most each edge of a line could bring at each level if lots were no matter; most of them end here. Returns
    /// the greatest of each level, and where it is.
    pub(super) fn survey(&mut self, asked: &Asked<'m>) -> [(f64, usize); OPTIONS] {
        let model = self.dual.model;
        let line = &model.lines[asked.at];
        let mut tops = [(f64::NEG_INFINITY, 0); OPTIONS];
        if line.is_locked() {
            for (top, gain) in tops.iter_mut().zip(self.locked(asked)) {
                top.0 = gain.gain;
            }
            return tops;
        }
        let bonus = if line.is_accepted() {
            model.bonus(asked.at)
        } else {
            0.0
        };
        match (line.is_packed(), model.curve.count == 3) {
            (false, true) => tops[0] = self.survey_free::<3>(asked, bonus),
            (false, false) => tops[0] = self.survey_free::<BREAKS_MAX>(asked, bonus),
            (true, true) => self.survey_packed::<3>(asked, bonus, &mut tops),
            (true, false) => self.survey_packed::<BREAKS_MAX>(asked, bonus, &mut tops),
        }
        tops
    }

    /// The survey of a line by itself, whose curve has up to `N` stretches.
    #[inline(always)]
    fn survey_free<const N: usize>(&mut self, asked: &Asked<'m>, bonus: f64) -> (f64, usize) {
        let (model, quick) = (self.dual.model, self.quick);
        let (ask, add, begin) = (&asked.ask, asked.add, self.mosts.len());
        let Surveyed {
            line,
            edges,
            fits,
            per_own,
        } = Surveyed::new(model, asked);
        self.mosts.extend(edges.iter().map(|&edge| {
            let row = &quick[(edge >> 1) as usize];
            let fit = &fits[model.place_of_fit(line, edge, row.start)];
            let price = row.price + add + row.unit * ask.remote;
            let cost = greater(price, 0.0) * per_own;
            let mut part = 0.0;
            for &(value, full) in &fit.bends[..N] {
                part = greater(value - cost * full, part);
            }
            // Below a price of nothing all that the row can give is taken.
            ask.own * part + ask.forced(fit.fit, price, row.lo) - row.fixed + bonus
                - lesser(price, 0.0) * 1e12
        }));
        greatest(&self.mosts[begin..])
    }

    /// The survey of a line of a package: plain, then at each level.
    #[inline(always)]
    fn survey_packed<const N: usize>(
        &mut self,
        asked: &Asked<'m>,
        bonus: f64,
        tops: &mut [(f64, usize); OPTIONS],
    ) {
        let (model, quick) = (self.dual.model, self.quick);
        let (ask, add, begin) = (&asked.ask, asked.add, self.mosts.len());
        let Surveyed {
            line,
            edges,
            fits,
            per_own,
        } = Surveyed::new(model, asked);
        let count = edges.len();
        let mut enough = [f64::INFINITY; LEVELS_MAX];
        for (enough, &(theta, _)) in enough.iter_mut().zip(&model.levels) {
            *enough = (theta - 0.95e-9) * ask.qty;
        }
        let enough = &enough[..model.levels.len()];
        self.mosts.resize(begin + count * (enough.len() + 1), 0.0);
        let (plain, at_levels) = self.mosts[begin..].split_at_mut(count);
        for ((k, &edge), plain) in edges.iter().enumerate().zip(plain) {
            let row = &quick[(edge >> 1) as usize];
            let fit = &fits[model.place_of_fit(line, edge, row.start)];
            let price = row.price + add + row.unit * ask.remote;
            let cost = greater(price, 0.0) * per_own;
            // The best from each bend on.
            let mut from = [f64::NEG_INFINITY; BREAKS_MAX + 1];
            for m in (0..N).rev() {
                let (value, full) = fit.bends[m];
                from[m] = greater(value - cost * full, from[m + 1]);
            }
            let other = bonus - row.fixed - lesser(price, 0.0) * 1e12;
            *plain = ask.own * greater(from[0], 0.0) + other + ask.forced(fit.fit, price, row.lo);
            let top = self.dual.lots[(edge >> 1) as usize].top;
            let most = fit.fit * lesser(f64::from(top), ask.qty);
            let places = at_levels.chunks_exact_mut(count).zip(enough);
            for ((places, &enough), &(value, full, first)) in places.zip(&fit.levels) {
                let part = greater(value - cost * full, from[first]);
                places[k] = if most < enough {
                    f64::NEG_INFINITY
                } else {
                    ask.own * part + other
                };
            }
        }
        let all = self.mosts[begin..].chunks(count.max(1));
        for (top, own) in tops.iter_mut().zip(all) {
            *top = greatest(own);
        }
    }

    /// Collects the answers of a line at one level into the pool; `first` is the most promising, `begin` where its
    /// survey begins. Returns the best gain.
    pub(super) fn collect(
        &mut self,
        asked: &Asked<'m>,
        level: usize,
        begin: usize,
        first: usize,
    ) -> f64 {
        let model = self.dual.model;
        let line = &model.lines[asked.at];
        if line.is_locked() {
            let answer = self.locked(asked)[level];
            if answer.gain > f64::NEG_INFINITY {
                self.pool.push(answer);
            }
            return answer.gain;
        }
        let edges = &model.edges[model.edges_of(asked.at)];
        let mut best = if level == 0 { 0.0 } else { f64::NEG_INFINITY };
        let Some(&promising) = edges.get(first) else {
            return best;
        };
        let far = asked.far;
        let mosts = std::mem::take(&mut self.mosts);
        let mut pool = std::mem::take(&mut self.pool);
        let own = &mosts[begin + level * edges.len()..][..edges.len()];
        // The most promising goes first, so that the bar is high at once.
        if own[first] > best - far {
            best = self.answer(asked, promising, level, best, &mut pool);
            for ((k, &edge), &most) in edges.iter().enumerate().zip(own) {
                if most > best - far && k != first {
                    best = self.answer(asked, edge, level, best, &mut pool);
                }
            }
        }
        (self.mosts, self.pool) = (mosts, pool);
        best
    }

    /// The one answer of a locked line at each level.
    fn locked(&self, asked: &Asked) -> [Entry; OPTIONS] {
        let model = self.dual.model;
        let line = &model.lines[asked.at];
        let mut out = [Entry {
            gain: f64::NEG_INFINITY,
            qty: 0.0,
            row: 0,
            own: asked.own,
            level: 0,
        }; OPTIONS];
        let Some(lock) = model.lock_of(asked.at) else {
            return out;
        };
        let index = model.row_of(lock.edge as usize);
        let qty = f64::from(lock.qty);
        let lots = (qty, qty, f64::from(model.rows[index].step));
        let offered = Offered::new(
            model,
            &asked.ask,
            (asked.at, lock.edge),
            self.y[index],
            lots,
        );
        weigh(
            model,
            &asked.ask,
            offered,
            line.is_packed(),
            |level, answer| {
                out[level] = Entry {
                    gain: answer.gain,
                    qty,
                    row: index as u32,
                    own: asked.own,
                    level: level as u16,
                };
            },
        );
        out
    }

    /// Adds the answer of one edge at one level to the pool if it is in reach; returns the best gain now.
    #[inline]
    fn answer(
        &self,
        asked: &Asked,
        edge: u32,
        level: usize,
        best: f64,
        pool: &mut Vec<Entry>,
    ) -> f64 {
        let model = self.dual.model;
        let Asked { ask, far, .. } = asked;
        let line = &model.lines[asked.at];
        let row = &self.quick[(edge >> 1) as usize];
        let lot = &self.dual.lots[(edge >> 1) as usize];
        let (fit, inverse) = model.fit_pair(line, edge, row.start);
        let price = row.price + asked.add + row.unit * ask.remote;
        let mut fixed = row.fixed;
        if line.is_accepted() && model.is_kept(asked.at, lot.offer) {
            fixed -= model.bonus(asked.at);
        }
        let top = if lot.step == 1 {
            line.qty.min(lot.top)
        } else {
            line_top(line.qty, !line.is_multi(), lot.step, lot.top)
        };
        let lots = (f64::from(lot.lo), f64::from(top), f64::from(lot.step));
        let target = if price < 0.0 {
            lots.1
        } else {
            ask.unrounded(fit, price * ask.qty * inverse).1 * ask.qty * inverse
        };
        let (mut gain, mut qty) = ask.round(fit, price, target, lots);
        if level > 0 {
            let theta = model.levels[level - 1].0;
            if fit * lesser(lots.1, ask.qty) * ask.per_qty < theta - 0.95e-9 {
                return best;
            }
            let least = lesser(greater(ask.least(inverse, theta, lots.2), lots.0), lots.1);
            if qty < least {
                // Concave: beyond the best quantity less is better.
                (gain, qty) = (ask.earned(fit, least) - price * least, least);
            }
        }
        let gain = gain - fixed;
        if gain > best - far {
            pool.push(Entry {
                gain,
                qty,
                row: edge >> 1,
                own: asked.own,
                level: level as u16,
            });
        }
        greater(best, gain)
    }
}
