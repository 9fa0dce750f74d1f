//! One value of a list or a record, and its four faces: page, JSON, CSV, spreadsheet.
//!
//! Unknown, not applicable and zero are three values everywhere.

use crate::html::{Html, link, paragraphs};
use crate::parts::tag;
use base::{Day, Lang, Moment, Names};
use lang::Words;
use serde_json::{Value, json};

/// How "not applicable" is written in CSV, JSON and spreadsheets. Unknown is empty, or null.
pub const NOT_APPLICABLE: &str = "n/a";

/// A column of a list, or a fact of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Name in JSON and CSV, snake case; its label is the text `column-{name}`.
    pub name: &'static str,
    pub kind: Kind,
    /// The HXL tag, for humanitarian exports.
    pub hxl: Option<&'static str>,
}

impl Column {
    /// A column without an HXL tag.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            hxl: None,
        }
    }
    /// With an HXL tag.
    #[must_use]
    pub const fn hxl(mut self, tag: &'static str) -> Self {
        self.hxl = Some(tag);
        self
    }
    /// Whether only programs want it: what a row is called in the store and how often it changed.
    /// Pages leave it out; JSON, CSV and spreadsheets keep it.
    pub fn is_for_programs(&self) -> bool {
        matches!(self.name, "id" | "version")
            || (self.kind == Kind::Id && self.name.ends_with("_id"))
    }
    /// Its label.
    pub fn label(&self, words: &Words) -> String {
        words.code("column", self.name)
    }
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A code of a vocabulary; a vocabulary whose name ends in `state` is shown as tags.
    Code(&'static str),
    Whole,
    Decimal,
    /// A fraction of one, shown as a percentage.
    Share,
    Day,
    Moment,
    Yes,
    Link,
    Id,
    Names,
    /// Long text.
    Words,
}

impl Kind {
    /// Numbers stand at the end of their column.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Whole | Self::Decimal | Self::Share)
    }
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Unknown,
    NotApplicable,
    Text(String),
    Code(String),
    Whole(i64),
    Decimal(f64),
    Share(f64),
    Day(Day),
    Moment(Moment),
    Yes(bool),
    Link { href: String, text: String },
    Names(Names),
}

impl Cell {
    /// The value, or unknown.
    pub fn or_unknown<T: Into<Self>>(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Into::into)
    }
    /// The value, or not applicable.
    pub fn or_not_applicable<T: Into<Self>>(value: Option<T>) -> Self {
        value.map_or(Self::NotApplicable, Into::into)
    }
    /// A code.
    pub fn code(code: impl Into<String>) -> Self {
        Self::Code(code.into())
    }
    /// A link.
    pub fn link(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self::Link {
            href: href.into(),
            text: text.into(),
        }
    }
}

macro_rules! from {
    ($($kind:ty => $to:ident),*) => { $(impl From<$kind> for Cell {
        fn from(value: $kind) -> Self {
            Self::$to(value.into())
        }
    })* };
}
from!(&str => Text, String => Text, i64 => Whole, f64 => Decimal, Day => Day, Moment => Moment,
    bool => Yes, Names => Names);
impl From<base::Id> for Cell {
    fn from(id: base::Id) -> Self {
        Self::Text(id.to_string())
    }
}

/// A value as a program's spreadsheet cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed {
    Empty,
    Text(String),
    Whole(i64),
    Decimal(f64),
    /// A fraction of one.
    Share(f64),
    Day(Day),
    Moment(Moment),
    Yes(bool),
}

/// The value on a page.
pub fn cell_html(words: &Words, kind: Kind, cell: &Cell) -> Html {
    match (cell, kind) {
        (Cell::Unknown, _) => html!("<i>{}</i>", words.say("unknown")),
        (Cell::NotApplicable, _) => html!("<i>{}</i>", words.say("not-applicable")),
        (Cell::Text(text), Kind::Words) => paragraphs(text),
        (Cell::Text(text) | Cell::Code(text), Kind::Id) => html!("<code>{}</code>", text),
        (Cell::Code(code) | Cell::Text(code), Kind::Code(vocabulary)) => {
            let label = words.code(vocabulary, code);
            if vocabulary.ends_with("state") {
                tag(code, &label)
            } else {
                html!("{}", label)
            }
        }
        (Cell::Text(text) | Cell::Code(text), _) => html!("<bdi>{}</bdi>", text),
        (Cell::Whole(number), _) => html!("<bdi>{}</bdi>", words.number(*number)),
        (Cell::Decimal(number), _) => html!("<bdi>{}</bdi>", short(words, *number)),
        (Cell::Share(share), _) => html!("<bdi>{}</bdi>", words.share(*share)),
        (Cell::Day(day), _) => {
            html!("<time datetime=\"{}\">{}</time>", day, words.day(*day))
        }
        (Cell::Moment(moment), _) => {
            let machine = moment.to_string();
            html!(
                "<time datetime=\"{}\">{}</time>",
                machine,
                words.moment(*moment)
            )
        }
        (Cell::Yes(yes), _) => html!("{}", words.say(if *yes { "yes" } else { "no" })),
        (Cell::Link { href, text }, _) => link(href, html!("<bdi>{}</bdi>", text)),
        (Cell::Names(names), _) => html!("<bdi>{}</bdi>", words.name(names)),
    }
}

