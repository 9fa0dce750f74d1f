//! The same things as lists, for programs and spreadsheets: what is given, what is asked, how far
//! everybody is, what came in.

use super::learn::{LATE_DAYS, Work, given, own_work};
use super::shown::lang_of;
use super::{class_of, link, named};
use crate::assignment::Outcome;
use crate::mastery::Mastery;
use crate::store;
use base::{Id, Result};
use db::Tx;
use std::collections::{BTreeMap, BTreeSet};
use ui::{Cell, Column, Kind};
use web::{Answer, Ask, Line, Listing};

pub(super) const GIVEN: &[Column] = &[
    Column::new("progress_lesson", Kind::Link),
    Column::new("progress_due", Kind::Day),
    Column::new("progress_questions", Kind::Whole),
    Column::new("progress_tried", Kind::Whole),
    Column::new("progress_work_state", Kind::Code("progress-work-state")),
    Column::new("id", Kind::Id),
];
pub(super) const QUESTIONS: &[Column] = &[
    Column::new("progress_number", Kind::Whole),
    Column::new("progress_question", Kind::Link),
    Column::new("progress_outcome", Kind::Code("progress-outcome")),
    Column::new("item_id", Kind::Id),
];
pub(super) const STANDINGS: &[Column] = &[
    Column::new("progress_learner", Kind::Link),
    Column::new("progress_competency", Kind::Text),
    Column::new("progress_standing", Kind::Code("progress-standing")),
    Column::new("progress_right", Kind::Whole),
    Column::new("progress_counted", Kind::Whole),
    Column::new("progress_wrong_in_a_row", Kind::Whole),
    Column::new("progress_last", Kind::Moment),
    Column::new("learner_id", Kind::Id),
    Column::new("competency_id", Kind::Id),
];
pub(super) const OWN: &[Column] = &[
    Column::new("progress_competency", Kind::Text),
    Column::new("progress_standing", Kind::Code("progress-standing")),
    Column::new("progress_why", Kind::Text),
    Column::new("progress_last", Kind::Moment),
    Column::new("competency_id", Kind::Id),
];
pub(super) const ANSWERS: &[Column] = &[
    Column::new("progress_learner", Kind::Link),
    Column::new("progress_number", Kind::Whole),
    Column::new("progress_outcome", Kind::Code("progress-outcome")),
    Column::new("progress_given", Kind::Text),
    Column::new("progress_mode", Kind::Code("progress-mode")),
    Column::new("progress_answered", Kind::Moment),
    Column::new("learner_id", Kind::Id),
    Column::new("id", Kind::Id),
];
pub(super) const LEVELS: &[Column] = &[
    Column::new("progress_learner", Kind::Link),
    Column::new("progress_level", Kind::Whole),
    Column::new("learner_id", Kind::Id),
];

/// The part of a list that is asked for; everything here is bounded by a class or a person.
fn page(ask: &Ask, title: String, rows: Vec<Line>) -> Answer {
    let query = ask.list();
    let from = match &query.after {
        Some(after) => rows
            .iter()
            .position(|row| row.key == *after)
            .map_or(0, |n| n + 1),
        None => 0,
    };
    let limit = usize::try_from(query.limit).unwrap_or(50);
    let more = rows.len() > from + limit;
    let rows = rows.into_iter().skip(from).take(limit).collect();
    Answer::List(Listing {
        title,
        rows,
        more,
        ..Listing::default()
    })
}

fn line(key: String, cells: Vec<Cell>) -> Line {
    Line {
        key,
        cells,
        href: None,
    }
}

