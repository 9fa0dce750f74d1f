//! Check-ins by table: read outside of the transaction, judged inside, and nothing half taken.

use crate::consignment::Checked;
use crate::rules;
use crate::store::lines::Told;
use base::{Arg, Error, Id, Refusal, Result};
use lang::Words;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sheets::{Columns, Kind, Limits, Row, Sheet, Wanted};
use std::collections::BTreeMap;

/// Bytes a table of check-ins may have.
pub(crate) const FILE_MAX: u64 = 10_000_000;
/// Rows it may have.
const ROWS_MAX: u32 = 50_000;
/// Refusals kept; the rest is counted.
const REFUSED_MAX: usize = 500;

/// The columns, and what else they are called; good and the like may be left out.
const COLUMNS: [(&str, &[&str], Kind, bool); 5] = [
    (
        "school_code",
        &[
            "school",
            "code",
            "code de l'école",
            "école",
            "código",
            "escuela",
            "رمز المدرسة",
            "المدرسة",
        ],
        Kind::Text,
        true,
    ),
    (
        "good",
        &[
            "good units",
            "received",
            "bon",
            "bon état",
            "bueno",
            "recibido",
            "سليم",
        ],
        Kind::Whole,
        true,
    ),
    (
        "damaged",
        &["broken", "endommagé", "abîmé", "dañado", "تالف"],
        Kind::Whole,
        false,
    ),
    (
        "short",
        &["missing", "manquant", "faltante", "ناقص"],
        Kind::Whole,
        false,
    ),
    (
        "surplus",
        &["extra", "en trop", "excédent", "sobrante", "زائد"],
        Kind::Whole,
        false,
    ),
];

/// A row that could be read.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct Entry {
    row: i64,
    code: String,
    parts: [i64; 4],
}

/// Why a row was refused.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub(crate) struct Remark {
    row: Option<i64>,
    column: Option<String>,
    key: String,
    args: BTreeMap<String, Value>,
}

impl Remark {
    fn of(row: i64, refusal: &Refusal) -> Self {
        let value = |arg: &Arg| match arg {
            Arg::Number(n) => json!(n),
            Arg::Text(text) | Arg::Word(text) => json!(text),
        };
        let args = refusal.args.iter();
        Self {
            row: Some(row),
            column: Some(refusal.field.clone()).filter(|field| !field.is_empty()),
            key: refusal.key.clone(),
            args: args
                .map(|(name, arg)| ((*name).to_owned(), value(arg)))
                .collect(),
        }
    }
    /// The refusal in the reader's words.
    pub(crate) fn said(&self, words: &Words) -> String {
        let arg = |value: &Value| match value {
            Value::Number(n) => Arg::Number(n.as_i64().unwrap_or(0)),
            other => Arg::Text(other.as_str().unwrap_or_default().to_owned()),
        };
        let args: Vec<(&str, Arg)> = self
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), arg(value)))
            .collect();
        words.say_with(&self.key, &args)
    }
    /// The row and the column, as the table counts and calls them.
    pub(crate) fn place(&self) -> (String, &str) {
        let row = self.row.map(|row| row.to_string()).unwrap_or_default();
        (row, self.column.as_deref().unwrap_or_default())
    }
}

impl From<sheets::Refusal> for Remark {
    fn from(refusal: sheets::Refusal) -> Self {
        let args = refusal.arguments().into_iter();
        Self {
            row: refusal.row.and_then(|row| i64::try_from(row).ok()),
            args: args
                .map(|(name, text)| (name.to_owned(), json!(text)))
                .collect(),
            column: refusal.column,
            key: refusal.key.to_owned(),
        }
    }
}

/// What a table says, and what in it could not be read.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(crate) struct Read {
    pub rows: i64,
    pub entries: Vec<Entry>,
    /// Rows with a school and no number: they say nothing.
    pub silent: i64,
    pub refused: Vec<Remark>,
}

/// Reads a table; everything that cannot be read stands in the answer.
pub(crate) fn read(name: &str, bytes: &[u8]) -> Read {
    let limits = Limits {
        rows_max: ROWS_MAX,
        bytes_max: FILE_MAX,
        ..Limits::default()
    };
    let whole = |refusals: Vec<sheets::Refusal>| Read {
        refused: refusals.into_iter().map(Remark::from).collect(),
        ..Read::default()
    };
    let sheet = match Sheet::read(name, bytes, &limits) {
        Ok(sheet) => sheet,
        Err(refusals) => return whole(refusals),
    };
    let wanted = COLUMNS.map(|(name, aliases, kind, required)| Wanted {
        name,
        aliases,
        required,
        kind,
    });
    match sheet.table().columns(&wanted) {
        Ok(columns) => rows(&sheet, &columns),
        Err(refusals) => whole(refusals),
    }
}

