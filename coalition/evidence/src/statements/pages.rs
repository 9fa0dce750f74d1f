//! The public record as people see it: what was said of one thing, side by side, each with its source.

use super::{Statement, store};
use base::{Result, Role};
use db::Tx;
use lang::Words;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Line, Listing, Page};

pub(crate) const STATEMENTS: &[Column] = &[
    Column::new("record_code", Kind::Text),
    Column::new("said_topic", Kind::Text),
    Column::new("said_metric", Kind::Text),
    Column::new("said_comparator", Kind::Text),
    Column::new("said_value", Kind::Text),
    Column::new("said_number", Kind::Whole),
    Column::new("said_unit", Kind::Text),
    Column::new("said_as_of", Kind::Text),
    Column::new("said_country", Kind::Text),
    Column::new("said_by", Kind::Text),
    Column::new("said_where", Kind::Text),
    Column::new("said_words", Kind::Text),
];
pub(crate) const COMMITMENTS: &[Column] = &[
    Column::new("record_code", Kind::Text),
    Column::new("member_named", Kind::Text),
    Column::new("promised_kind", Kind::Text),
    Column::new("description", Kind::Text),
    Column::new("promised_quantity", Kind::Text),
    Column::new("said_unit", Kind::Text),
    Column::new("said_country", Kind::Text),
    Column::new("said_as_of", Kind::Text),
    Column::new("promised_status", Kind::Text),
    Column::new("said_by", Kind::Text),
    Column::new("said_where", Kind::Text),
    Column::new("said_words", Kind::Text),
];

/// What was said of the same thing.
type Group<'a> = ((&'a str, &'a str), Vec<&'a Statement>);

/// Statements of the same topic and metric together, in the record's order.
fn grouped(all: &[Statement]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for one in all {
        let key = (one.topic.as_str(), one.metric.as_str());
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, list)) => list.push(one),
            None => groups.push((key, vec![one])),
        }
    }
    groups
}

/// Everything said, side by side.
pub(crate) fn record(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let w = &ask.words;
    let all = store::statements(tx)?;
    let mut body = html!("<p>{}</p>", w.say("public-record-intro"));
    if all.is_empty() {
        body.push(ui::empty(&w.say("public-record-empty"), None));
    }
    let (several, single): (Vec<_>, Vec<_>) = grouped(&all)
        .into_iter()
        .partition(|(_, list)| list.len() > 1);
    for (key, list) in &several {
        let title = named(*key);
        let said = w.say_with(
            "public-record-said",
            &[
                ("n", list.len().into()),
                ("different", different(list).into()),
            ],
        );
        body.push(ui::section(
            &title,
            html!("<p>{}</p>{}", said, table(w, list)),
        ));
    }
    let alone: Vec<&Statement> = single.into_iter().flat_map(|(_, list)| list).collect();
    if !alone.is_empty() {
        let title = w.say("public-record-said-once");
        body.push(ui::section(&title, table(w, &alone)));
    }
    let mut links = html!(
        "<li>{}</li><li>{}</li>",
        ui::link("/claims/public-record/rows", w.say("public-record-rows")),
        ui::link(
            "/claims/public-record/commitments",
            w.say("public-record-commitments")
        )
    );
    if ask.is_any(&[Role::SecretariatOfficer]) {
        links.push(html!(
            "<li>{}</li>",
            ui::link(
                "/claims/public-record/import",
                w.say("public-record-import-button")
            )
        ));
    }
    body.push(html!("<ul>{}</ul>", links));
    Ok(Answer::Page(Page {
        title: w.say("public-record-title"),
        body,
        ..Page::default()
    }))
}

fn named((topic, metric): (&str, &str)) -> String {
    format!("{topic}: {metric}")
}

/// Different figures of the same thing.
fn different(list: &[&Statement]) -> usize {
    let mut said: Vec<&str> = list.iter().map(|one| one.text.as_str()).collect();
    said.sort_unstable();
    said.dedup();
    said.len()
}

