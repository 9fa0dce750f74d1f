//! Looking through a statement: every rule of its shape, and what it is found by on the way.

use crate::shapes::{is_iri, is_language, is_mailbox, is_media_type, is_sha1, is_sha2, is_uuid};
use crate::statement::{Held, Key};
use serde_json::{Map, Value};

/// The version a request speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    One,
    Two,
}

/// Where in the statement something stands.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    before: Option<&'a At<'a>>,
    name: &'a str,
}

impl<'a> At<'a> {
    pub(crate) const TOP: At<'static> = At {
        before: None,
        name: "statement",
    };
    pub(crate) const fn of(name: &'a str) -> Self {
        Self { before: None, name }
    }
    pub(crate) const fn in_it(&'a self, name: &'a str) -> Self {
        Self {
            before: Some(self),
            name,
        }
    }
}

impl std::fmt::Display for At<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(before) = self.before {
            write!(f, "{before}.")?;
        }
        f.write_str(self.name)
    }
}

/// What was found while looking through.
pub(crate) struct Check {
    pub version: Version,
    /// Every rule that is broken, in words.
    pub wrong: Vec<String>,
    pub keys: Vec<Held>,
    pub definitions: Vec<(String, Value)>,
    pub names: Vec<(Key, String)>,
    /// What is looked through now stands in the context, not in the middle.
    pub far: bool,
}

impl Check {
    pub(crate) const fn new(version: Version) -> Self {
        Self {
            version,
            wrong: Vec::new(),
            keys: Vec::new(),
            definitions: Vec::new(),
            names: Vec::new(),
            far: false,
        }
    }

    pub(crate) fn say(&mut self, at: &At<'_>, what: &str) {
        if self.wrong.len() < 50 {
            self.wrong.push(format!("{at}: {what}"));
        }
    }

    fn unless(&mut self, holds: bool, at: &At<'_>, what: &str) {
        if !holds {
            self.say(at, what);
        }
    }

