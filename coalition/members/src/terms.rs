//! What the coalition publishes, from the catalogue and the gazetteer: codes and their labels.

use crate::rules::Published;
use base::{Lang, Result};
use db::Tx;
use web::{Ask, Choice};

pub(crate) const OBJECTIVES: &str = "objectives";
pub(crate) const OBLIGATIONS: &str = "obligations";
pub(crate) const PRINCIPLES: &str = "data_principles";
pub(crate) const CRITERIA: &str = "verification_criteria";
pub(crate) const KINDS: &str = "org_kinds";
pub(crate) const SCHEMES: &str = "identifier_schemes";
pub(crate) const DECLINES: &str = "decline_reasons";

/// The codes of a vocabulary in force.
pub(crate) fn codes(tx: &mut Tx, vocabulary: &'static str) -> Result<Vec<String>> {
    Ok(choices(tx, vocabulary, Lang::En)?
        .into_iter()
        .map(|choice| choice.code)
        .collect())
}

/// The codes of a vocabulary in force with their labels.
pub(crate) fn choices(tx: &mut Tx, vocabulary: &'static str, lang: Lang) -> Result<Vec<Choice>> {
    let terms = catalogue::terms(tx, vocabulary)?;
    let used = terms.into_iter().filter(|term| term.retired.is_none());
    Ok(used
        .map(|term| Choice {
            label: term.name(lang).to_owned(),
            code: term.code,
        })
        .collect())
}

/// The label of a code; the code itself when the vocabulary does not know it.
pub(crate) fn label(
    tx: &mut Tx,
    vocabulary: &'static str,
    code: &str,
    lang: Lang,
) -> Result<String> {
    catalogue::label(tx, vocabulary, code, lang)
}

/// Everything an application is held against.
pub(crate) fn published(tx: &mut Tx) -> Result<Published> {
    Ok(Published {
        kinds: codes(tx, KINDS)?,
        schemes: codes(tx, SCHEMES)?,
        objectives: codes(tx, OBJECTIVES)?,
        obligations: codes(tx, OBLIGATIONS)?,
        principles: codes(tx, PRINCIPLES)?,
        countries: places::countries(tx)?
            .into_iter()
            .map(|country| country.code)
            .collect(),
    })
}

/// The published rules a refusal of membership may rest on.
pub(crate) fn choose_declines(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    catalogue::choose::decline_reasons_of(tx, ask, "membership")
}
