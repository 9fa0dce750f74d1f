//! What must be asked of a file, and what the answers let in. Pure.

use super::{About, FileFigure, FileRow, Mark, Question};
use base::{Refusal, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Every question of a file: whole sheets and columns first, then its rows in their order.
pub(crate) fn all(wholes: &[(String, Option<String>, Mark)], rows: &[FileRow]) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    for (sheet, column, mark) in wholes {
        let about = column.clone().map_or(About::Sheet, About::Column);
        // A sheet may have several reasons; each is a question of its own.
        questions.push(Question {
            position: 0,
            sheet: sheet.clone(),
            about,
            marks: vec![mark.clone()],
            words: String::new(),
            answer: None,
        });
    }
    let doubtful = rows.iter().filter(|row| !row.marks.is_empty());
    questions.extend(doubtful.map(|row| Question {
        position: 0,
        sheet: row.sheet.clone(),
        about: About::Row(row.number),
        marks: row.marks.clone(),
        words: row.words.clone(),
        answer: None,
    }));
    for (question, position) in questions.iter_mut().zip(0..) {
        question.position = position;
    }
    questions
}

/// The figures the answers let in, with their row: every question that touches one must have been
/// answered with yes.
///
/// # Errors
/// Refused while a question has no answer, or a sheet that cannot be read is needed.
pub(crate) fn let_in<'a>(
    rows: &'a [FileRow],
    questions: &[Question],
) -> Result<Vec<(&'a FileRow, &'a FileFigure)>> {
    let open = questions.iter().filter(|q| q.answer.is_none()).count();
    if open > 0 {
        return Err(Refusal::whole("evidence-questions-open")
            .with("n", open)
            .into());
    }
    let mut no: BTreeMap<&str, Vec<&About>> = BTreeMap::new();
    for question in questions.iter().filter(|q| q.answer == Some(false)) {
        let needed = question
            .marks
            .iter()
            .any(|mark| matches!(mark, Mark::SheetUnreadable { .. }));
        if needed {
            let refusal = Refusal::whole("evidence-sheet-needed");
            return Err(refusal.with("sheet", question.sheet.as_str()).into());
        }
        no.entry(&question.sheet).or_default().push(&question.about);
    }
    let context: BTreeMap<&str, Vec<&str>> = figure_columns(rows);
    let keeps = |row: &FileRow, figure: &FileFigure| {
        let kept_out = no
            .get(row.sheet.as_str())
            .map(Vec::as_slice)
            .unwrap_or_default();
        !kept_out.iter().any(|about| match about {
            About::Sheet => true,
            About::Row(number) => *number == row.number,
            // A column without figures of its own carries all of them.
            About::Column(letter) => {
                let own = context
                    .get(row.sheet.as_str())
                    .is_some_and(|columns| columns.contains(&letter.as_str()));
                *letter == figure.column || !own
            }
        })
    };
    let each = rows
        .iter()
        .flat_map(|row| row.figures.iter().map(move |figure| (row, figure)));
    Ok(each.filter(|(row, figure)| keeps(row, figure)).collect())
}

/// The columns of each sheet that hold figures.
fn figure_columns(rows: &[FileRow]) -> BTreeMap<&str, Vec<&str>> {
    let mut out: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in rows {
        let columns = out.entry(&row.sheet).or_default();
        for figure in &row.figures {
            if !columns.contains(&figure.column.as_str()) {
                columns.push(&figure.column);
            }
        }
    }
    out
}

// ---- as they are kept

