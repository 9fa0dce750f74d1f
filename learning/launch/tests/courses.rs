//! A teacher brings a course, a learner opens it, its units report; what breaks a rule is refused, what
//! hangs is ended, what is waived counts; other programs do the same with a key.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod unit;

use people::testing::all_is_well;
use serde_json::{Value, json};
use unit::{House, RIGHTS, Unit, migrations, package, structure};

#[tokio::test]
async fn a_learner_goes_through_a_course_and_the_teacher_sees_it() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let course = h.course(&mut teacher).await;
        assert!(teacher.get("/courses").await.expect(200).says("Numbers"));
        let mut amina = h.signed_in(h.learner(0)).await;
        assert!(amina.get("/learn/courses").await.expect(200).says("Not begun"));
        let home = format!("/learn/courses/{course}");
        let page = amina.get(&home).await.expect(200);
        assert!(page.says("First part") && page.says("0 of 3 units done"));
        let about = amina.get(&format!("/resources/{course}")).await.expect(200);
        assert!(about.says("Open the course"));
        let open = format!("{home}/units/0");
        assert!(amina.get(&open).await.expect(200).says("Unit 0"));
        let first = amina.act(&open, &[]).await.location;
        assert!(first.starts_with("/launch/content/") && first.contains("/index.html?n=0&"));
        // The files come in a box, to whoever has the address and to nobody else.
        let file = h.send("GET", &first, &[], "").await.expect(200);
        assert!(file.text.contains("One, two"));
        let policy = file.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("sandbox allow-scripts") && !policy.contains("same-origin"));
        h.send("GET", "/launch/content/guessed/index.html", &[], "").await.expect(404);
        let mut unit = Unit::ready(&h, &first).await;
        assert_eq!(unit.data["launchMode"], "Normal");
        assert_eq!(unit.data["moveOn"], "Completed");
        assert_eq!(unit.data["masteryScore"], 0.8);
        assert_eq!(unit.data["launchParameters"], "slow");
        assert_eq!(unit.data["entitlementKey"]["courseStructure"], "key-0");
        assert_eq!(unit.data["returnURL"], format!("http://localhost{home}"));
        assert_ne!(unit.given["activityId"], "https://maker.example/au/0");
        for verb in ["initialized", "experienced", "completed", "terminated"] {
            unit.say(verb).await.expect(204);
        }
        assert!(amina.get(&home).await.expect(200).says("1 of 3 units done"));
        let second = amina.act(&format!("{home}/units/1"), &[]).await.location;
        let mut unit = Unit::ready(&h, &second).await;
        let registration = unit.given["registration"].clone();
        for verb in ["initialized", "failed"] {
            unit.say(verb).await.expect(204);
        }
        // A new session ends the old one, which can say nothing more.
        let third = amina.act(&format!("{home}/units/1"), &[]).await.location;
        unit.say("experienced").await.expect(401);
        let mut unit = Unit::ready(&h, &third).await;
        for verb in ["initialized", "passed", "completed", "terminated"] {
            unit.say(verb).await.expect(204);
        }
        // A unit that lies elsewhere is shown as what it is.
        let away = amina.act(&format!("{home}/units/2"), &[]).await.location;
        let page = amina.get(&away).await.expect(200);
        assert!(page.says("This unit leads to another site: other.example."));
        let list = format!("/courses/{course}/learners");
        let page = teacher.get(&list).await.expect(200);
        assert!(page.says("not begun") && page.says("begun"));
        let path = format!("/courses/registrations/{registration}");
        let page = teacher.get(&path).await.expect(200);
        assert!(page.says("2 of 3 units done") && page.says("broken off") && page.says("90"));
        let waiver = format!("{path}/units/2/waiver");
        teacher.post(&waiver, "reason=").await.expect(422);
        teacher.act(&waiver, &[("reason", "Did it on paper")]).await;
        assert!(teacher.post(&waiver, "reason=Again").await.expect(422).says("waived already"));
        assert!(teacher.get(&path).await.expect(200).says("Did it on paper"));
        assert!(amina.get(&home).await.expect(200).says("You have finished this course."));
        let verbs = h.verbs(&registration).await;
        let expected = "launched initialized experienced completed terminated launched initialized failed \
                        abandoned launched initialized passed completed satisfied terminated launched \
                        waived satisfied";
        assert_eq!(verbs.join(" "), expected);
        let (learner, resource) = (h.learner(0), base::Id::parse(&course).unwrap());
        let since = h.site.db.read(move |tx| launch::satisfied(tx, learner, resource)).await;
        assert_eq!(since.unwrap(), Some(h.clock.now()));
        // Others see nothing of it, and open nothing.
        let mut other = h.signed_in(h.learner(1)).await;
        other.get(&path).await.expect(403);
        other.get(&away).await.expect(404);
        for words in ["fr", "ar"] {
            let mut again = h.teacher().await.in_lang(words);
            for page in ["/courses", &list, &path, "/courses/new"] {
                again.get(page).await.expect(200);
            }
        }
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_and_not_kept() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let course = h.course(&mut h.teacher().await).await;
        let mut amina = h.signed_in(h.learner(0)).await;
        let open = format!("/learn/courses/{course}/units/1");
        let url = amina.act(&open, &[]).await.location;
        let mut unit = Unit::launched(&h, &url);
        // Without a key, and with a made-up one.
        unit.look("LMS.LaunchData").await.expect(401);
        unit.key = data_encoding::BASE64.encode(b"cmi5-0:guess");
        unit.look("LMS.LaunchData").await.expect(401);
        // The fetch address gives the key once.
        h.send(
            "GET",
            unit.given["fetch"].trim_start_matches("http://localhost"),
            &[],
            "",
        )
        .await
        .expect(405);
        assert!(unit.fetch().await["auth-token"].is_string());
        let again = unit.fetch().await;
        assert_eq!(again["error-code"], "1");
        assert!(again.get("auth-token").is_none());
        let wrong = unit.given["fetch"].replace("http://localhost", "") + "0";
        let wrong = h.send("POST", &wrong, &[], "").await.expect(200).json();
        assert_eq!(wrong["error-code"], "2");
        // Nothing before what it was launched with was read.
        unit.data = json!({ "contextTemplate": {} });
        unit.say("initialized").await.expect(403);
        unit.data = unit.look("LMS.LaunchData").await.expect(200).json();
        unit.say("initialized").await.expect(403);
        unit.preferences("GET", "").await.expect(200);
        unit.say("experienced").await.expect(403);
        let first = unit.statement("initialized");
        unit.put(&first).await.expect(204);
        // The same statement again is the same statement; another one is one too many.
        unit.put(&first).await.expect(204);
        assert!(
            unit.say("initialized")
                .await
                .expect(403)
                .text
                .contains("initialized was said")
        );
        // What is not a unit's to change.
        unit.ask("PUT", &unit.state("LMS.LaunchData"), "{}")
            .await
            .expect(403);
        unit.ask("DELETE", &unit.state("LMS.LaunchData"), "")
            .await
            .expect(403);
        unit.preferences("PUT", "{\"audioPreference\":\"on\"}")
            .await
            .expect(403);
        unit.preferences("DELETE", "").await.expect(403);
        unit.ask("PUT", &unit.state("mine"), "{\"page\":3}")
            .await
            .expect(204);
        unit.look("mine").await.expect(200);
        // A foreign learner's session, registration and statements.
        let mut other = h.signed_in(h.learner(1)).await;
        let url = other.act(&open, &[]).await.location;
        let mut strange = Unit::ready(&h, &url).await;
        strange.say("initialized").await.expect(204);
        let mut said = strange.statement("passed");
        unit.put(&said).await.expect(403);
        said["context"]["registration"] = unit.given["registration"].as_str().into();
        strange.put(&said).await.expect(403);
        unit.ask("GET", &strange.state("mine"), "")
            .await
            .expect(403);
        unit.ask("GET", "/statements", "").await.expect(403);
        let others = format!("/statements?registration={}", strange.given["registration"]);
        unit.ask("GET", &others, "").await.expect(403);
        let own = format!("/statements?registration={}", unit.given["registration"]);
        let seen = unit.ask("GET", &own, "").await.expect(200).json();
        assert_eq!(seen["statements"].as_array().unwrap().len(), 2);
        // One bad statement among several: none of them is kept.
        let batch = json!([unit.statement("completed"), unit.statement("completed")]);
        unit.ask("POST", "/statements", &batch.to_string())
            .await
            .expect(403);
        let mut low = unit.statement("passed");
        low["result"]["score"]["scaled"] = 0.5.into();
        unit.put(&low).await.expect(403);
        unit.say("completed").await.expect(204);
        unit.say("completed").await.expect(403);
        unit.say("failed").await.expect(204);
        unit.say("passed").await.expect(403);
        // Another's page learns by preflight that it may speak.
        let may = h
            .send("OPTIONS", "/xapi/1.0.3/statements", &[], "")
            .await
            .expect(204);
        assert_eq!(may.headers["access-control-allow-origin"], "*");
        unit.say("terminated").await.expect(204);
        unit.say("experienced").await.expect(401);
        unit.look("mine").await.expect(401);
        // A session does not live for ever.
        strange.say("experienced").await.expect(204);
        h.clock.advance_seconds(24 * 3_600 + 1);
        strange.say("experienced").await.expect(401);
        let mut late = h.signed_in(h.learner(2)).await;
        let url = late.act(&open, &[]).await.location;
        h.clock.advance_seconds(24 * 3_600 + 1);
        assert_eq!(Unit::launched(&h, &url).fetch().await["error-code"], "1");
        let verbs = h.verbs(&unit.given["registration"]).await;
        assert_eq!(
            verbs.join(" "),
            "launched initialized completed failed terminated"
        );
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn other_programs_run_courses_with_a_key() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let shown = h.officer.act("/courses/keys/new", &[("label", "Suite")]).await;
        let page = h.officer.get(&shown.location).await.expect(200);
        let key = page
            .text
            .split(|c: char| c.is_whitespace() || "<>\"".contains(c))
            .find(|word| word.len() == 43 && !word.contains('/'))
            .unwrap()
            .to_owned();
        h.api("wrong", "POST", "/courses", package()).await.expect(401);
        let none = h.api(&key, "POST", "/courses", package()).await.expect(422).json();
        assert_eq!(none["reasons"][0]["field"], "resource_licence");
        let broken = structure().replace("moveOn=\"Passed\"", "moveOn=\"Never\"");
        let path = "/courses?licence=CC0-1.0";
        let said = h.api(&key, "POST", path, broken).await.expect(422).json();
        assert!(said["reasons"].as_array().unwrap().len() > 2, "{said}");
        h.api(&key, "POST", path, "hello").await.expect(422);
        let made = h.api(&key, "POST", path, package()).await.expect(201).json();
        let id = made["id"].as_str().unwrap().to_owned();
        assert_eq!(made["units"].as_array().unwrap().len(), 3);
        h.api(&key, "GET", &format!("/courses/{id}"), "").await.expect(200);
        let launch = format!("/courses/{id}/launch-url/0");
        for wrong in [
            json!({}),
            json!({ "learner": "ZZZZ-ZZZZ" }),
            json!({ "actor": { "mbox": "mailto:a@b.example" } }),
            json!({ "actor": account("a@b.example") }),
            json!({ "learner": h.learner(0).to_string(), "launchMode": "Peek" }),
            json!({ "learner": h.learner(0).to_string(), "registration": "1" }),
        ] {
            h.api(&key, "POST", &launch, wrong.to_string()).await.expect(422);
        }
        h.api(&key, "POST", &launch, "{").await.expect(422);
        let nine = format!("/courses/{id}/launch-url/9");
        let mut body = json!({ "learner": h.learner(0).to_string() });
        h.api(&key, "POST", &nine, body.to_string()).await.expect(404);
        let browse = json!({ "learner": h.learner(0).to_string(), "launchMode": "Browse" });
        let opened = h.api(&key, "POST", &launch, browse.to_string()).await.expect(200).json();
        let registration = opened["registration"].as_str().unwrap().to_owned();
        let mut unit = Unit::ready(&h, opened["url"].as_str().unwrap()).await;
        assert_eq!(unit.data["launchMode"], "Browse");
        unit.say("initialized").await.expect(204);
        for verb in ["completed", "passed", "failed"] {
            unit.say(verb).await.expect(403);
        }
        // Ended by hand, once.
        let end = format!("/sessions/{}/abandon", opened["session"].as_str().unwrap());
        h.api(&key, "POST", &end, "").await.expect(200);
        h.api(&key, "POST", &end, "").await.expect(422);
        unit.say("experienced").await.expect(401);
        let waive = format!("/registrations/{registration}/waive/0");
        h.api(&key, "POST", &waive, "{}").await.expect(422);
        let reason = json!({ "reason": "Knows it" }).to_string();
        h.api(&key, "POST", &waive, reason.clone()).await.expect(200);
        h.api(&key, "POST", &waive, reason).await.expect(422);
        let status = h.api(&key, "GET", &format!("/registrations/{registration}"), "").await;
        let status = status.expect(200).json();
        assert_eq!(status["units"][0]["state"], "waived");
        assert_eq!(status["sessions"][0]["closing"], "abandoned");
        // Somebody else's account, under a registration it names.
        body = json!({ "actor": account("7"), "registration": "6f7d9a0e-0000-4000-8000-000000000001" });
        let opened = h.api(&key, "POST", &launch, body.to_string()).await.expect(200).json();
        assert_eq!(opened["registration"], body["registration"]);
        let other = json!({ "actor": account("8"), "registration": body["registration"] });
        h.api(&key, "POST", &launch, other.to_string()).await.expect(422);
        assert_eq!(h.verbs(&registration).await.join(" "), "launched initialized abandoned waived");
        // A key that has ended opens nothing.
        let list = h.officer.get("/courses/keys").await.expect(200);
        let path = list.text.split("href=\"").find(|part| part.contains("/ending\""));
        let path = path.unwrap().split('"').next().unwrap().to_owned();
        h.officer.act(&path, &[]).await;
        h.officer.post(&path, "").await.expect(422);
        h.api(&key, "GET", &format!("/courses/{id}"), "").await.expect(401);
        let officers = h.officer.get(&format!("/courses/{id}/learners")).await.expect(200);
        assert!(officers.says(&registration));
        all_is_well(&h.site).await;
    })
    .await;
}

