//! The member's acts: notice, withdrawal, and its word that units were sent and arrived.

use super::{PROOF_MAX, proof, to};
use crate::acts::{self, Said, Terms};
use crate::consignment::Kind;
use crate::rules;
use crate::store::consignments;
use base::{Id, Refusal, Result};
use db::Tx;
use serde_json::json;
use std::collections::BTreeMap;
use web::{Ask, Call, Choice, Choices, Done, Field, Form};

/// The departments a deployment's units may still go to, and the country when there are several.
pub(super) fn destinations(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let words = &ask.words;
    let Ok(deployment) = ask.id("id") else {
        return Ok(Vec::new());
    };
    let mut areas: BTreeMap<String, (usize, i64)> = BTreeMap::new();
    for (line, left) in acts::outstanding(tx, deployment)? {
        let area = areas.entry(line.area).or_default();
        *area = (area.0 + 1, area.1 + left);
    }
    let mut all: Vec<(String, (usize, i64))> = areas.clone().into_iter().collect();
    if all.len() > 1 {
        let country = deployments::deployment(tx, deployment, ask.today)?.country;
        let sum = areas
            .values()
            .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        all.retain(|(code, _)| *code != country);
        all.insert(0, (country, sum));
    }
    all.into_iter()
        .map(|(code, (lines, units))| {
            let place = places::place_name(tx, &code, words.lang())?;
            let args = [
                ("place", place.into()),
                ("lines", lines.into()),
                ("units", units.into()),
            ];
            Ok(Choice {
                code,
                label: words.say_with("deliveries-destination", &args),
            })
        })
        .collect()
}

pub(super) fn new_form() -> Form {
    vec![
        Field::choice("to_place", Choices::Listed(destinations)),
        Field::day("planned_on"),
        Field::words("schools").max(400_000).optional(),
        Field::words("note").max(rules::WORDS_MAX).optional(),
    ]
}

pub(super) fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (deployment, v) = (call.id("id")?, &call.values);
    let terms = Terms {
        to_place: v.text("to_place").to_owned(),
        planned_on: v
            .opt_day("planned_on")
            .ok_or_else(|| Refusal::about("planned_on", "form-missing"))?,
        note: v.opt_text("note").map(str::to_owned),
    };
    let wanted = rules::schools(v.text("schools"))?;
    let country = deployments::deployment(tx, deployment, call.today)?.country;
    let place = Some(terms.to_place.as_str()).filter(|place| *place != country);
    let parts = parts(tx, deployment, place, &wanted)?;
    let id = acts::request(tx, deployment, &parts, &terms, call.actor()?, call.now)?;
    Ok(to(id, "deliveries-requested"))
}

/// The need lines and units of a place, or of everywhere: of the schools named, else all that is left.
pub(super) fn parts(
    tx: &mut Tx,
    deployment: Id,
    place: Option<&str>,
    wanted: &[(String, Option<i64>)],
) -> Result<Vec<(Id, i64)>> {
    let mut left: BTreeMap<Id, i64> = BTreeMap::new();
    let mut in_place = Vec::new();
    for (line, units) in acts::outstanding(tx, deployment)? {
        if place.is_none_or(|place| line.area == place) && !left.contains_key(&line.line) {
            in_place.push(line.line);
        }
        *left.entry(line.line).or_default() += units;
    }
    let units = |line: &Id| left.get(line).copied().unwrap_or(0);
    if wanted.is_empty() {
        return Ok(in_place.iter().map(|line| (*line, units(line))).collect());
    }
    let mut by_code: BTreeMap<String, Vec<Id>> = BTreeMap::new();
    for line in needs::lines(tx, &in_place)? {
        let code = line.school.unwrap_or(line.place);
        by_code.entry(base::fold(&code)).or_default().push(line.id);
    }
    let (mut out, mut no) = (Vec::new(), base::Refusals::default());
    for (code, asked) in wanted {
        match by_code.get(&base::fold(code)).map(Vec::as_slice) {
            Some([line]) => out.push((*line, asked.unwrap_or_else(|| units(line)))),
            Some(several) if asked.is_none() => {
                out.extend(several.iter().map(|line| (*line, units(line))));
            }
            found if no.0.len() < 20 => {
                let key = match found {
                    Some(_) => "deliveries-school-several-lines",
                    None => "deliveries-school-not-left",
                };
                no.push(Refusal::about("schools", key).with("code", code.as_str()));
            }
            _ => {}
        }
    }
    no.or(out)
}

pub(super) fn withdraw(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::withdraw(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(to(id, "deliveries-withdrawn"))
}

pub(super) fn dispatch_form() -> Form {
    vec![
        Field::day("dispatched_on"),
        Field::file("paper", PROOF_MAX).optional(),
    ]
}

pub(super) fn dispatch(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let said = Said {
        on: call.values.opt_day("dispatched_on").unwrap_or(call.today),
        paper: proof(call, "paper")?,
    };
    acts::dispatch(tx, id, &said, call.actor()?, call.now)?;
    let kind = consignments::find(tx, id)?.kind;
    Ok(to(
        id,
        match kind {
            Kind::Goods => "deliveries-dispatched",
            Kind::Service => "deliveries-begun",
            Kind::Access => "deliveries-opened",
        },
    ))
}

pub(super) fn arrival_form() -> Form {
    vec![
        Field::day("arrived_on"),
        Field::words("places").max(100_000).optional(),
    ]
}

pub(super) fn arrive(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let on = call.values.opt_day("arrived_on").unwrap_or(call.today);
    let codes = call
        .values
        .text("places")
        .split([' ', '\n', '\t', ',', ';']);
    let codes: Vec<String> = codes
        .map(str::trim)
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect();
    let units = acts::arrive(tx, id, on, &codes, call.actor()?, call.now)?;
    let mut done = to(id, "deliveries-arrived");
    done.body = json!({ "id": id, "units": units });
    Ok(done)
}
