//! Open data: what the coalition agreed, gave and counted, in the formats others can read.

mod check;
pub mod iati;
pub mod ocds;
mod sink;
pub mod table;
mod xml;

pub use check::Report;
pub use sink::{Sink, Written};

use base::Lang;
use db::Migration;
use web::Room;

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261128_publications",
    sql: include_str!("../migrations/20261128_publications.sql"),
    sample: include_str!("../migrations/20261128_publications.data.sql"),
}];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// The room.
pub fn room() -> Room {
    Room {
        name: "publications",
        migrations: MIGRATIONS,
        words: WORDS,
        ..Room::default()
    }
}
