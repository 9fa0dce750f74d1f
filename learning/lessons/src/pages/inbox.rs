//! What waits for somebody.

use crate::lesson::Lesson;
use crate::store;
use base::{Actor, Moment, Result, Role};
use db::Tx;
use web::{Ask, Waiting};

const SHOWN: i64 = 50;

fn waiting(ask: &Ask, lesson: &Lesson, key: &str, since: Moment) -> Waiting {
    let title = ask.words.name(&lesson.names);
    Waiting {
        href: format!("/learning/lessons/{}", lesson.id),
        text: ask.words.say_with(key, &[("title", title.into())]),
        since,
        due: None,
    }
}

/// What waits for the actor in this room.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut list = Vec::new();
    let held = actor
        .appointments
        .iter()
        .filter(|held| held.role == Role::ResourceReviewer);
    let countries: Vec<Option<String>> = held.map(|held| held.country.clone()).collect();
    for country in countries {
        for lesson in store::proposed(tx, country.as_deref(), SHOWN)? {
            let own = [lesson.made_by, lesson.offered_by].contains(&Some(actor.account));
            if !own {
                let since = lesson.offered_at.unwrap_or(lesson.made_at);
                list.push(waiting(ask, &lesson, "lessons-waits-review", since));
            }
        }
    }
    if actor.is_any(&[Role::Teacher, Role::SchoolHead, Role::LearningOfficer]) {
        for lesson in store::returned(tx, actor.account, SHOWN)? {
            let since = lesson.reviewed_at.unwrap_or(lesson.made_at);
            list.push(waiting(ask, &lesson, "lessons-waits-correction", since));
        }
    }
    Ok(list)
}
