//! Proposals: lists, one with its explanation, its lines, and the forms of every decision.

use super::moved;
use super::tell::{Teller, period};
use crate::acts::decisions::{self, Note};
use crate::proposal::{ANSWER_DAYS, Answer as Said, Mark, Part, Proposal, Side, State};
use crate::store::proposals::{Shown, Wanted};
use crate::{rules, store};
use base::{Error, Id, Result, Role};
use db::Tx;
use serde_json::json;
use std::collections::BTreeMap;
use ui::{Action, Cell, Column, Html, Kind, html};
use web::{
    Answer, Ask, Call, Choice, Choices, Done, Entered, Field, Filter, Form, Line, Listing, Prefill,
    Show,
};

pub(crate) const PROPOSALS: &[Column] = &[
    Column::new("offer_title", Kind::Link),
    Column::new("member_name", Kind::Text).hxl("#org+name"),
    Column::new("service", Kind::Text).hxl("#service"),
    Column::new("country", Kind::Text).hxl("#country+name"),
    Column::new("state", Kind::Code("proposal-state")),
    Column::new("lines", Kind::Whole),
    Column::new("proposed_units", Kind::Whole),
    Column::new("units_standing", Kind::Whole),
    Column::new("learners", Kind::Whole),
    Column::new("score_points", Kind::Decimal),
    Column::new("answer_by", Kind::Day),
    Column::new("id", Kind::Id),
];
pub(crate) const FILTERS: &[Filter] = &[
    Filter::listed("service", catalogue::choose::service_class),
    Filter::listed("member", members_of),
    Filter::codes("state", "proposal-state", &State::CODES),
];
pub(crate) const PROPOSAL: &[Column] = &[
    Column::new("offer_title", Kind::Link),
    Column::new("member_name", Kind::Link),
    Column::new("need_title", Kind::Link),
    Column::new("country", Kind::Text),
    Column::new("service", Kind::Text),
    Column::new("state", Kind::Code("proposal-state")),
    Column::new("lines", Kind::Whole),
    Column::new("proposed_units", Kind::Whole),
    Column::new("units_standing", Kind::Whole),
    Column::new("units_in_lots", Kind::Whole),
    Column::new("learners", Kind::Whole),
    Column::new("needs_on_the_ground", Kind::Decimal),
    Column::new("priority_for_disadvantaged", Kind::Decimal),
    Column::new("members_resources", Kind::Decimal),
    Column::new("score_points", Kind::Decimal),
    Column::new("local_candidate", Kind::Text),
    Column::new("member_answer", Kind::Text),
    Column::new("authority_answer", Kind::Text),
    Column::new("answer_by", Kind::Day),
    Column::new("locked_by_officer", Kind::Yes),
    Column::new("created_at", Kind::Moment),
    Column::new("id", Kind::Id),
    Column::new("version", Kind::Whole),
];
pub(crate) const LINES: &[Column] = &[
    Column::new("line_rank", Kind::Whole),
    Column::new("line_place", Kind::Text).hxl("#loc+name"),
    Column::new("area_name", Kind::Text).hxl("#adm1+name"),
    Column::new("delivery_quarter", Kind::Text),
    Column::new("units_standing", Kind::Whole),
    Column::new("units_in_lots", Kind::Whole),
    Column::new("learners", Kind::Whole),
    Column::new("covered_before", Kind::Share),
    Column::new("covered_after", Kind::Share),
    Column::new("needs_on_the_ground", Kind::Decimal),
    Column::new("priority_for_disadvantaged", Kind::Decimal),
    Column::new("members_resources", Kind::Decimal),
    Column::new("score_points", Kind::Decimal),
    Column::new("line_value", Kind::Decimal),
    Column::new("unit_price_points", Kind::Decimal),
    Column::new("runner_up", Kind::Text),
    Column::new("runner_up_behind", Kind::Decimal),
    Column::new("line_id", Kind::Id),
];

