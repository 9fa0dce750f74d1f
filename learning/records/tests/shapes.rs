//! The shape of statements, rule by rule: what may stand where, in both versions. Each case changes
//! one thing in a statement that holds everything a statement can.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use house::{House, migrations};
use records::Scope;
use serde_json::{Value, json};

/// A statement in which everything stands that may.
fn whole() -> Value {
    json!({
        "actor": { "objectType": "Agent", "name": "Amina", "mbox": "mailto:a@tool.example" },
        "verb": { "id": "https://tool.example/did", "display": { "en-GB": "did", "sw": "alifanya" } },
        "object": {
            "objectType": "Activity",
            "id": "https://tool.example/a",
            "definition": {
                "name": { "en": "A" }, "description": { "en": "B" },
                "type": "https://tool.example/type", "moreInfo": "https://tool.example/more",
                "interactionType": "choice", "correctResponsesPattern": ["a[,]b"],
                "choices": [
                    { "id": "a", "description": { "en": "A" } }, { "id": "b" }
                ],
                "extensions": { "https://tool.example/x": null },
            },
        },
        "result": {
            "score": { "scaled": 0.5, "raw": 5, "min": 0, "max": 10 },
            "success": true, "completion": false, "response": "a[,]b", "duration": "PT1M30.5S",
            "extensions": { "https://tool.example/x": "" },
        },
        "context": {
            "registration": "01935000-0000-7000-8000-0000000000aa",
            "instructor": { "account": { "homePage": "https://tool.example", "name": "t" } },
            "team": { "objectType": "Group", "name": "4B", "member": [
                { "mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9" } ] },
            "contextActivities": {
                "parent": [{ "id": "https://tool.example/p" }],
                "grouping": [{ "id": "https://tool.example/g" }],
                "category": [{ "id": "https://tool.example/c" }],
                "other": { "id": "https://tool.example/o" },
            },
            "revision": "2", "platform": "Phone", "language": "sw-KE",
            "statement": { "objectType": "StatementRef", "id": "01935000-0000-7000-8000-0000000000bb" },
            "extensions": { "https://tool.example/x": {} },
        },
        "timestamp": "2026-11-30T08:00:00.000Z",
        "attachments": [{
            "usageType": "https://tool.example/photo", "display": { "en": "Photo" },
            "description": { "en": "A page" }, "contentType": "image/jpeg", "length": 4,
            "sha2": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "fileUrl": "https://tool.example/photo.jpg",
        }],
    })
}

/// Lays a value at a place; nothing there when the value is none.
fn changed(place: &str, value: Option<Value>) -> Value {
    let mut statement = whole();
    let (parent, name) = place.rsplit_once('/').unwrap();
    let object = statement.pointer_mut(parent).unwrap();
    let object = object.as_object_mut().unwrap();
    match value {
        Some(value) => object.insert(name.to_owned(), value),
        None => object.remove(name),
    };
    statement
}

async fn tried(cases: Vec<(String, Value)>, expected: u16) {
    let cases = std::sync::Arc::new(cases);
    db::testing::each_engine_async(&migrations(), |db| {
        let cases = cases.clone();
        async move {
            let h = House::open(db).await;
            let program = h.program("tool", &[Scope::All]).await;
            for way in ["/xapi/2.0", "/xapi/1.0.3"] {
                for (what, statement) in cases.iter() {
                    let heard = program.post(&format!("{way}/statements"), statement).await;
                    let status = heard.status.as_u16();
                    assert_eq!(status, expected, "{way} {what}: {}", heard.text);
                }
            }
            let kept = program
                .get("/xapi/2.0/statements?limit=500")
                .await
                .expect(200)
                .ids();
            assert_eq!(kept.is_empty(), expected != 200);
        }
    })
    .await;
}

fn cases(all: Vec<(&str, Value)>) -> Vec<(String, Value)> {
    all.into_iter()
        .map(|(place, value)| (format!("{place} = {value}"), changed(place, Some(value))))
        .collect()
}

