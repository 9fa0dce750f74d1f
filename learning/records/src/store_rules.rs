//! Every statement about rules, consent and erasures.

use base::{Error, Id, Moment, Result};
use db::{Row, Tx, args};
use std::collections::BTreeSet;

/// How a country keeps records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub country: String,
    /// The home page of its people's accounts in statements.
    pub home_page: String,
    /// Years after which statements lose their person.
    pub kept_years: i64,
    /// The law or decision it rests on.
    pub basis: String,
    pub version: i64,
}

/// The rule of a country.
pub(crate) fn rule(tx: &mut Tx, country: &str) -> Result<Option<Rule>> {
    let row = tx.row(
        "SELECT country, home_page, kept_years, basis, version FROM record_rule WHERE country = $1",
        &args![country],
    )?;
    row.map(|row| {
        let mut read = row.read();
        Ok(Rule {
            country: read.text()?,
            home_page: read.text()?,
            kept_years: read.int()?,
            basis: read.text()?,
            version: read.int()?,
        })
    })
    .transpose()
}

/// Writes the rule of a country over the version its editor has seen.
pub(crate) fn put_rule(tx: &mut Tx, rule: &Rule) -> Result<()> {
    let seen = rule.version;
    let changed = if seen == 0 {
        tx.exec(
            "INSERT INTO record_rule (country, home_page, kept_years, basis, version) \
             VALUES ($1, $2, $3, $4, 1) ON CONFLICT DO NOTHING",
            &args![&rule.country, &rule.home_page, rule.kept_years, &rule.basis],
        )?
    } else {
        tx.exec(
            "UPDATE record_rule SET home_page = $2, kept_years = $3, basis = $4, \
             version = version + 1 WHERE country = $1 AND version = $5",
            &args![
                &rule.country,
                &rule.home_page,
                rule.kept_years,
                &rule.basis,
                seen
            ],
        )?
    };
    if changed == 1 {
        return Ok(());
    }
    let saved = self::rule(tx, &rule.country)?.ok_or(Error::Missing)?;
    Err(Error::Conflict(Box::new(base::Conflict {
        version: saved.version,
        saved: vec![
            ("home_page".to_owned(), saved.home_page),
            ("kept_years".to_owned(), saved.kept_years.to_string()),
            ("basis".to_owned(), saved.basis),
        ],
    })))
}

/// Whether there are statements.
pub(crate) fn has_statements(tx: &mut Tx) -> Result<bool> {
    Ok(tx.row("SELECT 1 FROM record LIMIT 1", &[])?.is_some())
}

/// An erasure.
#[derive(Clone, Debug)]
pub(crate) struct Erasure {
    pub id: Id,
    pub reason: String,
    pub statements: i64,
    pub documents: i64,
    pub made_at: Moment,
}

/// Notes an erasure; not of whom.
pub(crate) fn add_erasure(tx: &mut Tx, erasure: &Erasure, by: Option<Id>) -> Result<()> {
    tx.exec(
        "INSERT INTO record_erasure (id, reason, statements, documents, made_by, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        &args![
            erasure.id,
            &erasure.reason,
            erasure.statements,
            erasure.documents,
            by,
            erasure.made_at
        ],
    )?;
    Ok(())
}

/// Erasures, newest first.
pub(crate) fn erasures(tx: &mut Tx, before: Option<Id>, limit: i64) -> Result<Vec<Erasure>> {
    let rows = tx.rows(
        "SELECT id, reason, statements, documents, made_at FROM record_erasure \
         WHERE CAST($1 AS UUID) IS NULL OR id < CAST($1 AS UUID) ORDER BY id DESC LIMIT $2",
        &args![before, limit],
    )?;
    let read = |row: &Row| {
        let mut read = row.read();
        Ok(Erasure {
            id: read.id()?,
            reason: read.text()?,
            statements: read.int()?,
            documents: read.int()?,
            made_at: read.moment()?,
        })
    };
    rows.iter().map(read).collect()
}

/// What was agreed to for a learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    pub purpose: String,
    pub given: bool,
    pub said_at: Moment,
}

/// What was agreed to for a learner; what nobody was asked about is not there.
pub(crate) fn consents(tx: &mut Tx, learner: Id) -> Result<Vec<Consent>> {
    let rows = tx.rows(
        "SELECT purpose, given, said_at FROM record_consent WHERE learner_id = $1 ORDER BY purpose",
        &args![learner],
    )?;
    let read = |row: &Row| {
        let mut read = row.read();
        Ok(Consent {
            purpose: read.text()?,
            given: read.bool()?,
            said_at: read.moment()?,
        })
    };
    rows.iter().map(read).collect()
}

/// Writes what was agreed to.
pub(crate) fn put_consent(
    tx: &mut Tx,
    learner: Id,
    (purpose, given): (&str, bool),
    by: Id,
    now: Moment,
) -> Result<()> {
    tx.exec(
        "INSERT INTO record_consent (learner_id, purpose, given, said_by, said_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (learner_id, purpose) DO UPDATE SET \
         given = excluded.given, said_by = excluded.said_by, said_at = excluded.said_at",
        &args![learner, purpose, given, by, now],
    )?;
    Ok(())
}

/// The learners for whom a purpose was agreed to.
pub(crate) fn agreed(tx: &mut Tx, purpose: &str) -> Result<BTreeSet<String>> {
    let rows = tx.rows(
        "SELECT learner_id FROM record_consent WHERE purpose = $1 AND given",
        &args![purpose],
    )?;
    rows.iter()
        .map(|row| Ok(row.read().id()?.to_string()))
        .collect()
}

/// The learners for whom a purpose was refused.
pub(crate) fn refused(tx: &mut Tx, purpose: &str) -> Result<BTreeSet<String>> {
    let rows = tx.rows(
        "SELECT learner_id FROM record_consent WHERE purpose = $1 AND NOT given",
        &args![purpose],
    )?;
    rows.iter()
        .map(|row| Ok(row.read().id()?.to_string()))
        .collect()
}
