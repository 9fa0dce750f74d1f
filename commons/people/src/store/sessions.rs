//! Signing in: tries, sessions, invitations and links, each under the hash of its token.

use crate::account::{Session, Ticket};
use crate::throttle::Throttle;
use base::{Error, Id, Moment, Result};
use db::{Row, Tx, args};

/// Tries made and the last one.
pub(crate) fn tries(tx: &mut Tx, throttle: Throttle, who: &[u8]) -> Result<Option<(i64, Moment)>> {
    let row = tx.row(
        "SELECT tries, last_at FROM sign_in_try WHERE kind = $1 AND who = $2",
        &args![throttle.kind, who],
    )?;
    row.map(|row| {
        let mut r = row.read();
        Ok((r.int()?, r.moment()?))
    })
    .transpose()
}

/// Counts a try before it is made, so that tries at the same time count each.
///
/// # Errors
/// Later when it may not be made yet.
pub(crate) fn count_try(tx: &mut Tx, throttle: Throttle, who: &[u8], now: Moment) -> Result<()> {
    tx.lock(&format!("sign_in_try {}", throttle.kind))?;
    let (made, last_at) = tries(tx, throttle, who)?.unwrap_or((0, now));
    let wait = throttle.wait_seconds(made, last_at, now);
    if wait > 0 {
        return Err(Error::Later(wait));
    }
    let made = throttle.counted(made, last_at, now) + 1;
    tx.exec(
        "INSERT INTO sign_in_try (kind, who, tries, last_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (kind, who) DO UPDATE SET tries = excluded.tries, last_at = excluded.last_at",
        &args![throttle.kind, who, made, now],
    )?;
    tx.exec(
        "DELETE FROM sign_in_try WHERE last_at < $1",
        &args![now.plus_days(-2)],
    )?;
    Ok(())
}

/// Forgets the tries after one that was right.
pub(crate) fn forget_tries(tx: &mut Tx, throttle: Throttle, who: &[u8]) -> Result<()> {
    tx.exec(
        "DELETE FROM sign_in_try WHERE kind = $1 AND who = $2",
        &args![throttle.kind, who],
    )?;
    Ok(())
}

/// Inserts a session under the hash of its token.
pub(crate) fn add_session(tx: &mut Tx, session: &Session, hash: &[u8]) -> Result<()> {
    tx.exec(
        "INSERT INTO session (id, token_hash, account_id, began_by, agent, created_at, seen_at, second_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &args![
            session.id,
            hash,
            session.account,
            &session.began_by,
            &session.agent,
            session.created_at,
            session.seen_at,
            session.second_at
        ],
    )?;
    Ok(())
}

fn read_session(row: &Row) -> Result<Session> {
    let mut r = row.read();
    Ok(Session {
        id: r.id()?,
        account: r.id()?,
        began_by: r.text()?,
        agent: r.text()?,
        created_at: r.moment()?,
        seen_at: r.moment()?,
        second_at: r.opt_moment()?,
        ended_at: r.opt_moment()?,
    })
}

/// The session of a token's hash.
pub(crate) fn session(tx: &mut Tx, hash: &[u8]) -> Result<Option<Session>> {
    let row = tx.row(
        "SELECT id, account_id, began_by, agent, created_at, seen_at, second_at, ended_at FROM session WHERE token_hash = $1",
        &args![hash],
    )?;
    row.as_ref().map(read_session).transpose()
}

/// A page of an account's sessions that have not been ended, the newest first.
pub(crate) fn sessions(
    tx: &mut Tx,
    account: Id,
    before: (Moment, Id),
    limit: i64,
) -> Result<Vec<Session>> {
    let rows = tx.rows(
        "SELECT id, account_id, began_by, agent, created_at, seen_at, second_at, ended_at FROM session \
         WHERE account_id = $1 AND ended_at IS NULL AND (created_at < $2 OR (created_at = $2 AND id < $3)) \
         ORDER BY created_at DESC, id DESC LIMIT $4",
        &args![account, before.0, before.1, limit],
    )?;
    rows.iter().map(read_session).collect()
}

/// Notes that a session was used.
pub(crate) fn touch_session(tx: &mut Tx, id: Id, now: Moment) -> Result<()> {
    tx.exec(
        "UPDATE session SET seen_at = $1 WHERE id = $2",
        &args![now, id],
    )?;
    Ok(())
}

