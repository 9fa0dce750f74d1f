//! From deployments to files strangers read: built, checked, published, superseded, never changed.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a story that goes wrong ends here"
)]

mod house;

use axum::http::{Request, header};
use base::Id;
use house::{House, PLANTED, migrations};
use publications::{Format, Order, build, check_outside, write_out};
use serde_json::Value;
use std::collections::BTreeMap;
use tower::ServiceExt;
use web::testing::Browser;

macro_rules! stories {
    ($($story:ident),* $(,)?) => { $(
        #[tokio::test(flavor = "multi_thread")]
        async fn $story() {
            db::testing::each_engine_async(&migrations(), |db| async move {
                let house = tokio::task::spawn_blocking(move || House::open(db)).await.unwrap();
                let house = tell::$story(house).await;
                tokio::task::spawn_blocking(move || {
                    house.all_is_well();
                    house.replays();
                }).await.unwrap();
            })
            .await;
        }
    )* };
}

stories!(
    another_person_publishes_and_bytes_stay,
    a_correction_makes_a_release_that_names_the_one_before,
    what_validators_refuse_is_not_published,
    feeds_tell_what_changed,
    the_coalition_says_who_it_is,
);

/// What is planted there is written past the facts, so they cannot tell it again.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_personal_leaves() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let house = tokio::task::spawn_blocking(move || House::open(db))
            .await
            .unwrap();
        tell::nothing_personal_leaves(&house).await;
    })
    .await;
}

const OUTSIDE: &[&str] = &[
    "xmllint, IATI schema 2.03",
    "libcoveocds",
    "hxlvalidate",
    "frictionless",
];

const FILES: &[&str] = &[
    "iati/activities.xml",
    "ocds/releases.json",
    "ocds/records.json",
    "hxl/needs.csv",
    "hxl/3w.csv",
    "hxl/results.csv",
    "csv/datapackage.json",
    "csv/needs.csv",
    "csv/agreements.csv",
    "csv/deployments.csv",
    "csv/deliveries.csv",
    "csv/results.csv",
    "csv/figures.csv",
    "csv/corrections.csv",
    "csv/statements.csv",
    "csv/services.csv",
    "csv/indicators.csv",
];

/// Every published file, as a stranger gets it at the address that stays.
async fn published(house: &House) -> BTreeMap<String, Vec<u8>> {
    let mut stranger = house.stranger();
    let mut all = BTreeMap::new();
    for file in FILES {
        let got = stranger.get(&format!("/data/{file}")).await.expect(200);
        all.insert((*file).to_owned(), got.bytes);
    }
    all
}

mod tell {
    use super::*;

