//! Thousands of small instances against every possible plan, by rules written down a second time.

mod common;

use common::spec::{RULES, Spec};
use common::{Dice, tiny};
use solver::*;
use std::collections::BTreeMap;

const PLANS_MAX: usize = 4_000;

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

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0)
}

#[test]
fn no_plan_beats_the_bound_and_nearly_all_plans_are_the_best_there_is() {
    let (mut tried, mut best_found) = (0, 0);
    for seed in 10_000..14_000 {
        let instance = tiny(seed);
        let spec = Spec {
            instance: &instance,
            off: "",
        };
        if !conflicts(&instance).is_empty() {
            continue;
        }
        let solution = run(&instance);
        assert!(spec.broken(&solution.deliveries).is_empty(), "seed {seed}");
        assert!(
            near(spec.value(&solution.deliveries), solution.objective),
            "seed {seed}"
        );
        let Some(best) = spec.best(PLANS_MAX) else {
            continue;
        };
        assert!(
            best <= solution.upper_bound + 1e-6 * best.abs().max(1.0),
            "seed {seed}: {best} above {}",
            solution.upper_bound
        );
        tried += 1;
        best_found += u32::from(near(solution.objective, best));
    }
    assert!(tried > 2_000, "{tried}");
    assert!(
        f64::from(best_found) >= 0.995 * f64::from(tried),
        "{best_found} of {tried}"
    );
}

#[test]
fn each_rule_decides_some_of_the_small_instances() {
    let mut decided: BTreeMap<&str, u32> = BTreeMap::new();
    for seed in 10_000..12_500 {
        let instance = tiny(seed);
        if !conflicts(&instance).is_empty() {
            continue;
        }
        let Some(best) = (Spec {
            instance: &instance,
            off: "",
        })
        .best(700) else {
            continue;
        };
        for rule in RULES {
            let other = Spec {
                instance: &instance,
                off: rule,
            };
            if other
                .best(1_200)
                .is_some_and(|without| without > best + 1e-6)
            {
                *decided.entry(rule).or_default() += 1;
            }
        }
    }
    for rule in RULES {
        let count = decided.get(rule).copied().unwrap_or(0);
        assert!(count >= 3, "{rule} decided {count} instances: {decided:?}");
    }
}

/// A plan somebody might send in: single deliveries drawn without looking at the others, some of them bent.
fn careless(instance: &Instance, dice: &mut Dice) -> Vec<Delivery> {
    let spec = Spec { instance, off: "" };
    let mut plan = Vec::new();
    for need in 0..instance.needs.len() as u32 {
        let choices = spec.choices(need);
        for _ in 0..=dice.below(2) {
            if !choices.is_empty() && dice.chance(70) {
                plan.push(choices[dice.below(choices.len() as u32) as usize]);
            }
        }
    }
    if !plan.is_empty() && dice.chance(20) {
        let at = dice.below(plan.len() as u32) as usize;
        match dice.below(4) {
            0 => plan[at].qty += 1,
            1 => plan[at].period += 1,
            2 => plan[at].offer = dice.below(instance.offers.len() as u32),
            _ => plan[at].need = dice.below(instance.needs.len() as u32),
        }
    }
    plan
}

#[test]
fn the_check_finds_the_same_faults_as_the_rules_written_twice() {
    let mut dice = Dice(11);
    let mut found: BTreeMap<&str, u32> = BTreeMap::new();
    for seed in 0..6_000 {
        let instance = tiny(seed);
        let plan = careless(&instance, &mut dice);
        let broken = Spec {
            instance: &instance,
            off: "",
        }
        .broken(&plan);
        let named: Vec<&str> = check(&instance, &plan).iter().map(|v| v.code).collect();
        assert_eq!(
            broken.is_empty(),
            named.is_empty(),
            "seed {seed}: {broken:?} {named:?} {plan:?}"
        );
        for rule in &broken {
            *found.entry(rule).or_default() += 1;
            let codes: &[&str] = match *rule {
                "H1" => &["not_eligible", "unknown_need_or_offer"],
                "H2 digital" => &["too_many_countries"],
                "H2 stock" | "H2 rate" => &["capacity_exceeded"],
                "H3" => &["too_many_partners", "too_much_delivered", "delivery_twice"],
                "H4" => &["lock_not_kept"],
                "H5" => &["floor_missed"],
                _ => &["country_cap_exceeded"],
            };
            assert!(
                codes.iter().any(|code| named.contains(code)),
                "seed {seed}: {rule} {named:?}"
            );
        }
    }
    for rule in [
        "H1",
        "H2 stock",
        "H2 rate",
        "H2 digital",
        "H3",
        "H4",
        "H5",
        "H6",
    ] {
        assert!(
            found.get(rule).is_some_and(|&count| count >= 20),
            "{rule}: {found:?}"
        );
    }
}
