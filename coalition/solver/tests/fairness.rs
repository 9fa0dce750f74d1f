//! What the weights promise, under exactly which conditions, and where the promise ends.

mod common;

use common::spec::Spec;
use common::{Dice, rules, tiny};
use solver::*;

const PLANS_MAX: usize = 3_000;

fn run(instance: &Instance) -> Solution {
    let options = Options {
        rounds: Some(2_000),
        gap: 0.0,
        ..Options::default()
    };
    match solve(instance, &options, &mut Silent) {
        Ok(solution) => solution,
        Err(problems) => unreachable!("{problems:?}"),
    }
}

/// A school without any group: weight 1.
fn plain(qty: u32, learners: u32) -> Need {
    Need {
        qty,
        learners,
        t_to: 2,
        tier: 2,
        ..Need::default()
    }
}

/// Schools and stocks, nothing else: no costs, no packages, one country.
fn bare(needs: Vec<Need>, offers: Vec<Offer>) -> Instance {
    let mut meta = rules();
    (meta.points_per_usd, meta.points_per_delivery) = (0.0, 0.0);
    Instance {
        meta,
        needs,
        offers,
        prior: Vec::new(),
    }
}

fn stock(capacity: u32) -> Offer {
    Offer {
        capacity,
        t_to: 2,
        ..Offer::default()
    }
}

/// Without the weight of a group nothing but that weight changes.
fn without(instance: &Instance, group: Group) -> Instance {
    let mut other = instance.clone();
    other.meta.equity[group as usize] = 0.0;
    other
}

#[test]
fn taking_a_weight_away_never_brings_its_group_more_points() {
    // For the best plans x with weight b and x' without it, A + b G at x is at least A + b G at x', and A at x' at
    // least A at x, so G at x is at least G at x'; plans near the best miss it by their gaps over b at most.
    let (mut tried, mut moved) = (0, 0);
    for seed in 0..360 {
        let instance = tiny(seed);
        if !conflicts(&instance).is_empty() {
            continue;
        }
        let with = run(&instance);
        for group in Group::ALL {
            let b = instance.meta.equity[group as usize];
            let other = without(&instance, group);
            let less = run(&other);
            let points = |plan: &[Delivery]| group_points(&instance, plan)[group as usize];
            let gaps = (with.upper_bound - with.objective) + (less.upper_bound - less.objective);
            let (before, after) = (points(&with.deliveries), points(&less.deliveries));
            assert!(
                before >= after - gaps / b - 1e-6 * after.abs().max(1.0),
                "seed {seed} {group:?}: {before} with the weight, {after} without"
            );
            tried += 1;
            moved += u32::from(before > after + 1e-6);
        }
    }
    assert!(tried > 1_500 && moved > 5, "{tried} {moved}");
}

#[test]
fn the_points_of_a_group_are_the_slope_of_the_value_along_its_weight() {
    for seed in 0..300 {
        let instance = tiny(seed);
        if !conflicts(&instance).is_empty() {
            continue;
        }
        let plan = run(&instance).deliveries;
        for group in Group::ALL {
            let mut heavier = instance.clone();
            heavier.meta.equity[group as usize] += 1.0;
            let rise = objective(&heavier, &plan).total - objective(&instance, &plan).total;
            let points = group_points(&instance, &plan)[group as usize];
            assert!(
                (rise - points).abs() <= 1e-7 * rise.abs().max(1.0),
                "seed {seed}"
            );
        }
    }
}

#[test]
fn with_a_straight_value_curve_the_served_share_of_the_group_itself_never_rises_without_its_weight()
{
    // One urgency, one service, no delay, no second language, no package, nothing kept: points are served learners.
    let mut dice = Dice(21);
    let mut moved = 0;
    for case in 0..250 {
        let count = 2 + dice.below(4);
        let needs = (0..count)
            .map(|_| Need {
                groups: [0, dice.below(1001) as u16, 0, 0, 0, 0],
                ..plain(1 + dice.below(8), 20 + dice.below(200))
            })
            .collect();
        let offers = (0..1 + dice.below(2))
            .map(|_| Offer {
                lot_step: 1 + dice.below(3),
                lot_min: dice.below(4),
                ..stock(2 + dice.below(12))
            })
            .collect();
        let mut instance = bare(needs, offers);
        (instance.meta.welfare_breaks, instance.meta.welfare_slopes) = (vec![1.0], vec![1.0]);
        let share =
            |plan: &[Delivery]| group_coverage(&instance, plan).groups[Group::Rural as usize];
        let (with, less) = (run(&instance), run(&without(&instance, Group::Rural)));
        let (before, after) = (share(&with.deliveries), share(&less.deliveries));
        assert!(before >= after - 2e-5, "case {case}: {before} {after}");
        moved += u32::from(before > after + 1e-6);
    }
    assert!(moved > 10, "{moved}");
}

