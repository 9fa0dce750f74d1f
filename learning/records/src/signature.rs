//! Signed statements: the attachment that signs is a JSON web signature of the statement itself.

use crate::parts::{Part, SIGNATURE, attachments};
use crate::said::{Told, Turned};
use data_encoding::BASE64URL_NOPAD;
use serde_json::Value;

/// Looks at every signature among the attachments of a statement.
pub(crate) fn check(statement: &Value, parts: &[Part]) -> Told<()> {
    let signing = attachments(statement)
        .into_iter()
        .filter(|attachment| attachment["usageType"] == SIGNATURE);
    for attachment in signing {
        if attachment["contentType"] != "application/octet-stream" {
            return Err(Turned::bad(
                "a signature's contentType must be application/octet-stream",
            ));
        }
        let sha2 = attachment["sha2"].as_str().unwrap_or("").to_lowercase();
        let Some(part) = parts.iter().find(|part| part.sha2 == sha2) else {
            return Err(Turned::bad("the bytes of the signature are missing"));
        };
        one(statement, &part.bytes)?;
    }
    Ok(())
}

fn one(statement: &Value, bytes: &[u8]) -> Told<()> {
    let broken = || Turned::bad("the signature is no JWS in its compact form");
    let text = std::str::from_utf8(bytes).map_err(|_| broken())?.trim();
    let mut pieces = text.split('.');
    let (Some(head), Some(payload), Some(mark), None) =
        (pieces.next(), pieces.next(), pieces.next(), pieces.next())
    else {
        return Err(broken());
    };
    let decoded = |text: &str| {
        BASE64URL_NOPAD
            .decode(text.as_bytes())
            .map_err(|_| broken())
    };
    let object = |text: &str| -> Told<Value> {
        let value: Value = serde_json::from_slice(&decoded(text)?).map_err(|_| broken())?;
        if value.is_object() {
            Ok(value)
        } else {
            Err(broken())
        }
    };
    let head = object(head)?;
    if !["RS256", "RS384", "RS512"].contains(&head["alg"].as_str().unwrap_or("")) {
        return Err(Turned::bad(
            "a statement is signed with RS256, RS384 or RS512",
        ));
    }
    if decoded(mark)?.is_empty() {
        return Err(broken());
    }
    let signed = object(payload)?;
    let same = |name: &str| match (signed.get(name), statement.get(name)) {
        (Some(signed), Some(said)) => signed == said,
        _ => true,
    };
    if crate::rules::digest(&signed) != crate::rules::digest(statement) || !same("id") {
        return Err(Turned::bad("the signature signs another statement"));
    }
    Ok(())
}
