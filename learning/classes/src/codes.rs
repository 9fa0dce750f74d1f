//! The codes people read and type: of people, of classes, and what stands on their cards.
//!
//! No secret of a child lies in the database: the pictures and the short code follow from the site's
//! own key, the person and how often the card was made anew. Made again, a card is the same card.

use crate::rules::{PICKED, PICTURES};
use base::{Id, Uuid};
use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Letters and digits nobody takes for one another, read out or written by hand.
const LETTERS: &[u8; 28] = b"BCDFGHJKMNPQRSTVWXYZ23456789";
/// Consonants only: no class code is a word.
const CONSONANTS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// The pictures children choose from; `picture-…` has the word of each.
pub const PICTURE_CODES: [&str; PICTURES] = [
    "sun", "fish", "tree", "house", "moon", "ball", "bird", "cup", "star", "drum", "flower", "key",
];

/// A number spread over `0..size` so that neighbours lie far apart; different numbers stay different.
fn spread(number: u64, size: u64) -> u64 {
    // The step has no factor in common with 28^7 (2, 7) nor with 20^n * 100 (2, 5).
    let step = (u128::from(size) * 618_033_989 / 1_000_000_000) as u64;
    let step = (step..)
        .find(|s| s % 2 == 1 && s % 5 != 0 && s % 7 != 0)
        .unwrap_or(1);
    ((u128::from(number % size) * u128::from(step) + 12_347) % u128::from(size)) as u64
}

/// The code of the n-th person: seven characters and one that checks them, such as `KTBQ-492M`.
pub(crate) fn person_code(number: i64) -> String {
    let mut rest = spread(number.unsigned_abs(), 28_u64.pow(7));
    let mut digits = [0_usize; 7];
    for digit in digits.iter_mut().rev() {
        *digit = usize::try_from(rest % 28).unwrap_or(0);
        rest /= 28;
    }
    let text: String = digits
        .iter()
        .chain([&check(&digits)])
        .map(|d| letter(*d))
        .collect();
    match text.split_at_checked(4) {
        Some((first, last)) => format!("{first}-{last}"),
        None => text,
    }
}

fn letter(digit: usize) -> char {
    char::from(LETTERS.get(digit).copied().unwrap_or(b'B'))
}

/// The eighth digit: any one digit mistaken and any two neighbours swapped change it.
fn check(digits: &[usize]) -> usize {
    // Weights prime to 28 catch every single mistake; differing by an odd number prime to 7, most swaps.
    let weights = [1, 3, 5, 9, 11, 13, 15];
    digits
        .iter()
        .zip(weights)
        .map(|(d, w)| d * w)
        .sum::<usize>()
        % 28
}

/// A person's code as it was meant, however it was typed; none when it cannot be one.
pub fn person_code_typed(text: &str) -> Option<String> {
    let typed: Vec<u8> = text
        .to_uppercase()
        .bytes()
        .filter(u8::is_ascii_alphanumeric)
        .collect();
    let digits: Option<Vec<usize>> = typed
        .iter()
        .map(|c| LETTERS.iter().position(|l| l == c))
        .collect();
    let digits = digits.filter(|d| d.len() == 8)?;
    let (first, last) = digits.split_at_checked(7)?;
    if last.first() != Some(&check(first)) {
        return None;
    }
    let text = String::from_utf8(typed).ok()?;
    let (first, last) = text.split_at_checked(4)?;
    Some(format!("{first}-{last}"))
}

/// The code of the n-th class: consonants and two digits, such as `BKT-42`.
pub(crate) fn class_code(number: i64) -> String {
    let mut number = number.unsigned_abs();
    let (mut letters, mut size) = (3_u32, 20_u64.pow(3) * 100);
    while number >= size {
        number -= size;
        letters += 1;
        size = 20_u64.pow(letters) * 100;
    }
    let mut rest = spread(number, size);
    let tail = rest % 100;
    rest /= 100;
    let mut text = Vec::new();
    for _ in 0..letters {
        let at = usize::try_from(rest % 20).unwrap_or(0);
        text.push(CONSONANTS.get(at).copied().unwrap_or(b'B'));
        rest /= 20;
    }
    let text: String = text.into_iter().rev().map(char::from).collect();
    format!("{text}-{tail:02}")
}

/// A class's code as it was meant, however it was typed.
pub(crate) fn class_code_typed(text: &str) -> String {
    let plain: String = text
        .to_uppercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    match plain
        .len()
        .checked_sub(2)
        .and_then(|at| plain.split_at_checked(at))
    {
        Some((letters, digits)) => format!("{letters}-{digits}"),
        None => plain,
    }
}

