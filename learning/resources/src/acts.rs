//! The verbs: load, decide, save, record a fact, all in one transaction.

use crate::resource::{New, NewRendition, Rendition, Resource, Standing, may_see};
use crate::rules::{self, Known, Opinion};
use crate::{index, store};
use base::{Actor, Conflict, Error, Id, Moment, Result};
use db::Tx;
use files::Files;
use serde_json::json;

fn tell(
    tx: &mut Tx,
    by: Option<Id>,
    now: Moment,
    verb: &'static str,
    resource: &Resource,
) -> Result<()> {
    ledger::tell(
        tx,
        (now, by),
        verb,
        ("resource", resource.id),
        json!({"code": resource.code, "standing": resource.standing.code()}),
    )
}

/// The resource, held until the transaction ends, for somebody who may see it.
fn held(tx: &mut Tx, id: Id, actor: &Actor) -> Result<Resource> {
    let resource = store::find_to_change(tx, id)?;
    if !may_see(&resource, Some(actor)) {
        return Err(Error::Missing);
    }
    Ok(resource)
}

/// The plain text of a resource, as far as there is one.
pub(crate) fn plain_text(tx: &mut Tx, files: &Files, id: Id) -> Result<String> {
    let mut text = String::new();
    for one in store::renditions(tx, id)? {
        if one.channel != "text" {
            continue;
        }
        for page in crate::text_of(files, &one).unwrap_or_default() {
            text.push_str(&page.title);
            text.push('\n');
            text.push_str(&formats::plain(&page.html));
            text.push('\n');
        }
    }
    Ok(text)
}

/// Puts a resource into the search again as it now is.
pub(crate) fn reindex(tx: &mut Tx, files: &Files, resource: &Resource) -> Result<()> {
    let text = plain_text(tx, files, resource.id)?;
    index::learn(tx, resource, &text)
}

/// Adds a resource: a draft of the library, or a school's own material, usable there at once.
///
/// # Errors
/// Forbidden to others; refused with every reason.
pub(crate) fn upload(
    tx: &mut Tx,
    new: &New,
    known: &Known,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    rules::may_write(actor, &new.country, new.school)?;
    rules::faults(new, known).or(())?;
    let resource = store::add(tx, new, Standing::Draft, Some(actor.account), now)?;
    index::learn(tx, &resource, &new.text)?;
    tell(tx, Some(actor.account), now, "resources.added", &resource)?;
    Ok(resource.id)
}

/// Changes what is known of a resource.
///
/// # Errors
/// Conflict when somebody else was first; refused with every reason.
pub(crate) fn edit(
    tx: &mut Tx,
    files: &Files,
    (id, seen): (Id, i64),
    (new, known): (&New, &Known),
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut resource = held(tx, id, actor)?;
    rules::may_change(actor, &resource)?;
    if seen != resource.version {
        return Err(Error::Conflict(Box::new(Conflict {
            version: resource.version,
            saved: Vec::new(),
        })));
    }
    rules::faults(new, known).or(())?;
    resource.standing = rules::edited(&resource, new)?;
    if resource.standing != Standing::Approved {
        resource.recommended = false;
    }
    resource.names = new.names.clone();
    resource.about = new.about.clone();
    resource.langs = new.langs.clone();
    resource.subject = new.subject.clone();
    resource.grades = new.grades;
    resource.competencies = new.competencies.clone();
    resource.licence = new.licence.clone();
    resource.permits = new.permits.clone();
    resource.duties = new.duties.clone();
    resource.permission = new.permission.clone();
    resource.credit = new.credit.clone();
    resource.source = new.source.clone();
    resource.based_on = new.based_on;
    resource.accessibility = new.accessibility.clone();
    resource.reading_level = new.reading_level;
    resource.minutes = new.minutes;
    resource.changed_at = now;
    store::change(tx, &mut resource, seen)?;
    reindex(tx, files, &resource)?;
    tell(tx, Some(actor.account), now, "resources.changed", &resource)
}

