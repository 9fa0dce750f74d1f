//! Fills the empty house with the shipped world: once, and never again.

use crate::{shipped, store};
use base::{Id, Moment, Result};
use db::{Table, Tx, Val, args};
use serde_json::json;

/// Rows a fact carries at most.
const ROWS_PER_FACT: usize = 2_000;

/// Loads countries, figures, languages and gazetteers when there is no country yet; answers whether
/// it did.
///
/// # Errors
/// A fault of the database or of the shipped data.
pub fn seed(tx: &mut Tx, now: Moment) -> Result<bool> {
    if store::any_country(tx)? {
        return Ok(false);
    }
    let rows = shipped::countries()?
        .iter()
        .map(store::country_row)
        .collect();
    add(tx, now, "countries.csv", &store::COUNTRY, rows)?;
    let rows = shipped::facts()?.iter().map(store::fact_row).collect();
    add(tx, now, "countries.csv", &store::COUNTRY_FACT, rows)?;
    let rows = shipped::languages()?
        .iter()
        .map(store::language_row)
        .collect();
    add(tx, now, "languages.csv", &store::LANGUAGE, rows)?;
    let spoken = shipped::country_languages()?;
    let row = |(country, language, share, official): &shipped::CountryLanguage| {
        args![
            country.as_str(),
            language.as_str(),
            *share,
            official.as_deref()
        ]
        .into()
    };
    add(
        tx,
        now,
        "country_languages.csv",
        &store::COUNTRY_LANGUAGE,
        spoken.iter().map(row).collect(),
    )?;
    let rows = shipped::places()?.iter().map(store::place_row).collect();
    add(tx, now, "gazetteer", &store::PLACE, rows)?;
    Ok(true)
}

fn add(
    tx: &mut Tx,
    now: Moment,
    file: &str,
    table: &'static Table,
    rows: Vec<Vec<Val>>,
) -> Result<()> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let slice: Vec<Vec<Val>> = rows.by_ref().take(ROWS_PER_FACT).collect();
        let about = json!({ "file": file, "rows": slice.len() });
        tx.add_many(table, slice)?;
        ledger::tell(
            tx,
            (now, None),
            "places.seeded",
            ("shipped_data", Id::named("shipped_data", table.name)),
            about,
        )?;
    }
    Ok(())
}
