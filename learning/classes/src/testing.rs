//! A school for stories: a site whose door lets people of a school in, and browsers signed in.
//!
//! For tests only. Every fault is a panic: a story that goes wrong ends where it does.

#![expect(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Clock, Id, Moment};
use db::{Db, Tx};
use web::testing::Browser;
use web::{Room, Site};

/// The rooms below this one and this one, then those under test.
pub fn rooms(tested: Vec<Room>) -> Vec<Room> {
    let mut rooms = vec![places::room(), curricula::room(), crate::room()];
    rooms.extend(tested);
    people::testing::rooms(rooms)
}

/// A site with its rooms, over a database that knows their tables.
///
/// # Panics
/// When two rooms claim one path.
pub fn site(db: Db, clock: Clock, rooms: Vec<Room>) -> Site {
    web::testing::site(db, clock, rooms, crate::DOOR)
}

/// A school of a register, made for a story; the countries must be known (`places::seed`).
///
/// # Errors
/// A fault of the database.
pub fn school(tx: &mut Tx, country: &str, code: &str, now: Moment) -> base::Result<Id> {
    let school = places::School {
        code: code.to_owned(),
        country: country.to_owned(),
        name: format!("School {code}"),
        place: country.to_owned(),
        ..places::School::default()
    };
    let brought = places::Brought {
        country,
        file: "story.csv",
        hash: "",
        actor: None,
        now,
    };
    places::put_schools(tx, &brought, &[&school])?;
    Ok(school.id())
}

/// A browser of somebody of a school, signed in.
///
/// # Panics
/// When there is nobody of that id.
pub async fn signed_in(site: &Site, person: Id) -> Browser {
    let now = site.clock.now();
    let link = site
        .db
        .write(move |tx| crate::sign_in_link(tx, person, now))
        .await
        .unwrap();
    let mut browser = Browser::new(site);
    browser.act(&link, &[]).await;
    browser
}
