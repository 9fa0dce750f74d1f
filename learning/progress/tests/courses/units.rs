//! What the units of a course report where a teacher gave it.

use super::*;

/// A statement that takes another back, from a program with a key.
async fn void(h: &House, statement: &str) {
    h.with(|tx, now| {
        let key = records::NewKey {
            name: "tool",
            secret: "a-secret-of-stories",
            label: "Tool",
            scopes: &[records::Scope::All],
            country: "KE",
            ends_on: None,
        };
        records::add_key(tx, &key, None, now)
    })
    .await;
    let body = json!({
        "actor": { "account": { "homePage": "https://tool.example", "name": "tool" } },
        "verb": { "id": "http://adlnet.gov/expapi/verbs/voided" },
        "object": { "objectType": "StatementRef", "id": statement },
    });
    let key = data_encoding::BASE64.encode(b"tool:a-secret-of-stories");
    let request = Request::builder()
        .method("POST")
        .uri("/xapi/2.0/statements")
        .header("authorization", format!("Basic {key}"))
        .header("x-experience-api-version", "2.0.0")
        .header("content-type", "application/json")
        .body(Body::from(body.to_string()))
        .unwrap();
    let answer = web::router(&h.site).oneshot(request).await.unwrap();
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn a_course_counts_when_it_is_satisfied_waived_or_taken_back() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let s = Story::open(db, "Numbers.zip", unit::package()).await;
        let (h, site) = (&s.h, &s.h.site);
        let mut teacher = h.teacher().await;
        let given = s.give_all(&mut teacher).await;
        let lesson = format!("/learn/lessons/{given}");
        let (one, two) = (h.known.learner(1), h.known.learner(2));
        let scene = unit::House {
            site: site.clone(),
            clock: h.clock.clone(),
            school: h.known.seeded.clone(),
            officer: Browser::new(site),
        };
        let mut amina = h.signed_in(one).await;
        let course = format!("/learn/courses/{}", s.resource);
        assert!(amina.get(&lesson).await.expect(200).text.contains(&course));
        let play = |n: usize| format!("{course}/units/{n}");
        let open = amina.act(&play(0), &[]).await.location;
        let mut part = Unit::ready(&scene, &open).await;
        for verb in ["initialized", "completed", "terminated"] {
            part.say(verb).await.expect(204);
        }
        // A unit that is broken off, and one that is not begun: nothing has come of the whole yet.
        let open = amina.act(&play(1), &[]).await.location;
        let mut part = Unit::ready(&scene, &open).await;
        part.say("initialized").await.expect(204);
        let registration = part.given["registration"].clone();
        let open = amina.act(&play(1), &[]).await.location;
        assert!(s.tries(one).await.is_empty());
        let mut part = Unit::ready(&scene, &open).await;
        for verb in ["initialized", "passed", "completed", "terminated"] {
            part.say(verb).await.expect(204);
        }
        assert!(amina.get("/learn").await.says("Go on: Numbers"));
        // The last unit fails: the whole is not passed. Once it passes, the whole is.
        let away = amina.act(&play(2), &[]).await.location;
        let page = amina.get(&away).await.expect(200);
        let start = page
            .text
            .split_once("href=\"https://other.example")
            .unwrap()
            .1;
        let open = format!("https://other.example{}", start.split_once('"').unwrap().0)
            .replace("&amp;", "&");
        let mut part = Unit::ready(&scene, &open).await;
        for verb in ["initialized", "failed", "terminated"] {
            part.say(verb).await.expect(204);
        }
        assert_eq!(s.tries(one).await, [("course".to_owned(), false, true)]);
        assert!(amina.get(&lesson).await.says("Not passed yet"));
        assert_eq!(s.mastery(one).await, Some(("begun", 0, 1)));
        let away = amina.act(&play(2), &[]).await.location;
        let page = amina.get(&away).await.expect(200);
        let start = page
            .text
            .split_once("href=\"https://other.example")
            .unwrap()
            .1;
        let open = format!("https://other.example{}", start.split_once('"').unwrap().0)
            .replace("&amp;", "&");
        let mut part = Unit::ready(&scene, &open).await;
        part.say("initialized").await.expect(204);
        let passed = part.statement("passed");
        part.put(&passed).await.expect(204);
        part.put(&passed).await.expect(204);
        let page = amina.get(&lesson).await.expect(200);
        assert!(page.says("Passed") && page.says("Reported by the course itself"));
        assert_eq!(s.tries(one).await.len(), 2);
        // The statement is taken back: the try with it, by a record that names it.
        h.clock.advance_seconds(60);
        void(h, passed["id"].as_str().unwrap()).await;
        assert!(amina.get(&lesson).await.says("Not passed yet"));
        let ways: Vec<String> = s
            .tries(one)
            .await
            .into_iter()
            .map(|(way, _, _)| way)
            .collect();
        assert_eq!(ways, ["course", "course", "taken_back"]);
        let word = format!("/teach/assignments/{given}/learners/{one}/result");
        assert!(
            teacher
                .get(&word)
                .await
                .says("Taken back in the record store")
        );
        assert!(registration.len() > 30);

        // Every unit counted as done by the school: done, but nothing shown.
        let mut second = h.signed_in(two).await;
        let open = second.act(&play(0), &[]).await.location;
        let part = Unit::launched(&scene, &open);
        let path = format!("/courses/registrations/{}", part.given["registration"]);
        for n in 0..3 {
            teacher
                .act(
                    &format!("{path}/units/{n}/waiver"),
                    &[("reason", "Was ill")],
                )
                .await;
        }
        assert_eq!(s.tries(two).await, [("waived".to_owned(), true, true)]);
        assert!(second.get("/learn").await.says("Everything is done"));
        assert_eq!(s.mastery(two).await, None);
        let page = teacher
            .get(&format!("/teach/assignments/{given}"))
            .await
            .expect(200);
        assert!(page.says("Counted as done by the school, without work"));
        all_is_well(site).await;
    })
    .await;
}
