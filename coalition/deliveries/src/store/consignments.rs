//! Consignments, and the sums of what is known of their lines.

use super::{read_upload, upload_args};
use crate::consignment::{Checked, Consignment, Counts, Kind, Stage, Step};
use base::{Day, Id, Moment, Result};
use db::{Reader, Row, Tx, Val, args};

db::table!(
    /// Consignments.
    CONSIGNMENT = "consignment" key 1 {
        id: Id, country: Text, year: Int, number: Int, code: Text, deployment_id: Id, member_id: Id,
        kind: Text, service_class: Text, to_place: Text, planned_on: Text, stage: Text,
        line_count: Int, units: Int, arrived: Int, good: Int, damaged: Int, short: Int, surplus: Int,
        confirmed: Int, disputed: Int, open_discrepancies: Int, note: Text, reason: Text,
        requested_by: Id, requested_at: Int, decided_by: Id, decided_at: Int, dispatched_on: Text,
        dispatched_by: Id, dispatched_at: Int, paper_hash: Text, paper_name: Text, paper_mime: Text,
        paper_size: Int, arrived_on: Text, closed_by: Id, closed_at: Int, first_received_on: Text,
        last_received_on: Text, search_key: Text, version: Int,
    }
);

fn step(step: Option<&Step>) -> [Val; 2] {
    args![step.map(|step| step.by), step.map(|step| step.at)]
}

fn values(c: &Consignment) -> Vec<Val> {
    let (counts, checked) = (&c.counts, &c.counts.checked);
    let mut out = args![
        c.id,
        &c.country,
        c.year,
        c.number,
        &c.code,
        c.deployment,
        c.member,
        c.kind.code(),
        &c.service_class,
        &c.to_place,
        c.planned_on,
        c.stage.code(),
        c.lines,
        counts.units,
        counts.arrived,
        checked.good,
        checked.damaged,
        checked.short,
        checked.surplus,
        counts.confirmed,
        counts.disputed,
        counts.open_discrepancies,
        c.note.clone(),
        c.reason.clone(),
        c.requested.by,
        c.requested.at
    ]
    .to_vec();
    out.extend(step(c.decided.as_ref()));
    out.push(c.dispatched_on.into());
    out.extend(step(c.dispatched.as_ref()));
    out.extend(upload_args(c.paper.as_ref()));
    out.push(c.arrived_on.into());
    out.extend(step(c.closed.as_ref()));
    out.extend(args![
        c.first_received_on,
        c.last_received_on,
        base::fold(&c.code),
        c.version
    ]);
    out
}

macro_rules! consignments {
    ($rest:expr) => {
        concat!(
            "SELECT c.id, c.country, c.year, c.number, c.code, c.deployment_id, c.member_id, c.kind, \
             c.service_class, c.to_place, c.planned_on, c.stage, c.line_count, c.units, c.arrived, \
             c.good, c.damaged, c.short, c.surplus, c.confirmed, c.disputed, c.open_discrepancies, \
             c.note, c.reason, c.requested_by, c.requested_at, c.decided_by, c.decided_at, \
             c.dispatched_on, c.dispatched_by, c.dispatched_at, c.paper_hash, c.paper_name, \
             c.paper_mime, c.paper_size, c.arrived_on, c.closed_by, c.closed_at, \
             c.first_received_on, c.last_received_on, c.version FROM consignment c ",
            $rest
        )
    };
}

fn read_step(r: &mut Reader<'_>) -> Result<Option<Step>> {
    let (by, at) = (r.opt_id()?, r.opt_moment()?);
    Ok(by.zip(at).map(|(by, at)| Step { by, at }))
}

fn read(row: &Row) -> Result<Consignment> {
    let mut r = row.read();
    Ok(Consignment {
        id: r.id()?,
        country: r.text()?,
        year: r.int()?,
        number: r.int()?,
        code: r.text()?,
        deployment: r.id()?,
        member: r.id()?,
        kind: Kind::stored(r.str()?)?,
        service_class: r.text()?,
        to_place: r.text()?,
        planned_on: r.day()?,
        stage: Stage::stored(r.str()?)?,
        lines: r.int()?,
        counts: Counts {
            units: r.int()?,
            arrived: r.int()?,
            checked: Checked {
                good: r.int()?,
                damaged: r.int()?,
                short: r.int()?,
                surplus: r.int()?,
            },
            confirmed: r.int()?,
            disputed: r.int()?,
            open_discrepancies: r.int()?,
        },
        note: r.opt_text()?,
        reason: r.opt_text()?,
        requested: Step {
            by: r.id()?,
            at: r.moment()?,
        },
        decided: read_step(&mut r)?,
        dispatched_on: r.opt_day()?,
        dispatched: read_step(&mut r)?,
        paper: read_upload(&mut r)?,
        arrived_on: r.opt_day()?,
        closed: read_step(&mut r)?,
        first_received_on: r.opt_day()?,
        last_received_on: r.opt_day()?,
        version: r.int()?,
    })
}

