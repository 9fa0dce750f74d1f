//! Visits: a third party looks for itself, and what it has seen is verified.

pub(crate) mod acts;
pub(crate) mod pages;
pub(crate) mod rules;
pub(crate) mod store;

use base::{Day, Id, Moment};

/// Where a visit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VisitState {
    Assigned,
    Accepted,
    Refused,
    Reported,
    SentBack,
    Approved,
    Cancelled,
}

impl VisitState {
    /// The codes of all, for filters.
    pub const CODES: [&'static str; 7] = [
        "assigned",
        "accepted",
        "refused",
        "reported",
        "sent_back",
        "approved",
        "cancelled",
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Assigned => "assigned",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Reported => "reported",
            Self::SentBack => "sent_back",
            Self::Approved => "approved",
            Self::Cancelled => "cancelled",
        }
    }
    /// The state of a code.
    pub fn parse(code: &str) -> Option<Self> {
        let all = [
            Self::Assigned,
            Self::Accepted,
            Self::Refused,
            Self::Reported,
            Self::SentBack,
            Self::Approved,
            Self::Cancelled,
        ];
        all.into_iter().find(|state| state.code() == code)
    }
}

/// A visit of an independent verifier.
#[derive(Clone, Debug, PartialEq)]
pub struct Visit {
    pub id: Id,
    pub deployment: Id,
    pub country: String,
    pub place: String,
    /// The day it is planned for.
    pub on: Day,
    /// What to look at; read by the verifier, the secretariat and the auditor.
    pub task: String,
    /// The verifier's account.
    pub verifier: Id,
    pub state: VisitState,
    /// The verifier's report; read by the secretariat and the auditor.
    pub words: Option<String>,
    pub planned_by: Id,
    pub planned_at: Moment,
    pub visited_on: Option<Day>,
    pub decided_by: Option<Id>,
    pub decided_at: Option<Moment>,
    pub version: i64,
}

impl Visit {
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/visits/{}", self.id)
    }
}

/// What is planned.
#[derive(Clone, Debug, PartialEq)]
pub struct NewVisit {
    pub deployment: Id,
    pub place: String,
    pub on: Day,
    pub task: String,
    /// The verifier's account.
    pub verifier: Id,
    /// The claims to look at.
    pub claims: Vec<Id>,
}

/// What a verifier found of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finding {
    AsClaimed,
    /// Another figure was seen.
    Differs(i64),
    /// It could not be seen.
    NotSeen,
}

impl Finding {
    /// The codes of all.
    pub const CODES: [&'static str; 3] = ["as_claimed", "differs", "not_seen"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AsClaimed => "as_claimed",
            Self::Differs(_) => "differs",
            Self::NotSeen => "not_seen",
        }
    }
}

/// Something a person did with a visit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct VisitStep {
    pub(crate) step: String,
    pub(crate) words: Option<String>,
    pub(crate) account: Id,
    pub(crate) at: Moment,
}
