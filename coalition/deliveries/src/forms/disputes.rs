//! Decisions about units in dispute.

use crate::acts::{self, Decision};
use crate::consignment::{Resolution, Wrong};
use crate::rules;
use crate::store::discrepancies;
use base::{Id, Refusal, Result};
use db::Tx;
use serde_json::json;
use web::{Ask, Call, Choice, Choices, Done, Field, Form};

/// What may become of the units in dispute.
pub(super) fn resolutions(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let wrong = match ask.id("id") {
        Ok(id) => discrepancies::find(tx, id)?.wrong,
        Err(_) => Wrong::Damaged,
    };
    let choice = |how: &Resolution| Choice {
        code: how.code().to_owned(),
        label: ask
            .words
            .code(&format!("resolution-{}", wrong.code()), how.code()),
    };
    Ok(rules::resolutions(wrong).iter().map(choice).collect())
}

pub(super) fn resolution_form() -> Form {
    vec![
        Field::choice("resolution", Choices::Listed(resolutions)),
        Field::whole("units", 1, rules::UNITS_MAX),
        Field::text("to_line").max(200).optional(),
        Field::words("reason").max(rules::WORDS_MAX),
    ]
}

pub(super) fn resolve(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, v) = (call.id("id")?, &call.values);
    let how = Resolution::parse(v.text("resolution"))
        .ok_or_else(|| Refusal::about("resolution", "form-choose"))?;
    let to_line = match v.opt_text("to_line") {
        None => None,
        Some(text) => {
            let last = text
                .trim_end_matches('/')
                .rsplit('/')
                .next()
                .unwrap_or(text);
            let unknown = || Refusal::about("to_line", "deliveries-line-unknown");
            Some(Id::parse(last).ok_or_else(unknown)?)
        }
    };
    let decision = Decision {
        how,
        units: v.whole("units"),
        to_line,
        reason: v.text("reason").to_owned(),
    };
    acts::resolve(tx, id, &decision, call.actor()?, call.now)?;
    Ok(Done::see(format!("/discrepancies/{id}"))
        .with(json!({ "id": id }))
        .notice("deliveries-resolved"))
}

pub(super) fn need_form() -> Form {
    vec![
        Field::whole("units", 1, rules::UNITS_MAX),
        Field::words("reason").max(rules::WORDS_MAX),
    ]
}

pub(super) fn need_again(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, v) = (call.id("id")?, &call.values);
    let (units, reason) = (v.whole("units"), v.text("reason"));
    acts::need_again(tx, id, units, reason, call.actor()?, call.now)?;
    Ok(Done::see(format!("/discrepancies/{id}"))
        .with(json!({ "id": id }))
        .notice("deliveries-needed-again"))
}
