//! The lines of consignments, what is known of each, and the member's word that they arrived.

use crate::consignment::{Checked, ConsignmentLine};
use crate::rules::{Known, Settled};
use base::{Day, Id, Moment, Result};
use db::{Reader, Row, Tx, Val, args};
use std::collections::BTreeMap;

db::table!(
    /// Units for need lines, within consignments; never changed.
    CONSIGNMENT_LINE = "consignment_line" key 1 {
        id: Id, consignment_id: Id, line_id: Id, proposal_id: Id, offer_id: Id, units: Int, place: Text,
        department: Text, school: Text, label: Text, search_key: Text,
    }
);
db::table!(
    /// A member's word that a line arrived or was given; never taken back.
    ARRIVAL = "consignment_arrival" key 1 {
        consignment_line_id: Id, consignment_id: Id, arrived_on: Text, said_by: Id, said_at: Int,
    }
);

fn search_key(line: &ConsignmentLine) -> String {
    base::fold(&format!(
        "{} {}",
        line.label,
        line.school.as_deref().unwrap_or("")
    ))
}

fn values(line: &ConsignmentLine) -> Vec<Val> {
    args![
        line.id,
        line.consignment,
        line.line,
        line.proposal,
        line.offer,
        line.units,
        &line.place,
        &line.department,
        line.school.clone(),
        &line.label,
        search_key(line)
    ]
    .to_vec()
}

pub(crate) fn add_many(tx: &mut Tx, lines: &[ConsignmentLine]) -> Result<()> {
    tx.add_many(&CONSIGNMENT_LINE, lines.iter().map(values).collect())
}

fn read_line(r: &mut Reader<'_>) -> Result<ConsignmentLine> {
    Ok(ConsignmentLine {
        id: r.id()?,
        consignment: r.id()?,
        line: r.id()?,
        proposal: r.id()?,
        offer: r.id()?,
        units: r.int()?,
        place: r.text()?,
        department: r.text()?,
        school: r.opt_text()?,
        label: r.text()?,
    })
}

macro_rules! lines {
    ($rest:expr) => {
        concat!(
            "SELECT l.id, l.consignment_id, l.line_id, l.proposal_id, l.offer_id, l.units, l.place, \
             l.department, l.school, l.label FROM consignment_line l ",
            $rest
        )
    };
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<ConsignmentLine> {
    read_line(&mut tx.one(lines!("WHERE l.id = $1"), &args![id])?.read())
}

/// A line with what is known of it.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub line: ConsignmentLine,
    pub known: Known,
    /// Surplus nobody has decided about; never part of what is known of the line's units.
    pub surplus_open: i64,
    pub arrived_on: Option<Day>,
    /// Folded name and code, the order of lists.
    pub key: String,
}

