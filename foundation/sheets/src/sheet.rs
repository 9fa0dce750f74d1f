//! A sheet read whole: its headers, its rows and what must be told about the file.

use std::ops::Range;

use crate::columns::{Column, Table};
use crate::encoding;
use crate::field::Field;
use crate::head::{self, Head, Merge};
use crate::limits::{Choice, Limits};
use crate::refusal::{Note, Refusal, Refusals, letter};
use crate::store::{CellKind, Store};
use crate::{csv_reader, ods_reader, unpack, xlsx_reader};

/// What a file turned out to be, whatever its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Xlsx,
    Ods,
}

/// A sheet of the same file that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherSheet {
    pub name: String,
    pub hidden: bool,
}

/// Something seen many times; the first place and its text are kept.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    count: u64,
    first: Option<(u32, usize, String)>,
}

impl Seen {
    pub(crate) fn see(&mut self, row: u32, position: usize, text: &str) {
        self.count += 1;
        if self.first.is_none() {
            self.first = Some((row, position, text.chars().take(60).collect()));
        }
    }

    fn note(&self, key: &'static str) -> Option<Note> {
        let (row, position, example) = self.first.as_ref()?;
        let place = format!("{}{row}", letter(*position));
        let note = Note::new(key)
            .with("count", self.count)
            .with("example", example);
        Some(note.with("place", place).at_row(Some(u64::from(*row))))
    }
}

/// What the readers of the formats fill.
#[derive(Debug)]
pub(crate) struct Raw {
    pub(crate) format: Format,
    pub(crate) store: Store,
    pub(crate) refusals: Refusals,
    pub(crate) notes: Vec<Note>,
    pub(crate) merges: Vec<Merge>,
    pub(crate) hidden_columns: Vec<usize>,
    /// Cells beyond this were refused with their row.
    pub(crate) width_max: usize,
    pub(crate) sheet_name: Option<String>,
    pub(crate) others: Vec<OtherSheet>,
    pub(crate) formula_text: Seen,
    pub(crate) formulas: Seen,
    decoded_twice: Seen,
}

impl Raw {
    pub(crate) fn new(format: Format, limits: &Limits) -> Self {
        Self {
            format,
            store: Store::new(limits.unpacked_bytes_max, limits.cells_max),
            refusals: Refusals::new(limits.refusals_max),
            notes: Vec::new(),
            merges: Vec::new(),
            hidden_columns: Vec::new(),
            width_max: usize::MAX,
            sheet_name: None,
            others: Vec::new(),
            formula_text: Seen::default(),
            formulas: Seen::default(),
            decoded_twice: Seen::default(),
        }
    }

    /// Adds a cell to the row begun last; text decoded twice is repaired and noted.
    pub(crate) fn push(
        &mut self,
        row: u32,
        position: usize,
        text: &str,
        kind: CellKind,
    ) -> Result<(), Refusal> {
        if kind == CellKind::Text
            && let Some(repaired) = encoding::repaired(text)
        {
            self.decoded_twice.see(row, position, text);
            return self.store.push(&repaired, kind);
        }
        self.store.push(text, kind)
    }
}

/// One table of a file, cells and all.
#[derive(Debug)]
pub struct Sheet {
    pub(crate) store: Store,
    head: Head,
    format: Format,
    sheet_name: Option<String>,
    others: Vec<OtherSheet>,
    hidden_columns: Vec<usize>,
    notes: Vec<Note>,
}

impl Sheet {
    /// Reads the first visible sheet that holds anything. The name serves the messages only; what
    /// the file is, its bytes say.
    pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Self, Vec<Refusal>> {
        Self::read_chosen(name, bytes, limits, &Choice::default())
    }

    /// Reads the sheet that was chosen by its name or by its headers.
    pub fn read_chosen(
        name: &str,
        bytes: &[u8],
        limits: &Limits,
        choice: &Choice<'_>,
    ) -> Result<Self, Vec<Refusal>> {
        let mut unpacked = Vec::new();
        let raw = content(bytes, limits, &mut unpacked)
            .and_then(|(bytes, format)| raw(bytes, format, limits, choice))
            .map_err(|refusal| vec![refusal.with("file", name)])?;
        Self::from_raw(raw, choice).map_err(|mut refusals| {
            for refusal in &mut refusals {
                refusal.args.push(("file", name.to_owned()));
            }
            refusals
        })
    }

