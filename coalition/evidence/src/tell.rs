//! Names of what pages show, each read once.

use crate::claims::{Claim, Comparator, Figure};
use crate::reports::Period;
use base::{Id, Result};
use catalogue::Typed;
use db::Tx;
use lang::Words;
use std::collections::BTreeMap;
use ui::{Cell, Html};

/// Knows the names of indicators, groups, places, organisations and deployments.
pub(crate) struct Teller<'a> {
    pub(crate) words: &'a Words,
    indicators: BTreeMap<String, String>,
    groups: BTreeMap<String, String>,
    places: BTreeMap<String, String>,
    organisations: BTreeMap<Id, String>,
    deployments: BTreeMap<Id, (String, String)>,
}

impl<'a> Teller<'a> {
    pub(crate) fn new(tx: &mut Tx, words: &'a Words) -> Result<Self> {
        let lang = words.lang();
        Ok(Self {
            words,
            indicators: catalogue::labels(tx, crate::Indicator::VOCABULARY, lang)?,
            groups: catalogue::labels(tx, "groups", lang)?,
            places: BTreeMap::new(),
            organisations: BTreeMap::new(),
            deployments: BTreeMap::new(),
        })
    }

    /// An indicator's name.
    pub(crate) fn indicator(&self, code: &str) -> String {
        self.indicators
            .get(code)
            .cloned()
            .unwrap_or_else(|| code.to_owned())
    }

    /// The indicators whose name or code has the folded words, between bars.
    pub(crate) fn indicators_named(&self, q: &str) -> String {
        let has = |(code, name): &(&String, &String)| {
            base::fold(name).contains(q) || base::fold(code).contains(q)
        };
        let codes = self.indicators.iter().filter(has);
        codes.fold("|".to_owned(), |all, (code, _)| all + code + "|")
    }

    /// A group's name.
    pub(crate) fn group(&self, code: &str) -> String {
        if code == crate::EVERYBODY {
            return self.words.say("evidence-everybody");
        }
        self.groups
            .get(code)
            .cloned()
            .unwrap_or_else(|| code.to_owned())
    }

    /// A place's name; a country's for the whole of it.
    pub(crate) fn place(&mut self, tx: &mut Tx, code: &str) -> Result<String> {
        if let Some(name) = self.places.get(code) {
            return Ok(name.clone());
        }
        let name = places::place_name(tx, code, self.words.lang())?;
        self.places.insert(code.to_owned(), name.clone());
        Ok(name)
    }

    /// An organisation's name.
    pub(crate) fn organisation(&mut self, tx: &mut Tx, id: Id) -> Result<String> {
        if let Some(name) = self.organisations.get(&id) {
            return Ok(name.clone());
        }
        let name = people::organisation_name(tx, self.words, Some(id))?;
        self.organisations.insert(id, name.clone());
        Ok(name)
    }

    /// A deployment's code and title, as a link.
    pub(crate) fn deployment(&mut self, tx: &mut Tx, id: Id, today: base::Day) -> Result<Cell> {
        if !self.deployments.contains_key(&id) {
            let found = deployments::deployment(tx, id, today)?;
            let title = format!("{}: {}", found.code, self.words.name(&found.title));
            self.deployments.insert(id, (found.path(), title));
        }
        let (href, title) = self.deployments.get(&id).cloned().unwrap_or_default();
        Ok(Cell::link(href, title))
    }

    /// A figure in words: «at least 1,200», «100 to 120».
    pub(crate) fn figure(&self, figure: Figure) -> String {
        let number =
            |n: Option<i64>| n.map_or_else(|| self.words.say("unknown"), |n| self.words.number(n));
        let said = |key: &str, n: Option<i64>| self.words.say_with(key, &[("n", number(n).into())]);
        match (figure.comparator, figure.low, figure.high) {
            (Comparator::AtLeast, low, None) => said("evidence-at-least", low),
            (Comparator::AtMost, None, high) => said("evidence-at-most", high),
            (Comparator::About, low, high) if low == high => said("evidence-about", low),
            (_, low, high) if low == high => number(low),
            (_, low, high) => {
                let args = [("low", number(low).into()), ("high", number(high).into())];
                self.words.say_with("evidence-from-to", &args)
            }
        }
    }

    /// What a claim claims, in one sentence.
    pub(crate) fn claim(&mut self, tx: &mut Tx, claim: &Claim) -> Result<String> {
        let args = [
            ("indicator", self.indicator(&claim.indicator).into()),
            ("figure", self.figure(claim.figure()).into()),
            ("group", self.group(&claim.group).into()),
            ("place", self.place(tx, &claim.place)?.into()),
            (
                "period",
                self.period(Period {
                    from: claim.from,
                    to: claim.to,
                })
                .into(),
            ),
        ];
        Ok(self.words.say_with("evidence-claim-sentence", &args))
    }

    /// A period's days.
    pub(crate) fn period(&self, period: Period) -> String {
        let args = [
            ("from", self.words.day(period.from).into()),
            ("to", self.words.day(period.to).into()),
        ];
        self.words.say_with("evidence-period", &args)
    }
}

/// A heading above facts in a page, when there is something below it.
pub(crate) fn section(words: &Words, key: &str, body: Html) -> Html {
    if body.is_empty() {
        body
    } else {
        ui::section(&words.say(key), body)
    }
}

/// The link to an act.
pub(crate) fn act(words: &Words, name: &str, href: String, main: bool) -> web::ActLink {
    web::ActLink {
        href,
        label: words.say(&format!("{name}-button")),
        main,
    }
}
