//! QTI: version 2 and 3 items in and out, version 1.2 (as cartridges hold it) in.

mod v1;
mod v2;
mod write;

pub use write::{item_xml, package};

use crate::book::{Files, NoFiles, note};
use crate::clean::{Address, clean, normal, outside, scheme};
use crate::item::{Item, Text};
use crate::xml::{Content, Element, parse};
use crate::{Asset, Package, Reading, decode, limits, mime_of};
use base::{Refusal, Result};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{Read, Seek};

/// What one file of items is read with, and what came of it.
pub(crate) struct Sheet<'a> {
    /// The file's name, from which its pictures are found.
    pub file: &'a str,
    pub items: Vec<Item>,
    pub remarks: Vec<Refusal>,
    pub title: Option<String>,
    pub lang: Option<String>,
    /// Names of the files that texts show.
    pub shown: RefCell<BTreeSet<String>>,
    pub places: &'a [(&'static str, &'static str)],
}

impl<'a> Sheet<'a> {
    pub fn new(file: &'a str) -> Self {
        Self {
            file,
            items: Vec::new(),
            remarks: Vec::new(),
            title: None,
            lang: None,
            shown: RefCell::default(),
            places: &[],
        }
    }
    /// Reads a document; false when it holds no questions of any version.
    pub fn read(&mut self, text: &str) -> Result<bool> {
        let root = parse(text)?;
        self.lang = root
            .get("lang")
            .map(str::to_owned)
            .filter(|lang| crate::clean::is_lang(lang));
        match plain_name(&root.name).as_str() {
            "assessmentitem" => v2::item(self, &root),
            "questestinterop" => v1::sheet(self, &root),
            _ => return Ok(false),
        }
        Ok(true)
    }
    /// The language of the texts.
    fn lang(&self) -> &str {
        self.lang.as_deref().unwrap_or("und")
    }
    /// HTML as a text of the small kind; a single line stays without a paragraph.
    pub fn text(&self, html: &str) -> Text {
        let small = clean(crate::clean::cut(html), false, &|address| match address {
            Address::Shown(src) if scheme(src).is_none() => {
                let placed = self.places.iter().find_map(|(word, folder)| {
                    let rest = src.replace("%24", "$");
                    normal("", &format!("{folder}{}", rest.strip_prefix(word)?))
                });
                let name = placed.or_else(|| normal(self.file, src))?;
                self.shown.borrow_mut().insert(name.clone());
                Some(format!("asset:{name}"))
            }
            Address::Shown(_) => None,
            Address::Goes(href) if href.starts_with("http") => outside(href),
            Address::Goes(_) => None,
        });
        let html = crate::clean::single(small.html);
        if html.is_empty() {
            Text::default()
        } else {
            Text::one(self.lang(), html)
        }
    }
    /// Keeps an item that is whole; says of another why it was left out.
    pub fn keep(&mut self, name: &str, item: Item) {
        if self.items.len() >= limits::ITEMS {
            let many = Refusal::whole("format-items-many").with("most", limits::ITEMS);
            if !self.remarks.contains(&many) {
                self.remarks.push(many);
            }
        } else if item.faults().0.is_empty() {
            self.items.push(item);
        } else {
            self.remark("format-qti-item", name, "");
        }
    }
    /// Says that an item was left out.
    pub fn remark(&mut self, key: &str, name: &str, why: &str) {
        if self.remarks.len() < limits::REASONS {
            let mut remark = Refusal::whole(key).with("name", name);
            if !why.is_empty() {
                remark = remark.with("why", why);
            }
            self.remarks.push(remark);
        }
    }
    /// Hands over what was read, with the pictures.
    pub fn give(self, reading: &mut Reading, files: &mut dyn Files) {
        for remark in self.remarks {
            note(reading, remark);
        }
        if let Some(lang) = self.lang
            && !reading.langs.contains(&lang)
        {
            reading.langs.push(lang);
        }
        // Some programs write the same question twice, for themselves and for others.
        for item in self.items {
            if reading.items.len() < limits::ITEMS && !reading.items.contains(&item) {
                reading.items.push(item);
            }
        }
        for name in self.shown.into_inner() {
            if reading.assets.iter().any(|asset| asset.name == name) {
                continue;
            }
            let held: usize = reading.assets.iter().map(|asset| asset.bytes.len()).sum();
            match files.get(&name) {
                Some(bytes) if held + bytes.len() <= limits::ASSETS => {
                    let mime = mime_of(&name, &bytes);
                    if mime.starts_with("image/") && mime != "image/svg+xml"
                        || mime.starts_with("audio/")
                    {
                        reading.assets.push(Asset { name, mime, bytes });
                    } else {
                        note(
                            reading,
                            Refusal::whole("format-file-left-out").with("name", name),
                        );
                    }
                }
                _ => note(
                    reading,
                    Refusal::whole("format-file-missing").with("name", name),
                ),
            }
        }
    }
}

