//! Every SQL statement of this room.

mod items;
mod lessons;
mod steps;

pub(crate) use items::*;
pub(crate) use lessons::*;
pub(crate) use steps::*;

use crate::lesson::{Body, ItemRow, Lesson, Review, Standing, Step, Unit};
use base::{Error, Id, Names, Result, fold};
use db::{Reader, Row, Tx, Val, args};
use formats::item::{Item, Sound, Sounds, Text};
use std::collections::BTreeMap;

db::table!(
    /// Items.
    ITEM = "item" key 1 {
        id: Id, country: Text, school_id: Id, code: Text, kind: Text, body: Text, search_key: Text,
        langs: Text, subject: Text, grade: Int, competency_id: Id, licence: Text, credit: Text,
        source: Text, based_on: Id, fixed: Bool, standing: Text, reason: Text, made_by: Id,
        made_at: Int, version: Int,
    }
);
db::table!(
    /// Lessons that belong together.
    UNIT = "lesson_unit" key 1 {
        id: Id, country: Text, school_id: Id, names: Text, subject: Text, grade: Int, about: Text,
        made_by: Id, made_at: Int, version: Int,
    }
);
db::table!(
    /// Editions of lessons.
    LESSON = "learning_lesson" key 1 {
        id: Id, series_id: Id, edition: Int, country: Text, school_id: Id, code: Text, unit_id: Id,
        place: Int, names: Text, goal: Text, sort_key: Text, search_key: Text, langs: Text,
        subject: Text, grade: Int, competencies: Text, minutes: Int, licence: Text, credit: Text,
        based_on: Id, standing: Text, review: Text, for_all: Bool, reason: Text, made_by: Id,
        made_at: Int, published_by: Id, published_at: Int, offered_by: Id, offered_at: Int,
        reviewed_by: Id, reviewed_at: Int, steps_made: Int, version: Int,
    }
);
db::table!(
    /// Steps of lessons.
    STEP = "lesson_step" key 2 {
        lesson_id: Id, number: Int, place: Int, kind: Text, source: Text, html: Text,
        resource_id: Id, page: Int, item_id: Id, notes: Text,
    }
);
db::table!(
    /// Recordings that read a step out.
    SOUND = "lesson_sound" key 3 {
        lesson_id: Id, number: Int, lang: Text, resource_id: Id, form_id: Id, bytes: Int,
        seconds: Int,
    }
);
db::table!(
    /// Which lessons teach a competency.
    COMPETENCY = "lesson_competency" key 2 {
        competency_id: Id, lesson_id: Id,
    }
);

/// The ledgered tables of this room.
pub(crate) static TABLES: [&db::Table; 6] = [&ITEM, &UNIT, &LESSON, &STEP, &COMPETENCY, &SOUND];

fn barred(codes: &[String]) -> String {
    if codes.is_empty() {
        String::new()
    } else {
        format!("|{}|", codes.join("|"))
    }
}
fn unbarred(text: &str) -> Vec<String> {
    text.split('|')
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}
fn json(value: &impl serde::Serialize) -> Val {
    serde_json::to_string(value).unwrap_or_default().into()
}
fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::fault)
}
fn read_text(r: &mut Reader<'_>) -> Result<Text> {
    r.opt_text()?
        .map_or_else(|| Ok(Text::default()), |t| parsed(&t))
}
fn strange(code: &str) -> Error {
    Error::fault(format!("nothing is called {code}"))
}

fn like(text: &str) -> String {
    let safe = text
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{safe}%")
}

// ---- units

fn unit_values(unit: &Unit, by: Option<Id>, at: base::Moment) -> Vec<Val> {
    vec![
        unit.id.into(),
        (&unit.country).into(),
        unit.school.into(),
        (&unit.names).into(),
        (&unit.subject).into(),
        unit.grade.into(),
        (&unit.about).into(),
        by.into(),
        at.into(),
        unit.version.into(),
    ]
}

macro_rules! unit_columns {
    ($rest:expr) => {
        concat!(
            "SELECT u.id, u.country, u.school_id, u.names, u.subject, u.grade, u.about, u.version \
             FROM lesson_unit u ",
            $rest
        )
    };
}

fn read_unit(row: &Row) -> Result<Unit> {
    let mut r = row.read();
    Ok(Unit {
        id: r.id()?,
        country: r.text()?,
        school: r.opt_id()?,
        names: r.names()?,
        subject: r.text()?,
        grade: r.int()?,
        about: r.names()?,
        version: r.int()?,
    })
}

pub(crate) fn add_unit(tx: &mut Tx, unit: &Unit, by: Option<Id>, at: base::Moment) -> Result<()> {
    tx.add(&UNIT, unit_values(unit, by, at))
}

pub(crate) fn unit(tx: &mut Tx, id: Id) -> Result<Unit> {
    read_unit(&tx.one(unit_columns!("WHERE u.id = $1"), &args![id])?)
}

/// The units of a school, or of the country.
pub(crate) fn units(tx: &mut Tx, country: &str, school: Option<Id>) -> Result<Vec<Unit>> {
    let rows = match school {
        Some(school) => tx.rows(
            unit_columns!("WHERE u.country = $1 AND u.school_id = $2 ORDER BY u.grade, u.subject, u.id LIMIT 500"),
            &args![country, school],
        )?,
        None => tx.rows(
            unit_columns!(
                "WHERE u.country = $1 AND u.school_id IS NULL ORDER BY u.grade, u.subject, u.id LIMIT 500"
            ),
            &args![country],
        )?,
    };
    rows.iter().map(read_unit).collect()
}

pub(crate) fn is_code_taken(tx: &mut Tx, country: &str, code: &str) -> Result<bool> {
    let found = tx.row(
        "SELECT 1 FROM learning_lesson WHERE country = $1 AND code = $2 \
         UNION ALL SELECT 1 FROM item WHERE country = $1 AND code = $2 LIMIT 1",
        &args![country, code],
    )?;
    Ok(found.is_some())
}

// ---- what must hold

/// Lessons whose kept list of competencies differs from what they are found by.
pub(crate) fn misaligned(tx: &mut Tx) -> Result<Vec<Id>> {
    let mut kept: BTreeMap<Id, usize> = BTreeMap::new();
    tx.each(
        "SELECT lesson_id FROM lesson_competency ORDER BY lesson_id, competency_id",
        &[],
        &mut |row| {
            *kept.entry(row.read().id()?).or_default() += 1;
            Ok(())
        },
    )?;
    let mut wrong = Vec::new();
    tx.each(
        "SELECT id, competencies FROM learning_lesson ORDER BY id",
        &[],
        &mut |row| {
            let mut r = row.read();
            let id = r.id()?;
            let listed: Vec<Id> = parsed(&r.text()?)?;
            if kept.remove(&id).unwrap_or(0) != listed.len() {
                wrong.push(id);
            }
            Ok(())
        },
    )?;
    wrong.extend(kept.into_keys());
    Ok(wrong)
}

/// Items that published lessons hold and that could still change.
pub(crate) fn loose(tx: &mut Tx) -> Result<Vec<Id>> {
    let rows = tx.rows(
        "SELECT DISTINCT i.id FROM item i JOIN lesson_step s ON s.item_id = i.id \
         JOIN learning_lesson l ON l.id = s.lesson_id \
         WHERE i.fixed = FALSE AND l.standing IN ('published', 'superseded') ORDER BY i.id",
        &[],
    )?;
    rows.iter().map(|row| row.read().id()).collect()
}
