//! Reports: many claims become totals that hold, and one snapshot holds all totals.
//!
//! A snapshot counts everything as of one fact; pages read the newest one only, so no page can
//! contradict itself, and every figure opens the rows it was counted from.

mod count;
pub mod interval;
pub mod labels;
mod pages;
pub mod parts;
mod rows;
mod snapshot;
mod store;
mod work;

pub use labels::Labels;
pub use snapshot::{Figure, Name, Scope, Snapshot};
pub use work::{take_now, take_snapshot};

use base::{Id, Lang, Result};
use db::{Migration, Tx};
use web::Room;

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "20261122_reports",
        sql: include_str!("../migrations/20261122_reports.sql"),
        sample: include_str!("../migrations/20261122_reports.data.sql"),
    },
    Migration {
        name: "20261123_things",
        sql: include_str!("../migrations/20261123_things.sql"),
        sample: include_str!("../migrations/20261123_things.data.sql"),
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
        name: "reports",
        migrations: MIGRATIONS,
        words: WORDS,
        views: pages::views(),
        menu: pages::menu(),
        jobs: vec![jobs::Kind {
            name: work::JOB,
            run: work::job,
        }],
        ..Room::default()
    }
}

/// The newest snapshot; none before the first count.
///
/// # Errors
/// A fault of the database.
pub fn snapshot_newest(tx: &mut Tx) -> Result<Option<Snapshot>> {
    store::newest(tx)
}

/// A snapshot that is still kept.
///
/// # Errors
/// A fault of the database.
pub fn snapshot(tx: &mut Tx, id: Id) -> Result<Option<Snapshot>> {
    store::find(tx, id)
}

/// Keeps a snapshot for ever: something published names it.
///
/// # Errors
/// A fault of the database.
pub fn keep(tx: &mut Tx, id: Id) -> Result<()> {
    store::keep(tx, id)
}

/// The figures of a snapshot about one thing, by code and level.
///
/// # Errors
/// A fault of the database.
pub fn figures(tx: &mut Tx, snapshot: Id, scope: &Scope) -> Result<Vec<Figure>> {
    store::figures(tx, snapshot, scope)
}

/// One figure of everything of a kind, such as of all countries.
///
/// # Errors
/// A fault of the database.
pub fn across(tx: &mut Tx, snapshot: Id, kind: &str, code: &str) -> Result<Vec<Figure>> {
    store::across(tx, snapshot, kind, code)
}
