//! What people see: coming in, a teacher's day, classes, people, a school, paper.

pub(crate) mod class;
pub(crate) mod entry;
pub(crate) mod imports;
mod lessons;
mod marks;
pub(crate) mod paper;
pub(crate) mod person;
pub(crate) mod school;
pub(crate) mod teach;

use crate::acts::{HEADS, SCHOOL, STAFF};
use crate::person::Class;
use base::{Error, Id, Result};
use db::Tx;
use lang::Words;
use ui::{Column, Kind};
use web::{ActLink, Answer, Ask, Filter, Shape, View, Who};

/// Where somebody of a school finds what is theirs.
pub(crate) const ACCOUNT: &str = "/learn/account";

/// Every view of the room.
pub(crate) fn all() -> Vec<View> {
    let view = |path, who, shape, run: fn(&mut Tx, &Ask) -> Result<Answer>| View {
        path,
        who,
        shape,
        run,
    };
    let page = |path, who, run| view(path, who, Shape::Page, run);
    vec![
        page("/learn/sign-in", Who::Anyone, entry::sign_in),
        page(ACCOUNT, Who::SignedIn, entry::account),
        page("/teach", Who::Anyone, teach::today),
        page("/teach/classes/{id}", STAFF, class::one),
        page("/teach/classes/{id}/registers", STAFF, class::registers),
        page("/teach/classes/{id}/registers/{day}", STAFF, lessons::day),
        view(
            "/teach/classes/{id}/marks",
            STAFF,
            Shape::List(marks::MARKS, marks::MARK_FILTERS),
            marks::of_class,
        ),
        page("/teach/classes/{id}/timetable", STAFF, class::timetable),
        page("/teach/classes/{id}/groups", STAFF, class::groups),
        page("/teach/classes/{id}/sheet", STAFF, paper::register_sheet),
        page("/teach/classes/{id}/cards", STAFF, paper::cards),
        page("/teach/people/{id}/card", HEADS, paper::adult_card),
        view(
            "/teach/people/{id}",
            SCHOOL,
            Shape::Record(person::COLUMNS),
            person::one,
        ),
        page("/teach/schools/{id}", HEADS, school::one),
        view(
            "/teach/schools/{id}/people",
            HEADS,
            Shape::List(school::PEOPLE, school::ROLE_FILTER),
            school::people,
        ),
        view(
            "/teach/schools/{id}/classes",
            HEADS,
            Shape::List(school::CLASSES, &[]),
            school::classes,
        ),
        view(
            "/teach/schools/{id}/marks",
            HEADS,
            Shape::List(marks::MARKS, marks::MARK_FILTERS),
            marks::of_school,
        ),
        view(
            "/teach/schools/{id}/guardians",
            HEADS,
            Shape::List(school::GUARDIANS, school::TIE_FILTER),
            school::guardians,
        ),
        view(
            "/teach/schools/{id}/oneroster",
            HEADS,
            Shape::File,
            school::oneroster,
        ),
        page("/teach/imports/{id}", HEADS, imports::one),
    ]
}

/// A list without filters of its own.
pub(crate) const fn code_filter(
    name: &'static str,
    vocabulary: &'static str,
    codes: &'static [&'static str],
) -> Filter {
    Filter::codes(name, vocabulary, codes)
}

/// A link to an act or page, by the words' key.
pub(crate) fn action(words: &Words, href: impl Into<String>, key: &str, main: bool) -> ActLink {
    ActLink {
        href: href.into(),
        label: words.say(key),
        main,
    }
}

/// What a class is called, with its grade.
pub(crate) fn class_label(words: &Words, class: &Class) -> String {
    let name = words.name(&class.names).to_owned();
    let grade = curricula::choose::grade_label(words, class.grade);
    format!("{name} ({grade})")
}

/// The name of somebody who did something: of a school, or with an account of the site.
pub(crate) fn name_of(tx: &mut Tx, id: Id) -> Result<String> {
    match crate::store::people::person(tx, id) {
        Ok(person) => Ok(person.name()),
        Err(Error::Missing) => match ::people::person_name(tx, id) {
            Err(Error::Missing) => Ok(String::new()),
            other => other,
        },
        Err(other) => Err(other),
    }
}

/// The list columns shared by tables of people.
pub(crate) const CODE: Column = Column::new("code", Kind::Text);

/// The school of somebody's page, when the actor may look at it: the head and the learning officer at
/// everybody of the school, a teacher at their learners and at themselves.
pub(crate) fn see_person(tx: &mut Tx, ask: &Ask, id: Id) -> Result<Id> {
    let actor = ask.actor()?;
    let school = crate::acts::school_of(tx, actor, id, ask.today)?;
    let country = places::school(tx, school)?.country;
    if actor.account == id || crate::rules::require_runs(actor, school, &country).is_ok() {
        return Ok(school);
    }
    crate::door::require_may_see(tx, actor, id, ask.today)?;
    Ok(school)
}
