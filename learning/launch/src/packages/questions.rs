//! The questions of a package that needs no program of its own: asked as plain forms, marked here.

use super::heard::keep;
use super::outline::outline;
use super::pages::{self, Opened};
use super::report::Report;
use super::store::Place;
use base::{Error, Refusal, Result};
use formats::Item;
use lang::Words;
use lessons::{mark, read_answer, render_item};
use std::collections::BTreeMap;
use ui::{Html, Tone, html};
use web::hail::Hail;
use web::http::{Method, Request, Response, StatusCode};
use web::wire::bare;
use web::{Answer, Ask, Body, Bytes, Page, Shape, Site, Speaking, View, Who};

pub(super) const PATH: &str = "/packages/{form}/questions";
/// Questions of one page.
pub(super) const MOST: usize = 60;

/// What was sent, by field.
pub(super) type Sent = BTreeMap<String, Vec<String>>;

pub(super) fn serve(site: Site, request: Request<Bytes>) -> Speaking {
    Box::pin(async move {
        let hail = Hail::of_wire(PATH, &request);
        let sent = match *request.method() {
            Method::GET | Method::HEAD => None,
            Method::POST => Some(read(request.body())),
            _ => return bare(StatusCode::METHOD_NOT_ALLOWED),
        };
        let done = match sent {
            None => see(&site, &hail).await,
            Some(sent) => take(&site, &hail, sent).await,
        };
        done.unwrap_or_else(|error| {
            Response::from(web::html::problem(&hail.stranger(&site), &hail, &error))
        })
    })
}

/// A form as browsers write it.
pub(super) fn read(body: &[u8]) -> Sent {
    let mut out = Sent::new();
    for (name, value) in base::address::pairs(&String::from_utf8_lossy(body)).take(2_000) {
        out.entry(name).or_default().push(value);
    }
    out
}

/// The hidden mark of the form: it follows from the site's secret and the visitor's session.
pub(super) fn token(ask: &Ask) -> String {
    let mut hasher = blake3::Hasher::new_keyed(&ask.site.settings.secret);
    hasher.update(b"package questions\0");
    hasher.update(ask.credentials.session.as_deref().unwrap_or("").as_bytes());
    hasher.finalize().to_hex().chars().take(32).collect()
}

/// The questions in the order of the package.
fn asked(ask: &Ask, opened: &Opened) -> Result<Vec<Item>> {
    let outline = outline(&ask.site.files, &opened.form)?;
    let items: Vec<Item> = outline.items.iter().take(MOST).cloned().collect();
    if items.is_empty() {
        return Err(Error::Missing);
    }
    Ok(items)
}

async fn see(site: &Site, hail: &Hail) -> Result<Response<Body>> {
    let (inner, kept) = (site.clone(), hail.clone());
    site.db
        .read(move |tx| {
            let ask = kept.ask(&inner, tx)?;
            let opened = pages::opened(tx, &ask)?;
            let items = asked(&ask, &opened)?;
            let answer = page(&ask, &opened, &items, None);
            framed(tx, &ask, &kept, answer)
        })
        .await
}

async fn take(site: &Site, hail: &Hail, sent: Sent) -> Result<Response<Body>> {
    let (inner, kept) = (site.clone(), hail.clone());
    site.db
        .write(move |tx| {
            let ask = kept.ask(&inner, tx)?;
            let opened = pages::opened(tx, &ask)?;
            let items = asked(&ask, &opened)?;
            let first = |name: &str| sent.get(name).and_then(|all| all.first());
            let from = kept
                .headers
                .get("sec-fetch-site")
                .and_then(|v| v.to_str().ok());
            let ours = matches!(from, None | Some("same-origin" | "none"));
            if !ours || first("page_token") != Some(&token(&ask)) {
                return Err(Refusal::whole("form-expired").into());
            }
            let (score, marked) = marks(&items, &sent);
            let session = first("session").and_then(|text| text.parse::<i64>().ok());
            let session = session.filter(|at| (1..=ask.now.micros()).contains(at));
            if let (Some(person), Some(session)) = (opened.learner, session) {
                let at = Place {
                    person,
                    form: opened.form.id,
                    unit: 0,
                    version: "h5p",
                };
                let mut report = Report {
                    session,
                    number: 1,
                    begun: true,
                    end: true,
                    ..Report::default()
                };
                let mut set = |name: &str, value: String| report.set.insert(name.to_owned(), value);
                set("cmi.completion_status", "completed".to_owned());
                if let Some(score) = score {
                    set("cmi.score.scaled", format!("{score:.4}"));
                }
                let title = resources::title(&ask.words, &opened.resource).to_owned();
                keep(tx, at, &report, (opened.resource.id, &title, &[0]), ask.now)?;
            }
            let answer = page(&ask, &opened, &items, Some((&sent, marked, score)));
            framed(tx, &ask, &kept, answer)
        })
        .await
}

