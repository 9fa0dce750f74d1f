//! What is kept of a learner is the learner's: who may take it away, what was agreed to, what stays
//! when it is erased; and the same screens as lists for programs.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use base::Id;
use data_encoding::BASE64;
use house::{House, migrations, send};
use people::testing::all_is_well;
use serde_json::Value;
use tower::ServiceExt;
use web::http::Request;
use web::testing::{Browser, query};

const SECRET: &str = "a-secret-of-stories";

/// Two learners answer all six questions of a lesson; answers its assignment.
async fn worked(h: &House, teacher: &mut Browser) -> Id {
    let given = h.give(teacher, h.known.numbers, &[]).await;
    let id = given.rsplit('/').next().unwrap().to_owned();
    for number in [1, 2] {
        let mut learner = h.learner(number).await;
        for n in 1..=6 {
            let answer = if number == 1 { 2 * n } else { 0 }.to_string();
            let item = format!("/learn/lessons/{id}/items/{n}");
            send(&mut learner, &item, &[("answer", &answer)])
                .await
                .expect(303);
        }
    }
    Id::parse(&id).unwrap()
}

fn export(id: Id) -> String {
    format!("/records/export/learner-{id}.jsonl")
}

fn lines(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// An export as it goes over the wire to a learner's browser.
async fn packed(h: &House, path: &str) -> String {
    let router = web::router(&h.site);
    let learner = h.known.learner(1);
    let link = h
        .with(move |tx, now| classes::sign_in_link(tx, learner, now))
        .await;
    let cookie = house::cookie(&router, &link).await;
    let request = Request::builder()
        .uri(path)
        .header("cookie", cookie)
        .header("accept-encoding", "gzip")
        .body(web::Body::empty())
        .unwrap();
    let answer = router.oneshot(request).await.unwrap();
    assert_eq!(answer.headers()["content-encoding"], "gzip");
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
    let mut text = String::new();
    let bytes = bytes.unwrap();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut text)
        .unwrap();
    text
}

/// What a program with a key reads of the answers.
async fn program(h: &House) -> Vec<String> {
    let router = web::router(&h.site);
    let key = BASE64.encode(format!("tool:{SECRET}").as_bytes());
    let request = Request::builder()
        .uri("/xapi/2.0/statements?limit=500")
        .header("authorization", format!("Basic {key}"))
        .header("x-experience-api-version", "2.0.0")
        .body(web::Body::empty())
        .unwrap();
    let answer = router.oneshot(request).await.unwrap();
    assert_eq!(answer.status(), 200);
    let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await;
    let page: Value = serde_json::from_slice(&bytes.unwrap()).unwrap();
    let names = page["statements"].as_array().unwrap().iter();
    names
        .map(|one| one["actor"]["account"]["name"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn everybody_takes_away_what_is_theirs_and_nothing_else() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        worked(&h, &mut teacher).await;
        let (one, two) = (h.known.learner(1), h.known.learner(2));
        let mut amina = h.learner(1).await;
        let own = amina.get(&export(one)).await.expect(200);
        let own = lines(&own.text);
        assert_eq!(own.len(), 6);
        for (line, n) in own.iter().zip(1..) {
            assert_eq!(line["actor"]["account"]["name"], one.to_string());
            assert_eq!(line["result"]["response"], (2 * n).to_string());
            assert!(
                !line.to_string().contains("Amina"),
                "a number, never a name"
            );
        }
        amina.get(&export(two)).await.expect(403);
        let school = format!("/records/export/school-{}.jsonl", h.known.seeded.school);
        for path in [school.as_str(), "/records/export/all.jsonl"] {
            amina.get(path).await.expect(403);
            teacher.get(path).await.expect(403);
        }
        let mut parent = h.signed_in(h.known.seeded.guardians[0]).await;
        let seen = parent.get(&export(one)).await.expect(200);
        assert_eq!(lines(&seen.text), own);
        parent.get(&export(two)).await.expect(403);
        assert_eq!(
            lines(&teacher.get(&export(two)).await.expect(200).text).len(),
            6
        );
        let mut head = h.signed_in(h.known.seeded.head).await;
        let all = lines(&head.get(&school).await.expect(200).text);
        assert_eq!(all.len(), 12);
        head.get("/records/export/all.jsonl").await.expect(403);
        let strange = format!("/records/export/school-{}.jsonl", Id::named("school", "x"));
        head.get(&strange).await.expect(403);
        for missing in ["learner-x", "nothing", "class-1"] {
            head.get(&format!("/records/export/{missing}.jsonl"))
                .await
                .expect(404);
        }
        let mut officer = h.with_link(&h.known.officer).await;
        let all = officer.get("/records/export/all.jsonl").await.expect(200);
        assert_eq!(lines(&all.text).len(), 12);
        // Packed on its way, as every browser asks for, it comes whole.
        assert_eq!(lines(&packed(&h, &export(one)).await), own);
        let mut nobody = Browser::new(&h.site);
        for path in [export(one).as_str(), &school, "/records/export/all.jsonl"] {
            nobody.get(path).await.expect(401);
        }
    })
    .await;
}

