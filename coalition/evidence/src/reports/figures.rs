//! Figures of a report while its writers may change them.

use super::acts::{open_report, touch};
use super::{NewFigure, Report, State};
use crate::claims::{self, Claim, Standing, rules, store};
use base::{Actor, Error, Id, Moment, Refusal, Result};
use db::Tx;
use serde_json::json;

/// Enters a figure.
///
/// # Errors
/// Refused with every reason; unless the actor speaks for the deployment's member.
pub fn add_figure(
    tx: &mut Tx,
    report: Id,
    new: &NewFigure,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let (report, deployment) = open_report(tx, report, actor, now)?;
    let (id, service) = (Id::new(now), deployment.service_class.clone());
    let mut claim = made(tx, &report, id, new, actor.account, now)?;
    claim.print = rules::print(&claim, Some(&service));
    refuse_twins(tx, &report, &claim)?;
    store::add(tx, std::slice::from_ref(&claim))?;
    touch(
        tx,
        &report,
        "report.figure-entered",
        json!({ "claim": id.to_string() }),
        actor,
        now,
    )?;
    Ok(id)
}

/// A figure of a report as a claim, when nothing is wrong with it.
pub(crate) fn made(
    tx: &mut Tx,
    report: &Report,
    id: Id,
    new: &NewFigure,
    account: Id,
    now: Moment,
) -> Result<Claim> {
    let figure = rules::figure(new.comparator, new.value, new.low, new.high)?;
    let period = (report.period.from, report.period.to);
    rules::days((new.from, new.to), new.as_of, Some(period), now.day())?;
    let unknown =
        |field: &'static str, key: &'static str| move |_| Error::from(Refusal::about(field, key));
    let indicator = crate::indicators::indicator(tx, &new.indicator)
        .map_err(unknown("indicator", "evidence-indicator-unknown"))?;
    let place =
        places::place(tx, &new.place).map_err(unknown("place", "evidence-place-unknown"))?;
    if place.country != report.country {
        return Err(Refusal::about("place", "evidence-place-elsewhere").into());
    }
    if new.group != crate::EVERYBODY && !catalogue::is_used(tx, "groups", &new.group)? {
        return Err(Refusal::about("people_group", "evidence-group-unknown").into());
    }
    Ok(Claim {
        id,
        indicator: indicator.code,
        unit: indicator.unit,
        level: None,
        comparator: figure.comparator,
        low: figure.low,
        high: figure.high,
        place: place.code,
        country: report.country.clone(),
        group: new.group.clone(),
        from: new.from,
        to: new.to,
        method: new.method.clone(),
        source: new.source.clone(),
        as_of: new.as_of,
        organisation: report.member,
        deployment: Some(report.deployment),
        report: Some(report.id),
        file: None,
        standing: Standing::Stands,
        supersedes: None,
        print: String::new(),
        reported_by: Some(account),
        accepted_by: None,
        confirmed_by: None,
        verified_by: None,
        batch: None,
        submitted_at: None,
        version: 1,
    })
}

/// The same figure twice in one report is a slip of the hand.
fn refuse_twins(tx: &mut Tx, report: &Report, claim: &Claim) -> Result<()> {
    let figures = store::of_report(tx, report.id)?;
    let same = |one: &&Claim| one.print == claim.print && one.standing.counts();
    match figures.iter().find(same) {
        Some(_) => Err(Refusal::whole("evidence-figure-twice").into()),
        None => Ok(()),
    }
}

/// Takes a figure out of a report its writers may still change: from a draft it goes without a
/// trace; what was once before others is taken back, with a reason.
///
/// # Errors
/// Refused without a reason where one is needed; unless the actor speaks for the member.
pub fn remove_figure(
    tx: &mut Tx,
    claim: Id,
    reason: Option<&str>,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let held = store::hold(tx, claim)?;
    let report = held.report.ok_or(Error::Missing)?;
    let (report, _) = open_report(tx, report, actor, now)?;
    if held.submitted_at.is_none() {
        store::remove(tx, claim)?;
        touch(
            tx,
            &report,
            "report.figure-removed",
            json!({ "claim": claim.to_string() }),
            actor,
            now,
        )?;
        return Ok(report.id);
    }
    debug_assert_eq!(report.state, State::SentBack);
    let reason = crate::reason(reason.unwrap_or_default())?;
    let hand = claims::acts::Hand::new(actor.account, now);
    claims::acts::take(tx, held, rules::Step::Retract, Some(&reason), hand)?;
    let about = json!({ "by": "writer" });
    claims::acts::record(tx, "claim.retracted", claim, about, hand)?;
    Ok(report.id)
}
