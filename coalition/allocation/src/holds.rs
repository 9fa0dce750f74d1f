//! A proposal's units at its offer. A bundle may be larger than the offer's largest lot, so it is
//! held in as few pieces as the offer allows.

use crate::proposal::Proposal;
use base::{Day, Error, Id, Result};
use db::Tx;

/// Units asked for, and the lots they come in.
pub(crate) struct Bundle<'a> {
    pub proposal: &'a Proposal,
    pub period: i64,
    pub quantity: i64,
    pub lot_max: Option<i64>,
}

fn piece(proposal: Id, period: i64, at: i64) -> Id {
    let first = crate::proposal::holder(proposal, period);
    if at == 0 {
        first
    } else {
        Id::named("proposal-hold-piece", &format!("{first}/{at}"))
    }
}

/// Quantities of the pieces: whole lots, as even as lots allow, none above `most`.
pub(crate) fn pieces(quantity: i64, step: i64, most: Option<i64>) -> Vec<i64> {
    let step = step.max(1);
    let most = most
        .map_or(quantity, |most| (most / step * step).max(step))
        .max(1);
    let count = quantity.div_euclid(most) + i64::from(quantity.rem_euclid(most) > 0);
    let lots = quantity / step;
    (0..count)
        .map(|at| (lots * (at + 1) / count - lots * at / count) * step)
        .collect()
}

/// Holds the units of one period.
pub(crate) fn reserve(tx: &mut Tx, b: &Bundle<'_>, today: Day) -> Result<()> {
    let p = b.proposal;
    let all = if p.rival {
        pieces(b.quantity, p.lot_step, b.lot_max)
    } else {
        vec![b.quantity]
    };
    for (at, quantity) in (0..).zip(all) {
        let hold = offers::Hold {
            holder: piece(p.id, b.period, at),
            offer: p.offer,
            period: (b.period >= 0).then_some(offers::Period(b.period)),
            country: p.country.clone(),
            quantity,
        };
        offers::reserve(tx, &hold, today)?;
    }
    Ok(())
}

fn each(
    tx: &mut Tx,
    p: &Proposal,
    period: i64,
    quantity: i64,
    act: fn(&mut Tx, Id, i64) -> Result<()>,
) -> Result<()> {
    let mut left = quantity;
    for at in 0.. {
        if left == 0 {
            return Ok(());
        }
        let holder = piece(p.id, period, at);
        let held = offers::held(tx, holder)?;
        let held = held
            .ok_or_else(|| Error::fault(format!("proposal {}: {left} units are not held", p.id)))?;
        let some = held.reserved.min(left);
        if some > 0 {
            act(tx, holder, some)?;
            left -= some;
        }
    }
    Ok(())
}

/// Frees units that were held.
pub(crate) fn release(tx: &mut Tx, p: &Proposal, period: i64, quantity: i64) -> Result<()> {
    each(tx, p, period, quantity, offers::release)
}

/// Makes held units committed ones.
pub(crate) fn commit(tx: &mut Tx, p: &Proposal, period: i64, quantity: i64) -> Result<()> {
    each(tx, p, period, quantity, offers::commit)
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn a_bundle_is_cut_into_as_few_pieces_as_lots_allow() {
        for (quantity, step, most, expected) in [
            (30, 5, None, vec![30]),
            (30, 5, Some(50), vec![30]),
            (60, 10, Some(50), vec![30, 30]),
            (70, 10, Some(25), vec![10, 20, 20, 20]),
            (20, 10, Some(10), vec![10, 10]),
            (0, 1, Some(5), vec![]),
        ] {
            assert_eq!(
                pieces(quantity, step, most),
                expected,
                "{quantity} {step} {most:?}"
            );
            assert_eq!(pieces(quantity, step, most).iter().sum::<i64>(), quantity);
        }
    }
}