/// What stands on a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Secret {
    /// Which pictures, in order: places in [`PICTURE_CODES`].
    pub(crate) pictures: [usize; PICKED],
    /// Four digits, instead of the pictures.
    pub(crate) digits: String,
    /// Ten letters with which an adult chooses a password, such as `KTBQ-492M-XZ`.
    pub(crate) start: String,
}

/// What stands on a person's card.
pub(crate) fn secret(key: &[u8; 32], person: Id, serial: i64) -> Secret {
    let bytes = keyed(key, format!("school card {person} {serial}").as_bytes());
    let mut numbers = bytes.chunks(2).map(|pair| {
        pair.iter()
            .fold(0_usize, |sum, byte| sum * 256 + usize::from(*byte))
    });
    let mut next = |below: usize| numbers.next().unwrap_or(0) % below;
    let pictures = std::array::from_fn(|_| next(PICTURES));
    let digits = format!("{:04}", next(10_000));
    let letters: String = (0..10).map(|_| letter(next(28))).collect();
    let start = [letters.get(..4), letters.get(4..8), letters.get(8..)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("-");
    Secret {
        pictures,
        digits,
        start,
    }
}

/// Whether a start code is the one on the card, however it was typed.
pub(crate) fn is_start(secret: &Secret, typed: &str) -> bool {
    let plain = |text: &str| -> String {
        text.to_uppercase()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect()
    };
    same(plain(&secret.start).as_bytes(), plain(typed).as_bytes())
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub(crate) fn same(a: &[u8], b: &[u8]) -> bool {
    Sha256::digest(a) == Sha256::digest(b)
}

/// A random token of 256 bits, in 43 characters that may stand in a path.
pub(crate) fn token() -> String {
    let mut hasher = Sha256::new();
    for _ in 0..3 {
        hasher.update(Uuid::new_v4().as_bytes());
    }
    BASE64URL_NOPAD.encode(&hasher.finalize())
}

/// What the database keeps of a token.
pub(crate) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn keyed(key: &[u8; 32], words: &[u8]) -> Vec<u8> {
    // A key of any length is taken; there is nothing to fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return Vec::new();
    };
    mac.update(words);
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_of_many_people_or_classes_have_one_code() {
        let people: BTreeSet<String> = (0..200_000).map(person_code).collect();
        assert_eq!(people.len(), 200_000);
        let classes: BTreeSet<String> = (700_000..900_000).map(class_code).collect();
        assert_eq!(classes.len(), 200_000);
        assert_eq!(class_code(0).len(), 6);
        assert_eq!(class_code(800_000).len(), 7);
    }

    #[test]
    fn a_card_made_again_is_the_same_and_made_anew_another() {
        let (key, person) = ([7; 32], Id::named("person", "amina"));
        let first = secret(&key, person, 0);
        assert_eq!(first, secret(&key, person, 0));
        assert_ne!(first.start, secret(&key, person, 1).start);
        assert_ne!(first.start, secret(&[8; 32], person, 0).start);
        assert!(first.pictures.iter().all(|p| *p < PICTURES));
        assert_eq!(first.digits.len(), 4);
        assert_eq!(first.start.len(), 12);
        assert!(is_start(
            &first,
            &first.start.to_lowercase().replace('-', " ")
        ));
    }

    proptest! {
        #[test]
        fn a_code_typed_carelessly_is_still_the_code(number in 0_i64..1_000_000_000) {
            let code = person_code(number);
            let typed = code.to_lowercase().replace('-', " ");
            prop_assert_eq!(person_code_typed(&typed), Some(code));
        }

        #[test]
        fn one_wrong_letter_is_noticed(number in 0_i64..1_000_000_000, at in 0_usize..8, by in 1_usize..28) {
            let code = person_code(number).replace('-', "");
            let mut bytes = code.into_bytes();
            let was = LETTERS.iter().position(|l| *l == bytes[at]).unwrap();
            bytes[at] = LETTERS[(was + by) % 28];
            prop_assert_eq!(person_code_typed(&String::from_utf8(bytes).unwrap()), None);
        }

        #[test]
        fn whatever_is_typed_is_no_fault(text in ".{0,30}") {
            let _ = person_code_typed(&text);
            let _ = class_code_typed(&text);
        }
    }
}
