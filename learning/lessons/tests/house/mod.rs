//! A house with lessons and everything upstream, the shipped unit, and the people who use it.
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
    people::testing::rooms(vec![
        places::room(),
        curricula::room(),
        resources::room(),
        lessons::room(),
    ])
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
    let people: [(&str, &[Role]); 7] = [
        ("Olga Osei", &[Role::LearningOfficer]),
        ("Rita Rono", &[Role::ResourceReviewer]),
        ("Bo Both", &[Role::LearningOfficer, Role::ResourceReviewer]),
        ("Tina Tanui", &[]),
        ("Leo Limo", &[]),
        ("Tom Too", &[]),
        ("Sig Sang", &[Role::AuthoritySignatory]),
    ];
    let (mut accounts, mut links) = (Vec::new(), Vec::new());
    for (name, roles) in people {
        let account = people::testing::account(tx, name, now)?;
        appoint(tx, account, roles, (Some(ministry), Some("KE")), now)?;
        links.push(people::sign_in_link(tx, account, now)?);
        accounts.push(account);
    }
    curricula::seed_demo(tx, "KE", ministry, accounts[0], accounts[6], now)?;
    lessons::seed_unit(tx, "KE", None, now)?;
    Ok((accounts, links))
}

impl House {
    pub async fn open(db: Db) -> Self {
        let clock = Clock::at(start());
        let (accounts, links) = db.write(move |tx| settle(tx, start())).await.unwrap();
        let site = web::testing::site(db, clock, rooms(), DOOR);
        let [olga, rita, both, tina, leo, tom, _] = signed_in(&site, &links).await;
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

    /// The id of a competency by its code.
    pub async fn competency(&self, code: &'static str) -> String {
        let found = self
            .site
            .db
            .read(move |tx| curricula::find_competency(tx, "KE", code));
        found.await.unwrap().unwrap().id.to_string()
    }

    /// Olga adds a text of the library, Rita lets it through; answers its path.
    pub async fn resource(&mut self, other: &[(&str, &str)]) -> String {
        let pairs = people::testing::but(TEXT, other);
        let path = self.olga.act("/resources/new", &pairs).await.location;
        self.olga.act(&format!("{path}/proposal"), &[]).await;
        self.rita.act(&format!("{path}/review"), REVIEW).await;
        path
    }
}

/// A lesson of the first school.
pub const LESSON: &[(&str, &str)] = &[
    ("lesson_title_en", "Halves & <quarters>"),
    ("lesson_goal_en", "Shares fairly."),
    ("school_subject", "mathematics"),
    ("grade", "4"),
    ("lesson_minutes", "40"),
    ("lesson_licence", "CC-BY-4.0"),
    ("lesson_credit", "Hill School"),
];

/// A question with one right answer.
pub const QUESTION: &[(&str, &str)] = &[
    ("item_kind", "choice"),
    ("item_language", "en"),
    ("item_question", "Which is a **half**?"),
    ("item_answers", "* 1/2 | Well done.\n1/3 | Three parts."),
];

/// A whole text of the library.
pub const TEXT: &[(&str, &str)] = &[
    ("resource_owner", "KE"),
    (
        "resource_text",
        "## Mangoes\n\nA mango is cut into **two** parts.",
    ),
    ("names_en", "Mangoes"),
    ("resource_languages", "en"),
    ("school_subject", "mathematics"),
    ("grade_from", "3"),
    ("grade_to", "4"),
    ("resource_licence", "CC-BY-4.0"),
    ("resource_credit", "Writers of the ministry"),
    ("resource_source", "https://example.org/mangoes"),
];

const REVIEW: &[(&str, &str)] = &[
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

/// A machine key of an account.
pub async fn key(site: &Site, account: Id) -> String {
    let now = site.clock.now();
    let made = site
        .db
        .write(move |tx| people::add_key(tx, account, "story", now));
    made.await.unwrap()
}