#[test]
fn with_a_bent_curve_the_share_may_rise_although_the_points_fall() {
    // 6 units for two schools of 10. With the weight, half of it goes where the group is: 5 and 1 units, most points.
    // The share of learners counts the sixth unit as much as the first, the points do not.
    let mut found = false;
    let mut dice = Dice(5);
    for _ in 0..3_000 {
        let needs: Vec<Need> = (0..3)
            .map(|_| Need {
                groups: [0, dice.below(11) as u16 * 100, 0, 0, 0, 0],
                ..plain(4 + dice.below(8), 50 + dice.below(100))
            })
            .collect();
        let instance = bare(needs, vec![stock(6 + dice.below(8))]);
        let other = without(&instance, Group::Rural);
        let best = |i: &Instance| {
            Spec {
                instance: i,
                off: "",
            }
            .best(PLANS_MAX)
        };
        let (with, less) = (run(&instance), run(&other));
        let share =
            |plan: &[Delivery]| group_coverage(&instance, plan).groups[Group::Rural as usize];
        if share(&less.deliveries) > share(&with.deliveries) + 0.01
            && best(&instance).is_some_and(|b| (b - with.objective).abs() < 1e-9 * b)
            && best(&other).is_some_and(|b| (b - less.objective).abs() < 1e-9 * b)
        {
            let points = |plan: &[Delivery]| group_points(&instance, plan)[Group::Rural as usize];
            assert!(points(&less.deliveries) <= points(&with.deliveries) + 1e-6);
            found = true;
            break;
        }
    }
    assert!(
        found,
        "the share of learners is not promised, and an instance shows it"
    );
}

/// Points of the next unit of a line with `units` already: the same for every offer in a bare instance.
fn next_unit(meta: &Meta, need: &Need, units: u32) -> f64 {
    let at = |x: u32| meta.welfare(f64::from(x) / f64::from(need.qty));
    meta.value(need) * (at(units + 1) - at(units))
}

#[test]
fn enlarging_a_request_takes_no_unit_that_is_worth_more_than_its_own_best_unit() {
    // Single units, no costs, every fit 1, no floor or cap that binds, offers by place and condition: the plans are the
    // sets of a transversal matroid over units, greedy is best, and whatever is lighter is chosen after what is heavier.
    let mut dice = Dice(77);
    let mut taken = 0;
    for case in 0..200 {
        let count = 3 + dice.below(4);
        let mut needs: Vec<Need> = (0..count)
            .map(|_| Need {
                groups: [0, 0, 0, dice.below(1001) as u16, 0, 0],
                area: dice.below(3),
                have: dice.below(4),
                partners: 3,
                ..plain(2 + dice.below(7), 1_000 + dice.below(9_000))
            })
            .collect();
        needs[0].groups = [0; 6];
        needs[0].have = 3;
        let offers = (0..2 + dice.below(2))
            .map(|_| Offer {
                conditions: [0, 0, 1, 2][dice.below(4) as usize],
                places: if dice.chance(50) {
                    Places::Everywhere
                } else {
                    Places::Listed(vec![Place {
                        country: 0,
                        area: Some(dice.below(3)),
                    }])
                },
                ..stock(1 + dice.below(7))
            })
            .collect();
        let mut instance = bare(needs, offers);
        instance.meta.points_per_overlap = 0.0;
        // As many deliveries as there are offers, so that the partner limit does not bind.
        let mut larger = instance.clone();
        larger.needs[0].qty += 1 + dice.below(12);
        if dice.chance(50) {
            larger.needs[0].learners *= 2;
        }
        let (before, after) = (run(&instance), run(&larger));
        if before.gap > 1e-6 || after.gap > 1e-6 {
            continue;
        }
        let top = next_unit(&instance.meta, &instance.needs[0], 0).max(next_unit(
            &larger.meta,
            &larger.needs[0],
            0,
        ));
        let units = |plan: &[Delivery], need: u32| -> u32 {
            plan.iter().filter(|d| d.need == need).map(|d| d.qty).sum()
        };
        for (id, need) in instance.needs.iter().enumerate().skip(1) {
            let heavy = (0..need.qty)
                .filter(|&k| next_unit(&instance.meta, need, k) > top * (1.0 + 1e-9))
                .count() as u32;
            let (had, has) = (
                units(&before.deliveries, id as u32),
                units(&after.deliveries, id as u32),
            );
            assert!(
                has >= had.min(heavy) && had >= has.min(heavy),
                "case {case} need {id}: {had} then {has} units, {heavy} of them worth more than {top}"
            );
            taken += u32::from(has < had);
        }
    }
    assert!(taken > 3, "units worth less do move: {taken}");
}