/// What the learner who asks has been given.
pub(super) fn own_given(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let learner = ask.actor()?.account;
    let classes = classes::classes_of_learner(tx, learner, ask.today)?;
    let from = ask.today.plus(-LATE_DAYS);
    let all = given(tx, learner, &classes, (from, ask.today))?;
    let state = |work: &Work| match work.assignment.due_on {
        _ if work.is_done() => "done",
        _ if work.is_gone() => "gone",
        due if due < ask.today => "late",
        _ => "open",
    };
    let rows = all.iter().map(|work| {
        let a = &work.assignment;
        // A course asks what it asks: its questions are not counted here.
        let questions = |n: i64| Cell::or_not_applicable(a.resource.is_none().then_some(n));
        line(
            a.id.to_string(),
            vec![
                Cell::link(work.href(), ask.words.name(&a.names)),
                a.due_on.into(),
                questions(a.items),
                questions(work.done()),
                Cell::code(state(work)),
                a.id.into(),
            ],
        )
    });
    Ok(page(
        ask,
        ask.words.say("progress-given-title"),
        rows.collect(),
    ))
}

/// The questions of an assignment, with what became of each.
pub(super) fn questions(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let work = own_work(tx, ask)?;
    if let (Some(id), Some(whole)) = (work.assignment.resource, &work.whole) {
        let name = ask.words.name(&work.assignment.names).to_owned();
        let cells = vec![
            1_i64.into(),
            Cell::link(work.href(), name.clone()),
            Cell::code(whole.outcome().code()),
            id.into(),
        ];
        return Ok(page(ask, name, vec![line("1".to_owned(), cells)]));
    }
    let asked = store::asked(tx, work.assignment.id)?;
    let ids: Vec<Id> = asked.iter().map(|one| one.item).collect();
    let items: BTreeMap<Id, formats::Item> = lessons::items(tx, &ids)?
        .into_iter()
        .map(|row| (row.id, row.item))
        .collect();
    let rows = asked.iter().map(|one| {
        let prompt = items
            .get(&one.item)
            .map(|item| lessons::plain(item.prompt.get(lang_of(&ask.words))));
        let outcome = work.outcomes.get(&one.position);
        line(
            one.position.to_string(),
            vec![
                one.position.into(),
                Cell::link(
                    format!("{}/items/{}", work.href(), one.position),
                    prompt.unwrap_or_default(),
                ),
                Cell::code(outcome.copied().unwrap_or(Outcome::Open).code()),
                one.item.into(),
            ],
        )
    });
    let title = ask.words.name(&work.assignment.names).to_owned();
    Ok(page(ask, title, rows.collect()))
}

/// Competencies as one text each.
fn labels(tx: &mut Tx, ask: &Ask, ids: &BTreeSet<Id>) -> Result<BTreeMap<Id, String>> {
    let ids: Vec<Id> = ids.iter().copied().collect();
    let all = named(tx, &ask.words, &ids)?;
    let label = |code: &str, statement: &str| format!("{code} {statement}").trim().to_owned();
    Ok(all
        .into_iter()
        .map(|(id, code, statement)| (id, label(&code, &statement)))
        .collect())
}

/// How far every learner of a class is with everything begun.
pub(super) fn standings(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let class = class_of(tx, ask)?;
    let wanted = ask.list().filter("how_far").map(str::to_owned);
    let listed = classes::listed(tx, class.id, ask.today)?;
    let people: Vec<Id> = listed.iter().map(|one| one.person.id).collect();
    let mut by: BTreeMap<Id, Vec<Mastery>> = BTreeMap::new();
    for one in store::masteries_of(tx, &people)? {
        let here = wanted
            .as_deref()
            .is_none_or(|code| code == one.finding.standing.code());
        if here {
            by.entry(one.learner).or_default().push(one);
        }
    }
    let ids = by.values().flatten().map(|one| one.competency).collect();
    let labels = labels(tx, ask, &ids)?;
    let mut rows = Vec::new();
    for person in listed.iter().map(|one| &one.person) {
        for one in by.get(&person.id).into_iter().flatten() {
            let found = &one.finding;
            rows.push(line(
                format!("{}~{}", person.id, one.competency),
                vec![
                    Cell::link(
                        format!("/teach/learners/{}/progress", person.id),
                        person.name(),
                    ),
                    labels
                        .get(&one.competency)
                        .cloned()
                        .unwrap_or_default()
                        .into(),
                    Cell::code(found.standing.code()),
                    found.right.into(),
                    found.counted.into(),
                    found.wrong_in_a_row.into(),
                    Cell::or_unknown(found.last_at),
                    person.id.into(),
                    one.competency.into(),
                ],
            ));
        }
    }
    let name = ask.words.name(&class.names).to_owned();
    let title = ask
        .words
        .say_with("progress-class-title", &[("class", name.into())]);
    Ok(page(ask, title, rows))
}

