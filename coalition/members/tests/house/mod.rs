//! A house with this room and everything upstream, and the people who walk through its stories.
#![allow(dead_code, reason = "each story uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Clock, Day, Id, Lang, Moment, Role};
use db::{Db, Migration, Tx};
use web::testing::Browser;
use web::{Room, Site};

/// The day the stories begin.
pub const TODAY: &str = "2026-12-01";

const NOTHING: &[(Lang, &str)] = &[(Lang::En, ""), (Lang::Fr, ""), (Lang::Ar, "")];

/// A site with its clock, and everybody signed in.
pub struct House {
    pub site: Site,
    pub clock: Clock,
    /// Speaks for the applicant.
    pub amina: Browser,
    /// Will be the applicant's authorised officer.
    pub bakari: Browser,
    /// Officers of the secretariat.
    pub omar: Browser,
    pub olga: Browser,
    /// Approvers of the secretariat.
    pub sofia: Browser,
    pub samir: Browser,
    /// Officer and approver at once, to try what four eyes forbid.
    pub pat: Browser,
    pub auditor: Browser,
    pub nobody: Browser,
    pub accounts: Vec<Id>,
    links: Vec<String>,
}

const PEOPLE: [(&str, &[Role]); 8] = [
    ("amina", &[]),
    ("bakari", &[]),
    ("omar", &[Role::SecretariatOfficer]),
    ("olga", &[Role::SecretariatOfficer]),
    ("sofia", &[Role::SecretariatApprover]),
    ("samir", &[Role::SecretariatApprover]),
    (
        "pat",
        &[Role::SecretariatOfficer, Role::SecretariatApprover],
    ),
    ("auditor", &[Role::Auditor]),
];

