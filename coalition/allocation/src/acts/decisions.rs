//! What both sides and the secretariat decide on a proposal.

use crate::proposal::{Answer, Drop, Line, Mark, Part, Proposal, Side, State};
use crate::{holds, rules, store};
use base::{Actor, Error, Id, Moment, Refusal, Result};
use db::Tx;
use ledger::{Bucket, Movement};
use serde_json::json;
use std::collections::BTreeMap;

/// No decision while a round that could move the proposal is at work.
fn at_rest(tx: &mut Tx, p: &Proposal) -> Result<()> {
    if store::rounds::under_way(tx, Some(&p.country))? {
        return Err(Refusal::whole("allocation-round-under-way").into());
    }
    Ok(())
}

fn seen(p: &Proposal, version: Option<i64>) -> Result<()> {
    match version {
        Some(version) if version != p.version => Err(Error::Conflict(Box::new(base::Conflict {
            version: p.version,
            saved: vec![("quantity".to_owned(), p.quantity_now.to_string())],
        }))),
        _ => Ok(()),
    }
}

fn moves(
    p: &Proposal,
    lines: impl Iterator<Item = (Id, i64)>,
    to: Bucket,
    at: Moment,
) -> Vec<Movement> {
    let positive = lines.filter(|(_, quantity)| *quantity > 0);
    positive
        .map(|(line, quantity)| Movement {
            line,
            offer: Some(p.offer),
            quantity,
            from: Bucket::Proposed,
            to,
            at,
        })
        .collect()
}

/// Units given up go back to the lines as uncovered and to the offer as free.
pub(crate) fn give_up(
    tx: &mut Tx,
    p: &mut Proposal,
    cause: &str,
    drops: &[Drop],
    now: Moment,
) -> Result<()> {
    if drops.is_empty() {
        return Ok(());
    }
    store::proposals::add_drops(tx, p.id, cause, drops, now)?;
    let back = moves(
        p,
        drops.iter().map(|d| (d.line, d.quantity)),
        Bucket::Uncovered,
        now,
    );
    ledger::shift_many(tx, &back)?;
    let mut by_period: BTreeMap<i64, i64> = BTreeMap::new();
    for drop in drops {
        *by_period.entry(drop.period).or_default() += drop.given;
        p.quantity_now -= drop.quantity;
        p.given_now -= drop.given;
    }
    for (period, given) in by_period {
        holds::release(tx, p, period, given)?;
    }
    Ok(())
}

/// Everything that still stands of a proposal.
pub(crate) fn whole(lines: &[Line]) -> Vec<Drop> {
    let left = lines.iter().filter(|line| line.given > 0);
    left.map(|l| Drop {
        line: l.line,
        period: l.period,
        quantity: l.quantity,
        given: l.given,
    })
    .collect()
}

fn commit(tx: &mut Tx, p: &Proposal, lines: &[Line], now: Moment) -> Result<()> {
    let on = moves(
        p,
        lines.iter().map(|l| (l.line, l.quantity)),
        Bucket::Committed,
        now,
    );
    ledger::shift_many(tx, &on)?;
    let mut by_period: BTreeMap<i64, i64> = BTreeMap::new();
    for line in lines {
        *by_period.entry(line.period).or_default() += line.given;
    }
    for (period, given) in by_period.into_iter().filter(|(_, given)| *given > 0) {
        holds::commit(tx, p, period, given)?;
    }
    Ok(())
}

fn set(p: &mut Proposal, side: Side, answer: Answer) {
    match side {
        Side::Member => p.of_member = answer,
        Side::Authority => p.of_authority = answer,
    }
}

fn may_speak(
    tx: &mut Tx,
    p: &Proposal,
    side: Side,
    actor: &Actor,
    now: Moment,
) -> Result<base::Second> {
    if !rules::may_see(p, actor) {
        return Err(Error::Missing);
    }
    let second = rules::second(p, side, actor)?;
    at_rest(tx, p)?;
    if side == Side::Authority {
        authorities::require_places(tx, actor, &p.country, &p.areas, now.day())?;
    }
    Ok(second)
}

