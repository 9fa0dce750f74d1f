//! The form of a plan, new or changed.

use crate::acts;
use crate::deployment::{ASSETS_TO, Deployment, InPerson, Plan};
use crate::{pages, rules, store};
use base::{Id, Result};
use catalogue::choose;
use db::Tx;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use ui::html;
use web::{Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill};

/// People a deployment can be meant to reach at most.
const REACH_MAX: i64 = 2_000_000_000;

pub(crate) fn new_form() -> Form {
    let mut form = vec![
        Field::choice("service_class", Choices::Listed(services)),
        Field::names("deployment_title").public(),
    ];
    form.extend(common());
    form
}

pub(crate) fn change_form() -> Form {
    let mut form = vec![Field::names("deployment_title").public()];
    form.extend(common());
    form.push(Field::version());
    form
}

fn common() -> Form {
    vec![
        Field::many("areas", Choices::Listed(areas)).optional(),
        Field::text("smaller_places").optional(),
        Field::many("implementers", Choices::Listed(implementers)).optional(),
        Field::choice("learner_group", Choices::Listed(choose::group)).optional(),
        Field::many("levels", Choices::Listed(choose::level)),
        Field::choice("flagship", Choices::Listed(choose::flagship)).optional(),
        Field::many("missions", Choices::Listed(choose::mission)).optional(),
        Field::choice(
            "in_person",
            Choices::Fixed("deployment-in-person", &InPerson::CODES),
        ),
        Field::words("replaces_reason")
            .max(1_000)
            .optional()
            .public(),
        Field::day("planned_from"),
        Field::day("planned_to"),
        Field::whole("reach_planned", 1, REACH_MAX).optional(),
        Field::choice("assets_to", Choices::Fixed("deployment-assets", &ASSETS_TO)),
        Field::words("maintenance").max(2_000).public(),
        Field::words("financing_after").max(2_000).public(),
        Field::day("free_until"),
    ]
}

/// The agreement the form is about: in the path, or the deployment's.
fn agreement(tx: &mut Tx, ask: &Ask) -> Result<agreements::Agreement> {
    let id = ask.id("id")?;
    let id = if ask.path.contains("/agreements/") {
        id
    } else {
        store::head(tx, id, ask.today)?.agreement
    };
    agreements::agreement(tx, id, ask.today)
}

fn services(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let agreement = agreement(tx, ask)?;
    let labels = catalogue::labels(tx, "service_classes", ask.words.lang())?;
    let codes: BTreeSet<String> = agreements::schedule(tx, agreement.id)?
        .into_iter()
        .map(|item| item.service_class)
        .collect();
    let label = |code: &String| labels.get(code).unwrap_or(code).clone();
    Ok(codes
        .iter()
        .map(|code| Choice {
            code: code.clone(),
            label: label(code),
        })
        .collect())
}

fn areas(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let agreement = agreement(tx, ask)?;
    let mut out = BTreeMap::new();
    for code in agreements::schedule(tx, agreement.id)?
        .into_iter()
        .flat_map(|item| item.places)
    {
        let label = places::place_name(tx, &code, ask.words.lang())?;
        out.insert(code, label);
    }
    let mut out: Vec<Choice> = out
        .into_iter()
        .map(|(code, label)| Choice { code, label })
        .collect();
    out.sort_by(|a, b| a.label.cmp(&b.label));
    Ok(out)
}

/// The member and the organisations of the country.
fn implementers(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let agreement = agreement(tx, ask)?;
    let mut ids = store::organisations_in(tx, &agreement.country)?;
    ids.retain(|id| *id != agreement.member);
    ids.insert(0, agreement.member);
    let names = crate::upstream::names(tx, &ask.words, &ids)?;
    Ok(ids
        .iter()
        .filter_map(|id| {
            names.get(id).map(|label| Choice {
                code: id.to_string(),
                label: label.clone(),
            })
        })
        .collect())
}

