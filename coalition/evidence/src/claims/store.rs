//! Every SQL statement about claims.

use super::{Claim, ClaimScope, ClaimStep, Comparator, Correction, Figure, Level, Standing};
use crate::indicators::Unit;
use base::{Error, Id, Moment, Result};
use db::{Reader, Row, Tx, Val, args};
use std::collections::BTreeMap;

db::table!(
    /// A figure somebody stands for.
    CLAIM = "claim" key 1 {
        id: Id, indicator: Text, unit: Text, level: Text, comparator: Text, low: Int, high: Int,
        place: Text, country: Text, people_group: Text, from_on: Text, to_on: Text, method: Text,
        source: Text, as_of: Text, organisation_id: Id, deployment_id: Id, report_id: Id,
        file_id: Id, file_row: Int, standing: Text, supersedes: Id, print: Text, reported_by: Id,
        accepted_by: Id, confirmed_by: Id, verified_by: Id, batch_id: Id, submitted_at: Int,
        version: Int,
    }
);
db::table!(
    /// Something that happened to a claim.
    CLAIM_STEP = "claim_step" key 1 {
        id: Id, claim_id: Id, batch_id: Id, step: Text, level_before: Text, standing_before: Text,
        level_after: Text, standing_after: Text, words: Text, account_id: Id, at: Int,
    }
);

/// A statement that reads whole claims.
macro_rules! claims {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.indicator, c.unit, c.level, c.comparator, c.low, c.high, c.place, c.country, \
             c.people_group, c.from_on, c.to_on, c.method, c.source, c.as_of, c.organisation_id, \
             c.deployment_id, c.report_id, c.file_id, c.file_row, c.standing, c.supersedes, c.print, \
             c.reported_by, c.accepted_by, c.confirmed_by, c.verified_by, c.batch_id, c.submitted_at, \
             c.version FROM claim c ",
            $rest
        )
    };
}

pub(crate) fn values(c: &Claim) -> Vec<Val> {
    args![
        c.id,
        &c.indicator,
        c.unit.code(),
        c.level.map(Level::code),
        c.comparator.code(),
        c.low,
        c.high,
        &c.place,
        &c.country,
        &c.group,
        c.from,
        c.to,
        &c.method,
        &c.source,
        c.as_of,
        c.organisation,
        c.deployment,
        c.report,
        c.file.map(|(file, _)| file),
        c.file.map(|(_, row)| row),
        c.standing.code(),
        c.supersedes,
        &c.print,
        c.reported_by,
        c.accepted_by,
        c.confirmed_by,
        c.verified_by,
        c.batch,
        c.submitted_at,
        c.version,
    ]
    .to_vec()
}

fn level(code: Option<&str>) -> Result<Option<Level>> {
    let unknown = || Error::fault("a claim of no level");
    code.map(|code| Level::parse(code).ok_or_else(unknown))
        .transpose()
}

fn standing(code: &str) -> Result<Standing> {
    Standing::parse(code).ok_or_else(|| Error::fault("a claim of no standing"))
}

fn unit(code: &str) -> Result<Unit> {
    Unit::parse(code).ok_or_else(|| Error::fault("a claim of no unit"))
}

fn comparator(code: &str) -> Result<Comparator> {
    Comparator::parse(code).ok_or_else(|| Error::fault("a claim without comparator"))
}

fn read(row: &Row) -> Result<Claim> {
    let mut r = row.read();
    Ok(Claim {
        id: r.id()?,
        indicator: r.text()?,
        unit: unit(r.str()?)?,
        level: level(r.opt_text()?.as_deref())?,
        comparator: comparator(r.str()?)?,
        low: r.opt_int()?,
        high: r.opt_int()?,
        place: r.text()?,
        country: r.text()?,
        group: r.text()?,
        from: r.day()?,
        to: r.day()?,
        method: r.text()?,
        source: r.text()?,
        as_of: r.day()?,
        organisation: r.id()?,
        deployment: r.opt_id()?,
        report: r.opt_id()?,
        file: r.opt_id()?.zip(r.opt_int()?),
        standing: standing(r.str()?)?,
        supersedes: r.opt_id()?,
        print: r.text()?,
        reported_by: r.opt_id()?,
        accepted_by: r.opt_id()?,
        confirmed_by: r.opt_id()?,
        verified_by: r.opt_id()?,
        batch: r.opt_id()?,
        submitted_at: r.opt_moment()?,
        version: r.int()?,
    })
}

