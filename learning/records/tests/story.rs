//! Programs come with keys, statements are kept once, taken back, found, exported, and lose their
//! person when they must.

mod house;

use base::Id;
use house::{House, migrations};
use people::testing::all_is_well;
use records::{Kept, Scope, Whose};
use serde_json::{Value, json};

fn said(id: &str, verb: &str, object: Value) -> Value {
    json!({
        "id": id,
        "actor": { "account": { "homePage": "https://tool.example", "name": "p1" } },
        "verb": { "id": verb },
        "object": object,
    })
}

fn id(name: &str) -> String {
    Id::named("statement", name).to_string()
}

const DID: &str = "https://tool.example/did";
const VOIDED: &str = "http://adlnet.gov/expapi/verbs/voided";

fn about(name: &str) -> Value {
    json!({ "objectType": "StatementRef", "id": id(name) })
}

#[tokio::test]
async fn an_officer_makes_a_key_and_a_program_comes_in_until_it_ends() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        h.nobody.get("/records").await.expect(303);
        assert!(h.olga.get("/records").await.expect(200).says("/xapi/2.0"));
        h.olga.get("/records/keys").await.expect(200);
        let refused = h
            .olga
            .post("/records/keys/new", "label=Quiz&record_ends_on=2026-11-01&record_scopes=write")
            .await
            .expect(422);
        assert!(refused.says("This day is over already."));
        let shown = h
            .olga
            .act(
                "/records/keys/new",
                &[
                    ("label", "Quiz"),
                    ("record_scopes", "write"),
                    ("record_scopes", "read_mine"),
                ],
            )
            .await;
        let page = h.olga.get(&shown.location).await.expect(200);
        let key = page
            .text
            .split(|c: char| c.is_whitespace() || c == '<' || c == '>' || c == '"')
            .find(|word| word.len() > 50 && word.contains(':') && !word.contains('/'))
            .unwrap()
            .to_owned();
        let mut program = h.program("other", &[Scope::All]).await;
        program.key = key;
        let one = said(&id("a"), DID, json!({ "id": "https://tool.example/a" }));
        program.post("/xapi/2.0/statements", &one).await.expect(200);
        let mine = program.get("/xapi/2.0/statements").await.expect(200);
        assert_eq!(mine.ids(), [id("a")]);
        let state = "/xapi/2.0/activities/state?activityId=a:a&stateId=x&agent=%7B%22mbox%22%3A%22mailto%3Aa%40b.c%22%7D";
        program.get(state).await.expect(403);
        let list = h.olga.get("/records/keys").await.expect(200);
        assert!(list.says("Quiz") && list.says("write statements"));
        let before = list.text.split(">Quiz").next().unwrap();
        let path = before.rsplit('"').nth(1).unwrap().to_owned();
        h.olga.get(&path).await.expect(200);
        h.olga.act(&format!("{path}/ending"), &[]).await;
        h.olga.post(&format!("{path}/ending"), "").await.expect(422);
        let out = program.get("/xapi/2.0/statements").await.expect(401);
        assert!(out.headers.contains_key("www-authenticate"));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_key_reads_only_what_its_scopes_say() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let writer = h.program("writer", &[Scope::Write]).await;
        let mine = h.program("mine", &[Scope::Write, Scope::ReadMine]).await;
        let reader = h.program("reader", &[Scope::AllRead]).await;
        let object = json!({ "id": "https://tool.example/a" });
        writer
            .post("/xapi/2.0/statements", &said(&id("w"), DID, object.clone()))
            .await
            .expect(200);
        mine.post("/xapi/2.0/statements", &said(&id("m"), DID, object.clone()))
            .await
            .expect(200);
        reader
            .post("/xapi/2.0/statements", &said(&id("r"), DID, object))
            .await
            .expect(403);
        writer.get("/xapi/2.0/statements").await.expect(403);
        assert_eq!(
            mine.get("/xapi/2.0/statements").await.expect(200).ids(),
            [id("m")]
        );
        let theirs = format!("/xapi/2.0/statements?statementId={}", id("w"));
        mine.get(&theirs).await.expect(404);
        reader.get(&theirs).await.expect(200);
        assert_eq!(
            reader
                .get("/xapi/1.0.3/statements")
                .await
                .expect(200)
                .ids()
                .len(),
            2
        );
    })
    .await;
}

