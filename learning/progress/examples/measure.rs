//! What a learner's pages and answers cost, in CPU of the whole process: run it with `--release`.
//! A class of 36 with a week of work; then 64 phones at once save answers, first all of one class, then
//! each of another. Each number after it says beside how many learners of other classes, with ten tries
//! each, the pages are measured again.
#![allow(
    clippy::unwrap_used,
    reason = "a measurement that goes wrong ends here"
)]

#[path = "../tests/house/mod.rs"]
mod house;

use gauge::{cpu_seconds, written_bytes};
use house::{House, cookie, migrations};
use std::time::Instant;

fn said(what: &str, count: usize, from: (f64, Instant)) {
    let (used, passed) = (cpu_seconds() - from.0, from.1.elapsed().as_secs_f64());
    let per = used * 1_000.0 / count as f64;
    println!("{what}: {count} in {passed:.2} s, {per:.3} ms CPU each");
}

#[tokio::main]
async fn main() {
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|n| n.parse().ok())
        .collect();
    let file = db::testing::File::new();
    let url = std::env::var("MEASURE_DB").unwrap_or_else(|_| file.url());
    let h = House::open(db::Db::open(&url, &migrations()).unwrap()).await;
    let known = h.known.clone();
    let made = h
        .with(move |tx, now| {
            let lessons = [
                known.lesson,
                known.numbers,
                known.lesson,
                known.numbers,
                known.lesson,
                known.numbers,
            ];
            let demo = progress::DemoClass {
                class: known.class(),
                teacher: known.seeded.teachers[0],
                learners: &known.seeded.learners[0],
                lessons: &lessons,
            };
            progress::seed_demo(tx, &demo, now)
        })
        .await;
    let mut grown = 0;
    for size in std::iter::once(0).chain(sizes) {
        let from = (cpu_seconds(), Instant::now());
        for n in (grown..size).step_by(1_000) {
            h.with(move |tx, now| crowd(tx, n, 1_000, now)).await;
        }
        if size > grown {
            said("others' tries", (size - grown) * TRIES, from);
            grown = size;
        }
        println!("beside {size} other learners:");
        pages(&h, &made.assignments).await;
    }
    let learners: Vec<base::Id> = h.known.seeded.learners.concat();
    let mut phones = Vec::new();
    for (n, learner) in learners.iter().take(PHONES).enumerate() {
        phones.push((*learner, given(&h, learner, Some(n), 1).await));
    }
    answers(&h, "of a class each", phones, 1).await;
    for (count, days) in [(PHONES, 20), (8, 40), (1, 60)] {
        let class = given(&h, &h.known.learner(1), None, days).await;
        let phones = (0..count).map(|n| (h.known.learner(n % 36 + 1), class.clone()));
        answers(&h, "of one class", phones.collect(), days).await;
    }
    println!("a week of {} answers", made.answers);
}

/// Tries each other learner has made.
const TRIES: usize = 10;

/// Learners of other classes, 40 to each, with their tries and what they master.
fn crowd(tx: &mut db::Tx, first: usize, count: usize, now: base::Moment) -> base::Result<()> {
    use base::Id;
    let (mut attempts, mut masteries, mut sittings) = (Vec::new(), Vec::new(), Vec::new());
    for n in first..first + count {
        let learner = Id::named("other learner", &n.to_string());
        let class = Id::named("other class", &(n / 40).to_string());
        let assignment = Id::named("other assignment", &(n / 40).to_string());
        if n % 40 == 0 || n == first {
            tx.exec(
                "INSERT INTO assignment (id, school_id, class_id, lesson_id, names, subject, \
                 opens_on, due_on, minutes, items, made_by, made_at, version) VALUES \
                 ($1, $2, $2, $2, '{\"en\":\"Other\"}', 'mathematics', $3, $4, 30, 6, $2, $5, 1) \
                 ON CONFLICT DO NOTHING",
                &db::args![assignment, class, now.day(), now.day().plus(7), now],
            )?;
        }
        for t in 0..TRIES {
            let competency = Id::named("other competency", &(t % 3).to_string());
            let score = f64::from(u8::from((n + t) % 3 > 0));
            let at = now.plus_seconds(-i64::try_from(t).unwrap_or(0) * 60);
            attempts.push(
                db::args![
                    Id::named("other try", &format!("{n} {t}")),
                    learner,
                    assignment,
                    class,
                    i64::try_from(t % 6).unwrap_or(0) + 1,
                    competency,
                    competency,
                    i64::try_from(t / 6).unwrap_or(0) + 1,
                    score,
                    at
                ]
                .to_vec(),
            );
            if t < 3 {
                masteries.push(db::args![learner, competency, at].to_vec());
                let day = base::Moment::start_of_utc(at.utc_day());
                sittings.push(db::args![learner, competency, day, assignment].to_vec());
            }
        }
    }
    tx.exec_many(
        "INSERT INTO attempt (id, learner_id, assignment_id, class_id, position, item_id, \
         competency_id, number, mode, response, score, at, received_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'web', '4', $9, $10, $10)",
        &attempts,
    )?;
    tx.exec_many(
        "INSERT INTO mastery (learner_id, competency_id, standing, rule, counted, right_count, \
         wrong_in_a_row, last_at) VALUES ($1, $2, 'begun', 'm_of_n 4 5', 3, 2, 0, $3)",
        &masteries,
    )?;
    tx.exec_many(
        "INSERT INTO sitting (learner_id, competency_id, day_at, assignment_id) \
         VALUES ($1, $2, $3, $4)",
        &sittings,
    )?;
    Ok(())
}

