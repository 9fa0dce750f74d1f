//! Answers: saved once, judged, marked and corrected.

use super::told;
use crate::assignment::{Asked, Assignment, Attempt, Target};
use crate::mastery::Mastery;
use crate::steps::{Step, Steps};
use crate::{rules, store};
use base::{Actor, Day, Error, Id, Moment, Refusal, Result, Role};
use db::Tx;
use formats::item::{Answer, Item};
use records::{Answered, Kept, Mode};
use serde_json::json;
use std::collections::BTreeSet;

/// Tries a learner may make at one question of an assignment.
pub(crate) const TRIES_MAX: i64 = 50;

/// A learner's answer.
#[derive(Clone, Debug)]
pub struct Answering {
    pub assignment: Id,
    pub position: i64,
    pub learner: Id,
    /// Which try it is, as the page it was made on counted.
    pub number: i64,
    pub answer: Answer,
    pub mode: Mode,
    pub seconds: Option<i64>,
    /// When it was made, as the learner's own phone says.
    pub said_at: Option<Moment>,
    /// The language it was answered in.
    pub lang: &'static str,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Saved {
    pub id: Id,
    /// It was saved before: nothing was changed.
    pub again: bool,
    pub score: Option<f64>,
}

/// The newest sittings about a competency that are read first; mostly they decide.
const SITTINGS_READ: i64 = 20;
/// The newest tries about a competency that a rule may weigh.
pub(crate) const TRIES_WEIGHED: i64 = 200;

/// The id of a try: the same answer sent twice is one. It begins as its assignment's does, so that
/// what a class answers together lies together, and few places of the disk are written.
pub(crate) fn attempt_id(assignment: Id, learner: Id, position: i64, number: i64) -> Id {
    let name = format!("{assignment} {learner} {position} {number}");
    let mut bytes = Id::named("answer", &name).0.into_bytes();
    for (byte, of_assignment) in bytes.iter_mut().zip(assignment.0.as_bytes()).take(6) {
        *byte = *of_assignment;
    }
    Id(base::Uuid::from_bytes(bytes))
}

/// Whether a learner is, or was on that day, in a class.
fn is_in(tx: &mut Tx, class: Id, learner: Id, day: Day) -> Result<()> {
    let here = classes::enrolments(tx, learner)?
        .iter()
        .any(|one| one.class == class && one.role == Role::Learner && one.is_on(day));
    if here { Ok(()) } else { Err(Error::Missing) }
}

/// Whether a learner works, or worked on that day, at an assignment.
pub(crate) fn may_work(tx: &mut Tx, assignment: &Assignment, learner: Id, day: Day) -> Result<()> {
    is_in(tx, assignment.class, learner, day)?;
    let targets = store::targets(tx, assignment.id)?;
    if targets.contains(&Target::Class(assignment.class))
        || targets.contains(&Target::Person(learner))
    {
        return Ok(());
    }
    let groups: BTreeSet<Id> = classes::groups_of(tx, learner)?
        .iter()
        .map(|g| g.id)
        .collect();
    let of_group = targets
        .iter()
        .any(|t| matches!(t, Target::Group(id) if groups.contains(id)));
    // Who has begun with a group goes on after leaving it.
    // A try at a course belongs to the learner, not to what was given.
    let begun =
        assignment.resource.is_none() && !store::scores_of(tx, assignment.id, learner)?.is_empty();
    if of_group || begun {
        Ok(())
    } else {
        Err(Error::Missing)
    }
}

/// The question at a place of an assignment.
pub(crate) fn question(tx: &mut Tx, assignment: Id, position: i64) -> Result<Asked> {
    store::asked_at(tx, assignment, position)?.ok_or(Error::Missing)
}

/// Who answers which question, for the how-manieth time, on what.
pub(crate) struct Try {
    pub assignment: Id,
    pub position: i64,
    pub learner: Id,
    pub number: i64,
    pub mode: Mode,
    pub seconds: Option<i64>,
    pub said_at: Option<Moment>,
    pub lang: &'static str,
}

/// Saves a learner's answer: marked where a machine can, kept in the record store, durable.
///
/// # Errors
/// Missing when the learner has no such question; refused when it is not open.
pub fn answer(tx: &mut Tx, given: &Answering, now: Moment) -> Result<Saved> {
    let one = Try {
        assignment: given.assignment,
        position: given.position,
        learner: given.learner,
        number: given.number,
        mode: given.mode,
        seconds: given.seconds,
        said_at: given.said_at,
        lang: given.lang,
    };
    save(tx, &one, &|_| Ok(given.answer.clone()), now)
}

