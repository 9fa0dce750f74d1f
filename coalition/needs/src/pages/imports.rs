//! A register that was uploaded: the dry run, the progress, the refused rows, the rules in words.

use super::act;
use crate::acts::{job_state, readable};
use crate::derive::{Made, Rule, RuleSet};
use crate::import::{Import, ImportState};
use crate::request::Request;
use crate::store;
use base::{Arg, Refusal, Result};
use db::Tx;
use serde_json::Value;
use std::collections::BTreeMap;
use ui::charts::As;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Line, Listing, Page, Show};

/// Groups and remarks shown on the page; all refused rows stand in their own list.
const SHOWN: usize = 30;

pub(crate) const IMPORT_RECORD: &[Column] = &[
    Column::new("state", Kind::Code("import-state")),
    Column::new("request", Kind::Link),
    Column::new("file", Kind::Text),
    Column::new("rule_set", Kind::Code("needs-rules")),
    Column::new("rule_version", Kind::Whole),
    Column::new("rows_read", Kind::Whole),
    Column::new("rows_refused", Kind::Whole),
    Column::new("schools", Kind::Whole),
    Column::new("lines", Kind::Whole),
    Column::new("lines_written", Kind::Whole),
    Column::new("urgency", Kind::Code("needs-urgency")),
    Column::new("window_from", Kind::Day),
    Column::new("window_to", Kind::Day),
    Column::new("required_by", Kind::Day),
    Column::new("done_at", Kind::Moment),
];

pub(crate) const REFUSED_COLUMNS: &[Column] = &[
    Column::new("row", Kind::Whole),
    Column::new("file_column", Kind::Text),
    Column::new("reason", Kind::Text),
    Column::new("reason_code", Kind::Text),
];

pub(crate) const RULE_COLUMNS: &[Column] = &[
    Column::new("rule_set", Kind::Code("needs-rules")),
    Column::new("rule_version", Kind::Whole),
    Column::new("rule", Kind::Text),
    Column::new("service_class", Kind::Text),
    Column::new("in_words", Kind::Words),
];

fn seen(tx: &mut Tx, ask: &Ask) -> Result<(Import, Request)> {
    let import = store::import(tx, ask.id("id")?)?;
    let request = readable(tx, Some(ask.actor()?), import.request)?;
    Ok((import, request))
}

/// An import: what the dry run found, and how far it has come.
pub(crate) fn import(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (import, request) = seen(tx, ask)?;
    let (report, _) = store::report(tx, import.id)?;
    let report: Value = serde_json::from_str(&report).map_err(base::Error::fault)?;
    let mut sections = made(tx, ask, &report)?;
    sections.push(refused_rows(ask, &import, &report));
    sections.push(duplicates(ask, &report));
    sections.push(remarks(ask, &report));
    sections.push(sample(tx, ask, &report)?);
    sections.push(map(ask, &request, &report));
    sections.push(ui::section(
        &ask.words.say("needs-rules-in-words"),
        rules_in_words(tx, ask, &report)?,
    ));
    let written = store::written(tx, import.id)?;
    Ok(Answer::Record(Show {
        title: ask.words.say_with(
            "import-title",
            &[("file", import.file.name.as_str().into())],
        ),
        before: told(ask, &import),
        cells: cells(&import, &request, written),
        sections,
        actions: actions(ask, &import, &request),
        ..Show::default()
    }))
}

fn told(ask: &Ask, import: &Import) -> Html {
    let w = &ask.words;
    match import.state {
        ImportState::Read => ui::notice(w, ui::Tone::Plain, w.say("import-nothing-written")),
        ImportState::Running => {
            let link = ui::link(
                &format!("{}/progress", import.path()),
                w.say("import-see-progress"),
            );
            ui::notice(w, ui::Tone::Busy, html!("<p>{}</p>", link))
        }
        ImportState::Imported => ui::notice(w, ui::Tone::Good, w.say("import-all-written")),
        ImportState::Discarded => ui::notice(w, ui::Tone::Plain, w.say("import-was-discarded")),
    }
}

