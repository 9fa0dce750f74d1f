//! The small HTML of this crate: what every text becomes before it is kept or shown.
//!
//! Nothing of the input is passed through: it is cut into tokens, and what is allowed is written
//! anew, well-formed and escaped. One pass, whatever the input is.

mod tags;
mod text;
mod write;

pub(crate) use text::{escape, rewrite, title_of};
pub use text::{linked, plain};
pub(crate) use write::{Cleaned, clean, is_lang};

use crate::limits;

/// What an address in a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Address<'a> {
    /// A picture or a sound that is shown here.
    Shown(&'a str),
    /// Somewhere to go.
    Goes(&'a str),
}

/// HTML from anywhere as the small sanitised subset. A single line stays without a paragraph.
///
/// Addresses of other sites' pictures are left out, as are all scripts, styles and forms.
pub fn sanitise(html: &str) -> String {
    single(clean(cut(html), false, &usual).html)
}

/// A single paragraph without its tags; anything else as it is.
pub(crate) fn single(html: String) -> String {
    let inner = html
        .strip_prefix("<p>")
        .and_then(|rest| rest.strip_suffix("</p>"));
    match inner {
        Some(inner) if !blocky(inner) => inner.to_owned(),
        _ => html,
    }
}

/// Whether a block stands in the text.
fn blocky(html: &str) -> bool {
    let blocks = [
        "<p>",
        "<p ",
        "<ul",
        "<ol",
        "<table",
        "<h2",
        "<h3",
        "<h4",
        "<pre",
        "<blockquote",
        "<figure",
        "<hr",
        "<dl",
    ];
    blocks.iter().any(|tag| html.contains(tag))
}

/// Markdown (with tables, strikethrough and footnotes) as the small sanitised subset.
pub fn markdown(text: &str) -> String {
    clean(&raw_markdown(cut(text)), false, &usual).html
}

pub(crate) fn raw_markdown(text: &str) -> String {
    use pulldown_cmark::{Options, Parser, html};
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    html::push_html(&mut out, Parser::new_ext(text, options));
    out
}

/// Addresses as authors on this site may write them.
fn usual(address: Address) -> Option<String> {
    match address {
        Address::Shown(src) => match scheme(src) {
            Some("asset") => Some(src.to_owned()),
            Some(_) => None,
            None if src.starts_with('/') || src.starts_with('#') => None,
            None => Some(format!("asset:{}", normal("", src)?)),
        },
        Address::Goes(href) => outside(href),
    }
}

/// An address outside the text, or a mark in it; none when it may not be followed.
pub(crate) fn outside(href: &str) -> Option<String> {
    if let Some(mark) = href.strip_prefix('#') {
        return Some(format!("#{}", mark_of(mark)?));
    }
    match scheme(href) {
        Some("http" | "https" | "mailto" | "tel") => Some(href.to_owned()),
        Some("page" | "asset") => Some(href.to_owned()),
        None if href.starts_with('/') && !href.starts_with("//") && !href.starts_with("/\\") => {
            Some(href.to_owned())
        }
        _ => None,
    }
}

/// The name of a mark in a page, apart from the names the site itself uses.
pub(crate) fn mark_of(id: &str) -> Option<String> {
    let good = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    (!id.is_empty() && id.len() <= 80 && id.chars().all(good)).then(|| {
        if id.starts_with("d-") {
            id.to_owned()
        } else {
            format!("d-{id}")
        }
    })
}

/// The scheme of an address, in small letters where it is one that is known; none for relative ones.
pub(crate) fn scheme(address: &str) -> Option<&'static str> {
    let end =
        address.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')))?;
    if end == 0 || !address[end..].starts_with(':') {
        return address.starts_with("//").then_some("//");
    }
    let name = address.get(..end)?.to_ascii_lowercase();
    let known = [
        "http", "https", "mailto", "tel", "asset", "page", "data", "doc",
    ];
    Some(known.into_iter().find(|word| *word == name).unwrap_or("?"))
}

/// A relative address as a name inside the package, seen from the folder of the file it stands in;
/// none when it leaves the package. What follows `?` or `#` is cut off.
pub(crate) fn normal(file: &str, address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let path = percent(path).replace('\\', "/");
    if path.starts_with("//") {
        return None;
    }
    let mut parts: Vec<&str> = if path.starts_with('/') {
        Vec::new()
    } else {
        let mut above: Vec<&str> = file.split('/').collect();
        above.pop();
        above
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    let name = parts.join("/");
    (!name.is_empty() && !name.chars().any(char::is_control)).then_some(name)
}

/// The text behind the percent signs of an address; as it stands when they are broken.
pub(crate) fn percent(text: &str) -> String {
    base::address::decoded(text).unwrap_or_else(|| text.to_owned())
}

/// No more of a text than is parsed.
pub(crate) fn cut(text: &str) -> &str {
    let mut end = text.len().min(limits::TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}
