//! What people see of visits, and the forms about them.

use super::{Finding, NewVisit, Visit, VisitState, acts, rules, store};
use crate::tell::{Teller, act, section};
use base::{Error, Id, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use ui::{Cell, Column, Html, Kind, html};
use web::{
    ActLink, Answer, Ask, Call, Choice, Choices, Done, Entered, Field, Filter, Form, Line, Listing,
    Prefill, Show,
};

pub(crate) const VISITS: &[Column] = &[
    Column::new("visit_on", Kind::Day),
    Column::new("serving_deployment", Kind::Link),
    Column::new("place", Kind::Text),
    Column::new("country", Kind::Text),
    Column::new("visit_state", Kind::Code("visit-state")),
    Column::new("visited_on", Kind::Day),
    Column::new("id", Kind::Id),
];
pub(crate) const VISIT: &[Column] = &[
    Column::new("visit_state", Kind::Code("visit-state")),
    Column::new("visit_on", Kind::Day),
    Column::new("serving_deployment", Kind::Link),
    Column::new("place", Kind::Text),
    Column::new("country", Kind::Text),
    Column::new("verifier", Kind::Text),
    Column::new("visit_task", Kind::Words),
    Column::new("visited_on", Kind::Day),
    Column::new("visit_report", Kind::Words),
    Column::new("id", Kind::Id),
];
pub(crate) const FILTERS: &[Filter] = &[
    Filter::listed("country", places::choose::countries),
    Filter::codes("visit_state", "visit-state", &VisitState::CODES),
];

/// Who reads of a visit: its verifier, the secretariat and the auditor.
fn readable(tx: &mut Tx, ask: &Ask) -> Result<Visit> {
    let visit = store::find(tx, ask.id("id")?)?;
    let actor = ask.actor()?;
    if actor.reads_all() || (actor.is(Role::IndependentVerifier) && visit.verifier == actor.account)
    {
        Ok(visit)
    } else {
        Err(Error::Missing)
    }
}

pub(crate) fn visits(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, actor) = (ask.list(), ask.actor()?);
    let wanted = store::Wanted {
        verifier: (!actor.reads_all()).then_some(actor.account),
        state: query.filter("visit_state").map(str::to_owned),
        country: query.filter("country").map(str::to_owned),
        q: query.q.clone(),
        below: query.after.as_deref().and_then(Id::parse),
        limit: query.limit + 1,
    };
    let mut found = store::list(tx, &wanted)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut teller = Teller::new(tx, &ask.words)?;
    let mut rows = Vec::with_capacity(found.len());
    for visit in &found {
        rows.push(Line {
            key: visit.id.to_string(),
            cells: vec![
                visit.on.into(),
                teller.deployment(tx, visit.deployment, ask.today)?,
                teller.place(tx, &visit.place)?.into(),
                teller.place(tx, &visit.country)?.into(),
                Cell::code(visit.state.code()),
                Cell::or_not_applicable(visit.visited_on),
                visit.id.into(),
            ],
            href: Some(visit.path()),
        });
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("visits-title"),
        before: html!("<p>{}</p>", ask.words.say("visits-intro")),
        rows,
        more,
        ..Listing::default()
    }))
}

pub(crate) fn visit(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let visit = readable(tx, ask)?;
    let (w, actor) = (&ask.words, ask.actor()?);
    let mut teller = Teller::new(tx, w)?;
    let place = teller.place(tx, &visit.place)?;
    let cells = vec![
        Cell::code(visit.state.code()),
        visit.on.into(),
        teller.deployment(tx, visit.deployment, ask.today)?,
        Cell::Text(place.clone()),
        teller.place(tx, &visit.country)?.into(),
        Cell::Text(people::person_name(tx, visit.verifier)?),
        Cell::Text(visit.task.clone()),
        Cell::or_not_applicable(visit.visited_on),
        visit.words.clone().map_or(Cell::NotApplicable, Cell::Text),
        visit.id.into(),
    ];
    let mut sections = findings(tx, &mut teller, &visit, visit.verifier == actor.account)?;
    let steps: Vec<ui::Step> = store::steps(tx, visit.id)?
        .iter()
        .map(|one| ui::Step {
            title: w.code("visit-step", &one.step),
            when: w.moment(one.at),
            detail: one.words.as_deref().map(ui::paragraphs).unwrap_or_default(),
            state: ui::StepState::Done,
        })
        .collect();
    sections.push(section(w, "evidence-history", ui::steps(w, &steps)));
    Ok(Answer::Record(Show {
        title: w.say_with(
            "evidence-visit-to",
            &[("place", place.into()), ("day", w.day(visit.on).into())],
        ),
        cells,
        sections,
        actions: actions(ask, &visit)?,
        ..Show::default()
    }))
}