/// Accepts for one side, wholly or in part; when the other has accepted too, the units are committed.
pub fn accept(
    tx: &mut Tx,
    id: Id,
    side: Side,
    part: &Part,
    actor: &Actor,
    now: Moment,
) -> Result<State> {
    let mut p = store::proposals::hold(tx, id)?;
    let second = may_speak(tx, &p, side, actor, now)?;
    seen(&p, part.version)?;
    let lines = store::proposals::lines(tx, id)?;
    let said = rules::accept(&p, &lines, side, part, now)?;
    needs::require_open(tx, p.need, now.day())?;
    members::require_in_standing(tx, p.member, now.day())?;
    let expected = p.version;
    set(
        &mut p,
        side,
        Answer {
            accepted: Some(true),
            by: Some(second.account()),
            at: Some(now),
            reason: None,
        },
    );
    give_up(tx, &mut p, side.code(), &said.drops, now)?;
    if said.agreed {
        let kept = store::proposals::lines(tx, id)?;
        commit(tx, &p, &kept, now)?;
    }
    store::proposals::change(tx, &p, expected)?;
    let returned: i64 = said.drops.iter().map(|drop| drop.quantity).sum();
    let about = json!({ "side": side.code(), "quantity": said.quantity, "given": said.given, "returned": returned });
    let verb = if said.agreed {
        "proposal.agreed"
    } else {
        "proposal.accepted"
    };
    let by = Some(second.account());
    ledger::tell(tx, (now, by), verb, ("proposal", id), about)?;
    Ok(rules::state_on(&p, now))
}

/// Declines for one side; all units go back.
pub fn decline(
    tx: &mut Tx,
    id: Id,
    side: Side,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<State> {
    if reason.trim().is_empty() {
        return Err(Refusal::about("reason", "form-missing").into());
    }
    let mut p = store::proposals::hold(tx, id)?;
    let second = may_speak(tx, &p, side, actor, now)?;
    rules::decline(&p, now)?;
    let expected = p.version;
    let all = whole(&store::proposals::lines(tx, id)?);
    let cause = match side {
        Side::Member => "member_decline",
        Side::Authority => "authority_decline",
    };
    give_up(tx, &mut p, cause, &all, now)?;
    let reason = reason.trim().to_owned();
    let answer = Answer {
        accepted: Some(false),
        by: Some(second.account()),
        at: Some(now),
        reason: Some(reason),
    };
    set(&mut p, side, answer);
    store::proposals::change(tx, &p, expected)?;
    let returned: i64 = all.iter().map(|drop| drop.quantity).sum();
    let about = json!({ "side": side.code(), "returned": returned });
    let by = Some(second.account());
    ledger::tell(tx, (now, by), "proposal.declined", ("proposal", id), about)?;
    Ok(rules::state_on(&p, now))
}

/// What an officer may note on a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Note {
    Shortlist,
    Lock,
}

/// Shortlists or locks a proposal, with a reason.
pub(crate) fn note(
    tx: &mut Tx,
    id: Id,
    note: Note,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut p = store::proposals::hold(tx, id)?;
    at_rest(tx, &p)?;
    let mark = Mark {
        by: actor.account,
        at: now,
        reason: reason.trim().to_owned(),
    };
    if mark.reason.is_empty() {
        return Err(Refusal::about("reason", "form-missing").into());
    }
    let verb = match note {
        Note::Shortlist => {
            rules::shortlist(&p, actor, now)?;
            p.shortlisted = Some(mark);
            "proposal.shortlisted"
        }
        Note::Lock => {
            rules::lock(&p, actor, now)?;
            p.locked = Some(mark);
            "proposal.locked"
        }
    };
    let expected = p.version;
    store::proposals::change(tx, &p, expected)?;
    let by = Some(actor.account);
    ledger::tell(tx, (now, by), verb, ("proposal", id), json!({}))
}

/// Frees the units of a proposal nobody answered in time.
pub(crate) fn release(tx: &mut Tx, id: Id, now: Moment) -> Result<bool> {
    let mut p = store::proposals::hold(tx, id)?;
    if rules::state_on(&p, now) != State::Lapsed || p.released_at.is_some() {
        return Ok(false);
    }
    let expected = p.version;
    let all = whole(&store::proposals::lines(tx, id)?);
    give_up(tx, &mut p, "lapsed", &all, now)?;
    p.released_at = Some(now);
    store::proposals::change(tx, &p, expected)?;
    let returned: i64 = all.iter().map(|drop| drop.quantity).sum();
    let about = json!({ "returned": returned });
    ledger::tell(tx, (now, None), "proposal.lapsed", ("proposal", id), about)?;
    Ok(true)
}
