//! Tables of open data: one declaration gives the CSV, its HXL tags and its table schema.

use crate::ocds::LICENCE;
use crate::sink::hex;
use base::{Day, Error, Moment, Result};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sheets::{Cell, CsvWriter};
use std::io::Write;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Whole,
    Day,
    Moment,
    /// One of these codes.
    Code(&'static [&'static str]),
    Yes,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub name: &'static str,
    pub kind: Kind,
    /// HXL hashtag and attributes; empty where the table carries none.
    pub tag: &'static str,
    /// What it says, in English: data packages have one language.
    pub says: &'static str,
    pub required: bool,
}

/// A table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The file's name without its ending.
    pub name: &'static str,
    pub title: &'static str,
    pub fields: &'static [Field],
    /// The column that comes once for each row; empty when none does.
    pub key: &'static str,
    /// Column, and the table whose key it names.
    pub links: &'static [(&'static str, &'static str)],
    /// With HXL tags below the header.
    pub tagged: bool,
    /// Columns that only say when or from which count a row was written.
    pub stamps: &'static [&'static str],
}

impl Table {
    /// The file's name.
    pub fn file(&self) -> String {
        format!("{}.csv", self.name)
    }
    /// Where the field of that name stands.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The table schema that says what every column holds.
    fn schema(&self) -> Value {
        let field = |field: &Field| {
            let kind = match field.kind {
                Kind::Text | Kind::Code(_) => "string",
                Kind::Whole => "integer",
                Kind::Day => "date",
                Kind::Moment => "datetime",
                Kind::Yes => "boolean",
            };
            let mut said = json!({ "name": field.name, "type": kind, "description": field.says });
            let mut limits = serde_json::Map::new();
            if field.required {
                limits.insert("required".to_owned(), true.into());
            }
            if field.name == self.key {
                limits.insert("unique".to_owned(), true.into());
            }
            if let Kind::Code(codes) = field.kind {
                limits.insert("enum".to_owned(), codes.into());
            }
            if field.kind == Kind::Yes {
                said["trueValues"] = json!(["yes"]);
                said["falseValues"] = json!(["no"]);
            }
            if !limits.is_empty() {
                said["constraints"] = Value::Object(limits);
            }
            said
        };
        let mut schema = json!({
            "fields": self.fields.iter().map(field).collect::<Vec<_>>(),
            "missingValues": [""],
        });
        if !self.key.is_empty() {
            schema["primaryKey"] = self.key.into();
        }
        if !self.links.is_empty() {
            schema["foreignKeys"] = self
                .links
                .iter()
                .map(|(own, table)| {
                    json!({ "fields": own, "reference": { "resource": table, "fields": "code" } })
                })
                .collect();
        }
        schema
    }
}

/// The data package that names every table with its schema; when it was made is the file's to say.
pub fn data_package(tables: &[&Table], title: &str, site: &str) -> Value {
    let resource = |table: &&Table| {
        json!({
            "name": table.name,
            "path": table.file(),
            "title": table.title,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": table.schema(),
        })
    };
    json!({
        "profile": "tabular-data-package",
        "name": "harambee-open-data",
        "title": title,
        "homepage": format!("{site}/data"),
        "licenses": [{ "name": "CC-BY-4.0", "path": LICENCE, "title": "Creative Commons Attribution 4.0" }],
        "resources": tables.iter().map(resource).collect::<Vec<_>>(),
    })
}

/// A table being written.
pub struct Rows<W: Write> {
    csv: CsvWriter<W>,
    count: i64,
    /// What the rows say, without when they said it.
    content: Sha256,
    stamped: Vec<bool>,
}

impl<W: Write> Rows<W> {
    /// Writes the head, and the tags where the table carries them.
    ///
    /// # Errors
    /// A fault when it cannot be written.
    pub fn begin(out: W, table: &Table) -> Result<Self> {
        let mut csv = CsvWriter::new(out);
        let names: Vec<&str> = table.fields.iter().map(|field| field.name).collect();
        csv.head(&names).map_err(Error::fault)?;
        if table.tagged {
            let tags: Vec<&str> = table.fields.iter().map(|field| field.tag).collect();
            csv.tags(&tags).map_err(Error::fault)?;
        }
        let is_stamp = |field: &Field| table.stamps.contains(&field.name);
        Ok(Self {
            csv,
            count: 0,
            content: Sha256::new_with_prefix(names.join(",")),
            stamped: table.fields.iter().map(is_stamp).collect(),
        })
    }
    /// Adds a row, as wide as the table.
    ///
    /// # Errors
    /// A fault when it cannot be written.
    pub fn add(&mut self, cells: &[Cell]) -> Result<()> {
        self.count += 1;
        for (cell, _) in cells
            .iter()
            .zip(&self.stamped)
            .filter(|(_, stamp)| !**stamp)
        {
            self.content.update(format!("{cell:?}\n"));
        }
        self.csv.row(cells).map_err(Error::fault)
    }
    /// Ends the table; answers how many rows it has, and what stands for all they say.
    ///
    /// # Errors
    /// A fault when it cannot be written.
    pub fn finish(self) -> Result<(W, i64, String)> {
        let content = hex(&self.content.finalize());
        Ok((
            self.csv.finish().map_err(Error::fault)?,
            self.count,
            content,
        ))
    }
}

/// A cell with text; without, unknown.
pub(crate) fn text(text: impl Into<String>) -> Cell {
    let text: String = text.into();
    if text.is_empty() {
        Cell::Empty
    } else {
        Cell::Text(text)
    }
}
/// A cell with a number that may be unknown.
pub(crate) fn whole(number: impl Into<Option<i64>>) -> Cell {
    number.into().map_or(Cell::Empty, Cell::Whole)
}
/// A cell with a day that may be unknown.
pub(crate) fn day(day: impl Into<Option<Day>>) -> Cell {
    day.into().map_or(Cell::Empty, |day| Cell::Day(day.date()))
}
/// A cell with a moment that may be unknown.
pub(crate) fn moment(at: impl Into<Option<Moment>>) -> Cell {
    at.into()
        .map_or(Cell::Empty, |at| Cell::Text(at.to_string()))
}
/// A cell with yes or no.
pub(crate) fn yes(yes: bool) -> Cell {
    Cell::Text(if yes { "yes" } else { "no" }.to_owned())
}
