//! Counting everything once, in one transaction, for one snapshot.

mod claims;
mod places;
mod things;
mod work;

pub(crate) use claims::{levels, told};
pub(crate) use places::Places;

use crate::snapshot::{Figure, Scope, Thing};
use base::{Day, Result};
use db::Tx;
use serde_json::Value;
use std::collections::BTreeMap;

/// Everything counted at once.
pub(crate) struct Counted {
    pub(crate) figures: Vec<Figure>,
    /// What was counted one by one, as it stood.
    pub(crate) things: Vec<Thing>,
    /// What pages show beside the figures.
    pub(crate) about: Value,
}

/// Every figure there is, with its things and what pages show beside them.
pub(crate) fn everything(tx: &mut Tx, today: Day) -> Result<Counted> {
    let mut sheet = Sheet::default();
    let about = things::count(tx, today, &mut sheet)?;
    let mut places = Places::default();
    let deployed = work::count(tx, today, &mut places, &mut sheet)?;
    claims::count(tx, &deployed, &mut places, &mut sheet)?;
    Ok(Counted {
        things: std::mem::take(&mut sheet.things),
        figures: sheet.figures(),
        about,
    })
}

/// The figures so far; whatever is counted twice under one name is added up.
#[derive(Default)]
pub(crate) struct Sheet {
    figures: BTreeMap<(Scope, String, String), Figure>,
    things: Vec<Thing>,
}

impl Sheet {
    /// Takes in a finished figure.
    fn put(&mut self, figure: Figure) {
        let key = (
            figure.scope.clone(),
            figure.code.clone(),
            figure.level.clone(),
        );
        self.figures.insert(key, figure);
    }
    /// A count known exactly, one thing at a time or many.
    fn add(&mut self, scope: Scope, code: &str, level: &str, amount: i64, rule: &str) {
        self.add_in(scope, (code, level, "things"), (amount, 1), rule);
    }
    /// The same in a unit, with the number of records it comes from.
    fn add_in(
        &mut self,
        scope: Scope,
        (code, level, unit): (&str, &str, &str),
        (amount, records): (i64, i64),
        rule: &str,
    ) {
        let key = (scope.clone(), code.to_owned(), level.to_owned());
        let figure = self.figures.entry(key).or_insert_with(|| Figure {
            scope,
            code: code.to_owned(),
            level: level.to_owned(),
            unit: unit.to_owned(),
            low: Some(0),
            high: Some(0),
            sum: Some(0),
            records: 0,
            as_of: None,
            rule: rule.to_owned(),
            marks: Vec::new(),
        });
        for end in [&mut figure.low, &mut figure.high, &mut figure.sum] {
            *end = end.map(|end| end.saturating_add(amount));
        }
        figure.records += records;
    }
    fn figures(self) -> Vec<Figure> {
        self.figures.into_values().collect()
    }
}