fn findings(tx: &mut Tx, teller: &mut Teller<'_>, visit: &Visit, mine: bool) -> Result<Html> {
    let w = teller.words;
    let may = mine && rules::next(visit.state, rules::Step::Find).is_ok();
    let mut items = Html::new();
    for (claim, found) in store::findings(tx, visit.id)? {
        let claim = crate::claims::store::find(tx, claim)?;
        let what = teller.claim(tx, &claim)?;
        let result = match found {
            None => w.say("evidence-not-found-yet"),
            Some(Finding::Differs(seen)) => w.say_with("evidence-seen", &[("n", seen.into())]),
            Some(other) => w.code("visit-finding", other.code()),
        };
        let find = if may {
            let href = format!("{}/findings/new?claim={}", visit.path(), claim.id);
            ui::link(&href, w.say("visit-finding-new-button"))
        } else {
            Html::new()
        };
        items.push(html!(
            "<li>{}<br><strong>{}</strong> {}</li>",
            ui::link(&claim.path(), what),
            result,
            find
        ));
    }
    Ok(section(
        w,
        "evidence-figures-to-see",
        html!("<ul>{}</ul>", items),
    ))
}

fn actions(ask: &Ask, visit: &Visit) -> Result<Vec<ActLink>> {
    let (w, actor, path) = (&ask.words, ask.actor()?, visit.path());
    let mut list = Vec::new();
    let mut offer = |step: rules::Step, name: &str, end: &str, main| {
        if rules::next(visit.state, step).is_ok() {
            list.push(act(w, name, format!("{path}/{end}"), main));
        }
    };
    if visit.verifier == actor.account {
        offer(rules::Step::Accept, "visit-acceptance", "acceptance", true);
        offer(rules::Step::Report, "visit-report", "report", true);
        offer(rules::Step::Refuse, "visit-refusal", "refusal", false);
    } else if actor.is(Role::SecretariatApprover) {
        offer(rules::Step::Approve, "visit-approval", "approval", true);
        offer(rules::Step::SendBack, "visit-return", "return", false);
        offer(
            rules::Step::Cancel,
            "visit-cancellation",
            "cancellation",
            false,
        );
    }
    Ok(list)
}

/// On a deployment's page: visits that were approved, for everybody; and a new one, for approvers.
pub(crate) fn of_deployment(tx: &mut Tx, ask: &Ask, deployment: Id) -> Result<Html> {
    let w = &ask.words;
    let inside = ask.actor.as_ref().is_some_and(base::Actor::reads_all);
    let mut items = Html::new();
    let mut teller = Teller::new(tx, w)?;
    for visit in store::of_deployment(tx, deployment)? {
        if !inside && visit.state != VisitState::Approved {
            continue;
        }
        let place = teller.place(tx, &visit.place)?;
        let on = w.day(visit.visited_on.unwrap_or(visit.on));
        let said = format!("{place}, {on}");
        let what = if inside {
            ui::link(&visit.path(), said)
        } else {
            ui::text(&said)
        };
        let label = w.code("visit-state", visit.state.code());
        items.push(html!(
            "<li>{} {}</li>",
            what,
            ui::tag(visit.state.code(), &label)
        ));
    }
    let mut body = if items.is_empty() {
        items
    } else {
        html!("<ul>{}</ul>", items)
    };
    if ask.is_any(&[Role::SecretariatApprover]) && !crate::figures_of(tx, deployment)?.is_empty() {
        let href = format!("/deployments/{deployment}/visits/new");
        body.push(html!(
            "<p>{}</p>",
            ui::link(&href, w.say("visit-new-button"))
        ));
    }
    Ok(if body.is_empty() {
        body
    } else {
        html!("<h3>{}</h3>{}", w.say("visits-title"), body)
    })
}

// ---- forms

pub(crate) fn new_form() -> Form {
    vec![
        Field::choice("place_of_figure", Choices::Listed(places_of)),
        Field::day("visit_on"),
        Field::many("figures", Choices::Listed(figures)),
        Field::words("visit_task").max(5_000),
        Field::choice("verifier", Choices::Listed(verifiers)),
    ]
}

/// The places figures of the deployment are about.
fn places_of(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let claims = crate::figures_of(tx, ask.id("id")?)?;
    let mut teller = Teller::new(tx, &ask.words)?;
    let mut codes: Vec<String> = claims.into_iter().map(|claim| claim.place).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
        .into_iter()
        .map(|code| {
            Ok(Choice {
                label: teller.place(tx, &code)?,
                code,
            })
        })
        .collect()
}

