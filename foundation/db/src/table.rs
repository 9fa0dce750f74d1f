//! Tables as the rooms declare them, and the image each change of a row leaves.

use crate::val::Val;
use base::{Error, Result};

/// A column's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    Int,
    Real,
    Bool,
    Text,
    Bytes,
    Id,
}

impl ColumnKind {
    pub(crate) const fn sql(self) -> &'static str {
        match self {
            Self::Int => "BIGINT",
            Self::Real => "DOUBLE PRECISION",
            Self::Bool => "BOOLEAN",
            Self::Text => "TEXT",
            Self::Bytes => "BYTEA",
            Self::Id => "UUID",
        }
    }

    /// The value in the column's own type: SQLite answers ids as bytes and yes/no as 1/0.
    pub fn own(self, value: Val) -> Option<Val> {
        match (self, value) {
            (_, Val::Null) => Some(Val::Null),
            (Self::Int, value @ Val::Int(_))
            | (Self::Real, value @ Val::Real(_))
            | (Self::Bool, value @ Val::Bool(_))
            | (Self::Text, value @ Val::Text(_))
            | (Self::Bytes, value @ Val::Bytes(_))
            | (Self::Id, value @ Val::Id(_)) => Some(value),
            (Self::Bool, Val::Int(int @ (0 | 1))) => Some(Val::Bool(int == 1)),
            (Self::Id, Val::Bytes(bytes)) => base::Uuid::from_slice(&bytes)
                .ok()
                .map(|uuid| Val::Id(base::Id(uuid))),
            _ => None,
        }
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub kind: ColumnKind,
}

/// A table of which every change leaves an image of the row for the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    pub columns: &'static [Column],
    /// How many columns, from the first, make the key.
    pub key: usize,
}

/// A table from its name, the number of its key columns, and its columns.
pub const fn table(name: &'static str, key: usize, columns: &'static [Column]) -> Table {
    Table { name, columns, key }
}

/// Declares a table: `db::table!(NEED = "need" key 1 { id: Id, title: Text, version: Int });`
#[macro_export]
macro_rules! table {
    ($(#[$doc:meta])* $name:ident = $text:literal key $key:literal
     { $($column:ident : $kind:ident),* $(,)? }) => {
        $(#[$doc])*
        pub static $name: $crate::Table = $crate::table($text, $key, &[
            $($crate::Column {
                name: stringify!($column),
                kind: $crate::ColumnKind::$kind,
            }),*
        ]);
    };
}

impl Table {
    /// Where a column stands.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
    /// The names of all columns, joined by commas.
    pub fn names(&self) -> String {
        self.columns
            .iter()
            .map(|c| c.name)
            .collect::<Vec<_>>()
            .join(", ")
    }

    /// Fails unless the values fit the columns, one by one.
    pub(crate) fn fits(&self, columns: &[Column], values: &[Val]) -> Result<()> {
        if values.len() != columns.len() {
            let (name, wanted, given) = (self.name, columns.len(), values.len());
            let words = format!("{name}: {given} values for {wanted} columns");
            return Err(Error::fault(words));
        }
        for (column, value) in columns.iter().zip(values) {
            let fits = matches!(
                (column.kind, value),
                (_, Val::Null)
                    | (ColumnKind::Int, Val::Int(_))
                    | (ColumnKind::Real, Val::Real(_))
                    | (ColumnKind::Bool, Val::Bool(_))
                    | (ColumnKind::Text, Val::Text(_))
                    | (ColumnKind::Bytes, Val::Bytes(_))
                    | (ColumnKind::Id, Val::Id(_))
            );
            if !fits {
                let words = format!("{}.{} cannot hold {}", self.name, column.name, value.word());
                return Err(Error::fault(words));
            }
        }
        Ok(())
    }

    pub(crate) fn insert_sql(&self) -> String {
        format!(
            "INSERT INTO {} ({}) VALUES ({})",
            self.name,
            self.names(),
            marks(self.columns.len())
        )
    }

    pub(crate) fn put_sql(&self, columns: &[Column]) -> String {
        let names: Vec<&str> = columns.iter().map(|c| c.name).collect();
        let (keys, rest) = names.split_at(self.key.min(names.len()));
        let marks = marks(names.len());
        let head = format!(
            "INSERT INTO {} ({}) VALUES ({marks})",
            self.name,
            names.join(", ")
        );
        let keys = keys.join(", ");
        if rest.is_empty() {
            return format!("{head} ON CONFLICT ({keys}) DO NOTHING");
        }
        let set: Vec<String> = rest
            .iter()
            .map(|name| format!("{name} = excluded.{name}"))
            .collect();
        format!(
            "{head} ON CONFLICT ({keys}) DO UPDATE SET {}",
            set.join(", ")
        )
    }

    pub(crate) fn change_sql(&self) -> String {
        let rest = self.columns.iter().enumerate().skip(self.key);
        let set: Vec<String> = rest
            .map(|(i, c)| format!("{} = ${}", c.name, i + 1))
            .collect();
        format!(
            "UPDATE {} SET {} WHERE {} AND version = ${}",
            self.name,
            set.join(", "),
            self.where_key(),
            self.columns.len() + 1
        )
    }

    pub(crate) fn where_key(&self) -> String {
        let keys = self.columns.iter().take(self.key).enumerate();
        let tests: Vec<String> = keys
            .map(|(i, c)| format!("{} = ${}", c.name, i + 1))
            .collect();
        tests.join(" AND ")
    }
}

fn marks(count: usize) -> String {
    (1..=count)
        .map(|n| format!("${n}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What a write left behind in a ledgered table: the whole row as saved, or the key of a row gone.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub table: &'static Table,
    pub gone: bool,
    /// Every column of the row; only the key columns when it is gone.
    pub values: Vec<Val>,
}

impl Change {
    /// The values of the key columns.
    pub fn key(&self) -> &[Val] {
        self.values.get(..self.table.key).unwrap_or_default()
    }
}
