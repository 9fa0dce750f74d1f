//! A round's page, as a minister may read it: what was matched, what not and why, where, how the
//! disadvantaged fared, and how good the plan certainly is.

use super::READERS;
use super::rounds::{country, visible};
use super::tell::Teller;
use crate::policy::GROUPS;
use crate::round::{FILES, Round, State};
use crate::store;
use base::{Error, Id, Result, Role};
use db::Tx;
use lang::Words;
use serde_json::Value;
use std::collections::BTreeMap;
use ui::charts::{As, Bar, Row};
use ui::{Action, Cell, Column, Html, Kind, Tone, charts, html};
use web::{Answer, Ask, Show};

pub(crate) const ROUND: &[Column] = &[
    Column::new("title", Kind::Text),
    Column::new("round_number", Kind::Whole),
    Column::new("state", Kind::Code("round-state")),
    Column::new("country", Kind::Text),
    Column::new("planned_from", Kind::Text),
    Column::new("planned_until", Kind::Text),
    Column::new("policy_version", Kind::Link),
    Column::new("lines_looked_at", Kind::Whole),
    Column::new("lines_served", Kind::Whole),
    Column::new("learners_concerned", Kind::Whole),
    Column::new("learners_reached", Kind::Whole),
    Column::new("proposals", Kind::Whole),
    Column::new("plan_points", Kind::Decimal),
    Column::new("bound_points", Kind::Decimal),
    Column::new("possible_gap", Kind::Share),
    Column::new("snapshot_at", Kind::Moment),
    Column::new("snapshot_hash", Kind::Text),
    Column::new("result_hash", Kind::Text),
    Column::new("created_at", Kind::Moment),
    Column::new("finished_at", Kind::Moment),
    Column::new("reason", Kind::Words),
    Column::new("id", Kind::Id),
];

fn number(value: &Value, name: &str) -> i64 {
    let found = value.get(name);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "learners, rounded when stored"
    )]
    found
        .and_then(|v| v.as_i64().or_else(|| v.as_f64().map(|x| x as i64)))
        .unwrap_or(0)
}
fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value
        .get(name)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}
