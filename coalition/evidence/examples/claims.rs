//! Brings many claims, tells them all, and asks for pages of them: `cargo run --example claims -- 1000000`.

#![allow(clippy::unwrap_used, reason = "a measurement that fails ends here")]

use base::{Day, Id, Moment};
use db::Db;
use evidence::{Claim, ClaimScope, Comparator, Level, Standing, Unit};
use std::time::Instant;

fn main() {
    let wanted: i64 = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(100_000);
    let dir = std::env::temp_dir().join(format!("claims-{}", base::Uuid::new_v4()));
    std::fs::create_dir_all(&dir).unwrap();
    let url = format!("sqlite:{}", dir.join("claims.db").display());
    let mut migrations = ledger::MIGRATIONS.to_vec();
    migrations.extend_from_slice(evidence::MIGRATIONS);
    let db = Db::open(&url, &migrations).unwrap();
    let started = Instant::now();
    let mut n = 0;
    while n < wanted {
        let many: Vec<Claim> = (n..(n + 20_000).min(wanted)).map(claim).collect();
        n += 20_000;
        db.write_now(move |tx| evidence::add_claims(tx, &mut many.clone(), None, moment()))
            .unwrap();
    }
    println!("{wanted} claims brought in {:?}", started.elapsed());
    let told = |scope: ClaimScope, until: Option<i64>| {
        let (started, named) = (Instant::now(), format!("{scope:?}"));
        let count = db.read_now(move |tx| {
            let mut count = 0_i64;
            evidence::each_claim(tx, &scope, until, &mut |claim| {
                count += i64::from(claim.counts());
                Ok(())
            })?;
            Ok(count)
        });
        println!(
            "{named} until {until:?}: {} in {:?}",
            count.unwrap(),
            started.elapsed()
        );
    };
    told(ClaimScope::Everything, None);
    told(ClaimScope::Everything, Some(wanted / 4_000));
    told(ClaimScope::Country("C7".to_owned()), None);
    told(ClaimScope::Indicator("learners_reached".to_owned()), None);
    std::fs::remove_dir_all(dir).unwrap();
}

fn moment() -> Moment {
    Moment::start_of(day("2026-11-22"))
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Any claim: 200 countries, 18 places each, 40 quarters, five groups.
fn claim(n: i64) -> Claim {
    let indicators = [
        "learners_reached",
        "teachers_trained",
        "contacts",
        "items_distributed",
    ];
    let from = day("2017-01-01").plus(n / 50_000 * 91 % 3_000);
    let mut claim = Claim {
        id: Id::new(moment()),
        indicator: (*indicators.get(usize::try_from(n % 4).unwrap()).unwrap()).to_owned(),
        unit: Unit::People,
        level: Some(Level::Delivered),
        comparator: Comparator::Equal,
        low: Some(n % 997),
        high: Some(n % 997),
        place: format!("C{}{:02}", n % 200, n % 18),
        country: format!("C{}", n % 200),
        group: ["all", "girls", "boys", "rural", "poor"]
            .get(usize::try_from(n % 5).unwrap())
            .copied()
            .unwrap()
            .to_owned(),
        from,
        to: from.plus(90),
        method: "attendance".to_owned(),
        source: format!("Lists {}", n % 5_000),
        as_of: from.plus(90),
        organisation: Id::named("member", &(n % 300).to_string()),
        deployment: Some(Id::named("deployment", &(n % 10_000).to_string())),
        report: None,
        file: None,
        standing: Standing::Stands,
        supersedes: None,
        print: String::new(),
        reported_by: None,
        accepted_by: None,
        confirmed_by: None,
        verified_by: None,
        batch: None,
        submitted_at: None,
        version: 1,
    };
    claim.print = evidence::print_of(&claim, Some("devices"));
    claim
}
