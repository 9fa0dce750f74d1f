//! Packages that run in the browser: SCORM, HTML5 and H5P.

mod credit;
mod given;
mod h5p;
mod heard;
mod inject;
mod kept;
mod outline;
mod pages;
mod play;
mod player;
mod questions;
mod report;
mod sequencing;
mod store;
mod token;
mod way;
mod wire;

pub use player::{Player, install_player, player, player_lacks, remove_player};

use base::{Id, Moment, Result};
use db::{Migration, Tx};
use web::Room;

/// What this part keeps.
pub(crate) const MIGRATION: Migration = Migration {
    name: "20261122_packages",
    sql: include_str!("../migrations/20261122_packages.sql"),
    sample: include_str!("../migrations/20261122_packages.data.sql"),
};

/// The ways of learners through packages that have an order of their own.
pub(crate) const WAYS: Migration = Migration {
    name: "20261122_packages_way",
    sql: include_str!("../migrations/20261122_packages_way.sql"),
    sample: include_str!("../migrations/20261122_packages_way.data.sql"),
};

/// The program that plays H5P files, where one is installed.
pub(crate) const PLAYER: Migration = Migration {
    name: "20261123_player",
    sql: include_str!("../migrations/20261123_player.sql"),
    sample: include_str!("../migrations/20261123_player.data.sql"),
};

/// What this part brings to the room.
pub(crate) fn part() -> Room {
    Room {
        views: pages::views(),
        slots: pages::slots(),
        wires: wire::wires(),
        ..Room::default()
    }
}

/// Takes a person out of what packages reported.
pub(crate) fn forget(tx: &mut Tx, person: Id, _: Moment) -> Result<u64> {
    store::forget(tx, person)
}
