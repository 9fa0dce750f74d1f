//! Coming in: password, second factor, invitation, link. And going out.
//!
//! Tries are counted before they are made and outside the act's transaction, so that a refusal
//! keeps the count. Unknown accounts and wrong passwords get the same answer after the same work.

use crate::account::Account;
use crate::acts::nothing;
use crate::door::told;
use crate::{password, rules, secret, sessions, store, totp};
use base::{Error, Id, Refusal, Result};
use db::Tx;
use serde_json::json;
use web::{Act, Ask, Call, Choices, Done, Field, Form, Prefill, Site, Who};

/// Where people go after coming in, unless they were on their way elsewhere.
const HOME: &str = "/inbox";

pub(crate) fn acts() -> Vec<Act> {
    let prepared = |mut act: Act, prepare: fn(&Site, &mut Call) -> Result<()>| {
        act.prepare = Some(prepare);
        act
    };
    vec![
        prepared(
            Act::new("sign-in", "/sign-in", Who::Anyone, sign_in_form, sign_in),
            try_password,
        ),
        prepared(
            Act::new(
                "sign-in-code",
                "/sign-in/code",
                Who::SignedIn,
                code_form,
                give_code,
            )
            .shown(code_due),
            try_code,
        ),
        Act::new(
            "sign-in-link",
            "/sign-in/link/{token}",
            Who::Anyone,
            nothing,
            use_link,
        )
        .shown(link_shown),
        prepared(
            Act::new(
                "invitation",
                "/invitation/{token}",
                Who::Anyone,
                invitation_form,
                accept,
            )
            .shown(invitation_shown),
            hash_chosen,
        ),
        Act::new("sign-out", "/sign-out", Who::SignedIn, nothing, sign_out),
    ]
}

fn sign_in_form() -> Form {
    vec![Field::email("email"), Field::secret("password")]
}

/// Counts the try, then compares.
fn try_password(site: &Site, call: &mut Call) -> Result<()> {
    let email = call.values.text("email").to_owned();
    let by_email = secret::hash_of("account", &email);
    let by_address = Some(call.credentials.address.as_str())
        .filter(|address| !address.is_empty())
        .map(|address| secret::hash_of("address", address));
    let (now, who) = (call.now, by_email.clone());
    let found = site.db.write_now(move |tx| {
        if let Some(address) = &by_address {
            store::count_try(tx, rules::ADDRESS, address, now)?;
        }
        store::count_try(tx, rules::ACCOUNT, &who, now)?;
        store::account_of(tx, &email)
    });
    let found = found.inspect_err(|_| site.meters.sign_in_refused())?;
    let open = found.filter(|account| account.closed_at.is_none());
    let hash = open
        .as_ref()
        .and_then(|account| account.password_hash.as_deref());
    let right = password::is_right(call.values.text("password"), hash)?;
    match open.filter(|_| right) {
        Some(account) => {
            site.db
                .write_now(move |tx| store::forget_tries(tx, rules::ACCOUNT, &by_email))?;
            call.prepared
                .insert("account".to_owned(), account.id.to_string());
            Ok(())
        }
        None => {
            site.meters.sign_in_refused();
            Err(Refusal::whole("sign-in-wrong").into())
        }
    }
}

/// The account that preparation found.
fn prepared(call: &Call) -> Result<Id> {
    call.prepared
        .get("account")
        .and_then(|id| Id::parse(id))
        .ok_or_else(|| Error::fault("not prepared"))
}

fn sign_in(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = store::account(tx, prepared(call)?)?;
    enter(tx, call, &account, "password", false)
}

/// Begins a session and sends the person on: to the code, to set one up, or to their work.
fn enter(
    tx: &mut Tx,
    call: &Call,
    account: &Account,
    by: &'static str,
    second: bool,
) -> Result<Done> {
    sessions::end_here(tx, call)?;
    let token = sessions::begin(tx, call, account, by, second)?;
    told(
        tx,
        call.now,
        Some(account.id),
        "account.signed_in",
        ("account", account.id),
        json!({ "by": by }),
    )?;
    let next = call
        .query
        .get("next")
        .map(|next| local(next))
        .filter(|next| *next != "/");
    let waits = crate::door::actor_of(tx, account, true, call.today)?;
    let withheld = waits
        .appointments
        .iter()
        .any(|a| a.role.needs_second_factor());
    let see = match (second, account.totp_secret.is_some(), withheld) {
        (false, true, _) => ui::with_query("/sign-in/code", "next", next),
        (false, false, true) => "/account/second-factor".to_owned(),
        _ => next.unwrap_or(HOME).to_owned(),
    };
    Ok(Done {
        session: Some(token),
        ..Done::see(see)
    })
}

/// A path of this site; anything that could lead elsewhere becomes `/`.
fn local(path: &str) -> &str {
    let good = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control);
    if good { path } else { "/" }
}

fn code_form() -> Form {
    vec![Field::secret("code")]
}

fn code_due(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    match store::account(tx, ask.actor()?.account)?.totp_secret {
        Some(_) => Ok(Prefill::default()),
        None => Err(Refusal::whole("code-not-set-up").into()),
    }
}

/// Counts the try; the code itself is used in the act's transaction, so that it works once.
pub(crate) fn try_code(site: &Site, call: &mut Call) -> Result<()> {
    let account = call.actor()?.account;
    let (now, who) = (call.now, secret::hash_of("code", &account.to_string()));
    let entered = call.values.text("code").to_owned();
    let kept = who.clone();
    let account = site
        .db
        .write_now(move |tx| {
            store::count_try(tx, rules::CODE, &kept, now)?;
            store::account(tx, account)
        })
        .inspect_err(|_| site.meters.sign_in_refused())?;
    let step = account
        .totp_secret
        .as_deref()
        .and_then(|key| totp::entered_step(key, &entered, now, account.totp_step));
    if let Some(step) = step {
        site.db
            .write_now(move |tx| store::forget_tries(tx, rules::CODE, &who))?;
        call.prepared.insert("step".to_owned(), step.to_string());
    }
    Ok(())
}

