//! Requests: an authority's letter, its state, and the steps taken with it.

use base::{Day, Id, Moment};
use files::Upload;

/// Where a request stands. Every state but the last three can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    Draft,
    Submitted,
    Received,
    UnderAssessment,
    Returned,
    Validated,
    Declined,
    Withdrawn,
}

impl State {
    /// Every state, in the order a request may pass them.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::Submitted,
        Self::Received,
        Self::UnderAssessment,
        Self::Returned,
        Self::Validated,
        Self::Declined,
        Self::Withdrawn,
    ];
    /// The codes of all states, for filters.
    pub const CODES: [&'static str; 8] = [
        "draft",
        "submitted",
        "received",
        "under_assessment",
        "returned_for_information",
        "validated",
        "declined",
        "withdrawn",
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Received => "received",
            Self::UnderAssessment => "under_assessment",
            Self::Returned => "returned_for_information",
            Self::Validated => "validated",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }
    /// The state of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
    /// The authority may still change its lines.
    pub const fn editable(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
    /// Nothing more happens to the request itself.
    pub const fn ended(self) -> bool {
        matches!(self, Self::Validated | Self::Declined | Self::Withdrawn)
    }
}

/// A step taken with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Draft,
    Submit,
    Receive,
    Assess,
    Edit,
    Return,
    Answer,
    Validate,
    Decline,
    Withdraw,
    /// Of one need, after validation.
    Reconfirm,
    Close,
    WithdrawNeed,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 13] = [
        Self::Draft,
        Self::Submit,
        Self::Receive,
        Self::Assess,
        Self::Edit,
        Self::Return,
        Self::Answer,
        Self::Validate,
        Self::Decline,
        Self::Withdraw,
        Self::Reconfirm,
        Self::Close,
        Self::WithdrawNeed,
    ];
    /// What has happened, as stored and as the fact's verb says it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "drafted",
            Self::Submit => "submitted",
            Self::Receive => "received",
            Self::Assess => "assessed",
            Self::Edit => "edited",
            Self::Return => "returned",
            Self::Answer => "answered",
            Self::Validate => "validated",
            Self::Decline => "declined",
            Self::Withdraw => "withdrawn",
            Self::Reconfirm => "reconfirmed",
            Self::Close => "closed",
            Self::WithdrawNeed => "need_withdrawn",
        }
    }
    /// The verb of the fact.
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Draft => "request.drafted",
            Self::Submit => "request.submitted",
            Self::Receive => "request.received",
            Self::Assess => "request.assessed",
            Self::Edit => "need.edited",
            Self::Return => "request.returned",
            Self::Answer => "request.answered",
            Self::Validate => "request.validated",
            Self::Decline => "request.declined",
            Self::Withdraw => "request.withdrawn",
            Self::Reconfirm => "need.reconfirmed",
            Self::Close => "need.closed",
            Self::WithdrawNeed => "need.withdrawn",
        }
    }
    /// The step of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }
}

/// A request for assistance.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub id: Id,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub year: i64,
    pub number: i64,
    /// `HN-2026-R-001`.
    pub code: String,
    /// The national authority's organisation.
    pub organisation: Id,
    pub subject: String,
    /// What the authority wrote, never changed by anyone else.
    pub own_words: String,
    /// BCP 47 code of the language it wrote in.
    pub own_lang: String,
    pub letter: Option<Upload>,
    /// `emergency` or `plan`.
    pub context: String,
    pub context_name: String,
    pub cause: Option<String>,
    pub glide: Option<String>,
    pub urgency: i64,
    pub required_by: Day,
    /// Why devices or connections come without a skills part.
    pub pairing_reason: Option<String>,
    pub state: State,
    pub filed_by: Id,
    pub created_at: Moment,
    pub submitted_at: Option<Moment>,
    pub received_at: Option<Moment>,
    pub answered_at: Option<Moment>,
    pub version: i64,
}

impl Request {
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/requests/{}", self.id)
    }
}

/// A step that was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    pub id: Id,
    pub request: Id,
    /// The need the step is about, when not about the whole request.
    pub need: Option<Id>,
    pub step: Step,
    /// The reason, question or answer that came with it.
    pub words: Option<String>,
    pub account: Id,
    pub at: Moment,
}

/// The code of a request or need: country, year, letter, number.
pub fn code(country: &str, year: i64, letter: char, number: i64) -> String {
    format!("{country}-{year}-{letter}-{number:03}")
}
