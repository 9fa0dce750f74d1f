//! What the web asks for each act, and how its answers become the act.

mod authority;
mod disputes;
mod links;
mod member;
mod tables;

use crate::acts::Proof;
use crate::consignment::Checked;
use crate::{pages, rules};
use base::{Id, Result, Role};
use db::Tx;
use files::Upload;
use serde_json::json;
use web::{Act, Ask, Call, Done, Entered, Field, Form, Prefill, Who};

const MEMBER: Who = Who::Any(&[Role::MemberFocalPoint, Role::MemberOfficer]);
const AUTHORITY: Who = Who::Any(&[Role::AuthorityFocalPoint, Role::AuthoritySignatory]);

/// Bytes a photo or a paper may have: what a telephone makes.
const PROOF_MAX: u64 = 8_000_000;

type Filled = Option<fn(&mut Tx, &Ask) -> Result<Prefill>>;

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let act = |name, path, who, form, prefill: Filled, run| Act {
        name,
        path,
        who,
        form,
        prefill,
        prepare: None,
        run,
    };
    let seen: Filled = Some(pages::beside);
    let line: Filled = Some(pages::beside_line);
    let dispute: Filled = Some(pages::beside_discrepancy);
    let mut all = vec![
        act(
            "consignment-new",
            "/deployments/{id}/consignments/new",
            MEMBER,
            member::new_form,
            Some(pages::beside_new),
            member::new,
        ),
        act(
            "consignment-acceptance",
            "/consignments/{id}/acceptance",
            AUTHORITY,
            Vec::new,
            seen,
            authority::accept,
        ),
        act(
            "consignment-hold",
            "/consignments/{id}/hold",
            AUTHORITY,
            reason_form,
            seen,
            authority::hold,
        ),
        act(
            "consignment-rejection",
            "/consignments/{id}/rejection",
            AUTHORITY,
            reason_form,
            seen,
            authority::reject,
        ),
        act(
            "consignment-withdrawal",
            "/consignments/{id}/withdrawal",
            MEMBER,
            reason_form,
            seen,
            member::withdraw,
        ),
        act(
            "consignment-dispatch",
            "/consignments/{id}/dispatch",
            MEMBER,
            member::dispatch_form,
            Some(today),
            member::dispatch,
        ),
        act(
            "consignment-arrival",
            "/consignments/{id}/arrival",
            MEMBER,
            member::arrival_form,
            Some(today),
            member::arrive,
        ),
        act(
            "consignment-check-in",
            "/consignments/{id}/check-in",
            AUTHORITY,
            authority::all_good_form,
            Some(today),
            authority::all_good,
        ),
        act(
            "consignment-closure",
            "/consignments/{id}/closure",
            AUTHORITY,
            Vec::new,
            seen,
            authority::close,
        ),
        act(
            "consignment-table",
            "/consignments/{id}/tables/new",
            AUTHORITY,
            tables::table_form,
            Some(today),
            tables::table,
        ),
        act(
            "check-in-file-acceptance",
            "/check-in-files/{id}/acceptance",
            AUTHORITY,
            Vec::new,
            None,
            tables::accept_table,
        ),
        act(
            "consignment-links",
            "/consignments/{id}/links/new",
            AUTHORITY,
            links::link_form,
            Some(links::link_days),
            links::links,
        ),
        act(
            "consignment-line-link",
            "/consignment-lines/{id}/links/new",
            AUTHORITY,
            links::link_form,
            Some(links::line_link_days),
            links::line_link,
        ),
        act(
            "receipt-link-revocation",
            "/receipt-links/{id}/revocation",
            AUTHORITY,
            Vec::new,
            None,
            links::revoke,
        ),
        act(
            "consignment-line-check-in",
            "/consignment-lines/{id}/check-in",
            AUTHORITY,
            authority::line_form,
            Some(pages::outstanding_line),
            authority::check_in,
        ),
        act(
            "consignment-line-recount",
            "/consignment-lines/{id}/recount",
            AUTHORITY,
            authority::recount_form,
            line,
            authority::recount,
        ),
        act(
            "discrepancy-resolution",
            "/discrepancies/{id}/resolution",
            AUTHORITY,
            disputes::resolution_form,
            dispute,
            disputes::resolve,
        ),
        act(
            "discrepancy-need",
            "/discrepancies/{id}/need",
            AUTHORITY,
            disputes::need_form,
            dispute,
            disputes::need_again,
        ),
        act(
            "receive",
            "/receive/{token}",
            Who::Anyone,
            links::receive_form,
            Some(pages::beside_receive),
            links::receive,
        ),
    ];
    for act in &mut all {
        if matches!(act.name, "consignment-table" | "check-in-file-acceptance") {
            act.prepare = Some(if act.name == "consignment-table" {
                tables::read_table
            } else {
                tables::read_again
            });
        }
    }
    all
}

fn to(id: Id, notice: &'static str) -> Done {
    Done::see(format!("/consignments/{id}"))
        .with(json!({ "id": id }))
        .notice(notice)
}

fn reason_form() -> Form {
    vec![Field::words("reason").max(rules::WORDS_MAX)]
}

fn proof(call: &Call, field: &str) -> Result<Option<Upload>> {
    let found = call.values.file(field);
    if let Some(upload) = found {
        rules::is_proof(field, &upload.mime, &upload.name)?;
    }
    Ok(found.cloned())
}

/// The consignment beside the form, its day today.
fn today(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut prefill = pages::beside(tx, ask)?;
    let day = ask.today.to_string();
    prefill.entered = ["dispatched_on", "arrived_on", "received_on"]
        .into_iter()
        .fold(Entered::default(), |entered, name| {
            entered.with(name, day.as_str())
        });
    Ok(prefill)
}

fn given_proof(call: &Call) -> Result<Proof> {
    Ok(Proof {
        on: call.values.opt_day("received_on").unwrap_or(call.today),
        file: proof(call, "proof")?,
        note: call.values.opt_text("note").map(str::to_owned),
    })
}

fn counted() -> Form {
    let mut form = vec![Field::whole("good", 0, rules::UNITS_MAX)];
    let rest = ["damaged", "short", "surplus"];
    form.extend(rest.map(|name| Field::whole(name, 0, rules::UNITS_MAX).optional()));
    form
}

fn checked(call: &Call) -> Checked {
    let v = &call.values;
    Checked {
        good: v.whole("good"),
        damaged: v.whole("damaged"),
        short: v.whole("short"),
        surplus: v.whole("surplus"),
    }
}

fn to_line(line: Id, notice: &'static str) -> Done {
    Done::see(format!("/consignment-lines/{line}"))
        .with(json!({ "id": line }))
        .notice(notice)
}
