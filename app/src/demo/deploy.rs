//! Signed agreements become deployments; one of them would do what another does, and says so.

use super::agree::schedules;
use super::calendar::{day, go_to};
use super::cast::{self, Cast, country};
use agreements::{Agreement, Scheduled};
use base::{Id, Lang, Names, Result};
use deployments::{InPerson, Plan, Scope, Told};
use std::collections::{BTreeMap, BTreeSet};
use web::Site;

const PLANNED: &str = "2027-01-11";
const RESOLVED: &str = "2027-01-14";
const BEGUN: &str = "2027-01-18";

/// Every deployment of the story's country.
///
/// # Errors
/// A fault of the database.
pub fn all(site: &Site) -> Result<Vec<deployments::Deployment>> {
    let today = site.clock.now().day();
    site.db.read_now(move |tx| {
        let mut all = Vec::new();
        let scope = Scope::Country(country().to_owned());
        deployments::each(tx, &scope, today, &mut |one| {
            all.push(one);
            Ok(())
        })?;
        Ok(all)
    })
}

/// One deployment for each service that a signed agreement promises.
///
/// # Errors
/// A refusal the story should not have met.
pub fn plan(site: &Site, _: &Cast) -> Result<()> {
    if !all(site)?.is_empty() {
        return Ok(());
    }
    go_to(site, PLANNED)?;
    let mut met = BTreeSet::new();
    for (agreement, scheduled) in schedules(site)? {
        if agreement.standing != agreements::Standing::InForce {
            continue;
        }
        let mut services: Vec<&Scheduled> = scheduled.iter().collect();
        services.dedup_by(|a, b| a.service_class == b.service_class);
        for service in services {
            // Who comes second means to reach the families too: more than are in need there.
            let wide = !met.insert(service.service_class.clone());
            one(site, &agreement, service, if wide { 3 } else { 1 })?;
            site.clock.advance_seconds(600);
        }
    }
    Ok(())
}

fn one(site: &Site, agreement: &Agreement, service: &Scheduled, times: i64) -> Result<Id> {
    let actor = cast::member_officer(site, agreement.member)?;
    let (id, now) = (agreement.id, site.clock.now());
    let class = service.service_class.clone();
    let (from, to) = (service.from.max(day(PLANNED)?), service.to);
    let free_until = agreement.free_until;
    let member = agreement.member;
    site.db.write_now(move |tx| {
        let called = catalogue::service_class(tx, &class)?.names;
        let people: i64 = reach(tx, id, &class, now)? * times;
        let trains = class == "teacher_training";
        let plan = Plan {
            agreement: id,
            service_class: class.clone(),
            title: titled(&called),
            implementers: vec![member],
            places: Vec::new(),
            group: None,
            levels: vec!["1".to_owned()],
            flagship: Some(if trains { "teachers" } else { "connectivity" }.to_owned()),
            missions: trains
                .then(|| "global_teacher_campus".to_owned())
                .into_iter()
                .collect(),
            in_person: InPerson::Supplements,
            replaces_reason: None,
            planned_from: from,
            planned_to: to,
            reach_planned: (people > 0).then_some(people),
            assets_to: "schools".to_owned(),
            maintenance: "The member trains one technician in each department (sample).".to_owned(),
            financing_after: "The ministry's own budget from 2028 (sample).".to_owned(),
            free_until,
        };
        deployments::plan(tx, &plan, &actor, now)
    })
}

fn titled(service: &Names) -> Names {
    let in_2027 = |lang| format!("{}, Honduras 2027", service.get(lang));
    Names::three(&in_2027(Lang::En), &in_2027(Lang::Fr), &in_2027(Lang::Ar))
}

/// Learners of the lines promised: nobody is counted who is not in the register.
fn reach(tx: &mut db::Tx, agreement: Id, class: &str, now: base::Moment) -> Result<i64> {
    let mut people = 0;
    for scheduled in agreements::schedule(tx, agreement)? {
        if scheduled.service_class != class {
            continue;
        }
        let lines: Vec<Id> = allocation::agreed_lines(tx, scheduled.proposal, now)?
            .into_iter()
            .map(|(line, _, _)| line)
            .collect();
        for slice in lines.chunks(1_000) {
            people += needs::lines(tx, slice)?
                .iter()
                .filter_map(|line| line.learners)
                .sum::<i64>();
        }
    }
    Ok(people)
}

/// Both members and the secretariat say in public why one adds to the other; the last overlap the
/// approver accepts.
///
/// # Errors
/// A refusal the story should not have met.
pub fn resolve(site: &Site, cast: &Cast) -> Result<()> {
    let planned = all(site)?;
    if planned.iter().any(|one| one.standing.has_begun()) {
        return Ok(());
    }
    let mut open: BTreeMap<Id, [Id; 2]> = BTreeMap::new();
    for one in &planned {
        let id = one.id;
        let found = site.db.read_now(move |tx| deployments::overlaps(tx, id))?;
        let unresolved = found.into_iter().filter(|o| o.resolution.is_none());
        open.extend(unresolved.map(|o| (o.id, [o.deployment, o.other])));
    }
    go_to(site, RESOLVED)?;
    let (officer, approver) = (
        cast::actor(site, cast.officer)?,
        cast::actor(site, cast.approver)?,
    );
    let last = (open.len() > 1).then(|| open.keys().next_back().copied());
    for (overlap, sides) in open {
        let now = site.clock.now();
        if Some(Some(overlap)) == last {
            let (approver, why) = (approver.clone(), "The departments asked for both (sample).");
            site.db
                .write_now(move |tx| deployments::accept(tx, overlap, why, &approver, now))?;
            continue;
        }
        let mut speakers = Vec::new();
        for side in sides {
            let at = planned.iter().find(|one| one.id == side);
            let member = at.ok_or(base::Error::Missing)?.member;
            speakers.push(cast::member_officer(site, member)?);
        }
        speakers.push(officer.clone());
        for speaker in speakers {
            let words = "One serves the pupils, the other their families in the evening (sample).";
            let now = site.clock.now();
            site.db.write_now(move |tx| {
                deployments::call_complementary(tx, overlap, words, &speaker, now).map(drop)
            })?;
            site.clock.advance_seconds(900);
        }
    }
    Ok(())
}

/// Teachers are asked first; then whatever nothing stands in the way of begins.
///
/// # Errors
/// A refusal the story should not have met.
pub fn begin(site: &Site, _: &Cast) -> Result<()> {
    let planned = all(site)?;
    if planned.iter().any(|one| one.standing.has_begun()) {
        return Ok(());
    }
    go_to(site, BEGUN)?;
    for deployment in planned {
        let actor = cast::member_officer(site, deployment.member)?;
        let (id, now) = (deployment.id, site.clock.now());
        let start = now.day();
        if deployment.planned_from > start {
            continue;
        }
        site.db.write_now(move |tx| {
            for stage in ["design", "testing"] {
                let told = Told {
                    stage: stage.to_owned(),
                    involved: true,
                    teachers: Some(12),
                    on: start,
                    words: "Teachers of three departments tried it and changed the order (sample)."
                        .to_owned(),
                };
                deployments::involve(tx, id, &told, &actor, now)?;
            }
            let deployment = deployments::deployment(tx, id, start)?;
            if deployments::clearance(tx, &deployment, start)?.0.is_empty() {
                deployments::activate(tx, id, start, &actor, now)?;
            }
            Ok(())
        })?;
        site.clock.advance_seconds(300);
    }
    Ok(())
}
