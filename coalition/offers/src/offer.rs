//! The nouns: standing capabilities, offers, what is held of them, where they stand.

use crate::period::Period;
use base::{Day, Id, Moment, Names};
use std::collections::BTreeMap;

/// How an offer is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Things: given once.
    Stock,
    /// Work: so much in each period.
    Rate,
    /// Use does not consume it; what is scarce is the number of countries it can be opened in.
    Inexhaustible,
}

impl Kind {
    /// The codes of all kinds.
    pub const CODES: &'static [&'static str] = &["stock", "rate", "inexhaustible"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Rate => "rate",
            Self::Inexhaustible => "inexhaustible",
        }
    }
    /// The kind of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Stock, Self::Rate, Self::Inexhaustible]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// How far a person has brought an offer. What follows from dates and holds is [`State`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Draft,
    Registered,
    Checked,
    Available,
    Withdrawn,
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Registered,
        Self::Checked,
        Self::Available,
        Self::Withdrawn,
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Registered => "registered",
            Self::Checked => "checked",
            Self::Available => "available",
            Self::Withdrawn => "withdrawn",
        }
    }
    /// The stage of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

/// Where an offer stands on a day; the later ones are derived and nobody can set them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Draft,
    /// An announcement from a meeting; it binds nobody and is never counted.
    Pledge,
    Registered,
    Checked,
    Available,
    PartlyReserved,
    FullyReserved,
    Exhausted,
    Stale,
    Expired,
    Withdrawn,
}

impl State {
    /// The codes of all states.
    pub const CODES: &'static [&'static str] = &[
        "draft",
        "pledge",
        "registered",
        "checked",
        "available",
        "partly_reserved",
        "fully_reserved",
        "exhausted",
        "stale",
        "expired",
        "withdrawn",
    ];
    /// What the public sees: offers that two people let through.
    pub const PUBLIC: &'static [&'static str] = &[
        "available",
        "partly_reserved",
        "fully_reserved",
        "exhausted",
        "stale",
        "expired",
        "withdrawn",
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Pledge => "pledge",
            Self::Registered => "registered",
            Self::Checked => "checked",
            Self::Available => "available",
            Self::PartlyReserved => "partly_reserved",
            Self::FullyReserved => "fully_reserved",
            Self::Exhausted => "exhausted",
            Self::Stale => "stale",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// Where an offer can be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Places {
    World,
    /// Codes of countries and of their first-level areas.
    Listed(Vec<String>),
}

/// The languages an offer speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spoken {
    Any,
    /// BCP 47.
    Listed(Vec<String>),
}

/// What a member says of an offer; everything a form or a file can say.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// The member's own number for it.
    pub code: Option<String>,
    pub title: Names,
    pub service_class: String,
    pub kind: Kind,
    /// Stock: units in all. Rate: units in each period. Inexhaustible: countries it can be opened in.
    pub capacity: i64,
    pub lot_min: i64,
    pub lot_step: i64,
    /// The largest lot for one line; none means no limit.
    pub lot_max: Option<i64>,
    pub places: Places,
    pub languages: Spoken,
    /// Codes of education levels.
    pub levels: Vec<String>,
    pub modality: String,
    /// The connectivity the receiving place must have, 0 to 3.
    pub tier: u8,
    pub window_from: Day,
    pub window_to: Day,
    pub setup_days: i64,
    /// «Free» has an end date.
    pub free_until: Day,
    /// Codes of the conditions a place must meet.
    pub conditions: Vec<String>,
    pub licence: Option<String>,
    pub accessibility: Option<String>,
    pub evidence_level: String,
    /// Answers that differ from the member's own, by the principle's code.
    pub principles: BTreeMap<String, String>,
    /// Cost of a unit that the member does not bear, in US cents.
    pub unit_cost_cents: i64,
    /// Cost of a delivery that the member does not bear, in US cents.
    pub fixed_cost_cents: i64,
    /// It takes the place of lessons in person instead of supplementing them.
    pub replaces_in_person: bool,
}

