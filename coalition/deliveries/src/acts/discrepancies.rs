//! Decisions about units in dispute.

use super::receipts::receiver;
use super::told;
use crate::consignment::{Discrepancy, Resolution, Settling, Wrong};
use crate::rules::{self, Shift};
use crate::store::{consignments, discrepancies as store, lines};
use crate::upstream;
use base::{Actor, Id, Moment, Result};
use db::Tx;
use ledger::Bucket;
use serde_json::json;

/// The discrepancy and its consignment, held in the order every act holds them.
fn held(tx: &mut Tx, id: Id) -> Result<(crate::Consignment, Discrepancy)> {
    let consignment = store::find(tx, id)?.consignment;
    let consignment = consignments::hold(tx, consignment)?;
    Ok((consignment, store::hold(tx, id)?))
}

/// What is decided about units in dispute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    pub how: Resolution,
    pub units: i64,
    /// The open need line that takes surplus which is given on.
    pub to_line: Option<Id>,
    pub reason: String,
}

/// The authority decides what became of units in dispute.
///
/// # Errors
/// Refused without a reason, for more than is open, or when nothing like it can become of them;
/// four eyes.
pub fn resolve(tx: &mut Tx, id: Id, decision: &Decision, actor: &Actor, now: Moment) -> Result<()> {
    let (mut consignment, mut found) = held(tx, id)?;
    let places = [found.department.clone()];
    receiver(tx, &consignment, &places, (actor, now.day()))?;
    let (how, units) = (decision.how, decision.units);
    let reason = rules::reason(&decision.reason)?;
    let mut tried = found.settled;
    rules::resolve(&mut tried, found.wrong, how, units)?;
    let mut known = lines::told(tx, found.consignment_line)?;
    let line = &known.line;
    let movements = if found.wrong == Wrong::Surplus {
        given(tx, &consignment, line.offer, decision, now)?
    } else {
        let shifts = known.known.settle(consignment.kind, found.late, how, units);
        upstream::movements((line.line, line.offer), &shifts, now).collect()
    };
    found.settled = tried;
    store::change(tx, &mut found)?;
    let step = Settling {
        id: Id::new(now),
        discrepancy: id,
        how: how.code().to_owned(),
        units,
        to_line: decision.to_line.filter(|_| how == Resolution::Given),
        reason,
        by: actor.account,
        at: now,
    };
    store::add_step(tx, &step)?;
    consignment.counts.disputed -= units;
    consignment.counts.open_discrepancies -= i64::from(found.open() == 0);
    consignment.counts.confirmed += match (how, found.late) {
        _ if found.wrong == Wrong::Surplus => 0,
        (Resolution::Found | Resolution::Replaced, false) => units,
        (Resolution::Lost | Resolution::Returned, true) => -units,
        _ => 0,
    };
    consignments::change(tx, &mut consignment)?;
    if found.wrong == Wrong::Surplus {
        ledger_only(tx, &movements)?;
    } else {
        upstream::book(tx, consignment.deployment, &movements)?;
    }
    let about = json!({
        "discrepancy": id, "wrong": found.wrong.code(), "how": how.code(), "units": units,
    });
    told(
        tx,
        (now, Some(actor)),
        "consignment.discrepancy-resolved",
        consignment.id,
        about,
    )
}

fn ledger_only(tx: &mut Tx, movements: &[ledger::Movement]) -> Result<()> {
    if movements.is_empty() {
        return Ok(());
    }
    ledger::shift_many(tx, movements)
}

/// Surplus given on is offered, agreed and confirmed for the other line at once: it is there.
fn given(
    tx: &mut Tx,
    consignment: &crate::Consignment,
    offer: Id,
    decision: &Decision,
    now: Moment,
) -> Result<Vec<ledger::Movement>> {
    if decision.how != Resolution::Given {
        return Ok(Vec::new());
    }
    let to = decision
        .to_line
        .ok_or_else(|| base::Refusal::about("to_line", "form-missing"))?;
    let same = (
        consignment.country.as_str(),
        consignment.service_class.as_str(),
    );
    upstream::taking(tx, to, same, decision.units, now.day())?;
    let shift = |from, to| Shift {
        from,
        to,
        units: decision.units,
    };
    let mut shifts = vec![
        shift(Bucket::Uncovered, Bucket::Proposed),
        shift(Bucket::Proposed, Bucket::Committed),
    ];
    shifts.extend(rules::way(
        consignment.kind,
        Bucket::Committed,
        Bucket::Confirmed,
        decision.units,
    ));
    Ok(upstream::movements((to, offer), &shifts, now).collect())
}

/// The authority says that units which were lost or went back are needed again: they are uncovered.
///
/// # Errors
/// Refused without a reason or for more than is gone; four eyes.
pub fn need_again(
    tx: &mut Tx,
    id: Id,
    units: i64,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let (consignment, mut found) = held(tx, id)?;
    let places = [found.department.clone()];
    receiver(tx, &consignment, &places, (actor, now.day()))?;
    let reason = rules::reason(reason)?;
    if found.wrong == Wrong::Surplus {
        return Err(base::Refusal::whole("deliveries-surplus-was-never-needed").into());
    }
    let (lost, returned) = rules::need_again(&mut found.settled, units)?;
    store::change(tx, &mut found)?;
    let step = Settling {
        id: Id::new(now),
        discrepancy: id,
        how: "needed_again".to_owned(),
        units,
        to_line: None,
        reason,
        by: actor.account,
        at: now,
    };
    store::add_step(tx, &step)?;
    let line = lines::find(tx, found.consignment_line)?;
    let mut shifts = rules::way(consignment.kind, Bucket::Lost, Bucket::Uncovered, lost);
    shifts.extend(rules::way(
        consignment.kind,
        Bucket::Returned,
        Bucket::Uncovered,
        returned,
    ));
    let movements: Vec<_> = upstream::movements((line.line, line.offer), &shifts, now).collect();
    ledger_only(tx, &movements)?;
    let about = json!({ "discrepancy": id, "units": units });
    told(
        tx,
        (now, Some(actor)),
        "consignment.needed-again",
        consignment.id,
        about,
    )
}
