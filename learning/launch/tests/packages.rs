//! Packages: real ones are opened, report, are gone on with; a teacher looks and leaves no trace;
//! nothing answers to an address that was not given.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use base::Id;
use house::{House, migrations, report, source};
use people::testing::all_is_well;
use serde_json::json;
use web::http::header;
use web::testing::Browser;

#[tokio::test]
async fn a_real_package_of_the_older_version_is_opened_reports_and_is_gone_on_with() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let (resource, form) = h.forms[0];
        let amina = h.school.learners[0][0];
        let mut learner = h.signed_in(amina).await;
        let page = learner.get(&format!("/resources/{resource}")).await.expect(200);
        let contents = format!("/packages/{form}");
        assert!(page.text.contains(&format!("href=\"{contents}\"")) && page.says("23 kB"));
        assert!(!page.text.contains("/open/"));
        let page = learner.get(&contents).await.expect(200);
        for words in ["Playing the Game", "How to Play", "Playing Golf Quiz", "only in a browser with JavaScript", "Read its text"] {
            assert!(page.says(words), "{words}");
        }
        let open = learner.get(&format!("{contents}/units/6")).await.expect(200);
        assert!(open.says("What you do here is kept.") && open.says("Playing Golf Quiz"));
        assert!(open.text.contains("sandbox=\"allow-scripts allow-forms allow-popups allow-modals\""));
        let source = source(&open.text);
        assert!(source.ends_with("/shared/assessmenttemplate.html?questions=Playing"));
        let first = h.ask("GET", &source, "", &[]).await.expect(200);
        assert!(first.header(header::CONTENT_SECURITY_POLICY).starts_with("sandbox allow-scripts"));
        assert!(!first.header(header::CONTENT_SECURITY_POLICY).contains("allow-same-origin"));
        assert_eq!(first.header(header::CACHE_CONTROL), "no-store");
        assert!(first.headers.get(header::SET_COOKIE).is_none());
        let given = first.given();
        assert_eq!(given["version"], "1.2");
        assert_eq!(given["facts"]["entry"], "ab-initio");
        assert_eq!(given["facts"]["credit"], "credit");
        assert!(!first.text.contains(&amina.to_string()));
        let script = first.text.split_once("<script src=\"").unwrap().1.split_once('"').unwrap().0;
        let script = h.ask("GET", script, "", &[]).await.expect(200);
        assert!(script.header(header::CACHE_CONTROL).contains("immutable") && script.text.contains("LMSInitialize"));

        let to = given["to"].as_str().unwrap();
        let set = json!({ "cmi.begun": "true", "cmi.core.lesson_status": "incomplete", "cmi.suspend_data": "page=3&x=</script>é" });
        let answer = h.ask("POST", to, &report(&given, 1, &set, false), &[]).await.expect(204);
        assert_eq!(answer.header(header::ACCESS_CONTROL_ALLOW_ORIGIN), "null");
        h.ask("POST", to, &report(&given, 1, &set, false), &[]).await.expect(204);
        let set = json!({ "cmi.core.score.raw": "80", "cmi.core.lesson_status": "passed", "cmi.core.exit": "suspend", "cmi.core.session_time": "0000:02:05" });
        let last = report(&given, 2, &set, true);
        h.ask("POST", to, &last, &[]).await.expect(204);
        h.ask("POST", to, &last, &[]).await.expect(204);
        let told = h.told(amina).await;
        let verbs: Vec<&str> = told.iter().map(|(verb, _)| verb.as_str()).collect();
        assert_eq!(verbs, ["initialized", "completed", "passed", "suspended"]);
        assert_eq!(told[2].1["score"]["scaled"], 0.8);
        assert_eq!(told[3].1["duration"], "PT125S");

        let page = learner.get(&contents).await.expect(200);
        assert!(page.says("Passed") && page.says("Score 80") && page.says("3 minutes"));
        h.clock.advance_seconds(600);
        let open = learner.get(&format!("{contents}/units/6")).await.expect(200);
        // The same address the same day: what the browser has fetched it has.
        assert_eq!(self::source(&open.text), source);
        let again = h.ask("GET", &source, "", &[]).await.expect(200).given();
        assert_eq!(again["facts"]["entry"], "resume");
        assert_eq!(again["data"]["cmi.suspend_data"], "page=3&x=</script>é");
        assert_eq!(again["facts"]["total"], "0000:02:05.00");
        assert!(again["data"]["cmi.core.exit"].is_null());
        // The later opening counts; the earlier page is told so.
        let set = json!({ "cmi.core.lesson_location": "4" });
        h.ask("POST", to, &report(&again, 1, &set, false), &[]).await.expect(204);
        h.ask("POST", to, &report(&given, 3, &set, false), &[]).await.expect(409);

        let now = h.clock.now();
        let gone = h.site.clone();
        let rows = h.site.db.write(move |tx| gone.forget(tx, amina, now)).await.unwrap();
        assert!(rows > 0);
        let none = h.ask("GET", &source, "", &[]).await.expect(200).given();
        assert_eq!(none["facts"]["entry"], "ab-initio");
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn what_ended_by_itself_in_the_newer_version_begins_anew() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let (_, form) = h.forms[1];
        let amina = h.school.learners[0][0];
        let mut learner = h.signed_in(amina).await;
        let page = learner.get(&format!("/packages/{form}")).await.expect(200);
        assert!(page.says("Open (40 kB)"));
        let open = learner.get(&format!("/packages/{form}/units/1")).await.expect(200);
        let source = source(&open.text);
        let given = h.ask("GET", &source, "", &[]).await.expect(200).given();
        assert_eq!(given["version"], "2004");
        let to = given["to"].as_str().unwrap();
        let set = json!({ "cmi.begun": "true", "cmi.location": "7", "cmi.exit": "suspend", "cmi.session_time": "PT1M" });
        h.ask("POST", to, &report(&given, 1, &set, true), &[]).await.expect(204);
        h.clock.advance_seconds(60);
        let second = h.ask("GET", &source, "", &[]).await.expect(200).given();
        assert_eq!((&second["facts"]["entry"], &second["data"]["cmi.location"]), (&json!("resume"), &json!("7")));
        let set = json!({ "cmi.begun": "true", "cmi.location": "14", "cmi.completion_status": "completed", "cmi.success_status": "failed",
            "cmi.score.scaled": "0.25", "cmi.exit": "", "cmi.session_time": "PT2M" });
        h.ask("POST", to, &report(&second, 1, &set, true), &[]).await.expect(204);
        h.clock.advance_seconds(60);
        let third = h.ask("GET", &source, "", &[]).await.expect(200).given();
        assert_eq!(third["facts"]["entry"], "ab-initio");
        assert!(third["data"].as_object().unwrap().is_empty());
        assert_eq!(third["facts"]["total"], "PT0H3M0S");
        let page = learner.get(&format!("/packages/{form}")).await.expect(200);
        assert!(page.says("Not passed") && page.says("Open again"));
        let told = h.told(amina).await;
        let verbs: Vec<&str> = told.iter().map(|(verb, _)| verb.as_str()).collect();
        assert_eq!(verbs, ["initialized", "suspended", "initialized", "completed", "failed", "terminated"]);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn who_only_looks_leaves_no_trace() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let (_, form) = h.forms[0];
        let tina = h.school.teachers[0];
        let mut nobody = Browser::new(&h.site);
        let mut teacher = h.signed_in(tina).await;
        for browser in [&mut teacher, &mut nobody] {
            let page = browser.get(&format!("/packages/{form}")).await.expect(200);
            assert!(page.says("You are only looking"));
            let open = browser
                .get(&format!("/packages/{form}/units/1"))
                .await
                .expect(200);
            let given = h
                .ask("GET", &source(&open.text), "", &[])
                .await
                .expect(200)
                .given();
            assert_eq!(given["facts"]["credit"], "no-credit");
            assert_eq!(given["facts"]["mode"], "browse");
            let set = json!({ "cmi.begun": "true", "cmi.core.lesson_status": "passed" });
            h.ask(
                "POST",
                given["to"].as_str().unwrap(),
                &report(&given, 1, &set, true),
                &[],
            )
            .await
            .expect(204);
        }
        assert_eq!(h.told(tina).await, []);
        let rows = h
            .site
            .db
            .read(|tx| tx.rows("SELECT id FROM package_unit", &[]))
            .await
            .unwrap();
        assert!(rows.is_empty());
    })
    .await;
}

