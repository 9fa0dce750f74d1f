//! Answers in a line or a table, and what a teacher says of them.

use super::{day, own};
use crate::acts::{self, Entering, Line, Try};
use crate::pages;
use crate::{rules, store};
use base::{Id, Refusal, Refusals, Result};
use db::Tx;
use records::Mode;
use serde_json::json;
use std::collections::BTreeMap;
use web::{Call, Choices, Done, Field, Form};

/// An answer in one line, as it stands in a message or on paper: letters, a number, words.
pub(super) fn answer_form() -> Form {
    vec![
        Field::words("answer").max(lessons::ANSWER_MAX),
        Field::whole("try_number", 1, acts::TRIES_MAX).optional(),
    ]
}

pub(super) fn answer(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (assignment, position) = (call.id("assignment")?, pages::place(call)?);
    let learner = call.actor()?.account;
    let lang = call.words.lang().code();
    let number = match call.values.opt_whole("try_number") {
        Some(number) => number,
        None => store::tries_of(tx, assignment, learner)?
            .iter()
            .filter(|one| one.position == position)
            .map(|one| one.number + 1)
            .max()
            .unwrap_or(1),
    };
    let given = Try {
        assignment,
        position,
        learner,
        number,
        mode: Mode::Web,
        seconds: None,
        said_at: None,
        lang,
    };
    let read = |item: &formats::Item| lessons::read_short(item, lang, call.values.text("answer"));
    let saved = acts::save(tx, &given, &read, call.now)?;
    let outcome = crate::assignment::Outcome::of(saved.score);
    let see = format!("/learn/lessons/{assignment}/items/{position}");
    Ok(Done::see(see).with(json!({
        "id": saved.id,
        "again": saved.again,
        "outcome": outcome.code(),
        "score": saved.score,
    })))
}

pub(super) fn lines_form() -> Form {
    vec![
        Field::choice(
            "mode",
            Choices::Fixed("progress-mode", &["paper", "oral", "sms"]),
        ),
        Field::day("held_on"),
        Field::words("results").max(20_000),
    ]
}

pub(super) fn lines(tx: &mut Tx, call: &Call) -> Result<Done> {
    let a = own(tx, call)?;
    let listed: BTreeMap<i64, Id> = classes::listed(tx, a.class, call.today)?
        .iter()
        .map(|one| (one.number, one.person.id))
        .collect();
    let most = listed.keys().max().copied().unwrap_or(0);
    let read = rules::strings("results", call.values.text("results"), most, a.items)?;
    let mut refusals = Refusals::default();
    let mut lines = Vec::new();
    for one in read {
        match listed.get(&one.number) {
            Some(learner) => lines.push(Line {
                learner: *learner,
                marks: (1..).zip(one.marks).collect(),
            }),
            None => refusals.push(
                Refusal::about("results", "progress-number-nobody").with("number", one.number),
            ),
        }
    }
    refusals.unless(!lines.is_empty(), "results", "progress-lines-none");
    refusals.or(())?;
    let entering = Entering {
        assignment: a.id,
        mode: Mode::parse(call.values.text("mode")).unwrap_or(Mode::Paper),
        held_on: day(call, "held_on"),
        lang: call.words.lang().code(),
        lines,
    };
    let done = acts::enter_results(tx, &entering, call.actor()?, call.now)?;
    let body = json!({ "new": done.new, "corrected": done.corrected, "same": done.same });
    Ok(Done::see(format!("/teach/assignments/{}", a.id))
        .with(body)
        .notice("progress-entered"))
}

const SCORES: &[&str] = &["right", "partly", "not_yet"];

pub(super) fn score(call: &Call) -> f64 {
    match call.values.text("score") {
        "right" => 1.0,
        "partly" => 0.5,
        _ => 0.0,
    }
}

pub(super) fn mark_form() -> Form {
    vec![
        Field::choice("score", Choices::Fixed("progress-outcome", SCORES)),
        Field::words("comment").max(rules::WORDS_MAX).optional(),
    ]
}

pub(super) fn mark(tx: &mut Tx, call: &Call) -> Result<Done> {
    let comment = call.values.text("comment");
    let id = acts::mark(
        tx,
        call.id("id")?,
        score(call),
        comment,
        call.actor()?,
        call.now,
    )?;
    let next = pages::next_to_mark(tx, call.id("id")?)?;
    let see = next.map_or_else(
        || "/teach/work".to_owned(),
        |next| format!("/teach/work/{next}"),
    );
    Ok(Done::see(see)
        .with(json!({ "id": id }))
        .notice("progress-marked"))
}

pub(super) fn correction_form() -> Form {
    vec![
        Field::choice("score", Choices::Fixed("progress-outcome", SCORES)),
        Field::words("reason").max(rules::WORDS_MAX),
    ]
}

pub(super) fn correct(tx: &mut Tx, call: &Call) -> Result<Done> {
    let reason = call.values.text("reason");
    let id = acts::correct(
        tx,
        call.id("id")?,
        score(call),
        reason,
        call.actor()?,
        call.now,
    )?;
    Ok(Done::see(format!("/teach/attempts/{id}")).with(json!({ "id": id })))
}
