//! Every SQL statement of this room on schemes of work.

use crate::scheme::{Scheme, Week};
use crate::store::{barred, ids, standing};
use base::{Day, Id, Result};
use db::{Row, Tx, Val, args};
use std::collections::BTreeMap;

db::table!(
    /// Schemes of work, national ones and schools' own.
    SCHEME = "scheme" key 1 {
        id: Id, country: Text, school_id: Id, framework_id: Id, based_on: Id, subject: Text,
        grade: Int, term: Text, starts_on: Text, ends_on: Text, weeks: Int, standing: Text,
        supersedes: Id, drafters: Text, made_by: Id, made_at: Int, changed_at: Int,
        proposed_by: Id, proposed_at: Int, returned: Text, adopted_by: Id, adopted_on: Text,
        ended_on: Text, reason: Text, version: Int,
    }
);
db::table!(
    /// The weeks of schemes.
    SCHEME_WEEK = "scheme_week" key 2 {
        scheme_id: Id, number: Int, title: Text, note: Text,
    }
);
db::table!(
    /// What is learned in a week.
    SCHEME_AIM = "scheme_aim" key 3 {
        scheme_id: Id, number: Int, competency_id: Id, sequence: Int,
    }
);

fn scheme_values(s: &Scheme) -> Vec<Val> {
    vec![
        s.id.into(),
        (&s.country).into(),
        s.school.into(),
        s.framework.into(),
        s.based_on.into(),
        (&s.subject).into(),
        s.grade.into(),
        (&s.term).into(),
        s.starts_on.into(),
        s.ends_on().into(),
        s.weeks.into(),
        s.standing.code().into(),
        s.supersedes.into(),
        barred(&s.drafters).into(),
        s.made_by.into(),
        s.made_at.into(),
        s.changed_at.into(),
        s.proposed_by.into(),
        s.proposed_at.into(),
        s.returned.clone().into(),
        s.adopted_by.into(),
        s.adopted_on.into(),
        s.ended_on.into(),
        s.reason.clone().into(),
        s.version.into(),
    ]
}

macro_rules! schemes {
    ($rest:expr) => {
        concat!(
            "SELECT s.id, s.country, s.school_id, s.framework_id, s.based_on, s.subject, s.grade, \
             s.term, s.starts_on, s.weeks, s.standing, s.supersedes, s.drafters, s.made_by, \
             s.made_at, s.changed_at, s.proposed_by, s.proposed_at, s.returned, s.adopted_by, \
             s.adopted_on, s.ended_on, s.reason, s.version FROM scheme s ",
            $rest
        )
    };
}

fn read_scheme(row: &Row) -> Result<Scheme> {
    let mut r = row.read();
    Ok(Scheme {
        id: r.id()?,
        country: r.text()?,
        school: r.opt_id()?,
        framework: r.id()?,
        based_on: r.opt_id()?,
        subject: r.text()?,
        grade: r.int()?,
        term: r.text()?,
        starts_on: r.day()?,
        weeks: r.int()?,
        standing: standing(r.str()?)?,
        supersedes: r.opt_id()?,
        drafters: ids(r.str()?),
        made_by: r.opt_id()?,
        made_at: r.moment()?,
        changed_at: r.moment()?,
        proposed_by: r.opt_id()?,
        proposed_at: r.opt_moment()?,
        returned: r.opt_text()?,
        adopted_by: r.opt_id()?,
        adopted_on: r.opt_day()?,
        ended_on: r.opt_day()?,
        reason: r.opt_text()?,
        version: r.int()?,
    })
}

fn all_schemes(rows: &[Row]) -> Result<Vec<Scheme>> {
    rows.iter().map(read_scheme).collect()
}

pub(crate) fn add_scheme(tx: &mut Tx, scheme: &Scheme) -> Result<()> {
    tx.add(&SCHEME, scheme_values(scheme))
}

/// Saves a scheme over the version its editor has seen.
pub(crate) fn change_scheme(tx: &mut Tx, scheme: &mut Scheme, seen: i64) -> Result<()> {
    scheme.version = tx.change(&SCHEME, scheme_values(scheme), seen)?;
    Ok(())
}

pub(crate) fn scheme(tx: &mut Tx, id: Id) -> Result<Scheme> {
    read_scheme(&tx.one(schemes!("WHERE s.id = $1"), &args![id])?)
}

