//! African Storybook's tree: Markdown files, a page at each `##`, the facts on the last page.

use crate::clean::{escape, is_lang};
use crate::{Kind, Package, PageOf, Reading, licence_of, limits};
use base::{Refusal, Result};
use flate2::read::GzDecoder;
use std::io::Read;

/// A story in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// The number it shares with itself in other languages.
    pub number: Option<String>,
    /// The file's path in the tree.
    pub path: String,
    pub title: String,
    /// BCP 47 code.
    pub lang: Option<String>,
    /// As a code such as `CC-BY`; none when the story names none.
    pub licence: Option<String>,
    pub text_by: Vec<String>,
    pub pictures_by: Vec<String>,
    pub translated_by: Vec<String>,
    /// The text of each page.
    pub pages: Vec<String>,
}

/// Reads one file; none when it is not a story.
pub fn story(path: &str, text: &str) -> Option<Story> {
    if text.len() > limits::TEXT / 8 {
        return None;
    }
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut parts = Vec::new();
    let mut part = String::new();
    for line in text.lines() {
        if line.trim_end() == "##" {
            parts.push(std::mem::take(&mut part));
        } else {
            part.push_str(line.trim_end());
            part.push('\n');
        }
    }
    parts.push(part);
    let (first, rest) = parts.split_first()?;
    let title = first.trim().strip_prefix("# ")?;
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let (facts, pages) = rest.split_last()?;
    let mut story = Story {
        path: path.to_owned(),
        title,
        ..Story::default()
    };
    let mut told = false;
    for line in facts.lines() {
        let Some((key, value)) = line.trim_start_matches(['*', ' ', '-']).split_once(':') else {
            continue;
        };
        let value = value.trim();
        let names = || people(value);
        told = true;
        match key.trim().to_ascii_lowercase().as_str() {
            "license" | "licence" => story.licence = licence_of(value),
            "text" => story.text_by = names(),
            "illustration" => story.pictures_by = names(),
            "translation" => story.translated_by = names(),
            "language" if is_lang(value) => story.lang = Some(value.to_owned()),
            _ => told = told && !story.text_by.is_empty(),
        }
    }
    if !told || pages.is_empty() {
        return None;
    }
    let mut folders = path.rsplit('/');
    let file = folders.next().unwrap_or_default();
    let number: String = file.chars().take_while(char::is_ascii_digit).collect();
    story.number = (!number.is_empty()).then_some(number);
    if story.lang.is_none() {
        let folder = folders.next().unwrap_or_default();
        let primary = folder.split('-').next().unwrap_or_default();
        story.lang = is_lang(primary).then(|| primary.to_owned());
    }
    story.pages = pages
        .iter()
        .map(|page| page.trim().to_owned())
        .filter(|page| !page.is_empty())
        .take(limits::PAGES)
        .collect();
    (!story.pages.is_empty()).then_some(story)
}

