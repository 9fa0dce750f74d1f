//! Whatever is sent and called off in whatever order, no unit is made or lost: not in the ledger,
//! not at the offers.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that goes wrong ends here"
)]

mod house;

use base::Id;
use house::{House, IN_FORCE, migrations};
use std::collections::BTreeMap;

/// A number below another one, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most.max(1)
    }
}

fn cancelled(house: &House, id: Id) -> base::Result<i64> {
    let nils = house.actor("nils");
    house.write(move |tx, now| {
        deployments::cancel(tx, id, ("The roads are closed", None), &nils, now)
    })
}

#[test]
fn units_are_conserved_in_any_order_of_sending_and_calling_off() {
    for seed in [1, 2, 3] {
        db::testing::each_engine(&migrations(), |db| {
            let (house, agreed) = House::open(db);
            let agreement = house.signed(agreed[&(house.known.foreign, "devices".to_owned())]);
            let areas =
                house.read(move |tx| Ok(agreements::schedule(tx, agreement)?[0].places.clone()));
            let mut open: Vec<Id> = areas
                .iter()
                .map(|area| {
                    house
                        .planned("nora", &house.plan(agreement, "devices", &[area]))
                        .unwrap()
                })
                .collect();
            house.wait_until(IN_FORCE);
            let start = house.units("devices");
            let held = house.held("devices");
            let total: i64 = start.values().sum();
            let mut chance = Chance(seed);
            let (mut sent, mut returned) = (0, 0);
            for _ in 0..25 {
                let Some(id) = open.get(chance.below(open.len())).copied() else {
                    break;
                };
                if chance.below(12) == 0 {
                    let back = cancelled(&house, id).unwrap();
                    returned += back;
                    open.retain(|one| *one != id);
                    assert_eq!(
                        cancelled(&house, id).unwrap_err().keys(),
                        ["deployments-not-possible"]
                    );
                } else {
                    let lines = house.read(move |tx| deployments::lines(tx, id));
                    let line = &lines[chance.below(lines.len())];
                    let units = i64::try_from(chance.below(8)).unwrap() + 1;
                    let done = house.send(id, line.line, units);
                    if units > line.left() {
                        assert_eq!(done.unwrap_err().keys(), ["deployments-not-so-many"]);
                    } else {
                        done.unwrap();
                        sent += units;
                    }
                }
                let now: BTreeMap<&str, i64> = house.units("devices");
                assert_eq!(now.values().sum::<i64>(), total);
                assert_eq!(*now.get("in_transit").unwrap_or(&0), sent);
                assert_eq!(
                    now.get("committed").unwrap_or(&0) + sent + returned,
                    start["committed"]
                );
                let still = house.held("devices");
                assert!(still <= held && still >= now.get("committed").unwrap_or(&0) + sent);
            }
            for id in open {
                returned += cancelled(&house, id).unwrap();
            }
            let end = house.units("devices");
            assert_eq!(end.get("committed"), None);
            assert_eq!(end.values().sum::<i64>(), total);
            assert_eq!(sent + returned, start["committed"]);
            house.all_is_well();
            house.replays();
        });
    }
}
