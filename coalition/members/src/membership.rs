//! The nouns: a membership, its states, what verification found, how its standing went.

use base::{Day, Id, Lang, Moment, Names};
use std::collections::BTreeMap;

/// Where a membership stands. No date moves it; every step is somebody's act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Applied,
    UnderReview,
    /// The applicant was asked something.
    Clarification,
    Admitted,
    Declined,
    /// New offers are frozen; what runs stays visible.
    Suspended,
    Removed,
    Withdrawn,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Applied,
        Self::UnderReview,
        Self::Clarification,
        Self::Admitted,
        Self::Declined,
        Self::Suspended,
        Self::Removed,
        Self::Withdrawn,
    ];
    /// The codes of all states.
    pub const CODES: &'static [&'static str] = &[
        "applied",
        "under_review",
        "clarification",
        "admitted",
        "declined",
        "suspended",
        "removed",
        "withdrawn",
    ];
    /// The codes the public sees: an application is nobody else's business.
    pub const PUBLIC: &'static [&'static str] = &["admitted", "suspended", "removed", "withdrawn"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::UnderReview => "under_review",
            Self::Clarification => "clarification",
            Self::Admitted => "admitted",
            Self::Declined => "declined",
            Self::Suspended => "suspended",
            Self::Removed => "removed",
            Self::Withdrawn => "withdrawn",
        }
    }
    /// The state of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
    /// The membership, or the application for one, has come to its end.
    pub const fn has_ended(self) -> bool {
        matches!(self, Self::Declined | Self::Removed | Self::Withdrawn)
    }
    /// The public may know of it.
    pub const fn is_public(self) -> bool {
        matches!(
            self,
            Self::Admitted | Self::Suspended | Self::Removed | Self::Withdrawn
        )
    }
}

/// A step of the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    StartReview,
    AskClarification,
    Clarify,
    Verify,
    Admit,
    Decline,
    Suspend,
    Reinstate,
    ProposeRemoval,
    Remove,
    Withdraw,
}

impl Move {
    /// Every step.
    pub const ALL: [Self; 11] = [
        Self::StartReview,
        Self::AskClarification,
        Self::Clarify,
        Self::Verify,
        Self::Admit,
        Self::Decline,
        Self::Suspend,
        Self::Reinstate,
        Self::ProposeRemoval,
        Self::Remove,
        Self::Withdraw,
    ];
}

/// An organisation's membership, from application to its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Membership {
    pub id: Id,
    pub organisation: Id,
    pub state: State,
    /// What the organisation can do, in its own words.
    pub strengths: Names,
    /// Codes of the objectives it supports.
    pub objectives: Vec<String>,
    /// Codes of the obligations it accepted.
    pub obligations: Vec<String>,
    pub obligations_on: Day,
    pub do_no_harm_on: Day,
    /// Its answer to each principle of data protection, by the principle's code.
    pub principles: BTreeMap<String, String>,
    /// The account of the person who speaks for it.
    pub contact: Id,
    /// The account of its authorised officer, where one was named.
    pub officer: Option<Id>,
    /// The language it applied in.
    pub lang: Lang,
    pub applied_by: Option<Id>,
    pub applied_at: Moment,
    pub reviewed_by: Option<Id>,
    pub admitted_on: Option<Day>,
    pub admitted_by: Option<Id>,
    pub ended_on: Option<Day>,
    /// The approver who proposed the removal, while it waits for a second one.
    pub removal_by: Option<Id>,
    pub removal_reason: Option<String>,
    pub version: i64,
}

/// What an officer found about one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Code of a verification criterion.
    pub criterion: String,
    pub met: bool,
    pub note: String,
    /// Where it can be looked up: a register entry, a document, a call.
    pub evidence: String,
}

/// A finding as it was recorded; a later one on the same criterion counts instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub id: Id,
    pub finding: Finding,
    pub by: Id,
    pub at: Moment,
}

/// A stretch of a membership in one state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub id: Id,
    pub membership: Id,
    pub organisation: Id,
    /// Its place in the membership's history.
    pub number: i64,
    pub state: State,
    pub from_on: Day,
    /// The first day it was no longer so; none while it lasts.
    pub until_on: Option<Day>,
    pub at: Moment,
    pub by: Option<Id>,
    pub reason: Option<String>,
    /// The published rule a refusal rests on.
    pub rule: Option<String>,
}

/// A question of the secretariat or an answer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: Id,
    pub membership: Id,
    pub question: bool,
    pub text: String,
    pub by: Id,
    pub at: Moment,
}

/// A person named in an application, by name and address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub email: String,
}

/// Who speaks for the applicant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contact {
    /// Somebody who is signed in.
    Account(Id),
    /// Somebody who will be invited.
    Person(Person),
}

/// What an applicant hands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Application {
    pub names: Names,
    pub kind: String,
    pub country: Option<String>,
    pub website: Option<String>,
    /// Registration agency and number.
    pub identifiers: Vec<(String, String)>,
    pub strengths: Names,
    pub objectives: Vec<String>,
    pub obligations: Vec<String>,
    pub do_no_harm: bool,
    pub principles: BTreeMap<String, String>,
    pub contact: Contact,
    pub officer: Option<Person>,
    /// Made for a demonstration.
    pub sample: bool,
    pub lang: Lang,
}
