//! Every SQL statement of this room.

use crate::term::{Attributes, Draft, Step, Term};
use base::{Error, Id, Lang, Result, Uuid, fold};
use db::{Row, Tx, Val, args};

db::table!(
    /// The terms of all vocabularies.
    TERM = "term" key 2 { vocabulary: Text, code: Text, place: Int, names: Text, name_key: Text,
        descriptions: Text, attributes: Text, source: Text, retired: Text, version: Int });
db::table!(
    /// Changes of terms that wait for a second person, and those that no longer wait.
    TERM_DRAFT = "term_draft" key 1 { id: Id, vocabulary: Text, code: Text, step: Text, names: Text,
        descriptions: Text, attributes: Text, source: Text, reason: Text, base_version: Int,
        drafted_by: Id, drafted_at: Int, state: Text, decided_by: Id, decided_at: Int, decision: Text,
        version: Int });

/// The tables whose rows stand in facts.
pub(crate) static TABLES: [&db::Table; 2] = [&TERM, &TERM_DRAFT];

fn json(attributes: &Attributes) -> String {
    serde_json::to_string(attributes).unwrap_or_default()
}

fn attributes(text: &str) -> Result<Attributes> {
    serde_json::from_str(text).map_err(Error::fault)
}

pub(crate) fn term_row(term: &Term) -> Vec<Val> {
    args![
        term.vocabulary.as_str(),
        term.code.as_str(),
        term.place,
        &term.names,
        fold(term.name(Lang::En)),
        &term.descriptions,
        json(&term.attributes),
        term.source.as_str(),
        term.retired.as_deref(),
        term.version
    ]
    .into()
}

macro_rules! term_columns {
    ($tail:literal) => {
        concat!(
            "SELECT vocabulary, code, place, names, descriptions, attributes, source, retired, version \
             FROM term ",
            $tail
        )
    };
}

fn read_term(row: &Row) -> Result<Term> {
    let mut r = row.read();
    Ok(Term {
        vocabulary: r.text()?,
        code: r.text()?,
        place: r.int()?,
        names: r.names()?,
        descriptions: r.names()?,
        attributes: attributes(r.str()?)?,
        source: r.text()?,
        retired: r.opt_text()?,
        version: r.int()?,
    })
}

pub(crate) fn term(tx: &mut Tx, vocabulary: &str, code: &str) -> Result<Option<Term>> {
    let sql = term_columns!("WHERE vocabulary = $1 AND code = $2");
    tx.row(sql, &args![vocabulary, code])?
        .as_ref()
        .map(read_term)
        .transpose()
}

pub(crate) fn terms(tx: &mut Tx, vocabulary: &str) -> Result<Vec<Term>> {
    let sql = term_columns!("WHERE vocabulary = $1 ORDER BY place, code");
    tx.rows(sql, &args![vocabulary])?
        .iter()
        .map(read_term)
        .collect()
}

pub(crate) fn all_terms(tx: &mut Tx) -> Result<Vec<Term>> {
    let rows = tx.rows(term_columns!("ORDER BY vocabulary, place, code"), &[])?;
    rows.iter().map(read_term).collect()
}

/// What a list of terms is asked for.
pub(crate) struct TermQuery<'a> {
    pub(crate) vocabulary: &'a str,
    pub(crate) after_place: i64,
    pub(crate) after_code: &'a str,
    pub(crate) q: Option<&'a str>,
    /// `used` or `retired`.
    pub(crate) standing: Option<&'a str>,
    pub(crate) limit: i64,
}

pub(crate) fn term_page(tx: &mut Tx, query: &TermQuery<'_>) -> Result<Vec<Term>> {
    let pattern = query.q.map(|q| format!("%{q}%"));
    let rows = tx.rows(
        term_columns!(
            "WHERE vocabulary = $1 AND (place, code) > ($2, $3) \
             AND (CAST($4 AS TEXT) IS NULL OR name_key LIKE $4) \
             AND (CAST($5 AS TEXT) IS NULL OR \
               CASE WHEN retired IS NULL THEN 'used' ELSE 'retired' END = $5) \
             ORDER BY place, code LIMIT $6"
        ),
        &args![
            query.vocabulary,
            query.after_place,
            query.after_code,
            pattern,
            query.standing,
            query.limit
        ],
    )?;
    rows.iter().map(read_term).collect()
}

