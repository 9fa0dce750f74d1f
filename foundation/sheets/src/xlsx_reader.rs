//! XLSX: values through calamine, and what calamine does not tell: hidden rows and columns.

use std::io::{BufReader, Cursor};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::fold::fold;
use crate::head::{self, Merge};
use crate::limits::{Choice, Limits};
use crate::refusal::{Refusal, letter};
use crate::sheet::{OtherSheet, Raw};
use crate::store::{CellKind, Store};
use crate::unpack::{Archive, broken, part};
use crate::xml;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads the chosen sheet of a workbook into `raw`. The parts of a hostile file are parsed by a
/// library, so even its panic is a refusal here.
pub(crate) fn read(
    bytes: &[u8],
    archive: &mut Archive<'_>,
    limits: &Limits,
    choice: &Choice<'_>,
    raw: &mut Raw,
) -> Result<(), Refusal> {
    let attempt = AssertUnwindSafe(|| read_book(bytes, archive, limits, choice, raw));
    catch_unwind(attempt).unwrap_or_else(|_| Err(broken("xlsx", "structure")))
}

fn read_book(
    bytes: &[u8],
    archive: &mut Archive<'_>,
    limits: &Limits,
    choice: &Choice<'_>,
    raw: &mut Raw,
) -> Result<(), Refusal> {
    let mut book: Book<'_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|fault| broken("xlsx", fault))?;
    let sheets: Vec<OtherSheet> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| OtherSheet {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
        })
        .collect();
    let chosen = choose(&sheets, choice, |name| peek(&mut book, name))?;
    let path = path_of(archive, &chosen)?;
    let layout = layout(archive, &path, limits)?;
    raw.hidden_columns = layout.hidden_columns;
    raw.merges = layout.merges;
    let mut filler = Filler {
        limits,
        raw,
        hidden: &layout.hidden_rows,
        row: None,
        buffer: Buffer::default(),
    };
    filler.fill(&mut book, &chosen)?;
    raw.others = sheets
        .into_iter()
        .filter(|sheet| sheet.name != chosen)
        .collect();
    raw.sheet_name = Some(chosen);
    Ok(())
}

/// The sheet named by the caller; else the first visible one that has all wanted headers, or
/// most of them; else the first visible one that holds anything.
pub(crate) fn choose(
    sheets: &[OtherSheet],
    choice: &Choice<'_>,
    mut peek: impl FnMut(&str) -> Result<Store, Refusal>,
) -> Result<String, Refusal> {
    let found = || {
        sheets
            .iter()
            .map(|sheet| sheet.name.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    if let Some(wanted) = choice.sheet {
        return sheets
            .iter()
            .find(|sheet| sheet.name == wanted)
            .or_else(|| {
                sheets
                    .iter()
                    .find(|sheet| fold(&sheet.name) == fold(wanted))
            })
            .map(|sheet| sheet.name.clone())
            .ok_or_else(|| {
                Refusal::of_file("sheets-no-sheet")
                    .with("wanted", wanted)
                    .with("found", found())
            });
    }
    let headers: Vec<String> = choice.headers.iter().map(|header| fold(header)).collect();
    let mut best: Option<(usize, &OtherSheet)> = None;
    for sheet in sheets.iter().filter(|sheet| !sheet.hidden) {
        let store = peek(&sheet.name)?;
        let score = (0..store.len())
            .map(|row| 1 + head::matches(&store, row, &headers))
            .max()
            .unwrap_or_default();
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, sheet));
        }
        if score > headers.len() {
            break;
        }
    }
    best.map(|(_, sheet)| sheet.name.clone()).ok_or_else(|| {
        Refusal::of_file("sheets-no-sheet")
            .with("wanted", "")
            .with("found", found())
    })
}

/// The first rows of a sheet.
fn peek(book: &mut Book<'_>, name: &str) -> Result<Store, Refusal> {
    let mut store = Store::new(4 << 20, 100_000);
    let mut cells = book
        .worksheet_cells_reader(name)
        .map_err(|fault| broken("xlsx", fault))?;
    let mut row = None;
    while let Some(cell) = cells.next_cell().map_err(|fault| broken("xlsx", fault))? {
        let number = cell.get_position().0.saturating_add(1);
        if row != Some(number) {
            store.end_row();
            if store.len() >= head::SEARCHED_ROWS {
                break;
            }
            store.begin_row(number, false);
            row = Some(number);
        }
        let text = match cell.get_value() {
            DataRef::String(text) => text.as_str(),
            DataRef::SharedString(text) => text,
            DataRef::Empty => "",
            _ => "0",
        };
        store.push(text, CellKind::Text)?;
    }
    store.end_row();
    Ok(store)
}

