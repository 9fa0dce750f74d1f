//! The verbs: load, decide, save, record, in one transaction.

mod imports;
mod lines;
mod needs;
mod requests;

pub use imports::{Derived, ImportOptions, confirm, dry_run, import_file, run, run_import, upload};
pub use lines::{add_line, change_line, remove_line};
pub use needs::{close, edit_need, reconfirm, withdraw_need};
pub use requests::{
    answer, assess, change, decline, draft, receive, return_request, submit, validate, withdraw,
};

use crate::request::{Request, Step, Taken};
use crate::rules::{self, By};
use crate::store;
use base::{Actor, Day, Error, Id, Moment, Result, Role, Second};
use db::Tx;
use serde_json::{Value, json};

pub(crate) use imports::{DISCARD, IMPORT, discard, job_state, run_discard};
pub(crate) use lines::{package_of, prefill_line};
pub(crate) use needs::{buckets_of, prefill_edit, readable_need};
pub(crate) use requests::prefill_request;

/// Whether somebody may know of a request at all: its authority, and the secretariat and the
/// auditor once it has left its author's hands.
pub(crate) fn may_read(actor: Option<&Actor>, request: &Request) -> bool {
    actor.is_some_and(|actor| {
        actor.authority_countries().contains(&request.country)
            || (actor.reads_all() && request.submitted_at.is_some())
    })
}

/// A request the actor may know of.
///
/// # Errors
/// Missing for everyone else: nobody learns that it exists.
pub(crate) fn readable(tx: &mut Tx, actor: Option<&Actor>, id: Id) -> Result<Request> {
    let request = store::request(tx, id)?;
    if may_read(actor, &request) {
        Ok(request)
    } else {
        Err(Error::Missing)
    }
}

/// Whether the actor may take a step with a request.
pub(crate) fn may_take(
    tx: &mut Tx,
    actor: &Actor,
    request: &Request,
    step: Step,
    today: Day,
) -> Result<()> {
    match rules::by(step) {
        By::Authority => {
            authorities::require_active(tx, actor, &request.country, today)?;
            Ok(())
        }
        By::Officer => actor.require(Role::SecretariatOfficer),
        By::Approver => {
            actor.require(Role::SecretariatApprover)?;
            let mut before: Vec<Id> = store::steps(tx, request.id)?
                .iter()
                .map(|t| t.account)
                .collect();
            before.push(request.filed_by);
            Second::after(&before, actor).map(drop)
        }
    }
}

/// Whether the step follows from where the request stands, and the actor may take it: for links.
pub(crate) fn offered(
    tx: &mut Tx,
    actor: &Actor,
    request: &Request,
    step: Step,
    today: Day,
) -> bool {
    rules::next(request.state, step).is_ok() && may_take(tx, actor, request, step, today).is_ok()
}

/// Writes down a step, with its reason, and the fact that tells of it.
pub(crate) fn record(
    tx: &mut Tx,
    request: Id,
    need: Option<Id>,
    step: Step,
    words: Option<String>,
    by: (Id, Moment),
) -> Result<()> {
    let (account, at) = by;
    let taken = Taken {
        id: Id::new(at),
        request,
        need,
        step,
        words,
        account,
        at,
    };
    store::add_step(tx, &taken)?;
    let subject = need.map_or(("request", request), |need| ("need", need));
    fact(tx, step.verb(), subject, json!({}), by)
}

/// Appends a fact.
pub(crate) fn fact(
    tx: &mut Tx,
    verb: &'static str,
    subject: (&'static str, Id),
    about: Value,
    by: (Id, Moment),
) -> Result<()> {
    let (account, now) = by;
    ledger::tell(tx, (now, Some(account)), verb, subject, about)
}

/// A text that may be left empty.
pub(crate) fn opt(text: &str) -> Option<String> {
    Some(text.trim())
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

/// The number an urgency's code stands for.
pub(crate) fn urgency(code: &str) -> i64 {
    let at = crate::forms::URGENCIES.iter().position(|c| *c == code);
    at.and_then(|at| i64::try_from(at).ok()).unwrap_or(0)
}
