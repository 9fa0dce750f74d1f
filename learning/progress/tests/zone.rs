//! A school far from Greenwich: its day is the one on its wall. A zone is kept once for a process: a binary of its own.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use base::{Day, Id, Moment, Zone};
use formats::item::Answer;
use house::{House, migrations, send};
use people::testing::all_is_well;
use progress::{Answering, Finding, Rule, Try, judge};
use web::testing::plain;

const ZONE: &str = "Pacific/Auckland";
const SUNDAY: &str = "2026-10-18";
const MONDAY: &str = "2026-10-19";

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// The house, at a time of a day as its clocks show it.
async fn house_at(db: db::Db, on: &str, minutes: i64) -> House {
    Zone::named(ZONE).unwrap().keep().unwrap();
    let h = House::open(db).await;
    let wanted = Moment::start_of(day(on)).plus_seconds(minutes * 60);
    h.clock
        .advance_seconds(wanted.seconds() - h.clock.now().seconds());
    h
}

#[tokio::test(flavor = "multi_thread")]
async fn monday_morning_is_monday_while_it_is_sunday_elsewhere() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = house_at(db, "2026-10-16", 15 * 60).await;
        let mut teacher = h.teacher().await;
        let class = h.known.class();
        let due = [("opens_on", "2026-10-16"), ("due_on", SUNDAY)];
        let late = h.give(&mut teacher, h.known.lesson, &due).await;
        let opens = [("opens_on", MONDAY), ("due_on", MONDAY)];
        let fresh = h.give(&mut teacher, h.known.numbers, &opens).await;

        // Sunday, a minute before midnight: the first is not late yet, the second not open.
        let until = Moment::start_of(day(MONDAY)).plus_seconds(-60);
        h.clock
            .advance_seconds(until.seconds() - h.clock.now().seconds());
        let mut amina = h.learner(1).await;
        let home = amina.get("/learn").await.expect(200);
        assert!(!home.says("Late, still open"), "{}", plain(&home.text));
        let fresh = fresh.rsplit('/').next().unwrap();
        let question = format!("/learn/lessons/{fresh}/items/1");
        amina.get(&question).await.expect(404);

        // Half past seven on Monday: in UTC it is Sunday evening.
        h.clock.advance_seconds(60 + 7 * 3_600 + 1_800);
        assert_eq!(h.clock.now().to_string(), "2026-10-18T18:30:00Z");
        let mut teacher = h.teacher().await;
        let today = teacher.get("/teach").await.expect(200);
        assert!(today.says("08:00–08:40"), "{}", plain(&today.text));
        let path = format!("/teach/classes/{class}/register");
        let form = teacher.get(&path).await.expect(200);
        assert_eq!(house::hidden(&form.text, "on_day"), MONDAY, "{}", form.text);
        let sheet = [("on_day", MONDAY), ("absent", "3"), ("version", "0")];
        teacher.act(&path, &sheet).await;
        assert!(teacher.get("/teach").await.says("Register taken"));
        let kept = h.with(move |tx, _| classes::attendance(tx, class, (day(MONDAY), day(MONDAY))));
        assert_eq!(kept.await.iter().filter(|m| m.code == "absent").count(), 1);
        let listed = teacher
            .get(&format!("/teach/classes/{class}/marks"))
            .await
            .expect(200);
        assert!(
            listed.says("19 October 2026, 07:30 UTC+13"),
            "{}",
            plain(&listed.text)
        );

        let mut head = h.signed_in(h.known.seeded.head).await;
        let school = format!("/teach/schools/{}", h.known.seeded.school);
        assert!(
            head.get(&school)
                .await
                .says("Days and times here are those of Pacific/Auckland (now UTC+13).")
        );

        let mut amina = h.learner(1).await;
        let home = amina.get("/learn").await.expect(200);
        assert!(home.says("Late, still open"), "{}", plain(&home.text));
        send(&mut amina, &question, &[("answer", "2")])
            .await
            .expect(303);
        let overdue = teacher.get(&late).await.expect(200);
        assert!(overdue.says("18 October 2026"));
        all_is_well(&h.site).await;
    })
    .await;
}

