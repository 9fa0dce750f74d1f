//! Classes: a school's people, its classes and who was in them when, attendance, groups, guardians,
//! and how everybody comes in.
//!
//! Owns everything personal about learners, in tables that never enter a fact. What stands in a fact
//! is an identifier and a count. History is kept: an enrolment ends, it is not taken away.

mod acts;
mod bulk;
mod codes;
mod door;
mod oneroster;
mod pages;
mod person;
mod pictures;
mod rules;
mod seed;
mod sessions;
mod store;
pub mod testing;

pub use acts::import::{import_oneroster, try_oneroster};
pub use codes::{PICTURE_CODES, person_code_typed};
pub use door::{
    actor, add_class, add_group, add_person, attendance, attendance_of, class, classes_of_learner,
    classes_of_school, classes_of_teacher, end_group, enrol, enrolments, ever_learners, give_role,
    group, groups, groups_of, guardians_of, hours, learners, listed, listed_between, members,
    missed, name, person, person_by_code, persons, require_may_see, require_teaches, roles,
    set_members, sign_in_link, teachers, wards, with_role,
};
pub use person::{
    BASES, Class, Enrolment, Group, Held, Hour, Link, Listed, MARKS, Mark, Missed, NEEDS, NewClass,
    NewPerson, Person, RELATIONS,
};
pub use seed::{Seeded, seed_demo};
pub use sessions::{authenticate, named, touch};

use base::Lang;
use db::Migration;
use web::{Check, MenuGroup, MenuItem, Room, Slot, Who};

/// What the site needs of this room, where schools have people: accounts of the site come in as ever.
pub const DOOR: web::Door = web::Door {
    authenticate,
    touch,
    named,
};

/// This room's schema.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "20261122_classes",
        sql: include_str!("../migrations/20261122_classes.sql"),
        sample: include_str!("../migrations/20261122_classes.data.sql"),
    },
    Migration {
        name: "20261122_registers_by_lesson",
        sql: include_str!("../migrations/20261122_registers_by_lesson.sql"),
        sample: include_str!("../migrations/20261122_registers_by_lesson.data.sql"),
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
        name: "classes",
        migrations: MIGRATIONS,
        words: WORDS,
        views: pages::all(),
        acts: acts::all(),
        jobs: acts::import::jobs(),
        slots: vec![Slot {
            at: "school-page",
            fill: pages::school::of_school,
        }],
        inbox: Some(acts::inbox),
        checks: vec![Check {
            name: "school-registers",
            run: settled,
        }],
        menu: vec![
            MenuItem {
                href: "/teach",
                key: "classes-menu",
                who: acts::STAFF,
                group: MenuGroup::Learning,
                order: 10,
            },
            MenuItem {
                href: "/learn/sign-in",
                key: "sign-in-school-menu",
                who: Who::Stranger,
                group: MenuGroup::Learning,
                order: 90,
            },
        ],
        ..Room::default()
    }
}

/// Of every learner in a register, one mark holds.
fn settled(tx: &mut db::Tx) -> base::Result<Vec<String>> {
    let mut wrong = store::attendance::unsettled(tx)?;
    wrong.extend(store::lessons::unsettled(tx)?);
    Ok(wrong
        .iter()
        .map(|id| format!("register {id}: not one mark of each learner holds"))
        .collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_are_there_in_every_language() {
        lang::testing::same_keys(super::WORDS);
    }
}
