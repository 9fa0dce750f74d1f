//! A workbook as rows with figures and marks: every sheet, every row, hidden or not. Pure.

use super::heads::{Column, Known, Says};
use super::rows::Reader;
use super::{FileRow, Mark};
use base::{Day, Error, Refusal, Refusals, Result};
use places::Gazetteer;
use serde_json::{Value, json};
use sheets::{Choice, Limits, Sheet, Wanted};
use std::collections::BTreeMap;

/// Rows a file may have, all sheets together.
const ROWS_MAX: u32 = 20_000;
/// Bytes it may have.
pub(crate) const BYTES_MAX: u64 = 20_000_000;
/// Sheets it may have.
const SHEETS_MAX: usize = 40;

/// What a file is read against.
pub(crate) struct Frame {
    pub(crate) known: Known,
    pub(crate) gazetteer: Gazetteer,
    pub(crate) country: String,
    /// The place of rows that name none.
    pub(crate) place: String,
    pub(crate) period: (Day, Day),
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) rows: Vec<FileRow>,
    /// Questions about whole sheets and columns: sheet, column when it is one, why.
    pub(crate) wholes: Vec<(String, Option<String>, Mark)>,
    /// What a person must be told: keys with their arguments.
    pub(crate) notes: Vec<Value>,
}

/// Reads all sheets of a file.
///
/// # Errors
/// Refused when there is no sheet that could be read, or the file is too large.
pub(crate) fn read(name: &str, bytes: &[u8], frame: &Frame) -> Result<Reading> {
    let limits = Limits {
        bytes_max: BYTES_MAX,
        rows_max: ROWS_MAX,
        ..Limits::default()
    };
    let headers = frame.known.headers();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let open = |sheet: Option<&str>| {
        let choice = Choice {
            sheet,
            headers: &headers,
            ..Choice::default()
        };
        Sheet::read_chosen(name, bytes, &limits, &choice)
    };
    let mut reading = Reading::default();
    // The sheet that holds most must be sound; what else cannot be read is asked.
    let first = open(None).map_err(refused)?;
    let others = others(&first);
    if others.len() >= SHEETS_MAX {
        let refusal = Refusal::about("sheet", "evidence-too-many-sheets");
        return Err(refusal.with("max", SHEETS_MAX).into());
    }
    one(&first, false, frame, &mut reading);
    for (other, hidden) in others {
        match open(Some(&other)) {
            Ok(sheet) => one(&sheet, hidden, frame, &mut reading),
            Err(refusals) if is_empty(&refusals) => {}
            Err(refusals) => unreadable(&mut reading, &other, &refusals),
        }
    }
    repeated(&mut reading.rows);
    Ok(reading)
}

fn others(sheet: &Sheet) -> Vec<(String, bool)> {
    let others = sheet.others().iter();
    others
        .map(|other| (other.name.clone(), other.hidden))
        .collect()
}

fn is_empty(refusals: &[sheets::Refusal]) -> bool {
    refusals.iter().all(|refusal| refusal.key == "sheets-empty")
}

fn refused(refusals: Vec<sheets::Refusal>) -> Error {
    let mut out = Refusals::default();
    for refusal in refusals {
        let mut said = Refusal::about("sheet", refusal.key);
        said.args = refusal
            .arguments()
            .into_iter()
            .map(|(name, value)| (name, value.into()))
            .collect();
        out.push(said);
    }
    out.into()
}

