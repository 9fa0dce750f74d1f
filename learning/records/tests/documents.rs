//! Documents beside statements: states, profiles of activities and of agents; what protects them
//! from being overwritten unseen, and where the two versions differ.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use house::{Heard, House, Program, migrations};
use records::Scope;
use serde_json::json;
use web::testing::query;

const WAYS: [&str; 2] = ["/xapi/2.0", "/xapi/1.0.3"];
const JSON: (&str, &str) = ("content-type", "application/json");
const TEXT: (&str, &str) = ("content-type", "text/plain");
const AGENT: &str = r#"{"mbox":"mailto:a@tool.example"}"#;
/// A resource, what names a document in it, and what else its address holds.
type Kind = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);
const KINDS: [Kind; 3] = [
    (
        "activities/state",
        "stateId",
        &[("activityId", "a:a"), ("agent", AGENT)],
    ),
    ("activities/profile", "profileId", &[("activityId", "a:a")]),
    ("agents/profile", "profileId", &[("agent", AGENT)]),
];

/// One document's address, for stories told of each kind in each version.
struct Place {
    way: &'static str,
    resource: &'static str,
    named: &'static str,
    others: &'static [(&'static str, &'static str)],
}

impl Place {
    fn each() -> Vec<Self> {
        let kinds = |way| {
            KINDS
                .into_iter()
                .map(move |(resource, named, others)| Self {
                    way,
                    resource,
                    named,
                    others,
                })
        };
        WAYS.into_iter().flat_map(kinds).collect()
    }
    fn with(&self, more: &[(&str, &str)]) -> String {
        let all: Vec<(&str, &str)> = self.others.iter().chain(more).copied().collect();
        format!("{}/{}?{}", self.way, self.resource, query(&all))
    }
    fn named(&self, name: &str) -> String {
        self.with(&[(self.named, name)])
    }
    fn is_newer(&self) -> bool {
        self.way.ends_with("2.0")
    }
    fn is_state(&self) -> bool {
        self.resource == "activities/state"
    }
}

fn etag(heard: &Heard) -> String {
    heard.headers["etag"].to_str().unwrap().to_owned()
}

async fn put(program: &Program, path: &str, headers: &[(&str, &str)], body: &str) -> Heard {
    program.say("PUT", path, headers, body).await
}

#[tokio::test]
async fn a_document_is_kept_read_merged_and_removed() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        for place in Place::each() {
            let at = place.named("one");
            let new = ("if-none-match", "*");
            program.get(&at).await.expect(404);
            assert_eq!(program.get(&place.with(&[])).await.expect(200).text, "[]");
            put(&program, &at, &[TEXT, new], "as it came \u{2713}")
                .await
                .expect(204);
            let heard = program.get(&at).await.expect(200);
            assert_eq!(heard.text, "as it came \u{2713}");
            assert_eq!(heard.headers["content-type"], "text/plain");
            assert!(heard.headers.contains_key("last-modified"));
            let head = program.say("HEAD", &at, &[], "").await.expect(200);
            assert_eq!(head.headers["etag"], heard.headers["etag"]);
            // Only JSON objects are laid over one another.
            let merge = async |headers: &[(&str, &str)], body: &str| {
                program.say("POST", &at, headers, body).await
            };
            let seen = etag(&heard);
            merge(&[JSON, ("if-match", &seen)], "{\"a\":1}")
                .await
                .expect(400);
            put(
                &program,
                &at,
                &[JSON, ("if-match", &seen)],
                "{\"a\":{\"b\":1},\"c\":2}",
            )
            .await
            .expect(204);
            for (kind, body) in [(TEXT, "x"), (JSON, "[1]"), (JSON, "{"), (JSON, "7")] {
                merge(&[kind], body).await.expect(400);
            }
            merge(&[JSON], "{\"a\":{\"d\":3},\"e\":4}")
                .await
                .expect(204);
            let heard = program.get(&at).await.expect(200);
            assert_eq!(
                heard.json(),
                json!({ "a": { "d": 3 }, "c": 2, "e": 4 }),
                "one level deep"
            );
            // What is not there yet is kept by POST too.
            program
                .say("POST", &place.named("two"), &[JSON], "{\"x\":1}")
                .await
                .expect(204);
            let names = program.get(&place.with(&[])).await.expect(200);
            assert_eq!(names.json(), json!(["one", "two"]));
            assert!(names.headers.contains_key("last-modified"));
            let before = h.clock.now().to_string();
            h.clock.advance_seconds(60);
            let after = h.clock.now().to_string();
            program
                .say("POST", &place.named("two"), &[JSON], "{\"y\":1}")
                .await
                .expect(204);
            let since = async |at: &str| program.get(&place.with(&[("since", at)])).await;
            assert_eq!(since(&before).await.expect(200).json(), json!(["two"]));
            assert_eq!(
                since("2100-01-01T00:00:00Z").await.expect(200).json(),
                json!([])
            );
            since("yesterday").await.expect(400);
            assert!(after > before);
            let seen = etag(&program.get(&at).await);
            program
                .say("DELETE", &at, &[("if-match", &seen)], "")
                .await
                .expect(204);
            program.get(&at).await.expect(404);
            program.get(&place.named("two")).await.expect(200);
            program
                .say("DELETE", &place.named("two"), &[], "")
                .await
                .expect(204);
        }
    })
    .await;
}

