//! Every SQL statement about visits.

use super::{Finding, Visit, VisitState, VisitStep};
use base::{Error, Id, Result};
use db::{Row, Tx, Val, args};

db::table!(
    /// A visit of an independent verifier.
    VISIT = "visit" key 1 {
        id: Id, deployment_id: Id, country: Text, place: Text, visit_on: Text, task: Text,
        verifier_id: Id, state: Text, words: Text, planned_by: Id, planned_at: Int, visited_on: Text,
        decided_by: Id, decided_at: Int, version: Int,
    }
);
db::table!(
    /// Something a person did with a visit.
    VISIT_STEP = "visit_step" key 1 {
        id: Id, visit_id: Id, step: Text, words: Text, account_id: Id, at: Int,
    }
);
db::table!(
    /// What a visit found of a claim.
    VISIT_FINDING = "visit_finding" key 2 { visit_id: Id, claim_id: Id, finding: Text, seen: Int, }
);

macro_rules! visits {
    ($rest:literal) => {
        concat!(
            "SELECT v.id, v.deployment_id, v.country, v.place, v.visit_on, v.task, v.verifier_id, v.state, \
             v.words, v.planned_by, v.planned_at, v.visited_on, v.decided_by, v.decided_at, v.version \
             FROM visit v ",
            $rest
        )
    };
}

fn values(v: &Visit) -> Vec<Val> {
    args![
        v.id,
        v.deployment,
        &v.country,
        &v.place,
        v.on,
        &v.task,
        v.verifier,
        v.state.code(),
        v.words.clone(),
        v.planned_by,
        v.planned_at,
        v.visited_on,
        v.decided_by,
        v.decided_at,
        v.version
    ]
    .to_vec()
}

fn read(row: &Row) -> Result<Visit> {
    let mut r = row.read();
    Ok(Visit {
        id: r.id()?,
        deployment: r.id()?,
        country: r.text()?,
        place: r.text()?,
        on: r.day()?,
        task: r.text()?,
        verifier: r.id()?,
        state: VisitState::parse(r.str()?).ok_or_else(|| Error::fault("a visit in no state"))?,
        words: r.opt_text()?,
        planned_by: r.id()?,
        planned_at: r.moment()?,
        visited_on: r.opt_day()?,
        decided_by: r.opt_id()?,
        decided_at: r.opt_moment()?,
        version: r.int()?,
    })
}

pub(crate) fn add(tx: &mut Tx, visit: &Visit, claims: &[Id]) -> Result<()> {
    tx.add(&VISIT, values(visit))?;
    let row = |claim: &Id| args![visit.id, *claim, None::<String>, None::<i64>].to_vec();
    tx.add_many(&VISIT_FINDING, claims.iter().map(row).collect())
}

pub(crate) fn save(tx: &mut Tx, visit: &Visit) -> Result<i64> {
    tx.change(&VISIT, values(visit), visit.version)
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Visit> {
    read(&tx.one(visits!("WHERE v.id = $1"), &args![id])?)
}

/// A visit nobody else changes before this transaction ends.
pub(crate) fn hold(tx: &mut Tx, id: Id) -> Result<Visit> {
    read(&tx.one(visits!("WHERE v.id = $1 FOR UPDATE"), &args![id])?)
}

pub(crate) fn of_deployment(tx: &mut Tx, deployment: Id) -> Result<Vec<Visit>> {
    let sql = visits!("WHERE v.deployment_id = $1 ORDER BY v.id DESC");
    tx.rows(sql, &args![deployment])?.iter().map(read).collect()
}

/// What a list of visits asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) verifier: Option<Id>,
    pub(crate) state: Option<String>,
    pub(crate) country: Option<String>,
    /// Words searched for, folded.
    pub(crate) q: Option<String>,
    pub(crate) below: Option<Id>,
    pub(crate) limit: i64,
}

