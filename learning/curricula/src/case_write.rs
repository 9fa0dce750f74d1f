//! Writing CASE, 1.0 or 1.1: packages entry by entry, documents, items and relations one by one.

use crate::framework::{Association, Competency, Framework, Standing};
use crate::{acts, levels, rules, store};
use base::{Error, Id, Lang, Moment, Names, Result};
use db::Tx;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::Write;

/// Which CASE is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    V1p0,
    V1p1,
}

impl Version {
    /// As it stands in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::V1p0 => "v1p0",
            Self::V1p1 => "v1p1",
        }
    }
    /// The version of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::V1p0, Self::V1p1]
            .into_iter()
            .find(|version| version.code() == code)
    }
}

/// How things are written: in which CASE, and for which address of this site.
#[derive(Clone, Debug)]
pub struct Speech {
    pub version: Version,
    /// The site's address, without a slash at the end.
    pub url: String,
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// The text in the language a framework is exchanged in, and the others beside it.
fn told(names: &Names, lang: &str) -> (String, Map<String, Value>) {
    let said = names.0.get(lang).cloned();
    let said = said.unwrap_or_else(|| names.get(Lang::En).to_owned());
    let others = names
        .0
        .iter()
        .filter(|(code, text)| *code != lang && **text != said);
    let others = others.map(|(code, text)| (code.clone(), Value::from(text.as_str())));
    let others = others.collect();
    (said, others)
}

fn beside(part: &mut Map<String, Value>, name: &str, others: Map<String, Value>) {
    if others.is_empty() {
        return;
    }
    let extensions = part.entry("extensions").or_insert_with(|| json!({}));
    if let Some(extensions) = extensions.as_object_mut() {
        extensions.insert(name.to_owned(), Value::Object(others));
    }
}

fn filled(part: &mut Map<String, Value>, name: &str, text: &str) {
    if !text.is_empty() {
        part.insert(name.to_owned(), text.into());
    }
}

impl Speech {
    fn at(&self, kind: &str, id: Id) -> String {
        format!("{}/ims/case/{}/{kind}/{id}", self.url, self.version.code())
    }
    fn link(&self, title: &str, id: Id, uri: &str) -> Value {
        json!({ "title": title, "identifier": id, "uri": uri })
    }
    fn is_old(&self) -> bool {
        self.version == Version::V1p0
    }
    fn settle(&self, part: &mut Map<String, Value>, newer: &[&str]) {
        if self.is_old() {
            part.retain(|name, _| !newer.contains(&name.as_str()));
        }
        part.remove("sourcedId");
    }

    /// A framework as a document. Alone it says where its package lies.
    pub(crate) fn document(&self, f: &Framework, alone: bool) -> Value {
        let lang = f.langs.first().map_or("en", String::as_str);
        let mut part = object(f.beside.get("document").unwrap_or(&Value::Null));
        let (title, others) = told(&f.names, lang);
        part.insert("identifier".to_owned(), json!(f.id));
        part.entry("uri")
            .or_insert_with(|| self.at("CFDocuments", f.id).into());
        filled(&mut part, "title", &title);
        filled(&mut part, "creator", &f.creator);
        filled(&mut part, "publisher", &f.publisher);
        filled(&mut part, "description", &f.description);
        filled(&mut part, "officialSourceURL", &f.source);
        part.entry("language").or_insert_with(|| lang.into());
        let subject = levels::subject_name(&f.subject);
        part.entry("subject").or_insert_with(|| json!([subject]));
        if let Some(Value::String(one)) = part.get("subject").cloned() {
            part.insert("subject".to_owned(), json!([one]));
        }
        part.entry("version")
            .or_insert_with(|| f.edition.to_string().into());
        let status = match f.standing {
            Standing::Draft => "Draft",
            Standing::Adopted => "Adopted",
            Standing::Superseded | Standing::Withdrawn => "Deprecated",
        };
        part.insert("adoptionStatus".to_owned(), status.into());
        if let Some(day) = f.adopted_on {
            part.insert("statusStartDate".to_owned(), day.to_string().into());
        }
        if let Some(day) = f.ended_on {
            part.insert("statusEndDate".to_owned(), day.to_string().into());
        }
        if !f.licence.is_empty() && !part.contains_key("licenseURI") {
            let id = licence_id(&f.licence);
            let uri = self.at("CFLicenses", id);
            part.insert("licenseURI".to_owned(), self.link(&f.licence, id, &uri));
        }
        part.insert("lastChangeDateTime".to_owned(), stamp(f.changed_at));
        if alone {
            let uri = self.at("CFPackages", f.id);
            part.insert("CFPackageURI".to_owned(), self.link(&title, f.id, &uri));
        }
        if !self.is_old() {
            part.insert("caseVersion".to_owned(), "1.1".into());
            beside(&mut part, "harambee:titles", others);
        }
        self.settle(&mut part, &["caseVersion", "frameworkType", "extensions"]);
        Value::Object(part)
    }

