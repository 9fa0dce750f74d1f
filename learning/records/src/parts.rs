//! Bodies of several parts: statements first, then the bytes of their attachments.

use crate::said::{Said, Told, Turned};
use serde_json::Value;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

/// The usage of an attachment that signs the statement.
pub(crate) const SIGNATURE: &str = "http://adlnet.gov/expapi/attachments/signature";

/// The bytes of an attachment, by their digest.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub sha2: String,
    pub mime: String,
    pub bytes: Vec<u8>,
}

/// What came in the body of a request that brings statements.
pub(crate) struct Brought {
    pub json: Value,
    pub parts: Vec<Part>,
}

/// Reads the body of a request that brings statements.
pub(crate) fn read(said: &Said) -> Told<Brought> {
    match said.kind() {
        "application/json" => Ok(Brought {
            json: json(&said.body)?,
            parts: Vec::new(),
        }),
        "multipart/mixed" => several(said),
        _ => Err(Turned::bad(
            "Content-Type must be application/json or multipart/mixed",
        )),
    }
}

/// Reads JSON text.
pub(crate) fn json(bytes: &[u8]) -> Told<Value> {
    serde_json::from_slice(bytes).map_err(|error| Turned::bad(format!("no JSON: {error}")))
}

fn several(said: &Said) -> Told<Brought> {
    let kind = said.header("content-type").unwrap_or("");
    let boundary = kind
        .split(';')
        .filter_map(|part| part.trim().split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("boundary"))
        .map(|(_, value)| value.trim_matches('"'))
        .filter(|value| !value.is_empty())
        .ok_or_else(|| Turned::bad("the boundary is missing"))?;
    let mut pieces = split(&said.body, boundary)?.into_iter();
    let (head, body) = pieces
        .next()
        .ok_or_else(|| Turned::bad("there is no part"))?;
    let kind = head.get("content-type").unwrap_or("");
    if kind.split(';').next().unwrap_or("").trim() != "application/json" {
        return Err(Turned::bad("the first part must be application/json"));
    }
    let json = json(body)?;
    let mut parts: Vec<Part> = Vec::new();
    for (head, body) in pieces {
        let sha2 = head
            .get("x-experience-api-hash")
            .ok_or_else(|| Turned::bad("a part has no X-Experience-API-Hash"))?;
        if head.get("content-transfer-encoding") != Some("binary") {
            return Err(Turned::bad(
                "a part has no Content-Transfer-Encoding: binary",
            ));
        }
        let sha2 = sha2.to_lowercase();
        if digest(body, sha2.len()).as_deref() != Some(sha2.as_str()) {
            return Err(Turned::bad("the bytes of a part have another digest"));
        }
        if parts.iter().any(|part| part.sha2 == sha2) {
            continue;
        }
        let mime = head
            .get("content-type")
            .unwrap_or("application/octet-stream");
        parts.push(Part {
            sha2,
            mime: mime.to_owned(),
            bytes: body.to_vec(),
        });
    }
    Ok(Brought { json, parts })
}

fn digest(bytes: &[u8], length: usize) -> Option<String> {
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    match length {
        56 => Some(hex(&Sha224::digest(bytes))),
        64 => Some(hex(&Sha256::digest(bytes))),
        96 => Some(hex(&Sha384::digest(bytes))),
        128 => Some(hex(&Sha512::digest(bytes))),
        _ => None,
    }
}

struct Head(Vec<(String, String)>);

impl Head {
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// The parts between the edges. An edge stands at the beginning of a line and is alone on it.
fn split<'b>(body: &'b [u8], boundary: &str) -> Told<Vec<(Head, &'b [u8])>> {
    let broken = || Turned::bad("the parts cannot be told apart");
    let edge = format!("--{boundary}");
    let mut pieces = Vec::new();
    let (_, mut after) = next_edge(body, edge.as_bytes()).ok_or_else(broken)?;
    loop {
        if after.starts_with(b"--") {
            return Ok(pieces);
        }
        let rest = line_end(after).ok_or_else(broken)?;
        let (piece, next) = next_edge(rest, edge.as_bytes()).ok_or_else(broken)?;
        let piece = piece
            .strip_suffix(b"\r\n")
            .or_else(|| piece.strip_suffix(b"\n"))
            .ok_or_else(broken)?;
        pieces.push(part(piece).ok_or_else(broken)?);
        after = next;
    }
}

