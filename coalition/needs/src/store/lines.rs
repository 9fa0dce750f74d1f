//! Need lines.

use super::{Slice, buckets, listed};
use crate::line::{Line, OpenLine, Shares};
use crate::need::Buckets;
use base::{Day, Id, Result};
use db::{Reader, Row, Tx, Val, args};

db::table!(
    /// A need line.
    NEED_LINE = "need_line" key 1 {
        id: Id, need_id: Id, import_id: Id, quantity: Int, place_code: Text, department: Text,
        school_code: Text, label: Text, label_key: Text, longitude: Real, latitude: Real,
        levels: Text, audience: Text, learners: Int, learners_method: Text, learners_source: Text,
        learners_as_of: Text, girls: Int, rural: Int, disability: Int, displaced: Int, poor: Int,
        ldc: Int, severity: Int, severity_method: Text, urgency: Int, tier: Int, lang1: Text,
        lang2: Text, conditions: Int, window_from: Text, window_to: Text, partners: Int,
        remote: Int, package_id: Id, required_by: Text, version: Int,
    }
);

fn values(l: &Line) -> Vec<Val> {
    args![
        l.id,
        l.need,
        l.import,
        l.quantity,
        &l.place,
        &l.department,
        l.school.clone(),
        &l.label,
        base::fold(&format!(
            "{} {}",
            l.label,
            l.school.as_deref().unwrap_or("")
        )),
        l.point.map(|(longitude, _)| longitude),
        l.point.map(|(_, latitude)| latitude),
        l.levels.join("|"),
        &l.audience,
        l.learners,
        l.learners_method.clone(),
        l.learners_source.clone(),
        l.learners_as_of.clone(),
        l.shares.girls,
        l.shares.rural,
        l.shares.disability,
        l.shares.displaced,
        l.shares.poor,
        l.shares.ldc,
        l.severity,
        &l.severity_method,
        l.urgency,
        l.tier,
        &l.lang1,
        l.lang2.clone(),
        l.conditions,
        l.window_from,
        l.window_to,
        l.partners,
        l.remote,
        l.package,
        l.required_by,
        l.version,
    ]
    .to_vec()
}

fn read_line(r: &mut Reader) -> Result<Line> {
    Ok(Line {
        id: r.id()?,
        need: r.id()?,
        import: r.opt_id()?,
        quantity: r.int()?,
        place: r.text()?,
        department: r.text()?,
        school: r.opt_text()?,
        label: r.text()?,
        point: r.opt_real()?.zip(r.opt_real()?),
        levels: listed(&r.text()?),
        audience: r.text()?,
        learners: r.opt_int()?,
        learners_method: r.opt_text()?,
        learners_source: r.opt_text()?,
        learners_as_of: r.opt_text()?,
        shares: read_shares(r)?,
        severity: r.int()?,
        severity_method: r.text()?,
        urgency: r.int()?,
        tier: r.opt_int()?,
        lang1: r.text()?,
        lang2: r.opt_text()?,
        conditions: r.int()?,
        window_from: r.day()?,
        window_to: r.day()?,
        partners: r.int()?,
        remote: r.int()?,
        package: r.opt_id()?,
        required_by: r.day()?,
        version: r.int()?,
    })
}

fn read_shares(r: &mut Reader) -> Result<Shares> {
    Ok(Shares {
        girls: r.opt_int()?,
        rural: r.opt_int()?,
        disability: r.opt_int()?,
        displaced: r.opt_int()?,
        poor: r.opt_int()?,
        ldc: r.opt_int()?,
    })
}

/// Writes new lines.
pub(crate) fn add_lines(tx: &mut Tx, lines: &[Line]) -> Result<()> {
    tx.add_many(&NEED_LINE, lines.iter().map(values).collect())
}

/// Saves a line over the version that was read.
pub(crate) fn save_line(tx: &mut Tx, line: &Line) -> Result<()> {
    tx.change(&NEED_LINE, values(line), line.version).map(drop)
}

/// Takes a line away.
pub(crate) fn remove_line(tx: &mut Tx, id: Id) -> Result<()> {
    tx.remove(&NEED_LINE, &args![id])
}

/// A line as it was written, visible or not.
pub(crate) fn line(tx: &mut Tx, id: Id) -> Result<Line> {
    let row = tx.one(
        "SELECT id, need_id, import_id, quantity, place_code, department, school_code, label, \
         longitude, latitude, levels, audience, learners, learners_method, learners_source, \
         learners_as_of, girls, rural, disability, displaced, poor, ldc, severity, severity_method, \
         urgency, tier, lang1, lang2, conditions, window_from, window_to, partners, remote, \
         package_id, required_by, version FROM need_line WHERE id = $1",
        &args![id],
    )?;
    read_line(&mut row.read())
}

