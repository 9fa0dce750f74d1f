//! The decisions: pure. Where a line's units are follows from what is known of them, never from the
//! order in which it came to be known.

use crate::consignment::{Checked, Counts, Kind, Resolution, Stage, Standing, Wrong};
use base::{Day, Error, Refusal, Refusals, Result};
use ledger::Bucket;

/// Characters a reason or a note may have.
pub(crate) const WORDS_MAX: usize = 2_000;
/// Units a line may hold.
pub(crate) const UNITS_MAX: i64 = 1_000_000_000;
/// Days a receiver's link opens when nobody says otherwise.
pub(crate) const LINK_DAYS: i64 = 90;
/// Days a receiver's link may open at most.
pub(crate) const LINK_DAYS_MAX: i64 = 365;

/// What became of the units of a discrepancy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    pub units: i64,
    pub found: i64,
    pub replaced: i64,
    pub lost: i64,
    pub returned: i64,
    pub kept: i64,
    pub given: i64,
    /// Of the lost and of the returned ones, what is needed again.
    pub again_lost: i64,
    pub again_returned: i64,
}

impl Settled {
    /// Units nobody has decided about.
    pub const fn open(&self) -> i64 {
        self.units - self.found - self.replaced - self.lost - self.returned - self.kept - self.given
    }
    /// Lost units that are not needed again, so far.
    pub const fn lost_now(&self) -> i64 {
        self.lost - self.again_lost
    }
    /// Units that went back and are not needed again, so far.
    pub const fn returned_now(&self) -> i64 {
        self.returned - self.again_returned
    }
    fn count(&mut self, how: Resolution) -> &mut i64 {
        match how {
            Resolution::Found => &mut self.found,
            Resolution::Replaced => &mut self.replaced,
            Resolution::Lost => &mut self.lost,
            Resolution::Returned => &mut self.returned,
            Resolution::Kept => &mut self.kept,
            Resolution::Given => &mut self.given,
        }
    }
}

/// Units that go from one bucket to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shift {
    pub from: Bucket,
    pub to: Bucket,
    pub units: i64,
}

/// The bucket of the units of a line that neither a receiver nor a decision has placed yet.
pub(crate) const fn waiting_in(kind: Kind, dispatched: bool, arrived: bool) -> Bucket {
    match (kind, dispatched, arrived) {
        (_, _, true) | (Kind::Access, true, _) => Bucket::Delivered,
        (_, true, false) => Bucket::InTransit,
        (_, false, false) => Bucket::Committed,
    }
}

/// The shifts that bring units from a bucket to another, through those between; none when they are
/// there already.
pub(crate) fn way(kind: Kind, from: Bucket, to: Bucket, units: i64) -> Vec<Shift> {
    use Bucket::{Committed, Confirmed, Delivered, InTransit, Lost, Returned};
    let forward: &[Bucket] = match kind {
        Kind::Goods | Kind::Service => &[Committed, InTransit, Delivered, Confirmed],
        Kind::Access => &[Committed, Delivered, Confirmed],
    };
    let mut stops = vec![from];
    match to {
        Lost | Returned if from == Committed => stops.extend([InTransit, to]),
        Lost | Returned | Bucket::Uncovered => stops.push(to),
        _ => {
            let after = forward.iter().skip_while(|stop| **stop != from).skip(1);
            let until = forward.iter().position(|stop| *stop == to).unwrap_or(0);
            let begin = forward.iter().position(|stop| *stop == from).unwrap_or(0);
            stops.extend(after.take(until.saturating_sub(begin)));
        }
    }
    let steps = stops.windows(2).filter(|_| units > 0);
    steps
        .filter_map(|pair| match pair {
            [from, to] => Some(Shift {
                from: *from,
                to: *to,
                units,
            }),
            _ => None,
        })
        .collect()
}

/// All that is known of one line's units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    pub units: i64,
    pub dispatched: bool,
    pub arrived: bool,
    pub checked: Checked,
    /// Of what was damaged or short at the check-in.
    pub settled: Settled,
    /// Of what was found wanting after it had been confirmed.
    pub late: Settled,
}

