//! From the rooms to what is published: only codes, public texts, quantities and days.
//!
//! What many people wrote in many fields stays where it is. A sentence published here is either
//! declared public by its field or made here from codes and numbers.

pub(crate) mod activities;
pub(crate) mod declared;
pub(crate) mod processes;
pub(crate) mod tables;

use base::{Day, Id, Lang, Names, Result};
use db::{Tx, args};
use lang::Library;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Things read at a time.
pub(crate) const SLICE: usize = 500;

/// What everything refers to, read once.
pub(crate) struct Known {
    pub(crate) today: Day,
    pub(crate) library: Library,
    pub(crate) classes: BTreeMap<String, catalogue::ServiceClass>,
    /// Units in the plural.
    pub(crate) units: BTreeMap<String, Names>,
    pub(crate) indicators: BTreeMap<String, evidence::Indicator>,
    organisations: BTreeMap<Id, people::Organisation>,
    places: BTreeMap<String, places::Place>,
    countries: BTreeMap<String, places::Country>,
    /// Texts looked through, and whether they name nobody.
    seen: BTreeMap<String, bool>,
    /// Texts that were left out because they name somebody.
    pub(crate) withheld: i64,
}

/// Texts remembered.
const SEEN_MOST: usize = 10_000;

impl Known {
    pub(crate) fn read(tx: &mut Tx, today: Day) -> Result<Self> {
        let classes = catalogue::every_term(tx, "service_classes")?;
        let mut all = BTreeMap::new();
        for term in classes {
            all.insert(term.code.clone(), catalogue::service_class(tx, &term.code)?);
        }
        let units = catalogue::units(tx)?;
        let indicators = evidence::indicators(tx)?;
        let countries = places::countries(tx)?;
        Ok(Self {
            today,
            library: Library::load(&[crate::WORDS])?,
            classes: all,
            units: units.into_iter().map(|u| (u.code, u.plurals)).collect(),
            indicators: indicators
                .into_iter()
                .map(|i| (i.code.clone(), i))
                .collect(),
            organisations: BTreeMap::new(),
            places: BTreeMap::new(),
            countries: countries.into_iter().map(|c| (c.code.clone(), c)).collect(),
            seen: BTreeMap::new(),
            withheld: 0,
        })
    }

    /// A text somebody wrote for everybody to read, looked through once more on its way out: with a
    /// telephone number, an address or a known person's name in it, it is left out and counted.
    pub(crate) fn open(&mut self, tx: &mut Tx, text: &str) -> Result<String> {
        if text.is_empty() {
            return Ok(String::new());
        }
        let good = match self.seen.get(text) {
            Some(good) => *good,
            None => {
                let good = people::refuse_personal(tx, "", text)?.is_empty();
                if self.seen.len() >= SEEN_MOST {
                    self.seen.clear();
                }
                self.seen.insert(text.to_owned(), good);
                good
            }
        };
        self.withheld += i64::from(!good);
        Ok(if good { text.to_owned() } else { String::new() })
    }

    /// A title somebody wrote, in every language that names nobody; the service's name when none is.
    pub(crate) fn open_names(&mut self, tx: &mut Tx, names: &Names, class: &str) -> Result<Names> {
        let mut good = Names::default();
        for (lang, text) in &names.0 {
            let text = self.open(tx, text)?;
            if !text.is_empty() {
                good.0.insert(lang.clone(), text);
            }
        }
        Ok(if good.is_empty() {
            self.class(class)
        } else {
            good
        })
    }

