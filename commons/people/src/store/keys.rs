//! Machine keys, and the sealed texts that are shown once.

use super::{json, strings};
use crate::account::{Key, Scope};
use crate::rules;
use base::{Id, Moment, Result};
use db::{Row, Tx, args};

/// Inserts a key under its hash.
pub(crate) fn add_key(tx: &mut Tx, key: &Key, hash: &[u8]) -> Result<()> {
    tx.exec(
        "INSERT INTO machine_key (id, key_hash, account_id, label, shown_start, scope, paths, created_at, expires_on) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &args![
            key.id,
            hash,
            key.account,
            &key.label,
            &key.shown_start,
            key.scope.code(),
            json(&key.paths),
            key.created_at,
            key.expires_on
        ],
    )?;
    Ok(())
}

fn read_key(row: &Row) -> Result<Key> {
    let mut r = row.read();
    Ok(Key {
        id: r.id()?,
        account: r.id()?,
        label: r.text()?,
        shown_start: r.text()?,
        scope: Scope::parse(&r.text()?),
        paths: strings(&r.json()?),
        created_at: r.moment()?,
        expires_on: r.opt_day()?,
        revoked_at: r.opt_moment()?,
    })
}

/// The key of a hash.
pub(crate) fn key(tx: &mut Tx, hash: &[u8]) -> Result<Option<Key>> {
    let row = tx.row(
        "SELECT id, account_id, label, shown_start, scope, paths, created_at, expires_on, revoked_at FROM machine_key WHERE key_hash = $1",
        &args![hash],
    )?;
    row.as_ref().map(read_key).transpose()
}

/// A page of an account's keys.
pub(crate) fn keys_of(tx: &mut Tx, account: Id, after: Id, limit: i64) -> Result<Vec<Key>> {
    let rows = tx.rows(
        "SELECT id, account_id, label, shown_start, scope, paths, created_at, expires_on, revoked_at FROM machine_key \
         WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT $3",
        &args![account, after, limit],
    )?;
    rows.iter().map(read_key).collect()
}

/// Revokes a key of an account; false when it has none such.
pub(crate) fn revoke_key(tx: &mut Tx, account: Id, id: Id, now: Moment) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE machine_key SET revoked_at = $1 WHERE id = $2 AND account_id = $3 AND revoked_at IS NULL",
        &args![now, id, account],
    )?;
    Ok(touched == 1)
}

/// Keeps a sealed text for the account that made it.
pub(crate) fn add_shown(
    tx: &mut Tx,
    id: Id,
    account: Id,
    what: &str,
    sealed: &[u8],
    now: Moment,
) -> Result<()> {
    tx.exec("DELETE FROM shown_once WHERE until_at < $1", &args![now])?;
    tx.exec(
        "INSERT INTO shown_once (id, account_id, what, sealed, until_at) VALUES ($1, $2, $3, $4, $5)",
        &args![id, account, what, sealed, now.plus_seconds(rules::SHOWN_MINUTES * 60)],
    )?;
    Ok(())
}

/// What a text is, and the text as sealed.
pub(crate) fn shown(tx: &mut Tx, id: Id, account: Id, now: Moment) -> Result<(String, Vec<u8>)> {
    let row = tx.one(
        "SELECT what, sealed FROM shown_once WHERE id = $1 AND account_id = $2 AND until_at > $3",
        &args![id, account, now],
    )?;
    let mut r = row.read();
    Ok((r.text()?, r.bytes()?))
}