/// Ends one session of an account; false when it has no such session.
pub(crate) fn end_session(tx: &mut Tx, account: Id, id: Id, now: Moment) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE session SET ended_at = $1 WHERE id = $2 AND account_id = $3 AND ended_at IS NULL",
        &args![now, id, account],
    )?;
    Ok(touched == 1)
}

/// Ends every session of an account, but for one.
pub(crate) fn end_sessions(tx: &mut Tx, account: Id, but: Option<Id>, now: Moment) -> Result<()> {
    tx.exec(
        "UPDATE session SET ended_at = $1 WHERE account_id = $2 AND ended_at IS NULL AND (CAST($3 AS UUID) IS NULL OR id <> $3)",
        &args![now, account, but],
    )?;
    tx.exec(
        "DELETE FROM session WHERE created_at < $1",
        &args![now.plus_days(-90)],
    )?;
    Ok(())
}

/// Inserts an invitation under the hash of its token; earlier ones of the account are void.
pub(crate) fn add_invitation(
    tx: &mut Tx,
    ticket: &Ticket,
    hash: &[u8],
    by: Option<Id>,
    now: Moment,
) -> Result<()> {
    tx.exec(
        "DELETE FROM invitation WHERE account_id = $1 AND used_at IS NULL",
        &args![ticket.account],
    )?;
    tx.exec(
        "INSERT INTO invitation (id, token_hash, account_id, invited_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)",
        &args![ticket.id, hash, ticket.account, by, now, ticket.expires_at],
    )?;
    Ok(())
}

/// The invitation of a token's hash.
pub(crate) fn invitation(tx: &mut Tx, hash: &[u8]) -> Result<Option<Ticket>> {
    let row = tx.row(
        "SELECT id, account_id, expires_at, used_at FROM invitation WHERE token_hash = $1",
        &args![hash],
    )?;
    row.map(|row| {
        let mut r = row.read();
        Ok(Ticket {
            id: r.id()?,
            account: r.id()?,
            reusable: false,
            second: false,
            expires_at: r.moment()?,
            used_at: r.opt_moment()?,
        })
    })
    .transpose()
}

/// Uses an invitation; false when somebody was faster.
pub(crate) fn use_invitation(tx: &mut Tx, id: Id, now: Moment) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE invitation SET used_at = $1 WHERE id = $2 AND used_at IS NULL",
        &args![now, id],
    )?;
    Ok(touched == 1)
}

/// Inserts a sign-in link under the hash of its token.
pub(crate) fn add_link(
    tx: &mut Tx,
    ticket: &Ticket,
    hash: &[u8],
    by: Option<Id>,
    now: Moment,
) -> Result<()> {
    tx.exec(
        "INSERT INTO sign_in_link (id, token_hash, account_id, made_by, reusable, second, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &args![ticket.id, hash, ticket.account, by, ticket.reusable, ticket.second, now, ticket.expires_at],
    )?;
    Ok(())
}

/// The sign-in link of a token's hash.
pub(crate) fn link(tx: &mut Tx, hash: &[u8]) -> Result<Option<Ticket>> {
    let row = tx.row(
        "SELECT id, account_id, reusable, second, expires_at, used_at FROM sign_in_link WHERE token_hash = $1",
        &args![hash],
    )?;
    row.map(|row| {
        let mut r = row.read();
        Ok(Ticket {
            id: r.id()?,
            account: r.id()?,
            reusable: r.bool()?,
            second: r.bool()?,
            expires_at: r.moment()?,
            used_at: r.opt_moment()?,
        })
    })
    .transpose()
}

/// Uses a sign-in link; false when it was used and is good for once only.
pub(crate) fn use_link(tx: &mut Tx, id: Id, now: Moment) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE sign_in_link SET used_at = $1 WHERE id = $2 AND (reusable OR used_at IS NULL)",
        &args![now, id],
    )?;
    Ok(touched == 1)
}

/// Who has made sign-in links for an account since a moment.
pub(crate) fn link_makers(tx: &mut Tx, account: Id, since: Moment) -> Result<Vec<Id>> {
    let rows = tx.rows(
        "SELECT DISTINCT made_by FROM sign_in_link WHERE account_id = $1 AND created_at >= $2 AND made_by IS NOT NULL ORDER BY made_by",
        &args![account, since],
    )?;
    rows.iter().map(|row| row.read().id()).collect()
}
