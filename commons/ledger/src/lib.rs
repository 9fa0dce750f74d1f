//! The ledger: an append-only chain of facts, and the balance of every need line.
//!
//! Owns `fact`, `ledger_head`, `movement` and `balance`. Every act appends a fact that carries the
//! image of each row it saved, chained by hash to the one before; nothing here is ever edited, and
//! no personal data enter. A need line's quantity is at every moment in eight buckets whose sum
//! the database itself checks.

mod audit;
mod balance;
mod bucket;
mod fact;
mod image;
mod pages;
mod replay;
mod room;
mod verify;

pub use balance::{
    Balance, Movement, balance, balances_of, history_of_line, of_offer, open_line, open_lines,
    resize_line, shift, shift_many, unbalanced,
};
pub use bucket::Bucket;
pub use fact::{Fact, FactRow, Filter, NO_FACT, facts, head, history, record, rows_of, tell};
pub use replay::{Compared, replay};
pub use room::{WORDS, room};
pub use verify::{Verdict, Verified, verify};

use db::{Migration, Table};

/// The ledger's schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261121_ledger",
    sql: include_str!("../migrations/20261121_ledger.sql"),
    sample: include_str!("../migrations/20261121_ledger.data.sql"),
}];

/// The ledger's own table of which facts carry images.
pub static TABLES: &[&Table] = &[&balance::MOVEMENT];
