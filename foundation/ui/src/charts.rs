//! Charts as plain SVG: the words and numbers stand beside the marks, so colour is never alone.
//!
//! Bars fill the width there is; nothing is written inside a mark. Numbers come from the caller;
//! a chart never adds up what it is not told to.

use crate::html::Html;
use crate::table::plain_table;
use lang::Words;

pub use crate::ranges::{Range, between, ranges};

/// How the numbers of a chart are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    Whole,
    /// Fractions of one, as percentages.
    Share,
    /// So many decimals.
    Decimal(usize),
}

impl As {
    /// A number in words; unknown when there is none.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole numbers stay below 2^53"
    )]
    pub fn say(self, words: &Words, value: Option<f64>) -> String {
        match (self, value) {
            (_, None) => words.say("unknown"),
            (Self::Whole, Some(number)) => words.number(number.round() as i64),
            (Self::Share, Some(number)) => words.share(number),
            (Self::Decimal(places), Some(number)) => words.decimal(number, places),
        }
    }
}

/// A labelled number; none is unknown, which is not zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub label: String,
    pub value: Option<f64>,
}

impl Bar {
    /// A known number.
    pub fn new(label: impl Into<String>, value: f64) -> Self {
        Self {
            label: label.into(),
            value: Some(value),
        }
    }
}

/// A name and its numbers, one for each series.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub label: String,
    pub values: Vec<Option<f64>>,
}

/// The chart with its title, in a frame.
pub(crate) fn frame(title: &str, inside: &Html) -> Html {
    html!(
        "<figure class=\"chart\"><figcaption>{}</figcaption>{}</figure>",
        title,
        inside
    )
}

/// Figures behind a chart, folded away.
pub(crate) fn behind(words: &Words, title: &str, head: &[String], rows: &[Vec<Html>]) -> Html {
    html!(
        "<details><summary>{}</summary>{}</details>",
        words.say("ui-chart-table"),
        plain_table(title, head, rows)
    )
}

fn nothing(words: &Words, title: &str) -> Html {
    frame(title, &html!("<p>{}</p>", words.say("ui-chart-none")))
}

fn top<'a>(values: impl Iterator<Item = &'a Option<f64>>) -> f64 {
    values
        .flatten()
        .copied()
        .filter(|v| v.is_finite())
        .fold(0.0, f64::max)
}

/// A share of the width in a thousand, as short as can be.
fn width(value: f64, most: f64) -> String {
    let thousandths = if most > 0.0 {
        (value / most * 1000.0).clamp(0.0, 1000.0)
    } else {
        0.0
    };
    format!("{thousandths:.0}")
}

fn strip(title: &str, inside: &Html) -> Html {
    html!(
        "<svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" role=\"img\"><title>{}</title>{}</svg>",
        title,
        inside
    )
}

/// Bars under each other, longest number as wide as the page.
pub fn bars(words: &Words, title: &str, list: &[Bar], how: As) -> Html {
    if list.is_empty() {
        return nothing(words, title);
    }
    let most = top(list.iter().map(|bar| &bar.value));
    let lines = list.iter().map(|bar| {
        let says = how.say(words, bar.value);
        let mark = bar.value.map(|value| {
            html!(
                "<rect class=\"s5\" width=\"{}\" height=\"10\"/>",
                width(value, most)
            )
        });
        // The words beside it say all: only the eye needs the bar.
        html!(
            "<li><span>{}</span><bdi>{}</bdi><svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">{}</svg></li>",
            bar.label,
            says,
            mark
        )
    });
    frame(
        title,
        &html!("<ul class=\"bars\">{}</ul>", lines.collect::<Html>()),
    )
}

/// Parts of a whole, one strip for each row, all on one scale. `classes` name the fills `s0` to `s8`.
pub fn stacked(words: &Words, title: &str, series: &[(String, u8)], rows: &[Row], how: As) -> Html {
    if rows.is_empty() {
        return nothing(words, title);
    }
    let sums: Vec<f64> = rows
        .iter()
        .map(|row| row.values.iter().flatten().sum())
        .collect();
    let most = sums.iter().copied().fold(0.0, f64::max);
    let lines = rows.iter().zip(&sums).map(|(row, sum)| {
        let total = how.say(words, Some(*sum));
        let (marks, says) = segments(words, series, row, most, how);
        let svg = strip(&format!("{}: {}", row.label, says.join(", ")), &marks);
        html!(
            "<li><span>{}</span><bdi>{}</bdi>{}</li>",
            row.label,
            total,
            svg
        )
    });
    let lines: Html = lines.collect();
    let mut head = vec![words.say("ui-chart-name")];
    head.extend(series.iter().map(|(label, _)| label.clone()));
    let table = behind(words, title, &head, &table_rows(words, rows, how));
    frame(
        title,
        &html!(
            "{}<ul class=\"bars\">{}</ul>{}",
            legend(words, series, rows, how),
            lines,
            table
        ),
    )
}

