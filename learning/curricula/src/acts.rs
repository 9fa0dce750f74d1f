//! The verbs on frameworks: load, decide, save, record a fact; each in the transaction it is given.

use crate::framework::{Association, Competency, Framework, Standing};
use crate::rules;
use crate::{seal, store, store_schemes};
use base::{Actor, Error, Id, Moment, Names, Refusal, Refusals, Result};
use db::Tx;
use serde_json::json;

/// Rows told of in one fact.
pub(crate) const SLICE: usize = 1_000;

/// What is said of a framework when it is begun.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub country: String,
    pub names: Names,
    pub subject: String,
    /// The languages every statement must be written in before it can be adopted.
    pub langs: Vec<String>,
    pub creator: String,
    pub publisher: String,
    pub source: String,
    pub licence: String,
    pub description: String,
}

fn fits(tx: &mut Tx, draft: &Draft) -> Result<()> {
    let mut refusals = Refusals::default();
    refusals.unless(!draft.names.is_empty(), "curriculum_title", "form-missing");
    let subject = rules::is_subject(&draft.subject);
    refusals.unless(subject, "school_subject", "form-choose");
    refusals.unless(!draft.langs.is_empty(), "written_in", "form-choose");
    refusals.unless(!draft.creator.is_empty(), "creator", "form-missing");
    let source = draft.source.is_empty() || ui::is_safe(&draft.source);
    refusals.unless(source, "official_source", "curricula-source-no-address");
    match places::country(tx, &draft.country) {
        Ok(_) => {}
        Err(Error::Missing) => refusals.push(Refusal::about("country", "form-choose")),
        Err(other) => return Err(other),
    }
    refusals.or(())
}

fn taken_over(framework: &mut Framework, draft: &Draft) {
    framework.names = draft.names.clone();
    framework.subject.clone_from(&draft.subject);
    framework.langs.clone_from(&draft.langs);
    framework.creator.clone_from(&draft.creator);
    framework.publisher.clone_from(&draft.publisher);
    framework.source.clone_from(&draft.source);
    framework.licence.clone_from(&draft.licence);
    framework.description.clone_from(&draft.description);
}

pub(crate) fn blank(id: Id, country: &str, by: Option<Id>, now: Moment) -> Framework {
    Framework {
        id,
        country: country.to_owned(),
        names: Names::default(),
        subject: "other".to_owned(),
        langs: Vec::new(),
        edition: 1,
        standing: Standing::Draft,
        supersedes: None,
        creator: String::new(),
        publisher: String::new(),
        source: String::new(),
        licence: String::new(),
        description: String::new(),
        beside: json!({}),
        drafters: by.into_iter().collect(),
        made_by: by,
        made_at: now,
        changed_at: now,
        proposed_by: None,
        proposed_at: None,
        returned: None,
        adopted_by: None,
        adopted_on: None,
        content_hash: None,
        ended_on: None,
        reason: None,
        version: 1,
    }
}

/// Begins a framework.
///
/// # Errors
/// Forbidden for everybody but the country's learning officers; refused with every reason.
pub fn begin(tx: &mut Tx, draft: &Draft, actor: &Actor, now: Moment) -> Result<Id> {
    rules::may_draft(actor, &draft.country)?;
    fits(tx, draft)?;
    let mut framework = blank(Id::new(now), &draft.country, Some(actor.account), now);
    taken_over(&mut framework, draft);
    store::add_framework(tx, &framework)?;
    let about = json!({ "country": draft.country, "subject": draft.subject });
    let subject = ("framework", framework.id);
    ledger::tell(
        tx,
        (now, Some(actor.account)),
        "curricula.begun",
        subject,
        about,
    )?;
    Ok(framework.id)
}

