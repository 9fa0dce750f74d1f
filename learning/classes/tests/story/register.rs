//! A teacher keeps the register.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_teacher_keeps_the_register_and_corrects_it() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let class = h.seeded.classes[0];
        let path = format!("/teach/classes/{class}/register");
        assert!(
            h.teacher
                .get("/teach")
                .await
                .expect(200)
                .says("Take the register")
        );
        h.teacher.get(&path).await.expect(200);
        let entered = [
            ("on_day", TODAY),
            ("absent", "3"),
            ("absent", "5"),
            ("excused", "5"),
            ("late", "٧"),
            ("version", "0"),
        ];
        h.teacher.act(&path, &entered).await;
        let marks = h
            .read(move |tx| classes::attendance(tx, class, (today(), today())))
            .await;
        let count = |code: &str| marks.iter().filter(|m| m.code == code).count();
        assert_eq!(
            [
                count("present"),
                count("absent"),
                count("excused"),
                count("late")
            ],
            [33, 1, 1, 1]
        );
        assert!(h.teacher.get("/teach").await.says("Register taken"));

        // A second one conflicts; a correction needs a reason and keeps what it corrects.
        h.teacher
            .post(&path, &web::testing::query(&entered))
            .await
            .expect(409);
        let corrected = [
            ("on_day", TODAY),
            ("late", "3 7"),
            ("excused", "5"),
            ("version", "1"),
        ];
        let got = h
            .teacher
            .post(&path, &web::testing::query(&corrected))
            .await
            .expect(422);
        assert!(got.says("Say why you correct the register."));
        let mut with_reason = corrected.to_vec();
        with_reason.push(("reason", "She came at nine"));
        h.teacher.act(&path, &with_reason).await;
        let page = h
            .teacher
            .get(&format!("/teach/classes/{class}/registers"))
            .await
            .expect(200);
        assert!(page.says("She came at nine"));
        let marks = h
            .read(move |tx| classes::attendance(tx, class, (today(), today())))
            .await;
        assert_eq!(marks.len(), 36);
        assert_eq!(marks.iter().filter(|m| m.code == "absent").count(), 0);

        for (pairs, words) in [
            (
                vec![("on_day", "2026-11-20"), ("version", "0")],
                "a day to come",
            ),
            (
                // A name would pass unheard, and the child be marked as present.
                vec![
                    ("on_day", "2026-11-17"),
                    ("late", "3, Amina"),
                    ("version", "0"),
                ],
                "is not a number of the list",
            ),
            (
                vec![("on_day", "2025-11-20"), ("version", "0")],
                "outside the class",
            ),
            (
                vec![
                    ("on_day", "2026-11-18"),
                    ("late", "99"),
                    ("version", "1"),
                    ("reason", "x"),
                ],
                "99 is not on the list",
            ),
            (
                vec![
                    ("on_day", "2026-11-18"),
                    ("late", "3"),
                    ("left_early", "3"),
                    ("version", "1"),
                    ("reason", "x"),
                ],
                "stands in two places",
            ),
        ] {
            let got = h
                .teacher
                .post(&path, &web::testing::query(&pairs))
                .await
                .expect(422);
            assert!(
                got.says(words),
                "{words}: {}",
                web::testing::plain(&got.text)
            );
        }
        h.teacher
            .get(&format!("/teach/classes/{class}/sheet"))
            .await
            .expect(200);
        // Another teacher's class is closed to her.
        let others = h.seeded.classes[1];
        h.teacher
            .get(&format!("/teach/classes/{others}/register"))
            .await
            .expect(403);
        h.teacher
            .get(&format!("/teach/schools/{}/people", h.school))
            .await
            .expect(403);
        h.nobody.get("/teach").await.expect(303);
        all_is_well(&h.site).await;
    })
    .await;
}
