//! What people do with their own account: language, password, second factor, sessions, keys, ties.

use crate::account::{AFFILIATION_KINDS, Affiliation, Key, Scope};
use crate::acts::nothing;
use crate::acts::sign_in::{hash_chosen, try_code, use_code};
use crate::door::{show_once, told};
use crate::{choose, password, rules, secret, sessions, store, totp};
use base::{Error, Id, Refusal, Result};
use db::Tx;
use serde_json::json;
use web::{Act, Ask, Call, Choices, Done, Entered, Field, Form, Prefill, Site, Who};

/// Recovery codes handed out at a time.
const RECOVERY_CODES: usize = 10;

pub(crate) fn acts() -> Vec<Act> {
    let own = |name, path, form, run| Act::new(name, path, Who::SignedIn, form, run);
    let prepared = |mut act: Act, prepare: fn(&Site, &mut Call) -> Result<()>| {
        act.prepare = Some(prepare);
        act
    };
    vec![
        own(
            "account-language",
            "/account/language",
            language_form,
            set_language,
        )
        .shown(language_now),
        prepared(
            own("password", "/account/password", password_form, set_password),
            prepare_password,
        ),
        prepared(
            own("second-factor", "/account/second-factor", code_form, enrol).shown(secret_shown),
            count_enrolling,
        ),
        prepared(
            own(
                "second-factor-removal",
                "/account/second-factor/removal",
                code_form,
                remove,
            ),
            try_code,
        ),
        prepared(
            own(
                "recovery-codes",
                "/account/recovery-codes",
                code_form,
                renew_recovery,
            ),
            try_code,
        ),
        own(
            "session-end",
            "/account/sessions/{id}/end",
            nothing,
            end_session,
        ),
        own(
            "sessions-end-others",
            "/account/sessions/end-others",
            nothing,
            end_other_sessions,
        ),
        own("key-new", "/account/keys/new", key_form, add_key),
        own(
            "key-revocation",
            "/account/keys/{id}/revocation",
            nothing,
            revoke_key,
        ),
        own(
            "affiliation-new",
            "/account/affiliations/new",
            affiliation_form,
            declare,
        ),
        own(
            "affiliation-end",
            "/account/affiliations/{id}/end",
            affiliation_end_form,
            end_affiliation,
        ),
    ]
}

fn language_form() -> Form {
    vec![Field::choice(
        "language",
        Choices::Fixed("lang", &["en", "fr", "ar"]),
    )]
}

fn language_now(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let lang = store::account(tx, ask.actor()?.account)?.lang;
    Ok(Prefill {
        entered: Entered::default().with("language", lang.code()),
        ..Prefill::default()
    })
}

fn set_language(tx: &mut Tx, call: &Call) -> Result<Done> {
    let mut account = store::account(tx, call.actor()?.account)?;
    account.lang = base::Lang::parse(call.values.text("language")).unwrap_or(account.lang);
    store::set_person(tx, &account)?;
    let about = json!({ "language": account.lang.code() });
    told(
        tx,
        call.now,
        Some(account.id),
        "account.language_chosen",
        ("account", account.id),
        about,
    )?;
    Ok(Done::see(ui::with_query(
        "/account",
        "lang",
        Some(account.lang.code()),
    )))
}

fn password_form() -> Form {
    vec![
        Field::secret("password").optional(),
        Field::secret("new_password"),
        Field::secret("new_password_again"),
    ]
}

/// Compares the password in use, counting the try, then hashes the new one.
fn prepare_password(site: &Site, call: &mut Call) -> Result<()> {
    let id = call.actor()?.account;
    let (now, ask) = (call.now, call.ask.clone());
    let fresh = site.db.read_now(move |tx| sessions::here(tx, &ask))?;
    if fresh.is_some_and(|session| rules::came_to_choose(&session, now)) {
        return hash_chosen(site, call);
    }
    if call.values.opt_text("password").is_none() {
        return Err(Refusal::about("password", "form-missing").into());
    }
    let (account, who) = site.db.write_now(move |tx| {
        let account = store::account(tx, id)?;
        let who = secret::hash_of("account", &account.email);
        store::count_try(tx, rules::ACCOUNT, &who, now)?;
        Ok((account, who))
    })?;
    if !password::is_right(
        call.values.text("password"),
        account.password_hash.as_deref(),
    )? {
        return Err(Refusal::about("password", "password-wrong").into());
    }
    site.db
        .write_now(move |tx| store::forget_tries(tx, rules::ACCOUNT, &who))?;
    hash_chosen(site, call)
}

