//! A site for stories, and a browser that goes through it as a person and looks hard at every page it gets.

use crate::room::Room;
use crate::site::{Door, Settings, Site};
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use base::{Clock, Lang};
use db::Db;
use files::Files;
use html5ever::tendril::TendrilSink;
use serde_json::Value;
use std::collections::BTreeMap;
use tower::ServiceExt;

/// A site for stories; the files it keeps go with it.
///
/// # Panics
/// When two rooms claim one path.
#[expect(clippy::unwrap_used, reason = "a story without its site ends here")]
pub fn site(db: Db, clock: Clock, rooms: Vec<Room>, door: Door) -> Site {
    let settings = Settings {
        name: "Harambee".to_owned(),
        url: "http://localhost".to_owned(),
        secret: [7; 32],
        lang: Lang::En,
        behind_proxy: false,
        notice_key: None,
    };
    Site::new(db, Files::passing().unwrap(), clock, settings, rooms, door).unwrap()
}

/// The same site with other rooms.
///
/// # Panics
/// When two rooms claim one path.
#[expect(clippy::unwrap_used, reason = "a story without its site ends here")]
pub fn with_rooms(site: &Site, rooms: Vec<Room>, door: Door) -> Site {
    Site::new(
        site.db.clone(),
        site.files.clone(),
        site.clock.clone(),
        site.settings.clone(),
        rooms,
        door,
    )
    .unwrap()
}

/// A person's browser: cookies of its own, one language.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    site: Site,
    cookies: BTreeMap<String, String>,
    lang: &'static str,
    /// A machine key sent with API requests.
    pub key: Option<String>,
    /// Where it comes from; nowhere, unless a story says so.
    address: Option<std::net::SocketAddr>,
    /// Ids the browser may meet twice or controls without a label, each with the reason why.
    waived: Vec<(&'static str, &'static str)>,
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Got {
    pub status: StatusCode,
    pub text: String,
    pub bytes: Vec<u8>,
    /// Where a redirect leads; empty when it is none.
    pub location: String,
    pub mime: String,
    pub headers: axum::http::HeaderMap,
}

impl Got {
    /// The body as JSON.
    ///
    /// # Panics
    /// When it is none.
    pub fn json(&self) -> Value {
        match serde_json::from_str(&self.text) {
            Ok(value) => value,
            Err(error) => broken(&format!("no JSON ({error}): {}", self.text)),
        }
    }
    /// The body, when the status is the one expected.
    ///
    /// # Panics
    /// When it is another.
    pub fn expect(self, status: u16) -> Self {
        if self.status.as_u16() != status {
            broken(&format!(
                "status {} instead of {status}: {}",
                self.status, self.text
            ));
        }
        self
    }
    /// Whether the words stand on the page, markup and white space apart.
    pub fn says(&self, words: &str) -> bool {
        plain(&self.text).contains(&plain(words))
    }
    /// The last part of where it leads, which is the id of what was made.
    pub fn made(&self) -> String {
        self.location
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned()
    }
}

#[expect(clippy::panic, reason = "a story that goes wrong ends here")]
fn broken(what: &str) -> ! {
    panic!("{what}")
}

/// The words of a page without its markup.
pub fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if inside => {}
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .trim()
        .to_owned()
}

impl Browser {
    /// A browser of somebody unknown.
    pub fn new(site: &Site) -> Self {
        Self {
            router: crate::serve::router(site),
            site: site.clone(),
            cookies: BTreeMap::new(),
            lang: "en",
            key: None,
            address: None,
            waived: Vec::new(),
        }
    }
    /// The same site in another language.
    #[must_use]
    pub fn in_lang(mut self, lang: &'static str) -> Self {
        self.lang = lang;
        self
    }
    /// The same from an address of the network.
    #[must_use]
    pub fn from_address(mut self, ip: [u8; 4]) -> Self {
        self.address = Some((ip, 50_000).into());
        self
    }
    /// The site it looks at.
    pub fn site(&self) -> &Site {
        &self.site
    }
    /// A page check that does not hold here, and the reason why.
    pub fn waive(&mut self, check: &'static str, reason: &'static str) {
        self.waived.push((check, reason));
    }

    /// Goes to a page.
    pub async fn get(&mut self, path: &str) -> Got {
        self.send(Method::GET, path, "", Vec::new()).await
    }

    /// Fills in the form at `path` and sends it: pairs as in a query, `name=value&name=value`.
    pub async fn post(&mut self, path: &str, pairs: &str) -> Got {
        let marks = self.marks(path).await;
        let body = if pairs.is_empty() {
            marks
        } else {
            format!("{pairs}&{marks}")
        };
        self.send(
            Method::POST,
            path,
            "application/x-www-form-urlencoded",
            body.into_bytes(),
        )
        .await
    }

