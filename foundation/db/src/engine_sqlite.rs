//! SQLite: one writer thread with group commit, a few reader threads, everything on disk before
//! anybody is told so.

use crate::beside::Beside;
use crate::constraint::Constraint;
use crate::engine::{Conn, Done, Trouble};
use crate::queue::{Counters, Job, Queue};
use crate::tx::Tx;
use crate::val::{Row, Val};
use base::{Error, Result};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, OpenFlags, ffi, params_from_iter};
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// Jobs that may share one fsync.
const GROUP_MAX: usize = 512;
const BUSY_MILLIS: u64 = 10_000;
/// Statements a connection keeps ready.
const STATEMENTS: usize = 256;

/// Ordinary tables and their columns.
pub(crate) const TABLES: &str = "SELECT t.name, c.name FROM pragma_table_list AS t \
    JOIN pragma_table_info(t.name) AS c \
    WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
    AND t.name <> 'migration' ORDER BY t.name, c.name";

/// How a connection is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    Write,
    Read,
    /// A throw-away copy: foreign keys unchecked, nothing waits for the disk.
    Scratch,
}

/// Pages kept in memory: most of what a school's day touches (negative: KiB, as SQLite counts).
const WRITER_CACHE: i64 = -8_192;
const READER_CACHE: i64 = -4_096;
/// Pages the log may hold before they are brought into the file: what many answers touch is written once.
const LOG_PAGES: i64 = 8_192;

/// A connection to an SQLite file.
pub(crate) struct Lite {
    conn: Connection,
    /// Our statements as SQLite writes them.
    known: RefCell<HashMap<String, String>>,
    pub(crate) beside: Arc<Beside>,
    usage: Use,
}

impl Lite {
    pub(crate) fn open(path: &Path, usage: Use) -> Result<Self> {
        if usage != Use::Read {
            make_private(path)?;
        }
        let open = || -> rusqlite::Result<Connection> {
            let flags = OpenFlags::default() | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let conn = Connection::open_with_flags(path, flags)?;
            conn.busy_timeout(std::time::Duration::from_millis(BUSY_MILLIS))?;
            conn.set_prepared_statement_cache_capacity(STATEMENTS);
            conn.pragma_update(None, "journal_mode", "WAL")?;
            conn.pragma_update(None, "temp_store", "MEMORY")?;
            conn.pragma_update(None, "trusted_schema", false)?;
            conn.pragma_update(None, "journal_size_limit", 64 << 20)?;
            conn.pragma_update(None, "foreign_keys", usage != Use::Scratch)?;
            let sync = if usage == Use::Scratch { "OFF" } else { "FULL" };
            conn.pragma_update(None, "synchronous", sync)?;
            // As PostgreSQL does: LIKE tells A from a, and "x" is never a text.
            conn.pragma_update(None, "case_sensitive_like", true)?;
            // A statement keeps its plan whatever is bound to it: else it is parsed again for every value.
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
            conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
            conn.pragma_update(None, "query_only", usage == Use::Read)?;
            conn.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
            let cache = if usage == Use::Read {
                READER_CACHE
            } else {
                WRITER_CACHE
            };
            conn.pragma_update(None, "cache_size", cache)?;
            Ok(conn)
        };
        let opened = open();
        opened
            .map(|conn| Self {
                conn,
                known: RefCell::default(),
                beside: Arc::default(),
                usage,
            })
            .map_err(|e| Error::Fault(format!("{}: {e}", path.display())))
    }

    pub(crate) fn only_reads(&self) -> bool {
        self.usage == Use::Read
    }

