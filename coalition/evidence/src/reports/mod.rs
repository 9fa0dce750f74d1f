//! Reports: what a deployment owes for each period, who wrote it, and who accepted it.

pub(crate) mod acts;
pub(crate) mod due;
pub(crate) mod elsewhere;
pub(crate) mod figures;
pub(crate) mod forms;
pub(crate) mod pages;
pub(crate) mod rules;
pub(crate) mod store;

use base::{Day, Id, Moment};

/// What people set; due and overdue follow from the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Draft,
    Submitted,
    SentBack,
    Accepted,
}

impl State {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::SentBack => "sent_back",
            Self::Accepted => "accepted",
        }
    }
    /// The state of a code.
    pub fn parse(code: &str) -> Option<Self> {
        let all = [Self::Draft, Self::Submitted, Self::SentBack, Self::Accepted];
        all.into_iter().find(|state| state.code() == code)
    }
    /// Its writers may still change it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::SentBack)
    }
}

/// Where a report or an owed period stands today; derived, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    NotDue,
    Due,
    Overdue,
    Submitted,
    SentBack,
    Accepted,
}

impl Standing {
    /// The codes of all, for filters.
    pub const CODES: [&'static str; 6] = [
        "not_due",
        "due",
        "overdue",
        "submitted",
        "sent_back",
        "accepted",
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotDue => "not_due",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Submitted => "submitted",
            Self::SentBack => "sent_back",
            Self::Accepted => "accepted",
        }
    }
}

/// The days a report is about, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    pub from: Day,
    pub to: Day,
}

/// A report of a deployment for a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub id: Id,
    pub deployment: Id,
    pub country: String,
    pub member: Id,
    pub period: Period,
    /// Read by the parties, the secretariat and the auditor only.
    pub narrative: Option<String>,
    pub state: State,
    pub created_by: Id,
    pub created_at: Moment,
    pub submitted_at: Option<Moment>,
    pub version: i64,
}

impl Report {
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/reports/{}", self.id)
    }
}

/// Something a person did with a report.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportStep {
    /// `drafted`, `edited`, `submitted`, `sent_back`, `accepted`, `confirmed`.
    pub step: String,
    pub words: Option<String>,
    pub account: Id,
    pub at: Moment,
}

/// A period a deployment owes a report for.
#[derive(Clone, Debug, PartialEq)]
pub struct Due {
    pub deployment: Id,
    /// The deployment's code.
    pub code: String,
    pub country: String,
    pub member: Id,
    pub period: Period,
    /// The last day it is in time.
    pub due_on: Day,
    pub standing: Standing,
    /// The report, when somebody has begun it.
    pub report: Option<Id>,
}

/// The rule that says when reports are due; data of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Months a period has: 1, 3, 6 or 12.
    pub months: i8,
    /// Days after its end within which the report is in time.
    pub days: i64,
}

/// A figure as its writer enters it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewFigure {
    pub indicator: String,
    pub place: String,
    pub group: String,
    pub from: Day,
    pub to: Day,
    pub comparator: crate::Comparator,
    pub value: Option<i64>,
    pub low: Option<i64>,
    pub high: Option<i64>,
    pub method: String,
    pub source: String,
    pub as_of: Day,
}
