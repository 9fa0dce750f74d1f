//! A search finds the same whether it knows the resources by heart or reads them now.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use base::{Error, Id, Lang, Names, Result};
use db::{Db, Tx, args};
use house::{House, migrations};
use people::testing::all_is_well;
use resources::{New, Remembered, Search, Use};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

type Seen = (
    Vec<(Id, i64)>,
    usize,
    BTreeMap<&'static str, BTreeMap<String, i64>>,
);

async fn found(h: &House, wanted: &Search) -> Seen {
    found_in(&h.site.db, wanted).await
}

async fn found_in(db: &Db, wanted: &Search) -> Seen {
    let wanted = wanted.clone();
    let found = db.read(move |tx| resources::search(tx, &wanted));
    let found = found.await.unwrap();
    let hits = found.hits.iter().map(|hit| (hit.resource, hit.score));
    (hits.collect(), found.total, found.facets)
}

/// What is found when nothing is known by heart.
async fn found_anew(h: &House, wanted: &Search) -> Seen {
    let forgotten = h.site.db.read(|tx| {
        resources::let_go(tx);
        Ok(resources::remembered(tx))
    });
    assert_eq!(forgotten.await.unwrap().bytes, 0);
    found(h, wanted).await
}

async fn remembered(h: &House) -> Remembered {
    let remembered = h.site.db.read(|tx| Ok(resources::remembered(tx)));
    remembered.await.unwrap()
}

fn text(title: &str) -> New {
    New {
        country: "KE".to_owned(),
        names: Names::one("en", title),
        langs: vec!["en".to_owned()],
        kind: "markdown".to_owned(),
        subject: "science".to_owned(),
        grades: (2, 3),
        licence: "CC-BY-4.0".to_owned(),
        credit: "Writers".to_owned(),
        text: "All about water".to_owned(),
        ..New::default()
    }
}

/// Brings approved texts; no fact tells of them.
fn bring(tx: &mut Tx, titles: &[String], by: (Id, Id)) -> Result<Vec<Id>> {
    let mut ids = Vec::new();
    for title in titles {
        let people = (Some(by.0), Some(by.1));
        ids.push(resources::bring(tx, &text(title), people, house::start())?);
    }
    tx.forget_changes();
    Ok(ids)
}

async fn brought(h: &House, titles: Vec<String>) -> Vec<Id> {
    let by = (h.officer, h.reviewer);
    let done = h.site.db.write(move |tx| bring(tx, &titles, by));
    done.await.unwrap()
}

fn words(q: &str) -> Search {
    Search {
        q: Some(q.to_owned()),
        limit: 500,
        ..Search::default()
    }
}

fn cases() -> Vec<Search> {
    let base = || Search {
        limit: 40,
        own: Some(Lang::En),
        ..Search::default()
    };
    let q = |text: &str| Search {
        q: Some(text.to_owned()),
        ..base()
    };
    let code = |text: &str| Some(text.to_owned());
    vec![
        base(),
        q("tall man"),
        q("the goat and the dog"),
        q("a"),
        q("kuso"),
        q("lire"),
        q("እወዳለሁ"),
        Search {
            lang: code("sw"),
            grade: Some(2),
            ..base()
        },
        Search {
            lang: code("no-such"),
            ..base()
        },
        Search {
            lang: code("en"),
            kind: code("markdown"),
            licence: code("CC-BY-4.0"),
            ..q("the")
        },
        Search {
            country: code("KE"),
            recommended: true,
            ..base()
        },
        Search {
            only_usable_for: Some(Use::Print),
            ..base()
        },
        Search {
            school: Some(house::school("0001")),
            ..q("halves")
        },
    ]
}

