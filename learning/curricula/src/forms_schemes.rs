//! What the web asks for each act on schemes of work.

use crate::forms::{Filled, OFFICER, SIGNATORY, act, public_reason_form, reason_form, saved};
use crate::framework::Competency;
use crate::rules;
use crate::scheme::{Scheme, Week};
use crate::scheme_acts::{self, Plan};
use crate::{choose, pages, store, store_schemes};
use base::{Error, Id, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill, Who};

const HEAD: Who = Who::Any(&[Role::SchoolHead]);
const WRITERS: Who = Who::Any(&[Role::LearningOfficer, Role::SchoolHead]);
const ENDERS: Who = Who::Any(&[
    Role::AuthoritySignatory,
    Role::LearningOfficer,
    Role::SchoolHead,
]);

pub(crate) fn all() -> Vec<Act> {
    let seen: Filled = Some(pages::beside_scheme);
    vec![
        act(
            ("scheme-new", "/schemes/new"),
            OFFICER,
            new_form,
            Some(new_prefill),
            new,
        ),
        act(
            ("scheme-week", "/schemes/{id}/weeks/{number}"),
            WRITERS,
            week_form,
            Some(week_prefill),
            put_week,
        ),
        act(
            (
                "scheme-week-restoration",
                "/schemes/{id}/weeks/{number}/restoration",
            ),
            HEAD,
            Vec::new,
            Some(week_beside),
            restore,
        ),
        act(
            ("scheme-proposal", "/schemes/{id}/proposal"),
            OFFICER,
            Vec::new,
            seen,
            propose,
        ),
        act(
            ("scheme-return", "/schemes/{id}/return"),
            SIGNATORY,
            reason_form,
            seen,
            send_back,
        ),
        act(
            ("scheme-adoption", "/schemes/{id}/adoption"),
            SIGNATORY,
            Vec::new,
            seen,
            adopt,
        ),
        act(
            ("scheme-withdrawal", "/schemes/{id}/withdrawal"),
            ENDERS,
            public_reason_form,
            seen,
            withdraw,
        ),
        act(
            ("scheme-copy", "/schemes/{id}/copies/new"),
            OFFICER,
            copy_form,
            seen,
            copy,
        ),
        act(
            ("scheme-adaptation", "/schemes/{id}/adaptations/new"),
            HEAD,
            adapt_form,
            Some(adapt_prefill),
            adapt,
        ),
    ]
}

fn to(id: Id, notice: &'static str) -> Done {
    Done::see(format!("/schemes/{id}"))
        .with(json!({ "id": id }))
        .notice(notice)
}

fn new_form() -> Form {
    vec![
        Field::choice("framework", Choices::Listed(choose::frameworks)),
        Field::choice("grade", Choices::Listed(choose::grades)),
        Field::text("term").max(7),
        Field::day("first_day"),
        Field::whole("week_count", 1, 53),
    ]
}

fn new_prefill(_: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut entered = Entered::default().with("week_count", "12");
    for name in ["framework", "grade"] {
        if let Some(said) = ask.query.get(name) {
            entered = entered.with(name, said.as_str());
        }
    }
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

fn first_day(call: &Call) -> Result<base::Day> {
    let day = call.values.opt_day("first_day");
    day.ok_or_else(|| Refusal::about("first_day", "form-missing").into())
}

/// Reasons by the names the acts use, told at the fields of the form.
fn at_fields(error: Error) -> Error {
    match error {
        Error::Refused(mut refusals) => {
            for refusal in &mut refusals.0 {
                if refusal.field == "weeks" {
                    "week_count".clone_into(&mut refusal.field);
                }
            }
            Error::Refused(refusals)
        }
        other => other,
    }
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let v = &call.values;
    let framework = v.id("framework");
    let plan = Plan {
        framework: framework
            .ok_or_else(|| Error::from(Refusal::about("framework", "form-choose")))?,
        grade: v.text("grade").parse().unwrap_or(-1),
        term: v.text("term").to_owned(),
        starts_on: first_day(call)?,
        weeks: v.whole("week_count"),
    };
    let id = scheme_acts::begin(tx, &plan, call.actor()?, call.now).map_err(at_fields)?;
    Ok(to(id, "curricula-scheme-begun"))
}

// ---- weeks

/// What may be learned in a week of the scheme in the path: the entries of its framework for its grade.
fn aims(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let scheme = store_schemes::scheme(tx, ask.id("id")?)?;
    let all = store::of_framework(tx, scheme.framework)?;
    let tree = rules::tree(all).into_iter().map(|(_, one)| one);
    let learned = |one: &Competency| {
        (one.grade_from..=one.grade_to).contains(&scheme.grade)
            && matches!(one.kind.as_str(), "competency" | "outcome")
    };
    let choice = |one: Competency| Choice {
        code: one.id.to_string(),
        label: choose::competency_label(&ask.words, &one),
    };
    Ok(tree.filter(learned).take(400).map(choice).collect())
}

fn week_form() -> Form {
    vec![
        Field::names("week_title").public(),
        Field::many("competencies", Choices::Listed(aims)).optional(),
        Field::words("week_note").max(2_000).optional().public(),
        Field::version(),
    ]
}

fn number(ask: &Ask) -> Result<i64> {
    ask.param("number").parse().map_err(|_| Error::Missing)
}

fn may_write(ask: &Ask, scheme: &Scheme) -> Result<()> {
    match scheme.school {
        Some(school) => rules::may_adapt(ask.actor()?, school),
        None => {
            rules::may_draft(ask.actor()?, &scheme.country)?;
            rules::is_draft(scheme.standing)
        }
    }
}

fn week(tx: &mut Tx, ask: &Ask) -> Result<(Scheme, Week)> {
    let (scheme, number) = (store_schemes::scheme(tx, ask.id("id")?)?, number(ask)?);
    let week = crate::weeks(tx, &scheme)?
        .into_iter()
        .find(|week| week.number == number);
    Ok((scheme, week.ok_or(Error::Missing)?))
}

fn entered(scheme: &Scheme, week: &Week) -> Entered {
    let mut entered = Entered::default()
        .with("week_note", week.note.as_str())
        .with("version", scheme.version.to_string());
    for (lang, title) in &week.title.0 {
        entered = entered.with(&format!("week_title_{lang}"), title.as_str());
    }
    let aims = week.competencies.iter();
    aims.fold(entered, |entered, id| {
        entered.with("competencies", id.to_string())
    })
}

fn week_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (scheme, week) = week(tx, ask)?;
    may_write(ask, &scheme)?;
    Ok(Prefill {
        entered: entered(&scheme, &week),
        beside: pages::of_week(tx, ask, &scheme, &week)?,
    })
}

