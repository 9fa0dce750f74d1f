//! What people see of claims: the list, and one claim with its history.

use super::{Claim, Level, Standing, rules, store};
use crate::tell::{Teller, act, section};
use base::{Id, Result, Role};
use db::Tx;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Choice, Filter, Line, Listing, Show};

const REPORTED: &str = "reported";
const LEVELS: [&str; 4] = [REPORTED, "delivered", "confirmed", "verified"];

pub(crate) const CLAIMS: &[Column] = &[
    Column::new("indicator", Kind::Text).hxl("#indicator+name"),
    Column::new("claimed", Kind::Text),
    Column::new("claimed_comparator", Kind::Code("comparator")).hxl("#indicator+comparator"),
    Column::new("claimed_low", Kind::Whole).hxl("#indicator+value+min"),
    Column::new("claimed_high", Kind::Whole).hxl("#indicator+value+max"),
    Column::new("counted_unit", Kind::Code("counted-unit")).hxl("#indicator+unit"),
    Column::new("people_group", Kind::Text).hxl("#population+group"),
    Column::new("place", Kind::Text).hxl("#loc+name"),
    Column::new("country", Kind::Text).hxl("#country+name"),
    Column::new("from_on", Kind::Day).hxl("#date+start"),
    Column::new("to_on", Kind::Day).hxl("#date+end"),
    Column::new("known_level", Kind::Code("claim-level")).hxl("#status+level"),
    Column::new("claim_state", Kind::Code("claim-state")).hxl("#status"),
    Column::new("organisation", Kind::Text).hxl("#org+name"),
    Column::new("id", Kind::Id),
];
pub(crate) const CLAIM: &[Column] = &[
    Column::new("indicator", Kind::Link),
    Column::new("claimed", Kind::Text),
    Column::new("counted_unit", Kind::Code("counted-unit")),
    Column::new("known_level", Kind::Code("claim-level")),
    Column::new("claim_state", Kind::Code("claim-state")),
    Column::new("people_group", Kind::Text),
    Column::new("place", Kind::Text),
    Column::new("country", Kind::Text),
    Column::new("from_on", Kind::Day),
    Column::new("to_on", Kind::Day),
    Column::new("counted_how", Kind::Code("claim-method")),
    Column::new("source", Kind::Text),
    Column::new("known_on", Kind::Day),
    Column::new("organisation", Kind::Text),
    Column::new("serving_deployment", Kind::Link),
    Column::new("in_place_of", Kind::Link),
    Column::new("replaced_by", Kind::Link),
    Column::new("said_alike", Kind::Whole),
    Column::new("means_of_verification", Kind::Text),
    Column::new("id", Kind::Id),
];
pub(crate) const FILTERS: &[Filter] = &[
    Filter::listed("country", places::choose::countries),
    Filter::listed("indicator", crate::indicators::choose),
    Filter::codes("known_level", "claim-level", &LEVELS),
    Filter::codes("claim_state", "claim-state", &Standing::CODES),
    Filter::listed("people_group", groups),
];

/// The groups figures may be about: everybody first.
pub(crate) fn groups(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let everybody = Choice {
        code: crate::EVERYBODY.to_owned(),
        label: ask.words.say("evidence-everybody"),
    };
    let mut all = vec![everybody];
    all.extend(catalogue::choose::group(tx, ask)?);
    Ok(all)
}

fn level(claim: &Claim) -> Cell {
    Cell::code(claim.level.map_or(REPORTED, Level::code))
}

/// The cells of a claim in a list.
pub(crate) fn cells(tx: &mut Tx, teller: &mut Teller<'_>, claim: &Claim) -> Result<Vec<Cell>> {
    Ok(vec![
        teller.indicator(&claim.indicator).into(),
        teller.figure(claim.figure()).into(),
        Cell::code(claim.comparator.code()),
        Cell::or_unknown(claim.low),
        Cell::or_unknown(claim.high),
        Cell::code(claim.unit.code()),
        teller.group(&claim.group).into(),
        teller.place(tx, &claim.place)?.into(),
        teller.place(tx, &claim.country)?.into(),
        claim.from.into(),
        claim.to.into(),
        level(claim),
        Cell::code(claim.standing.code()),
        teller.organisation(tx, claim.organisation)?.into(),
        claim.id.into(),
    ])
}

