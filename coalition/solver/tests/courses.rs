//! Courses that can be opened in few countries: proved to be the best, against every possible plan.

mod common;

use common::{Dice, best_by_trying, rules};
use solver::*;

/// Schools of two countries that ask for content, each in one of three languages; courses in two languages each, which
/// prices would rather open by halves.
fn courses(seed: u64) -> Instance {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x0C0F_FEE5);
    let (meta, content) = (rules(), 2);
    let offers = [[0, 1], [1, 2], [0, 2]].map(|languages| Offer {
        category: content,
        capacity: 1 + dice.below(2),
        languages: Languages::Listed(languages.to_vec()),
        t_to: 2,
        fixed_cost: f64::from(300 + dice.below(900)),
        ..Offer::default()
    });
    let needs = (0..6).map(|n| Need {
        qty: 10,
        learners: 40 + dice.below(60),
        category: content as u8,
        country: (n / 3) as u16,
        lang1: n % 3,
        lang2: -1,
        t_to: 2,
        ..Need::default()
    });
    Instance {
        meta,
        needs: needs.collect(),
        offers: offers.to_vec(),
        prior: Vec::new(),
    }
}

#[test]
fn what_prices_leave_open_is_proved_by_cases() {
    let (mut tried, mut open) = (0, 0);
    for seed in 0..60 {
        let instance = courses(seed);
        let solution = solve(&instance, &Options::default(), &mut Silent).unwrap();
        let Some(best) = best_by_trying(&instance) else {
            continue;
        };
        tried += 1;
        let value = solution.objective;
        assert!(
            (value - best).abs() <= 1e-6 * best,
            "seed {seed}: {value} of {best}"
        );
        assert!(solution.upper_bound >= best * (1.0 - 1e-9), "seed {seed}");
        assert!(solution.upper_bound <= best * 1.000_1 + 1e-9, "seed {seed}");
        assert!(solution.proven_optimal, "seed {seed}");
        let prices = certify(&instance, &solution.prices).unwrap().total();
        open += u32::from(prices > best * 1.001);
    }
    assert!(tried > 50, "{tried}");
    assert!(open > 5, "prices alone prove nearly all of them: {open}");
}