#[tokio::test]
async fn what_may_stand_in_a_statement_is_kept() {
    let agent = json!({ "openid": "https://tool.example/a" });
    let about = |id: u8| json!({ "objectType": "StatementRef", "id": format!("01935000-0000-7000-8000-0000000000{id:02}") });
    let mut all = cases(vec![
        ("/id", json!("01935000-0000-7000-8000-0000000000AB")),
        (
            "/actor",
            json!({ "mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9" }),
        ),
        (
            "/actor",
            json!({ "objectType": "Group", "member": [agent] }),
        ),
        (
            "/actor",
            json!({ "objectType": "Group", "mbox": "mailto:g@tool.example" }),
        ),
        (
            "/actor",
            json!({ "objectType": "Group", "openid": "https://tool.example/g", "member": [agent] }),
        ),
        ("/verb", json!({ "id": "urn:did" })),
        ("/object", json!({ "id": "https://tool.example/é" })),
        (
            "/object",
            json!({ "objectType": "Agent", "mbox": "mailto:b@tool.example" }),
        ),
        (
            "/object",
            json!({ "objectType": "Group", "member": [agent] }),
        ),
        ("/object/definition", json!({})),
        (
            "/object/definition",
            json!({ "interactionType": "true-false", "correctResponsesPattern": ["true"] }),
        ),
        (
            "/object/definition",
            json!({ "interactionType": "fill-in" }),
        ),
        (
            "/object/definition",
            json!({ "interactionType": "long-fill-in" }),
        ),
        (
            "/object/definition",
            json!({ "interactionType": "numeric" }),
        ),
        ("/object/definition", json!({ "interactionType": "other" })),
        (
            "/object/definition",
            json!({ "interactionType": "sequencing", "choices": [{ "id": "a" }] }),
        ),
        (
            "/object/definition",
            json!({ "interactionType": "likert", "scale": [{ "id": "a" }] }),
        ),
        (
            "/object/definition",
            json!({ "interactionType": "matching", "source": [{ "id": "a" }], "target": [{ "id": "b" }] }),
        ),
        (
            "/object/definition",
            json!({ "interactionType": "performance", "steps": [{ "id": "a" }] }),
        ),
        ("/object/definition/extensions", json!({})),
        ("/result", json!({})),
        ("/result/score", json!({ "scaled": -1 })),
        ("/result/score", json!({ "raw": 3.25, "min": -10 })),
        ("/result/duration", json!("P1Y2M3DT4H5M6S")),
        ("/result/duration", json!("PT0.123456S")),
        ("/result/duration", json!("P3W")),
        (
            "/result/extensions",
            json!({ "https://tool.example/x": [1, { "a": null }] }),
        ),
        ("/context", json!({})),
        ("/context/contextActivities", json!({ "parent": [] })),
        ("/context/language", json!("zh-Hant-TW")),
        ("/timestamp", json!("2026-11-30T11:00:00+03:00")),
        ("/timestamp", json!("2026-11-30T08:00:00Z")),
        ("/authority", json!({ "mbox": "mailto:x@tool.example" })),
        ("/attachments", json!([])),
    ]);
    for (what, object) in [("a reference", about(1)), ("another", about(2))] {
        let mut statement = changed("/object", Some(object));
        statement["context"]
            .as_object_mut()
            .unwrap()
            .retain(|name, _| !["revision", "platform"].contains(&name.as_str()));
        all.push((what.to_owned(), statement));
    }
    let sub = json!({
        "objectType": "SubStatement", "actor": agent, "verb": { "id": "v:v" },
        "object": { "id": "a:a" }, "result": { "success": true }, "context": { "language": "sw" },
        "timestamp": "2026-11-30T08:00:00Z",
    });
    let mut statement = changed("/object", Some(sub));
    statement["context"]
        .as_object_mut()
        .unwrap()
        .retain(|name, _| !["revision", "platform"].contains(&name.as_str()));
    all.push(("a statement within".to_owned(), statement));
    // Revision and platform are only for what is done with an activity.
    for (_, statement) in &mut all {
        let kind = statement["object"]["objectType"].as_str();
        if matches!(kind, Some("Agent" | "Group")) {
            statement.as_object_mut().unwrap().remove("context");
        }
    }
    // The same id may be sent again only with the same words: each case has its own.
    for (_, statement) in &mut all {
        if let Some(id) = statement.get_mut("id") {
            *id = json!("01935000-0000-7000-8000-0000000000AB");
        }
    }
    tried(all, 200).await;
}

