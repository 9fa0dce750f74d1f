//! One file, whatever it is.

use crate::item::{Interaction, Item};
use crate::{
    Kind, Package, PageOf, Reading, cartridge, cmi5, decode, document, epub, h5p, kind_of, limits,
    media, mime_of, pdf, qti, scorm, subtitles,
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
        Kind::Qti if bytes.starts_with(b"PK") => {
            qti::read_package(&mut reading, &mut Package::open(bytes)?)?;
        }
        Kind::Qti => text(&mut reading, name, bytes)?,
        Kind::H5p => h5p::read(&mut reading, &mut Package::open(bytes)?)?,
        Kind::CommonCartridge => cartridge::read(&mut reading, &mut Package::open(bytes)?)?,
        Kind::Pdf => pdf::read(&mut reading, bytes)?,
        Kind::Office => {}
    }
    questions(&mut reading);
    Ok(reading)
}

fn text(reading: &mut Reading, name: &str, bytes: &[u8]) -> Result<()> {
    let (text, remark) = decode::text(bytes);
    match reading.kind {
        Kind::Markdown => document::markdown(reading, name, &text)?,
        Kind::Html => document::html(reading, name, &text)?,
        Kind::Subtitles => subtitles::read(reading, &text)?,
        Kind::Cmi5 => cmi5::read_structure(reading, &text)?,
        Kind::Qti => qti::read(reading, name, &text)?,
        _ => document::text(reading, name, &text)?,
    }
    reading.remarks.extend(remark);
    Ok(())
}

/// Questions a page.
const QUESTIONS: usize = 20;

/// What is asked stands on pages too, so that it can be read, searched and printed without a player.
fn questions(reading: &mut Reading) {
    let lang = reading.langs.first().cloned().unwrap_or_default();
    let mut pages = Vec::new();
    for (n, items) in reading.items.chunks(QUESTIONS).enumerate() {
        let first = n * QUESTIONS + 1;
        let start = if first == 1 {
            String::new()
        } else {
            format!(" start=\"{first}\"")
        };
        let mut html = format!("<ol{start}>");
        for item in items {
            html.push_str("<li>");
            html.push_str(item.prompt.get(&lang));
            list(&mut html, item, &lang);
            html.push_str("</li>");
        }
        html.push_str("</ol>");
        let title = reading.title.clone().unwrap_or_default();
        pages.push(PageOf { title, html });
    }
    reading.pages.extend(pages);
    reading.pages.truncate(limits::PAGES);
}

fn list(html: &mut String, item: &Item, lang: &str) {
    let mut texts: Vec<&str> = match &item.interaction {
        Interaction::Choice { options } | Interaction::Several { options } => {
            options.iter().map(|option| option.text.get(lang)).collect()
        }
        Interaction::Order { parts } => parts.iter().map(|part| part.text.get(lang)).collect(),
        Interaction::Match { left, right, .. } => left
            .iter()
            .chain(right)
            .map(|part| part.text.get(lang))
            .collect(),
        Interaction::Word { .. } | Interaction::Number { .. } | Interaction::Open { .. } => return,
    };
    // The right order is not told.
    if matches!(item.interaction, Interaction::Order { .. }) {
        texts.sort_unstable();
    }
    html.push_str("<ul>");
    for text in texts {
        html.push_str("<li>");
        html.push_str(text);
        html.push_str("</li>");
    }
    html.push_str("</ul>");
}
