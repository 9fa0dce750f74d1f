//! Classes, enrolments, groups and the timetable.

use crate::person::{Class, Enrolment, Group, Hour, Listed, NewClass};
use crate::store::people::{person_columns, read_person};
use base::{Day, Error, Id, Moment, Result, Role, fold};
use db::{Row, Tx, Val, args};
use std::collections::BTreeMap;

macro_rules! class_columns {
    () => {
        "c.id, c.school_id, c.country, c.names, c.grade, c.subjects, c.session, c.starts_on, c.ends_on, c.code, c.shows_names, c.sourced_id, c.version"
    };
}

macro_rules! enrolment_columns {
    () => {
        "id, class_id, person_id, role, number, from_on, to_on, reason"
    };
}

fn read_class(row: &Row) -> Result<Class> {
    let mut r = row.read();
    Ok(Class {
        id: r.id()?,
        school: r.id()?,
        country: r.text()?,
        names: r.names()?,
        grade: r.int()?,
        subjects: serde_json::from_str(r.str()?).unwrap_or_default(),
        session: r.text()?,
        days: (r.day()?, r.day()?),
        code: r.text()?,
        shows_names: r.bool()?,
        sourced_id: r.opt_text()?,
        version: r.int()?,
    })
}

/// What classes are sorted by.
fn name_key(names: &base::Names) -> String {
    fold(names.get(base::Lang::En))
}

/// The values of a new class's row.
pub(crate) fn class_row(id: Id, code: &str, new: &NewClass, now: Moment) -> Result<Vec<Val>> {
    let subjects = serde_json::to_string(&new.subjects).map_err(Error::fault)?;
    Ok(args![
        id,
        new.school,
        new.country.as_str(),
        &new.names,
        name_key(&new.names),
        new.grade,
        subjects,
        new.session.as_str(),
        new.days.0,
        new.days.1,
        code,
        new.shows_names,
        new.sourced_id.as_deref(),
        now
    ]
    .to_vec())
}

/// Inserts classes, one row of [`class_row`] each.
pub(crate) fn add_classes(tx: &mut Tx, rows: &[Vec<Val>]) -> Result<()> {
    tx.exec_many(
        "INSERT INTO school_class (id, school_id, country, names, name_key, grade, subjects, session, starts_on, ends_on, code, shows_names, sourced_id, created_at, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)",
        rows,
    )?;
    Ok(())
}

/// A class.
pub(crate) fn class(tx: &mut Tx, id: Id) -> Result<Class> {
    let row = tx.one(
        concat!(
            "SELECT ",
            class_columns!(),
            " FROM school_class c WHERE c.id = $1"
        ),
        &args![id],
    )?;
    read_class(&row)
}

/// The class of a code.
pub(crate) fn by_code(tx: &mut Tx, code: &str) -> Result<Option<Class>> {
    let row = tx.row(
        concat!(
            "SELECT ",
            class_columns!(),
            " FROM school_class c WHERE c.code = $1"
        ),
        &args![code],
    )?;
    row.as_ref().map(read_class).transpose()
}

/// A page of a school's classes that have not ended on a day, by grade and name.
pub(crate) fn of_school(
    tx: &mut Tx,
    school: Id,
    day: Day,
    after: (i64, &str, Option<Id>),
    limit: i64,
) -> Result<Vec<Class>> {
    let rows = tx.rows(
        concat!(
            "SELECT ", class_columns!(),
            " FROM school_class c WHERE c.school_id = $1 AND c.ends_on >= $2 \
              AND (c.grade > $3 OR (c.grade = $3 AND (c.name_key > $4 OR (c.name_key = $4 AND (CAST($5 AS UUID) IS NULL OR c.id > CAST($5 AS UUID)))))) \
              ORDER BY c.grade, c.name_key, c.id LIMIT $6"
        ),
        &args![school, day, after.0, after.1, after.2, limit],
    )?;
    rows.iter().map(read_class).collect()
}

