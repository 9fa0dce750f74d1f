//! The rules of agreements, case by case.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that goes wrong ends here"
)]

use super::*;
use base::{Appointment, Moment};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}
fn named(name: &str) -> Id {
    Id::named("test", name)
}

fn terms() -> Terms {
    Terms {
        kind: "donation".to_owned(),
        title: Names::three("Power", "Énergie", "طاقة"),
        langs: (Lang::En, Lang::Ar),
        template: named("template"),
        selection: "match_round".to_owned(),
        justification: "Round 1".to_owned(),
        free_until: day("2027-12-31"),
        starts_on: day("2027-01-01"),
        ends_on: day("2027-12-31"),
        sovereignty: BTreeMap::from([("exit".to_owned(), true)]),
        data_clauses: vec!["security".to_owned()],
        special: Names::default(),
    }
}

fn matched() -> Matched {
    Matched {
        proposal: named("proposal"),
        title: Names::one("en", "Kits"),
        offer: named("offer"),
        need: named("need"),
        member: named("member"),
        country: "HN".to_owned(),
        service_class: "solar_kit".to_owned(),
        agreed: true,
        quantity: 5,
        given: 6,
        places: vec!["HN01".to_owned()],
        window: (day("2027-01-01"), day("2027-12-31")),
        free_until: day("2028-12-31"),
        held_by: None,
    }
}

fn template_of(clauses: Vec<Clause>) -> Template {
    Template {
        id: named("template"),
        number: 1,
        name: Names::three("One", "Un", "واحد"),
        clauses,
        written_by: Some(named("omar")),
        written_at: Moment::from_micros(0),
        published_by: None,
        published_at: Some(Moment::from_micros(1)),
        version: 1,
    }
}

fn clause() -> Clause {
    Clause {
        heading: Names::three("A", "B", "ج"),
        text: Names::three("{member} gives", "{member} donne", "يعطي {member}"),
    }
}

/// Everything known, with one thing said otherwise.
fn keys(change: impl Fn(&mut Terms, &mut Vec<Matched>, &mut Known)) -> Vec<String> {
    let (template, name) = (template_of(vec![clause()]), Names::three("A", "B", "ج"));
    let lists = [
        "security".to_owned(),
        "exit".to_owned(),
        "match_round".to_owned(),
    ];
    let mut terms = terms();
    let mut all = vec![matched()];
    let mut known = Known {
        matched: &[],
        member_in_standing: true,
        authority: Some((named("authority"), day("2028-12-31"))),
        template: Some(&template),
        names: [&name, &name],
        principles: &lists[..1],
        clauses: &lists[1..2],
        selections: &lists[2..],
        others: &[],
        today: day("2026-11-22"),
    };
    change(&mut terms, &mut all, &mut known);
    known.matched = &all;
    problems(&terms, &known)
        .0
        .into_iter()
        .map(|r| r.key)
        .collect()
}

#[test]
fn nothing_speaks_against_what_is_right() {
    assert_eq!(keys(|_, _, _| {}), Vec::<String>::new());
}

#[test]
fn every_problem_is_named() {
    type Change = fn(&mut Terms, &mut Vec<Matched>, &mut Known);
    let cases: [(&str, Change); 19] = [
        ("agreements-nothing-agreed", |_, all, _| all.clear()),
        ("agreements-several-members", |_, all, _| {
            all.push(Matched {
                member: named("other"),
                ..matched()
            });
        }),
        ("agreements-several-countries", |_, all, _| {
            all.push(Matched {
                country: "KE".to_owned(),
                ..matched()
            });
        }),
        ("agreements-member-not-in-standing", |_, _, known| {
            known.member_in_standing = false
        }),
        ("agreements-authority-lapsed", |_, _, known| {
            known.authority = None
        }),
        ("agreements-ends-before-it-starts", |terms, _, _| {
            terms.starts_on = day("2028-01-01")
        }),
        ("agreements-over-already", |_, _, known| {
            known.today = day("2027-12-31")
        }),
        ("agreements-too-long", |terms, _, _| {
            terms.ends_on = day("2040-01-01")
        }),
        ("agreements-free-ends-before-it-starts", |terms, _, _| {
            terms.free_until = day("2026-12-31");
        }),
        ("agreements-free-beyond-offer", |terms, _, _| {
            terms.free_until = day("2029-01-01")
        }),
        ("agreements-justification-missing", |terms, _, _| {
            terms.justification = " ".to_owned()
        }),
        ("agreements-untranslated", |terms, _, _| {
            terms.title = Names::one("en", "Power")
        }),
        ("agreements-untranslated", |terms, _, _| {
            terms.special = Names::one("en", "More")
        }),
        ("agreements-template-not-published", |_, _, known| {
            known.template = None
        }),
        ("agreements-clause-missing", |terms, _, _| {
            terms.data_clauses.clear()
        }),
        ("agreements-clause-unanswered", |terms, _, _| {
            terms.sovereignty.clear()
        }),
        ("agreements-not-agreed", |_, all, _| all[0].agreed = false),
        ("agreements-proposal-taken", |_, all, _| {
            all[0].held_by = Some("HN-1".to_owned())
        }),
        ("agreements-outside-window", |_, all, _| {
            all[0].window = (day("2028-01-01"), day("2028-12-31"));
        }),
    ];
    for (key, change) in cases {
        assert!(
            keys(change).iter().any(|found| found == key),
            "{key}: {:?}",
            keys(change)
        );
    }
    let several = keys(|terms, all, known| {
        terms.data_clauses.clear();
        all[0].agreed = false;
        known.authority = None;
    });
    assert_eq!(several.len(), 3, "all of them, not the first: {several:?}");
}

