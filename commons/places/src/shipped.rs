//! What ships with the product about the world: countries, languages, gazetteers, two registers.

use crate::country::{Country, CountryFact, Language};
use crate::outline;
use crate::place::Place;
use base::{Error, Names, Result};
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::io::Read;

const COUNTRIES: &str = include_str!("../../../data/countries.csv");
const LANGUAGES: &str = include_str!("../../../data/languages.csv");
const COUNTRY_LANGUAGES: &str = include_str!("../../../data/country_languages.csv");
const ATTRIBUTION: &str = include_str!("../../../data/ATTRIBUTION.csv");
const GAZETTEERS: [(&str, &str); 3] = [
    ("HN", include_str!("../../../data/gazetteer/HND.csv")),
    ("KE", include_str!("../../../data/gazetteer/KEN.csv")),
    ("LB", include_str!("../../../data/gazetteer/LBN.csv")),
];
const HONDURAS: &[u8] = include_bytes!("../../../data/honduras/schools.csv.gz");
const KENYA: &[u8] = include_bytes!("../../../data/kenya/schools.csv.gz");

/// The public schools of Honduras as a register in CSV.
///
/// # Errors
/// A fault when the shipped bytes are broken.
pub fn honduras() -> Result<Vec<u8>> {
    unpacked(HONDURAS)
}

/// The mapped schools of Kenya as a register in CSV.
///
/// # Errors
/// A fault when the shipped bytes are broken.
pub fn kenya() -> Result<Vec<u8>> {
    unpacked(KENYA)
}

/// The table of sources and licences of everything shipped: file, source, licence, its address, the
/// text to show.
///
/// # Errors
/// A fault when the shipped table is broken.
pub fn attribution() -> Result<Vec<[String; 5]>> {
    let columns = [
        "file",
        "source",
        "licence",
        "licence_url",
        "attribution_text",
    ];
    rows(ATTRIBUTION, |row| {
        Ok(columns.map(|column| row.text(column).to_owned()))
    })
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    GzDecoder::new(bytes)
        .read_to_end(&mut out)
        .map_err(Error::fault)?;
    Ok(out)
}

/// One row of a shipped table, by header.
pub(crate) struct Row<'a> {
    headers: &'a csv::StringRecord,
    record: &'a csv::StringRecord,
}

impl<'a> Row<'a> {
    fn text(&self, header: &str) -> &'a str {
        let at = self.headers.iter().position(|name| name == header);
        at.and_then(|at| self.record.get(at)).unwrap_or("").trim()
    }
    fn opt(&self, header: &str) -> Option<String> {
        Some(self.text(header).to_owned()).filter(|text| !text.is_empty())
    }
    fn number<T: std::str::FromStr>(&self, header: &str) -> Result<Option<T>> {
        let text = self.text(header);
        if text.is_empty() {
            return Ok(None);
        }
        text.parse()
            .map(Some)
            .map_err(|_| Error::fault(format!("shipped data: {header} is {text}")))
    }
    fn yes(&self, header: &str) -> Option<bool> {
        match self.text(header) {
            "1" => Some(true),
            "0" => Some(false),
            _ => None,
        }
    }
    fn names(&self) -> Names {
        Names::three(
            self.text("name_en"),
            self.text("name_fr"),
            self.text("name_ar"),
        )
    }
}

