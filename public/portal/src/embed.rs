//! Charts for other people's pages: one chart, its source, its count, and nothing else.

use crate::{board, kept};
use base::Result;
use db::Tx;
use lang::Words;
use reports::{Labels, Scope, Snapshot, labels, parts};
use ui::{Html, html};
use web::{Answer, Ask, Download, Page};

/// Service classes shown.
const CLASSES_MAX: usize = 12;

pub(crate) fn mission(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let term = catalogue::term(tx, "missions", ask.param("code"))?;
    let title = term.name(words.lang()).to_owned();
    let page = format!("/missions/{}", term.code);
    framed(tx, ask, &title, &page, |tx, snapshot| {
        let scope = Scope::Mission(term.code.clone());
        let figures = reports::figures(tx, snapshot.id, &scope)?;
        let target = term.whole("target");
        let chart = words.say("reports-mission-chart");
        Ok(parts::mission(
            words, &chart, target, &term.code, snapshot, &figures,
        ))
    })
}

pub(crate) fn country(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let country = places::country(tx, ask.param("code"))?;
    let title = country.names.get(words.lang()).to_owned();
    let page = format!("/countries/{}/figures", country.code);
    framed(tx, ask, &title, &page, |tx, snapshot| {
        let scope = Scope::Country(country.code.clone());
        let figures = reports::figures(tx, snapshot.id, &scope)?;
        let labels = Labels::load(tx)?;
        let codes = ["needs", "learners", "deployments", "schools_received"];
        Ok(board::told(words, &labels, snapshot, &figures, &codes))
    })
}

pub(crate) fn units(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let title = words.say("portal-units-title");
    framed(tx, ask, &title, "/data/units", |tx, snapshot| {
        let figures = reports::figures(tx, snapshot.id, &Scope::Coalition)?;
        let labels = Labels::load(tx)?;
        let strips = parts::units(words, &labels, snapshot, &figures, CLASSES_MAX);
        Ok(strips.unwrap_or_else(|| html!("<p>{}</p>", words.say("portal-no-needs"))))
    })
}

/// A page of its own around one chart; links open outside the frame.
fn framed(
    tx: &mut Tx,
    ask: &Ask,
    title: &str,
    page: &str,
    make: impl FnOnce(&mut Tx, &Snapshot) -> Result<Html>,
) -> Result<Answer> {
    let words = &ask.words;
    let snapshot = reports::snapshot_newest(tx)?;
    let chart = match &snapshot {
        None => html!("<p>{}</p>", words.say("reports-no-snapshot")),
        Some(one) => kept::page(one.id, words.lang(), &ask.path, || make(tx, one))?,
    };
    let count = snapshot.map(|one| labels::named(words, &one));
    let site = &ask.site.settings;
    let source = [("name", site.name.as_str().into())];
    let body = html!(
        "<!doctype html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{}</title>\
         <base target=\"_blank\"><link rel=\"stylesheet\" href=\"{}\"></head><body><main><h1>{}</h1>{}\
         <p><small>{} {}</small></p></main></body></html>",
        words.lang().code(),
        words.dir(),
        title,
        ui::sheet_path(),
        title,
        chart,
        ui::link(page, words.say_with("portal-embed-source", &source)),
        count
    );
    Ok(Answer::File(Download {
        name: "chart.html".to_owned(),
        mime: "text/html; charset=utf-8".to_owned(),
        bytes: body.into_string().into_bytes(),
    }))
}

/// How to put a chart on another page.
pub(crate) fn about(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let mut charts = vec![("/embed/units".to_owned(), words.say("portal-units-title"))];
    for term in catalogue::terms(tx, "missions")? {
        let name = term.name(words.lang()).to_owned();
        charts.push((format!("/embed/missions/{}", term.code), name));
    }
    if let Some(snapshot) = reports::snapshot_newest(tx)? {
        for figure in reports::across(tx, snapshot.id, "country", "needs")? {
            let Scope::Country(code) = figure.scope else {
                continue;
            };
            let name = places::country_name(tx, &code, words.lang())?;
            charts.push((format!("/embed/countries/{code}"), name));
        }
    }
    let url = ask.site.settings.url.trim_end_matches('/');
    let items: Html = charts
        .iter()
        .map(|(path, name)| item(words, url, path, name))
        .collect();
    Ok(Answer::Page(Page {
        title: words.say("portal-embed"),
        body: html!("<p>{}</p>{}", words.say("portal-embed-intro"), items),
        ..Page::default()
    }))
}

fn item(words: &Words, url: &str, path: &str, name: &str) -> Html {
    let lang = words.lang().code();
    let address = format!("{url}{path}?lang={lang}");
    let code = html!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"480\" loading=\"lazy\"></iframe>",
        address,
        name
    );
    let shown = ui::link(path, words.say("portal-embed-see"));
    let body = html!("<pre><code>{}</code></pre><p>{}</p>", code.as_str(), shown);
    ui::section(name, body)
}
