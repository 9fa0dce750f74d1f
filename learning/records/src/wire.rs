//! xAPI, 2.0 and 1.0.3: where requests come in and answers go out.

use crate::check::Version;
use crate::said::{Said, Told, Turned};
use crate::statement::stamp;
use crate::{around, documents, guest, keys, statements};
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request, Response, StatusCode};
use base::{Error, Moment, Result};
use bytes::Bytes;
use db::Tx;
use keys::Grant;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use web::{Site, Speaking, Wire};

/// The largest body that is taken.
const LARGEST: usize = 32 * 1_048_576;

/// Where the protocol is spoken.
pub(crate) fn wires() -> Vec<Wire> {
    vec![
        Wire {
            path: "/xapi/2.0/{*rest}",
            largest: LARGEST,
            serve: two,
        },
        Wire {
            path: "/xapi/1.0.3/{*rest}",
            largest: LARGEST,
            serve: one,
        },
    ]
}

/// The beginning of every path of a version.
pub(crate) const fn base(version: Version) -> &'static str {
    match version {
        Version::One => "/xapi/1.0.3",
        Version::Two => "/xapi/2.0",
    }
}

fn two(site: Site, request: Request<Bytes>) -> Speaking {
    Box::pin(speak(Version::Two, site, request))
}
fn one(site: Site, request: Request<Bytes>) -> Speaking {
    Box::pin(speak(Version::One, site, request))
}

/// An answer on its way out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answer {
    pub status: u16,
    pub mime: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: 200,
            mime: "application/json".to_owned(),
            headers: Vec::new(),
            body: body.into(),
        }
    }
    pub(crate) fn done() -> Self {
        Self {
            status: 204,
            ..Self::default()
        }
    }
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
    /// With the moment it was last changed.
    pub(crate) fn changed(self, at: Moment) -> Self {
        self.with("last-modified", http_date(at))
    }
}

/// What pages of other addresses may send and read; the key comes in a header, never in a cookie.
const ELSEWHERE: [(&str, &str); 4] = [
    (
        "access-control-allow-methods",
        "GET, HEAD, PUT, POST, DELETE, OPTIONS",
    ),
    (
        "access-control-allow-headers",
        "Authorization, Content-Type, If-Match, If-None-Match, Accept-Language, X-Experience-API-Version",
    ),
    (
        "access-control-expose-headers",
        "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through",
    ),
    ("access-control-max-age", "86400"),
];

async fn speak(version: Version, site: Site, request: Request<Bytes>) -> Response<Body> {
    if request.method() == "OPTIONS" {
        let allowed = ELSEWHERE
            .into_iter()
            .fold(Answer::done(), |answer, (name, value)| {
                answer.with(name, value)
            });
        return written(allowed);
    }
    let statements = request.uri().path().ends_with("/statements");
    let through = consistent_through(&site, site.clock.now());
    let answer = match Said::read(version, base(version), request) {
        Ok(said) => answer(&site, said).await,
        Err(turned) => Err(turned),
    };
    let mut answer = answer.unwrap_or_else(|turned| {
        let words = serde_json::json!({ "error": turned.words });
        let answer = Answer {
            status: turned.status,
            ..Answer::json(words.to_string())
        };
        if turned.status == 401 {
            answer.with(
                "www-authenticate",
                "Basic realm=\"xAPI\", charset=\"UTF-8\"",
            )
        } else {
            answer
        }
    });
    let named = match version {
        Version::One => "1.0.3",
        Version::Two => "2.0.0",
    };
    answer
        .headers
        .push(("x-experience-api-version", named.to_owned()));
    if statements {
        let name = "x-experience-api-consistent-through";
        answer.headers.push((name, stamp(through, 6)));
    }
    written(answer)
}

fn written(answer: Answer) -> Response<Body> {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert("access-control-allow-origin", HeaderValue::from_static("*"));
    let [_, _, (exposed, names), _] = ELSEWHERE;
    headers.insert(exposed, HeaderValue::from_static(names));
    if answer.status != 204
        && let Ok(mime) = HeaderValue::from_str(&answer.mime)
    {
        headers.insert("content-type", mime);
    }
    for (name, value) in answer.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    response
}

async fn answer(site: &Site, said: Said) -> Told<Answer> {
    if said.resource == "about" {
        return around::about(&said);
    }
    said.speaks()?;
    if said.header("authorization").is_none() {
        return Err(unknown());
    }
    guest::early(site, &said).await?;
    match said.resource.as_str() {
        "statements" => statements::answer(site, said).await,
        "activities/state" | "activities/profile" | "agents/profile" => {
            documents::answer(site, said).await
        }
        "activities" | "agents" => around::answer(site, said).await,
        _ => Err(Turned::new(404, "there is no such resource")),
    }
}

