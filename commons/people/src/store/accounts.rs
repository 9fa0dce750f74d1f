//! Accounts with their second factor and recovery codes, and why others changed them.

use super::{end_sessions, set_name_keys};
use crate::account::Account;
use base::{Day, Id, Moment, Refusal, Result};
use db::{Row, Tx, args};

/// Inserts an account.
pub(crate) fn add_account(tx: &mut Tx, account: &Account) -> Result<()> {
    let done = tx.exec(
        "INSERT INTO account (id, email, name, search_key, lang, password_hash, totp_secret, totp_serial, totp_step, sample, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &args![
            account.id,
            &account.email,
            &account.name,
            search_key(&account.name, &account.email),
            account.lang,
            account.password_hash.clone(),
            account.totp_secret.clone(),
            account.totp_serial,
            account.totp_step,
            account.sample,
            account.created_at
        ],
    );
    db::on_unique(
        done,
        "account.email",
        Refusal::about("email", "account-email-taken"),
    )?;
    set_name_keys(tx, account.id, &account.name)
}

fn search_key(name: &str, email: &str) -> String {
    base::fold(&format!("{name} {email}"))
}

fn read_account(row: &Row) -> Result<Account> {
    let mut r = row.read();
    Ok(Account {
        id: r.id()?,
        email: r.text()?,
        name: r.text()?,
        lang: r.lang()?,
        password_hash: r.opt_text()?,
        totp_secret: r.opt_bytes()?,
        totp_serial: r.int()?,
        totp_step: r.int()?,
        reset: r.opt_id()?.zip(r.opt_moment()?),
        sample: r.bool()?,
        created_at: r.moment()?,
        closed_at: r.opt_moment()?,
    })
}

/// The account of an id.
pub(crate) fn account(tx: &mut Tx, id: Id) -> Result<Account> {
    let row = tx.one(
        "SELECT id, email, name, lang, password_hash, totp_secret, totp_serial, totp_step, reset_by, reset_at, sample, created_at, closed_at \
         FROM account WHERE id = $1",
        &args![id],
    )?;
    read_account(&row)
}

/// The account of an e-mail address.
pub(crate) fn account_of(tx: &mut Tx, email: &str) -> Result<Option<Account>> {
    let row = tx.row(
        "SELECT id, email, name, lang, password_hash, totp_secret, totp_serial, totp_step, reset_by, reset_at, sample, created_at, closed_at \
         FROM account WHERE email = $1",
        &args![email],
    )?;
    row.as_ref().map(read_account).transpose()
}

/// What accounts are looked for.
pub(crate) struct AccountsWanted<'a> {
    pub(crate) after: (&'a str, Id),
    pub(crate) q: Option<&'a str>,
    pub(crate) role: Option<&'a str>,
    pub(crate) today: Day,
    pub(crate) limit: i64,
}

/// A page of accounts by name.
pub(crate) fn accounts(tx: &mut Tx, wanted: &AccountsWanted) -> Result<Vec<(String, Account)>> {
    let rows = tx.rows(
        "SELECT id, email, name, lang, password_hash, totp_secret, totp_serial, totp_step, reset_by, reset_at, sample, created_at, closed_at, search_key \
         FROM account WHERE (search_key > $1 OR (search_key = $1 AND id > $2)) \
         AND (CAST($3 AS TEXT) IS NULL OR search_key LIKE '%' || CAST($3 AS TEXT) || '%') \
         AND (CAST($4 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM appointment WHERE appointment.account_id = account.id AND role = CAST($4 AS TEXT) \
              AND ended_at IS NULL AND from_on <= $5 AND (to_on IS NULL OR to_on >= $5))) \
         ORDER BY search_key, id LIMIT $6",
        &args![wanted.after.0, wanted.after.1, wanted.q, wanted.role, wanted.today, wanted.limit],
    )?;
    let read = |row: Row| {
        let account = read_account(&row)?;
        let mut r = row.read();
        for _ in 0..13 {
            r.skip();
        }
        Ok((r.text()?, account))
    };
    rows.into_iter().map(read).collect()
}

/// Sets the password.
pub(crate) fn set_password(tx: &mut Tx, id: Id, hash: &str) -> Result<()> {
    tx.exec(
        "UPDATE account SET password_hash = $1 WHERE id = $2",
        &args![hash, id],
    )?;
    Ok(())
}

/// Sets name and language.
pub(crate) fn set_person(tx: &mut Tx, account: &Account) -> Result<()> {
    tx.exec(
        "UPDATE account SET name = $1, search_key = $2, lang = $3 WHERE id = $4",
        &args![
            &account.name,
            search_key(&account.name, &account.email),
            account.lang,
            account.id
        ],
    )?;
    set_name_keys(tx, account.id, &account.name)
}