#[tokio::test]
async fn a_document_is_not_overwritten_unseen() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        for place in Place::each() {
            let at = place.named("guarded");
            // The older version asks for a condition where a profile is put; the newer one only where
            // something would be lost.
            let bare = put(&program, &at, &[JSON], "{\"n\":1}").await;
            let first = if place.is_newer() || place.is_state() {
                204
            } else {
                400
            };
            bare.expect(first);
            if first == 400 {
                let none = ("if-none-match", "*");
                put(&program, &at, &[JSON, none], "{\"n\":1}")
                    .await
                    .expect(204);
            }
            let unseen = put(&program, &at, &[JSON], "{\"n\":2}").await;
            if place.is_newer() || !place.is_state() {
                assert!(
                    unseen.expect(409).text.contains("If-Match"),
                    "it says what to do"
                );
                assert_eq!(program.get(&at).await.json(), json!({ "n": 1 }));
            } else {
                unseen.expect(204);
            }
            let seen = etag(&program.get(&at).await);
            assert!(seen.starts_with('"') && seen.ends_with('"'));
            for method in ["PUT", "POST", "DELETE"] {
                for wrong in [
                    ("if-match", "\"0000\""),
                    ("if-none-match", "*"),
                    ("if-none-match", seen.as_str()),
                ] {
                    let heard = program.say(method, &at, &[JSON, wrong], "{\"n\":3}").await;
                    heard.expect(412);
                }
            }
            assert_eq!(etag(&program.get(&at).await), seen, "nothing was changed");
            let right = ("if-match", seen.as_str());
            put(&program, &at, &[JSON, right], "{\"n\":4}")
                .await
                .expect(204);
            put(&program, &at, &[JSON, right], "{\"n\":5}")
                .await
                .expect(412);
            let next = etag(&program.get(&at).await);
            assert_ne!(next, seen);
            let either = format!("\"0000\", {next}");
            program
                .say("POST", &at, &[JSON, ("if-match", &either)], "{\"m\":1}")
                .await
                .expect(204);
            assert_eq!(program.get(&at).await.json(), json!({ "m": 1, "n": 4 }));
            program
                .say("DELETE", &at, &[("if-match", "*")], "")
                .await
                .expect(204);
            put(&program, &at, &[JSON, ("if-match", "*")], "{}")
                .await
                .expect(412);
        }
    })
    .await;
}

#[tokio::test]
async fn an_address_is_whole_and_holds_nothing_else() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        for place in Place::each() {
            let at = place.named("one");
            let tried = async |method: &str, path: &str| {
                program
                    .say(method, path, &[JSON, ("if-none-match", "*")], "{}")
                    .await
            };
            for method in ["GET", "PUT", "POST", "DELETE"] {
                for (missing, _) in place.others {
                    let left: Vec<(&str, &str)> = place
                        .others
                        .iter()
                        .filter(|(name, _)| name != missing)
                        .copied()
                        .chain([(place.named, "one")])
                        .collect();
                    let path = format!("{}/{}?{}", place.way, place.resource, query(&left));
                    tried(method, &path).await.expect(400);
                }
                tried(method, &format!("{at}&more=1")).await.expect(400);
                for (name, wrong) in [("agent", "{}"), ("agent", "x"), ("activityId", "x")] {
                    if place.others.iter().any(|(known, _)| *known == name) {
                        let other: Vec<(&str, &str)> = place
                            .others
                            .iter()
                            .map(|(known, value)| {
                                (*known, if *known == name { wrong } else { *value })
                            })
                            .chain([(place.named, "one")])
                            .collect();
                        let path = format!("{}/{}?{}", place.way, place.resource, query(&other));
                        tried(method, &path).await.expect(400);
                    }
                }
            }
            tried("PUT", &place.with(&[])).await.expect(400);
            tried("POST", &place.with(&[])).await.expect(400);
            tried("PATCH", &at).await.expect(405);
            if place.is_state() {
                tried("PUT", &format!("{at}&registration=x"))
                    .await
                    .expect(400);
            } else {
                tried("DELETE", &place.with(&[])).await.expect(400);
                tried("GET", &format!("{at}&registration=x"))
                    .await
                    .expect(400);
            }
            put(&program, &at, &[JSON, ("if-none-match", "*")], "{")
                .await
                .expect(400);
            program.get(&at).await.expect(404);
        }
        // States of one registration are apart from those of another; all of them go at once.
        for way in WAYS {
            let place = Place {
                way,
                resource: KINDS[0].0,
                named: KINDS[0].1,
                others: KINDS[0].2,
            };
            let of = |number: u8| format!("01935000-0000-7000-8000-0000000000{number:02}");
            for number in [1, 2] {
                let at = format!("{}&registration={}", place.named("s"), of(number));
                put(&program, &at, &[TEXT], &number.to_string())
                    .await
                    .expect(204);
            }
            let at = format!("{}&registration={}", place.named("s"), of(2));
            assert_eq!(program.get(&at).await.expect(200).text, "2");
            program.get(&place.named("s")).await.expect(404);
            let one = format!("{}&registration={}", place.with(&[]), of(1));
            program.say("DELETE", &one, &[], "").await.expect(204);
            assert_eq!(program.get(&one).await.expect(200).text, "[]");
            assert_eq!(program.get(&at).await.expect(200).text, "2");
            program
                .say("DELETE", &place.with(&[]), &[], "")
                .await
                .expect(204);
            program.get(&at).await.expect(404);
        }
    })
    .await;
}
