//! A transaction as the rooms see it: one SQL text for both databases.
//!
//! After a statement failed nothing more may be said in the transaction, on either database;
//! [`Tx::attempt`] fences off what may fail.

use crate::engine::{Conn, Done, Trouble};
use crate::table::{Change, Column, Table};
use crate::val::{Row, Val};
use base::{Conflict, Error, Result};
use std::sync::Arc;

/// A transaction in progress.
pub struct Tx<'a> {
    conn: Conn<'a>,
    changes: Vec<Change>,
    failed: bool,
    again: bool,
}

impl<'a> Tx<'a> {
    pub(crate) const fn new(conn: Conn<'a>) -> Self {
        Self {
            conn,
            changes: Vec::new(),
            failed: false,
            again: false,
        }
    }
    /// A failure that may pass when the job is run once more.
    pub(crate) const fn again(&self) -> bool {
        self.again
    }
    pub(crate) const fn conn(&mut self) -> &mut Conn<'a> {
        &mut self.conn
    }

    /// Fails unless the transaction may be committed.
    pub(crate) fn may_end(&self) -> Result<()> {
        if self.failed {
            return Err(Error::fault("a failed statement was passed over"));
        }
        self.changes.first().map_or(Ok(()), |change| {
            Err(Error::Fault(format!(
                "a change without a fact: {}",
                change.table.name
            )))
        })
    }

    fn ready(&self, args: &[Val]) -> Result<()> {
        if self.failed {
            return Err(Error::fault(
                "an earlier statement of this transaction failed",
            ));
        }
        args.iter().try_for_each(Val::check)
    }

    pub(crate) fn settle<T>(&mut self, done: Done<T>) -> Result<T> {
        done.map_err(|trouble| {
            self.failed = true;
            self.again |= trouble.again;
            trouble.error
        })
    }

    /// Runs a statement; answers how many rows it touched.
    pub fn exec(&mut self, sql: &'static str, args: &[Val]) -> Result<u64> {
        self.run(sql, args)
    }
    pub(crate) fn run(&mut self, sql: &str, args: &[Val]) -> Result<u64> {
        self.ready(args)?;
        let done = self.conn.exec(sql, args);
        self.settle(done)
    }

    /// Runs a statement once for each list of arguments; answers how many rows each touched.
    pub fn exec_many(&mut self, sql: &'static str, lists: &[Vec<Val>]) -> Result<Vec<u64>> {
        self.run_many(sql, lists)
    }
    pub(crate) fn run_many(&mut self, sql: &str, lists: &[Vec<Val>]) -> Result<Vec<u64>> {
        lists.iter().try_for_each(|args| self.ready(args))?;
        let done = self.conn.exec_many(sql, lists);
        self.settle(done)
    }

    /// All rows of an answer. What may grow long is asked for page by page, or with `each`.
    pub fn rows(&mut self, sql: &'static str, args: &[Val]) -> Result<Vec<Row>> {
        self.ask(sql, args)
    }
    pub(crate) fn ask(&mut self, sql: &str, args: &[Val]) -> Result<Vec<Row>> {
        self.ready(args)?;
        let done = self.conn.rows(sql, args);
        self.settle(done)
    }

    /// The first row, if there is one.
    pub fn row(&mut self, sql: &'static str, args: &[Val]) -> Result<Option<Row>> {
        Ok(self.rows(sql, args)?.into_iter().next())
    }
    /// The first row.
    ///
    /// # Errors
    /// Missing when there is none.
    pub fn one(&mut self, sql: &'static str, args: &[Val]) -> Result<Row> {
        self.row(sql, args)?.ok_or(Error::Missing)
    }

    /// Hands over the rows one by one, never all in memory.
    pub fn each(
        &mut self,
        sql: &'static str,
        args: &[Val],
        take: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Result<()> {
        self.stream(sql, args, take)
    }
    pub(crate) fn stream(
        &mut self,
        sql: &str,
        args: &[Val],
        take: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Result<()> {
        self.ready(args)?;
        let done = self.conn.each(sql, args, take);
        self.settle(done)?
    }

    /// Inserts a row of a ledgered table.
    pub fn add(&mut self, table: &'static Table, values: Vec<Val>) -> Result<()> {
        table.fits(table.columns, &values)?;
        self.run(&table.insert_sql(), &values)?;
        self.changes.push(Change {
            table,
            gone: false,
            values,
        });
        Ok(())
    }

    /// Inserts many rows of a table that is not ledgered, in few statements.
    pub fn fill(&mut self, table: &Table, rows: &[Vec<Val>]) -> Result<()> {
        for values in rows {
            table.fits(table.columns, values)?;
            self.ready(values)?;
        }
        let done = self.conn.insert_many(table, rows);
        self.settle(done)
    }

    /// Inserts many rows of a ledgered table in few statements.
    pub fn add_many(&mut self, table: &'static Table, rows: Vec<Vec<Val>>) -> Result<()> {
        self.fill(table, &rows)?;
        self.changes.extend(rows.into_iter().map(|values| Change {
            table,
            gone: false,
            values,
        }));
        Ok(())
    }

    /// Inserts a row of a ledgered table, or replaces the one with the same key.
    pub fn put(&mut self, table: &'static Table, values: Vec<Val>) -> Result<()> {
        table.fits(table.columns, &values)?;
        self.run(&table.put_sql(table.columns), &values)?;
        self.changes.push(Change {
            table,
            gone: false,
            values,
        });
        Ok(())
    }

    /// Saves a row of a ledgered table over the version its editor has seen; answers the new
    /// version, whatever stood in the `version` column of `values`.
    ///
    /// # Errors
    /// Conflict with the saved values when someone else was first; Missing when there is no row.
    pub fn change(
        &mut self,
        table: &'static Table,
        mut values: Vec<Val>,
        expected_version: i64,
    ) -> Result<i64> {
        table.fits(table.columns, &values)?;
        let version = table.position("version").and_then(|at| values.get_mut(at));
        let version = version.ok_or_else(|| no_version(table))?;
        let next = expected_version.saturating_add(1);
        *version = Val::Int(next);
        values.push(Val::Int(expected_version));
        let touched = self.run(&table.change_sql(), &values)?;
        values.pop();
        if touched == 0 {
            values.truncate(table.key);
            return Err(self.conflict(table, &values)?);
        }
        self.changes.push(Change {
            table,
            gone: false,
            values,
        });
        Ok(next)
    }

    /// Deletes a row of a ledgered table by its key.
    ///
    /// # Errors
    /// Missing when there is no such row.
    pub fn remove(&mut self, table: &'static Table, key: &[Val]) -> Result<()> {
        table.fits(table.columns.get(..table.key).unwrap_or_default(), key)?;
        let sql = format!("DELETE FROM {} WHERE {}", table.name, table.where_key());
        if self.run(&sql, key)? == 0 {
            return Err(Error::Missing);
        }
        self.changes.push(Change {
            table,
            gone: true,
            values: key.to_vec(),
        });
        Ok(())
    }

    /// The saved row of a ledgered table, in the columns' order and types.
    pub fn saved(&mut self, table: &'static Table, key: &[Val]) -> Result<Option<Vec<Val>>> {
        table.fits(table.columns.get(..table.key).unwrap_or_default(), key)?;
        let (names, name, test) = (table.names(), table.name, table.where_key());
        let found = self.ask(&format!("SELECT {names} FROM {name} WHERE {test}"), key)?;
        found
            .into_iter()
            .next()
            .map(|row| own(table.columns, row))
            .transpose()
    }

    fn conflict(&mut self, table: &'static Table, key: &[Val]) -> Result<Error> {
        let Some(saved) = self.saved(table, key)? else {
            return Ok(Error::Missing);
        };
        let mut conflict = Conflict::default();
        for (column, value) in table.columns.iter().zip(&saved) {
            match value {
                Val::Int(version) if column.name == "version" => conflict.version = *version,
                value => conflict.saved.push((column.name.to_owned(), value.shown())),
            }
        }
        Ok(Error::Conflict(Box::new(conflict)))
    }

    /// Takes the images of all rows changed since the last call, for the fact that tells of them.
    pub fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }
    /// Drops the images: only tests change ledgered rows without a fact.
    pub fn forget_changes(&mut self) {
        self.changes.clear();
    }

    /// Writes row images back, with those columns that were known when they were taken. Leaves no
    /// images of its own: only a replay of the ledger uses it.
    pub fn replay_put(
        &mut self,
        table: &Table,
        columns: &[Column],
        rows: &[Vec<Val>],
    ) -> Result<()> {
        rows.iter()
            .try_for_each(|values| table.fits(columns, values))?;
        self.run_many(&table.put_sql(columns), rows).map(drop)
    }
    /// Deletes rows again, by their keys. Only a replay of the ledger uses it.
    pub fn replay_remove(&mut self, table: &Table, keys: &[Vec<Val>]) -> Result<()> {
        let sql = format!("DELETE FROM {} WHERE {}", table.name, table.where_key());
        self.run_many(&sql, keys).map(drop)
    }

    /// Runs what may fail: when it does, only what it did is undone and the transaction goes on.
    pub fn attempt<T>(&mut self, act: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.ready(&[])?;
        let before = self.changes.len();
        let begun = self.conn.script("SAVEPOINT attempt");
        self.settle(begun)?;
        let done = act(self);
        let done = if self.failed && done.is_ok() {
            self.may_end().and(done)
        } else {
            done
        };
        if done.is_err() && !self.again {
            self.changes.truncate(before);
            let undone = self.conn.script("ROLLBACK TO SAVEPOINT attempt");
            self.failed = false;
            self.settle(undone)?;
        }
        if !self.again {
            let released = self.conn.script("RELEASE SAVEPOINT attempt");
            self.settle(released)?;
        }
        done
    }

    /// Lets no second transaction pass with the same word until this one ends.
    ///
    /// Whoever reads, decides and writes locks first, or reads with `FOR UPDATE`: SQLite has one
    /// writer and needs neither, PostgreSQL needs one of the two.
    pub fn lock(&mut self, word: &str) -> Result<()> {
        self.ready(&[])?;
        let done = self.conn.lock(word);
        self.settle(done)
    }

    /// What a room keeps in memory beside this database, one value of each type: only what can be told
    /// from the tables again. Every copy of the [`crate::Db`] shares it; no other database does.
    pub fn beside<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.conn.beside().of()
    }
    /// Everything seen here is committed, and of one state.
    pub fn only_reads(&self) -> bool {
        self.conn.only_reads()
    }

    /// How many rows a table has and the sum of their hashes, alike on both databases.
    pub fn digest(&mut self, table: &Table) -> Result<Digest> {
        let names = table
            .columns
            .iter()
            .map(|c| c.name.to_owned())
            .collect::<Vec<_>>();
        self.digest_of(table.name, &names)
    }
    pub(crate) fn digest_of(&mut self, table: &str, columns: &[String]) -> Result<Digest> {
        self.ready(&[])?;
        let done = Digest::of(&mut self.conn, table, columns);
        self.settle(done)
    }
}

