//! What stands in addresses: the pairs of queries and forms, and percent signs.

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

/// All but what stands for itself everywhere (RFC 3986, 2.3).
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
const PATH: &AsciiSet = &VALUE.remove(b'/');
/// What can stand in no address.
const NOWHERE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The pairs of a query or of a form as browsers write it.
pub fn pairs(text: &str) -> impl Iterator<Item = (String, String)> + '_ {
    form_urlencoded::parse(text.as_bytes()).into_owned()
}

/// The text behind the percent signs; none when a sign is broken or the bytes are no text.
pub fn decoded(text: &str) -> Option<String> {
    let whole = |rest: &str| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let found = percent_decode_str(text).decode_utf8().ok()?;
    let good = text.split('%').skip(1).all(whole);
    good.then(|| found.into_owned())
}

/// A text as one value of a query or one part of a path.
pub fn value(text: &str) -> String {
    utf8_percent_encode(text, VALUE).to_string()
}

/// A file's name with its folders.
pub fn path(name: &str) -> String {
    utf8_percent_encode(name, PATH).to_string()
}

/// A file's name with its folders; what follows `?` or `#` stays an address's rest.
pub fn file(name: &str) -> String {
    let cut = name.find(['?', '#']).unwrap_or(name.len());
    let (name, rest) = name.split_at(cut);
    path(name) + &whole(rest)
}

/// An address as it is sent: what can stand in none is encoded, its own percent signs are kept.
pub fn whole(address: &str) -> String {
    utf8_percent_encode(address, NOWHERE).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_browsers_write_it() {
        let read: Vec<_> = pairs("a=1&b=x+y%20z&c=%D8%B9&bad=%zz&&d").collect();
        let expected = [
            ("a", "1"),
            ("b", "x y z"),
            ("c", "ع"),
            ("bad", "%zz"),
            ("d", ""),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(read, expected);
    }

    #[test]
    fn texts_go_out_and_come_back() {
        for text in ["a b/c.html", "é.html", "100%.html", "a+b&c=d", "عدد"] {
            assert_eq!(decoded(&value(text)).as_deref(), Some(text));
            assert_eq!(decoded(&path(text)).as_deref(), Some(text));
            let query = format!("t={}", value(text));
            assert_eq!(
                pairs(&query).next(),
                Some(("t".to_owned(), text.to_owned()))
            );
        }
        assert_eq!(path("a b/c.html"), "a%20b/c.html");
        assert_eq!(file("a b.html?q=x y#z"), "a%20b.html?q=x%20y#z");
        assert_eq!(whole("/a b/é%20?q=\"x\""), "/a%20b/%C3%A9%20?q=%22x%22");
    }

    #[test]
    fn broken_signs_are_no_text() {
        for text in ["%zz", "%", "%4", "a%2", "%ff", "%+1"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