/// Two columns, so that a small telephone shows all of it: what was said of when, and in which words.
fn table(w: &Words, list: &[&Statement]) -> Html {
    let same = |one: &Statement| {
        list.iter()
            .all(|other| (&other.topic, &other.metric) == (&one.topic, &one.metric))
    };
    let row = |one: &&Statement| {
        let what = if same(one) {
            Html::new()
        } else {
            html!("<small>{}</small><br>", named((&one.topic, &one.metric)))
        };
        let when: Vec<&str> = [one.as_of.as_str(), one.country.as_str()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        let said = html!(
            "<strong>{}</strong> <span lang=\"en\">{}</span>",
            figure(w, one),
            one.unit.as_str()
        );
        vec![
            html!("{}{}<br><small>{}</small>", what, said, when.join(" · ")),
            html!(
                "<q dir=\"auto\">{}</q><br><small>{}</small>",
                one.quote.as_str(),
                source(one)
            ),
        ]
    };
    let rows: Vec<Vec<Html>> = list.iter().map(row).collect();
    let head = ["column-said-value", "column-said-words"];
    ui::plain_table("", &head.map(|key| w.say(key)), &rows)
}

/// The figure with the word before it, as it was said.
fn figure(w: &Words, one: &Statement) -> String {
    let number = one.value.map_or_else(|| one.text.clone(), |n| w.number(n));
    // A bare figure was said without a word before it.
    if one.comparator == "exact" {
        return number;
    }
    let key = format!("said-{}", one.comparator.replace(' ', "-"));
    let before = w.opt(&key).unwrap_or_else(|| one.comparator.clone());
    format!("{before} {number}").trim().to_owned()
}

fn source(one: &Statement) -> Html {
    let title = if one.source_title.is_empty() {
        &one.source_id
    } else {
        &one.source_title
    };
    if ui::is_safe(&one.url) {
        ui::link(&one.url, title.as_str())
    } else {
        ui::text(title)
    }
}

/// The same as rows.
pub(crate) fn rows(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let all = store::statements(tx)?;
    let line = |one: &Statement| {
        let text = |text: &str| {
            if text.is_empty() {
                Cell::NotApplicable
            } else {
                Cell::from(text)
            }
        };
        vec![
            text(&one.claim_id),
            text(&one.topic),
            text(&one.metric),
            text(&one.comparator),
            text(&one.text),
            Cell::or_not_applicable(one.value),
            text(&one.unit),
            text(&one.as_of),
            text(&one.country),
            text(&one.source_title),
            text(&one.url),
            text(&one.quote),
        ]
    };
    let lines = all
        .iter()
        .map(|one| (one.claim_id.clone(), line(one)))
        .collect();
    Ok(listing(ask, "public-record-rows", lines))
}

/// What members promised in public.
pub(crate) fn commitments(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let all = store::commitments(tx)?;
    let line = |one: &super::Commitment| {
        let text = |text: &str| {
            if text.is_empty() {
                Cell::NotApplicable
            } else {
                Cell::from(text)
            }
        };
        vec![
            text(&one.commitment_id),
            text(&one.member),
            text(&one.kind),
            text(&one.description),
            text(&one.quantity),
            text(&one.unit),
            text(&one.country),
            text(&one.said_on),
            text(&one.status),
            text(&one.source_title),
            text(&one.url),
            text(&one.quote),
        ]
    };
    let lines = all
        .iter()
        .map(|one| (one.commitment_id.clone(), line(one)))
        .collect();
    Ok(listing(ask, "public-record-commitments", lines))
}

/// A page of rows in the record's order.
fn listing(ask: &Ask, title: &str, all: Vec<(String, Vec<Cell>)>) -> Answer {
    let query = ask.list();
    let mut all = all;
    if let Some(q) = &query.q {
        let said = |cell: &Cell| matches!(cell, Cell::Text(text) if base::fold(text).contains(q));
        all.retain(|(_, cells)| cells.iter().any(said));
    }
    let start = query
        .after
        .as_ref()
        .and_then(|after| all.iter().position(|(key, _)| key == after))
        .map_or(0, |at| at + 1);
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = all.len() > start.saturating_add(limit);
    let rows = all.into_iter().skip(start).take(limit);
    Answer::List(Listing {
        title: ask.words.say(title),
        before: html!(
            "<p>{}</p>",
            ui::link(
                "/claims/public-record",
                ask.words.say("public-record-title")
            )
        ),
        rows: rows
            .map(|(key, cells)| Line {
                key,
                cells,
                href: None,
            })
            .collect(),
        more,
        ..Listing::default()
    })
}
