//! Rounds.

use crate::round::{Round, State};
use base::{Error, Id, Result};
use db::{Row, Tx, Val, args};

db::table!(
    /// Rounds, with what came of each.
    ROUND = "matching_round" key 1 {
        id: Id, number: Int, title: Text, country: Text, policy_id: Id, first_period: Int, periods: Int,
        state: Text, created_by: Id, created_at: Int, finished_at: Int, ended_by: Id, reason: Text,
        snapshot_at: Int, snapshot_hash: Text, result_hash: Text, files: Text, objective: Real,
        upper_bound: Real, gap: Real, outcome: Text, version: Int,
    }
);

fn values(r: &Round) -> Vec<Val> {
    args![
        r.id,
        r.number,
        &r.title,
        r.country.clone(),
        r.policy,
        r.first,
        r.periods,
        r.state.code(),
        r.created_by,
        r.created_at,
        r.finished_at,
        r.ended_by,
        r.reason.clone(),
        r.snapshot_at,
        r.snapshot_hash.clone(),
        r.result_hash.clone(),
        r.files.to_string(),
        r.objective,
        r.upper_bound,
        r.gap,
        r.outcome.to_string(),
        r.version
    ]
    .to_vec()
}

fn read(row: &Row) -> Result<Round> {
    let mut r = row.read();
    Ok(Round {
        id: r.id()?,
        number: r.int()?,
        title: r.text()?,
        country: r.opt_text()?,
        policy: r.id()?,
        first: r.int()?,
        periods: r.int()?,
        state: State::parse(r.str()?).ok_or_else(|| Error::fault("a round in no known state"))?,
        created_by: r.id()?,
        created_at: r.moment()?,
        finished_at: r.opt_moment()?,
        ended_by: r.opt_id()?,
        reason: r.opt_text()?,
        snapshot_at: r.opt_moment()?,
        snapshot_hash: r.opt_text()?,
        result_hash: r.opt_text()?,
        files: r.json()?,
        objective: r.opt_real()?,
        upper_bound: r.opt_real()?,
        gap: r.opt_real()?,
        outcome: r.json()?,
        version: r.int()?,
    })
}

pub(crate) fn add(tx: &mut Tx, round: &Round) -> Result<()> {
    tx.add(&ROUND, values(round))
}
pub(crate) fn change(tx: &mut Tx, round: &Round) -> Result<i64> {
    tx.change(&ROUND, values(round), round.version)
}
pub(crate) fn next_number(tx: &mut Tx) -> Result<i64> {
    tx.lock("matching-round")?;
    tx.one(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM matching_round",
        &[],
    )?
    .read()
    .int()
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Round> {
    const ONE: &str = "SELECT id, number, title, country, policy_id, first_period, periods, state, \
        created_by, created_at, finished_at, ended_by, reason, snapshot_at, snapshot_hash, result_hash, \
        files, objective, upper_bound, gap, outcome, version FROM matching_round WHERE id = $1";
    read(&tx.one(ONE, &args![id])?)
}

/// Rounds newest first, below a number.
pub(crate) fn list(
    tx: &mut Tx,
    state: Option<&str>,
    below: Option<i64>,
    limit: i64,
) -> Result<Vec<Round>> {
    const LIST: &str = "SELECT id, number, title, country, policy_id, first_period, periods, state, \
        created_by, created_at, finished_at, ended_by, reason, snapshot_at, snapshot_hash, result_hash, \
        files, objective, upper_bound, gap, outcome, version FROM matching_round \
        WHERE (CAST($1 AS TEXT) IS NULL OR state = CAST($1 AS TEXT)) \
        AND (CAST($2 AS BIGINT) IS NULL OR number < CAST($2 AS BIGINT)) \
        ORDER BY number DESC, id LIMIT $3";
    tx.rows(LIST, &args![state, below, limit])?
        .iter()
        .map(read)
        .collect()
}

/// Whether a round that could touch the country is at work; none means any.
pub(crate) fn under_way(tx: &mut Tx, country: Option<&str>) -> Result<bool> {
    let sql = "SELECT 1 FROM matching_round WHERE state IN ('queued', 'solving', 'storing') \
        AND (country IS NULL OR CAST($1 AS TEXT) IS NULL OR country = CAST($1 AS TEXT)) LIMIT 1";
    Ok(tx.row(sql, &args![country])?.is_some())
}

/// The newest finished round in which a need stood.
pub(crate) fn newest_with_need(tx: &mut Tx, need: Id) -> Result<Option<Round>> {
    let sql = "SELECT r.id FROM matching_round r WHERE r.state = 'done' AND EXISTS \
        (SELECT 1 FROM round_line l WHERE l.round_id = r.id AND l.need_id = $1) \
        ORDER BY r.number DESC, r.id LIMIT 1";
    let row = tx.row(sql, &args![need])?;
    row.map(|row| find(tx, row.read().id()?)).transpose()
}

/// Rounds somebody made that finished since a moment.
pub(crate) fn finished_by(tx: &mut Tx, account: Id, since: base::Moment) -> Result<Vec<Round>> {
    let sql = "SELECT id FROM matching_round WHERE created_by = $1 AND finished_at >= $2 \
        ORDER BY finished_at DESC, id LIMIT 20";
    let rows = tx.rows(sql, &args![account, since])?;
    rows.iter().map(|row| find(tx, row.read().id()?)).collect()
}
