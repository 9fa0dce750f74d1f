//! Every SQL statement of this room.

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

/// What the list is sorted by: grade, subject, unit, place in it, title.
pub(crate) fn sort_key(lesson: &Lesson, unit: Option<&Unit>) -> String {
    let named = |names: &Names| fold(names.get(base::Lang::En));
    format!(
        "{:02} {} {} {:03} {}",
        lesson.grade,
        lesson.subject,
        unit.map_or_else(|| "~".to_owned(), |unit| named(&unit.names)),
        lesson.place,
        named(&lesson.names)
    )
}

// ---- items

fn item_values(row: &ItemRow) -> Vec<Val> {
    let prompts = row.item.prompt.0.values().map(|html| formats::plain(html));
    let search = fold(&format!(
        "{} {}",
        prompts.collect::<Vec<_>>().join(" "),
        row.code
    ));
    let langs: Vec<String> = row.item.langs().into_iter().map(str::to_owned).collect();
    vec![
        row.id.into(),
        (&row.country).into(),
        row.school.into(),
        (&row.code).into(),
        row.item.interaction.code().into(),
        json(&row.item),
        search.into(),
        barred(&langs).into(),
        (&row.subject).into(),
        row.grade.into(),
        row.competency.into(),
        (&row.licence).into(),
        (&row.credit).into(),
        row.source.clone().into(),
        row.based_on.into(),
        row.fixed.into(),
        if row.withdrawn { "withdrawn" } else { "active" }.into(),
        row.reason.clone().into(),
        row.made_by.into(),
        row.made_at.into(),
        row.version.into(),
    ]
}

macro_rules! item_columns {
    ($rest:expr) => {
        concat!(
            "SELECT i.id, i.country, i.school_id, i.code, i.body, i.subject, i.grade, i.competency_id, \
             i.licence, i.credit, i.source, i.based_on, i.fixed, i.standing, i.reason, i.made_by, \
             i.made_at, i.version FROM item i ",
            $rest
        )
    };
}

fn read_item(row: &Row) -> Result<ItemRow> {
    let mut r = row.read();
    Ok(ItemRow {
        id: r.id()?,
        country: r.text()?,
        school: r.opt_id()?,
        code: r.text()?,
        item: parsed::<Item>(&r.text()?)?,
        subject: r.text()?,
        grade: r.int()?,
        competency: r.opt_id()?,
        licence: r.text()?,
        credit: r.text()?,
        source: r.opt_text()?,
        based_on: r.opt_id()?,
        fixed: r.bool()?,
        withdrawn: r.text()? == "withdrawn",
        reason: r.opt_text()?,
        made_by: r.opt_id()?,
        made_at: r.moment()?,
        version: r.int()?,
    })
}

pub(crate) fn item(tx: &mut Tx, id: Id) -> Result<ItemRow> {
    read_item(&tx.one(item_columns!("WHERE i.id = $1"), &args![id])?)
}

pub(crate) fn item_by_code(tx: &mut Tx, country: &str, code: &str) -> Result<Option<ItemRow>> {
    let found = tx.row(
        item_columns!("WHERE i.country = $1 AND i.code = $2"),
        &args![country, code],
    )?;
    found.as_ref().map(read_item).transpose()
}

/// The items of a lesson, in the order of its steps.
pub(crate) fn items_of(tx: &mut Tx, lesson: Id) -> Result<Vec<ItemRow>> {
    let rows = tx.rows(
        item_columns!(
            "JOIN lesson_step s ON s.item_id = i.id WHERE s.lesson_id = $1 ORDER BY s.place, s.number"
        ),
        &args![lesson],
    )?;
    rows.iter().map(read_item).collect()
}

pub(crate) fn add_item(tx: &mut Tx, row: &ItemRow) -> Result<()> {
    tx.add(&ITEM, item_values(row))
}

pub(crate) fn change_item(tx: &mut Tx, row: &ItemRow, expected: i64) -> Result<i64> {
    tx.change(&ITEM, item_values(row), expected)
}

/// How many lessons hold the item, drafts not counted.
pub(crate) fn lessons_holding(tx: &mut Tx, item: Id) -> Result<i64> {
    tx.one(
        "SELECT COUNT(DISTINCT l.series_id) FROM lesson_step s JOIN learning_lesson l ON l.id = s.lesson_id \
         WHERE s.item_id = $1 AND l.standing <> 'draft'",
        &args![item],
    )?
    .read()
    .int()
}

