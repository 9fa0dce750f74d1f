//! A matching round: a snapshot, the policy it was solved under, and what came of it.

use base::{Day, Id, Moment};
use serde_json::Value;

/// How a round stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Queued,
    Solving,
    Storing,
    Done,
    Cancelled,
    /// It could not be solved: its `outcome` says why.
    Refused,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Queued,
        Self::Solving,
        Self::Storing,
        Self::Done,
        Self::Cancelled,
        Self::Refused,
    ];
    /// The codes of all, for filters.
    pub const CODES: [&'static str; 6] = [
        "queued",
        "solving",
        "storing",
        "done",
        "cancelled",
        "refused",
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Solving => "solving",
            Self::Storing => "storing",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
        }
    }
    /// The state of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
    /// Work on it goes on.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Queued | Self::Solving | Self::Storing)
    }
}

/// A round as an officer asks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewRound {
    pub title: String,
    /// ISO 3166-1 alpha-2; none means every country.
    pub country: Option<String>,
    /// None means the newest published policy.
    pub policy: Option<Id>,
    /// A day in the first planning quarter.
    pub from: Day,
    /// Planning quarters, 1 to 8.
    pub periods: i64,
}

/// A round.
#[derive(Clone, Debug, PartialEq)]
pub struct Round {
    pub id: Id,
    pub number: i64,
    pub title: String,
    pub country: Option<String>,
    pub policy: Id,
    /// The first planning quarter, as `offers::Period` counts.
    pub first: i64,
    pub periods: i64,
    pub state: State,
    pub created_by: Id,
    pub created_at: Moment,
    pub finished_at: Option<Moment>,
    pub ended_by: Option<Id>,
    pub reason: Option<String>,
    pub snapshot_at: Option<Moment>,
    /// SHA-256 of the four texts of the instance, one after the other.
    pub snapshot_hash: Option<String>,
    /// SHA-256 of plan and prices.
    pub result_hash: Option<String>,
    /// Name and hash of every kept file.
    pub files: Value,
    pub objective: Option<f64>,
    pub upper_bound: Option<f64>,
    pub gap: Option<f64>,
    /// Totals of the result, for its page; reasons when it was refused.
    pub outcome: Value,
    pub version: i64,
}

impl Round {
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/allocation/{}", self.id)
    }
    /// The hash under which a file of the round is kept.
    pub fn file(&self, name: &str) -> Option<&str> {
        self.files.get(name).and_then(Value::as_str)
    }
}

/// The files of a round that anybody may recompute it from.
pub const FILES: [&str; 7] = [
    "meta.json",
    "needs.csv",
    "offers.csv",
    "prior.csv",
    "keys.csv",
    "allocation.csv",
    "prices.csv",
];
