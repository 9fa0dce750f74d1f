//! What packages report where a teacher gave them.

use super::*;

#[tokio::test]
async fn what_a_package_reports_counts_where_the_teacher_gave_it() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let s = Story::open(db, "Halves.zip", scorm(1)).await;
        let (h, site) = (&s.h, &s.h.site);
        let mut teacher = h.teacher().await;
        let class = h.known.class();
        let form = format!("/teach/classes/{class}/courses/new");
        let page = teacher.get(&form).await.expect(200);
        assert!(page.says("Halves") && page.says("The whole class"));
        let about = teacher.get(&format!("/resources/{}", s.resource)).await.expect(200);
        assert!(about.text.contains(&format!("{form}?resource={}", s.resource)));
        let given = s.give_all(&mut teacher).await;
        let path = format!("/teach/assignments/{given}");
        let (one, two) = (h.known.learner(1), h.known.learner(2));
        let mut amina = h.signed_in(one).await;
        let home = amina.get("/learn").await.expect(200);
        assert!(home.says("Begin: Halves") && home.says("To do") && home.says("Not tried yet"));
        let lesson = format!("/learn/lessons/{given}");
        let page = amina.get(&lesson).await.expect(200);
        assert!(page.text.contains(&format!("href=\"/packages/{}\"", s.form)));

        // Half done is still to be done; done and passed is done, told once however often it is sent.
        let run = s.play(&mut amina, 1).await;
        let begun = json!({ "cmi.begun": "true", "cmi.core.lesson_status": "incomplete", "cmi.core.score.raw": "20" });
        assert_eq!(report(site, &run, 1, begun, false).await, 204);
        let home = amina.get("/learn").await.expect(200);
        assert!(home.says("Go on: Halves") && home.says("Begun") && !home.says("Not tried yet"));
        let seen = teacher.get(&path).await.expect(200);
        assert_eq!(seen.text.matches("Begun").count(), 1, "one of the class");
        let own = amina.get("/learn/given.csv").await.expect(200);
        assert!(own.text.contains(",n/a,n/a,open,"), "no questions are counted: {}", own.text);
        assert!(s.tries(one).await.is_empty());
        for _ in 0..2 {
            assert_eq!(report(site, &run, 2, result("passed", "80"), true).await, 204);
        }
        assert_eq!(s.tries(one).await, [("package".to_owned(), true, true)]);
        let home = amina.get("/learn").await.expect(200);
        assert!(home.says("Everything is done") && home.says("Passed") && home.says("80"));
        let page = amina.get(&lesson).await.expect(200);
        assert!(page.says("Reported by the exercise itself") && page.says("Open it again"));
        assert_eq!(s.mastery(one).await, Some(("begun", 1, 1)));
        assert_eq!(s.mastery(two).await, None);

        // The teacher, the guardian and the lists say the same, and where it came from.
        let page = teacher.get(&path).await.expect(200);
        assert!(page.says("Reported by the exercise itself") && page.says("Not tried yet"));
        let list = teacher.get(&format!("{path}/answers.csv")).await.expect(200);
        assert!(list.text.contains("passed") && list.text.contains("package") && list.text.contains(&one.to_string()));
        let mut parent = h.signed_in(h.known.seeded.guardians[0]).await;
        let child = parent.get(&format!("/learn/child/{one}")).await.expect(200);
        assert!(child.says("Passed") && child.says("Reported by the exercise itself"));
        let given_list = amina.get("/learn/given.csv").await.expect(200);
        assert!(given_list.text.contains("done"));
        let questions = amina.api(&format!("{lesson}/questions")).await.expect(200);
        assert!(questions.text.contains("passed"));
        // What has no questions has no paper to enter.
        teacher.get(&format!("{path}/results")).await.expect(404);

        // When it is due, who has not done it is late.
        h.clock.advance_seconds(4 * 86_400);
        let mut teacher = h.teacher().await;
        let glance = teacher.get(&format!("/teach/classes/{class}/progress")).await.expect(200);
        assert!(glance.says("Lessons due and not finished: 1"));
        let first = glance.text.split_once("<ul class=\"cards\">").unwrap().1.split_once("</ul>").unwrap().0;
        assert!(!first.contains(&one.to_string()) && first.contains(&two.to_string()));
        let reports = teacher.get(&format!("/teach/classes/{class}/reports/session?learner={one}")).await.expect(200);
        assert!(reports.says("Lessons finished: 1 of 1."));
        let reports = teacher.get(&format!("/teach/classes/{class}/reports/session?learner={two}")).await.expect(200);
        assert!(reports.says("Lessons finished: 0 of 1."));
        let evidence = teacher.get(&format!("/teach/learners/{one}/progress")).await.expect(200);
        assert!(evidence.says("Halves"));

        // A second try that fails takes nothing away from the assignment; mastery counts the new day.
        let mut amina = h.signed_in(one).await;
        let run = s.play(&mut amina, 1).await;
        assert_eq!(report(site, &run, 1, result("failed", "30"), true).await, 204);
        assert_eq!(s.tries(one).await.len(), 2);
        assert!(amina.get(&lesson).await.says("Passed"));
        assert_eq!(s.mastery(one).await, Some(("begun", 1, 2)));
        for lang in ["fr", "ar"] {
            let mut again = h.teacher().await;
            again.get(&format!("/teach?lang={lang}")).await.expect(200);
            for path in [&path, &form, &format!("{path}/learners/{one}/result")] {
                again.get(path).await.expect(200);
            }
            let mut again = h.signed_in(one).await;
            again.get(&format!("/learn?lang={lang}")).await.expect(200);
            again.get(&lesson).await.expect(200);
        }
        all_is_well(site).await;
        let (inner, now) = (site.clone(), h.clock.now());
        assert!(site.db.write(move |tx| inner.forget(tx, one, now)).await.unwrap() > 0);
        assert!(s.tries(one).await.is_empty());
        all_is_well(site).await;
    })
    .await;
}

