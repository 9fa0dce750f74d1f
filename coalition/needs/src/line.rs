//! Need lines: one quantity for one school or place, and everything matching must know of it.

use base::{Day, Id};
use serde::{Deserialize, Serialize};

/// Per mille of a line's learners who belong to each group; none where nobody knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shares {
    pub girls: Option<i64>,
    pub rural: Option<i64>,
    pub disability: Option<i64>,
    pub displaced: Option<i64>,
    pub poor: Option<i64>,
    pub ldc: Option<i64>,
}

impl Shares {
    /// The groups in the order matching counts them; what is unknown earns no points.
    pub fn points(&self) -> [u16; 6] {
        self.all()
            .map(|share| u16::try_from(share.unwrap_or(0).clamp(0, 1000)).unwrap_or(0))
    }
    /// The shares in the same order, unknown left unknown.
    pub const fn all(&self) -> [Option<i64>; 6] {
        [
            self.girls,
            self.rural,
            self.disability,
            self.displaced,
            self.poor,
            self.ldc,
        ]
    }
    /// At least half of the learners are known to belong to a disadvantaged group.
    pub fn mostly_disadvantaged(&self) -> bool {
        let [_, groups @ ..] = self.all();
        groups.into_iter().flatten().any(|share| share >= 500)
    }
}

/// A need line as its authority wrote or derived it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub id: Id,
    pub need: Id,
    pub import: Option<Id>,
    pub quantity: i64,
    pub place: String,
    /// The first-level area the place lies in; the country where only that is known.
    pub department: String,
    pub school: Option<String>,
    /// The school's name, else the place's.
    pub label: String,
    /// Longitude and latitude.
    pub point: Option<(f64, f64)>,
    /// ISCED levels.
    pub levels: Vec<String>,
    pub audience: String,
    pub learners: Option<i64>,
    pub learners_method: Option<String>,
    pub learners_source: Option<String>,
    pub learners_as_of: Option<String>,
    pub shares: Shares,
    pub severity: i64,
    pub severity_method: String,
    pub urgency: i64,
    /// Connectivity already there, 0 to 3.
    pub tier: Option<i64>,
    pub lang1: String,
    pub lang2: Option<String>,
    /// Bits of the catalogue's conditions that are met.
    pub conditions: i64,
    pub window_from: Day,
    pub window_to: Day,
    /// How many partners may serve the line together.
    pub partners: i64,
    /// Per cent of the plain unit cost.
    pub remote: i64,
    pub package: Option<Id>,
    pub required_by: Day,
    pub version: i64,
}

/// A line others may serve.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenLine {
    pub id: Id,
    pub need: Id,
    pub request: Id,
    pub country: String,
    /// First-level area.
    pub area: String,
    pub place: String,
    /// The school's code in its country's register.
    pub school: Option<String>,
    pub label: String,
    pub service_class: String,
    /// Of the line.
    pub quantity: i64,
    /// Of it, what nobody has promised yet.
    pub uncovered: i64,
    pub learners: Option<i64>,
    pub shares: Shares,
    pub severity: i64,
    pub urgency: i64,
    pub lang1: String,
    pub lang2: Option<String>,
    pub tier: Option<i64>,
    pub conditions: i64,
    pub window_from: Day,
    pub window_to: Day,
    pub required_by: Day,
    pub partners: i64,
    pub remote: i64,
    pub package: Option<Id>,
    pub levels: Vec<String>,
}

impl OpenLine {
    /// The line counts for the priority rule: mostly disadvantaged learners, or severity 4 and 5.
    pub fn has_priority(&self) -> bool {
        self.severity >= 4 || self.shares.mostly_disadvantaged()
    }
}
