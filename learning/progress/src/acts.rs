//! The verbs: load, decide, save, record a fact; each in the transaction it is given. An answer of a
//! learner is a statement of the record store and no fact of the ledger: it can be erased.

mod answering;
mod entering;
mod giving;
mod judging;
mod levelling;
mod reporting;

pub use answering::{Answering, Saved, answer, correct, mark};
pub use entering::{Entered, Entering, Line, enter_results};
pub use giving::{give, move_days, note_week, withdraw};
pub use judging::{comment_term, judge_by_word, set_rule, take_word_back};
pub use levelling::{hold_check, set_levels};
pub use reporting::{Verdict, give_resource, say_result};

use base::{Actor, Id, Moment, Result};
use db::Tx;
use serde_json::Value;

pub(crate) fn told(
    tx: &mut Tx,
    (now, actor): (Moment, &Actor),
    verb: &'static str,
    subject: (&'static str, Id),
    about: Value,
) -> Result<()> {
    ledger::tell(tx, (now, Some(actor.account)), verb, subject, about)
}

pub(crate) use answering::{TRIES_MAX, Try, may_work, question, refresh, save};
pub(crate) use entering::written;
pub(crate) use reporting::{KINDS, reported, voided};
