//! Branch and cut: cuts at the root, then the most promising part first, until what is open cannot matter.

mod below;
mod branch;
mod near;
mod root;

use near::Near;

use super::cuts::WHOLE;
use super::form::{Form, Meaning};
use super::node::{Change, Choice, Key, Node, Path};
use super::simplex::Outcome;
use crate::random::Random;
use std::collections::{BTreeMap, BinaryHeap};
use std::rc::Rc;

/// Goes on below a node while its bound is within this share of the way to the limit.
const PLUNGE: f64 = 0.1;
const DIVE_EVERY: u64 = 20;
/// Strong branching: trials per candidate and candidates per node.
pub(super) const TRIAL_ITERATIONS: u64 = 30;
const RELIABLE: u32 = 8;
const TRIALS_MAX: usize = 100;
const TRIALS_IDLE_MAX: usize = 20;
/// Of what a tree may leave open, the part that narrowing its boxes may use up; the rest is for its leaves.
const NARROW_SHARE: f64 = 0.5;

/// Mean loss per unit of distance when branching.
#[derive(Debug, Clone, Copy, Default)]
struct Loss {
    sum: [f64; 2],
    count: [u32; 2],
}

/// A candidate plan: (line, edge, share used, units), and whether it is whole.
pub(super) type Offered<'a> = &'a [(u32, u32, f64, f64)];

/// Who listens: takes candidate plans and says the best cost known; is asked whether to go on.
pub(super) trait Listener {
    /// Returns the least cost reached so far.
    fn found(&mut self, quantities: Offered, is_whole: bool) -> f64;
    /// Edges the best plan uses.
    fn used(&self) -> Vec<u32>;
    fn goes_on(&mut self) -> bool;
}

pub(super) struct Tree<'f, 'd, 'm, 'i> {
    form: Form<'f, 'd, 'm, 'i>,
    open: BinaryHeap<Node>,
    next: Option<(Node, bool)>,
    /// Least cost proven, but for what is closed because it cannot matter.
    bound: f64,
    /// Bound of what was given up.
    lost: f64,
    is_done: bool,
    /// Costs from here on are of no interest.
    reached: f64,
    /// Nodes within this much of the best plan are closed.
    pub(super) tolerance: f64,
    /// Least bound of what was closed early.
    closed: f64,
    losses: BTreeMap<Key, Loss>,
    /// The boxes that hold in the whole tree, once the root is done.
    global: (Vec<f64>, Vec<f64>),
    /// What the root proved, and the reduced costs of what can still be narrowed.
    told: (f64, Vec<(usize, f64)>),
    first_cut: usize,
    /// Cuts that may still be made below the root.
    cuts_left: usize,
    /// Branching alone has been found to gain too little.
    is_wide: bool,
    pub(super) nodes: u64,
    root_work: u64,
    ids: u64,
    changed: Vec<u32>,
    /// Nodes of a tree that only looks near the best plan; None for the tree that proves.
    nodes_max: Option<u64>,
    /// Entries the root may touch; what is left then is left to branching.
    pub(super) work_max: u64,
    random: Random,
    /// Entries touched near the best plan.
    aside: u64,
    next_aside: u64,
    pops: u64,
    dive: u32,
}

impl<'f, 'd, 'm, 'i> Tree<'f, 'd, 'm, 'i> {
    pub(super) fn new(form: Form<'f, 'd, 'm, 'i>, reached: f64, tolerance: f64) -> Self {
        let first_cut = form.lp.size();
        Tree {
            form,
            open: BinaryHeap::new(),
            next: None,
            bound: f64::NEG_INFINITY,
            lost: f64::INFINITY,
            is_done: false,
            reached,
            tolerance,
            closed: f64::INFINITY,
            losses: BTreeMap::new(),
            global: (Vec::new(), Vec::new()),
            told: (f64::INFINITY, Vec::new()),
            first_cut,
            cuts_left: first_cut,
            is_wide: false,
            nodes: 0,
            root_work: 0,
            ids: 0,
            changed: Vec::new(),
            nodes_max: None,
            work_max: u64::MAX,
            random: Random::new(7),
            aside: 0,
            next_aside: 0,
            pops: 0,
            dive: 1,
        }
    }