/// The key of a class in its school's list.
pub(crate) fn list_key(class: &Class) -> String {
    format!("{}~{}~{}", class.grade, class.id, name_key(&class.names))
}

/// The classes a person is in with a role on a day.
pub(crate) fn of_person(tx: &mut Tx, person: Id, role: &str, day: Day) -> Result<Vec<Class>> {
    let rows = tx.rows(
        concat!(
            "SELECT ", class_columns!(),
            " FROM school_enrolment e JOIN school_class c ON c.id = e.class_id \
              WHERE e.person_id = $1 AND e.role = $2 AND e.from_on <= $3 AND (e.to_on IS NULL OR e.to_on >= $3) \
              AND c.starts_on <= $3 AND c.ends_on >= $3 ORDER BY c.grade, c.name_key, c.id"
        ),
        &args![person, role, day],
    )?;
    rows.iter().map(read_class).collect()
}

/// Changes a class.
///
/// # Errors
/// A conflict when somebody was faster.
pub(crate) fn change_class(tx: &mut Tx, class: &Class, seen: i64) -> Result<()> {
    let subjects = serde_json::to_string(&class.subjects).map_err(Error::fault)?;
    let touched = tx.exec(
        "UPDATE school_class SET names = $1, name_key = $2, grade = $3, subjects = $4, session = $5, starts_on = $6, ends_on = $7, shows_names = $8, version = version + 1 \
         WHERE id = $9 AND version = $10",
        &args![
            &class.names, name_key(&class.names), class.grade, subjects, class.session.as_str(), class.days.0, class.days.1,
            class.shows_names, class.id, seen
        ],
    )?;
    if touched == 1 {
        return Ok(());
    }
    let saved = self::class(tx, class.id)?;
    Err(Error::Conflict(Box::new(base::Conflict {
        version: saved.version,
        saved: [
            (
                "names".to_owned(),
                serde_json::to_string(&saved.names).map_err(Error::fault)?,
            ),
            ("grade".to_owned(), saved.grade.to_string()),
            ("session".to_owned(), saved.session),
        ]
        .into(),
    })))
}

/// Gives a class another code.
pub(crate) fn set_code(tx: &mut Tx, id: Id, code: &str) -> Result<()> {
    tx.exec(
        "UPDATE school_class SET code = $1 WHERE id = $2",
        &args![code, id],
    )?;
    Ok(())
}

fn read_enrolment(row: &Row) -> Result<Enrolment> {
    let mut r = row.read();
    Ok(Enrolment {
        id: r.id()?,
        class: r.id()?,
        person: r.id()?,
        role: Role::parse(r.str()?).unwrap_or(Role::Learner),
        number: r.int()?,
        from_on: r.day()?,
        to_on: r.opt_day()?,
        reason: r.opt_text()?,
    })
}

/// The values of a new enrolment's row.
pub(crate) fn enrolment_row(
    e: &Enrolment,
    key: &str,
    sourced: Option<&str>,
    by: Option<Id>,
    now: Moment,
) -> Vec<Val> {
    args![
        e.id,
        e.class,
        e.person,
        e.role.code(),
        e.number,
        key,
        e.from_on,
        e.to_on,
        sourced,
        by,
        now
    ]
    .to_vec()
}

/// Inserts enrolments.
pub(crate) fn add_enrolments(tx: &mut Tx, rows: &[Vec<Val>]) -> Result<()> {
    tx.exec_many(
        "INSERT INTO school_enrolment (id, class_id, person_id, role, number, sort_key, from_on, to_on, sourced_id, begun_by, begun_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        rows,
    )?;
    Ok(())
}

/// The next number on a class's list.
pub(crate) fn next_number(tx: &mut Tx, class: Id) -> Result<i64> {
    let row = tx.one(
        "SELECT CAST(COALESCE(MAX(number), 0) + 1 AS BIGINT) FROM school_enrolment WHERE class_id = $1",
        &args![class],
    )?;
    row.read().int()
}

