//! What holds of each learner in the registers of a class or a school, newest day first.

use crate::person::Missed;
use base::{Day, Id, Moment, Result};
use db::{Row, Tx, args};
use std::collections::BTreeSet;

/// Whose registers are read, and of which kind.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// Of a class; else `of` is a school.
    pub(crate) is_class: bool,
    pub(crate) of: Id,
    /// The registers of lessons, not those of days.
    pub(crate) by_lesson: bool,
    pub(crate) days: (Day, Day),
    pub(crate) code: Option<&'a str>,
    /// How the learner's family name begins, folded.
    pub(crate) name: Option<&'a str>,
}

/// Where a page of the list begins: after this day, minute of the day, and mark.
#[derive(Clone, Copy)]
pub(crate) struct After {
    pub(crate) day: Day,
    /// -1 in the register of a whole day.
    pub(crate) begins: i64,
    pub(crate) mark: Id,
}

/// A mark that holds.
pub(crate) struct Held {
    pub(crate) id: Id,
    pub(crate) day: Day,
    /// As in [`Missed`].
    pub(crate) lesson: Option<(i64, String)>,
    pub(crate) class: Id,
    pub(crate) person: Id,
    pub(crate) code: String,
    pub(crate) reason: Option<String>,
    pub(crate) by: Id,
    pub(crate) at: Moment,
}

impl Held {
    /// Its place in the list.
    pub(crate) fn key(&self) -> String {
        let begins = self.lesson.as_ref().map_or(-1, |(begins, _)| *begins);
        format!("{}~{begins}~{}", self.day, self.id)
    }
}

macro_rules! days {
    ($registers:literal, $joined:literal, $scope:literal) => {
        concat!(
            "SELECT DISTINCT g.on_day FROM ",
            $registers,
            " g ",
            $joined,
            " WHERE ",
            $scope,
            " = $1 AND g.on_day >= $2 AND g.on_day <= $3 ORDER BY g.on_day DESC"
        )
    };
}

macro_rules! of_day {
    ($joined:literal, $scope:literal) => {
        concat!(
            "SELECT m.id, g.on_day, -1, '', g.class_id, m.person_id, m.code, m.reason, m.marked_by, m.marked_at \
             FROM school_register g JOIN school_mark m ON m.register_id = g.id ", $joined,
            " WHERE ", $scope, " = $1 AND g.on_day = $2 AND m.current \
             AND (CAST($3 AS TEXT) IS NULL OR m.code = CAST($3 AS TEXT)) \
             AND (CAST($7 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM school_person p WHERE p.id = m.person_id \
             AND p.sort_key >= CAST($7 AS TEXT) AND p.sort_key < CAST($8 AS TEXT))) \
             AND (-1 < $4 OR (-1 = $4 AND m.id > CAST($5 AS UUID))) ORDER BY m.id LIMIT $6"
        )
    };
}

macro_rules! of_lessons {
    ($joined:literal, $scope:literal) => {
        concat!(
            "SELECT m.id, g.on_day, s.begins, s.subject, g.class_id, m.person_id, m.code, m.reason, m.marked_by, \
             m.marked_at FROM school_lesson_register g JOIN school_slot s ON s.id = g.slot_id \
             JOIN school_lesson_mark m ON m.register_id = g.id ", $joined,
            " WHERE ", $scope, " = $1 AND g.on_day = $2 AND m.current \
             AND (CAST($3 AS TEXT) IS NULL OR m.code = CAST($3 AS TEXT)) \
             AND (CAST($7 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM school_person p WHERE p.id = m.person_id \
             AND p.sort_key >= CAST($7 AS TEXT) AND p.sort_key < CAST($8 AS TEXT))) \
             AND (s.begins < $4 OR (s.begins = $4 AND m.id > CAST($5 AS UUID))) \
             ORDER BY s.begins DESC, m.id LIMIT $6"
        )
    };
}

/// Later than any lesson begins.
const DAY_END: i64 = 1 << 20;

