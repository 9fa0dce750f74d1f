//! The words are there in every language.

#[test]
fn the_words_are_there_in_every_language() {
    lang::testing::same_keys(deployments::WORDS);
}
