//! Tries at questions.

use crate::assignment::Attempt;
use base::{Error, Id, Moment, Result};
use db::{Row, Tx, args};

macro_rules! attempt_columns {
    ($rest:expr) => {
        concat!(
            "SELECT id, learner_id, assignment_id, class_id, position, item_id, competency_id, \
             number, mode, response, score, comment, seconds, at, received_at, entered_by, \
             corrects_id, replaced_by_id FROM attempt ",
            $rest
        )
    };
}

fn read(row: &Row) -> Result<Attempt> {
    let mut r = row.read();
    Ok(Attempt {
        id: r.id()?,
        learner: r.id()?,
        assignment: r.id()?,
        class: r.id()?,
        position: r.int()?,
        item: r.id()?,
        competency: r.opt_id()?,
        number: r.int()?,
        mode: r.text()?,
        response: r.text()?,
        score: r.opt_real()?,
        comment: r.opt_text()?,
        seconds: r.opt_int()?,
        at: r.moment()?,
        received_at: r.moment()?,
        entered_by: r.opt_id()?,
        corrects: r.opt_id()?,
        replaced_by: r.opt_id()?,
    })
}

/// Keeps a try.
pub(crate) fn add_attempt(tx: &mut Tx, a: &Attempt) -> Result<()> {
    tx.exec(
        "INSERT INTO attempt (id, learner_id, assignment_id, class_id, position, item_id, \
         competency_id, number, mode, response, score, comment, seconds, at, received_at, \
         entered_by, corrects_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        &args![
            a.id,
            a.learner,
            a.assignment,
            a.class,
            a.position,
            a.item,
            a.competency,
            a.number,
            &a.mode,
            &a.response,
            a.score,
            a.comment.clone(),
            a.seconds,
            a.at,
            a.received_at,
            a.entered_by,
            a.corrects
        ],
    )?;
    // Found again by learner through what was answered on one day, of UTC: sittings must not change with the
    // site's zone. Nothing is written for the second try.
    tx.exec(
        "INSERT INTO sitting (learner_id, competency_id, day_at, assignment_id) \
         VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        &args![
            a.learner,
            a.competency.unwrap_or(a.assignment),
            Moment::start_of_utc(a.at.utc_day()),
            a.assignment
        ],
    )?;
    Ok(())
}

/// Says by which try another one is replaced; no when it already was.
pub(crate) fn replace(tx: &mut Tx, old: Id, new: Id) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE attempt SET replaced_by_id = $2 WHERE id = $1 AND replaced_by_id IS NULL",
        &args![old, new],
    )?;
    Ok(touched > 0)
}

/// A try, when there is one.
pub(crate) fn attempt(tx: &mut Tx, id: Id) -> Result<Option<Attempt>> {
    let row = tx.row(attempt_columns!("WHERE id = $1"), &args![id])?;
    row.as_ref().map(read).transpose()
}

/// A try that must be there.
pub(crate) fn attempt_at(tx: &mut Tx, id: Id) -> Result<Attempt> {
    attempt(tx, id)?.ok_or(Error::Missing)
}

/// What a learner did in an assignment, by question and try; what was replaced is left out.
pub(crate) fn tries_of(tx: &mut Tx, assignment: Id, learner: Id) -> Result<Vec<Attempt>> {
    let rows = tx.rows(
        attempt_columns!(
            "WHERE assignment_id = $1 AND learner_id = $2 AND replaced_by_id IS NULL \
             ORDER BY position, number, id"
        ),
        &args![assignment, learner],
    )?;
    rows.iter().map(read).collect()
}

/// How far a learner is in an assignment: the position and last score of every question tried.
pub(crate) fn scores_of(
    tx: &mut Tx,
    assignment: Id,
    learner: Id,
) -> Result<Vec<(i64, Option<f64>)>> {
    let rows = tx.rows(
        "SELECT position, score FROM attempt \
         WHERE assignment_id = $1 AND learner_id = $2 AND replaced_by_id IS NULL \
         ORDER BY position, number",
        &args![assignment, learner],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.int()?, r.opt_real()?))
        })
        .collect()
}

/// Every try of an assignment, by learner and question; what was replaced is left out.
pub(crate) fn all_tries(
    tx: &mut Tx,
    assignment: Id,
    each: &mut dyn FnMut(Attempt) -> Result<()>,
) -> Result<()> {
    tx.each(
        attempt_columns!(
            "WHERE assignment_id = $1 AND replaced_by_id IS NULL ORDER BY learner_id, position, number, id"
        ),
        &args![assignment],
        &mut |row| each(read(&row)?),
    )
}

