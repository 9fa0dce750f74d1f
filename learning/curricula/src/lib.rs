//! What a country teaches: frameworks of competencies, how their editions follow one another, and
//! schemes of work week by week.
//!
//! Owns `framework`, `competency`, `association`, `scheme`, `scheme_week` and `scheme_aim`. What was
//! adopted is never changed: a new edition lies beside the old one.

mod acts;
mod case;
mod case_links;
mod case_write;
pub mod choose;
mod editions;
mod entries;
mod exchange;
mod forms;
mod forms_schemes;
mod framework;
mod levels;
mod pages;
mod rules;
mod scheme;
mod scheme_acts;
mod seal;
mod seed;
mod store;
mod store_schemes;
mod wire;

pub use acts::{Draft, adopt, begin, discard, edit, propose, send_back, withdraw};
pub use case_write::{Speech, Version, write_package};
pub use editions::next_edition;
pub use entries::{LINKS, add_entry, edit_entry, link, remove_entry};
pub use exchange::import_case;
pub use framework::{Association, Competency, Framework, GRADE_MAX, KINDS, SUBJECTS, Standing};
pub use rules::{Crossing, Entry, Fate};
pub use scheme::{Scheme, Week};
pub use scheme_acts::{
    Plan, adapt, adopt as adopt_scheme, begin as begin_scheme, copy as copy_scheme,
    propose as propose_scheme, put_week, restore_week, send_back as send_back_scheme,
    withdraw as withdraw_scheme,
};
pub use seed::{Seeded, seed_demo};

use base::{Day, Id, Lang, Result};
use db::{Migration, Tx};
use std::collections::BTreeMap;
use std::io::Write;
use web::{Check, MenuGroup, MenuItem, Room, Slot, Who};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261122_curricula",
    sql: include_str!("../migrations/20261122_curricula.sql"),
    sample: include_str!("../migrations/20261122_curricula.data.sql"),
}];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// The ledgered tables of this room.
static TABLES: [&db::Table; 6] = [
    &store::FRAMEWORK,
    &store::COMPETENCY,
    &store::ASSOCIATION,
    &store_schemes::SCHEME,
    &store_schemes::SCHEME_WEEK,
    &store_schemes::SCHEME_AIM,
];

/// The room.
pub fn room() -> Room {
    Room {
        name: "curricula",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: &TABLES,
        views: pages::views(),
        acts: forms::all(),
        inbox: Some(pages::inbox),
        wires: wire::all(),
        menu: vec![
            MenuItem {
                href: "/curricula",
                key: "curricula-menu",
                who: Who::Anyone,
                group: MenuGroup::Learning,
                order: 10,
            },
            MenuItem {
                href: "/schemes",
                key: "curricula-schemes-menu",
                who: Who::Anyone,
                group: MenuGroup::Learning,
                order: 12,
            },
        ],
        slots: vec![Slot {
            at: "country-page",
            fill: pages::of_country,
        }],
        checks: vec![Check {
            name: "curricula-unchanged",
            run: seal::unbroken,
        }],
        ..Room::default()
    }
}

// ---- the door: what later rooms ask

/// A framework.
///
/// # Errors
/// Missing when there is none.
pub fn framework(tx: &mut Tx, id: Id) -> Result<Framework> {
    store::framework(tx, id)
}

/// The frameworks in force in a country, by subject.
///
/// # Errors
/// A fault of the database.
pub fn frameworks(tx: &mut Tx, country: &str) -> Result<Vec<Framework>> {
    store::adopted(tx, country)
}

/// An entry of a framework.
///
/// # Errors
/// Missing when there is none.
pub fn competency(tx: &mut Tx, id: Id) -> Result<Competency> {
    store::competency(tx, id)
}

/// Those of the ids that are there, in the order of the ids.
///
/// # Errors
/// A fault of the database.
pub fn competencies(tx: &mut Tx, ids: &[Id]) -> Result<Vec<Competency>> {
    store::competencies(tx, ids)
}

/// Every entry of a framework, each before those below it.
///
/// # Errors
/// A fault of the database.
pub fn of_framework(tx: &mut Tx, framework: Id) -> Result<Vec<Competency>> {
    let all = store::of_framework(tx, framework)?;
    Ok(rules::tree(all).into_iter().map(|(_, one)| one).collect())
}

/// The entry with a code, in what is in force in a country.
///
/// # Errors
/// A fault of the database.
pub fn find_competency(tx: &mut Tx, country: &str, code: &str) -> Result<Option<Competency>> {
    store::by_code(tx, country, code)
}

/// How an edition follows the one before; nothing for a first edition.
///
/// # Errors
/// Missing when there is none.
pub fn crosswalk(tx: &mut Tx, framework: Id) -> Result<Vec<Crossing>> {
    let Some(before) = store::framework(tx, framework)?.supersedes else {
        return Ok(Vec::new());
    };
    let before = store::of_framework(tx, before)?;
    Ok(rules::crosswalk(
        before,
        store::of_framework(tx, framework)?,
    ))
}

/// Writes a framework as a CASE 1.1 package; `url` is the site's address.
///
/// # Errors
/// Missing when there is none; a fault when the writer fails.
pub fn export_case(tx: &mut Tx, framework: Id, url: &str, out: &mut impl Write) -> Result<()> {
    let speech = Speech {
        version: Version::V1p1,
        url: url.to_owned(),
    };
    write_package(tx, framework, &speech, out)
}

/// A scheme of work.
///
/// # Errors
/// Missing when there is none.
pub fn scheme(tx: &mut Tx, id: Id) -> Result<Scheme> {
    store_schemes::scheme(tx, id)
}

/// The scheme of work in force on a day: the school's own where it has one, else the national one.
///
/// # Errors
/// A fault of the database.
pub fn scheme_for(
    tx: &mut Tx,
    country: &str,
    school: Option<Id>,
    subject: &str,
    grade: i64,
    day: Day,
) -> Result<Option<Scheme>> {
    store_schemes::in_force(tx, (country, school), (subject, grade), day)
}

/// The week of a scheme a day lies in; none before it begins and after it ends.
pub fn week_of(scheme: &Scheme, day: Day) -> Option<i64> {
    rules::week_of(scheme.starts_on, scheme.weeks, day)
}

/// The weeks of a scheme, every number once; a school's own in place of the national ones.
///
/// # Errors
/// A fault of the database.
pub fn weeks(tx: &mut Tx, scheme: &Scheme) -> Result<Vec<Week>> {
    let mut weeks: BTreeMap<i64, Week> = BTreeMap::new();
    if let (Some(_), Some(national)) = (scheme.school, scheme.based_on) {
        for week in store_schemes::own_weeks(tx, national)? {
            weeks.insert(week.number, week);
        }
    }
    for mut week in store_schemes::own_weeks(tx, scheme.id)? {
        week.adapted = scheme.school.is_some();
        weeks.insert(week.number, week);
    }
    let blank = |number| Week {
        number,
        ..Week::default()
    };
    let every = (1..=scheme.weeks).map(|n| weeks.remove(&n).unwrap_or_else(|| blank(n)));
    Ok(every.collect())
}
