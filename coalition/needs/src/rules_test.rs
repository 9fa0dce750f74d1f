//! Tables of cases, and properties over random histories.

use super::*;
use crate::line::Shares;
use base::{Id, Moment, Names};
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn today() -> Day {
    day("2027-01-10")
}

fn request() -> Request {
    Request {
        id: Id::named("request", "1"),
        country: "HN".to_owned(),
        year: 2027,
        number: 1,
        code: "HN-2027-R-001".to_owned(),
        organisation: Id::named("organisation", "ministry"),
        subject: "Schools after the storm".to_owned(),
        own_words: "Pedimos apoyo".to_owned(),
        own_lang: "es".to_owned(),
        letter: Some(files::Upload {
            hash: "a".repeat(64),
            name: "carta.pdf".to_owned(),
            mime: "application/pdf".to_owned(),
            size: 1,
        }),
        context: "emergency".to_owned(),
        context_name: "Storm".to_owned(),
        cause: Some("storm".to_owned()),
        glide: None,
        urgency: 2,
        required_by: day("2027-06-30"),
        pairing_reason: None,
        state: State::Draft,
        filed_by: Id::named("account", "ana"),
        created_at: Moment::from_micros(0),
        submitted_at: None,
        received_at: None,
        answered_at: None,
        version: 1,
    }
}

fn need() -> Need {
    Need {
        id: Id::named("need", "1"),
        request: Id::named("request", "1"),
        country: "HN".to_owned(),
        year: 2027,
        number: 1,
        code: "HN-2027-N-001".to_owned(),
        service_class: "devices".to_owned(),
        title: Names::one("en", "Devices"),
        clean_text: Some("Devices".to_owned()),
        clean_lang: Some("en".to_owned()),
        objective: Some("continuity".to_owned()),
        flagship: None,
        pillars: Vec::new(),
        phase: Some("response".to_owned()),
        published_at: Some(Moment::from_micros(0)),
        valid_until: Some(day("2027-04-10")),
        confirmed_at: None,
        ended: None,
        ended_reason: None,
        ended_at: None,
        version: 1,
    }
}

fn line() -> Line {
    Line {
        id: Id::named("line", "1"),
        need: Id::named("need", "1"),
        import: None,
        quantity: 10,
        place: "HN01".to_owned(),
        department: "HN01".to_owned(),
        school: None,
        label: "Atlántida".to_owned(),
        point: None,
        levels: Vec::new(),
        audience: "learners".to_owned(),
        learners: Some(100),
        learners_method: Some("register_count".to_owned()),
        learners_source: Some("Register 2011".to_owned()),
        learners_as_of: None,
        shares: Shares::default(),
        severity: 3,
        severity_method: "judgement".to_owned(),
        urgency: 1,
        tier: None,
        lang1: "es".to_owned(),
        lang2: None,
        conditions: 0,
        window_from: day("2027-02-01"),
        window_to: day("2027-12-31"),
        partners: 1,
        remote: 100,
        package: None,
        required_by: day("2027-06-30"),
        version: 1,
    }
}

#[test]
fn every_step_has_its_states() {
    use State as S;
    use Step as T;
    let allowed = [
        (S::Draft, T::Submit, S::Submitted),
        (S::Draft, T::Withdraw, S::Withdrawn),
        (S::Submitted, T::Receive, S::Received),
        (S::Submitted, T::Withdraw, S::Withdrawn),
        (S::Received, T::Assess, S::UnderAssessment),
        (S::Received, T::Withdraw, S::Withdrawn),
        (S::UnderAssessment, T::Edit, S::UnderAssessment),
        (S::UnderAssessment, T::Return, S::Returned),
        (S::UnderAssessment, T::Validate, S::Validated),
        (S::UnderAssessment, T::Decline, S::Declined),
        (S::UnderAssessment, T::Withdraw, S::Withdrawn),
        (S::Returned, T::Answer, S::UnderAssessment),
        (S::Returned, T::Withdraw, S::Withdrawn),
    ];
    for state in State::ALL {
        for step in Step::ALL {
            let wanted = allowed
                .iter()
                .find(|(s, t, _)| (*s, *t) == (state, step))
                .map(|(_, _, after)| *after);
            match (next(state, step), wanted) {
                (Ok(after), wanted) => assert_eq!(Some(after), wanted, "{state:?} {step:?}"),
                (Err(error), None) => assert_eq!(error.keys(), ["needs-not-in-this-state"]),
                (Err(error), Some(_)) => panic!("{state:?} {step:?}: {error}"),
            }
        }
    }
}

