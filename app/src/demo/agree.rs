//! What both sides accepted is drafted as agreements, reviewed by other eyes, and signed by each party.

use super::calendar::{day, go_to};
use super::cast::{self, Cast, country};
use agreements::{Agreement, Common, Evidence, Grouping, Scheduled, Standing};
use base::{Error, Id, Result};
use web::Site;

const DRAFTED: &str = "2026-12-14";
const RELEASED: &str = "2026-12-16";
const SIGNED: &str = "2026-12-18";

/// Every agreement of the story's country, the oldest first, with what it brings.
///
/// # Errors
/// A fault of the database.
pub fn schedules(site: &Site) -> Result<Vec<(Agreement, Vec<Scheduled>)>> {
    let today = site.clock.now().day();
    site.db.read_now(move |tx| {
        agreements::of_country(tx, country(), None, 1_000, today)?
            .into_iter()
            .map(|one| Ok((agreements::schedule(tx, one.id)?, one)))
            .map(|both: Result<_>| both.map(|(schedule, one)| (one, schedule)))
            .collect()
    })
}

/// A batch drafts one agreement for each member; all are reviewed and released.
///
/// # Errors
/// A refusal the story should not have met.
pub fn draft(site: &Site, cast: &Cast) -> Result<()> {
    if !schedules(site)?.is_empty() {
        return Ok(());
    }
    go_to(site, DRAFTED)?;
    let officer = cast::actor(site, cast.officer)?;
    let (by, now) = (officer.clone(), site.clock.now());
    let (starts_on, ends_on) = (day("2027-01-01")?, day("2027-12-31")?);
    let batch = site.db.write_now(move |tx| {
        let terms = Common {
            starts_on: Some(starts_on),
            ends_on: Some(ends_on),
            ..agreements::common(tx)?
        };
        let of = (Some(country()), None);
        agreements::create_batch(tx, of, Grouping::PerParty, &terms, &by, now)
    })?;
    agreements::run_batch(&site.bench(), batch)?;
    let drafts = schedules(site)?;
    for (draft, _) in &drafts {
        let (id, by, now) = (draft.id, officer.clone(), site.clock.now());
        site.db
            .write_now(move |tx| agreements::send_for_review(tx, id, &by, now))?;
    }
    go_to(site, RELEASED)?;
    let approver = cast::actor(site, cast.approver)?;
    for (draft, _) in &drafts {
        let (id, by, now) = (draft.id, approver.clone(), site.clock.now());
        let url = site.settings.url.clone();
        site.db.write_now(move |tx| {
            agreements::release_for_signature(tx, id, &url, None, &by, now).map(drop)
        })?;
    }
    agreements::set_pdfs(&site.bench())?;
    Ok(())
}

/// Each party signs for itself; the last agreement waits for the authority.
///
/// # Errors
/// A refusal the story should not have met.
pub fn sign(site: &Site, cast: &Cast) -> Result<()> {
    let mut waiting = schedules(site)?;
    if waiting
        .iter()
        .any(|(one, _)| one.standing >= Standing::Signed)
    {
        return Ok(());
    }
    waiting.retain(|(one, _)| one.standing == Standing::ForSignature);
    go_to(site, SIGNED)?;
    let last = waiting.last().map(|(one, _)| one.id);
    for (one, _) in &waiting {
        let officer = cast::member_officer(site, one.member)?;
        put(site, one.id, one.member, officer)?;
        site.clock.advance_seconds(900);
        if Some(one.id) != last || waiting.len() == 1 {
            let signatory = cast::actor(site, cast.signatory)?;
            put(site, one.id, one.authority, signatory)?;
        }
    }
    Ok(())
}

fn put(site: &Site, agreement: Id, party: Id, signer: base::Actor) -> Result<()> {
    let now = site.clock.now();
    site.db.write_now(move |tx| {
        let versions = agreements::versions(tx, agreement)?;
        let hash = versions.last().and_then(|v| v.document_hash.clone());
        let read = Evidence::Sample(hash.ok_or(Error::Missing)?);
        agreements::sign(tx, agreement, party, &read, &signer, now)
    })
}
