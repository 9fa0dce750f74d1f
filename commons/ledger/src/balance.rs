//! The balance of every need line: double entry between eight buckets, nothing made, nothing lost
//! from sight.
//!
//! `movement` is the book; `balance` is its sum, kept at hand and checked by the database. Too
//! much is refused, never clipped.

use crate::bucket::Bucket;
use base::{Error, Id, Moment, Refusal, Refusals, Result};
use db::{Row, Tx, Val, args};
use std::collections::BTreeMap;

db::table!(
    /// The book of movements.
    MOVEMENT = "movement" key 1 {
        id: Id, line_id: Id, offer_id: Id, quantity: Int, from_bucket: Text, to_bucket: Text, at: Int,
    }
);

/// How much of a line is in which bucket.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    /// The line's whole quantity.
    pub quantity: i64,
    buckets: [i64; 8],
}

impl Balance {
    /// What is in a bucket.
    pub const fn get(&self, bucket: Bucket) -> i64 {
        let [a, b, c, d, e, f, g, h] = self.buckets;
        match bucket {
            Bucket::Uncovered => a,
            Bucket::Proposed => b,
            Bucket::Committed => c,
            Bucket::InTransit => d,
            Bucket::Delivered => e,
            Bucket::Confirmed => f,
            Bucket::Returned => g,
            Bucket::Lost => h,
        }
    }
    /// Every bucket with what is in it.
    pub fn buckets(&self) -> impl Iterator<Item = (Bucket, i64)> {
        Bucket::ALL.into_iter().zip(self.buckets)
    }
    /// The buckets add up to the quantity and none is below zero.
    pub fn is_conserved(&self) -> bool {
        self.buckets.iter().sum::<i64>() == self.quantity && self.buckets.iter().all(|n| *n >= 0)
    }
    fn book(&mut self, step: &Step) {
        let mut add = |bucket: Option<Bucket>, amount: i64| match bucket
            .and_then(|bucket| self.buckets.get_mut(bucket.index()))
        {
            Some(held) => *held += amount,
            None => self.quantity -= amount,
        };
        add(step.from, -step.quantity);
        add(step.to, step.quantity);
    }
    fn args(&self, line: Id) -> Vec<Val> {
        let mut args = args![line, self.quantity].to_vec();
        args.extend(self.buckets.map(Val::Int));
        args
    }
}

/// Units that go from one bucket to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    pub line: Id,
    /// The offer they come from or go back to.
    pub offer: Option<Id>,
    pub quantity: i64,
    pub from: Bucket,
    pub to: Bucket,
    pub at: Moment,
}

/// A movement where either side may be outside of the line.
#[derive(Clone, Copy, Debug)]
struct Step {
    line: Id,
    offer: Option<Id>,
    quantity: i64,
    from: Option<Bucket>,
    to: Option<Bucket>,
    at: Moment,
}

impl Step {
    fn row(&self) -> Vec<Val> {
        let code = |bucket: Option<Bucket>| bucket.map(Bucket::code);
        let (from, to) = (code(self.from), code(self.to));
        args![
            Id::new(self.at),
            self.line,
            self.offer,
            self.quantity,
            from,
            to,
            self.at
        ]
        .to_vec()
    }
}

/// Opens the balance of a line: all of it uncovered.
pub fn open_line(tx: &mut Tx<'_>, line: Id, quantity: i64, at: Moment) -> Result<()> {
    open_lines(tx, &[(line, quantity)], at)
}

/// Opens the balances of many lines.
pub fn open_lines(tx: &mut Tx<'_>, lines: &[(Id, i64)], at: Moment) -> Result<()> {
    if lines.iter().any(|(_, quantity)| *quantity <= 0) {
        return Err(Refusal::about("quantity", "quantity-not-positive").into());
    }
    let steps: Vec<Step> = lines
        .iter()
        .map(|&(line, quantity)| entry(line, quantity, at))
        .collect();
    let opened = |step: &Step| {
        let mut balance = Balance::default();
        balance.book(step);
        balance.args(step.line)
    };
    tx.fill(&BALANCE, &steps.iter().map(opened).collect::<Vec<_>>())?;
    tx.add_many(&MOVEMENT, steps.iter().map(Step::row).collect())
}

const fn entry(line: Id, quantity: i64, at: Moment) -> Step {
    Step {
        line,
        offer: None,
        quantity,
        from: None,
        to: Some(Bucket::Uncovered),
        at,
    }
}