/// What was entered, as a plan. Without implementing organisations the member does it itself.
fn entered(call: &Call, agreement: &agreements::Agreement, service_class: &str) -> Plan {
    let v = &call.values;
    let mut places = v.many("areas");
    let smaller = v.text("smaller_places");
    places.extend(
        smaller
            .split([' ', ',', ';'])
            .filter(|code| !code.is_empty())
            .map(str::to_owned),
    );
    let mut implementers: Vec<Id> = v
        .many("implementers")
        .iter()
        .filter_map(|id| Id::parse(id))
        .collect();
    if implementers.is_empty() {
        implementers.push(agreement.member);
    }
    let own = |name: &str| v.opt_text(name).map(str::to_owned);
    let day = |name: &str| v.opt_day(name).unwrap_or(call.today);
    Plan {
        agreement: agreement.id,
        service_class: service_class.to_owned(),
        title: v.names("deployment_title"),
        implementers,
        places,
        group: own("learner_group"),
        levels: v.many("levels"),
        flagship: own("flagship"),
        missions: v.many("missions"),
        in_person: InPerson::parse(v.text("in_person")),
        replaces_reason: own("replaces_reason"),
        planned_from: day("planned_from"),
        planned_to: day("planned_to"),
        reach_planned: v.opt_whole("reach_planned"),
        assets_to: v.text("assets_to").to_owned(),
        maintenance: v.text("maintenance").to_owned(),
        financing_after: v.text("financing_after").to_owned(),
        free_until: day("free_until"),
    }
}

pub(crate) fn new_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let agreement = agreement(tx, ask)?;
    rules::require(
        ask.actor()?,
        rules::Move::Change.sides(),
        agreement.member,
        &agreement.country,
    )?;
    let entered = Entered::default()
        .with("implementers", agreement.member.to_string())
        .with("in_person", InPerson::Supplements.code())
        .with(
            "planned_from",
            agreement.starts_on.max(ask.today).to_string(),
        )
        .with("planned_to", agreement.ends_on.to_string())
        .with("free_until", agreement.free_until.to_string());
    let title = format!("{} {}", agreement.code, ask.words.name(&agreement.title));
    Ok(Prefill {
        entered,
        beside: html!("<p>{}</p>", ui::link(&agreement.path(), title)),
    })
}

pub(crate) fn change_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let d = store::find(tx, ask.id("id")?, ask.today)?;
    rules::may(rules::Move::Change, &d, ask.actor()?)?;
    let offered: BTreeSet<String> = areas(tx, ask)?.into_iter().map(|c| c.code).collect();
    Ok(Prefill {
        entered: shown(&d, &offered),
        beside: html!(
            "<p>{}</p>",
            ui::link(&d.path(), pages::one::title(ask, &d.code, &d.title))
        ),
    })
}

/// A deployment as its form shows it.
fn shown(d: &Deployment, offered: &BTreeSet<String>) -> Entered {
    let mut e = Entered::default();
    for (code, name) in &d.title.0 {
        e = e.with(&format!("deployment_title_{code}"), name.clone());
    }
    let (areas, smaller): (Vec<&String>, Vec<&String>) =
        d.places.iter().partition(|place| offered.contains(*place));
    for code in areas {
        e = e.with("areas", code.clone());
    }
    let smaller: Vec<&str> = smaller.into_iter().map(String::as_str).collect();
    e = e.with("smaller_places", smaller.join(" "));
    for id in &d.implementers {
        e = e.with("implementers", id.to_string());
    }
    for level in &d.levels {
        e = e.with("levels", level.clone());
    }
    for mission in &d.missions {
        e = e.with("missions", mission.clone());
    }
    let reach = d.reach_planned.map(|n| n.to_string());
    e.with("learner_group", d.group.clone().unwrap_or_default())
        .with("flagship", d.flagship.clone().unwrap_or_default())
        .with("in_person", d.in_person.code())
        .with(
            "replaces_reason",
            d.replaces_reason.clone().unwrap_or_default(),
        )
        .with("planned_from", d.planned_from.to_string())
        .with("planned_to", d.planned_to.to_string())
        .with("reach_planned", reach.unwrap_or_default())
        .with("assets_to", d.assets_to.clone())
        .with("maintenance", d.maintenance.clone())
        .with("financing_after", d.financing_after.clone())
        .with("free_until", d.free_until.to_string())
        .with("version", d.version.to_string())
}

pub(crate) fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let agreement = agreement(tx, call)?;
    let plan = entered(call, &agreement, call.values.text("service_class"));
    let id = acts::plan(tx, &plan, call.actor()?, call.now)?;
    let met = store::overlaps::of(tx, id)?.len();
    let done = Done::see(format!("/deployments/{id}")).with(json!({ "id": id, "overlaps": met }));
    Ok(match (met, plan.in_person) {
        (0, InPerson::Replaces) => done.notice("deployments-planned-replaces"),
        (0, InPerson::Supplements) => done.notice("deployments-planned"),
        (_, _) => done.notice("deployments-planned-overlaps"),
    })
}

pub(crate) fn change(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let agreement = agreement(tx, call)?;
    let plan = entered(call, &agreement, "");
    acts::change(
        tx,
        id,
        &plan,
        call.values.version(),
        call.actor()?,
        call.now,
    )?;
    Ok(Done::see(format!("/deployments/{id}")).with(json!({ "id": id })))
}