impl Known {
    /// Units no receiver has said anything about.
    pub(crate) const fn pending(&self) -> i64 {
        self.units - self.checked.accounted()
    }
    /// Units that are confirmed now, whether or not somebody disputes them.
    pub(crate) const fn confirmed(&self) -> i64 {
        self.checked.good + self.settled.found + self.settled.replaced
            - self.late.lost
            - self.late.returned
    }
    /// Where the units without a place of their own wait.
    pub(crate) const fn waits(&self, kind: Kind) -> Bucket {
        waiting_in(kind, self.dispatched, self.arrived)
    }
    /// Units that wait there: pending ones and those in dispute since the check-in.
    pub(crate) const fn waiting(&self) -> i64 {
        self.units
            - self.checked.good
            - self.settled.found
            - self.settled.replaced
            - self.settled.lost
            - self.settled.returned
    }
    /// What a member's word that they were sent, begun or opened moves.
    pub(crate) fn dispatch(&mut self, kind: Kind) -> Vec<Shift> {
        let from = self.waits(kind);
        self.dispatched = true;
        way(kind, from, self.waits(kind), self.waiting())
    }
    /// What a member's word that they arrived or were given moves.
    pub(crate) fn arrive(&mut self, kind: Kind) -> Vec<Shift> {
        let from = self.waits(kind);
        self.arrived = true;
        way(kind, from, self.waits(kind), self.waiting())
    }
    /// What a receiver's check-in moves: good units are confirmed; those damaged or short stay where
    /// they are, in dispute; surplus never was in the balance.
    ///
    /// # Errors
    /// Refused when it says nothing, or more than is outstanding.
    pub(crate) fn check_in(&mut self, kind: Kind, checked: Checked) -> Result<Vec<Shift>> {
        may_check_in(self.pending(), &checked)?;
        self.checked = self.checked.and(checked);
        self.settled.units += checked.damaged + checked.short;
        Ok(way(kind, self.waits(kind), Bucket::Confirmed, checked.good))
    }
    /// Confirmed units turn out to be damaged or missing: they stay confirmed, in dispute.
    ///
    /// # Errors
    /// Refused when there are not so many.
    pub(crate) fn recount(&mut self, units: i64) -> Result<()> {
        let held = self.confirmed() - self.late.open();
        if units < 1 || units > held {
            return Err(too_many("units", "deliveries-more-than-confirmed", held));
        }
        self.late.units += units;
        Ok(())
    }
    /// What a decision about units damaged or short moves.
    pub(crate) fn settle(
        &mut self,
        kind: Kind,
        late: bool,
        how: Resolution,
        units: i64,
    ) -> Vec<Shift> {
        let from = if late {
            Bucket::Confirmed
        } else {
            self.waits(kind)
        };
        let settled = if late {
            &mut self.late
        } else {
            &mut self.settled
        };
        *settled.count(how) += units;
        match how {
            Resolution::Found | Resolution::Replaced if late => Vec::new(),
            Resolution::Found | Resolution::Replaced => way(kind, from, Bucket::Confirmed, units),
            Resolution::Lost => way(kind, from, Bucket::Lost, units),
            Resolution::Returned => way(kind, from, Bucket::Returned, units),
            Resolution::Kept | Resolution::Given => Vec::new(),
        }
    }
}

fn too_many(field: &str, key: &str, left: i64) -> Error {
    Refusal::about(field, key).with("left", left).into()
}

/// A check-in says something, and nothing about more units than are outstanding.
///
/// # Errors
/// Refused otherwise.
pub(crate) fn may_check_in(pending: i64, checked: &Checked) -> Result<()> {
    let mut no = Refusals::default();
    let parts = [
        checked.good,
        checked.damaged,
        checked.short,
        checked.surplus,
    ];
    let fair = parts.iter().all(|part| (0..=UNITS_MAX).contains(part));
    no.unless(fair, "good", "deliveries-below-zero");
    no.unless(
        parts.iter().any(|part| *part != 0),
        "good",
        "deliveries-nothing-said",
    );
    no.or(())?;
    if checked.accounted() > pending {
        let refusal = Refusal::about("good", "deliveries-more-than-outstanding");
        let refusal = refusal.with("said", checked.accounted());
        return Err(refusal.with("left", pending).into());
    }
    Ok(())
}

