//! What a search costs: a library of so many resources, and processor time for each kind of search.
//!
//! `cargo run --release -p resources --example searches -- 10000 [postgres://…]`
#![expect(
    clippy::unwrap_used,
    reason = "a measurement that goes wrong ends here"
)]

use base::{Clock, Id, Lang, Moment, Names};
use gauge::cpu_seconds;
use resources::{New, Search, stories_of};
use std::time::Instant;

fn main() {
    let mut args = std::env::args().skip(1);
    let count: usize = args.next().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let dir = std::env::temp_dir().join(format!("searches-{}", base::Uuid::new_v4()));
    std::fs::create_dir_all(&dir).unwrap();
    let url = args
        .next()
        .unwrap_or_else(|| format!("sqlite:{}", dir.join("library.db").display()));
    let rooms = people::testing::rooms(vec![places::room(), curricula::room(), resources::room()]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _inside = runtime.enter();
    let db = db::Db::open(&url, &web::site::migrations(&rooms)).unwrap();
    let now = Clock::at(Moment::from_micros(1_800_000_000_000_000)).now();
    let zip = std::fs::read(
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/storybook/stories.zip"),
    )
    .unwrap();
    let stories = stories_of(&zip).unwrap();
    let (olga, rita) = (Id::named("account", "olga"), Id::named("account", "rita"));
    let started = cpu_seconds();
    for slice in 0..count.div_ceil(500) {
        let stories = stories.clone();
        db.write_now(move |tx| {
            for n in slice * 500..(slice * 500 + 500).min(count) {
                let story = &stories[n % stories.len()];
                let new = New {
                    country: "KE".to_owned(),
                    names: Names::one(&story.lang, &format!("{} {n}", story.title)),
                    langs: vec![story.lang.clone()],
                    kind: "markdown".to_owned(),
                    subject: curricula::SUBJECTS[n % curricula::SUBJECTS.len()].to_owned(),
                    grades: (i64::try_from(n % 6).unwrap(), 7),
                    licence: "CC-BY-4.0".to_owned(),
                    credit: story.credit(),
                    text: story.pages.join("\n"),
                    ..New::default()
                };
                resources::bring(tx, &new, (Some(olga), Some(rita)), now)?;
            }
            tx.forget_changes();
            Ok(())
        })
        .unwrap();
    }
    println!(
        "{count} kept: {:.2} ms each",
        (cpu_seconds() - started) * 1_000.0 / count as f64
    );
    let first = Search {
        subject: Some("science".to_owned()),
        limit: 30,
        ..Search::default()
    };
    let before = cpu_seconds();
    db.read_now(move |tx| resources::search(tx, &first))
        .unwrap();
    println!(
        "learning the library by heart: {:.1} ms of processor, once",
        (cpu_seconds() - before) * 1_000.0
    );
    let q = |text: &str| Search {
        q: Some(text.to_owned()),
        limit: 30,
        own: Some(Lang::En),
        ..Search::default()
    };
    let cases = [
        (
            "nothing asked",
            Search {
                limit: 30,
                ..Search::default()
            },
        ),
        ("one rare word", q("hippos")),
        ("two words", q("tall man")),
        ("four words", q("the goat and the dog")),
        ("beginning of a word", q("kuso")),
        ("one common word", q("the")),
        (
            "language and grade",
            Search {
                lang: Some("so".to_owned()),
                grade: Some(3),
                limit: 30,
                ..Search::default()
            },
        ),
        (
            "subject",
            Search {
                subject: Some("mathematics".to_owned()),
                limit: 30,
                ..Search::default()
            },
        ),
        (
            "word, language, subject",
            Search {
                lang: Some("sw".to_owned()),
                subject: Some("science".to_owned()),
                ..q("mbuzi")
            },
        ),
    ];
    for (name, search) in cases {
        let (first, before) = (search.clone(), cpu_seconds());
        db.read_now(move |tx| resources::search(tx, &first))
            .unwrap();
        let first = (cpu_seconds() - before) * 1_000.0;
        let (before, clock) = (cpu_seconds(), Instant::now());
        let mut turns = 0;
        let mut total = 0;
        while clock.elapsed().as_millis() < 1_500 {
            let search = search.clone();
            total = db
                .read_now(move |tx| resources::search(tx, &search))
                .unwrap()
                .total;
            turns += 1;
        }
        println!(
            "{name:26} {total:6} found  {:6.2} ms of processor; the first time {first:.1}",
            (cpu_seconds() - before) * 1_000.0 / f64::from(turns)
        );
    }
    let known = db.read_now(|tx| Ok(resources::remembered(tx))).unwrap();
    println!(
        "by heart: {} resources, {} words, {} kB",
        known.resources,
        known.words,
        known.bytes / 1_000
    );
    drop(db);
    std::fs::remove_dir_all(dir).unwrap();
}
