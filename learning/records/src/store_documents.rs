//! Every statement about documents.

use crate::documents::{Document, Place};
use base::{Id, Moment, Result};
use db::{Tx, args};

const FIND: &str = "SELECT mime, etag, bytes, updated_at FROM record_document WHERE kind = $1 \
     AND activity = $2 AND agent = $3 AND registration = $4 AND name = $5";
const FIND_HELD: &str = "SELECT mime, etag, bytes, updated_at FROM record_document WHERE kind = $1 \
     AND activity = $2 AND agent = $3 AND registration = $4 AND name = $5 FOR UPDATE";

/// The document at a place.
pub(crate) fn find(tx: &mut Tx, place: &Place) -> Result<Option<Document>> {
    at(tx, place, FIND)
}

/// The document at a place, which nobody else changes until the transaction ends.
pub(crate) fn find_held(tx: &mut Tx, place: &Place) -> Result<Option<Document>> {
    tx.lock("records-documents")?;
    at(tx, place, FIND_HELD)
}

fn at(tx: &mut Tx, place: &Place, sql: &'static str) -> Result<Option<Document>> {
    let row = tx.row(
        sql,
        &args![
            place.kind,
            &place.activity,
            &place.agent,
            &place.registration,
            &place.name
        ],
    )?;
    row.map(|row| {
        let mut read = row.read();
        Ok(Document {
            mime: read.text()?,
            etag: read.text()?,
            bytes: read.bytes()?,
            updated_at: read.moment()?,
        })
    })
    .transpose()
}

/// Writes the document at a place.
pub(crate) fn put(tx: &mut Tx, place: &Place, document: &Document) -> Result<()> {
    tx.exec(
        "INSERT INTO record_document (id, kind, activity, agent, registration, name, mime, etag, \
         bytes, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (kind, activity, agent, registration, name) DO UPDATE SET \
         mime = excluded.mime, etag = excluded.etag, bytes = excluded.bytes, \
         updated_at = excluded.updated_at",
        &args![
            Id::new(document.updated_at),
            place.kind,
            &place.activity,
            &place.agent,
            &place.registration,
            &place.name,
            &document.mime,
            &document.etag,
            document.bytes.as_slice(),
            document.updated_at
        ],
    )?;
    Ok(())
}

/// The names of the documents at a place that changed since, and when the last one did.
pub(crate) fn names(
    tx: &mut Tx,
    place: &Place,
    every_registration: bool,
    since: Moment,
) -> Result<(Vec<String>, Option<Moment>)> {
    let rows = tx.rows(
        "SELECT name, MAX(updated_at) FROM record_document WHERE kind = $1 AND activity = $2 \
         AND agent = $3 AND (registration = $4 OR CAST($5 AS BOOLEAN)) AND updated_at > $6 \
         GROUP BY name ORDER BY name",
        &args![
            place.kind,
            &place.activity,
            &place.agent,
            &place.registration,
            every_registration,
            since
        ],
    )?;
    let mut names = Vec::with_capacity(rows.len());
    let mut last = None;
    for row in &rows {
        let mut read = row.read();
        names.push(read.text()?);
        last = last.max(Some(read.moment()?));
    }
    Ok((names, last))
}

/// Removes the document at a place, or all of them when it names none.
pub(crate) fn remove(tx: &mut Tx, place: &Place, every_registration: bool) -> Result<u64> {
    let every = every_registration && place.name.is_empty();
    tx.exec(
        "DELETE FROM record_document WHERE kind = $1 AND activity = $2 AND agent = $3 \
         AND (registration = $4 OR CAST($5 AS BOOLEAN)) AND (name = $6 OR CAST($7 AS BOOLEAN))",
        &args![
            place.kind,
            &place.activity,
            &place.agent,
            &place.registration,
            every,
            &place.name,
            place.name.is_empty()
        ],
    )
}

/// Removes every document of an agent.
pub(crate) fn remove_of_agent(tx: &mut Tx, agent: &str) -> Result<u64> {
    tx.exec(
        "DELETE FROM record_document WHERE agent = $1",
        &args![agent],
    )
}