/// Visits, the newest first.
pub(crate) fn list(tx: &mut Tx, w: &Wanted) -> Result<Vec<Visit>> {
    let sql = visits!(
        "WHERE (CAST($1 AS UUID) IS NULL OR v.verifier_id = CAST($1 AS UUID)) \
         AND (CAST($2 AS TEXT) IS NULL OR v.state = CAST($2 AS TEXT)) \
         AND (CAST($3 AS TEXT) IS NULL OR v.country = CAST($3 AS TEXT)) \
         AND (CAST($4 AS UUID) IS NULL OR v.id < CAST($4 AS UUID)) \
         AND (CAST($6 AS TEXT) IS NULL \
         OR v.place IN (SELECT p.code FROM place p WHERE p.name_key LIKE CAST($6 AS TEXT) ESCAPE '\\') \
         OR v.deployment_id IN (SELECT d.id FROM deployment d WHERE d.search_key LIKE CAST($6 AS TEXT) ESCAPE '\\')) \
         ORDER BY v.id DESC LIMIT $5"
    );
    let args = args![
        w.verifier,
        w.state.clone(),
        w.country.clone(),
        w.below,
        w.limit,
        w.q.as_deref().map(crate::claims::store::like)
    ];
    tx.rows(sql, &args)?.iter().map(read).collect()
}

/// The claims of a visit with what was found of each; none while nothing was.
pub(crate) fn findings(tx: &mut Tx, visit: Id) -> Result<Vec<(Id, Option<Finding>)>> {
    let sql =
        "SELECT claim_id, finding, seen FROM visit_finding WHERE visit_id = $1 ORDER BY claim_id";
    let read = |row: &Row| {
        let mut r = row.read();
        let (claim, finding, seen) = (r.id()?, r.opt_text()?, r.opt_int()?);
        let found = match (finding.as_deref(), seen) {
            (Some("as_claimed"), _) => Some(Finding::AsClaimed),
            (Some("differs"), Some(seen)) => Some(Finding::Differs(seen)),
            (Some("not_seen"), _) => Some(Finding::NotSeen),
            _ => None,
        };
        Ok((claim, found))
    };
    tx.rows(sql, &args![visit])?.iter().map(read).collect()
}

pub(crate) fn put_finding(tx: &mut Tx, visit: Id, claim: Id, finding: Finding) -> Result<()> {
    let seen = match finding {
        Finding::Differs(seen) => Some(seen),
        Finding::AsClaimed | Finding::NotSeen => None,
    };
    tx.put(
        &VISIT_FINDING,
        args![visit, claim, finding.code(), seen].to_vec(),
    )
}

/// Visits that were approved and looked at a claim, with what they found.
pub(crate) fn of_claim(tx: &mut Tx, claim: Id) -> Result<Vec<(Visit, String)>> {
    let sql = "SELECT f.visit_id, f.finding FROM visit_finding f JOIN visit v ON v.id = f.visit_id \
               WHERE f.claim_id = $1 AND v.state = 'approved' AND f.finding IS NOT NULL ORDER BY f.visit_id";
    let mut out = Vec::new();
    for row in tx.rows(sql, &args![claim])? {
        let mut r = row.read();
        let (visit, finding) = (r.id()?, r.text()?);
        out.push((find(tx, visit)?, finding));
    }
    Ok(out)
}

pub(crate) fn add_step(tx: &mut Tx, visit: Id, step: &VisitStep) -> Result<()> {
    let row = args![
        Id::new(step.at),
        visit,
        &step.step,
        step.words.clone(),
        step.account,
        step.at
    ];
    tx.add(&VISIT_STEP, row.to_vec())
}

pub(crate) fn steps(tx: &mut Tx, visit: Id) -> Result<Vec<VisitStep>> {
    let sql =
        "SELECT step, words, account_id, at FROM visit_step WHERE visit_id = $1 ORDER BY at, id";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(VisitStep {
            step: r.text()?,
            words: r.opt_text()?,
            account: r.id()?,
            at: r.moment()?,
        })
    };
    tx.rows(sql, &args![visit])?.iter().map(read).collect()
}