/// The figures of the deployment that may be verified.
fn figures(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut claims = crate::figures_of(tx, ask.id("id")?)?;
    claims.retain(|claim| claim.counts() && claim.level != Some(crate::Level::Verified));
    let mut teller = Teller::new(tx, &ask.words)?;
    claims
        .iter()
        .map(|claim| {
            Ok(Choice {
                code: claim.id.to_string(),
                label: teller.claim(tx, claim)?,
            })
        })
        .collect()
}

fn verifiers(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let accounts = people::appointed(tx, Role::IndependentVerifier, None, None, ask.today)?;
    accounts
        .into_iter()
        .map(|account| {
            Ok(Choice {
                code: account.to_string(),
                label: people::person_name(tx, account)?,
            })
        })
        .collect()
}

pub(crate) fn plan(tx: &mut Tx, call: &Call) -> Result<Done> {
    let v = &call.values;
    let new = NewVisit {
        deployment: call.id("id")?,
        place: v.text("place_of_figure").to_owned(),
        on: v
            .opt_day("visit_on")
            .ok_or_else(|| Refusal::about("visit_on", "form-missing"))?,
        task: v.text("visit_task").to_owned(),
        verifier: v
            .id("verifier")
            .ok_or_else(|| Refusal::about("verifier", "form-choose"))?,
        claims: v
            .many("figures")
            .iter()
            .filter_map(|id| Id::parse(id))
            .collect(),
    };
    let id = acts::plan_visit(tx, &new, call.actor()?, call.now)?;
    Ok(done(id))
}

pub(crate) fn finding_form() -> Form {
    vec![
        Field::choice("claim", Choices::Listed(asked)),
        Field::choice("finding", Choices::Fixed("visit-finding", &Finding::CODES)),
        Field::whole("seen", 0, crate::claims::rules::FIGURE_MAX).optional(),
    ]
}

/// The claims of the visit.
fn asked(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let visit = readable(tx, ask)?;
    let mut teller = Teller::new(tx, &ask.words)?;
    let mut out = Vec::new();
    for (id, _) in store::findings(tx, visit.id)? {
        let claim = crate::claims::store::find(tx, id)?;
        out.push(Choice {
            code: id.to_string(),
            label: teller.claim(tx, &claim)?,
        });
    }
    Ok(out)
}

pub(crate) fn finding_seen(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let visit = readable(tx, ask)?;
    rules::next(visit.state, rules::Step::Find)?;
    Ok(Prefill {
        entered: Entered::default(),
        ..Prefill::default()
    })
}

pub(crate) fn find(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, v) = (call.id("id")?, &call.values);
    let claim = v.id("claim").ok_or(Error::Missing)?;
    let finding = match (v.text("finding"), v.opt_whole("seen")) {
        ("differs", Some(seen)) => Finding::Differs(seen),
        ("differs", None) => return Err(Refusal::about("seen", "form-missing").into()),
        ("as_claimed", _) => Finding::AsClaimed,
        _ => Finding::NotSeen,
    };
    acts::find_claim(tx, id, claim, finding, call.actor()?, call.now)?;
    Ok(done(id))
}

pub(crate) fn report_form() -> Form {
    vec![
        Field::day("visited_on"),
        Field::words("visit_report").max(20_000),
    ]
}

pub(crate) fn report(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, v) = (call.id("id")?, &call.values);
    let on = v
        .opt_day("visited_on")
        .ok_or_else(|| Refusal::about("visited_on", "form-missing"))?;
    acts::report_visit(tx, id, on, v.text("visit_report"), call.actor()?, call.now)?;
    Ok(done(id))
}

pub(crate) fn accept(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::accept_visit(tx, id, call.actor()?, call.now)?;
    Ok(done(id))
}

pub(crate) fn no_tie() -> Form {
    vec![Field::yes("no_tie")]
}

pub(crate) fn approve(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::approve_visit(tx, id, call.actor()?, call.now)?;
    Ok(done(id))
}

type Reasoned = fn(&mut Tx, Id, &str, &base::Actor, base::Moment) -> Result<()>;

fn with_reason(tx: &mut Tx, call: &Call, run: Reasoned) -> Result<Done> {
    let id = call.id("id")?;
    run(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(done(id))
}

pub(crate) fn refuse(tx: &mut Tx, call: &Call) -> Result<Done> {
    with_reason(tx, call, acts::refuse_visit)
}

pub(crate) fn send_back(tx: &mut Tx, call: &Call) -> Result<Done> {
    with_reason(tx, call, acts::return_visit)
}

pub(crate) fn cancel(tx: &mut Tx, call: &Call) -> Result<Done> {
    with_reason(tx, call, acts::cancel_visit)
}

fn done(visit: Id) -> Done {
    Done::see(format!("/visits/{visit}")).with(json!({ "id": visit.to_string() }))
}