impl Mark {
    fn to_json(&self) -> Value {
        let mut out = match self {
            Self::HiddenSheet | Self::HiddenRow | Self::Undated | Self::Total => json!({}),
            Self::HiddenColumn { header, figures } => {
                json!({ "header": header, "figures": figures })
            }
            Self::Outside { from, to } => json!({ "from": from.to_string(), "to": to.to_string() }),
            Self::NoDays { rows } => json!({ "rows": rows }),
            Self::Twice { row, sheet } => json!({ "row": row, "sheet": sheet }),
            Self::Received { files, first, last } => {
                json!({ "files": files, "first": first.micros(), "last": last.micros() })
            }
            Self::Stands { claims } => json!({ "claims": claims }),
            Self::Unreadable { key, args } | Self::SheetUnreadable { key, args } => {
                json!({ "key": key, "args": args })
            }
        };
        if let Some(object) = out.as_object_mut() {
            object.insert("mark".to_owned(), self.code().into());
        }
        out
    }

    fn from_json(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
        let whole = |name: &str| value.get(name).and_then(Value::as_i64);
        let day = |name: &str| base::Day::parse(&text(name)?);
        let moment = |name: &str| whole(name).map(base::Moment::from_micros);
        let said = || {
            Some((
                text("key")?,
                serde_json::from_value(value.get("args")?.clone()).ok()?,
            ))
        };
        Some(match text("mark")?.as_str() {
            "hidden_sheet" => Self::HiddenSheet,
            "hidden_column" => Self::HiddenColumn {
                header: text("header")?,
                figures: whole("figures")?,
            },
            "hidden" => Self::HiddenRow,
            "outside" => Self::Outside {
                from: day("from")?,
                to: day("to")?,
            },
            "no_days" => Self::NoDays {
                rows: whole("rows")?,
            },
            "undated" => Self::Undated,
            "total" => Self::Total,
            "twice" => Self::Twice {
                row: whole("row")?,
                sheet: text("sheet")?,
            },
            "received" => Self::Received {
                files: whole("files")?,
                first: moment("first")?,
                last: moment("last")?,
            },
            "stands" => Self::Stands {
                claims: whole("claims")?,
            },
            "unreadable" => said().map(|(key, args)| Self::Unreadable { key, args })?,
            "sheet_unreadable" => said().map(|(key, args)| Self::SheetUnreadable { key, args })?,
            _ => return None,
        })
    }
}

/// A question as it is kept, without its answer.
pub(crate) fn kept(question: &Question) -> String {
    let (row, column) = match &question.about {
        About::Sheet => (None, None),
        About::Column(letter) => (None, Some(letter)),
        About::Row(number) => (Some(number), None),
    };
    let marks: Vec<Value> = question.marks.iter().map(Mark::to_json).collect();
    json!({ "sheet": question.sheet, "row": row, "column": column, "words": question.words, "marks": marks })
        .to_string()
}

/// A question as it was kept.
pub(crate) fn told(position: i64, text: &str, answer: Option<bool>) -> Option<Question> {
    let value: Value = serde_json::from_str(text).ok()?;
    let about = match (
        value.get("row").and_then(Value::as_i64),
        value.get("column").and_then(Value::as_str),
    ) {
        (Some(row), _) => About::Row(row),
        (None, Some(column)) => About::Column(column.to_owned()),
        (None, None) => About::Sheet,
    };
    let marks: Option<Vec<Mark>> = value
        .get("marks")?
        .as_array()?
        .iter()
        .map(Mark::from_json)
        .collect();
    Some(Question {
        position,
        sheet: value.get("sheet")?.as_str()?.to_owned(),
        about,
        marks: marks?,
        words: value.get("words")?.as_str()?.to_owned(),
        answer,
    })
}

/// The figures of a row as they are kept.
pub(crate) fn figures_kept(figures: &[FileFigure]) -> String {
    let one = |f: &FileFigure| {
        json!([
            f.indicator,
            f.group,
            f.place,
            f.from.to_string(),
            f.to.to_string(),
            f.figure.comparator.code(),
            f.figure.low,
            f.figure.high,
            f.method,
            f.source,
            f.column
        ])
    };
    Value::Array(figures.iter().map(one).collect()).to_string()
}

