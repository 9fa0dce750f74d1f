use super::*;
use base::{Appointment, Lang, Moment, Names};
use proptest::prelude::*;

fn person(name: &str, role: Role, organisation: Option<Id>) -> Actor {
    Actor {
        account: Id::named("account", name),
        name: name.to_owned(),
        lang: Lang::En,
        appointments: vec![Appointment {
            role,
            organisation,
            country: Some("KE".to_owned()),
            places: Vec::new(),
        }],
    }
}

fn school() -> Id {
    Id::named("school", "one")
}

fn new() -> New {
    New {
        country: "KE".to_owned(),
        names: Names::one("en", "Halves"),
        langs: vec!["en".to_owned()],
        kind: "markdown".to_owned(),
        subject: "mathematics".to_owned(),
        grades: (3, 4),
        licence: "CC-BY-4.0".to_owned(),
        credit: "A writer".to_owned(),
        source: "https://example.org".to_owned(),
        ..New::default()
    }
}

fn resource(standing: Standing) -> Resource {
    let new = new();
    let now = Moment::from_micros(1);
    Resource {
        id: Id::named("resource", "one"),
        code: "KE-R-000001".to_owned(),
        country: new.country,
        number: 1,
        school: None,
        names: new.names,
        about: None,
        langs: new.langs,
        kind: new.kind,
        subject: new.subject,
        grades: new.grades,
        competencies: Vec::new(),
        licence: new.licence,
        permits: Vec::new(),
        duties: Vec::new(),
        permission: None,
        credit: new.credit,
        source: new.source,
        series: None,
        based_on: None,
        accessibility: Vec::new(),
        reading_level: None,
        minutes: None,
        standing,
        recommended: false,
        bytes: 1,
        reason: None,
        made_by: Some(Id::named("account", "olga")),
        made_at: now,
        decided_by: None,
        decided_at: None,
        changed_at: now,
        version: 1,
    }
}

fn keys(refusals: &Refusals) -> Vec<&str> {
    refusals.0.iter().map(|one| one.key.as_str()).collect()
}

#[test]
fn a_school_writes_its_own_and_the_ministry_the_nations() {
    let officer = person("olga", Role::LearningOfficer, None);
    let teacher = person("tina", Role::Teacher, Some(school()));
    let learner = person("leo", Role::Learner, Some(school()));
    assert!(may_write(&officer, "KE", None).is_ok());
    assert!(may_write(&officer, "UG", None).is_err());
    assert!(may_write(&officer, "KE", Some(school())).is_err());
    assert!(may_write(&teacher, "KE", Some(school())).is_ok());
    assert!(may_write(&teacher, "KE", None).is_err());
    assert!(may_write(&learner, "KE", Some(school())).is_err());
    let mut own = resource(Standing::Draft);
    own.school = Some(school());
    assert!(may_change(&teacher, &own).is_ok() && may_change(&officer, &own).is_err());
    own.decided_by = Some(officer.account);
    assert!(may_change(&teacher, &own).is_err() && may_change(&officer, &own).is_ok());
}

#[test]
fn a_base_passes_its_terms_on() {
    let with = |licence: &str, base: &str| {
        let mut base_of = resource(Standing::Approved);
        base_of.licence = base.to_owned();
        let known = Known {
            base: Some(base_of),
            ..Known::default()
        };
        let new = New {
            licence: licence.to_owned(),
            ..new()
        };
        faults(&new, &known)
    };
    assert!(keys(&with("CC-BY-4.0", "CC-BY-4.0")).is_empty());
    assert!(keys(&with("CC-BY-SA-4.0", "CC-BY-SA-3.0-IGO")).is_empty());
    assert_eq!(
        keys(&with("CC-BY-4.0", "CC-BY-SA-4.0")),
        ["resource-share-alike"]
    );
    assert_eq!(
        keys(&with("CC-BY-4.0", "CC-BY-NC-4.0")),
        ["resource-stays-non-commercial"]
    );
    assert_eq!(
        keys(&with("CC-BY-4.0", "CC-BY-ND-4.0")),
        ["resource-gate-change"]
    );
    assert_eq!(
        keys(&with("CC-BY-4.0", "permission")),
        ["resource-gate-change"]
    );
}

