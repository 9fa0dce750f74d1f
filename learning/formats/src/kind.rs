//! What kind of material a file is: by its content first, by its name second.

use crate::Package;

/// A kind of learning material.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Markdown,
    Html,
    Text,
    Pdf,
    Epub,
    Audio,
    Video,
    Image,
    Subtitles,
    /// A package of web pages.
    Html5,
    Scorm12,
    Scorm2004,
    Cmi5,
    H5p,
    CommonCartridge,
    Qti,
    /// A document of an office program: to be fetched, not read here.
    Office,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 17] = [
        Self::Markdown,
        Self::Html,
        Self::Text,
        Self::Pdf,
        Self::Epub,
        Self::Audio,
        Self::Video,
        Self::Image,
        Self::Subtitles,
        Self::Html5,
        Self::Scorm12,
        Self::Scorm2004,
        Self::Cmi5,
        Self::H5p,
        Self::CommonCartridge,
        Self::Qti,
        Self::Office,
    ];

    /// The code that is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Text => "text",
            Self::Pdf => "pdf",
            Self::Epub => "epub",
            Self::Audio => "audio",
            Self::Video => "video",
            Self::Image => "image",
            Self::Subtitles => "subtitles",
            Self::Html5 => "html5",
            Self::Scorm12 => "scorm12",
            Self::Scorm2004 => "scorm2004",
            Self::Cmi5 => "cmi5",
            Self::H5p => "h5p",
            Self::CommonCartridge => "common_cartridge",
            Self::Qti => "qti",
            Self::Office => "office",
        }
    }
    /// The kind of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
    /// The usual media type; a file's own is told by [`mime_of`].
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
            Self::Text => "text/plain",
            Self::Pdf => "application/pdf",
            Self::Epub => "application/epub+zip",
            Self::Audio => "audio/mpeg",
            Self::Video => "video/mp4",
            Self::Image => "image/jpeg",
            Self::Subtitles => "text/vtt",
            Self::Html5 | Self::Scorm12 | Self::Scorm2004 | Self::Cmi5 => "application/zip",
            Self::H5p => "application/zip",
            Self::CommonCartridge => "application/vnd.ims.imsccv1p3",
            Self::Qti => "application/xml",
            Self::Office => "application/octet-stream",
        }
    }
    /// The file has the text of its pages: it opens without being fetched whole.
    pub const fn has_text(self) -> bool {
        !matches!(
            self,
            Self::Audio | Self::Video | Self::Image | Self::Office | Self::Qti
        )
    }
    /// The file is a package whose files are served one by one.
    pub const fn is_package(self) -> bool {
        matches!(
            self,
            Self::Epub
                | Self::Html5
                | Self::Scorm12
                | Self::Scorm2004
                | Self::Cmi5
                | Self::H5p
                | Self::CommonCartridge
        )
    }
}

/// The part of the name behind its last dot, in small letters.
pub fn extension(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.rsplit_once('.')
        .map(|(_, end)| end.to_ascii_lowercase())
        .unwrap_or_default()
}

/// The kind of a file; none when it is nothing that is known here.
pub fn kind_of(name: &str, bytes: &[u8]) -> Option<Kind> {
    let end = extension(name);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return of_package(&end, bytes);
    }
    if bytes
        .get(..1024.min(bytes.len()))
        .is_some_and(|start| find(start, b"%PDF-").is_some())
    {
        return Some(Kind::Pdf);
    }
    if let Some(mime) = media_type(bytes, &end) {
        return Some(if mime.starts_with("image/") {
            Kind::Image
        } else if mime.starts_with("video/") {
            Kind::Video
        } else {
            Kind::Audio
        });
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Some(Kind::Office);
    }
    of_text(&end, bytes)
}

