//! Reading a CASE package, 1.0 or 1.1: a framework with its entries, or everything that is wrong with
//! it. Pure.

use crate::acts::blank;
use crate::case_links::Links;
use crate::framework::{Association, Competency, Framework};
use crate::levels;
use crate::rules;
use base::{Error, Id, Moment, Names, Refusal, Refusals, Result};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Reasons told at most; the rest is counted.
const REASONS_MAX: usize = 100;
/// Characters of a text that is no statement.
pub(crate) const TEXT_MAX: usize = 20_000;

/// What a package holds.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) framework: Framework,
    /// Parents before what hangs on them.
    pub(crate) entries: Vec<Competency>,
    pub(crate) links: Vec<Association>,
}

/// Relations CASE names.
pub(crate) const KINDS: [&str; 10] = [
    "isChildOf",
    "isPeerOf",
    "isPartOf",
    "exactMatchOf",
    "precedes",
    "isRelatedTo",
    "replacedBy",
    "exemplar",
    "hasSkillLevel",
    "isTranslationOf",
];

#[derive(Default)]
pub(crate) struct Reasons {
    all: Refusals,
    more: i64,
}

impl Reasons {
    pub(crate) fn push(&mut self, refusal: Refusal) {
        if self.all.0.len() < REASONS_MAX {
            self.all.push(refusal);
        } else {
            self.more += 1;
        }
    }
    fn say(&mut self, key: &str, at: &str) {
        self.push(Refusal::about("file", key).with("at", at));
    }
    fn or<T>(mut self, value: T) -> Result<T> {
        if self.more > 0 {
            let refusal = Refusal::about("file", "curricula-case-more");
            self.all.push(refusal.with("n", self.more));
        }
        self.all.or(value)
    }
}

/// An object of the package being read: what was not taken is kept beside.
pub(crate) struct Part<'a> {
    at: String,
    pub(crate) left: Map<String, Value>,
    reasons: &'a mut Reasons,
}

impl<'a> Part<'a> {
    fn of(value: &Value, at: String, reasons: &'a mut Reasons) -> Option<Self> {
        let Some(object) = value.as_object() else {
            reasons.say("curricula-case-no-object", &at);
            return None;
        };
        // Others write nothing as null.
        let mut left = object.clone();
        left.retain(|_, value| !value.is_null());
        Some(Self { at, left, reasons })
    }
    pub(crate) fn wrong(&mut self, key: &str, name: &str) {
        let refusal = Refusal::about("file", key).with("at", self.at.as_str());
        self.reasons.push(refusal.with("name", name.to_owned()));
    }
    pub(crate) fn text(&mut self, name: &str, max: usize) -> Option<String> {
        match self.left.remove(name)? {
            Value::Null => None,
            Value::String(text) if text.chars().count() > max => {
                self.wrong("curricula-case-too-long", name);
                None
            }
            Value::String(text) if text.contains('\0') => {
                self.wrong("curricula-case-unreadable", name);
                None
            }
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            _ => {
                self.wrong("curricula-case-no-text", name);
                None
            }
        }
    }
    pub(crate) fn needed(&mut self, name: &str, max: usize) -> String {
        let before = self.reasons.all.0.len();
        let text = self.text(name, max);
        if text.is_none() && self.reasons.all.0.len() == before {
            self.wrong("curricula-case-missing", name);
        }
        text.unwrap_or_default()
    }
    /// The id, under either of the names it goes by.
    pub(crate) fn id(&mut self) -> Option<Id> {
        let name = if self.left.contains_key("sourcedId") && !self.left.contains_key("identifier") {
            "sourcedId"
        } else {
            "identifier"
        };
        let text = self.needed(name, 100);
        if text.is_empty() {
            return None;
        }
        let id = (text.len() == 36).then(|| Id::parse(&text)).flatten();
        if id.is_none() {
            self.wrong("curricula-case-no-uuid", name);
        }
        id
    }
    pub(crate) fn moment(&mut self, name: &str, or: Moment) -> Moment {
        let Some(text) = self.text(name, 60) else {
            return or;
        };
        levels::moment(&text).unwrap_or_else(|| {
            self.wrong("curricula-case-no-moment", name);
            or
        })
    }
    /// One text or several.
    fn texts(&mut self, name: &str) -> Vec<String> {
        match self.left.get(name) {
            Some(Value::String(text)) => vec![text.clone()],
            Some(Value::Array(all)) => all
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            Some(Value::Null) | None => Vec::new(),
            Some(_) => {
                self.wrong("curricula-case-no-text", name);
                Vec::new()
            }
        }
    }
    /// The words in every language: the text itself and what this product wrote beside it.
    fn names(&mut self, text: &str, lang: &str, beside: &str) -> Names {
        let mut names = Names::one(lang, text);
        let Some(extensions) = self
            .left
            .get_mut("extensions")
            .and_then(Value::as_object_mut)
        else {
            return names;
        };
        if let Some(Value::Object(all)) = extensions.remove(beside) {
            for (code, said) in all {
                let said = said.as_str().map(str::trim).unwrap_or_default();
                if is_lang(&code) && !said.is_empty() && said.chars().count() <= TEXT_MAX {
                    names.0.entry(code).or_insert_with(|| said.to_owned());
                }
            }
        }
        if extensions.is_empty() {
            self.left.remove("extensions");
        }
        names
    }
}

