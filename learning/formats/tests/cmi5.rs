//! Every course structure of the conformance samples, and the rules they do not show.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails where it is surprised"
)]

use formats::cmi5::{MoveOn, course};
use formats::{Kind, pack, read};
use std::fs;

fn samples() -> Vec<(String, String)> {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/files/cmi5");
    let mut out: Vec<(String, String)> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    out.sort();
    assert_eq!(out.len(), 38);
    out
}

/// The package the structure is meant for.
fn packed(structure: &str) -> Vec<u8> {
    let page = b"<html><body><p>Hello</p></body></html>".to_vec();
    let mut files = vec![("cmi5.xml".to_owned(), structure.as_bytes().to_vec())];
    for name in [
        "index.html",
        "pre1.html",
        "post1.html",
        "pre2.html",
        "post2.html",
        "path/1/index.html",
    ] {
        files.push((name.to_owned(), page.clone()));
    }
    pack(&files).unwrap()
}

#[test]
fn what_must_import_imports_and_what_must_be_refused_is() {
    for (name, structure) in samples() {
        // Those named "…-no-zip" come without a package.
        let alone = name.contains("no-zip");
        let outcome = if alone {
            read("cmi5.xml", structure.as_bytes())
        } else {
            read("course.zip", &packed(&structure))
        };
        if name.starts_with('2') {
            let error = outcome.expect_err(&name);
            let wanted = match name.split('-').next().unwrap_or_default() {
                "201" => "format-cmi5-iri",
                "202" => "format-cmi5-url-relative",
                "203" => "format-cmi5-url-missing",
                "204" => "format-cmi5-url-launch",
                "205" => "format-cmi5-twice",
                "206" => "format-cmi5-url",
                _ => "format-cmi5-shape",
            };
            assert!(error.keys().contains(&wanted), "{name}: {error}");
        } else {
            let reading = outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(reading.kind, Kind::Cmi5);
            let course = reading.course.unwrap();
            assert!(!course.units().is_empty(), "{name}");
            assert!(reading.title.is_some_and(|title| !title.is_empty()));
        }
    }
}

#[test]
fn a_unit_is_read_with_all_it_says() {
    let (_, structure) = samples().remove(0);
    let course = read("x.zip", &packed(&structure)).unwrap().course.unwrap();
    let units = course.units();
    let [(blocks, unit)] = units.as_slice() else {
        panic!("{units:?}")
    };
    assert_eq!(blocks.len(), 1);
    assert_eq!(unit.url, "index.html?paramA=1&paramB=2");
    assert_eq!(unit.launch_parameters.as_deref(), Some("sample string"));
    assert_eq!(unit.entitlement_key.as_deref(), Some("sample value"));
    assert_eq!(unit.move_on, MoveOn::CompletedAndPassed);
    assert_eq!(unit.mastery_score, Some(0.9));
    assert!(!unit.own_window);
    assert_eq!(unit.title.get("en"), "CATAPULT LMS Test AU: 001 Essentials");
}

fn structure(attributes: &str, inside: &str, after: &str) -> String {
    let said = "<title><langstring lang=\"en\">T</langstring></title>\
                <description><langstring lang=\"en\">D</langstring></description>";
    format!(
        "<courseStructure xmlns=\"https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <course id=\"https://example.org/c\">{said}</course>\
         <au id=\"https://example.org/a\" {attributes}>{said}{inside}</au>{after}</courseStructure>"
    )
}
const URL: &str = "<url>https://example.org/a.html</url>";