fn of_package(end: &str, bytes: &[u8]) -> Option<Kind> {
    let Ok(mut package) = Package::open(bytes) else {
        return match end {
            "epub" => Some(Kind::Epub),
            "h5p" => Some(Kind::H5p),
            "imscc" => Some(Kind::CommonCartridge),
            "docx" | "odt" | "pptx" | "xlsx" | "odp" | "ods" => Some(Kind::Office),
            "zip" => Some(Kind::Html5),
            _ => None,
        };
    };
    let has = |name: &str| package.has(name);
    if has("META-INF/container.xml") {
        return Some(Kind::Epub);
    }
    if has("h5p.json") {
        return Some(Kind::H5p);
    }
    if has("cmi5.xml") {
        return Some(Kind::Cmi5);
    }
    if has("[Content_Types].xml") || (has("META-INF/manifest.xml") && has("content.xml")) {
        return Some(Kind::Office);
    }
    if has("imsmanifest.xml") {
        let manifest = package.read("imsmanifest.xml").unwrap_or_default();
        return Some(of_manifest(&manifest));
    }
    // A manifest that was packed with its folder: the reader says so.
    let deeper = |file: &str| {
        package.names().any(|name| {
            name.strip_suffix(file)
                .is_some_and(|above| above.ends_with('/') && above.matches('/').count() == 1)
        })
    };
    if deeper("cmi5.xml") {
        return Some(Kind::Cmi5);
    }
    if deeper("imsmanifest.xml") {
        return Some(Kind::Scorm12);
    }
    let pages = package
        .names()
        .any(|name| matches!(extension(name).as_str(), "html" | "htm" | "xhtml"));
    if pages {
        return Some(Kind::Html5);
    }
    if package.names().any(|name| extension(name) == "xml") {
        let names: Vec<String> = package
            .names()
            .filter(|name| extension(name) == "xml")
            .take(20)
            .map(str::to_owned)
            .collect();
        for name in names {
            let Ok(text) = package.read(&name) else {
                continue;
            };
            if is_qti(&text) {
                return Some(Kind::Qti);
            }
        }
    }
    match end {
        "epub" => Some(Kind::Epub),
        "h5p" => Some(Kind::H5p),
        "imscc" => Some(Kind::CommonCartridge),
        "zip" => Some(Kind::Html5),
        _ => None,
    }
}

pub(crate) fn of_manifest(manifest: &[u8]) -> Kind {
    let has = |word: &[u8]| find_folded(manifest, word);
    if has(b"imsqti_") || has(b"imsqtiasi") {
        return if has(b"imsccv1p") || has(b"imscc_xmlv1p") || has(b"common cartridge") {
            Kind::CommonCartridge
        } else {
            Kind::Qti
        };
    }
    if has(b"adlcp_v1p3") || has(b"2004 ") || has(b"cam 1.3") || has(b"imsss") {
        return Kind::Scorm2004;
    }
    if has(b"adlcp") || has(b"scormtype") {
        return Kind::Scorm12;
    }
    if has(b"imsccv1p") || has(b"imscc_xmlv1p") || has(b"common cartridge") {
        return Kind::CommonCartridge;
    }
    Kind::Scorm12
}

fn is_qti(bytes: &[u8]) -> bool {
    let start = bytes.get(..4096.min(bytes.len())).unwrap_or_default();
    [
        b"<assessmentItem".as_slice(),
        b"<qti-assessment-item",
        b"<questestinterop",
        b"<assessmentTest",
        b"<qti-assessment-test",
    ]
    .iter()
    .any(|word| find(start, word).is_some())
}

fn of_text(end: &str, bytes: &[u8]) -> Option<Kind> {
    let start = bytes.get(..8192.min(bytes.len())).unwrap_or_default();
    let wide = start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]);
    if !wide && start.contains(&0) {
        return None;
    }
    if !wide {
        let text = start.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(start);
        let text = text.trim_ascii_start();
        if text.starts_with(b"WEBVTT") {
            return Some(Kind::Subtitles);
        }
        if is_qti(text) {
            return Some(Kind::Qti);
        }
        if text.starts_with(b"<?xml") || text.starts_with(b"<") {
            if find(text, b"<courseStructure").is_some() {
                return Some(Kind::Cmi5);
            }
            if find_folded(text, b"<sami") {
                return Some(Kind::Subtitles);
            }
            if find_folded(text, b"<html") || find_folded(text, b"<!doctype html") {
                return Some(Kind::Html);
            }
            if find(text, b"<svg").is_some() && end == "svg" {
                return None;
            }
        }
    }
    match end {
        "md" | "markdown" => Some(Kind::Markdown),
        "html" | "htm" | "xhtml" => Some(Kind::Html),
        "srt" | "vtt" | "sami" | "smi" => Some(Kind::Subtitles),
        "txt" | "text" | "" => (!start.is_empty()).then_some(Kind::Text),
        _ => None,
    }
}

