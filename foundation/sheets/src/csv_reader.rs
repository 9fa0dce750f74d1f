//! Text files: separator, quotes, row numbers, ragged rows.
//!
//! Rows are numbered as a spreadsheet program would number them: a line break inside quotes does
//! not count, a blank line does.

use csv::{Reader, ReaderBuilder, StringRecord};

use crate::encoding;
use crate::field::is_formula;
use crate::head;
use crate::limits::{Choice, Limits};
use crate::refusal::{Note, Refusal, letter};
use crate::sheet::Raw;
use crate::store::CellKind;

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads a text file into `raw`.
pub(crate) fn read(
    bytes: &[u8],
    limits: &Limits,
    choice: &Choice<'_>,
    raw: &mut Raw,
) -> Result<(), Refusal> {
    let decoded = encoding::decode(bytes, choice.legacy)?;
    raw.notes.extend(
        decoded
            .encoding
            .map(|encoding| Note::new("sheets-note-encoding").with("encoding", encoding)),
    );
    let (text, told) = told_separator(&decoded.text);
    refuse_other_formats(text)?;
    let separator = told.unwrap_or_else(|| likely_separator(text));
    raw.store.reserve(
        text.len()
            .min(limits.unpacked_bytes_max.try_into().unwrap_or(usize::MAX)),
    );
    let mut rows = TextRows {
        limits,
        choice,
        raw,
        counts: Vec::new(),
        widths: None,
    };
    rows.read(text, separator)?;
    rows.settle_width();
    Ok(())
}

/// Excel may say the separator in a first line, `sep=;`, which is no row.
fn told_separator(text: &str) -> (&str, Option<u8>) {
    let told = text
        .get(..4)
        .filter(|start| start.eq_ignore_ascii_case("sep="));
    let rest = told.and_then(|_| text.get(4..)).unwrap_or_default();
    let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
    match line.trim_end_matches('\r').as_bytes() {
        [separator] if told.is_some() && separator.is_ascii() => (after, Some(*separator)),
        _ => (text, None),
    }
}

fn refuse_other_formats(text: &str) -> Result<(), Refusal> {
    let start = text
        .trim_start()
        .get(..5)
        .unwrap_or_default()
        .to_ascii_lowercase();
    if ["<html", "<!doc", "<?xml", "<tabl", "<meta"].contains(&start.as_str()) {
        return Err(Refusal::of_file("sheets-web-page"));
    }
    if ["%pdf-", "{\\rtf"].contains(&start.as_str()) {
        return Err(Refusal::of_file("sheets-not-a-table"));
    }
    Ok(())
}

