//! The nouns: a snapshot counts everything as of one fact; a figure is one of its numbers.

use base::{Day, Id, Moment, Names};
use serde_json::Value;
use std::fmt;

/// Everything counted as of one fact and one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    /// Follows from the last fact's fingerprint and the day: the same state, the same id.
    pub id: Id,
    /// Number of the last fact counted.
    pub seq: i64,
    /// Its fingerprint.
    pub head: String,
    /// The day for which it was counted.
    pub today: Day,
    pub taken_at: Moment,
    /// What pages show beside the numbers: the latest round.
    pub about: Value,
    /// One more than the one before; 0 when the things it counted were not kept.
    pub(crate) ordinal: i64,
}

impl Snapshot {
    /// The id that stands for a state of all facts on a day.
    pub(crate) fn id_of(head: &str, today: Day) -> Id {
        Id::named("snapshot", &format!("{head} {today}"))
    }
    /// The first letters of the id, as pages show it.
    pub fn short(&self) -> String {
        self.id.to_string().chars().take(8).collect()
    }
}

/// What a figure is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    Coalition,
    /// Code of a country.
    Country(String),
    /// A member organisation.
    Member(Id),
    /// Code of a mission.
    Mission(String),
    /// Code of a flagship.
    Flagship(String),
}

impl Scope {
    /// What kind of thing it is, as stored.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Coalition => "coalition",
            Self::Country(_) => "country",
            Self::Member(_) => "member",
            Self::Mission(_) => "mission",
            Self::Flagship(_) => "flagship",
        }
    }
    /// Which one.
    pub fn key(&self) -> String {
        match self {
            Self::Coalition => "all".to_owned(),
            Self::Country(code) | Self::Mission(code) | Self::Flagship(code) => code.clone(),
            Self::Member(id) => id.to_string(),
        }
    }
    /// What is stored, read back.
    pub fn parse(kind: &str, key: &str) -> Option<Self> {
        match kind {
            "coalition" => Some(Self::Coalition),
            "country" => Some(Self::Country(key.to_owned())),
            "mission" => Some(Self::Mission(key.to_owned())),
            "flagship" => Some(Self::Flagship(key.to_owned())),
            "member" => Id::parse(key).map(Self::Member),
            _ => None,
        }
    }
}

/// One number of a snapshot: an interval with everything that must be said beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub scope: Scope,
    /// What is counted: a code of its own, `units_{service class}`, or an indicator's code.
    pub code: String,
    /// `target`, `reported`, `committed`, `delivered`, `confirmed`, `verified`, a bucket of units, or
    /// empty for plain counts.
    pub level: String,
    /// `people`, `items` …, a unit of the catalogue, or `things` for plain counts.
    pub unit: String,
    /// At least; none when unknown.
    pub low: Option<i64>,
    /// At most; none when nothing bounds it.
    pub high: Option<i64>,
    /// What a reader would get who adds up all reports.
    pub sum: Option<i64>,
    /// Records that differ.
    pub records: i64,
    /// The latest day a record speaks of.
    pub as_of: Option<Day>,
    /// The rule of counting, said in words by `reports-rule-{rule}`.
    pub rule: String,
    /// What must be said beside it, by `reports-mark-{mark}`.
    pub marks: Vec<String>,
}

impl Figure {
    /// The number when it is known exactly.
    pub fn exact(&self) -> Option<i64> {
        self.low.filter(|low| self.high == Some(*low))
    }
    /// Its name inside a snapshot, the same in every snapshot.
    pub fn name(&self) -> Name {
        Name {
            scope: self.scope.clone(),
            code: self.code.clone(),
            level: self.level.clone(),
        }
    }
}

/// What tells a figure from all others of a snapshot: `country.HN.learners_reached.delivered`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub scope: Scope,
    pub code: String,
    pub level: String,
}

impl Name {
    /// Reads a name as it stands in an address.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(4, '.');
        let (kind, key) = (parts.next()?, parts.next()?);
        let (code, level) = (parts.next()?, parts.next()?);
        Some(Self {
            scope: Scope::parse(kind, key)?,
            code: code.to_owned(),
            level: level.to_owned(),
        })
    }
    /// The page that opens its rows, in a snapshot.
    pub fn path(&self, snapshot: Id) -> String {
        format!("/figures/{snapshot}/{self}")
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, key) = (self.scope.kind(), self.scope.key());
        write!(f, "{kind}.{key}.{}.{}", self.code, self.level)
    }
}

/// What is counted one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum ThingKind {
    Agreement,
    Deployment,
    /// A consignment, for the schools that received something of it.
    Consignment,
    /// A consignment, for its units of one service class that were checked in as good.
    Received,
}

impl ThingKind {
    pub(crate) const ALL: [Self; 4] = [
        Self::Agreement,
        Self::Deployment,
        Self::Consignment,
        Self::Received,
    ];
    /// As stored.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Deployment => "deployment",
            Self::Consignment => "consignment",
            Self::Received => "received",
        }
    }
    /// The words of its standings; none when it has no standing of its own.
    pub(crate) const fn standings(self) -> Option<&'static str> {
        match self {
            Self::Agreement => Some("agreement-state"),
            Self::Deployment => Some("deployment-state"),
            Self::Consignment | Self::Received => None,
        }
    }
}

/// One thing as it stood when it was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Thing {
    pub(crate) kind: ThingKind,
    pub(crate) id: Id,
    /// Service class of what was received; else empty.
    pub(crate) class: String,
    pub(crate) code: String,
    pub(crate) title: Names,
    pub(crate) path: String,
    pub(crate) country: String,
    pub(crate) member: Id,
    /// Code of how it stood; empty when its kind has none.
    pub(crate) standing: String,
    /// People it plans to reach, schools, units; none when it counts as one or nobody said.
    pub(crate) amount: Option<i64>,
    pub(crate) flagship: String,
    pub(crate) missions: Vec<String>,
}