#[tokio::test]
async fn statements_are_kept_once_taken_back_and_found_through_each_other() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        let statements = "/xapi/2.0/statements";
        let first = said(&id("a"), DID, json!({ "id": "https://tool.example/a" }));
        program.post(statements, &first).await.expect(200);
        program.post(statements, &first).await.expect(200);
        let other = said(&id("a"), DID, json!({ "id": "https://tool.example/b" }));
        program
            .post(
                statements,
                &json!([said(&id("z"), DID, json!({ "id": "a:a" })), other]),
            )
            .await
            .expect(409);
        program
            .get(&format!("{statements}?statementId={}", id("z")))
            .await
            .expect(404);
        // Every fault is told at once.
        let broken =
            json!({ "actor": {}, "verb": { "id": "x" }, "object": { "id": "a:a" }, "more": 1 });
        let words = program.post(statements, &broken).await.expect(400).text;
        assert!(words.contains("statement.actor") && words.contains("statement.verb.id"));
        assert!(words.contains("statement.more"));
        // A statement about a statement is found by what that one is about, in either order.
        program
            .post(statements, &said(&id("c"), "v:c", about("b")))
            .await
            .expect(200);
        program
            .post(statements, &said(&id("d"), "v:d", about("c")))
            .await
            .expect(200);
        let late = said(&id("b"), DID, json!({ "id": "https://tool.example/late" }));
        program.post(statements, &late).await.expect(200);
        let by = format!("{statements}?activity=https%3A%2F%2Ftool.example%2Flate");
        assert_eq!(program.get(&by).await.expect(200).ids().len(), 3);
        // Voided before it came.
        program
            .post(statements, &said(&id("v"), VOIDED, about("e")))
            .await
            .expect(200);
        let gone = said(&id("e"), DID, json!({ "id": "https://tool.example/e" }));
        program.post(statements, &gone).await.expect(200);
        program
            .get(&format!("{statements}?statementId={}", id("e")))
            .await
            .expect(404);
        program
            .get(&format!("{statements}?voidedStatementId={}", id("e")))
            .await
            .expect(200);
        // What voids cannot be voided.
        program
            .post(statements, &said(&id("w"), VOIDED, about("v")))
            .await
            .expect(200);
        program
            .get(&format!("{statements}?statementId={}", id("v")))
            .await
            .expect(200);
        // Page by page, both ways, nothing twice and nothing left out.
        for order in ["false", "true"] {
            let mut path = format!("{statements}?limit=2&ascending={order}");
            let mut seen = Vec::new();
            loop {
                let page = program.get(&path).await.expect(200);
                seen.extend(page.ids());
                match page.json()["more"].as_str().unwrap() {
                    "" => break,
                    more => path = more.to_owned(),
                }
            }
            let mut once = seen.clone();
            once.sort();
            once.dedup();
            assert_eq!((seen.len(), once.len()), (6, 6), "{order}");
        }
    })
    .await;
}

