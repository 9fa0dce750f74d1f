//! What stands between the world and the rooms: form tokens, cookies, headers, signed uploads.

use crate::site::{Credentials, Settings};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, header};
use base::{Refusal, Result};
use files::Upload;
use std::collections::BTreeMap;

/// The cookie that holds the session.
pub const SESSION: &str = "session";
/// The cookie that ties forms to a visitor who is not signed in.
pub const VISITOR: &str = "visitor";
/// The cookie that holds the chosen language.
pub const LANGUAGE: &str = "language";
/// The cookie that carries one line of words to the next page.
pub const NOTICE: &str = "notice";

/// Days a session's cookie is kept; the session itself may end earlier.
const SESSION_DAYS: i64 = 30;

/// The cookies of a request.
pub fn cookies(headers: &HeaderMap) -> BTreeMap<String, String> {
    let lines = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok());
    let pairs = lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='));
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// A `Set-Cookie` line; an empty value takes the cookie away.
pub fn cookie(settings: &Settings, name: &str, value: &str, days: i64) -> String {
    let secure = if settings.url.starts_with("https:") {
        "; Secure"
    } else {
        ""
    };
    let age = if value.is_empty() { 0 } else { days * 86_400 };
    let shared = name == SESSION && value.starts_with(crate::entrance::SHARED);
    let age = if shared {
        String::new()
    } else {
        format!("; Max-Age={age}")
    };
    format!("{name}={value}; Path=/{age}; HttpOnly; SameSite=Lax{secure}")
}

/// The session's cookie.
pub fn session_cookie(settings: &Settings, session: &str) -> String {
    cookie(settings, SESSION, session, SESSION_DAYS)
}

/// Who a request says it comes from.
pub fn credentials(
    headers: &HeaderMap,
    cookies: &BTreeMap<String, String>,
    api: bool,
    writes: bool,
    path: &str,
) -> Credentials {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, key)| key.trim().to_owned());
    let text = |name: &str, max: usize| {
        let value = headers
            .get(name)
            .and_then(|v| v.to_str().ok())
            .unwrap_or("");
        value.chars().take(max).collect::<String>()
    };
    Credentials {
        // A cookie alone never writes through the API: another site could send it.
        session: cookies
            .get(SESSION)
            .filter(|s| !(s.is_empty() || api && writes))
            .cloned(),
        key: bearer,
        writes,
        path: path.to_owned(),
        address: text("x-harambee-peer", 64),
        agent: text("user-agent", 200),
    }
}

/// Whether a request brings nothing by which its sender could be told from anybody else.
pub fn is_stranger(headers: &HeaderMap, cookies: &BTreeMap<String, String>) -> bool {
    let none = |name: &str| cookies.get(name).is_none_or(String::is_empty);
    none(SESSION) && none(NOTICE) && !headers.contains_key(header::AUTHORIZATION)
}

/// Random text of 32 hexadecimal digits.
pub fn random() -> String {
    base::Uuid::new_v4().simple().to_string()
}

/// The token a form must carry: it depends on the site's secret and the visitor's cookies.
pub fn token(settings: &Settings, cookies: &BTreeMap<String, String>) -> Option<String> {
    let tie = cookies
        .get(SESSION)
        .filter(|s| !s.is_empty())
        .or_else(|| cookies.get(VISITOR))?;
    Some(token_for(settings, tie))
}

/// The token of a visitor's cookie.
pub fn token_for(settings: &Settings, tie: &str) -> String {
    keyed(settings, "form", tie)
}

/// Refuses a form that did not come from a page of ours.
///
/// # Errors
/// Refused with `form-expired` when the token is not the visitor's or another site sent the form.
pub fn same_origin(
    settings: &Settings,
    headers: &HeaderMap,
    cookies: &BTreeMap<String, String>,
    sent: &str,
) -> Result<()> {
    let site = headers
        .get("sec-fetch-site")
        .and_then(|v| v.to_str().ok())
        .unwrap_or("same-origin");
    let ours = matches!(site, "same-origin" | "none");
    let right = token(settings, cookies).is_some_and(|token| token == sent);
    if ours && right {
        Ok(())
    } else {
        Err(Refusal::whole("form-expired").into())
    }
}

/// A kept upload as a hidden field, signed so that nobody can name a file that is not theirs.
pub fn seal(settings: &Settings, upload: &Upload) -> String {
    let text = format!(
        "{}|{}|{}|{}",
        upload.hash, upload.size, upload.mime, upload.name
    );
    format!("{}|{text}", keyed(settings, "upload", &text))
}

