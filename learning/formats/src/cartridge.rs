//! Common Cartridge: pages, links, discussions and assessments in the order of the course.

use crate::book::{Book, note};
use crate::clean::{escape, scheme};
use crate::kind::extension;
use crate::qti::Sheet;
use crate::xml::{Element, parse};
use crate::{Package, Reading, decode, licence_of, limits};
use base::{Refusal, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

/// What stands before names in the pages of cartridges.
const PLACES: [(&str, &str); 4] = [
    ("$IMS-CC-FILEBASE$", "web_resources/"),
    ("$IMS_CC_FILEBASE$", "web_resources/"),
    ("$WIKI_REFERENCE$/pages/", "wiki_content/"),
    ("$CANVAS_OBJECT_REFERENCE$/pages/", "wiki_content/"),
];

struct Entry {
    kind: String,
    href: Option<String>,
    files: Vec<String>,
}

pub(crate) fn read<R: Read + Seek>(reading: &mut Reading, package: &mut Package<R>) -> Result<()> {
    if !package.has("imsmanifest.xml") {
        return Err(Refusal::about("file", "format-manifest-folder").into());
    }
    let bytes = package.read("imsmanifest.xml")?;
    let (text, _) = decode::text(&bytes);
    let root = parse(&text)?;
    if root.name != "manifest" {
        return Err(Refusal::about("file", "format-manifest-root")
            .with("name", root.name.as_str())
            .into());
    }
    facts(reading, &root);
    let entries = entries(&root);
    let mut order = Vec::new();
    let mut seen = BTreeSet::new();
    for organisation in root
        .path(&["organizations"])
        .into_iter()
        .flat_map(|o| o.all("organization"))
    {
        walk(organisation, &mut order, &mut seen);
    }
    // What the course does not name in its order follows, in the order of the manifest.
    let rest = root
        .first("resources")
        .into_iter()
        .flat_map(|list| list.all("resource"));
    for id in rest.filter_map(|resource| resource.some("identifier")) {
        if seen.insert(id.to_owned()) {
            order.push((id.to_owned(), None));
        }
    }
    let mut book = Book::default();
    book.places = PLACES.to_vec();
    let mut held = 0;
    for (id, title) in order.into_iter().take(limits::PAGES) {
        if let Some(entry) = entries.get(&id) {
            held += one(reading, package, &mut book, entry, title)?;
        }
        if held > limits::HTML {
            note(reading, Refusal::whole("format-text-cut"));
            break;
        }
    }
    book.finish(reading, package);
    Ok(())
}

fn facts(reading: &mut Reading, root: &Element) {
    let lom = root
        .first("metadata")
        .into_iter()
        .flat_map(|m| m.below("lom"))
        .next();
    let Some(lom) = lom else { return };
    reading.title = lom
        .path(&["general", "title"])
        .map(Element::text)
        .filter(|title| !title.is_empty());
    let langs = lom.path(&["general", "language"]).map(Element::text);
    reading
        .langs
        .extend(langs.filter(|lang| crate::clean::is_lang(lang)));
    let rights = lom.path(&["rights", "description"]).map(Element::text);
    reading.licence = rights
        .filter(|text| !text.is_empty())
        .map(|text| licence_of(&text).unwrap_or(text));
}

fn entries(root: &Element) -> BTreeMap<String, Entry> {
    let resources = root
        .first("resources")
        .into_iter()
        .flat_map(|list| list.all("resource"));
    resources
        .filter_map(|resource| {
            let path = |href: &str| crate::clean::normal("", href);
            let entry = Entry {
                kind: resource
                    .get("type")
                    .unwrap_or_default()
                    .to_ascii_lowercase(),
                href: resource.some("href").and_then(path),
                files: resource
                    .all("file")
                    .filter_map(|file| path(file.some("href")?))
                    .collect(),
            };
            Some((resource.some("identifier")?.to_owned(), entry))
        })
        .collect()
}

fn walk(parent: &Element, order: &mut Vec<(String, Option<String>)>, seen: &mut BTreeSet<String>) {
    for item in parent.all("item") {
        if let Some(id) = item.some("identifierref")
            && seen.insert(id.to_owned())
        {
            order.push((id.to_owned(), item.text_of("title")));
        }
        walk(item, order, seen);
    }
}

/// Reads one resource; answers how many bytes were read.
fn one<R: Read + Seek>(
    reading: &mut Reading,
    package: &mut Package<R>,
    book: &mut Book,
    entry: &Entry,
    title: Option<String>,
) -> Result<usize> {
    let Some(path) = entry.href.clone().or_else(|| entry.files.first().cloned()) else {
        return Ok(0);
    };
    // Settings of the program that wrote the cartridge say nothing to a reader.
    if path.starts_with("course_settings/") && extension(&path) != "html" {
        return Ok(0);
    }
    let end = extension(&path);
    let page = matches!(end.as_str(), "html" | "htm" | "xhtml");
    let sheet = entry.kind.starts_with("imsqti") || end == "qti";
    let link = entry.kind.starts_with("imswl");
    let topic = entry.kind.starts_with("imsdt");
    if !(page || sheet || link || topic) {
        let plain =
            entry.kind.starts_with("webcontent") || entry.kind.starts_with("associatedcontent");
        if !plain {
            let remark = Refusal::whole("format-cartridge-resource");
            note(
                reading,
                remark.with("name", path).with("why", entry.kind.as_str()),
            );
        }
        return Ok(0);
    }
    let bytes = match package.read(&path) {
        Ok(bytes) => bytes,
        Err(_) => {
            note(
                reading,
                Refusal::whole("format-file-missing").with("name", path),
            );
            return Ok(0);
        }
    };
    let (text, _) = decode::text(&bytes);
    if sheet {
        let mut sheet = Sheet::new(&path);
        sheet.places = &PLACES;
        match sheet.read(&text) {
            Ok(_) => sheet.give(reading, package),
            Err(base::Error::Refused(no)) => {
                no.0.into_iter()
                    .for_each(|refusal| note(reading, refusal.with("name", path.as_str())));
            }
            Err(other) => return Err(other),
        }
    } else if page {
        book.add(&path, title, &text, end == "xhtml");
    } else if let Ok(root) = parse(&text) {
        let own = root.text_of("title").or(title).unwrap_or_default();
        let html = if link {
            let address = root
                .first("url")
                .and_then(|url| url.some("href"))
                .unwrap_or_default();
            let good = matches!(scheme(address), Some("http" | "https"));
            let address = if good { address } else { "" };
            format!(
                "<p><a href=\"{}\">{}</a></p>",
                escape(address),
                escape(&own)
            )
        } else {
            root.text_of("text").unwrap_or_default()
        };
        book.add(&path, Some(own), &html, false);
    }
    Ok(bytes.len())
}