/// Whether a learner had a mark at the same question before on that day, in whatever assignment.
pub(crate) fn met_before(tx: &mut Tx, a: &Attempt, competency: Id) -> Result<bool> {
    let begins = Moment::start_of(a.at.day());
    let row = tx.row(
        "SELECT 1 FROM sitting s \
         JOIN attempt a ON a.assignment_id = s.assignment_id AND a.learner_id = $1 \
         WHERE s.learner_id = $1 AND s.competency_id = $2 AND s.day_at >= $6 AND s.day_at <= $5 AND a.item_id = $4 \
         AND a.competency_id = $2 AND a.at >= $3 AND a.at < $5 AND a.score IS NOT NULL \
         AND a.replaced_by_id IS NULL LIMIT 1",
        &args![
            a.learner,
            competency,
            begins,
            a.item,
            a.at,
            Moment::start_of_utc(begins.utc_day())
        ],
    )?;
    Ok(row.is_some())
}

macro_rules! of_sittings {
    ($columns:literal, $marked:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM (SELECT day_at, assignment_id FROM sitting WHERE learner_id = $1 \
             AND competency_id = $2 ORDER BY day_at DESC, assignment_id DESC LIMIT $4) s \
             JOIN attempt a ON a.assignment_id = s.assignment_id AND a.learner_id = $1 \
             WHERE a.competency_id = $2 AND a.at >= s.day_at AND a.at < s.day_at + 86400000000 \
             AND a.replaced_by_id IS NULL",
            $marked,
            " ORDER BY a.at DESC, a.id DESC LIMIT $3"
        )
    };
}

/// Sittings whose tries are looked at where many are wanted.
pub(crate) const SITTINGS: i64 = 4_000;

/// Whether a learner had more sittings about a competency than so many.
fn sat_more(tx: &mut Tx, learner: Id, competency: Id, than: i64) -> Result<bool> {
    let more = tx.row(
        "SELECT 1 FROM sitting WHERE learner_id = $1 AND competency_id = $2 LIMIT 1 OFFSET $3",
        &args![learner, competency, than],
    )?;
    Ok(more.is_some())
}

/// A learner's marked tries about a competency, oldest first: question, moment, score; at most `newest`
/// of the newest sittings, and whether there are earlier ones.
pub(crate) fn about(
    tx: &mut Tx,
    (learner, competency): (Id, Id),
    newest: i64,
    sittings: i64,
) -> Result<(Vec<crate::mastery::Try>, bool)> {
    let rows = tx.rows(
        of_sittings!("a.item_id, a.at, a.score", " AND a.score IS NOT NULL"),
        &args![learner, competency, newest, sittings],
    )?;
    let cut = sat_more(tx, learner, competency, sittings)?;
    let whole = tx.rows(
        "SELECT t.resource_id, t.at, t.weight FROM resource_try_about c JOIN resource_try t ON t.id = c.try_id \
         WHERE c.learner_id = $1 AND c.competency_id = $2 AND t.replaced_by_id IS NULL \
         AND t.weight IS NOT NULL ORDER BY t.at DESC, t.id DESC LIMIT $3",
        &args![learner, competency, newest],
    )?;
    let one = |row: &Row| {
        let mut r = row.read();
        Ok(crate::mastery::Try {
            item: r.id()?,
            at: r.moment()?,
            score: r.real()?,
        })
    };
    let mut out: Vec<_> = rows.iter().rev().map(one).collect::<Result<_>>()?;
    if !whole.is_empty() {
        let oldest = out.first().map_or(i64::MAX, |oldest| oldest.at.micros());
        let from = cut.then_some(Moment::from_micros(oldest));
        for row in whole.iter().rev() {
            let one = one(row)?;
            // Before the earliest sitting that was looked at, others may be missing.
            if from.is_none_or(|from| one.at >= from) {
                out.push(one);
            }
        }
        out.sort_by_key(|one| one.at);
        let most = usize::try_from(newest).unwrap_or(usize::MAX);
        out.drain(..out.len().saturating_sub(most));
    }
    Ok((out, cut))
}

