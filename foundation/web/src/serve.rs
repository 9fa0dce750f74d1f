//! One router from what the rooms declare, and the life of a request.

use crate::ask::{Ask, Call};
use crate::form::{self, Entered};
use crate::hail::{Format, Hail};
use crate::once::{self, Once};
use crate::reply::Reply;
use crate::room::{Act, Done, Shape, View, Who, Wire};
use crate::shelf::Pulse;
use crate::site::{Credentials, Site};
use crate::{api, body, discreet, export, guard, html, openapi, throttle};
use axum::body::Body;
use axum::extract::{ConnectInfo, RawPathParams, Request, State};
use axum::http::{Response, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::routing::{MethodRouter, any, get, post};
use base::{Error, Refusal, Result};
use db::Tx;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Instant;

/// The router of a site.
pub fn router(site: &Site) -> axum::Router {
    let mut router = axum::Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/api/openapi.json", get(describe))
        .route("/assets/{name}", get(asset));
    for view in site.views() {
        router = router.route(view.path, see(*view, Format::Html));
        match view.shape {
            Shape::List(..) => {
                router = router
                    .route(&format!("/api{}", view.path), see(*view, Format::Json))
                    .route(&format!("{}.csv", view.path), see(*view, Format::Csv))
                    .route(&format!("{}.xlsx", view.path), see(*view, Format::Xlsx));
            }
            Shape::Record(_) => {
                router = router.route(&format!("/api{}", view.path), see(*view, Format::Json));
            }
            Shape::Page | Shape::File => {}
        }
    }
    for act in site.acts() {
        let api = format!("/api{}", openapi::api_path(act.path));
        router = router
            .route(act.path, act_html(*act))
            .route(&api, act_json(*act));
    }
    for wire in site.rooms.iter().flat_map(|room| &room.wires) {
        router = router.route(wire.path, speak(*wire));
    }
    router
        .fallback(nothing)
        // Uploads are large: registers, books, packages.
        .layer(axum::extract::DefaultBodyLimit::max(body::BODY_MAX))
        .layer(tower_http::compression::CompressionLayer::new().gzip(true))
        .layer(middleware::from_fn_with_state(site.clone(), around))
        .with_state(site.clone())
}

/// Around every request: time, counters, one log line without personal data, safe headers.
async fn around(State(site): State<Site>, mut request: Request, next: Next) -> Response<Body> {
    let started = Instant::now();
    name_peer(&site, &mut request);
    let method = request.method().clone();
    let route = request
        .extensions()
        .get::<axum::extract::MatchedPath>()
        .map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let mut response = next.run(request).await;
    guard::embed(&mut response, &route);
    guard::protect(&mut response, &site.settings);
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(header::HeaderValue::from_static("no-store"));
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    let bytes = http_body_size(&response);
    site.meters.answered(status, micros, bytes);
    tracing::info!(%method, route, status, micros, "answered");
    response
}

/// Writes down where a request comes from: the connection's other end, or what a trusted proxy says.
fn name_peer(site: &Site, request: &mut Request) {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(address)| address.ip().to_string());
    let forwarded = request
        .headers()
        .get("x-forwarded-for")
        .filter(|_| site.settings.behind_proxy)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.rsplit(',').next())
        .map(|v| v.trim().to_owned());
    request.headers_mut().remove("x-harambee-peer");
    let name = forwarded
        .or(peer)
        .and_then(|name| header::HeaderValue::from_str(&name).ok());
    if let Some(name) = name {
        request.headers_mut().insert("x-harambee-peer", name);
    }
}

fn http_body_size(response: &Response<Body>) -> u64 {
    use axum::body::HttpBody;
    response.body().size_hint().exact().unwrap_or(0)
}

async fn ready(State(site): State<Site>) -> Response<Body> {
    let answer = site.db.read(|tx| tx.row("SELECT 1", &[])).await;
    let stopping = site.stopping.load(std::sync::atomic::Ordering::Relaxed);
    match answer {
        Ok(_) if !stopping => Reply::new(StatusCode::OK, "text/plain; charset=utf-8", "ready\n"),
        _ => Reply::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "text/plain; charset=utf-8",
            "not ready\n",
        ),
    }
    .into()
}