/// How far a child is, and why, for whoever may see it.
pub(super) fn of_child(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let person = super::child::seen(tx, ask)?;
    let found = store::masteries(tx, person.id)?;
    let labels = labels(tx, ask, &found.iter().map(|one| one.competency).collect())?;
    let rows = found.iter().map(|one| {
        let (why, args) = one.finding.why();
        line(
            one.competency.to_string(),
            vec![
                labels
                    .get(&one.competency)
                    .cloned()
                    .unwrap_or_default()
                    .into(),
                Cell::code(one.finding.standing.code()),
                ask.words.say_with(why, &args).into(),
                Cell::or_unknown(one.finding.last_at),
                one.competency.into(),
            ],
        )
    });
    let rows = rows.collect();
    Ok(page(ask, person.name(), rows))
}

/// The latest try of every learner at every question of an assignment.
pub(super) fn answers(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let whole = super::assignment::whole(tx, ask)?;
    let mut rows = Vec::new();
    for one in &whole.listed {
        let person = &one.person;
        if let Some(tried) = whole.tries.get(&person.id) {
            let said = tried
                .score
                .map_or_else(String::new, |score| ask.words.share(score));
            rows.push(line(
                tried.id.to_string(),
                vec![
                    Cell::link(
                        super::resource::result_path(&whole.assignment, person.id),
                        person.name(),
                    ),
                    tried.number.into(),
                    Cell::code(tried.outcome().code()),
                    said.into(),
                    Cell::code(tried.way.code()),
                    tried.at.into(),
                    person.id.into(),
                    tried.id.into(),
                ],
            ));
        }
        for (_, last) in whole.last.range((person.id, 0)..=(person.id, i64::MAX)) {
            rows.push(line(
                last.id.to_string(),
                vec![
                    Cell::link(format!("/teach/attempts/{}", last.id), person.name()),
                    last.position.into(),
                    Cell::code(Outcome::of(last.score).code()),
                    last.response.clone().into(),
                    Cell::code(last.mode.clone()),
                    last.at.into(),
                    person.id.into(),
                    last.id.into(),
                ],
            ));
        }
    }
    let title = ask.words.name(&whole.assignment.names).to_owned();
    Ok(page(ask, title, rows))
}

/// The level every child was found at in a check.
pub(super) fn levels(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let check = store::check(tx, ask.id("id")?)?;
    classes::require_teaches(tx, ask.actor()?, check.class, ask.today)?;
    let found = store::levels(tx, check.id)?;
    let mut rows = Vec::new();
    for one in classes::listed(tx, check.class, ask.today)? {
        let id = one.person.id;
        rows.push(line(
            id.to_string(),
            vec![
                Cell::link(format!("/teach/learners/{id}/progress"), one.person.name()),
                Cell::or_unknown(found.get(&id).copied()),
                id.into(),
            ],
        ));
    }
    let title = ask.words.code("progress-ladder", check.ladder.code());
    let mut answer = page(ask, title, rows);
    if let Answer::List(list) = &mut answer {
        let label = ask.words.say("progress-levels");
        list.actions = vec![link(format!("/teach/levels/{}", check.id), label, true)];
    }
    Ok(answer)
}