/// The scheme, kept from everybody else until the transaction ends.
pub(crate) fn scheme_for_change(tx: &mut Tx, id: Id) -> Result<Scheme> {
    read_scheme(&tx.one(schemes!("WHERE s.id = $1 FOR UPDATE"), &args![id])?)
}

/// The scheme in force on a day: the school's own before the national one, the latest first.
pub(crate) fn in_force(
    tx: &mut Tx,
    (country, school): (&str, Option<Id>),
    (subject, grade): (&str, i64),
    day: Day,
) -> Result<Option<Scheme>> {
    let sql = schemes!(
        "WHERE s.country = $1 AND s.subject = $2 AND s.grade = $3 AND s.starts_on <= $4 \
         AND s.ends_on >= $4 AND s.standing = 'adopted' \
         AND (s.school_id IS NULL OR s.school_id = CAST($5 AS UUID)) \
         ORDER BY s.school_id NULLS LAST, s.starts_on DESC, s.id DESC LIMIT 1"
    );
    let row = tx.row(sql, &args![country, subject, grade, day, school])?;
    row.as_ref().map(read_scheme).transpose()
}

/// National schemes in force that share days with a term, for the same grade and subject.
pub(crate) fn crossing(tx: &mut Tx, scheme: &Scheme) -> Result<Vec<Scheme>> {
    let sql = schemes!(
        "WHERE s.country = $1 AND s.subject = $2 AND s.grade = $3 AND s.starts_on <= $5 \
         AND s.ends_on >= $4 AND s.standing = 'adopted' AND s.school_id IS NULL AND s.id <> $6 \
         ORDER BY s.starts_on, s.id"
    );
    let (from, to) = (scheme.starts_on, scheme.ends_on());
    let args = args![
        &scheme.country,
        &scheme.subject,
        scheme.grade,
        from,
        to,
        scheme.id
    ];
    all_schemes(&tx.rows(sql, &args)?)
}

/// What schools made of a national scheme; one school's where asked.
pub(crate) fn adaptations(tx: &mut Tx, national: Id, school: Option<Id>) -> Result<Vec<Scheme>> {
    let sql = schemes!(
        "WHERE s.based_on = $1 AND s.school_id IS NOT NULL AND s.standing = 'adopted' \
         AND (CAST($2 AS UUID) IS NULL OR s.school_id = CAST($2 AS UUID)) ORDER BY s.id LIMIT 500"
    );
    all_schemes(&tx.rows(sql, &args![national, school])?)
}

/// How many schools adapted a national scheme.
pub(crate) fn count_adaptations(tx: &mut Tx, national: Id) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM scheme WHERE based_on = $1 AND school_id IS NOT NULL AND standing = 'adopted'";
    tx.one(sql, &args![national])?.read().int()
}

/// The schemes of a framework that are not withdrawn, by term.
pub(crate) fn of_framework(tx: &mut Tx, framework: Id) -> Result<Vec<Scheme>> {
    let sql = schemes!(
        "WHERE s.framework_id = $1 AND s.school_id IS NULL AND s.standing <> 'withdrawn' \
         ORDER BY s.grade, s.starts_on, s.id LIMIT 200"
    );
    all_schemes(&tx.rows(sql, &args![framework])?)
}

/// Drafts that wait for a signatory, longest waiting first.
pub(crate) fn proposed(tx: &mut Tx) -> Result<Vec<Scheme>> {
    let sql = schemes!(
        "WHERE s.standing = 'draft' AND s.proposed_at IS NOT NULL ORDER BY s.proposed_at, s.id LIMIT 200"
    );
    all_schemes(&tx.rows(sql, &[])?)
}

/// What a list of schemes is asked for.
#[derive(Default)]
pub(crate) struct Wanted<'a> {
    pub(crate) after: (&'a str, Option<Id>),
    pub(crate) country: Option<&'a str>,
    pub(crate) subject: Option<&'a str>,
    pub(crate) grade: Option<i64>,
    pub(crate) standing: Option<&'a str>,
    pub(crate) drafts_of: &'a str,
    /// Schools whose own schemes may be seen, barred.
    pub(crate) schools: &'a [Id],
    pub(crate) limit: i64,
}

