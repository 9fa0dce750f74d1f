//! Claims: figures that somebody stands for, and everything that happened to them.

pub(crate) mod acts;
pub(crate) mod door;
pub(crate) mod forms;
pub(crate) mod pages;
pub(crate) mod rules;
pub(crate) mod store;

use crate::indicators::Unit;
use base::{Day, Id, Moment};

/// How surely something is known. Levels never mix; a figure that is only reported has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    Target,
    Pledged,
    Committed,
    /// The member says so, and the secretariat accepted the report.
    Delivered,
    /// The national authority says so.
    Confirmed,
    /// A third party has seen it.
    Verified,
}

impl Level {
    /// Every level, the least sure first.
    pub const ALL: [Self; 6] = [
        Self::Target,
        Self::Pledged,
        Self::Committed,
        Self::Delivered,
        Self::Confirmed,
        Self::Verified,
    ];
    /// The stable code, as in the catalogue's `claim_levels`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Pledged => "pledged",
            Self::Committed => "committed",
            Self::Delivered => "delivered",
            Self::Confirmed => "confirmed",
            Self::Verified => "verified",
        }
    }
    /// The level of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }
}

/// What stands before the figure: =, ≥, ≤, ~.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparator {
    Equal,
    AtLeast,
    AtMost,
    About,
}

impl Comparator {
    /// The codes of all.
    pub const CODES: [&'static str; 4] = ["equal", "at_least", "at_most", "about"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::About => "about",
        }
    }
    /// The comparator of a code.
    pub fn parse(code: &str) -> Option<Self> {
        let all = [Self::Equal, Self::AtLeast, Self::AtMost, Self::About];
        all.into_iter().find(|one| one.code() == code)
    }
    /// As mathematicians write it.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            Self::About => "~",
        }
    }
}

/// Whether a claim may still be relied upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    Stands,
    /// Somebody gave a reason why it is wrong, and nobody has decided yet. It still counts, marked.
    Contested,
    /// Another claim took its place.
    Corrected,
    /// It was taken back. It never counts.
    Retracted,
}

impl Standing {
    /// The codes of all.
    pub const CODES: [&'static str; 4] = ["stands", "contested", "corrected", "retracted"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stands => "stands",
            Self::Contested => "contested",
            Self::Corrected => "corrected",
            Self::Retracted => "retracted",
        }
    }
    /// The standing of a code.
    pub fn parse(code: &str) -> Option<Self> {
        let all = [
            Self::Stands,
            Self::Contested,
            Self::Corrected,
            Self::Retracted,
        ];
        all.into_iter().find(|one| one.code() == code)
    }
    /// Whether it may enter a total.
    pub const fn counts(self) -> bool {
        matches!(self, Self::Stands | Self::Contested)
    }
}

/// How a figure was come by.
pub const METHODS: [&str; 8] = [
    "attendance",
    "register",
    "head_count",
    "platform_log",
    "delivery_note",
    "survey",
    "estimate",
    "other",
];

/// The group that contains all others.
pub const EVERYBODY: &str = "all";

/// A figure that somebody stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub id: Id,
    /// A code of the catalogue's indicators.
    pub indicator: String,
    pub unit: Unit,
    /// None while it is only reported.
    pub level: Option<Level>,
    pub comparator: Comparator,
    /// At least one of both ends is known.
    pub low: Option<i64>,
    pub high: Option<i64>,
    /// A code of the gazetteer; a country's code for the whole country.
    pub place: String,
    pub country: String,
    /// "all" or a code of the catalogue's groups.
    pub group: String,
    pub from: Day,
    pub to: Day,
    /// One of [`METHODS`].
    pub method: String,
    /// Where it can be checked; read by everybody, names nobody.
    pub source: String,
    pub as_of: Day,
    /// Who says so.
    pub organisation: Id,
    pub deployment: Option<Id>,
    pub report: Option<Id>,
    /// The spreadsheet and its row, when it came in one.
    pub file: Option<(Id, i64)>,
    pub standing: Standing,
    pub supersedes: Option<Id>,
    /// The same for records that say the same, whoever sent them and whenever.
    pub print: String,
    pub reported_by: Option<Id>,
    pub accepted_by: Option<Id>,
    pub confirmed_by: Option<Id>,
    pub verified_by: Option<Id>,
    /// What brought it before others; none in a draft.
    pub batch: Option<Id>,
    pub submitted_at: Option<Moment>,
    pub version: i64,
}

impl Claim {
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/claims/{}", self.id)
    }
    /// Whether it may enter a total above what is merely reported.
    pub const fn counts(&self) -> bool {
        self.level.is_some() && self.standing.counts()
    }
    /// The figure alone: comparator and both ends.
    pub const fn figure(&self) -> Figure {
        Figure {
            comparator: self.comparator,
            low: self.low,
            high: self.high,
        }
    }
}

/// A value or an interval, and what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Figure {
    pub comparator: Comparator,
    pub low: Option<i64>,
    pub high: Option<i64>,
}

/// Something that happened to a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimStep {
    pub id: Id,
    pub claim: Id,
    /// What happened together with it.
    pub batch: Id,
    /// `submitted`, `accepted`, `confirmed`, `verified`, `contested`, `upheld`, `corrected`, `retracted`.
    pub step: String,
    pub before: (Option<Level>, Standing),
    pub after: (Option<Level>, Standing),
    /// Why; read by everybody.
    pub words: Option<String>,
    pub account: Option<Id>,
    pub at: Moment,
}

/// Which claims are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClaimScope {
    Everything,
    /// ISO 3166-1 alpha-2.
    Country(String),
    /// Who says so.
    Member(Id),
    Deployment(Id),
    Indicator(String),
    Mission(String),
}

/// A published figure that was replaced or taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Correction {
    /// Of the step; the key to go on after, with its moment.
    pub id: Id,
    pub at: Moment,
    /// The claim that stood before.
    pub claim: Id,
    /// The claim that stands now; none when it was taken back.
    pub by: Option<Id>,
    pub indicator: String,
    pub unit: Unit,
    pub country: String,
    pub place: String,
    pub deployment: Option<Id>,
    pub old: Figure,
    pub new: Option<Figure>,
    /// Read by everybody.
    pub reason: String,
}