    /// An entry as an item. Alone it says which document it belongs to.
    pub(crate) fn item(&self, f: &Framework, c: &Competency, alone: bool) -> Value {
        let lang = f.langs.first().map_or("en", String::as_str);
        let lang = if c.statement.0.contains_key(lang) {
            lang
        } else {
            c.statement.0.keys().next().map_or(lang, String::as_str)
        };
        let mut part = object(&c.beside);
        let (statement, others) = told(&c.statement, lang);
        part.insert("identifier".to_owned(), json!(c.id));
        part.entry("uri")
            .or_insert_with(|| self.at("CFItems", c.id).into());
        part.insert("fullStatement".to_owned(), statement.into());
        filled(&mut part, "humanCodingScheme", &c.code);
        filled(&mut part, "notes", &c.notes);
        part.entry("CFItemType")
            .or_insert_with(|| levels::kind_name(&c.kind).into());
        part.entry("language").or_insert_with(|| lang.into());
        let grades = levels::codes(c.grade_from, c.grade_to);
        part.entry("educationLevel")
            .or_insert_with(|| json!(grades));
        if c.subject != f.subject {
            part.entry("subject")
                .or_insert_with(|| json!([levels::subject_name(&c.subject)]));
        }
        part.insert("lastChangeDateTime".to_owned(), stamp(c.changed_at));
        if alone {
            let (title, _) = told(&f.names, lang);
            let uri = self.at("CFDocuments", f.id);
            part.insert("CFDocumentURI".to_owned(), self.link(&title, f.id, &uri));
        }
        if !self.is_old() {
            beside(&mut part, "harambee:statements", others);
        }
        self.settle(&mut part, &["extensions", "subject", "subjectURI"]);
        Value::Object(part)
    }

    /// The place of an entry below its parent, or below the document.
    pub(crate) fn place(
        &self,
        f: &Framework,
        c: &Competency,
        parent: Option<&Competency>,
        alone: bool,
    ) -> Value {
        let above = match parent {
            Some(parent) => self.link(
                &acts::title(parent),
                parent.id,
                &self.at("CFItems", parent.id),
            ),
            None => self.link(f.names.get(Lang::En), f.id, &self.at("CFDocuments", f.id)),
        };
        let mut part = json!({
            "identifier": c.link,
            "uri": self.at("CFAssociations", c.link),
            "associationType": "isChildOf",
            "originNodeURI": self.link(&acts::title(c), c.id, &self.at("CFItems", c.id)),
            "destinationNodeURI": above,
            "sequenceNumber": c.sequence,
            "lastChangeDateTime": stamp(c.changed_at),
        });
        if alone && let Some(part) = part.as_object_mut() {
            self.of_document(part, f);
        }
        part
    }

    fn of_document(&self, part: &mut Map<String, Value>, f: &Framework) {
        let uri = self.at("CFDocuments", f.id);
        let title = f.names.get(Lang::En);
        part.insert("CFDocumentURI".to_owned(), self.link(title, f.id, &uri));
    }

