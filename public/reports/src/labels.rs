//! Names of what figures count, and figures in words.

use crate::snapshot::{Figure, Scope, Snapshot};
use base::{Names, Result};
use db::Tx;
use lang::Words;
use std::collections::BTreeMap;
use ui::charts::{As, between};
use ui::{Html, html};

/// The names of indicators, service classes, missions and flagships.
#[derive(Debug, Default)]
pub struct Labels {
    names: BTreeMap<String, Names>,
    /// Service classes, and their units in the plural.
    classes: BTreeMap<String, (Names, Names)>,
}

impl Labels {
    /// Reads them all.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn load(tx: &mut Tx) -> Result<Self> {
        let mut names = BTreeMap::new();
        for vocabulary in ["indicators", "missions", "flagships"] {
            let terms = catalogue::every_term(tx, vocabulary)?;
            names.extend(terms.into_iter().map(|term| (term.code, term.names)));
        }
        let units: BTreeMap<String, Names> = catalogue::units(tx)?
            .into_iter()
            .map(|unit| (unit.code, unit.plurals))
            .collect();
        let classes = catalogue::service_classes(tx)?.into_iter().map(|class| {
            let plural = units.get(&class.unit).cloned().unwrap_or_default();
            (class.code, (class.names, plural))
        });
        Ok(Self {
            names,
            classes: classes.collect(),
        })
    }
    /// What a code counts.
    pub fn code(&self, words: &Words, code: &str) -> String {
        if let Some(said) = words.opt(&format!("figure-{}", code.replace('_', "-"))) {
            return said;
        }
        let class = ["units_", "received_"]
            .into_iter()
            .find_map(|start| code.strip_prefix(start));
        let names = match class.and_then(|class| self.classes.get(class)) {
            Some((names, _)) => Some(names),
            None => self.names.get(code),
        };
        names.map_or_else(
            || code.to_owned(),
            |names| names.get(words.lang()).to_owned(),
        )
    }
    /// The service class of a code, and its unit in the plural.
    pub fn class(&self, words: &Words, class: &str) -> (String, String) {
        let Some((name, unit)) = self.classes.get(class) else {
            return (class.to_owned(), String::new());
        };
        let lang = words.lang();
        (name.get(lang).to_owned(), unit.get(lang).to_owned())
    }
    /// What a figure counts, in which unit: «Teachers trained (people)».
    pub fn unit(&self, words: &Words, figure: &Figure) -> String {
        let class = ["units_", "received_"]
            .into_iter()
            .find_map(|start| figure.code.strip_prefix(start));
        match class {
            Some(class) => self.class(words, class).1,
            None => words.code("figure-unit", &figure.unit),
        }
    }
    /// What a figure is about: a country's name, a member's, the coalition.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn scope(&self, tx: &mut Tx, words: &Words, scope: &Scope) -> Result<String> {
        Ok(match scope {
            Scope::Coalition => words.say("reports-scope-all"),
            Scope::Country(code) => places::country_name(tx, code, words.lang())?,
            Scope::Member(id) => people::organisation_name(tx, words, Some(*id))?,
            Scope::Mission(code) | Scope::Flagship(code) => self.code(words, code),
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay below 2^53")]
fn real(end: i64) -> f64 {
    end as f64
}

/// The ends of a figure as charts want them.
pub fn ends(figure: &Figure) -> (Option<f64>, Option<f64>) {
    (figure.low.map(real), figure.high.map(real))
}

/// A figure in words: `400 to 520`, `at least 400`, `unknown`.
pub fn said(words: &Words, figure: &Figure) -> String {
    let (low, high) = ends(figure);
    between(words, low, high, As::Whole)
}

/// A figure in words as a link to its rule and its rows.
pub fn linked(words: &Words, snapshot: &Snapshot, figure: &Figure) -> Html {
    let path = figure.name().path(snapshot.id);
    html!("<bdi>{}</bdi>", ui::link(&path, said(words, figure)))
}

/// How a figure's level is called: a level of claims, a state of agreements or deployments, or
/// where units are; empty for plain counts.
pub fn level(words: &Words, figure: &Figure) -> String {
    if figure.level.is_empty() {
        return String::new();
    }
    let vocabulary = match figure.code.as_str() {
        "deployments" => "deployment-state",
        "agreements" => "agreement-state",
        code if code.starts_with("units_") => "bucket",
        _ => "reports-level",
    };
    words.code(vocabulary, &figure.level)
}

/// The snapshot in words, for the foot of a page.
pub fn named(words: &Words, snapshot: &Snapshot) -> String {
    let said = [
        ("id", snapshot.short().into()),
        ("moment", words.moment(snapshot.taken_at).into()),
        ("seq", snapshot.seq.into()),
        (
            "hash",
            snapshot.head.chars().take(8).collect::<String>().into(),
        ),
    ];
    words.say_with("reports-snapshot", &said)
}
