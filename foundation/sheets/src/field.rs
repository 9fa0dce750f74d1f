//! One cell read as what its column should hold.
//!
//! `Ok(None)` is unknown and never zero. Every refusal carries the row, the header and the text.

use jiff::civil::Date;

use crate::columns::Column;
use crate::day;
use crate::fold::fold;
use crate::numeral::{self, Fault, Lean, Marks, Numeral};
use crate::refusal::Refusal;
use crate::store::CellKind;

/// A cell and the column it stands in.
#[derive(Debug, Clone, Copy)]
pub struct Field<'a> {
    text: &'a str,
    kind: CellKind,
    row: u64,
    column: &'a Column,
}

impl<'a> Field<'a> {
    pub(crate) fn new(text: &'a str, kind: CellKind, row: u64, column: &'a Column) -> Self {
        Self {
            text,
            kind,
            row,
            column,
        }
    }

    /// The text as it stands in the file.
    pub fn raw(&self) -> &'a str {
        self.text
    }

    /// True for a text that a spreadsheet program would take for a formula.
    pub fn is_formula(&self) -> bool {
        self.kind == CellKind::Text && is_formula(self.text)
    }

    /// Text without spaces around it. Words such as "NA" stay text: they may be a name or a code.
    pub fn text(&self, chars_max: usize) -> Result<Option<String>, Refusal> {
        let text = self.text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        if text.chars().count() > chars_max {
            return Err(self.refused("sheets-text-long").with("max", chars_max));
        }
        Ok(Some(text.to_owned()))
    }

    /// A whole number. Where `min` is not negative, a negative number has its own refusal.
    pub fn whole(&self, min: i64, max: i64) -> Result<Option<i64>, Refusal> {
        let Some(numeral) = self.numeral(Lean::Whole)? else {
            return Ok(None);
        };
        if numeral.negative && !numeral.is_zero() && min >= 0 {
            return Err(self.refused("sheets-negative"));
        }
        let value = numeral
            .as_whole()
            .ok_or_else(|| self.refused("sheets-whole"))?;
        self.within(value, min, max)
    }

    /// A number with or without decimals.
    pub fn decimal(&self, min: f64, max: f64) -> Result<Option<f64>, Refusal> {
        let Some(numeral) = self.numeral(Lean::Decimal)? else {
            return Ok(None);
        };
        if numeral.negative && !numeral.is_zero() && min >= 0.0 {
            return Err(self.refused("sheets-negative"));
        }
        let value = numeral
            .as_decimal()
            .ok_or_else(|| self.refused("sheets-number"))?;
        self.within(value, min, max)
    }

    /// A day. Ambiguous days are read only when the column proves its order.
    pub fn day(&self) -> Result<Option<Date>, Refusal> {
        if is_unknown(self.text) {
            return Ok(None);
        }
        day::parse(self.text, self.column.day_order())
            .map(Some)
            .map_err(|fault| {
                self.refused(match fault {
                    day::Fault::NotDay => "sheets-day",
                    day::Fault::Ambiguous => "sheets-day-ambiguous",
                    day::Fault::ShortYear => "sheets-day-short-year",
                })
            })
    }

    /// Yes, no, or unknown.
    pub fn yes_no(&self) -> Result<Option<bool>, Refusal> {
        if is_unknown(self.text) {
            return Ok(None);
        }
        match fold(self.text.trim_end_matches(".0")).as_str() {
            "1" | "true" | "t" | "yes" | "y" | "vrai" | "oui" | "verdadero" | "si" | "sim"
            | "ndiyo" | "نعم" | "صحيح" => Ok(Some(true)),
            "0" | "false" | "f" | "no" | "n" | "faux" | "non" | "falso" | "nao" | "hapana"
            | "لا" | "خطا" => Ok(Some(false)),
            _ => Err(self.refused("sheets-yes-no")),
        }
    }

    /// One of the codes; case and accents do not matter.
    pub fn code<'c>(&self, codes: &[&'c str]) -> Result<Option<&'c str>, Refusal> {
        let listed: Vec<(&'c str, &[&str])> =
            codes.iter().map(|&code| (code, [].as_slice())).collect();
        self.code_among(&listed)
    }

    /// One of the codes, each with its other spellings.
    pub fn code_among<'c>(&self, codes: &[(&'c str, &[&str])]) -> Result<Option<&'c str>, Refusal> {
        let folded = fold(self.text);
        let found = codes.iter().find(|(code, others)| {
            fold(code) == folded || others.iter().any(|other| fold(other) == folded)
        });
        match found {
            // Codes come first: NA is unknown, but also Namibia.
            Some((code, _)) if !folded.is_empty() => Ok(Some(code)),
            _ if is_unknown(self.text) => Ok(None),
            _ => {
                let codes: Vec<&str> = codes.iter().map(|(code, _)| *code).collect();
                Err(self
                    .refused("sheets-code-unknown")
                    .with("codes", codes.join(", ")))
            }
        }
    }

    /// Degrees east of Greenwich.
    pub fn longitude(&self) -> Result<Option<f64>, Refusal> {
        self.degrees(180.0, "sheets-longitude")
    }

    /// Degrees north of the equator.
    pub fn latitude(&self) -> Result<Option<f64>, Refusal> {
        self.degrees(90.0, "sheets-latitude")
    }

    fn degrees(&self, most: f64, key: &'static str) -> Result<Option<f64>, Refusal> {
        let numeral = self
            .numeral(Lean::Coordinate)
            .map_err(|_| self.refused(key))?;
        let Some(numeral) = numeral else {
            return Ok(None);
        };
        match numeral.as_decimal() {
            Some(degrees) if degrees.abs() <= most => Ok(Some(degrees)),
            _ => Err(self.refused(key)),
        }
    }

    /// The value, or the refusal of an empty cell.
    pub fn needed<T>(&self, value: Option<T>) -> Result<T, Refusal> {
        value.ok_or_else(|| self.refused("sheets-cell-empty"))
    }

    /// A refusal by a rule of the caller, with the place filled in.
    pub fn refuse(&self, key: &'static str, args: Vec<(&'static str, String)>) -> Refusal {
        Refusal {
            args,
            ..self.refused(key)
        }
    }

    fn refused(&self, key: &'static str) -> Refusal {
        let value: String = self.text.trim().chars().take(80).collect();
        let refusal = Refusal::of_row(self.row, key).with("value", value);
        refusal.at_column(self.column.header().unwrap_or(self.column.name()))
    }

    fn numeral(&self, lean: Lean) -> Result<Option<Numeral>, Refusal> {
        if is_unknown(self.text) {
            return Ok(None);
        }
        // Numbers of a workbook are stored with a dot, whatever the screen shows.
        let marks = match self.kind {
            CellKind::Number => Marks::DotDecimal,
            CellKind::Text | CellKind::Day | CellKind::Truth => self.column.marks(),
        };
        numeral::parse(self.text, marks, lean)
            .map(Some)
            .map_err(|fault| {
                self.refused(match fault {
                    Fault::NotNumber => "sheets-number",
                    Fault::Ambiguous => "sheets-number-ambiguous",
                    Fault::Shortened => "sheets-number-shortened",
                })
            })
    }

    fn within<T: PartialOrd + ToString>(
        &self,
        value: T,
        min: T,
        max: T,
    ) -> Result<Option<T>, Refusal> {
        if value < min {
            return Err(self.refused("sheets-small").with("min", min.to_string()));
        }
        if value > max {
            return Err(self.refused("sheets-large").with("max", max.to_string()));
        }
        Ok(Some(value))
    }
}

/// True for an empty cell and for the words that say "we do not know".
pub(crate) fn is_unknown(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 40 {
        return false;
    }
    if text
        .chars()
        .all(|letter| matches!(letter, '-' | '–' | '—' | '.' | '?' | '…'))
    {
        return true;
    }
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    matches!(
        fold(text).as_str(),
        "na" | "#na"
            | "null"
            | "nil"
            | "none"
            | "nan"
            | "nd"
            | "sd"
            | "unknown"
            | "notknown"
            | "notavailable"
            | "missing"
            | "inconnu"
            | "inconnue"
            | "nonconnu"
            | "desconocido"
            | "desconocida"
            | "sindato"
            | "sindatos"
            | "غيرمعروف"
            | "غيرمتوفر"
            | "مجهول"
    )
}

/// True for a text that begins as a formula and is no number.
pub(crate) fn is_formula(text: &str) -> bool {
    let Some(first) = text.bytes().next() else {
        return false;
    };
    match first {
        b'=' | b'@' => text.len() > 1,
        b'+' | b'-' => text.as_bytes().get(1).is_some_and(|next| {
            !next.is_ascii_digit() && !matches!(next, b'.' | b',' | b' ' | b'-')
        }),
        _ => false,
    }
}
