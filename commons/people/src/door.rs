//! What other rooms may call: accounts, organisations, appointments, invitations, conflicts.

use crate::account::{Account, Appointed, Invitation, NewAccount, NewAppointment, Ticket};
use crate::organisation::{NewOrganisation, Organisation};
use crate::{rules, secret, store};
use base::{Actor, Day, Id, Moment, Names, Refusal, Result, Role};
use db::Tx;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use web::Ask;

/// Records a fact of this room.
pub(crate) fn told(
    tx: &mut Tx,
    now: Moment,
    actor: Option<Id>,
    verb: &'static str,
    subject: (&'static str, Id),
    about: Value,
) -> Result<()> {
    ledger::tell(tx, (now, actor), verb, subject, about)
}

/// Makes an account.
///
/// # Errors
/// Refused when the e-mail address has one.
pub fn add_account(tx: &mut Tx, new: &NewAccount, now: Moment) -> Result<Id> {
    let id = Id::new(now);
    let account = Account {
        id,
        email: new.email.trim().to_lowercase(),
        name: new.name.trim().to_owned(),
        lang: new.lang,
        password_hash: new.password_hash.clone(),
        totp_secret: None,
        totp_serial: 0,
        totp_step: 0,
        reset: None,
        sample: new.sample,
        created_at: now,
        closed_at: None,
    };
    store::add_account(tx, &account)?;
    told(
        tx,
        now,
        None,
        "account.added",
        ("account", id),
        json!({ "sample": new.sample }),
    )?;
    Ok(id)
}

/// The account of an e-mail address, made when there is none; it can do nothing before it is invited.
///
/// # Errors
/// Refused when the account was closed.
pub fn account_for(tx: &mut Tx, new: &NewAccount, now: Moment) -> Result<Id> {
    match store::account_of(tx, &new.email.trim().to_lowercase())? {
        Some(account) if account.closed_at.is_some() => {
            Err(Refusal::about("email", "account-closed").into())
        }
        Some(account) => Ok(account.id),
        None => add_account(tx, new, now),
    }
}

/// The account of an e-mail address.
///
/// # Errors
/// A fault of the database.
pub fn account_by_email(tx: &mut Tx, email: &str) -> Result<Option<Id>> {
    Ok(store::account_of(tx, &email.trim().to_lowercase())?.map(|account| account.id))
}

/// Sets a password from its hash: commands only, people choose theirs through the pages.
///
/// # Errors
/// A fault of the database.
pub fn set_password_hash(tx: &mut Tx, account: Id, hash: &str, now: Moment) -> Result<()> {
    store::set_password(tx, account, hash)?;
    store::end_sessions(tx, account, None, now)?;
    told(
        tx,
        now,
        None,
        "account.password_changed",
        ("account", account),
        json!({}),
    )
}

/// A path that signs in: once and within a day; again and again, second factor included, when the
/// account was made for a demonstration.
///
/// # Errors
/// Missing when there is no such account.
pub fn sign_in_link(tx: &mut Tx, account: Id, now: Moment) -> Result<String> {
    link_by(tx, account, None, now)
}

/// The same, made by somebody for somebody.
pub(crate) fn link_by(tx: &mut Tx, account: Id, by: Option<Id>, now: Moment) -> Result<String> {
    let sample = store::account(tx, account)?.sample;
    let expires_at = if sample {
        now.plus_days(rules::DEMO_LINK_DAYS)
    } else {
        now.plus_seconds(rules::LINK_HOURS * 3_600)
    };
    let ticket = Ticket {
        id: Id::new(now),
        account,
        reusable: sample,
        second: sample,
        expires_at,
        used_at: None,
    };
    let token = secret::token();
    store::add_link(tx, &ticket, &secret::hash(&token), by, now)?;
    told(
        tx,
        now,
        by,
        "account.link_made",
        ("account", account),
        json!({ "reusable": sample }),
    )?;
    Ok(format!("/sign-in/link/{token}"))
}

/// A person's name, for those who work with them only.
///
/// # Errors
/// Missing when there is no such account.
pub fn person_name(tx: &mut Tx, account: Id) -> Result<String> {
    Ok(store::account(tx, account)?.name)
}

/// A person's name and e-mail address, for those who work with them only.
///
/// # Errors
/// Missing when there is no such account.
pub fn person(tx: &mut Tx, account: Id) -> Result<(String, String)> {
    let account = store::account(tx, account)?;
    Ok((account.name, account.email))
}

/// The name of somebody with an account that stands in a text, as it is written there.
///
/// # Errors
/// A fault of the database.
pub fn named(tx: &mut Tx, text: &str) -> Result<Option<String>> {
    store::name_in(tx, text)
}

/// Why a text that everybody may read must not be kept as it is: telephone numbers, e-mail addresses
/// and names of people in it. For texts that come from files; forms say `Field::public`.
///
/// # Errors
/// A fault of the database.
pub fn refuse_personal(tx: &mut Tx, field: &str, text: &str) -> Result<Vec<Refusal>> {
    web::discreet::reasons(tx, store::name_in, field, text)
}

/// Lets people be found by name who came from a database that knew no such keys.
///
/// # Errors
/// A fault of the database.
pub fn seed(db: &db::Db) -> Result<()> {
    while db.write_now(|tx| store::add_missing_name_keys(tx, 2_000))? > 0 {}
    Ok(())
}

/// The actor an account would be with everything it holds in force, second factor given: for
/// commands and stories that act without the web.
///
/// # Errors
/// Missing when there is no such account.
pub fn actor(tx: &mut Tx, account: Id, today: Day) -> Result<Actor> {
    let account = store::account(tx, account)?;
    actor_of(tx, &account, true, today)
}

/// The actor behind a session or key.
pub(crate) fn actor_of(tx: &mut Tx, account: &Account, second: bool, today: Day) -> Result<Actor> {
    let held = store::appointments_of(tx, account.id)?;
    let held = held
        .iter()
        .filter(|a| a.is_in_force(today))
        .map(Appointed::appointment)
        .collect();
    Ok(Actor {
        account: account.id,
        name: account.name.clone(),
        lang: account.lang,
        appointments: rules::usable(held, second, account.totp_secret.is_some()),
    })
}

/// Adds an organisation.
///
/// # Errors
/// Refused when an identifier belongs to another one, or it has no name.
pub fn add_organisation(
    tx: &mut Tx,
    new: &NewOrganisation,
    by: Option<Id>,
    now: Moment,
) -> Result<Id> {
    if new.names.is_empty() {
        return Err(Refusal::about("names", "form-missing").into());
    }
    let id = Id::new(now);
    let organisation = Organisation {
        id,
        names: new.names.clone(),
        kind: new.kind.clone(),
        country: new.country.clone(),
        identifiers: new.identifiers.clone(),
        website: new.website.clone(),
        sample: new.sample,
        merged_into: None,
        version: 1,
    };
    store::add_organisation(tx, &organisation, now)?;
    told(
        tx,
        now,
        by,
        "organisation.added",
        ("organisation", id),
        json!({}),
    )?;
    Ok(id)
}

/// An organisation.
///
/// # Errors
/// Missing when there is none such.
pub fn organisation(tx: &mut Tx, id: Id) -> Result<Organisation> {
    store::organisation(tx, id)
}

/// The organisation an identifier belongs to.
///
/// # Errors
/// A fault of the database.
pub fn organisation_by_identifier(tx: &mut Tx, scheme: &str, code: &str) -> Result<Option<Id>> {
    store::by_identifier(tx, scheme, code)
}

/// Names of organisations by id; unknown ids are left out.
///
/// # Errors
/// A fault of the database.
pub fn organisation_names(tx: &mut Tx, ids: &[Id]) -> Result<BTreeMap<Id, Names>> {
    let mut found = BTreeMap::new();
    for id in ids {
        if !found.contains_key(id)
            && let Some(names) = store::names(tx, *id)?
        {
            found.insert(*id, names);
        }
    }
    Ok(found)
}

/// An organisation's name in the asker's language; empty when there is no organisation.
///
/// # Errors
/// A fault of the database.
pub fn organisation_name(tx: &mut Tx, words: &lang::Words, id: Option<Id>) -> Result<String> {
    let Some(id) = id else {
        return Ok(String::new());
    };
    Ok(store::names(tx, id)?.map_or_else(String::new, |names| words.name(&names).to_owned()))
}

/// Gives somebody a role. The same role already held for as long is answered, not given twice.
///
/// # Errors
/// Refused when its shape is wrong, or somebody would appoint themselves.
pub fn appoint(tx: &mut Tx, new: &NewAppointment, by: Option<Id>, now: Moment) -> Result<Id> {
    rules::appointment_shape(new)?;
    if by == Some(new.account) {
        return Err(Refusal::whole("appointment-not-oneself").into());
    }
    let same = |a: &&Appointed| {
        (a.role, a.organisation, &a.country, &a.places)
            == (new.role, new.organisation, &new.country, &new.places)
            && a.is_in_force(new.from_on)
            && a.to_on
                .is_none_or(|last| new.to_on.is_some_and(|wanted| wanted <= last))
    };
    if let Some(held) = store::appointments_of(tx, new.account)?.iter().find(same) {
        return Ok(held.id);
    }
    let id = Id::new(now);
    let appointed = Appointed {
        id,
        account: new.account,
        role: new.role,
        organisation: new.organisation,
        country: new.country.clone(),
        places: new.places.clone(),
        from_on: new.from_on,
        to_on: new.to_on,
        basis: new.basis.to_owned(),
        by,
        at: now,
        ended_at: None,
        ended_by: None,
        end_reason: None,
        version: 1,
    };
    store::add_appointment(tx, &appointed)?;
    told(
        tx,
        now,
        by,
        "appointment.given",
        ("appointment", id),
        json!({ "role": new.role.code() }),
    )?;
    Ok(id)
}

/// Ends one appointment; one that has ended stays as it is.
///
/// # Errors
/// Missing when there is none such; refused without a reason.
pub fn end_appointment(
    tx: &mut Tx,
    id: Id,
    by: Option<Id>,
    reason: &str,
    now: Moment,
) -> Result<()> {
    let held = store::appointment(tx, id)?;
    end(tx, held, by, reason, now)
}

fn end(tx: &mut Tx, mut held: Appointed, by: Option<Id>, reason: &str, now: Moment) -> Result<()> {
    if held.ended_at.is_some() {
        return Ok(());
    }
    if reason.trim().is_empty() {
        return Err(Refusal::about("reason", "form-missing").into());
    }
    held.ended_at = Some(now);
    held.ended_by = by;
    held.end_reason = Some(reason.trim().to_owned());
    store::change_appointment(tx, &held)?;
    let about = json!({ "role": held.role.code() });
    told(
        tx,
        now,
        by,
        "appointment.ended",
        ("appointment", held.id),
        about,
    )
}

/// Ends every appointment people hold for an organisation.
///
/// # Errors
/// Refused without a reason.
pub fn end_appointments(
    tx: &mut Tx,
    organisation: Id,
    by: Option<Id>,
    reason: &str,
    now: Moment,
) -> Result<()> {
    for held in store::appointments_for(tx, organisation)? {
        end(tx, held, by, reason, now)?;
    }
    Ok(())
}

/// Ends the appointments to some roles that people hold for an organisation.
///
/// # Errors
/// Refused without a reason.
pub fn end_roles(
    tx: &mut Tx,
    organisation: Id,
    roles: &[Role],
    by: Option<Id>,
    reason: &str,
    now: Moment,
) -> Result<()> {
    for held in store::appointments_for(tx, organisation)? {
        if roles.contains(&held.role) {
            end(tx, held, by, reason, now)?;
        }
    }
    Ok(())
}

/// Who holds a role today: for an organisation, in a country, or at all. In the order of giving.
///
/// # Errors
/// A fault of the database.
pub fn appointed(
    tx: &mut Tx,
    role: Role,
    organisation: Option<Id>,
    country: Option<&str>,
    today: Day,
) -> Result<Vec<Id>> {
    let mut found = Vec::new();
    for held in store::appointments_to(tx, role, organisation, country)? {
        if held.is_in_force(today) && !found.contains(&held.account) {
            found.push(held.account);
        }
    }
    Ok(found)
}

/// Who was invited, and the path that lets them in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    pub account: Id,
    /// `/invitation/{token}`; `/sign-in` for somebody who already has a password.
    pub path: String,
}