fn members_of(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let round = if ask.path.starts_with("/allocation/") {
        ask.id("id").ok()
    } else {
        None
    };
    let mut names = store::results::members(tx, round)?;
    let actor = ask.actor()?;
    if !actor.reads_all() && actor.authority_countries().is_empty() {
        let own = actor.organisations();
        names.retain(|id, _| own.contains(id));
    }
    let label = |names: &base::Names| ask.words.name(names).to_owned();
    Ok(names
        .iter()
        .map(|(id, n)| Choice {
            code: id.to_string(),
            label: label(n),
        })
        .collect())
}

/// A proposal the asker may see.
fn seen(tx: &mut Tx, ask: &Ask) -> Result<Proposal> {
    let p = store::proposals::find(tx, ask.id("id")?)?;
    let round = store::rounds::find(tx, p.round)?;
    let actor = ask.actor()?;
    let stored = round.state == crate::round::State::Done || actor.reads_all();
    if stored && rules::may_see(&p, actor) {
        Ok(p)
    } else {
        Err(Error::Missing)
    }
}

pub(crate) fn due(p: &Proposal) -> base::Day {
    p.created_at.plus_days(ANSWER_DAYS).day()
}

fn wanted(ask: &Ask, round: Option<Id>) -> Result<Wanted> {
    let actor = ask.actor()?;
    let query = ask.list();
    let [score, id] = query.after_parts::<2>();
    let own = [Role::MemberFocalPoint, Role::MemberOfficer];
    let held = actor.appointments.iter().filter(|a| own.contains(&a.role));
    let mut members: Vec<Id> = held.filter_map(|a| a.organisation).collect();
    members.sort_unstable();
    members.dedup();
    let mut countries = actor.authority_countries();
    countries.sort_unstable();
    countries.dedup();
    Ok(Wanted {
        round,
        all: actor.reads_all(),
        members,
        countries,
        service_class: query.filter("service").map(str::to_owned),
        member: query.filter("member").and_then(Id::parse),
        state: query.filter("state").map(str::to_owned),
        now: ask.now.micros(),
        after: score.parse().ok().zip(Id::parse(&id)),
        limit: query.limit + 1,
    })
}

/// Rows of proposals, with every name looked up once.
pub(crate) fn rows(tx: &mut Tx, ask: &Ask, found: &[Proposal]) -> Result<Vec<Line>> {
    let mut teller = Teller::new(tx, &ask.words, BTreeMap::new())?;
    let mut members: Vec<Id> = found.iter().map(|p| p.member).collect();
    members.sort_unstable();
    members.dedup();
    let names = people::organisation_names(tx, &members)?;
    let mut out = Vec::with_capacity(found.len());
    for p in found {
        let state = rules::state_on(p, ask.now);
        let member = names
            .get(&p.member)
            .map(|names| ask.words.name(names).to_owned());
        out.push(Line {
            key: format!("{:?}~{}", p.score, p.id),
            cells: vec![
                Cell::link(p.path(), teller.offer(tx, p.offer)?),
                Cell::or_unknown(member),
                teller.class(&p.service_class).into(),
                teller.place(tx, &p.country)?.into(),
                Cell::code(state.code()),
                p.lines.into(),
                p.quantity.into(),
                p.quantity_now.into(),
                p.learners.into(),
                p.score.into(),
                if state.is_open() {
                    due(p).into()
                } else {
                    Cell::NotApplicable
                },
                p.id.into(),
            ],
            href: None,
        });
    }
    Ok(out)
}

fn listing(tx: &mut Tx, ask: &Ask, round: Option<Id>, before: Html) -> Result<Answer> {
    let query = ask.list();
    let mut found = store::proposals::list(tx, &wanted(ask, round)?)?;
    let more = i64::try_from(found.len()).unwrap_or(0) > query.limit;
    found.truncate(usize::try_from(query.limit).unwrap_or(0));
    let rows = rows(tx, ask, &found)?;
    let title = ask.words.say("proposals-title");
    Ok(Answer::List(Listing {
        title,
        before,
        rows,
        more,
        ..Listing::default()
    }))
}

pub(crate) fn of_round(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let round = store::rounds::find(tx, ask.id("id")?)?;
    if !super::rounds::visible(ask, &round) {
        return Err(Error::Missing);
    }
    let before = html!("<p>{}</p>", ui::link(&round.path(), round.title.as_str()));
    listing(tx, ask, Some(round.id), before)
}

