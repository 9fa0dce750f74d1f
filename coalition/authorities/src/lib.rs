//! National authorities: who speaks for a country, on whose letter, until when.
//!
//! An officer records the letter, another person verifies it by calling back a channel known
//! before; only then do the people it names receive their roles. The calendar alone makes an
//! accreditation lapse. A delegation is always narrower and never longer than what it comes from.

mod accreditation;
mod acts;
mod pages;
mod rules;
mod store;

pub use accreditation::Authority;

use accreditation::{Accreditation, Standing, State};
use acts::AUTHORITY_ROLES;
use base::{Actor, Day, Error, Refusal, Result, Role};
use db::{Migration, Table, Tx};
use lang::Lang;
use web::{Check, MenuGroup, MenuItem, Room, Who};

/// This room's schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261121_authorities",
    sql: include_str!("../migrations/20261121_authorities.sql"),
    sample: include_str!("../migrations/20261121_authorities.data.sql"),
}];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// The tables whose rows stand in facts.
pub static TABLES: &[&Table] = &[
    &store::ACCREDITATION,
    &store::ACCREDITATION_PERSON,
    &store::CALL_BACK,
    &store::DELEGATION,
];

/// The room.
pub fn room() -> Room {
    Room {
        name: "authorities",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: TABLES,
        views: pages::all(),
        acts: acts::all(),
        inbox: Some(pages::inbox),
        checks: vec![Check {
            name: "authorities-four-eyes",
            run: store::breaches,
        }],
        menu: vec![MenuItem {
            href: "/authorities",
            key: "authorities-title",
            who: Who::Anyone,
            group: MenuGroup::Coalition,
            order: 70,
        }],
        ..Room::default()
    }
}

fn authority(a: Accreditation) -> Authority {
    Authority {
        id: a.id,
        country: a.country,
        organisation: a.organisation,
        valid_from: a.valid_from,
        valid_to: a.valid_to,
    }
}

/// The authority that may act for a country today.
///
/// # Errors
/// A fault of the database.
pub fn active(tx: &mut Tx, country: &str, today: Day) -> Result<Option<Authority>> {
    let verified = store::of_country(tx, country, State::Verified)?;
    Ok(verified
        .filter(|a| rules::standing(a, today) == Standing::Active)
        .map(authority))
}

/// Every authority that may act today, by country.
///
/// # Errors
/// A fault of the database.
pub fn actives(tx: &mut Tx, today: Day) -> Result<Vec<Authority>> {
    let verified = store::verified(tx, today, None)?.into_iter();
    Ok(verified
        .filter(|a| rules::standing(a, today) == Standing::Active)
        .map(authority)
        .collect())
}

/// The authority the actor speaks for, by its letter or by delegation.
///
/// # Errors
/// Forbidden when the actor has no such role in the country; refused with `authority-lapsed` when
/// the country has no active authority, or another one than the actor's.
pub fn require_active(tx: &mut Tx, actor: &Actor, country: &str, today: Day) -> Result<Authority> {
    require(tx, actor, country, AUTHORITY_ROLES, today)
}

/// The authority the actor signs for.
///
/// # Errors
/// As [`require_active`], for the signatory only.
pub fn require_signatory(
    tx: &mut Tx,
    actor: &Actor,
    country: &str,
    today: Day,
) -> Result<Authority> {
    require(tx, actor, country, &[Role::AuthoritySignatory], today)
}

fn require(
    tx: &mut Tx,
    actor: &Actor,
    country: &str,
    roles: &[Role],
    today: Day,
) -> Result<Authority> {
    let here =
        |a: &base::Appointment| roles.contains(&a.role) && a.country.as_deref() == Some(country);
    if !actor.appointments.iter().any(here) {
        return Err(Error::Forbidden(
            roles.first().map_or("", |role| role.code()),
        ));
    }
    let active = active(tx, country, today)?;
    active
        .filter(|a| !rules::speaks(actor, country, a.organisation, roles).is_empty())
        .ok_or_else(|| Refusal::whole("authority-lapsed").into())
}

/// The authority the actor speaks for in all of these places: a delegate's reach is narrower.
///
/// # Errors
/// As [`require_active`]; refused with `authority-outside-scope` when a place lies outside.
pub fn require_places(
    tx: &mut Tx,
    actor: &Actor,
    country: &str,
    places: &[String],
    today: Day,
) -> Result<Authority> {
    let authority = require_active(tx, actor, country, today)?;
    let held = rules::speaks(actor, country, authority.organisation, AUTHORITY_ROLES);
    let mut within = |place: &str, ancestor: &str| places::is_within(tx, place, ancestor);
    if rules::covers(&held, country, places, &mut within)? {
        Ok(authority)
    } else {
        Err(Refusal::about("places", "authority-outside-scope").into())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_are_there_in_every_language() {
        lang::testing::same_keys(super::WORDS);
    }
}
