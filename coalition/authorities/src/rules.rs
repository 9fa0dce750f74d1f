//! The decisions of this room: who verifies whom, how long it holds, and how far a delegation goes.
//!
//! Rules never read the clock, a database or the web.

use crate::accreditation::{
    Accreditation, CONFIRMED, CallBack, Delegation, Named, Standing, State,
};
use base::{Actor, Appointment, Day, Error, Id, Refusal, Refusals, Result, Role, Second};

/// Days an accreditation holds at most: three years.
const VALID_DAYS_MAX: i64 = 1_096;
/// Days before its end in which renewal is asked for.
pub(crate) const EXPIRING_DAYS: i64 = 60;
/// Days after which a call no longer confirms a letter.
const CALL_DAYS_MAX: i64 = 30;

/// Where an accreditation stands on a day.
pub(crate) fn standing(a: &Accreditation, today: Day) -> Standing {
    match a.state {
        State::Nominated => Standing::Nominated,
        State::Verified if today < a.valid_from => Standing::Verified,
        State::Verified if today <= a.valid_to => Standing::Active,
        State::Verified => Standing::Lapsed,
        State::Declined => Standing::Declined,
        State::Revoked => Standing::Revoked,
        State::Replaced => Standing::Replaced,
    }
}

/// Its end is near enough to ask for a new letter.
pub(crate) fn is_expiring(a: &Accreditation, today: Day) -> bool {
    standing(a, today) == Standing::Active && today.days_until(a.valid_to) <= EXPIRING_DAYS
}

/// Whether a letter may be recorded: its days, and two people who are not the officer.
pub(crate) fn nominate(
    letter_on: Day,
    days: (Day, Day),
    named: &[Named],
    officer: Id,
    today: Day,
) -> Result<()> {
    let mut refusals = Refusals::default();
    let (from, to) = days;
    refusals.unless(
        letter_on <= today,
        "letter_on",
        "authorities-letter-from-tomorrow",
    );
    refusals.unless(from <= to, "valid_to", "authorities-days-reversed");
    refusals.unless(
        from.days_until(to) < VALID_DAYS_MAX,
        "valid_to",
        "authorities-valid-too-long",
    );
    refusals.unless(today <= to, "valid_to", "authorities-valid-past");
    let of = |role: Role| {
        named
            .iter()
            .filter(move |n| n.role == role)
            .map(|n| n.account)
    };
    let one_person =
        of(Role::AuthorityFocalPoint).any(|point| of(Role::AuthoritySignatory).any(|s| s == point));
    refusals.unless(
        !one_person,
        "signatory_email",
        "authorities-signatory-is-focal-point",
    );
    let officer_named = named.iter().any(|n| n.account == officer);
    refusals.unless(!officer_named, "", "authorities-officer-is-named");
    refusals.or(())
}

/// Verifies: another person than the officer, not one the letter names, after a call that confirmed
/// all of it. Answers who verified and from when it holds.
pub(crate) fn verify(
    a: &Accreditation,
    named: &[Named],
    call: &CallBack,
    actor: &Actor,
    today: Day,
) -> Result<(Second, Day)> {
    actor.require(Role::SecretariatApprover)?;
    let second = Second::after(&[a.nominated_by], actor)?;
    if a.state != State::Nominated {
        return Err(Refusal::whole("authorities-already-decided").into());
    }
    if named.iter().any(|n| n.account == actor.account) {
        return Err(Refusal::whole("authorities-officer-is-named").into());
    }
    let mut refusals = Refusals::default();
    let all = CONFIRMED
        .iter()
        .all(|what| call.confirmed.iter().any(|c| c == what));
    refusals.unless(all, "confirmed", "authorities-not-all-confirmed");
    refusals.unless(
        call.called_on <= today,
        "called_on",
        "authorities-call-from-tomorrow",
    );
    let after = call.called_on >= a.nominated_at.day();
    refusals.unless(after, "called_on", "authorities-call-before-letter");
    let fresh = call.called_on.days_until(today) <= CALL_DAYS_MAX;
    refusals.unless(fresh, "called_on", "authorities-call-too-old");
    refusals.unless(today <= a.valid_to, "", "authorities-valid-past");
    // A renewal takes effect when it is verified, so that there is no day without an authority.
    let from = if a.replaces.is_some() {
        a.valid_from.min(today)
    } else {
        a.valid_from
    };
    refusals.or((second, from))
}

