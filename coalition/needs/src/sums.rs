//! What published needs come to, in sums: for counts of everything.

use base::{Moment, Result};
use db::{Row, Tx};

/// Where the units of a service class are in a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Units {
    pub country: String,
    pub service_class: String,
    pub lines: i64,
    pub quantity: i64,
    /// In the order of the ledger's buckets.
    pub buckets: [i64; 8],
}

/// Where the units of all published needs are, by country and service class.
///
/// # Errors
/// A fault of the database.
pub fn units(tx: &mut Tx) -> Result<Vec<Units>> {
    let sql = "SELECT need.country, need.service_class, COUNT(*), \
        CAST(SUM(balance.quantity) AS BIGINT), CAST(SUM(balance.uncovered) AS BIGINT), \
        CAST(SUM(balance.proposed) AS BIGINT), CAST(SUM(balance.committed) AS BIGINT), \
        CAST(SUM(balance.in_transit) AS BIGINT), CAST(SUM(balance.delivered) AS BIGINT), \
        CAST(SUM(balance.confirmed) AS BIGINT), CAST(SUM(balance.returned) AS BIGINT), \
        CAST(SUM(balance.lost) AS BIGINT) \
        FROM need JOIN need_line ON need_line.need_id = need.id \
        JOIN balance ON balance.line_id = need_line.id \
        WHERE need.published_at IS NOT NULL \
        GROUP BY need.country, need.service_class ORDER BY need.country, need.service_class";
    let read = |row: &Row| {
        let mut r = row.read();
        let (country, service_class) = (r.text()?, r.text()?);
        let (lines, quantity) = (r.int()?, r.int()?);
        let mut buckets = [0; 8];
        for bucket in &mut buckets {
            *bucket = r.int()?;
        }
        Ok(Units {
            country,
            service_class,
            lines,
            quantity,
            buckets,
        })
    };
    tx.rows(sql, &[])?.iter().map(read).collect()
}

/// Learners in one first-level area, told apart by whether the lines name a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learners {
    pub country: String,
    /// First-level area; the country itself when only that is known.
    pub area: String,
    pub of_schools: bool,
    /// The largest number any line says of a place, added up over the places.
    pub sum: i64,
    /// The largest number any line says of one place.
    pub most: i64,
    pub places: i64,
    /// Places of which no line knows a number.
    pub unknown: i64,
}

/// The learners published needs are about, by area.
///
/// # Errors
/// A fault of the database.
pub fn learners(tx: &mut Tx) -> Result<Vec<Learners>> {
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

/// The countries with published needs, and how many.
///
/// # Errors
/// A fault of the database.
pub fn countries(tx: &mut Tx) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT country, COUNT(*) FROM need WHERE published_at IS NOT NULL \
        GROUP BY country ORDER BY country";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok((r.text()?, r.int()?))
    };
    tx.rows(sql, &[])?.iter().map(read).collect()
}

/// When a request of a country was received, and when it was answered.
pub type Answered = (String, Moment, Option<Moment>);

/// When requests were received and answered; withdrawn ones wait for no answer.
///
/// # Errors
/// A fault of the database.
pub fn answers(tx: &mut Tx) -> Result<Vec<Answered>> {
    let sql = "SELECT country, received_at, answered_at FROM request \
        WHERE received_at IS NOT NULL AND (state <> 'withdrawn' OR answered_at IS NOT NULL) \
        ORDER BY received_at, id";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok((r.text()?, r.moment()?, r.opt_moment()?))
    };
    tx.rows(sql, &[])?.iter().map(read).collect()
}