/// The steps of drafts of the same keeper that hold the item.
pub(crate) fn drafts_holding(tx: &mut Tx, item: Id, school: Option<Id>) -> Result<Vec<(Id, Step)>> {
    let rows = tx.rows(
        "SELECT l.id, l.school_id FROM learning_lesson l WHERE l.standing = 'draft' AND EXISTS \
         (SELECT 1 FROM lesson_step s WHERE s.lesson_id = l.id AND s.item_id = $1) ORDER BY l.id",
        &args![item],
    )?;
    let mut found = Vec::new();
    for row in &rows {
        let mut r = row.read();
        let (lesson, of) = (r.id()?, r.opt_id()?);
        if of == school {
            let steps = steps(tx, lesson)?;
            let holds = steps
                .into_iter()
                .filter(|step| step.body == Body::Item(item));
            found.extend(holds.map(|step| (lesson, step)));
        }
    }
    Ok(found)
}

/// Whether somebody who sees these schools meets the item in a lesson.
pub(crate) fn item_is_open(tx: &mut Tx, item: Id) -> Result<bool> {
    let found = tx.row(
        "SELECT 1 FROM lesson_step s JOIN learning_lesson l ON l.id = s.lesson_id \
         WHERE s.item_id = $1 AND l.for_all AND l.standing <> 'draft' LIMIT 1",
        &args![item],
    )?;
    Ok(found.is_some())
}

/// What a list of items is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct ItemSearch {
    pub country: Option<String>,
    pub school: Option<Id>,
    pub q: Option<String>,
    pub kind: Option<String>,
    pub subject: Option<String>,
    pub grade: Option<i64>,
    pub lang: Option<String>,
    /// Made before this moment, or then with a smaller id.
    pub after: Option<(i64, Id)>,
    pub limit: i64,
}

fn like(text: &str) -> String {
    let safe = text
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    format!("%{safe}%")
}

