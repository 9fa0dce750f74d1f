//! The automaton of sessions against a plain model, the shape of statements, and what rises in a course.

use super::rules::{
    CMI5, EXTENSION, MOVEON, Mode, Part, Reached, Said, Standing, Terms, is_met, preferences, read,
    rising,
};
use formats::cmi5::MoveOn;
use proptest::prelude::*;
use serde_json::{Value, json};

const WORDS: [Said; 6] = [
    Said::Initialized,
    Said::Completed,
    Said::Passed(None),
    Said::Failed(None),
    Said::Terminated,
    Said::Other,
];

/// A step of a learner's way: a word, or a new session.
#[derive(Clone, Copy, Debug)]
enum Step {
    Say(usize),
    Open(Mode),
}

fn begun(mode: Mode, completed: bool, passed: bool) -> Standing {
    Standing {
        mode,
        knows: true,
        initialized: false,
        closed: false,
        completed,
        passed,
        judged: false,
    }
}

/// What the specification says of a word, from the bare history: who said what in which session.
fn may(history: &[(usize, Said)], session: usize, mode: Mode, said: Said) -> bool {
    let kind = std::mem::discriminant::<Said>;
    let here = |word: Said| {
        history
            .iter()
            .any(|(one, said)| *one == session && kind(said) == kind(&word))
    };
    let ever = |word: Said| history.iter().any(|(_, said)| kind(said) == kind(&word));
    if here(Said::Terminated) {
        return false;
    }
    if said == Said::Initialized {
        return !here(Said::Initialized);
    }
    if !here(Said::Initialized) {
        return false;
    }
    match said {
        Said::Completed => mode == Mode::Normal && !ever(Said::Completed),
        Said::Passed(_) | Said::Failed(_) => {
            mode == Mode::Normal && !ever(Said::Passed(None)) && !here(Said::Failed(None))
        }
        _ => true,
    }
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        6 => (0..WORDS.len()).prop_map(Step::Say),
        1 => (0..3_usize).prop_map(|n| Step::Open(Mode::ALL.get(n).copied().unwrap_or(Mode::Normal))),
    ];
    prop::collection::vec(step, 0..40)
}

proptest! {
    #[test]
    fn sessions_hear_what_the_specification_lets_them_hear(steps in steps()) {
        let (mut history, mut session) = (Vec::new(), 0);
        let mut standing = begun(Mode::Normal, false, false);
        for step in steps {
            match step {
                Step::Open(mode) => {
                    session += 1;
                    standing = begun(mode, standing.completed, standing.passed);
                }
                Step::Say(n) => {
                    let said = WORDS.get(n).copied().unwrap_or(Said::Other);
                    let allowed = may(&history, session, standing.mode, said);
                    let heard = standing.hear(said);
                    prop_assert_eq!(heard.is_ok(), allowed, "{:?} after {:?}", said, history);
                    if let Ok(next) = heard {
                        standing = next;
                        history.push((session, said));
                    }
                }
            }
        }
    }

    #[test]
    fn a_block_is_satisfied_exactly_when_everything_in_it_is(
        seeds in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>(), any::<bool>()), 0..40)
    ) {
        let mut parts = vec![Part { parent: None, unit: false, satisfied: false }];
        for (at, unit, satisfied) in seeds {
            // Parts stand in the order of the course: each below the last one or one of those above it.
            let mut above = vec![];
            let mut n = Some(parts.len() - 1);
            while let Some(one) = n {
                if !parts[one].unit {
                    above.push(one);
                }
                n = parts[one].parent;
            }
            let parent = above.get(at.index(above.len())).copied();
            parts.push(Part { parent, unit, satisfied: unit && satisfied });
        }
        let full = |n: usize| {
            let below = |mut m: usize| loop {
                match parts[m].parent {
                    Some(parent) if parent == n => return true,
                    Some(parent) => m = parent,
                    None => return false,
                }
            };
            (0..parts.len()).filter(|m| parts[*m].unit && below(*m)).all(|m| parts[m].satisfied)
        };
        let new = rising(&parts);
        for n in 0..parts.len() {
            prop_assert_eq!(new.contains(&n), !parts[n].unit && full(n), "{} of {:?}", n, parts);
        }
        let mut again = parts.clone();
        for (place, n) in new.iter().enumerate() {
            again[*n].satisfied = true;
            let inner = new.iter().skip(place + 1).any(|m| parts[*m].parent == Some(*n));
            prop_assert!(!inner, "inner blocks come first");
        }
        prop_assert!(rising(&again).is_empty(), "each is said once");
    }

    #[test]
    fn a_unit_is_met_as_its_rule_says(completed: bool, passed: bool) {
        let reached = Reached { completed, passed, waived: false };
        prop_assert!(is_met(MoveOn::NotApplicable, reached));
        prop_assert_eq!(is_met(MoveOn::Passed, reached), passed);
        prop_assert_eq!(is_met(MoveOn::Completed, reached), completed);
        prop_assert_eq!(is_met(MoveOn::CompletedAndPassed, reached), completed && passed);
        prop_assert_eq!(is_met(MoveOn::CompletedOrPassed, reached), completed || passed);
        let waived = Reached { waived: true, ..reached };
        prop_assert!(is_met(MoveOn::CompletedAndPassed, waived));
    }
}

