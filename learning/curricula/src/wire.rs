//! CASE for programs: adopted curricula at the paths the standard names, in 1.0 and 1.1.

use crate::case_write::{Speech, Version, licence_id, write_package};
use crate::framework::{Competency, Framework};
use crate::store;
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode, header};
use base::{Error, Id, Result};
use bytes::Bytes;
use db::Tx;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use web::{Site, Speaking, Wire};

/// What the room speaks with programs.
pub(crate) fn all() -> Vec<Wire> {
    vec![Wire {
        path: "/ims/case/{*rest}",
        largest: 1_024,
        serve,
    }]
}

/// What is answered: a status, a document, the headers of a list, and a tag when it never changes.
struct Said {
    status: StatusCode,
    body: Vec<u8>,
    total: Option<i64>,
    links: Option<String>,
    tag: Option<String>,
}

impl Said {
    fn new(status: StatusCode, body: Vec<u8>) -> Self {
        Self {
            status,
            body,
            total: None,
            links: None,
            tag: None,
        }
    }
    fn json(value: &Value) -> Self {
        Self::new(StatusCode::OK, value.to_string().into_bytes())
    }
    /// As CASE says that something went wrong.
    fn wrong(status: StatusCode, minor: &str, says: &str) -> Self {
        let field = json!({
            "imsx_codeMinorFieldName": "TargetEndSystem",
            "imsx_codeMinorFieldValue": minor,
        });
        let body = json!({
            "imsx_codeMajor": "failure",
            "imsx_severity": "error",
            "imsx_description": says,
            "imsx_codeMinor": { "imsx_codeMinorField": [field] },
        });
        Self::new(status, body.to_string().into_bytes())
    }
    fn unknown() -> Self {
        let says = "nothing adopted has this identifier";
        Self::wrong(StatusCode::NOT_FOUND, "unknownobject", says)
    }
}

fn serve(site: Site, request: Request<Bytes>) -> Speaking {
    Box::pin(async move {
        let (head, _) = request.into_parts();
        if head.method != Method::GET && head.method != Method::HEAD {
            let said = Said::wrong(
                StatusCode::METHOD_NOT_ALLOWED,
                "invaliddata",
                "curricula are read here",
            );
            let mut response = answer(said, None);
            let allow = header::HeaderValue::from_static("GET, HEAD");
            response.headers_mut().insert(header::ALLOW, allow);
            return response;
        }
        let path = head.uri.path().to_owned();
        let query = head.uri.query().unwrap_or_default().to_owned();
        let url = site.settings.url.clone();
        let seen = site.db.read(move |tx| look(tx, &path, &query, &url)).await;
        let known = head.headers.get(header::IF_NONE_MATCH);
        let known = known.and_then(|value| value.to_str().ok());
        match seen {
            Ok(said) => answer(said, known),
            Err(Error::Missing) => answer(Said::unknown(), None),
            Err(_) => {
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                let said = Said::wrong(status, "internal_server_error", "try again later");
                answer(said, None)
            }
        }
    })
}

fn answer(said: Said, known: Option<&str>) -> Response<Body> {
    let tag = said.tag.map(|tag| format!("\"{tag}\""));
    let same = match (&tag, known) {
        (Some(tag), Some(known)) => known.split(',').any(|one| one.trim() == tag),
        _ => false,
    };
    let mut response = Response::builder()
        .status(if same {
            StatusCode::NOT_MODIFIED
        } else {
            said.status
        })
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header(header::CACHE_CONTROL, "public, max-age=60");
    if let Some(tag) = tag {
        response = response.header(header::ETAG, tag);
    }
    if let Some(total) = said.total {
        response = response
            .header("X-Total-Count", total)
            .header(header::ACCESS_CONTROL_EXPOSE_HEADERS, "X-Total-Count, Link");
    }
    if let Some(links) = said.links {
        response = response.header(header::LINK, links);
    }
    let body = if same { Vec::new() } else { said.body };
    response
        .body(Body::from(body))
        .unwrap_or_else(|_| Response::new(Body::empty()))
}

