//! What this room asks the catalogue.

use base::{Error, Lang, Result};
use db::Tx;

/// A service class.
pub(crate) fn class(tx: &mut Tx, code: &str) -> Result<catalogue::ServiceClass> {
    catalogue::service_class(tx, code)
}

/// The label of a code; the code itself when the catalogue has none.
pub(crate) fn label(
    tx: &mut Tx,
    vocabulary: &'static str,
    code: &str,
    lang: Lang,
) -> Result<String> {
    match catalogue::label(tx, vocabulary, code, lang) {
        Err(Error::Missing) => Ok(code.to_owned()),
        other => other,
    }
}

/// Code and bit of every condition.
pub(crate) fn condition_bits(tx: &mut Tx) -> Result<Vec<(String, u32)>> {
    let all = catalogue::conditions(tx)?;
    Ok(all
        .into_iter()
        .map(|condition| (condition.code, u32::from(condition.bit)))
        .collect())
}
