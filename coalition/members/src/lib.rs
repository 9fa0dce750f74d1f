//! Members: how an organisation joins, how it is verified by one person and admitted by another,
//! and what its standing was on any day.
//!
//! Owns `membership`, `membership_step`, `membership_finding` and `membership_message`. Nobody
//! admits what they verified, and no date ends a membership.

mod acts;
mod forms;
mod membership;
mod pages;
mod rules;
mod store;
mod terms;

pub use acts::{
    admit, answer_clarification, apply, ask_clarification, decline, propose_removal, reinstate,
    remove, start_review, suspend, verify, withdraw,
};
pub use membership::{
    Application, Contact, Finding, Found, Membership, Message, Move, Person, State, Step,
};
pub use pages::marked;
pub use rules::plain_identifier;

use base::{Day, Error, Id, Lang, Refusal, Result};
use db::{Migration, Tx};
use web::{Check, MenuGroup, MenuItem, Room, Who};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261122_members",
    sql: include_str!("../migrations/20261122_members.sql"),
    sample: include_str!("../migrations/20261122_members.data.sql"),
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
        name: "members",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: &store::TABLES,
        views: pages::views(),
        acts: forms::all(),
        inbox: Some(pages::inbox),
        checks: vec![Check {
            name: "members-standing",
            run: check,
        }],
        menu: vec![
            MenuItem {
                href: "/members",
                key: "members-menu",
                who: Who::Anyone,
                group: MenuGroup::Coalition,
                order: 20,
            },
            MenuItem {
                href: "/applications",
                key: "members-applications",
                who: Who::SignedIn,
                group: MenuGroup::Work,
                order: 70,
            },
        ],
        ..Room::default()
    }
}

/// A membership's history ends where the membership stands.
fn check(tx: &mut Tx) -> Result<Vec<String>> {
    let wrong = store::out_of_step(tx)?;
    Ok(wrong
        .iter()
        .map(|id| format!("membership {id}: its history ends in another state"))
        .collect())
}

// ---- the door: what later rooms ask

/// The published standing of an organisation at the end of a day: admitted, suspended, removed or
/// withdrawn; none before it was admitted.
///
/// # Errors
/// A fault of the database.
pub fn standing(tx: &mut Tx, organisation: Id, day: Day) -> Result<Option<State>> {
    store::state_on(tx, organisation, day)
}

/// Lets only a member in standing go on: admitted, and not suspended.
///
/// # Errors
/// Refused with the standing it has.
pub fn require_in_standing(tx: &mut Tx, organisation: Id, today: Day) -> Result<()> {
    let state = standing(tx, organisation, today)?;
    if state == Some(State::Admitted) {
        return Ok(());
    }
    let word = state.map_or("members-no-member".to_owned(), |s| {
        format!("member-state-{}", s.code())
    });
    Err(Refusal::whole("members-not-in-standing")
        .with("state", base::Arg::Word(word))
        .into())
}

/// Whether the organisation is a member on a day, suspended or not.
///
/// # Errors
/// A fault of the database.
pub fn is_member(tx: &mut Tx, organisation: Id, day: Day) -> Result<bool> {
    let state = standing(tx, organisation, day)?;
    Ok(matches!(state, Some(State::Admitted | State::Suspended)))
}

/// Members in standing at the end of a day.
///
/// # Errors
/// A fault of the database.
pub fn count_on(tx: &mut Tx, day: Day) -> Result<i64> {
    store::count_on(tx, State::Admitted, day)
}

/// Members suspended at the end of a day; they are counted apart.
///
/// # Errors
/// A fault of the database.
pub fn suspended_on(tx: &mut Tx, day: Day) -> Result<i64> {
    store::count_on(tx, State::Suspended, day)
}

/// The latest membership or application of an organisation.
///
/// # Errors
/// A fault of the database.
pub fn membership_of(tx: &mut Tx, organisation: Id) -> Result<Option<Membership>> {
    store::latest(tx, organisation)
}

/// A membership by its own id.
///
/// # Errors
/// Missing when there is none.
pub fn membership(tx: &mut Tx, id: Id) -> Result<Membership> {
    store::find(tx, id)
}

/// A member organisation by its first name, case and accents apart.
///
/// # Errors
/// A fault of the database.
pub fn by_name(tx: &mut Tx, name: &str) -> Result<Option<Id>> {
    store::by_name_key(tx, &base::fold(name))
}

/// The organisations in standing now.
///
/// # Errors
/// A fault of the database.
pub fn in_standing(tx: &mut Tx) -> Result<Vec<Id>> {
    store::in_standing(tx)
}

/// The standing member whose affairs somebody asks about.
///
/// # Errors
/// Missing when the organisation was never a member.
pub fn require_known(tx: &mut Tx, organisation: Id) -> Result<Membership> {
    store::latest_admitted(tx, organisation)?.ok_or(Error::Missing)
}
