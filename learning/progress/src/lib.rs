//! Assignments, attempts and mastery: a learner's school day, and what the teacher sees of it.
//!
//! Owns `assignment`, `attempt`, `mastery`, `judgement`, `plan_week`, `level_check` and the report's
//! comments. Every answer is a statement of the record store first; what stands here can be made
//! again from there.

mod acts;
mod assignment;
mod forms;
mod level;
mod mastery;
mod pages;
mod rules;
mod screen;
mod seed;
mod steps;
mod store;
mod tried;
mod wires;

pub use acts::{
    Answering, Entered, Entering, Line, Saved, Verdict, answer, comment_term, correct,
    enter_results, give, give_resource, hold_check, judge_by_word, mark, move_days, note_week,
    say_result, set_levels, set_rule, take_word_back, withdraw,
};
pub use assignment::{Asked, Assignment, Attempt, Giving, Outcome, Target};
pub use level::Ladder;
pub use mastery::{Finding, Judgement, Mastery, Rule, Standing, Try};
pub use rules::judge;
pub use seed::{DemoClass, SeededWeek, seed_demo};
pub use tried::{ResourceTry, Way};

use base::{Id, Lang, Moment, Result, Role};
use db::{Migration, Tx};
use web::{Check, MenuGroup, MenuItem, Room, Slot, Who};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "20261122_progress",
        sql: include_str!("../migrations/20261122_progress.sql"),
        sample: include_str!("../migrations/20261122_progress.data.sql"),
    },
    Migration {
        name: "20261122_resource_tries",
        sql: include_str!("../migrations/20261122_resource_tries.sql"),
        sample: include_str!("../migrations/20261122_resource_tries.data.sql"),
    },
    Migration {
        name: "20261122_sittings",
        sql: include_str!("../migrations/20261122_sittings.sql"),
        sample: include_str!("../migrations/20261122_sittings.data.sql"),
    },
    Migration {
        name: "20261122_steps",
        sql: include_str!("../migrations/20261122_steps.sql"),
        sample: include_str!("../migrations/20261122_steps.data.sql"),
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
    launch::listen(acts::reported);
    records::when_voided(acts::voided);
    Room {
        name: "progress",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: &store::TABLES,
        views: pages::views(),
        acts: forms::all(),
        inbox: Some(pages::inbox),
        checks: vec![Check {
            name: "progress-corrections",
            run: corrections,
        }],
        slots: vec![
            Slot {
                at: "class-page",
                fill: pages::fill_class,
            },
            Slot {
                at: "learner-page",
                fill: pages::fill_learner,
            },
            Slot {
                at: "lesson-page",
                fill: pages::fill_lesson,
            },
            Slot {
                at: "resource-page",
                fill: pages::fill_resource,
            },
            Slot {
                at: "teach-page",
                fill: pages::fill_teacher,
            },
        ],
        wires: wires::wires(),
        menu: vec![
            MenuItem {
                href: "/learn",
                key: "progress-learn-menu",
                who: Who::Any(&[Role::Learner]),
                group: MenuGroup::Top,
                order: 5,
            },
            MenuItem {
                href: "/learn",
                key: "progress-children",
                who: Who::Any(&[Role::Guardian]),
                group: MenuGroup::Top,
                order: 6,
            },
            MenuItem {
                href: "/teach/work",
                key: "progress-work-menu",
                who: Who::Any(&[Role::Teacher]),
                group: MenuGroup::Work,
                order: 42,
            },
            MenuItem {
                href: "/mastery",
                key: "progress-rules-menu",
                who: Who::Any(&[Role::LearningOfficer]),
                group: MenuGroup::Learning,
                order: 60,
            },
        ],
        forgets: Some(erase),
        ..Room::default()
    }
}

/// What was replaced is named by what replaced it.
fn corrections(tx: &mut Tx) -> Result<Vec<String>> {
    let broken = store::broken_chains(tx)?;
    Ok(broken
        .iter()
        .map(|id| format!("attempt {id}: what replaced it does not name it"))
        .collect())
}

/// Takes everything that tells of a learner out of this room; how many tries stay as numbers of
/// nobody. For whoever erases a learner's records: the fact is theirs.
///
/// # Errors
/// A fault of the database.
pub fn erase(tx: &mut Tx, learner: Id, now: Moment) -> Result<u64> {
    store::erase(tx, learner, Id::new(now))
}

/// How far a learner is with everything begun.
///
/// # Errors
/// A fault of the database.
pub fn masteries(tx: &mut Tx, learner: Id) -> Result<Vec<Mastery>> {
    store::masteries(tx, learner)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_are_there_in_every_language() {
        lang::testing::same_keys(super::WORDS);
    }
}