#[expect(clippy::cast_precision_loss, reason = "learners stay far below 2^53")]
fn share(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

pub(crate) fn round(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let round = store::rounds::find(tx, ask.id("id")?)?;
    if !visible(ask, &round) {
        return Err(Error::Missing);
    }
    let (before, sections) = match round.state {
        State::Done => (lead(ask, &round), sections(tx, ask, &round)?),
        State::Refused => (refused(tx, ask, &round)?, Html::new()),
        State::Cancelled => (Html::new(), Html::new()),
        State::Queued | State::Solving | State::Storing => (under_way(ask, &round), Html::new()),
    };
    Ok(Answer::Record(Show {
        title: round.title.clone(),
        before,
        cells: cells(tx, ask, &round)?,
        sections,
        actions: actions(ask, &round),
        slot: Some(("round-page", round.id.to_string())),
    }))
}

fn cells(tx: &mut Tx, ask: &Ask, round: &Round) -> Result<Vec<Cell>> {
    let policy = store::policies::find(tx, round.policy)?;
    let all = round.outcome.get("all").cloned().unwrap_or_default();
    let done = round.state == State::Done;
    let whole = |name: &str| {
        if done {
            Cell::Whole(number(&all, name))
        } else {
            Cell::Unknown
        }
    };
    let text = |text: Option<&String>| Cell::or_unknown(text.cloned());
    let version = ask
        .words
        .say_with("policy-version", &[("n", policy.number.to_string().into())]);
    Ok(vec![
        round.title.clone().into(),
        round.number.into(),
        Cell::code(round.state.code()),
        country(tx, ask, round)?.into(),
        offers::Period(round.first).to_string().into(),
        offers::Period(round.first + round.periods - 1)
            .to_string()
            .into(),
        Cell::link(policy.path(), version),
        whole("lines"),
        whole("served"),
        whole("learners"),
        whole("reached"),
        Cell::or_unknown(round.outcome.get("proposals").and_then(Value::as_i64)),
        round.objective.map_or(Cell::Unknown, Cell::Decimal),
        round.upper_bound.map_or(Cell::Unknown, Cell::Decimal),
        round.gap.map_or(Cell::Unknown, Cell::Share),
        Cell::or_unknown(round.snapshot_at),
        text(round.snapshot_hash.as_ref()),
        text(round.result_hash.as_ref()),
        round.created_at.into(),
        Cell::or_unknown(round.finished_at),
        Cell::or_not_applicable(round.reason.clone()),
        round.id.into(),
    ])
}

fn actions(ask: &Ask, round: &Round) -> Vec<Action> {
    let mut out = Vec::new();
    let mut add = |end: &str, key: &str, main: bool| {
        let label = ask.words.say(key);
        out.push(Action {
            href: format!("{}/{end}", round.path()),
            label,
            main,
        });
    };
    if round.state == State::Done && ask.actor.is_some() {
        add("proposals", "proposals-title", true);
        if ask.is_any(READERS) || ask.is_any(&[Role::AuthorityFocalPoint, Role::AuthoritySignatory])
        {
            add("unserved", "unserved-title", false);
            if number(&round.outcome, "moved") > 0 {
                add("moved", "moved-title", false);
            }
        }
        add("gaps", "gaps-title", false);
    }
    let stoppable = matches!(round.state, State::Queued | State::Solving);
    if stoppable && ask.is_any(&[Role::SecretariatOfficer]) {
        add("cancellation", "round-cancellation-button", false);
    }
    out
}

fn under_way(ask: &Ask, round: &Round) -> Html {
    let words = &ask.words;
    let body = html!(
        "<p>{}</p><p>{}</p>",
        words.say("allocation-under-way"),
        ui::link(&round.path(), words.say("allocation-look-again"))
    );
    ui::notice(words, Tone::Busy, body)
}

fn refused(tx: &mut Tx, ask: &Ask, round: &Round) -> Result<Html> {
    let words = &ask.words;
    let mut items = Html::new();
    for conflict in list(&round.outcome, "conflicts") {
        let key = format!(
            "allocation-conflict-{}",
            text(conflict, "code").replace('_', "-")
        );
        let mut links = Html::new();
        for id in list(conflict, "proposals")
            .iter()
            .filter_map(Value::as_str)
            .filter_map(Id::parse)
        {
            let p = store::proposals::find(tx, id)?;
            let title = offers::offer(tx, p.offer)?.terms.title;
            links.push(html!(" {}", ui::link(&p.path(), words.name(&title))));
        }
        items.push(html!("<li>{}{}</li>", words.say(&key), links));
    }
    for problem in list(&round.outcome, "problems") {
        let key = format!(
            "allocation-problem-{}",
            text(problem, "code").replace('_', "-")
        );
        let said = words.opt(&key).unwrap_or_else(|| {
            let code = format!("{} {}", text(problem, "code"), text(problem, "at"));
            words.say_with("allocation-problem", &[("code", code.into())])
        });
        items.push(html!("<li>{}</li>", said));
    }
    let body = html!(
        "<p>{}</p><ul>{}</ul>",
        words.say("allocation-refused"),
        items
    );
    Ok(ui::notice(words, Tone::Bad, body))
}

/// The whole round in two sentences, and a third when it moved what was accepted.
fn lead(ask: &Ask, round: &Round) -> Html {
    let words = &ask.words;
    let all = round.outcome.get("all").cloned().unwrap_or_default();
    let args = [
        ("lines", number(&all, "lines").into()),
        ("served", number(&all, "served").into()),
        ("learners", number(&all, "learners").into()),
        ("reached", number(&all, "reached").into()),
    ];
    let moved = number(&round.outcome, "moved");
    let stability = if moved > 0 {
        words.say_with("allocation-moved", &[("lines", moved.into())])
    } else {
        String::new()
    };
    html!(
        "<p>{} {}</p>",
        words.say_with("allocation-lead", &args),
        stability
    )
}

fn sections(tx: &mut Tx, ask: &Ask, round: &Round) -> Result<Html> {
    let mut teller = Teller::new(tx, &ask.words, BTreeMap::new())?;
    let words = &ask.words;
    let mut out = Html::new();
    out.push(ui::section(
        &words.say("allocation-what"),
        matched(tx, words, round, &teller)?,
    ));
    out.push(ui::section(
        &words.say("allocation-why-not"),
        why_not(ask, round),
    ));
    out.push(ui::section(
        &words.say("allocation-where"),
        places_of(tx, round, &mut teller)?,
    ));
    out.push(ui::section(
        &words.say("allocation-equity"),
        equity(words, round),
    ));
    out.push(ui::section(
        &words.say("allocation-proof"),
        proof(ask, round),
    ));
    Ok(out)
}

fn matched(tx: &mut Tx, words: &Words, round: &Round, teller: &Teller) -> Result<Html> {
    let classes = list(&round.outcome, "classes");
    let bar = |class: &Value| Bar {
        label: teller.class(text(class, "code")),
        value: share(number(class, "proposed"), number(class, "units")),
    };
    let bars: Vec<Bar> = classes.iter().map(bar).collect();
    let mut out = charts::bars(
        words,
        &words.say("allocation-share-proposed"),
        &bars,
        As::Share,
    );
    let heads = [
        "service",
        "lines",
        "lines-served",
        "units-needed",
        "units-proposed",
        "learners-concerned",
        "learners-reached",
    ];
    let heads: Vec<String> = heads
        .iter()
        .map(|head| words.say(&format!("allocation-head-{head}")))
        .collect();
    let row = |class: &Value| -> Vec<Html> {
        let names = [
            "lines", "served", "units", "proposed", "learners", "reached",
        ];
        let mut cells = vec![ui::text(&teller.class(text(class, "code")))];
        cells.extend(
            names
                .iter()
                .map(|name| ui::text(&words.number(number(class, name)))),
        );
        cells
    };
    let rows: Vec<Vec<Html>> = classes.iter().map(row).collect();
    out.push(ui::plain_table(
        &words.say("allocation-what"),
        &heads,
        &rows,
    ));
    let now = store::results::buckets(tx, round.id)?;
    let rows: Vec<(String, [i64; 8])> = now
        .into_iter()
        .map(|(class, n)| (teller.class(&class), n))
        .collect();
    out.push(charts::buckets(
        words,
        &words.say("allocation-where-units-are"),
        &rows,
    ));
    Ok(out)
}

fn why_not(ask: &Ask, round: &Round) -> Html {
    let words = &ask.words;
    let mut reasons: Vec<&Value> = list(&round.outcome, "reasons").iter().collect();
    reasons.sort_by_key(|r| {
        (
            std::cmp::Reverse(number(r, "learners")),
            text(r, "code").to_owned(),
        )
    });
    if reasons.is_empty() {
        return html!("<p>{}</p>", words.say("allocation-all-served"));
    }
    let heads: Vec<String> = ["reason", "lines", "learners-concerned"]
        .iter()
        .map(|head| words.say(&format!("allocation-head-{head}")))
        .collect();
    let reader = ask.is_any(READERS)
        || !ask
            .actor
            .as_ref()
            .map_or(Vec::new(), base::Actor::authority_countries)
            .is_empty();
    let row = |reason: &&Value| -> Vec<Html> {
        let code = text(reason, "code");
        let label = words.code("why", code);
        let label = if reader {
            ui::link(&format!("{}/unserved?why={code}", round.path()), label)
        } else {
            ui::text(&label)
        };
        vec![
            label,
            ui::text(&words.number(number(reason, "lines"))),
            ui::text(&words.number(number(reason, "learners"))),
        ]
    };
    let rows: Vec<Vec<Html>> = reasons.iter().map(row).collect();
    let mut out = html!("<p>{}</p>", words.say("allocation-why-not-intro"));
    out.push(ui::plain_table(
        &words.say("allocation-why-not"),
        &heads,
        &rows,
    ));
    out
}

fn places_of(tx: &mut Tx, round: &Round, teller: &mut Teller) -> Result<Html> {
    let words = teller.words.clone();
    let areas = list(&round.outcome, "areas");
    let mut countries: Vec<String> = Vec::new();
    let (mut reached, mut rows) = (BTreeMap::new(), Vec::new());
    for area in areas {
        let code = text(area, "code");
        let country =
            places::place(tx, code).map_or_else(|_| code.to_owned(), |place| place.country);
        if !countries.contains(&country) {
            countries.push(country);
        }
        let (part, whole) = (number(area, "reached"), number(area, "learners"));
        if let Some(share) = share(part, whole) {
            reached.insert(code.to_owned(), share);
        }
        rows.push(vec![
            ui::text(&teller.place(tx, code)?),
            ui::text(&words.number(number(area, "lines"))),
            ui::text(&words.number(whole)),
            ui::text(&words.number(part)),
            ui::text(&share(part, whole).map_or_else(|| words.say("unknown"), |s| words.share(s))),
        ]);
    }
    let mut out = Html::new();
    for country in countries.iter().take(3) {
        if let Some(outline) = places::outline(country) {
            let title = words.say_with(
                "allocation-map",
                &[("country", teller.place(tx, country)?.into())],
            );
            out.push(ui::maps::choropleth(
                &words,
                outline,
                &reached,
                &title,
                As::Share,
            ));
        }
    }
    let heads: Vec<String> = [
        "area",
        "lines",
        "learners-concerned",
        "learners-reached",
        "share-reached",
    ]
    .iter()
    .map(|head| words.say(&format!("allocation-head-{head}")))
    .collect();
    out.push(ui::plain_table(
        &words.say("allocation-where"),
        &heads,
        &rows,
    ));
    Ok(out)
}

fn equity(words: &Words, round: &Round) -> Html {
    let found = round
        .outcome
        .get("counterfactual")
        .cloned()
        .unwrap_or_default();
    let row = |name: &str| Row {
        label: words.say(&format!("allocation-group-{name}")),
        values: ["with", "without"]
            .iter()
            .map(|side| {
                found
                    .get(name)
                    .and_then(|pair| pair.get(side))
                    .and_then(Value::as_f64)
            })
            .collect(),
    };
    let mut rows = vec![row("priority")];
    rows.extend(GROUPS.iter().map(|group| row(group)));
    rows.push(row("all"));
    let (with, without) = (
        words.say("allocation-with-rule"),
        words.say("allocation-without-rule"),
    );
    let mut out = html!("<p>{}</p>", words.say("allocation-equity-intro"));
    let title = words.say("allocation-equity-chart");
    out.push(charts::paired(
        words,
        &title,
        [&with, &without],
        &rows,
        As::Share,
    ));
    out
}

fn proof(ask: &Ask, round: &Round) -> Html {
    let words = &ask.words;
    let points = |points: Option<f64>| words.decimal(points.unwrap_or(0.0), 0);
    let args = [
        ("value", points(round.objective).into()),
        ("bound", points(round.upper_bound).into()),
        ("gap", words.share(round.gap.unwrap_or(0.0)).into()),
    ];
    let mut out = html!("<p>{}</p>", words.say_with("allocation-proof-words", &args));
    out.push(html!("<p>{}</p>", words.say("allocation-proof-hash")));
    if ask.actor.is_some() {
        let mut items = Html::new();
        for name in FILES.iter().filter(|name| round.file(name).is_some()) {
            items.push(html!(
                "<li>{}</li>",
                ui::link(&format!("{}/files/{name}", round.path()), *name)
            ));
        }
        out.push(html!("<ul>{}</ul>", items));
    }
    out
}