/// A page of schemes, the earliest term first.
pub(crate) fn page(tx: &mut Tx, wanted: &Wanted) -> Result<Vec<Scheme>> {
    let nil = Id(base::Uuid::nil());
    let own = |n: usize| wanted.schools.get(n).copied().unwrap_or(nil);
    let sql = schemes!(
        "WHERE (s.starts_on > $1 OR (s.starts_on = $1 AND s.id > $2)) \
         AND (CAST($3 AS TEXT) IS NULL OR s.country = CAST($3 AS TEXT)) \
         AND (CAST($4 AS TEXT) IS NULL OR s.subject = CAST($4 AS TEXT)) \
         AND (CAST($5 AS BIGINT) IS NULL OR s.grade = CAST($5 AS BIGINT)) \
         AND (CAST($6 AS TEXT) IS NULL OR s.standing = CAST($6 AS TEXT)) \
         AND (s.adopted_on IS NOT NULL OR $7 = '*' OR $7 LIKE '%|' || s.country || '|%') \
         AND (s.school_id IS NULL OR s.school_id IN ($8, $9, $10, $11)) \
         ORDER BY s.starts_on, s.id LIMIT $12"
    );
    let args = args![
        wanted.after.0,
        wanted.after.1.unwrap_or(nil),
        wanted.country,
        wanted.subject,
        wanted.grade,
        wanted.standing,
        wanted.drafts_of,
        own(0),
        own(1),
        own(2),
        own(3),
        wanted.limit
    ];
    all_schemes(&tx.rows(sql, &args)?)
}

/// The weeks written in a scheme itself.
pub(crate) fn own_weeks(tx: &mut Tx, scheme: Id) -> Result<Vec<Week>> {
    let sql = "SELECT number, title, note FROM scheme_week WHERE scheme_id = $1 ORDER BY number";
    let mut weeks = BTreeMap::new();
    for row in tx.rows(sql, &args![scheme])? {
        let mut r = row.read();
        let week = Week {
            number: r.int()?,
            title: r.names()?,
            note: r.text()?,
            competencies: Vec::new(),
            adapted: false,
        };
        weeks.insert(week.number, week);
    }
    let sql = "SELECT number, competency_id FROM scheme_aim WHERE scheme_id = $1 \
               ORDER BY number, sequence, competency_id";
    for row in tx.rows(sql, &args![scheme])? {
        let mut r = row.read();
        let number = r.int()?;
        if let Some(week) = weeks.get_mut(&number) {
            week.competencies.push(r.id()?);
        }
    }
    Ok(weeks.into_values().collect())
}

/// Saves a week in place of what was there.
pub(crate) fn put_week(tx: &mut Tx, scheme: Id, week: &Week, was: Option<&Week>) -> Result<()> {
    for gone in was.into_iter().flat_map(|was| &was.competencies) {
        tx.remove(&SCHEME_AIM, &args![scheme, week.number, gone])?;
    }
    let row = args![scheme, week.number, &week.title, &week.note];
    tx.put(&SCHEME_WEEK, row.to_vec())?;
    let mut sequence = 0;
    for aim in &week.competencies {
        sequence += 1;
        let row = args![scheme, week.number, aim, sequence];
        tx.add(&SCHEME_AIM, row.to_vec())?;
    }
    Ok(())
}

/// Takes a week out.
pub(crate) fn remove_week(tx: &mut Tx, scheme: Id, week: &Week) -> Result<()> {
    for aim in &week.competencies {
        tx.remove(&SCHEME_AIM, &args![scheme, week.number, aim])?;
    }
    tx.remove(&SCHEME_WEEK, &args![scheme, week.number])
}

/// The weeks of national schemes in force in which an entry is learned.
pub(crate) fn taught_in(tx: &mut Tx, competency: Id) -> Result<Vec<(Scheme, i64)>> {
    let sql = "SELECT a.scheme_id, a.number FROM scheme_aim a JOIN scheme s ON s.id = a.scheme_id \
               WHERE a.competency_id = $1 AND s.school_id IS NULL AND s.standing = 'adopted' \
               ORDER BY s.starts_on, a.number, a.scheme_id LIMIT 100";
    let rows = tx.rows(sql, &args![competency])?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut r = row.read();
        let (id, number) = (r.id()?, r.int()?);
        found.push((scheme(tx, id)?, number));
    }
    Ok(found)
}

/// Whether a scheme names an entry.
pub(crate) fn is_aimed_at(tx: &mut Tx, competency: Id) -> Result<bool> {
    let sql = "SELECT number FROM scheme_aim WHERE competency_id = $1 LIMIT 1";
    Ok(tx.row(sql, &args![competency])?.is_some())
}
