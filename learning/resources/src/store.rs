//! Every SQL statement about resources; their forms, reviews and tables stand in files of their own.

mod renditions;
mod reviews;
mod tables;

pub(crate) use renditions::{add_rendition, remove_rendition, rendition, renditions};
pub(crate) use reviews::{Review, add_review, reviews};
pub(crate) use tables::{add_import, import, import_done, import_to_change};

use crate::licence::{Duty, Use};
use crate::resource::{New, Resource, Standing};
use base::{Error, Id, Lang, Moment, Names, Result};
use db::{Row, Tx, Val, args};
use std::collections::BTreeMap;

db::table!(
    /// What there is to teach and learn with.
    RESOURCE = "resource" key 1 {
        id: Id, country: Text, number: Int, code: Text, school_id: Id, names: Text, title_key: Text,
        about: Text, langs: Text, kind: Text, subject: Text, grade_from: Int, grade_to: Int,
        competencies: Text, licence: Text, permits: Text, permission: Text, credit: Text,
        source: Text, series: Text, based_on: Id, accessibility: Text, reading_level: Int,
        minutes: Int, standing: Text, recommended: Bool, bytes: Int, reason: Text, made_by: Id,
        made_at: Int, decided_by: Id, decided_at: Int, changed_at: Int, version: Int,
    }
);
db::table!(
    /// The forms of a resource.
    RENDITION = "rendition" key 1 {
        id: Id, resource_id: Id, channel: Text, name: Text, mime: Text, bytes: Int, hash: Text,
        lang: Text, seconds: Int,
    }
);
db::table!(
    /// What reviewers said.
    REVIEW = "resource_review" key 1 {
        id: Id, resource_id: Id, edition: Int, reviewer: Id, decision: Text, marks: Text,
        words: Text, reviewed_at: Int,
    }
);

/// The ledgered tables of this room.
pub(crate) static TABLES: [&db::Table; 4] =
    [&RESOURCE, &RENDITION, &REVIEW, &crate::national::NATIONAL];

pub(crate) fn barred<T: ToString>(codes: impl IntoIterator<Item = T>) -> String {
    let mut out = String::new();
    for code in codes {
        out.push('|');
        out.push_str(&code.to_string());
    }
    if !out.is_empty() {
        out.push('|');
    }
    out
}

pub(crate) fn unbarred(text: &str) -> Vec<String> {
    text.split('|')
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}

fn values(r: &Resource) -> Vec<Val> {
    vec![
        r.id.into(),
        (&r.country).into(),
        r.number.into(),
        (&r.code).into(),
        r.school.into(),
        (&r.names).into(),
        title_key(&r.names).into(),
        r.about.clone().filter(|names| !names.is_empty()).into(),
        barred(&r.langs).into(),
        (&r.kind).into(),
        (&r.subject).into(),
        r.grades.0.into(),
        r.grades.1.into(),
        barred(&r.competencies).into(),
        (&r.licence).into(),
        barred(terms(&r.permits, &r.duties)).into(),
        r.permission.clone().into(),
        (&r.credit).into(),
        (&r.source).into(),
        r.series.clone().into(),
        r.based_on.into(),
        barred(&r.accessibility).into(),
        r.reading_level.into(),
        r.minutes.into(),
        r.standing.code().into(),
        r.recommended.into(),
        r.bytes.into(),
        r.reason.clone().into(),
        r.made_by.into(),
        r.made_at.into(),
        r.decided_by.into(),
        r.decided_at.into(),
        r.changed_at.into(),
        r.version.into(),
    ]
}

/// What is let and what is asked, in one list of codes.
pub(crate) fn terms<'a>(
    permits: &'a [Use],
    duties: &'a [Duty],
) -> impl Iterator<Item = &'static str> + 'a {
    let lets = permits.iter().map(|one| one.code());
    lets.chain(duties.iter().map(|one| one.code()))
}

