//! The forms about claims, and what they do.

use super::{Comparator, acts, rules, store};
use crate::tell::Teller;
use base::{Error, Result};
use db::Tx;
use serde_json::json;
use ui::html;
use web::{Ask, Call, Choices, Done, Field, Form, Prefill};

/// A reason that everybody reads.
pub(crate) fn public_reason() -> Form {
    vec![Field::words("reason").max(2_000).public()]
}

/// A figure: one value, or both ends.
pub(crate) fn figure_fields() -> [Field; 4] {
    let number = |name| Field::whole(name, 0, rules::FIGURE_MAX).optional();
    [
        Field::choice("compared", Choices::Fixed("comparator", &Comparator::CODES)),
        number("figure"),
        number("figure_low"),
        number("figure_high"),
    ]
}

pub(crate) fn correction() -> Form {
    let [compared, figure, low, high] = figure_fields();
    vec![
        compared,
        figure,
        low,
        high,
        Field::words("reason").max(2_000).public(),
    ]
}

/// What the person decides on, above the form.
pub(crate) fn seen(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let claim = crate::claim(tx, ask.id("id")?)?;
    let mut teller = Teller::new(tx, &ask.words)?;
    let says = teller.claim(tx, &claim)?;
    let who = teller.organisation(tx, claim.organisation)?;
    Ok(Prefill {
        beside: html!("<p><strong>{}</strong><br>{}</p>", says, who),
        ..Prefill::default()
    })
}

/// The same, with the figure as it stands.
pub(crate) fn correction_seen(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let claim = crate::claim(tx, ask.id("id")?)?;
    let mut prefill = seen(tx, ask)?;
    prefill.entered = prefill.entered.with("compared", claim.comparator.code());
    Ok(prefill)
}

/// The figure that was entered.
pub(crate) fn entered_figure(call: &Call) -> Result<super::Figure> {
    let v = &call.values;
    let comparator = Comparator::parse(v.text("compared")).unwrap_or(Comparator::Equal);
    let ends = (v.opt_whole("figure_low"), v.opt_whole("figure_high"));
    rules::figure(comparator, v.opt_whole("figure"), ends.0, ends.1).map_err(at_fields)
}

/// Reasons of the rules, at the fields of the forms.
pub(crate) fn at_fields(error: Error) -> Error {
    match error {
        Error::Refused(mut refusals) => {
            for refusal in &mut refusals.0 {
                let field = match refusal.field.as_str() {
                    "value" => "figure",
                    "low" => "figure_low",
                    "high" => "figure_high",
                    "comparator" => "compared",
                    other => other,
                };
                refusal.field = field.to_owned();
            }
            Error::Refused(refusals)
        }
        other => other,
    }
}

pub(crate) fn contest(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::contest(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(done(id))
}

pub(crate) fn uphold(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::uphold(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(done(id))
}

pub(crate) fn retract(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::retract(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(done(id))
}

pub(crate) fn correct(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, figure) = (call.id("id")?, entered_figure(call)?);
    let reason = call.values.text("reason");
    let new = acts::correct(tx, id, figure, reason, call.actor()?, call.now).map_err(at_fields)?;
    Ok(done(new))
}

/// Takes a figure out of a report.
pub(crate) fn remove(tx: &mut Tx, call: &Call) -> Result<Done> {
    let reason = call.values.opt_text("reason");
    let report = crate::remove_figure(tx, call.id("id")?, reason, call.actor()?, call.now)?;
    Ok(Done::see(format!("/reports/{report}")).with(json!({ "report": report.to_string() })))
}

pub(crate) fn removal() -> Form {
    vec![Field::words("reason").max(2_000).optional().public()]
}

/// What is taken out, above the form.
pub(crate) fn removal_seen(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let claim = store::find(tx, ask.id("id")?)?;
    let deployment = claim.deployment.ok_or(Error::Missing)?;
    let deployment = deployments::deployment(tx, deployment, ask.today)?;
    crate::require_writer(ask.actor()?, &deployment)?;
    let mut teller = Teller::new(tx, &ask.words)?;
    let says = teller.claim(tx, &claim)?;
    Ok(Prefill {
        beside: html!("<p><strong>{}</strong></p>", says),
        ..Prefill::default()
    })
}

fn done(claim: base::Id) -> Done {
    Done::see(format!("/claims/{claim}")).with(json!({ "id": claim.to_string() }))
}
