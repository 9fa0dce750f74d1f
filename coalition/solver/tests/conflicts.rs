//! What cannot be kept together is named, in the smallest set, with figures and in words.

mod common;

use common::{Dice, rules, tiny};
use solver::*;

fn lock(need: u32, offer: u32, period: i32, qty: u32) -> Prior {
    Prior {
        need,
        offer,
        period,
        qty,
        state: PriorState::Locked,
    }
}

fn without(instance: &Instance, drop: usize) -> Instance {
    let mut other = instance.clone();
    other.prior.remove(drop);
    other
}

#[test]
fn every_set_is_as_small_as_can_be_and_says_what_meets() {
    let mut dice = Dice(31);
    let mut seen = std::collections::BTreeMap::new();
    for seed in 0..12_000 {
        let mut instance = tiny(seed);
        instance.prior.clear();
        for _ in 0..2 + dice.below(3) {
            let need = dice.below(instance.needs.len() as u32);
            let choices = common::deliveries_of(&instance, need);
            if choices.is_empty() || dice.chance(10) {
                let offer = dice.below(instance.offers.len() as u32);
                let category = instance.offers[offer as usize].category as usize;
                let is_rate = instance.meta.categories[category].kind == Kind::Rate;
                instance.prior.push(lock(
                    need,
                    offer,
                    if is_rate { 0 } else { -1 },
                    1 + dice.below(4),
                ));
            } else {
                let d = choices[dice.below(choices.len() as u32) as usize];
                instance.prior.push(lock(d.need, d.offer, d.period, d.qty));
            }
        }
        if !instance.validate().is_empty() {
            continue;
        }
        let found = conflicts(&instance);
        assert_eq!(
            found.is_empty(),
            solve(
                &instance,
                &Options {
                    rounds: Some(10),
                    ..Options::default()
                },
                &mut Silent
            )
            .is_ok()
        );
        for conflict in &found {
            *seen.entry(conflict.code).or_insert(0) += 1;
            // Alone these locks conflict; without any one of them they do not, at this place.
            let mut alone = instance.clone();
            alone.prior = conflict
                .locks
                .iter()
                .map(|&at| instance.prior[at])
                .collect();
            let same = |i: &Instance| {
                conflicts(i)
                    .into_iter()
                    .any(|c| (c.code, &c.at) == (conflict.code, &conflict.at))
            };
            assert!(same(&alone), "seed {seed}: {conflict:?}");
            for drop in 0..alone.prior.len() {
                assert!(!same(&without(&alone, drop)), "seed {seed}: {conflict:?}");
            }
            assert!(
                conflict.sentence.len() > 30 && conflict.sentence.ends_with('.'),
                "{conflict:?}"
            );
        }
    }
    for code in [
        "lock_not_eligible",
        "two_locks_on_one_need",
        "locks_above_capacity",
        "locks_above_countries",
    ] {
        assert!(
            seen.get(code).is_some_and(|&count| count > 3),
            "{code}: {seen:?}"
        );
    }
}

#[test]
fn the_sentences_carry_their_figures() {
    let school = |qty| Need {
        qty,
        learners: 50,
        ..Need::default()
    };
    let mut instance = Instance {
        meta: rules(),
        needs: vec![school(6), school(6), school(1)],
        offers: vec![Offer {
            capacity: 10,
            ..Offer::default()
        }],
        prior: vec![lock(0, 0, -1, 6), lock(1, 0, -1, 6), lock(2, 0, -1, 1)],
    };
    let found = conflicts(&instance);
    assert_eq!(found[0].figures, [("capacity", 10), ("asked", 12)]);
    assert_eq!(
        found[0].sentence,
        "Offer 0 has 10 units, and these locked deliveries need 12: 6 to need 0, 6 to need 1; without any one of them it would do."
    );
    instance.offers[0].tier_required = 2;
    instance.prior.truncate(1);
    let found = conflicts(&instance);
    assert_eq!(found[0].rules, [Rule::Tier]);
    assert_eq!(
        found[0].sentence,
        "The locked delivery of 6 units by offer 0 to need 0 cannot stand: the technology level there is too low."
    );
}

