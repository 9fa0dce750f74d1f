//! The verbs: load, decide, save, record a fact; each in the transaction it is given.

pub(crate) mod ending;

use crate::agreement::Agreement;
use base::{Actor, Moment, Result};
use db::Tx;
use serde_json::{Value, json};

/// Records what was done with an agreement.
fn told(
    tx: &mut Tx,
    agreement: &Agreement,
    verb: &'static str,
    about: Value,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut about = about;
    if let Some(map) = about.as_object_mut() {
        map.insert("code".to_owned(), json!(agreement.code));
        map.insert("country".to_owned(), json!(agreement.country));
    }
    let fact = ledger::Fact {
        now,
        actor: Some(actor.account),
        verb,
        subject: ("agreement", agreement.id),
        about,
    };
    ledger::record(tx, &fact).map(drop)
}
