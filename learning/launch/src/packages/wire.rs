//! The files of a package under the address of whoever opened it, and what its pages report.
//!
//! Everything here answers to the address alone: no cookie is read, none is set, and what is served runs
//! in a box that belongs to no site.

use super::credit::{credit, talking};
use super::inject::{in_script, inject};
use super::outline::{Outline, outline};
use super::report::{About, PASSING, Report, Told, length, statement};
use super::store::{self, Place, Work};
use super::token::Pass;
use base::{Error, Id, Moment, Result};
use db::Tx;
use formats::Package;
use records::Statement;
use resources::{Rendition, Resource, Use};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::BufReader;
use web::http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header,
};
use web::{Body, Bytes, Site, Speaking, Wire};

/// Bytes of a report.
const LARGEST: usize = 1 << 20;
/// Where reports are sent, among the files of the package.
const REPORT: &str = "~report";
/// What the pages may do: run, load their own files, and nothing else.
pub(super) const BOX: &str = "allow-scripts allow-forms allow-popups allow-modals";
const POLICY: &str = "sandbox allow-scripts allow-forms allow-popups allow-modals; default-src 'self' data: blob: \
                      'unsafe-inline' 'unsafe-eval'; form-action 'none'; base-uri 'self'";

const RUN: &str = include_str!("../../assets/run.js");
const PLAY: &str = include_str!("../../assets/play.js");
const SHEET: &str = include_str!("../../assets/play.css");

/// The address of a file of this room, with a mark of what it holds.
fn named(name: &str, text: &str) -> String {
    let (stem, end) = name.split_once('.').unwrap_or((name, ""));
    let mark = blake3::hash(text.as_bytes()).to_hex();
    format!("/packages/assets/{stem}-{}.{end}", &mark[..12])
}
pub(super) fn script_path() -> String {
    named("play.js", PLAY)
}
pub(super) fn sheet_path() -> String {
    named("play.css", SHEET)
}

/// The addresses of this part.
pub(super) fn wires() -> Vec<Wire> {
    vec![
        Wire {
            path: "/packages/at/{token}/{*name}",
            largest: LARGEST,
            serve,
        },
        Wire {
            path: "/packages/assets/{name}",
            largest: 1_024,
            serve: asset,
        },
        Wire {
            path: super::play::PATH,
            largest: 1_024,
            serve: super::play::serve,
        },
        Wire {
            path: super::questions::PATH,
            largest: 200_000,
            serve: super::questions::serve,
        },
    ]
}

fn asset(_: Site, request: Request<Bytes>) -> Speaking {
    Box::pin(async move {
        let path = request.uri().path();
        let all = [
            ("run.js", RUN, "text/javascript; charset=utf-8"),
            ("play.js", PLAY, "text/javascript; charset=utf-8"),
            ("play.css", SHEET, "text/css; charset=utf-8"),
        ];
        let Some((_, text, mime)) = all
            .into_iter()
            .find(|(name, text, _)| named(name, text) == path)
        else {
            return bare(StatusCode::NOT_FOUND);
        };
        let mut response = Response::new(Body::from(text));
        put(&mut response, header::CONTENT_TYPE, mime);
        put(
            &mut response,
            header::CACHE_CONTROL,
            "public, max-age=31536000, immutable",
        );
        open_to_the_box(&mut response);
        response
    })
}

fn serve(site: Site, request: Request<Bytes>) -> Speaking {
    Box::pin(async move {
        let (head, body) = request.into_parts();
        let done = answer(&site, head.uri.path(), &head.method, &head.headers, body).await;
        let mut response = done.unwrap_or_else(|error| refused(&error));
        open_to_the_box(&mut response);
        response
    })
}

/// A page in its box belongs to no site: its own files come to it from elsewhere.
fn open_to_the_box(response: &mut Response<Body>) {
    put(
        response,
        HeaderName::from_static("cross-origin-resource-policy"),
        "cross-origin",
    );
    put(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "null");
    put(response, header::REFERRER_POLICY, "no-referrer");
}

fn refused(error: &Error) -> Response<Body> {
    if let Error::Fault(what) = error {
        tracing::error!(what, "a package");
    }
    bare(match error {
        Error::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Forbidden(_) => StatusCode::FORBIDDEN,
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::NOT_FOUND,
    })
}