/// Each answer as it was marked; none where nothing was answered.
type Marks = Vec<Option<(formats::item::Answer, lessons::Marked)>>;

/// The score of what can be marked here, and every mark.
fn marks(items: &[Item], sent: &Sent) -> (Option<f64>, Marks) {
    let mut sum = 0.0;
    let mut count = 0_u32;
    let mut all = Vec::with_capacity(items.len());
    for (n, item) in items.iter().enumerate() {
        let lang = item.langs().first().copied().unwrap_or("und").to_owned();
        let answer = read_answer(item, &format!("q{}", n + 1), sent).ok();
        let marked = answer.map(|answer| {
            let marked = mark(item, &answer, &lang);
            (answer, marked)
        });
        let open = matches!(item.interaction, formats::item::Interaction::Open { .. });
        if !open {
            count += 1;
            sum += marked.as_ref().map_or(0.0, |(_, marked)| marked.score);
        }
        all.push(marked);
    }
    ((count > 0).then(|| sum / f64::from(count)), all)
}

fn page(
    ask: &Ask,
    opened: &Opened,
    items: &[Item],
    tried: Option<(&Sent, Marks, Option<f64>)>,
) -> Answer {
    let words = &ask.words;
    let mut body = Html::new();
    let (marks, score) = match &tried {
        Some((_, marks, score)) => (Some(marks), *score),
        None => (None, None),
    };
    if marks.is_some() {
        let says = match score {
            Some(score) => words.say_with("package-score", &[("score", words.share(score).into())]),
            None => words.say("package-answers-read"),
        };
        body.push(ui::notice(words, Tone::Good, says));
    }
    let said = if opened.learner.is_some() {
        "package-questions-kept"
    } else {
        "package-is-looked-at"
    };
    body.push(html!("<p>{}</p>", words.say(said)));
    let mut list = Html::new();
    for (n, item) in items.iter().enumerate() {
        let found = marks
            .and_then(|marks| marks.get(n))
            .and_then(Option::as_ref);
        list.push(one(words, item, n, marks.is_some(), found));
    }
    let contents = format!("/packages/{}", opened.form.id);
    if marks.is_some() {
        body.push(list);
        body.push(html!(
            "<p>{} {}</p>",
            ui::link(
                &format!("{contents}/questions"),
                words.say("package-answer-again")
            ),
            ui::link(&contents, words.say("package-contents"))
        ));
    } else {
        body.push(html!(
            "<form method=\"post\" action=\"{}/questions\">{}<input type=\"hidden\" name=\"page_token\" value=\"{}\">\
             <input type=\"hidden\" name=\"session\" value=\"{}\"><p><button>{}</button></p></form>",
            contents,
            list,
            token(ask),
            ask.now.micros(),
            words.say("package-mark")
        ));
    }
    Answer::Page(Page {
        title: resources::title(words, &opened.resource).to_owned(),
        body,
        ..Page::default()
    })
}

fn one(
    words: &Words,
    item: &Item,
    n: usize,
    over: bool,
    found: Option<&(formats::item::Answer, lessons::Marked)>,
) -> Html {
    let lang = item.langs().first().copied().unwrap_or("und").to_owned();
    let number = i64::try_from(n + 1).unwrap_or(i64::MAX);
    let head = words.say_with("package-question", &[("n", number.into())]);
    let (given, marked) = match found {
        Some((answer, marked)) => (Some(answer), Some(marked)),
        None => (None, None),
    };
    let shown = render_item(words, &lang, item, given, marked, &format!("q{}", n + 1));
    let note = if over && found.is_none() {
        html!("<p>{}</p>", words.say("package-not-answered"))
    } else {
        Html::new()
    };
    ui::section(&head, html!("{}{}", shown, note))
}

fn framed(tx: &mut db::Tx, ask: &Ask, hail: &Hail, answer: Answer) -> Result<Response<Body>> {
    let view = View {
        path: PATH,
        who: Who::Anyone,
        shape: Shape::Page,
        run: |_, _| Err(Error::Missing),
    };
    Ok(Response::from(web::html::answer(
        tx, ask, hail, &view, answer,
    )?))
}
