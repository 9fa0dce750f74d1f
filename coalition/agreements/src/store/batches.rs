//! Batches and their rows.

use super::{json, parsed};
use crate::batch::{Batch, BatchRow, Grouping, Tally};
use base::{Error, Id, Result};
use db::{Row, Tx, Val, args};
use std::collections::BTreeSet;

db::table!(
    /// Batches.
    BATCH = "agreement_batch" key 1 {
        id: Id, country: Text, round_id: Id, grouping: Text, terms: Text, made_by: Id, made_at: Int,
        finished_at: Int, proposals: Int, drafted: Int, refused: Int, suspected: Int, version: Int,
    }
);
db::table!(
    /// What came of each group; a report, so it is not ledgered.
    BATCH_ROW = "agreement_batch_row" key 2 {
        batch_id: Id, place: Int, country: Text, member_id: Id, proposals: Text, agreement_id: Id,
        problems: Text,
    }
);

fn values(b: &Batch) -> Result<Vec<Val>> {
    Ok(args![
        b.id,
        b.country.clone(),
        b.round,
        b.grouping.code(),
        json(&b.terms)?,
        b.made_by,
        b.made_at,
        b.finished_at,
        b.proposals,
        b.drafted,
        b.refused,
        b.suspected,
        b.version
    ]
    .to_vec())
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, country, round_id, grouping, terms, made_by, made_at, finished_at, proposals, \
             drafted, refused, suspected, version FROM agreement_batch ",
            $rest
        )
    };
}

fn read(row: &Row) -> Result<Batch> {
    let mut r = row.read();
    Ok(Batch {
        id: r.id()?,
        country: r.opt_text()?,
        round: r.opt_id()?,
        grouping: Grouping::parse(r.str()?).ok_or_else(|| Error::fault("no such grouping"))?,
        terms: parsed(r.str()?)?,
        made_by: r.id()?,
        made_at: r.moment()?,
        finished_at: r.opt_moment()?,
        proposals: r.int()?,
        drafted: r.int()?,
        refused: r.int()?,
        suspected: r.int()?,
        version: r.int()?,
    })
}

pub(crate) fn add(tx: &mut Tx, batch: &Batch) -> Result<()> {
    tx.add(&BATCH, values(batch)?)
}
pub(crate) fn change(tx: &mut Tx, batch: &mut Batch) -> Result<()> {
    batch.version = tx.change(&BATCH, values(batch)?, batch.version)?;
    Ok(())
}
pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Batch> {
    read(&tx.one(select!("WHERE id = $1"), &args![id])?)
}
/// The newest first, before one of them.
pub(crate) fn list(tx: &mut Tx, before: Option<Id>, limit: i64) -> Result<Vec<Batch>> {
    let sql = select!(
        "WHERE (CAST($1 AS UUID) IS NULL OR id < CAST($1 AS UUID)) ORDER BY id DESC LIMIT $2"
    );
    let rows = tx.rows(sql, &args![before, limit])?;
    rows.iter().map(read).collect()
}

pub(crate) fn add_rows(tx: &mut Tx, rows: &[BatchRow]) -> Result<()> {
    let mut lists = Vec::with_capacity(rows.len());
    for row in rows {
        let (proposals, problems) = (json(&row.proposals)?, json(&row.problems)?);
        let list = args![
            row.batch,
            row.place,
            &row.country,
            row.member,
            proposals,
            row.agreement,
            problems
        ];
        lists.push(list.to_vec());
    }
    tx.fill(&BATCH_ROW, &lists)
}

/// How many groups have their row, so that interrupted work goes on behind them.
pub(crate) fn rows_done(tx: &mut Tx, batch: Id) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(MAX(place), 0) AS BIGINT) FROM agreement_batch_row WHERE batch_id = $1";
    tx.one(sql, &args![batch])?.read().int()
}

/// The proposals of the groups that could not be drafted.
pub(crate) fn refused_proposals(tx: &mut Tx, batch: Id) -> Result<BTreeSet<Id>> {
    let sql = "SELECT proposals FROM agreement_batch_row WHERE batch_id = $1 AND agreement_id IS NULL ORDER BY place";
    let mut all = BTreeSet::new();
    for row in tx.rows(sql, &args![batch])? {
        all.extend(parsed::<Vec<Id>>(row.read().str()?)?);
    }
    Ok(all)
}

/// What the rows come to.
pub(crate) fn tally(tx: &mut Tx, batch: Id) -> Result<Tally> {
    let sql = "SELECT proposals, agreement_id, problems FROM agreement_batch_row WHERE batch_id = $1 ORDER BY place";
    let mut tally = Tally::default();
    for row in tx.rows(sql, &args![batch])? {
        let mut r = row.read();
        let proposals: Vec<Id> = parsed(r.str()?)?;
        tally.proposals += i64::try_from(proposals.len()).unwrap_or(0);
        match r.opt_id()? {
            Some(_) => tally.drafted += 1,
            None => tally.refused += 1,
        }
        tally.suspected += i64::from(r.str()?.contains("\"agreements-looks-like\""));
    }
    Ok(tally)
}

/// Rows after a place; those without a draft first when asked for problems only.
pub(crate) fn rows(
    tx: &mut Tx,
    batch: Id,
    problems: bool,
    after: i64,
    limit: i64,
) -> Result<Vec<BatchRow>> {
    let sql = "SELECT batch_id, place, country, member_id, proposals, agreement_id, problems \
        FROM agreement_batch_row WHERE batch_id = $1 AND place > $2 AND (NOT $3 OR problems <> '[]') \
        ORDER BY place LIMIT $4";
    let found = tx.rows(sql, &args![batch, after, problems, limit])?;
    found
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok(BatchRow {
                batch: r.id()?,
                place: r.int()?,
                country: r.text()?,
                member: r.id()?,
                proposals: parsed(r.str()?)?,
                agreement: r.opt_id()?,
                problems: parsed(r.str()?)?,
            })
        })
        .collect()
}