/// Titles folded, in every language they have, for lists in order.
pub(crate) fn title_key(names: &Names) -> String {
    base::fold(names.get(Lang::En))
}

macro_rules! resource_columns {
    ($rest:expr) => {
        concat!(
            "SELECT r.id, r.country, r.number, r.code, r.school_id, r.names, r.about, r.langs, \
             r.kind, r.subject, r.grade_from, r.grade_to, r.competencies, r.licence, r.permits, \
             r.permission, r.credit, r.source, r.series, r.based_on, r.accessibility, \
             r.reading_level, r.minutes, r.standing, r.recommended, r.bytes, r.reason, r.made_by, \
             r.made_at, r.decided_by, r.decided_at, r.changed_at, r.version FROM resource r ",
            $rest
        )
    };
}

pub(crate) fn read(row: &Row) -> Result<Resource> {
    let mut r = row.read();
    let mut duties = Vec::new();
    Ok(Resource {
        id: r.id()?,
        country: r.text()?,
        number: r.int()?,
        code: r.text()?,
        school: r.opt_id()?,
        names: r.names()?,
        about: r.opt_names()?,
        langs: unbarred(r.str()?),
        kind: r.text()?,
        subject: r.text()?,
        grades: (r.int()?, r.int()?),
        competencies: unbarred(r.str()?)
            .iter()
            .filter_map(|id| Id::parse(id))
            .collect(),
        licence: r.text()?,
        permits: {
            let terms = unbarred(r.str()?);
            duties.extend(terms.iter().filter_map(|code| Duty::parse(code)));
            terms.iter().filter_map(|code| Use::parse(code)).collect()
        },
        duties,
        permission: r.opt_text()?,
        credit: r.text()?,
        source: r.text()?,
        series: r.opt_text()?,
        based_on: r.opt_id()?,
        accessibility: unbarred(r.str()?),
        reading_level: r.opt_int()?,
        minutes: r.opt_int()?,
        standing: {
            let code = r.text()?;
            Standing::parse(&code).ok_or_else(|| Error::fault(format!("no standing {code}")))?
        },
        recommended: r.bool()?,
        bytes: r.int()?,
        reason: r.opt_text()?,
        made_by: r.opt_id()?,
        made_at: r.moment()?,
        decided_by: r.opt_id()?,
        decided_at: r.opt_moment()?,
        changed_at: r.moment()?,
        version: r.int()?,
    })
}

fn read_all(rows: &[Row]) -> Result<Vec<Resource>> {
    rows.iter().map(read).collect()
}

/// The resource of an id.
pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Resource> {
    read(&tx.one(resource_columns!("WHERE r.id = $1"), &args![id])?)
}

/// The resource of an id, held until the transaction ends.
pub(crate) fn find_to_change(tx: &mut Tx, id: Id) -> Result<Resource> {
    read(&tx.one(resource_columns!("WHERE r.id = $1 FOR UPDATE"), &args![id])?)
}

/// The resource of a code.
pub(crate) fn find_by_code(tx: &mut Tx, code: &str) -> Result<Option<Resource>> {
    let row = tx.row(resource_columns!("WHERE r.code = $1"), &args![code])?;
    row.as_ref().map(read).transpose()
}

/// Whether a work is there already in that language under that title.
pub(crate) fn of_series_in(
    tx: &mut Tx,
    country: &str,
    series: &str,
    lang: &str,
    title: &str,
) -> Result<bool> {
    let rows = tx.rows(
        resource_columns!("WHERE r.country = $1 AND r.series = $2 ORDER BY r.id"),
        &args![country, series],
    )?;
    let there = read_all(&rows)?;
    Ok(there.iter().any(|one| {
        one.langs.iter().any(|own| own == lang) && one.names.0.values().any(|own| own == title)
    }))
}

