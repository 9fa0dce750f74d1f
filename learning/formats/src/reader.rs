//! One file, whatever it is.

use crate::{
    Kind, Package, Reading, cmi5, decode, document, epub, kind_of, media, mime_of, scorm, subtitles,
};
use base::{Refusal, Result};

/// Reads a file.
///
/// # Errors
/// Refused with every reason found: what it is not, what it lacks, what is too large.
pub fn read(name: &str, bytes: &[u8]) -> Result<Reading> {
    let Some(kind) = kind_of(name, bytes) else {
        return Err(Refusal::about("file", "format-unknown").into());
    };
    let mut reading = Reading::of(kind, mime_of(name, bytes));
    match kind {
        Kind::Markdown | Kind::Html | Kind::Text | Kind::Subtitles => {
            text(&mut reading, name, bytes)?
        }
        Kind::Cmi5 if !bytes.starts_with(b"PK") => text(&mut reading, name, bytes)?,
        Kind::Image | Kind::Audio | Kind::Video => {
            reading.media = media::measure(reading.mime, bytes);
        }
        Kind::Epub => {
            reading.mime = kind.mime();
            epub::read(&mut reading, &mut Package::open(bytes)?)?;
        }
        Kind::Html5 => scorm::read_html(&mut reading, &mut Package::open(bytes)?)?,
        Kind::Scorm12 | Kind::Scorm2004 => scorm::read(&mut reading, &mut Package::open(bytes)?)?,
        Kind::Cmi5 => cmi5::read(&mut reading, &mut Package::open(bytes)?)?,
        Kind::Pdf | Kind::H5p | Kind::CommonCartridge | Kind::Qti => {}
        Kind::Office => {}
    }
    Ok(reading)
}

fn text(reading: &mut Reading, name: &str, bytes: &[u8]) -> Result<()> {
    let (text, remark) = decode::text(bytes);
    match reading.kind {
        Kind::Markdown => document::markdown(reading, name, &text)?,
        Kind::Html => document::html(reading, name, &text)?,
        Kind::Subtitles => subtitles::read(reading, &text)?,
        Kind::Cmi5 => cmi5::read_structure(reading, &text)?,
        _ => document::text(reading, name, &text)?,
    }
    reading.remarks.extend(remark);
    Ok(())
}
