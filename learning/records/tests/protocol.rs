//! The statements resource as the protocol has it: headers of both versions, the other way to write
//! a request, what is asked for and how it is handed out.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use base::Id;
use house::{House, migrations};
use records::Scope;
use serde_json::{Value, json};
use web::testing::query;

const WAYS: [&str; 2] = ["/xapi/2.0", "/xapi/1.0.3"];
const JSON: (&str, &str) = ("content-type", "application/json");
const VOIDED: &str = "http://adlnet.gov/expapi/verbs/voided";

fn id(name: &str) -> String {
    Id::named("statement", name).to_string()
}

fn said(name: &str) -> Value {
    json!({
        "id": id(name),
        "actor": { "mbox": format!("mailto:{name}@tool.example"), "name": "Amina" },
        "verb": { "id": format!("https://tool.example/verb/{name}"), "display": { "en": "did", "fr": "a fait" } },
        "object": {
            "id": format!("https://tool.example/activity/{name}"),
            "definition": { "name": { "en": "Lesson", "fr": "Leçon" } },
        },
    })
}

#[tokio::test]
async fn every_request_names_a_version_of_its_path_and_comes_with_a_key() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        for (way, named, good, bad) in [
            (
                "/xapi/2.0",
                "2.0.0",
                ["2.0", "2.0.0", "2.0.7"],
                ["1.0.3", "2", "2.1.0", "2.0.x", ""],
            ),
            (
                "/xapi/1.0.3",
                "1.0.3",
                ["1.0", "1.0.0", "1.0.9"],
                ["2.0.0", "0.95", "1", "1.1.0", "1.0."],
            ),
        ] {
            let path = format!("{way}/statements");
            for version in good {
                let heard = program
                    .with_version(version)
                    .say("GET", &path, &[], "")
                    .await
                    .expect(200);
                assert_eq!(heard.headers["x-experience-api-version"], named);
            }
            for version in bad {
                let heard = program
                    .with_version(version)
                    .say("GET", &path, &[], "")
                    .await
                    .expect(400);
                assert_eq!(
                    heard.headers["x-experience-api-version"], named,
                    "errors too"
                );
                assert!(
                    heard
                        .headers
                        .contains_key("x-experience-api-consistent-through")
                );
                assert!(heard.json()["error"].is_string());
            }
            program
                .without("x-experience-api-version")
                .get(&path)
                .await
                .expect(400);
            // Nobody needs a key or a version to ask which versions are spoken.
            let bare = program
                .without("x-experience-api-version")
                .without("authorization");
            let about = bare.get(&format!("{way}/about")).await.expect(200);
            let versions = about.json()["version"].clone();
            assert!(versions.as_array().unwrap().contains(&json!(named)));
            bare.say("HEAD", &format!("{way}/about"), &[], "")
                .await
                .expect(200);
            bare.say("POST", &format!("{way}/about"), &[], "")
                .await
                .expect(405);
            let heard = program
                .without("authorization")
                .get(&path)
                .await
                .expect(401);
            assert!(
                heard.headers["www-authenticate"]
                    .to_str()
                    .unwrap()
                    .starts_with("Basic")
            );
            for wrong in ["tool:wrong", "nobody:wrong", "", ":", "tool"] {
                let mut other = program.clone();
                wrong.clone_into(&mut other.key);
                other.get(&path).await.expect(401);
                other
                    .say(
                        "PUT",
                        &format!("{path}?statementId={}", id("a")),
                        &[JSON],
                        "{}",
                    )
                    .await;
            }
            program.get(&format!("{way}/nothing")).await.expect(404);
            for method in ["DELETE", "PATCH"] {
                program.say(method, &path, &[], "").await.expect(405);
            }
            for resource in ["activities", "agents"] {
                program
                    .say("POST", &format!("{way}/{resource}"), &[JSON], "{}")
                    .await
                    .expect(405);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_put_has_the_id_it_was_put_under() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        for way in WAYS {
            let name = format!("put{}", way.len());
            let path = format!("{way}/statements");
            let at = format!("{path}?statementId={}", id(&name));
            let one = said(&name).to_string();
            let put = async |path: &str, body: &str| program.say("PUT", path, &[JSON], body).await;
            put(&path, &one).await.expect(400);
            put(&format!("{path}?statementId=x"), &one)
                .await
                .expect(400);
            put(&format!("{at}&more=1"), &one).await.expect(400);
            put(&format!("{path}?statementId={}", id("other")), &one)
                .await
                .expect(400);
            put(&at, &format!("[{one}]")).await.expect(400);
            let done = put(&at, &one).await.expect(204);
            assert!(done.text.is_empty());
            put(&at, &one).await.expect(204);
            let mut other = said(&name);
            other["object"]["id"] = "https://tool.example/other".into();
            put(&at, &other.to_string()).await.expect(409);
            let kept = program.get(&at).await.expect(200).json();
            assert_eq!(kept["object"]["id"], said(&name)["object"]["id"]);
            // Without an id of its own it gets the one it was put under.
            let later = format!("{path}?statementId={}", id(&format!("{name}later")));
            let mut bare = said(&name);
            bare.as_object_mut().unwrap().remove("id");
            put(&later, &bare.to_string()).await.expect(204);
            program.get(&later).await.expect(200);
            program
                .say("PUT", &at, &[("content-type", "text/plain")], &one)
                .await
                .expect(400);
            program.say("POST", &path, &[], &one).await.expect(400);
        }
    })
    .await;
}

