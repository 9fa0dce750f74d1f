//! Templates: written by an officer, published by an approver, then never changed.

use crate::template::{self, Clause, Template};
use crate::{rules, store};
use base::{Actor, Id, Moment, Names, Refusal, Result, Role};
use db::Tx;
use serde_json::json;

fn told(tx: &mut Tx, t: &Template, verb: &'static str, by: Option<Id>, now: Moment) -> Result<()> {
    ledger::tell(
        tx,
        (now, by),
        verb,
        ("agreement_template", t.id),
        json!({ "number": t.number }),
    )
}

fn fresh(tx: &mut Tx, name: &Names, clauses: Vec<Clause>, now: Moment) -> Result<Template> {
    Ok(Template {
        id: Id::new(now),
        number: store::templates::next_number(tx)?,
        name: name.clone(),
        clauses,
        written_by: None,
        written_at: now,
        published_by: None,
        published_at: None,
        version: 1,
    })
}

/// Adds the house's own template, published; false when there is one already.
///
/// # Errors
/// A fault of the database.
pub fn seed(tx: &mut Tx, now: Moment) -> Result<bool> {
    if store::templates::current(tx)?.is_some() {
        return Ok(false);
    }
    let clauses = template::clauses(template::STANDARD)?;
    let name = Names::three("Support in kind", "Aide en nature", "دعم عيني");
    let mut template = fresh(tx, &name, clauses, now)?;
    template.published_at = Some(now);
    store::templates::add(tx, &template)?;
    told(tx, &template, "agreement_template.published", None, now)?;
    Ok(true)
}

/// Writes a template that nothing is drafted from until another person publishes it.
pub(crate) fn write(
    tx: &mut Tx,
    name: &Names,
    clauses: Vec<Clause>,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    actor.require(Role::SecretariatOfficer)?;
    rules::template(name, &clauses).or(())?;
    let mut template = fresh(tx, name, clauses, now)?;
    template.written_by = Some(actor.account);
    store::templates::add(tx, &template)?;
    told(
        tx,
        &template,
        "agreement_template.written",
        Some(actor.account),
        now,
    )?;
    Ok(template.id)
}

/// Changes a template that is not published, over the version its editor has seen.
pub(crate) fn edit(
    tx: &mut Tx,
    id: Id,
    (name, clauses): (&Names, Vec<Clause>),
    seen: i64,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    actor.require(Role::SecretariatOfficer)?;
    let mut template = store::templates::find(tx, id)?;
    if template.published_at.is_some() {
        return Err(Refusal::whole("agreements-template-published").into());
    }
    rules::template(name, &clauses).or(())?;
    (template.name, template.clauses) = (name.clone(), clauses);
    (template.written_by, template.written_at) = (Some(actor.account), now);
    store::templates::change(tx, &mut template, seen)?;
    told(
        tx,
        &template,
        "agreement_template.changed",
        Some(actor.account),
        now,
    )
}

/// Publishes a template: drafts begun from now on are set from it.
pub(crate) fn publish(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut template = store::templates::find(tx, id)?;
    let second = rules::publish(&template, actor)?;
    (template.published_by, template.published_at) = (Some(second.account()), Some(now));
    let seen = template.version;
    store::templates::change(tx, &mut template, seen)?;
    told(
        tx,
        &template,
        "agreement_template.published",
        Some(actor.account),
        now,
    )
}
