//! The audit: facts as a list, one fact with the rows it saved, the chain as a whole.
//!
//! Accounts are shown by their id: who they are is known downstream, which may fill `fact-page`.

use crate::audit::{self, Wanted};
use crate::fact::{FactRow, head};
use crate::room::READERS;
use crate::verify::{Verdict, verify};
use base::{Day, Id, Moment, Refusal, Refusals, Result};
use db::Tx;
use serde_json::Value;
use ui::{Cell, Column, Html, Kind, Tone, html};
use web::{ActLink, Answer, Ask, Choice, Download, Filter, Line, ListQuery, Listing, Show};

/// Rows of one table a page shows; the file has all of them.
const ROWS_MAX: usize = 100;

pub(crate) const FACTS: &[Column] = &[
    Column::new("seq", Kind::Link),
    Column::new("at", Kind::Moment),
    Column::new("verb", Kind::Text),
    Column::new("subject_kind", Kind::Text),
    Column::new("subject_id", Kind::Text),
    Column::new("actor", Kind::Text),
    Column::new("about", Kind::Words),
    Column::new("hash", Kind::Text),
];

pub(crate) const FILTERS: &[Filter] = &[
    Filter::listed("verb", verbs),
    Filter::codes("subject_kind", "", &[]),
    Filter::codes("subject_id", "", &[]),
    Filter::codes("actor", "", &[]),
    Filter::day("from"),
    Filter::day("to"),
];

/// What was done, by room and by verb: `need.` stands for all that begins so.
fn verbs(tx: &mut Tx, _: &Ask) -> Result<Vec<Choice>> {
    let mut codes: Vec<String> = Vec::new();
    for verb in audit::verbs(tx)? {
        if let Some((room, _)) = verb.split_once('.') {
            let room = format!("{room}.");
            if !codes.contains(&room) {
                codes.push(room);
            }
        }
        codes.push(verb);
    }
    let choice = |code: String| {
        let label = if code.ends_with('.') {
            format!("{code}…")
        } else {
            code.clone()
        };
        Choice { code, label }
    };
    Ok(codes.into_iter().map(choice).collect())
}

/// The filters as they were meant; every one that cannot be read is named.
fn wanted(query: &ListQuery) -> Result<Wanted> {
    let mut refusals = Refusals::default();
    let mut id = |name: &str| {
        let text = query.filter(name)?;
        let found = Id::parse(text);
        if found.is_none() {
            refusals.push(Refusal::about(name, "audit-not-an-id").with("entered", text));
        }
        found
    };
    let (subject, actor) = (id("subject_id"), id("actor"));
    let mut day = |name: &str| {
        let text = query.filter(name)?;
        let found = Day::parse(text);
        if found.is_none() {
            refusals.push(Refusal::about(name, "form-not-a-day").with("entered", text));
        }
        found
    };
    let (from, to) = (day("from"), day("to"));
    refusals.or(Wanted {
        verb: query.filter("verb").map(str::to_owned),
        kind: query.filter("subject_kind").map(str::to_owned),
        subject,
        actor,
        from: from.map(Moment::start_of),
        until: to.map(|day| Moment::start_of(day.plus(1))),
        after: query.after.as_deref().and_then(|key| key.parse().ok()),
        limit: query.limit.saturating_add(1),
    })
}

fn path(seq: i64) -> String {
    format!("/audit/{seq}")
}

pub(crate) fn facts(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let mut found = audit::facts(tx, &wanted(&query)?)?;
    let most = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > most;
    found.truncate(most);
    let words = &ask.words;
    let chain = ActLink {
        href: "/audit/chain".to_owned(),
        label: words.say("audit-chain-title"),
        main: false,
    };
    Ok(Answer::List(Listing {
        title: words.say("audit-title"),
        before: html!(
            "<p>{}</p><p>{}</p>",
            words.say("audit-intro"),
            words.site_zone(ask.now)
        ),
        rows: found.iter().map(line).collect(),
        more,
        actions: vec![chain],
        ..Listing::default()
    }))
}

fn line(fact: &FactRow) -> Line {
    Line {
        key: fact.seq.to_string(),
        href: None,
        cells: vec![
            Cell::link(path(fact.seq), fact.seq.to_string()),
            fact.at.into(),
            fact.verb.as_str().into(),
            fact.subject_kind.as_str().into(),
            fact.subject.to_string().into(),
            by(fact),
            told(&fact.about),
            fact.hash.as_str().into(),
        ],
    }
}

/// The account that acted; the machine itself has none.
fn by(fact: &FactRow) -> Cell {
    Cell::or_not_applicable(fact.actor.map(|id| id.to_string()))
}

/// What is told of the act, as `name: value` lines.
fn told(about: &Value) -> Cell {
    let Some(object) = about.as_object() else {
        return if about.is_null() {
            Cell::NotApplicable
        } else {
            about.to_string().into()
        };
    };
    let lines = object
        .iter()
        .map(|(name, value)| format!("{name}: {}", written(value)));
    let text = lines.collect::<Vec<_>>().join("\n");
    if text.is_empty() {
        Cell::NotApplicable
    } else {
        text.into()
    }
}

