//! Proposals: an offer for the lines of one need, and what both sides said to it.

use base::{Id, Moment};

/// Days both sides have to answer.
pub const ANSWER_DAYS: i64 = 14;

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    Member,
    Authority,
}

impl Side {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Authority => "authority",
        }
    }
    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Member => Self::Authority,
            Self::Authority => Self::Member,
        }
    }
}

/// What a side said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// None while it has said nothing.
    pub accepted: Option<bool>,
    pub by: Option<Id>,
    pub at: Option<Moment>,
    pub reason: Option<String>,
}

/// A decision of the secretariat with its reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub by: Id,
    pub at: Moment,
    pub reason: String,
}

/// How a proposal stands; derived, never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Proposed,
    Shortlisted,
    AcceptedByMember,
    AcceptedByAuthority,
    Agreed,
    DeclinedByMember,
    DeclinedByAuthority,
    Superseded,
    Lapsed,
}

impl State {
    /// The codes of all, for filters.
    pub const CODES: [&'static str; 9] = [
        "proposed",
        "shortlisted",
        "accepted_by_member",
        "accepted_by_authority",
        "agreed",
        "declined_by_member",
        "declined_by_authority",
        "superseded",
        "lapsed",
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Shortlisted => "shortlisted",
            Self::AcceptedByMember => "accepted_by_member",
            Self::AcceptedByAuthority => "accepted_by_authority",
            Self::Agreed => "agreed",
            Self::DeclinedByMember => "declined_by_member",
            Self::DeclinedByAuthority => "declined_by_authority",
            Self::Superseded => "superseded",
            Self::Lapsed => "lapsed",
        }
    }
    /// Somebody may still decide.
    pub const fn is_open(self) -> bool {
        matches!(
            self,
            Self::Proposed | Self::Shortlisted | Self::AcceptedByMember | Self::AcceptedByAuthority
        )
    }
}

/// A proposal.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    pub id: Id,
    pub round: Id,
    /// Who made the round: never the one who accepts.
    pub matched_by: Id,
    pub offer: Id,
    pub need: Id,
    /// The offering organisation.
    pub member: Id,
    pub country: String,
    pub service_class: String,
    /// First-level areas of its lines.
    pub areas: Vec<String>,
    /// Lines, units of the lines and units in whole lots, as proposed.
    pub lines: i64,
    pub quantity: i64,
    pub given: i64,
    /// What still stands of them.
    pub quantity_now: i64,
    pub given_now: i64,
    pub learners: i64,
    pub lot_min: i64,
    pub lot_step: i64,
    /// Used by use and so counted in lots; not so for goods that are opened once.
    pub rival: bool,
    /// Needs on the ground + priority for the disadvantaged + members' resources.
    pub score: f64,
    pub ground: f64,
    pub priority: f64,
    pub resources: f64,
    /// An offer of a local organisation that fits, and how many of the lines it fits.
    pub local_offer: Option<Id>,
    pub local_lines: i64,
    pub created_at: Moment,
    pub of_member: Answer,
    pub of_authority: Answer,
    pub shortlisted: Option<Mark>,
    pub locked: Option<Mark>,
    /// A later round took its place.
    pub superseded_at: Option<Moment>,
    /// Its units were freed after it lapsed.
    pub released_at: Option<Moment>,
    pub version: i64,
}

impl Proposal {
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/proposals/{}", self.id)
    }
    /// What a side said.
    pub const fn answer(&self, side: Side) -> &Answer {
        match side {
            Side::Member => &self.of_member,
            Side::Authority => &self.of_authority,
        }
    }
    /// Who holds the units of a period at the offer.
    pub fn holder(&self, period: i64) -> Id {
        holder(self.id, period)
    }
}

/// The holder of a proposal's units of one period; -1 where periods play no part.
pub fn holder(proposal: Id, period: i64) -> Id {
    Id::named("proposal-hold", &format!("{proposal}/{period}"))
}

/// A line of a proposal: units for one need line, in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The need line.
    pub line: Id,
    /// As `offers::Period` counts; -1 where periods play no part.
    pub period: i64,
    /// Its place in the order of what it is worth, from 1.
    pub rank: i64,
    pub area: String,
    /// Units of the need line that it still serves.
    pub quantity: i64,
    /// Units the member still gives, in whole lots.
    pub given: i64,
}

/// Units a proposal gives up, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Drop {
    pub line: Id,
    pub period: i64,
    pub quantity: i64,
    pub given: i64,
}

/// What of a proposal a side accepts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// First-level areas; empty means all.
    pub areas: Vec<String>,
    /// At most so many units in whole lots.
    pub units_max: Option<i64>,
    /// The version the person saw.
    pub version: Option<i64>,
}
