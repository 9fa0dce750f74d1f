//! A round's result into the books, slice by slice; every slice may be repeated.

use crate::acts::decisions::{give_up, whole};
use crate::explain::{NewLine, NewProposal};
use crate::holds::{self, Bundle};
use crate::proposal::{Answer, Drop, Line, Proposal, State};
use crate::round::Round;
use crate::snapshot::{Kind, Snapshot};
use crate::{rules, store};
use base::{Error, Id, Moment, Result};
use db::{Tx, Val, args};
use ledger::{Bucket, Movement};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Lines of a proposal stored at a time.
pub(crate) const SLICE: usize = 2_000;

/// Gives back the lines of an earlier proposal that the new plan does not keep.
pub(crate) fn supersede(
    tx: &mut Tx,
    id: Id,
    kept: &BTreeSet<(Id, i64)>,
    round: Id,
    now: Moment,
) -> Result<()> {
    let mut p = store::proposals::hold(tx, id)?;
    let state = rules::state_on(&p, now);
    let stands = state.is_open() || (state == State::Lapsed && p.released_at.is_none());
    if !stands || p.locked.is_some() {
        return Ok(());
    }
    let all = whole(&store::proposals::lines(tx, id)?);
    let gone: Vec<Drop> = all
        .iter()
        .filter(|drop| !kept.contains(&(drop.line, drop.period)))
        .cloned()
        .collect();
    if gone.is_empty() && !all.is_empty() {
        return Ok(());
    }
    let expected = p.version;
    give_up(tx, &mut p, "superseded", &gone, now)?;
    if gone.len() == all.len() {
        p.superseded_at = Some(now);
    }
    store::proposals::change(tx, &p, expected)?;
    let about = json!({ "round": round, "returned_lines": gone.len(), "kept_lines": all.len() - gone.len() });
    ledger::tell(
        tx,
        (now, None),
        "proposal.superseded",
        ("proposal", id),
        about,
    )
}

/// The id a proposal of a round has, whenever it is stored.
pub(crate) fn id_of(round: Id, offer: Id, need: Id) -> Id {
    Id::named("proposal", &format!("{round}/{offer}/{need}"))
}

/// A new proposal as it will be stored.
fn proposal(
    round: &Round,
    snapshot: &Snapshot,
    new: &NewProposal,
    now: Moment,
) -> Option<Proposal> {
    let supply = snapshot.supplies.get(new.supply)?;
    let lines: Vec<_> = new
        .lines
        .iter()
        .filter_map(|l| snapshot.lines.get(l.at))
        .collect();
    let areas: BTreeSet<String> = lines.iter().map(|line| line.area.clone()).collect();
    let whole = |pick: fn(&NewLine) -> i64| new.lines.iter().map(pick).sum::<i64>();
    let points = |pick: fn(&NewLine) -> f64| new.lines.iter().map(pick).sum::<f64>();
    let (quantity, given) = (whole(|l| l.quantity), whole(|l| l.given));
    Some(Proposal {
        id: id_of(round.id, supply.id, new.need),
        round: round.id,
        matched_by: round.created_by,
        offer: supply.id,
        need: new.need,
        member: supply.member,
        country: new.country.clone(),
        service_class: supply.service_class.clone(),
        areas: areas.into_iter().collect(),
        lines: i64::try_from(new.lines.len()).unwrap_or(i64::MAX),
        quantity,
        given,
        quantity_now: quantity,
        given_now: given,
        learners: whole(|l| l.learners),
        lot_min: supply.lot_min,
        lot_step: supply.lot_step,
        rival: supply.kind != Kind::Digital,
        score: points(NewLine::score),
        ground: points(|l| l.ground),
        priority: points(|l| l.priority),
        resources: points(|l| l.resources),
        local_offer: new.local.map(|(offer, _)| offer),
        local_lines: new.local.map_or(0, |(_, lines)| lines),
        created_at: now,
        of_member: Answer::default(),
        of_authority: Answer::default(),
        shortlisted: None,
        locked: None,
        superseded_at: None,
        released_at: None,
        version: 1,
    })
}

