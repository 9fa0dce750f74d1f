//! The round, and what both sides make of it.

use super::calendar::{day, go_to};
use super::cast::{self, Cast, country};
use allocation::{NewRound, Part, Proposal};
use base::{Result, Role};
use web::Site;

/// Quarters the round plans for: 2027.
const QUARTERS: i64 = 4;
const FIRST_QUARTER: &str = "2027-01-01";
const AGAIN: &str = "2027-04-19";
const SECOND_HALF: &str = "2027-07-01";

/// An officer opens a round for Honduras and it is matched.
///
/// # Errors
/// A refusal the story should not have met.
pub fn round(site: &Site, cast: &Cast) -> Result<()> {
    if site.db.read_now(allocation::latest_round)?.is_some() {
        return Ok(());
    }
    site.clock.advance_seconds(3_600);
    matched(site, cast, "Honduras 2027", (FIRST_QUARTER, QUARTERS))
}

/// Half a year later members say that their offers stand, the authority that its needs do, and what is
/// still open is matched again: its proposals wait for both sides.
///
/// # Errors
/// A refusal the story should not have met.
pub fn again(site: &Site, cast: &Cast) -> Result<()> {
    let rounds = site.db.read_now(allocation::latest_round)?;
    let Some(latest) = rounds else {
        return Ok(());
    };
    if site
        .db
        .read_now(move |tx| allocation::round(tx, latest))?
        .number
        > 1
    {
        return Ok(());
    }
    go_to(site, AGAIN)?;
    let members = site.db.read_now(members::in_standing)?;
    for member in members {
        let focal = cast::of_member(site, member, Role::MemberFocalPoint)?;
        let now = site.clock.now();
        site.db.write_now(move |tx| {
            for offer in offers::offers_of(tx, member)? {
                if offers::state(tx, offer.id, now.day())? == offers::State::Stale {
                    offers::assure(tx, offer.id, &focal, now)?;
                }
            }
            Ok(())
        })?;
    }
    matched(
        site,
        cast,
        "Honduras, second half of 2027",
        (SECOND_HALF, 2),
    )
}

fn matched(site: &Site, cast: &Cast, title: &str, (from, periods): (&str, i64)) -> Result<()> {
    let officer = cast::actor(site, cast.second_officer)?;
    let now = site.clock.now();
    let new = NewRound {
        title: title.to_owned(),
        country: Some(country().to_owned()),
        policy: None,
        from: day(from)?,
        periods,
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
