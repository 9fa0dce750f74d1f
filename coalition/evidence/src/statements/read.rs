//! Reading the record's files: every row as it is, or the whole file refused.

use super::{Commitment, Named, Source, Statement};
use base::{Refusal, Refusals, Result};
use csv::StringRecord;

/// The files of a public record, as text; an empty one changes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Files<'a> {
    pub claims: &'a str,
    pub sources: &'a str,
    pub members: &'a str,
    pub commitments: &'a str,
}

impl Files<'static> {
    /// The record that ships with the house.
    pub const SHIPPED: Self = Self {
        claims: include_str!("../../../../data/public_record/claims.csv"),
        sources: include_str!("../../../../data/public_record/sources.csv"),
        members: include_str!("../../../../data/public_record/members_named.csv"),
        commitments: include_str!("../../../../data/public_record/commitments.csv"),
    };
}

/// What stands in the files.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub(crate) statements: Vec<Statement>,
    pub(crate) sources: Vec<Source>,
    pub(crate) members: Vec<Named>,
    pub(crate) commitments: Vec<Commitment>,
}

const CLAIMS: &[&str] = &[
    "claim_id",
    "topic",
    "metric",
    "value",
    "unit",
    "comparator",
    "as_of",
    "country",
    "source_id",
    "quote",
];
const SOURCES: &[&str] = &["source_id", "title", "url_or_path", "kind"];
const MEMBERS: &[&str] = &["member", "context", "source_id"];
const COMMITMENTS: &[&str] = &[
    "commitment_id",
    "member",
    "member_type",
    "kind",
    "description",
    "quantity",
    "unit",
    "country",
    "date",
    "status",
    "source_id",
    "quote",
];

/// Reads all of it.
///
/// # Errors
/// Refused with every row that cannot be read, at the file's field.
pub(crate) fn record(files: &Files<'_>) -> Result<Record> {
    let mut no = Refusals::default();
    let mut rows = |field, text, columns| rows(field, text, columns, &mut no);
    let (claims, sources) = (
        rows("claims", files.claims, CLAIMS),
        rows("sources", files.sources, SOURCES),
    );
    let members = rows("members", files.members, MEMBERS);
    let commitments = rows("commitments", files.commitments, COMMITMENTS);
    no.or(Record {
        statements: claims.iter().map(|row| statement(row)).collect(),
        sources: sources.iter().map(|row| source(row)).collect(),
        members: members.iter().map(|row| named(row)).collect(),
        commitments: commitments.iter().map(|row| commitment(row)).collect(),
    })
}

/// The rows of a file in the order of the columns wanted.
fn rows(field: &str, text: &str, columns: &[&str], no: &mut Refusals) -> Vec<Vec<String>> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    let mut places = Vec::new();
    for column in columns {
        match headers.iter().position(|header| header.trim() == *column) {
            Some(place) => places.push(place),
            None => no.push(
                Refusal::about(field, "evidence-record-column-missing").with("column", *column),
            ),
        }
    }
    let mut out: Vec<Vec<String>> = Vec::new();
    let mut first = std::collections::BTreeSet::new();
    for (record, line) in reader.records().zip(2_i64..) {
        let wrong = |key: &str| Refusal::about(field, key).with("row", line);
        let cells = |record: &StringRecord| -> Vec<String> {
            let cell = |place: &usize| record.get(*place).unwrap_or_default().trim().to_owned();
            places.iter().map(cell).collect()
        };
        match record.as_ref().map(cells) {
            Err(_) => no.push(wrong("evidence-record-row-broken")),
            Ok(row) => {
                let key = row.first().cloned().unwrap_or_default();
                if key.is_empty() {
                    no.push(wrong("evidence-record-row-nameless"));
                } else if field != "members" && !first.insert(key) {
                    no.push(wrong("evidence-record-row-twice"));
                } else {
                    out.push(row);
                }
            }
        }
    }
    out
}

fn take(row: &[String], place: usize) -> String {
    row.get(place).cloned().unwrap_or_default()
}

fn statement(row: &[String]) -> Statement {
    let text = take(row, 3);
    Statement {
        claim_id: take(row, 0),
        topic: take(row, 1),
        metric: take(row, 2),
        value: text.parse().ok(),
        text,
        unit: take(row, 4),
        comparator: take(row, 5),
        as_of: take(row, 6),
        country: take(row, 7),
        source_id: take(row, 8),
        source_title: String::new(),
        url: String::new(),
        quote: take(row, 9),
    }
}

fn source(row: &[String]) -> Source {
    Source {
        source_id: take(row, 0),
        title: take(row, 1),
        url: take(row, 2),
        kind: take(row, 3),
    }
}

fn named(row: &[String]) -> Named {
    Named {
        member: take(row, 0),
        context: take(row, 1),
        source_id: take(row, 2),
    }
}

fn commitment(row: &[String]) -> Commitment {
    Commitment {
        commitment_id: take(row, 0),
        member: take(row, 1),
        member_type: take(row, 2),
        kind: take(row, 3),
        description: take(row, 4),
        quantity: take(row, 5),
        unit: take(row, 6),
        country: take(row, 7),
        said_on: take(row, 8),
        status: take(row, 9),
        source_id: take(row, 10),
        source_title: String::new(),
        url: String::new(),
        quote: take(row, 11),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_is_read_as_it_stands() {
        let record = record(&Files::SHIPPED).unwrap();
        let members: Vec<&str> = record
            .statements
            .iter()
            .filter(|s| (s.topic.as_str(), s.metric.as_str()) == ("coalition", "members"))
            .map(|s| s.text.as_str())
            .collect();
        assert_eq!(members, ["175", "220", "233"]);
        let said = |id: &str| record.statements.iter().find(|s| s.claim_id == id).unwrap();
        assert_eq!(
            (said("C041").value, said("C041").text.as_str()),
            (None, "1 Oct - 31 Dec 2021")
        );
        assert_eq!(
            (said("C053").value, said("C053").comparator.as_str()),
            (Some(1_000), "up to")
        );
        let known = |id: &str| record.sources.iter().any(|s| s.source_id == id);
        assert!(record.statements.iter().all(|s| known(&s.source_id)));
        assert_eq!((record.commitments.len(), record.members.len()), (32, 57));
    }

    #[test]
    fn a_broken_file_is_refused_with_every_reason() {
        let files = Files {
            claims: "claim_id,topic,metric,value,unit,comparator,as_of,country,source_id,quote\n\
                     C1,a,b,1,x,exact,2021,,s,q\nC1,a,b,2,x,exact,2021,,s,q\n,a,b,2,x,exact,2021,,s,q\nC3,a\n",
            sources: "source_id,title\n",
            ..Files::default()
        };
        let refused = record(&files).unwrap_err();
        let mut keys = refused.keys();
        keys.sort_unstable();
        assert_eq!(
            keys,
            [
                "evidence-record-column-missing",
                "evidence-record-column-missing",
                "evidence-record-row-broken",
                "evidence-record-row-nameless",
                "evidence-record-row-twice",
            ]
        );
    }
}
