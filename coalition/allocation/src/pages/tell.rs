//! Names and reasons in people's words.

use crate::store::results::OfferNames;
use base::{Arg, Error, Id, Result};
use db::Tx;
use lang::Words;
use serde_json::Value;
use std::collections::BTreeMap;
use ui::Cell;

/// Names looked up once for a page.
pub(crate) struct Teller {
    pub words: Words,
    pub offers: OfferNames,
    classes: BTreeMap<String, String>,
    conditions: BTreeMap<u64, String>,
    places: BTreeMap<String, String>,
    languages: BTreeMap<String, String>,
}

impl Teller {
    pub(crate) fn new(tx: &mut Tx, words: &Words, offers: OfferNames) -> Result<Self> {
        let lang = words.lang();
        let conditions = catalogue::conditions(tx)?;
        Ok(Self {
            words: words.clone(),
            offers,
            classes: catalogue::labels(tx, "service_classes", lang)?,
            conditions: conditions
                .into_iter()
                .map(|c| (u64::from(c.bit), c.names.get(lang).to_owned()))
                .collect(),
            places: BTreeMap::new(),
            languages: BTreeMap::new(),
        })
    }
    /// The name of a service class.
    pub(crate) fn class(&self, code: &str) -> String {
        self.classes
            .get(code)
            .cloned()
            .unwrap_or_else(|| code.to_owned())
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
    /// The name of a language.
    pub(crate) fn language(&mut self, tx: &mut Tx, code: &str) -> Result<String> {
        if let Some(name) = self.languages.get(code) {
            return Ok(name.clone());
        }
        let name = places::language_name(tx, code, self.words.lang())?;
        self.languages.insert(code.to_owned(), name.clone());
        Ok(name)
    }
    /// The title of an offer.
    pub(crate) fn offer(&mut self, tx: &mut Tx, id: Id) -> Result<String> {
        if let Some((title, _)) = self.offers.get(&id) {
            return Ok(self.words.name(title).to_owned());
        }
        match offers::offer(tx, id) {
            Ok(offer) => {
                let title = offer.terms.title;
                let said = self.words.name(&title).to_owned();
                self.offers.insert(id, (title, base::Names::default()));
                Ok(said)
            }
            Err(Error::Missing) => Ok(id.to_string()),
            Err(other) => Err(other),
        }
    }

    /// Reasons as a list shows them: the code of the main one, and all in words.
    pub(crate) fn reasons(&mut self, tx: &mut Tx, all: &[(String, Value)]) -> Result<[Cell; 2]> {
        let mut sentences = Vec::new();
        for (code, arguments) in all {
            sentences.push(self.why(tx, code, arguments)?);
        }
        let code = all.first().map_or("", |(code, _)| code.as_str());
        Ok([Cell::code(code), sentences.join(" ").into()])
    }

    /// A reason as a sentence.
    pub(crate) fn why(&mut self, tx: &mut Tx, code: &str, arguments: &Value) -> Result<String> {
        let mut args: Vec<(&'static str, Arg)> = Vec::new();
        for (name, value) in arguments.as_object().into_iter().flatten() {
            let Some(name) = known(name) else { continue };
            args.push((name, self.argument(tx, value)?));
        }
        let key = format!("why-{}", code.replace('_', "-"));
        Ok(self.words.say_with(&format!("{key}-sentence"), &args))
    }

    fn argument(&mut self, tx: &mut Tx, value: &Value) -> Result<Arg> {
        let Some((kind, value)) = value.as_object().and_then(|map| map.iter().next()) else {
            return Ok(Arg::Text(String::new()));
        };
        let text = value.as_str().unwrap_or_default();
        let number = value.as_i64().unwrap_or_default();
        Ok(match kind.as_str() {
            "points" => Arg::Text(self.words.decimal(value.as_f64().unwrap_or_default(), 1)),
            "count" => Arg::Number(number),
            "offer" => match Id::parse(text) {
                Some(id) => Arg::Text(self.offer(tx, id)?),
                None => Arg::Text(String::new()),
            },
            "country" => Arg::Text(self.place(tx, text)?),
            "language" => Arg::Text(self.language(tx, text)?),
            "class" => Arg::Text(self.class(text)),
            "period" => Arg::Text(offers::Period(number).to_string()),
            "bit" => {
                let bit = value.as_u64().unwrap_or_default();
                Arg::Text(self.conditions.get(&bit).cloned().unwrap_or_default())
            }
            _ => Arg::Text(value.to_string()),
        })
    }
}

/// The names sentences know; what else the solver says stays in the stored reason.
fn known(name: &str) -> Option<&'static str> {
    const NAMES: [&str; 20] = [
        "category",
        "country",
        "language",
        "has",
        "wanted_until",
        "units",
        "offers_opened",
        "offers",
        "condition",
        "offer",
        "price",
        "short_by",
        "smallest",
        "largest",
        "missing",
        "partners",
        "surcharge",
        "points",
        "other",
        "kept_for",
    ];
    NAMES.into_iter().find(|known| *known == name)
}

/// A period; none where periods play no part.
pub(crate) fn period(period: i64) -> Cell {
    if period < 0 {
        Cell::NotApplicable
    } else {
        Cell::Text(offers::Period(period).to_string())
    }
}
