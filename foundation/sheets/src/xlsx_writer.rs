//! Writing XLSX: typed cells, a header that stays in view, either direction of writing.
//!
//! Rows pass through an unnamed temporary file, so that memory does not grow with their number.

use std::io;

use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::csv_writer::{Cell, check_width};

/// Above this, a workbook cannot keep every whole number apart.
const WHOLE_MAX: u64 = 1 << 53;

/// The side on which the first column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    /// For Arabic.
    RightToLeft,
}

/// Writes one sheet, row by row.
pub struct XlsxWriter {
    book: Workbook,
    next: u32,
    width: Option<usize>,
    bold: Format,
    day: Format,
}

impl std::fmt::Debug for XlsxWriter {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("XlsxWriter")
            .field("next", &self.next)
            .finish_non_exhaustive()
    }
}

impl XlsxWriter {
    /// A workbook with one sheet.
    pub fn new(sheet_name: &str, direction: Direction) -> io::Result<Self> {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet_with_constant_memory().map_err(fault)?;
        sheet.set_name(sheet_name).map_err(fault)?;
        sheet.set_right_to_left(direction == Direction::RightToLeft);
        let bold = Format::new().set_bold();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        Ok(Self {
            book,
            next: 0,
            width: None,
            bold,
            day,
        })
    }

    /// Writes the header and keeps it in view.
    pub fn head(&mut self, names: &[&str]) -> io::Result<()> {
        let bold = self.bold.clone();
        let below = self.next.saturating_add(1);
        self.line(names.len(), |sheet, row| {
            sheet.set_freeze_panes(below, 0)?;
            for (column, name) in (0..).zip(names) {
                sheet.write_string_with_format(row, column, *name, &bold)?;
            }
            Ok(())
        })
    }

    /// Writes HXL tags; they belong right below the header.
    pub fn tags(&mut self, tags: &[&str]) -> io::Result<()> {
        self.line(tags.len(), |sheet, row| {
            for (column, tag) in (0..).zip(tags) {
                sheet.write_string(row, column, *tag)?;
            }
            Ok(())
        })
    }

    /// Writes one row, as wide as the header.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        let day = self.day.clone();
        self.line(cells.len(), |sheet, row| {
            for (column, cell) in (0..).zip(cells) {
                write(sheet, row, column, cell, &day)?;
            }
            Ok(())
        })
    }

    /// The bytes of the workbook.
    pub fn finish(mut self) -> io::Result<Vec<u8>> {
        self.book.save_to_buffer().map_err(fault)
    }

    fn line(
        &mut self,
        width: usize,
        write: impl FnOnce(&mut Worksheet, u32) -> Result<(), XlsxError>,
    ) -> io::Result<()> {
        check_width(&mut self.width, width)?;
        let sheet = self.book.worksheet_from_index(0).map_err(fault)?;
        write(sheet, self.next).map_err(fault)?;
        self.next += 1;
        Ok(())
    }
}

fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    day_format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string(row, column, text)?;
        }
        Cell::Whole(value) => write_whole(sheet, row, column, *value)?,
        Cell::Decimal(value) if value.is_finite() => {
            sheet.write_number(row, column, *value)?;
        }
        // Neither infinity nor NaN is a number anyone can use.
        Cell::Decimal(_) => {}
        Cell::Day(day) => {
            let year = u16::try_from(day.year()).unwrap_or_default();
            let month = day.month().unsigned_abs();
            // Workbooks count days from 1900; older ones stand as text.
            match ExcelDateTime::from_ymd(year, month, day.day().unsigned_abs()) {
                Ok(moment) if year >= 1900 => {
                    sheet.write_datetime_with_format(row, column, &moment, day_format)?;
                }
                _ => {
                    sheet.write_string(row, column, day.to_string())?;
                }
            }
        }
    }
    Ok(())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the number was found small enough"
)]
fn write_whole(sheet: &mut Worksheet, row: u32, column: u16, value: i64) -> Result<(), XlsxError> {
    if value.unsigned_abs() <= WHOLE_MAX {
        sheet.write_number(row, column, value as f64)?;
    } else {
        sheet.write_string(row, column, value.to_string())?;
    }
    Ok(())
}

fn fault(fault: XlsxError) -> io::Error {
    io::Error::other(fault.to_string())
}
