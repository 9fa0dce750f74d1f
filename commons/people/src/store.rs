//! Every SQL statement of this room.

use crate::account::{Account, Affiliation, Appointed, Key, Scope, Session, Ticket};
use crate::organisation::Organisation;
use crate::rules::{self, Throttle};
use base::{Day, Error, Id, Moment, Names, Refusal, Result, Role};
use db::{Row, Tx, Val, args};

db::table!(
    /// Organisations.
    ORGANISATION = "organisation" key 1 {
        id: Id, names: Text, name_key: Text, search_key: Text, kind: Text, country: Text,
        website: Text, sample: Bool, merged_into: Id, created_at: Int, version: Int,
    }
);
db::table!(
    /// Their identifiers.
    ORGANISATION_IDENTIFIER = "organisation_identifier" key 2 {
        scheme: Text, code: Text, organisation_id: Id,
    }
);
db::table!(
    /// Roles given to accounts; no names.
    APPOINTMENT = "appointment" key 1 {
        id: Id, account_id: Id, role: Text, organisation_id: Id, country: Text, places: Text,
        from_on: Text, to_on: Text, basis: Text, appointed_by: Id, appointed_at: Int,
        ended_at: Int, ended_by: Id, end_reason: Text, version: Int,
    }
);

// Accounts.

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
    Ok(())
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
    Ok(())
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

// Tries.

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

// Sessions.

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

// Links.

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

// Keys.

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

// What is shown once.

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

// Organisations.

/// Inserts an organisation and its identifiers.
pub(crate) fn add_organisation(
    tx: &mut Tx,
    organisation: &Organisation,
    now: Moment,
) -> Result<()> {
    tx.add(&ORGANISATION, organisation_row(organisation, now))?;
    put_identifiers(tx, organisation)
}

fn organisation_row(o: &Organisation, created_at: Moment) -> Vec<Val> {
    let (name_key, search_key) = rules::keys(&o.names);
    args![
        o.id,
        &o.names,
        name_key,
        search_key,
        &o.kind,
        o.country.clone(),
        o.website.clone(),
        o.sample,
        o.merged_into,
        created_at,
        o.version
    ]
    .to_vec()
}

fn put_identifiers(tx: &mut Tx, organisation: &Organisation) -> Result<()> {
    for (scheme, code) in &organisation.identifiers {
        let done = tx.add(
            &ORGANISATION_IDENTIFIER,
            args![scheme, code, organisation.id].to_vec(),
        );
        let taken = Refusal::about("identifiers", "identifier-taken")
            .with("line", format!("{scheme} {code}"));
        db::on_unique(done, "organisation_identifier.scheme,code", taken)?;
    }
    Ok(())
}

/// Saves an organisation over the version its editor has seen.
pub(crate) fn change_organisation(
    tx: &mut Tx,
    organisation: &Organisation,
    seen: i64,
) -> Result<()> {
    let created_at = tx
        .one(
            "SELECT created_at FROM organisation WHERE id = $1",
            &args![organisation.id],
        )?
        .read()
        .moment()?;
    tx.change(
        &ORGANISATION,
        organisation_row(organisation, created_at),
        seen,
    )?;
    for (scheme, code) in identifiers_of(tx, organisation.id)? {
        if !organisation
            .identifiers
            .contains(&(scheme.clone(), code.clone()))
        {
            tx.remove(&ORGANISATION_IDENTIFIER, &args![scheme, code])?;
        }
    }
    let known = identifiers_of(tx, organisation.id)?;
    let mut fresh = organisation.clone();
    fresh.identifiers.retain(|pair| !known.contains(pair));
    put_identifiers(tx, &fresh)
}

fn identifiers_of(tx: &mut Tx, id: Id) -> Result<Vec<(String, String)>> {
    let rows = tx.rows(
        "SELECT scheme, code FROM organisation_identifier WHERE organisation_id = $1 ORDER BY scheme, code",
        &args![id],
    )?;
    let read = |row: &Row| {
        let mut r = row.read();
        Ok((r.text()?, r.text()?))
    };
    rows.iter().map(read).collect()
}

fn read_organisation(row: &Row) -> Result<Organisation> {
    let mut r = row.read();
    Ok(Organisation {
        id: r.id()?,
        names: r.names()?,
        kind: r.text()?,
        country: r.opt_text()?,
        identifiers: Vec::new(),
        website: r.opt_text()?,
        sample: r.bool()?,
        merged_into: r.opt_id()?,
        version: r.int()?,
    })
}

