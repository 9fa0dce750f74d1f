//! The files of resources: kept for ever under what they contain, in parts where only a part is asked
//! for. What comes from a package runs in a box of its own, without this site's cookies.

use crate::licence::Use;
use crate::resource::{Rendition, Resource, Standing, may_see};
use crate::{acts, store};
use base::address::decoded;
use base::{Error, Id, Result};
use futures_util::{StreamExt, stream};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use web::hail::Hail;
use web::http::{HeaderMap, Method, Request, Response, StatusCode, header};
use web::wire::{Part, bare, put};
use web::{Body, Bytes, Site, Speaking, Wire};

/// Bytes read at a time.
const PIECE: usize = 1 << 16;

/// A page of a package may run its own scripts and load its own files, and nothing else: no cookies,
/// no other address, no window above it.
const BOX: &str = "sandbox allow-scripts allow-forms allow-popups; default-src 'self' data: blob: \
                   'unsafe-inline' 'unsafe-eval'; frame-ancestors 'self'; base-uri 'self'";

/// The addresses of files.
pub(crate) fn wires() -> Vec<Wire> {
    let wire = |path| Wire {
        path,
        largest: 1_024,
        serve,
    };
    vec![
        wire("/resources/{id}/files/{*name}"),
        wire("/resources/{id}/download/{form}"),
        wire("/resources/{id}/open/{form}"),
        wire("/resources/{id}/subtitles/{form}"),
        wire("/resources/{id}/package/{form}/{*name}"),
    ]
}

fn serve(site: Site, request: Request<Bytes>) -> Speaking {
    Box::pin(async move {
        let hail = Hail::of_wire("", &request);
        let answered = answer(&site, &hail, request.method()).await;
        answered.unwrap_or_else(|error| refused(&error))
    })
}

fn refused(error: &Error) -> Response<Body> {
    let status = match error {
        Error::Refused(_) | Error::Forbidden(_) => StatusCode::FORBIDDEN,
        Error::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::NOT_FOUND,
    };
    let mut response = Response::new(Body::from(status.to_string()));
    *response.status_mut() = status;
    response
}

/// What stands in the path.
enum Wanted {
    /// A picture or sound of the text, by its name.
    Asset(String),
    /// A form, whole.
    Form(Id),
    /// Where a package starts.
    Start(Id),
    /// Subtitles as browsers read them.
    Track(Id),
    /// A file inside a package.
    Inside(Id, String),
}

fn parse(path: &str) -> Result<(Id, Wanted)> {
    let rest = path.strip_prefix("/resources/").ok_or(Error::Missing)?;
    let mut parts = rest.splitn(4, '/');
    let mut next = || parts.next().ok_or(Error::Missing);
    let id = Id::parse(next()?).ok_or(Error::Missing)?;
    let (what, third) = (next()?, next()?);
    let fourth = next().ok();
    let form = || Id::parse(third).ok_or(Error::Missing);
    let wanted = match what {
        "files" => {
            let name = match fourth {
                Some(more) => format!("{third}/{more}"),
                None => third.to_owned(),
            };
            Wanted::Asset(decoded(&name).ok_or(Error::Missing)?)
        }
        "download" => Wanted::Form(form()?),
        "open" => Wanted::Start(form()?),
        "subtitles" => Wanted::Track(form()?),
        "package" => Wanted::Inside(form()?, fourth.and_then(decoded).ok_or(Error::Missing)?),
        _ => return Err(Error::Missing),
    };
    Ok((id, wanted))
}

/// What is to be sent.
struct Sending {
    form: Rendition,
    /// The name inside the package; none for the file itself.
    inside: Option<String>,
    /// Anybody may keep it.
    public: bool,
    /// Where the start of a package is.
    see: Option<String>,
    /// Sent as the subtitles of a film.
    track: bool,
}