/// The proposal's row and its units at the offer; false when the offer has not what it had.
pub(crate) fn open(
    tx: &mut Tx,
    round: &Round,
    snapshot: &Snapshot,
    new: &NewProposal,
    now: Moment,
) -> Result<bool> {
    let Some(p) = proposal(round, snapshot, new, now) else {
        return Ok(false);
    };
    if store::proposals::exists(tx, p.id)? {
        return Ok(true);
    }
    let lot_max = snapshot
        .supplies
        .get(new.supply)
        .and_then(|supply| supply.lot_max);
    let mut by_period: BTreeMap<i64, i64> = BTreeMap::new();
    for line in &new.lines {
        *by_period.entry(line.period).or_default() += line.given;
    }
    let reserved = tx.attempt(|tx| {
        store::proposals::add(tx, &p)?;
        for (period, quantity) in by_period.clone() {
            holds::reserve(
                tx,
                &Bundle {
                    proposal: &p,
                    period,
                    quantity,
                    lot_max,
                },
                now.day(),
            )?;
        }
        Ok(())
    });
    match reserved {
        Ok(()) => {}
        Err(Error::Refused(_)) => return Ok(false),
        Err(other) => return Err(other),
    }
    let about =
        json!({ "round": round.id, "offer": p.offer, "need": p.need, "quantity": p.quantity });
    ledger::tell(tx, (now, None), "proposal.made", ("proposal", p.id), about)?;
    Ok(true)
}

/// One slice of a proposal's lines: from uncovered to proposed. Lines whose units went elsewhere
/// since the snapshot are given up at once.
pub(crate) fn slice(
    tx: &mut Tx,
    round: Id,
    snapshot: &Snapshot,
    new: &NewProposal,
    from: usize,
    now: Moment,
) -> Result<()> {
    let Some(offer) = snapshot.supplies.get(new.supply).map(|supply| supply.id) else {
        return Ok(());
    };
    let mut p = store::proposals::hold(tx, id_of(round, offer, new.need))?;
    let rank = i64::try_from(from).unwrap_or(i64::MAX) + 1;
    if store::proposals::has_line(tx, p.id, rank)? {
        return Ok(());
    }
    let part: Vec<&NewLine> = new.lines.iter().skip(from).take(SLICE).collect();
    let lines: Vec<Line> = (rank..)
        .zip(&part)
        .filter_map(|(rank, new)| line(snapshot, new, rank))
        .collect();
    store::proposals::add_lines(tx, p.id, &lines)?;
    let reasons = part
        .iter()
        .filter_map(|new| reason(snapshot, p.id, new))
        .collect::<Vec<_>>();
    tx.fill(&store::proposals::PROPOSAL_REASON, &reasons)?;
    let until = rank + i64::try_from(part.len()).unwrap_or(0);
    let mut left = BTreeMap::from_iter(store::proposals::uncovered(tx, p.id, rank, until)?);
    let (mut moves, mut short) = (Vec::new(), Vec::new());
    for line in &lines {
        match left.get_mut(&line.line) {
            Some(units) if *units >= line.quantity => {
                *units -= line.quantity;
                moves.push(Movement {
                    line: line.line,
                    offer: Some(p.offer),
                    quantity: line.quantity,
                    from: Bucket::Uncovered,
                    to: Bucket::Proposed,
                    at: now,
                });
            }
            _ => short.push(line.clone()),
        }
    }
    ledger::shift_many(tx, &moves)?;
    give_up_short(tx, &mut p, &short, now)?;
    let about = json!({ "from": from, "lines": lines.len(), "short": short.len() });
    ledger::tell(
        tx,
        (now, None),
        "proposal.lines_made",
        ("proposal", p.id),
        about,
    )
}

/// Lines that never came: nothing to move back in the ledger, but units to free at the offer.
fn give_up_short(tx: &mut Tx, p: &mut Proposal, short: &[Line], now: Moment) -> Result<()> {
    if short.is_empty() {
        return Ok(());
    }
    let drops = whole(short);
    store::proposals::add_drops(tx, p.id, "superseded", &drops, now)?;
    for drop in &drops {
        p.quantity_now -= drop.quantity;
        p.given_now -= drop.given;
        holds::release(tx, p, drop.period, drop.given)?;
    }
    if p.quantity_now == 0 {
        p.superseded_at = Some(now);
    }
    let expected = p.version;
    store::proposals::change(tx, p, expected)?;
    Ok(())
}

fn line(snapshot: &Snapshot, new: &NewLine, rank: i64) -> Option<Line> {
    let of = snapshot.lines.get(new.at)?;
    Some(Line {
        line: of.id,
        period: new.period,
        rank,
        area: of.area.clone(),
        quantity: new.quantity,
        given: new.given,
    })
}

fn reason(snapshot: &Snapshot, proposal: Id, new: &NewLine) -> Option<Vec<Val>> {
    let of = snapshot.lines.get(new.at)?;
    let runner = new.runner_up;
    Some(
        args![
            proposal,
            of.id,
            new.period,
            &of.area,
            &of.label,
            new.learners,
            new.price,
            new.value,
            new.ground,
            new.priority,
            new.resources,
            new.before,
            new.after,
            runner.map(|(offer, _)| offer),
            runner.map(|(_, difference)| difference)
        ]
        .to_vec(),
    )
}
