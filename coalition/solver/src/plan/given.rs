//! Takes over what was found elsewhere: a draw, an earlier plan, a point of a programme.

use super::{Plan, Taken};
use crate::instance::Delivery;
use crate::oracle::Answer;

impl Plan<'_, '_, '_> {
    /// Gives an empty block what was drawn for it, if there is still room for all of it.
    pub(crate) fn put_drawn(&mut self, block: usize, mine: &[Taken]) -> bool {
        if self.model.lines[self.model.block(block).start].is_multi() {
            return false;
        }
        let mut put = Vec::new();
        let mut is_whole = true;
        for t in mine {
            let answer = Answer {
                gain: 0.0,
                edge: t.edge,
                qty: t.qty,
            };
            is_whole = self.allows(t.line as usize, answer);
            if !is_whole {
                break;
            }
            self.put(t.line as usize, t.edge, t.qty);
            put.push(t.line as usize);
        }
        if !is_whole {
            let mut out = Vec::new();
            put.into_iter().for_each(|line| self.take(line, &mut out));
        }
        is_whole
    }

    /// Puts a delivery of an earlier plan if all rules but floors still allow it.
    pub(crate) fn put_earlier(&mut self, at: usize, d: &Delivery) {
        let model = self.model;
        let line = &model.lines[at];
        let picks = self.picks(at);
        if line.is_locked() || picks.len() >= usize::from(line.partners) {
            return;
        }
        let given: u32 = picks.iter().map(|p| p.qty).sum();
        let edge = model.edges_of(at).find(|&e| {
            let row = &model.rows[model.row_of(e)];
            (row.offer, row.period) == (d.offer, d.period)
                && !picks.iter().any(|p| p.edge as usize == e)
        });
        let Some(edge) = edge else { return };
        let row = &model.rows[model.row_of(edge)];
        let fits =
            d.qty >= row.lo && d.qty <= model.top(line, row) && d.qty.is_multiple_of(row.step);
        let within = !line.is_multi() || given + d.qty <= line.qty;
        if fits
            && within
            && self.allows(
                at,
                Answer {
                    gain: 0.0,
                    edge: edge as u32,
                    qty: d.qty,
                },
            )
        {
            self.put(at, edge as u32, d.qty);
        }
    }

    /// Fills an empty plan from (line, edge, share used, units), the most decided first; floors are settled afterwards.
    pub(crate) fn put_amounts(&mut self, amounts: &[(u32, u32, f64, f64)], among: &[u32]) {
        let model = self.model;
        let mut order: Vec<usize> = (0..amounts.len())
            .filter(|&k| amounts[k].2 >= 0.3)
            .collect();
        order.sort_by(|&a, &b| amounts[b].2.total_cmp(&amounts[a].2).then(a.cmp(&b)));
        self.is_loose = true;
        for k in order {
            let (line, edge, used, units) = amounts[k];
            let at = line as usize;
            let own = &model.lines[at];
            let picks = self.picks(at);
            if own.is_locked() || picks.len() >= usize::from(own.partners) {
                continue;
            }
            let row = &model.rows[model.row_of(edge as usize)];
            let step = f64::from(row.step);
            let given: u32 = picks.iter().map(|p| p.qty).sum();
            let mut most = self.left[model.row_of(edge as usize)].min(self.guarantee_room(own));
            if own.is_multi() {
                most = most.min(i64::from(own.qty) - i64::from(given));
            }
            let hi = i64::from(model.top(own, row))
                .min(most / i64::from(row.step) * i64::from(row.step));
            let wanted = ((units / used / step).round() * step) as i64;
            let qty = wanted.max(i64::from(row.lo)).min(hi);
            if qty >= i64::from(row.lo) {
                self.put(at, edge, qty as u32);
            }
        }
        self.is_loose = false;
        self.settle(among);
    }
}
