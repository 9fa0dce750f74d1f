//! What administrators and the secretariat do with people: invite, appoint, end, let back in, close.

use crate::account::{Invitation, NewAppointment};
use crate::acts::nothing;
use crate::door::{self, show_once, told};
use crate::{choose, rules, store};
use base::{Error, Id, Lang, Refusal, Result, Role, Second};
use db::Tx;
use serde_json::json;
use web::{Act, Ask, Call, Choices, Done, Entered, Field, Form, Prefill, Who};

/// Who invites and appoints.
pub(crate) const APPOINTERS: &[Role] = &[
    Role::Administrator,
    Role::SecretariatOfficer,
    Role::SecretariatApprover,
    Role::MemberOfficer,
];
const ADMINISTRATOR: Who = Who::Any(&[Role::Administrator]);

/// Roles given by hand; an authority's come by accreditation.
const GIVEN: &[&str] = &[
    "member_focal_point",
    "member_officer",
    "secretariat_officer",
    "secretariat_approver",
    "auditor",
    "administrator",
];

pub(crate) fn acts() -> Vec<Act> {
    vec![
        Act::new(
            "person-new",
            "/people/new",
            Who::Any(APPOINTERS),
            person_form,
            invite,
        ),
        Act::new(
            "appointment-new",
            "/people/{id}/appointments/new",
            Who::Any(APPOINTERS),
            appointment_form,
            appoint,
        ),
        Act::new(
            "appointment-end",
            "/appointments/{id}/end",
            Who::SignedIn,
            reason_form,
            end_appointment,
        )
        .shown(appointment_shown),
        Act::new(
            "person-invitation",
            "/people/{id}/invitation",
            Who::Any(APPOINTERS),
            nothing,
            invite_again,
        ),
        Act::new(
            "person-sign-in-link",
            "/people/{id}/sign-in-link",
            ADMINISTRATOR,
            reason_form,
            make_link,
        ),
        Act::new(
            "person-second-factor-reset",
            "/people/{id}/second-factor-reset",
            ADMINISTRATOR,
            reason_form,
            reset_second_factor,
        ),
        Act::new(
            "person-closure",
            "/people/{id}/closure",
            ADMINISTRATOR,
            reason_form,
            close,
        ),
    ]
}

fn person_form() -> Form {
    let mut form = vec![
        Field::email("email"),
        Field::text("name"),
        Field::choice("language", Choices::Fixed("lang", &["en", "fr", "ar"])),
    ];
    form.extend(appointment_form());
    form
}

fn appointment_form() -> Form {
    vec![
        Field::choice("role", Choices::Fixed("role", GIVEN)),
        Field::choice("organisation", Choices::Listed(choose::organisations)).optional(),
        Field::day("from_on").optional(),
        Field::day("to_on").optional(),
    ]
}

fn wanted(call: &Call, account: Id) -> Result<NewAppointment> {
    let role = Role::parse(call.values.text("role")).ok_or(Error::Missing)?;
    Ok(NewAppointment {
        account,
        role,
        organisation: call.values.id("organisation"),
        country: None,
        places: Vec::new(),
        from_on: call.values.opt_day("from_on").unwrap_or(call.today),
        to_on: call.values.opt_day("to_on"),
        basis: match role {
            Role::MemberFocalPoint | Role::MemberOfficer => "membership",
            _ => "secretariat",
        },
    })
}

fn invite(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let email = call.values.text("email");
    let known = door::account_by_email(tx, email)?;
    // Somebody unknown is certainly not the actor.
    let new = wanted(call, known.unwrap_or(choose::FIRST))?;
    rules::may_appoint(actor, &new)?;
    rules::appointment_shape(&new)?;
    let invitation = Invitation {
        email: email.to_owned(),
        name: call.values.text("name").to_owned(),
        lang: Lang::parse(call.values.text("language")).unwrap_or_default(),
        appointments: vec![new],
    };
    let invited = door::invite(tx, &invitation, Some(actor.account), call.now)?;
    handed(tx, call, invited.account, &invited.path)
}

/// Goes on to where the link is shown once, or to the person when there is none to show.
fn handed(tx: &mut Tx, call: &Call, account: Id, path: &str) -> Result<Done> {
    let see = if path.starts_with("/invitation/") {
        show_once(
            tx,
            call,
            "shown-invitation",
            &format!("{}{path}", call.site.settings.url),
        )?
    } else if call.is_any(READERS) {
        format!("/people/{account}")
    } else {
        "/account".to_owned()
    };
    Ok(Done::see(see).with(json!({ "account": account })))
}

/// Who reads the list of people.
pub(crate) const READERS: &[Role] = &[
    Role::Administrator,
    Role::SecretariatOfficer,
    Role::SecretariatApprover,
    Role::Auditor,
];