    fn prepared(&self, sql: &str) -> Done<CachedStatement<'_>> {
        if let Some(ours) = self.known.borrow().get(sql) {
            return self.conn.prepare_cached(ours).map_err(trouble);
        }
        let ours = translated(sql);
        let statement = self.conn.prepare_cached(&ours).map_err(trouble)?;
        let mut known = self.known.borrow_mut();
        if known.len() >= STATEMENTS {
            known.clear();
        }
        known.insert(sql.to_owned(), ours);
        Ok(statement)
    }

    pub(crate) fn exec(&self, sql: &str, args: &[Val]) -> Done<u64> {
        let mut statement = self.prepared(sql)?;
        let touched = statement.execute(params_from_iter(args)).map_err(trouble)?;
        Ok(touched as u64)
    }

    pub(crate) fn rows(&self, sql: &str, args: &[Val]) -> Done<Vec<Row>> {
        let mut all = Vec::new();
        let taken = self.each(sql, args, &mut |row| {
            all.push(row);
            Ok(())
        })?;
        taken.map(|()| all).map_err(Trouble::plain)
    }

    pub(crate) fn each(
        &self,
        sql: &str,
        args: &[Val],
        take: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Done<Result<()>> {
        let mut statement = self.prepared(sql)?;
        let mut rows = statement.query(params_from_iter(args)).map_err(trouble)?;
        while let Some(row) = rows.next().map_err(trouble)? {
            // The columns as of now: another process may have migrated since the preparation.
            let width = row.as_ref().column_count();
            let values = (0..width)
                .map(|i| row.get_ref(i).map(value))
                .collect::<rusqlite::Result<_>>();
            if let Err(error) = take(Row(values.map_err(trouble)?)) {
                return Ok(Err(error));
            }
        }
        Ok(Ok(()))
    }

    pub(crate) fn prepare(&self, sql: &str) -> Done<()> {
        self.conn
            .prepare(&translated(sql))
            .map(drop)
            .map_err(trouble)
    }

    pub(crate) fn script(&self, sql: &str) -> Done<()> {
        self.conn.execute_batch(sql).map_err(trouble)
    }

    pub(crate) fn dangling(&self) -> Done<Vec<String>> {
        let found = self.rows(
            "SELECT \"table\", \"parent\", COUNT(*) FROM pragma_foreign_key_check GROUP BY 1, 2",
            &[],
        )?;
        let words = found.iter().map(|row| {
            let mut read = row.read();
            Ok(format!(
                "{} -> {}: {} rows",
                read.text()?,
                read.text()?,
                read.int()?
            ))
        });
        words.collect::<Result<_>>().map_err(Trouble::plain)
    }

    /// Brings what stands in the log into the file and does away with the log.
    pub(crate) fn into_one_file(self) -> Result<()> {
        let ended = self.conn.pragma_update(None, "journal_mode", "DELETE");
        ended.map_err(Error::fault)
    }

    /// Copies the whole database to a new file, as it stands at one moment.
    pub(crate) fn copy_to(&self, path: &Path) -> Result<()> {
        make_private(path)?;
        let copy = || -> rusqlite::Result<()> {
            let mut to = Connection::open(path)?;
            let backup = rusqlite::backup::Backup::new(&self.conn, &mut to)?;
            backup.step(-1)?;
            drop(backup);
            to.pragma_update(None, "journal_mode", "DELETE")
        };
        copy().map_err(|e| Error::Fault(format!("{}: {e}", path.display())))
    }
}

/// Removes a database file and what SQLite keeps beside it.
pub(crate) fn remove(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        drop(std::fs::remove_file(name));
    }
}

/// Makes the file, if it is not there, for its owner's eyes only; SQLite's side files follow it.
pub(crate) fn make_private(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(path);
    made.map(drop)
        .map_err(|e| Error::Fault(format!("{}: {e}", path.display())))
}

/// `$1` is a name to SQLite and `?1` a number; casts need its own type names; one writer needs no
/// row locks.
fn translated(sql: &str) -> String {
    let mut text = sql.replace('$', "?");
    for (theirs, ours) in [
        ("AS UUID)", "AS BLOB)"),
        ("AS BYTEA)", "AS BLOB)"),
        ("AS BOOLEAN)", "AS INTEGER)"),
        (" FOR UPDATE SKIP LOCKED", ""),
        (" FOR UPDATE", ""),
    ] {
        if text.contains(theirs) {
            text = text.replace(theirs, ours);
        }
    }
    text
}

impl rusqlite::ToSql for Val {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(int) => ValueRef::Integer(*int),
            Self::Real(real) => ValueRef::Real(*real),
            Self::Bool(yes) => ValueRef::Integer(i64::from(*yes)),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
            Self::Id(id) => ValueRef::Blob(id.0.as_bytes()),
        }))
    }
}

