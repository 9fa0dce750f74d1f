//! The verbs: load, decide, save, record a fact, in one transaction.

mod cascade;
mod involve;
mod moves;
mod plan;
mod resolve;

pub use cascade::{resume_agreement, suspend_agreement, terminate_agreement};
pub use involve::{Told, involve};
pub use moves::{
    activate, cancel, claim_completion, clearance, close, confirm, extend, pause,
    refuse_completion, resume, send,
};
pub use plan::{change, plan};
pub use resolve::{accept, call_complementary};

use base::{Id, Moment, Result};
use db::Tx;
use serde_json::Value;

/// Rows whose images one fact carries at most.
const SLICE: usize = 2_000;

fn told(
    tx: &mut Tx,
    (account, now): (Id, Moment),
    verb: &'static str,
    subject: (&'static str, Id),
    about: Value,
) -> Result<()> {
    ledger::tell(tx, (now, Some(account)), verb, subject, about)
}
