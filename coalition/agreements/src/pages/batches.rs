//! Batches: asking for one, its progress, what came of each group.

use super::agreement::told;
use super::{OFFICER, Told, action, register};
use crate::agreement::KINDS;
use crate::batch::{Batch, BatchRow, Common, Grouping};
use crate::{acts, rules, store, work};
use base::{Id, Lang, Result, Role};
use catalogue::choose;
use db::Tx;
use serde_json::json;
use std::collections::BTreeMap;
use ui::{Cell, Column, Html, Kind, Tone, html};
use web::{
    Answer, Ask, Call, Choice, Choices, Done, Field, Filter, Form, Line, Listing, Prefill, Show,
};

pub(crate) const COLUMNS: &[Column] = &[
    Column::new("batch_made_at", Kind::Link),
    Column::new("country", Kind::Text),
    Column::new("batch_grouping", Kind::Code("agreement-grouping")),
    Column::new("batch_finished", Kind::Yes),
    Column::new("proposals", Kind::Whole),
    Column::new("batch_drafted", Kind::Whole),
    Column::new("batch_refused", Kind::Whole),
    Column::new("batch_suspected", Kind::Whole),
    Column::new("id", Kind::Id),
];
pub(crate) const ONE: &[Column] = &[
    Column::new("country", Kind::Text),
    Column::new("batch_grouping", Kind::Code("agreement-grouping")),
    Column::new("selection", Kind::Text),
    Column::new("justification", Kind::Words),
    Column::new("proposals", Kind::Whole),
    Column::new("batch_drafted", Kind::Whole),
    Column::new("batch_refused", Kind::Whole),
    Column::new("batch_suspected", Kind::Whole),
    Column::new("finished_at", Kind::Moment),
    Column::new("id", Kind::Id),
];
pub(crate) const ROWS: &[Column] = &[
    Column::new("batch_place", Kind::Whole),
    Column::new("member_name", Kind::Text),
    Column::new("country", Kind::Text),
    Column::new("proposals", Kind::Whole),
    Column::new("batch_draft", Kind::Link),
    Column::new("batch_found", Kind::Words),
];
pub(crate) const FILTERS: &[Filter] = &[Filter::codes("found", "agreement-found", &["something"])];

pub(super) fn acts() -> Vec<Told> {
    vec![Told {
        name: "agreement-batch-new",
        path: "/agreements/batches/new",
        who: OFFICER,
        form,
        prefill: Some(prefill),
        prepare: None,
        run: new,
    }]
}

fn form() -> Form {
    let langs = Choices::Fixed("lang", &["en", "fr", "ar"]);
    vec![
        Field::choice("country", Choices::Listed(places::choose::countries)).optional(),
        Field::choice("round", Choices::Listed(rounds)).optional(),
        Field::choice(
            "grouping",
            Choices::Fixed("agreement-grouping", &Grouping::CODES),
        ),
        Field::choice("kind", Choices::Fixed("agreement-kind", &KINDS)).optional(),
        Field::choice("lang_one", langs.clone()).optional(),
        Field::choice("lang_two", langs).optional(),
        Field::choice("selection", Choices::Listed(choose::selection_reason)),
        Field::words("justification")
            .max(rules::WORDS_MAX)
            .optional()
            .public(),
        Field::day("starts_on").optional(),
        Field::day("ends_on").optional(),
        Field::many("sovereignty", Choices::Listed(choose::sovereignty_clause)).optional(),
    ]
}

/// Rounds with agreed proposals that no agreement holds.
fn rounds(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut waiting: BTreeMap<Id, i64> = BTreeMap::new();
    for id in store::agreements::agreed_without(tx, None, None)? {
        *waiting
            .entry(allocation::proposal(tx, id)?.round)
            .or_default() += 1;
    }
    let mut choices = Vec::with_capacity(waiting.len());
    for (round, count) in waiting.into_iter().rev() {
        let outcome = allocation::outcome(tx, round)?;
        let number = outcome.get("number").and_then(serde_json::Value::as_i64);
        let args = [
            ("number", number.unwrap_or(0).into()),
            ("count", count.into()),
        ];
        choices.push(Choice {
            code: round.to_string(),
            label: ask.words.say_with("agreements-round", &args),
        });
    }
    Ok(choices)
}

fn prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let waiting = store::agreements::agreed_without(tx, None, None)?.len();
    let mut entered = web::room::entered(&[
        ("grouping", Grouping::PerParty.code()),
        ("selection", rules::MATCH_ROUND),
    ]);
    for term in catalogue::terms(tx, "sovereignty_clauses")? {
        entered = entered.with("sovereignty", term.code);
    }
    let said = ask
        .words
        .say_with("agreements-waiting", &[("count", waiting.into())]);
    Ok(Prefill {
        entered,
        beside: html!("<p>{}</p>", said),
    })
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let values = &call.values;
    let lang = |field: &str| values.opt_text(field).and_then(Lang::parse);
    let kept = values.many("sovereignty");
    let mut terms: Common = acts::batches::common(tx)?;
    terms.kind = values.opt_text("kind").map(str::to_owned);
    terms.langs = lang("lang_one").map(|one| (one, lang("lang_two").unwrap_or(one)));
    values.text("selection").clone_into(&mut terms.selection);
    values
        .text("justification")
        .clone_into(&mut terms.justification);
    (terms.starts_on, terms.ends_on) = (values.opt_day("starts_on"), values.opt_day("ends_on"));
    for (code, keeps) in &mut terms.sovereignty {
        *keeps = kept.contains(code);
    }
    let grouping = Grouping::parse(values.text("grouping")).unwrap_or(Grouping::PerParty);
    let wanted = (values.opt_text("country"), values.id("round"));
    let id = acts::batches::create_batch(tx, wanted, grouping, &terms, call.actor()?, call.now)?;
    Ok(Done::see(format!("/agreements/batches/{id}")).with(json!({ "id": id })))
}