/// Claims as lines of a list.
pub(crate) fn lines(tx: &mut Tx, teller: &mut Teller<'_>, claims: &[Claim]) -> Result<Vec<Line>> {
    claims
        .iter()
        .map(|claim| {
            Ok(Line {
                key: claim.id.to_string(),
                cells: cells(tx, teller, claim)?,
                href: Some(claim.path()),
            })
        })
        .collect()
}

/// Every claim before others.
pub(crate) fn claims(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let id = |name: &str| ask.query.get(name).and_then(|text| Id::parse(text));
    let mut teller = Teller::new(tx, &ask.words)?;
    let wanted = store::Wanted {
        country: query.filter("country"),
        indicator: query.filter("indicator"),
        level: query.filter("known_level"),
        standing: query.filter("claim_state"),
        group: query.filter("people_group"),
        organisation: id("organisation"),
        deployment: id("deployment"),
        q: query
            .q
            .clone()
            .map(|q| (q.clone(), teller.indicators_named(&q))),
        below: query.after.as_deref().and_then(Id::parse),
        limit: query.limit + 1,
    };
    let mut found = store::list(tx, &wanted)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let record = ui::link(
        "/claims/public-record",
        ask.words.say("public-record-title"),
    );
    Ok(Answer::List(Listing {
        title: ask.words.say("claims-title"),
        before: html!("<p>{}</p><p>{}</p>", ask.words.say("claims-intro"), record),
        rows: lines(tx, &mut teller, &found)?,
        more,
        ..Listing::default()
    }))
}

/// One claim: its figure, level and source, and everything that happened to it, without names.
pub(crate) fn claim(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let claim = crate::claim(tx, ask.id("id")?)?;
    let mut teller = Teller::new(tx, &ask.words)?;
    let title = teller.claim(tx, &claim)?;
    let known = crate::indicator(tx, &claim.indicator).ok();
    let means = known.map_or(Cell::Unknown, |one| {
        Cell::from(ask.words.name(&one.means_of_verification))
    });
    let link = |id: Option<Id>, key: &str| match id {
        Some(id) => Cell::link(format!("/claims/{id}"), ask.words.say(key)),
        None => Cell::NotApplicable,
    };
    let deployment = match claim.deployment {
        Some(id) => teller.deployment(tx, id, ask.today)?,
        None => Cell::NotApplicable,
    };
    let twins = store::twins(tx, &claim)?;
    let (old, new) = (claim.supersedes, store::successor(tx, claim.id)?);
    let cells = vec![
        Cell::link(
            format!("/catalogue/indicators/{}", claim.indicator),
            teller.indicator(&claim.indicator),
        ),
        teller.figure(claim.figure()).into(),
        Cell::code(claim.unit.code()),
        level(&claim),
        Cell::code(claim.standing.code()),
        teller.group(&claim.group).into(),
        teller.place(tx, &claim.place)?.into(),
        teller.place(tx, &claim.country)?.into(),
        claim.from.into(),
        claim.to.into(),
        Cell::code(claim.method.as_str()),
        Cell::Text(claim.source.clone()),
        claim.as_of.into(),
        teller.organisation(tx, claim.organisation)?.into(),
        deployment,
        link(old, "evidence-earlier-claim"),
        link(new, "evidence-later-claim"),
        twins.into(),
        means,
        claim.id.into(),
    ];
    Ok(Answer::Record(Show {
        title,
        before: told(ask, &claim),
        cells,
        sections: history(tx, ask, &claim)?,
        actions: actions(tx, ask, &claim)?,
        slot: Some(("claim-page", claim.id.to_string())),
    }))
}