fn value(from: ValueRef<'_>) -> Val {
    match from {
        ValueRef::Null => Val::Null,
        ValueRef::Integer(int) => Val::Int(int),
        ValueRef::Real(real) => Val::Real(real),
        ValueRef::Text(text) => Val::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Val::Bytes(bytes.to_owned()),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn trouble(error: rusqlite::Error) -> Trouble {
    let rusqlite::Error::SqliteFailure(code, Some(words)) = &error else {
        return Trouble::plain(Error::Fault(format!("sqlite: {error}")));
    };
    let after = |head: &str| words.strip_prefix(head).unwrap_or(words).to_owned();
    let constraint = match code.extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY => {
            Constraint::Unique(columns(&after("UNIQUE constraint failed: ")))
        }
        ffi::SQLITE_CONSTRAINT_CHECK => Constraint::Check(after("CHECK constraint failed: ")),
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Constraint::Reference,
        ffi::SQLITE_CONSTRAINT_NOTNULL => {
            Constraint::NotNull(after("NOT NULL constraint failed: "))
        }
        _ if code.code == rusqlite::ErrorCode::DatabaseBusy => {
            return Trouble::plain(Error::Later(1));
        }
        _ => return Trouble::plain(Error::Fault(format!("sqlite: {error}"))),
    };
    Trouble::plain(Error::Fault(constraint.to_string()))
}

/// `need.code, need.country` as `need.code,country`.
fn columns(words: &str) -> String {
    let mut parts = words.split(", ");
    let first = parts.next().unwrap_or_default();
    let rest = parts.map(|part| part.rsplit('.').next().unwrap_or(part));
    std::iter::once(first)
        .chain(rest)
        .collect::<Vec<_>>()
        .join(",")
}

/// Serves write jobs until the queue is closed: those that came while the last group was put on
/// disk make the next one. After a group as many are likely to come again: what they touch together
/// is written once.
pub(crate) fn write_all(lite: &Lite, queue: &Queue, stats: &Counters) {
    let mut likely = 0;
    while let Some(group) = queue.take(GROUP_MAX, likely, stats) {
        likely = if group.len() > 1 { group.len() } else { 0 };
        let mut jobs: Vec<Box<dyn Job>> = group.into_iter().map(|waiting| waiting.job).collect();
        if jobs.len() > 1 && together(lite, &mut jobs) {
            stats.group(jobs.len());
        } else {
            for job in &mut jobs {
                alone(lite, job.as_mut(), "BEGIN IMMEDIATE");
                stats.group(1);
            }
        }
        jobs.into_iter().for_each(Job::answer);
    }
}

/// Serves read jobs, each on one snapshot.
pub(crate) fn read_all(lite: &Lite, queue: &Queue, stats: &Counters) {
    while let Some(taken) = queue.take(1, 0, stats) {
        for mut waiting in taken {
            alone(lite, waiting.job.as_mut(), "BEGIN");
            Counters::count(&stats.reads, 1);
            waiting.job.answer();
        }
    }
}

/// One transaction for all, a savepoint for each. False when the whole was lost: nothing is saved
/// and each must be run alone.
fn together(lite: &Lite, jobs: &mut [Box<dyn Job>]) -> bool {
    if let Err(trouble) = lite.exec("BEGIN IMMEDIATE", &[]) {
        // Another process writes; to wait once for each job would only make it worse.
        for job in jobs {
            job.spoil(match &trouble.error {
                Error::Later(seconds) => Error::Later(*seconds),
                other => Error::fault(other),
            });
        }
        return true;
    }
    for job in jobs {
        let begun = lite.exec("SAVEPOINT job", &[]);
        let kept = begun.is_ok() && job.run(&mut Tx::new(Conn::Lite(lite)));
        let undone = kept || lite.exec("ROLLBACK TO SAVEPOINT job", &[]).is_ok();
        // A full disk ends the whole transaction.
        let ended = lite.conn.is_autocommit();
        if ended || !undone || lite.exec("RELEASE SAVEPOINT job", &[]).is_err() {
            roll_back(lite);
            return false;
        }
    }
    let saved = lite.exec("COMMIT", &[]).is_ok();
    roll_back(lite);
    saved
}

fn alone(lite: &Lite, job: &mut dyn Job, begin: &str) {
    if let Err(trouble) = lite.exec(begin, &[]) {
        job.spoil(trouble.error);
        return;
    }
    if job.run(&mut Tx::new(Conn::Lite(lite)))
        && let Err(trouble) = lite.exec("COMMIT", &[])
    {
        job.spoil(trouble.error);
    }
    roll_back(lite);
}

fn roll_back(lite: &Lite) {
    if !lite.conn.is_autocommit() {
        // A transaction that cannot be rolled back is rolled back when the next BEGIN fails.
        drop(lite.exec("ROLLBACK", &[]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::StatementStatus;

    #[test]
    fn a_statement_is_parsed_once_whatever_is_bound_to_it() {
        let file = crate::testing::File::new();
        let url = file.url();
        let path = Path::new(url.trim_start_matches("sqlite:"));
        let lite = Lite::open(path, Use::Write).unwrap();
        lite.script(
            "CREATE TABLE pupil (id INTEGER, name TEXT); CREATE INDEX by_name ON pupil (name)",
        )
        .unwrap_or_else(|_| unreachable!());
        let sql = "SELECT id FROM pupil WHERE (CAST($1 AS TEXT) IS NULL OR name >= $1) AND name < $2 \
            AND name LIKE $3 ORDER BY name LIMIT $4";
        for n in 1..20 {
            let args = [
                Val::from("a"),
                Val::from("b"),
                Val::from(format!("a{n}%")),
                Val::Int(n),
            ];
            assert!(lite.rows(sql, &args).is_ok());
        }
        let statement = lite.prepared(sql).unwrap_or_else(|_| unreachable!());
        assert_eq!(statement.get_status(StatementStatus::RePrepare), 0);
        assert!(statement.get_status(StatementStatus::Run) >= 19);
    }
}