#[test]
fn whole_lots_can_let_a_larger_request_displace_a_priority_one() {
    // Only deliveries of six or more: at first the rich school asks for too few. Enlarged, its ten units together are
    // worth more than the six of the school whose every unit is worth more, and both do not fit.
    let displaced = Need {
        groups: [0, 0, 0, 200, 0, 0],
        ..plain(6, 60)
    };
    let lots = Offer {
        lot_min: 6,
        ..stock(10)
    };
    let mut instance = bare(vec![plain(4, 40), displaced], vec![lots]);
    let served = |i: &Instance| run(i).deliveries.iter().map(|d| d.need).collect::<Vec<_>>();
    assert_eq!(served(&instance), [1]);
    (instance.needs[0].qty, instance.needs[0].learners) = (10, 100);
    assert!(
        next_unit(&instance.meta, &instance.needs[1], 0)
            > next_unit(&instance.meta, &instance.needs[0], 0)
    );
    assert_eq!(served(&instance), [0]);
    // A floor for the group is what keeps the promise.
    instance.meta.floors.push(Floor {
        category: 0,
        group: Group::Displaced,
        min_share: 0.15,
    });
    assert_eq!(served(&instance), [1]);
}

#[test]
fn an_accepted_pair_moves_only_for_more_than_the_stated_share() {
    let (mut tried, mut moved) = (0, 0);
    for seed in 0..6_000 {
        let instance = tiny(seed);
        let accepted: Vec<&Prior> = instance
            .prior
            .iter()
            .filter(|p| p.state == PriorState::Accepted)
            .collect();
        let [pair] = accepted[..] else { continue };
        let solution = run(&instance);
        let keeps = |plan: &[Delivery]| {
            plan.iter()
                .any(|d| (d.need, d.offer) == (pair.need, pair.offer))
        };
        tried += 1;
        if keeps(&solution.deliveries) {
            continue;
        }
        // The best plan that keeps the pair, before any bonus.
        let mut bare = instance.clone();
        bare.meta.stability = 0.0;
        let spec = Spec {
            instance: &bare,
            off: "",
        };
        let Some(kept) = spec.best_where(PLANS_MAX, keeps) else {
            continue;
        };
        let value = instance.meta.value(&instance.needs[pair.need as usize]);
        let pays = spec.value(&solution.deliveries) - kept;
        let gap = solution.upper_bound - solution.objective;
        assert!(
            pays >= instance.meta.stability * value - gap - 1e-6 * value.max(1.0),
            "seed {seed}: moving pays {pays} of {value}"
        );
        moved += 1;
    }
    assert!(tried > 200 && moved > 30, "{tried} {moved}");
}

#[test]
fn a_greater_stability_never_keeps_less() {
    for seed in 0..800 {
        let mut instance = tiny(seed);
        if instance.prior.iter().all(|p| p.state == PriorState::Locked) {
            continue;
        }
        let kept = |solution: &Solution, instance: &Instance| {
            objective(instance, &solution.deliveries).stability / instance.meta.stability
        };
        let (low, mut gaps) = (run(&instance), 0.0);
        let before = kept(&low, &instance);
        gaps += low.upper_bound - low.objective;
        instance.meta.stability = 0.4;
        let high = run(&instance);
        gaps += high.upper_bound - high.objective;
        assert!(
            kept(&high, &instance) >= before - gaps / 0.35 - 1e-6,
            "seed {seed}"
        );
    }
}
