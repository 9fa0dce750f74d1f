//! The way of a learner through a package with an order of its own: what is asked for, what is open, and
//! the table of contents with what may be chosen.

use super::credit::whole;
use super::kept::Way;
use super::outline::{Outline, outline};
use super::pages::{self, Opened};
use super::questions;
use super::sequencing::{Answer, Course, Navigate, Offers, ROOT, Why};
use super::store::{self, Place};
use base::{Error, Moment, Refusal, Result};
use db::Tx;
use formats::scorm::sequencing::Button;
use lang::Words;
use ui::{Html, Tone, html};
use web::hail::Hail;
use web::http::{Method, Request, Response, StatusCode, header};
use web::wire::{bare, put};
use web::{Ask, Body, Bytes, Site, Speaking};

pub(super) const PATH: &str = "/packages/{form}/way";

pub(super) fn serve(site: Site, request: Request<Bytes>) -> Speaking {
    Box::pin(async move {
        let hail = Hail::of_wire(PATH, &request);
        let done = match *request.method() {
            Method::GET | Method::HEAD => now(&site, &hail).await,
            Method::POST => take(&site, &hail, questions::read(request.body())).await,
            _ => return bare(StatusCode::METHOD_NOT_ALLOWED),
        };
        match done {
            Ok(to) => see(&to),
            Err(error) => Response::from(web::html::problem(&hail.stranger(&site), &hail, &error)),
        }
    })
}

/// Shows another page.
pub(super) fn see(to: &str) -> Response<Body> {
    let mut response = bare(StatusCode::SEE_OTHER);
    put(&mut response, header::LOCATION, to);
    put(&mut response, header::CACHE_CONTROL, "no-store");
    response
}

/// Where a learner stands: at the unit that is open, else at the table of contents.
async fn now(site: &Site, hail: &Hail) -> Result<String> {
    let (inner, kept) = (site.clone(), hail.clone());
    site.db
        .read(move |tx| {
            let ask = kept.ask(&inner, tx)?;
            let opened = pages::opened(tx, &ask)?;
            let outline = outline(&ask.site.files, &opened.form)?;
            let (Some(course), Some(person)) = (&outline.course, opened.learner) else {
                return Ok(format!("/packages/{}", opened.form.id));
            };
            let way = Way::load(tx, course, (person, opened.form.id))?;
            Ok(place(&opened, &way))
        })
        .await
}

fn place(opened: &Opened, way: &Way<'_>) -> String {
    let contents = format!("/packages/{}", opened.form.id);
    match way.open() {
        Some(unit) => format!("{contents}/units/{}", unit + 1),
        None => contents,
    }
}

async fn take(site: &Site, hail: &Hail, sent: questions::Sent) -> Result<String> {
    let (inner, kept) = (site.clone(), hail.clone());
    site.db
        .write(move |tx| {
            let ask = kept.ask(&inner, tx)?;
            let opened = pages::opened(tx, &ask)?;
            let first = |name: &str| sent.get(name).and_then(|all| all.first());
            let from = kept.headers.get("sec-fetch-site");
            let from = from.and_then(|value| value.to_str().ok());
            let ours = matches!(from, None | Some("same-origin" | "none"));
            if !ours || first("page_token") != Some(&questions::token(&ask)) {
                return Err(Refusal::whole("form-expired").into());
            }
            let outline = outline(&ask.site.files, &opened.form)?;
            let course = outline.course.as_ref().ok_or(Error::Missing)?;
            let person = opened.learner.ok_or(Error::Missing)?;
            let asked = first("ask")
                .and_then(|text| asked(text))
                .ok_or(Error::Missing)?;
            let whose = (person, opened.form.id);
            tx.lock(&format!("package {} {}", whose.0, whose.1))?;
            let mut way = Way::load(tx, course, whose)?;
            if first("turn").and_then(|text| text.parse().ok()) != Some(way.turn) {
                // It was answered already, or something else was asked for since.
                return Ok(place(&opened, &way));
            }
            let at = Place {
                person,
                form: opened.form.id,
                unit: 0,
                version: outline.version(),
            };
            let answer = go(tx, &mut way, at, (course, &outline), asked, ask.now)?;
            whole(tx, &way, at, opened.resource.id, None, ask.now)?;
            way.save(tx, course, whose, ask.now)?;
            let to = place(&opened, &way);
            Ok(match answer {
                Answer::Refused(why) => {
                    format!("/packages/{}?no={}", opened.form.id, why.key())
                }
                _ => to,
            })
        })
        .await
}

