//! Tables by the web: tried first, kept when a person says so.

use crate::import::{self, Tried};
use crate::{pages, store};
use base::{Error, Id, Refusal, Result, Role};
use db::Tx;
use lang::Words;
use serde_json::{Value, json};
use ui::{Html, Tone, html};
use web::{Act, Answer, Ask, Call, Choices, Done, Field, Form, Page, Prefill, Site, Who};

const OFFICER: Who = Who::Any(&[Role::LearningOfficer]);
const TABLE_MAX: u64 = 5_000_000;
const ARCHIVE_MAX: u64 = 60_000_000;

/// The acts of imports.
pub(crate) fn all() -> Vec<Act> {
    vec![
        Act {
            name: "resource-import",
            path: "/resources/imports/new",
            who: OFFICER,
            form,
            prefill: None,
            prepare: Some(read_new),
            run: new,
        },
        Act {
            name: "resource-import-acceptance",
            path: "/resources/imports/{id}/acceptance",
            who: OFFICER,
            form: Vec::new,
            prefill: Some(beside),
            prepare: None,
            run: accept,
        },
    ]
}

fn form() -> Form {
    vec![
        Field::choice("resource_owner", Choices::Listed(crate::forms::owners)),
        Field::file("resource_sheet", TABLE_MAX),
        Field::file("resource_archive", ARCHIVE_MAX).optional(),
    ]
}

/// A tried table as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Import {
    pub id: Id,
    pub country: String,
    pub file_name: String,
    pub sheet_hash: String,
    pub files_hash: Option<String>,
    pub rows: i64,
    pub report: Value,
    pub done: bool,
}

fn tried(
    tx: &mut Tx,
    site: &Site,
    (name, sheet): (&str, &str),
    archive: Option<&str>,
    country: &str,
) -> Result<Tried> {
    let table = site.files.read(sheet)?;
    let archive = archive.map(|hash| site.files.read(hash)).transpose()?;
    let table = (name, table.as_slice());
    import::try_table(tx, &site.files, table, archive.as_deref(), (country, None))
}

fn read_new(site: &Site, call: &mut Call) -> Result<()> {
    let country = call.values.text("resource_owner").to_owned();
    crate::rules::may_write(call.actor()?, &country, None)?;
    let Some(sheet) = call.values.file("resource_sheet").cloned() else {
        return Err(Refusal::about("resource_sheet", "form-file-missing").into());
    };
    let archive = call
        .values
        .file("resource_archive")
        .map(|file| file.hash.clone());
    let inner = site.clone();
    let report = site.db.read_now(move |tx| {
        let table = (sheet.name.as_str(), sheet.hash.as_str());
        let tried = tried(tx, &inner, table, archive.as_deref(), &country)?;
        Ok(tried.report())
    })?;
    call.prepared
        .insert("report".to_owned(), report.to_string());
    Ok(())
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let country = call.values.text("resource_owner");
    crate::rules::may_write(actor, country, None)?;
    let sheet = call.values.file("resource_sheet").ok_or(Error::Missing)?;
    let report = call.prepared.get("report").ok_or(Error::Missing)?;
    let report: Value = serde_json::from_str(report).map_err(Error::fault)?;
    let import = Import {
        id: Id::new(call.now),
        country: country.to_owned(),
        file_name: sheet.name.clone(),
        sheet_hash: sheet.hash.clone(),
        files_hash: call
            .values
            .file("resource_archive")
            .map(|file| file.hash.clone()),
        rows: report.get("rows").and_then(Value::as_i64).unwrap_or(0),
        report,
        done: false,
    };
    store::add_import(tx, &import, actor.account, call.now)?;
    Ok(
        Done::see(format!("/resources/imports/{}", import.id)).with(json!({
            "id": import.id.to_string(), "report": import.report,
        })),
    )
}

