//! Earlier matches that are not kept: each is listed with where it went and why.

mod common;

use common::rules;
use solver::*;

fn need(learners: u32) -> Need {
    Need {
        qty: 30,
        learners,
        t_to: 2,
        partners: 1,
        remote: 100,
        ..Need::default()
    }
}

fn offer(capacity: u32, unit_cost: f64) -> Offer {
    Offer {
        capacity,
        lot_step: 10,
        lot_max: 100,
        t_to: 2,
        unit_cost,
        ..Offer::default()
    }
}

fn accepted(need: u32, offer: u32) -> Prior {
    Prior {
        need,
        offer,
        period: -1,
        qty: 30,
        state: PriorState::Accepted,
    }
}

fn moved(needs: Vec<Need>, offers: Vec<Offer>, prior: Vec<Prior>) -> Vec<Moved> {
    let instance = Instance {
        meta: Meta {
            floors: vec![],
            country_cap: 1.0,
            stability: 0.05,
            ..rules()
        },
        needs,
        offers,
        prior,
    };
    match solve(&instance, &Options::default(), &mut Silent) {
        Ok(found) => {
            let moved = Explainer::new(&instance, &found.deliveries, &found.prices).moved();
            for m in &moved {
                assert!(!m.reasons.is_empty());
                let kept = |d: &Delivery| (d.need, d.offer) == (m.before.need, m.before.offer);
                assert!(!found.deliveries.iter().any(kept));
                assert!(m.now.iter().all(|d| d.need == m.before.need));
            }
            moved
        }
        Err(problems) => unreachable!("{problems:?}"),
    }
}

fn points(moved: &Moved) -> f64 {
    let list = &moved.reasons[0].arguments;
    match list.iter().find(|a| a.0 == "points") {
        Some((_, Argument::Points(points))) => *points,
        other => unreachable!("{other:?}"),
    }
}

#[test]
fn a_match_moves_only_when_it_pays_more_than_the_stated_share() {
    let plan = |other: f64| {
        moved(
            vec![need(100)],
            vec![offer(100, 50.0), offer(100, other)],
            vec![accepted(0, 0)],
        )
    };
    assert_eq!(plan(49.0), vec![], "a little cheaper is no reason");
    let far = plan(1.0);
    assert_eq!(far.len(), 1);
    assert_eq!(far[0].reasons[0].code, "another_offer_pays_more");
    assert_eq!(far[0].now[0].offer, 1);
    assert!(points(&far[0]) > 0.0);
}

#[test]
fn a_match_that_lost_its_room_says_so() {
    // Thirty units for two schools: the one with many more learners has no other offer.
    let dear = Offer {
        tier_required: 1,
        ..offer(30, 20.0)
    };
    let small = Need {
        tier: 1,
        ..need(40)
    };
    let list = moved(
        vec![small, need(4_000)],
        vec![offer(30, 1.0), dear],
        vec![accepted(0, 0)],
    );
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].now.len(), 1);
    assert!(
        ["room_went_to_others", "another_offer_pays_more"].contains(&list[0].reasons[0].code),
        "{:?}",
        list[0].reasons
    );
    let list = moved(
        vec![need(40), need(4_000)],
        vec![offer(30, 1.0)],
        vec![accepted(0, 0)],
    );
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].now, vec![]);
}

#[test]
fn a_match_no_rule_allows_any_more_names_the_rule() {
    let other = Offer {
        tier_required: 3,
        ..offer(100, 1.0)
    };
    let list = moved(
        vec![need(100)],
        vec![other, offer(100, 1.0)],
        vec![accepted(0, 0)],
    );
    assert_eq!(list.len(), 1);
    assert_eq!(list[0].reasons[0].code, "technology_level_too_low");
    assert_eq!(list[0].now[0].offer, 1);
}

#[test]
fn the_list_is_told_as_a_table() {
    let near = moved(
        vec![need(100)],
        vec![offer(100, 50.0), offer(100, 1.0)],
        vec![accepted(0, 0)],
    );
    let told = write_moved(&near);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "need,offer,period,qty,now,reasons");
    assert_eq!(lines.len(), near.len() + 1, "{told}");
    assert_eq!(lines[1], "0,0,-1,30,1,another_offer_pays_more");
}