/// The organisation of an id, with its identifiers.
pub(crate) fn organisation(tx: &mut Tx, id: Id) -> Result<Organisation> {
    let row = tx.one(
        "SELECT id, names, kind, country, website, sample, merged_into, version FROM organisation WHERE id = $1",
        &args![id],
    )?;
    let mut organisation = read_organisation(&row)?;
    organisation.identifiers = identifiers_of(tx, id)?;
    Ok(organisation)
}

/// What organisations are looked for.
pub(crate) struct OrganisationsWanted<'a> {
    pub(crate) after: (&'a str, Id),
    pub(crate) q: Option<&'a str>,
    pub(crate) kind: Option<&'a str>,
    pub(crate) country: Option<&'a str>,
    pub(crate) limit: i64,
}

/// A page of organisations by name, those merged into others left out; without identifiers.
pub(crate) fn organisations(
    tx: &mut Tx,
    wanted: &OrganisationsWanted,
) -> Result<Vec<(String, Organisation)>> {
    let rows = tx.rows(
        "SELECT id, names, kind, country, website, sample, merged_into, version, name_key FROM organisation \
         WHERE merged_into IS NULL AND (name_key > $1 OR (name_key = $1 AND id > $2)) \
         AND (CAST($3 AS TEXT) IS NULL OR search_key LIKE '%' || CAST($3 AS TEXT) || '%') \
         AND (CAST($4 AS TEXT) IS NULL OR kind = CAST($4 AS TEXT)) \
         AND (CAST($5 AS TEXT) IS NULL OR country = CAST($5 AS TEXT)) \
         ORDER BY name_key, id LIMIT $6",
        &args![wanted.after.0, wanted.after.1, wanted.q, wanted.kind, wanted.country, wanted.limit],
    )?;
    let read = |row: Row| {
        let organisation = read_organisation(&row)?;
        let mut r = row.read();
        for _ in 0..8 {
            r.skip();
        }
        Ok((r.text()?, organisation))
    };
    rows.into_iter().map(read).collect()
}

/// An organisation's names.
pub(crate) fn names(tx: &mut Tx, id: Id) -> Result<Option<Names>> {
    let row = tx.row("SELECT names FROM organisation WHERE id = $1", &args![id])?;
    row.map(|row| row.read().names()).transpose()
}

/// The organisation an identifier belongs to.
pub(crate) fn by_identifier(tx: &mut Tx, scheme: &str, code: &str) -> Result<Option<Id>> {
    let row = tx.row(
        "SELECT organisation_id FROM organisation_identifier WHERE scheme = $1 AND code = $2",
        &args![scheme, code],
    )?;
    row.map(|row| row.read().id()).transpose()
}

// Appointments.

/// Inserts an appointment.
pub(crate) fn add_appointment(tx: &mut Tx, a: &Appointed) -> Result<()> {
    let done = tx.add(&APPOINTMENT, appointment_row(a));
    db::on_check(
        done,
        "appointment_by_another",
        Refusal::whole("appointment-not-oneself"),
    )
}

/// Saves an appointment.
pub(crate) fn change_appointment(tx: &mut Tx, a: &Appointed) -> Result<()> {
    tx.change(&APPOINTMENT, appointment_row(a), a.version)?;
    Ok(())
}

fn appointment_row(a: &Appointed) -> Vec<Val> {
    args![
        a.id,
        a.account,
        a.role.code(),
        a.organisation,
        a.country.clone(),
        json(&a.places),
        a.from_on,
        a.to_on,
        &a.basis,
        a.by,
        a.at,
        a.ended_at,
        a.ended_by,
        a.end_reason.clone(),
        a.version
    ]
    .to_vec()
}

fn read_appointment(row: &Row) -> Result<Appointed> {
    let mut r = row.read();
    let id = r.id()?;
    let account = r.id()?;
    let code = r.text()?;
    Ok(Appointed {
        id,
        account,
        role: Role::parse(&code).ok_or_else(|| Error::fault(format!("{code} is no role")))?,
        organisation: r.opt_id()?,
        country: r.opt_text()?,
        places: strings(&r.json()?),
        from_on: r.day()?,
        to_on: r.opt_day()?,
        basis: r.text()?,
        by: r.opt_id()?,
        at: r.moment()?,
        ended_at: r.opt_moment()?,
        ended_by: r.opt_id()?,
        end_reason: r.opt_text()?,
        version: r.int()?,
    })
}

