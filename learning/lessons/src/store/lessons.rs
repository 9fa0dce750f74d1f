//! Lessons in the database.

use super::*;

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

/// The copies a school made of a lesson, whichever edition, each as it is now; none that was withdrawn.
pub(crate) fn copies(tx: &mut Tx, lesson: &Lesson, school: Id) -> Result<Vec<Lesson>> {
    let rows = tx.rows(
        lesson_columns!(
            "WHERE l.school_id = $1 AND l.standing <> 'withdrawn' AND l.standing <> 'superseded' \
             AND l.series_id IN (SELECT c.series_id FROM learning_lesson c \
                JOIN learning_lesson o ON o.id = c.based_on \
                WHERE c.school_id = $1 AND c.edition = 1 AND o.series_id = $2) ORDER BY l.id LIMIT 20"
        ),
        &args![school, lesson.series],
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