pub(crate) fn unknown() -> Turned {
    Turned::new(401, "come with a key")
}

/// The method is none of the resource's.
pub(crate) fn not_allowed() -> Turned {
    Turned::new(405, "the resource does not know this method")
}

/// Who asks; the words are for whoever is not let in.
pub(crate) fn grant(tx: &mut Tx, site: &Site, said: &Said, now: Moment) -> Result<Told<Grant>> {
    let header = said.header("authorization").unwrap_or("");
    let grant = keys::grant(tx, header, now, &site.settings.url)?;
    Ok(grant.ok_or_else(unknown))
}

pub(crate) fn forbidden() -> Turned {
    Turned::new(403, "the key may not do this")
}

/// Reads, as whoever the request names.
pub(crate) async fn read<F>(site: &Site, said: Said, act: F) -> Told<Answer>
where
    F: Fn(&mut Tx, &Said, &Grant) -> Result<Told<Answer>> + Send + 'static,
{
    let inner = site.clone();
    let done = site.db.read(
        move |tx| match grant(tx, &inner, &said, inner.clock.now())? {
            Ok(grant) => act(tx, &said, &grant),
            Err(turned) => Ok(Err(turned)),
        },
    );
    settled(done.await)
}

/// Writes, as whoever the request names. What turns a request away is said before anything is written.
pub(crate) async fn write<F>(site: &Site, said: Said, now: Moment, act: F) -> Told<Answer>
where
    F: Fn(&mut Tx, &Said, &Grant) -> Result<Told<Answer>> + Send + 'static,
{
    let inner = site.clone();
    let under_way = UnderWay::begin(site, now);
    let done = site
        .db
        .write(move |tx| match grant(tx, &inner, &said, now)? {
            Ok(grant) => act(tx, &said, &grant),
            Err(turned) => Ok(Err(turned)),
        });
    let done = done.await;
    drop(under_way);
    settled(done)
}

pub(crate) fn settled<T>(done: Result<Told<T>>) -> Told<T> {
    done.unwrap_or_else(|error| {
        Err(match error {
            Error::Later(seconds) => Turned::new(503, format!("again in {seconds} s")),
            Error::Refused(_) => Turned::bad("the text holds what cannot be kept"),
            Error::Missing => Turned::new(404, "not found"),
            error => {
                tracing::error!(%error, "xapi");
                Turned::new(500, "the machine failed")
            }
        })
    })
}

/// Writes that are not yet answered: of which site, and the moment they bear.
static UNDER_WAY: Mutex<BTreeMap<(usize, i64), usize>> = Mutex::new(BTreeMap::new());

/// What tells a site from others in this process, while it lives.
fn place_of(site: &Site) -> usize {
    std::ptr::from_ref(&**site).addr()
}

struct UnderWay((usize, i64));

impl UnderWay {
    fn begin(site: &Site, now: Moment) -> Self {
        let key = (place_of(site), now.micros());
        let mut all = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
        *all.entry(key).or_default() += 1;
        Self(key)
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut all = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = all.get_mut(&self.0) {
            *count -= 1;
            if *count == 0 {
                all.remove(&self.0);
            }
        }
    }
}

/// Everything stored until this moment can be found.
fn consistent_through(site: &Site, now: Moment) -> Moment {
    let place = place_of(site);
    let all = UNDER_WAY.lock().unwrap_or_else(PoisonError::into_inner);
    let mut own = all.range((place, i64::MIN)..=(place, i64::MAX));
    own.next().map_or(now, |((_, first), _)| {
        Moment::from_micros((first - 1).min(now.micros()))
    })
}

/// A moment as HTTP writes it.
pub(crate) fn http_date(at: Moment) -> String {
    const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let day = at.utc_day();
    let (year, month, of_month) = day.parts();
    let weekday = usize::try_from(day.epoch_days().rem_euclid(7)).unwrap_or(0);
    let month = usize::try_from(month - 1).unwrap_or(0);
    let seconds = at.seconds().rem_euclid(86_400);
    format!(
        "{}, {of_month:02} {} {year:04} {:02}:{:02}:{:02} GMT",
        DAYS.get(weekday).unwrap_or(&""),
        MONTHS.get(month).unwrap_or(&""),
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_http_wants_them() {
        let at = Moment::from_micros(784_111_777_000_000);
        assert_eq!(http_date(at), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