/// The appointment of an id.
pub(crate) fn appointment(tx: &mut Tx, id: Id) -> Result<Appointed> {
    let row = tx.one(
        "SELECT id, account_id, role, organisation_id, country, places, from_on, to_on, basis, appointed_by, appointed_at, ended_at, ended_by, end_reason, version \
         FROM appointment WHERE id = $1",
        &args![id],
    )?;
    read_appointment(&row)
}

/// Every appointment an account has had.
pub(crate) fn appointments_of(tx: &mut Tx, account: Id) -> Result<Vec<Appointed>> {
    let rows = tx.rows(
        "SELECT id, account_id, role, organisation_id, country, places, from_on, to_on, basis, appointed_by, appointed_at, ended_at, ended_by, end_reason, version \
         FROM appointment WHERE account_id = $1 ORDER BY id",
        &args![account],
    )?;
    rows.iter().map(read_appointment).collect()
}

/// The appointments of an organisation that have not been ended.
pub(crate) fn appointments_for(tx: &mut Tx, organisation: Id) -> Result<Vec<Appointed>> {
    let rows = tx.rows(
        "SELECT id, account_id, role, organisation_id, country, places, from_on, to_on, basis, appointed_by, appointed_at, ended_at, ended_by, end_reason, version \
         FROM appointment WHERE organisation_id = $1 AND ended_at IS NULL ORDER BY id",
        &args![organisation],
    )?;
    rows.iter().map(read_appointment).collect()
}

/// The appointments to a role that have not been ended.
pub(crate) fn appointments_to(
    tx: &mut Tx,
    role: Role,
    organisation: Option<Id>,
    country: Option<&str>,
) -> Result<Vec<Appointed>> {
    let rows = tx.rows(
        "SELECT id, account_id, role, organisation_id, country, places, from_on, to_on, basis, appointed_by, appointed_at, ended_at, ended_by, end_reason, version \
         FROM appointment WHERE role = $1 AND ended_at IS NULL \
         AND (CAST($2 AS UUID) IS NULL OR organisation_id = $2) \
         AND (CAST($3 AS TEXT) IS NULL OR country IS NULL OR country = CAST($3 AS TEXT)) ORDER BY id",
        &args![role.code(), organisation, country],
    )?;
    rows.iter().map(read_appointment).collect()
}

// Conflicts of interest.

/// Inserts a declared tie.
pub(crate) fn add_affiliation(tx: &mut Tx, a: &Affiliation, now: Moment) -> Result<()> {
    tx.exec(
        "INSERT INTO affiliation (id, account_id, organisation_id, kind, from_on, to_on, declared_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &args![a.id, a.account, a.organisation, &a.kind, a.from_on, a.to_on, now],
    )?;
    Ok(())
}

/// Every tie a person has declared.
pub(crate) fn affiliations(tx: &mut Tx, account: Id) -> Result<Vec<Affiliation>> {
    let rows = tx.rows(
        "SELECT id, account_id, organisation_id, kind, from_on, to_on FROM affiliation WHERE account_id = $1 ORDER BY id",
        &args![account],
    )?;
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(Affiliation {
            id: r.id()?,
            account: r.id()?,
            organisation: r.id()?,
            kind: r.text()?,
            from_on: r.day()?,
            to_on: r.opt_day()?,
        })
    };
    rows.iter().map(read).collect()
}

/// Sets the last day of a tie; false when the person has none such, or it has ended.
pub(crate) fn end_affiliation(tx: &mut Tx, account: Id, id: Id, last: Day) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE affiliation SET to_on = $1 WHERE id = $2 AND account_id = $3 AND (to_on IS NULL OR to_on > $1)",
        &args![last, id, account],
    )?;
    Ok(touched == 1)
}

fn json(texts: &[String]) -> String {
    serde_json::Value::from(texts.to_vec()).to_string()
}

fn strings(value: &serde_json::Value) -> Vec<String> {
    let all = value.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter()
        .filter_map(|v| v.as_str().map(str::to_owned))
        .collect()
}
