//! What waits for an actor in this room.

use crate::claims::store::Wanted;
use crate::reports::due::{self, Whose};
use crate::reports::{State, store as reports};
use crate::tell::Teller;
use crate::{VisitState, lessons, visits};
use base::{Actor, Moment, Result, Role};
use db::Tx;
use web::{Ask, Waiting};

/// Of each kind at most so many.
const MOST: i64 = 100;

pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut out = Vec::new();
    if actor.is_any(&crate::WRITERS) {
        out.extend(owed(tx, ask, actor)?);
    }
    if actor.is(Role::SecretariatOfficer) {
        out.extend(to_judge(tx, ask)?);
    }
    out.extend(to_confirm(tx, ask, actor)?);
    if actor.is(Role::SecretariatApprover) {
        out.extend(contested(tx, ask)?);
    }
    out.extend(to_visit(tx, ask, actor)?);
    if actor.is_secretariat() {
        for lesson in lessons::store::waiting(tx, MOST)? {
            if lesson.written_by != actor.account {
                let name = ask.words.name(&lesson.words).to_owned();
                out.push(Waiting {
                    href: format!("/lessons-learnt/{}/publication", lesson.id),
                    text: ask
                        .words
                        .say_with("inbox-lesson", &[("lesson", name.into())]),
                    since: lesson.written_at,
                    due: None,
                });
            }
        }
    }
    Ok(out)
}

/// Reports that are due, overdue or came back.
fn owed(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut out = Vec::new();
    let teller = Teller::new(tx, &ask.words)?;
    let held = actor
        .appointments
        .iter()
        .filter(|a| crate::WRITERS.contains(&a.role));
    let mut members: Vec<_> = held.filter_map(|a| a.organisation).collect();
    members.sort_unstable();
    members.dedup();
    for member in members {
        for due in due::all(tx, &Whose::Member(member), ask.today)? {
            if !due::is_waited_for(due.standing) {
                continue;
            }
            let write = || {
                format!(
                    "/deployments/{}/reports/new?period={}",
                    due.deployment, due.period.from
                )
            };
            let key = format!("inbox-report-{}", due.standing.code().replace('_', "-"));
            let args = [
                ("code", due.code.as_str().into()),
                ("period", teller.period(due.period).into()),
            ];
            out.push(Waiting {
                href: due.report.map_or_else(write, |id| format!("/reports/{id}")),
                text: ask.words.say_with(&key, &args),
                since: Moment::start_of(due.period.to.plus(1)),
                due: Some(due.due_on),
            });
        }
    }
    Ok(out)
}

/// Reports handed in that wait to be accepted or sent back.
fn to_judge(tx: &mut Tx, ask: &Ask) -> Result<Vec<Waiting>> {
    let wanted = reports::Wanted {
        state: Some(State::Submitted.code().to_owned()),
        limit: MOST,
        ..reports::Wanted::default()
    };
    reports_waiting(tx, ask, &wanted, "inbox-report-to-judge")
}

fn reports_waiting(
    tx: &mut Tx,
    ask: &Ask,
    wanted: &reports::Wanted,
    key: &str,
) -> Result<Vec<Waiting>> {
    let found = reports::list(tx, wanted)?;
    let teller = Teller::new(tx, &ask.words)?;
    let mut out = Vec::new();
    for report in found {
        let code = deployments::deployment(tx, report.deployment, ask.today)?.code;
        let args = [
            ("code", code.into()),
            ("period", teller.period(report.period).into()),
        ];
        out.push(Waiting {
            href: report.path(),
            text: ask.words.say_with(key, &args),
            since: report.submitted_at.unwrap_or(report.created_at),
            due: None,
        });
    }
    Ok(out)
}

/// Accepted reports with figures the authority has not confirmed.
fn to_confirm(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut countries = actor.authority_countries();
    countries.sort_unstable();
    countries.dedup();
    let mut out = Vec::new();
    let teller = Teller::new(tx, &ask.words)?;
    for country in countries {
        for report in reports::unconfirmed(tx, &country, MOST)? {
            let code = deployments::deployment(tx, report.deployment, ask.today)?.code;
            let args = [
                ("code", code.into()),
                ("period", teller.period(report.period).into()),
            ];
            out.push(Waiting {
                href: report.path(),
                text: ask.words.say_with("inbox-report-to-confirm", &args),
                since: report.submitted_at.unwrap_or(report.created_at),
                due: None,
            });
        }
    }
    Ok(out)
}

/// Claims somebody contested.
fn contested(tx: &mut Tx, ask: &Ask) -> Result<Vec<Waiting>> {
    let wanted = Wanted {
        standing: Some("contested"),
        limit: MOST,
        ..Wanted::default()
    };
    let mut teller = Teller::new(tx, &ask.words)?;
    let mut out = Vec::new();
    for claim in crate::claims::store::list(tx, &wanted)? {
        let said = teller.claim(tx, &claim)?;
        let steps = crate::claims::store::steps(tx, claim.id)?;
        out.push(Waiting {
            href: claim.path(),
            text: ask
                .words
                .say_with("inbox-claim-contested", &[("claim", said.into())]),
            since: steps.last().map_or(ask.now, |step| step.at),
            due: None,
        });
    }
    Ok(out)
}

/// Visits to make, and visits to decide on.
fn to_visit(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut out = Vec::new();
    let mut wait = |tx: &mut Tx, verifier, state: VisitState, key: &str| -> Result<()> {
        let wanted = visits::store::Wanted {
            verifier,
            state: Some(state.code().to_owned()),
            limit: MOST,
            ..visits::store::Wanted::default()
        };
        let mut teller = Teller::new(tx, &ask.words)?;
        for visit in visits::store::list(tx, &wanted)? {
            // A refusal waits until another visit is planned.
            let newest = visits::store::of_deployment(tx, visit.deployment)?;
            if state == VisitState::Refused && newest.first().is_some_and(|one| one.id != visit.id)
            {
                continue;
            }
            let place = teller.place(tx, &visit.place)?;
            out.push(Waiting {
                href: visit.path(),
                text: ask.words.say_with(key, &[("place", place.into())]),
                since: visit.planned_at,
                due: Some(visit.on),
            });
        }
        Ok(())
    };
    if actor.is(Role::IndependentVerifier) {
        let me = Some(actor.account);
        wait(tx, me, VisitState::Assigned, "inbox-visit-assigned")?;
        wait(tx, me, VisitState::Accepted, "inbox-visit-accepted")?;
        wait(tx, me, VisitState::SentBack, "inbox-visit-sent-back")?;
    }
    if actor.is(Role::SecretariatApprover) {
        wait(tx, None, VisitState::Reported, "inbox-visit-reported")?;
        wait(tx, None, VisitState::Refused, "inbox-visit-refused")?;
    }
    Ok(out)
}
