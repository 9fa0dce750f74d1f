//! The verbs of this room: each loads, decides by a rule, saves and records a fact.

pub(crate) mod attendance;
pub(crate) mod classes;
pub(crate) mod entry;
pub(crate) mod guardians;
pub(crate) mod import;
pub(crate) mod lessons;
pub(crate) mod people;

use base::{Actor, Error, Id, Result, Role};
use db::Tx;
use web::{Act, Ask, Choice, Form, Waiting, Who};

/// Who works at a school.
pub(crate) const STAFF: Who = Who::Any(&[Role::Teacher, Role::SchoolHead]);
/// Who runs a school, or the schools of a country.
pub(crate) const HEADS: Who = Who::Any(&[Role::SchoolHead, Role::LearningOfficer]);
/// Everybody who sees the people of a school.
pub(crate) const SCHOOL: Who = Who::Any(&[Role::Teacher, Role::SchoolHead, Role::LearningOfficer]);

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let mut acts = entry::acts();
    acts.extend(people::acts());
    acts.extend(classes::acts());
    acts.extend(attendance::acts());
    acts.extend(lessons::acts());
    acts.extend(guardians::acts());
    acts.extend(import::acts());
    acts
}

/// A form without fields.
pub(crate) fn nothing() -> Form {
    Vec::new()
}

/// The school of that id, which the actor must run.
pub(crate) fn run_school(tx: &mut Tx, actor: &Actor, id: Id) -> Result<places::School> {
    let school = places::school(tx, id)?;
    crate::rules::require_runs(actor, id, &school.country)?;
    Ok(school)
}

/// A school where the actor may see the person: their own school, or one of their country.
pub(crate) fn school_of(tx: &mut Tx, actor: &Actor, person: Id, day: base::Day) -> Result<Id> {
    let roles = crate::store::people::roles(tx, person)?;
    let near = |h: &&crate::person::Held| {
        crate::rules::is_staff(actor, h.school) || actor.is_in(Role::LearningOfficer, &h.country)
    };
    let held = roles.iter().filter(near);
    let mut held: Vec<_> = held.collect();
    // Where they are now comes before where they were.
    held.sort_by_key(|h| !h.is_on(day));
    held.first()
        .map(|h| h.school)
        .ok_or(Error::Forbidden(Role::SchoolHead.code()))
}

/// The same, where the actor runs that school.
pub(crate) fn run_school_of(
    tx: &mut Tx,
    actor: &Actor,
    person: Id,
    day: base::Day,
) -> Result<places::School> {
    let roles = crate::store::people::roles(tx, person)?;
    let mut schools: Vec<Id> = roles
        .iter()
        .filter(|h| h.is_on(day))
        .map(|h| h.school)
        .collect();
    schools.extend(roles.iter().filter(|h| !h.is_on(day)).map(|h| h.school));
    for id in schools {
        if let Ok(school) = run_school(tx, actor, id) {
            return Ok(school);
        }
    }
    Err(Error::Forbidden(Role::SchoolHead.code()))
}

/// A class as a choice: grade and name.
pub(crate) fn class_choice(words: &lang::Words, class: &crate::person::Class) -> Choice {
    Choice {
        code: class.id.to_string(),
        label: crate::pages::class_label(words, class),
    }
}

/// Ties of guardians that wait at the schools the actor heads.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut waiting = Vec::new();
    for school in actor.schools(&[Role::SchoolHead]) {
        for link in crate::store::people::links_of_school(tx, school, Some(true), None, 50)? {
            waiting.push(Waiting {
                href: format!("/teach/guardians/{}/verification", link.id),
                text: ask.words.say("inbox-guardian"),
                since: link.asked_at,
                due: None,
            });
        }
    }
    Ok(waiting)
}
