//! The words stand in three languages, and the migrations on their samples.

#[test]
fn the_three_languages_say_the_same() {
    lang::testing::same_keys(needs::WORDS);
}
