//! Calls for support: drafted by an officer, published by another person.

use crate::call::Call;
use crate::{rules, store};
use base::{Actor, Id, Moment, Result, Role};
use db::Tx;
use serde_json::json;

fn record(tx: &mut Tx, call: &Call, by: Id, verb: &str, now: Moment) -> Result<()> {
    let about = json!({ "number": call.number, "country": call.country, "service_class": call.service_class });
    ledger::tell(tx, (now, Some(by)), verb, ("call", call.id), about)
}

/// Drafts a call; its id and number are given here.
pub(crate) fn draft(tx: &mut Tx, mut call: Call, actor: &Actor, now: Moment) -> Result<Id> {
    actor.require(Role::SecretariatOfficer)?;
    rules::new_call(&call, now.day())?;
    call.id = Id::new(now);
    call.number = store::calls::next_number(tx)?;
    store::calls::add(tx, &call)?;
    record(tx, &call, actor.account, "call.drafted", now)?;
    Ok(call.id)
}

/// Publishes a call.
pub(crate) fn publish(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut call = store::calls::find(tx, id)?;
    let second = rules::publish_call(&call, actor, now.day())?;
    call.published_by = Some(second.account());
    call.published_at = Some(now);
    let expected = call.version;
    store::calls::change(tx, &call, expected)?;
    record(tx, &call, second.account(), "call.published", now)
}
