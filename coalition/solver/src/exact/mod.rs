//! Small instances to the end: branch and cut over a programme of whole numbers, with the search to make plans of its points.

mod cuts;
mod factor;
mod form;
mod node;
mod simplex;
mod tree;

use crate::dual::Dual;
use crate::model::Model;
use crate::plan::Plan;
use form::Form;
use std::collections::BTreeMap;
use tree::{Listener, Offered, Tree};

/// More edges than this are left to prices alone.
pub(crate) const EDGES_MAX: usize = 12_000;

/// What the tree proved, in points of the rival part.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Proof {
    pub(crate) bound: f64,
    /// Entries touched.
    pub(crate) work: u64,
}

/// How far to go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Goal {
    /// Points of the gap that do not matter.
    pub(crate) tolerance: f64,
    /// Entries the programme may touch.
    pub(crate) work: u64,
}

/// Of what does not matter, the part the roots may close by.
const ROOT_SHARE: f64 = 0.1;
/// The part shared out later; the rest is for rounding.
const SHARED: f64 = 0.97;

struct Ear<'e, 'b, 'd, 'm, 'i> {
    plan: &'e mut Plan<'d, 'm, 'i>,
    blocks: &'e [u32],
    value: f64,
    constant: f64,
    improve: &'e mut Improve<'b, 'd, 'm, 'i>,
    goes_on: &'e mut dyn FnMut() -> bool,
}

/// Makes some blocks of a plan better.
pub(crate) type Improve<'e, 'd, 'm, 'i> = dyn FnMut(&mut Plan<'d, 'm, 'i>, &[u32]) + 'e;

fn worth(plan: &Plan, blocks: &[u32]) -> f64 {
    blocks.iter().map(|&b| plan.block_value(b as usize)).sum()
}

impl Listener for Ear<'_, '_, '_, '_, '_> {
    fn found(&mut self, quantities: Offered, is_whole: bool) -> f64 {
        let mut plan = self.plan.clone();
        let mut taken = Vec::new();
        for &block in self.blocks {
            plan.take_block(block as usize, &mut taken);
        }
        plan.put_amounts(quantities, self.blocks);
        if is_whole && worth(&plan, self.blocks) > self.value {
            self.value = worth(&plan, self.blocks);
            *self.plan = plan.clone();
        }
        (self.improve)(&mut plan, self.blocks);
        if worth(&plan, self.blocks) > self.value {
            self.value = worth(&plan, self.blocks);
            *self.plan = plan;
        }
        self.constant - self.value
    }

    fn used(&self) -> Vec<u32> {
        let lines = self
            .blocks
            .iter()
            .flat_map(|&b| self.plan.model.block(b as usize));
        lines
            .flat_map(|at| self.plan.picks(at))
            .map(|p| p.edge)
            .collect()
    }

    fn goes_on(&mut self) -> bool {
        (self.goes_on)()
    }
}

/// Proves how good any plan can be, and makes `plan` better on the way.
pub(crate) fn solve<'d, 'm, 'i>(
    dual: &'d Dual<'m, 'i>,
    plan: &mut Plan<'d, 'm, 'i>,
    goal: Goal,
    improve: &mut Improve<'_, 'd, 'm, 'i>,
    tell: &mut dyn FnMut(f64, f64) -> bool,
) -> Proof {
    let model: &Model = dual.model;
    let locked = Plan::new(dual);
    let parts = parts(model);
    let tolerance = ROOT_SHARE * goal.tolerance / parts.len().max(1) as f64;
    let mut trees: Vec<Tree> = Vec::new();
    let mut bound;
    for blocks in &parts {
        let form = Form::new(model, &locked, blocks);
        let (constant, value) = (form.constant, worth(plan, blocks));
        let mut tree = Tree::new(form, constant - value, tolerance);
        tree.work_max = goal.work;
        let known = plan.value();
        let mut ear = Ear {
            plan: &mut *plan,
            blocks,
            value,
            constant,
            improve: &mut *improve,
            goes_on: &mut || tell(known, f64::INFINITY),
        };
        tree.start(&mut ear);
        trees.push(tree);
    }
    let gap = |tree: &Tree| tree.reached() - tree.proven();
    loop {
        bound = plan.value() + trees.iter().map(gap).sum::<f64>();
        let work: u64 = trees.iter().map(Tree::work).sum();
        let value = plan.value();
        if bound - value <= goal.tolerance || work > goal.work || !tell(value, bound) {
            break;
        }
        // Where most is left to prove for the work it takes.
        let mut widest = None;
        for (at, tree) in trees.iter().enumerate().filter(|(_, tree)| !tree.is_done()) {
            let promise = gap(tree) / (tree.branching() + 1) as f64;
            if widest.is_none_or(|(most, _)| promise > most) {
                widest = Some((promise, at));
            }
        }
        let Some((_, at)) = widest else { break };
        let stakes: Vec<Stake> = trees.iter().map(Stake::of).collect();
        for (tree, share) in trees.iter_mut().zip(shares(&stakes, goal.tolerance)) {
            tree.tolerance = share;
        }
        let known = value;
        let (constant, value) = (trees[at].constant(), worth(plan, &parts[at]));
        let mut ear = Ear {
            plan: &mut *plan,
            blocks: &parts[at],
            value,
            constant,
            improve: &mut *improve,
            goes_on: &mut || tell(known, bound),
        };
        trees[at].advance(&mut ear, 8);
    }
    let work = trees.iter().map(Tree::work).sum();
    Proof { bound, work }
}