/// The items of one school, or of the country, newest first.
pub(crate) fn items(tx: &mut Tx, search: &ItemSearch) -> Result<Vec<ItemRow>> {
    let (at, id) = search
        .after
        .map_or((None, None), |(at, id)| (Some(at), Some(id)));
    let given = args![
        search.country.clone(),
        search.school,
        search.q.as_deref().map(like),
        search.kind.clone(),
        search.subject.clone(),
        search.grade,
        search.lang.as_ref().map(|lang| like(&format!("|{lang}|"))),
        at,
        id,
        search.limit
    ];
    let rows = match search.school {
        Some(_) => tx.rows(
            item_columns!(
                "WHERE i.school_id = $2 AND i.standing = 'active' \
                 AND (CAST($1 AS TEXT) IS NULL OR i.country = CAST($1 AS TEXT)) \
                 AND (CAST($3 AS TEXT) IS NULL OR i.search_key LIKE CAST($3 AS TEXT) ESCAPE '\\') \
                 AND (CAST($4 AS TEXT) IS NULL OR i.kind = CAST($4 AS TEXT)) \
                 AND (CAST($5 AS TEXT) IS NULL OR i.subject = CAST($5 AS TEXT)) \
                 AND (CAST($6 AS BIGINT) IS NULL OR i.grade = CAST($6 AS BIGINT)) \
                 AND (CAST($7 AS TEXT) IS NULL OR i.langs LIKE CAST($7 AS TEXT) ESCAPE '\\') \
                 AND (CAST($8 AS BIGINT) IS NULL OR i.made_at < CAST($8 AS BIGINT) \
                      OR (i.made_at = CAST($8 AS BIGINT) AND i.id < CAST($9 AS UUID))) \
                 ORDER BY i.made_at DESC, i.id DESC LIMIT $10"
            ),
            &given,
        )?,
        None => tx.rows(
            item_columns!(
                "WHERE i.country = $1 AND i.school_id IS NULL AND CAST($2 AS UUID) IS NULL AND i.standing = 'active' \
                 AND (CAST($3 AS TEXT) IS NULL OR i.search_key LIKE CAST($3 AS TEXT) ESCAPE '\\') \
                 AND (CAST($4 AS TEXT) IS NULL OR i.kind = CAST($4 AS TEXT)) \
                 AND (CAST($5 AS TEXT) IS NULL OR i.subject = CAST($5 AS TEXT)) \
                 AND (CAST($6 AS BIGINT) IS NULL OR i.grade = CAST($6 AS BIGINT)) \
                 AND (CAST($7 AS TEXT) IS NULL OR i.langs LIKE CAST($7 AS TEXT) ESCAPE '\\') \
                 AND (CAST($8 AS BIGINT) IS NULL OR i.made_at < CAST($8 AS BIGINT) \
                      OR (i.made_at = CAST($8 AS BIGINT) AND i.id < CAST($9 AS UUID))) \
                 ORDER BY i.made_at DESC, i.id DESC LIMIT $10"
            ),
            &given,
        )?,
    };
    rows.iter().map(read_item).collect()
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

// ---- lessons

fn lesson_values(lesson: &Lesson, unit: Option<&Unit>) -> Vec<Val> {
    let titles: Vec<&str> = lesson.names.0.values().map(String::as_str).collect();
    let search = fold(&format!("{} {}", titles.join(" "), lesson.code));
    vec![
        lesson.id.into(),
        lesson.series.into(),
        lesson.edition.into(),
        (&lesson.country).into(),
        lesson.school.into(),
        (&lesson.code).into(),
        lesson.unit.into(),
        lesson.place.into(),
        (&lesson.names).into(),
        (&lesson.goal).into(),
        sort_key(lesson, unit).into(),
        search.into(),
        barred(&lesson.langs).into(),
        (&lesson.subject).into(),
        lesson.grade.into(),
        json(&lesson.competencies),
        lesson.minutes.into(),
        (&lesson.licence).into(),
        (&lesson.credit).into(),
        lesson.based_on.into(),
        lesson.standing.code().into(),
        lesson.review.code().into(),
        lesson.for_all.into(),
        lesson.reason.clone().into(),
        lesson.made_by.into(),
        lesson.made_at.into(),
        lesson.published_by.into(),
        lesson.published_at.into(),
        lesson.offered_by.into(),
        lesson.offered_at.into(),
        lesson.reviewed_by.into(),
        lesson.reviewed_at.into(),
        lesson.steps_made.into(),
        lesson.version.into(),
    ]
}

macro_rules! lesson_columns {
    ($rest:expr) => {
        concat!(
            "SELECT l.id, l.series_id, l.edition, l.country, l.school_id, l.code, l.unit_id, l.place, \
             l.names, l.goal, l.langs, l.subject, l.grade, l.competencies, l.minutes, l.licence, \
             l.credit, l.based_on, l.standing, l.review, l.for_all, l.reason, l.made_by, l.made_at, \
             l.published_by, l.published_at, l.offered_by, l.offered_at, l.reviewed_by, l.reviewed_at, \
             l.steps_made, l.version, l.sort_key FROM learning_lesson l ",
            $rest
        )
    };
}

fn read_lesson(row: &Row) -> Result<(Lesson, String)> {
    let mut r = row.read();
    let lesson = Lesson {
        id: r.id()?,
        series: r.id()?,
        edition: r.int()?,
        country: r.text()?,
        school: r.opt_id()?,
        code: r.text()?,
        unit: r.opt_id()?,
        place: r.int()?,
        names: r.names()?,
        goal: r.names()?,
        langs: unbarred(&r.text()?),
        subject: r.text()?,
        grade: r.int()?,
        competencies: parsed(&r.text()?)?,
        minutes: r.int()?,
        licence: r.text()?,
        credit: r.text()?,
        based_on: r.opt_id()?,
        standing: r
            .text()
            .and_then(|code| Standing::parse(&code).ok_or_else(|| strange(&code)))?,
        review: r
            .text()
            .and_then(|code| Review::parse(&code).ok_or_else(|| strange(&code)))?,
        for_all: r.bool()?,
        reason: r.opt_text()?,
        made_by: r.opt_id()?,
        made_at: r.moment()?,
        published_by: r.opt_id()?,
        published_at: r.opt_moment()?,
        offered_by: r.opt_id()?,
        offered_at: r.opt_moment()?,
        reviewed_by: r.opt_id()?,
        reviewed_at: r.opt_moment()?,
        steps_made: r.int()?,
        version: r.int()?,
    };
    Ok((lesson, r.text()?))
}

fn only(row: &Row) -> Result<Lesson> {
    read_lesson(row).map(|(lesson, _)| lesson)
}

pub(crate) fn lesson(tx: &mut Tx, id: Id) -> Result<Lesson> {
    only(&tx.one(lesson_columns!("WHERE l.id = $1"), &args![id])?)
}

/// The lesson, held until the transaction ends.
pub(crate) fn hold(tx: &mut Tx, id: Id) -> Result<Lesson> {
    only(&tx.one(lesson_columns!("WHERE l.id = $1 FOR UPDATE"), &args![id])?)
}

pub(crate) fn lesson_by_code(tx: &mut Tx, country: &str, code: &str) -> Result<Option<Lesson>> {
    let found = tx.row(
        lesson_columns!("WHERE l.country = $1 AND l.code = $2"),
        &args![country, code],
    )?;
    found.as_ref().map(only).transpose()
}

/// Every edition of a lesson, first to last.
pub(crate) fn editions(tx: &mut Tx, series: Id) -> Result<Vec<Lesson>> {
    let rows = tx.rows(
        lesson_columns!("WHERE l.series_id = $1 ORDER BY l.edition, l.id"),
        &args![series],
    )?;
    rows.iter().map(only).collect()
}

pub(crate) fn add_lesson(tx: &mut Tx, lesson: &Lesson) -> Result<()> {
    let unit = lesson.unit.map(|id| unit(tx, id)).transpose()?;
    tx.add(&LESSON, lesson_values(lesson, unit.as_ref()))?;
    align(tx, lesson, &[])
}

/// Saves the lesson as it is; `before` are the competencies it had.
pub(crate) fn change_lesson(
    tx: &mut Tx,
    lesson: &Lesson,
    before: &[Id],
    expected: i64,
) -> Result<i64> {
    let unit = lesson.unit.map(|id| unit(tx, id)).transpose()?;
    let version = tx.change(&LESSON, lesson_values(lesson, unit.as_ref()), expected)?;
    align(tx, lesson, before)?;
    Ok(version)
}

fn align(tx: &mut Tx, lesson: &Lesson, before: &[Id]) -> Result<()> {
    for gone in before.iter().filter(|id| !lesson.competencies.contains(id)) {
        tx.remove(&COMPETENCY, &args![*gone, lesson.id])?;
    }
    for new in lesson.competencies.iter().filter(|id| !before.contains(id)) {
        tx.add(&COMPETENCY, args![*new, lesson.id].to_vec())?;
    }
    Ok(())
}

/// Whose lessons a list shows.
#[derive(Clone, Debug)]
pub(crate) enum Shelf {
    /// What everybody may read, of one country or of all.
    Open(Option<String>),
    School(Id),
    /// The country's own, drafts too.
    Country(String),
}

/// What a list of lessons is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    pub shelf: Shelf,
    pub q: Option<String>,
    pub subject: Option<String>,
    pub grade: Option<i64>,
    pub lang: Option<String>,
    pub after: Option<(String, Id)>,
    pub limit: i64,
}

