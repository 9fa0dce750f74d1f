//! Every statement that keeps or finds statements.
//!
//! A statement is one row; what it is found by stands in the row and is folded into the index later,
//! a sixteenth of the keys at a time, many thousand rows at once, so that keeping an answer writes to
//! few places of the disk and nobody waits long. What is not yet folded is the tail; a search knows
//! it by heart. Where several connections write at once, there is no tail.

use crate::statement::{Held, Kept, STEP, Statement, packed, unpacked};
use crate::store_about::{about_each_other, keys_of};
use crate::{brief, own};
use base::{Error, Id, Moment, Result};
use db::{Row, Tx, Val, args};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

/// Statements after which the next sixteenth of the keys is folded.
pub(crate) const TURN: usize = 2_048;
/// Parts of the keys.
const SLICES: i64 = 16;

static WAITING: AtomicUsize = AtomicUsize::new(TURN);
static LAST: AtomicI64 = AtomicI64::new(0);

/// How far the index reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fold {
    /// Another one when what the tail was known by is no longer true.
    pub id: Id,
    /// Every key is in the index up to this place.
    pub upto: i64,
    /// The keys of the slices already folded are there up to this place.
    ahead: i64,
    slice: i64,
    /// Several connections may write at once.
    pub several: bool,
}

impl Fold {
    /// Up to where the index knows a key.
    pub(crate) fn knows(&self, key: crate::statement::Key) -> i64 {
        if slice_of(key.number()) < self.slice {
            self.ahead
        } else {
            self.upto
        }
    }
}

/// The slice a key belongs to: its highest four bits.
const fn slice_of(key: i64) -> i64 {
    (key >> 60) & 15
}

/// How far the index reaches. One engine gives ids as ids, the other, which has one writer, as bytes.
pub(crate) fn fold_mark(tx: &mut Tx) -> Result<Option<Fold>> {
    let row = tx.row("SELECT id, upto, ahead, slice FROM record_fold", &[])?;
    row.as_ref().map(fold_of).transpose()
}

fn fold_of(row: &Row) -> Result<Fold> {
    let mut read = row.read();
    Ok(Fold {
        id: read.id()?,
        upto: read.int()?,
        ahead: read.int()?,
        slice: read.int()?,
        several: matches!(row.values().first(), Some(Val::Id(_))),
    })
}

/// What is looked up before anything is kept.
pub(crate) struct Ground {
    /// The home page of the country's agents.
    pub home: String,
    fold: Fold,
    /// The last place that is taken.
    last: i64,
    /// Some statements are about others.
    about: bool,
}

/// Looks up, at once, what keeping needs.
pub(crate) fn ground(tx: &mut Tx) -> Result<Ground> {
    if let Some(ground) = ground_kept(tx)? {
        return Ok(ground);
    }
    tx.lock("records-fold")?;
    if let Some(ground) = ground_kept(tx)? {
        return Ok(ground);
    }
    tx.exec(
        "INSERT INTO record_fold (id, upto, ahead, slice) VALUES ($1, 0, 0, 0)",
        &args![Id(base::Uuid::new_v4())],
    )?;
    ground_kept(tx)?.ok_or(Error::Missing)
}

fn ground_kept(tx: &mut Tx) -> Result<Option<Ground>> {
    let row = tx.row(
        "SELECT id, upto, ahead, slice, (SELECT MAX(seq) FROM record), \
         EXISTS (SELECT 1 FROM record_target), \
         (SELECT home_page FROM record_rule ORDER BY country LIMIT 1) FROM record_fold",
        &[],
    )?;
    row.map(|row| {
        let fold = fold_of(&row)?;
        let mut read = row.read();
        read.skip().skip().skip().skip();
        Ok(Ground {
            fold,
            last: read.opt_int()?.unwrap_or(0),
            about: read.bool()?,
            home: read.opt_text()?.unwrap_or_else(|| own::HOME.to_owned()),
        })
    })
    .transpose()
}

/// Says that the tail must be learnt anew: something in it has changed.
pub(crate) fn forget_tail(tx: &mut Tx) -> Result<()> {
    tx.exec(
        "UPDATE record_fold SET id = $1",
        &args![Id(base::Uuid::new_v4())],
    )?;
    Ok(())
}

