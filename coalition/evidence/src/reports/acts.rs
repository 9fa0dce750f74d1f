//! The verbs of reports: load, decide, save, record, in one transaction.

use super::{Period, Report, ReportStep, State, due, rules, store};
use crate::claims::{self, Claim, rules::Step as Taken};
use base::{Actor, Day, Error, Id, Moment, Refusal, Result, Role, Second};
use db::Tx;
use deployments::Deployment;
use serde_json::{Value, json};

/// A report its writers may change now, by one who speaks for them.
pub(crate) fn open_report(
    tx: &mut Tx,
    id: Id,
    actor: &Actor,
    now: Moment,
) -> Result<(Report, Deployment)> {
    let report = store::hold(tx, id)?;
    let deployment = deployments::deployment(tx, report.deployment, now.day())?;
    crate::require_writer(actor, &deployment)?;
    rules::next(report.state, rules::Step::Edit)?;
    Ok((report, deployment))
}

/// Records a fact about a report.
pub(crate) fn touch(
    tx: &mut Tx,
    report: &Report,
    verb: &'static str,
    about: Value,
    actor: &Actor,
    now: Moment,
) -> Result<i64> {
    let fact = ledger::Fact {
        now,
        actor: Some(actor.account),
        verb,
        subject: ("report", report.id),
        about,
    };
    ledger::record(tx, &fact)
}

fn note(
    tx: &mut Tx,
    report: Id,
    step: &str,
    words: Option<&str>,
    by: Id,
    now: Moment,
) -> Result<()> {
    let taken = ReportStep {
        step: step.to_owned(),
        words: words.map(str::to_owned),
        account: by,
        at: now,
    };
    store::add_step(tx, report, &taken)
}

/// Begins the report of a deployment for the period that starts on a day.
///
/// # Errors
/// Refused when the deployment owes none for it, or there is one; unless the actor speaks for the
/// deployment's member.
pub fn draft_report(
    tx: &mut Tx,
    deployment: Id,
    from: Day,
    narrative: Option<&str>,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let deployment = deployments::deployment(tx, deployment, now.day())?;
    crate::require_writer(actor, &deployment)?;
    let rule = due::rule(tx)?;
    let owed = due::owed(&deployment, now.day(), rule);
    let period: Period = owed
        .into_iter()
        .find(|period| period.from == from)
        .ok_or_else(|| Refusal::about("period", "evidence-period-not-owed"))?;
    let report = Report {
        id: Id::new(now),
        deployment: deployment.id,
        country: deployment.country,
        member: deployment.member,
        period,
        narrative: narrative.map(str::to_owned),
        state: State::Draft,
        created_by: actor.account,
        created_at: now,
        submitted_at: None,
        version: 1,
    };
    let twice = Refusal::about("period", "evidence-report-there");
    db::on_unique(
        store::add(tx, &report),
        "report.deployment_id,period_from",
        twice,
    )?;
    note(tx, report.id, "drafted", None, actor.account, now)?;
    touch(
        tx,
        &report,
        "report.drafted",
        json!({ "from": from.to_string() }),
        actor,
        now,
    )?;
    Ok(report.id)
}

/// Writes the narrative anew.
///
/// # Errors
/// A conflict when somebody else changed the report; unless the actor speaks for its member.
pub fn edit_report(
    tx: &mut Tx,
    id: Id,
    narrative: Option<&str>,
    version: i64,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let (mut report, _) = open_report(tx, id, actor, now)?;
    if report.version != version {
        return Err(Error::Conflict(Box::new(base::Conflict {
            version: report.version,
            saved: vec![("narrative".to_owned(), report.narrative.unwrap_or_default())],
        })));
    }
    report.narrative = narrative.map(str::to_owned);
    store::save(tx, &report, version)?;
    note(tx, id, rules::Step::Edit.code(), None, actor.account, now)?;
    touch(tx, &report, "report.edited", json!({}), actor, now).map(drop)
}

fn step(tx: &mut Tx, report: &mut Report, step: rules::Step) -> Result<()> {
    report.state = rules::next(report.state, step)?;
    report.version = store::save(tx, report, report.version)?;
    Ok(())
}

/// Hands a report in; its figures stand before others from now on, as reported.
///
/// # Errors
/// Refused when it says nothing, or files of it wait for answers; unless the actor speaks for its
/// member.
pub fn submit_report(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let (mut report, _) = open_report(tx, id, actor, now)?;
    let claims = claims::store::hold_of_report(tx, id)?;
    let counting = claims
        .iter()
        .filter(|claim| claim.standing.counts())
        .count();
    if counting == 0 && report.narrative.is_none() {
        return Err(Refusal::whole("evidence-report-empty").into());
    }
    if crate::files::store::any_waiting(tx, id)? {
        return Err(Refusal::whole("evidence-files-wait").into());
    }
    report.submitted_at = Some(now);
    step(tx, &mut report, rules::Step::Submit)?;
    note(tx, id, "submitted", None, actor.account, now)?;
    let batch = Id::new(now);
    let fresh: Vec<Claim> = claims
        .into_iter()
        .filter(|claim| claim.submitted_at.is_none())
        .collect();
    let count = fresh.len();
    let mut seq = touch_before(tx, &report, count, actor, now)?;
    for slice in fresh.chunks(claims::store::SLICE) {
        for claim in slice {
            let submitted = Claim {
                batch: Some(batch),
                submitted_at: Some(now),
                ..claim.clone()
            };
            claims::store::save(tx, &submitted)?;
        }
        let about = json!({ "figures": slice.len() });
        seq = touch(tx, &report, "report.figures-submitted", about, actor, now)?;
    }
    claims::store::mark(tx, batch, seq)
}

