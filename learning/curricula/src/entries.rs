//! The verbs on the entries of a draft: add, change, take out, relate to one another.

use crate::acts::{opened, title};
use crate::framework::{Association, Competency};
use crate::rules::{self, Entry};
use crate::{store, store_schemes};
use base::{Actor, Id, Moment, Refusals, Result};
use db::Tx;
use serde_json::json;

fn ancestors(tx: &mut Tx, parent: Option<&Competency>) -> Result<Vec<Id>> {
    let mut above = Vec::new();
    let mut next = parent.and_then(|parent| parent.parent);
    while let Some(id) = next {
        above.push(id);
        if above.len() > 100 {
            break;
        }
        next = store::competency(tx, id)?.parent;
    }
    Ok(above)
}

fn stands(tx: &mut Tx, framework: Id, entry: &Entry, own: Option<Id>) -> Result<()> {
    let parent = match entry.parent {
        Some(parent) => Some(store::competency(tx, parent)?),
        None => None,
    };
    let above = ancestors(tx, parent.as_ref())?;
    rules::entry_fits(entry, framework, parent.as_ref(), own, &above)
}

/// Adds an entry to a draft.
///
/// # Errors
/// Forbidden for everybody but the country's learning officers; refused with every reason.
pub fn add_entry(
    tx: &mut Tx,
    framework: Id,
    entry: &Entry,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let mut draft = opened(tx, framework, actor, now)?;
    stands(tx, framework, entry, None)?;
    let sequence = match entry.sequence {
        Some(sequence) => sequence,
        None => store::last_sequence(tx, framework, entry.parent)? + 1,
    };
    let id = Id::new(now);
    let one = Competency {
        id,
        framework,
        code: entry.code.clone(),
        statement: entry.statement.clone(),
        subject: draft.subject.clone(),
        grade_from: entry.grade_from,
        grade_to: entry.grade_to,
        parent: entry.parent,
        sequence,
        kind: entry.kind.clone(),
        notes: entry.notes.clone(),
        beside: json!({}),
        based_on: None,
        link: Id::named("isChildOf", &id.to_string()),
        changed_at: now,
        version: 1,
    };
    store::add_competency(tx, &one)?;
    let seen = draft.version;
    store::change_framework(tx, &mut draft, seen)?;
    let about = json!({ "competency": id });
    let hand = (now, Some(actor.account));
    ledger::tell(
        tx,
        hand,
        "curricula.entry_added",
        ("framework", framework),
        about,
    )?;
    Ok(id)
}

/// Changes an entry of a draft; answers its framework.
///
/// # Errors
/// As [`add_entry`]; conflict when somebody saved in between.
pub fn edit_entry(
    tx: &mut Tx,
    id: Id,
    entry: &Entry,
    seen: i64,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let mut one = store::competency(tx, id)?;
    let mut draft = opened(tx, one.framework, actor, now)?;
    stands(tx, one.framework, entry, Some(id))?;
    one.code.clone_from(&entry.code);
    // A language the form does not ask for keeps its words.
    let asked = |code: &str| base::Lang::ALL.iter().any(|lang| lang.code() == code);
    one.statement.0.retain(|code, _| !asked(code));
    one.statement.0.extend(entry.statement.0.clone());
    (one.grade_from, one.grade_to) = (entry.grade_from, entry.grade_to);
    one.parent = entry.parent;
    one.sequence = entry.sequence.unwrap_or(one.sequence);
    one.kind.clone_from(&entry.kind);
    one.notes.clone_from(&entry.notes);
    one.changed_at = now;
    if let Some(beside) = one.beside.as_object_mut() {
        beside.remove("educationLevel");
        beside.remove("CFItemType");
    }
    store::change_competency(tx, &mut one, seen)?;
    let version = draft.version;
    store::change_framework(tx, &mut draft, version)?;
    let about = json!({ "competency": id });
    let hand = (now, Some(actor.account));
    ledger::tell(
        tx,
        hand,
        "curricula.entry_edited",
        ("framework", one.framework),
        about,
    )?;
    Ok(one.framework)
}

