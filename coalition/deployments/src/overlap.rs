//! Overlaps: two deployments that would do the same for the same people.

use base::{Day, Id, Moment};

/// How an overlap was resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// Both members and the secretariat say that one adds to the other.
    Complementary,
    /// Places or dates were changed so that they no longer meet.
    Split,
    /// One gave way to the other.
    Replaced,
    /// One was called off.
    Withdrawn,
    /// The secretariat's approver accepts it, with a public reason.
    Accepted,
}

impl Resolution {
    const ALL: [Self; 5] = [
        Self::Complementary,
        Self::Split,
        Self::Replaced,
        Self::Withdrawn,
        Self::Accepted,
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Complementary => "complementary",
            Self::Split => "split",
            Self::Replaced => "replaced",
            Self::Withdrawn => "withdrawn",
            Self::Accepted => "accepted",
        }
    }
    /// The resolution of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.code() == code)
    }
}

/// Codes of how an overlap stands, for filters: open, or its resolution.
pub const STATES: [&str; 6] = [
    "open",
    "complementary",
    "split",
    "replaced",
    "withdrawn",
    "accepted",
];

/// An overlap of two deployments.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    pub id: Id,
    /// The deployment that found it.
    pub deployment: Id,
    pub other: Id,
    pub country: String,
    pub service_class: String,
    pub dimensions: Dimensions,
    pub resolution: Option<Resolution>,
    pub found_at: Moment,
    pub resolved_at: Option<Moment>,
    pub version: i64,
}

impl Overlap {
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/overlaps/{}", self.id)
    }
    /// The stable code of how it stands.
    pub const fn state(&self) -> &'static str {
        match self.resolution {
            None => "open",
            Some(resolution) => resolution.code(),
        }
    }
    /// Which side of it a deployment is.
    pub fn side_of(&self, deployment: Id) -> &'static str {
        if self.deployment == deployment {
            "deployment"
        } else {
            "other"
        }
    }
    /// The other deployment as seen from one of the two.
    pub fn beside(&self, deployment: Id) -> Id {
        if self.deployment == deployment {
            self.other
        } else {
            self.deployment
        }
    }
}

/// Where, when and for whom two deployments meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimensions {
    /// The smaller place of each pair in ancestor relation.
    pub places: Vec<String>,
    /// The group both serve; none means all learners of one of them are among it.
    pub group: Option<String>,
    pub from: Day,
    pub to: Day,
    /// Planned reach of both; none is unknown.
    pub reach_both: Option<i64>,
    /// People in need there; none is unknown.
    pub people_in_need: Option<i64>,
}

impl Dimensions {
    /// Planned reach beyond the people in need; none when one of both is unknown.
    pub fn reach_beyond(&self) -> Option<i64> {
        Some(self.reach_both? - self.people_in_need?)
    }
}

/// What is looked for: a deployment planned or changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Itself, when it is already kept.
    pub id: Option<Id>,
    pub country: String,
    pub service_class: String,
    pub places: Vec<String>,
    pub group: Option<String>,
    pub from: Day,
    pub to: Day,
    pub reach: Option<i64>,
}

/// A deployment it overlaps with.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub other: Id,
    pub dimensions: Dimensions,
}

/// What somebody said about an overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct OverlapStep {
    pub step: String,
    /// deployment, other, secretariat, or the rule itself.
    pub side: String,
    pub words: Option<String>,
    pub account: Id,
    pub at: Moment,
}