    /// Fills in the form at `path` from pairs of names and values, sends it and expects it done.
    pub async fn act(&mut self, path: &str, pairs: &[(&str, &str)]) -> Got {
        self.post(path, &query(pairs)).await.expect(303)
    }

    /// Fills in the form at `path` with a file.
    pub async fn upload(
        &mut self,
        path: &str,
        pairs: &[(&str, &str)],
        field: &str,
        name: &str,
        bytes: &[u8],
    ) -> Got {
        let marks = self.marks(path).await;
        let marks: Vec<(String, String)> = base::address::pairs(&marks).collect();
        let edge = "----------------------------harambee";
        let mut body = Vec::new();
        let own = pairs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        for (name, value) in own.chain(marks) {
            let head =
                format!("--{edge}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value.as_bytes());
            body.extend_from_slice(b"\r\n");
        }
        let head = format!(
            "--{edge}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{edge}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={edge}");
        self.send(Method::POST, path, &kind, body).await
    }

    /// Reads from the API.
    pub async fn api(&mut self, path: &str) -> Got {
        self.send(Method::GET, &format!("/api{path}"), "", Vec::new())
            .await
    }

    /// Writes through the API.
    pub async fn api_post(&mut self, path: &str, body: &Value) -> Got {
        let bytes = body.to_string().into_bytes();
        self.send(
            Method::POST,
            &format!("/api{path}"),
            "application/json",
            bytes,
        )
        .await
    }

    /// Does every job that waits, as the server's worker would.
    ///
    /// # Panics
    /// When a job fails instead of ending or being refused.
    pub async fn wait_for_jobs(&self) {
        let (bench, kinds) = (self.site.bench(), self.site.job_kinds());
        let work = tokio::task::spawn_blocking(move || {
            while jobs::work_one(&bench, &kinds)? {}
            bench.db.read_now(|tx| {
                tx.rows(
                    "SELECT kind FROM job WHERE state NOT IN ('done', 'refused')",
                    &[],
                )
            })
        });
        match work.await {
            Ok(Ok(left)) if left.is_empty() => {}
            other => broken(&format!("jobs are left over: {other:?}")),
        }
    }

    /// The hidden marks of the form at `path`.
    async fn marks(&mut self, path: &str) -> String {
        let page = self.get(path).await;
        let value = |name: &str| {
            let start = page.text.find(&format!("name=\"{name}\" value=\""))?;
            let rest = page.text.get(start..)?.split_once("value=\"")?.1;
            rest.split_once('"').map(|(value, _)| value.to_owned())
        };
        let token = value("form_token").unwrap_or_default();
        let once = value("form_once").unwrap_or_default();
        query(&[("form_token", token.as_str()), ("form_once", once.as_str())])
    }

    async fn send(&mut self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Got {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(n, v)| format!("{n}={v}"))
            .collect();
        let mut request = Request::builder()
            .method(method.clone())
            .uri(path)
            .header(header::ACCEPT_LANGUAGE, self.lang)
            .header(header::COOKIE, cookies.join("; "));
        if !kind.is_empty() {
            request = request.header(header::CONTENT_TYPE, kind);
        }
        if let (Some(key), true) = (&self.key, path.starts_with("/api")) {
            request = request.header(header::AUTHORIZATION, format!("Bearer {key}"));
        }
        if let Some(address) = self.address {
            request = request.extension(axum::extract::ConnectInfo(address));
        }
        let request = match request.body(Body::from(body)) {
            Ok(request) => request,
            Err(error) => broken(&format!("{path}: {error}")),
        };
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let got = self.receive(response).await;
        if got.status.is_server_error() {
            broken(&format!(
                "{method} {path}: {} {}",
                got.status,
                plain(&got.text)
            ));
        }
        if got.mime.starts_with("text/html") {
            self.look_at(path, &got.text);
        }
        got
    }

    async fn receive(&mut self, response: axum::http::Response<Body>) -> Got {
        let (parts, body) = response.into_parts();
        for line in parts.headers.get_all(header::SET_COOKIE) {
            let pair = line.to_str().unwrap_or("").split(';').next().unwrap_or("");
            if let Some((name, value)) = pair.split_once('=') {
                if value.is_empty() {
                    self.cookies.remove(name);
                } else {
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
            }
        }
        let bytes = match axum::body::to_bytes(body, usize::MAX).await {
            Ok(bytes) => bytes.to_vec(),
            Err(error) => broken(&format!("the body broke off: {error}")),
        };
        let text = |name| {
            parts
                .headers
                .get(name)
                .and_then(|v| v.to_str().ok())
                .unwrap_or("")
                .to_owned()
        };
        Got {
            status: parts.status,
            text: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
            location: text(header::LOCATION),
            mime: text(header::CONTENT_TYPE),
            headers: parts.headers,
        }
    }

    /// What every page must be: well formed, named, in its language, usable without sight or script.
    fn look_at(&self, path: &str, page: &str) {
        let mut found = faults(page, &self.site);
        found.retain(|fault| {
            !self
                .waived
                .iter()
                .any(|(check, _)| fault.starts_with(check))
        });
        if !found.is_empty() {
            broken(&format!("{path}:\n  {}\n{page}", found.join("\n  ")));
        }
    }
}

/// Pairs as a browser writes them.
pub fn query(pairs: &[(&str, &str)]) -> String {
    let one = |(name, value): &(&str, &str)| {
        format!(
            "{}={}",
            base::address::value(name),
            base::address::value(value)
        )
    };
    pairs.iter().map(one).collect::<Vec<_>>().join("&")
}

/// What is wrong with a page; each line begins with the name of the check.
pub fn faults(page: &str, site: &Site) -> Vec<String> {
    let dom = html5ever::parse_document(
        markup5ever_rcdom::RcDom::default(),
        html5ever::ParseOpts::default(),
    )
    .one(page);
    let mut found: Vec<String> = dom
        .errors
        .borrow()
        .iter()
        .map(|error| format!("parse: {error}"))
        .collect();
    let mut seen = Seen::default();
    walk(&dom.document, false, &mut seen);
    if seen.headings != 1 {
        found.push(format!("heading: {} h1 instead of one", seen.headings));
    }
    if !seen.title.trim().starts_with(seen.heading.trim()) || seen.heading.trim().is_empty() {
        found.push(format!(
            "title: «{}» does not begin with «{}»",
            seen.title, seen.heading
        ));
    }
    if !seen.lang {
        found.push("lang: no lang and dir on html".to_owned());
    }
    found.extend(seen.faults);
    for name in seen
        .controls
        .iter()
        .filter(|id| !seen.labels.contains(id.as_str()))
    {
        found.push(format!("label: control «{name}» has none"));
    }
    for missing in site.library.missing() {
        found.push(format!("words: no words for {missing}"));
    }
    found
}

#[derive(Default)]
struct Seen {
    headings: usize,
    heading: String,
    title: String,
    lang: bool,
    ids: std::collections::BTreeSet<String>,
    labels: std::collections::BTreeSet<String>,
    controls: Vec<String>,
    faults: Vec<String>,
}

fn walk(node: &markup5ever_rcdom::Handle, labelled: bool, seen: &mut Seen) {
    use markup5ever_rcdom::NodeData;
    let mut labelled = labelled;
    if let NodeData::Element { name, attrs, .. } = &node.data {
        let attrs = attrs.borrow();
        let get = |wanted: &str| {
            attrs
                .iter()
                .find(|a| &*a.name.local == wanted)
                .map(|a| a.value.to_string())
        };
        labelled = labelled || &*name.local == "label";
        element(&name.local, &get, node, labelled, seen);
    }
    for child in node.children.borrow().iter() {
        walk(child, labelled, seen);
    }
}

fn element(
    name: &str,
    get: &dyn Fn(&str) -> Option<String>,
    node: &markup5ever_rcdom::Handle,
    labelled: bool,
    seen: &mut Seen,
) {
    if let Some(id) = get("id")
        && !seen.ids.insert(id.clone())
    {
        seen.faults.push(format!("id: «{id}» stands twice"));
    }
    for event in ["onclick", "onload", "onsubmit", "onchange", "style"] {
        if get(event).is_some() {
            seen.faults.push(format!("inline: {event} on {name}"));
        }
    }
    match name {
        "html" => seen.lang = get("lang").is_some() && get("dir").is_some(),
        "h1" => {
            seen.headings += 1;
            seen.heading = words_of(node);
        }
        "title" if seen.title.is_empty() => seen.title = words_of(node),
        "style" => seen.faults.push("inline: a style element".to_owned()),
        "script" if get("src").is_none() => seen.faults.push("inline: a script".to_owned()),
        "img" if get("alt").is_none() => seen.faults.push("alt: an image has none".to_owned()),
        "form" if get("action").is_none() || get("method").is_none() => {
            seen.faults.push("form: no action or method".to_owned());
        }
        "label" => {
            if let Some(id) = get("for") {
                seen.labels.insert(id);
            }
        }
        "input" | "select" | "textarea" => {
            let kind = get("type").unwrap_or_default();
            let named = get("aria-label").is_some() || get("aria-labelledby").is_some();
            if !named && !labelled && !matches!(kind.as_str(), "hidden" | "submit" | "button") {
                seen.controls
                    .push(get("id").unwrap_or_else(|| "without id".to_owned()));
            }
        }
        _ => {}
    }
}

/// The words inside an element.
fn words_of(node: &markup5ever_rcdom::Handle) -> String {
    use markup5ever_rcdom::NodeData;
    let mut out = String::new();
    if let NodeData::Text { contents } = &node.data {
        out.push_str(&contents.borrow());
    }
    for child in node.children.borrow().iter() {
        out.push_str(&words_of(child));
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
