//! Needs: what a validated request asks for, one per service class, and how each stands.

use base::{Day, Id, Moment, Names};

/// How a need stands. Only the last two can be set by anyone; the rest follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Open,
    PartlyMatched,
    Matched,
    InDelivery,
    Met,
    Lapsed,
    ClosedPartlyMet,
    Withdrawn,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 8] = [
        Self::Open,
        Self::PartlyMatched,
        Self::Matched,
        Self::InDelivery,
        Self::Met,
        Self::Lapsed,
        Self::ClosedPartlyMet,
        Self::Withdrawn,
    ];
    /// The codes of all, for filters.
    pub const CODES: [&'static str; 8] = [
        "open",
        "partly_matched",
        "matched",
        "in_delivery",
        "met",
        "lapsed",
        "closed_partly_met",
        "withdrawn",
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::PartlyMatched => "partly_matched",
            Self::Matched => "matched",
            Self::InDelivery => "in_delivery",
            Self::Met => "met",
            Self::Lapsed => "lapsed",
            Self::ClosedPartlyMet => "closed_partly_met",
            Self::Withdrawn => "withdrawn",
        }
    }
    /// The standing of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|standing| standing.code() == code)
    }
    /// Somebody may still be matched with it.
    pub const fn can_be_matched(self) -> bool {
        matches!(
            self,
            Self::Open | Self::PartlyMatched | Self::Matched | Self::InDelivery
        )
    }
}

/// A need.
#[derive(Clone, Debug, PartialEq)]
pub struct Need {
    pub id: Id,
    pub request: Id,
    pub country: String,
    pub year: i64,
    pub number: i64,
    /// `HN-2026-N-014`.
    pub code: String,
    pub service_class: String,
    pub title: Names,
    /// The secretariat's edit, beside the authority's own words.
    pub clean_text: Option<String>,
    pub clean_lang: Option<String>,
    pub objective: Option<String>,
    pub flagship: Option<String>,
    pub pillars: Vec<String>,
    pub phase: Option<String>,
    /// When its request was validated: only from then on does anyone else see it.
    pub published_at: Option<Moment>,
    pub valid_until: Option<Day>,
    pub confirmed_at: Option<Moment>,
    /// `closed_partly_met` or `withdrawn`.
    pub ended: Option<String>,
    pub ended_reason: Option<String>,
    pub ended_at: Option<Moment>,
    pub version: i64,
}

impl Need {
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/needs/{}", self.id)
    }
}

/// What of a need's quantity lies in which bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Buckets {
    pub uncovered: i64,
    pub proposed: i64,
    pub committed: i64,
    pub in_transit: i64,
    pub delivered: i64,
    pub confirmed: i64,
    pub returned: i64,
    pub lost: i64,
}

impl Buckets {
    /// Everything uncovered.
    pub fn untouched(quantity: i64) -> Self {
        Self {
            uncovered: quantity,
            ..Self::default()
        }
    }
    /// Every unit, wherever it is.
    pub const fn quantity(&self) -> i64 {
        self.uncovered
            + self.proposed
            + self.committed
            + self.in_transit
            + self.delivered
            + self.confirmed
            + self.returned
            + self.lost
    }
    /// Code and quantity of each bucket, in the order of the river.
    pub const fn parts(&self) -> [(&'static str, i64); 8] {
        [
            ("uncovered", self.uncovered),
            ("proposed", self.proposed),
            ("committed", self.committed),
            ("in_transit", self.in_transit),
            ("delivered", self.delivered),
            ("confirmed", self.confirmed),
            ("returned", self.returned),
            ("lost", self.lost),
        ]
    }
}

/// What a need holds in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub lines: i64,
    pub quantity: i64,
    /// Learners of the lines where they are known.
    pub learners: i64,
    /// Lines whose learners nobody knows.
    pub learners_unknown: i64,
}
