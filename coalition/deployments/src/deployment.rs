//! Deployments: what a member does in a country under an agreement, for need lines.

use base::{Day, Id, Moment, Names};

/// What people set; the rest follows from dates, overlaps, needs and the agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Planned,
    Active,
    Paused,
    CompletionClaimed,
    Confirmed,
    Closed,
    Cancelled,
}

impl Stage {
    const ALL: [Self; 7] = [
        Self::Planned,
        Self::Active,
        Self::Paused,
        Self::CompletionClaimed,
        Self::Confirmed,
        Self::Closed,
        Self::Cancelled,
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Active => "active",
            Self::Paused => "paused",
            Self::CompletionClaimed => "completion_claimed",
            Self::Confirmed => "confirmed",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
    /// The stage of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
    /// Work may still come of it.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Planned | Self::Active | Self::Paused | Self::CompletionClaimed
        )
    }
}

/// How a deployment stands today; derived, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Planned,
    /// An overlap is not resolved.
    Blocked,
    /// Nothing stands against its beginning.
    Cleared,
    Active,
    Paused,
    /// Its agreement is suspended.
    Suspended,
    CompletionClaimed,
    Confirmed,
    Closed,
    Cancelled,
}

impl Standing {
    /// The codes of all, for filters.
    pub const CODES: [&'static str; 10] = [
        "planned",
        "blocked",
        "cleared",
        "active",
        "paused",
        "suspended",
        "completion_claimed",
        "confirmed",
        "closed",
        "cancelled",
    ];
    const ALL: [Self; 10] = [
        Self::Planned,
        Self::Blocked,
        Self::Cleared,
        Self::Active,
        Self::Paused,
        Self::Suspended,
        Self::CompletionClaimed,
        Self::Confirmed,
        Self::Closed,
        Self::Cancelled,
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Blocked => "blocked",
            Self::Cleared => "cleared",
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Suspended => "suspended",
            Self::CompletionClaimed => "completion_claimed",
            Self::Confirmed => "confirmed",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }
    /// The standing of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
    /// It has begun and was not called off: there may be something to report.
    pub const fn has_begun(self) -> bool {
        matches!(
            self,
            Self::Active
                | Self::Paused
                | Self::Suspended
                | Self::CompletionClaimed
                | Self::Confirmed
                | Self::Closed
        )
    }
}

/// What it does to teaching in person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InPerson {
    Supplements,
    Replaces,
}

impl InPerson {
    /// The codes of both.
    pub const CODES: [&'static str; 2] = ["supplements", "replaces"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Supplements => "supplements",
            Self::Replaces => "replaces",
        }
    }
    /// Of a code; anything unknown supplements.
    pub fn parse(code: &str) -> Self {
        if code == "replaces" {
            Self::Replaces
        } else {
            Self::Supplements
        }
    }
}

/// Who keeps what was brought, when it ends.
pub const ASSETS_TO: [&str; 4] = ["authority", "schools", "member", "nothing_remains"];

/// A deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct Deployment {
    pub id: Id,
    /// `HN-2026-D-0001`.
    pub code: String,
    pub country: String,
    pub agreement: Id,
    pub member: Id,
    pub implementers: Vec<Id>,
    pub service_class: String,
    pub title: Names,
    /// Gazetteer codes.
    pub places: Vec<String>,
    /// A code of the catalogue's groups; none means all learners.
    pub group: Option<String>,
    pub levels: Vec<String>,
    pub flagship: Option<String>,
    pub missions: Vec<String>,
    pub in_person: InPerson,
    pub replaces_reason: Option<String>,
    pub planned_from: Day,
    pub planned_to: Day,
    pub actual_from: Option<Day>,
    pub actual_to: Option<Day>,
    /// People; none is unknown.
    pub reach_planned: Option<i64>,
    pub units: i64,
    pub lines: i64,
    pub assets_to: String,
    pub maintenance: String,
    pub financing_after: String,
    pub free_until: Day,
    pub stage: Stage,
    pub standing: Standing,
    /// It should have begun or ended by now.
    pub overdue: bool,
    pub planned_by: Id,
    pub planned_at: Moment,
    pub claimed_by: Option<Id>,
    pub confirmed_by: Option<Id>,
    pub version: i64,
}

impl Deployment {
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/deployments/{}", self.id)
    }
    /// The days it takes, as far as they are known: the actual ones before the planned ones.
    pub fn days(&self) -> (Day, Day) {
        let from = self.actual_from.unwrap_or(self.planned_from);
        (from, self.actual_to.unwrap_or(self.planned_to).max(from))
    }
}

/// Units of a need line a deployment serves from an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeployedLine {
    /// The need line.
    pub line: Id,
    pub need: Id,
    pub proposal: Id,
    pub offer: Id,
    /// First-level area of the line.
    pub area: String,
    pub units: i64,
    /// Units that went on their way; see [`crate::send`].
    pub sent: i64,
    /// Units a cancellation gave back.
    pub returned: i64,
}

impl DeployedLine {
    /// Units that may still be sent.
    pub const fn left(&self) -> i64 {
        self.units - self.sent - self.returned
    }
}

/// What a plan asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub agreement: Id,
    pub service_class: String,
    pub title: Names,
    pub implementers: Vec<Id>,
    /// Empty: every place of the agreement's schedule.
    pub places: Vec<String>,
    pub group: Option<String>,
    pub levels: Vec<String>,
    pub flagship: Option<String>,
    pub missions: Vec<String>,
    pub in_person: InPerson,
    pub replaces_reason: Option<String>,
    pub planned_from: Day,
    pub planned_to: Day,
    pub reach_planned: Option<i64>,
    pub assets_to: String,
    pub maintenance: String,
    pub financing_after: String,
    pub free_until: Day,
}

/// Which deployments are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    Everything,
    /// ISO 3166-1 alpha-2.
    Country(String),
    Member(Id),
    Agreement(Id),
}

/// How teachers took part in a stage, or why they did not.
#[derive(Clone, Debug, PartialEq)]
pub struct Involvement {
    pub id: Id,
    pub deployment: Id,
    /// A code of the catalogue's teacher stages.
    pub stage: String,
    pub involved: bool,
    /// How many; none is unknown.
    pub teachers: Option<i64>,
    pub on: Day,
    /// What they did, or why nobody was asked; public.
    pub words: String,
    pub account: Id,
    pub at: Moment,
}

/// Something a person did with a deployment.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub step: String,
    /// The reason; never public.
    pub words: Option<String>,
    pub account: Id,
    pub at: Moment,
}

/// A first-level area and a service: who is there, for how many, and what is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covered {
    pub place: String,
    pub service_class: String,
    pub deployments: i64,
    /// Members and those who carry it out for them.
    pub organisations: Vec<Id>,
    /// Planned reach: the largest single one, and the sum; high is unknown when one of them is.
    pub reach_low: i64,
    pub reach_high: Option<i64>,
    /// Learners of published need lines, each school once; none when a line names no number.
    pub people_in_need: Option<i64>,
    /// As many as the lines name; none when nothing is asked for.
    pub people_at_least: Option<i64>,
    /// Learners on need lines that no deployment serves: at least so many.
    pub gap: Option<i64>,
    pub overlaps: i64,
}
