//! One resource: its text first, then its forms with their sizes, then all that is known of it.

use super::players::{players, weighs};
use super::text::{render, share};
use super::{action, languages, size, title};
use crate::licence::Use;
use crate::national;
use crate::resource::{Rendition, Resource, Standing, TextPage, may_see};
use crate::rules::{self, Known};
use crate::store;
use base::{Actor, Error, Id, Result, Role};
use db::Tx;
use lang::Words;
use ui::{Action, Cell, Column, Html, Kind, Tone, html};
use web::{Answer, Ask, Page, Prefill, Show};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("title", Kind::Names),
    Column::new("resource_about", Kind::Names),
    Column::new("code", Kind::Text),
    Column::new("resource_languages", Kind::Text),
    Column::new("resource_kind", Kind::Code("resource-kind")),
    Column::new("school_subject", Kind::Code("subject")),
    Column::new("grades", Kind::Text),
    Column::new("competencies", Kind::Text),
    Column::new("resource_licence", Kind::Link),
    Column::new("resource_lets", Kind::Text),
    Column::new("resource_credit", Kind::Text),
    Column::new("resource_source", Kind::Text),
    Column::new("resource_base", Kind::Link),
    Column::new("access_features", Kind::Text),
    Column::new("reading_level", Kind::Whole),
    Column::new("resource_minutes", Kind::Whole),
    Column::new("resource_size", Kind::Text),
    Column::new("resource_bytes", Kind::Whole),
    Column::new("resource_state", Kind::Code("resource-state")),
    Column::new("resource_recommended", Kind::Yes),
    Column::new("id", Kind::Id),
    Column::new("version", Kind::Whole),
];

/// The resource of the path, for somebody who may see it.
fn seen(tx: &mut Tx, ask: &Ask) -> Result<Resource> {
    let text = ask.param("id");
    let found = match Id::parse(text) {
        Some(id) => store::find(tx, id)?,
        None => store::find_by_code(tx, text)?.ok_or(Error::Missing)?,
    };
    if may_see(&found, ask.actor.as_ref()) {
        Ok(found)
    } else {
        Err(Error::Missing)
    }
}

/// The page of one resource.
pub(super) fn resource(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let r = seen(tx, ask)?;
    let forms = store::renditions(tx, r.id)?;
    let mut before = notices(words, &r);
    let shown = r.may(Use::Show);
    match &shown {
        Ok(()) => {
            before.push(credit(tx, words, &r)?);
            let opening = web::html::slot(tx, ask, "resource-open", &r.id.to_string())?;
            before.push(players(words, &r, &forms));
            before.push(&opening);
            before.push(reading(ask, &r, &forms)?);
            before.push(files(words, &r, &forms, opening.is_empty()));
        }
        Err(why) if r.standing != Standing::Withdrawn => {
            before.push(ui::notice(words, Tone::Warn, words.refusal(why)));
        }
        Err(_) => {}
    }
    let sections = html!(
        "{}{}{}",
        in_other_languages(tx, words, &r)?,
        built_on(tx, words, ask, &r)?,
        reviews(tx, ask, &r)?
    );
    let mut own = actions(ask, &r);
    if shown.is_ok() && r.may(Use::Print).is_ok() && forms.iter().any(|one| one.channel == "text") {
        let href = format!("/resources/{}/print", r.id);
        own.push(action(words, &href, "resource-print", false));
    }
    Ok(Answer::Record(Show {
        title: title(words, &r).to_owned(),
        before,
        cells: cells(tx, words, &r)?,
        sections,
        actions: own,
        slot: Some(("resource-page", r.id.to_string())),
    }))
}