const TERMS: Terms<'static> = Terms {
    home: "https://home.example",
    name: "7",
    activity: "https://home.example/units/1",
    publisher: "https://maker.example/au",
    registration: "6f7d9a0e-0000-4000-8000-000000000001",
    session: "s1",
    mastery: Some(0.8),
};

/// A good statement of that verb.
fn good(name: &str) -> Value {
    let mut said = json!({
        "id": "x",
        "timestamp": "2026-11-22T10:00:00.000Z",
        "actor": { "account": { "homePage": TERMS.home, "name": TERMS.name } },
        "verb": { "id": format!("http://adlnet.gov/expapi/verbs/{name}") },
        "object": { "id": TERMS.activity },
        "result": { "duration": "PT1S" },
        "context": {
            "registration": TERMS.registration,
            "contextActivities": {
                "grouping": [{ "id": TERMS.publisher }],
                "category": [{ "id": CMI5 }],
            },
            "extensions": {
                format!("{EXTENSION}sessionid"): TERMS.session,
                format!("{EXTENSION}masteryscore"): 0.8,
            },
        },
    });
    match name {
        "completed" => said["result"]["completion"] = true.into(),
        "passed" => said["result"]["success"] = true.into(),
        "failed" => said["result"]["success"] = false.into(),
        "experienced" => said["context"]["contextActivities"]["category"] = json!([]),
        _ => {}
    }
    if ["completed", "passed", "failed"].contains(&name) {
        said["context"]["contextActivities"]["category"] =
            json!([{ "id": CMI5 }, { "id": MOVEON }]);
    }
    said
}

#[test]
fn good_statements_are_read() {
    for (name, said) in [
        ("initialized", Said::Initialized),
        ("completed", Said::Completed),
        ("passed", Said::Passed(None)),
        ("failed", Said::Failed(None)),
        ("terminated", Said::Terminated),
        ("experienced", Said::Other),
    ] {
        assert_eq!(read(&good(name), &TERMS), Ok(said), "{name}");
    }
    let mut scored = good("passed");
    scored["result"]["score"] = json!({ "scaled": 0.8 });
    assert_eq!(read(&scored, &TERMS), Ok(Said::Passed(Some(0.8))));
}

