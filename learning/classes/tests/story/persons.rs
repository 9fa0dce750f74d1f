//! The head lists, enrols, moves and verifies people.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn people_are_listed_enrolled_moved_and_verified() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let school = format!("/teach/schools/{}", h.school);
        assert!(h.head.get(&school).await.expect(200).says("101"));
        h.head
            .get(&format!("/teach/schools/{}", h.other))
            .await
            .expect(403);
        h.officer
            .get(&format!("/teach/schools/{}", h.other))
            .await
            .expect(200);

        // Only the officer names a head.
        let head = [
            ("school_role", "school_head"),
            ("given", "Ruth"),
            ("family", "Ndegwa"),
            ("language", "en"),
            ("from_on", TODAY),
            ("user_name", "ruth.ndegwa"),
        ];
        h.head
            .post(&format!("{school}/people/new"), &web::testing::query(&head))
            .await
            .expect(422);
        let other = format!("/teach/schools/{}/people/new", h.other);
        let ruth = h.officer.act(&other, &head).await.location;
        h.head.get(&ruth).await.expect(403);

        // She chooses her password with the card, once.
        h.officer.act(&format!("{ruth}/card/new"), &[]).await;
        let card = h.officer.get(&format!("{ruth}/card")).await.expect(200);
        let (_, start) = card.text.split_once("<strong><code>").unwrap();
        let start = start.split('<').next().unwrap().to_owned();
        let mut chosen = vec![
            ("user_name", "ruth.ndegwa"),
            ("start_code", start.as_str()),
            ("new_password", "12345"),
            ("new_password_again", "12345"),
        ];
        h.nobody
            .post("/learn/first", &web::testing::query(&chosen))
            .await
            .expect(422);
        chosen[2].1 = "seven green goats";
        chosen[3].1 = "seven green goats";
        assert_eq!(
            h.nobody.act("/learn/first", &chosen).await.location,
            "/teach"
        );
        h.nobody
            .post("/learn/first", &web::testing::query(&chosen))
            .await
            .expect(422);
        let password = [
            ("user_name", "Ruth.Ndegwa"),
            ("password", "seven green goats"),
        ];
        assert_eq!(
            h.nobody.act("/learn/adult", &password).await.location,
            "/teach"
        );
        let wrong = [
            ("user_name", "ruth.ndegwa"),
            ("password", "seven green boats"),
        ];
        assert!(
            h.nobody
                .post("/learn/adult", &web::testing::query(&wrong))
                .await
                .expect(422)
                .says("do not go together")
        );

        // A new learner, in a class from today.
        let (first, second) = (
            h.seeded.classes[0].to_string(),
            h.seeded.classes[1].to_string(),
        );
        let learner = [
            ("school_role", "learner"),
            ("given", "Zuri <b>"),
            ("family", "Adongo"),
            ("language", "en"),
            ("birth_year", "2016"),
            ("needs", "vision"),
            ("class", first.as_str()),
            ("from_on", TODAY),
        ];
        let zuri = h
            .head
            .act(&format!("{school}/people/new"), &learner)
            .await
            .location;
        let page = h.head.get(&zuri).await.expect(200);
        assert!(!page.text.contains("Zuri <b>"), "{}", page.text);
        assert!(page.text.contains("Adongo"));
        assert!(
            h.teacher
                .get(&format!("/teach/classes/{first}"))
                .await
                .says("37 learners")
        );
        let id = Id::parse(zuri.rsplit('/').next().unwrap()).unwrap();
        let enrolment = h
            .read(move |tx| Ok(classes::enrolments(tx, id)?[0].clone()))
            .await;
        assert_eq!(enrolment.number, 37);
        let late = [
            ("class", second.as_str()),
            ("last_on", "2026-11-18"),
            ("reason", "Better company"),
        ];
        let at = format!("/teach/enrolments/{}/move", enrolment.id);
        h.head
            .post(&at, &web::testing::query(&late))
            .await
            .expect(422);
        let on = [
            ("class", second.as_str()),
            ("last_on", TODAY),
            ("reason", "Better company"),
        ];
        h.head.act(&at, &on).await;
        let history = h.read(move |tx| classes::enrolments(tx, id)).await;
        assert_eq!(history.len(), 2);
        h.head
            .post(&at, &web::testing::query(&on))
            .await
            .expect(422);

        // A guardian: entered by a teacher, verified by the head, not by the same.
        let child = format!("/teach/people/{}", h.seeded.learners[0][20]);
        let tie = [
            ("given", "Esther"),
            ("family", "Wanjiru"),
            ("relation", "grandparent"),
        ];
        h.teacher.act(&format!("{child}/guardians/new"), &tie).await;
        h.teacher
            .get(&format!("/teach/people/{}", h.seeded.learners[1][0]))
            .await
            .expect(403);
        let ward = h.seeded.learners[0][20];
        let link = h
            .read(move |tx| Ok(classes::guardians_of(tx, ward)?[0].clone()))
            .await;
        assert!(h.head.get("/inbox").await.says("guardian’s link waits"));
        assert!(
            h.head
                .get(&format!("{school}/guardians"))
                .await
                .says("Esther Wanjiru")
        );
        let verify = format!("/teach/guardians/{}/verification", link.id);
        let seen = [("seen_by", "identity_card"), ("may_see", "yes")];
        let own = h
            .teacher
            .post(&verify, &web::testing::query(&seen))
            .await
            .expect(422);
        assert!(own.says("another person"));
        let guardian = link.guardian;
        assert!(
            h.read(move |tx| classes::wards(tx, guardian))
                .await
                .is_empty()
        );
        h.head.act(&verify, &seen).await;
        let ties = format!("{school}/guardians");
        for (state, named) in [
            ("", true),
            ("?tie_state=verified", true),
            ("?tie_state=waiting", false),
        ] {
            let list = h.head.get(&format!("{ties}{state}")).await.expect(200);
            assert_eq!(list.says("Esther Wanjiru"), named, "{state}");
        }
        let alone = [
            ("school_role", "guardian"),
            ("given", "Alone"),
            ("language", "en"),
            ("from_on", TODAY),
        ];
        let alone = h
            .head
            .act(&format!("{school}/people/new"), &alone)
            .await
            .location;
        let page = h.head.get(&alone).await.expect(200);
        assert!(page.says("No child is linked yet."));
        assert_eq!(h.read(move |tx| classes::wards(tx, guardian)).await, [ward]);
        let may = move |tx: &mut db::Tx| {
            let actor = classes::actor(tx, guardian, today())?;
            let other = classes::require_may_see(tx, &actor, id, today()).is_err();
            classes::require_may_see(tx, &actor, ward, today())?;
            Ok(other)
        };
        assert!(h.read(may).await);
        h.head
            .act(
                &format!("/teach/guardians/{}/end", link.id),
                &[("reason", "Moved away")],
            )
            .await;
        assert!(
            h.read(move |tx| classes::wards(tx, guardian))
                .await
                .is_empty()
        );

        // Lists go page by page; a name finds.
        let page = h
            .head
            .get(&format!("{school}/people?school_role=learner"))
            .await
            .expect(200);
        assert!(page.text.contains("after="));
        let csv = h
            .head
            .get(&format!("{school}/people.csv?school_role=learner"))
            .await
            .expect(200);
        assert_eq!(csv.text.lines().count(), 103, "{}", csv.text);
        assert!(
            h.head
                .get(&format!("{school}/people?q=adongo"))
                .await
                .says("Zuri")
        );
        all_is_well(&h.site).await;
    })
    .await;
}