fn cells(tx: &mut Tx, words: &Words, r: &Resource) -> Result<Vec<Cell>> {
    let licensed = r.licensed();
    let named = national::terms(tx, &r.licence)?.unwrap_or_else(|| licensed.clone());
    let lets: Vec<String> = Use::ALL
        .into_iter()
        .filter(|what| licensed.lets(*what))
        .map(|what| words.code("resource-use", what.code()))
        .collect();
    let aligned: Vec<String> = curricula::competencies(tx, &r.competencies)?
        .iter()
        .map(|one| curricula::choose::competency_label(words, one))
        .collect();
    let based = match r.based_on {
        Some(id) => {
            let base = store::find(tx, id)?;
            Cell::link(format!("/resources/{id}"), title(words, &base))
        }
        None => Cell::NotApplicable,
    };
    let features: Vec<String> = r
        .accessibility
        .iter()
        .map(|code| words.code("resource-access", code))
        .collect();
    let text_or_unknown = |texts: &[String]| {
        if texts.is_empty() {
            Cell::Unknown
        } else {
            Cell::Text(words.list(texts))
        }
    };
    Ok(vec![
        Cell::Names(r.names.clone()),
        r.about.clone().map_or(Cell::Unknown, Cell::Names),
        r.code.clone().into(),
        languages(tx, words, &r.langs)?.into(),
        Cell::code(&r.kind),
        Cell::code(&r.subject),
        curricula::choose::grades_label(words, r.grades.0, r.grades.1).into(),
        text_or_unknown(&aligned),
        if named.url.is_empty() {
            Cell::link("/resources/licences", named.name(words.lang()))
        } else {
            Cell::link(named.url.clone(), named.name(words.lang()))
        },
        if lets.is_empty() {
            words.say("none").into()
        } else {
            words.list(&lets).into()
        },
        r.credit.clone().into(),
        Cell::or_unknown(Some(r.source.clone()).filter(|source| !source.is_empty())),
        based,
        text_or_unknown(&features),
        Cell::or_unknown(r.reading_level),
        Cell::or_unknown(r.minutes),
        size(words, r.bytes).into(),
        r.bytes.into(),
        Cell::code(r.standing.code()),
        r.recommended.into(),
        Cell::Text(r.id.to_string()),
        r.version.into(),
    ])
}

fn notices(words: &Words, r: &Resource) -> Html {
    let mut out = Html::new();
    if r.recommended {
        out.push(ui::notice(
            words,
            Tone::Good,
            words.say("resource-is-recommended"),
        ));
    }
    let (tone, key) = match (r.standing, r.school) {
        (Standing::Withdrawn, _) => (Tone::Bad, "resource-withdrawn-notice"),
        (Standing::Returned, _) => (Tone::Warn, "resource-returned-notice"),
        (Standing::Proposed, _) => (Tone::Busy, "resource-proposed-notice"),
        (Standing::Draft, Some(_)) => (Tone::Plain, "resource-own-notice"),
        (Standing::Draft, None) => (Tone::Plain, "resource-draft-notice"),
        (Standing::Approved, _) => return out,
    };
    let why = r.reason.as_deref().map(ui::paragraphs).unwrap_or_default();
    let says = html!("<p>{}</p>{}", words.say(key), why);
    out.push(ui::notice(words, tone, says));
    out
}

/// Who made it, and under which licence.
fn credit(tx: &mut Tx, words: &Words, r: &Resource) -> Result<Html> {
    let named = national::terms(tx, &r.licence)?.unwrap_or_else(|| r.licensed());
    let name = named.name(words.lang());
    let link = if named.url.is_empty() {
        ui::text(name)
    } else {
        ui::link(&named.url, name)
    };
    Ok(html!(
        "<p><small>{} · {} · {}</small></p>",
        r.credit,
        link,
        r.code
    ))
}

/// The text, as much as fits a slow line, and the way to the rest of it.
fn reading(ask: &Ask, r: &Resource, forms: &[Rendition]) -> Result<Html> {
    let words = &ask.words;
    let Some(form) = forms.iter().find(|one| one.channel == "text") else {
        let says = words.say("resource-no-text");
        return Ok(html!("<p>{}</p>", says));
    };
    let pages = crate::text_of(&ask.site.files, form)?;
    let wanted = ask
        .query
        .get("page")
        .and_then(|page| page.parse::<usize>().ok())
        .unwrap_or(1)
        .saturating_sub(1);
    let pictures = ask.query.get("pictures").is_some_and(|text| text == "yes");
    let range = share(&pages, wanted);
    let mut body = Html::new();
    let shown = pages.get(range.clone()).unwrap_or_default();
    for page in shown {
        if !page.title.is_empty() && pages.len() > 1 {
            body.push(html!("<h2>{}</h2>", page.title));
        }
        body.push(render(words, r.id, forms, page, pictures));
    }
    let lang = form.lang.as_deref().or(r.langs.first().map(String::as_str));
    let mut out = html!(
        "<div class=\"reading\" lang=\"{}\" dir=\"{}\">{}</div>",
        lang.unwrap_or("und"),
        direction(lang.unwrap_or("und")),
        body
    );
    out.push(turn(words, r, &pages, &range));
    let heavy: i64 = forms
        .iter()
        .filter(|one| one.channel == "asset" && one.mime.starts_with("image/"))
        .map(|one| one.bytes)
        .sum();
    if heavy > 0 && !pictures {
        let href = format!("/resources/{}?page={}&pictures=yes", r.id, range.start + 1);
        let says = words.say_with(
            "resource-show-pictures",
            &[("size", size(words, heavy).into())],
        );
        out.push(html!("<p>{}</p>", ui::link(&href, &says)));
    }
    Ok(out)
}

