//! A house with the library and everything upstream, and the people who use it.
#![allow(dead_code, reason = "each story uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Actor, Appointment, Clock, Id, Moment, Result, Role};
use db::{Db, Migration, Tx};
use people::testing::{appoint, morning, organisation, signed_in};
use places::{Brought, School};
use web::testing::Browser;
use web::{Credentials, Door, Room, Site};

pub const TODAY: &str = "2026-12-01";

pub struct House {
    pub site: Site,
    /// The ministry's officer, its reviewer, and one person who is both.
    pub olga: Browser,
    pub rita: Browser,
    pub both: Browser,
    /// A teacher and a learner of the first school, a teacher of the second.
    pub tina: Browser,
    pub leo: Browser,
    pub tom: Browser,
    pub nobody: Browser,
    pub officer: Id,
    pub reviewer: Id,
}

pub fn rooms() -> Vec<Room> {
    people::testing::rooms(vec![places::room(), curricula::room(), resources::room()])
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

pub fn start() -> Moment {
    morning(TODAY)
}

pub fn school(code: &str) -> Id {
    School::id_of("KE", code)
}

/// What a school's register would give, by the first names of the stories.
fn authenticate(tx: &mut Tx, credentials: &Credentials, now: Moment) -> Result<Option<Actor>> {
    let mut actor = (people::DOOR.authenticate)(tx, credentials, now)?;
    if let Some(actor) = &mut actor {
        let held = match actor.name.split(' ').next() {
            Some("Tina") => Some((Role::Teacher, "0001")),
            Some("Leo") => Some((Role::Learner, "0001")),
            Some("Tom") => Some((Role::Teacher, "0002")),
            _ => None,
        };
        if let Some((role, code)) = held {
            actor.appointments.push(Appointment {
                role,
                organisation: Some(school(code)),
                country: Some("KE".to_owned()),
                places: Vec::new(),
            });
        }
    }
    Ok(actor)
}

const DOOR: Door = Door {
    authenticate,
    ..people::DOOR
};

fn a_school(code: &str, name: &str) -> School {
    School {
        code: code.to_owned(),
        country: "KE".to_owned(),
        name: name.to_owned(),
        place: "KE".to_owned(),
        department: None,
        lon: None,
        lat: None,
        levels: vec!["1".to_owned()],
        learners_girls: None,
        learners_boys: None,
        learners: None,
        teachers_female: None,
        teachers_male: None,
        teachers: None,
        year: None,
        water: None,
        internet: None,
        electricity: None,
        computers: None,
        rural: None,
        rural_basis: None,
        attributes: serde_json::Map::new(),
        version: 1,
    }
}

fn settle(tx: &mut Tx, now: Moment) -> Result<(Vec<Id>, Vec<String>)> {
    places::seed(tx, now)?;
    let brought = Brought {
        country: "KE",
        file: "schools.csv",
        hash: "0000",
        actor: None,
        now,
    };
    let schools = [
        a_school("0001", "Hill School"),
        a_school("0002", "River School"),
    ];
    places::put_schools(tx, &brought, &schools.iter().collect::<Vec<_>>())?;
    let ministry = organisation(tx, "Ministry of Education", "government", Some("KE"), now)?;
    let people: [(&str, &[Role]); 6] = [
        ("Olga Osei", &[Role::LearningOfficer]),
        ("Rita Rono", &[Role::ResourceReviewer]),
        ("Bo Both", &[Role::LearningOfficer, Role::ResourceReviewer]),
        ("Tina Tanui", &[]),
        ("Leo Limo", &[]),
        ("Tom Too", &[]),
    ];
    let (mut accounts, mut links) = (Vec::new(), Vec::new());
    for (name, roles) in people {
        let account = people::testing::account(tx, name, now)?;
        appoint(tx, account, roles, (Some(ministry), Some("KE")), now)?;
        links.push(people::sign_in_link(tx, account, now)?);
        accounts.push(account);
    }
    Ok((accounts, links))
}

impl House {
    pub async fn open(db: Db) -> Self {
        let clock = Clock::at(start());
        let (accounts, links) = db.write(move |tx| settle(tx, start())).await.unwrap();
        let site = web::testing::site(db, clock, rooms(), DOOR);
        let [olga, rita, both, tina, leo, tom] = signed_in(&site, &links).await;
        Self {
            nobody: Browser::new(&site),
            officer: accounts[0],
            reviewer: accounts[1],
            site,
            olga,
            rita,
            both,
            tina,
            leo,
            tom,
        }
    }

    /// The shipped stories, kept for Kenya.
    pub async fn stories(&self) -> resources::Imported {
        let files = self.site.files.clone();
        let people = (self.officer, self.reviewer);
        self.site
            .db
            .write(move |tx| resources::seed_demo(tx, &files, "KE", people, start()))
            .await
            .unwrap()
    }

    /// Olga adds a text of the library; answers its path.
    pub async fn text(&mut self, other: &[(&str, &str)]) -> String {
        let pairs = people::testing::but(TEXT, other);
        self.olga.act("/resources/new", &pairs).await.location
    }

    /// In the library: Olga adds and proposes it, Rita lets it through.
    pub async fn approved(&mut self, other: &[(&str, &str)]) -> String {
        let path = self.text(other).await;
        self.olga.act(&format!("{path}/proposal"), &[]).await;
        let pairs = review(&[]);
        self.rita.act(&format!("{path}/review"), &pairs).await;
        path
    }
}

/// A whole text of the library.
pub const TEXT: &[(&str, &str)] = &[
    ("resource_owner", "KE"),
    (
        "resource_text",
        "## Halves\n\nA mango is cut into **two** equal parts. <script>alert(1)</script>",
    ),
    ("names_en", "Halves & <quarters>"),
    ("resource_languages", "en"),
    ("school_subject", "mathematics"),
    ("grade_from", "3"),
    ("grade_to", "4"),
    ("resource_licence", "CC-BY-4.0"),
    ("resource_credit", "Writers of the ministry"),
    ("resource_source", "https://example.org/halves"),
];

/// A whole review that lets through.
pub fn review<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let good = [
        ("rubric_accuracy", "good"),
        ("rubric_curriculum", "fair"),
        ("rubric_age", "good"),
        ("rubric_language", "good"),
        ("rubric_inclusion", "good"),
        ("rubric_access", "good"),
        ("rubric_rights", "good"),
        ("resource_decision", "approved"),
        ("review_words", "Clear, and short enough."),
    ];
    people::testing::but(&good, other)
}

/// A file as the API takes it.
pub fn as_json(bytes: &[u8], name: &str) -> serde_json::Value {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let at = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let all = at(0) << 16 | at(1) << 8 | at(2);
        for n in 0..4 {
            if n <= three.len() {
                let sign = usize::try_from(all >> (18 - 6 * n) & 63).unwrap();
                out.push(char::from(SIGNS[sign]));
            } else {
                out.push('=');
            }
        }
    }
    serde_json::json!({"name": name, "base64": out})
}

/// A machine key of an account.
pub async fn key(site: &Site, account: Id) -> String {
    let now = site.clock.now();
    let made = site
        .db
        .write(move |tx| people::add_key(tx, account, "story", now));
    made.await.unwrap()
}