fn written(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

pub(crate) const FACT: &[Column] = &[
    Column::new("seq", Kind::Whole),
    Column::new("at", Kind::Moment),
    Column::new("verb", Kind::Text),
    Column::new("subject_kind", Kind::Text),
    Column::new("subject_id", Kind::Text),
    Column::new("actor", Kind::Text),
    Column::new("about", Kind::Words),
    Column::new("previous_hash", Kind::Text),
    Column::new("hash", Kind::Text),
];

fn number(ask: &Ask) -> Result<i64> {
    ask.param("seq").parse().map_err(|_| base::Error::Missing)
}

pub(crate) fn fact(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (fact, prev, images) = audit::whole(tx, number(ask)?)?;
    let words = &ask.words;
    let mut sections = Html::new();
    let runs = images.as_array().map(Vec::as_slice).unwrap_or_default();
    for (place, run) in runs.iter().enumerate() {
        sections.push(image(ask, run, place + 1));
    }
    if runs.is_empty() {
        sections.push(html!("<p>{}</p>", words.say("audit-no-rows")));
    } else {
        let href = format!("{}/rows", path(fact.seq));
        sections.push(html!(
            "<p>{}</p>",
            ui::link(&href, words.say("audit-rows-file"))
        ));
    }
    let near = |seq: i64, key: &str| ActLink {
        href: path(seq),
        label: words.say(key),
        main: false,
    };
    let mut actions = Vec::new();
    if fact.seq > 1 {
        actions.push(near(fact.seq - 1, "audit-fact-before"));
    }
    if fact.seq < head(tx)?.0 {
        actions.push(near(fact.seq + 1, "audit-fact-after"));
    }
    let named = [
        ("seq", fact.seq.into()),
        ("verb", fact.verb.as_str().into()),
    ];
    Ok(Answer::Record(Show {
        title: words.say_with("audit-fact-title", &named),
        cells: vec![
            fact.seq.into(),
            fact.at.into(),
            fact.verb.as_str().into(),
            fact.subject_kind.as_str().into(),
            fact.subject.to_string().into(),
            by(&fact),
            told(&fact.about),
            prev.into(),
            fact.hash.as_str().into(),
        ],
        sections,
        actions,
        slot: Some(("fact-page", fact.seq.to_string())),
        ..Show::default()
    }))
}

/// Rows of one table as the fact left them.
fn image(ask: &Ask, run: &Value, place: usize) -> Html {
    let words = &ask.words;
    let list = |name: &str| {
        run.get(name)
            .and_then(Value::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default()
    };
    let table = run.get("table").and_then(Value::as_str).unwrap_or("");
    let gone = run.get("gone").and_then(Value::as_bool).unwrap_or(false);
    let rows = list("rows");
    let head: Vec<String> = list("columns").iter().map(written).collect();
    let cells = |row: &Value| -> Vec<Html> {
        let cells = row.as_array().map(Vec::as_slice).unwrap_or_default();
        let cell = |cell: &Value| {
            if cell.is_null() {
                html!("–")
            } else {
                html!("<bdi>{}</bdi>", written(cell))
            }
        };
        cells.iter().map(cell).collect()
    };
    let shown: Vec<Vec<Html>> = rows.iter().take(ROWS_MAX).map(cells).collect();
    let key = if gone {
        "audit-rows-gone"
    } else {
        "audit-rows-saved"
    };
    let said = [
        ("place", place.into()),
        ("table", table.into()),
        ("n", rows.len().into()),
    ];
    let title = words.say_with(key, &said);
    let mut body = ui::plain_table(&title, &head, &shown);
    if rows.len() > ROWS_MAX {
        let rest = [("shown", ROWS_MAX.into()), ("n", rows.len().into())];
        body.push(html!("<p>{}</p>", words.say_with("audit-rows-more", &rest)));
    }
    ui::section(&title, body)
}

/// All rows a fact saved, as the chain holds them.
pub(crate) fn rows(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let seq = number(ask)?;
    let (_, _, images) = audit::whole(tx, seq)?;
    let bytes = images.to_string().into_bytes();
    let (name, mime) = (
        format!("fact-{seq}-rows.json"),
        "application/json".to_owned(),
    );
    Ok(Answer::File(Download { name, mime, bytes }))
}

pub(crate) const CHAIN: &[Column] = &[
    Column::new("facts", Kind::Whole),
    Column::new("head_hash", Kind::Text),
    Column::new("last_at", Kind::Moment),
    Column::new("chain", Kind::Code("chain-state")),
    Column::new("broken_at", Kind::Whole),
    Column::new("broken_why", Kind::Text),
];

/// The head of the chain for everybody; whoever reads facts has it walked, now.
pub(crate) fn chain(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (facts, hash) = head(tx)?;
    let last = audit::last_at(tx)?;
    let words = &ask.words;
    let verdict = if ask.is_any(READERS) {
        Some(verify(tx)?)
    } else {
        None
    };
    let (state, at, why) = match &verdict {
        None => ("not_walked", None, None),
        Some(Verdict::Whole(_)) => ("whole", None, None),
        Some(Verdict::Broken { seq, why }) => ("broken", Some(*seq), Some(*why)),
    };
    let mut before = html!("<p>{}</p>", words.say("audit-chain-intro"));
    match state {
        "whole" => before.push(ui::notice(
            words,
            Tone::Good,
            words.say("audit-chain-whole"),
        )),
        "broken" => before.push(ui::notice(
            words,
            Tone::Bad,
            words.say("audit-chain-broken"),
        )),
        _ => {}
    }
    Ok(Answer::Record(Show {
        title: words.say("audit-chain-title"),
        before,
        cells: vec![
            facts.into(),
            hash.into(),
            Cell::or_unknown(last),
            Cell::code(state),
            Cell::or_not_applicable(at),
            Cell::or_not_applicable(why.map(str::to_owned)),
        ],
        sections: html!("<p>{}</p>", words.say("audit-chain-check")),
        ..Show::default()
    }))
}