async fn answer(site: &Site, hail: &Hail, method: &Method) -> Result<Response<Body>> {
    if !matches!(method.as_str(), "GET" | "HEAD") {
        return Ok(bare(StatusCode::METHOD_NOT_ALLOWED));
    }
    let (id, _) = parse(&hail.path)?;
    let (inner, asked, path) = (site.clone(), hail.credentials(), hail.path.clone());
    let sending = site
        .db
        .read(move |tx| {
            let (_, wanted) = parse(&path)?;
            let signed = asked.session.is_some() || asked.key.is_some();
            let actor = if signed {
                (inner.door.authenticate)(tx, &asked, inner.clock.now())?
            } else {
                None
            };
            let mut track = false;
            let (resource, form, inside, start) = match wanted {
                Wanted::Asset(name) => {
                    let resource = store::find(tx, id)?;
                    if !may_see(&resource, actor.as_ref()) {
                        return Err(Error::Missing);
                    }
                    let forms = store::renditions(tx, id)?;
                    let form = forms
                        .into_iter()
                        .find(|one| one.channel == "asset" && one.name == name)
                        .ok_or(Error::Missing)?;
                    (resource, form, None, false)
                }
                Wanted::Track(form) => {
                    track = true;
                    let (resource, form) = acts::seen_form(tx, id, form, actor.as_ref())?;
                    (resource, form, None, false)
                }
                Wanted::Form(form) => {
                    let (resource, form) = acts::seen_form(tx, id, form, actor.as_ref())?;
                    (resource, form, None, false)
                }
                Wanted::Start(form) => {
                    let (resource, form) = acts::seen_form(tx, id, form, actor.as_ref())?;
                    (resource, form, None, true)
                }
                Wanted::Inside(form, name) => {
                    let (resource, form) = acts::seen_form(tx, id, form, actor.as_ref())?;
                    (resource, form, Some(name), false)
                }
            };
            gate(&resource, &form)?;
            if (inside.is_some() || start) && form.channel != "package"
                || track && form.channel != "subtitles"
            {
                return Err(Error::Missing);
            }
            Ok(Sending {
                public: resource.standing == Standing::Approved,
                see: start.then(|| format!("/resources/{id}/package/{}/", form.id)),
                form,
                inside,
                track,
            })
        })
        .await?;
    let (inner, asked, head) = (
        site.clone(),
        hail.headers.clone(),
        method.as_str() == "HEAD",
    );
    let work = tokio::task::spawn_blocking(move || send(&inner, sending, &asked, head));
    work.await.map_err(Error::fault)?
}

/// What the licence lets be fetched: to look at what is shown, to keep what may be passed on.
fn gate(resource: &Resource, form: &Rendition) -> Result<()> {
    resource.may(Use::Show)?;
    match form.channel.as_str() {
        "original" => resource.may(Use::PassOn)?,
        "print" => resource.may(Use::Print)?,
        _ => {}
    }
    Ok(())
}

fn send(site: &Site, sending: Sending, headers: &HeaderMap, head: bool) -> Result<Response<Body>> {
    let form = &sending.form;
    if let Some(base) = &sending.see {
        let bytes = site.files.read(&form.hash)?;
        let entry = formats::read(&form.name, &bytes)?
            .entry
            .ok_or(Error::Missing)?;
        let mut response = bare(StatusCode::SEE_OTHER);
        put(
            &mut response,
            header::LOCATION,
            &format!("{base}{}", base::address::file(&entry)),
        );
        return Ok(response);
    }
    let tag = format!(
        "\"{}{}\"",
        form.hash.get(..32).unwrap_or(&form.hash),
        sending
            .inside
            .as_deref()
            .or_else(|| sending.track.then_some("track"))
            .map(|name| format!("-{}", Id::named("file", name)))
            .unwrap_or_default()
    );
    let mut response = match &sending.inside {
        Some(name) => inside(site, form, name)?,
        None if sending.track => track(site, form)?,
        None => whole(site, form, headers, &tag)?,
    };
    let cache = if sending.public && form.channel == "asset" {
        // Named, not numbered: a newer picture may come under the same name.
        "public, max-age=86400"
    } else if sending.public {
        "public, max-age=31536000, immutable"
    } else {
        "private, max-age=3600"
    };
    put(&mut response, header::CACHE_CONTROL, cache);
    put(&mut response, header::ETAG, &tag);
    let same = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|tags| tags.split(',').any(|one| one.trim() == tag));
    if same {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = Body::empty();
    } else if head {
        *response.body_mut() = Body::empty();
    }
    Ok(response)
}

/// Subtitles of whatever kind, as browsers read them.
fn track(site: &Site, form: &Rendition) -> Result<Response<Body>> {
    let bytes = site.files.read(&form.hash)?;
    let text = String::from_utf8_lossy(&bytes);
    let cues = formats::subtitles::cues(text.trim_start_matches('\u{feff}'))?;
    let mut response = Response::new(Body::from(formats::subtitles::vtt(&cues)));
    put(
        &mut response,
        header::CONTENT_TYPE,
        "text/vtt; charset=utf-8",
    );
    Ok(response)
}

