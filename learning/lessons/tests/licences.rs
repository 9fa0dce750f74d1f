//! The strictest licence of what a lesson holds is the lesson's.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use house::{House, LESSON, TEXT, migrations, school};
use people::testing::{all_is_well, but};

#[tokio::test]
async fn a_lesson_takes_on_the_licence_that_what_it_shows_asks_for() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        let mut lesson = LESSON.to_vec();
        lesson.push(("keeper", &hill));
        let path = h.tina.act("/learning/lessons/new", &lesson).await.location;
        let own = |licence: &'static str, title: &'static str| {
            but(TEXT, &[("resource_licence", licence), ("names_en", title)])
        };
        let mut codes = Vec::new();
        for (licence, title) in [("CC-BY-SA-4.0", "Alike"), ("CC-BY-NC-4.0", "Not sold")] {
            let mut form = own(licence, title);
            form.retain(|(name, _)| *name != "resource_owner");
            form.push(("resource_owner", &hill));
            let at = h.tina.act("/resources/new", &form).await.location;
            codes.push(
                h.tina.api(&at).await.json()["code"]
                    .as_str()
                    .unwrap()
                    .to_owned(),
            );
        }
        let step = format!("{path}/steps/resource");
        h.tina
            .act(&step, &[("resource_code", codes[0].as_str())])
            .await;
        let page = h.tina.get(&path).await.expect(200);
        assert!(page.says("CC BY-SA 4.0") && !page.says("asks the same of everything"));
        // Set back by hand it is refused, with the work that says no.
        let version = h.tina.api(&path).await.json()["version"].to_string();
        let mut terms = LESSON.to_vec();
        terms.push(("version", &version));
        h.tina.act(&format!("{path}/edit"), &terms).await;
        let no = h
            .tina
            .post(&format!("{path}/publication"), "")
            .await
            .expect(422);
        assert!(no.says(&format!("{} is under CC-BY-SA-4.0", codes[0])));
        let version = h.tina.api(&path).await.json()["version"].to_string();
        let mut terms = but(LESSON, &[("lesson_licence", "CC-BY-SA-4.0")]);
        terms.push(("version", &version));
        h.tina.act(&format!("{path}/edit"), &terms).await;

        // A work that may not be sold cannot stand beside one that asks for its own licence.
        h.tina
            .act(&step, &[("resource_code", codes[1].as_str())])
            .await;
        let page = h.tina.get(&path).await.expect(200);
        assert!(page.says(&format!("{} is under CC-BY-NC-4.0", codes[1])));
        let no = h
            .tina
            .post(&format!("{path}/publication"), "")
            .await
            .expect(422);
        assert!(no.says("stays not for profit"));
        h.tina.act(&format!("{path}/steps/2/removal"), &[]).await;
        h.tina.act(&format!("{path}/publication"), &[]).await;
        assert!(h.leo.get(&path).await.expect(200).says("CC BY-SA 4.0"));
        // Its school keeps what nobody may pass on; nobody else gets it.
        let mut lesson = but(LESSON, &[("lesson_licence", "school-own")]);
        lesson.push(("keeper", &hill));
        let path = h.tina.act("/learning/lessons/new", &lesson).await.location;
        let step = format!("{path}/steps/resource");
        h.tina
            .act(&step, &[("resource_code", codes[0].as_str())])
            .await;
        h.tina.act(&format!("{path}/publication"), &[]).await;
        let no = h.tina.post(&format!("{path}/offer"), "").await.expect(422);
        assert!(no.says("does not let it be passed on"));
        all_is_well(&h.site).await;
    })
    .await;
}
