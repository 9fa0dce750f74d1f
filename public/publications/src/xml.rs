//! A stream of XML elements: what is written is gone from memory.

use base::{Error, Names, Result};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::io::Write;

/// The language of a text that says none.
pub(crate) const DEFAULT_LANG: &str = "en";

/// Attributes of an element, in order; an empty text leaves one out.
pub(crate) type Attrs<'a> = &'a [(&'a str, &'a str)];

/// Writes elements to `W`.
pub(crate) struct Xml<W: Write>(Writer<W>);

impl<W: Write> Xml<W> {
    /// A document that begins with its declaration.
    pub(crate) fn new(out: W) -> Result<Self> {
        let mut xml = Self(Writer::new_with_indent(out, b' ', 1));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(xml)
    }
    fn write(&mut self, event: Event<'_>) -> Result<()> {
        self.0.write_event(event).map_err(Error::fault)
    }
    /// Opens an element.
    pub(crate) fn open(&mut self, name: &str, attrs: Attrs<'_>) -> Result<()> {
        self.write(Event::Start(start(name, attrs)))
    }
    /// Closes it.
    pub(crate) fn close(&mut self, name: &str) -> Result<()> {
        self.write(Event::End(BytesEnd::new(name)))
    }
    /// An element without content.
    pub(crate) fn empty(&mut self, name: &str, attrs: Attrs<'_>) -> Result<()> {
        self.write(Event::Empty(start(name, attrs)))
    }
    /// An element that holds text alone.
    pub(crate) fn text(&mut self, name: &str, attrs: Attrs<'_>, text: &str) -> Result<()> {
        self.open(name, attrs)?;
        self.write(Event::Text(BytesText::new(&clean(text))))?;
        self.close(name)
    }
    /// An element that holds one narrative for each language there is.
    pub(crate) fn named(&mut self, name: &str, attrs: Attrs<'_>, names: &Names) -> Result<()> {
        self.open(name, attrs)?;
        self.narratives(names)?;
        self.close(name)
    }
    /// One narrative for each language there is.
    pub(crate) fn narratives(&mut self, names: &Names) -> Result<()> {
        for (lang, text) in names.0.iter().filter(|(_, text)| !text.trim().is_empty()) {
            let lang = if lang == DEFAULT_LANG { "" } else { lang };
            self.text("narrative", &[("xml:lang", lang)], text.trim())?;
        }
        Ok(())
    }
    /// What everything was written to.
    pub(crate) fn into_inner(self) -> W {
        self.0.into_inner()
    }
    /// What everything is written to.
    pub(crate) fn out(&mut self) -> &mut W {
        self.0.get_mut()
    }
}

fn start<'a>(name: &'a str, attrs: Attrs<'_>) -> BytesStart<'a> {
    let mut element = BytesStart::new(name);
    for (name, value) in attrs.iter().filter(|(_, value)| !value.is_empty()) {
        element.push_attribute((*name, &*clean(value)));
    }
    element
}

/// The text without characters that XML cannot hold.
fn clean(text: &str) -> Cow<'_, str> {
    let bad = |c: char| {
        (c.is_control() && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{FFFE}' | '\u{FFFF}')
    };
    if text.contains(bad) {
        Cow::Owned(text.replace(bad, ""))
    } else {
        Cow::Borrowed(text)
    }
}
