//! From the member's notice to the closed consignment.

use super::{SLICE, told};
use crate::consignment::{Consignment, ConsignmentLine, Counts, Kind, Stage, Step};
use crate::store::{consignments as store, lines};
use crate::{rules, upstream};
use base::{Actor, Day, Error, Id, Moment, Refusal, Refusals, Result, Second};
use db::Tx;
use deployments::DeployedLine;
use files::Upload;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What a member says of a consignment it is about to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Where all of it goes: a department, or the country.
    pub to_place: String,
    /// The day it should be there.
    pub planned_on: Day,
    /// For the parties: the carrier, the packing.
    pub note: Option<String>,
}

/// A deployment's units no consignment holds yet, by need line and proposal.
///
/// # Errors
/// A fault of the database.
pub fn outstanding(tx: &mut Tx, deployment: Id) -> Result<Vec<(DeployedLine, i64)>> {
    let consigned = lines::consigned(tx, deployment)?;
    let all = deployments::lines(tx, deployment)?;
    let left = |line: DeployedLine| {
        let held = consigned.get(&(line.line, line.proposal)).copied();
        let left = line.units - line.returned - held.unwrap_or(0);
        (left > 0).then_some((line, left))
    };
    Ok(all.into_iter().filter_map(left).collect())
}

/// Shares the units asked for among the proposals they come from.
fn shared(left: Vec<(DeployedLine, i64)>, parts: &[(Id, i64)]) -> Result<Vec<(DeployedLine, i64)>> {
    let mut by_line: BTreeMap<Id, Vec<(DeployedLine, i64)>> = BTreeMap::new();
    for (line, units) in left {
        by_line.entry(line.line).or_default().push((line, units));
    }
    let (mut taken, mut no) = (Vec::with_capacity(parts.len()), Refusals::default());
    let mut seen = BTreeSet::new();
    for (line, units) in parts {
        let held = by_line.get(line).map(Vec::as_slice).unwrap_or_default();
        let sum: i64 = held.iter().map(|(_, left)| left).sum();
        no.unless(seen.insert(*line), "schools", "deliveries-line-twice");
        if *units < 1 || *units > sum {
            let refusal = Refusal::about("schools", "deliveries-more-than-left");
            no.push(refusal.with("units", *units).with("left", sum));
            continue;
        }
        let mut want = *units;
        for (line, left) in held {
            let take = want.min(*left);
            if take > 0 {
                taken.push((line.clone(), take));
            }
            want -= take;
        }
    }
    no.unless(!parts.is_empty(), "schools", "deliveries-no-lines");
    no.0.truncate(20);
    no.or(taken)
}

/// A member gives notice of a consignment: which units go to which lines of the deployment.
///
/// # Errors
/// Refused unless the deployment is at work and has so many units left; forbidden for everybody
/// but the member's people.
pub fn request(
    tx: &mut Tx,
    deployment: Id,
    parts: &[(Id, i64)],
    terms: &Terms,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let d = deployments::require_active(tx, deployment, now.day())?;
    upstream::require_member(actor, d.member)?;
    if terms.planned_on < now.day() {
        return Err(Refusal::about("planned_on", "deliveries-day-past").into());
    }
    tx.lock(&format!("consignments of {deployment}"))?;
    let left = outstanding(tx, deployment)?;
    let taken = shared(left, parts)?;
    let kind = upstream::kind(tx, &d.service_class)?;
    let year = store::year(now);
    let number = store::next_number(tx, &d.country, year)?;
    let ids: Vec<Id> = taken.iter().map(|(line, _)| line.line).collect();
    let id = Id::new(now);
    let open = needs::lines(tx, &ids)?;
    let rows: Vec<ConsignmentLine> = open
        .into_iter()
        .zip(taken)
        .map(|(open, (line, units))| ConsignmentLine {
            id: Id::new(now),
            consignment: id,
            line: line.line,
            proposal: line.proposal,
            offer: line.offer,
            units,
            place: open.place,
            department: open.area,
            school: open.school,
            label: open.label,
        })
        .collect();
    let units = rows.iter().map(|line| line.units).sum();
    let consignment = Consignment {
        id,
        code: format!("{}-{year}-C-{number:04}", d.country),
        year,
        number,
        deployment,
        country: d.country,
        member: d.member,
        kind,
        service_class: d.service_class,
        to_place: terms.to_place.clone(),
        planned_on: terms.planned_on,
        lines: i64::try_from(rows.len()).map_err(Error::fault)?,
        counts: Counts {
            units,
            ..Counts::default()
        },
        stage: Stage::Requested,
        note: terms.note.clone(),
        reason: None,
        requested: Step {
            by: actor.account,
            at: now,
        },
        decided: None,
        dispatched_on: None,
        dispatched: None,
        paper: None,
        arrived_on: None,
        closed: None,
        first_received_on: None,
        last_received_on: None,
        version: 1,
    };
    store::add(tx, &consignment)?;
    let about = json!({ "deployment": deployment, "lines": rows.len(), "units": units });
    told(tx, (now, Some(actor)), "consignment.requested", id, about)?;
    for slice in rows.chunks(SLICE) {
        lines::add_many(tx, slice)?;
        let about = json!({ "lines": slice.len() });
        told(tx, (now, Some(actor)), "consignment.lines-added", id, about)?;
    }
    Ok(id)
}

