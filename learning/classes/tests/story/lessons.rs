//! A school keeps its registers by lesson; the day follows from them.

use super::*;

/// The lessons of a class on the day of the story, in order.
pub(super) async fn hours(h: &House, class: Id) -> Vec<Id> {
    h.read(move |tx| {
        let rows = tx.rows(
            "SELECT id FROM school_slot WHERE class_id = $1 AND weekday = 4 ORDER BY begins, id",
            &db::args![class],
        )?;
        rows.iter().map(|row| row.read().id()).collect()
    })
    .await
}

/// What the day says of the learner with that number.
async fn says(h: &House, class: Id, number: usize) -> String {
    let person = h.seeded.learners[0][number - 1];
    let marks = h
        .read(move |tx| classes::attendance(tx, class, (today(), today())))
        .await;
    let of = marks.iter().filter(|mark| mark.person == person);
    let codes: Vec<String> = of.map(|mark| mark.code.clone()).collect();
    assert!(codes.len() <= 1, "{codes:?}");
    codes.first().cloned().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_follows_from_the_registers_of_its_lessons() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let class = h.seeded.classes[0];
        let slots = hours(&h, class).await;
        let register = |n: usize| format!("/teach/hours/{}/register", slots[n]);
        let choice = format!("/teach/schools/{}/registers", h.school);
        let daily = format!("/teach/classes/{class}/register");
        // Until the school chooses so, a register is kept for the day.
        let early = h.teacher.get(&register(0)).await.expect(422);
        assert!(early.says("kept for the whole day"));
        h.teacher.get(&choice).await.expect(403);
        h.head.act(&choice, &[("way", "lesson")]).await;
        assert!(h.head.get(&choice).await.expect(200).says("One for each lesson"));
        assert!(h.teacher.get(&daily).await.expect(422).says("lesson by lesson"));
        let page = h.teacher.get("/teach").await.expect(200);
        assert!(page.text.contains(&register(0)) && page.says("Take the register"));
        // Who is signed in is not led to signing in.
        assert!(!page.text.contains("href=\"/learn/sign-in\""));
        let door = h.nobody.get("/learn/sign-in").await.expect(200);
        assert!(door.text.contains("href=\"/learn/sign-in\""));
        let form = h.teacher.get(&register(0)).await.expect(200);
        assert!(form.says("Everybody on the list was there"));

        let mark = |absent: &'static str, late: &'static str| {
            vec![("on_day", TODAY), ("absent", absent), ("late", late), ("version", "0")]
        };
        h.teacher.act(&register(0), &mark("3", "٧")).await;
        assert_eq!(says(&h, class, 3).await, "absent");
        assert_eq!(says(&h, class, 7).await, "late");
        assert_eq!(says(&h, class, 1).await, "present");
        let mut second = mark("3", "");
        second.push(("absent", "5"));
        h.teacher.act(&register(1), &second).await;
        assert_eq!(says(&h, class, 5).await, "left_early");
        h.teacher.act(&register(2), &mark("3", "")).await;
        assert_eq!(says(&h, class, 5).await, "partly", "there, away, there again");
        assert_eq!(says(&h, class, 3).await, "absent", "away from every lesson so far");
        let marks = h
            .read(move |tx| classes::attendance(tx, class, (today(), today())))
            .await;
        assert_eq!(marks.len(), 36);

        // Two at once: the slower one is told; a correction says why, and names what it corrects.
        h.teacher.post(&register(0), &web::testing::query(&mark("4", ""))).await.expect(409);
        let right = [("on_day", TODAY), ("late", "7"), ("version", "1")];
        let got = h.teacher.post(&register(0), &web::testing::query(&right)).await.expect(422);
        assert!(got.says("Say why"));
        h.clock.advance_seconds(600);
        let mut right = right.to_vec();
        right.push(("reason", "Was in the library"));
        h.teacher.act(&register(0), &right).await;
        assert_eq!(says(&h, class, 3).await, "left_early");
        let first = slots[0];
        let kept = h
            .read(move |tx| {
                let rows = tx.rows(
                    "SELECT m.code, m.current, m.corrects IS NOT NULL FROM school_lesson_mark m \
                     JOIN school_lesson_register r ON r.id = m.register_id JOIN school_enrolment e \
                     ON e.person_id = m.person_id AND e.class_id = r.class_id \
                     WHERE r.slot_id = $1 AND e.number = 3 AND e.role = 'learner' ORDER BY m.marked_at, m.id",
                    &db::args![first],
                )?;
                rows.iter()
                    .map(|row| {
                        let mut r = row.read();
                        Ok((r.text()?, r.bool()?, r.bool()?))
                    })
                    .collect::<base::Result<Vec<_>>>()
            })
            .await;
        let (was, is) = (("absent".to_owned(), false, false), ("present".to_owned(), true, true));
        assert_eq!(kept, [was, is]);

        // Every page tells the same: the day, the registers, the sheet on paper, the child's page.
        let day = format!("/teach/classes/{class}/registers/{TODAY}");
        let registers = format!("/teach/classes/{class}/registers");
        let page = h.teacher.get(&day).await.expect(200);
        assert!(page.says("Partly there") && page.says("Register taken") && page.says("See or correct"));
        let page = h.teacher.get(&registers).await.expect(200);
        assert!(page.text.contains(&day) && page.says("Was in the library") && page.says("Partly there"));
        let sheet = format!("/teach/classes/{class}/sheet");
        assert!(h.teacher.get(&sheet).await.expect(200).says("Partly there"));
        let child = h.seeded.learners[0][4];
        assert!(h.teacher.get(&format!("/teach/people/{child}")).await.expect(200).says("Partly there"));
        let tally = h.read(move |tx| classes::attendance_of(tx, child, (today(), today()))).await;
        assert_eq!(tally.get("partly"), Some(&1));

        // Not for a day to come, not on another day of the week, not by who does not teach the class.
        for day in ["2026-11-20", "2026-11-26", "2026-11-12"] {
            let entered = [("on_day", day), ("version", "0")];
            h.teacher.post(&register(3), &web::testing::query(&entered)).await.expect(422);
        }
        let others = hours(&h, h.seeded.classes[1]).await;
        h.teacher.get(&format!("/teach/hours/{}/register", others[0])).await.expect(403);
        let mut parent = classes::testing::signed_in(&h.site, h.seeded.guardians[0]).await;
        parent.get(&register(0)).await.expect(403);
        for lang in ["fr", "ar"] {
            let mut teacher = classes::testing::signed_in(&h.site, h.seeded.teachers[0]).await;
            teacher.get(&format!("/teach?lang={lang}")).await.expect(200);
            for path in [&day, &registers, &register(1), &register(4), &sheet] {
                teacher.get(path).await.expect(200);
            }
        }
        // The school goes back to one register a day: what was kept stays and can be put right.
        h.head.act(&choice, &[("way", "day")]).await;
        h.teacher.get(&register(1)).await.expect(422);
        h.teacher.get(&daily).await.expect(200);
        let version = h
            .read(move |tx| {
                let sql = "SELECT version FROM school_register WHERE class_id = $1 AND on_day = $2";
                tx.one(sql, &db::args![class, today()])?.read().int()
            })
            .await
            .to_string();
        let whole = [("on_day", TODAY), ("version", version.as_str()), ("reason", "All were there")];
        h.teacher.act(&daily, &whole).await;
        assert_eq!(says(&h, class, 5).await, "present");
        all_is_well(&h.site).await;
    })
    .await;
}
