//! Versions of the document and the signatures under them.

use super::{json, parsed};
use crate::agreement::{Method, Signature, Version};
use base::{Error, Id, Refusal, Result};
use db::{Row, Tx, Val, args};
use files::Upload;
use serde_json::Value;

db::table!(
    /// What an agreement said, version by version.
    VERSION = "agreement_version" key 2 {
        agreement_id: Id, number: Int, terms: Text, rationale: Text, made_by: Id, made_at: Int,
        sent_by: Id, sent_at: Int, not_duplicate: Text, released_by: Id, released_at: Int,
        document: Text, document_hash: Text, returned: Text, withdrawn_on: Text, signed_on: Text,
        version: Int,
    }
);
db::table!(
    /// Who signed which version, and how.
    SIGNATURE = "agreement_signature" key 3 {
        agreement_id: Id, number: Int, organisation_id: Id, signed_at: Int, signed_on: Text,
        signed_by: Id, method: Text, document_hash: Text, paper: Text,
    }
);

fn values(v: &Version) -> Result<Vec<Val>> {
    Ok(args![
        v.agreement,
        v.number,
        json(&v.terms)?,
        v.rationale.clone(),
        v.made_by,
        v.made_at,
        v.sent_by,
        v.sent_at,
        v.not_duplicate.clone(),
        v.released_by,
        v.released_at,
        v.document.clone(),
        v.document_hash.clone(),
        v.returned.clone(),
        v.withdrawn_on,
        v.signed_on,
        v.version
    ]
    .to_vec())
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT v.agreement_id, v.number, v.terms, v.rationale, v.made_by, v.made_at, v.sent_by, \
             v.sent_at, v.not_duplicate, v.released_by, v.released_at, v.document, v.document_hash, \
             v.returned, v.withdrawn_on, v.signed_on, p.hash, v.version FROM agreement_version v \
             LEFT JOIN agreement_pdf p ON p.agreement_id = v.agreement_id AND p.number = v.number ",
            $rest
        )
    };
}

fn read(row: &Row) -> Result<Version> {
    let mut r = row.read();
    Ok(Version {
        agreement: r.id()?,
        number: r.int()?,
        terms: parsed(r.str()?)?,
        rationale: r.opt_text()?,
        made_by: r.id()?,
        made_at: r.moment()?,
        sent_by: r.opt_id()?,
        sent_at: r.opt_moment()?,
        not_duplicate: r.opt_text()?,
        released_by: r.opt_id()?,
        released_at: r.opt_moment()?,
        document: r.opt_text()?,
        document_hash: r.opt_text()?,
        returned: r.opt_text()?,
        withdrawn_on: r.opt_day()?,
        signed_on: r.opt_day()?,
        pdf: r.opt_text()?,
        version: r.int()?,
    })
}

pub(crate) fn add(tx: &mut Tx, version: &Version) -> Result<()> {
    tx.add(&VERSION, values(version)?)
}
pub(crate) fn change(tx: &mut Tx, version: &mut Version) -> Result<()> {
    version.version = tx.change(&VERSION, values(version)?, version.version)?;
    Ok(())
}
pub(crate) fn find(tx: &mut Tx, agreement: Id, number: i64) -> Result<Version> {
    let sql = select!("WHERE v.agreement_id = $1 AND v.number = $2");
    read(&tx.one(sql, &args![agreement, number])?)
}
/// Every version, the oldest first.
pub(crate) fn all(tx: &mut Tx, agreement: Id) -> Result<Vec<Version>> {
    let sql = select!("WHERE v.agreement_id = $1 ORDER BY v.number");
    tx.rows(sql, &args![agreement])?.iter().map(read).collect()
}
/// Every released version, by agreement.
pub(crate) fn released(tx: &mut Tx) -> Result<Vec<(Id, i64)>> {
    let sql = "SELECT agreement_id, number FROM agreement_version WHERE document_hash IS NOT NULL \
        ORDER BY agreement_id, number";
    numbers(tx, sql, &[])
}

