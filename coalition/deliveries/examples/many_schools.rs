//! A consignment for ten thousand schools, step by step: wall time of each act on both engines.
//! `HARAMBEE_TEST_PG=postgres://… cargo run --release -p deliveries --example many_schools`

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement says what it found"
)]

#[path = "../tests/house/mod.rs"]
mod house;

use base::Id;
use db::args;
use deliveries::{By, Checked, Proof};
use house::{House, migrations};
use ledger::{Bucket, Movement};
use std::time::Instant;

const SCHOOLS: i64 = 10_000;
const UNITS: i64 = 3;

/// Many more lines like the one a deployment has, each agreed and deployed.
fn many(house: &House, deployment: Id) {
    house
        .write(move |tx, at| {
            let sample = deployments::lines(tx, deployment)?.remove(0);
            let ids: Vec<Id> = (0..SCHOOLS).map(|_| Id::new(at)).collect();
            let copies: Vec<_> = (0..)
                .zip(&ids)
                .map(|(n, id)| {
                    let (code, label) = (format!("X{n:06}"), format!("Escuela X{n:06}"));
                    args![*id, sample.line, UNITS, code, &label, base::fold(&label)].to_vec()
                })
                .collect();
            tx.exec_many(
                "INSERT INTO need_line (id, need_id, import_id, quantity, place_code, department, school_code, \
                 label, label_key, longitude, latitude, levels, audience, learners, learners_method, \
                 learners_source, learners_as_of, girls, rural, disability, displaced, poor, ldc, severity, \
                 severity_method, urgency, tier, lang1, lang2, conditions, window_from, window_to, partners, \
                 remote, package_id, required_by, version) SELECT $1, need_id, import_id, $3, place_code, department, \
                 $4, $5, $6, longitude, latitude, levels, audience, learners, learners_method, learners_source, \
                 learners_as_of, girls, rural, disability, displaced, poor, ldc, severity, severity_method, urgency, \
                 tier, lang1, lang2, conditions, window_from, window_to, partners, remote, NULL, required_by, 1 \
                 FROM need_line WHERE id = $2",
                &copies,
            )?;
            let open: Vec<(Id, i64)> = ids.iter().map(|id| (*id, UNITS)).collect();
            ledger::open_lines(tx, &open, at)?;
            for (from, to) in [(Bucket::Uncovered, Bucket::Proposed), (Bucket::Proposed, Bucket::Committed)] {
                let all: Vec<Movement> = ids
                    .iter()
                    .map(|line| Movement { line: *line, offer: Some(sample.offer), quantity: UNITS, from, to, at })
                    .collect();
                ledger::shift_many(tx, &all)?;
            }
            let lines: Vec<_> = ids
                .iter()
                .map(|id| {
                    args![deployment, *id, sample.proposal, -1_i64, sample.need, sample.offer, &sample.area, UNITS].to_vec()
                })
                .collect();
            tx.exec_many(
                "INSERT INTO deployment_line (deployment_id, line_id, proposal_id, period, need_id, offer_id, area, \
                 units, given, sent, returned) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0)",
                &lines,
            )?;
            tx.forget_changes();
            Ok(())
        })
        .unwrap();
}

fn main() {
    db::testing::each_engine(&migrations(), |db| {
        let engine = format!("{:?}", db.engine());
        let house = House::open(db);
        let deployment = house.deployed(house.known.foreign, "devices");
        many(&house, deployment);
        let parts: Vec<(Id, i64)> = house
            .left(deployment)
            .into_iter()
            .filter(|(_, units)| *units == UNITS)
            .collect();
        let took = |what: &str, since: Instant| {
            println!("{engine} {what}: {} ms", since.elapsed().as_millis());
        };
        let started = Instant::now();
        let id = house.accepted(deployment, "nora", &parts);
        took("notice and acceptance", started);
        let started = Instant::now();
        house.sent(id, "nora").unwrap();
        took("dispatch", started);
        let (nora, ana) = (house.actor("nora"), house.actor("ana"));
        let started = Instant::now();
        house
            .write(move |tx, now| deliveries::arrive(tx, id, now.day(), &[], &nora, now))
            .unwrap();
        took("arrival", started);
        let lines = house.read(move |tx| deliveries::lines(tx, id));
        let found = Checked {
            good: UNITS - 1,
            short: 1,
            ..Checked::default()
        };
        let said: Vec<(Id, Checked)> = lines.iter().map(|line| (line.id, found)).collect();
        let started = Instant::now();
        house
            .write(move |tx, now| {
                let proof = Proof {
                    on: now.day(),
                    file: None,
                    note: None,
                };
                deliveries::check_in(tx, id, &said, By::Sheet(&ana), &proof, now)
            })
            .unwrap();
        took("check-in by table, each school with a discrepancy", started);
        let started = Instant::now();
        let tally = house.read(move |tx| deliveries::tallies_by_place(tx, deployment));
        took("tallies by department", started);
        assert_eq!(tally.iter().map(|(_, t)| t.short).sum::<i64>(), SCHOOLS);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let mut browser = runtime.block_on(house.browser("ana"));
        for path in ["", "/lines", "/lines?q=x009"] {
            let started = Instant::now();
            runtime
                .block_on(browser.get(&format!("/consignments/{id}{path}")))
                .expect(200);
            took(&format!("page of the consignment{path}"), started);
        }
        let started = Instant::now();
        runtime
            .block_on(browser.get("/deliveries/open"))
            .expect(200);
        took("page of open discrepancies", started);
    });
}