/// Invites a person: the account is made when there is none, the roles wait for the person.
///
/// # Errors
/// As [`appoint`] and [`account_for`].
pub fn invite(
    tx: &mut Tx,
    invitation: &Invitation,
    by: Option<Id>,
    now: Moment,
) -> Result<Invited> {
    let new = NewAccount {
        email: invitation.email.clone(),
        name: invitation.name.clone(),
        lang: invitation.lang,
        password_hash: None,
        sample: false,
    };
    let account = account_for(tx, &new, now)?;
    for appointment in &invitation.appointments {
        appoint(
            tx,
            &NewAppointment {
                account,
                ..appointment.clone()
            },
            by,
            now,
        )?;
    }
    let path = invite_account(tx, account, by, now)?;
    Ok(Invited { account, path })
}

/// Invites the person of an account: earlier invitations are void.
///
/// # Errors
/// Missing when there is no such account.
pub fn invite_account(tx: &mut Tx, account: Id, by: Option<Id>, now: Moment) -> Result<String> {
    if store::account(tx, account)?.password_hash.is_some() {
        return Ok("/sign-in".to_owned());
    }
    let ticket = Ticket {
        id: Id::new(now),
        account,
        reusable: false,
        second: false,
        expires_at: now.plus_days(rules::INVITATION_DAYS),
        used_at: None,
    };
    let token = secret::token();
    store::add_invitation(tx, &ticket, &secret::hash(&token), by, now)?;
    told(
        tx,
        now,
        by,
        "account.invited",
        ("account", account),
        json!({}),
    )?;
    Ok(format!("/invitation/{token}"))
}

