//! Pages with forms whose fields come from data: a question, a table of learners. Read with GET and
//! an ETag, sent with POST to the same address, in the site's own frame and under its own rules.

use base::{Error, Refusal, Result};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Html, html};
use web::hail::Hail;
use web::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use web::wire::bare;
use web::{Answer, Ask, Body, Bytes, Shape, Site, Speaking, View, Who, Wire};

/// Bytes a form may have.
const LARGEST: usize = 400_000;
/// Sent by the page that kept an answer while there was no network; another site cannot send it.
const KEPT: &str = "x-kept";

/// What was sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent {
    pub texts: BTreeMap<String, Vec<String>>,
    /// It was kept on a phone for a while.
    pub kept: bool,
}

impl Sent {
    /// The first text of a field, trimmed.
    pub(crate) fn first(&self, name: &str) -> &str {
        let all = self.texts.get(name).and_then(|all| all.first());
        all.map_or("", |text| text.trim())
    }
}

/// What is shown; after a refusal with what was sent and why it was not taken.
pub(crate) type See = fn(&mut Tx, &Ask, Option<(&Sent, &Error)>) -> Result<Answer>;
/// What is done; answers where to go on.
pub(crate) type Send = fn(&mut Tx, &Ask, &Sent) -> Result<String>;

/// A page with a form from data.
#[derive(Clone, Copy)]
pub(crate) struct Screen {
    pub path: &'static str,
    pub who: Who,
    pub see: See,
    pub send: Option<Send>,
}

/// The screen as the web takes it; `serve` calls [`serve`] with it.
pub(crate) const fn wire(path: &'static str, serve: fn(Site, Request<Bytes>) -> Speaking) -> Wire {
    Wire {
        path,
        largest: LARGEST,
        serve,
    }
}

/// The hidden mark of a form: it depends on the site's secret and the person's session.
pub(crate) fn token_field(ask: &Ask) -> Html {
    html!(
        "<input type=\"hidden\" name=\"page_token\" value=\"{}\">",
        token(ask)
    )
}

fn token(ask: &Ask) -> String {
    let mut hasher = blake3::Hasher::new_keyed(&ask.site.settings.secret);
    hasher.update(b"school day\0");
    hasher.update(ask.credentials.session.as_deref().unwrap_or("").as_bytes());
    hasher.finalize().to_hex().chars().take(32).collect()
}

/// Serves a screen.
pub(crate) fn serve(screen: Screen, site: Site, request: Request<Bytes>) -> Speaking {
    Box::pin(async move {
        let hail = Hail::of_wire(screen.path, &request);
        let (head, body) = request.into_parts();
        let outcome = match (head.method, screen.send) {
            (Method::POST, Some(send)) => sent(&screen, send, &site, &hail, &body).await,
            (Method::GET | Method::HEAD, _) => seen(&screen, &site, &hail).await,
            _ => Ok(bare(StatusCode::METHOD_NOT_ALLOWED)),
        };
        outcome.unwrap_or_else(|error| problem(&site, &hail, &error))
    })
}

async fn seen(screen: &Screen, site: &Site, hail: &Hail) -> Result<Response<Body>> {
    let (inner, kept, screen) = (site.clone(), hail.clone(), *screen);
    let (answer, credentials) = site
        .db
        .read(move |tx| {
            let ask = kept.ask(&inner, tx)?;
            let answer = framed(tx, &ask, &kept, &screen, None);
            Ok((answer, ask.credentials))
        })
        .await?;
    let now = site.clock.now();
    if site.awake.is_due(&credentials, now) {
        let touch = site.door.touch;
        site.db
            .write(move |tx| touch(tx, &credentials, now))
            .await?;
    }
    let answer = answer?;
    let chosen = hail
        .query
        .get("lang")
        .and_then(|code| base::Lang::parse(code));
    let tag = format!("W/\"{}\"", &blake3::hash(&answer.0).to_hex()[..20]);
    let known = hail
        .headers
        .get(header::IF_NONE_MATCH)
        .and_then(|v| v.to_str().ok());
    let mut response = if answer.1 == StatusCode::OK && known == Some(tag.as_str()) {
        bare(StatusCode::NOT_MODIFIED)
    } else {
        answer.2
    };
    let headers = response.headers_mut();
    if answer.1 == StatusCode::OK {
        put(headers, header::ETAG, &tag);
        put(headers, header::CACHE_CONTROL, "private, no-cache");
    }
    if let Some(lang) = chosen {
        let line = format!(
            "language={}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax",
            lang.code()
        );
        put(headers, header::SET_COOKIE, &line);
    }
    Ok(response)
}

