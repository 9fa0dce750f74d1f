//! Accounts and what hangs on them: sessions, links, keys, conflicts of interest.

use base::{Day, Id, Lang, Moment, Role};

/// A person who can sign in. Personal: never in a fact, never on a public page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: Id,
    /// Lower case.
    pub email: String,
    pub name: String,
    pub lang: Lang,
    /// None until the person has chosen a password.
    pub password_hash: Option<String>,
    /// None until the person has confirmed a first code.
    pub totp_secret: Option<Vec<u8>>,
    /// Counts the secrets there have been.
    pub totp_serial: i64,
    /// The step of the last code used.
    pub totp_step: i64,
    /// Who last took the second factor away, and when.
    pub reset: Option<(Id, Moment)>,
    /// Made for a demonstration.
    pub sample: bool,
    pub created_at: Moment,
    pub closed_at: Option<Moment>,
}

/// A new account.
#[derive(Clone, Debug, Default)]
pub struct NewAccount {
    pub email: String,
    pub name: String,
    pub lang: Lang,
    /// From [`crate::hash_password`]; none when the person will choose one by invitation.
    pub password_hash: Option<String>,
    pub sample: bool,
}

/// Signed in on one device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) id: Id,
    pub(crate) account: Id,
    pub(crate) began_by: String,
    pub(crate) agent: String,
    pub(crate) created_at: Moment,
    pub(crate) seen_at: Moment,
    /// When the second factor was given.
    pub(crate) second_at: Option<Moment>,
    pub(crate) ended_at: Option<Moment>,
}

/// A link that lets one person in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Ticket {
    pub(crate) id: Id,
    pub(crate) account: Id,
    /// Works again and again: demonstrations only.
    pub(crate) reusable: bool,
    /// Counts as the second factor too: demonstrations only.
    pub(crate) second: bool,
    pub(crate) expires_at: Moment,
    pub(crate) used_at: Option<Moment>,
}

/// A key a program uses in its owner's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) id: Id,
    pub(crate) account: Id,
    pub(crate) label: String,
    /// The first characters, by which the owner knows it again.
    pub(crate) shown_start: String,
    pub(crate) scope: Scope,
    /// Beginnings of paths it may ask for; empty means all.
    pub(crate) paths: Vec<String>,
    pub(crate) created_at: Moment,
    pub(crate) expires_on: Option<Day>,
    pub(crate) revoked_at: Option<Moment>,
}

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    Read,
    Write,
}

impl Scope {
    /// The stable codes.
    pub(crate) const CODES: &'static [&'static str] = &["read", "write"];
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }
    pub(crate) fn parse(code: &str) -> Self {
        if code == "write" {
            Self::Write
        } else {
            Self::Read
        }
    }
}

/// Kinds of ties between a person and an organisation that make a conflict of interest.
pub(crate) const AFFILIATION_KINDS: &[&str] = &[
    "employed",
    "seconded",
    "adviser",
    "governing",
    "financial",
    "family",
];

/// A tie a person has declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affiliation {
    pub id: Id,
    pub account: Id,
    pub organisation: Id,
    pub kind: String,
    pub from_on: Day,
    pub to_on: Option<Day>,
}

/// A role given to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointed {
    pub id: Id,
    pub account: Id,
    pub role: Role,
    pub organisation: Option<Id>,
    pub country: Option<String>,
    /// Place codes it is narrowed to; empty means the whole country.
    pub places: Vec<String>,
    pub from_on: Day,
    /// The last day.
    pub to_on: Option<Day>,
    /// A word for what it rests on: `accreditation`, `membership`, `delegation`, `secretariat`.
    pub basis: String,
    pub by: Option<Id>,
    pub at: Moment,
    pub ended_at: Option<Moment>,
    pub ended_by: Option<Id>,
    pub end_reason: Option<String>,
    pub version: i64,
}

impl Appointed {
    /// In force on a day.
    pub fn is_in_force(&self, today: Day) -> bool {
        self.ended_at.is_none()
            && self.from_on <= today
            && self.to_on.is_none_or(|last| today <= last)
    }
    /// As an actor carries it.
    pub fn appointment(&self) -> base::Appointment {
        base::Appointment {
            role: self.role,
            organisation: self.organisation,
            country: self.country.clone(),
            places: self.places.clone(),
        }
    }
}

/// A role to be given.
#[derive(Clone, Debug)]
pub struct NewAppointment {
    pub account: Id,
    pub role: Role,
    pub organisation: Option<Id>,
    pub country: Option<String>,
    pub places: Vec<String>,
    pub from_on: Day,
    pub to_on: Option<Day>,
    /// A word for what it rests on: `accreditation`, `membership`, `delegation`, `secretariat`.
    pub basis: &'static str,
}

/// A person to be invited, with the roles that wait for them; `account` of each is filled in.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub email: String,
    pub name: String,
    pub lang: Lang,
    pub appointments: Vec<NewAppointment>,
}
