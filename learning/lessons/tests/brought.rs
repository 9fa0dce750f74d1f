//! A teacher puts a file of her own into tomorrow's lesson: at once, without internet, never beyond what its licence lets.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use house::{House, LESSON, TEXT, migrations, school};
use people::testing::{all_is_well, but, shown};
use web::testing::query;

/// A photograph of one point.
const PHOTO: &[u8] = &[
    0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff,
    0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 0x3f, 0, 0, 0xff,
    0xd9,
];

/// What a telephone takes: a million dots.
fn photograph() -> Vec<u8> {
    let market = image::RgbImage::from_fn(1_200, 900, |x, y| {
        let part = |n: u32| u8::try_from(n % 256).unwrap_or(0);
        image::Rgb([part(x / 5), part(y / 4), part((x + y) / 9)])
    });
    let mut out = std::io::Cursor::new(Vec::new());
    market.write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
    out.into_inner()
}

fn national() -> String {
    let id = base::Id::named("learning_lesson", "KE/fractions-4/1");
    format!("/learning/lessons/{id}")
}

#[tokio::test]
async fn her_own_photograph_stands_in_her_copy_of_the_countrys_lesson() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        let keeper = [("keeper", hill.as_str())];
        let at = format!("{}/adaptation", national());
        let copy = h.tina.act(&at, &keeper).await.location;
        let step = format!("{copy}/steps/resource");
        let none = h.tina.post(&step, "").await.expect(422);
        assert!(none.says("Add a file, or name something in the library."));
        // A photograph says no title of its own; what was brought is kept while one is asked for.
        let own = [("step_licence", "school-own"), ("resource_code", "")];
        let asked = h
            .tina
            .upload(&step, &own, "step_file", "market.jpg", PHOTO)
            .await
            .expect(422);
        assert!(asked.says("It needs a title.") && asked.says("Kept from before: market.jpg"));
        let own = [
            ("step_licence", "school-own"),
            ("step_title", "Prices on our market"),
        ];
        let put = h
            .tina
            .upload(&step, &own, "step_file", "market.jpg", &photograph())
            .await
            .expect(303);
        // The lesson stays at the school with it, and says so.
        let draft = h.tina.get(&put.location).await.expect(200);
        assert!(draft.says("Written at this school, for this school"));
        h.tina.act(&format!("{copy}/publication"), &[]).await;
        let child = h.leo.get(&copy).await.expect(200);
        assert!(child.says("Prices on our market"));
        // A child is led to the light form; the photograph itself is on the resource's page.
        assert!(child.says("market.light.jpg") && !child.text.contains("market.jpg"));
        let photo = shown(&child.text, "/resources/");
        h.leo.get(&photo).await.expect(200);
        h.tom.get(&photo).await.expect(404);
        h.nobody.get(&copy).await.expect(404);
        h.tina.post(&format!("{copy}/offer"), "").await.expect(422);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn what_the_library_has_leads_into_a_lesson() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        let mut form = but(TEXT, &[("resource_licence", "school-own")]);
        form.retain(|(name, _)| *name != "resource_owner");
        form.push(("resource_owner", &hill));
        let resource = h.tina.act("/resources/new", &form).await.location;
        let mut lesson = LESSON.to_vec();
        lesson.push(("keeper", &hill));
        let draft = h.tina.act("/learning/lessons/new", &lesson).await.location;
        let page = h.tina.get(&resource).await.expect(200);
        assert!(page.says("Begin a lesson with it: Hill School"));
        assert!(
            page.text
                .contains(&format!("{draft}/steps/resource?resource_code="))
        );
        assert!(!h.olga.get(&resource).await.says("Begin a lesson with it"));
        let begun = page
            .text
            .split("href=\"/learning/lessons/new?")
            .nth(1)
            .unwrap();
        let begun = begun.split('"').next().unwrap().replace("&amp;", "&");
        let opened = h.tina.get(&format!("/learning/lessons/new?{begun}")).await;
        let code = h.tina.api(&resource).await.json()["code"]
            .as_str()
            .unwrap()
            .to_owned();
        let filled = opened.expect(200);
        assert!(filled.text.contains(&format!("value=\"{code}\"")));
        assert!(filled.text.contains("value=\"Mangoes\""));
        lesson.push(("resource_code", &code));
        let made = h.tina.act("/learning/lessons/new", &lesson).await.location;
        assert!(
            h.tina
                .get(&made)
                .await
                .says("A mango is cut into two parts.")
        );
        let path = format!("{draft}/steps/resource?resource_code={code}");
        assert!(h.tina.get(&path).await.expect(200).text.contains(&code));
        // A lesson that names nothing there is not begun.
        lesson.pop();
        lesson.push(("resource_code", "KE-R-999999"));
        let no = h.tina.post("/learning/lessons/new", &query(&lesson)).await;
        assert!(
            no.expect(422)
                .says("The library has nothing under this code")
        );
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn the_countrys_lessons_hold_only_what_the_library_let_through() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let mut lesson = LESSON.to_vec();
        lesson.push(("keeper", "KE"));
        let path = h.olga.act("/learning/lessons/new", &lesson).await.location;
        let own = [
            ("step_licence", "CC-BY-4.0"),
            ("step_title", "A photograph"),
        ];
        let no = h
            .olga
            .upload(
                &format!("{path}/steps/resource"),
                &own,
                "step_file",
                "a.jpg",
                PHOTO,
            )
            .await;
        assert!(no.expect(422).says("goes through the library first"));
        all_is_well(&h.site).await;
    })
    .await;
}
