//! What was promised travels, and those who receive it say what arrived.

use super::calendar::{day, go_to};
use super::cast::{self, Cast};
use super::{deploy, letter};
use base::{Error, Id, Result};
use deliveries::{By, Checked, Decision, Kind, Proof, Resolution, Said, Terms};
use deployments::{Deployment, Standing};
use web::Site;

const ASKED: &str = "2027-01-25";
const SENT: &str = "2027-02-01";
const ARRIVED: &str = "2027-02-15";
const CHECKED: &str = "2027-03-01";
/// Lines of one consignment of the story.
const LINES: usize = 400;

fn active(site: &Site) -> Result<Vec<Deployment>> {
    let mut all = deploy::all(site)?;
    all.retain(|one| one.standing == Standing::Active);
    Ok(all)
}

fn consignments(site: &Site) -> Result<Vec<deliveries::Consignment>> {
    let mut all = Vec::new();
    for deployment in deploy::all(site)? {
        all.extend(
            site.db
                .read_now(move |tx| deliveries::of_deployment(tx, deployment.id))?,
        );
    }
    Ok(all)
}

/// Members ask to send, the authority agrees, and all but the last go on their way.
///
/// # Errors
/// A refusal the story should not have met.
pub fn send(site: &Site, cast: &Cast) -> Result<()> {
    if !consignments(site)?.is_empty() {
        return Ok(());
    }
    go_to(site, ASKED)?;
    let mut asked = Vec::new();
    for deployment in active(site)? {
        asked.push((request(site, &deployment)?, deployment.member));
    }
    let authority = cast::actor(site, cast.focal_point)?;
    for (id, _) in asked.clone() {
        let (authority, now) = (authority.clone(), site.clock.now());
        site.db
            .write_now(move |tx| deliveries::accept(tx, id, &authority, now))?;
    }
    go_to(site, SENT)?;
    asked.pop();
    for (id, member) in asked {
        let (officer, now) = (cast::member_officer(site, member)?, site.clock.now());
        let said = Said {
            on: now.day(),
            paper: None,
        };
        site.db
            .write_now(move |tx| deliveries::dispatch(tx, id, &said, &officer, now))?;
    }
    Ok(())
}

fn request(site: &Site, deployment: &Deployment) -> Result<Id> {
    let officer = cast::member_officer(site, deployment.member)?;
    let (id, now) = (deployment.id, site.clock.now());
    let terms = Terms {
        to_place: deployment
            .places
            .first()
            .cloned()
            .unwrap_or_else(|| deployment.country.clone()),
        planned_on: day(SENT)?,
        note: None,
    };
    site.db.write_now(move |tx| {
        let parts: Vec<(Id, i64)> = deliveries::outstanding(tx, id)?
            .into_iter()
            .take(LINES)
            .map(|(line, left)| (line.line, left))
            .collect();
        deliveries::request(tx, id, &parts, &terms, &officer, now)
    })
}

/// Members say what arrived; the authority's schools count it: most whole, some short or broken.
///
/// # Errors
/// A refusal the story should not have met.
pub fn receive(site: &Site, cast: &Cast) -> Result<()> {
    let sent = consignments(site)?;
    if sent.iter().any(|one| one.first_received_on.is_some()) {
        return Ok(());
    }
    go_to(site, ARRIVED)?;
    let under_way = |one: &&deliveries::Consignment| one.dispatched_on.is_some();
    for one in sent
        .iter()
        .filter(under_way)
        .filter(|one| one.kind == Kind::Goods)
    {
        let (officer, now) = (cast::member_officer(site, one.member)?, site.clock.now());
        let id = one.id;
        site.db.write_now(move |tx| {
            deliveries::arrive(tx, id, now.day(), &[], &officer, now).map(drop)
        })?;
    }
    go_to(site, CHECKED)?;
    for one in sent.iter().filter(under_way) {
        check_in(site, cast, one.id)?;
    }
    settle(site, cast, &sent)
}

/// Nine lines in ten are checked in; of each twentieth a unit is short, of each thirtieth one is broken.
fn check_in(site: &Site, cast: &Cast, consignment: Id) -> Result<()> {
    let (authority, now) = (cast::actor(site, cast.focal_point)?, site.clock.now());
    let paper = letter::pdf(&["Delivery note, signed by the school (sample)."]);
    let paper = site.files.keep("note.pdf", "application/pdf", &paper)?;
    site.db.write_now(move |tx| {
        let said: Vec<(Id, Checked)> = deliveries::lines(tx, consignment)?
            .iter()
            .enumerate()
            .filter(|(at, _)| at % 10 != 9)
            .map(|(at, line)| {
                let short = i64::from(at % 20 == 3).min(line.units);
                let damaged = i64::from(at % 30 == 7).min(line.units - short);
                let good = line.units - short - damaged;
                let checked = Checked {
                    good,
                    damaged,
                    short,
                    surplus: 0,
                };
                (line.id, checked)
            })
            .collect();
        let proof = Proof {
            on: now.day(),
            file: Some(paper.clone()),
            note: None,
        };
        deliveries::check_in(tx, consignment, &said, By::Account(&authority), &proof, now)
    })
}

/// The first discrepancies are settled: what was short was found.
fn settle(site: &Site, cast: &Cast, sent: &[deliveries::Consignment]) -> Result<()> {
    let (authority, now) = (cast::actor(site, cast.signatory)?, site.clock.now());
    let first = sent.first().map(|one| one.id).ok_or(Error::Missing)?;
    site.db.write_now(move |tx| {
        let mut settled = 0;
        for line in deliveries::lines(tx, first)? {
            for one in deliveries::discrepancies(tx, line.id)? {
                if settled == 3 || one.open() == 0 {
                    continue;
                }
                let decision = Decision {
                    how: Resolution::Found,
                    units: one.open(),
                    to_line: None,
                    reason: "Found in the district's store (sample).".to_owned(),
                };
                deliveries::resolve(tx, one.id, &decision, &authority, now)?;
                settled += 1;
            }
        }
        Ok(())
    })
}
