//! One row of a sheet: its figures, where, when and of whom, and why somebody must look at it. Pure.

use super::heads::{Column, Says};
use super::reading::{Frame, Head};
use super::{FileFigure, FileRow, Mark, cells};
use crate::claims::rules;
use crate::{EVERYBODY, Figure};
use base::Day;
use places::Found;
use sheets::{Field, Row};

/// Characters kept of a row's words.
const WORDS_MAX: usize = 600;

/// Reads the rows of a sheet.
pub(super) struct Reader<'a> {
    pub(super) heads: &'a [Head],
    pub(super) frame: &'a Frame,
    /// Some column says when.
    pub(super) dated: bool,
    pub(super) sheet: &'a str,
}

type Args = Vec<(String, String)>;

/// What is found in a row before its figures are.
struct Context {
    indicator: Option<String>,
    place: Option<String>,
    group: Option<String>,
    days: Option<(Day, Day)>,
    comparator: Option<crate::Comparator>,
    method: String,
    source: String,
}

impl Reader<'_> {
    fn says(&self, says: Says) -> Option<&Head> {
        self.heads
            .iter()
            .find(|head| head.what == Column::Says(says))
    }

    fn cell(&self, row: &Row<'_>, says: Says) -> String {
        self.says(says).map_or_else(String::new, |head| {
            row.cell(&head.column).raw().trim().to_owned()
        })
    }

    /// A row with its figures and marks; none when there is nothing in it to import or to ask.
    pub(super) fn row(&self, row: &Row<'_>) -> Option<FileRow> {
        let mut faults: Vec<(&'static str, Args)> = Vec::new();
        let cells = self.figures_of(row, &mut faults);
        if cells.is_empty() && faults.is_empty() {
            return None;
        }
        let context = self.context(row, &mut faults);
        let (from, to) = context.days.unwrap_or(self.frame.period);
        let mut figures = Vec::new();
        for (head, figure) in cells {
            let (own, group) = match &head.what {
                Column::Figures { indicator, group } => (
                    indicator.clone(),
                    Some(group.clone()).filter(|g| g != EVERYBODY),
                ),
                _ => (None, None),
            };
            let Some(indicator) = own.or_else(|| context.indicator.clone()) else {
                if self.says(Says::Indicator).is_none() {
                    faults.push((
                        "evidence-cell-no-indicator",
                        vec![("column".to_owned(), head.letter.clone())],
                    ));
                }
                continue;
            };
            let (Some(place), Some(of_row)) = (&context.place, &context.group) else {
                continue;
            };
            let figure = match context.comparator {
                Some(comparator) if figure.low == figure.high => {
                    rules::figure(comparator, figure.low, None, None).unwrap_or(figure)
                }
                _ => figure,
            };
            figures.push(FileFigure {
                indicator,
                group: group.unwrap_or_else(|| of_row.clone()),
                place: place.clone(),
                from,
                to,
                figure,
                method: context.method.clone(),
                source: context.source.clone(),
                column: head.letter.clone(),
            });
        }
        faults.dedup();
        let marks = self.marks(row, &context, &figures, faults);
        Some(FileRow {
            sheet: self.sheet.to_owned(),
            number: i64::try_from(row.number()).unwrap_or(i64::MAX),
            print: self.print(row, &figures, context.days),
            words: words(row),
            figures,
            marks,
        })
    }

    fn marks(
        &self,
        row: &Row<'_>,
        context: &Context,
        figures: &[FileFigure],
        faults: Vec<(&'static str, Args)>,
    ) -> Vec<Mark> {
        let mut marks = Vec::new();
        if row.hidden() {
            marks.push(Mark::HiddenRow);
        }
        let (first, last) = self.frame.period;
        match context.days {
            Some((from, to)) if from < first || to > last => marks.push(Mark::Outside { from, to }),
            // A cell that cannot be read as days says so itself.
            None if self.dated
                && !faults
                    .iter()
                    .any(|(key, _)| key.starts_with("evidence-cell-day")) =>
            {
                marks.push(Mark::Undated)
            }
            _ => {}
        }
        if !figures.is_empty() && row.cells().any(cells::is_total) {
            marks.push(Mark::Total);
        }
        let unread = |(key, args): (&str, Args)| Mark::Unreadable {
            key: key.to_owned(),
            args,
        };
        marks.extend(faults.into_iter().map(unread));
        marks
    }

    /// The cells with figures.
    fn figures_of(
        &self,
        row: &Row<'_>,
        faults: &mut Vec<(&'static str, Args)>,
    ) -> Vec<(&Head, Figure)> {
        let mut found = Vec::new();
        for head in self.heads {
            let own = matches!(
                head.what,
                Column::Figures { .. } | Column::Says(Says::Value)
            );
            if own && let Some(figure) = number(&row.cell(&head.column), &head.letter, faults) {
                found.push((head, figure));
            }
        }
        let mut end = |says| {
            let head = self.says(says)?;
            let figure = number(&row.cell(&head.column), &head.letter, faults)?;
            Some((head, figure.low.or(figure.high)))
        };
        let (low, high) = (end(Says::Low), end(Says::High));
        if let Some((head, _)) = low.or(high) {
            let ends = (low.and_then(|(_, n)| n), high.and_then(|(_, n)| n));
            match rules::figure(crate::Comparator::Equal, None, ends.0, ends.1) {
                Ok(figure) if ends.0.is_some() && ends.1.is_some() => found.push((head, figure)),
                Ok(_) => {
                    let comparator = if ends.0.is_some() {
                        crate::Comparator::AtLeast
                    } else {
                        crate::Comparator::AtMost
                    };
                    let value = ends.0.or(ends.1);
                    found.extend(
                        rules::figure(comparator, value, None, None)
                            .ok()
                            .map(|figure| (head, figure)),
                    );
                }
                Err(_) => faults.push((
                    "evidence-cell-ends",
                    vec![("column".to_owned(), head.letter.clone())],
                )),
            }
        }
        found
    }

    fn context(&self, row: &Row<'_>, faults: &mut Vec<(&'static str, Args)>) -> Context {
        let at = |says: Says, value: &str| {
            let column = self
                .says(says)
                .map_or_else(String::new, |head| head.letter.clone());
            vec![
                ("column".to_owned(), column),
                ("value".to_owned(), value.chars().take(60).collect()),
            ]
        };
        let named = self.cell(row, Says::Indicator);
        let indicator = self.frame.known.indicator(&named).map(str::to_owned);
        let only_named = self.heads.iter().any(|head| {
            matches!(
                &head.what,
                Column::Figures {
                    indicator: None,
                    ..
                } | Column::Says(Says::Value | Says::Low | Says::High)
            )
        });
        if indicator.is_none() && self.says(Says::Indicator).is_some() && only_named {
            faults.push(("evidence-cell-indicator", at(Says::Indicator, &named)));
        }
        let of = self.cell(row, Says::Group);
        let group = self.frame.known.group(&of).map(str::to_owned);
        if group.is_none() {
            faults.push(("evidence-cell-group", at(Says::Group, &of)));
        }
        let place = self
            .place(row)
            .map_err(|(key, says, value)| faults.push((key, at(says, &value))))
            .ok();
        let days = self.days(row, faults);
        let compared = self.cell(row, Says::Comparator);
        let comparator = cells::comparator(&compared).filter(|_| !compared.is_empty());
        if comparator.is_none() && !compared.is_empty() {
            faults.push(("evidence-cell-comparator", at(Says::Comparator, &compared)));
        }
        Context {
            indicator,
            place,
            group,
            days,
            comparator,
            method: cells::method(&self.cell(row, Says::Method)).to_owned(),
            source: self.cell(row, Says::Source),
        }
    }

    /// The finest place the row names: each name below the one before.
    fn place(&self, row: &Row<'_>) -> Result<String, (&'static str, Says, String)> {
        let (gazetteer, country) = (&self.frame.gazetteer, &self.frame.country);
        let mut below = country.clone();
        let (mut named, mut total) = (false, false);
        for fine in 0..=3 {
            let says = Says::Place(fine);
            let text = self.cell(row, says);
            total |= cells::is_total(&text);
            if text.is_empty() || cells::is_total(&text) {
                continue;
            }
            named = true;
            if gazetteer
                .get(&text)
                .is_some_and(|place| &place.country == country)
            {
                below = text;
                continue;
            }
            match gazetteer.resolve(&below, &text) {
                Found::One(place) => below.clone_from(&place.code),
                Found::Several(_) => return Err(("evidence-cell-place-several", says, text)),
                Found::Nothing => return Err(("evidence-cell-place", says, text)),
            }
        }
        let asked = self
            .heads
            .iter()
            .any(|head| matches!(head.what, Column::Says(Says::Place(_))));
        match (named, asked) {
            (true, _) => Ok(below),
            // A line of totals is about all of it, and asked about as such.
            (false, true) if total => Ok(below),
            (false, false) => Ok(self.frame.place.clone()),
            (false, true) => {
                let says = (0..=3)
                    .map(Says::Place)
                    .find(|says| self.says(*says).is_some());
                Err((
                    "evidence-cell-place-empty",
                    says.unwrap_or(Says::Place(3)),
                    String::new(),
                ))
            }
        }
    }

    /// The days the row speaks of; none when it has none.
    fn days(&self, row: &Row<'_>, faults: &mut Vec<(&'static str, Args)>) -> Option<(Day, Day)> {
        let mut ends: Vec<(Day, Day)> = Vec::new();
        for says in [Says::From, Says::To, Says::Period] {
            let Some(head) = self.says(says) else {
                continue;
            };
            let field = row.cell(&head.column);
            let text = field.raw().trim();
            if text.is_empty() {
                continue;
            }
            let read = cells::period(text).or_else(|| {
                let day = field.day().ok()??;
                Some((Day::from_date(day), Day::from_date(day)))
            });
            match read {
                Some(days) => ends.push(days),
                None => faults.push((
                    "evidence-cell-day",
                    vec![
                        ("column".to_owned(), head.letter.clone()),
                        ("value".to_owned(), text.chars().take(60).collect()),
                    ],
                )),
            }
        }
        let from = ends.iter().map(|(from, _)| *from).min()?;
        let to = ends.iter().map(|(_, to)| *to).max()?;
        Some((from, to))
    }

    /// The same for rows that say the same: what was counted, where, of whom, when, how many and the
    /// source; not the order of columns, the sheet, nor the report it came with.
    fn print(&self, row: &Row<'_>, figures: &[FileFigure], days: Option<(Day, Day)>) -> String {
        let said =
            |days: Option<(Day, Day)>| days.map_or_else(String::new, |(a, b)| format!("{a} {b}"));
        let number = |n: Option<i64>| n.map_or_else(String::new, |n| n.to_string());
        let mut parts: Vec<String> = figures
            .iter()
            .map(|f| {
                let Figure {
                    comparator,
                    low,
                    high,
                } = f.figure;
                [
                    &f.indicator,
                    &f.group,
                    &f.place,
                    comparator.code(),
                    &number(low),
                    &number(high),
                ]
                .join("~")
            })
            .collect();
        if figures.is_empty() {
            // What cannot be read is told again by its letters.
            parts.extend(
                row.cells()
                    .map(sheets::fold)
                    .filter(|cell| !cell.is_empty()),
            );
        }
        parts.sort_unstable();
        parts.push(said(days));
        parts.push(base::fold(&self.cell(row, Says::Source)));
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        rules::hashed(&parts)
    }
}

/// The figure of a cell; a fault when it is neither a figure nor empty.
fn number(
    field: &Field<'_>,
    letter: &str,
    faults: &mut Vec<(&'static str, Args)>,
) -> Option<Figure> {
    match field.whole(0, rules::FIGURE_MAX) {
        Ok(None) => None,
        Ok(Some(value)) => rules::figure(crate::Comparator::Equal, Some(value), None, None).ok(),
        Err(_) => cells::figure(field.raw()).or_else(|| {
            let value = field.raw().trim().chars().take(60).collect();
            faults.push((
                "evidence-cell-figure",
                vec![
                    ("column".to_owned(), letter.to_owned()),
                    ("value".to_owned(), value),
                ],
            ));
            None
        }),
    }
}

/// The row in its own words.
fn words(row: &Row<'_>) -> String {
    let cells = row.cells().map(str::trim).filter(|cell| !cell.is_empty());
    let all = cells.collect::<Vec<_>>().join(" · ");
    all.chars().take(WORDS_MAX).collect()
}
