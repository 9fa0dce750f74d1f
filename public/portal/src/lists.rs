//! Short lists, each also as CSV, spreadsheet and JSON: units by where they are, sources.

use base::Result;
use db::Tx;
use reports::{Figure, Labels, Scope, labels};
use std::collections::BTreeMap;
use ui::{Cell, Column, Kind, html};
use web::{Answer, Ask, Line, Listing};

/// All figures stand with their rules and rows in `reports`.
pub(crate) fn figures(_: &mut Tx, _: &Ask) -> Result<Answer> {
    Ok(Answer::See("/figures".to_owned()))
}

/// Whole short lists: the rows with the words searched for, after the key asked for.
pub(crate) fn wanted(ask: &Ask, rows: Vec<Line>) -> Vec<Line> {
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
    let title = words.say("portal-units-title");
    let Some(snapshot) = reports::snapshot_newest(tx)? else {
        return Ok(Answer::List(Listing {
            title,
            none: words.say("reports-no-snapshot"),
            ..Listing::default()
        }));
    };
    let labels = Labels::load(tx)?;
    let figures = reports::figures(tx, snapshot.id, &Scope::Coalition)?;
    let mut by_class: BTreeMap<&str, BTreeMap<&str, &Figure>> = BTreeMap::new();
    for figure in &figures {
        if let Some(class) = figure.code.strip_prefix("units_") {
            let levels = by_class.entry(class).or_default();
            levels.insert(&figure.level, figure);
        }
    }
    let line = |(class, levels): (&str, BTreeMap<&str, &Figure>)| {
        let (name, unit) = labels.class(words, class);
        let whole = levels.get("").copied();
        let mut cells: Vec<Cell> = vec![
            name.into(),
            class.into(),
            unit.into(),
            whole.map_or(0, |figure| figure.records).into(),
            Cell::or_unknown(whole.and_then(|figure| figure.low)),
        ];
        cells.extend(ui::charts::BUCKETS.map(|bucket| {
            let figure = levels.get(bucket);
            Cell::from(figure.and_then(|figure| figure.low).unwrap_or(0))
        }));
        let path = whole.map(|figure| figure.name().path(snapshot.id));
        cells.push(Cell::link(
            path.unwrap_or_default(),
            words.say("reports-rows"),
        ));
        Line {
            key: class.to_owned(),
            href: None,
            cells,
        }
    };
    let rows = by_class.into_iter().map(line).collect();
    Ok(Answer::List(Listing {
        title,
        before: html!(
            "<p>{}</p><p><small>{}</small></p>",
            words.say("portal-units-intro"),
            labels::named(words, &snapshot)
        ),
        rows: wanted(ask, rows),
        ..Listing::default()
    }))
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
