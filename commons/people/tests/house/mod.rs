//! A small house for stories: this room, what it stands on, and a few people.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a story that goes wrong ends here"
)]

use base::{Clock, Id, Lang, Moment, Role};
use db::{Db, Migration};
use files::Files;
use hmac::{Hmac, KeyInit, Mac};
use people::{NewAccount, NewAppointment};
use web::testing::Browser;
use web::{Answer, Ask, Page, Room, Settings, Shape, Site, View, Who};

pub const PASSWORD: &str = "nine wild horses";

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
    ]
}

pub fn migrations() -> Vec<Migration> {
    let mut all = ledger::MIGRATIONS.to_vec();
    all.extend(web::site::migrations(&rooms()));
    all
}

pub fn site(db: Db) -> Site {
    let dir = std::env::temp_dir().join(format!("harambee-people-{}", std::process::id()));
    let start = Moment::start_of(base::Day::parse("2026-11-21").unwrap());
    let settings = Settings {
        name: "Harambee".to_owned(),
        url: "http://localhost".to_owned(),
        secret: [7; 32],
        lang: Lang::En,
        behind_proxy: false,
        notice_key: None,
    };
    Site::new(
        db,
        Files::open(&dir).unwrap(),
        Clock::at(start),
        settings,
        rooms(),
        people::DOOR,
    )
    .unwrap()
}

/// A browser of somebody unknown.
pub fn browser(site: &Site) -> Browser {
    let mut browser = Browser::new(site);
    browser
}

/// Somebody with a password and, perhaps, a role.
pub async fn account(site: &Site, name: &str, role: Option<Role>) -> Id {
    let (name, now) = (name.to_owned(), site.clock.now());
    let hash = people::hash_password(PASSWORD).unwrap();
    site.db
        .write(move |tx| {
            let new = NewAccount {
                email: format!("{}@example.org", name.to_lowercase()),
                name: format!("{name} Osei"),
                lang: Lang::En,
                password_hash: Some(hash.clone()),
                sample: false,
            };
            let account = people::add_account(tx, &new, now)?;
            if let Some(role) = role {
                let new = NewAppointment {
                    account,
                    role,
                    organisation: None,
                    country: None,
                    places: Vec::new(),
                    from_on: now.day(),
                    to_on: None,
                    basis: "secretariat",
                };
                people::appoint(tx, &new, None, now)?;
            }
            Ok(account)
        })
        .await
        .unwrap()
}

/// A browser signed in with the password only.
pub async fn with_password(site: &Site, name: &str) -> Browser {
    let mut browser = browser(site);
    let email = format!("{}@example.org", name.to_lowercase());
    browser
        .act("/sign-in", &[("email", &email), ("password", PASSWORD)])
        .await;
    browser
}

/// A browser signed in with a second factor set up on the way; and its secret.
pub async fn with_both(site: &Site, name: &str) -> (Browser, Vec<u8>) {
    let mut browser = with_password(site, name).await;
    let secret = secret_on(&browser.get("/account/second-factor").await.text);
    browser
        .act("/account/second-factor", &[("code", &code(&secret, site))])
        .await;
    (browser, secret)
}

/// The secret as the page shows it.
pub fn secret_on(page: &str) -> Vec<u8> {
    let start = page.find("<p><code>").unwrap() + "<p><code>".len();
    let shown = page
        .get(start..)
        .unwrap()
        .split('<')
        .next()
        .unwrap()
        .replace(' ', "");
    data_encoding::BASE32_NOPAD
        .decode(shown.as_bytes())
        .unwrap()
}

/// What an authenticator shows at the site's time.
pub fn code(secret: &[u8], site: &Site) -> String {
    let step = site.clock.now().seconds() / 30;
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(secret).unwrap();
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[19] & 15);
    let four: [u8; 4] = digest[offset..offset + 4].try_into().unwrap();
    format!(
        "{:06}",
        (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000
    )
}

/// The text a page of something shown once holds, from where `start` begins.
pub fn shown(page: &str, start: &str) -> String {
    let from = page
        .find(start)
        .unwrap_or_else(|| panic!("no {start} in {page}"));
    page.get(from..)
        .unwrap()
        .split(['<', '"', ' ', '\n'])
        .next()
        .unwrap()
        .to_owned()
}
