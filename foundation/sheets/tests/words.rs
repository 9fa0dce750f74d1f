//! Every key has its words, with the same arguments, in every language.

use std::collections::{BTreeMap, BTreeSet};

const LANGUAGES: [(&str, &str); 3] = [
    ("en", include_str!("../lang/en.ftl")),
    ("fr", include_str!("../lang/fr.ftl")),
    ("ar", include_str!("../lang/ar.ftl")),
];

const SOURCES: [&str; 11] = [
    include_str!("../src/columns.rs"),
    include_str!("../src/csv_reader.rs"),
    include_str!("../src/encoding.rs"),
    include_str!("../src/field.rs"),
    include_str!("../src/head.rs"),
    include_str!("../src/ods_reader.rs"),
    include_str!("../src/point.rs"),
    include_str!("../src/refusal.rs"),
    include_str!("../src/sheet.rs"),
    include_str!("../src/store.rs"),
    include_str!("../src/xlsx_reader.rs"),
];

fn words(text: &'static str) -> BTreeMap<&'static str, &'static str> {
    text.lines()
        .filter(|line| line.starts_with("sheets-"))
        .filter_map(|line| line.split_once(" = "))
        .collect()
}

fn arguments(words: &str) -> BTreeSet<&str> {
    words
        .split("{ $")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once(" }")?.0))
        .collect()
}

fn used_keys() -> BTreeSet<&'static str> {
    let unpack = include_str!("../src/unpack.rs");
    SOURCES
        .into_iter()
        .chain([unpack])
        .flat_map(|source| {
            source
                .split("\"sheets-")
                .skip(1)
                .map(move |rest| (source, rest))
        })
        .filter_map(|(source, rest)| {
            let end = rest.find('"')?;
            let start = rest.as_ptr() as usize - source.as_ptr() as usize - "sheets-".len();
            source.get(start..start + "sheets-".len() + end)
        })
        .collect()
}

#[test]
fn every_key_has_words_in_every_language_and_none_is_left_over() {
    let used = used_keys();
    assert!(used.len() > 50);
    for (language, text) in LANGUAGES {
        let keys: BTreeSet<&str> = words(text).into_keys().collect();
        assert_eq!(keys, used, "{language}");
    }
}

#[test]
fn every_language_uses_the_same_arguments() {
    let english = words(LANGUAGES[0].1);
    for (language, text) in LANGUAGES {
        for (key, translated) in words(text) {
            assert_eq!(
                arguments(translated),
                arguments(english[key]),
                "{language}: {key}"
            );
        }
    }
}