/// Rows one fact carries at most.
pub(crate) const SLICE: usize = 2_000;

pub(crate) fn add(tx: &mut Tx, claims: &[Claim]) -> Result<()> {
    tx.add_many(&CLAIM, claims.iter().map(values).collect())
}

pub(crate) fn save(tx: &mut Tx, claim: &Claim) -> Result<i64> {
    tx.change(&CLAIM, values(claim), claim.version)
}

/// Takes a figure out of a draft.
pub(crate) fn remove(tx: &mut Tx, claim: Id) -> Result<()> {
    tx.remove(&CLAIM, &args![claim])
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Claim> {
    read(&tx.one(claims!("WHERE c.id = $1"), &args![id])?)
}

/// A claim nobody else changes before this transaction ends.
pub(crate) fn hold(tx: &mut Tx, id: Id) -> Result<Claim> {
    read(&tx.one(claims!("WHERE c.id = $1 FOR UPDATE"), &args![id])?)
}

pub(crate) fn of_report(tx: &mut Tx, report: Id) -> Result<Vec<Claim>> {
    let sql = claims!("WHERE c.report_id = $1 ORDER BY c.id");
    tx.rows(sql, &args![report])?.iter().map(read).collect()
}

/// The figures of a report nobody else changes before this transaction ends.
pub(crate) fn hold_of_report(tx: &mut Tx, report: Id) -> Result<Vec<Claim>> {
    let sql = claims!("WHERE c.report_id = $1 ORDER BY c.id FOR UPDATE");
    tx.rows(sql, &args![report])?.iter().map(read).collect()
}

pub(crate) fn of_deployment(tx: &mut Tx, deployment: Id) -> Result<Vec<Claim>> {
    let sql = claims!("WHERE c.deployment_id = $1 AND c.submitted_at IS NOT NULL ORDER BY c.id");
    tx.rows(sql, &args![deployment])?.iter().map(read).collect()
}

/// The claim that took the place of another.
pub(crate) fn successor(tx: &mut Tx, of: Id) -> Result<Option<Id>> {
    let found = tx.row("SELECT id FROM claim WHERE supersedes = $1", &args![of])?;
    found.map(|row| row.read().id()).transpose()
}

/// Other claims before others that say the very same.
pub(crate) fn twins(tx: &mut Tx, claim: &Claim) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM claim WHERE print = $1 AND id <> $2 AND submitted_at IS NOT NULL \
               AND standing IN ('stands', 'contested')";
    tx.one(sql, &args![&claim.print, claim.id])?.read().int()
}

/// How many claims of a deployment stand before others.
pub(crate) fn count_of(tx: &mut Tx, deployment: Id) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM claim WHERE deployment_id = $1 AND submitted_at IS NOT NULL";
    tx.one(sql, &args![deployment])?.read().int()
}

/// Claims that count and have this print, drafts among them.
pub(crate) fn printed(tx: &mut Tx, print: &str) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM claim WHERE print = $1 AND standing IN ('stands', 'contested')";
    tx.one(sql, &args![print])?.read().int()
}

/// Streams the claims of a scope that stand before others, as they stand now, by their ids.
pub(crate) fn each(
    tx: &mut Tx,
    scope: &ClaimScope,
    see: &mut dyn FnMut(Claim) -> Result<()>,
) -> Result<()> {
    let mut row = |row: Row| see(read(&row)?);
    match scope {
        ClaimScope::Everything => tx.each(
            claims!("WHERE c.submitted_at IS NOT NULL ORDER BY c.id"),
            &[],
            &mut row,
        ),
        ClaimScope::Country(country) => tx.each(
            claims!("WHERE c.country = $1 AND c.submitted_at IS NOT NULL ORDER BY c.id"),
            &args![country],
            &mut row,
        ),
        ClaimScope::Member(member) => tx.each(
            claims!("WHERE c.organisation_id = $1 AND c.submitted_at IS NOT NULL ORDER BY c.id"),
            &args![*member],
            &mut row,
        ),
        ClaimScope::Deployment(deployment) => tx.each(
            claims!("WHERE c.deployment_id = $1 AND c.submitted_at IS NOT NULL ORDER BY c.id"),
            &args![*deployment],
            &mut row,
        ),
        ClaimScope::Indicator(indicator) => tx.each(
            claims!("WHERE c.indicator = $1 AND c.submitted_at IS NOT NULL ORDER BY c.id"),
            &args![indicator],
            &mut row,
        ),
        ClaimScope::Mission(mission) => {
            for code in crate::indicators::of_mission(tx, mission)? {
                each(tx, &ClaimScope::Indicator(code), see)?;
            }
            Ok(())
        }
    }
}