/// A request as the page's buttons say it.
fn asked(text: &str) -> Option<Navigate> {
    Some(match text {
        "start" => Navigate::Start,
        "resume" => Navigate::ResumeAll,
        "continue" => Navigate::Continue,
        "previous" => Navigate::Previous,
        "exit" => Navigate::Exit,
        "exit-all" => Navigate::ExitAll,
        "suspend-all" => Navigate::SuspendAll,
        other => Navigate::Choice(other.strip_prefix("choice-")?.parse().ok()?),
    })
}

/// Answers a request: what it opens is made ready.
pub(super) fn go(
    tx: &mut Tx,
    way: &mut Way<'_>,
    at: Place,
    (course, outline): (&Course, &Outline),
    asked: Navigate,
    now: Moment,
) -> Result<Answer> {
    let answer = way.run.request(asked);
    way.turn += 1;
    if let Answer::Opened { activity, resumed } = answer {
        let unit = course.at(activity).unit.ok_or(Error::Missing)?;
        way.resumed = resumed;
        way.opened_at = now.micros();
        if outline.units.get(unit).is_some_and(|unit| unit.talks) {
            let at = Place {
                unit: i64::try_from(unit).map_err(|_| Error::Missing)?,
                ..at
            };
            let values = way.beginning(activity);
            way.opened_at = store::begin(tx, at, Some(&values).filter(|_| !resumed), now)?;
        }
    }
    Ok(answer)
}

/// The hidden part of a form that asks for something.
fn hidden(ask: &Ask, way: &Way<'_>) -> Html {
    html!(
        "<input type=\"hidden\" name=\"page_token\" value=\"{}\"><input type=\"hidden\" name=\"turn\" value=\"{}\">",
        questions::token(ask),
        way.turn
    )
}

fn button(words: &Words, asks: &str, key: &str) -> Html {
    html!(
        "<button name=\"ask\" value=\"{}\">{}</button>",
        asks,
        words.say(key)
    )
}

/// The buttons beside what is open: those that lead somewhere and that the content does not stand in for.
pub(super) fn beside(ask: &Ask, opened: &Opened, way: &Way<'_>) -> Html {
    let words = &ask.words;
    let offers = way.run.offers();
    let current = way.run.s.current.unwrap_or(ROOT);
    let hides = |button| way.run.c.hides(current, button);
    let mut all = Html::new();
    for (there, asks, key, which) in [
        (offers.back, "previous", "package-before", Button::Previous),
        (offers.next, "continue", "package-next", Button::Continue),
        (true, "suspend-all", "package-leave", Button::SuspendAll),
    ] {
        if there && !hides(which) {
            all.push(button(words, asks, key));
        }
    }
    html!(
        "<form method=\"post\" action=\"/packages/{}/way\">{}{}</form>",
        opened.form.id,
        hidden(ask, way),
        all
    )
}

/// The table of contents of a package with an order of its own, as the learner's way has it now.
pub(super) fn contents(
    tx: &mut Tx,
    ask: &Ask,
    opened: &Opened,
    (course, outline): (&Course, &Outline),
) -> Result<Html> {
    let words = &ask.words;
    let person = opened.learner.ok_or(Error::Missing)?;
    let way = Way::load(tx, course, (person, opened.form.id))?;
    let works = store::of_package(tx, person, opened.form.id)?;
    let offers = way.run.offers();
    let mut body = Html::new();
    let why = ask.query.get("no").map(String::as_str).unwrap_or_default();
    if let Some(why) = Why::ALL.into_iter().find(|one| one.key() == why) {
        body.push(ui::notice(words, Tone::Warn, words.say(why.key())));
    }
    body.push(whole_stands(words, &way));
    let mut form = hidden(ask, &way);
    form.push(first(words, opened, &way, &offers));
    let list = list(words, &way, &offers, |unit| {
        let work = i64::try_from(unit).ok().and_then(|n| works.get(&n));
        let of = outline.units.get(unit);
        of.map_or_else(Html::new, |of| pages::stands(words, work, of))
    });
    form.push(ui::section(&words.say("package-contents"), list));
    body.push(html!(
        "<form method=\"post\" action=\"/packages/{}/way\">{}</form><p><small>{}</small></p>",
        opened.form.id,
        form,
        words.say("package-own-order")
    ));
    Ok(body)
}

