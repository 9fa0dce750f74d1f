//! Receivers' links: whoever holds one checks a line in, without an account.
//!
//! The token follows from the link's id and the site's secret, so a sheet can be printed again; the
//! database holds its hash only.

use super::receipts::receiver;
use super::{SLICE, told};
use crate::consignment::ReceiptLink;
use crate::rules;
use crate::store::{consignments, lines, links as store};
use base::{Actor, Day, Id, Moment, Refusal, Result};
use data_encoding::BASE32_NOPAD;
use db::Tx;
use serde_json::json;

/// The token of a link: 80 bits in sixteen letters and digits that survive being read aloud.
pub(crate) fn token(secret: &[u8; 32], link: Id) -> String {
    let key = blake3::derive_key("harambee receipt link", secret);
    let hash = blake3::keyed_hash(&key, link.to_string().as_bytes());
    let ten = hash.as_bytes().get(..10).unwrap_or_default();
    BASE32_NOPAD.encode(ten).to_lowercase()
}

fn hash(token: &str) -> Vec<u8> {
    blake3::hash(token.to_lowercase().as_bytes())
        .as_bytes()
        .to_vec()
}

/// The link of a token.
///
/// # Errors
/// Missing when there is none.
pub(crate) fn by_token(tx: &mut Tx, token: &str) -> Result<ReceiptLink> {
    store::by_hash(tx, &hash(token))
}

/// The authority issues links: one for each line named, or for every line of a consignment that is
/// not checked in and has none. Answers how many.
///
/// # Errors
/// Refused once the consignment is over, or for a day that has passed or is too far; four eyes.
pub fn issue_links(
    tx: &mut Tx,
    consignment: Id,
    only: Option<Id>,
    (expires_on, secret): (Day, &[u8; 32]),
    actor: &Actor,
    now: Moment,
) -> Result<usize> {
    let held = consignments::hold(tx, consignment)?;
    rules::may_receive(held.stage)?;
    let days = now.day().days_until(expires_on);
    if !(0..=rules::LINK_DAYS_MAX).contains(&days) {
        let refusal = Refusal::about("expires_on", "deliveries-link-days");
        return Err(refusal.with("most", rules::LINK_DAYS_MAX).into());
    }
    let (wanted, places) = match only {
        Some(line) => {
            let line = lines::find(tx, line)?;
            (vec![line.id], vec![line.department])
        }
        None => (
            store::without(tx, consignment, now.day())?,
            vec![held.to_place.clone()],
        ),
    };
    receiver(tx, &held, &places, (actor, now.day()))?;
    if wanted.is_empty() {
        return Err(Refusal::whole("deliveries-no-links-needed").into());
    }
    for slice in wanted.chunks(SLICE) {
        let made = slice.iter().map(|line| {
            let link = ReceiptLink {
                id: Id::new(now),
                consignment,
                consignment_line: *line,
                issued_by: actor.account,
                issued_at: now,
                expires_on,
                revoked_at: None,
                used_at: None,
            };
            let hash = hash(&token(secret, link.id));
            (link, hash)
        });
        store::add_many(tx, &made.collect::<Vec<_>>())?;
    }
    let about = json!({ "links": wanted.len(), "expires_on": expires_on });
    told(
        tx,
        (now, Some(actor)),
        "consignment.links-issued",
        consignment,
        about,
    )?;
    Ok(wanted.len())
}

/// The authority ends a link.
///
/// # Errors
/// Refused when it has ended; forbidden for everybody but the authority.
pub fn revoke_link(tx: &mut Tx, link: Id, actor: &Actor, now: Moment) -> Result<Id> {
    let link = store::find(tx, link)?;
    let held = consignments::find(tx, link.consignment)?;
    let line = lines::find(tx, link.consignment_line)?;
    receiver(tx, &held, &[line.department], (actor, now.day()))?;
    if !store::revoke(tx, link.id, now)? {
        return Err(Refusal::whole("deliveries-link-over").into());
    }
    let about = json!({ "line": line.id });
    told(
        tx,
        (now, Some(actor)),
        "consignment.link-revoked",
        held.id,
        about,
    )?;
    Ok(line.id)
}