/// The fact that tells of the submission itself.
fn touch_before(
    tx: &mut Tx,
    report: &Report,
    figures: usize,
    actor: &Actor,
    now: Moment,
) -> Result<i64> {
    touch(
        tx,
        report,
        "report.submitted",
        json!({ "figures": figures }),
        actor,
        now,
    )
}

/// An officer of the secretariat with no tie to the report or its member.
fn judge(tx: &mut Tx, report: &Report, actor: &Actor, now: Moment) -> Result<Second> {
    actor.require(Role::SecretariatOfficer)?;
    let claims = claims::store::of_report(tx, report.id)?;
    let mut wrote: Vec<Id> = claims
        .iter()
        .filter_map(|claim| claim.reported_by)
        .collect();
    wrote.push(report.created_by);
    let steps = store::steps(tx, report.id)?;
    let by_writers =
        |step: &&ReportStep| ["drafted", "edited", "submitted"].contains(&step.step.as_str());
    wrote.extend(steps.iter().filter(by_writers).map(|step| step.account));
    let second = Second::after(&wrote, actor)?;
    if people::is_affiliated(tx, actor.account, report.member, now.day())? {
        return Err(Refusal::whole("evidence-affiliated").into());
    }
    Ok(second)
}

/// Sends a report back to its writers, with a reason.
///
/// # Errors
/// Refused without a reason; by the officer only, who wrote none of it.
pub fn send_back(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let reason = crate::reason(reason)?;
    let mut report = store::hold(tx, id)?;
    let second = judge(tx, &report, actor, now)?;
    step(tx, &mut report, rules::Step::SendBack)?;
    note(tx, id, "sent_back", Some(&reason), second.account(), now)?;
    touch(tx, &report, "report.sent-back", json!({}), actor, now).map(drop)
}

/// Accepts a report: its figures are what the member says was delivered.
///
/// # Errors
/// Refused by the officer only, who wrote none of it and has no tie to the member.
pub fn accept_report(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut report = store::hold(tx, id)?;
    let second = judge(tx, &report, actor, now)?;
    step(tx, &mut report, rules::Step::Accept)?;
    note(tx, id, "accepted", None, second.account(), now)?;
    let claims = claims::store::hold_of_report(tx, id)?;
    let open: Vec<Claim> = claims
        .into_iter()
        .filter(|claim| claim.standing.counts() && claim.level.is_none())
        .collect();
    advance(tx, &report, open, Taken::Accept, second.account(), now)
}

/// The authority confirms figures of an accepted report; none named means all it may.
///
/// # Errors
/// Refused when one is contested, not accepted or lies outside what the actor speaks for.
pub fn confirm_figures(
    tx: &mut Tx,
    id: Id,
    chosen: &[Id],
    actor: &Actor,
    now: Moment,
) -> Result<usize> {
    let mut report = store::hold(tx, id)?;
    authorities::require_active(tx, actor, &report.country, now.day())?;
    rules::next(report.state, rules::Step::Confirm)?;
    let mut claims = claims::store::hold_of_report(tx, id)?;
    if chosen.is_empty() {
        claims.retain(|c| {
            c.level == Some(crate::Level::Delivered) && c.standing == crate::Standing::Stands
        });
    } else {
        claims.retain(|claim| chosen.contains(&claim.id));
        if claims.len() != chosen.len() {
            return Err(Refusal::about("figures", "evidence-figure-not-here").into());
        }
    }
    if claims.is_empty() {
        return Err(Refusal::about("figures", "evidence-nothing-to-confirm").into());
    }
    let mut areas: Vec<String> = claims.iter().map(|claim| claim.place.clone()).collect();
    areas.sort_unstable();
    areas.dedup();
    authorities::require_places(tx, actor, &report.country, &areas, now.day())?;
    let involved: Vec<Id> = claims
        .iter()
        .flat_map(|claim| [claim.reported_by, claim.accepted_by])
        .flatten()
        .collect();
    let second = Second::after(&involved, actor)?;
    let count = claims.len();
    step(tx, &mut report, rules::Step::Confirm)?;
    note(tx, id, "confirmed", None, second.account(), now)?;
    advance(tx, &report, claims, Taken::Confirm, second.account(), now)?;
    Ok(count)
}

/// Takes a step with many figures of a report, a slice a fact.
fn advance(
    tx: &mut Tx,
    report: &Report,
    claims: Vec<Claim>,
    step: Taken,
    by: Id,
    now: Moment,
) -> Result<()> {
    let hand = claims::acts::Hand::new(by, now);
    let verb = match step {
        Taken::Accept => "report.accepted",
        _ => "report.figures-confirmed",
    };
    let fact = |about: Value| ledger::Fact {
        now,
        actor: Some(by),
        verb,
        subject: ("report", report.id),
        about,
    };
    let mut seq = None;
    for slice in claims.chunks(claims::store::SLICE) {
        for claim in slice {
            claims::acts::take(tx, claim.clone(), step, None, hand)?;
        }
        seq = Some(ledger::record(
            tx,
            &fact(json!({ "figures": slice.len() })),
        )?);
    }
    match seq {
        Some(seq) => claims::store::mark(tx, hand.batch, seq),
        None => ledger::record(tx, &fact(json!({ "figures": 0 }))).map(drop),
    }
}
