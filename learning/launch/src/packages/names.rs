//! Names of files inside a package as they stand in addresses.

/// The text of an address without its percent signs; none when that is no text.
pub(super) fn decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || bytes.next().and_then(|b| char::from(b).to_digit(16));
        let value = digit()? * 16 + digit()?;
        out.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(out).ok()
}

/// A name inside a package as it stands in an address, its query kept.
pub(super) fn encoded(name: &str) -> String {
    use std::fmt::Write;
    let cut = name.find(['?', '#']).unwrap_or(name.len());
    let (path, rest) = name.split_at(cut);
    let mut out = String::with_capacity(name.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    for c in rest.chars() {
        if c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>') {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_out_and_come_back() {
        for name in ["a b/c.html", "é.html", "100%.html", "plain.js"] {
            assert_eq!(decoded(&encoded(name)).as_deref(), Some(name));
        }
        assert_eq!(encoded("a b.html?q=x y#z"), "a%20b.html?q=x%20y#z");
        assert_eq!(decoded("%zz"), None);
    }
}