fn slot() -> i64 {
    static SLOT: std::sync::OnceLock<i64> = std::sync::OnceLock::new();
    *SLOT.get_or_init(|| i64::from(base::Uuid::new_v4().as_bytes()[0]) + 1)
}

/// The first of `count` places in the order of arrival.
fn places(ground: &Ground, count: usize, now: Moment) -> i64 {
    let least = now.micros() << 10;
    let length = i64::try_from(count).unwrap_or(i64::MAX / STEP) * STEP;
    if ground.fold.several {
        let least = least | slot();
        let taken = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
            Some(least.max(last + STEP) + length - STEP)
        });
        return taken.map_or(least, |last| least.max(last + STEP));
    }
    least.max((ground.last & !(STEP - 1)) + STEP)
}

/// What became of a statement that was to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    New,
    Same,
    Other,
}

/// Which of the statements are kept already, and whether they say the same.
pub(crate) fn known(tx: &mut Tx, statements: &[Statement]) -> Result<Vec<Found>> {
    let mut found = Vec::with_capacity(statements.len());
    for statement in statements {
        let row = tx.row(
            "SELECT digest, raw FROM record WHERE id = $1",
            &args![statement.id],
        )?;
        found.push(match row {
            None => Found::New,
            Some(row) => {
                let mut read = row.read();
                let digest = read.bytes()?;
                if same(&digest, read.str()?, statement) {
                    Found::Same
                } else {
                    Found::Other
                }
            }
        });
    }
    Ok(found)
}

/// What was made anonymous has no digest any more: whoever sends it again is told it is kept.
/// An answer in brief and one told in full are compared by what both tell.
fn same(digest: &[u8], raw: &str, statement: &Statement) -> bool {
    if digest.is_empty() || digest == statement.digest {
        return true;
    }
    let told = |raw: &str| {
        let value = serde_json::from_str(&brief::whole(statement.id, raw)).ok()?;
        Some(crate::rules::digest(&value))
    };
    brief::is_brief(raw) != brief::is_brief(&statement.raw)
        && told(raw).is_some_and(|digest| Some(digest) == told(&statement.raw))
}

/// Keeps statements that are new; they are on disk when the transaction is.
pub(crate) fn add(tx: &mut Tx, statements: &[&Statement], now: Moment) -> Result<()> {
    if statements.is_empty() {
        return Ok(());
    }
    let ground = ground(tx)?;
    let first = places(&ground, statements.len(), now);
    let rows: Vec<Vec<Val>> = statements
        .iter()
        .zip(0..)
        .map(|(statement, n)| row_of(statement, first + n * STEP).to_vec())
        .collect();
    tx.exec_many(
        "INSERT INTO record (seq, id, digest, keys, voided, raw) VALUES ($1, $2, $3, $4, $5, $6)",
        &rows,
    )?;
    found_by(tx, &ground, statements, first)
}

/// Keeps a statement if its id is not taken; whether it was kept.
pub(crate) fn add_new(
    tx: &mut Tx,
    ground: &Ground,
    statement: &Statement,
    now: Moment,
) -> Result<bool> {
    let seq = places(ground, 1, now);
    let touched = tx.exec(
        "INSERT INTO record (seq, id, digest, keys, voided, raw) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (id) DO NOTHING",
        &row_of(statement, seq),
    )?;
    if touched == 0 {
        return Ok(false);
    }
    found_by(tx, ground, &[statement], seq)?;
    Ok(true)
}

fn row_of(statement: &Statement, seq: i64) -> [Val; 6] {
    args![
        seq,
        statement.id,
        statement.digest.as_slice(),
        packed(&statement.keys),
        false,
        &statement.raw
    ]
}

