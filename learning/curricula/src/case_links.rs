//! Reading the relations of a CASE package: what stands below what, and everything else.

use crate::case::{KINDS, Part, Reasons, TEXT_MAX};
use crate::framework::{Association, Competency, Framework};
use crate::rules;
use base::{Id, Moment, Refusal};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The relations being read.
pub(crate) struct Links<'e> {
    framework: Id,
    at: BTreeMap<Id, usize>,
    entries: &'e mut Vec<Competency>,
    seen: BTreeSet<Id>,
    parented: BTreeSet<Id>,
    kept: Vec<Association>,
}

impl<'e> Links<'e> {
    pub(crate) fn new(framework: &Framework, entries: &'e mut Vec<Competency>) -> Self {
        let at = entries.iter().enumerate().map(|(n, one)| (one.id, n));
        Self {
            framework: framework.id,
            at: at.collect(),
            entries,
            seen: BTreeSet::new(),
            parented: BTreeSet::new(),
            kept: Vec::new(),
        }
    }

    pub(crate) fn read(&mut self, mut part: Part<'_>, now: Moment) {
        let id = part.id();
        if let Some(id) = id
            && (!self.seen.insert(id) || self.at.contains_key(&id) || id == self.framework)
        {
            part.wrong("curricula-case-id-twice", "identifier");
        }
        let kind = part.needed("associationType", 100);
        if !kind.is_empty() && !KINDS.contains(&kind.as_str()) && !kind.starts_with("ext:") {
            part.wrong("curricula-case-strange-kind", &kind);
        }
        let origin = self.end_of(&mut part, "originNodeURI");
        let destination = self.end_of(&mut part, "destinationNodeURI");
        let sequence = match part.left.remove("sequenceNumber") {
            None | Some(Value::Null) => None,
            Some(number) if number.as_i64().is_some() => number.as_i64(),
            Some(_) => {
                part.wrong("curricula-case-no-number", "sequenceNumber");
                None
            }
        };
        let changed_at = part.moment("lastChangeDateTime", now);
        let notes = part.text("notes", TEXT_MAX).unwrap_or_default();
        part.left.remove("CFDocumentURI");
        let (Some(id), Some(origin), Some(destination)) = (id, origin, destination) else {
            return;
        };
        if origin.id == destination.id {
            return part.wrong("curricula-case-to-itself", &kind);
        }
        if kind == "isChildOf" {
            return self.hang(&mut part, (id, sequence), &origin, &destination);
        }
        let here = |end: &End| self.at.contains_key(&end.id) || end.id == self.framework;
        if !here(&origin) && !here(&destination) {
            return part.wrong("curricula-case-both-elsewhere", &kind);
        }
        for end in [&origin, &destination] {
            if !here(end) && !end.uri.starts_with("http://") && !end.uri.starts_with("https://") {
                part.wrong("curricula-case-unknown-end", &end.said);
            }
        }
        for (name, end) in [("origin", &origin), ("destination", &destination)] {
            part.left
                .insert(format!("harambee:{name}"), end.raw.clone());
        }
        self.kept.push(Association {
            id,
            framework: self.framework,
            kind,
            origin: origin.id,
            destination: Some(destination.id),
            origin_title: origin.title,
            destination_title: destination.title,
            destination_uri: destination.uri,
            sequence,
            notes,
            crosswalk: false,
            beside: Value::Object(std::mem::take(&mut part.left)),
            changed_at,
            version: 1,
        });
    }

    fn hang(
        &mut self,
        part: &mut Part<'_>,
        (id, sequence): (Id, Option<i64>),
        origin: &End,
        destination: &End,
    ) {
        let Some(one) = self
            .at
            .get(&origin.id)
            .and_then(|n| self.entries.get_mut(*n))
        else {
            return part.wrong("curricula-case-unknown-end", &origin.said);
        };
        let top = destination.id == self.framework;
        if !top && !self.at.contains_key(&destination.id) {
            return part.wrong("curricula-case-unknown-end", &destination.said);
        }
        if !self.parented.insert(origin.id) {
            return part.wrong("curricula-case-two-parents", &origin.said);
        }
        one.parent = (!top).then_some(destination.id);
        one.link = id;
        one.sequence = sequence.unwrap_or(one.sequence);
    }

    /// One end of a relation: an id, or anything that stands for one elsewhere.
    fn end_of(&self, part: &mut Part<'_>, name: &'static str) -> Option<End> {
        let raw = part.left.remove(name).unwrap_or(Value::Null);
        let get = |key: &str| raw.get(key).and_then(Value::as_str).unwrap_or_default();
        let said = get("identifier").trim().to_owned();
        if said.is_empty() {
            part.wrong("curricula-case-missing", name);
            return None;
        }
        Some(End {
            id: Id::parse(&said).unwrap_or_else(|| Id::named("elsewhere", &said)),
            title: rules::short(get("title")),
            uri: get("uri").to_owned(),
            said,
            raw,
        })
    }

    pub(crate) fn end(self, reasons: &mut Reasons) -> Vec<Association> {
        let hanging = self
            .entries
            .iter()
            .filter_map(|one| Some((one.id, one.parent?)));
        let hanging: Vec<(Id, Id)> = hanging.collect();
        let of = |kind: &str| -> Vec<(Id, Id)> {
            let of_kind = self.kept.iter().filter(|link| link.kind == kind);
            of_kind
                .filter_map(|link| Some((link.origin, link.destination?)))
                .collect()
        };
        for (kind, arrows) in [
            ("isChildOf", hanging),
            ("precedes", of("precedes")),
            ("isPartOf", of("isPartOf")),
        ] {
            let circle = rules::on_circles(&arrows);
            if circle.is_empty() {
                continue;
            }
            let code = |id: &Id| match self.at.get(id).and_then(|n| self.entries.get(*n)) {
                Some(one) if !one.code.is_empty() => one.code.clone(),
                _ => id.to_string(),
            };
            let named: Vec<String> = circle.iter().take(10).map(code).collect();
            let refusal = Refusal::about("file", "curricula-case-circle");
            reasons.push(refusal.with("kind", kind).with("at", named.join(", ")));
        }
        self.kept
    }
}

struct End {
    id: Id,
    title: String,
    uri: String,
    said: String,
    raw: Value,
}
