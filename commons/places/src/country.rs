//! Countries, what is known of them, and the languages spoken there.

use base::{Lang, Names};

/// A country or territory of ISO 3166-1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-2; also the code of its place in the gazetteer.
    pub code: String,
    pub iso3: Option<String>,
    pub numeric: Option<String>,
    pub names: Names,
    pub region: Option<String>,
    pub income_group: Option<String>,
    /// Least developed country.
    pub ldc: Option<bool>,
    pub landlocked: Option<bool>,
    pub version: i64,
}

impl Country {
    /// The name in a language.
    pub fn name(&self, lang: Lang) -> &str {
        self.names.get(lang)
    }
}

/// One figure about a country, with its year and its source.
#[derive(Clone, Debug, PartialEq)]
pub struct CountryFact {
    pub country: String,
    pub indicator: String,
    pub value: f64,
    pub year: Option<i64>,
    pub source: String,
}

/// A language with its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// BCP 47.
    pub code: String,
    pub names: Names,
}

/// A language as it is spoken in a country.
#[derive(Clone, Debug, PartialEq)]
pub struct Spoken {
    pub country: String,
    pub language: String,
    pub names: Names,
    /// Speakers as a fraction of the people; unknown is not none. Second languages count, so the
    /// shares of a country may add up to more than one.
    pub share: Option<f64>,
    /// `official`, `official_regional`, `de_facto_official` …; none when it has no such standing.
    pub official: Option<String>,
}
