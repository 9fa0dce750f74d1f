//! The units of need lines a deployment serves.

use crate::deployment::DeployedLine;
use base::{Id, Result};
use db::{Row, Tx, Val, args};
use std::collections::BTreeMap;

db::table!(
    /// Units of need lines, by the proposal and quarter they were agreed in.
    LINE = "deployment_line" key 4 {
        deployment_id: Id, line_id: Id, proposal_id: Id, period: Int, need_id: Id, offer_id: Id,
        area: Text, units: Int, given: Int, sent: Int, returned: Int,
    }
);
db::table!(
    /// The needs a deployment serves.
    NEED = "deployment_need" key 2 { deployment_id: Id, need_id: Id }
);

/// A row as it is kept: units of one quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    pub deployment: Id,
    pub line: Id,
    pub proposal: Id,
    /// As `offers::Period` counts; -1 where periods play no part.
    pub period: i64,
    pub need: Id,
    pub offer: Id,
    pub area: String,
    pub units: i64,
    /// Units the member gives for them, in whole lots.
    pub given: i64,
    pub sent: i64,
    pub returned: i64,
}

impl Kept {
    pub(crate) const fn left(&self) -> i64 {
        self.units - self.sent - self.returned
    }
    fn values(&self) -> Vec<Val> {
        args![
            self.deployment,
            self.line,
            self.proposal,
            self.period,
            self.need,
            self.offer,
            &self.area,
            self.units,
            self.given,
            self.sent,
            self.returned
        ]
        .to_vec()
    }
}

fn read(row: &Row) -> Result<Kept> {
    let mut r = row.read();
    Ok(Kept {
        deployment: r.id()?,
        line: r.id()?,
        proposal: r.id()?,
        period: r.int()?,
        need: r.id()?,
        offer: r.id()?,
        area: r.text()?,
        units: r.int()?,
        given: r.int()?,
        sent: r.int()?,
        returned: r.int()?,
    })
}

pub(crate) fn add(tx: &mut Tx, rows: &[Kept]) -> Result<()> {
    tx.add_many(&LINE, rows.iter().map(Kept::values).collect())
}
pub(crate) fn put(tx: &mut Tx, row: &Kept) -> Result<()> {
    tx.put(&LINE, row.values())
}
pub(crate) fn add_needs(tx: &mut Tx, deployment: Id, needs: &[Id]) -> Result<()> {
    tx.add_many(
        &NEED,
        needs
            .iter()
            .map(|need| args![deployment, *need].to_vec())
            .collect(),
    )
}

/// Every row of a deployment, by line.
pub(crate) fn kept(tx: &mut Tx, deployment: Id) -> Result<Vec<Kept>> {
    let sql = "SELECT deployment_id, line_id, proposal_id, period, need_id, offer_id, area, units, given, sent, \
               returned FROM deployment_line WHERE deployment_id = $1 ORDER BY line_id, proposal_id, period";
    tx.rows(sql, &args![deployment])?.iter().map(read).collect()
}
/// The rows of one line of a deployment, held until the transaction ends.
pub(crate) fn hold(tx: &mut Tx, deployment: Id, line: Id) -> Result<Vec<Kept>> {
    let sql = "SELECT deployment_id, line_id, proposal_id, period, need_id, offer_id, area, units, given, sent, \
               returned FROM deployment_line WHERE deployment_id = $1 AND line_id = $2 \
               ORDER BY proposal_id, period FOR UPDATE";
    tx.rows(sql, &args![deployment, line])?
        .iter()
        .map(read)
        .collect()
}

fn read_line(row: &Row) -> Result<DeployedLine> {
    let mut r = row.read();
    Ok(DeployedLine {
        line: r.id()?,
        need: r.id()?,
        proposal: r.id()?,
        offer: r.id()?,
        area: r.text()?,
        units: r.int()?,
        sent: r.int()?,
        returned: r.int()?,
    })
}

macro_rules! lines {
    ($rest:expr) => {
        concat!(
            "SELECT line_id, need_id, proposal_id, offer_id, area, CAST(SUM(units) AS BIGINT), \
             CAST(SUM(sent) AS BIGINT), CAST(SUM(returned) AS BIGINT) FROM deployment_line \
             WHERE deployment_id = $1 ",
            $rest
        )
    };
}

