//! What must not change the answer, or only in a known way: order, scale, offers merged and split, threads.

mod common;

use common::{Dice, medium, tiny};
use solver::*;

fn run(instance: &Instance) -> Solution {
    let options = Options {
        rounds: Some(2_000),
        ..Options::default()
    };
    match solve(instance, &options, &mut Silent) {
        Ok(solution) => solution,
        Err(problems) => unreachable!("{problems:?}"),
    }
}

/// Instances with a plan, and how it was found to be.
fn solved(seeds: std::ops::Range<u64>) -> impl Iterator<Item = (u64, Instance, Solution)> {
    seeds.filter_map(|seed| {
        let instance = tiny(seed);
        conflicts(&instance).is_empty().then(|| {
            let solution = run(&instance);
            (seed, instance, solution)
        })
    })
}

/// Two runs whose best values stand in the ratio `factor`: neither plan may pass the other's bound.
fn agree(seed: u64, a: &Solution, b: &Solution, factor: f64) {
    let slack = 1e-6 * a.upper_bound.abs().max(1.0) * factor;
    assert!(
        b.objective <= factor * a.upper_bound + slack,
        "seed {seed}: {} above {factor} x {}",
        b.objective,
        a.upper_bound
    );
    assert!(
        factor * a.objective <= b.upper_bound + slack,
        "seed {seed}: {factor} x {} above {}",
        a.objective,
        b.upper_bound
    );
    if a.proven_optimal && b.proven_optimal {
        let apart = (factor * a.objective - b.objective).abs();
        assert!(
            apart <= 2e-4 * b.objective.abs() + slack,
            "seed {seed}: {} and {}",
            a.objective,
            b.objective
        );
    }
}

fn shuffled(count: usize, dice: &mut Dice) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count as u32).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, dice.below(last as u32 + 1) as usize);
    }
    order
}

#[test]
fn the_order_of_needs_offers_and_packages_is_of_no_account() {
    let mut dice = Dice(3);
    for (seed, instance, solution) in solved(0..400) {
        let needs = shuffled(instance.needs.len(), &mut dice);
        let offers = shuffled(instance.offers.len(), &mut dice);
        let mut other = instance.clone();
        other.needs = needs
            .iter()
            .map(|&old| instance.needs[old as usize].clone())
            .collect();
        other.offers = offers
            .iter()
            .map(|&old| instance.offers[old as usize].clone())
            .collect();
        for need in other.needs.iter_mut().filter(|n| n.block >= 0) {
            need.block = 1 - need.block.min(1);
        }
        for prior in &mut other.prior {
            prior.need = needs.iter().position(|&old| old == prior.need).unwrap_or(0) as u32;
            prior.offer = offers
                .iter()
                .position(|&old| old == prior.offer)
                .unwrap_or(0) as u32;
        }
        let found = run(&other);
        assert_eq!(check(&other, &found.deliveries), [], "seed {seed}");
        agree(seed, &solution, &found, 1.0);
    }
}

#[test]
fn points_in_another_unit_change_nothing_but_the_figure() {
    for (seed, instance, solution) in solved(400..700) {
        for factor in [0.01, 3.0, 1000.0] {
            let mut other = instance.clone();
            let m = &mut other.meta;
            m.urgency.iter_mut().for_each(|u| *u *= factor);
            for points in [
                &mut m.points_per_usd,
                &mut m.points_per_delivery,
                &mut m.points_per_overlap,
                &mut m.points_per_opening,
            ] {
                *points *= factor;
            }
            agree(seed, &solution, &run(&other), factor);
        }
    }
}

#[test]
fn quantities_in_another_unit_change_nothing() {
    for (seed, instance, solution) in solved(700..1_000) {
        for factor in [2, 7] {
            let mut other = instance.clone();
            other.needs.iter_mut().for_each(|need| need.qty *= factor);
            for offer in &mut other.offers {
                let kind = instance.meta.categories[offer.category as usize].kind;
                if kind != Kind::Digital {
                    offer.capacity *= factor;
                }
                offer.lot_min *= factor;
                offer.lot_step *= factor;
                offer.lot_max *= factor;
                offer.unit_cost /= f64::from(factor);
            }
            other.prior.iter_mut().for_each(|prior| prior.qty *= factor);
            let found = run(&other);
            assert!(
                found.deliveries.iter().all(|d| d.qty % factor == 0),
                "seed {seed}"
            );
            agree(seed, &solution, &found, 1.0);
        }
    }
}

