//! The rules of membership, case by case.

use super::*;
use crate::membership::{Contact, Finding};
use base::{Appointment, Day, Lang, Moment, Names, Role};
use std::collections::BTreeMap;

fn id(name: &str) -> Id {
    Id::named("account", name)
}

fn codes(list: &[&str]) -> Vec<String> {
    list.iter().map(|code| (*code).to_owned()).collect()
}

fn published() -> Published {
    Published {
        kinds: codes(&["un"]),
        schemes: codes(&["GB-CHC"]),
        objectives: codes(&["continuity", "return", "resilience"]),
        obligations: codes(&["a", "b", "c"]),
        principles: codes(&["p", "q"]),
        countries: codes(&["KE"]),
    }
}

fn application() -> Application {
    let answer = |code: &str| (code.to_owned(), "Yes.".to_owned());
    Application {
        names: Names::one("en", "Books"),
        kind: "un".to_owned(),
        country: Some("KE".to_owned()),
        website: None,
        identifiers: vec![("GB-CHC".to_owned(), "1".to_owned())],
        strengths: Names::one("en", "Much"),
        objectives: codes(&["return"]),
        obligations: codes(&["a", "b", "c"]),
        do_no_harm: true,
        principles: BTreeMap::from([answer("p"), answer("q")]),
        contact: Contact::Account(id("amina")),
        officer: None,
        sample: false,
        lang: Lang::En,
    }
}

fn membership(state: State) -> Membership {
    let day = Day::parse("2026-12-01").unwrap();
    Membership {
        id: id("membership"),
        organisation: id("organisation"),
        state,
        strengths: Names::default(),
        objectives: Vec::new(),
        obligations: Vec::new(),
        obligations_on: day,
        do_no_harm_on: day,
        principles: BTreeMap::new(),
        contact: id("amina"),
        officer: Some(id("bakari")),
        lang: Lang::En,
        applied_by: None,
        applied_at: Moment::start_of(day),
        reviewed_by: Some(id("omar")),
        admitted_on: None,
        admitted_by: None,
        ended_on: None,
        removal_by: None,
        removal_reason: None,
        version: 1,
    }
}

fn actor(name: &str, role: Role) -> Actor {
    Actor {
        account: id(name),
        name: name.to_owned(),
        lang: Lang::En,
        appointments: vec![Appointment {
            role,
            organisation: None,
            country: None,
            places: Vec::new(),
        }],
    }
}

fn found(criterion: &str, met: bool, by: &str) -> Found {
    Found {
        id: id(criterion),
        finding: Finding {
            criterion: criterion.to_owned(),
            met,
            note: String::new(),
            evidence: String::new(),
        },
        by: id(by),
        at: Moment::from_micros(0),
    }
}

type Wrong = fn(&mut Application);

#[test]
fn a_whole_application_is_taken_and_every_gap_is_named() {
    assert!(may_apply(&application(), &published()).is_ok());
    let cases: [(&str, Wrong); 13] = [
        ("members-name-missing", |a| a.names = Names::default()),
        ("members-kind-unknown", |a| a.kind = "guild".to_owned()),
        ("members-country-unknown", |a| {
            a.country = Some("XX".to_owned())
        }),
        ("members-identifier-missing", |a| a.identifiers.clear()),
        ("members-scheme-unknown", |a| {
            a.identifiers = vec![("ZZ".to_owned(), "1".to_owned())]
        }),
        ("members-identifier-missing", |a| {
            a.identifiers = vec![("GB-CHC".to_owned(), " ".to_owned())]
        }),
        ("members-strengths-missing", |a| {
            a.strengths = Names::one("en", " ")
        }),
        ("members-objective-missing", |a| a.objectives.clear()),
        ("members-objective-unknown", |a| {
            a.objectives.push("fame".to_owned())
        }),
        ("members-obligations-missing", |a| {
            a.obligations.pop();
        }),
        ("members-do-no-harm-missing", |a| a.do_no_harm = false),
        ("members-principle-missing", |a| {
            a.principles.remove("q");
        }),
        ("members-principle-missing", |a| {
            a.principles.insert("p".to_owned(), "  ".to_owned());
        }),
    ];
    for (key, wrong) in cases {
        let mut one = application();
        wrong(&mut one);
        assert_eq!(may_apply(&one, &published()).unwrap_err().keys(), [key]);
    }
    let mut all = application();
    all.objectives.clear();
    all.do_no_harm = false;
    all.principles.clear();
    assert_eq!(may_apply(&all, &published()).unwrap_err().keys().len(), 4);
    let mut nowhere = application();
    nowhere.country = None;
    assert!(may_apply(&nowhere, &published()).is_ok());
}

