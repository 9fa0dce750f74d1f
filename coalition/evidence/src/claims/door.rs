//! What later rooms ask about claims.

use super::{Claim, ClaimScope, Correction, store};
use base::{Error, Id, Moment, Result};
use db::Tx;

/// Streams the claims of a scope that stand before others, by their ids: as they stand now, or as
/// they stood when the ledger's fact `until_seq` was the last.
///
/// # Errors
/// A fault of the database, or whatever `see` answers.
pub fn each_claim(
    tx: &mut Tx,
    scope: &ClaimScope,
    until_seq: Option<i64>,
    see: &mut dyn FnMut(Claim) -> Result<()>,
) -> Result<()> {
    let Some(seq) = until_seq else {
        return store::each(tx, scope, see);
    };
    let (later, past) = (store::batches_after(tx, seq)?, store::past(tx, seq)?);
    store::each(tx, scope, &mut |mut claim| {
        if claim.batch.is_some_and(|batch| later.contains(&batch)) {
            return Ok(());
        }
        if let Some((level, standing)) = past.get(&claim.id) {
            (claim.level, claim.standing) = (*level, *standing);
        }
        see(claim)
    })
}

/// A claim that stands before others.
///
/// # Errors
/// Missing when there is none, or it is still part of a draft.
pub fn claim(tx: &mut Tx, id: Id) -> Result<Claim> {
    let claim = store::find(tx, id)?;
    if claim.submitted_at.is_none() {
        return Err(Error::Missing);
    }
    Ok(claim)
}

/// The claims of a deployment that stand before others.
///
/// # Errors
/// A fault of the database.
pub fn figures_of(tx: &mut Tx, deployment: Id) -> Result<Vec<Claim>> {
    store::of_deployment(tx, deployment)
}

/// Published figures that were replaced or taken back, the oldest first, after the one with this
/// moment and id.
///
/// # Errors
/// A fault of the database.
pub fn corrections(
    tx: &mut Tx,
    after: Option<(Moment, Id)>,
    limit: i64,
) -> Result<Vec<Correction>> {
    store::corrections(tx, after, limit)
}