/// The instance with one offer twice, with part of its capacity each; earlier matches stay with the first.
fn split(instance: &Instance, at: usize, first: u32) -> Instance {
    let mut other = instance.clone();
    let mut rest = other.offers[at].clone();
    rest.capacity -= first;
    other.offers[at].capacity = first;
    other.offers.push(rest);
    other.prior.clear();
    other
}

#[test]
fn an_offer_split_in_two_does_no_more_than_the_whole() {
    let mut dice = Dice(5);
    for (seed, mut instance, _) in solved(1_000..1_500) {
        // One delivery a line: two parts of an offer could otherwise serve it twice.
        instance.needs.iter_mut().for_each(|need| need.partners = 1);
        instance.prior.clear();
        let at = dice.below(instance.offers.len() as u32) as usize;
        let first = dice.below(instance.offers[at].capacity + 1);
        let whole = run(&instance);
        let parts = run(&split(&instance, at, first));
        let slack = 1e-6 * whole.upper_bound.abs().max(1.0);
        assert!(parts.objective <= whole.upper_bound + slack, "seed {seed}");
    }
}

#[test]
fn equal_offers_of_single_units_or_of_courses_may_be_merged_or_split_freely() {
    let (mut dice, mut digital) = (Dice(6), 0);
    for (seed, mut instance, _) in solved(1_500..2_100) {
        instance.prior.clear();
        for need in &mut instance.needs {
            need.partners = 1;
        }
        for offer in &mut instance.offers {
            // Lots of one unit and no more fit into any part.
            (offer.lot_min, offer.lot_step, offer.lot_max) = (1, 1, 1);
        }
        let at = dice.below(instance.offers.len() as u32) as usize;
        let first = dice.below(instance.offers[at].capacity + 1);
        let kind = instance.meta.categories[instance.offers[at].category as usize].kind;
        digital += u32::from(kind == Kind::Digital);
        agree(
            seed,
            &run(&instance),
            &run(&split(&instance, at, first)),
            1.0,
        );
    }
    assert!(digital > 50, "{digital}");
}

#[test]
fn more_of_anything_never_makes_the_best_plan_worse() {
    let mut dice = Dice(8);
    for (seed, instance, solution) in solved(2_100..2_500) {
        let mut other = instance.clone();
        let at = dice.below(instance.offers.len() as u32) as usize;
        other.offers[at].capacity += 1 + dice.below(4);
        let slack = 1e-6 * solution.upper_bound.abs().max(1.0);
        assert!(
            run(&other).upper_bound >= solution.objective - slack,
            "seed {seed}"
        );
        let mut freer = instance.clone();
        freer.meta.floors.clear();
        freer.meta.country_cap = 1.0;
        assert!(
            run(&freer).upper_bound >= solution.objective - slack,
            "seed {seed}"
        );
    }
}

#[test]
fn threads_do_not_change_a_byte_where_the_work_is_split() {
    // Enough eligible deliveries for several parts of the work.
    let instance = medium(6_000, 60, 4);
    let texts = [1, 2, 5].map(|threads| {
        let options = Options {
            threads,
            rounds: Some(3_000),
            ..Options::default()
        };
        let solution = solve(&instance, &options, &mut Silent).unwrap();
        assert!(solution.edges > 70_000, "{}", solution.edges);
        assert_eq!(check(&instance, &solution.deliveries), []);
        (
            write_allocation(&solution.deliveries),
            write_prices(&solution.prices),
            solution.upper_bound.to_bits(),
        )
    });
    assert_eq!(texts[0], texts[1]);
    assert_eq!(texts[0], texts[2]);
}
