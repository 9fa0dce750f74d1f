//! Items for other programs.

use crate::figure;
use crate::lesson::{ItemRow, Lesson};
use crate::shown::spoken;
use base::{Error, Lang, Result};
use formats::item::Item;

/// The items of a lesson as a QTI 3 package in one language; drawings in characters, as other programs know none.
pub(crate) fn package(lang: &str, lesson: &Lesson, rows: &[ItemRow]) -> Result<Vec<u8>> {
    let langs: Vec<&str> = lesson.langs.iter().map(String::as_str).collect();
    let lang = spoken(&langs, lang);
    let title = lesson.names.get(Lang::parse(lang).unwrap_or_default());
    let items: Result<Vec<(String, String, Item)>> = rows
        .iter()
        .map(|row| {
            Ok((
                row.code.clone(),
                row.code.clone(),
                without_drawings(&row.item)?,
            ))
        })
        .collect();
    formats::qti::package(title, &items?, &[], lang)
}

/// Neither a drawing nor its characters hold a sign that JSON writes otherwise.
fn without_drawings(item: &Item) -> Result<Item> {
    let json = serde_json::to_string(item).map_err(Error::fault)?;
    if !json.contains("[[") {
        return Ok(item.clone());
    }
    serde_json::from_str(&figure::in_characters(&json)).map_err(Error::fault)
}