pub(crate) fn mine(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let before = html!("<p>{}</p>", ask.words.say("proposals-intro"));
    listing(tx, ask, None, before)
}

fn answer_said(ask: &Ask, said: &Said) -> Cell {
    let key = match said.accepted {
        None => "proposal-answer-none",
        Some(true) => "proposal-answer-accepted",
        Some(false) => "proposal-answer-declined",
    };
    let on = said
        .at
        .map(|at| ask.words.day(at.day()))
        .unwrap_or_default();
    let reason = said.reason.clone().unwrap_or_default();
    ask.words
        .say_with(key, &[("on", on.into()), ("reason", reason.into())])
        .into()
}

fn local(tx: &mut Tx, words: &lang::Words, p: &Proposal, teller: &mut Teller) -> Result<String> {
    Ok(match p.local_offer {
        None => words.say("proposal-local-none"),
        Some(id) if id == p.offer => words.say("proposal-local-itself"),
        Some(id) => {
            let offer = offers::offer(tx, id)?;
            let member = people::organisation_name(tx, words, Some(offer.organisation))?;
            let args = [
                ("offer", teller.offer(tx, id)?.into()),
                ("member", member.into()),
                ("lines", p.local_lines.into()),
            ];
            words.say_with("proposal-local-found", &args)
        }
    })
}

pub(crate) fn proposal(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let p = seen(tx, ask)?;
    let words = &ask.words;
    let mut teller = Teller::new(tx, words, BTreeMap::new())?;
    let state = rules::state_on(&p, ask.now);
    let title = teller.offer(tx, p.offer)?;
    let member = people::organisation_name(tx, words, Some(p.member))?;
    let need = needs::head(tx, p.need, ask.today)?;
    let need_title = format!("{} {}", need.code, words.name(&need.title));
    let cells = vec![
        Cell::link(format!("/offers/{}", p.offer), title.clone()),
        Cell::link(format!("/members/{}", p.member), member.clone()),
        Cell::link(format!("/needs/{}", p.need), need_title.clone()),
        teller.place(tx, &p.country)?.into(),
        teller.class(&p.service_class).into(),
        Cell::code(state.code()),
        p.lines.into(),
        p.quantity.into(),
        p.quantity_now.into(),
        p.given_now.into(),
        p.learners.into(),
        p.ground.into(),
        p.priority.into(),
        p.resources.into(),
        p.score.into(),
        local(tx, words, &p, &mut teller)?.into(),
        answer_said(ask, &p.of_member),
        answer_said(ask, &p.of_authority),
        due(&p).into(),
        p.locked.is_some().into(),
        p.created_at.into(),
        p.id.into(),
        p.version.into(),
    ];
    let args = [
        ("member", member.into()),
        ("need", need_title.into()),
        ("lines", p.lines.into()),
        ("units", p.quantity.into()),
        ("learners", p.learners.into()),
    ];
    let before = html!("<p>{}</p>", words.say_with("proposal-in-words", &args));
    Ok(Answer::Record(Show {
        title: words.say_with("proposal-title", &[("offer", title.into())]),
        before,
        cells,
        sections: sections(tx, ask, &p, &mut teller)?,
        actions: actions(ask, &p, state)?,
        slot: Some(("proposal-page", p.id.to_string())),
    }))
}