/// The figures of a row as they were kept.
pub(crate) fn figures_told(text: &str) -> Option<Vec<FileFigure>> {
    let list: Vec<Value> = serde_json::from_str(text).ok()?;
    list.iter()
        .map(|one| {
            let text = |at: usize| one.get(at).and_then(Value::as_str).map(str::to_owned);
            let whole = |at: usize| one.get(at).and_then(Value::as_i64);
            Some(FileFigure {
                indicator: text(0)?,
                group: text(1)?,
                place: text(2)?,
                from: base::Day::parse(&text(3)?)?,
                to: base::Day::parse(&text(4)?)?,
                figure: crate::Figure {
                    comparator: crate::Comparator::parse(&text(5)?)?,
                    low: whole(6),
                    high: whole(7),
                },
                method: text(8)?,
                source: text(9)?,
                column: text(10)?,
            })
        })
        .collect()
}

/// A reading as it travels from reading to keeping.
impl super::reading::Reading {
    /// As text.
    pub(crate) fn kept(&self) -> String {
        let marks = |marks: &[Mark]| Value::Array(marks.iter().map(Mark::to_json).collect());
        let row = |row: &FileRow| {
            json!([
                row.sheet,
                row.number,
                row.print,
                row.words,
                figures_kept(&row.figures),
                marks(&row.marks)
            ])
        };
        let rows: Vec<Value> = self.rows.iter().map(row).collect();
        let whole = |(sheet, column, mark): &(String, Option<String>, Mark)| {
            json!([sheet, column, mark.to_json()])
        };
        let wholes: Vec<Value> = self.wholes.iter().map(whole).collect();
        json!({ "rows": rows, "wholes": wholes, "notes": self.notes }).to_string()
    }

