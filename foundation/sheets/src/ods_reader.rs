//! ODS: one stream through `content.xml`.
//!
//! Not read through calamine, which writes repeated cells out before anyone can count them: a
//! file of a few kilobytes may repeat one cell a thousand million times.

use std::collections::BTreeSet;
use std::io::BufReader;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::head::{self, Merge};
use crate::limits::{Choice, Limits};
use crate::refusal::{Refusal, letter};
use crate::sheet::{Format, OtherSheet, Raw};
use crate::store::{CellKind, Store};
use crate::unpack::{Archive, broken};
use crate::xlsx_reader::{check_place, choose};
use crate::xml;

/// Reads the chosen sheet of a document into `raw`.
pub(crate) fn read(
    archive: &mut Archive<'_>,
    limits: &Limits,
    choice: &Choice<'_>,
    raw: &mut Raw,
) -> Result<(), Refusal> {
    let mut first = Walk::new(limits, None);
    first.run(archive)?;
    let (sheets, mut heads): (Vec<OtherSheet>, Vec<Raw>) = first.tables.into_iter().unzip();
    let chosen = choose(&sheets, choice, |name| {
        let index = sheets.iter().position(|sheet| sheet.name == name);
        let head = index.and_then(|index| heads.get_mut(index));
        Ok(head.map_or(Store::new(0, 0), |raw| {
            std::mem::replace(&mut raw.store, Store::new(0, 0))
        }))
    })?;
    let mut second = Walk::new(limits, Some(chosen.clone()));
    second.run(archive)?;
    let read = second.tables.into_iter().map(|(_, read)| read).next();
    *raw = read.ok_or_else(|| broken("ods", &chosen))?;
    raw.others = sheets
        .into_iter()
        .filter(|sheet| sheet.name != chosen)
        .collect();
    raw.sheet_name = Some(chosen);
    Ok(())
}

/// The cell or row being read.
#[derive(Default)]
struct Open {
    text: String,
    kind: Option<CellKind>,
    value: Option<String>,
    formula: bool,
    error: bool,
    repeated: u32,
    paragraphs: u32,
}

struct Walk<'a> {
    limits: &'a Limits,
    /// The sheet to read whole; without one, the first rows of each are read.
    wanted: Option<String>,
    tables: Vec<(OtherSheet, Raw)>,
    hidden_styles: BTreeSet<String>,
    style: String,
    /// True inside a sheet that is read.
    reading: bool,
    row: u32,
    row_repeated: u32,
    row_hidden: bool,
    column: u32,
    columns_declared: u32,
    cells: Vec<(u32, CellKind, String)>,
    cell: Option<Open>,
    /// Depth inside notes and drawings, whose text is not the cell's.
    aside: u32,
    in_paragraph: bool,
}

impl<'a> Walk<'a> {
    fn new(limits: &'a Limits, wanted: Option<String>) -> Self {
        Self {
            limits,
            wanted,
            tables: Vec::new(),
            hidden_styles: BTreeSet::new(),
            style: String::new(),
            reading: false,
            row: 0,
            row_repeated: 1,
            row_hidden: false,
            column: 0,
            columns_declared: 0,
            cells: Vec::new(),
            cell: None,
            aside: 0,
            in_paragraph: false,
        }
    }

