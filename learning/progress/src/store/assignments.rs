//! What is given to whom.

use crate::assignment::{Asked, Assignment, Target};
use base::{Conflict, Day, Error, Id, Moment, Result};
use db::{Reader, Row, Tx, Val, args};

macro_rules! assignment_columns {
    ($rest:expr) => {
        concat!(
            "SELECT a.id, a.school_id, a.class_id, a.lesson_id, a.names, a.subject, a.opens_on, \
             a.due_on, a.minutes, a.items, a.made_by, a.made_at, a.withdrawn_at, \
             a.withdrawn_reason, a.version, a.resource_id FROM assignment a ",
            $rest
        )
    };
}

fn read(row: &Row) -> Result<Assignment> {
    read_from(&mut row.read())
}

fn read_from(r: &mut Reader<'_>) -> Result<Assignment> {
    Ok(Assignment {
        id: r.id()?,
        school: r.id()?,
        class: r.id()?,
        lesson: r.id()?,
        names: r.names()?,
        subject: r.text()?,
        opens_on: r.day()?,
        due_on: r.day()?,
        minutes: r.int()?,
        items: r.int()?,
        made_by: r.id()?,
        made_at: r.moment()?,
        withdrawn: match (r.opt_moment()?, r.opt_text()?) {
            (Some(at), Some(reason)) => Some((at, reason)),
            _ => None,
        },
        version: r.int()?,
        resource: r.opt_id()?,
    })
}

/// Keeps a new assignment with whom it is for and what it asks.
pub(crate) fn add_assignment(
    tx: &mut Tx,
    a: &Assignment,
    to: &[Target],
    asked: &[Asked],
) -> Result<()> {
    tx.exec(
        "INSERT INTO assignment (id, school_id, class_id, lesson_id, names, subject, opens_on, \
         due_on, minutes, items, made_by, made_at, version, resource_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13)",
        &args![
            a.id, a.school, a.class, a.lesson, &a.names, &a.subject, a.opens_on, a.due_on,
            a.minutes, a.items, a.made_by, a.made_at, a.resource
        ],
    )?;
    let targets: Vec<Vec<Val>> = to
        .iter()
        .map(|t| args![a.id, t.id(), t.kind(), a.opens_on].to_vec())
        .collect();
    tx.exec_many(
        "INSERT INTO assignment_target (assignment_id, target_id, kind, opens_on) VALUES ($1, $2, $3, $4)",
        &targets,
    )?;
    let items: Vec<Vec<Val>> = asked
        .iter()
        .map(|q| args![a.id, q.position, q.item, q.competency].to_vec())
        .collect();
    tx.exec_many(
        "INSERT INTO assignment_item (assignment_id, position, item_id, competency_id) VALUES ($1, $2, $3, $4)",
        &items,
    )?;
    Ok(())
}

/// An assignment.
pub(crate) fn assignment(tx: &mut Tx, id: Id) -> Result<Assignment> {
    let row = tx.row(assignment_columns!("WHERE a.id = $1"), &args![id])?;
    row.as_ref().map_or(Err(Error::Missing), read)
}

/// What an answer needs to know of an assignment.
pub(crate) struct Place {
    pub class: Id,
    pub lesson: Id,
    pub opens_on: Day,
    pub is_withdrawn: bool,
    /// What it asks at the position.
    pub asked: Option<Asked>,
    /// Given to the whole class, or to the learner by name.
    pub is_named: bool,
}

/// A position of an assignment, for a learner.
pub(crate) fn place(tx: &mut Tx, (assignment, position): (Id, i64), learner: Id) -> Result<Place> {
    let row = tx.one(
        "SELECT a.class_id, a.lesson_id, a.opens_on, a.withdrawn_at, i.item_id, i.competency_id, \
         EXISTS (SELECT 1 FROM assignment_target t WHERE t.assignment_id = a.id \
         AND t.target_id IN (a.class_id, $3)) FROM assignment a \
         LEFT JOIN assignment_item i ON i.assignment_id = a.id AND i.position = $2 WHERE a.id = $1",
        &args![assignment, position, learner],
    )?;
    let mut r = row.read();
    let (class, lesson, opens_on) = (r.id()?, r.id()?, r.day()?);
    let is_withdrawn = r.opt_moment()?.is_some();
    let (item, competency) = (r.opt_id()?, r.opt_id()?);
    Ok(Place {
        class,
        lesson,
        opens_on,
        is_withdrawn,
        asked: item.map(|item| Asked {
            position,
            item,
            competency,
        }),
        is_named: r.bool()?,
    })
}

/// Whom an assignment is for.
pub(crate) fn targets(tx: &mut Tx, id: Id) -> Result<Vec<Target>> {
    let rows = tx.rows(
        "SELECT kind, target_id FROM assignment_target WHERE assignment_id = $1 ORDER BY kind, target_id",
        &args![id],
    )?;
    let mut out = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut r = row.read();
        let kind = r.text()?;
        let whom = r.id()?;
        out.extend(Target::of(&kind, whom));
    }
    Ok(out)
}

/// The questions of an assignment, in order.
pub(crate) fn asked(tx: &mut Tx, id: Id) -> Result<Vec<Asked>> {
    let rows = tx.rows(
        "SELECT position, item_id, competency_id FROM assignment_item WHERE assignment_id = $1 ORDER BY position",
        &args![id],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok(Asked {
                position: r.int()?,
                item: r.id()?,
                competency: r.opt_id()?,
            })
        })
        .collect()
}