#[tokio::test]
async fn what_was_agreed_to_holds_from_that_moment() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        worked(&h, &mut teacher).await;
        h.with(|tx, now| {
            let key = records::NewKey {
                name: "tool",
                secret: SECRET,
                label: "Tool",
                scopes: &[records::Scope::All],
                country: "KE",
                ends_on: None,
            };
            records::add_key(tx, &key, None, now)
        })
        .await;
        let (one, two) = (h.known.learner(1), h.known.learner(2));
        let said = |purpose, answer| [("record_purpose", purpose), ("record_answer", answer)];
        let path = format!("/records/consents/{one}");
        let mut parent = h.signed_in(h.known.seeded.guardians[0]).await;
        let mut officer = h.with_link(&h.known.officer).await;
        let research = "/records/export/research.jsonl";

        // Nobody was asked: nothing goes to research; programs of the country read.
        assert_eq!(officer.get(research).await.expect(200).text, "");
        assert_eq!(program(&h).await.len(), 12);
        assert!(
            parent
                .get(&path)
                .await
                .expect(200)
                .says("nobody was asked yet")
        );
        parent.act(&path, &said("research", "given")).await;
        let open = officer.get(research).await.expect(200).text;
        let of_one = lines(&open);
        assert_eq!(of_one.len(), 6);
        assert!(!open.contains(&one.to_string()) && !open.contains(&two.to_string()));
        assert!(!open.contains("\"response\"") && open.contains("\"scaled\":1.0"));
        let name = &of_one[0]["actor"]["account"]["name"];
        assert!(
            of_one
                .iter()
                .all(|line| line["actor"]["account"]["name"] == *name)
        );
        parent.act(&path, &said("other_programs", "refused")).await;
        let read = program(&h).await;
        assert_eq!(read, vec![two.to_string(); 6]);
        // What was agreed to can be taken back.
        parent.act(&path, &said("research", "refused")).await;
        assert_eq!(officer.get(research).await.expect(200).text, "");
        parent.act(&path, &said("other_programs", "given")).await;
        assert_eq!(program(&h).await.len(), 12);

        // Only who answers for the child says so.
        let other = format!("/records/consents/{two}");
        let body = query(&said("research", "given"));
        parent.post(&other, &body).await.expect(403);
        teacher.post(&path, &body).await.expect(403);
        h.learner(1).await.post(&path, &body).await.expect(403);
        let mut head = h.signed_in(h.known.seeded.head).await;
        head.act(&other, &said("research", "given")).await;
        assert_eq!(lines(&officer.get(research).await.text).len(), 6);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn who_is_erased_leaves_figures_of_nobody() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let assignment = worked(&h, &mut teacher).await;
        let one = h.known.learner(1);
        let class = h.known.class();
        let standings = format!("/teach/classes/{class}/standings");
        let before = teacher.api(&standings).await.expect(200).json();
        assert!(before.to_string().contains(&one.to_string()));
        let count = move |tx: &mut db::Tx| {
            let row = tx.one(
                "SELECT COUNT(*), COUNT(DISTINCT learner_id), CAST(SUM(score) AS DOUBLE PRECISION) \
                 FROM attempt WHERE assignment_id = $1",
                &db::args![assignment],
            )?;
            let mut read = row.read();
            Ok((read.int()?, read.int()?, read.real()?))
        };
        let figures = h.with(move |tx, _| count(tx)).await;
        assert_eq!(figures, (12, 2, 6.0));
        let code = h
            .with(move |tx, _| Ok(classes::person(tx, one)?.code))
            .await;
        let erasure = [
            ("record_learner_code", code.as_str()),
            ("reason", "The family moves abroad and asks for it."),
            ("record_sure", "yes"),
        ];
        let refused = teacher
            .post("/records/erasures/new", &query(&erasure))
            .await;
        refused.expect(403);
        let mut head = h.signed_in(h.known.seeded.head).await;
        head.act("/records/erasures/new", &erasure).await;

        assert_eq!(
            h.with(move |tx, _| count(tx)).await,
            figures,
            "the figures stay"
        );
        let after = teacher.api(&standings).await.expect(200).json();
        assert!(!after.to_string().contains(&one.to_string()));
        let mut officer = h.with_link(&h.known.officer).await;
        let all = officer
            .get("/records/export/all.jsonl")
            .await
            .expect(200)
            .text;
        assert_eq!(lines(&all).len(), 12);
        assert!(!all.contains(&one.to_string()));
        let left = h
            .with(move |tx, _| {
                let mut found = Vec::new();
                for (table, sql) in [
                    (
                        "attempt",
                        "SELECT COUNT(*) FROM attempt WHERE learner_id = $1",
                    ),
                    (
                        "mastery",
                        "SELECT COUNT(*) FROM mastery WHERE learner_id = $1",
                    ),
                    (
                        "consent",
                        "SELECT COUNT(*) FROM record_consent WHERE learner_id = $1",
                    ),
                ] {
                    if tx.one(sql, &db::args![one])?.read().int()? > 0 {
                        found.push(table);
                    }
                }
                Ok(found)
            })
            .await;
        assert_eq!(left, Vec::<&str>::new());
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn programs_read_the_same_as_lists() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let assignment = worked(&h, &mut teacher).await;
        let (one, two) = (h.known.learner(1), h.known.learner(2));
        let class = h.known.class();
        let items = |got: web::testing::Got| {
            let json = got.expect(200).json();
            json["items"].as_array().unwrap().clone()
        };
        let mut amina = h.learner(1).await;
        let given = items(amina.api("/learn/given").await);
        assert_eq!(given.len(), 1);
        assert_eq!(given[0]["id"], assignment.to_string());
        assert_eq!(given[0]["progress_tried"], 6);
        assert_eq!(given[0]["progress_work_state"], "done");
        let path = format!("/learn/lessons/{assignment}/questions");
        let questions = items(amina.api(&path).await);
        assert_eq!(questions.len(), 6);
        assert!(
            questions
                .iter()
                .all(|one| one["progress_outcome"] == "right")
        );
        amina.get("/learn/given").await.expect(200);
        assert!(amina.get(&path).await.expect(200).says("3 + 3 = ?"));

        // An answer in one line, once however often it is sent.
        h.clock.advance_seconds(60);
        let mut boy = h.learner(2).await;
        let place = format!("/learn/lessons/{assignment}/items/2");
        let line = format!("{place}/answers/new");
        boy.get(&line).await.expect(200);
        boy.post(&line, "answer=four").await.expect(422);
        for _ in 0..2 {
            let sent = [("answer", "4"), ("try_number", "2")];
            assert_eq!(boy.act(&line, &sent).await.location, place);
        }
        let tried = items(
            boy.api(&format!("/learn/lessons/{assignment}/questions"))
                .await,
        );
        assert_eq!(tried[1]["progress_outcome"], "right");
        assert_eq!(tried[2]["progress_outcome"], "not_yet");
        let strange = format!("/learn/lessons/{}/items/1/answers/new", Id::named("x", "y"));
        boy.get(&strange).await.expect(404);
        teacher.get(&line).await.expect(403);

        let path = format!("/learn/child/{one}/standings");
        let own = items(amina.api(&path).await);
        assert_eq!(own.len(), 1);
        assert_eq!(own[0]["progress_standing"], "mastered");
        let mut parent = h.signed_in(h.known.seeded.guardians[0]).await;
        assert_eq!(items(parent.api(&path).await), own);
        parent.get(&path).await.expect(200);
        let other = format!("/learn/child/{two}/standings");
        parent.api(&other).await.expect(403);
        amina.api(&other).await.expect(403);

        let path = format!("/teach/classes/{class}/standings");
        assert_eq!(items(teacher.api(&path).await).len(), 2);
        let stuck = items(teacher.api(&format!("{path}?how_far=stuck")).await);
        assert_eq!(stuck.len(), 1);
        assert_eq!(stuck[0]["learner_id"], two.to_string());
        assert!(stuck[0]["progress_wrong_in_a_row"].as_i64() >= Some(3));
        teacher.get(&path).await.expect(200);
        let page = teacher
            .api(&format!("{path}?limit=1"))
            .await
            .expect(200)
            .json();
        let next = page["next"]
            .as_str()
            .unwrap()
            .strip_prefix("/api")
            .unwrap()
            .to_owned();
        let rest = teacher.api(&next).await.expect(200).json();
        assert_ne!(rest["items"][0], page["items"][0]);
        assert!(rest["next"].is_null());

        let path = format!("/teach/assignments/{assignment}/answers");
        let answers = items(teacher.api(&path).await);
        assert_eq!(answers.len(), 12);
        assert!(answers.iter().any(|one| one["progress_given"] == "8"));
        teacher.get(&path).await.expect(200);
        for path in [path, format!("/teach/classes/{class}/standings")] {
            amina.api(&path).await.expect(403);
            parent.api(&path).await.expect(403);
        }
    })
    .await;
}
