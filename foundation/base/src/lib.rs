//! The values every room speaks in: ids, days, moments, languages, roles, actors, errors.
//!
//! Pure: nothing here reads a clock (but [`Clock`]), a file (but [`Zone`], the machine's zoneinfo), a database or the web.

mod actor;
pub mod address;
pub mod discreet;
mod error;
mod id;
mod lang;
mod text;
mod time;
mod zone;

pub use actor::{Actor, Appointment, Role, Second};
pub use error::{Arg, Conflict, Error, Refusal, Refusals};
pub use id::Id;
pub use lang::Lang;
pub use text::{Names, fold};
pub use time::{Clock, Day, Moment};
pub use uuid::Uuid;
pub use zone::Zone;

/// What most functions of the house answer.
pub type Result<T> = std::result::Result<T, Error>;
