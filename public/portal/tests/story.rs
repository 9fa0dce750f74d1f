//! What strangers read, told through HTTP on both databases.

#![expect(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use flate2::{Compression, write::GzEncoder};
use house::House;
use serde_json::{Value, json};
use std::io::Write;
use web::testing::{Browser, Got};

#[tokio::test(flavor = "multi_thread")]
async fn the_open_pages_say_what_is_known() {
    let migrations = web::site::migrations(&house::rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let mut house = House::open(db).await;
        a_fresh_site_promises_nothing(&mut house).await;
        numbers_follow_the_acts(&mut house).await;
        every_link_of_the_front_page_leads_somewhere(&mut house).await;
        figures_are_open_data(&mut house).await;
        the_latest_round_is_told_in_a_sentence(&mut house).await;
        the_front_page_fits_into_one_window(&mut house).await;
        assert_eq!(house.site.library.missing(), Vec::<String>::new());
    })
    .await;
}

/// Whether a headline figure stands on the page.
fn shows(page: &Got, number: &str, label: &str) -> bool {
    page.text
        .contains(&format!("<bdi>{number}</bdi></strong><span>{label}</span>"))
}

async fn a_fresh_site_promises_nothing(house: &mut House) {
    let mut nobody = Browser::new(&house.site);
    let page = nobody.get("/").await.expect(200);
    assert!(page.says("No need has been validated yet."));
    assert!(page.says("No matching round has been finished yet."));
    assert!(shows(&page, "0", "members today") && shows(&page, "Unknown", "learners concerned"));
    assert!(page.says("Target: 1,000,000") && page.says("They are not results"));
    assert!(page.says("Coordinate to maximise impact"));
    assert!(
        nobody
            .get("/map")
            .await
            .expect(200)
            .says("Nothing here yet.")
    );
    assert!(
        nobody
            .get("/data/units")
            .await
            .expect(200)
            .says("Nothing here yet.")
    );
    assert!(
        nobody
            .get("/data/attribution")
            .await
            .expect(200)
            .says("Secretaría de Educación de Honduras")
    );
}

async fn figures(house: &House) -> Value {
    Browser::new(&house.site)
        .api("/data/figures")
        .await
        .expect(200)
        .json()
}

fn value<'a>(figures: &'a Value, code: &str) -> &'a Value {
    let items = figures["items"].as_array().unwrap();
    &items
        .iter()
        .find(|item| item["figure"] == json!(code))
        .unwrap()["value"]
}

async fn numbers_follow_the_acts(house: &mut House) {
    let before = figures(house).await;
    assert_eq!(value(&before, "authorities"), &json!(1));
    assert_eq!(
        value(&before, "learners"),
        &Value::Null,
        "unknown is not zero"
    );
    assert_eq!(value(&before, "answer_hours"), &Value::Null);
    let request = house.request().await;
    house.line(&request, &[]).await;
    house
        .line(
            &request,
            &[
                ("service_class", "devices"),
                ("quantity", "30"),
                ("learners", "200"),
            ],
        )
        .await;
    house
        .line(
            &request,
            &[
                ("place_code", "HN0102"),
                ("learners", ""),
                ("learners_method", ""),
                ("learners_source", ""),
            ],
        )
        .await;
    house.submit(&request).await;
    assert_eq!(
        value(&figures(house).await, "needs"),
        &json!(0),
        "nobody knows before it is validated"
    );
    house.validate(&request).await;
    let after = figures(house).await;
    for (code, expected) in [
        ("needs", json!(2)),
        ("need_lines", json!(3)),
        ("countries", json!(1)),
        ("learners", json!(200)),
        ("places_unknown", json!(1)),
        ("requests_answered", json!(1)),
    ] {
        assert_eq!(value(&after, code), &expected, "{code}: {after}");
    }
    let units = Browser::new(&house.site)
        .api("/data/units")
        .await
        .expect(200)
        .json();
    let devices = &units["items"][0];
    assert_eq!(
        (&devices["code"], &devices["units_all"]),
        (&json!("devices"), &json!(30))
    );
    assert_eq!(devices["units_uncovered"], json!(30));
    let page = Browser::new(&house.site).get("/").await.expect(200);
    assert!(shows(&page, "at least 200", "learners concerned"));
    assert!(page.says("Not known for 1 of 2 schools and places."));
    assert!(shows(&page, "1", "requests answered") && page.says("of 1 received."));
    assert!(
        page.text.contains("Uncovered 240"),
        "print packs of two places"
    );
    assert!(page.says("Honduras 2 needs, 3 lines"));
    assert!(
        page.says("Half of them within 1 hour."),
        "a started hour counts"
    );
    let map = Browser::new(&house.site).get("/map").await.expect(200);
    assert!(map.says("Honduras: 2") && map.text.contains("/needs?country=HN"));
    assert!(
        Browser::new(&house.site)
            .get("/map?q=kenya")
            .await
            .expect(200)
            .says("Nothing here yet.")
    );
}

