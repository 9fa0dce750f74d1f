//! Pages kept for strangers: whoever is not signed in sees the same page as the next one, until
//! something is written.
//!
//! A page is made and packed once, however many ask. It is kept no longer than a few seconds, because
//! other processes may write to the same database.

use crate::reply::Reply;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use base::Day;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::HashMap;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a page may be kept at most.
const KEPT_FOR: Duration = Duration::from_secs(5);
/// Bytes of all pages together; beyond that all are forgotten.
const BYTES_MAX: usize = 8 << 20;
/// Bytes of one page that is still kept.
const PAGE_MAX: usize = 256 << 10;

/// The pages kept.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<Pages>);

#[derive(Debug, Default)]
struct Pages {
    by_key: HashMap<String, Arc<Page>>,
    bytes: usize,
}

/// What a page depends on besides its address: how often this process has written, and the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pulse {
    pub writes: u64,
    pub today: Day,
}

/// A page as it was made.
#[derive(Debug)]
pub struct Page {
    pulse: Pulse,
    made: Instant,
    headers: Vec<(HeaderName, HeaderValue)>,
    plain: Vec<u8>,
    packed: Vec<u8>,
}

impl Shelf {
    /// The page of an address, when nothing was written since it was made.
    pub fn find(&self, key: &str, pulse: Pulse) -> Option<Arc<Page>> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let page = pages.by_key.get(key)?;
        (page.pulse == pulse && page.made.elapsed() < KEPT_FOR).then(|| page.clone())
    }

    /// Keeps a page that any stranger may see; none when it is for one only.
    pub fn keep(&self, key: String, pulse: Pulse, reply: &Reply) -> Option<Arc<Page>> {
        let own = |(name, _): &(HeaderName, HeaderValue)| name == header::SET_COOKIE;
        if reply.status != StatusCode::OK
            || reply.file.is_some()
            || reply.body.len() > PAGE_MAX
            || reply.headers.iter().any(own)
        {
            return None;
        }
        let page = Arc::new(Page {
            pulse,
            made: Instant::now(),
            headers: reply.headers.clone(),
            plain: reply.body.clone(),
            packed: packed(&reply.body)?,
        });
        let size = page.plain.len() + page.packed.len();
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.bytes + size > BYTES_MAX {
            *pages = Pages::default();
        }
        pages.bytes += size;
        if let Some(old) = pages.by_key.insert(key, page.clone()) {
            pages.bytes -= old.plain.len() + old.packed.len();
        }
        Some(page)
    }
}

impl Page {
    /// The page for whoever sent these headers: packed when it can be unpacked there.
    pub fn answer(&self, asked: &HeaderMap) -> Response<Body> {
        let unpacks = asked
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|coding| matches!(coding.trim(), "gzip" | "*"));
        let body = if unpacks { &self.packed } else { &self.plain };
        let mut response = Response::new(Body::from(body.clone()));
        for (name, value) in &self.headers {
            response.headers_mut().append(name, value.clone());
        }
        let vary = HeaderValue::from_static("Accept-Encoding");
        response.headers_mut().append(header::VARY, vary);
        if unpacks {
            let gzip = HeaderValue::from_static("gzip");
            response
                .headers_mut()
                .insert(header::CONTENT_ENCODING, gzip);
        }
        response
    }
}

fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::default());
    packer.write_all(bytes).ok()?;
    packer.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pulse(writes: u64) -> Pulse {
        Pulse {
            writes,
            today: base::Moment::from_micros(0).day(),
        }
    }

    fn page() -> Reply {
        Reply::html(StatusCode::OK, "<p>a page</p>".repeat(100))
    }

    #[test]
    fn a_page_is_kept_until_something_is_written() {
        let shelf = Shelf::default();
        assert!(shelf.find("/", pulse(1)).is_none());
        shelf.keep("/".to_owned(), pulse(1), &page());
        assert!(shelf.find("/", pulse(1)).is_some());
        assert!(shelf.find("/", pulse(2)).is_none());
        assert!(shelf.find("/needs", pulse(1)).is_none());
    }

    #[test]
    fn what_is_for_one_only_is_not_kept() {
        let shelf = Shelf::default();
        let own = page().header(header::SET_COOKIE, "a=b");
        assert!(shelf.keep("/".to_owned(), pulse(1), &own).is_none());
        let mut gone = page();
        gone.status = StatusCode::NOT_FOUND;
        assert!(shelf.keep("/".to_owned(), pulse(1), &gone).is_none());
        assert!(shelf.find("/", pulse(1)).is_none());
    }

    #[test]
    fn who_cannot_unpack_gets_it_plain() {
        let shelf = Shelf::default();
        let page = shelf.keep("/".to_owned(), pulse(1), &page());
        let page = page.unwrap_or_else(|| unreachable!("it is for everybody"));
        let mut asked = HeaderMap::new();
        assert!(
            !page
                .answer(&asked)
                .headers()
                .contains_key(header::CONTENT_ENCODING)
        );
        asked.insert(
            header::ACCEPT_ENCODING,
            HeaderValue::from_static("br, gzip"),
        );
        assert_eq!(
            page.answer(&asked).headers()[header::CONTENT_ENCODING],
            "gzip"
        );
        assert!(page.packed.len() * 4 < page.plain.len());
    }
}