#[test]
fn each_step_starts_from_its_own_states_only() {
    use Move as M;
    use State as S;
    let allowed = [
        (S::Applied, M::StartReview, S::UnderReview),
        (S::UnderReview, M::AskClarification, S::Clarification),
        (S::Clarification, M::Clarify, S::UnderReview),
        (S::UnderReview, M::Verify, S::UnderReview),
        (S::UnderReview, M::Admit, S::Admitted),
        (S::UnderReview, M::Decline, S::Declined),
        (S::Clarification, M::Decline, S::Declined),
        (S::Admitted, M::Suspend, S::Suspended),
        (S::Suspended, M::Reinstate, S::Admitted),
        (S::Suspended, M::ProposeRemoval, S::Suspended),
        (S::Suspended, M::Remove, S::Removed),
        (S::Admitted, M::Withdraw, S::Withdrawn),
        (S::Suspended, M::Withdraw, S::Withdrawn),
    ];
    for state in State::ALL {
        for step in Move::ALL {
            let wanted = allowed
                .iter()
                .find(|(s, m, _)| (*s, *m) == (state, step))
                .map(|(_, _, to)| *to);
            assert_eq!(after(state, step).ok(), wanted, "{state:?} {step:?}");
        }
        assert_eq!(State::parse(state.code()), Some(state));
    }
    assert_eq!(State::CODES.len(), State::ALL.len());
    assert!(
        State::PUBLIC
            .iter()
            .all(|code| State::parse(code).is_some_and(State::is_public))
    );
}

#[test]
fn everything_published_must_be_met_and_the_second_person_be_new() {
    let criteria = vec![
        ("x".to_owned(), "X".to_owned()),
        ("y".to_owned(), "Y".to_owned()),
    ];
    let m = membership(State::UnderReview);
    let met = [found("x", true, "olga"), found("y", true, "olga")];
    assert!(
        admit(
            &m,
            &met,
            &criteria,
            &actor("sofia", Role::SecretariatApprover)
        )
        .is_ok()
    );
    for (findings, keys) in [
        (
            vec![],
            vec!["members-criterion-open", "members-criterion-open"],
        ),
        (vec![found("x", true, "o")], vec!["members-criterion-open"]),
        (
            vec![found("x", false, "o"), found("y", true, "o")],
            vec!["members-criterion-not-met"],
        ),
        (
            vec![
                found("x", true, "o"),
                found("y", true, "o"),
                found("x", false, "o"),
            ],
            vec!["members-criterion-not-met"],
        ),
    ] {
        let refused = admit(
            &m,
            &findings,
            &criteria,
            &actor("sofia", Role::SecretariatApprover),
        )
        .unwrap_err();
        assert_eq!(refused.keys(), keys);
    }
    // A later finding counts instead, yet its first finder stays a finder.
    let twice = [
        found("x", false, "pat"),
        found("x", true, "olga"),
        found("y", true, "olga"),
    ];
    for first in ["pat", "olga", "omar", "amina", "bakari"] {
        let refused = admit(
            &m,
            &twice,
            &criteria,
            &actor(first, Role::SecretariatApprover),
        )
        .unwrap_err();
        assert_eq!(refused.keys(), ["four-eyes"], "{first}");
    }
    assert!(
        admit(
            &m,
            &twice,
            &criteria,
            &actor("sofia", Role::SecretariatApprover)
        )
        .is_ok()
    );
    let early = membership(State::Applied);
    assert!(
        admit(
            &early,
            &met,
            &criteria,
            &actor("sofia", Role::SecretariatApprover)
        )
        .is_err()
    );
    assert!(is_verified(&twice, &codes(&["x", "y"])) && !is_verified(&twice, &codes(&["x", "z"])));
}

#[test]
fn a_removal_needs_a_first_and_another_second_approver() {
    let sofia = actor("sofia", Role::SecretariatApprover);
    let mut m = membership(State::Suspended);
    assert_eq!(
        remove(&m, &sofia).unwrap_err().keys(),
        ["members-removal-not-proposed"]
    );
    m.removal_by = Some(id("sofia"));
    assert_eq!(remove(&m, &sofia).unwrap_err().keys(), ["four-eyes"]);
    assert!(remove(&m, &actor("samir", Role::SecretariatApprover)).is_ok());
    m.state = State::Admitted;
    assert!(remove(&m, &actor("samir", Role::SecretariatApprover)).is_err());
}

#[test]
fn a_number_is_kept_without_its_agency() {
    for (value, plain) in [
        ("GB-CHC-202918", "202918"),
        (" 202918 ", "202918"),
        ("GB-CHC", "GB-CHC"),
        ("X-1", "X-1"),
    ] {
        assert_eq!(plain_identifier("GB-CHC", value), plain);
    }
}

#[test]
fn applications_are_seen_by_their_people_and_the_secretariat() {
    let m = membership(State::Applied);
    for (name, role, seen) in [
        ("amina", Role::MemberFocalPoint, true),
        ("bakari", Role::MemberFocalPoint, true),
        ("zed", Role::MemberFocalPoint, false),
        ("omar", Role::SecretariatOfficer, true),
        ("audrey", Role::Auditor, true),
        ("adam", Role::Administrator, false),
    ] {
        assert_eq!(may_see(&m, &actor(name, role)).is_ok(), seen, "{name}");
    }
    assert!(reason("reason", " \n").is_err());
    assert_eq!(reason("reason", " so ").unwrap(), "so");
    assert!(no_conflict(true).is_err() && no_conflict(false).is_ok());
}
