//! What is to be seen in this room; every list is also CSV, XLSX and JSON.

pub(crate) mod organisations;
pub(crate) mod own;
pub(crate) mod people;

use base::{Id, Moment};
use web::{ActLink, Ask, View};

/// Every view of the room.
pub(crate) fn all() -> Vec<View> {
    let mut views = own::views();
    views.extend(people::views());
    views.extend(organisations::views());
    views
}

/// A link to an act's form, under the words of its button.
pub(crate) fn link(ask: &Ask, act: &str, href: impl Into<String>) -> ActLink {
    ActLink {
        href: href.into(),
        label: ask.words.say(&format!("{act}-button")),
        main: false,
    }
}

/// The last key of a page by name.
pub(crate) fn after_name(ask: &Ask) -> (String, Id) {
    let [name, id] = ask.list().after_parts::<2>();
    (name, Id::parse(&id).unwrap_or(crate::choose::FIRST))
}

/// The last key of a page by moment, the newest first.
pub(crate) fn before_moment(ask: &Ask) -> (Moment, Id) {
    let [at, id] = ask.list().after_parts::<2>();
    let at = at
        .parse()
        .map_or(Moment::from_micros(i64::MAX), Moment::from_micros);
    (at, Id::parse(&id).unwrap_or(crate::choose::FIRST))
}