/// Whether a person has a tie with an organisation today, declared or by appointment: a conflict of
/// interest wherever they would judge it.
///
/// # Errors
/// A fault of the database.
pub fn is_affiliated(tx: &mut Tx, account: Id, organisation: Id, today: Day) -> Result<bool> {
    let declared = store::affiliations(tx, account)?.into_iter().any(|a| {
        a.organisation == organisation
            && a.from_on <= today
            && a.to_on.is_none_or(|last| today <= last)
    });
    if declared {
        return Ok(true);
    }
    let held = store::appointments_of(tx, account)?;
    Ok(held
        .iter()
        .any(|a| a.organisation == Some(organisation) && a.is_in_force(today)))
}

/// Keeps a secret for the actor to read within a quarter of an hour, and answers where. It stands
/// sealed in the database; no answer that is remembered carries it.
///
/// # Errors
/// Sign in first, when nobody is.
pub fn show_once(tx: &mut Tx, ask: &Ask, what: &'static str, text: &str) -> Result<String> {
    let id = Id::new(ask.now);
    let sealed = secret::sealed(&ask.site.settings.secret, id, text.as_bytes());
    store::add_shown(tx, id, ask.actor()?.account, what, &sealed, ask.now)?;
    Ok(format!("/shown/{id}"))
}

/// Makes a machine key that may read and write as the person may, and answers it: it is shown only now.
///
/// # Errors
/// Missing when there is no such account.
pub fn add_key(tx: &mut Tx, account: Id, label: &str, now: Moment) -> Result<String> {
    let account = store::account(tx, account)?;
    let text = format!("hk_{}", secret::token());
    let key = crate::account::Key {
        id: Id::new(now),
        account: account.id,
        label: label.to_owned(),
        shown_start: text.chars().take(9).collect(),
        scope: crate::account::Scope::Write,
        paths: Vec::new(),
        created_at: now,
        expires_on: None,
        revoked_at: None,
    };
    store::add_key(tx, &key, &secret::hash(&text))?;
    Ok(text)
}
