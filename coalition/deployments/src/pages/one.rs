//! One deployment: what it is, what still stands against it, how teachers took part, what happened.

use super::{Teller, action, cut};
use crate::deployment::{Deployment, InPerson, Standing};
use crate::rules::{self, Move, Side};
use crate::store::{self, lines as kept, overlaps, steps};
use crate::{acts, pages};
use base::{Id, Names, Result};
use db::Tx;
use ui::{Action, Cell, Column, Html, Kind, Tone, html};
use web::{Answer, Ask, Line, Listing, Show};

pub(crate) const COLUMNS: &[Column] = &[
    Column::new("code", Kind::Text),
    Column::new("title", Kind::Names),
    Column::new("state", Kind::Code("deployment-state")),
    Column::new("past_due", Kind::Yes),
    Column::new("agreement_code", Kind::Link),
    Column::new("member_name", Kind::Link),
    Column::new("implementing", Kind::Text),
    Column::new("service", Kind::Text),
    Column::new("country", Kind::Link),
    Column::new("places", Kind::Text),
    Column::new("served_group", Kind::Text),
    Column::new("levels", Kind::Text),
    Column::new("flagship", Kind::Text),
    Column::new("missions_served", Kind::Text),
    Column::new("in_person", Kind::Code("deployment-in-person")),
    Column::new("planned_start", Kind::Day),
    Column::new("planned_end", Kind::Day),
    Column::new("actual_start", Kind::Day),
    Column::new("actual_end", Kind::Day),
    Column::new("planned_reach", Kind::Whole),
    Column::new("units_served", Kind::Whole),
    Column::new("lines", Kind::Whole),
    Column::new("free_until", Kind::Day),
    Column::new("assets_kept_by", Kind::Code("deployment-assets")),
    Column::new("maintenance_after", Kind::Words),
    Column::new("financing_after", Kind::Words),
    Column::new("id", Kind::Id),
    Column::new("version", Kind::Whole),
];

pub(crate) const LINES: &[Column] = &[
    Column::new("line_place", Kind::Link).hxl("#loc+name"),
    Column::new("area_name", Kind::Text).hxl("#adm1+name"),
    Column::new("learners", Kind::Whole).hxl("#inneed"),
    Column::new("units_served", Kind::Whole).hxl("#output"),
    Column::new("units_sent", Kind::Whole),
    Column::new("units_given_back", Kind::Whole),
    Column::new("line_id", Kind::Id),
];

fn terms(tx: &mut Tx, ask: &Ask, vocabulary: &str, codes: &[String]) -> Result<String> {
    let lang = ask.words.lang();
    let mut names = Vec::new();
    for code in codes {
        names.push(catalogue::label(tx, vocabulary, code, lang)?);
    }
    Ok(ask.words.list(&names))
}

fn or_none(text: String) -> Cell {
    if text.is_empty() {
        Cell::NotApplicable
    } else {
        text.into()
    }
}

fn cells(tx: &mut Tx, ask: &Ask, d: &Deployment, t: &mut Teller) -> Result<Vec<Cell>> {
    let agreement = agreements::agreement(tx, d.agreement, ask.today)?;
    let flagship: Vec<String> = d.flagship.iter().cloned().collect();
    let country = t.place(tx, &d.country)?;
    Ok(vec![
        d.code.clone().into(),
        d.title.clone().into(),
        Cell::code(d.standing.code()),
        d.overdue.into(),
        Cell::link(agreement.path(), agreement.code.clone()),
        Cell::link(
            format!("/members/{}", d.member),
            t.organisation(tx, d.member)?,
        ),
        t.organisations(tx, &d.implementers)?.into(),
        t.class(&d.service_class).into(),
        Cell::link(format!("/countries/{}", d.country), country),
        t.places(tx, &d.places)?.into(),
        t.group(d.group.as_deref()).into(),
        terms(tx, ask, "isced_levels", &d.levels)?.into(),
        or_none(terms(tx, ask, "flagships", &flagship)?),
        or_none(terms(tx, ask, "missions", &d.missions)?),
        Cell::code(d.in_person.code()),
        d.planned_from.into(),
        d.planned_to.into(),
        d.actual_from.map_or(Cell::NotApplicable, Cell::Day),
        d.actual_to.map_or(Cell::NotApplicable, Cell::Day),
        Cell::or_unknown(d.reach_planned),
        d.units.into(),
        d.lines.into(),
        d.free_until.into(),
        Cell::code(&d.assets_to),
        d.maintenance.clone().into(),
        d.financing_after.clone().into(),
        d.id.into(),
        d.version.into(),
    ])
}

