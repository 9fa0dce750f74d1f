//! Every statement that keeps or finds statements.
//!
//! A statement is one row; what it is found by stands in the row and is folded into the index some
//! thousand rows at a time, so that keeping an answer writes to few places of the disk. Until then
//! a search reads the rows of the tail. Where several connections write at once, there is no tail.

use crate::own;
use crate::statement::{Held, Kept, STEP, Statement, packed, unpacked};
use base::{Error, Id, Moment, Result};
use db::{Row, Tx, Val, args};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};

/// Rows that may wait for the index.
pub(crate) const TAIL: usize = 2_048;
/// How far a chain of statements about statements is followed.
const CHAIN: usize = 8;

static WAITING: AtomicUsize = AtomicUsize::new(TAIL);
static LAST: AtomicI64 = AtomicI64::new(0);

/// How far the index reaches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fold {
    pub upto: i64,
    /// Several connections may write at once.
    several: bool,
}

/// How far the index reaches. One engine gives ids as ids, the other, which has one writer, as bytes.
pub(crate) fn fold_mark(tx: &mut Tx) -> Result<Option<Fold>> {
    let row = tx.row("SELECT id, upto FROM record_fold", &[])?;
    row.map(|row| {
        Ok(Fold {
            several: matches!(row.values().first(), Some(Val::Id(_))),
            upto: row.read().skip().int()?,
        })
    })
    .transpose()
}

fn begun(tx: &mut Tx) -> Result<Fold> {
    if let Some(fold) = fold_mark(tx)? {
        return Ok(fold);
    }
    let id = Id(base::Uuid::nil());
    tx.exec(
        "INSERT INTO record_fold (id, upto) VALUES ($1, 0) ON CONFLICT DO NOTHING",
        &args![id],
    )?;
    fold_mark(tx)?.ok_or(Error::Missing)
}

fn slot() -> i64 {
    static SLOT: std::sync::OnceLock<i64> = std::sync::OnceLock::new();
    *SLOT.get_or_init(|| i64::from(base::Uuid::new_v4().as_bytes()[0]) + 1)
}

/// The first of `count` places in the order of arrival.
fn places(tx: &mut Tx, fold: Fold, count: usize, now: Moment) -> Result<i64> {
    let least = now.micros() << 10;
    let length = i64::try_from(count).unwrap_or(i64::MAX / STEP) * STEP;
    if fold.several {
        let least = least | slot();
        let taken = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
            Some(least.max(last + STEP) + length - STEP)
        });
        return Ok(taken.map_or(least, |last| least.max(last + STEP)));
    }
    let last = tx.one("SELECT MAX(seq) FROM record", &[])?;
    let last = last.read().opt_int()?.unwrap_or(0);
    Ok(least.max((last & !(STEP - 1)) + STEP))
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
            "SELECT digest FROM record WHERE id = $1",
            &args![statement.id],
        )?;
        found.push(match row {
            None => Found::New,
            Some(row) if same(&row.read().bytes()?, statement) => Found::Same,
            Some(_) => Found::Other,
        });
    }
    Ok(found)
}

/// What was made anonymous has no digest any more: whoever sends it again is told it is kept.
fn same(digest: &[u8], statement: &Statement) -> bool {
    digest.is_empty() || digest == statement.digest
}

/// Keeps statements that are new; they are on disk when the transaction is.
pub(crate) fn add(tx: &mut Tx, statements: &[&Statement], now: Moment) -> Result<()> {
    if statements.is_empty() {
        return Ok(());
    }
    let fold = begun(tx)?;
    let mut seq = places(tx, fold, statements.len(), now)?;
    let first = seq;
    let mut rows = Vec::with_capacity(statements.len());
    for statement in statements {
        let keys = packed(&statement.keys);
        rows.push(
            args![
                seq,
                statement.id,
                statement.digest.as_slice(),
                keys,
                false,
                &statement.raw
            ]
            .to_vec(),
        );
        seq += STEP;
    }
    tx.exec_many(
        "INSERT INTO record (seq, id, digest, keys, voided, raw) VALUES ($1, $2, $3, $4, $5, $6)",
        &rows,
    )?;
    if fold.several {
        let held = statements.iter().zip(0..);
        let held = held.flat_map(|(statement, n)| {
            let seq = first + n * STEP;
            statement.keys.iter().map(move |held| (*held, seq))
        });
        index(tx, held.collect())?;
    }
    about_each_other(tx, statements, first)?;
    if fold.several && fold.upto != i64::MAX {
        fold_up(tx, fold.upto, first)?;
        tx.exec("UPDATE record_fold SET upto = $1", &args![i64::MAX])?;
    }
    if !fold.several {
        let upto = if fold.upto == i64::MAX {
            first - 1
        } else {
            fold.upto
        };
        let waiting = WAITING.fetch_add(statements.len(), Ordering::Relaxed) + statements.len();
        if waiting >= TAIL {
            WAITING.store(0, Ordering::Relaxed);
            fold_up(tx, upto, i64::MAX)?;
            tx.exec("UPDATE record_fold SET upto = $1", &args![seq - STEP])?;
        } else if upto != fold.upto {
            tx.exec("UPDATE record_fold SET upto = $1", &args![upto])?;
        }
    }
    Ok(())
}