macro_rules! narrowed {
    ($shelf:literal) => {
        lesson_columns!(concat!(
            "WHERE ",
            $shelf,
            " AND (CAST($2 AS TEXT) IS NULL OR l.search_key LIKE CAST($2 AS TEXT) ESCAPE '\\') \
             AND (CAST($3 AS TEXT) IS NULL OR l.subject = CAST($3 AS TEXT)) \
             AND (CAST($4 AS BIGINT) IS NULL OR l.grade = CAST($4 AS BIGINT)) \
             AND (CAST($5 AS TEXT) IS NULL OR l.langs LIKE CAST($5 AS TEXT) ESCAPE '\\') \
             AND (CAST($6 AS TEXT) IS NULL OR (l.sort_key, l.id) > (CAST($6 AS TEXT), CAST($7 AS UUID))) \
             ORDER BY l.sort_key, l.id LIMIT $8"
        ))
    };
}

/// Lessons with the key they are sorted by.
pub(crate) fn lessons(tx: &mut Tx, search: &Search) -> Result<Vec<(Lesson, String)>> {
    let (key, id) = match &search.after {
        Some((key, id)) => (Some(key.clone()), Some(*id)),
        None => (None, None),
    };
    let whose: Val = match &search.shelf {
        Shelf::Open(country) => country.clone().into(),
        Shelf::School(school) => (*school).into(),
        Shelf::Country(country) => country.into(),
    };
    let given = [
        whose,
        search.q.as_deref().map(like).into(),
        search.subject.clone().into(),
        search.grade.into(),
        search
            .lang
            .as_ref()
            .map(|lang| like(&format!("|{lang}|")))
            .into(),
        key.into(),
        id.into(),
        search.limit.into(),
    ];
    let rows = match search.shelf {
        Shelf::Open(_) => tx.rows(
            narrowed!(
                "l.for_all = TRUE AND l.standing = 'published' \
                 AND (CAST($1 AS TEXT) IS NULL OR l.country = CAST($1 AS TEXT))"
            ),
            &given,
        )?,
        Shelf::School(_) => tx.rows(
            narrowed!("l.school_id = $1 AND l.standing <> 'superseded'"),
            &given,
        )?,
        Shelf::Country(_) => tx.rows(
            narrowed!("l.country = $1 AND l.school_id IS NULL AND l.standing <> 'superseded'"),
            &given,
        )?,
    };
    rows.iter().map(read_lesson).collect()
}

