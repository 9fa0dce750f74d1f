//! What this room asks of the rooms before it, in its own terms.

use crate::store::lines::{self, Kept, Place};
use base::{Day, Error, Id, Moment, Refusal, Result};
use db::Tx;
use std::collections::BTreeMap;

/// An agreement that can carry deployments: signed by every party, neither suspended nor over.
pub(crate) fn agreement(tx: &mut Tx, id: Id, today: Day) -> Result<agreements::Agreement> {
    use agreements::Standing;
    let found = agreements::agreement(tx, id, today)?;
    if matches!(found.standing, Standing::Signed | Standing::InForce) {
        return Ok(found);
    }
    let state = base::Arg::Word(format!("agreement-state-{}", found.standing.code()));
    let mut refusal = Refusal::about("agreement", "deployments-agreement-not-signed");
    refusal.args.push(("state", state));
    Err(refusal.into())
}

/// Agreed units of need lines that no deployment has taken, or only `own`, with where they are.
pub(crate) fn free_lines(
    tx: &mut Tx,
    (agreement, service_class): (Id, &str),
    own: Id,
    now: Moment,
) -> Result<Vec<(Kept, Place)>> {
    let mut out = Vec::new();
    for item in agreements::schedule(tx, agreement)? {
        if item.service_class != service_class {
            continue;
        }
        let proposal = allocation::proposal(tx, item.proposal)?;
        if allocation::state_on(&proposal, now) != allocation::State::Agreed {
            continue;
        }
        let places = lines::places_of_proposal(tx, item.proposal)?;
        let taken = lines::taken(tx, item.proposal)?;
        for line in allocation::lines_of(tx, item.proposal)? {
            let free = taken
                .get(&(line.line, line.period))
                .is_none_or(|id| *id == own);
            let Some(place) = places.get(&line.line).filter(|_| free && line.quantity > 0) else {
                continue;
            };
            let kept = Kept {
                deployment: own,
                line: line.line,
                proposal: item.proposal,
                period: line.period,
                need: item.need,
                offer: item.offer,
                area: place.area.clone(),
                units: line.quantity,
                given: line.given,
                sent: 0,
                returned: 0,
            };
            out.push((kept, place.clone()));
        }
    }
    Ok(out)
}

/// Makes units of a proposal free again at its offer. A bundle larger than the offer's largest lot
/// is held in pieces; the first is the proposal's holder of the quarter, the next are named by it.
pub(crate) fn give_back(
    tx: &mut Tx,
    proposal: &allocation::Proposal,
    period: i64,
    quantity: i64,
) -> Result<()> {
    let first = proposal.holder(period);
    let mut left = quantity;
    for at in 0.. {
        if left == 0 {
            break;
        }
        let holder = match at {
            0 => first,
            _ => Id::named("proposal-hold-piece", &format!("{first}/{at}")),
        };
        let Some(held) = offers::held(tx, holder)? else {
            let id = proposal.id;
            return Err(Error::fault(format!(
                "proposal {id}: {left} units are not held"
            )));
        };
        let some = held.committed.min(left);
        if some > 0 {
            offers::give_back(tx, holder, some)?;
            left -= some;
        }
    }
    Ok(())
}

/// Each need of the lines that cannot be served now, with how it stands.
pub(crate) fn needs_ended(
    tx: &mut Tx,
    ids: &[Id],
    today: Day,
) -> Result<Vec<(needs::NeedHead, needs::Standing)>> {
    use needs::Standing;
    let mut out = Vec::new();
    for head in needs::heads(tx, ids, today)? {
        let standing = head.standing;
        if matches!(
            standing,
            Standing::Lapsed | Standing::ClosedPartlyMet | Standing::Withdrawn
        ) {
            out.push((head, standing));
        }
    }
    Ok(out)
}

/// The names of some organisations in a person's words.
pub(crate) fn names(tx: &mut Tx, words: &lang::Words, ids: &[Id]) -> Result<BTreeMap<Id, String>> {
    let names = people::organisation_names(tx, ids)?;
    Ok(names
        .iter()
        .map(|(id, names)| (*id, words.name(names).to_owned()))
        .collect())
}