/// Several resources, by id.
pub(crate) fn find_many(tx: &mut Tx, ids: &[Id]) -> Result<BTreeMap<Id, Resource>> {
    let mut found = BTreeMap::new();
    for id in ids {
        if found.contains_key(id) {
            continue;
        }
        if let Some(row) = tx.row(resource_columns!("WHERE r.id = $1"), &args![*id])? {
            found.insert(*id, read(&row)?);
        }
    }
    Ok(found)
}

/// The same work in other languages.
pub(crate) fn of_series(tx: &mut Tx, country: &str, series: &str) -> Result<Vec<Resource>> {
    read_all(&tx.rows(
        resource_columns!(
            "WHERE r.country = $1 AND r.series = $2 AND r.standing = 'approved' \
             ORDER BY r.langs, r.id LIMIT 60"
        ),
        &args![country, series],
    )?)
}

/// What was built upon a resource.
pub(crate) fn built_on(tx: &mut Tx, id: Id) -> Result<Vec<Resource>> {
    read_all(&tx.rows(
        resource_columns!("WHERE r.based_on = $1 ORDER BY r.id LIMIT 200"),
        &args![id],
    )?)
}

/// Everything aligned to a competency that strangers may see.
pub(crate) fn of_competency(tx: &mut Tx, competency: Id, limit: i64) -> Result<Vec<Resource>> {
    read_all(&tx.rows(
        resource_columns!(
            "JOIN resource_competency c ON c.resource_id = r.id \
             WHERE c.competency_id = $1 AND r.standing = 'approved' \
             ORDER BY r.recommended DESC, r.id LIMIT $2"
        ),
        &args![competency, limit],
    )?)
}