/// The number a learner has or had on a class's list.
pub(crate) fn number_of(tx: &mut Tx, class: Id, person: Id) -> Result<Option<i64>> {
    let row = tx.row(
        "SELECT number FROM school_enrolment WHERE class_id = $1 AND person_id = $2 AND role = 'learner' ORDER BY from_on DESC, id LIMIT 1",
        &args![class, person],
    )?;
    row.map(|row| row.read().int()).transpose()
}

/// One enrolment.
pub(crate) fn enrolment(tx: &mut Tx, id: Id) -> Result<Enrolment> {
    let row = tx.one(
        concat!(
            "SELECT ",
            enrolment_columns!(),
            " FROM school_enrolment WHERE id = $1"
        ),
        &args![id],
    )?;
    read_enrolment(&row)
}

/// Every enrolment of a person, the latest first.
pub(crate) fn enrolments(tx: &mut Tx, person: Id) -> Result<Vec<Enrolment>> {
    let rows = tx.rows(
        concat!(
            "SELECT ",
            enrolment_columns!(),
            " FROM school_enrolment WHERE person_id = $1 ORDER BY from_on DESC, id DESC"
        ),
        &args![person],
    )?;
    rows.iter().map(read_enrolment).collect()
}

/// Ends an enrolment on a day; false when it has ended.
pub(crate) fn end_enrolment(
    tx: &mut Tx,
    id: Id,
    on: Day,
    reason: &str,
    by: Option<Id>,
    now: Moment,
) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE school_enrolment SET to_on = $1, reason = $2, ended_by = $3, ended_at = $4 WHERE id = $5 AND to_on IS NULL",
        &args![on, reason, by, now, id],
    )?;
    Ok(touched == 1)
}

/// The people of a class with a role in the days from `from` to `to`, by name.
pub(crate) fn listed(
    tx: &mut Tx,
    class: Id,
    role: &str,
    (from, to): (Day, Day),
) -> Result<Vec<Listed>> {
    let rows = tx.rows(
        concat!(
            "SELECT e.number, e.id, e.from_on, e.to_on, ", person_columns!(),
            " FROM school_enrolment e JOIN school_person p ON p.id = e.person_id \
              WHERE e.class_id = $1 AND e.role = $2 AND e.from_on <= $4 AND (e.to_on IS NULL OR e.to_on >= $3) \
              ORDER BY e.sort_key, e.id"
        ),
        &args![class, role, from, to],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok(Listed {
                number: r.int()?,
                enrolment: r.id()?,
                from_on: r.day()?,
                to_on: r.opt_day()?,
                person: read_person(&mut r)?,
            })
        })
        .collect()
}

/// The learner who has a number on a class's list on a day.
pub(crate) fn by_number(tx: &mut Tx, class: Id, number: i64, day: Day) -> Result<Option<Id>> {
    let row = tx.row(
        "SELECT person_id FROM school_enrolment WHERE class_id = $1 AND number = $2 AND role = 'learner' AND from_on <= $3 AND (to_on IS NULL OR to_on >= $3) ORDER BY id LIMIT 1",
        &args![class, number, day],
    )?;
    row.map(|row| row.read().id()).transpose()
}

/// How many learners each class of a school has on a day.
pub(crate) fn sizes(tx: &mut Tx, classes: &[Id], day: Day) -> Result<BTreeMap<Id, i64>> {
    let mut found = BTreeMap::new();
    for class in classes {
        let row = tx.one(
            "SELECT COUNT(*) FROM school_enrolment WHERE class_id = $1 AND role = 'learner' AND from_on <= $2 AND (to_on IS NULL OR to_on >= $2)",
            &args![*class, day],
        )?;
        found.insert(*class, row.read().int()?);
    }
    Ok(found)
}