    /// Least cost proven for the whole.
    pub(super) fn proven(&self) -> f64 {
        self.bound.min(self.closed).min(self.reached)
    }

    /// Entries touched since branching began.
    pub(super) fn branching(&self) -> u64 {
        self.work() - self.root_work
    }

    /// What was closed early may be better than the best plan by this much.
    pub(super) fn waived(&self) -> f64 {
        (self.reached - self.closed).max(0.0)
    }

    pub(super) fn reached(&self) -> f64 {
        self.reached
    }

    pub(super) fn constant(&self) -> f64 {
        self.form.constant
    }

    pub(super) fn is_done(&self) -> bool {
        self.is_done
    }

    /// Entries touched so far.
    pub(super) fn work(&self) -> u64 {
        self.form.lp.work + self.aside
    }

    fn limit(&self) -> f64 {
        self.reached - self.tolerance
    }

    /// The programme with its cuts, before any branching.
    pub(super) fn start(&mut self, ear: &mut dyn Listener) {
        self.form.lp.refresh();
        let outcome = self.form.lp.solve(f64::INFINITY, 1_000_000);
        self.bound = self.form.lp.proven();
        if outcome != Outcome::Optimal {
            self.is_done = true;
            return;
        }
        self.root(ear);
        self.root_work = self.work();
        self.is_done |= self.proven() >= self.limit();
        self.remember();
        let root = Node {
            bound: self.bound,
            depth: 0,
            id: 0,
            stand: Rc::new(self.form.lp.stand()),
            path: None,
            from: None,
        };
        self.next = Some((root, false));
    }

    fn offer(&mut self, ear: &mut dyn Listener, is_whole: bool) {
        let quantities = self.form.quantities();
        self.reached = self.reached.min(ear.found(&quantities, is_whole));
    }

    /// Looks at some more nodes, the most promising first.
    pub(super) fn advance(&mut self, ear: &mut dyn Listener, nodes: u64) {
        let end = self.nodes + nodes;
        let mut narrowed = f64::INFINITY;
        while !self.is_done && self.nodes < end {
            let Some((node, is_here)) = self
                .next
                .take()
                .or_else(|| self.open.pop().map(|n| (n, false)))
            else {
                self.is_done = true;
                break;
            };
            if node.bound >= self.limit() {
                // The best of the open ones has come up: none of them matters.
                self.closed = self.closed.min(node.bound);
                self.is_done = !is_here;
                continue;
            }
            self.nodes += 1;
            if self.reached < narrowed {
                narrowed = self.reached;
                self.narrow_all();
            }
            if self.nodes_max.is_none()
                && self.nodes >= self.next_aside
                && self.aside < self.form.lp.work / 2
            {
                self.next_aside = self.nodes + 40;
                let near = if self.nodes.is_multiple_of(3) {
                    Near::Agreed
                } else {
                    Near::Drawn
                };
                self.look_near(ear, near);
            }
            if !is_here {
                self.enter(&node);
            }
            match self.look(ear, &node) {
                Look::Closed => self.dive = 0,
                Look::Lost(bound) => self.lost = self.lost.min(bound),
                Look::Split(bound, choice) => {
                    let changes = self.reaches();
                    self.apply(&changes);
                    let path = Some(Rc::new(Path {
                        before: node.path.clone(),
                        changes,
                    }));
                    let (near, far) = self.children(&node, path, bound, choice);
                    self.open.push(far.0);
                    // Going on here is cheap; but what bounds the whole comes first, except when diving for plans.
                    let least = self.open.peek().map_or(bound, |n| n.bound.min(bound));
                    let is_dive = self.dive > 0;
                    if is_dive || bound <= least + PLUNGE * (self.limit() - least) {
                        self.apply(&near.1);
                        self.form.lp.revalue();
                        self.next = Some((near.0, true));
                    } else {
                        self.open.push(near.0);
                        self.pops += 1;
                        self.dive = u32::from(self.pops.is_multiple_of(DIVE_EVERY));
                    }
                }
            }
        }
        let here = self.next.as_ref().map_or(f64::INFINITY, |n| n.0.bound);
        let least = self
            .open
            .peek()
            .map_or(f64::INFINITY, |n| n.bound)
            .min(here);
        self.bound = self.bound.max(least.min(self.lost));
    }

