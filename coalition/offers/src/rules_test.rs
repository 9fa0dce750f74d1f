//! The rules of offers, case by case.

use super::*;
use base::{Appointment, Lang, Moment, Names};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}
fn id(name: &str) -> Id {
    Id::named("account", name)
}
fn list(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn published() -> Published {
    let class = |kind| Class {
        kind,
        language_bearing: false,
        modality: "hi-tech".to_owned(),
        tier: 0,
    };
    Published {
        classes: BTreeMap::from([
            ("devices".to_owned(), class(Kind::Stock)),
            ("training".to_owned(), class(Kind::Rate)),
            ("content".to_owned(), class(Kind::Inexhaustible)),
        ]),
        levels: list(&["1", "2"]),
        modalities: list(&["hi-tech"]),
        conditions: BTreeMap::from([
            ("power".to_owned(), 1),
            ("storage".to_owned(), 2),
            ("road".to_owned(), 16),
        ]),
        licences: list(&["CC0-1.0"]),
        evidence: list(&["untested"]),
        languages: list(&["es"]),
        places: list(&["HN", "HN08"]),
    }
}

fn terms() -> Terms {
    Terms {
        code: None,
        title: Names::one("en", "Tablets"),
        service_class: "devices".to_owned(),
        kind: Kind::Stock,
        capacity: 100,
        lot_min: 10,
        lot_step: 5,
        lot_max: Some(50),
        places: Places::Listed(list(&["HN"])),
        languages: Spoken::Any,
        levels: list(&["1"]),
        modality: "hi-tech".to_owned(),
        tier: 0,
        window_from: day("2027-01-01"),
        window_to: day("2027-12-31"),
        setup_days: 30,
        free_until: day("2027-12-31"),
        conditions: list(&["power"]),
        licence: None,
        accessibility: None,
        evidence_level: "untested".to_owned(),
        principles: BTreeMap::new(),
        unit_cost_cents: 0,
        fixed_cost_cents: 0,
        replaces_in_person: false,
    }
}

fn offer(stage: Stage) -> Offer {
    Offer {
        id: id("offer"),
        organisation: id("organisation"),
        terms: terms(),
        condition_bits: 1,
        stage,
        pledge_minute: None,
        assured_on: day("2027-01-01"),
        made_by: Some(id("mary")),
        made_at: Moment::from_micros(0),
        registered_by: Some(id("mary")),
        registered_at: None,
        checked_by: Some(id("omar")),
        checked_at: None,
        check_note: None,
        available_by: None,
        available_at: None,
        reason: None,
        withdrawn_on: None,
        notice_until: None,
        version: 1,
    }
}

fn load(reserved: i64, committed: i64) -> Load {
    Load {
        period: Period::WHOLE,
        capacity: 100,
        reserved,
        committed,
    }
}

fn actor(name: &str, roles: &[Role]) -> Actor {
    let one = |role: &Role| Appointment {
        role: *role,
        organisation: Some(id("organisation")),
        country: None,
        places: Vec::new(),
    };
    Actor {
        account: id(name),
        name: name.to_owned(),
        lang: Lang::En,
        appointments: roles.iter().map(one).collect(),
    }
}

type Wrong = fn(&mut Terms);

#[test]
fn a_whole_offer_is_taken_and_every_fault_is_named() {
    let today = day("2026-12-01");
    assert!(may_register(&terms(), &published(), today).is_ok());
    let cases: [(&str, Wrong); 28] = [
        ("offers-title-missing", |t| t.title = Names::default()),
        ("offers-class-unknown", |t| {
            t.service_class = "kites".to_owned()
        }),
        ("offers-kind-of-class", |t| {
            t.service_class = "training".to_owned()
        }),
        ("offers-languages-missing", |t| {
            t.languages = Spoken::Listed(Vec::new())
        }),
        ("offers-language-unknown", |t| {
            t.languages = Spoken::Listed(list(&["es", "zz"]))
        }),
        ("offers-places-missing", |t| {
            t.places = Places::Listed(Vec::new())
        }),
        ("offers-place-unknown", |t| {
            t.places = Places::Listed(list(&["HN", "XX"]))
        }),
        ("offers-levels-missing", |t| t.levels.clear()),
        ("offers-level-unknown", |t| t.levels = list(&["9"])),
        ("offers-modality-unknown", |t| {
            t.modality = "magic".to_owned()
        }),
        ("offers-condition-unknown", |t| {
            t.conditions = list(&["luck"])
        }),
        ("offers-licence-unknown", |t| {
            t.licence = Some("mine".to_owned())
        }),
        ("offers-evidence-unknown", |t| {
            t.evidence_level = "sure".to_owned()
        }),
        ("offers-tier-unknown", |t| t.tier = 4),
        ("offers-quantity-missing", |t| {
            (t.capacity, t.kind) = (0, Kind::Stock)
        }),
        ("offers-lot-not-positive", |t| t.lot_min = 0),
        ("offers-lot-not-positive", |t| t.lot_step = 0),
        ("offers-lots-reversed", |t| {
            (t.lot_max, t.lot_step) = (Some(9), 3)
        }),
        ("offers-no-lot-fits", |t| {
            (t.lot_min, t.lot_step, t.lot_max) = (10, 7, Some(13))
        }),
        ("offers-less-than-a-lot", |t| t.capacity = 9),
        ("offers-window-reversed", |t| {
            t.window_to = day("2026-12-31")
        }),
        ("offers-window-over", |t| {
            (t.window_from, t.window_to, t.setup_days) = (day("2026-10-01"), day("2026-11-30"), 0);
        }),
        ("offers-window-too-long", |t| {
            t.window_to = day("2047-01-01")
        }),
        ("offers-free-over", |t| {
            (t.window_from, t.free_until) = (day("2026-11-01"), day("2026-11-30"));
        }),
        ("offers-free-before-window", |t| {
            t.free_until = day("2026-12-31")
        }),
        ("offers-setup-too-long", |t| t.setup_days = 365),
        ("offers-cost-negative", |t| t.unit_cost_cents = -1),
        ("offers-cost-negative", |t| t.fixed_cost_cents = -1),
    ];
    for (key, wrong) in cases {
        let mut one = terms();
        wrong(&mut one);
        let error = may_register(&one, &published(), today).unwrap_err();
        assert!(error.keys().contains(&key), "{key}: {error}");
        let more = ["offers-quantity-missing", "offers-lots-reversed"].contains(&key);
        assert!(more || error.keys().len() == 1, "{key} alone: {error}");
    }
    let mut days = terms();
    days.window_from = day("2027-12-31");
    days.setup_days = 0;
    assert!(
        may_register(&days, &published(), day("2027-12-31")).is_ok(),
        "the last day counts"
    );
    assert!(may_register(&days, &published(), day("2028-01-01")).is_err());
    let mut endless = terms();
    (endless.kind, endless.service_class, endless.lot_min) =
        (Kind::Inexhaustible, "content".to_owned(), 1_000);
    assert!(
        may_register(&endless, &published(), today).is_ok(),
        "what does not run out has no lots"
    );
}

#[test]
fn the_smallest_lot_is_a_whole_number_of_steps() {
    for (min, step, smallest) in [
        (1, 1, 1),
        (10, 5, 10),
        (11, 5, 15),
        (1, 50, 50),
        (7, 7, 7),
        (8, 7, 14),
    ] {
        let mut t = terms();
        (t.lot_min, t.lot_step) = (min, step);
        assert_eq!(smallest_lot(&t), smallest);
    }
}

#[test]
fn codes_are_read_as_people_write_them() {
    assert_eq!(codes("HN08|HN15, KE;KE  HN08"), ["HN08", "HN15", "KE"]);
    assert_eq!(places("HN, *"), Places::World);
    assert_eq!(languages("*"), Spoken::Any);
    assert_eq!(countries(&places("HN08 HN KE047")), ["HN", "KE"]);
    assert_eq!(bits(&list(&["power", "road", "luck"]), &published()), 17);
}

#[test]
fn where_an_offer_stands_follows_from_dates_and_holds() {
    let early = day("2027-02-01");
    for (stage, loads, today, state) in [
        (Stage::Draft, vec![], early, State::Draft),
        (Stage::Registered, vec![], early, State::Registered),
        (Stage::Checked, vec![], early, State::Checked),
        (
            Stage::Withdrawn,
            vec![load(10, 10)],
            early,
            State::Withdrawn,
        ),
        (Stage::Available, vec![load(0, 0)], early, State::Available),
        (
            Stage::Available,
            vec![load(10, 0)],
            early,
            State::PartlyReserved,
        ),
        (
            Stage::Available,
            vec![load(0, 10)],
            early,
            State::PartlyReserved,
        ),
        (
            Stage::Available,
            vec![load(60, 40)],
            early,
            State::FullyReserved,
        ),
        (
            Stage::Available,
            vec![load(0, 100)],
            early,
            State::Exhausted,
        ),
        (
            Stage::Available,
            vec![load(0, 0)],
            day("2027-04-01"),
            State::Available,
        ),
        (
            Stage::Available,
            vec![load(0, 0)],
            day("2027-04-02"),
            State::Stale,
        ),
        (
            Stage::Available,
            vec![load(0, 100)],
            day("2027-04-02"),
            State::Exhausted,
        ),
        (
            Stage::Available,
            vec![load(0, 0)],
            day("2028-01-01"),
            State::Expired,
        ),
        (
            Stage::Registered,
            vec![],
            day("2028-01-01"),
            State::Registered,
        ),
    ] {
        assert_eq!(
            state_on(&offer(stage), &loads, today),
            state,
            "{stage:?} {loads:?} {today}"
        );
    }
    let mut free = offer(Stage::Available);
    (free.terms.free_until, free.assured_on) = (day("2027-05-31"), day("2027-05-30"));
    assert_eq!(
        state_on(&free, &[load(0, 0)], day("2027-05-31")),
        State::Available
    );
    assert_eq!(
        state_on(&free, &[load(0, 0)], day("2027-06-01")),
        State::Expired
    );
    let mut pledge = offer(Stage::Draft);
    pledge.pledge_minute = Some("item 4".to_owned());
    assert_eq!(state_on(&pledge, &[], early), State::Pledge);
    // Of a rate only what is still to come is counted.
    let quarter = |text: &str, reserved, committed| Load {
        period: Period::parse(text).unwrap(),
        capacity: 100,
        reserved,
        committed,
    };
    let loads = [quarter("2027-Q1", 0, 0), quarter("2027-Q2", 0, 100)];
    let mut rate = offer(Stage::Available);
    rate.assured_on = day("2027-05-01");
    assert_eq!(
        state_on(&rate, &loads, day("2027-03-31")),
        State::PartlyReserved
    );
    assert_eq!(state_on(&rate, &loads, day("2027-05-02")), State::Exhausted);
    assert!(State::CODES.contains(&State::Stale.code()) && State::PUBLIC.len() == 7);
}

#[test]
fn a_part_is_held_whole_or_not_at_all() {
    let hold = |quantity| Hold {
        holder: id("proposal"),
        offer: id("offer"),
        period: None,
        country: "HN".to_owned(),
        quantity,
    };
    let one = offer(Stage::Available);
    for (state, quantity, left, keys) in [
        (State::Available, 10, Some(load(0, 0)), vec![]),
        (State::Available, 50, Some(load(25, 25)), vec![]),
        (
            State::Available,
            50,
            Some(load(26, 25)),
            vec!["offers-capacity"],
        ),
        (
            State::Available,
            0,
            Some(load(0, 0)),
            vec!["offers-quantity-missing"],
        ),
        (
            State::Available,
            -5,
            Some(load(0, 0)),
            vec!["offers-quantity-missing"],
        ),
        (State::Available, 5, Some(load(0, 0)), vec!["offers-lot"]),
        (State::Available, 12, Some(load(0, 0)), vec!["offers-lot"]),
        (State::Available, 55, Some(load(0, 0)), vec!["offers-lot"]),
        (State::Available, 10, None, vec!["offers-period"]),
        (State::Stale, 10, Some(load(0, 0)), vec!["offers-not-open"]),
        (
            State::Expired,
            12,
            Some(load(95, 0)),
            vec!["offers-not-open", "offers-lot", "offers-capacity"],
        ),
    ] {
        let done = may_hold(&one, state, &hold(quantity), left.as_ref(), false);
        let found = done.as_ref().err().map(Error::keys).unwrap_or_default();
        assert_eq!(found, keys, "{state:?} {quantity}");
    }
    let mut endless = offer(Stage::Available);
    endless.terms.kind = Kind::Inexhaustible;
    let full = Load {
        capacity: 2,
        reserved: 1,
        committed: 1,
        period: Period::WHOLE,
    };
    assert!(may_hold(&endless, State::FullyReserved, &hold(7), Some(&full), true).is_ok());
    assert!(may_hold(&endless, State::FullyReserved, &hold(7), Some(&full), false).is_err());
}

#[test]
fn three_people_stand_behind_an_available_offer() {
    let registered = offer(Stage::Registered);
    assert!(check(&registered, &actor("omar", &[Role::SecretariatOfficer])).is_ok());
    assert_eq!(
        check(&registered, &actor("mary", &[])).unwrap_err().keys(),
        ["four-eyes"]
    );
    let checked = offer(Stage::Checked);
    assert!(approve(&checked, &actor("sofia", &[Role::SecretariatApprover])).is_ok());
    for name in ["mary", "omar"] {
        assert_eq!(
            approve(&checked, &actor(name, &[])).unwrap_err().keys(),
            ["four-eyes"],
            "{name}"
        );
    }
    assert!(approve(&registered, &actor("sofia", &[])).is_err());
    assert!(check(&checked, &actor("olga", &[])).is_err());
}

#[test]
fn each_step_starts_from_its_own_stages_only() {
    use Stage as S;
    for stage in Stage::ALL {
        let one = offer(stage);
        assert_eq!(submit(&one).is_ok(), stage == S::Draft);
        assert_eq!(
            send_back(&one).is_ok(),
            matches!(stage, S::Registered | S::Checked)
        );
        assert_eq!(withdraw(&one).is_ok(), stage != S::Withdrawn);
        let assured = assure(&one, day("2027-02-01")).is_ok();
        assert_eq!(
            assured,
            matches!(stage, S::Registered | S::Checked | S::Available)
        );
        let next = edited(&one, false).ok();
        assert_eq!(
            next,
            match stage {
                S::Draft => Some(S::Draft),
                S::Registered | S::Checked | S::Available => Some(S::Registered),
                S::Withdrawn => None,
            }
        );
        assert!(edited(&one, true).is_err());
        assert_eq!(Stage::parse(stage.code()), Some(stage));
        assert_eq!(is_public(&one), stage == S::Available);
    }
    let mut pledge = offer(Stage::Draft);
    pledge.pledge_minute = Some("item 4".to_owned());
    assert_eq!(
        submit(&pledge).unwrap_err().keys(),
        ["offers-pledge-is-no-offer"]
    );
    assert!(assure(&offer(Stage::Available), day("2028-01-01")).is_err());
    assert!(reason("reason", " ").is_err() && reason("reason", "so").is_ok());
    assert!(no_conflict(true).is_err() && no_conflict(false).is_ok());
}

#[test]
fn only_the_member_and_the_secretariat_see_what_is_not_public() {
    let draft = offer(Stage::Draft);
    for (who, seen) in [
        (None, false),
        (Some(actor("mary", &[Role::MemberFocalPoint])), true),
        (Some(actor("max", &[Role::MemberOfficer])), true),
        (Some(actor("omar", &[Role::SecretariatOfficer])), true),
        (Some(actor("audrey", &[Role::Auditor])), true),
        (Some(actor("ana", &[Role::AuthorityFocalPoint])), false),
        (Some(actor("adam", &[Role::Administrator])), false),
    ] {
        assert_eq!(may_see(&draft, who.as_ref()).is_ok(), seen, "{who:?}");
    }
    assert!(may_see(&offer(Stage::Available), None).is_ok());
    assert!(
        may_write(
            &actor("mary", &[Role::MemberFocalPoint]),
            id("organisation")
        )
        .is_ok()
    );
    assert!(may_write(&actor("max", &[Role::MemberOfficer]), id("organisation")).is_err());
}

#[test]
fn capacity_stands_in_each_quarter_of_the_window() {
    let mut t = terms();
    assert_eq!(loads(&t), [load(0, 0)]);
    t.kind = Kind::Rate;
    (t.window_from, t.window_to) = (day("2027-02-10"), day("2027-07-01"));
    let labels: Vec<String> = loads(&t)
        .iter()
        .map(|load| load.period.to_string())
        .collect();
    assert_eq!(labels, ["2027-Q1", "2027-Q2", "2027-Q3"]);
    let left = withdrawn(&[load(10, 20)]);
    assert_eq!((left[0].capacity, left[0].free()), (30, 0));
}