/// What stands before the next edge, and what comes after it.
fn next_edge<'b>(bytes: &'b [u8], edge: &[u8]) -> Option<(&'b [u8], &'b [u8])> {
    let mut from = 0;
    loop {
        let at = from + find(bytes.get(from..)?, edge)?;
        let (before, after) = (bytes.get(..at)?, bytes.get(at + edge.len()..)?);
        let begins = before.is_empty() || before.ends_with(b"\n");
        if begins && (after.starts_with(b"--") || line_end(after).is_some()) {
            return Some((before, after));
        }
        from = at + 1;
    }
}

fn part(piece: &[u8]) -> Option<(Head, &[u8])> {
    let mut head = Vec::new();
    let mut rest = piece;
    loop {
        let end = find(rest, b"\n")?;
        let (line, tail) = rest.split_at_checked(end)?;
        rest = tail.get(1..)?;
        let line = std::str::from_utf8(line).ok()?.trim();
        if line.is_empty() {
            return Some((Head(head), rest));
        }
        let (name, value) = line.split_once(':')?;
        head.push((name.trim().to_lowercase(), value.trim().to_owned()));
    }
}

fn line_end(bytes: &[u8]) -> Option<&[u8]> {
    let blank = bytes.iter().take_while(|byte| b" \t".contains(byte));
    let bytes = bytes.get(blank.count()..)?;
    bytes
        .strip_prefix(b"\r\n")
        .or_else(|| bytes.strip_prefix(b"\n"))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut at = 0;
    while let Some(next) = bytes.get(at..)?.iter().position(|byte| *byte == first) {
        at += next;
        if bytes.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// The attachments of a statement and of the one within it.
pub(crate) fn attachments(statement: &Value) -> Vec<&Value> {
    let outer = statement["attachments"].as_array();
    let inner = statement["object"]["attachments"].as_array();
    outer.into_iter().chain(inner).flatten().collect()
}

/// Whether every attachment's bytes are there, and every part belongs to an attachment.
pub(crate) fn complete(statements: &[Value], parts: &[Part]) -> Told<()> {
    let mut wanted = Vec::new();
    for attachment in statements.iter().flat_map(attachments) {
        let sha2 = attachment["sha2"].as_str().unwrap_or("").to_lowercase();
        let here = parts.iter().any(|part| part.sha2 == sha2);
        if !here && attachment.get("fileUrl").is_none() {
            return Err(Turned::bad(format!(
                "the bytes of the attachment {sha2} are missing"
            )));
        }
        wanted.push(sha2);
    }
    match parts.iter().find(|part| !wanted.contains(&part.sha2)) {
        Some(part) => Err(Turned::bad(format!(
            "the part {} belongs to no attachment",
            part.sha2
        ))),
        None => Ok(()),
    }
}

/// A body of several parts: the JSON first.
pub(crate) fn written(json: &str, parts: &[Part]) -> (String, Vec<u8>) {
    let boundary = format!("harambee-{}", base::Uuid::new_v4().simple());
    let mut out =
        format!("--{boundary}\r\nContent-Type: application/json\r\n\r\n{json}\r\n").into_bytes();
    for part in parts {
        let head = format!(
            "--{boundary}\r\nContent-Type: {}\r\nContent-Transfer-Encoding: binary\r\n\
             X-Experience-API-Hash: {}\r\n\r\n",
            part.mime, part.sha2
        );
        out.extend_from_slice(head.as_bytes());
        out.extend_from_slice(&part.bytes);
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/mixed; boundary={boundary}"), out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let bytes = b"--almost a boundary\r\n".to_vec();
        let sha2 = digest(&bytes, 64).unwrap();
        let part = Part {
            sha2,
            mime: "text/plain".to_owned(),
            bytes,
        };
        let (kind, body) = written("{}", std::slice::from_ref(&part));
        let boundary = kind.split('=').nth(1).unwrap();
        let pieces = split(&body, boundary).unwrap();
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[1].1, part.bytes);
        assert_eq!(
            pieces[1].0.get("x-experience-api-hash"),
            Some(part.sha2.as_str())
        );
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_the_reader_panic(body in proptest::collection::vec(0_u8..255, 0..200)) {
            let mut whole = b"--x\r\n".to_vec();
            whole.extend(body);
            let _ = split(&whole, "x");
        }
    }
}
