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
                hasher.update(compared(value).to_string().as_bytes());
            }
        }
    }
    let mut out = [0; 16];
    hasher.finalize_xof().fill(&mut out);
    out
}

/// A part of a statement as it is compared: durations to the hundredth of a second.
fn compared(value: &Value) -> std::borrow::Cow<'_, Value> {
    use std::borrow::Cow;
    let places: [&[&str]; 2] = [&["duration"], &["result", "duration"]];
    for place in places {
        let found = place.iter().try_fold(value, |value, name| value.get(name));
        let Some(short) = found.and_then(Value::as_str).and_then(shortened) else {
            continue;
        };
        let mut own = value.clone();
        let found = place
            .iter()
            .try_fold(&mut own, |value, name| value.get_mut(name));
        if let Some(found) = found {
            *found = short.into();
        }
        return Cow::Owned(own);
    }
    Cow::Borrowed(value)
}

/// A duration without what is finer than a hundredth of a second; none when nothing is.
fn shortened(duration: &str) -> Option<String> {
    let whole = duration.strip_suffix('S')?;
    let (whole, fraction) = whole.split_once(['.', ','])?;
    let fine = fraction.get(..2).filter(|_| fraction.len() > 2)?;
    Some(format!("{whole}.{fine}S"))
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
        before.extend(
            sent.iter()
                .map(|(name, value)| (name.clone(), value.clone())),
        );
    }
    before
}

/// A name that is the same for the same person and tells nobody who it is.
pub(crate) fn veiled(salt: &[u8; 32], identifier: &str) -> String {
    let hash = blake3::keyed_hash(salt, identifier.as_bytes());
    hash.to_hex().chars().take(24).collect()
}

/// The purposes somebody may agree to.
pub(crate) const PURPOSES: [&str; 2] = ["research", "other_programs"];