/// Whether a person is in a class with a role on a day.
pub(crate) fn is_in(tx: &mut Tx, class: Id, person: Id, role: &str, day: Day) -> Result<bool> {
    let row = tx.row(
        "SELECT id FROM school_enrolment WHERE class_id = $1 AND person_id = $2 AND role = $3 AND from_on <= $4 AND (to_on IS NULL OR to_on >= $4) LIMIT 1",
        &args![class, person, role, day],
    )?;
    Ok(row.is_some())
}

/// Whether two people are in one class on a day, the first as its teacher.
pub(crate) fn teaches(tx: &mut Tx, teacher: Id, learner: Id, day: Day) -> Result<bool> {
    let row = tx.row(
        "SELECT l.id FROM school_enrolment l JOIN school_enrolment t ON t.class_id = l.class_id \
         WHERE l.person_id = $2 AND l.role = 'learner' AND l.from_on <= $3 AND (l.to_on IS NULL OR l.to_on >= $3) \
         AND t.person_id = $1 AND t.role = 'teacher' AND t.from_on <= $3 AND (t.to_on IS NULL OR t.to_on >= $3) LIMIT 1",
        &args![teacher, learner, day],
    )?;
    Ok(row.is_some())
}

// ---- groups

fn read_group(row: &Row) -> Result<Group> {
    let mut r = row.read();
    Ok(Group {
        id: r.id()?,
        class: r.id()?,
        name: r.text()?,
        kind: r.text()?,
        level: r.opt_text()?,
        version: r.int()?,
    })
}

/// Inserts a group.
pub(crate) fn add_group(tx: &mut Tx, group: &Group, by: Option<Id>, now: Moment) -> Result<()> {
    tx.exec(
        "INSERT INTO school_group (id, class_id, name, kind, level, made_by, made_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)",
        &args![group.id, group.class, group.name.as_str(), group.kind.as_str(), group.level.as_deref(), by, now],
    )?;
    Ok(())
}

/// A group that was not dissolved.
pub(crate) fn group(tx: &mut Tx, id: Id) -> Result<Group> {
    let row = tx.one(
        "SELECT id, class_id, name, kind, level, version FROM school_group WHERE id = $1 AND ended_at IS NULL",
        &args![id],
    )?;
    read_group(&row)
}

/// The groups of a class, in the order of making.
pub(crate) fn groups(tx: &mut Tx, class: Id) -> Result<Vec<Group>> {
    let rows = tx.rows(
        "SELECT id, class_id, name, kind, level, version FROM school_group WHERE class_id = $1 AND ended_at IS NULL ORDER BY id",
        &args![class],
    )?;
    rows.iter().map(read_group).collect()
}

/// Names a group anew.
///
/// # Errors
/// A conflict when somebody was faster.
pub(crate) fn change_group(tx: &mut Tx, id: Id, name: &str, seen: i64) -> Result<()> {
    let touched = tx.exec(
        "UPDATE school_group SET name = $1, version = version + 1 WHERE id = $2 AND version = $3 AND ended_at IS NULL",
        &args![name, id, seen],
    )?;
    if touched == 1 {
        return Ok(());
    }
    let saved = group(tx, id)?;
    Err(Error::Conflict(Box::new(base::Conflict {
        version: saved.version,
        saved: [("group_name".to_owned(), saved.name)].into(),
    })))
}

/// Dissolves a group.
pub(crate) fn end_group(tx: &mut Tx, id: Id, now: Moment) -> Result<()> {
    tx.exec(
        "UPDATE school_group SET ended_at = $1 WHERE id = $2 AND ended_at IS NULL",
        &args![now, id],
    )?;
    Ok(())
}

/// The members of a group now.
pub(crate) fn members(tx: &mut Tx, group: Id) -> Result<Vec<Id>> {
    let rows = tx.rows(
        "SELECT person_id FROM school_group_member WHERE group_id = $1 AND to_at IS NULL ORDER BY person_id, id",
        &args![group],
    )?;
    rows.iter().map(|row| row.read().id()).collect()
}

