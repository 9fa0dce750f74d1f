//! Looks for better plans near the best one, by a small tree of its own.

use super::*;
use std::collections::BTreeSet;

/// Nodes of each look near the best plan.
const NEAR_NODES: u64 = 150;

/// What a look near takes as decided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Near {
    /// Where this point and the best plan agree.
    Agreed,
    /// The best plan, but for lines drawn by chance.
    Drawn,
    /// Where this point is whole.
    Whole,
}

impl Tree<'_, '_, '_, '_> {
    /// Looks for better plans where not everything is open.
    pub(super) fn look_near(&mut self, ear: &mut dyn Listener, near: Near) {
        let mut form = self.form.clone();
        let used: BTreeSet<u32> = ear.used().into_iter().collect();
        let mut fixed = 0;
        let mut all = 0;
        let share = 3 + self.random.below(4);
        for k in 0..form.lines.len() {
            let at = form.lines[k];
            let is_free = near == Near::Drawn && self.random.below(10) < share;
            for e in form.model.edges_of(at) {
                let y: f64 = form.points[e]
                    .iter()
                    .filter(|&&c| !matches!(form.meaning[c as usize], Meaning::More { .. }))
                    .map(|&c| form.lp.value(c as usize))
                    .sum();
                let is_used = match near {
                    Near::Whole => y > 0.5,
                    _ => used.contains(&(e as u32)),
                };
                if form.points[e].is_empty() {
                    continue;
                }
                all += 1;
                let away = (y - f64::from(u8::from(is_used))).abs();
                let is_open = match near {
                    Near::Agreed => away > 0.1,
                    Near::Drawn => is_free,
                    Near::Whole => away > 1e-3,
                };
                if is_open {
                    continue;
                }
                fixed += 1;
                for c in form.points[e].clone() {
                    let c = c as usize;
                    match (form.meaning[c], is_used) {
                        (_, false) => form.lp.upper[c] = form.lp.lower[c].max(0.0),
                        (Meaning::Use { .. }, true) => form.lp.lower[c] = form.lp.upper[c],
                        _ => {}
                    }
                }
            }
        }
        if fixed * 3 < all {
            return;
        }
        form.lp.refresh();
        let before = form.lp.work;
        let mut near = Tree::new(form, self.reached, self.tolerance * 0.2);
        near.nodes_max = Some(NEAR_NODES);
        near.start(ear);
        while !near.is_done && near.nodes < NEAR_NODES && ear.goes_on() {
            near.advance(ear, 16);
        }
        self.reached = self.reached.min(near.reached);
        self.aside += near.form.lp.work - before;
    }
}
