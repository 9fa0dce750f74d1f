//! One element of a stream at a time, as a small tree that is forgotten when it has been checked.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

/// An element with its attributes, its own text and what it contains.
#[derive(Clone, Debug, Default)]
pub struct Node {
    pub(crate) name: String,
    pub(crate) attrs: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Node>,
}

impl Node {
    pub(crate) fn attr(&self, name: &str) -> Option<&str> {
        self.attrs
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, value)| value.as_str())
    }
    /// Every element of that name below, itself included.
    pub(crate) fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Node>) {
        if self.name == name {
            found.push(self);
        }
        for child in &self.children {
            child.all(name, found);
        }
    }
}

fn read(start: &BytesStart<'_>) -> Result<Node, String> {
    let name = start.name().as_ref().to_owned();
    let mut attrs = Vec::new();
    for attr in start.attributes() {
        let attr = attr.map_err(|e| e.to_string())?;
        let key = attr.key.as_ref().to_owned();
        let value = quick_xml::escape::unescape(&attr.value).map_err(|e| e.to_string())?;
        attrs.push((key, value.into_owned()));
    }
    Ok(Node {
        name,
        attrs,
        ..Node::default()
    })
}

/// Reads a document whose root holds many elements, and gives each of them as a tree; answers the
/// root without them.
///
/// # Errors
/// Why it is not well formed.
pub(crate) fn each<R: BufRead>(source: R, see: &mut dyn FnMut(&Node)) -> Result<Node, String> {
    let mut reader = Reader::from_reader(source);
    let (mut buffer, mut open): (Vec<u8>, Vec<Node>) = (Vec::new(), Vec::new());
    let mut root = None;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer);
        match event.map_err(|e| e.to_string())? {
            Event::Start(start) => open.push(read(&start)?),
            Event::Empty(start) => {
                let node = read(&start)?;
                close(node, &mut open, &mut root, see);
            }
            Event::End(_) => {
                let node = open.pop().ok_or("an end without a start")?;
                close(node, &mut open, &mut root, see);
            }
            Event::Text(text) => {
                if let Some(node) = open.last_mut() {
                    node.text.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                if let Some(node) = open.last_mut() {
                    let whole = format!("&{};", &*name);
                    let text = quick_xml::escape::unescape(&whole).map_err(|e| e.to_string())?;
                    node.text.push_str(&text);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if open.is_empty() {
        root.ok_or_else(|| "empty".to_owned())
    } else {
        Err("it breaks off".to_owned())
    }
}

/// A child of the root is shown and forgotten, the root is kept, all else belongs to its parent.
fn close(node: Node, open: &mut [Node], root: &mut Option<Node>, see: &mut dyn FnMut(&Node)) {
    match open {
        [] => *root = Some(node),
        [_] => see(&node),
        [.., parent] => parent.children.push(node),
    }
}
