//! Sums for other rooms: by deployment, by department, and every received line in turn.

use crate::{Received, Scope, Tally};
use base::{Id, Result};
use db::{Row, Tx, args};

/// The sums of a deployment's consignments.
pub(crate) fn tally(tx: &mut Tx, deployment: Id) -> Result<Tally> {
    let sql = "SELECT CAST(COALESCE(SUM(CASE WHEN dispatched_on IS NOT NULL THEN units ELSE 0 END), 0) AS BIGINT), \
        CAST(COALESCE(SUM(arrived), 0) AS BIGINT), CAST(COALESCE(SUM(confirmed), 0) AS BIGINT), \
        CAST(COALESCE(SUM(damaged), 0) AS BIGINT), CAST(COALESCE(SUM(short), 0) AS BIGINT), \
        CAST(COALESCE(SUM(surplus), 0) AS BIGINT), CAST(COALESCE(SUM(open_discrepancies), 0) AS BIGINT), \
        MIN(first_received_on), MAX(last_received_on) FROM consignment WHERE deployment_id = $1";
    read_tally(&mut tx.one(sql, &args![deployment])?.read())
}

fn read_tally(r: &mut db::Reader<'_>) -> Result<Tally> {
    Ok(Tally {
        dispatched: r.int()?,
        arrived: r.int()?,
        good: r.int()?,
        damaged: r.int()?,
        short: r.int()?,
        surplus: r.int()?,
        open_discrepancies: r.int()?,
        first_on: r.opt_day()?,
        last_on: r.opt_day()?,
    })
}

/// The sums of a deployment's consignments, by department.
pub(crate) fn by_department(tx: &mut Tx, deployment: Id) -> Result<Vec<(String, Tally)>> {
    let sql = "SELECT l.department, \
        CAST(SUM(CASE WHEN c.dispatched_on IS NOT NULL THEN l.units ELSE 0 END) AS BIGINT), \
        CAST(SUM(CASE WHEN a.arrived_on IS NOT NULL THEN l.units ELSE 0 END) AS BIGINT), \
        CAST(SUM(COALESCE(r.good, 0) + COALESCE(d.made_good, 0)) AS BIGINT), \
        CAST(SUM(COALESCE(r.damaged, 0)) AS BIGINT), CAST(SUM(COALESCE(r.short, 0)) AS BIGINT), \
        CAST(SUM(COALESCE(r.surplus, 0)) AS BIGINT), CAST(SUM(COALESCE(d.open, 0)) AS BIGINT), \
        MIN(r.first_on), MAX(r.last_on) \
        FROM consignment c JOIN consignment_line l ON l.consignment_id = c.id \
        LEFT JOIN consignment_arrival a ON a.consignment_line_id = l.id \
        LEFT JOIN (SELECT x.consignment_line_id, SUM(x.good) AS good, SUM(x.damaged) AS damaged, \
            SUM(x.short) AS short, SUM(x.surplus) AS surplus, MIN(x.received_on) AS first_on, \
            MAX(x.received_on) AS last_on FROM receipt x JOIN consignment y ON y.id = x.consignment_id \
            WHERE y.deployment_id = $1 GROUP BY x.consignment_line_id) r ON r.consignment_line_id = l.id \
        LEFT JOIN (SELECT x.consignment_line_id, \
            SUM(CASE WHEN x.late THEN 0 - x.lost - x.returned ELSE x.found + x.replaced END) AS made_good, \
            SUM(CASE WHEN x.open_units > 0 THEN 1 ELSE 0 END) AS open FROM discrepancy x \
            JOIN consignment y ON y.id = x.consignment_id WHERE y.deployment_id = $1 \
            GROUP BY x.consignment_line_id) d ON d.consignment_line_id = l.id \
        WHERE c.deployment_id = $1 AND c.stage NOT IN ('rejected', 'withdrawn') \
        GROUP BY l.department ORDER BY l.department";
    let found = tx.rows(sql, &args![deployment])?;
    found
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.text()?, read_tally(&mut r)?))
        })
        .collect()
}

macro_rules! received {
    ($where:expr) => {
        concat!(
            "SELECT c.id, c.code, c.deployment_id, c.country, c.member_id, l.line_id, l.department, l.place, \
             l.school, c.service_class, r.good, COALESCE(d.made_good, 0), r.damaged, r.short, r.surplus, \
             r.last_on FROM consignment c JOIN consignment_line l ON l.consignment_id = c.id \
             JOIN (SELECT consignment_line_id, CAST(SUM(good) AS BIGINT) AS good, \
               CAST(SUM(damaged) AS BIGINT) AS damaged, CAST(SUM(short) AS BIGINT) AS short, \
               CAST(SUM(surplus) AS BIGINT) AS surplus, MAX(received_on) AS last_on FROM receipt \
               GROUP BY consignment_line_id) r ON r.consignment_line_id = l.id \
             LEFT JOIN (SELECT consignment_line_id, CAST(SUM(CASE WHEN late THEN 0 - lost - returned \
               ELSE found + replaced END) AS BIGINT) AS made_good FROM discrepancy \
               GROUP BY consignment_line_id) d ON d.consignment_line_id = l.id ",
            $where,
            " ORDER BY l.id"
        )
    };
}

fn read_received(row: &Row) -> Result<Received> {
    let mut r = row.read();
    Ok(Received {
        consignment: r.id()?,
        code: r.text()?,
        deployment: r.id()?,
        country: r.text()?,
        member: r.id()?,
        line: r.id()?,
        department: r.text()?,
        place: r.text()?,
        school: r.opt_text()?,
        service_class: r.text()?,
        unit: String::new(),
        good: r.int()? + r.int()?,
        damaged: r.int()?,
        short: r.int()?,
        surplus: r.int()?,
        on: r.day()?,
    })
}

/// Every line somebody checked in, streamed.
pub(crate) fn each_received(
    tx: &mut Tx,
    scope: &Scope,
    f: &mut dyn FnMut(Received) -> Result<()>,
) -> Result<()> {
    let mut one = |row: Row| f(read_received(&row)?);
    match scope {
        Scope::Everything => tx.each(received!(""), &[], &mut one),
        Scope::Country(code) => tx.each(received!("WHERE c.country = $1"), &args![code], &mut one),
        Scope::Member(id) => tx.each(received!("WHERE c.member_id = $1"), &args![*id], &mut one),
        Scope::Deployment(id) => tx.each(
            received!("WHERE c.deployment_id = $1"),
            &args![*id],
            &mut one,
        ),
    }
}
