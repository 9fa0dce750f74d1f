//! Batches: many agreements drafted at once from what both sides accepted.

use base::{Day, Id, Lang, Moment};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// How proposals are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// One agreement for everything a member gives in a country.
    PerParty,
    /// One agreement for each proposal.
    PerMatch,
}

impl Grouping {
    /// The codes of both.
    pub const CODES: [&'static str; 2] = ["per_party", "per_match"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PerParty => "per_party",
            Self::PerMatch => "per_match",
        }
    }
    /// The grouping of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::PerParty, Self::PerMatch]
            .into_iter()
            .find(|grouping| grouping.code() == code)
    }
}

/// What is the same in every agreement of a batch.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Common {
    /// None takes the instrument that fits what is given.
    pub kind: Option<String>,
    /// None takes the languages of each pair of parties.
    pub langs: Option<(Lang, Lang)>,
    pub selection: String,
    /// Empty names the round each comes from.
    pub justification: String,
    /// None takes the first and last day the offers allow.
    pub starts_on: Option<Day>,
    pub ends_on: Option<Day>,
    pub sovereignty: BTreeMap<String, bool>,
}

/// A batch as it was asked for and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    pub id: Id,
    pub country: Option<String>,
    pub round: Option<Id>,
    pub grouping: Grouping,
    pub terms: Common,
    pub made_by: Id,
    pub made_at: Moment,
    pub finished_at: Option<Moment>,
    /// Proposals taken up.
    pub proposals: i64,
    /// Drafts made; groups that could not be drafted; drafts that look like another agreement.
    pub drafted: i64,
    pub refused: i64,
    pub suspected: i64,
    pub version: i64,
}

/// One group of a batch: its draft, or why there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchRow {
    pub batch: Id,
    pub place: i64,
    pub country: String,
    pub member: Id,
    pub proposals: Vec<Id>,
    pub agreement: Option<Id>,
    /// Every problem: its key, field and arguments.
    pub problems: Value,
}

/// What the rows of a batch come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub proposals: i64,
    pub drafted: i64,
    pub refused: i64,
    pub suspected: i64,
}
