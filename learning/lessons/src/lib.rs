//! Items and the lessons made of them: what a learner reads and answers, apart from any channel.
//!
//! Owns `item`, `lesson`, `lesson_step`, `lesson_unit` and `lesson_competency`. What was published never changes: an
//! edit is a new item or a new edition.

mod acts;
mod answer;
mod brought;
mod choose;
mod exchange;
mod figure;
mod forms;
mod item_acts;
mod item_forms;
mod lesson;
pub mod lines;
mod mark;
mod number;
mod pages;
mod rules;
mod seed;
mod short;
mod shown;
mod sounds;
mod step_forms;
mod store;
mod terms;

pub use acts::{
    Terms, adapt, add_step, begin, begin_unit, edit, keeper_school, move_step, next_edition, offer,
    publish, remove_step, review, text_body, withdraw, word_step,
};
pub use answer::{key, read_answer, read_short, right_answer};
pub use figure::{Figure, drawn, plain};
pub use item_acts::{NewItem, add_item, add_items, edit_item, withdraw_item};
pub use lesson::{Body, ItemRow, Lesson, Review, Standing, Step, Unit};
pub use mark::{Marked, mark};
pub use pages::render_step;
pub use rules::{Keeper, may_see};
pub use seed::{Seeded, seed_unit};
pub use short::{in_short, on_paper};
pub use shown::{
    ANSWER_MAX, CONTROLS, answer_form, content, dir, entered, letter, mixed, render_item, said,
    spoken,
};

use base::{Id, Lang, Result};
use db::{Migration, Tx};
use std::collections::{BTreeMap, BTreeSet};
use web::{Check, MenuGroup, MenuItem, Room, Slot, Who};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "20261122_lessons",
        sql: include_str!("../migrations/20261122_lessons.sql"),
        sample: include_str!("../migrations/20261122_lessons.data.sql"),
    },
    Migration {
        name: "20261122_lesson_sounds",
        sql: include_str!("../migrations/20261122_lesson_sounds.sql"),
        sample: include_str!("../migrations/20261122_lesson_sounds.data.sql"),
    },
];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// The room.
pub fn room() -> Room {
    Room {
        name: "lessons",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: &store::TABLES,
        views: pages::views(),
        acts: forms::all(),
        inbox: Some(pages::inbox),
        slots: vec![
            Slot {
                at: "competency-page",
                fill: pages::of_competency,
            },
            Slot {
                at: "resource-page",
                fill: pages::of_resource,
            },
        ],
        menu: vec![
            MenuItem {
                href: "/learning/lessons",
                key: "lessons-menu",
                who: Who::Anyone,
                group: MenuGroup::Learning,
                order: 30,
            },
            MenuItem {
                href: "/learning/lessons/mine",
                key: "lessons-mine",
                who: forms::WRITERS,
                group: MenuGroup::Work,
                order: 60,
            },
        ],
        checks: vec![Check {
            name: "lessons-fixed",
            run: fixed,
        }],
        ..Room::default()
    }
}

/// What was published cannot change, and every lesson is found by what it teaches.
fn fixed(tx: &mut Tx) -> Result<Vec<String>> {
    let loose = store::loose(tx)?;
    let lost = store::misaligned(tx)?;
    let mut wrong: Vec<String> = loose
        .iter()
        .map(|id| format!("item {id}: a published lesson holds it, and it can still be changed"))
        .collect();
    wrong.extend(
        lost.iter()
            .map(|id| format!("lesson {id}: its competencies are not those it is found by")),
    );
    Ok(wrong)
}

// ---- the door: what later rooms ask

/// A lesson.
///
/// # Errors
/// Missing when there is none.
pub fn lesson(tx: &mut Tx, id: Id) -> Result<Lesson> {
    store::lesson(tx, id)
}

/// The edition of a lesson that was begun and is not published yet.
///
/// # Errors
/// A fault of the database.
pub fn draft_of(tx: &mut Tx, lesson: &Lesson) -> Result<Option<Id>> {
    Ok(rules::begun(&store::editions(tx, lesson.series)?))
}