/// Takes an entry out of a draft; answers its framework.
///
/// # Errors
/// Refused while others hang on it; as [`add_entry`].
pub fn remove_entry(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<Id> {
    let one = store::competency(tx, id)?;
    let mut draft = opened(tx, one.framework, actor, now)?;
    let mut refusals = Refusals::default();
    let alone = store::children(tx, id)?.is_empty();
    refusals.unless(alone, "", "curricula-entry-has-others");
    let aimed = store_schemes::is_aimed_at(tx, id)?;
    refusals.unless(!aimed, "", "curricula-entry-in-scheme");
    refusals.or(())?;
    for link in store::associations_at(tx, id)? {
        store::remove_association(tx, link.id)?;
    }
    store::remove_competency(tx, id)?;
    let version = draft.version;
    store::change_framework(tx, &mut draft, version)?;
    let about = json!({ "competency": id });
    let hand = (now, Some(actor.account));
    ledger::tell(
        tx,
        hand,
        "curricula.entry_removed",
        ("framework", one.framework),
        about,
    )?;
    Ok(one.framework)
}

/// Relations a person may set between entries.
pub const LINKS: &[&str] = &["exactMatchOf", "isRelatedTo", "precedes", "isPeerOf"];

/// Relates an entry to another. Between two frameworks it is a crosswalk, which stands beside both
/// and may be made at any time; within one it is part of the draft.
///
/// # Errors
/// Forbidden for everybody but the country's learning officers; refused when it is there already.
pub fn link(
    tx: &mut Tx,
    origin: Id,
    destination: Id,
    kind: &str,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let (from, to) = (
        store::competency(tx, origin)?,
        store::competency(tx, destination)?,
    );
    let crosswalk = from.framework != to.framework;
    let framework = if crosswalk {
        let framework = store::framework(tx, from.framework)?;
        rules::may_see(&framework, Some(actor))?;
        rules::may_draft(actor, &framework.country)?;
        rules::may_see(&store::framework(tx, to.framework)?, Some(actor))?;
        framework
    } else {
        let mut framework = opened(tx, from.framework, actor, now)?;
        let version = framework.version;
        store::change_framework(tx, &mut framework, version)?;
        framework
    };
    let mut refusals = Refusals::default();
    refusals.unless(LINKS.contains(&kind), "relation", "form-choose");
    refusals.unless(
        origin != destination,
        "other_entry",
        "curricula-link-to-itself",
    );
    let there = store::associations_at(tx, origin)?;
    let again = there
        .iter()
        .any(|a| a.origin == origin && a.destination == Some(destination) && a.kind == kind);
    refusals.unless(!again, "other_entry", "curricula-link-there");
    if kind == "precedes" && !crosswalk {
        let all = store::associations_of(tx, framework.id)?;
        let mut arrows: Vec<(Id, Id)> = all
            .iter()
            .filter(|a| a.kind == "precedes")
            .filter_map(|a| Some((a.origin, a.destination?)))
            .collect();
        arrows.push((origin, destination));
        let circle = rules::on_circles(&arrows);
        refusals.unless(circle.is_empty(), "other_entry", "curricula-link-circle");
    }
    refusals.or(())?;
    let association = Association {
        id: Id::new(now),
        framework: framework.id,
        kind: kind.to_owned(),
        origin,
        destination: Some(destination),
        origin_title: title(&from),
        destination_title: title(&to),
        destination_uri: String::new(),
        sequence: None,
        notes: String::new(),
        crosswalk,
        beside: json!({}),
        changed_at: now,
        version: 1,
    };
    store::add_associations(tx, std::slice::from_ref(&association))?;
    let about = json!({ "association": association.id, "kind": kind });
    let hand = (now, Some(actor.account));
    ledger::tell(
        tx,
        hand,
        "curricula.linked",
        ("framework", framework.id),
        about,
    )?;
    Ok(association.id)
}