/// Sees to it that statements just kept, from the first place on, are found by their keys.
fn found_by(tx: &mut Tx, ground: &Ground, statements: &[&Statement], first: i64) -> Result<()> {
    let mut fold = ground.fold;
    if fold.several {
        let held = statements.iter().zip(0..);
        let held = held.flat_map(|(statement, n)| {
            let seq = first + n * STEP;
            statement.keys.iter().map(move |held| (*held, seq))
        });
        index(tx, held.collect())?;
    }
    // One writer knows; where several write, another may just have told of one of these.
    if ground.about || fold.several || statements.iter().any(|one| one.target.is_some()) {
        about_each_other(tx, statements, first)?;
    }
    if fold.several && fold.upto != i64::MAX {
        let moved = Fold {
            ahead: first,
            ..fold
        };
        for slice in 0..SLICES {
            fold_slice(tx, moved, slice)?;
        }
        tx.exec(
            "UPDATE record_fold SET upto = $1, ahead = $1, slice = 0",
            &args![i64::MAX],
        )?;
    }
    if !fold.several {
        let waiting = WAITING.fetch_add(statements.len(), Ordering::Relaxed) + statements.len();
        if fold.upto == i64::MAX {
            (fold.upto, fold.ahead, fold.slice) = (first - 1, first - 1, 0);
            keep_fold(tx, fold)?;
        }
        if waiting >= TURN {
            WAITING.store(0, Ordering::Relaxed);
            let last = i64::try_from(statements.len()).unwrap_or(1) - 1;
            for _ in 0..(waiting / TURN).min(16) {
                fold = turn(tx, fold, first + last * STEP)?;
            }
        }
    }
    Ok(())
}

fn keep_fold(tx: &mut Tx, fold: Fold) -> Result<()> {
    tx.exec(
        "UPDATE record_fold SET upto = $1, ahead = $2, slice = $3",
        &args![fold.upto, fold.ahead, fold.slice],
    )?;
    Ok(())
}

/// Folds the next slice; after the last one everything up to `last` is due.
fn turn(tx: &mut Tx, mut fold: Fold, last: i64) -> Result<Fold> {
    if fold.ahead <= fold.upto {
        (fold.ahead, fold.slice) = (last, 0);
    }
    fold_slice(tx, fold, fold.slice)?;
    fold.slice += 1;
    if fold.slice >= SLICES {
        (fold.upto, fold.slice) = (fold.ahead, 0);
    }
    keep_fold(tx, fold)?;
    Ok(fold)
}

/// Puts the keys of one slice into the index, of the rows between both marks.
fn fold_slice(tx: &mut Tx, fold: Fold, slice: i64) -> Result<()> {
    let mut held = Vec::new();
    tx.each(
        "SELECT seq, keys FROM record WHERE seq > $1 AND seq <= $2 ORDER BY seq",
        &args![fold.upto, fold.ahead],
        &mut |row| {
            let mut read = row.read();
            let seq = read.int()?;
            let keys = read.bytes()?;
            let of_slice = unpacked(&keys).filter(|one| slice_of(one.key.number()) == slice);
            held.extend(of_slice.map(|one| (one, seq)));
            Ok(())
        },
    )?;
    index(tx, held)
}

/// Puts keys into the index.
pub(crate) fn index(tx: &mut Tx, mut held: Vec<(Held, i64)>) -> Result<()> {
    held.sort_unstable();
    let rows: Vec<Vec<Val>> = held
        .iter()
        .map(|(held, seq)| args![held.key.number(), *seq, held.near].to_vec())
        .collect();
    tx.exec_many(
        "INSERT INTO record_index (key, seq, near) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        &rows,
    )?;
    Ok(())
}

pub(crate) fn kept(row: &Row) -> Result<Kept> {
    let mut read = row.read();
    let (seq, id, voided) = (read.int()?, read.id()?, read.bool()?);
    Ok(Kept {
        seq,
        id,
        voided,
        raw: brief::whole(id, read.str()?).into_owned(),
    })
}

/// A statement by its id.
pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Option<Kept>> {
    let row = tx.row(
        "SELECT seq, id, voided, raw FROM record WHERE id = $1",
        &args![id],
    )?;
    row.as_ref().map(kept).transpose()
}

/// The home page of the country's agents.
pub(crate) fn home(tx: &mut Tx) -> Result<String> {
    let row = tx.row(
        "SELECT home_page FROM record_rule ORDER BY country LIMIT 1",
        &[],
    )?;
    row.map_or_else(|| Ok(own::HOME.to_owned()), |row| row.read().text())
}

