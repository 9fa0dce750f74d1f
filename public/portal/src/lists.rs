//! The figures as lists, each also as CSV, spreadsheet and JSON: all figures, units, countries,
//! sources.

use crate::figures::{self, Figures};
use base::{Day, Result};
use db::Tx;
use std::collections::BTreeMap;
use ui::charts::As;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Line, Listing};

pub(crate) const FIGURES: &[Column] = &[
    Column::new("figure", Kind::Code("portal-figure")).hxl("#indicator+name"),
    Column::new("comparator", Kind::Code("portal-comparator")),
    Column::new("value", Kind::Whole).hxl("#indicator+value+num"),
    Column::new("as_of", Kind::Day).hxl("#date+reported"),
    Column::new("as_of_fact", Kind::Whole),
    Column::new("how_counted", Kind::Words),
    Column::new("rows_at", Kind::Link),
];

/// One headline figure.
pub(crate) struct Figure {
    pub(crate) code: &'static str,
    /// Unknown is none, never zero.
    pub(crate) value: Option<i64>,
    pub(crate) at_least: bool,
    /// Where the rows are that it was counted from.
    pub(crate) href: &'static str,
}

/// The headline figures, in the order of the river.
pub(crate) fn headlines(f: &Figures) -> [Figure; 11] {
    let plain = |code, value, href| Figure {
        code,
        value: Some(value),
        at_least: false,
        href,
    };
    let learners = Some(f.learners.at_least).filter(|_| f.learners.places > f.learners.unknown);
    let countries = i64::try_from(f.countries.len()).unwrap_or(i64::MAX);
    [
        plain("members", f.members, "/members"),
        plain("authorities", f.authorities, "/authorities"),
        plain("countries", countries, "/map"),
        plain("needs", f.needs, "/needs"),
        plain("need_lines", f.lines, "/data/units"),
        Figure {
            code: "learners",
            value: learners,
            at_least: true,
            href: "/map",
        },
        plain("places_unknown", f.learners.unknown, "/map"),
        plain("offers", f.offers, "/offers"),
        plain("calls", f.calls, "/calls"),
        plain("requests_answered", f.answers.answered, "/answer-times"),
        Figure {
            code: "answer_hours",
            value: f.answers.median_hours,
            at_least: false,
            href: "/answer-times",
        },
    ]
}

pub(crate) fn figures(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let f = figures::figures(tx, ask)?;
    let rows = headlines(&f).into_iter().map(|figure| Line {
        key: figure.code.to_owned(),
        href: None,
        cells: vec![
            Cell::code(figure.code),
            Cell::code(if figure.at_least {
                "at_least"
            } else {
                "exactly"
            }),
            Cell::or_unknown(figure.value),
            f.at.day().into(),
            f.head.0.into(),
            words
                .say(&format!("portal-method-{}", figure.code.replace('_', "-")))
                .into(),
            Cell::link(figure.href, figure.href),
        ],
    });
    Ok(Answer::List(Listing {
        title: words.say("portal-figures-title"),
        before: html!(
            "<p>{}</p><p>{}</p>",
            words.say("portal-figures-intro"),
            f.snapshot(ask)
        ),
        rows: wanted(ask, rows.collect()),
        ..Listing::default()
    }))
}

/// Whole short lists: the rows with the words searched for, after the key asked for.
fn wanted(ask: &Ask, rows: Vec<Line>) -> Vec<Line> {
    let query = ask.list();
    let shown = |line: &Line| match &query.q {
        Some(q) => line.cells.iter().any(|cell| match cell {
            Cell::Text(text) | Cell::Link { text, .. } => base::fold(text).contains(q.as_str()),
            Cell::Code(code) => code.contains(q.as_str()),
            _ => false,
        }),
        None => true,
    };
    let after = query.after.as_deref().unwrap_or("");
    let start = rows
        .iter()
        .position(|line| line.key == after)
        .map_or(0, |at| at + 1);
    rows.into_iter().skip(start).filter(shown).collect()
}

pub(crate) const UNITS: &[Column] = &[
    Column::new("service", Kind::Text).hxl("#sector+name"),
    Column::new("code", Kind::Text).hxl("#sector+code"),
    Column::new("unit", Kind::Text),
    Column::new("units_lines", Kind::Whole),
    Column::new("units_all", Kind::Whole).hxl("#inneed+ind"),
    Column::new("units_uncovered", Kind::Whole),
    Column::new("units_proposed", Kind::Whole),
    Column::new("units_committed", Kind::Whole),
    Column::new("units_in_transit", Kind::Whole),
    Column::new("units_delivered", Kind::Whole),
    Column::new("units_confirmed", Kind::Whole),
    Column::new("units_returned", Kind::Whole),
    Column::new("units_lost", Kind::Whole),
    Column::new("rows_at", Kind::Link),
];

