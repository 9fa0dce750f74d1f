//! Opaque, sortable identifiers (UUID version 7).

use crate::time::Moment;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::{NoContext, Timestamp, Uuid};

/// An identifier; sorts by the moment it was made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(pub Uuid);

impl Id {
    /// A new identifier made at `now`.
    pub fn new(now: Moment) -> Self {
        let micros = now.micros().max(0).unsigned_abs();
        let stamp = Timestamp::from_unix(
            NoContext,
            micros / 1_000_000,
            u32::try_from(micros % 1_000_000 * 1000).unwrap_or(0),
        );
        Self(Uuid::new_v7(stamp))
    }

    /// The identifier that always stands for `name` inside `space`: the same words, the same id.
    pub fn named(space: &str, name: &str) -> Self {
        let mut high = 0xcbf2_9ce4_8422_2325_u64;
        let mut low = 0x8422_2325_cbf2_9ce4_u64;
        for byte in space.bytes().chain([0xff]).chain(name.bytes()) {
            high = (high ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            low = (low ^ u64::from(byte).rotate_left(17) ^ high.rotate_left(29))
                .wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        let mixed = (u128::from(high) << 64) | u128::from(low ^ (low >> 31));
        Self(uuid::Builder::from_custom_bytes(mixed.to_be_bytes()).into_uuid())
    }

    /// Reads an identifier as it stands in a URL.
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::try_parse(text).ok().map(Self)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_the_moment_they_were_made() {
        let early = Id::new(Moment::from_micros(1_700_000_000_000_000));
        let late = Id::new(Moment::from_micros(1_700_000_100_000_000));
        assert!(early < late);
    }

    #[test]
    fn a_named_id_depends_on_both_words_only() {
        assert_eq!(Id::named("school", "1"), Id::named("school", "1"));
        assert_ne!(Id::named("school", "1"), Id::named("schoo", "l1"));
        assert_ne!(Id::named("school", "1"), Id::named("school", "2"));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let id = Id::named("a", "b");
        assert_eq!(Id::parse(&id.to_string()), Some(id));
        assert_eq!(Id::parse("42"), None);
    }
}