    /// A relation.
    pub(crate) fn association(&self, f: &Framework, a: &Association, alone: bool) -> Value {
        let mut part = object(&a.beside);
        let mut end = |name: &str, id: Id, title: &str, uri: &str| {
            part.remove(&format!("harambee:{name}")).unwrap_or_else(|| {
                let here = self.at("CFItems", id);
                self.link(title, id, if uri.is_empty() { &here } else { uri })
            })
        };
        let origin = end("origin", a.origin, &a.origin_title, "");
        let to = a.destination.unwrap_or(a.origin);
        let destination = end("destination", to, &a.destination_title, &a.destination_uri);
        part.insert("identifier".to_owned(), json!(a.id));
        part.entry("uri")
            .or_insert_with(|| self.at("CFAssociations", a.id).into());
        part.insert("associationType".to_owned(), a.kind.as_str().into());
        part.insert("originNodeURI".to_owned(), origin);
        part.insert("destinationNodeURI".to_owned(), destination);
        if let Some(sequence) = a.sequence {
            part.insert("sequenceNumber".to_owned(), sequence.into());
        }
        filled(&mut part, "notes", &a.notes);
        part.insert("lastChangeDateTime".to_owned(), stamp(a.changed_at));
        if alone {
            self.of_document(&mut part, f);
        }
        self.settle(&mut part, &["notes", "extensions"]);
        if self.is_old() {
            for end in ["originNodeURI", "destinationNodeURI"] {
                let end = part.get_mut(end).and_then(Value::as_object_mut);
                end.and_then(|end| end.remove("targetType"));
            }
        }
        Value::Object(part)
    }

    /// What a document defines for its entries.
    fn definitions(&self, f: &Framework) -> Option<Value> {
        if let Some(kept) = f.beside.get("definitions") {
            return Some(kept.clone());
        }
        let licence = self.licence(f)?;
        Some(json!({ "CFLicenses": [licence] }))
    }

    /// The licence of a framework of our own.
    pub(crate) fn licence(&self, f: &Framework) -> Option<Value> {
        if f.licence.is_empty() || f.beside.pointer("/document/licenseURI").is_some() {
            return None;
        }
        let id = licence_id(&f.licence);
        Some(json!({
            "identifier": id,
            "uri": self.at("CFLicenses", id),
            "title": f.licence,
            "licenseText": f.licence,
            "lastChangeDateTime": stamp(f.made_at),
        }))
    }
}

/// The id under which a licence is exchanged.
pub(crate) fn licence_id(code: &str) -> Id {
    Id::named("licence", code)
}

fn stamp(at: Moment) -> Value {
    at.to_string().into()
}

fn gone(fault: std::io::Error) -> Error {
    Error::fault(fault)
}

/// Writes a whole framework as a package, entry by entry.
///
/// # Errors
/// Missing when there is none; a fault when the writer fails.
pub fn write_package(
    tx: &mut Tx,
    framework: Id,
    speech: &Speech,
    out: &mut impl Write,
) -> Result<()> {
    let f = store::framework(tx, framework)?;
    let entries = rules::tree(store::of_framework(tx, framework)?);
    let by_id: BTreeMap<Id, &Competency> = entries.iter().map(|(_, one)| (one.id, one)).collect();
    let json = |out: &mut dyn Write, value: &Value| write!(out, "{value}").map_err(gone);
    let say = |out: &mut dyn Write, text: &str| out.write_all(text.as_bytes()).map_err(gone);
    say(out, "{\"CFDocument\":")?;
    json(out, &speech.document(&f, false))?;
    say(out, ",\"CFItems\":[")?;
    let mut comma = "";
    for (_, one) in &entries {
        say(out, comma)?;
        json(out, &speech.item(&f, one, false))?;
        comma = ",\n";
    }
    say(out, "],\"CFAssociations\":[")?;
    let mut comma = "";
    for (_, one) in &entries {
        say(out, comma)?;
        let parent = one.parent.and_then(|parent| by_id.get(&parent).copied());
        json(out, &speech.place(&f, one, parent, false))?;
        comma = ",\n";
    }
    for link in store::associations_of(tx, framework)? {
        say(out, comma)?;
        json(out, &speech.association(&f, &link, false))?;
        comma = ",\n";
    }
    say(out, "]")?;
    if let Some(definitions) = speech.definitions(&f) {
        say(out, ",\"CFDefinitions\":")?;
        json(out, &definitions)?;
    }
    if let Some(rubrics) = f.beside.get("rubrics") {
        say(out, ",\"CFRubrics\":")?;
        json(out, rubrics)?;
    }
    say(out, "}")
}
