//! Accreditations of national authorities, the calls that confirmed them, and delegations.

use base::{Day, Id, Moment, Role};

/// An authority that may act for its country today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The accreditation's id.
    pub id: Id,
    pub country: String,
    pub organisation: Id,
    pub valid_from: Day,
    /// The last day.
    pub valid_to: Day,
}

/// A country's letter that names who speaks for it, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Accreditation {
    pub(crate) id: Id,
    pub(crate) country: String,
    pub(crate) organisation: Id,
    pub(crate) letter: Letter,
    pub(crate) valid_from: Day,
    pub(crate) valid_to: Day,
    /// The accreditation it renews or replaces.
    pub(crate) replaces: Option<Id>,
    pub(crate) state: State,
    pub(crate) nominated_by: Id,
    pub(crate) nominated_at: Moment,
    pub(crate) verified_by: Option<Id>,
    pub(crate) verified_at: Option<Moment>,
    pub(crate) ended_by: Option<Id>,
    pub(crate) ended_at: Option<Moment>,
    pub(crate) end_reason: Option<String>,
    pub(crate) version: i64,
}

/// The letter as kept; its name is left out, it may name a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) hash: String,
    pub(crate) mime: String,
    pub(crate) size: i64,
    /// The day written on it.
    pub(crate) on: Day,
}

/// What persons have decided about an accreditation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Nominated,
    Verified,
    Declined,
    Revoked,
    Replaced,
}

impl State {
    pub(crate) const ALL: [Self; 5] = [
        Self::Nominated,
        Self::Verified,
        Self::Declined,
        Self::Revoked,
        Self::Replaced,
    ];
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Nominated => "nominated",
            Self::Verified => "verified",
            Self::Declined => "declined",
            Self::Revoked => "revoked",
            Self::Replaced => "replaced",
        }
    }
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// Where an accreditation stands on a day: decided by persons, or by the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Nominated,
    /// Verified; its days have not begun.
    Verified,
    Active,
    Lapsed,
    Declined,
    Revoked,
    Replaced,
}

impl Standing {
    /// The stable codes.
    pub(crate) const CODES: &'static [&'static str] = &[
        "nominated",
        "verified",
        "active",
        "lapsed",
        "declined",
        "revoked",
        "replaced",
    ];
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Nominated => "nominated",
            Self::Verified => "verified",
            Self::Active => "active",
            Self::Lapsed => "lapsed",
            Self::Declined => "declined",
            Self::Revoked => "revoked",
            Self::Replaced => "replaced",
        }
    }
}

/// A person the letter names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) account: Id,
    pub(crate) role: Role,
}

/// Known channels a call goes back to; never one taken from the letter itself.
pub(crate) const CHANNELS: &[&str] = &[
    "switchboard",
    "official_email",
    "embassy",
    "un_office",
    "in_person",
];

/// What a call confirms.
pub(crate) const CONFIRMED: &[&str] = &["letter", "persons", "validity"];

/// A call back to a channel known before the letter came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CallBack {
    pub(crate) id: Id,
    pub(crate) accreditation: Id,
    pub(crate) channel: String,
    /// Where the channel is published.
    pub(crate) channel_source: String,
    pub(crate) called_on: Day,
    /// The function of whom was spoken to, never a name.
    pub(crate) spoke_to: Option<String>,
    /// `confirmed`, `not_reached` or `denied`.
    pub(crate) outcome: String,
    pub(crate) confirmed: Vec<String>,
    pub(crate) called_by: Id,
    pub(crate) recorded_at: Moment,
}

/// A part of an authority's scope handed to one more person for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Delegation {
    pub(crate) id: Id,
    pub(crate) accreditation: Id,
    pub(crate) from: Id,
    pub(crate) to: Id,
    pub(crate) appointment: Id,
    pub(crate) places: Vec<String>,
    pub(crate) from_on: Day,
    pub(crate) to_on: Day,
    pub(crate) delegated_at: Moment,
    pub(crate) revoked_by: Option<Id>,
    pub(crate) revoked_at: Option<Moment>,
    pub(crate) revoke_reason: Option<String>,
    pub(crate) version: i64,
}