/// Hands over every statement after a place, in the order of arrival, some hundred at a time.
pub(crate) fn each(tx: &mut Tx, take: &mut dyn FnMut(Kept) -> Result<()>) -> Result<()> {
    tx.each(
        "SELECT seq, id, voided, raw FROM record ORDER BY seq",
        &[],
        &mut |row| take(kept(&row)?),
    )
}

/// What the statements say of activities and agents.
pub(crate) fn learn(tx: &mut Tx, statements: &[&Statement], defines: bool) -> Result<()> {
    let mut merged: BTreeMap<&str, Vec<&serde_json::Value>> = BTreeMap::new();
    for statement in statements {
        for (iri, definition) in &statement.definitions {
            merged.entry(iri).or_default().push(definition);
        }
        for (key, name) in &statement.names {
            tx.exec(
                "INSERT INTO record_agent (key, name) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                &args![key.number(), name],
            )?;
        }
    }
    if !defines {
        return Ok(());
    }
    for (iri, said) in merged {
        let before = definition(tx, iri)?;
        let mut now = before.clone().unwrap_or(serde_json::Value::Null);
        for definition in said {
            crate::rules::merge(&mut now, definition);
        }
        if before.as_ref() == Some(&now) {
            continue;
        }
        tx.exec(
            "INSERT INTO record_activity (key, iri, definition) VALUES ($1, $2, $3) \
             ON CONFLICT (key) DO UPDATE SET definition = excluded.definition",
            &args![crate::statement::Key::activity(iri).number(), iri, &now],
        )?;
    }
    Ok(())
}

/// What is known of an activity.
pub(crate) fn definition(tx: &mut Tx, iri: &str) -> Result<Option<serde_json::Value>> {
    let row = tx.row(
        "SELECT definition FROM record_activity WHERE key = $1",
        &args![crate::statement::Key::activity(iri).number()],
    )?;
    row.map(|row| row.read().json()).transpose()
}

/// The names an agent was given.
pub(crate) fn names(tx: &mut Tx, key: crate::statement::Key) -> Result<Vec<String>> {
    let rows = tx.rows(
        "SELECT name FROM record_agent WHERE key = $1 ORDER BY name LIMIT 50",
        &args![key.number()],
    )?;
    rows.iter().map(|row| row.read().text()).collect()
}

/// Voided statements that name an agent; searches pass over them.
pub(crate) fn voided_of(tx: &mut Tx, identifier: &str) -> Result<Vec<Kept>> {
    let rows = tx.rows(
        "SELECT seq, id, voided, raw FROM record WHERE voided AND seq IN \
         (SELECT r.seq FROM record_target t JOIN record r ON r.id = t.target WHERE t.voids) \
         ORDER BY seq",
        &[],
    )?;
    let key = crate::statement::Key::agent(identifier);
    let mut found = Vec::new();
    for row in &rows {
        let one = kept(row)?;
        let keys = keys_of(tx, one.id)?.unwrap_or_default();
        if keys.iter().any(|held| held.key == key) {
            found.push(one);
        }
    }
    Ok(found)
}

/// Statements stored before a moment that may still name a person.
pub(crate) fn personal_before(tx: &mut Tx, before: Moment, most: i64) -> Result<Vec<Kept>> {
    let rows = tx.rows(
        "SELECT seq, id, voided, raw FROM record WHERE seq < $1 AND LENGTH(digest) > 0 \
         ORDER BY seq LIMIT $2",
        &args![before.micros().saturating_mul(1024), most],
    )?;
    rows.iter().map(kept).collect()
}

/// Some statements after a place, in the order of arrival.
pub(crate) fn after(tx: &mut Tx, place: i64, limit: i64) -> Result<Vec<Kept>> {
    let rows = tx.rows(
        "SELECT seq, id, voided, raw FROM record WHERE seq > $1 ORDER BY seq LIMIT $2",
        &args![place, limit],
    )?;
    rows.iter().map(kept).collect()
}
