//! What this room shows.

pub(crate) mod countries;
pub(crate) mod imports;
pub(crate) mod schools;

use crate::place::Place;
use base::Lang;
use lang::Words;
use ui::{Cell, Html, Link};

/// Cuts a page of a list: one row more was read than is shown.
fn cut<T>(mut rows: Vec<T>, limit: i64) -> (Vec<T>, bool) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    (rows, more)
}

/// The way down to a place: countries, the country, its areas.
fn way(words: &Words, country: &str, around: &[Place]) -> Vec<Link> {
    let mut links = vec![Link::new("/countries", words.say("countries-title"))];
    for place in around.iter().rev() {
        let (href, name) = match place.level {
            0 => (format!("/countries/{}", place.code), country.to_owned()),
            _ => (format!("/places/{}", place.code), place.name.clone()),
        };
        links.push(Link::new(href, name));
    }
    links
}

/// A number that is known, or unknown.
fn whole(number: Option<i64>) -> Cell {
    Cell::or_unknown(number)
}

/// A figure about a country, written as its unit asks: shares, rates, counts.
#[expect(
    clippy::cast_possible_truncation,
    reason = "counts of people stay below 2^53"
)]
fn figure(words: &Words, indicator: &str, value: f64) -> String {
    if indicator.ends_with("_percent") {
        return words.share(value / 100.0);
    }
    let counted = value.fract() == 0.0 && value.abs() >= 100.0;
    if counted {
        words.number(value as i64)
    } else {
        words.decimal(value, 2)
    }
}

/// A text, or the word for unknown.
fn or_unknown(words: &Words, text: Option<String>) -> Html {
    match text {
        Some(text) => ui::html!("<bdi>{}</bdi>", text),
        None => ui::html!("<i>{}</i>", words.say("unknown")),
    }
}

/// A country's name among the names, its code when it has none.
fn named(names: &base::Names, code: &str, lang: Lang) -> String {
    let name = names.get(lang);
    if name.is_empty() {
        code.to_owned()
    } else {
        name.to_owned()
    }
}
