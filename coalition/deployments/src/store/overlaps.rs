//! Where deployments are, and where two of them meet.

use crate::meet::People;
use crate::overlap::{Dimensions, Overlap, OverlapStep, Resolution};
use crate::store::{barred, unbarred};
use base::{Day, Id, Moment, Result};
use db::{Row, Tx, Val, args};

db::table!(
    /// Each chosen place of a deployment and, not chosen, all above it.
    PLACE = "deployment_place" key 2 {
        deployment_id: Id, place_code: Text, chosen: Bool, service_class: Text, from_on: Text, to_on: Text,
    }
);
db::table!(
    /// Overlaps of two deployments.
    OVERLAP = "overlap" key 1 {
        id: Id, deployment_id: Id, other_id: Id, country: Text, service_class: Text, places: Text,
        learner_group: Text, from_on: Text, to_on: Text, reach_both: Int, people_in_need: Int,
        resolution: Text, found_at: Int, resolved_at: Int, version: Int,
    }
);
db::table!(
    /// What was said about an overlap.
    OVERLAP_STEP = "overlap_step" key 1 {
        id: Id, overlap_id: Id, step: Text, side: Text, words: Text, account_id: Id, at: Int,
    }
);

/// A deployment near a place: what the rule needs to know of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Near {
    pub deployment: Id,
    pub place: String,
    pub group: Option<String>,
    pub from: Day,
    pub to: Day,
    pub reach: Option<i64>,
}

fn near(row: &Row) -> Result<Near> {
    let mut r = row.read();
    Ok(Near {
        deployment: r.id()?,
        place: r.text()?,
        group: r.opt_text()?,
        from: r.day()?,
        to: r.day()?,
        reach: r.opt_int()?,
    })
}

/// Deployments that chose the very place.
pub(crate) fn at(
    tx: &mut Tx,
    place: &str,
    service_class: &str,
    (from, to): (Day, Day),
) -> Result<Vec<Near>> {
    let sql = "SELECT p.deployment_id, p.place_code, d.learner_group, p.from_on, p.to_on, d.reach_planned \
               FROM deployment_place p JOIN deployment d ON d.id = p.deployment_id \
               WHERE p.place_code = $1 AND p.service_class = $2 AND p.to_on >= $3 AND p.from_on <= $4 AND p.chosen \
               ORDER BY p.deployment_id";
    tx.rows(sql, &args![place, service_class, from, to])?
        .iter()
        .map(near)
        .collect()
}
/// Deployments that chose a place below this one, with the places they chose.
pub(crate) fn below(
    tx: &mut Tx,
    place: &str,
    service_class: &str,
    (from, to): (Day, Day),
) -> Result<Vec<(Near, Vec<String>)>> {
    let sql = "SELECT p.deployment_id, p.place_code, d.learner_group, p.from_on, p.to_on, d.reach_planned, d.places \
               FROM deployment_place p JOIN deployment d ON d.id = p.deployment_id \
               WHERE p.place_code = $1 AND p.service_class = $2 AND p.to_on >= $3 AND p.from_on <= $4 AND NOT p.chosen \
               ORDER BY p.deployment_id";
    tx.rows(sql, &args![place, service_class, from, to])?
        .iter()
        .map(|row| {
            let found = near(row)?;
            let mut r = row.read();
            (0..6).for_each(|_| {
                r.skip();
            });
            Ok((found, unbarred(r.str()?)))
        })
        .collect()
}

