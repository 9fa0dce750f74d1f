//! What a package is given in its address instead of a cookie: who opened which unit, sealed so that
//! nobody but this site reads or makes it.
//!
//! The same person opening the same unit on the same day gets the same address, so that what the
//! browser has fetched once is fetched once, where it keeps what belongs to no origin.

use base::{Id, Moment};
use data_encoding::BASE64URL_NOPAD;

/// Seconds of a day, and for how long an address is good at least.
const DAY: i64 = 86_400;
/// Bytes of what is told: form, person or none, unit, last second.
const TOLD: usize = 16 + 16 + 4 + 8;
const SEAL: usize = 16;

/// Who opened what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pass {
    /// The form of the resource that is the package.
    pub form: Id,
    pub unit: u32,
    /// Whose work is recorded; nobody's while somebody only looks.
    pub person: Option<Id>,
    /// The second after which it is good no more.
    pub until: i64,
}

impl Pass {
    /// A pass from now on.
    pub(crate) const fn new(form: Id, unit: u32, person: Option<Id>, now: Moment) -> Self {
        let days = now.seconds() / DAY + 2;
        Self {
            form,
            unit,
            person,
            until: days * DAY,
        }
    }

    /// As it stands in an address.
    pub(crate) fn sealed(&self, secret: &[u8; 32]) -> String {
        let mut told = Vec::with_capacity(SEAL + TOLD);
        told.extend_from_slice(self.form.0.as_bytes());
        let person = self.person.map_or([0; 16], |person| *person.0.as_bytes());
        told.extend_from_slice(&person);
        told.extend_from_slice(&self.unit.to_be_bytes());
        told.extend_from_slice(&self.until.to_be_bytes());
        let seal = seal(secret, &told);
        hide(secret, &seal, &mut told);
        BASE64URL_NOPAD.encode(&[seal.as_slice(), &told].concat())
    }

    /// The pass of an address; none when it is not ours or over.
    pub(crate) fn open(secret: &[u8; 32], text: &str, now: Moment) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        let (found, hidden) = bytes.split_at_checked(SEAL)?;
        if hidden.len() != TOLD {
            return None;
        }
        let mut told = hidden.to_vec();
        hide(secret, found, &mut told);
        if seal(secret, &told) != found {
            return None;
        }
        let part = |from: usize, to: usize| told.get(from..to);
        let id = |bytes: &[u8]| base::Uuid::from_slice(bytes).ok().map(Id);
        let pass = Self {
            form: id(part(0, 16)?)?,
            person: Some(part(16, 32)?)
                .filter(|bytes| bytes.iter().any(|byte| *byte != 0))
                .and_then(id),
            unit: u32::from_be_bytes(part(32, 36)?.try_into().ok()?),
            until: i64::from_be_bytes(part(36, 44)?.try_into().ok()?),
        };
        (now.seconds() < pass.until).then_some(pass)
    }
}

fn seal(secret: &[u8; 32], told: &[u8]) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new_keyed(secret);
    hasher.update(b"package seal\0").update(told);
    hasher
        .finalize()
        .as_bytes()
        .iter()
        .take(SEAL)
        .copied()
        .collect()
}

/// Hides what is told, or shows it again: the seal is never twice the same for different words.
fn hide(secret: &[u8; 32], seal: &[u8], told: &mut [u8]) {
    let mut hasher = blake3::Hasher::new_keyed(secret);
    hasher.update(b"package veil\0").update(seal);
    let mut veil = vec![0; told.len()];
    hasher.finalize_xof().fill(&mut veil);
    for (byte, mask) in told.iter_mut().zip(veil) {
        *byte ^= mask;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECRET: [u8; 32] = [5; 32];

    fn pass(unit: u32, person: bool) -> Pass {
        let person = person.then(|| Id::named("person", "a"));
        let now = Moment::from_micros(1_790_000_000_000_000);
        Pass::new(Id::named("form", "a"), unit, person, now)
    }

    proptest! {
        #[test]
        fn a_pass_comes_back_and_no_changed_one_does(unit: u32, person: bool, at in 0..80_usize, turn in 1..64_u8) {
            let now = Moment::from_micros(1_790_000_000_000_000);
            let pass = pass(unit, person);
            let text = pass.sealed(&SECRET);
            prop_assert_eq!(Pass::open(&SECRET, &text, now), Some(pass));
            prop_assert_eq!(&text, &pass.sealed(&SECRET));
            prop_assert_eq!(Pass::open(&[6; 32], &text, now), None);
            let mut bytes = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap_or_default();
            if let Some(byte) = bytes.get_mut(at % 60) {
                *byte ^= turn;
            }
            prop_assert_eq!(Pass::open(&SECRET, &BASE64URL_NOPAD.encode(&bytes), now), None);
        }
    }

    #[test]
    fn a_pass_is_good_for_a_day_at_least_and_tells_nobody_who_it_is_for() {
        let pass = pass(0, true);
        let now = Moment::from_micros(1_790_000_000_000_000);
        let text = pass.sealed(&SECRET);
        assert!(Pass::open(&SECRET, &text, now.plus_seconds(DAY)).is_some());
        assert!(Pass::open(&SECRET, &text, now.plus_seconds(2 * DAY)).is_none());
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).unwrap_or_default();
        let person = Id::named("person", "a");
        assert!(!bytes.windows(16).any(|part| part == person.0.as_bytes()));
        assert!(Pass::open(&SECRET, "", now).is_none() && Pass::open(&SECRET, "!", now).is_none());
    }
}
