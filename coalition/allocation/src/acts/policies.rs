//! Policies: drafted by an officer, published by another person.

use crate::policy::{Parameters, Policy};
use crate::{rules, store};
use base::{Actor, Id, Moment, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use std::collections::BTreeMap;

/// The first version, made and published by the product itself; false when there is a policy.
pub fn seed(tx: &mut Tx, now: Moment) -> Result<bool> {
    if !store::policies::all(tx)?.is_empty() {
        return Ok(false);
    }
    let values: BTreeMap<String, f64> = catalogue::service_classes(tx)?
        .into_iter()
        .map(|class| (class.code, class.value))
        .collect();
    let policy = Policy {
        id: Id::named("allocation-policy", "1"),
        number: 1,
        note: String::new(),
        parameters: Parameters::first(values),
        created_by: None,
        created_at: now,
        published_by: None,
        published_at: Some(now),
        version: 1,
    };
    store::policies::add(tx, &policy)?;
    record(tx, &policy, None, "policy.published", now)?;
    Ok(true)
}

fn record(tx: &mut Tx, policy: &Policy, by: Option<Id>, verb: &str, now: Moment) -> Result<()> {
    let about = json!({ "number": policy.number });
    ledger::tell(tx, (now, by), verb, ("policy", policy.id), about)
}

/// Drafts a new version.
pub(crate) fn draft(
    tx: &mut Tx,
    note: &str,
    p: Parameters,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    actor.require(Role::SecretariatOfficer)?;
    rules::sound(&p)?;
    let policy = Policy {
        id: Id::new(now),
        number: store::policies::next_number(tx)?,
        note: note.to_owned(),
        parameters: p,
        created_by: Some(actor.account),
        created_at: now,
        published_by: None,
        published_at: None,
        version: 1,
    };
    store::policies::add(tx, &policy)?;
    record(tx, &policy, Some(actor.account), "policy.drafted", now)?;
    Ok(policy.id)
}

/// Changes a draft; whoever changes it has written it.
pub(crate) fn edit(
    tx: &mut Tx,
    id: Id,
    change: (&str, Parameters, i64),
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut policy = store::policies::find(tx, id)?;
    rules::edit_policy(&policy, actor)?;
    let (note, parameters, version) = change;
    rules::sound(&parameters)?;
    policy.note = note.to_owned();
    policy.parameters = parameters;
    policy.created_by = Some(actor.account);
    store::policies::change(tx, &policy, version)?;
    record(tx, &policy, Some(actor.account), "policy.changed", now)
}

/// Publishes a draft.
pub(crate) fn publish(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut policy = store::policies::find(tx, id)?;
    let second = rules::publish_policy(&policy, actor)?;
    policy.published_by = Some(second.account());
    policy.published_at = Some(now);
    let expected = policy.version;
    store::policies::change(tx, &policy, expected)?;
    record(tx, &policy, Some(second.account()), "policy.published", now)
}

/// The policy a round names, or the newest published one.
pub(crate) fn of_round(tx: &mut Tx, wanted: Option<Id>) -> Result<Policy> {
    let found = match wanted {
        Some(id) => Some(store::policies::find(tx, id)?),
        None => store::policies::newest(tx)?,
    };
    found.ok_or_else(|| Refusal::about("policy", "allocation-no-policy").into())
}