fn rows<T>(text: &str, mut read: impl FnMut(&Row<'_>) -> Result<T>) -> Result<Vec<T>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers = reader.headers().map_err(Error::fault)?.clone();
    let mut out = Vec::new();
    for record in reader.records() {
        let record = record.map_err(Error::fault)?;
        out.push(read(&Row {
            headers: &headers,
            record: &record,
        })?);
    }
    Ok(out)
}

/// The countries.
pub(crate) fn countries() -> Result<Vec<Country>> {
    rows(COUNTRIES, |row| {
        let mut names = row.names();
        if let Some(es) = row.opt("name_es") {
            names.0.insert("es".to_owned(), es);
        }
        Ok(Country {
            code: row.text("iso2").to_owned(),
            iso3: row.opt("iso3"),
            numeric: row.opt("numeric"),
            names,
            region: row.opt("region"),
            income_group: row.opt("income_group"),
            ldc: row.yes("ldc"),
            landlocked: row.yes("lldc"),
            version: 1,
        })
    })
}

/// Indicators up to here come from the first source of the table, those after it from the second.
const LAST_OF_FIRST_SOURCE: &str = "youth_literacy_girls_percent";

/// The figures about countries: every column that has a twin with the year.
pub(crate) fn facts() -> Result<Vec<CountryFact>> {
    let mut reader = csv::Reader::from_reader(COUNTRIES.as_bytes());
    let headers = reader.headers().map_err(Error::fault)?.clone();
    let has_year = |name: &&str| {
        headers
            .iter()
            .any(|other| other.strip_suffix("_year") == Some(*name))
    };
    let indicators: Vec<&str> = headers.iter().filter(has_year).collect();
    let last = indicators
        .iter()
        .position(|name| *name == LAST_OF_FIRST_SOURCE)
        .unwrap_or(0);
    let mut out = Vec::new();
    rows(COUNTRIES, |row| {
        for (at, indicator) in indicators.iter().enumerate() {
            if let Some(value) = row.number::<f64>(indicator)? {
                out.push(CountryFact {
                    country: row.text("iso2").to_owned(),
                    indicator: (*indicator).to_owned(),
                    value,
                    year: row.number(&format!("{indicator}_year"))?,
                    source: if at <= last {
                        "gapminder"
                    } else {
                        "education_recovery_tracker"
                    }
                    .to_owned(),
                });
            }
        }
        Ok(())
    })?;
    Ok(out)
}

/// The languages.
pub(crate) fn languages() -> Result<Vec<Language>> {
    rows(LANGUAGES, |row| {
        Ok(Language {
            code: row.text("code").to_owned(),
            names: row.names(),
        })
    })
}

/// Country, language, speakers as a fraction, standing.
pub(crate) type CountryLanguage = (String, String, Option<f64>, Option<String>);

/// Which languages are spoken where.
pub(crate) fn country_languages() -> Result<Vec<CountryLanguage>> {
    rows(COUNTRY_LANGUAGES, |row| {
        let share = row.number::<f64>("percent")?.map(|percent| percent / 100.0);
        Ok((
            row.text("iso2").to_owned(),
            row.text("language").to_owned(),
            share,
            row.opt("official"),
        ))
    })
}

/// Every place: the countries, the gazetteers, and the first-level areas of the maps where a country
/// has no gazetteer; parents stand before their children.
pub(crate) fn places() -> Result<Vec<Place>> {
    let mut out: BTreeMap<String, Place> = BTreeMap::new();
    for country in countries()? {
        let aliases = country
            .iso3
            .iter()
            .chain(country.names.0.values())
            .cloned()
            .collect();
        let place = Place {
            code: country.code.clone(),
            country: country.code.clone(),
            kind: "country".to_owned(),
            name: country
                .names
                .0
                .get("en")
                .cloned()
                .unwrap_or_else(|| country.code.clone()),
            aliases,
            version: 1,
            ..Place::default()
        };
        out.insert(country.code, place);
    }
    for (country, text) in GAZETTEERS {
        for place in rows(text, |row| gazetteer_place(country, row))? {
            if place.level > 0 {
                out.insert(place.code.clone(), place);
            }
        }
    }
    let listed: Vec<&str> = GAZETTEERS.iter().map(|(country, _)| *country).collect();
    for (country, map) in outline::outlined().filter(|(country, _)| !listed.contains(country)) {
        for area in &map.areas {
            let place = Place {
                code: area.code.clone(),
                country: country.to_owned(),
                parent: Some(country.to_owned()),
                level: 1,
                kind: "area".to_owned(),
                name: area.name.clone(),
                aliases: area
                    .covers
                    .iter()
                    .cloned()
                    .chain(also_called(country, &area.name))
                    .collect(),
                version: 1,
            };
            out.insert(place.code.clone(), place);
        }
    }
    let mut out: Vec<Place> = out.into_values().collect();
    out.sort_by(|a, b| a.level.cmp(&b.level).then_with(|| a.code.cmp(&b.code)));
    Ok(out)
}

/// Spellings in use beside those of the maps.
const ALSO_CALLED: [(&str, &str, &str); 3] = [
    ("NG", "Nassarawa", "Nasarawa"),
    ("NG", "Federal Capital Territory", "FCT"),
    ("NG", "Federal Capital Territory", "Abuja"),
];

fn also_called(country: &str, name: &str) -> Vec<String> {
    let spelled = ALSO_CALLED
        .iter()
        .filter(|(of, on_map, _)| *of == country && *on_map == name);
    spelled.map(|(_, _, other)| (*other).to_owned()).collect()
}

fn gazetteer_place(country: &str, row: &Row<'_>) -> Result<Place> {
    let level: Option<i64> = row.number("level")?;
    let aliases = row
        .text("aliases")
        .split('|')
        .map(str::trim)
        .filter(|alias| !alias.is_empty());
    Ok(Place {
        code: row.text("code").to_owned(),
        country: country.to_owned(),
        parent: row.opt("parent"),
        level: level.ok_or_else(|| Error::fault("shipped data: a place without a level"))?,
        kind: row.text("kind").to_owned(),
        name: row.text("name").to_owned(),
        aliases: aliases.map(str::to_owned).collect(),
        version: 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Gazetteer;

    #[test]
    fn the_shipped_world_is_whole() {
        let countries = countries().unwrap();
        assert!(countries.len() > 240);
        assert!(countries.iter().all(|c| {
            ["en", "fr", "ar"]
                .iter()
                .all(|l| c.names.0.contains_key(*l))
        }));
        let facts = facts().unwrap();
        let of = |indicator: &str| {
            facts
                .iter()
                .find(|f| f.country == "HN" && f.indicator == indicator)
                .cloned()
                .unwrap()
        };
        assert_eq!(of("internet_users_percent").source, "gapminder");
        assert_eq!(of("enrolled_primary").source, "education_recovery_tracker");
        assert!(facts.iter().all(|fact| fact.year.is_some()));
        let languages: Vec<String> = languages().unwrap().into_iter().map(|l| l.code).collect();
        let spoken = country_languages().unwrap();
        assert!(
            spoken
                .iter()
                .all(|(_, language, _, _)| languages.contains(language))
        );
        assert!(attribution().unwrap().len() > 10);
    }

    #[test]
    fn every_shipped_country_is_a_tree() {
        let mut by_country: BTreeMap<String, Vec<Place>> = BTreeMap::new();
        for place in places().unwrap() {
            by_country
                .entry(place.country.clone())
                .or_default()
                .push(place);
        }
        assert!(by_country.len() > 240);
        for (country, places) in by_country {
            let tree = Gazetteer::new(places).unwrap_or_else(|e| panic!("{country}: {e:?}"));
            if country == "LB" {
                assert!(tree.is_within("62179", "LB6"));
            }
        }
    }

    #[test]
    fn areas_of_the_maps_are_places() {
        let places = places().unwrap();
        for (country, map) in outline::outlined() {
            for area in &map.areas {
                assert!(
                    places
                        .iter()
                        .any(|p| p.code == area.code && p.country == country),
                    "{country} {}",
                    area.code
                );
            }
        }
    }
}
