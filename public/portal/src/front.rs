//! The front page: what a minister, a journalist or a donor reads first.

use crate::board::{self, first, listed};
use crate::kept;
use base::{Lang, Result};
use catalogue::Term;
use db::Tx;
use lang::Words;
use reports::{Figure, Labels, Scope, Snapshot, labels, parts};
use serde_json::Value;
use ui::{Html, html};
use web::{ActLink, Answer, Ask, Page};

/// Headline figures, in the order of the river.
const HEADLINES: [&str; 10] = [
    "needs",
    "learners",
    "offers",
    "agreements",
    "deployments",
    "schools_received",
    "requests_answered",
    "countries",
    "authorities",
    "members",
];
/// Service classes shown with their units; the list has all of them.
const CLASSES_MAX: usize = 6;
/// Countries named; the map has all of them.
const COUNTRIES_MAX: usize = 10;

pub(crate) fn page(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let snapshot = reports::snapshot_newest(tx)?;
    let mut body = html!("<p>{}</p>", words.say("portal-intro"));
    body.push(ui::actions(&ways(ask)));
    match &snapshot {
        Some(one) => body.push(kept::page(one.id, words.lang(), "front", || {
            counted(tx, words, one)
        })?),
        None => {
            let none = ui::empty(&words.say("reports-no-snapshot"), None);
            body.push(ui::section(&words.say("portal-now"), none));
            body.push(how(tx, words)?);
        }
    }
    body.push(onward(words));
    Ok(Answer::Page(Page {
        title: words.say("portal-title"),
        body,
        snapshot: snapshot.map(|one| labels::named(words, &one)),
        ..Page::default()
    }))
}

/// Everything that follows from one snapshot.
fn counted(tx: &mut Tx, words: &Words, snapshot: &Snapshot) -> Result<Html> {
    let figures = reports::figures(tx, snapshot.id, &Scope::Coalition)?;
    let labels = Labels::load(tx)?;
    let mut body = headlines(words, &labels, snapshot, &figures);
    body.push(missions(tx, words, snapshot)?);
    body.push(places(tx, words, snapshot)?);
    body.push(units(words, &labels, snapshot, &figures));
    body.push(latest(words, snapshot));
    body.push(board::lessons(tx, words)?);
    body.push(how(tx, words)?);
    Ok(body)
}

/// What a visitor may have come for.
fn ways(ask: &Ask) -> Vec<ActLink> {
    let way = |href: &str, key: &str, main| ActLink {
        href: href.to_owned(),
        label: ask.words.say(key),
        main,
    };
    if ask.actor.is_some() {
        vec![
            way("/inbox", "inbox-title", true),
            way("/needs", "portal-see-needs", false),
        ]
    } else {
        vec![
            way("/needs", "portal-see-needs", true),
            way("/members/new", "portal-join", false),
        ]
    }
}

fn headlines(words: &Words, labels: &Labels, snapshot: &Snapshot, figures: &[Figure]) -> Html {
    let cards: Vec<Html> = HEADLINES
        .iter()
        .filter_map(|code| first(figures, code))
        .map(|figure| parts::headline(words, labels, snapshot, figure))
        .collect();
    let day = words.day(snapshot.today);
    let as_of = [("day", day.into()), ("seq", snapshot.seq.into())];
    let mut body = html!(
        "<p>{} {}</p>{}",
        words.say_with("portal-as-of", &as_of),
        ui::link("/figures", words.say("portal-all-figures")),
        ui::cards(&cards)
    );
    let mut notes = Vec::new();
    let low = |code: &str| first(figures, code).and_then(|figure| figure.low);
    if let (Some(unknown), Some(learners)) = (low("places_unknown"), first(figures, "learners"))
        && learners.records > 0
    {
        let said = [
            ("unknown", unknown.into()),
            ("places", learners.records.into()),
        ];
        notes.push(words.say_with("portal-learners-unknown", &said));
    }
    if let Some(received) = low("requests").filter(|n| *n > 0) {
        notes.push(words.say_with("portal-answered-of", &[("n", received.into())]));
    }
    match low("answer_hours") {
        Some(hours) if hours < 48 => {
            notes.push(words.say_with("portal-median-hours", &[("n", hours.into())]));
        }
        Some(hours) => {
            notes.push(words.say_with("portal-median-days", &[("n", (hours / 24).into())]));
        }
        None => {}
    }
    let notes: Html = notes
        .iter()
        .map(|note| html!("<li>{}</li>", note))
        .collect();
    body.push(html!("<ul>{}</ul>", notes));
    let told = ui::link("/claims/public-record", words.say("portal-public-record"));
    body.push(html!("<p>{}</p>", told));
    ui::section(&words.say("portal-now"), body)
}

/// The missions' bars, level by level against their targets.
fn missions(tx: &mut Tx, words: &Words, snapshot: &Snapshot) -> Result<Html> {
    let lang = words.lang();
    let mut body = html!("<p>{}</p>", words.say("reports-missions-intro"));
    for term in catalogue::terms(tx, "missions")? {
        let scope = Scope::Mission(term.code.clone());
        let figures = reports::figures(tx, snapshot.id, &scope)?;
        let target = term.whole("target");
        let title = term.name(lang);
        body.push(if parts::is_told(&figures) {
            parts::mission(words, title, target, &term.code, snapshot, &figures)
        } else {
            let target = target.map_or_else(|| words.say("unknown"), |n| words.number(n));
            let said = [("n", target.into())];
            html!(
                "<h3>{}</h3><p>{}</p>",
                title,
                words.say_with("reports-mission-target", &said)
            )
        });
        let more = ui::link(
            &format!("/missions/{}", term.code),
            term.descriptions.get(lang),
        );
        body.push(html!("<p>{}</p>", more));
    }
    Ok(ui::section(&words.say("reports-missions"), body))
}