    pub async fn another_person_publishes_and_bytes_stay(house: House) -> House {
        let mut stranger = house.stranger();
        says(&mut stranger, "/data", &["Nothing is published yet"]).await;
        stranger.get("/data/iati/activities.xml").await.expect(404);
        stranger.get("/data/releases/new").await.expect(303);

        let mut omar = house.build().await;
        let codes = house.waiting(&mut omar).await;
        assert_eq!(
            codes,
            [
                "csv-2027-01-20",
                "hxl-2027-01-20",
                "iati-2027-01-20",
                "ocds-2027-01-20"
            ]
        );
        let path = format!("/data/releases/{}", codes[2]);
        says(
            &mut omar,
            &path,
            &[
                "Built, not published",
                "The first weeks",
                "iati-ruleset",
                "no error",
            ],
        )
        .await;
        stranger.get(&path).await.expect(404);
        stranger
            .get(&format!("{path}/activities.xml"))
            .await
            .expect(404);
        omar.get(&format!("{path}/activities.xml"))
            .await
            .expect(200);
        omar.get(&format!("{path}/publication")).await.expect(403);
        let mut sofia = house.browser("sofia").await;
        says(
            &mut sofia,
            "/inbox",
            &["Release iati-2027-01-20 waits to be published"],
        )
        .await;

        house.publish().await;
        let again = sofia.post(&format!("{path}/publication"), "").await;
        assert_eq!(again.status, 422);
        says(
            &mut stranger,
            "/data",
            &[
                "IATI 2.03",
                "activities.xml",
                "validators, no error",
                "identifiers it publishes",
            ],
        )
        .await;
        says(
            &mut stranger,
            "/data/schema",
            &["How we map support in kind", "no transaction, no value"],
        )
        .await;
        let found = stranger.get("/data/releases?q=iati+2027").await.expect(200);
        assert!(found.says("iati-2027-01-20") && !found.says("csv-2027-01-20"));
        for lang in ["fr", "ar"] {
            let mut other = house.stranger().in_lang(lang);
            for page in [
                "/data",
                "/data/schema",
                "/data/releases",
                "/data/corrections",
                path.as_str(),
            ] {
                other.get(page).await.expect(200);
            }
        }

        let all = published(&house).await;
        let xml = String::from_utf8(all["iati/activities.xml"].clone()).unwrap();
        for word in [
            "<iati-identifier>XI-IATI-SAMPLE-HN-2027-D-0001</iati-identifier>",
            "<activity-status code=\"2\"/>",
            "-A-0001\" type=\"A9\"",
            "<dimension name=\"claim-level\" value=\"confirmed\"/>",
            "At least 120, at most 150.",
        ] {
            assert!(xml.contains(word), "{word}:\n{xml}");
        }
        let releases: Value = serde_json::from_slice(&all["ocds/releases.json"]).unwrap();
        let tags: Vec<&str> = releases["releases"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["tag"][0].as_str().unwrap())
            .collect();
        assert_eq!(tags, ["planning", "award", "contract", "implementation"]);
        let table = String::from_utf8(all["hxl/results.csv"].clone()).unwrap();
        assert!(
            table.contains("#meta+claim+level") && table.contains(",120,150,delivered,"),
            "{table}"
        );

        let figures = text(&all["csv/figures.csv"]);
        assert!(
            figures.lines().count() > 5 && figures.contains("/figures/"),
            "{figures}"
        );

        // The address that stays asks again; the release's own bytes are for ever.
        let router = web::router(&house.site);
        let ask = |path: &str, tag: &str| {
            let request = Request::builder()
                .uri(path)
                .header(header::IF_NONE_MATCH, tag);
            router
                .clone()
                .oneshot(request.body(axum::body::Body::empty()).unwrap())
        };
        let fixed = ask("/data/releases/iati-2027-01-20/activities.xml", "")
            .await
            .unwrap();
        assert_eq!(fixed.status(), 200);
        assert_eq!(
            fixed.headers()[header::CACHE_CONTROL],
            "public, max-age=31536000, immutable"
        );
        assert_eq!(fixed.headers()[header::ACCESS_CONTROL_ALLOW_ORIGIN], "*");
        let tag = fixed.headers()[header::ETAG].to_str().unwrap().to_owned();
        let latest = ask("/data/iati/activities.xml", &tag).await.unwrap();
        assert_eq!(
            (
                latest.status().as_u16(),
                &latest.headers()[header::CACHE_CONTROL]
            ),
            (304, &header::HeaderValue::from_static("public, no-cache"))
        );
        house
    }

