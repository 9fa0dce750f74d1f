//! A house for stories: a site over a database, and people who come in through the real door.
//!
//! For tests only. Every fault is a panic: a story that goes wrong ends where it does.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a story that goes wrong ends here"
)]

use crate::{NewAccount, NewAppointment, NewOrganisation};
use base::{Clock, Day, Id, Lang, Moment, Names, Result, Role};
use db::{Db, Migration, Tx};
use web::testing::Browser;
use web::{Answer, Ask, Page, Room, Shape, Site, View, Who};

/// The moment of a day at which stories begin.
///
/// # Panics
/// When the text is no day.
pub fn morning(day: &str) -> Moment {
    Moment::start_of(Day::parse(day).unwrap()).plus_seconds(36_000)
}

/// The rooms of a story: the framework's own, the ledger, a front page, people, and those under test.
pub fn rooms(tested: Vec<Room>) -> Vec<Room> {
    let mut rooms = vec![web::own::room(), ledger::room(), front(), crate::room()];
    rooms.extend(tested);
    rooms
}

/// The schema of the rooms alone, each with its sample rows.
pub fn schema(rooms: &[Room]) -> Vec<Migration> {
    rooms
        .iter()
        .flat_map(|room| room.migrations)
        .copied()
        .collect()
}

fn front() -> Room {
    let home = |_: &mut Tx, ask: &Ask| {
        Ok(Answer::Page(Page {
            title: ask.words.say("home-title"),
            ..Page::default()
        }))
    };
    Room {
        name: "home",
        words: &[
            (Lang::En, "home-title = Home\n"),
            (Lang::Fr, "home-title = Accueil\n"),
            (Lang::Ar, "home-title = البداية\n"),
        ],
        views: vec![View {
            path: "/",
            who: Who::Anyone,
            shape: Shape::Page,
            run: home,
        }],
        ..Room::default()
    }
}

/// A site with its rooms, over a database that knows their tables.
///
/// # Panics
/// When two rooms claim one path.
pub fn site(db: Db, clock: Clock, rooms: Vec<Room>) -> Site {
    web::testing::site(db, clock, rooms, crate::DOOR)
}

/// An account of a demonstration: «Omar Osei» is omar@example.org.
///
/// # Errors
/// Refused when there is one.
pub fn account(tx: &mut Tx, name: &str, now: Moment) -> Result<Id> {
    let new = NewAccount {
        sample: true,
        ..named(name)
    };
    crate::add_account(tx, &new, now)
}

/// What an account begins with, by its name alone.
pub fn named(name: &str) -> NewAccount {
    let first = name.split(' ').next().unwrap_or(name).to_lowercase();
    NewAccount {
        email: format!("{first}@example.org"),
        name: name.to_owned(),
        ..NewAccount::default()
    }
}

/// An organisation of a demonstration.
///
/// # Errors
/// Refused when its shape is wrong.
pub fn organisation(
    tx: &mut Tx,
    name: &str,
    kind: &str,
    country: Option<&str>,
    now: Moment,
) -> Result<Id> {
    let new = NewOrganisation {
        names: Names::one("en", name),
        kind: kind.to_owned(),
        country: country.map(str::to_owned),
        sample: true,
        ..NewOrganisation::default()
    };
    crate::add_organisation(tx, &new, None, now)
}

/// Gives somebody roles, for an organisation and a country where the role asks for them.
///
/// # Errors
/// Refused when it does and there is none.
pub fn appoint(
    tx: &mut Tx,
    account: Id,
    roles: &[Role],
    (organisation, country): (Option<Id>, Option<&str>),
    now: Moment,
) -> Result<()> {
    for role in roles {
        let new = NewAppointment {
            account,
            role: *role,
            organisation,
            country: country.map(str::to_owned),
            places: Vec::new(),
            from_on: now.day(),
            to_on: None,
            basis: if country.is_some() {
                "accreditation"
            } else {
                "secretariat"
            },
        };
        crate::appoint(tx, &new, None, now)?;
    }
    Ok(())
}

