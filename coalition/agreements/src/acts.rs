//! The verbs: load, decide, save, record a fact; each in the transaction it is given.

pub(crate) mod batches;
pub(crate) mod drafting;
pub(crate) mod ending;
pub(crate) mod signing;
pub(crate) mod templates;

use crate::agreement::Agreement;
use crate::rules;
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
    ledger::tell(
        tx,
        (now, Some(actor.account)),
        verb,
        ("agreement", agreement.id),
        about,
    )
}

/// The secretariat judges no agreement of an organisation the person has a tie to.
fn judged(tx: &mut Tx, a: &Agreement, actor: &Actor, now: Moment) -> Result<()> {
    for party in [a.member, a.authority] {
        rules::no_tie(people::is_affiliated(tx, actor.account, party, now.day())?)?;
    }
    Ok(())
}
