//! Finds whom a deployment would meet: by the index of places, then by the rule.

use crate::meet::{self, People, Tree};
use crate::overlap::{Candidate, Dimensions, Found};
use crate::store::overlaps::{self as kept, Near};
use base::{Id, Result};
use db::Tx;
use std::collections::BTreeMap;

/// Every deployment the candidate would overlap with, by id.
///
/// # Errors
/// Missing when the country has no gazetteer; a fault of the database.
pub fn find_overlaps(tx: &mut Tx, candidate: &Candidate) -> Result<Vec<Found>> {
    let tree = places::gazetteer(tx, &candidate.country)?;
    find(tx, candidate, &tree)
}

pub(crate) fn find(tx: &mut Tx, c: &Candidate, tree: &dyn Tree) -> Result<Vec<Found>> {
    let days = (c.from, c.to);
    let near = near(
        &meet::tops(&c.places, tree),
        tree,
        &mut |look, place| match look {
            Look::At => Ok(kept::at(tx, place, &c.service_class, days)?
                .into_iter()
                .map(|near| (near, Vec::new()))
                .collect()),
            Look::Below => kept::below(tx, place, &c.service_class, days),
        },
    )?;
    let mut people: BTreeMap<(String, Option<String>), People> = BTreeMap::new();
    let own = match c.id {
        Some(id) => kept::learners(tx, id)?,
        None => Vec::new(),
    };
    let mut out = Vec::new();
    for (other, (near, places)) in near.into_iter().filter(|(id, _)| Some(*id) != c.id) {
        let Some(group) = meet::same_group(c.group.as_deref(), near.group.as_deref()) else {
            continue;
        };
        let Some((from, to)) = meet::crossing(days, (near.from, near.to)) else {
            continue;
        };
        let mut there = People {
            at_least: 0,
            is_all: true,
        };
        for place in &places {
            let key = (place.clone(), group.clone());
            let known = match people.get(&key) {
                Some(known) => *known,
                None => {
                    let read =
                        kept::people(tx, (&c.country, &c.service_class), place, group.as_deref())?;
                    people.insert(key, read);
                    read
                }
            };
            there = there.and(known);
        }
        let mut reach_both = c.reach.zip(near.reach).map(|(a, b)| a.saturating_add(b));
        if reach_both.is_some() && meet::beyond(reach_both, there) {
            // Only what each does in the places they share counts.
            let theirs = kept::learners(tx, other)?;
            let mine = meet::reach_in(c.reach, &own, &places, tree);
            let theirs = meet::reach_in(near.reach, &theirs, &places, tree);
            reach_both = mine.zip(theirs).map(|(a, b)| a.saturating_add(b));
        }
        if meet::beyond(reach_both, there) {
            let dimensions = Dimensions {
                places,
                group,
                from,
                to,
                reach_both,
                people_in_need: there.known(),
            };
            out.push(Found { other, dimensions });
        }
    }
    Ok(out)
}

/// Where the index is asked: at the very place, or below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    At,
    Below,
}

/// What the index answers: who is there, and, below a place, all the places they chose.
pub(crate) type Answers<'a> = dyn FnMut(Look, &str) -> Result<Vec<(Near, Vec<String>)>> + 'a;

/// Everybody near some places, with the smaller place of each pair.
pub(crate) fn near(
    tops: &[String],
    tree: &dyn Tree,
    ask: &mut Answers<'_>,
) -> Result<BTreeMap<Id, (Near, Vec<String>)>> {
    let mut found: BTreeMap<Id, (Near, Vec<String>)> = BTreeMap::new();
    let mut add = |near: Near, places: Vec<String>| {
        let entry = found
            .entry(near.deployment)
            .or_insert_with(|| (near, Vec::new()));
        entry.1.extend(places);
    };
    // Whoever chose the place or one above it covers the place.
    let mut above: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for top in tops {
        for place in tree.up(top) {
            above.entry(place).or_default().push(top.clone());
        }
    }
    for (place, covered) in above {
        for (near, _) in ask(Look::At, &place)? {
            add(near, covered.clone());
        }
    }
    // Whoever chose places below it is covered there.
    for top in tops {
        for (near, chosen) in ask(Look::Below, top)? {
            let inside = chosen
                .into_iter()
                .filter(|place| tree.up(place).contains(top));
            let inside: Vec<String> = inside.collect();
            add(near, inside);
        }
    }
    for (_, places) in found.values_mut() {
        places.sort_unstable();
        places.dedup();
    }
    Ok(found)
}
