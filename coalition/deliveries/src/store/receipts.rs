//! What receivers checked in; and files of check-ins that were tried.

use super::{read_upload, upload_args};
use crate::consignment::{Checked, Receipt, Via};
use base::{Day, Id, Moment, Result};
use db::{Row, Tx, Val, args};
use serde_json::Value;

db::table!(
    /// Check-ins; never changed.
    RECEIPT = "receipt" key 1 {
        id: Id, consignment_id: Id, consignment_line_id: Id, department: Text, good: Int, damaged: Int,
        short: Int, surplus: Int, received_on: Text, via: Text, said_by: Id, link_id: Id,
        proof_hash: Text, proof_name: Text, proof_mime: Text, proof_size: Int, note: Text, said_at: Int,
    }
);

fn values(r: &Receipt) -> Vec<Val> {
    let mut out = args![
        r.id,
        r.consignment,
        r.consignment_line,
        &r.department,
        r.checked.good,
        r.checked.damaged,
        r.checked.short,
        r.checked.surplus,
        r.on,
        r.via.code(),
        r.by,
        r.link
    ]
    .to_vec();
    out.extend(upload_args(r.proof.as_ref()));
    out.extend(args![r.note.clone(), r.at]);
    out
}

pub(crate) fn add_many(tx: &mut Tx, receipts: &[Receipt]) -> Result<()> {
    tx.add_many(&RECEIPT, receipts.iter().map(values).collect())
}

macro_rules! receipts {
    ($rest:expr) => {
        concat!(
            "SELECT id, consignment_id, consignment_line_id, department, good, damaged, short, surplus, \
             received_on, via, said_by, link_id, proof_hash, proof_name, proof_mime, proof_size, note, \
             said_at FROM receipt ",
            $rest
        )
    };
}

fn read(row: &Row) -> Result<Receipt> {
    let mut r = row.read();
    Ok(Receipt {
        id: r.id()?,
        consignment: r.id()?,
        consignment_line: r.id()?,
        department: r.text()?,
        checked: Checked {
            good: r.int()?,
            damaged: r.int()?,
            short: r.int()?,
            surplus: r.int()?,
        },
        on: r.day()?,
        via: Via::stored(r.str()?)?,
        by: r.opt_id()?,
        link: r.opt_id()?,
        proof: read_upload(&mut r)?,
        note: r.opt_text()?,
        at: r.moment()?,
    })
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Receipt> {
    read(&tx.one(receipts!("WHERE id = $1"), &args![id])?)
}

/// The check-ins of a line, oldest first.
pub(crate) fn of_line(tx: &mut Tx, line: Id) -> Result<Vec<Receipt>> {
    let sql = receipts!("WHERE consignment_line_id = $1 ORDER BY id");
    tx.rows(sql, &args![line])?.iter().map(read).collect()
}

/// The check-ins of a line that came by a link.
pub(crate) fn by_link(tx: &mut Tx, line: Id, link: Id) -> Result<Vec<Receipt>> {
    let sql = receipts!("WHERE consignment_line_id = $1 AND link_id = $2 ORDER BY id");
    tx.rows(sql, &args![line, link])?.iter().map(read).collect()
}

/// A table of check-ins that was read.
#[derive(Clone, Debug)]
pub(crate) struct Tried {
    pub id: Id,
    pub consignment: Id,
    pub file_name: String,
    pub file_hash: String,
    pub on: Day,
    pub rows: i64,
    pub report: Value,
    pub accepted: bool,
    pub by: Id,
    pub at: Moment,
}

pub(crate) fn add_tried(tx: &mut Tx, tried: &Tried) -> Result<()> {
    let state = if tried.accepted { "accepted" } else { "tried" };
    tx.exec(
        "INSERT INTO check_in_file (id, consignment_id, file_name, file_hash, received_on, row_count, \
         report, state, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &args![
            tried.id,
            tried.consignment,
            &tried.file_name,
            &tried.file_hash,
            tried.on,
            tried.rows,
            tried.report.to_string(),
            state,
            tried.by,
            tried.at
        ],
    )?;
    Ok(())
}

pub(crate) fn tried(tx: &mut Tx, id: Id) -> Result<Tried> {
    let row = tx.one(
        "SELECT id, consignment_id, file_name, file_hash, received_on, row_count, report, state, \
         made_by, made_at FROM check_in_file WHERE id = $1",
        &args![id],
    )?;
    let mut r = row.read();
    Ok(Tried {
        id: r.id()?,
        consignment: r.id()?,
        file_name: r.text()?,
        file_hash: r.text()?,
        on: r.day()?,
        rows: r.int()?,
        report: serde_json::from_str(r.str()?).unwrap_or_default(),
        accepted: r.str()? == "accepted",
        by: r.id()?,
        at: r.moment()?,
    })
}

/// Marks a tried file as accepted; whether it was not before.
pub(crate) fn accept_tried(tx: &mut Tx, id: Id) -> Result<bool> {
    let sql = "UPDATE check_in_file SET state = 'accepted' WHERE id = $1 AND state = 'tried'";
    Ok(tx.exec(sql, &args![id])? == 1)
}