/// The groups a person is in now.
pub(crate) fn groups_of(tx: &mut Tx, person: Id) -> Result<Vec<Group>> {
    let rows = tx.rows(
        "SELECT g.id, g.class_id, g.name, g.kind, g.level, g.version FROM school_group_member m JOIN school_group g ON g.id = m.group_id \
         WHERE m.person_id = $1 AND m.to_at IS NULL AND g.ended_at IS NULL ORDER BY g.id",
        &args![person],
    )?;
    rows.iter().map(read_group).collect()
}

/// Sets who is in a group from now on.
pub(crate) fn set_members(tx: &mut Tx, group: Id, wanted: &[Id], now: Moment) -> Result<()> {
    let held = members(tx, group)?;
    for gone in held.iter().filter(|id| !wanted.contains(id)) {
        tx.exec(
            "UPDATE school_group_member SET to_at = $1 WHERE group_id = $2 AND person_id = $3 AND to_at IS NULL",
            &args![now, group, *gone],
        )?;
    }
    let added: Vec<Vec<Val>> = wanted
        .iter()
        .filter(|id| !held.contains(id))
        .map(|id| args![Id::new(now), group, *id, now].to_vec())
        .collect();
    tx.exec_many(
        "INSERT INTO school_group_member (id, group_id, person_id, from_at) VALUES ($1, $2, $3, $4)",
        &added,
    )?;
    Ok(())
}

// ---- the timetable

/// An hour from its id, class, weekday, begin, minutes, subject, teacher and place.
pub(crate) fn read_hour(row: &Row) -> Result<Hour> {
    let mut r = row.read();
    Ok(Hour {
        id: r.id()?,
        class: r.id()?,
        weekday: r.int()?,
        begins: r.int()?,
        minutes: r.int()?,
        subject: r.text()?,
        teacher: r.opt_id()?,
        place: r.opt_text()?,
    })
}

/// Inserts hours.
pub(crate) fn add_hours(tx: &mut Tx, hours: &[Hour]) -> Result<()> {
    let rows: Vec<Vec<Val>> = hours
        .iter()
        .map(|h| {
            args![
                h.id,
                h.class,
                h.weekday,
                h.begins,
                h.minutes,
                h.subject.as_str(),
                h.teacher,
                h.place.as_deref()
            ]
            .to_vec()
        })
        .collect();
    tx.exec_many(
        "INSERT INTO school_slot (id, class_id, weekday, begins, minutes, subject, teacher_id, place) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &rows,
    )?;
    Ok(())
}

/// The hours of a class, through the week.
pub(crate) fn hours(tx: &mut Tx, class: Id) -> Result<Vec<Hour>> {
    let rows = tx.rows(
        "SELECT id, class_id, weekday, begins, minutes, subject, teacher_id, place FROM school_slot WHERE class_id = $1 AND ended_at IS NULL ORDER BY weekday, begins, id",
        &args![class],
    )?;
    rows.iter().map(read_hour).collect()
}

/// The hours of a teacher, through the week.
pub(crate) fn hours_of(tx: &mut Tx, teacher: Id) -> Result<Vec<Hour>> {
    let rows = tx.rows(
        "SELECT id, class_id, weekday, begins, minutes, subject, teacher_id, place FROM school_slot WHERE teacher_id = $1 AND ended_at IS NULL ORDER BY weekday, begins, id",
        &args![teacher],
    )?;
    rows.iter().map(read_hour).collect()
}

/// One hour.
pub(crate) fn hour(tx: &mut Tx, id: Id) -> Result<Hour> {
    let row = tx.one(
        "SELECT id, class_id, weekday, begins, minutes, subject, teacher_id, place FROM school_slot WHERE id = $1 AND ended_at IS NULL",
        &args![id],
    )?;
    read_hour(&row)
}

/// Takes an hour off the timetable.
pub(crate) fn end_hour(tx: &mut Tx, id: Id, now: Moment) -> Result<()> {
    tx.exec(
        "UPDATE school_slot SET ended_at = $1 WHERE id = $2",
        &args![now, id],
    )?;
    Ok(())
}
