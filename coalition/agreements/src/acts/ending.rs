//! Giving up, suspending, resuming and ending. Suspension and end reach deployments: their room
//! calls these in its own act, and that act records the one fact.

use super::told;
use crate::agreement::{Stage, Standing};
use crate::{rules, store};
use base::{Actor, Id, Moment, Refusal, Result};
use db::Tx;
use files::Upload;
use serde_json::json;

/// Suspends what is signed. Records no fact: the caller does, with all that follows.
///
/// # Errors
/// Forbidden for all but the parties' officers and the approver; refused in another standing.
pub fn suspend(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut a = store::agreements::hold(tx, id, now.day())?;
    a.ended_side = Some(rules::suspend(&a, actor)?);
    a.reason = Some(rules::reason("reason", reason)?);
    (a.stage, a.ended_on, a.ended_by) = (Stage::Suspended, Some(now.day()), Some(actor.account));
    store::agreements::change(tx, &mut a)
}

/// Takes a suspension back. Records no fact: the caller does, with all that follows.
///
/// # Errors
/// Refused for the other side than the one that suspended.
pub fn resume(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut a = store::agreements::hold(tx, id, now.day())?;
    rules::resume(&a, actor)?;
    a.reason = Some(rules::reason("reason", reason)?);
    (a.stage, a.ended_on, a.ended_by, a.ended_side) = (Stage::ForSignature, None, None, None);
    store::agreements::change(tx, &mut a)
}

/// A party ends it with a paper. Records no fact: the caller does, with all that follows.
///
/// # Errors
/// Forbidden for all but the parties' officers; refused without a reason and a paper.
pub fn terminate(
    tx: &mut Tx,
    id: Id,
    reason: &str,
    paper: Option<&Upload>,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut a = store::agreements::hold(tx, id, now.day())?;
    a.ended_side = Some(rules::terminate(&a, actor)?);
    a.reason = Some(rules::reason("reason", reason)?);
    let paper = paper.ok_or_else(|| Refusal::about("paper", "form-file-missing"))?;
    a.ended_paper = Some(store::versions::paper_text(paper));
    (a.stage, a.ended_on, a.ended_by) = (Stage::Terminated, Some(now.day()), Some(actor.account));
    if let Some((number, _)) = a.open() {
        give_up(tx, id, number, &a.reason.clone().unwrap_or_default(), now)?;
        a.amendment = None;
    }
    store::agreements::change(tx, &mut a)
}

/// Marks a version as one that nobody will sign.
fn give_up(tx: &mut Tx, id: Id, number: i64, reason: &str, now: Moment) -> Result<()> {
    let mut version = store::versions::find(tx, id, number)?;
    version.returned = Some(reason.to_owned());
    version.withdrawn_on = Some(now.day());
    store::versions::change(tx, &mut version)
}

/// Gives up what is not signed by all: a first version with its schedule, or an amendment.
///
/// # Errors
/// Forbidden for those who neither draft nor decide; refused once everybody signed.
pub fn withdraw(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut a = store::agreements::hold(tx, id, now.day())?;
    rules::withdraw(&a, actor)?;
    let reason = rules::reason("reason", reason)?;
    let number = a.open().map_or(a.number, |(number, _)| number);
    give_up(tx, id, number, &reason, now)?;
    if a.standing < Standing::Signed {
        let mut schedule = store::agreements::schedule(tx, id)?;
        schedule.iter_mut().for_each(|one| one.holds = false);
        store::agreements::put_schedule(tx, &schedule)?;
        (a.stage, a.reason) = (Stage::Withdrawn, Some(reason));
        (a.ended_on, a.ended_by) = (Some(now.day()), Some(actor.account));
    } else {
        a.amendment = None;
    }
    store::agreements::change(tx, &mut a)?;
    let about = json!({ "number": number });
    told(tx, &a, "agreement.withdrawn", about, actor, now)
}
