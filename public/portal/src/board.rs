//! What is known of one country or one member, on the pages earlier rooms made of them.

use crate::kept;
use base::{Id, Result};
use db::Tx;
use evidence::WantedLessons;
use lang::Words;
use reports::{Figure, Labels, Scope, Snapshot, labels, parts};
use ui::{Html, html};
use web::{Answer, Ask, Page};

/// Headline figures of a country, in the order of the river.
const OF_COUNTRY: [&str; 8] = [
    "needs",
    "need_lines",
    "learners",
    "agreements",
    "deployments",
    "people_planned",
    "schools_received",
    "requests_answered",
];
/// Headline figures of a member: what it promised, and what of it goes on.
const OF_MEMBER: [&str; 5] = [
    "offers_used",
    "agreements",
    "deployments",
    "people_planned",
    "schools_received",
];
/// Service classes shown with their units.
const CLASSES_MAX: usize = 8;
/// Lessons shown; the list has all of them.
const LESSONS_MAX: i64 = 3;

/// One country on a page of its own: what was asked, promised, delivered, confirmed.
pub(crate) fn country(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let country = places::country(tx, ask.param("code"))?;
    let code = country.code.as_str();
    let mut body = board(tx, ask, &Scope::Country(code.to_owned()), &OF_COUNTRY)?;
    body.push(learnt(tx, words, &lessons_of(Some(code), None))?);
    let query = |path: &str| ui::with_query(path, "country", Some(code));
    let links = [
        (format!("/countries/{code}"), "portal-country-facts"),
        (query("/needs"), "portal-see-needs"),
        (query("/who-does-what-where"), "portal-3w"),
        (query("/deployments"), "figure-deployments"),
        (query("/agreements"), "figure-agreements"),
        (query("/answer-times"), "portal-answer-times"),
        (query("/figures"), "reports-figures"),
        ("/embed".to_owned(), "portal-embed"),
    ];
    body.push(ui::section(
        &words.say("portal-further"),
        html!("<ul>{}</ul>", listed(words, &links)),
    ));
    let name = [("country", country.names.get(words.lang()).into())];
    let snapshot = reports::snapshot_newest(tx)?;
    Ok(Answer::Page(Page {
        title: words.say_with("portal-country-title", &name),
        body,
        snapshot: snapshot.map(|one| labels::named(words, &one)),
        ..Page::default()
    }))
}

pub(crate) fn of_country(tx: &mut Tx, ask: &Ask, code: &str) -> Result<Html> {
    let mut out = board(tx, ask, &Scope::Country(code.to_owned()), &OF_COUNTRY)?;
    let alone = format!("/countries/{code}/figures");
    let alone = ui::link(&alone, ask.words.say("portal-country-alone"));
    out.push(html!("<p>{}</p>", alone));
    Ok(ui::section(&ask.words.say("portal-board"), out))
}

fn lessons_of(country: Option<&str>, member: Option<Id>) -> WantedLessons {
    WantedLessons {
        country: country.map(str::to_owned),
        member,
        limit: LESSONS_MAX,
        ..WantedLessons::default()
    }
}

pub(crate) fn of_member(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(member) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let inside = board(tx, ask, &Scope::Member(member), &OF_MEMBER)?;
    let mut out = ui::section(&ask.words.say("portal-board"), inside);
    out.push(learnt(tx, &ask.words, &lessons_of(None, Some(member)))?);
    Ok(out)
}

pub(crate) fn listed(words: &Words, links: &[(String, &str)]) -> Html {
    let item = |(href, key): &(String, &str)| html!("<li>{}</li>", ui::link(href, words.say(key)));
    links.iter().map(item).collect()
}

/// Figures, units and results of one thing, from the newest snapshot.
fn board(tx: &mut Tx, ask: &Ask, scope: &Scope, codes: &[&str]) -> Result<Html> {
    let words = &ask.words;
    let Some(snapshot) = reports::snapshot_newest(tx)? else {
        return Ok(ui::empty(&words.say("reports-no-snapshot"), None));
    };
    let name = format!("{}.{}", scope.kind(), scope.key());
    kept::page(snapshot.id, words.lang(), &name, || {
        let figures = reports::figures(tx, snapshot.id, scope)?;
        let labels = Labels::load(tx)?;
        Ok(told(words, &labels, &snapshot, &figures, codes))
    })
}

/// Everything counted, and what is unknown said as unknown.
pub(crate) fn told(
    words: &Words,
    labels: &Labels,
    snapshot: &Snapshot,
    figures: &[Figure],
    codes: &[&str],
) -> Html {
    let mut out = html!("<p><small>{}</small></p>", labels::named(words, snapshot));
    let known: Vec<&Figure> = codes
        .iter()
        .filter_map(|code| first(figures, code))
        .collect();
    let cards: Vec<Html> = known
        .iter()
        .map(|figure| parts::headline(words, labels, snapshot, figure))
        .collect();
    if cards.is_empty() {
        out.push(ui::empty(&words.say("portal-board-none"), None));
        return out;
    }
    out.push(ui::cards(&cards));
    let unknown: Vec<String> = codes
        .iter()
        .filter(|code| first(figures, code).is_none())
        .map(|code| labels.code(words, code))
        .collect();
    if !unknown.is_empty() {
        let list = words.list(&unknown);
        out.push(html!(
            "<p>{}</p>",
            words.say_with("portal-nothing-recorded", &[("list", list.into())])
        ));
    }
    if let Some(units) = parts::units(words, labels, snapshot, figures, CLASSES_MAX) {
        out.push(units);
    }
    out.push(match parts::results(words, labels, snapshot, figures) {
        Some(results) => html!("{}<p>{}</p>", results, words.say("reports-levels-nested")),
        None => html!("<p>{}</p>", words.say("reports-no-results")),
    });
    out
}

/// The first figure of a code: its total stands before its parts.
pub(crate) fn first<'a>(figures: &'a [Figure], code: &str) -> Option<&'a Figure> {
    figures.iter().find(|figure| figure.code == code)
}

/// The latest lessons of all.
pub(crate) fn lessons(tx: &mut Tx, words: &Words) -> Result<Html> {
    learnt(tx, words, &lessons_of(None, None))
}

/// The latest lessons, good and bad.
fn learnt(tx: &mut Tx, words: &Words, wanted: &WantedLessons) -> Result<Html> {
    let lessons = evidence::lessons_public(tx, wanted)?;
    if lessons.is_empty() {
        return Ok(Html::new());
    }
    let items: Html = lessons
        .iter()
        .map(|lesson| {
            let kind = words.code("portal-lesson", &lesson.kind);
            html!(
                "<li>{} {}</li>",
                ui::tag_as(ui::Tone::Plain, &kind),
                words.name(&lesson.words)
            )
        })
        .collect();
    let all = ui::link("/lessons-learnt", words.say("portal-lessons-all"));
    Ok(ui::section(
        &words.say("portal-lessons"),
        html!("<ul>{}</ul><p>{}</p>", items, all),
    ))
}
