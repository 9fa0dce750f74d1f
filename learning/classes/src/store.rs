//! Every SQL statement of this room; only this room writes its tables.

pub(crate) mod attendance;
pub(crate) mod classes;
pub(crate) mod entry;
pub(crate) mod imports;
pub(crate) mod lessons;
pub(crate) mod marks;
pub(crate) mod people;

use base::Result;
use db::{Tx, args};

/// The next number of a counter; counters begin with 0.
pub(crate) fn next(tx: &mut Tx, name: &str, how_many: i64) -> Result<i64> {
    tx.exec(
        "INSERT INTO school_counter (name, next) VALUES ($1, $2) \
         ON CONFLICT (name) DO UPDATE SET next = school_counter.next + excluded.next",
        &args![name, how_many],
    )?;
    let row = tx.one(
        "SELECT next FROM school_counter WHERE name = $1",
        &args![name],
    )?;
    Ok(row.read().int()? - how_many)
}
