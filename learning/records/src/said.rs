//! What a program said, whichever way it said it: method, resource, parameters, headers, body.

use crate::check::Version;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request};
use bytes::Bytes;
use std::collections::BTreeMap;

/// Why a request is turned away: the status and the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Turned {
    pub status: u16,
    pub words: String,
}

impl Turned {
    pub(crate) fn new(status: u16, words: impl Into<String>) -> Self {
        Self {
            status,
            words: words.into(),
        }
    }
    /// The request itself is wrong.
    pub(crate) fn bad(words: impl Into<String>) -> Self {
        Self::new(400, words)
    }
}

pub(crate) type Told<T> = Result<T, Turned>;

/// A request as its resource sees it.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub version: Version,
    pub method: String,
    /// `statements`, `activities/state`, …
    pub resource: String,
    pub params: BTreeMap<String, String>,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// The headers a form may carry in the older version's other syntax.
const AS_HEADERS: [&str; 8] = [
    "authorization",
    "x-experience-api-version",
    "content-type",
    "content-length",
    "if-match",
    "if-none-match",
    "accept-language",
    "accept",
];

impl Said {
    /// Reads a request.
    pub(crate) fn read(version: Version, base: &str, request: Request<Bytes>) -> Told<Self> {
        let (head, body) = request.into_parts();
        let path = head.uri.path();
        let resource = path.strip_prefix(base).unwrap_or(path);
        let mut said = Self {
            version,
            method: head.method.as_str().to_owned(),
            resource: resource.trim_matches('/').to_owned(),
            params: pairs(head.uri.query().unwrap_or(""))?,
            headers: head.headers,
            body,
        };
        if said.params.contains_key("method") {
            said.unfold()?;
        }
        Ok(said)
    }

    /// The other syntax: everything stands in a form that is sent with POST.
    fn unfold(&mut self) -> Told<()> {
        if self.version == Version::Two {
            return Err(Turned::bad(
                "the alternate request syntax is not spoken in 2.0",
            ));
        }
        if self.method != "POST" {
            return Err(Turned::bad(
                "the alternate request syntax is sent with POST",
            ));
        }
        if self.params.len() > 1 {
            return Err(Turned::bad("method must be the only query parameter"));
        }
        let method = self.params.remove("method").unwrap_or_default();
        if !["GET", "PUT", "POST", "DELETE", "HEAD"].contains(&method.as_str()) {
            return Err(Turned::bad("no such method"));
        }
        let form = std::str::from_utf8(&self.body).map_err(|_| Turned::bad("no UTF-8"))?;
        let mut form = pairs(form)?;
        let content = form.remove("content");
        if content.is_none() && matches!(method.as_str(), "PUT" | "POST") {
            return Err(Turned::bad("content is missing"));
        }
        self.headers.remove("content-type");
        self.headers.remove("content-length");
        let mut params = BTreeMap::new();
        for (name, value) in form {
            let lower = name.to_lowercase();
            if AS_HEADERS.contains(&lower.as_str()) {
                let name = HeaderName::from_bytes(lower.as_bytes());
                if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&value)) {
                    self.headers.insert(name, value);
                }
            } else {
                params.insert(name, value);
            }
        }
        if content.is_some() && !self.headers.contains_key("content-type") {
            let json = HeaderValue::from_static("application/json");
            self.headers.insert("content-type", json);
        }
        self.params = params;
        self.method = method;
        self.body = content.unwrap_or_default().into();
        Ok(())
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
    pub(crate) fn param(&self, name: &str) -> Option<&str> {
        self.params.get(name).map(String::as_str)
    }
    /// A parameter that must be there.
    pub(crate) fn needed(&self, name: &str) -> Told<&str> {
        self.param(name)
            .ok_or_else(|| Turned::bad(format!("the parameter {name} is missing")))
    }
    /// Only these parameters may stand in the request.
    pub(crate) fn only(&self, known: &[&str]) -> Told<()> {
        match self
            .params
            .keys()
            .find(|name| !known.contains(&name.as_str()))
        {
            Some(name) => Err(Turned::bad(format!("no parameter {name} may stand here"))),
            None => Ok(()),
        }
    }
    /// A parameter that is true or false.
    pub(crate) fn flag(&self, name: &str) -> Told<bool> {
        match self.param(name) {
            None | Some("false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(Turned::bad(format!("{name} must be true or false"))),
        }
    }
    /// The media type of the body, without what follows it.
    pub(crate) fn kind(&self) -> &str {
        let kind = self.header("content-type").unwrap_or("");
        kind.split(';').next().unwrap_or("").trim()
    }

    /// The version the request names.
    pub(crate) fn speaks(&self) -> Told<()> {
        let named = self.header("x-experience-api-version");
        let head = match self.version {
            Version::One => "1.0",
            Version::Two => "2.0",
        };
        let good = named.is_some_and(|named| {
            named == head
                || named
                    .strip_prefix(head)
                    .and_then(|rest| rest.strip_prefix('.'))
                    .is_some_and(|patch| {
                        !patch.is_empty() && patch.bytes().all(|b| b.is_ascii_digit())
                    })
        });
        if good {
            Ok(())
        } else {
            Err(Turned::bad(format!(
                "X-Experience-API-Version must be {head} or {head}.x here"
            )))
        }
    }
}

/// The pairs of a query or form.
pub(crate) fn pairs(text: &str) -> Told<BTreeMap<String, String>> {
    let mut all = BTreeMap::new();
    for pair in text.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (plain(name)?, plain(value)?);
        if all.insert(name.clone(), value).is_some() {
            return Err(Turned::bad(format!(
                "the parameter {name} stands here twice"
            )));
        }
    }
    Ok(all)
}

fn plain(text: &str) -> Told<String> {
    let read = base::address::decoded(&text.replace('+', " "));
    read.ok_or_else(|| Turned::bad("a broken %-escape, or a parameter that is not UTF-8"))
}
