//! Lessons learnt, good and bad: written with a report, published by another person.

pub(crate) mod acts;
pub(crate) mod pages;
pub(crate) mod store;

use base::{Id, Moment, Names};

/// The codes of what a lesson tells of: what went well, what did not.
pub const LESSON_KINDS: [&str; 2] = ["good", "bad"];

/// A lesson learnt.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    pub id: Id,
    pub report: Id,
    pub deployment: Id,
    pub country: String,
    pub member: Id,
    /// One of [`LESSON_KINDS`].
    pub kind: String,
    /// Read by everybody once it is published.
    pub words: Names,
    pub written_by: Id,
    pub written_at: Moment,
    pub published_by: Option<Id>,
    pub published_at: Option<Moment>,
    pub version: i64,
}
