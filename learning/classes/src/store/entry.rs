//! Coming in: sessions and links under the hash of their token, and the tries that are counted.

use base::{Actor, Appointment, Day, Error, Id, Moment, Result, Role};
use db::{Tx, args};
use people::Throttle;

/// A school session and who stands behind it.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) id: Id,
    pub(crate) person: Id,
    pub(crate) own_device: bool,
    pub(crate) created_at: Moment,
    pub(crate) seen_at: Moment,
}

/// Inserts a session under the hash of its token.
pub(crate) fn add_session(tx: &mut Tx, session: &Session, by: &str, hash: &[u8]) -> Result<()> {
    tx.exec(
        "INSERT INTO school_session (id, token_hash, person_id, began_by, own_device, created_at, seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &args![session.id, hash, session.person, by, session.own_device, session.created_at, session.seen_at],
    )?;
    // What is too old to hold is forgotten.
    tx.exec(
        "DELETE FROM school_session WHERE created_at < $1",
        &args![session.created_at.plus_days(-40)],
    )?;
    Ok(())
}

/// The session of a token's hash with the actor behind it: one question for both.
pub(crate) fn session(tx: &mut Tx, hash: &[u8], day: Day) -> Result<Option<(Session, Actor)>> {
    let rows = tx.rows(
        "SELECT s.id, s.person_id, s.own_device, s.created_at, s.seen_at, p.given, p.family, p.lang, r.role, r.school_id, r.country, r.from_on, r.to_on \
         FROM school_session s JOIN school_person p ON p.id = s.person_id LEFT JOIN school_role r ON r.person_id = p.id \
         WHERE s.token_hash = $1 AND s.ended_at IS NULL AND p.closed_at IS NULL ORDER BY r.id",
        &args![hash],
    )?;
    let mut found: Option<(Session, Actor)> = None;
    for row in &rows {
        let mut r = row.read();
        let session = Session {
            id: r.id()?,
            person: r.id()?,
            own_device: r.bool()?,
            created_at: r.moment()?,
            seen_at: r.moment()?,
        };
        let (given, family, lang) = (r.text()?, r.text()?, r.lang()?);
        let (_, actor) = found.get_or_insert_with(|| {
            let actor = Actor {
                account: session.person,
                name: format!("{given} {family}").trim().to_owned(),
                lang,
                appointments: Vec::new(),
            };
            (session, actor)
        });
        let Some(role) = r.opt_text()?.as_deref().and_then(Role::parse) else {
            continue;
        };
        let (school, country) = (r.id()?, r.text()?);
        let (from_on, to_on) = (r.day()?, r.opt_day()?);
        if from_on <= day && to_on.is_none_or(|last| day <= last) {
            actor.appointments.push(Appointment {
                role,
                organisation: Some(school),
                country: Some(country),
                places: Vec::new(),
            });
        }
    }
    Ok(found)
}

/// Notes that a session is in use.
pub(crate) fn touch(tx: &mut Tx, hash: &[u8], now: Moment) -> Result<()> {
    tx.exec(
        "UPDATE school_session SET seen_at = $1 WHERE token_hash = $2 AND ended_at IS NULL",
        &args![now, hash],
    )?;
    Ok(())
}

/// Ends the session of a token's hash.
pub(crate) fn end_session(tx: &mut Tx, hash: &[u8], now: Moment) -> Result<()> {
    tx.exec(
        "UPDATE school_session SET ended_at = $1 WHERE token_hash = $2 AND ended_at IS NULL",
        &args![now, hash],
    )?;
    Ok(())
}

/// Ends every session of a person.
pub(crate) fn end_sessions(tx: &mut Tx, person: Id, now: Moment) -> Result<()> {
    tx.exec(
        "UPDATE school_session SET ended_at = $1 WHERE person_id = $2 AND ended_at IS NULL",
        &args![now, person],
    )?;
    Ok(())
}

/// Inserts a sign-in link.
pub(crate) fn add_link(
    tx: &mut Tx,
    id: Id,
    hash: &[u8],
    person: Id,
    reusable: bool,
    until: Moment,
) -> Result<()> {
    tx.exec(
        "INSERT INTO school_link (id, token_hash, person_id, reusable, expires_at) VALUES ($1, $2, $3, $4, $5)",
        &args![id, hash, person, reusable, until],
    )?;
    Ok(())
}

/// The link of a token's hash while it works: its id and person.
pub(crate) fn link(tx: &mut Tx, hash: &[u8], now: Moment) -> Result<Option<(Id, Id)>> {
    let row = tx.row(
        "SELECT id, person_id FROM school_link WHERE token_hash = $1 AND expires_at > $2 AND (reusable OR used_at IS NULL)",
        &args![hash, now],
    )?;
    row.map(|row| {
        let mut r = row.read();
        Ok((r.id()?, r.id()?))
    })
    .transpose()
}

/// Uses a link; false when it was used and is good for once only.
pub(crate) fn use_link(tx: &mut Tx, id: Id, now: Moment) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE school_link SET used_at = $1 WHERE id = $2 AND (reusable OR used_at IS NULL)",
        &args![now, id],
    )?;
    Ok(touched == 1)
}

/// Counts a try before it is made, so that tries at the same time count each.
///
/// # Errors
/// Later when it may not be made yet.
pub(crate) fn count_try(tx: &mut Tx, throttle: Throttle, who: &[u8], now: Moment) -> Result<()> {
    tx.lock(&format!("school_try {}", throttle.kind))?;
    let row = tx.row(
        "SELECT tries, last_at FROM school_try WHERE kind = $1 AND who = $2",
        &args![throttle.kind, who],
    )?;
    let (made, last_at) = match row {
        Some(row) => {
            let mut r = row.read();
            (r.int()?, r.moment()?)
        }
        None => (0, now),
    };
    let wait = throttle.wait_seconds(made, last_at, now);
    if wait > 0 {
        return Err(Error::Later(wait));
    }
    let made = throttle.counted(made, last_at, now) + 1;
    tx.exec(
        "INSERT INTO school_try (kind, who, tries, last_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (kind, who) DO UPDATE SET tries = excluded.tries, last_at = excluded.last_at",
        &args![throttle.kind, who, made, now],
    )?;
    tx.exec(
        "DELETE FROM school_try WHERE last_at < $1",
        &args![now.plus_days(-2)],
    )?;
    Ok(())
}

/// Forgets the tries after one that was right.
pub(crate) fn forget_tries(tx: &mut Tx, throttle: Throttle, who: &[u8]) -> Result<()> {
    tx.exec(
        "DELETE FROM school_try WHERE kind = $1 AND who = $2",
        &args![throttle.kind, who],
    )?;
    Ok(())
}

/// Takes one try back: it was right.
pub(crate) fn take_back(tx: &mut Tx, throttle: Throttle, who: &[u8]) -> Result<()> {
    tx.exec(
        "UPDATE school_try SET tries = tries - 1 WHERE kind = $1 AND who = $2 AND tries > 0",
        &args![throttle.kind, who],
    )?;
    Ok(())
}
