//! Agreements: what two parties promise each other about support in kind, and how it stands.

use base::{Day, Id, Lang, Moment, Names};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Deref;

/// What kind of instrument it is.
pub const KINDS: [&str; 4] = ["mou", "donation", "service", "licence"];

/// What a version of an agreement says, beside its schedule.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Terms {
    /// One of [`KINDS`].
    pub kind: String,
    pub title: Names,
    /// The languages it is set in; the same twice means one column.
    pub langs: (Lang, Lang),
    pub template: Id,
    /// A code of the catalogue's selection reasons.
    pub selection: String,
    /// Why this partner; shown to everybody.
    pub justification: String,
    pub free_until: Day,
    pub starts_on: Day,
    pub ends_on: Day,
    /// For each clause of sovereignty whether the country keeps that control.
    pub sovereignty: BTreeMap<String, bool>,
    /// The principles of data protection that bind the member.
    pub data_clauses: Vec<String>,
    /// What these parties agree beside the template, in the languages of the document.
    pub special: Names,
}

/// How the document in preparation stands, or what ended the agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Draft,
    UnderReview,
    ForSignature,
    Suspended,
    Terminated,
    Withdrawn,
}

impl Stage {
    const ALL: [Self; 6] = [
        Self::Draft,
        Self::UnderReview,
        Self::ForSignature,
        Self::Suspended,
        Self::Terminated,
        Self::Withdrawn,
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::UnderReview => "under_review",
            Self::ForSignature => "for_signature",
            Self::Suspended => "suspended",
            Self::Terminated => "terminated",
            Self::Withdrawn => "withdrawn",
        }
    }
    /// The stage of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

/// How an agreement stands on a day; what follows from signatures and dates is never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Draft,
    UnderReview,
    ForSignature,
    /// Every party has signed and its first day is still to come.
    Signed,
    InForce,
    Ended,
    Suspended,
    Terminated,
    Withdrawn,
}

impl Standing {
    /// The codes of all, for filters.
    pub const CODES: [&'static str; 9] = [
        "draft",
        "under_review",
        "for_signature",
        "signed",
        "in_force",
        "ended",
        "suspended",
        "terminated",
        "withdrawn",
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::UnderReview => "under_review",
            Self::ForSignature => "for_signature",
            Self::Signed => "signed",
            Self::InForce => "in_force",
            Self::Ended => "ended",
            Self::Suspended => "suspended",
            Self::Terminated => "terminated",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// An agreement: the terms that are valid, or the first ones while nobody has signed.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    pub id: Id,
    /// Such as `HN-2026-A-0001`.
    pub code: String,
    pub country: String,
    pub year: i64,
    pub serial: i64,
    /// The organisation that is the country's authority.
    pub authority: Id,
    /// The organisation that gives.
    pub member: Id,
    pub terms: Terms,
    pub service_classes: Vec<String>,
    pub stage: Stage,
    /// The document version these terms are from.
    pub number: i64,
    /// The highest number given to a version, whatever became of it.
    pub latest: i64,
    /// How the next version stands, while there is one.
    pub amendment: Option<Stage>,
    /// The day the last party signed.
    pub signed_on: Option<Day>,
    /// Derived for the day it was read.
    pub standing: Standing,
    /// Why it was suspended, terminated or withdrawn.
    pub reason: Option<String>,
    pub ended_on: Option<Day>,
    pub ended_by: Option<Id>,
    /// Whose decision it was; only that side takes a suspension back.
    pub ended_side: Option<Side>,
    /// The paper that ended it, as kept among the files.
    pub ended_paper: Option<String>,
    pub batch: Option<Id>,
    /// A party is an organisation of a demonstration.
    pub sample: bool,
    pub made_at: Moment,
    pub version: i64,
}

impl Deref for Agreement {
    type Target = Terms;
    fn deref(&self) -> &Terms {
        &self.terms
    }
}

impl Agreement {
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/agreements/{}", self.id)
    }
    /// Everybody may see it: it has been signed by all parties once.
    pub const fn is_public(&self) -> bool {
        self.signed_on.is_some()
    }
    /// The version in preparation and its stage; none when every version is signed or given up.
    pub const fn open(&self) -> Option<(i64, Stage)> {
        match (self.signed_on, self.amendment, self.stage) {
            (Some(_), Some(stage), _) => Some((self.latest, stage)),
            (None, _, stage @ (Stage::Draft | Stage::UnderReview | Stage::ForSignature)) => {
                Some((self.number, stage))
            }
            _ => None,
        }
    }
    /// The clauses of sovereignty it lacks; such an agreement is published and marked.
    pub fn lacking(&self) -> Vec<&str> {
        let lacking = self.terms.sovereignty.iter().filter(|(_, kept)| !**kept);
        lacking.map(|(code, _)| code.as_str()).collect()
    }
}

