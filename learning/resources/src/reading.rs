//! From a file's bytes to the forms of a resource: its text first, then the file itself.

use crate::resource::{NewRendition, TextPage};
use base::{Refusal, Result};
use files::Files;
use formats::Kind;
use serde::{Deserialize, Serialize};

/// What a file gave.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Given {
    /// The code of its kind.
    pub kind: String,
    pub title: Option<String>,
    pub langs: Vec<String>,
    pub licence: Option<String>,
    pub authors: Vec<String>,
    pub forms: Vec<NewRendition>,
    /// The plain text, for the search.
    pub text: String,
    /// What was left out, as keys of words.
    pub remarks: Vec<String>,
}

/// What a form of that kind is for.
pub(crate) const fn channel(kind: Kind) -> &'static str {
    match kind {
        Kind::Pdf => "print",
        Kind::Audio => "audio",
        Kind::Video => "video",
        Kind::Image => "image",
        Kind::Subtitles => "subtitles",
        Kind::Html5
        | Kind::Scorm12
        | Kind::Scorm2004
        | Kind::Cmi5
        | Kind::H5p
        | Kind::CommonCartridge => "package",
        Kind::Markdown | Kind::Html | Kind::Text | Kind::Epub | Kind::Qti | Kind::Office => {
            "original"
        }
    }
}

/// Reads a file and keeps every form it gives.
///
/// # Errors
/// Refused with every reason the file's kind gives.
pub(crate) fn read(files: &Files, name: &str, bytes: &[u8], lang: Option<&str>) -> Result<Given> {
    if bytes.is_empty() {
        return Err(Refusal::about("file", "resource-file-empty").into());
    }
    let reading = formats::read(name, bytes)?;
    let stripped = stripped(bytes);
    let kept = files.keep(name, reading.mime, stripped.as_deref().unwrap_or(bytes))?;
    let seconds = reading.media.and_then(|media| media.seconds);
    let mut forms = Vec::new();
    let mut text = String::new();
    if !reading.pages.is_empty() {
        let pages: Vec<TextPage> = reading
            .pages
            .iter()
            .map(|page| TextPage {
                title: page.title.clone(),
                html: page.html.clone(),
            })
            .collect();
        for page in &pages {
            text.push_str(&page.title);
            text.push('\n');
            text.push_str(&formats::plain(&page.html));
            text.push('\n');
        }
        forms.push(crate::keep_text(files, lang, &pages)?);
    }
    #[expect(clippy::cast_possible_truncation, reason = "seconds of a recording")]
    let whole = seconds.map(|seconds| seconds.round() as i64);
    forms.push(NewRendition {
        channel: channel(reading.kind).to_owned(),
        name: safe_name(name),
        mime: reading.mime.to_owned(),
        bytes: i64::try_from(kept.size).unwrap_or(i64::MAX),
        hash: kept.hash,
        lang: lang.map(str::to_owned),
        seconds: whole,
    });
    for asset in &reading.assets {
        let kept = files.keep(&asset.name, asset.mime, &asset.bytes)?;
        if forms
            .iter()
            .any(|one| one.channel == "asset" && one.name == asset.name)
        {
            continue;
        }
        forms.push(NewRendition {
            channel: "asset".to_owned(),
            name: asset.name.clone(),
            mime: asset.mime.to_owned(),
            bytes: i64::try_from(kept.size).unwrap_or(i64::MAX),
            hash: kept.hash,
            lang: None,
            seconds: None,
        });
    }
    Ok(Given {
        kind: reading.kind.code().to_owned(),
        title: reading.title,
        langs: reading.langs,
        licence: reading.licence,
        authors: reading.authors,
        forms,
        text,
        remarks: reading.remarks.into_iter().map(|one| one.key).collect(),
    })
}

/// A file's own name: its last part, without signs that folders and headers use.
pub(crate) fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .map(|c| {
            if c.is_control() || "\"<>|:*?%#".contains(c) {
                '-'
            } else {
                c
            }
        })
        .take(120)
        .collect();
    if plain.trim_matches(['.', ' ', '-']).is_empty() {
        "file".to_owned()
    } else {
        plain
    }
}

/// A photograph without what the camera wrote into it (the place above all); none when it is no JPEG.
fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return None;
    }
    let mut out = vec![0xff, 0xd8];
    let mut at = 2;
    loop {
        let (lead, marker) = (*bytes.get(at)?, *bytes.get(at + 1)?);
        if lead != 0xff {
            return None;
        }
        if marker == 0xda {
            // The picture itself follows.
            out.extend_from_slice(bytes.get(at..)?);
            return Some(out);
        }
        let high = usize::from(*bytes.get(at + 2)?);
        let low = usize::from(*bytes.get(at + 3)?);
        let end = at + 2 + high * 256 + low;
        let segment = bytes.get(at..end)?;
        // Kept: how it is encoded, its colours and which way up it is shown; not APP1, APP13, comments.
        if !matches!(marker, 0xe1 | 0xed | 0xfe) {
            out.extend_from_slice(segment);
        }
        at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photograph_loses_where_it_was_taken() {
        let mut photo = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xe1, 0, 6];
        photo.extend_from_slice(b"GPS!");
        photo.extend_from_slice(&[0xff, 0xda, 0, 2, 9, 9, 0xff, 0xd9]);
        let out = stripped(&photo).unwrap();
        assert!(!out.windows(4).any(|four| four == b"GPS!"));
        assert!(out.ends_with(&[9, 9, 0xff, 0xd9]) && out.contains(&0xe0));
        assert_eq!(stripped(b"%PDF-1.7"), None);
        assert_eq!(stripped(&[0xff, 0xd8, 0xff, 0xe1, 0xff]), None);
    }

    #[test]
    fn names_of_files_are_safe_in_headers_and_folders() {
        assert_eq!(safe_name("C:\\Photos\\a\"b.jpg"), "a-b.jpg");
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name(".."), "file");
        assert_eq!(safe_name("درس.pdf"), "درس.pdf");
    }
}
