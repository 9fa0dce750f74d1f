//! What later rooms ask of this one. Only what is published passes.

use crate::line::OpenLine;
use crate::need::{Need, Standing};
use crate::{acts, pages, rules, store};
use base::{Day, Id, Names, Result};
use db::Tx;

/// Which lines are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    Everything,
    /// ISO 3166-1 alpha-2.
    Country(String),
    Need(Id),
}

/// A published need in short.
#[derive(Clone, Debug, PartialEq)]
pub struct NeedHead {
    pub id: Id,
    pub request: Id,
    pub country: String,
    /// `HN-2026-N-014`.
    pub code: String,
    pub service_class: String,
    pub title: Names,
    /// The authority's organisation.
    pub organisation: Id,
    pub valid_until: Option<Day>,
    pub standing: Standing,
}

/// Every line that can be served: of published needs that have not lapsed, been closed or
/// withdrawn. In the order of their ids; also those with nothing uncovered, which earlier matches hold.
///
/// # Errors
/// A fault of the database.
pub fn open_lines(tx: &mut Tx, scope: &Scope, today: Day) -> Result<Vec<OpenLine>> {
    let (country, need) = match scope {
        Scope::Everything => (None, None),
        Scope::Country(country) => (Some(country.as_str()), None),
        Scope::Need(need) => (None, Some(*need)),
    };
    let mut lines = Vec::new();
    store::each_open(tx, country, need, today, &mut |line| {
        lines.push(line);
        Ok(())
    })?;
    Ok(lines)
}

/// A line of a published need, however the need stands.
///
/// # Errors
/// Missing when there is none, or its need is not published.
pub fn line(tx: &mut Tx, id: Id) -> Result<OpenLine> {
    store::published_line(tx, id)
}

/// Those of the lines whose need is published, in the order asked.
///
/// # Errors
/// Missing when one is not there.
pub fn lines(tx: &mut Tx, ids: &[Id]) -> Result<Vec<OpenLine>> {
    ids.iter()
        .map(|id| store::published_line(tx, *id))
        .collect()
}

/// A published need in short.
///
/// # Errors
/// Missing when there is none, or it is not published.
pub fn head(tx: &mut Tx, id: Id, today: Day) -> Result<NeedHead> {
    let need = pages::published(tx, id)?;
    let standing = standing(tx, &need, today)?;
    let organisation = store::request(tx, need.request)?.organisation;
    Ok(NeedHead {
        id: need.id,
        request: need.request,
        country: need.country,
        code: need.code,
        service_class: need.service_class,
        title: need.title,
        organisation,
        valid_until: need.valid_until,
        standing,
    })
}

/// Published needs in short, in the order asked.
///
/// # Errors
/// Missing when one is not published.
pub fn heads(tx: &mut Tx, ids: &[Id], today: Day) -> Result<Vec<NeedHead>> {
    ids.iter().map(|id| head(tx, *id, today)).collect()
}

fn standing(tx: &mut Tx, need: &Need, today: Day) -> Result<Standing> {
    let buckets = acts::buckets_of(tx, need)?;
    Ok(rules::standing(need, &buckets, today))
}

/// The country and the authority's organisation a need belongs to.
///
/// # Errors
/// Missing when there is no such published need.
pub fn authority_of(tx: &mut Tx, need: Id) -> Result<(String, Id)> {
    let need = pages::published(tx, need)?;
    let request = store::request(tx, need.request)?;
    Ok((request.country, request.organisation))
}

/// The request a published need belongs to.
///
/// # Errors
/// Missing when there is no such published need.
pub fn request_of(tx: &mut Tx, need: Id) -> Result<Id> {
    Ok(pages::published(tx, need)?.request)
}

/// Whether a need can be served now.
///
/// # Errors
/// Refused with `needs-not-open` when it has lapsed, been met, closed or withdrawn.
pub fn require_open(tx: &mut Tx, need: Id, today: Day) -> Result<()> {
    let need = pages::published(tx, need)?;
    let standing = standing(tx, &need, today)?;
    rules::open(standing)
}

/// Where the units of a published need are.
///
/// # Errors
/// Missing when there is no such published need.
pub fn served(tx: &mut Tx, need: Id) -> Result<crate::need::Buckets> {
    let need = pages::published(tx, need)?;
    acts::buckets_of(tx, &need)
}

/// Published needs.
///
/// # Errors
/// A fault of the database.
pub fn count_needs(tx: &mut Tx) -> Result<i64> {
    Ok(store::counts(tx)?.0)
}

/// Lines of published needs.
///
/// # Errors
/// A fault of the database.
pub fn count_lines(tx: &mut Tx) -> Result<i64> {
    Ok(store::counts(tx)?.1)
}

/// The requests of a country and where they stand, the newest first.
///
/// # Errors
/// A fault of the database.
pub fn requests_of_country(tx: &mut Tx, country: &str) -> Result<Vec<(Id, crate::request::State)>> {
    let wanted = store::Wanted {
        country: Some(country),
        state: None,
        q: None,
        before: None,
        limit: 1_000,
    };
    let found = store::requests(tx, &wanted)?;
    Ok(found
        .rows
        .into_iter()
        .map(|request| (request.id, request.state))
        .collect())
}

/// The needs a request holds, published or not: id, service class and version.
///
/// # Errors
/// A fault of the database.
pub fn needs_of_request(tx: &mut Tx, request: Id) -> Result<Vec<(Id, String, i64)>> {
    let needs = store::needs_of(tx, request)?;
    Ok(needs
        .into_iter()
        .map(|need| (need.id, need.service_class, need.version))
        .collect())
}
