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
        every_number_is_from_one_count(&mut house).await;
        charts_stand_on_other_peoples_pages(&mut house).await;
        every_link_leads_somewhere(&mut house).await;
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
    assert!(page.says("Nothing has been counted yet."));
    assert!(page.says("Coordinate to maximise impact"));
    let map = nobody.get("/map").await.expect(200);
    assert!(map.says("Nothing has been counted yet."));
    nobody.get("/embed/units").await.expect(200);
    house.count().await;
    let page = nobody.get("/").await.expect(200);
    assert!(page.says("No need has been validated yet."));
    assert!(page.says("No matching round has been finished yet."));
    assert!(shows(&page, "0", "members today") && shows(&page, "Unknown", "learners concerned"));
    assert!(
        page.says("Target: 1,000,000. How many were reached is unknown")
            && page.says("Targets are not results")
    );
    for empty in ["/map", "/data/units"] {
        let list = nobody.get(empty).await.expect(200);
        assert!(list.says("Nothing here yet."), "{empty}");
    }
    let sources = nobody.get("/data/attribution").await.expect(200);
    assert!(sources.says("Secretaría de Educación de Honduras"));
    let kenya = nobody.get("/countries/KE").await.expect(200);
    assert!(kenya.says("Nothing has been recorded here yet."));
}

/// The least a figure of the newest count certainly is.
async fn least(house: &House, name: &str) -> Value {
    let mut nobody = Browser::new(&house.site);
    let to = nobody.api(&format!("/figures/newest/{name}")).await;
    let to = to.expect(200).json();
    let path = to["see"].as_str().unwrap().trim_start_matches("/api");
    nobody.api(path).await.expect(200).json()["at_least"].clone()
}

async fn numbers_follow_the_acts(house: &mut House) {
    assert_eq!(least(house, "coalition.all.authorities.").await, json!(1));
    assert_eq!(
        least(house, "coalition.all.learners.").await,
        Value::Null,
        "unknown is not zero"
    );
    let request = house.request().await;
    house.line(&request, &[]).await;
    let devices = [
        ("service_class", "devices"),
        ("quantity", "30"),
        ("learners", "200"),
    ];
    house.line(&request, &devices).await;
    let unknown = [
        ("place_code", "HN0102"),
        ("learners", ""),
        ("learners_method", ""),
        ("learners_source", ""),
    ];
    house.line(&request, &unknown).await;
    house.submit(&request).await;
    house.count().await;
    assert_eq!(
        least(house, "coalition.all.needs.").await,
        json!(0),
        "nobody knows before it is validated"
    );
    house.validate(&request).await;
    let before = Browser::new(&house.site).get("/").await.expect(200);
    assert!(
        shows(&before, "0", "validated needs"),
        "a page says what was counted, all of it from one count"
    );
    house.count().await;
    for (code, expected) in [
        ("coalition.all.needs.", json!(2)),
        ("coalition.all.need_lines.", json!(3)),
        ("coalition.all.countries.", json!(1)),
        ("coalition.all.learners.", json!(200)),
        ("coalition.all.places_unknown.", json!(1)),
        ("coalition.all.requests_answered.", json!(1)),
        ("coalition.all.units_devices.uncovered", json!(30)),
        ("country.HN.needs.", json!(2)),
        ("country.HN.learners.", json!(200)),
    ] {
        assert_eq!(least(house, code).await, expected, "{code}");
    }
    let mut nobody = Browser::new(&house.site);
    let units = nobody.api("/data/units").await.expect(200).json();
    let devices = &units["items"][0];
    assert_eq!(
        (&devices["code"], &devices["units_all"]),
        (&json!("devices"), &json!(30))
    );
    assert_eq!(devices["units_uncovered"], json!(30));
    let page = nobody.get("/").await.expect(200);
    assert!(shows(&page, "at least 200", "learners concerned"));
    assert!(page.says("Not known for 1 of 2 schools and places."));
    assert!(shows(&page, "1", "requests answered") && page.says("1 request was received."));
    assert!(
        page.text.contains("Uncovered 240"),
        "print packs of two places"
    );
    assert!(page.says("Honduras 2 needs, no deployment yet"));
    assert!(
        page.says("Half of the answers came within 1 hour."),
        "a started hour counts"
    );
    let map = nobody.get("/map").await.expect(200);
    assert!(map.says("Honduras: 2") && map.text.contains("/countries/HN"));
    let none = nobody.get("/map?q=kenya").await.expect(200);
    assert!(none.says("Nothing matches."));
    let country = nobody.get("/countries/HN/figures").await.expect(200);
    assert!(shows(&country, "at least 200", "learners concerned"));
    assert!(country.says("What was reached is unknown; it is not zero."));
    assert!(country.says("Nothing recorded yet: ") && country.says("deployments"));
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

async fn every_link_leads_somewhere(house: &mut House) {
    let mut nobody = Browser::new(&house.site);
    nobody.waive("label", "radio buttons stand inside their labels");
    for start in [
        "/",
        "/countries/HN",
        "/countries/HN/figures",
        "/map",
        "/embed",
        "/missions",
    ] {
        let page = nobody.get(start).await.expect(200);
        for href in links(&page) {
            let got = nobody.get(&href).await;
            let fine = got.status.is_success() || got.status.is_redirection();
            assert!(fine, "{start} -> {href}: {}", got.status);
        }
    }
}

async fn every_number_is_from_one_count(house: &mut House) {
    let mut nobody = Browser::new(&house.site);
    for list in ["/figures", "/data/units", "/map", "/data/attribution"] {
        let csv = nobody.get(&format!("{list}.csv")).await.expect(200);
        assert!(csv.text.lines().count() > 1, "{list}");
        nobody.get(&format!("{list}.xlsx")).await.expect(200);
    }
    let count = house.count().await;
    let figures = nobody.api("/figures?limit=2000").await.expect(200).json();
    for item in figures["items"].as_array().unwrap() {
        assert_eq!(item["snapshot"], json!(count.id.to_string()));
    }
    for path in ["/", "/map", "/countries/HN", "/missions", "/embed/units"] {
        let page = nobody.get(path).await.expect(200);
        assert!(page.says(&count.short()), "{path} names its count");
    }
}

async fn charts_stand_on_other_peoples_pages(house: &mut House) {
    let mut nobody = Browser::new(&house.site);
    for path in [
        "/embed/units",
        "/embed/missions/global_teacher_campus",
        "/embed/countries/HN",
    ] {
        let chart = nobody.get(path).await.expect(200);
        let header = |name: &str| {
            chart
                .headers
                .get(name)
                .map(|v| v.to_str().unwrap().to_owned())
        };
        let policy = header("content-security-policy").unwrap();
        assert!(policy.contains("frame-ancestors *"), "{path}: {policy}");
        assert_eq!(header("content-disposition"), None, "{path}");
        assert!(chart.says("Source: Harambee") && chart.text.contains("<title>"));
        assert!(!chart.text.contains("<script") && !chart.text.contains("<form"));
    }
    let page = nobody.get("/").await.expect(200);
    let policy = page.headers.get("content-security-policy").unwrap();
    assert!(policy.to_str().unwrap().contains("frame-ancestors 'none'"));
    nobody.get("/embed/missions/none").await.expect(404);
}

async fn the_latest_round_is_told_in_a_sentence(house: &mut House) {
    let shares = json!({"counterfactual": {"priority": {"with": 0.62, "without": 0.415}}});
    house.round(1, &shares).await;
    house.count().await;
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
    house.count().await;
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