#[tokio::test]
async fn answers_are_kept_once_and_found_before_and_after_they_are_folded() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let one = h.answer("first");
        let again = one.clone();
        let kept = h
            .with(move |tx, now| records::append_answer(tx, &one, now))
            .await
            .unwrap();
        assert_eq!(kept, Kept::New);
        let mut changed = again.clone();
        let kept = h
            .with(move |tx, now| records::append_answer(tx, &again, now))
            .await
            .unwrap();
        assert_eq!(kept, Kept::Already);
        changed.response = "c".to_owned();
        let taken = h
            .with(move |tx, now| records::append_answer(tx, &changed, now))
            .await;
        assert_eq!(taken.unwrap_err().keys(), ["records-id-taken"]);
        let many: Vec<_> = (0..5_000).map(|n| h.answer(&format!("n{n}"))).collect();
        for slice in many.chunks(700) {
            let slice = slice.to_vec();
            h.with(move |tx, now| records::append_answers(tx, &slice, now))
                .await
                .unwrap();
        }
        let learner = h.learner;
        let (newest, all) = h
            .with(move |tx, _| {
                let newest = records::of_learner(tx, learner, 0, 3)?;
                let mut count = 0;
                records::each_of(tx, Whose::Learner(learner), &mut |text| {
                    let json: Value = serde_json::from_str(text).unwrap();
                    assert_eq!(json["actor"]["account"]["name"], learner.to_string());
                    count += 1;
                    Ok(())
                })?;
                Ok((newest, count))
            })
            .await
            .unwrap();
        assert_eq!(all, 5_001);
        assert_eq!(newest[0].id, Id::named("answer", "n4999"));
        assert!(newest[0].seq > newest[1].seq && newest[1].seq > newest[2].seq);
        let item = records::activity("items", Id::named("item", "n17"));
        let program = h.program("tool", &[Scope::AllRead]).await;
        let asked = item.replace(':', "%3A").replace('/', "%2F");
        for at in ["n17", "n4999"] {
            let asked = asked.replace(
                &Id::named("item", "n17").to_string(),
                &Id::named("item", at).to_string(),
            );
            let found = program
                .get(&format!("/xapi/2.0/statements?activity={asked}"))
                .await;
            assert_eq!(
                found.expect(200).ids(),
                [Id::named("answer", at).to_string()]
            );
        }
        let lesson = records::activity("lessons", Id::named("lesson", "1"));
        let lesson = lesson.replace(':', "%3A").replace('/', "%2F");
        let near = format!("/xapi/2.0/statements?limit=5&activity={lesson}");
        assert!(program.get(&near).await.expect(200).ids().is_empty());
        let far = format!("{near}&related_activities=true");
        assert_eq!(program.get(&far).await.expect(200).ids().len(), 5);
    })
    .await;
}

#[tokio::test]
async fn an_answer_kept_in_brief_and_one_told_in_full_are_the_same_statement() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let program = h.program("tool", &[Scope::All]).await;
        let path = "/xapi/2.0/statements";
        let (first, second) = (h.answer("first"), h.answer("second"));
        let ids = [first.id, first.item, second.id, second.item].map(|id| id.to_string());
        let keep =
            |one: records::Answered| h.with(move |tx, now| records::append_answer(tx, &one, now));
        assert_eq!(keep(first.clone()).await.unwrap(), Kept::New);
        let id = first.id;
        let told = h
            .with(move |tx, _| records::statement(tx, id))
            .await
            .unwrap()
            .json();
        program.post(path, &told).await.expect(200);
        let mut other = told.clone();
        other["result"]["response"] = "c".into();
        program.post(path, &other).await.expect(409);
        // Sent by a program in full first, then by us.
        let text = told
            .to_string()
            .replace(&ids[0], &ids[2])
            .replace(&ids[1], &ids[3]);
        program
            .post(path, &serde_json::from_str(&text).unwrap())
            .await
            .expect(200);
        let changed = records::Answered {
            response: "c".to_owned(),
            ..second.clone()
        };
        assert_eq!(keep(second).await.unwrap(), Kept::Already);
        assert_eq!(
            keep(changed).await.unwrap_err().keys(),
            ["records-id-taken"]
        );
    })
    .await;
}

