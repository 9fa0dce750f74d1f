//! What people see: the library, one resource, the rubric, what waits, a school's own.

mod desk;
mod library;
mod players;
mod resource;
mod rubric;
mod text;

pub(crate) use desk::inbox;
pub(crate) use library::of_competency;
pub(crate) use resource::{beside, known};
pub(crate) use text::render;

use crate::resource::Resource;
use base::{Result, Role};
use db::Tx;
use lang::Words;
use ui::Action;
use web::{MenuGroup, MenuItem, Shape, View, Who};

/// Who works on the library.
pub(crate) const INSIDE: Who = Who::Any(&[
    Role::LearningOfficer,
    Role::ResourceReviewer,
    Role::AuthoritySignatory,
]);
/// Who keeps a school's own material.
pub(crate) const AT_SCHOOL: Who = Who::Any(&[Role::SchoolHead, Role::Teacher]);
/// Who adds material.
pub(crate) const MAKERS: Who = Who::Any(&[Role::LearningOfficer, Role::SchoolHead, Role::Teacher]);

/// Every view of the room.
pub(crate) fn views() -> Vec<View> {
    let seen = |path, who, shape, run| View {
        path,
        who,
        shape,
        run,
    };
    vec![
        seen(
            "/resources",
            Who::Anyone,
            Shape::List(library::COLUMNS, library::FILTERS),
            library::library,
        ),
        seen(
            "/resources/desk",
            INSIDE,
            Shape::List(desk::COLUMNS, desk::FILTERS),
            desk::desk,
        ),
        seen(
            "/resources/mine",
            MAKERS,
            Shape::List(desk::COLUMNS, &[]),
            desk::mine,
        ),
        seen(
            "/resources/school",
            Who::SignedIn,
            Shape::List(desk::COLUMNS, &[]),
            desk::of_school,
        ),
        seen(
            "/resources/rubric",
            Who::Anyone,
            Shape::Page,
            rubric::rubric,
        ),
        seen(
            "/resources/licences",
            Who::Anyone,
            Shape::List(rubric::COLUMNS, &[]),
            rubric::licences,
        ),
        seen(
            "/resources/{id}",
            Who::Anyone,
            Shape::Record(resource::COLUMNS),
            resource::resource,
        ),
        seen(
            "/resources/{id}/print",
            Who::Anyone,
            Shape::Page,
            resource::print,
        ),
        seen(
            "/resources/imports/{id}",
            Who::Any(&[Role::LearningOfficer]),
            Shape::Page,
            crate::imports::page,
        ),
    ]
}

/// The room's entries of the menu.
pub(crate) fn menu() -> Vec<MenuItem> {
    vec![
        MenuItem {
            href: "/resources",
            key: "resources-menu",
            who: Who::Anyone,
            group: MenuGroup::Learning,
            order: 20,
        },
        MenuItem {
            href: "/resources/desk",
            key: "resources-desk-menu",
            who: INSIDE,
            group: MenuGroup::Work,
            order: 70,
        },
        MenuItem {
            href: "/resources/school",
            key: "resources-school-menu",
            who: AT_SCHOOL,
            group: MenuGroup::Learning,
            order: 21,
        },
    ]
}

pub(crate) fn action(words: &Words, href: &str, key: &str, main: bool) -> Action {
    Action {
        href: href.to_owned(),
        label: words.say(key),
        main,
    }
}

/// The title in the reader's language, else in the work's own.
pub(crate) fn title<'a>(words: &Words, resource: &'a Resource) -> &'a str {
    let names = &resource.names;
    names
        .0
        .get(words.lang().code())
        .or_else(|| resource.langs.iter().find_map(|lang| names.0.get(lang)))
        .map_or_else(|| names.get(words.lang()), String::as_str)
}

/// The names of languages, in the reader's.
fn languages(tx: &mut Tx, words: &Words, codes: &[String]) -> Result<String> {
    let mut all = Vec::with_capacity(codes.len());
    for code in codes {
        all.push(places::language_name(tx, code, words.lang())?);
    }
    Ok(words.list(&all))
}

/// The bytes of a form or a resource, in words.
fn size(words: &Words, bytes: i64) -> String {
    ui::size(words, usize::try_from(bytes).unwrap_or(0))
}

/// The name of a licence.
fn licence_name(tx: &mut Tx, words: &Words, code: &str) -> Result<String> {
    let named = crate::national::terms(tx, code)?;
    Ok(named.map_or_else(
        || code.to_owned(),
        |known| known.name(words.lang()).to_owned(),
    ))
}
