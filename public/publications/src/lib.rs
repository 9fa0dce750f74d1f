//! Open data: what the coalition agreed, gave and counted, in the formats others can read.

mod acts;
mod build;
pub mod check;
mod feeds;
mod forms;
mod gather;
pub mod iati;
pub mod ocds;
mod outside;
mod pages;
mod release;
mod rules;
pub mod sample;
mod sink;
mod store;
pub mod table;
mod xml;

pub use acts::publish;
pub use build::{Order, build, summary, write_out};
pub use check::Report;
pub use outside::check_outside;
pub use release::{Built, Checked, Filed, Format, Release, State};
pub use sink::{Sink, Written};

use base::{Actor, Lang, Result, Role};
use db::{Migration, Tx};
use web::{Ask, MenuGroup, MenuItem, Room, Waiting, Who};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261128_publications",
    sql: include_str!("../migrations/20261128_publications.sql"),
    sample: include_str!("../migrations/20261128_publications.data.sql"),
}];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// The room.
pub fn room() -> Room {
    let mut views = pages::views();
    views.extend(feeds::views());
    Room {
        name: "publications",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: &store::TABLES,
        views,
        acts: forms::all(),
        inbox: Some(inbox),
        jobs: vec![jobs::Kind {
            name: acts::JOB,
            run: acts::work,
        }],
        menu: vec![MenuItem {
            href: "/data",
            key: "publications-menu",
            who: Who::Anyone,
            group: MenuGroup::Data,
            order: 80,
        }],
        ..Room::default()
    }
}

/// Releases that wait for an approver who did not build them.
fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    if !actor.is(Role::SecretariatApprover) {
        return Ok(Vec::new());
    }
    let wanted = store::Wanted {
        after: None,
        q: None,
        format: None,
        state: Some("built"),
        limit: INBOX,
    };
    let all = store::page(tx, &wanted)?;
    let waiting = all
        .into_iter()
        .filter(|r| r.built_by != Some(actor.account));
    Ok(waiting
        .map(|r| Waiting {
            href: r.path(),
            text: ask
                .words
                .say_with("publications-waits", &[("release", r.code.as_str().into())]),
            since: r.built_at,
            due: None,
        })
        .collect())
}

/// Releases shown in an inbox.
const INBOX: i64 = 20;

#[cfg(test)]
mod tests {
    #[test]
    fn the_words_are_there_in_every_language() {
        lang::testing::same_keys(super::WORDS);
    }
}