fn account(name: &str) -> Value {
    json!({ "account": { "homePage": "https://other.example", "name": name } })
}

#[tokio::test]
async fn a_statement_and_what_follows_from_it_are_kept_together_or_not_at_all() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let course = h.course(&mut h.teacher().await).await;
        let resource = base::Id::parse(&course).unwrap();
        let mut amina = h.signed_in(h.learner(0)).await;
        let home = format!("/learn/courses/{course}");
        let mut registration = String::new();
        for n in [0, 1] {
            let url = amina.act(&format!("{home}/units/{n}"), &[]).await.location;
            let mut unit = Unit::ready(&h, &url).await;
            unit.given["registration"].clone_into(&mut registration);
            unit.say("initialized").await.expect(204);
            if n == 0 {
                unit.say("completed").await.expect(204);
                unit.say("terminated").await.expect(204);
                continue;
            }
            unit.say("completed").await.expect(204);
            // What follows fails, as when the power goes between the two.
            let name = |name: &'static str| {
                h.site.db.write(move |tx| {
                    tx.exec(
                        "UPDATE launch_node SET publisher = $2 WHERE resource_id = $1 AND kind = 'block'",
                        &db::args![resource, name],
                    )
                })
            };
            name("no address").await.unwrap();
            let said = unit.statement("passed");
            unit.put(&said).await.expect(500);
            let before = h.verbs(&registration).await;
            assert!(!before.contains(&"passed".to_owned()) && !before.contains(&"satisfied".to_owned()));
            name("https://maker.example/block").await.unwrap();
            // The unit says it again, twice over; what follows is said once.
            unit.put(&said).await.expect(204);
            unit.put(&said).await.expect(204);
            unit.say("terminated").await.expect(204);
        }
        let verbs = h.verbs(&registration).await;
        let count = |verb: &str| verbs.iter().filter(|one| *one == verb).count();
        assert_eq!((count("passed"), count("satisfied")), (1, 1), "{verbs:?}");
        let said = h.said(&registration).await;
        let block = said.iter().find(|one| one["verb"]["id"].as_str().unwrap().ends_with("/satisfied"));
        let block = block.unwrap();
        let kind = "https://w3id.org/xapi/cmi5/activitytype/block";
        assert_eq!(block["object"]["definition"]["type"], kind);
        let grouping = &block["context"]["contextActivities"]["grouping"][0]["id"];
        assert_eq!(grouping, "https://maker.example/block");
    })
    .await;
}