fn arguments(refusal: &sheets::Refusal) -> Vec<(String, String)> {
    let given = refusal.arguments().into_iter();
    given
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn unreadable(reading: &mut Reading, sheet: &str, refusals: &[sheets::Refusal]) {
    for refusal in refusals {
        let mark = Mark::SheetUnreadable {
            key: refusal.key.to_owned(),
            args: arguments(refusal),
        };
        reading.wholes.push((sheet.to_owned(), None, mark));
    }
}

/// A column that is read, with its place, letter and whether it is hidden.
pub(super) struct Head {
    pub(super) column: sheets::Column,
    pub(super) what: Column,
    pub(super) header: String,
    pub(super) letter: String,
    pub(super) hidden: bool,
}

fn one(sheet: &Sheet, hidden: bool, frame: &Frame, reading: &mut Reading) {
    let name = sheet.sheet_name().unwrap_or_default().to_owned();
    for note in sheet.notes() {
        // What is hidden is asked, and every sheet is read: both need no telling.
        if !matches!(
            note.key,
            "sheets-note-sheet-read"
                | "sheets-note-sheet-left"
                | "sheets-note-sheet-hidden"
                | "sheets-note-rows-hidden"
                | "sheets-note-columns-hidden"
                | "sheets-note-no-rows"
        ) {
            reading.notes.push(said(&name, note.key, note.arguments()));
        }
    }
    let heads = match heads(sheet, &frame.known) {
        Ok(heads) => heads,
        Err(refusals) => return unreadable(reading, &name, &refusals),
    };
    let has = |says: fn(&Column) -> bool| heads.iter().any(|head| says(&head.what));
    let figures = has(|what| {
        matches!(
            what,
            Column::Figures { .. } | Column::Says(Says::Value | Says::Low | Says::High)
        )
    });
    if !figures {
        if !sheet.is_empty() {
            let rows = ("rows", sheet.len().to_string());
            reading.notes.push(said(
                &name,
                "evidence-note-sheet-without-figures",
                vec![rows],
            ));
        }
        return;
    }
    let dated = has(|what| matches!(what, Column::Says(Says::From | Says::To | Says::Period)));
    if !has(|what| matches!(what, Column::Says(Says::Place(_)))) {
        reading.notes.push(said(
            &name,
            "evidence-note-no-places",
            vec![("place", frame.place.clone())],
        ));
    }
    let unread: Vec<String> = heads
        .iter()
        .filter(|head| head.what == Column::Unread && !head.header.is_empty())
        .map(|head| {
            if head.hidden {
                format!("{} ({}, ⌀)", head.header, head.letter)
            } else {
                format!("{} ({})", head.header, head.letter)
            }
        })
        .collect();
    if !unread.is_empty() {
        reading.notes.push(said(
            &name,
            "evidence-note-columns-unread",
            vec![("columns", unread.join(", "))],
        ));
    }
    let before = reading.rows.len();
    let reader = Reader {
        heads: &heads,
        frame,
        dated,
        sheet: &name,
    };
    for row in sheet.rows(0..sheet.len()) {
        reading.rows.extend(reader.row(&row));
    }
    let rows = reading.rows.get(before..).unwrap_or_default();
    let count = |letter: Option<&str>| -> i64 {
        let all = rows.iter().flat_map(|row| &row.figures);
        let here = all
            .filter(|figure| letter.is_none_or(|letter| figure.column == letter))
            .count();
        i64::try_from(here).unwrap_or(i64::MAX)
    };
    let some = !rows.is_empty();
    let mut wholes = Vec::new();
    if hidden && some {
        wholes.push((name.clone(), None, Mark::HiddenSheet));
    }
    for head in heads
        .iter()
        .filter(|head| head.hidden && head.what != Column::Unread && some)
    {
        // Where, when and of whom carry every figure of the sheet.
        let own = matches!(
            head.what,
            Column::Figures { .. } | Column::Says(Says::Value | Says::Low | Says::High)
        );
        let mark = Mark::HiddenColumn {
            header: head.header.clone(),
            figures: if own {
                count(Some(&head.letter))
            } else {
                count(None)
            },
        };
        wholes.push((name.clone(), Some(head.letter.clone()), mark));
    }
    if !dated && some {
        wholes.push((
            name,
            None,
            Mark::NoDays {
                rows: i64::try_from(rows.len()).unwrap_or(i64::MAX),
            },
        ));
    }
    reading.wholes.extend(wholes);
}

fn said(sheet: &str, key: &str, args: Vec<(&'static str, String)>) -> Value {
    let args: BTreeMap<&str, String> = args.into_iter().collect();
    json!({ "sheet": sheet, "key": key, "args": args })
}

fn heads(sheet: &Sheet, known: &Known) -> std::result::Result<Vec<Head>, Vec<sheets::Refusal>> {
    let hidden = sheet.hidden_columns();
    let (table, mut heads) = (sheet.table(), Vec::new());
    for (place, header) in sheet.headers().iter().enumerate() {
        if sheets::fold(header).is_empty() {
            continue;
        }
        let what = known.column(header);
        let kind = match &what {
            Column::Figures { .. } | Column::Says(Says::Value | Says::Low | Says::High) => {
                sheets::Kind::Whole
            }
            Column::Says(Says::From | Says::To) => sheets::Kind::Day,
            _ => sheets::Kind::Text,
        };
        let wanted = Wanted {
            name: header,
            aliases: &[],
            required: true,
            kind,
        };
        let columns = table.columns(&[wanted])?;
        let column = columns
            .column(header)
            .map_err(|refusal| vec![refusal])?
            .clone();
        heads.push(Head {
            column,
            what,
            header: header.clone(),
            letter: letter(place),
            hidden: hidden.contains(&place),
        });
    }
    Ok(heads)
}

/// A column's letter as spreadsheet programs show it.
pub(crate) fn letter(place: usize) -> String {
    let (mut rest, mut letters) = (place + 1, Vec::new());
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The same row twice in one file is one too many.
fn repeated(rows: &mut [FileRow]) {
    let mut seen: BTreeMap<String, (i64, String)> = BTreeMap::new();
    for row in rows.iter_mut().filter(|row| !row.figures.is_empty()) {
        match seen.get(&row.print) {
            Some((number, sheet)) => row.marks.push(Mark::Twice {
                row: *number,
                sheet: sheet.clone(),
            }),
            None => {
                seen.insert(row.print.clone(), (row.number, row.sheet.clone()));
            }
        }
    }
}
