//! OCDS 1.1: one contracting process for each need an agreement serves; releases are added and
//! never changed, records compile them.
//!
//! A process is cut into parts, one for each kind of fact. A part whose words changed since its
//! last release becomes a new release; everything earlier stays as it was.

use crate::iati::Publisher;
use base::{Day, Error, Moment, Names, Result};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;

/// Everything published here may be used by anybody who names the source.
pub(crate) const LICENCE: &str = "https://creativecommons.org/licenses/by/4.0/";
/// Where codes of ours are explained.
const SERVICES: &str = "x_harambee_service_classes";

/// An organisation in a process.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Involved {
    /// Opaque, the same in every process.
    pub id: String,
    pub names: Names,
    /// Registration agency and number, where it has them.
    pub identifier: Option<(String, String)>,
    pub country: Option<String>,
    pub roles: Vec<&'static str>,
}

/// A quantity of a service class, in its own unit and without a price.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Item {
    pub id: String,
    pub service_class: String,
    pub names: Names,
    pub quantity: i64,
    pub unit: String,
}

/// A page or paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    pub id: String,
    /// Code of OCDS's list documentType.
    pub kind: &'static str,
    pub title: String,
    pub path: String,
    pub format: &'static str,
    pub published: Option<Moment>,
}

/// Something that was to happen, and whether it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    pub id: String,
    pub title: String,
    /// Code of OCDS's list milestoneStatus.
    pub status: &'static str,
    pub due: Option<Day>,
    pub met: Option<Day>,
}

/// What the authority asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planning {
    pub dated: Moment,
    pub rationale: String,
    pub documents: Vec<Document>,
}

/// Both sides said yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    pub id: String,
    pub dated: Moment,
    pub cancelled: bool,
    pub description: String,
    pub suppliers: Vec<String>,
    pub items: Vec<Item>,
}

/// A later version of an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment {
    pub number: i64,
    /// When every party had signed it.
    pub signed: Moment,
    pub description: String,
}

/// What was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    pub id: String,
    pub title: Names,
    pub signed: Moment,
    pub from: Day,
    pub to: Day,
    pub items: Vec<Item>,
    pub documents: Vec<Document>,
    pub amendments: Vec<Amendment>,
    pub terminated: Option<Moment>,
    pub milestones: Vec<Milestone>,
    /// Proofs of what was given.
    pub proofs: Vec<Document>,
    /// When the last of these happened.
    pub happened: Option<Moment>,
}

/// A contracting process as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    pub ocid: String,
    pub involved: Vec<Involved>,
    /// Identifier of the authority among the involved.
    pub buyer: String,
    pub planning: Option<Planning>,
    pub award: Option<Award>,
    pub contract: Option<Contract>,
}

/// A release, as it will stay.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    pub ocid: String,
    pub number: i64,
    pub part: &'static str,
    pub tag: &'static str,
    pub dated: Moment,
    pub digest: String,
    pub body: Value,
}

/// What was last said of each part of a process, and how many releases there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub number: i64,
    /// The moment of the last one.
    pub dated: Option<Moment>,
    /// Digest by part.
    pub parts: BTreeMap<String, String>,
}

/// The releases a process needs beyond those there are. None is dated before an earlier one: what
/// changes something said before is dated `now`, when it was found to have changed.
pub fn releases(process: &Process, said: &Said, site: &str, now: Moment) -> Vec<Release> {
    let (mut number, mut latest) = (said.number, said.dated);
    let mut out = Vec::new();
    for (part, dated, inner) in parts(process, site) {
        let digest = digest(&inner);
        let last = said.parts.get(part);
        if last == Some(&digest) {
            continue;
        }
        number += 1;
        let dated = if last.is_some() { now } else { dated };
        let dated = latest.map_or(dated, |latest| latest.max(dated));
        latest = Some(dated);
        let tag = tag(part, last.is_some(), process);
        let mut body = json!({
            "ocid": process.ocid,
            "id": format!("{}-{number}", process.ocid),
            "date": dated.to_string(),
            "tag": [tag],
            "initiationType": "tender",
            "language": "en",
            "parties": process.involved.iter().map(involved).collect::<Vec<_>>(),
            "buyer": reference(process, &process.buyer),
        });
        if let (Some(body), Value::Object(inner)) = (body.as_object_mut(), inner) {
            body.extend(inner);
        }
        out.push(Release {
            ocid: process.ocid.clone(),
            number,
            part,
            tag,
            dated,
            digest,
            body,
        });
    }
    out
}

