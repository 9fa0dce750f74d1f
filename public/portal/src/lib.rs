//! The open pages: what the coalition is, where it stands, where its data come from.
//!
//! Reads everything, writes nothing. Every number comes from the newest snapshot of `reports`, says
//! as of when, and opens its rule and its rows.

mod board;
mod embed;
mod front;
mod kept;
mod lists;
mod map;

use base::Lang;
use web::{MenuGroup, MenuItem, Room, Shape, Slot, View, Who};

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
            seen("/map", Shape::List(map::COUNTRIES, &[]), map::countries),
            seen("/countries/{code}/figures", Shape::Page, board::country),
            seen("/data/figures", Shape::Page, lists::figures),
            seen("/data/units", Shape::List(lists::UNITS, &[]), lists::units),
            seen(
                "/data/attribution",
                Shape::List(lists::SOURCES, &[]),
                lists::sources,
            ),
            seen("/embed", Shape::Page, embed::about),
            seen("/embed/units", Shape::File, embed::units),
            seen("/embed/missions/{code}", Shape::File, embed::mission),
            seen("/embed/countries/{code}", Shape::File, embed::country),
        ],
        slots: vec![
            Slot {
                at: "country-page",
                fill: board::of_country,
            },
            Slot {
                at: "member-page",
                fill: board::of_member,
            },
        ],
        menu: vec![
            MenuItem {
                href: "/",
                key: "portal-home",
                who: Who::Anyone,
                group: MenuGroup::Top,
                order: 10,
            },
            MenuItem {
                href: "/map",
                key: "portal-map-title",
                who: Who::Anyone,
                group: MenuGroup::Results,
                order: 30,
            },
        ],
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