/// The way to the pages before and after.
fn turn(words: &Words, r: &Resource, pages: &[TextPage], range: &std::ops::Range<usize>) -> Html {
    if pages.len() <= range.len() {
        return Html::new();
    }
    let mut links = Html::new();
    if range.start > 0 {
        let start = share(pages, range.start - 1).start;
        let href = format!("/resources/{}?page={}", r.id, start + 1);
        links.push(html!(
            "{} ",
            ui::link(&href, words.say("resource-page-before"))
        ));
    }
    let says = words.say_with(
        "resource-page-of",
        &[
            ("n", (range.start + 1).into()),
            ("to", range.end.into()),
            ("all", pages.len().into()),
        ],
    );
    links.push(html!("{} ", says));
    if range.end < pages.len() {
        let href = format!("/resources/{}?page={}", r.id, range.end + 1);
        links.push(ui::link(&href, words.say("resource-page-after")));
    }
    html!("<p>{}</p>", links)
}

/// The direction of a language's script.
pub(super) fn direction(lang: &str) -> &'static str {
    match lang.split('-').next().unwrap_or_default() {
        "ar" | "fa" | "ur" | "he" | "ps" | "dv" | "ug" | "yi" | "ckb" | "sd" => "rtl",
        _ => "ltr",
    }
}

/// Everything there is to fetch, with its size; packages only where no later room opens them.
fn files(words: &Words, r: &Resource, forms: &[Rendition], packages: bool) -> Html {
    let mut items = Html::new();
    for one in forms {
        if matches!(one.channel.as_str(), "text" | "asset") {
            continue;
        }
        if one.channel == "package" && !packages {
            continue;
        }
        if one.channel == "original" && r.may(Use::PassOn).is_err() {
            continue;
        }
        let label = words.code("resource-channel", &one.channel);
        let weight = weighs(words, one);
        let href = if one.channel == "package" {
            format!("/resources/{}/open/{}", r.id, one.id)
        } else {
            format!("/resources/{}/download/{}", r.id, one.id)
        };
        let note = if one.channel == "package" {
            html!("<br><small>{}</small>", words.say("resource-package-note"))
        } else {
            Html::new()
        };
        items.push(html!(
            "<li>{} ({}) {}{}</li>",
            ui::link(&href, format!("{label}: {}", one.name)),
            weight,
            one.mime,
            note
        ));
    }
    if items.is_empty() {
        return Html::new();
    }
    ui::section(&words.say("resource-files"), html!("<ul>{}</ul>", items))
}

fn in_other_languages(tx: &mut Tx, words: &Words, r: &Resource) -> Result<Html> {
    let Some(series) = &r.series else {
        return Ok(Html::new());
    };
    let mut list = Html::new();
    for one in store::of_series(tx, &r.country, series)? {
        if one.id == r.id {
            continue;
        }
        let said = languages(tx, words, &one.langs)?;
        let own = one.langs.first().map_or("und", String::as_str);
        let name = one.names.0.values().next().map_or("", String::as_str);
        list.push(html!(
            "<li>{} <a href=\"/resources/{}\" lang=\"{}\">{}</a></li>",
            said,
            one.id,
            own,
            name
        ));
    }
    Ok(if list.is_empty() {
        Html::new()
    } else {
        ui::section(
            &words.say("resource-other-languages"),
            html!("<ul>{}</ul>", list),
        )
    })
}

fn built_on(tx: &mut Tx, words: &Words, ask: &Ask, r: &Resource) -> Result<Html> {
    let mut list = Html::new();
    for one in store::built_on(tx, r.id)? {
        if may_see(&one, ask.actor.as_ref()) {
            let href = format!("/resources/{}", one.id);
            list.push(html!("<li>{}</li>", ui::link(&href, title(words, &one))));
        }
    }
    Ok(if list.is_empty() {
        Html::new()
    } else {
        ui::section(
            &words.say("resource-built-on-it"),
            html!("<ul>{}</ul>", list),
        )
    })
}

/// What reviewers said: everybody reads the decision, who works on it reads the words.
fn reviews(tx: &mut Tx, ask: &Ask, r: &Resource) -> Result<Html> {
    let words = &ask.words;
    let inside = ask.actor.as_ref().is_some_and(|actor| works_on(actor, r));
    let mut out = Html::new();
    for review in store::reviews(tx, r.id)? {
        if review.decision != "approved" && !inside {
            continue;
        }
        let mut marks = Html::new();
        for (criterion, mark) in &review.marks {
            marks.push(html!(
                "<li>{}: {}</li>",
                words.code("resource-rubric", criterion),
                words.code("resource-mark", mark)
            ));
        }
        let said = if inside {
            ui::paragraphs(&review.words)
        } else {
            Html::new()
        };
        out.push(html!(
            "<p>{} {}</p><ul>{}</ul>{}",
            words.code("resource-state", &review.decision),
            words.day(review.at.day()),
            marks,
            said
        ));
    }
    Ok(if out.is_empty() {
        out
    } else {
        let href = ui::link("/resources/rubric", words.say("resource-rubric-title"));
        ui::section(
            &words.say("resource-reviews"),
            html!("{}<p>{}</p>", out, href),
        )
    })
}

