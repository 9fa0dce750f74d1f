//! Offers: what members are ready for, what they offer, how much of it is held, and until when it
//! stands.
//!
//! Owns `offer`, `offer_capacity`, `offer_hold`, `capability` and `offer_import`. A pledge is never
//! counted, nothing held exceeds what there is, and what follows from dates or holds cannot be set.

mod acts;
mod forms;
mod import;
mod offer;
mod pages;
mod period;
mod published;
mod rules;
mod store;

pub use acts::{
    Announced, Readiness, add_capability, add_draft, approve, assure, check, commit, edit,
    give_back, pledge, register, release, reserve, send_back, submit, withdraw,
};
pub use import::{ImportReport, Remark, Whose, import_file};
pub use offer::{
    Capability, Held, Hold, Kind, Load, Offer, OpenOffer, Places, READINESS, Spoken, Stage, State,
    Terms,
};
pub use period::{Period, periods};
pub use rules::{ASSURED_DAYS, state_on};

use base::{Day, Id, Lang, Result};
use db::{Migration, Tx};
use std::collections::{BTreeMap, BTreeSet};
use web::{Check, MenuGroup, MenuItem, Room, Slot, Who};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261122_offers",
    sql: include_str!("../migrations/20261122_offers.sql"),
    sample: include_str!("../migrations/20261122_offers.data.sql"),
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
        name: "offers",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: &store::TABLES,
        views: pages::views(),
        acts: forms::all(),
        inbox: Some(pages::inbox),
        checks: vec![Check {
            name: "offers-held",
            run: balance,
        }],
        slots: vec![Slot {
            at: "member-page",
            fill: pages::of_member,
        }],
        menu: vec![
            MenuItem {
                href: "/offers",
                key: "offers-menu",
                who: Who::Anyone,
                group: MenuGroup::Coalition,
                order: 30,
            },
            MenuItem {
                href: "/offers/mine",
                key: "offers-mine-menu",
                who: pages::INSIDE,
                group: MenuGroup::Work,
                order: 31,
            },
        ],
        ..Room::default()
    }
}

/// What is held of every offer is what its periods say.
fn balance(tx: &mut Tx) -> Result<Vec<String>> {
    let mut wrong = store::out_of_balance(tx)?;
    wrong.extend(store::out_of_countries(tx)?);
    Ok(wrong
        .iter()
        .map(|id| format!("offer {id}: its periods hold another sum than its holds"))
        .collect())
}

// ---- the door: what later rooms ask

/// Every offer a matching round may use, by id: available, assured, not over, its member in standing.
/// What is left may be nothing: an offer that is all held is still there for what holds it.
///
/// # Errors
/// A fault of the database.
pub fn open(tx: &mut Tx, today: Day) -> Result<Vec<OpenOffer>> {
    let standing: BTreeSet<Id> = members::in_standing(tx)?.into_iter().collect();
    let mut organisations: BTreeMap<Id, people::Organisation> = BTreeMap::new();
    let mut found = store::open(tx, today)?;
    found.retain(|offer| standing.contains(&offer.organisation));
    for offer in &mut found {
        let organisation = match organisations.get(&offer.organisation) {
            Some(known) => known,
            None => {
                let read = people::organisation(tx, offer.organisation)?;
                organisations.entry(offer.organisation).or_insert(read)
            }
        };
        offer.organisation_name = organisation.names.clone();
        offer.home = organisation.country.clone();
        offer.sample = organisation.sample;
    }
    Ok(found)
}

/// An offer.
///
/// # Errors
/// Missing when there is none.
pub fn offer(tx: &mut Tx, id: Id) -> Result<Offer> {
    store::find(tx, id)
}

/// Every offer of a member, drafts and pledges too.
///
/// # Errors
/// A fault of the database.
pub fn offers_of(tx: &mut Tx, organisation: Id) -> Result<Vec<Offer>> {
    store::of(tx, organisation)
}

/// What there is of an offer and what is held of it, by period.
///
/// # Errors
/// A fault of the database.
pub fn loads(tx: &mut Tx, offer: Id) -> Result<Vec<Load>> {
    store::loads(tx, offer)
}

/// Where an offer stands today.
///
/// # Errors
/// Missing when there is none.
pub fn state(tx: &mut Tx, id: Id, today: Day) -> Result<State> {
    let offer = store::find(tx, id)?;
    let loads = store::loads(tx, id)?;
    Ok(state_on(&offer, &loads, today))
}

/// What somebody holds of an offer.
///
/// # Errors
/// A fault of the database.
pub fn held(tx: &mut Tx, holder: Id) -> Result<Option<Held>> {
    store::hold(tx, holder)
}

/// Offers two people let through and that are not over; pledges and drafts are never counted.
///
/// # Errors
/// A fault of the database.
pub fn count_available(tx: &mut Tx, today: Day) -> Result<i64> {
    store::count_available(tx, today)
}
