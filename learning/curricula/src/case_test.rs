#![allow(clippy::unwrap_used, reason = "a test that goes wrong ends here")]

use super::*;
use crate::case_write::{Speech, Version};

const NOW: Moment = Moment::from_micros(1_800_000_000_000_000);

fn uuid(n: u32) -> String {
    format!("00000000-0000-4000-8000-{n:012}")
}

fn item(n: u32, code: &str) -> Value {
    json!({
        "identifier": uuid(n),
        "uri": format!("https://example.org/CFItems/{n}"),
        "humanCodingScheme": code,
        "fullStatement": format!("Statement {n}"),
        "lastChangeDateTime": "2026-01-02T03:04:05Z",
    })
}

fn arrow(n: u32, kind: &str, from: u32, to: u32) -> Value {
    let node = |n: u32| json!({ "title": "T", "identifier": uuid(n), "uri": "urn:x" });
    json!({
        "identifier": uuid(n),
        "uri": format!("https://example.org/CFAssociations/{n}"),
        "associationType": kind,
        "originNodeURI": node(from),
        "destinationNodeURI": node(to),
        "lastChangeDateTime": "2026-01-02T03:04:05Z",
    })
}

fn package(items: Vec<Value>, arrows: Vec<Value>) -> Value {
    json!({
        "CFDocument": {
            "identifier": uuid(1),
            "uri": "https://example.org/CFDocuments/1",
            "title": "Mathématiques",
            "creator": "Ministère",
            "language": "fr-FR",
            "subject": ["Mathématiques"],
            "caseVersion": "1.1",
            "frameworkType": "National",
            "extensions": { "theirs": 7 },
            "lastChangeDateTime": "2026-01-02T03:04:05Z",
        },
        "CFItems": items,
        "CFAssociations": arrows,
    })
}

fn keys(value: &Value) -> Vec<String> {
    let refused = read(value, "KE", None, NOW).unwrap_err();
    refused.keys().into_iter().map(str::to_owned).collect()
}

#[test]
fn a_package_becomes_a_tree() {
    let mut first = item(11, "A");
    first["educationLevel"] = json!(["03", "04"]);
    first["CFItemType"] = json!("Domain");
    let mut leaf = item(12, "A.1");
    leaf["educationLevel"] = json!(["04"]);
    let value = package(
        vec![leaf, first, item(13, "A.2")],
        vec![
            arrow(21, "isChildOf", 12, 11),
            arrow(22, "isChildOf", 13, 11),
            arrow(23, "isChildOf", 11, 1),
            arrow(24, "precedes", 12, 13),
        ],
    );
    let read = read(&value, "KE", None, NOW).unwrap();
    assert_eq!(read.framework.subject, "mathematics");
    assert_eq!(read.framework.langs, ["fr"]);
    assert_eq!(read.framework.names.0["fr"], "Mathématiques");
    let codes: Vec<&str> = read.entries.iter().map(|one| one.code.as_str()).collect();
    assert_eq!(codes, ["A", "A.1", "A.2"]);
    assert_eq!(read.entries[0].kind, "strand");
    assert_eq!(
        (read.entries[2].grade_from, read.entries[2].grade_to),
        (3, 4)
    );
    assert_eq!(read.links.len(), 1);
}

#[test]
fn everything_wrong_is_told_at_once() {
    let value = package(
        vec![
            item(11, "A"),
            item(11, "B"),
            item(12, "A"),
            json!(7),
            json!({"identifier": "x"}),
        ],
        vec![
            arrow(21, "isChildOf", 12, 99),
            arrow(21, "isChildOf", 11, 1),
            arrow(22, "isChildOf", 11, 12),
            arrow(23, "isUncleOf", 11, 12),
            arrow(24, "exactMatchOf", 11, 98),
            arrow(25, "exactMatchOf", 97, 98),
            arrow(26, "precedes", 11, 11),
        ],
    );
    let expected = [
        "curricula-case-no-object",
        "curricula-case-no-uuid",
        "curricula-case-missing",
        "curricula-case-id-twice",
        "curricula-case-code-twice",
        "curricula-case-unknown-end",
        "curricula-case-id-twice",
        "curricula-case-two-parents",
        "curricula-case-strange-kind",
        "curricula-case-unknown-end",
        "curricula-case-both-elsewhere",
        "curricula-case-to-itself",
    ];
    assert_eq!(keys(&value), expected);
}

