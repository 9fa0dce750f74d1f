//! Signatures: each party for itself, over the hash of the document's words.

use super::told;
use crate::agreement::{Agreement, Evidence, Method, Signature};
use crate::{rules, store};
use base::{Actor, Id, Moment, Refusal, Result};
use db::Tx;
use serde_json::json;

/// Signs the released version for a party. Who calls this for an electronic signature has checked the
/// signer's second factor in the same transaction.
///
/// # Errors
/// Forbidden for all but the party's authorised officer; refused for another document than the one
/// released, for a party not in standing, twice, or by one person for both.
pub fn sign(
    tx: &mut Tx,
    id: Id,
    party: Id,
    evidence: &Evidence,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut a = store::agreements::hold(tx, id, now.day())?;
    let number = rules::to_sign(&a)?;
    let mut version = store::versions::find(tx, id, number)?;
    let mut given = store::versions::signatures(tx, id)?;
    given.retain(|s| s.number == number);
    rules::signs(&a, party, &given, actor)?;
    may_bind(tx, &a, party, actor, now)?;
    let (Some(hash), Some(released)) = (version.document_hash.clone(), version.released_at) else {
        return Err(Refusal::whole("agreements-not-now").into());
    };
    let (method, signed_on, paper) = match evidence {
        Evidence::Paper(file, on) => {
            rules::signed_day(*on, released.day(), now.day())?;
            (Method::Paper, *on, Some(file.clone()))
        }
        Evidence::Electronic(read) | Evidence::Sample(read) if *read != hash => {
            return Err(Refusal::about("document_hash", "agreements-other-document").into());
        }
        Evidence::Electronic(_) => (Method::Electronic, now.day(), None),
        Evidence::Sample(_) => {
            if !people::organisation(tx, party)?.sample {
                return Err(Refusal::about("code", "agreements-code-missing").into());
            }
            (Method::Sample, now.day(), None)
        }
    };
    let signature = Signature {
        agreement: id,
        number,
        organisation: party,
        signed_at: now,
        signed_on,
        signed_by: actor.account,
        method,
        document_hash: hash.clone(),
        paper,
    };
    store::versions::add_signature(tx, &signature)?;
    given.push(signature);
    let parties = store::agreements::parties(tx, id, number)?;
    let all = parties.iter().all(|party| party.signed_at.is_some());
    if all {
        let last = given.iter().map(|s| s.signed_on).max();
        version.signed_on = last;
        store::versions::change(tx, &mut version)?;
        if a.signed_on.is_none() {
            a.signed_on = last;
        } else {
            (a.number, a.amendment) = (number, None);
            super::drafting::amended(tx, &mut a, &version.terms, now)?;
        }
        store::agreements::change(tx, &mut a)?;
    }
    let verb = if all {
        "agreement.concluded"
    } else {
        "agreement.signed"
    };
    let about = json!({ "party": party, "number": number, "method": method.code(), "hash": hash });
    told(tx, &a, verb, about, actor, now)
}

/// The party stands today: a member in standing, an authority whose accreditation runs.
fn may_bind(tx: &mut Tx, a: &Agreement, party: Id, actor: &Actor, now: Moment) -> Result<()> {
    if party == a.member {
        return members::require_in_standing(tx, party, now.day());
    }
    let active = authorities::require_signatory(tx, actor, &a.country, now.day())?;
    if active.organisation == party {
        return Ok(());
    }
    Err(Refusal::whole("agreements-authority-replaced").into())
}