/// Local addresses a page links to.
fn links(page: &Got) -> Vec<String> {
    let mut found: Vec<String> = page
        .text
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with('/'))
        .map(|href| href.replace("&#38;", "&").replace("&amp;", "&"))
        .collect();
    found.sort();
    found.dedup();
    found
}

async fn every_link_of_the_front_page_leads_somewhere(house: &mut House) {
    let mut nobody = Browser::new(&house.site);
    let page = nobody.get("/").await.expect(200);
    for href in links(&page) {
        let got = nobody.get(&href).await;
        assert!(got.status.is_success(), "{href}: {}", got.status);
    }
}

async fn figures_are_open_data(house: &mut House) {
    let mut nobody = Browser::new(&house.site);
    for list in ["/data/figures", "/data/units", "/map", "/data/attribution"] {
        let csv = nobody.get(&format!("{list}.csv")).await.expect(200);
        assert!(csv.text.lines().count() > 1, "{list}");
        nobody.get(&format!("{list}.xlsx")).await.expect(200);
    }
    let figures = figures(house).await;
    let head = house.site.db.read(ledger::head).await.unwrap();
    for item in figures["items"].as_array().unwrap() {
        assert_eq!(item["as_of_fact"], json!(head.0), "one snapshot for all");
        assert_eq!(item["as_of"], json!(house::TODAY));
    }
    let page = nobody.get("/").await.expect(200);
    assert!(
        page.says(&head.1[..8]),
        "the page names the fact it was counted up to"
    );
}

async fn the_latest_round_is_told_in_a_sentence(house: &mut House) {
    house
        .round(
            1,
            &json!({"counterfactual": {"priority": {"with": 0.62, "without": 0.415}}}),
        )
        .await;
    let page = Browser::new(&house.site).get("/").await.expect(200);
    assert!(page.says("Round 1, finished on 1 December 2026, found a plan worth 1,234 points."));
    assert!(page.says("No plan under the same rules can be worth more than 1,235"));
    assert!(
        page.says("certainly within 0.1% of the best"),
        "a gap is rounded up"
    );
    assert!(page.says("the plan reaches 62%. Without"));
    assert!(page.says("it would have reached 41.5%."));
    house.round(2, &json!({})).await;
    let page = Browser::new(&house.site).get("/").await.expect(200);
    assert!(page.says("Round 2,") && !page.says("the plan reaches"));
    let arabic = Browser::new(&house.site)
        .in_lang("ar")
        .get("/")
        .await
        .expect(200);
    assert!(arabic.says("الجولة 2") && arabic.text.contains("dir=\"rtl\""));
    let french = Browser::new(&house.site)
        .in_lang("fr")
        .get("/")
        .await
        .expect(200);
    assert!(shows(&french, "au moins 200", "apprenants concernés"));
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap().len()
}

/// 14 kB on the wire, sheet and all: one window of a slow line.
async fn the_front_page_fits_into_one_window(house: &mut House) {
    let sheet = Browser::new(&house.site)
        .get(ui::sheet_path())
        .await
        .expect(200);
    for lang in ["en", "fr", "ar"] {
        let page = Browser::new(&house.site)
            .in_lang(lang)
            .get("/")
            .await
            .expect(200);
        let (page, sheet) = (gzipped(&page.bytes), gzipped(&sheet.bytes));
        assert!(page + sheet + 500 <= 14 * 1024, "{lang}: {page} + {sheet}");
    }
}