/// Uses the code or recovery code that was entered.
///
/// # Errors
/// Refused when it is wrong or was used before.
pub(crate) fn use_code(tx: &mut Tx, call: &Call, account: &Account) -> Result<()> {
    let step = call
        .prepared
        .get("step")
        .and_then(|step| step.parse::<i64>().ok());
    let used = match step {
        Some(step) => store::use_totp(tx, account.id, step)?,
        None => {
            let hash = secret::recovery_hash(account.id, call.values.text("code"));
            let used = store::use_recovery(tx, account.id, &hash, call.now)?;
            if used {
                let who = secret::hash_of("code", &account.id.to_string());
                store::forget_tries(tx, rules::CODE, &who)?;
                let subject = ("account", account.id);
                told(
                    tx,
                    call.now,
                    Some(account.id),
                    "account.recovery_code_used",
                    subject,
                    json!({}),
                )?;
            }
            used
        }
    };
    if used {
        Ok(())
    } else {
        Err(Refusal::about("code", "code-wrong").into())
    }
}

fn give_code(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = store::account(tx, call.actor()?.account)?;
    use_code(tx, call, &account)?;
    enter(tx, call, &account, "password", true)
}

fn link_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let ticket = store::link(tx, &secret::hash(ask.param("token")))?.ok_or(Error::Missing)?;
    rules::use_ticket(&ticket, ask.now, "link-used")?;
    let name = store::account(tx, ticket.account)?.name;
    let beside = ui::html!(
        "<p>{}</p>",
        ask.words
            .say_with("sign-in-link-for", &[("name", name.into())])
    );
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}

fn use_link(tx: &mut Tx, call: &Call) -> Result<Done> {
    let ticket = store::link(tx, &secret::hash(call.param("token")))?.ok_or(Error::Missing)?;
    rules::use_ticket(&ticket, call.now, "link-used")?;
    let account = store::account(tx, ticket.account)?;
    if account.closed_at.is_some() || !store::use_link(tx, ticket.id, call.now)? {
        return Err(Refusal::whole("link-used").into());
    }
    enter(tx, call, &account, "link", ticket.second)
}

fn invitation_form() -> Form {
    vec![
        Field::text("name"),
        Field::choice("language", Choices::Fixed("lang", &["en", "fr", "ar"])),
        Field::secret("new_password"),
        Field::secret("new_password_again"),
    ]
}

fn invitation_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let ticket = store::invitation(tx, &secret::hash(ask.param("token")))?.ok_or(Error::Missing)?;
    rules::use_ticket(&ticket, ask.now, "invitation-used")?;
    let account = store::account(tx, ticket.account)?;
    let entered = web::Entered::default()
        .with("name", account.name.as_str())
        .with("language", account.lang.code());
    let words = ask.words.say_with(
        "invitation-for",
        &[("email", account.email.as_str().into())],
    );
    let mut beside = ui::html!("<p>{}</p>", words);
    beside.push(crate::pages::own::roles(tx, ask, account.id)?);
    Ok(Prefill { entered, beside })
}

/// Hashes the password that was chosen.
pub(crate) fn hash_chosen(site: &Site, call: &mut Call) -> Result<()> {
    let chosen = call.values.text("new_password");
    if chosen != call.values.text("new_password_again") {
        return Err(Refusal::about("new_password_again", "password-differs").into());
    }
    let token = secret::hash(call.param("token"));
    let actor = call.actor.as_ref().map(|actor| actor.account);
    let account = site.db.read_now(move |tx| {
        let invited = store::invitation(tx, &token)?.map(|ticket| ticket.account);
        let id = invited.or(actor).ok_or(Error::Missing)?;
        store::account(tx, id)
    })?;
    rules::choose_password("new_password", chosen, &account.email, &account.name)?;
    let hash = password::hash(chosen)?;
    call.prepared.insert("hash".to_owned(), hash);
    Ok(())
}

fn accept(tx: &mut Tx, call: &Call) -> Result<Done> {
    let ticket =
        store::invitation(tx, &secret::hash(call.param("token")))?.ok_or(Error::Missing)?;
    rules::use_ticket(&ticket, call.now, "invitation-used")?;
    let mut account = store::account(tx, ticket.account)?;
    if account.closed_at.is_some() || !store::use_invitation(tx, ticket.id, call.now)? {
        return Err(Refusal::whole("invitation-used").into());
    }
    account.name = call.values.text("name").to_owned();
    account.lang = base::Lang::parse(call.values.text("language")).unwrap_or(account.lang);
    store::set_person(tx, &account)?;
    let hash = call
        .prepared
        .get("hash")
        .ok_or_else(|| Error::fault("not prepared"))?;
    store::set_password(tx, account.id, hash)?;
    told(
        tx,
        call.now,
        Some(account.id),
        "account.accepted",
        ("account", account.id),
        json!({}),
    )?;
    enter(tx, call, &account, "invitation", false)
}

fn sign_out(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = call.actor()?.account;
    sessions::end_here(tx, call)?;
    told(
        tx,
        call.now,
        Some(account),
        "account.signed_out",
        ("account", account),
        json!({}),
    )?;
    Ok(Done {
        session: Some(String::new()),
        ..Done::see("/")
    })
}
