//! A house with this room and everything upstream, and the people who walk through its stories.
#![allow(dead_code, reason = "each story uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Clock, Id, Moment, Role};
use db::{Db, Migration, Tx};
pub use people::testing::but;
use people::testing::{days_pass, everybody, morning, signed_in};
use web::testing::Browser;
use web::{Room, Site};

/// The day the stories begin.
pub const TODAY: &str = "2026-12-01";

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
    ("amina Njoroge", &[]),
    ("bakari Njoroge", &[]),
    ("omar Njoroge", &[Role::SecretariatOfficer]),
    ("olga Njoroge", &[Role::SecretariatOfficer]),
    ("sofia Njoroge", &[Role::SecretariatApprover]),
    ("samir Njoroge", &[Role::SecretariatApprover]),
    (
        "pat Njoroge",
        &[Role::SecretariatOfficer, Role::SecretariatApprover],
    ),
    ("auditor Njoroge", &[Role::Auditor]),
];

pub fn rooms() -> Vec<Room> {
    people::testing::rooms(vec![places::room(), catalogue::room(), members::room()])
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

impl House {
    pub async fn open(db: Db) -> Self {
        let now = morning(TODAY);
        let clock = Clock::at(now);
        let (accounts, links) = db.write(move |tx| settle(tx, now)).await.unwrap();
        let site = people::testing::site(db, clock.clone(), rooms());
        let [amina, bakari, omar, olga, sofia, samir, pat, auditor] =
            signed_in(&site, &links).await;
        let nobody = Browser::new(&site);
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
        let mut all = [
            &mut self.amina,
            &mut self.bakari,
            &mut self.omar,
            &mut self.olga,
            &mut self.sofia,
            &mut self.samir,
            &mut self.pat,
            &mut self.auditor,
        ];
        days_pass(&self.clock, days, &mut all, &self.links).await;
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
}

/// Countries, catalogue, eight people; answers their accounts and sign-in links.
fn settle(tx: &mut Tx, now: Moment) -> base::Result<(Vec<Id>, Vec<String>)> {
    places::seed(tx, now)?;
    catalogue::seed(tx, now)?;
    everybody(tx, &PEOPLE, now)
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
