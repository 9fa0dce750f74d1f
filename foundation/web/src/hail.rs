//! What a request brings: its address, who sends it, in which language, and how it wants to be answered.

use crate::ask::Ask;
use crate::guard;
use crate::reply::Reply;
use crate::site::{Credentials, Site};
use axum::extract::{RawPathParams, Request};
use axum::http::{HeaderMap, StatusCode, header};
use base::{Error, Lang, Result};
use db::Tx;
use std::collections::BTreeMap;

/// In which clothes an answer goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Html,
    Json,
    Csv,
    Xlsx,
}

/// What every request brings.
#[derive(Clone, Debug)]
pub struct Hail {
    pub format: Format,
    pub path: String,
    pub params: BTreeMap<String, String>,
    pub query: BTreeMap<String, String>,
    pub cookies: BTreeMap<String, String>,
    pub headers: HeaderMap,
    pub writes: bool,
}

impl Hail {
    pub(crate) fn new(format: Format, params: &RawPathParams, request: &Request) -> Self {
        let headers = request.headers().clone();
        let raw = request.uri().path();
        let path = match format {
            Format::Json => raw.strip_prefix("/api").unwrap_or(raw),
            Format::Csv => raw.strip_suffix(".csv").unwrap_or(raw),
            Format::Xlsx => raw.strip_suffix(".xlsx").unwrap_or(raw),
            Format::Html => raw,
        };
        Self {
            format,
            path: path.to_owned(),
            params: params
                .iter()
                .map(|(n, v)| (n.to_owned(), v.to_owned()))
                .collect(),
            query: base::address::pairs(request.uri().query().unwrap_or("")).collect(),
            cookies: guard::cookies(&headers),
            headers,
            writes: request.method() == axum::http::Method::POST,
        }
    }

    /// What the request of a wire brings; `pattern` names the parts of its path, as in `/a/{id}`.
    pub fn of_wire<B>(pattern: &str, request: &axum::http::Request<B>) -> Self {
        let (uri, headers) = (request.uri(), request.headers());
        let path = uri.path().to_owned();
        let parts = pattern.split('/').zip(path.split('/'));
        let params = parts.filter_map(|(name, value)| {
            let name = name.strip_prefix('{')?.strip_suffix('}')?;
            Some((name.to_owned(), value.to_owned()))
        });
        Self {
            format: Format::Html,
            params: params.collect(),
            query: base::address::pairs(uri.query().unwrap_or("")).collect(),
            cookies: guard::cookies(headers),
            headers: headers.clone(),
            writes: request.method() == axum::http::Method::POST,
            path,
        }
    }

    /// What the request shows of who sends it.
    pub fn credentials(&self) -> Credentials {
        let api = self.format == Format::Json;
        guard::credentials(&self.headers, &self.cookies, api, self.writes, &self.path)
    }

    /// The request as handlers see it: who asks is looked up, the language chosen.
    ///
    /// # Errors
    /// A fault of the database; sign in first when a key is no longer good.
    pub fn ask(&self, site: &Site, tx: &mut Tx) -> Result<Ask> {
        let now = site.clock.now();
        let credentials = self.credentials();
        let actor = (site.door.authenticate)(tx, &credentials, now)?;
        if credentials.key.is_some() && actor.is_none() {
            return Err(Error::SignIn);
        }
        let lang = self.lang(site, actor.as_ref().map(|a| a.lang));
        let mut query = self.query.clone();
        query.remove("lang");
        Ok(Ask {
            site: site.clone(),
            actor,
            credentials,
            words: site.library.words(lang),
            path: self.path.clone(),
            params: self.params.clone(),
            query,
            now,
            today: now.day(),
        })
    }

    /// The request of somebody unknown, for words about what went wrong before anybody was found.
    pub fn stranger(&self, site: &Site) -> Ask {
        let now = site.clock.now();
        Ask {
            site: site.clone(),
            actor: None,
            credentials: Credentials::default(),
            words: site.library.words(self.lang(site, None)),
            path: self.path.clone(),
            params: self.params.clone(),
            query: BTreeMap::new(),
            now,
            today: now.day(),
        }
    }

    /// The language: asked for in the address, chosen before, the account's, the browser's, the site's.
    pub(crate) fn lang(&self, site: &Site, account: Option<Lang>) -> Lang {
        let code = |text: Option<&String>| text.and_then(|code| Lang::parse(code));
        let accepted = self
            .headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|v| v.to_str().ok())
            .and_then(Lang::accepted);
        code(self.query.get("lang"))
            .or_else(|| code(self.cookies.get(guard::LANGUAGE)))
            .or(account)
            .or(accepted)
            .unwrap_or(site.settings.lang)
    }

    /// What a page must hand out besides its body: the visitor's tie for forms, the chosen language.
    pub(crate) fn dress(&self, site: &Site, mut reply: Reply, tie: Option<&str>) -> Reply {
        let settings = &site.settings;
        if let Some(lang) = self.query.get("lang").and_then(|code| Lang::parse(code)) {
            let line = guard::cookie(settings, guard::LANGUAGE, lang.code(), 365);
            reply = reply.header(header::SET_COOKIE, &line);
        }
        if let Some(tie) = tie {
            reply = reply.header(
                header::SET_COOKIE,
                &guard::cookie(settings, guard::VISITOR, tie, 1),
            );
        }
        if self.cookies.contains_key(guard::NOTICE) && reply.status == StatusCode::OK {
            reply = reply.header(
                header::SET_COOKIE,
                &guard::cookie(settings, guard::NOTICE, "", 0),
            );
        }
        reply
    }
}
