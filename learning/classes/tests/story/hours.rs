//! Groups and hours are the teachers'.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn groups_and_hours_are_the_teachers() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let class = h.seeded.classes[0];
        let (one, two) = (
            h.seeded.learners[0][0].to_string(),
            h.seeded.learners[0][1].to_string(),
        );
        let stranger = h.seeded.learners[1][0].to_string();
        let new = format!("/teach/classes/{class}/groups/new");
        h.teacher
            .post(
                &new,
                &web::testing::query(&[("group_name", "Blue"), ("members", &stranger)]),
            )
            .await
            .expect(422);
        h.teacher
            .act(
                &new,
                &[("group_name", "Blue"), ("members", &one), ("members", &two)],
            )
            .await;
        let group = h
            .read(move |tx| Ok(classes::groups(tx, class)?[0].clone()))
            .await;
        let edit = format!("/teach/groups/{}/edit", group.id);
        h.teacher
            .act(
                &edit,
                &[("group_name", "Green"), ("members", &two), ("version", "1")],
            )
            .await;
        h.teacher
            .post(
                &edit,
                &web::testing::query(&[("group_name", "Red"), ("members", &one), ("version", "1")]),
            )
            .await
            .expect(409);
        let members = h.read(move |tx| classes::members(tx, group.id)).await;
        assert_eq!(members, [h.seeded.learners[0][1]]);
        assert!(
            h.teacher
                .get(&format!("/teach/classes/{class}/groups"))
                .await
                .says("Green")
        );

        let hours = format!("/teach/classes/{class}/timetable");
        assert!(h.teacher.get(&hours).await.expect(200).says("Mathematics"));
        let clash = [
            ("weekdays", "1"),
            ("begins_at", "08:20"),
            ("minutes", "40"),
            ("school_subject", "arts"),
        ];
        let got = h
            .teacher
            .post(&format!("{hours}/new"), &web::testing::query(&clash))
            .await
            .expect(422);
        assert!(
            got.says("has an hour on Monday at 08:00"),
            "{}",
            web::testing::plain(&got.text)
        );
        let free = [
            ("weekdays", "1"),
            ("weekdays", "2"),
            ("begins_at", "14:00"),
            ("minutes", "40"),
            ("school_subject", "arts"),
        ];
        h.teacher.act(&format!("{hours}/new"), &free).await;
        let all = h.read(move |tx| classes::hours(tx, class)).await;
        assert_eq!(all.len(), 27);
        h.teacher
            .act(&format!("/teach/hours/{}/end", all[0].id), &[])
            .await;
        let code = h.code().await;
        h.teacher
            .act(&format!("/teach/classes/{class}/code"), &[])
            .await;
        assert_ne!(code, h.code().await);
        all_is_well(&h.site).await;
    })
    .await;
}
