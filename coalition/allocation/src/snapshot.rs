//! What a round looks at: lines, offers and earlier matches at one moment, in this room's own terms.

use base::{Day, Id, Names};
use serde::{Deserialize, Serialize};

/// A line of need that may be served.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub id: Id,
    pub need: Id,
    pub country: String,
    /// First-level area.
    pub area: String,
    /// Codes of the place and of every place around it.
    pub around: Vec<String>,
    pub label: String,
    pub service_class: String,
    pub quantity: i64,
    pub uncovered: i64,
    pub learners: Option<i64>,
    pub shares: [Option<i64>; 6],
    pub urgency: i64,
    pub lang1: String,
    pub lang2: Option<String>,
    pub tier: Option<i64>,
    pub conditions: u32,
    pub window_from: Day,
    pub window_to: Day,
    pub partners: i64,
    pub remote: i64,
    pub package: Option<Id>,
    pub levels: Vec<String>,
    /// Counts for the priority rule.
    pub priority: bool,
}

/// How an offer is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Stock,
    Rate,
    Digital,
}

/// An offer that may serve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Supply {
    pub id: Id,
    pub member: Id,
    pub member_names: Names,
    pub title: Names,
    pub home: Option<String>,
    pub service_class: String,
    pub kind: Kind,
    /// Free units by period; a stock has one entry.
    pub free: Vec<(i64, i64)>,
    pub countries_free: i64,
    pub opened: Vec<String>,
    pub lot_min: i64,
    pub lot_step: i64,
    pub lot_max: Option<i64>,
    /// Place codes; none means everywhere.
    pub places: Option<Vec<String>>,
    /// Language codes; none means any.
    pub languages: Option<Vec<String>>,
    pub levels: Vec<String>,
    pub tier: i64,
    /// First and last period it can serve in.
    pub ready: i64,
    pub last: i64,
    pub unit_cost_cents: i64,
    pub fixed_cost_cents: i64,
    pub conditions: u32,
    /// The member has answered the four data-protection questions.
    pub data_answered: bool,
}

/// How an earlier match is bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Bound {
    /// Both sides agreed.
    Agreed,
    /// An officer locked it.
    Locked,
    /// One side accepted.
    Accepted,
    /// Nobody has said anything: a later round takes its place.
    Open,
}

/// A line of an earlier proposal that still stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Earlier {
    pub proposal: Id,
    pub offer: Id,
    pub line: Id,
    pub period: i64,
    pub quantity: i64,
    pub given: i64,
    pub bound: Bound,
}

/// A class of services.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Class {
    pub code: String,
    pub kind: Kind,
    pub has_language: bool,
    pub value: f64,
    pub min_tier: i64,
}

/// A country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Country {
    pub code: String,
    pub is_ldc: bool,
}

/// Everything a round looks at.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    pub lines: Vec<Line>,
    pub supplies: Vec<Supply>,
    pub earlier: Vec<Earlier>,
    pub classes: Vec<Class>,
    pub countries: Vec<Country>,
    /// First planning period and their number.
    pub first: i64,
    pub periods: i64,
    pub name: String,
}
