//! What may be chosen in forms: for whom, in which language, under which licence, in which unit.

use crate::acts;
use crate::rules::Keeper;
use crate::store;
use base::{Error, Id, Result, Role};
use db::Tx;
use web::{Ask, Choice};

/// The schools and countries the actor writes for.
pub(crate) fn keepers(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut all = schools(tx, ask)?;
    let Some(actor) = &ask.actor else {
        return Ok(all);
    };
    let officer = actor
        .appointments
        .iter()
        .filter(|held| held.role == Role::LearningOfficer);
    let countries: Vec<&String> = officer.filter_map(|held| held.country.as_ref()).collect();
    for country in countries {
        let name = places::country_name(tx, country, ask.words.lang())?;
        all.push(Choice {
            code: country.clone(),
            label: ask
                .words
                .say_with("lessons-national", &[("country", name.into())]),
        });
    }
    Ok(all)
}

/// The schools the actor teaches at.
pub(crate) fn schools(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut all = Vec::new();
    let held = ask
        .actor
        .as_ref()
        .map(|actor| actor.schools(&[Role::Teacher, Role::SchoolHead]));
    let mut ids = held.unwrap_or_default();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        all.push(Choice {
            code: id.to_string(),
            label: school_name(tx, id)?,
        });
    }
    Ok(all)
}

/// A school's name; nothing when the register lost it.
pub(crate) fn school_name(tx: &mut Tx, id: Id) -> Result<String> {
    match places::school(tx, id) {
        Ok(school) => Ok(school.name),
        Err(Error::Missing) => Ok(String::new()),
        Err(error) => Err(error),
    }
}

/// The product's languages, then those of the country.
pub(crate) fn languages(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let own = base::Lang::ALL.map(|lang| Choice {
        code: lang.code().to_owned(),
        label: lang.own_name().to_owned(),
    });
    let mut all = own.to_vec();
    let country = curricula::choose::country(ask);
    if !country.is_empty() {
        for spoken in places::languages_of(tx, &country)? {
            if !all.iter().any(|known| known.code == spoken.language) {
                all.push(Choice {
                    label: ask.words.name(&spoken.names).to_owned(),
                    code: spoken.language,
                });
            }
        }
    }
    Ok(all)
}

/// The licences somebody may give to words of their own.
pub(crate) fn licences(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let choice = |licence: &resources::Licence| Choice {
        code: licence.code.to_string(),
        label: licence.name(ask.words.lang()).to_string(),
    };
    let own = resources::licences()
        .iter()
        .filter(|licence| licence.may_show && !licence.by_letter);
    let national = resources::national_licences(tx, ask.actor.as_ref())?;
    Ok(own.chain(&national).map(choice).collect())
}

pub(crate) fn units(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut all = Vec::new();
    for keeper in keepers(tx, ask)? {
        let (country, school) = match Id::parse(&keeper.code) {
            Some(school) => match places::school(tx, school) {
                Ok(found) => (found.country, Some(school)),
                Err(Error::Missing) => continue,
                Err(error) => return Err(error),
            },
            None => (keeper.code, None),
        };
        for unit in store::units(tx, &country, school)? {
            all.push(Choice {
                code: unit.id.to_string(),
                label: format!(
                    "{} ({})",
                    ask.words.name(&unit.names),
                    curricula::choose::grade_label(&ask.words, unit.grade)
                ),
            });
        }
    }
    Ok(all)
}

/// The keeper chosen, whose member the actor is.
pub(crate) fn keeper(tx: &mut Tx, code: &str) -> Result<Keeper> {
    match Id::parse(code) {
        Some(school) => acts::keeper_school(tx, school),
        None => Ok(Keeper {
            country: code.to_owned(),
            school: None,
        }),
    }
}
