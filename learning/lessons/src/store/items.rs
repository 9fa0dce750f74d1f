//! Items in the database.

use super::*;

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
