//! Level checks.

use crate::level::Ladder;
use base::{Day, Error, Id, Moment, Refusal, Result};
use db::{Row, Tx, args};
use std::collections::BTreeMap;

/// A check of a class on a day.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Check {
    pub id: Id,
    pub class: Id,
    pub ladder: Ladder,
    pub round: i64,
    pub held_on: Day,
}

fn read(row: &Row) -> Result<Check> {
    let mut r = row.read();
    let (id, class, code) = (r.id()?, r.id()?, r.text()?);
    Ok(Check {
        id,
        class,
        ladder: Ladder::parse(&code)
            .ok_or_else(|| Error::fault(format!("no ladder is called {code}")))?,
        round: r.int()?,
        held_on: r.day()?,
    })
}

/// The checks of a class, newest first.
pub(crate) fn checks(tx: &mut Tx, class: Id) -> Result<Vec<Check>> {
    let rows = tx.rows(
        "SELECT id, class_id, ladder, round, held_on FROM level_check WHERE class_id = $1 \
         ORDER BY held_on DESC, round DESC, id",
        &args![class],
    )?;
    rows.iter().map(read).collect()
}

/// A check.
pub(crate) fn check(tx: &mut Tx, id: Id) -> Result<Check> {
    let row = tx.row(
        "SELECT id, class_id, ladder, round, held_on FROM level_check WHERE id = $1",
        &args![id],
    )?;
    row.as_ref().map_or(Err(Error::Missing), read)
}

/// Keeps a check; its round follows the last one.
pub(crate) fn add_check(
    tx: &mut Tx,
    (class, ladder, held_on): (Id, Ladder, Day),
    by: Id,
    now: Moment,
) -> Result<Check> {
    let row = tx.one(
        "SELECT COALESCE(MAX(round), 0) FROM level_check WHERE class_id = $1 AND ladder = $2",
        &args![class, ladder.code()],
    )?;
    let made = Check {
        id: Id::new(now),
        class,
        ladder,
        round: row.read().int()? + 1,
        held_on,
    };
    let done = tx.exec(
        "INSERT INTO level_check (id, class_id, ladder, round, held_on, made_by, made_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1)",
        &args![made.id, class, ladder.code(), made.round, held_on, by, now],
    );
    db::on_unique(
        done,
        "level_check.class_id,ladder,round",
        Refusal::whole("progress-check-twice"),
    )?;
    Ok(made)
}

/// Keeps what a child can do.
pub(crate) fn put_level(
    tx: &mut Tx,
    check: Id,
    learner: Id,
    level: i64,
    (by, now): (Id, Moment),
) -> Result<()> {
    tx.exec(
        "INSERT INTO level_result (check_id, learner_id, level, entered_by, at) \
         VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (check_id, learner_id) DO UPDATE SET level = excluded.level, \
         entered_by = excluded.entered_by, at = excluded.at",
        &args![check, learner, level, by, now],
    )?;
    Ok(())
}

/// Remembers in which group a child learns after a check.
pub(crate) fn put_level_group(tx: &mut Tx, check: Id, learner: Id, group: Id) -> Result<()> {
    tx.exec(
        "UPDATE level_result SET group_id = $3 WHERE check_id = $1 AND learner_id = $2",
        &args![check, learner, group],
    )?;
    Ok(())
}

/// What each child could do at a check.
pub(crate) fn levels(tx: &mut Tx, check: Id) -> Result<BTreeMap<Id, i64>> {
    let rows = tx.rows(
        "SELECT learner_id, level FROM level_result WHERE check_id = $1 ORDER BY learner_id",
        &args![check],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.id()?, r.int()?))
        })
        .collect()
}
