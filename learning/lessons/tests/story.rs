//! Lessons: composed in a plain form, used at once at the school, offered to the country, read and tried by anybody.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use house::{House, LESSON, QUESTION, migrations, school};
use people::testing::{all_is_well, but, schema};
use web::testing::query;

fn shipped(n: i64) -> String {
    let id = base::Id::named("learning_lesson", &format!("KE/fractions-4/{n}"));
    format!("/learning/lessons/{id}")
}

#[tokio::test]
async fn a_teacher_writes_a_lesson_and_her_school_has_it_at_once() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        let mut lesson = LESSON.to_vec();
        lesson.push(("keeper", &hill));
        h.nobody.post("/learning/lessons/new", "").await.expect(303);
        h.leo.post("/learning/lessons/new", "").await.expect(403);
        h.tom
            .post("/learning/lessons/new", &query(&lesson))
            .await
            .expect(422);
        let path = h.tina.act("/learning/lessons/new", &lesson).await.location;
        let page = h.tina.get(&path).await.expect(200);
        assert!(page.says("Halves & <quarters>") && page.says("Add at least one step."));
        h.tina
            .post(&format!("{path}/publication"), "")
            .await
            .expect(422);

        let text = [
            ("item_language", "en"),
            (
                "step_text",
                "# Fair\n\nCut it into [[bar 1/2]] <script>x</script>",
            ),
            ("step_notes", "Bring *mangoes*."),
        ];
        h.tina.act(&format!("{path}/steps/text"), &text).await;
        h.tina
            .act(&format!("{path}/steps/question"), QUESTION)
            .await;
        let page = h.tina.get(&path).await.expect(200);
        assert!(page.text.contains("A bar in 2 equal parts, 1 shaded"));
        assert!(page.says("Bring mangoes.") && !page.text.contains("<script>x"));
        assert!(page.says("Which is a half?"));
        // The question comes first, then the text.
        h.tina
            .act(&format!("{path}/steps/2/place"), &[("step_place", "1")])
            .await;
        let page = h.tina.get(&path).await;
        assert!(page.text.find("Which is a").unwrap() < page.text.find("Cut it").unwrap());

        h.leo.get(&path).await.expect(404);
        h.tom.get(&path).await.expect(404);
        h.tina.act(&format!("{path}/publication"), &[]).await;
        let learners = h.leo.get(&path).await.expect(200);
        assert!(learners.says("Cut it into") && !learners.says("Bring mangoes."));
        h.tom.get(&path).await.expect(404);
        h.nobody.get(&path).await.expect(404);
        assert!(!h.nobody.get("/learning/lessons").await.says("Halves"));
        assert!(
            h.tina
                .get("/learning/lessons/mine")
                .await
                .says("At its school")
        );
        let fixed = h
            .tina
            .post(&format!("{path}/steps/text"), &query(&text))
            .await
            .expect(422);
        assert!(fixed.says("A published lesson never changes."));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_lesson_is_offered_returned_corrected_and_let_through_by_another_person() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        let aligned = h.competency("M4.F.1").await;
        let mut lesson = LESSON.to_vec();
        lesson.push(("keeper", &hill));
        let path = h.tina.act("/learning/lessons/new", &lesson).await.location;
        h.tina
            .act(&format!("{path}/steps/question"), QUESTION)
            .await;
        h.tina.act(&format!("{path}/publication"), &[]).await;
        let lacks = h.tina.post(&format!("{path}/offer"), "").await.expect(422);
        assert!(lacks.says("Choose at least one competency"));

        let next = h.tina.act(&format!("{path}/edition"), &[]).await.location;
        let twice = h
            .tina
            .post(&format!("{path}/edition"), "")
            .await
            .expect(422);
        assert!(twice.says("A new edition was begun already."));
        let page = h.tina.get(&path).await.expect(200);
        assert!(page.says("Go on with the new edition") && !page.says("Begin a new edition"));
        let version = h.tina.api(&next).await.json()["version"].to_string();
        let mut terms = but(LESSON, &[("lesson_title_en", "Halves anew")]);
        terms.extend([
            ("version", version.as_str()),
            ("competencies", aligned.as_str()),
        ]);
        h.tina.act(&format!("{next}/edit"), &terms).await;
        let stale = h
            .tina
            .post(&format!("{next}/edit"), &query(&terms))
            .await
            .expect(409);
        assert!(stale.says("Halves anew"));
        h.tina.act(&format!("{next}/publication"), &[]).await;
        assert!(
            h.leo
                .get(&path)
                .await
                .says("A newer edition of this lesson")
        );

        h.tina.act(&format!("{next}/offer"), &[]).await;
        assert!(
            h.rita
                .get("/inbox")
                .await
                .says("Lesson to review: Halves anew")
        );
        h.tina
            .post(&format!("{next}/approval"), "")
            .await
            .expect(403);
        h.rita
            .post(&format!("{next}/approval"), "")
            .await
            .expect(422);
        h.rita
            .act(&format!("{next}/return"), &[("reason", "Name the parts.")])
            .await;
        assert!(h.tina.get("/inbox").await.says("Returned by the reviewers"));
        assert!(h.tina.get(&next).await.says("Name the parts."));
        h.leo.get(&next).await.expect(200);
        h.tina.act(&format!("{next}/offer"), &[]).await;
        let all = [
            ("lesson_is_correct", "yes"),
            ("lesson_is_fitting", "yes"),
            ("lesson_is_fair", "yes"),
            ("lesson_is_free", "yes"),
        ];
        h.rita.act(&format!("{next}/approval"), &all).await;
        assert!(h.nobody.get("/learning/lessons").await.says("Halves anew"));
        let public = h.nobody.get(&next).await.expect(200);
        assert!(public.says("Which is a half?") && !public.says("Tanui"));

        // Another school makes it its own.
        let river = school("0002").to_string();
        let copy = h
            .tom
            .act(&format!("{next}/adaptation"), &[("keeper", &river)])
            .await
            .location;
        assert!(h.tom.get(&copy).await.expect(200).says("Draft"));
        // Whoever begins another is led to it; other schools are not.
        let again = h.tom.get(&format!("{next}/adaptation")).await.expect(200);
        assert!(again.says("Your school has its own already.") && again.text.contains(&copy));
        h.tina.get(&copy).await.expect(404);

        h.olga
            .act(&format!("{next}/withdrawal"), &[("reason", "A mistake.")])
            .await;
        let gone = h.nobody.get(&next).await.expect(200);
        assert!(gone.says("This lesson was withdrawn.") && gone.says("A mistake."));
        assert!(!h.nobody.get("/learning/lessons").await.says("Halves anew"));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn the_ministry_never_lets_through_what_the_same_person_wrote() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let aligned = h.competency("M4.F.1").await;
        let mut lesson = LESSON.to_vec();
        lesson.extend([("keeper", "KE"), ("competencies", aligned.as_str())]);
        let path = h.both.act("/learning/lessons/new", &lesson).await.location;
        h.both
            .act(&format!("{path}/steps/question"), QUESTION)
            .await;
        h.both.act(&format!("{path}/offer"), &[]).await;
        let all =
            "lesson_is_correct=yes&lesson_is_fitting=yes&lesson_is_fair=yes&lesson_is_free=yes";
        let own = h
            .both
            .post(&format!("{path}/approval"), all)
            .await
            .expect(422);
        assert!(own.says("This step needs another person"));
        h.rita
            .post(&format!("{path}/approval"), all)
            .await
            .expect(303);
        h.nobody.get(&path).await.expect(200);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn anybody_reads_tries_and_prints_the_shipped_unit_in_three_languages() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let list = h.nobody.get("/learning/lessons").await.expect(200);
        for title in ["Equal parts", "Which is greater?", "Adding and taking away"] {
            assert!(list.says(title), "{title}");
        }
        for n in 1..=6 {
            for query in ["", "?in=fr", "?in=ar", "?lang=ar"] {
                h.nobody
                    .get(&format!("{}{query}", shipped(n)))
                    .await
                    .expect(200);
            }
            h.nobody
                .get(&format!("{}/paper?lang=ar", shipped(n)))
                .await
                .expect(200);
            let teacher = h
                .tina
                .get(&format!("{}/paper", shipped(n)))
                .await
                .expect(200);
            assert!(teacher.says("Answer sheet"));
            let key = h
                .tina
                .get(&format!("{}/paper?key=yes", shipped(n)))
                .await
                .expect(200);
            assert!(key.says("How to find it"));
        }
        let paper = h.nobody.get(&format!("{}/paper?key=yes", shipped(1))).await;
        assert!(!paper.says("How to find it"));
        let french = h.nobody.get(&format!("{}?in=fr", shipped(1))).await;
        assert!(french.says("Partager équitablement") && french.text.contains("lang=\"fr\""));
        assert!(french.text.contains("<sup>1</sup>⁄<sub>2</sub>"));

        let page = h.nobody.get(&format!("{}?lang=en", shipped(1))).await;
        let item = people::testing::shown(&page.text, "/learning/items/");
        let tried = h
            .nobody
            .get(&format!("{item}?in=en&as=q1&q1=a"))
            .await
            .expect(200);
        assert!(tried.says("Not yet. Try again."));
        assert!(tried.says("A half is one of 2 equal parts."));
        let tried = h
            .nobody
            .get(&format!("{item}?in=en&as=q1&q1=c"))
            .await
            .expect(200);
        assert!(tried.says("Right!"));
        let tried = h
            .nobody
            .get(&format!("{item}?in=en&as=q1&q1=zz"))
            .await
            .expect(200);
        assert!(tried.says("Choose an answer first."));
        assert!(!tried.says("Right answers"));
        h.nobody.get("/learning/items").await.expect(303);
        assert!(
            h.tina
                .get("/learning/items")
                .await
                .expect(200)
                .says("Questions")
        );
        assert!(
            h.tina
                .get("/learning/items?keeper=KE")
                .await
                .says("What part of the bar")
        );
        let file = h
            .nobody
            .get(&format!("{}/qti?in=fr", shipped(3)))
            .await
            .expect(200);
        let read = formats::read("items.zip", &file.bytes).unwrap();
        assert_eq!(read.items.len(), 6, "{:?}", read.remarks);
        let competency = h.competency("M4.F.4").await;
        let on = h
            .nobody
            .get(&format!("/competencies/{competency}"))
            .await
            .expect(200);
        assert!(on.says("Which is greater?"));
        let facts = h.nobody.api(&shipped(1)).await.json();
        assert_eq!(facts["lesson_minutes"], 40);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn an_item_a_published_lesson_holds_stays_and_its_words_grow_elsewhere() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        let mut new = QUESTION.to_vec();
        new.extend([
            ("keeper", hill.as_str()),
            ("school_subject", "mathematics"),
            ("grade", "4"),
            ("lesson_licence", "CC-BY-4.0"),
            ("lesson_credit", "Hill School"),
        ]);
        let wrong = but(&new, &[("item_answers", "1/2\n1/3")]);
        let refused = h
            .tina
            .post("/learning/items/new", &query(&wrong))
            .await
            .expect(422);
        assert!(refused.says("Put * before the one right answer."));
        let path = h.tina.act("/learning/items/new", &new).await.location;
        h.leo.get(&path).await.expect(200);
        h.nobody.get(&path).await.expect(404);
        h.tom.get(&path).await.expect(404);

        let french = [
            ("item_question", "Lequel est un **demi** ?"),
            ("item_answers", "* 1/2 | Bravo.\n1/3"),
            ("version", "1"),
        ];
        h.tina.act(&format!("{path}/texts/fr"), &french).await;
        assert!(
            h.tina
                .get(&format!("{path}?in=fr"))
                .await
                .says("Lequel est un demi")
        );
        let differ = [
            ("item_question", "?"),
            ("item_answers", "1/2\n* 1/3"),
            ("version", "2"),
        ];
        let refused = h
            .tina
            .post(&format!("{path}/texts/ar"), &query(&differ))
            .await
            .expect(422);
        assert!(refused.says("In every language there must be as many lines"));
        h.tina
            .post(&format!("{path}/texts/fr"), &query(&french))
            .await
            .expect(409);

        let code = h.tina.api(&path).await.json()["code"]
            .as_str()
            .unwrap()
            .to_owned();
        let mut lesson = LESSON.to_vec();
        lesson.push(("keeper", &hill));
        let one = h.tina.act("/learning/lessons/new", &lesson).await.location;
        let two = h.tina.act("/learning/lessons/new", &lesson).await.location;
        for lesson in [&one, &two] {
            h.tina
                .act(
                    &format!("{lesson}/steps/item"),
                    &[("item_code", &code.to_lowercase())],
                )
                .await;
        }
        let none = h
            .tina
            .post(&format!("{two}/steps/item"), "item_code=Q22222")
            .await
            .expect(422);
        assert!(none.says("There is no such question here."));
        h.tina.act(&format!("{one}/publication"), &[]).await;
        let version = h.tina.api(&path).await.json()["version"].to_string();
        let changed = [
            ("item_question", "Which one is a half?"),
            ("item_answers", "* 1/2\n1/3"),
            ("version", version.as_str()),
        ];
        let next = h
            .tina
            .act(&format!("{path}/texts/en"), &changed)
            .await
            .location;
        assert_ne!(next, path);
        assert!(h.tina.get(&one).await.says("Which is a half?"));
        assert!(h.tina.get(&two).await.says("Which one is a half?"));
        h.tina
            .act(&format!("{path}/withdrawal"), &[("reason", "Too easy.")])
            .await;
        assert!(h.leo.get(&one).await.says("This question was withdrawn."));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn what_the_library_withdraws_the_lesson_no_longer_shows() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        let resource = h.resource(&[]).await;
        let mut lesson = LESSON.to_vec();
        lesson.push(("keeper", &hill));
        let path = h.tina.act("/learning/lessons/new", &lesson).await.location;
        let steps = format!("{path}/steps/resource");
        let none = h
            .tina
            .post(&steps, "resource_code=KE-R-999999")
            .await
            .expect(422);
        assert!(none.says("The library has nothing under this code"));
        h.tina
            .act(
                &steps,
                &[("resource_code", "KE-R-000001"), ("resource_page", "1")],
            )
            .await;
        h.tina
            .act(&format!("{path}/steps/question"), QUESTION)
            .await;
        h.tina.act(&format!("{path}/publication"), &[]).await;
        assert!(
            h.leo
                .get(&path)
                .await
                .expect(200)
                .says("A mango is cut into two parts.")
        );
        h.olga
            .act(
                &format!("{resource}/withdrawal"),
                &[("reason", "Wrong licence.")],
            )
            .await;
        let page = h.leo.get(&path).await.expect(200);
        assert!(page.says("was withdrawn from the library") && page.says("Which is a half?"));
        assert!(!page.says("A mango is cut"));
        all_is_well(&h.site).await;
    })
    .await;
}

#[test]
fn the_three_languages_say_the_same() {
    lang::testing::same_keys(lessons::WORDS);
}

#[test]
fn sample_rows_fit_the_schema() {
    db::testing::each_engine_with_samples(&schema(&house::rooms()), |db| {
        assert_eq!(db.check_references().unwrap(), Vec::<String>::new());
    });
}
