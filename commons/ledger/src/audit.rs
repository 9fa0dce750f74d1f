//! What an auditor asks of the chain: many facts by what they are about, or one in full.

use crate::fact::FactRow;
use base::{Error, Id, Moment, Result};
use db::{Row, Tx, Val, args};
use serde_json::Value;

/// Which facts an auditor looks for; what is none does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The beginning of a verb: `need.`, `need.closed`.
    pub(crate) verb: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) subject: Option<Id>,
    pub(crate) actor: Option<Id>,
    pub(crate) from: Option<Moment>,
    /// Up to, but not including.
    pub(crate) until: Option<Moment>,
    /// The number of the last fact already shown.
    pub(crate) after: Option<i64>,
    pub(crate) limit: i64,
}

macro_rules! asked {
    ($narrow:literal) => {
        concat!(
            "SELECT seq, at, actor_id, verb, subject_kind, subject_id, about, hash FROM fact WHERE ",
            $narrow,
            "(CAST($1 AS BIGINT) IS NULL OR seq < CAST($1 AS BIGINT)) \
             AND (CAST($2 AS UUID) IS NULL OR actor_id = CAST($2 AS UUID)) \
             AND (CAST($3 AS TEXT) IS NULL OR verb >= CAST($3 AS TEXT)) \
             AND (CAST($4 AS TEXT) IS NULL OR verb < CAST($4 AS TEXT)) \
             AND (CAST($5 AS TEXT) IS NULL OR subject_kind = CAST($5 AS TEXT)) \
             AND (CAST($6 AS UUID) IS NULL OR subject_id = CAST($6 AS UUID)) \
             AND (CAST($7 AS BIGINT) IS NULL OR at >= CAST($7 AS BIGINT)) \
             AND (CAST($8 AS BIGINT) IS NULL OR at < CAST($8 AS BIGINT)) \
             ORDER BY seq DESC LIMIT $9"
        )
    };
}
const ALL: &str = asked!("");
/// Through the index of subjects.
const OF_SUBJECT: &str = asked!("subject_id = $6 AND ");
/// Through the index of actors.
const OF_ACTOR: &str = asked!("actor_id = $2 AND ");

/// A page of facts, newest first.
///
/// # Errors
/// A fault of the database.
pub(crate) fn facts(tx: &mut Tx<'_>, wanted: &Wanted) -> Result<Vec<FactRow>> {
    let end = wanted.verb.as_ref().map(|verb| format!("{verb}\u{10FFFF}"));
    let values: [Val; 9] = args![
        wanted.after,
        wanted.actor,
        wanted.verb.as_deref(),
        end,
        wanted.kind.as_deref(),
        wanted.subject,
        wanted.from,
        wanted.until,
        wanted.limit
    ];
    let sql = match (wanted.subject, wanted.actor) {
        (Some(_), _) => OF_SUBJECT,
        (None, Some(_)) => OF_ACTOR,
        (None, None) => ALL,
    };
    tx.rows(sql, &values)?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<FactRow> {
    let mut read = row.read();
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

/// A fact in full: itself, the hash before it, the images of the rows it saved.
///
/// # Errors
/// Missing when there is none of that number.
pub(crate) fn whole(tx: &mut Tx<'_>, seq: i64) -> Result<(FactRow, String, Value)> {
    let sql = "SELECT seq, at, actor_id, verb, subject_kind, subject_id, about, hash, prev, images \
        FROM fact WHERE seq = $1";
    let row = tx.one(sql, &args![seq])?;
    let mut read = row.read();
    let fact = FactRow {
        seq: read.int()?,
        at: read.moment()?,
        actor: read.opt_id()?,
        verb: read.text()?,
        subject_kind: read.text()?,
        subject: read.id()?,
        about: read.json()?,
        hash: read.text()?,
    };
    let prev = read.text()?;
    let images = serde_json::from_str(read.str()?).map_err(Error::fault)?;
    Ok((fact, prev, images))
}

/// Every verb in the chain, found by leaping along its index.
///
/// # Errors
/// A fault of the database.
pub(crate) fn verbs(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let sql = "WITH RECURSIVE told (verb) AS (SELECT MIN(verb) FROM fact UNION ALL \
        SELECT (SELECT MIN(fact.verb) FROM fact WHERE fact.verb > told.verb) FROM told \
        WHERE told.verb IS NOT NULL) SELECT verb FROM told WHERE verb IS NOT NULL ORDER BY verb";
    tx.rows(sql, &[])?
        .iter()
        .map(|row| row.read().text())
        .collect()
}

/// The moment of the last fact; none when there is none.
///
/// # Errors
/// A fault of the database.
pub(crate) fn last_at(tx: &mut Tx<'_>) -> Result<Option<Moment>> {
    let row = tx.row("SELECT at FROM fact ORDER BY seq DESC LIMIT 1", &[])?;
    row.map(|row| row.read().moment()).transpose()
}