/// The upload of a hidden field; none when the seal is broken.
pub fn unseal(settings: &Settings, sealed: &str) -> Option<Upload> {
    let (seal, text) = sealed.split_once('|')?;
    if seal != keyed(settings, "upload", text) {
        return None;
    }
    let mut parts = text.splitn(4, '|');
    Some(Upload {
        hash: parts.next()?.to_owned(),
        size: parts.next()?.parse().ok()?,
        mime: parts.next()?.to_owned(),
        name: parts.next()?.to_owned(),
    })
}

fn keyed(settings: &Settings, purpose: &str, text: &str) -> String {
    let mut hasher = blake3::Hasher::new_keyed(&settings.secret);
    hasher
        .update(purpose.as_bytes())
        .update(&[0])
        .update(text.as_bytes());
    hasher.finalize().to_hex().chars().take(40).collect()
}

/// Headers every answer carries.
pub fn protect<B>(response: &mut Response<B>, settings: &Settings) {
    let pairs: [(HeaderName, &'static str); 6] = [
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; script-src 'self'; \
             connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=()",
        ),
    ];
    for (name, value) in pairs {
        response
            .headers_mut()
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    }
    if settings.url.starts_with("https:") {
        let value = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        response
            .headers_mut()
            .entry(header::STRICT_TRANSPORT_SECURITY)
            .or_insert(value);
    }
}

/// Where charts for other people's pages stand: they know of nobody who is signed in.
const EMBEDDED: &str = "/embed/";

/// Lets other sites show what stands below `/embed/` in a frame of theirs.
pub fn embed<B>(response: &mut Response<B>, route: &str) {
    if !route.starts_with(EMBEDDED) {
        return;
    }
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_DISPOSITION);
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors *; base-uri 'none'",
        ),
    );
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
}

/// A local path to go on to; anything that could lead elsewhere becomes `/`.
pub fn local(path: &str) -> &str {
    let good = path.starts_with('/')
        && !path.starts_with("//")
        && !path.contains('\\')
        && !path.chars().any(char::is_control);
    if good { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings {
            name: "Harambee".to_owned(),
            url: "http://127.0.0.1".to_owned(),
            secret: [7; 32],
            lang: base::Lang::En,
            behind_proxy: false,
            notice_key: None,
        }
    }

    #[test]
    fn only_the_visitors_own_token_is_taken() {
        let (settings, headers) = (settings(), HeaderMap::new());
        let mine = BTreeMap::from([(SESSION.to_owned(), "mine".to_owned())]);
        let other = BTreeMap::from([(SESSION.to_owned(), "other".to_owned())]);
        let token = token(&settings, &mine).unwrap();
        assert!(same_origin(&settings, &headers, &mine, &token).is_ok());
        assert!(same_origin(&settings, &headers, &other, &token).is_err());
        assert!(same_origin(&settings, &headers, &BTreeMap::new(), &token).is_err());
        let mut foreign = HeaderMap::new();
        foreign.insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
        assert!(same_origin(&settings, &foreign, &mine, &token).is_err());
    }

    #[test]
    fn a_sealed_upload_cannot_be_forged() {
        let upload = Upload {
            hash: "a".repeat(64),
            name: "le|tter.pdf".to_owned(),
            mime: "application/pdf".to_owned(),
            size: 12,
        };
        let sealed = seal(&settings(), &upload);
        assert_eq!(unseal(&settings(), &sealed), Some(upload));
        assert_eq!(unseal(&settings(), &sealed.replace("aaaa", "bbbb")), None);
        assert_eq!(unseal(&settings(), "x"), None);
    }

    #[test]
    fn a_shared_session_ends_with_the_browser() {
        let settings = settings();
        assert!(!session_cookie(&settings, "s.abc").contains("Max-Age"));
        assert!(session_cookie(&settings, "p.abc").contains("Max-Age"));
        assert!(session_cookie(&settings, "").contains("Max-Age=0"));
    }

    #[test]
    fn the_way_on_stays_here() {
        for (path, safe) in [
            ("/needs", "/needs"),
            ("//evil", "/"),
            ("https://evil", "/"),
            ("/\\evil", "/"),
            ("", "/"),
        ] {
            assert_eq!(local(path), safe);
        }
    }
}