#[tokio::test]
async fn what_may_not_stand_in_a_statement_is_turned_away() {
    let agent = json!({ "openid": "https://tool.example/a" });
    let twice = json!({ "mbox": "mailto:a@b.example", "openid": "https://tool.example/a" });
    let mut all: Vec<(String, Value)> = [
        "/actor",
        "/verb",
        "/object",
        "/actor/mbox",
        "/verb/id",
        "/object/id",
        "/context/statement/id",
        "/context/instructor/account/homePage",
        "/context/instructor/account/name",
        "/attachments/0/usageType",
        "/attachments/0/display",
        "/attachments/0/contentType",
        "/attachments/0/length",
        "/attachments/0/sha2",
        "/object/definition/interactionType",
        "/object/definition/choices/0/id",
    ]
    .iter()
    .map(|place| (format!("{place} is missing"), changed(place, None)))
    .collect();
    all.extend(cases(vec![
        ("/more", json!("x")),
        ("/Actor", json!(agent)),
        ("/id", json!("no-uuid")),
        ("/id", json!(7)),
        ("/id", Value::Null),
        ("/actor", json!("a")),
        ("/actor", json!({})),
        ("/actor", json!(twice)),
        ("/actor", json!({ "objectType": "agent", "mbox": "mailto:a@b.example" })),
        ("/actor", json!({ "objectType": "Activity", "id": "a:a" })),
        ("/actor/name", json!(7)),
        ("/actor/name", Value::Null),
        ("/actor/mbox", json!("a@tool.example")),
        ("/actor/mbox", json!("mailto:nobody")),
        ("/actor", json!({ "mbox_sha1sum": "zz" })),
        ("/actor", json!({ "openid": "not a uri" })),
        ("/actor", json!({ "account": { "homePage": "no iri", "name": "a" } })),
        ("/actor", json!({ "account": { "homePage": "https://tool.example", "name": 1 } })),
        ("/actor", json!({ "account": { "homePage": "https://tool.example", "name": "a", "x": 1 } })),
        ("/actor", json!({ "objectType": "Group" })),
        ("/actor", json!({ "objectType": "Group", "member": agent })),
        ("/actor", json!({ "objectType": "Group", "member": [{ "objectType": "Group", "member": [agent] }] })),
        ("/actor", json!({ "objectType": "Group", "member": [], "mbox": "mailto:a@b.example", "openid": "https://tool.example/a" })),
        ("/verb", json!("did")),
        ("/verb/id", json!("did")),
        ("/verb/id", json!(1)),
        ("/verb/display", json!("did")),
        ("/verb/display", json!({ "not a tag": "did" })),
        ("/verb/display", json!({ "en": 1 })),
        ("/verb/more", json!(1)),
        ("/object/objectType", json!("activity")),
        ("/object/objectType", json!(1)),
        ("/object/id", json!("a")),
        ("/object/more", json!("x")),
        ("/object", json!({ "mbox": "mailto:a@b.example" })),
        ("/object", json!({ "objectType": "StatementRef", "id": "no-uuid" })),
        ("/object", json!({ "objectType": "StatementRef", "id": "01935000-0000-7000-8000-0000000000bb", "x": 1 })),
        ("/object/definition", json!("x")),
        ("/object/definition/name", json!("x")),
        ("/object/definition/description", json!({ "en": null })),
        ("/object/definition/type", json!("x")),
        ("/object/definition/moreInfo", json!("x")),
        ("/object/definition/more", json!("x")),
        ("/object/definition/interactionType", json!("Choice")),
        ("/object/definition/correctResponsesPattern", json!("a")),
        ("/object/definition/correctResponsesPattern", json!([1])),
        ("/object/definition/choices", json!({ "id": "a" })),
        ("/object/definition/choices", json!([{ "id": 1 }])),
        ("/object/definition/choices", json!([{ "id": "a" }, { "id": "a" }])),
        ("/object/definition/choices", json!([{ "id": "a", "description": "x" }])),
        ("/object/definition/extensions", json!([])),
        ("/object/definition/extensions", json!({ "x": 1 })),
        ("/result", json!("x")),
        ("/result/more", json!(1)),
        ("/result/success", json!("true")),
        ("/result/completion", json!(1)),
        ("/result/response", json!(1)),
        ("/result/duration", json!("90 s")),
        ("/result/duration", json!("P")),
        ("/result/duration", json!(90)),
        ("/result/extensions", json!({ "x": 1 })),
        ("/result/score", json!(1)),
        ("/result/score", json!({ "scaled": 1.1 })),
        ("/result/score", json!({ "scaled": -1.1 })),
        ("/result/score", json!({ "scaled": "1" })),
        ("/result/score", json!({ "raw": 11, "max": 10 })),
        ("/result/score", json!({ "raw": -1, "min": 0 })),
        ("/result/score", json!({ "min": 10, "max": 0 })),
        ("/result/score", json!({ "points": 1 })),
        ("/context", json!("x")),
        ("/context/more", json!(1)),
        ("/context/registration", json!("x")),
        ("/context/instructor", json!({})),
        ("/context/team", json!({ "mbox": "mailto:a@b.example" })),
        ("/context/revision", json!(1)),
        ("/context/platform", json!(1)),
        ("/context/language", json!("not a tag")),
        ("/context/statement", json!({ "id": "01935000-0000-7000-8000-0000000000bb" })),
        ("/context/contextActivities", json!({ "parents": [{ "id": "a:a" }] })),
        ("/context/contextActivities/parent", json!("a:a")),
        ("/context/contextActivities/parent", json!([{ "id": "a" }])),
        ("/context/contextActivities/parent", json!([{ "objectType": "Agent", "mbox": "mailto:a@b.example" }])),
        ("/context/extensions", json!({ "x": 1 })),
        ("/timestamp", json!("2026-11-30")),
        ("/timestamp", json!("2026-11-30T25:00:00Z")),
        ("/timestamp", json!("2026-11-30T08:00:00-00:00")),
        ("/timestamp", json!(1)),
        ("/version", json!("3.0")),
        ("/version", json!(2)),
        ("/authority", json!("x")),
        ("/authority", json!({ "objectType": "Group", "member": [agent] })),
        ("/authority", json!({ "objectType": "Group", "member": [agent, agent, agent] })),
        ("/attachments", json!({})),
        ("/attachments/0/usageType", json!("x")),
        ("/attachments/0/display", json!("x")),
        ("/attachments/0/description", json!("x")),
        ("/attachments/0/contentType", json!("x")),
        ("/attachments/0/length", json!("4")),
        ("/attachments/0/length", json!(4.5)),
        ("/attachments/0/sha2", json!("zz")),
        ("/attachments/0/sha2", json!(1)),
        ("/attachments/0/fileUrl", json!("x")),
        ("/attachments/0/more", json!(1)),
    ]));
    // Revision and platform belong to what is done with an activity.
    let person = json!({ "objectType": "Agent", "mbox": "mailto:b@tool.example" });
    for left in ["revision", "platform"] {
        let mut statement = changed("/object", Some(person.clone()));
        let context = statement["context"].as_object_mut().unwrap();
        context.remove(if left == "revision" {
            "platform"
        } else {
            "revision"
        });
        all.push((format!("{left} beside a person"), statement));
    }
    // What may not stand in a statement within a statement.
    let sub = json!({
        "objectType": "SubStatement", "actor": agent, "verb": { "id": "v:v" },
        "object": { "id": "a:a" },
    });
    for (name, value) in [
        ("id", json!("01935000-0000-7000-8000-0000000000bb")),
        ("stored", json!("2026-11-30T08:00:00Z")),
        ("version", json!("1.0.0")),
        ("authority", agent.clone()),
        ("object", sub.clone()),
        ("timestamp", json!("yesterday")),
        ("verb", json!({ "id": "x" })),
    ] {
        let mut within = sub.clone();
        within[name] = value;
        let mut statement = changed("/object", Some(within));
        statement.as_object_mut().unwrap().remove("context");
        all.push((format!("within: {name}"), statement));
    }
    // What takes back names a statement.
    let mut statement = changed(
        "/verb",
        Some(json!({ "id": "http://adlnet.gov/expapi/verbs/voided" })),
    );
    statement.as_object_mut().unwrap().remove("context");
    all.push(("voiding an activity".to_owned(), statement));
    tried(all, 400).await;
}

