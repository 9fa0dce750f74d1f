//! What receivers find: at the door, and when they count again.

use super::{SLICE, told};
use crate::consignment::{
    Checked, Consignment, ConsignmentLine, Discrepancy, Receipt, ReceiptLink, Via, Wrong,
};
use crate::rules::{self, Settled};
use crate::store::{consignments, discrepancies, lines, links, receipts};
use crate::upstream;
use base::{Actor, Day, Error, Id, Moment, Refusal, Refusals, Result, Second};
use db::Tx;
use files::Upload;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Who checks in.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Somebody of the authority.
    Account(&'a Actor),
    /// Somebody of the authority, from a table.
    Sheet(&'a Actor),
    /// Whoever holds a receiver's link.
    Link(&'a ReceiptLink),
}

impl<'a> By<'a> {
    const fn actor(self) -> Option<&'a Actor> {
        match self {
            By::Account(actor) | By::Sheet(actor) => Some(actor),
            By::Link(_) => None,
        }
    }
    const fn via(self) -> Via {
        match self {
            By::Account(_) => Via::Account,
            By::Sheet(_) => Via::Sheet,
            By::Link(_) => Via::Link,
        }
    }
}

/// What goes with a check-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The day it was received.
    pub on: Day,
    /// Photo or paper.
    pub file: Option<Upload>,
    /// For the parties only.
    pub note: Option<String>,
}

/// Whoever receives is not one of those who sent.
///
/// # Errors
/// Refused with `four-eyes`, or forbidden outside of the actor's places.
pub(super) fn receiver(
    tx: &mut Tx,
    consignment: &Consignment,
    departments: &[String],
    (actor, today): (&Actor, Day),
) -> Result<()> {
    upstream::require_authority(tx, actor, &consignment.country, departments, today)?;
    let mut first = vec![consignment.requested.by];
    first.extend(consignment.dispatched.map(|step| step.by));
    Second::after(&first, actor)?;
    if lines::has_said_arrival(tx, consignment.id, actor.account)? {
        return Err(Refusal::whole("four-eyes").into());
    }
    Ok(())
}

/// A receiver checks lines of a consignment in, whatever the member has said so far: good units are
/// confirmed; damaged and missing ones stay where they are, in dispute; surplus is written down.
///
/// # Errors
/// Refused with the line when it says nothing, or more than is outstanding; when the consignment was
/// turned down, withdrawn or closed; four eyes.
pub fn check_in(
    tx: &mut Tx,
    consignment: Id,
    said: &[(Id, Checked)],
    by: By<'_>,
    proof: &Proof,
    now: Moment,
) -> Result<()> {
    let mut consignment = consignments::hold(tx, consignment)?;
    rules::may_receive(consignment.stage)?;
    rules::has_come("received_on", proof.on, now.day())?;
    let all = known(tx, consignment.id, said)?;
    if let Some(actor) = by.actor() {
        let mut departments: Vec<String> = all
            .values()
            .map(|told| told.line.department.clone())
            .collect();
        departments.sort_unstable();
        departments.dedup();
        receiver(tx, &consignment, &departments, (actor, now.day()))?;
    }
    let (parts, no) = judged(&consignment, &all, said);
    no.or(())?;
    for slice in parts.chunks(SLICE) {
        keep(tx, &mut consignment, slice, by, proof, now)?;
    }
    let first = consignment
        .first_received_on
        .map_or(proof.on, |day| day.min(proof.on));
    consignment.first_received_on = Some(first);
    consignment.last_received_on = consignment.last_received_on.max(Some(proof.on));
    consignments::change(tx, &mut consignment)?;
    let sum = said
        .iter()
        .fold(Checked::default(), |sum, (_, checked)| sum.and(*checked));
    let about = json!({
        "via": by.via().code(), "lines": said.len(), "good": sum.good, "damaged": sum.damaged,
        "short": sum.short, "surplus": sum.surplus,
    });
    told(
        tx,
        (now, by.actor()),
        "consignment.checked-in",
        consignment.id,
        about,
    )
}

/// What is known of the lines somebody speaks of.
fn known(
    tx: &mut Tx,
    consignment: Id,
    said: &[(Id, Checked)],
) -> Result<BTreeMap<Id, lines::Told>> {
    let found = match said {
        [] => return Err(Refusal::whole("deliveries-nothing-said").into()),
        [(line, _)] => vec![lines::told(tx, *line)?],
        _ => lines::all_told(tx, consignment)?,
    };
    let wanted: BTreeSet<Id> = said.iter().map(|(line, _)| *line).collect();
    let all: BTreeMap<Id, lines::Told> = found
        .into_iter()
        .filter(|told| told.line.consignment == consignment && wanted.contains(&told.line.id))
        .map(|told| (told.line.id, told))
        .collect();
    if all.len() < wanted.len() {
        return Err(Error::Missing);
    }
    Ok(all)
}

/// A line, what was found, and the shifts that follow.
type Part<'a> = (&'a ConsignmentLine, Checked, Vec<rules::Shift>);