#[tokio::test]
async fn only_the_address_opens_the_box_and_only_what_is_shown() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let (_, game) = h.forms[2];
        let (own, ours) = h.forms[3];
        let mut nobody = Browser::new(&h.site);
        let page = nobody.get(&format!("/packages/{game}")).await.expect(200);
        assert!(page.says("keeps nothing and reports nothing") && page.says("4 files"));
        let open = nobody
            .get(&format!("/packages/{game}/units/1"))
            .await
            .expect(200);
        let source = source(&open.text);
        let base = source.rsplit_once('/').unwrap().0.to_owned();
        let page = h.ask("GET", &source, "", &[]).await.expect(200);
        assert_eq!(page.given(), json!({ "version": "" }));
        assert!(page.text.contains("<p>Guess!</p>"));
        let script = h
            .ask("GET", &format!("{base}/a%20b.js"), "", &[])
            .await
            .expect(200);
        let tag = script.header(header::ETAG).to_owned();
        assert!(
            script
                .header(header::CONTENT_TYPE)
                .starts_with("text/javascript")
        );
        h.ask(
            "GET",
            &format!("{base}/a%20b.js"),
            "",
            &[("if-none-match", &tag)],
        )
        .await
        .expect(304);
        let clip = h
            .ask(
                "GET",
                &format!("{base}/clip.mp4"),
                "",
                &[("range", "bytes=2-4")],
            )
            .await
            .expect(206);
        assert_eq!(
            (clip.text.as_str(), clip.header(header::CONTENT_RANGE)),
            ("234", "bytes 2-4/10")
        );
        h.ask(
            "GET",
            &format!("{base}/clip.mp4"),
            "",
            &[("range", "bytes=20-")],
        )
        .await
        .expect(416);
        for (method, path, status) in [
            ("GET", format!("{base}/none.js"), 404),
            ("GET", format!("{base}/../index.html"), 404),
            ("DELETE", source.clone(), 405),
            ("POST", format!("{base}/~report"), 404),
            ("GET", source.replace("/at/", "/at/A"), 404),
            ("GET", "/packages/at/x/index.html".to_owned(), 404),
            (
                "GET",
                "/packages/assets/run-000000000000.js".to_owned(),
                404,
            ),
        ] {
            let body = json!({ "session": 1, "number": 1, "set": {} }).to_string();
            h.ask(method, &path, &body, &[]).await.expect(status);
        }
        nobody
            .get(&format!("/packages/{game}/units/2"))
            .await
            .expect(404);
        nobody
            .get(&format!("/packages/{game}/units/0"))
            .await
            .expect(404);
        nobody
            .get(&format!("/packages/{}", Id::named("form", "none")))
            .await
            .expect(404);

        // A school's own is for the school; its pages' files need no cookie.
        nobody.get(&format!("/packages/{ours}")).await.expect(404);
        nobody
            .get(&format!("/packages/{ours}/units/1"))
            .await
            .expect(404);
        let mut learner = h.signed_in(h.school.learners[0][0]).await;
        let open = learner
            .get(&format!("/packages/{ours}/units/1"))
            .await
            .expect(200);
        let inside = self::source(&open.text);
        h.ask("GET", &inside, "", &[]).await.expect(200);
        let mut head = h.signed_in(h.school.head).await;
        head.act(
            &format!("/resources/{own}/withdrawal"),
            &[("reason", "An error in it.")],
        )
        .await;
        h.ask("GET", &inside, "", &[]).await.expect(422);
        // The address ends.
        h.clock.advance_seconds(2 * 86_400);
        h.ask("GET", &source, "", &[]).await.expect(404);
    })
    .await;
}