/// Everything known of lines: their own row, what was checked in, what became of disputes.
macro_rules! told {
    ($where:expr) => {
        concat!(
            "SELECT l.id, l.consignment_id, l.line_id, l.proposal_id, l.offer_id, l.units, l.place, \
             l.department, l.school, l.label, l.search_key, c.dispatched_on, a.arrived_on, \
             COALESCE(r.good, 0), COALESCE(r.damaged, 0), COALESCE(r.short, 0), COALESCE(r.surplus, 0), \
             COALESCE(d.units, 0), COALESCE(d.found, 0), COALESCE(d.replaced, 0), COALESCE(d.lost, 0), \
             COALESCE(d.returned, 0), COALESCE(d.again_lost, 0), COALESCE(d.again_returned, 0), \
             COALESCE(d.late_units, 0), COALESCE(d.late_found, 0), COALESCE(d.late_replaced, 0), \
             COALESCE(d.late_lost, 0), COALESCE(d.late_returned, 0), COALESCE(d.late_again_lost, 0), \
             COALESCE(d.late_again_returned, 0), COALESCE(d.surplus_open, 0) \
             FROM consignment_line l JOIN consignment c ON c.id = l.consignment_id \
             LEFT JOIN consignment_arrival a ON a.consignment_line_id = l.id \
             LEFT JOIN (SELECT consignment_line_id, CAST(SUM(good) AS BIGINT) AS good, \
               CAST(SUM(damaged) AS BIGINT) AS damaged, CAST(SUM(short) AS BIGINT) AS short, \
               CAST(SUM(surplus) AS BIGINT) AS surplus FROM receipt WHERE ",
            $where,
            " GROUP BY consignment_line_id) r ON r.consignment_line_id = l.id \
             LEFT JOIN (SELECT consignment_line_id, \
               CAST(SUM(CASE WHEN late OR wrong = 'surplus' THEN 0 ELSE units END) AS BIGINT) AS units, \
               CAST(SUM(CASE WHEN late OR wrong = 'surplus' THEN 0 ELSE found END) AS BIGINT) AS found, \
               CAST(SUM(CASE WHEN late OR wrong = 'surplus' THEN 0 ELSE replaced END) AS BIGINT) AS replaced, \
               CAST(SUM(CASE WHEN late OR wrong = 'surplus' THEN 0 ELSE lost END) AS BIGINT) AS lost, \
               CAST(SUM(CASE WHEN late OR wrong = 'surplus' THEN 0 ELSE returned END) AS BIGINT) AS returned, \
               CAST(SUM(CASE WHEN late OR wrong = 'surplus' THEN 0 ELSE again_lost END) AS BIGINT) AS again_lost, \
               CAST(SUM(CASE WHEN late OR wrong = 'surplus' THEN 0 ELSE again_returned END) AS BIGINT) AS again_returned, \
               CAST(SUM(CASE WHEN late THEN units ELSE 0 END) AS BIGINT) AS late_units, \
               CAST(SUM(CASE WHEN late THEN found ELSE 0 END) AS BIGINT) AS late_found, \
               CAST(SUM(CASE WHEN late THEN replaced ELSE 0 END) AS BIGINT) AS late_replaced, \
               CAST(SUM(CASE WHEN late THEN lost ELSE 0 END) AS BIGINT) AS late_lost, \
               CAST(SUM(CASE WHEN late THEN returned ELSE 0 END) AS BIGINT) AS late_returned, \
               CAST(SUM(CASE WHEN late THEN again_lost ELSE 0 END) AS BIGINT) AS late_again_lost, \
               CAST(SUM(CASE WHEN late THEN again_returned ELSE 0 END) AS BIGINT) AS late_again_returned, \
               CAST(SUM(CASE WHEN wrong = 'surplus' THEN open_units ELSE 0 END) AS BIGINT) AS surplus_open \
               FROM discrepancy WHERE ",
            $where,
            " GROUP BY consignment_line_id) d ON d.consignment_line_id = l.id "
        )
    };
}

fn read_settled(r: &mut Reader<'_>) -> Result<Settled> {
    Ok(Settled {
        units: r.int()?,
        found: r.int()?,
        replaced: r.int()?,
        lost: r.int()?,
        returned: r.int()?,
        kept: 0,
        given: 0,
        again_lost: r.int()?,
        again_returned: r.int()?,
    })
}

fn read_told(row: &Row) -> Result<Told> {
    let mut r = row.read();
    let line = read_line(&mut r)?;
    let key = r.text()?;
    let (dispatched_on, arrived_on) = (r.opt_day()?, r.opt_day()?);
    let checked = Checked {
        good: r.int()?,
        damaged: r.int()?,
        short: r.int()?,
        surplus: r.int()?,
    };
    let known = Known {
        units: line.units,
        dispatched: dispatched_on.is_some(),
        arrived: arrived_on.is_some(),
        checked,
        settled: read_settled(&mut r)?,
        late: read_settled(&mut r)?,
    };
    Ok(Told {
        line,
        known,
        surplus_open: r.int()?,
        arrived_on,
        key,
    })
}

/// A line with what is known of it.
pub(crate) fn told(tx: &mut Tx, id: Id) -> Result<Told> {
    let sql = concat!(told!("consignment_line_id = $1"), "WHERE l.id = $1");
    read_told(&tx.one(sql, &args![id])?)
}

