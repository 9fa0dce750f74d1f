//! The same words in every language.

#[test]
fn the_words_are_there_in_every_language() {
    lang::testing::same_keys(deliveries::WORDS);
}