/// Versions with a signature under another hash than their own.
pub(crate) fn signed_otherwise(tx: &mut Tx) -> Result<Vec<(Id, i64)>> {
    let sql = "SELECT DISTINCT s.agreement_id, s.number FROM agreement_signature s \
        JOIN agreement_version v ON v.agreement_id = s.agreement_id AND v.number = s.number \
        WHERE v.document_hash IS NULL OR v.document_hash <> s.document_hash ORDER BY s.agreement_id, s.number";
    numbers(tx, sql, &[])
}

fn numbers(tx: &mut Tx, sql: &'static str, args: &[Val]) -> Result<Vec<(Id, i64)>> {
    let rows = tx.rows(sql, args)?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.id()?, r.int()?))
        })
        .collect()
}

/// Released versions whose PDF is still to be set.
pub(crate) fn unset(tx: &mut Tx, limit: i64) -> Result<Vec<(Id, i64)>> {
    let sql = "SELECT v.agreement_id, v.number FROM agreement_version v \
        LEFT JOIN agreement_pdf p ON p.agreement_id = v.agreement_id AND p.number = v.number \
        WHERE v.document_hash IS NOT NULL AND p.hash IS NULL ORDER BY v.agreement_id, v.number LIMIT $1";
    numbers(tx, sql, &args![limit])
}

/// Remembers the file a version's PDF is kept as; follows from the document, so it is not ledgered.
pub(crate) fn put_pdf(tx: &mut Tx, agreement: Id, number: i64, file: &Upload) -> Result<()> {
    let size = i64::try_from(file.size).unwrap_or(i64::MAX);
    tx.exec(
        "INSERT INTO agreement_pdf (agreement_id, number, hash, size) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (agreement_id, number) DO UPDATE SET hash = $3, size = $4",
        &args![agreement, number, &file.hash, size],
    )?;
    Ok(())
}

// ---- signatures

/// Writes a signature.
///
/// # Errors
/// Refused when the party or the person has signed this version already.
pub(crate) fn add_signature(tx: &mut Tx, s: &Signature) -> Result<()> {
    let paper = s.paper.as_ref().map(paper_text);
    let row = args![
        s.agreement,
        s.number,
        s.organisation,
        s.signed_at,
        s.signed_on,
        s.signed_by,
        s.method.code(),
        &s.document_hash,
        paper
    ]
    .to_vec();
    let twice = Refusal::whole("agreements-signed-already");
    let added = tx.add(&SIGNATURE, row);
    let added = db::on_unique(
        added,
        "agreement_signature.agreement_id,number,organisation_id",
        twice,
    );
    let one = Refusal::whole("agreements-two-people-sign");
    db::on_unique(
        added,
        "agreement_signature.agreement_id,number,signed_by",
        one,
    )
}

pub(crate) fn paper_text(file: &Upload) -> String {
    serde_json::json!({ "hash": file.hash, "name": file.name, "mime": file.mime, "size": file.size })
        .to_string()
}

/// A kept paper as it was written down.
pub(crate) fn paper(text: &str) -> Result<Upload> {
    let value: Value = parsed(text)?;
    let part = |name: &str| {
        value
            .get(name)
            .and_then(Value::as_str)
            .map(str::to_owned)
            .ok_or_else(|| Error::fault("a paper without its file"))
    };
    Ok(Upload {
        hash: part("hash")?,
        name: part("name")?,
        mime: part("mime")?,
        size: value.get("size").and_then(Value::as_u64).unwrap_or(0),
    })
}

/// The signatures under every version, in the order they were given.
pub(crate) fn signatures(tx: &mut Tx, agreement: Id) -> Result<Vec<Signature>> {
    let sql = "SELECT agreement_id, number, organisation_id, signed_at, signed_on, signed_by, method, \
        document_hash, paper FROM agreement_signature WHERE agreement_id = $1 \
        ORDER BY number, signed_at, organisation_id";
    let rows = tx.rows(sql, &args![agreement])?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok(Signature {
                agreement: r.id()?,
                number: r.int()?,
                organisation: r.id()?,
                signed_at: r.moment()?,
                signed_on: r.day()?,
                signed_by: r.id()?,
                method: Method::parse(r.str()?).ok_or_else(|| Error::fault("no such method"))?,
                document_hash: r.text()?,
                paper: r.opt_text()?.as_deref().map(paper).transpose()?,
            })
        })
        .collect()
}