/// Keeps a confirmed secret of the second factor, and the step of the code that confirmed it.
pub(crate) fn set_totp(tx: &mut Tx, id: Id, secret: &[u8], step: i64) -> Result<()> {
    tx.exec(
        "UPDATE account SET totp_secret = $1, totp_serial = totp_serial + 1, totp_step = $2, reset_by = NULL, reset_at = NULL WHERE id = $3",
        &args![secret, step, id],
    )?;
    Ok(())
}

/// Takes the second factor away, with its recovery codes.
pub(crate) fn clear_totp(tx: &mut Tx, id: Id, by: Id, now: Moment) -> Result<()> {
    tx.exec(
        "UPDATE account SET totp_secret = NULL, totp_serial = totp_serial + 1, totp_step = 0, reset_by = $1, reset_at = $2 WHERE id = $3",
        &args![by, now, id],
    )?;
    tx.exec(
        "DELETE FROM recovery_code WHERE account_id = $1",
        &args![id],
    )?;
    Ok(())
}

/// Uses the code of a step; false when it, or a later one, was used before.
pub(crate) fn use_totp(tx: &mut Tx, id: Id, step: i64) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE account SET totp_step = $1 WHERE id = $2 AND totp_step < $1",
        &args![step, id],
    )?;
    Ok(touched == 1)
}

/// Closes an account for good.
pub(crate) fn close_account(tx: &mut Tx, id: Id, now: Moment) -> Result<()> {
    tx.exec(
        "UPDATE account SET closed_at = $1, password_hash = NULL, totp_secret = NULL WHERE id = $2",
        &args![now, id],
    )?;
    tx.exec(
        "DELETE FROM recovery_code WHERE account_id = $1",
        &args![id],
    )?;
    tx.exec(
        "UPDATE machine_key SET revoked_at = $1 WHERE account_id = $2 AND revoked_at IS NULL",
        &args![now, id],
    )?;
    tx.exec("DELETE FROM sign_in_link WHERE account_id = $1", &args![id])?;
    tx.exec("DELETE FROM invitation WHERE account_id = $1", &args![id])?;
    end_sessions(tx, id, None, now)
}

/// Keeps why something was done to an account: personal, so not in a fact.
pub(crate) fn add_reason(
    tx: &mut Tx,
    account: Id,
    verb: &str,
    by: Id,
    reason: &str,
    now: Moment,
) -> Result<()> {
    tx.exec(
        "INSERT INTO account_reason (id, account_id, verb, by_id, reason, at) VALUES ($1, $2, $3, $4, $5, $6)",
        &args![Id::new(now), account, verb, by, reason, now],
    )?;
    Ok(())
}

/// What was done to an account by others, with the reasons.
pub(crate) fn reasons(tx: &mut Tx, account: Id) -> Result<Vec<(String, String, Moment)>> {
    let rows = tx.rows(
        "SELECT verb, reason, at FROM account_reason WHERE account_id = $1 ORDER BY id",
        &args![account],
    )?;
    let read = |row: &Row| {
        let mut r = row.read();
        Ok((r.text()?, r.text()?, r.moment()?))
    };
    rows.iter().map(read).collect()
}

/// Replaces the recovery codes.
pub(crate) fn set_recovery(tx: &mut Tx, id: Id, hashes: &[Vec<u8>]) -> Result<()> {
    tx.exec(
        "DELETE FROM recovery_code WHERE account_id = $1",
        &args![id],
    )?;
    for hash in hashes {
        tx.exec(
            "INSERT INTO recovery_code (account_id, code_hash) VALUES ($1, $2)",
            &args![id, hash.as_slice()],
        )?;
    }
    Ok(())
}

/// Uses a recovery code; false when there is none like it, or it was used.
pub(crate) fn use_recovery(tx: &mut Tx, id: Id, hash: &[u8], now: Moment) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE recovery_code SET used_at = $1 WHERE account_id = $2 AND code_hash = $3 AND used_at IS NULL",
        &args![now, id, hash],
    )?;
    Ok(touched == 1)
}

/// Recovery codes not yet used.
pub(crate) fn recovery_left(tx: &mut Tx, id: Id) -> Result<i64> {
    tx.one(
        "SELECT COUNT(*) FROM recovery_code WHERE account_id = $1 AND used_at IS NULL",
        &args![id],
    )?
    .read()
    .int()
}