fn floor(group: Group, min_share: f64) -> Floor {
    Floor {
        category: 0,
        group,
        min_share,
    }
}

#[test]
fn floors_that_leave_nothing_are_named_in_the_smallest_set() {
    // Schools are rural or of displaced learners, never both: each floor can be kept, the two together cannot.
    let need = |rural, displaced| Need {
        qty: 5,
        learners: 50,
        groups: [500, rural, 0, displaced, 0, 0],
        ..Need::default()
    };
    let mut instance = Instance {
        meta: rules(),
        needs: vec![need(1000, 0), need(0, 1000), need(300, 300)],
        offers: vec![Offer {
            capacity: 50,
            ..Offer::default()
        }],
        prior: Vec::new(),
    };
    instance.meta.floors = vec![
        floor(Group::Girls, 0.4),
        floor(Group::Rural, 0.5),
        floor(Group::Displaced, 0.5),
    ];
    assert_eq!(hollow_floors(&instance), []);
    instance.meta.floors[1].min_share = 0.6;
    let found = hollow_floors(&instance);
    assert_eq!(
        (found.len(), found[0].code, &found[0].floors[..]),
        (1, "floors_leave_nothing", &[1, 2][..])
    );
    assert_eq!(
        found[0].sentence,
        "No mix of the lines that can be served in category 0 meets at least 60 % to the group rural and at least 50 % to the group displ; without any one of them something could be given."
    );
    let plan = solve(&instance, &Options::default(), &mut Silent).unwrap();
    assert!(plan.deliveries.is_empty() && plan.proven_optimal);
    instance.meta.floors = vec![floor(Group::Girls, 0.51)];
    assert_eq!(hollow_floors(&instance)[0].floors, [0]);
}

#[test]
fn floors_are_named_exactly_when_no_mix_of_lines_meets_them() {
    // Small shares, so that a mix of few whole units finds every mix there is.
    let mut dice = Dice(13);
    let mut hollow = 0;
    for case in 0..400 {
        let mut shares =
            || [Group::Girls, Group::Rural, Group::Poor].map(|_| dice.below(5) as u16 * 250);
        let needs: Vec<Need> = (0..3)
            .map(|_| {
                let [a, b, c] = shares();
                Need {
                    qty: 1,
                    groups: [a, b, 0, 0, c, 0],
                    ..Need::default()
                }
            })
            .collect();
        let mut meta = rules();
        for group in [Group::Girls, Group::Rural, Group::Poor] {
            meta.floors
                .push(floor(group, f64::from(dice.below(5)) * 0.25));
        }
        let instance = Instance {
            meta,
            needs,
            offers: vec![Offer {
                capacity: 1,
                ..Offer::default()
            }],
            prior: Vec::new(),
        };
        let mixes = |n: u32| (0..=n).flat_map(move |a| (0..=n - a).map(move |b| [a, b, n - a - b]));
        let is_met = (1..=24).flat_map(mixes).any(|mix| {
            instance.meta.floors.iter().all(|f| {
                let balance: f64 = mix
                    .iter()
                    .zip(&instance.needs)
                    .map(|(&x, need)| {
                        f64::from(x)
                            * (f64::from(need.groups[f.group as usize]) - 1000.0 * f.min_share)
                    })
                    .sum();
                balance >= -1e-6
            })
        });
        let found = hollow_floors(&instance);
        if is_met {
            assert_eq!(found, [], "case {case}");
        }
        hollow += usize::from(!found.is_empty());
        assert!(is_met || !found.is_empty(), "case {case}");
    }
    assert!(hollow > 50 && hollow < 380, "{hollow}");
}
