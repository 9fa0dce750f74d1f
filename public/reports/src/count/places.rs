//! The places claims are about, as a tree, with the populations that bound what is counted in them.

use crate::interval::{EVERYBODY, Tree, WORLD};
use base::Result;
use db::Tx;
use places::Gazetteer;
use std::collections::{BTreeMap, HashMap};

/// Numbers of places, and how they lie inside each other.
#[derive(Default)]
pub(crate) struct Places {
    numbers: HashMap<String, u32>,
    gazetteers: HashMap<String, Gazetteer>,
    countries: BTreeMap<String, u32>,
    tree: Tree,
}

impl Places {
    /// The number of a place; what the gazetteer does not know lies in the country as a whole.
    pub(crate) fn number(&mut self, tx: &mut Tx, country: &str, place: &str) -> Result<u32> {
        if country.is_empty() {
            return Ok(WORLD);
        }
        if let Some(number) = self.numbers.get(place) {
            return Ok(*number);
        }
        if !self.gazetteers.contains_key(country) {
            let gazetteer = places::gazetteer(tx, country)?;
            self.gazetteers.insert(country.to_owned(), gazetteer);
            let number = self.tree.add(WORLD);
            self.countries.insert(country.to_owned(), number);
            self.numbers.insert(country.to_owned(), number);
        }
        let whole = self.countries.get(country).copied().unwrap_or(WORLD);
        let mut way: Vec<String> = Vec::new();
        if let Some(gazetteer) = self.gazetteers.get(country) {
            if gazetteer.get(place).is_none() {
                return Ok(whole);
            }
            way.push(place.to_owned());
            way.extend(
                gazetteer
                    .ancestors(place)
                    .into_iter()
                    .map(|p| p.code.clone()),
            );
        }
        let mut above = whole;
        for code in way.into_iter().rev().filter(|code| code != country) {
            let tree = &mut self.tree;
            above = *self.numbers.entry(code).or_insert_with(|| tree.add(above));
        }
        Ok(above)
    }

    /// The places inside each other, without populations.
    pub(crate) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The tree with the populations of a kind, where they are known.
    pub(crate) fn peopled(&self, tx: &mut Tx, population: &str) -> Result<Tree> {
        let mut tree = self.tree.clone();
        for (country, number) in &self.countries {
            if let Some(people) = people(tx, country, population)? {
                tree.populate(*number, EVERYBODY, people);
            }
            if population == "schools" {
                for tally in places::tallies(tx, country)? {
                    if let Some(number) = self.numbers.get(&tally.department) {
                        tree.populate(*number, EVERYBODY, tally.schools);
                    }
                }
            }
        }
        Ok(tree)
    }
}

/// The age groups that are of school age together.
const SCHOOL_AGE: [&str; 4] = [
    "age_group_preprimary",
    "age_group_primary",
    "age_group_lower_secondary",
    "age_group_upper_secondary",
];

/// How many there certainly are at most in a country; none when nobody knows.
fn people(tx: &mut Tx, country: &str, population: &str) -> Result<Option<i64>> {
    let mut fact = |name| -> Result<Option<f64>> {
        Ok(places::fact(tx, country, name)?.map(|fact| fact.value))
    };
    let known = match population {
        "learners" => {
            let mut sum = Some(0.0);
            for group in SCHOOL_AGE {
                sum = sum.zip(fact(group)?).map(|(sum, n)| sum + n);
            }
            sum
        }
        "youth" | "teachers" | "parents" => fact("population")?,
        "schools" => {
            let tallies = places::tallies(tx, country)?;
            let schools = tallies.iter().map(|tally| tally.schools).sum();
            return Ok((!tallies.is_empty()).then_some(schools));
        }
        _ => None,
    };
    #[expect(clippy::cast_possible_truncation, reason = "populations are small")]
    Ok(known.map(|people| people.ceil() as i64))
}
