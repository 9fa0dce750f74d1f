//! HTML that is already safe, and the macro that makes it: every argument is escaped by its type.

use std::fmt::{self, Display, Formatter, Write};

/// A piece of HTML, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

/// Makes [`Html`] from a literal and arguments; text is escaped, `Html` is not.
///
/// `ui::html!("<p>{}</p>", name)`
#[macro_export]
macro_rules! html {
    ($form:literal $(, $arg:expr)* $(,)?) => {
        $crate::Html::raw(format!($form $(, $crate::shown(&$arg))*))
    };
}

impl Html {
    /// Nothing.
    pub const fn new() -> Self {
        Self(String::new())
    }
    /// Takes text as HTML. Whoever calls this has escaped it; rooms use [`html!`](crate::html!).
    pub const fn raw(html: String) -> Self {
        Self(html)
    }
    /// Adds what follows; text is escaped.
    pub fn push(&mut self, next: impl Show) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{}", shown(&next));
    }
    /// There is nothing.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// As written, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Display for Html {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl askama::filters::HtmlSafe for Html {}

impl FromIterator<Self> for Html {
    fn from_iter<I: IntoIterator<Item = Self>>(pieces: I) -> Self {
        let mut out = Self::new();
        out.extend(pieces);
        out
    }
}
impl Extend<Self> for Html {
    fn extend<I: IntoIterator<Item = Self>>(&mut self, pieces: I) {
        for piece in pieces {
            self.0.push_str(&piece.0);
        }
    }
}

/// Text as HTML.
pub fn text(text: &str) -> Html {
    html!("{}", text)
}

/// Long text as HTML: blank lines part paragraphs, line ends are kept.
pub fn paragraphs(text: &str) -> Html {
    let text = text.replace('\r', "");
    let parts = text
        .split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let lines: Vec<String> = part.lines().map(|l| html!("{}", l).into_string()).collect();
            Html(format!("<p dir=\"auto\">{}</p>", lines.join("<br>")))
        })
        .collect()
}

/// A link; only its words when the address leads nowhere safe.
pub fn link(href: &str, words: impl Show) -> Html {
    if is_safe(href) {
        html!("<a href=\"{}\">{}</a>", href, words)
    } else {
        html!("{}", words)
    }
}

/// Whether an address may be linked: this site, the web, mail, telephone.
pub fn is_safe(href: &str) -> bool {
    let inside = href.starts_with(['/', '#', '?']) && !href.starts_with("//");
    let lower = href
        .get(..href.len().min(8))
        .unwrap_or_default()
        .to_ascii_lowercase();
    inside
        || ["https://", "http://", "mailto:", "tel:"]
            .iter()
            .any(|s| lower.starts_with(s))
}

/// The address with one query parameter set, or removed when there is no value.
pub fn with_query(path: &str, name: &str, value: Option<&str>) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query.split('&').filter(|pair| {
        !pair.is_empty() && pair.split_once('=').map_or(*pair, |(key, _)| key) != name
    });
    let mut pairs: Vec<String> = kept.map(str::to_owned).collect();
    if let Some(value) = value {
        pairs.push(format!("{name}={}", base::address::value(value)));
    }
    if pairs.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", pairs.join("&"))
    }
}

/// What [`html!`](crate::html!) takes: escaped unless it is HTML already.
pub trait Show {
    /// Writes it into a page.
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result;
}

/// A value on its way into a page.
pub struct Shown<'a, T: ?Sized>(&'a T);

/// Wraps a value for [`html!`](crate::html!).
pub const fn shown<T: Show + ?Sized>(value: &T) -> Shown<'_, T> {
    Shown(value)
}

impl<T: Show + ?Sized> Display for Shown<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.show(f)
    }
}

impl Show for Html {
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl Show for str {
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut rest = self;
        let special = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
        while let Some(at) = rest.as_bytes().iter().position(special) {
            let (head, tail) = rest.split_at(at);
            f.write_str(head)?;
            f.write_str(match tail.as_bytes().first() {
                Some(b'&') => "&amp;",
                Some(b'<') => "&lt;",
                Some(b'>') => "&gt;",
                Some(b'"') => "&quot;",
                _ => "&#39;",
            })?;
            rest = tail.get(1..).unwrap_or_default();
        }
        f.write_str(rest)
    }
}
impl Show for String {
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.as_str().show(f)
    }
}
impl<T: Show + ?Sized> Show for &T {
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        (**self).show(f)
    }
}
impl<T: Show> Show for Option<T> {
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.as_ref().map_or(Ok(()), |value| value.show(f))
    }
}
impl<T: Show> Show for Vec<T> {
    fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|value| value.show(f))
    }
}

macro_rules! plain {
    ($($kind:ty),*) => { $(impl Show for $kind {
        fn show(&self, f: &mut Formatter<'_>) -> fmt::Result {
            Display::fmt(self, f)
        }
    })* };
}
plain!(i32, i64, u32, u64, usize, base::Id, base::Day, base::Lang);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_html_is_not() {
        let bold = html!("<b>{}</b>", "a < b & \"c\"'");
        assert_eq!(bold.as_str(), "<b>a &lt; b &amp; &quot;c&quot;&#39;</b>");
        assert_eq!(
            html!("{}{}", bold, Some(3_i64)).as_str(),
            format!("{bold}3")
        );
    }

    #[test]
    fn only_safe_addresses_become_links() {
        for (href, safe) in [
            ("/needs", true),
            ("https://example.org", true),
            ("HTTPS://example.org", true),
            ("//example.org", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("", false),
        ] {
            assert_eq!(is_safe(href), safe, "{href}");
        }
        assert_eq!(link("javascript:x", "a<b").as_str(), "a&lt;b");
    }

    #[test]
    fn a_query_parameter_is_set_once() {
        assert_eq!(
            with_query("/a?x=1&lang=en&y=2", "lang", Some("fr")),
            "/a?x=1&y=2&lang=fr"
        );
        assert_eq!(with_query("/a?after=b", "after", None), "/a");
        assert_eq!(with_query("/a", "q", Some("é &")), "/a?q=%C3%A9%20%26");
    }

    #[test]
    fn long_text_keeps_its_paragraphs() {
        let html = paragraphs("one\r\ntwo\n\n\n<three>");
        assert_eq!(
            html.as_str(),
            "<p dir=\"auto\">one<br>two</p><p dir=\"auto\">&lt;three&gt;</p>"
        );
    }
}
