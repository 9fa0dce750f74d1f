//! Every SQL statement of this room, and the tables only this room writes.

mod imports;
mod lines;
mod needs;
mod requests;

pub(crate) use imports::*;
pub(crate) use lines::*;
pub(crate) use needs::*;
pub(crate) use requests::*;

/// The tables whose rows stand in facts.
pub(crate) static TABLES: &[&db::Table] =
    &[&REQUEST, &REQUEST_STEP, &NEED, &NEED_IMPORT, &NEED_LINE];

/// Nothing more than the rows wanted, and whether there is more.
pub(crate) struct Slice<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) more: bool,
}

impl<T> Slice<T> {
    /// From one row more than wanted.
    pub(crate) fn of(mut rows: Vec<T>, limit: i64) -> Self {
        let limit = usize::try_from(limit).unwrap_or(0);
        let more = rows.len() > limit;
        rows.truncate(limit);
        Self { rows, more }
    }
}

/// The texts of a list kept in one column.
pub(crate) fn listed(text: &str) -> Vec<String> {
    text.split('|')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}
