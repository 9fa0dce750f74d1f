//! Licences as people write them, as codes.

use base::fold;

/// The licence a text or an address names, as an SPDX code; without a version when none is said
/// (`CC-BY`), and none when it is not one that is known here.
pub fn licence_of(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    if let Some(at) = lower.find("creativecommons.org/") {
        let rest = lower.get(at + "creativecommons.org/".len()..)?;
        let mut parts = rest.split(['/', ' ', '"', ')', '>', '<', '#', '?']);
        let (group, code, version) = (parts.next()?, parts.next()?, parts.next().unwrap_or(""));
        let version = version.trim_end_matches(['.', ',']);
        match (group, code) {
            ("publicdomain", "zero") => return Some("CC0-1.0".into()),
            ("publicdomain", "mark") => return Some("PDM-1.0".into()),
            ("licenses", code) if is_code(code) => return Some(coded(code, version)),
            _ => {}
        }
    }
    if lower.contains("cc0") || lower.contains("cc zero") {
        return Some("CC0-1.0".into());
    }
    creative(&lower).or_else(|| named(&fold(text)))
}

fn is_code(code: &str) -> bool {
    matches!(
        code,
        "by" | "by-sa" | "by-nc" | "by-nd" | "by-nc-sa" | "by-nc-nd"
    )
}
fn coded(code: &str, version: &str) -> String {
    let code = code.to_ascii_uppercase();
    if matches!(version, "1.0" | "2.0" | "2.5" | "3.0" | "4.0") {
        format!("CC-{code}-{version}")
    } else {
        format!("CC-{code}")
    }
}

/// `CC BY-SA 4.0`, `[CC-BY-NC]`, `Attribution-ShareAlike 3.0`, `CC Attribution Share Alike`.
fn creative(lower: &str) -> Option<String> {
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))
        .map(|word| word.trim_matches('.'))
        .filter(|word| !word.is_empty())
        .collect();
    let has = |word: &str| words.contains(&word);
    let spelled = lower.contains("attribution");
    let short = has("cc") && has("by");
    if !short
        && !(spelled
            && (has("cc")
                || lower.contains("creative commons")
                || has("license")
                || has("licence")
                || spelled_first(&words)))
    {
        return None;
    }
    let nc = has("nc")
        || lower.contains("noncommercial")
        || lower.contains("non-commercial")
        || lower.contains("non commercial");
    let sa = has("sa")
        || lower.contains("sharealike")
        || lower.contains("share alike")
        || lower.contains("share-alike");
    let nd = has("nd")
        || lower.contains("noderiv")
        || lower.contains("no deriv")
        || lower.contains("no-deriv");
    let mut code = String::from("by");
    for (told, part) in [(nc, "-nc"), (sa && !nd, "-sa"), (nd, "-nd")] {
        if told {
            code.push_str(part);
        }
    }
    let version = words
        .iter()
        .find(|word| matches!(**word, "1.0" | "2.0" | "2.5" | "3.0" | "4.0"));
    Some(coded(&code, version.copied().unwrap_or_default()))
}

fn spelled_first(words: &[&str]) -> bool {
    words.first().is_some_and(|word| *word == "attribution")
}

fn named(folded: &str) -> Option<String> {
    let known = [
        ("public domain", "PDM-1.0"),
        ("domaine public", "PDM-1.0"),
        ("free of known copyright", "PDM-1.0"),
        ("gnu general public license", "GPL-3.0-or-later"),
        ("gnu gpl", "GPL-3.0-or-later"),
        ("all rights reserved", "all-rights-reserved"),
        ("tous droits reserves", "all-rights-reserved"),
        ("copyrighted", "all-rights-reserved"),
    ];
    if folded == "mit" || folded == "mit license" {
        return Some("MIT".into());
    }
    if folded.starts_with("apache") && folded.contains('2') {
        return Some("Apache-2.0".into());
    }
    known
        .into_iter()
        .find(|(words, _)| folded.contains(words))
        .map(|(_, code)| code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_told_from_what_people_write() {
        for (text, code) in [
            ("[CC-BY]", Some("CC-BY")),
            ("CC BY", Some("CC-BY")),
            ("[CC-BY-NC]", Some("CC-BY-NC")),
            ("CC-BY-NC-SA", Some("CC-BY-NC-SA")),
            (
                "http://creativecommons.org/licenses/by-sa/3.0/",
                Some("CC-BY-SA-3.0"),
            ),
            (
                "CC Attribution Share Alike - http://creativecommons.org/licenses/by-sa/4.0",
                Some("CC-BY-SA-4.0"),
            ),
            (
                "the Attribution-ShareAlike 3.0 Unported (CC BY-SA 3.0) license.",
                Some("CC-BY-SA-3.0"),
            ),
            ("Creative commons 2.5 CC-BY-SA", Some("CC-BY-SA-2.5")),
            (
                "https://creativecommons.org/publicdomain/zero/1.0/",
                Some("CC0-1.0"),
            ),
            ("Public domain in the USA.", Some("PDM-1.0")),
            ("CC BY-NC-ND 4.0", Some("CC-BY-NC-ND-4.0")),
            ("All rights reserved", Some("all-rights-reserved")),
            ("Private (Copyrighted)", Some("all-rights-reserved")),
            ("U", None),
            ("", None),
            ("written by the bureau", None),
        ] {
            assert_eq!(licence_of(text).as_deref(), code, "{text}");
        }
    }
}