/// The path of a sheet inside the archive.
fn path_of(archive: &mut Archive<'_>, name: &str) -> Result<String, Refusal> {
    let mut id = None;
    each_element(&part(archive, "xl/workbook.xml")?, |element| {
        if element.local_name().as_ref() == "sheet"
            && xml::attribute(element, "name").as_deref() == Some(name)
        {
            id = xml::attribute(element, "id");
        }
    })?;
    let mut target = None;
    each_element(&part(archive, "xl/_rels/workbook.xml.rels")?, |element| {
        if id.is_some() && xml::attribute(element, "Id") == id {
            target = xml::attribute(element, "Target");
        }
    })?;
    let target = target.ok_or_else(|| broken("xlsx", name))?;
    Ok(match target.strip_prefix('/') {
        Some(whole) => whole.to_owned(),
        None => format!("xl/{target}"),
    })
}

fn each_element(bytes: &[u8], mut see: impl FnMut(&BytesStart<'_>)) -> Result<(), Refusal> {
    let mut reader = Reader::from_reader(bytes);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader
            .read_event_into(&mut buffer)
            .map_err(|fault| broken("xlsx", fault))?
        {
            Event::Start(element) | Event::Empty(element) => see(&element),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Layout {
    /// Numbers of hidden rows, rising.
    hidden_rows: Vec<u32>,
    hidden_columns: Vec<usize>,
    merges: Vec<Merge>,
}

fn layout(archive: &mut Archive<'_>, path: &str, limits: &Limits) -> Result<Layout, Refusal> {
    let sheet = archive
        .by_name(path)
        .map_err(|fault| broken("xlsx", fault))?;
    let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, sheet));
    reader.config_mut().check_end_names = false;
    let mut layout = Layout::default();
    let mut buffer = Vec::new();
    let mut row = 0_u32;
    loop {
        buffer.clear();
        match reader
            .read_event_into(&mut buffer)
            .map_err(|fault| broken("xlsx", fault))?
        {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "row" => {
                    row = xml::number(&element, "r").unwrap_or(row.saturating_add(1));
                    if xml::is_true(&element, "hidden") {
                        layout.hidden_rows.push(row);
                    }
                }
                "col" if xml::is_true(&element, "hidden") => {
                    let first = xml::number(&element, "min").unwrap_or(1).max(1);
                    let last = xml::number(&element, "max").unwrap_or(first);
                    let columns = first..=last.min(limits.columns_max);
                    layout
                        .hidden_columns
                        .extend(columns.map(|column| column as usize - 1));
                }
                "mergeCell" => {
                    layout
                        .merges
                        .extend(xml::attribute(&element, "ref").and_then(|r| merge(&r)));
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    layout.hidden_rows.sort_unstable();
    Ok(layout)
}

/// "B1:D2" as rows from 1 and columns from 0.
fn merge(reference: &str) -> Option<Merge> {
    let (first, last) = reference.split_once(':')?;
    let (first_column, first_row) = corner(first)?;
    let (last_column, last_row) = corner(last)?;
    Some(Merge {
        first_row,
        last_row,
        first_column,
        last_column,
    })
}

fn corner(reference: &str) -> Option<(u32, u32)> {
    let split = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = reference.split_at_checked(split)?;
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let value = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?) + 1;
        column.checked_mul(26)?.checked_add(value)
    })?;
    Some((column.checked_sub(1)?, digits.parse().ok()?))
}

/// One row before it is stored: files need not keep the order of columns.
#[derive(Default)]
struct Buffer {
    text: String,
    cells: Vec<(u32, CellKind, usize)>,
}

struct Filler<'a> {
    limits: &'a Limits,
    raw: &'a mut Raw,
    hidden: &'a [u32],
    row: Option<u32>,
    buffer: Buffer,
}

