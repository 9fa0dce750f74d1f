//! What the forms and filters of this room let people choose from.

use crate::store;
use base::Result;
use db::Tx;
use web::{Ask, Choice};

pub(crate) fn own_countries(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    places::choose::own_countries(tx, ask)
}

pub(crate) fn languages(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    places::choose::all_languages(tx, ask)
}

pub(crate) fn service_classes(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    catalogue::choose::service_class(tx, ask)
}

pub(crate) fn conditions(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    catalogue::choose::condition(tx, ask)
}

pub(crate) fn objectives(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    catalogue::choose::objective(tx, ask)
}

pub(crate) fn flagships(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    catalogue::choose::flagship(tx, ask)
}

pub(crate) fn pillars(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    catalogue::choose::pillar(tx, ask)
}

pub(crate) fn phases(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    catalogue::choose::phase(tx, ask)
}

/// The published rule sets.
pub(crate) fn rule_sets(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let sets = store::rule_sets(tx)?;
    let label = |code: &str| ask.words.code("needs-rules", code);
    Ok(sets
        .into_iter()
        .map(|(code, _)| Choice {
            label: label(&code),
            code,
        })
        .collect())
}

/// Countries with published needs.
pub(crate) fn countries(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut choices = Vec::new();
    for code in store::countries(tx)? {
        let label = places::country_name(tx, &code, ask.words.lang())?;
        choices.push(Choice { code, label });
    }
    Ok(choices)
}

/// First-level areas of published needs.
pub(crate) fn departments(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut choices = Vec::new();
    for code in store::departments(tx)? {
        let label = places::place_name(tx, &code, ask.words.lang())?;
        choices.push(Choice { code, label });
    }
    Ok(choices)
}

/// The first-level areas of one need.
pub(crate) fn departments_of_need(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut choices = Vec::new();
    for code in store::areas(tx, ask.id("id")?)?.into_keys() {
        let label = places::place_name(tx, &code, ask.words.lang())?;
        choices.push(Choice { code, label });
    }
    Ok(choices)
}

/// The countries whose requests the asker may list: one's own, or every country that has asked.
pub(crate) fn countries_of_requests(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    if !ask.actor.as_ref().is_some_and(base::Actor::reads_all) {
        return own_countries(tx, ask);
    }
    let mut choices = Vec::new();
    for code in store::asking_countries(tx)? {
        let label = places::country_name(tx, &code, ask.words.lang())?;
        choices.push(Choice { code, label });
    }
    Ok(choices)
}

/// Conditions an authority can vouch for at every school; whether there is electricity, the register says.
pub(crate) fn vouched_conditions(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut all = conditions(tx, ask)?;
    all.retain(|choice| choice.code != "has_electricity");
    Ok(all)
}