#[tokio::test]
async fn by_heart_or_read_now_the_same_is_found() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        h.stories().await;
        let path = h.approved(&[]).await;
        let id = Id::parse(path.rsplit('/').next().unwrap()).unwrap();
        let mut fresh = Vec::new();
        for wanted in cases() {
            fresh.push(found_anew(&h, &wanted).await);
        }
        assert!(fresh.iter().filter(|seen| seen.1 > 0).count() > 9);
        assert_eq!(fresh[8].1, 0);
        for _ in 0..2 {
            for (wanted, fresh) in cases().iter().zip(&fresh) {
                assert_eq!(&found(&h, wanted).await, fresh, "{wanted:?}");
            }
        }
        let known = remembered(&h).await;
        assert!(known.resources > 90, "{known:?}");
        assert!((1..40_000).contains(&known.bytes), "{known:?}");
        let recommended = Search {
            recommended: true,
            limit: 40,
            ..Search::default()
        };
        let has = |seen: &Seen| seen.0.iter().any(|(hit, _)| *hit == id);
        assert!(!has(&found(&h, &recommended).await));
        h.olga.act(&format!("{path}/recommendation"), &[]).await;
        assert!(has(&found(&h, &recommended).await));
        assert!(has(&found_anew(&h, &recommended).await));
        let halves = Search {
            q: Some("halves".to_owned()),
            limit: 40,
            ..Search::default()
        };
        assert!(has(&found(&h, &halves).await));
        h.olga
            .act(&format!("{path}/withdrawal"), &[("reason", "Out of date.")])
            .await;
        assert!(!has(&found(&h, &recommended).await) && !has(&found(&h, &halves).await));
        assert!(!has(&found_anew(&h, &recommended).await));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn what_many_have_is_known_and_follows_every_change() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let ids = brought(&h, (0..120).map(|n| format!("River {n}")).collect()).await;
        let (river, both) = (words("rivers "), words("water river 117 "));
        assert_eq!(found(&h, &river).await.1, 120);
        assert_eq!(found(&h, &both).await.1, 1);
        let known = remembered(&h).await;
        assert!(known.words >= 1 && known.resources == 120, "{known:?}");
        let gone = format!("/resources/{}/withdrawal", ids[117]);
        h.olga.act(&gone, &[("reason", "Out of date.")]).await;
        let mut total = 119;
        for n in 0..9 {
            let seen = found(&h, &river).await;
            assert_eq!(seen.1, total);
            assert_eq!(seen.2["subject"]["science"], i64::try_from(total).unwrap());
            assert_eq!(found(&h, &both).await.1, 0);
            // A few are asked one by one; of many the word is read again.
            let more = if n == 4 { 60 } else { 1 };
            brought(
                &h,
                (0..more).map(|m| format!("Rivers {n} of {m}")).collect(),
            )
            .await;
            total += more;
        }
        let known = found(&h, &river).await;
        assert_eq!(known, found_anew(&h, &river).await);
        assert_eq!(known.1, total);
        // Pages put together are the whole, each once.
        let mut pages = Vec::new();
        for after in (0..total).step_by(25) {
            let page = Search {
                after,
                limit: 25,
                ..river.clone()
            };
            pages.extend(found(&h, &page).await.0);
        }
        assert_eq!(pages, known.0);
    })
    .await;
}

#[tokio::test]
async fn a_common_word_beside_a_rarer_one_is_asked_once_and_then_known() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let blue = |n: usize| if n.is_multiple_of(20) { "blue " } else { "" };
        let titles = (0..400).map(|n| format!("River {}{n}", blue(n)));
        brought(&h, titles.collect()).await;
        let wanted = words("blue river ");
        let first = found(&h, &wanted).await;
        assert_eq!((first.1, remembered(&h).await.words), (20, 0));
        for _ in 0..2 {
            assert_eq!(found(&h, &wanted).await, first);
            assert_eq!(remembered(&h).await.words, 1);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_back_was_never_known() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let h = House::open(db).await;
        let ids = brought(&h, (0..60).map(|n| format!("River {n}")).collect()).await;
        let before = found(&h, &words("river ")).await;
        let by = (h.officer, h.reviewer);
        let within = Arc::new(Mutex::new((0, 0)));
        let told = Arc::clone(&within);
        let taken_back: Result<()> = h
            .site
            .db
            .write(move |tx| {
                bring(tx, &["River of zebras".to_owned()], by)?;
                let river = resources::search(tx, &words("river "))?.total;
                *told.lock().unwrap() = (river, resources::search(tx, &words("zebras "))?.total);
                Err(Error::Missing)
            })
            .await;
        assert!(taken_back.is_err());
        assert_eq!(*within.lock().unwrap(), (61, 1));
        assert_eq!(found(&h, &words("river ")).await, before);
        assert_eq!(remembered(&h).await.resources, 60);
        // Whoever comes next takes the very turn that was given back.
        let next = brought(&h, vec!["River of lions".to_owned()]).await;
        let after = found(&h, &words("river ")).await;
        assert_eq!((before.1, after.1), (60, 61));
        assert!(after.0.iter().any(|(id, _)| *id == next[0]) && !ids.contains(&next[0]));
    })
    .await;
}

