//! Templates: the clauses every agreement is set from, in every language, as data.

use base::{Id, Moment, Names};
use serde::{Deserialize, Serialize};

/// One numbered clause; what stands in braces is filled in from the agreement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clause {
    pub heading: Names,
    pub text: Names,
}

/// What may stand in braces.
pub const BLANKS: [&str; 8] = [
    "authority",
    "member",
    "country",
    "code",
    "starts_on",
    "ends_on",
    "free_until",
    "title",
];

/// A template's version; published by another person than wrote it, then never changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    pub id: Id,
    pub number: i64,
    pub name: Names,
    pub clauses: Vec<Clause>,
    pub written_by: Option<Id>,
    pub written_at: Moment,
    pub published_by: Option<Id>,
    pub published_at: Option<Moment>,
    pub version: i64,
}
