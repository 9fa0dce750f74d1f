//! PDF: its text, page by page, as far as the fonts tell it.
//!
//! Objects are found by looking through the file, so that damaged tables of contents do not matter.

mod font;
mod object;
mod page;

use crate::book::note;
use crate::clean::escape;
use crate::{PageOf, Reading, limits};
use base::{Refusal, Result};
use object::{Document, Object};
use std::collections::BTreeSet;

pub(crate) fn read(reading: &mut Reading, bytes: &[u8]) -> Result<()> {
    let mut document = Document::open(bytes);
    if document.locked {
        // It opens in a reader that knows the password or needs none; its text is out of reach.
        note(reading, Refusal::whole("format-pdf-locked"));
        return Ok(());
    }
    let pages = pages(&mut document);
    if pages.is_empty() {
        return Err(Refusal::about("file", "format-pdf-broken").into());
    }
    facts(reading, &mut document);
    let (mut some, mut lost, mut held) = (false, false, 0);
    for page in pages {
        let told = page::text(&mut document, &page);
        lost |= told.lost;
        let paragraphs: Vec<String> = told
            .text
            .split("\n\n")
            .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|paragraph| !paragraph.is_empty())
            .map(|paragraph| format!("<p>{}</p>", escape(&paragraph)))
            .collect();
        some |= !paragraphs.is_empty();
        let html = paragraphs.concat();
        held += html.len();
        if held > limits::TEXT {
            note(reading, Refusal::whole("format-text-cut"));
            break;
        }
        reading.pages.push(PageOf {
            title: String::new(),
            html,
        });
    }
    if !some {
        reading.pages.clear();
        note(reading, Refusal::whole("format-pdf-no-text"));
    } else if lost {
        note(reading, Refusal::whole("format-pdf-some-text"));
    }
    Ok(())
}

fn facts(reading: &mut Reading, document: &mut Document) {
    let info = document.trailer("Info");
    let info = document.resolve(&info);
    for key in ["Title", "Author"] {
        let Some(value) = info.get(key).cloned() else {
            continue;
        };
        let Object::Text(bytes) = document.resolve(&value) else {
            continue;
        };
        let text = font::plain_text(&bytes);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            continue;
        }
        if key == "Title" {
            reading.title = Some(text);
        } else {
            reading.authors = vec![text];
        }
    }
    let root = document.trailer("Root");
    let root = document.resolve(&root);
    if let Some(Object::Text(lang)) = root.get("Lang").map(|lang| document.resolve(lang)) {
        let lang = font::plain_text(&lang);
        if crate::clean::is_lang(&lang) {
            reading.langs.push(lang);
        }
    }
}

/// The pages in their order, each with what it inherits.
fn pages(document: &mut Document) -> Vec<Object> {
    let root = document.trailer("Root");
    let root = document.resolve(&root);
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    let first = root.get("Pages").cloned().unwrap_or(Object::Null);
    let mut open = vec![(first, Object::Null)];
    while let Some((node, inherited)) = open.pop() {
        if let Object::Reference(number) = node
            && !seen.insert(number)
        {
            continue;
        }
        let mut node = document.resolve(&node);
        let resources = node.get("Resources").cloned().unwrap_or(inherited);
        if let Some(kids) = node.get("Kids").map(|kids| document.resolve(kids)) {
            let Object::Array(kids) = kids else { continue };
            open.extend(
                kids.into_iter()
                    .rev()
                    .take(50_000)
                    .map(|kid| (kid, resources.clone())),
            );
        } else if node.get("Contents").is_some() || node.is("Type", "Page") {
            node.set("Resources", resources);
            out.push(node);
        }
        if out.len() >= limits::PAGES {
            break;
        }
    }
    if out.is_empty() {
        out = document.all_of("Page");
    }
    out
}