/// The draft for writing in: a hand more in it, and it must be laid before the signatory again.
pub(crate) fn opened(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<Framework> {
    let mut framework = store::framework_for_change(tx, id)?;
    rules::may_see(&framework, Some(actor))?;
    rules::may_draft(actor, &framework.country)?;
    rules::is_draft(framework.standing)?;
    if !framework.drafters.contains(&actor.account) {
        framework.drafters.push(actor.account);
    }
    framework.changed_at = now;
    framework.proposed_by = None;
    framework.proposed_at = None;
    Ok(framework)
}

/// Changes what is said of a draft.
///
/// # Errors
/// As [`begin`]; refused once it was adopted; conflict when somebody saved in between.
pub fn edit(
    tx: &mut Tx,
    id: Id,
    draft: &Draft,
    seen: i64,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut framework = opened(tx, id, actor, now)?;
    let draft = Draft {
        country: framework.country.clone(),
        ..draft.clone()
    };
    fits(tx, &draft)?;
    taken_over(&mut framework, &draft);
    store::change_framework(tx, &mut framework, seen)?;
    let hand = (now, Some(actor.account));
    ledger::tell(tx, hand, "curricula.edited", ("framework", id), json!({}))
}

pub(crate) fn title(one: &Competency) -> String {
    if one.code.is_empty() {
        rules::short(one.statement.get(base::Lang::En))
    } else {
        one.code.clone()
    }
}

/// Lays a draft before the signatory.
///
/// # Errors
/// Refused with everything that is still missing; forbidden for others than learning officers.
pub fn propose(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut framework = opened(tx, id, actor, now)?;
    let entries = store::of_framework(tx, id)?;
    rules::may_propose(&framework, &entries)?;
    framework.proposed_by = Some(actor.account);
    framework.proposed_at = Some(now);
    framework.returned = None;
    let version = framework.version;
    store::change_framework(tx, &mut framework, version)?;
    let about = json!({ "entries": entries.len() });
    let hand = (now, Some(actor.account));
    ledger::tell(tx, hand, "curricula.proposed", ("framework", id), about)
}

/// Sends a draft back to its writers.
///
/// # Errors
/// Refused when it was not laid before anybody; forbidden for others than signatories.
pub fn send_back(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut framework = store::framework_for_change(tx, id)?;
    rules::may_adopt(actor, &framework.country)?;
    let proposed = (framework.standing, framework.proposed_at.is_some());
    rules::may_put_in_force(proposed, &[], actor)?;
    framework.proposed_by = None;
    framework.proposed_at = None;
    framework.returned = Some(reason.to_owned());
    framework.changed_at = now;
    let version = framework.version;
    store::change_framework(tx, &mut framework, version)?;
    let hand = (now, Some(actor.account));
    ledger::tell(
        tx,
        hand,
        "curricula.sent_back",
        ("framework", id),
        json!({}),
    )
}

/// Puts a draft in force; the edition before is superseded, and what became of its entries is kept.
///
/// # Errors
/// Refused to whoever had a hand in the draft; forbidden for others than signatories.
pub fn adopt(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut framework = store::framework_for_change(tx, id)?;
    rules::may_adopt(actor, &framework.country)?;
    let proposed = (framework.standing, framework.proposed_at.is_some());
    let second = rules::may_put_in_force(proposed, &framework.drafters, actor)?;
    let entries = store::of_framework(tx, id)?;
    rules::may_propose(&framework, &entries)?;
    let hand = (now, Some(actor.account));
    if let Some(before) = framework.supersedes {
        crate::editions::supersede(tx, before, &framework, entries.clone(), hand)?;
    }
    let links = store::associations_of(tx, id)?;
    framework.standing = Standing::Adopted;
    framework.adopted_by = Some(second.account());
    framework.adopted_on = Some(now.day());
    framework.content_hash = Some(seal::hash(&framework, &entries, &links));
    let version = framework.version;
    store::change_framework(tx, &mut framework, version)?;
    let about = json!({ "edition": framework.edition, "entries": entries.len(), "hash": framework.content_hash });
    ledger::tell(tx, hand, "curricula.adopted", ("framework", id), about)
}

/// Adds the entries of a new draft, parents first, and its relations.
pub(crate) fn fill(
    tx: &mut Tx,
    framework: Id,
    entries: &[Competency],
    links: &[Association],
    hand: (Moment, Option<Id>),
) -> Result<()> {
    let subject = ("framework", framework);
    for slice in entries.chunks(SLICE) {
        store::add_competencies(tx, slice)?;
        let about = json!({ "entries": slice.len() });
        ledger::tell(tx, hand, "curricula.entries_added", subject, about)?;
    }
    for slice in links.chunks(SLICE) {
        store::add_associations(tx, slice)?;
        let about = json!({ "links": slice.len() });
        ledger::tell(tx, hand, "curricula.links_added", subject, about)?;
    }
    Ok(())
}

/// Takes back what was adopted, for a reason everybody may read.
///
/// # Errors
/// Refused for a draft; forbidden for others than signatories.
pub fn withdraw(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut framework = store::framework_for_change(tx, id)?;
    rules::may_adopt(actor, &framework.country)?;
    rules::may_withdraw(framework.standing)?;
    framework.standing = Standing::Withdrawn;
    framework.ended_on = Some(now.day());
    framework.reason = Some(reason.to_owned());
    let version = framework.version;
    store::change_framework(tx, &mut framework, version)?;
    let hand = (now, Some(actor.account));
    ledger::tell(
        tx,
        hand,
        "curricula.withdrawn",
        ("framework", id),
        json!({}),
    )
}

/// Throws a draft away with everything in it.
///
/// # Errors
/// Refused once it was adopted or while a scheme of work is made from it.
pub fn discard(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let framework = opened(tx, id, actor, now)?;
    if !store_schemes::of_framework(tx, id)?.is_empty() {
        return Err(Refusal::whole("curricula-draft-in-use").into());
    }
    for link in store::associations_of(tx, id)? {
        store::remove_association(tx, link.id)?;
    }
    let entries = rules::tree(store::of_framework(tx, id)?);
    for (_, one) in entries.iter().rev() {
        for link in store::associations_at(tx, one.id)? {
            store::remove_association(tx, link.id)?;
        }
        store::remove_competency(tx, one.id)?;
    }
    store::remove_framework(tx, framework.id)?;
    let about = json!({ "entries": entries.len() });
    let hand = (now, Some(actor.account));
    ledger::tell(tx, hand, "curricula.discarded", ("framework", id), about)
}