/// Vocabulary, terms in use, terms retired.
pub(crate) fn vocabularies(tx: &mut Tx) -> Result<Vec<(String, i64, i64)>> {
    let rows = tx.rows(
        "SELECT vocabulary, CAST(SUM(CASE WHEN retired IS NULL THEN 1 ELSE 0 END) AS BIGINT), \
         CAST(SUM(CASE WHEN retired IS NULL THEN 0 ELSE 1 END) AS BIGINT) \
         FROM term GROUP BY vocabulary ORDER BY vocabulary",
        &[],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.text()?, r.int()?, r.int()?))
        })
        .collect()
}

pub(crate) fn next_place(tx: &mut Tx, vocabulary: &str) -> Result<i64> {
    let row = tx.one(
        "SELECT COALESCE(MAX(place), 0) + 1 FROM term WHERE vocabulary = $1",
        &args![vocabulary],
    )?;
    row.read().int()
}

pub(crate) fn draft_row(draft: &Draft) -> Vec<Val> {
    args![
        draft.id,
        draft.vocabulary.as_str(),
        draft.code.as_str(),
        draft.step.code(),
        &draft.names,
        &draft.descriptions,
        json(&draft.attributes),
        draft.source.as_str(),
        draft.reason.as_str(),
        draft.base_version,
        draft.drafted_by,
        draft.drafted_at,
        draft.state.as_str(),
        draft.decided_by,
        draft.decided_at,
        draft.decision.as_deref(),
        draft.version
    ]
    .into()
}

macro_rules! draft_columns {
    ($tail:literal) => {
        concat!(
            "SELECT id, vocabulary, code, step, names, descriptions, attributes, source, reason, \
             base_version, drafted_by, drafted_at, state, decided_by, decided_at, decision, version \
             FROM term_draft ",
            $tail
        )
    };
}

fn read_draft(row: &Row) -> Result<Draft> {
    let mut r = row.read();
    Ok(Draft {
        id: r.id()?,
        vocabulary: r.text()?,
        code: r.text()?,
        step: Step::parse(r.str()?).ok_or_else(|| Error::fault("a draft of no known step"))?,
        names: r.names()?,
        descriptions: r.names()?,
        attributes: attributes(r.str()?)?,
        source: r.text()?,
        reason: r.text()?,
        base_version: r.int()?,
        drafted_by: r.id()?,
        drafted_at: r.moment()?,
        state: r.text()?,
        decided_by: r.opt_id()?,
        decided_at: r.opt_moment()?,
        decision: r.opt_text()?,
        version: r.int()?,
    })
}

pub(crate) fn draft(tx: &mut Tx, id: Id) -> Result<Option<Draft>> {
    let row = tx.row(draft_columns!("WHERE id = $1"), &args![id])?;
    row.as_ref().map(read_draft).transpose()
}

pub(crate) fn open_drafts(tx: &mut Tx) -> Result<Vec<Draft>> {
    let rows = tx.rows(
        draft_columns!("WHERE state = 'open' ORDER BY id LIMIT 200"),
        &[],
    )?;
    rows.iter().map(read_draft).collect()
}

pub(crate) fn drafts_of(tx: &mut Tx, vocabulary: &str, code: &str) -> Result<Vec<Draft>> {
    let sql = draft_columns!("WHERE vocabulary = $1 AND code = $2 ORDER BY id DESC LIMIT 50");
    tx.rows(sql, &args![vocabulary, code])?
        .iter()
        .map(read_draft)
        .collect()
}

pub(crate) fn draft_page(
    tx: &mut Tx,
    after: Option<Id>,
    state: Option<&str>,
    limit: i64,
) -> Result<Vec<Draft>> {
    let after = after.unwrap_or(Id(Uuid::nil()));
    let rows = tx.rows(
        draft_columns!(
            "WHERE id > $1 AND (CAST($2 AS TEXT) IS NULL OR state = $2) ORDER BY id LIMIT $3"
        ),
        &args![after, state, limit],
    )?;
    rows.iter().map(read_draft).collect()
}