/// Makes a line larger, or smaller by what is still uncovered.
pub fn resize_line(tx: &mut Tx<'_>, line: Id, quantity: i64, at: Moment) -> Result<()> {
    let lock = "SELECT quantity FROM balance WHERE line_id = $1 FOR UPDATE";
    let more = quantity.saturating_sub(tx.one(lock, &args![line])?.read().int()?);
    let mut step = entry(line, more.saturating_abs(), at);
    if more < 0 {
        (step.from, step.to) = (step.to, step.from);
    }
    if more == 0 {
        Ok(())
    } else {
        apply(tx, &[step])
    }
}

/// Moves units of one line.
///
/// # Errors
/// Refused when there are not so many, or no unit goes that way; Missing when there is no such line.
pub fn shift(tx: &mut Tx<'_>, movement: &Movement) -> Result<()> {
    shift_many(tx, std::slice::from_ref(movement))
}

/// Moves units of many lines, all or none; every refusal names its line.
pub fn shift_many(tx: &mut Tx<'_>, movements: &[Movement]) -> Result<()> {
    let mut refusals = Refusals::default();
    let mut steps = Vec::with_capacity(movements.len());
    for &Movement {
        line,
        offer,
        quantity,
        from,
        to,
        at,
    } in movements
    {
        refusals.unless(quantity > 0, "quantity", "quantity-not-positive");
        if !from.may_move(to) {
            let word = |bucket: Bucket| base::Arg::Word(format!("bucket-{}", bucket.code()));
            let refusal = Refusal::about("quantity", "movement-not-possible");
            refusals.push(Refusal {
                args: vec![("from", word(from)), ("to", word(to))],
                ..refusal
            });
        }
        steps.push(Step {
            line,
            offer,
            quantity,
            from: Some(from),
            to: Some(to),
            at,
        });
    }
    refusals.or(())?;
    apply(tx, &steps)
}

/// Differences are added where none falls below zero; the CHECKs are the second guard.
const ADD: &str = "UPDATE balance SET quantity = quantity + $2, uncovered = uncovered + $3, \
    proposed = proposed + $4, committed = committed + $5, in_transit = in_transit + $6, \
    delivered = delivered + $7, confirmed = confirmed + $8, returned = returned + $9, lost = lost + $10 \
    WHERE line_id = $1 AND uncovered + $3 >= 0 AND proposed + $4 >= 0 AND committed + $5 >= 0 \
    AND in_transit + $6 >= 0 AND delivered + $7 >= 0 AND confirmed + $8 >= 0 AND returned + $9 >= 0 \
    AND lost + $10 >= 0";

fn apply(tx: &mut Tx<'_>, steps: &[Step]) -> Result<()> {
    let difference = |step: &Step| {
        let mut balance = Balance::default();
        balance.book(step);
        balance.args(step.line)
    };
    let touched = tx.exec_many(ADD, &steps.iter().map(difference).collect::<Vec<_>>())?;
    let mut refusals = Refusals::default();
    for (step, _) in steps.iter().zip(&touched).filter(|(_, rows)| **rows == 0) {
        let held = balance(tx, step.line)?.ok_or(Error::Missing)?;
        let held = step.from.map_or(0, |bucket| held.get(bucket));
        let refusal = Refusal::about("quantity", "quantity-over-balance");
        let refusal = refusal.with("asked", step.quantity).with("held", held);
        refusals.push(refusal.with("line", step.line.to_string()));
    }
    refusals.or(())?;
    tx.add_many(&MOVEMENT, steps.iter().map(Step::row).collect())
}

fn read_balance(row: &Row) -> Result<(Id, Balance)> {
    let mut read = row.read();
    let line = read.id()?;
    let mut balance = Balance {
        quantity: read.int()?,
        buckets: [0; 8],
    };
    for held in &mut balance.buckets {
        *held = read.int()?;
    }
    Ok((line, balance))
}

const ONE: &str = "SELECT line_id, quantity, uncovered, proposed, committed, in_transit, delivered, \
    confirmed, returned, lost FROM balance WHERE line_id = $1";

/// The balance of a line.
pub fn balance(tx: &mut Tx<'_>, line: Id) -> Result<Option<Balance>> {
    let row = tx.row(ONE, &args![line])?;
    row.map(|row| read_balance(&row).map(|(_, balance)| balance))
        .transpose()
}

/// The balances of some lines; a line that has none is left out.
pub fn balances_of(tx: &mut Tx<'_>, lines: &[Id]) -> Result<BTreeMap<Id, Balance>> {
    let mut found = BTreeMap::new();
    for line in lines {
        if let Some(balance) = balance(tx, *line)? {
            found.insert(*line, balance);
        }
    }
    Ok(found)
}

