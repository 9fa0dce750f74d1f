//! The nouns of the library.

use crate::licence::{Duty, Licence, Use, gate, licence};
use base::{Actor, Id, Moment, Names, Refusal, Role};

/// Where a resource stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Being written; a school's own material may be used there already.
    Draft,
    /// Waits for a reviewer.
    Proposed,
    /// In the national library.
    Approved,
    /// Came back with reasons.
    Returned,
    /// No longer to be used.
    Withdrawn,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Proposed,
        Self::Approved,
        Self::Returned,
        Self::Withdrawn,
    ];
    /// Every code, for filters.
    pub const CODES: &'static [&'static str] =
        &["draft", "proposed", "approved", "returned", "withdrawn"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Returned => "returned",
            Self::Withdrawn => "withdrawn",
        }
    }
    /// The standing of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Something to teach or learn with.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    pub id: Id,
    /// "KE-R-000123".
    pub code: String,
    pub country: String,
    pub number: i64,
    /// The school whose own material it is.
    pub school: Option<Id>,
    /// The title, by language.
    pub names: Names,
    /// What it is, in a few words.
    pub about: Option<Names>,
    pub langs: Vec<String>,
    /// The code of a `formats::Kind`.
    pub kind: String,
    pub subject: String,
    pub grades: (i64, i64),
    pub competencies: Vec<Id>,
    pub licence: String,
    /// What the owner's letter allows, where the licence is one; what a country's licence allows, where it is that.
    pub permits: Vec<Use>,
    /// What a country's licence asks.
    pub duties: Vec<Duty>,
    /// Who gave the permission, when, and under what reference.
    pub permission: Option<String>,
    /// The authors as printed.
    pub credit: String,
    pub source: String,
    /// Resources of one series are one work in several languages.
    pub series: Option<String>,
    pub based_on: Option<Id>,
    /// LRMI access modes and features.
    pub accessibility: Vec<String>,
    pub reading_level: Option<i64>,
    pub minutes: Option<i64>,
    pub standing: Standing,
    pub recommended: bool,
    /// Bytes of all renditions.
    pub bytes: i64,
    /// Why it came back or was withdrawn.
    pub reason: Option<String>,
    pub made_by: Option<Id>,
    pub made_at: Moment,
    pub decided_by: Option<Id>,
    pub decided_at: Option<Moment>,
    pub changed_at: Moment,
    pub version: i64,
}

impl Resource {
    /// What may be done with it, the owner's letter read.
    pub fn licensed(&self) -> Licence {
        licence(&self.licence)
            .map(|known| known.with_letter(&self.permits))
            .unwrap_or_else(|| Licence::of_terms(&self.licence, &self.permits, &self.duties))
    }
    /// Lets a use through or says why not.
    ///
    /// # Errors
    /// The reason: withdrawn, or the licence.
    pub fn may(&self, what: Use) -> Result<(), Refusal> {
        if self.standing == Standing::Withdrawn {
            return Err(Refusal::whole("resource-gate-withdrawn"));
        }
        gate(&self.licensed(), what)
    }
    /// Whether lessons of that school, or of the nation when none is given, may use it.
    pub fn is_usable(&self, school: Option<Id>) -> bool {
        let there = match self.standing {
            Standing::Withdrawn => false,
            Standing::Approved => true,
            Standing::Draft | Standing::Proposed | Standing::Returned => {
                self.school.is_some() && self.school == school
            }
        };
        there && self.may(Use::Show).is_ok()
    }
}

/// A form of a resource: its text, its print, its sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendition {
    pub id: Id,
    pub resource: Id,
    /// One of [`CHANNELS`].
    pub channel: String,
    pub name: String,
    pub mime: String,
    pub bytes: i64,
    pub hash: String,
    pub lang: Option<String>,
    pub seconds: Option<i64>,
}

/// What a rendition is for.
pub const CHANNELS: &[&str] = &[
    "text",
    "print",
    "audio",
    "video",
    "image",
    "subtitles",
    "package",
    "original",
    "asset",
];

/// Access modes and features as LRMI names them.
pub const ACCESSIBILITY: &[&str] = &[
    "textual",
    "visual",
    "auditory",
    "tactile",
    "alternative_text",
    "captions",
    "transcript",
    "audio_description",
    "sign_language",
    "large_print",
    "braille",
    "read_aloud",
    "no_flashing",
];

/// What is known of a resource before it is kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct New {
    pub country: String,
    pub school: Option<Id>,
    pub names: Names,
    pub about: Option<Names>,
    pub langs: Vec<String>,
    pub kind: String,
    pub subject: String,
    pub grades: (i64, i64),
    pub competencies: Vec<Id>,
    pub licence: String,
    pub permits: Vec<Use>,
    pub duties: Vec<Duty>,
    pub permission: Option<String>,
    pub credit: String,
    pub source: String,
    pub series: Option<String>,
    pub based_on: Option<Id>,
    pub accessibility: Vec<String>,
    pub reading_level: Option<i64>,
    pub minutes: Option<i64>,
    /// Its forms, the text one first.
    pub renditions: Vec<NewRendition>,
    /// The plain text searched.
    pub text: String,
}

/// A form of a resource before it is kept; its bytes are with [`files::Files`] already.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NewRendition {
    pub channel: String,
    pub name: String,
    pub mime: String,
    pub bytes: i64,
    pub hash: String,
    pub lang: Option<String>,
    pub seconds: Option<i64>,
}

/// Whether the actor may see the resource at all.
pub fn may_see(resource: &Resource, actor: Option<&Actor>) -> bool {
    let published = resource.decided_by.is_some()
        && matches!(resource.standing, Standing::Approved | Standing::Withdrawn);
    if published {
        return true;
    }
    let Some(actor) = actor else { return false };
    let at_school = resource.school.is_some_and(|school| {
        let roles = [
            Role::SchoolHead,
            Role::Teacher,
            Role::Learner,
            Role::Guardian,
        ];
        roles.iter().any(|role| actor.is_for(*role, school))
    });
    let reviews = [
        Role::LearningOfficer,
        Role::ResourceReviewer,
        Role::AuthoritySignatory,
    ];
    let national = reviews
        .iter()
        .any(|role| actor.is_in(*role, &resource.country))
        && (resource.school.is_none() || resource.standing != Standing::Draft);
    at_school || national || resource.made_by == Some(actor.account)
}

/// A page of a resource's text: a title and a small safe subset of HTML.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TextPage {
    pub title: String,
    pub html: String,
}
