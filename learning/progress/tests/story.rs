//! A school day: a teacher gives, learners answer, the teacher marks, a guardian sees.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use house::{House, hidden, migrations, send};
use people::testing::{all_is_well, schema};
use web::testing::query;

fn learn(path: &str) -> String {
    format!("/learn/lessons/{}", path.rsplit('/').next().unwrap())
}

#[tokio::test]
async fn a_lesson_is_given_answered_marked_and_seen_by_the_guardian() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let class = h.known.class();
        let week = teacher
            .get(&format!("/teach/classes/{class}/week"))
            .await
            .expect(200);
        assert!(week.says("What the scheme of work asks") && week.says("Halves and quarters"));
        let given = h.give(&mut teacher, h.known.lesson, &[]).await;
        let path = learn(&given);

        let mut amina = h.learner(1).await;
        let home = amina.get("/learn").await.expect(200);
        assert!(home.says("Begin: Halves and quarters") && home.says("0 of 3 questions"));
        let lesson = amina.get(&path).await.expect(200);
        assert!(lesson.says("A bread is cut into equal parts.") && lesson.says("Question 3"));

        let first = format!("{path}/items/1");
        send(&mut amina, &first, &[]).await.expect(422);
        send(&mut amina, &first, &[("answer", "b")])
            .await
            .expect(303);
        let said = amina.get(&first).await.expect(200);
        assert!(said.says("Count the parts again.") && said.says("Next question"));
        let again = format!("{first}?again=1");
        let page = amina.get(&again).await.expect(200);
        assert_eq!(hidden(&page.text, "number"), "2");
        send(&mut amina, &again, &[("answer", "a")])
            .await
            .expect(303);
        send(&mut amina, &format!("{path}/items/2"), &[("answer", "٤")])
            .await
            .expect(303);
        let open = format!("{path}/items/3");
        send(
            &mut amina,
            &open,
            &[("answer", "Else one gets more & more.")],
        )
        .await
        .expect(303);
        assert!(amina.get("/learn").await.says("Everything is done."));

        // The same form sent again changes nothing.
        let twice = [("answer", "c"), ("number", "1")];
        send(&mut amina, &again, &twice).await.expect(303);
        assert!(!amina.get(&first).await.says("Count the parts again."));

        assert!(teacher.get("/inbox").await.says("answers to mark: 1"));
        let work = teacher.get("/teach/work").await.expect(200);
        assert!(work.says("Why must the parts be equal?"));
        let mark = work.text.split("href=\"/teach/work/").nth(1).unwrap();
        let mark = format!("/teach/work/{}", mark.split('"').next().unwrap());
        assert!(teacher.get(&mark).await.says("Else one gets more & more."));
        teacher
            .act(
                &mark,
                &[("score", "partly"), ("comment", "Good. Say who gets more.")],
            )
            .await;
        assert!(
            teacher
                .post(&mark, "score=right")
                .await
                .expect(422)
                .says("marked already")
        );
        assert!(amina.get(&open).await.says("Say who gets more."));

        // A correction is a new record that names the old.
        let table = teacher.get(&given).await.expect(200);
        let attempt = table.text.split("href=\"/teach/attempts/").nth(3).unwrap();
        let attempt = format!("/teach/attempts/{}", attempt.split('"').next().unwrap());
        assert!(
            teacher
                .get(&attempt)
                .await
                .expect(200)
                .says("What was recorded")
        );
        let path = format!("{attempt}/correction");
        teacher.post(&path, "score=right&reason=").await.expect(422);
        let right = [
            ("score", "right"),
            ("reason", "Read it again: it names the parts."),
        ];
        let now = teacher.act(&path, &right).await.location;
        assert!(teacher.get(&now).await.says("Partly right"));
        assert!(
            teacher
                .post(&path, &query(&right))
                .await
                .expect(422)
                .says("newer record")
        );

        // The guardian sees their own child and nobody else's.
        let mut parent = h.signed_in(h.known.seeded.guardians[0]).await;
        let own = parent.get("/learn").await.expect(303).location;
        let at_home = parent.get(&own).await.expect(200);
        assert!(at_home.says("My children") && !at_home.says("My lessons"));
        assert_eq!(own, format!("/learn/child/{}", h.known.learner(1)));
        let child = parent.get(&own).await.expect(200);
        assert!(child.says("3 of 3 questions") && child.says("Read it again: it names the parts."));
        let left_early = |text: &str| text.matches("Left early").count();
        let before = left_early(&child.text);
        let day = h.site.clock.now().day().to_string();
        let register = [
            ("on_day", day.as_str()),
            ("left_early", "1, 2"),
            ("version", "0"),
        ];
        teacher
            .act(&format!("/teach/classes/{class}/register"), &register)
            .await;
        let child = parent.get(&own).await.expect(200);
        assert!(left_early(&child.text) > before && child.says("The whole day"));
        parent
            .get(&format!("/learn/child/{}", h.known.learner(2)))
            .await
            .expect(403);
        let mut other = h.learner(2).await;
        other.get(&own).await.expect(403);
        other
            .get(&format!("/teach/classes/{class}/progress"))
            .await
            .expect(403);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_lesson_of_another_grade_and_subject_is_given_from_its_own_page() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let (class, school) = (h.known.class(), h.known.seeded.school.to_string());
        let lesson = [
            ("keeper", school.as_str()),
            ("lesson_title_en", "First letters"),
            ("school_subject", "language"),
            ("grade", "1"),
            ("lesson_minutes", "20"),
            ("lesson_licence", "school-own"),
            ("lesson_credit", "Bondo Primary"),
        ];
        let lesson = teacher.act("/learning/lessons/new", &lesson).await.location;
        let text = [("item_language", "en"), ("step_text", "A is for ant.")];
        teacher.act(&format!("{lesson}/steps/text"), &text).await;
        assert!(!teacher.get(&lesson).await.says("Give it to"));
        teacher.act(&format!("{lesson}/publication"), &[]).await;
        let form = format!("/teach/classes/{class}/assignments/new");
        let page = teacher.get(&lesson).await.expect(200);
        assert!(page.text.contains(&format!("{form}?lesson=")));
        let mut child = h.learner(1).await;
        assert!(!child.get(&lesson).await.expect(200).says("Give it to"));
        // The class is of another grade; its group by level may need just this.
        let offered = teacher.get(&form).await.expect(200);
        assert!(offered.says("First letters · 20 min · our school’s own · Language · Grade 1"));
        let id = lesson.rsplit('/').next().unwrap();
        let one = format!("person {}", h.known.learner(1));
        let named = base::Id::parse(id).unwrap();
        let given = h.give(&mut teacher, named, &[("to", &one)]).await;
        assert!(child.get("/learn").await.says("First letters"));
        assert!(teacher.get(&given).await.says("Add something of your own"));
        let edition = teacher.get(&format!("{lesson}/edition")).await;
        assert!(edition.expect(200).says("First letters"));
        // Weeks are planned for every subject of the timetable.
        let week = teacher.get(&format!("/teach/classes/{class}/week")).await;
        assert!(week.expect(200).text.contains("school_subject=language"));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_set_of_open_answers_is_marked_one_after_another() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let given = h.give(&mut teacher, h.known.lesson, &[]).await;
        let open = format!("{}/items/3", learn(&given));
        for number in 1..=2 {
            let mut one = h.learner(number).await;
            let words = format!("Words of {number}.");
            send(&mut one, &open, &[("answer", &words)])
                .await
                .expect(303);
        }
        let list = teacher.get("/teach/work").await.expect(200);
        let first = list.text.split("href=\"/teach/work/").nth(1).unwrap();
        let first = format!("/teach/work/{}", first.split('"').next().unwrap());
        let next = teacher.act(&first, &[("score", "right")]).await.location;
        let page = teacher.get(&next).await.expect(200);
        assert!(next != first && page.says("Words of"));
        let done = teacher.act(&next, &[("score", "right")]).await.location;
        assert_eq!(done, "/teach/work");
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn whom_it_concerns_takes_away_what_is_kept() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let given = h.give(&mut teacher, h.known.lesson, &[]).await;
        let mut amina = h.learner(1).await;
        let first = format!("{}/items/1", learn(&given));
        send(&mut amina, &first, &[("answer", "a")])
            .await
            .expect(303);
        let own = format!("/learn/child/{}", h.known.learner(1));
        let file = format!("/records/export/learner-{}.jsonl", h.known.learner(1));
        let mut parent = h.signed_in(h.known.seeded.guardians[0]).await;
        for who in [&mut amina, &mut parent] {
            let page = who.get(&own).await.expect(200);
            assert!(page.text.contains(&file), "{}", page.text);
        }
        // A parent says what may be done with it, and comes back to where they may be.
        let form = format!("/records/consents/{}", h.known.learner(1));
        assert!(parent.get(&own).await.text.contains(&form));
        assert!(!amina.get(&own).await.text.contains(&form));
        let asked = parent.get(&form).await.expect(200);
        assert!(!asked.text.contains("href=\"/records\""));
        let mut head = h.signed_in(h.known.seeded.head).await;
        let school = format!("/teach/schools/{}", h.known.seeded.school);
        let page = head.get(&school).await.expect(200);
        let whole = format!("/records/export/school-{}.jsonl", h.known.seeded.school);
        assert!(page.text.contains(&whole));
        let person = format!("/teach/people/{}", h.known.learner(1));
        let page = head.get(&person).await.expect(200);
        assert!(
            page.text
                .contains("/records/erasures/new?record_learner_code=")
        );
        let page = teacher.get(&person).await.expect(200);
        assert!(!page.text.contains("/records/erasures/new"));
        // What a child did here stays the school's when the child has left.
        let left = head.get(&person).await;
        let end = people::testing::shown(&left.text, "/teach/roles/");
        head.act(&end, &[("last_on", house::TODAY), ("reason", "Moved")])
            .await;
        let kept = head.get(&whole).await.expect(200);
        let her = h.known.learner(1).to_string();
        assert!(kept.text.contains(&her));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn who_is_stuck_stands_first_and_the_teachers_word_stands_above_the_rule() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let class = h.known.class();
        let given = h.give(&mut teacher, h.known.numbers, &[]).await;
        let path = learn(&given);
        let mut third = h.learner(3).await;
        for n in 1..=3 {
            send(
                &mut third,
                &format!("{path}/items/{n}"),
                &[("answer", "77")],
            )
            .await
            .expect(303);
        }
        let mut fourth = h.learner(4).await;
        for n in 1..=5 {
            let right = (n + n).to_string();
            send(
                &mut fourth,
                &format!("{path}/items/{n}"),
                &[("answer", &right)],
            )
            .await
            .expect(303);
        }
        let page = teacher
            .get(&format!("/teach/classes/{class}/progress"))
            .await
            .expect(200);
        let third = h.with({
            let id = h.known.learner(3);
            move |tx, _| classes::name(tx, id)
        });
        let third = third.await;
        let first = page.text.split("Who is stuck on what").next().unwrap();
        assert!(first.contains(&third) && page.says("(3 not right in a row)"));
        assert!(page.says("Mastered") && page.says("5/5"));
        // Her day begins with the same child.
        let day = teacher.get("/teach").await.expect(200);
        assert!(day.says("Help these children first") && day.says("(3 not right in a row)"));
        let led = format!("/teach/learners/{}/progress", h.known.learner(3));
        assert!(day.text.contains(&led) && day.says(&third));

        let learner = format!("/teach/learners/{}", h.known.learner(3));
        assert!(
            teacher
                .get(&format!("{learner}/progress"))
                .await
                .expect(200)
                .says("Stuck")
        );
        let word = format!("{learner}/competencies/{}/judgement", h.known.competency);
        teacher
            .post(&word, "word=mastered&reason=+")
            .await
            .expect(422);
        let why = [
            ("word", "not_yet"),
            ("reason", "Mixes up doubling and adding one."),
        ];
        teacher.act(&word, &why).await;
        assert!(teacher.get(&word).await.says("Mixes up doubling"));
        teacher.act(&format!("{word}/withdrawal"), &[]).await;
        let report = teacher
            .get(&format!("/teach/classes/{class}/reports/session"))
            .await
            .expect(200);
        assert!(report.says("Working at it with help") && report.says("Can do it"));
        // Each goes home by itself: whose it is stands on every one.
        let whose = report
            .text
            .matches("<strong>Bondo Primary</strong>")
            .count();
        assert_eq!(whose, report.text.matches("class=\"report\"").count());
        let comment = format!(
            "/teach/classes/{class}/reports/session/{}",
            h.known.learner(3)
        );
        teacher
            .act(&comment, &[("comment", "Comes on well.")])
            .await;
        let report = teacher
            .get(&format!("/teach/classes/{class}/reports/2026-3"))
            .await
            .expect(200);
        assert!(!report.says("Comes on well."));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn results_from_paper_are_entered_at_once_or_not_at_all() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let given = h.give(&mut teacher, h.known.lesson, &[]).await;
        let table = format!("{given}/results");
        let held = [("mode", "paper"), ("held_on", "2026-10-14")];
        let with = |more: &[(&'static str, &'static str)]| [&held, more].concat();
        let wrong = send(
            &mut teacher,
            &table,
            &with(&[("r_5_1", "A"), ("r_6_1", "Z")]),
        )
        .await
        .expect(422);
        assert!(wrong.says("Learner 6, question 1: “Z” is no answer to it."));
        assert!(wrong.text.contains("value=\"Z\""));
        assert!(!teacher.get(&given).await.says("1 of 3 questions"));
        send(
            &mut teacher,
            &table,
            &with(&[
                ("r_5_1", "A"),
                ("r_5_2", "4"),
                ("r_5_3", "/"),
                ("r_6_1", "B"),
            ]),
        )
        .await
        .expect(303);
        let page = teacher.get(&table).await.expect(200);
        assert!(
            page.text.contains("name=\"r_5_2\" value=\"4\"")
                && page.text.contains("name=\"r_5_3\" value=\"/\"")
        );
        assert!(teacher.get(&given).await.says("3 of 3 questions"));
        // Saved again with one change: that one is corrected, the others stay.
        send(
            &mut teacher,
            &table,
            &with(&[("r_5_1", "A"), ("r_5_2", "5")]),
        )
        .await
        .expect(303);

        let lines = format!("{given}/lines");
        let bad = [
            ("mode", "oral"),
            ("held_on", "2026-10-14"),
            ("results", "7 A 4 +\n99 A\nB"),
        ];
        let refused = teacher.post(&lines, &query(&bad)).await.expect(422);
        assert!(
            refused.says("nobody has the number 99")
                && refused.says("Line 3 begins with no number")
        );
        let good = [
            ("mode", "oral"),
            ("held_on", "2026-10-14"),
            ("results", "7 A 4 +\n٨: B 3 -"),
        ];
        teacher.act(&lines, &good).await;
        let learner = h.known.learner(7);
        let kept = h
            .with(move |tx, _| records::of_learner(tx, learner, 0, 10))
            .await;
        assert_eq!(kept.len(), 3);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_level_check_sorts_children_into_groups_and_a_group_gets_its_lesson() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let class = h.known.class();
        let levels = format!("/teach/classes/{class}/levels");
        assert!(
            teacher
                .get(&levels)
                .await
                .expect(200)
                .says("No check was held yet.")
        );
        let new = [("ladder", "reading"), ("held_on", "2026-10-14")];
        let check = teacher.act(&format!("{levels}/new"), &new).await.location;
        send(&mut teacher, &check, &[("level_1", "9")])
            .await
            .expect(422);
        send(
            &mut teacher,
            &check,
            &[
                ("level_1", "0"),
                ("level_2", "2"),
                ("level_3", "4"),
                ("level_4", "1"),
            ],
        )
        .await
        .expect(303);
        let page = teacher.get(&levels).await.expect(200);
        assert!(page.says("Reading: letters") && page.says("Reading: texts"));
        let again = teacher.act(&format!("{levels}/new"), &new).await.location;
        send(
            &mut teacher,
            &again,
            &[
                ("level_1", "2"),
                ("level_2", "2"),
                ("level_3", "3"),
                ("level_4", "1"),
            ],
        )
        .await
        .expect(303);
        assert!(teacher.get(&levels).await.says("up 1, the same 2, down 1"));

        let groups = h.with(move |tx, _| classes::groups(tx, class)).await;
        let words = groups
            .iter()
            .find(|g| g.level.as_deref() == Some("reading-1"))
            .unwrap();
        let to = format!("group {}", words.id);
        let given = h.give(&mut teacher, h.known.lesson, &[("to", &to)]).await;
        assert!(
            h.learner(1)
                .await
                .get(&learn(&given))
                .await
                .says("Halves and quarters")
        );
        h.learner(3).await.get(&learn(&given)).await.expect(404);
        assert!(
            h.learner(3)
                .await
                .get("/learn")
                .await
                .says("No lesson was given yet.")
        );
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn everything_wrong_with_an_assignment_is_said_and_it_can_be_moved_and_taken_back() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let class = h.known.class();
        let path = format!("/teach/classes/{class}/assignments/new");
        let lesson = h.known.lesson.to_string();
        let wrong = [
            ("lesson", lesson.as_str()),
            ("to", "class 1"),
            ("opens_on", "2026-10-20"),
            ("due_on", "2026-10-01"),
        ];
        teacher.post(&path, &query(&wrong)).await.expect(422);
        let to = format!("class {class}");
        let wrong = [
            ("lesson", lesson.as_str()),
            ("to", &to),
            ("opens_on", "2026-10-20"),
            ("due_on", "2026-10-01"),
        ];
        let refused = teacher.post(&path, &query(&wrong)).await.expect(422);
        assert!(refused.says("before the first") && refused.says("is over already"));
        let given = h
            .give(&mut teacher, h.known.lesson, &[("opens_on", "2026-10-16")])
            .await;
        let mut amina = h.learner(1).await;
        amina.get(&learn(&given)).await.expect(404);
        let moved = [
            ("opens_on", "2026-10-14"),
            ("due_on", "2026-10-20"),
            ("version", "1"),
        ];
        teacher.act(&format!("{given}/move"), &moved).await;
        teacher
            .post(&format!("{given}/move"), &query(&moved))
            .await
            .expect(409);
        amina.get(&learn(&given)).await.expect(200);
        let back = format!("{given}/withdrawal");
        let odd = query(&[("reason", "Later."), ("version", "two")]);
        let odd = teacher.post(&back, &odd).await.expect(422);
        assert!(odd.says("“two” is not a number."));
        teacher
            .act(
                &back,
                &[("reason", "We do it together first."), ("version", "2")],
            )
            .await;
        amina.get(&learn(&given)).await.expect(404);
        assert!(teacher.get(&given).await.says("We do it together first."));
        let list = format!("/teach/classes/{class}/assignments");
        assert!(teacher.get(&list).await.says("Taken back"));
        // A teacher of another class may not; the head may look.
        let mut other = h.signed_in(h.known.seeded.teachers[1]).await;
        other.get(&given).await.expect(403);
        let mut head = h.signed_in(h.known.seeded.head).await;
        head.get(&given).await.expect(200);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_week_is_planned_from_the_scheme_and_the_rule_is_the_countrys() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let class = h.known.class();
        let (one, two) = (h.known.lesson.to_string(), h.known.numbers.to_string());
        let plan = format!("/teach/classes/{class}/week/plan");
        let pairs = [
            ("lessons", one.as_str()),
            ("lessons", two.as_str()),
            ("opens_on", "2026-10-14"),
            ("due_on", "2026-10-18"),
            ("pace", "one_a_day"),
            ("note", "Bring beans"),
        ];
        let week = teacher.act(&plan, &pairs).await.location;
        let page = teacher.get(&week).await.expect(200);
        assert!(page.says("Bring beans") && page.says("15 October 2026") && page.says("Doubling"));

        // From Friday on, the second opens on Monday: nobody is taught on Saturday.
        let friday = [
            ("lessons", one.as_str()),
            ("lessons", two.as_str()),
            ("opens_on", "2026-10-16"),
            ("due_on", "2026-10-23"),
            ("pace", "one_a_day"),
        ];
        teacher.act(&plan, &friday).await;
        let given = format!("/teach/classes/{class}/assignments");
        let given = teacher.get(&given).await.expect(200);
        assert!(given.says("19 October 2026") && !given.says("17 October 2026"));

        let mut officer = h.with_link(&h.known.officer).await;
        let about = h.known.competency.to_string();
        let rule = [
            ("rule_country", "KE"),
            ("competency", about.as_str()),
            ("rule", "n_in_a_row"),
            ("m", "1"),
            ("n", "2"),
        ];
        officer.act("/mastery/new", &rule).await;
        assert!(
            officer
                .get("/mastery")
                .await
                .says("Mastered when 2 in a row are right.")
        );
        let bad = [
            ("rule_country", "KE"),
            ("rule", "m_of_n"),
            ("m", "6"),
            ("n", "5"),
        ];
        assert!(
            officer
                .post("/mastery/new", &query(&bad))
                .await
                .expect(422)
                .says("cannot be more")
        );
        teacher.get("/mastery/new").await.expect(403);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn the_demonstrations_week_fills_every_page() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let known = h.known.clone();
        let made = h
            .with(move |tx, now| {
                let lessons = [known.lesson, known.numbers, known.lesson, known.numbers];
                let demo = progress::DemoClass {
                    class: known.class(),
                    teacher: known.seeded.teachers[0],
                    learners: &known.seeded.learners[0],
                    lessons: &lessons,
                };
                let made = progress::seed_demo(tx, &demo, now)?;
                assert_eq!(progress::seed_demo(tx, &demo, now)?.answers, 0);
                Ok(made)
            })
            .await;
        assert!(made.answers > 300 && made.waiting > 3, "{made:?}");
        let class = h.known.class();
        let mut teacher = h.teacher().await;
        for path in [
            "progress",
            "progress?all=1",
            "week",
            "assignments",
            "levels",
            "reports/session",
            "reports/2026-3",
        ] {
            teacher
                .get(&format!("/teach/classes/{class}/{path}"))
                .await
                .expect(200);
        }
        teacher
            .get(&format!("/teach/classes/{class}"))
            .await
            .expect(200);
        teacher.get("/teach").await.expect(200);
        teacher.get("/teach/work").await.expect(200);
        for lang in ["fr", "ar"] {
            let mut amina = h.learner(1).await.in_lang(lang);
            let mut paths = vec![
                "/learn".to_owned(),
                format!("/learn/child/{}", h.known.learner(1)),
                "/learn/keep".to_owned(),
            ];
            paths.extend(
                made.assignments
                    .iter()
                    .map(|id| format!("/learn/lessons/{id}/items/1")),
            );
            for path in paths {
                amina.get(&format!("{path}?lang={lang}")).await.expect(200);
            }
        }
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn who_is_erased_is_forgotten_here_too() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let path = learn(&h.give(&mut teacher, h.known.lesson, &[]).await);
        let mut amina = h.learner(1).await;
        let first = format!("{path}/items/1");
        send(&mut amina, &first, &[("answer", "a")])
            .await
            .expect(303);
        let learner = h.known.learner(1);
        let begun = move |tx: &mut db::Tx, _| Ok(progress::masteries(tx, learner)?.len());
        assert_eq!(h.with(begun).await, 1);
        let code = h
            .with(move |tx, _| Ok(classes::person(tx, learner)?.code))
            .await;
        let mut olga = h.with_link(&h.known.officer).await;
        let asked = [
            ("record_learner_code", code.as_str()),
            ("reason", "The guardian asked."),
            ("record_sure", "yes"),
        ];
        olga.act("/records/erasures/new", &asked).await;
        assert_eq!(h.with(begun).await, 0);
        all_is_well(&h.site).await;
    })
    .await;
}

#[test]
fn the_schema_takes_its_sample_and_its_checks_hold() {
    db::testing::each_engine_with_samples(&schema(&house::rooms()), |db| {
        let breaches = db
            .read_now(|tx| (progress::room().checks[0].run)(tx))
            .unwrap();
        assert_eq!(breaches, Vec::<String>::new());
        let learner = base::Id::parse("01935000-0000-7000-8000-000000000917").unwrap();
        let now = house::start();
        let left = db.write_now(move |tx| {
            assert_eq!(progress::erase(tx, learner, now)?, 2);
            Ok((
                progress::erase(tx, learner, now)?,
                progress::masteries(tx, learner)?.len(),
            ))
        });
        assert_eq!(left.unwrap(), (0, 0));
    });
}
