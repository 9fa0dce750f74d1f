//! Who stands behind a request: sessions of people, keys of programs.

use crate::account::{Account, Session};
use crate::{door, rules, secret, store};
use base::{Actor, Id, Moment, Refusal, Result};
use db::Tx;
use web::{Ask, Credentials};

/// Seconds between two notes that a session is in use.
const TOUCH_SECONDS: i64 = 300;

/// Finds who stands behind a cookie or key; none when nobody does. Reads only.
///
/// # Errors
/// Forbidden when a key may not do what is asked with it.
pub fn authenticate(tx: &mut Tx, credentials: &Credentials, now: Moment) -> Result<Option<Actor>> {
    if let Some(key) = &credentials.key {
        return behind_key(tx, key, credentials, now);
    }
    let Some(session) = alive(tx, credentials.session.as_deref(), now)? else {
        return Ok(None);
    };
    let account = store::account(tx, session.account)?;
    if account.closed_at.is_some() {
        return Ok(None);
    }
    door::actor_of(tx, &account, session.second_at.is_some(), now.day()).map(Some)
}

fn behind_key(
    tx: &mut Tx,
    key: &str,
    credentials: &Credentials,
    now: Moment,
) -> Result<Option<Actor>> {
    let Some(key) = store::key(tx, &secret::hash(key))? else {
        return Ok(None);
    };
    let account = store::account(tx, key.account)?;
    if account.closed_at.is_some() || !rules::is_key_alive(&key, now.day()) {
        return Ok(None);
    }
    rules::use_key(&key, credentials.writes, &credentials.path)?;
    // Whoever made the key had given the second factor.
    door::actor_of(tx, &account, true, now.day()).map(Some)
}

/// Notes that a session is in use, at most once in five minutes: what keeps it from ending idle.
///
/// # Errors
/// A fault of the database.
pub fn touch(tx: &mut Tx, credentials: &Credentials, now: Moment) -> Result<()> {
    match alive(tx, credentials.session.as_deref(), now)? {
        Some(session) if session.seen_at.plus_seconds(TOUCH_SECONDS) <= now => {
            store::touch_session(tx, session.id, now)
        }
        _ => Ok(()),
    }
}

fn alive(tx: &mut Tx, token: Option<&str>, now: Moment) -> Result<Option<Session>> {
    let Some(token) = token else { return Ok(None) };
    let session = store::session(tx, &secret::hash(token))?;
    Ok(session.filter(|session| rules::is_alive(session, now)))
}

/// Begins a session and answers its token.
pub(crate) fn begin(
    tx: &mut Tx,
    ask: &Ask,
    account: &Account,
    began_by: &str,
    second: bool,
) -> Result<String> {
    let token = secret::token();
    let session = Session {
        id: Id::new(ask.now),
        account: account.id,
        began_by: began_by.to_owned(),
        agent: agent(ask),
        created_at: ask.now,
        seen_at: ask.now,
        second_at: second.then_some(ask.now),
        ended_at: None,
    };
    store::add_session(tx, &session, &secret::hash(&token))?;
    Ok(token)
}

/// The session this request came with.
pub(crate) fn here(tx: &mut Tx, ask: &Ask) -> Result<Option<Session>> {
    alive(tx, ask.credentials.session.as_deref(), ask.now)
}

/// Ends the session this request came with, where there is one.
pub(crate) fn end_here(tx: &mut Tx, ask: &Ask) -> Result<()> {
    match here(tx, ask)? {
        Some(session) => store::end_session(tx, session.account, session.id, ask.now).map(|_| ()),
        None => Ok(()),
    }
}

fn agent(ask: &Ask) -> String {
    ask.credentials
        .agent
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect()
}

/// Refuses what only a session with everything may do: the second factor first, where the person
/// has one or needs one.
///
/// # Errors
/// Refused with `code-first`.
pub(crate) fn require_everything(tx: &mut Tx, ask: &Ask, account: &Account) -> Result<()> {
    let full = door::actor_of(tx, account, true, ask.today)?;
    let second = here(tx, ask)?.is_some_and(|session| session.second_at.is_some());
    let enrolled = account.totp_secret.is_some();
    let whole = full.appointments.len() == ask.actor()?.appointments.len();
    if second || (whole && !enrolled) {
        Ok(())
    } else {
        Err(Refusal::whole("code-first").into())
    }
}