#[tokio::test]
async fn a_teacher_says_otherwise_and_later_tries_count_again() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let s = Story::open(db, "Halves.zip", scorm(1)).await;
        let (h, site) = (&s.h, &s.h.site);
        let mut teacher = h.teacher().await;
        let given = s.give_all(&mut teacher).await;
        let one = h.known.learner(1);
        let mut amina = h.signed_in(one).await;
        let run = s.play(&mut amina, 1).await;
        assert_eq!(
            report(site, &run, 1, result("passed", "100"), false).await,
            204
        );
        let word = format!("/teach/assignments/{given}/learners/{one}/result");
        let page = teacher.get(&word).await.expect(200);
        assert!(page.says("Reported by the exercise itself") && page.says("Passed"));
        teacher
            .post(&word, "verdict=not_passed&percent=&reason=")
            .await
            .expect(422);
        teacher
            .post(&word, "verdict=not_passed&percent=900&reason=Copied")
            .await
            .expect(422);
        let said = [
            ("verdict", "not_passed"),
            ("percent", "10"),
            ("reason", "Another child did it"),
        ];
        teacher.act(&word, &said).await;
        assert_eq!(
            s.tries(one).await,
            [
                ("package".to_owned(), true, false),
                ("teacher".to_owned(), false, true)
            ]
        );
        assert_eq!(s.mastery(one).await, Some(("begun", 0, 1)));
        let lesson = format!("/learn/lessons/{given}");
        let page = amina.get(&lesson).await.expect(200);
        assert!(page.says("Not passed yet") && page.says("Another child did it"));
        assert!(amina.get("/learn").await.says("Begin: Halves"));
        let page = teacher
            .get(&format!("/teach/assignments/{given}"))
            .await
            .expect(200);
        assert!(page.says("Said by a teacher") && page.says("Another child did it"));
        // The same opening says nothing more; a new one does.
        assert_eq!(
            report(site, &run, 2, result("passed", "90"), true).await,
            204
        );
        assert!(amina.get(&lesson).await.says("Not passed yet"));
        let run = s.play(&mut amina, 1).await;
        assert_eq!(
            report(site, &run, 1, result("passed", "90"), true).await,
            204
        );
        assert!(amina.get(&lesson).await.says("Passed"));
        // An exercise nobody reported of is told by the teacher; others’ classes are not theirs to tell.
        let two = h.known.learner(2);
        let word = format!("/teach/assignments/{given}/learners/{two}/result");
        let mut other = h.signed_in(h.known.seeded.teachers[2]).await;
        other
            .post(&word, "verdict=done&percent=&reason=Saw+it")
            .await
            .expect(403);
        teacher
            .act(
                &word,
                &[
                    ("verdict", "done"),
                    ("percent", ""),
                    ("reason", "Did it on my phone"),
                ],
            )
            .await;
        let mut second = h.signed_in(two).await;
        assert!(second.get("/learn").await.says("Everything is done"));
        assert_eq!(
            s.mastery(two).await,
            None,
            "who only went through it has shown nothing yet"
        );
        let stranger = format!(
            "/teach/assignments/{given}/learners/{}/result",
            h.known.seeded.learners[1][0]
        );
        teacher.get(&stranger).await.expect(404);
        all_is_well(site).await;
    })
    .await;
}

