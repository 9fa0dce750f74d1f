//! The database: one SQL text on SQLite and on PostgreSQL, and the only user of their drivers.
//!
//! The domain is synchronous: a whole act runs as one closure in one transaction. Answered means
//! on disk. Nothing outside the `engine` files knows which database it is.

mod beside;
mod constraint;
mod engine;
mod engine_postgres;
mod engine_sqlite;
mod migrate;
mod move_data;
mod open;
mod queue;
mod table;
pub mod testing;
mod tx;
mod val;

pub use constraint::{Constraint, on_check, on_constraint, on_reference, on_unique, violated};
pub use engine::Engine;
pub use migrate::Migration;
pub use move_data::{Moved, move_data, restore};
pub use open::{Db, Settings};
pub use queue::Stats;
pub use table::{Change, Column, ColumnKind, Table, table};
pub use tx::{Digest, Tx};
pub use val::{Reader, Row, Val};
