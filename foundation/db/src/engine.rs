//! The one fork in the road: which of the two databases is spoken to.

use crate::beside::Beside;
use crate::engine_postgres::Post;
use crate::engine_sqlite::Lite;
use crate::table::Table;
use crate::val::{Row, Val};
use base::{Error, Result};
use std::collections::BTreeMap;

/// Which database it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The engine's name, as logs and metrics say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// An error of a driver, and whether the job may be run once more.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) error: Error,
    pub(crate) again: bool,
    pub(crate) lost: bool,
}

impl Trouble {
    pub(crate) const fn plain(error: Error) -> Self {
        Self {
            error,
            again: false,
            lost: false,
        }
    }
}

pub(crate) type Done<T> = std::result::Result<T, Trouble>;

/// A connection of either kind.
pub(crate) enum Conn<'a> {
    Lite(&'a Lite),
    Post(&'a mut Post),
}

impl Conn<'_> {
    pub(crate) fn exec(&mut self, sql: &str, args: &[Val]) -> Done<u64> {
        match self {
            Self::Lite(lite) => lite.exec(sql, args),
            Self::Post(post) => post.exec(sql, args),
        }
    }
    pub(crate) fn exec_many(&mut self, sql: &str, lists: &[Vec<Val>]) -> Done<Vec<u64>> {
        match self {
            Self::Lite(lite) => lists.iter().map(|args| lite.exec(sql, args)).collect(),
            Self::Post(post) => post.exec_many(sql, lists),
        }
    }
    pub(crate) fn insert_many(&mut self, table: &Table, rows: &[Vec<Val>]) -> Done<()> {
        match self {
            Self::Lite(lite) => {
                let sql = table.insert_sql();
                rows.iter()
                    .try_for_each(|values| lite.exec(&sql, values).map(drop))
            }
            Self::Post(post) => post.insert_many(table, rows),
        }
    }
    pub(crate) fn rows(&mut self, sql: &str, args: &[Val]) -> Done<Vec<Row>> {
        match self {
            Self::Lite(lite) => lite.rows(sql, args),
            Self::Post(post) => post.rows(sql, args),
        }
    }
    /// The inner answer is the taker's own.
    pub(crate) fn each(
        &mut self,
        sql: &str,
        args: &[Val],
        take: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Done<Result<()>> {
        match self {
            Self::Lite(lite) => lite.each(sql, args, take),
            Self::Post(post) => post.each(sql, args, take),
        }
    }
    /// Has the database read a statement without running it.
    pub(crate) fn prepare(&mut self, sql: &str) -> Done<()> {
        match self {
            Self::Lite(lite) => lite.prepare(sql),
            Self::Post(post) => post.prepare(sql),
        }
    }
    /// Runs statements without arguments.
    pub(crate) fn script(&mut self, sql: &str) -> Done<()> {
        match self {
            Self::Lite(lite) => lite.script(sql),
            Self::Post(post) => post.script(sql),
        }
    }
    /// What rooms keep in memory beside this database.
    pub(crate) fn beside(&self) -> &Beside {
        match self {
            Self::Lite(lite) => &lite.beside,
            Self::Post(post) => &post.beside,
        }
    }
    /// The transaction writes nothing: it sees what is committed, and one state of it.
    pub(crate) fn only_reads(&self) -> bool {
        match self {
            Self::Lite(lite) => lite.only_reads(),
            Self::Post(post) => post.only_reads(),
        }
    }
    pub(crate) const fn engine(&self) -> Engine {
        match self {
            Self::Lite(_) => Engine::Sqlite,
            Self::Post(_) => Engine::Postgres,
        }
    }
    /// Begins a transaction that writes.
    pub(crate) fn begin(&mut self) -> Done<()> {
        self.script(match self {
            Self::Lite(_) => "BEGIN IMMEDIATE",
            Self::Post(_) => "BEGIN",
        })
    }
    /// SQLite has a single writer: nothing to lock.
    pub(crate) fn lock(&mut self, word: &str) -> Done<()> {
        match self {
            Self::Lite(_) => Ok(()),
            Self::Post(post) => post.lock(word),
        }
    }
    /// Tables with their columns, but for the engine's own and the list of migrations.
    pub(crate) fn tables(&mut self) -> Done<BTreeMap<String, Vec<String>>> {
        let sql = match self {
            Self::Lite(_) => crate::engine_sqlite::TABLES,
            Self::Post(_) => crate::engine_postgres::TABLES,
        };
        let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in self.rows(sql, &[])? {
            let mut read = row.read();
            let pair = read.text().and_then(|table| Ok((table, read.text()?)));
            let (table, column) = pair.map_err(Trouble::plain)?;
            tables.entry(table).or_default().push(column);
        }
        for columns in tables.values_mut() {
            columns.sort_unstable();
        }
        Ok(tables)
    }
    /// Leaves foreign keys unchecked until `tighten` or the end of the transaction.
    pub(crate) fn relax(&mut self) -> Done<()> {
        match self {
            Self::Lite(lite) => lite.script("PRAGMA defer_foreign_keys = ON"),
            Self::Post(post) => post.relax(),
        }
    }
    pub(crate) fn tighten(&mut self) -> Done<()> {
        match self {
            Self::Lite(_) => Ok(()),
            Self::Post(post) => post.tighten(),
        }
    }
    /// Rows that point at nothing; PostgreSQL lets none in.
    pub(crate) fn dangling(&mut self) -> Done<Vec<String>> {
        match self {
            Self::Lite(lite) => lite.dangling(),
            Self::Post(_) => Ok(Vec::new()),
        }
    }
}

/// A migration's text, written in PostgreSQL's words, in the engine's own words.
pub(crate) fn spoken(sql: &str, engine: Engine) -> String {
    let mut out = String::with_capacity(sql.len() + 64);
    let mut head: Vec<String> = Vec::new();
    let mut before = String::new();
    let mut rest = sql.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '-' if rest.peek() == Some(&'-') => while rest.next_if(|c| *c != '\n').is_some() {},
            '\'' | '"' => {
                out.push(c);
                for inner in rest.by_ref() {
                    out.push(inner);
                    if inner == c {
                        break;
                    }
                }
            }
            ';' => {
                finish(&mut out, &head, engine);
                head.clear();
                before.clear();
                out.push(';');
            }
            c if c.is_ascii_alphabetic() || c == '_' => {
                let mut word = String::from(c);
                while let Some(c) = rest.next_if(|c| c.is_ascii_alphanumeric() || *c == '_') {
                    word.push(c);
                }
                out.push_str(swapped(&word, &before, engine));
                if word == "DOUBLE" && engine == Engine::Sqlite {
                    while rest.next_if(|c| c.is_whitespace()).is_some() {}
                    while rest.next_if(char::is_ascii_alphabetic).is_some() {}
                }
                if head.len() < 2 {
                    head.push(word.clone());
                }
                before = word;
            }
            c => {
                if !c.is_whitespace() {
                    before.clear();
                }
                out.push(c);
            }
        }
    }
    finish(&mut out, &head, engine);
    out
}