/// Puts the keys of the rows between two places into the index.
fn fold_up(tx: &mut Tx, after: i64, before: i64) -> Result<()> {
    let mut after = after;
    loop {
        let rows = tx.rows(
            "SELECT seq, keys FROM record WHERE seq > $1 AND seq < $2 ORDER BY seq LIMIT 4096",
            &args![after, before],
        )?;
        let mut held = Vec::with_capacity(rows.len() * 6);
        for row in &rows {
            let mut read = row.read();
            let seq = read.int()?;
            after = seq;
            held.extend(unpacked(&read.bytes()?).map(|held| (held, seq)));
        }
        let end = rows.len() < 4096;
        index(tx, held)?;
        if end {
            return Ok(());
        }
    }
}

fn index(tx: &mut Tx, mut held: Vec<(Held, i64)>) -> Result<()> {
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

/// Statements about statements are found by what those are found by; one that voids another takes
/// it out of every answer, whichever came first.
fn about_each_other(tx: &mut Tx, statements: &[&Statement], first: i64) -> Result<()> {
    for (statement, n) in statements.iter().zip(0..) {
        let seq = first + n * STEP;
        if let Some(target) = statement.target {
            tx.exec(
                "INSERT INTO record_target (target, seq, voids) VALUES ($1, $2, $3)",
                &args![target, seq, statement.voids],
            )?;
        }
    }
    let some = tx.row("SELECT 1 FROM record_target LIMIT 1", &[])?;
    if some.is_none() {
        return Ok(());
    }
    for (statement, n) in statements.iter().zip(0..) {
        let seq = first + n * STEP;
        if let Some(target) = statement.target {
            if statement.voids {
                void(tx, target)?;
            }
            if let Some(keys) = keys_of(tx, target)? {
                pass_on(tx, seq, statement.id, &keys, 0)?;
            }
        }
        let about = tx.rows(
            "SELECT t.seq, t.voids, r.id FROM record_target t JOIN record r ON r.seq = t.seq \
             WHERE t.target = $1 AND t.seq <> $2",
            &args![statement.id, seq],
        )?;
        if about.is_empty() {
            continue;
        }
        let keys = keys_of(tx, statement.id)?.unwrap_or_default();
        for row in about {
            let mut read = row.read();
            let (later, voids, id) = (read.int()?, read.bool()?, read.id()?);
            if voids {
                void(tx, statement.id)?;
            }
            pass_on(tx, later, id, &keys, 0)?;
        }
    }
    Ok(())
}

/// Takes a statement out of the answers; what voids another stays.
fn void(tx: &mut Tx, id: Id) -> Result<()> {
    tx.exec(
        "UPDATE record SET voided = TRUE WHERE id = $1 AND NOT EXISTS \
         (SELECT 1 FROM record_target t WHERE t.seq = record.seq AND t.voids)",
        &args![id],
    )?;
    Ok(())
}

fn keys_of(tx: &mut Tx, id: Id) -> Result<Option<Vec<Held>>> {
    let row = tx.row("SELECT keys FROM record WHERE id = $1", &args![id])?;
    row.map(|row| Ok(unpacked(&row.read().bytes()?).collect()))
        .transpose()
}

/// Adds keys to a statement, and to those that are about it.
fn pass_on(tx: &mut Tx, seq: i64, id: Id, keys: &[Held], depth: usize) -> Result<()> {
    let Some(mut own) = keys_of(tx, id)? else {
        return Ok(());
    };
    let before = own.len();
    own.extend_from_slice(keys);
    let own = crate::statement::tidied(own);
    if own.len() == before && depth > 0 {
        return Ok(());
    }
    tx.exec(
        "UPDATE record SET keys = $2 WHERE seq = $1",
        &args![seq, packed(&own)],
    )?;
    let mark = begun(tx)?;
    if seq <= mark.upto || mark.several {
        index(tx, own.iter().map(|held| (*held, seq)).collect())?;
    }
    if depth >= CHAIN {
        return Ok(());
    }
    let about = tx.rows(
        "SELECT t.seq, r.id FROM record_target t JOIN record r ON r.seq = t.seq \
         WHERE t.target = $1 AND t.seq <> $2",
        &args![id, seq],
    )?;
    for row in about {
        let mut read = row.read();
        let (later, id) = (read.int()?, read.id()?);
        pass_on(tx, later, id, &own, depth + 1)?;
    }
    Ok(())
}

pub(crate) fn kept(row: &Row) -> Result<Kept> {
    let mut read = row.read();
    Ok(Kept {
        seq: read.int()?,
        id: read.id()?,
        voided: read.bool()?,
        raw: read.text()?,
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
