//! Receivers' links, and the one page each opens.

use super::{PROOF_MAX, checked, counted, proof, to_line};
use crate::acts::{self, By, Proof};
use crate::store::{consignments, lines, receipts};
use crate::{pages, rules};
use base::{Id, Refusal, Result};
use db::Tx;
use serde_json::json;
use web::{Ask, Call, Done, Entered, Field, Form, Prefill};

pub(super) fn link_form() -> Form {
    vec![Field::day("expires_on")]
}

pub(super) fn link_days(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut prefill = pages::beside(tx, ask)?;
    prefill.entered = expires(ask);
    Ok(prefill)
}

pub(super) fn line_link_days(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut prefill = pages::beside_line(tx, ask)?;
    prefill.entered = expires(ask);
    Ok(prefill)
}

pub(super) fn expires(ask: &Ask) -> Entered {
    let day = ask.today.plus(rules::LINK_DAYS);
    Entered::default().with("expires_on", day.to_string())
}

pub(super) fn issue(tx: &mut Tx, call: &Call, consignment: Id, only: Option<Id>) -> Result<Done> {
    let expires_on = call.values.opt_day("expires_on").unwrap_or(call.today);
    let how = (expires_on, &call.site.settings.secret);
    let made = acts::issue_links(tx, consignment, only, how, call.actor()?, call.now)?;
    let see = match only {
        Some(line) => format!("/consignment-lines/{line}"),
        None => format!("/consignments/{consignment}/links"),
    };
    Ok(Done::see(see)
        .with(json!({ "links": made }))
        .notice("deliveries-links-issued"))
}

pub(super) fn links(tx: &mut Tx, call: &Call) -> Result<Done> {
    issue(tx, call, call.id("id")?, None)
}

pub(super) fn line_link(tx: &mut Tx, call: &Call) -> Result<Done> {
    let line = lines::find(tx, call.id("id")?)?;
    issue(tx, call, line.consignment, Some(line.id))
}

pub(super) fn revoke(tx: &mut Tx, call: &Call) -> Result<Done> {
    let line = acts::revoke_link(tx, call.id("id")?, call.actor()?, call.now)?;
    Ok(to_line(line, "deliveries-link-revoked"))
}

pub(super) fn receive_form() -> Form {
    let mut form = counted();
    form.push(Field::file("photo", PROOF_MAX).optional());
    form.push(Field::text("note").max(300).optional());
    form
}

/// A receiver's word. Said again after a line broke, it is heard once: whoever repeats what was
/// checked in by the same link gets the same thanks.
pub(super) fn receive(tx: &mut Tx, call: &Call) -> Result<Done> {
    let token = call.param("token").to_owned();
    let link = acts::by_token(tx, &token)?;
    consignments::hold(tx, link.consignment)?;
    let checked = checked(call);
    let thanks = Done::see(format!("/receive/{token}/thanks")).with(json!({
        "good": checked.good, "damaged": checked.damaged, "short": checked.short,
        "surplus": checked.surplus,
    }));
    let pending = lines::told(tx, link.consignment_line)?.known.pending();
    let before = receipts::by_link(tx, link.consignment_line, link.id)?;
    let repeated = before.iter().any(|one| one.checked == checked);
    if repeated && (checked.accounted() > pending || checked.accounted() == 0) {
        return Ok(thanks);
    }
    if !link.is_good(call.today) {
        return Err(Refusal::whole("deliveries-link-over").into());
    }
    let proof = Proof {
        on: call.today,
        file: proof(call, "photo")?,
        note: call.values.opt_text("note").map(str::to_owned),
    };
    let parts = [(link.consignment_line, checked)];
    acts::check_in(
        tx,
        link.consignment,
        &parts,
        By::Link(&link),
        &proof,
        call.now,
    )?;
    Ok(thanks)
}