fn cells(import: &Import, request: &Request, written: i64) -> Vec<Cell> {
    vec![
        Cell::code(import.state.code()),
        Cell::link(request.path(), request.code.clone()),
        Cell::Text(import.file.name.clone()),
        Cell::code(import.rule_set.as_str()),
        Cell::Whole(import.rule_version),
        Cell::Whole(import.rows_read),
        Cell::Whole(import.rows_refused),
        Cell::Whole(import.schools),
        Cell::Whole(import.lines),
        Cell::Whole(written),
        Cell::code(crate::forms::urgency_code(import.urgency)),
        Cell::Day(import.window_from),
        Cell::Day(import.window_to),
        Cell::Day(import.required_by),
        Cell::or_not_applicable(import.done_at),
    ]
}

fn actions(ask: &Ask, import: &Import, request: &Request) -> Vec<web::ActLink> {
    let mine = ask
        .actor
        .as_ref()
        .is_some_and(|a| a.authority_countries().contains(&request.country));
    let mut list = Vec::new();
    if mine && request.state.editable() {
        if import.state == ImportState::Read && import.lines > 0 {
            list.push(act(
                ask,
                "import-confirmation",
                format!("{}/confirmation", import.path()),
                true,
            ));
        }
        if matches!(import.state, ImportState::Read | ImportState::Imported) {
            list.push(act(
                ask,
                "import-discard",
                format!("{}/discard", import.path()),
                false,
            ));
        }
    }
    list
}

fn list<'a>(report: &'a Value, path: &str) -> &'a [Value] {
    report
        .pointer(path)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or("")
}

fn whole(value: &Value, name: &str) -> i64 {
    value.get(name).and_then(Value::as_i64).unwrap_or(0)
}

/// A reason or remark in words, from its key and arguments.
fn said(ask: &Ask, value: &Value) -> String {
    let mut refusal = Refusal::whole(text(value, "key"));
    if let Some(args) = value.get("args").and_then(Value::as_object) {
        refusal.args = args
            .iter()
            .filter_map(|(name, arg)| Some((known(name)?, Arg::from(arg.as_str().unwrap_or("")))))
            .collect();
    }
    ask.words.refusal(&refusal)
}

/// The names an argument of a reader's message may have.
fn known(name: &str) -> Option<&'static str> {
    const NAMES: [&str; 40] = [
        "row",
        "column",
        "code",
        "first",
        "place",
        "entered",
        "value",
        "min",
        "max",
        "count",
        "name",
        "header",
        "headers",
        "sheet",
        "other",
        "others",
        "least",
        "most",
        "kept",
        "columns",
        "line",
        "rows",
        "limit",
        "bytes",
        "format",
        "encoding",
        "file",
        "day",
        "style",
        "lon",
        "lat",
        "department",
        "municipality",
        "level",
        "sum",
        "girls",
        "boys",
        "written",
        "reason",
        "parts",
    ];
    NAMES.into_iter().find(|known| *known == name)
}

/// What each rule derives, with what it could not know.
fn made(tx: &mut Tx, ask: &Ask, report: &Value) -> Result<Html> {
    let w = &ask.words;
    let mut rows = Vec::new();
    for value in list(report, "/made") {
        let Ok(made) = serde_json::from_value::<Made>(value.clone()) else {
            continue;
        };
        rows.push(vec![
            ui::text(&super::class(tx, ask, &made.service_class)?),
            ui::text(&w.number(made.lines)),
            ui::text(&w.number(made.quantity)),
            ui::text(&w.number(made.learners)),
            ui::text(&w.number(made.unknown)),
            ui::text(&w.number(made.not)),
        ]);
    }
    let head = [
        "column-service-class",
        "column-lines",
        "column-quantity",
        "column-learners",
        "column-ask-the-school",
        "column-not-concerned",
    ];
    let title = w.say("needs-lines-derived");
    let args = [
        ("learners", whole(report, "learners").into()),
        ("unknown", whole(report, "learners_unknown").into()),
    ];
    let total = w.say_with("needs-register-learners", &args);
    let table = ui::plain_table(&title, &head.map(|key| w.say(key)), &rows);
    Ok(ui::section(&title, html!("<p>{}</p>{}", total, table)))
}

fn refused_rows(ask: &Ask, import: &Import, report: &Value) -> Html {
    let refused = list(report, "/register/refused");
    if refused.is_empty() {
        return Html::new();
    }
    let w = &ask.words;
    let items: Html = refused
        .iter()
        .take(SHOWN)
        .map(|value| html!("<li>{}</li>", said(ask, value)))
        .collect();
    let says = w.say_with("needs-all-refused", &[("n", import.rows_refused.into())]);
    let link = ui::link(&format!("{}/refused", import.path()), &says);
    ui::section(
        &w.say("needs-rows-refused"),
        html!("<ul>{}</ul><p>{}</p>", items, link),
    )
}

