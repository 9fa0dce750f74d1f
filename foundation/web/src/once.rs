//! Done once: a form sent twice, or a request repeated under its idempotency key, acts once.

use crate::form::Entered;
use crate::room::Done;
use base::{Actor, Error, Moment, Refusal, Result};
use db::{Tx, args};

/// Days an answer is remembered.
const DAYS_KEPT: i64 = 7;

/// What tells one request from another.
#[derive(Clone, Debug)]
pub struct Once {
    /// Chosen by the sender.
    pub key: String,
    /// Who sends: keys of two senders never meet.
    pub sender: String,
    /// What is sent, and where to.
    pub body_hash: String,
}

impl Once {
    /// The mark of a request; none when the sender chose no key.
    pub fn of(key: &str, actor: Option<&Actor>, path: &str, entered: &Entered) -> Option<Self> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(path.as_bytes());
        for (name, texts) in &entered.texts {
            hasher.update(&[0]).update(name.as_bytes());
            for text in texts {
                hasher.update(&[1]).update(text.as_bytes());
            }
        }
        for (name, file) in &entered.files {
            hasher
                .update(&[2])
                .update(name.as_bytes())
                .update(file.hash.as_bytes());
        }
        (!key.is_empty()).then(|| Self {
            key: key.to_owned(),
            sender: actor.map_or_else(|| "visitor".to_owned(), |a| a.account.to_string()),
            body_hash: hasher.finalize().to_hex().to_string(),
        })
    }
}

/// What was answered to the same request before.
///
/// # Errors
/// Refused when the key was used for something else.
pub fn earlier(tx: &mut Tx, once: &Once) -> Result<Option<Done>> {
    let row = tx.row(
        "SELECT body_hash, see, body FROM answered WHERE once = $1 AND sender = $2",
        &args![once.key.as_str(), once.sender.as_str()],
    )?;
    let Some(row) = row else { return Ok(None) };
    let mut r = row.read();
    if r.text()? != once.body_hash {
        return Err(Refusal::whole("form-key-used").into());
    }
    let see = r.text()?;
    let body = serde_json::from_str(&r.text()?).map_err(Error::fault)?;
    Ok(Some(Done::see(see).with(body)))
}

/// Remembers what was answered; forgets what is older than a week.
///
/// # Errors
/// A fault of the database.
pub fn keep(tx: &mut Tx, once: &Once, done: &Done, now: Moment) -> Result<()> {
    if done.session.is_some() {
        return Ok(());
    }
    tx.exec(
        "DELETE FROM answered WHERE at < $1",
        &args![now.plus_days(-DAYS_KEPT)],
    )?;
    tx.exec(
        "INSERT INTO answered (once, sender, body_hash, see, body, at) VALUES ($1, $2, $3, $4, $5, $6)",
        &args![
            once.key.as_str(),
            once.sender.as_str(),
            once.body_hash.as_str(),
            done.see.as_str(),
            done.body.to_string(),
            now
        ],
    )?;
    Ok(())
}