/// The value in JSON: unknown is null, not applicable is `"n/a"`.
pub fn cell_json(cell: &Cell) -> Value {
    match cell {
        Cell::Unknown => Value::Null,
        Cell::NotApplicable => json!(NOT_APPLICABLE),
        Cell::Text(text) | Cell::Code(text) => json!(text),
        Cell::Whole(number) => json!(number),
        Cell::Decimal(number) | Cell::Share(number) => json!(number),
        Cell::Day(day) => json!(day.to_string()),
        Cell::Moment(moment) => json!(moment.to_string()),
        Cell::Yes(yes) => json!(yes),
        Cell::Link { href, text } => json!({ "href": href, "text": text }),
        Cell::Names(names) => json!(names),
    }
}

/// The value in CSV: unknown is empty, not applicable is `n/a`. Quoting is the writer's.
pub fn cell_csv(lang: Lang, cell: &Cell) -> String {
    match typed(lang, cell) {
        Typed::Empty => String::new(),
        Typed::Text(text) => text,
        Typed::Whole(number) => number.to_string(),
        Typed::Decimal(number) | Typed::Share(number) => number.to_string(),
        Typed::Day(day) => day.to_string(),
        Typed::Moment(moment) => moment.to_string(),
        Typed::Yes(yes) => if yes { "yes" } else { "no" }.to_owned(),
    }
}

/// The value in a spreadsheet: unknown is empty, not applicable is the text `n/a`.
pub fn typed(lang: Lang, cell: &Cell) -> Typed {
    match cell {
        Cell::Unknown => Typed::Empty,
        Cell::NotApplicable => Typed::Text(NOT_APPLICABLE.to_owned()),
        Cell::Text(text) | Cell::Code(text) | Cell::Link { text, .. } => Typed::Text(text.clone()),
        Cell::Whole(number) => Typed::Whole(*number),
        Cell::Decimal(number) if number.is_finite() => Typed::Decimal(*number),
        Cell::Share(number) if number.is_finite() => Typed::Share(*number),
        Cell::Decimal(_) | Cell::Share(_) => Typed::Empty,
        Cell::Day(day) => Typed::Day(*day),
        Cell::Moment(moment) => Typed::Moment(*moment),
        Cell::Yes(yes) => Typed::Yes(*yes),
        Cell::Names(names) => Typed::Text(names.get(lang).to_owned()),
    }
}

/// As few decimals as tell the number, two at most.
fn short(words: &Words, number: f64) -> String {
    let hundredths = (number * 100.0).round();
    let places = if hundredths % 100.0 == 0.0 {
        0
    } else {
        1 + usize::from(hundredths % 10.0 != 0.0)
    };
    words.decimal(number, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_not_applicable_and_zero_differ_everywhere() {
        let words = crate::testing::words(Lang::En);
        let three = [Cell::Unknown, Cell::NotApplicable, Cell::Whole(0)];
        let faces = |face: &dyn Fn(&Cell) -> String| three.iter().map(face).collect::<Vec<_>>();
        assert_eq!(faces(&|c| cell_csv(Lang::En, c)), ["", "n/a", "0"]);
        assert_eq!(
            faces(&|c| cell_json(c).to_string()),
            ["null", "\"n/a\"", "0"]
        );
        assert_eq!(
            faces(&|c| cell_html(&words, Kind::Whole, c).into_string()),
            ["<i>Unknown</i>", "<i>Not applicable</i>", "<bdi>0</bdi>"]
        );
        assert_eq!(typed(Lang::En, &three[0]), Typed::Empty);
        assert_eq!(typed(Lang::En, &three[2]), Typed::Whole(0));
    }

    #[test]
    fn a_value_is_written_for_its_reader() {
        let words = crate::testing::words(Lang::Fr);
        let html = |kind, cell: Cell| cell_html(&words, kind, &cell).into_string();
        assert_eq!(html(Kind::Whole, 1_234.into()), "<bdi>1\u{202f}234</bdi>");
        assert_eq!(html(Kind::Decimal, 2.50.into()), "<bdi>2,5</bdi>");
        assert_eq!(
            html(Kind::Share, Cell::Share(0.123)),
            "<bdi>12,3\u{202f}%</bdi>"
        );
        assert_eq!(html(Kind::Yes, true.into()), "Oui");
        assert_eq!(html(Kind::Text, "<x>".into()), "<bdi>&lt;x&gt;</bdi>");
        assert_eq!(
            html(Kind::Day, Day::parse("2026-11-21").unwrap().into()),
            "<time datetime=\"2026-11-21\">21 novembre 2026</time>"
        );
        assert_eq!(
            html(Kind::Link, Cell::link("javascript:x", "a")),
            "<bdi>a</bdi>"
        );
        assert_eq!(
            cell_csv(Lang::Ar, &Names::three("School", "", "مدرسة").into()),
            "مدرسة"
        );
    }
}