    pub async fn a_correction_makes_a_release_that_names_the_one_before(house: House) -> House {
        house.build().await;
        house.publish().await;
        let before = published(&house).await;
        // Nothing happened: nothing is said again.
        let mut omar = house.build().await;
        assert_eq!(house.waiting(&mut omar).await, Vec::<String>::new());

        let (claim, nora) = (house.claim, house.actor("nora"));
        let sofia = house.actor("sofia");
        house.clock.advance_seconds(3_600);
        house
            .write(move |tx, now| {
                evidence::contest(tx, claim, "Two schools were counted twice", &nora, now)?;
                let figure = evidence::Figure {
                    comparator: evidence::Comparator::Equal,
                    low: Some(101),
                    high: Some(101),
                };
                evidence::correct(
                    tx,
                    claim,
                    figure,
                    "Two schools were counted twice",
                    &sofia,
                    now,
                )?;
                Ok(())
            })
            .unwrap();
        let deployment = house.deployment;
        let mary = house.actor("mary");
        house
            .write(move |tx, now| deployments::pause(tx, deployment, "Floods", &mary, now))
            .unwrap();
        house.build().await;
        let codes = house.publish().await;
        assert!(codes.contains(&"iati-2027-01-20-2".to_owned()), "{codes:?}");
        let mut stranger = house.stranger();
        says(
            &mut stranger,
            "/data/releases/iati-2027-01-20-2",
            &[
                "iati-2027-01-20",
                "Corrected since the release before",
                "120–150 → 101",
                "counted twice",
            ],
        )
        .await;
        says(
            &mut stranger,
            "/data/releases/iati-2027-01-20",
            &["Its place was taken by", "iati-2027-01-20-2"],
        )
        .await;
        says(
            &mut stranger,
            "/data/corrections",
            &["120–150", "101", "Two schools were counted twice"],
        )
        .await;
        let api = stranger.api("/data/corrections").await.expect(200);
        assert!(api.text.contains("before_correction"));

        let after = published(&house).await;
        assert_ne!(before["iati/activities.xml"], after["iati/activities.xml"]);
        for (file, bytes) in &before {
            let (format, name) = file.split_once('/').unwrap();
            let old = stranger
                .get(&format!("/data/releases/{format}-2027-01-20/{name}"))
                .await
                .expect(200);
            assert_eq!(&old.bytes, bytes, "{file} changed");
        }
        // Releases of processes are only added: each line that was there is there.
        let (old, new) = (
            text(&before["ocds/releases.json"]),
            text(&after["ocds/releases.json"]),
        );
        for line in old.lines().skip(2).filter(|line| line.starts_with('{')) {
            assert!(new.contains(line.trim_end_matches(',')), "{line}");
        }
        let xml = text(&after["iati/activities.xml"]);
        assert!(
            xml.contains("<activity-status code=\"6\"/>") && xml.contains("Exactly 101."),
            "{xml}"
        );
        assert!(
            !xml.contains("At least 120"),
            "a corrected figure is no result any more"
        );
        let table = text(&after["csv/corrections.csv"]);
        assert!(table.contains(",120,150,101,101,"), "{table}");
        house
    }