fn segments(
    words: &Words,
    series: &[(String, u8)],
    row: &Row,
    most: f64,
    how: As,
) -> (Html, Vec<String>) {
    let mut from = 0.0;
    let mut marks = Html::new();
    let mut says = Vec::new();
    for ((label, class), value) in series.iter().zip(&row.values) {
        let Some(value) = value.filter(|value| *value > 0.0) else {
            continue;
        };
        marks.push(html!(
            "<rect class=\"s{}\" x=\"{}\" width=\"{}\" height=\"10\"/>",
            u32::from(*class),
            width(from, most),
            width(value, most)
        ));
        says.push(format!("{label} {}", how.say(words, Some(value))));
        from += value;
    }
    (marks, says)
}

/// What each fill means; with one row, its number too.
fn legend(words: &Words, series: &[(String, u8)], rows: &[Row], how: As) -> Html {
    let only = if let [row] = rows { Some(row) } else { None };
    let items = series.iter().enumerate().map(|(place, (label, class))| {
        let number = only
            .and_then(|row| row.values.get(place))
            .map(|value| html!(" <bdi>{}</bdi>", how.say(words, *value)));
        html!("<li>{}{}{}</li>", swatch(*class), label, number)
    });
    html!("<ul class=\"legend\">{}</ul>", items.collect::<Html>())
}

pub(crate) fn swatch(class: u8) -> Html {
    let class = u32::from(class);
    html!(
        "<svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"s{}\" width=\"10\" height=\"10\"/></svg>",
        class
    )
}

fn table_rows(words: &Words, rows: &[Row], how: As) -> Vec<Vec<Html>> {
    let line = |row: &Row| {
        let mut cells = vec![html!("{}", row.label)];
        let numbers = row
            .values
            .iter()
            .map(|v| html!("<bdi>{}</bdi>", how.say(words, *v)));
        cells.extend(numbers);
        cells
    };
    rows.iter().map(line).collect()
}

/// The buckets every unit of a need line is in, in their order.
pub const BUCKETS: [&str; 8] = [
    "uncovered",
    "proposed",
    "committed",
    "in_transit",
    "delivered",
    "confirmed",
    "returned",
    "lost",
];

/// Where the units of need lines are: numbers in the order of [`BUCKETS`].
pub fn buckets(words: &Words, title: &str, rows: &[(String, [i64; 8])]) -> Html {
    let series: Vec<(String, u8)> = BUCKETS
        .iter()
        .zip(0..)
        .map(|(code, class)| (words.code("bucket", code), class))
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "counts stay below 2^53")]
    let rows: Vec<Row> = rows
        .iter()
        .map(|(label, numbers)| Row {
            label: label.clone(),
            values: numbers.iter().map(|n| Some(*n as f64)).collect(),
        })
        .collect();
    stacked(words, title, &series, &rows, As::Whole)
}

/// Two numbers for each name, such as with and without a rule.
pub fn paired(words: &Words, title: &str, names: [&str; 2], rows: &[Row], how: As) -> Html {
    if rows.is_empty() {
        return nothing(words, title);
    }
    let most = top(rows.iter().flat_map(|row| &row.values));
    let series = [(names[0].to_owned(), 5), (names[1].to_owned(), 6)];
    let lines = rows.iter().map(|row| {
        let pair = series
            .iter()
            .zip(&row.values)
            .map(|((name, class), value)| {
                let says = how.say(words, *value);
                let mark = value.map(|value| {
                    html!(
                        "<rect class=\"s{}\" width=\"{}\" height=\"10\"/>",
                        u32::from(*class),
                        width(value, most)
                    )
                });
                let title = format!("{}, {name}: {says}", row.label);
                html!("<bdi>{}</bdi>{}", says, strip(&title, &html!("{}", mark)))
            });
        html!(
            "<li class=\"pair\"><span>{}</span>{}</li>",
            row.label,
            pair.collect::<Html>()
        )
    });
    let lines: Html = lines.collect();
    let head = [
        words.say("ui-chart-name"),
        names[0].to_owned(),
        names[1].to_owned(),
    ];
    let table = behind(words, title, &head, &table_rows(words, rows, how));
    let legend = legend(words, &series, &[], how);
    frame(
        title,
        &html!("{}<ul class=\"bars\">{}</ul>{}", legend, lines, table),
    )
}

const WIDE: f64 = 320.0;
const HIGH: f64 = 96.0;