fn reader(text: &str, separator: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The separator that cuts the first rows into the same number of fields most often.
fn likely_separator(text: &str) -> u8 {
    let mut best = (0, b',');
    for separator in SEPARATORS {
        let mut counts: Vec<usize> = reader(text, separator)
            .records()
            .take(head::SEARCHED_ROWS)
            .map_while(Result::ok)
            .map(|record| record.len())
            .collect();
        counts.sort_unstable();
        let usual = counts.get(counts.len() / 2).copied().unwrap_or_default();
        let agreeing = counts
            .iter()
            .filter(|&&count| count == usual && count > 1)
            .count();
        let score = agreeing * 1_000 + usual.min(999);
        if agreeing > 0 && score > best.0 {
            best = (score, separator);
        }
    }
    best.1
}

struct TextRows<'a, 'c> {
    limits: &'a Limits,
    choice: &'a Choice<'c>,
    raw: &'a mut Raw,
    /// Fields of each of the first rows, until the header is known.
    counts: Vec<(u32, usize)>,
    /// The least and the most cells a row may have: the header without and with the empty
    /// fields at its end.
    widths: Option<(usize, usize)>,
}

impl TextRows<'_, '_> {
    fn read(&mut self, text: &str, separator: u8) -> Result<(), Refusal> {
        let mut reader = reader(text, separator);
        let mut record = StringRecord::new();
        let mut number: u32 = 0;
        let mut start = 0;
        loop {
            let rest = text.get(start..).unwrap_or_default();
            number = number.saturating_add(blank_lines(rest, start, text));
            if !reader
                .read_record(&mut record)
                .map_err(|fault| crate::unpack::broken("csv", fault))?
            {
                break;
            }
            number = number.saturating_add(1);
            if number > self.limits.rows_max {
                return Err(Refusal::of_row(u64::from(number), "sheets-too-many-rows")
                    .with("limit", self.limits.rows_max));
            }
            let end = usize::try_from(reader.position().byte()).unwrap_or(text.len());
            if end >= text.len() && is_quote_open(rest.trim_start_matches(['\r', '\n']), separator)
            {
                return Err(Refusal::of_row(u64::from(number), "sheets-quote-open"));
            }
            start = end;
            self.add(number, &record)?;
        }
        Ok(())
    }

    fn add(&mut self, number: u32, record: &StringRecord) -> Result<(), Refusal> {
        if record.len() > self.limits.columns_max as usize {
            return Err(
                Refusal::of_row(u64::from(number), "sheets-too-many-columns")
                    .with("limit", self.limits.columns_max),
            );
        }
        let before = self.raw.store.len();
        self.raw.store.begin_row(number, false);
        for (position, field) in record.iter().enumerate() {
            if field.len() > self.limits.cell_bytes_max as usize {
                return Err(Refusal::of_row(u64::from(number), "sheets-cell-too-long")
                    .at_column(letter(position))
                    .with("limit", self.limits.cell_bytes_max));
            }
            let field = unescaped(field);
            if is_formula(field) {
                self.raw.formula_text.see(number, position, field);
            }
            self.raw.push(number, position, field, CellKind::Text)?;
        }
        self.raw.store.end_row();
        if self.raw.store.len() > before {
            let filled = self.raw.store.width(before);
            self.check_width(number, record.len(), filled);
        }
        Ok(())
    }

    fn check_width(&mut self, number: u32, fields: usize, filled: usize) {
        if let Some((least, most)) = self.widths {
            // Programs fill short rows up with separators, so empty fields at the end are no harm.
            if fields < least || filled > most {
                let found = if fields < least { fields } else { filled };
                self.raw.refusals.push(
                    Refusal::of_row(u64::from(number), "sheets-row-ragged")
                        .with("found", found)
                        .with("expected", least),
                );
            }
            return;
        }
        self.counts.push((number, fields));
        if self.counts.len() == head::SEARCHED_ROWS {
            self.settle_width();
        }
    }

    /// Finds the header among the first rows, then checks those below it.
    fn settle_width(&mut self) {
        if self.widths.is_some() || self.raw.store.len() == 0 {
            return;
        }
        let header = head::position(&self.raw.store, self.choice);
        let fields = self.counts.get(header).map_or(0, |(_, fields)| *fields);
        self.widths = Some((self.raw.store.width(header), fields));
        self.raw.width_max = fields;
        for (row, (number, fields)) in std::mem::take(&mut self.counts).into_iter().enumerate() {
            if row > header {
                let filled = self.raw.store.width(row);
                self.check_width(number, fields, filled);
            }
        }
    }
}

/// Blank lines before the next record. After a record ended by CR LF the reader stands between
/// the two.
fn blank_lines(rest: &str, start: usize, text: &str) -> u32 {
    let ended_by_cr = start > 0 && text.as_bytes().get(start - 1) == Some(&b'\r');
    let rest = if ended_by_cr {
        rest.strip_prefix('\n').unwrap_or(rest)
    } else {
        rest
    };
    let breaks = rest
        .bytes()
        .take_while(|byte| matches!(byte, b'\r' | b'\n'))
        .count();
    let pairs = rest
        .get(..breaks)
        .map_or(0, |blank| blank.matches("\r\n").count());
    u32::try_from(breaks - pairs).unwrap_or(u32::MAX)
}

/// True when the record, the last of the file, ends inside quotes.
fn is_quote_open(record: &str, separator: u8) -> bool {
    let (mut quoted, mut at_start) = (false, true);
    for byte in record.bytes() {
        match (quoted, byte) {
            (true, b'"') => quoted = false,
            (true, _) => {}
            // A second quote right after the first continues the field.
            (false, b'"') => quoted = at_start,
            (false, _) => at_start = byte == separator,
        }
    }
    quoted
}

/// Takes away the apostrophe that marks a text which would otherwise be read as a formula.
fn unescaped(field: &str) -> &str {
    let Some(rest) = field.strip_prefix('\'') else {
        return field;
    };
    let bare = rest.trim_start_matches('\'');
    if bare.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        rest
    } else {
        field
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_found() {
        for (text, expected) in [
            ("a,b\n1,2\n", b','),
            ("a;b\n1,5;2\n1,7;3\n", b';'),
            ("a\tb\n1,2\t3\n", b'\t'),
            ("\"a,b\";c\n1;2\n", b';'),
            ("only\n1\n", b','),
        ] {
            assert_eq!(likely_separator(text), expected, "{text}");
        }
        assert_eq!(told_separator("sep=;\r\na;b\n"), ("a;b\n", Some(b';')));
    }

    #[test]
    fn an_open_quote_is_noticed() {
        for (record, open) in [
            ("a,\"b", true),
            ("a,\"b\"\"c", true),
            ("a,\"b\"\"c\"", false),
            ("a,5\" pipe", false),
            ("\"a\nb\",c\n", false),
        ] {
            assert_eq!(is_quote_open(record, b','), open, "{record}");
        }
    }
}
