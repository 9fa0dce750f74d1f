//! Plans against every rule: small instances by trying all plans, changed instances, and empty corners.

mod common;

use common::{Dice, best_by_trying, rules, stored, tiny};
use solver::*;

fn run(instance: &Instance) -> Solution {
    let options = Options {
        rounds: Some(4_000),
        ..Options::default()
    };
    match solve(instance, &options, &mut Silent) {
        Ok(solution) => solution,
        Err(problems) => unreachable!("{problems:?}"),
    }
}

#[test]
fn thousands_of_small_plans_keep_every_rule_and_stay_below_their_bound() {
    let (mut tried, mut best_found, mut proven_best, mut share) = (0, 0, 0, 0.0);
    for seed in 0..3_000 {
        let instance = tiny(seed);
        if !conflicts(&instance).is_empty() {
            continue;
        }
        let solution = run(&instance);
        assert_eq!(check(&instance, &solution.deliveries), [], "seed {seed}");
        let proven = certify(&instance, &solution.prices).unwrap().total();
        assert!(
            solution.objective <= proven + 1e-6 * proven.abs().max(1.0),
            "seed {seed}"
        );
        let Some(best) = best_by_trying(&instance) else {
            continue;
        };
        assert!(
            best <= proven + 1e-6 * proven.abs().max(1.0),
            "seed {seed}: {best} above the bound {proven}"
        );
        assert!(
            best <= solution.upper_bound + 1e-6 * best.abs().max(1.0),
            "seed {seed}: {best} above what was proven, {}",
            solution.upper_bound
        );
        proven_best += usize::from(solution.proven_optimal);
        assert!(
            solution.objective <= best + 1e-6 * best.abs().max(1.0),
            "seed {seed}: better than the best"
        );
        assert!(
            !solution.proven_optimal || solution.objective >= best - 2e-4 * best.abs(),
            "seed {seed}: wrongly proven"
        );
        tried += 1;
        best_found += usize::from(solution.objective >= best - 1e-6 * best.abs().max(1.0));
        share += if best > 0.0 {
            solution.objective / best
        } else {
            1.0
        };
    }
    assert!(tried > 1_000, "{tried}");
    assert!(
        best_found as f64 >= 0.99 * f64::from(tried),
        "{best_found} of {tried}"
    );
    assert!(
        proven_best as f64 >= 0.95 * f64::from(tried),
        "{proven_best} of {tried} proven"
    );
    assert!(
        share / f64::from(tried) > 0.995,
        "{}",
        share / f64::from(tried)
    );
}

#[test]
fn one_thread_and_two_give_the_same_bytes() {
    let instance = stored();
    let texts = [1, 2, 3].map(|threads| {
        let solution = solve(
            &instance,
            &Options {
                threads,
                rounds: Some(20_000),
                ..Options::default()
            },
            &mut Silent,
        )
        .unwrap();
        (
            write_allocation(&solution.deliveries),
            write_prices(&solution.prices),
        )
    });
    assert_eq!(texts[0], texts[1]);
    assert_eq!(texts[0], texts[2]);
}

#[test]
fn the_mirror_agrees_with_the_independent_checker() {
    // Figures of the checker for tests/data/n60 with its stored plan and prices.
    let instance = stored();
    let plan = read_allocation(include_str!("data/n60/allocation.csv")).unwrap();
    let prices = read_prices(include_str!("data/n60/prices.csv")).unwrap();
    assert_eq!(check(&instance, &plan), []);
    let score = objective(&instance, &plan);
    let near = |a: f64, b: f64| assert!((a - b).abs() <= 1e-9 * b.abs(), "{a} {b}");
    let figures: Vec<f64> = include_str!("data/n60/checker.txt")
        .lines()
        .map(|l| l.parse().unwrap())
        .collect();
    near(score.rival, figures[0]);
    near(score.digital, figures[1]);
    let proven = certify(&instance, &prices).unwrap();
    near(proven.rival, figures[2]);
    near(proven.digital, figures[3]);
}

