//! Templates.

use super::{json, parsed};
use crate::template::Template;
use base::{Id, Result, fold};
use db::{Row, Tx, Val, args};

db::table!(
    /// The clauses agreements are set from.
    TEMPLATE = "agreement_template" key 1 {
        id: Id, number: Int, name: Text, name_key: Text, clauses: Text, written_by: Id,
        written_at: Int, published_by: Id, published_at: Int, version: Int,
    }
);

fn values(t: &Template) -> Result<Vec<Val>> {
    let all: Vec<&str> = t.name.0.values().map(String::as_str).collect();
    Ok(args![
        t.id,
        t.number,
        &t.name,
        fold(&all.join(" ")),
        json(&t.clauses)?,
        t.written_by,
        t.written_at,
        t.published_by,
        t.published_at,
        t.version
    ]
    .to_vec())
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, number, name, clauses, written_by, written_at, published_by, published_at, version \
             FROM agreement_template ",
            $rest
        )
    };
}

fn read(row: &Row) -> Result<Template> {
    let mut r = row.read();
    Ok(Template {
        id: r.id()?,
        number: r.int()?,
        name: r.names()?,
        clauses: parsed(r.str()?)?,
        written_by: r.opt_id()?,
        written_at: r.moment()?,
        published_by: r.opt_id()?,
        published_at: r.opt_moment()?,
        version: r.int()?,
    })
}

pub(crate) fn add(tx: &mut Tx, template: &Template) -> Result<()> {
    tx.add(&TEMPLATE, values(template)?)
}
pub(crate) fn change(tx: &mut Tx, template: &mut Template, seen: i64) -> Result<()> {
    template.version = tx.change(&TEMPLATE, values(template)?, seen)?;
    Ok(())
}
pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Template> {
    read(&tx.one(select!("WHERE id = $1"), &args![id])?)
}
/// The newest that is published.
pub(crate) fn current(tx: &mut Tx) -> Result<Option<Template>> {
    let sql = select!("WHERE published_at IS NOT NULL ORDER BY number DESC LIMIT 1");
    tx.row(sql, &[])?.as_ref().map(read).transpose()
}
pub(crate) fn next_number(tx: &mut Tx) -> Result<i64> {
    tx.lock("agreement template number")?;
    let sql = "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM agreement_template";
    Ok(tx.one(sql, &[])?.read().int()? + 1)
}
/// The newest first, below a number.
pub(crate) fn list(
    tx: &mut Tx,
    drafts: bool,
    below: Option<i64>,
    limit: i64,
) -> Result<Vec<Template>> {
    let sql = select!(
        "WHERE ($1 OR published_at IS NOT NULL) \
         AND (CAST($2 AS BIGINT) IS NULL OR number < CAST($2 AS BIGINT)) ORDER BY number DESC LIMIT $3"
    );
    let rows = tx.rows(sql, &args![drafts, below, limit])?;
    rows.iter().map(read).collect()
}
