//! What becomes of deployments when their agreement is suspended, resumed or terminated: all of it
//! in one transaction, or nothing.

use super::{moves, told};
use crate::deployment::{Deployment, Scope};
use crate::rules;
use crate::store::{self, steps};
use base::{Actor, Id, Moment, Result};
use db::Tx;
use serde_json::json;

/// The deployments of an agreement that have not ended.
fn open(tx: &mut Tx, agreement: Id, now: Moment) -> Result<Vec<Deployment>> {
    let mut found = Vec::new();
    store::each(tx, &Scope::Agreement(agreement), now.day(), &mut |d| {
        if d.stage.is_open() {
            found.push(d);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Tells every deployment of an agreement what became of it.
fn tell_each(
    tx: &mut Tx,
    agreement: Id,
    (step, reason): (&'static str, &str),
    (account, now): (Id, Moment),
) -> Result<usize> {
    let found = open(tx, agreement, now)?;
    for d in &found {
        steps::add(tx, d.id, (step, Some(reason)), account, now)?;
    }
    Ok(found.len())
}

/// Suspends an agreement, and with it every deployment that has not ended.
///
/// # Errors
/// Forbidden or refused as the agreement says.
pub fn suspend_agreement(
    tx: &mut Tx,
    agreement: Id,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let reason = rules::reason(reason)?;
    agreements::suspend(tx, agreement, reason, actor, now)?;
    let by = (actor.account, now);
    let n = tell_each(tx, agreement, ("agreement_suspended", reason), by)?;
    let about = json!({ "deployments": n });
    told(
        tx,
        by,
        "agreement.suspended",
        ("agreement", agreement),
        about,
    )
}

/// Puts a suspended agreement in force again; its deployments go on where they were.
///
/// # Errors
/// Forbidden or refused as the agreement says.
pub fn resume_agreement(
    tx: &mut Tx,
    agreement: Id,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let reason = rules::reason(reason)?;
    agreements::resume(tx, agreement, reason, actor, now)?;
    let by = (actor.account, now);
    let n = tell_each(tx, agreement, ("agreement_resumed", reason), by)?;
    let about = json!({ "deployments": n });
    told(tx, by, "agreement.resumed", ("agreement", agreement), about)
}

/// Terminates an agreement: its deployments that have not ended are called off, and what is still
/// committed goes back. Answers how many were called off and how many units came back.
///
/// # Errors
/// Forbidden or refused as the agreement says; then nothing is changed.
pub fn terminate_agreement(
    tx: &mut Tx,
    agreement: Id,
    (reason, paper): (&str, Option<&files::Upload>),
    actor: &Actor,
    now: Moment,
) -> Result<(usize, i64)> {
    let reason = rules::reason(reason)?;
    let mut found = open(tx, agreement, now)?;
    agreements::terminate(tx, agreement, reason, paper, actor, now)?;
    let by = (actor.account, now);
    let mut units = 0;
    for d in &mut found {
        units += moves::call_off(tx, d, ("agreement_terminated", reason, None), by)?;
    }
    let about = json!({ "deployments": found.len(), "units_returned": units });
    told(
        tx,
        by,
        "agreement.terminated",
        ("agreement", agreement),
        about,
    )?;
    Ok((found.len(), units))
}
