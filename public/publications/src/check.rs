//! What is published is checked by reading it again as a stranger would, never by trusting what
//! wrote it.

mod against_iati;
mod against_ocds;
mod against_table;
mod tree;
mod xpath;

pub use against_iati::{VERSION as IATI_VERSION, check as iati};
pub use against_ocds::{VERSION as OCDS_VERSION, check as ocds};
pub use against_table::{Keys, VERSION as TABLE_VERSION, check as table};

use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Messages kept word for word; the others are counted.
const KEPT: usize = 20;

/// What a validator found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Things looked at.
    pub seen: i64,
    pub errors: i64,
    pub warnings: i64,
    /// The first messages, each with how often it came.
    found: BTreeMap<(bool, String), (i64, String)>,
}

impl Report {
    pub(crate) fn looked(&mut self, things: usize) {
        self.seen += i64::try_from(things).unwrap_or(0);
    }
    /// Adds a breach of a rule, seen at a place.
    pub(crate) fn error(&mut self, rule: &str, at: &str) {
        self.errors += 1;
        self.keep(true, rule, at);
    }
    /// Adds something that is allowed and better avoided.
    pub(crate) fn warn(&mut self, rule: &str, at: &str) {
        self.warnings += 1;
        self.keep(false, rule, at);
    }
    fn keep(&mut self, grave: bool, rule: &str, at: &str) {
        let key = (grave, rule.to_owned());
        if self.found.len() < KEPT || self.found.contains_key(&key) {
            let entry = self.found.entry(key).or_insert_with(|| (0, at.to_owned()));
            entry.0 += 1;
        }
    }
    /// No rule is broken.
    pub fn is_clean(&self) -> bool {
        self.errors == 0
    }
    /// The messages: whether each is an error, what it says, how often, and where first.
    pub fn json(&self) -> Value {
        self.found
            .iter()
            .map(|((grave, rule), (times, at))| {
                json!({ "error": grave, "says": rule, "times": times, "first": at })
            })
            .collect()
    }
}
