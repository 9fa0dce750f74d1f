//! What the licences of the works in a lesson ask of the lesson itself.
//!
//! A lesson that is passed on builds upon what it shows: the same licence where one asks for that, never for profit
//! where one forbids it. The strictest wins; where two contradict each other the lesson is not published.

use crate::acts::Parts;
use crate::lesson::{Body, ItemRow, Lesson};
use base::{Id, Refusal, Refusals, Result};
use db::Tx;
use formats::item::Sounds;
use resources::{Licence, Resource, Use, same_terms};
use std::collections::BTreeMap;

/// The licence of what a school writes for itself.
const SCHOOL_OWN: &str = "school-own";

/// A work in a lesson: its code and what its licence asks.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    pub code: String,
    pub licence: Licence,
}

impl Work {
    fn of(one: &Resource) -> Self {
        Self {
            code: one.code.clone(),
            licence: one.licensed(),
        }
    }
}

/// The licence of a code; one that nobody knows lets nothing.
pub(crate) fn licence(tx: &mut Tx, code: &str) -> Result<Licence> {
    Ok(resources::licence_terms(tx, code)?.unwrap_or_else(|| Licence::of_terms(code, &[], &[])))
}

fn of_item(tx: &mut Tx, row: &ItemRow) -> Result<Work> {
    Ok(Work {
        code: row.code.clone(),
        licence: licence(tx, &row.licence)?,
    })
}

/// Everything a lesson shows, plays or asks.
pub(crate) fn works(
    tx: &mut Tx,
    items: &BTreeMap<Id, ItemRow>,
    shown: &BTreeMap<Id, Resource>,
) -> Result<Vec<Work>> {
    let mut all: Vec<Work> = shown.values().map(Work::of).collect();
    for row in items.values() {
        all.push(of_item(tx, row)?);
    }
    Ok(all)
}

/// Everything that a new step brings.
pub(crate) fn brought(tx: &mut Tx, body: &Body, sounds: &Sounds) -> Result<Vec<Work>> {
    let mut all = Vec::new();
    let mut ids: Vec<Id> = sounds.values().map(|sound| sound.resource).collect();
    match body {
        Body::Text { .. } => {}
        Body::Resource { resource, .. } => ids.push(*resource),
        Body::Item(id) => {
            let row = crate::store::item(tx, *id)?;
            ids.extend(row.item.sounds.values().map(|sound| sound.resource));
            all.push(of_item(tx, &row)?);
        }
    }
    for one in resources::resources(tx, &ids)?.values() {
        all.push(Work::of(one));
    }
    Ok(all)
}

/// The licence a lesson takes on with a work, where its own is too free; none when its own will do, or never will.
pub(crate) fn taken_on(own: &Licence, work: &Licence) -> Option<String> {
    // What stays at its school is passed on to nobody.
    if !own.may_pass_on {
        return None;
    }
    // A work of the school's own keeps the lesson there with it.
    if work.code == SCHOOL_OWN {
        return Some(SCHOOL_OWN.to_owned());
    }
    // A licence that binds gives way to no other.
    if own.share_alike {
        return None;
    }
    if work.share_alike {
        return Some(work.code.clone());
    }
    if work.non_commercial && !own.non_commercial && work.may_pass_on {
        let plain = if work.may_change {
            work.code.clone()
        } else {
            // The lesson may be changed though the work in it may not.
            work.code.replace("-ND", "")
        };
        return resources::licence(&plain).map(|known| known.code.clone());
    }
    None
}

/// Whether a lesson under `own` may hold these works. Every reason at once.
pub(crate) fn agrees(own: &Licence, works: &[Work]) -> Refusals {
    let mut no = Refusals::default();
    if !own.may_pass_on {
        return no;
    }
    for work in works {
        let asks = &work.licence;
        let key = if asks.share_alike && !same_terms(&asks.code, &own.code) {
            "lessons-share-alike"
        } else if asks.non_commercial && !own.non_commercial {
            "lessons-stays-non-commercial"
        } else {
            continue;
        };
        let refusal = Refusal::whole(key)
            .with("code", work.code.as_str())
            .with("licence", asks.code.as_str())
            .with("own", own.code.as_str());
        if !no.0.contains(&refusal) {
            no.push(refusal);
        }
    }
    no
}

/// Whether the lesson may be published with what it holds.
///
/// # Errors
/// Refused with every licence that says no.
pub(crate) fn check(tx: &mut Tx, lesson: &Lesson, (_, items, shown): &Parts) -> Result<()> {
    let own = licence(tx, &lesson.licence)?;
    let works = works(tx, items, shown)?;
    agrees(&own, &works).or(())
}

