//! What the codes of a font stand for.

use super::object::{Document, Object, Parser};
use encoding_rs::{Encoding, MACINTOSH, UTF_16BE, WINDOWS_1252};
use std::collections::BTreeMap;

/// A font's codes.
#[derive(Clone, Default)]
pub(super) struct Font {
    /// Bytes of one code.
    wide: bool,
    letters: BTreeMap<u32, String>,
    /// Codes without an entry have no meaning here.
    closed: bool,
    roman: bool,
}

/// A text outside the pages: UTF-16 with a mark, UTF-8, or Western.
pub(super) fn plain_text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        _ => std::str::from_utf8(bytes)
            .map_or_else(|_| WINDOWS_1252.decode(bytes).0.into_owned(), str::to_owned),
    }
}

impl Font {
    pub fn read(document: &mut Document, font: &Object) -> Self {
        let mut out = Self {
            wide: font.is("Subtype", "Type0"),
            ..Self::default()
        };
        if let Some(encoding) = font.get("Encoding").map(|e| document.resolve(e)) {
            out.roman = matches!(&encoding, Object::Name(name) if name == "MacRomanEncoding")
                || encoding.is("BaseEncoding", "MacRomanEncoding");
            if let Some(Object::Array(list)) =
                encoding.get("Differences").map(|d| document.resolve(d))
            {
                out.differences(&list);
            }
        }
        match font.get("ToUnicode").and_then(|map| document.stream(map)) {
            Some(map) => out.map(&map),
            None => out.closed = out.wide,
        }
        out
    }