#[tokio::test]
async fn a_batch_is_kept_whole_or_not_at_all_and_the_store_adds_what_is_its_own() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        for (n, way) in WAYS.into_iter().enumerate() {
            let path = format!("{way}/statements");
            let names: Vec<String> = (0..3).map(|m| format!("batch{n}{m}")).collect();
            let all: Vec<Value> = names.iter().map(|name| said(name)).collect();
            let twice = json!([all[0], all[1], all[0]]);
            program.post(&path, &twice).await.expect(400);
            let mut broken = all.clone();
            broken[2]["verb"] = json!({});
            program.post(&path, &json!(broken)).await.expect(400);
            for name in &names {
                program
                    .get(&format!("{path}?statementId={}", id(name)))
                    .await
                    .expect(404);
            }
            let done = program.post(&path, &json!(all)).await.expect(200).json();
            assert_eq!(
                done,
                json!(names.iter().map(|name| id(name)).collect::<Vec<_>>())
            );
            let mut bare = said("none");
            let object = bare.as_object_mut().unwrap();
            object.remove("id");
            object.insert("stored".to_owned(), json!("2020-01-01T00:00:00Z"));
            object.insert(
                "authority".to_owned(),
                json!({ "mbox": "mailto:x@tool.example" }),
            );
            let made = program.post(&path, &bare).await.expect(200).json();
            let at = format!("{path}?statementId={}", made[0].as_str().unwrap());
            h.clock.advance_seconds(1);
            let heard = program.get(&at).await.expect(200);
            let kept = heard.json();
            assert_eq!(
                kept["authority"]["account"]["name"], "tool",
                "who it came from"
            );
            assert!(kept["stored"].as_str().unwrap().starts_with("2026-12-01T"));
            assert_eq!(kept["timestamp"], kept["stored"], "nobody said when it was");
            let version = kept["version"].as_str().unwrap();
            assert!(version.starts_with(if n == 0 { "2.0" } else { "1.0" }));
            let changed = heard.headers["last-modified"].to_str().unwrap();
            assert!(changed.starts_with("Tue, 01 Dec 2026"), "{changed}");
            program.post(&path, &json!([])).await;
            let through = heard.headers["x-experience-api-consistent-through"]
                .to_str()
                .unwrap();
            assert!(through >= kept["stored"].as_str().unwrap(), "{through}");
        }
        // All letters come back as they were.
        let mut one = said("letters");
        one["object"]["definition"]["name"] =
            json!({ "ar": "الكسور", "am": "ክፍልፋዮች", "zh": "分數 \u{1F44B}" });
        program.post("/xapi/2.0/statements", &one).await.expect(200);
        let kept = program
            .get(&format!(
                "/xapi/1.0.3/statements?statementId={}",
                id("letters")
            ))
            .await;
        let kept = kept.expect(200).json();
        assert_eq!(kept["object"]["definition"], one["object"]["definition"]);
    })
    .await;
}

