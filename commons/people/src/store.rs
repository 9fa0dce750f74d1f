//! Every SQL statement of this room.

mod accounts;
mod appointments;
mod keys;
mod names;
mod organisations;
mod sessions;

pub(crate) use accounts::*;
pub(crate) use appointments::*;
pub(crate) use keys::*;
pub(crate) use names::*;
pub(crate) use organisations::*;
pub(crate) use sessions::*;

fn json(texts: &[String]) -> String {
    serde_json::Value::from(texts.to_vec()).to_string()
}

fn strings(value: &serde_json::Value) -> Vec<String> {
    let all = value.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter()
        .filter_map(|v| v.as_str().map(str::to_owned))
        .collect()
}