fn is_lang(code: &str) -> bool {
    (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// The language of a tag, without region or script.
fn primary(tag: &str) -> Option<String> {
    let code = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    is_lang(&code).then_some(code)
}

fn list<'v>(package: &'v Value, names: [&str; 2], reasons: &mut Reasons) -> &'v [Value] {
    match names.iter().find_map(|name| package.get(name)) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(all)) => all,
        Some(_) => {
            reasons.say("curricula-case-no-list", names[0]);
            &[]
        }
    }
}

/// Reads a package for a country.
pub(crate) fn read(value: &Value, country: &str, by: Option<Id>, now: Moment) -> Result<Package> {
    let package = value.get("CFPackage").unwrap_or(value);
    let mut reasons = Reasons::default();
    let document = package
        .get("CFDocument")
        .or_else(|| package.get("document"));
    let Some(document) = document else {
        return Err(Refusal::about("file", "curricula-case-no-document").into());
    };
    let Some((mut framework, lang)) = read_document(document, (country, by, now), &mut reasons)
    else {
        return reasons.or(()).and(Err(Error::Missing));
    };
    let items = list(package, ["CFItems", "items"], &mut reasons);
    if items.len() > rules::ENTRIES_MAX {
        let refusal = Refusal::about("file", "curricula-case-too-many");
        return Err(refusal.with("n", rules::ENTRIES_MAX).into());
    }
    let mut entries = Vec::with_capacity(items.len());
    for (n, item) in items.iter().enumerate() {
        let at = place("CFItems", n, item.get("humanCodingScheme"));
        let part = Part::of(item, at, &mut reasons);
        entries.extend(part.and_then(|part| read_item(part, &framework, &lang, now)));
    }
    each_once(&entries, framework.id, &mut reasons);
    let associations = list(package, ["CFAssociations", "associations"], &mut reasons);
    if associations.len() > 4 * rules::ENTRIES_MAX {
        let refusal = Refusal::about("file", "curricula-case-too-many");
        return Err(refusal.with("n", 4 * rules::ENTRIES_MAX).into());
    }
    let mut links = Links::new(&framework, &mut entries);
    for (n, association) in associations.iter().enumerate() {
        let at = place("CFAssociations", n, None);
        if let Some(part) = Part::of(association, at, &mut reasons) {
            links.read(part, now);
        }
    }
    let links = links.end(&mut reasons);
    settle(&mut framework, &mut entries);
    for (from, to, name) in [
        ("CFDefinitions", "definitions", "definitions"),
        ("CFRubrics", "rubrics", "rubrics"),
    ] {
        let kept = package.get(from).or_else(|| package.get(to));
        if let (Some(kept), Some(beside)) = (kept, framework.beside.as_object_mut()) {
            beside.insert(name.to_owned(), kept.clone());
        }
    }
    let tree = rules::tree(entries);
    if tree.iter().any(|(depth, _)| *depth >= rules::DEPTH_MAX) {
        reasons.push(Refusal::about("file", "curricula-too-deep"));
    }
    let entries = tree.into_iter().map(|(_, one)| one).collect();
    reasons.or(Package {
        framework,
        entries,
        links,
    })
}

fn place(list: &str, n: usize, code: Option<&Value>) -> String {
    match code.and_then(Value::as_str) {
        Some(code) => format!("{list} {} ({})", n + 1, rules::short(code)),
        None => format!("{list} {}", n + 1),
    }
}

fn read_document(
    document: &Value,
    (country, by, now): (&str, Option<Id>, Moment),
    reasons: &mut Reasons,
) -> Option<(Framework, String)> {
    let mut part = Part::of(document, "CFDocument".to_owned(), reasons)?;
    let id = part.id();
    let mut framework = blank(id.unwrap_or(Id::new(now)), country, by, now);
    let title = part.needed("title", 400);
    framework.creator = part.needed("creator", 400);
    framework.publisher = part.text("publisher", 400).unwrap_or_default();
    framework.description = part.text("description", TEXT_MAX).unwrap_or_default();
    framework.source = part.text("officialSourceURL", 2_000).unwrap_or_default();
    if let Some(version) = part.text("caseVersion", 20)
        && !["1.0", "1.1"].contains(&version.as_str())
    {
        part.wrong("curricula-case-version", &version);
    }
    let tag = part.text("language", 40).unwrap_or_default();
    let lang = primary(&tag).unwrap_or_else(|| "en".to_owned());
    if tag != lang && !tag.is_empty() {
        part.left.insert("language".to_owned(), tag.into());
    }
    framework.names = part.names(&title, &lang, "harambee:titles");
    framework.changed_at = part.moment("lastChangeDateTime", now);
    framework.langs = vec![lang.clone()];
    let subjects = part.texts("subject");
    framework.subject = levels::subject(&subjects).to_owned();
    if subjects == [levels::subject_name(&framework.subject)] {
        part.left.remove("subject");
    }
    let licence = part.left.get("licenseURI").and_then(|uri| uri.get("title"));
    framework.licence = licence
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    for ours in [
        "adoptionStatus",
        "statusStartDate",
        "statusEndDate",
        "CFPackageURI",
    ] {
        part.left.remove(ours);
    }
    framework.beside = json!({ "document": part.left });
    id?;
    Some((framework, lang))
}