    pub async fn nothing_personal_leaves(house: &House) {
        let planted = format!("{} +504 {}", PLANTED[1], PLANTED[0]);
        let (now, text) = (house.clock.now(), planted.clone());
        // Behind the web, which would have refused them: in every field that holds free text.
        house
            .write(move |tx, _| {
                let account = people::NewAccount {
                    email: "planted@example.org".to_owned(),
                    name: PLANTED[1].to_owned(),
                    sample: true,
                    ..people::NewAccount::default()
                };
                people::add_account(tx, &account, now)?;
                let title = serde_json::json!({ "en": text, "fr": "Kits solaires" }).to_string();
                let sets: &[(&str, &'static str)] = &[
                    (&title, "UPDATE deployment SET title = $1"),
                    (
                        &text,
                        "UPDATE deployment SET maintenance = $1, financing_after = $1",
                    ),
                    (&text, "UPDATE need SET clean_text = $1"),
                    (&title, "UPDATE need SET title = $1"),
                    (
                        &text,
                        "UPDATE request SET own_words = $1, subject = $1, context_name = $1",
                    ),
                    (&text, "UPDATE need_line SET label = $1"),
                    (&text, "UPDATE consignment SET note = $1, reason = $1"),
                    (&text, "UPDATE receipt SET note = $1"),
                    (&title, "UPDATE agreement SET title = $1"),
                    (&text, "UPDATE agreement SET reason = $1"),
                    (&text, "UPDATE claim SET source = $1"),
                    (&title, "UPDATE offer SET title = $1"),
                ];
                for (text, sql) in sets {
                    tx.exec(sql, &db::args![*text])?;
                }
                Ok(())
            })
            .unwrap();
        house.build().await;
        house.publish().await;
        for (file, bytes) in published(house).await {
            let text = super::text(&bytes);
            for word in PLANTED.iter().chain(&["planted@example.org"]) {
                assert!(!text.contains(word), "{file} says {word}:\n{text}");
            }
        }
        let mut stranger = house.stranger();
        for page in [
            "/data",
            "/data/corrections",
            "/data/releases/csv-2027-01-20",
            "/feeds/changes.atom",
            "/feeds/countries/HN.atom",
        ] {
            let got = stranger.get(page).await.expect(200);
            assert!(
                PLANTED.iter().all(|word| !got.text.contains(word)),
                "{page}"
            );
        }
        says(
            &mut stranger,
            "/data/releases/hxl-2027-01-20",
            &["a text was left out because it names somebody"],
        )
        .await;
    }

    pub async fn what_validators_refuse_is_not_published(house: House) -> House {
        house.build().await;
        let mut omar = house.browser("omar").await;
        let path = "/data/releases/iati-2027-01-20";
        let said = [
            ("file", "activities.xml"),
            ("validator", "IATI Validator"),
            ("validator_version", "2.1"),
            ("errors", "2"),
            ("warnings", "0"),
            ("found", "Two errors nobody here saw"),
        ];
        let none = omar
            .post(
                &format!("{path}/checks/new"),
                "file=other.xml&validator=x&validator_version=1&errors=0&warnings=0",
            )
            .await;
        assert_eq!(none.status, 422);
        let phone = omar.post(&format!("{path}/checks/new"), "file=activities.xml&validator=call+%2B504+9999-8888&validator_version=1&errors=0&warnings=0").await;
        assert_eq!(phone.status, 422);
        omar.act(&format!("{path}/checks/new"), &said).await;
        says(
            &mut omar,
            path,
            &[
                "Two errors nobody here saw",
                "brought by a person",
                "2 errors found by",
            ],
        )
        .await;
        let mut sofia = house.browser("sofia").await;
        let refused = sofia.post(&format!("{path}/publication"), "").await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.says("IATI Validator found 2 errors in activities.xml"),
            "{}",
            refused.text
        );
        let silent = omar.post(&format!("{path}/discard"), "reason=").await;
        assert_eq!(silent.status, 422);
        omar.act(
            &format!("{path}/discard"),
            &[("reason", "Two errors to mend first")],
        )
        .await;
        says(&mut omar, path, &["Discarded", "Two errors to mend first"]).await;
        house.stranger().get(path).await.expect(404);
        // What was discarded counts for nothing: the same words make a release again.
        let mut omar = house.build().await;
        let codes = house.waiting(&mut omar).await;
        assert!(codes.contains(&"iati-2027-01-20-2".to_owned()), "{codes:?}");
        house
    }

    pub async fn feeds_tell_what_changed(house: House) -> House {
        house.build().await;
        house.publish().await;
        let mut stranger = house.stranger();
        let feed = stranger.get("/feeds/changes.atom").await.expect(200);
        assert!(
            feed.mime.starts_with("application/atom+xml"),
            "{}",
            feed.mime
        );
        for word in [
            "Deployment HN-2027-D-0001 began",
            "release iati-2027-01-20 was published",
            "<id>urn:uuid:",
        ] {
            assert!(feed.text.contains(word), "{word}:\n{}", feed.text);
        }
        assert_eq!(
            feed.text,
            stranger.get("/feeds/changes.atom").await.text,
            "ids stay"
        );
        let page = stranger.get("/data").await.expect(200);
        assert!(
            page.text
                .contains("type=\"application/atom+xml\" href=\"/feeds/changes.atom\"")
        );
        let local = house.known.local;
        let own = stranger
            .get(&format!("/feeds/members/{local}.atom"))
            .await
            .expect(200);
        assert!(own.text.contains("HN-2027-D-0001") && !own.text.contains("was published"));
        let honduras = stranger.get("/feeds/countries/HN.atom").await.expect(200);
        assert!(honduras.text.contains("HN-2027-D-0001"));
        let kenya = stranger.get("/feeds/countries/KE.atom").await.expect(200);
        assert!(!kenya.text.contains("<entry>"));
        for wrong in [
            "/feeds/countries/XX.atom",
            "/feeds/countries/HN",
            "/feeds/members/x.atom",
        ] {
            stranger.get(wrong).await.expect(404);
        }
        let other = Id::named("nobody", "here");
        stranger
            .get(&format!("/feeds/members/{other}.atom"))
            .await
            .expect(404);
        house
    }