fn no_version(table: &Table) -> Error {
    Error::Fault(format!("{} has no version", table.name))
}

fn own(columns: &[Column], row: Row) -> Result<Vec<Val>> {
    let pairs = columns.iter().zip(row.into_values());
    let own = pairs
        .map(|(column, value)| column.kind.own(value))
        .collect::<Option<Vec<_>>>();
    own.ok_or_else(|| Error::fault("a row holds a value of another type than its column"))
}

/// The state of a table in two numbers; the order of rows plays no part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    pub rows: u64,
    pub sum: u128,
}

impl Digest {
    pub(crate) fn of(conn: &mut Conn<'_>, table: &str, columns: &[String]) -> Done<Self> {
        let mut digest = Self::default();
        let sql = format!("SELECT {} FROM {table}", columns.join(", "));
        let taken = conn.each(&sql, &[], &mut |row| {
            digest.add(row.values());
            Ok(())
        })?;
        taken.map(|()| digest).map_err(Trouble::plain)
    }
    /// Adds a row; an id counts as its bytes and yes/no as 1/0.
    pub fn add(&mut self, values: &[Val]) {
        use sha2::{Digest as _, Sha256};
        let mut hash = Sha256::new();
        let mut part = |sign: u8, bytes: &[u8]| {
            hash.update([sign]);
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        for value in values {
            match value {
                Val::Null => part(0, &[]),
                Val::Int(int) => part(1, &int.to_be_bytes()),
                Val::Bool(yes) => part(1, &i64::from(*yes).to_be_bytes()),
                Val::Real(real) => part(2, &real.to_bits().to_be_bytes()),
                Val::Text(text) => part(3, text.as_bytes()),
                Val::Bytes(bytes) => part(4, bytes),
                Val::Id(id) => part(4, id.0.as_bytes()),
            }
        }
        let mut first = [0_u8; 16];
        for (to, from) in first.iter_mut().zip(hash.finalize()) {
            *to = from;
        }
        self.rows += 1;
        self.sum = self.sum.wrapping_add(u128::from_be_bytes(first));
    }
}

impl std::fmt::Display for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{:032x}", self.rows, self.sum)
    }
}
