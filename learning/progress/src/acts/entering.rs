//! Results from paper and mouth, as a teacher enters them.

use super::answering::{attempt_id, keep, refresh};
use super::giving::own;
use super::told;
use crate::assignment::Attempt;
use crate::{rules, store};
use base::{Actor, Day, Id, Moment, Refusal, Refusals, Result};
use db::Tx;
use formats::item::{Interaction, Item};
use records::Mode;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What a teacher enters for one learner: by the question's place, a mark or an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub learner: Id,
    pub marks: Vec<(i64, String)>,
}

/// Results a teacher enters at once.
#[derive(Clone, Debug)]
pub struct Entering {
    pub assignment: Id,
    /// `Oral` or `Paper`.
    pub mode: Mode,
    pub held_on: Day,
    /// The language of the paper.
    pub lang: &'static str,
    pub lines: Vec<Line>,
}

/// What was entered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    pub new: i64,
    pub corrected: i64,
    /// As it stood already.
    pub same: i64,
}

/// What a teacher writes for a question, as its response and score: `+` right, `/` partly, `X` not
/// right, else the answer itself as it stands on paper.
pub(crate) fn read_mark(item: &Item, lang: &str, text: &str) -> Result<(String, Option<f64>)> {
    let answer = match text {
        "+" => return Ok(("+".to_owned(), Some(1.0))),
        "/" => return Ok(("/".to_owned(), Some(0.5))),
        "X" | "x" => return Ok(("X".to_owned(), Some(0.0))),
        text => lessons::read_short(item, lang, text)?,
    };
    let marked = lessons::mark(item, &answer, lang);
    Ok((answer.response(), marked.right.map(|_| marked.score)))
}

/// A response again as it was entered; none where that cannot be told.
pub(crate) fn written(item: &Item, response: &str) -> Option<String> {
    let letters = |ids: &str, options: &[formats::item::Choice]| {
        let place = |id: &str| options.iter().position(|option| option.id == id);
        let all = ids.split("[,]").map(place);
        all.map(|n| n.map(|n| lessons::letter("en", n)))
            .collect::<Option<String>>()
    };
    match (response, &item.interaction) {
        ("+" | "/" | "X", _) => Some(response.to_owned()),
        (ids, Interaction::Choice { options } | Interaction::Several { options }) => {
            letters(ids, options)
        }
        (_, Interaction::Order { .. } | Interaction::Match { .. }) => None,
        (text, _) => Some(text.to_owned()),
    }
}

/// Enters what was answered on paper or by word of mouth, whole or not at all. What stands there
/// already stays; what differs corrects it.
///
/// # Errors
/// Refused with every cell that cannot be read; forbidden for who does not teach the class.
pub fn enter_results(tx: &mut Tx, e: &Entering, actor: &Actor, now: Moment) -> Result<Entered> {
    let assignment = own(tx, e.assignment, actor, now.day())?;
    if assignment.withdrawn.is_some() {
        return Err(Refusal::whole("progress-is-withdrawn").into());
    }
    if e.held_on > now.day() || e.held_on.days_until(now.day()) > rules::DAYS_MAX {
        return Err(Refusal::about("held_on", "progress-held-when").into());
    }
    let at = if e.held_on == now.day() {
        now
    } else {
        Moment::start_of(e.held_on).plus_seconds(43_200)
    };
    let asked = store::asked(tx, assignment.id)?;
    let ids: Vec<Id> = asked.iter().map(|one| one.item).collect();
    let items: BTreeMap<Id, Item> = lessons::items(tx, &ids)?
        .into_iter()
        .map(|row| (row.id, row.item))
        .collect();
    let listed: BTreeMap<Id, i64> = classes::listed(tx, assignment.class, now.day())?
        .iter()
        .map(|one| (one.person.id, one.number))
        .collect();
    let (mut refusals, mut fresh, mut done) = (Refusals::default(), Vec::new(), Entered::default());
    let mut touched: BTreeSet<(Id, Id)> = BTreeSet::new();
    for line in &e.lines {
        let Some(number) = listed.get(&line.learner) else {
            refusals.push(Refusal::about("results", "progress-not-of-the-class"));
            continue;
        };
        let before = store::tries_of(tx, assignment.id, line.learner)?;
        for (position, text) in &line.marks {
            let text = text.trim();
            if matches!(text, "" | "-") {
                continue;
            }
            let question = asked.iter().find(|one| one.position == *position);
            let known = question.and_then(|one| Some((one, items.get(&one.item)?)));
            let read = known.map(|(one, item)| (one, read_mark(item, e.lang, text)));
            let Some((question, Ok((response, score)))) = read else {
                refusals.push(
                    Refusal::about("results", "progress-mark-unreadable")
                        .with("number", *number)
                        .with("question", *position)
                        .with("mark", text),
                );
                continue;
            };
            let of_question = || before.iter().filter(|one| one.position == *position);
            let entered = of_question()
                .rev()
                .find(|one| one.entered_by.is_some() && one.mode != "web");
            if entered.is_some_and(|one| one.response == response) {
                done.same += 1;
                continue;
            }
            let tries = of_question().map(|one| one.number).max().unwrap_or(0);
            let number = entered.map_or(tries + 1, |one| one.number);
            let id = match entered {
                Some(old) => Id::named("correction", &old.id.to_string()),
                None => attempt_id(assignment.id, line.learner, *position, number),
            };
            if let Some(old) = entered {
                store::replace(tx, old.id, id)?;
                done.corrected += 1;
            } else {
                done.new += 1;
            }
            fresh.push(Attempt {
                id,
                learner: line.learner,
                assignment: assignment.id,
                class: assignment.class,
                position: *position,
                item: question.item,
                competency: question.competency,
                number,
                mode: e.mode.code().to_owned(),
                response,
                score,
                comment: None,
                seconds: None,
                at,
                received_at: now,
                entered_by: Some(actor.account),
                corrects: entered.map(|one| one.id),
                replaced_by: None,
            });
            touched.extend(
                question
                    .competency
                    .map(|competency| (line.learner, competency)),
            );
        }
    }
    refusals.or(())?;
    if !fresh.is_empty() {
        keep(tx, &fresh, assignment.lesson, now)?;
    }
    let country = classes::class(tx, assignment.class)?.country;
    for (learner, competency) in touched {
        refresh(tx, learner, competency, &country, now)?;
    }
    let about = json!({ "new": done.new, "corrected": done.corrected, "mode": e.mode.code() });
    told(
        tx,
        (now, actor),
        "progress.entered",
        ("assignment", assignment.id),
        about,
    )?;
    Ok(done)
}