fn duplicates(ask: &Ask, report: &Value) -> Html {
    let groups = list(report, "/register/duplicates");
    if groups.is_empty() {
        return Html::new();
    }
    let w = &ask.words;
    let rows: Vec<Vec<Html>> = groups
        .iter()
        .take(SHOWN)
        .map(|group| {
            let rows: Vec<String> = list(group, "/rows")
                .iter()
                .map(ToString::to_string)
                .collect();
            vec![
                ui::text(&w.code("needs-alike", text(group, "reason"))),
                ui::text(text(group, "shared")),
                ui::text(&w.list(&rows)),
            ]
        })
        .collect();
    let head = ["column-reason", "column-shared", "column-file-rows"].map(|key| w.say(key));
    let title = w.say("needs-rows-alike");
    let count = report
        .pointer("/register/duplicate_groups")
        .and_then(Value::as_i64)
        .unwrap_or(0);
    let told = w.say_with("needs-alike-told", &[("n", count.into())]);
    ui::section(
        &title,
        html!("<p>{}</p>{}", told, ui::plain_table(&title, &head, &rows)),
    )
}

fn remarks(ask: &Ask, report: &Value) -> Html {
    let both = list(report, "/register/remarks")
        .iter()
        .chain(list(report, "/register/notes"));
    let items: Html = both
        .take(SHOWN)
        .map(|value| {
            let rows = value.get("rows").and_then(Value::as_i64);
            let many = rows
                .map(|n| ask.words.say_with("needs-in-rows", &[("n", n.into())]))
                .unwrap_or_default();
            html!("<li>{} {}</li>", said(ask, value), many)
        })
        .collect();
    if items.is_empty() {
        return items;
    }
    ui::section(&ask.words.say("needs-remarks"), html!("<ul>{}</ul>", items))
}

fn sample(tx: &mut Tx, ask: &Ask, report: &Value) -> Result<Html> {
    let w = &ask.words;
    let mut rows = Vec::new();
    for value in list(report, "/sample") {
        let learners = value.get("learners").and_then(Value::as_i64);
        rows.push(vec![
            ui::text(&w.number(whole(value, "row"))),
            ui::text(text(value, "school")),
            ui::text(&super::class(tx, ask, text(value, "service_class"))?),
            ui::text(&w.number(whole(value, "quantity"))),
            ui::text(&learners.map_or_else(|| w.say("unknown"), |n| w.number(n))),
        ]);
    }
    if rows.is_empty() {
        return Ok(Html::new());
    }
    let head = [
        "column-row",
        "column-school",
        "column-service-class",
        "column-quantity",
        "column-learners",
    ];
    let title = w.say("needs-sample-lines");
    Ok(ui::section(
        &title,
        ui::plain_table(&title, &head.map(|key| w.say(key)), &rows),
    ))
}

fn map(ask: &Ask, request: &Request, report: &Value) -> Html {
    let Some(outline) = places::outline(&request.country) else {
        return Html::new();
    };
    let w = &ask.words;
    let areas: BTreeMap<String, f64> = report
        .get("areas")
        .and_then(Value::as_object)
        .map(|areas| {
            areas
                .iter()
                .filter_map(|(code, n)| Some((code.clone(), n.as_f64()?)))
                .collect()
        })
        .unwrap_or_default();
    let mut points = Vec::new();
    for dot in list(report, "/dots") {
        let at = |position: usize| dot.get(position).and_then(Value::as_i64).unwrap_or(0);
        let times = usize::try_from(at(2)).unwrap_or(0);
        points.extend(std::iter::repeat_n(
            (store::degrees(at(1)), store::degrees(at(0))),
            times,
        ));
    }
    let title = w.say("needs-schools-by-area");
    let mut body = ui::maps::choropleth(w, outline, &areas, &title, As::Whole);
    body.push(ui::maps::points(
        w,
        outline,
        &points,
        &w.say("needs-map-of-schools"),
    ));
    ui::section(&w.say("needs-where-schools-are"), body)
}

