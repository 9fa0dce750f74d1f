//! Receivers' links: a plain table, known by the hash of their token only.

use crate::consignment::ReceiptLink;
use base::{Day, Id, Moment, Result};
use db::{Row, Tx, Val, args};

macro_rules! links {
    ($rest:expr) => {
        concat!(
            "SELECT k.id, k.consignment_id, k.consignment_line_id, k.issued_by, k.issued_at, \
             k.expires_on, k.revoked_at, k.used_at FROM receipt_link k ",
            $rest
        )
    };
}

fn read(row: &Row) -> Result<ReceiptLink> {
    let mut r = row.read();
    Ok(ReceiptLink {
        id: r.id()?,
        consignment: r.id()?,
        consignment_line: r.id()?,
        issued_by: r.id()?,
        issued_at: r.moment()?,
        expires_on: r.day()?,
        revoked_at: r.opt_moment()?,
        used_at: r.opt_moment()?,
    })
}

pub(crate) fn add_many(tx: &mut Tx, links: &[(ReceiptLink, Vec<u8>)]) -> Result<()> {
    let row = |(link, hash): &(ReceiptLink, Vec<u8>)| -> Vec<Val> {
        args![
            link.id,
            hash.clone(),
            link.consignment,
            link.consignment_line,
            link.issued_by,
            link.issued_at,
            link.expires_on
        ]
        .to_vec()
    };
    tx.exec_many(
        "INSERT INTO receipt_link (id, token_hash, consignment_id, consignment_line_id, issued_by, \
         issued_at, expires_on) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &links.iter().map(row).collect::<Vec<_>>(),
    )?;
    Ok(())
}

pub(crate) fn by_hash(tx: &mut Tx, hash: &[u8]) -> Result<ReceiptLink> {
    let sql = links!("WHERE k.token_hash = $1");
    read(&tx.one(sql, &args![hash.to_vec()])?)
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<ReceiptLink> {
    read(&tx.one(links!("WHERE k.id = $1"), &args![id])?)
}

/// The links of a line, oldest first.
pub(crate) fn of_line(tx: &mut Tx, line: Id) -> Result<Vec<ReceiptLink>> {
    let sql = links!("WHERE k.consignment_line_id = $1 ORDER BY k.id");
    tx.rows(sql, &args![line])?.iter().map(read).collect()
}

/// Lines of a consignment that are not checked in and have no link that still opens.
pub(crate) fn without(tx: &mut Tx, consignment: Id, today: Day) -> Result<Vec<Id>> {
    let sql = "SELECT l.id FROM consignment_line l WHERE l.consignment_id = $1 \
        AND l.units > (SELECT COALESCE(CAST(SUM(r.good + r.damaged + r.short) AS BIGINT), 0) \
            FROM receipt r WHERE r.consignment_line_id = l.id) \
        AND NOT EXISTS (SELECT 1 FROM receipt_link k WHERE k.consignment_line_id = l.id \
            AND k.revoked_at IS NULL AND k.expires_on >= $2) \
        ORDER BY l.search_key, l.id";
    let found = tx.rows(sql, &args![consignment, today])?;
    found.iter().map(|row| row.read().id()).collect()
}

/// A page of the links that still open, in the order of their schools; and the key of each.
pub(crate) fn sheet(
    tx: &mut Tx,
    consignment: Id,
    (after, id): (&str, Option<Id>),
    today: Day,
    limit: i64,
) -> Result<Vec<(ReceiptLink, String)>> {
    let sql = "SELECT k.id, k.consignment_id, k.consignment_line_id, k.issued_by, k.issued_at, \
        k.expires_on, k.revoked_at, k.used_at, l.search_key FROM receipt_link k \
        JOIN consignment_line l ON l.id = k.consignment_line_id \
        WHERE k.consignment_id = $1 AND k.revoked_at IS NULL AND k.expires_on >= $2 \
        AND (CAST($3 AS UUID) IS NULL OR (l.search_key, k.id) > ($4, CAST($3 AS UUID))) \
        ORDER BY l.search_key, k.id LIMIT $5";
    let found = tx.rows(sql, &args![consignment, today, id, after, limit])?;
    found
        .iter()
        .map(|row| {
            let link = read(row)?;
            let mut r = row.read();
            for _ in 0..8 {
                r.skip();
            }
            Ok((link, r.text()?))
        })
        .collect()
}

/// Marks a link as used; the first time counts.
pub(crate) fn used(tx: &mut Tx, id: Id, at: Moment) -> Result<()> {
    let sql = "UPDATE receipt_link SET used_at = $2 WHERE id = $1 AND used_at IS NULL";
    tx.exec(sql, &args![id, at])?;
    Ok(())
}

/// Ends a link; whether it was open.
pub(crate) fn revoke(tx: &mut Tx, id: Id, at: Moment) -> Result<bool> {
    let sql = "UPDATE receipt_link SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL";
    Ok(tx.exec(sql, &args![id, at])? == 1)
}
