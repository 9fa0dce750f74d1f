//! Evidence: reports, claims and who contests them, visits of a third party, lessons, and what was
//! said in public.
//!
//! A figure is a claim: it has a level, somebody who stands for it, and a history. Nothing that was
//! once before others is deleted or overwritten: a correction is a new claim.

mod claims;
mod indicators;
mod statements;

pub use claims::door::{claim, corrections, each_claim, figures_of};
pub use claims::{
    Claim, ClaimScope, ClaimStep, Comparator, Correction, EVERYBODY, Figure, Level, METHODS,
    Standing,
};
pub use indicators::{Indicator, Outcome, Unit, indicator, indicators};
pub use statements::{Commitment, Files as PublicRecord, Named, Statement, import_public_record};

use base::{Lang, Moment, Result};
use db::{Migration, Tx};
use web::Room;

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261122_evidence",
    sql: include_str!("../migrations/20261122_evidence.sql"),
    sample: include_str!("../migrations/20261122_evidence.data.sql"),
}];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// The tables whose rows stand in facts, upstream first.
static TABLES: &[&db::Table] = &[
    &claims::store::CLAIM,
    &claims::store::CLAIM_STEP,
    &statements::store::SOURCE,
    &statements::store::STATEMENT,
    &statements::store::COMMITMENT,
    &statements::store::MEMBER,
];

/// The room.
pub fn room() -> Room {
    Room {
        name: "evidence",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: TABLES,
        ..Room::default()
    }
}

// ---- the rest of the door

/// Takes in the public record that ships, when there is none yet; answers whether it did.
///
/// # Errors
/// A fault of the database.
pub fn seed(tx: &mut Tx, now: Moment) -> Result<bool> {
    statements::acts::seed(tx, now)
}

/// What was said in public, word by word, in the record's order.
///
/// # Errors
/// A fault of the database.
pub fn statements(tx: &mut Tx) -> Result<Vec<Statement>> {
    statements::store::statements(tx)
}

/// What members promised in public.
///
/// # Errors
/// A fault of the database.
pub fn commitments(tx: &mut Tx) -> Result<Vec<Commitment>> {
    statements::store::commitments(tx)
}

/// Names in the public record; not the members of the coalition.
///
/// # Errors
/// A fault of the database.
pub fn members_named(tx: &mut Tx) -> Result<Vec<Named>> {
    statements::store::members(tx)
}
