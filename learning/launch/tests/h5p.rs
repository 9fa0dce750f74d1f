//! H5P files that ask more than a plain form can: read until a player is installed, played from then on.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use house::{House, migrations, source};
use people::testing::all_is_well;
use serde_json::{Value, json};
use web::http::header;

/// Ours: two steps of one choice each, with two small libraries.
const STEPS: &[u8] = include_bytes!("files/steps.h5p");

fn player(mark: &str) -> Vec<(String, Vec<u8>)> {
    let files = [
        ("main.bundle.js", format!("/* {mark} */")),
        ("frame.bundle.js", "/* frame */".to_owned()),
        ("styles/h5p.css", "body{color:red}".to_owned()),
        ("fonts/inter/a.woff2", "a face".to_owned()),
        ("h5p.d.ts", "types".to_owned()),
    ];
    let own = |(name, text): (&str, String)| (name.to_owned(), text.into_bytes());
    files.into_iter().map(own).collect()
}

async fn install(h: &House, mark: &'static str) {
    let (site, now) = (h.site.clone(), h.clock.now());
    let work = h.site.db.write(move |tx| {
        launch::install_player(tx, &site.files, ("a player 1.0", &player(mark)), now)
    });
    work.await.unwrap();
}

/// The same file without some of its files.
fn without(part: &str) -> Vec<u8> {
    let mut package = formats::Package::open(STEPS).unwrap();
    let names: Vec<String> = package.names().map(str::to_owned).collect();
    let kept = names.into_iter().filter(|name| !name.contains(part));
    let files: Vec<(String, Vec<u8>)> = kept
        .map(|name| {
            let bytes = package.read(&name).unwrap();
            (name, bytes)
        })
        .collect();
    formats::pack(&files).unwrap()
}

fn event(n: i64, verb: &str, part: &str, result: &Value) -> Value {
    json!({ "n": n, "verb": verb, "part": part, "name": "One half", "result": result })
}

fn report(given: &Value, (session, number): (i64, i64), set: &Value, events: &[Value]) -> String {
    let session = given["h5p"]["session"].as_i64().unwrap() + session;
    json!({ "session": session, "number": number, "set": set, "events": events, "end": false })
        .to_string()
}

#[tokio::test]
async fn without_a_player_the_text_is_read_and_a_file_without_its_program_says_so() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let (_, form) = h.bring("steps.h5p", STEPS.to_vec()).await;
        let (_, bare) = h.bring("bare.h5p", without("Harambee.Choice-1.0/")).await;
        let mut learner = h.signed_in(h.school.learners[0][0]).await;
        let contents = format!("/packages/{form}");
        let page = learner.get(&contents).await.expect(200);
        for words in [
            "cannot be played here",
            "can install a player",
            "Harambee.Steps",
            "Read its text",
        ] {
            assert!(page.says(words), "{words}: {}", page.text);
        }
        assert!(page.text.contains("/download/") && !page.text.contains("/units/"));
        learner
            .get(&format!("{contents}/units/1"))
            .await
            .expect(404);
        install(&h, "one").await;
        assert!(
            learner
                .get(&contents)
                .await
                .expect(200)
                .text
                .contains("/units/1")
        );
        // A player plays what is whole, and only that.
        let page = learner.get(&format!("/packages/{bare}")).await.expect(200);
        assert!(page.says("does not hold its own program") && page.says("Harambee.Choice 1.0"));
        assert!(!page.text.contains("/units/"));
        learner
            .get(&format!("/packages/{bare}/units/1"))
            .await
            .expect(404);
        let gone = h.site.db.write(launch::remove_player);
        assert!(gone.await.unwrap());
        learner
            .get(&format!("{contents}/units/1"))
            .await
            .expect(404);
    })
    .await;
}

