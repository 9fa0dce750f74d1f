//! The decisions: pure.

use serde_json::Value;

/// What two statements must share to be the same: everything but what the store itself adds.
pub(crate) fn digest(statement: &Value) -> [u8; 16] {
    const ADDED: [&str; 6] = [
        "id",
        "authority",
        "stored",
        "timestamp",
        "version",
        "attachments",
    ];
    let mut hasher = blake3::Hasher::new();
    if let Some(object) = statement.as_object() {
        let mut names: Vec<&String> = object.keys().collect();
        names.sort();
        for name in names {
            if !ADDED.contains(&name.as_str())
                && let Some(value) = object.get(name)
            {
                hasher.update(name.as_bytes());
                hasher.update(value.to_string().as_bytes());
            }
        }
    }
    let mut out = [0; 16];
    hasher.finalize_xof().fill(&mut out);
    out
}

/// Merges what is newly said into what was said before; objects by their members.
pub(crate) fn merge(before: &mut Value, said: &Value) {
    match (before, said) {
        (Value::Object(before), Value::Object(said)) => {
            for (name, value) in said {
                merge(before.entry(name.clone()).or_insert(Value::Null), value);
            }
        }
        (before, said) => *before = said.clone(),
    }
}

/// One JSON object laid over another: the members of the second replace those of the first.
pub(crate) fn laid_over(mut before: Value, sent: &Value) -> Value {
    if let (Some(before), Some(sent)) = (before.as_object_mut(), sent.as_object()) {
        before.extend(sent.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    before
}