#[tokio::test]
async fn the_versions_differ_in_what_a_context_may_hold() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        let agents = json!([{ "objectType": "contextAgent", "agent": { "mbox": "mailto:c@tool.example" },
            "relevantTypes": ["https://tool.example/helper"] }]);
        let groups = json!([{ "objectType": "contextGroup",
            "group": { "objectType": "Group", "mbox": "mailto:g@tool.example" } }]);
        for (name, value) in [("contextAgents", agents), ("contextGroups", groups)] {
            let statement = changed(&format!("/context/{name}"), Some(value.clone()));
            program.post("/xapi/2.0/statements", &statement).await.expect(200);
            program.post("/xapi/1.0.3/statements", &statement).await.expect(400);
            for (what, broken) in [
                ("objectType", json!("Agent")),
                ("relevantTypes", json!(["x"])),
                ("relevantTypes", json!([])),
                ("more", json!(1)),
                ("agent", json!({})),
                ("group", json!({})),
            ] {
                let mut value = value.clone();
                value[0][what] = broken;
                let statement = changed(&format!("/context/{name}"), Some(value));
                program.post("/xapi/2.0/statements", &statement).await.expect(400);
            }
        }
        // Found through them, as through whatever else stands in the context.
        let by = "agent=%7B%22mbox%22%3A%22mailto%3Ac%40tool.example%22%7D";
        let near = program.get(&format!("/xapi/2.0/statements?{by}")).await.expect(200);
        assert!(near.ids().is_empty());
        let far = program.get(&format!("/xapi/2.0/statements?{by}&related_agents=true")).await;
        assert_eq!(far.expect(200).ids().len(), 1);
        // What is neither JSON nor one statement.
        for way in ["/xapi/2.0/statements", "/xapi/1.0.3/statements"] {
            for body in ["", "{", "7", "null", "\"a\"", "[1]", "[null]"] {
                let json = [("content-type", "application/json")];
                program.say("POST", way, &json, body).await.expect(400);
            }
            let one = whole();
            let heard = program.post(way, &json!([one, { "actor": {} }])).await.expect(400);
            assert!(heard.text.contains("1: statement.actor"), "{}", heard.text);
        }
        assert_eq!(program.get("/xapi/2.0/statements").await.expect(200).ids().len(), 2);
    })
    .await;
}