/// A page of those in one standing of a country, oldest first. A school's own drafts are the school's.
pub(crate) fn in_standing(
    tx: &mut Tx,
    country: &str,
    standing: Standing,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<Resource>> {
    read_all(&tx.rows(
        resource_columns!(
            "WHERE r.country = $1 AND r.standing = $2 AND (r.school_id IS NULL OR r.standing <> 'draft') \
             AND (CAST($3 AS UUID) IS NULL OR r.id > CAST($3 AS UUID)) ORDER BY r.id LIMIT $4"
        ),
        &args![country, standing.code(), after, limit],
    )?)
}

/// A page of everything a country's library works on, newest first.
pub(crate) fn of_country(
    tx: &mut Tx,
    country: &str,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<Resource>> {
    read_all(&tx.rows(
        resource_columns!(
            "WHERE r.country = $1 AND (r.school_id IS NULL OR r.standing <> 'draft') \
             AND (CAST($2 AS UUID) IS NULL OR r.id < CAST($2 AS UUID)) ORDER BY r.id DESC LIMIT $3"
        ),
        &args![country, after, limit],
    )?)
}

/// A page of a school's own material, newest first.
pub(crate) fn of_school(
    tx: &mut Tx,
    school: Id,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<Resource>> {
    read_all(&tx.rows(
        resource_columns!(
            "WHERE r.school_id = $1 AND (CAST($2 AS UUID) IS NULL OR r.id < CAST($2 AS UUID)) \
             ORDER BY r.id DESC LIMIT $3"
        ),
        &args![school, after, limit],
    )?)
}

/// A page of what one person put in, newest first.
pub(crate) fn made_by(
    tx: &mut Tx,
    account: Id,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<Resource>> {
    read_all(&tx.rows(
        resource_columns!(
            "WHERE r.made_by = $1 AND (CAST($2 AS UUID) IS NULL OR r.id < CAST($2 AS UUID)) \
             ORDER BY r.id DESC LIMIT $3"
        ),
        &args![account, after, limit],
    )?)
}

/// How many of a country stand where.
pub(crate) fn count_in_standing(tx: &mut Tx, country: &str, standing: Standing) -> Result<i64> {
    tx.one(
        "SELECT COUNT(*) FROM resource WHERE country = $1 AND standing = $2 \
         AND (school_id IS NULL OR standing <> 'draft')",
        &args![country, standing.code()],
    )?
    .read()
    .int()
}

/// What was withdrawn since a moment, oldest first.
pub(crate) fn withdrawals(tx: &mut Tx, since: Moment) -> Result<Vec<(Id, Moment, String)>> {
    let rows = tx.rows(
        "SELECT id, decided_at, reason FROM resource \
         WHERE standing = 'withdrawn' AND decided_at > $1 ORDER BY decided_at, id",
        &args![since],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.id()?, r.moment()?, r.opt_text()?.unwrap_or_default()))
        })
        .collect()
}

/// The next number of a country; nobody else takes one until the transaction ends.
pub(crate) fn next_number(tx: &mut Tx, country: &str) -> Result<i64> {
    tx.lock("resource-number")?;
    let row = tx.one(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM resource WHERE country = $1",
        &args![country],
    )?;
    row.read().int()
}

/// Keeps a new resource with its forms.
pub(crate) fn add(
    tx: &mut Tx,
    new: &New,
    standing: Standing,
    by: Option<Id>,
    now: Moment,
) -> Result<Resource> {
    let number = next_number(tx, &new.country)?;
    let resource = Resource {
        id: Id::new(now),
        code: format!("{}-R-{number:06}", new.country),
        country: new.country.clone(),
        number,
        school: new.school,
        names: new.names.clone(),
        about: new.about.clone(),
        langs: new.langs.clone(),
        kind: new.kind.clone(),
        subject: new.subject.clone(),
        grades: new.grades,
        competencies: new.competencies.clone(),
        licence: new.licence.clone(),
        permits: new.permits.clone(),
        duties: new.duties.clone(),
        permission: new.permission.clone(),
        credit: new.credit.clone(),
        source: new.source.clone(),
        series: new.series.clone(),
        based_on: new.based_on,
        accessibility: new.accessibility.clone(),
        reading_level: new.reading_level,
        minutes: new.minutes,
        standing,
        recommended: false,
        bytes: new.renditions.iter().map(|one| one.bytes).sum(),
        reason: None,
        made_by: by,
        made_at: now,
        decided_by: None,
        decided_at: None,
        changed_at: now,
        version: 1,
    };
    tx.add(&RESOURCE, values(&resource))?;
    crate::light::turn(tx, resource.id)?;
    align(tx, resource.id, &resource.competencies)?;
    for one in &new.renditions {
        add_rendition(tx, resource.id, one, now)?;
    }
    Ok(resource)
}

/// Saves a resource over the version its editor has seen.
pub(crate) fn change(tx: &mut Tx, resource: &mut Resource, seen: i64) -> Result<()> {
    resource.version = tx.change(&RESOURCE, values(resource), seen)?;
    crate::light::turn(tx, resource.id)?;
    align(tx, resource.id, &resource.competencies)
}

fn align(tx: &mut Tx, resource: Id, competencies: &[Id]) -> Result<()> {
    tx.exec(
        "DELETE FROM resource_competency WHERE resource_id = $1",
        &args![resource],
    )?;
    let rows: Vec<Vec<Val>> = competencies
        .iter()
        .map(|one| args![*one, resource].to_vec())
        .collect();
    tx.exec_many(
        "INSERT INTO resource_competency (competency_id, resource_id) VALUES ($1, $2)",
        &rows,
    )?;
    Ok(())
}

/// Resources of a country's library that keep the very same file. What a school has not offered is nobody's to name.
pub(crate) fn with_file(tx: &mut Tx, hash: &str, country: &str) -> Result<Vec<Resource>> {
    read_all(&tx.rows(
        resource_columns!(
            "WHERE r.country = $2 AND r.standing <> 'withdrawn' \
             AND (r.school_id IS NULL OR r.standing <> 'draft') AND r.id IN \
             (SELECT resource_id FROM rendition WHERE hash = $1) ORDER BY r.id LIMIT 20"
        ),
        &args![hash, country],
    )?)
}