/// Names parted by commas; a name said twice in a row is said once.
fn people(value: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in value.split(',') {
        let words: Vec<&str> = name.split_whitespace().collect();
        let (first, second) = words.split_at(words.len() / 2);
        let name = if !first.is_empty() && first == second {
            first.join(" ")
        } else {
            words.join(" ")
        };
        if !name.is_empty() && !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

impl Story {
    /// The pages as small HTML.
    pub fn html(&self) -> Vec<PageOf> {
        let page = |text: &String| {
            let mut html = String::new();
            for paragraph in text.split("\n\n") {
                // The lines were broken for a page of a printed book.
                let lines: Vec<String> = paragraph.lines().map(escape).collect();
                html.push_str("<p>");
                html.push_str(&lines.join(" "));
                html.push_str("</p>");
            }
            PageOf {
                title: String::new(),
                html,
            }
        };
        self.pages.iter().map(page).collect()
    }
    /// The credit as it is printed: who wrote, drew and translated it.
    pub fn authors(&self) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for name in [&self.text_by, &self.pictures_by, &self.translated_by]
            .into_iter()
            .flatten()
        {
            if !out.contains(name) {
                out.push(name.clone());
            }
        }
        out
    }
    pub(crate) fn into_reading(self, reading: &mut Reading) {
        reading.pages = self.html();
        reading.authors = self.authors();
        reading.langs = self.lang.into_iter().collect();
        reading.licence = self.licence;
        reading.title = Some(self.title);
        if reading.licence.is_none() {
            reading
                .remarks
                .push(Refusal::whole("format-licence-unsaid"));
        }
    }
    /// The story as a reading.
    pub fn reading(self) -> Reading {
        let mut reading = Reading::of(Kind::Markdown, "text/markdown");
        self.into_reading(&mut reading);
        reading
    }
}

/// The stories of a tree in a `tar.gz` or a zip, in the order of the file; files that are no story
/// are named in the remarks.
///
/// # Errors
/// Refused when the package cannot be read or holds no story.
pub fn stories(bytes: &[u8]) -> Result<(Vec<Story>, Vec<Refusal>)> {
    let (mut out, mut remarks) = (Vec::new(), Vec::new());
    let mut take = |path: &str, bytes: &[u8]| {
        if !path.ends_with(".md") || path.ends_with("README.md") {
            return;
        }
        let (text, _) = crate::decode::text(bytes);
        match story(path, &text) {
            Some(story) => out.push(story),
            None if remarks.len() < limits::REASONS => {
                remarks.push(Refusal::whole("format-story-unreadable").with("name", path));
            }
            None => {}
        }
    };
    if bytes.starts_with(b"PK") {
        let mut package = Package::open(bytes)?;
        let names: Vec<String> = package.names().map(str::to_owned).collect();
        for name in names {
            if name.ends_with(".md") {
                take(&name, &package.read(&name)?);
            }
        }
    } else {
        untar(bytes, &mut take)?;
    }
    if out.is_empty() {
        return Err(Refusal::about("file", "format-stories-none").into());
    }
    Ok((out, remarks))
}

/// Every file of a tree in a `tar.gz`, in its order.
///
/// # Errors
/// Refused when it is damaged.
pub fn untar(bytes: &[u8], take: &mut dyn FnMut(&str, &[u8])) -> Result<()> {
    let broken = || base::Error::from(Refusal::about("file", "format-package-broken"));
    let mut from = GzDecoder::new(bytes).take(limits::UNPACKED / 4);
    let mut head = [0_u8; 512];
    let mut long = None;
    for _ in 0..limits::ENTRIES * 5 {
        if from.read_exact(&mut head).is_err() {
            return Ok(());
        }
        if head.iter().all(|byte| *byte == 0) {
            return Ok(());
        }
        let text = |from: usize, to: usize| {
            let field = head.get(from..to).unwrap_or_default();
            let end = field
                .iter()
                .position(|byte| *byte == 0)
                .unwrap_or(field.len());
            String::from_utf8_lossy(field.get(..end).unwrap_or_default()).into_owned()
        };
        let size = u64::from_str_radix(text(124, 136).trim(), 8).map_err(|_| broken())?;
        if size > limits::FILE {
            return Err(broken());
        }
        let mut body = Vec::new();
        let whole = size.div_ceil(512) * 512;
        from.by_ref()
            .take(whole)
            .read_to_end(&mut body)
            .map_err(|_| broken())?;
        body.truncate(usize::try_from(size).unwrap_or_default());
        let kind = head.get(156).copied().unwrap_or_default();
        match kind {
            b'L' => {
                let name = String::from_utf8_lossy(&body);
                long = Some(name.trim_end_matches('\0').to_owned());
            }
            b'x' => long = pax_path(&body).or(long),
            b'0' | 0 => {
                let short = match text(345, 500) {
                    folder if !folder.is_empty() && head.get(257..262) == Some(b"ustar") => {
                        format!("{folder}/{}", text(0, 100))
                    }
                    _ => text(0, 100),
                };
                take(&long.take().unwrap_or(short), &body);
            }
            _ => {}
        }
    }
    Ok(())
}

fn pax_path(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?;
    text.lines()
        .filter_map(|line| line.split_once(" path="))
        .map(|(_, path)| path.to_owned())
        .next()
}