fn appoint(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = store::account(tx, call.id("id")?)?;
    if account.closed_at.is_some() {
        return Err(Refusal::whole("account-closed").into());
    }
    let new = wanted(call, account.id)?;
    rules::may_appoint(call.actor()?, &new)?;
    let id = door::appoint(tx, &new, Some(call.actor()?.account), call.now)?;
    let see = if call.is_any(READERS) {
        format!("/people/{}", account.id)
    } else {
        "/account".to_owned()
    };
    Ok(Done::see(see)
        .with(json!({ "id": id }))
        .notice("appointment-given"))
}

fn reason_form() -> Form {
    vec![Field::words("reason").max(2_000)]
}

fn appointment_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let held = store::appointment(tx, ask.id("id")?)?;
    rules::may_end(ask.actor()?, &held)?;
    let name = door::person_name(tx, held.account)?;
    let role = ask.words.code("role", held.role.code());
    let said = ask.words.say_with(
        "appointment-end-of",
        &[("name", name.into()), ("role", role.into())],
    );
    Ok(Prefill {
        entered: Entered::default(),
        beside: ui::html!("<p>{}</p>", said),
    })
}

fn end_appointment(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let held = store::appointment(tx, call.id("id")?)?;
    rules::may_end(actor, &held)?;
    door::end_appointment(
        tx,
        held.id,
        Some(actor.account),
        call.values.text("reason"),
        call.now,
    )?;
    let own = held.account == actor.account || !call.is_any(READERS);
    let see = if own {
        "/account".to_owned()
    } else {
        format!("/people/{}", held.account)
    };
    Ok(Done::see(see).notice("appointment-ended"))
}

fn invite_again(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let account = store::account(tx, call.id("id")?)?;
    if account.closed_at.is_some() {
        return Err(Refusal::whole("account-closed").into());
    }
    if account.password_hash.is_some() {
        return Err(Refusal::whole("account-has-password").into());
    }
    // Whoever may end one of the person's roles may let them in.
    let held = store::appointments_of(tx, account.id)?;
    let may =
        actor.is(Role::Administrator) || held.iter().any(|a| rules::may_end(actor, a).is_ok());
    if !may || actor.account == account.id {
        return Err(Error::Forbidden("appointment"));
    }
    let path = door::invite_account(tx, account.id, Some(actor.account), call.now)?;
    handed(tx, call, account.id, &path)
}

/// The account an administrator helps: another person's, and open.
fn helped(tx: &mut Tx, call: &Call) -> Result<crate::account::Account> {
    let account = store::account(tx, call.id("id")?)?;
    if account.id == call.actor()?.account {
        return Err(Refusal::whole("not-for-oneself").into());
    }
    if account.closed_at.is_some() {
        return Err(Refusal::whole("account-closed").into());
    }
    Ok(account)
}

fn make_link(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = helped(tx, call)?;
    let since = call.now.plus_days(-rules::RECOVERY_DAYS);
    // Who took the second factor away could otherwise sign in as somebody else alone.
    let first: Vec<Id> = account
        .reset
        .filter(|(_, at)| *at >= since)
        .map(|(by, _)| by)
        .into_iter()
        .collect();
    let by = Second::after(&first, call.actor()?)?.account();
    let path = door::link_by(tx, account.id, Some(by), call.now)?;
    note(tx, call, account.id, "account.link_reason")?;
    let url = format!("{}{path}", call.site.settings.url);
    Ok(Done::see(show_once(tx, call, "shown-sign-in-link", &url)?))
}

fn reset_second_factor(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = helped(tx, call)?;
    let first = store::link_makers(tx, account.id, call.now.plus_days(-rules::RECOVERY_DAYS))?;
    let by = Second::after(&first, call.actor()?)?.account();
    if account.totp_secret.is_none() {
        return Err(Refusal::whole("second-factor-not-set").into());
    }
    store::clear_totp(tx, account.id, by, call.now)?;
    store::end_sessions(tx, account.id, None, call.now)?;
    note(tx, call, account.id, "account.second_factor_reset")?;
    Ok(Done::see(format!("/people/{}", account.id)).notice("second-factor-reset"))
}

fn close(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = helped(tx, call)?;
    let by = call.actor()?.account;
    for held in store::appointments_of(tx, account.id)? {
        door::end_appointment(tx, held.id, Some(by), call.values.text("reason"), call.now)?;
    }
    store::close_account(tx, account.id, call.now)?;
    note(tx, call, account.id, "account.closed")?;
    Ok(Done::see(format!("/people/{}", account.id)).notice("account-is-closed"))
}

/// Records an act over a person; its reason stays in the room's own table of reasons.
fn note(tx: &mut Tx, call: &Call, account: Id, verb: &'static str) -> Result<()> {
    let by = call.actor()?.account;
    store::add_reason(tx, account, verb, by, call.values.text("reason"), call.now)?;
    told(
        tx,
        call.now,
        Some(by),
        verb,
        ("account", account),
        json!({}),
    )
}