#[test]
fn circles_are_refused_wherever_they_hurt() {
    let items = || vec![item(11, "A"), item(12, "B"), item(13, "C")];
    for kind in ["isChildOf", "precedes", "isPartOf"] {
        let arrows = vec![
            arrow(21, kind, 11, 12),
            arrow(22, kind, 12, 13),
            arrow(23, kind, 13, 11),
        ];
        assert_eq!(
            keys(&package(items(), arrows)),
            ["curricula-case-circle"],
            "{kind}"
        );
    }
    let arrows = vec![
        arrow(21, "isRelatedTo", 11, 12),
        arrow(22, "isRelatedTo", 12, 11),
    ];
    assert!(read(&package(items(), arrows), "KE", None, NOW).is_ok());
}

#[test]
fn a_document_must_say_who_it_is() {
    assert_eq!(keys(&json!({})), ["curricula-case-no-document"]);
    assert_eq!(
        keys(&json!({ "CFDocument": [] })),
        ["curricula-case-no-object"]
    );
    let missing = ["curricula-case-missing"; 3];
    assert_eq!(keys(&json!({ "CFDocument": {} })), missing);
    let mut value = package(Vec::new(), Vec::new());
    value["CFDocument"]["caseVersion"] = json!("2.0");
    value["CFItems"] = json!({});
    assert_eq!(
        keys(&value),
        ["curricula-case-version", "curricula-case-no-list"]
    );
}

#[test]
fn what_others_wrote_beside_goes_out_as_it_came_in() {
    let mut one = item(11, "A");
    one["educationLevel"] = json!(["HS"]);
    one["CFItemType"] = json!("Big idea");
    one["conceptKeywords"] = json!(["number"]);
    one["abbreviatedStatement"] = json!("S");
    let mut sent = one.clone();
    sent["notes"] = Value::Null;
    sent["CFItemTypeURI"] = Value::Null;
    let mut far = arrow(22, "exactMatchOf", 11, 98);
    far["destinationNodeURI"]["uri"] = json!("https://elsewhere.example/98");
    far["destinationNodeURI"]["targetType"] = json!("ext:other");
    let value = package(vec![sent], vec![arrow(21, "isChildOf", 11, 1), far.clone()]);
    let read = read(&value, "KE", None, NOW).unwrap();
    let speech = Speech {
        version: Version::V1p1,
        url: "https://here.example".to_owned(),
    };
    let item = speech.item(&read.framework, &read.entries[0], false);
    for (name, said) in one.as_object().unwrap() {
        assert_eq!(&item[name], said, "{name}");
    }
    assert!(item.get("notes").is_none() && item.get("CFItemTypeURI").is_none());
    let document = speech.document(&read.framework, false);
    for (name, said) in value["CFDocument"].as_object().unwrap() {
        assert_eq!(&document[name], said, "{name}");
    }
    let link = speech.association(&read.framework, &read.links[0], false);
    for (name, said) in far.as_object().unwrap() {
        assert_eq!(&link[name], said, "{name}");
    }
    let old = Speech {
        version: Version::V1p0,
        ..speech
    };
    let document = old.document(&read.framework, false);
    assert!(document.get("caseVersion").is_none() && document.get("extensions").is_none());
}

#[test]
fn the_other_names_of_things_are_read_too() {
    let value = json!({
        "document": {
            "sourcedId": uuid(1), "uri": "https://example.org/1", "title": "Maths", "creator": "M",
            "subject": "Mathematics", "lastChangeDateTime": "2026-01-02T03:04:05Z",
        },
        "items": [{ "sourcedId": uuid(11), "uri": "https://example.org/11", "fullStatement": "S" }],
        "associations": [],
    });
    let read = read(&value, "KE", None, NOW).unwrap();
    assert_eq!(read.entries.len(), 1);
    assert_eq!(read.entries[0].kind, "competency");
}
