//! Every SQL statement about reports.

use super::{Period, Report, ReportStep, State};
use base::{Day, Error, Id, Result};
use db::{Row, Tx, Val, args};
use std::collections::BTreeMap;

db::table!(
    /// A report of a deployment for a period.
    REPORT = "report" key 1 {
        id: Id, deployment_id: Id, country: Text, member_id: Id, period_from: Text, period_to: Text,
        narrative: Text, state: Text, created_by: Id, created_at: Int, submitted_at: Int, version: Int,
    }
);
db::table!(
    /// Something a person did with a report.
    REPORT_STEP = "report_step" key 1 {
        id: Id, report_id: Id, step: Text, words: Text, account_id: Id, at: Int,
    }
);

macro_rules! reports {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, r.deployment_id, r.country, r.member_id, r.period_from, r.period_to, r.narrative, \
             r.state, r.created_by, r.created_at, r.submitted_at, r.version FROM report r ",
            $rest
        )
    };
}

fn values(r: &Report) -> Vec<Val> {
    args![
        r.id,
        r.deployment,
        &r.country,
        r.member,
        r.period.from,
        r.period.to,
        r.narrative.clone(),
        r.state.code(),
        r.created_by,
        r.created_at,
        r.submitted_at,
        r.version,
    ]
    .to_vec()
}

fn read(row: &Row) -> Result<Report> {
    let mut r = row.read();
    Ok(Report {
        id: r.id()?,
        deployment: r.id()?,
        country: r.text()?,
        member: r.id()?,
        period: Period {
            from: r.day()?,
            to: r.day()?,
        },
        narrative: r.opt_text()?,
        state: state(r.str()?)?,
        created_by: r.id()?,
        created_at: r.moment()?,
        submitted_at: r.opt_moment()?,
        version: r.int()?,
    })
}

fn state(code: &str) -> Result<State> {
    State::parse(code).ok_or_else(|| Error::fault("a report in no state"))
}

pub(crate) fn add(tx: &mut Tx, report: &Report) -> Result<()> {
    tx.add(&REPORT, values(report))
}

/// Saves a report over the version `expected`.
pub(crate) fn save(tx: &mut Tx, report: &Report, expected: i64) -> Result<i64> {
    tx.change(&REPORT, values(report), expected)
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Report> {
    read(&tx.one(reports!("WHERE r.id = $1"), &args![id])?)
}

/// A report nobody else changes before this transaction ends.
pub(crate) fn hold(tx: &mut Tx, id: Id) -> Result<Report> {
    read(&tx.one(reports!("WHERE r.id = $1 FOR UPDATE"), &args![id])?)
}

pub(crate) fn of_deployment(tx: &mut Tx, deployment: Id) -> Result<Vec<Report>> {
    let sql = reports!("WHERE r.deployment_id = $1 ORDER BY r.period_from, r.id");
    tx.rows(sql, &args![deployment])?.iter().map(read).collect()
}

/// What is there of a scope, by deployment and beginning of the period.
pub(crate) fn begun(
    tx: &mut Tx,
    country: Option<&str>,
    member: Option<Id>,
) -> Result<BTreeMap<(Id, Day), (Id, State)>> {
    let sql = "SELECT deployment_id, period_from, id, state FROM report \
               WHERE (CAST($1 AS TEXT) IS NULL OR country = CAST($1 AS TEXT)) \
               AND (CAST($2 AS UUID) IS NULL OR member_id = CAST($2 AS UUID)) ORDER BY id";
    let mut out = BTreeMap::new();
    tx.each(sql, &args![country, member], &mut |row| {
        let mut r = row.read();
        let key = (r.id()?, r.day()?);
        out.insert(key, (r.id()?, state(r.str()?)?));
        Ok(())
    })?;
    Ok(out)
}

/// What a list of reports asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) state: Option<String>,
    pub(crate) country: Option<String>,
    pub(crate) member: Option<Id>,
    /// Words searched for, folded.
    pub(crate) q: Option<String>,
    pub(crate) below: Option<(Day, Id)>,
    pub(crate) limit: i64,
}

/// Reports, the newest period first.
pub(crate) fn list(tx: &mut Tx, w: &Wanted) -> Result<Vec<Report>> {
    let sql = reports!(
        "WHERE (CAST($1 AS TEXT) IS NULL OR r.state = CAST($1 AS TEXT)) \
         AND (CAST($2 AS TEXT) IS NULL OR r.country = CAST($2 AS TEXT)) \
         AND (CAST($3 AS UUID) IS NULL OR r.member_id = CAST($3 AS UUID)) \
         AND (CAST($4 AS TEXT) IS NULL OR (r.period_to, r.id) < (CAST($4 AS TEXT), CAST($5 AS UUID))) \
         AND (CAST($7 AS TEXT) IS NULL \
         OR r.member_id IN (SELECT o.id FROM organisation o WHERE o.search_key LIKE CAST($7 AS TEXT) ESCAPE '\\') \
         OR r.deployment_id IN (SELECT d.id FROM deployment d WHERE d.search_key LIKE CAST($7 AS TEXT) ESCAPE '\\')) \
         ORDER BY r.period_to DESC, r.id DESC LIMIT $6"
    );
    let args = args![
        w.state.clone(),
        w.country.clone(),
        w.member,
        w.below.map(|(day, _)| day),
        w.below.map(|(_, id)| id),
        w.limit,
        w.q.as_deref().map(crate::claims::store::like)
    ];
    tx.rows(sql, &args)?.iter().map(read).collect()
}

pub(crate) fn add_step(tx: &mut Tx, report: Id, step: &ReportStep) -> Result<()> {
    let row = args![
        Id::new(step.at),
        report,
        &step.step,
        step.words.clone(),
        step.account,
        step.at
    ];
    tx.add(&REPORT_STEP, row.to_vec())
}

pub(crate) fn steps(tx: &mut Tx, report: Id) -> Result<Vec<ReportStep>> {
    let sql =
        "SELECT step, words, account_id, at FROM report_step WHERE report_id = $1 ORDER BY at, id";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(ReportStep {
            step: r.text()?,
            words: r.opt_text()?,
            account: r.id()?,
            at: r.moment()?,
        })
    };
    tx.rows(sql, &args![report])?.iter().map(read).collect()
}

/// Accepted reports of a country with figures nobody of the authority has confirmed, the oldest first.
pub(crate) fn unconfirmed(tx: &mut Tx, country: &str, limit: i64) -> Result<Vec<Report>> {
    let sql = reports!(
        "WHERE r.country = $1 AND r.state = 'accepted' AND EXISTS (SELECT 1 FROM claim c \
         WHERE c.report_id = r.id AND c.level = 'delivered' AND c.standing = 'stands') \
         ORDER BY r.period_to, r.id LIMIT $2"
    );
    tx.rows(sql, &args![country, limit])?
        .iter()
        .map(read)
        .collect()
}