#[tokio::test]
async fn what_is_no_report_is_refused_and_two_at_once_are_one() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let (_, form) = h.forms[1];
        let amina = h.school.learners[0][0];
        let mut learner = h.signed_in(amina).await;
        let open = learner
            .get(&format!("/packages/{form}/units/1"))
            .await
            .expect(200);
        let given = h
            .ask("GET", &source(&open.text), "", &[])
            .await
            .expect(200)
            .given();
        let to = given["to"].as_str().unwrap();
        for bad in [
            "",
            "{}",
            "[1]",
            "{\"session\":1,\"number\":1,\"set\":{\"x\":\"y\"}}",
        ] {
            h.ask("POST", to, bad, &[]).await.expect(422);
        }
        let large = json!({ "cmi.suspend_data": "a".repeat(1_100_000) });
        h.ask("POST", to, &report(&given, 1, &large, false), &[])
            .await
            .expect(413);
        let set = json!({ "cmi.begun": "true", "cmi.suspend_data": "é".repeat(64_000) });
        let one = report(&given, 1, &set, false);
        let (a, b) = tokio::join!(h.ask("POST", to, &one, &[]), h.ask("POST", to, &one, &[]));
        assert_eq!((a.status.as_u16(), b.status.as_u16()), (204, 204));
        assert_eq!(h.told(amina).await.len(), 1);
        let again = h
            .ask("GET", &source(&open.text), "", &[])
            .await
            .expect(200)
            .given();
        assert_eq!(
            again["data"]["cmi.suspend_data"]
                .as_str()
                .map(|text| text.chars().count()),
            Some(64_000)
        );
    })
    .await;
}

