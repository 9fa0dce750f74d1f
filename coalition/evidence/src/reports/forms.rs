//! The forms about reports, and what they do.

use super::{NewFigure, Period, acts, due, store};
use crate::claims::forms::{at_fields, entered_figure, figure_fields};
use crate::tell::Teller;
use crate::{METHODS, Standing};
use base::{Day, Error, Id, Refusal, Result};
use db::Tx;
use deployments::Deployment;
use serde_json::json;
use ui::html;
use web::{Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill};

pub(crate) fn new_report() -> Form {
    vec![
        Field::choice("period", Choices::Listed(open_periods)),
        narrative(),
    ]
}

fn narrative() -> Field {
    Field::words("narrative").max(20_000).optional()
}

/// The deployment in the path, for those who write its reports.
fn of_path(tx: &mut Tx, ask: &Ask) -> Result<Deployment> {
    let deployment = deployments::deployment(tx, ask.id("id")?, ask.today)?;
    crate::require_writer(ask.actor()?, &deployment)?;
    Ok(deployment)
}

/// Periods the deployment owes a report for that nobody has begun, the oldest first.
fn open_periods(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let deployment = of_path(tx, ask)?;
    let rule = due::rule(tx)?;
    let begun: Vec<Day> = store::of_deployment(tx, deployment.id)?
        .iter()
        .map(|report| report.period.from)
        .collect();
    let teller = Teller::new(tx, &ask.words)?;
    let open = due::owed(&deployment, ask.today, rule)
        .into_iter()
        .filter(|period| !begun.contains(&period.from));
    Ok(open
        .map(|period| Choice {
            code: period.from.to_string(),
            label: teller.period(period),
        })
        .collect())
}

/// The deployment, and whether anything is owed.
pub(crate) fn new_seen(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let deployment = of_path(tx, ask)?;
    let open = open_periods(tx, ask)?;
    let w = &ask.words;
    let title = ui::link(&deployment.path(), w.name(&deployment.title));
    let none = if open.is_empty() {
        ui::notice(w, ui::Tone::Plain, w.say("evidence-no-period-open"))
    } else {
        ui::Html::new()
    };
    let entered = match open.first() {
        Some(first) => Entered::default().with("period", &first.code),
        None => Entered::default(),
    };
    Ok(Prefill {
        entered,
        beside: html!("<p>{}: {}</p>{}", deployment.code, title, none),
    })
}

pub(crate) fn draft(tx: &mut Tx, call: &Call) -> Result<Done> {
    let from = Day::parse(call.values.text("period")).ok_or(Error::Missing)?;
    let narrative = call.values.opt_text("narrative");
    let id = acts::draft_report(tx, call.id("id")?, from, narrative, call.actor()?, call.now)?;
    Ok(done(id))
}

pub(crate) fn edit() -> Form {
    vec![narrative(), Field::version()]
}

pub(crate) fn edit_seen(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let report = super::pages::writable(tx, ask)?.0;
    let entered = Entered::default()
        .with("narrative", report.narrative.unwrap_or_default())
        .with("version", report.version.to_string());
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

pub(crate) fn change(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, v) = (call.id("id")?, &call.values);
    let narrative = v.opt_text("narrative");
    acts::edit_report(tx, id, narrative, v.version(), call.actor()?, call.now)?;
    Ok(done(id))
}

pub(crate) fn new_figure() -> Form {
    let [compared, figure, low, high] = figure_fields();
    vec![
        Field::choice("indicator", Choices::Listed(crate::indicators::choose)),
        compared,
        figure,
        low,
        high,
        Field::choice("place_of_figure", Choices::Listed(places_of)),
        Field::choice(
            "people_group",
            Choices::Listed(crate::claims::pages::groups),
        ),
        Field::day("from_on"),
        Field::day("to_on"),
        Field::choice("counted_how", Choices::Fixed("claim-method", &METHODS)),
        Field::text("source_of_figure").max(300).public(),
        Field::day("known_on"),
    ]
}

