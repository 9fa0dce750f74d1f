//! The framework's words stand in three languages, and no key stands twice.

#[test]
fn the_three_languages_say_the_same() {
    lang::testing::same_keys(web::WORDS);
    lang::testing::same_keys(jobs::WORDS);
}

#[test]
fn no_key_stands_twice() {
    assert!(
        web::site::library(&[]).is_ok(),
        "{:?}",
        web::site::library(&[]).err()
    );
}
