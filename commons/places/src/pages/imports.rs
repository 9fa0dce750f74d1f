//! Bringing a register: upload, look at what was read, take it over.

use crate::{choose, rules, work};
use base::{Actor, Arg, Error, Id, Result};
use db::Tx;
use jobs::Job;
use lang::Words;
use serde_json::{Value, json};
use ui::{Cell, Column, Html, Kind, Tone, html};
use web::{
    ActLink, Answer, Ask, Call, Choices, Done, Entered, Field, Form, Line, Listing, Page, Prefill,
};

/// Bytes of a register at most.
const FILE_MAX: u64 = 120_000_000;
/// Lines of each list on the page; the whole stands in its own list.
const SHOWN: usize = 20;

pub(crate) const REFUSED_COLUMNS: &[Column] = &[
    Column::new("row", Kind::Whole),
    Column::new("column", Kind::Text),
    Column::new("reason", Kind::Text),
];
pub(crate) const ALIKE_COLUMNS: &[Column] = &[
    Column::new("reason", Kind::Code("school-alike")),
    Column::new("shared", Kind::Text),
    Column::new("rows", Kind::Text),
];

pub(crate) fn import_form() -> Form {
    vec![
        Field::choice("country", Choices::Listed(choose::own_countries)),
        Field::file("register", FILE_MAX),
    ]
}

pub(crate) fn import_prefill(_: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut own = ask.actor()?.authority_countries();
    own.dedup();
    let country = ask
        .query
        .get("country")
        .cloned()
        .or_else(|| own.first().cloned());
    let entered = Entered::default().with("country", country.unwrap_or_default());
    let columns: Vec<String> = crate::wanted()
        .iter()
        .map(|want| want.name.to_owned())
        .collect();
    let words = &ask.words;
    let beside = html!(
        "<p>{}</p><p><bdi>{}</bdi></p>",
        words.say("school-import-columns"),
        words.list(&columns)
    );
    Ok(Prefill { entered, beside })
}

pub(crate) fn import(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let country = call.values.text("country");
    let allowed = rules::may_import(actor, country)?;
    let file = call.values.file("register").ok_or(Error::Missing)?;
    let source = work::Source {
        country: country.to_owned(),
        file: file.name.clone(),
        hash: file.hash.clone(),
        allowed,
        account: Some(actor.account),
    };
    let payload = work::payload(&source, false);
    let id = jobs::enqueue(tx, work::READ, &payload, source.account, "", call.now)?;
    Ok(going(id))
}

fn going(id: Id) -> Done {
    Done::see(format!("/schools/imports/{id}")).with(json!({ "id": id.to_string() }))
}

pub(crate) fn acceptance_form() -> Form {
    vec![Field::choice(
        "alike",
        Choices::Fixed("school-alike", &["keep_all", "first_only"]),
    )]
}

pub(crate) fn acceptance_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let job = own_job(tx, ask)?;
    rules::may_accept(&job.kind, &job.state, number(&job.result, "schools"))?;
    let entered = Entered::default().with("alike", "keep_all");
    Ok(Prefill {
        entered,
        beside: figures(&ask.words, &job.result),
    })
}

pub(crate) fn acceptance(tx: &mut Tx, call: &Call) -> Result<Done> {
    let read = own_job(tx, call)?;
    let source = work::source(&read);
    let actor = call.actor()?;
    let allowed = rules::may_import(actor, &source.country)?;
    rules::may_accept(&read.kind, &read.state, number(&read.result, "schools"))?;
    let source = work::Source {
        allowed,
        account: Some(actor.account),
        ..source
    };
    let payload = work::payload(&source, call.values.text("alike") == "first_only");
    let id = jobs::enqueue(tx, work::PUT, &payload, source.account, "", call.now)?;
    Ok(going(id))
}

/// The import, when the actor may see it: who asked for it, the country's authority, who reads all.
fn own_job(tx: &mut Tx, ask: &Ask) -> Result<Job> {
    let actor = ask.actor()?;
    let job = jobs::find(tx, ask.id("id")?)?;
    let ours = job.kind == work::READ || job.kind == work::PUT;
    let country = work::source(&job).country;
    let sees =
        job.account == Some(actor.account) || sees_country(actor, &country) || actor.reads_all();
    if ours && sees {
        Ok(job)
    } else {
        Err(Error::Missing)
    }
}

fn sees_country(actor: &Actor, country: &str) -> bool {
    rules::may_import(actor, country).is_ok()
}

