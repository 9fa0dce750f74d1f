//! Where units fetch their key, and where their files lie.

use super::acts::fetched;
use super::store;
use base::{Error, Id, Result};
use serde_json::json;
use web::http::{Request, Response, StatusCode, header};
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

pub(crate) fn put(response: &mut Response<Body>, name: &'static str, value: &str) {
    if let Ok(value) = header::HeaderValue::from_str(value) {
        response
            .headers_mut()
            .insert(header::HeaderName::from_static(name), value);
    }
}

fn empty(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// The key of a session, once. Pages of other addresses may ask too: the address itself is the secret.
async fn fetch(site: Site, request: Request<Bytes>) -> Response<Body> {
    if request.method() == "OPTIONS" {
        let mut response = empty(StatusCode::NO_CONTENT);
        put(&mut response, "access-control-allow-origin", "*");
        put(&mut response, "access-control-allow-methods", "POST");
        put(
            &mut response,
            "access-control-allow-headers",
            "*, Content-Type, X-Experience-API-Version",
        );
        return response;
    }
    if request.method() != "POST" {
        return empty(StatusCode::METHOD_NOT_ALLOWED);
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
    put(&mut response, "content-type", "application/json");
    put(&mut response, "cache-control", "no-store");
    put(&mut response, "access-control-allow-origin", "*");
    response
}

/// A file of a packaged course.
fn content(site: Site, request: Request<Bytes>) -> Speaking {
    Box::pin(async move {
        if !matches!(request.method().as_str(), "GET" | "HEAD") {
            return empty(StatusCode::METHOD_NOT_ALLOWED);
        }
        let head = request.method() == "HEAD";
        match file(&site, request.uri().path()).await {
            Ok((name, bytes)) => {
                let mut response = Response::new(if head {
                    Body::empty()
                } else {
                    Body::from(bytes)
                });
                put(&mut response, "content-type", mime(&name));
                put(&mut response, "content-security-policy", BOX);
                put(
                    &mut response,
                    "cache-control",
                    "private, max-age=31536000, immutable",
                );
                put(&mut response, "referrer-policy", "no-referrer");
                // Inside its box a page belongs to no site, so its own files come from elsewhere.
                put(
                    &mut response,
                    "cross-origin-resource-policy",
                    "cross-origin",
                );
                put(&mut response, "access-control-allow-origin", "*");
                response
            }
            Err(Error::Fault(error)) => {
                tracing::error!(%error, "content");
                empty(StatusCode::INTERNAL_SERVER_ERROR)
            }
            Err(_) => empty(StatusCode::NOT_FOUND),
        }
    })
}

async fn file(site: &Site, path: &str) -> Result<(String, Vec<u8>)> {
    let rest = path
        .strip_prefix("/launch/content/")
        .ok_or(Error::Missing)?;
    let (content, name) = rest.split_once('/').ok_or(Error::Missing)?;
    let (content, name) = (content.to_owned(), decoded(name)?);
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

fn decoded(text: &str) -> Result<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || {
            let digit = bytes.next().and_then(|b| char::from(b).to_digit(16));
            digit.ok_or(Error::Missing)
        };
        let value = digit()? * 16 + digit()?;
        out.push(u8::try_from(value).unwrap_or(b'?'));
    }
    String::from_utf8(out).map_err(|_| Error::Missing)
}

/// The type of a file, by its name.
fn mime(name: &str) -> &'static str {
    let end = name
        .rsplit('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    match end.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "xhtml" => "application/xhtml+xml",
        "css" => "text/css",
        "js" | "mjs" => "text/javascript",
        "json" => "application/json",
        "xml" | "xsd" | "dtd" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "vtt" => "text/vtt",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "mp3" => "audio/mpeg",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "m4a" => "audio/mp4",
        "wav" => "audio/wav",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "wasm" => "application/wasm",
        "pdf" => "application/pdf",
        _ => "application/octet-stream",
    }
}
