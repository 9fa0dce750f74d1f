//! Statements about statements: what voids another, and by what they are found.

use crate::statement::{Held, STEP, Statement, packed, unpacked};
use crate::store::{forget_tail, index};
use base::{Id, Result};
use db::{Tx, args};

/// How far a chain of statements about statements is followed.
const CHAIN: usize = 8;

/// Statements about statements are found by what those are found by; one that voids another takes
/// it out of every answer, whichever came first.
pub(crate) fn about_each_other(tx: &mut Tx, statements: &[&Statement], first: i64) -> Result<()> {
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
    let touched = tx.exec(
        "UPDATE record SET voided = TRUE WHERE id = $1 AND NOT voided AND NOT EXISTS \
         (SELECT 1 FROM record_target t WHERE t.seq = record.seq AND t.voids)",
        &args![id],
    )?;
    if touched > 0 {
        crate::voids::tell(tx, id)?;
    }
    Ok(())
}

pub(crate) fn keys_of(tx: &mut Tx, id: Id) -> Result<Option<Vec<Held>>> {
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
    index(tx, own.iter().map(|held| (*held, seq)).collect())?;
    forget_tail(tx)?;
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