/// Every line of a consignment with what is known of it.
pub(crate) fn all_told(tx: &mut Tx, consignment: Id) -> Result<Vec<Told>> {
    let sql = concat!(
        told!("consignment_id = $1"),
        "WHERE l.consignment_id = $1 ORDER BY l.search_key, l.id"
    );
    let found = tx.rows(sql, &args![consignment])?;
    found.iter().map(read_told).collect()
}

/// A page of a consignment's lines: by name, of a department, those not checked in yet.
pub(crate) fn page(
    tx: &mut Tx,
    consignment: Id,
    (after, id): (&str, Option<Id>),
    (q, department, pending): (Option<&str>, Option<&str>, bool),
    limit: i64,
) -> Result<Vec<Told>> {
    let like = q.map(|q| format!("%{}%", q.replace(['%', '_', '!'], "")));
    let sql = concat!(
        "WITH page AS (SELECT l.id FROM consignment_line l WHERE l.consignment_id = $1 \
         AND (CAST($2 AS UUID) IS NULL OR (l.search_key, l.id) > ($3, CAST($2 AS UUID))) \
         AND (CAST($4 AS TEXT) IS NULL OR l.search_key LIKE CAST($4 AS TEXT) ESCAPE '!') \
         AND (CAST($5 AS TEXT) IS NULL OR l.department = CAST($5 AS TEXT)) \
         AND (NOT CAST($6 AS BOOLEAN) OR l.units > (SELECT COALESCE(SUM(x.good + x.damaged + x.short), 0) \
           FROM receipt x WHERE x.consignment_line_id = l.id)) \
         ORDER BY l.search_key, l.id LIMIT $7) ",
        told!("consignment_line_id IN (SELECT id FROM page)"),
        "WHERE l.id IN (SELECT id FROM page) ORDER BY l.search_key, l.id"
    );
    let found = tx.rows(
        sql,
        &args![consignment, id, after, like, department, pending, limit],
    )?;
    found.iter().map(read_told).collect()
}

/// The departments a consignment goes to, with their units.
pub(crate) fn departments(tx: &mut Tx, consignment: Id) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT department, CAST(SUM(units) AS BIGINT) FROM consignment_line \
        WHERE consignment_id = $1 GROUP BY department ORDER BY department";
    let found = tx.rows(sql, &args![consignment])?;
    found
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.text()?, r.int()?))
        })
        .collect()
}

/// Units of a deployment's lines that stand in consignments, neither turned down nor withdrawn.
pub(crate) fn consigned(tx: &mut Tx, deployment: Id) -> Result<BTreeMap<(Id, Id), i64>> {
    let sql = "SELECT l.line_id, l.proposal_id, CAST(SUM(l.units) AS BIGINT) FROM consignment_line l \
        JOIN consignment c ON c.id = l.consignment_id \
        WHERE c.deployment_id = $1 AND c.stage NOT IN ('rejected', 'withdrawn') \
        GROUP BY l.line_id, l.proposal_id";
    let found = tx.rows(sql, &args![deployment])?;
    found
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok(((r.id()?, r.id()?), r.int()?))
        })
        .collect()
}

/// Writes down that lines arrived.
pub(crate) fn arrive(
    tx: &mut Tx,
    lines: &[&ConsignmentLine],
    on: Day,
    (by, at): (Id, Moment),
) -> Result<()> {
    let row = |line: &&ConsignmentLine| args![line.id, line.consignment, on, by, at].to_vec();
    tx.add_many(&ARRIVAL, lines.iter().map(row).collect())
}

/// Whether somebody of the member said that something of the consignment arrived.
pub(crate) fn has_said_arrival(tx: &mut Tx, consignment: Id, account: Id) -> Result<bool> {
    let sql =
        "SELECT 1 FROM consignment_arrival WHERE consignment_id = $1 AND said_by = $2 LIMIT 1";
    Ok(tx.row(sql, &args![consignment, account])?.is_some())
}
