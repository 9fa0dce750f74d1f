//! Who stands behind a request: somebody of a school, or an account of the site.

use crate::{codes, rules, store};
use base::{Actor, Id, Moment, Result};
use db::Tx;
use web::Credentials;

/// What the token of a session on a shared phone begins with: its cookie goes with the browser.
pub const SHARED: &str = web::entrance::SHARED;
/// What the token of a session on somebody's own phone begins with.
pub const OWN: &str = "p.";

/// Seconds between two notes that a session is in use.
const TOUCH_SECONDS: i64 = 120;

fn token(credentials: &Credentials) -> Option<&str> {
    let session = credentials.session.as_deref()?;
    let ours =
        credentials.key.is_none() && (session.starts_with(SHARED) || session.starts_with(OWN));
    ours.then_some(session)
}

/// Finds who stands behind a cookie or key; none when nobody does. Reads only.
///
/// # Errors
/// Forbidden when a key may not do what is asked with it.
pub fn authenticate(tx: &mut Tx, credentials: &Credentials, now: Moment) -> Result<Option<Actor>> {
    let Some(token) = token(credentials) else {
        return people::authenticate(tx, credentials, now);
    };
    let found = store::entry::session(tx, &codes::hash(token), now.day())?;
    Ok(found
        .filter(|(s, _)| rules::is_alive(s.own_device, s.created_at, s.seen_at, now))
        .map(|(_, actor)| actor))
}

/// Notes that a session is in use.
///
/// # Errors
/// A fault of the database.
pub fn touch(tx: &mut Tx, credentials: &Credentials, now: Moment) -> Result<()> {
    let Some(token) = token(credentials) else {
        return people::touch(tx, credentials, now);
    };
    let hash = codes::hash(token);
    match store::entry::session(tx, &hash, now.day())? {
        Some((s, _))
            if s.seen_at.plus_seconds(TOUCH_SECONDS) <= now
                && rules::is_alive(s.own_device, s.created_at, s.seen_at, now) =>
        {
            store::entry::touch(tx, &hash, now)
        }
        _ => Ok(()),
    }
}

/// The name of somebody with an account that stands in a text.
///
/// # Errors
/// A fault of the database.
pub fn named(tx: &mut Tx, text: &str) -> Result<Option<String>> {
    people::named(tx, text)
}

/// Begins a session and answers its token.
pub(crate) fn begin(
    tx: &mut Tx,
    person: Id,
    by: &str,
    own_device: bool,
    now: Moment,
) -> Result<String> {
    let start = if own_device { OWN } else { SHARED };
    let token = format!("{start}{}", codes::token());
    let session = store::entry::Session {
        id: Id::new(now),
        person,
        own_device,
        created_at: now,
        seen_at: now,
    };
    store::entry::add_session(tx, &session, by, &codes::hash(&token))?;
    Ok(token)
}

/// Ends the school session this request came with, where there is one.
pub(crate) fn end_here(tx: &mut Tx, credentials: &Credentials, now: Moment) -> Result<()> {
    match token(credentials) {
        Some(token) => store::entry::end_session(tx, &codes::hash(token), now),
        None => Ok(()),
    }
}
