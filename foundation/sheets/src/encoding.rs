//! Bytes to text: which encoding a file uses, and text that was decoded twice.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

use crate::limits::Legacy;
use crate::refusal::Refusal;

/// The text of a file and the name of its encoding where that was not UTF-8.
pub(crate) struct Decoded<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) encoding: Option<&'static str>,
}

/// Decodes a text file.
pub(crate) fn decode(bytes: &[u8], legacy: Legacy) -> Result<Decoded<'_>, Refusal> {
    if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        return utf8_or_legacy(rest, legacy);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return wide(rest, UTF_16LE);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return wide(rest, UTF_16BE);
    }
    match unmarked_wide(bytes) {
        Some(encoding) => wide(bytes, encoding),
        None => utf8_or_legacy(bytes, legacy),
    }
}

fn utf8_or_legacy(bytes: &[u8], legacy: Legacy) -> Result<Decoded<'_>, Refusal> {
    if bytes.iter().take(65_536).any(|&byte| is_binary(byte)) {
        return Err(Refusal::of_file("sheets-not-a-table"));
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: None,
        });
    }
    let encoding = match legacy {
        Legacy::Western => WINDOWS_1252,
        Legacy::Arabic => WINDOWS_1256,
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok(Decoded {
        text,
        encoding: Some(encoding.name()),
    })
}

/// Control bytes that no table contains.
fn is_binary(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A..=0x1F)
}

fn wide(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded<'static>, Refusal> {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    if broken {
        return Err(Refusal::of_file("sheets-encoding").with("encoding", encoding.name()));
    }
    if text.bytes().take(65_536).any(is_binary) {
        return Err(Refusal::of_file("sheets-not-a-table"));
    }
    Ok(Decoded {
        text: Cow::Owned(text.into_owned()),
        encoding: Some(encoding.name()),
    })
}

/// UTF-16 without its mark: ASCII letters leave every second byte zero.
fn unmarked_wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(4_096))?;
    let zeros = |offset: usize| {
        sample
            .iter()
            .skip(offset)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = sample.len() / 5;
    if odd > many && even == 0 {
        Some(UTF_16LE)
    } else if even > many && odd == 0 {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The original of a text whose UTF-8 bytes were once read as Windows-1252 ("AtlÃ¡ntida");
/// `None` when it was not, or when it cannot be undone without loss.
pub(crate) fn repaired(text: &str) -> Option<String> {
    let once = undone(text)?;
    Some(undone(&once).unwrap_or(once))
}

fn undone(text: &str) -> Option<String> {
    // Read as Windows-1252, the first byte of a longer UTF-8 letter shows as one of Â to ô.
    if text.is_ascii() || !text.contains(|letter| matches!(letter, 'Â'..='ô')) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut buffer = [0; 4];
    for letter in text.chars() {
        // Some programs use ISO 8859-1, where Windows-1252 has quotation marks and dashes.
        if let Ok(byte) = u8::try_from(u32::from(letter)) {
            bytes.push(byte);
            continue;
        }
        let (encoded, _, lossy) = WINDOWS_1252.encode(letter.encode_utf8(&mut buffer));
        if lossy {
            return None;
        }
        bytes.extend_from_slice(&encoded);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_decoded_twice_is_undone() {
        for (broken, whole) in [
            ("AtlÃ¡ntida", "Atlántida"),
            ("NiÃ±os", "Niños"),
            ("AtlÃƒÂ¡ntida", "Atlántida"),
            ("Ã‰cole", "École"),
            ("\u{C3}\u{89}cole", "École"),
            ("Regi\u{C3}\u{83}\u{C2}\u{B3}n", "Región"),
            ("Ù…Ø¯Ø±Ø³Ø©", "مدرسة"),
        ] {
            assert_eq!(repaired(broken).as_deref(), Some(whole));
        }
    }

    #[test]
    fn good_text_is_left_alone() {
        for text in [
            "Atlántida",
            "SÃO PAULO",
            "Âge",
            "مدرسة",
            "plain",
            "Côte d’Ivoire",
            "Ã",
        ] {
            assert_eq!(repaired(text), None, "{text}");
        }
    }

    #[test]
    fn encodings_are_told_apart() {
        let wide: Vec<u8> = "a,é\n1,2\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, name) in [
            (b"a,\xC3\xA9\n".as_slice(), None),
            (b"\xEF\xBB\xBFa,\xC3\xA9\n", None),
            (b"a,\xE9\n", Some("windows-1252")),
            (&wide, Some("UTF-16LE")),
        ] {
            let decoded = decode(bytes, Legacy::Western).unwrap();
            assert_eq!(decoded.encoding, name);
            assert!(decoded.text.starts_with("a,é"));
        }
        assert!(decode(b"\x00\x01\x02\x7F", Legacy::Western).is_err());
    }
}