/// People in need of a service in a place and all below it: each school once, however many needs
/// name it. A line without a number, or a group nobody counted, leaves the rest unknown.
pub(crate) fn people(
    tx: &mut Tx,
    (country, service_class): (&str, &str),
    place: &str,
    group: Option<&str>,
) -> Result<People> {
    let sql = "WITH RECURSIVE below (code) AS (SELECT code FROM place WHERE code = $3 \
               UNION ALL SELECT p.code FROM place p JOIN below b ON p.parent = b.code), \
               asked (school_code, people) AS (SELECT l.school_code, CAST(l.learners * CASE $4 \
                 WHEN 'all' THEN 1000 WHEN 'girls' THEN l.girls WHEN 'boys' THEN 1000 - l.girls \
                 WHEN 'rural' THEN l.rural WHEN 'disability' THEN l.disability \
                 WHEN 'displaced' THEN l.displaced WHEN 'poor' THEN l.poor WHEN 'ldc' THEN l.ldc \
                 END / 1000 AS BIGINT) FROM need n JOIN need_line l ON l.need_id = n.id \
               WHERE n.country = $1 AND n.service_class = $2 AND n.published_at IS NOT NULL \
               AND (n.ended IS NULL OR n.ended <> 'withdrawn') AND l.place_code IN (SELECT code FROM below)), \
               each_once (people) AS (SELECT MAX(people) FROM asked WHERE school_code IS NOT NULL GROUP BY school_code \
               UNION ALL SELECT people FROM asked WHERE school_code IS NULL) \
               SELECT CAST(COALESCE(SUM(people), 0) AS BIGINT), COUNT(*), COUNT(people) FROM each_once";
    let row = tx.one(
        sql,
        &args![country, service_class, place, group.unwrap_or("all")],
    )?;
    let mut r = row.read();
    let (at_least, asked, counted) = (r.int()?, r.int()?, r.int()?);
    Ok(People {
        at_least,
        is_all: asked > 0 && asked == counted,
    })
}

/// Learners of the need lines a deployment serves, by area; none where a line has no number.
pub(crate) fn learners(tx: &mut Tx, deployment: Id) -> Result<Vec<(String, Option<i64>)>> {
    let sql = "SELECT area, CAST(SUM(learners) AS BIGINT), COUNT(*), COUNT(learners) FROM \
               (SELECT DISTINCT d.area, d.line_id, l.learners FROM deployment_line d \
                JOIN need_line l ON l.id = d.line_id WHERE d.deployment_id = $1) each_once \
               GROUP BY area ORDER BY area";
    let rows = tx.rows(sql, &args![deployment])?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            let (area, sum, lines, counted) = (r.text()?, r.opt_int()?, r.int()?, r.int()?);
            Ok((area, sum.filter(|_| lines == counted)))
        })
        .collect()
}

pub(crate) fn set_places(
    tx: &mut Tx,
    deployment: Id,
    places: &[(String, bool)],
    service_class: &str,
    (from, to): (Day, Day),
) -> Result<()> {
    clear_places(tx, deployment)?;
    let rows = places
        .iter()
        .map(|(place, chosen)| args![deployment, place, *chosen, service_class, from, to].to_vec());
    tx.add_many(&PLACE, rows.collect())
}
pub(crate) fn clear_places(tx: &mut Tx, deployment: Id) -> Result<()> {
    let sql =
        "SELECT place_code FROM deployment_place WHERE deployment_id = $1 ORDER BY place_code";
    for row in tx.rows(sql, &args![deployment])? {
        let place = row.read().text()?;
        tx.remove(&PLACE, &args![deployment, place])?;
    }
    Ok(())
}

fn values(o: &Overlap) -> Vec<Val> {
    args![
        o.id,
        o.deployment,
        o.other,
        &o.country,
        &o.service_class,
        barred(&o.dimensions.places),
        o.dimensions.group.clone(),
        o.dimensions.from,
        o.dimensions.to,
        o.dimensions.reach_both,
        o.dimensions.people_in_need,
        o.resolution.map(Resolution::code),
        o.found_at,
        o.resolved_at,
        o.version
    ]
    .to_vec()
}
macro_rules! overlaps {
    ($rest:expr) => {
        concat!(
            "SELECT o.id, o.deployment_id, o.other_id, o.country, o.service_class, o.places, o.learner_group, \
             o.from_on, o.to_on, o.reach_both, o.people_in_need, o.resolution, o.found_at, o.resolved_at, \
             o.version FROM overlap o ",
            $rest
        )
    };
}
fn read(row: &Row) -> Result<Overlap> {
    let mut r = row.read();
    Ok(Overlap {
        id: r.id()?,
        deployment: r.id()?,
        other: r.id()?,
        country: r.text()?,
        service_class: r.text()?,
        dimensions: Dimensions {
            places: unbarred(r.str()?),
            group: r.opt_text()?,
            from: r.day()?,
            to: r.day()?,
            reach_both: r.opt_int()?,
            people_in_need: r.opt_int()?,
        },
        resolution: r.opt_text()?.as_deref().and_then(Resolution::parse),
        found_at: r.moment()?,
        resolved_at: r.opt_moment()?,
        version: r.int()?,
    })
}

