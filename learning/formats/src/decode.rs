//! Bytes as text, whatever they were written in.

use base::Refusal;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

/// The text of bytes, and a remark when its encoding had to be guessed or something was unreadable.
pub(crate) fn text(bytes: &[u8]) -> (String, Option<Refusal>) {
    let (encoding, told) = encoding_of(bytes);
    let (text, _, unreadable) = encoding.decode(bytes);
    let text = text.replace('\0', "");
    let remark = if unreadable {
        Some(Refusal::whole("format-text-unreadable").with("encoding", encoding.name()))
    } else if told {
        None
    } else {
        Some(Refusal::whole("format-text-guessed").with("encoding", encoding.name()))
    };
    (text, remark)
}

/// The encoding, and whether the bytes tell it.
fn encoding_of(bytes: &[u8]) -> (&'static Encoding, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, true);
    }
    match bytes {
        [0, b'<', ..] => return (UTF_16BE, true),
        [b'<', 0, ..] => return (UTF_16LE, true),
        _ => {}
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, true);
    }
    if let Some(encoding) = declared(bytes) {
        return (encoding, true);
    }
    // A file that was cut in the middle of a letter is still UTF-8.
    if let Err(error) = std::str::from_utf8(bytes)
        && error.error_len().is_none()
    {
        return (UTF_8, true);
    }
    (guess(bytes), false)
}

/// What an XML declaration or an HTML `meta` names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..1024.min(bytes.len()))?;
    let start: String = start
        .iter()
        .map(|b| b.to_ascii_lowercase() as char)
        .collect();
    for word in ["encoding=", "charset="] {
        let Some(at) = start.find(word) else { continue };
        let tail = start.get(at + word.len()..)?;
        let name: String = tail
            .trim_start_matches(['"', '\''])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
            .collect();
        match Encoding::for_label(name.as_bytes()) {
            Some(encoding) if encoding != UTF_8 => return Some(encoding),
            _ => {}
        }
    }
    None
}

/// Western unless most of the letters beyond ASCII are where Arabic has its own, in runs.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let (mut runs, mut high) = (0_usize, 0_usize);
    for pair in bytes.windows(2) {
        if let [first, second] = pair
            && *first >= 0xc0
        {
            high += 1;
            runs += usize::from(*second >= 0xc0);
        }
    }
    if runs * 2 > high {
        WINDOWS_1256
    } else {
        WINDOWS_1252
    }
}
