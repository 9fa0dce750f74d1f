//! What the answers of a room's own wires are made of: headers, empty answers, parts of a file.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};

/// An answer without a body.
pub fn bare(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// Sets a header; a value that cannot stand in one is left out.
pub fn put(response: &mut Response<Body>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// A part of a file that was asked for (RFC 9110, 14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// From the first to the last byte.
    Some(u64, u64),
    /// Nothing of it is there.
    None,
    /// Not understood, or several at once: everything is sent.
    All,
}

impl Part {
    /// What the header `Range` asks for of so many bytes.
    pub fn of(range: &str, size: u64) -> Self {
        let Some(spec) = range.trim().strip_prefix("bytes=") else {
            return Self::All;
        };
        let Some((from, to)) = spec.split_once('-').filter(|_| !spec.contains(',')) else {
            return Self::All;
        };
        let (from, to) = (from.trim(), to.trim());
        let last = size.saturating_sub(1);
        match (from.parse::<u64>(), to.parse::<u64>()) {
            (Ok(from), Ok(to)) if from <= to && from < size => Self::Some(from, to.min(last)),
            (Ok(from), Ok(to)) if from <= to => Self::None,
            (Ok(from), Err(_)) if to.is_empty() && from < size => Self::Some(from, last),
            (Ok(_), Err(_)) if to.is_empty() => Self::None,
            (Err(_), Ok(tail)) if from.is_empty() && tail > 0 && size > 0 => {
                Self::Some(size.saturating_sub(tail), last)
            }
            (Err(_), Ok(_)) if from.is_empty() => Self::None,
            _ => Self::All,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_what_was_asked_for_and_no_more_than_there_is() {
        for (range, size, part) in [
            ("bytes=0-99", 1_000, Part::Some(0, 99)),
            ("bytes=900-", 1_000, Part::Some(900, 999)),
            ("bytes=-100", 1_000, Part::Some(900, 999)),
            ("bytes=-5000", 1_000, Part::Some(0, 999)),
            ("bytes=0-5000", 1_000, Part::Some(0, 999)),
            ("bytes=1000-", 1_000, Part::None),
            ("bytes=-0", 1_000, Part::None),
            ("bytes=0-1,5-6", 1_000, Part::All),
            ("bytes=9-2", 1_000, Part::All),
            ("lines=1-2", 1_000, Part::All),
            ("bytes=0-0", 0, Part::None),
        ] {
            assert_eq!(Part::of(range, size), part, "{range} of {size}");
        }
    }
}
