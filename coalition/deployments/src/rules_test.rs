//! The decisions by hand and by chance.

use crate::deployment::{Deployment, InPerson, Plan, Stage, Standing};
use crate::overlap::OverlapStep;
use crate::rules::{self, Frame, Move, Side};
use base::{Actor, Appointment, Day, Id, Lang, Moment, Names, Role};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap_or_else(|| unreachable!("{text}"))
}

fn account(name: &str) -> Id {
    Id::named("account", name)
}

fn actor(name: &str, role: Role) -> Actor {
    Actor {
        account: account(name),
        name: name.to_owned(),
        lang: Lang::En,
        appointments: vec![Appointment {
            role,
            organisation: Some(Id::named("organisation", "member")),
            country: Some("HN".to_owned()),
            places: Vec::new(),
        }],
    }
}

fn deployment(stage: Stage, standing: Standing) -> Deployment {
    Deployment {
        id: Id::named("deployment", "one"),
        code: "HN-2026-D-0001".to_owned(),
        country: "HN".to_owned(),
        agreement: Id::named("agreement", "one"),
        member: Id::named("organisation", "member"),
        implementers: Vec::new(),
        service_class: "devices".to_owned(),
        title: Names::one("en", "Tablets"),
        places: vec!["HN01".to_owned()],
        group: None,
        levels: vec!["1".to_owned()],
        flagship: None,
        missions: Vec::new(),
        in_person: InPerson::Supplements,
        replaces_reason: None,
        planned_from: day("2027-01-10"),
        planned_to: day("2027-06-30"),
        actual_from: None,
        actual_to: None,
        reach_planned: None,
        units: 10,
        lines: 1,
        assets_to: "schools".to_owned(),
        maintenance: "They do.".to_owned(),
        financing_after: "They pay.".to_owned(),
        free_until: day("2027-12-31"),
        stage,
        standing,
        overdue: false,
        planned_by: account("mary"),
        planned_at: Moment::from_micros(0),
        claimed_by: Some(account("mary")),
        confirmed_by: Some(account("ana")),
        version: 1,
    }
}

fn plan() -> Plan {
    Plan {
        agreement: Id::named("agreement", "one"),
        service_class: "devices".to_owned(),
        title: Names::one("en", "Tablets"),
        implementers: vec![Id::named("organisation", "member")],
        places: Vec::new(),
        group: None,
        levels: vec!["1".to_owned()],
        flagship: None,
        missions: Vec::new(),
        in_person: InPerson::Supplements,
        replaces_reason: None,
        planned_from: day("2027-01-10"),
        planned_to: day("2027-06-30"),
        reach_planned: None,
        assets_to: "schools".to_owned(),
        maintenance: "They do.".to_owned(),
        financing_after: "They pay.".to_owned(),
        free_until: day("2027-12-31"),
    }
}

const FRAME: fn() -> Frame = || Frame {
    starts_on: day("2027-01-01"),
    ends_on: day("2027-12-31"),
};

#[test]
fn a_plan_is_told_everything_that_is_wrong() {
    assert!(rules::plan(&plan(), &FRAME()).is_ok());
    let wrong = Plan {
        title: Names::default(),
        implementers: Vec::new(),
        levels: Vec::new(),
        in_person: InPerson::Replaces,
        planned_from: day("2027-08-01"),
        planned_to: day("2028-01-01"),
        reach_planned: Some(0),
        assets_to: "nobody".to_owned(),
        maintenance: " ".to_owned(),
        financing_after: String::new(),
        ..plan()
    };
    let refused = rules::plan(&wrong, &FRAME()).map_err(|e| {
        let keys: Vec<String> = e.keys().iter().map(ToString::to_string).collect();
        keys
    });
    let keys = refused.err().unwrap_or_default();
    assert_eq!(keys.len(), 10, "{keys:?}");
    for key in [
        "deployments-outside-agreement",
        "deployments-free-ends-early",
        "deployments-reach-nobody",
        "deployments-replaces-why",
    ] {
        assert!(keys.iter().any(|k| k == key), "{key}");
    }
}

#[test]
fn only_time_makes_overdue_and_it_does_nothing_else() {
    for (stage, on, expected) in [
        (Stage::Planned, "2027-01-10", false),
        (Stage::Planned, "2027-01-11", true),
        (Stage::Active, "2027-06-30", false),
        (Stage::Active, "2027-07-01", true),
        (Stage::Paused, "2027-07-01", true),
        (Stage::CompletionClaimed, "2027-07-01", false),
        (Stage::Cancelled, "2027-07-01", false),
    ] {
        let d = deployment(stage, Standing::Planned);
        assert_eq!(rules::overdue(&d, day(on)), expected, "{stage:?} {on}");
    }
}

