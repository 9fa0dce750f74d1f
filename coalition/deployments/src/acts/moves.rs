//! What moves a deployment on: beginning, pausing, ending, calling off.

use super::{SLICE, plan, told};
use crate::deployment::{Deployment, Stage, Standing};
use crate::overlap::{Overlap, Resolution};
use crate::rules::{self, Move, Side};
use crate::store::{self, lines, overlaps, steps};
use crate::upstream;
use base::{Actor, Day, Id, Moment, Refusal, Refusals, Result};
use db::Tx;
use ledger::{Bucket, Movement};
use serde_json::json;
use std::collections::BTreeMap;

/// A deployment held for a move the actor may make.
fn held(tx: &mut Tx, id: Id, to: Move, actor: &Actor, now: Moment) -> Result<Deployment> {
    let d = store::hold(tx, id, now.day())?;
    rules::may(to, &d, actor)?;
    speaks(tx, &d, actor, to, now.day())?;
    Ok(d)
}

/// Who acts for the authority alone holds an accreditation that covers the places.
fn speaks(tx: &mut Tx, d: &Deployment, actor: &Actor, to: Move, today: Day) -> Result<()> {
    let other = to
        .sides()
        .iter()
        .any(|side| *side != Side::Authority && rules::stands(actor, *side, d.member, &d.country));
    if !other {
        authorities::require_places(tx, actor, &d.country, &d.places, today)?;
    }
    Ok(())
}

/// Saves a move with its step and fact.
fn moved(
    tx: &mut Tx,
    d: &mut Deployment,
    (step, words): (&'static str, Option<&str>),
    verb: &'static str,
    (account, now): (Id, Moment),
) -> Result<()> {
    store::change(tx, d)?;
    steps::add(tx, d.id, (step, words), account, now)?;
    let about = json!({ "stage": d.stage.code() });
    told(tx, (account, now), verb, ("deployment", d.id), about)
}

/// Everything that stands against the beginning of a planned deployment; nothing when it is cleared.
///
/// # Errors
/// A fault of the database.
pub fn clearance(tx: &mut Tx, d: &Deployment, today: Day) -> Result<Refusals> {
    let mut lacks = Refusals::default();
    let agreement = agreements::agreement(tx, d.agreement, today)?;
    if agreement.standing != agreements::Standing::InForce {
        let mut refusal = Refusal::whole("deployments-agreement-not-in-force");
        let word = format!("agreement-state-{}", agreement.standing.code());
        refusal.args.push(("state", base::Arg::Word(word)));
        lacks.push(refusal.with("code", agreement.code.as_str()));
    }
    let open = overlaps::of(tx, d.id)?;
    for o in open.iter().filter(|o| o.resolution.is_none()) {
        let other = store::head(tx, o.beside(d.id), today)?;
        lacks.push(Refusal::whole("deployments-overlap-open").with("code", other.code));
    }
    let needs = lines::needs(tx, d.id)?;
    for (need, standing) in upstream::needs_ended(tx, &needs, today)? {
        let mut refusal = Refusal::whole("deployments-need-ended").with("code", need.code);
        let word = format!("need-state-{}", standing.code());
        refusal.args.push(("state", base::Arg::Word(word)));
        lacks.push(refusal);
    }
    if let Err(base::Error::Refused(missing)) =
        rules::teachers_told(&rules::BEFORE_START, &steps::stages(tx, d.id)?)
    {
        lacks.0.extend(missing.0);
    }
    Ok(lacks)
}

/// Begins a cleared deployment on a day that has come.
///
/// # Errors
/// Forbidden, or refused with everything that stands against it.
pub fn activate(tx: &mut Tx, id: Id, start: Day, actor: &Actor, now: Moment) -> Result<()> {
    let today = now.day();
    let mut d = store::hold(tx, id, today)?;
    rules::require(actor, Move::Activate.sides(), d.member, &d.country)?;
    if matches!(d.standing, Standing::Planned | Standing::Blocked) {
        clearance(tx, &d, today)?.or(())?;
    }
    rules::may(Move::Activate, &d, actor)?;
    members::require_in_standing(tx, d.member, today)?;
    rules::happened("actual_from", start, None, today)?;
    if start < d.planned_from {
        let refusal = Refusal::about("actual_from", "deployments-starts-before-plan");
        return Err(refusal.with("on", d.planned_from.to_string()).into());
    }
    d.stage = Stage::Active;
    d.actual_from = Some(start);
    let by = (actor.account, now);
    plan::keep_places(tx, &d)?;
    moved(tx, &mut d, ("activated", None), "deployment.activated", by)
}

/// Moves the planned end of a deployment that is at work; overlaps are looked for again.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn extend(
    tx: &mut Tx,
    id: Id,
    (to, reason): (Day, &str),
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut d = held(tx, id, Move::Extend, actor, now)?;
    let reason = rules::reason(reason)?;
    let agreement = upstream::agreement(tx, d.agreement, now.day())?;
    rules::extend(&d, to, agreement.ends_on, now.day())?;
    d.planned_to = to;
    d.free_until = d.free_until.max(to);
    let by = (actor.account, now);
    plan::settle_overlaps(tx, &d, actor.account, now)?;
    moved(
        tx,
        &mut d,
        ("extended", Some(reason)),
        "deployment.extended",
        by,
    )
}

