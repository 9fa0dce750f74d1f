//! XML as a small tree. No document type is looked at, so nothing is fetched and nothing grows.

use crate::limits;
use base::Refusal;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::rc::Rc;

/// An element.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Its name without a prefix.
    pub name: String,
    /// Its namespace; empty when it has none.
    pub space: Rc<str>,
    pub attributes: Vec<Attribute>,
    pub content: Vec<Content>,
    /// Where its content stands in the text.
    pub range: (usize, usize),
}

#[derive(Debug)]
pub(crate) struct Attribute {
    /// Without a prefix.
    pub name: String,
    pub space: Rc<str>,
    pub value: String,
}

#[derive(Debug)]
pub(crate) enum Content {
    Element(Element),
    Text(String),
}

impl Element {
    /// The value of an attribute, whatever its namespace.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|a| a.name == name)?;
        Some(&found.value)
    }
    /// The value of an attribute, trimmed; none when empty.
    pub fn some(&self, name: &str) -> Option<&str> {
        self.get(name)
            .map(str::trim)
            .filter(|value| !value.is_empty())
    }
    /// Its elements.
    pub fn elements(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.content.iter().filter_map(|part| match part {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        })
    }
    /// Its elements of one name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &Element> {
        self.elements().filter(move |element| element.name == name)
    }
    /// Its first element of a name.
    pub fn first(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }
    /// The element at the end of a path of names.
    pub fn path(&self, names: &[&str]) -> Option<&Element> {
        names.iter().try_fold(self, |at, name| at.first(name))
    }
    /// Every element below it of one name, in the order of the text.
    pub fn below<'a>(&'a self, name: &str) -> Vec<&'a Element> {
        let mut out = Vec::new();
        let mut open: Vec<&Element> = self.elements().rev().collect();
        while let Some(element) = open.pop() {
            if element.name == name {
                out.push(element);
            }
            open.extend(element.elements().rev());
        }
        out
    }
    /// All text below it, trimmed.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut open: Vec<&Content> = self.content.iter().rev().collect();
        while let Some(content) = open.pop() {
            match content {
                Content::Text(text) => out.push_str(text),
                Content::Element(element) => open.extend(element.content.iter().rev()),
            }
        }
        out.trim().to_owned()
    }
    /// The text of the first element of a name; none when there is none or it is empty.
    pub fn text_of(&self, name: &str) -> Option<String> {
        self.first(name)
            .map(Self::text)
            .filter(|text| !text.is_empty())
    }
}

/// Reads a document.
///
/// The refusal says what is wrong and where.
pub(crate) fn parse(text: &str) -> Result<Element, Refusal> {
    if text.len() > limits::TEXT {
        return Err(Refusal::about("file", "format-xml-large").with(
            "most",
            i64::try_from(limits::TEXT >> 20).unwrap_or_default(),
        ));
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut tree = Tree {
        stack: vec![Element::default()],
        spaces: Vec::new(),
        none: Rc::from(""),
        elements: 0,
    };
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or_default();
        let event = reader
            .read_event()
            .map_err(|error| fault(text, reader.error_position()).with("why", error.to_string()))?;
        let after = usize::try_from(reader.buffer_position()).unwrap_or_default();
        let ok = match event {
            Event::Start(start) => tree.open(&start, after),
            Event::Empty(start) => tree.open(&start, after).and_then(|()| tree.close(after)),
            Event::End(_) => tree.close(at),
            Event::Text(part) => tree.text(&part.xml10_content()),
            Event::CData(part) => tree.text(&part.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref() {
                Ok(Some(c)) => tree.text(c.encode_utf8(&mut [0; 4])),
                Ok(None) => tree.text(&entity(&name.xml10_content())),
                Err(_) => Err("format-xml-broken"),
            },
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => Ok(()),
        };
        ok.map_err(|key| Refusal {
            key: key.to_owned(),
            ..fault(text, reader.buffer_position()).with("why", "…")
        })?;
    }
    let end = u64::try_from(text.len()).unwrap_or_default();
    if tree.stack.len() != 1 {
        return Err(fault(text, end).with("why", "…"));
    }
    let root = tree.stack.pop().unwrap_or_default();
    let mut roots = root.content.into_iter().filter_map(|part| match part {
        Content::Element(element) => Some(element),
        Content::Text(_) => None,
    });
    match (roots.next(), roots.next()) {
        (Some(element), None) => Ok(element),
        _ => Err(fault(text, end).with("why", "…")),
    }
}

fn fault(text: &str, position: u64) -> Refusal {
    let at = usize::try_from(position)
        .unwrap_or_default()
        .min(text.len());
    let before = text.as_bytes().get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    Refusal::about("file", "format-xml-broken").with("line", line)
}

/// The few named letters that occur in XML without being declared.
fn entity(name: &str) -> String {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        "eacute" => "é",
        "egrave" => "è",
        "agrave" => "à",
        "ccedil" => "ç",
        "mdash" => "—",
        "ndash" => "–",
        "rsquo" => "’",
        "lsquo" => "‘",
        "ldquo" => "“",
        "rdquo" => "”",
        "hellip" => "…",
        "times" => "×",
        "divide" => "÷",
        "minus" => "−",
        _ => "",
    }
    .to_owned()
}

