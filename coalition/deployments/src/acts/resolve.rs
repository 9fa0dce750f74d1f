//! How overlaps are resolved in public.

use super::told;
use crate::overlap::{Overlap, Resolution};
use crate::rules::{self, Side};
use crate::store::{self, overlaps};
use base::{Actor, Id, Moment, Refusal, Result, Second};
use db::Tx;
use serde_json::json;

/// An open overlap, and whom its two sides belong to.
fn held(tx: &mut Tx, id: Id, now: Moment) -> Result<(Overlap, [Id; 2])> {
    let o = overlaps::hold(tx, id)?;
    if let Some(resolution) = o.resolution {
        let mut refusal = Refusal::whole("deployments-overlap-resolved");
        let word = format!("overlap-state-{}", resolution.code());
        refusal.args.push(("state", base::Arg::Word(word)));
        return Err(refusal.into());
    }
    let members = [o.deployment, o.other].map(|id| store::head(tx, id, now.day()));
    let [one, other] = members;
    Ok((o, [one?.member, other?.member]))
}

/// Says that one adds to the other: each member for its side, and an officer of the secretariat.
/// When all have said so, the overlap is resolved. Answers whether it is.
///
/// # Errors
/// Forbidden, or refused with the rule that says no.
pub fn call_complementary(
    tx: &mut Tx,
    id: Id,
    words: &str,
    actor: &Actor,
    now: Moment,
) -> Result<bool> {
    let words = rules::reason(words)?;
    let (mut o, members) = held(tx, id, now)?;
    let sides = rules::speaks_for(actor, members);
    if sides.is_empty() {
        return Err(base::Error::Forbidden("member_officer"));
    }
    let said = overlaps::said(tx, id)?;
    let before = rules::still_said(&said);
    let fresh: Vec<&'static str> = sides
        .into_iter()
        .filter(|side| !before.iter().any(|(said, _)| said == side))
        .collect();
    if fresh.is_empty() {
        return Err(Refusal::whole("deployments-said-already").into());
    }
    let across: Vec<Id> = before
        .iter()
        .filter(|(side, _)| (*side == "secretariat") != fresh.contains(&"secretariat"))
        .map(|(_, account)| *account)
        .collect();
    Second::after(&across, actor)?;
    for side in &fresh {
        let step = ("complementary", *side, Some(words));
        overlaps::say(tx, id, step, actor.account, now)?;
    }
    let all = before.len() + fresh.len() == 3;
    if all {
        (o.resolution, o.resolved_at) = (Some(Resolution::Complementary), Some(now));
        overlaps::change(tx, &mut o)?;
    }
    let verb = if all {
        "overlap.resolved"
    } else {
        "overlap.called_complementary"
    };
    let about = json!({ "sides": fresh, "resolution": o.resolution.map(Resolution::code) });
    told(tx, (actor.account, now), verb, ("overlap", id), about)?;
    Ok(all)
}

/// The secretariat's approver accepts an overlap with a public reason.
///
/// # Errors
/// Forbidden, or refused; nobody accepts for a deployment they planned themselves.
pub fn accept(tx: &mut Tx, id: Id, words: &str, actor: &Actor, now: Moment) -> Result<()> {
    let words = rules::reason(words)?;
    let (mut o, _) = held(tx, id, now)?;
    rules::require(actor, &[Side::Approver], o.id, &o.country)?;
    let planners = [o.deployment, o.other].map(|id| store::head(tx, id, now.day()));
    let [one, other] = planners;
    let second = Second::after(&[one?.planned_by, other?.planned_by], actor)?;
    (o.resolution, o.resolved_at) = (Some(Resolution::Accepted), Some(now));
    overlaps::change(tx, &mut o)?;
    let step = ("accepted", "secretariat", Some(words));
    overlaps::say(tx, id, step, second.account(), now)?;
    let about = json!({ "resolution": "accepted" });
    let by = (second.account(), now);
    told(tx, by, "overlap.resolved", ("overlap", id), about)
}