/// Which of these a lesson may take the place of: its earlier editions, and every edition of what its first was copied from.
///
/// # Errors
/// A fault of the database.
pub fn before(tx: &mut Tx, lesson: &Lesson, others: &[Id]) -> Result<BTreeSet<Id>> {
    let editions = store::editions(tx, lesson.series)?;
    let from = editions.first().and_then(|first| first.based_on);
    let wanted: Vec<Id> = others.iter().copied().chain(from).collect();
    let known = lessons(tx, &wanted)?;
    let from = from.and_then(|id| known.get(&id)).map(|one| one.series);
    let is_before = |one: &&Id| {
        known.get(one).is_some_and(|one| {
            let is_edition = one.series == lesson.series && one.edition < lesson.edition;
            is_edition || Some(one.series) == from
        })
    };
    Ok(others.iter().filter(is_before).copied().collect())
}

/// Lessons by their ids, one after another; those that are not there are left out.
///
/// # Errors
/// A fault of the database.
pub fn lessons(tx: &mut Tx, ids: &[Id]) -> Result<BTreeMap<Id, Lesson>> {
    let mut found = BTreeMap::new();
    for id in ids {
        if found.contains_key(id) {
            continue;
        }
        match store::lesson(tx, *id) {
            Ok(lesson) => {
                found.insert(*id, lesson);
            }
            Err(base::Error::Missing) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// The lesson with this code, as people read it from paper.
///
/// # Errors
/// A fault of the database.
pub fn lesson_by_code(tx: &mut Tx, country: &str, code: &str) -> Result<Option<Lesson>> {
    store::lesson_by_code(tx, country, &code.trim().to_uppercase())
}

/// The steps of a lesson in their order.
///
/// # Errors
/// A fault of the database.
pub fn steps(tx: &mut Tx, lesson: Id) -> Result<Vec<Step>> {
    store::steps(tx, lesson)
}

/// An item.
///
/// # Errors
/// Missing when there is none.
pub fn item(tx: &mut Tx, id: Id) -> Result<ItemRow> {
    store::item(tx, id)
}

/// Items by their ids, in the order asked; those that are not there are left out.
///
/// # Errors
/// A fault of the database.
pub fn items(tx: &mut Tx, ids: &[Id]) -> Result<Vec<ItemRow>> {
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        match store::item(tx, *id) {
            Ok(item) => found.push(item),
            Err(base::Error::Missing) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// The exercise set of a lesson: its items in the order of the steps, one query.
///
/// # Errors
/// A fault of the database.
pub fn items_of(tx: &mut Tx, lesson: Id) -> Result<Vec<ItemRow>> {
    store::items_of(tx, lesson)
}

/// The item with this code, as people read it from paper.
///
/// # Errors
/// A fault of the database.
pub fn item_by_code(tx: &mut Tx, country: &str, code: &str) -> Result<Option<ItemRow>> {
    store::item_by_code(tx, country, &code.trim().to_uppercase())
}

/// Published lessons that teach a competency: those for all, and the school's own.
///
/// # Errors
/// A fault of the database.
pub fn teaching(tx: &mut Tx, competency: Id, school: Option<Id>) -> Result<Vec<Lesson>> {
    store::teaching(tx, competency, school)
}

/// What may be assigned: published lessons for all in the country, and the school’s own; by grade, subject, unit.
///
/// # Errors
/// A fault of the database.
pub fn usable(
    tx: &mut Tx,
    country: &str,
    school: Option<Id>,
    subject: Option<&str>,
    grade: Option<i64>,
) -> Result<Vec<Lesson>> {
    let mut search = store::Search {
        shelf: store::Shelf::Open(Some(country.to_owned())),
        q: None,
        subject: subject.map(str::to_owned),
        grade,
        lang: None,
        after: None,
        limit: 500,
    };
    let mut found = store::lessons(tx, &search)?;
    if let Some(school) = school {
        search.shelf = store::Shelf::School(school);
        let own = store::lessons(tx, &search)?;
        found.extend(
            own.into_iter()
                .filter(|(lesson, _)| lesson.standing == Standing::Published && !lesson.for_all),
        );
    }
    found.sort_by(|(a, ka), (b, kb)| (ka, a.id).cmp(&(kb, b.id)));
    Ok(found.into_iter().map(|(lesson, _)| lesson).collect())
}

/// A unit.
///
/// # Errors
/// Missing when there is none.
pub fn unit(tx: &mut Tx, id: Id) -> Result<Unit> {
    store::unit(tx, id)
}

/// The published lessons of a unit in their order.
///
/// # Errors
/// A fault of the database.
pub fn of_unit(tx: &mut Tx, unit: Id) -> Result<Vec<Lesson>> {
    store::of_unit(tx, unit)
}