async fn metrics(State(site): State<Site>) -> Response<Body> {
    let text = site.meters.text(site.db.stats());
    Reply::new(
        StatusCode::OK,
        "text/plain; version=0.0.4; charset=utf-8",
        text,
    )
    .into()
}

async fn describe(State(site): State<Site>) -> Response<Body> {
    Reply::json(StatusCode::OK, &openapi::document(&site)).into()
}

async fn asset(params: RawPathParams) -> Response<Body> {
    let name = params
        .iter()
        .next()
        .map(|(_, name)| name.to_owned())
        .unwrap_or_default();
    match ui::assets()
        .iter()
        .find(|asset| asset.path.ends_with(&format!("/{name}")))
    {
        Some(asset) => Reply::new(StatusCode::OK, asset.mime, asset.bytes)
            .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
            .into(),
        None => Reply::new(StatusCode::NOT_FOUND, "text/plain; charset=utf-8", "").into(),
    }
}

async fn nothing(
    State(site): State<Site>,
    params: RawPathParams,
    request: Request,
) -> Response<Body> {
    let format = if request.uri().path().starts_with("/api/") {
        Format::Json
    } else {
        Format::Html
    };
    let hail = Hail::new(format, &params, &request);
    let (inner, kept) = (site.clone(), hail.clone());
    let reply = site.db.read(move |tx| {
        let ask = kept.ask(&inner, tx)?;
        Ok(wrong(&ask, &kept, &Error::Missing))
    });
    finish(&site, &hail, reply.await)
}

fn speak(wire: Wire) -> MethodRouter<Site> {
    any(
        move |State(site): State<Site>, request: Request| async move {
            let (head, body) = request.into_parts();
            match axum::body::to_bytes(body, wire.largest).await {
                Ok(body) => (wire.serve)(site, Request::from_parts(head, body)).await,
                Err(_) => Reply::new(
                    StatusCode::PAYLOAD_TOO_LARGE,
                    "text/plain; charset=utf-8",
                    "",
                )
                .into(),
            }
        },
    )
}

fn see(view: View, format: Format) -> MethodRouter<Site> {
    get(
        move |State(site): State<Site>, params: RawPathParams, request: Request| async move {
            let hail = Hail::new(format, &params, &request);
            let shelved = shelved(&site, &hail, &view, request.uri());
            if let Some(page) = shelved.as_ref().and_then(|(k, p)| site.shelf.find(k, *p)) {
                return page.answer(&hail.headers);
            }
            let (inner, kept) = (site.clone(), hail.clone());
            let seen = site.db.read(move |tx| {
                let ask = kept.ask(&inner, tx)?;
                let reply =
                    look(tx, &ask, &kept, &view).unwrap_or_else(|error| wrong(&ask, &kept, &error));
                Ok((reply, ask.actor.is_some().then_some(ask.credentials)))
            });
            let reply = match seen.await {
                Ok((reply, credentials)) => {
                    stay_awake(&site, credentials).await;
                    Ok(reply)
                }
                Err(error) => Err(error),
            };
            if let (Some((key, pulse)), Ok(reply)) = (shelved, &reply)
                && let Some(page) = site.shelf.keep(key, pulse, reply)
            {
                return page.answer(&hail.headers);
            }
            finish(&site, &hail, reply)
        },
    )
}

/// Where a page stands on the shelf: only what every stranger sees alike does.
fn shelved(site: &Site, hail: &Hail, view: &View, uri: &Uri) -> Option<(String, Pulse)> {
    let alike = view.who == Who::Anyone
        && matches!(hail.format, Format::Html | Format::Json)
        && guard::is_stranger(&hail.headers, &hail.cookies)
        && !hail.query.contains_key("lang");
    let pulse = Pulse {
        writes: site.db.stats().groups,
        today: site.clock.now().day(),
    };
    alike.then(|| (format!("{} {uri}", hail.lang(site, None).code()), pulse))
}

/// Who looks at a page is not idle; noted now and then, so that a page view does not write.
async fn stay_awake(site: &Site, credentials: Option<Credentials>) {
    let now = site.clock.now();
    let Some(credentials) = credentials.filter(|c| site.awake.is_due(c, now)) else {
        return;
    };
    let touch = site.door.touch;
    let noted = site.db.write(move |tx| touch(tx, &credentials, now)).await;
    if let Err(error) = noted {
        tracing::warn!(%error, "a session could not be kept awake");
    }
}

