//! The nouns: schemes of work, week by week.

use crate::Standing;
use base::{Day, Id, Moment, Names};

/// What is taught in which week of a term, to a grade in a subject.
#[derive(Clone, Debug)]
pub struct Scheme {
    pub id: Id,
    pub country: String,
    /// The school that adapts the national scheme; none for the national one.
    pub school: Option<Id>,
    pub framework: Id,
    /// The national scheme that a school's changes lie over.
    pub based_on: Option<Id>,
    pub subject: String,
    pub grade: i64,
    /// Year and term: `2027-1`.
    pub term: String,
    pub starts_on: Day,
    pub weeks: i64,
    pub standing: Standing,
    pub supersedes: Option<Id>,
    pub drafters: Vec<Id>,
    pub made_by: Option<Id>,
    pub made_at: Moment,
    pub changed_at: Moment,
    pub proposed_by: Option<Id>,
    pub proposed_at: Option<Moment>,
    pub returned: Option<String>,
    pub adopted_by: Option<Id>,
    pub adopted_on: Option<Day>,
    pub ended_on: Option<Day>,
    pub reason: Option<String>,
    pub version: i64,
}

impl Scheme {
    /// The last day of its last week.
    pub fn ends_on(&self) -> Day {
        self.starts_on.plus(self.weeks * 7 - 1)
    }
    /// The first day of a week.
    pub fn week_starts(&self, number: i64) -> Day {
        self.starts_on.plus((number - 1) * 7)
    }
    /// Whether strangers may see it.
    pub fn is_public(&self) -> bool {
        self.adopted_on.is_some() && self.school.is_none()
    }
}

/// One week of a scheme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week {
    pub number: i64,
    pub title: Names,
    pub competencies: Vec<Id>,
    pub note: String,
    /// A school put this in place of the national week.
    pub adapted: bool,
}
