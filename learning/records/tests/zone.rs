//! What programs are told of time does not depend on the site's zone. A zone is kept once for a process: a binary of its own.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use base::{Id, Zone};
use house::{House, migrations};
use records::Scope;
use serde_json::{Value, json};

#[tokio::test]
async fn programs_hear_the_same_moments_from_a_site_in_the_east() {
    Zone::named("Pacific/Auckland").unwrap().keep().unwrap();
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        // Ten on Tuesday morning there.
        let now = h.clock.now();
        assert_eq!(now.to_string(), "2026-11-30T21:00:00Z");
        let program = h.program("tool", &[Scope::All]).await;
        let path = "/xapi/2.0/statements";
        let account = json!({ "homePage": "https://tool.example", "name": "u1" });
        let said = json!({
            "id": Id::named("statement", "one").to_string(),
            "actor": { "account": account },
            "verb": { "id": "http://adlnet.gov/expapi/verbs/completed" },
            "object": { "id": "https://tool.example/a" },
            "timestamp": "2026-11-30T23:30:00+03:00",
        });
        program.post(path, &said).await.expect(200);
        h.clock.advance_seconds(60);
        let one = format!("{path}?statementId={}", said["id"].as_str().unwrap());
        let heard = program.get(&one).await.expect(200);
        assert_eq!(
            heard.headers["last-modified"],
            "Mon, 30 Nov 2026 21:00:00 GMT"
        );
        let stored = heard.json()["stored"].as_str().unwrap().to_owned();
        assert!(stored.starts_with("2026-11-30T21:00:00"), "{stored}");
        for (since, found) in [
            ("2026-11-30T20:59:00Z", 1),
            ("2026-12-01T00:59:00%2B04:00", 1),
            ("2026-11-30T21:00:30Z", 0),
            ("2026-12-01T10:00:30%2B13:00", 0),
        ] {
            let heard = program.get(&format!("{path}?since={since}")).await;
            assert_eq!(heard.expect(200).ids().len(), found, "{since}");
        }

        // Of an erased learner the day stays, as UTC has it.
        let answer = h.answer("one");
        h.with(move |tx, now| records::append_answers(tx, std::slice::from_ref(&answer), now))
            .await
            .unwrap();
        let erasure = [
            ("record_learner_code", h.code.as_str()),
            ("reason", "Asked for"),
            ("record_sure", "yes"),
        ];
        h.olga.act("/records/erasures/new", &erasure).await;
        let all = h.olga.get("/records/export/all.jsonl").await.expect(200);
        let answered = all
            .text
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .find(|one| one["id"] == Id::named("answer", "one").to_string())
            .unwrap();
        assert_eq!(answered["timestamp"], "2026-11-30T00:00:00.000Z");
    })
    .await;
}