/// Pauses a deployment that is at work.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn pause(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut d = held(tx, id, Move::Pause, actor, now)?;
    let reason = rules::reason(reason)?;
    d.stage = Stage::Paused;
    let by = (actor.account, now);
    moved(
        tx,
        &mut d,
        ("paused", Some(reason)),
        "deployment.paused",
        by,
    )
}

/// Goes on with a paused deployment.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn resume(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut d = held(tx, id, Move::Resume, actor, now)?;
    let reason = rules::reason(reason)?;
    d.stage = Stage::Active;
    let by = (actor.account, now);
    moved(
        tx,
        &mut d,
        ("resumed", Some(reason)),
        "deployment.resumed",
        by,
    )
}

/// The member says that the work is done.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn claim_completion(tx: &mut Tx, id: Id, end: Day, actor: &Actor, now: Moment) -> Result<()> {
    let mut d = held(tx, id, Move::Claim, actor, now)?;
    rules::happened("actual_to", end, d.actual_from, now.day())?;
    rules::teachers_told(&rules::BEFORE_COMPLETION, &steps::stages(tx, id)?)?;
    d.stage = Stage::CompletionClaimed;
    d.actual_to = Some(end);
    d.claimed_by = Some(actor.account);
    let by = (actor.account, now);
    plan::settle_overlaps(tx, &d, actor.account, now)?;
    moved(
        tx,
        &mut d,
        ("claimed", None),
        "deployment.completion_claimed",
        by,
    )
}

/// The authority says that the work is not done.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn refuse_completion(
    tx: &mut Tx,
    id: Id,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut d = held(tx, id, Move::Refuse, actor, now)?;
    let reason = rules::reason(reason)?;
    d.stage = Stage::Active;
    (d.actual_to, d.claimed_by) = (None, None);
    let by = (actor.account, now);
    plan::keep_places(tx, &d)?;
    moved(
        tx,
        &mut d,
        ("refused", Some(reason)),
        "deployment.completion_refused",
        by,
    )
}

/// The authority confirms that the work is done.
///
/// # Errors
/// Forbidden or refused with the rule that says no; nobody confirms what they claimed.
pub fn confirm(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut d = held(tx, id, Move::Confirm, actor, now)?;
    let second = rules::confirm(&d, actor)?;
    d.stage = Stage::Confirmed;
    d.confirmed_by = Some(second.account());
    let by = (second.account(), now);
    moved(tx, &mut d, ("confirmed", None), "deployment.confirmed", by)
}

/// The secretariat closes a confirmed deployment.
///
/// # Errors
/// Forbidden or refused with the rule that says no; a third person closes.
pub fn close(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut d = held(tx, id, Move::Close, actor, now)?;
    let third = rules::close(&d, actor)?;
    rules::teachers_told(&rules::BEFORE_CLOSING, &steps::stages(tx, id)?)?;
    d.stage = Stage::Closed;
    let by = (third.account(), now);
    moved(tx, &mut d, ("closed", None), "deployment.closed", by)
}

/// Calls a deployment off; what is still committed goes back to the lines and to the offers.
/// Answers how many units.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn cancel(
    tx: &mut Tx,
    id: Id,
    (reason, in_favour_of): (&str, Option<Id>),
    actor: &Actor,
    now: Moment,
) -> Result<i64> {
    let mut d = held(tx, id, Move::Cancel, actor, now)?;
    let reason = rules::reason(reason)?;
    call_off(
        tx,
        &mut d,
        ("cancelled", reason, in_favour_of),
        (actor.account, now),
    )
}

