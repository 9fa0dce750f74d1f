//! Fills a throw-away database with deployments and measures how quickly overlaps are found.
//! `cargo run --release -p deployments --example overlaps -- 100000 [postgres://…]`
#![allow(
    clippy::unwrap_used,
    reason = "a measurement that goes wrong ends here"
)]

use base::{Day, Id, Moment};
use db::{Db, Migration, Tx, Val, args};
use deployments::{Candidate, find_overlaps};
use std::time::Instant;

const CLASSES: [&str; 6] = [
    "connectivity",
    "devices",
    "content",
    "print_packs",
    "solar_kit",
    "teacher_training",
];
const COUNTRIES: [&str; 3] = ["HN", "KE", "LB"];
const ASKED: usize = 1_000;

fn main() {
    let mut given = std::env::args().skip(1);
    let count: usize = given.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let file = db::testing::File::new();
    let url = given.next().unwrap_or_else(|| file.url());
    let rooms = [
        ledger::MIGRATIONS,
        people::MIGRATIONS,
        places::MIGRATIONS,
        catalogue::MIGRATIONS,
        authorities::MIGRATIONS,
        members::MIGRATIONS,
        needs::MIGRATIONS,
        offers::MIGRATIONS,
        allocation::MIGRATIONS,
        agreements::MIGRATIONS,
        deployments::MIGRATIONS,
    ];
    let migrations: Vec<Migration> = rooms.concat();
    let db = Db::open(&url, &migrations).unwrap();
    let began = Instant::now();
    let codes = db.write_now(move |tx| fill(tx, count)).unwrap();
    println!(
        "filled {count} deployments in {:.1} s",
        began.elapsed().as_secs_f64()
    );
    let day = |n: i64| Day::new(2027, 1, 1).unwrap().plus(n);
    let mut times = Vec::new();
    let mut found = 0;
    for n in 0..ASKED {
        let (country, places) = codes.get(n % codes.len()).unwrap();
        let place = places.get(n * 7 % places.len()).unwrap().clone();
        let candidate = Candidate {
            id: None,
            country: country.clone(),
            service_class: CLASSES.get(n % CLASSES.len()).unwrap().to_string(),
            places: vec![place],
            group: None,
            from: day(i64::try_from(n).unwrap() % 700),
            to: day(i64::try_from(n).unwrap() % 700 + 60),
            reach: Some(500),
        };
        let began = Instant::now();
        found += db
            .read_now(move |tx| find_overlaps(tx, &candidate))
            .unwrap()
            .len();
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or(0.0);
    println!(
        "{ASKED} checks: median {:.2} ms, 95 % {:.2} ms, longest {:.2} ms; {:.1} overlaps each",
        at(50),
        at(95),
        times.last().unwrap(),
        f64::from(u32::try_from(found).unwrap()) / 1_000.0
    );
    for country in COUNTRIES {
        let began = Instant::now();
        let rows = db
            .read_now(move |tx| deployments::coverage(tx, country, Day::new(2027, 6, 1).unwrap()))
            .unwrap();
        println!(
            "who does what where in {country}: {} rows in {:.0} ms",
            rows.len(),
            began.elapsed().as_secs_f64() * 1_000.0
        );
    }
}

/// Countries with their places; then deployments by chance over them.
fn fill(tx: &mut Tx, count: usize) -> base::Result<Vec<(String, Vec<String>)>> {
    let now = Moment::start_of(Day::new(2026, 11, 22).unwrap());
    places::seed(tx, now)?;
    catalogue::seed(tx, now)?;
    let mut codes = Vec::new();
    for country in COUNTRIES {
        let all = places::within(tx, country)?;
        codes.push((
            country.to_owned(),
            all.into_iter().map(|p| p.code).collect::<Vec<_>>(),
        ));
    }
    let new = people::NewOrganisation {
        names: base::Names::one("en", "Somebody (sample)"),
        kind: "civil_society".to_owned(),
        sample: true,
        ..people::NewOrganisation::default()
    };
    let (one, other) = (
        people::add_organisation(tx, &new, None, now)?,
        people::add_organisation(tx, &new, None, now)?,
    );
    let agreement = Id::named("agreement", "bench");
    tx.exec(
        "INSERT INTO agreement (id, code, country, year, serial, authority_id, member_id, title, search_key, kind, service_classes, \
         starts_on, ends_on, free_until, stage, number, latest, signed_on, sample, made_at, version) VALUES ($1, 'HN-2026-A-0001', \
         'HN', 2026, 1, $2, $3, '{}', '', 'mou', '', '2027-01-01', '2028-12-31', '2028-12-31', 'for_signature', 1, 1, \
         '2026-11-22', TRUE, 0, 1)",
        &args![agreement, one, other],
    )?;
    tx.take_changes();
    let mut chance = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move |below: usize| {
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(chance >> 33).unwrap() % below
    };
    let gazetteers = COUNTRIES.map(|country| places::gazetteer(tx, country));
    let gazetteers: Vec<places::Gazetteer> = gazetteers.into_iter().collect::<base::Result<_>>()?;
    let (mut heads, mut spots): (Vec<Vec<Val>>, Vec<Vec<Val>>) = (Vec::new(), Vec::new());
    for n in 0..count {
        let at = next(codes.len());
        let (country, all) = codes.get(at).unwrap();
        let place = all.get(next(all.len())).unwrap();
        let class = *CLASSES.get(next(CLASSES.len())).unwrap();
        let from = Day::new(2027, 1, 1)
            .unwrap()
            .plus(i64::try_from(next(700)).unwrap());
        let to = from.plus(i64::try_from(next(90)).unwrap());
        let id = Id::named("bench", &n.to_string());
        let number = i64::try_from(n).unwrap();
        heads.push(
            args![
                id,
                country,
                2026_i64,
                number,
                format!("{country}-2026-D-{number:06}"),
                agreement,
                other,
                class,
                base::Names::one("en", "Sample"),
                "sample",
                format!("|{place}|"),
                None::<String>,
                "|1|",
                None::<String>,
                "",
                "supplements",
                None::<String>,
                from,
                to,
                None::<Day>,
                None::<Day>,
                100_i64,
                1_i64,
                1_i64,
                "schools",
                "x",
                "x",
                to,
                "planned",
                one,
                now,
                None::<Id>,
                None::<Id>,
                1_i64
            ]
            .to_vec(),
        );
        let tree = gazetteers.get(at).unwrap();
        for (code, chosen) in deployments::meet::kept(std::slice::from_ref(place), tree) {
            spots.push(args![id, code, chosen, class, from, to].to_vec());
        }
        if heads.len() == 5_000 || n + 1 == count {
            deployments::bench::fill(tx, &heads, &spots)?;
            (heads, spots) = (Vec::new(), Vec::new());
        }
    }
    tx.exec("ANALYZE", &[])?;
    Ok(codes)
}