/// Saves an answer that is read once the question is known.
///
/// # Errors
/// As [`answer`]; whatever the reader refuses.
pub(crate) fn save(
    tx: &mut Tx,
    given: &Try,
    read: &dyn Fn(&Item) -> Result<Answer>,
    now: Moment,
) -> Result<Saved> {
    let id = attempt_id(
        given.assignment,
        given.learner,
        given.position,
        given.number,
    );
    let new = match weighed(tx, id, given, read, now) {
        Ok(new) => new,
        // What was saved before stays saved, whatever has changed since.
        Err(why @ (Error::Missing | Error::Refused(_))) => {
            return saved_before(tx, id)?.ok_or(why);
        }
        Err(why) => return Err(why),
    };
    let (attempt, lesson) = &new;
    match keep(tx, std::slice::from_ref(attempt), *lesson, now) {
        Ok(1..) => {}
        Ok(0) => return saved_before(tx, id)?.ok_or(Error::Missing),
        Err(why @ Error::Refused(_)) => return saved_before(tx, id)?.ok_or(why),
        Err(why) => return Err(why),
    }
    step(tx, attempt, now)?;
    Ok(Saved {
        id,
        again: false,
        score: attempt.score,
    })
}

/// What became of an answer when it was sent for the first time.
fn saved_before(tx: &mut Tx, id: Id) -> Result<Option<Saved>> {
    let known = store::attempt(tx, id)?;
    Ok(known.map(|known| Saved {
        id,
        again: true,
        score: known.score,
    }))
}

/// A learner's answer as it is to be kept, and the lesson it belongs to; writes nothing.
fn weighed(
    tx: &mut Tx,
    id: Id,
    given: &Try,
    read: &dyn Fn(&Item) -> Result<Answer>,
    now: Moment,
) -> Result<(Attempt, Id)> {
    let (assignment, learner, position) = (given.assignment, given.learner, given.position);
    let place = store::place(tx, (assignment, position), learner)?;
    let at = rules::made_at(given.said_at, place.opens_on, now);
    if place.is_named {
        is_in(tx, place.class, learner, at.day())?;
    } else {
        let whole = store::assignment(tx, assignment)?;
        may_work(tx, &whole, learner, at.day())?;
    }
    let asked = place.asked.ok_or(Error::Missing)?;
    let item = lessons::item(tx, asked.item)?.item;
    let answer = read(&item)?;
    if place.is_withdrawn || place.opens_on > now.day() {
        return Err(Refusal::whole("progress-not-open").into());
    }
    if !(1..=TRIES_MAX).contains(&given.number) {
        return Err(Refusal::whole("progress-tries-over").into());
    }
    let marked = lessons::mark(&item, &answer, given.lang);
    let attempt = Attempt {
        id,
        learner,
        assignment,
        class: place.class,
        position,
        item: asked.item,
        competency: asked.competency,
        number: given.number,
        mode: given.mode.code().to_owned(),
        response: answer.response(),
        score: marked.right.map(|_| marked.score),
        comment: None,
        seconds: given.seconds.map(|s| s.clamp(0, 7_200)),
        at,
        received_at: now,
        entered_by: None,
        corrects: None,
        replaced_by: None,
    };
    Ok((attempt, place.lesson))
}

/// Keeps tries in the record store and here; how many of them were new.
pub(super) fn keep(tx: &mut Tx, tries: &[Attempt], lesson: Id, now: Moment) -> Result<usize> {
    let statements: Vec<Answered> = tries
        .iter()
        .map(|one| Answered {
            id: one.id,
            learner: one.learner,
            item: one.item,
            lesson: Some(lesson),
            competency: one.competency,
            assignment: Some(one.assignment),
            mode: Mode::parse(&one.mode).unwrap_or(Mode::Web),
            response: one.response.clone(),
            score: one.score,
            success: one.score.map(|score| score >= rules::RIGHT),
            seconds: one.seconds,
            at: if one.corrects.is_some() { now } else { one.at },
            entered_by: one.entered_by,
            corrects: one.corrects,
        })
        .collect();
    let kept = match statements.as_slice() {
        [one] => vec![records::append_answer(tx, one, now)?],
        all => records::append_answers(tx, all, now)?,
    };
    let mut new = 0;
    for (one, kept) in tries.iter().zip(kept) {
        if kept == Kept::New {
            store::add_attempt(tx, one)?;
            new += 1;
        }
    }
    Ok(new)
}

/// How far a learner is after one more try. Who tries again on the same day practises: it changes nothing.
fn step(tx: &mut Tx, new: &Attempt, now: Moment) -> Result<()> {
    let (Some(competency), Some(score)) = (new.competency, new.score) else {
        return Ok(());
    };
    let (item, at) = (new.item, new.at);
    if let Some((before, steps)) = store::stepped(tx, new.learner, competency)? {
        match steps.step(&before, &crate::mastery::Try { item, at, score }) {
            Step::On(finding, steps) => {
                let mastery = Mastery {
                    learner: new.learner,
                    competency,
                    finding,
                };
                return store::step_mastery(tx, &mastery, &steps);
            }
            Step::Met if store::met_before(tx, new, competency)? => return Ok(()),
            Step::Met | Step::Unknown => {}
        }
    }
    refresh_one(tx, new.learner, Some(competency), new.class, now)
}

