//! The world's map: where needs are, where work goes on, where something arrived.

use base::{Lang, Result};
use db::Tx;
use lang::Words;
use reports::{Figure, Scope, Snapshot, labels};
use std::collections::BTreeMap;
use ui::charts::As;
use ui::{Cell, Column, Html, Kind, Link, html};
use web::{Answer, Ask, Line, Listing};

pub(crate) const COUNTRIES: &[Column] = &[
    Column::new("country", Kind::Link).hxl("#country+name"),
    Column::new("code", Kind::Text).hxl("#country+code+v_iso2"),
    Column::new("needs_validated", Kind::Whole),
    Column::new("need_lines", Kind::Whole),
    Column::new("learners_at_least", Kind::Whole).hxl("#inneed+learners"),
    Column::new("places_unknown", Kind::Whole),
    Column::new("agreements_signed", Kind::Whole),
    Column::new("deployments_all", Kind::Whole).hxl("#activity+ind"),
    Column::new("schools_receiving", Kind::Whole).hxl("#reached+schools"),
    Column::new("as_of", Kind::Day).hxl("#date+reported"),
];

/// What is shown of each country, in the order of the columns.
const CODES: [&str; 7] = [
    "needs",
    "need_lines",
    "learners",
    "places_unknown",
    "agreements",
    "deployments",
    "schools_received",
];
/// What the map may shade.
const SHADES: [&str; 3] = ["deployments", "needs", "schools_received"];

type Table = BTreeMap<String, BTreeMap<&'static str, Figure>>;

pub(crate) fn countries(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let title = words.say("portal-map-title");
    let Some(snapshot) = reports::snapshot_newest(tx)? else {
        return Ok(Answer::List(Listing {
            title,
            none: words.say("reports-no-snapshot"),
            ..Listing::default()
        }));
    };
    let table = table(tx, &snapshot)?;
    let mut rows = Vec::with_capacity(table.len());
    for (code, figures) in &table {
        rows.push(line(tx, words, &snapshot, code, figures)?);
    }
    let mut before = html!(
        "<p>{}</p><p><small>{}</small></p>",
        words.say("portal-map-intro"),
        labels::named(words, &snapshot)
    );
    if !table.is_empty() {
        before.push(shaded(tx, ask, &table)?);
    }
    Ok(Answer::List(Listing {
        title,
        before,
        rows: super::lists::wanted(ask, rows),
        ..Listing::default()
    }))
}

fn table(tx: &mut Tx, snapshot: &Snapshot) -> Result<Table> {
    let mut table = Table::new();
    for code in CODES {
        for figure in reports::across(tx, snapshot.id, "country", code)? {
            let Scope::Country(country) = &figure.scope else {
                continue;
            };
            // A total stands before its parts.
            let row = table.entry(country.clone()).or_default();
            row.entry(code).or_insert(figure);
        }
    }
    Ok(table)
}

fn line(
    tx: &mut Tx,
    words: &Words,
    snapshot: &Snapshot,
    code: &str,
    figures: &BTreeMap<&'static str, Figure>,
) -> Result<Line> {
    let name = places::country_name(tx, code, words.lang())?;
    let mut cells = vec![
        Cell::link(format!("/countries/{code}/figures"), name),
        code.into(),
    ];
    for code in CODES {
        let low = figures.get(code).map(|figure| figure.low);
        // Nothing recorded is none of that kind here; learners nobody counted are unknown.
        cells.push(match low {
            Some(low) => Cell::or_unknown(low),
            None if code == "learners" => Cell::Unknown,
            None => 0.into(),
        });
    }
    cells.push(snapshot.today.into());
    Ok(Line {
        key: code.to_owned(),
        href: None,
        cells,
    })
}

fn shaded(tx: &mut Tx, ask: &Ask, table: &Table) -> Result<Html> {
    let words = &ask.words;
    let has = |code: &&&str| table.values().any(|row| row.contains_key(**code));
    let first = SHADES.iter().find(has).copied().unwrap_or("needs");
    let asked = ask.query.get("show").map_or(first, String::as_str);
    let shade = SHADES.iter().find(|code| **code == asked).copied();
    let shade = shade.unwrap_or(first);
    let Some(world) = places::world() else {
        return Ok(Html::new());
    };
    let mut outline = world.clone();
    if words.lang() != Lang::En {
        let names: BTreeMap<String, String> = places::countries(tx)?
            .into_iter()
            .map(|country| (country.code, country.names.get(words.lang()).to_owned()))
            .collect();
        for area in &mut outline.areas {
            if let Some(name) = names.get(&area.code) {
                area.name.clone_from(name);
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "what is counted here is few")]
    let values: BTreeMap<String, f64> = table
        .iter()
        .filter_map(|(country, row)| {
            let low = row.get(shade)?.low?;
            (low > 0).then(|| (country.clone(), low as f64))
        })
        .collect();
    let title = words.code("figure", shade);
    let tabs: Vec<Link> = SHADES
        .iter()
        .map(|code| {
            let href = ui::with_query("/map", "show", Some(code));
            Link::new(href, words.code("figure", code)).current(*code == shade)
        })
        .collect();
    let map = ui::maps::choropleth(words, &outline, &values, &title, As::Whole);
    Ok(html!(
        "{}{}",
        ui::tabs(&words.say("portal-map-show"), &tabs),
        map
    ))
}
