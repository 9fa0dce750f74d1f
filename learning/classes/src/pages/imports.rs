//! What a tried roster held: how many of everything, and every row that is refused.

use super::action;
use crate::oneroster::{Counts, Refused};
use crate::{acts, store};
use base::{Error, Result};
use db::Tx;
use ui::{Html, Tone, html};
use web::{Answer, Ask, Page};

/// One import.
pub(crate) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let import = store::imports::find(tx, ask.id("id")?)?;
    if acts::import::scope(tx, ask.actor()?, &import.scope_code()).is_err() {
        return Err(Error::Missing);
    }
    let mut body = html!("<p><bdi>{}</bdi></p>", import.file_name);
    let mut refresh = None;
    match import.state.as_str() {
        "waiting" | "accepted" => {
            refresh = Some(3);
            body.push(ui::notice(words, Tone::Busy, words.say("roster-busy")));
        }
        "read" => {
            body.push(ui::notice(words, Tone::Good, words.say("roster-clean")));
            let accept = format!("/teach/imports/{}/acceptance", import.id);
            body.push(found(ask, &import.report));
            body.push(ui::actions(&[action(
                words,
                accept,
                "roster-acceptance-button",
                true,
            )]));
        }
        "done" => {
            body.push(ui::notice(words, Tone::Good, words.say("roster-done")));
            let counts: Counts =
                serde_json::from_value(import.report["counts"].clone()).unwrap_or_default();
            body.push(brought(ask, &counts));
            if let Some(school) = base::Id::parse(&import.scope_code()) {
                let people = format!("/teach/schools/{school}/people");
                body.push(ui::actions(&[action(words, people, "school-people", true)]));
            }
        }
        _ => {
            let n = import.report["refused_count"].as_i64().unwrap_or(0);
            let says = words.say_with("roster-refused", &[("n", n.into())]);
            body.push(ui::notice(words, Tone::Bad, says));
            let rows: Vec<Refused> =
                serde_json::from_value(import.report["refused"].clone()).unwrap_or_default();
            body.push(refused(ask, &rows));
            let again = ui::with_query("/teach/imports/new", "scope", Some(&import.scope_code()));
            body.push(ui::actions(&[action(words, again, "roster-again", true)]));
        }
    }
    body.push(left(ask, &import.report));
    Ok(Answer::Page(Page {
        title: words.say("roster-import-title"),
        body,
        refresh_seconds: refresh,
        ..Page::default()
    }))
}

fn found(ask: &Ask, report: &serde_json::Value) -> Html {
    let words = &ask.words;
    let rows: Vec<Vec<Html>> = ["schools", "classes", "users", "enrolments"]
        .iter()
        .map(|name| {
            let n = report[*name].as_i64().unwrap_or(0);
            vec![
                ui::text(&words.code("roster-found", name)),
                ui::text(&words.number(n)),
            ]
        })
        .collect();
    ui::plain_table(
        "",
        &[words.say("roster-what"), words.say("roster-how-many")],
        &rows,
    )
}

fn brought(ask: &Ask, counts: &Counts) -> Html {
    let words = &ask.words;
    let rows: Vec<Vec<Html>> = [
        ("people-new", counts.people_new),
        ("people-changed", counts.people_changed),
        ("classes-new", counts.classes_new),
        ("enrolments-new", counts.enrolments_new),
        ("enrolments-ended", counts.enrolments_ended),
        ("guardians-new", counts.guardians_new),
    ]
    .iter()
    .map(|(name, n)| {
        vec![
            ui::text(&words.code("roster-count", name)),
            ui::text(&words.number(*n)),
        ]
    })
    .collect();
    ui::plain_table(
        "",
        &[words.say("roster-what"), words.say("roster-how-many")],
        &rows,
    )
}

fn refused(ask: &Ask, rows: &[Refused]) -> Html {
    let words = &ask.words;
    let heads = [
        "roster-file",
        "column-row",
        "column-column",
        "column-reason",
    ]
    .map(|key| words.say(key));
    let rows: Vec<Vec<Html>> = rows
        .iter()
        .map(|r| {
            let row = if r.row == 0 {
                String::new()
            } else {
                r.row.to_string()
            };
            vec![
                html!("<bdi>{}</bdi>", r.file),
                ui::text(&row),
                html!("<bdi>{}</bdi>", r.column),
                ui::text(&words.say_with(&r.key, &[("said", r.said.as_str().into())])),
            ]
        })
        .collect();
    ui::plain_table(&words.say("roster-refused-rows"), &heads, &rows)
}

/// What was not taken over, and how often.
fn left(ask: &Ask, report: &serde_json::Value) -> Html {
    let words = &ask.words;
    let Some(left) = report["left"].as_object().filter(|left| !left.is_empty()) else {
        return Html::new();
    };
    let items: Html = left
        .iter()
        .map(|(key, n)| {
            html!(
                "<li>{}</li>",
                words.say_with(key, &[("n", n.as_i64().unwrap_or(0).into())])
            )
        })
        .collect();
    ui::section(&words.say("roster-left"), html!("<ul>{}</ul>", items))
}