#[tokio::test]
async fn statements_are_found_by_each_filter_alone_and_together() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        let mut first = said("a");
        first["context"] = json!({
            "registration": id("registration"),
            "instructor": { "mbox": "mailto:teacher@tool.example" },
            "contextActivities": { "parent": [{ "id": "https://tool.example/course" }] },
        });
        program
            .post("/xapi/2.0/statements", &first)
            .await
            .expect(200);
        h.clock.advance_seconds(60);
        let between = h.clock.now().to_string();
        h.clock.advance_seconds(60);
        program
            .post("/xapi/2.0/statements", &said("b"))
            .await
            .expect(200);
        h.clock.advance_seconds(60);
        let mut third = said("c");
        third["object"] = json!({ "objectType": "SubStatement",
            "actor": { "mbox": "mailto:a@tool.example" }, "verb": { "id": "v:v" },
            "object": { "id": "https://tool.example/activity/a" } });
        program
            .post("/xapi/2.0/statements", &third)
            .await
            .expect(200);
        let agent =
            |name: &str| json!({ "mbox": format!("mailto:{name}@tool.example") }).to_string();
        let registration = id("registration");
        let (a, b, c) = (id("a"), id("b"), id("c"));
        for way in WAYS {
            for (asked, expected) in [
                (vec![], vec![&c, &b, &a]),
                (vec![("ascending", "true")], vec![&a, &b, &c]),
                (vec![("limit", "1")], vec![&c]),
                (vec![("limit", "0")], vec![&c, &b, &a]),
                (vec![("verb", "https://tool.example/verb/b")], vec![&b]),
                (
                    vec![("activity", "https://tool.example/activity/a")],
                    vec![&a],
                ),
                (
                    vec![
                        ("activity", "https://tool.example/activity/a"),
                        ("related_activities", "true"),
                    ],
                    vec![&c, &a],
                ),
                (vec![("activity", "https://tool.example/course")], vec![]),
                (
                    vec![
                        ("activity", "https://tool.example/course"),
                        ("related_activities", "true"),
                    ],
                    vec![&a],
                ),
                (vec![("agent", &agent("a"))], vec![&a]),
                (
                    vec![("agent", &agent("a")), ("related_agents", "true")],
                    vec![&c, &a],
                ),
                (vec![("agent", &agent("teacher"))], vec![]),
                (
                    vec![("agent", &agent("teacher")), ("related_agents", "true")],
                    vec![&a],
                ),
                (vec![("registration", &registration)], vec![&a]),
                (vec![("since", &between)], vec![&c, &b]),
                (vec![("until", &between)], vec![&a]),
                (
                    vec![("since", &between), ("verb", "https://tool.example/verb/c")],
                    vec![&c],
                ),
                (
                    vec![
                        ("agent", &agent("a")),
                        ("verb", "https://tool.example/verb/b"),
                    ],
                    vec![],
                ),
            ] {
                let path = format!("{way}/statements?{}", query(&asked));
                let heard = program.get(&path).await.expect(200);
                assert_eq!(heard.ids().iter().collect::<Vec<_>>(), expected, "{path}");
                assert!(
                    heard
                        .headers
                        .contains_key("x-experience-api-consistent-through")
                );
                let head = program.say("HEAD", &path, &[], "").await.expect(200);
                assert_eq!(head.headers["content-type"], heard.headers["content-type"]);
            }
            for wrong in [
                "agent=x",
                "agent=%7B%7D",
                "agent=a%40b.c",
                "verb=x",
                "activity=x",
                "registration=x",
                "since=x",
                "until=yesterday",
                "limit=x",
                "limit=-1",
                "ascending=1",
                "ascending=TRUE",
                "related_agents=yes",
                "related_activities=yes",
                "attachments=1",
                "format=short",
                "Verb=v:v",
                "statementid=x",
                "cursor=x",
                "limit=1&limit=2",
            ] {
                program
                    .get(&format!("{way}/statements?{wrong}"))
                    .await
                    .expect(400);
            }
            for one in ["statementId", "voidedStatementId"] {
                for beside in [
                    format!(
                        "agent={}",
                        query(&[("", &agent("a"))]).trim_start_matches('=')
                    ),
                    "verb=v:v".to_owned(),
                    "activity=a:a".to_owned(),
                    "limit=1".to_owned(),
                    format!("registration={registration}"),
                    "since=2026-01-01T00:00:00Z".to_owned(),
                    "until=2026-01-01T00:00:00Z".to_owned(),
                    "ascending=true".to_owned(),
                    "related_agents=true".to_owned(),
                    "related_activities=true".to_owned(),
                ] {
                    program
                        .get(&format!("{way}/statements?{one}={a}&{beside}"))
                        .await
                        .expect(400);
                }
                program
                    .get(&format!("{way}/statements?{one}=x"))
                    .await
                    .expect(400);
            }
            program
                .get(&format!(
                    "{way}/statements?statementId={a}&voidedStatementId={a}"
                ))
                .await
                .expect(400);
            program
                .get(&format!(
                    "{way}/statements?statementId={a}&format=ids&attachments=false"
                ))
                .await
                .expect(200);
        }
        // Voided: gone from every list, there for whoever asks for it as voided; what voids stays.
        let void = json!({ "id": id("v"), "actor": { "mbox": "mailto:v@tool.example" },
            "verb": { "id": VOIDED }, "object": { "objectType": "StatementRef", "id": a } });
        program
            .post("/xapi/1.0.3/statements", &void)
            .await
            .expect(200);
        for way in WAYS {
            let by = format!("{way}/statements?{}", query(&[("agent", &agent("a"))]));
            assert_eq!(
                program.get(&by).await.expect(200).ids(),
                [id("v")],
                "what is about it"
            );
            program
                .get(&format!("{way}/statements?statementId={a}"))
                .await
                .expect(404);
            let kept = program
                .get(&format!("{way}/statements?voidedStatementId={a}"))
                .await
                .expect(200);
            assert_eq!(kept.json()["id"], a);
            program
                .get(&format!("{way}/statements?voidedStatementId={b}"))
                .await
                .expect(404);
        }
    })
    .await;
}