/// A page of the marks that hold, read day by day: it costs what the days on it hold, not all of them.
pub(crate) fn page(
    tx: &mut Tx,
    asked: &Asked,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<Held>> {
    let (days, marks) = match (asked.by_lesson, asked.is_class) {
        (false, true) => (
            days!("school_register", "", "g.class_id"),
            of_day!("", "g.class_id"),
        ),
        (false, false) => (
            days!(
                "school_register",
                "JOIN school_class c ON c.id = g.class_id",
                "c.school_id"
            ),
            of_day!("JOIN school_class c ON c.id = g.class_id", "c.school_id"),
        ),
        (true, true) => (
            days!("school_lesson_register", "", "g.class_id"),
            of_lessons!("", "g.class_id"),
        ),
        (true, false) => (
            days!(
                "school_lesson_register",
                "JOIN school_class c ON c.id = g.class_id",
                "c.school_id"
            ),
            of_lessons!("JOIN school_class c ON c.id = g.class_id", "c.school_id"),
        ),
    };
    let upto = asked.name.map(|name| format!("{name}\u{10ffff}"));
    let last = after.map_or(asked.days.1, |at| at.day.min(asked.days.1));
    let mut out: Vec<Held> = Vec::new();
    for row in tx.rows(days, &args![asked.of, asked.days.0, last])? {
        let day = row.read().day()?;
        let room = limit - i64::try_from(out.len()).unwrap_or(limit);
        if room <= 0 {
            break;
        }
        let at = after.filter(|at| at.day == day);
        let args = args![
            asked.of,
            day,
            asked.code,
            at.map_or(DAY_END, |at| at.begins),
            at.map(|at| at.mark),
            room,
            asked.name,
            upto.as_deref()
        ];
        for row in tx.rows(marks, &args)? {
            out.push(read(&row)?);
        }
    }
    Ok(out)
}

fn read(row: &Row) -> Result<Held> {
    let mut r = row.read();
    let (id, day, begins, subject) = (r.id()?, r.day()?, r.int()?, r.text()?);
    Ok(Held {
        id,
        day,
        lesson: (begins >= 0).then_some((begins, subject)),
        class: r.id()?,
        person: r.id()?,
        code: r.text()?,
        reason: r.opt_text()?,
        by: r.id()?,
        at: r.moment()?,
    })
}

/// What a learner missed in these days, newest first; of a day whose lessons say it, its lessons.
pub(crate) fn missed(tx: &mut Tx, person: Id, (from, to): (Day, Day)) -> Result<Vec<Missed>> {
    let lessons = tx.rows(
        "SELECT g.on_day, s.begins, s.subject, m.code FROM school_lesson_mark m \
         JOIN school_lesson_register g ON g.id = m.register_id JOIN school_slot s ON s.id = g.slot_id \
         WHERE m.person_id = $1 AND m.current AND m.code <> 'present' AND g.on_day >= $2 AND g.on_day <= $3 \
         ORDER BY g.on_day DESC, s.begins, s.id",
        &args![person, from, to],
    )?;
    let mut out: Vec<Missed> = lessons
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok(Missed {
                day: r.day()?,
                lesson: Some((r.int()?, r.text()?)),
                code: r.text()?,
            })
        })
        .collect::<Result<_>>()?;
    let told: BTreeSet<Day> = out.iter().map(|one| one.day).collect();
    let days = tx.rows(
        "SELECT g.on_day, m.code FROM school_mark m JOIN school_register g ON g.id = m.register_id \
         WHERE m.person_id = $1 AND m.current AND m.code <> 'present' AND g.on_day >= $2 AND g.on_day <= $3 \
         ORDER BY g.on_day DESC, g.id",
        &args![person, from, to],
    )?;
    for row in &days {
        let mut r = row.read();
        let (day, code) = (r.day()?, r.text()?);
        if !told.contains(&day) {
            out.push(Missed {
                day,
                lesson: None,
                code,
            });
        }
    }
    out.sort_by_key(|one| std::cmp::Reverse(one.day));
    Ok(out)
}