#[test]
fn statements_that_break_a_rule_are_not() {
    type Change = (&'static str, &'static str, Value);
    let sessionid = format!(
        "/context/extensions/{}",
        EXTENSION.replace('/', "~1") + "sessionid"
    );
    let mastery = format!(
        "/context/extensions/{}",
        EXTENSION.replace('/', "~1") + "masteryscore"
    );
    let category = "/context/contextActivities/category";
    let changes: Vec<Change> = vec![
        ("passed", "/id", Value::Null),
        ("passed", "/timestamp", Value::Null),
        ("passed", "/timestamp", json!("2026-11-22T10:00:00-06:00")),
        ("passed", "/actor/account/name", json!("8")),
        (
            "passed",
            "/actor/account/homePage",
            json!("https://other.example"),
        ),
        (
            "experienced",
            "/verb/id",
            json!("http://adlnet.gov/expapi/verbs/voided"),
        ),
        ("launched", "/id", json!("x")),
        ("passed", "/object/id", json!("https://maker.example/au")),
        ("passed", "/context/registration", Value::Null),
        (
            "passed",
            "/context/registration",
            json!("6f7d9a0e-0000-4000-8000-000000000002"),
        ),
        ("passed", "/context/contextActivities/grouping", json!([])),
        ("passed", category, json!([{ "id": CMI5 }])),
        ("experienced", category, json!([{ "id": MOVEON }])),
        (
            "terminated",
            category,
            json!([{ "id": CMI5 }, { "id": MOVEON }]),
        ),
        ("terminated", "/result", json!({})),
        ("completed", "/result", json!({ "completion": true })),
        ("completed", "/result", json!({ "duration": "PT1S" })),
        (
            "completed",
            "/result",
            json!({ "duration": "PT1S", "completion": false }),
        ),
        (
            "completed",
            "/result",
            json!({ "duration": "PT1S", "completion": true, "success": true }),
        ),
        (
            "completed",
            "/result",
            json!({ "duration": "PT1S", "completion": true, "score": {} }),
        ),
        (
            "passed",
            "/result",
            json!({ "duration": "PT1S", "success": false }),
        ),
        ("passed", "/result", json!({ "duration": "PT1S" })),
        (
            "passed",
            "/result",
            json!({ "duration": "PT1S", "success": true, "completion": true }),
        ),
        (
            "passed",
            "/result",
            json!({ "duration": "PT1S", "success": true, "score": { "scaled": 0.79 } }),
        ),
        (
            "passed",
            "/result",
            json!({ "duration": "PT1S", "success": true, "score": { "raw": 9, "min": 0 } }),
        ),
        (
            "failed",
            "/result",
            json!({ "duration": "PT1S", "success": true }),
        ),
        (
            "failed",
            "/result",
            json!({ "duration": "PT1S", "success": false, "score": { "scaled": 0.8 } }),
        ),
        ("initialized", "/result", json!({ "success": true })),
    ];
    for (name, path, value) in changes {
        let mut said = good(name);
        *said.pointer_mut(path).expect(path) = value;
        assert!(read(&said, &TERMS).is_err(), "{name} {path} {said}");
    }
    for (path, value) in [
        (&sessionid, json!("s2")),
        (&sessionid, Value::Null),
        (&mastery, json!(0.5)),
    ] {
        let mut said = good("passed");
        *said.pointer_mut(path).expect(path) = value;
        assert!(read(&said, &TERMS).is_err(), "{path}");
    }
    let mut group = good("passed");
    group["actor"]["objectType"] = "Group".into();
    assert!(read(&group, &TERMS).is_err());
    let mut boxed = good("passed");
    boxed["actor"]["mbox"] = "mailto:a@b.example".into();
    assert!(read(&boxed, &TERMS).is_err());
}

#[test]
fn a_unit_reads_what_it_was_launched_with_first() {
    let ignorant = Standing {
        knows: false,
        ..begun(Mode::Normal, false, false)
    };
    assert!(ignorant.hear(Said::Initialized).is_err());
}

#[test]
fn preferences_hold_languages_and_sound() {
    let pair = |languages: &str, sound: &str| {
        preferences(&json!({ "languagePreference": languages, "audioPreference": sound }))
    };
    assert!(pair("en-US,fr-FR,fr-BE", "on").is_ok() && pair("sw", "off").is_ok());
    assert!(pair("not comma separated", "on").is_err() && pair("", "on").is_err());
    assert!(pair("en", "loud").is_err() && preferences(&Value::Null).is_err());
}