fn read_item(
    mut part: Part<'_>,
    framework: &Framework,
    lang: &str,
    now: Moment,
) -> Option<Competency> {
    let id = part.id();
    let statement = part.needed("fullStatement", TEXT_MAX);
    let code = part.text("humanCodingScheme", 100).unwrap_or_default();
    let notes = part.text("notes", TEXT_MAX).unwrap_or_default();
    let tag = part.text("language", 40).unwrap_or_default();
    let own = primary(&tag).unwrap_or_else(|| lang.to_owned());
    if tag != own && !tag.is_empty() {
        part.left.insert("language".to_owned(), tag.into());
    }
    let statement = part.names(&statement, &own, "harambee:statements");
    let said = part.texts("educationLevel");
    let grades = levels::grades(&said);
    if grades.is_some_and(|(from, to)| said == levels::codes(from, to)) {
        part.left.remove("educationLevel");
    }
    let subjects = part.texts("subject");
    let mut subject = framework.subject.clone();
    if !subjects.is_empty() {
        levels::subject(&subjects).clone_into(&mut subject);
        if subjects == [levels::subject_name(&subject)] {
            part.left.remove("subject");
        }
    }
    let kind = match part.text("CFItemType", 200) {
        None => String::new(),
        Some(said) => {
            let kind = levels::kind(&said);
            if levels::kind_name(kind) != said {
                part.left.insert("CFItemType".to_owned(), said.into());
            }
            kind.to_owned()
        }
    };
    let changed_at = part.moment("lastChangeDateTime", now);
    part.left.remove("CFDocumentURI");
    let place = part.left.get("listEnumeration").and_then(Value::as_str);
    let sequence = place.and_then(|text| text.trim().parse().ok()).unwrap_or(0);
    let (grade_from, grade_to) = grades.unwrap_or((-1, -1));
    let id = id?;
    Some(Competency {
        id,
        framework: framework.id,
        code,
        statement,
        subject,
        grade_from,
        grade_to,
        parent: None,
        sequence,
        kind,
        notes,
        beside: Value::Object(part.left),
        based_on: None,
        link: Id::named("isChildOf", &id.to_string()),
        changed_at,
        version: 1,
    })
}

/// No id and no code twice.
fn each_once(entries: &[Competency], document: Id, reasons: &mut Reasons) {
    let mut ids = BTreeSet::from([document]);
    let mut codes = BTreeSet::new();
    for one in entries {
        if !ids.insert(one.id) {
            reasons.say("curricula-case-id-twice", &one.id.to_string());
        }
        if !one.code.is_empty() && !codes.insert(&one.code) {
            reasons.say("curricula-case-code-twice", &one.code);
        }
    }
}

/// Fills in what follows from the tree: grades, kinds, the languages in use.
fn settle(framework: &mut Framework, entries: &mut [Competency]) {
    let grades: BTreeMap<Id, (i64, i64)> = entries
        .iter()
        .filter(|one| one.grade_from >= 0)
        .map(|one| (one.id, (one.grade_from, one.grade_to)))
        .collect();
    let parents: BTreeMap<Id, Id> = entries
        .iter()
        .filter_map(|c| Some((c.id, c.parent?)))
        .collect();
    let bearing: BTreeSet<Id> = parents.values().copied().collect();
    // What is below says the grades of what is above, then the other way round.
    let mut below: BTreeMap<Id, (i64, i64)> = BTreeMap::new();
    for (id, (from, to)) in &grades {
        let mut next = parents.get(id);
        for _ in 0..100 {
            let Some(parent) = next else { break };
            let span = below.entry(*parent).or_insert((*from, *to));
            *span = (span.0.min(*from), span.1.max(*to));
            next = parents.get(parent);
        }
    }
    let all = (0, crate::framework::GRADE_MAX);
    for one in entries.iter_mut() {
        if one.grade_from < 0 {
            let mut span = below.get(&one.id).copied();
            let mut next = parents.get(&one.id);
            for _ in 0..100 {
                let (None, Some(parent)) = (span, next) else {
                    break;
                };
                span = grades.get(parent).copied();
                next = parents.get(parent);
            }
            (one.grade_from, one.grade_to) = span.unwrap_or(all);
        }
        if one.kind.is_empty() {
            let kind = match (one.parent, bearing.contains(&one.id)) {
                (_, false) => "competency",
                (None, true) => "strand",
                (Some(_), true) => "topic",
            };
            kind.clone_into(&mut one.kind);
        }
        for code in one.statement.0.keys() {
            if !framework.langs.contains(code) {
                framework.langs.push(code.clone());
            }
        }
    }
}

#[cfg(test)]
#[path = "case_test.rs"]
mod tests;
