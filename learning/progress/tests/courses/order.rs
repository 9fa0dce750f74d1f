//! A package with an order of its own counts when its rules say that the whole is passed.

use super::*;

const IN_ORDER: &[u8] = include_bytes!("../../../launch/tests/files/in-order-scorm-2004.zip");

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let start = page
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap()
        .1;
    start.split_once('"').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_package_in_order_counts_once_its_whole_is_passed() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let s = Story::open(db, "Water.zip", IN_ORDER.to_vec()).await;
        let (h, site) = (&s.h, &s.h.site);
        let mut teacher = h.teacher().await;
        let given = s.give_all(&mut teacher).await;
        let one = h.known.learner(1);
        let mut amina = h.signed_in(one).await;
        assert!(amina.get("/learn").await.expect(200).says("Begin: Water"));
        let contents = format!("/packages/{}", s.form);
        let way = format!("{contents}/way");
        let page = amina.get(&contents).await.expect(200).text;
        let (token, turn) = (hidden(&page, "page_token"), hidden(&page, "turn"));
        let start = [
            ("page_token", token.as_str()),
            ("turn", turn.as_str()),
            ("ask", "start"),
        ];
        amina
            .post(&way, &web::testing::query(&start))
            .await
            .expect(303);
        for part in 1..=3 {
            let now = amina.get(&way).await.expect(303).location;
            assert_eq!(now, format!("{contents}/units/{part}"));
            let run = s.play(&mut amina, part).await;
            let request = if part < 3 { "continue" } else { "exitAll" };
            let set = json!({ "cmi.begun": "true", "cmi.completion_status": "completed",
                "cmi.success_status": "passed", "adl.nav.request": request });
            assert!(
                s.tries(one).await.is_empty(),
                "part {part} is not the whole"
            );
            assert_eq!(report(site, &run, 1, set, true).await, 204);
        }
        assert_eq!(s.tries(one).await, [("package".to_owned(), true, true)]);
        let home = amina.get("/learn").await.expect(200);
        assert!(home.says("Everything is done") && home.says("Passed"));
        assert_eq!(s.mastery(one).await, Some(("begun", 1, 1)));
        let page = teacher
            .get(&format!("/teach/assignments/{given}"))
            .await
            .expect(200);
        assert!(page.says("Reported by the exercise itself"));
        all_is_well(site).await;
    })
    .await;
}
