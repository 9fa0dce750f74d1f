//! The decisions of this room: who is let in, for how long, and who may appoint whom.
//!
//! Rules never read the clock, a database or the web.

use crate::account::{Appointed, Key, NewAppointment, Scope, Session, Ticket};
use crate::throttle::Throttle;
use base::{
    Actor, Appointment, Day, Error, Id, Moment, Names, Refusal, Refusals, Result, Role, fold,
};

/// Hours without a request after which a session ends.
const IDLE_HOURS: i64 = 12;
/// Days after which a session ends, however busy it is.
const SESSION_DAYS: i64 = 30;
/// Minutes after a sign-in link in which the old password is not asked for.
const CHOOSING_MINUTES: i64 = 60;
/// Days an invitation waits.
pub(crate) const INVITATION_DAYS: i64 = 14;
/// Hours a link for coming back in works.
pub(crate) const LINK_HOURS: i64 = 24;
/// Days a demonstration's link works.
pub(crate) const DEMO_LINK_DAYS: i64 = 365;
/// Minutes a secret can be read again by whoever made it.
pub(crate) const SHOWN_MINUTES: i64 = 15;
/// Days in which the same person may not both make a sign-in link and take the second factor away.
pub(crate) const RECOVERY_DAYS: i64 = 30;

const PASSWORD_MIN: usize = 12;
const PASSWORD_MAX: usize = 200;
/// Long passwords that stand high in every published list of broken ones, folded.
const COMMON: &[&str] = &[
    "123456789012",
    "1234567890123",
    "1234567890",
    "qwertyuiop",
    "password1234",
    "passwordpassword",
    "administrator",
    "qwertyuiopas",
    "iloveyouiloveyou",
    "changemechangeme",
    "letmeinletmein",
    "motdepasse",
    "azertyuiop",
    "harambee",
    "welcome",
];

/// Tries at one account's password.
pub(crate) const ACCOUNT: Throttle = Throttle {
    kind: "account",
    free: 5,
    first_seconds: 15,
    forget_seconds: 86_400,
};
/// Tries from one address: a whole school may sit behind it.
pub(crate) const ADDRESS: Throttle = Throttle {
    kind: "address",
    free: 40,
    first_seconds: 5,
    forget_seconds: 3_600,
};
/// Tries at one account's second factor.
pub(crate) const CODE: Throttle = Throttle {
    kind: "code",
    free: 5,
    first_seconds: 30,
    forget_seconds: 86_400,
};

/// Whether the password may be chosen.
pub(crate) fn choose_password(field: &str, password: &str, email: &str, name: &str) -> Result<()> {
    let mut refusals = Refusals::default();
    let count = password.chars().count();
    if count < PASSWORD_MIN {
        refusals.push(Refusal::about(field, "password-too-short").with("min", PASSWORD_MIN));
    }
    if count > PASSWORD_MAX {
        refusals.push(Refusal::about(field, "password-too-long").with("max", PASSWORD_MAX));
    }
    let folded = fold(password).replace(' ', "");
    let tells = |text: &str| {
        let text = fold(text).replace(' ', "");
        text.chars().count() >= 4 && folded.contains(&text)
    };
    let mailbox = email.split('@').next().unwrap_or_default();
    if tells(mailbox) || name.split_whitespace().any(tells) {
        refusals.push(Refusal::about(field, "password-tells-the-name"));
    }
    let mut letters: Vec<char> = folded.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let common = COMMON
        .iter()
        .any(|word| folded == *word || folded.trim_matches(char::is_numeric) == *word);
    if count >= PASSWORD_MIN && (letters.len() < 5 || common) {
        refusals.push(Refusal::about(field, "password-too-common"));
    }
    refusals.or(())
}

/// Whether the session still holds.
pub(crate) fn is_alive(session: &Session, now: Moment) -> bool {
    session.ended_at.is_none()
        && now < session.created_at.plus_days(SESSION_DAYS)
        && now < session.seen_at.plus_seconds(IDLE_HOURS * 3_600)
}

/// Whether the person has just come by a sign-in link and may choose a password without the old one.
pub(crate) fn came_to_choose(session: &Session, now: Moment) -> bool {
    session.began_by == "link" && now < session.created_at.plus_seconds(CHOOSING_MINUTES * 60)
}

