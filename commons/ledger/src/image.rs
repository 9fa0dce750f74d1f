//! Row images as canonical JSON: keys sorted, values by the kinds of their columns.
//!
//! Images of one table that follow one another share a head:
//! `{"columns":["id",…],"rows":[[…],…],"table":"need"}`; rows that went have `"gone":true` and
//! only their keys. Ids and bytes are text, real numbers too: they come back bit for bit.

use base::{Error, Id, Result};
use db::{Change, Column, ColumnKind, Table, Val};
use serde_json::Value;

/// The images of all changes, in the order they were made.
pub(crate) fn written(changes: &[Change]) -> String {
    let mut out = String::from("[");
    for (n, run) in changes
        .chunk_by(|a, b| a.table.name == b.table.name && a.gone == b.gone)
        .enumerate()
    {
        let Some(first) = run.first() else { continue };
        let width = if first.gone {
            first.table.key
        } else {
            first.table.columns.len()
        };
        let columns = first.table.columns.iter().take(width);
        let names: Vec<String> = columns.map(|column| quoted(column.name)).collect();
        let comma = if n > 0 { "," } else { "" };
        let gone = if first.gone { ",\"gone\":true" } else { "" };
        out.push_str(&format!(
            "{comma}{{\"columns\":[{}]{gone},\"rows\":[",
            names.join(",")
        ));
        for (n, change) in run.iter().enumerate() {
            out.push_str(if n > 0 { ",[" } else { "[" });
            for (n, value) in change.values.iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                write_value(&mut out, value);
            }
            out.push(']');
        }
        out.push_str(&format!("],\"table\":{}}}", quoted(first.table.name)));
    }
    out.push(']');
    out
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn write_value(out: &mut String, value: &Val) {
    match value {
        Val::Null => out.push_str("null"),
        Val::Int(int) => out.push_str(&int.to_string()),
        Val::Real(real) => out.push_str(&format!("\"{real:?}\"")),
        Val::Bool(yes) => out.push_str(&yes.to_string()),
        Val::Text(text) => out.push_str(&quoted(text)),
        Val::Bytes(bytes) => out.push_str(&format!("\"{}\"", hex(bytes))),
        Val::Id(id) => out.push_str(&format!("\"{id}\"")),
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
            for half in [byte >> 4, byte & 15] {
                out.push(char::from_digit(u32::from(half), 16).unwrap_or('0'));
            }
            out
        })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect();
    let digits = digits?;
    let pairs = digits.chunks(2);
    pairs
        .map(|pair| Some(pair.first()? << 4 | pair.get(1)?))
        .collect()
}

/// JSON with the keys of every object sorted, whatever the order it was made in.
pub(crate) fn canonical(value: &Value) -> String {
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort_unstable();
            let field = |key: &String| {
                let value = fields.get(key).map_or_else(String::new, canonical);
                format!("{}:{value}", quoted(key))
            };
            let fields: Vec<String> = keys.into_iter().map(field).collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.to_string(),
    }
}

/// Images that share a head, read back: those of the columns that the table still has.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) table: &'static Table,
    pub(crate) gone: bool,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Val>>,
}

/// Reads images back.
pub(crate) fn read(images: &str, tables: &[&'static Table]) -> Result<Vec<Run>> {
    let parsed: Value = serde_json::from_str(images).map_err(Error::fault)?;
    let runs = parsed.as_array().map(Vec::as_slice).unwrap_or_default();
    runs.iter().map(|run| read_run(run, tables)).collect()
}

fn read_run(run: &Value, tables: &[&'static Table]) -> Result<Run> {
    let wrong = |what: &str| Error::Fault(format!("an image has {what}"));
    let name = run
        .get("table")
        .and_then(Value::as_str)
        .ok_or_else(|| wrong("no table"))?;
    let table = tables.iter().find(|table| table.name == name);
    let table = table.ok_or_else(|| wrong(&format!("the unknown table {name}")))?;
    let names = run
        .get("columns")
        .and_then(Value::as_array)
        .ok_or_else(|| wrong("no columns"))?;
    let column = |name: &Value| {
        let at = name.as_str().and_then(|name| table.position(name))?;
        table.columns.get(at).copied()
    };
    let known: Vec<Option<Column>> = names.iter().map(column).collect();
    let rows = run
        .get("rows")
        .and_then(Value::as_array)
        .ok_or_else(|| wrong("no rows"))?;
    let rows = rows.iter().map(|row| {
        let cells = row.as_array().map(Vec::as_slice).unwrap_or_default();
        let pairs = known.iter().zip(cells);
        let values = pairs.filter_map(|(column, cell)| column.map(|c| read_value(cell, c.kind)));
        values
            .collect::<Option<Vec<Val>>>()
            .ok_or_else(|| wrong("a value of a wrong kind"))
    });
    let rows = rows.collect::<Result<_>>()?;
    let gone = run.get("gone").and_then(Value::as_bool).unwrap_or(false);
    Ok(Run {
        table,
        gone,
        columns: known.into_iter().flatten().collect(),
        rows,
    })
}

fn read_value(cell: &Value, kind: ColumnKind) -> Option<Val> {
    if cell.is_null() {
        return Some(Val::Null);
    }
    match kind {
        ColumnKind::Int => cell.as_i64().map(Val::Int),
        ColumnKind::Real => cell.as_str()?.parse().ok().map(Val::Real),
        ColumnKind::Bool => cell.as_bool().map(Val::Bool),
        ColumnKind::Text => cell.as_str().map(Val::from),
        ColumnKind::Bytes => unhex(cell.as_str()?).map(Val::Bytes),
        ColumnKind::Id => Id::parse(cell.as_str()?).map(Val::Id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    db::table!(ANY = "any" key 1 {
        id: Id, int: Int, real: Real, yes: Bool, text: Text, bytes: Bytes, nothing: Text,
    });

    #[test]
    fn keys_are_sorted_all_the_way_down() {
        let value = json!({"b": [{"z": 1, "a": "\"é\n"}], "a": null});
        assert_eq!(canonical(&value), r#"{"a":null,"b":[{"a":"\"é\n","z":1}]}"#);
    }

    #[test]
    fn images_of_one_table_share_a_head() {
        let id = Id::named("a", "b");
        let change = |gone: bool, values: Vec<Val>| Change {
            table: &ANY,
            gone,
            values,
        };
        let row = db::args![id, 1, 0.1, true, "x", vec![255_u8], None::<i64>].to_vec();
        let changes = [
            change(false, row.clone()),
            change(false, row),
            change(true, vec![id.into()]),
        ];
        let one = format!("[\"{id}\",1,\"0.1\",true,\"x\",\"ff\",null]");
        let names = r#"["id","int","real","yes","text","bytes","nothing"]"#;
        assert_eq!(
            written(&changes),
            format!(
                r#"[{{"columns":{names},"rows":[{one},{one}],"table":"any"}},{{"columns":["id"],"gone":true,"rows":[["{id}"]],"table":"any"}}]"#
            )
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_bit_for_bit(
            int: i64, real in any::<f64>().prop_filter("finite", |r| r.is_finite()), yes: bool,
            text: String, bytes: Vec<u8>,
        ) {
            let values = db::args![Id::named("a", &text), int, real, yes, text, bytes, None::<i64>].to_vec();
            let changes = [Change { table: &ANY, gone: false, values: values.clone() }];
            let runs = read(&written(&changes), &[&ANY]).unwrap();
            prop_assert_eq!(&runs[0].rows, &[values]);
        }
    }
}