fn set_password(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = store::account(tx, call.actor()?.account)?;
    sessions::require_everything(tx, call, &account)?;
    let hash = call
        .prepared
        .get("hash")
        .ok_or_else(|| Error::fault("not prepared"))?;
    store::set_password(tx, account.id, hash)?;
    let here = sessions::here(tx, call)?.map(|session| session.id);
    store::end_sessions(tx, account.id, here, call.now)?;
    told(
        tx,
        call.now,
        Some(account.id),
        "account.password_changed",
        ("account", account.id),
        json!({}),
    )?;
    Ok(Done::see("/account").notice("password-changed"))
}

fn code_form() -> Form {
    vec![Field::secret("code")]
}

/// The secret that waits to be confirmed: the same until it is, another one afterwards.
fn waiting_secret(ask: &Ask, account: &crate::account::Account) -> Vec<u8> {
    let words = format!("totp {} {}", account.id, account.totp_serial);
    secret::derived(&ask.site.settings.secret, &words)
}

fn secret_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let account = store::account(tx, ask.actor()?.account)?;
    if account.totp_secret.is_some() {
        return Err(Refusal::whole("second-factor-is-set").into());
    }
    let key = waiting_secret(ask, &account);
    let uri = totp::uri(&ask.site.settings.name, &account.email, &key);
    let words = &ask.words;
    let beside = ui::html!(
        "<p>{}</p><p>{}</p><p>{}</p><p><code>{}</code></p><details><summary>{}</summary><p><code>{}</code></p></details>",
        words.say("second-factor-scan"),
        totp::square(&uri, &words.say("second-factor-square")),
        words.say("second-factor-type"),
        totp::shown(&key),
        words.say("second-factor-address"),
        uri.as_str()
    );
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}

fn count_enrolling(site: &Site, call: &mut Call) -> Result<()> {
    let (now, who) = (
        call.now,
        secret::hash_of("code", &call.actor()?.account.to_string()),
    );
    site.db
        .write_now(move |tx| store::count_try(tx, rules::CODE, &who, now))
}

fn enrol(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = store::account(tx, call.actor()?.account)?;
    if account.totp_secret.is_some() {
        return Err(Refusal::whole("second-factor-is-set").into());
    }
    let key = waiting_secret(call, &account);
    let step = totp::entered_step(&key, call.values.text("code"), call.now, 0)
        .ok_or_else(|| Refusal::about("code", "code-wrong"))?;
    store::set_totp(tx, account.id, &key, step)?;
    store::forget_tries(
        tx,
        rules::CODE,
        &secret::hash_of("code", &account.id.to_string()),
    )?;
    // Sessions opened before the second factor was set up end: only this one has shown both.
    store::end_sessions(tx, account.id, None, call.now)?;
    let token = sessions::begin(tx, call, &account, "password", true)?;
    told(
        tx,
        call.now,
        Some(account.id),
        "account.second_factor_set",
        ("account", account.id),
        json!({}),
    )?;
    let see = recovery(tx, call, account.id)?;
    Ok(Done {
        session: Some(token),
        ..Done::see(see)
    })
}

/// Makes new recovery codes and shows them once.
fn recovery(tx: &mut Tx, ask: &Ask, account: Id) -> Result<String> {
    let codes: Vec<String> = (0..RECOVERY_CODES)
        .map(|_| secret::recovery_code())
        .collect();
    let hashes: Vec<Vec<u8>> = codes
        .iter()
        .map(|code| secret::recovery_hash(account, code))
        .collect();
    store::set_recovery(tx, account, &hashes)?;
    told(
        tx,
        ask.now,
        Some(account),
        "account.recovery_codes_made",
        ("account", account),
        json!({}),
    )?;
    show_once(tx, ask, "shown-recovery-codes", &codes.join("\n"))
}

fn remove(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = store::account(tx, call.actor()?.account)?;
    use_code(tx, call, &account)?;
    store::clear_totp(tx, account.id, account.id, call.now)?;
    store::end_sessions(tx, account.id, None, call.now)?;
    let token = sessions::begin(tx, call, &account, "password", false)?;
    told(
        tx,
        call.now,
        Some(account.id),
        "account.second_factor_removed",
        ("account", account.id),
        json!({}),
    )?;
    Ok(Done {
        session: Some(token),
        ..Done::see("/account")
    }
    .notice("second-factor-removed"))
}

fn renew_recovery(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = store::account(tx, call.actor()?.account)?;
    use_code(tx, call, &account)?;
    Ok(Done::see(recovery(tx, call, account.id)?))
}

fn end_session(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (account, id) = (call.actor()?.account, call.id("id")?);
    if !store::end_session(tx, account, id, call.now)? {
        return Err(Error::Missing);
    }
    told(
        tx,
        call.now,
        Some(account),
        "account.session_ended",
        ("account", account),
        json!({}),
    )?;
    Ok(Done::see("/account/sessions").notice("session-ended"))
}

