//! Registers of lessons: one for each hour of the timetable and day; and how a school keeps its registers.

use super::attendance::MarkTable;
use super::classes::read_hour;
use crate::person::{Hour, Mark};
use base::{Day, Id, Moment, Result};
use db::{Tx, args};
use std::collections::BTreeMap;

/// Since when a school keeps its registers by lesson; none where it keeps them by day.
pub(crate) fn by_lesson_since(tx: &mut Tx, school: Id) -> Result<Option<Day>> {
    let row = tx.row(
        "SELECT since_on FROM school_register_way WHERE school_id = $1 AND way = 'lesson'",
        &args![school],
    )?;
    row.map(|row| row.read().day()).transpose()
}

/// Keeps how a school keeps its registers from a day on.
pub(crate) fn put_way(
    tx: &mut Tx,
    (school, way, since): (Id, &str, Day),
    by: Id,
    now: Moment,
) -> Result<()> {
    tx.exec(
        "INSERT INTO school_register_way (school_id, way, since_on, set_by, set_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (school_id) DO UPDATE SET way = excluded.way, since_on = excluded.since_on, \
         set_by = excluded.set_by, set_at = excluded.set_at",
        &args![school, way, since, by, now],
    )?;
    Ok(())
}

/// An hour that is, or once was, on the timetable.
pub(crate) fn hour(tx: &mut Tx, id: Id) -> Result<Hour> {
    let row = tx.one(
        "SELECT id, class_id, weekday, begins, minutes, subject, teacher_id, place FROM school_slot WHERE id = $1",
        &args![id],
    )?;
    read_hour(&row)
}

/// The hours of a class on a day, in order: those of the timetable then, and those a register was taken of.
pub(crate) fn hours_on(tx: &mut Tx, class: Id, day: Day) -> Result<Vec<Hour>> {
    let rows = tx.rows(
        "SELECT id, class_id, weekday, begins, minutes, subject, teacher_id, place FROM school_slot \
         WHERE class_id = $1 AND weekday = $2 AND (ended_at IS NULL OR ended_at >= $3 \
         OR EXISTS (SELECT 1 FROM school_lesson_register r WHERE r.slot_id = school_slot.id AND r.on_day = $4)) \
         ORDER BY begins, id",
        &args![
            class,
            day.weekday(),
            Moment::start_of(day.plus(1)),
            day
        ],
    )?;
    rows.iter().map(read_hour).collect()
}

/// The register of an hour on a day: its id, who took it when, and its version.
pub(crate) fn register(tx: &mut Tx, hour: Id, day: Day) -> Result<Option<(Id, Id, Moment, i64)>> {
    let row = tx.row(
        "SELECT id, taken_by, taken_at, version FROM school_lesson_register WHERE slot_id = $1 AND on_day = $2",
        &args![hour, day],
    )?;
    row.map(|row| {
        let mut r = row.read();
        Ok((r.id()?, r.id()?, r.moment()?, r.int()?))
    })
    .transpose()
}

/// Opens the register of an hour on a day.
pub(crate) fn add_register(
    tx: &mut Tx,
    id: Id,
    (hour, class, day): (Id, Id, Day),
    by: Id,
    now: Moment,
) -> Result<()> {
    tx.exec(
        "INSERT INTO school_lesson_register (id, slot_id, class_id, on_day, taken_by, taken_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, 1)",
        &args![id, hour, class, day, by, now],
    )?;
    Ok(())
}

/// Notes that a register was corrected.
pub(crate) fn corrected(tx: &mut Tx, id: Id) -> Result<()> {
    tx.exec(
        "UPDATE school_lesson_register SET version = version + 1 WHERE id = $1",
        &args![id],
    )?;
    Ok(())
}

/// Inserts marks; those they correct are no longer current.
pub(crate) fn add_marks(tx: &mut Tx, register: Id, marks: &[Mark]) -> Result<()> {
    let into = MarkTable {
        correct: "UPDATE school_lesson_mark SET current = FALSE WHERE id = $1",
        insert: "INSERT INTO school_lesson_mark (id, register_id, person_id, code, reason, marked_by, marked_at, corrects, current) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    };
    into.add(tx, register, marks)
}

/// Every mark of a lesson's register, corrected ones too, in the order of marking.
pub(crate) fn marks(tx: &mut Tx, register: Id) -> Result<Vec<Mark>> {
    let rows = tx.rows(
        "SELECT m.id, m.person_id, g.on_day, m.code, m.reason, m.marked_by, m.marked_at, m.corrects, m.current \
         FROM school_lesson_mark m JOIN school_lesson_register g ON g.id = m.register_id \
         WHERE m.register_id = $1 ORDER BY m.marked_at, m.id",
        &args![register],
    )?;
    rows.iter()
        .map(|row| {
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
        })
        .collect()
}

/// What holds of each learner of a class in the lessons of a day, in their order.
pub(crate) fn codes(tx: &mut Tx, class: Id, day: Day) -> Result<BTreeMap<Id, Vec<String>>> {
    let rows = tx.rows(
        "SELECT m.person_id, m.code FROM school_lesson_register r JOIN school_slot s ON s.id = r.slot_id \
         JOIN school_lesson_mark m ON m.register_id = r.id \
         WHERE r.class_id = $1 AND r.on_day = $2 AND m.current ORDER BY m.person_id, s.begins, s.id",
        &args![class, day],
    )?;
    let mut out: BTreeMap<Id, Vec<String>> = BTreeMap::new();
    for row in &rows {
        let mut r = row.read();
        out.entry(r.id()?).or_default().push(r.text()?);
    }
    Ok(out)
}

/// The days from `from` to `to` on which a lesson's register of a class was taken.
pub(crate) fn days(tx: &mut Tx, class: Id, (from, to): (Day, Day)) -> Result<Vec<Day>> {
    let rows = tx.rows(
        "SELECT DISTINCT on_day FROM school_lesson_register WHERE class_id = $1 AND on_day >= $2 AND on_day <= $3 \
         ORDER BY on_day",
        &args![class, from, to],
    )?;
    rows.iter().map(|row| row.read().day()).collect()
}

/// Registers of lessons in which two marks hold of a learner, or none: there must be none of them.
pub(crate) fn unsettled(tx: &mut Tx) -> Result<Vec<Id>> {
    let rows = tx.rows(
        "SELECT register_id FROM school_lesson_mark GROUP BY register_id, person_id \
         HAVING SUM(CASE WHEN current THEN 1 ELSE 0 END) <> 1 ORDER BY register_id LIMIT 100",
        &[],
    )?;
    rows.iter().map(|row| row.read().id()).collect()
}