pub(crate) fn import_page(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let job = own_job(tx, ask)?;
    let words = &ask.words;
    let source = work::source(&job);
    let country = crate::country_name(tx, &source.country, words.lang())?;
    let title = words.say_with("school-import-page-title", &[("country", country.into())]);
    let mut body = html!("<p><bdi>{}</bdi></p>", source.file);
    match job.state.as_str() {
        "queued" | "running" => {
            let total = Some(job.total).filter(|total| *total > 0);
            let label = words.say(if job.kind == work::READ {
                "school-import-reading"
            } else {
                "school-import-putting"
            });
            body.push(ui::progress(words, &label, job.done, total));
            body.push(html!("<p>{}</p>", words.say("job-waiting")));
            return Ok(Answer::Page(Page {
                title,
                body,
                refresh_seconds: Some(3),
                ..Page::default()
            }));
        }
        "done" => body.push(told(ask, &job)),
        "refused" => {
            let reasons = job.result.as_array().map(Vec::as_slice).unwrap_or_default();
            let items: Html = reasons
                .iter()
                .map(|reason| html!("<li>{}</li>", said(words, reason)))
                .collect();
            let list = html!(
                "<p>{}</p><ul>{}</ul>",
                words.say("school-import-refused-whole"),
                items
            );
            body.push(ui::notice(words, Tone::Bad, list));
        }
        _ => body.push(ui::notice(words, Tone::Bad, words.say("job-state-failed"))),
    }
    Ok(Answer::Page(Page {
        title,
        body,
        ..Page::default()
    }))
}

fn told(ask: &Ask, job: &Job) -> Html {
    let (words, report, id) = (&ask.words, &job.result, job.id);
    let mut out = figures(words, report);
    let took = job.kind == work::PUT;
    if took {
        let put = report.get("put").cloned().unwrap_or_default();
        let args: [(&str, Arg); 4] = [
            ("added", number(&put, "added").into()),
            ("changed", number(&put, "changed").into()),
            ("same", number(&put, "same").into()),
            ("left", number(report, "left_out").into()),
        ];
        let done = html!("<p>{}</p>", words.say_with("school-import-put", &args));
        out.push(ui::notice(words, Tone::Good, done));
        let country = report
            .get("country")
            .and_then(Value::as_str)
            .unwrap_or_default();
        out.push(ui::actions(&[ActLink {
            href: format!("/schools?country={country}"),
            label: words.say("places-see-schools"),
            main: true,
        }]));
    } else if number(report, "schools") > 0 && sees_as_keeper(ask, report) {
        out.push(ui::actions(&[ActLink {
            href: format!("/schools/imports/{id}/acceptance"),
            label: words.say("school-import-acceptance-button"),
            main: true,
        }]));
    }
    let whole = |what: &str| format!("/schools/imports/{id}/{what}");
    out.push(lines(
        words,
        "school-import-refused",
        list(report, "refused"),
        &whole("refused"),
        &|words, one| html!("<li>{}</li>", said(words, one)),
    ));
    out.push(lines(
        words,
        "school-import-duplicates",
        list(report, "duplicates"),
        &whole("duplicates"),
        &|words, one| {
            let reason = words.code(
                "school-alike",
                one.get("reason")
                    .and_then(Value::as_str)
                    .unwrap_or_default(),
            );
            html!(
                "<li>{}: <bdi>{}</bdi> · {}</li>",
                reason,
                shared(one),
                rows_of(words, one)
            )
        },
    ));
    out.push(lines(
        words,
        "school-import-remarks",
        list(report, "remarks"),
        "",
        &|words, one| {
            let args: [(&str, Arg); 2] = [
                ("rows", number(one, "rows").into()),
                ("first", number(one, "first_row").to_string().into()),
            ];
            html!(
                "<li>{} <small>{}</small></li>",
                said(words, one),
                words.say_with("school-import-rows", &args)
            )
        },
    ));
    out.push(lines(
        words,
        "school-import-notes",
        list(report, "notes"),
        "",
        &|words, one| html!("<li>{}</li>", said(words, one)),
    ));
    out.push(columns(words, report));
    out
}

fn sees_as_keeper(ask: &Ask, report: &Value) -> bool {
    let country = report
        .get("country")
        .and_then(Value::as_str)
        .unwrap_or_default();
    ask.actor
        .as_ref()
        .is_some_and(|actor| sees_country(actor, country))
}

/// The figures of a reading, each a link to nothing: the lists stand below.
fn figures(words: &Words, report: &Value) -> Html {
    let cards: Vec<Html> = [
        "rows",
        "schools",
        "refused_rows",
        "duplicate_groups",
        "placed",
        "placed_in_area",
        "placed_in_country",
    ]
    .iter()
    .map(|name| {
        ui::figure(
            &words.number(number(report, name)),
            &words.code("school-import-figure", name),
            None,
        )
    })
    .collect();
    ui::cards(&cards)
}

