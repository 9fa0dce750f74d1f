//! Indicators: what is counted, in which unit, and how it can be checked. They are a vocabulary of
//! the catalogue, written and published there by two people.

use base::{Names, Result};
use catalogue::{Term, Typed};
use db::Tx;
use ui::{Cell, Column, Kind, html};
use web::{Answer, Ask, Choice, Line, Listing};

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

/// The indicators in use, for forms and filters.
pub(crate) fn choose(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    catalogue::choose::of(tx, ask, Indicator::VOCABULARY)
}

pub(crate) const COLUMNS: &[Column] = &[
    Column::new("name", Kind::Link).hxl("#indicator+name"),
    Column::new("counted_unit", Kind::Code("counted-unit")).hxl("#indicator+unit"),
    Column::new("counted_population", Kind::Text),
    Column::new("result_kind", Kind::Code("result-kind")),
    Column::new("definition", Kind::Text),
    Column::new("means_of_verification", Kind::Text),
    Column::new("missions_counted", Kind::Text),
    Column::new("code", Kind::Text).hxl("#indicator+code"),
];

/// Every indicator in use, with its definition.
pub(crate) fn page(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (w, missions) = (
        &ask.words,
        catalogue::labels(tx, "missions", ask.words.lang())?,
    );
    let (q, mut all) = (ask.list().q.unwrap_or_default(), indicators(tx)?);
    all.retain(|one| {
        base::fold(&format!(
            "{} {} {}",
            w.name(&one.names),
            w.name(&one.definition),
            one.code
        ))
        .contains(&q)
    });
    let line = |one: Indicator| {
        let names: Vec<String> = one
            .missions
            .iter()
            .map(|code| missions.get(code).unwrap_or(code).clone())
            .collect();
        Line {
            key: one.code.clone(),
            cells: vec![
                Cell::link(
                    format!("/catalogue/indicators/{}", one.code),
                    w.name(&one.names),
                ),
                Cell::code(one.unit.code()),
                population(w, &one.population).into(),
                Cell::code(one.result.code()),
                w.name(&one.definition).into(),
                w.name(&one.means_of_verification).into(),
                if names.is_empty() {
                    Cell::NotApplicable
                } else {
                    w.list(&names).into()
                },
                one.code.into(),
            ],
            href: None,
        }
    };
    Ok(Answer::List(Listing {
        title: w.say("indicators-title"),
        before: html!("<p>{}</p>", w.say("indicators-intro")),
        rows: all.into_iter().map(line).collect(),
        ..Listing::default()
    }))
}

/// Of whom or what is counted, in words; a population a coalition added, by its code.
fn population(words: &lang::Words, code: &str) -> String {
    let key = format!("counted-population-{}", code.replace('_', "-"));
    words.opt(&key).unwrap_or_else(|| code.replace('_', " "))
}
