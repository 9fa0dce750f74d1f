//! The verbs on frameworks: load, decide, save, record a fact; each in the transaction it is given.

use crate::framework::{Association, Competency, Framework, Standing};
use crate::rules::{self, Entry, Fate};
use crate::{seal, store, store_schemes};
use base::{Actor, Error, Id, Moment, Names, Refusal, Refusals, Result};
use db::Tx;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Rows told of in one fact.
const SLICE: usize = 1_000;

pub(crate) fn told(
    tx: &mut Tx,
    (now, actor): (Moment, Option<Id>),
    verb: &'static str,
    subject: (&'static str, Id),
    about: Value,
) -> Result<()> {
    ledger::record(
        tx,
        &ledger::Fact {
            now,
            actor,
            verb,
            subject,
            about,
        },
    )?;
    Ok(())
}

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
    told(
        tx,
        (now, Some(actor.account)),
        "curricula.begun",
        subject,
        about,
    )?;
    Ok(framework.id)
}

/// The draft for writing in: a hand more in it, and it must be laid before the signatory again.
fn opened(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<Framework> {
    let mut framework = store::framework_for_change(tx, id)?;
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
    told(tx, hand, "curricula.edited", ("framework", id), json!({}))
}

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
    told(
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
    told(
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
    told(
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
    told(
        tx,
        hand,
        "curricula.linked",
        ("framework", framework.id),
        about,
    )?;
    Ok(association.id)
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
    told(tx, hand, "curricula.proposed", ("framework", id), about)
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
    told(
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
        supersede(tx, before, &framework, entries.clone(), hand)?;
    }
    let links = store::associations_of(tx, id)?;
    framework.standing = Standing::Adopted;
    framework.adopted_by = Some(second.account());
    framework.adopted_on = Some(now.day());
    framework.content_hash = Some(seal::hash(&framework, &entries, &links));
    let version = framework.version;
    store::change_framework(tx, &mut framework, version)?;
    let about = json!({ "edition": framework.edition, "entries": entries.len(), "hash": framework.content_hash });
    told(tx, hand, "curricula.adopted", ("framework", id), about)
}

fn supersede(
    tx: &mut Tx,
    before: Id,
    next: &Framework,
    entries: Vec<Competency>,
    hand: (Moment, Option<Id>),
) -> Result<()> {
    let now = hand.0;
    let mut old = store::framework_for_change(tx, before)?;
    if old.standing == Standing::Superseded {
        return Err(Refusal::whole("curricula-superseded-already").into());
    }
    let lines = rules::crosswalk(store::of_framework(tx, before)?, entries);
    let walk: Vec<Association> = lines
        .iter()
        .filter_map(|(was, new, fate)| {
            let (was, new) = (was.as_ref()?, new.as_ref()?);
            let same = *fate == Fate::Same;
            let (from, to) = if same { (new, was) } else { (was, new) };
            Some(Association {
                id: Id::named("crosswalk", &format!("{} {}", was.id, new.id)),
                framework: next.id,
                kind: if same { "exactMatchOf" } else { "replacedBy" }.to_owned(),
                origin: from.id,
                destination: Some(to.id),
                origin_title: title(from),
                destination_title: title(to),
                destination_uri: String::new(),
                sequence: None,
                notes: String::new(),
                crosswalk: true,
                beside: json!({}),
                changed_at: now,
                version: 1,
            })
        })
        .collect();
    for slice in walk.chunks(SLICE) {
        store::add_associations(tx, slice)?;
        let about = json!({ "links": slice.len() });
        told(
            tx,
            hand,
            "curricula.crosswalk_kept",
            ("framework", next.id),
            about,
        )?;
    }
    if old.standing == Standing::Adopted {
        old.standing = Standing::Superseded;
        old.ended_on = Some(now.day());
        let version = old.version;
        store::change_framework(tx, &mut old, version)?;
        let about = json!({ "by": next.id });
        told(
            tx,
            hand,
            "curricula.superseded",
            ("framework", before),
            about,
        )?;
    }
    Ok(())
}

/// Begins the next edition as a copy of one that was adopted.
///
/// # Errors
/// Refused while there is a draft of it already; forbidden for others than learning officers.
pub fn next_edition(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<Id> {
    let before = store::framework_for_change(tx, id)?;
    rules::may_draft(actor, &before.country)?;
    if !before.is_public() {
        return Err(Refusal::whole("curricula-still-a-draft").into());
    }
    let after = store::editions_after(tx, id)?;
    if after.iter().any(|one| one.standing != Standing::Withdrawn) {
        return Err(Refusal::whole("curricula-next-edition-there").into());
    }
    let mut next = Framework {
        edition: before.edition + 1,
        supersedes: Some(id),
        names: before.names.clone(),
        subject: before.subject.clone(),
        langs: before.langs.clone(),
        creator: before.creator.clone(),
        publisher: before.publisher.clone(),
        source: before.source.clone(),
        licence: before.licence.clone(),
        description: before.description.clone(),
        beside: before.beside.clone(),
        ..blank(Id::new(now), &before.country, Some(actor.account), now)
    };
    for own in ["document", "CFDocument"] {
        if let Some(document) = next.beside.get_mut(own).and_then(Value::as_object_mut) {
            document.remove("uri");
            document.remove("version");
        }
    }
    store::add_framework(tx, &next)?;
    let hand = (now, Some(actor.account));
    let about = json!({ "supersedes": id, "edition": next.edition });
    told(
        tx,
        hand,
        "curricula.edition_begun",
        ("framework", next.id),
        about,
    )?;
    let entries = rules::tree(store::of_framework(tx, id)?);
    let renamed: BTreeMap<Id, Id> = entries
        .iter()
        .map(|(_, one)| (one.id, Id::named(&next.id.to_string(), &one.id.to_string())))
        .collect();
    let at = |id: Option<Id>| id.and_then(|id| renamed.get(&id).copied());
    let copies: Vec<Competency> = entries
        .into_iter()
        .map(|(_, mut one)| {
            one.based_on = Some(one.id);
            one.id = at(Some(one.id)).unwrap_or(one.id);
            one.framework = next.id;
            one.parent = at(one.parent);
            one.link = Id::named("isChildOf", &one.id.to_string());
            one.version = 1;
            if let Some(beside) = one.beside.as_object_mut() {
                beside.remove("uri");
            }
            one
        })
        .collect();
    let links: Vec<Association> = store::associations_of(tx, id)?
        .into_iter()
        .filter(|link| !link.crosswalk)
        .map(|mut link| {
            link.id = Id::named(&next.id.to_string(), &link.id.to_string());
            link.framework = next.id;
            link.origin = at(Some(link.origin)).unwrap_or(link.origin);
            link.destination = at(link.destination).or(link.destination);
            link.version = 1;
            link
        })
        .collect();
    fill(tx, next.id, &copies, &links, hand)?;
    Ok(next.id)
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
        told(tx, hand, "curricula.entries_added", subject, about)?;
    }
    for slice in links.chunks(SLICE) {
        store::add_associations(tx, slice)?;
        let about = json!({ "links": slice.len() });
        told(tx, hand, "curricula.links_added", subject, about)?;
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
    told(
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
    told(tx, hand, "curricula.discarded", ("framework", id), about)
}
