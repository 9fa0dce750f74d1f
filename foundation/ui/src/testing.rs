//! For tests: words without a room.

use crate::WORDS;
use lang::{Lang, Words};

/// The words of this crate in one language.
pub fn words(lang: Lang) -> Words {
    lang::testing::library(&[WORDS]).words(lang)
}
