//! Indicators: what is counted, in which unit, and how it can be checked. They are a vocabulary of
//! the catalogue, written and published there by two people.

use base::{Names, Result};
use catalogue::{Term, Typed};
use db::Tx;
use std::collections::BTreeMap;

/// What is counted. Different units never add.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Distinct persons.
    People,
    /// One person may enrol several times.
    Enrolments,
    /// One person may be reached several times.
    Contacts,
    Accounts,
    Certificates,
    Items,
    Schools,
    Hours,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 8] = [
        Self::People,
        Self::Enrolments,
        Self::Contacts,
        Self::Accounts,
        Self::Certificates,
        Self::Items,
        Self::Schools,
        Self::Hours,
    ];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Enrolments => "enrolments",
            Self::Contacts => "contacts",
            Self::Accounts => "accounts",
            Self::Certificates => "certificates",
            Self::Items => "items",
            Self::Schools => "schools",
            Self::Hours => "hours",
        }
    }
    /// The unit of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.code() == code)
    }
    /// Whether two figures may count the same thing twice: then a sum is only an upper end.
    pub const fn is_distinct(self) -> bool {
        matches!(self, Self::People | Self::Accounts | Self::Schools)
    }
}

/// How far along the way from work to effect an indicator looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Output,
    Outcome,
}

impl Outcome {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Output => "output",
            Self::Outcome => "outcome",
        }
    }
}

/// What is counted, in which unit, of whom, and how it can be checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    pub code: String,
    pub names: Names,
    pub definition: Names,
    pub unit: Unit,
    /// Of whom or what: `learners`, `teachers`, `parents`, `schools`, `devices` …
    pub population: String,
    pub result: Outcome,
    pub means_of_verification: Names,
    /// Codes of the missions it counts for.
    pub missions: Vec<String>,
    /// How partners head their columns, folded.
    pub aliases: Vec<String>,
    /// The catalogue's version of the definition.
    pub version: i64,
}

impl Typed for Indicator {
    const VOCABULARY: &'static str = "indicators";
    fn read(term: &Term) -> Option<Self> {
        let aliases = term.list("aliases");
        let named = term.names.0.values().cloned().chain([term.code.clone()]);
        Some(Self {
            code: term.code.clone(),
            names: term.names.clone(),
            definition: term.descriptions.clone(),
            unit: Unit::parse(term.attribute("unit"))?,
            population: Some(term.attribute("population").to_owned()).filter(|p| !p.is_empty())?,
            result: if term.attribute("result") == "outcome" {
                Outcome::Outcome
            } else {
                Outcome::Output
            },
            means_of_verification: term.in_languages("means_of_verification"),
            missions: term.list("missions"),
            aliases: named
                .chain(aliases)
                .map(|name| sheets::fold(&name))
                .collect(),
            version: term.version,
        })
    }
}

/// The indicators in use, in order.
///
/// # Errors
/// A fault of the database.
pub fn indicators(tx: &mut Tx) -> Result<Vec<Indicator>> {
    catalogue::all::<Indicator>(tx)
}

/// An indicator, retired or not.
///
/// # Errors
/// Missing when there is none.
pub fn indicator(tx: &mut Tx, code: &str) -> Result<Indicator> {
    catalogue::one::<Indicator>(tx, code)
}

/// The indicators that count for a mission.
pub(crate) fn of_mission(tx: &mut Tx, mission: &str) -> Result<Vec<String>> {
    let all = indicators(tx)?.into_iter();
    let those = all.filter(|one| one.missions.iter().any(|code| code == mission));
    Ok(those.map(|one| one.code).collect())
}

/// The names of all indicators ever used, by code.
pub(crate) fn names(tx: &mut Tx, lang: base::Lang) -> Result<BTreeMap<String, String>> {
    catalogue::labels(tx, Indicator::VOCABULARY, lang)
}
