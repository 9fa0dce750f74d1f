//! The nouns: frameworks and what they ask of learners.

use base::{Day, Id, Moment, Names};
use serde_json::Value;

/// What is taught, as codes; the words are `subject-…`.
pub const SUBJECTS: &[&str] = &[
    "mathematics",
    "language",
    "science",
    "social_studies",
    "life_skills",
    "arts",
    "physical_education",
    "religion",
    "technology",
    "vocational",
    "early_learning",
    "teacher_training",
    "other",
];

/// Grades run from 0, the year before school, to 13.
pub const GRADE_MAX: i64 = 13;

/// What an entry of a framework is, as codes; the words are `competency-kind-…`.
pub const KINDS: &[&str] = &[
    "strand",
    "sub_strand",
    "topic",
    "competency",
    "outcome",
    "value",
];

/// Where a framework or a scheme of work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Being written; nobody teaches by it.
    Draft,
    /// In force, and never changed again.
    Adopted,
    /// A later edition took its place.
    Superseded,
    /// Taken back, for a reason.
    Withdrawn,
}

impl Standing {
    /// Every standing, as codes.
    pub const CODES: &'static [&'static str] = &["draft", "adopted", "superseded", "withdrawn"];
    /// What strangers may see.
    pub const PUBLIC: &'static [&'static str] = &["adopted", "superseded", "withdrawn"];
    /// The code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Adopted => "adopted",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
        }
    }
    /// The standing of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [
            Self::Draft,
            Self::Adopted,
            Self::Superseded,
            Self::Withdrawn,
        ]
        .into_iter()
        .find(|standing| standing.code() == code)
    }
}

/// What a country decides that is learned in a subject.
#[derive(Clone, Debug)]
pub struct Framework {
    pub id: Id,
    pub country: String,
    pub names: Names,
    pub subject: String,
    /// The languages it is written in; the first is the one it is exchanged in.
    pub langs: Vec<String>,
    pub edition: i64,
    pub standing: Standing,
    pub supersedes: Option<Id>,
    pub creator: String,
    pub publisher: String,
    /// Where the official text lies.
    pub source: String,
    pub licence: String,
    pub description: String,
    /// What another program wrote beside it, kept for the next one.
    pub beside: Value,
    /// Everybody who had a hand in the draft.
    pub drafters: Vec<Id>,
    pub made_by: Option<Id>,
    pub made_at: Moment,
    pub changed_at: Moment,
    pub proposed_by: Option<Id>,
    pub proposed_at: Option<Moment>,
    /// Why the signatory sent it back.
    pub returned: Option<String>,
    pub adopted_by: Option<Id>,
    pub adopted_on: Option<Day>,
    /// The hash of everything in it on the day it was adopted.
    pub content_hash: Option<String>,
    pub ended_on: Option<Day>,
    pub reason: Option<String>,
    pub version: i64,
}

impl Framework {
    /// Whether strangers may see it.
    pub fn is_public(&self) -> bool {
        self.adopted_on.is_some()
    }
}

/// One entry of a framework: a strand, a topic, something a learner comes to be able to do.
#[derive(Clone, Debug)]
pub struct Competency {
    pub id: Id,
    pub framework: Id,
    /// As people write it; may be empty for headings.
    pub code: String,
    pub statement: Names,
    pub subject: String,
    pub grade_from: i64,
    pub grade_to: i64,
    pub parent: Option<Id>,
    pub sequence: i64,
    pub kind: String,
    pub notes: String,
    pub beside: Value,
    /// The entry of the edition before that this one was made from.
    pub based_on: Option<Id>,
    /// The id under which its place below its parent is exchanged.
    pub link: Id,
    pub changed_at: Moment,
    pub version: i64,
}

/// A relation of an entry to another, here or elsewhere.
#[derive(Clone, Debug)]
pub struct Association {
    pub id: Id,
    pub framework: Id,
    /// As CASE writes it: `precedes`, `exactMatchOf`, `replacedBy` …
    pub kind: String,
    pub origin: Id,
    pub destination: Option<Id>,
    pub origin_title: String,
    pub destination_title: String,
    /// Where the other end lies when it is not kept here.
    pub destination_uri: String,
    pub sequence: Option<i64>,
    pub notes: String,
    /// Joins two frameworks; may be added after adoption.
    pub crosswalk: bool,
    pub beside: Value,
    pub changed_at: Moment,
    pub version: i64,
}