fn works_on(actor: &Actor, r: &Resource) -> bool {
    let national = [
        Role::LearningOfficer,
        Role::ResourceReviewer,
        Role::AuthoritySignatory,
    ];
    national.iter().any(|role| actor.is_in(*role, &r.country))
        || r.school.is_some_and(|school| {
            rules::AT_SCHOOL
                .iter()
                .any(|role| actor.is_for(*role, school))
        })
}

fn actions(ask: &Ask, r: &Resource) -> Vec<Action> {
    let mut list = Vec::new();
    let Some(actor) = &ask.actor else {
        return list;
    };
    let mut offer = |end: &str, key: &str, main: bool| {
        let href = format!("/resources/{}/{end}", r.id);
        list.push(action(&ask.words, &href, key, main));
    };
    let officer = actor.is_in(Role::LearningOfficer, &r.country);
    if rules::may_write(actor, &r.country, r.school).is_ok()
        && matches!(r.standing, Standing::Draft | Standing::Returned)
    {
        offer("proposal", "resource-proposal-button", true);
    }
    if r.standing == Standing::Proposed && actor.is_in(Role::ResourceReviewer, &r.country) {
        offer("review", "resource-review-button", true);
    }
    if r.standing == Standing::Approved && officer {
        if r.recommended {
            offer(
                "recommendation/end",
                "resource-recommendation-end-button",
                false,
            );
        } else {
            offer("recommendation", "resource-recommendation-button", true);
        }
    }
    if rules::may_change(actor, r).is_ok() {
        if r.standing == Standing::Withdrawn {
            offer("restoration", "resource-restoration-button", false);
        } else {
            offer("edit", "resource-edit-button", false);
            offer("forms/new", "resource-form-button", false);
            offer("withdrawal", "resource-withdrawal-button", false);
        }
    }
    list
}

/// The resource as the person sees it while deciding.
pub(crate) fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let words = &ask.words;
    let r = seen(tx, ask)?;
    let forms = store::renditions(tx, r.id)?;
    let cells = cells(tx, words, &r)?;
    let text = if r.may(Use::Show).is_ok() {
        let inner = html!(
            "{}{}",
            reading(ask, &r, &forms)?,
            files(words, &r, &forms, true)
        );
        html!(
            "<details><summary>{}</summary>{}</details>",
            words.say("resource-read-it"),
            inner
        )
    } else {
        Html::new()
    };
    Ok(Prefill {
        beside: html!("{}{}", ui::facts(words, COLUMNS, &cells), text),
        ..Prefill::default()
    })
}

/// What rules must know besides the form's own words.
pub(crate) fn known(tx: &mut Tx, base: Option<&str>) -> Result<Known> {
    let Some(code) = base else {
        return Ok(Known::default());
    };
    let found = match Id::parse(code) {
        Some(id) => Some(store::find(tx, id)?),
        None => store::find_by_code(tx, &code.to_uppercase())?,
    };
    Ok(Known {
        base_missing: found.is_none(),
        base: found,
        ..Known::default()
    })
}

/// The whole text on one page to print, with its credit; only where the licence allows.
pub(super) fn print(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let r = seen(tx, ask)?;
    for what in [Use::Show, Use::Print] {
        if let Err(why) = r.may(what) {
            return Ok(Answer::Page(Page {
                title: title(words, &r).to_owned(),
                body: ui::notice(words, Tone::Warn, words.refusal(&why)),
                ..Page::default()
            }));
        }
    }
    let forms = store::renditions(tx, r.id)?;
    let mut body = credit(tx, words, &r)?;
    if let Some(form) = forms.iter().find(|one| one.channel == "text") {
        let lang = form.lang.as_deref().or(r.langs.first().map(String::as_str));
        let mut text = Html::new();
        for page in crate::text_of(&ask.site.files, form)? {
            if !page.title.is_empty() {
                text.push(html!("<h2>{}</h2>", page.title));
            }
            text.push(render(words, r.id, &forms, &page, true));
        }
        body.push(html!(
            "<div class=\"reading\" lang=\"{}\" dir=\"{}\">{}</div>",
            lang.unwrap_or("und"),
            direction(lang.unwrap_or("und")),
            text
        ));
    }
    Ok(Answer::Page(Page {
        title: title(words, &r).to_owned(),
        body,
        ..Page::default()
    }))
}