#[test]
fn codes_are_read_back() {
    for state in State::ALL {
        assert_eq!(State::parse(state.code()), Some(state));
    }
    assert_eq!(State::ALL.map(State::code), State::CODES);
    for step in Step::ALL {
        assert_eq!(Step::parse(step.code()), Some(step));
    }
    for standing in Standing::ALL {
        assert_eq!(Standing::parse(standing.code()), Some(standing));
    }
    assert_eq!(Standing::ALL.map(Standing::code), Standing::CODES);
}

#[test]
fn only_the_approver_answers_for_the_secretariat() {
    for step in Step::ALL {
        let approver = matches!(step, Step::Validate | Step::Decline | Step::Close);
        assert_eq!(by(step) == By::Approver, approver, "{step:?}");
    }
}

#[test]
fn everything_missing_is_said_at_once() {
    let whole = Filed {
        lines: 1,
        classes: vec!["print_packs".to_owned()],
        ..Filed::default()
    };
    assert!(complete(&request(), &whole, today()).is_ok());
    let bare = Request {
        letter: None,
        required_by: day("2027-01-09"),
        ..request()
    };
    let nothing = Filed {
        imports_open: 1,
        classes: vec!["devices".to_owned()],
        ..Filed::default()
    };
    let error = complete(&bare, &nothing, today()).unwrap_err();
    assert_eq!(
        error.keys(),
        [
            "needs-letter-missing",
            "needs-no-lines",
            "needs-import-open",
            "needs-required-by-past",
            "needs-skills-missing"
        ]
    );
}

#[test]
fn devices_come_with_skills_or_a_reason() {
    for (classes, lacks) in [
        (vec!["devices"], true),
        (vec!["connectivity", "content"], true),
        (vec!["devices", "teacher_training"], false),
        (vec!["connectivity", "skills_courses"], false),
        (vec!["print_packs"], false),
    ] {
        let classes: Vec<String> = classes.into_iter().map(str::to_owned).collect();
        assert_eq!(lacks_skills(&classes), lacks, "{classes:?}");
        let filed = Filed {
            lines: 1,
            classes,
            pairing_reason: true,
            ..Filed::default()
        };
        assert!(complete(&request(), &filed, today()).is_ok());
    }
}

#[test]
fn a_request_holds_together() {
    let cases: [(Request, &[&str]); 5] = [
        (request(), &[]),
        (
            Request {
                cause: None,
                ..request()
            },
            &["needs-cause-missing"],
        ),
        (
            Request {
                cause: None,
                context: "plan".to_owned(),
                ..request()
            },
            &[],
        ),
        (
            Request {
                glide: Some("storm".to_owned()),
                ..request()
            },
            &["needs-not-glide"],
        ),
        (
            Request {
                required_by: day("2099-01-01"),
                ..request()
            },
            &["needs-required-by-far"],
        ),
    ];
    for (request, keys) in cases {
        let found = sound(&request, today()).err();
        assert_eq!(
            found.as_ref().map(base::Error::keys).unwrap_or_default(),
            keys
        );
    }
    for (text, good) in [
        ("EQ-2026-000123-HND", true),
        ("EQ-2026-123-HND", false),
        ("eq-2026-000123-HND", false),
        ("", false),
    ] {
        assert_eq!(is_glide(text), good, "{text}");
    }
}

