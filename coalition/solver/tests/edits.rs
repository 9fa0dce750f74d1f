//! After a small edit the last prices and plan are taken up: nearly the same answer for a fraction of the work. And what
//! prices say about one more unit, held against solving again with it.
#![allow(clippy::unwrap_used, reason = "a test that goes wrong ends there")]

mod common;

use common::{Dice, medium, rules};
use solver::*;

fn solve_with(instance: &Instance, earlier: Option<&Solution>) -> Solution {
    let options = Options {
        prices: earlier.map(|s| &s.prices),
        plan: earlier.map(|s| &s.deliveries[..]),
        // From nothing fewer rounds than usual, to spare time; what is taken up keeps its own number.
        rounds: (earlier.is_none() && instance.needs.len() > 1_000).then_some(100_000),
        ..Options::default()
    };
    match solve(instance, &options, &mut Silent) {
        Ok(solution) => solution,
        Err(problems) => unreachable!("{problems:?}"),
    }
}

/// The two edits an officer makes most: one offer more, one line locked as it stands.
fn edits(instance: &Instance, solution: &Solution) -> [Instance; 2] {
    let mut richer = instance.clone();
    let like = instance.offers.iter().find(|o| {
        instance.meta.categories[o.category as usize].kind == Kind::Stock && o.capacity > 0
    });
    richer.offers.extend(like.cloned());
    let mut locked = instance.clone();
    let rival = |d: &&Delivery| {
        let need = &instance.needs[d.need as usize];
        instance.meta.categories[usize::from(need.category)].kind != Kind::Digital
            && solution
                .deliveries
                .iter()
                .filter(|o| o.need == d.need)
                .count()
                == 1
            && instance.prior.iter().all(|p| p.need != d.need)
    };
    let d = solution.deliveries.iter().rfind(rival).unwrap();
    locked.prior.push(Prior {
        need: d.need,
        offer: d.offer,
        period: d.period,
        qty: d.qty,
        state: PriorState::Locked,
    });
    [richer, locked]
}

/// Solving again takes at most these shares of the looks and rounds, and ends this near the answer from nothing.
fn takes_up(instance: &Instance, looks: f64, rounds: f64, near: f64) {
    let first = solve_with(instance, None);
    for edited in edits(instance, &first) {
        let (cold, warm) = (solve_with(&edited, None), solve_with(&edited, Some(&first)));
        assert_eq!(check(&edited, &warm.deliveries), []);
        let (from, to) = (cold.work, warm.work);
        assert!(
            to.looks as f64 <= looks * from.looks as f64,
            "{from:?} {to:?}"
        );
        assert!(
            to.rounds as f64 <= rounds * from.rounds as f64,
            "{from:?} {to:?}"
        );
        assert!(to.entries <= from.entries, "{from:?} {to:?}");
        assert!(
            warm.objective >= (1.0 - near) * cold.objective,
            "{} after the edit, {} from nothing",
            warm.objective,
            cold.objective
        );
        assert!(warm.gap <= cold.gap + near, "{} {}", warm.gap, cold.gap);
    }
}

#[test]
fn an_edit_of_thousands_of_lines_is_taken_up_for_a_fraction_of_the_work() {
    takes_up(&medium(2_500, 40, 9), 0.25, 0.3, 0.003);
}

#[test]
fn an_edit_of_a_round_is_taken_up_for_a_fraction_of_the_work() {
    takes_up(&medium(40, 8, 2), 0.6, 0.3, 0.002);
}

// ---- prices

/// The bound prices prove, without what only the exact part knows.
fn proven(instance: &Instance, prices: &Prices) -> f64 {
    certify(instance, prices).unwrap().total()
}

fn with_capacity(instance: &Instance, offer: usize, capacity: u32) -> Instance {
    let mut other = instance.clone();
    other.offers[offer].capacity = capacity;
    other
}

/// Schools and stocks of single units without costs: no lot, floor or cap stands between price and value.
fn bare(dice: &mut Dice) -> Instance {
    let mut meta = rules();
    (
        meta.points_per_usd,
        meta.points_per_delivery,
        meta.points_per_overlap,
    ) = (0.0, 0.0, 0.0);
    let needs = (0..6 + dice.below(5))
        .map(|_| Need {
            qty: 2 + dice.below(6),
            learners: 50 + dice.below(500),
            have: dice.below(4),
            ..Need::default()
        })
        .collect();
    let offers = (0..3)
        .map(|k| Offer {
            capacity: 8 + dice.below(5),
            conditions: k,
            ..Offer::default()
        })
        .collect();
    Instance {
        meta,
        needs,
        offers,
        prior: Vec::new(),
    }
}