/// What a list of lines is narrowed to.
pub(crate) struct LinesWanted<'a> {
    pub(crate) need: Id,
    pub(crate) department: Option<&'a str>,
    pub(crate) severity: Option<i64>,
    pub(crate) q: Option<&'a str>,
    /// Place code and id after which the list goes on.
    pub(crate) after: Option<(String, Id)>,
    pub(crate) limit: i64,
}

/// A need's lines by place, each with its buckets; no balance yet: everything uncovered.
pub(crate) fn lines(tx: &mut Tx, wanted: &LinesWanted) -> Result<Slice<(Line, Buckets)>> {
    let (place, id) = wanted.after.clone().unzip();
    let rows = tx.rows(
        "SELECT l.id, l.need_id, l.import_id, l.quantity, l.place_code, l.department, \
         l.school_code, l.label, l.longitude, l.latitude, l.levels, l.audience, l.learners, \
         l.learners_method, l.learners_source, l.learners_as_of, l.girls, l.rural, l.disability, \
         l.displaced, l.poor, l.ldc, l.severity, l.severity_method, l.urgency, l.tier, l.lang1, \
         l.lang2, l.conditions, l.window_from, l.window_to, l.partners, l.remote, l.package_id, \
         l.required_by, l.version, COALESCE(b.uncovered, l.quantity), COALESCE(b.proposed, 0), \
         COALESCE(b.committed, 0), COALESCE(b.in_transit, 0), COALESCE(b.delivered, 0), \
         COALESCE(b.confirmed, 0), COALESCE(b.returned, 0), COALESCE(b.lost, 0) \
         FROM need_line l LEFT JOIN need_import i ON i.id = l.import_id \
         LEFT JOIN balance b ON b.line_id = l.id \
         WHERE l.need_id = $1 AND (l.import_id IS NULL OR i.state = 'imported') \
         AND (CAST($2 AS TEXT) IS NULL OR l.department = CAST($2 AS TEXT)) \
         AND (CAST($3 AS BIGINT) IS NULL OR l.severity = CAST($3 AS BIGINT)) \
         AND (CAST($4 AS TEXT) IS NULL OR l.label_key LIKE CAST($4 AS TEXT)) \
         AND (CAST($5 AS TEXT) IS NULL OR l.place_code > CAST($5 AS TEXT) \
              OR (l.place_code = CAST($5 AS TEXT) AND l.id > CAST($6 AS UUID))) \
         ORDER BY l.place_code, l.id LIMIT $7",
        &args![
            wanted.need,
            wanted.department.map(str::to_owned),
            wanted.severity,
            wanted.q.map(|q| format!("%{q}%")),
            place,
            id,
            wanted.limit + 1
        ],
    )?;
    let read = |row: &Row| {
        let mut r = row.read();
        Ok((read_line(&mut r)?, buckets(&mut r)?))
    };
    Ok(Slice::of(
        rows.iter().map(read).collect::<Result<Vec<_>>>()?,
        wanted.limit,
    ))
}

/// The lines of a request that were entered by hand.
pub(crate) fn own_lines(tx: &mut Tx, request: Id) -> Result<Vec<Line>> {
    let rows = tx.rows(
        "SELECT l.id, l.need_id, l.import_id, l.quantity, l.place_code, l.department, \
         l.school_code, l.label, l.longitude, l.latitude, l.levels, l.audience, l.learners, \
         l.learners_method, l.learners_source, l.learners_as_of, l.girls, l.rural, l.disability, \
         l.displaced, l.poor, l.ldc, l.severity, l.severity_method, l.urgency, l.tier, l.lang1, \
         l.lang2, l.conditions, l.window_from, l.window_to, l.partners, l.remote, l.package_id, \
         l.required_by, l.version \
         FROM need_line l JOIN need n ON n.id = l.need_id \
         WHERE n.request_id = $1 AND l.import_id IS NULL ORDER BY l.id LIMIT 2000",
        &args![request],
    )?;
    rows.iter().map(|row| read_line(&mut row.read())).collect()
}

/// How many lines of a need are there, visible or not.
pub(crate) fn line_count(tx: &mut Tx, need: Id) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM need_line WHERE need_id = $1";
    tx.one(sql, &args![need])?.read().int()
}

