//! Giving lessons to classes, groups and children.

use super::told;
use crate::assignment::{Asked, Assignment, Giving, Target};
use crate::{rules, store};
use base::{Actor, Day, Error, Id, Moment, Refusal, Result};
use db::Tx;
use serde_json::json;

/// Gives a lesson.
///
/// # Errors
/// Refused with every reason; forbidden for whoever does not teach the class.
pub fn give(tx: &mut Tx, giving: &Giving, actor: &Actor, now: Moment) -> Result<Id> {
    let class = classes::require_teaches(tx, actor, giving.class, now.day())?;
    let lesson = usable(tx, giving.lesson, class.school, &class.country)?;
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
    let asked: Vec<Asked> = lessons::items_of(tx, lesson.id)?
        .iter()
        .zip(1..)
        .map(|(row, position)| Asked {
            position,
            item: row.id,
            competency: row.competency.or(lesson.competencies.first().copied()),
        })
        .collect();
    let made = Assignment {
        id: Assignment::new_id(giving.opens_on, now),
        school: class.school,
        class: class.id,
        lesson: lesson.id,
        resource: None,
        names: lesson.names.clone(),
        subject: lesson.subject.clone(),
        opens_on: giving.opens_on,
        due_on: giving.due_on,
        minutes: lesson.minutes,
        items: i64::try_from(asked.len()).unwrap_or(i64::MAX),
        made_by: actor.account,
        made_at: now,
        withdrawn: None,
        version: 1,
    };
    store::add_assignment(tx, &made, &to, &asked)?;
    let about = json!({ "class": class.id, "lesson": lesson.id, "targets": to.len() });
    told(
        tx,
        (now, actor),
        "progress.assigned",
        ("assignment", made.id),
        about,
    )?;
    Ok(made.id)
}

/// A lesson that this school may use today.
fn usable(tx: &mut Tx, id: Id, school: Id, country: &str) -> Result<lessons::Lesson> {
    let refused = || Error::from(Refusal::about("lesson", "progress-lesson-not-usable"));
    let lesson = match lessons::lesson(tx, id) {
        Ok(lesson) => lesson,
        Err(Error::Missing) => return Err(refused()),
        Err(error) => return Err(error),
    };
    let ours = lesson.school == Some(school) || lesson.for_all;
    if lesson.standing == lessons::Standing::Published && ours && lesson.country == country {
        Ok(lesson)
    } else {
        Err(refused())
    }
}

/// Whether a target is of the class.
pub(super) fn belongs(tx: &mut Tx, class: Id, target: Target, today: Day) -> Result<()> {
    let is = match target {
        Target::Class(id) => id == class,
        Target::Group(id) => match classes::group(tx, id) {
            Ok(group) => group.class == class,
            Err(Error::Missing) => false,
            Err(error) => return Err(error),
        },
        Target::Person(id) => classes::classes_of_learner(tx, id, today)?
            .iter()
            .any(|one| one.id == class),
    };
    if is {
        Ok(())
    } else {
        Err(Refusal::about("to", "progress-not-of-the-class").into())
    }
}

/// An assignment of a class the actor teaches.
pub(crate) fn own(tx: &mut Tx, id: Id, actor: &Actor, today: Day) -> Result<Assignment> {
    let assignment = store::assignment(tx, id)?;
    classes::require_teaches(tx, actor, assignment.class, today)?;
    Ok(assignment)
}

/// Gives an assignment other days.
///
/// # Errors
/// Refused with every reason; conflict when somebody else was first.
pub fn move_days(
    tx: &mut Tx,
    id: Id,
    (opens_on, due_on): (Day, Day),
    seen: i64,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let assignment = own(tx, id, actor, now.day())?;
    standing(&assignment)?;
    rules::may_give(opens_on, due_on, now.day(), 1)?;
    store::move_assignment(tx, id, (opens_on, due_on), seen)?;
    let about = json!({ "class": assignment.class, "opens_on": opens_on, "due_on": due_on });
    told(
        tx,
        (now, actor),
        "progress.moved",
        ("assignment", id),
        about,
    )
}

/// Takes an assignment back, with the reason. What was answered stays.
///
/// # Errors
/// Refused without a reason, or when it is back already; conflict when somebody else was first.
pub fn withdraw(
    tx: &mut Tx,
    id: Id,
    reason: &str,
    seen: i64,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let assignment = own(tx, id, actor, now.day())?;
    standing(&assignment)?;
    let reason = rules::said("reason", reason)?;
    store::withdraw_assignment(tx, id, &reason, now, seen)?;
    let about = json!({ "class": assignment.class });
    told(
        tx,
        (now, actor),
        "progress.withdrawn",
        ("assignment", id),
        about,
    )
}

fn standing(assignment: &Assignment) -> Result<()> {
    if assignment.withdrawn.is_some() {
        return Err(Refusal::whole("progress-is-withdrawn").into());
    }
    Ok(())
}

/// Keeps a teacher's note to the week of a class and subject.
///
/// # Errors
/// Forbidden for whoever does not teach the class.
pub fn note_week(
    tx: &mut Tx,
    (class, subject, day): (Id, &str, Day),
    note: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let class = classes::require_teaches(tx, actor, class, now.day())?;
    let week_on = day.monday();
    store::put_week(
        tx,
        (class.id, subject, week_on),
        note.trim(),
        actor.account,
        now,
    )?;
    let about = json!({ "subject": subject, "week": week_on });
    told(
        tx,
        (now, actor),
        "progress.planned",
        ("class", class.id),
        about,
    )
}