/// What must be known before the figure is used.
fn told(ask: &Ask, claim: &Claim) -> Html {
    let w = &ask.words;
    let (tone, key) = match (claim.standing, claim.level) {
        (Standing::Retracted, _) => (ui::Tone::Bad, "evidence-told-retracted"),
        (Standing::Corrected, _) => (ui::Tone::Warn, "evidence-told-corrected"),
        (Standing::Contested, _) => (ui::Tone::Warn, "evidence-told-contested"),
        (Standing::Stands, None) => (ui::Tone::Plain, "evidence-told-reported"),
        (Standing::Stands, Some(_)) => return Html::new(),
    };
    ui::notice(w, tone, w.say(key))
}

/// What happened to a claim, without saying who.
fn history(tx: &mut Tx, ask: &Ask, claim: &Claim) -> Result<Html> {
    let w = &ask.words;
    let mut steps = Vec::new();
    if let Some(at) = claim.submitted_at {
        let key = if claim.supersedes.is_some() {
            "put"
        } else {
            "submitted"
        };
        steps.push(step(ask, key, at, None));
    }
    for one in store::steps(tx, claim.id)? {
        steps.push(step(ask, &one.step, one.at, one.words.as_deref()));
    }
    let mut out = section(w, "evidence-history", ui::steps(w, &steps));
    let mut seen = Html::new();
    for (visit, finding) in crate::visits::store::of_claim(tx, claim.id)? {
        let on = visit
            .visited_on
            .map_or_else(|| w.say("unknown"), |day| w.day(day));
        seen.push(html!(
            "<li>{}: {}</li>",
            on,
            w.code("visit-finding", &finding)
        ));
    }
    if !seen.is_empty() {
        seen = html!("<ul>{}</ul>", seen);
    }
    out.push(section(w, "evidence-visited", seen));
    Ok(out)
}

fn step(ask: &Ask, code: &str, at: base::Moment, words: Option<&str>) -> ui::Step {
    ui::Step {
        title: ask.words.code("claim-step", code),
        when: ask.words.moment(at),
        detail: words.map(ui::paragraphs).unwrap_or_default(),
        state: ui::StepState::Done,
    }
}

fn actions(tx: &mut Tx, ask: &Ask, claim: &Claim) -> Result<Vec<web::ActLink>> {
    let Some(actor) = &ask.actor else {
        return Ok(Vec::new());
    };
    let now = (claim.level, claim.standing);
    let (w, path) = (&ask.words, claim.path());
    let mut list = Vec::new();
    let mut offer = |step: rules::Step, name: &str, end: &str, main| {
        if rules::next(now, step).is_ok() {
            list.push(act(w, name, format!("{path}/{end}"), main));
        }
    };
    if actor.is(Role::SecretariatApprover) {
        offer(rules::Step::Uphold, "claim-upholding", "upholding", true);
        offer(
            rules::Step::Correct,
            "claim-correction",
            "correction",
            false,
        );
        offer(
            rules::Step::Retract,
            "claim-retraction",
            "retraction",
            false,
        );
    }
    offer(rules::Step::Contest, "claim-contest", "contest", false);
    if let Some(report) = claim.report {
        let found = crate::report(tx, report)?;
        let deployment = deployments::deployment(tx, found.deployment, ask.today)?;
        if crate::is_party(actor, &deployment) {
            list.push(web::ActLink {
                href: found.path(),
                label: w.say("evidence-see-report"),
                main: false,
            });
        }
    }
    Ok(list)
}

/// On an indicator's page: the claims about it.
pub(crate) fn on_indicator(_: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    Ok(id
        .strip_prefix("indicators/")
        .map_or_else(Html::new, |code| {
            let href = ui::with_query("/claims", "indicator", Some(code));
            html!(
                "<p>{}</p>",
                ui::link(&href, ask.words.say("evidence-claims-of-indicator"))
            )
        }))
}
