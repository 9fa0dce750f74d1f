//! Who does what where: what is kept of a country's areas and services.

use base::{Day, Id, Result};
use db::{Tx, args};

/// A deployment in a first-level area, or in the whole country.
#[derive(Clone, Debug)]
pub(crate) struct There {
    pub place: String,
    pub is_country: bool,
    /// It chose the very place, or several below it and maybe others.
    pub service_class: String,
    pub deployment: Id,
    pub member: Id,
    pub reach: Option<i64>,
    /// How many first-level areas it is in; a country-wide one is in none alone.
    pub areas: i64,
}

/// What goes on or is planned in a country from a day on, by area.
pub(crate) fn there(tx: &mut Tx, country: &str, today: Day) -> Result<Vec<There>> {
    let sql = "SELECT p.place_code, g.level, d.service_class, d.id, d.member_id, d.reach_planned, \
               (SELECT COUNT(*) FROM deployment_place q JOIN place h ON h.code = q.place_code \
                WHERE q.deployment_id = d.id AND h.level = 1) \
               FROM deployment d JOIN deployment_place p ON p.deployment_id = d.id \
               JOIN place g ON g.code = p.place_code WHERE d.country = $1 \
               AND (p.to_on >= $2 OR d.stage IN ('planned', 'active', 'paused', 'completion_claimed')) \
               AND (g.level = 1 OR (g.level = 0 AND p.chosen)) ORDER BY p.place_code, d.id";
    let mut out = Vec::new();
    tx.each(sql, &args![country, today], &mut |row| {
        let mut r = row.read();
        out.push(There {
            place: r.text()?,
            is_country: r.int()? == 0,
            service_class: r.text()?,
            deployment: r.id()?,
            member: r.id()?,
            reach: r.opt_int()?,
            areas: r.int()?,
        });
        Ok(())
    })?;
    Ok(out)
}

/// What is asked for in an area: by how many needs, for how many learners, and how many lines name
/// no number.
pub(crate) struct Asked {
    pub area: String,
    pub service_class: String,
    pub needs: i64,
    pub learners: i64,
    pub unknown: i64,
}

/// What published needs ask for, by area and service.
pub(crate) fn asked(tx: &mut Tx, country: &str) -> Result<Vec<Asked>> {
    let sql = "SELECT a.department, n.service_class, COUNT(*), CAST(SUM(a.learners) AS BIGINT), \
               CAST(SUM(a.learners_unknown) AS BIGINT) FROM need n JOIN need_area a ON a.need_id = n.id \
               WHERE n.country = $1 AND n.published_at IS NOT NULL AND (n.ended IS NULL OR n.ended <> 'withdrawn') \
               GROUP BY a.department, n.service_class ORDER BY a.department, n.service_class";
    tx.rows(sql, &args![country])?
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok(Asked {
                area: r.text()?,
                service_class: r.text()?,
                needs: r.int()?,
                learners: r.int()?,
                unknown: r.int()?,
            })
        })
        .collect()
}

/// The organisations that carry out what goes on in a country.
pub(crate) fn implementers(tx: &mut Tx, country: &str) -> Result<Vec<(Id, Id)>> {
    let sql = "SELECT o.deployment_id, o.organisation_id FROM deployment_organisation o \
               JOIN deployment d ON d.id = o.deployment_id WHERE d.country = $1 \
               ORDER BY o.deployment_id, o.organisation_id";
    tx.rows(sql, &args![country])?
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.id()?, r.id()?))
        })
        .collect()
}

/// The countries where something is asked for or planned, by code.
pub(crate) fn countries(tx: &mut Tx) -> Result<Vec<String>> {
    let sql = "SELECT country FROM need WHERE published_at IS NOT NULL UNION SELECT country FROM deployment ORDER BY 1";
    tx.rows(sql, &[])?
        .iter()
        .map(|row| row.read().text())
        .collect()
}

/// Learners on need lines that a deployment serves, by area and service; each line once.
pub(crate) fn served(tx: &mut Tx, country: &str) -> Result<Vec<(String, String, i64)>> {
    let sql = "SELECT x.area, x.service_class, CAST(COALESCE(SUM(l.learners), 0) AS BIGINT) FROM \
               (SELECT DISTINCT dl.line_id, dl.area, d.service_class FROM deployment d \
                JOIN deployment_line dl ON dl.deployment_id = d.id \
                WHERE d.country = $1 AND d.stage <> 'cancelled') x JOIN need_line l ON l.id = x.line_id \
               GROUP BY x.area, x.service_class ORDER BY x.area, x.service_class";
    tx.rows(sql, &args![country])?
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.text()?, r.text()?, r.int()?))
        })
        .collect()
}
