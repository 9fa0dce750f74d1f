//! OneRoster 1.2 as CSV in a zip: read whole or refused whole with every row's reason, and written.

mod parts;
mod put;
mod read;
mod roster;
#[cfg(test)]
mod tests;
mod write;

pub(crate) use parts::parts;
pub(crate) use put::{Counts, Scope, put, resolve};
#[cfg(test)]
pub(crate) use read::grade;
pub(crate) use read::read;
pub(crate) use roster::{Refused, Roster};
pub(crate) use write::write;