#[tokio::test]
async fn a_person_is_erased_and_the_figures_stay() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let answers: Vec<_> = (0..3).map(|n| h.answer(&format!("n{n}"))).collect();
        let again = answers[0].clone();
        h.with(move |tx, now| records::append_answers(tx, &answers, now)).await.unwrap();
        let learner = h.learner.to_string();
        let program = h.program("tool", &[Scope::All]).await;
        let export = h.olga.get("/records/export/all.jsonl").await.expect(200);
        assert_eq!(export.text.lines().count(), 3);
        assert!(export.text.contains(&learner));
        assert!(h.olga.get("/records/export/research.jsonl").await.expect(200).text.is_empty());
        h.nobody.get("/records/export/all.jsonl").await.expect(401);

        h.olga.get("/records/erasures").await.expect(200);
        let bad = "record_learner_code=XXXX&reason=Asked&record_sure=yes";
        let refused = h.olga.post("/records/erasures/new", bad).await.expect(422);
        assert!(refused.says("There is no such learner"));
        let code = h.code.clone();
        h.olga
            .act(
                "/records/erasures/new",
                &[
                    ("record_learner_code", code.as_str()),
                    ("reason", "The guardian asked."),
                    ("record_sure", "yes"),
                ],
            )
            .await;
        let list = h.olga.get("/records/erasures").await.expect(200);
        assert!(list.says("The guardian asked.") && !list.says("Amina"));
        let export = h.olga.get("/records/export/all.jsonl").await.expect(200);
        assert_eq!(export.text.lines().count(), 3);
        assert!(!export.text.contains(&learner) && !export.text.contains("\"response\""));
        assert!(export.text.contains("\"scaled\":1.0"));
        let agent = format!(
            "%7B%22account%22%3A%7B%22homePage%22%3A%22https%3A%2F%2Flearning.invalid%22%2C%22name%22%3A%22{learner}%22%7D%7D"
        );
        let found = program.get(&format!("/xapi/2.0/statements?agent={agent}")).await;
        assert!(found.expect(200).ids().is_empty());
        let kept = h.with(move |tx, now| records::append_answer(tx, &again, now)).await.unwrap();
        assert_eq!(kept, Kept::Already, "a telephone that comes late harms nothing");
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_older_than_the_rule_allows_loses_its_person() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        h.olga.post("/records/retention", "").await.expect(422);
        let rule = [
            ("record_home_page", "https://learning.go.ke"),
            ("record_kept_years", "2"),
            ("record_basis", "Education Act"),
            ("version", "0"),
        ];
        h.olga.act("/records/rule/edit", &rule).await;
        assert!(
            h.olga
                .get("/records")
                .await
                .expect(200)
                .says("Education Act")
        );
        let old = h.answer("old");
        h.with(move |tx, now| records::append_answer(tx, &old, now))
            .await
            .unwrap();
        let other = people::testing::but(
            &rule,
            &[("record_home_page", "https://x.example"), ("version", "1")],
        );
        let refused = h
            .olga
            .post("/records/rule/edit", &web::testing::query(&other))
            .await;
        assert!(refused.expect(422).says("it can no longer change"));
        h.clock.advance_seconds(3 * 366 * 86_400);
        let new = h.answer("new");
        h.with(move |tx, now| records::append_answer(tx, &new, now))
            .await
            .unwrap();
        let learner = h.learner;
        let home = "https://learning.go.ke";
        let key = records::agent_key(home, learner);
        let count = move |tx: &mut db::Tx| {
            let search = records::Search {
                keys: vec![(key, true)],
                before: i64::MAX,
                limit: 10,
                ..records::Search::default()
            };
            Ok(records::find(tx, &search)?.len())
        };
        assert_eq!(h.with(move |tx, _| count(tx)).await.unwrap(), 2);
        let site = h.site.clone();
        let link = h
            .with(move |tx, now| {
                let olga = people::account_by_email(tx, "olga@example.org")?.unwrap();
                people::sign_in_link(tx, olga, now)
            })
            .await
            .unwrap();
        h.olga = web::testing::Browser::new(&site);
        h.olga.act(&link, &[]).await;
        h.olga.act("/records/retention", &[]).await;
        assert_eq!(h.with(move |tx, _| count(tx)).await.unwrap(), 1);
    })
    .await;
}

#[test]
fn the_samples_fit_every_table() {
    let rooms = house::rooms();
    let schema = people::testing::schema(&rooms);
    db::testing::each_engine_with_samples(&schema, |db| {
        assert_eq!(db.check_references().unwrap(), Vec::<String>::new());
    });
}
