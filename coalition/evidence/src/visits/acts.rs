//! The verbs of visits: plan, accept or refuse, find, report, send back, approve.

use super::rules::{self, Step};
use super::{Finding, NewVisit, Visit, VisitState, VisitStep, store};
use crate::claims::{self, rules::Step as Taken};
use base::{Actor, Day, Error, Id, Moment, Refusal, Result, Role, Second};
use db::Tx;
use serde_json::json;

/// Plans a visit and asks an independent verifier to make it.
///
/// # Errors
/// Refused when the verifier has no such role or a tie to the deployment's parties, when a claim is
/// not of the deployment or not accepted; by an approver only.
pub fn plan_visit(tx: &mut Tx, new: &NewVisit, actor: &Actor, now: Moment) -> Result<Id> {
    actor.require(Role::SecretariatApprover)?;
    let deployment = deployments::deployment(tx, new.deployment, now.day())?;
    let place = places::place(tx, &new.place)
        .map_err(|_| Error::from(Refusal::about("place", "evidence-place-unknown")))?;
    if place.country != deployment.country {
        return Err(Refusal::about("place", "evidence-place-elsewhere").into());
    }
    if new.on < now.day() {
        return Err(Refusal::about("visit_on", "evidence-visit-past").into());
    }
    if new.claims.is_empty() {
        return Err(Refusal::about("figures", "form-choose").into());
    }
    for claim in &new.claims {
        let claim = claims::store::find(tx, *claim)?;
        let fits = claim.deployment == Some(deployment.id) && claim.counts();
        if !fits {
            return Err(Refusal::about("figures", "evidence-figure-not-to-verify").into());
        }
    }
    if new.verifier == actor.account {
        return Err(Refusal::about("verifier", "four-eyes").into());
    }
    let verifiers = people::appointed(tx, Role::IndependentVerifier, None, None, now.day())?;
    if !verifiers.contains(&new.verifier) {
        return Err(Refusal::about("verifier", "evidence-no-verifier").into());
    }
    independent(tx, new.verifier, &deployment, &new.claims, now.day())?;
    let visit = Visit {
        id: Id::new(now),
        deployment: deployment.id,
        country: deployment.country,
        place: new.place.clone(),
        on: new.on,
        task: new.task.clone(),
        verifier: new.verifier,
        state: VisitState::Assigned,
        words: None,
        planned_by: actor.account,
        planned_at: now,
        visited_on: None,
        decided_by: None,
        decided_at: None,
        version: 1,
    };
    store::add(tx, &visit, &new.claims)?;
    written(tx, &visit, "assigned", None, actor.account, now)?;
    Ok(visit.id)
}

/// No tie to the member, to those who carry it out or to the authority, and no hand in the figures.
fn independent(
    tx: &mut Tx,
    verifier: Id,
    deployment: &deployments::Deployment,
    claims: &[Id],
    today: Day,
) -> Result<()> {
    let mut parties = deployment.implementers.clone();
    parties.push(deployment.member);
    parties.extend(authorities::active(tx, &deployment.country, today)?.map(|a| a.organisation));
    for party in parties {
        if people::is_affiliated(tx, verifier, party, today)? {
            return Err(Refusal::about("verifier", "evidence-verifier-conflict").into());
        }
    }
    for claim in claims {
        let claim = claims::store::find(tx, *claim)?;
        let hands = [claim.reported_by, claim.accepted_by, claim.confirmed_by];
        if hands.contains(&Some(verifier)) {
            return Err(Refusal::about("verifier", "evidence-verifier-conflict").into());
        }
    }
    Ok(())
}

/// Writes a step down and records its fact.
fn written(
    tx: &mut Tx,
    visit: &Visit,
    step: &'static str,
    words: Option<&str>,
    by: Id,
    now: Moment,
) -> Result<i64> {
    let taken = VisitStep {
        step: step.to_owned(),
        words: words.map(str::to_owned),
        account: by,
        at: now,
    };
    store::add_step(tx, visit.id, &taken)?;
    let verb = match step {
        "assigned" => "visit.assigned",
        "accepted" => "visit.accepted",
        "refused" => "visit.refused",
        "found" => "visit.found",
        "reported" => "visit.reported",
        "sent_back" => "visit.sent-back",
        "approved" => "visit.approved",
        _ => "visit.cancelled",
    };
    let fact = ledger::Fact {
        now,
        actor: Some(by),
        verb,
        subject: ("visit", visit.id),
        about: json!({ "deployment": visit.deployment.to_string() }),
    };
    ledger::record(tx, &fact)
}

/// A visit of the verifier who acts.
fn mine(tx: &mut Tx, id: Id, actor: &Actor) -> Result<Visit> {
    let visit = store::hold(tx, id)?;
    actor.require(Role::IndependentVerifier)?;
    if visit.verifier == actor.account {
        Ok(visit)
    } else {
        Err(Error::Missing)
    }
}

fn go(tx: &mut Tx, visit: &mut Visit, step: Step) -> Result<()> {
    visit.state = rules::next(visit.state, step)?;
    visit.version = store::save(tx, visit)?;
    Ok(())
}

