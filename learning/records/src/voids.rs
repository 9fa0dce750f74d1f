//! Rooms that hear when a statement is taken back.

use base::{Id, Result};
use db::Tx;
use std::sync::OnceLock;

type Listener = fn(&mut Tx, Id) -> Result<()>;

static LISTENER: OnceLock<Listener> = OnceLock::new();

/// Lets a later room hear which statements are voided, in the same transaction; the first room is the one.
pub fn when_voided(listener: Listener) {
    let _ = LISTENER.set(listener);
}

pub(crate) fn tell(tx: &mut Tx, statement: Id) -> Result<()> {
    match LISTENER.get() {
        Some(listener) => listener(tx, statement),
        None => Ok(()),
    }
}
