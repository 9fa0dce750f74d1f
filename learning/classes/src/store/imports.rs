//! Rosters that were brought or tried.

use base::{Id, Moment, Result};
use db::{Tx, args};
use serde_json::Value;

/// A roster as it was brought.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    pub(crate) id: Id,
    pub(crate) country: String,
    pub(crate) school: Option<Id>,
    pub(crate) file_name: String,
    pub(crate) file_hash: String,
    /// `waiting`, `read`, `refused`, `accepted`, `done`.
    pub(crate) state: String,
    pub(crate) report: Value,
    pub(crate) asked_by: Id,
}

impl Import {
    /// Whose rows it may bring: a school's id or a country's code.
    pub(crate) fn scope_code(&self) -> String {
        self.school
            .map_or_else(|| self.country.clone(), |school| school.to_string())
    }
}

/// Inserts an import that waits to be read.
pub(crate) fn add(tx: &mut Tx, import: &Import, now: Moment) -> Result<()> {
    tx.exec(
        "INSERT INTO school_import (id, country, school_id, file_name, file_hash, state, report, asked_by, asked_at) \
         VALUES ($1, $2, $3, $4, $5, 'waiting', '{}', $6, $7)",
        &args![
            import.id, import.country.as_str(), import.school, import.file_name.as_str(), import.file_hash.as_str(), import.asked_by, now
        ],
    )?;
    Ok(())
}

/// One import.
pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Import> {
    let row = tx.one(
        "SELECT id, country, school_id, file_name, file_hash, state, report, asked_by FROM school_import WHERE id = $1",
        &args![id],
    )?;
    let mut r = row.read();
    Ok(Import {
        id: r.id()?,
        country: r.text()?,
        school: r.opt_id()?,
        file_name: r.text()?,
        file_hash: r.text()?,
        state: r.text()?,
        report: r.json()?,
        asked_by: r.id()?,
    })
}

/// Moves an import on; false when it was not in that state.
pub(crate) fn set(
    tx: &mut Tx,
    id: Id,
    (from, to): (&str, &str),
    report: &Value,
    now: Moment,
) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE school_import SET state = $1, report = $2, done_at = $3 WHERE id = $4 AND state = $5",
        &args![to, report.to_string(), now, id, from],
    )?;
    Ok(touched == 1)
}