/// What may become of units that are wrong in this way.
pub(crate) const fn resolutions(wrong: Wrong) -> &'static [Resolution] {
    match wrong {
        Wrong::Damaged | Wrong::Short => &[
            Resolution::Found,
            Resolution::Replaced,
            Resolution::Lost,
            Resolution::Returned,
        ],
        Wrong::Surplus => &[Resolution::Kept, Resolution::Returned, Resolution::Given],
    }
}

/// Counts a decision about units of a discrepancy.
///
/// # Errors
/// Refused when fewer are open, or nothing like it can become of them.
pub(crate) fn resolve(
    settled: &mut Settled,
    wrong: Wrong,
    how: Resolution,
    units: i64,
) -> Result<()> {
    let mut no = Refusals::default();
    no.unless(
        resolutions(wrong).contains(&how),
        "resolution",
        "deliveries-resolution-not-possible",
    );
    let open = settled.open();
    if units < 1 || units > open {
        no.push(Refusal::about("units", "deliveries-more-than-disputed").with("left", open));
    }
    no.or(())?;
    *settled.count(how) += units;
    Ok(())
}

/// Counts lost or returned units that somebody decides are needed again; answers the two shares.
///
/// # Errors
/// Refused when there are not so many.
pub(crate) fn need_again(settled: &mut Settled, units: i64) -> Result<(i64, i64)> {
    let held = settled.lost_now() + settled.returned_now();
    if units < 1 || units > held {
        return Err(too_many("units", "deliveries-more-than-gone", held));
    }
    let lost = units.min(settled.lost_now());
    settled.again_lost += lost;
    settled.again_returned += units - lost;
    Ok((lost, units - lost))
}

// ---- consignments

/// Where a consignment stands.
pub(crate) const fn standing(stage: Stage, counts: &Counts) -> Standing {
    match stage {
        Stage::Rejected => return Standing::Rejected,
        Stage::Withdrawn => return Standing::Withdrawn,
        Stage::Closed => return Standing::Closed,
        Stage::Requested | Stage::Accepted | Stage::OnHold | Stage::Dispatched => {}
    }
    if counts.open_discrepancies > 0 {
        return Standing::DiscrepancyOpen;
    }
    if counts.checked.accounted() > 0 {
        return if counts.pending() > 0 {
            Standing::PartlyReceived
        } else {
            Standing::Received
        };
    }
    match stage {
        Stage::Accepted if counts.arrived == 0 => Standing::Accepted,
        Stage::Requested => Standing::Requested,
        Stage::OnHold => Standing::OnHold,
        _ if counts.arrived >= counts.units => Standing::Arrived,
        _ => Standing::Dispatched,
    }
}

/// The day it should be there has passed, and receivers have not said that all of it is.
pub(crate) fn is_overdue(stage: Stage, counts: &Counts, planned_on: Day, today: Day) -> bool {
    let runs = matches!(
        stage,
        Stage::Requested | Stage::Accepted | Stage::Dispatched | Stage::OnHold
    );
    runs && counts.pending() > 0 && planned_on < today
}

fn not_now(stage: Stage) -> Error {
    let word = base::Arg::Word(format!("consignment-state-{}", stage.code()));
    let mut refusal = Refusal::whole("deliveries-not-now");
    refusal.args.push(("state", word));
    refusal.into()
}

/// The stage a step leads to.
///
/// # Errors
/// Refused when the consignment has gone too far for it.
pub(crate) fn next(stage: Stage, step: Stage) -> Result<Stage> {
    use Stage::{Accepted, Closed, Dispatched, OnHold, Rejected, Requested, Withdrawn};
    let fits = match step {
        Accepted => matches!(stage, Requested | OnHold),
        OnHold => matches!(stage, Requested | Accepted),
        Rejected => matches!(stage, Requested | OnHold | Accepted),
        Withdrawn => matches!(stage, Requested | OnHold | Accepted | Rejected),
        Dispatched => stage == Accepted,
        Closed => matches!(stage, Accepted | Dispatched),
        Requested => false,
    };
    if fits { Ok(step) } else { Err(not_now(stage)) }
}

