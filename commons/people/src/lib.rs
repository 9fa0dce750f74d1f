//! People: accounts and how they come in, organisations, roles, conflicts of interest.
//!
//! Owns the accounts and everything personal, in tables that never enter a fact; and, in facts,
//! organisations and appointments. Nobody appoints themselves, and no role overrides another.

mod account;
mod acts;
pub mod choose;
mod door;
mod organisation;
mod pages;
mod password;
mod rules;
mod secret;
mod sessions;
mod store;
pub mod testing;
mod throttle;
mod totp;

pub use account::{Account, Affiliation, Appointed, Invitation, NewAccount, NewAppointment};
pub use acts::organisations::{entered as entered_organisation, form as organisation_form};
pub use door::{
    Invited, account_by_email, account_for, actor, add_account, add_key, add_organisation, appoint,
    appointed, end_appointment, end_appointments, end_roles, invite, invite_account, is_affiliated,
    named, organisation, organisation_by_identifier, organisation_name, organisation_names, person,
    person_name, refuse_personal, seed, set_password_hash, show_once, sign_in_link,
};
pub use organisation::{NewOrganisation, ORGANISATION_KINDS, Organisation};
pub use password::{hash as hash_password, is_right as is_password_right};
pub use sessions::{authenticate, touch};
pub use throttle::Throttle;

use acts::people::READERS;
use db::{Migration, Table};
use lang::Lang;
use web::{MenuGroup, MenuItem, Room, Who};

/// What the site needs of this room.
pub const DOOR: web::Door = web::Door {
    authenticate,
    touch,
    named,
};

/// This room's schema.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "20261121_people",
        sql: include_str!("../migrations/20261121_people.sql"),
        sample: include_str!("../migrations/20261121_people.data.sql"),
    },
    Migration {
        name: "20261122_people_names",
        sql: include_str!("../migrations/20261122_people_names.sql"),
        sample: include_str!("../migrations/20261122_people_names.data.sql"),
    },
];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// The tables whose rows stand in facts.
pub static TABLES: &[&Table] = &[
    &store::ORGANISATION,
    &store::ORGANISATION_IDENTIFIER,
    &store::APPOINTMENT,
];

/// The room.
pub fn room() -> Room {
    Room {
        name: "people",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: TABLES,
        views: pages::all(),
        acts: acts::all(),
        menu: vec![
            MenuItem {
                href: "/organisations",
                key: "organisations-title",
                who: Who::Anyone,
                group: MenuGroup::Data,
                order: 80,
            },
            MenuItem {
                href: "/people",
                key: "people-title",
                who: Who::Any(READERS),
                group: MenuGroup::Work,
                order: 90,
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