/// Whose decision something was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Authority,
    Member,
    Secretariat,
}

impl Side {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Member => "member",
            Self::Secretariat => "secretariat",
        }
    }
    /// The side of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Authority, Self::Member, Self::Secretariat]
            .into_iter()
            .find(|side| side.code() == code)
    }
}

/// One matched proposal and what it brings.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduled {
    pub id: Id,
    pub agreement: Id,
    pub proposal: Id,
    pub offer: Id,
    pub need: Id,
    pub service_class: String,
    /// Units the need lines count.
    pub quantity: i64,
    /// Units the member gives, in whole lots.
    pub given: i64,
    /// First-level areas.
    pub places: Vec<String>,
    pub from: Day,
    pub to: Day,
    /// No other agreement may hold the same proposal.
    pub holds: bool,
}

/// A party and what it has said to the version that is valid or in preparation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub organisation: Id,
    /// `authority` or `member`.
    pub role: String,
    pub signed_at: Option<Moment>,
}

/// A version of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    pub agreement: Id,
    pub number: i64,
    pub terms: Terms,
    /// Why it takes the place of the version before.
    pub rationale: Option<String>,
    pub made_by: Id,
    pub made_at: Moment,
    pub sent_by: Option<Id>,
    pub sent_at: Option<Moment>,
    /// Why it is no duplicate of one that looks like it.
    pub not_duplicate: Option<String>,
    pub released_by: Option<Id>,
    pub released_at: Option<Moment>,
    /// The document as it was released, as JSON.
    pub document: Option<String>,
    /// SHA-256 of the document's text.
    pub document_hash: Option<String>,
    /// Why the reviewers sent it back.
    pub returned: Option<String>,
    pub withdrawn_on: Option<Day>,
    pub signed_on: Option<Day>,
    /// The file its PDF is kept as, once it was set.
    pub pdf: Option<String>,
    pub version: i64,
}

/// How a signature was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The signed paper was uploaded.
    Paper,
    /// With a code of the signer's second factor, over the document's hash.
    Electronic,
    /// By an organisation of a demonstration, which has no second factor.
    Sample,
}

impl Method {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Electronic => "electronic",
            Self::Sample => "sample",
        }
    }
    /// The method of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Paper, Self::Electronic, Self::Sample]
            .into_iter()
            .find(|method| method.code() == code)
    }
}

/// One party's signature under one version.
#[derive(Clone, Debug, PartialEq)]
pub struct Signature {
    pub agreement: Id,
    pub number: i64,
    pub organisation: Id,
    pub signed_at: Moment,
    pub signed_on: Day,
    pub signed_by: Id,
    pub method: Method,
    pub document_hash: String,
    /// The signed paper as kept among the files.
    pub paper: Option<files::Upload>,
}

/// What a signer shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Evidence {
    /// The paper with the signature, and the day that is written on it.
    Paper(files::Upload, Day),
    /// The hash of the document the signer has read; the second factor was checked just now.
    Electronic(String),
    /// As electronic, for organisations of a demonstration only.
    Sample(String),
}
