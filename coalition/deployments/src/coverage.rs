//! Who does what where, with what is missing and what meets.

use crate::deployment::Covered;
use crate::meet::{People, Tree};
use crate::store::{coverage as kept, overlaps};
use base::{Day, Id, Result};
use db::Tx;
use std::collections::{BTreeMap, BTreeSet};

/// Overlaps a country can have open and still be told by area.
const OPEN_MAX: i64 = 10_000;

#[derive(Default)]
struct Tally {
    deployments: BTreeSet<Id>,
    organisations: BTreeSet<Id>,
    low: i64,
    high: Option<i64>,
    people: Option<People>,
    served: i64,
    overlaps: i64,
}

/// Every first-level area and service of a country where something is asked for or planned.
///
/// # Errors
/// A fault of the database.
pub fn coverage(tx: &mut Tx, country: &str, today: Day) -> Result<Vec<Covered>> {
    let tree = places::gazetteer(tx, country)?;
    let mut by: BTreeMap<(String, String), Tally> = BTreeMap::new();
    let asked = kept::asked(tx, country)?;
    for one in &asked {
        let people = if one.needs == 1 {
            People {
                at_least: one.learners,
                is_all: one.unknown == 0,
            }
        } else {
            // Two needs may name the same school: count each school once.
            overlaps::people(tx, (country, &one.service_class), &one.area, None)?
        };
        let key = (one.area.clone(), one.service_class.clone());
        by.entry(key).or_default().people = Some(people);
    }
    for (area, class, learners) in kept::served(tx, country)? {
        by.entry((area, class)).or_default().served = learners;
    }
    let mut implementers: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for (deployment, organisation) in kept::implementers(tx, country)? {
        implementers
            .entry(deployment)
            .or_default()
            .push(organisation);
    }
    let there = kept::there(tx, country, today)?;
    let areas = areas(&tree, country);
    for one in &there {
        let all;
        let places: &[String] = if one.is_country && !areas.is_empty() {
            &areas
        } else {
            all = [one.place.clone()];
            &all
        };
        for place in places {
            let key = (place.clone(), one.service_class.clone());
            let tally = by.entry(key).or_default();
            let first = tally.deployments.is_empty();
            if !tally.deployments.insert(one.deployment) {
                continue;
            }
            tally.organisations.insert(one.member);
            let others = implementers.get(&one.deployment);
            tally.organisations.extend(others.into_iter().flatten());
            // All of its reach is here only when it is nowhere else.
            if one.areas == 1 {
                tally.low = tally.low.max(one.reach.unwrap_or(0));
            }
            tally.high = match (tally.high, one.reach) {
                (None, reach) if first => reach,
                (sum, reach) => sum.zip(reach).map(|(a, b)| a.saturating_add(b)),
            };
        }
    }
    let open = overlaps::Wanted {
        country: Some(country.to_owned()),
        state: Some("open".to_owned()),
        limit: OPEN_MAX,
        ..overlaps::Wanted::default()
    };
    for o in overlaps::list(tx, &open)? {
        let mut met: BTreeSet<&String> = BTreeSet::new();
        let up: Vec<String> = o
            .dimensions
            .places
            .iter()
            .flat_map(|p| tree.up(p))
            .collect();
        let whole = o.dimensions.places.iter().any(|p| p == country);
        met.extend(areas.iter().filter(|area| whole || up.contains(area)));
        for area in met {
            let key = (area.clone(), o.service_class.clone());
            by.entry(key).or_default().overlaps += 1;
        }
    }
    Ok(by.into_iter().map(covered).collect())
}

fn areas(tree: &places::Gazetteer, country: &str) -> Vec<String> {
    let below = tree.children(country).into_iter();
    below.map(|place| place.code.clone()).collect()
}

fn covered(((place, service_class), t): ((String, String), Tally)) -> Covered {
    let none = t.deployments.is_empty();
    let high = if none { Some(0) } else { t.high };
    Covered {
        place,
        service_class,
        deployments: i64::try_from(t.deployments.len()).unwrap_or(i64::MAX),
        organisations: t.organisations.into_iter().collect(),
        reach_low: t.low,
        reach_high: high,
        people_in_need: t.people.and_then(People::known),
        people_at_least: t.people.map(|people| people.at_least),
        gap: t.people.map(|people| (people.at_least - t.served).max(0)),
        overlaps: t.overlaps,
    }
}
