//! Writing CSV: RFC 4180, HXL tags, and text that no spreadsheet program runs as a formula.

use std::io::{self, Write};

use jiff::civil::Date;

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Unknown.
    #[default]
    Empty,
    Text(String),
    Whole(i64),
    Decimal(f64),
    Day(Date),
}

/// Writes rows as they come.
#[derive(Debug)]
pub struct CsvWriter<W: Write> {
    out: csv::Writer<W>,
    width: Option<usize>,
}

impl<W: Write> CsvWriter<W> {
    /// A writer of UTF-8 with lines ended by CR LF.
    pub fn new(out: W) -> Self {
        let out = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(out);
        Self { out, width: None }
    }

    /// A writer that begins with the UTF-8 mark, without which Excel takes UTF-8 for another
    /// encoding.
    pub fn with_mark(mut out: W) -> io::Result<Self> {
        out.write_all(&[0xEF, 0xBB, 0xBF])?;
        Ok(Self::new(out))
    }

    /// Writes the header.
    pub fn head(&mut self, names: &[&str]) -> io::Result<()> {
        check_width(&mut self.width, names.len())?;
        self.out
            .write_record(names.iter().map(|name| harmless(name)))
            .map_err(io::Error::from)
    }

    /// Writes HXL tags; they belong right below the header.
    pub fn tags(&mut self, tags: &[&str]) -> io::Result<()> {
        check_width(&mut self.width, tags.len())?;
        self.out.write_record(tags).map_err(io::Error::from)
    }

    /// Writes one row, as wide as the header.
    pub fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        check_width(&mut self.width, cells.len())?;
        for cell in cells {
            match cell {
                Cell::Empty => self.out.write_field("")?,
                Cell::Text(text) => self.out.write_field(harmless(text))?,
                Cell::Whole(value) => self.out.write_field(value.to_string())?,
                // Neither infinity nor NaN is a number anyone can use.
                Cell::Decimal(value) if !value.is_finite() => self.out.write_field("")?,
                Cell::Decimal(value) => self.out.write_field(value.to_string())?,
                Cell::Day(day) => self.out.write_field(day.to_string())?,
            }
        }
        self.out
            .write_record(None::<&[u8]>)
            .map_err(io::Error::from)
    }

    /// Writes what is left and gives the output back.
    pub fn finish(self) -> io::Result<W> {
        self.out
            .into_inner()
            .map_err(|fault| io::Error::other(fault.to_string()))
    }
}

/// Rows must be as wide as the first.
pub(crate) fn check_width(known: &mut Option<usize>, width: usize) -> io::Result<()> {
    if *known.get_or_insert(width) == width {
        return Ok(());
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        "a row is not as wide as the header",
    ))
}

/// Sets an apostrophe before text that would run as a formula, and before text that already
/// begins with such an apostrophe, so that the reader can take exactly one away.
fn harmless(text: &str) -> String {
    let bare = text.trim_start_matches('\'');
    if bare.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_would_run_is_made_harmless_and_numbers_are_not_touched() {
        let mut csv = CsvWriter::new(Vec::new());
        csv.head(&["name", "count"]).unwrap();
        csv.tags(&["#org", "#reached"]).unwrap();
        csv.row(&[Cell::Text("=cmd()".into()), Cell::Whole(-5)])
            .unwrap();
        csv.row(&[Cell::Text("a \"b\",\nc".into()), Cell::Decimal(0.5)])
            .unwrap();
        csv.row(&[
            Cell::Day(Date::constant(2026, 3, 9)),
            Cell::Decimal(f64::NAN),
        ])
        .unwrap();
        let text = String::from_utf8(csv.finish().unwrap()).unwrap();
        let expected = "name,count\r\n#org,#reached\r\n'=cmd(),-5\r\n\"a \"\"b\"\",\nc\",0.5\r\n2026-03-09,\r\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_row_of_another_width_is_a_fault() {
        let mut csv = CsvWriter::new(Vec::new());
        csv.head(&["a", "b"]).unwrap();
        assert!(csv.row(&[Cell::Whole(1)]).is_err());
    }
}
