//! The verbs: bring a register in slices, bring a gazetteer.

use crate::place::{Gazetteer, Place};
use crate::school::School;
use crate::store;
use base::{Error, Id, Moment, Result};
use db::Tx;
use serde_json::json;
use std::collections::BTreeMap;

/// Schools one transaction carries, with one fact.
pub const SLICE: usize = 1_000;

/// Where a slice of a register comes from.
#[derive(Clone, Debug)]
pub struct Brought<'a> {
    /// ISO 3166-1 alpha-2.
    pub country: &'a str,
    /// The file's name and the hash of its bytes.
    pub file: &'a str,
    pub hash: &'a str,
    pub actor: Option<Id>,
    pub now: Moment,
}

/// What putting schools did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Put {
    pub added: u64,
    pub changed: u64,
    pub same: u64,
}

impl Put {
    /// Adds another slice's counts.
    pub fn merge(&mut self, other: Self) {
        self.added += other.added;
        self.changed += other.changed;
        self.same += other.same;
    }
}

/// Puts a slice of schools into the register; those that stand there unchanged leave no trace, so a
/// slice may be put again. One fact for the slice.
///
/// # Errors
/// A fault of the database.
pub fn put_schools(tx: &mut Tx, brought: &Brought<'_>, schools: &[&School]) -> Result<Put> {
    let codes = || schools.iter().map(|school| school.code.as_str());
    let (Some(from), Some(to)) = (codes().min(), codes().max()) else {
        return Ok(Put::default());
    };
    let saved = store::schools_between(tx, brought.country, from, to)?;
    let saved: BTreeMap<&str, &School> = saved.iter().map(|s| (s.code.as_str(), s)).collect();
    let mut put = Put::default();
    let mut new = Vec::new();
    for school in schools {
        if school.country != brought.country {
            return Err(Error::fault("a school of another country"));
        }
        match saved.get(school.code.as_str()) {
            None => {
                put.added += 1;
                new.push(store::school_row(&School {
                    version: 1,
                    ..(*school).clone()
                }));
            }
            Some(there) => {
                let next = School {
                    version: there.version,
                    ..(*school).clone()
                };
                if next == **there {
                    put.same += 1;
                } else {
                    put.changed += 1;
                    let next = School {
                        version: there.version + 1,
                        ..next
                    };
                    tx.put(&store::SCHOOL, store::school_row(&next))?;
                }
            }
        }
    }
    if !new.is_empty() {
        tx.add_many(&store::SCHOOL, new)?;
    }
    if put.added + put.changed > 0 {
        let about = json!({
            "file": brought.file, "hash": brought.hash, "added": put.added, "changed": put.changed,
        });
        record(tx, brought, "places.schools-put", about)?;
    }
    Ok(put)
}

/// Counts a country's register anew after its last slice.
///
/// # Errors
/// A fault of the database.
pub fn tally_schools(tx: &mut Tx, brought: &Brought<'_>) -> Result<()> {
    let before = store::tallies(tx, brought.country)?;
    let tallies = store::count_anew(tx, brought.country)?;
    let new: Vec<_> = tallies
        .iter()
        .filter(|tally| !before.contains(tally))
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    for tally in &new {
        tx.put(&store::SCHOOL_TALLY, store::tally_row(tally))?;
    }
    for gone in before
        .iter()
        .filter(|old| !tallies.iter().any(|t| t.department == old.department))
    {
        tx.remove(
            &store::SCHOOL_TALLY,
            &db::args![gone.country.as_str(), gone.department.as_str()],
        )?;
    }
    let schools: i64 = tallies.iter().map(|tally| tally.schools).sum();
    record(
        tx,
        brought,
        "places.register-counted",
        json!({ "schools": schools, "file": brought.file }),
    )
}

fn record(
    tx: &mut Tx,
    brought: &Brought<'_>,
    verb: &'static str,
    about: serde_json::Value,
) -> Result<()> {
    ledger::tell(
        tx,
        (brought.now, brought.actor),
        verb,
        ("country", Id::named("country", brought.country)),
        about,
    )
}

/// Brings places of a country into its gazetteer: new ones and changed ones, parents before children
/// or after. The gazetteer that comes out must be a tree.
///
/// # Errors
/// Refused when it would not be: a cycle, a parent that is not there, a place above its parent.
pub fn put_places(tx: &mut Tx, brought: &Brought<'_>, places: Vec<Place>) -> Result<Put> {
    let saved = store::places_of(tx, brought.country)?;
    let mut all: BTreeMap<String, Place> = saved.into_iter().map(|p| (p.code.clone(), p)).collect();
    let mut put = Put::default();
    let mut touched = Vec::new();
    for mut place in places {
        match all.get(&place.code) {
            Some(there) => {
                place.version = there.version;
                if place == *there {
                    put.same += 1;
                    continue;
                }
                place.version += 1;
                put.changed += 1;
            }
            None => {
                place.version = 1;
                put.added += 1;
            }
        }
        touched.push(place.code.clone());
        all.insert(place.code.clone(), place);
    }
    let tree = Gazetteer::new(all.into_values().collect())?;
    let mut places: Vec<&Place> = touched.iter().filter_map(|code| tree.get(code)).collect();
    places.sort_by_key(|place| place.level);
    for place in &places {
        tx.put(&store::PLACE, store::place_row(place))?;
    }
    if !places.is_empty() {
        let about = json!({ "file": brought.file, "hash": brought.hash, "places": places.len() });
        record(tx, brought, "places.gazetteer-put", about)?;
    }
    Ok(put)
}
