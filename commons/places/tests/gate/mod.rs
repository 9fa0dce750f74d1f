//! A door for stories: whoever names themselves is let in with the appointments of that name.

use base::{Actor, Appointment, Clock, Id, Lang, Moment, Result, Role};
use db::{Db, Migration, Tx};
use files::Files;
use web::testing::Browser;
use web::{Act, Answer, Ask, Call, Credentials, Done, Door, Field, Page, Room, Settings, Shape, Site, View, Who};

const WORDS: &[(Lang, &str)] = &[
    (Lang::En, "sign-in-title = Sign in\nsign-in-button = Sign in\nsign-in-name = Name\nhome-title = Home\n"),
    (Lang::Fr, "sign-in-title = Connexion\nsign-in-button = Connexion\nsign-in-name = Nom\nhome-title = Accueil\n"),
    (Lang::Ar, "sign-in-title = دخول\nsign-in-button = دخول\nsign-in-name = الاسم\nhome-title = البداية\n"),
];

/// Who there is: name, role, country.
const PEOPLE: &[(&str, Role, Option<&str>)] = &[
    ("ola", Role::SecretariatOfficer, None),
    ("paul", Role::SecretariatApprover, None),
    ("both", Role::SecretariatOfficer, None),
    ("both", Role::SecretariatApprover, None),
    ("amal", Role::AuthorityFocalPoint, Some("HN")),
    ("kamau", Role::AuthorityFocalPoint, Some("KE")),
];

fn authenticate(_: &mut Tx, credentials: &Credentials, _: Moment) -> Result<Option<Actor>> {
    let name = credentials.session.as_deref().or(credentials.key.as_deref()).unwrap_or_default();
    let held = PEOPLE.iter().filter(|(who, ..)| *who == name);
    let appointments: Vec<Appointment> = held
        .map(|(_, role, country)| Appointment {
            role: *role,
            organisation: None,
            country: country.map(str::to_owned),
            places: Vec::new(),
        })
        .collect();
    Ok((!appointments.is_empty()).then(|| Actor {
        account: Id::named("account", name),
        name: name.to_owned(),
        lang: Lang::En,
        appointments,
    }))
}

fn touch(_: &mut Tx, _: &Credentials, _: Moment) -> Result<()> {
    Ok(())
}

fn home(_: &mut Tx, ask: &Ask) -> Result<Answer> {
    Ok(Answer::Page(Page { title: ask.words.say("home-title"), ..Page::default() }))
}

fn let_in(_: &mut Tx, call: &Call) -> Result<Done> {
    Ok(Done { session: Some(call.values.text("name").to_owned()), ..Done::see("/") })
}

fn gate() -> Room {
    let page = |path| View { path, who: Who::Anyone, shape: Shape::Page, run: home };
    Room {
        name: "gate",
        words: WORDS,
        views: vec![page("/"), page("/account"), page("/sign-out"), page("/data/attribution")],
        acts: vec![Act {
            name: "sign-in",
            path: "/sign-in",
            who: Who::Anyone,
            form: || vec![Field::text("name")],
            prefill: None,
            prepare: None,
            run: let_in,
        }],
        ..Room::default()
    }
}

/// The rooms of a story, with the gate and the framework's own.
pub fn rooms(own: Vec<Room>) -> Vec<Room> {
    const NOTHING: &[(Lang, &str)] = &[(Lang::En, ""), (Lang::Fr, ""), (Lang::Ar, "")];
    let mut rooms = vec![Room { words: NOTHING, ..web::own::room() }, gate()];
    rooms.extend(own);
    rooms
}

/// The migrations of a story.
pub fn migrations(own: fn() -> Vec<Room>) -> Vec<Migration> {
    let mut all = ledger::MIGRATIONS.to_vec();
    all.extend(web::site::migrations(&rooms(own())));
    all
}

/// A site over a database.
pub fn site(db: Db, own: fn() -> Vec<Room>) -> Site {
    let dir = std::env::temp_dir().join(format!("harambee-story-{}", std::process::id()));
    let start = Moment::start_of(base::Day::parse("2026-11-21").unwrap());
    let settings = Settings {
        name: "Harambee".to_owned(),
        url: "http://localhost".to_owned(),
        secret: [7; 32],
        lang: Lang::En,
        behind_proxy: false,
        notice_key: None,
    };
    let door = Door { authenticate, touch };
    Site::new(db, Files::open(&dir).unwrap(), Clock::at(start), settings, rooms(own()), door).unwrap()
}

/// A browser of somebody who named themselves.
pub async fn person(site: &Site, name: &str) -> Browser {
    let mut browser = Browser::new(site);
    browser.act("/sign-in", &[("name", name)]).await;
    browser.key = Some(name.to_owned());
    browser
}
