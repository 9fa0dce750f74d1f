//! The files of a package under the address of whoever opened it, and what its pages report.
//!
//! Everything here answers to the address alone: no cookie is read, none is set, and what is served runs
//! in a box that belongs to no site.

use super::inject::{in_script, inject};
use super::outline::outline;
use super::token::Pass;
use super::{given, h5p, heard};
use base::{Error, Id, Result};
use db::Tx;
use formats::Package;
use resources::{Rendition, Resource, Use};
use std::io::BufReader;
use web::http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, header,
};
use web::wire::{Part, bare, put};
use web::{Body, Bytes, Site, Speaking, Wire};

/// Bytes of a report.
const LARGEST: usize = 1 << 20;
/// Where reports are sent, among the files of the package.
pub(super) const REPORT: &str = "~report";
/// What the pages may do: run, load their own files, and nothing else.
pub(super) const BOX: &str = "allow-scripts allow-forms allow-popups allow-modals";
const POLICY: &str = "sandbox allow-scripts allow-forms allow-popups allow-modals; default-src 'self' data: blob: \
                      'unsafe-inline' 'unsafe-eval'; form-action 'none'; base-uri 'self'";

const RUN: &str = include_str!("../../assets/run.js");
const H5P: &str = include_str!("../../assets/h5p.js");
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
pub(super) fn h5p_path() -> String {
    named("h5p.js", H5P)
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
            path: super::player::PATH,
            largest: 1_024,
            serve: super::player::serve,
        },
        Wire {
            path: super::play::PATH,
            largest: 1_024,
            serve: super::play::serve,
        },
        Wire {
            path: super::way::PATH,
            largest: 4_096,
            serve: super::way::serve,
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
            ("h5p.js", H5P, "text/javascript; charset=utf-8"),
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
pub(super) fn open_to_the_box(response: &mut Response<Body>) {
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

async fn answer(
    site: &Site,
    path: &str,
    method: &Method,
    headers: &HeaderMap,
    body: Bytes,
) -> Result<Response<Body>> {
    let rest = path.strip_prefix("/packages/at/").ok_or(Error::Missing)?;
    let (token, name) = rest.split_once('/').ok_or(Error::Missing)?;
    let name = base::address::decoded(name).ok_or(Error::Missing)?;
    let now = site.clock.now();
    let pass = Pass::open(&site.settings.secret, token, now).ok_or(Error::Missing)?;
    match (method, name.as_str()) {
        (&Method::POST, REPORT) => heard::report(site, pass, body, now).await,
        (&Method::GET | &Method::HEAD, _) => {
            let base = format!("/packages/at/{token}/");
            file(site, pass, name, &base, headers, method == Method::HEAD).await
        }
        _ => Ok(bare(StatusCode::METHOD_NOT_ALLOWED)),
    }
}

/// The resource and the form of a pass, still shown.
pub(super) fn shown(tx: &mut Tx, form: Id) -> Result<(Resource, Rendition)> {
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
    let plays = name == h5p::PAGE;
    let page = plays || is_page(&name);
    let (inner, now) = (site.clone(), site.clock.now());
    // Only a page is told how the learner's work stands.
    let (form, held) = site
        .db
        .read(move |tx| {
            let (_, form) = shown(tx, pass.form)?;
            let held = match page {
                true => Some(given::held(tx, &inner.files, &pass, &form)?),
                false => None,
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
    let (base, inner) = (base.to_owned(), site.clone());
    let work = tokio::task::spawn_blocking(move || -> Result<Response<Body>> {
        let mut bytes = if plays {
            let outline = outline(&inner.files, &form)?;
            let player = held.as_ref().and_then(given::Held::player);
            h5p::page(&outline, player.ok_or(Error::Missing)?).into_bytes()
        } else {
            let (kept, _) = inner.files.open_kept(&form.hash)?;
            Package::over(BufReader::new(kept))?.read(&name)?
        };
        let mime = if plays {
            "text/html; charset=utf-8"
        } else {
            mime_inside(&name, &bytes)
        };
        if let Some(held) = held {
            let outline = outline(&inner.files, &form)?;
            let given = given::given(&inner, &pass, &outline, held, &base, now);
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
    let size = bytes.len() as u64;
    let (from, to) = match range.map_or(Part::All, |range| Part::of(range, size)) {
        Part::All => return Response::new(Body::from(bytes)),
        Part::None => {
            let mut response = bare(StatusCode::RANGE_NOT_SATISFIABLE);
            let says = format!("bytes */{size}");
            put(&mut response, header::CONTENT_RANGE, &says);
            return response;
        }
        Part::Some(from, to) => (from, to),
    };
    let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX);
    let piece = bytes.get(at(from)..=at(to)).unwrap_or_default().to_vec();
    let mut response = Response::new(Body::from(piece));
    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
    let says = format!("bytes {from}-{to}/{size}");
    put(&mut response, header::CONTENT_RANGE, &says);
    put(&mut response, header::CONTENT_ENCODING, "identity");
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_run_time_is_small() {
        assert!(
            RUN.len() <= 30_000
                && H5P.len() <= 5_500
                && PLAY.len() <= 2_500
                && SHEET.len() <= 2_000
        );
    }
}