/// The media type of a picture, a sound or a film, by its first bytes.
pub(crate) fn media_type(bytes: &[u8], end: &str) -> Option<&'static str> {
    let at = |from: usize, word: &[u8]| {
        bytes
            .get(from..from + word.len())
            .is_some_and(|part| part == word)
    };
    if at(0, b"\xff\xd8\xff") {
        return Some("image/jpeg");
    }
    if at(0, b"\x89PNG\r\n\x1a\n") {
        return Some("image/png");
    }
    if at(0, b"GIF87a") || at(0, b"GIF89a") {
        return Some("image/gif");
    }
    if at(0, b"RIFF") && at(8, b"WEBP") {
        return Some("image/webp");
    }
    if at(0, b"RIFF") && at(8, b"WAVE") {
        return Some("audio/wav");
    }
    if at(0, b"OggS") {
        let start = bytes.get(..512.min(bytes.len())).unwrap_or_default();
        return Some(if find(start, b"theora").is_some() {
            "video/ogg"
        } else {
            "audio/ogg"
        });
    }
    if at(0, b"fLaC") {
        return Some("audio/flac");
    }
    if at(0, b"ID3") {
        return Some("audio/mpeg");
    }
    if at(4, b"ftyp") {
        let brand = bytes.get(8..12).unwrap_or_default();
        return Some(match brand {
            b"M4A " | b"M4B " => "audio/mp4",
            b"avif" | b"avis" => "image/avif",
            b"heic" | b"heix" | b"mif1" => return None,
            b"3gp4" | b"3gp5" | b"3gp6" | b"3g2a" if end != "m4a" => "video/3gpp",
            _ if end == "m4a" => "audio/mp4",
            _ => "video/mp4",
        });
    }
    if at(0, b"\x1a\x45\xdf\xa3") {
        return Some(if end == "weba" {
            "audio/webm"
        } else {
            "video/webm"
        });
    }
    if at(0, b"#!AMR") {
        return Some("audio/amr");
    }
    match bytes {
        [0xff, second, ..] if second & 0xf6 == 0xf0 => Some("audio/aac"),
        [0xff, second, third, ..]
            if second & 0xe0 == 0xe0
                && matches!(second & 0x06, 0x02 | 0x04)
                && second & 0x18 != 0x08
                && third & 0xf0 != 0xf0
                && third & 0x0c != 0x0c =>
        {
            Some("audio/mpeg")
        }
        _ => None,
    }
}

/// The media type to serve a file with: by its content where that tells, else by its name.
/// Never a type that a browser runs unless the name says so; unknown is `application/octet-stream`.
pub fn mime_of(name: &str, bytes: &[u8]) -> &'static str {
    let end = extension(name);
    if let Some(mime) = media_type(bytes, &end) {
        return mime;
    }
    match end.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "xhtml" => "application/xhtml+xml",
        "css" => "text/css",
        "js" | "mjs" => "text/javascript",
        "json" => "application/json",
        "xml" | "xsd" | "dtd" => "application/xml",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "md" | "markdown" => "text/markdown; charset=utf-8",
        "vtt" => "text/vtt",
        "srt" => "application/x-subrip",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "h5p" | "zip" => "application/zip",
        "imscc" => "application/vnd.ims.imsccv1p3",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "wasm" => "application/wasm",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "odp" => "application/vnd.oasis.opendocument.presentation",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        _ => "application/octet-stream",
    }
}

pub(crate) fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|part| part == word)
}

/// Whether the word, in small letters, occurs in any case.
pub(crate) fn find_folded(bytes: &[u8], word: &[u8]) -> bool {
    bytes
        .windows(word.len())
        .any(|part| part.eq_ignore_ascii_case(word))
}
