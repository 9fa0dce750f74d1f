//! The forms about partners' files, and what they do.

use super::pages::{about, answer_code, group, seen, why};
use super::reading::{self, BYTES_MAX, Reading};
use super::{Question, acts, store};
use crate::reports::pages::writable;
use base::{Error, Result};
use db::Tx;
use serde_json::json;
use std::collections::BTreeMap;
use web::{Ask, Call, Choice, Choices, Done, Field, Form, Prefill, Site};

/// Questions a page offers one by one; groups reach all of them.
const SINGLE: usize = 200;

pub(crate) fn new_form() -> Form {
    vec![Field::file("sheet", BYTES_MAX)]
}

pub(crate) fn new_seen(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    writable(tx, ask)?;
    let columns = ui::paragraphs(&ask.words.say("file-new-columns"));
    Ok(Prefill {
        beside: columns,
        ..Prefill::default()
    })
}

/// Reads the file, outside the transaction.
pub(crate) fn prepare(site: &Site, call: &mut Call) -> Result<()> {
    let upload = call.values.file("sheet").ok_or(Error::Missing)?.clone();
    let ask = call.ask.clone();
    let frame = site.db.read_now(move |tx| {
        let (report, deployment) = writable(tx, &ask)?;
        acts::frame(tx, &report, &deployment, ask.today)
    })?;
    let read = reading::read(&upload.name, &site.files.read(&upload.hash)?, &frame)?;
    call.prepared.insert("reading".to_owned(), read.kept());
    Ok(())
}

pub(crate) fn receive(tx: &mut Tx, call: &Call) -> Result<Done> {
    let upload = call.values.file("sheet").ok_or(Error::Missing)?;
    let read = call
        .prepared
        .get("reading")
        .and_then(|text| Reading::told(text));
    let read = read.ok_or_else(|| Error::fault("a file that was not read"))?;
    let id = acts::keep(tx, call.id("id")?, upload, read, call.actor()?, call.now)?;
    Ok(Done::see(format!("/report-files/{id}")).with(json!({ "id": id.to_string() })))
}

pub(crate) fn answers_form() -> Form {
    vec![
        Field::many("questions", Choices::Listed(choices)),
        Field::choice("answer", Choices::Fixed("file-say", &["no", "yes"])),
    ]
}

/// Groups of questions first, then one by one; the open ones before those answered.
fn choices(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let (file, ..) = seen(tx, ask)?;
    let w = &ask.words;
    let mut all = store::questions(tx, file.id)?;
    all.sort_by_key(|q| (q.answer.is_some(), q.position));
    let mut out = Vec::new();
    for (kind, list) in by_kind(&all) {
        if list.len() > 1 {
            let label = w.say_with("evidence-all-of", &[("group", group(w, &list).into())]);
            out.push(Choice {
                code: format!("all:{kind}"),
                label,
            });
        }
    }
    for q in all.iter().take(SINGLE) {
        let mut label = format!("{}: {}", about(w, q), why(w, q));
        if !q.words.is_empty() {
            label = format!("{label} · {}", q.words);
        }
        if q.answer.is_some() {
            label = format!("{label} [{}]", w.code("file-answer", answer_code(q)));
        }
        out.push(Choice {
            code: q.position.to_string(),
            label,
        });
    }
    Ok(out)
}

fn by_kind(all: &[Question]) -> BTreeMap<String, Vec<&Question>> {
    let mut out: BTreeMap<String, Vec<&Question>> = BTreeMap::new();
    for question in all {
        out.entry(question.kind()).or_default().push(question);
    }
    out
}

pub(crate) fn answer(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let all = store::questions(tx, id)?;
    let mut positions = Vec::new();
    for code in call.values.many("questions") {
        match code.strip_prefix("all:") {
            // Together, only what nobody has answered one by one.
            Some(kind) => positions.extend(
                all.iter()
                    .filter(|q| q.kind() == kind && q.answer.is_none())
                    .map(|q| q.position),
            ),
            None => positions.extend(code.parse::<i64>().ok()),
        }
    }
    positions.sort_unstable();
    positions.dedup();
    acts::answer(
        tx,
        id,
        &positions,
        call.values.text("answer") == "yes",
        call.actor()?,
        call.now,
    )?;
    let open = store::questions(tx, id)?
        .iter()
        .filter(|q| q.answer.is_none())
        .count();
    let see = format!("/report-files/{id}");
    let see = if open > 0 {
        format!("{see}/answers")
    } else {
        see
    };
    Ok(Done::see(see).with(json!({ "id": id.to_string(), "open": open })))
}

pub(crate) fn rest(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::leave_out_the_rest(tx, id, call.actor()?, call.now)?;
    Ok(Done::see(format!("/report-files/{id}")).with(json!({ "id": id.to_string() })))
}

pub(crate) fn import(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let count = acts::import_report_file(tx, id, call.actor()?, call.now)?;
    let report = store::find(tx, id)?.report;
    Ok(Done::see(format!("/reports/{report}"))
        .with(json!({ "id": id.to_string(), "figures": count })))
}

pub(crate) fn discard(tx: &mut Tx, call: &Call) -> Result<Done> {
    let report = acts::discard_file(tx, call.id("id")?, call.actor()?, call.now)?;
    Ok(Done::see(format!("/reports/{report}")).with(json!({ "report": report.to_string() })))
}