/// What everybody should notice first.
fn notices(ask: &Ask, d: &Deployment) -> Html {
    let w = &ask.words;
    let mut out = Html::new();
    if let (InPerson::Replaces, Some(why)) = (d.in_person, &d.replaces_reason) {
        let says = w.say_with(
            "deployments-replaces-warning",
            &[("why", why.clone().into())],
        );
        out.push(ui::notice(w, Tone::Warn, ui::text(&says)));
    }
    if d.standing == Standing::Suspended {
        out.push(ui::notice(
            w,
            Tone::Warn,
            ui::text(&w.say("deployments-is-suspended")),
        ));
    }
    if d.overdue {
        let key = if d.actual_from.is_some() {
            "deployments-should-have-ended"
        } else {
            "deployments-should-have-begun"
        };
        let on = if d.actual_from.is_some() {
            d.planned_to
        } else {
            d.planned_from
        };
        let says = w.say_with(key, &[("on", w.day(on).into())]);
        out.push(ui::notice(w, Tone::Warn, ui::text(&says)));
    }
    out
}

pub(crate) fn show(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let d = store::find(tx, ask.id("id")?, ask.today)?;
    let mut teller = Teller::new(tx, &ask.words)?;
    let before = notices(ask, &d);
    let cells = cells(tx, ask, &d, &mut teller)?;
    let mut sections = Html::new();
    if matches!(
        d.standing,
        Standing::Planned | Standing::Blocked | Standing::Cleared
    ) {
        sections.push(clearance(tx, ask, &d)?);
    }
    sections.push(overlaps_of(tx, ask, &d, &mut teller)?);
    sections.push(needs_of(tx, ask, &d, &mut teller)?);
    sections.push(teachers(tx, ask, &d)?);
    sections.push(history(tx, ask, &d)?);
    Ok(Answer::Record(Show {
        title: title(ask, &d.code, &d.title),
        before,
        cells,
        sections,
        actions: actions(ask, &d),
        slot: Some(("deployment-page", d.id.to_string())),
    }))
}

pub(crate) fn title(ask: &Ask, code: &str, title: &Names) -> String {
    format!("{code} {}", ask.words.name(title))
}

fn actions(ask: &Ask, d: &Deployment) -> Vec<Action> {
    let Some(actor) = &ask.actor else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for (to, end, act, main) in [
        (Move::Activate, "start", "deployment-start", true),
        (Move::Change, "change", "deployment-change", false),
        (
            Move::Confirm,
            "confirmation",
            "deployment-confirmation",
            true,
        ),
        (
            Move::Refuse,
            "completion-refusal",
            "deployment-completion-refusal",
            false,
        ),
        (Move::Claim, "completion", "deployment-completion", true),
        (Move::Extend, "extension", "deployment-extension", false),
        (Move::Pause, "pause", "deployment-pause", false),
        (Move::Resume, "resumption", "deployment-resumption", true),
        (Move::Close, "closure", "deployment-closure", true),
        (
            Move::Cancel,
            "cancellation",
            "deployment-cancellation",
            false,
        ),
    ] {
        if to.open_to(d, actor) {
            out.push(action(
                &ask.words,
                &format!("{}/{end}", d.path()),
                act,
                main,
            ));
        }
    }
    let tells = [Side::Member, Side::Authority]
        .iter()
        .any(|side| rules::stands(actor, *side, d.member, &d.country));
    if tells && !matches!(d.standing, Standing::Closed | Standing::Cancelled) {
        let path = format!("{}/teachers/new", d.path());
        out.push(action(&ask.words, &path, "deployment-teachers", false));
    }
    out
}

fn clearance(tx: &mut Tx, ask: &Ask, d: &Deployment) -> Result<Html> {
    let lacks = acts::clearance(tx, d, ask.today)?;
    let w = &ask.words;
    let items: Html = lacks
        .0
        .iter()
        .map(|refusal| html!("<li>{}</li>", w.refusal(refusal)))
        .collect();
    let body = if lacks.0.is_empty() {
        ui::notice(
            w,
            Tone::Good,
            ui::text(&w.say("deployments-nothing-missing")),
        )
    } else {
        html!("<ul>{}</ul>", items)
    };
    Ok(ui::section(&w.say("deployments-before-it-begins"), body))
}

fn overlaps_of(tx: &mut Tx, ask: &Ask, d: &Deployment, t: &mut Teller) -> Result<Html> {
    let found = overlaps::of(tx, d.id)?;
    if found.is_empty() {
        return Ok(Html::new());
    }
    let mut items = Html::new();
    for o in &found {
        items.push(html!("<li>{}</li>", pages::overlaps::told(tx, ask, o, t)?));
    }
    let title = ask.words.say("overlaps-title");
    Ok(ui::section(&title, html!("<ul>{}</ul>", items)))
}