/// Where needs are, most first, and where work goes on; the map has all of it.
fn places(tx: &mut Tx, words: &Words, snapshot: &Snapshot) -> Result<Html> {
    let mut needs = reports::across(tx, snapshot.id, "country", "needs")?;
    if needs.is_empty() {
        return Ok(Html::new());
    }
    needs.sort_by_key(|figure| std::cmp::Reverse(figure.low));
    let work = reports::across(tx, snapshot.id, "country", "deployments")?;
    let mut items = Html::new();
    for figure in needs.iter().take(COUNTRIES_MAX) {
        let Scope::Country(code) = &figure.scope else {
            continue;
        };
        let name = ::places::country_name(tx, code, words.lang())?;
        let here = work
            .iter()
            .find(|one| one.scope == figure.scope && one.level.is_empty());
        let said = [
            ("n", figure.low.unwrap_or(0).into()),
            ("work", here.and_then(|one| one.low).unwrap_or(0).into()),
        ];
        items.push(html!(
            "<li>{} <small>{}</small></li>",
            ui::link(&format!("/countries/{code}/figures"), name),
            words.say_with("portal-country-needs", &said)
        ));
    }
    let map = ui::link("/map", words.say("portal-map-all"));
    let body = html!("<ul>{}</ul><p>{}</p>", items, map);
    Ok(ui::section(&words.say("portal-where"), body))
}

/// Where the units are: every class in its own unit, so each strip is a whole of its own.
fn units(words: &Words, labels: &Labels, snapshot: &Snapshot, figures: &[Figure]) -> Html {
    let title = words.say("portal-units-title");
    match parts::units(words, labels, snapshot, figures, CLASSES_MAX) {
        None => ui::section(&title, ui::empty(&words.say("portal-no-needs"), None)),
        Some(strips) => {
            let all = ui::link("/data/units", words.say("portal-all-units"));
            ui::section(&title, html!("{}<p>{}</p>", strips, all))
        }
    }
}

fn latest(words: &Words, snapshot: &Snapshot) -> Html {
    let title = words.say("portal-round-title");
    let Some(round) = snapshot.about.get("round") else {
        return ui::section(&title, ui::empty(&words.say("portal-no-round"), None));
    };
    let real = |name: &str| round.get(name).and_then(Value::as_f64);
    let number = round.get("number").and_then(Value::as_i64).unwrap_or(0);
    let mut body = html!("<p>{}</p>", worth(words, round, number));
    if let (Some(with), Some(without)) = (real("with"), real("without")) {
        let shares = [
            ("with", words.share(with).into()),
            ("without", words.share(without).into()),
        ];
        body.push(html!(
            "<p>{}</p>",
            words.say_with("portal-counterfactual", &shares)
        ));
    }
    let label = words.say_with("portal-round-link", &[("number", number.into())]);
    let id = round.get("id").and_then(Value::as_str).unwrap_or("");
    let link = ui::link(&format!("/allocation/{id}"), label);
    body.push(html!("<p>{}</p>", link));
    ui::section(&title, body)
}

/// What the round reached, and how far from the best it can be at most.
fn worth(words: &Words, round: &Value, number: i64) -> String {
    let real = |name: &str| round.get(name).and_then(Value::as_f64);
    let day = round.get("day").and_then(Value::as_str);
    let day = day
        .and_then(base::Day::parse)
        .map_or_else(|| words.say("unknown"), |day| words.day(day));
    let (Some(value), Some(bound)) = (real("value"), real("bound")) else {
        let said = [("number", number.into()), ("day", day.into())];
        return words.say_with("portal-round-plain", &said);
    };
    // A gap is never shown smaller than it is.
    let gap = real("gap").map(|gap| words.share((gap * 1_000.0).ceil() / 1_000.0));
    let said = [
        ("number", number.into()),
        ("day", day.into()),
        ("value", words.decimal(value, 0).into()),
        ("bound", words.decimal(bound, 0).into()),
        ("gap", gap.unwrap_or_else(|| words.say("unknown")).into()),
    ];
    words.say_with("portal-round-value", &said)
}

fn how(tx: &mut Tx, words: &Words) -> Result<Html> {
    let steps = catalogue::terms(tx, "how_it_works")?;
    let newest = steps
        .iter()
        .map(|term| term.attribute("version"))
        .max()
        .unwrap_or_default();
    let items: Html = steps
        .iter()
        .filter(|term| term.attribute("version") == newest)
        .map(|term| named(words.lang(), term))
        .collect();
    if items.is_empty() {
        return Ok(Html::new());
    }
    let all = ui::link("/catalogue/how_it_works/terms", words.say("portal-how-all"));
    let body = html!("<ol>{}</ol><p>{}</p>", items, all);
    Ok(ui::section(&words.say("portal-how"), body))
}

fn named(lang: Lang, term: &Term) -> Html {
    html!(
        "<li><strong>{}</strong>: {}</li>",
        term.name(lang),
        term.descriptions.get(lang)
    )
}

fn onward(words: &Words) -> Html {
    let links = [
        ("/map", "portal-map-title"),
        ("/who-does-what-where", "portal-3w"),
        ("/flagships", "reports-flagships"),
        ("/data/units", "portal-units-title"),
        ("/answer-times", "portal-answer-times"),
        ("/data", "portal-open-data"),
        ("/embed", "portal-embed"),
        ("/audit/chain", "portal-chain"),
        ("/data/attribution", "portal-sources-title"),
    ];
    let links = links.map(|(href, key)| (href.to_owned(), key));
    ui::section(
        &words.say("portal-data"),
        html!("<ul>{}</ul>", listed(words, &links)),
    )
}
