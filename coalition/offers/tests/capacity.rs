//! Whatever is held, committed, released and given back in whatever order: nothing held exceeds what
//! there is, and the periods always hold the sum of the holds.

#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use base::{Id, Moment, Names, Role};
use db::Tx;
use house::migrations;
use offers::{Hold, Kind, Period, Places, Spoken, Terms};
use people::testing::everybody;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Clone, Debug)]
struct Try {
    offer: usize,
    holder: u8,
    step: u8,
    quantity: i64,
    quarter: i64,
    country: u8,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = (0..3_usize, 0..12_u8, 0..4_u8, -1..40_i64, 0..5_i64, 0..4_u8);
    let one = one.prop_map(|(offer, holder, step, quantity, quarter, country)| Try {
        offer,
        holder,
        step,
        quantity,
        quarter,
        country,
    });
    proptest::collection::vec(one, 1..60)
}

fn terms(number: usize) -> Terms {
    let day = house::day;
    let (service_class, kind, capacity) = [
        ("devices", Kind::Stock, 60),
        ("teacher_training", Kind::Rate, 25),
        ("content", Kind::Inexhaustible, 2),
    ][number];
    Terms {
        code: Some(number.to_string()),
        title: Names::one("en", service_class),
        service_class: service_class.to_owned(),
        kind,
        capacity,
        lot_min: 3,
        lot_step: 3,
        lot_max: Some(30),
        places: Places::World,
        languages: Spoken::Any,
        levels: vec!["1".to_owned()],
        modality: "hi-tech".to_owned(),
        tier: 2,
        window_from: day("2027-01-01"),
        window_to: day("2027-12-31"),
        setup_days: 0,
        free_until: day("2027-12-31"),
        conditions: Vec::new(),
        licence: None,
        accessibility: None,
        evidence_level: "untested".to_owned(),
        principles: BTreeMap::new(),
        unit_cost_cents: 0,
        fixed_cost_cents: 0,
        replaces_in_person: false,
    }
}

/// A member with three available offers, one of each kind.
fn settle(tx: &mut Tx, now: Moment) -> base::Result<Vec<Id>> {
    places::seed(tx, now)?;
    catalogue::seed(tx, now)?;
    let people: [(&str, &[Role]); 3] = [
        ("omar", &[Role::SecretariatOfficer]),
        ("sofia", &[Role::SecretariatApprover]),
        ("mary", &[]),
    ];
    let (accounts, _) = everybody(tx, &people, now)?;
    let (omar, sofia) = house::secretariat(tx, now)?;
    let contact = members::Contact::Account(accounts[2]);
    let about = (Names::one("en", "Sample"), "private_sector", "HN");
    let organisation = house::join(tx, about, (contact, None), (&omar, &sofia), now)?;
    let mary = people::actor(tx, accounts[2], now.day())?;
    let mut made = Vec::new();
    for number in 0..3 {
        let id = offers::register(tx, organisation, &terms(number), &mary, now)?;
        offers::check(tx, id, "Seen", &omar, now)?;
        offers::approve(tx, id, &sofia, now)?;
        made.push(id);
    }
    Ok(made)
}

fn attempt(tx: &mut Tx, made: &[Id], one: &Try, round: usize) -> base::Result<()> {
    let holder = Id::named("holder", &format!("{round}/{}", one.holder));
    let country = ["HN", "KE", "SN", "LB"][usize::from(one.country)].to_owned();
    let period = Some(Period(Period::parse("2027-Q1").unwrap().0 + one.quarter));
    match one.step {
        0 => {
            let hold = Hold {
                holder,
                offer: made[one.offer],
                period,
                country,
                quantity: one.quantity,
            };
            offers::reserve(tx, &hold, house::day("2026-12-01"))
        }
        1 => offers::commit(tx, holder, one.quantity),
        2 => offers::release(tx, holder, one.quantity),
        _ => offers::give_back(tx, holder, one.quantity),
    }
}

/// What must hold after every step, recounted from the holds.
fn is_right(tx: &mut Tx, made: &[Id], holders: &[Id]) -> base::Result<()> {
    let mut sums: BTreeMap<(Id, Period), (i64, i64)> = BTreeMap::new();
    let mut countries: BTreeMap<(Id, String), (bool, bool)> = BTreeMap::new();
    for holder in holders {
        let Some(held) = offers::held(tx, *holder)? else {
            continue;
        };
        assert!(held.reserved >= 0 && held.committed >= 0);
        let sum = sums.entry((held.offer, held.period)).or_default();
        *sum = (sum.0 + held.reserved, sum.1 + held.committed);
        let seen = countries
            .entry((held.offer, held.country.clone()))
            .or_default();
        *seen = (seen.0 || held.reserved > 0, seen.1 || held.committed > 0);
    }
    for (number, offer) in made.iter().enumerate() {
        for load in offers::loads(tx, *offer)? {
            assert!(load.reserved + load.committed <= load.capacity && load.free() >= 0);
            let expected = if number == 2 {
                let of = countries.iter().filter(|((id, _), _)| id == offer);
                of.fold((0, 0), |(r, c), (_, (reserved, committed))| {
                    (
                        r + i64::from(*reserved && !*committed),
                        c + i64::from(*committed),
                    )
                })
            } else {
                sums.get(&(*offer, load.period))
                    .copied()
                    .unwrap_or_default()
            };
            assert_eq!((load.reserved, load.committed), expected);
        }
    }
    Ok(())
}

#[test]
fn whatever_happens_nothing_held_exceeds_what_there_is() {
    db::testing::each_engine(&migrations(), |db| {
        let now = house::start();
        let made = db.write_now(move |tx| settle(tx, now)).unwrap();
        let round = std::cell::Cell::new(0_usize);
        let cases = ProptestConfig {
            cases: 24,
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        proptest!(cases, |(history in tries())| {
            round.set(round.get() + 1);
            let (made, round) = (made.clone(), round.get());
            db.write_now(move |tx| {
                let holders: Vec<Id> = (0..12).map(|n| Id::named("holder", &format!("{round}/{n}"))).collect();
                for one in &history {
                    let before = one.clone();
                    let done = tx.attempt(|tx| attempt(tx, &made, &before, round));
                    assert!(!matches!(done, Err(base::Error::Fault(_))), "{done:?}");
                    is_right(tx, &made, &holders)?;
                }
                // The next history begins with nothing held.
                for holder in &holders {
                    if let Some(held) = offers::held(tx, *holder)? {
                        if held.reserved > 0 {
                            offers::release(tx, *holder, held.reserved)?;
                        }
                        if held.committed > 0 {
                            offers::give_back(tx, *holder, held.committed)?;
                        }
                    }
                }
                is_right(tx, &made, &holders)?;
                house::told(tx, house::day("2026-12-01"), |_, _| Ok(()))
            }).unwrap();
        });
        let breaches = db
            .read_now(|tx| (offers::room().checks[0].run)(tx))
            .unwrap();
        assert_eq!(breaches, Vec::<String>::new());
    });
}