fn needs_of(tx: &mut Tx, ask: &Ask, d: &Deployment, t: &mut Teller) -> Result<Html> {
    let w = &ask.words;
    let mut items = Html::new();
    let ids = kept::needs(tx, d.id)?;
    for need in needs::heads(tx, &ids, ask.today)? {
        let name = format!("{} {}", need.code, w.name(&need.title));
        items.push(html!(
            "<li>{}</li>",
            ui::link(&format!("/needs/{}", need.id), name)
        ));
    }
    let found = kept::page(tx, d.id, None, 10)?;
    let rows = line_rows(tx, &found, t)?;
    let caption = w.say("deployments-lines");
    let all = w.say_with("deployments-all-lines", &[("n", d.lines.into())]);
    let path = format!("{}/lines", d.path());
    let body = html!(
        "<p>{}</p><ul>{}</ul>{}<p>{}</p>",
        w.say("deployments-serves"),
        items,
        ui::table(w, &caption, LINES, &rows),
        ui::link(&path, all)
    );
    Ok(ui::section(&caption, body))
}

fn line_rows(
    tx: &mut Tx,
    found: &[crate::deployment::DeployedLine],
    t: &mut Teller,
) -> Result<Vec<Line>> {
    let mut out = Vec::with_capacity(found.len());
    for one in found {
        let line = needs::line(tx, one.line)?;
        out.push(Line {
            key: format!("{}~{}", one.line, one.proposal),
            cells: vec![
                Cell::link(format!("/need-lines/{}", one.line), line.label),
                t.place(tx, &one.area)?.into(),
                Cell::or_unknown(line.learners),
                one.units.into(),
                one.sent.into(),
                one.returned.into(),
                one.line.into(),
            ],
            href: None,
        });
    }
    Ok(out)
}

pub(crate) fn lines(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let d = store::head(tx, ask.id("id")?, ask.today)?;
    let query = ask.list();
    let [line, proposal] = query.after_parts::<2>();
    let after = Id::parse(&line).zip(Id::parse(&proposal));
    let mut found = kept::page(tx, d.id, after, query.limit + 1)?;
    let more = cut(&mut found, query.limit);
    let mut teller = Teller::new(tx, &ask.words)?;
    Ok(Answer::List(Listing {
        title: ask.words.say("deployments-lines"),
        before: html!(
            "<p>{}</p>",
            ui::link(&d.path(), title(ask, &d.code, &d.title))
        ),
        rows: line_rows(tx, &found, &mut teller)?,
        more,
        total: Some(d.lines),
        ..Listing::default()
    }))
}

/// Every stage with what was told of it; what nobody told yet says so.
fn teachers(tx: &mut Tx, ask: &Ask, d: &Deployment) -> Result<Html> {
    let w = &ask.words;
    let told = steps::involvements(tx, d.id)?;
    let mut items = Html::new();
    for stage in catalogue::terms(tx, "teacher_stages")? {
        let mut said = Html::new();
        for one in told.iter().filter(|one| one.stage == stage.code) {
            let key = match (one.involved, one.teachers) {
                (true, Some(_)) => "deployments-teachers-so-many",
                (true, None) => "deployments-teachers-some",
                (false, _) => "deployments-teachers-none",
            };
            let args = [
                ("n", one.teachers.unwrap_or(0).into()),
                ("on", w.day(one.on).into()),
            ];
            said.push(html!(
                "<p>{} {}</p>",
                w.say_with(key, &args),
                one.words.as_str()
            ));
        }
        if said.is_empty() {
            said = html!("<p>{}</p>", w.say("deployments-teachers-not-told"));
        }
        items.push(html!("<dt>{}</dt><dd>{}</dd>", stage.name(w.lang()), said));
    }
    let body = html!(
        "<p>{}</p><dl>{}</dl>",
        w.say("deployments-teachers-intro"),
        items
    );
    Ok(ui::section(&w.say("deployments-teachers-title"), body))
}

/// What happened; the reasons only for the parties, the secretariat and the auditor.
fn history(tx: &mut Tx, ask: &Ask, d: &Deployment) -> Result<Html> {
    let w = &ask.words;
    let inside = rules::is_inside(ask.actor.as_ref(), d.member, &d.country);
    let done = steps::of(tx, d.id)?;
    let list: Vec<ui::Step> = done
        .into_iter()
        .map(|step| ui::Step {
            title: w.code("deployment-step", &step.step),
            when: w.moment(step.at),
            detail: match step.words.filter(|_| inside) {
                Some(words) => ui::paragraphs(&words),
                None => Html::new(),
            },
            state: ui::StepState::Done,
        })
        .collect();
    Ok(ui::section(
        &w.say("deployments-history"),
        ui::steps(w, &list),
    ))
}
