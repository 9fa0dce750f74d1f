//! The authority's acts on consignments and single receivers.

use super::{PROOF_MAX, checked, counted, given_proof, to, to_line};
use crate::acts::{self, By};
use crate::consignment::Checked;
use crate::rules;
use crate::store::{consignments, lines};
use base::{Id, Refusal, Result};
use db::Tx;
use web::{Ask, Call, Choice, Choices, Done, Field, Form};

pub(super) fn accept(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::accept(tx, id, call.actor()?, call.now)?;
    Ok(to(id, "deliveries-accepted"))
}

pub(super) fn hold(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::hold(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(to(id, "deliveries-held"))
}

pub(super) fn reject(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::reject(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(to(id, "deliveries-rejected"))
}

pub(super) fn close(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::close(tx, id, call.actor()?, call.now)?;
    Ok(to(id, "deliveries-closed"))
}

/// The departments of a consignment.
pub(super) fn departments(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let Ok(id) = ask.id("id") else {
        return Ok(Vec::new());
    };
    let found = lines::departments(tx, id)?;
    found
        .into_iter()
        .map(|(code, _)| {
            let label = places::place_name(tx, &code, ask.words.lang())?;
            Ok(Choice { code, label })
        })
        .collect()
}

pub(super) fn all_good_form() -> Form {
    vec![
        Field::day("received_on"),
        Field::choice("department", Choices::Listed(departments)).optional(),
        Field::file("proof", PROOF_MAX).optional(),
        Field::words("note").max(rules::WORDS_MAX).optional(),
    ]
}

/// Everything outstanding is there, in good order.
pub(super) fn all_good(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    consignments::hold(tx, id)?;
    let department = call.values.opt_text("department");
    let parts: Vec<(Id, Checked)> = lines::all_told(tx, id)?
        .iter()
        .filter(|told| department.is_none_or(|code| told.line.department == code))
        .filter(|told| told.known.pending() > 0)
        .map(|told| {
            let good = told.known.pending();
            (
                told.line.id,
                Checked {
                    good,
                    ..Checked::default()
                },
            )
        })
        .collect();
    if parts.is_empty() {
        return Err(Refusal::whole("deliveries-all-checked-in").into());
    }
    acts::check_in(
        tx,
        id,
        &parts,
        By::Account(call.actor()?),
        &given_proof(call)?,
        call.now,
    )?;
    Ok(to(id, "deliveries-checked-in"))
}

pub(super) fn line_form() -> Form {
    let mut form = counted();
    form.push(Field::day("received_on"));
    form.push(Field::file("proof", PROOF_MAX).optional());
    form.push(Field::words("note").max(rules::WORDS_MAX).optional());
    form
}

pub(super) fn check_in(tx: &mut Tx, call: &Call) -> Result<Done> {
    let line = lines::find(tx, call.id("id")?)?;
    let parts = [(line.id, checked(call))];
    let by = By::Account(call.actor()?);
    acts::check_in(
        tx,
        line.consignment,
        &parts,
        by,
        &given_proof(call)?,
        call.now,
    )?;
    Ok(to_line(line.id, "deliveries-checked-in"))
}

pub(super) fn recount_form() -> Form {
    vec![
        Field::whole("damaged", 0, rules::UNITS_MAX).optional(),
        Field::whole("short", 0, rules::UNITS_MAX).optional(),
        Field::words("reason").max(rules::WORDS_MAX),
    ]
}

pub(super) fn recount(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (line, v) = (call.id("id")?, &call.values);
    let wrong = (v.whole("damaged"), v.whole("short"));
    acts::recount(tx, line, wrong, v.text("reason"), call.actor()?, call.now)?;
    Ok(to_line(line, "deliveries-recounted"))
}