    fn from_raw(mut raw: Raw, choice: &Choice<'_>) -> Result<Self, Vec<Refusal>> {
        let head = head::read(&mut raw, choice);
        let mut refusals = std::mem::replace(&mut raw.refusals, Refusals::new(0));
        let names = head.names.iter().filter(|name| !name.is_empty()).count();
        if names == 0 && refusals.is_empty() {
            refusals.push(Refusal::of_file("sheets-empty"));
        }
        raw.store.shrink();
        let notes = all_notes(&raw, &head);
        refusals.into_result(Self {
            store: raw.store,
            head,
            format: raw.format,
            sheet_name: raw.sheet_name,
            others: raw.others,
            hidden_columns: raw.hidden_columns,
            notes,
        })
    }

    /// Rows below the header; blank ones are left out.
    pub fn len(&self) -> usize {
        self.store.len().saturating_sub(self.head.first)
    }

    /// True when there is a header and nothing below it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The headers as written, joined where they stood in two rows.
    pub fn headers(&self) -> &[String] {
        &self.head.names
    }

    /// The HXL tags below the header; empty when there are none.
    pub fn tags(&self) -> &[String] {
        &self.head.tags
    }

    /// What a person must be told before the rows are used.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// What the file turned out to be.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The name of the sheet that was read; text files have none.
    pub fn sheet_name(&self) -> Option<&str> {
        self.sheet_name.as_deref()
    }

    /// The sheets that were not read.
    pub fn others(&self) -> &[OtherSheet] {
        &self.others
    }

    /// Positions of hidden columns; they are read like the others.
    pub fn hidden_columns(&self) -> &[usize] {
        &self.hidden_columns
    }

    /// The headers, ready for look-ups by folded name.
    pub fn table(&self) -> Table<'_> {
        Table::new(self)
    }

    /// The rows of a range, counted from the first below the header. What lies beyond the last
    /// row is cut.
    pub fn rows(&self, range: Range<usize>) -> Rows<'_> {
        let end = range.end.min(self.len());
        Rows {
            sheet: self,
            next: range.start.min(end),
            end,
        }
    }

    /// Ranges of so many rows each, for an import in slices.
    pub fn slices(&self, rows: usize) -> impl Iterator<Item = Range<usize>> + use<> {
        let (len, step) = (self.len(), rows.max(1));
        (0..len)
            .step_by(step)
            .map(move |start| start..(start + step).min(len))
    }

    /// What the cells cost in memory.
    pub fn memory_bytes(&self) -> usize {
        self.store.memory_bytes()
    }
}

/// Rows of a sheet, in order.
#[derive(Debug, Clone)]
pub struct Rows<'a> {
    sheet: &'a Sheet,
    next: usize,
    end: usize,
}

impl<'a> Iterator for Rows<'a> {
    type Item = Row<'a>;

    fn next(&mut self) -> Option<Row<'a>> {
        if self.next >= self.end {
            return None;
        }
        let row = Row {
            sheet: self.sheet,
            index: self.sheet.head.first + self.next,
        };
        self.next += 1;
        Some(row)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.end - self.next;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Rows<'_> {}

/// One row below the header.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    sheet: &'a Sheet,
    index: usize,
}

impl<'a> Row<'a> {
    /// The number the spreadsheet program shows.
    pub fn number(&self) -> u64 {
        u64::from(self.sheet.store.number(self.index))
    }

    /// True when the row was hidden in the file.
    pub fn hidden(&self) -> bool {
        self.sheet.store.is_hidden(self.index)
    }

    /// The text as it stands in the file; empty where there is no cell.
    pub fn text(&self, position: usize) -> &'a str {
        self.sheet.store.cell(self.index, position)
    }

    pub(crate) fn is_number(&self, position: usize) -> bool {
        self.sheet.store.kind(self.index, position) == CellKind::Number
    }

    /// All texts, one for each header.
    pub fn cells(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let row = *self;
        (0..row.sheet.head.names.len()).map(move |position| row.text(position))
    }

    /// The cell of a column, ready to be read as what it should be.
    pub fn cell<'c>(&self, column: &'c Column) -> Field<'c>
    where
        'a: 'c,
    {
        let (text, kind) = column.position().map_or(("", CellKind::Text), |position| {
            (
                self.text(position),
                self.sheet.store.kind(self.index, position),
            )
        });
        Field::new(text, kind, self.number(), column)
    }
}

