//! Where units fetch their key, and where their files lie.

use super::acts::fetched;
use super::store;
use base::{Error, Id, Result};
use serde_json::json;
use web::http::{Request, Response, StatusCode, header};
use web::wire::{bare, put};
use web::{Body, Bytes, Site, Speaking, Wire};

/// A unit runs its own scripts and loads its own files, and nothing else: no cookies of this site, no
/// other address.
const BOX: &str = "sandbox allow-scripts allow-forms allow-popups allow-modals; \
                   default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; frame-ancestors 'self'; \
                   base-uri 'self'";

/// The addresses spoken here.
pub(crate) fn wires() -> Vec<Wire> {
    vec![
        Wire {
            path: "/launch/fetch/{session}/{secret}",
            largest: 65_536,
            serve: |site, request| Box::pin(fetch(site, request)),
        },
        Wire {
            path: "/launch/content/{content}/{*name}",
            largest: 1_024,
            serve: content,
        },
        Wire {
            path: "/launch/api/{*rest}",
            largest: super::api::LARGEST,
            serve: |site, request| Box::pin(super::api::serve(site, request)),
        },
    ]
}

/// The key of a session, once. Pages of other addresses may ask too: the address itself is the secret.
async fn fetch(site: Site, request: Request<Bytes>) -> Response<Body> {
    if request.method() == "OPTIONS" {
        let mut response = bare(StatusCode::NO_CONTENT);
        put(&mut response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        put(&mut response, header::ACCESS_CONTROL_ALLOW_METHODS, "POST");
        put(
            &mut response,
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "*, Content-Type, X-Experience-API-Version",
        );
        return response;
    }
    if request.method() != "POST" {
        return bare(StatusCode::METHOD_NOT_ALLOWED);
    }
    let mut parts = request.uri().path().rsplit('/');
    let (secret, id) = (
        parts.next().unwrap_or_default(),
        parts.next().unwrap_or_default(),
    );
    let (id, secret) = (
        Id::parse(id).unwrap_or_else(|| Id::named("launch", "nobody")),
        secret.to_owned(),
    );
    let (inner, now) = (site.clone(), site.clock.now());
    let done = site
        .db
        .write(move |tx| fetched(tx, &inner, id, &secret, now));
    let body = done.await.unwrap_or_else(|error| {
        tracing::error!(%error, "fetch");
        json!({ "error-code": "3", "error-text": "The machine failed." })
    });
    let mut response = Response::new(Body::from(body.to_string()));
    put(&mut response, header::CONTENT_TYPE, "application/json");
    put(&mut response, header::CACHE_CONTROL, "no-store");
    put(&mut response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    response
}

/// A file of a packaged course.
fn content(site: Site, request: Request<Bytes>) -> Speaking {
    Box::pin(async move {
        if !matches!(request.method().as_str(), "GET" | "HEAD") {
            return bare(StatusCode::METHOD_NOT_ALLOWED);
        }
        let head = request.method() == "HEAD";
        match file(&site, request.uri().path()).await {
            Ok((name, bytes)) => {
                let mime = formats::mime_of(&name, &bytes);
                let mut response = Response::new(if head {
                    Body::empty()
                } else {
                    Body::from(bytes)
                });
                put(&mut response, header::CONTENT_TYPE, mime);
                put(&mut response, header::CONTENT_SECURITY_POLICY, BOX);
                put(
                    &mut response,
                    header::CACHE_CONTROL,
                    "private, max-age=31536000, immutable",
                );
                put(&mut response, header::REFERRER_POLICY, "no-referrer");
                // Inside its box a page belongs to no site, so its own files come from elsewhere.
                put(
                    &mut response,
                    header::HeaderName::from_static("cross-origin-resource-policy"),
                    "cross-origin",
                );
                put(&mut response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
                response
            }
            Err(Error::Fault(error)) => {
                tracing::error!(%error, "content");
                bare(StatusCode::INTERNAL_SERVER_ERROR)
            }
            Err(_) => bare(StatusCode::NOT_FOUND),
        }
    })
}

async fn file(site: &Site, path: &str) -> Result<(String, Vec<u8>)> {
    let rest = path
        .strip_prefix("/launch/content/")
        .ok_or(Error::Missing)?;
    let (content, name) = rest.split_once('/').ok_or(Error::Missing)?;
    let (content, name) = (
        content.to_owned(),
        base::address::decoded(name).ok_or(Error::Missing)?,
    );
    let found = site.db.read(move |tx| {
        let (resource, hash) = store::of_content(tx, &content)?.ok_or(Error::Missing)?;
        resources::resource(tx, resource)?.may(resources::Use::Show)?;
        Ok(hash)
    });
    let (hash, inner) = (found.await?, site.clone());
    let work = tokio::task::spawn_blocking(move || {
        let (file, _) = inner.files.open_kept(&hash)?;
        let mut package = formats::Package::over(std::io::BufReader::new(file))?;
        let bytes = package.read(&name)?;
        Ok((name, bytes))
    });
    work.await.map_err(Error::fault)?
}