/// A small line over time; an unknown number leaves a gap. Time runs from left to right.
pub fn line(words: &Words, title: &str, list: &[Bar], how: As) -> Html {
    let known: Vec<f64> = list.iter().filter_map(|bar| bar.value).collect();
    let (Some(first), Some(last), false) = (list.first(), list.last(), known.is_empty()) else {
        return nothing(words, title);
    };
    let high = known.iter().copied().fold(f64::MIN, f64::max);
    let low = known.iter().copied().fold(f64::MAX, f64::min);
    let floor = low.min(0.0);
    let says = |value| how.say(words, value);
    let told = words.say_with(
        "ui-chart-line",
        &[
            ("first", first.label.as_str().into()),
            ("from", says(first.value).into()),
            ("last", last.label.as_str().into()),
            ("to", says(last.value).into()),
            ("low", says(Some(low)).into()),
            ("high", says(Some(high)).into()),
        ],
    );
    let (path, dots) = trace(list, floor, high);
    let svg = html!(
        "<svg class=\"line\" viewBox=\"0 0 320 132\" role=\"img\" direction=\"ltr\"><title>{}</title><desc>{}</desc><path class=\"grid\" d=\"M0 16h320M0 112h320\"/><path class=\"trace\" d=\"{}\"/><path class=\"dots\" d=\"{}\"/><text y=\"11\">{}</text><text y=\"108\">{}</text><text y=\"128\">{}</text><text x=\"320\" y=\"128\" text-anchor=\"end\">{}</text></svg>",
        title,
        told,
        path,
        dots,
        says(Some(high)),
        if floor < high {
            says(Some(floor))
        } else {
            String::new()
        },
        first.label,
        if list.len() > 1 {
            last.label.as_str()
        } else {
            ""
        }
    );
    let rows: Vec<Vec<Html>> = list
        .iter()
        .map(|bar| {
            vec![
                html!("{}", bar.label),
                html!("<bdi>{}</bdi>", says(bar.value)),
            ]
        })
        .collect();
    let head = ["ui-chart-name", "ui-chart-value"].map(|key| words.say(key));
    let table = behind(words, title, &head, &rows);
    frame(title, &html!("{}<p>{}</p>{}", svg, told, table))
}

#[expect(clippy::cast_precision_loss, reason = "a chart has few points")]
fn trace(list: &[Bar], floor: f64, high: f64) -> (String, String) {
    let across = (WIDE - 12.0) / (list.len().max(2) - 1) as f64;
    let span = if high > floor { high - floor } else { 1.0 };
    let (mut path, mut dots, mut on) = (String::new(), String::new(), false);
    for (place, bar) in list.iter().enumerate() {
        let Some(value) = bar.value else {
            on = false;
            continue;
        };
        let x = 6.0 + across * place as f64;
        let y = 16.0 + HIGH - (value - floor) / span * HIGH;
        path.push_str(&format!("{}{x:.1} {y:.1}", if on { 'L' } else { 'M' }));
        dots.push_str(&format!("M{x:.1} {y:.1}h0"));
        on = true;
    }
    (path, dots)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::Lang;

    #[test]
    fn an_unknown_number_is_said_and_has_no_bar() {
        let words = crate::testing::words(Lang::En);
        let list = [
            Bar::new("A", 10.0),
            Bar {
                label: "B".to_owned(),
                value: None,
            },
            Bar::new("C", 0.0),
        ];
        let html = bars(&words, "T", &list, As::Whole).into_string();
        assert_eq!(html.matches("<rect").count(), 2);
        assert!(html.contains("<span>B</span><bdi>Unknown</bdi>"), "{html}");
        assert!(html.contains("<span>C</span><bdi>0</bdi>"), "{html}");
    }

    #[test]
    fn stacked_parts_touch_and_fill_the_whole() {
        let words = crate::testing::words(Lang::En);
        let rows = [("Desks".to_owned(), [250, 250, 0, 0, 0, 500, 0, 0])];
        let html = buckets(&words, "Units", &rows).into_string();
        for part in [
            "class=\"s0\" x=\"0\" width=\"250\"",
            "class=\"s1\" x=\"250\" width=\"250\"",
            "class=\"s5\" x=\"500\" width=\"500\"",
            "<title>Desks: Uncovered 250, Proposed 250, Confirmed 500</title>",
            "<details>",
        ] {
            assert!(html.contains(part), "{part}: {html}");
        }
    }

    #[test]
    fn a_gap_breaks_the_line() {
        let list = [
            Bar::new("1", 0.0),
            Bar {
                label: "2".to_owned(),
                value: None,
            },
            Bar::new("3", 4.0),
        ];
        assert_eq!(trace(&list, 0.0, 4.0).0, "M6.0 112.0M314.0 16.0");
    }
}