/// Declines a letter: an approver who is not the officer.
pub(crate) fn decline(a: &Accreditation, actor: &Actor) -> Result<Second> {
    actor.require(Role::SecretariatApprover)?;
    if a.state != State::Nominated {
        return Err(Refusal::whole("authorities-already-decided").into());
    }
    Second::after(&[a.nominated_by], actor)
}

/// Revokes what was verified.
pub(crate) fn revoke(a: &Accreditation, actor: &Actor) -> Result<()> {
    actor.require(Role::SecretariatApprover)?;
    if a.state == State::Verified {
        Ok(())
    } else {
        Err(Refusal::whole("authorities-not-verified").into())
    }
}

/// Whether an actor speaks for the authority: by the letter or by delegation, with the right role.
pub(crate) fn speaks<'a>(
    actor: &'a Actor,
    country: &str,
    organisation: Id,
    roles: &[Role],
) -> Vec<&'a Appointment> {
    actor
        .appointments
        .iter()
        .filter(|a| roles.contains(&a.role))
        .filter(|a| a.country.as_deref() == Some(country) && a.organisation == Some(organisation))
        .collect()
}

/// Whether every place lies within what is held. An appointment without places holds the country.
/// `is_within(place, ancestor)` answers from the gazetteer.
pub(crate) fn covers(
    held: &[&Appointment],
    country: &str,
    places: &[String],
    is_within: &mut dyn FnMut(&str, &str) -> Result<bool>,
) -> Result<bool> {
    for place in places {
        let mut inside = false;
        for appointment in held {
            if appointment.places.is_empty() {
                inside |= place == country || is_within(place, country)?;
            }
            for own in &appointment.places {
                inside |= place == own || is_within(place, own)?;
            }
        }
        if !inside {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Delegates: one the letter names hands on a part, to somebody else, no longer than it holds.
pub(crate) fn delegate(
    a: &Accreditation,
    named: &[Named],
    actor: &Actor,
    to: Id,
    scope: (&[String], Day, Day),
    today: Day,
) -> Result<()> {
    if standing(a, today) != Standing::Active {
        return Err(Refusal::whole("authority-lapsed").into());
    }
    // Only who stands in the letter may delegate: a delegate hands nothing on.
    if !named.iter().any(|n| n.account == actor.account)
        || !actor.is_in(Role::AuthorityFocalPoint, &a.country)
            && !actor.is_in(Role::AuthoritySignatory, &a.country)
    {
        return Err(Error::Forbidden("authority_focal_point"));
    }
    let (places, from, until) = scope;
    let mut refusals = Refusals::default();
    refusals.unless(to != actor.account, "email", "delegation-to-oneself");
    refusals.unless(
        !named.iter().any(|n| n.account == to),
        "email",
        "delegation-not-needed",
    );
    refusals.unless(!places.is_empty(), "places", "delegation-needs-places");
    let whole = places.contains(&a.country);
    refusals.unless(!whole, "places", "delegation-not-narrower");
    refusals.unless(from <= until, "to_on", "authorities-days-reversed");
    refusals.unless(until >= today, "to_on", "authorities-valid-past");
    if until > a.valid_to {
        refusals.push(
            Refusal::about("to_on", "delegation-outlives").with("until", a.valid_to.to_string()),
        );
    }
    refusals.or(())
}

/// Revokes a delegation: anybody the letter names, or an approver.
pub(crate) fn revoke_delegation(d: &Delegation, named: &[Named], actor: &Actor) -> Result<()> {
    if d.revoked_at.is_some() {
        return Err(Refusal::whole("delegation-has-ended").into());
    }
    let may =
        named.iter().any(|n| n.account == actor.account) || actor.is(Role::SecretariatApprover);
    if may {
        Ok(())
    } else {
        Err(Error::Forbidden("authority_focal_point"))
    }
}

/// What kind of file a letter is, from its first bytes.
pub(crate) fn letter_kind(bytes: &[u8]) -> Result<(&'static str, &'static str)> {
    let kinds: [(&[u8], &str, &str); 3] = [
        (b"%PDF-", "application/pdf", "pdf"),
        (b"\x89PNG\r\n", "image/png", "png"),
        (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    ];
    let found = kinds.iter().find(|(start, _, _)| bytes.starts_with(start));
    let kind = found.map(|(_, mime, ending)| (*mime, *ending));
    kind.ok_or_else(|| Refusal::about("letter", "authorities-letter-kind").into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accreditation::Letter;
    use base::{Lang, Moment};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }
    fn id(name: &str) -> Id {
        Id::named("authorities", name)
    }
    fn accreditation(state: State) -> Accreditation {
        Accreditation {
            id: id("accreditation"),
            country: "HN".to_owned(),
            organisation: id("ministry"),
            letter: Letter {
                hash: "a".repeat(64),
                mime: "application/pdf".to_owned(),
                size: 9,
                on: day("2026-03-01"),
            },
            valid_from: day("2026-04-01"),
            valid_to: day("2027-03-31"),
            replaces: None,
            state,
            nominated_by: id("omar"),
            nominated_at: Moment::start_of(day("2026-03-10")),
            verified_by: None,
            verified_at: None,
            ended_by: None,
            ended_at: None,
            end_reason: None,
            version: 1,
        }
    }
    fn named() -> Vec<Named> {
        vec![
            Named {
                account: id("fatima"),
                role: Role::AuthorityFocalPoint,
            },
            Named {
                account: id("simon"),
                role: Role::AuthoritySignatory,
            },
        ]
    }
    fn actor(name: &str, role: Role, places: &[&str]) -> Actor {
        let authority = matches!(role, Role::AuthorityFocalPoint | Role::AuthoritySignatory);
        Actor {
            account: id(name),
            name: name.to_owned(),
            lang: Lang::En,
            appointments: vec![Appointment {
                role,
                organisation: authority.then(|| id("ministry")),
                country: authority.then(|| "HN".to_owned()),
                places: places.iter().map(|p| (*p).to_owned()).collect(),
            }],
        }
    }
    fn call(on: &str, confirmed: &[&str]) -> CallBack {
        CallBack {
            id: id("call"),
            accreditation: id("accreditation"),
            channel: "switchboard".to_owned(),
            channel_source: "government directory".to_owned(),
            called_on: day(on),
            spoke_to: Some("head of cabinet".to_owned()),
            outcome: "confirmed".to_owned(),
            confirmed: confirmed.iter().map(|c| (*c).to_owned()).collect(),
            called_by: id("aida"),
            recorded_at: Moment::from_micros(0),
        }
    }
    fn keys<T>(done: &Result<T>) -> Vec<&str> {
        done.as_ref().err().map(Error::keys).unwrap_or_default()
    }

    #[test]
    fn the_calendar_makes_active_and_lapsed_and_nothing_else() {
        for (state, today, standing_then) in [
            (State::Nominated, "2026-06-01", Standing::Nominated),
            (State::Verified, "2026-03-31", Standing::Verified),
            (State::Verified, "2026-04-01", Standing::Active),
            (State::Verified, "2027-03-31", Standing::Active),
            (State::Verified, "2027-04-01", Standing::Lapsed),
            (State::Revoked, "2026-06-01", Standing::Revoked),
            (State::Replaced, "2026-06-01", Standing::Replaced),
            (State::Declined, "2026-06-01", Standing::Declined),
        ] {
            assert_eq!(
                standing(&accreditation(state), day(today)),
                standing_then,
                "{today}"
            );
        }
        for (today, expiring) in [
            ("2027-01-29", false),
            ("2027-01-30", true),
            ("2027-03-31", true),
            ("2027-04-01", false),
        ] {
            assert_eq!(
                is_expiring(&accreditation(State::Verified), day(today)),
                expiring,
                "{today}"
            );
        }
    }

    #[test]
    fn a_letter_names_two_people_for_at_most_three_years() {
        let same = vec![
            Named {
                account: id("fatima"),
                role: Role::AuthorityFocalPoint,
            },
            Named {
                account: id("fatima"),
                role: Role::AuthoritySignatory,
            },
        ];
        let own = vec![Named {
            account: id("omar"),
            role: Role::AuthorityFocalPoint,
        }];
        for (letter_on, from, to, named, expected) in [
            (
                "2026-03-01",
                "2026-04-01",
                "2027-03-31",
                named(),
                &[] as &[&str],
            ),
            (
                "2026-03-11",
                "2026-04-01",
                "2027-03-31",
                named(),
                &["authorities-letter-from-tomorrow"],
            ),
            (
                "2026-03-01",
                "2027-04-01",
                "2027-03-31",
                named(),
                &["authorities-days-reversed"],
            ),
            ("2026-03-01", "2026-04-01", "2029-03-31", named(), &[]),
            (
                "2026-03-01",
                "2026-04-01",
                "2029-04-01",
                named(),
                &["authorities-valid-too-long"],
            ),
            (
                "2026-03-01",
                "2025-04-01",
                "2026-03-09",
                named(),
                &["authorities-valid-past"],
            ),
            (
                "2026-03-01",
                "2026-04-01",
                "2027-03-31",
                same,
                &["authorities-signatory-is-focal-point"],
            ),
            (
                "2026-03-01",
                "2026-04-01",
                "2027-03-31",
                own,
                &["authorities-officer-is-named"],
            ),
        ] {
            let done = nominate(
                day(letter_on),
                (day(from), day(to)),
                &named,
                id("omar"),
                day("2026-03-10"),
            );
            assert_eq!(keys(&done), expected, "{letter_on} {from} {to}");
        }
    }

    #[test]
    fn another_person_verifies_after_a_call_that_confirmed_everything() {
        let approver = |name: &str| actor(name, Role::SecretariatApprover, &[]);
        let all = ["letter", "persons", "validity"];
        for (who, state, call, today, expected) in [
            (
                approver("aida"),
                State::Nominated,
                call("2026-03-12", &all),
                "2026-03-12",
                &[] as &[&str],
            ),
            (
                approver("omar"),
                State::Nominated,
                call("2026-03-12", &all),
                "2026-03-12",
                &["four-eyes"],
            ),
            (
                approver("fatima"),
                State::Nominated,
                call("2026-03-12", &all),
                "2026-03-12",
                &["authorities-officer-is-named"],
            ),
            (
                actor("otto", Role::SecretariatOfficer, &[]),
                State::Nominated,
                call("2026-03-12", &all),
                "2026-03-12",
                &["secretariat_approver"],
            ),
            (
                approver("aida"),
                State::Verified,
                call("2026-03-12", &all),
                "2026-03-12",
                &["authorities-already-decided"],
            ),
            (
                approver("aida"),
                State::Nominated,
                call("2026-03-12", &all[..2]),
                "2026-03-12",
                &["authorities-not-all-confirmed"],
            ),
            (
                approver("aida"),
                State::Nominated,
                call("2026-03-13", &all),
                "2026-03-12",
                &["authorities-call-from-tomorrow"],
            ),
            (
                approver("aida"),
                State::Nominated,
                call("2026-03-09", &all),
                "2026-03-12",
                &["authorities-call-before-letter"],
            ),
            (
                approver("aida"),
                State::Nominated,
                call("2026-03-12", &all),
                "2026-04-20",
                &["authorities-call-too-old"],
            ),
            (
                approver("aida"),
                State::Nominated,
                call("2027-03-31", &all),
                "2027-04-01",
                &["authorities-valid-past"],
            ),
        ] {
            let done = verify(&accreditation(state), &named(), &call, &who, day(today));
            assert_eq!(keys(&done), expected, "{} {state:?} {today}", who.name);
        }
        let today = day("2026-03-12");
        let renewal = Accreditation {
            replaces: Some(id("old")),
            ..accreditation(State::Nominated)
        };
        let (second, from) = verify(
            &renewal,
            &named(),
            &call("2026-03-12", &all),
            &approver("aida"),
            today,
        )
        .unwrap();
        assert_eq!((second.account(), from), (id("aida"), today));
    }

    #[test]
    fn declining_and_revoking_are_for_approvers() {
        let aida = actor("aida", Role::SecretariatApprover, &[]);
        let omar = actor("omar", Role::SecretariatApprover, &[]);
        let officer = actor("otto", Role::SecretariatOfficer, &[]);
        assert!(decline(&accreditation(State::Nominated), &aida).is_ok());
        assert_eq!(
            keys(&decline(&accreditation(State::Nominated), &omar)),
            ["four-eyes"]
        );
        assert_eq!(
            keys(&decline(&accreditation(State::Nominated), &officer)),
            ["secretariat_approver"]
        );
        assert_eq!(
            keys(&decline(&accreditation(State::Verified), &aida)),
            ["authorities-already-decided"]
        );
        assert!(revoke(&accreditation(State::Verified), &aida).is_ok());
        assert_eq!(
            keys(&revoke(&accreditation(State::Nominated), &aida)),
            ["authorities-not-verified"]
        );
        assert_eq!(
            keys(&revoke(&accreditation(State::Verified), &officer)),
            ["secretariat_approver"]
        );
    }

    #[test]
    fn a_scope_reaches_as_far_as_its_places() {
        let mut is_within = |place: &str, ancestor: &str| Ok(place.starts_with(ancestor));
        for (held, places, inside) in [
            (&[] as &[&str], &["HN01", "HN0203"] as &[&str], true),
            (&[], &["KE01"], false),
            (&["HN01"], &["HN01", "HN0101"], true),
            (&["HN01"], &["HN02"], false),
            (&["HN01"], &["HN"], false),
            (&["HN01", "HN02"], &["HN0101", "HN0203"], true),
            (&["HN01"], &["HN0101", "HN0203"], false),
        ] {
            let who = actor("fatima", Role::AuthorityFocalPoint, held);
            let held_by = speaks(&who, "HN", id("ministry"), &[Role::AuthorityFocalPoint]);
            let places: Vec<String> = places.iter().map(|p| (*p).to_owned()).collect();
            assert_eq!(
                covers(&held_by, "HN", &places, &mut is_within).unwrap(),
                inside,
                "{held:?} {places:?}"
            );
        }
        let who = actor("fatima", Role::AuthorityFocalPoint, &[]);
        assert!(speaks(&who, "KE", id("ministry"), &[Role::AuthorityFocalPoint]).is_empty());
        assert!(speaks(&who, "HN", id("other"), &[Role::AuthorityFocalPoint]).is_empty());
        assert!(speaks(&who, "HN", id("ministry"), &[Role::AuthoritySignatory]).is_empty());
    }

    #[test]
    fn a_delegation_is_narrower_and_shorter_and_not_handed_on() {
        let fatima = actor("fatima", Role::AuthorityFocalPoint, &[]);
        let delegate_of_hers = actor("dina", Role::AuthorityFocalPoint, &["HN01"]);
        let today = "2026-05-01";
        for (who, to, places, from, until, today, expected) in [
            (
                &fatima,
                "dina",
                &["HN01"] as &[&str],
                today,
                "2026-12-31",
                today,
                &[] as &[&str],
            ),
            (&fatima, "dina", &["HN01"], today, "2027-03-31", today, &[]),
            (
                &fatima,
                "dina",
                &["HN01"],
                today,
                "2027-04-01",
                today,
                &["delegation-outlives"],
            ),
            (
                &fatima,
                "dina",
                &[],
                today,
                "2026-12-31",
                today,
                &["delegation-needs-places"],
            ),
            (
                &fatima,
                "dina",
                &["HN"],
                today,
                "2026-12-31",
                today,
                &["delegation-not-narrower"],
            ),
            (
                &fatima,
                "fatima",
                &["HN01"],
                today,
                "2026-12-31",
                today,
                &["delegation-to-oneself", "delegation-not-needed"],
            ),
            (
                &fatima,
                "simon",
                &["HN01"],
                today,
                "2026-12-31",
                today,
                &["delegation-not-needed"],
            ),
            (
                &fatima,
                "dina",
                &["HN01"],
                "2026-06-01",
                "2026-05-31",
                today,
                &["authorities-days-reversed"],
            ),
            (
                &fatima,
                "dina",
                &["HN01"],
                "2026-04-01",
                "2026-04-30",
                today,
                &["authorities-valid-past"],
            ),
            (
                &delegate_of_hers,
                "eva",
                &["HN01"],
                today,
                "2026-12-31",
                today,
                &["authority_focal_point"],
            ),
            (
                &fatima,
                "dina",
                &["HN01"],
                today,
                "2026-12-31",
                "2027-05-01",
                &["authority-lapsed"],
            ),
        ] {
            let places: Vec<String> = places.iter().map(|p| (*p).to_owned()).collect();
            let a = accreditation(State::Verified);
            let done = delegate(
                &a,
                &named(),
                who,
                id(to),
                (&places, day(from), day(until)),
                day(today),
            );
            assert_eq!(
                keys(&done),
                expected,
                "{} to {to} {places:?} {until}",
                who.name
            );
        }
    }

    #[test]
    fn a_delegation_is_revoked_by_those_the_letter_names() {
        let given = Delegation {
            id: id("d"),
            accreditation: id("accreditation"),
            from: id("fatima"),
            to: id("dina"),
            appointment: id("appointment"),
            places: vec!["HN01".to_owned()],
            from_on: day("2026-05-01"),
            to_on: day("2026-12-31"),
            delegated_at: Moment::from_micros(0),
            revoked_by: None,
            revoked_at: None,
            revoke_reason: None,
            version: 1,
        };
        let simon = actor("simon", Role::AuthoritySignatory, &[]);
        let dina = actor("dina", Role::AuthorityFocalPoint, &["HN01"]);
        assert!(revoke_delegation(&given, &named(), &simon).is_ok());
        assert_eq!(
            keys(&revoke_delegation(&given, &named(), &dina)),
            ["authority_focal_point"]
        );
        let over = Delegation {
            revoked_at: Some(Moment::from_micros(1)),
            ..given
        };
        assert_eq!(
            keys(&revoke_delegation(&over, &named(), &simon)),
            ["delegation-has-ended"]
        );
    }

    #[test]
    fn a_letter_is_what_its_bytes_say() {
        assert_eq!(letter_kind(b"%PDF-1.7 ...").unwrap().0, "application/pdf");
        assert_eq!(letter_kind(b"\x89PNG\r\n\x1a\n").unwrap().1, "png");
        assert_eq!(letter_kind(b"\xff\xd8\xff\xe0").unwrap().1, "jpg");
        assert_eq!(keys(&letter_kind(b"<script>")), ["authorities-letter-kind"]);
    }
}
