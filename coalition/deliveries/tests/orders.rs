//! Whatever order the words of member and receiver come in, on both engines: units are conserved, the
//! ledger agrees with the room, and the facts rebuild it all.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a story that goes wrong ends here"
)]

mod house;

use base::{Error, Id};
use deliveries::{Checked, Decision, Resolution, Wrong};
use house::{House, migrations};
use ledger::Bucket;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
enum Event {
    Dispatch,
    Arrive(usize),
    CheckIn(usize, Checked),
    Recount(usize, i64),
    Resolve(usize, usize, i64),
    NeedAgain(usize, i64),
}

fn event() -> impl Strategy<Value = Event> {
    let checked =
        (0..4_i64, 0..2_i64, 0..2_i64, 0..2_i64).prop_map(|(good, damaged, short, surplus)| {
            Checked {
                good,
                damaged,
                short,
                surplus,
            }
        });
    prop_oneof![
        2 => Just(Event::Dispatch),
        2 => (0..4_usize).prop_map(Event::Arrive),
        6 => (0..3_usize, checked).prop_map(|(line, checked)| Event::CheckIn(line, checked)),
        1 => (0..3_usize, 1..3_i64).prop_map(|(line, units)| Event::Recount(line, units)),
        4 => (0..9_usize, 0..6_usize, 1..3_i64).prop_map(|(d, how, units)| Event::Resolve(d, how, units)),
        1 => (0..9_usize, 1..3_i64).prop_map(|(d, units)| Event::NeedAgain(d, units)),
    ]
}

const HOW: [Resolution; 6] = [
    Resolution::Found,
    Resolution::Replaced,
    Resolution::Lost,
    Resolution::Returned,
    Resolution::Kept,
    Resolution::Found,
];

/// Something happens, or is refused; never a fault.
fn happen(house: &House, consignment: Id, event: &Event) {
    let (ana, nora) = (house.actor("ana"), house.actor("nora"));
    let lines = house.read(move |tx| deliveries::lines(tx, consignment));
    let line = |at: usize| lines[at % lines.len()].id;
    let disputes = {
        let ids: Vec<Id> = lines.iter().map(|line| line.id).collect();
        house.read(move |tx| {
            let mut all = Vec::new();
            for id in &ids {
                all.extend(deliveries::discrepancies(tx, *id)?);
            }
            Ok(all)
        })
    };
    let done = match event.clone() {
        Event::Dispatch => house.sent(consignment, "nora"),
        Event::Arrive(at) => {
            let places: Vec<String> = lines
                .get(at)
                .and_then(|line| line.school.clone())
                .into_iter()
                .collect();
            house
                .write(move |tx, now| {
                    deliveries::arrive(tx, consignment, now.day(), &places, &nora, now)
                })
                .map(|_| ())
        }
        Event::CheckIn(at, checked) => house.checked_in(line(at), checked),
        Event::Recount(at, units) => {
            let line = line(at);
            house.write(move |tx, now| deliveries::recount(tx, line, (units, 0), "Seen", &ana, now))
        }
        Event::Resolve(at, how, units) if !disputes.is_empty() => {
            let d = &disputes[at % disputes.len()];
            let how = if d.wrong == Wrong::Surplus {
                Resolution::Kept
            } else {
                HOW[how]
            };
            let (id, decision) = (
                d.id,
                Decision {
                    how,
                    units,
                    to_line: None,
                    reason: "Seen".to_owned(),
                },
            );
            house.write(move |tx, now| deliveries::resolve(tx, id, &decision, &ana, now))
        }
        Event::NeedAgain(at, units) if !disputes.is_empty() => {
            let id = disputes[at % disputes.len()].id;
            house.write(move |tx, now| deliveries::need_again(tx, id, units, "Seen", &ana, now))
        }
        Event::Resolve(..) | Event::NeedAgain(..) => Ok(()),
    };
    assert!(
        matches!(done, Ok(()) | Err(Error::Refused(_))),
        "{event:?}: {done:?}"
    );
}

/// Units of the need lines in all buckets.
fn sums(house: &House, lines: &[Id]) -> BTreeMap<Bucket, i64> {
    lines.iter().fold(BTreeMap::new(), |mut sum, line| {
        for (bucket, units) in house.balance(*line) {
            *sum.entry(bucket).or_default() += units;
        }
        sum
    })
}

#[test]
fn units_are_conserved_whatever_the_order() {
    db::testing::each_engine(&migrations(), |db| {
        let house = House::open(db);
        let deployment = house.deployed(house.known.foreign, "devices");
        let mut runner = TestRunner::deterministic();
        let stories = proptest::collection::vec(event(), 4..14);
        for _ in 0..8 {
            let parts: Vec<(Id, i64)> = house
                .left(deployment)
                .into_iter()
                .filter(|(_, left)| *left >= 2)
                .map(|(line, _)| (line, 2))
                .take(3)
                .collect();
            if parts.len() < 3 {
                break;
            }
            let lines: Vec<Id> = parts.iter().map(|(line, _)| *line).collect();
            let consignment = house.accepted(deployment, "nora", &parts);
            let before: i64 = sums(&house, &lines).values().sum();
            let story = stories.new_tree(&mut runner).unwrap().current();
            for event in &story {
                happen(&house, consignment, event);
                assert_eq!(
                    sums(&house, &lines).values().sum::<i64>(),
                    before,
                    "{event:?}"
                );
                house.all_is_well();
            }
        }
        house.replays();
    });
}