/// The appointments a session may use: without the second factor those that need it wait, and all
/// of them when the person has set one up.
pub(crate) fn usable(
    appointments: Vec<Appointment>,
    second: bool,
    enrolled: bool,
) -> Vec<Appointment> {
    if second {
        return appointments;
    }
    let free = |a: &Appointment| !enrolled && !a.role.needs_second_factor();
    appointments.into_iter().filter(free).collect()
}

/// Whether the link still lets its person in.
pub(crate) fn use_ticket(ticket: &Ticket, now: Moment, spent: &str) -> Result<()> {
    if now >= ticket.expires_at {
        return Err(Refusal::whole("link-expired").into());
    }
    if ticket.used_at.is_some() && !ticket.reusable {
        return Err(Refusal::whole(spent).into());
    }
    Ok(())
}

/// Whether a key may do what is asked with it.
///
/// # Errors
/// Forbidden when it is for reading only, for other paths, or for nobody's own account.
pub(crate) fn use_key(key: &Key, writes: bool, path: &str) -> Result<()> {
    let own = ["/account", "/sign-in", "/sign-out", "/invitation"];
    if own.iter().any(|start| is_under(path, start)) {
        return Err(Error::Forbidden("key-not-for-accounts"));
    }
    if writes && key.scope == Scope::Read {
        return Err(Error::Forbidden("key-reads-only"));
    }
    if !key.paths.is_empty() && !key.paths.iter().any(|start| is_under(path, start)) {
        return Err(Error::Forbidden("key-other-paths"));
    }
    Ok(())
}

/// The key still works on a day.
pub(crate) fn is_key_alive(key: &Key, today: Day) -> bool {
    key.revoked_at.is_none() && key.expires_on.is_none_or(|last| today <= last)
}

