//! A house with this room and everything upstream, and the people of a ministry and a school.
#![allow(dead_code, reason = "each story uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Actor, Appointment, Clock, Id, Moment, Result, Role};
use db::{Db, Migration, Tx};
use people::testing::{account, appoint, morning, organisation};
use places::{Brought, School};
use web::testing::Browser;
use web::{Credentials, Door, Room, Site};

/// The day the stories begin: a Tuesday.
pub const TODAY: &str = "2027-02-16";

pub struct House {
    pub site: Site,
    /// Writes for Kenya.
    pub wanjiru: Browser,
    /// Signs for Kenya.
    pub simon: Browser,
    /// Writes and signs for Kenya, to try what four eyes forbid.
    pub both: Browser,
    /// Writes and signs for Lebanon.
    pub lina: Browser,
    /// Head of a school.
    pub hawa: Browser,
    pub nobody: Browser,
    pub known: Known,
}

#[derive(Clone, Copy, Debug)]
pub struct Known {
    pub ministry: Id,
    pub officer: Id,
    pub signatory: Id,
}

pub fn school() -> Id {
    School::id_of("KE", "T-1")
}

pub fn rooms() -> Vec<Room> {
    people::testing::rooms(vec![places::room(), curricula::room()])
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

pub fn start() -> Moment {
    morning(TODAY)
}

/// As the room of classes does: whoever is called Hawa is the head of the school.
fn authenticate(tx: &mut Tx, credentials: &Credentials, now: Moment) -> Result<Option<Actor>> {
    let mut found = (people::DOOR.authenticate)(tx, credentials, now)?;
    if let Some(actor) = found
        .as_mut()
        .filter(|actor| actor.name.starts_with("hawa"))
    {
        actor.appointments.push(Appointment {
            role: Role::SchoolHead,
            organisation: Some(school()),
            country: Some("KE".to_owned()),
            places: Vec::new(),
        });
    }
    Ok(found)
}

fn site(db: Db) -> Site {
    let door = Door {
        authenticate,
        ..people::DOOR
    };
    web::testing::site(db, Clock::at(start()), rooms(), door)
}

const OFFICER: &[Role] = &[Role::LearningOfficer];
const SIGNATORY: &[Role] = &[Role::AuthoritySignatory];
const BOTH: &[Role] = &[Role::LearningOfficer, Role::AuthoritySignatory];

fn settle(tx: &mut Tx, now: Moment) -> Result<(Known, Vec<String>)> {
    places::seed(tx, now)?;
    let kenya = organisation(
        tx,
        "Ministry of Kenya (sample)",
        "government",
        Some("KE"),
        now,
    )?;
    let lebanon = organisation(
        tx,
        "Ministry of Lebanon (sample)",
        "government",
        Some("LB"),
        now,
    )?;
    let mut accounts = Vec::new();
    let mut links = Vec::new();
    let people: [(&str, &[Role], Id, &str); 5] = [
        ("wanjiru Otieno", OFFICER, kenya, "KE"),
        ("simon Otieno", SIGNATORY, kenya, "KE"),
        ("both Otieno", BOTH, kenya, "KE"),
        ("lina Otieno", BOTH, lebanon, "LB"),
        ("hawa Otieno", &[], kenya, "KE"),
    ];
    for (name, roles, place, country) in people {
        let one = account(tx, name, now)?;
        appoint(tx, one, roles, (Some(place), Some(country)), now)?;
        links.push(people::sign_in_link(tx, one, now)?);
        accounts.push(one);
    }
    let school = School {
        code: "T-1".to_owned(),
        country: "KE".to_owned(),
        name: "Baraka Primary School".to_owned(),
        place: "KE".to_owned(),
        ..School::default()
    };
    let brought = Brought {
        country: "KE",
        file: "schools.csv",
        hash: "",
        actor: None,
        now,
    };
    places::put_schools(tx, &brought, &[&school])?;
    let known = Known {
        ministry: kenya,
        officer: accounts[0],
        signatory: accounts[1],
    };
    Ok((known, links))
}

impl House {
    pub async fn open(db: Db) -> Self {
        let (known, links) = db.write(|tx| settle(tx, start())).await.unwrap();
        let site = site(db);
        let [wanjiru, simon, both, lina, hawa] = people::testing::signed_in(&site, &links).await;
        let nobody = Browser::new(&site);
        Self {
            site,
            wanjiru,
            simon,
            both,
            lina,
            hawa,
            nobody,
            known,
        }
    }

    /// The curriculum and the term the product shows.
    pub async fn seeded(db: Db) -> (Self, curricula::Seeded) {
        let h = Self::open(db).await;
        let k = h.known;
        let seed = move |tx: &mut Tx| {
            curricula::seed_demo(tx, "KE", k.ministry, k.officer, k.signatory, start())
        };
        let seeded = h.site.db.write(seed).await.unwrap();
        (h, seeded)
    }

    /// Reads something from the database.
    pub async fn with<T: Send + 'static>(
        &self,
        read: impl Fn(&mut Tx) -> Result<T> + Send + 'static,
    ) -> T {
        self.site.db.read(move |tx| read(tx)).await.unwrap()
    }

    /// Asks as a program would, at an address of its own protocol.
    pub async fn program(&mut self, path: &str) -> web::testing::Got {
        self.nobody.get(path).await
    }
}

/// A whole draft.
pub const DRAFT: &[(&str, &str)] = &[
    ("country", "KE"),
    ("curriculum_title_en", "Science <for> grade 1 & 2"),
    ("curriculum_title_fr", "Sciences, 1re et 2e année"),
    ("school_subject", "science"),
    ("written_in", "en, fr"),
    ("creator", "Institute of Curriculum (sample)"),
    ("official_source", "https://example.org/science"),
    ("curriculum_licence", "CC-BY-4.0"),
    (
        "curriculum_about",
        "What children find out about the world.",
    ),
];