    pub async fn the_coalition_says_who_it_is(house: House) -> House {
        let mut sofia = house.browser("sofia").await;
        let wrong = "publisher_name=Coalition&publisher_kind=40&iati_ref=41304&ocds_prefix=harambee&version=0";
        let refused = sofia.post("/data/publisher", wrong).await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.says("joined by hyphens") && refused.says("six small letters"),
            "{}",
            refused.text
        );
        let right = [
            ("publisher_name", "The Coalition"),
            ("publisher_kind", "40"),
            ("iati_ref", "XM-DAC-41304"),
            ("ocds_prefix", "ocds-213czf"),
            ("version", "0"),
        ];
        sofia.act("/data/publisher", &right).await;
        let again = sofia
            .post("/data/publisher", &web::testing::query(&right))
            .await;
        assert_eq!(again.status, 422, "somebody else said so first");
        let mut changed = right;
        changed[0].1 = "The Education Coalition";
        changed[4].1 = "1";
        sofia.act("/data/publisher", &changed).await;
        house.build().await;
        house.publish().await;
        let all = published(&house).await;
        let xml = text(&all["iati/activities.xml"]);
        assert!(
            xml.contains("<reporting-org ref=\"XM-DAC-41304\" type=\"40\"")
                && xml.contains("The Education Coalition")
        );
        says(
            &mut house.stranger(),
            "/data",
            &["Published by The Education Coalition", "XM-DAC-41304"],
        )
        .await;

        // The command: the same releases in a folder, with their manifest.
        let (bench, site) = (house.bench(), house.site.settings.url.clone());
        let dir = std::env::temp_dir().join(format!("publish-{}", base::Uuid::new_v4()));
        let out = std::env::var("HARAMBEE_SAMPLES").map_or(dir, std::path::PathBuf::from);
        let manifest = tokio::task::spawn_blocking(move || {
            let order = Order {
                site,
                by: None,
                note: None,
            };
            let all: Vec<_> = Format::ALL
                .iter()
                .map(|f| build(&bench, *f, &order).unwrap())
                .collect();
            assert!(
                all.iter().all(|built| !built.new),
                "what was published is said again"
            );
            let mut all = all;
            let manifest = write_out(&bench, &all, &out).unwrap();
            let standards = std::path::Path::new(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/../../stories/outside/standards"
            ));
            let absent = check_outside(&bench, &mut all, &out, Some(standards)).unwrap();
            let ran = all
                .iter()
                .flat_map(|built| &built.checks)
                .filter(|c| OUTSIDE.contains(&c.validator.as_str()));
            let ran: Vec<_> = ran.collect();
            assert!(ran.iter().all(|check| check.errors == 0), "{ran:?}");
            assert!(ran.len() + absent.len() >= 6, "{absent:?}");
            for file in FILES {
                assert!(out.join(file).exists(), "{file}");
            }
            if std::env::var_os("HARAMBEE_SAMPLES").is_none() {
                std::fs::remove_dir_all(&out).unwrap();
            }
            manifest
        });
        let manifest = manifest.await.unwrap();
        assert_eq!(manifest.as_array().unwrap().len(), 4);
        assert_eq!(manifest[0]["state"], "published");
        assert!(
            manifest[0]["validators"].as_array().unwrap().len() >= 3,
            "{manifest}"
        );
        house
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A page says these words.
async fn says(browser: &mut Browser, path: &str, words: &[&str]) {
    let page = browser.get(path).await.expect(200);
    for word in words {
        let plain = web::testing::plain(&page.text);
        assert!(page.says(word), "{path} does not say «{word}»:\n{plain}");
    }
}
