//! Every list as a file: all its pages, as CSV or as a spreadsheet.

use crate::api::download;
use crate::ask::{Ask, EXPORT_ROWS};
use crate::hail::Format;
use crate::reply::Reply;
use crate::room::{Answer, Download, Line, Shape, View};
use base::{Error, Result};
use db::Tx;
use sheets::{Cell, CsvWriter, Direction, XlsxWriter};
use ui::{Column, Typed};

/// The whole list as a file.
///
/// # Errors
/// Missing when the view is no list; a fault when the file cannot be made.
pub fn file(tx: &mut Tx, ask: &Ask, view: &View, format: Format) -> Result<Reply> {
    let Shape::List(columns, _) = view.shape else {
        return Err(Error::Missing);
    };
    let stem: String = ask.path.trim_matches('/').replace('/', "-");
    let (bytes, mime, ending) = match format {
        Format::Xlsx => (xlsx(tx, ask, view, columns)?, XLSX, "xlsx"),
        Format::Csv | Format::Html | Format::Json => (
            csv(tx, ask, view, columns)?,
            "text/csv; charset=utf-8",
            "csv",
        ),
    };
    let name = format!("{stem}-{}.{ending}", ask.today);
    Ok(download(&Download {
        name,
        mime: mime.to_owned(),
        bytes,
    }))
}

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Gives every row of the list, page by page, in the transaction's one snapshot.
fn each(
    tx: &mut Tx,
    ask: &Ask,
    view: &View,
    row: &mut dyn FnMut(&Line) -> Result<()>,
) -> Result<()> {
    let mut after = ask.query.get("after").cloned();
    loop {
        let page = ask.page(after.as_deref(), EXPORT_ROWS);
        let Answer::List(list) = (view.run)(tx, &page)? else {
            return Err(Error::Missing);
        };
        for line in &list.rows {
            row(line)?;
        }
        match list.rows.last() {
            Some(last) if list.more && after.as_deref() != Some(last.key.as_str()) => {
                after = Some(last.key.clone());
            }
            _ => return Ok(()),
        }
    }
}

fn cells(ask: &Ask, line: &Line) -> Vec<Cell> {
    let lang = ask.words.lang();
    line.cells
        .iter()
        .map(|cell| match ui::typed(lang, cell) {
            Typed::Empty => Cell::Empty,
            Typed::Text(text) => Cell::Text(text),
            Typed::Whole(number) => Cell::Whole(number),
            Typed::Decimal(number) | Typed::Share(number) => Cell::Decimal(number),
            Typed::Day(day) => Cell::Day(day.date()),
            Typed::Moment(moment) => Cell::Text(moment.to_string()),
            Typed::Yes(yes) => Cell::Text(if yes { "yes" } else { "no" }.to_owned()),
        })
        .collect()
}

fn tags(columns: &[Column]) -> Vec<&'static str> {
    columns
        .iter()
        .map(|column| column.hxl.unwrap_or(""))
        .collect()
}

fn csv(tx: &mut Tx, ask: &Ask, view: &View, columns: &[Column]) -> Result<Vec<u8>> {
    let mut out = CsvWriter::new(Vec::new());
    let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
    out.head(&names).map_err(Error::fault)?;
    if columns.iter().any(|column| column.hxl.is_some()) {
        out.tags(&tags(columns)).map_err(Error::fault)?;
    }
    each(tx, ask, view, &mut |line| {
        out.row(&cells(ask, line)).map_err(Error::fault)
    })?;
    out.finish().map_err(Error::fault)
}

fn xlsx(tx: &mut Tx, ask: &Ask, view: &View, columns: &[Column]) -> Result<Vec<u8>> {
    let direction = if ask.words.dir() == "rtl" {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    };
    let mut out = XlsxWriter::new("Harambee", direction).map_err(Error::fault)?;
    let labels: Vec<String> = columns
        .iter()
        .map(|column| column.label(&ask.words))
        .collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    out.head(&labels).map_err(Error::fault)?;
    each(tx, ask, view, &mut |line| {
        out.row(&cells(ask, line)).map_err(Error::fault)
    })?;
    out.finish().map_err(Error::fault)
}
