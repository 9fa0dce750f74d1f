//! Tries at whole courses and packages.

use crate::tried::{ResourceTry, Way};
use base::{Error, Id, Result};
use db::{Row, Tx, Val, args};

macro_rules! try_columns {
    ($rest:expr) => {
        concat!(
            "SELECT t.id, t.learner_id, t.resource_id, t.number, t.run_id, t.way, t.done, t.passed, \
             t.score, t.weight, t.statement_id, t.comment, t.at, t.entered_by, t.corrects_id \
             FROM resource_try t ",
            $rest
        )
    };
}

fn read(row: &Row) -> Result<ResourceTry> {
    let mut r = row.read();
    Ok(ResourceTry {
        id: r.id()?,
        learner: r.id()?,
        resource: r.id()?,
        number: r.int()?,
        run: r.id()?,
        way: Way::parse(r.str()?).ok_or_else(|| Error::fault("no result comes this way"))?,
        done: r.bool()?,
        passed: r.opt_bool()?,
        score: r.opt_real()?,
        weight: r.opt_real()?,
        statement: r.opt_id()?,
        comment: r.opt_text()?,
        at: r.moment()?,
        entered_by: r.opt_id()?,
        corrects: r.opt_id()?,
    })
}

/// Keeps a try and what it is about; the one it corrects names it from now on.
pub(crate) fn add_resource_try(tx: &mut Tx, one: &ResourceTry, about: &[Id]) -> Result<()> {
    tx.exec(
        "INSERT INTO resource_try (id, learner_id, resource_id, number, run_id, way, done, passed, score, \
         weight, statement_id, comment, at, entered_by, corrects_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        &args![
            one.id,
            one.learner,
            one.resource,
            one.number,
            one.run,
            one.way.code(),
            one.done,
            one.passed,
            one.score,
            one.weight,
            one.statement,
            one.comment.clone(),
            one.at,
            one.entered_by,
            one.corrects
        ],
    )?;
    if let Some(old) = one.corrects {
        tx.exec(
            "UPDATE resource_try SET replaced_by_id = $2 WHERE id = $1",
            &args![old, one.id],
        )?;
    }
    let rows: Vec<Vec<Val>> = about
        .iter()
        .map(|competency| args![one.learner, *competency, one.id].to_vec())
        .collect();
    tx.exec_many(
        "INSERT INTO resource_try_about (learner_id, competency_id, try_id) VALUES ($1, $2, $3)",
        &rows,
    )?;
    Ok(())
}

/// A learner's tries at a resource in their order; what was replaced is left out.
pub(crate) fn resource_tries(tx: &mut Tx, learner: Id, resource: Id) -> Result<Vec<ResourceTry>> {
    let rows = tx.rows(
        try_columns!(
            "WHERE t.learner_id = $1 AND t.resource_id = $2 AND t.replaced_by_id IS NULL ORDER BY t.number, t.id"
        ),
        &args![learner, resource],
    )?;
    rows.iter().map(read).collect()
}

/// Every record of a learner's tries at a resource, those replaced too, in their order.
pub(crate) fn resource_history(tx: &mut Tx, learner: Id, resource: Id) -> Result<Vec<ResourceTry>> {
    let rows = tx.rows(
        try_columns!(
            "WHERE t.learner_id = $1 AND t.resource_id = $2 ORDER BY t.number, t.at, t.id"
        ),
        &args![learner, resource],
    )?;
    rows.iter().map(read).collect()
}

/// The tries, not replaced, that rest on a statement.
pub(crate) fn tries_said_by(tx: &mut Tx, statement: Id) -> Result<Vec<ResourceTry>> {
    let rows = tx.rows(
        try_columns!("WHERE t.statement_id = $1 AND t.replaced_by_id IS NULL ORDER BY t.id"),
        &args![statement],
    )?;
    rows.iter().map(read).collect()
}

/// What a try was about when it was made.
pub(crate) fn tried_about(tx: &mut Tx, one: &ResourceTry) -> Result<Vec<Id>> {
    let rows = tx.rows(
        "SELECT c.competency_id FROM resource_try_about c WHERE c.learner_id = $1 AND c.try_id = $2 \
         ORDER BY c.competency_id",
        &args![one.learner, one.id],
    )?;
    rows.iter().map(|row| row.read().id()).collect()
}

/// A learner's newest tries at whole resources about a competency, newest first.
pub(crate) fn resource_evidence(
    tx: &mut Tx,
    learner: Id,
    competency: Id,
    limit: i64,
) -> Result<Vec<ResourceTry>> {
    let rows = tx.rows(
        try_columns!(
            "JOIN resource_try_about c ON c.try_id = t.id WHERE c.learner_id = $1 AND c.competency_id = $2 \
             AND t.replaced_by_id IS NULL AND t.way <> 'taken_back' ORDER BY t.at DESC, t.id DESC LIMIT $3"
        ),
        &args![learner, competency, limit],
    )?;
    rows.iter().map(read).collect()
}
