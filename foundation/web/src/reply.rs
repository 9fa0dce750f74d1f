//! An answer made inside a transaction, to be sent when the transaction has ended.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode, header};
use futures_util::stream::{self, StreamExt};
use std::fs::File;
use std::io::Read;

/// Status, headers and bytes.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Vec<u8>,
    /// A kept file that is sent piece by piece instead of `body`.
    pub file: Option<File>,
}

impl Reply {
    /// Bytes of a kind.
    pub fn new(status: StatusCode, mime: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![(header::CONTENT_TYPE, HeaderValue::from_static(mime))];
        Self {
            status,
            headers,
            body: body.into(),
            file: None,
        }
    }
    /// A page.
    pub fn html(status: StatusCode, body: String) -> Self {
        Self::new(status, "text/html; charset=utf-8", body)
    }
    /// A JSON document.
    pub fn json(status: StatusCode, body: &serde_json::Value) -> Self {
        Self::new(status, "application/json", body.to_string())
    }
    /// Go on elsewhere with GET.
    pub fn see(path: &str) -> Self {
        Self::new(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", "")
            .header(header::LOCATION, &base::address::whole(path))
    }
    /// Adds a header; one that cannot stand in a header is left out.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }
}

impl From<Reply> for Response<Body> {
    fn from(reply: Reply) -> Self {
        let body = match reply.file {
            Some(file) => Body::from_stream(stream::unfold(file, piece).fuse()),
            None => Body::from(reply.body),
        };
        let mut response = Self::new(body);
        *response.status_mut() = reply.status;
        for (name, value) in reply.headers {
            response.headers_mut().append(name, value);
        }
        response
    }
}

/// Bytes read at a time from a file that is sent.
const PIECE: usize = 1 << 16;

/// The next piece of a file; a file of any size takes one piece of memory.
async fn piece(mut file: File) -> Option<(std::io::Result<Vec<u8>>, File)> {
    let read = tokio::task::spawn_blocking(move || {
        let mut bytes = vec![0; PIECE];
        let read = file.read(&mut bytes).map(|n| {
            bytes.truncate(n);
            bytes
        });
        (read, file)
    });
    match read.await {
        Ok((Ok(bytes), _)) if bytes.is_empty() => None,
        other => other.ok(),
    }
}
