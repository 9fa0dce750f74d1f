//! Check-ins by table: tried first, taken as a whole.

use super::to;
use crate::acts::{self, By, Proof};
use crate::store::{consignments, lines, receipts};
use crate::{rules, sheet};
use base::{Actor, Error, Id, Refusal, Result};
use db::Tx;
use files::Upload;
use serde_json::json;
use web::{Call, Done, Field, Form, Site};

pub(super) fn table_form() -> Form {
    vec![
        Field::file("file", sheet::FILE_MAX),
        Field::day("received_on"),
    ]
}

pub(super) fn keep_read(site: &Site, call: &mut Call, name: &str, hash: &str) -> Result<()> {
    let read = sheet::read(name, &site.files.read(hash)?);
    let text = serde_json::to_string(&read).map_err(Error::fault)?;
    call.prepared.insert("read".to_owned(), text);
    Ok(())
}

pub(super) fn read_table(site: &Site, call: &mut Call) -> Result<()> {
    let Some(file) = call.values.file("file").cloned() else {
        return Err(Refusal::about("file", "form-file-missing").into());
    };
    keep_read(site, call, &file.name, &file.hash)
}

pub(super) fn read_again(site: &Site, call: &mut Call) -> Result<()> {
    let id = call.id("id")?;
    let tried = site.db.read_now(move |tx| receipts::tried(tx, id))?;
    keep_read(site, call, &tried.file_name, &tried.file_hash)
}

pub(super) fn judged(
    tx: &mut Tx,
    call: &Call,
    consignment: Id,
) -> Result<(sheet::Read, sheet::Judged)> {
    let text = call.prepared.get("read").map_or("", String::as_str);
    let read: sheet::Read = serde_json::from_str(text).map_err(Error::fault)?;
    let told = lines::all_told(tx, consignment)?;
    let judged = sheet::judge(&read, &told)?;
    Ok((read, judged))
}

/// A trial: every row is matched, every refusal kept; nothing is checked in yet.
pub(super) fn table(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, actor) = (call.id("id")?, call.actor()?);
    let consignment = consignments::find(tx, id)?;
    rules::may_receive(consignment.stage)?;
    may_receive_all(tx, &consignment, actor, call)?;
    let (read, judged) = judged(tx, call, id)?;
    let on = call.values.opt_day("received_on").unwrap_or(call.today);
    rules::has_come("received_on", on, call.today)?;
    let Some(file) = call.values.file("file") else {
        return Err(Refusal::about("file", "form-file-missing").into());
    };
    let tried = receipts::Tried {
        id: Id::new(call.now),
        consignment: id,
        file_name: file.name.clone(),
        file_hash: file.hash.clone(),
        on,
        rows: read.rows,
        report: judged.report(&read),
        accepted: false,
        by: actor.account,
        at: call.now,
    };
    receipts::add_tried(tx, &tried)?;
    let mut body = tried.report;
    body["id"] = json!(tried.id);
    Ok(Done::see(format!("/check-in-files/{}", tried.id)).with(body))
}

pub(super) fn may_receive_all(
    tx: &mut Tx,
    consignment: &crate::Consignment,
    actor: &Actor,
    call: &Call,
) -> Result<()> {
    let places = [consignment.to_place.clone()];
    crate::upstream::require_authority(tx, actor, &consignment.country, &places, call.today)
}

pub(super) fn accept_table(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, actor) = (call.id("id")?, call.actor()?);
    let tried = receipts::tried(tx, id)?;
    consignments::hold(tx, tried.consignment)?;
    let (_, judged) = judged(tx, call, tried.consignment)?;
    if !judged.refused.is_empty() {
        let refusal = Refusal::whole("deliveries-table-refused");
        return Err(refusal.with("n", judged.refused.len()).into());
    }
    if !receipts::accept_tried(tx, id)? {
        return Err(Refusal::whole("deliveries-table-taken").into());
    }
    let proof = Proof {
        on: tried.on,
        file: Some(Upload {
            hash: tried.file_hash,
            name: tried.file_name,
            mime: "application/octet-stream".to_owned(),
            size: 0,
        }),
        note: None,
    };
    let by = By::Sheet(actor);
    acts::check_in(tx, tried.consignment, &judged.parts, by, &proof, call.now)?;
    Ok(to(tried.consignment, "deliveries-checked-in"))
}
