//! The words are there in every language, and every code a line may carry has its sentence.

use allocation::WORDS;

#[test]
fn the_words_are_there_in_every_language() {
    lang::testing::same_keys(WORDS);
}
