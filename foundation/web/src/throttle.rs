//! How much a stranger may do: acts of people who are not signed in are counted by where they come
//! from, and after some of them each has to wait longer.
//!
//! Only what was done counts: a refused form costs nothing. An act reached by a secret link, and one
//! that signs somebody in, is not a stranger's; signing in counts its own tries.

use crate::ask::Call;
use crate::room::{Act, Done};
use base::{Error, Moment, Result};
use db::{Tx, args};

/// Acts that are free within an hour: a whole office may stand behind one address.
const FREE: i64 = 20;
/// The wait after the first act too many; it doubles with each.
const FIRST_SECONDS: i64 = 30;
/// The longest wait.
const LONGEST_SECONDS: i64 = 900;
/// After so long without an act all is forgotten.
const FORGET_SECONDS: i64 = 3_600;

/// Seconds to wait before the next act, after so many of which the last was so long ago.
const fn wait_seconds(acts: i64, ago: i64) -> i64 {
    let over = acts - FREE;
    if over < 0 || ago >= FORGET_SECONDS {
        return 0;
    }
    let doubled = if over < 10 {
        FIRST_SECONDS << over
    } else {
        LONGEST_SECONDS
    };
    let wait = if doubled < LONGEST_SECONDS {
        doubled
    } else {
        LONGEST_SECONDS
    };
    if wait > ago { wait - ago } else { 0 }
}

/// Lets a stranger through, and counts what comes of it with [`Turn::taken`].
pub struct Turn {
    who: String,
    acts: i64,
    now: Moment,
}

/// The turn of a stranger; none when the sender is known, or comes from nowhere.
///
/// # Errors
/// Later, when it is too soon.
pub fn turn(tx: &mut Tx, act: &Act, call: &Call) -> Result<Option<Turn>> {
    let address = call.credentials.address.as_str();
    if call.actor.is_some() || address.is_empty() || act.path.contains("{token}") {
        return Ok(None);
    }
    let mut hasher = blake3::Hasher::new_keyed(&call.site.settings.secret);
    let who = hasher.update(b"stranger").update(address.as_bytes());
    let who = who.finalize().to_hex().to_string();
    tx.lock("stranger")?;
    let row = tx.row(
        "SELECT acts, last_at FROM stranger WHERE who = $1",
        &args![who.as_str()],
    )?;
    let mut acts = 0;
    if let Some(row) = row {
        let mut r = row.read();
        let (made, last) = (r.int()?, r.moment()?);
        let ago = call.now.seconds() - last.seconds();
        let wait = wait_seconds(made, ago);
        if wait > 0 {
            return Err(Error::Later(wait));
        }
        acts = if ago >= FORGET_SECONDS { 0 } else { made };
    }
    Ok(Some(Turn {
        who,
        acts,
        now: call.now,
    }))
}

impl Turn {
    /// Counts what was done.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn taken(self, tx: &mut Tx, done: &Done) -> Result<()> {
        if done.session.is_some() {
            return Ok(());
        }
        tx.exec(
            "INSERT INTO stranger (who, acts, last_at) VALUES ($1, $2, $3) \
             ON CONFLICT (who) DO UPDATE SET acts = excluded.acts, last_at = excluded.last_at",
            &args![self.who, self.acts + 1, self.now],
        )?;
        tx.exec(
            "DELETE FROM stranger WHERE last_at < $1",
            &args![self.now.plus_seconds(-FORGET_SECONDS)],
        )?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_and_is_forgotten() {
        for (acts, ago, wait) in [
            (0, 0, 0),
            (FREE - 1, 0, 0),
            (FREE, 0, 30),
            (FREE, 29, 1),
            (FREE, 30, 0),
            (FREE + 1, 0, 60),
            (FREE + 4, 0, 480),
            (FREE + 5, 0, LONGEST_SECONDS),
            (FREE + 900, 0, LONGEST_SECONDS),
            (FREE + 900, FORGET_SECONDS, 0),
        ] {
            assert_eq!(wait_seconds(acts, ago), wait, "{acts} acts, {ago} s ago");
        }
    }
}
