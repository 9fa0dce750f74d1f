//! A site that knows the countries, and whom its stories need besides people with roles.

#![expect(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Clock, Id, Names, Role};
use db::{Db, Migration};
use people::NewOrganisation;
use people::testing::morning;
use web::testing::Browser;
use web::{Room, Site};

fn rooms() -> Vec<Room> {
    people::testing::rooms(vec![places::room(), catalogue::room(), authorities::room()])
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

/// A site on 21 November 2026 that knows the countries.
pub async fn site(db: Db) -> Site {
    let start = morning("2026-11-21");
    let site = people::testing::site(db, Clock::at(start), rooms());
    let seeded = site.db.write(move |tx| places::seed(tx, start));
    seeded.await.unwrap();
    site
}

/// A browser of somebody with these roles, signed in with everything.
pub async fn person(site: &Site, name: &str, roles: &[Role]) -> Browser {
    people::testing::person(site, name, roles, (None, None)).await
}

/// A ministry.
pub async fn ministry(site: &Site, name: &'static str, country: &'static str) -> Id {
    let now = site.clock.now();
    let made = site.db.write(move |tx| {
        let new = NewOrganisation {
            names: Names::one("en", name),
            kind: "government".to_owned(),
            country: Some(country.to_owned()),
            ..NewOrganisation::default()
        };
        people::add_organisation(tx, &new, None, now)
    });
    made.await.unwrap()
}

/// The actor behind an e-mail address today, with everything given.
pub async fn actor(site: &Site, email: &'static str) -> base::Actor {
    let today = site.clock.now().day();
    let found = site.db.read(move |tx| {
        let account = people::account_by_email(tx, email)?.ok_or(base::Error::Missing)?;
        people::actor(tx, account, today)
    });
    found.await.unwrap()
}
