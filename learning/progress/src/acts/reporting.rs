//! Courses and packages: given like lessons, credited by what they report, put right by a teacher.

use super::answering::refresh;
use super::giving::{belongs, own};
use super::told;
use crate::assignment::{Asked, Assignment, Giving, Target};
use crate::tried::{ResourceTry, Way, standing, weight};
use crate::{rules, store};
use base::{Actor, Error, Id, Moment, Refusal, Refusals, Result};
use db::Tx;
use launch::Reported;
use resources::Resource;
use serde_json::json;

/// The kinds of resources that can be given: those that are opened and worked through.
pub(crate) const KINDS: [formats::Kind; 5] = [
    formats::Kind::Cmi5,
    formats::Kind::Scorm2004,
    formats::Kind::Scorm12,
    formats::Kind::H5p,
    formats::Kind::Html5,
];

/// Gives a course or package; `giving.lesson` is its resource.
///
/// # Errors
/// Refused with every reason; forbidden for whoever does not teach the class.
pub fn give_resource(tx: &mut Tx, giving: &Giving, actor: &Actor, now: Moment) -> Result<Id> {
    let class = classes::require_teaches(tx, actor, giving.class, now.day())?;
    let resource = usable(tx, giving.lesson, class.school, &class.country)?;
    rules::may_give(giving.opens_on, giving.due_on, now.day(), giving.to.len())?;
    for target in &giving.to {
        belongs(tx, class.id, *target, now.day())?;
    }
    let mut to = giving.to.clone();
    to.sort_unstable();
    to.dedup();
    if to.contains(&Target::Class(class.id)) {
        to = vec![Target::Class(class.id)];
    }
    // One row for each thing it teaches: the class's table asks for them.
    let mut about: Vec<Option<Id>> = resource.competencies.iter().copied().map(Some).collect();
    if about.is_empty() {
        about.push(None);
    }
    let asked: Vec<Asked> = about
        .into_iter()
        .zip(1..)
        .map(|(competency, position)| Asked {
            position,
            item: resource.id,
            competency,
        })
        .collect();
    let made = Assignment {
        id: Assignment::new_id(giving.opens_on, now),
        school: class.school,
        class: class.id,
        lesson: resource.id,
        resource: Some(resource.id),
        names: resource.names.clone(),
        subject: resource.subject.clone(),
        opens_on: giving.opens_on,
        due_on: giving.due_on,
        minutes: resource.minutes.unwrap_or(0),
        items: 1,
        made_by: actor.account,
        made_at: now,
        withdrawn: None,
        version: 1,
    };
    store::add_assignment(tx, &made, &to, &asked)?;
    let about = json!({ "class": class.id, "resource": resource.id, "targets": to.len() });
    told(
        tx,
        (now, actor),
        "progress.assigned",
        ("assignment", made.id),
        about,
    )?;
    Ok(made.id)
}

/// A course or package that this school may use today.
fn usable(tx: &mut Tx, id: Id, school: Id, country: &str) -> Result<Resource> {
    let refused = || Error::from(Refusal::about("resource", "progress-resource-not-usable"));
    let resource = match resources::resource(tx, id) {
        Ok(resource) => resource,
        Err(Error::Missing) => return Err(refused()),
        Err(error) => return Err(error),
    };
    let opens = KINDS.iter().any(|kind| kind.code() == resource.kind);
    if opens && resource.country == country && resource.is_usable(Some(school)) {
        Ok(resource)
    } else {
        Err(refused())
    }
}

/// Hears what a course or package has come to for a learner. The same run corrects itself; a new run is a
/// new try; a run a person has decided about says nothing more.
///
/// # Errors
/// A fault of the database.
pub(crate) fn reported(tx: &mut Tx, said: &Reported) -> Result<()> {
    hold(tx, said.learner, said.resource)?;
    let tries = store::resource_tries(tx, said.learner, said.resource)?;
    let way = Way::from(said.way);
    let score = said.score.map(|score| score.clamp(0.0, 1.0));
    let before = tries.iter().rfind(|one| one.run == said.run);
    let same = |one: &ResourceTry| {
        (one.way, one.done, one.passed, one.score) == (way, said.done, said.passed, score)
    };
    if before.is_some_and(|one| one.way.is_decided() || same(one)) {
        return Ok(());
    }
    let last = tries.iter().map(|one| one.number).max().unwrap_or(0);
    let new = ResourceTry {
        id: Id::new(said.at),
        learner: said.learner,
        resource: said.resource,
        number: before.map_or(last + 1, |one| one.number),
        run: said.run,
        way,
        done: said.done,
        passed: said.passed,
        score,
        weight: if way == Way::Waived {
            None
        } else {
            weight(said.passed, score)
        },
        statement: said.statement.or(before.and_then(|one| one.statement)),
        comment: None,
        at: said.at,
        entered_by: None,
        corrects: before.map(|one| one.id),
    };
    keep(tx, &new, before, said.at)
}