/// The verifier takes the visit on, and says that there is no tie.
///
/// # Errors
/// Refused when a tie has come up since; for the verifier only.
pub fn accept_visit(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut visit = mine(tx, id, actor)?;
    let deployment = deployments::deployment(tx, visit.deployment, now.day())?;
    let claims: Vec<Id> = store::findings(tx, id)?
        .into_iter()
        .map(|(claim, _)| claim)
        .collect();
    independent(tx, actor.account, &deployment, &claims, now.day())?;
    go(tx, &mut visit, Step::Accept)?;
    written(tx, &visit, "accepted", None, actor.account, now).map(drop)
}

/// The verifier refuses the visit, with a reason.
///
/// # Errors
/// Refused without a reason; for the verifier only.
pub fn refuse_visit(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let reason = crate::reason(reason)?;
    let mut visit = mine(tx, id, actor)?;
    go(tx, &mut visit, Step::Refuse)?;
    written(tx, &visit, "refused", Some(&reason), actor.account, now).map(drop)
}

/// The verifier says what was found of one claim.
///
/// # Errors
/// Refused when the claim is not of the visit; for the verifier only.
pub fn find_claim(
    tx: &mut Tx,
    id: Id,
    claim: Id,
    finding: Finding,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let visit = mine(tx, id, actor)?;
    rules::next(visit.state, Step::Find)?;
    let asked = store::findings(tx, id)?;
    if !asked.iter().any(|(one, _)| *one == claim) {
        return Err(Refusal::about("figure", "evidence-figure-not-here").into());
    }
    store::put_finding(tx, id, claim, finding)?;
    written(tx, &visit, "found", None, actor.account, now).map(drop)
}

/// The verifier reports on the visit.
///
/// # Errors
/// Refused while something was found of a claim nobody knows, or on a day to come; for the verifier only.
pub fn report_visit(
    tx: &mut Tx,
    id: Id,
    visited_on: Day,
    words: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut visit = mine(tx, id, actor)?;
    let open = store::findings(tx, id)?
        .iter()
        .filter(|(_, found)| found.is_none())
        .count();
    if open > 0 {
        return Err(Refusal::whole("evidence-findings-open")
            .with("n", open)
            .into());
    }
    if visited_on > now.day() || visited_on < visit.planned_at.day() {
        return Err(Refusal::about("visited_on", "evidence-visit-day").into());
    }
    visit.words = Some(crate::reason(words)?);
    visit.visited_on = Some(visited_on);
    go(tx, &mut visit, Step::Report)?;
    written(tx, &visit, "reported", None, actor.account, now).map(drop)
}

/// An approver who did not make the visit.
fn judge(tx: &mut Tx, id: Id, actor: &Actor) -> Result<(Visit, Second)> {
    actor.require(Role::SecretariatApprover)?;
    let visit = store::hold(tx, id)?;
    let second = Second::after(&[visit.verifier], actor)?;
    Ok((visit, second))
}

/// Sends a report of a visit back, with a reason.
///
/// # Errors
/// Refused without a reason; by an approver only.
pub fn return_visit(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let reason = crate::reason(reason)?;
    let (mut visit, second) = judge(tx, id, actor)?;
    go(tx, &mut visit, Step::SendBack)?;
    written(
        tx,
        &visit,
        "sent_back",
        Some(&reason),
        second.account(),
        now,
    )
    .map(drop)
}

/// Calls a visit off, with a reason.
///
/// # Errors
/// Refused without a reason and once it was reported; by an approver only.
pub fn cancel_visit(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let reason = crate::reason(reason)?;
    let (mut visit, second) = judge(tx, id, actor)?;
    go(tx, &mut visit, Step::Cancel)?;
    written(
        tx,
        &visit,
        "cancelled",
        Some(&reason),
        second.account(),
        now,
    )
    .map(drop)
}

/// Approves a visit: what was seen as claimed is verified; where another figure was seen, the claim
/// is contested in the verifier's name; what could not be seen stays as it is.
///
/// # Errors
/// Refused when it was not reported; by an approver only.
pub fn approve_visit(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let (mut visit, second) = judge(tx, id, actor)?;
    (visit.decided_by, visit.decided_at) = (Some(second.account()), Some(now));
    go(tx, &mut visit, Step::Approve)?;
    let hand = claims::acts::Hand::new(visit.verifier, now);
    for (claim, found) in store::findings(tx, id)? {
        let claim = claims::store::hold(tx, claim)?;
        let standing = (claim.level, claim.standing);
        let (step, words) = match found {
            Some(Finding::AsClaimed) => (Taken::Verify, None),
            // In figures alone: everybody reads it, in every language.
            Some(Finding::Differs(seen)) => {
                (Taken::Contest, Some(format!("{seen} ≠ {}", said(&claim))))
            }
            Some(Finding::NotSeen) | None => continue,
        };
        // What has changed since stays as it is.
        if claims::rules::next(standing, step).is_ok() {
            claims::acts::take(tx, claim, step, words.as_deref(), hand)?;
        }
    }
    let seq = written(tx, &visit, "approved", None, second.account(), now)?;
    claims::store::mark(tx, hand.batch, seq)
}

/// A figure in signs and digits alone.
fn said(claim: &claims::Claim) -> String {
    let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
    match (claim.low, claim.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (low, high) => format!("{}…{}", number(low), number(high)),
    }
}
