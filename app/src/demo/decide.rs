//! The round, and what both sides make of it.

use super::cast::{self, Cast, country};
use allocation::{NewRound, Part, Proposal};
use base::{Day, Error, Result};
use web::Site;

/// Quarters the round plans for: 2027.
const QUARTERS: i64 = 4;
const FIRST_QUARTER: &str = "2027-01-01";

/// An officer opens a round for Honduras and it is matched.
///
/// # Errors
/// A refusal the story should not have met.
pub fn round(site: &Site, cast: &Cast) -> Result<()> {
    if site.db.read_now(allocation::latest_round)?.is_some() {
        return Ok(());
    }
    site.clock.advance_seconds(3_600);
    let officer = cast::actor(site, cast.second_officer)?;
    let now = site.clock.now();
    let new = NewRound {
        title: "Honduras 2027".to_owned(),
        country: Some(country().to_owned()),
        policy: None,
        from: Day::parse(FIRST_QUARTER).ok_or_else(|| Error::fault("no first quarter"))?,
        periods: QUARTERS,
    };
    let round = site
        .db
        .write_now(move |tx| allocation::create_round(tx, &new, &officer, now))?;
    allocation::run_round(&site.bench(), round)?;
    Ok(())
}

/// Some proposals are accepted by both sides, some by one, one in part, one declined; the rest wait.
///
/// # Errors
/// A refusal the story should not have met.
pub fn decide(site: &Site, cast: &Cast) -> Result<()> {
    let Some(round) = site.db.read_now(allocation::latest_round)? else {
        return Ok(());
    };
    let proposals = site
        .db
        .read_now(move |tx| allocation::proposals_of(tx, round))?;
    let now = site.clock.now();
    let fresh = |p: &Proposal| allocation::state_on(p, now) == allocation::State::Proposed;
    if !proposals.iter().all(fresh) {
        return Ok(());
    }
    site.clock.advance_seconds(26 * 3_600);
    for (at, proposal) in proposals.iter().enumerate() {
        match at % 8 {
            0 | 1 | 6 => {
                by_member(site, proposal, None)?;
                by_authority(site, cast, proposal, None)?;
            }
            2 => by_member(site, proposal, None)?,
            3 => by_authority(site, cast, proposal, None)?,
            4 => {
                by_member(site, proposal, Some((proposal.quantity / 2).max(1)))?;
                by_authority(site, cast, proposal, None)?;
            }
            5 if at == 5 => decline(site, cast, proposal)?,
            _ => {}
        }
        site.clock.advance_seconds(60);
    }
    Ok(())
}

fn part(units_max: Option<i64>) -> Part {
    Part {
        areas: Vec::new(),
        units_max,
        version: None,
    }
}

fn by_member(site: &Site, proposal: &Proposal, units_max: Option<i64>) -> Result<()> {
    let (id, member) = (proposal.id, proposal.member);
    let (actor, now, part) = (
        cast::member_officer(site, member)?,
        site.clock.now(),
        part(units_max),
    );
    site.db
        .write_now(move |tx| allocation::accept_for_member(tx, id, &part, &actor, now).map(|_| ()))
}

fn by_authority(
    site: &Site,
    cast: &Cast,
    proposal: &Proposal,
    units_max: Option<i64>,
) -> Result<()> {
    let id = proposal.id;
    let (actor, now) = (cast::actor(site, cast.signatory)?, site.clock.now());
    let part = part(units_max);
    site.db.write_now(move |tx| {
        allocation::accept_for_authority(tx, id, &part, &actor, now).map(|_| ())
    })
}

fn decline(site: &Site, cast: &Cast, proposal: &Proposal) -> Result<()> {
    let id = proposal.id;
    let (actor, now) = (cast::actor(site, cast.signatory)?, site.clock.now());
    let reason =
        "These schools receive the same help from the national programme this year (sample).";
    site.db.write_now(move |tx| {
        allocation::decline_for_authority(tx, id, reason, &actor, now).map(|_| ())
    })
}