/// Lessons that wait for a reviewer of the country, longest first.
pub(crate) fn proposed(tx: &mut Tx, country: Option<&str>, limit: i64) -> Result<Vec<Lesson>> {
    let rows = tx.rows(
        lesson_columns!(
            "WHERE l.review = 'proposed' AND (CAST($1 AS TEXT) IS NULL OR l.country = CAST($1 AS TEXT)) \
             ORDER BY l.offered_at, l.id LIMIT $2"
        ),
        &args![country, limit],
    )?;
    rows.iter().map(only).collect()
}

/// Lessons of somebody that were returned and not taken up again.
pub(crate) fn returned(tx: &mut Tx, by: Id, limit: i64) -> Result<Vec<Lesson>> {
    let rows = tx.rows(
        lesson_columns!(
            "WHERE l.review = 'returned' AND l.offered_by = $1 AND l.standing IN ('draft', 'published') \
             ORDER BY l.reviewed_at, l.id LIMIT $2"
        ),
        &args![by, limit],
    )?;
    rows.iter().map(only).collect()
}

/// Open lessons that teach a competency, of the school too when one is named.
pub(crate) fn teaching(tx: &mut Tx, competency: Id, school: Option<Id>) -> Result<Vec<Lesson>> {
    let rows = tx.rows(
        lesson_columns!(
            "JOIN lesson_competency c ON c.lesson_id = l.id WHERE c.competency_id = $1 \
             AND l.standing = 'published' \
             AND (l.for_all = TRUE OR l.school_id = CAST($2 AS UUID)) ORDER BY l.sort_key, l.id LIMIT 200"
        ),
        &args![competency, school],
    )?;
    rows.iter().map(only).collect()
}

/// The lessons of a unit that may be read by all, in their order.
pub(crate) fn of_unit(tx: &mut Tx, unit: Id) -> Result<Vec<Lesson>> {
    let rows = tx.rows(
        lesson_columns!("WHERE l.unit_id = $1 AND l.standing = 'published' ORDER BY l.place, l.id"),
        &args![unit],
    )?;
    rows.iter().map(only).collect()
}

/// Open lessons that show a resource.
pub(crate) fn showing(tx: &mut Tx, resource: Id) -> Result<Vec<Lesson>> {
    let rows = tx.rows(
        lesson_columns!(
            "WHERE l.standing = 'published' AND EXISTS (SELECT 1 FROM lesson_step s \
             WHERE s.lesson_id = l.id AND s.resource_id = $1 \
             UNION ALL SELECT 1 FROM lesson_sound p WHERE p.lesson_id = l.id AND p.resource_id = $1) ORDER BY l.sort_key, l.id LIMIT 200"
        ),
        &args![resource],
    )?;
    rows.iter().map(only).collect()
}

pub(crate) fn is_code_taken(tx: &mut Tx, country: &str, code: &str) -> Result<bool> {
    let found = tx.row(
        "SELECT 1 FROM learning_lesson WHERE country = $1 AND code = $2 \
         UNION ALL SELECT 1 FROM item WHERE country = $1 AND code = $2 LIMIT 1",
        &args![country, code],
    )?;
    Ok(found.is_some())
}