fn sections(tx: &mut Tx, ask: &Ask, p: &Proposal, teller: &mut Teller) -> Result<Html> {
    let words = &ask.words;
    let mut out = Html::new();
    let points = |x: f64| words.decimal(x, 1);
    let args = [
        ("ground", points(p.ground).into()),
        ("priority", points(p.priority).into()),
        ("resources", points(p.resources).into()),
        ("score", points(p.score).into()),
    ];
    let mut body = html!("<p>{}</p>", words.say_with("proposal-factors-words", &args));
    body.push(html!("<p>{}</p>", local(tx, words, p, teller)?));
    out.push(ui::section(&words.say("proposal-why"), body));
    out.push(moved::of_proposal(tx, ask, p.id)?);
    let first = store::proposals::shown(tx, p.id, 0, 10)?;
    let lines = first
        .iter()
        .map(|shown| line(tx, shown, teller))
        .collect::<Result<Vec<Line>>>()?;
    let mut body = ui::table(words, &words.say("proposal-lines"), LINES, &lines);
    let all = words.say_with("proposal-all-lines", &[("n", p.lines.into())]);
    body.push(html!(
        "<p>{}</p>",
        ui::link(&format!("{}/lines", p.path()), all)
    ));
    out.push(ui::section(&words.say("proposal-lines"), body));
    let mark = |mark: &Option<Mark>, key: &str| {
        mark.as_ref().map(|m| {
            let args = [
                ("on", words.day(m.at.day()).into()),
                ("reason", m.reason.clone().into()),
            ];
            html!("<li>{}</li>", words.say_with(key, &args))
        })
    };
    let marks = [
        mark(&p.shortlisted, "proposal-shortlisted-why"),
        mark(&p.locked, "proposal-locked-why"),
    ];
    let marks: Html = marks.into_iter().flatten().collect();
    if !marks.is_empty() {
        out.push(ui::section(
            &words.say("proposal-officer"),
            html!("<ul>{}</ul>", marks),
        ));
    }
    Ok(out)
}

fn actions(ask: &Ask, p: &Proposal, state: State) -> Result<Vec<Action>> {
    let actor = ask.actor()?;
    let mut out = Vec::new();
    let mut add = |end: &str, act: &str, main: bool| {
        let label = ask.words.say(&format!("{act}-button"));
        out.push(Action {
            href: format!("{}/{end}", p.path()),
            label,
            main,
        });
    };
    if state == State::Lapsed && p.released_at.is_none() && actor.is(Role::SecretariatOfficer) {
        add("release", "proposal-release", false);
    }
    if !state.is_open() {
        return Ok(out);
    }
    for side in [Side::Member, Side::Authority] {
        if rules::second(p, side, actor).is_err() {
            continue;
        }
        let code = side.code();
        if p.answer(side).accepted.is_none() {
            add(
                &format!("{code}-acceptance"),
                &format!("proposal-{code}-acceptance"),
                true,
            );
        }
        add(
            &format!("{code}-decline"),
            &format!("proposal-{code}-decline"),
            false,
        );
    }
    if actor.is(Role::SecretariatOfficer) {
        if p.shortlisted.is_none() {
            add("shortlisting", "proposal-shortlisting", false);
        }
        if p.locked.is_none() {
            add("lock", "proposal-lock", false);
        }
    }
    Ok(out)
}

fn line(tx: &mut Tx, s: &Shown, teller: &mut Teller) -> Result<Line> {
    let runner = match s.runner_up {
        Some((offer, _)) => Cell::Text(teller.offer(tx, offer)?),
        None => Cell::NotApplicable,
    };
    Ok(Line {
        key: s.rank.to_string(),
        cells: vec![
            s.rank.into(),
            s.label.clone().into(),
            teller.place(tx, &s.area)?.into(),
            period(s.period),
            s.quantity.into(),
            s.given.into(),
            s.learners.into(),
            Cell::Share(s.before),
            Cell::Share(s.after),
            s.ground.into(),
            s.priority.into(),
            s.resources.into(),
            (s.ground + s.priority + s.resources).into(),
            s.value.into(),
            s.price.into(),
            runner,
            s.runner_up
                .map_or(Cell::NotApplicable, |(_, behind)| Cell::Decimal(behind)),
            s.line.into(),
        ],
        href: None,
    })
}