/// What pages cost, each through the router alone, without the checks a story's browser makes.
async fn pages(h: &House, assignments: &[base::Id]) {
    let router = web::router(&h.site);
    let class = h.known.class();
    let lesson = format!("/learn/lessons/{}", assignments[0]);
    let learner = h.known.learner(2);
    let teacher = h.known.seeded.teachers[0];
    for (what, who, path, times) in [
        ("home", learner, "/learn".to_owned(), 2_000),
        ("lesson", learner, lesson.clone(), 2_000),
        ("question", learner, format!("{lesson}/items/1"), 2_000),
        (
            "what I can",
            learner,
            format!("/learn/child/{learner}"),
            1_000,
        ),
        (
            "class overview",
            teacher,
            format!("/teach/classes/{class}/progress"),
            300,
        ),
        (
            "standings as JSON",
            teacher,
            format!("/api/teach/classes/{class}/standings?how_far=stuck"),
            300,
        ),
        ("a teacher's day", teacher, "/teach".to_owned(), 300),
        ("work to mark", teacher, "/teach/work".to_owned(), 300),
    ] {
        let link = h
            .with(move |tx, now| classes::sign_in_link(tx, who, now))
            .await;
        let cookie = cookie(&router, &link).await;
        let mut from = (cpu_seconds(), Instant::now());
        for n in 0..times + 50 {
            if n == 50 {
                from = (cpu_seconds(), Instant::now());
            }
            let request = web::http::Request::builder()
                .uri(&path)
                .header("cookie", &cookie);
            let answer = tower::ServiceExt::oneshot(
                router.clone(),
                request.body(web::Body::empty()).unwrap(),
            );
            let answer = answer.await.unwrap();
            assert_eq!(answer.status(), 200, "{path}");
            axum::body::to_bytes(answer.into_body(), usize::MAX)
                .await
                .unwrap();
        }
        said(what, times, from);
    }
}

/// Phones that answer at once.
const PHONES: usize = 64;
/// Assignments of six questions; each opens a day after the one before.
const GIVEN: i64 = 17;

/// The assignments of a class, the one there is or another one of its own for one learner, all given
/// at once; they are answered from so many days on.
async fn given(h: &House, learner: &base::Id, own: Option<usize>, days: i64) -> Vec<base::Id> {
    let (class, learner) = (h.known.class(), *learner);
    let (teacher, lesson) = (h.known.seeded.teachers[0], h.known.numbers);
    h.with(move |tx, now| {
        let mut class = classes::class(tx, class)?;
        if let Some(own) = own {
            let new = classes::NewClass {
                school: class.school,
                country: class.country,
                names: class.names,
                grade: class.grade,
                subjects: class.subjects,
                session: class.session,
                days: class.days,
                shows_names: false,
                sourced_id: Some(format!("own-{own}")),
            };
            let made = classes::add_class(tx, &new, None, now)?;
            for (who, role) in [
                (teacher, base::Role::Teacher),
                (learner, base::Role::Learner),
            ] {
                classes::enrol(tx, (who, made), role, now.day(), None, now)?;
            }
            class = classes::class(tx, made)?;
        }
        let actor = classes::actor(tx, teacher, now.day())?;
        let mut giving = progress::Giving {
            class: class.id,
            lesson,
            to: vec![progress::Target::Class(class.id)],
            opens_on: now.day(),
            due_on: now.day().plus(100),
        };
        let from = now.plus_seconds(i64::try_from(own.unwrap_or(0)).unwrap_or(0) * 60);
        (0..GIVEN)
            .map(|n| {
                giving.opens_on = now.day().plus(days + n - 1);
                progress::give(tx, &giving, &actor, from.plus_seconds(n))
            })
            .collect()
    })
    .await
}

/// Answers by phones at once, each its own transaction, durable before it is acknowledged: every learner
/// answers each question once; a learner's second phone answers for the second time. As many answers as
/// an assignment takes are a day.
async fn answers(h: &House, what: &str, whose: Vec<(base::Id, Vec<base::Id>)>, days: i64) {
    let first = h.clock.now().plus_days(days);
    let (from, before) = ((cpu_seconds(), Instant::now()), written_bytes());
    let groups = h.site.db.stats().groups;
    let count = whose.len() * 6 * usize::try_from(GIVEN).unwrap_or(0);
    let a_day = i64::try_from(whose.len()).unwrap_or(1) * 6;
    let at_once = whose.len();
    let mut phones = tokio::task::JoinSet::new();
    let answered = std::sync::Arc::new(std::sync::atomic::AtomicI64::new(0));
    let mut seen = std::collections::BTreeSet::new();
    for (learner, assignments) in whose {
        let number = if seen.insert(learner) { 1 } else { 2 };
        let (db, answered) = (h.site.db.clone(), answered.clone());
        phones.spawn(async move {
            for assignment in assignments {
                for position in 1..=6 {
                    let given = progress::Answering {
                        assignment,
                        position,
                        learner,
                        number,
                        answer: formats::item::Answer::Number("4".to_owned()),
                        mode: records::Mode::Web,
                        seconds: None,
                        said_at: None,
                        lang: "en",
                    };
                    let answered = answered.clone();
                    db.write(move |tx| {
                        let count = answered.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        let seconds = count * 86_400 / a_day;
                        progress::answer(tx, &given, first.plus_seconds(seconds))
                    })
                    .await
                    .unwrap();
                }
            }
        });
    }
    while phones.join_next().await.is_some() {}
    said(
        &format!("answer saved ({at_once} phones at once, {what})"),
        count,
        from,
    );
    println!(
        "  {} bytes written each, {} to a commit",
        ((written_bytes() - before) / count as f64).round(),
        count as u64 / (h.site.db.stats().groups - groups).max(1)
    );
}