/// An offer with everything known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub id: Id,
    pub organisation: Id,
    pub terms: Terms,
    pub condition_bits: u32,
    pub stage: Stage,
    /// The minute of the meeting it was announced in; a pledge until a member registers an offer.
    pub pledge_minute: Option<String>,
    /// The day somebody of the member last said that it stands.
    pub assured_on: Day,
    pub made_by: Option<Id>,
    pub made_at: Moment,
    pub registered_by: Option<Id>,
    pub registered_at: Option<Moment>,
    pub checked_by: Option<Id>,
    pub checked_at: Option<Moment>,
    pub check_note: Option<String>,
    pub available_by: Option<Id>,
    pub available_at: Option<Moment>,
    /// Why it was sent back or withdrawn.
    pub reason: Option<String>,
    pub withdrawn_on: Option<Day>,
    /// Until when what is reserved of a withdrawn offer is still given.
    pub notice_until: Option<Day>,
    pub version: i64,
}

/// What is taken of an offer in one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    pub period: Period,
    pub capacity: i64,
    pub reserved: i64,
    pub committed: i64,
}

impl Load {
    /// What nobody holds.
    pub const fn free(&self) -> i64 {
        self.capacity - self.reserved - self.committed
    }
}

/// A part of an offer to be held for a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The proposal it is held for; one hold each.
    pub holder: Id,
    pub offer: Id,
    /// The period, for an offer given by period.
    pub period: Option<Period>,
    pub country: String,
    pub quantity: i64,
}

/// A part of an offer that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub holder: Id,
    pub offer: Id,
    pub period: Period,
    pub country: String,
    pub reserved: i64,
    pub committed: i64,
}

/// A member's standing readiness, apart from any quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    pub id: Id,
    pub organisation: Id,
    pub service_class: String,
    /// Codes of [`READINESS`].
    pub people: String,
    pub equipment: String,
    pub funding: String,
    pub note: Option<String>,
    pub assured_on: Day,
    pub ended_on: Option<Day>,
    pub version: i64,
}

/// How ready people, equipment or funding are.
pub const READINESS: &[&str] = &["ready", "within_a_month", "to_be_found", "not_needed"];

/// An offer as a matching round sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenOffer {
    pub id: Id,
    pub organisation: Id,
    pub organisation_name: Names,
    /// The country the organisation is at home in.
    pub home: Option<String>,
    pub sample: bool,
    pub title: Names,
    pub code: Option<String>,
    pub service_class: String,
    pub kind: Kind,
    /// What nobody holds, by period; stock has one entry with [`Period::WHOLE`]; inexhaustible none.
    pub capacity: Vec<(Period, i64)>,
    /// What there is in all, in the same order.
    pub total: Vec<(Period, i64)>,
    /// Inexhaustible: countries it can still be opened in.
    pub countries_free: i64,
    /// Inexhaustible: countries it was opened in.
    pub opened: Vec<String>,
    pub lot_min: i64,
    pub lot_step: i64,
    pub lot_max: Option<i64>,
    pub places: Places,
    pub languages: Spoken,
    pub levels: Vec<String>,
    pub modality: String,
    pub tier: u8,
    pub window_from: Day,
    pub window_to: Day,
    pub setup_days: i64,
    pub free_until: Day,
    pub unit_cost_cents: i64,
    pub fixed_cost_cents: i64,
    pub conditions: Vec<String>,
    pub condition_bits: u32,
    pub evidence_level: String,
    pub assured_on: Day,
    pub version: i64,
}

impl OpenOffer {
    /// Whether the member is at home in the country: a local candidate.
    pub fn local_in(&self, country: &str) -> bool {
        self.home.as_deref() == Some(country)
    }
    /// The first period it can serve: setting up begins with the window, or today when that is later.
    pub fn ready(&self, today: Day) -> Period {
        Period::of(self.window_from.max(today).plus(self.setup_days))
    }
    /// The last period it serves.
    pub fn last(&self) -> Period {
        Period::of(self.window_to)
    }
    /// Whether it is given at a place, named by its code and the codes of all places around it.
    pub fn serves(&self, place_and_ancestors: &[&str]) -> bool {
        match &self.places {
            Places::World => true,
            Places::Listed(codes) => codes
                .iter()
                .any(|code| place_and_ancestors.contains(&code.as_str())),
        }
    }
}