fn look(tx: &mut Tx, path: &str, query: &str, url: &str) -> Result<Said> {
    let rest = path.strip_prefix("/ims/case/").unwrap_or_default();
    let parts: Vec<&str> = rest.trim_end_matches('/').split('/').collect();
    let Some(version) = parts.first().and_then(|code| Version::parse(code)) else {
        return Ok(Said::unknown());
    };
    let speech = Speech {
        version,
        url: url.to_owned(),
    };
    match parts.get(1..).unwrap_or_default() {
        ["CFDocuments"] => documents(tx, &speech, &base::address::pairs(query).collect()),
        [kind, id] => match Id::parse(id) {
            Some(id) => one(tx, &speech, kind, id),
            None => {
                let says = "the identifier is no UUID";
                Ok(Said::wrong(StatusCode::NOT_FOUND, "invaliduuid", says))
            }
        },
        _ => Ok(Said::unknown()),
    }
}

fn documents(tx: &mut Tx, speech: &Speech, asked: &BTreeMap<String, String>) -> Result<Said> {
    let bad = |minor: &str, says: &str| Ok(Said::wrong(StatusCode::BAD_REQUEST, minor, says));
    let whole = |name: &str, or: i64| match asked.get(name) {
        None => Some(or),
        Some(text) => text.parse::<i64>().ok().filter(|number| *number >= 0),
    };
    let (Some(limit), Some(offset)) = (whole("limit", 100), whole("offset", 0)) else {
        return bad("invaliddata", "limit and offset are whole numbers");
    };
    let limit = limit.clamp(1, 500);
    if asked.get("sort").is_some_and(|field| field != "title") {
        return bad("invalid_sort_field", "documents are sorted by title");
    }
    if asked.get("orderBy").is_some_and(|order| order != "asc") {
        return bad("invaliddata", "documents are sorted upwards");
    }
    if asked.contains_key("filter") {
        return bad("invaliddata", "documents are not filtered here");
    }
    let found = store::public_page(tx, offset, limit)?;
    let total = store::count_public(tx)?;
    let mut list: Vec<Value> = found.iter().map(|f| speech.document(f, true)).collect();
    if let Some(fields) = asked.get("fields") {
        let fields: Vec<&str> = fields.split(',').map(str::trim).collect();
        for document in list.iter_mut().filter_map(Value::as_object_mut) {
            document.retain(|name, _| fields.contains(&name.as_str()) || name == "identifier");
        }
    }
    let path = format!(
        "{}/ims/case/{}/CFDocuments",
        speech.url,
        speech.version.code()
    );
    let link =
        |offset: i64, rel: &str| format!("<{path}?limit={limit}&offset={offset}>; rel=\"{rel}\"");
    let mut links = vec![link(0, "first")];
    links.push(link((total - 1).max(0) / limit * limit, "last"));
    if offset > 0 {
        links.push(link((offset - limit).max(0), "prev"));
    }
    if offset + limit < total {
        links.push(link(offset + limit, "next"));
    }
    let mut said = Said::json(&json!({ "CFDocuments": list }));
    said.total = Some(total);
    said.links = Some(links.join(", "));
    Ok(said)
}

/// An adopted framework; drafts are nobody's elsewhere.
fn public(tx: &mut Tx, id: Id) -> Result<Framework> {
    let framework = store::framework(tx, id)?;
    if framework.is_public() {
        Ok(framework)
    } else {
        Err(Error::Missing)
    }
}

fn entry(tx: &mut Tx, id: Id) -> Result<(Framework, Competency)> {
    let one = store::competency(tx, id)?;
    Ok((public(tx, one.framework)?, one))
}

