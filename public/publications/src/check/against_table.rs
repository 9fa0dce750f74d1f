//! CSV held against its own declaration: types, codes, keys, references, HXL tags.

use super::Report;
use crate::table::{Kind, Table};
use base::Day;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::io::Read;

/// Version of the table schema and of HXL these checks follow.
pub const VERSION: &str = "Table Schema 1, HXL 1.1";

/// HXL 1.1's hashtags.
const HASHTAGS: &[&str] = &[
    "#access",
    "#activity",
    "#adm1",
    "#adm2",
    "#adm3",
    "#adm4",
    "#adm5",
    "#affected",
    "#beneficiary",
    "#capacity",
    "#cause",
    "#channel",
    "#contact",
    "#country",
    "#crisis",
    "#currency",
    "#date",
    "#delivery",
    "#description",
    "#event",
    "#frequency",
    "#geo",
    "#group",
    "#impact",
    "#indicator",
    "#inneed",
    "#item",
    "#loc",
    "#meta",
    "#modality",
    "#need",
    "#operations",
    "#org",
    "#output",
    "#population",
    "#reached",
    "#region",
    "#respondee",
    "#sector",
    "#service",
    "#severity",
    "#status",
    "#subsector",
    "#targeted",
    "#value",
];

/// Keys seen so far, by table; eight bytes each.
pub type Keys = BTreeMap<&'static str, BTreeSet<u64>>;

/// Checks one file; what it refers to must have been checked before it.
pub fn check<R: Read>(source: R, table: &Table, keys: &mut Keys) -> Report {
    let mut report = Report::default();
    let mut csv = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .from_reader(source);
    let mut rows = csv.records();
    let names: Vec<&str> = table.fields.iter().map(|field| field.name).collect();
    match rows.next() {
        Some(Ok(head)) if head.iter().eq(names.iter().copied()) => {}
        _ => report.error("the header is not the declared one", table.name),
    }
    if table.tagged {
        match rows.next() {
            Some(Ok(tags)) => tagged(tags.iter().collect(), &mut report),
            _ => report.error("the HXL tags are missing", table.name),
        }
    }
    let mut own = BTreeSet::new();
    for (at, row) in rows.enumerate() {
        let place = format!("row {}", at + 1);
        match row {
            Ok(row) if row.len() == names.len() => {
                report.looked(1);
                let cells: Vec<&str> = row.iter().collect();
                values(&cells, table, &place, &mut report);
                references(&cells, table, keys, &place, &mut report);
                let key = table.place(table.key).and_then(|at| cells.get(at));
                if let Some(key) = key
                    && !own.insert(fingerprint(key))
                {
                    report.error(&format!("{} comes twice", table.key), &place);
                }
            }
            Ok(_) => report.error("a row of another width than the header", &place),
            Err(why) => report.error("a row cannot be read", &why.to_string()),
        }
    }
    keys.insert(table.name, own);
    report
}

fn tagged(tags: Vec<&str>, report: &mut Report) {
    for tag in tags {
        let mut parts = tag.split('+');
        let hashtag = parts.next().unwrap_or_default();
        if !HASHTAGS.contains(&hashtag) {
            report.error("a hashtag HXL does not have", tag);
        }
        let plain = |part: &str| {
            let mut bytes = part.bytes();
            bytes.next().is_some_and(|b| b.is_ascii_lowercase())
                && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        };
        if !parts.all(plain) {
            report.error("an attribute HXL cannot read", tag);
        }
    }
}

fn values(cells: &[&str], table: &Table, place: &str, report: &mut Report) {
    for (cell, field) in cells.iter().zip(table.fields) {
        if cell.is_empty() {
            if field.required {
                report.error(&format!("{} is empty", field.name), place);
            }
            continue;
        }
        let good = match field.kind {
            Kind::Text => true,
            Kind::Whole => cell.parse::<i64>().is_ok(),
            Kind::Day => Day::parse(cell).is_some(),
            Kind::Moment => {
                cell.len() == 20 && cell.ends_with('Z') && Day::parse(&cell[..10]).is_some()
            }
            Kind::Code(codes) => codes.contains(cell),
            Kind::Yes => matches!(*cell, "yes" | "no"),
        };
        if !good {
            report.error(
                &format!("{} holds another kind of value", field.name),
                place,
            );
        }
    }
}

fn references(cells: &[&str], table: &Table, keys: &Keys, place: &str, report: &mut Report) {
    for (field, other) in table.links {
        let cell = table
            .place(field)
            .and_then(|at| cells.get(at))
            .copied()
            .unwrap_or_default();
        let known = keys
            .get(other)
            .is_some_and(|keys| keys.contains(&fingerprint(cell)));
        if !cell.is_empty() && !known {
            report.error(&format!("{field} names no row of {other}"), place);
        }
    }
}

fn fingerprint(text: &str) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(text)
}
