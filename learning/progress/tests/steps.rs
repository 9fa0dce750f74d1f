//! What is mastered, judged answer by answer, is what the rule says of all the answers: in order, late,
//! practised, corrected, and when the rule changes.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use base::{Actor, Appointment, Id, Lang, Moment, Role};
use house::{COUNTRY, House, migrations};
use people::testing::all_is_well;
use progress::{Answering, Rule, Saved, Try, judge};

async fn say(
    h: &House,
    (assignment, position, number): (Id, i64, i64),
    right: bool,
    (said_at, now): (Option<Moment>, Moment),
) -> base::Result<Saved> {
    let given = Answering {
        assignment,
        position,
        learner: h.known.learner(1),
        number,
        answer: formats::item::Answer::Number(if right { 2 * position } else { 99 }.to_string()),
        mode: records::Mode::Web,
        seconds: None,
        said_at,
        lang: "en",
    };
    let saved = h.site.db.write(move |tx| progress::answer(tx, &given, now));
    saved.await
}

/// What is kept is what the rule says of the tries, and the next answer could be judged without them.
async fn agrees(h: &House, rule: Rule, tries: &[Try]) {
    let (learner, competency) = (h.known.learner(1), h.known.competency);
    let kept = h.with(move |tx, _| progress::masteries(tx, learner)).await;
    let kept = kept
        .iter()
        .find(|one| one.competency == competency)
        .unwrap();
    assert_eq!(
        kept.finding,
        judge(rule, tries, None),
        "{} tries",
        tries.len()
    );
}

#[tokio::test]
async fn answer_by_answer_is_as_all_at_once() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let given = h.given(2).await;
        let start = h.clock.now();
        let mut tries = Vec::new();
        // Day, minute, which assignment, question, the how-manieth try, right: two are practice, one is late.
        let course = [
            (0, 1, 0, 1, 1, true),
            (0, 2, 0, 2, 1, false),
            (0, 3, 0, 2, 2, true),
            (0, 4, 1, 1, 1, false),
            (0, 5, 0, 3, 1, true),
            (1, 1, 0, 4, 1, false),
            (1, 2, 1, 2, 1, false),
            (1, 3, 1, 3, 1, false),
            (3, 1, 0, 1, 2, false),
            (2, 1, 0, 5, 1, true),
            (3, 2, 0, 6, 1, true),
            (3, 3, 1, 4, 1, true),
            (4, 1, 1, 5, 1, true),
            (4, 2, 1, 6, 1, true),
        ];
        let end = start.plus_days(9);
        for (day, minute, which, position, number, right) in course {
            let at = start.plus_days(day).plus_seconds(minute * 60);
            let question = (given[which], position, number);
            let now = if day == 2 { start.plus_days(3) } else { at };
            let saved = say(&h, question, right, (Some(at), now.plus_seconds(90))).await;
            assert!(!saved.unwrap().again);
            tries.push(Try {
                item: Id::named("question", &position.to_string()),
                at,
                score: if right { 1.0 } else { 0.0 },
            });
            agrees(&h, Rule::USUAL, &tries).await;
        }

        let officer = Actor {
            account: Id::named("account", "officer"),
            name: "Olga Otieno".to_owned(),
            lang: Lang::En,
            appointments: vec![Appointment {
                role: Role::LearningOfficer,
                organisation: None,
                country: Some(COUNTRY.to_owned()),
                places: Vec::new(),
            }],
        };
        let strict = Rule::InARow { n: 6 };
        h.with(move |tx, now| progress::set_rule(tx, (COUNTRY, None), strict, 0, &officer, now))
            .await;
        say(&h, (given[0], 6, 2), false, (None, end)).await.unwrap();
        tries.push(Try {
            item: Id::named("question", "6"),
            at: end,
            score: 0.0,
        });
        agrees(&h, strict, &tries).await;

        // The last answer is corrected, and the next one goes on from there.
        let teacher = h.known.seeded.teachers[0];
        let last = say(&h, (given[0], 6, 2), false, (None, end)).await.unwrap();
        assert!(last.again);
        let corrected = h
            .site
            .db
            .write(move |tx| {
                let actor = classes::actor(tx, teacher, end.day())?;
                progress::correct(tx, last.id, 1.0, "Read it again", &actor, end)
            })
            .await;
        corrected.unwrap();
        tries.last_mut().unwrap().score = 1.0;
        agrees(&h, strict, &tries).await;
        let after = end.plus_seconds(60);
        say(&h, (given[1], 1, 2), true, (None, after))
            .await
            .unwrap();
        tries.push(Try {
            item: Id::named("question", "1"),
            at: after,
            score: 1.0,
        });
        agrees(&h, strict, &tries).await;
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_was_saved_stays_saved_when_its_lesson_is_taken_back() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let assignment = h.given(1).await[0];
        let now = h.clock.now().plus_seconds(60);
        let first = say(&h, (assignment, 1, 1), true, (None, now))
            .await
            .unwrap();
        let teacher = h.known.seeded.teachers[0];
        h.with(move |tx, now| {
            let actor = classes::actor(tx, teacher, now.day())?;
            progress::withdraw(tx, assignment, "Given by mistake", 1, &actor, now)
        })
        .await;
        // Sent again, even with another answer: it was saved, and stays as it was.
        for right in [true, false] {
            let again = say(&h, (assignment, 1, 1), right, (None, now))
                .await
                .unwrap();
            let expected = Saved {
                again: true,
                ..first.clone()
            };
            assert_eq!(again, expected);
        }
        let closed = say(&h, (assignment, 2, 1), true, (None, now)).await;
        assert!(matches!(closed, Err(base::Error::Refused(_))));
        all_is_well(&h.site).await;
    })
    .await;
}