#[test]
fn every_broken_rule_is_named() {
    let instance = stored();
    let plan = read_allocation(include_str!("data/n60/allocation.csv")).unwrap();
    let codes = |plan: &[Delivery]| {
        check(&instance, plan)
            .into_iter()
            .map(|v| v.code)
            .collect::<Vec<_>>()
    };
    let mut twice = plan.clone();
    twice.push(plan[0]);
    assert!(codes(&twice).contains(&"delivery_twice"));
    let mut odd = plan.clone();
    odd[0].qty += 1_000_000;
    assert!(codes(&odd).contains(&"not_eligible") || codes(&odd).contains(&"capacity_exceeded"));
    let mut unknown = plan.clone();
    unknown[0].need = 9_999;
    assert!(codes(&unknown).contains(&"unknown_need_or_offer"));
    let locked: Vec<u32> = instance
        .prior
        .iter()
        .filter(|p| p.state == PriorState::Locked)
        .map(|p| p.need)
        .collect();
    let without: Vec<Delivery> = plan
        .iter()
        .copied()
        .filter(|d| !locked.contains(&d.need))
        .collect();
    assert!(locked.is_empty() || codes(&without).contains(&"lock_not_kept"));
}

/// The same instance with its needs in another order.
fn permuted(instance: &Instance, dice: &mut Dice) -> Instance {
    let mut order: Vec<u32> = (0..instance.needs.len() as u32).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, dice.below(last as u32 + 1) as usize);
    }
    let mut other = instance.clone();
    other.needs = order
        .iter()
        .map(|&old| instance.needs[old as usize].clone())
        .collect();
    for prior in &mut other.prior {
        prior.need = order.iter().position(|&old| old == prior.need).unwrap_or(0) as u32;
    }
    other
}

#[test]
fn the_order_of_needs_does_not_matter_to_the_best_value() {
    let mut dice = Dice(7);
    for seed in 0..200 {
        let instance = tiny(seed);
        if !conflicts(&instance).is_empty() {
            continue;
        }
        let other = permuted(&instance, &mut dice);
        let (a, b) = (run(&instance), run(&other));
        assert!(a.objective <= b.upper_bound + 1e-6 * b.upper_bound.abs().max(1.0));
        assert!(b.objective <= a.upper_bound + 1e-6 * a.upper_bound.abs().max(1.0));
        assert_eq!(check(&other, &b.deliveries), []);
    }
}

#[test]
fn doubling_all_points_doubles_the_value() {
    let instance = stored();
    let mut double = instance.clone();
    double.meta.urgency.iter_mut().for_each(|u| *u *= 2.0);
    double.meta.points_per_usd *= 2.0;
    double.meta.points_per_delivery *= 2.0;
    double.meta.points_per_overlap *= 2.0;
    double.meta.points_per_opening *= 2.0;
    let plan = run(&instance).deliveries;
    let (one, two) = (objective(&instance, &plan), objective(&double, &plan));
    assert!((two.total - 2.0 * one.total).abs() < 1e-9 * two.total);
    let solved = run(&double);
    assert!(
        solved.objective > 1.98 * one.total,
        "{} {}",
        solved.objective,
        one.total
    );
}

#[test]
fn splitting_an_offer_in_two_halves_never_costs_more_than_the_bound_allows() {
    let mut instance = stored();
    let whole = run(&instance);
    let at = instance
        .offers
        .iter()
        .position(|o| {
            instance.meta.categories[o.category as usize].kind == Kind::Stock && o.capacity % 2 == 0
        })
        .unwrap();
    let mut half = instance.offers[at].clone();
    half.capacity /= 2;
    instance.offers[at] = half.clone();
    instance.offers.push(half);
    if conflicts(&instance).is_empty() {
        let split = run(&instance);
        assert_eq!(check(&instance, &split.deliveries), []);
        assert!(
            split.objective <= whole.upper_bound * (1.0 + 1e-6),
            "two halves cannot do more than the whole, but for lots"
        );
    }
}

#[test]
fn empty_corners_have_empty_plans() {
    let empty = Instance {
        meta: rules(),
        needs: Vec::new(),
        offers: Vec::new(),
        prior: Vec::new(),
    };
    let solution = run(&empty);
    assert!(solution.deliveries.is_empty() && solution.objective == 0.0 && solution.proven_optimal);
    let mut no_offers = stored();
    (no_offers.offers, no_offers.prior) = (Vec::new(), Vec::new());
    assert!(run(&no_offers).deliveries.is_empty());
    let mut no_needs = stored();
    (no_needs.needs, no_needs.prior) = (Vec::new(), Vec::new());
    assert!(run(&no_needs).deliveries.is_empty());
    let mut nothing_left = stored();
    nothing_left.prior.clear();
    nothing_left.offers.iter_mut().for_each(|o| o.capacity = 0);
    let solution = run(&nothing_left);
    assert!(solution.deliveries.is_empty() && solution.proven_optimal);
}