#[test]
fn each_move_has_its_people_and_its_standings() {
    let member = actor("mary", Role::MemberFocalPoint);
    let authority = actor("ana", Role::AuthorityFocalPoint);
    let approver = actor("sofia", Role::SecretariatApprover);
    let officer = actor("omar", Role::SecretariatOfficer);
    for (to, standing, who, may) in [
        (Move::Activate, Standing::Cleared, &member, true),
        (Move::Activate, Standing::Blocked, &member, false),
        (Move::Activate, Standing::Cleared, &authority, false),
        (Move::Activate, Standing::Cleared, &officer, false),
        (Move::Pause, Standing::Active, &authority, true),
        (Move::Pause, Standing::Suspended, &authority, false),
        (Move::Claim, Standing::Suspended, &member, false),
        (Move::Confirm, Standing::CompletionClaimed, &authority, true),
        (Move::Confirm, Standing::CompletionClaimed, &member, false),
        (Move::Confirm, Standing::CompletionClaimed, &approver, false),
        (Move::Close, Standing::Confirmed, &approver, true),
        (Move::Close, Standing::Active, &approver, false),
        (Move::Cancel, Standing::Suspended, &member, true),
        (Move::Cancel, Standing::Confirmed, &approver, false),
        (Move::Change, Standing::Planned, &officer, true),
        (Move::Change, Standing::Active, &officer, false),
    ] {
        let d = deployment(Stage::Active, standing);
        assert_eq!(to.open_to(&d, who), may, "{to:?} {standing:?}");
        assert_eq!(rules::may(to, &d, who).is_ok(), may, "{to:?} {standing:?}");
    }
}

#[test]
fn nobody_is_their_own_second() {
    let d = deployment(Stage::CompletionClaimed, Standing::CompletionClaimed);
    let ana = actor("ana", Role::AuthorityFocalPoint);
    let mary = actor("mary", Role::AuthorityFocalPoint);
    assert!(rules::confirm(&d, &ana).is_ok());
    assert!(rules::confirm(&d, &mary).is_err());
    assert!(rules::close(&d, &ana).is_err());
    assert!(rules::close(&d, &actor("sofia", Role::SecretariatApprover)).is_ok());
}

#[test]
fn the_inside_is_the_parties_the_secretariat_and_the_auditor() {
    let member = Id::named("organisation", "member");
    for (role, inside) in [
        (Role::MemberOfficer, true),
        (Role::AuthoritySignatory, true),
        (Role::SecretariatOfficer, true),
        (Role::Auditor, true),
        (Role::IndependentVerifier, false),
        (Role::Administrator, false),
    ] {
        let somebody = actor("x", role);
        assert_eq!(
            rules::is_inside(Some(&somebody), member, "HN"),
            inside,
            "{role:?}"
        );
    }
    assert!(!rules::is_inside(None, member, "HN"));
    let other = actor("x", Role::MemberOfficer);
    assert!(!rules::stands(
        &other,
        Side::Member,
        Id::named("organisation", "other"),
        "HN"
    ));
}

fn step(step: &str, side: &str) -> OverlapStep {
    OverlapStep {
        step: step.to_owned(),
        side: side.to_owned(),
        words: None,
        account: account(side),
        at: Moment::from_micros(0),
    }
}

#[test]
fn what_was_said_before_it_was_found_again_counts_no_more() {
    let mut said = vec![
        step("found", "rule"),
        step("complementary", "deployment"),
        step("complementary", "other"),
        step("complementary", "other"),
    ];
    let sides = |said: &[OverlapStep]| -> Vec<String> {
        let still = rules::still_said(said);
        still.into_iter().map(|(side, _)| side.to_owned()).collect()
    };
    assert_eq!(sides(&said), ["deployment", "other"]);
    said.push(step("found_again", "rule"));
    assert!(sides(&said).is_empty());
    said.push(step("complementary", "secretariat"));
    assert_eq!(sides(&said), ["secretariat"]);
}

#[test]
fn teachers_are_counted_only_where_they_took_part() {
    for (involved, teachers, words, ok) in [
        (true, Some(3), "They chose.", true),
        (true, None, "They chose.", true),
        (false, None, "It is a repair.", true),
        (false, Some(3), "It is a repair.", false),
        (true, Some(0), "They chose.", false),
        (false, None, " ", false),
    ] {
        assert_eq!(rules::involved(involved, teachers, words).is_ok(), ok);
    }
}

proptest! {
    /// Whatever comes back, in whatever parts, no more lots come back than were given, and all of
    /// them when all units do.
    #[test]
    fn lots_come_back_as_units_do(units in 1..10_000_i64, step in 1..20_i64, back in 0..10_000_i64) {
        let given = (units + step - 1) / step * step;
        let back = back.min(units);
        let lots = rules::lots_back(units, given, back, step);
        prop_assert!((0..=given).contains(&lots));
        prop_assert_eq!(lots % step, 0);
        prop_assert_eq!(rules::lots_back(units, given, units, step), given);
        prop_assert!(given - lots >= units - back, "what has gone keeps its lots");
        prop_assert!(rules::lots_back(units, given, (back - 1).max(0), step) <= lots);
    }
}