/// The buckets of a need's lines together.
pub(crate) fn need_buckets(tx: &mut Tx, need: Id) -> Result<Buckets> {
    let row = tx.one(
        "SELECT CAST(COALESCE(SUM(b.uncovered), 0) AS BIGINT), \
         CAST(COALESCE(SUM(b.proposed), 0) AS BIGINT), \
         CAST(COALESCE(SUM(b.committed), 0) AS BIGINT), \
         CAST(COALESCE(SUM(b.in_transit), 0) AS BIGINT), \
         CAST(COALESCE(SUM(b.delivered), 0) AS BIGINT), \
         CAST(COALESCE(SUM(b.confirmed), 0) AS BIGINT), \
         CAST(COALESCE(SUM(b.returned), 0) AS BIGINT), \
         CAST(COALESCE(SUM(b.lost), 0) AS BIGINT) \
         FROM need_line l JOIN balance b ON b.line_id = l.id \
         LEFT JOIN need_import i ON i.id = l.import_id \
         WHERE l.need_id = $1 AND (l.import_id IS NULL OR i.state = 'imported')",
        &args![need],
    )?;
    buckets(&mut row.read())
}

/// Hands over the lines of published needs that have not ended, in the order of their ids.
pub(crate) fn each_open(
    tx: &mut Tx,
    country: Option<&str>,
    need: Option<Id>,
    today: Day,
    take: &mut dyn FnMut(OpenLine) -> Result<()>,
) -> Result<()> {
    tx.each(
        "SELECT l.id, l.need_id, n.request_id, n.country, l.department, l.place_code, \
         l.school_code, l.label, n.service_class, l.quantity, b.uncovered, l.learners, l.girls, \
         l.rural, l.disability, l.displaced, l.poor, l.ldc, l.severity, l.urgency, l.lang1, \
         l.lang2, l.tier, l.conditions, l.window_from, l.window_to, l.required_by, l.partners, \
         l.remote, l.package_id, l.levels \
         FROM need_line l JOIN need n ON n.id = l.need_id JOIN balance b ON b.line_id = l.id \
         LEFT JOIN need_import i ON i.id = l.import_id \
         WHERE n.published_at IS NOT NULL AND n.ended IS NULL \
         AND (n.valid_until >= $1 OR b.uncovered + b.proposed = 0) \
         AND (CAST($2 AS TEXT) IS NULL OR n.country = CAST($2 AS TEXT)) \
         AND (CAST($3 AS UUID) IS NULL OR n.id = CAST($3 AS UUID)) \
         AND (l.import_id IS NULL OR i.state = 'imported') ORDER BY l.id",
        &args![today, country.map(str::to_owned), need],
        &mut |row| take(read_open(&row)?),
    )
}

/// A line of a published need, however the need stands.
pub(crate) fn published_line(tx: &mut Tx, id: Id) -> Result<OpenLine> {
    let row = tx.one(
        "SELECT l.id, l.need_id, n.request_id, n.country, l.department, l.place_code, \
         l.school_code, l.label, n.service_class, l.quantity, b.uncovered, l.learners, l.girls, \
         l.rural, l.disability, l.displaced, l.poor, l.ldc, l.severity, l.urgency, l.lang1, \
         l.lang2, l.tier, l.conditions, l.window_from, l.window_to, l.required_by, l.partners, \
         l.remote, l.package_id, l.levels \
         FROM need_line l JOIN need n ON n.id = l.need_id JOIN balance b ON b.line_id = l.id \
         LEFT JOIN need_import i ON i.id = l.import_id \
         WHERE l.id = $1 AND n.published_at IS NOT NULL \
         AND (l.import_id IS NULL OR i.state = 'imported')",
        &args![id],
    )?;
    read_open(&row)
}

fn read_open(row: &Row) -> Result<OpenLine> {
    let mut r = row.read();
    Ok(OpenLine {
        id: r.id()?,
        need: r.id()?,
        request: r.id()?,
        country: r.text()?,
        area: r.text()?,
        place: r.text()?,
        school: r.opt_text()?,
        label: r.text()?,
        service_class: r.text()?,
        quantity: r.int()?,
        uncovered: r.int()?,
        learners: r.opt_int()?,
        shares: read_shares(&mut r)?,
        severity: r.int()?,
        urgency: r.int()?,
        lang1: r.text()?,
        lang2: r.opt_text()?,
        tier: r.opt_int()?,
        conditions: r.int()?,
        window_from: r.day()?,
        window_to: r.day()?,
        required_by: r.day()?,
        partners: r.int()?,
        remote: r.int()?,
        package: r.opt_id()?,
        levels: listed(&r.text()?),
    })
}

/// Lines of published needs whose balance is missing or holds another quantity.
pub(crate) fn without_balance(tx: &mut Tx) -> Result<Vec<Id>> {
    let rows = tx.rows(
        "SELECT l.id FROM need_line l JOIN need n ON n.id = l.need_id \
         LEFT JOIN need_import i ON i.id = l.import_id LEFT JOIN balance b ON b.line_id = l.id \
         WHERE n.published_at IS NOT NULL AND (l.import_id IS NULL OR i.state = 'imported') \
         AND (b.line_id IS NULL OR b.quantity <> l.quantity) ORDER BY l.id LIMIT 100",
        &[],
    )?;
    rows.iter().map(|row| row.read().id()).collect()
}