// ---- steps

fn step_values(lesson: Id, step: &Step) -> Vec<Val> {
    let (source, html, resource, page, item) = match &step.body {
        Body::Text { source, html } => (json(source), json(html), Val::Null, Val::Null, Val::Null),
        Body::Resource { resource, page } => (
            Val::Null,
            Val::Null,
            (*resource).into(),
            (*page).into(),
            Val::Null,
        ),
        Body::Item(item) => (Val::Null, Val::Null, Val::Null, Val::Null, (*item).into()),
    };
    vec![
        lesson.into(),
        step.number.into(),
        step.place.into(),
        step.body.code().into(),
        source,
        html,
        resource,
        page,
        item,
        json(&step.notes),
    ]
}

fn read_step(row: &Row) -> Result<Step> {
    let mut r = row.read();
    let (number, place, kind) = (r.int()?, r.int()?, r.text()?);
    let (source, html) = (read_text(&mut r)?, read_text(&mut r)?);
    let (resource, page, item) = (r.opt_id()?, r.opt_int()?, r.opt_id()?);
    let body = match (resource, item) {
        _ if kind == "text" => Body::Text { source, html },
        (Some(resource), _) => Body::Resource { resource, page },
        (None, Some(item)) => Body::Item(item),
        (None, None) => return Err(strange(&kind)),
    };
    Ok(Step {
        number,
        place,
        body,
        notes: parsed(&r.text()?)?,
        sounds: Sounds::new(),
    })
}

/// The recordings of a lesson's steps, by their numbers.
fn sounds(tx: &mut Tx, lesson: Id) -> Result<BTreeMap<i64, Sounds>> {
    let mut all: BTreeMap<i64, Sounds> = BTreeMap::new();
    for row in tx.rows(
        "SELECT number, lang, resource_id, form_id, bytes, seconds FROM lesson_sound \
         WHERE lesson_id = $1 ORDER BY number, lang",
        &args![lesson],
    )? {
        let mut r = row.read();
        let (number, lang) = (r.int()?, r.text()?);
        let sound = Sound {
            resource: r.id()?,
            form: r.id()?,
            bytes: r.int()?,
            seconds: r.opt_int()?,
        };
        all.entry(number).or_default().insert(lang, sound);
    }
    Ok(all)
}

/// The steps of a lesson in their order.
pub(crate) fn steps(tx: &mut Tx, lesson: Id) -> Result<Vec<Step>> {
    let rows = tx.rows(
        "SELECT s.number, s.place, s.kind, s.source, s.html, s.resource_id, s.page, s.item_id, s.notes \
         FROM lesson_step s WHERE s.lesson_id = $1 ORDER BY s.place, s.number",
        &args![lesson],
    )?;
    let mut sounds = sounds(tx, lesson)?;
    let mut steps: Vec<Step> = rows.iter().map(read_step).collect::<Result<_>>()?;
    for step in &mut steps {
        step.sounds = sounds.remove(&step.number).unwrap_or_default();
    }
    Ok(steps)
}

pub(crate) fn put_step(tx: &mut Tx, lesson: Id, step: &Step) -> Result<()> {
    tx.put(&STEP, step_values(lesson, step))?;
    let before = sounds(tx, lesson)?.remove(&step.number).unwrap_or_default();
    for lang in before
        .keys()
        .filter(|lang| !step.sounds.contains_key(*lang))
    {
        tx.remove(&SOUND, &args![lesson, step.number, lang])?;
    }
    for (lang, sound) in &step.sounds {
        if before.get(lang) != Some(sound) {
            let row = args![
                lesson,
                step.number,
                lang,
                sound.resource,
                sound.form,
                sound.bytes,
                sound.seconds
            ];
            tx.put(&SOUND, row.to_vec())?;
        }
    }
    Ok(())
}

pub(crate) fn remove_step(tx: &mut Tx, lesson: Id, number: i64) -> Result<()> {
    for lang in sounds(tx, lesson)?
        .remove(&number)
        .unwrap_or_default()
        .keys()
    {
        tx.remove(&SOUND, &args![lesson, number, lang])?;
    }
    tx.remove(&STEP, &args![lesson, number])
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
