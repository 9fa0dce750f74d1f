//! Answers: by learners, from paper and mouth, marked and corrected.

use super::giving::own;
use super::told;
use crate::assignment::{Asked, Assignment, Attempt, Target};
use crate::{rules, store};
use base::{Actor, Day, Error, Id, Moment, Refusal, Refusals, Result, Role};
use db::Tx;
use formats::item::{Answer, Interaction, Item};
use records::{Answered, Kept, Mode};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

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

/// Whether a learner works, or worked on that day, at an assignment.
pub(crate) fn may_work(tx: &mut Tx, assignment: &Assignment, learner: Id, day: Day) -> Result<()> {
    let here = classes::enrolments(tx, learner)?
        .iter()
        .any(|one| one.class == assignment.class && one.role == Role::Learner && one.is_on(day));
    if !here {
        return Err(Error::Missing);
    }
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
    if let Some(known) = store::attempt(tx, id)? {
        return Ok(Saved {
            id,
            again: true,
            score: known.score,
        });
    }
    let assignment = store::assignment(tx, given.assignment)?;
    let at = rules::made_at(given.said_at, assignment.opens_on, now);
    may_work(tx, &assignment, given.learner, at.day())?;
    let asked = question(tx, assignment.id, given.position)?;
    let item = lessons::item(tx, asked.item)?.item;
    let answer = read(&item)?;
    if !assignment.is_open(now.day()) {
        return Err(Refusal::whole("progress-not-open").into());
    }
    if !(1..=TRIES_MAX).contains(&given.number) {
        return Err(Refusal::whole("progress-tries-over").into());
    }
    let marked = lessons::mark(&item, &answer, given.lang);
    let attempt = Attempt {
        id,
        learner: given.learner,
        assignment: assignment.id,
        class: assignment.class,
        position: given.position,
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
    // Who tries again on the same day practises: it changes nothing of what is mastered.
    let practises = attempt.number > 1
        && store::marked_since(tx, &attempt, Moment::start_of(attempt.at.day()))?;
    keep(tx, std::slice::from_ref(&attempt), &assignment, now)?;
    if attempt.score.is_some() && !practises {
        refresh_one(tx, given.learner, asked.competency, assignment.class, now)?;
    }
    Ok(Saved {
        id,
        again: false,
        score: attempt.score,
    })
}

/// Keeps tries in the record store and here.
fn keep(tx: &mut Tx, tries: &[Attempt], assignment: &Assignment, now: Moment) -> Result<()> {
    let statements: Vec<Answered> = tries
        .iter()
        .map(|one| Answered {
            id: one.id,
            learner: one.learner,
            item: one.item,
            lesson: Some(assignment.lesson),
            competency: one.competency,
            assignment: Some(assignment.id),
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
    for (one, kept) in tries.iter().zip(kept) {
        if kept == Kept::New {
            store::add_attempt(tx, one)?;
        }
    }
    Ok(())
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

/// Finds anew how far a learner is with a competency.
pub(crate) fn refresh(
    tx: &mut Tx,
    learner: Id,
    competency: Id,
    country: &str,
    now: Moment,
) -> Result<()> {
    let rule = store::rule_for(tx, country, competency)?;
    let whom = (learner, competency);
    let (mut tries, cut) = store::about(tx, whom, TRIES_WEIGHED, SITTINGS_READ)?;
    if cut && !rules::suffices(rule, &tries) {
        (tries, _) = store::about(tx, whom, TRIES_WEIGHED, store::SITTINGS)?;
    }
    let word = store::word(tx, learner, competency)?.map(|word| (word.id, word.mastered));
    let finding = rules::judge(rule, &tries, word);
    store::put_mastery(tx, learner, competency, &finding, now)
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
    keep(tx, std::slice::from_ref(&new), &assignment, now)?;
    refresh_one(tx, old.learner, old.competency, old.class, now)?;
    let about = json!({ "class": old.class, "assignment": old.assignment });
    told(tx, (now, actor), verb, ("attempt", new.id), about)?;
    Ok(new.id)
}

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
        keep(tx, &fresh, &assignment, now)?;
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