    fn differences(&mut self, list: &[Object]) {
        let mut code = 0_u32;
        for one in list {
            match one {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a cast stops at its bounds"
                )]
                Object::Number(number) => code = *number as u32,
                Object::Name(name) => {
                    if let Some(letter) = letter_of(name) {
                        self.letters.insert(code, letter);
                    }
                    code = code.saturating_add(1);
                }
                _ => {}
            }
        }
    }

    /// A table of codes and what they stand for.
    fn map(&mut self, map: &[u8]) {
        let mut parser = Parser::new(map, 0);
        let mut held: Vec<Object> = Vec::new();
        let mut steps = 0;
        while let Some(value) = parser.value(0).or_else(|| {
            // A stray bracket ends nothing here.
            parser.at += 1;
            (parser.at < map.len()).then_some(Object::Null)
        }) {
            steps += 1;
            if steps > 500_000 {
                return;
            }
            let Object::Word(word) = &value else {
                held.push(value);
                continue;
            };
            match word.as_slice() {
                b"endbfchar" => {
                    for pair in held.chunks_exact(2) {
                        if let [Object::Text(code), Object::Text(to)] = pair {
                            self.letters.insert(whole(code), utf16(to));
                        }
                    }
                }
                b"endbfrange" => self.ranges(&held),
                b"endcodespacerange" => {
                    if let Some(Object::Text(low)) = held.first() {
                        self.wide = low.len() > 1;
                    }
                }
                _ => {}
            }
            held.clear();
        }
    }

    fn ranges(&mut self, held: &[Object]) {
        for three in held.chunks_exact(3) {
            let [Object::Text(low), Object::Text(high), to] = three else {
                continue;
            };
            let (low, high) = (
                whole(low),
                whole(high).min(whole(low).saturating_add(0xffff)),
            );
            match to {
                Object::Text(first) => {
                    let first = utf16(first);
                    let mut letters: Vec<char> = first.chars().collect();
                    let Some(last) = letters.pop() else { continue };
                    let start: String = letters.into_iter().collect();
                    for code in low..=high {
                        if self.letters.len() > 100_000 {
                            return;
                        }
                        let letter = char::from_u32(u32::from(last).saturating_add(code - low));
                        self.letters
                            .insert(code, format!("{start}{}", letter.unwrap_or(' ')));
                    }
                }
                Object::Array(list) => {
                    for (code, to) in (low..=high).zip(list) {
                        if let Object::Text(to) = to {
                            self.letters.insert(code, utf16(to));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Writes what the codes stand for; says whether some stand for nothing that is known.
    pub fn write(&self, out: &mut String, bytes: &[u8]) -> bool {
        let mut lost = false;
        for code in bytes.chunks(if self.wide { 2 } else { 1 }) {
            if let Some(letter) = self.letters.get(&whole(code)) {
                out.push_str(letter);
            } else if self.closed || self.wide {
                lost = true;
            } else {
                let table: &'static Encoding = if self.roman { MACINTOSH } else { WINDOWS_1252 };
                let letter = table.decode_without_bom_handling(code).0;
                out.extend(letter.chars().filter(|c| !c.is_control()));
            }
        }
        lost
    }
}

fn whole(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .take(4)
        .fold(0, |sum, byte| sum << 8 | u32::from(*byte))
}
fn utf16(bytes: &[u8]) -> String {
    UTF_16BE
        .decode_without_bom_handling(bytes)
        .0
        .replace('\0', "")
}

/// The letter of a glyph's name.
fn letter_of(name: &str) -> Option<String> {
    let hex = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'));
    if let Some(letter) = hex
        .filter(|hex| hex.len() >= 4 && hex.len() <= 6)
        .and_then(|hex| u32::from_str_radix(hex, 16).ok())
        .and_then(char::from_u32)
    {
        return Some(letter.to_string());
    }
    let mut chars = name.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return Some(only.to_string());
    }
    let known = [
        ("space", " "),
        ("period", "."),
        ("comma", ","),
        ("hyphen", "-"),
        ("colon", ":"),
        ("semicolon", ";"),
        ("question", "?"),
        ("exclam", "!"),
        ("parenleft", "("),
        ("parenright", ")"),
        ("quotesingle", "'"),
        ("quoteright", "’"),
        ("quoteleft", "‘"),
        ("quotedblleft", "“"),
        ("quotedblright", "”"),
        ("quotedbl", "\""),
        ("endash", "–"),
        ("emdash", "—"),
        ("bullet", "•"),
        ("slash", "/"),
        ("plus", "+"),
        ("minus", "−"),
        ("equal", "="),
        ("percent", "%"),
        ("ampersand", "&"),
        ("asterisk", "*"),
        ("underscore", "_"),
        ("zero", "0"),
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("fi", "fi"),
        ("fl", "fl"),
        ("ff", "ff"),
        ("ffi", "ffi"),
        ("ffl", "ffl"),
        ("ellipsis", "…"),
        ("multiply", "×"),
        ("divide", "÷"),
        ("degree", "°"),
        ("guillemotleft", "«"),
        ("guillemotright", "»"),
        ("oe", "œ"),
        ("ae", "æ"),
        ("germandbls", "ß"),
        ("nbspace", " "),
    ];
    if let Some((_, letter)) = known.iter().find(|(known, _)| *known == name) {
        return Some((*letter).to_owned());
    }
    let marks = [
        ("acute", ["á", "é", "í", "ó", "ú"]),
        ("grave", ["à", "è", "ì", "ò", "ù"]),
        ("circumflex", ["â", "ê", "î", "ô", "û"]),
        ("dieresis", ["ä", "ë", "ï", "ö", "ü"]),
    ];
    for (mark, letters) in marks {
        if let Some(base) = name.strip_suffix(mark).filter(|base| base.len() == 1) {
            let at = "aeiou".find(&base.to_ascii_lowercase())?;
            let letter = letters.get(at)?;
            let upper = base.starts_with(char::is_uppercase);
            return Some(if upper {
                letter.to_uppercase()
            } else {
                (*letter).to_owned()
            });
        }
    }
    match name {
        "ccedilla" => Some("ç".into()),
        "Ccedilla" => Some("Ç".into()),
        "ntilde" => Some("ñ".into()),
        "atilde" => Some("ã".into()),
        "otilde" => Some("õ".into()),
        _ => None,
    }
}