pub(crate) fn lines(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let p = seen(tx, ask)?;
    let query = ask.list();
    let after = query
        .after
        .as_deref()
        .and_then(|after| after.parse().ok())
        .unwrap_or(0);
    let mut found = store::proposals::shown(tx, p.id, after, query.limit + 1)?;
    let more = i64::try_from(found.len()).unwrap_or(0) > query.limit;
    found.truncate(usize::try_from(query.limit).unwrap_or(0));
    let mut teller = Teller::new(tx, &ask.words, BTreeMap::new())?;
    let title = teller.offer(tx, p.offer)?;
    let rows = found
        .iter()
        .map(|s| line(tx, s, &mut teller))
        .collect::<Result<Vec<Line>>>()?;
    Ok(Answer::List(Listing {
        title: ask.words.say("proposal-lines"),
        before: html!(
            "<p>{} {}</p>",
            ui::link(&p.path(), title),
            ask.words.say("proposal-lines-intro")
        ),
        rows,
        more,
        total: Some(p.lines),
        ..Listing::default()
    }))
}

// ---- acts

fn areas(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let p = seen(tx, ask)?;
    let lang = ask.words.lang();
    let choice = |code: &String| {
        Ok(Choice {
            code: code.clone(),
            label: places::place_name(tx, code, lang)?,
        })
    };
    p.areas.iter().map(choice).collect()
}

pub(crate) fn acceptance_form() -> Form {
    vec![
        Field::many("areas", Choices::Listed(areas)).optional(),
        Field::whole("units_max", 1, 1_000_000_000).optional(),
        Field::version().optional(),
    ]
}

pub(crate) fn decision_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let p = seen(tx, ask)?;
    let mut teller = Teller::new(tx, &ask.words, BTreeMap::new())?;
    let args = [
        ("offer", teller.offer(tx, p.offer)?.into()),
        ("units", p.quantity_now.into()),
        ("lines", p.lines.into()),
    ];
    let beside = html!("<p>{}</p>", ask.words.say_with("proposal-beside", &args));
    Ok(Prefill {
        entered: Entered::default().with("version", p.version.to_string()),
        beside,
    })
}

fn done(p: Id, state: &str) -> Done {
    Done::see(format!("/proposals/{p}")).with(json!({ "id": p, "state": state }))
}

fn accept(tx: &mut Tx, call: &Call, side: Side) -> Result<Done> {
    let v = &call.values;
    let part = Part {
        areas: v.many("areas"),
        units_max: v.opt_whole("units_max"),
        version: v.opt_whole("version"),
    };
    let id = call.id("id")?;
    let state = decisions::accept(tx, id, side, &part, call.actor()?, call.now)?;
    Ok(done(id, state.code()))
}

pub(crate) fn member_acceptance(tx: &mut Tx, call: &Call) -> Result<Done> {
    accept(tx, call, Side::Member)
}
pub(crate) fn authority_acceptance(tx: &mut Tx, call: &Call) -> Result<Done> {
    accept(tx, call, Side::Authority)
}

fn decline(tx: &mut Tx, call: &Call, side: Side) -> Result<Done> {
    let id = call.id("id")?;
    let state = decisions::decline(
        tx,
        id,
        side,
        call.values.text("reason"),
        call.actor()?,
        call.now,
    )?;
    Ok(done(id, state.code()))
}

pub(crate) fn member_decline(tx: &mut Tx, call: &Call) -> Result<Done> {
    decline(tx, call, Side::Member)
}
pub(crate) fn authority_decline(tx: &mut Tx, call: &Call) -> Result<Done> {
    decline(tx, call, Side::Authority)
}

fn note(tx: &mut Tx, call: &Call, what: Note) -> Result<Done> {
    let id = call.id("id")?;
    decisions::note(
        tx,
        id,
        what,
        call.values.text("reason"),
        call.actor()?,
        call.now,
    )?;
    Ok(Done::see(format!("/proposals/{id}")).with(json!({ "id": id })))
}

pub(crate) fn shortlisting(tx: &mut Tx, call: &Call) -> Result<Done> {
    note(tx, call, Note::Shortlist)
}
pub(crate) fn lock(tx: &mut Tx, call: &Call) -> Result<Done> {
    note(tx, call, Note::Lock)
}

pub(crate) fn release(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    if decisions::release(tx, id, call.now)? {
        return Ok(Done::see(format!("/proposals/{id}")).with(json!({ "id": id })));
    }
    Err(base::Refusal::whole("allocation-not-lapsed").into())
}