fn end_other_sessions(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = call.actor()?.account;
    let here = sessions::here(tx, call)?.map(|session| session.id);
    store::end_sessions(tx, account, here, call.now)?;
    told(
        tx,
        call.now,
        Some(account),
        "account.sessions_ended",
        ("account", account),
        json!({}),
    )?;
    Ok(Done::see("/account/sessions").notice("sessions-ended"))
}

fn key_form() -> Form {
    vec![
        Field::text("label").max(80),
        Field::choice("scope", Choices::Fixed("key-scope", Scope::CODES)),
        Field::text("paths").max(500).optional(),
        Field::day("expires_on").optional(),
    ]
}

fn add_key(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = store::account(tx, call.actor()?.account)?;
    sessions::require_everything(tx, call, &account)?;
    let expires_on = call.values.opt_day("expires_on");
    if expires_on.is_some_and(|last| last < call.today) {
        return Err(Refusal::about("expires_on", "day-is-past").into());
    }
    let text = format!("hk_{}", secret::token());
    let key = Key {
        id: Id::new(call.now),
        account: account.id,
        label: call.values.text("label").to_owned(),
        shown_start: text.chars().take(9).collect(),
        scope: Scope::parse(call.values.text("scope")),
        paths: rules::paths(call.values.text("paths"))?,
        created_at: call.now,
        expires_on,
        revoked_at: None,
    };
    store::add_key(tx, &key, &secret::hash(&text))?;
    let about = json!({ "key": key.id, "scope": key.scope.code(), "paths": key.paths });
    told(
        tx,
        call.now,
        Some(account.id),
        "account.key_made",
        ("account", account.id),
        about,
    )?;
    Ok(Done::see(show_once(tx, call, "shown-key", &text)?).with(json!({ "id": key.id })))
}

fn revoke_key(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (account, id) = (call.actor()?.account, call.id("id")?);
    if !store::revoke_key(tx, account, id, call.now)? {
        return Err(Error::Missing);
    }
    told(
        tx,
        call.now,
        Some(account),
        "account.key_revoked",
        ("account", account),
        json!({ "key": id }),
    )?;
    Ok(Done::see("/account/keys").notice("key-revoked"))
}

fn affiliation_form() -> Form {
    vec![
        Field::choice("organisation", Choices::Listed(choose::organisations)),
        Field::choice(
            "kind",
            Choices::Fixed("affiliation-kind", AFFILIATION_KINDS),
        ),
        Field::day("from_on"),
        Field::day("to_on").optional(),
    ]
}

fn declare(tx: &mut Tx, call: &Call) -> Result<Done> {
    let account = call.actor()?.account;
    let organisation = call.values.id("organisation").ok_or(Error::Missing)?;
    let from_on = call.values.opt_day("from_on").unwrap_or(call.today);
    let to_on = call.values.opt_day("to_on");
    if to_on.is_some_and(|last| last < from_on) {
        return Err(Refusal::about("to_on", "days-reversed").into());
    }
    let kind = call.values.text("kind").to_owned();
    let tie = Affiliation {
        id: Id::new(call.now),
        account,
        organisation,
        kind,
        from_on,
        to_on,
    };
    store::add_affiliation(tx, &tie, call.now)?;
    let about = json!({ "organisation": organisation });
    told(
        tx,
        call.now,
        Some(account),
        "account.affiliation_declared",
        ("account", account),
        about,
    )?;
    Ok(Done::see("/account/affiliations").with(json!({ "id": tie.id })))
}

fn affiliation_end_form() -> Form {
    vec![Field::day("to_on")]
}

fn end_affiliation(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (account, id) = (call.actor()?.account, call.id("id")?);
    let last = call.values.opt_day("to_on").unwrap_or(call.today);
    let tie = store::affiliations(tx, account)?
        .into_iter()
        .find(|tie| tie.id == id);
    let tie = tie.ok_or(Error::Missing)?;
    if last < tie.from_on {
        return Err(Refusal::about("to_on", "days-reversed").into());
    }
    // A tie that was there when a decision was taken cannot be dated away afterwards.
    if last < call.today {
        return Err(Refusal::about("to_on", "day-is-past").into());
    }
    if !store::end_affiliation(tx, account, id, last)? {
        return Err(Refusal::whole("affiliation-has-ended").into());
    }
    let about = json!({ "organisation": tie.organisation });
    told(
        tx,
        call.now,
        Some(account),
        "account.affiliation_ended",
        ("account", account),
        about,
    )?;
    Ok(Done::see("/account/affiliations"))
}
