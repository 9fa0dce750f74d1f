//! A small course for a country that begins: halves and quarters of a loaf, in three languages.

use super::bring::{Coming, import};
use base::{Id, Moment, Result};
use db::Tx;
use files::Files;

/// The course's files, our own work under CC BY.
const BREAD: [(&str, &[u8]); 4] = [
    ("cmi5.xml", include_bytes!("../../data/bread/cmi5.xml")),
    ("unit.html", include_bytes!("../../data/bread/unit.html")),
    ("unit.css", include_bytes!("../../data/bread/unit.css")),
    ("unit.js", include_bytes!("../../data/bread/unit.js")),
];

/// Brings the course into a country's library, approved; answers the resource.
///
/// # Errors
/// A fault of the database or the disk.
pub(crate) fn seed_demo(
    tx: &mut Tx,
    files: &Files,
    country: &str,
    (officer, reviewer): (Id, Id),
    now: Moment,
) -> Result<Id> {
    let parts = BREAD.map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
    let package = formats::pack(&parts)?;
    let kept = files.keep("bread.zip", "application/zip", &package)?;
    let coming = Coming {
        country,
        school: None,
        name: "bread.zip",
        mime: &kept.mime,
        size: kept.size,
        hash: &kept.hash,
        licence: "CC-BY-4.0",
        credit: "Harambee",
        source: "",
        subject: "mathematics",
        grades: (3, 5),
        reviewer: Some(reviewer),
    };
    Ok(import(tx, files, &coming, Some(officer), now)?.resource)
}