#[tokio::test]
async fn pages_follow_one_another_and_what_comes_later_disturbs_none() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        let mut posted = Vec::new();
        for n in 0..7 {
            let mut one = said(&format!("page{n}"));
            one["verb"]["id"] = "https://tool.example/did".into();
            program.post("/xapi/2.0/statements", &one).await.expect(200);
            posted.push(id(&format!("page{n}")));
            h.clock.advance_seconds(1);
        }
        for way in WAYS {
            let asked = [
                ("verb", "https://tool.example/did"),
                ("limit", "3"),
                ("format", "ids"),
            ];
            let mut path = format!("{way}/statements?{}", query(&asked));
            let mut seen = Vec::new();
            for page in 0.. {
                let heard = program.get(&path).await.expect(200);
                let json = heard.json();
                assert_eq!(json.as_object().unwrap().len(), 2, "statements and more");
                assert!(
                    json["statements"][0]["actor"].get("name").is_none(),
                    "in the form asked for"
                );
                seen.extend(heard.ids());
                if page == 0 {
                    let mut late = said(&format!("late{}", way.len()));
                    late["verb"]["id"] = "https://tool.example/did".into();
                    program
                        .post("/xapi/2.0/statements", &late)
                        .await
                        .expect(200);
                }
                match json["more"].as_str().unwrap() {
                    "" => break,
                    more => {
                        assert!(more.starts_with(way), "{more}");
                        more.clone_into(&mut path);
                    }
                }
            }
            let mut all: Vec<String> = seen.into_iter().filter(|id| posted.contains(id)).collect();
            all.reverse();
            assert_eq!(all, posted);
        }
    })
    .await;
}

