//! The sample members and offers that ship with the product.

use base::{Error, Result};
use sheets::{Limits, Sheet};
use std::collections::BTreeMap;

/// The offers as a file, as a member would upload them.
pub const OFFERS: &[u8] = include_bytes!("../../../data/sample/offers.csv");
const MEMBERS: &[u8] = include_bytes!("../../../data/sample/members.csv");

/// A row by column name.
pub type Row = BTreeMap<String, String>;

/// The sample members.
///
/// # Errors
/// A fault when the shipped file cannot be read.
pub fn members() -> Result<Vec<Row>> {
    rows("members.csv", MEMBERS)
}

fn rows(name: &str, bytes: &[u8]) -> Result<Vec<Row>> {
    let sheet = Sheet::read(name, bytes, &Limits::default())
        .map_err(|refused| Error::fault(format!("{name}: {refused:?}")))?;
    let headers = sheet.headers().to_vec();
    let row = |row: sheets::Row<'_>| {
        let cells = headers
            .iter()
            .enumerate()
            .map(|(at, h)| (h.clone(), row.text(at).to_owned()));
        cells.collect()
    };
    Ok(sheet.rows(0..sheet.len()).map(row).collect())
}

/// A cell; empty when there is none.
pub fn cell<'r>(row: &'r Row, name: &str) -> &'r str {
    row.get(name).map_or("", String::as_str)
}

/// The codes of a cell that holds several.
pub fn codes(row: &Row, name: &str) -> Vec<String> {
    cell(row, name)
        .split('|')
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}
