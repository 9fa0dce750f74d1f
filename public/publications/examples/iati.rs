//! How much it costs to publish many activities: `cargo run --release -p publications --example iati -- 100000`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a measurement that goes wrong ends here"
)]

#[path = "../tests/house/mod.rs"]
mod house;

use base::Id;
use db::args;
use gauge::{cpu_seconds, peak_mb};
use house::{House, migrations};
use publications::{Format, Order, build};

fn main() {
    let many: i64 = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(100_000);
    let file = db::testing::File::new();
    let db = db::Db::open(&file.url(), &migrations()).unwrap();
    let house = House::open(db);
    let first = house.deployment;
    house
        .write(move |tx, _| {
            for n in 0..many {
                copy(tx, first, n)?;
            }
            Ok(())
        })
        .unwrap();
    let order = Order {
        site: "https://example.org".to_owned(),
        by: None,
        note: None,
    };
    let bench = house.bench();
    reports::take_now(&bench).unwrap();
    let (cpu, memory) = (cpu_seconds(), peak_mb());
    let built = build(&bench, Format::Iati, &order).unwrap();
    println!(
        "{} activities, {} MB, {:.1} CPU seconds, peak memory {:.0} MB before and {:.0} MB after",
        built.files[0].rows,
        built.files[0].bytes / 1_000_000,
        cpu_seconds() - cpu,
        memory,
        peak_mb()
    );
    assert!(
        built.checks.iter().all(|check| check.errors == 0),
        "{:?}",
        built.checks
    );
}

/// Another deployment like the first, with its organisations and needs.
fn copy(tx: &mut db::Tx, first: Id, n: i64) -> base::Result<()> {
    let id = Id::named("measure", &n.to_string());
    let number = n + 1_000;
    tx.exec(
        "INSERT INTO deployment SELECT $1, country, year, $2, $3, agreement_id, member_id, service_class, title, search_key, \
         places, learner_group, levels, flagship, missions, in_person, replaces_reason, planned_from, planned_to, actual_from, \
         actual_to, reach_planned, units, lines, assets_to, maintenance, financing_after, free_until, stage, planned_by, \
         planned_at, claimed_by, confirmed_by, version FROM deployment WHERE id = $4",
        &args![id, number, format!("HN-2027-D-{number:06}"), first],
    )?;
    tx.exec(
        "INSERT INTO deployment_need SELECT $1, need_id FROM deployment_need WHERE deployment_id = $2",
        &args![id, first],
    )?;
    tx.exec(
        "INSERT INTO deployment_organisation SELECT $1, organisation_id FROM deployment_organisation WHERE deployment_id = $2",
        &args![id, first],
    )?;
    Ok(())
}
