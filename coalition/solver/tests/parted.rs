//! Packages that cannot be completed hold nothing together and earn nothing.

mod common;

use common::{best_by_trying, rules};
use solver::*;

fn school(block: i32, category: u8) -> Need {
    Need {
        block,
        category,
        qty: 5,
        learners: 100,
        t_to: 2,
        tier: 2,
        ..Need::default()
    }
}

fn stock(capacity: u32) -> Offer {
    Offer {
        capacity,
        lot_min: 5,
        lot_step: 5,
        t_to: 2,
        unit_cost: 1.0,
        ..Offer::default()
    }
}

/// The best plan there is, found and proven.
fn solved(offers: Vec<Offer>) -> Solution {
    let instance = Instance {
        meta: rules(),
        needs: vec![school(0, 0), school(0, 1), school(-1, 0)],
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