/// A name as all versions write it: `qti-choice-interaction` and `choiceInteraction` are the same.
fn plain_name(name: &str) -> String {
    let name = name.strip_prefix("qti-").unwrap_or(name);
    name.chars()
        .filter(|c| *c != '-')
        .map(|c| c.to_ascii_lowercase())
        .collect()
}
fn is(element: &Element, name: &str) -> bool {
    plain_name(&element.name) == name
}
fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    let found = element
        .attributes
        .iter()
        .find(|a| plain_name(&a.name) == name)?;
    Some(found.value.trim())
}
fn below<'e>(element: &'e Element, name: &str) -> Vec<&'e Element> {
    let mut out = Vec::new();
    let mut open: Vec<&Element> = element.elements().rev().collect();
    while let Some(element) = open.pop() {
        if is(element, name) {
            out.push(element);
        }
        open.extend(element.elements().rev());
    }
    out
}

/// The content of an element as HTML; `other` writes what is not HTML, or nothing.
fn html_of(element: &Element, other: &dyn Fn(&Element) -> Option<String>) -> String {
    let mut out = String::new();
    write_html(&mut out, element, other, 0);
    out
}
fn write_html(
    out: &mut String,
    element: &Element,
    other: &dyn Fn(&Element) -> Option<String>,
    depth: usize,
) {
    if depth > limits::DEPTH {
        return;
    }
    for part in &element.content {
        match part {
            Content::Text(text) => out.push_str(&crate::clean::escape(text)),
            Content::Element(child) => {
                if let Some(text) = other(child) {
                    out.push_str(&text);
                    continue;
                }
                let name = child.name.to_ascii_lowercase();
                let known = name.bytes().all(|b| b.is_ascii_alphanumeric()) && name.len() < 20;
                if !known {
                    write_html(out, child, other, depth + 1);
                    continue;
                }
                out.push('<');
                out.push_str(&name);
                for attribute in &child.attributes {
                    let good = attribute
                        .name
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || b == b'-');
                    if good {
                        let value = crate::clean::escape(&attribute.value);
                        out.push_str(&format!(" {}=\"{value}\"", attribute.name));
                    }
                }
                out.push('>');
                if !matches!(
                    name.as_str(),
                    "br" | "img" | "hr" | "wbr" | "col" | "source"
                ) {
                    write_html(out, child, other, depth + 1);
                    out.push_str(&format!("</{name}>"));
                }
            }
        }
    }
}

/// An id that is good in an item: the file's own where it can be, else its place.
fn good_id(id: &str, letter: char, place: usize) -> String {
    let good = (1..=40).contains(&id.len())
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if good {
        id.to_owned()
    } else {
        format!("{letter}{}", place + 1)
    }
}

/// A file with one item, or a sheet of version 1.
pub(crate) fn read(reading: &mut Reading, name: &str, text: &str) -> Result<()> {
    let mut sheet = Sheet::new(name);
    let known = sheet.read(text)?;
    reading.title = sheet.title.clone();
    sheet.give(reading, &mut NoFiles);
    some(reading, known)
}

fn some(reading: &Reading, known: bool) -> Result<()> {
    if known && !reading.items.is_empty() {
        return Ok(());
    }
    let mut no = base::Refusals::default();
    no.push(Refusal::about("file", "format-qti-none"));
    for remark in reading
        .remarks
        .iter()
        .filter(|r| r.key.starts_with("format-qti"))
    {
        no.push(Refusal {
            field: "file".into(),
            ..remark.clone()
        });
    }
    Err(no.into())
}

/// A package of items, in the order of its test where there is one, else of its manifest.
pub(crate) fn read_package<R: Read + Seek>(
    reading: &mut Reading,
    package: &mut Package<R>,
) -> Result<()> {
    let mut names: Vec<String> = package
        .names()
        .filter(|name| name.ends_with(".xml") && !name.ends_with("imsmanifest.xml"))
        .take(limits::ITEMS * 2)
        .map(str::to_owned)
        .collect();
    let mut order: Vec<String> = Vec::new();
    let mut texts = Vec::new();
    let mut held = 0;
    names.sort();
    for name in names {
        let Ok(bytes) = package.read(&name) else {
            note(
                reading,
                Refusal::whole("format-file-missing").with("name", name),
            );
            continue;
        };
        held += bytes.len();
        if held > limits::HTML {
            note(reading, Refusal::whole("format-text-cut"));
            break;
        }
        let (text, _) = decode::text(&bytes);
        let start: String = text.chars().take(2_000).collect();
        if start.contains("<assessmentTest") || start.contains("<qti-assessment-test") {
            if let Ok(test) = parse(&text) {
                reading.title = attribute(&test, "title").map(str::to_owned);
                let refs = below(&test, "assessmentitemref");
                order.extend(
                    refs.into_iter()
                        .filter_map(|r| normal(&name, attribute(r, "href")?)),
                );
            }
        } else {
            texts.push((name, text));
        }
    }
    let place = |name: &String| {
        order
            .iter()
            .position(|other| other == name)
            .unwrap_or(usize::MAX)
    };
    texts.sort_by_key(|(name, _)| place(name));
    let mut known = false;
    for (name, text) in &texts {
        let mut sheet = Sheet::new(name);
        match sheet.read(text) {
            Ok(read) => known |= read,
            Err(base::Error::Refused(no)) => no.0.into_iter().for_each(|r| note(reading, r)),
            Err(other) => return Err(other),
        }
        sheet.give(reading, package);
    }
    some(reading, known)
}
