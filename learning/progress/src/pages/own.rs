//! A teacher's own version of a lesson she gave: where it begins, and what it takes the place of.

use super::link;
use crate::assignment::Assignment;
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

/// What the class has at the same time of the lesson this one was made from, or of its earlier editions.
fn earlier(tx: &mut Tx, a: &Assignment) -> Result<Vec<Assignment>> {
    let own = lessons::lesson(tx, a.lesson)?;
    if own.based_on.is_none() && own.edition == 1 {
        return Ok(Vec::new());
    }
    let mut given = store::of_class_between(tx, a.class, a.opens_on, a.due_on)?;
    given.retain(|other| other.resource.is_none() && other.lesson != a.lesson);
    let wanted: Vec<Id> = given
        .iter()
        .map(|other| other.lesson)
        .chain(own.based_on)
        .collect();
    let known = lessons::lessons(tx, &wanted)?;
    let from = own.based_on.and_then(|id| known.get(&id));
    given.retain(|other| {
        known.get(&other.lesson).is_some_and(|lesson| {
            let is_edition = lesson.series == own.series && lesson.edition < own.edition;
            is_edition || from.is_some_and(|from| lesson.series == from.series)
        })
    });
    Ok(given)
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