#[test]
fn a_line_holds_together() {
    let cases: [(Line, &str); 9] = [
        (
            Line {
                quantity: 0,
                ..line()
            },
            "needs-quantity-missing",
        ),
        (
            Line {
                quantity: -5,
                ..line()
            },
            "needs-quantity-missing",
        ),
        (
            Line {
                window_to: day("2027-01-31"),
                ..line()
            },
            "needs-window-backwards",
        ),
        (
            Line {
                required_by: day("2026-01-31"),
                ..line()
            },
            "needs-required-by-past",
        ),
        (
            Line {
                lang2: Some("es".to_owned()),
                ..line()
            },
            "needs-same-language",
        ),
        (
            Line {
                learners_method: None,
                ..line()
            },
            "needs-learners-how",
        ),
        (
            Line {
                learners_source: None,
                ..line()
            },
            "needs-learners-whence",
        ),
        (
            Line {
                package: Some(Id::named("p", "1")),
                partners: 2,
                ..line()
            },
            "needs-package-one-partner",
        ),
        (
            Line {
                window_from: day("2026-01-01"),
                window_to: day("2026-02-01"),
                ..line()
            },
            "needs-window-past",
        ),
    ];
    assert!(line_is_sound(&line(), today()).is_ok());
    for (line, key) in cases {
        assert_eq!(line_is_sound(&line, today()).unwrap_err().keys(), [key]);
    }
}

#[test]
fn a_need_stands_where_its_units_are() {
    let all = Buckets::untouched(10);
    let cases = [
        (all, Standing::Open),
        (
            Buckets {
                uncovered: 4,
                proposed: 6,
                ..Buckets::default()
            },
            Standing::Open,
        ),
        (
            Buckets {
                uncovered: 4,
                committed: 6,
                ..Buckets::default()
            },
            Standing::PartlyMatched,
        ),
        (
            Buckets {
                committed: 10,
                ..Buckets::default()
            },
            Standing::Matched,
        ),
        (
            Buckets {
                uncovered: 9,
                in_transit: 1,
                ..Buckets::default()
            },
            Standing::InDelivery,
        ),
        (
            Buckets {
                delivered: 10,
                ..Buckets::default()
            },
            Standing::InDelivery,
        ),
        (
            Buckets {
                confirmed: 10,
                ..Buckets::default()
            },
            Standing::Met,
        ),
        (
            Buckets {
                confirmed: 9,
                lost: 1,
                ..Buckets::default()
            },
            Standing::InDelivery,
        ),
    ];
    for (buckets, wanted) in cases {
        assert_eq!(standing(&need(), &buckets, today()), wanted, "{buckets:?}");
    }
}

#[test]
fn time_makes_a_need_stale_and_then_lapsed_and_nothing_else() {
    let all = Buckets::untouched(10);
    let served = Buckets {
        committed: 10,
        ..Buckets::default()
    };
    for (on, stale_is, standing_is) in [
        ("2027-03-26", false, Standing::Open),
        ("2027-03-27", true, Standing::Open),
        ("2027-04-10", true, Standing::Open),
        ("2027-04-11", false, Standing::Lapsed),
    ] {
        let found = standing(&need(), &all, day(on));
        assert_eq!(
            (stale(&need(), found, day(on)), found),
            (stale_is, standing_is),
            "{on}"
        );
        assert_eq!(
            standing(&need(), &served, day(on)),
            Standing::Matched,
            "{on}"
        );
    }
}

