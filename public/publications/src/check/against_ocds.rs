//! What OCDS 1.1 asks of a package, read from the bytes: structure, closed code lists, references,
//! identifiers that come once. The schema itself is checked from outside.

use super::Report;
use serde_json::Value;
use serde_json::de::IoRead;
use std::collections::BTreeSet;
use std::io::BufRead;

/// Version of the standard.
pub const VERSION: &str = "1.1.5";

const TAGS: &[&str] = &[
    "planning",
    "planningUpdate",
    "tender",
    "tenderAmendment",
    "tenderUpdate",
    "tenderCancellation",
    "award",
    "awardUpdate",
    "awardCancellation",
    "contract",
    "contractUpdate",
    "contractAmendment",
    "implementation",
    "implementationUpdate",
    "contractTermination",
    "compiled",
];
const AWARD: &[&str] = &["pending", "active", "cancelled", "unsuccessful"];
const CONTRACT: &[&str] = &["pending", "active", "cancelled", "terminated"];
const MILESTONE: &[&str] = &["scheduled", "met", "notMet", "partiallyMet"];

/// Checks a package of releases, or of records with theirs.
pub fn check<R: BufRead>(mut source: R) -> Report {
    let mut report = Report::default();
    let mut head = String::new();
    // The package's own fields stand on its first line, its members on a line each.
    if source.read_line(&mut head).is_err() || !head.trim_end().ends_with(',') {
        report.error("the package does not begin with its own fields", "");
        return report;
    }
    let own = format!("{}}}", head.trim_end().trim_end_matches(','));
    match serde_json::from_str::<Value>(&own) {
        Ok(own) => {
            for field in ["uri", "version", "publishedDate", "publisher", "license"] {
                if own.get(field).is_none() {
                    report.error(&format!("the package has no {field}"), "");
                }
            }
        }
        Err(why) => report.error("the package is not JSON", &why.to_string()),
    }
    let mut opening = String::new();
    let _ = source.read_line(&mut opening);
    let records = opening.contains("\"records\"");
    let mut ids = BTreeSet::new();
    let mut rest = source;
    loop {
        let mut one = String::new();
        match rest.read_line(&mut one) {
            Ok(0) => {
                report.error("the package breaks off", "");
                return report;
            }
            Ok(_) if one.starts_with("]}") => break,
            Ok(_) => member(
                one.trim_end().trim_end_matches(','),
                records,
                &mut ids,
                &mut report,
            ),
            Err(why) => {
                report.error("the package cannot be read", &why.to_string());
                return report;
            }
        }
    }
    let mut left = Vec::new();
    if rest.read_to_end(&mut left).is_ok() && !left.is_empty() {
        report.error("something follows the package's end", "");
    }
    report
}

fn member(text: &str, records: bool, ids: &mut BTreeSet<u64>, report: &mut Report) {
    let mut stream = serde_json::StreamDeserializer::new(IoRead::new(text.as_bytes()));
    let (Some(Ok(value)), None) = (stream.next(), stream.next()) else {
        report.error("a member is not JSON", text.get(..60).unwrap_or(text));
        return;
    };
    let value: Value = value;
    report.looked(1);
    if !records {
        release(&value, ids, report);
        return;
    }
    let ocid = text_of(&value, "ocid");
    let all = value.get("releases").and_then(Value::as_array);
    let all = all.map_or(&[][..], Vec::as_slice);
    if all.is_empty() {
        report.error("a record without releases", ocid);
    }
    for one in all {
        if text_of(one, "ocid") != ocid {
            report.error("a release in another process's record", ocid);
        }
        release(one, ids, report);
    }
    let dates: Vec<&str> = all.iter().map(|one| text_of(one, "date")).collect();
    let compiled = value.get("compiledRelease");
    match compiled {
        Some(compiled) if *compiled == crate::ocds::compile(all) => {}
        _ => report.error("the compiled release is not what its releases say", ocid),
    }
    if dates.iter().any(|date| date.len() != 20) {
        report.error("a release without a moment", ocid);
    }
}

fn text_of<'v>(value: &'v Value, field: &str) -> &'v str {
    value.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value
        .get(field)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn release(release: &Value, ids: &mut BTreeSet<u64>, report: &mut Report) {
    let id = text_of(release, "id");
    for field in ["ocid", "id", "date", "tag", "initiationType"] {
        if release.get(field).is_none() {
            report.error(&format!("a release without {field}"), id);
        }
    }
    if !text_of(release, "ocid").starts_with("ocds-") {
        report.error("an ocid without its prefix", id);
    }
    if !ids.insert(fingerprint(id)) {
        report.error("the id of a release comes twice", id);
    }
    for tag in list(release, "tag") {
        among(tag.as_str(), TAGS, "releaseTag", id, report);
    }
    let parties: BTreeSet<&str> = list(release, "parties")
        .iter()
        .map(|p| text_of(p, "id"))
        .collect();
    let known = |reference: &Value, report: &mut Report| {
        if !parties.contains(text_of(reference, "id")) {
            report.error("a reference to nobody among the parties", id);
        }
    };
    if let Some(buyer) = release.get("buyer") {
        known(buyer, report);
    }
    for award in list(release, "awards") {
        among(
            award.get("status").and_then(Value::as_str),
            AWARD,
            "awardStatus",
            id,
            report,
        );
        list(award, "suppliers")
            .iter()
            .for_each(|supplier| known(supplier, report));
        items(award, id, report);
    }
    for contract in list(release, "contracts") {
        if text_of(contract, "id").is_empty() || text_of(contract, "awardID").is_empty() {
            report.error("a contract without id or award", id);
        }
        if let Some(status) = contract.get("status") {
            among(status.as_str(), CONTRACT, "contractStatus", id, report);
        }
        items(contract, id, report);
        let done = contract.get("implementation").unwrap_or(&Value::Null);
        for milestone in list(done, "milestones") {
            let status = milestone.get("status").and_then(Value::as_str);
            among(status, MILESTONE, "milestoneStatus", id, report);
        }
    }
}

/// Quantities of things, and never an invented price.
fn items(of: &Value, id: &str, report: &mut Report) {
    if of.get("value").is_some() {
        report.error("support in kind carries no value", id);
    }
    for item in list(of, "items") {
        if item
            .get("quantity")
            .and_then(Value::as_i64)
            .is_none_or(|n| n < 0)
        {
            report.error("an item without a quantity", id);
        }
    }
}

fn among(value: Option<&str>, codes: &[&str], list: &str, id: &str, report: &mut Report) {
    report.looked(1);
    let value = value.unwrap_or_default();
    if !codes.contains(&value) {
        report.error(&format!("«{value}» is not in {list}"), id);
    }
}

fn fingerprint(text: &str) -> u64 {
    use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
    BuildHasherDefault::<DefaultHasher>::default().hash_one(text)
}
