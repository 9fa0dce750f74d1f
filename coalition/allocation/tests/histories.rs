//! Whatever rounds and decisions follow one another: every unit is in one bucket, the ledger says what
//! the proposals say, offers hold what is held of them, and the facts rebuild it all.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use allocation::{Part, Proposal};
use base::{Error, Id};
use house::{House, register, terms};
use offers::Kind;
use proptest::prelude::*;

#[derive(Clone, Debug)]
struct Step {
    what: u8,
    which: usize,
    units: i64,
    days: i64,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let one = (0..10_u8, 0..40_usize, 1..60_i64, 0..6_i64);
    let one = one.prop_map(|(what, which, units, days)| Step {
        what,
        which,
        units,
        days,
    });
    proptest::collection::vec(one, 4..16)
}

fn set(db: db::Db) -> House {
    let house = House::open(db);
    let (local, foreign) = (house.known.local, house.known.foreign);
    let mut lots = terms("devices", Kind::Stock, 80);
    (lots.lot_min, lots.lot_step, lots.lot_max) = (6, 3, Some(15));
    house.offer(foreign, "nora", &lots);
    house.offer(local, "mary", &terms("solar_kit", Kind::Stock, 2));
    house.offer(local, "mary", &terms("print_packs", Kind::Stock, 300));
    house.offer(foreign, "nora", &terms("teacher_training", Kind::Rate, 6));
    let mut content = terms("content", Kind::Inexhaustible, 2);
    (content.tier, content.languages) = (0, offers::Spoken::Listed(vec!["es".to_owned()]));
    house.offer(foreign, "nora", &content);
    house.request(register(18).as_bytes());
    house
}

fn every(house: &House, rounds: &[Id]) -> Vec<Proposal> {
    rounds
        .iter()
        .flat_map(|round| house.proposals(*round))
        .collect()
}

/// One decision; a refusal is an answer too, a fault is not.
fn decide(house: &House, p: &Proposal, step: &Step) {
    let id = p.id;
    let member = if p.member == house.known.local {
        "max"
    } else {
        "nils"
    };
    let (max, ana) = (house.actor(member), house.actor("ana"));
    let all = Part::default();
    let some = Part {
        units_max: Some(step.units),
        ..Part::default()
    };
    let area = Part {
        areas: p.areas.first().cloned().into_iter().collect(),
        ..Part::default()
    };
    let part = [all, some, area][step.which % 3].clone();
    let done = match step.what {
        0 | 1 => {
            house.write(move |tx, now| allocation::accept_for_member(tx, id, &part, &max, now))
        }
        2 | 3 => {
            house.write(move |tx, now| allocation::accept_for_authority(tx, id, &part, &ana, now))
        }
        4 => house.write(move |tx, now| allocation::decline_for_member(tx, id, "No", &max, now)),
        _ => house.write(move |tx, now| allocation::decline_for_authority(tx, id, "No", &ana, now)),
    };
    assert!(matches!(done, Ok(_) | Err(Error::Refused(_))), "{done:?}");
}

fn live(house: &House, history: &[Step]) {
    let quantity = |house: &House| {
        let sum = "SELECT CAST(SUM(quantity) AS BIGINT), CAST(SUM(uncovered + proposed + committed + in_transit \
            + delivered + confirmed + returned + lost) AS BIGINT) FROM balance";
        let read = move |tx: &mut db::Tx<'_>| {
            let row = tx.one(sum, &[])?;
            let mut r = row.read();
            Ok((r.int()?, r.int()?))
        };
        house.site.db.read_now(read).unwrap()
    };
    let whole = quantity(house).0;
    let mut rounds = vec![house.round("First").0];
    for step in history {
        house.clock.advance_seconds(step.days * 86_400);
        let proposals = every(house, &rounds);
        match (
            step.what,
            proposals.get(step.which % proposals.len().max(1)),
        ) {
            (0..=5, Some(p)) => decide(house, p, step),
            (6, Some(p)) => {
                let (id, omar) = (p.id, house.actor("olga"));
                let lock = web::room::entered(&[("reason", "It must not move.")]);
                let params = [("id", &*id.to_string())];
                let done = web::hand::act(&house.site, Some(&omar), "proposal-lock", &params, lock);
                assert!(matches!(done, Ok(_) | Err(Error::Refused(_))), "{done:?}");
            }
            (7, _) => drop(allocation::release_lapsed(&house.site.bench()).unwrap()),
            _ => rounds.push(house.round("Next").0),
        }
        assert_eq!(quantity(house), (whole, whole));
        house.all_is_well();
    }
    house.replays();
}

#[test]
fn every_unit_is_in_one_bucket_whatever_happens() {
    let cases = ProptestConfig {
        cases: 6,
        failure_persistence: None,
        max_shrink_iters: 0,
        ..ProptestConfig::default()
    };
    proptest!(cases, |(history in steps())| {
        let file = db::testing::File::new();
        let db = db::Db::open(&file.url(), &house::migrations()).unwrap();
        live(&set(db), &history);
    });
}

#[test]
fn every_unit_is_in_one_bucket_on_both_databases() {
    let step = |what, which, units, days| Step {
        what,
        which,
        units,
        days,
    };
    let history = [
        step(0, 1, 9, 0),
        step(2, 1, 20, 0),
        step(3, 0, 5, 1),
        step(9, 0, 1, 2),
        step(1, 3, 1, 0),
        step(6, 2, 1, 0),
        step(8, 0, 1, 5),
        step(4, 4, 1, 12),
        step(7, 0, 1, 0),
        step(9, 0, 1, 0),
    ];
    db::testing::each_engine(&house::migrations(), |db| live(&set(db), &history));
}

#[test]
fn the_same_snapshot_and_policy_give_the_same_bytes() {
    let file = db::testing::File::new();
    let house = set(db::Db::open(&file.url(), &house::migrations()).unwrap());
    let (_, one) = house.round("One");
    house.clock.advance_seconds(15 * 86_400);
    allocation::release_lapsed(&house.site.bench()).unwrap();
    let (_, two) = house.round("Two");
    assert_eq!(one["result"], two["result"]);
    assert_eq!(one["objective"], two["objective"]);
}