fn week_beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (scheme, week) = week(tx, ask)?;
    may_write(ask, &scheme)?;
    Ok(Prefill {
        beside: pages::of_week(tx, ask, &scheme, &week)?,
        ..Prefill::default()
    })
}

fn put_week(tx: &mut Tx, call: &Call) -> Result<Done> {
    let v = &call.values;
    let (scheme, was) = week(tx, call)?;
    may_write(call, &scheme)?;
    if scheme.version != v.version() {
        return Err(saved(&entered(&scheme, &was), scheme.version));
    }
    let aims = v.many("competencies");
    let week = Week {
        number: was.number,
        title: v.names("week_title"),
        competencies: aims.iter().filter_map(|id| Id::parse(id)).collect(),
        note: v.text("week_note").to_owned(),
        adapted: scheme.school.is_some(),
    };
    scheme_acts::put_week(tx, scheme.id, &week, v.version(), call.actor()?, call.now)?;
    Ok(to(scheme.id, "curricula-week-written"))
}

fn restore(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, number) = (call.id("id")?, number(call)?);
    scheme_acts::restore_week(tx, id, number, call.actor()?, call.now)?;
    Ok(to(id, "curricula-week-restored"))
}

// ---- steps

fn propose(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    scheme_acts::propose(tx, id, call.actor()?, call.now)?;
    Ok(to(id, "curricula-proposed"))
}

fn send_back(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let reason = call.values.text("reason");
    scheme_acts::send_back(tx, id, reason, call.actor()?, call.now)?;
    Ok(to(id, "curricula-sent-back"))
}

fn adopt(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    scheme_acts::adopt(tx, id, call.actor()?, call.now)?;
    Ok(to(id, "curricula-scheme-adopted"))
}

fn withdraw(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let reason = call.values.text("reason");
    scheme_acts::withdraw(tx, id, reason, call.actor()?, call.now)?;
    Ok(to(id, "curricula-scheme-withdrawn"))
}

fn copy_form() -> Form {
    vec![Field::text("term").max(7), Field::day("first_day")]
}

fn copy(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (from, actor) = (call.id("id")?, call.actor()?);
    let term = (call.values.text("term"), first_day(call)?);
    let id = scheme_acts::copy(tx, from, term, actor, call.now)?;
    Ok(to(id, "curricula-scheme-begun"))
}

/// The schools whose head the asker is.
fn own_schools(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let Some(actor) = &ask.actor else {
        return Ok(Vec::new());
    };
    let mut choices = Vec::new();
    for id in actor.schools(&[Role::SchoolHead]) {
        if let Ok(school) = places::school(tx, id) {
            choices.push(Choice {
                code: id.to_string(),
                label: school.name,
            });
        }
    }
    Ok(choices)
}

fn adapt_form() -> Form {
    vec![Field::choice("own_school", Choices::Listed(own_schools))]
}

fn adapt_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut prefill = pages::beside_scheme(tx, ask)?;
    if let [one] = own_schools(tx, ask)?.as_slice() {
        prefill.entered = Entered::default().with("own_school", one.code.as_str());
    }
    Ok(prefill)
}

fn adapt(tx: &mut Tx, call: &Call) -> Result<Done> {
    let school = call.values.id("own_school").ok_or(Error::Missing)?;
    let id = scheme_acts::adapt(tx, call.id("id")?, school, call.actor()?, call.now)?;
    Ok(to(id, "curricula-scheme-adapted"))
}