/// The hidden field of a form.
fn hidden(page: &str, name: &str) -> String {
    let start = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap()
        .1;
    start.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn questions_of_a_package_are_asked_and_marked_without_its_program() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let (resource, form) = h.forms[4];
        let amina = h.school.learners[0][0];
        let mut learner = h.signed_in(amina).await;
        let page = learner
            .get(&format!("/resources/{resource}"))
            .await
            .expect(200);
        assert!(page.text.contains(&format!("/packages/{form}")));
        let page = learner.get(&format!("/packages/{form}")).await.expect(200);
        assert!(page.says("Answer 2 questions") && page.says("H5P.Agamotto"));
        assert!(!page.says("JavaScript"));
        let path = format!("/packages/{form}/questions");
        let asked = learner.get(&path).await.expect(200);
        assert!(asked.says("One half?") && asked.says("Question 2"));
        let token = hidden(&asked.text, "page_token");
        let session = hidden(&asked.text, "session");
        let sent = |token: &str| format!("q1=a1&q2=a2&page_token={token}&session={session}");
        learner.post(&path, &sent("x")).await.expect(422);
        let foreign = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "cross-site"),
        ];
        h.ask("POST", &path, &sent(&token), &foreign)
            .await
            .expect(422);
        assert_eq!(h.told(amina).await, []);
        for _ in 0..2 {
            let marked = learner.post(&path, &sent(&token)).await.expect(200);
            assert!(marked.says("Score 50"), "{}", marked.text);
        }
        let told = h.told(amina).await;
        let verbs: Vec<&str> = told.iter().map(|(verb, _)| verb.as_str()).collect();
        assert_eq!(verbs, ["initialized", "completed", "terminated"]);
        assert_eq!(told[2].1["score"]["scaled"], 0.5);
        assert!(
            learner
                .get(&format!("/packages/{}", h.forms[4].1))
                .await
                .says("Score 50")
        );
        h.ask(
            "GET",
            &format!("/packages/{}/questions", h.forms[0].1),
            "",
            &[],
        )
        .await
        .expect(404);
        all_is_well(&h.site).await;
    })
    .await;
}
