//! What a country's learning officer brings: frameworks, resources, stories, rosters.

use super::{Purpose, as_if, person};
use base::{Error, Lang, Refusal, Result, Role};
use places::School;
use serde_json::{Value, json};
use std::path::Path;
use web::Site;

/// The country a file is for, and what was said with it.
#[derive(Clone, Copy)]
pub(super) struct For<'a> {
    pub(super) country: &'a str,
    pub(super) purpose: &'a Purpose,
}

/// The account of whoever brings it, who must run the country's learning.
fn officer(site: &Site, of: &For<'_>) -> Result<base::Actor> {
    let actor = person(site, of.purpose)?;
    if actor.is_in(Role::LearningOfficer, of.country) {
        return Ok(actor);
    }
    Err(Error::Forbidden(Role::LearningOfficer.code()))
}

pub(super) fn framework(
    site: &Site,
    bytes: &[u8],
    of: &For<'_>,
    yes: bool,
) -> Result<(Value, u64)> {
    let (actor, country, now) = (officer(site, of)?, of.country.to_owned(), site.clock.now());
    let package: Value = serde_json::from_slice(bytes)
        .map_err(|error| Error::fault(format!("the file is no JSON: {error}")))?;
    let report = as_if(site, yes, move |tx| {
        let id = curricula::import_case(tx, &package, &country, &actor, now)?;
        let entries = curricula::of_framework(tx, id)?.len();
        let named = curricula::framework(tx, id)?.names;
        Ok(
            json!({ "framework": named, "entries": entries, "page": yes.then(|| format!("/curricula/{id}")) }),
        )
    })?;
    Ok((report, 0))
}

pub(super) fn resources(
    site: &Site,
    table: (&str, &[u8]),
    of: &For<'_>,
    yes: bool,
) -> Result<(Value, u64)> {
    let by = officer(site, of)?.account;
    let archive = match &of.purpose.archive {
        Some(path) => Some(
            std::fs::read(path).map_err(|e| Error::fault(format!("{}: {e}", path.display())))?,
        ),
        None => None,
    };
    let bench = site.bench();
    let report =
        resources::import_table(&bench, table, archive.as_deref(), of.country, (by, !yes))?;
    let refused = report["refused"].as_array().map_or(0, Vec::len);
    Ok((report, refused as u64))
}

pub(super) fn storybook(site: &Site, path: &Path, of: &For<'_>, yes: bool) -> Result<(Value, u64)> {
    let by = officer(site, of)?.account;
    if !yes {
        let bytes =
            std::fs::read(path).map_err(|e| Error::fault(format!("{}: {e}", path.display())))?;
        let stories = resources::stories_of(&bytes)?.len();
        return Ok((json!({ "stories": stories }), 0));
    }
    let done = resources::import_storybook(&site.bench(), path, of.country, (by, None))?;
    Ok((json!({ "added": done.added }), 0))
}

pub(super) fn roster(site: &Site, bytes: &[u8], of: &For<'_>, yes: bool) -> Result<(Value, u64)> {
    let by = officer(site, of)?.account;
    let school = match &of.purpose.school {
        None => None,
        Some(code) => {
            let id = School::id_of(of.country, code);
            let known = site.db.read_now(move |tx| places::school(tx, id));
            Some(known.map_err(|_| Refusal::about("school", "missing"))?.id())
        }
    };
    let (bench, to) = (site.bench(), (of.country, school));
    let lang = Lang::En;
    let (report, refused) = classes::try_oneroster(&bench, to, lang, bytes)?;
    if !yes || refused > 0 {
        return Ok((report, refused));
    }
    Ok((classes::import_oneroster(&bench, to, lang, bytes, by)?, 0))
}
