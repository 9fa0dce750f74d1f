//! A teacher's own version of a lesson: begun from what she gave, given, and what it takes the place of taken back.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use base::Id;
use house::{House, migrations};
use people::testing::all_is_well;
use web::testing::Browser;

const TOLD: &str = "The class also has";

fn id(path: &str) -> Id {
    Id::parse(path.rsplit('/').next().unwrap()).unwrap()
}

fn learn(given: &str) -> String {
    format!("/learn/lessons/{}", id(given))
}

/// Begins a version of a lesson in one of the two ways, and publishes it.
async fn version(teacher: &mut Browser, lesson: Id, way: &str, more: &[(&str, &str)]) -> Id {
    let path = format!("/learning/lessons/{lesson}/{way}");
    let made = teacher.act(&path, more).await.location;
    teacher.act(&format!("{made}/publication"), &[]).await;
    id(&made)
}

#[tokio::test]
async fn an_own_version_leads_to_what_the_class_has_of_it_already() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let school = h.known.seeded.school.to_string();
        let first = h.give(&mut teacher, h.known.lesson, &[]).await;
        let copy = [("keeper", school.as_str())];
        let copy = version(&mut teacher, h.known.lesson, "adaptation", &copy).await;
        let second = h.give(&mut teacher, copy, &[]).await;
        let page = teacher.get(&second).await.expect(200);
        let back = format!("{first}/withdrawal");
        assert!(page.says(TOLD) && page.text.contains(&format!("href=\"{back}\"")));
        assert!(!teacher.get(&first).await.says(TOLD));

        // Of two editions only the later one takes the place of the other, and of all that came before.
        let edition = version(&mut teacher, copy, "edition", &[]).await;
        let third = h.give(&mut teacher, edition, &[]).await;
        let page = teacher.get(&third).await.text;
        assert_eq!(page.matches(TOLD).count(), 2);
        let page = teacher.get(&second).await.text;
        assert_eq!(page.matches(TOLD).count(), 1);

        let why = [("reason", "I added a voice."), ("version", "1")];
        teacher.act(&back, &why).await;
        assert!(!teacher.get(&second).await.says(TOLD));
        let mut child = h.learner(1).await;
        let home = child.get("/learn").await.text;
        assert!(home.contains(&learn(&third)) && !home.contains(&learn(&first)));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn what_other_children_have_is_left_alone() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let one = format!("person {}", h.known.learner(1));
        let two = format!("person {}", h.known.learner(2));
        h.give(&mut teacher, h.known.lesson, &[("to", &one)]).await;
        let edition = version(&mut teacher, h.known.lesson, "edition", &[]).await;
        let other = h.give(&mut teacher, edition, &[("to", &two)]).await;
        assert!(!teacher.get(&other).await.says(TOLD));
        let same = h.give(&mut teacher, edition, &[("to", &one)]).await;
        assert!(teacher.get(&same).await.says(TOLD));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn an_edition_that_was_begun_is_gone_on_with() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let mut teacher = h.teacher().await;
        let given = h.give(&mut teacher, h.known.lesson, &[]).await;
        let edition = format!("/learning/lessons/{}/edition", h.known.lesson);
        assert!(teacher.get(&given).await.text.contains(&edition));
        let draft = teacher.act(&edition, &[]).await.location;
        let page = teacher.get(&given).await.text;
        assert!(page.contains(&format!("href=\"{draft}\"")) && !page.contains(&edition));
        all_is_well(&h.site).await;
    })
    .await;
}