    /// From text.
    pub(crate) fn told(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let list = |name: &str| {
            value
                .get(name)
                .and_then(Value::as_array)
                .cloned()
                .unwrap_or_default()
        };
        let row = |one: &Value| {
            let text = |at: usize| one.get(at).and_then(Value::as_str).map(str::to_owned);
            let marks: Option<Vec<Mark>> = one
                .get(5)?
                .as_array()?
                .iter()
                .map(Mark::from_json)
                .collect();
            Some(FileRow {
                sheet: text(0)?,
                number: one.get(1)?.as_i64()?,
                print: text(2)?,
                words: text(3)?,
                figures: figures_told(&text(4)?)?,
                marks: marks?,
            })
        };
        let whole = |one: &Value| {
            let sheet = one.get(0)?.as_str()?.to_owned();
            let column = one.get(1)?.as_str().map(str::to_owned);
            Some((sheet, column, Mark::from_json(one.get(2)?)?))
        };
        Some(Self {
            rows: list("rows").iter().map(row).collect::<Option<_>>()?,
            wholes: list("wholes").iter().map(whole).collect::<Option<_>>()?,
            notes: list("notes"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> base::Day {
        base::Day::parse(text).unwrap()
    }

    fn figure(column: &str, value: i64) -> FileFigure {
        FileFigure {
            indicator: "learners_reached".to_owned(),
            group: "girls".to_owned(),
            place: "HN15".to_owned(),
            from: day("2026-07-01"),
            to: day("2026-09-30"),
            figure: crate::Figure {
                comparator: crate::Comparator::Equal,
                low: Some(value),
                high: Some(value),
            },
            method: "other".to_owned(),
            source: "lists".to_owned(),
            column: column.to_owned(),
        }
    }

    fn row(number: i64, marks: Vec<Mark>) -> FileRow {
        FileRow {
            sheet: "Data".to_owned(),
            number,
            print: number.to_string(),
            words: "words".to_owned(),
            figures: vec![figure("D", number), figure("E", number + 100)],
            marks,
        }
    }

    fn hidden(column: &str) -> (String, Option<String>, Mark) {
        let mark = Mark::HiddenColumn {
            header: column.to_owned(),
            figures: 2,
        };
        ("Data".to_owned(), Some(column.to_owned()), mark)
    }

    /// What comes in when the questions are answered so, in their order.
    fn values(rows: &[FileRow], asked: &[Question], answers: &[bool]) -> Vec<i64> {
        let answered: Vec<Question> = asked
            .iter()
            .zip(answers)
            .map(|(q, answer)| Question {
                answer: Some(*answer),
                ..q.clone()
            })
            .collect();
        let found = let_in(rows, &answered).unwrap();
        found
            .iter()
            .filter_map(|(_, figure)| figure.figure.low)
            .collect()
    }

    #[test]
    fn a_figure_needs_a_yes_to_everything_that_touches_it() {
        let rows = [row(2, vec![]), row(3, vec![Mark::HiddenRow])];
        // Column E holds figures; column A says where, so every figure rests on it.
        let asked = all(&[hidden("E"), hidden("A")], &rows);
        assert_eq!(asked.len(), 3);
        assert!(let_in(&rows, &asked).is_err());
        assert_eq!(values(&rows, &asked, &[true, true, true]), [2, 102, 3, 103]);
        assert_eq!(values(&rows, &asked, &[false, true, true]), [2, 3]);
        assert_eq!(values(&rows, &asked, &[true, false, true]), [0_i64; 0]);
        assert_eq!(values(&rows, &asked, &[true, true, false]), [2, 102]);
        assert_eq!(values(&rows, &asked, &[false, true, false]), [2]);
    }

    #[test]
    fn what_is_kept_is_told_again() {
        let marks = vec![
            Mark::HiddenRow,
            Mark::Outside {
                from: day("2022-01-01"),
                to: day("2022-12-31"),
            },
            Mark::Received {
                files: 12,
                first: base::Moment::from_micros(1),
                last: base::Moment::from_micros(2),
            },
            Mark::Twice {
                row: 4,
                sheet: "Data".to_owned(),
            },
            Mark::Stands { claims: 2 },
            Mark::Unreadable {
                key: "evidence-cell-day".to_owned(),
                args: vec![("value".to_owned(), "soon".to_owned())],
            },
        ];
        let rows = [row(14, marks)];
        let whole = ("Old".to_owned(), None, Mark::NoDays { rows: 3 });
        for question in all(
            &[
                hidden("E"),
                whole.clone(),
                ("Old".to_owned(), None, Mark::HiddenSheet),
            ],
            &rows,
        ) {
            let again = told(question.position, &kept(&question), None);
            assert_eq!(again, Some(question));
        }
        let reading = super::super::reading::Reading {
            rows: rows.to_vec(),
            wholes: vec![whole],
            notes: Vec::new(),
        };
        let again = super::super::reading::Reading::told(&reading.kept()).unwrap();
        assert_eq!((again.rows, again.wholes), (reading.rows, reading.wholes));
    }

    proptest! {
        /// However it is answered: nothing without a yes from each question that touches it, and
        /// everything nobody doubted is in.
        #[test]
        fn nothing_slips_in(doubtful in prop::collection::vec(any::<bool>(), 1..12), answers in prop::collection::vec(any::<bool>(), 13)) {
            let marks = |doubt: bool| if doubt { vec![Mark::HiddenRow] } else { Vec::new() };
            let rows: Vec<FileRow> = doubtful.iter().zip(2..).map(|(doubt, n)| row(n, marks(*doubt))).collect();
            let asked = all(&[hidden("E")], &rows);
            let found = values(&rows, &asked, &answers[..asked.len()]);
            for row in &rows {
                let position = asked.iter().position(|q| q.about == About::Row(row.number));
                let yes = position.is_none_or(|at| answers[at]);
                prop_assert_eq!(found.contains(&row.number), yes);
                prop_assert_eq!(found.contains(&(row.number + 100)), yes && answers[0]);
            }
        }
    }
}
