//! The hash that says nothing was changed since a framework was adopted.

use crate::framework::{Association, Competency, Framework};
use crate::{rules, store};
use base::Result;
use db::Tx;
use serde_json::json;
use sha2::{Digest, Sha256};

/// The hash of everything a framework says, whatever the order it was read in.
pub(crate) fn hash(framework: &Framework, entries: &[Competency], links: &[Association]) -> String {
    let mut hasher = Sha256::new();
    let f = framework;
    let head = json!([
        f.id,
        f.country,
        f.names,
        f.subject,
        f.langs,
        f.edition,
        f.supersedes,
        f.creator,
        f.publisher,
        f.source,
        f.licence,
        f.description,
        f.beside
    ]);
    hasher.update(head.to_string());
    let mut entries: Vec<&Competency> = entries.iter().collect();
    entries.sort_unstable_by_key(|one| one.id);
    for c in entries {
        let line = json!([
            c.id,
            c.code,
            c.statement,
            c.subject,
            c.grade_from,
            c.grade_to,
            c.parent,
            c.sequence,
            c.kind,
            c.notes,
            c.beside,
            c.based_on,
            c.link
        ]);
        hasher.update(line.to_string());
    }
    let mut links: Vec<&Association> = links.iter().filter(|link| !link.crosswalk).collect();
    links.sort_unstable_by_key(|link| link.id);
    for a in links {
        let line = json!([
            a.id,
            a.kind,
            a.origin,
            a.destination,
            a.destination_title,
            a.destination_uri,
            a.sequence,
            a.notes
        ]);
        hasher.update(line.to_string());
    }
    hasher
        .finalize()
        .iter()
        .fold(String::new(), |mut text, byte| {
            use std::fmt::Write;
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// Everything that was adopted is what it was on that day.
pub(crate) fn unbroken(tx: &mut Tx) -> Result<Vec<String>> {
    let mut broken = Vec::new();
    for framework in store::sealed(tx)? {
        let entries = store::of_framework(tx, framework.id)?;
        let links = store::associations_of(tx, framework.id)?;
        if framework.content_hash.as_deref() != Some(&hash(&framework, &entries, &links)) {
            broken.push(format!(
                "curriculum {}: changed since it was adopted",
                framework.id
            ));
        }
        if rules::tree(entries.clone()).len() != entries.len() {
            broken.push(format!(
                "curriculum {}: entries hang on themselves",
                framework.id
            ));
        }
    }
    Ok(broken)
}
