//! The verbs of lessons: write, take out, publish.

use super::{Lesson, store};
use crate::reports::{State, acts::open_report, acts::touch, store as reports};
use base::{Actor, Error, Id, Moment, Names, Refusal, Result, Role, Second};
use db::Tx;
use serde_json::json;

/// Writes a lesson with a report.
///
/// # Errors
/// Unless the actor speaks for the report's member and it may still be changed.
pub fn add_lesson(
    tx: &mut Tx,
    report: Id,
    kind: &str,
    words: &Names,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let (report, _) = open_report(tx, report, actor, now)?;
    if !super::LESSON_KINDS.contains(&kind) {
        return Err(Refusal::about("kind", "form-choose").into());
    }
    let lesson = Lesson {
        id: Id::new(now),
        report: report.id,
        deployment: report.deployment,
        country: report.country.clone(),
        member: report.member,
        kind: kind.to_owned(),
        words: words.clone(),
        written_by: actor.account,
        written_at: now,
        published_by: None,
        published_at: None,
        version: 1,
    };
    store::add(tx, &lesson)?;
    touch(
        tx,
        &report,
        "report.lesson-written",
        json!({ "kind": kind }),
        actor,
        now,
    )?;
    Ok(lesson.id)
}

/// Takes a lesson out of a report that may still be changed.
///
/// # Errors
/// Unless the actor speaks for the report's member.
pub fn remove_lesson(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<Id> {
    let lesson = store::hold(tx, id)?;
    let (report, _) = open_report(tx, lesson.report, actor, now)?;
    store::remove(tx, id)?;
    touch(tx, &report, "report.lesson-removed", json!({}), actor, now)?;
    Ok(report.id)
}

/// Publishes a lesson of an accepted report.
///
/// # Errors
/// Refused when it was published or its report was not accepted; by the secretariat only, and by
/// another person than its writer.
pub fn publish_lesson(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<Id> {
    if !actor.is_secretariat() {
        return Err(Error::Forbidden(Role::SecretariatOfficer.code()));
    }
    let mut lesson = store::hold(tx, id)?;
    let second = Second::after(&[lesson.written_by], actor)?;
    let report = reports::find(tx, lesson.report)?;
    if lesson.published_at.is_some() || report.state != State::Accepted {
        return Err(Refusal::whole("evidence-lesson-not-now").into());
    }
    (lesson.published_by, lesson.published_at) = (Some(second.account()), Some(now));
    store::save(tx, &lesson)?;
    touch(
        tx,
        &report,
        "lesson.published",
        json!({ "lesson": id.to_string() }),
        actor,
        now,
    )?;
    Ok(report.id)
}