    /// Takes on the bounds and the stand of a node.
    fn enter(&mut self, node: &Node) {
        for &col in &self.changed {
            let at = col as usize;
            self.form.lp.lower[at] = self.global.0[at];
            self.form.lp.upper[at] = self.global.1[at];
        }
        self.changed.clear();
        let mut chain = Vec::new();
        let mut path = node.path.clone();
        while let Some(step) = path {
            chain.push(step.clone());
            path = step.before.clone();
        }
        for step in chain.iter().rev() {
            self.apply(&step.changes);
        }
        self.form.lp.restore(&node.stand);
    }

    fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            let at = change.col as usize;
            let lp = &mut self.form.lp;
            lp.lower[at] = lp.lower[at].max(change.lower);
            lp.upper[at] = lp.upper[at].min(change.upper);
            self.changed.push(change.col);
        }
    }

    fn look(&mut self, ear: &mut dyn Listener, node: &Node) -> Look {
        let limit = self.limit();
        let mut outcome = self.form.lp.solve(limit, 5_000);
        if outcome == Outcome::Stopped {
            self.form.lp.restart();
            outcome = self.form.lp.solve(limit, 10_000);
        }
        let bound = match outcome {
            Outcome::Impossible => f64::INFINITY,
            _ => self.form.lp.proven().max(node.bound),
        };
        if let Some((key, is_up, distance, before)) = node.from {
            let gain = (bound.min(limit) - before).max(0.0);
            self.learn(key, is_up, gain / distance.max(1e-6));
        }
        if bound >= limit {
            self.closed = self.closed.min(bound);
            return Look::Closed;
        }
        if outcome == Outcome::Stopped {
            return Look::Lost(bound);
        }
        let mut bound = bound;
        if outcome == Outcome::Beyond {
            // Moved costs passed the limit, true ones did not: go on without a limit.
            match self.form.lp.solve(f64::INFINITY, 5_000) {
                Outcome::Impossible => return Look::Closed,
                Outcome::Optimal => bound = bound.max(self.form.lp.proven()),
                _ => return Look::Lost(bound),
            }
            if bound >= limit {
                self.closed = self.closed.min(bound);
                return Look::Closed;
            }
        }
        bound = bound.max(self.cut_below(node.depth));
        if bound >= limit {
            self.closed = self.closed.min(bound);
            return Look::Closed;
        }
        let choices = self.choices();
        if choices.is_empty() {
            self.offer(ear, true);
            let point = self.form.lp.proven();

            // What rounding leaves between the plan and the programme stays open.
            return if point >= self.limit() {
                self.closed = self.closed.min(point.max(bound));
                Look::Closed
            } else {
                Look::Lost(bound.max(point))
            };
        }
        if self.nodes % 32 == 1 {
            self.offer(ear, false);
        }
        match self.pick(choices) {
            Some(choice) => Look::Split(bound, choice),
            None => Look::Closed,
        }
    }

    fn children(
        &mut self,
        node: &Node,
        path: Option<Rc<Path>>,
        bound: f64,
        choice: Choice,
    ) -> ((Node, Vec<Change>), (Node, Vec<Change>)) {
        let stand = Rc::new(self.form.lp.stand());
        let Choice {
            key,
            below,
            above,
            down,
            up,
        } = choice;
        let mut make = |changes: &Vec<Change>, is_up: bool| {
            self.ids += 1;
            Node {
                bound,
                depth: node.depth + 1,
                id: self.ids,
                stand: stand.clone(),
                path: Some(Rc::new(Path {
                    before: path.clone(),
                    changes: changes.clone(),
                })),
                from: Some((key, is_up, if is_up { above } else { below }, bound)),
            }
        };
        let (lower, upper) = (make(&down, false), make(&up, true));
        if above <= below {
            ((upper, up), (lower, down))
        } else {
            ((lower, down), (upper, up))
        }
    }
}

enum Look {
    Closed,
    /// Not finished; its bound stays open.
    Lost(f64),
    Split(f64, Choice),
}