/// Adds forms to a resource: its sound, its print, a translation of its text.
///
/// # Errors
/// Refused once it is withdrawn; a new form of an approved one is looked at again.
pub(crate) fn add_forms(
    tx: &mut Tx,
    files: &Files,
    id: Id,
    forms: &[NewRendition],
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut resource = held(tx, id, actor)?;
    rules::may_change(actor, &resource)?;
    rules::withdraw(&resource)?;
    let there = store::renditions(tx, id)?;
    for one in forms {
        let old = there
            .iter()
            .find(|old| old.channel == one.channel && old.name == one.name);
        if let Some(old) = old {
            store::remove_rendition(tx, old.id)?;
        }
        store::add_rendition(tx, id, one, now)?;
    }
    resource.bytes = store::renditions(tx, id)?.iter().map(|one| one.bytes).sum();
    if resource.standing == Standing::Approved {
        resource.standing = Standing::Proposed;
        resource.recommended = false;
    }
    resource.changed_at = now;
    let seen = resource.version;
    store::change(tx, &mut resource, seen)?;
    reindex(tx, files, &resource)?;
    tell(
        tx,
        Some(actor.account),
        now,
        "resources.form-added",
        &resource,
    )
}

/// Adds the light form of a recording that is still there. It is the same recording: nobody looks at it again.
///
/// # Errors
/// A fault of the database.
pub(crate) fn add_light(
    tx: &mut Tx,
    id: Id,
    hash: &str,
    form: &NewRendition,
    now: Moment,
) -> Result<()> {
    let mut resource = store::find_to_change(tx, id)?;
    let there = store::renditions(tx, id)?;
    let given = there.iter().any(|one| one.hash == hash);
    let done = there
        .iter()
        .any(|one| one.channel == form.channel && one.name == form.name);
    if !given || done {
        return Ok(());
    }
    store::add_rendition(tx, id, form, now)?;
    resource.bytes += form.bytes;
    let seen = resource.version;
    store::change(tx, &mut resource, seen)?;
    tell(tx, None, now, "resources.light-form-made", &resource)
}

/// Puts a resource before a reviewer; for a school's own material this is offering it upward.
///
/// # Errors
/// Refused in another standing, without a file, or under a licence that keeps it at the school.
pub(crate) fn propose(
    tx: &mut Tx,
    files: &Files,
    id: Id,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut resource = held(tx, id, actor)?;
    rules::may_write(actor, &resource.country, resource.school)?;
    let forms = store::renditions(tx, id)?;
    resource.standing = rules::propose(&resource, forms.len())?;
    resource.reason = None;
    save(tx, files, resource, Some(actor), now, "resources.proposed")
}

fn save(
    tx: &mut Tx,
    files: &Files,
    mut resource: Resource,
    actor: Option<&Actor>,
    now: Moment,
    verb: &'static str,
) -> Result<()> {
    resource.changed_at = now;
    let seen = resource.version;
    store::change(tx, &mut resource, seen)?;
    reindex(tx, files, &resource)?;
    tell(tx, actor.map(|a| a.account), now, verb, &resource)
}

/// A reviewer's decision.
///
/// # Errors
/// Forbidden to others; refused unless it waits, another person made it, and the marks bear it.
pub(crate) fn review(
    tx: &mut Tx,
    files: &Files,
    id: Id,
    opinion: &Opinion,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut resource = held(tx, id, actor)?;
    if !actor.is_in(base::Role::ResourceReviewer, &resource.country) {
        return Err(Error::Forbidden(base::Role::ResourceReviewer.code()));
    }
    resource.standing = rules::review(&resource, opinion, actor)?;
    let words = opinion.words.trim().to_owned();
    resource.reason = (!opinion.approves).then(|| words.clone());
    (resource.decided_by, resource.decided_at) = (Some(actor.account), Some(now));
    if !opinion.approves && resource.school.is_some() {
        // What stays at its school is the school's again.
        resource.decided_by = None;
    }
    let review = store::Review {
        resource: id,
        edition: resource.version,
        reviewer: actor.account,
        decision: resource.standing.code().to_owned(),
        marks: opinion.marks.clone(),
        words,
        at: now,
    };
    store::add_review(tx, &review)?;
    let verb = if opinion.approves {
        "resources.approved"
    } else {
        "resources.returned"
    };
    save(tx, files, resource, Some(actor), now, verb)
}