struct Tree {
    stack: Vec<Element>,
    /// Prefix, namespace and the depth at which they were named.
    spaces: Vec<(String, Rc<str>, usize)>,
    none: Rc<str>,
    elements: usize,
}

type Step = Result<(), &'static str>;

/// Elements and attributes of one document.
const MOST: usize = 400_000;

impl Tree {
    fn open(&mut self, start: &BytesStart, content: usize) -> Step {
        if self.stack.len() > limits::DEPTH * 2 {
            return Err("format-xml-deep");
        }
        self.elements += 1;
        let depth = self.stack.len();
        let mut plain = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|_| "format-xml-broken")?;
            self.elements += 1;
            let value = attribute
                .normalized_value_with(quick_xml::XmlVersion::Implicit1_0, 4, known)
                .map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
            let key: &str = attribute.key.as_ref();
            match key.split_once(':') {
                Some(("xmlns", prefix)) => {
                    self.spaces.push((prefix.to_owned(), value.into(), depth))
                }
                None if key == "xmlns" => self.spaces.push((String::new(), value.into(), depth)),
                _ => plain.push((key.to_owned(), value)),
            }
        }
        if self.elements > MOST {
            return Err("format-xml-large-tree");
        }
        let attributes = plain
            .into_iter()
            .map(|(key, value)| match key.split_once(':') {
                Some((prefix, name)) => Attribute {
                    name: name.to_owned(),
                    space: self.space(prefix),
                    value,
                },
                None => Attribute {
                    name: key,
                    space: self.none.clone(),
                    value,
                },
            })
            .collect();
        let binding = start.name();
        let full: &str = binding.as_ref();
        let (prefix, name) = full.split_once(':').unwrap_or(("", full));
        self.stack.push(Element {
            name: name.to_owned(),
            space: self.space(prefix),
            attributes,
            content: Vec::new(),
            range: (content, content),
        });
        Ok(())
    }
    fn space(&self, prefix: &str) -> Rc<str> {
        let found = self.spaces.iter().rev().find(|(known, ..)| known == prefix);
        match found {
            Some((_, space, _)) => space.clone(),
            // A prefix that was never named is its own namespace.
            None if !prefix.is_empty() => Rc::from(prefix),
            None => self.none.clone(),
        }
    }
    fn close(&mut self, at: usize) -> Step {
        let mut done = self.stack.pop().ok_or("format-xml-broken")?;
        done.range.1 = at.max(done.range.0);
        let depth = self.stack.len();
        while self
            .spaces
            .last()
            .is_some_and(|(_, _, named)| *named >= depth)
        {
            self.spaces.pop();
        }
        let above = self.stack.last_mut().ok_or("format-xml-broken")?;
        above.content.push(Content::Element(done));
        Ok(())
    }
    fn text(&mut self, text: &str) -> Step {
        let Some(above) = self.stack.last_mut() else {
            return Err("format-xml-broken");
        };
        match above.content.last_mut() {
            Some(Content::Text(before)) => before.push_str(text),
            _ => above.content.push(Content::Text(text.to_owned())),
        }
        Ok(())
    }
}

fn known(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => "\u{a0}",
        _ => return None,
    })
}
