//! The front page: what a minister, a journalist or a donor reads first.

use crate::figures::{self, Figures};
use crate::lists::{self, Figure};
use crate::rules;
use crate::store::{Round, Units};
use base::{Lang, Result};
use catalogue::Term;
use db::Tx;
use lang::Words;
use ui::{Html, html};
use web::{ActLink, Answer, Ask, Page};

/// Service classes shown with their units; the list has all of them.
const CLASSES_MAX: usize = 8;
/// Countries named; the map has all of them.
const COUNTRIES_MAX: usize = 10;

pub(crate) fn page(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let f = figures::figures(tx, ask)?;
    let mut body = html!("<p>{}</p>", words.say("portal-intro"));
    body.push(ui::actions(&ways(ask)));
    body.push(headlines(words, &f));
    body.push(places(words, &f));
    body.push(units(words, &f));
    body.push(latest(words, &f));
    body.push(how(words, &f));
    body.push(aims(words, &f));
    body.push(onward(words));
    Ok(Answer::Page(Page {
        title: words.say("portal-title"),
        body,
        snapshot: Some(f.snapshot(ask)),
        ..Page::default()
    }))
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

fn headlines(words: &Words, f: &Figures) -> Html {
    let mut cards: Vec<Html> = Vec::new();
    for figure in lists::headlines(f) {
        match figure.code {
            // Said beside the learners and the answers.
            "places_unknown" | "answer_hours" => {}
            _ => cards.push(card(words, f, &figure)),
        }
    }
    let day = words.day(f.at.day());
    let as_of = words.say_with(
        "portal-as-of",
        &[("day", day.into()), ("seq", f.head.0.into())],
    );
    let all = ui::link("/data/figures", words.say("portal-all-figures"));
    let body = html!("<p>{} {}</p>{}", as_of, all, ui::cards(&cards));
    ui::section(&words.say("portal-now"), body)
}

fn card(words: &Words, f: &Figures, figure: &Figure) -> Html {
    let number = match figure.value {
        None => words.say("unknown"),
        Some(n) if figure.at_least => {
            words.say_with("portal-at-least", &[("n", words.number(n).into())])
        }
        Some(n) => words.number(n),
    };
    let label = words.code("portal-figure", figure.code);
    let mut beside = Html::new();
    match figure.code {
        "learners" if f.learners.places > 0 => {
            let known = [
                ("unknown", f.learners.unknown.into()),
                ("places", f.learners.places.into()),
            ];
            beside.push(html!(
                "<small>{}</small> ",
                words.say_with("portal-learners-unknown", &known)
            ));
        }
        "requests_answered" if f.answers.received > 0 => {
            beside.push(html!("<small>{}</small> ", answered(words, f)));
        }
        _ => {}
    }
    let rows = words.say(&format!("portal-rows-{}", figure.code.replace('_', "-")));
    beside.push(html!("<p>{}</p>", ui::link(figure.href, rows)));
    ui::figure(&number, &label, Some(&beside))
}

fn answered(words: &Words, f: &Figures) -> String {
    let of = words.say_with("portal-answered-of", &[("n", f.answers.received.into())]);
    match f.answers.median_hours {
        None => of,
        Some(hours) => {
            let median = if hours < 48 {
                words.say_with("portal-median-hours", &[("n", hours.into())])
            } else {
                words.say_with("portal-median-days", &[("n", (hours / 24).into())])
            };
            format!("{of} {median}")
        }
    }
}

/// Where needs are, most first; the map has all of it.
fn places(words: &Words, f: &Figures) -> Html {
    if f.countries.is_empty() {
        return Html::new();
    }
    let mut most: Vec<_> = f.countries.iter().collect();
    most.sort_by(|a, b| b.needs.cmp(&a.needs).then_with(|| a.code.cmp(&b.code)));
    let items = most.into_iter().take(COUNTRIES_MAX).map(|country| {
        let name = country.names.get(words.lang());
        let said = [("n", country.needs.into()), ("lines", country.lines.into())];
        let link = ui::link(&format!("/needs?country={}", country.code), name);
        html!(
            "<li>{} <small>{}</small></li>",
            link,
            words.say_with("portal-country-needs", &said)
        )
    });
    let map = ui::link("/map", words.say("portal-map-all"));
    let body = html!("<ul>{}</ul><p>{}</p>", items.collect::<Html>(), map);
    ui::section(&words.say("portal-where"), body)
}

/// Where the units are: every class in its own unit, so each strip is a whole of its own.
fn units(words: &Words, f: &Figures) -> Html {
    let title = words.say("portal-units-title");
    if f.units.is_empty() {
        return ui::section(&title, ui::empty(&words.say("portal-no-needs"), None));
    }
    let mut largest: Vec<&Units> = f.units.iter().collect();
    largest.sort_by(|a, b| b.lines.cmp(&a.lines).then_with(|| a.class.cmp(&b.class)));
    let used: Vec<usize> = (0..8)
        .filter(|at| {
            f.units
                .iter()
                .any(|u| u.buckets.get(*at).is_some_and(|n| *n > 0))
        })
        .collect();
    let legend: Html = used
        .iter()
        .filter_map(|at| ui::charts::BUCKETS.get(*at).map(|code| (at, code)))
        .map(|(at, code)| {
            html!(
                "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"s{}\" width=\"10\" height=\"10\"/></svg>{}</li>",
                *at,
                words.code("bucket", code)
            )
        })
        .collect();
    let rows: Html = largest
        .iter()
        .take(CLASSES_MAX)
        .map(|units| strip(words, f, units))
        .collect();
    let all = ui::link("/data/units", words.say("portal-all-units"));
    let chart = html!(
        "<figure class=\"chart\"><figcaption>{}</figcaption><ul class=\"legend\">{}</ul><ul class=\"bars\">{}</ul></figure><p>{}</p>",
        words.say("portal-units-caption"),
        legend,
        rows,
        all
    );
    ui::section(&title, chart)
}

fn strip(words: &Words, f: &Figures, units: &Units) -> Html {
    let (name, unit) = f.class(&units.class, words.lang());
    let mut marks = Html::new();
    let mut says = Vec::new();
    let parts = rules::segments(&units.buckets);
    for (at, ((from, width), amount)) in parts.into_iter().zip(units.buckets).enumerate() {
        if amount <= 0 {
            continue;
        }
        marks.push(html!(
            "<rect class=\"s{}\" x=\"{}\" width=\"{}\" height=\"10\"/>",
            at,
            from,
            width
        ));
        let code = ui::charts::BUCKETS.get(at).copied().unwrap_or_default();
        says.push(format!(
            "{} {}",
            words.code("bucket", code),
            words.number(amount)
        ));
    }
    html!(
        "<li><span>{}</span><bdi>{} {}</bdi><svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" role=\"img\"><title>{}</title>{}</svg></li>",
        ui::link(
            &format!("/needs?service_class={}", units.class),
            name.as_str()
        ),
        words.number(units.quantity),
        unit,
        says.join(", "),
        marks
    )
}

fn latest(words: &Words, f: &Figures) -> Html {
    let title = words.say("portal-round-title");
    let Some(round) = &f.round else {
        return ui::section(&title, ui::empty(&words.say("portal-no-round"), None));
    };
    let mut body = html!("<p>{}</p>", value(words, round));
    if let Some(shares) = &round.counterfactual {
        let shares = [
            ("with", words.share(shares.with).into()),
            ("without", words.share(shares.without).into()),
        ];
        body.push(html!(
            "<p>{}</p>",
            words.say_with("portal-counterfactual", &shares)
        ));
    }
    let number = [("number", round.number.into())];
    let label = words.say_with("portal-round-link", &number);
    body.push(html!(
        "<p>{}</p>",
        ui::link(&format!("/allocation/{}", round.id), label)
    ));
    ui::section(&title, body)
}

/// What the round reached, and how far from the best it can be at most.
fn value(words: &Words, round: &Round) -> String {
    let day = round
        .finished_at
        .map_or_else(|| words.say("unknown"), |at| words.day(at.day()));
    let (Some(value), Some(bound)) = (round.objective, round.upper_bound) else {
        let said = [("number", round.number.into()), ("day", day.into())];
        return words.say_with("portal-round-plain", &said);
    };
    let said = [
        ("number", round.number.into()),
        ("day", day.into()),
        ("value", words.decimal(value, 0).into()),
        ("bound", words.decimal(bound, 0).into()),
        ("gap", gap(words, round.gap).into()),
    ];
    words.say_with("portal-round-value", &said)
}

/// A gap is never shown smaller than it is.
fn gap(words: &Words, gap: Option<f64>) -> String {
    gap.map_or_else(
        || words.say("unknown"),
        |gap| words.share((gap * 1_000.0).ceil() / 1_000.0),
    )
}

fn how(words: &Words, f: &Figures) -> Html {
    let newest = f
        .steps
        .iter()
        .map(|term| term.attribute("version"))
        .max()
        .unwrap_or_default();
    let steps: Html = f
        .steps
        .iter()
        .filter(|term| term.attribute("version") == newest)
        .map(|term| named(words.lang(), term))
        .collect();
    if steps.is_empty() {
        return Html::new();
    }
    let all = ui::link("/catalogue/how_it_works/terms", words.say("portal-how-all"));
    ui::section(
        &words.say("portal-how"),
        html!("<ol>{}</ol><p>{}</p>", steps, all),
    )
}

fn named(lang: Lang, term: &Term) -> Html {
    html!(
        "<li><strong>{}</strong>: {}</li>",
        term.name(lang),
        term.descriptions.get(lang)
    )
}

/// Flagships and missions; a target is called a target.
fn aims(words: &Words, f: &Figures) -> Html {
    let lang = words.lang();
    let flagships: Html = f.flagships.iter().map(|term| named(lang, term)).collect();
    let missions: Vec<Html> = f
        .missions
        .iter()
        .map(|term| {
            let target = match term.whole("target") {
                Some(n) => words.say_with("portal-target", &[("n", n.into())]),
                None => words.say("portal-target-unknown"),
            };
            let body = html!(
                "<p>{}</p>{} <small>{}</small>",
                term.descriptions.get(lang),
                ui::tag_as(ui::Tone::Plain, &target),
                words.say_with("portal-source", &[("source", term.source.as_str().into())])
            );
            ui::card(
                &format!("/catalogue/missions/{}", term.code),
                term.name(lang),
                body,
            )
        })
        .collect();
    let mut out = Html::new();
    if !flagships.is_empty() {
        out.push(ui::section(
            &words.say("portal-flagships"),
            html!("<ul>{}</ul>", flagships),
        ));
    }
    if !missions.is_empty() {
        let body = html!(
            "<p>{}</p>{}",
            words.say("portal-missions-intro"),
            ui::cards(&missions)
        );
        out.push(ui::section(&words.say("portal-missions"), body));
    }
    out
}

fn onward(words: &Words) -> Html {
    let links: Html = [
        ("/map", "portal-map-title"),
        ("/data/figures", "portal-figures-title"),
        ("/data/units", "portal-units-title"),
        ("/answer-times", "portal-answer-times"),
        ("/audit/chain", "portal-chain"),
        ("/data/attribution", "portal-sources-title"),
    ]
    .into_iter()
    .map(|(href, key)| html!("<li>{}</li>", ui::link(href, words.say(key))))
    .collect();
    ui::section(&words.say("portal-data"), html!("<ul>{}</ul>", links))
}