/// What a tree may still leave open.
#[derive(Debug, Clone, Copy)]
struct Stake {
    /// Points it has left open for good: all of its gap once it is done.
    settled: f64,
    /// Entries its branching took; none once it is done.
    branching: Option<u64>,
}

impl Stake {
    fn of(tree: &Tree) -> Self {
        let is_done = tree.is_done();
        Stake {
            settled: if is_done {
                tree.reached() - tree.proven()
            } else {
                tree.waived()
            },
            branching: (!is_done).then(|| tree.branching()),
        }
    }

    fn weight(&self) -> f64 {
        self.branching.map_or(0.0, |entries| (entries + 1) as f64)
    }
}

/// What does not matter in the whole is shared out among the trees still open, most to those that take most work.
fn shares(stakes: &[Stake], tolerance: f64) -> Vec<f64> {
    let settled: f64 = stakes.iter().map(|s| s.settled).sum();
    let rest = (SHARED * tolerance - settled).max(0.0);
    let work: f64 = stakes.iter().map(Stake::weight).sum();
    let share = |s: &Stake| s.settled + rest * s.weight() / work.max(1.0);
    stakes.iter().map(share).collect()
}

/// Blocks that share a row, a floor or a cap, directly or through others; the smallest parts first.
fn parts(model: &Model) -> Vec<Vec<u32>> {
    let (caps, floors) = (model.rows.len(), model.rows.len() + model.cap_room.len());
    let mut root: Vec<usize> = (0..floors + model.instance.meta.categories.len()).collect();
    fn find(root: &mut [usize], mut at: usize) -> usize {
        while root[at] != at {
            root[at] = root[root[at]];
            at = root[at];
        }
        at
    }
    let is_bound = |category: u8| {
        model
            .floors
            .iter()
            .any(|f| f.category == usize::from(category))
    };
    let mut anchor = vec![usize::MAX; model.blocks()];
    for (block, anchor) in anchor.iter_mut().enumerate() {
        for at in model.block(block) {
            let line = &model.lines[at];
            let edges = model.edges_of(at);
            if edges.is_empty() {
                continue;
            }
            let shared = edges
                .map(|e| model.row_of(e))
                .chain([caps + model.cap_at(line)])
                .chain(is_bound(line.category).then_some(floors + usize::from(line.category)));
            for row in shared {
                let own = find(&mut root, row);
                if *anchor == usize::MAX {
                    *anchor = own;
                } else {
                    let first = find(&mut root, *anchor);
                    root[own.max(first)] = own.min(first);
                    *anchor = own.min(first);
                }
            }
        }
    }
    let mut parts: BTreeMap<usize, (usize, Vec<u32>)> = BTreeMap::new();
    for (block, &own) in anchor.iter().enumerate().filter(|(_, a)| **a != usize::MAX) {
        let part = parts.entry(find(&mut root, own)).or_default();
        part.0 += model
            .block(block)
            .map(|at| model.edges_of(at).len())
            .sum::<usize>();
        part.1.push(block as u32);
    }
    let mut list: Vec<(usize, Vec<u32>)> = parts.into_values().collect();
    list.sort();
    list.into_iter().map(|(_, blocks)| blocks).collect()
}

/// Sixty lines with some of everything.
#[cfg(test)]
fn sixty() -> crate::instance::Instance {
    crate::text::read_instance(
        include_str!("../../tests/data/n60/meta.json"),
        include_str!("../../tests/data/n60/needs.csv"),
        include_str!("../../tests/data/n60/offers.csv"),
        include_str!("../../tests/data/n60/prior.csv"),
    )
    .unwrap()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    #[test]
    fn what_trees_may_leave_open_never_adds_up_to_more_than_is_allowed() {
        let mut random = Random::new(3);
        for _ in 0..2_000 {
            let count = 1 + random.below(9);
            let tolerance = 100.0 * random.unit();
            // Each tree has settled within the share it had.
            let mut room = 0.97 * tolerance;
            let stakes: Vec<Stake> = (0..count)
                .map(|_| {
                    let settled = room * random.unit();
                    room -= settled;
                    let branching = (random.below(3) > 0).then(|| random.below(1 << 30) as u64);
                    Stake { settled, branching }
                })
                .collect();
            let shares = shares(&stakes, tolerance);
            assert!(shares.iter().sum::<f64>() <= tolerance);
            assert!(shares.iter().zip(&stakes).all(|(own, s)| *own >= s.settled));
            let is_open = stakes.iter().any(|s| s.branching.is_some());
            assert!(!is_open || shares.iter().sum::<f64>() > 0.96 * tolerance);
        }
    }

    #[test]
    fn nothing_is_left_to_share_once_too_much_is_settled() {
        let settled = |settled, branching| Stake { settled, branching };
        let shares = shares(&[settled(8.0, None), settled(3.0, Some(5))], 10.0);
        assert_eq!(shares, [8.0, 3.0]);
    }
}
