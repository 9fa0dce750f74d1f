//! A search finds the same whether it knows the resources by heart or reads them now.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use base::{Id, Lang};
use house::{House, migrations};
use people::testing::all_is_well;
use resources::{Search, Use};
use std::collections::BTreeMap;

type Seen = (
    Vec<(Id, i64)>,
    usize,
    BTreeMap<&'static str, BTreeMap<String, i64>>,
);

async fn found(h: &House, wanted: &Search) -> Seen {
    let wanted = wanted.clone();
    let found = h.site.db.read(move |tx| resources::search(tx, &wanted));
    let found = found.await.unwrap();
    let hits = found.hits.iter().map(|hit| (hit.resource, hit.score));
    (hits.collect(), found.total, found.facets)
}

/// Makes everything that was changed look as if that were a minute ago.
async fn a_minute_passes(h: &House) {
    let aged = h
        .site
        .db
        .write(|tx| tx.exec("UPDATE resource_turn SET turn = turn - 60000000", &[]));
    aged.await.unwrap();
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
            fresh.push(found(&h, &wanted).await);
        }
        assert!(fresh.iter().filter(|seen| seen.1 > 0).count() > 9);
        assert_eq!(fresh[8].1, 0);
        a_minute_passes(&h).await;
        // Learnt, and then known.
        for _ in 0..2 {
            for (wanted, fresh) in cases().iter().zip(&fresh) {
                assert_eq!(&found(&h, wanted).await, fresh, "{wanted:?}");
            }
        }
        let recommended = Search {
            recommended: true,
            limit: 40,
            ..Search::default()
        };
        let has = |seen: &Seen| seen.0.iter().any(|(hit, _)| *hit == id);
        assert!(!has(&found(&h, &recommended).await));
        h.olga.act(&format!("{path}/recommendation"), &[]).await;
        assert!(has(&found(&h, &recommended).await));
        a_minute_passes(&h).await;
        assert!(has(&found(&h, &recommended).await));
        let halves = Search {
            q: Some("halves".to_owned()),
            limit: 40,
            ..Search::default()
        };
        assert!(has(&found(&h, &halves).await));
        h.olga
            .act(&format!("{path}/withdrawal"), &[("reason", "Out of date.")])
            .await;
        for _ in 0..2 {
            assert!(!has(&found(&h, &recommended).await) && !has(&found(&h, &halves).await));
            a_minute_passes(&h).await;
        }
        all_is_well(&h.site).await;
    })
    .await;
}