    fn run(&mut self, archive: &mut Archive<'_>) -> Result<(), Refusal> {
        let content = archive
            .by_name("content.xml")
            .map_err(|fault| broken("ods", fault))?;
        let mut reader = Reader::from_reader(BufReader::with_capacity(1 << 16, content));
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader
                .read_event_into(&mut buffer)
                .map_err(|fault| broken("ods", fault))?
            {
                Event::Start(element) => self.start(&element),
                Event::Empty(element) => {
                    self.start(&element);
                    self.end(element.local_name().as_ref())?;
                }
                Event::End(element) => self.end(element.local_name().as_ref())?,
                Event::Text(text) => self.text(&text.xml10_content()),
                Event::CData(text) => self.text(&text.xml10_content()),
                Event::GeneralRef(entity) => {
                    let raw = format!("&{};", &*entity);
                    self.text(&quick_xml::escape::unescape(&raw).unwrap_or_default());
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn start(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "annotation" | "frame" | "shapes" => self.aside += 1,
            "style" => self.style = xml::attribute(element, "name").unwrap_or_default(),
            "table-properties"
                if xml::attribute(element, "display").as_deref() == Some("false") =>
            {
                self.hidden_styles.insert(self.style.clone());
            }
            "table" if self.aside == 0 => self.start_table(element),
            _ if !self.reading || self.aside > 0 => {}
            "table-column" => self.declare_columns(element),
            "table-row" => {
                self.row_repeated = repeated(element, "number-rows-repeated");
                self.row_hidden = is_hidden(element);
                self.column = 0;
            }
            "table-cell" | "covered-table-cell" => self.start_cell(element),
            "p" => self.start_paragraph(),
            "s" => {
                let spaces = xml::number(element, "c").unwrap_or(1).min(1_000);
                self.text(&" ".repeat(spaces as usize));
            }
            "tab" => self.text("\t"),
            "line-break" => self.text("\n"),
            _ => {}
        }
    }

    fn start_table(&mut self, element: &BytesStart<'_>) {
        let name = xml::attribute(element, "name").unwrap_or_default();
        let style = xml::attribute(element, "style-name").unwrap_or_default();
        let hidden = self.hidden_styles.contains(&style);
        self.reading = self.wanted.as_ref().is_none_or(|wanted| *wanted == name);
        self.row = 0;
        self.columns_declared = 0;
        if self.reading {
            let raw = Raw::new(Format::Ods, self.limits);
            self.tables.push((OtherSheet { name, hidden }, raw));
        }
    }

    fn declare_columns(&mut self, element: &BytesStart<'_>) {
        let count = repeated(element, "number-columns-repeated");
        let first = self.columns_declared;
        self.columns_declared = first.saturating_add(count);
        let end = self.columns_declared.min(self.limits.columns_max);
        if let (true, Some((_, raw))) = (is_hidden(element), self.tables.last_mut()) {
            raw.hidden_columns
                .extend((first..end).map(|column| column as usize));
        }
    }

    fn start_cell(&mut self, element: &BytesStart<'_>) {
        let mut cell = Open {
            repeated: repeated(element, "number-columns-repeated"),
            formula: xml::attribute(element, "formula").is_some(),
            ..Open::default()
        };
        for attribute in element.attributes().flatten() {
            if attribute.key.local_name().as_ref() == "value-type" && &*attribute.value == "error" {
                cell.error = true;
            }
        }
        match xml::attribute(element, "value-type").as_deref() {
            Some("float" | "percentage" | "currency") => {
                cell.kind = Some(CellKind::Number);
                cell.value = xml::attribute(element, "value");
            }
            Some("date") => {
                cell.kind = Some(CellKind::Day);
                cell.value = xml::attribute(element, "date-value");
            }
            Some("boolean") => {
                cell.kind = Some(CellKind::Truth);
                cell.value = xml::attribute(element, "boolean-value");
            }
            Some(_) => cell.kind = Some(CellKind::Text),
            None => {}
        }
        let span = |name| xml::number(element, name).unwrap_or(1).max(1);
        let (columns, rows) = (span("number-columns-spanned"), span("number-rows-spanned"));
        if columns.max(rows) > 1 {
            let merge = Merge {
                first_row: self.row.saturating_add(1),
                last_row: self.row.saturating_add(rows),
                first_column: self.column,
                last_column: self.column.saturating_add(columns - 1),
            };
            if let Some((_, raw)) = self.tables.last_mut() {
                raw.merges.push(merge);
            }
        }
        self.cell = Some(cell);
    }

    fn start_paragraph(&mut self) {
        if let Some(cell) = &mut self.cell {
            if cell.paragraphs > 0 {
                cell.text.push('\n');
            }
            cell.paragraphs += 1;
            self.in_paragraph = true;
        }
    }

    fn text(&mut self, text: &str) {
        if let (Some(cell), true, 0) = (&mut self.cell, self.in_paragraph, self.aside) {
            cell.text.push_str(text);
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "annotation" | "frame" | "shapes" => self.aside = self.aside.saturating_sub(1),
            "table" if self.aside == 0 => self.reading = false,
            "p" if self.aside == 0 => self.in_paragraph = false,
            "table-cell" | "covered-table-cell" if self.reading && self.aside == 0 => {
                return self.end_cell();
            }
            "table-row" if self.reading && self.aside == 0 => return self.end_row(),
            _ => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        let Some(cell) = self.cell.take() else {
            return Ok(());
        };
        let first = self.column;
        self.column = first.saturating_add(cell.repeated);
        let (row, Some((_, raw))) = (self.row.saturating_add(1), self.tables.last_mut()) else {
            return Ok(());
        };
        let place = letter(first as usize);
        let refuse = |key| {
            Refusal::of_row(u64::from(row), key)
                .with("place", format!("{place}{row}"))
                .at_column(place.clone())
        };
        if cell.formula {
            raw.formulas.see(row, first as usize, "");
        }
        if cell.error || (cell.formula && is_error(&cell.text)) {
            raw.refusals
                .push(refuse("sheets-cell-error").with("error", &cell.text));
        } else if cell.formula && cell.kind.is_none() {
            raw.refusals.push(refuse("sheets-formula-empty"));
        }
        let text = cell.value.unwrap_or(cell.text);
        if text.is_empty() {
            return Ok(());
        }
        check_place(row, self.column.saturating_sub(1), self.limits)?;
        if text.len() > self.limits.cell_bytes_max as usize {
            return Err(refuse("sheets-cell-too-long").with("limit", self.limits.cell_bytes_max));
        }
        let kind = cell.kind.unwrap_or(CellKind::Text);
        self.cells
            .extend((first..self.column).map(|column| (column, kind, text.clone())));
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Refusal> {
        let cells = std::mem::take(&mut self.cells);
        let first = self.row.saturating_add(1);
        self.row = self.row.saturating_add(self.row_repeated);
        let Some((_, raw)) = self.tables.last_mut() else {
            return Ok(());
        };
        if cells.is_empty() || (self.wanted.is_none() && raw.store.len() >= head::SEARCHED_ROWS) {
            return Ok(());
        }
        check_place(self.row, 0, self.limits)?;
        for row in first..=self.row {
            raw.store.begin_row(row, self.row_hidden);
            let mut next = 0;
            for (column, kind, text) in &cells {
                for _ in next..*column {
                    raw.store.push("", CellKind::Text)?;
                }
                raw.push(row, *column as usize, text, *kind)?;
                next = column + 1;
            }
            raw.store.end_row();
        }
        Ok(())
    }
}

fn repeated(element: &BytesStart<'_>, name: &str) -> u32 {
    xml::number(element, name).unwrap_or(1).max(1)
}

fn is_hidden(element: &BytesStart<'_>) -> bool {
    let visibility = xml::attribute(element, "visibility");
    matches!(visibility.as_deref(), Some("collapse" | "filter"))
}

fn is_error(text: &str) -> bool {
    [
        "#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "Err:",
    ]
    .iter()
    .any(|error| text.starts_with(error))
}
