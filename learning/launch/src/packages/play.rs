//! The page around a unit that is open: what it is, the way back and on, whether what it reports is
//! kept; below that the box.

use super::kept::Way;
use super::outline::{Outline, outline};
use super::pages::{self, Opened};
use super::player::player;
use super::token::Pass;
use super::wire::{BOX, script_path, sheet_path};
use base::{Error, Result};
use lang::Words;
use ui::{Html, html};
use web::hail::Hail;
use web::http::{Method, Request, Response, StatusCode, header};
use web::wire::{bare, put};
use web::{Ask, Body, Bytes, Site, Speaking};

pub(super) const PATH: &str = "/packages/{form}/units/{n}";

const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; frame-src 'self'; img-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

pub(super) fn serve(site: Site, request: Request<Bytes>) -> Speaking {
    Box::pin(async move {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return bare(StatusCode::METHOD_NOT_ALLOWED);
        }
        let hail = Hail::of_wire(PATH, &request);
        match see(&site, &hail).await {
            // It is not its turn: the table of contents says what is.
            Ok(None) => super::way::see(&format!(
                "/packages/{}",
                hail.params.get("form").map_or("", |form| form)
            )),
            Ok(Some(page)) => {
                let mut response = Response::new(Body::from(page));
                put(
                    &mut response,
                    header::CONTENT_TYPE,
                    "text/html; charset=utf-8",
                );
                put(&mut response, header::CONTENT_SECURITY_POLICY, POLICY);
                put(&mut response, header::CACHE_CONTROL, "no-store");
                response
            }
            Err(error) => Response::from(web::html::problem(&hail.stranger(&site), &hail, &error)),
        }
    })
}

async fn see(site: &Site, hail: &Hail) -> Result<Option<String>> {
    let (inner, kept) = (site.clone(), hail.clone());
    site.db
        .read(move |tx| {
            let ask = kept.ask(&inner, tx)?;
            let opened = pages::opened(tx, &ask)?;
            let outline = outline(&ask.site.files, &opened.form)?;
            let n = ask
                .param("n")
                .parse::<usize>()
                .ok()
                .and_then(|n| n.checked_sub(1));
            let opens = outline.runs() || outline.plays() && player(tx)?.is_some();
            let n = n
                .filter(|n| *n < outline.units.len() && opens)
                .ok_or(Error::Missing)?;
            let way = match (&outline.course, opened.learner) {
                (Some(course), Some(person)) => {
                    Some(Way::load(tx, course, (person, opened.form.id))?)
                }
                _ => None,
            };
            if way.as_ref().is_some_and(|way| way.open() != Some(n)) {
                return Ok(None);
            }
            page(&ask, &opened, &outline, way.as_ref(), n).map(Some)
        })
        .await
}

fn page(
    ask: &Ask,
    opened: &Opened,
    outline: &Outline,
    way: Option<&Way<'_>>,
    n: usize,
) -> Result<String> {
    let words = &ask.words;
    let unit = outline.units.get(n).ok_or(Error::Missing)?;
    let start = unit.start.as_deref().ok_or(Error::Missing)?;
    let number = u32::try_from(n).map_err(|_| Error::Missing)?;
    let pass = Pass::new(opened.form.id, number, opened.learner, ask.now);
    let token = pass.sealed(&ask.site.settings.secret);
    let source = format!("/packages/at/{token}/{}", base::address::file(start));
    let contents = format!("/packages/{}", opened.form.id);
    let beside = |n: Option<usize>| -> Option<String> {
        let n = n.filter(|n| {
            outline
                .units
                .get(*n)
                .is_some_and(|unit| unit.start.is_some())
        })?;
        Some(format!("{contents}/units/{}", n + 1))
    };
    let (before, next) = match way {
        None => (beside(n.checked_sub(1)), beside(n.checked_add(1))),
        Some(_) => (None, None),
    };
    let ways = match way {
        Some(way) => super::way::beside(ask, opened, way),
        None => Html::new(),
    };
    let now = way.map(|_| format!("{contents}/way"));
    let title = pages::unit_title(words, opened, unit, n);
    let said = if !unit.talks {
        words.say("package-reports-nothing")
    } else if opened.learner.is_some() {
        words.say("package-is-recorded")
    } else {
        words.say("package-is-looked-at")
    };
    let link = |href: &Option<String>, key: &str| {
        href.as_ref()
            .map_or_else(Html::new, |href| ui::link(href, words.say(key)))
    };
    let body = html!(
        "<header><h1><bdi>{}</bdi></h1><nav aria-label=\"{}\">{} {} {} {}</nav><p role=\"status\">{}</p></header><main>\
         <noscript><p>{}</p></noscript><iframe src=\"{}\" title=\"{}\" sandbox=\"{}\" \
         referrerpolicy=\"no-referrer\" allowfullscreen></iframe></main>",
        title,
        words.say("package-way"),
        ui::link(&contents, words.say("package-contents")),
        link(&before, "package-before"),
        link(&next, "package-next"),
        ways,
        said,
        words.say("package-needs-scripts"),
        source,
        title,
        BOX
    );
    Ok(whole(words, &title, &body, (&contents, before, next, now)))
}

fn whole(
    words: &Words,
    title: &str,
    body: &Html,
    (contents, before, next, now): (&str, Option<String>, Option<String>, Option<String>),
) -> String {
    html!(
        "<!doctype html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title>\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
         <link rel=\"stylesheet\" href=\"{}\"></head><body data-contents=\"{}\" data-before=\"{}\" data-next=\"{}\" data-now=\"{}\" \
         data-saved=\"{}\" data-unsaved=\"{}\" data-elsewhere=\"{}\" data-broken=\"{}\">{}<script src=\"{}\"></script></body></html>",
        words.lang().code(),
        words.dir(),
        title,
        sheet_path(),
        contents,
        before.unwrap_or_default(),
        next.unwrap_or_default(),
        now.unwrap_or_default(),
        words.say("package-saved"),
        words.say("package-unsaved"),
        words.say("package-elsewhere"),
        words.say("package-broken"),
        body,
        script_path()
    )
    .into_string()
}