    pub(crate) fn organisation(&mut self, tx: &mut Tx, id: Id) -> Result<&people::Organisation> {
        Ok(match self.organisations.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(free) => free.insert(people::organisation(tx, id)?),
        })
    }

    /// An organisation's first name, for tables in one language.
    pub(crate) fn organisation_name(&mut self, tx: &mut Tx, id: Id) -> Result<String> {
        Ok(self.organisation(tx, id)?.names.get(Lang::En).to_owned())
    }

    /// A place; none when the gazetteer does not have it.
    pub(crate) fn place(&mut self, tx: &mut Tx, code: &str) -> Result<Option<&places::Place>> {
        if !self.places.contains_key(code) {
            match places::place(tx, code) {
                Ok(place) => self.places.insert(code.to_owned(), place),
                Err(base::Error::Missing) => return Ok(None),
                Err(error) => return Err(error),
            };
        }
        Ok(self.places.get(code))
    }

    /// A place's name; its code when it has none.
    pub(crate) fn place_name(&mut self, tx: &mut Tx, code: &str) -> Result<String> {
        if let Some(country) = self.countries.get(code) {
            return Ok(country.names.get(Lang::En).to_owned());
        }
        let place = self.place(tx, code)?;
        Ok(place.map_or_else(|| code.to_owned(), |place| place.name.clone()))
    }

    /// The first-level area a place lies in; the place itself when it is one, empty for a country.
    pub(crate) fn area(&mut self, tx: &mut Tx, code: &str) -> Result<String> {
        let mut here = code.to_owned();
        loop {
            let Some(place) = self.place(tx, &here)? else {
                return Ok(String::new());
            };
            match (place.level, &place.parent) {
                (0, _) => return Ok(String::new()),
                (1, _) | (_, None) => return Ok(here),
                (_, Some(parent)) => here.clone_from(parent),
            }
        }
    }

    /// A country's three letters.
    pub(crate) fn iso3(&self, code: &str) -> String {
        let country = self.countries.get(code);
        country
            .and_then(|country| country.iso3.clone())
            .unwrap_or_default()
    }

    pub(crate) fn class(&self, code: &str) -> Names {
        let known = self.classes.get(code).map(|class| class.names.clone());
        known.unwrap_or_else(|| Names::one("en", code))
    }

    /// A class's unit in the plural, in English.
    pub(crate) fn unit(&self, class: &str) -> String {
        let unit = self.classes.get(class).map(|class| class.unit.as_str());
        let names = unit.and_then(|unit| self.units.get(unit));
        names.map_or_else(|| class.to_owned(), |names| names.get(Lang::En).to_owned())
    }

    /// The DAC purpose code and the target of SDG 4 of a service for levels of education.
    pub(crate) fn purpose(&self, class: &str, levels: &[String]) -> (&'static str, &'static str) {
        match class {
            "teacher_training" => return ("11130", "4.c"),
            "technical_assistance" => return ("11110", "4.1"),
            "skills_courses" => return ("11330", "4.4"),
            _ => {}
        }
        let equipment = matches!(
            class,
            "connectivity"
                | "devices"
                | "solar_kit"
                | "school_server"
                | "school_repair"
                | "school_equipment"
                | "assistive_devices"
                | "platform"
        );
        let target = |other| if equipment { "4.a" } else { other };
        match levels {
            [one] => match one.as_str() {
                "0" => ("11240", target("4.2")),
                "1" => ("11220", target("4.1")),
                "2" => ("11260", target("4.1")),
                "3" => ("11320", target("4.1")),
                "4" => ("11330", target("4.3")),
                "5" | "6" | "7" | "8" => ("11420", target("4.3")),
                _ => ("11120", target("4.1")),
            },
            // One purpose for all levels together: shares of each are not known.
            _ => ("11120", target("4.1")),
        }
    }
}

/// Whether a request that a deployment serves came from an emergency.
pub(crate) fn in_emergency(tx: &mut Tx, needs: &[Id]) -> Result<bool> {
    for need in needs {
        let sql = "SELECT 1 FROM need JOIN request ON request.id = need.request_id \
            WHERE need.id = $1 AND request.context = 'emergency'";
        if tx.row(sql, &args![*need])?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// When something last happened to a subject.
pub(crate) fn last_fact(tx: &mut Tx, kind: &str, id: Id) -> Result<Option<base::Moment>> {
    let sql = "SELECT at FROM fact WHERE subject_id = $1 AND subject_kind = $2 \
        ORDER BY seq DESC LIMIT 1";
    tx.row(sql, &args![id, kind])?
        .map(|row| row.read().moment())
        .transpose()
}

/// A level's stable code; what nobody has accepted yet is reported.
pub(crate) fn level(claim: &evidence::Claim) -> &'static str {
    claim.level.map_or("reported", evidence::Level::code)
}
