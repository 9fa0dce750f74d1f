//! The teacher's own word, the country's rules, the report's comments.

use super::{refresh, told};
use crate::mastery::{Judgement, Rule};
use crate::{rules, store};
use base::{Actor, Day, Error, Id, Moment, Result, Role};
use db::Tx;
use serde_json::json;

/// The country of a learner whom the actor teaches today.
fn taught(tx: &mut Tx, actor: &Actor, learner: Id, today: Day) -> Result<String> {
    for class in classes::classes_of_learner(tx, learner, today)? {
        if classes::require_teaches(tx, actor, class.id, today).is_ok() {
            return Ok(class.country);
        }
    }
    Err(Error::Forbidden(Role::Teacher.code()))
}

/// A teacher says that a learner masters something, or does not yet, and why.
///
/// # Errors
/// Refused without a reason; forbidden for who does not teach the learner.
pub fn judge_by_word(
    tx: &mut Tx,
    (learner, competency): (Id, Id),
    mastered: bool,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let country = taught(tx, actor, learner, now.day())?;
    let reason = rules::said("reason", reason)?;
    curricula::competency(tx, competency)?;
    let word = Judgement {
        id: Id::new(now),
        learner,
        competency,
        mastered,
        reason,
        by: actor.account,
        at: now,
    };
    store::add_word(tx, &word)?;
    refresh(tx, learner, competency, &country, now)?;
    let about = json!({ "competency": competency, "mastered": mastered });
    told(
        tx,
        (now, actor),
        "progress.judged",
        ("judgement", word.id),
        about,
    )?;
    Ok(word.id)
}

/// Takes the teacher's word back: the rule decides again.
///
/// # Errors
/// Missing when there is none; forbidden for who does not teach the learner.
pub fn take_word_back(
    tx: &mut Tx,
    (learner, competency): (Id, Id),
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let country = taught(tx, actor, learner, now.day())?;
    let word = store::word(tx, learner, competency)?.ok_or(Error::Missing)?;
    store::withdraw_words(tx, learner, competency, now)?;
    refresh(tx, learner, competency, &country, now)?;
    let about = json!({ "competency": competency });
    told(
        tx,
        (now, actor),
        "progress.word_back",
        ("judgement", word.id),
        about,
    )
}

/// Sets a country's rule of mastery, for all or for one competency. What is known of learners is
/// found anew with their next answer.
///
/// # Errors
/// Forbidden for everybody but the country's learning officers; conflict when somebody was first.
pub fn set_rule(
    tx: &mut Tx,
    (country, competency): (&str, Option<Id>),
    rule: Rule,
    seen: i64,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    if !actor.is_in(Role::LearningOfficer, country) {
        return Err(Error::Forbidden(Role::LearningOfficer.code()));
    }
    if let Some(competency) = competency {
        curricula::competency(tx, competency)?;
    }
    let id = store::put_rule(tx, country, competency, rule, seen, now)?;
    let about = json!({ "country": country, "competency": competency, "rule": rule.line() });
    told(
        tx,
        (now, actor),
        "progress.ruled",
        ("mastery_rule", id),
        about,
    )?;
    Ok(id)
}

/// Writes the comment of a learner's term report.
///
/// # Errors
/// Forbidden for who does not teach the class.
pub fn comment_term(
    tx: &mut Tx,
    (class, learner, term): (Id, Id, &str),
    comment: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    classes::require_teaches(tx, actor, class, now.day())?;
    store::put_term_comment(
        tx,
        (class, learner, term),
        comment.trim(),
        actor.account,
        now,
    )?;
    let about = json!({ "term": term });
    told(
        tx,
        (now, actor),
        "progress.commented",
        ("class", class),
        about,
    )
}