/// Unpacks gzip and tells the format by the first bytes.
fn content<'a>(
    bytes: &'a [u8],
    limits: &Limits,
    unpacked: &'a mut Vec<u8>,
) -> Result<(&'a [u8], Format), Refusal> {
    if bytes.len() as u64 > limits.bytes_max {
        return Err(Refusal::of_file("sheets-too-big")
            .with("bytes", bytes.len())
            .with("limit", limits.bytes_max));
    }
    let bytes = if bytes.starts_with(&[0x1F, 0x8B]) {
        *unpacked = unpack::gunzip(bytes, limits.unpacked_bytes_max)?;
        unpacked.as_slice()
    } else {
        bytes
    };
    if bytes.is_empty() {
        return Err(Refusal::of_file("sheets-empty"));
    }
    // The container of old Excel files and of workbooks locked with a password.
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(Refusal::of_file("sheets-old-excel"));
    }
    let format = if bytes.starts_with(b"PK\x03\x04") {
        Format::Xlsx
    } else {
        Format::Csv
    };
    Ok((bytes, format))
}

fn raw(bytes: &[u8], format: Format, limits: &Limits, choice: &Choice<'_>) -> Result<Raw, Refusal> {
    let mut raw = Raw::new(format, limits);
    if format == Format::Csv {
        csv_reader::read(bytes, limits, choice, &mut raw)?;
        return Ok(raw);
    }
    let mut archive = unpack::open(bytes, limits.unpacked_bytes_max)?;
    let has = |path| archive.index_for_name(path).is_some();
    if has("xl/workbook.bin") {
        return Err(Refusal::of_file("sheets-old-excel"));
    } else if has("xl/workbook.xml") {
        xlsx_reader::read(bytes, &mut archive, limits, choice, &mut raw)?;
    } else if has("content.xml") {
        raw.format = Format::Ods;
        ods_reader::read(&mut archive, limits, choice, &mut raw)?;
    } else {
        return Err(Refusal::of_file("sheets-not-a-table"));
    }
    Ok(raw)
}

fn all_notes(raw: &Raw, head: &Head) -> Vec<Note> {
    let mut notes = raw.notes.clone();
    if let Some(name) = raw.sheet_name.as_ref().filter(|_| !raw.others.is_empty()) {
        notes.push(Note::new("sheets-note-sheet-read").with("sheet", name));
    }
    for other in &raw.others {
        let key = if other.hidden {
            "sheets-note-sheet-hidden"
        } else {
            "sheets-note-sheet-left"
        };
        notes.push(Note::new(key).with("sheet", &other.name));
    }
    if let Some(&first) = raw.store.hidden_numbers().first() {
        let note =
            Note::new("sheets-note-rows-hidden").with("count", raw.store.hidden_numbers().len());
        notes.push(note.at_row(Some(u64::from(first))));
    }
    if !raw.hidden_columns.is_empty() {
        let letters: Vec<String> = raw.hidden_columns.iter().map(|&at| letter(at)).collect();
        notes.push(Note::new("sheets-note-columns-hidden").with("columns", letters.join(", ")));
    }
    let below = raw.store.number(head.first);
    let merged = raw
        .merges
        .iter()
        .filter(|merge| below > 0 && merge.first_row >= below);
    if let Some(first) = merged.clone().map(|merge| merge.first_row).min() {
        let note = Note::new("sheets-note-cells-merged").with("count", merged.count());
        notes.push(note.at_row(Some(u64::from(first))));
    }
    notes.extend(raw.decoded_twice.note("sheets-note-decoded-twice"));
    notes.extend(raw.formulas.note("sheets-note-formulas"));
    notes.extend(raw.formula_text.note("sheets-note-formula-text"));
    if head.first >= raw.store.len() {
        notes.push(Note::new("sheets-note-no-rows"));
    }
    notes
}
