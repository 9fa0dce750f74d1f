//! The nouns: a statement as it is kept, and what it is found by.

use base::{Id, Moment};
use serde_json::Value;

/// The verb of a statement that takes another one back.
pub(crate) const VOIDED: &str = "http://adlnet.gov/expapi/verbs/voided";

/// What a statement can be found by: a kind and a text, as 63 bits; the lowest bit stays free.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(i64);

impl Key {
    fn of(kind: u8, text: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[kind]).update(text.as_bytes());
        let mut bytes = [0; 8];
        hasher.finalize_xof().fill(&mut bytes);
        Self(i64::from_be_bytes(bytes) & !1)
    }
    /// Found by its verb.
    pub fn verb(iri: &str) -> Self {
        Self::of(b'v', iri)
    }
    /// Found by an activity.
    pub fn activity(iri: &str) -> Self {
        Self::of(b'c', iri)
    }
    /// Found by an agent or group; the text is its one identifier.
    pub fn agent(identifier: &str) -> Self {
        Self::of(b'a', identifier)
    }
    /// Found by its registration.
    pub fn registration(id: Id) -> Self {
        Self::of(b'r', &id.to_string())
    }
    /// The number it is kept as.
    pub const fn number(self) -> i64 {
        self.0
    }
}

/// A key of one statement: near when the statement itself is about it, far when it stands in its
/// context only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Held {
    pub key: Key,
    pub near: bool,
}

/// The keys in the bytes they are kept as.
pub(crate) fn packed(keys: &[Held]) -> Vec<u8> {
    keys.iter()
        .flat_map(|held| (held.key.0 | i64::from(held.near)).to_be_bytes())
        .collect()
}

/// The keys of kept bytes.
pub(crate) fn unpacked(bytes: &[u8]) -> impl Iterator<Item = Held> + '_ {
    bytes.chunks_exact(8).map(|chunk| {
        let number = chunk
            .iter()
            .fold(0_i64, |sum, byte| (sum << 8) | i64::from(*byte));
        Held {
            key: Key(number & !1),
            near: number & 1 == 1,
        }
    })
}

/// Sorts the keys, each once, near before far.
pub(crate) fn tidied(mut keys: Vec<Held>) -> Vec<Held> {
    keys.sort_by_key(|held| (held.key, !held.near));
    keys.dedup_by_key(|held| held.key);
    keys
}

/// A statement that was looked through and may be kept.
#[derive(Clone, Debug)]
pub struct Statement {
    pub id: Id,
    /// JSON text without `stored`; `timestamp` first, where the statement tells one.
    pub(crate) raw: String,
    pub(crate) keys: Vec<Held>,
    /// Of everything that makes two statements the same.
    pub(crate) digest: [u8; 16],
    /// The statement it is about, where it is about one.
    pub(crate) target: Option<Id>,
    pub(crate) voids: bool,
    /// What it says of activities, by their addresses.
    pub(crate) definitions: Vec<(String, Value)>,
    /// Names it gives to agents.
    pub(crate) names: Vec<(Key, String)>,
}

/// A statement as it is kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its place in the order of arrival.
    pub seq: i64,
    pub id: Id,
    pub voided: bool,
    pub(crate) raw: String,
}

/// Places in the order of arrival are microseconds and ten bits that tell writers apart.
pub(crate) const STEP: i64 = 1 << 10;

impl Kept {
    /// When it was stored.
    pub const fn stored(&self) -> Moment {
        Moment::from_micros(self.seq >> 10)
    }
    /// The statement's JSON text, with the moment it was stored.
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(self.raw.len() + 48);
        self.write(&mut out);
        out
    }
    /// Adds the statement's JSON text.
    pub fn write(&self, out: &mut String) {
        let stored = stamp(self.stored(), 6);
        out.push_str("{\"stored\":\"");
        out.push_str(&stored);
        out.push_str("\",");
        if !self.raw.starts_with(TIMED) {
            out.push_str("\"timestamp\":\"");
            out.push_str(&stored);
            out.push_str("\",");
        }
        out.push_str(self.raw.get(1..).unwrap_or("}"));
    }
    /// The statement as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text()).unwrap_or(Value::Null)
    }
}

const TIMED: &str = "{\"timestamp\":";

/// JSON text of an object that begins with the time the statement itself tells.
pub(crate) fn timed(object: &Value, timestamp: &str) -> String {
    let rest = object.to_string();
    let rest = rest.get(1..).unwrap_or("}");
    format!("{TIMED}{},{rest}", Value::from(timestamp))
}

/// A moment as statements write it, with so many digits after the second.
pub(crate) fn stamp(at: Moment, digits: usize) -> String {
    let mut text = at.to_string();
    text.pop();
    let micros = format!("{:06}", at.micros().rem_euclid(1_000_000));
    text.push('.');
    text.push_str(micros.get(..digits).unwrap_or(&micros));
    text.push('Z');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_as_they_were_kept() {
        let keys = tidied(vec![
            Held {
                key: Key::verb("a"),
                near: true,
            },
            Held {
                key: Key::agent("a"),
                near: false,
            },
            Held {
                key: Key::agent("a"),
                near: true,
            },
        ]);
        assert_eq!(keys.len(), 2);
        let back: Vec<Held> = unpacked(&packed(&keys)).collect();
        assert_eq!(back, keys);
        assert!(back.iter().all(|held| held.near));
    }

    #[test]
    fn a_moment_is_written_to_the_microsecond() {
        let at = Moment::from_micros(1_732_147_200_000_042);
        assert_eq!(stamp(at, 6), "2024-11-21T00:00:00.000042Z");
        assert_eq!(stamp(at, 3), "2024-11-21T00:00:00.000Z");
    }
}