pub(crate) fn units(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let f = figures::figures(tx, ask)?;
    let line = |units: &crate::store::Units| {
        let (name, unit) = f.class(&units.class, words.lang());
        let href = format!("/needs?service_class={}", units.class);
        let mut cells: Vec<Cell> = vec![
            name.into(),
            units.class.as_str().into(),
            unit.into(),
            units.lines.into(),
            units.quantity.into(),
        ];
        cells.extend(units.buckets.map(Cell::from));
        cells.push(Cell::link(href.as_str(), href.as_str()));
        Line {
            key: units.class.clone(),
            href: None,
            cells,
        }
    };
    Ok(Answer::List(Listing {
        title: words.say("portal-units-title"),
        before: html!(
            "<p>{}</p><p>{}</p>",
            words.say("portal-units-intro"),
            f.snapshot(ask)
        ),
        rows: wanted(ask, f.units.iter().map(line).collect()),
        ..Listing::default()
    }))
}

pub(crate) const COUNTRIES: &[Column] = &[
    Column::new("country", Kind::Link).hxl("#country+name"),
    Column::new("code", Kind::Text).hxl("#country+code+v_iso2"),
    Column::new("needs_validated", Kind::Whole),
    Column::new("need_lines", Kind::Whole),
    Column::new("learners_at_least", Kind::Whole).hxl("#inneed+learners"),
    Column::new("places_unknown", Kind::Whole),
    Column::new("as_of", Kind::Day).hxl("#date+reported"),
];

/// The world's map of needs, and its table.
pub(crate) fn countries(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let f = figures::figures(tx, ask)?;
    let day: Day = f.at.day();
    let line = |country: &crate::store::Country| {
        let learners = f
            .learners_by_country
            .get(&country.code)
            .copied()
            .unwrap_or_default();
        let known = Some(learners.at_least).filter(|_| learners.places > learners.unknown);
        let href = format!("/needs?country={}", country.code);
        Line {
            key: country.code.clone(),
            href: None,
            cells: vec![
                Cell::link(href, country.names.get(words.lang())),
                country.code.as_str().into(),
                country.needs.into(),
                country.lines.into(),
                Cell::or_unknown(known),
                learners.unknown.into(),
                day.into(),
            ],
        }
    };
    let rows: Vec<Line> = f.countries.iter().map(line).collect();
    let before = html!(
        "<p>{}</p><p>{}</p>",
        words.say("portal-map-intro"),
        f.snapshot(ask)
    );
    let after = if f.countries.is_empty() {
        Html::new()
    } else {
        map(tx, ask, &f)?
    };
    Ok(Answer::List(Listing {
        title: words.say("portal-map-title"),
        before: html!("{}{}", before, after),
        rows: wanted(ask, rows),
        ..Listing::default()
    }))
}

fn map(tx: &mut Tx, ask: &Ask, f: &Figures) -> Result<Html> {
    let Some(world) = places::world() else {
        return Ok(Html::new());
    };
    let lang = ask.words.lang();
    let mut outline = world.clone();
    if lang != base::Lang::En {
        let names: BTreeMap<String, String> = places::countries(tx)?
            .into_iter()
            .map(|country| (country.code, country.names.get(lang).to_owned()))
            .collect();
        for area in &mut outline.areas {
            if let Some(name) = names.get(&area.code) {
                area.name.clone_from(name);
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "needs are few")]
    let values: BTreeMap<String, f64> = f
        .countries
        .iter()
        .map(|country| (country.code.clone(), country.needs as f64))
        .collect();
    let title = ask.words.say("portal-map-needs");
    Ok(ui::maps::choropleth(
        &ask.words,
        &outline,
        &values,
        &title,
        As::Whole,
    ))
}

pub(crate) const SOURCES: &[Column] = &[
    Column::new("data_file", Kind::Text),
    Column::new("data_source", Kind::Text),
    Column::new("data_licence", Kind::Link),
    Column::new("data_credit", Kind::Words),
];

/// Whose data ship with the product, under which licence.
pub(crate) fn sources(_: &mut Tx, ask: &Ask) -> Result<Answer> {
    let rows = places::shipped::attribution()?.into_iter().enumerate();
    let rows = rows.map(|(place, [file, source, licence, href, credit])| Line {
        key: place.to_string(),
        href: None,
        cells: vec![
            file.into(),
            source.into(),
            if href.is_empty() {
                licence.into()
            } else {
                Cell::link(href, licence)
            },
            credit.into(),
        ],
    });
    Ok(Answer::List(Listing {
        title: ask.words.say("portal-sources-title"),
        before: html!("<p>{}</p>", ask.words.say("portal-sources-intro")),
        rows: wanted(ask, rows.collect()),
        ..Listing::default()
    }))
}
