//! Children come in with what stands on their card.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn children_come_in_with_what_stands_on_their_card() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let class = h.seeded.classes[0];
        let code = h.code().await;
        let cards = h
            .teacher
            .get(&format!("/teach/classes/{class}/cards"))
            .await
            .expect(200);
        let (pictures, digits) = on_card(&cards.text, 1);
        assert_eq!(pictures.len(), 3, "{pictures:?}");
        assert!(cards.says("localhost/learn"));

        // The code typed carelessly leads to the list; another leads nowhere.
        let typed = code.to_lowercase().replace('-', "+");
        let got = h
            .nobody
            .get(&format!("/learn/sign-in?class_code={typed}"))
            .await
            .expect(303);
        assert_eq!(got.location, format!("/learn/sign-in/{code}"));
        assert!(
            h.nobody
                .get("/learn/sign-in?class_code=XXX-00")
                .await
                .says("There is no class with this code")
        );
        let path = format!("/learn/sign-in/{code}");
        // The class shows numbers, not names.
        let first = h.seeded.learners[0][0];
        let name = h.read(move |tx| classes::person(tx, first)).await;
        assert!(!h.nobody.get(&path).await.says(&name.given));

        // Every picture is a button with its word, three rows of them, drawn in the page itself.
        let page = h.nobody.get(&path).await.expect(200);
        for row in ["picture_1", "picture_2", "picture_3"] {
            let buttons = format!("name=\"{row}\" value=\"");
            assert_eq!(page.text.matches(&buttons).count(), 12);
            assert!(page.text.contains(&format!("{buttons}drum\"")));
        }
        assert_eq!(page.text.matches("<svg viewBox=\"0 0 24 24\"").count(), 36);
        assert!(page.says("Drum") && !page.text.contains("<select id=\"f-picture"));

        let wrong = [
            ("learner", "1"),
            ("picture_1", pictures[0].as_str()),
            ("picture_2", pictures[1].as_str()),
            (
                "picture_3",
                if pictures[2] == "sun" { "moon" } else { "sun" },
            ),
        ];
        let got = h
            .nobody
            .post(&path, &web::testing::query(&wrong))
            .await
            .expect(422);
        assert!(got.says("That is not what stands on the card"));
        let right = [
            ("learner", "1"),
            ("picture_1", pictures[0].as_str()),
            ("picture_2", pictures[1].as_str()),
            ("picture_3", pictures[2].as_str()),
        ];
        let got = h.nobody.act(&path, &right).await;
        assert_eq!(got.location, "/learn");
        assert!(h.nobody.get("/learn/account").await.says(&name.name()));
        h.nobody
            .get(&format!("/teach/classes/{class}"))
            .await
            .expect(403);

        // A shared phone forgets after half an hour.
        h.clock.advance_seconds(31 * 60);
        h.nobody.get("/learn/account").await.expect(303);
        let own = [
            ("learner", "1"),
            ("short_code", digits.as_str()),
            ("own_phone", "yes"),
        ];
        h.nobody.act(&path, &own).await;
        h.clock.advance_seconds(5 * 86_400);
        h.nobody.get("/learn/account").await.expect(200);
        h.nobody.act("/learn/sign-out", &[]).await;
        h.nobody.get("/learn/account").await.expect(303);

        // After many wrong tries one has to wait; a new card makes the old one worthless.
        let bad = [("learner", "2"), ("short_code", "0000")];
        for _ in 0..6 {
            h.nobody
                .post(&path, &web::testing::query(&bad))
                .await
                .expect(422);
        }
        h.nobody
            .post(&path, &web::testing::query(&bad))
            .await
            .expect(429);
        let mut teacher = classes::testing::signed_in(&h.site, h.seeded.teachers[0]).await;
        teacher
            .act(
                &format!("/teach/classes/{class}/cards/new"),
                &[("members", &first.to_string())],
            )
            .await;
        let old = [("learner", "1"), ("short_code", digits.as_str())];
        h.nobody
            .post(&path, &web::testing::query(&old))
            .await
            .expect(422);
        assert!(PICTURE_CODES.contains(&pictures[0].as_str()));
        all_is_well(&h.site).await;
    })
    .await;
}
