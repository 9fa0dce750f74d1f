//! Attachments: bodies of several parts, whole and broken, and how the bytes come back.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use data_encoding::HEXLOWER;
use house::{Heard, House, Program, migrations};
use records::Scope;
use serde_json::{Value, json};
use sha2::{Digest, Sha256, Sha384, Sha512};

const WAYS: [&str; 2] = ["/xapi/2.0", "/xapi/1.0.3"];
const NOTE: &str = "A note.\r\nWith --edges of its own \u{2713}";

fn sha2(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

fn with(attachments: Value) -> Value {
    json!({
        "id": base::Uuid::new_v4().to_string(),
        "actor": { "mbox": "mailto:a@tool.example" },
        "verb": { "id": "https://tool.example/did" },
        "object": { "id": "https://tool.example/a" },
        "attachments": attachments,
    })
}

fn note(sha2: &str) -> Value {
    json!({
        "usageType": "https://tool.example/note", "display": { "en": "Note" },
        "contentType": "text/plain", "length": NOTE.len(), "sha2": sha2,
    })
}

/// The heads of a part as they must be.
fn heads(sha2: &str) -> String {
    format!(
        "Content-Type: text/plain\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: {sha2}"
    )
}

fn body(first: &str, json: &str, parts: &[(String, &str)]) -> String {
    let mut body = format!("--edge\r\n{first}\r\n\r\n{json}\r\n");
    for (heads, bytes) in parts {
        body.push_str(&format!("--edge\r\n{heads}\r\n\r\n{bytes}\r\n"));
    }
    body + "--edge--\r\n"
}

async fn post(program: &Program, way: &str, kind: &str, body: &str) -> Heard {
    let path = format!("{way}/statements");
    program
        .say("POST", &path, &[("content-type", kind)], body)
        .await
}

const MIXED: &str = "multipart/mixed; boundary=edge";
const FIRST: &str = "Content-Type: application/json";

#[tokio::test]
async fn attachments_come_back_as_they_were_sent() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        for way in WAYS {
            for sha2 in [
                sha2(NOTE),
                HEXLOWER.encode(&Sha384::digest(NOTE.as_bytes())),
                HEXLOWER.encode(&Sha512::digest(NOTE.as_bytes())),
            ] {
                let one = with(json!([note(&sha2)]));
                let sent = body(FIRST, &one.to_string(), &[(heads(&sha2), NOTE)]);
                post(&program, way, MIXED, &sent).await.expect(200);
                let at = format!(
                    "{way}/statements?statementId={}",
                    one["id"].as_str().unwrap()
                );
                let bare = program.get(&at).await.expect(200);
                assert_eq!(bare.headers["content-type"], "application/json");
                assert_eq!(bare.json()["attachments"][0]["sha2"], sha2);
                for path in [
                    format!("{at}&attachments=true"),
                    format!("{way}/statements?limit=1&attachments=true"),
                ] {
                    let heard = program.get(&path).await.expect(200);
                    let kind = heard.headers["content-type"].to_str().unwrap();
                    assert!(kind.starts_with("multipart/mixed; boundary="));
                    let edge = kind.split('=').nth(1).unwrap();
                    let pieces: Vec<&str> = heard.text.split(&format!("--{edge}")).collect();
                    assert_eq!(pieces.len(), 4, "{}", heard.text);
                    assert!(pieces[1].contains("application/json"));
                    assert!(pieces[2].contains(&sha2) && pieces[2].contains(NOTE));
                    assert!(pieces[2].contains("Content-Transfer-Encoding: binary"));
                }
            }
            // Two statements may share the bytes; an address needs none; neither do parts.
            let both = json!([
                with(json!([note(&sha2(NOTE))])),
                with(json!([note(&sha2(NOTE))]))
            ]);
            let sent = body(FIRST, &both.to_string(), &[(heads(&sha2(NOTE)), NOTE)]);
            post(&program, way, MIXED, &sent).await.expect(200);
            let mut elsewhere = note(&sha2("elsewhere"));
            elsewhere["fileUrl"] = "https://tool.example/note.txt".into();
            let one = with(json!([elsewhere]));
            post(&program, way, MIXED, &body(FIRST, &one.to_string(), &[]))
                .await
                .expect(200);
            let one = with(json!([elsewhere]));
            post(&program, way, "application/json", &one.to_string())
                .await
                .expect(200);
            let one = with(json!([]));
            post(&program, way, MIXED, &body(FIRST, &one.to_string(), &[]))
                .await
                .expect(200);
            let quoted = "multipart/mixed; charset=utf-8; boundary=\"edge\"";
            let one = with(json!([]));
            post(&program, way, quoted, &body(FIRST, &one.to_string(), &[]))
                .await
                .expect(200);
            // Put, too; and an attachment of a statement within the statement.
            let mut one = with(json!([]));
            one["object"] = json!({ "objectType": "SubStatement", "actor": one["actor"],
                "verb": one["verb"], "object": one["object"], "attachments": [note(&sha2(NOTE))] });
            let sent = body(FIRST, &one.to_string(), &[(heads(&sha2(NOTE)), NOTE)]);
            let at = format!(
                "{way}/statements?statementId={}",
                one["id"].as_str().unwrap()
            );
            program
                .say("PUT", &at, &[("content-type", MIXED)], &sent)
                .await
                .expect(204);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_broken_or_too_much_is_turned_away() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        let sha2 = sha2(NOTE);
        let one = with(json!([note(&sha2)])).to_string();
        let none = with(json!([])).to_string();
        let part = || (heads(&sha2), NOTE);
        let other = "0".repeat(64);
        let without = |name: &str| {
            let heads = heads(&sha2);
            let left: Vec<&str> = heads
                .split("\r\n")
                .filter(|line| !line.starts_with(name))
                .collect();
            (left.join("\r\n"), NOTE)
        };
        let whole = body(FIRST, &one, &[part()]);
        let cases = [
            ("bytes missing", MIXED, body(FIRST, &one, &[])),
            ("bytes missing", "application/json", one.clone()),
            ("a part too many", MIXED, body(FIRST, &none, &[part()])),
            (
                "other bytes",
                MIXED,
                body(FIRST, &one, &[(heads(&sha2), "Another note.")]),
            ),
            (
                "another digest",
                MIXED,
                body(FIRST, &one, &[(heads(&other), NOTE)]),
            ),
            (
                "no digest",
                MIXED,
                body(FIRST, &one, &[(heads("abc"), NOTE)]),
            ),
            (
                "no hash",
                MIXED,
                body(FIRST, &one, &[without("X-Experience")]),
            ),
            (
                "no encoding",
                MIXED,
                body(FIRST, &one, &[without("Content-Transfer")]),
            ),
            ("another encoding", MIXED, whole.replace("binary", "base64")),
            (
                "statements not first",
                MIXED,
                body(&heads(&sha2), NOTE, &[(FIRST.to_owned(), &one)]),
            ),
            (
                "statements in two parts",
                MIXED,
                body(FIRST, &one, &[(FIRST.to_owned(), &none), part()]),
            ),
            ("no JSON", MIXED, body(FIRST, "{", &[part()])),
            ("no boundary", "multipart/mixed", whole.clone()),
            (
                "another boundary",
                "multipart/mixed; boundary=other",
                whole.clone(),
            ),
            (
                "form data",
                "multipart/form-data; boundary=edge",
                whole.clone(),
            ),
            ("cut off", MIXED, whole.replace("--edge--", "")),
            (
                "no head ends",
                MIXED,
                "--edge\r\nContent-Type: application/json\r\n--edge--\r\n".to_owned(),
            ),
            ("empty", MIXED, String::new()),
            ("only an end", MIXED, "--edge--".to_owned()),
        ];
        for way in WAYS {
            for (what, kind, body) in &cases {
                let heard = post(&program, way, kind, body).await;
                assert_eq!(heard.status.as_u16(), 400, "{way} {what}: {}", heard.text);
            }
        }
        assert!(
            program
                .get("/xapi/2.0/statements")
                .await
                .expect(200)
                .ids()
                .is_empty()
        );
    })
    .await;
}
