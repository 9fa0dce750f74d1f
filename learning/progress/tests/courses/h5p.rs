//! What an H5P file says where a teacher gave it.

use super::*;

const STEPS: &[u8] = include_bytes!("../../../launch/tests/files/steps.h5p");

#[tokio::test]
async fn what_an_h5p_file_says_counts_where_the_teacher_gave_it() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let s = Story::open(db, "Steps.h5p", STEPS.to_vec()).await;
        let (h, site) = (&s.h, &s.h.site);
        let files = site.files.clone();
        h.with(move |tx, now| {
            let own = |name: &str| (name.to_owned(), b"/* stands in */".to_vec());
            let found = ["main.bundle.js", "frame.bundle.js", "styles/h5p.css"].map(own);
            launch::install_player(tx, &files, ("a player 1.0", &found), now)
        })
        .await;
        let mut teacher = h.teacher().await;
        let given = s.give_all(&mut teacher).await;
        let one = h.known.learner(1);
        let mut amina = h.signed_in(one).await;
        let told = s.play(&mut amina, 1).await["h5p"].clone();
        let send = async |number: i64, events: Value| {
            let body = json!({ "session": told["session"], "number": number, "set": { "cmi.begun": "true" }, "events": events });
            let to = told["to"].as_str().unwrap();
            assert_eq!(ask(site, "POST", to, &body.to_string()).await.0, 204);
        };
        let score = |raw: i64| json!({ "score": { "raw": raw, "min": 0, "max": 2 }, "success": raw == 2, "completion": true });
        let part = json!({ "n": 1, "verb": "answered", "part": "5f3a", "result": score(2) });
        send(1, json!([part])).await;
        assert!(amina.get("/learn").await.says("Go on: Steps"));
        assert!(s.tries(one).await.is_empty(), "a part is not the whole");
        for _ in 0..2 {
            send(2, json!([{ "n": 2, "verb": "completed", "part": "", "result": score(2) }])).await;
        }
        assert_eq!(s.tries(one).await, [("package".to_owned(), true, true)]);
        let home = amina.get("/learn").await.expect(200);
        assert!(home.says("Everything is done") && home.says("Passed") && home.says("100"));
        let page = teacher.get(&format!("/teach/assignments/{given}")).await.expect(200);
        assert!(page.says("Reported by the exercise itself"));
        assert_eq!(s.mastery(one).await, Some(("begun", 1, 1)));
        all_is_well(site).await;
    })
    .await;
}
