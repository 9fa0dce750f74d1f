//! Every SQL statement of this room.

mod assignments;
mod attempts;
mod levels;
mod masteries;
mod tries;

pub(crate) use assignments::*;
pub(crate) use attempts::*;
pub(crate) use levels::*;
pub(crate) use masteries::*;
pub(crate) use tries::*;

db::table!(
    /// When something is mastered, as a country decided.
    MASTERY_RULE = "mastery_rule" key 1 {
        id: Id, country: Text, competency_id: Id, kind: Text, m: Int, n: Int, version: Int,
    }
);

/// The ledgered tables of this room.
pub(crate) static TABLES: [&db::Table; 1] = [&MASTERY_RULE];