/// Nobody else changes a learner's tries at a resource until the transaction ends.
fn hold(tx: &mut Tx, learner: Id, resource: Id) -> Result<()> {
    tx.lock(&format!("resource-try {learner} {resource}"))
}

/// Keeps a try, and finds anew what is mastered.
fn keep(tx: &mut Tx, new: &ResourceTry, before: Option<&ResourceTry>, now: Moment) -> Result<()> {
    let resource = resources::resource(tx, new.resource)?;
    let about = if new.weight.is_some() {
        resource.competencies.clone()
    } else {
        Vec::new()
    };
    let mut touched = about.clone();
    if let Some(before) = before {
        touched.extend(store::tried_about(tx, before)?);
    }
    touched.sort_unstable();
    touched.dedup();
    store::add_resource_try(tx, new, &about)?;
    for competency in touched {
        refresh(tx, new.learner, competency, &resource.country, now)?;
    }
    Ok(())
}

/// A statement was voided: the try that rests on it no longer counts, by a new record that names it.
///
/// # Errors
/// A fault of the database.
pub(crate) fn voided(tx: &mut Tx, statement: Id) -> Result<()> {
    for old in store::tries_said_by(tx, statement)? {
        if old.way.is_decided() {
            continue;
        }
        let new = ResourceTry {
            id: Id::named("taken-back", &old.id.to_string()),
            way: Way::TakenBack,
            done: false,
            passed: None,
            score: None,
            weight: None,
            corrects: Some(old.id),
            ..old.clone()
        };
        keep(tx, &new, Some(&old), old.at)?;
    }
    Ok(())
}

/// What a teacher says of a learner's work with a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Passed,
    Done,
    NotPassed,
}

impl Verdict {
    /// The stable codes.
    pub const CODES: &[&str] = &["passed", "done", "not_passed"];
    /// The verdict of a code.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "passed" => Some(Self::Passed),
            "done" => Some(Self::Done),
            "not_passed" => Some(Self::NotPassed),
            _ => None,
        }
    }
}

/// Says what came of a learner's work with a given course, with a reason. The record that stood stays,
/// named by the new one; later tries count again.
///
/// # Errors
/// Refused with every reason; forbidden for who does not teach the class; missing for a learner it is not
/// given to.
pub fn say_result(
    tx: &mut Tx,
    (assignment, learner): (Id, Id),
    (verdict, percent, reason): (Verdict, Option<i64>, &str),
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let assignment = own(tx, assignment, actor, now.day())?;
    let resource = assignment.resource.ok_or(Error::Missing)?;
    super::answering::may_work(tx, &assignment, learner, now.day())?;
    let mut refusals = Refusals::default();
    if assignment.withdrawn.is_some() {
        refusals.push(Refusal::whole("progress-is-withdrawn"));
    }
    if percent.is_some_and(|percent| !(0..=100).contains(&percent)) {
        refusals.push(Refusal::about("percent", "progress-percent-range"));
    }
    let reason = match rules::said("reason", reason) {
        Ok(reason) => reason,
        Err(Error::Refused(why)) => {
            why.0.into_iter().for_each(|one| refusals.push(one));
            String::new()
        }
        Err(error) => return Err(error),
    };
    refusals.or(())?;
    hold(tx, learner, resource)?;
    let tries = store::resource_tries(tx, learner, resource)?;
    let old = standing(&tries).or_else(|| tries.last());
    let id = Id::new(now);
    let passed = match verdict {
        Verdict::Passed => Some(true),
        Verdict::Done => None,
        Verdict::NotPassed => Some(false),
    };
    #[expect(clippy::cast_precision_loss, reason = "at most a hundred")]
    let score = percent.map(|percent| percent as f64 / 100.0);
    let new = ResourceTry {
        id,
        learner,
        resource,
        // The last word stands last: nothing tried before it decides.
        number: tries.iter().map(|one| one.number).max().unwrap_or(0) + 1,
        run: tries.last().map_or(id, |one| one.run),
        way: Way::Teacher,
        done: verdict != Verdict::NotPassed,
        passed,
        score,
        weight: weight(passed, score),
        statement: None,
        comment: Some(reason),
        at: now,
        entered_by: Some(actor.account),
        corrects: old.map(|one| one.id),
    };
    keep(tx, &new, old, now)?;
    let about = json!({ "class": assignment.class, "assignment": assignment.id });
    told(
        tx,
        (now, actor),
        "progress.result_said",
        ("resource_try", id),
        about,
    )?;
    Ok(id)
}