/// The lines of a deployment, its quarters added up.
pub(crate) fn of(tx: &mut Tx, deployment: Id) -> Result<Vec<DeployedLine>> {
    let sql = lines!(
        "GROUP BY line_id, need_id, proposal_id, offer_id, area ORDER BY line_id, proposal_id"
    );
    tx.rows(sql, &args![deployment])?
        .iter()
        .map(read_line)
        .collect()
}
/// A page of them after a line.
pub(crate) fn page(
    tx: &mut Tx,
    deployment: Id,
    after: Option<(Id, Id)>,
    limit: i64,
) -> Result<Vec<DeployedLine>> {
    let sql = lines!(
        "AND (CAST($2 AS UUID) IS NULL OR (line_id, proposal_id) > (CAST($2 AS UUID), CAST($3 AS UUID))) \
         GROUP BY line_id, need_id, proposal_id, offer_id, area ORDER BY line_id, proposal_id LIMIT $4"
    );
    let (line, proposal) = after.unzip();
    tx.rows(sql, &args![deployment, line, proposal, limit])?
        .iter()
        .map(read_line)
        .collect()
}
/// One line of it, from whatever proposals.
pub(crate) fn one(tx: &mut Tx, deployment: Id, line: Id) -> Result<Vec<DeployedLine>> {
    let sql = lines!(
        "AND line_id = $2 GROUP BY line_id, need_id, proposal_id, offer_id, area ORDER BY proposal_id"
    );
    tx.rows(sql, &args![deployment, line])?
        .iter()
        .map(read_line)
        .collect()
}

fn ids(tx: &mut Tx, sql: &'static str, id: Id) -> Result<Vec<Id>> {
    tx.rows(sql, &args![id])?
        .iter()
        .map(|row| row.read().id())
        .collect()
}
/// The deployments that serve a need line and were not called off.
pub(crate) fn of_line(tx: &mut Tx, line: Id) -> Result<Vec<Id>> {
    let sql = "SELECT DISTINCT l.deployment_id FROM deployment_line l JOIN deployment d ON d.id = l.deployment_id \
               WHERE l.line_id = $1 AND d.stage <> 'cancelled' ORDER BY l.deployment_id";
    ids(tx, sql, line)
}
pub(crate) fn needs(tx: &mut Tx, deployment: Id) -> Result<Vec<Id>> {
    let sql = "SELECT need_id FROM deployment_need WHERE deployment_id = $1 ORDER BY need_id";
    ids(tx, sql, deployment)
}
/// The deployments of a need, the newest first.
pub(crate) fn of_need(tx: &mut Tx, need: Id) -> Result<Vec<Id>> {
    let sql = "SELECT deployment_id FROM deployment_need WHERE need_id = $1 ORDER BY deployment_id DESC LIMIT 100";
    ids(tx, sql, need)
}

/// Where a need line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub place: String,
    /// First-level area.
    pub area: String,
}

/// Where the lines of a proposal are.
pub(crate) fn places_of_proposal(tx: &mut Tx, proposal: Id) -> Result<BTreeMap<Id, Place>> {
    let sql = "SELECT DISTINCT l.id, l.place_code, l.department FROM proposal_line p \
               JOIN need_line l ON l.id = p.line_id WHERE p.proposal_id = $1";
    tx.rows(sql, &args![proposal])?
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok((
                r.id()?,
                Place {
                    place: r.text()?,
                    area: r.text()?,
                },
            ))
        })
        .collect()
}
/// The deployments that ever took lines of a proposal, by line and quarter.
pub(crate) fn taken(tx: &mut Tx, proposal: Id) -> Result<BTreeMap<(Id, i64), Id>> {
    let sql = "SELECT line_id, period, deployment_id FROM deployment_line WHERE proposal_id = $1";
    tx.rows(sql, &args![proposal])?
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok(((r.id()?, r.int()?), r.id()?))
        })
        .collect()
}
pub(crate) fn remove(tx: &mut Tx, row: &Kept) -> Result<()> {
    tx.remove(
        &LINE,
        &args![row.deployment, row.line, row.proposal, row.period],
    )
}
pub(crate) fn remove_need(tx: &mut Tx, deployment: Id, need: Id) -> Result<()> {
    tx.remove(&NEED, &args![deployment, need])
}
/// What the ledger still holds as committed from an offer for each line of a deployment.
pub(crate) fn committed(tx: &mut Tx, deployment: Id) -> Result<BTreeMap<(Id, Id), i64>> {
    let sql = "SELECT m.line_id, m.offer_id, CAST(SUM(CASE WHEN m.to_bucket = 'committed' THEN m.quantity \
               ELSE -m.quantity END) AS BIGINT), MIN(b.committed) FROM movement m \
               JOIN balance b ON b.line_id = m.line_id \
               WHERE m.line_id IN (SELECT line_id FROM deployment_line WHERE deployment_id = $1) \
               AND m.offer_id IS NOT NULL AND (m.to_bucket = 'committed' OR m.from_bucket = 'committed') \
               GROUP BY m.line_id, m.offer_id";
    tx.rows(sql, &args![deployment])?
        .iter()
        .map(|row| {
            let mut r = row.read();
            let key = (r.id()?, r.id()?);
            Ok((key, r.int()?.min(r.int()?).max(0)))
        })
        .collect()
}
