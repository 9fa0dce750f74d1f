//! Sheets: reads the tables people really keep (CSV, XLSX, ODS) and writes CSV and XLSX.
//!
//! Bytes in, values out. It never reads the clock, the disk, the network or a database, and it
//! knows nothing of what a table is about. Unknown is never zero, nothing is repaired in
//! silence, and a malformed file is refused whole, with every reason and its place.

pub mod duplicates;

mod columns;
mod csv_reader;
mod csv_writer;
mod day;
mod encoding;
mod field;
mod fold;
mod head;
mod limits;
mod numeral;
mod ods_reader;
mod point;
mod refusal;
mod sheet;
mod store;
mod unpack;
mod xlsx_reader;
mod xlsx_writer;
mod xml;

pub use columns::{Column, Columns, Kind, Table, Wanted};
pub use csv_writer::{Cell, CsvWriter};
pub use day::DayOrder;
pub use field::Field;
pub use fold::fold;
pub use limits::{Choice, Legacy, Limits};
pub use numeral::Marks;
pub use point::{Bounds, point};
pub use refusal::{Note, Refusal, Refusals};
pub use sheet::{Format, OtherSheet, Row, Rows, Sheet};
pub use xlsx_writer::{Direction, XlsxWriter};

/// The words of every refusal and note.
pub const WORDS: &[(base::Lang, &str)] = &[
    (base::Lang::En, include_str!("../lang/en.ftl")),
    (base::Lang::Fr, include_str!("../lang/fr.ftl")),
    (base::Lang::Ar, include_str!("../lang/ar.ftl")),
];
