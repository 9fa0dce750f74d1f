//! JSON in and out: the same views and acts in other clothes, problems per RFC 9457.

use crate::ask::Ask;
use crate::reply::Reply;
use crate::room::{Answer, Download, Kept, Listing, Shape, Show};
use axum::http::{StatusCode, header};
use base::{Error, Result};
use lang::Words;
use serde_json::{Map, Value, json};
use ui::Column;

/// What a view found, as JSON.
///
/// # Errors
/// Missing when the view is not part of the API.
pub fn answer(ask: &Ask, shape: Shape, answer: Answer) -> Result<Reply> {
    match (shape, answer) {
        (Shape::List(columns, _), Answer::List(list)) => Ok(listing(ask, columns, &list)),
        (Shape::Record(columns), Answer::Record(show)) => {
            Ok(Reply::json(StatusCode::OK, &record(columns, &show)))
        }
        (_, Answer::File(file)) => Ok(download(&file)),
        (_, Answer::Kept(file)) => kept(ask, &file, None),
        (_, Answer::See(path)) => Ok(Reply::json(
            StatusCode::OK,
            &json!({ "see": format!("/api{path}") }),
        )),
        _ => Err(Error::Missing),
    }
}

fn listing(ask: &Ask, columns: &[Column], list: &Listing) -> Reply {
    let items: Vec<Value> = list
        .rows
        .iter()
        .map(|line| object(columns, &line.cells))
        .collect();
    let last = list.rows.last().filter(|_| list.more);
    let next = last.map(|line| format!("/api{}", crate::html::page_href(ask, Some(&line.key))));
    Reply::json(
        StatusCode::OK,
        &json!({ "items": items, "next": next, "total": list.total }),
    )
}

fn record(columns: &[Column], show: &Show) -> Value {
    object(columns, &show.cells)
}

fn object(columns: &[Column], cells: &[ui::Cell]) -> Value {
    let pairs = columns.iter().zip(cells);
    Value::Object(
        pairs
            .map(|(c, cell)| (c.name.to_owned(), ui::cell_json(cell)))
            .collect::<Map<_, _>>(),
    )
}

/// A name that can stand in a header and on any disk.
fn file_name(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    name.chars()
        .map(|c| if plain(c) { c } else { '_' })
        .collect()
}

/// A kept file, known by its hash: not sent again to who has it, open to other sites' pages.
///
/// # Errors
/// Missing when it is not kept.
pub fn kept(ask: &Ask, file: &Kept, has: Option<&str>) -> Result<Reply> {
    let tag = format!("\"{}\"", file.hash);
    let known = has.is_some_and(|has| has.split(',').any(|one| one.trim().ends_with(&tag)));
    let age = if file.fixed {
        "public, max-age=31536000, immutable"
    } else {
        "public, no-cache"
    };
    let mut reply = Reply {
        status: StatusCode::NOT_MODIFIED,
        headers: Vec::new(),
        body: Vec::new(),
        file: None,
    };
    if !known {
        let (content, size) = ask.site.files.open_kept(&file.hash)?;
        reply.status = StatusCode::OK;
        reply.file = Some(content);
        let name = format!("inline; filename=\"{}\"", file_name(&file.name));
        reply = reply
            .header(header::CONTENT_TYPE, &file.mime)
            .header(header::CONTENT_LENGTH, &size.to_string())
            .header(header::CONTENT_DISPOSITION, &name);
    }
    Ok(reply
        .header(header::ETAG, &tag)
        .header(header::CACHE_CONTROL, age)
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
}

/// Bytes to keep, under their name.
pub fn download(file: &Download) -> Reply {
    let name = file_name(&file.name);
    Reply {
        status: StatusCode::OK,
        headers: Vec::new(),
        body: file.bytes.clone(),
        file: None,
    }
    .header(header::CONTENT_TYPE, &file.mime)
    .header(
        header::CONTENT_DISPOSITION,
        &format!("attachment; filename=\"{name}\""),
    )
}

/// A problem in words, with every reason.
pub fn problem(words: &Words, error: &Error) -> Reply {
    let (status, key) = crate::html::status_of(error);
    let mut body = json!({
        "type": format!("/problems/{key}"),
        "title": words.say(&format!("problem-{key}")),
        "status": status.as_u16(),
    });
    match error {
        Error::Refused(refusals) => {
            let one = |r: &base::Refusal| json!({ "field": r.field, "code": r.key, "detail": words.refusal(r) });
            body["errors"] = Value::Array(refusals.0.iter().map(one).collect());
        }
        Error::Forbidden(role) => {
            body["detail"] = crate::html::who_may(words, role).into();
        }
        Error::Conflict(conflict) => {
            let saved = conflict
                .saved
                .iter()
                .map(|(n, v)| (n.clone(), Value::from(v.as_str())));
            body["saved"] = Value::Object(saved.collect());
            body["version"] = conflict.version.into();
        }
        Error::Missing | Error::SignIn | Error::Later(_) | Error::Fault(_) => {}
    }
    let mut reply = Reply::new(status, "application/problem+json", body.to_string());
    if let Error::Later(seconds) = error {
        reply = reply.header(header::RETRY_AFTER, &seconds.to_string());
    }
    if matches!(error, Error::SignIn) {
        reply = reply.header(header::WWW_AUTHENTICATE, "Bearer");
    }
    reply
}
