//! Opens courses that were made elsewhere, and hears what they report.

mod cmi5;
mod packages;
mod results;

pub use packages::{Player, install_player, player, player_lacks, remove_player};
pub use results::{Reported, Way, begun, listen};

use base::Lang;
use db::Migration;
use web::Room;

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[
    cmi5::MIGRATION,
    packages::MIGRATION,
    Migration {
        name: "20261122_launch_results",
        sql: include_str!("../migrations/20261122_launch_results.sql"),
        sample: include_str!("../migrations/20261122_launch_results.data.sql"),
    },
    packages::WAYS,
    packages::PLAYER,
];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
    (Lang::En, include_str!("../lang/packages.en.ftl")),
    (Lang::Fr, include_str!("../lang/packages.fr.ftl")),
    (Lang::Ar, include_str!("../lang/packages.ar.ftl")),
];

/// The room.
pub fn room() -> Room {
    let both = |a: Room, b: Room| Room {
        name: "launch",
        migrations: MIGRATIONS,
        words: WORDS,
        views: [a.views, b.views].concat(),
        acts: [a.acts, b.acts].concat(),
        checks: [a.checks, b.checks].concat(),
        slots: [a.slots, b.slots].concat(),
        jobs: a.jobs.into_iter().chain(b.jobs).collect(),
        menu: [a.menu, b.menu].concat(),
        wires: [a.wires, b.wires].concat(),
        forgets: Some(forget),
        ..Room::default()
    };
    both(cmi5::part(), packages::part())
}

/// Takes a person out of everything this room keeps.
fn forget(tx: &mut db::Tx, person: base::Id, now: base::Moment) -> base::Result<u64> {
    Ok(cmi5::forget(tx, person, now)? + packages::forget(tx, person, now)?)
}

// ---- the door: what later rooms ask

/// Since when a learner has satisfied a cmi5 course; none while they have not.
///
/// # Errors
/// A fault of the database.
pub fn satisfied(
    tx: &mut db::Tx,
    learner: base::Id,
    resource: base::Id,
) -> base::Result<Option<base::Moment>> {
    cmi5::satisfied(tx, learner, resource)
}

/// Brings a small course of two units in three languages into a country's library, approved; answers the resource.
///
/// # Errors
/// A fault of the database or the disk.
pub fn seed_demo(
    tx: &mut db::Tx,
    files: &files::Files,
    country: &str,
    people: (base::Id, base::Id),
    now: base::Moment,
) -> base::Result<base::Id> {
    cmi5::seed_demo(tx, files, country, people, now)
}

/// Makes a key with which a program of a country runs courses, and answers it: it is shown only now.
///
/// # Errors
/// A fault of the database.
pub fn add_key(
    tx: &mut db::Tx,
    label: &str,
    country: &str,
    by: Option<base::Id>,
    now: base::Moment,
) -> base::Result<String> {
    cmi5::add_key(tx, (label, country), by, now)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_are_there_in_every_language() {
        lang::testing::same_keys(&super::WORDS[..3]);
        lang::testing::same_keys(&super::WORDS[3..]);
    }
}
