//! Planning, and changing a plan that has not begun.

use super::{SLICE, told};
use crate::deployment::{Deployment, InPerson, Plan, Stage, Standing};
use crate::meet::{self, Tree};
use crate::overlap::{Candidate, Overlap, Resolution};
use crate::rules::{self, Frame, Move};
use crate::store::{self, lines, overlaps, steps};
use crate::{find, upstream};
use base::{Actor, Conflict, Error, Id, Moment, Refusal, Result};
use db::Tx;
use serde_json::json;
use std::collections::BTreeSet;

/// Plans a deployment for the agreed lines in the chosen places; what it overlaps with is found in
/// the same transaction.
///
/// # Errors
/// Forbidden, or refused with everything that is wrong.
pub fn plan(tx: &mut Tx, plan: &Plan, actor: &Actor, now: Moment) -> Result<Id> {
    let today = now.day();
    let agreement = upstream::agreement(tx, plan.agreement, today)?;
    let (member, country) = (agreement.member, agreement.country.clone());
    rules::require(actor, Move::Change.sides(), member, &country)?;
    members::require_in_standing(tx, member, today)?;
    let year = i64::from(today.parts().0);
    let number = store::next_number(tx, &country, year)?;
    let mut d = Deployment {
        id: Id::new(now),
        code: format!("{country}-{year}-D-{number:04}"),
        country,
        agreement: plan.agreement,
        member,
        implementers: Vec::new(),
        service_class: plan.service_class.clone(),
        title: base::Names::default(),
        places: Vec::new(),
        group: None,
        levels: Vec::new(),
        flagship: None,
        missions: Vec::new(),
        in_person: InPerson::Supplements,
        replaces_reason: None,
        planned_from: plan.planned_from,
        planned_to: plan.planned_to,
        actual_from: None,
        actual_to: None,
        reach_planned: None,
        units: 0,
        lines: 0,
        assets_to: String::new(),
        maintenance: String::new(),
        financing_after: String::new(),
        free_until: plan.free_until,
        stage: Stage::Planned,
        standing: Standing::Planned,
        overdue: false,
        planned_by: actor.account,
        planned_at: now,
        claimed_by: None,
        confirmed_by: None,
        version: 1,
    };
    let asked = fill(tx, &mut d, plan, &agreement, now)?;
    store::add(tx, &d)?;
    let needs: BTreeSet<Id> = asked.iter().map(|row| row.need).collect();
    let needs: Vec<Id> = needs.into_iter().collect();
    lines::add_needs(tx, d.id, &needs)?;
    let by = (actor.account, now);
    steps::add(tx, d.id, ("planned", None), actor.account, now)?;
    add_lines(tx, d.id, &asked, by)?;
    let found = settle_overlaps(tx, &d, actor.account, now)?;
    let about = json!({ "agreement": d.agreement, "service_class": d.service_class, "lines": d.lines,
        "units": d.units, "overlaps": found });
    told(tx, by, "deployment.planned", ("deployment", d.id), about)?;
    Ok(d.id)
}

/// Changes a plan over the version its editor has seen. Lines outside of its new places are free
/// for another plan; overlaps are looked for again.
///
/// # Errors
/// Conflict when somebody else was first; refused as [`plan`], or when it has begun.
pub fn change(
    tx: &mut Tx,
    id: Id,
    plan: &Plan,
    seen: i64,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let today = now.day();
    let mut d = store::hold(tx, id, today)?;
    rules::may(Move::Change, &d, actor)?;
    same_version(&d, seen)?;
    let agreement = upstream::agreement(tx, d.agreement, today)?;
    let plan = Plan {
        agreement: d.agreement,
        service_class: d.service_class.clone(),
        ..plan.clone()
    };
    let before = (lines::kept(tx, id)?, d.implementers.clone());
    let asked = fill(tx, &mut d, &plan, &agreement, now)?;
    store::change(tx, &mut d)?;
    store::set_implementers(tx, id, &before.1, &d.implementers)?;
    let by = (actor.account, now);
    steps::add(tx, id, ("changed", None), actor.account, now)?;
    let key = |row: &lines::Kept| (row.line, row.proposal, row.period);
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = (
        before.0.iter().map(key).collect(),
        asked.iter().map(key).collect(),
    );
    for row in before.0.iter().filter(|row| !new.contains(&key(row))) {
        lines::remove(tx, row)?;
    }
    let fresh: Vec<lines::Kept> = asked
        .iter()
        .filter(|row| !old.contains(&key(row)))
        .cloned()
        .collect();
    let (had, has): (BTreeSet<Id>, BTreeSet<Id>) = (
        before.0.iter().map(|row| row.need).collect(),
        asked.iter().map(|row| row.need).collect(),
    );
    for need in had.difference(&has) {
        lines::remove_need(tx, id, *need)?;
    }
    let more: Vec<Id> = has.difference(&had).copied().collect();
    lines::add_needs(tx, id, &more)?;
    add_lines(tx, id, &fresh, by)?;
    let found = settle_overlaps(tx, &d, actor.account, now)?;
    let about = json!({ "lines": d.lines, "units": d.units, "overlaps": found });
    told(tx, by, "deployment.changed", ("deployment", id), about)
}

/// The version the editor saw is the one that is kept.
pub(super) fn same_version(d: &Deployment, seen: i64) -> Result<()> {
    if d.version == seen {
        return Ok(());
    }
    Err(Error::Conflict(Box::new(Conflict {
        version: d.version,
        saved: vec![
            ("planned_from".to_owned(), d.planned_from.to_string()),
            ("planned_to".to_owned(), d.planned_to.to_string()),
            ("places".to_owned(), d.places.join(" ")),
        ],
    })))
}