/// Units were received, so nothing can be taken back before it is sent.
///
/// # Errors
/// Refused when a receiver has said something, or the member that it arrived.
pub(crate) fn untouched(counts: &Counts) -> Result<()> {
    if counts.checked == Checked::default() && counts.arrived == 0 {
        Ok(())
    } else {
        Err(Refusal::whole("deliveries-already-received").into())
    }
}

/// A receiver may say what is there: always, but of what was never to be sent.
///
/// # Errors
/// Refused when the consignment was rejected, withdrawn or closed.
pub(crate) fn may_receive(stage: Stage) -> Result<()> {
    match stage {
        Stage::Rejected | Stage::Withdrawn | Stage::Closed => Err(not_now(stage)),
        Stage::Requested | Stage::Accepted | Stage::OnHold | Stage::Dispatched => Ok(()),
    }
}

/// A member may say that units arrived; for an access there is nothing between opened and checked.
///
/// # Errors
/// Refused before it was accepted, and for an access.
pub(crate) fn may_arrive(stage: Stage, kind: Kind) -> Result<()> {
    if kind == Kind::Access {
        return Err(Refusal::whole("deliveries-nothing-travels").into());
    }
    match stage {
        Stage::Accepted | Stage::Dispatched => Ok(()),
        _ => Err(not_now(stage)),
    }
}

/// Everything is received or decided, so the consignment may be closed.
///
/// # Errors
/// Refused with what is missing.
pub(crate) fn may_close(counts: &Counts) -> Result<()> {
    let mut no = Refusals::default();
    if counts.pending() > 0 {
        no.push(Refusal::whole("deliveries-outstanding").with("left", counts.pending()));
    }
    if counts.open_discrepancies > 0 {
        no.push(Refusal::whole("deliveries-disputed").with("n", counts.open_discrepancies));
    }
    no.or(())
}

/// A reason that was given.
///
/// # Errors
/// Refused when it is empty.
pub(crate) fn reason(text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::about("reason", "form-missing").into());
    }
    Ok(text.chars().take(WORDS_MAX).collect())
}

/// A day that has come.
///
/// # Errors
/// Refused when it lies ahead.
pub(crate) fn has_come(field: &str, day: Day, today: Day) -> Result<()> {
    if day > today {
        return Err(Refusal::about(field, "deliveries-day-ahead").into());
    }
    Ok(())
}

/// A proof is a picture or a paper.
///
/// # Errors
/// Refused when it is something else.
pub(crate) fn is_proof(field: &str, mime: &str, name: &str) -> Result<()> {
    let name = name.to_lowercase();
    let endings = [
        ".pdf", ".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif",
    ];
    let good = mime.starts_with("image/") && mime != "image/svg+xml"
        || mime == "application/pdf"
        || endings.iter().any(|ending| name.ends_with(ending));
    if good {
        return Ok(());
    }
    Err(Refusal::about(field, "deliveries-not-a-proof").into())
}

/// Schools and the units each gets, one in a line: `080100012` or `080100012 25`; without a number,
/// all that is left.
///
/// # Errors
/// Refused with every line that cannot be read.
pub(crate) fn schools(text: &str) -> Result<Vec<(String, Option<i64>)>> {
    let (mut all, mut no) = (Vec::new(), Refusals::default());
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    for line in lines {
        let mut parts = line
            .split([' ', '\t', ';', ',', '='])
            .filter(|part| !part.is_empty());
        let (code, units, more) = (parts.next(), parts.next(), parts.next());
        let read = units.map(|units| units.parse::<i64>().ok().filter(|units| *units > 0));
        match (code, read, more) {
            (Some(code), None, None) => all.push((code.to_owned(), None)),
            (Some(code), Some(Some(units)), None) => all.push((code.to_owned(), Some(units))),
            _ if no.0.len() < 20 => {
                no.push(Refusal::about("schools", "deliveries-line-unreadable").with("text", line));
            }
            _ => {}
        }
    }
    no.or(all)
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
