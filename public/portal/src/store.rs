//! What is read across the rooms, in sums: this room writes nothing.

use crate::rules::Learners;
use base::{Day, Id, Moment, Names, Result};
use db::{Row, Tx, args};
use serde_json::Value;

/// Where the units of a service class are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Units {
    pub(crate) class: String,
    pub(crate) lines: i64,
    pub(crate) quantity: i64,
    /// In the order of the ledger's buckets.
    pub(crate) buckets: [i64; 8],
}

/// Where the units of all validated needs are, by service class.
///
/// # Errors
/// A fault of the database.
pub(crate) fn units(tx: &mut Tx) -> Result<Vec<Units>> {
    let sql = "SELECT need.service_class, COUNT(*), CAST(SUM(balance.quantity) AS BIGINT), \
        CAST(SUM(balance.uncovered) AS BIGINT), CAST(SUM(balance.proposed) AS BIGINT), \
        CAST(SUM(balance.committed) AS BIGINT), CAST(SUM(balance.in_transit) AS BIGINT), \
        CAST(SUM(balance.delivered) AS BIGINT), CAST(SUM(balance.confirmed) AS BIGINT), \
        CAST(SUM(balance.returned) AS BIGINT), CAST(SUM(balance.lost) AS BIGINT) \
        FROM need JOIN need_line ON need_line.need_id = need.id \
        JOIN balance ON balance.line_id = need_line.id \
        WHERE need.published_at IS NOT NULL \
        GROUP BY need.service_class ORDER BY need.service_class";
    let read = |row: &Row| {
        let mut r = row.read();
        let (class, lines, quantity) = (r.text()?, r.int()?, r.int()?);
        let mut buckets = [0; 8];
        for bucket in &mut buckets {
            *bucket = r.int()?;
        }
        Ok(Units {
            class,
            lines,
            quantity,
            buckets,
        })
    };
    tx.rows(sql, &[])?.iter().map(read).collect()
}

/// The learners validated needs are about, by area.
///
/// # Errors
/// A fault of the database.
pub(crate) fn learners(tx: &mut Tx) -> Result<Vec<Learners>> {
    let sql = "SELECT country, department, of_schools, CAST(COALESCE(SUM(most), 0) AS BIGINT), \
        CAST(COALESCE(MAX(most), 0) AS BIGINT), COUNT(*), COUNT(*) - COUNT(most) FROM ( \
            SELECT need.country AS country, need_line.department AS department, \
            need_line.school_code IS NOT NULL AS of_schools, MAX(need_line.learners) AS most \
            FROM need JOIN need_line ON need_line.need_id = need.id \
            WHERE need.published_at IS NOT NULL \
            GROUP BY need.country, need_line.department, need_line.place_code, need_line.school_code \
        ) AS place GROUP BY country, department, of_schools ORDER BY country, department, of_schools";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(Learners {
            country: r.text()?,
            area: r.text()?,
            of_schools: r.bool()?,
            sum: r.int()?,
            most: r.int()?,
            places: r.int()?,
            unknown: r.int()?,
        })
    };
    tx.rows(sql, &[])?.iter().map(read).collect()
}

/// A country with validated needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Country {
    pub(crate) code: String,
    pub(crate) names: Names,
    pub(crate) needs: i64,
    pub(crate) lines: i64,
}

/// The countries with validated needs, by code.
///
/// # Errors
/// A fault of the database.
pub(crate) fn countries(tx: &mut Tx) -> Result<Vec<Country>> {
    let sql = "SELECT need.country, COUNT(DISTINCT need.id), \
        CAST(COALESCE(SUM(need_area.lines), 0) AS BIGINT) \
        FROM need LEFT JOIN need_area ON need_area.need_id = need.id \
        WHERE need.published_at IS NOT NULL GROUP BY need.country ORDER BY need.country";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(Country {
            code: r.text()?,
            names: Names::default(),
            needs: r.int()?,
            lines: r.int()?,
        })
    };
    let mut found: Vec<Country> = tx.rows(sql, &[])?.iter().map(read).collect::<Result<_>>()?;
    for country in &mut found {
        country.names = places::country(tx, &country.code)?.names;
    }
    Ok(found)
}

/// When requests were received and answered; withdrawn ones wait for no answer.
///
/// # Errors
/// A fault of the database.
pub(crate) fn requests(tx: &mut Tx) -> Result<Vec<(i64, Option<i64>)>> {
    let sql = "SELECT received_at, answered_at FROM request \
        WHERE received_at IS NOT NULL AND (state <> 'withdrawn' OR answered_at IS NOT NULL) \
        ORDER BY received_at, id";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok((r.int()?, r.opt_int()?))
    };
    tx.rows(sql, &[])?.iter().map(read).collect()
}

/// A matching round that is done.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Round {
    pub(crate) id: Id,
    pub(crate) number: i64,
    pub(crate) finished_at: Option<Moment>,
    pub(crate) objective: Option<f64>,
    pub(crate) upper_bound: Option<f64>,
    pub(crate) gap: Option<f64>,
    pub(crate) counterfactual: Option<Counterfactual>,
}

/// Shares of what the hardest places need that a plan serves, with the rule that puts them first
/// and without it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Counterfactual {
    pub(crate) with: f64,
    pub(crate) without: f64,
}

fn counterfactual(outcome: &Value) -> Option<Counterfactual> {
    let shares = outcome.get("counterfactual")?.get("priority")?;
    let (with, without) = (
        shares.get("with")?.as_f64()?,
        shares.get("without")?.as_f64()?,
    );
    Some(Counterfactual { with, without })
}

/// The latest round that is done.
///
/// # Errors
/// A fault of the database.
pub(crate) fn latest_round(tx: &mut Tx) -> Result<Option<Round>> {
    let sql = "SELECT id, number, finished_at, objective, upper_bound, gap, outcome FROM matching_round \
        WHERE state = 'done' ORDER BY number DESC, id LIMIT 1";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(Round {
            id: r.id()?,
            number: r.int()?,
            finished_at: r.opt_moment()?,
            objective: r.opt_real()?,
            upper_bound: r.opt_real()?,
            gap: r.opt_real()?,
            counterfactual: counterfactual(&r.json()?),
        })
    };
    tx.row(sql, &[])?.as_ref().map(read).transpose()
}

/// Calls for support that are published and not over.
///
/// # Errors
/// A fault of the database.
pub(crate) fn open_calls(tx: &mut Tx, today: Day) -> Result<i64> {
    let sql =
        "SELECT COUNT(*) FROM call_for_support WHERE published_at IS NOT NULL AND closes_on >= $1";
    tx.one(sql, &args![today])?.read().int()
}

/// What tells this chain of facts from every other: the fingerprint of its first fact.
///
/// # Errors
/// A fault of the database.
pub(crate) fn lineage(tx: &mut Tx) -> Result<Option<String>> {
    let row = tx.row("SELECT hash FROM fact WHERE seq = 1", &[])?;
    row.map(|row| row.read().text()).transpose()
}
