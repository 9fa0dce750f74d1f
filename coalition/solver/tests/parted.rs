//! Parts of an instance: packages that cannot be completed fall apart, and many parts share what does not matter.

mod common;

use common::{Dice, best_by_trying, devices, rules, school};
use solver::*;

fn part_of(block: i32, category: u8) -> Need {
    Need {
        block,
        category,
        ..school(5)
    }
}

fn stock(capacity: u32) -> Offer {
    Offer {
        lot_min: 5,
        lot_step: 5,
        ..devices(capacity)
    }
}

/// The best plan there is, found and proven.
fn solved(offers: Vec<Offer>) -> Solution {
    let instance = Instance {
        meta: rules(),
        needs: vec![part_of(0, 0), part_of(0, 1), part_of(-1, 0)],
        offers,
        prior: Vec::new(),
    };
    let solved = solve(&instance, &Options::default(), &mut Silent);
    let (Ok(solution), Some(best)) = (solved, best_by_trying(&instance)) else {
        unreachable!("a sound instance of three lines");
    };
    assert!((solution.objective - best).abs() < 1e-6);
    assert!(solution.upper_bound >= best - 1e-6 && solution.proven_optimal);
    solution
}

#[test]
fn a_package_nobody_can_complete_earns_half_and_waits_behind_a_school_by_itself() {
    let short = solved(vec![stock(5)]);
    assert_eq!(short.deliveries.len(), 1);
    assert_eq!(short.deliveries[0].need, 2);
    let enough = solved(vec![stock(10)]);
    assert_eq!(enough.deliveries.len(), 2);
    let gained = enough.objective - short.objective;
    assert!(gained > 0.0 && gained < 0.5 * short.objective);
}

#[test]
fn the_same_package_goes_first_once_its_other_part_is_offered() {
    let training = Offer {
        category: 1,
        ..stock(5)
    };
    let both = solved(vec![stock(5), training]);
    let needs: Vec<u32> = both.deliveries.iter().map(|d| d.need).collect();
    assert_eq!(needs, [0, 1]);
}

/// A country by itself: a few schools, and two offers in lots for it alone.
fn country(at: u32, dice: &mut Dice) -> (Vec<Need>, Vec<Offer>) {
    let needs = (0..3).map(|k| Need {
        country: at as u16,
        learners: 50 + dice.below(100),
        partners: if k == 0 { 2 } else { 1 },
        ..school(2 + dice.below(6))
    });
    let needs = needs.collect();
    let offers = (0..2).map(|_| Offer {
        lot_step: 2 + dice.below(2),
        unit_cost: f64::from(dice.below(200)),
        fixed_cost: f64::from(dice.below(100)),
        places: Places::Listed(vec![Place {
            country: at,
            area: None,
        }]),
        ..devices(5 + dice.below(5))
    });
    (needs, offers.collect())
}

#[test]
fn many_parts_together_are_as_near_the_best_as_was_asked() {
    let mut dice = Dice(11);
    let mut parted = 0;
    for round in 0..60 {
        let meta = Meta {
            countries: vec![Country { is_ldc: false }; 12],
            ..rules()
        };
        let mut whole = Instance {
            meta: meta.clone(),
            needs: Vec::new(),
            offers: Vec::new(),
            prior: Vec::new(),
        };
        let mut best = 0.0;
        for at in 0..12 {
            let (needs, offers) = country(at, &mut dice);
            whole.needs.extend(needs.iter().cloned());
            whole.offers.extend(offers.iter().cloned());
            let alone = Instance {
                meta: meta.clone(),
                needs,
                offers,
                prior: Vec::new(),
            };
            let Some(most) = best_by_trying(&alone) else {
                unreachable!("a part is small enough to try");
            };
            best += most;
        }
        let options = Options {
            gap: [1e-4, 3e-3, 2e-2][round % 3],
            rounds: Some(40),
            ..Options::default()
        };
        let Ok(solution) = solve(&whole, &options, &mut Silent) else {
            unreachable!("a sound instance");
        };
        assert!(solution.upper_bound >= best - 1e-6);
        assert!(solution.gap <= options.gap, "{round}: {}", solution.gap);
        assert!(solution.objective >= best * (1.0 - options.gap) - 1e-6);
        parted += usize::from(solution.work.entries > 0);
    }
    assert!(parted > 10, "trees were needed {parted} times");
}