fn tag(part: &str, again: bool, process: &Process) -> &'static str {
    let cancelled = process.award.as_ref().is_some_and(|award| award.cancelled);
    match (part, again) {
        ("planning", false) => "planning",
        ("planning", true) => "planningUpdate",
        ("award", _) if cancelled => "awardCancellation",
        ("award", false) => "award",
        ("award", true) => "awardUpdate",
        ("contract", false) => "contract",
        ("contract", true) => "contractUpdate",
        ("amendment", _) => "contractAmendment",
        ("termination", _) => "contractTermination",
        (_, false) => "implementation",
        (_, true) => "implementationUpdate",
    }
}

/// The parts of a process: each with its moment and what it says.
fn parts(process: &Process, site: &str) -> Vec<(&'static str, Moment, Value)> {
    let mut out = Vec::new();
    if let Some(planning) = &process.planning {
        let said = json!({ "planning": {
            "rationale": planning.rationale,
            "documents": documents(&planning.documents, site),
        }});
        out.push(("planning", planning.dated, said));
    }
    if let Some(award) = &process.award {
        let suppliers = award.suppliers.iter().map(|id| reference(process, id));
        let said = json!({ "awards": [{
            "id": award.id,
            "description": award.description,
            "status": if award.cancelled { "cancelled" } else { "active" },
            "date": award.dated.to_string(),
            "suppliers": suppliers.collect::<Vec<_>>(),
            "items": items(&award.items, site),
        }]});
        out.push(("award", award.dated, said));
    }
    let (Some(contract), Some(award)) = (&process.contract, &process.award) else {
        return out;
    };
    let of = |inner: Value| {
        let mut whole = json!({ "id": contract.id, "awardID": award.id });
        if let (Some(whole), Value::Object(inner)) = (whole.as_object_mut(), inner) {
            whole.extend(inner);
        }
        json!({ "contracts": [whole] })
    };
    let mut first = json!({
        "status": "active",
        "period": period(contract.from, contract.to),
        "dateSigned": contract.signed.to_string(),
        "items": items(&contract.items, site),
        "documents": documents(&contract.documents, site),
    });
    named(&mut first, "title", &contract.title);
    out.push(("contract", contract.signed, of(first)));
    if let Some(last) = contract.amendments.last().map(|it| it.signed) {
        let amendments = contract.amendments.iter().map(|it| {
            json!({
                "id": it.number.to_string(),
                "date": it.signed.to_string(),
                "description": it.description,
            })
        });
        let said = json!({ "amendments": amendments.collect::<Vec<_>>() });
        out.push(("amendment", last, of(said)));
    }
    if let (Some(at), false) = (
        contract.happened,
        contract.milestones.is_empty() && contract.proofs.is_empty(),
    ) {
        let said = json!({ "implementation": {
            "milestones": contract.milestones.iter().map(milestone).collect::<Vec<_>>(),
            "documents": documents(&contract.proofs, site),
        }});
        out.push(("implementation", at, of(said)));
    }
    if let Some(at) = contract.terminated {
        out.push(("termination", at, of(json!({ "status": "terminated" }))));
    }
    for (_, _, said) in &mut out {
        drop_empty(said);
    }
    out
}

/// A list of nothing says nothing: the standard's merge routine leaves it out as well.
fn drop_empty(said: &mut Value) {
    match said {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.as_array().is_some_and(Vec::is_empty));
            fields.values_mut().for_each(drop_empty);
        }
        Value::Array(list) => list.iter_mut().for_each(drop_empty),
        _ => {}
    }
}

fn involved(one: &Involved) -> Value {
    let mut party = json!({ "id": one.id, "roles": one.roles });
    named(&mut party, "name", &one.names);
    if let Some((scheme, id)) = &one.identifier {
        party["identifier"] = json!({ "scheme": scheme, "id": id });
    }
    if let Some(country) = &one.country {
        party["address"] = json!({ "countryName": country });
    }
    party
}

fn reference(process: &Process, id: &str) -> Value {
    let mut reference = json!({ "id": id });
    if let Some(one) = process.involved.iter().find(|one| one.id == id) {
        named(&mut reference, "name", &one.names);
    }
    reference
}

/// A name in English under its own field, in other languages beside it as OCDS has it.
fn named(value: &mut Value, field: &str, names: &Names) {
    let Some(object) = value.as_object_mut() else {
        return;
    };
    let plain = names.get(base::Lang::En);
    object.insert(field.to_owned(), plain.into());
    for (lang, name) in names.0.iter().filter(|(lang, _)| *lang != "en") {
        object.insert(format!("{field}_{lang}"), name.as_str().into());
    }
}

fn items(items: &[Item], site: &str) -> Value {
    let one = |item: &Item| {
        let uri = format!("{site}/catalogue/service_classes/{}", item.service_class);
        let mut said = json!({
            "id": item.id,
            "classification": { "scheme": SERVICES, "id": item.service_class, "uri": uri },
            "quantity": item.quantity,
            "unit": { "name": item.unit },
        });
        named(&mut said, "description", &item.names);
        said
    };
    items.iter().map(one).collect()
}