#[test]
fn a_letter_is_named_and_says_what_it_allows() {
    let letter = New {
        licence: "permission".to_owned(),
        ..new()
    };
    let found = faults(&letter, &Known::default());
    assert_eq!(
        keys(&found),
        [
            "resource-permits-missing",
            "resource-permission-missing",
            "resource-gate-show"
        ]
    );
    let whole = New {
        permits: vec![Use::Show],
        permission: Some("Letter 17".to_owned()),
        ..letter
    };
    assert!(faults(&whole, &Known::default()).0.is_empty());
}

#[test]
fn what_moves_the_rights_is_looked_at_again() {
    let approved = resource(Standing::Approved);
    let title = New {
        names: Names::one("en", "Halves and thirds"),
        ..new()
    };
    assert_eq!(edited(&approved, &title).unwrap(), Standing::Approved);
    let licence = New {
        licence: "CC0-1.0".to_owned(),
        ..new()
    };
    assert_eq!(edited(&approved, &licence).unwrap(), Standing::Proposed);
    assert!(edited(&resource(Standing::Withdrawn), &title).is_err());
}

#[test]
fn only_what_waits_is_reviewed_and_by_another_person() {
    let rita = person("rita", Role::ResourceReviewer, None);
    let olga = person("olga", Role::ResourceReviewer, None);
    let good = Opinion {
        approves: true,
        ..Opinion::default()
    };
    let waits = resource(Standing::Proposed);
    assert_eq!(review(&waits, &good, &rita).unwrap(), Standing::Approved);
    assert_eq!(
        review(&waits, &good, &olga).unwrap_err().keys(),
        ["four-eyes"]
    );
    for standing in [Standing::Draft, Standing::Approved, Standing::Withdrawn] {
        assert!(review(&resource(standing), &good, &rita).is_err());
    }
    let silent = Opinion::default();
    assert_eq!(
        review(&waits, &silent, &rita).unwrap_err().keys(),
        ["resource-return-needs-words"]
    );
}

#[test]
fn what_stays_at_its_school_is_not_offered() {
    let mut own = resource(Standing::Draft);
    own.school = Some(school());
    own.licence = "school-own".to_owned();
    assert_eq!(
        propose(&own, 1).unwrap_err().keys(),
        ["resource-offer-needs-licence"]
    );
    own.licence = "CC-BY-4.0".to_owned();
    assert_eq!(propose(&own, 1).unwrap(), Standing::Proposed);
    assert_eq!(
        propose(&own, 0).unwrap_err().keys(),
        ["resource-without-file"]
    );
    assert!(own.is_usable(Some(school())) && !own.is_usable(None));
    own.standing = Standing::Withdrawn;
    assert!(!own.is_usable(Some(school())));
}

proptest! {
    #[test]
    fn nothing_without_a_known_licence_is_without_fault(licence in "[A-Za-z0-9. -]{0,20}") {
        let one = New { licence: licence.clone(), ..new() };
        let found = faults(&one, &Known::default());
        if crate::licence::licence(&licence).is_none() {
            prop_assert!(keys(&found).contains(&"resource-licence-missing"));
        }
    }

    #[test]
    fn poor_rights_never_pass(marks in proptest::collection::vec(0_usize..3, 7)) {
        let opinion = Opinion {
            approves: true,
            marks: RUBRIC.iter().zip(&marks)
                .map(|((code, _), mark)| ((*code).to_owned(), MARKS[*mark].to_owned()))
                .collect(),
            words: String::new(),
        };
        let rita = person("rita", Role::ResourceReviewer, None);
        let poor = RUBRIC.iter().zip(&marks).any(|((_, required), mark)| *required && *mark == 2);
        prop_assert_eq!(review(&resource(Standing::Proposed), &opinion, &rita).is_err(), poor);
    }

    #[test]
    fn a_withdrawn_resource_is_used_for_nothing(at in 0_usize..22) {
        let mut one = resource(Standing::Withdrawn);
        let all = crate::licence::licences();
        one.licence.clone_from(&all[at % all.len()].code);
        one.permits = Use::ALL.to_vec();
        for what in Use::ALL {
            prop_assert!(one.may(what).is_err());
        }
    }
}