#[test]
fn what_looks_the_same_is_found_and_what_does_not_is_not() {
    let other = Scheduled {
        id: named("scheduled"),
        agreement: named("agreement"),
        proposal: named("another"),
        offer: named("offer"),
        need: named("need"),
        service_class: "solar_kit".to_owned(),
        quantity: 1,
        given: 1,
        places: vec!["HN01".to_owned(), "HN02".to_owned()],
        from: day("2027-06-01"),
        to: day("2028-06-01"),
        holds: true,
    };
    let found = |change: fn(&mut Scheduled)| {
        let mut scheduled = other.clone();
        change(&mut scheduled);
        let others = [(named("agreement"), "HN-2026-A-0001".to_owned(), scheduled)];
        let (all, name) = ([matched()], Names::one("en", "A"));
        let known = Known {
            matched: &all,
            member_in_standing: true,
            authority: None,
            template: None,
            names: [&name, &name],
            principles: &[],
            clauses: &[],
            selections: &[],
            others: &others,
            today: day("2026-11-22"),
        };
        duplicates(&terms(), &known).len()
    };
    assert_eq!(found(|_| {}), 1);
    assert_eq!(
        found(|s| s.places.clear()),
        1,
        "the whole country holds every place"
    );
    assert_eq!(found(|s| s.places = vec!["HN02".to_owned()]), 0);
    assert_eq!(found(|s| s.service_class = "devices".to_owned()), 0);
    assert_eq!(found(|s| s.from = day("2028-01-01")), 0);
}

fn agreement() -> Agreement {
    Agreement {
        id: named("agreement"),
        code: "HN-2026-A-0001".to_owned(),
        country: "HN".to_owned(),
        year: 2026,
        serial: 1,
        authority: named("authority"),
        member: named("member"),
        terms: terms(),
        service_classes: vec!["solar_kit".to_owned()],
        stage: Stage::ForSignature,
        number: 1,
        latest: 1,
        amendment: None,
        signed_on: None,
        standing: Standing::ForSignature,
        reason: None,
        ended_on: None,
        ended_by: None,
        ended_side: None,
        ended_paper: None,
        batch: None,
        sample: false,
        made_at: Moment::from_micros(0),
        version: 1,
    }
}

fn actor(name: &str, role: Role, organisation: Option<&str>) -> Actor {
    Actor {
        account: named(name),
        name: name.to_owned(),
        lang: Lang::En,
        appointments: vec![Appointment {
            role,
            organisation: organisation.map(named),
            country: (role == Role::AuthoritySignatory).then(|| "HN".to_owned()),
            places: Vec::new(),
        }],
    }
}

#[test]
fn each_party_is_signed_for_by_its_own_officer_only() {
    let a = agreement();
    let (authority, member) = (a.authority, a.member);
    let sara = actor("sara", Role::AuthoritySignatory, Some("authority"));
    let max = actor("max", Role::MemberOfficer, Some("member"));
    assert_eq!(signs(&a, authority, &[], &sara).unwrap(), Side::Authority);
    assert_eq!(signs(&a, member, &[], &max).unwrap(), Side::Member);
    for (who, party) in [
        (&sara, member),
        (&max, authority),
        (&actor("nils", Role::MemberOfficer, Some("other")), member),
        (
            &actor("mary", Role::MemberFocalPoint, Some("member")),
            member,
        ),
        (
            &actor("ana", Role::AuthorityFocalPoint, Some("authority")),
            authority,
        ),
    ] {
        assert!(
            matches!(signs(&a, party, &[], who), Err(Error::Forbidden(_))),
            "{}",
            who.name
        );
    }
    let sofia = actor("sofia", Role::SecretariatApprover, None);
    let keys = signs(&a, member, &[], &sofia).unwrap_err();
    assert_eq!(keys.keys(), ["agreements-secretariat-signs-for-nobody"]);
    let given = |organisation: Id, by: &str| Signature {
        agreement: a.id,
        number: 1,
        organisation,
        signed_at: Moment::from_micros(0),
        signed_on: day("2026-12-01"),
        signed_by: named(by),
        method: crate::Method::Electronic,
        document_hash: "00".to_owned(),
        paper: None,
    };
    let twice = signs(&a, member, &[given(member, "max")], &max).unwrap_err();
    assert_eq!(twice.keys(), ["agreements-signed-already"]);
    let both = signs(&a, member, &[given(authority, "max")], &max).unwrap_err();
    assert_eq!(both.keys(), ["agreements-two-people-sign"]);
}