fn rows(sheet: &Sheet, columns: &Columns) -> Read {
    let mut out = Read::default();
    for row in sheet.rows(0..sheet.len()) {
        out.rows += 1;
        let number = i64::try_from(row.number()).unwrap_or(i64::MAX);
        if row.hidden() {
            let refusal = Refusal::whole("deliveries-row-hidden");
            out.refused.push(Remark::of(number, &refusal));
            continue;
        }
        match entry(&row, columns) {
            Ok(Some((code, parts))) => out.entries.push(Entry {
                row: number,
                code,
                parts,
            }),
            Ok(None) => out.silent += 1,
            Err(refusals) => out.refused.extend(refusals.into_iter().map(Remark::from)),
        }
    }
    out
}

/// A row's school and numbers; none when it has no number.
fn entry(
    row: &Row<'_>,
    columns: &Columns,
) -> std::result::Result<Option<(String, [i64; 4])>, Vec<sheets::Refusal>> {
    let (mut refused, mut parts, mut said) = (Vec::new(), [0; 4], false);
    for (name, part) in ["good", "damaged", "short", "surplus"]
        .into_iter()
        .zip(&mut parts)
    {
        let read = columns
            .column(name)
            .and_then(|column| row.cell(column).whole(0, rules::UNITS_MAX));
        match read {
            Ok(Some(units)) => (*part, said) = (units, true),
            Ok(None) => {}
            Err(refusal) => refused.push(refusal),
        }
    }
    if !said && refused.is_empty() {
        return Ok(None);
    }
    let code = columns.column("school_code").and_then(|column| {
        let cell = row.cell(column);
        cell.text(60).and_then(|code| cell.needed(code))
    });
    match code {
        Ok(code) if refused.is_empty() => Ok(Some((code, parts))),
        Ok(_) => Err(refused),
        Err(refusal) => {
            refused.push(refusal);
            Err(refused)
        }
    }
}

/// Rows matched to a consignment's lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Judged {
    pub parts: Vec<(Id, Checked)>,
    pub refused: Vec<Remark>,
}

/// Matches rows to lines, and tells every row that says too much, or of a school that is not there.
pub(crate) fn judge(read: &Read, lines: &[Told]) -> Result<Judged> {
    let mut by_code: BTreeMap<String, Vec<&Told>> = BTreeMap::new();
    for told in lines {
        let code = told.line.school.as_deref().unwrap_or(&told.line.place);
        by_code.entry(base::fold(code)).or_default().push(told);
    }
    let mut seen: BTreeMap<String, i64> = BTreeMap::new();
    let mut out = Judged {
        refused: read.refused.clone(),
        ..Judged::default()
    };
    for entry in &read.entries {
        let mut refuse = |refusal: Refusal| out.refused.push(Remark::of(entry.row, &refusal));
        let key = base::fold(&entry.code);
        if let Some(first) = seen.insert(key.clone(), entry.row) {
            refuse(Refusal::about("school_code", "deliveries-row-twice").with("row", first));
            continue;
        }
        let [good, damaged, short, surplus] = entry.parts;
        let checked = Checked {
            good,
            damaged,
            short,
            surplus,
        };
        match by_code.get(&key).map(Vec::as_slice) {
            None => refuse(
                Refusal::about("school_code", "deliveries-school-not-in-it")
                    .with("code", entry.code.as_str()),
            ),
            Some([told]) => match rules::may_check_in(told.known.pending(), &checked) {
                Ok(()) => out.parts.push((told.line.id, checked)),
                Err(Error::Refused(refusals)) => refusals.0.into_iter().for_each(refuse),
                Err(error) => return Err(error),
            },
            Some(_) => refuse(
                Refusal::about("school_code", "deliveries-school-several-lines")
                    .with("code", entry.code.as_str()),
            ),
        }
    }
    out.refused.sort_by_key(|remark| remark.row);
    Ok(out)
}

impl Judged {
    /// What the trial found, for keeping: sums, and the first refusals in full.
    pub(crate) fn report(&self, read: &Read) -> Value {
        let sum = self
            .parts
            .iter()
            .fold(Checked::default(), |sum, (_, checked)| sum.and(*checked));
        let kept: Vec<&Remark> = self.refused.iter().take(REFUSED_MAX).collect();
        json!({
            "rows": read.rows, "lines": self.parts.len(), "silent": read.silent, "good": sum.good,
            "damaged": sum.damaged, "short": sum.short, "surplus": sum.surplus,
            "refused": kept, "refusals": self.refused.len(),
        })
    }
}

#[cfg(test)]
#[path = "sheet_test.rs"]
mod tests;
