//! The whole of Honduras: 16,733 schools become some 45,000 lines in one act. A measurement:
//! `cargo test --release -p needs --test honduras -- --ignored --nocapture`.

#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use house::{House, day, rooms};
use std::time::Instant;

/// CPU seconds of this process so far.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let rest = stat.rsplit(')').next().unwrap();
    let ticks: u32 = rest
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|n| n.parse::<u32>().unwrap())
        .sum();
    f64::from(ticks) / 100.0
}

async fn measure(db: db::Db) {
    let engine = format!("{:?}", db.engine());
    let mut house = House::open(db).await;
    let request = house.request(&[]).await;
    let id = base::Id::parse(request.rsplit('/').next().unwrap()).unwrap();
    let (bench, account, today) = (
        house.site.bench(),
        house.ana_account,
        house.clock.now().day(),
    );
    let actor = bench
        .db
        .read(move |tx| people::actor(tx, account, today))
        .await
        .unwrap();
    let options = needs::ImportOptions {
        rule_set: "school_basics".to_owned(),
        conditions: Vec::new(),
        urgency: 1,
        required_by: day("2027-06-30"),
        window_from: day("2027-01-01"),
        window_to: day("2027-12-31"),
        first_only: false,
    };
    let import = move || {
        let bytes = places::shipped::honduras().unwrap();
        let (cpu_before, before) = (cpu(), Instant::now());
        let dry = needs::import_file(&bench, &actor, id, ("honduras.csv", &bytes), &options, true)
            .unwrap()
            .1;
        let (cpu_dry, dry_time) = (cpu() - cpu_before, before.elapsed());
        needs::import_file(
            &bench,
            &actor,
            id,
            ("honduras.csv", &bytes),
            &options,
            false,
        )
        .unwrap();
        (
            dry,
            cpu_dry,
            dry_time,
            cpu() - cpu_before - cpu_dry,
            before.elapsed() - dry_time,
        )
    };
    let (dry, cpu_dry, dry_time, cpu_all, time) =
        tokio::task::spawn_blocking(import).await.unwrap();
    let lines = f64::from(i32::try_from(dry.lines).unwrap());
    println!(
        "{engine}: {} rows, {} refused, {} schools, {} lines",
        dry.rows_read, dry.rows_refused, dry.schools, dry.lines
    );
    println!(
        "  dry run {cpu_dry:.2} CPU s ({dry_time:.2?}); import {cpu_all:.2} CPU s ({time:.2?}): {:.0} lines per CPU second",
        lines / cpu_all
    );
    assert!((40_000..50_000).contains(&dry.lines));
    house.assessed(&request).await;
    house.edit(&request).await;
    let before = Instant::now();
    house.sofia.act(&format!("{request}/validation"), &[]).await;
    println!("  validation {:.2?}", before.elapsed());
    let read = move |tx: &mut db::Tx<'_>| needs::open_lines(tx, &needs::Scope::Everything, today);
    let before = Instant::now();
    let open = house.site.db.read(read).await.unwrap();
    println!(
        "  {} open lines read in {:.2?}",
        open.len(),
        before.elapsed()
    );
    assert_eq!(i64::try_from(open.len()).unwrap(), dry.lines);
    let need = format!("/needs/{}", house.needs_of(&request).await[0]);
    for path in [
        "/needs",
        "/needs",
        &need,
        &need,
        &format!("{need}/lines"),
        &request,
    ] {
        let (cpu_before, before) = (cpu(), Instant::now());
        for _ in 0..20 {
            house.ana.get(path).await.expect(200);
        }
        let bytes = house.ana.get(path).await.expect(200).bytes.len();
        println!(
            "  {path}: {:.1} ms CPU, {:.2?} a page with its checks, {bytes} bytes",
            (cpu() - cpu_before) * 50.0,
            before.elapsed() / 20
        );
    }
    people::testing::all_is_well(&house.site).await;
}

#[tokio::test]
#[ignore = "a measurement: run it alone, in a release build"]
async fn the_whole_of_honduras() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, measure).await;
}
