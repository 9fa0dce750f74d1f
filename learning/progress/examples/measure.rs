//! What a learner's pages and answers cost, in CPU of the whole process: run it with `--release`.
//! A class of 36 with a week of work; then 64 phones at once save answers. Each number after it says
//! beside how many learners of other classes, with ten tries each, the pages are measured again.
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
    answers(&h).await;
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
                let day = base::Moment::start_of(at.day());
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

/// Assignments of six questions that are answered at once.
const GIVEN: usize = 17;

/// Answers by 64 phones at once, each its own transaction, durable before it is acknowledged: every learner of
/// the class answers each question once, and 28 of them a second time.
async fn answers(h: &House) {
    let class = h.known.class();
    let teacher = h.known.seeded.teachers[0];
    let lesson = h.known.numbers;
    let assignments = h
        .with(move |tx, now| {
            let actor = classes::actor(tx, teacher, now.day())?;
            let giving = progress::Giving {
                class,
                lesson,
                to: vec![progress::Target::Class(class)],
                opens_on: now.day(),
                due_on: now.day().plus(5),
            };
            (0..GIVEN)
                .map(|_| progress::give(tx, &giving, &actor, now))
                .collect::<base::Result<Vec<_>>>()
        })
        .await;
    let now = h.clock.now();
    let (from, before) = ((cpu_seconds(), Instant::now()), written_bytes());
    let groups = h.site.db.stats().groups;
    let mut phones = tokio::task::JoinSet::new();
    for phone in 0..64_usize {
        let (db, learner) = (h.site.db.clone(), h.known.learner(phone % 36 + 1));
        let assignments = assignments.clone();
        phones.spawn(async move {
            for assignment in assignments {
                for position in 1..=6 {
                    let given = progress::Answering {
                        assignment,
                        position,
                        learner,
                        number: if phone >= 36 { 2 } else { 1 },
                        answer: formats::item::Answer::Number("4".to_owned()),
                        mode: records::Mode::Web,
                        seconds: None,
                        said_at: None,
                        lang: "en",
                    };
                    db.write(move |tx| progress::answer(tx, &given, now))
                        .await
                        .unwrap();
                }
            }
        });
    }
    while phones.join_next().await.is_some() {}
    let count = 64 * GIVEN * 6;
    said("answer saved (64 at once)", count, from);
    println!(
        "  {} bytes written each, {} to a commit",
        ((written_bytes() - before) / count as f64).round(),
        count as u64 / (h.site.db.stats().groups - groups).max(1)
    );
}