fn bucket(code: Option<&str>) -> Result<Option<Bucket>> {
    let known = |code| Bucket::parse(code).ok_or_else(|| Error::Fault(format!("no bucket {code}")));
    code.map(known).transpose()
}

/// What units of an offer are in which bucket of whatever line: units that came back to uncovered
/// count no more.
pub fn of_offer(tx: &mut Tx<'_>, offer: Id) -> Result<BTreeMap<Bucket, i64>> {
    let sql = "SELECT from_bucket, to_bucket, CAST(SUM(quantity) AS BIGINT) FROM movement \
        WHERE offer_id = $1 GROUP BY from_bucket, to_bucket";
    let mut net: BTreeMap<Bucket, i64> = BTreeMap::new();
    for row in tx.rows(sql, &args![offer])? {
        let mut read = row.read();
        let (from, to) = (read.opt_text()?, read.opt_text()?);
        let quantity = read.int()?;
        for (code, amount) in [(from, -quantity), (to, quantity)] {
            if let Some(bucket) = bucket(code.as_deref())? {
                *net.entry(bucket).or_default() += amount;
            }
        }
    }
    net.remove(&Bucket::Uncovered);
    net.retain(|_, amount| *amount != 0);
    Ok(net)
}

/// The movements of a line between its buckets, oldest first; a thousand at most.
pub fn history_of_line(tx: &mut Tx<'_>, line: Id) -> Result<Vec<Movement>> {
    let sql = "SELECT offer_id, quantity, from_bucket, to_bucket, at FROM movement \
        WHERE line_id = $1 AND from_bucket IS NOT NULL AND to_bucket IS NOT NULL \
        ORDER BY at, id LIMIT 1000";
    let found = tx.rows(sql, &args![line])?;
    let movement = |row: &Row| {
        let mut read = row.read();
        let (offer, quantity) = (read.opt_id()?, read.int()?);
        let from = bucket(Some(read.str()?))?.ok_or(Error::Missing)?;
        let to = bucket(Some(read.str()?))?.ok_or(Error::Missing)?;
        Ok(Movement {
            line,
            offer,
            quantity,
            from,
            to,
            at: read.moment()?,
        })
    };
    found.iter().map(movement).collect()
}

/// The sums of the book, line by line.
fn folded(tx: &mut Tx<'_>) -> Result<BTreeMap<Id, Balance>> {
    let mut balances: BTreeMap<Id, Balance> = BTreeMap::new();
    let sql = "SELECT line_id, from_bucket, to_bucket, CAST(SUM(quantity) AS BIGINT) FROM movement \
        GROUP BY line_id, from_bucket, to_bucket";
    tx.each(sql, &[], &mut |row| {
        let mut read = row.read();
        let line = read.id()?;
        let (from, to) = (read.opt_text()?, read.opt_text()?);
        let (from, to) = (bucket(from.as_deref())?, bucket(to.as_deref())?);
        let at = Moment::from_micros(0);
        let step = Step {
            line,
            offer: None,
            quantity: read.int()?,
            from,
            to,
            at,
        };
        balances.entry(line).or_default().book(&step);
        Ok(())
    })?;
    Ok(balances)
}

/// The lines whose balance is not the sum of their movements, or does not add up; none when all
/// is well.
pub fn unbalanced(tx: &mut Tx<'_>) -> Result<Vec<Id>> {
    let mut book = folded(tx)?;
    let mut wrong = Vec::new();
    let sql = "SELECT line_id, quantity, uncovered, proposed, committed, in_transit, delivered, \
        confirmed, returned, lost FROM balance ORDER BY line_id";
    tx.each(sql, &[], &mut |row| {
        let (line, kept) = read_balance(&row)?;
        if book.remove(&line) != Some(kept) || !kept.is_conserved() {
            wrong.push(line);
        }
        Ok(())
    })?;
    wrong.extend(book.into_keys());
    Ok(wrong)
}

/// Fills the empty table of balances from the book.
pub(crate) fn rebuild(tx: &mut Tx<'_>) -> Result<()> {
    let balances = folded(tx)?;
    let rows: Vec<Vec<Val>> = balances
        .iter()
        .map(|(line, balance)| balance.args(*line))
        .collect();
    tx.fill(&BALANCE, &rows)
}

db::table!(
    /// The balances, to compare: they are not ledgered, the book is.
    BALANCE = "balance" key 1 {
        line_id: Id, quantity: Int, uncovered: Int, proposed: Int, committed: Int, in_transit: Int,
        delivered: Int, confirmed: Int, returned: Int, lost: Int,
    }
);