pub(super) fn bare(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

pub(super) fn put(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

async fn answer(
    site: &Site,
    path: &str,
    method: &Method,
    headers: &HeaderMap,
    body: Bytes,
) -> Result<Response<Body>> {
    let rest = path.strip_prefix("/packages/at/").ok_or(Error::Missing)?;
    let (token, name) = rest.split_once('/').ok_or(Error::Missing)?;
    let name = decoded(name).ok_or(Error::Missing)?;
    let now = site.clock.now();
    let pass = Pass::open(&site.settings.secret, token, now).ok_or(Error::Missing)?;
    match (method, name.as_str()) {
        (&Method::POST, REPORT) => report(site, pass, body, now).await,
        (&Method::GET | &Method::HEAD, _) => {
            let base = format!("/packages/at/{token}/");
            file(site, pass, name, &base, headers, method == Method::HEAD).await
        }
        _ => Ok(bare(StatusCode::METHOD_NOT_ALLOWED)),
    }
}

/// The resource and the form of a pass, still shown.
fn shown(tx: &mut Tx, form: Id) -> Result<(Resource, Rendition)> {
    let form = resources::rendition(tx, form)?;
    let resource = resources::resource(tx, form.resource)?;
    resource.may(Use::Show)?;
    if form.channel != "package" {
        return Err(Error::Missing);
    }
    Ok((resource, form))
}

// ---- files

async fn file(
    site: &Site,
    pass: Pass,
    name: String,
    base: &str,
    headers: &HeaderMap,
    head: bool,
) -> Result<Response<Body>> {
    let page = is_page(&name);
    let inner = site.clone();
    // Only a page is told how the learner's work stands.
    let (form, held) = site
        .db
        .read(move |tx| {
            let (_, form) = shown(tx, pass.form)?;
            let held = match pass.person.filter(|_| page) {
                Some(person) => {
                    let work = store::of_unit(tx, person, form.id, i64::from(pass.unit))?;
                    let values = match &work {
                        Some(work) => store::values(tx, work.id)?,
                        None => BTreeMap::new(),
                    };
                    Some((work, values))
                }
                None => None,
            };
            Ok((form, held))
        })
        .await?;
    let tag = format!(
        "\"{}-{}\"",
        form.hash.get(..24).unwrap_or(&form.hash),
        Id::named("file", &name)
    );
    let get = |name| {
        headers
            .get(name)
            .and_then(|value: &HeaderValue| value.to_str().ok())
    };
    if !page && get(header::IF_NONE_MATCH) == Some(tag.as_str()) {
        return Ok(bare(StatusCode::NOT_MODIFIED));
    }
    let range = get(header::RANGE).map(str::to_owned);
    let (base, now) = (base.to_owned(), site.clock.now());
    let work = tokio::task::spawn_blocking(move || -> Result<Response<Body>> {
        let outline = outline(&inner.files, &form)?;
        let (kept, _) = inner.files.open_kept(&form.hash)?;
        let mut bytes = Package::over(BufReader::new(kept))?.read(&name)?;
        let mime = mime_inside(&name, &bytes);
        if page {
            let given = given(&inner, &pass, &outline, held, &base, now);
            let tags = format!(
                "<script>window.$package={}</script><script src=\"{}\"></script>",
                in_script(&given),
                named("run.js", RUN)
            );
            bytes = inject(&bytes, &tags).unwrap_or(bytes);
        }
        let mut response = part(bytes, range.as_deref().filter(|_| !page));
        put(&mut response, header::CONTENT_TYPE, mime);
        put(&mut response, header::CONTENT_SECURITY_POLICY, POLICY);
        if ["audio/", "video/", "font/"]
            .iter()
            .any(|kind| mime.starts_with(kind))
        {
            // Packed already: packing it again costs and gains nothing.
            put(&mut response, header::CONTENT_ENCODING, "identity");
        }
        if page {
            put(&mut response, header::CACHE_CONTROL, "no-store");
        } else {
            put(
                &mut response,
                header::CACHE_CONTROL,
                "private, max-age=86400, immutable",
            );
            put(&mut response, header::ETAG, &tag);
            put(&mut response, header::ACCEPT_RANGES, "bytes");
        }
        Ok(response)
    });
    let mut response = work.await.map_err(Error::fault)??;
    if head {
        *response.body_mut() = Body::empty();
    }
    Ok(response)
}

fn is_page(name: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or_default();
    ["html", "htm", "xhtml"]
        .iter()
        .any(|one| end.eq_ignore_ascii_case(one))
}

/// The type of a file inside; a page in another encoding says so itself.
fn mime_inside(name: &str, bytes: &[u8]) -> &'static str {
    let mime = formats::mime_of(name, bytes);
    if mime.starts_with("text/html") && std::str::from_utf8(bytes).is_err() {
        "text/html"
    } else {
        mime
    }
}

/// The bytes, or the one part of them that was asked for.
fn part(bytes: Vec<u8>, range: Option<&str>) -> Response<Body> {
    let size = bytes.len();
    let asked = range
        .and_then(|range| range.trim().strip_prefix("bytes="))
        .and_then(|spec| spec.split_once('-'))
        .and_then(|(from, to)| {
            let last = size.checked_sub(1)?;
            let (from, to) = (from.trim(), to.trim());
            Some(if from.is_empty() {
                (size.saturating_sub(to.parse().ok()?), last)
            } else if to.is_empty() {
                (from.parse().ok()?, last)
            } else {
                (from.parse().ok()?, to.parse::<usize>().ok()?.min(last))
            })
        });
    let Some((from, to)) = asked else {
        return Response::new(Body::from(bytes));
    };
    let Some(piece) = bytes.get(from..=to).filter(|piece| !piece.is_empty()) else {
        let mut response = bare(StatusCode::RANGE_NOT_SATISFIABLE);
        put(
            &mut response,
            header::CONTENT_RANGE,
            &format!("bytes */{size}"),
        );
        return response;
    };
    let mut response = Response::new(Body::from(piece.to_vec()));
    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    put(
        &mut response,
        header::CONTENT_RANGE,
        &format!("bytes {from}-{to}/{size}"),
    );
    put(&mut response, header::CONTENT_ENCODING, "identity");
    response
}

/// What a page of the package is told: its version, the facts of this opening, the values kept.
fn given(
    site: &Site,
    pass: &Pass,
    outline: &Outline,
    held: Option<(Option<Work>, BTreeMap<String, String>)>,
    base: &str,
    now: Moment,
) -> Value {
    let version = outline.version();
    let unit = usize::try_from(pass.unit).unwrap_or(usize::MAX);
    let Some(unit_of) = outline.units.get(unit).filter(|unit| unit.talks) else {
        return json!({ "version": "" });
    };
    let recorded = pass.person.is_some();
    let (work, mut values) = held.unwrap_or_default();
    for element in PASSING {
        values.remove(element);
    }
    let entry = match &work {
        None => "ab-initio",
        Some(work) if work.goes_on() => "resume",
        Some(_) if version == "2004" => {
            // What ended by itself begins anew.
            values.clear();
            "ab-initio"
        }
        Some(_) => "",
    };
    let learner = pass.person.map_or_else(
        || "looking".to_owned(),
        |person| {
            // The same for this package every time, and for no other.
            let mut hasher = blake3::Hasher::new_keyed(&site.settings.secret);
            hasher
                .update(b"package learner\0")
                .update(person.0.as_bytes());
            hasher.update(pass.form.0.as_bytes());
            format!("L{}", &hasher.finalize().to_hex()[..20])
        },
    );
    let beside = |n: Option<usize>| {
        let there = n
            .and_then(|n| outline.units.get(n))
            .is_some_and(|u| u.start.is_some());
        if there { "true" } else { "false" }
    };
    let mastery = unit_of.mastery.map(|mastery| {
        if version == "1.2" {
            format!("{}", (mastery * 100.0).round())
        } else {
            format!("{mastery}")
        }
    });
    json!({
        "version": version,
        "to": format!("{base}{REPORT}"),
        "session": now.micros(),
        "data": values,
        "facts": {
            "learner": learner,
            "name": "Learner",
            "credit": if recorded { "credit" } else { "no-credit" },
            "mode": if recorded { "normal" } else { "browse" },
            "entry": entry,
            "total": length(version, work.map_or(0, |work| work.total())),
            "launch": unit_of.data,
            "mastery": mastery,
            "longest": unit_of.longest,
            "limit": unit_of.limit_action,
            "threshold": unit_of.threshold.map(|least| least.to_string()),
            "next": beside(unit.checked_add(1)),
            "before": beside(unit.checked_sub(1)),
        },
    })
}

// ---- reports

async fn report(site: &Site, pass: Pass, body: Bytes, now: Moment) -> Result<Response<Body>> {
    let report = Report::read(&body)?;
    let inner = site.clone();
    let (resource, form) = site.db.read(move |tx| shown(tx, pass.form)).await?;
    let kept = form.clone();
    let work = tokio::task::spawn_blocking(move || outline(&inner.files, &kept));
    let outline = work.await.map_err(Error::fault)??;
    let unit = usize::try_from(pass.unit)
        .ok()
        .and_then(|n| outline.units.get(n));
    let unit = unit.filter(|unit| unit.talks).ok_or(Error::Missing)?;
    if let Some(person) = pass.person {
        let at = Place {
            person,
            form: form.id,
            unit: i64::from(pass.unit),
            version: outline.version(),
        };
        let (title, resource) = (unit.title.clone(), resource.id);
        let units = talking(&outline);
        site.db
            .write(move |tx| keep(tx, at, &report, (resource, &title, &units), now))
            .await?;
    }
    Ok(bare(StatusCode::NO_CONTENT))
}

/// Keeps a report, and tells the record store what it changed.
pub(super) fn keep(
    tx: &mut Tx,
    at: Place,
    report: &Report,
    (resource, title, units): (Id, &str, &[i64]),
    now: Moment,
) -> Result<()> {
    let heard = store::hear(tx, at, report, now)?;
    let about = About {
        resource,
        form: at.form,
        unit: at.unit,
        title,
        registration: heard.work,
    };
    let ends = [Told::Completed, Told::Passed, Told::Failed];
    let judged = report.judges() || heard.told.iter().any(|told| ends.contains(told));
    let mut statements = Vec::with_capacity(heard.told.len());
    let mut said_by = None;
    for told in heard.told {
        let name = format!(
            "{}|{}|{}|{}",
            heard.work,
            report.session,
            report.number,
            told.verb()
        );
        let id = Id::named("package-statement", &name);
        if ends.contains(&told) {
            said_by = Some(id);
        }
        let said = statement(told, &about, &heard.standing);
        statements.push(Statement::told(tx, id, at.person, said, now)?);
    }
    if !statements.is_empty() {
        records::append(tx, &statements, now)?;
    }
    if judged {
        credit(tx, at, (resource, units), said_by, now)?;
    }
    Ok(())
}

/// The text of an address without its percent signs; none when that is no text.
pub(super) fn decoded(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || bytes.next().and_then(|b| char::from(b).to_digit(16));
        let value = digit()? * 16 + digit()?;
        out.push(u8::try_from(value).ok()?);
    }
    String::from_utf8(out).ok()
}

/// A name inside a package as it stands in an address, its query kept.
pub(super) fn encoded(name: &str) -> String {
    use std::fmt::Write;
    let cut = name.find(['?', '#']).unwrap_or(name.len());
    let (path, rest) = name.split_at(cut);
    let mut out = String::with_capacity(name.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    for c in rest.chars() {
        if c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>') {
            out.push(c);
        } else {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_out_and_come_back() {
        for name in ["a b/c.html", "é.html", "100%.html", "plain.js"] {
            assert_eq!(decoded(&encoded(name)).as_deref(), Some(name));
        }
        assert_eq!(encoded("a b.html?q=x y#z"), "a%20b.html?q=x%20y#z");
        assert_eq!(decoded("%zz"), None);
    }

    #[test]
    fn the_run_time_is_small() {
        assert!(RUN.len() <= 26_000 && PLAY.len() <= 2_000 && SHEET.len() <= 2_000);
    }
}
