//! EPUB 2 and 3: the text of the book in its order.

use crate::book::{Book, note};
use crate::clean::{is_lang, normal};
use crate::xml::{Element, parse};
use crate::{Package, Reading, decode, licence_of, limits};
use base::{Refusal, Refusals, Result};
use std::collections::BTreeMap;
use std::io::{Read, Seek};

pub(crate) fn read<R: Read + Seek>(reading: &mut Reading, package: &mut Package<R>) -> Result<()> {
    let container = document(package, "META-INF/container.xml")?;
    let Some(path) = container
        .below("rootfile")
        .into_iter()
        .find_map(|root| root.some("full-path"))
        .and_then(|path| normal("", path))
    else {
        return Err(Refusal::about("file", "format-epub-root").into());
    };
    let root = document(package, &path)?;
    facts(reading, &root);
    let locked = locked(package);
    let manifest = manifest(&root, &path);
    let titles = titles(package, &manifest);
    let spine = root.first("spine");
    let order: Vec<&Entry> = spine
        .iter()
        .flat_map(|spine| spine.all("itemref"))
        .filter_map(|item| manifest.get(item.some("idref")?))
        .take(limits::PAGES)
        .collect();
    let mut no = Refusals::default();
    if order.is_empty() {
        no.push(Refusal::about("file", "format-epub-spine"));
    }
    let mut book = Book::default();
    let several = order.len() > 1;
    for entry in order {
        if locked.contains(&entry.path) {
            no.push(Refusal::about("file", "format-epub-locked").with("name", entry.path.as_str()));
            break;
        }
        if !package.has(&entry.path) {
            note(
                reading,
                Refusal::whole("format-file-missing").with("name", entry.path.as_str()),
            );
            continue;
        }
        if (entry.nav && several) || !entry.mime.contains("html") {
            continue;
        }
        let Ok(bytes) = package.read(&entry.path) else {
            note(
                reading,
                Refusal::whole("format-file-missing").with("name", entry.path.as_str()),
            );
            continue;
        };
        let (text, remark) = decode::text(&bytes);
        remark.into_iter().for_each(|remark| note(reading, remark));
        let title = titles.get(&entry.path).cloned();
        let own = book.add(&entry.path, title, &text, true);
        if reading.langs.is_empty() {
            reading.langs.extend(own.lang.clone());
        }
    }
    no.or(())?;
    book.finish(reading, package);
    if reading.pages.is_empty() {
        return Err(Refusal::about("file", "format-text-empty").into());
    }
    reading.entry = Some(path);
    Ok(())
}

pub(crate) fn document<R: Read + Seek>(package: &mut Package<R>, name: &str) -> Result<Element> {
    let bytes = package.read(name).map_err(|error| match error {
        base::Error::Missing => Refusal::about("file", "format-file-missing")
            .with("name", name)
            .into(),
        other => other,
    })?;
    let (text, _) = decode::text(&bytes);
    Ok(parse(&text).map_err(|refusal| refusal.with("name", name))?)
}

fn facts(reading: &mut Reading, root: &Element) {
    let Some(metadata) = root.first("metadata") else {
        return;
    };
    // Old books hold their facts one level deeper.
    let holders = [Some(metadata), metadata.first("dc-metadata")];
    for element in holders.into_iter().flatten().flat_map(Element::elements) {
        let text = element.text();
        match element.name.as_str() {
            "title" if reading.title.is_none() && !text.is_empty() => reading.title = Some(text),
            "creator"
                if !text.is_empty()
                    && reading.authors.len() < 50
                    && !reading.authors.contains(&text) =>
            {
                reading.authors.push(text);
            }
            "language" if is_lang(&text) && !reading.langs.contains(&text) => {
                reading.langs.push(text);
            }
            "rights" if !text.is_empty() && reading.licence.is_none() => {
                reading.licence = Some(licence_of(&text).unwrap_or(text));
            }
            "link"
                if element.get("rel") == Some("cc:license") && element.get("refines").is_none() =>
            {
                if let Some(code) = element.get("href").and_then(licence_of) {
                    reading.licence = Some(code);
                }
            }
            _ => {}
        }
    }
}

struct Entry {
    path: String,
    mime: String,
    nav: bool,
    ncx: bool,
}

fn manifest(root: &Element, path: &str) -> BTreeMap<String, Entry> {
    let items = root
        .first("manifest")
        .into_iter()
        .flat_map(|list| list.all("item"));
    items
        .filter_map(|item| {
            let mime = item.get("media-type").unwrap_or_default().to_owned();
            let entry = Entry {
                path: normal(path, item.some("href")?)?,
                nav: item
                    .get("properties")
                    .is_some_and(|p| p.split(' ').any(|p| p == "nav")),
                ncx: mime == "application/x-dtbncx+xml",
                mime,
            };
            Some((item.some("id")?.to_owned(), entry))
        })
        .collect()
}

/// The titles that the book's own contents give to its files.
fn titles<R: Read + Seek>(
    package: &mut Package<R>,
    manifest: &BTreeMap<String, Entry>,
) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut lists: Vec<&Entry> = manifest
        .values()
        .filter(|entry| entry.nav || entry.ncx)
        .collect();
    lists.sort_by_key(|entry| entry.ncx);
    for entry in lists.into_iter().take(2) {
        let Ok(list) = document(package, &entry.path) else {
            continue;
        };
        let mut put = |href: Option<&str>, title: String| {
            if let Some(path) = href.and_then(|href| normal(&entry.path, href))
                && !title.is_empty()
                && title.len() < 300
            {
                let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
                out.entry(path).or_insert(title);
            }
        };
        for link in list.below("a") {
            put(link.get("href"), link.text());
        }
        for point in list.below("navPoint") {
            let href = point
                .first("content")
                .and_then(|content| content.get("src"));
            put(
                href,
                point
                    .first("navLabel")
                    .map(Element::text)
                    .unwrap_or_default(),
            );
        }
    }
    out
}

/// The files that are encrypted.
fn locked<R: Read + Seek>(package: &mut Package<R>) -> Vec<String> {
    if !package.has("META-INF/encryption.xml") {
        return Vec::new();
    }
    let Ok(list) = document(package, "META-INF/encryption.xml") else {
        return Vec::new();
    };
    list.below("CipherReference")
        .into_iter()
        .filter_map(|reference| normal("", reference.get("URI")?))
        .collect()
}
