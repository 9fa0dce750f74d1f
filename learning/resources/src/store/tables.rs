//! Tables that were tried and may be kept.

use crate::imports::Import;
use base::{Error, Id, Moment, Result};
use db::{Row, Tx, args};

/// Keeps a tried table.
pub(crate) fn add_import(tx: &mut Tx, import: &Import, by: Id, now: Moment) -> Result<()> {
    tx.exec(
        "INSERT INTO resource_import (id, country, file_name, sheet_hash, files_hash, row_count, \
         report, state, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'tried', $8, $9)",
        &args![
            import.id,
            &import.country,
            &import.file_name,
            &import.sheet_hash,
            import.files_hash.clone(),
            import.rows,
            import.report.to_string(),
            by,
            now
        ],
    )?;
    Ok(())
}

macro_rules! import_columns {
    ($rest:expr) => {
        concat!(
            "SELECT id, country, file_name, sheet_hash, files_hash, row_count, report, state \
             FROM resource_import WHERE id = $1",
            $rest
        )
    };
}

fn read_import(row: &Row) -> Result<Import> {
    let mut r = row.read();
    Ok(Import {
        id: r.id()?,
        country: r.text()?,
        file_name: r.text()?,
        sheet_hash: r.text()?,
        files_hash: r.opt_text()?,
        rows: r.int()?,
        report: serde_json::from_str(r.str()?).map_err(Error::fault)?,
        done: r.text()? == "done",
    })
}

/// A tried table.
pub(crate) fn import(tx: &mut Tx, id: Id) -> Result<Import> {
    read_import(&tx.one(import_columns!(""), &args![id])?)
}

/// A tried table, held until the transaction ends.
pub(crate) fn import_to_change(tx: &mut Tx, id: Id) -> Result<Import> {
    read_import(&tx.one(import_columns!(" FOR UPDATE"), &args![id])?)
}

/// A tried table was kept.
pub(crate) fn import_done(tx: &mut Tx, id: Id) -> Result<()> {
    tx.exec(
        "UPDATE resource_import SET state = 'done' WHERE id = $1",
        &args![id],
    )?;
    Ok(())
}
