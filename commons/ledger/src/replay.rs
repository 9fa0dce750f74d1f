//! Replay: all ledgered tables built anew from the facts alone, then compared with the real ones.

use crate::balance::{self, BALANCE};
use crate::fact::APPEND;
use crate::image;
use base::{Error, Result};
use db::{Db, Digest, Table, Tx, Val};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Facts that travel together.
const SLICE: usize = 200;

/// A table as it is and as the facts tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub table: &'static str,
    pub kept: Digest,
    pub told: Digest,
}

impl Compared {
    /// The facts tell what the table holds.
    pub fn is_same(&self) -> bool {
        self.kept == self.told
    }
}

db::table!(FACT = "fact" key 1 {
    seq: Int, at: Int, actor_id: Id, verb: Text, subject_kind: Text, subject_id: Id,
    about: Text, images: Text, prev: Text, hash: Text,
});
db::table!(HEAD = "ledger_head" key 1 { id: Int, seq: Int, hash: Text });

/// Builds the ledgered tables in `into` from the facts of `from`, and compares table by table.
///
/// `into` is an empty database with the same migrations: take [`Db::scratch`], since rows of
/// tables that are not ledgered stay away and what points at them points at nothing.
pub fn replay(from: &Db, into: &Db, tables: &[&'static Table]) -> Result<Vec<Compared>> {
    let mut all = tables.to_vec();
    if !all.iter().any(|table| table.name == balance::MOVEMENT.name) {
        all.push(&balance::MOVEMENT);
    }
    let mut shown = all.clone();
    shown.extend([&BALANCE, &FACT, &HEAD]);
    let (send, receive) = sync_channel::<Vec<Vec<Val>>>(4);
    let (mut send, mut receive) = (Some(send), Some(receive));
    let (reading, writing) = (shown.clone(), shown.clone());
    let (kept, told) = std::thread::scope(|scope| {
        let kept = scope.spawn(|| {
            from.read_now(move |tx| {
                let send = send.take().ok_or_else(interrupted)?;
                send_facts(tx, &send)?;
                digests(tx, &reading)
            })
        });
        let told = into.write_now(move |tx| {
            let receive = receive.take().ok_or_else(interrupted)?;
            tell(tx, &all, &receive)?;
            digests(tx, &writing)
        });
        (kept.join().unwrap_or_else(|_| Err(interrupted())), told)
    });
    let (told, kept) = (told?, kept?);
    let both = shown.iter().zip(kept.into_iter().zip(told));
    Ok(both
        .map(|(table, (kept, told))| Compared {
            table: table.name,
            kept,
            told,
        })
        .collect())
}

fn interrupted() -> Error {
    Error::fault("the replay was interrupted")
}

fn digests(tx: &mut Tx<'_>, tables: &[&'static Table]) -> Result<Vec<Digest>> {
    tables.iter().map(|table| tx.digest(table)).collect()
}

fn send_facts(tx: &mut Tx<'_>, send: &SyncSender<Vec<Vec<Val>>>) -> Result<()> {
    let mut slice = Vec::new();
    let sql = "SELECT seq, at, actor_id, verb, subject_kind, subject_id, about, images, prev, hash \
        FROM fact ORDER BY seq";
    tx.each(sql, &[], &mut |row| {
        slice.push(row.into_values());
        if slice.len() >= SLICE {
            send.send(std::mem::take(&mut slice))
                .map_err(|_| interrupted())?;
        }
        Ok(())
    })?;
    send.send(slice).map_err(|_| interrupted())
}

fn tell(tx: &mut Tx<'_>, tables: &[&'static Table], facts: &Receiver<Vec<Vec<Val>>>) -> Result<()> {
    if tx.digest(&FACT)?.rows > 0 {
        return Err(Error::fault(
            "a replay needs a new database; this one has facts",
        ));
    }
    let mut last = None;
    for slice in facts {
        for fact in slice {
            tx.exec(APPEND, &fact)?;
            let Some(Val::Text(images)) = fact.get(7) else {
                return Err(interrupted());
            };
            for run in image::read(images, tables)? {
                if run.gone {
                    tx.replay_remove(run.table, &run.rows)?;
                } else {
                    tx.replay_put(run.table, &run.columns, &run.rows)?;
                }
            }
            last = Some((fact.first().cloned(), fact.last().cloned()));
        }
    }
    if let Some((Some(seq), Some(hash))) = last {
        let sql = "INSERT INTO ledger_head (id, seq, hash) VALUES (1, $1, $2)";
        tx.exec(sql, &[seq, hash])?;
    }
    balance::rebuild(tx)
}