fn documents(documents: &[Document], site: &str) -> Value {
    let one = |document: &Document| {
        let mut said = json!({
            "id": document.id,
            "documentType": document.kind,
            "title": document.title,
            "url": format!("{site}{}", document.path),
            "format": document.format,
        });
        if let Some(at) = document.published {
            said["datePublished"] = at.to_string().into();
        }
        said
    };
    documents.iter().map(one).collect()
}

fn milestone(milestone: &Milestone) -> Value {
    let mut said = json!({
        "id": milestone.id,
        "title": milestone.title,
        "type": "delivery",
        "status": milestone.status,
    });
    for (field, day) in [("dueDate", milestone.due), ("dateMet", milestone.met)] {
        if let Some(day) = day {
            said[field] = Moment::start_of_utc(day).to_string().into();
        }
    }
    said
}

fn period(from: Day, to: Day) -> Value {
    json!({ "startDate": Moment::start_of_utc(from).to_string(), "endDate": Moment::start_of_utc(to).to_string() })
}

fn digest(value: &Value) -> String {
    crate::sink::hex(&Sha256::digest(value.to_string()))
}

/// Compiles releases, oldest first, into what they say together: the standard's merge routine.
pub fn compile(releases: &[Value]) -> Value {
    let mut whole = Map::new();
    for release in releases {
        if let Value::Object(release) = release {
            for (field, value) in release {
                merge(&mut whole, field, value);
            }
        }
    }
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let (ocid, date) = (text(whole.get("ocid")), text(whole.get("date")));
    whole.insert("id".to_owned(), format!("{ocid}-{date}").into());
    whole.insert("tag".to_owned(), json!(["compiled"]));
    Value::Object(whole)
}

fn merge(into: &mut Map<String, Value>, field: &str, new: &Value) {
    match (into.get_mut(field), new) {
        (_, Value::Null) => {
            into.remove(field);
        }
        (Some(Value::Object(old)), Value::Object(new)) => {
            for (inner, value) in new {
                merge(old, inner, value);
            }
        }
        (Some(Value::Array(old)), Value::Array(new)) if has_ids(old) && has_ids(new) => {
            for one in new {
                let known = old.iter_mut().find(|o| o.get("id") == one.get("id"));
                match (known, one) {
                    (Some(Value::Object(known)), Value::Object(one)) => {
                        for (inner, value) in one {
                            merge(known, inner, value);
                        }
                    }
                    _ => old.push(one.clone()),
                }
            }
        }
        _ => {
            into.insert(field.to_owned(), new.clone());
        }
    }
}

fn has_ids(list: &[Value]) -> bool {
    list.iter().all(|one| one.get("id").is_some())
}

/// A package of releases or records, written one by one.
pub struct Package<W: Write> {
    out: W,
    count: i64,
}

impl<W: Write> Package<W> {
    /// Begins a package; what changes with every publication goes through `stamp`.
    ///
    /// # Errors
    /// A fault when it cannot be written.
    pub fn begin(
        mut out: W,
        what: &str,
        uri: &str,
        publisher: &Publisher,
        site: &str,
        made: Moment,
    ) -> Result<Self> {
        let head = json!({
            "uri": uri,
            "version": "1.1",
            "publishedDate": made.to_string(),
            "publisher": { "name": publisher.name, "uid": publisher.iati_ref, "uri": site },
            "license": LICENCE,
            "publicationPolicy": format!("{site}/data"),
        })
        .to_string();
        let open = head.trim_end_matches('}');
        write!(out, "{open},\n\"{what}\": [").map_err(Error::fault)?;
        Ok(Self { out, count: 0 })
    }
    /// What it is written to.
    pub fn out(&mut self) -> &mut W {
        &mut self.out
    }
    /// Adds one.
    ///
    /// # Errors
    /// A fault when it cannot be written.
    pub fn add(&mut self, one: &str) -> Result<()> {
        let comma = if self.count == 0 { "" } else { "," };
        self.count += 1;
        write!(self.out, "{comma}\n{one}").map_err(Error::fault)
    }
    /// Ends it; answers how many there are.
    ///
    /// # Errors
    /// A fault when it cannot be written.
    pub fn finish(mut self) -> Result<(W, i64)> {
        self.out.write_all(b"\n]}\n").map_err(Error::fault)?;
        Ok((self.out, self.count))
    }
}

/// A record: every release of a process as it was, and what they say together.
pub fn record(ocid: &str, releases: &[Value]) -> Value {
    json!({ "ocid": ocid, "releases": releases, "compiledRelease": compile(releases) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_nothing_is_left_out_wherever_it_stands() {
        let mut said = json!({ "a": [], "b": { "c": [], "d": [{ "e": [], "f": 1 }] } });
        drop_empty(&mut said);
        assert_eq!(said, json!({ "b": { "d": [{ "f": 1 }] } }));
    }
}
