//! Needs and what they hold in all.

use super::listed;
use crate::need::{Buckets, Need, Tally};
use base::{Id, Result};
use db::{Reader, Row, Tx, Val, args};
use std::collections::BTreeMap;

db::table!(
    /// A need.
    NEED = "need" key 1 {
        id: Id, request_id: Id, country: Text, year: Int, number: Int, code: Text,
        service_class: Text, title: Text, title_key: Text, clean_text: Text, clean_lang: Text,
        objective: Text, flagship: Text, pillars: Text, phase: Text, published_at: Int,
        valid_until: Text, confirmed_at: Int, ended: Text, ended_reason: Text, ended_at: Int,
        version: Int,
    }
);

fn values(n: &Need) -> Result<Vec<Val>> {
    let title = serde_json::to_string(&n.title).map_err(base::Error::fault)?;
    let all: Vec<&str> = n.title.0.values().map(String::as_str).collect();
    let key = base::fold(&format!("{} {}", n.code, all.join(" ")));
    Ok(args![
        n.id,
        n.request,
        &n.country,
        n.year,
        n.number,
        &n.code,
        &n.service_class,
        title,
        key,
        n.clean_text.clone(),
        n.clean_lang.clone(),
        n.objective.clone(),
        n.flagship.clone(),
        n.pillars.join("|"),
        n.phase.clone(),
        n.published_at,
        n.valid_until,
        n.confirmed_at,
        n.ended.clone(),
        n.ended_reason.clone(),
        n.ended_at,
        n.version,
    ]
    .to_vec())
}

fn read(row: &Row) -> Result<Need> {
    let mut r = row.read();
    read_need(&mut r)
}

fn read_need(r: &mut Reader) -> Result<Need> {
    Ok(Need {
        id: r.id()?,
        request: r.id()?,
        country: r.text()?,
        year: r.int()?,
        number: r.int()?,
        code: r.text()?,
        service_class: r.text()?,
        title: r.names()?,
        clean_text: r.opt_text()?,
        clean_lang: r.opt_text()?,
        objective: r.opt_text()?,
        flagship: r.opt_text()?,
        pillars: listed(&r.text()?),
        phase: r.opt_text()?,
        published_at: r.opt_moment()?,
        valid_until: r.opt_day()?,
        confirmed_at: r.opt_moment()?,
        ended: r.opt_text()?,
        ended_reason: r.opt_text()?,
        ended_at: r.opt_moment()?,
        version: r.int()?,
    })
}

/// Writes a new need.
pub(crate) fn add_need(tx: &mut Tx, need: &Need) -> Result<()> {
    tx.add(&NEED, values(need)?)
}

/// Saves a need over the version that was read.
pub(crate) fn save_need(tx: &mut Tx, need: &Need) -> Result<()> {
    tx.change(&NEED, values(need)?, need.version).map(drop)
}

/// Takes away a need that holds no line any more.
pub(crate) fn remove_need(tx: &mut Tx, id: Id) -> Result<()> {
    tx.exec("DELETE FROM need_area WHERE need_id = $1", &args![id])?;
    tx.exec("DELETE FROM need_dot WHERE need_id = $1", &args![id])?;
    tx.remove(&NEED, &args![id])
}

/// The next free number of a country's needs in a year.
pub(crate) fn next_need(tx: &mut Tx, country: &str, year: i64) -> Result<i64> {
    tx.lock(&format!("need number {country}"))?;
    let row = tx.one(
        "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM need WHERE country = $1 AND year = $2",
        &args![country, year],
    )?;
    Ok(row.read().int()? + 1)
}

/// A need, published or not.
pub(crate) fn need(tx: &mut Tx, id: Id) -> Result<Need> {
    let row = tx.one(
        "SELECT id, request_id, country, year, number, code, service_class, title, clean_text, \
         clean_lang, objective, flagship, pillars, phase, published_at, valid_until, confirmed_at, \
         ended, ended_reason, ended_at, version FROM need WHERE id = $1",
        &args![id],
    )?;
    read(&row)
}

/// The needs of a request, in the order of their numbers.
pub(crate) fn needs_of(tx: &mut Tx, request: Id) -> Result<Vec<Need>> {
    let rows = tx.rows(
        "SELECT id, request_id, country, year, number, code, service_class, title, clean_text, \
         clean_lang, objective, flagship, pillars, phase, published_at, valid_until, confirmed_at, \
         ended, ended_reason, ended_at, version FROM need WHERE request_id = $1 ORDER BY number, id",
        &args![request],
    )?;
    rows.iter().map(read).collect()
}