#[test]
fn each_rule_has_its_own_words() {
    let said = "<title><langstring lang=\"en\">T</langstring></title>\
                <description><langstring lang=\"en\">D</langstring></description>";
    let nested = format!("<block id=\"https://example.org/b\">{said}</block>");
    for (attributes, inside, after, wanted) in [
        ("", URL, "", ""),
        (
            "moveOn=\"Passed\" masteryScore=\"1\" launchMethod=\"OwnWindow\"",
            URL,
            "",
            "",
        ),
        ("moveOn=\"Sometimes\"", URL, "", "format-cmi5-move-on"),
        ("masteryScore=\"1.1\"", URL, "", "format-cmi5-mastery"),
        ("masteryScore=\"1e-1\"", URL, "", "format-cmi5-mastery"),
        ("masteryScore=\"NaN\"", URL, "", "format-cmi5-mastery"),
        (
            "launchMethod=\"Popup\"",
            URL,
            "",
            "format-cmi5-launch-method",
        ),
        ("colour=\"red\"", URL, "", "format-cmi5-attribute"),
        ("", "", "", "format-cmi5-shape"),
        ("", "<url></url>", "", "format-cmi5-url"),
        ("", "<url>//example.org/x</url>", "", "format-cmi5-url"),
        ("", "<url>javascript:alert(1)</url>", "", "format-cmi5-url"),
        (
            "",
            "<url>https://example.org/%zz</url>",
            "",
            "format-cmi5-url",
        ),
        ("", "<url>https:///x</url>", "", "format-cmi5-url"),
        (
            "",
            "<url>https://example.org/?a=1&amp;fetch=2</url>",
            "",
            "format-cmi5-url-launch",
        ),
        (
            "",
            "<url>https://example.org/?%61ctor=2</url>",
            "",
            "format-cmi5-url-launch",
        ),
        (
            "",
            &format!("{URL}<url>https://example.org/b.html</url>"),
            "",
            "format-cmi5-shape",
        ),
        (
            "",
            &format!("<launchParameters/>{URL}"),
            "",
            "format-cmi5-shape",
        ),
        ("", &format!("{URL}<other/>"), "", "format-cmi5-shape"),
        (
            "",
            &format!("{URL}<x:own xmlns:x=\"urn:x\"/>"),
            "",
            "format-cmi5-schema",
        ),
        (
            "",
            &format!("{URL}<x:own xmlns:x=\"urn:x\" xsi:schemaLocation=\"urn:x x.xsd\"/>"),
            "",
            "",
        ),
        ("", URL, &nested, "format-cmi5-shape"),
        (
            "",
            &format!("<objectives><objective idref=\"https://example.org/o\"/></objectives>{URL}"),
            "",
            "format-cmi5-objective",
        ),
    ] {
        let text = structure(attributes, inside, after);
        let outcome = course(&text, None);
        match outcome {
            Ok(_) => assert_eq!(wanted, "", "{text}"),
            Err(error) => assert!(error.keys().contains(&wanted), "{wanted}: {error}"),
        }
    }
}

#[test]
fn a_thousand_units_and_deep_blocks_are_read() {
    let said = "<title><langstring lang=\"en\">T</langstring></title>\
                <description><langstring lang=\"en\">D</langstring></description>";
    let units: String = (0..1_500)
        .map(|n| format!("<au id=\"https://example.org/u{n}\">{said}{URL}</au>"))
        .collect();
    let mut inside = format!("<au id=\"https://example.org/deep\">{said}{URL}</au>");
    for n in 0..30 {
        inside = format!("<block id=\"https://example.org/b{n}\">{said}{inside}</block>");
    }
    let course = course(&structure("", URL, &format!("{units}{inside}")), None).unwrap();
    assert_eq!(course.units().len(), 1_502);
    assert_eq!(course.units().last().unwrap().0.len(), 30);
}

#[test]
fn packages_without_the_structure_at_their_root_are_refused() {
    let (_, structure) = samples().remove(1);
    let deeper = pack(&[("course/cmi5.xml".to_owned(), structure.into_bytes())]).unwrap();
    assert_eq!(
        read("x.zip", &deeper).unwrap_err().keys(),
        ["format-cmi5-folder"]
    );
    assert_eq!(
        read("x.zip", b"not a zip").unwrap_err().keys(),
        ["format-unknown"]
    );
    let broken = read("x.zip", b"PK\x03\x04 nearly a zip").unwrap_err();
    assert_eq!(broken.keys(), ["format-package-broken"]);
    let twice = read("cmi5.xml", b"<courseStructure></courseStructur>").unwrap_err();
    assert_eq!(twice.keys(), ["format-xml-broken"]);
}
