//! Migrations: forward only, each once, the whole list in one transaction when the database opens.

use crate::engine::{Conn, Trouble, spoken};
use crate::tx::Digest;
use crate::val::Val;
use base::{Clock, Error, Result};
use std::collections::BTreeMap;

/// A step of the schema, written in PostgreSQL's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migration {
    /// Unique in the whole product: `20261121_needs`.
    pub name: &'static str,
    pub sql: &'static str,
    /// Statements that add rows; tests run them before the next migration.
    pub sample: &'static str,
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration \
    (name TEXT PRIMARY KEY, hash TEXT NOT NULL, at BIGINT NOT NULL)";

/// What the migrations themselves put into a database that was empty before.
pub(crate) type Seeds = BTreeMap<String, Digest>;

/// Brings the schema up to date; answers the seeds when it was empty before. Begins and ends a
/// transaction.
pub(crate) fn run(conn: &mut Conn<'_>, migrations: &[Migration]) -> Result<Option<Seeds>> {
    let fault = |trouble: Trouble| trouble.error;
    conn.begin().map_err(fault)?;
    let done = steps(conn, migrations).and_then(|fresh| {
        if fresh {
            seeds(conn).map(Some)
        } else {
            Ok(None)
        }
    });
    let end = if done.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = conn.script(end).map_err(fault);
    let fresh = done?;
    ended.map(|()| fresh)
}

fn seeds(conn: &mut Conn<'_>) -> Result<Seeds> {
    let mut seeds = Seeds::new();
    for (table, columns) in conn.tables().map_err(|trouble| trouble.error)? {
        let digest = Digest::of(conn, &table, &columns).map_err(|trouble| trouble.error)?;
        seeds.insert(table, digest);
    }
    Ok(seeds)
}

fn steps(conn: &mut Conn<'_>, migrations: &[Migration]) -> Result<bool> {
    let fault = |trouble: Trouble| trouble.error;
    conn.lock("migration").map_err(fault)?;
    let engine = conn.engine();
    conn.script(&spoken(TABLE, engine)).map_err(fault)?;
    let mut applied = BTreeMap::new();
    for row in conn
        .rows("SELECT name, hash FROM migration ORDER BY name", &[])
        .map_err(fault)?
    {
        let mut read = row.read();
        applied.insert(read.text()?, read.text()?);
    }
    let fresh = applied.is_empty();
    for migration in migrations {
        let hash = hash(migration.sql);
        match applied.remove(migration.name) {
            Some(known) if known == hash => {}
            Some(_) => return Err(changed(migration.name)),
            None => {
                let told = |trouble: Trouble| {
                    Error::Fault(format!("migration {}: {}", migration.name, trouble.error))
                };
                conn.script(&spoken(migration.sql, engine)).map_err(told)?;
                let row = [
                    Val::from(migration.name),
                    Val::from(hash),
                    Clock::Machine.now().into(),
                ];
                let sql = "INSERT INTO migration (name, hash, at) VALUES ($1, $2, $3)";
                conn.exec(sql, &row).map_err(told)?;
            }
        }
    }
    match applied.keys().next() {
        Some(name) if !migrations.is_empty() => Err(Error::Fault(format!(
            "the database is newer than this program: it has migration {name}"
        ))),
        _ => Ok(fresh),
    }
}

fn changed(name: &str) -> Error {
    Error::Fault(format!(
        "migration {name} was changed after it was applied; add a new one"
    ))
}

fn hash(sql: &str) -> String {
    use sha2::{Digest as _, Sha256};
    let words = sql.split_whitespace().collect::<Vec<_>>().join(" ");
    Sha256::digest(words)
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
