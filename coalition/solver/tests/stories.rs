//! Explanations, gaps, conflicts, faults and text, as an officer meets them.

mod common;

use common::{devices, rules, school, stored};
use solver::*;

fn run(instance: &Instance) -> Solution {
    match solve(
        instance,
        &Options {
            rounds: Some(20_000),
            ..Options::default()
        },
        &mut Silent,
    ) {
        Ok(solution) => solution,
        Err(problems) => unreachable!("{problems:?}"),
    }
}

#[test]
fn an_instance_survives_the_way_to_text_and_back() {
    let instance = stored();
    let text = write_instance(&instance);
    let again = read_instance(&text.meta, &text.needs, &text.offers, &text.prior).unwrap();
    assert_eq!(instance, again);
    assert_eq!(text, write_instance(&again));
}

#[test]
fn plans_and_prices_survive_the_way_to_text_and_back() {
    let solution = run(&stored());
    assert_eq!(
        read_allocation(&write_allocation(&solution.deliveries)).unwrap(),
        solution.deliveries
    );
    let mut again = read_prices(&write_prices(&solution.prices)).unwrap();
    again.lines.retain(|_, own| own.iter().any(|v| *v > 0.0));
    assert_eq!(again, solution.prices);
    assert!(read_prices("kind,a,b,value\noffer,1,-1,-3\n").is_err());
    assert!(read_prices("kind,a,b,value\noffer,1,-1,NaN\n").is_err());
    assert!(read_prices("kind,a,b,value\nsurprise,1,-1,3\n").is_err());
}

#[test]
fn broken_text_is_refused_by_line() {
    let text = write_instance(&stored());
    let faults = read_instance(
        &text.meta,
        &text.needs.replace("\n3,", "\n4,"),
        &text.offers,
        &text.prior,
    )
    .unwrap_err();
    assert_eq!(
        (faults[0].at.as_str(), faults[0].code),
        ("needs.csv line 5", "unreadable_row")
    );
    for (meta, needs) in [
        ("{", text.needs.as_str()),
        ("{}", text.needs.as_str()),
        (text.meta.as_str(), "id,block\n"),
    ] {
        assert!(read_instance(meta, needs, &text.offers, &text.prior).is_err());
    }
    assert!(
        read_instance(
            &text.meta,
            &text.needs,
            &text.offers.replace(",*,", ",nowhere,"),
            &text.prior
        )
        .is_err()
    );
}

#[test]
fn every_fault_of_an_instance_is_named() {
    let mut instance = stored();
    instance.meta.welfare_slopes = vec![0.3, 0.8, 1.4];
    instance.meta.urgency[0] = f64::NAN;
    instance.needs[0].category = 99;
    instance.needs[1].country = 999;
    instance.needs[2].qty = 0;
    instance.needs[3].groups[0] = 1001;
    instance.needs[4].t_to = 40;
    instance.offers[0].lot_step = 0;
    instance.offers[1].unit_cost = -1.0;
    instance.offers[2].places = Places::Listed(Vec::new());
    instance.prior.push(Prior {
        need: 9_999,
        offer: 0,
        period: -1,
        qty: 1,
        state: PriorState::Locked,
    });
    let codes: Vec<&str> = instance.validate().iter().map(|p| p.code).collect();
    for code in [
        "welfare_not_concave",
        "number_out_of_range",
        "unknown_category",
        "unknown_country",
        "share_out_of_range",
        "window_wrong",
        "lot_step_zero",
        "no_place",
        "unknown_need_or_offer",
    ] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    assert!(solve(&instance, &Options::default(), &mut Silent).is_err());
}

fn small(needs: Vec<Need>, offers: Vec<Offer>) -> Instance {
    Instance {
        meta: rules(),
        needs,
        offers,
        prior: Vec::new(),
    }
}