fn look(tx: &mut Tx, ask: &Ask, hail: &Hail, view: &View) -> Result<Reply> {
    view.who.admits(ask.actor.as_ref())?;
    match hail.format {
        Format::Csv | Format::Xlsx => export::file(tx, ask, view, hail.format),
        Format::Json => api::answer(ask, view.shape, (view.run)(tx, ask)?),
        Format::Html => {
            let answer = (view.run)(tx, ask)?;
            let reply = html::answer(tx, ask, hail, view, answer)?;
            Ok(hail.dress(&ask.site, reply, None))
        }
    }
}

/// The answer of a read that ended, or words about why it did not.
fn finish(site: &Site, hail: &Hail, reply: Result<Reply>) -> Response<Body> {
    reply
        .unwrap_or_else(|error| wrong(&hail.stranger(site), hail, &error))
        .into()
}

/// Words about what went wrong, in the clothes the request wears.
fn wrong(ask: &Ask, hail: &Hail, error: &Error) -> Reply {
    if let Error::Fault(what) = error {
        tracing::error!(path = %hail.path, what, "fault");
    }
    match hail.format {
        Format::Json => api::problem(&ask.words, error),
        _ => html::problem(ask, hail, error),
    }
}

fn act_html(act: Act) -> MethodRouter<Site> {
    let shown = move |State(site): State<Site>, params: RawPathParams, request: Request| async move {
        let hail = Hail::new(Format::Html, &params, &request);
        show_form(&site, act, hail, None).await
    };
    let done = move |State(site): State<Site>, params: RawPathParams, request: Request| async move {
        let hail = Hail::new(Format::Html, &params, &request);
        match body::form(&site, request).await {
            Ok(entered) => {
                let sent = entered.first("form_token").to_owned();
                let ours = guard::same_origin(&site.settings, &hail.headers, &hail.cookies, &sent);
                let once = format!("form-{}", entered.first("form_once"));
                let key = if once == "form-" { String::new() } else { once };
                let outcome = match ours {
                    Ok(()) => perform(&site, act, &hail, &entered, &key).await,
                    Err(error) => Err(error),
                };
                html_done(&site, act, hail, entered, outcome).await
            }
            Err(error) => wrong(&hail.stranger(&site), &hail, &error).into(),
        }
    };
    get(shown).post(done)
}

async fn html_done(
    site: &Site,
    act: Act,
    hail: Hail,
    entered: Entered,
    outcome: Result<Done>,
) -> Response<Body> {
    match outcome {
        Ok(done) => {
            let mut reply = Reply::see(&done.see);
            if let Some(session) = &done.session {
                let line = guard::session_cookie(&site.settings, session);
                reply = reply.header(header::SET_COOKIE, &line);
            }
            if let Some(key) = done.notice {
                let line = guard::cookie(&site.settings, guard::NOTICE, key, 1);
                reply = reply.header(header::SET_COOKIE, &line);
            }
            reply.into()
        }
        Err(error @ (Error::Refused(_) | Error::Conflict(_) | Error::Later(_))) => {
            show_form(site, act, hail, Some((entered, error))).await
        }
        Err(error) => {
            let (inner, kept) = (site.clone(), hail.clone());
            let error = std::sync::Arc::new(error);
            let reply = site.db.read(move |tx| {
                let ask = kept.ask(&inner, tx)?;
                Ok(wrong(&ask, &kept, &error))
            });
            finish(site, &hail, reply.await)
        }
    }
}

/// The form of an act; after a refusal with what was entered and words at the fields.
async fn show_form(
    site: &Site,
    act: Act,
    hail: Hail,
    tried: Option<(Entered, Error)>,
) -> Response<Body> {
    let tie = guard::token(&site.settings, &hail.cookies)
        .is_none()
        .then(guard::random);
    let (inner, kept, tied) = (site.clone(), hail.clone(), tie.clone());
    let tried = tried.map(std::sync::Arc::new);
    let reply = site.db.read(move |tx| {
        let ask = kept.ask(&inner, tx)?;
        let token = match &tied {
            Some(tie) => guard::token_for(&inner.settings, tie),
            None => guard::token(&inner.settings, &kept.cookies).unwrap_or_default(),
        };
        let form = html::form(tx, &ask, &kept, &act, tried.as_deref(), &token);
        Ok(match form {
            Ok(reply) => kept.dress(&inner, reply, tied.as_deref()),
            Err(error) => wrong(&ask, &kept, &error),
        })
    });
    finish(site, &hail, reply.await)
}

