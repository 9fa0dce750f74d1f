//! The nouns: items with their place in the country, lessons, steps, units.

use base::{Id, Moment, Names};
use formats::item::{Item, Sounds, Text};

/// An item as the country or a school keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemRow {
    pub id: Id,
    pub country: String,
    /// The school that made it for itself; none for the country's.
    pub school: Option<Id>,
    /// Six letters and digits by which people name it, on paper too.
    pub code: String,
    pub item: Item,
    pub subject: String,
    pub grade: i64,
    pub competency: Option<Id>,
    pub licence: String,
    /// The authors as they are printed.
    pub credit: String,
    /// Where it was imported from.
    pub source: Option<String>,
    pub based_on: Option<Id>,
    /// A published lesson holds it: it never changes again.
    pub fixed: bool,
    pub withdrawn: bool,
    pub reason: Option<String>,
    pub made_by: Option<Id>,
    pub made_at: Moment,
    pub version: i64,
}

/// How far a lesson has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Draft,
    /// It never changes again.
    Published,
    /// A later edition stands in its place; what was assigned of it goes on.
    Superseded,
    Withdrawn,
}

impl Standing {
    /// The codes of all.
    pub const CODES: &'static [&'static str] = &["draft", "published", "superseded", "withdrawn"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
        }
    }
    /// The standing of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [
            Self::Draft,
            Self::Published,
            Self::Superseded,
            Self::Withdrawn,
        ]
        .into_iter()
        .find(|standing| standing.code() == code)
    }
}

/// What the country's reviewers say of a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Review {
    /// Nobody asked them.
    None,
    Proposed,
    Returned,
    Approved,
}

impl Review {
    /// The codes of all.
    pub const CODES: &'static [&'static str] = &["none", "proposed", "returned", "approved"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Proposed => "proposed",
            Self::Returned => "returned",
            Self::Approved => "approved",
        }
    }
    /// The review of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::None, Self::Proposed, Self::Returned, Self::Approved]
            .into_iter()
            .find(|review| review.code() == code)
    }
}

/// One edition of a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    pub id: Id,
    /// The first edition's id; all editions share it.
    pub series: Id,
    pub edition: i64,
    pub country: String,
    /// The school that made it for itself; none for the country's.
    pub school: Option<Id>,
    /// Six letters and digits by which people name it, on paper too.
    pub code: String,
    pub unit: Option<Id>,
    /// Its place in the unit.
    pub place: i64,
    pub names: Names,
    /// What the learner can do afterwards.
    pub goal: Names,
    /// BCP 47 codes of the languages it is whole in.
    pub langs: Vec<String>,
    pub subject: String,
    pub grade: i64,
    pub competencies: Vec<Id>,
    pub minutes: i64,
    /// Of the words written here; what it shows of others keeps its own.
    pub licence: String,
    pub credit: String,
    pub based_on: Option<Id>,
    pub standing: Standing,
    pub review: Review,
    /// Everybody may read it; else only its school, or those who work on it.
    pub for_all: bool,
    /// Why it was returned or withdrawn.
    pub reason: Option<String>,
    pub made_by: Option<Id>,
    pub made_at: Moment,
    pub published_by: Option<Id>,
    pub published_at: Option<Moment>,
    pub offered_by: Option<Id>,
    pub offered_at: Option<Moment>,
    pub reviewed_by: Option<Id>,
    pub reviewed_at: Option<Moment>,
    /// Steps ever made, so that a number is never given twice.
    pub steps_made: i64,
    pub version: i64,
}

/// One step of a lesson.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Stable within the lesson, whatever is put before it.
    pub number: i64,
    /// The order in which the learner meets it.
    pub place: i64,
    pub body: Body,
    /// For the teacher, in Markdown, by language.
    pub notes: Text,
    /// A text read out, by language; an item keeps its own.
    pub sounds: Sounds,
}

/// What a step holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    Text {
        /// As it was written, in Markdown.
        source: Text,
        /// The same, sanitised.
        html: Text,
    },
    Resource {
        resource: Id,
        /// One page of it, from 1; none means the whole.
        page: Option<i64>,
    },
    Item(Id),
}

impl Body {
    /// The code of the kind.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Resource { .. } => "resource",
            Self::Item(_) => "item",
        }
    }
}

/// Lessons that belong together, in their order.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    pub id: Id,
    pub country: String,
    pub school: Option<Id>,
    pub names: Names,
    pub subject: String,
    pub grade: i64,
    pub about: Names,
    pub version: i64,
}