#[tokio::test]
async fn a_statement_is_handed_out_whole_in_short_or_in_a_language() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        let mut one = said("format");
        one["context"] = json!({ "contextActivities": { "parent": { "id": "a:a", "definition": { "name": { "en": "X" } } } } });
        program.post("/xapi/2.0/statements", &one).await.expect(200);
        for way in WAYS {
            let at = format!("{way}/statements?statementId={}", id("format"));
            let exact = program.get(&format!("{at}&format=exact")).await.expect(200).json();
            assert_eq!(exact["actor"]["name"], "Amina");
            assert_eq!(exact["verb"], one["verb"]);
            assert_eq!(exact["context"]["contextActivities"]["parent"][0]["id"], "a:a", "always a list");
            let short = program.get(&format!("{at}&format=ids")).await.expect(200).json();
            assert_eq!(short["actor"], json!({ "mbox": "mailto:format@tool.example" }));
            assert!(short["object"].get("definition").is_none());
            let french = [("accept-language", "fr-CA, fr;q=0.8, en;q=0.1")];
            let heard = program.say("GET", &format!("{at}&format=canonical"), &french, "").await;
            let canonical = heard.expect(200).json();
            assert_eq!(canonical["object"]["definition"]["name"], json!({ "fr": "Leçon" }));
            assert_eq!(canonical["verb"]["display"], json!({ "fr": "a fait" }));
            let page = program.say("GET", &format!("{way}/statements?format=canonical"), &french, "").await;
            assert_eq!(page.expect(200).json()["statements"][0]["verb"]["display"], json!({ "fr": "a fait" }));
            // What is known of the activity and of the agent.
            let activity = format!("{way}/activities?activityId=https%3A%2F%2Ftool.example%2Factivity%2Fformat");
            let known = program.get(&activity).await.expect(200).json();
            assert_eq!(known["definition"]["name"]["fr"], "Leçon");
            let unknown = program.get(&format!("{way}/activities?activityId=a:unknown")).await.expect(200);
            assert_eq!(unknown.json()["id"], "a:unknown");
            for wrong in ["", "?activityId=x", "?activityId=a:a&more=1"] {
                program.get(&format!("{way}/activities{wrong}")).await.expect(400);
            }
            let agent = query(&[("agent", &json!({ "mbox": "mailto:format@tool.example" }).to_string())]);
            let person = program.get(&format!("{way}/agents?{agent}")).await.expect(200).json();
            assert_eq!(person, json!({ "objectType": "Person", "name": ["Amina"], "mbox": ["mailto:format@tool.example"] }));
            for wrong in ["", "?agent=x", "?agent=%7B%7D"] {
                program.get(&format!("{way}/agents{wrong}")).await.expect(400);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_older_version_knows_requests_written_as_a_form() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        let key = data_encoding::BASE64.encode(program.key.as_bytes());
        let basic = format!("Basic {key}");
        let bare = program
            .without("authorization")
            .without("x-experience-api-version");
        let form = [("content-type", "application/x-www-form-urlencoded")];
        let heads = [
            ("Authorization", basic.as_str()),
            ("X-Experience-API-Version", "1.0.3"),
        ];
        let written =
            |more: &[(&str, &str)]| query(&heads.iter().chain(more).copied().collect::<Vec<_>>());
        let one = said("form").to_string();
        let statement = id("form");
        let path = "/xapi/1.0.3/statements";
        let body = written(&[
            ("statementId", &statement),
            ("content", &one),
            ("Content-Type", "application/json"),
        ]);
        bare.say("POST", &format!("{path}?method=PUT"), &form, &body)
            .await
            .expect(204);
        let body = written(&[("statementId", &statement)]);
        let kept = bare
            .say("POST", &format!("{path}?method=GET"), &form, &body)
            .await
            .expect(200);
        assert_eq!(kept.json()["id"], statement);
        bare.say("POST", &format!("{path}?method=HEAD"), &form, &body)
            .await
            .expect(200);
        let agent = json!({ "mbox": "mailto:a@tool.example" }).to_string();
        let place = [
            ("activityId", "a:a"),
            ("agent", agent.as_str()),
            ("stateId", "s"),
        ];
        let state = "/xapi/1.0.3/activities/state";
        let with =
            |more: &[(&str, &str)]| written(&place.iter().chain(more).copied().collect::<Vec<_>>());
        let body = with(&[
            ("content", "{\"a\":1}"),
            ("Content-Type", "application/json"),
        ]);
        bare.say("POST", &format!("{state}?method=PUT"), &form, &body)
            .await
            .expect(204);
        let heard = bare
            .say("POST", &format!("{state}?method=GET"), &form, &with(&[]))
            .await;
        assert_eq!(heard.expect(200).text, "{\"a\":1}");
        bare.say("POST", &format!("{state}?method=DELETE"), &form, &with(&[]))
            .await
            .expect(204);
        bare.say("POST", &format!("{state}?method=GET"), &form, &with(&[]))
            .await
            .expect(404);
        // Not with other methods, nothing beside it, no method that is none, no body without content.
        let body = written(&[("statementId", &statement)]);
        program
            .say("PUT", &format!("{path}?method=GET"), &form, &body)
            .await
            .expect(400);
        bare.say("POST", &format!("{path}?method=GET&limit=1"), &form, &body)
            .await
            .expect(400);
        bare.say("POST", &format!("{path}?method=LOOK"), &form, &body)
            .await
            .expect(400);
        bare.say("POST", &format!("{path}?method=PUT"), &form, &body)
            .await
            .expect(400);
        bare.say(
            "POST",
            &format!("{path}?method=GET"),
            &form,
            "statementId=%zz",
        )
        .await
        .expect(400);
        let nobody = query(&[
            ("statementId", statement.as_str()),
            ("X-Experience-API-Version", "1.0.3"),
        ]);
        bare.say("POST", &format!("{path}?method=GET"), &form, &nobody)
            .await
            .expect(401);
        program
            .say("POST", "/xapi/2.0/statements?method=GET", &form, &body)
            .await
            .expect(400);
    })
    .await;
}
