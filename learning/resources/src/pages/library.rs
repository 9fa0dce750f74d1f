//! The library: search and facets.

use super::{action, languages, licence_name, size, title};
use crate::find::{Found, Search, search};
use crate::index::FACETS;
use crate::resource::Resource;
use crate::store;
use base::{Id, Result, Role};
use db::Tx;
use lang::Words;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Choice, Filter, Line, Listing};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("title", Kind::Text),
    Column::new("resource_languages", Kind::Text),
    Column::new("school_subject", Kind::Code("subject")),
    Column::new("grades", Kind::Text),
    Column::new("resource_kind", Kind::Code("resource-kind")),
    Column::new("resource_licence", Kind::Text),
    Column::new("resource_size", Kind::Text),
    Column::new("resource_recommended", Kind::Yes),
    Column::new("resource_credit", Kind::Words),
    Column::new("code", Kind::Text),
];

pub(super) const FILTERS: &[Filter] = &[
    Filter::listed("resource_language", |tx, ask| listed(tx, ask, "lang")),
    Filter::listed("school_subject", |tx, ask| listed(tx, ask, "subject")),
    Filter::listed("grade", |tx, ask| listed(tx, ask, "grade")),
    Filter::listed("resource_kind", |tx, ask| listed(tx, ask, "kind")),
    Filter::listed("resource_licence", |tx, ask| listed(tx, ask, "licence")),
    Filter::codes("resource_recommended", "three", &["yes"]),
    Filter::codes("resource_use", "resource-use", crate::licence::Use::CODES),
];

/// The parameter of a facet.
const fn parameter(facet: &str) -> &'static str {
    match facet.as_bytes() {
        b"lang" => "resource_language",
        b"subject" => "school_subject",
        b"grade" => "grade",
        b"kind" => "resource_kind",
        _ => "resource_licence",
    }
}

/// The value of a facet in words.
fn label(tx: &mut Tx, words: &Words, facet: &str, value: &str) -> Result<String> {
    Ok(match facet {
        "lang" => places::language_name(tx, value, words.lang())?,
        "subject" => words.code("subject", value),
        "grade" => curricula::choose::grade_label(words, value.parse().unwrap_or(0)),
        "kind" => words.code("resource-kind", value),
        _ => licence_name(tx, words, value)?,
    })
}

/// What the library holds of a facet.
fn listed(tx: &mut Tx, ask: &Ask, facet: &'static str) -> Result<Vec<Choice>> {
    let mut choices = Vec::new();
    for code in crate::index::held_of(tx, facet)? {
        let label = label(tx, &ask.words, facet, &code)?;
        choices.push(Choice { code, label });
    }
    if facet == "grade" {
        choices.sort_by_key(|one| one.code.parse::<i64>().unwrap_or(0));
    } else {
        choices.sort_by_key(|one| base::fold(&one.label));
    }
    Ok(choices)
}

/// What a request looks for.
fn wanted(ask: &Ask) -> Search {
    let list = ask.list();
    let get = |name: &str| list.filter(name).map(str::to_owned);
    Search {
        q: ask
            .query
            .get("q")
            .map(|q| q.chars().take(200).collect::<String>())
            .filter(|q| !q.trim().is_empty()),
        lang: get("resource_language"),
        subject: get("school_subject"),
        grade: get("grade").and_then(|grade| grade.parse().ok()),
        kind: get("resource_kind"),
        licence: get("resource_licence"),
        competency: get("competency").and_then(|id| Id::parse(&id)),
        country: get("country"),
        recommended: get("resource_recommended").as_deref() == Some("yes"),
        school: ask.actor.as_ref().and_then(|actor| {
            let roles = [
                Role::SchoolHead,
                Role::Teacher,
                Role::Learner,
                Role::Guardian,
            ];
            actor.schools(&roles).first().copied()
        }),
        only_usable_for: get("resource_use").and_then(|code| crate::licence::Use::parse(&code)),
        own: Some(ask.words.lang()),
        after: list.after.and_then(|n| n.parse().ok()).unwrap_or(0),
        limit: usize::try_from(list.limit.min(if list.limit == 50 { 30 } else { 2_000 }))
            .unwrap_or(30),
    }
}

/// The cells of a resource in a list.
pub(super) fn cells(tx: &mut Tx, words: &Words, r: &Resource) -> Result<Vec<Cell>> {
    Ok(vec![
        title(words, r).into(),
        languages(tx, words, &r.langs)?.into(),
        Cell::code(&r.subject),
        curricula::choose::grades_label(words, r.grades.0, r.grades.1).into(),
        Cell::code(&r.kind),
        licence_name(tx, words, &r.licence)?.into(),
        size(words, r.bytes).into(),
        r.recommended.into(),
        r.credit.clone().into(),
        r.code.clone().into(),
    ])
}

