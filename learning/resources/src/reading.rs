//! From a file's bytes to the forms of a resource: its text first, then the file itself.

use crate::pictures;
use crate::resource::{New, NewRendition, TextPage};
use crate::rules;
use crate::sounds::{self, Made};
use base::{Names, Refusal, Result};
use files::Files;
use formats::Kind;
use serde::{Deserialize, Serialize};

/// What a file gave.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Given {
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
    /// The file of a long recording whose light form is still to be made.
    #[serde(default)]
    pub light_later: Option<String>,
}

impl Given {
    /// Puts what the file gave into what is kept of it; what was entered stands above what the file says.
    pub(crate) fn fill(self, new: &mut New) {
        if new.langs.is_empty() {
            new.langs = self.langs;
        }
        let title = self.title.unwrap_or_default();
        if new.names.is_empty() && !title.trim().is_empty() {
            let lang = new.langs.first().map_or("en", String::as_str);
            let title: String = title.chars().take(rules::TITLE_MAX).collect();
            new.names = Names::one(lang, title.trim());
        }
        new.kind = self.kind;
        new.renditions = self.forms;
        new.text = self.text;
    }
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
pub fn read(files: &Files, name: &str, bytes: &[u8], lang: Option<&str>) -> Result<Given> {
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
    let mut remarks: Vec<String> = reading.remarks.into_iter().map(|one| one.key).collect();
    let mut light_later = None;
    if reading.kind == Kind::Audio
        && let Some(given) = forms.last_mut()
    {
        match sounds::at_once(files, given, bytes) {
            Ok(Made::Light(light)) => {
                given.seconds = given.seconds.or(light.seconds);
                forms.push(light);
            }
            Ok(Made::Later) => light_later = Some(given.hash.clone()),
            Ok(Made::Needless) => {}
            // It is kept as it is: somebody may have what plays it.
            Err(base::Error::Refused(no)) => remarks.extend(no.0.into_iter().map(|one| one.key)),
            Err(error) => return Err(error),
        }
    }
    if reading.kind == Kind::Image
        && let Some(given) = forms.last()
    {
        match pictures::at_once(files, given, bytes) {
            Ok(light) => forms.extend(light),
            // It is kept as it is: somebody may have what shows it.
            Err(base::Error::Refused(no)) => remarks.extend(no.0.into_iter().map(|one| one.key)),
            Err(error) => return Err(error),
        }
    }
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
        remarks,
        light_later,
    })
}

/// What the light form of a file is called.
pub(crate) fn light_name(name: &str, end: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    safe_name(&format!("{stem}.light.{end}"))
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

/// The way up of a picture, as the camera wrote it: 1 to 8.
fn way_up(segment: &[u8]) -> Option<u8> {
    let tiff = segment
        .strip_prefix(b"\xff\xe1")?
        .get(2..)?
        .strip_prefix(b"Exif\0\0")?;
    let large_first = tiff.starts_with(b"MM");
    let pair = |at: usize| {
        let two = [*tiff.get(at)?, *tiff.get(at + 1)?];
        Some(usize::from(if large_first {
            u16::from_be_bytes(two)
        } else {
            u16::from_le_bytes(two)
        }))
    };
    // The list of marks stands where the fifth to eighth byte say; far away is not looked at.
    let start = if large_first { pair(6)? } else { pair(4)? };
    for at in 0..pair(start)?.min(100) {
        let mark = start + 2 + at * 12;
        if pair(mark)? == 0x0112 {
            return u8::try_from(pair(mark + 8)?)
                .ok()
                .filter(|way| (1..=8).contains(way));
        }
    }
    None
}

/// What a camera would write if it wrote nothing but the way up.
fn only_way_up(way: u8) -> Vec<u8> {
    let mut out =
        b"\xff\xe1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    out.extend_from_slice(&[way, 0, 0, 0, 0, 0, 0]);
    out
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
        if let Some(way) = (marker == 0xe1).then(|| way_up(segment)).flatten()
            && way != 1
        {
            out.extend_from_slice(&only_way_up(way));
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
    fn a_photograph_stays_the_right_way_up() {
        let written = only_way_up(6);
        let length = usize::from(written[2]) * 256 + usize::from(written[3]);
        assert_eq!(written.len(), length + 2);
        assert_eq!(way_up(&written), Some(6));
        let mut photo = vec![0xff, 0xd8];
        photo.extend_from_slice(&written);
        photo.extend_from_slice(&[0xff, 0xda, 0, 2, 9]);
        assert_eq!(stripped(&photo).unwrap(), photo);
        assert_eq!(way_up(b"\xff\xe1\0\x08Exif\0\0MM"), None);
    }

    #[test]
    fn names_of_files_are_safe_in_headers_and_folders() {
        assert_eq!(safe_name("C:\\Photos\\a\"b.jpg"), "a-b.jpg");
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name(".."), "file");
        assert_eq!(safe_name("درس.pdf"), "درس.pdf");
    }
}