/// What calling off is, whoever decided it: units go back, overlaps are settled, the rest stays as
/// it was. One fact tells it, after one for each further slice of lines.
pub(super) fn call_off(
    tx: &mut Tx,
    d: &mut Deployment,
    (step, reason, in_favour_of): (&'static str, &str, Option<Id>),
    (account, now): (Id, Moment),
) -> Result<i64> {
    let units = give_back(tx, d.id, (account, now))?;
    overlaps::clear_places(tx, d.id)?;
    for mut o in overlaps::of(tx, d.id)? {
        if o.resolution.is_none() {
            settle(tx, &mut o, d.id, in_favour_of, (account, now))?;
        }
    }
    d.stage = Stage::Cancelled;
    if d.actual_from.is_some() {
        d.actual_to = d.actual_to.or(Some(now.day()));
    }
    store::change(tx, d)?;
    steps::add(tx, d.id, (step, Some(reason)), account, now)?;
    let about = json!({ "agreement": d.agreement, "units_returned": units });
    told(
        tx,
        (account, now),
        "deployment.cancelled",
        ("deployment", d.id),
        about,
    )?;
    Ok(units)
}

/// An overlap ends when one of its deployments is called off: for the other, or for nothing.
fn settle(
    tx: &mut Tx,
    o: &mut Overlap,
    gone: Id,
    in_favour_of: Option<Id>,
    (account, now): (Id, Moment),
) -> Result<()> {
    let resolution = if in_favour_of == Some(o.beside(gone)) {
        Resolution::Replaced
    } else {
        Resolution::Withdrawn
    };
    (o.resolution, o.resolved_at) = (Some(resolution), Some(now));
    overlaps::change(tx, o)?;
    let said = (resolution.code(), o.side_of(gone), None);
    overlaps::say(tx, o.id, said, account, now)
}

/// Gives back what the ledger still holds as committed of a deployment's lines.
fn give_back(tx: &mut Tx, id: Id, by: (Id, Moment)) -> Result<i64> {
    let mut committed = lines::committed(tx, id)?;
    let mut back: Vec<(lines::Kept, i64)> = Vec::new();
    for row in lines::kept(tx, id)? {
        let Some(held) = committed.get_mut(&(row.line, row.offer)) else {
            continue;
        };
        let units = row.left().min(*held);
        if units > 0 {
            *held -= units;
            back.push((row, units));
        }
    }
    let mut proposals: BTreeMap<Id, allocation::Proposal> = BTreeMap::new();
    let mut to_offers: BTreeMap<(Id, i64), i64> = BTreeMap::new();
    for (row, units) in &back {
        let step = match proposals.get(&row.proposal) {
            Some(known) => known.lot_step,
            None => {
                let read = allocation::proposal(tx, row.proposal)?;
                proposals.entry(row.proposal).or_insert(read).lot_step
            }
        };
        let lots = rules::lots_back(row.units, row.given, *units, step);
        *to_offers.entry((row.proposal, row.period)).or_default() += lots;
    }
    let total = back.len();
    for slice in back.chunks_mut(SLICE) {
        let movements: Vec<Movement> = slice
            .iter()
            .map(|(row, units)| Movement {
                line: row.line,
                offer: Some(row.offer),
                quantity: *units,
                from: Bucket::Committed,
                to: Bucket::Uncovered,
                at: by.1,
            })
            .collect();
        ledger::shift_many(tx, &movements)?;
        for (row, units) in slice.iter_mut() {
            row.returned += *units;
            lines::put(tx, row)?;
        }
        if total > SLICE {
            let about = json!({ "lines": slice.len() });
            told(
                tx,
                by,
                "deployment.units_returned",
                ("deployment", id),
                about,
            )?;
        }
    }
    for ((id, period), lots) in to_offers {
        if let Some(proposal) = proposals.get(&id) {
            upstream::give_back(tx, proposal, period, lots)?;
        }
    }
    Ok(back.iter().map(|(_, units)| units).sum())
}

/// Counts units of a deployment's lines as sent on their way, for the deliveries that do so, and
/// answers the offers they come from. The movement in the ledger is the caller's, and so is the fact.
///
/// # Errors
/// Refused when a line has not so many left; Missing when the deployment does not serve it.
pub fn send(tx: &mut Tx, id: Id, asked: &[(Id, i64)]) -> Result<Vec<(Id, Id, i64)>> {
    let mut out = Vec::new();
    let mut wrong = Refusals::default();
    for (line, units) in asked {
        let rows = lines::hold(tx, id, *line)?;
        if rows.is_empty() {
            return Err(base::Error::Missing);
        }
        let left: i64 = rows.iter().map(lines::Kept::left).sum();
        if *units <= 0 || *units > left {
            let refusal = Refusal::about("quantity", "deployments-not-so-many");
            wrong.push(refusal.with("left", left).with("line", line.to_string()));
            continue;
        }
        let mut more = *units;
        for mut row in rows {
            let some = row.left().min(more);
            if some > 0 {
                more -= some;
                row.sent += some;
                lines::put(tx, &row)?;
                out.push((*line, row.offer, some));
            }
        }
    }
    wrong.or(out)
}
