//! Which sessions were noted to be in use lately, so that looking at pages seldom writes.

use crate::site::Credentials;
use base::Moment;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Seconds between two notes that a session looks at pages.
const EVERY_SECONDS: i64 = 600;
/// Sessions remembered; beyond that all are forgotten and noted once more.
const REMEMBERED: usize = 100_000;

/// When each session was last noted, by this process.
#[derive(Debug, Default)]
pub struct Awake(Mutex<HashMap<[u8; 32], i64>>);

impl Awake {
    /// Whether it is time to note again that a session is in use; then it counts as noted.
    pub fn is_due(&self, credentials: &Credentials, now: Moment) -> bool {
        let Some(session) = &credentials.session else {
            return false;
        };
        let key = *blake3::hash(session.as_bytes()).as_bytes();
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let last = noted.get(&key).copied();
        if last.is_some_and(|last| now.seconds() - last < EVERY_SECONDS) {
            return false;
        }
        if noted.len() >= REMEMBERED {
            noted.clear();
        }
        noted.insert(key, now.seconds());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_noted_now_and_then() {
        let awake = Awake::default();
        let of = |session: Option<&str>| Credentials {
            session: session.map(str::to_owned),
            ..Credentials::default()
        };
        let at = |seconds: i64| Moment::from_micros(seconds * 1_000_000);
        assert!(awake.is_due(&of(Some("a")), at(0)));
        assert!(!awake.is_due(&of(Some("a")), at(EVERY_SECONDS - 1)));
        assert!(awake.is_due(&of(Some("b")), at(1)));
        assert!(awake.is_due(&of(Some("a")), at(EVERY_SECONDS)));
        assert!(!awake.is_due(&of(None), at(0)));
    }
}