/// Accounts with roles of the secretariat's giving, and the link that signs each in.
///
/// # Errors
/// Refused when there is one already.
pub fn everybody(
    tx: &mut Tx,
    people: &[(&str, &[Role])],
    now: Moment,
) -> Result<(Vec<Id>, Vec<String>)> {
    let (mut accounts, mut links) = (Vec::new(), Vec::new());
    for (name, roles) in people {
        let account = account(tx, name, now)?;
        appoint(tx, account, roles, (None, None), now)?;
        links.push(crate::sign_in_link(tx, account, now)?);
        accounts.push(account);
    }
    Ok((accounts, links))
}

/// Somebody made on the way with these roles, signed in with everything, their machine key at hand.
///
/// # Panics
/// When there is somebody of that name.
pub async fn person(
    site: &Site,
    name: &str,
    roles: &[Role],
    (organisation, country): (Option<Id>, Option<&str>),
) -> Browser {
    let (name, roles, now) = (name.to_owned(), roles.to_vec(), site.clock.now());
    let country = country.map(str::to_owned);
    let made = site.db.write(move |tx| {
        let account = account(tx, &name, now)?;
        let place = (organisation, country.as_deref());
        appoint(tx, account, &roles, place, now)?;
        let key = crate::add_key(tx, account, "story", now)?;
        Ok((crate::sign_in_link(tx, account, now)?, key))
    });
    let (link, key) = made.await.unwrap();
    let mut browser = Browser::new(site);
    browser.act(&link, &[]).await;
    browser.key = Some(key);
    browser
}

/// A browser signed in with each of the links.
///
/// # Panics
/// When there are more or fewer links than names for them.
pub async fn signed_in<const N: usize>(site: &Site, links: &[String]) -> [Browser; N] {
    let mut browsers = Vec::with_capacity(N);
    for link in links {
        let mut browser = Browser::new(site);
        browser.act(link, &[]).await;
        browsers.push(browser);
    }
    match <[Browser; N]>::try_from(browsers) {
        Ok(browsers) => browsers,
        Err(all) => panic!("{} links for {N} people", all.len()),
    }
}

/// Lets days pass; those who had signed in do it again, each with their link.
pub async fn days_pass(clock: &Clock, days: i64, people: &mut [&mut Browser], links: &[String]) {
    clock.advance_seconds(days * 86_400);
    for (browser, link) in people.iter_mut().zip(links) {
        browser.act(link, &[]).await;
    }
}

/// Everything checked that must hold at any time, of every room; and every word said was there.
///
/// # Panics
/// When something does not hold.
pub async fn all_is_well(site: &Site) {
    let rooms = site.clone();
    let read = move |tx: &mut Tx| {
        let mut breaches = Vec::new();
        for check in rooms.rooms.iter().flat_map(|room| &room.checks) {
            breaches.extend((check.run)(tx)?);
        }
        Ok(breaches)
    };
    let breaches = site.db.read(read).await.unwrap();
    assert_eq!(breaches, Vec::<String>::new());
    assert_eq!(site.library.missing(), Vec::<String>::new());
}

/// The pairs of a form with some of them said otherwise, or left out where empty.
pub fn but<'a>(
    pairs: &[(&'a str, &'a str)],
    other: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let kept = |(name, _): &&(&str, &str)| !other.iter().any(|(said, _)| said == name);
    let said = other.iter().filter(|(_, value)| !value.is_empty());
    pairs.iter().filter(kept).chain(said).copied().collect()
}

/// The word on a page that begins so.
///
/// # Panics
/// When there is none.
pub fn shown(page: &str, start: &str) -> String {
    match page.find(start).and_then(|at| page.get(at + start.len()..)) {
        Some(rest) => {
            let end = rest.split(['<', '"', ' ', '\n', '\\']).next();
            format!("{start}{}", end.unwrap_or_default())
        }
        None => panic!("no {start} in {page}"),
    }
}
