//! Items in and out of QTI.

use formats::item::{Choice, Form, Interaction, Item, Part, Text};
use formats::{Package, qti, read};
use std::collections::BTreeMap;

fn en(text: &str) -> Text {
    Text::one("en", text)
}
fn part(id: &str, text: &str) -> Part {
    Part {
        id: id.into(),
        text: en(text),
    }
}
fn option(id: &str, text: &str, right: bool, feedback: &str) -> Choice {
    Choice {
        id: id.into(),
        text: en(text),
        right,
        feedback: if feedback.is_empty() {
            Text::default()
        } else {
            en(feedback)
        },
    }
}

fn every_kind() -> Vec<Item> {
    let mut choice = Item::new(
        en("Which is <strong>larger</strong>?"),
        Interaction::Choice {
            options: vec![
                option("a", "1/2", true, "Yes &amp; well done"),
                option("b", "1/3", false, ""),
            ],
        },
    );
    choice.hint = en("Draw both.");
    choice.when_right = en("Right");
    choice.when_wrong = en("Not yet");
    choice.solution = en("1/2 &gt; 1/3");
    choice.difficulty = Some(2);
    vec![
        choice,
        Item::new(
            en("<p>Which are even?</p><p>Look again.</p>"),
            Interaction::Several {
                options: vec![
                    option("a", "2", true, ""),
                    option("b", "3", false, ""),
                    option("c", "4", true, ""),
                ],
            },
        ),
        Item::new(
            en("The capital of Kenya"),
            Interaction::Word {
                accepted: BTreeMap::from([(
                    "en".into(),
                    vec!["Nairobi".into(), "Nairobi City".into()],
                )]),
                case: false,
                accents: true,
                foreseen: Vec::new(),
            },
        ),
        Item::new(
            en("1/2 + 1/4"),
            Interaction::Number {
                answer: "3/4".into(),
                tolerance: Some("0.01".into()),
                form: Form::Simplest,
                unit: en("kg"),
                foreseen: Vec::new(),
            },
        ),
        Item::new(
            en("Smallest first"),
            Interaction::Order {
                parts: vec![part("c", "1"), part("a", "2"), part("b", "3")],
            },
        ),
        Item::new(
            en("Match"),
            Interaction::Match {
                left: vec![part("a", "one"), part("b", "two")],
                right: vec![part("x", "1"), part("y", "2"), part("z", "3")],
                pairs: BTreeMap::from([("a".into(), "x".into()), ("b".into(), "y".into())]),
            },
        ),
        Item::new(
            en("Tell a story"),
            Interaction::Open {
                lines: 7,
                rubric: en("Has a beginning and an end"),
            },
        ),
    ]
}

#[test]
fn every_kind_of_item_comes_back_from_a_file() {
    for item in every_kind() {
        assert_eq!(item.faults().0, Vec::new());
        let xml = qti::item_xml(&item, "item-1", "A <title>", "en");
        let reading = read("item.xml", xml.as_bytes()).unwrap_or_else(|e| panic!("{e}\n{xml}"));
        assert_eq!(reading.kind.code(), "qti");
        assert_eq!(reading.title.as_deref(), Some("A <title>"));
        assert_eq!(reading.items, vec![item], "{xml}");
    }
}

#[test]
fn a_package_of_items_comes_back_in_its_order() {
    let items: Vec<(String, String, Item)> = every_kind()
        .into_iter()
        .enumerate()
        .map(|(n, item)| (format!("q{}", 9 - n), format!("Question {n}"), item))
        .collect();
    let bytes = qti::package("Fractions", &items, &[], "en").unwrap();
    let reading = read("items.zip", &bytes).unwrap();
    assert_eq!(reading.kind.code(), "qti");
    assert_eq!(reading.title.as_deref(), Some("Fractions"));
    let wanted: Vec<Item> = items.into_iter().map(|(_, _, item)| item).collect();
    assert_eq!(reading.items, wanted);
    assert!(Package::open(&bytes).unwrap().has("imsmanifest.xml"));
}

#[test]
fn version_two_is_read_as_other_programs_write_it() {
    let choice = r#"<?xml version="1.0" encoding="UTF-8"?>
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="choice" title="Unattended Luggage" xml:lang="en" adaptive="false" timeDependent="false">
 <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
  <correctResponse><value>ChoiceA</value></correctResponse>
 </responseDeclaration>
 <itemBody><p>Look at the text.</p>
  <choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="1">
   <prompt>What does it say?</prompt>
   <simpleChoice identifier="ChoiceA">Stay with your luggage.<feedbackInline outcomeIdentifier="F" identifier="ChoiceA" showHide="show">Yes.</feedbackInline></simpleChoice>
   <simpleChoice identifier="ChoiceB"><img src="img/b.png" alt="B"/></simpleChoice>
  </choiceInteraction>
 </itemBody>
</assessmentItem>"#;
    let reading = read("a/choice.xml", choice.as_bytes()).unwrap();
    let item = &reading.items[0];
    assert_eq!(
        item.prompt.get("en"),
        "<p>Look at the text.</p><p>What does it say?</p>"
    );
    let Interaction::Choice { options } = &item.interaction else {
        panic!("{item:?}")
    };
    assert!(options[0].right && !options[1].right);
    assert_eq!(options[0].feedback.get("en"), "Yes.");
    assert_eq!(
        options[1].text.get("en"),
        "<img src=\"asset:a/img/b.png\" alt=\"B\">"
    );
    assert_eq!(reading.remarks[0].key, "format-file-missing");

    let entry = choice
        .replace("identifier\">\n  <correct", "string\">\n  <correct")
        .replace("<value>ChoiceA</value>", "<value>York</value>");
    let start = entry.find("<itemBody>").unwrap();
    let entry = format!(
        "{}<itemBody><p>Now is the winter made summer by this sun of <textEntryInteraction responseIdentifier=\"RESPONSE\"/>; and so on</p></itemBody></assessmentItem>",
        &entry[..start]
    );
    let reading = read("entry.xml", entry.as_bytes()).unwrap();
    assert_eq!(
        reading.items[0].prompt.get("en"),
        "Now is the winter made summer by this sun of ____ ; and so on"
    );
    let Interaction::Word { accepted, .. } = &reading.items[0].interaction else {
        panic!()
    };
    assert_eq!(accepted["en"], ["York"]);
}

#[test]
fn what_is_not_read_is_named() {
    let file = r#"<assessmentItem xmlns="x" identifier="h" title="Hot spots"><itemBody><hotspotInteraction responseIdentifier="R"/></itemBody></assessmentItem>"#;
    let error = read("h.xml", file.as_bytes()).unwrap_err();
    assert_eq!(error.keys(), ["format-qti-none", "format-qti-kind"]);
    let empty = r#"<assessmentItem xmlns="x" identifier="h" title="Empty"><itemBody><choiceInteraction responseIdentifier="R"/></itemBody></assessmentItem>"#;
    assert_eq!(
        read("h.xml", empty.as_bytes()).unwrap_err().keys(),
        ["format-qti-none", "format-qti-item"]
    );
}