/// How the whole stands, as its own rules say.
fn whole_stands(words: &Words, way: &Way<'_>) -> Html {
    let known = way.run.known(ROOT, 0);
    let code = match (known.satisfied, way.run.completed(ROOT)) {
        (Some(true), _) => "passed",
        (_, Some(true)) if known.satisfied.is_none() => "completed",
        (Some(false), _) if !way.run.track(ROOT).active => "failed",
        _ if way.run.track(ROOT).attempts > 0 => "begun",
        _ => return Html::new(),
    };
    let tone = match code {
        "passed" | "completed" => Tone::Good,
        "failed" => Tone::Warn,
        _ => Tone::Busy,
    };
    let state = ui::tag_as(tone, &words.say(&format!("package-state-{code}")));
    html!("<p>{} {}</p>", words.say("package-whole"), state)
}

/// What can be done first of all.
fn first(words: &Words, opened: &Opened, way: &Way<'_>, offers: &Offers) -> Html {
    let mut buttons = Html::new();
    let current = way.run.s.current.unwrap_or(ROOT);
    let hides = |button| way.run.c.hides(current, button);
    if let Some(unit) = way.open() {
        let href = format!("/packages/{}/units/{}", opened.form.id, unit + 1);
        let label = html!(
            "{} <bdi>{}</bdi>",
            words.say("package-on-with"),
            way.run.c.at(current).title
        );
        buttons.push(html!("<a class=\"button\" href=\"{}\">{}</a>", href, label));
    }
    for (there, asks, key, which) in [
        (offers.resume, "resume", "package-resume", None),
        (offers.start, "start", "package-start", None),
        (
            offers.back,
            "previous",
            "package-before",
            Some(Button::Previous),
        ),
        (
            offers.next,
            "continue",
            "package-next",
            Some(Button::Continue),
        ),
        (offers.exit, "exit", "package-exit", Some(Button::Exit)),
        (
            offers.leave,
            "suspend-all",
            "package-leave",
            Some(Button::SuspendAll),
        ),
        (
            offers.leave,
            "exit-all",
            "package-exit-all",
            Some(Button::ExitAll),
        ),
    ] {
        if there && !which.is_some_and(hides) {
            let class = if buttons.is_empty() {
                "button"
            } else {
                "button quiet"
            };
            buttons.push(html!(
                "<button class=\"{}\" name=\"ask\" value=\"{}\">{}</button>",
                class,
                asks,
                words.say(key)
            ));
        }
    }
    html!("<p class=\"actions\">{}</p>", buttons)
}

/// The activities in the order they have for this learner.
fn list(words: &Words, way: &Way<'_>, offers: &Offers, stands: impl Fn(usize) -> Html) -> Html {
    enum Turn {
        At(usize),
        End,
    }
    let run = &way.run;
    let rest = |place: usize| run.children(place).iter().rev().map(|one| Turn::At(*one));
    let mut out = html!("<ul>");
    let mut open = vec![Turn::End];
    open.extend(rest(ROOT));
    while let Some(turn) = open.pop() {
        let Turn::At(place) = turn else {
            out.push(html!("</ul>"));
            if !open.is_empty() {
                out.push(html!("</li>"));
            }
            continue;
        };
        let node = run.c.at(place);
        let leaf = run.c.is_leaf(place);
        if run.is_hidden(place) {
            // What is in it may be shown all the same.
            if !leaf && !node.visible {
                open.extend(rest(place));
            }
            continue;
        }
        let why = offers.choices.get(place).copied().flatten();
        let title = html!("<bdi>{}</bdi>", node.title);
        out.push(html!(
            "<li>{} ",
            if leaf {
                title
            } else {
                html!("<strong>{}</strong>", title)
            }
        ));
        if let Some(unit) = node.unit {
            out.push(stands(unit));
        }
        if way.is_open(place) {
            out.push(html!(" <small>{}</small>", words.say("package-is-open")));
        } else {
            match why {
                None => out.push(html!(
                    " <button class=\"button quiet\" name=\"ask\" value=\"choice-{}\" aria-label=\"{} {}\">{}</button>",
                    place,
                    words.say("package-choose"),
                    node.title,
                    words.say("package-choose")
                )),
                // Where nothing at all is chosen, it is said once below.
                Some(Why::NoChoice) => {}
                Some(why) => out.push(html!(" <small>{}</small>", words.say(why.key()))),
            }
        }
        if leaf && run.is_skipped(place) {
            out.push(html!(" <small>{}</small>", words.say("package-is-skipped")));
        }
        if leaf {
            out.push(html!("</li>"));
        } else {
            out.push(html!("<ul>"));
            open.push(Turn::End);
            open.extend(rest(place));
        }
    }
    out
}