/// What a list of claims asks for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted<'a> {
    pub(crate) country: Option<&'a str>,
    pub(crate) indicator: Option<&'a str>,
    pub(crate) level: Option<&'a str>,
    pub(crate) standing: Option<&'a str>,
    pub(crate) group: Option<&'a str>,
    pub(crate) organisation: Option<Id>,
    pub(crate) deployment: Option<Id>,
    /// Words searched for, folded, and the indicators whose name has them, between bars.
    pub(crate) q: Option<(String, String)>,
    pub(crate) below: Option<Id>,
    pub(crate) limit: i64,
}

/// A pattern of LIKE that finds folded words anywhere.
pub(crate) fn like(q: &str) -> String {
    format!("%{}%", q.replace(['%', '_', '\\'], ""))
}

/// Claims before others, the newest first.
pub(crate) fn list(tx: &mut Tx, w: &Wanted<'_>) -> Result<Vec<Claim>> {
    let sql = claims!(
        "WHERE c.submitted_at IS NOT NULL \
         AND (CAST($1 AS TEXT) IS NULL OR c.country = CAST($1 AS TEXT)) \
         AND (CAST($2 AS TEXT) IS NULL OR c.indicator = CAST($2 AS TEXT)) \
         AND (CAST($3 AS TEXT) IS NULL OR COALESCE(c.level, 'reported') = CAST($3 AS TEXT)) \
         AND (CAST($4 AS TEXT) IS NULL OR c.standing = CAST($4 AS TEXT)) \
         AND (CAST($5 AS TEXT) IS NULL OR c.people_group = CAST($5 AS TEXT)) \
         AND (CAST($6 AS UUID) IS NULL OR c.organisation_id = CAST($6 AS UUID)) \
         AND (CAST($7 AS UUID) IS NULL OR c.deployment_id = CAST($7 AS UUID)) \
         AND (CAST($8 AS UUID) IS NULL OR c.id < CAST($8 AS UUID)) \
         AND (CAST($10 AS TEXT) IS NULL \
         OR CAST($11 AS TEXT) LIKE '%|' || c.indicator || '|%' ESCAPE '\\' \
         OR c.place IN (SELECT p.code FROM place p WHERE p.name_key LIKE CAST($10 AS TEXT) ESCAPE '\\') \
         OR c.organisation_id IN (SELECT o.id FROM organisation o WHERE o.search_key LIKE CAST($10 AS TEXT) ESCAPE '\\') \
         OR c.deployment_id IN (SELECT d.id FROM deployment d WHERE d.search_key LIKE CAST($10 AS TEXT) ESCAPE '\\')) \
         ORDER BY c.id DESC LIMIT $9"
    );
    let args = args![
        w.country,
        w.indicator,
        w.level,
        w.standing,
        w.group,
        w.organisation,
        w.deployment,
        w.below,
        w.limit,
        w.q.as_ref().map(|(words, _)| like(words)),
        w.q.as_ref().map(|(_, indicators)| indicators.clone())
    ];
    tx.rows(sql, &args)?.iter().map(read).collect()
}

// ---- what happened to them

pub(crate) fn add_steps(tx: &mut Tx, steps: &[ClaimStep]) -> Result<()> {
    let values = |s: &ClaimStep| {
        args![
            s.id,
            s.claim,
            s.batch,
            &s.step,
            s.before.0.map(Level::code),
            s.before.1.code(),
            s.after.0.map(Level::code),
            s.after.1.code(),
            s.words.clone(),
            s.account,
            s.at
        ]
        .to_vec()
    };
    tx.add_many(&CLAIM_STEP, steps.iter().map(values).collect())
}

fn read_step(r: &mut Reader) -> Result<ClaimStep> {
    Ok(ClaimStep {
        id: r.id()?,
        claim: r.id()?,
        batch: r.id()?,
        step: r.text()?,
        before: (level(r.opt_text()?.as_deref())?, standing(r.str()?)?),
        after: (level(r.opt_text()?.as_deref())?, standing(r.str()?)?),
        words: r.opt_text()?,
        account: r.opt_id()?,
        at: r.moment()?,
    })
}

pub(crate) fn steps(tx: &mut Tx, claim: Id) -> Result<Vec<ClaimStep>> {
    let sql = "SELECT id, claim_id, batch_id, step, level_before, standing_before, level_after, \
               standing_after, words, account_id, at FROM claim_step WHERE claim_id = $1 ORDER BY at, id";
    let rows = tx.rows(sql, &args![claim])?;
    rows.iter().map(|row| read_step(&mut row.read())).collect()
}