fn refresh_one(
    tx: &mut Tx,
    learner: Id,
    competency: Option<Id>,
    class: Id,
    now: Moment,
) -> Result<()> {
    match competency {
        Some(competency) => {
            let country = classes::class(tx, class)?.country;
            refresh(tx, learner, competency, &country, now)
        }
        None => Ok(()),
    }
}

/// Finds anew, from the tries themselves, how far a learner is with a competency.
pub(crate) fn refresh(
    tx: &mut Tx,
    learner: Id,
    competency: Id,
    country: &str,
    now: Moment,
) -> Result<()> {
    let rule = store::rule_for(tx, country, competency)?;
    let whom = (learner, competency);
    let (mut tries, mut cut) = store::about(tx, whom, TRIES_WEIGHED, SITTINGS_READ)?;
    if cut && !rules::suffices(rule, &tries) {
        (tries, cut) = store::about(tx, whom, TRIES_WEIGHED, store::SITTINGS)?;
    }
    let cut = cut || i64::try_from(tries.len()).is_ok_and(|read| read >= TRIES_WEIGHED);
    let word = store::word(tx, learner, competency)?.map(|word| (word.id, word.mastered));
    let counted = rules::counted(&tries);
    let mastery = Mastery {
        learner,
        competency,
        finding: rules::judge_counted(rule, &counted, word),
    };
    let steps = Steps::of(&counted, cut).filter(|_| word.is_none());
    store::put_mastery(tx, &mastery, (country, steps.as_ref()), now)
}

/// Marks open work: right, partly or not yet, with a word to the learner.
///
/// # Errors
/// Refused when it was marked already or the score is none; forbidden for who does not teach the class.
pub fn mark(
    tx: &mut Tx,
    id: Id,
    score: f64,
    comment: &str,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let old = store::attempt_at(tx, id)?;
    if !old.waits() {
        classes::require_teaches(tx, actor, old.class, now.day())?;
        return Err(Refusal::whole("progress-marked-already").into());
    }
    put_right(tx, &old, (score, comment), "progress.marked", actor, now)
}

/// Corrects a mark: a new record that names the old one, with the reason.
///
/// # Errors
/// Refused without a reason, or when a newer record stands in its place.
pub fn correct(
    tx: &mut Tx,
    id: Id,
    score: f64,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let reason = rules::said("reason", reason)?;
    let old = store::attempt_at(tx, id)?;
    put_right(tx, &old, (score, &reason), "progress.corrected", actor, now)
}

fn put_right(
    tx: &mut Tx,
    old: &Attempt,
    (score, comment): (f64, &str),
    verb: &'static str,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    classes::require_teaches(tx, actor, old.class, now.day())?;
    if !(0.0..=1.0).contains(&score) {
        return Err(Refusal::about("score", "progress-score-range").into());
    }
    let new = Attempt {
        id: Id::named("correction", &old.id.to_string()),
        score: Some(score),
        comment: Some(comment.trim().to_owned()).filter(|text| !text.is_empty()),
        received_at: now,
        entered_by: Some(actor.account),
        corrects: Some(old.id),
        replaced_by: None,
        ..old.clone()
    };
    if old.replaced_by.is_some() || !store::replace(tx, old.id, new.id)? {
        return Err(Refusal::whole("progress-corrected-already").into());
    }
    let assignment = store::assignment(tx, old.assignment)?;
    keep(tx, std::slice::from_ref(&new), assignment.lesson, now)?;
    refresh_one(tx, old.learner, old.competency, old.class, now)?;
    let about = json!({ "class": old.class, "assignment": old.assignment });
    told(tx, (now, actor), verb, ("attempt", new.id), about)?;
    Ok(new.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whenever assignments were given, and whoever answers what: what opens earlier lies before.
        #[test]
        fn answers_lie_by_the_day_their_assignment_opens(
            given in proptest::array::uniform2(0_i64..100 * 86_400),
            opens in proptest::array::uniform2(0_i64..1_000),
            learners in proptest::array::uniform2("[a-z]{1,8}"),
            places in proptest::array::uniform2((1_i64..200, 1..=TRIES_MAX)),
        ) {
            let first = Day::new(2026, 9, 1).ok_or_else(|| TestCaseError::fail("no such day"))?;
            let id = |n: usize| {
                let now = Moment::start_of(first).plus_seconds(given[n]);
                let assignment = Assignment::new_id(first.plus(opens[n]), now);
                attempt_id(assignment, Id::named("learner", &learners[n]), places[n].0, places[n].1)
            };
            let (one, other) = (id(0), id(1));
            if opens[0] != opens[1] {
                prop_assert_eq!(one < other, opens[0] < opens[1]);
            }
        }
    }
}