fn accept(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let import = store::import_to_change(tx, call.id("id")?)?;
    crate::rules::may_write(actor, &import.country, None)?;
    if import.done {
        return Err(Refusal::whole("resource-import-done").into());
    }
    // What is there may have changed since the trial: everything is looked at again.
    let table = (import.file_name.as_str(), import.sheet_hash.as_str());
    let tried = tried(
        tx,
        &call.site,
        table,
        import.files_hash.as_deref(),
        &import.country,
    )?;
    let kept = import::keep_table(tx, &tried, actor.account, call.now)?;
    store::import_done(tx, import.id)?;
    Ok(Done::see(format!("/resources/imports/{}", import.id)).with(json!({"kept": kept.len()})))
}

fn shown(tx: &mut Tx, ask: &Ask) -> Result<Import> {
    let import = store::import(tx, ask.id("id")?)?;
    if crate::rules::may_write(ask.actor()?, &import.country, None).is_err() {
        return Err(Error::Missing);
    }
    Ok(import)
}

fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let import = shown(tx, ask)?;
    Ok(Prefill {
        beside: findings(&ask.words, &import),
        ..Prefill::default()
    })
}

/// What a trial found.
fn findings(words: &Words, import: &Import) -> Html {
    let says = words.say_with(
        "resource-import-says",
        &[
            ("file", import.file_name.as_str().into()),
            ("n", import.rows.into()),
        ],
    );
    let mut body = html!("<p>{}</p>", says);
    let refused = import
        .report
        .get("refused")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let all = import
        .report
        .get("refusals")
        .and_then(Value::as_i64)
        .unwrap_or(0);
    if import.done {
        body.push(ui::notice(
            words,
            Tone::Good,
            words.say("resource-import-done"),
        ));
        return body;
    }
    if refused.is_empty() {
        body.push(ui::notice(
            words,
            Tone::Good,
            words.say("resource-import-clean"),
        ));
        return body;
    }
    let says = words.say_with("resource-import-refused", &[("n", all.into())]);
    body.push(ui::notice(words, Tone::Bad, says));
    let heads = [
        "resource-import-row",
        "resource-import-column",
        "resource-import-why",
    ]
    .map(|key| words.say(key));
    let rows: Vec<Vec<Html>> = refused.iter().map(|one| finding(words, one)).collect();
    body.push(ui::plain_table("", &heads, &rows));
    body
}

fn finding(words: &Words, one: &Value) -> Vec<Html> {
    let text = |name: &str| one.get(name).and_then(Value::as_str).unwrap_or_default();
    let row = one.get("row").and_then(Value::as_i64).unwrap_or(0);
    let kept = one
        .get("args")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let args: Vec<(&str, base::Arg)> = kept
        .iter()
        .map(|arg| {
            let name = arg.get(0).and_then(Value::as_str).unwrap_or_default();
            let value = match arg.get(1) {
                Some(Value::Number(n)) => base::Arg::Number(n.as_i64().unwrap_or(0)),
                other => {
                    base::Arg::Text(other.and_then(Value::as_str).unwrap_or_default().to_owned())
                }
            };
            (name, value)
        })
        .collect();
    vec![
        ui::text(&row.to_string()),
        ui::text(text("column")),
        ui::text(&words.say_with(text("key"), &args)),
    ]
}

/// A table that was tried.
pub(crate) fn page(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let import = shown(tx, ask)?;
    let mut body = findings(words, &import);
    let clean = import.report.get("refusals").and_then(Value::as_i64) == Some(0);
    let (href, key) = if import.done {
        ("/resources/desk".to_owned(), "resources-desk-title")
    } else if clean {
        let href = format!("/resources/imports/{}/acceptance", import.id);
        (href, "resource-import-acceptance-button")
    } else {
        (
            "/resources/imports/new".to_owned(),
            "resource-import-button",
        )
    };
    body.push(ui::actions(&[pages::action(words, &href, key, true)]));
    Ok(Answer::Page(Page {
        title: words.say("resource-import-result"),
        body,
        ..Page::default()
    }))
}