fn swapped<'a>(word: &'a str, before: &str, engine: Engine) -> &'a str {
    match (engine, word) {
        (Engine::Sqlite, "BOOLEAN" | "BIGINT") => "INTEGER",
        (Engine::Sqlite, "BYTEA" | "UUID") => "BLOB",
        (Engine::Sqlite, "DOUBLE") => "REAL",
        // Byte order, as SQLite sorts, whatever the server's locale.
        (Engine::Postgres, "TEXT") if before != "AS" => "TEXT COLLATE \"C\"",
        _ => word,
    }
}

fn finish(out: &mut String, head: &[String], engine: Engine) {
    let creates = matches!(head, [first, second] if first == "CREATE" && second == "TABLE");
    if creates && engine == Engine::Sqlite {
        out.truncate(out.trim_end().len());
        out.push_str(if out.ends_with("WITHOUT ROWID") {
            ", STRICT"
        } else {
            " STRICT"
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQL: &str = "CREATE TABLE a (id UUID PRIMARY KEY, t TEXT NOT NULL DEFAULT 'UUID; -- x', \
        n BIGINT, r DOUBLE PRECISION, b BOOLEAN, y BYTEA) -- it's; BIGINT\n;\nCREATE INDEX i ON a (t);";

    #[test]
    fn sqlite_hears_its_own_words() {
        let heard = spoken(SQL, Engine::Sqlite);
        assert_eq!(
            heard,
            "CREATE TABLE a (id BLOB PRIMARY KEY, t TEXT NOT NULL DEFAULT 'UUID; -- x', \
             n INTEGER, r REAL, b INTEGER, y BLOB) STRICT;\nCREATE INDEX i ON a (t);"
        );
    }

    #[test]
    fn postgres_sorts_texts_by_their_bytes() {
        let heard = spoken(
            "CREATE TABLE a (t TEXT CHECK (CAST(t AS TEXT) <> 'TEXT'))",
            Engine::Postgres,
        );
        assert_eq!(
            heard,
            "CREATE TABLE a (t TEXT COLLATE \"C\" CHECK (CAST(t AS TEXT) <> 'TEXT'))"
        );
    }
}