/// The next free number of a country's consignments in a year.
pub(crate) fn next_number(tx: &mut Tx, country: &str, year: i64) -> Result<i64> {
    tx.lock(&format!("consignment number {country}"))?;
    let sql = "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM consignment \
        WHERE country = $1 AND year = $2";
    Ok(tx.one(sql, &args![country, year])?.read().int()? + 1)
}

pub(crate) fn add(tx: &mut Tx, consignment: &Consignment) -> Result<()> {
    tx.add(&CONSIGNMENT, values(consignment))
}

/// Saves a consignment that was read by [`hold`].
pub(crate) fn change(tx: &mut Tx, consignment: &mut Consignment) -> Result<()> {
    consignment.version = tx.change(&CONSIGNMENT, values(consignment), consignment.version)?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Consignment> {
    read(&tx.one(consignments!("WHERE c.id = $1"), &args![id])?)
}

/// A consignment nobody else changes until the transaction ends.
pub(crate) fn hold(tx: &mut Tx, id: Id) -> Result<Consignment> {
    read(&tx.one(consignments!("WHERE c.id = $1 FOR UPDATE"), &args![id])?)
}

/// The consignments of a deployment, oldest first.
pub(crate) fn of_deployment(tx: &mut Tx, deployment: Id) -> Result<Vec<Consignment>> {
    let sql = consignments!("WHERE c.deployment_id = $1 ORDER BY c.id");
    tx.rows(sql, &args![deployment])?.iter().map(read).collect()
}

/// What a list of consignments is asked for.
#[derive(Default)]
pub(crate) struct Wanted<'a> {
    pub after: (&'a str, Option<Id>),
    /// The beginning of a code, folded.
    pub q: Option<&'a str>,
    pub country: Option<&'a str>,
    pub member: Option<Id>,
    pub service_class: Option<&'a str>,
    pub kind: Option<&'a str>,
    pub standing: Option<&'a str>,
    pub overdue: Option<bool>,
    pub limit: i64,
}

/// Where a consignment stands, in the words of [`crate::rules::standing`].
macro_rules! standing {
    () => {
        "CASE WHEN c.stage IN ('rejected', 'withdrawn', 'closed') THEN c.stage \
         WHEN c.open_discrepancies > 0 THEN 'discrepancy_open' \
         WHEN c.good + c.damaged + c.short >= c.units THEN 'received' \
         WHEN c.good + c.damaged + c.short > 0 THEN 'partly_received' \
         WHEN c.stage = 'accepted' AND c.arrived > 0 AND c.arrived < c.units THEN 'dispatched' \
         WHEN c.stage IN ('accepted', 'dispatched') AND c.arrived >= c.units THEN 'arrived' \
         ELSE c.stage END"
    };
}

/// Whom a list is for: strangers see what was received, the parties their own, the secretariat all.
pub(crate) struct Seen {
    pub all: bool,
    pub countries: Vec<String>,
    pub members: Vec<Id>,
}

impl Seen {
    fn texts(&self) -> (String, String) {
        let bar = |all: Vec<String>| format!("|{}|", all.join("|"));
        let members = self.members.iter().map(ToString::to_string).collect();
        (bar(self.countries.clone()), bar(members))
    }
    /// Whether the consignment is among them.
    pub(crate) fn has(&self, c: &Consignment) -> bool {
        self.all || self.countries.contains(&c.country) || self.members.contains(&c.member)
    }
}

/// A page of consignments, by the day they should be there.
pub(crate) fn page(
    tx: &mut Tx,
    wanted: &Wanted<'_>,
    seen: &Seen,
    today: Day,
) -> Result<Vec<Consignment>> {
    let (countries, members) = seen.texts();
    let prefix = wanted.q.map(|q| format!("{}%", escaped(q)));
    let sql = consignments!(concat!(
        "WHERE (CAST($1 AS UUID) IS NULL OR (c.planned_on, c.id) > ($2, CAST($1 AS UUID))) \
         AND (CAST($3 AS TEXT) IS NULL OR c.search_key LIKE CAST($3 AS TEXT) ESCAPE '!') \
         AND (CAST($4 AS TEXT) IS NULL OR c.country = CAST($4 AS TEXT)) \
         AND (CAST($5 AS UUID) IS NULL OR c.member_id = CAST($5 AS UUID)) \
         AND (CAST($6 AS TEXT) IS NULL OR c.service_class = CAST($6 AS TEXT)) \
         AND (CAST($7 AS TEXT) IS NULL OR c.kind = CAST($7 AS TEXT)) \
         AND (CAST($8 AS TEXT) IS NULL OR ",
        standing!(),
        " = CAST($8 AS TEXT)) \
         AND (CAST($9 AS BOOLEAN) IS NULL OR CAST($9 AS BOOLEAN) = (c.planned_on < $10 \
           AND c.stage IN ('requested', 'accepted', 'on_hold', 'dispatched') \
           AND c.good + c.damaged + c.short < c.units)) \
         AND (CAST($11 AS BOOLEAN) OR c.first_received_on IS NOT NULL \
           OR CAST($12 AS TEXT) LIKE '%|' || c.country || '|%' ESCAPE '!' \
           OR CAST($13 AS TEXT) LIKE '%|' || CAST(c.member_id AS TEXT) || '|%' ESCAPE '!') \
         ORDER BY c.planned_on, c.id LIMIT $14"
    ));
    let (after, id) = wanted.after;
    let found = tx.rows(
        sql,
        &args![
            id,
            after,
            prefix,
            wanted.country,
            wanted.member,
            wanted.service_class,
            wanted.kind,
            wanted.standing,
            wanted.overdue,
            today,
            seen.all,
            countries,
            members,
            wanted.limit
        ],
    )?;
    found.iter().map(read).collect()
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if matches!(c, '%' | '_' | '!') {
            out.push('!');
        }
        out.push(c);
        out
    })
}

