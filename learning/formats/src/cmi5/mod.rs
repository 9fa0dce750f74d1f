//! cmi5 course structures.

mod parse;
mod rules;

pub use parse::course;
pub(crate) use parse::{read, read_structure};

use crate::item::Text;

/// A course: its blocks and assignable units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    pub id: String,
    pub title: Text,
    pub description: Text,
    pub objectives: Vec<Objective>,
    pub children: Vec<Node>,
}

/// An objective that units and blocks name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Objective {
    pub id: String,
    pub title: Text,
    pub description: Text,
}

/// A part of a course.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Block(Block),
    Unit(Unit),
}

/// A group of units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    pub id: String,
    pub title: Text,
    pub description: Text,
    /// Ids of objectives.
    pub objectives: Vec<String>,
    pub children: Vec<Node>,
}

/// An assignable unit: what is launched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unit {
    /// The publisher's id, an IRI.
    pub id: String,
    pub title: Text,
    pub description: Text,
    pub objectives: Vec<String>,
    /// Where it starts: fully qualified, or a file of the package with its query.
    pub url: String,
    pub launch_parameters: Option<String>,
    pub entitlement_key: Option<String>,
    pub move_on: MoveOn,
    /// Between 0 and 1.
    pub mastery_score: Option<f64>,
    /// A window of its own is asked for.
    pub own_window: bool,
    pub activity_type: Option<String>,
}

/// When a unit counts as done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MoveOn {
    #[default]
    NotApplicable,
    Passed,
    Completed,
    CompletedAndPassed,
    CompletedOrPassed,
}

impl MoveOn {
    /// As the course structure writes it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotApplicable => "NotApplicable",
            Self::Passed => "Passed",
            Self::Completed => "Completed",
            Self::CompletedAndPassed => "CompletedAndPassed",
            Self::CompletedOrPassed => "CompletedOrPassed",
        }
    }
    /// The value of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [
            Self::NotApplicable,
            Self::Passed,
            Self::Completed,
            Self::CompletedAndPassed,
            Self::CompletedOrPassed,
        ]
        .into_iter()
        .find(|value| value.code() == code)
    }
}

impl Course {
    /// Every unit in the order of the course, with the ids of the blocks above it, outermost first.
    pub fn units(&self) -> Vec<(Vec<&str>, &Unit)> {
        fn walk<'a>(nodes: &'a [Node], above: &[&'a str], out: &mut Vec<(Vec<&'a str>, &'a Unit)>) {
            for node in nodes {
                match node {
                    Node::Unit(unit) => out.push((above.to_vec(), unit)),
                    Node::Block(block) => {
                        let mut inside = above.to_vec();
                        inside.push(&block.id);
                        walk(&block.children, &inside, out);
                    }
                }
            }
        }
        let mut out = Vec::new();
        walk(&self.children, &[], &mut out);
        out
    }
}