/// A consignment nobody else changes, for the country's authority.
fn for_authority(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<Consignment> {
    let consignment = store::hold(tx, id)?;
    let places = [consignment.to_place.clone()];
    upstream::require_authority(tx, actor, &consignment.country, &places, now.day())?;
    Ok(consignment)
}

fn decide(
    tx: &mut Tx,
    id: Id,
    (stage, verb): (Stage, &'static str),
    reason: Option<&str>,
    (actor, now): (&Actor, Moment),
) -> Result<()> {
    let mut consignment = for_authority(tx, id, actor, now)?;
    let second = Second::after(&[consignment.requested.by], actor)?;
    consignment.stage = rules::next(consignment.stage, stage)?;
    if stage == Stage::Rejected {
        rules::untouched(&consignment.counts)?;
    }
    consignment.reason = reason.map(rules::reason).transpose()?;
    consignment.decided = Some(Step {
        by: second.account(),
        at: now,
    });
    store::change(tx, &mut consignment)?;
    told(tx, (now, Some(actor)), verb, id, json!({}))
}

/// The authority lets a consignment come.
///
/// # Errors
/// Refused in another stage; forbidden for everybody but the authority; four eyes.
pub fn accept(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let step = (Stage::Accepted, "consignment.accepted");
    decide(tx, id, step, None, (actor, now))
}

/// The authority asks a consignment to wait, with the reason.
///
/// # Errors
/// As [`accept`]; refused without a reason.
pub fn hold(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let step = (Stage::OnHold, "consignment.held");
    decide(tx, id, step, Some(reason), (actor, now))
}

/// The authority turns a consignment down, with the reason; its units may be sent otherwise.
///
/// # Errors
/// As [`hold`]; refused once something arrived.
pub fn reject(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let step = (Stage::Rejected, "consignment.rejected");
    decide(tx, id, step, Some(reason), (actor, now))
}

/// The member takes back what it has not sent, with the reason.
///
/// # Errors
/// Refused without a reason or once it was sent; forbidden for everybody but the member's people.
pub fn withdraw(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut consignment = store::hold(tx, id)?;
    upstream::require_member(actor, consignment.member)?;
    consignment.stage = rules::next(consignment.stage, Stage::Withdrawn)?;
    rules::untouched(&consignment.counts)?;
    consignment.reason = Some(rules::reason(reason)?);
    store::change(tx, &mut consignment)?;
    told(
        tx,
        (now, Some(actor)),
        "consignment.withdrawn",
        id,
        json!({}),
    )
}

/// What a member says of units on their way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub on: Day,
    /// The way-bill, or whatever paper goes with it.
    pub paper: Option<Upload>,
}

/// Whoever speaks for the member's side of a consignment has not checked anything of it in.
fn sender(tx: &mut Tx, consignment: &Consignment, actor: &Actor) -> Result<()> {
    upstream::require_member(actor, consignment.member)?;
    if store::has_checked_in(tx, consignment.id, actor.account)? {
        return Err(Refusal::whole("four-eyes").into());
    }
    Ok(())
}

/// The member sends a consignment, begins a service or opens an access: its units are in transit,
/// or open.
///
/// # Errors
/// Refused before it was accepted, on a day that has not come, or while the deployment is not at
/// work; four eyes.
pub fn dispatch(tx: &mut Tx, id: Id, said: &Said, actor: &Actor, now: Moment) -> Result<()> {
    let mut consignment = store::hold(tx, id)?;
    sender(tx, &consignment, actor)?;
    rules::has_come("dispatched_on", said.on, now.day())?;
    deployments::require_active(tx, consignment.deployment, now.day())?;
    consignment.stage = rules::next(consignment.stage, Stage::Dispatched)?;
    let all = lines::all_told(tx, id)?;
    let kind = consignment.kind;
    for slice in all.chunks(SLICE) {
        let movements: Vec<_> = slice
            .iter()
            .flat_map(|told| {
                let shifts = told.known.clone().dispatch(kind);
                upstream::movements((told.line.line, told.line.offer), &shifts, now)
                    .collect::<Vec<_>>()
            })
            .collect();
        upstream::book(tx, consignment.deployment, &movements)?;
        let about = json!({ "lines": slice.len(), "moved": movements.len() });
        told(tx, (now, Some(actor)), "consignment.units-sent", id, about)?;
    }
    consignment.dispatched_on = Some(said.on);
    consignment.dispatched = Some(Step {
        by: actor.account,
        at: now,
    });
    consignment.paper.clone_from(&said.paper);
    if kind == Kind::Access {
        consignment.arrived_on = Some(said.on);
    }
    store::change(tx, &mut consignment)?;
    let about = json!({ "kind": kind.code(), "units": consignment.counts.units });
    told(tx, (now, Some(actor)), "consignment.dispatched", id, about)
}

/// The member says that units arrived or were given: all that it has not said so of, or those of
/// some departments, places or schools, by their codes.
///
/// # Errors
/// Refused before it was accepted, on a day that has not come, for an access, or when nothing is
/// left to say so of; four eyes.
pub fn arrive(
    tx: &mut Tx,
    id: Id,
    on: Day,
    places: &[String],
    actor: &Actor,
    now: Moment,
) -> Result<i64> {
    let mut consignment = store::hold(tx, id)?;
    sender(tx, &consignment, actor)?;
    rules::has_come("arrived_on", on, now.day())?;
    rules::may_arrive(consignment.stage, consignment.kind)?;
    let all = lines::all_told(tx, id)?;
    let strange = places
        .iter()
        .filter(|code| !all.iter().any(|told| is_at(&told.line, code)));
    let mut no = Refusals::default();
    for code in strange.take(20) {
        no.push(Refusal::about("places", "deliveries-place-not-in-it").with("code", code.as_str()));
    }
    no.or(())?;
    let named =
        |line: &ConsignmentLine| places.is_empty() || places.iter().any(|code| is_at(line, code));
    let come: Vec<&lines::Told> = all
        .iter()
        .filter(|told| !told.known.arrived && named(&told.line))
        .collect();
    if come.is_empty() {
        return Err(Refusal::about("places", "deliveries-all-arrived").into());
    }
    let mut units = 0;
    for slice in come.chunks(SLICE) {
        let rows: Vec<&ConsignmentLine> = slice.iter().map(|told| &told.line).collect();
        let movements: Vec<_> = slice
            .iter()
            .flat_map(|told| {
                let shifts = told.known.clone().arrive(consignment.kind);
                upstream::movements((told.line.line, told.line.offer), &shifts, now)
                    .collect::<Vec<_>>()
            })
            .collect();
        lines::arrive(tx, &rows, on, (actor.account, now))?;
        upstream::book(tx, consignment.deployment, &movements)?;
        let arrived: i64 = rows.iter().map(|line| line.units).sum();
        let about = json!({ "lines": rows.len(), "units": arrived });
        told(
            tx,
            (now, Some(actor)),
            "consignment.units-arrived",
            id,
            about,
        )?;
        units += arrived;
    }
    consignment.counts.arrived += units;
    consignment.arrived_on = consignment.arrived_on.max(Some(on));
    store::change(tx, &mut consignment)?;
    let about = json!({ "units": units });
    told(tx, (now, Some(actor)), "consignment.arrived", id, about)?;
    Ok(units)
}

/// Whether a code names a line's school, place or department.
pub(crate) fn is_at(line: &ConsignmentLine, code: &str) -> bool {
    line.school.as_deref() == Some(code) || line.place == code || line.department == code
}

/// The authority closes a consignment of which everything is received or decided.
///
/// # Errors
/// Refused with what is missing.
pub fn close(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut consignment = for_authority(tx, id, actor, now)?;
    let mut first = vec![consignment.requested.by];
    first.extend(consignment.dispatched.map(|step| step.by));
    let second = Second::after(&first, actor)?;
    rules::may_close(&consignment.counts)?;
    consignment.stage = rules::next(consignment.stage, Stage::Closed)?;
    consignment.closed = Some(Step {
        by: second.account(),
        at: now,
    });
    store::change(tx, &mut consignment)?;
    told(tx, (now, Some(actor)), "consignment.closed", id, json!({}))
}
