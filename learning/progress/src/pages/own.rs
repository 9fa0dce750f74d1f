//! A teacher's own version of a lesson she gave: where it begins, and what it takes the place of.

use super::link;
use crate::assignment::{Assignment, Target};
use crate::store;
use base::{Id, Result};
use db::Tx;
use lang::Words;
use ui::{Html, Tone, html};
use web::{ActLink, Ask};

/// Where a teacher puts something of her own into the lesson: what is published stays, so a school's own
/// lesson begins a new edition, or goes on with the one begun, and any other a copy.
pub(super) fn version(tx: &mut Tx, a: &Assignment, words: &Words) -> Result<ActLink> {
    let lesson = lessons::lesson(tx, a.lesson)?;
    let path = if lesson.school != Some(a.school) {
        format!("/learning/lessons/{}/adaptation", lesson.id)
    } else if let Some(draft) = lessons::draft_of(tx, &lesson)? {
        format!("/learning/lessons/{draft}")
    } else {
        format!("/learning/lessons/{}/edition", lesson.id)
    };
    Ok(link(path, words.say("progress-own-version"), false))
}

/// What the same learners have at the same time of what this lesson was made from.
fn earlier(tx: &mut Tx, a: &Assignment) -> Result<Vec<Assignment>> {
    let own = lessons::lesson(tx, a.lesson)?;
    if own.based_on.is_none() {
        return Ok(Vec::new());
    }
    let mut given = store::of_class_between(tx, a.class, a.opens_on, a.due_on)?;
    given.retain(|other| other.resource.is_none());
    let others: Vec<Id> = given.iter().map(|other| other.lesson).collect();
    let before = lessons::before(tx, &own, &others)?;
    given.retain(|other| before.contains(&other.lesson));
    let mine = store::targets(tx, a.id)?;
    let mut found = Vec::new();
    for other in given {
        let theirs = store::targets(tx, other.id)?;
        if mine
            .iter()
            .any(|one| theirs.iter().any(|two| meet(*one, *two)))
        {
            found.push(other);
        }
    }
    Ok(found)
}

/// Whether the same learner may stand behind both: two groups are not compared child by child.
fn meet(one: Target, two: Target) -> bool {
    match (one, two) {
        (Target::Group(one), Target::Group(two)) | (Target::Person(one), Target::Person(two)) => {
            one == two
        }
        _ => true,
    }
}

/// Says what learners have twice now, and leads to where it is taken back.
pub(super) fn replaced(tx: &mut Tx, ask: &Ask, a: &Assignment) -> Result<Html> {
    let words = &ask.words;
    if a.resource.is_some() || a.due_on < ask.today {
        return Ok(Html::new());
    }
    let mut out = Html::new();
    for other in earlier(tx, a)? {
        let path = format!("/teach/assignments/{}", other.id);
        let says = words.say_with(
            "progress-given-before",
            &[
                ("title", words.name(&other.names).into()),
                ("day", words.day(other.opens_on).into()),
            ],
        );
        let body = html!(
            "<p>{}</p><p>{}</p>",
            ui::link(&path, says),
            ui::link(
                &format!("{path}/withdrawal"),
                words.say("progress-given-before-button")
            )
        );
        out.push(ui::notice(words, Tone::Warn, body));
    }
    Ok(out)
}
