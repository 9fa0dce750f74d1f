//! From one edition to the next: begun as a copy, and what became of every entry is kept.

use crate::acts::{SLICE, blank, fill, title};
use crate::framework::{Association, Competency, Framework, Standing};
use crate::rules::{self, Fate};
use crate::store;
use base::{Actor, Id, Moment, Refusal, Result};
use db::Tx;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(crate) fn supersede(
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
        ledger::tell(
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
        ledger::tell(
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
    if !store::editions_after(tx, id)?.is_empty() {
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
    ledger::tell(
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