/// Puts a resource on the recommended list, or takes it from there.
///
/// # Errors
/// Forbidden to others; refused unless it is approved.
pub(crate) fn recommend(
    tx: &mut Tx,
    files: &Files,
    id: Id,
    on: bool,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut resource = held(tx, id, actor)?;
    rules::may_write(actor, &resource.country, None)?;
    rules::recommend(&resource, on)?;
    resource.recommended = on;
    let verb = if on {
        "resources.recommended"
    } else {
        "resources.recommendation-ended"
    };
    save(tx, files, resource, Some(actor), now, verb)
}

/// Withdraws a resource: nobody uses it any longer, and everybody who did learns why.
///
/// # Errors
/// Forbidden to others; refused when it is withdrawn already.
pub(crate) fn withdraw(
    tx: &mut Tx,
    files: &Files,
    id: Id,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut resource = held(tx, id, actor)?;
    rules::may_change(actor, &resource)?;
    resource.standing = rules::withdraw(&resource)?;
    resource.recommended = false;
    resource.reason = Some(reason.to_owned());
    resource.decided_at = Some(now);
    save(tx, files, resource, Some(actor), now, "resources.withdrawn")
}

/// Brings a withdrawn resource back as a draft.
///
/// # Errors
/// Forbidden to others; refused unless it is withdrawn.
pub(crate) fn restore(
    tx: &mut Tx,
    files: &Files,
    id: Id,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut resource = held(tx, id, actor)?;
    rules::may_change(actor, &resource)?;
    resource.standing = rules::restore(&resource)?;
    (resource.decided_by, resource.decided_at) = (None, None);
    resource.reason = None;
    save(tx, files, resource, Some(actor), now, "resources.restored")
}

/// Keeps what an import brings as already looked at by the person who answers for the whole set.
///
/// # Errors
/// Refused with every reason.
pub(crate) fn bring(
    tx: &mut Tx,
    new: &New,
    (by, reviewer): (Option<Id>, Option<Id>),
    now: Moment,
) -> Result<Resource> {
    let national = crate::national::find(tx, &new.licence)?;
    let known = Known {
        national: national
            .filter(|one| one.country == new.country && one.closed_at.is_none())
            .map(|one| one.licence()),
        ..Known::default()
    };
    rules::faults(new, &known).or(())?;
    let mut resource = store::add(tx, new, Standing::Draft, by, now)?;
    if let Some(reviewer) = reviewer {
        resource.standing = Standing::Approved;
        (resource.decided_by, resource.decided_at) = (Some(reviewer), Some(now));
        store::change(tx, &mut resource, 1)?;
    }
    index::learn(tx, &resource, &new.text)?;
    Ok(resource)
}

/// Lets a resource that an import brought wait for a reviewer.
pub(crate) fn wait(tx: &mut Tx, resource: &mut Resource) -> Result<()> {
    resource.standing = Standing::Proposed;
    let seen = resource.version;
    store::change(tx, resource, seen)
}

/// One form of a resource that the actor may see, and the resource.
pub(crate) fn seen_form(
    tx: &mut Tx,
    resource: Id,
    form: Id,
    actor: Option<&Actor>,
) -> Result<(Resource, Rendition)> {
    let found = store::find(tx, resource)?;
    if !may_see(&found, actor) {
        return Err(Error::Missing);
    }
    let form = store::rendition(tx, form)?;
    if form.resource != resource {
        return Err(Error::Missing);
    }
    Ok((found, form))
}
