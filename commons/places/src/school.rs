//! Schools as a country's register has them. What the register does not say is unknown, never zero.

use base::Id;
use serde_json::{Map, Value};

/// A school.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct School {
    /// The code in the country's own register.
    pub code: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub name: String,
    /// The smallest place of the gazetteer known for it; the country when nothing else is.
    pub place: String,
    /// The first-level area.
    pub department: Option<String>,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    /// ISCED levels taught, in order; empty when unknown.
    pub levels: Vec<String>,
    pub learners_girls: Option<i64>,
    pub learners_boys: Option<i64>,
    pub learners: Option<i64>,
    pub teachers_female: Option<i64>,
    pub teachers_male: Option<i64>,
    pub teachers: Option<i64>,
    /// The year the numbers are of.
    pub year: Option<i64>,
    pub water: Option<bool>,
    pub internet: Option<bool>,
    pub electricity: Option<bool>,
    pub computers: Option<bool>,
    pub rural: Option<bool>,
    /// `written` when the register says so, `density` when it was derived.
    pub rural_basis: Option<String>,
    /// What else the register says of the school: ward, address, status, level as written …
    pub attributes: Map<String, Value>,
    pub version: i64,
}

impl School {
    /// The identifier that always stands for this country's school of this code.
    pub fn id_of(country: &str, code: &str) -> Id {
        Id::named("school", &format!("{country}/{code}"))
    }
    /// The school's identifier.
    pub fn id(&self) -> Id {
        Self::id_of(&self.country, &self.code)
    }
    /// Longitude and latitude.
    pub fn point(&self) -> Option<(f64, f64)> {
        Some((self.lon?, self.lat?))
    }
    /// A service by its name: `water`, `internet`, `electricity`, `computers`.
    pub fn service(&self, name: &str) -> Option<bool> {
        match name {
            "water" => self.water,
            "internet" => self.internet,
            "electricity" => self.electricity,
            "computers" => self.computers,
            _ => None,
        }
    }
    /// A text among the attributes.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).and_then(Value::as_str)
    }
    /// Says something else of the school, when it is known.
    pub(crate) fn note(&mut self, name: &str, text: Option<String>) {
        if let Some(text) = text {
            self.attributes.insert(name.to_owned(), Value::String(text));
        }
    }
}

/// The services a register tells of, each yes, no or unknown.
pub const SERVICES: [&str; 4] = ["water", "internet", "electricity", "computers"];

/// What a register adds up to in one first-level area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub country: String,
    /// A place code; empty where the area is unknown.
    pub department: String,
    pub schools: i64,
    /// Learners of the schools that tell.
    pub learners: i64,
    /// Schools that do not tell.
    pub learners_unknown: i64,
    pub teachers: i64,
    pub teachers_unknown: i64,
    /// Yes and no for each of [`SERVICES`]; the rest of the schools is unknown.
    pub services: [(i64, i64); 4],
}

impl Tally {
    /// Adds a school.
    pub fn add(&mut self, school: &School) {
        self.schools += 1;
        match school.learners {
            Some(learners) => self.learners += learners,
            None => self.learners_unknown += 1,
        }
        match school.teachers {
            Some(teachers) => self.teachers += teachers,
            None => self.teachers_unknown += 1,
        }
        for (name, counts) in SERVICES.iter().zip(&mut self.services) {
            match school.service(name) {
                Some(true) => counts.0 += 1,
                Some(false) => counts.1 += 1,
                None => {}
            }
        }
    }
    /// Adds another tally.
    pub fn merge(&mut self, other: &Self) {
        self.schools += other.schools;
        self.learners += other.learners;
        self.learners_unknown += other.learners_unknown;
        self.teachers += other.teachers;
        self.teachers_unknown += other.teachers_unknown;
        for (mine, theirs) in self.services.iter_mut().zip(other.services) {
            *mine = (mine.0 + theirs.0, mine.1 + theirs.1);
        }
    }
}