/// Whether the lesson may go to everybody: its own words may be passed on, and what it holds agrees.
///
/// # Errors
/// Refused with every licence that says no.
pub(crate) fn check_for_all(tx: &mut Tx, lesson: &Lesson, parts: &Parts) -> Result<()> {
    let own = licence(tx, &lesson.licence)?;
    resources::gate(&own, Use::PassOn)?;
    check(tx, lesson, parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use resources::Duty;

    fn known(code: &str) -> Licence {
        resources::licence(code).unwrap().clone()
    }
    fn held(codes: &[&str]) -> Vec<Work> {
        let work = |code: &&str| Work {
            code: format!("KE-R-{code}"),
            licence: known(code),
        };
        codes.iter().map(work).collect()
    }
    fn keys(own: &str, codes: &[&str]) -> Vec<String> {
        let no = agrees(&known(own), &held(codes));
        no.0.into_iter().map(|refusal| refusal.key).collect()
    }

    #[test]
    fn the_strictest_licence_wins() {
        let takes = |own: &str, work: &str| taken_on(&known(own), &known(work));
        assert_eq!(takes("CC-BY-4.0", "CC0-1.0"), None);
        assert_eq!(
            takes("CC-BY-4.0", "CC-BY-SA-4.0").as_deref(),
            Some("CC-BY-SA-4.0")
        );
        assert_eq!(
            takes("CC-BY-4.0", "CC-BY-NC-4.0").as_deref(),
            Some("CC-BY-NC-4.0")
        );
        assert_eq!(
            takes("CC-BY-4.0", "CC-BY-NC-ND-4.0").as_deref(),
            Some("CC-BY-NC-4.0")
        );
        assert_eq!(
            takes("CC-BY-NC-4.0", "CC-BY-NC-SA-4.0").as_deref(),
            Some("CC-BY-NC-SA-4.0")
        );
        assert_eq!(takes("CC-BY-SA-4.0", "CC-BY-NC-4.0"), None);
        assert_eq!(takes("school-own", "CC-BY-SA-4.0"), None);
        assert_eq!(
            takes("CC-BY-SA-4.0", "school-own").as_deref(),
            Some("school-own")
        );
        // What was taken on agrees with what asked for it.
        for own in ["CC-BY-4.0", "CC0-1.0", "CC-BY-NC-4.0", "MIT"] {
            for work in resources::licences().iter().filter(|one| !one.by_letter) {
                if let Some(code) = taken_on(&known(own), work) {
                    assert!(
                        keys(&code, &[work.code.as_str()]).is_empty(),
                        "{own} {}",
                        work.code
                    );
                }
            }
        }
    }

    #[test]
    fn a_lesson_is_refused_where_licences_contradict_each_other() {
        assert!(keys("CC-BY-4.0", &["CC-BY-3.0", "CC0-1.0", "CC-BY-ND-4.0"]).is_empty());
        assert_eq!(
            keys("CC-BY-4.0", &["CC-BY-SA-4.0"]),
            ["lessons-share-alike"]
        );
        assert!(keys("CC-BY-SA-4.0", &["CC-BY-SA-3.0", "CC-BY-4.0"]).is_empty());
        assert_eq!(
            keys("CC-BY-SA-4.0", &["CC-BY-SA-4.0", "CC-BY-NC-4.0"]),
            ["lessons-stays-non-commercial"]
        );
        assert_eq!(
            keys("CC-BY-NC-SA-4.0", &["CC-BY-NC-4.0", "CC-BY-SA-4.0"]),
            ["lessons-share-alike"]
        );
        assert!(keys("school-own", &["CC-BY-SA-4.0", "CC-BY-NC-4.0"]).is_empty());
    }

    #[test]
    fn a_countrys_own_licence_binds_like_any_other() {
        let uses = [Use::Show, Use::Change, Use::PassOn];
        let alike = Licence::of_terms("KE-ALIKE", &uses, &[Duty::ShareAlike]);
        assert_eq!(
            taken_on(&known("CC-BY-4.0"), &alike).as_deref(),
            Some("KE-ALIKE")
        );
        let work = Work {
            code: "KE-R-1".to_owned(),
            licence: alike.clone(),
        };
        assert!(agrees(&alike, std::slice::from_ref(&work)).0.is_empty());
        let other = Licence::of_terms("KE-ALIKE-2", &uses, &[Duty::ShareAlike]);
        assert_eq!(agrees(&other, &[work]).0.len(), 1);
    }
}
