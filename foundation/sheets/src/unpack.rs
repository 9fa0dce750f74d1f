//! Unpacking within a limit: a small file must not become a large one in memory.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::refusal::Refusal;

pub(crate) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

const PARTS_MAX: usize = 10_000;

/// Unpacks gzip.
pub(crate) fn gunzip(bytes: &[u8], limit: u64) -> Result<Vec<u8>, Refusal> {
    let mut unpacked = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes)
        .take(limit.saturating_add(1))
        .read_to_end(&mut unpacked)
        .map_err(|fault| broken("gzip", fault))?;
    if unpacked.len() as u64 > limit {
        return Err(too_big(limit));
    }
    Ok(unpacked)
}

/// Opens a zip file after every part was unpacked once to count it: the sizes it declares may
/// lie.
pub(crate) fn open(bytes: &[u8], limit: u64) -> Result<Archive<'_>, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|fault| broken("zip", fault))?;
    if archive.len() > PARTS_MAX {
        return Err(too_big(limit));
    }
    let mut left = limit;
    for index in 0..archive.len() {
        let part = archive
            .by_index(index)
            .map_err(|fault| broken("zip", fault))?;
        let size = std::io::copy(&mut part.take(left.saturating_add(1)), &mut std::io::sink())
            .map_err(|fault| broken("zip", fault))?;
        left = left.checked_sub(size).ok_or_else(|| too_big(limit))?;
    }
    Ok(archive)
}

/// The text of one part, for parts that are read whole.
pub(crate) fn part(archive: &mut Archive<'_>, path: &str) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    archive
        .by_name(path)
        .map_err(|fault| broken("zip", fault))?
        .read_to_end(&mut bytes)
        .map_err(|fault| broken("zip", fault))?;
    Ok(bytes)
}

/// The refusal of a file that cannot be read to its end.
pub(crate) fn broken(format: &'static str, fault: impl ToString) -> Refusal {
    Refusal::of_file("sheets-broken")
        .with("format", format)
        .with("detail", fault)
}

fn too_big(limit: u64) -> Refusal {
    Refusal::of_file("sheets-unpacked-too-big").with("limit", limit)
}