fn lines(
    words: &Words,
    key: &str,
    all: &[Value],
    whole: &str,
    line: &dyn Fn(&Words, &Value) -> Html,
) -> Html {
    if all.is_empty() {
        return Html::new();
    }
    let shown: Html = all.iter().take(SHOWN).map(|one| line(words, one)).collect();
    let mut body = html!("<ul>{}</ul>", shown);
    if all.len() > SHOWN {
        let more = words.say_with("school-import-more", &[("n", (all.len() - SHOWN).into())]);
        body.push(if whole.is_empty() {
            html!("<p>{}</p>", more)
        } else {
            html!("<p>{}</p>", ui::link(whole, more))
        });
    }
    ui::section(&words.say(key), body)
}

/// Which columns were read under which header, and which were not and are not kept.
fn columns(words: &Words, report: &Value) -> Html {
    let head = ["column-column", "places-header"].map(|key| words.say(key));
    let rows: Vec<Vec<Html>> = list(report, "used")
        .iter()
        .map(|pair| {
            let text = |at: usize| pair.get(at).and_then(Value::as_str).unwrap_or_default();
            vec![
                html!("<bdi>{}</bdi>", text(0)),
                html!("<bdi>{}</bdi>", text(1)),
            ]
        })
        .collect();
    let mut body = ui::plain_table(&words.say("school-import-columns-read"), &head, &rows);
    let unused: Vec<String> = list(report, "unused")
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    if !unused.is_empty() {
        let args = [("columns", Arg::from(unused.join(", ")))];
        body.push(html!(
            "<p>{}</p>",
            words.say_with("school-import-columns-unread", &args)
        ));
    }
    ui::section(&words.say("school-import-columns-read"), body)
}

pub(crate) fn refused(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let job = own_job(tx, ask)?;
    let line = |at: usize, one: &Value| Line {
        key: at.to_string(),
        cells: vec![
            one.get("row")
                .and_then(Value::as_i64)
                .map_or(Cell::NotApplicable, Cell::Whole),
            one.get("column")
                .and_then(Value::as_str)
                .map_or(Cell::NotApplicable, Cell::from),
            Cell::Text(said(&ask.words, one)),
        ],
        href: None,
    };
    Ok(Answer::List(listed(
        ask,
        &job,
        "refused",
        "school-import-refused",
        &line,
    )))
}

pub(crate) fn alike(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let job = own_job(tx, ask)?;
    let line = |at: usize, one: &Value| Line {
        key: at.to_string(),
        cells: vec![
            one.get("reason")
                .and_then(Value::as_str)
                .map_or(Cell::Unknown, Cell::code),
            Cell::Text(shared(one).to_owned()),
            Cell::Text(rows_of(&ask.words, one)),
        ],
        href: None,
    };
    Ok(Answer::List(listed(
        ask,
        &job,
        "duplicates",
        "school-import-duplicates",
        &line,
    )))
}

fn listed(
    ask: &Ask,
    job: &Job,
    name: &str,
    title: &str,
    line: &dyn Fn(usize, &Value) -> Line,
) -> Listing {
    let query = ask.list();
    let from = query
        .after
        .as_deref()
        .and_then(|after| after.parse::<usize>().ok())
        .map_or(0, |at| at + 1);
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let all = list(&job.result, name);
    let rows: Vec<Line> = all
        .iter()
        .enumerate()
        .skip(from)
        .take(limit)
        .map(|(at, one)| line(at, one))
        .collect();
    Listing {
        title: ask.words.say(title),
        more: from + rows.len() < all.len(),
        total: i64::try_from(all.len()).ok(),
        rows,
        ..Listing::default()
    }
}

// ---- reading a report

fn number(report: &Value, name: &str) -> i64 {
    report.get(name).and_then(Value::as_i64).unwrap_or(0)
}

fn list<'a>(report: &'a Value, name: &str) -> &'a [Value] {
    report
        .get(name)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

fn shared(one: &Value) -> &str {
    one.get("shared")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn rows_of(words: &Words, one: &Value) -> String {
    let rows: Vec<String> = list(one, "rows").iter().map(ToString::to_string).collect();
    words.say_with(
        "school-import-row-numbers",
        &[("rows", rows.join(", ").into())],
    )
}

/// A reason, remark or note of a report in words.
fn said(words: &Words, one: &Value) -> String {
    let key = one.get("key").and_then(Value::as_str).unwrap_or_default();
    let args = one.get("args").and_then(Value::as_object);
    let args: Vec<(&str, Arg)> = args
        .into_iter()
        .flatten()
        .map(|(name, value)| {
            let arg = match (value.as_i64(), value.as_str()) {
                (Some(number), _) => Arg::Number(number),
                (None, Some(text)) => Arg::Text(text.to_owned()),
                (None, None) => Arg::Text(value.to_string()),
            };
            (name.as_str(), arg)
        })
        .collect();
    words.say_with(key, &args)
}