/// A learner's tries about a competency in full, newest first.
pub(crate) fn evidence(
    tx: &mut Tx,
    learner: Id,
    competency: Id,
    limit: i64,
) -> Result<Vec<Attempt>> {
    let few = limit + 1;
    let sittings = if sat_more(tx, learner, competency, few)? {
        SITTINGS
    } else {
        few
    };
    let rows = tx.rows(
        of_sittings!(
            "a.id, a.learner_id, a.assignment_id, a.class_id, a.position, a.item_id, a.competency_id, \
             a.number, a.mode, a.response, a.score, a.comment, a.seconds, a.at, a.received_at, \
             a.entered_by, a.corrects_id, a.replaced_by_id",
            ""
        ),
        &args![learner, competency, limit, sittings],
    )?;
    rows.iter().map(read).collect()
}

/// Work of a class that waits for a teacher, oldest first, after the last already shown.
pub(crate) fn waiting(
    tx: &mut Tx,
    class: Id,
    after: Option<(Moment, Id)>,
    limit: i64,
) -> Result<Vec<Attempt>> {
    let (at, id) = after.unzip();
    let rows = tx.rows(
        attempt_columns!(
            "WHERE class_id = $1 AND score IS NULL AND replaced_by_id IS NULL \
             AND (CAST($2 AS BIGINT) IS NULL OR (at, id) > (CAST($2 AS BIGINT), CAST($3 AS UUID))) \
             ORDER BY at, id LIMIT $4"
        ),
        &args![class, at, id, limit],
    )?;
    rows.iter().map(read).collect()
}

/// How much work of a class waits, and since when.
pub(crate) fn count_waiting(tx: &mut Tx, class: Id) -> Result<(i64, Option<Moment>)> {
    let row = tx.one(
        "SELECT COUNT(*), MIN(at) FROM attempt \
         WHERE class_id = $1 AND score IS NULL AND replaced_by_id IS NULL",
        &args![class],
    )?;
    let mut r = row.read();
    Ok((r.int()?, r.opt_moment()?))
}

/// How many questions of a lesson's assignment each learner has tried.
pub(crate) fn done_by(tx: &mut Tx, assignment: Id) -> Result<std::collections::BTreeMap<Id, i64>> {
    let rows = tx.rows(
        "SELECT learner_id, COUNT(DISTINCT position) FROM attempt \
         WHERE assignment_id = $1 AND replaced_by_id IS NULL GROUP BY learner_id ORDER BY learner_id",
        &args![assignment],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.id()?, r.int()?))
        })
        .collect()
}

/// Takes everything that tells of a learner out of this room: tries stay as numbers of nobody.
pub(crate) fn erase(tx: &mut Tx, learner: Id, nobody: Id) -> Result<u64> {
    let kept = tx.exec(
        "UPDATE attempt SET learner_id = $2, response = '', comment = NULL WHERE assignment_id IN \
         (SELECT s.assignment_id FROM sitting s WHERE s.learner_id = $1) AND learner_id = $1",
        &args![learner, nobody],
    )?;
    for sql in [
        "DELETE FROM sitting WHERE learner_id = $1",
        "DELETE FROM mastery WHERE learner_id = $1",
        "DELETE FROM resource_try_about WHERE learner_id = $1",
        "DELETE FROM judgement WHERE learner_id = $1",
        "DELETE FROM level_result WHERE learner_id = $1",
        "DELETE FROM term_comment WHERE learner_id = $1",
        "DELETE FROM assignment_target WHERE target_id = $1",
    ] {
        tx.exec(sql, &args![learner])?;
    }
    let whole = tx.exec(
        "UPDATE resource_try SET learner_id = $2, comment = NULL, statement_id = NULL WHERE learner_id = $1",
        &args![learner, nobody],
    )?;
    Ok(kept + whole)
}

/// Tries said to be replaced by one that does not name them.
pub(crate) fn broken_chains(tx: &mut Tx) -> Result<Vec<Id>> {
    let mut rows = tx.rows(
        "SELECT a.id FROM attempt a LEFT JOIN attempt b ON b.id = a.replaced_by_id \
         WHERE a.replaced_by_id IS NOT NULL AND (b.id IS NULL OR b.corrects_id IS NULL OR b.corrects_id <> a.id) \
         ORDER BY a.id LIMIT 100",
        &[],
    )?;
    rows.extend(tx.rows(
        "SELECT a.id FROM resource_try a LEFT JOIN resource_try b ON b.id = a.replaced_by_id \
         WHERE a.replaced_by_id IS NOT NULL AND (b.id IS NULL OR b.corrects_id IS NULL OR b.corrects_id <> a.id) \
         ORDER BY a.id LIMIT 100",
        &[],
    )?);
    rows.iter().map(|row| row.read().id()).collect()
}
