//! Missions against their targets, level by level; flagships and what became of them.

use crate::labels::{self, Labels};
use crate::snapshot::{Figure, Scope, Snapshot};
use crate::{parts, store};
use base::Result;
use catalogue::Term;
use db::Tx;
use lang::Words;
use ui::{Html, html};
use web::{Answer, Ask, Page};

fn page(words: &Words, title: String, body: Html, snapshot: Option<&Snapshot>) -> Answer {
    Answer::Page(Page {
        title,
        body,
        snapshot: snapshot.map(|one| labels::named(words, one)),
        ..Page::default()
    })
}

/// The figures about one thing, none before the first count.
fn figures(tx: &mut Tx, snapshot: Option<&Snapshot>, scope: &Scope) -> Result<Vec<Figure>> {
    snapshot.map_or_else(|| Ok(Vec::new()), |one| store::figures(tx, one.id, scope))
}

/// A mission's target, its source, and its bar.
fn bar(words: &Words, term: &Term, snapshot: Option<&Snapshot>, figures: &[Figure]) -> Html {
    let source = [("source", term.source.as_str().into())];
    let mut body = html!(
        "<p>{} <small>{}</small></p>",
        term.descriptions.get(words.lang()),
        words.say_with("reports-target-source", &source)
    );
    body.push(html!("<p>{}</p>", reached(words, term, figures)));
    match snapshot {
        None => body.push(html!("<p>{}</p>", words.say("reports-no-snapshot"))),
        Some(snapshot) => body.push(parts::mission(
            words,
            &words.say("reports-mission-chart"),
            term.whole("target"),
            &term.code,
            snapshot,
            figures,
        )),
    }
    body
}

/// How far the mission certainly is, in one sentence.
fn reached(words: &Words, term: &Term, figures: &[Figure]) -> String {
    let confirmed = parts::find(figures, &term.code, "confirmed").and_then(|figure| figure.low);
    let (Some(confirmed), Some(target)) = (confirmed, term.whole("target").filter(|n| *n > 0))
    else {
        return words.say("reports-mission-unknown");
    };
    #[expect(clippy::cast_precision_loss, reason = "people are fewer than 2^53")]
    // Rounded down: a share is never shown larger than it is.
    let share = (confirmed as f64 / target as f64 * 1_000.0).floor() / 1_000.0;
    let said = [
        ("n", words.number(confirmed).into()),
        ("target", words.number(target).into()),
        ("share", words.share(share).into()),
    ];
    words.say_with("reports-mission-reached", &said)
}

pub(crate) fn all(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let snapshot = store::newest(tx)?;
    let mut body = html!("<p>{}</p>", words.say("reports-missions-intro"));
    for term in catalogue::terms(tx, "missions")? {
        let scope = Scope::Mission(term.code.clone());
        let figures = figures(tx, snapshot.as_ref(), &scope)?;
        let mut inside = bar(words, &term, snapshot.as_ref(), &figures);
        let path = format!("/missions/{}", term.code);
        let more = ui::link(&path, words.say("reports-mission-more"));
        inside.push(html!("<p>{}</p>", more));
        body.push(ui::section(term.name(words.lang()), inside));
    }
    let title = words.say("reports-missions");
    Ok(page(words, title, body, snapshot.as_ref()))
}

pub(crate) fn mission(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let term = catalogue::term(tx, "missions", ask.param("code"))?;
    let snapshot = store::newest(tx)?;
    let scope = Scope::Mission(term.code.clone());
    let figures = figures(tx, snapshot.as_ref(), &scope)?;
    let mut body = bar(words, &term, snapshot.as_ref(), &figures);
    body.push(html!("<p>{}</p>", words.say("reports-levels-nested")));
    let serving: Html = evidence::indicators(tx)?
        .into_iter()
        .filter(|indicator| indicator.missions.contains(&term.code))
        .map(|indicator| {
            let path = format!("/catalogue/indicators/{}", indicator.code);
            let name = ui::link(&path, indicator.names.get(words.lang()));
            html!(
                "<li>{}: {}</li>",
                name,
                indicator.definition.get(words.lang())
            )
        })
        .collect();
    body.push(ui::section(
        &words.say("reports-mission-counts"),
        html!("<ul>{}</ul>", serving),
    ));
    body.push(deployments(words, snapshot.as_ref(), &figures));
    let title = term.name(words.lang()).to_owned();
    Ok(page(words, title, body, snapshot.as_ref()))
}

/// The deployments that serve something, by how they stand.
fn deployments(words: &Words, snapshot: Option<&Snapshot>, figures: &[Figure]) -> Html {
    let title = words.say("figure-deployments");
    let all = figures
        .iter()
        .filter(|figure| figure.code == "deployments" && !figure.level.is_empty());
    let items: Html = snapshot
        .iter()
        .flat_map(|snapshot| {
            all.clone().map(|figure| {
                let state = labels::level(words, figure);
                html!(
                    "<li>{}: {}</li>",
                    state,
                    labels::linked(words, snapshot, figure)
                )
            })
        })
        .collect();
    if items.is_empty() {
        let none = words.say("reports-no-deployments");
        return ui::section(&title, ui::empty(&none, None));
    }
    let mut body = html!("<ul>{}</ul>", items);
    if let (Some(snapshot), Some(planned)) = (
        snapshot,
        parts::find(figures, "people_planned", "committed"),
    ) {
        let label = words.say("figure-people-planned");
        let number = labels::linked(words, snapshot, planned);
        body.push(html!("<p>{}: {}</p>", label, number));
    }
    ui::section(&title, body)
}

pub(crate) fn flagships(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let lang = words.lang();
    let cards: Vec<Html> = catalogue::terms(tx, "flagships")?
        .iter()
        .map(|term| {
            let body = html!("<p>{}</p>", term.descriptions.get(lang));
            ui::card(&format!("/flagships/{}", term.code), term.name(lang), body)
        })
        .collect();
    let body = html!(
        "<p>{}</p>{}",
        words.say("reports-flagships-intro"),
        ui::cards(&cards)
    );
    Ok(page(words, words.say("reports-flagships"), body, None))
}

pub(crate) fn flagship(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let lang = words.lang();
    let term = catalogue::term(tx, "flagships", ask.param("code"))?;
    let snapshot = store::newest(tx)?;
    let scope = Scope::Flagship(term.code.clone());
    let found = figures(tx, snapshot.as_ref(), &scope)?;
    let labels = Labels::load(tx)?;
    let mut body = html!("<p>{}</p>", term.descriptions.get(lang));
    body.push(deployments(words, snapshot.as_ref(), &found));
    let results = snapshot
        .as_ref()
        .and_then(|one| parts::results(words, &labels, one, &found));
    let none = || ui::empty(&words.say("reports-no-results"), None);
    body.push(ui::section(
        &words.say("reports-results"),
        results.unwrap_or_else(none),
    ));
    for mission in catalogue::terms(tx, "missions")? {
        if mission.attribute("flagship") != term.code {
            continue;
        }
        let scope = Scope::Mission(mission.code.clone());
        let of = figures(tx, snapshot.as_ref(), &scope)?;
        let inside = bar(words, &mission, snapshot.as_ref(), &of);
        body.push(ui::section(mission.name(lang), inside));
    }
    let title = term.name(lang).to_owned();
    Ok(page(words, title, body, snapshot.as_ref()))
}
