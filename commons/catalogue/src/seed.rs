//! Brings the shipped vocabularies into the catalogue: each once, and never again.

use crate::store;
use crate::term::{Attributes, Term};
use base::{Error, Id, Moment, Names, Result};
use db::Tx;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Vocabulary and table of each file of the folder.
const SHIPPED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

const COMMON: [&str; 8] = [
    "code",
    "name_en",
    "name_fr",
    "name_ar",
    "description_en",
    "description_fr",
    "description_ar",
    "source",
];

/// Every shipped term, in order.
///
/// # Errors
/// A fault when a shipped table is broken.
pub(crate) fn shipped() -> Result<Vec<Term>> {
    let mut out = Vec::new();
    for (vocabulary, text) in SHIPPED {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headers = reader.headers().map_err(Error::fault)?.clone();
        for (record, place) in reader.records().zip(1_i64..) {
            let record = record.map_err(Error::fault)?;
            let row: BTreeMap<&str, &str> =
                headers.iter().zip(record.iter().map(str::trim)).collect();
            out.push(term(vocabulary, place, &row));
        }
    }
    Ok(out)
}

fn term(vocabulary: &str, place: i64, row: &BTreeMap<&str, &str>) -> Term {
    let text = |name: &str| row.get(name).copied().unwrap_or("");
    let more = row
        .iter()
        .filter(|(name, value)| !COMMON.contains(name) && !value.is_empty());
    let attributes: Attributes = more
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Term {
        vocabulary: vocabulary.to_owned(),
        code: text("code").to_owned(),
        place,
        names: Names::three(text("name_en"), text("name_fr"), text("name_ar")),
        descriptions: Names::three(
            text("description_en"),
            text("description_fr"),
            text("description_ar"),
        ),
        attributes,
        source: text("source").to_owned(),
        retired: None,
        version: 1,
    }
}

/// Loads the shipped vocabularies of which there is no term yet; answers whether there was one.
/// A later release may ship vocabularies that an older database has never seen.
///
/// # Errors
/// A fault of the database or of the shipped data.
pub fn seed(tx: &mut Tx, now: Moment) -> Result<bool> {
    let known: BTreeSet<String> = store::vocabularies(tx)?
        .into_iter()
        .map(|(vocabulary, _, _)| vocabulary)
        .collect();
    let mut terms = shipped()?;
    terms.retain(|term| !known.contains(&term.vocabulary));
    if terms.is_empty() {
        return Ok(false);
    }
    let vocabularies: BTreeSet<&str> = terms.iter().map(|t| t.vocabulary.as_str()).collect();
    let about = json!({ "terms": terms.len(), "vocabularies": vocabularies.len() });
    tx.add_many(&store::TERM, terms.iter().map(store::term_row).collect())?;
    let subject = ("shipped_data", Id::named("shipped_data", "catalogue"));
    ledger::tell(tx, (now, None), "catalogue.seeded", subject, about)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    #[test]
    fn what_ships_is_sound() {
        let terms = shipped().unwrap();
        assert!(terms.len() > 200);
        for term in &terms {
            let done = rules::sound(term, &terms);
            assert!(
                done.is_ok(),
                "{}/{}: {}",
                term.vocabulary,
                term.code,
                done.unwrap_err()
            );
            for lang in ["en", "fr", "ar"] {
                assert!(
                    term.names.0.contains_key(lang),
                    "{}/{} has no {lang}",
                    term.vocabulary,
                    term.code
                );
            }
        }
        let mut keys: Vec<_> = terms.iter().map(|t| (&t.vocabulary, &t.code)).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), terms.len());
    }

    #[test]
    fn the_named_things_are_there() {
        let terms = shipped().unwrap();
        let has = |vocabulary: &str, code: &str| {
            terms
                .iter()
                .any(|term| term.vocabulary == vocabulary && term.code == code)
        };
        for (vocabulary, code) in [
            ("missions", "global_skills_academy"),
            ("missions", "global_teacher_campus"),
            ("missions", "global_learning_house"),
            ("flagships", "connectivity"),
            ("flagships", "teachers"),
            ("flagships", "gender_equality"),
            ("programmes", "imaginecole"),
            ("programmes", "creathon"),
            ("programmes", "peru_virtual_school"),
            ("programmes", "beirut_call"),
            ("events", "beirut_meeting"),
            ("instruments", "connectivity_declaration"),
            ("objectives", "continuity"),
            ("alignment_tags", "giga"),
        ] {
            assert!(has(vocabulary, code), "{vocabulary}/{code}");
        }
        for (vocabulary, count) in [
            ("objectives", 3),
            ("obligations", 3),
            ("data_principles", 4),
            ("pillars", 6),
            ("flagships", 3),
            ("missions", 3),
            ("toolkit", 9),
        ] {
            assert_eq!(
                terms
                    .iter()
                    .filter(|term| term.vocabulary == vocabulary)
                    .count(),
                count,
                "{vocabulary}"
            );
        }
    }
}