#[test]
fn a_plan_locked_whole_stays_as_it_is() {
    let mut instance = stored();
    instance.prior.clear();
    let plan = run(&instance).deliveries;
    let mut seen = std::collections::BTreeSet::new();
    for d in plan.iter().filter(|d| seen.insert(d.need)) {
        instance.prior.push(Prior {
            need: d.need,
            offer: d.offer,
            period: d.period,
            qty: d.qty,
            state: PriorState::Locked,
        });
    }
    let solution = run(&instance);
    assert_eq!(check(&instance, &solution.deliveries), []);
    for lock in &instance.prior {
        assert!(solution.deliveries.contains(&Delivery {
            need: lock.need,
            offer: lock.offer,
            period: lock.period,
            qty: lock.qty
        }));
    }
}

#[test]
fn floors_that_nobody_meets_leave_the_category_empty() {
    let mut instance = stored();
    instance.prior.clear();
    instance
        .needs
        .iter_mut()
        .for_each(|need| need.groups[3] = 0);
    instance.meta.floors = vec![Floor {
        category: 1,
        group: Group::Displaced,
        min_share: 0.5,
    }];
    let solution = run(&instance);
    assert_eq!(check(&instance, &solution.deliveries), []);
    assert!(
        solution
            .deliveries
            .iter()
            .all(|d| instance.offers[d.offer as usize].category != 1)
    );
}

#[test]
fn a_run_can_be_stopped_and_still_answers() {
    let instance = stored();
    let mut stop = |_: Step, _: Option<f64>, _: Option<f64>| std::ops::ControlFlow::Break(());
    let solution = solve(&instance, &Options::default(), &mut stop).unwrap();
    assert_eq!(check(&instance, &solution.deliveries), []);
    assert!(solution.objective <= solution.upper_bound);
}

#[test]
fn a_wider_gap_or_less_time_ends_a_run_earlier_with_its_certificate() {
    let instance = stored();
    let ran = |options: Options<'_>| {
        let mut steps = 0;
        let mut count = |_: Step, _: Option<f64>, _: Option<f64>| {
            steps += 1;
            std::ops::ControlFlow::Continue(())
        };
        let solution = solve(&instance, &options, &mut count).unwrap();
        assert_eq!(check(&instance, &solution.deliveries), []);
        assert!(solution.objective <= solution.upper_bound);
        (solution.gap, steps)
    };
    let (near, most) = ran(Options::default());
    let (wide, fewer) = ran(Options {
        gap: 0.05,
        ..Options::default()
    });
    let (_, fewest) = ran(Options {
        cpu_seconds: Some(1.0),
        elapsed: Some(&|| 1e9),
        ..Options::default()
    });
    assert!(near <= wide && wide <= 0.05, "{near} {wide}");
    assert!(fewer < most && fewest < most, "{fewest} {fewer} {most}");
}

#[test]
fn a_warm_start_is_not_worse_and_keeps_the_rules() {
    let mut instance = stored();
    let first = run(&instance);
    let served = first.deliveries[0];
    instance.needs[served.need as usize].qty += 1;
    if !conflicts(&instance).is_empty() {
        return;
    }
    let options = Options {
        prices: Some(&first.prices),
        plan: Some(&first.deliveries),
        rounds: Some(20_000),
        ..Options::default()
    };
    let again = solve(&instance, &options, &mut Silent).unwrap();
    assert_eq!(check(&instance, &again.deliveries), []);
    assert!(
        again.objective > 0.98 * first.objective,
        "{} {}",
        again.objective,
        first.objective
    );
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_prices_prove_a_bound_no_plan_exceeds(seed in 0u64..1_000_000, price in 0.0f64..200.0, nu in 0.0f64..50.0) {
        let instance = tiny(seed);
        proptest::prop_assume!(conflicts(&instance).is_empty());
        let mut prices = Prices::default();
        for (offer, period) in (0..instance.offers.len() as u32).flat_map(|j| (-1..3).map(move |t| (j, t))) {
            prices.offers.insert((offer, period), price);
        }
        prices.floors.insert(0, nu);
        let proven = certify(&instance, &prices).unwrap().total();
        let solution = run(&instance);
        proptest::prop_assert!(solution.objective <= proven + 1e-6 * proven.abs().max(1.0));
    }
}
