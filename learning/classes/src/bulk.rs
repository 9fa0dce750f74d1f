//! Many people, classes and enrolments at once: a list of thousands in a few statements.

use crate::person::{Enrolment, Held, NewClass, NewPerson};
use crate::{codes, store};
use base::{Id, Moment, Result};
use db::{Tx, Val};

/// Rows given to the database at a time.
const SLICE: usize = 2_000;

fn slices(
    tx: &mut Tx,
    rows: &[Vec<Val>],
    put: fn(&mut Tx, &[Vec<Val>]) -> Result<()>,
) -> Result<()> {
    rows.chunks(SLICE).try_for_each(|slice| put(tx, slice))
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// Adds people of one country under the ids given.
pub(crate) fn people(
    tx: &mut Tx,
    country: &str,
    new: &[(Id, NewPerson)],
    now: Moment,
) -> Result<()> {
    let first = store::next(tx, &format!("person {country}"), count(new.len()))?;
    let rows: Vec<Vec<Val>> = new
        .iter()
        .zip(first..)
        .map(|((id, person), number)| {
            store::people::person_row(*id, &codes::person_code(number), person, now)
        })
        .collect::<Result<_>>()?;
    slices(tx, &rows, store::people::add_people)
}

/// Gives roles; each with what its holder is sorted by.
pub(crate) fn roles(
    tx: &mut Tx,
    held: &[(Held, String)],
    by: Option<Id>,
    now: Moment,
) -> Result<()> {
    let rows: Vec<Vec<Val>> = held
        .iter()
        .map(|(held, key)| store::people::role_row(held, key, by, now))
        .collect();
    slices(tx, &rows, store::people::add_roles)
}

/// Adds classes under the ids given.
pub(crate) fn classes(tx: &mut Tx, new: &[(Id, NewClass)], now: Moment) -> Result<()> {
    let first = store::next(tx, "class", count(new.len()))?;
    let rows: Vec<Vec<Val>> = new
        .iter()
        .zip(first..)
        .map(|((id, class), number)| {
            store::classes::class_row(*id, &codes::class_code(number), class, now)
        })
        .collect::<Result<_>>()?;
    slices(tx, &rows, store::classes::add_classes)
}

/// An enrolment with what its person is sorted by and the id another register gave.
pub(crate) struct Enrolling {
    pub(crate) enrolment: Enrolment,
    pub(crate) key: String,
    pub(crate) sourced: Option<String>,
}

/// Enrols.
pub(crate) fn enrolments(
    tx: &mut Tx,
    new: &[Enrolling],
    by: Option<Id>,
    now: Moment,
) -> Result<()> {
    let rows: Vec<Vec<Val>> = new
        .iter()
        .map(|e| store::classes::enrolment_row(&e.enrolment, &e.key, e.sourced.as_deref(), by, now))
        .collect();
    slices(tx, &rows, store::classes::add_enrolments)
}
