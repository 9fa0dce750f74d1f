//! Every SQL statement of this room.

pub(crate) mod agreements;
pub(crate) mod batches;
pub(crate) mod templates;
pub(crate) mod versions;

use base::{Error, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The ledgered tables of this room, upstream first.
pub(crate) static TABLES: [&db::Table; 7] = [
    &templates::TEMPLATE,
    &batches::BATCH,
    &agreements::AGREEMENT,
    &agreements::PARTY,
    &agreements::SCHEDULE,
    &versions::VERSION,
    &versions::SIGNATURE,
];

fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(Error::fault)
}
fn parsed<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(Error::fault)
}

/// Codes as they are kept: each between bars, so that one can be looked for.
fn barred(codes: &[String]) -> String {
    format!("|{}|", codes.join("|"))
}
fn unbarred(text: &str) -> Vec<String> {
    text.split('|')
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}
