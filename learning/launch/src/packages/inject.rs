//! Puts the run-time into a page of a package before anything of its own runs.

/// How far into a page its head is looked for.
const LOOKED: usize = 65_536;

/// The page with `tags` as the first thing in its head; none when it is written in two bytes a letter.
pub(crate) fn inject(page: &[u8], tags: &str) -> Option<Vec<u8>> {
    if page.starts_with(&[0xff, 0xfe]) || page.starts_with(&[0xfe, 0xff]) {
        return None;
    }
    let start = page.get(..page.len().min(LOOKED)).unwrap_or_default();
    if start.contains(&0) {
        return None;
    }
    let at = after(start, "head")
        .or_else(|| after(start, "html"))
        .or_else(|| after(start, "!doctype"))
        .or_else(|| start.starts_with(&[0xef, 0xbb, 0xbf]).then_some(3))
        .unwrap_or(0);
    let (before, rest) = page.split_at_checked(at)?;
    Some([before, tags.as_bytes(), rest].concat())
}

/// The place behind the first tag of a name that stands in no comment.
fn after(page: &[u8], name: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = page.get(at..)?.iter().position(|byte| *byte == b'<') {
        let tag = at + found + 1;
        let rest = page.get(tag..)?;
        if rest.starts_with(b"!--") {
            let end = rest.windows(3).position(|part| part == b"-->")?;
            at = tag + end + 3;
            continue;
        }
        let same = rest
            .get(..name.len())
            .is_some_and(|part| part.eq_ignore_ascii_case(name.as_bytes()));
        let ends = rest
            .get(name.len())
            .is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
        if same && ends {
            return Some(tag + closing(rest)? + 1);
        }
        at = tag;
    }
    None
}

/// Where a tag is closed, quoted text passed over.
fn closing(tag: &[u8]) -> Option<usize> {
    let mut quote = None;
    for (n, byte) in tag.iter().enumerate() {
        match (quote, *byte) {
            (None, b'>') => return Some(n),
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// JSON that may stand in a script of any page, whatever its values hold.
pub(crate) fn in_script(value: &serde_json::Value) -> String {
    let mut out = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            c if c.is_ascii() => out.push(c),
            // The page may be in any encoding.
            c => {
                let mut pair = [0; 2];
                for part in c.encode_utf16(&mut pair) {
                    use std::fmt::Write;
                    let _ = write!(out, "\\u{part:04x}");
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn put(page: &str) -> String {
        let out = inject(page.as_bytes(), "<X>").unwrap_or_default();
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn it_comes_first_in_the_head() {
        for (page, whole) in [
            ("<html><head><script>", "<html><head><X><script>"),
            (
                "<HTML><HEAD profile=\"a>b\"><b>",
                "<HTML><HEAD profile=\"a>b\"><X><b>",
            ),
            (
                "<!-- <head> --><html><head>a",
                "<!-- <head> --><html><head><X>a",
            ),
            ("<html lang=ar><body>", "<html lang=ar><X><body>"),
            ("<html><header>a", "<html><X><header>a"),
            ("<!DOCTYPE html><p>", "<!DOCTYPE html><X><p>"),
            ("\u{feff}<p>", "\u{feff}<X><p>"),
            ("", "<X>"),
            ("<head", "<X><head"),
        ] {
            assert_eq!(put(page), whole);
        }
        assert_eq!(inject(&[0xff, 0xfe, b'<', 0], "<X>"), None);
    }

    #[test]
    fn values_cannot_leave_their_script() {
        let value = serde_json::json!({ "a": "</script><!--é😀&" });
        let text = in_script(&value);
        assert!(text.is_ascii() && !text.contains(['<', '>', '&']));
        let back: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        assert_eq!(back, value);
    }

    proptest! {
        #[test]
        fn nothing_of_a_page_is_lost(page in ".{0,200}") {
            let out = inject(page.as_bytes(), "");
            if let Some(out) = out {
                prop_assert_eq!(out, page.as_bytes());
            }
        }
    }
}