/// What a list of needs is narrowed to.
pub(crate) struct NeedsWanted<'a> {
    pub(crate) country: Option<&'a str>,
    pub(crate) service_class: Option<&'a str>,
    pub(crate) department: Option<&'a str>,
    pub(crate) q: Option<&'a str>,
    pub(crate) before: Option<(i64, Id)>,
    pub(crate) limit: i64,
}

/// Published needs, the newest first.
pub(crate) fn published(tx: &mut Tx, wanted: &NeedsWanted) -> Result<Vec<Need>> {
    let rows = tx.rows(
        "SELECT id, request_id, country, year, number, code, service_class, title, clean_text, \
         clean_lang, objective, flagship, pillars, phase, published_at, valid_until, confirmed_at, \
         ended, ended_reason, ended_at, version FROM need \
         WHERE published_at IS NOT NULL \
         AND (CAST($1 AS TEXT) IS NULL OR country = CAST($1 AS TEXT)) \
         AND (CAST($2 AS TEXT) IS NULL OR service_class = CAST($2 AS TEXT)) \
         AND (CAST($3 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM need_area \
              WHERE need_area.need_id = need.id AND department = CAST($3 AS TEXT))) \
         AND (CAST($4 AS TEXT) IS NULL OR title_key LIKE CAST($4 AS TEXT)) \
         AND (CAST($5 AS BIGINT) IS NULL OR published_at < CAST($5 AS BIGINT) \
              OR (published_at = CAST($5 AS BIGINT) AND id < CAST($6 AS UUID))) \
         ORDER BY published_at DESC, id DESC LIMIT $7",
        &args![
            wanted.country.map(str::to_owned),
            wanted.service_class.map(str::to_owned),
            wanted.department.map(str::to_owned),
            wanted.q.map(|q| format!("%{q}%")),
            wanted.before.map(|(at, _)| at),
            wanted.before.map(|(_, id)| id),
            wanted.limit
        ],
    )?;
    rows.iter().map(read).collect()
}

/// Published needs of a country that have not ended and are valid no longer than a day.
pub(crate) fn ending(tx: &mut Tx, country: &str, until: base::Day) -> Result<Vec<Need>> {
    let rows = tx.rows(
        "SELECT id, request_id, country, year, number, code, service_class, title, clean_text, \
         clean_lang, objective, flagship, pillars, phase, published_at, valid_until, confirmed_at, \
         ended, ended_reason, ended_at, version FROM need \
         WHERE country = $1 AND published_at IS NOT NULL AND ended IS NULL AND valid_until <= $2 \
         ORDER BY valid_until, id LIMIT 100",
        &args![country, until],
    )?;
    rows.iter().map(read).collect()
}

/// Countries with published needs.
pub(crate) fn countries(tx: &mut Tx) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT country FROM need WHERE published_at IS NOT NULL ORDER BY country";
    tx.rows(sql, &[])?
        .iter()
        .map(|row| row.read().text())
        .collect()
}

/// Departments of published needs.
pub(crate) fn departments(tx: &mut Tx) -> Result<Vec<String>> {
    let rows = tx.rows(
        "SELECT DISTINCT department FROM need_area JOIN need ON need.id = need_area.need_id \
         WHERE need.published_at IS NOT NULL ORDER BY department",
        &[],
    )?;
    rows.iter().map(|row| row.read().text()).collect()
}

/// What each first-level area holds of a need.
pub(crate) fn areas(tx: &mut Tx, need: Id) -> Result<BTreeMap<String, Tally>> {
    let rows = tx.rows(
        "SELECT department, lines, quantity, learners, learners_unknown FROM need_area \
         WHERE need_id = $1 ORDER BY department",
        &args![need],
    )?;
    let read = |row: &Row| {
        let mut r = row.read();
        let department = r.text()?;
        let tally = Tally {
            lines: r.int()?,
            quantity: r.int()?,
            learners: r.int()?,
            learners_unknown: r.int()?,
        };
        Ok((department, tally))
    };
    rows.iter().map(read).collect()
}

/// What a need holds in all.
pub(crate) fn tally(tx: &mut Tx, need: Id) -> Result<Tally> {
    let areas = areas(tx, need)?;
    Ok(areas.values().fold(Tally::default(), |sum, area| Tally {
        lines: sum.lines + area.lines,
        quantity: sum.quantity + area.quantity,
        learners: sum.learners + area.learners,
        learners_unknown: sum.learners_unknown + area.learners_unknown,
    }))
}