#[tokio::test]
async fn a_package_that_is_no_course_is_refused_with_every_reason() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let bare = structure();
        let sent = [
            ("cmi5.xml", bare.into_bytes()),
            ("page.html", b"<p>Hello".to_vec()),
        ];
        for (name, bytes) in &sent {
            let page = teacher
                .upload("/courses/new", &RIGHTS, "course_file", name, bytes)
                .await;
            page.expect(422);
        }
        // Every unit at an address of its own needs no package.
        let whole = structure().replace("<url>index.html", "<url>https://other.example/index.html");
        let done = teacher
            .upload(
                "/courses/new",
                &RIGHTS,
                "course_file",
                "cmi5.xml",
                whole.as_bytes(),
            )
            .await;
        let course = unit::made(&done.expect(303).location);
        assert!(
            teacher
                .get(&format!("/courses/{course}/learners"))
                .await
                .expect(200)
                .says("Numbers")
        );
        let mut learner = h.signed_in(h.learner(0)).await;
        learner.get("/courses/new").await.expect(403);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_later_opening_in_another_language_is_heard() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let course = h.course(&mut h.teacher().await).await;
        let open = format!("/learn/courses/{course}/units/0");
        let amina = h.learner(0);
        let language = async |unit: &Unit<'_>| {
            let held = unit.preferences("GET", "").await.expect(200).json();
            (
                held["languagePreference"].clone(),
                held["audioPreference"].clone(),
            )
        };
        let mut english = h.signed_in(amina).await;
        let url = english.act(&open, &[]).await.location;
        let unit = Unit::ready(&h, &url).await;
        assert_eq!(language(&unit).await, (json!("en"), json!("on")));
        // What is chosen inside a unit stays while the site speaks as before.
        let chosen = "{\"languagePreference\":\"sw\",\"audioPreference\":\"off\"}";
        let heard = unit.preferences("POST", chosen).await;
        assert!(heard.status == 204, "{}", heard.text);
        let url = english.act(&open, &[]).await.location;
        let unit = Unit::ready(&h, &url).await;
        assert_eq!(language(&unit).await, (json!("sw"), json!("off")));
        // Who opens in French is spoken to in French, in every course.
        let mut french = h.signed_in(amina).await;
        french.get("/learn/courses?lang=fr").await.expect(200);
        let url = french.act(&open, &[]).await.location;
        let unit = Unit::ready(&h, &url).await;
        assert_eq!(language(&unit).await, (json!("fr"), json!("off")));
        all_is_well(&h.site).await;
    })
    .await;
}
