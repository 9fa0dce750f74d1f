//! Taking the public record in, as it stands.

use super::read::{self, Files};
use super::store;
use base::{Error, Id, Moment, Refusal, Result};
use db::Tx;
use serde_json::json;
use web::{Call, Done, Field, Form, Site};

/// Bytes a file of the record may have.
const BYTES_MAX: u64 = 5_000_000;

/// Puts a record beside what is there, contradictions included; answers how many rows were new or
/// changed.
///
/// # Errors
/// Refused with every row that cannot be read; then nothing is imported.
pub fn import_public_record(
    tx: &mut Tx,
    files: &Files<'_>,
    by: Option<Id>,
    now: Moment,
) -> Result<usize> {
    let record = read::record(files)?;
    let changed = store::put(tx, &record)?;
    if changed > 0 {
        ledger::tell(
            tx,
            (now, by),
            "public_record.imported",
            ("public_record", Id::named("public_record", "statements")),
            json!({ "statements": record.statements.len(), "changed": changed }),
        )?;
    }
    Ok(changed)
}

/// Takes in the record that ships, when there is none yet; answers whether it did.
///
/// # Errors
/// A fault of the database.
pub fn seed(tx: &mut Tx, now: Moment) -> Result<bool> {
    if store::any(tx)? {
        return Ok(false);
    }
    import_public_record(tx, &Files::SHIPPED, None, now).map(|changed| changed > 0)
}

const FIELDS: [&str; 4] = ["claims", "sources", "members", "commitments"];

pub(crate) fn form() -> Form {
    let file = |name| Field::file(name, BYTES_MAX);
    let [claims, sources, members, commitments] = FIELDS.map(file);
    vec![
        claims,
        sources.optional(),
        members.optional(),
        commitments.optional(),
    ]
}

/// Reads the files' texts, outside the transaction.
pub(crate) fn prepare(site: &Site, call: &mut Call) -> Result<()> {
    for field in FIELDS {
        let Some(file) = call.values.file(field) else {
            continue;
        };
        let bytes = site.files.read(&file.hash)?;
        let text = String::from_utf8(bytes)
            .map_err(|_| Error::from(Refusal::about(field, "evidence-record-not-text")))?;
        call.prepared.insert(field.to_owned(), text);
    }
    Ok(())
}

pub(crate) fn import(tx: &mut Tx, call: &Call) -> Result<Done> {
    let text = |field: &str| call.prepared.get(field).map_or("", String::as_str);
    let files = Files {
        claims: text("claims"),
        sources: text("sources"),
        members: text("members"),
        commitments: text("commitments"),
    };
    let changed = import_public_record(tx, &files, Some(call.actor()?.account), call.now)?;
    Ok(Done::see("/claims/public-record").with(json!({ "changed": changed })))
}
