//! What forms of later rooms may choose from.

use crate::store;
use base::{Names, Result};
use db::Tx;
use web::{Ask, Choice};

fn choice(ask: &Ask, code: &str, names: &Names) -> Choice {
    let name = names.get(ask.words.lang());
    let label = if name.is_empty() { code } else { name };
    Choice {
        code: code.to_owned(),
        label: label.to_owned(),
    }
}

/// The country a form is about: in its path, else chosen in the query.
fn country(ask: &Ask) -> &str {
    match ask.param("country") {
        "" => ask.query.get("country").map_or("", String::as_str),
        country => country,
    }
}

fn sorted(mut choices: Vec<Choice>) -> Vec<Choice> {
    choices.sort_by_cached_key(|choice| (base::fold(&choice.label), choice.code.clone()));
    choices
}

/// Every country.
///
/// # Errors
/// A fault of the database.
pub fn countries(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let all = store::countries(tx)?;
    Ok(sorted(
        all.iter().map(|c| choice(ask, &c.code, &c.names)).collect(),
    ))
}

/// The countries with a register.
///
/// # Errors
/// A fault of the database.
pub fn countries_with_schools(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let all = store::countries_with_schools(tx)?;
    Ok(sorted(
        all.iter().map(|c| choice(ask, &c.code, &c.names)).collect(),
    ))
}

/// The countries whose authority the actor speaks for.
///
/// # Errors
/// A fault of the database.
pub fn own_countries(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut own = ask
        .actor
        .as_ref()
        .map(base::Actor::authority_countries)
        .unwrap_or_default();
    own.sort_unstable();
    own.dedup();
    let mut choices = Vec::new();
    for code in own {
        let names = store::country_names(tx, &code)?.unwrap_or_default();
        choices.push(choice(ask, &code, &names));
    }
    Ok(sorted(choices))
}

/// The first-level areas of the country in the path or query; none when there is no country.
///
/// # Errors
/// A fault of the database.
pub fn departments(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let country = country(ask).to_owned();
    let places = store::places_at(tx, &country, 1)?;
    Ok(places
        .into_iter()
        .map(|p| Choice {
            code: p.code,
            label: p.name,
        })
        .collect())
}

/// Every place of the country in the path or query, each below its area.
///
/// # Errors
/// A fault of the database.
pub fn places(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let country = country(ask).to_owned();
    let places = store::places_of(tx, &country)?;
    Ok(places
        .into_iter()
        .map(|p| Choice {
            code: p.code,
            label: p.name,
        })
        .collect())
}

/// The languages of the country in the path or query, most spoken first; every language when there
/// is no country.
///
/// # Errors
/// A fault of the database.
pub fn languages(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let country = country(ask).to_owned();
    if country.is_empty() {
        return all_languages(tx, ask);
    }
    let spoken = store::spoken(tx, &country)?;
    Ok(spoken
        .iter()
        .map(|s| choice(ask, &s.language, &s.names))
        .collect())
}

/// Every language that has a name.
///
/// # Errors
/// A fault of the database.
pub fn all_languages(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let all = store::languages(tx)?;
    let named = all.iter().filter(|language| !language.names.is_empty());
    Ok(sorted(
        named.map(|l| choice(ask, &l.code, &l.names)).collect(),
    ))
}
