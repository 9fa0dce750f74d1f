//! What a tried import found, row by row.

use super::action;
use crate::{rules, store};
use base::{Arg, Error, Result};
use db::Tx;
use lang::Words;
use serde_json::Value;
use ui::{Html, Tone, html};
use web::{Answer, Ask, Page};

/// A tried import, with everything refused or noted.
pub(super) fn tried(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (words, actor) = (&ask.words, ask.actor()?);
    let tried = store::import(tx, ask.id("id")?)?;
    if !rules::speaks_for(actor, tried.organisation) {
        return Err(Error::Missing);
    }
    let refused = tried
        .refused
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let notes = tried
        .notes
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let says = words.say_with(
        "offers-import-says",
        &[
            ("file", tried.file_name.as_str().into()),
            ("n", tried.rows.into()),
        ],
    );
    let mut body = html!("<p>{}</p>", says);
    if tried.accepted {
        body.push(ui::notice(
            words,
            Tone::Good,
            words.say("offers-import-accepted"),
        ));
    } else if refused.is_empty() {
        body.push(ui::notice(
            words,
            Tone::Good,
            words.say("offers-import-clean"),
        ));
        let href = format!("/offers/imports/{}/acceptance", tried.id);
        body.push(ui::actions(&[action(
            words,
            &href,
            "offer-import-acceptance-button",
            true,
        )]));
    } else {
        let says = words.say_with("offers-import-refused", &[("n", refused.len().into())]);
        body.push(ui::notice(words, Tone::Bad, says));
        body.push(remarks(words, "offers-import-refused-rows", refused));
        body.push(ui::actions(&[action(
            words,
            "/offers/imports/new",
            "offer-import-button",
            true,
        )]));
    }
    if !notes.is_empty() {
        body.push(remarks(words, "offers-import-notes", notes));
    }
    Ok(Answer::Page(Page {
        title: words.say("offers-import-result"),
        body,
        ..Page::default()
    }))
}

fn remarks(words: &Words, title: &str, remarks: &[Value]) -> Html {
    let heads = [
        "offers-import-row",
        "offers-import-column",
        "offers-import-why",
    ]
    .map(|key| words.say(key));
    let rows: Vec<Vec<Html>> = remarks
        .iter()
        .map(|remark| {
            let row = remark
                .get("row")
                .and_then(Value::as_i64)
                .map(|row| row.to_string())
                .unwrap_or_default();
            let column = remark
                .get("column")
                .and_then(Value::as_str)
                .unwrap_or_default();
            vec![
                ui::text(&row),
                ui::text(column),
                ui::text(&said(words, remark)),
            ]
        })
        .collect();
    ui::plain_table(&words.say(title), &heads, &rows)
}

/// A kept remark in the reader's words.
fn said(words: &Words, remark: &Value) -> String {
    let key = remark
        .get("key")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let kept = remark
        .get("args")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut args: Vec<(&str, Arg)> = Vec::new();
    for one in kept {
        let part = |at: usize| one.get(at);
        let name = part(0).and_then(Value::as_str).unwrap_or_default();
        let value = match (part(1).and_then(Value::as_str), part(2)) {
            (Some("number"), Some(n)) => Arg::Number(n.as_i64().unwrap_or(0)),
            (Some("word"), Some(w)) => Arg::Word(w.as_str().unwrap_or_default().to_owned()),
            (_, text) => Arg::Text(text.and_then(Value::as_str).unwrap_or_default().to_owned()),
        };
        args.push((name, value));
    }
    words.say_with(key, &args)
}
