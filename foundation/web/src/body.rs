//! Reading what a form or a JSON body sent, into one shape.

use crate::form::{Entered, Field, FieldKind, Form};
use crate::guard;
use crate::site::Site;
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use base::{Error, Lang, Refusal, Result};
use data_encoding::BASE64;
use serde_json::Value as Json;

/// Bytes a body may hold; an import of a million rows fits.
pub const BODY_MAX: usize = 200 * 1_048_576;

/// Reads a form as a browser sends it, urlencoded or multipart; files are kept at once.
///
/// # Errors
/// Refused when the body cannot be read.
pub async fn form(site: &Site, request: Request) -> Result<Entered> {
    let kind = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or("")
        .to_owned();
    if kind.starts_with("multipart/form-data") {
        return multipart(site, request).await;
    }
    let bytes = whole(request).await?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Refusal::whole("form-not-utf8"))?;
    Ok(
        base::address::pairs(text).fold(Entered::default(), |entered, (name, value)| {
            entered.with(&name, value)
        }),
    )
}

/// The whole body of a request.
///
/// # Errors
/// Refused when it is too large or breaks off.
pub async fn whole(request: Request) -> Result<Bytes> {
    axum::body::to_bytes(request.into_body(), BODY_MAX)
        .await
        .map_err(|_| Refusal::whole("form-body-too-large").into())
}

async fn multipart(site: &Site, request: Request) -> Result<Entered> {
    let broken = |_| Error::from(Refusal::whole("form-broken-upload"));
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| Error::from(Refusal::whole("form-broken-upload")))?;
    let mut entered = Entered::default();
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let mime = part
            .content_type()
            .unwrap_or("application/octet-stream")
            .to_owned();
        let bytes = part.bytes().await.map_err(broken)?;
        match file {
            Some(_) if bytes.is_empty() => {}
            Some(file) => {
                let files = site.files.clone();
                let file = plain_name(&file);
                let kept = tokio::task::spawn_blocking(move || files.keep(&file, &mime, &bytes));
                entered
                    .files
                    .insert(name, kept.await.map_err(Error::fault)??);
            }
            None => {
                let text =
                    std::str::from_utf8(&bytes).map_err(|_| Refusal::whole("form-not-utf8"))?;
                entered = entered.with(&name, text);
            }
        }
    }
    recall(site, &mut entered);
    Ok(entered)
}

/// Brings back files kept from an earlier try, unless a new one was chosen.
fn recall(site: &Site, entered: &mut Entered) {
    let kept: Vec<(String, String)> = entered
        .texts
        .iter()
        .filter_map(|(name, all)| {
            Some((name.strip_suffix(".kept")?.to_owned(), all.first()?.clone()))
        })
        .collect();
    for (name, sealed) in kept {
        entered.texts.remove(&format!("{name}.kept"));
        if let Some(upload) = guard::unseal(&site.settings, &sealed) {
            entered.files.entry(name).or_insert(upload);
        }
    }
}

/// A file's name without folders or control characters.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|c| !c.is_control() && *c != '|')
        .take(200)
        .collect();
    if plain.trim().is_empty() {
        "file".to_owned()
    } else {
        plain
    }
}

/// Reads a JSON body for a form: every field of the wrong shape is refused, unknown ones too.
///
/// # Errors
/// Refused when it is no JSON object.
pub fn json(site: &Site, form: &Form, bytes: &[u8]) -> Result<Entered> {
    let body: Json = if bytes.is_empty() {
        Json::Object(serde_json::Map::new())
    } else {
        serde_json::from_slice(bytes)
            .map_err(|e| Refusal::whole("form-not-json").with("where", e.to_string()))?
    };
    let Json::Object(object) = body else {
        return Err(Refusal::whole("form-not-an-object").into());
    };
    let mut entered = Entered::default();
    for (name, value) in object {
        match form.iter().find(|field| field.name == name) {
            Some(field) => enter(site, field, value, &mut entered)?,
            None => entered
                .misshapen
                .push(Refusal::about(&name, "form-unknown-field")),
        }
    }
    Ok(entered)
}

fn enter(site: &Site, field: &Field, value: Json, entered: &mut Entered) -> Result<()> {
    let name = field.name;
    let mut wrong = || {
        entered
            .misshapen
            .push(Refusal::about(name, "form-wrong-shape"))
    };
    match (&field.kind, value) {
        (_, Json::Null) => {}
        (FieldKind::Yes, Json::Bool(yes)) => set(entered, name, if yes { "yes" } else { "" }),
        (FieldKind::Whole(..) | FieldKind::Version, Json::Number(n))
            if n.is_i64() || n.is_u64() =>
        {
            set(entered, name, &n.to_string());
        }
        (FieldKind::Decimal(..), Json::Number(n)) => set(entered, name, &n.to_string()),
        (FieldKind::Many(_), Json::Array(items)) => {
            for item in items {
                match item {
                    Json::String(code) => {
                        entered.texts.entry(name.to_owned()).or_default().push(code);
                    }
                    _ => entered
                        .misshapen
                        .push(Refusal::about(name, "form-wrong-shape")),
                }
            }
        }
        (FieldKind::Names(_), Json::Object(names)) => {
            for (lang, text) in names {
                match (Lang::ALL.iter().find(|l| l.code() == lang), text) {
                    (Some(_), Json::String(text)) => set(entered, &format!("{name}_{lang}"), &text),
                    _ => entered
                        .misshapen
                        .push(Refusal::about(name, "form-wrong-shape")),
                }
            }
        }
        (FieldKind::File(_), Json::Object(file)) => return keep(site, name, &file, entered),
        (
            FieldKind::Text(_)
            | FieldKind::Words(_)
            | FieldKind::Secret
            | FieldKind::Email
            | FieldKind::Day
            | FieldKind::Choice(_),
            Json::String(text),
        ) => set(entered, name, &text),
        _ => wrong(),
    }
    Ok(())
}

fn set(entered: &mut Entered, name: &str, text: &str) {
    entered.texts.insert(name.to_owned(), vec![text.to_owned()]);
}

fn keep(
    site: &Site,
    name: &str,
    file: &serde_json::Map<String, Json>,
    entered: &mut Entered,
) -> Result<()> {
    let text = |key: &str| file.get(key).and_then(Json::as_str);
    let bytes = text("base64").and_then(|coded| BASE64.decode(coded.as_bytes()).ok());
    match (text("name"), bytes) {
        (Some(file_name), Some(bytes)) => {
            let mime = text("mime").unwrap_or("application/octet-stream");
            let upload = site.files.keep(&plain_name(file_name), mime, &bytes)?;
            entered.files.insert(name.to_owned(), upload);
        }
        _ => entered
            .misshapen
            .push(Refusal::about(name, "form-wrong-shape")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_keeps_no_folder() {
        assert_eq!(plain_name("C:\\fake\\letter|.pdf"), "letter.pdf");
        assert_eq!(plain_name("../../"), "file");
    }
}