fn country(tx: &mut Tx, ask: &Ask, code: Option<&str>) -> Result<Cell> {
    Ok(match code {
        Some(code) => places::country_name(tx, code, ask.words.lang())?.into(),
        None => Cell::NotApplicable,
    })
}

pub(crate) fn batches(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let before = query.after.as_deref().and_then(Id::parse);
    let mut found = store::batches::list(tx, before, query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(0);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut rows = Vec::with_capacity(found.len());
    for b in &found {
        rows.push(Line {
            key: b.id.to_string(),
            cells: vec![
                Cell::link(path(b), ask.words.moment(b.made_at)),
                country(tx, ask, b.country.as_deref())?,
                Cell::code(b.grouping.code()),
                b.finished_at.is_some().into(),
                b.proposals.into(),
                b.drafted.into(),
                b.refused.into(),
                b.suspected.into(),
                b.id.into(),
            ],
            href: None,
        });
    }
    let mut actions = Vec::new();
    if ask.is_any(&[Role::SecretariatOfficer]) {
        let path = "/agreements/batches/new".to_owned();
        actions.push(action(&ask.words, path, "agreement-batch-new-button", true));
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("agreement-batches-title"),
        before: html!("<p>{}</p>", ask.words.say("agreement-batches-intro")),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

fn path(batch: &Batch) -> String {
    format!("/agreements/batches/{}", batch.id)
}

pub(crate) fn batch(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let b = store::batches::find(tx, ask.id("id")?)?;
    let lang = words.lang();
    let before = match b.finished_at {
        Some(_) => {
            let args = [("drafted", b.drafted.into()), ("refused", b.refused.into())];
            let tone = if b.refused > 0 {
                Tone::Warn
            } else {
                Tone::Good
            };
            ui::notice(words, tone, words.say_with("agreement-batch-done", &args))
        }
        None => {
            let done = store::batches::rows_done(tx, b.id)?;
            let args = [("done", done.into())];
            ui::notice(
                words,
                Tone::Busy,
                words.say_with("agreement-batch-working", &args),
            )
        }
    };
    let cells = vec![
        country(tx, ask, b.country.as_deref())?,
        Cell::code(b.grouping.code()),
        catalogue::label(tx, "selection_reasons", &b.terms.selection, lang)?.into(),
        Cell::or_not_applicable(Some(b.terms.justification.clone()).filter(|t| !t.is_empty())),
        b.proposals.into(),
        b.drafted.into(),
        b.refused.into(),
        b.suspected.into(),
        Cell::or_unknown(b.finished_at),
        b.id.into(),
    ];
    let first = store::batches::rows(tx, b.id, true, 0, 20)?;
    let lines = lines(tx, ask, &first)?;
    let mut body = if lines.is_empty() {
        html!("<p>{}</p>", words.say("agreement-batch-nothing-found"))
    } else {
        ui::table(words, "", ROWS, &lines)
    };
    let links = [
        (format!("{}/groups", path(&b)), "agreement-batch-all-groups"),
        (
            format!("/agreements?batch={}", b.id),
            "agreement-batch-all-drafts",
        ),
    ];
    let items: Html = links
        .iter()
        .map(|(href, key)| html!("<li>{}</li>", ui::link(href, words.say(key))))
        .collect();
    body.push(html!("<ul>{}</ul>", items));
    Ok(Answer::Record(Show {
        title: words.say_with(
            "agreement-batch-title",
            &[("at", words.moment(b.made_at).into())],
        ),
        before,
        cells,
        sections: ui::section(&words.say("agreement-batch-found"), body),
        ..Show::default()
    }))
}

fn lines(tx: &mut Tx, ask: &Ask, rows: &[BatchRow]) -> Result<Vec<Line>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.member).collect();
    let names = register::names(tx, ask, &ids)?;
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let mut found = Vec::new();
        for refusal in work::read_reasons(&row.problems) {
            found.push(told(tx, &ask.words, &refusal)?);
        }
        let draft = match row.agreement {
            Some(id) => {
                let a = store::agreements::find(tx, id, ask.today)?;
                Cell::link(a.path(), a.code)
            }
            None => Cell::NotApplicable,
        };
        lines.push(Line {
            key: row.place.to_string(),
            cells: vec![
                row.place.into(),
                names.get(&row.member).cloned().unwrap_or_default().into(),
                country(tx, ask, Some(&row.country))?,
                i64::try_from(row.proposals.len()).unwrap_or(0).into(),
                draft,
                found.join("\n").into(),
            ],
            href: None,
        });
    }
    Ok(lines)
}

/// Every group of a batch with its draft or its problems.
pub(crate) fn groups(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let b = store::batches::find(tx, ask.id("id")?)?;
    let after = query
        .after
        .as_deref()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let some = query.filter("found").is_some();
    let mut found = store::batches::rows(tx, b.id, some, after, query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(0);
    let more = found.len() > limit;
    found.truncate(limit);
    Ok(Answer::List(Listing {
        title: ask.words.say("agreement-batch-all-groups"),
        before: html!(
            "<p>{}</p>",
            ui::link(&path(&b), ask.words.say("agreement-batch-back"))
        ),
        rows: lines(tx, ask, &found)?,
        more,
        ..Listing::default()
    }))
}
