//! The open pages: what the coalition is, where it stands, where its data come from.
//!
//! Reads everything, writes nothing. Every number of a page comes from one snapshot, named by the
//! number and fingerprint of the last fact, and leads to the rows it was counted from.

mod figures;
mod front;
mod lists;
mod rules;
mod store;

use base::Lang;
use web::{MenuGroup, MenuItem, Room, Shape, View, Who};

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// The room.
pub fn room() -> Room {
    let seen = |path, shape, run| View {
        path,
        who: Who::Anyone,
        shape,
        run,
    };
    Room {
        name: "portal",
        words: WORDS,
        views: vec![
            seen("/", Shape::Page, front::page),
            seen("/map", Shape::List(lists::COUNTRIES, &[]), lists::countries),
            seen(
                "/data/figures",
                Shape::List(lists::FIGURES, &[]),
                lists::figures,
            ),
            seen("/data/units", Shape::List(lists::UNITS, &[]), lists::units),
            seen(
                "/data/attribution",
                Shape::List(lists::SOURCES, &[]),
                lists::sources,
            ),
        ],
        menu: vec![MenuItem {
            href: "/",
            key: "portal-home",
            who: Who::Anyone,
            group: MenuGroup::Top,
            order: 10,
        }],
        ..Room::default()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_are_there_in_every_language() {
        lang::testing::same_keys(super::WORDS);
    }
}
