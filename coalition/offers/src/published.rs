//! What an offer is held against, from the catalogue and the gazetteer.

use crate::offer::{Kind, Places, Spoken, Terms};
use crate::rules::{Class, Published, kind_of};
use base::{Error, Lang, Result};
use db::Tx;
use std::collections::BTreeMap;

fn codes(tx: &mut Tx, vocabulary: &str) -> Result<Vec<String>> {
    Ok(catalogue::terms(tx, vocabulary)?
        .into_iter()
        .map(|term| term.code)
        .collect())
}

/// Everything published that an offer is held against.
pub(crate) fn read(tx: &mut Tx, terms: &Terms) -> Result<Published> {
    let mut published = catalogued(tx)?;
    locate(tx, &mut published, terms)?;
    Ok(published)
}

/// Adds the places and languages that terms name, those of them that there are.
pub(crate) fn locate(tx: &mut Tx, published: &mut Published, terms: &Terms) -> Result<()> {
    if let Places::Listed(codes) = &terms.places {
        for code in codes {
            if !published.places.contains(code) && is_place(tx, code)? {
                published.places.push(code.clone());
            }
        }
    }
    if let Spoken::Listed(codes) = &terms.languages {
        for code in codes {
            let known = published.languages.contains(code);
            if !known && places::language_name(tx, code, Lang::En)? != *code {
                published.languages.push(code.clone());
            }
        }
    }
    Ok(())
}

/// A country or a first-level area: offers are not given more finely.
fn is_place(tx: &mut Tx, code: &str) -> Result<bool> {
    match places::country(tx, code) {
        Ok(_) => return Ok(true),
        Err(Error::Missing) => {}
        Err(error) => return Err(error),
    }
    match places::place(tx, code) {
        Ok(place) => Ok(place.level <= 1),
        Err(Error::Missing) => Ok(false),
        Err(error) => Err(error),
    }
}

/// What the catalogue holds of it; no places and no languages yet.
pub(crate) fn catalogued(tx: &mut Tx) -> Result<Published> {
    let class = |class: catalogue::ServiceClass| {
        let rule = Class {
            kind: kind_of(class.kind),
            language_bearing: class.language_bearing,
            modality: class.modality,
            tier: class.min_tier,
        };
        (class.code, rule)
    };
    let classes: BTreeMap<String, Class> = catalogue::service_classes(tx)?
        .into_iter()
        .map(class)
        .collect();
    let conditions = catalogue::conditions(tx)?;
    Ok(Published {
        classes,
        levels: codes(tx, "isced_levels")?,
        modalities: codes(tx, "modalities")?,
        conditions: conditions
            .iter()
            .map(|c| (c.code.clone(), c.mask()))
            .collect(),
        licences: codes(tx, "licences")?,
        evidence: codes(tx, "evidence_levels")?,
        languages: Vec::new(),
        places: Vec::new(),
    })
}

/// The kind of a service class's offers, when there is such a class.
pub(crate) fn kind(tx: &mut Tx, service_class: &str) -> Result<Option<Kind>> {
    let classes = catalogue::service_classes(tx)?;
    Ok(classes
        .into_iter()
        .find(|class| class.code == service_class)
        .map(|class| kind_of(class.kind)))
}
