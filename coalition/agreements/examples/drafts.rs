//! Measures the room: drafts a CPU second, documents set a CPU second, search over many agreements.
//!
//! `cargo run --release -p agreements --example drafts -- [drafts] [agreements to search]`
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a tool for people at the bench"
)]

#[path = "../tests/house/mod.rs"]
mod house;

use agreements::Grouping;
use base::{Id, Result};
use db::{Db, Tx, args};
use gauge::cpu_seconds;
use std::time::Instant;
use web::{Answer, hand};

/// One proposal as many, each agreed.
fn multiply(tx: &mut Tx, source: Id, copies: usize, now: base::Moment) -> Result<()> {
    let rows: Vec<Vec<db::Val>> = (0..copies)
        .map(|_| args![Id::new(now), source].to_vec())
        .collect();
    tx.exec_many(
        "INSERT INTO proposal (id, round_id, matched_by, offer_id, need_id, member_id, country, service_class, \
         areas, lines, quantity, given, quantity_now, given_now, learners, lot_min, lot_step, rival, score, \
         ground, priority, resources, local_lines, created_at, member_accepted, member_by, member_at, \
         authority_accepted, authority_by, authority_at, version) \
         SELECT $1, round_id, matched_by, offer_id, need_id, member_id, country, service_class, areas, lines, \
         quantity, given, quantity_now, given_now, learners, lot_min, lot_step, rival, score, ground, priority, \
         resources, local_lines, created_at, member_accepted, member_by, member_at, authority_accepted, \
         authority_by, authority_at, version FROM proposal WHERE id = $2",
        &rows,
    )
    .map(drop)
}

/// One agreement as many, each with a code and words of its own.
fn enlarge(tx: &mut Tx, source: Id, from: usize, to: usize, now: base::Moment) -> Result<()> {
    let names = [
        "norte", "sur", "valle", "costa", "montana", "laguna", "bosque", "rio", "puerto", "llano",
    ];
    let mut agreements = Vec::with_capacity(to - from);
    let mut versions = Vec::with_capacity(to - from);
    for n in from..to {
        let id = Id::new(now);
        let word = |step: usize| names[(n / step) % names.len()];
        let key = format!(
            "zz 2026 a {n} power and paper for {} {} {} ministry",
            word(1),
            word(10),
            word(100)
        );
        agreements.push(args![id, format!("ZZ-2026-A-{n:06}"), n as i64, key, source].to_vec());
        versions.push(args![id, source].to_vec());
    }
    tx.exec_many(
        "INSERT INTO agreement (id, code, country, year, serial, authority_id, member_id, title, search_key, kind, \
         service_classes, starts_on, ends_on, free_until, stage, number, latest, signed_on, sample, made_at, version) \
         SELECT $1, $2, 'ZZ', year, $3, authority_id, member_id, title, $4, kind, service_classes, starts_on, \
         ends_on, free_until, 'for_signature', 1, 1, '2026-12-01', sample, made_at, version \
         FROM agreement WHERE id = $5",
        &agreements,
    )?;
    tx.exec_many(
        "INSERT INTO agreement_version (agreement_id, number, terms, made_by, made_at, version) \
         SELECT $1, 1, terms, made_by, made_at, 1 FROM agreement_version WHERE agreement_id = $2 AND number = 1",
        &versions,
    )
    .map(drop)
}

fn main() {
    let mut numbers = std::env::args()
        .skip(1)
        .map(|text| text.parse::<usize>().unwrap());
    let (drafts, many) = (
        numbers.next().unwrap_or(1_000),
        numbers.next().unwrap_or(100_000),
    );
    let url = std::env::var("HARAMBEE_BENCH_DB").unwrap_or_else(|_| {
        let file = std::env::temp_dir().join(format!("agreements-{}.db", base::Uuid::new_v4()));
        format!("sqlite:{}", file.display())
    });
    let db = Db::open(&url, &house::migrations()).unwrap();
    let (house, ids) = house::open(db);
    let (omar, sofia) = (house.actor("omar"), house.actor("sofia"));

    let source = ids[0];
    house
        .write(move |tx, now| multiply(tx, source, drafts, now))
        .unwrap();
    let who = omar.clone();
    let batch = house.write(move |tx, now| {
        let common = agreements::common(tx)?;
        agreements::create_batch(tx, (None, None), Grouping::PerMatch, &common, &who, now)
    });
    let (start, wall) = (cpu_seconds(), Instant::now());
    let report = agreements::run_batch(&house.site.bench(), batch.unwrap()).unwrap();
    let used = cpu_seconds() - start;
    let drafted = report["drafted"].as_i64().unwrap();
    println!(
        "drafted {drafted}: {used:.2} CPU s, {:.2} s; {:.0} a CPU second",
        wall.elapsed().as_secs_f64(),
        drafted as f64 / used
    );

    let all = house
        .site
        .db
        .read_now(|tx| agreements::of_country(tx, "HN", None, 50, house::day("2026-12-01")))
        .unwrap();
    for a in &all {
        let (id, omar, sofia) = (a.id, omar.clone(), sofia.clone());
        house
            .write(move |tx, now| {
                agreements::send_for_review(tx, id, &omar, now)?;
                agreements::release_for_signature(
                    tx,
                    id,
                    "https://harambee.example",
                    Some("A copy."),
                    &sofia,
                    now,
                )
            })
            .unwrap();
    }
    let (start, wall) = (cpu_seconds(), Instant::now());
    let set = agreements::set_pdfs(&house.site.bench()).unwrap();
    let used = cpu_seconds() - start;
    println!(
        "set {set} PDFs: {used:.2} CPU s, {:.2} s; {:.1} a CPU second",
        wall.elapsed().as_secs_f64(),
        set as f64 / used
    );

    let source = all[0].id;
    for from in (0..many).step_by(5_000) {
        house
            .write(move |tx, now| enlarge(tx, source, from, (from + 5_000).min(many), now))
            .unwrap();
    }
    for query in [
        &[("q", "zz 2026 a 77777")][..],
        &[("q", "laguna rio puerto")],
        &[("q", "nothing like it")],
        &[("q", "power and paper"), ("country", "HN")],
        &[("service_class", "content")],
        &[("state", "ended")],
        &[],
    ] {
        let (start, wall) = (cpu_seconds(), Instant::now());
        const ROUNDS: u32 = 5;
        let mut rows = 0;
        for _ in 0..ROUNDS {
            let Answer::List(list) =
                hand::see(&house.site, None, "/agreements", &[], query).unwrap()
            else {
                continue;
            };
            rows = list.rows.len();
        }
        let (used, wall) = (
            (cpu_seconds() - start) / f64::from(ROUNDS),
            wall.elapsed().as_secs_f64() / f64::from(ROUNDS),
        );
        println!(
            "search {many} for {query:?}: {rows} rows, {:.0} ms CPU, {:.0} ms",
            used * 1000.0,
            wall * 1000.0
        );
    }
}
