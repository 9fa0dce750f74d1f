//! The verbs: load, decide, save, record a fact; each in the transaction it is given.

mod consignments;
mod discrepancies;
mod links;
mod receipts;

pub use consignments::{
    Said, Terms, accept, arrive, close, dispatch, hold, outstanding, reject, request, withdraw,
};
pub use discrepancies::{Decision, need_again, resolve};
pub(crate) use links::{by_token, token};
pub use links::{issue_links, revoke_link};
pub use receipts::{By, Proof, check_in, recount};

use base::{Actor, Id, Moment, Result};
use db::Tx;
use serde_json::Value;

/// Rows of images a fact carries at most.
pub(crate) const SLICE: usize = 2_000;

fn told(
    tx: &mut Tx,
    (now, actor): (Moment, Option<&Actor>),
    verb: &'static str,
    consignment: Id,
    about: Value,
) -> Result<()> {
    ledger::tell(
        tx,
        (now, actor.map(|actor| actor.account)),
        verb,
        ("consignment", consignment),
        about,
    )
}