/// The country of the report and every place of it.
fn places_of(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let report = store::find(tx, ask.id("id")?)?;
    let lang = ask.words.lang();
    let whole = Choice {
        code: report.country.clone(),
        label: places::country_name(tx, &report.country, lang)?,
    };
    let gazetteer = places::gazetteer(tx, &report.country)?;
    let mut all = vec![whole];
    let mut below: Vec<(String, Choice)> = Vec::new();
    for place in gazetteer.places().filter(|place| place.level > 0) {
        // «Olancho: Juticalpa» stands under «Olancho».
        let mut way: Vec<&str> = gazetteer
            .ancestors(&place.code)
            .iter()
            .filter(|above| above.level > 0)
            .map(|above| above.name.as_str())
            .collect();
        way.reverse();
        way.push(&place.name);
        let label = way.join(": ");
        below.push((
            base::fold(&label),
            Choice {
                code: place.code.clone(),
                label,
            },
        ));
    }
    below.sort_by(|a, b| (&a.0, &a.1.code).cmp(&(&b.0, &b.1.code)));
    all.extend(below.into_iter().map(|(_, choice)| choice));
    Ok(all)
}

pub(crate) fn figure_seen(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (report, deployment) = super::pages::writable(tx, ask)?;
    let Period { from, to } = report.period;
    let last = to.min(ask.today);
    let place = match deployment.places.as_slice() {
        [one] => one.clone(),
        _ => report.country.clone(),
    };
    let entered = Entered::default()
        .with("compared", crate::Comparator::Equal.code())
        .with("place_of_figure", place)
        .with(
            "people_group",
            deployment.group.as_deref().unwrap_or(crate::EVERYBODY),
        )
        .with("from_on", from.to_string())
        .with("to_on", last.to_string())
        .with("known_on", last.to_string());
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

pub(crate) fn add_figure(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, v) = (call.id("id")?, &call.values);
    let figure = entered_figure(call)?;
    let day = |name: &str| {
        v.opt_day(name)
            .ok_or_else(|| Refusal::about(name, "form-missing"))
    };
    let new = NewFigure {
        indicator: v.text("indicator").to_owned(),
        place: v.text("place_of_figure").to_owned(),
        group: v.text("people_group").to_owned(),
        from: day("from_on")?,
        to: day("to_on")?,
        comparator: figure.comparator,
        value: v.opt_whole("figure"),
        low: v.opt_whole("figure_low"),
        high: v.opt_whole("figure_high"),
        method: v.text("counted_how").to_owned(),
        source: v.text("source_of_figure").to_owned(),
        as_of: day("known_on")?,
    };
    let claim = crate::add_figure(tx, id, &new, call.actor()?, call.now).map_err(named)?;
    Ok(Done::see(format!("/reports/{id}")).with(json!({ "claim": claim.to_string() })))
}

/// Reasons of the rules, at the fields of this form.
fn named(error: Error) -> Error {
    match at_fields(error) {
        Error::Refused(mut refusals) => {
            for refusal in &mut refusals.0 {
                let field = match refusal.field.as_str() {
                    "as_of" => "known_on",
                    "place" => "place_of_figure",
                    other => other,
                };
                refusal.field = field.to_owned();
            }
            Error::Refused(refusals)
        }
        other => other,
    }
}

pub(crate) fn nothing() -> Form {
    Vec::new()
}

pub(crate) fn reason() -> Form {
    vec![Field::words("reason").max(5_000)]
}

pub(crate) fn submit(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::submit_report(tx, id, call.actor()?, call.now)?;
    Ok(done(id))
}

pub(crate) fn send_back(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::send_back(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(done(id))
}

pub(crate) fn accept(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::accept_report(tx, id, call.actor()?, call.now)?;
    Ok(done(id))
}

pub(crate) fn confirmation() -> Form {
    vec![Field::many("figures", Choices::Listed(to_confirm)).optional()]
}

/// Figures of the report that the authority may confirm.
fn to_confirm(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let claims = crate::claims::store::of_report(tx, ask.id("id")?)?;
    let mut teller = Teller::new(tx, &ask.words)?;
    let open = claims
        .iter()
        .filter(|c| c.level == Some(crate::Level::Delivered) && c.standing == Standing::Stands);
    open.map(|claim| {
        Ok(Choice {
            code: claim.id.to_string(),
            label: teller.claim(tx, claim)?,
        })
    })
    .collect()
}

pub(crate) fn confirm(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let chosen: Vec<Id> = call
        .values
        .many("figures")
        .iter()
        .filter_map(|id| Id::parse(id))
        .collect();
    let count = acts::confirm_figures(tx, id, &chosen, call.actor()?, call.now)?;
    Ok(Done::see(format!("/reports/{id}"))
        .with(json!({ "id": id.to_string(), "confirmed": count })))
}

fn done(report: Id) -> Done {
    Done::see(format!("/reports/{report}")).with(json!({ "id": report.to_string() }))
}
