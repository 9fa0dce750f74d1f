//! What a roster holds once it is read, and what is refused of it.

use base::{Day, Role};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Refused rows kept with their reasons; the rest are counted.
const REFUSED_MAX: usize = 1_000;

/// A row that is refused, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refused {
    pub(crate) file: String,
    /// As a spreadsheet numbers them; 0 for the file as a whole.
    pub(crate) row: i64,
    pub(crate) column: String,
    /// A key of the words `roster-…`.
    pub(crate) key: String,
    pub(crate) said: String,
}

impl Refused {
    pub(crate) fn at((file, row): (&str, i64), column: &str, key: &str, said: &str) -> Self {
        Self {
            file: file.to_owned(),
            row,
            column: column.to_owned(),
            key: key.to_owned(),
            said: said.chars().take(80).collect(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Org {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) identifier: String,
    pub(crate) row: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) grade: i64,
    pub(crate) subjects: Vec<String>,
    pub(crate) school: String,
    pub(crate) session: String,
    pub(crate) days: (Day, Day),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct User {
    pub(crate) id: String,
    pub(crate) row: i64,
    pub(crate) gone: bool,
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) user_name: String,
    pub(crate) agents: Vec<String>,
    pub(crate) birth_year: Option<i64>,
    pub(crate) sex: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    pub(crate) user: String,
    pub(crate) role: Role,
    pub(crate) org: String,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Enrolled {
    pub(crate) id: String,
    pub(crate) class: String,
    pub(crate) user: String,
    pub(crate) role: Role,
    pub(crate) gone: bool,
    pub(crate) from: Option<Day>,
    pub(crate) to: Option<Day>,
}

/// What a zip held.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roster {
    pub(crate) orgs: BTreeMap<String, Org>,
    pub(crate) classes: Vec<Group>,
    pub(crate) users: Vec<User>,
    pub(crate) roles: Vec<Given>,
    pub(crate) enrolments: Vec<Enrolled>,
    pub(crate) refused: Vec<Refused>,
    pub(crate) refused_count: i64,
    /// What was left out, and how often: keys of the words `roster-left-…`.
    pub(crate) left: BTreeMap<String, i64>,
}

impl Roster {
    pub(crate) fn refuse(&mut self, place: (&str, i64), column: &str, key: &str, said: &str) {
        self.turn_away(Refused::at(place, column, key, said));
    }
    /// Counts a refused row, and keeps it while there are few.
    pub(crate) fn turn_away(&mut self, refused: Refused) {
        self.refused_count += 1;
        if self.refused.len() < REFUSED_MAX {
            self.refused.push(refused);
        }
    }
    pub(super) fn leave(&mut self, key: &str) {
        *self.left.entry(key.to_owned()).or_default() += 1;
    }
}
