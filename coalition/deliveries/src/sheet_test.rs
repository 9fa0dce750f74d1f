//! Check-in sheets as authorities fill them in.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that goes wrong ends here"
)]

use super::*;
use crate::consignment::ConsignmentLine;
use crate::rules::Known;

fn told(code: &str, units: i64) -> Told {
    let id = Id::named("line", code);
    Told {
        line: ConsignmentLine {
            id,
            consignment: id,
            line: id,
            proposal: id,
            offer: id,
            units,
            place: "HN01".to_owned(),
            department: "HN01".to_owned(),
            school: Some(code.to_owned()),
            label: format!("School {code}"),
        },
        known: Known {
            units,
            ..Known::default()
        },
        surplus_open: 0,
        arrived_on: None,
        key: code.to_owned(),
    }
}

fn keys(judged: &Judged) -> Vec<(Option<i64>, &str)> {
    let all = judged.refused.iter();
    all.map(|remark| (remark.row, remark.key.as_str()))
        .collect()
}

#[test]
fn every_row_is_taken_or_refused_with_its_reason() {
    let csv = "School code;Bon;manquant;Damaged;surplus\n\
        001;10;0;0;0\n002;5;5;1;0\n003;;;;\n004;1;;;\n001;1;;;\nx;1;;;\n002b;many;;;\n;1;;;\n005;0;0;0;0\n";
    let read = read("found.csv", csv.as_bytes());
    assert_eq!((read.rows, read.silent), (9, 1));
    let lines = [
        told("001", 10),
        told("002", 10),
        told("004", 1),
        told("004", 1),
        told("005", 3),
    ];
    let judged = judge(&read, &lines).unwrap();
    assert_eq!(judged.parts.len(), 1);
    assert_eq!(
        keys(&judged),
        [
            (Some(3), "deliveries-more-than-outstanding"),
            (Some(5), "deliveries-school-several-lines"),
            (Some(6), "deliveries-row-twice"),
            (Some(7), "deliveries-school-not-in-it"),
            (Some(8), "sheets-number"),
            (Some(9), "sheets-cell-empty"),
            (Some(10), "deliveries-nothing-said"),
        ]
    );
    let report = judged.report(&read);
    assert_eq!(report["refusals"], 7);
    assert_eq!(report["good"], 10);
}

#[test]
fn a_table_without_its_columns_is_refused_whole() {
    let read = read("found.csv", b"name,units\na,1\n");
    assert!(read.entries.is_empty() && !read.refused.is_empty());
    let judged = judge(&read, &[told("001", 1)]).unwrap();
    assert!(judged.parts.is_empty());
}

#[test]
fn what_was_read_is_kept_whole() {
    let read = read("found.csv", b"school_code,good\n001,2\n002,x\n");
    let kept = serde_json::to_string(&read).unwrap();
    assert_eq!(serde_json::from_str::<Read>(&kept).unwrap(), read);
}
