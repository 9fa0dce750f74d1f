//! Registers and their marks: nothing is overwritten, a correction stands beside what it corrects.

use crate::person::Mark;
use base::{Day, Id, Moment, Result};
use db::{Row, Tx, Val, args};
use std::collections::BTreeMap;

macro_rules! mark_columns {
    () => {
        "m.id, m.person_id, g.on_day, m.code, m.reason, m.marked_by, m.marked_at, m.corrects, m.current"
    };
}

fn read_mark(row: &Row) -> Result<Mark> {
    let mut r = row.read();
    Ok(Mark {
        id: r.id()?,
        person: r.id()?,
        day: r.day()?,
        code: r.text()?,
        reason: r.opt_text()?,
        marked_by: r.id()?,
        marked_at: r.moment()?,
        corrects: r.opt_id()?,
        current: r.bool()?,
    })
}

/// The register of a class on a day: its id, who took it when, and its version.
pub(crate) fn register(tx: &mut Tx, class: Id, day: Day) -> Result<Option<(Id, Id, Moment, i64)>> {
    let row = tx.row(
        "SELECT id, taken_by, taken_at, version FROM school_register WHERE class_id = $1 AND on_day = $2",
        &args![class, day],
    )?;
    row.map(|row| {
        let mut r = row.read();
        Ok((r.id()?, r.id()?, r.moment()?, r.int()?))
    })
    .transpose()
}

/// Opens the register of a class on a day.
pub(crate) fn add_register(
    tx: &mut Tx,
    id: Id,
    class: Id,
    day: Day,
    by: Id,
    now: Moment,
) -> Result<()> {
    tx.exec(
        "INSERT INTO school_register (id, class_id, on_day, taken_by, taken_at, version) VALUES ($1, $2, $3, $4, $5, 1)",
        &args![id, class, day, by, now],
    )?;
    Ok(())
}

/// Notes that a register was corrected; false when somebody was faster.
pub(crate) fn corrected(tx: &mut Tx, id: Id, seen: i64) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE school_register SET version = version + 1 WHERE id = $1 AND version = $2",
        &args![id, seen],
    )?;
    Ok(touched == 1)
}

/// Notes that what a register says now comes from the lessons of its day.
pub(crate) fn derived(tx: &mut Tx, id: Id) -> Result<()> {
    tx.exec(
        "UPDATE school_register SET version = version + 1 WHERE id = $1",
        &args![id],
    )?;
    Ok(())
}

/// The statements that write marks: of days, or of lessons.
pub(super) struct MarkTable {
    pub(super) correct: &'static str,
    pub(super) insert: &'static str,
}

impl MarkTable {
    /// Inserts marks; those they correct are no longer current.
    pub(super) fn add(&self, tx: &mut Tx, register: Id, marks: &[Mark]) -> Result<()> {
        let corrected: Vec<Vec<Val>> = marks
            .iter()
            .filter_map(|m| m.corrects)
            .map(|id| args![id].to_vec())
            .collect();
        tx.exec_many(self.correct, &corrected)?;
        let rows: Vec<Vec<Val>> = marks
            .iter()
            .map(|m| {
                args![
                    m.id,
                    register,
                    m.person,
                    m.code.as_str(),
                    m.reason.as_deref(),
                    m.marked_by,
                    m.marked_at,
                    m.corrects,
                    true
                ]
                .to_vec()
            })
            .collect();
        tx.exec_many(self.insert, &rows)?;
        Ok(())
    }
}

/// Inserts marks; those they correct are no longer current.
pub(crate) fn add_marks(tx: &mut Tx, register: Id, marks: &[Mark]) -> Result<()> {
    let into = MarkTable {
        correct: "UPDATE school_mark SET current = FALSE WHERE id = $1",
        insert: "INSERT INTO school_mark (id, register_id, person_id, code, reason, marked_by, marked_at, corrects, current) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    };
    into.add(tx, register, marks)
}

/// Every mark of a register, corrected ones too, in the order of marking.
pub(crate) fn marks(tx: &mut Tx, register: Id) -> Result<Vec<Mark>> {
    let rows = tx.rows(
        concat!("SELECT ", mark_columns!(), " FROM school_mark m JOIN school_register g ON g.id = m.register_id WHERE m.register_id = $1 ORDER BY m.marked_at, m.id"),
        &args![register],
    )?;
    rows.iter().map(read_mark).collect()
}

/// What holds of a class in the days from `from` to `to`, by day.
pub(crate) fn marks_between(tx: &mut Tx, class: Id, (from, to): (Day, Day)) -> Result<Vec<Mark>> {
    let rows = tx.rows(
        concat!(
            "SELECT ", mark_columns!(),
            " FROM school_register g JOIN school_mark m ON m.register_id = g.id \
              WHERE g.class_id = $1 AND g.on_day >= $2 AND g.on_day <= $3 AND m.current ORDER BY g.on_day, m.id"
        ),
        &args![class, from, to],
    )?;
    rows.iter().map(read_mark).collect()
}

/// The days from `from` to `to` on which a class's register was taken.
pub(crate) fn days(tx: &mut Tx, class: Id, (from, to): (Day, Day)) -> Result<Vec<Day>> {
    let rows = tx.rows(
        "SELECT on_day FROM school_register WHERE class_id = $1 AND on_day >= $2 AND on_day <= $3 ORDER BY on_day",
        &args![class, from, to],
    )?;
    rows.iter().map(|row| row.read().day()).collect()
}

/// How often each code holds of a person in the days from `from` to `to`.
pub(crate) fn tally(
    tx: &mut Tx,
    person: Id,
    (from, to): (Day, Day),
) -> Result<BTreeMap<String, i64>> {
    let rows = tx.rows(
        "SELECT m.code, COUNT(*) FROM school_mark m JOIN school_register g ON g.id = m.register_id \
         WHERE m.person_id = $1 AND m.current AND g.on_day >= $2 AND g.on_day <= $3 GROUP BY m.code ORDER BY m.code",
        &args![person, from, to],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.text()?, r.int()?))
        })
        .collect()
}

/// Learners of a register of whom two marks hold, or none: there must be none of them.
pub(crate) fn unsettled(tx: &mut Tx) -> Result<Vec<Id>> {
    let rows = tx.rows(
        "SELECT register_id FROM school_mark GROUP BY register_id, person_id \
         HAVING SUM(CASE WHEN current THEN 1 ELSE 0 END) <> 1 ORDER BY register_id LIMIT 100",
        &[],
    )?;
    rows.iter().map(|row| row.read().id()).collect()
}