/// Consignments in a stage in a country or of a member, the earliest planned first.
pub(crate) fn in_stage(
    tx: &mut Tx,
    stage: Stage,
    country: Option<&str>,
    member: Option<Id>,
    limit: i64,
) -> Result<Vec<Consignment>> {
    let sql = consignments!(
        "WHERE c.stage = $1 AND (CAST($2 AS TEXT) IS NULL OR c.country = CAST($2 AS TEXT)) \
         AND (CAST($3 AS UUID) IS NULL OR c.member_id = CAST($3 AS UUID)) \
         ORDER BY c.planned_on, c.id LIMIT $4"
    );
    let found = tx.rows(sql, &args![stage.code(), country, member, limit])?;
    found.iter().map(read).collect()
}

/// Somebody checked something of the consignment in while signed in.
pub(crate) fn has_checked_in(tx: &mut Tx, consignment: Id, account: Id) -> Result<bool> {
    let sql = "SELECT 1 FROM receipt WHERE consignment_id = $1 AND said_by = $2 LIMIT 1";
    Ok(tx.row(sql, &args![consignment, account])?.is_some())
}

/// Consignments whose sums are not those of their rows.
pub(crate) fn out_of_balance(tx: &mut Tx) -> Result<Vec<String>> {
    let sql = "SELECT c.code FROM consignment c WHERE \
        c.units <> (SELECT COALESCE(CAST(SUM(l.units) AS BIGINT), 0) FROM consignment_line l WHERE l.consignment_id = c.id) \
        OR c.arrived <> (SELECT COALESCE(CAST(SUM(l.units) AS BIGINT), 0) FROM consignment_line l \
            JOIN consignment_arrival a ON a.consignment_line_id = l.id WHERE l.consignment_id = c.id) \
        OR c.good <> (SELECT COALESCE(CAST(SUM(r.good) AS BIGINT), 0) FROM receipt r WHERE r.consignment_id = c.id) \
        OR c.damaged <> (SELECT COALESCE(CAST(SUM(r.damaged) AS BIGINT), 0) FROM receipt r WHERE r.consignment_id = c.id) \
        OR c.short <> (SELECT COALESCE(CAST(SUM(r.short) AS BIGINT), 0) FROM receipt r WHERE r.consignment_id = c.id) \
        OR c.surplus <> (SELECT COALESCE(CAST(SUM(r.surplus) AS BIGINT), 0) FROM receipt r WHERE r.consignment_id = c.id) \
        OR c.disputed <> (SELECT COALESCE(CAST(SUM(d.open_units) AS BIGINT), 0) FROM discrepancy d WHERE d.consignment_id = c.id) \
        OR c.open_discrepancies <> (SELECT COUNT(*) FROM discrepancy d WHERE d.consignment_id = c.id AND d.open_units > 0) \
        OR c.confirmed <> c.good + (SELECT COALESCE(CAST(SUM(CASE WHEN d.late THEN 0 ELSE d.found + d.replaced END \
            - CASE WHEN d.late THEN d.lost + d.returned ELSE 0 END) AS BIGINT), 0) FROM discrepancy d WHERE d.consignment_id = c.id) \
        ORDER BY c.id LIMIT 100";
    let found = tx.rows(sql, &[])?;
    found.iter().map(|row| row.read().text()).collect()
}

/// The year of a moment.
pub(crate) fn year(now: Moment) -> i64 {
    i64::from(now.day().parts().0)
}