/// The question at a place of an assignment.
pub(crate) fn asked_at(tx: &mut Tx, id: Id, position: i64) -> Result<Option<Asked>> {
    let row = tx.row(
        "SELECT position, item_id, competency_id FROM assignment_item \
         WHERE assignment_id = $1 AND position = $2",
        &args![id, position],
    )?;
    row.map(|row| {
        let mut r = row.read();
        Ok(Asked {
            position: r.int()?,
            item: r.id()?,
            competency: r.opt_id()?,
        })
    })
    .transpose()
}

/// The first day on which something could open that is not over on that day.
fn earliest(from: Day) -> Day {
    from.plus(-crate::rules::DAYS_MAX)
}

/// What is given to one target and was open on that day or before, newest first; not taken back.
pub(crate) fn given_to(
    tx: &mut Tx,
    target: Id,
    from: Day,
    until: Day,
    limit: i64,
) -> Result<Vec<Assignment>> {
    let rows = tx.rows(
        assignment_columns!(
            "JOIN assignment_target t ON t.assignment_id = a.id \
             WHERE t.target_id = $1 AND t.opens_on <= $3 AND t.opens_on >= $5 AND a.due_on >= $2 \
             AND a.withdrawn_at IS NULL \
             ORDER BY t.opens_on DESC, t.assignment_id DESC LIMIT $4"
        ),
        &args![target, from, until, limit, earliest(from)],
    )?;
    rows.iter().map(read).collect()
}

/// The assignments of a class, newest opening first, after the last one already shown.
pub(crate) fn of_class(
    tx: &mut Tx,
    class: Id,
    after: Option<(Day, Id)>,
    limit: i64,
) -> Result<Vec<Assignment>> {
    let (day, id) = after.unzip();
    let rows = tx.rows(
        assignment_columns!(
            "WHERE a.class_id = $1 AND (CAST($2 AS TEXT) IS NULL OR (a.opens_on, a.id) < (CAST($2 AS TEXT), CAST($3 AS UUID))) \
             ORDER BY a.opens_on DESC, a.id DESC LIMIT $4"
        ),
        &args![class, day, id, limit],
    )?;
    rows.iter().map(read).collect()
}

/// The assignments of a class that were open at some time between two days, in order.
pub(crate) fn of_class_between(
    tx: &mut Tx,
    class: Id,
    from: Day,
    until: Day,
) -> Result<Vec<Assignment>> {
    let rows = tx.rows(
        assignment_columns!(
            "WHERE a.class_id = $1 AND a.opens_on <= $3 AND a.opens_on >= $4 AND a.due_on >= $2 \
             AND a.withdrawn_at IS NULL \
             ORDER BY a.opens_on, a.id"
        ),
        &args![class, from, until, earliest(from)],
    )?;
    rows.iter().map(read).collect()
}

/// Gives an assignment other days.
pub(crate) fn move_assignment(
    tx: &mut Tx,
    id: Id,
    (opens_on, due_on): (Day, Day),
    seen: i64,
) -> Result<()> {
    let touched = tx.exec(
        "UPDATE assignment SET opens_on = $2, due_on = $3, version = version + 1 \
         WHERE id = $1 AND version = $4",
        &args![id, opens_on, due_on, seen],
    )?;
    newer(tx, id, touched)?;
    tx.exec(
        "UPDATE assignment_target SET opens_on = $2 WHERE assignment_id = $1",
        &args![id, opens_on],
    )?;
    Ok(())
}

/// Takes an assignment back.
pub(crate) fn withdraw_assignment(
    tx: &mut Tx,
    id: Id,
    reason: &str,
    now: Moment,
    seen: i64,
) -> Result<()> {
    let touched = tx.exec(
        "UPDATE assignment SET withdrawn_at = $2, withdrawn_reason = $3, version = version + 1 \
         WHERE id = $1 AND version = $4",
        &args![id, now, reason, seen],
    )?;
    newer(tx, id, touched)
}

fn newer(tx: &mut Tx, id: Id, touched: u64) -> Result<()> {
    if touched > 0 {
        return Ok(());
    }
    let saved = assignment(tx, id)?;
    Err(Error::Conflict(Box::new(Conflict {
        version: saved.version,
        saved: vec![
            ("opens_on".to_owned(), saved.opens_on.to_string()),
            ("due_on".to_owned(), saved.due_on.to_string()),
        ],
    })))
}

/// A teacher's note to a class's week.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Week {
    pub note: String,
    pub version: i64,
}

/// What a teacher noted for a week.
pub(crate) fn week(tx: &mut Tx, class: Id, subject: &str, week_on: Day) -> Result<Option<Week>> {
    let row = tx.row(
        "SELECT note, version FROM plan_week WHERE class_id = $1 AND subject = $2 AND week_on = $3",
        &args![class, subject, week_on],
    )?;
    row.map(|row| {
        let mut r = row.read();
        Ok(Week {
            note: r.text()?,
            version: r.int()?,
        })
    })
    .transpose()
}

/// Keeps a teacher's note for a week.
pub(crate) fn put_week(
    tx: &mut Tx,
    (class, subject, week_on): (Id, &str, Day),
    note: &str,
    by: Id,
    now: Moment,
) -> Result<()> {
    tx.exec(
        "INSERT INTO plan_week (id, class_id, subject, week_on, note, made_by, made_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1) \
         ON CONFLICT (class_id, subject, week_on) DO UPDATE SET note = excluded.note, \
         made_by = excluded.made_by, made_at = excluded.made_at, version = plan_week.version + 1",
        &args![Id::new(now), class, subject, week_on, note, by, now],
    )?;
    Ok(())
}