/// Writes down under which fact a batch of claims changed.
pub(crate) fn mark(tx: &mut Tx, batch: Id, seq: i64) -> Result<()> {
    let sql =
        "INSERT INTO claim_mark (batch_id, seq) VALUES ($1, $2) ON CONFLICT (batch_id) DO NOTHING";
    tx.exec(sql, &args![batch, seq]).map(drop)
}

/// How claims stood at a fact, of those that have changed since: none when they came later.
pub(crate) type Past = BTreeMap<Id, (Option<Level>, Standing)>;

/// How the claims changed since a fact stood then. The first change since tells what was before.
pub(crate) fn past(tx: &mut Tx, seq: i64) -> Result<Past> {
    let sql = "SELECT s.claim_id, s.level_before, s.standing_before FROM claim_mark m \
               JOIN claim_step s ON s.batch_id = m.batch_id WHERE m.seq > $1 ORDER BY m.seq, s.id";
    let mut past = Past::new();
    tx.each(sql, &args![seq], &mut |row| {
        let mut r = row.read();
        let claim = r.id()?;
        let before = (level(r.opt_text()?.as_deref())?, standing(r.str()?)?);
        past.entry(claim).or_insert(before);
        Ok(())
    })?;
    Ok(past)
}

/// The batches that came after a fact.
pub(crate) fn batches_after(tx: &mut Tx, seq: i64) -> Result<std::collections::BTreeSet<Id>> {
    let rows = tx.rows(
        "SELECT batch_id FROM claim_mark WHERE seq > $1 ORDER BY batch_id",
        &args![seq],
    )?;
    rows.iter().map(|row| row.read().id()).collect()
}

/// Corrections and retractions after one, the oldest first.
pub(crate) fn corrections(
    tx: &mut Tx,
    after: Option<(Moment, Id)>,
    limit: i64,
) -> Result<Vec<Correction>> {
    let sql = "SELECT s.id, s.at, s.words, o.id, o.indicator, o.unit, o.country, o.place, o.deployment_id, \
               o.comparator, o.low, o.high, n.id, n.comparator, n.low, n.high FROM claim_step s \
               JOIN claim o ON o.id = s.claim_id LEFT JOIN claim n ON n.supersedes = o.id \
               WHERE s.step IN ('corrected', 'retracted') AND (s.at, s.id) > ($1, $2) \
               ORDER BY s.at, s.id LIMIT $3";
    let (at, id) = after.unwrap_or((Moment::from_micros(i64::MIN), Id(base::Uuid::nil())));
    let rows = tx.rows(sql, &args![at, id, limit])?;
    rows.iter()
        .map(|row| read_correction(&mut row.read()))
        .collect()
}

fn read_correction(r: &mut Reader) -> Result<Correction> {
    let (id, at, reason) = (r.id()?, r.moment()?, r.opt_text()?);
    let (claim, indicator, unit) = (r.id()?, r.text()?, unit(r.str()?)?);
    let (country, place, deployment) = (r.text()?, r.text()?, r.opt_id()?);
    let old = Figure {
        comparator: comparator(r.str()?)?,
        low: r.opt_int()?,
        high: r.opt_int()?,
    };
    let by = r.opt_id()?;
    let compared = r.opt_text()?;
    let (low, high) = (r.opt_int()?, r.opt_int()?);
    let new = compared
        .map(|code| {
            Ok::<_, Error>(Figure {
                comparator: comparator(&code)?,
                low,
                high,
            })
        })
        .transpose()?;
    Ok(Correction {
        id,
        at,
        claim,
        by,
        indicator,
        unit,
        country,
        place,
        deployment,
        old,
        new,
        reason: reason.unwrap_or_default(),
    })
}

/// Claims that are corrected without a successor, or have one without being corrected.
pub(crate) fn unpaired(tx: &mut Tx) -> Result<Vec<Id>> {
    let sql = "SELECT c.id FROM claim c LEFT JOIN claim n ON n.supersedes = c.id \
               WHERE (c.standing = 'corrected' AND n.id IS NULL) OR (c.standing <> 'corrected' AND n.id IS NOT NULL) \
               ORDER BY c.id LIMIT 100";
    tx.rows(sql, &[])?
        .iter()
        .map(|row| row.read().id())
        .collect()
}
