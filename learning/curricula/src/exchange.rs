//! CASE in: a package becomes a draft, whole or not at all.

use crate::case;
use crate::{acts, rules, store};
use base::{Actor, Error, Id, Moment, Refusal, Refusals, Result};
use db::Tx;
use serde_json::{Value, json};

/// Bytes of a package's file.
pub(crate) const FILE_MAX: u64 = 30_000_000;

/// The JSON of a file.
///
/// # Errors
/// Refused when it is none.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    serde_json::from_slice(bytes).map_err(|fault| {
        let refusal = Refusal::about("file", "curricula-case-no-json");
        let refusal = refusal.with("line", i64::try_from(fault.line()).unwrap_or(0));
        Error::from(refusal.with("column", i64::try_from(fault.column()).unwrap_or(0)))
    })
}

/// Makes a draft of a CASE package, 1.0 or 1.1.
///
/// # Errors
/// Forbidden for everybody but the country's learning officers; refused with everything that is wrong.
pub fn import_case(
    tx: &mut Tx,
    package: &Value,
    country: &str,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    rules::may_draft(actor, country)?;
    places::country(tx, country)?;
    let read = case::read(package, country, Some(actor.account), now)?;
    let mut refusals = Refusals::default();
    let id = read.framework.id;
    if let Some(there) = store::opt_framework(tx, id)? {
        let refusal = Refusal::about("file", "curricula-framework-here");
        let title = there.names.get(base::Lang::En).to_owned();
        refusals.push(refusal.with("title", title));
    } else {
        let ids: Vec<Id> = read.entries.iter().map(|one| one.id).collect();
        for taken in store::taken(tx, &ids)?.iter().take(20) {
            let refusal = Refusal::about("file", "curricula-entry-here");
            refusals.push(refusal.with("at", taken.to_string()));
        }
        for link in &read.links {
            if refusals.0.len() < 40 && store::opt_association(tx, link.id)?.is_some() {
                refusals.push(Refusal::about("file", "curricula-association-here"));
            }
        }
    }
    refusals.or(())?;
    store::add_framework(tx, &read.framework)?;
    let hand = (now, Some(actor.account));
    let about =
        json!({ "country": country, "entries": read.entries.len(), "links": read.links.len() });
    ledger::tell(tx, hand, "curricula.imported", ("framework", id), about)?;
    acts::fill(tx, id, &read.entries, &read.links, hand)?;
    Ok(id)
}
