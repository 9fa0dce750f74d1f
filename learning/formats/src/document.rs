//! Single files of text: Markdown, HTML, plain text.

use crate::book::{Book, NoFiles, says_something};
use crate::clean::{escape, is_lang, raw_markdown};
use crate::{Reading, licence_of, limits, storybook};
use base::{Refusal, Result};

pub(crate) fn markdown(reading: &mut Reading, name: &str, text: &str) -> Result<()> {
    large(text)?;
    if let Some(story) = storybook::story(name, text) {
        story.into_reading(reading);
        return Ok(());
    }
    let (facts, body) = front(text);
    for (key, value) in facts {
        match key.as_str() {
            "title" => reading.title = Some(value),
            "lang" | "language" if is_lang(&value) => reading.langs = vec![value],
            "licence" | "license" => reading.licence = Some(licence_of(&value).unwrap_or(value)),
            "author" | "authors" => {
                reading.authors = value
                    .split([',', ';'])
                    .map(|a| a.trim().to_owned())
                    .collect();
            }
            _ => {}
        }
    }
    let mut book = Book::default();
    let own = book.add(name, None, &raw_markdown(body), false);
    let title = crate::clean::title_of(&own.html);
    reading.title = reading.title.take().or(title);
    book.finish(reading, &mut NoFiles);
    say_something(reading)
}

pub(crate) fn html(reading: &mut Reading, name: &str, text: &str) -> Result<()> {
    large(text)?;
    let mut book = Book::default();
    let xml = text.trim_start().starts_with("<?xml");
    let own = book.add(name, None, text, xml);
    reading.title = own
        .title
        .clone()
        .or_else(|| crate::clean::title_of(&own.html));
    reading.langs.extend(own.lang.clone());
    reading.licence = own.licence.as_deref().and_then(licence_of);
    for (key, value) in &own.meta {
        match key.as_str() {
            "author" | "dc.creator" | "dcterms.creator" if reading.authors.len() < 50 => {
                reading.authors.push(value.trim().to_owned());
            }
            "dc.rights" | "dcterms.license" | "license" if reading.licence.is_none() => {
                reading.licence = licence_of(value);
            }
            _ => {}
        }
    }
    book.finish(reading, &mut NoFiles);
    say_something(reading)
}

pub(crate) fn text(reading: &mut Reading, name: &str, text: &str) -> Result<()> {
    large(text)?;
    let mut html = String::with_capacity(text.len() + 64);
    for paragraph in text.replace("\r\n", "\n").split("\n\n") {
        let paragraph = paragraph.trim();
        if !paragraph.is_empty() {
            html.push_str("<p>");
            html.push_str(&escape(paragraph).replace('\n', "<br>"));
            html.push_str("</p>");
        }
    }
    let mut book = Book::default();
    book.add(name, None, &html, false);
    book.finish(reading, &mut NoFiles);
    say_something(reading)
}

fn large(text: &str) -> Result<()> {
    if text.len() <= limits::TEXT {
        return Ok(());
    }
    Err(Refusal::about("file", "format-text-large")
        .with("most", limits::TEXT >> 20)
        .into())
}
fn say_something(reading: &Reading) -> Result<()> {
    if says_something(&reading.pages) || !reading.assets.is_empty() {
        return Ok(());
    }
    Err(Refusal::about("file", "format-text-empty").into())
}

/// What stands between lines of dashes at the start, one `key: value` a line.
fn front(text: &str) -> (Vec<(String, String)>, &str) {
    let start = text.trim_start_matches('\u{feff}');
    let Some(rest) = start
        .strip_prefix("---\n")
        .or_else(|| start.strip_prefix("---\r\n"))
    else {
        return (Vec::new(), start);
    };
    let Some(end) = rest.find("\n---") else {
        return (Vec::new(), start);
    };
    let (head, body) = rest.split_at(end);
    let facts = head
        .lines()
        .take(100)
        .filter_map(|line| line.split_once(':'))
        .map(|(key, value)| {
            let value = value.trim().trim_matches(['"', '\'']).trim();
            (key.trim().to_ascii_lowercase(), value.to_owned())
        })
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let body = body.trim_start_matches('\n').trim_start_matches('-');
    (facts, body)
}