#[tokio::test]
async fn whoever_gave_it_and_whenever_it_was_done_it_counts() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let s = Story::open(db, "Halves.zip", scorm(1)).await;
        let (h, site) = (&s.h, &s.h.site);
        let (one, two, class) = (h.known.learner(1), h.known.learner(2), h.known.class());
        let mut amina = h.signed_in(one).await;
        // Tried before anybody gave it: kept, and it counts for what it teaches.
        let run = s.play(&mut amina, 1).await;
        assert_eq!(
            report(site, &run, 1, result("passed", "70"), true).await,
            204
        );
        assert_eq!(s.mastery(one).await, Some(("begun", 1, 1)));
        assert!(amina.get("/learn").await.says("No lesson was given yet"));
        h.clock.advance_seconds(86_400);
        let mut teacher = h.teacher().await;
        let by = h.known.seeded.teachers[0];
        let group = h
            .with(move |tx, now| {
                classes::add_group(tx, class, ("Stars", None), &[one, two], Some(by), now)
            })
            .await;
        let days = ("2026-10-15", "2026-10-20");
        let to_group = s
            .give(&mut teacher, class, &format!("group {group}"), days)
            .await;
        let to_child = s
            .give(&mut teacher, class, &format!("person {two}"), days)
            .await;
        let mut amina = h.signed_in(one).await;
        let page = amina
            .get(&format!("/learn/lessons/{to_group}"))
            .await
            .expect(200);
        assert!(page.says("That was before it was given; it counts.") && page.says("Passed"));
        amina
            .get(&format!("/learn/lessons/{to_child}"))
            .await
            .expect(404);
        // One try does for the group's and the child's own.
        let mut second = h.signed_in(two).await;
        let run = s.play(&mut second, 1).await;
        assert_eq!(
            report(site, &run, 1, result("completed", ""), true).await,
            204
        );
        for given in [&to_group, &to_child] {
            assert!(
                second
                    .get(&format!("/learn/lessons/{given}"))
                    .await
                    .says("Done")
            );
        }
        assert!(second.get("/learn").await.says("Everything is done"));
        assert_eq!(s.tries(two).await.len(), 1);
        // Whoever moves to another class takes it along.
        let mut head = h.signed_in(h.known.seeded.head).await;
        let next = h.known.seeded.classes[1];
        let to_next = s
            .give(&mut head, next, &format!("class {next}"), days)
            .await;
        let place = h
            .with(move |tx, _| Ok(classes::enrolments(tx, one)?.first().unwrap().id))
            .await;
        let (next_text, today) = (next.to_string(), "2026-10-15");
        let pairs = [
            ("class", next_text.as_str()),
            ("last_on", today),
            ("reason", "Moved house"),
        ];
        head.act(&format!("/teach/enrolments/{place}/move"), &pairs)
            .await;
        h.clock.advance_seconds(86_400);
        let mut amina = h.signed_in(one).await;
        assert!(amina.get("/learn").await.says("Everything is done"));
        let mut head = h.signed_in(h.known.seeded.head).await;
        let page = head
            .get(&format!("/teach/assignments/{to_next}"))
            .await
            .expect(200);
        assert!(page.says("Reported by the exercise itself"));
        // Withdrawn by the library: asked of nobody any more, late for nobody; what was done counts.
        let mut officer = h.with_link(&h.known.officer).await;
        officer
            .act(
                &format!("/resources/{}/withdrawal", s.resource),
                &[("reason", "An error on page two")],
            )
            .await;
        h.clock.advance_seconds(8 * 86_400);
        let mut third = h.signed_in(h.known.seeded.learners[1][0]).await;
        let home = third.get("/learn").await.expect(200);
        assert!(home.says("Withdrawn by the library") && !home.says("Begin:"));
        let page = third
            .get(&format!("/learn/lessons/{to_next}"))
            .await
            .expect(200);
        assert!(page.says("An error on page two") && !page.text.contains("/packages/"));
        let mut head = h.signed_in(h.known.seeded.head).await;
        assert!(
            !head
                .get(&format!("/teach/classes/{next}/progress"))
                .await
                .says("Lessons due and not finished")
        );
        let page = head
            .get(&format!("/teach/assignments/{to_next}"))
            .await
            .expect(200);
        assert!(page.says("The library has withdrawn it") && page.says("Passed"));
        // What is withdrawn, or is nothing to work through, is not given.
        let resource = s.resource.to_string();
        let pairs = [
            ("resource", resource.as_str()),
            ("to", &format!("class {next}")),
            ("opens_on", "2026-10-24"),
            ("due_on", "2026-10-30"),
        ];
        let path = format!("/teach/classes/{next}/courses/new");
        head.post(&path, &web::testing::query(&pairs))
            .await
            .expect(422);
        let giving = progress::Giving {
            class: next,
            lesson: s.resource,
            to: vec![progress::Target::Class(next)],
            opens_on: h.clock.now().day(),
            due_on: h.clock.now().day(),
        };
        let (boss, now) = (h.known.seeded.head, h.clock.now());
        let refused = site.db.write(move |tx| {
            let actor = classes::actor(tx, boss, now.day())?;
            progress::give_resource(tx, &giving, &actor, now)
        });
        assert!(
            format!("{:?}", refused.await.unwrap_err()).contains("progress-resource-not-usable")
        );
        all_is_well(site).await;
    })
    .await;
}

#[tokio::test]
async fn two_units_that_end_at_once_are_one_result() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let s = Story::open(db, "Parts.zip", scorm(2)).await;
        let (h, site) = (&s.h, &s.h.site);
        let given = s.give_all(&mut h.teacher().await).await;
        let one = h.known.learner(1);
        let mut amina = h.signed_in(one).await;
        let first = s.play(&mut amina, 1).await;
        let second = s.play(&mut amina, 2).await;
        let (a, b) = tokio::join!(
            report(site, &first, 1, result("passed", "80"), true),
            report(site, &second, 1, result("passed", "60"), true)
        );
        assert_eq!((a, b), (204, 204));
        assert_eq!(s.tries(one).await, [("package".to_owned(), true, true)]);
        let page = amina
            .get(&format!("/learn/lessons/{given}"))
            .await
            .expect(200);
        assert!(page.says("Passed") && page.says("70"));
        all_is_well(site).await;
    })
    .await;
}