/// Longitude, latitude, lines and quantity of each dot of a need's map.
pub(crate) fn dots(tx: &mut Tx, need: Id) -> Result<Vec<(f64, f64, i64, i64)>> {
    let rows = tx.rows(
        "SELECT longitude, latitude, lines, quantity FROM need_dot \
         WHERE need_id = $1 ORDER BY quantity DESC, longitude, latitude LIMIT 800",
        &args![need],
    )?;
    let read = |row: &Row| {
        let mut r = row.read();
        Ok((r.real()?, r.real()?, r.int()?, r.int()?))
    };
    rows.iter().map(read).collect()
}

/// Counts a need's visible lines again, by area and by tenth of a degree.
pub(crate) fn count_again(tx: &mut Tx, need: Id) -> Result<()> {
    tx.exec("DELETE FROM need_area WHERE need_id = $1", &args![need])?;
    tx.exec(
        "INSERT INTO need_area (need_id, department, lines, quantity, learners, learners_unknown) \
         SELECT l.need_id, l.department, COUNT(*), CAST(SUM(l.quantity) AS BIGINT), \
         CAST(COALESCE(SUM(l.learners), 0) AS BIGINT), \
         CAST(SUM(CASE WHEN l.learners IS NULL THEN 1 ELSE 0 END) AS BIGINT) \
         FROM need_line l LEFT JOIN need_import i ON i.id = l.import_id \
         WHERE l.need_id = $1 AND (l.import_id IS NULL OR i.state = 'imported') \
         GROUP BY l.need_id, l.department",
        &args![need],
    )?;
    tx.exec("DELETE FROM need_dot WHERE need_id = $1", &args![need])?;
    put_dots(tx, need)
}

fn put_dots(tx: &mut Tx, need: Id) -> Result<()> {
    let mut dots: BTreeMap<(i64, i64), (i64, i64)> = BTreeMap::new();
    tx.each(
        "SELECT l.longitude, l.latitude, l.quantity \
         FROM need_line l LEFT JOIN need_import i ON i.id = l.import_id \
         WHERE l.need_id = $1 AND l.longitude IS NOT NULL AND l.latitude IS NOT NULL \
         AND (l.import_id IS NULL OR i.state = 'imported')",
        &args![need],
        &mut |row| {
            let mut r = row.read();
            let dot = dots
                .entry((tenth(r.real()?), tenth(r.real()?)))
                .or_default();
            dot.0 += 1;
            dot.1 += r.int()?;
            Ok(())
        },
    )?;
    let rows: Vec<Vec<Val>> = dots
        .into_iter()
        .map(|((x, y), (lines, quantity))| {
            args![need, degrees(x), degrees(y), lines, quantity].to_vec()
        })
        .collect();
    tx.exec_many(
        "INSERT INTO need_dot (need_id, longitude, latitude, lines, quantity) \
         VALUES ($1, $2, $3, $4, $5)",
        &rows,
    )?;
    Ok(())
}

/// The tenth of a degree a coordinate lies in.
#[expect(
    clippy::cast_possible_truncation,
    reason = "degrees in tenths fit easily"
)]
pub(crate) fn tenth(degrees: f64) -> i64 {
    (degrees * 10.0).floor() as i64
}

/// The middle of a tenth of a degree.
#[expect(clippy::cast_precision_loss, reason = "a few thousand at most")]
pub(crate) fn degrees(tenth: i64) -> f64 {
    tenth as f64 / 10.0 + 0.05
}

/// How many published needs, lines and schools there are.
pub(crate) fn counts(tx: &mut Tx) -> Result<(i64, i64)> {
    let row = tx.one(
        "SELECT COUNT(DISTINCT need.id), CAST(COALESCE(SUM(need_area.lines), 0) AS BIGINT) \
         FROM need LEFT JOIN need_area ON need_area.need_id = need.id \
         WHERE need.published_at IS NOT NULL",
        &[],
    )?;
    let mut r = row.read();
    Ok((r.int()?, r.int()?))
}

/// Puts eight sums into buckets.
pub(crate) fn buckets(r: &mut Reader) -> Result<Buckets> {
    Ok(Buckets {
        uncovered: r.int()?,
        proposed: r.int()?,
        committed: r.int()?,
        in_transit: r.int()?,
        delivered: r.int()?,
        confirmed: r.int()?,
        returned: r.int()?,
        lost: r.int()?,
    })
}