fn act_json(act: Act) -> MethodRouter<Site> {
    post(
        move |State(site): State<Site>, params: RawPathParams, request: Request| async move {
            let hail = Hail::new(Format::Json, &params, &request);
            let outcome = json_done(&site, act, &hail, request).await;
            match outcome {
                Ok(done) => {
                    let mut body = match done.body {
                        serde_json::Value::Object(object) => object,
                        serde_json::Value::Null => serde_json::Map::new(),
                        other => serde_json::Map::from_iter([("result".to_owned(), other)]),
                    };
                    body.insert("see".to_owned(), done.see.into());
                    Reply::json(StatusCode::OK, &serde_json::Value::Object(body)).into()
                }
                Err(error) => Response::from(wrong(&hail.stranger(&site), &hail, &error)),
            }
        },
    )
}

async fn json_done(site: &Site, act: Act, hail: &Hail, request: Request) -> Result<Done> {
    let header = |name: &str| {
        hail.headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .unwrap_or("")
            .trim()
            .to_owned()
    };
    let kind = header("content-type");
    let bytes = body::whole(request).await?;
    if !bytes.is_empty() && !kind.starts_with("application/json") {
        return Err(Refusal::whole("form-not-json-type").into());
    }
    let key = header("idempotency-key");
    if key.len() > 200 {
        return Err(Refusal::whole("form-key-too-long").into());
    }
    let entered = body::json(site, &(act.form)(), &bytes)?;
    perform(site, act, hail, &entered, &key).await
}

/// Does an act: who, what was entered, slow work, then all of it in one transaction, once.
async fn perform(site: &Site, act: Act, hail: &Hail, entered: &Entered, key: &str) -> Result<Done> {
    let (inner, kept, given) = (site.clone(), hail.clone(), entered.clone());
    let (ask, values) = site
        .db
        .read(move |tx| {
            let ask = kept.ask(&inner, tx)?;
            act.who.admits(ask.actor.as_ref())?;
            let asked = form::resolve((act.form)(), tx, &ask)?;
            let values = discreet::read(tx, inner.door.named, &asked, &given)?;
            Ok((ask, values))
        })
        .await?;
    let once = Once::of(key, ask.actor.as_ref(), &hail.path, &unmarked(entered));
    let mut call = Call {
        ask,
        values,
        prepared: BTreeMap::new(),
    };
    if let Some(prepare) = act.prepare {
        let inner = site.clone();
        let work = tokio::task::spawn_blocking(move || prepare(&inner, &mut call).map(|()| call));
        call = work.await.map_err(Error::fault)??;
    }
    site.db
        .write(move |tx| transact(tx, act, &call, once.as_ref()))
        .await
}

/// An act in its transaction; a repeated request gets the earlier answer.
///
/// # Errors
/// Whatever the act answers; nothing is changed then.
pub fn transact(tx: &mut Tx, act: Act, call: &Call, once: Option<&Once>) -> Result<Done> {
    if call.actor.is_some() && call.credentials.session.is_some() {
        (call.site.door.touch)(tx, &call.credentials, call.now)?;
    }
    if let Some(once) = once {
        if let Some(done) = once::earlier(tx, once)? {
            return Ok(done);
        }
        let done = run_counted(tx, act, call)?;
        once::keep(tx, once, &done, call.now)?;
        return Ok(done);
    }
    run_counted(tx, act, call)
}

/// Runs an act; a stranger's is counted.
fn run_counted(tx: &mut Tx, act: Act, call: &Call) -> Result<Done> {
    let turn = throttle::turn(tx, &act, call)?;
    let done = (act.run)(tx, call)?;
    if let Some(turn) = turn {
        turn.taken(tx, &done)?;
    }
    Ok(done)
}

/// What was entered without what only the form itself needs.
fn unmarked(entered: &Entered) -> Entered {
    let mut entered = entered.clone();
    entered.texts.retain(|name, _| !name.starts_with("form_"));
    entered
}
