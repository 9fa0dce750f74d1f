//! A roster goes out and comes back.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_roster_goes_out_and_comes_back_whole() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let zip = h
            .head
            .get(&format!("/teach/schools/{}/oneroster", h.school))
            .await
            .expect(200);
        let school = h.school.to_string();
        let pairs = [("scope", school.as_str()), ("language", "en")];

        // Our own roster again changes nothing.
        let got = h
            .head
            .upload(
                "/teach/imports/new",
                &pairs,
                "roster",
                "own.zip",
                &zip.bytes,
            )
            .await
            .expect(303);
        h.head.wait_for_jobs().await;
        let page = h.head.get(&got.location).await.expect(200);
        assert!(
            page.says("Every row can be taken over."),
            "{}",
            web::testing::plain(&page.text)
        );
        h.head
            .act(&format!("{}/acceptance", got.location), &[])
            .await;
        h.head.wait_for_jobs().await;
        let page = h.head.get(&got.location).await.expect(200);
        for words in [
            "New people0",
            "New classes0",
            "New enrolments0",
            "Enrolments ended0",
        ] {
            assert!(
                page.says(words),
                "{words}: {}",
                web::testing::plain(&page.text)
            );
        }

        // Of another school it is refused whole, every row named; the officer brings it there.
        let ruth = h.other.to_string();
        let got = h
            .officer
            .upload(
                &format!("/teach/imports/new?scope={ruth}"),
                &[("scope", ruth.as_str()), ("language", "en")],
                "roster",
                "own.zip",
                &zip.bytes,
            )
            .await
            .expect(303);
        h.officer.wait_for_jobs().await;
        let told = h.officer.get(&got.location).await;
        assert!(told.says("School T-1 is not your school."));
        let again = format!("/teach/imports/new?scope={ruth}");
        assert!(told.text.contains(&again));
        h.teacher.get(&got.location).await.expect(403);
        let got = h
            .head
            .upload(
                "/teach/imports/new",
                &pairs,
                "roster",
                "broken.zip",
                b"not a zip",
            )
            .await
            .expect(303);
        h.head.wait_for_jobs().await;
        assert!(h.head.get(&got.location).await.says("not a zip file"));
        all_is_well(&h.site).await;
    })
    .await;
}
