//! What forms of later rooms may choose from: the terms in use, in the order of their vocabulary.

use crate::store;
use base::Result;
use db::Tx;
use web::{Ask, Choice};

/// The terms in use of a vocabulary, as choices.
///
/// # Errors
/// A fault of the database.
pub fn of(tx: &mut Tx, ask: &Ask, vocabulary: &str) -> Result<Vec<Choice>> {
    let lang = ask.words.lang();
    let terms = store::terms(tx, vocabulary)?;
    let used = terms.iter().filter(|term| term.retired.is_none());
    Ok(used
        .map(|t| Choice {
            code: t.code.clone(),
            label: t.name(lang).to_owned(),
        })
        .collect())
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $vocabulary:literal),* $(,)?) => { $(
        #[doc = concat!("The terms in use of `", $vocabulary, "`.")]
        ///
        /// # Errors
        /// A fault of the database.
        pub fn $name(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
            of(tx, ask, $vocabulary)
        }
    )* };
}
lists!(
    service_class = "service_classes",
    unit = "units",
    group = "groups",
    level = "isced_levels",
    modality = "modalities",
    tier = "connectivity_tiers",
    condition = "conditions",
    objective = "objectives",
    obligation = "obligations",
    data_principle = "data_principles",
    pillar = "pillars",
    flagship = "flagships",
    mission = "missions",
    programme = "programmes",
    phase = "phases",
    org_kind = "org_kinds",
    identifier_scheme = "identifier_schemes",
    licence = "licences",
    evidence_level = "evidence_levels",
    severity_dimension = "severity_dimensions",
    verification_criterion = "verification_criteria",
    decline_reason = "decline_reasons",
    match_reason = "match_reasons",
    selection_reason = "selection_reasons",
    audience = "audiences",
    urgency = "urgency",
    alignment_tag = "alignment_tags",
    teacher_stage = "teacher_stages",
    sovereignty_clause = "sovereignty_clauses",
    claim_level = "claim_levels",
);

/// The reasons in use for declining a thing: `request`, `membership`, `offer` or `match`.
///
/// # Errors
/// A fault of the database.
pub fn decline_reasons_of(tx: &mut Tx, ask: &Ask, thing: &str) -> Result<Vec<Choice>> {
    let lang = ask.words.lang();
    let terms = store::terms(tx, "decline_reasons")?;
    let fits = |term: &&crate::Term| {
        term.retired.is_none() && term.list("applies_to").iter().any(|name| name == thing)
    };
    Ok(terms
        .iter()
        .filter(fits)
        .map(|t| Choice {
            code: t.code.clone(),
            label: t.name(lang).to_owned(),
        })
        .collect())
}