/// The rows of a file that were refused, each with its reason.
pub(crate) fn refused(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (import, _) = seen(tx, ask)?;
    let (report, _) = store::report(tx, import.id)?;
    let report: Value = serde_json::from_str(&report).map_err(base::Error::fault)?;
    let query = ask.list();
    let from: usize = query
        .after
        .as_deref()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0);
    let limit = usize::try_from(query.limit).unwrap_or(0);
    let all = list(&report, "/register/refused");
    let line = |(at, value): (usize, &Value)| Line {
        key: (at + 1).to_string(),
        cells: vec![
            value
                .get("row")
                .and_then(Value::as_i64)
                .map_or(Cell::NotApplicable, Cell::Whole),
            value
                .get("column")
                .and_then(Value::as_str)
                .map_or(Cell::NotApplicable, Cell::from),
            Cell::Text(said(ask, value)),
            Cell::from(text(value, "key")),
        ],
        href: None,
    };
    let rows = all
        .iter()
        .enumerate()
        .skip(from)
        .take(limit)
        .map(line)
        .collect();
    Ok(Answer::List(Listing {
        title: ask.words.say("needs-rows-refused"),
        before: html!("<p>{}</p>", ui::link(&import.path(), &import.file.name)),
        rows,
        more: from.saturating_add(limit) < all.len(),
        ..Listing::default()
    }))
}

/// How far an import has come; asks for itself again until it is done.
pub(crate) fn progress(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (import, _) = seen(tx, ask)?;
    if import.state != ImportState::Running {
        return Ok(Answer::See(import.path()));
    }
    let w = &ask.words;
    let job = job_state(tx, import.id)?;
    let (done, total, failed) = match &job {
        Some(job) => (
            job.done,
            Some(job.total),
            matches!(job.state.as_str(), "failed" | "refused"),
        ),
        None => (0, None, false),
    };
    let mut body = ui::progress(
        w,
        &w.say("import-progress"),
        done,
        total.filter(|total| *total > 0),
    );
    if failed {
        body.push(ui::notice(w, ui::Tone::Bad, w.say("import-failed")));
        let discard = format!("{}/discard", import.path());
        body.push(html!(
            "<p>{}</p>",
            ui::link(&discard, w.say("import-discard-button"))
        ));
    }
    body.push(html!(
        "<p>{}</p>",
        ui::link(&import.path(), &import.file.name)
    ));
    Ok(Answer::Page(Page {
        title: w.say("import-progress"),
        body,
        refresh_seconds: (!failed).then_some(2),
        ..Page::default()
    }))
}

fn rules_in_words(tx: &mut Tx, ask: &Ask, report: &Value) -> Result<Html> {
    let set = report
        .get("rule_set")
        .cloned()
        .map(serde_json::from_value::<RuleSet>);
    let Some(Ok(set)) = set else {
        return Ok(Html::new());
    };
    let mut items = Html::new();
    for rule in &set.rules {
        items.push(html!("<li>{}</li>", in_words(tx, ask, rule)?));
    }
    Ok(html!("<ul>{}</ul>", items))
}

/// A rule as a person would say it.
fn in_words(tx: &mut Tx, ask: &Ask, rule: &Rule) -> Result<String> {
    let w = &ask.words;
    let class = super::class(tx, ask, &rule.service_class)?;
    let when: Vec<String> = rule
        .when
        .all()
        .iter()
        .filter_map(|(name, has)| {
            let known = if (*has)? { "has" } else { "lacks" };
            Some(w.say(&format!("needs-rule-{known}-{name}")))
        })
        .collect();
    let when = if when.is_empty() {
        w.say("needs-rule-any-school")
    } else {
        w.list(&when)
    };
    let args = [
        ("class", class.into()),
        ("when", when.into()),
        ("per", rule.per.into()),
        ("least", rule.least.into()),
        ("lot", rule.lot.into()),
    ];
    Ok(w.say_with(&format!("needs-rule-per-{}", rule.basis.code()), &args))
}

/// The published rules.
pub(crate) fn derivation_rules(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let mut rows = Vec::new();
    for (code, version) in store::rule_sets(tx)? {
        for rule in store::rule_set(tx, &code, version)?.rules {
            rows.push(Line {
                key: format!("{code}~{}", rule.code),
                cells: vec![
                    Cell::code(code.as_str()),
                    Cell::Whole(version),
                    Cell::Text(rule.code.clone()),
                    Cell::Text(super::class(tx, ask, &rule.service_class)?),
                    Cell::Text(in_words(tx, ask, &rule)?),
                ],
                href: None,
            });
        }
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("derivation-rules-title"),
        before: ui::paragraphs(&ask.words.say("derivation-rules-intro")),
        rows,
        ..Listing::default()
    }))
}
