//! cmi5: courses of units that are opened here, lie anywhere, and report to the record store.

mod acts;
mod api;
mod bring;
mod course;
mod credit;
mod desk;
mod forms;
mod gate;
mod pages;
mod rules;
#[cfg(test)]
mod rules_test;
mod said;
mod seed;
mod store;
mod wires;

pub(crate) use seed::seed_demo;

use base::{Id, Lang, Moment, Result, Role};
use db::{Migration, Tx};
use web::{MenuGroup, MenuItem, Room, Slot, Who};

/// What this part keeps.
pub(crate) const MIGRATION: Migration = Migration {
    name: "20261122_launch",
    sql: include_str!("../migrations/20261122_launch.sql"),
    sample: include_str!("../migrations/20261122_launch.data.sql"),
};

/// What this part brings to the room.
pub(crate) fn part() -> Room {
    records::welcome(gate::GUESTS);
    Room {
        views: pages::views(),
        acts: forms::all(),
        slots: vec![Slot {
            at: "resource-page",
            fill: desk::of_resource,
        }],
        wires: wires::wires(),
        menu: vec![
            MenuItem {
                href: "/learn/courses",
                key: "launch-learn-menu",
                who: Who::Any(&[Role::Learner]),
                group: MenuGroup::Learning,
                order: 8,
            },
            MenuItem {
                href: "/courses",
                key: "launch-menu",
                who: pages::LOOKS,
                group: MenuGroup::Learning,
                order: 58,
            },
        ],
        ..Room::default()
    }
}

/// Since when a learner has satisfied a course.
pub(crate) fn satisfied(tx: &mut Tx, learner: Id, resource: Id) -> Result<Option<Moment>> {
    store::satisfied(tx, learner, resource)
}

/// Makes a key for running courses.
pub(crate) fn add_key(
    tx: &mut Tx,
    (label, country): (&str, &str),
    by: Option<Id>,
    now: Moment,
) -> Result<String> {
    let secret = acts::random();
    let key = store::Key {
        id: Id::new(now),
        label: label.to_owned(),
        country: country.to_owned(),
        made_by: by,
        made_at: now,
        ended_at: None,
    };
    store::add_key(tx, &key, &acts::hash(&secret))?;
    ledger::tell(
        tx,
        (now, by),
        "launch.key_made",
        ("launch_key", key.id),
        serde_json::json!({ "country": country }),
    )?;
    Ok(secret)
}

/// Takes a person out of everything courses told.
pub(crate) fn forget(tx: &mut Tx, learner: Id, now: Moment) -> Result<u64> {
    store::forget(tx, learner, Id::new(now))
}

/// The text in the reader's language.
pub(crate) fn in_lang(titles: &formats::item::Text, lang: Lang) -> String {
    let same = |code: &str| code.split('-').next() == Some(lang.code());
    let own = titles
        .0
        .iter()
        .find(|(code, text)| same(code) && !text.trim().is_empty());
    let text = own.map_or_else(|| titles.get(lang.code()), |(_, text)| text.as_str());
    formats::plain(text).trim().to_owned()
}
