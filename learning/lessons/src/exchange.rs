//! Items for other programs.

use crate::lesson::{ItemRow, Lesson};
use base::Result;

/// A package of the lesson’s items.
pub(crate) fn package(lang: &str, lesson: &Lesson, rows: &[ItemRow]) -> Result<Vec<u8>> {
    let _ = (lang, lesson);
    let files: Result<Vec<(String, Vec<u8>)>> = rows
        .iter()
        .map(|row| {
            let json = serde_json::to_vec(&row.item).map_err(base::Error::fault)?;
            Ok((format!("{}.json", row.code), json))
        })
        .collect();
    formats::pack(&files?)
}