fn judged<'a>(
    consignment: &Consignment,
    all: &'a BTreeMap<Id, lines::Told>,
    said: &[(Id, Checked)],
) -> (Vec<Part<'a>>, Refusals) {
    let mut now_known: BTreeMap<Id, rules::Known> = BTreeMap::new();
    let (mut parts, mut no) = (Vec::with_capacity(said.len()), Refusals::default());
    for (id, checked) in said {
        let Some(told) = all.get(id) else { continue };
        let known = now_known.entry(*id).or_insert(told.known);
        match known.check_in(consignment.kind, *checked) {
            Ok(shifts) => parts.push((&told.line, *checked, shifts)),
            Err(Error::Refused(refusals)) if no.0.len() < 50 => {
                no.0.extend(refusals.0);
            }
            Err(_) => {}
        }
    }
    (parts, no)
}

fn keep(
    tx: &mut Tx,
    consignment: &mut Consignment,
    parts: &[Part<'_>],
    by: By<'_>,
    proof: &Proof,
    now: Moment,
) -> Result<()> {
    let (mut rows, mut wrong, mut movements) = (Vec::new(), Vec::new(), Vec::new());
    for (line, checked, shifts) in parts {
        rows.push(Receipt {
            id: Id::new(now),
            consignment: consignment.id,
            consignment_line: line.id,
            department: line.department.clone(),
            checked: *checked,
            on: proof.on,
            via: by.via(),
            by: by.actor().map(|actor| actor.account),
            link: match by {
                By::Link(link) => Some(link.id),
                By::Account(_) | By::Sheet(_) => None,
            },
            proof: proof.file.clone(),
            note: proof.note.clone(),
            at: now,
        });
        for (what, units) in [
            (Wrong::Damaged, checked.damaged),
            (Wrong::Short, checked.short),
            (Wrong::Surplus, checked.surplus),
        ] {
            if units > 0 {
                wrong.push(dispute(
                    consignment,
                    line,
                    (what, false),
                    units,
                    (proof.on, now),
                ));
            }
        }
        movements.extend(upstream::movements((line.line, line.offer), shifts, now));
        consignment.counts.checked = consignment.counts.checked.and(*checked);
        consignment.counts.confirmed += checked.good;
    }
    receipts::add_many(tx, &rows)?;
    open(tx, consignment, &wrong)?;
    upstream::book(tx, consignment.deployment, &movements)?;
    if let By::Link(link) = by {
        links::used(tx, link.id, now)?;
    }
    let about = json!({ "lines": parts.len() });
    told(
        tx,
        (now, by.actor()),
        "consignment.lines-checked-in",
        consignment.id,
        about,
    )
}

fn dispute(
    consignment: &Consignment,
    line: &ConsignmentLine,
    (wrong, late): (Wrong, bool),
    units: i64,
    (on, at): (Day, Moment),
) -> Discrepancy {
    Discrepancy {
        id: Id::new(at),
        consignment: consignment.id,
        consignment_line: line.id,
        country: consignment.country.clone(),
        member: consignment.member,
        department: line.department.clone(),
        wrong,
        late,
        settled: Settled {
            units,
            ..Settled::default()
        },
        why: None,
        opened_on: on,
        opened_at: at,
        version: 1,
    }
}

/// Opens discrepancies and counts them in their consignment.
fn open(tx: &mut Tx, consignment: &mut Consignment, wrong: &[Discrepancy]) -> Result<()> {
    consignment.counts.open_discrepancies += i64::try_from(wrong.len()).map_err(Error::fault)?;
    consignment.counts.disputed += wrong.iter().map(Discrepancy::open).sum::<i64>();
    discrepancies::add_many(tx, wrong)
}

/// The authority finds that confirmed units of a line are damaged or missing after all: they stay
/// confirmed, in dispute, until somebody decides.
///
/// # Errors
/// Refused when so many are not confirmed; four eyes.
pub fn recount(
    tx: &mut Tx,
    line: Id,
    (damaged, short): (i64, i64),
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let found = lines::find(tx, line)?;
    let mut consignment = consignments::hold(tx, found.consignment)?;
    rules::may_receive(consignment.stage)?;
    let places = [found.department.clone()];
    receiver(tx, &consignment, &places, (actor, now.day()))?;
    let reason = rules::reason(reason)?;
    let known = lines::told(tx, line)?.known;
    known.clone().recount(damaged.max(0) + short.max(0))?;
    let wrong: Vec<Discrepancy> = [(Wrong::Damaged, damaged), (Wrong::Short, short)]
        .into_iter()
        .filter(|(_, units)| *units > 0)
        .map(|(what, units)| Discrepancy {
            why: Some(reason.clone()),
            ..dispute(&consignment, &found, (what, true), units, (now.day(), now))
        })
        .collect();
    open(tx, &mut consignment, &wrong)?;
    consignments::change(tx, &mut consignment)?;
    let about = json!({ "line": line, "damaged": damaged, "short": short });
    told(
        tx,
        (now, Some(actor)),
        "consignment.recounted",
        consignment.id,
        about,
    )
}
