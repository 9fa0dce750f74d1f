//! Facts: who did what to what, when, with the images of the rows saved.

use crate::image;
use base::{Error, Id, Moment, Result};
use db::{Change, Reader, Row, Tx, args};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The hash before the first fact.
pub const NO_FACT: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Facts that one answer holds at most.
const PAGE_MAX: i64 = 1000;

/// What is told of an act.
#[derive(Clone, Debug)]
pub struct Fact<'a> {
    pub now: Moment,
    /// The account; none when the machine itself acted.
    pub actor: Option<Id>,
    /// `need.closed`.
    pub verb: &'a str,
    /// The kind and id of what it is about.
    pub subject: (&'a str, Id),
    /// What is worth telling; never personal data.
    pub about: Value,
}

/// A fact as it stands in the chain, without its images.
#[derive(Clone, Debug, PartialEq)]
pub struct FactRow {
    pub seq: i64,
    pub at: Moment,
    pub actor: Option<Id>,
    pub verb: String,
    pub subject_kind: String,
    pub subject: Id,
    pub about: Value,
    pub hash: String,
}

/// Records a fact in one line: when and by whom, what was done, to what, and what is worth telling.
///
/// # Errors
/// As [`record`].
pub fn tell(
    tx: &mut Tx<'_>,
    (now, actor): (Moment, Option<Id>),
    verb: &str,
    subject: (&str, Id),
    about: Value,
) -> Result<()> {
    let fact = Fact {
        now,
        actor,
        verb,
        subject,
        about,
    };
    record(tx, &fact).map(drop)
}

/// Appends a fact with the images of all rows of ledgered tables changed since the last one;
/// answers its number. Locks the chain until the transaction ends: record last.
pub fn record(tx: &mut Tx<'_>, fact: &Fact<'_>) -> Result<i64> {
    let changes: Vec<Change> = tx.take_changes();
    let head = "INSERT INTO ledger_head (id, seq, hash) VALUES (1, 1, $1) \
        ON CONFLICT (id) DO UPDATE SET seq = ledger_head.seq + 1 RETURNING seq, hash";
    let row = tx.one(head, &args![NO_FACT])?;
    let mut read = row.read();
    let (seq, prev) = (read.int()?, read.text()?);
    let about = image::canonical(&fact.about);
    let images = image::written(&changes);
    let link = Link {
        prev: &prev,
        seq,
        at: fact.now.micros(),
        actor: fact.actor,
        verb: fact.verb,
        subject: fact.subject,
        about: &about,
        images: &images,
    };
    let hash = link.hash();
    tx.exec(
        "UPDATE ledger_head SET hash = $1 WHERE id = 1",
        &args![&hash],
    )?;
    let (kind, subject) = fact.subject;
    let values = args![
        seq, fact.now, fact.actor, fact.verb, kind, subject, about, images, prev, hash
    ];
    tx.exec(APPEND, &values)?;
    Ok(seq)
}

pub(crate) const APPEND: &str = "INSERT INTO fact \
    (seq, at, actor_id, verb, subject_kind, subject_id, about, images, prev, hash) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Everything a fact's hash is made of.
pub(crate) struct Link<'a> {
    pub(crate) prev: &'a str,
    pub(crate) seq: i64,
    pub(crate) at: i64,
    pub(crate) actor: Option<Id>,
    pub(crate) verb: &'a str,
    pub(crate) subject: (&'a str, Id),
    pub(crate) about: &'a str,
    pub(crate) images: &'a str,
}

impl Link<'_> {
    /// SHA-256 over the parts, each after its length.
    pub(crate) fn hash(&self) -> String {
        let mut hash = Sha256::new();
        let actor = self
            .actor
            .map_or_else(Vec::new, |id| id.0.as_bytes().to_vec());
        for part in [
            self.prev.as_bytes(),
            &self.seq.to_be_bytes(),
            &self.at.to_be_bytes(),
            &actor,
            self.verb.as_bytes(),
            self.subject.0.as_bytes(),
            self.subject.1.0.as_bytes(),
            self.about.as_bytes(),
            self.images.as_bytes(),
        ] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        image::hex(&hash.finalize())
    }
}

/// The number and hash of the last fact; 0 and zeros when there is none.
pub fn head(tx: &mut Tx<'_>) -> Result<(i64, String)> {
    let Some(row) = tx.row("SELECT seq, hash FROM ledger_head WHERE id = 1", &[])? else {
        return Ok((0, NO_FACT.to_owned()));
    };
    let mut read = row.read();
    Ok((read.int()?, read.text()?))
}

fn read_fact(row: &Row) -> Result<FactRow> {
    let mut read: Reader<'_> = row.read();
    Ok(FactRow {
        seq: read.int()?,
        at: read.moment()?,
        actor: read.opt_id()?,
        verb: read.text()?,
        subject_kind: read.text()?,
        subject: read.id()?,
        about: read.json()?,
        hash: read.text()?,
    })
}

/// What happened to a subject, oldest first: its last thousand facts.
pub fn history(tx: &mut Tx<'_>, kind: &str, subject: Id) -> Result<Vec<FactRow>> {
    let sql = "SELECT seq, at, actor_id, verb, subject_kind, subject_id, about, hash FROM fact \
        WHERE subject_id = $1 AND subject_kind = $2 ORDER BY seq DESC LIMIT 1000";
    let found = tx.rows(sql, &args![subject, kind])?;
    found.iter().rev().map(read_fact).collect()
}

/// Which facts are asked for; what is none does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub actor: Option<Id>,
    pub verb: Option<String>,
    pub subject_kind: Option<String>,
    pub subject: Option<Id>,
    pub from: Option<Moment>,
    /// Up to, but not including.
    pub until: Option<Moment>,
}

/// A page of facts, newest first; the next page is asked for with the last one's number.
pub fn facts(
    tx: &mut Tx<'_>,
    filter: &Filter,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<FactRow>> {
    let sql = "SELECT seq, at, actor_id, verb, subject_kind, subject_id, about, hash FROM fact \
        WHERE (CAST($1 AS BIGINT) IS NULL OR seq < CAST($1 AS BIGINT)) \
        AND (CAST($2 AS UUID) IS NULL OR actor_id = CAST($2 AS UUID)) \
        AND (CAST($3 AS TEXT) IS NULL OR verb = CAST($3 AS TEXT)) \
        AND (CAST($4 AS TEXT) IS NULL OR subject_kind = CAST($4 AS TEXT)) \
        AND (CAST($5 AS UUID) IS NULL OR subject_id = CAST($5 AS UUID)) \
        AND (CAST($6 AS BIGINT) IS NULL OR at >= CAST($6 AS BIGINT)) \
        AND (CAST($7 AS BIGINT) IS NULL OR at < CAST($7 AS BIGINT)) \
        ORDER BY seq DESC LIMIT $8";
    let Filter {
        actor,
        verb,
        subject_kind,
        subject,
        from,
        until,
    } = filter.clone();
    let limit = limit.clamp(1, PAGE_MAX);
    let found = tx.rows(
        sql,
        &args![
            after,
            actor,
            verb,
            subject_kind,
            subject,
            from,
            until,
            limit
        ],
    )?;
    found.iter().map(read_fact).collect()
}

/// The images of the rows a fact saved, as JSON: what the auditor opens.
pub fn rows_of(tx: &mut Tx<'_>, seq: i64) -> Result<Value> {
    let text = tx
        .one("SELECT images FROM fact WHERE seq = $1", &args![seq])?
        .read()
        .text()?;
    serde_json::from_str(&text).map_err(Error::fault)
}