#[test]
fn locks_that_cannot_stand_together_are_named_and_only_those() {
    let lock = |need, qty| Prior {
        need,
        offer: 0,
        period: -1,
        qty,
        state: PriorState::Locked,
    };
    let mut instance = small(vec![school(6), school(6), school(1)], vec![devices(10)]);
    instance.prior = vec![lock(0, 6), lock(1, 6), lock(2, 1)];
    let found = conflicts(&instance);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].code, &found[0].locks[..]),
        ("locks_above_capacity", &[0, 1][..])
    );
    instance.prior = vec![lock(0, 6), lock(0, 5)];
    assert!(
        conflicts(&instance)
            .iter()
            .any(|c| c.code == "two_locks_on_one_need")
    );
    instance.prior = vec![lock(0, 50)];
    assert_eq!(conflicts(&instance)[0].code, "lock_not_eligible");
    assert!(solve(&instance, &Options::default(), &mut Silent).is_err());
}

/// A reason, and the need and offer that lead to it.
fn reasons() -> [(&'static str, Need, Offer); 7] {
    [
        (
            "no_offer_of_this_service",
            Need {
                category: 1,
                ..school(5)
            },
            devices(10),
        ),
        (
            "no_offer_for_this_place",
            school(5),
            Offer {
                places: Places::Listed(vec![Place {
                    country: 1,
                    area: None,
                }]),
                ..devices(10)
            },
        ),
        (
            "technology_level_too_low",
            school(5),
            Offer {
                tier_required: 3,
                ..devices(10)
            },
        ),
        (
            "conditions_not_met",
            school(5),
            Offer {
                conditions: 4,
                ..devices(10)
            },
        ),
        (
            "not_in_time",
            Need {
                t_to: 0,
                ..school(5)
            },
            Offer {
                setup: 1,
                ..devices(10)
            },
        ),
        (
            "lot_too_large",
            school(5),
            Offer {
                lot_min: 100,
                lot_step: 100,
                ..devices(200)
            },
        ),
        (
            "no_offer_in_this_language",
            Need {
                category: 1,
                lang1: 1,
                ..school(5)
            },
            Offer {
                category: 1,
                languages: Languages::Listed(vec![2]),
                ..devices(10)
            },
        ),
    ]
}

#[test]
fn each_reason_names_the_rule_that_stands_in_the_way() {
    for (code, need, offer) in reasons() {
        let offer = if code == "lot_too_large" {
            Offer {
                lot_max: 100,
                capacity: 99,
                ..offer
            }
        } else {
            offer
        };
        let instance = small(vec![need], vec![offer]);
        let solution = run(&instance);
        let explainer = Explainer::new(&instance, &solution.deliveries, &solution.prices);
        assert_eq!(explainer.why_not(0).unwrap().reasons[0].code, code);
    }
}

#[test]
fn a_need_below_the_price_says_by_how_much() {
    let dear = small(
        vec![school(5)],
        vec![Offer {
            unit_cost: 10_000.0,
            ..devices(10)
        }],
    );
    let solution = run(&dear);
    let explainer = Explainer::new(&dear, &solution.deliveries, &solution.prices);
    let why_not = explainer.why_not(0).unwrap();
    assert_eq!(why_not.reasons[0].code, "worth_below_price");
    assert!(
        why_not.reasons[0]
            .arguments
            .iter()
            .any(|(name, _)| *name == "short_by")
    );
    let scarce = small(
        vec![
            school(5),
            Need {
                learners: 10,
                ..school(5)
            },
        ],
        vec![devices(5)],
    );
    let solution = run(&scarce);
    assert_eq!(
        solution.deliveries,
        [Delivery {
            need: 0,
            offer: 0,
            period: -1,
            qty: 5
        }]
    );
    let explainer = Explainer::new(&scarce, &solution.deliveries, &solution.prices);
    assert_eq!(
        explainer.why_not(1).unwrap().reasons[0].code,
        "capacity_used_up_by_priority"
    );
    let bulk = small(
        vec![Need {
            learners: 2,
            ..school(1)
        }],
        vec![Offer {
            lot_min: 10,
            lot_step: 10,
            unit_cost: 5.0,
            fixed_cost: -0.0,
            ..devices(10)
        }],
    );
    let mut bulk = bulk;
    bulk.meta.points_per_delivery = 0.0;
    bulk.meta.points_per_usd = 0.1;
    let solution = run(&bulk);
    let explainer = Explainer::new(&bulk, &solution.deliveries, &solution.prices);
    assert_eq!(
        explainer.why_not(0).unwrap().reasons[0].code,
        "smallest_lot_too_big"
    );
}

#[test]
fn a_match_is_explained_with_its_figures() {
    let instance = stored();
    let solution = run(&instance);
    let explainer = Explainer::new(&instance, &solution.deliveries, &solution.prices);
    let covered = coverage(&instance, &solution.deliveries);
    let mut last = std::collections::BTreeMap::new();
    for d in &solution.deliveries {
        let why = explainer.why(d).unwrap();
        assert_eq!(why.rules.len(), 7);
        assert!(
            (why.earned - why.cost - why.price_paid - why.surplus).abs()
                < 1e-9 * why.earned.max(1.0)
        );
        let points: f64 = why.worth.group_points.iter().map(|p| p.1).sum();
        assert!((why.worth.weight - why.worth.urgency_factor * (1.0 + points)).abs() < 1e-9);
        assert!(why.coverage_after > why.coverage_before);
        last.insert(d.need, why.coverage_after);
    }
    for (need, after) in last
        .into_iter()
        .filter(|(need, _)| covered[*need as usize] > 0.0)
    {
        assert!((covered[need as usize] - after).abs() < 1e-9);
    }
    for need in 0..instance.needs.len() as u32 {
        if let Some(why_not) = explainer.why_not(need) {
            assert!(!why_not.reasons.is_empty() && why_not.open_units > 0);
        }
    }
}

#[test]
fn new_capacity_never_brings_more_than_the_gap_analysis_says() {
    let instance = small(
        vec![
            school(10),
            Need {
                learners: 40,
                ..school(10)
            },
        ],
        vec![devices(5)],
    );
    let solution = run(&instance);
    let analysis = gap_analysis(
        &instance,
        &solution.deliveries,
        &solution.prices,
        GapOptions::default(),
    )
    .unwrap();
    assert_eq!(analysis.gaps.len(), 1);
    let gap = &analysis.gaps[0];
    assert_eq!((gap.category, gap.country, gap.lines), (0, 0, 2));
    for (share, most) in [0.1, 0.5, 1.0].iter().zip(gap.at_most) {
        let units = (share * gap.open_units) as u32;
        let mut richer = instance.clone();
        richer.offers.push(Offer {
            unit_cost: 0.0,
            ..devices(units)
        });
        let gain = run(&richer).objective - solution.objective;
        assert!(
            gain <= most + analysis.residual + 1e-6,
            "{share}: {gain} > {most}"
        );
    }
    assert!(gap.at_most[0] <= gap.at_most[1] && gap.at_most[1] <= gap.at_most[2]);
}

#[test]
fn the_equity_rules_move_help_towards_the_groups_they_name() {
    let rural = |share| Need {
        groups: [0, share, 0, 0, 0, 0],
        ..school(10)
    };
    let instance = small(
        vec![
            rural(0),
            rural(1000),
            Need {
                learners: 110,
                ..rural(0)
            },
        ],
        vec![devices(10)],
    );
    let solution = run(&instance);
    let other = counterfactual(
        &instance,
        &solution.deliveries,
        &Options::default(),
        &mut Silent,
    )
    .unwrap();
    let rural = Group::Rural as usize;
    assert!(other.with_rules.groups[rural] > other.without_rules.groups[rural]);
    assert_eq!(check(&instance, &solution.deliveries), []);
}