fn is_under(path: &str, start: &str) -> bool {
    let start = start.trim_end_matches('/');
    path.strip_prefix(start)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The beginnings of paths as a person entered them.
pub(crate) fn paths(entered: &str) -> Result<Vec<String>> {
    let paths: Vec<String> = entered
        .split([' ', ',', ';', '\n'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .map(str::to_owned)
        .collect();
    match paths.iter().find(|path| !path.starts_with('/')) {
        Some(strange) => Err(Refusal::about("paths", "key-path-strange")
            .with("path", strange.as_str())
            .into()),
        None => Ok(paths),
    }
}

/// Whether the actor may give somebody the role. Nobody appoints themselves; an authority's people
/// come by accreditation only.
pub(crate) fn may_appoint(actor: &Actor, new: &NewAppointment) -> Result<()> {
    if actor.account == new.account {
        return Err(Refusal::whole("appointment-not-oneself").into());
    }
    if matches!(
        new.role,
        Role::AuthorityFocalPoint | Role::AuthoritySignatory
    ) {
        return Err(Refusal::about("role", "appointment-by-accreditation").into());
    }
    if may_fill(actor, new.role, new.organisation) {
        Ok(())
    } else {
        Err(Error::Forbidden("appointment"))
    }
}

/// Whether the actor may end the appointment. Nobody but themselves may always lay it down.
pub(crate) fn may_end(actor: &Actor, appointed: &Appointed) -> Result<()> {
    if appointed.ended_at.is_some() {
        return Err(Refusal::whole("appointment-has-ended").into());
    }
    let authority = matches!(
        appointed.role,
        Role::AuthorityFocalPoint | Role::AuthoritySignatory
    );
    let approver = authority && actor.is(Role::SecretariatApprover);
    let may = actor.account == appointed.account
        || approver
        || may_fill(actor, appointed.role, appointed.organisation);
    if may {
        Ok(())
    } else {
        Err(Error::Forbidden("appointment"))
    }
}

fn may_fill(actor: &Actor, role: Role, organisation: Option<Id>) -> bool {
    match role {
        Role::SecretariatOfficer
        | Role::SecretariatApprover
        | Role::IndependentVerifier
        | Role::Auditor
        | Role::Administrator => actor.is(Role::Administrator),
        Role::MemberFocalPoint | Role::MemberOfficer => {
            actor.is_secretariat()
                || organisation.is_some_and(|id| actor.is_for(Role::MemberOfficer, id))
        }
        Role::LearningOfficer | Role::ResourceReviewer => {
            let held = [Role::AuthorityFocalPoint, Role::AuthoritySignatory];
            organisation.is_some_and(|id| held.into_iter().any(|role| actor.is_for(role, id)))
        }
        Role::AuthorityFocalPoint
        | Role::AuthoritySignatory
        | Role::SchoolHead
        | Role::Teacher
        | Role::Learner
        | Role::Guardian => false,
    }
}

/// The roles held for a country's authority: they need its organisation and its country.
const fn is_national(role: Role) -> bool {
    matches!(
        role,
        Role::AuthorityFocalPoint
            | Role::AuthoritySignatory
            | Role::LearningOfficer
            | Role::ResourceReviewer
    )
}

/// Whether an appointment has the shape its role demands.
pub(crate) fn appointment_shape(new: &NewAppointment) -> Result<()> {
    let mut refusals = Refusals::default();
    let member = matches!(new.role, Role::MemberFocalPoint | Role::MemberOfficer);
    let authority = is_national(new.role);
    refusals.unless(
        !new.role.is_of_a_school(),
        "role",
        "appointment-by-a-school",
    );
    refusals.unless(
        !(member || authority) || new.organisation.is_some(),
        "organisation",
        "appointment-needs-organisation",
    );
    refusals.unless(
        !authority || new.country.is_some(),
        "country",
        "appointment-needs-country",
    );
    refusals.unless(
        member || authority || new.organisation.is_none(),
        "organisation",
        "appointment-without-organisation",
    );
    let ordered = new.to_on.is_none_or(|last| new.from_on <= last);
    refusals.unless(ordered, "to_on", "days-reversed");
    refusals.unless(
        new.places.is_empty() || new.country.is_some(),
        "places",
        "appointment-needs-country",
    );
    refusals.or(())
}

/// Identifiers as entered, one a line: `GB-CHC 202918`.
pub(crate) fn identifiers(entered: &str) -> Result<Vec<(String, String)>> {
    let mut refusals = Refusals::default();
    let mut found: Vec<(String, String)> = Vec::new();
    for line in entered
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let pair = line
            .split_once(char::is_whitespace)
            .map(|(scheme, code)| (scheme.to_uppercase(), code.trim().to_owned()));
        match pair {
            Some(pair)
                if is_scheme(&pair.0)
                    && pair.1.chars().count() <= 100
                    && base::discreet::is_code(&pair.1) =>
            {
                if !found.contains(&pair) {
                    found.push(pair);
                }
            }
            _ => refusals
                .push(Refusal::about("identifiers", "identifier-strange").with("line", line)),
        }
    }
    refusals.or(found)
}

/// A registration agency as org-id.guide writes it: two or three letters, a dash, a code.
fn is_scheme(scheme: &str) -> bool {
    scheme.split_once('-').is_some_and(|(place, agency)| {
        (2..=3).contains(&place.len())
            && place.bytes().all(|b| b.is_ascii_uppercase())
            && (1..=20).contains(&agency.len())
            && agency
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
    })
}

/// A website people can be sent to.
pub(crate) fn website(entered: Option<&str>) -> Result<Option<String>> {
    match entered {
        Some(url) if !url.starts_with("https://") && !url.starts_with("http://") => {
            Err(Refusal::about("website", "website-strange").into())
        }
        Some(url) if url.contains(char::is_whitespace) => {
            Err(Refusal::about("website", "website-strange").into())
        }
        other => Ok(other.map(str::to_owned)),
    }
}

/// A country's code as entered.
pub(crate) fn country(entered: Option<&str>) -> Result<Option<String>> {
    match entered.map(str::to_uppercase) {
        Some(code) if code.len() != 2 || !code.bytes().all(|b| b.is_ascii_uppercase()) => {
            Err(Refusal::about("country", "country-strange")
                .with("entered", code)
                .into())
        }
        other => Ok(other),
    }
}

/// The folded names by which lists sort and search find.
pub(crate) fn keys(names: &Names) -> (String, String) {
    let all: Vec<String> = names.0.values().map(|name| fold(name)).collect();
    (fold(names.get(base::Lang::En)), all.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_micros(seconds * 1_000_000)
    }
    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }
    fn id(name: &str) -> Id {
        Id::named("people", name)
    }
    fn actor(name: &str, role: Role, organisation: Option<&str>) -> Actor {
        Actor {
            account: id(name),
            name: name.to_owned(),
            lang: base::Lang::En,
            appointments: vec![Appointment {
                role,
                organisation: organisation.map(id),
                country: None,
                places: Vec::new(),
            }],
        }
    }
    fn new(account: &str, role: Role, organisation: Option<&str>) -> NewAppointment {
        NewAppointment {
            account: id(account),
            role,
            organisation: organisation.map(id),
            country: None,
            places: Vec::new(),
            from_on: day("2026-01-01"),
            to_on: None,
            basis: "membership",
        }
    }

    #[test]
    fn delays_grow_and_are_forgotten() {
        for (tries, since, wait) in [
            (0, 0, 0),
            (4, 0, 0),
            (5, 0, 15),
            (6, 0, 30),
            (7, 10, 50),
            (40, 0, 900),
            (40, 899, 1),
            (40, 900, 0),
            (40, 86_400, 0),
        ] {
            let now = at(1_000_000);
            assert_eq!(
                ACCOUNT.wait_seconds(tries, at(1_000_000 - since), now),
                wait,
                "{tries} {since}"
            );
        }
        assert_eq!(ACCOUNT.counted(9, at(0), at(86_400)), 0);
    }

    #[test]
    fn a_password_is_long_and_says_nothing() {
        for (password, keys) in [
            ("nine wild horses", &[] as &[&str]),
            ("عشرة خيول برية", &[]),
            ("short", &["password-too-short"]),
            ("amal-is-my-name", &["password-tells-the-name"]),
            ("this is Nasser here", &["password-tells-the-name"]),
            ("aaaaaaaaaaaaaa", &["password-too-common"]),
            ("123456789012", &["password-too-common"]),
            ("password1234", &["password-too-common"]),
            ("harambee2026!", &["password-too-common"]),
        ] {
            let done = choose_password("new_password", password, "amal@example.org", "Amal Nasser");
            let found = done.err();
            let found = found.as_ref().map(Error::keys).unwrap_or_default();
            assert_eq!(found, keys, "{password}");
        }
        let long =
            choose_password("new_password", &"ab cd ef gh".repeat(20), "a@b.org", "").unwrap_err();
        assert_eq!(long.keys(), ["password-too-long"]);
    }

    #[test]
    fn a_session_ends_idle_or_old_or_when_told() {
        let session = Session {
            id: id("s"),
            account: id("amal"),
            began_by: "password".to_owned(),
            agent: String::new(),
            created_at: at(0),
            seen_at: at(0),
            second_at: None,
            ended_at: None,
        };
        let busy = |seen: i64| Session {
            seen_at: at(seen),
            ..session.clone()
        };
        let month = 30 * 86_400;
        for (session, now, alive) in [
            (session.clone(), 1, true),
            (session.clone(), 12 * 3_600 - 1, true),
            (session.clone(), 12 * 3_600, false),
            (busy(month - 10), month - 1, true),
            (busy(month - 10), month, false),
            (
                Session {
                    ended_at: Some(at(1)),
                    ..session.clone()
                },
                2,
                false,
            ),
        ] {
            assert_eq!(is_alive(&session, at(now)), alive, "{now}");
        }
    }

    #[test]
    fn without_the_second_factor_roles_wait() {
        let both = || {
            let mut all = actor("amal", Role::MemberOfficer, Some("care")).appointments;
            all.extend(actor("amal", Role::SecretariatOfficer, None).appointments);
            all
        };
        for (second, enrolled, roles) in [
            (
                true,
                true,
                vec![Role::MemberOfficer, Role::SecretariatOfficer],
            ),
            (
                true,
                false,
                vec![Role::MemberOfficer, Role::SecretariatOfficer],
            ),
            (false, false, vec![Role::MemberOfficer]),
            (false, true, vec![]),
        ] {
            let found: Vec<Role> = usable(both(), second, enrolled)
                .iter()
                .map(|a| a.role)
                .collect();
            assert_eq!(found, roles, "{second} {enrolled}");
        }
    }

    #[test]
    fn a_link_works_once_and_in_time() {
        let ticket = |used: Option<i64>, reusable| Ticket {
            id: id("t"),
            account: id("amal"),
            reusable,
            second: false,
            expires_at: at(100),
            used_at: used.map(at),
        };
        for (ticket, now, key) in [
            (ticket(None, false), 99, None),
            (ticket(None, false), 100, Some("link-expired")),
            (ticket(Some(1), false), 99, Some("link-used")),
            (ticket(Some(1), true), 99, None),
            (ticket(Some(1), true), 100, Some("link-expired")),
        ] {
            let found = use_ticket(&ticket, at(now), "link-used").err();
            assert_eq!(
                found.as_ref().and_then(|e| e.keys().first().copied()),
                key,
                "{now}"
            );
        }
    }

    #[test]
    fn a_key_does_what_it_is_for() {
        let key = |scope, paths: &[&str]| Key {
            id: id("k"),
            account: id("amal"),
            label: "register".to_owned(),
            shown_start: "hk_abc".to_owned(),
            scope,
            paths: paths.iter().map(|p| (*p).to_owned()).collect(),
            created_at: at(0),
            expires_on: Some(day("2026-12-31")),
            revoked_at: None,
        };
        for (scope, paths, writes, path, refused) in [
            (Scope::Read, &[] as &[&str], false, "/needs", None),
            (Scope::Read, &[], true, "/needs/new", Some("key-reads-only")),
            (Scope::Write, &[], true, "/needs/new", None),
            (
                Scope::Write,
                &["/offers"],
                true,
                "/needs/new",
                Some("key-other-paths"),
            ),
            (
                Scope::Write,
                &["/offers", "/needs"],
                true,
                "/needs/new",
                None,
            ),
            (
                Scope::Write,
                &["/need"],
                true,
                "/needs/new",
                Some("key-other-paths"),
            ),
            (
                Scope::Write,
                &[],
                true,
                "/account/keys/new",
                Some("key-not-for-accounts"),
            ),
            (Scope::Write, &[], true, "/accounting", None),
        ] {
            let found = use_key(&key(scope, paths), writes, path).err();
            let found = found.as_ref().and_then(|e| e.keys().first().copied());
            assert_eq!(found, refused, "{path}");
        }
        assert!(is_key_alive(&key(Scope::Read, &[]), day("2026-12-31")));
        assert!(!is_key_alive(&key(Scope::Read, &[]), day("2027-01-01")));
        let revoked = Key {
            revoked_at: Some(at(1)),
            ..key(Scope::Read, &[])
        };
        assert!(!is_key_alive(&revoked, day("2026-01-01")));
        assert_eq!(paths("/needs, /offers").unwrap(), ["/needs", "/offers"]);
        assert_eq!(paths("needs").unwrap_err().keys(), ["key-path-strange"]);
    }

    #[test]
    fn roles_are_given_by_those_who_may_and_never_to_oneself() {
        let admin = actor("root", Role::Administrator, None);
        let officer = actor("omar", Role::SecretariatOfficer, None);
        let care = actor("cara", Role::MemberOfficer, Some("care"));
        let point = actor("paul", Role::MemberFocalPoint, Some("care"));
        for (who, new, key) in [
            (&admin, new("amal", Role::SecretariatApprover, None), None),
            (
                &admin,
                new("root", Role::SecretariatApprover, None),
                Some("appointment-not-oneself"),
            ),
            (
                &admin,
                new("amal", Role::MemberOfficer, Some("care")),
                Some("appointment"),
            ),
            (
                &admin,
                new("amal", Role::AuthorityFocalPoint, Some("m")),
                Some("appointment-by-accreditation"),
            ),
            (
                &officer,
                new("amal", Role::MemberOfficer, Some("care")),
                None,
            ),
            (
                &officer,
                new("amal", Role::SecretariatApprover, None),
                Some("appointment"),
            ),
            (
                &officer,
                new("amal", Role::AuthoritySignatory, Some("m")),
                Some("appointment-by-accreditation"),
            ),
            (
                &care,
                new("amal", Role::MemberFocalPoint, Some("care")),
                None,
            ),
            (
                &care,
                new("amal", Role::MemberFocalPoint, Some("save")),
                Some("appointment"),
            ),
            (
                &care,
                new("cara", Role::MemberFocalPoint, Some("care")),
                Some("appointment-not-oneself"),
            ),
            (
                &point,
                new("amal", Role::MemberFocalPoint, Some("care")),
                Some("appointment"),
            ),
        ] {
            let found = may_appoint(who, &new).err();
            assert_eq!(
                found.as_ref().and_then(|e| e.keys().first().copied()),
                key,
                "{} {new:?}",
                who.name
            );
        }
    }

    #[test]
    fn an_appointment_is_laid_down_by_its_holder_or_ended_by_those_who_give_it() {
        let held = Appointed {
            id: id("a"),
            account: id("amal"),
            role: Role::AuthorityFocalPoint,
            organisation: Some(id("ministry")),
            country: Some("HN".to_owned()),
            places: Vec::new(),
            from_on: day("2026-01-01"),
            to_on: Some(day("2026-12-31")),
            basis: "accreditation".to_owned(),
            by: None,
            at: at(0),
            ended_at: None,
            ended_by: None,
            end_reason: None,
            version: 1,
        };
        assert!(may_end(&actor("amal", Role::Auditor, None), &held).is_ok());
        assert!(may_end(&actor("aida", Role::SecretariatApprover, None), &held).is_ok());
        assert!(may_end(&actor("omar", Role::SecretariatOfficer, None), &held).is_err());
        assert!(may_end(&actor("root", Role::Administrator, None), &held).is_err());
        let over = Appointed {
            ended_at: Some(at(5)),
            ..held.clone()
        };
        assert_eq!(
            may_end(&actor("amal", Role::Auditor, None), &over)
                .unwrap_err()
                .keys(),
            ["appointment-has-ended"]
        );
        for (today, force) in [
            ("2025-12-31", false),
            ("2026-01-01", true),
            ("2026-12-31", true),
            ("2027-01-01", false),
        ] {
            assert_eq!(held.is_in_force(day(today)), force, "{today}");
        }
        assert!(!over.is_in_force(day("2026-06-01")));
    }

    #[test]
    fn an_appointment_has_the_shape_of_its_role() {
        let days = |mut a: NewAppointment| {
            a.to_on = Some(day("2025-12-31"));
            a
        };
        for (new, keys) in [
            (
                new("amal", Role::MemberOfficer, Some("care")),
                &[] as &[&str],
            ),
            (
                new("amal", Role::MemberOfficer, None),
                &["appointment-needs-organisation"],
            ),
            (
                new("amal", Role::AuthoritySignatory, Some("m")),
                &["appointment-needs-country"],
            ),
            (new("amal", Role::Auditor, None), &[]),
            (
                new("amal", Role::Auditor, Some("care")),
                &["appointment-without-organisation"],
            ),
            (days(new("amal", Role::Auditor, None)), &["days-reversed"]),
        ] {
            let found = appointment_shape(&new).err();
            assert_eq!(
                found.as_ref().map(Error::keys).unwrap_or_default(),
                keys,
                "{new:?}"
            );
        }
    }

    #[test]
    fn identifiers_and_addresses_are_read_as_written() {
        assert_eq!(
            identifiers("GB-CHC 202918\n\nxi-iati  41114 \nGB-CHC 202918").unwrap(),
            [
                ("GB-CHC".to_owned(), "202918".to_owned()),
                ("XI-IATI".to_owned(), "41114".to_owned())
            ]
        );
        for strange in ["202918", "GBCHC 1", "G-CHC 1", "GB- 1"] {
            assert_eq!(
                identifiers(strange).unwrap_err().keys(),
                ["identifier-strange"],
                "{strange}"
            );
        }
        assert_eq!(
            website(Some("javascript:alert(1)")).unwrap_err().keys(),
            ["website-strange"]
        );
        assert_eq!(
            website(Some("https://example.org")).unwrap().as_deref(),
            Some("https://example.org")
        );
        assert_eq!(country(Some("hn")).unwrap().as_deref(), Some("HN"));
        assert_eq!(
            country(Some("Honduras")).unwrap_err().keys(),
            ["country-strange"]
        );
    }
}