fn one(tx: &mut Tx, speech: &Speech, kind: &str, id: Id) -> Result<Said> {
    let value = match kind {
        "CFDocuments" => speech.document(&public(tx, id)?, true),
        "CFPackages" => return package(tx, speech, id),
        "CFItems" => {
            let (framework, one) = entry(tx, id)?;
            speech.item(&framework, &one, true)
        }
        "CFItemAssociations" => relations(tx, speech, id)?,
        "CFAssociations" => association(tx, speech, id)?,
        "CFLicenses" => licence(tx, speech, id)?,
        "CFConcepts" | "CFSubjects" | "CFItemTypes" => {
            let found = defined(tx, kind, id)?;
            json!({ kind: [found] })
        }
        "CFAssociationGroupings" | "CFRubrics" => defined(tx, kind, id)?,
        _ => return Ok(Said::unknown()),
    };
    Ok(Said::json(&value))
}

fn package(tx: &mut Tx, speech: &Speech, id: Id) -> Result<Said> {
    let framework = public(tx, id)?;
    let mut body = Vec::new();
    write_package(tx, id, speech, &mut body)?;
    let mut said = Said::new(StatusCode::OK, body);
    let hash = framework.content_hash.unwrap_or_default();
    let links = store::count_associations(tx, id)?;
    let code = speech.version.code();
    said.tag = Some(format!(
        "{code}-{}-{}-{links}",
        hash.get(..32).unwrap_or(&hash),
        framework.version
    ));
    Ok(said)
}

/// Everything an entry is related to, its place below its parent first.
fn relations(tx: &mut Tx, speech: &Speech, id: Id) -> Result<Value> {
    let (framework, one) = entry(tx, id)?;
    let parent = match one.parent {
        Some(parent) => store::opt_competency(tx, parent)?,
        None => None,
    };
    let mut links = vec![speech.place(&framework, &one, parent.as_ref(), true)];
    for child in store::children(tx, id)? {
        links.push(speech.place(&framework, &child, Some(&one), true));
    }
    for link in store::associations_at(tx, id)? {
        if let Ok(holder) = public(tx, link.framework) {
            links.push(speech.association(&holder, &link, true));
        }
    }
    let item = speech.item(&framework, &one, true);
    Ok(json!({ "CFItem": item, "CFAssociations": links }))
}

fn association(tx: &mut Tx, speech: &Speech, id: Id) -> Result<Value> {
    if let Some(link) = store::opt_association(tx, id)? {
        let framework = public(tx, link.framework)?;
        return Ok(speech.association(&framework, &link, true));
    }
    let one = store::by_link(tx, id)?.ok_or(Error::Missing)?;
    let framework = public(tx, one.framework)?;
    let parent = match one.parent {
        Some(parent) => store::opt_competency(tx, parent)?,
        None => None,
    };
    Ok(speech.place(&framework, &one, parent.as_ref(), true))
}

/// Frameworks looked through for what they define.
const LOOKED_THROUGH: i64 = 1_000;

fn licence(tx: &mut Tx, speech: &Speech, id: Id) -> Result<Value> {
    for framework in store::public_page(tx, 0, LOOKED_THROUGH)? {
        if licence_id(&framework.licence) == id
            && let Some(licence) = speech.licence(&framework)
        {
            return Ok(licence);
        }
    }
    defined(tx, "CFLicenses", id)
}

/// Something a document defines for its entries.
fn defined(tx: &mut Tx, kind: &str, id: Id) -> Result<Value> {
    let wanted = id.to_string();
    let is_it = |one: &&Value| one.get("identifier").and_then(Value::as_str) == Some(&wanted);
    for framework in store::public_page(tx, 0, LOOKED_THROUGH)? {
        let list = match kind {
            "CFRubrics" => framework.beside.get("rubrics"),
            kind => framework
                .beside
                .get("definitions")
                .and_then(|all| all.get(kind)),
        };
        let list = list.and_then(Value::as_array);
        if let Some(found) = list.and_then(|list| list.iter().find(is_it)) {
            return Ok(found.clone());
        }
    }
    Err(Error::Missing)
}
