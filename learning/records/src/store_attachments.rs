//! Every statement about attachments: which kept file holds the bytes of which digest, and which of
//! them sign a statement.

use crate::signature::Signature;
use base::{Id, Moment, Result};
use db::{Tx, args};
use serde_json::Value;

/// A kept attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    pub sha2: String,
    /// What the files keep it under.
    pub file: String,
    pub mime: String,
    pub size: u64,
}

/// Notes where the bytes are.
pub(crate) fn note(tx: &mut Tx, files: &[File]) -> Result<()> {
    for file in files {
        let size = i64::try_from(file.size).unwrap_or(i64::MAX);
        tx.exec(
            "INSERT INTO record_attachment (sha2, file, mime, size) VALUES ($1, $2, $3, $4) \
             ON CONFLICT DO NOTHING",
            &args![&file.sha2, &file.file, &file.mime, size],
        )?;
    }
    Ok(())
}

/// The kept attachments of statements, each once.
pub(crate) fn of(tx: &mut Tx, statements: &[Value]) -> Result<Vec<File>> {
    let mut found: Vec<File> = Vec::new();
    for attachment in statements.iter().flat_map(crate::parts::attachments) {
        let sha2 = attachment["sha2"].as_str().unwrap_or("").to_lowercase();
        if found.iter().any(|file| file.sha2 == sha2) {
            continue;
        }
        let row = tx.row(
            "SELECT file, size FROM record_attachment WHERE sha2 = $1",
            &args![&sha2],
        )?;
        if let Some(row) = row {
            let mut read = row.read();
            found.push(File {
                sha2,
                file: read.text()?,
                mime: attachment["contentType"].as_str().unwrap_or("").to_owned(),
                size: u64::try_from(read.int()?).unwrap_or(0),
            });
        }
    }
    Ok(found)
}

/// Notes that a statement is signed, and with which certificate's key.
pub(crate) fn note_signature(
    tx: &mut Tx,
    statement: Id,
    signature: &Signature,
    now: Moment,
) -> Result<()> {
    tx.exec(
        "INSERT INTO record_signature (statement, sha2, algorithm, certificate, signed_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        &args![
            statement,
            &signature.sha2,
            signature.algorithm.code(),
            signature.certificate.clone(),
            now
        ],
    )?;
    Ok(())
}

/// Lets go of an attachment of a statement that lost its person.
pub(crate) fn forget(tx: &mut Tx, sha2: &str) -> Result<()> {
    tx.exec(
        "DELETE FROM record_attachment WHERE sha2 = $1",
        &args![sha2],
    )?;
    tx.exec("DELETE FROM record_signature WHERE sha2 = $1", &args![sha2])?;
    Ok(())
}

/// A statement that is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Signed {
    pub statement: Id,
    pub sha2: String,
    pub algorithm: String,
    pub certificate: Option<String>,
    pub at: Moment,
}

/// Statements that are signed, the newest first, after a place.
pub(crate) fn signed(tx: &mut Tx, before: Option<(i64, Id)>, limit: i64) -> Result<Vec<Signed>> {
    let (at, id) = before.unzip();
    let rows = tx.rows(
        "SELECT statement, sha2, algorithm, certificate, signed_at FROM record_signature \
         WHERE CAST($1 AS BIGINT) IS NULL OR (signed_at, statement) < ($1, CAST($2 AS UUID)) \
         ORDER BY signed_at DESC, statement DESC LIMIT $3",
        &args![at, id, limit],
    )?;
    rows.iter()
        .map(|row| {
            let mut read = row.read();
            Ok(Signed {
                statement: read.id()?,
                sha2: read.text()?,
                algorithm: read.text()?,
                certificate: read.opt_text()?,
                at: read.moment()?,
            })
        })
        .collect()
}