impl Filler<'_> {
    fn fill(&mut self, book: &mut Book<'_>, name: &str) -> Result<(), Refusal> {
        let mut cells = book
            .worksheet_cells_reader(name)
            .map_err(|fault| broken("xlsx", fault))?;
        while let Some(cell) = cells
            .next_cell_with_formula_metadata()
            .map_err(|fault| broken("xlsx", fault))?
        {
            let (row, column) = (cell.pos.0.saturating_add(1), cell.pos.1);
            if self.row != Some(row) {
                self.flush()?;
                if self.row.is_some_and(|last| last > row) {
                    return Err(broken("xlsx", format!("row {row}")));
                }
                self.row = Some(row);
            }
            if cell.formula.is_some() {
                self.raw.formulas.see(row, column as usize, "");
            }
            self.add(row, column, &cell.value, cell.formula.is_some())?;
        }
        self.flush()
    }

    fn add(
        &mut self,
        row: u32,
        column: u32,
        value: &DataRef<'_>,
        computed: bool,
    ) -> Result<(), Refusal> {
        let refused = match value {
            DataRef::Empty if computed => {
                Some(Refusal::of_row(u64::from(row), "sheets-formula-empty"))
            }
            DataRef::Error(error) => {
                Some(Refusal::of_row(u64::from(row), "sheets-cell-error").with("error", error))
            }
            DataRef::Empty => return Ok(()),
            _ => None,
        };
        if let Some(refusal) = refused {
            let place = letter(column as usize);
            self.raw.refusals.push(
                refusal
                    .with("place", format!("{place}{row}"))
                    .at_column(place),
            );
            return Ok(());
        }
        check_place(row, column, self.limits)?;
        let start = self.buffer.text.len();
        let kind = write_value(value, &mut self.buffer.text);
        let length = self.buffer.text.len() - start;
        if length > self.limits.cell_bytes_max as usize {
            return Err(Refusal::of_row(u64::from(row), "sheets-cell-too-long")
                .at_column(letter(column as usize))
                .with("limit", self.limits.cell_bytes_max));
        }
        self.buffer.cells.push((column, kind, start));
        Ok(())
    }

    /// Stores the row read last.
    fn flush(&mut self) -> Result<(), Refusal> {
        let Some(row) = self.row else { return Ok(()) };
        let buffer = std::mem::take(&mut self.buffer);
        let ends = buffer
            .cells
            .iter()
            .skip(1)
            .map(|cell| cell.2)
            .chain([buffer.text.len()]);
        let mut cells: Vec<(u32, CellKind, &str)> = buffer
            .cells
            .iter()
            .zip(ends)
            .map(|(&(column, kind, start), end)| {
                (
                    column,
                    kind,
                    buffer.text.get(start..end).unwrap_or_default(),
                )
            })
            .collect();
        cells.sort_by_key(|cell| cell.0);
        cells.dedup_by_key(|cell| cell.0);
        self.raw
            .store
            .begin_row(row, self.hidden.binary_search(&row).is_ok());
        let mut next = 0;
        for (column, kind, text) in cells {
            while next < column {
                self.raw.store.push("", CellKind::Text)?;
                next += 1;
            }
            self.raw.push(row, column as usize, text, kind)?;
            next = column + 1;
        }
        self.raw.store.end_row();
        self.buffer = buffer;
        self.buffer.text.clear();
        self.buffer.cells.clear();
        Ok(())
    }
}

/// Refuses a cell beyond the rows and columns allowed.
pub(crate) fn check_place(row: u32, column: u32, limits: &Limits) -> Result<(), Refusal> {
    if row > limits.rows_max {
        let refusal = Refusal::of_row(u64::from(row), "sheets-too-many-rows");
        return Err(refusal.with("limit", limits.rows_max));
    }
    if column >= limits.columns_max {
        let refusal = Refusal::of_row(u64::from(row), "sheets-too-many-columns");
        return Err(refusal.with("limit", limits.columns_max));
    }
    Ok(())
}

fn write_value(value: &DataRef<'_>, text: &mut String) -> CellKind {
    match value {
        DataRef::String(value) => text.push_str(value),
        DataRef::SharedString(value) => text.push_str(value),
        DataRef::Int(value) => {
            text.push_str(&value.to_string());
            return CellKind::Number;
        }
        DataRef::Float(value) => {
            text.push_str(&plain(*value));
            return CellKind::Number;
        }
        DataRef::Bool(value) => {
            text.push_str(if *value { "true" } else { "false" });
            return CellKind::Truth;
        }
        DataRef::DateTime(moment) => return write_moment(moment, text),
        DataRef::DateTimeIso(value) => {
            text.push_str(value);
            return CellKind::Day;
        }
        DataRef::DurationIso(value) => text.push_str(value),
        DataRef::Error(_) | DataRef::Empty => {}
    }
    CellKind::Text
}

/// A number as a person would write it: 557 and not 557.0.
pub(crate) fn plain(value: f64) -> String {
    // Rust writes negative zero with its sign.
    if value == 0.0 {
        "0".to_owned()
    } else {
        value.to_string()
    }
}

fn write_moment(moment: &ExcelDateTime, text: &mut String) -> CellKind {
    if !moment.is_datetime() {
        text.push_str(&plain(moment.as_f64()));
        return CellKind::Number;
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    if moment.as_f64() < 1.0 {
        text.push_str(&time);
        return CellKind::Text;
    }
    let day = format!("{year:04}-{month:02}-{day:02}");
    text.push_str(&day);
    if time != "00:00:00" {
        text.push('T');
        text.push_str(&time);
    }
    CellKind::Day
}
