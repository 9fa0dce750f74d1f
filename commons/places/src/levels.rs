//! Education levels as registers write them, brought to ISCED 2011.

use base::fold;

/// What words stand for, after folding. The longest that fits counts.
const WORDS: &[(&str, &[&str])] = &[
    ("preprimary only", &["0"]),
    ("preprimary", &["0"]),
    ("pre primary", &["0"]),
    ("prebasica", &["0"]),
    ("preescolar", &["0"]),
    ("kindergarten", &["0"]),
    ("nursery", &["0"]),
    ("maternelle", &["0"]),
    ("prescolaire", &["0"]),
    ("jardin de ninos", &["0"]),
    ("روضه", &["0"]),
    ("رياض اطفال", &["0"]),
    ("preprimary and primary", &["0", "1"]),
    ("preprimary primary", &["0", "1"]),
    ("primary only", &["1"]),
    ("primary", &["1"]),
    ("primary school", &["1"]),
    ("elementary", &["1"]),
    ("primaria", &["1"]),
    ("primaire", &["1"]),
    ("elementaire", &["1"]),
    ("fondamental 1", &["1"]),
    ("ابتدايي", &["1"]),
    ("ابتداييه", &["1"]),
    ("basic", &["1", "2"]),
    ("basica", &["1", "2"]),
    ("educacion basica", &["1", "2"]),
    ("fondamental", &["1", "2"]),
    ("اساسي", &["1", "2"]),
    ("اساسيه", &["1", "2"]),
    ("primary and junior sec", &["1", "2"]),
    ("primary js", &["1", "2"]),
    ("primary junior and senior sec", &["1", "2", "3"]),
    ("primary js ss", &["1", "2", "3"]),
    ("primary and secondary", &["1", "2", "3"]),
    ("junior sec only", &["2"]),
    ("js", &["2"]),
    ("junior secondary", &["2"]),
    ("lower secondary", &["2"]),
    ("middle", &["2"]),
    ("college", &["2"]),
    ("moyen", &["2"]),
    ("ciclo comun", &["2"]),
    ("متوسط", &["2"]),
    ("متوسطه", &["2"]),
    ("اعدادي", &["2"]),
    ("اعداديه", &["2"]),
    ("junior and senior sec", &["2", "3"]),
    ("js ss", &["2", "3"]),
    ("secondary", &["2", "3"]),
    ("secundaria", &["2", "3"]),
    ("secondaire", &["2", "3"]),
    ("senior sec only", &["3"]),
    ("ss", &["3"]),
    ("senior secondary", &["3"]),
    ("upper secondary", &["3"]),
    ("high school", &["3"]),
    ("lycee", &["3"]),
    ("media", &["3"]),
    ("diversificado", &["3"]),
    ("ثانوي", &["3"]),
    ("ثانويه", &["3"]),
    ("vocational", &["3"]),
    ("vocational post primary", &["2"]),
    ("science technical", &["3"]),
    ("tecnica", &["3"]),
    ("technique", &["3"]),
    ("مهني", &["3"]),
    ("vocational post secondary", &["4"]),
    ("tertiary", &["5", "6", "7", "8"]),
    ("universitaria", &["5", "6", "7", "8"]),
    ("superieur", &["5", "6", "7", "8"]),
];

/// The ISCED levels a register's words stand for, in order; none when the words are not known.
///
/// Adult literacy and adult education stay unknown: the words do not say at which level.
pub fn isced(written: &str) -> Option<Vec<&'static str>> {
    let whole = fold(written);
    if let Some(levels) = of(&whole) {
        return Some(levels.to_vec());
    }
    let mut out: Vec<&'static str> = Vec::new();
    for part in written.split([',', ';', '/', '+', '|', '&', '،']) {
        let levels = of(&fold(part))?;
        out.extend(levels);
    }
    out.sort_unstable();
    out.dedup();
    Some(out)
}

fn of(folded: &str) -> Option<&'static [&'static str]> {
    const CODES: [&[&str]; 9] = [
        &["0"],
        &["1"],
        &["2"],
        &["3"],
        &["4"],
        &["5"],
        &["6"],
        &["7"],
        &["8"],
    ];
    let code = folded.strip_prefix("isced").map_or(folded, str::trim);
    if let ([digit @ b'0'..=b'8'], Some(at)) = (code.as_bytes(), code.parse::<usize>().ok()) {
        debug_assert!(digit.is_ascii_digit());
        return CODES.get(at).copied();
    }
    WORDS
        .iter()
        .find(|(word, _)| *word == folded)
        .map(|(_, levels)| *levels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_code_lists_of_one_survey_mean_the_same() {
        for (one, other) in [
            ("primary_only", "primary"),
            ("preprimary_and_primary", "preprimary_primary"),
            ("junior_sec_only", "js"),
            ("senior_sec_only", "ss"),
            ("junior_and_senior_sec", "js_ss"),
            ("primary_junior_and_senior_sec", "primary_js_ss"),
            ("primary_and_junior_sec", "primary_js"),
            ("preprimary_only", "preprimary"),
        ] {
            assert!(isced(one).is_some(), "{one}");
            assert_eq!(isced(one), isced(other), "{one}");
        }
    }

    #[test]
    fn levels_are_read_in_the_words_of_the_country() {
        for (written, levels) in [
            ("Primary", Some(vec!["1"])),
            ("Secundaria", Some(vec!["2", "3"])),
            ("Lycée", Some(vec!["3"])),
            ("ابتدائية", Some(vec!["1"])),
            ("primaria / secundaria", Some(vec!["1", "2", "3"])),
            ("ISCED 2", Some(vec!["2"])),
            ("1;2", Some(vec!["1", "2"])),
            ("9", None),
            ("adult_lit", None),
            ("primary, circus", None),
        ] {
            assert_eq!(isced(written), levels, "{written}");
        }
    }

    #[test]
    fn every_word_is_written_as_it_is_compared() {
        for (word, levels) in WORDS {
            assert_eq!(&fold(word), word);
            assert!(!levels.is_empty());
        }
    }
}