/// A file of a package, in its box.
fn inside(site: &Site, form: &Rendition, name: &str) -> Result<Response<Body>> {
    let (file, _) = site.files.open_kept(&form.hash)?;
    let mut package = formats::Package::over(std::io::BufReader::new(file))?;
    let bytes = package.read(name)?;
    let mime = formats::mime_of(name, &bytes);
    let mut response = Response::new(Body::from(bytes));
    put(&mut response, header::CONTENT_TYPE, mime);
    put(&mut response, header::CONTENT_SECURITY_POLICY, BOX);
    // Inside its box a page belongs to no site, so its own files come to it from elsewhere.
    let open = header::HeaderName::from_static("cross-origin-resource-policy");
    put(&mut response, open, "cross-origin");
    put(&mut response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "null");
    put(&mut response, header::REFERRER_POLICY, "no-referrer");
    Ok(response)
}

/// Whether a browser shows a file of that type by itself, without running anything in it.
fn is_shown(mime: &str) -> bool {
    let picture = mime.starts_with("image/") && mime != "image/svg+xml";
    picture
        || mime.starts_with("audio/")
        || mime.starts_with("video/")
        || matches!(mime, "application/pdf" | "text/plain" | "text/vtt")
}

/// A kept file, or the part of it that was asked for.
fn whole(site: &Site, form: &Rendition, headers: &HeaderMap, tag: &str) -> Result<Response<Body>> {
    let (mut file, size) = site.files.open_kept(&form.hash)?;
    let get = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let still = get(header::IF_RANGE).is_none_or(|one| one.trim() == tag);
    let part = get(header::RANGE)
        .filter(|_| still)
        .map(|range| Part::of(range, size));
    let (status, from, length) = match part {
        Some(Part::Some(from, to)) => (StatusCode::PARTIAL_CONTENT, from, to - from + 1),
        Some(Part::None) => {
            let mut response = bare(StatusCode::RANGE_NOT_SATISFIABLE);
            put(
                &mut response,
                header::CONTENT_RANGE,
                &format!("bytes */{size}"),
            );
            return Ok(response);
        }
        Some(Part::All) | None => (StatusCode::OK, 0, size),
    };
    file.seek(SeekFrom::Start(from)).map_err(Error::fault)?;
    let mut response = Response::new(streamed(file, length));
    *response.status_mut() = status;
    put(&mut response, header::CONTENT_TYPE, &form.mime);
    put(&mut response, header::ACCEPT_RANGES, "bytes");
    put(&mut response, header::CONTENT_LENGTH, &length.to_string());
    if status == StatusCode::PARTIAL_CONTENT {
        let says = format!("bytes {from}-{}/{size}", from + length - 1);
        put(&mut response, header::CONTENT_RANGE, &says);
    }
    // Already packed: packing it again costs and gains nothing, and would lose its parts.
    put(&mut response, header::CONTENT_ENCODING, "identity");
    let how = if is_shown(&form.mime) {
        "inline"
    } else {
        "attachment"
    };
    let says = format!(
        "{how}; filename*=UTF-8''{}",
        base::address::file(&form.name).replace('/', "_")
    );
    put(&mut response, header::CONTENT_DISPOSITION, &says);
    put(
        &mut response,
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; sandbox",
    );
    if form.mime == "application/pdf" {
        // Browsers' own readers do not open in a box.
        put(
            &mut response,
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        );
    }
    Ok(response)
}

/// So many bytes of a file, a piece of memory at a time.
fn streamed(file: File, length: u64) -> Body {
    let pieces = stream::unfold((file, length), |(mut file, left)| async move {
        if left == 0 {
            return None;
        }
        let read = tokio::task::spawn_blocking(move || {
            let take = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
            let mut bytes = vec![0; take];
            let read = file.read(&mut bytes).map(|n| {
                bytes.truncate(n);
                bytes
            });
            (read, file)
        })
        .await;
        match read {
            Ok((Ok(bytes), _)) if bytes.is_empty() => None,
            Ok((Ok(bytes), file)) => {
                let left = left.saturating_sub(bytes.len() as u64);
                Some((Ok::<_, std::io::Error>(bytes), (file, left)))
            }
            Ok((Err(error), file)) => Some((Err(error), (file, 0))),
            Err(_) => None,
        }
    });
    Body::from_stream(pieces.fuse())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_what_they_name_and_nothing_else() {
        let id = Id::named("resource", "a");
        let (found, wanted) = parse(&format!("/resources/{id}/files/a%20b/c.png")).unwrap();
        assert!(found == id && matches!(wanted, Wanted::Asset(name) if name == "a b/c.png"));
        let inside = format!("/resources/{id}/package/{id}/res/index.html");
        assert!(
            matches!(parse(&inside).unwrap().1, Wanted::Inside(_, name) if name == "res/index.html")
        );
        assert!(parse("/resources/x/files/a").is_err());
        assert!(parse(&format!("/resources/{id}/files/%zz")).is_err());
    }
}
