//! The nodes of the tree: what was branched on, and which goes first.

use super::simplex::Stand;
use std::cmp::Ordering;
use std::rc::Rc;

/// Something fractional, and the two ways out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Choice {
    pub(super) key: Key,
    /// How far from the lower and from the upper way.
    pub(super) below: f64,
    pub(super) above: f64,
    pub(super) down: Vec<Change>,
    pub(super) up: Vec<Change>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Edge(u32),
    Column(u32),
    Amount(u32),
}

/// New bounds of one variable.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Change {
    pub(super) col: u32,
    pub(super) lower: f64,
    pub(super) upper: f64,
}

impl Change {
    /// Nothing of it is left.
    pub(super) fn shut(col: u32) -> Self {
        Change {
            col,
            lower: f64::NEG_INFINITY,
            upper: 0.0,
        }
    }
}

pub(super) struct Node {
    /// Least cost proven below here.
    pub(super) bound: f64,
    pub(super) depth: u32,
    pub(super) id: u64,
    pub(super) stand: Rc<Stand>,
    pub(super) path: Option<Rc<Path>>,
    /// What branching led here: key, is up, distance, bound before.
    pub(super) from: Option<(Key, bool, f64, f64)>,
}

pub(super) struct Path {
    pub(super) before: Option<Rc<Path>>,
    pub(super) changes: Vec<Change>,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Node {}
impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Node {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .bound
            .total_cmp(&self.bound)
            .then(self.depth.cmp(&other.depth))
            .then(other.id.cmp(&self.id))
    }
}
