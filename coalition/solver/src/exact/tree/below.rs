//! Cuts below the root: made at some nodes, kept by every plan of the whole tree.

use super::*;

/// Cuts are made at nodes no deeper than this, and at one in so many others.
const DEPTH_MAX: u32 = 6;
const EVERY: u64 = 8;
const MOST: usize = 8;
/// When so many nodes have left a gap of so many times what may stay open, every node is cut, and more.
const WIDE_AFTER: u64 = 60;
const WIDE: f64 = 25.0;
const WIDE_ROUNDS: usize = 3;
const WIDE_MOST: usize = 16;

impl Tree<'_, '_, '_, '_> {
    /// Cuts at this node where that is likely to pay; the cost it proves here, if any.
    pub(super) fn cut_below(&mut self, depth: u32) -> f64 {
        let mut bound = f64::NEG_INFINITY;
        if self.nodes_max.is_some() {
            return bound;
        }
        self.is_wide |=
            self.nodes > WIDE_AFTER && self.reached - self.bound > WIDE * self.tolerance;
        let (rounds, most) = if self.is_wide {
            (WIDE_ROUNDS, WIDE_MOST)
        } else if depth <= DEPTH_MAX || self.nodes.is_multiple_of(EVERY) {
            (1, MOST)
        } else {
            return bound;
        };
        for _ in 0..rounds {
            if self.cuts_left == 0 || bound >= self.limit() {
                break;
            }
            let mut cuts = self.cuts();
            cuts.truncate(most.min(self.cuts_left));
            if cuts.is_empty() {
                break;
            }
            self.cuts_left -= cuts.len();
            cuts.iter().for_each(|cut| self.add(cut));
            match self.form.lp.solve(f64::INFINITY, 5_000) {
                Outcome::Impossible => return f64::INFINITY,
                Outcome::Optimal => bound = bound.max(self.form.lp.proven()),
                Outcome::Beyond | Outcome::Stopped => break,
            }
        }
        bound
    }

    /// The boxes that hold in the whole tree: at the root the present ones.
    pub(super) fn everywhere(&self) -> (&[f64], &[f64]) {
        if self.global.0.is_empty() {
            (&self.form.lp.lower, &self.form.lp.upper)
        } else {
            (&self.global.0, &self.global.1)
        }
    }

    /// Below the root: a variable that is new may be anything its box says, wherever it was made.
    pub(super) fn take_in(&mut self, col: usize) {
        if self.global.0.len() == col {
            self.global.0.push(self.form.lp.lower[col]);
            self.global.1.push(self.form.lp.upper[col]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::worth;
    use super::*;
    use crate::descent::Bound;
    use crate::dual::Dual;
    use crate::model::Model;
    use crate::pass::Outlook;
    use crate::plan::Plan;
    use crate::search::{Effort, Search, Wanters, construct};

    /// Knows no plan, so that nothing is closed because it cannot matter.
    struct Nobody(f64);

    impl Listener for Nobody {
        fn found(&mut self, _: Offered, _: bool) -> f64 {
            self.0
        }
        fn used(&self) -> Vec<u32> {
            Vec::new()
        }
        fn goes_on(&mut self) -> bool {
            true
        }
    }

    /// Leaves the programme nothing but this plan: what it costs then, if the rows and cuts allow it.
    fn cost_of(plan: &Plan, tree: &mut Tree) -> Option<f64> {
        let form = &mut tree.form;
        form.lp.lower.clone_from(&tree.global.0);
        form.lp.upper.clone_from(&tree.global.1);
        for &at in &form.lines {
            let picks = plan.picks(at);
            for e in form.model.edges_of(at) {
                let pick = picks.iter().find(|p| p.edge as usize == e);
                let row = &form.model.rows[form.model.row_of(e)];
                let qty_of = |col: u32| match form.meaning[col as usize] {
                    Meaning::Point { qty, .. } => Some(qty),
                    _ => None,
                };
                let is_known = |q: u32| form.points[e].iter().any(|&c| qty_of(c) == Some(q));
                for &col in &form.points[e] {
                    match (pick, form.meaning[col as usize]) {
                        (None, _) => form.lp.upper[col as usize] = 0.0,
                        (Some(pick), Meaning::Point { qty, .. }) => {
                            if qty != pick.qty && is_known(pick.qty) {
                                form.lp.upper[col as usize] = 0.0;
                            }
                        }
                        (Some(pick), Meaning::More { .. }) => {
                            let lots = f64::from((pick.qty - row.lo) / row.step);
                            form.lp.lower[col as usize] = lots;
                            form.lp.upper[col as usize] = lots;
                        }
                        (Some(_), _) => form.lp.lower[col as usize] = 1.0,
                    }
                }
            }
        }
        tree.form.lp.restart();
        let outcome = tree.form.lp.solve(f64::INFINITY, 100_000);
        (outcome == Outcome::Optimal).then(|| tree.form.lp.proven())
    }

    #[test]
    fn cuts_made_below_the_root_keep_every_plan() {
        let instance = crate::exact::sixty();
        let model = Model::new(&instance, 1);
        let dual = Dual::new(&model, 1);
        let locked = Plan::new(&dual);
        let blocks: Vec<u32> = (0..model.blocks() as u32).collect();
        let form = Form::new(&model, &locked, &blocks);
        let far = 1e9;
        let mut tree = Tree::new(form, far, 1.0);
        let mut nobody = Nobody(far);
        tree.start(&mut nobody);
        let at_root = tree.form.lp.size();
        tree.advance(&mut nobody, 200);
        assert!(tree.is_wide);
        assert!(tree.form.lp.size() > at_root + 20, "too few cuts to tell");

        let y = dual.first_guess();
        let wanters = Wanters::new(&dual);
        for seed in 0..40 {
            let Outlook { gains, drawn } = dual.outlook(&y, seed);
            let mut plan = construct(&dual, &y, &gains, &drawn);
            let effort = Effort {
                rounds: 20 * seed,
                threshold: 0.0,
            };
            Search::new(&mut plan, &y, &wanters, &gains, seed).run(effort, &mut |_| true);
            let value = worth(&plan, &blocks);
            let cost = cost_of(&plan, &mut tree).expect("a plan was cut off");
            let most = tree.form.constant - value;
            assert!(
                cost <= most + 1e-6 * value,
                "plan {seed} costs {most}, {cost} with cuts"
            );
        }
    }
}