pub(crate) fn add(tx: &mut Tx, o: &Overlap) -> Result<()> {
    tx.add(&OVERLAP, values(o))
}
pub(crate) fn change(tx: &mut Tx, o: &mut Overlap) -> Result<()> {
    o.version = tx.change(&OVERLAP, values(o), o.version)?;
    Ok(())
}
pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Overlap> {
    read(&tx.one(overlaps!("WHERE o.id = $1"), &args![id])?)
}
pub(crate) fn hold(tx: &mut Tx, id: Id) -> Result<Overlap> {
    tx.one(
        "SELECT id FROM overlap WHERE id = $1 FOR UPDATE",
        &args![id],
    )?;
    find(tx, id)
}
/// The overlaps of a deployment, on either side, by the moment they were found.
pub(crate) fn of(tx: &mut Tx, deployment: Id) -> Result<Vec<Overlap>> {
    let sql = overlaps!("WHERE o.deployment_id = $1 OR o.other_id = $1 ORDER BY o.found_at, o.id");
    tx.rows(sql, &args![deployment])?.iter().map(read).collect()
}
/// Which overlaps a list asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub country: Option<String>,
    pub service_class: Option<String>,
    /// `open` or a resolution.
    pub state: Option<String>,
    /// Part of a deployment's code or title, folded.
    pub q: Option<String>,
    pub before: Option<(i64, Id)>,
    pub limit: i64,
}
/// Overlaps, the newest first.
pub(crate) fn list(tx: &mut Tx, w: &Wanted) -> Result<Vec<Overlap>> {
    let sql = overlaps!(
        "WHERE (CAST($1 AS TEXT) IS NULL OR o.country = CAST($1 AS TEXT)) \
         AND (CAST($2 AS TEXT) IS NULL OR o.service_class = CAST($2 AS TEXT)) \
         AND (CAST($3 AS TEXT) IS NULL OR COALESCE(o.resolution, 'open') = CAST($3 AS TEXT)) \
         AND (CAST($7 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM deployment d \
           WHERE d.id IN (o.deployment_id, o.other_id) AND d.search_key LIKE CAST($7 AS TEXT) ESCAPE '\\')) \
         AND (CAST($4 AS BIGINT) IS NULL OR (o.found_at, o.id) < (CAST($4 AS BIGINT), CAST($5 AS UUID))) \
         ORDER BY o.found_at DESC, o.id DESC LIMIT $6"
    );
    let args = args![
        w.country.clone(),
        w.service_class.clone(),
        w.state.clone(),
        w.before.map(|b| b.0),
        w.before.map(|b| b.1),
        w.limit,
        w.q.as_deref().map(super::like)
    ];
    tx.rows(sql, &args)?.iter().map(read).collect()
}

pub(crate) fn say(
    tx: &mut Tx,
    overlap: Id,
    (step, side, words): (&str, &str, Option<&str>),
    account: Id,
    at: Moment,
) -> Result<()> {
    tx.add(
        &OVERLAP_STEP,
        args![Id::new(at), overlap, step, side, words, account, at].to_vec(),
    )
}
pub(crate) fn said(tx: &mut Tx, overlap: Id) -> Result<Vec<OverlapStep>> {
    let sql = "SELECT step, side, words, account_id, at FROM overlap_step WHERE overlap_id = $1 ORDER BY at, id";
    tx.rows(sql, &args![overlap])?
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok(OverlapStep {
                step: r.text()?,
                side: r.text()?,
                words: r.opt_text()?,
                account: r.id()?,
                at: r.moment()?,
            })
        })
        .collect()
}