#[test]
fn one_unit_more_brings_at_most_its_price_and_one_less_costs_at_least_it() {
    // For any prices and any rules: value(b + 1) <= bound(b) + p and value(b - 1) <= bound(b) - p.
    let mut dice = Dice(41);
    let (mut sharp, mut tried) = (0, 0);
    for case in 0..20 {
        let instance = bare(&mut dice);
        let solution = solve_with(&instance, None);
        let bound = proven(&instance, &solution.prices);
        let gap = bound - solution.objective;
        for offer in 0..2 {
            let price = solution.prices.unit(&instance, offer as u32, -1);
            let capacity = instance.offers[offer].capacity;
            let more = with_capacity(&instance, offer, capacity + 1);
            let less = with_capacity(&instance, offer, capacity - 1);
            let risen = proven(&more, &solution.prices) - bound;
            assert!(
                (risen - price).abs() <= 1e-9 * bound,
                "case {case}: {risen} {price}"
            );
            let gain = solve_with(&more, None).objective - solution.objective;
            let loss = solution.objective - solve_with(&less, None).objective;
            let slack = gap + 2e-4 * solution.objective;
            assert!(gain <= price + slack, "case {case}: {gain} above {price}");
            assert!(loss >= price - slack, "case {case}: {loss} below {price}");
            tried += 1;
            sharp += u32::from(gap < price);
        }
    }
    assert!(sharp * 2 > tried, "{sharp} of {tried} are sharp");
}

#[test]
fn a_tenth_more_of_the_dearest_offers_raises_the_bound_by_about_its_price() {
    let instance = medium(2_500, 40, 9);
    let solution = solve_with(&instance, None);
    let bound = proven(&instance, &solution.prices);
    let mut dear: Vec<(f64, u32)> = solution
        .prices
        .offers
        .iter()
        .filter(|((_, period), _)| *period == -1)
        .map(|(&(offer, _), _)| (solution.prices.unit(&instance, offer, -1), offer))
        .collect();
    dear.sort_by(|a, b| b.0.total_cmp(&a.0));
    assert!(dear.len() >= 4);
    for &(price, offer) in &dear[..4] {
        let capacity = instance.offers[offer as usize].capacity;
        let units = capacity / 10;
        let richer = with_capacity(&instance, offer as usize, capacity + units);
        let again = solve_with(&richer, Some(&solution));
        let predicted = price * f64::from(units);
        let risen = proven(&richer, &again.prices) - bound;
        // Looked for again, prices end within a few ten-thousandths of the best ones.
        let noise = 3e-4 * bound;
        assert!(
            risen <= predicted + noise,
            "offer {offer}: {risen} above {predicted}"
        );
        assert!(
            risen >= 0.6 * predicted - noise,
            "offer {offer}: {risen} below {predicted}"
        );
    }
}

#[test]
fn a_price_does_not_foresee_a_unit_that_completes_no_lot() {
    // Lots of five and twelve units: the thirteenth brings nothing, the fifteenth a whole lot.
    let school = Need {
        qty: 5,
        learners: 100,
        ..Need::default()
    };
    let instance = Instance {
        meta: rules(),
        needs: vec![school.clone(), school.clone(), school],
        offers: vec![Offer {
            capacity: 12,
            lot_min: 5,
            lot_step: 5,
            ..Offer::default()
        }],
        prior: Vec::new(),
    };
    let solution = solve_with(&instance, None);
    let price = solution.prices.unit(&instance, 0, -1);
    let gain = |units: u32| {
        solve_with(&with_capacity(&instance, 0, 12 + units), None).objective - solution.objective
    };
    assert!(price > 1.0);
    assert!(gain(1).abs() < 1e-6 && gain(2).abs() < 1e-6);
    assert!(gain(3) > 4.0 * price);
    // The certified ceiling holds all the same.
    let gap = proven(&instance, &solution.prices) - solution.objective;
    assert!(gain(3) <= 3.0 * price + gap + 1e-6);
}