#[test]
fn a_lapsed_need_is_reopened_with_new_facts_only() {
    let soon = today().plus(30);
    for (standing, until, facts, key) in [
        (Standing::Open, soon, None, None),
        (
            Standing::Lapsed,
            soon,
            None,
            Some("needs-new-facts-missing"),
        ),
        (Standing::Lapsed, soon, Some("The river rose again"), None),
        (Standing::Withdrawn, soon, Some("x"), Some("needs-ended")),
        (Standing::Open, today(), None, Some("needs-day-past")),
        (
            Standing::Open,
            today().plus(181),
            None,
            Some("needs-day-far"),
        ),
    ] {
        let found = reconfirm(standing, until, facts, today()).err();
        assert_eq!(
            found.as_ref().map(base::Error::keys).unwrap_or_default(),
            key.into_iter().collect::<Vec<_>>()
        );
    }
}

#[test]
fn what_somebody_promised_cannot_be_withdrawn_from_under_them() {
    let promised = Buckets {
        uncovered: 5,
        committed: 5,
        ..Buckets::default()
    };
    assert!(end(Standing::Open, &Buckets::untouched(10), true).is_ok());
    assert!(end(Standing::PartlyMatched, &promised, false).is_ok());
    let no = end(Standing::PartlyMatched, &promised, true).unwrap_err();
    assert_eq!(no.keys(), ["needs-promised-already"]);
    assert_eq!(
        end(Standing::Withdrawn, &promised, false)
            .unwrap_err()
            .keys(),
        ["needs-ended"]
    );
    for standing in Standing::ALL {
        assert_eq!(open(standing).is_ok(), standing.can_be_matched());
    }
}

proptest! {
    /// Whatever steps anyone tries in whatever order: nothing is validated that was not received,
    /// nothing moves after the end, and only the listed steps change anything.
    #[test]
    fn no_history_leads_past_the_secretariat(tried in prop::collection::vec(0..Step::ALL.len(), 0..40)) {
        let mut state = State::Draft;
        let mut taken = Vec::new();
        for index in tried {
            let step = Step::ALL[index];
            match next(state, step) {
                Ok(after) => {
                    prop_assert!(!state.ended());
                    taken.push(step);
                    state = after;
                }
                Err(error) => prop_assert_eq!(error.keys(), ["needs-not-in-this-state"]),
            }
        }
        if state == State::Validated {
            let at = |step| taken.iter().position(|t| *t == step);
            prop_assert!(at(Step::Submit) < at(Step::Receive));
            prop_assert!(at(Step::Receive) < at(Step::Assess));
            prop_assert!(at(Step::Assess) < at(Step::Validate));
            prop_assert_eq!(taken.last(), Some(&Step::Validate));
        }
    }

    /// Units move from bucket to bucket: the sum stays, and the standing follows from it alone.
    #[test]
    fn units_are_in_one_bucket_each(quantity in 1_i64..500, moves in prop::collection::vec((0..8_usize, 0..8_usize, 1_i64..200), 0..60)) {
        let mut parts = Buckets::untouched(quantity).parts().map(|(_, units)| units);
        for (from, to, units) in moves {
            let units = units.min(parts[from]);
            parts[from] -= units;
            parts[to] += units;
            let [uncovered, proposed, committed, in_transit, delivered, confirmed, returned, lost] = parts;
            let buckets = Buckets { uncovered, proposed, committed, in_transit, delivered, confirmed, returned, lost };
            prop_assert_eq!(buckets.quantity(), quantity);
            let found = standing(&need(), &buckets, today());
            prop_assert_eq!(found == Standing::Met, confirmed == quantity);
            prop_assert_eq!(found == Standing::Open, uncovered + proposed == quantity);
            prop_assert!(found != Standing::Lapsed && found != Standing::Withdrawn);
        }
    }

    #[test]
    fn a_share_is_never_more_than_the_whole(share in prop::option::of(-5_i64..3000)) {
        let shares = Shares { rural: share, ..Shares::default() };
        prop_assert!(shares.points().iter().all(|points| *points <= 1000));
        prop_assert_eq!(share.is_none() && shares.mostly_disadvantaged(), false);
    }
}