/// The learner answers at a moment, and the answer comes at another one.
async fn say(
    h: &House,
    (assignment, position, number): (Id, i64, i64),
    right: bool,
    (at, now): (Moment, Moment),
) {
    let answer = if right { 2 * position } else { 99 };
    let given = Answering {
        assignment,
        position,
        learner: h.known.learner(1),
        number,
        answer: Answer::Number(answer.to_string()),
        mode: records::Mode::Web,
        seconds: None,
        said_at: Some(at),
        lang: "en",
    };
    let saved = h.site.db.write(move |tx| progress::answer(tx, &given, now));
    saved.await.unwrap();
}

fn tried(position: i64, right: bool, at: Moment) -> Try {
    Try {
        item: Id::named("question", &position.to_string()),
        at,
        score: if right { 1.0 } else { 0.0 },
    }
}

/// What is kept of the learner's competency.
async fn kept(h: &House) -> Finding {
    let (learner, competency) = (h.known.learner(1), h.known.competency);
    let all = h.with(move |tx, _| progress::masteries(tx, learner)).await;
    let one = all.into_iter().find(|m| m.competency == competency);
    one.unwrap().finding
}

/// In Auckland the day of UTC ends at one in the afternoon. What is tried again then is practice all the same.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_try_of_a_day_is_that_of_the_schools_day() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = house_at(db, MONDAY, 9 * 60).await;
        let given = h.given(2).await;
        let mut tries: Vec<Try> = Vec::new();
        // Day, hour of its clocks, which assignment, question, the how-manieth try there, right.
        for (days, hour, which, position, number, right) in [
            (0, 10, 0, 1, 1, false),
            (0, 11, 0, 2, 1, true),
            (0, 14, 0, 1, 2, true),
            (0, 15, 1, 2, 1, false),
            (0, 20, 0, 3, 1, true),
            (1, 8, 1, 1, 1, true),
            (1, 9, 1, 3, 1, true),
            (1, 14, 1, 1, 2, false),
            (1, 15, 0, 4, 1, true),
        ] {
            let at = Moment::start_of(day(MONDAY).plus(days)).plus_seconds(hour * 3_600);
            let question = (given[which], position, number);
            say(&h, question, right, (at, at)).await;
            tries.push(tried(position, right, at));
            assert_eq!(
                kept(&h).await,
                judge(Rule::USUAL, &tries, None),
                "{days} {hour}"
            );
        }
        // Of nine tries six count: by days of UTC it would have been eight.
        let all = judge(Rule::InARow { n: 60 }, &tries, None);
        assert_eq!((all.counted, all.right), (6, 5));
        all_is_well(&h.site).await;
    })
    .await;
}

/// Tries lie by days of UTC and count by days of the school: read in part, they say what all of them say.
#[tokio::test(flavor = "multi_thread")]
async fn of_many_sittings_the_newest_say_what_all_say() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = house_at(db, MONDAY, 9 * 60).await;
        let given = h.given(40).await;
        let begin = h.clock.now().plus_seconds(60);
        let mut dice = 7_u64;
        let mut roll = |sides: u64| {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            i64::try_from((dice >> 33) % sides).unwrap()
        };
        let mut tries = Vec::new();
        for n in 0..240_i64 {
            // Each question of each assignment once, neighbours far apart.
            let which = usize::try_from(n * 17 % 40).unwrap();
            let position = (n + n / 40) % 6 + 1;
            let now = begin.plus_seconds(n * 1_800);
            // Each fifth comes late, by up to a day and a half.
            let behind = if roll(5) == 0 { roll(36 * 3_600) } else { 0 };
            let at = now.plus_seconds(-behind).max(begin);
            let right = roll(5) > 0;
            say(&h, (given[which], position, 1), right, (at, now)).await;
            tries.push(tried(position, right, at));
            assert_eq!(kept(&h).await, judge(Rule::USUAL, &tries, None), "{n}");
        }
        all_is_well(&h.site).await;
    })
    .await;
}