/// Decides a plan and writes it into the deployment; answers the lines it serves.
fn fill(
    tx: &mut Tx,
    d: &mut Deployment,
    plan: &Plan,
    agreement: &agreements::Agreement,
    now: Moment,
) -> Result<Vec<lines::Kept>> {
    let tree = places::gazetteer(tx, &d.country)?;
    let mut all = upstream::free_lines(tx, (d.agreement, &d.service_class), d.id, now)?;
    let frame = Frame {
        starts_on: agreement.starts_on,
        ends_on: agreement.ends_on,
    };
    rules::plan(plan, &frame)?;
    if let Some(unknown) = plan.places.iter().find(|code| tree.get(code).is_none()) {
        let refusal = Refusal::about("places", "deployments-place-unknown");
        return Err(refusal.with("place", unknown.as_str()).into());
    }
    let chosen = if plan.places.is_empty() {
        all.iter().map(|(_, at)| at.area.clone()).collect()
    } else {
        plan.places.clone()
    };
    let tops = meet::tops(&chosen, &tree);
    let inside = |place: &str| tree.up(place).iter().any(|above| tops.contains(above));
    all.retain(|(_, at)| inside(&at.place));
    if all.is_empty() {
        return Err(Refusal::about("places", "deployments-no-lines").into());
    }
    let asked: Vec<lines::Kept> = all.into_iter().map(|(row, _)| row).collect();
    d.title = plan.title.clone();
    d.implementers = plan.implementers.clone();
    d.implementers.sort_unstable();
    d.implementers.dedup();
    d.places = tops;
    d.group = plan.group.clone();
    d.levels = plan.levels.clone();
    d.flagship = plan.flagship.clone();
    d.missions = plan.missions.clone();
    d.in_person = plan.in_person;
    d.replaces_reason = plan
        .replaces_reason
        .clone()
        .filter(|_| plan.in_person == InPerson::Replaces);
    d.planned_from = plan.planned_from;
    d.planned_to = plan.planned_to;
    d.reach_planned = plan.reach_planned;
    d.assets_to = plan.assets_to.clone();
    d.maintenance = plan.maintenance.trim().to_owned();
    d.financing_after = plan.financing_after.trim().to_owned();
    d.free_until = plan.free_until;
    d.units = asked.iter().map(|row| row.units).sum();
    let distinct: BTreeSet<Id> = asked.iter().map(|row| row.line).collect();
    d.lines = i64::try_from(distinct.len()).unwrap_or(i64::MAX);
    Ok(asked)
}

fn add_lines(tx: &mut Tx, id: Id, rows: &[lines::Kept], by: (Id, Moment)) -> Result<()> {
    for slice in rows.chunks(SLICE) {
        lines::add(tx, slice)?;
        if rows.len() > SLICE {
            let about = json!({ "lines": slice.len() });
            told(tx, by, "deployment.lines_added", ("deployment", id), about)?;
        }
    }
    Ok(())
}

/// Keeps where and when a deployment is, so that others find it.
pub(super) fn keep_places(tx: &mut Tx, d: &Deployment) -> Result<places::Gazetteer> {
    let tree = places::gazetteer(tx, &d.country)?;
    let rows = meet::kept(&d.places, &tree);
    overlaps::set_places(tx, d.id, &rows, &d.service_class, d.days())?;
    Ok(tree)
}

/// Keeps where a deployment is, and brings its overlaps up to what is so now: new ones are found,
/// what no longer meets is split, what meets in another way is open again.
pub(super) fn settle_overlaps(
    tx: &mut Tx,
    d: &Deployment,
    account: Id,
    now: Moment,
) -> Result<usize> {
    // Two plans of one service in one country do not pass each other unseen.
    tx.lock(&format!("deployments {} {}", d.country, d.service_class))?;
    let tree = keep_places(tx, d)?;
    let (from, to) = d.days();
    let candidate = Candidate {
        id: Some(d.id),
        country: d.country.clone(),
        service_class: d.service_class.clone(),
        places: d.places.clone(),
        group: d.group.clone(),
        from,
        to,
        reach: d.reach_planned,
    };
    let found = find::find(tx, &candidate, &tree)?;
    let count = found.len();
    let mut known = overlaps::of(tx, d.id)?;
    for one in found {
        let at = known.iter().position(|o| o.beside(d.id) == one.other);
        let Some(mut o) = at.map(|at| known.swap_remove(at)) else {
            let o = Overlap {
                id: Id::new(now),
                deployment: d.id,
                other: one.other,
                country: d.country.clone(),
                service_class: d.service_class.clone(),
                dimensions: one.dimensions,
                resolution: None,
                found_at: now,
                resolved_at: None,
                version: 1,
            };
            overlaps::add(tx, &o)?;
            overlaps::say(tx, o.id, ("found", "rule", None), account, now)?;
            continue;
        };
        if o.dimensions == one.dimensions && o.resolution != Some(Resolution::Split) {
            continue;
        }
        o.dimensions = one.dimensions;
        (o.resolution, o.resolved_at) = (None, None);
        overlaps::change(tx, &mut o)?;
        overlaps::say(tx, o.id, ("found_again", "rule", None), account, now)?;
    }
    for mut o in known.into_iter().filter(|o| o.resolution.is_none()) {
        (o.resolution, o.resolved_at) = (Some(Resolution::Split), Some(now));
        overlaps::change(tx, &mut o)?;
        overlaps::say(tx, o.id, ("split", o.side_of(d.id), None), account, now)?;
    }
    Ok(count)
}
