//! Searching: the rows of the tail, then the index, in the order of arrival or against it.

use crate::statement::{Kept, Key};
use crate::store::{Fold, fold_mark, kept};
use crate::tail;
use base::Result;
use db::{Tx, Val, args};

/// What is looked for.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// What the statement must be found by; with true, the statement itself must be about it.
    pub keys: Vec<(Key, bool)>,
    /// Only after this place.
    pub after: i64,
    /// Only before this place.
    pub before: i64,
    pub ascending: bool,
    pub limit: i64,
}

/// Finds statements that are not voided.
///
/// # Errors
/// A fault of the database.
pub fn find(tx: &mut Tx, search: &Search) -> Result<Vec<Kept>> {
    if search.keys.is_empty() {
        return plain(tx, search);
    }
    let Some(fold) = fold_mark(tx)? else {
        return Ok(Vec::new());
    };
    let known = search.keys.iter().map(|(key, _)| fold.knows(*key)).min();
    let upto = known.unwrap_or(fold.upto);
    let wanted = usize::try_from(search.limit).unwrap_or(0);
    let mut found = Vec::new();
    if search.ascending {
        indexed(tx, search, upto, &mut found)?;
        if found.len() < wanted {
            from_tail(tx, search, (fold, upto), wanted, &mut found)?;
        }
    } else {
        from_tail(tx, search, (fold, upto), wanted, &mut found)?;
        if found.len() < wanted {
            indexed(tx, search, upto, &mut found)?;
        }
    }
    found.truncate(wanted);
    Ok(found)
}

fn plain(tx: &mut Tx, search: &Search) -> Result<Vec<Kept>> {
    let bounds = args![search.after, search.before, search.limit];
    let rows = if search.ascending {
        tx.rows(
            "SELECT seq, id, voided, raw FROM record \
             WHERE seq > $1 AND seq < $2 AND NOT voided ORDER BY seq LIMIT $3",
            &bounds,
        )?
    } else {
        tx.rows(
            "SELECT seq, id, voided, raw FROM record \
             WHERE seq > $1 AND seq < $2 AND NOT voided ORDER BY seq DESC LIMIT $3",
            &bounds,
        )?
    };
    rows.iter().map(kept).collect()
}

/// Rows the index does not know yet.
fn from_tail(
    tx: &mut Tx,
    search: &Search,
    (fold, upto): (Fold, i64),
    wanted: usize,
    found: &mut Vec<Kept>,
) -> Result<()> {
    if upto == i64::MAX {
        return Ok(());
    }
    let bounds = (search.after.max(upto), search.before);
    let mut places = tail::places(tx, fold, &search.keys, bounds)?;
    if !search.ascending {
        places.reverse();
    }
    for seq in places {
        if found.len() >= wanted {
            break;
        }
        let row = tx.row(
            "SELECT seq, id, voided, raw FROM record WHERE seq = $1 AND NOT voided",
            &args![seq],
        )?;
        if let Some(row) = row {
            found.push(kept(&row)?);
        }
    }
    Ok(())
}

fn indexed(tx: &mut Tx, search: &Search, upto: i64, found: &mut Vec<Kept>) -> Result<()> {
    let before = search.before.min(upto.saturating_add(1));
    let mut args = args![search.after, before, search.limit].to_vec();
    for n in 0..5 {
        let (key, near) = match search.keys.get(n) {
            Some((key, near)) => (Val::Int(key.number()), *near),
            None => (Val::Null, false),
        };
        args.push(key);
        args.push(near.into());
    }
    let rows = if search.ascending {
        tx.rows(ASCENDING, &args)?
    } else {
        tx.rows(DESCENDING, &args)?
    };
    for row in &rows {
        found.push(kept(row)?);
    }
    Ok(())
}

macro_rules! by_keys {
    ($order:literal) => {
        concat!(
            "SELECT r.seq, r.id, r.voided, r.raw FROM record_index k \
             JOIN record r ON r.seq = k.seq \
             WHERE k.key = $4 AND k.seq > $1 AND k.seq < $2 \
             AND (k.near OR NOT CAST($5 AS BOOLEAN)) AND NOT r.voided \
             AND (CAST($6 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM record_index b \
             WHERE b.key = CAST($6 AS BIGINT) AND b.seq = k.seq AND (b.near OR NOT CAST($7 AS BOOLEAN)))) \
             AND (CAST($8 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM record_index c \
             WHERE c.key = CAST($8 AS BIGINT) AND c.seq = k.seq AND (c.near OR NOT CAST($9 AS BOOLEAN)))) \
             AND (CAST($10 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM record_index d \
             WHERE d.key = CAST($10 AS BIGINT) AND d.seq = k.seq AND (d.near OR NOT CAST($11 AS BOOLEAN)))) \
             AND (CAST($12 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM record_index e \
             WHERE e.key = CAST($12 AS BIGINT) AND e.seq = k.seq AND (e.near OR NOT CAST($13 AS BOOLEAN)))) ",
            $order,
            " LIMIT $3"
        )
    };
}
const ASCENDING: &str = by_keys!("ORDER BY k.seq");
const DESCENDING: &str = by_keys!("ORDER BY k.seq DESC");
