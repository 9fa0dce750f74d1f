//! The pages of SCORM packages and of plain packages of web pages.

use super::{Manifest, manifest};
use crate::book::{Book, note};
use crate::clean::{normal, scheme};
use crate::kind::extension;
use crate::{Package, Reading, decode, licence_of};
use base::{Refusal, Result};
use std::collections::BTreeSet;
use std::io::{Read, Seek};

/// Web pages of one package that are read.
const MOST: usize = 1_000;

pub(crate) fn read<R: Read + Seek>(reading: &mut Reading, package: &mut Package<R>) -> Result<()> {
    if !package.has("imsmanifest.xml") {
        return Err(Refusal::about("file", "format-manifest-folder").into());
    }
    let bytes = package.read("imsmanifest.xml")?;
    let (text, _) = decode::text(&bytes);
    let manifest = manifest(&text, &|name| package.has(name))?;
    let Some(organisation) = manifest.organisations.get(manifest.chosen) else {
        return Err(Refusal::about("file", "format-manifest-organisation").into());
    };
    reading.title = Some(organisation.title.clone())
        .filter(|title| !title.is_empty())
        .or_else(|| manifest.title.clone());
    reading.langs = manifest.langs.clone();
    reading.licence = manifest
        .rights
        .as_deref()
        .map(|text| licence_of(text).unwrap_or_else(|| text.to_owned()));
    let launches = manifest.launches();
    reading.entry = launches.iter().find_map(|(activity, resource)| {
        let href = resource.href.as_ref()?;
        Some(format!(
            "{href}{}",
            activity.parameters.as_deref().unwrap_or_default()
        ))
    });
    if reading.entry.is_none() {
        return Err(Refusal::about("file", "format-manifest-launch").into());
    }
    let order = order(&manifest);
    pages(reading, package, order);
    Ok(())
}

/// The web pages in the order of the activities, each followed by those its resource lists.
fn order(manifest: &Manifest) -> Vec<(String, Option<String>)> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    let mut put = |path: &str, title: Option<String>| {
        let page = matches!(extension(path).as_str(), "html" | "htm" | "xhtml");
        if page && seen.insert(path.to_owned()) {
            out.push((path.to_owned(), title));
        }
    };
    for (activity, resource) in manifest.launches() {
        let title = Some(activity.title.clone()).filter(|title| !title.is_empty());
        if let Some(path) = resource
            .href
            .as_deref()
            .filter(|h| scheme(h).is_none())
            .and_then(|h| normal("", h))
        {
            put(&path, title);
        }
        for file in &resource.files {
            put(file, None);
        }
    }
    out
}

fn pages<R: Read + Seek>(
    reading: &mut Reading,
    package: &mut Package<R>,
    order: Vec<(String, Option<String>)>,
) {
    let mut book = Book::default();
    if order.len() > MOST {
        note(reading, Refusal::whole("format-text-cut"));
    }
    for (path, title) in order.into_iter().take(MOST) {
        let Ok(bytes) = package.read(&path) else {
            note(
                reading,
                Refusal::whole("format-file-missing").with("name", path),
            );
            continue;
        };
        let (text, _) = decode::text(&bytes);
        let xml = extension(&path) == "xhtml";
        let own = book.add(&path, title, &text, xml);
        if let (true, Some(lang)) = (reading.langs.is_empty(), own.lang.clone()) {
            reading.langs.push(lang);
        }
    }
    book.finish(reading, package);
    reading
        .pages
        .retain(|page| !crate::plain(&page.html).is_empty() || page.html.contains("<img"));
}

/// A package of web pages: it starts at its `index.html`, at the top or in its only folder.
pub(crate) fn read_html<R: Read + Seek>(
    reading: &mut Reading,
    package: &mut Package<R>,
) -> Result<()> {
    let mut paths: Vec<String> = package
        .names()
        .filter(|name| matches!(extension(name).as_str(), "html" | "htm" | "xhtml"))
        .filter(|name| !name.starts_with("__MACOSX/"))
        .map(str::to_owned)
        .collect();
    let depth = |path: &str| path.matches('/').count();
    paths.sort_by(|a, b| depth(a).cmp(&depth(b)).then_with(|| a.cmp(b)));
    let index = |path: &&String| {
        let file = path
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        matches!(
            file.as_str(),
            "index.html" | "index.htm" | "index.xhtml" | "default.htm"
        )
    };
    let Some(entry) = paths.iter().find(index).or_else(|| paths.first()).cloned() else {
        return Err(Refusal::about("file", "format-package-no-page").into());
    };
    if package.entry(&entry).is_some_and(|file| file.size == 0) {
        return Err(Refusal::about("file", "format-text-empty").into());
    }
    let mut order = vec![(entry.clone(), None)];
    order.extend(
        paths
            .into_iter()
            .filter(|path| *path != entry)
            .map(|path| (path, None)),
    );
    pages(reading, package, order);
    reading.title = reading
        .pages
        .first()
        .map(|page| page.title.clone())
        .filter(|title| !title.is_empty());
    reading.entry = Some(entry);
    Ok(())
}
