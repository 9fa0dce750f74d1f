//! A teacher's day: whom to help first in which class.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use house::{House, migrations};
use people::testing::all_is_well;
use progress::{Giving, Target};

const DAY: i64 = 86_400;

#[tokio::test]
async fn the_classes_met_today_come_first() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let (one, two) = (h.known.seeded.classes[0], h.known.seeded.classes[1]);
        // The fourth teacher meets the second class on Fridays, the first on Thursdays.
        let fourth = h.known.seeded.teachers[3];
        let mut teacher = h.signed_in(fourth).await;
        let quiet = teacher.get("/teach").await.expect(200);
        assert!(!quiet.says("Help these children first"));
        let lesson = h.known.numbers;
        h.with(move |tx, now| {
            let actor = classes::actor(tx, fourth, now.day())?;
            for class in [one, two] {
                let giving = Giving {
                    class,
                    lesson,
                    to: vec![Target::Class(class)],
                    opens_on: now.day(),
                    due_on: now.day(),
                };
                progress::give(tx, &giving, &actor, now)?;
            }
            Ok(())
        })
        .await;
        let first_comes_first = async || {
            h.clock.advance_seconds(DAY);
            let mut teacher = h.signed_in(fourth).await;
            let page = teacher.get("/teach").await.expect(200).text;
            let at = |class: usize| {
                let children = &h.known.seeded.learners[class];
                let places = children
                    .iter()
                    .filter_map(|id| page.find(&format!("/teach/learners/{id}/progress")));
                places.collect::<Vec<usize>>()
            };
            let (first, second) = (at(0), at(1));
            // Two of each class.
            assert_eq!((first.len(), second.len()), (2, 2));
            first.iter().max() < second.iter().min()
        };
        let (thursday, friday) = (first_comes_first().await, first_comes_first().await);
        assert!(thursday && !friday);
        all_is_well(&h.site).await;
    })
    .await;
}