/// The library: what is searched for, or everything, the recommended first.
pub(super) fn library(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let wanted = wanted(ask);
    let found = search(tx, &wanted)?;
    let ids: Vec<Id> = found.hits.iter().map(|hit| hit.resource).collect();
    let known = store::find_many(tx, &ids)?;
    let mut rows = Vec::with_capacity(ids.len());
    for (at, id) in ids.iter().enumerate() {
        let Some(resource) = known.get(id) else {
            continue;
        };
        rows.push(Line {
            key: (wanted.after + at + 1).to_string(),
            cells: cells(tx, words, resource)?,
            href: Some(format!("/resources/{id}")),
        });
    }
    let mut before = html!("<p>{}</p>", words.say("resources-intro"));
    if found.at_least {
        let says = words.say_with("resource-at-least", &[("n", found.total.into())]);
        before.push(html!("<p>{}</p>", says));
    }
    let after = html!(
        "{}<p>{} {}</p>",
        facets(tx, ask, &found)?,
        ui::link("/resources/rubric", words.say("resource-rubric-title")),
        ui::link("/resources/licences", words.say("resource-licences-title"))
    );
    Ok(Answer::List(Listing {
        title: words.say("resources-title"),
        before,
        none: words.say("resources-none"),
        rows,
        more: found.more,
        total: (!found.at_least).then_some(i64::try_from(found.total).unwrap_or(0)),
        actions: actions(ask),
        after,
    }))
}

fn actions(ask: &Ask) -> Vec<ui::Action> {
    let mut list = Vec::new();
    if ask.is_any(&[Role::LearningOfficer, Role::SchoolHead, Role::Teacher]) {
        list.push(action(
            &ask.words,
            "/resources/new",
            "resource-new-button",
            true,
        ));
    }
    if ask.is_any(&[Role::LearningOfficer]) {
        list.push(action(
            &ask.words,
            "/resources/imports/new",
            "resource-import-button",
            false,
        ));
    }
    list
}

/// How many of what was found are what, each a link that narrows the search.
fn facets(tx: &mut Tx, ask: &Ask, found: &Found) -> Result<Html> {
    const SHOWN: usize = 12;
    let words = &ask.words;
    let mut items = Html::new();
    for facet in FACETS {
        let Some(values) = found.facets.get(facet) else {
            continue;
        };
        let name = parameter(facet);
        if values.len() < 2 || ask.query.contains_key(name) && !ask.query[name].is_empty() {
            continue;
        }
        let mut sorted: Vec<(&String, &i64)> = values.iter().collect();
        sorted.sort_by_key(|(value, n)| (std::cmp::Reverse(**n), (*value).clone()));
        let mut links = Html::new();
        for (value, n) in sorted.into_iter().take(SHOWN) {
            let mut href = ask.path.clone();
            let kept = ask
                .query
                .iter()
                .filter(|(key, text)| *key != "after" && *key != "limit" && !text.is_empty());
            for (key, text) in kept {
                href = ui::with_query(&href, key, Some(text));
            }
            href = ui::with_query(&href, name, Some(value));
            let label = label(tx, words, facet, value)?;
            // Of very many only the best were looked at: their numbers are the least there can be.
            let count = if found.at_least {
                words.say_with("resource-facet-least", &[("n", (*n).into())])
            } else {
                words.number(*n)
            };
            links.push(html!("<li>{} {}</li>", ui::link(&href, &label), count));
        }
        if let Some(hidden) = values.len().checked_sub(SHOWN).filter(|n| *n > 0) {
            let says = words.say_with("resource-facet-others", &[("n", hidden.into())]);
            links.push(html!("<li>{}</li>", says));
        }
        items.push(html!(
            "<h3>{}</h3><ul>{}</ul>",
            words.say(&format!("field-{}", name.replace('_', "-"))),
            links
        ));
    }
    if items.is_empty() {
        return Ok(Html::new());
    }
    Ok(html!(
        "<details><summary>{}</summary>{}</details>",
        words.say("resource-narrow"),
        items
    ))
}

/// What there is for a competency, on its page.
pub(crate) fn of_competency(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let words = &ask.words;
    let found = store::of_competency(tx, id, 20)?;
    let body = if found.is_empty() {
        html!("<p>{}</p>", words.say("resource-none-for-competency"))
    } else {
        let mut list = Html::new();
        for one in &found {
            let said = languages(tx, words, &one.langs)?;
            list.push(html!(
                "<li>{} {} {}</li>",
                ui::link(&format!("/resources/{}", one.id), title(words, one)),
                said,
                size(words, one.bytes)
            ));
        }
        html!("<ul>{}</ul>", list)
    };
    Ok(ui::section(&words.say("resources-title"), body))
}
