//! By which words people with an account are found in a text.

use base::discreet::{name_candidates, name_keys};
use base::{Id, Result};
use db::{Tx, Val, args};

/// Keys looked for at a time.
const AT_ONCE: usize = 64;
const FIND: &str = "SELECT key FROM account_name WHERE key IN ( \
     $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, \
     $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, \
     $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, \
     $57, $58, $59, $60, $61, $62, $63, $64) LIMIT 1";

/// Replaces the keys of an account's name.
pub(crate) fn set_name_keys(tx: &mut Tx, account: Id, name: &str) -> Result<()> {
    tx.exec(
        "DELETE FROM account_name WHERE account_id = $1",
        &args![account],
    )?;
    let keys = name_keys(name).into_iter();
    let rows: Vec<Vec<Val>> = keys.map(|key| args![key, account].to_vec()).collect();
    tx.exec_many(
        "INSERT INTO account_name (key, account_id) VALUES ($1, $2)",
        &rows,
    )?;
    Ok(())
}

/// Gives keys to accounts that came without: made before there were any. How many there were.
pub(crate) fn add_missing_name_keys(tx: &mut Tx, limit: i64) -> Result<usize> {
    let rows = tx.rows(
        "SELECT id, name FROM account WHERE NOT EXISTS \
         (SELECT 1 FROM account_name WHERE account_name.account_id = account.id) ORDER BY id LIMIT $1",
        &args![limit],
    )?;
    for row in &rows {
        let mut r = row.read();
        let id = r.id()?;
        set_name_keys(tx, id, &r.text()?)?;
    }
    Ok(rows.len())
}

/// The name of somebody with an account that stands in a text, as it is written there.
pub(crate) fn name_in(tx: &mut Tx, text: &str) -> Result<Option<String>> {
    let candidates = name_candidates(text);
    let keys: Vec<&String> = candidates.keys().collect();
    for some in keys.chunks(AT_ONCE) {
        // The last key again and again where there are fewer: one statement for all.
        let padded = some.iter().chain(some.last().into_iter().cycle());
        let values: Vec<Val> = padded.take(AT_ONCE).map(|key| (*key).into()).collect();
        if let Some(row) = tx.row(FIND, &values)? {
            let key = row.read().text()?;
            return Ok(candidates.get(&key).map(|written| (*written).to_owned()));
        }
    }
    Ok(None)
}
