//! What people see.

pub(crate) mod coverage;
pub(crate) mod deployments;
pub(crate) mod elsewhere;
pub(crate) mod one;
pub(crate) mod overlaps;

use base::{Id, Result};
use db::Tx;
use lang::Words;
use std::collections::BTreeMap;
use web::{Answer, Ask, Shape, View, Who};

/// The pages of this room.
pub(crate) fn views() -> Vec<View> {
    let open = |path, shape, run: fn(&mut Tx, &Ask) -> Result<Answer>| View {
        path,
        who: Who::Anyone,
        shape,
        run,
    };
    vec![
        open(
            "/deployments",
            Shape::List(deployments::COLUMNS, deployments::FILTERS),
            deployments::list,
        ),
        open("/deployments/{id}", Shape::Record(one::COLUMNS), one::show),
        open(
            "/deployments/{id}/lines",
            Shape::List(one::LINES, &[]),
            one::lines,
        ),
        open(
            "/overlaps",
            Shape::List(overlaps::COLUMNS, overlaps::FILTERS),
            overlaps::list,
        ),
        open(
            "/overlaps/{id}",
            Shape::Record(overlaps::RECORD),
            overlaps::show,
        ),
        open(
            "/who-does-what-where",
            Shape::List(coverage::COLUMNS, coverage::FILTERS),
            coverage::list,
        ),
    ]
}

/// Names looked up once for a page.
pub(crate) struct Teller {
    pub words: Words,
    classes: BTreeMap<String, String>,
    groups: BTreeMap<String, String>,
    places: BTreeMap<String, String>,
    organisations: BTreeMap<Id, String>,
}

impl Teller {
    pub(crate) fn new(tx: &mut Tx, words: &Words) -> Result<Self> {
        let lang = words.lang();
        Ok(Self {
            words: words.clone(),
            classes: catalogue::labels(tx, "service_classes", lang)?,
            groups: catalogue::labels(tx, "groups", lang)?,
            places: BTreeMap::new(),
            organisations: BTreeMap::new(),
        })
    }
    /// The name of a service class.
    pub(crate) fn class(&self, code: &str) -> String {
        let found = self.classes.get(code).cloned();
        found.unwrap_or_else(|| code.to_owned())
    }
    /// The name of a group; all learners without one.
    pub(crate) fn group(&self, code: Option<&str>) -> String {
        match code {
            None => self.words.say("deployments-all-learners"),
            Some(code) => self
                .groups
                .get(code)
                .cloned()
                .unwrap_or_else(|| code.to_owned()),
        }
    }
    /// The name of a country or place.
    pub(crate) fn place(&mut self, tx: &mut Tx, code: &str) -> Result<String> {
        if let Some(name) = self.places.get(code) {
            return Ok(name.clone());
        }
        let name = places::place_name(tx, code, self.words.lang())?;
        self.places.insert(code.to_owned(), name.clone());
        Ok(name)
    }
    /// The names of some places, as a list; after the first few only how many more.
    pub(crate) fn places(&mut self, tx: &mut Tx, codes: &[String]) -> Result<String> {
        const SHOWN: usize = 6;
        let mut names = Vec::new();
        for code in codes.iter().take(SHOWN) {
            names.push(self.place(tx, code)?);
        }
        let more = codes.len().saturating_sub(SHOWN);
        if more > 0 {
            let args = [("n", i64::try_from(more).unwrap_or(0).into())];
            names.push(self.words.say_with("deployments-more-places", &args));
        }
        Ok(self.words.list(&names))
    }
    /// The name of an organisation.
    pub(crate) fn organisation(&mut self, tx: &mut Tx, id: Id) -> Result<String> {
        if let Some(name) = self.organisations.get(&id) {
            return Ok(name.clone());
        }
        let name = people::organisation_name(tx, &self.words, Some(id))?;
        self.organisations.insert(id, name.clone());
        Ok(name)
    }
    /// The names of some organisations, as a list.
    pub(crate) fn organisations(&mut self, tx: &mut Tx, ids: &[Id]) -> Result<String> {
        let mut names = Vec::new();
        for id in ids {
            names.push(self.organisation(tx, *id)?);
        }
        Ok(self.words.list(&names))
    }
}

/// How many rows a query asks for, and whether there were more.
pub(crate) fn cut<T>(found: &mut Vec<T>, limit: i64) -> bool {
    let limit = usize::try_from(limit).unwrap_or(0);
    let more = found.len() > limit;
    found.truncate(limit);
    more
}

/// A button that leads to an act's form.
pub(crate) fn action(words: &Words, path: &str, act: &str, main: bool) -> ui::Action {
    ui::Action {
        href: path.to_owned(),
        label: words.say(&format!("{act}-button")),
        main,
    }
}
