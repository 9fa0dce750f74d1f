//! The rules on ids and addresses.

use crate::clean::percent;
use std::collections::BTreeSet;

/// Ids that were seen.
#[derive(Default)]
pub(super) struct Ids {
    pub taken: BTreeSet<String>,
    pub objectives: BTreeSet<String>,
}

/// Where relative addresses lead.
pub(super) enum Place<'a> {
    Package(&'a dyn Fn(&str) -> bool),
    Nowhere,
}

/// What the address of a unit may not carry, because the launch puts it there.
const LAUNCH: [&str; 5] = ["endpoint", "fetch", "actor", "registration", "activityId"];

/// Whether it is a fully qualified IRI.
pub(super) fn iri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    is_scheme(scheme)
        && !rest.is_empty()
        && rest.chars().all(may_stand)
        && percents(rest)
        && host(rest)
}

fn is_scheme(scheme: &str) -> bool {
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.len() > 1
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}
fn may_stand(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
}
/// Each percent sign is followed by two hexadecimal digits.
fn percents(text: &str) -> bool {
    text.match_indices('%').all(|(at, _)| {
        text.as_bytes()
            .get(at + 1..at + 3)
            .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
    })
}
/// Where two slashes announce a host, there is one.
fn host(rest: &str) -> bool {
    rest.strip_prefix("//").is_none_or(|rest| {
        rest.split(['/', '?', '#'])
            .next()
            .is_some_and(|host| !host.is_empty())
    })
}

/// Every rule that the address of a unit breaks.
pub(super) fn address(url: &str, place: &Place) -> Vec<&'static str> {
    let mut no = Vec::new();
    if url.is_empty() {
        no.push("format-cmi5-url");
        return no;
    }
    let scheme = url
        .split_once(':')
        .is_some_and(|(scheme, _)| is_scheme(scheme) && !scheme.contains(['/', '?', '#']));
    let good = url.chars().all(may_stand) && !url.contains(['[', ']']) && percents(url);
    if !good || (scheme && !iri(url)) || url.starts_with("//") {
        no.push("format-cmi5-url");
    } else if scheme {
        let harmful = ["javascript:", "data:", "vbscript:", "file:"];
        let lower = url.to_ascii_lowercase();
        if harmful.iter().any(|word| lower.starts_with(word)) {
            no.push("format-cmi5-url");
        }
    } else {
        match place {
            Place::Nowhere => no.push("format-cmi5-url-relative"),
            Place::Package(has) => {
                let path = percent(url.split(['?', '#']).next().unwrap_or_default());
                let path = path.strip_prefix("./").unwrap_or(&path);
                let leaves = path.starts_with('/') || path.split('/').any(|part| part == "..");
                if leaves || !has(path) {
                    no.push("format-cmi5-url-missing");
                }
            }
        }
    }
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let clash = query
        .split(['&', ';'])
        .map(|pair| percent(pair.split('=').next().unwrap_or_default()))
        .any(|name| LAUNCH.contains(&name.as_str()));
    if clash {
        no.push("format-cmi5-url-launch");
    }
    no
}