pub fn rooms() -> Vec<Room> {
    let ledger = Room {
        name: "ledger",
        migrations: ledger::MIGRATIONS,
        tables: ledger::TABLES,
        words: NOTHING,
        ..Room::default()
    };
    let own = Room {
        words: NOTHING,
        ..web::own::room()
    };
    vec![
        own,
        ledger,
        people::room(),
        places::room(),
        catalogue::room(),
        members::room(),
    ]
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

/// The schema of the rooms alone, each with its sample.
pub fn own_migrations() -> Vec<Migration> {
    rooms()
        .iter()
        .flat_map(|room| room.migrations)
        .copied()
        .collect()
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

impl House {
    pub async fn open(db: Db) -> Self {
        let clock = Clock::at(Moment::start_of(day(TODAY)).plus_seconds(36_000));
        let dir = std::env::temp_dir().join(format!("members-{}", base::Uuid::new_v4().simple()));
        let settings = web::Settings {
            name: "Harambee".to_owned(),
            url: "http://127.0.0.1".to_owned(),
            secret: [7; 32],
            lang: Lang::En,
            behind_proxy: false,
            notice_key: None,
        };
        let now = clock.now();
        let (accounts, links) = db.write(move |tx| settle(tx, now)).await.unwrap();
        let files = files::Files::open(&dir).unwrap();
        let site = Site::new(db, files, clock.clone(), settings, rooms(), people::DOOR).unwrap();
        let mut signed = Vec::new();
        for link in &links {
            let mut browser = stranger(&site);
            browser.act(link, &[]).await;
            signed.push(browser);
        }
        let [amina, bakari, omar, olga, sofia, samir, pat, auditor] =
            <[Browser; 8]>::try_from(signed).ok().unwrap();
        let nobody = stranger(&site);
        Self {
            site,
            clock,
            amina,
            bakari,
            omar,
            olga,
            sofia,
            samir,
            pat,
            auditor,
            nobody,
            accounts,
            links,
        }
    }

    /// Lets days pass; everybody signs in again.
    pub async fn days(&mut self, days: i64) {
        self.clock.advance_seconds(days * 86_400);
        let all = [
            &mut self.amina,
            &mut self.bakari,
            &mut self.omar,
            &mut self.olga,
            &mut self.sofia,
            &mut self.samir,
            &mut self.pat,
            &mut self.auditor,
        ];
        for (browser, link) in all.into_iter().zip(&self.links) {
            browser.act(link, &[]).await;
        }
    }

    /// Amina applies; answers the application's path.
    pub async fn apply(&mut self, other: &[(&str, &str)]) -> String {
        self.amina
            .act("/members/new", &but(APPLICATION, other))
            .await
            .location
    }
    /// Omar takes the application up and finds every criterion met.
    pub async fn verify(&mut self, path: &str) {
        self.omar.act(&format!("{path}/review"), &[]).await;
        for criterion in CRITERIA {
            self.omar
                .act(&format!("{path}/verification"), &finding(criterion, "met"))
                .await;
        }
    }
    /// A member, admitted by Sofia; answers the member's path.
    pub async fn member(&mut self) -> String {
        let path = self.apply(&[]).await;
        self.verify(&path).await;
        self.sofia.act(&format!("{path}/admission"), &[]).await;
        self.organisation_path().await
    }
    /// The path of the only member.
    pub async fn organisation_path(&mut self) -> String {
        let list = self.nobody.api("/members").await.expect(200).json();
        format!("/members/{}", list["items"][0]["id"].as_str().unwrap())
    }

    /// Everything checked that must hold at any time.
    pub async fn all_is_well(&self) {
        let site = self.site.clone();
        let breaches = self
            .site
            .db
            .read(move |tx| {
                let mut breaches = Vec::new();
                for check in site.rooms.iter().flat_map(|room| &room.checks) {
                    breaches.extend((check.run)(tx)?);
                }
                Ok(breaches)
            })
            .await
            .unwrap();
        assert_eq!(breaches, Vec::<String>::new());
        assert_eq!(self.site.library.missing(), Vec::<String>::new());
    }
}

pub fn stranger(site: &Site) -> Browser {
    let mut browser = Browser::new(site);
    browser.waive("label", "a choice stands inside its label");
    browser
}

/// Countries, catalogue, eight people; answers their accounts and sign-in links.
fn settle(tx: &mut Tx, now: Moment) -> base::Result<(Vec<Id>, Vec<String>)> {
    places::seed(tx, now)?;
    catalogue::seed(tx, now)?;
    let (mut accounts, mut links) = (Vec::new(), Vec::new());
    for (name, roles) in PEOPLE {
        let new = people::NewAccount {
            email: format!("{name}@example.org"),
            name: format!("{name} Njoroge"),
            sample: true,
            ..people::NewAccount::default()
        };
        let account = people::add_account(tx, &new, now)?;
        for role in roles {
            let appointment = people::NewAppointment {
                account,
                role: *role,
                organisation: None,
                country: None,
                places: Vec::new(),
                from_on: now.day(),
                to_on: None,
                basis: "secretariat",
            };
            people::appoint(tx, &appointment, None, now)?;
        }
        links.push(people::sign_in_link(tx, account, now)?);
        accounts.push(account);
    }
    Ok((accounts, links))
}

/// The five published criteria.
pub const CRITERIA: [&str; 5] = [
    "legal_existence",
    "able_to_deliver",
    "integrity",
    "child_safeguarding",
    "data_protection",
];

pub fn finding<'a>(criterion: &'a str, outcome: &'a str) -> [(&'a str, &'a str); 4] {
    [
        ("criterion", criterion),
        ("outcome", outcome),
        ("note", "Looked up & found."),
        ("evidence", "Register entry 202918 <as of today>"),
    ]
}

/// A whole application.
pub const APPLICATION: &[(&str, &str)] = &[
    ("name_en", "Books & Bytes"),
    ("name_fr", "Livres et octets"),
    ("name_ar", "كتب وبايتات"),
    ("kind", "civil_society"),
    ("country", "KE"),
    ("website", "https://books.example.org"),
    ("identifier_scheme", "GB-CHC"),
    ("identifier", "GB-CHC-202918"),
    (
        "strengths_en",
        "Lessons for offline boxes, in twelve counties since 2019.",
    ),
    ("objectives", "continuity"),
    ("objectives", "resilience"),
    ("obligations", "support_objectives"),
    ("obligations", "answer_requests"),
    ("obligations", "work_together"),
    ("do_no_harm", "yes"),
    ("principle_appropriate_use", "No advertising, no profiles."),
    (
        "principle_access_and_control",
        "Learners see and delete theirs.",
    ),
    (
        "principle_security_and_protection",
        "Encrypted, kept in Kenya.",
    ),
    (
        "principle_lifespan_of_services",
        "Deleted when the service ends.",
    ),
    ("officer_name", "bakari Njoroge"),
    ("officer_email", "bakari@example.org"),
];

/// The pairs with some of them said otherwise, or left out where empty.
pub fn but<'a>(
    pairs: &[(&'a str, &'a str)],
    other: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let mut out: Vec<(&str, &str)> = pairs
        .iter()
        .filter(|(name, _)| !other.iter().any(|(n, _)| n == name))
        .copied()
        .collect();
    out.extend(other.iter().filter(|(_, value)| !value.is_empty()));
    out
}

/// Pairs as a browser sends them.
pub fn query(pairs: &[(&str, &str)]) -> String {
    let code = |text: &str| {
        text.bytes()
            .map(|b| {
                if b.is_ascii_alphanumeric() {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02X}")
                }
            })
            .collect::<String>()
    };
    pairs
        .iter()
        .map(|(n, v)| format!("{n}={}", code(v).replace("%5F", "_")))
        .collect::<Vec<_>>()
        .join("&")
}
