//! What a learner's pages and answers cost, in CPU of the whole process: run it with `--release`.
//! A class of 36 with a week of work; then 64 phones at once save answers.
#![allow(
    clippy::unwrap_used,
    reason = "a measurement that goes wrong ends here"
)]

#[path = "../tests/house/mod.rs"]
mod house;

use house::{House, hidden, migrations};
use std::time::Instant;
use web::testing::query;

/// CPU seconds of this process so far.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = after
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|n| n.parse::<f64>().ok())
        .sum();
    ticks / 100.0
}

fn said(what: &str, count: usize, from: (f64, Instant)) {
    let (used, passed) = (cpu() - from.0, from.1.elapsed().as_secs_f64());
    let per = used * 1_000.0 / count as f64;
    println!("{what}: {count} in {passed:.2} s, {per:.3} ms CPU each");
}

#[tokio::main]
async fn main() {
    let file = db::testing::File::new();
    let h = House::open(db::Db::open(&file.url(), &migrations()).unwrap()).await;
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
    // The router alone, without the checks a story's browser makes of every page.
    let router = web::router(&h.site);
    let learner = h.known.learner(2);
    let day = h.clock.now().day();
    for (what, path) in [
        ("home", "/learn".to_owned()),
        ("lesson", format!("/learn/lessons/{}", made.assignments[0])),
        (
            "question",
            format!("/learn/lessons/{}/items/1", made.assignments[0]),
        ),
    ] {
        let link = h
            .with(move |tx, now| classes::sign_in_link(tx, learner, now))
            .await;
        let cookie = cookie(&router, &link).await;
        let from = (cpu(), Instant::now());
        for _ in 0..2_000 {
            let request = web::http::Request::builder()
                .uri(&path)
                .header("cookie", &cookie);
            let answer = tower::ServiceExt::oneshot(
                router.clone(),
                request.body(web::Body::empty()).unwrap(),
            );
            assert_eq!(answer.await.unwrap().status(), 200, "{path}");
        }
        said(what, 2_000, from);
    }
    // Answers by 64 at once, each its own transaction, durable before it is acknowledged.
    let class = h.known.class();
    let teacher = h.known.seeded.teachers[0];
    let lesson = h.known.numbers;
    let assignment = h
        .with(move |tx, now| {
            let actor = classes::actor(tx, teacher, now.day())?;
            let giving = progress::Giving {
                class,
                lesson,
                to: vec![progress::Target::Class(class)],
                opens_on: now.day(),
                due_on: now.day().plus(5),
            };
            progress::give(tx, &giving, &actor, now)
        })
        .await;
    let now = h.clock.now();
    let from = (cpu(), Instant::now());
    let mut phones = tokio::task::JoinSet::new();
    for phone in 0..64_usize {
        let (db, learner) = (h.site.db.clone(), h.known.learner(phone % 36 + 1));
        phones.spawn(async move {
            for n in 0..100_i64 {
                let given = progress::Answering {
                    assignment,
                    position: n % 6 + 1,
                    learner,
                    number: 1 + n / 6 + if phone >= 36 { 20 } else { 0 },
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
        });
    }
    while phones.join_next().await.is_some() {}
    said("answer saved (64 at once)", 6_400, from);
    println!(
        "on {day}, {}",
        query(&[("answers", &made.answers.to_string())])
    );
}

/// Signs in by a link; answers what the browser would send.
async fn cookie(router: &axum::Router, link: &str) -> String {
    let ask = |method: &str, cookie: &str, body: String| {
        let request = web::http::Request::builder()
            .method(method)
            .uri(link)
            .header("cookie", cookie);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        tower::ServiceExt::oneshot(router.clone(), request.body(web::Body::from(body)).unwrap())
    };
    let first = |answer: &web::http::Response<web::Body>| {
        let lines = answer.headers().get_all("set-cookie").iter();
        let pairs = lines.filter_map(|v| v.to_str().ok()?.split(';').next().map(str::to_owned));
        pairs.collect::<Vec<_>>().join("; ")
    };
    let page = ask("GET", "", String::new()).await.unwrap();
    let visitor = first(&page);
    let bytes = axum::body::to_bytes(page.into_body(), usize::MAX)
        .await
        .unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let marks = format!(
        "form_token={}&form_once={}",
        hidden(&text, "form_token"),
        hidden(&text, "form_once")
    );
    first(&ask("POST", &visitor, marks).await.unwrap())
}