#[tokio::test]
async fn questions_a_plain_form_asks_stay_a_plain_form() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        install(&h, "one").await;
        let ask = json!({ "library": "H5P.TrueFalse 1.8", "params": { "question": "One half is 1/2.", "correct": "true" } });
        let (facts, content) = (
            json!({ "title": "Halves", "language": "en", "mainLibrary": "H5P.QuestionSet" }),
            json!({ "questions": [ask] }),
        );
        let files = [("h5p.json", facts), ("content/content.json", content)];
        let files = files.map(|(name, value)| (name.to_owned(), value.to_string().into_bytes()));
        let (_, form) = h.bring("asked.h5p", formats::pack(&files).unwrap()).await;
        let mut learner = h.signed_in(h.school.learners[0][0]).await;
        let page = learner.get(&format!("/packages/{form}")).await.expect(200);
        assert!(page.says("Answer one question") && !page.says("JavaScript"));
        assert!(!page.text.contains("/units/") && !page.says("lacks"));
        learner.get(&format!("/packages/{form}/units/1")).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn a_player_is_served_to_the_box_and_the_next_one_lies_elsewhere() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let (_, form) = h.bring("steps.h5p", STEPS.to_vec()).await;
        install(&h, "one").await;
        let mut learner = h.signed_in(h.school.learners[0][0]).await;
        let page = learner.get(&format!("/packages/{form}")).await.expect(200);
        assert!(
            page.says("The player adds 1 kB") && page.says("Open (3 kB)"),
            "{}",
            page.text
        );
        assert!(page.says("only in a browser with JavaScript"));
        let open = learner
            .get(&format!("/packages/{form}/units/1"))
            .await
            .expect(200);
        assert!(open.says("What you do here is kept."));
        assert!(
            open.text
                .contains("sandbox=\"allow-scripts allow-forms allow-popups allow-modals\"")
        );
        let source = source(&open.text);
        let page = h.ask("GET", &source, "", &[]).await.expect(200);
        let policy = page.header(header::CONTENT_SECURITY_POLICY);
        assert!(
            policy.starts_with("sandbox allow-scripts") && !policy.contains("allow-same-origin")
        );
        assert_eq!(
            page.header(header::CONTENT_TYPE),
            "text/html; charset=utf-8"
        );
        assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
        assert!(page.headers.get(header::SET_COOKIE).is_none());
        assert!(page.text.contains("<html lang=\"en\" dir=\"ltr\">"));
        let given = page.given()["h5p"].clone();
        let from = given["player"].as_str().unwrap();
        assert!(page.text.contains(&format!("{from}/main.bundle.js")));
        let main = h
            .ask("GET", &format!("{from}/main.bundle.js"), "", &[])
            .await
            .expect(200);
        assert!(
            main.text == "/* one */" && main.header(header::CACHE_CONTROL).contains("immutable")
        );
        assert!(
            main.header(header::CONTENT_TYPE)
                .starts_with("text/javascript")
        );
        assert_eq!(main.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "null");
        for left_out in ["fonts/inter/a.woff2", "h5p.d.ts", "%2e%2e/secret", ""] {
            h.ask("GET", &format!("{from}/{left_out}"), "", &[])
                .await
                .expect(404);
        }
        // The file's own libraries come from the file.
        let at = given["at"].as_str().unwrap();
        let library = h
            .ask(
                "GET",
                &format!("{at}/Harambee.Steps-1.0/js/steps.js"),
                "",
                &[],
            )
            .await
            .expect(200);
        assert!(library.text.contains("Harambee.Steps = function"));
        h.ask("GET", &format!("{at}/content/content.json"), "", &[])
            .await
            .expect(200);
        install(&h, "two").await;
        h.ask("GET", &format!("{from}/main.bundle.js"), "", &[])
            .await
            .expect(404);
        let now = h.ask("GET", &source, "", &[]).await.expect(200).given();
        let from = now["h5p"]["player"].as_str().unwrap();
        let main = h
            .ask("GET", &format!("{from}/main.bundle.js"), "", &[])
            .await
            .expect(200);
        assert_eq!(main.text, "/* two */");
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn what_the_program_says_is_kept_once_and_a_second_try_is_another() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let (_, form) = h.bring("steps.h5p", STEPS.to_vec()).await;
        install(&h, "one").await;
        let amina = h.school.learners[0][0];
        let mut learner = h.signed_in(amina).await;
        let contents = format!("/packages/{form}");
        let open = learner.get(&format!("{contents}/units/1")).await.expect(200);
        let source = source(&open.text);
        let given = h.ask("GET", &source, "", &[]).await.expect(200).given();
        assert!(given["h5p"]["recorded"] == true && given["h5p"]["state"].is_null());
        let to = given["h5p"]["to"].as_str().unwrap();
        let right = json!({ "score": { "min": 0, "max": 1, "raw": 1, "scaled": 1 }, "success": true, "completion": true, "duration": "PT3.5S" });
        let wrong = json!({ "score": { "min": 0, "max": 1, "raw": 0, "scaled": 0 }, "success": false, "completion": true });
        let half = json!({ "score": { "min": 0, "max": 2, "raw": 1, "scaled": 0.5 }, "success": false, "completion": true, "duration": "PT65S" });
        let first = event(1, "answered", "5f3a-1", &right);
        let left = json!({ "cmi.begun": "true", "cmi.suspend_data": "{\"answered\":[true]}", "cmi.exit": "suspend" });
        let body = report(&given, (0, 1), &left, std::slice::from_ref(&first));
        for _ in 0..2 {
            h.ask("POST", to, &body, &[]).await.expect(204);
        }
        // What was left is gone on with.
        assert!(learner.get(&contents).await.expect(200).says("Go on where you were"));
        h.clock.advance_seconds(60);
        let given = h.ask("GET", &source, "", &[]).await.expect(200).given();
        assert_eq!(given["h5p"]["state"], "{\"answered\":[true]}");
        // What is not acknowledged is sent again with what came since, and heard once.
        let second = event(1, "answered", "5f3a-2", &wrong);
        let begun = json!({ "cmi.begun": "true" });
        h.ask("POST", to, &report(&given, (0, 1), &begun, std::slice::from_ref(&second)), &[]).await.expect(204);
        let whole = event(2, "completed", "", &half);
        let body = report(&given, (0, 2), &json!({}), &[second, whole]);
        for _ in 0..2 {
            h.ask("POST", to, &body, &[]).await.expect(204);
        }
        let told = h.told(amina).await;
        let verbs: Vec<&str> = told.iter().map(|(verb, _)| verb.as_str()).collect();
        let all = ["initialized", "answered", "initialized", "answered", "completed", "failed", "terminated"];
        assert_eq!(verbs, all);
        assert_eq!(told[1].1, json!({ "score": { "scaled": 1.0, "raw": 1.0, "min": 0.0, "max": 1.0 }, "success": true, "completion": true, "duration": "PT4S" }));
        assert_eq!((&told[5].1["score"]["scaled"], &told[6].1["duration"]), (&json!(0.5), &json!("PT65S")));
        let page = learner.get(&contents).await.expect(200);
        assert!(page.says("Not passed") && page.says("Score 50") && page.says("Open again"));
        // Another try in the same page, of an answer to the whole: right, and no verdict of passing.
        let answered = event(3, "answered", "", &right);
        h.ask("POST", to, &report(&given, (1, 3), &begun, &[answered]), &[]).await.expect(204);
        assert!(learner.get(&contents).await.expect(200).says("Score 100"));
        let told = h.told(amina).await;
        assert_eq!(told.iter().filter(|(verb, _)| verb == "answered").count(), 3);
        // An older page is told that it counts no more; nonsense is refused.
        h.ask("POST", to, &report(&given, (0, 9), &begun, &[]), &[]).await.expect(409);
        h.ask("POST", to, "{}", &[]).await.expect(422);
        let many = vec![event(1, "answered", "a", &right); 301];
        h.ask("POST", to, &report(&given, (2, 1), &begun, &many), &[]).await.expect(422);
        // A teacher looks, and nothing is recorded.
        let mut teacher = h.signed_in(h.school.teachers[0]).await;
        let page = teacher.get(&contents).await.expect(200);
        assert!(page.says("You are only looking"));
        let open = teacher.get(&format!("{contents}/units/1")).await.expect(200);
        let given = h.ask("GET", &self::source(&open.text), "", &[]).await.expect(200).given();
        assert_eq!(given["h5p"]["recorded"], false);
        let to = given["h5p"]["to"].as_str().unwrap();
        h.ask("POST", to, &report(&given, (0, 1), &begun, &[event(1, "completed", "", &half)]), &[]).await.expect(204);
        assert_eq!(h.told(h.school.teachers[0]).await, []);
        all_is_well(&h.site).await;
    })
    .await;
}
