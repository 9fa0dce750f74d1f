//! Constraints as the second guard: a store maps each to the refusal the rule would have given.

use base::{Error, Refusal, Result};
use std::fmt;

/// A constraint of the database that stopped a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// `table.column` or `table.first,second`.
    Unique(String),
    /// The constraint's name.
    Check(String),
    /// A row that another one points at, or a pointer to nothing. SQLite does not name it.
    Reference,
    /// `table.column`.
    NotNull(String),
}

const SIGN: &str = "constraint ";

impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unique(columns) => write!(f, "{SIGN}unique {columns}"),
            Self::Check(name) => write!(f, "{SIGN}check {name}"),
            Self::Reference => write!(f, "{SIGN}reference"),
            Self::NotNull(column) => write!(f, "{SIGN}not_null {column}"),
        }
    }
}

/// The constraint that made the error, if one did.
pub fn violated(error: &Error) -> Option<Constraint> {
    let Error::Fault(words) = error else {
        return None;
    };
    let rest = words.strip_prefix(SIGN)?;
    let (kind, name) = rest.split_once(' ').unwrap_or((rest, ""));
    let name = name.to_owned();
    match kind {
        "unique" => Some(Constraint::Unique(name)),
        "check" => Some(Constraint::Check(name)),
        "reference" => Some(Constraint::Reference),
        "not_null" => Some(Constraint::NotNull(name)),
        _ => None,
    }
}

/// Answers the refusal in place of a failed unique constraint, named by its table and columns as
/// the constraint lists them: `organisation.scheme,code`.
pub fn on_unique<T>(done: Result<T>, columns: &str, refusal: Refusal) -> Result<T> {
    on_constraint(done, &Constraint::Unique(columns.to_owned()), refusal)
}

/// Answers the refusal in place of a failed check constraint, by the constraint's name.
pub fn on_check<T>(done: Result<T>, name: &str, refusal: Refusal) -> Result<T> {
    on_constraint(done, &Constraint::Check(name.to_owned()), refusal)
}

/// Answers the refusal in place of a failed foreign key.
pub fn on_reference<T>(done: Result<T>, refusal: Refusal) -> Result<T> {
    on_constraint(done, &Constraint::Reference, refusal)
}

/// Answers the refusal when the constraint stopped the statement.
pub fn on_constraint<T>(done: Result<T>, constraint: &Constraint, refusal: Refusal) -> Result<T> {
    match done {
        Err(error) if violated(&error).as_ref() == Some(constraint) => Err(refusal.into()),
        other => other,
    }
}
