//! A small house for stories: this room, what it stands on, and a few people.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a story that goes wrong ends here"
)]

use base::{Clock, Day, Id, Lang, Moment, Names, Role};
use db::{Db, Migration};
use files::Files;
use people::{NewAccount, NewAppointment, NewOrganisation};
use web::testing::Browser;
use web::{Answer, Ask, Page, Room, Settings, Shape, Site, View, Who};

fn home(_: &mut db::Tx, ask: &Ask) -> base::Result<Answer> {
    Ok(Answer::Page(Page {
        title: ask.words.say("home-title"),
        ..Page::default()
    }))
}

const WORDS: &[(Lang, &str)] = &[
    (Lang::En, "home-title = Home\n"),
    (Lang::Fr, "home-title = Accueil\n"),
    (Lang::Ar, "home-title = البداية\n"),
];
const NOTHING: &[(Lang, &str)] = &[(Lang::En, ""), (Lang::Fr, ""), (Lang::Ar, "")];

pub fn rooms() -> Vec<Room> {
    let front = View {
        path: "/",
        who: Who::Anyone,
        shape: Shape::Page,
        run: home,
    };
    vec![
        Room {
            words: NOTHING,
            ..web::own::room()
        },
        Room {
            name: "home",
            words: WORDS,
            views: vec![front],
            ..Room::default()
        },
        people::room(),
        places::room(),
        catalogue::room(),
        authorities::room(),
    ]
}

pub fn migrations() -> Vec<Migration> {
    let mut all = ledger::MIGRATIONS.to_vec();
    all.extend(web::site::migrations(&rooms()));
    all
}

/// A site on 21 November 2026 that knows the countries.
pub async fn site(db: Db) -> Site {
    let dir = std::env::temp_dir().join(format!("harambee-authorities-{}", std::process::id()));
    let start = Moment::start_of(Day::parse("2026-11-21").unwrap());
    let settings = Settings {
        name: "Harambee".to_owned(),
        url: "http://localhost".to_owned(),
        secret: [7; 32],
        lang: Lang::En,
        behind_proxy: false,
        notice_key: None,
    };
    let files = Files::open(&dir).unwrap();
    let site = Site::new(db, files, Clock::at(start), settings, rooms(), people::DOOR).unwrap();
    site.db
        .write(move |tx| places::seed(tx, start))
        .await
        .unwrap();
    site
}

/// A browser of somebody unknown.
pub fn browser(site: &Site) -> Browser {
    let mut browser = Browser::new(site);
    browser
}

/// A browser of somebody with these roles, signed in with everything.
pub async fn person(site: &Site, name: &str, roles: &[Role]) -> Browser {
    let (name, roles, now) = (name.to_owned(), roles.to_vec(), site.clock.now());
    let made = site.db.write(move |tx| {
        let new = NewAccount {
            email: format!("{}@example.org", name.to_lowercase()),
            name: name.clone(),
            lang: Lang::En,
            password_hash: None,
            sample: true,
        };
        let account = people::add_account(tx, &new, now)?;
        for role in &roles {
            let new = NewAppointment {
                account,
                role: *role,
                organisation: None,
                country: None,
                places: Vec::new(),
                from_on: now.day(),
                to_on: None,
                basis: "secretariat",
            };
            people::appoint(tx, &new, None, now)?;
        }
        people::sign_in_link(tx, account, now)
    });
    let link = made.await.unwrap();
    let mut browser = browser(site);
    browser.act(&link, &[]).await;
    browser
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

/// The first path on a page that begins so.
pub fn shown(page: &str, start: &str) -> String {
    let from = page
        .find(start)
        .unwrap_or_else(|| panic!("no {start} in {page}"));
    let rest = page.get(from + start.len()..).unwrap();
    format!(
        "{start}{}",
        rest.split(['<', '"', ' ', '\n', '\\']).next().unwrap()
    )
}