#[test]
fn only_the_side_that_suspended_resumes_and_only_parties_end() {
    let mut a = agreement();
    a.signed_on = Some(day("2026-12-01"));
    a.standing = Standing::InForce;
    let sara = actor("sara", Role::AuthoritySignatory, Some("authority"));
    let max = actor("max", Role::MemberOfficer, Some("member"));
    let sofia = actor("sofia", Role::SecretariatApprover, None);
    let omar = actor("omar", Role::SecretariatOfficer, None);
    assert_eq!(suspend(&a, &sofia).unwrap(), Side::Secretariat);
    assert!(suspend(&a, &omar).is_err() && terminate(&a, &sofia).is_err());
    assert_eq!(terminate(&a, &max).unwrap(), Side::Member);
    a.standing = Standing::Suspended;
    a.ended_side = Some(Side::Authority);
    assert!(resume(&a, &sara).is_ok() && resume(&a, &max).is_err() && resume(&a, &sofia).is_err());
    a.standing = Standing::Terminated;
    assert!(resume(&a, &sara).is_err() && terminate(&a, &sara).is_err());
}

#[test]
fn who_wrote_or_sent_a_version_does_not_release_it() {
    let version = Version {
        agreement: named("agreement"),
        number: 1,
        terms: terms(),
        rationale: None,
        made_by: named("omar"),
        made_at: Moment::from_micros(0),
        sent_by: Some(named("olga")),
        sent_at: None,
        not_duplicate: None,
        released_by: None,
        released_at: None,
        document: None,
        document_hash: None,
        returned: None,
        withdrawn_on: None,
        signed_on: None,
        pdf: None,
        version: 1,
    };
    for (name, may) in [("omar", false), ("olga", false), ("sofia", true)] {
        let who = actor(name, Role::SecretariatApprover, None);
        assert_eq!(release(&version, &who).is_ok(), may, "{name}");
    }
}

#[test]
fn templates_say_everything_in_every_language() {
    let name = Names::three("One", "Un", "واحد");
    assert!(template(&name, &[clause()]).0.is_empty());
    let mut lame = clause();
    lame.text.0.remove("ar");
    lame.heading = Names::three("{member} and {owner}", "B", "ج");
    let found = template(&Names::one("en", "One"), &[lame]);
    let keys: Vec<&str> = found.0.iter().map(|r| r.key.as_str()).collect();
    assert!(keys.contains(&"agreements-clause-untranslated"));
    assert!(keys.contains(&"agreements-blank-unknown"));
    assert_eq!(
        keys.iter()
            .filter(|key| **key == "agreements-untranslated")
            .count(),
        2
    );
    assert_eq!(template(&name, &[]).0[0].key, "agreements-no-clauses");
    let standard = crate::template::clauses(crate::template::STANDARD).unwrap();
    assert!(
        template(&name, &standard).0.is_empty(),
        "the house's own template is whole"
    );
}

fn days() -> impl Strategy<Value = Day> {
    (0_i64..1_500).prop_map(|n| day("2026-01-01").plus(n))
}

proptest! {
    /// Before it is signed by all no day puts it in force; after its last day none does.
    #[test]
    fn dates_alone_never_complete_an_agreement(
        today in days(), from in days(), length in 0_i64..900, signed in proptest::option::of(days()),
    ) {
        let mut a = agreement();
        a.terms.starts_on = from;
        a.terms.ends_on = from.plus(length);
        a.signed_on = signed;
        let standing = standing(&a, today);
        match signed {
            None => prop_assert_eq!(standing, Standing::ForSignature),
            Some(signed) if standing == Standing::InForce => {
                prop_assert!(today >= signed && today >= from && today <= a.terms.ends_on);
            }
            Some(signed) => prop_assert!(
                today < signed || today < from || today > a.terms.ends_on,
                "{:?} on {} signed {}", standing, today, signed
            ),
        }
        for stage in [Stage::Suspended, Stage::Terminated, Stage::Withdrawn] {
            a.stage = stage;
            prop_assert_eq!(super::standing(&a, today).code(), stage.code());
        }
    }

    /// Served days lie within the agreement and within the offer, and there are some whenever they meet.
    #[test]
    fn the_schedule_keeps_within_both(a in days(), b in 0_i64..400, c in days(), d in 0_i64..400) {
        let (mut terms, mut m) = (terms(), matched());
        (terms.starts_on, terms.ends_on) = (a, a.plus(b));
        m.window = (c, c.plus(d));
        match span(&terms, &m) {
            Some((from, to)) => prop_assert!(
                from <= to && from >= a && from >= c && to <= a.plus(b) && to <= c.plus(d)
            ),
            None => prop_assert!(a.plus(b) < c || c.plus(d) < a),
        }
    }
}
