//! Random tokens, their hashes, and the sealing of what is shown to a person once.
//!
//! A token stands in the database only as its hash.

use base::{Id, Uuid};
use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// A random token of 256 bits, in 43 characters that may stand in a path.
pub(crate) fn token() -> String {
    BASE64URL_NOPAD.encode(&random())
}

/// What the database keeps of a token.
pub(crate) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// What the database keeps of whom a try was about: no address in plain text.
pub(crate) fn hash_of(kind: &str, who: &str) -> Vec<u8> {
    hash(&format!("{kind}\n{}", who.to_lowercase()))
}

/// A recovery code of 80 bits, in four groups.
pub(crate) fn recovery_code() -> String {
    let text = BASE32_NOPAD
        .encode(random().get(..10).unwrap_or_default())
        .to_lowercase();
    let groups: Vec<&str> = [0, 4, 8, 12]
        .iter()
        .filter_map(|at| text.get(*at..at + 4))
        .collect();
    groups.join("-")
}

/// What the database keeps of a recovery code, however it was typed.
pub(crate) fn recovery_hash(account: Id, code: &str) -> Vec<u8> {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    hash_of(&account.to_string(), &plain)
}

/// 20 bytes that always come out the same for the key and the words.
pub(crate) fn derived(key: &[u8; 32], words: &str) -> Vec<u8> {
    keyed(key, words.as_bytes())
        .get(..20)
        .unwrap_or_default()
        .to_vec()
}

/// Seals or opens bytes: each `id` is used for one text only, so its key stream is never reused.
pub(crate) fn sealed(key: &[u8; 32], id: Id, bytes: &[u8]) -> Vec<u8> {
    let stream = (0_u32..).flat_map(|block| keyed(key, format!("seal {id} {block}").as_bytes()));
    bytes
        .iter()
        .zip(stream)
        .map(|(byte, mask)| byte ^ mask)
        .collect()
}

fn keyed(key: &[u8; 32], words: &[u8]) -> Vec<u8> {
    // A key of any length is taken; there is nothing to fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return Vec::new();
    };
    mac.update(words);
    mac.finalize().into_bytes().to_vec()
}

/// 256 bits from the machine's own source, through three random UUIDs of 122 bits each.
fn random() -> [u8; 32] {
    let mut hasher = Sha256::new();
    for _ in 0..3 {
        hasher.update(Uuid::new_v4().as_bytes());
    }
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_tokens_are_alike() {
        let (a, b) = (token(), token());
        assert_ne!(a, b);
        assert_eq!(a.len(), 43);
        assert_ne!(hash(&a), hash(&b));
    }

    #[test]
    fn a_recovery_code_is_known_however_it_is_typed() {
        let (me, other) = (Id::named("account", "me"), Id::named("account", "other"));
        let code = recovery_code();
        assert_eq!(code.len(), 19);
        let typed = code.to_uppercase().replace('-', " ");
        assert_eq!(recovery_hash(me, &code), recovery_hash(me, &typed));
        assert_ne!(recovery_hash(me, &code), recovery_hash(other, &code));
    }

    #[test]
    fn what_is_sealed_opens_with_its_own_key_only() {
        let id = Id::named("shown", "a");
        let text = "x".repeat(100);
        let closed = sealed(&[7; 32], id, text.as_bytes());
        assert_ne!(closed, text.as_bytes());
        assert_eq!(sealed(&[7; 32], id, &closed), text.as_bytes());
        assert_ne!(sealed(&[8; 32], id, &closed), text.as_bytes());
    }
}
