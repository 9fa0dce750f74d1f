//! Moving everything from one database to another, whichever they are, and proving it arrived.

use crate::migrate::{Migration, Seeds};
use crate::open::Db;
use crate::tx::{Digest, Tx};
use crate::val::Val;
use base::{Error, Result};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Rows that travel together.
const SLICE: usize = 1000;

/// A table that was moved, and the digest both sides have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub table: String,
    pub digest: Digest,
}

type Tables = BTreeMap<String, Vec<String>>;
type Slice = (String, Vec<Vec<Val>>);

/// Copies every table of `from` into `to`, which must be empty or newly made, as one transaction
/// read on one snapshot. Fails, and leaves `to` as it was, unless counts and checksums agree.
pub fn move_data(from: &Db, to: &Db) -> Result<Vec<Moved>> {
    let tables = from.tables()?;
    if tables != to.tables()? {
        return Err(Error::fault(
            "the two databases have different tables: migrate both first",
        ));
    }
    let (send, receive) = sync_channel::<Slice>(4);
    let (mut send, mut receive) = (Some(send), Some(receive));
    let seeds = to.seeds();
    let (reading, writing) = (tables.clone(), tables);
    std::thread::scope(|scope| {
        let sent = scope.spawn(|| {
            from.read_now(move |tx| {
                let send = send.take().ok_or_else(twice)?;
                send_all(tx, &reading, &send)
            })
        });
        let saved = to.write_now(move |tx| {
            let receive = receive.take().ok_or_else(twice)?;
            receive_all(tx, &writing, &seeds, &receive)
        });
        let sent = sent
            .join()
            .unwrap_or_else(|_| Err(Error::fault("the reading panicked")));
        let saved = saved?;
        let sent = sent?;
        if sent == saved {
            Ok(saved)
        } else {
            Err(Error::fault("what arrived is not what was sent"))
        }
    })
}

/// Fills an empty database from a backup file. The file is left as it is.
pub fn restore(path: &Path, to: &Db, migrations: &[Migration]) -> Result<Vec<Moved>> {
    if !path.is_file() {
        return Err(Error::Fault(format!("{} is not a file", path.display())));
    }
    // A backup may be older than the program: its copy is brought up to date first.
    let copy = std::env::temp_dir().join(format!("harambee-{}.db", base::Uuid::new_v4().simple()));
    crate::engine_sqlite::make_private(&copy)?;
    let streamed = std::fs::File::open(path).and_then(|mut from| {
        let mut to = std::fs::OpenOptions::new().write(true).open(&copy)?;
        std::io::copy(&mut from, &mut to)
    });
    streamed.map_err(Error::fault)?;
    let moved = Db::open(&format!("sqlite:{}", copy.display()), migrations).and_then(|from| {
        let moved = move_data(&from, to);
        from.close();
        moved
    });
    crate::engine_sqlite::remove(&copy);
    moved
}

fn twice() -> Error {
    Error::fault("the move was interrupted")
}

fn send_all(tx: &mut Tx<'_>, tables: &Tables, send: &SyncSender<Slice>) -> Result<Vec<Moved>> {
    let mut moved = Vec::new();
    for (table, columns) in tables {
        let mut digest = Digest::default();
        let mut slice = Vec::new();
        let gone = |_| Error::fault("the receiving side stopped");
        let sql = format!("SELECT {} FROM {table}", columns.join(", "));
        tx.stream(&sql, &[], &mut |row| {
            digest.add(row.values());
            slice.push(row.into_values());
            if slice.len() >= SLICE {
                send.send((table.clone(), std::mem::take(&mut slice)))
                    .map_err(gone)?;
            }
            Ok(())
        })?;
        send.send((table.clone(), slice)).map_err(gone)?;
        moved.push(Moved {
            table: table.clone(),
            digest,
        });
    }
    Ok(moved)
}

fn receive_all(
    tx: &mut Tx<'_>,
    tables: &Tables,
    seeds: &Seeds,
    receive: &Receiver<Slice>,
) -> Result<Vec<Moved>> {
    let relaxed = tx.conn().relax();
    tx.settle(relaxed)?;
    for (table, columns) in tables {
        let there = tx.digest_of(table, columns)?;
        if there.rows > 0 && seeds.get(table) != Some(&there) {
            return Err(Error::Fault(format!("table {table} is not empty")));
        }
        // What migrations themselves put there comes again.
        tx.run(&format!("DELETE FROM {table}"), &[])?;
    }
    for (table, rows) in receive {
        let columns = tables.get(&table).map(Vec::as_slice).unwrap_or_default();
        let marks: Vec<String> = (1..=columns.len()).map(|n| format!("${n}")).collect();
        let (names, marks) = (columns.join(", "), marks.join(", "));
        tx.run_many(
            &format!("INSERT INTO {table} ({names}) VALUES ({marks})"),
            &rows,
        )?;
    }
    let mut moved = Vec::new();
    for (table, columns) in tables {
        moved.push(Moved {
            table: table.clone(),
            digest: tx.digest_of(table, columns)?,
        });
    }
    let tightened = tx.conn().tighten();
    tx.settle(tightened)?;
    Ok(moved)
}