fn put(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.append(name, value);
    }
}

/// A page's bytes, its status, and the answer that carries them.
type Framed = (Vec<u8>, StatusCode, Response<Body>);

fn framed(
    tx: &mut Tx,
    ask: &Ask,
    hail: &Hail,
    screen: &Screen,
    tried: Option<(&Sent, &Error)>,
) -> Result<Framed> {
    screen.who.admits(ask.actor.as_ref())?;
    let answer = (screen.see)(tx, ask, tried)?;
    let view = View {
        path: screen.path,
        who: screen.who,
        shape: Shape::Page,
        run: |_, _| Err(Error::Missing),
    };
    let reply = web::html::answer(tx, ask, hail, &view, answer)?;
    let (bytes, status) = (reply.body.clone(), reply.status);
    Ok((bytes, status, Response::from(reply)))
}

async fn sent(
    screen: &Screen,
    send: Send,
    site: &Site,
    hail: &Hail,
    body: &Bytes,
) -> Result<Response<Body>> {
    let text = std::str::from_utf8(body).map_err(|_| Refusal::whole("form-not-utf8"))?;
    let mut sent = Sent {
        kept: hail.headers.contains_key(KEPT),
        ..Sent::default()
    };
    for (name, value) in base::address::pairs(text) {
        sent.texts.entry(name).or_default().push(value);
    }
    let (inner, heard, given, screen) = (site.clone(), hail.clone(), sent.clone(), *screen);
    let done = site
        .db
        .write(move |tx| {
            let ask = heard.ask(&inner, tx)?;
            screen.who.admits(ask.actor.as_ref())?;
            ours(&ask, &heard.headers, &given)?;
            if inner.awake.is_due(&ask.credentials, ask.now) {
                (inner.door.touch)(tx, &ask.credentials, ask.now)?;
            }
            send(tx, &ask, &given)
        })
        .await;
    match done {
        Ok(_) if sent.kept => Ok(bare(StatusCode::NO_CONTENT)),
        Ok(path) => Ok(to(&path)),
        Err(error) if sent.kept => Ok(bare(web::html::status_of(&error).0)),
        Err(Error::SignIn) => Ok(to(&sign_in(&hail.path))),
        Err(error @ (Error::Refused(_) | Error::Conflict(_))) => {
            let (inner, heard) = (site.clone(), hail.clone());
            let error = std::sync::Arc::new(error);
            let again = site.db.read(move |tx| {
                let ask = heard.ask(&inner, tx)?;
                framed(tx, &ask, &heard, &screen, Some((&sent, &error)))
            });
            let (_, _, mut response) = again.await?;
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(error) => Err(error),
    }
}

/// Refuses a form that did not come from a page of ours.
fn ours(ask: &Ask, headers: &HeaderMap, sent: &Sent) -> Result<()> {
    let site = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok());
    let near = matches!(site, None | Some("same-origin" | "none"));
    if near && (sent.kept || sent.first("page_token") == token(ask)) {
        Ok(())
    } else {
        Err(Refusal::whole("form-expired").into())
    }
}

fn problem(site: &Site, hail: &Hail, error: &Error) -> Response<Body> {
    if matches!(error, Error::SignIn) {
        return to(&sign_in(&hail.path));
    }
    if let Error::Fault(what) = error {
        tracing::error!(path = %hail.path, what, "fault");
    }
    Response::from(web::html::problem(&hail.stranger(site), hail, error))
}

fn sign_in(path: &str) -> String {
    let door = if path.starts_with("/learn") {
        "/learn/sign-in"
    } else {
        "/sign-in"
    };
    ui::with_query(door, "next", Some(web::local(path)))
}

fn to(path: &str) -> Response<Body> {
    let mut response = bare(StatusCode::SEE_OTHER);
    put(response.headers_mut(), header::LOCATION, path);
    response
}