#[tokio::test]
async fn what_a_slow_write_changes_is_learnt_though_another_began_later() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let ids = brought(&h, (0..3).map(|n| format!("River {n}")).collect()).await;
        assert_eq!(found(&h, &words("river ")).await.1, 3);
        let (begun, has_begun) = mpsc::channel();
        let (officer, db) = (h.officer, h.site.db.clone());
        let slow = tokio::spawn({
            let db = db.clone();
            let add = move |tx: &mut Tx| {
                resources::add(tx, &text("A draft"), Some(officer), house::start())?;
                tx.forget_changes();
                begun.send(()).ok();
                std::thread::sleep(Duration::from_millis(400));
                Ok(())
            };
            async move { db.write(add).await }
        });
        let begun = tokio::task::spawn_blocking(move || has_begun.recv());
        begun.await.unwrap().unwrap();
        let path = format!("/resources/{}/recommendation", ids[0]);
        let watched = async {
            for _ in 0..30 {
                assert_eq!(found_in(&db, &words("river ")).await.1, 3);
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::join!(h.olga.act(&path, &[]), watched);
        slow.await.unwrap().unwrap();
        let best = found(&h, &words("river ")).await.0;
        assert_eq!(best[0].0, ids[0]);
        assert_eq!(remembered(&h).await.resources, 4);
    })
    .await;
}

/// Puts the same resource, by its id, into a library under another title and subject.
fn first_of(tx: &mut Tx, id: Id, title: &str, subject: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO resource (id, country, number, code, names, title_key, langs, kind, subject, \
         grade_from, grade_to, competencies, licence, permits, credit, source, accessibility, standing, \
         recommended, bytes, made_at, changed_at, version) VALUES ($1, 'KE', 900, 'KE-R-000900', \
         '{\"en\":\"First\"}', $2, '|en|', 'markdown', $3, 1, 2, '', 'CC-BY-4.0', '', '', '', '', \
         'approved', $4, 0, 0, 0, 1)",
        &args![id, title, subject, false],
    )?;
    tx.exec(
        "INSERT INTO resource_word (resource_id, token, weight) VALUES ($1, $2, 40)",
        &args![id, title],
    )?;
    tx.exec(
        "INSERT INTO resource_turn (resource_id, turn) VALUES ($1, 1)",
        &args![id],
    )?;
    Ok(())
}

#[tokio::test]
async fn two_sites_of_one_process_know_nothing_of_each_other() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let one = House::open(db).await;
        let other = House::open(Db::open("sqlite::memory:", &migrations()).unwrap()).await;
        let same = Id::named("resource", "the same in both");
        for (h, title, subject) in [
            (&one, "river", "science"),
            (&other, "mountain", "mathematics"),
        ] {
            let put = h
                .site
                .db
                .write(move |tx| first_of(tx, same, title, subject));
            put.await.unwrap();
        }
        let science = Search {
            subject: Some("science".to_owned()),
            limit: 9,
            ..Search::default()
        };
        for _ in 0..2 {
            for (h, river, mountain) in [(&one, 1, 0), (&other, 0, 1)] {
                assert_eq!(found(h, &words("river ")).await.1, river);
                assert_eq!(found(h, &words("mountain ")).await.1, mountain);
                assert_eq!(found(h, &science).await.1, river);
                assert_eq!(remembered(h).await.resources, 1);
            }
        }
        brought(&other, (0..60).map(|n| format!("Mountain {n}")).collect()).await;
        assert_eq!(found(&other, &words("mountain ")).await.1, 61);
        assert_eq!(
            remembered(&one).await,
            Remembered {
                words: 0,
                ..remembered(&one).await
            }
        );
        assert_eq!(found(&one, &words("mountain ")).await.1, 0);
    })
    .await;
}