    /// The members of an object: only known ones, nothing empty, the needed ones there.
    pub(crate) fn object<'v>(
        &mut self,
        value: &'v Value,
        at: &At<'_>,
        known: &[&str],
        needed: &[&str],
    ) -> Option<&'v Map<String, Value>> {
        let Some(object) = value.as_object() else {
            self.say(at, "must be an object");
            return None;
        };
        for (name, value) in object {
            if !known.contains(&name.as_str()) {
                self.say(&at.in_it(name), "is not a property that may stand here");
            } else if value.is_null() {
                self.say(&at.in_it(name), "must not be null");
            }
        }
        for name in needed {
            if !object.contains_key(*name) {
                self.say(&at.in_it(name), "is missing");
            }
        }
        Some(object)
    }

    fn is(&mut self, value: &Value, at: &At<'_>, holds: fn(&str) -> bool, what: &str) {
        self.unless(value.as_str().is_some_and(holds), at, what);
    }
    pub(crate) fn iri(&mut self, value: &Value, at: &At<'_>) {
        self.is(value, at, is_iri, "must be an IRI");
    }
    pub(crate) fn text(&mut self, value: &Value, at: &At<'_>) {
        self.unless(value.is_string(), at, "must be a string");
    }
    pub(crate) fn uuid(&mut self, value: &Value, at: &At<'_>) {
        self.is(value, at, is_uuid, "must be a UUID");
    }
    pub(crate) fn language(&mut self, value: &Value, at: &At<'_>) {
        self.is(value, at, is_language, "must be a language tag of RFC 5646");
    }
    fn each(
        &mut self,
        value: &Value,
        at: &At<'_>,
        mut look: impl FnMut(&mut Self, &Value, &At<'_>),
    ) {
        match value.as_array() {
            Some(list) => {
                for (n, value) in list.iter().enumerate() {
                    look(self, value, &at.in_it(&n.to_string()));
                }
            }
            None => self.say(at, "must be an array"),
        }
    }

    pub(crate) fn language_map(&mut self, value: &Value, at: &At<'_>) {
        let Some(map) = value.as_object() else {
            self.say(at, "must be a language map");
            return;
        };
        for (tag, words) in map {
            self.unless(is_language(tag), &at.in_it(tag), "is no language tag");
            self.text(words, &at.in_it(tag));
        }
    }

    pub(crate) fn extensions(&mut self, value: &Value, at: &At<'_>) {
        let Some(map) = value.as_object() else {
            self.say(at, "must be an object");
            return;
        };
        for name in map.keys() {
            self.unless(is_iri(name), &at.in_it(name), "must be named by an IRI");
        }
    }

    pub(crate) fn hold(&mut self, key: Key) {
        let near = !self.far;
        self.keys.push(Held { key, near });
    }

    /// An agent or a group; answers whether it is a group.
    pub(crate) fn actor(&mut self, value: &Value, at: &At<'_>) -> bool {
        match value.get("objectType").map(|kind| kind.as_str()) {
            Some(Some("Group")) => {
                self.group(value, at);
                true
            }
            None | Some(Some("Agent")) => {
                self.agent(value, at);
                false
            }
            Some(_) => {
                self.say(&at.in_it("objectType"), "must be Agent or Group");
                false
            }
        }
    }

    pub(crate) fn agent(&mut self, value: &Value, at: &At<'_>) {
        const KNOWN: [&str; 6] = [
            "objectType",
            "name",
            "mbox",
            "mbox_sha1sum",
            "openid",
            "account",
        ];
        let Some(object) = self.object(value, at, &KNOWN, &[]) else {
            return;
        };
        if object.get("objectType").is_some_and(|kind| kind != "Agent") {
            self.say(&at.in_it("objectType"), "must be Agent");
        }
        match self.identifiers(object, at) {
            1 => {}
            0 => self.say(at, "needs one of mbox, mbox_sha1sum, openid, account"),
            _ => self.say(at, "must have only one identifier"),
        }
    }

    pub(crate) fn group(&mut self, value: &Value, at: &At<'_>) {
        const KNOWN: [&str; 7] = [
            "objectType",
            "name",
            "mbox",
            "mbox_sha1sum",
            "openid",
            "account",
            "member",
        ];
        let Some(object) = self.object(value, at, &KNOWN, &["objectType"]) else {
            return;
        };
        if object.get("objectType").is_some_and(|kind| kind != "Group") {
            self.say(&at.in_it("objectType"), "must be Group");
        }
        let identifiers = self.identifiers(object, at);
        if identifiers > 1 {
            self.say(at, "must have only one identifier");
        }
        match object.get("member") {
            Some(members) => {
                let at = at.in_it("member");
                if identifiers == 0 && members.as_array().is_some_and(Vec::is_empty) {
                    self.say(&at, "must name somebody");
                }
                self.each(members, &at, Self::agent);
            }
            None if identifiers == 0 => self.say(&at.in_it("member"), "is missing"),
            None => {}
        }
    }

    /// Checks the identifiers and says how many there are.
    fn identifiers(&mut self, object: &Map<String, Value>, at: &At<'_>) -> usize {
        if let Some(name) = object.get("name") {
            self.text(name, &at.in_it("name"));
        }
        let mut count = 0;
        if let Some(mbox) = object.get("mbox") {
            count += 1;
            self.is(
                mbox,
                &at.in_it("mbox"),
                is_mailbox,
                "must be mailto:address",
            );
        }
        if let Some(sum) = object.get("mbox_sha1sum") {
            count += 1;
            self.is(sum, &at.in_it("mbox_sha1sum"), is_sha1, "must be a SHA-1");
        }
        if let Some(openid) = object.get("openid") {
            count += 1;
            self.iri(openid, &at.in_it("openid"));
        }
        if let Some(account) = object.get("account") {
            count += 1;
            let at = at.in_it("account");
            let names = ["homePage", "name"];
            if let Some(account) = self.object(account, &at, &names, &names) {
                if let Some(page) = account.get("homePage") {
                    self.iri(page, &at.in_it("homePage"));
                }
                if let Some(name) = account.get("name") {
                    self.text(name, &at.in_it("name"));
                }
            }
        }
        if let Some(identifier) = identifier(object) {
            let key = Key::agent(&identifier);
            self.hold(key);
            if let Some(name) = object.get("name").and_then(Value::as_str) {
                self.names.push((key, name.to_owned()));
            }
        }
        count
    }

    pub(crate) fn verb(&mut self, value: &Value, at: &At<'_>) {
        let Some(verb) = self.object(value, at, &["id", "display"], &["id"]) else {
            return;
        };
        if let Some(id) = verb.get("id") {
            self.iri(id, &at.in_it("id"));
        }
        if let Some(display) = verb.get("display") {
            self.language_map(display, &at.in_it("display"));
        }
    }

    pub(crate) fn statement_ref(&mut self, value: &Value, at: &At<'_>) {
        let names = ["objectType", "id"];
        let Some(reference) = self.object(value, at, &names, &names) else {
            return;
        };
        if reference
            .get("objectType")
            .is_some_and(|kind| kind != "StatementRef")
        {
            self.say(&at.in_it("objectType"), "must be StatementRef");
        }
        if let Some(id) = reference.get("id") {
            self.uuid(id, &at.in_it("id"));
        }
    }

    pub(crate) fn attachments(&mut self, value: &Value, at: &At<'_>) {
        const KNOWN: [&str; 7] = [
            "usageType",
            "display",
            "description",
            "contentType",
            "length",
            "sha2",
            "fileUrl",
        ];
        const NEEDED: [&str; 5] = ["usageType", "display", "contentType", "length", "sha2"];
        self.each(value, at, |check, value, at| {
            let Some(attachment) = check.object(value, at, &KNOWN, &NEEDED) else {
                return;
            };
            for (name, value) in attachment {
                let at = at.in_it(name);
                match name.as_str() {
                    "usageType" | "fileUrl" => check.iri(value, &at),
                    "display" | "description" => check.language_map(value, &at),
                    "contentType" => check.is(value, &at, is_media_type, "must be a media type"),
                    "length" => check.unless(value.is_u64(), &at, "must be a whole number"),
                    "sha2" => check.is(value, &at, is_sha2, "must be a SHA-2"),
                    _ => {}
                }
            }
        });
    }

    /// An activity, with what is said of it.
    pub(crate) fn activity(&mut self, value: &Value, at: &At<'_>) {
        let known = ["objectType", "id", "definition"];
        let Some(activity) = self.object(value, at, &known, &["id"]) else {
            return;
        };
        if activity
            .get("objectType")
            .is_some_and(|kind| kind != "Activity")
        {
            self.say(&at.in_it("objectType"), "must be Activity");
        }
        let id = activity.get("id").unwrap_or(&Value::Null);
        if activity.contains_key("id") {
            self.iri(id, &at.in_it("id"));
        }
        if let Some(definition) = activity.get("definition") {
            self.definition(definition, &at.in_it("definition"));
            if let Some(iri) = id.as_str() {
                self.definitions.push((iri.to_owned(), definition.clone()));
            }
        }
        if let Some(iri) = id.as_str() {
            self.hold(Key::activity(iri));
        }
    }

    fn definition(&mut self, value: &Value, at: &At<'_>) {
        const KNOWN: [&str; 12] = [
            "name",
            "description",
            "type",
            "moreInfo",
            "extensions",
            "interactionType",
            "correctResponsesPattern",
            "choices",
            "scale",
            "source",
            "target",
            "steps",
        ];
        let Some(definition) = self.object(value, at, &KNOWN, &[]) else {
            return;
        };
        let kind = definition.get("interactionType").and_then(Value::as_str);
        for (name, value) in definition {
            let at = at.in_it(name);
            match name.as_str() {
                "name" | "description" => self.language_map(value, &at),
                "type" | "moreInfo" => self.iri(value, &at),
                "extensions" => self.extensions(value, &at),
                "interactionType" => {
                    let known = value
                        .as_str()
                        .is_some_and(|kind| INTERACTIONS.contains(&kind));
                    self.unless(known, &at, "is no kind of interaction");
                }
                "correctResponsesPattern" => {
                    self.unless(kind.is_some(), &at, "needs an interactionType");
                    self.each(value, &at, Self::text);
                }
                "choices" | "scale" | "source" | "target" | "steps" => {
                    self.unless(kind.is_some(), &at, "needs an interactionType");
                    self.components(value, &at);
                }
                _ => {}
            }
        }
    }

    fn components(&mut self, value: &Value, at: &At<'_>) {
        let mut seen = std::collections::BTreeSet::new();
        self.each(value, at, |check, value, at| {
            let known = ["id", "description"];
            let Some(component) = check.object(value, at, &known, &["id"]) else {
                return;
            };
            match component.get("id").and_then(Value::as_str) {
                Some(id) if !seen.insert(id.to_owned()) => {
                    check.say(&at.in_it("id"), "stands here twice");
                }
                Some(_) => {}
                None if component.contains_key("id") => {
                    check.say(&at.in_it("id"), "must be a string");
                }
                None => {}
            }
            if let Some(words) = component.get("description") {
                check.language_map(words, &at.in_it("description"));
            }
        });
    }

    pub(crate) fn list(
        &mut self,
        value: &Value,
        at: &At<'_>,
        look: fn(&mut Self, &Value, &At<'_>),
    ) {
        self.each(value, at, look);
    }
}

const INTERACTIONS: [&str; 10] = [
    "true-false",
    "choice",
    "fill-in",
    "long-fill-in",
    "matching",
    "performance",
    "sequencing",
    "likert",
    "numeric",
    "other",
];

/// The one identifier of an agent or group, as a text.
pub(crate) fn identifier(object: &Map<String, Value>) -> Option<String> {
    for name in ["mbox", "mbox_sha1sum", "openid"] {
        if let Some(text) = object.get(name).and_then(Value::as_str) {
            return Some(format!("{name} {text}"));
        }
    }
    let account = object.get("account")?;
    let page = account.get("homePage")?.as_str()?;
    Some(format!("account {page} {}", account.get("name")?.as_str()?))
}
