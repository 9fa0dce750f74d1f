//! A house with this room and everything upstream, and the people who walk through its stories.
#![allow(dead_code, reason = "each story uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Actor, Clock, Day, Id, Lang, Moment, Names, Role};
use db::{Db, Migration, Tx};
use members::{Application, Contact, Finding};
pub use people::testing::but;
use people::testing::{days_pass, everybody, morning, signed_in};
use std::collections::BTreeMap;
use web::testing::Browser;
use web::{Room, Site};

/// The day the stories begin.
pub const TODAY: &str = "2026-12-01";

/// A site with its clock, and everybody signed in.
pub struct House {
    pub site: Site,
    pub clock: Clock,
    /// Focal point and authorised officer of the first member.
    pub mary: Browser,
    pub max: Browser,
    /// Focal point of the second member.
    pub nora: Browser,
    pub omar: Browser,
    pub sofia: Browser,
    /// Officer and approver at once, to try what four eyes forbid.
    pub pat: Browser,
    pub auditor: Browser,
    pub nobody: Browser,
    pub known: Known,
    links: Vec<String>,
}

/// Who is who.
#[derive(Clone, Debug)]
pub struct Known {
    pub accounts: Vec<Id>,
    pub first: Id,
    pub second: Id,
}

pub fn rooms() -> Vec<Room> {
    people::testing::rooms(vec![
        places::room(),
        catalogue::room(),
        members::room(),
        offers::room(),
    ])
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub fn start() -> Moment {
    morning(TODAY)
}

impl House {
    pub async fn open(db: Db) -> Self {
        let clock = Clock::at(start());
        let (known, links) = db.write(move |tx| settle(tx, start())).await.unwrap();
        let site = people::testing::site(db, clock.clone(), rooms());
        let [mary, max, nora, omar, sofia, pat, auditor] = signed_in(&site, &links).await;
        let nobody = Browser::new(&site);
        Self {
            site,
            clock,
            mary,
            max,
            nora,
            omar,
            sofia,
            pat,
            auditor,
            nobody,
            known,
            links,
        }
    }

    /// Lets days pass; everybody signs in again.
    pub async fn days(&mut self, days: i64) {
        let mut all = [
            &mut self.mary,
            &mut self.max,
            &mut self.nora,
            &mut self.omar,
            &mut self.sofia,
            &mut self.pat,
            &mut self.auditor,
        ];
        days_pass(&self.clock, days, &mut all, &self.links).await;
    }

    /// Mary makes an offer and registers it; answers its path.
    pub async fn register(&mut self, other: &[(&str, &str)]) -> String {
        let organisation = self.known.first.to_string();
        let mut pairs = but(OFFER, other);
        pairs.push(("organisation", &organisation));
        pairs.push(("register", "yes"));
        self.mary.act("/offers/new", &pairs).await.location
    }
    /// Registered, checked by Omar, made available by Sofia.
    pub async fn available(&mut self, other: &[(&str, &str)]) -> String {
        let path = self.register(other).await;
        self.omar
            .act(&format!("{path}/check"), &[("note", "Called the depot.")])
            .await;
        self.sofia.act(&format!("{path}/approval"), &[]).await;
        path
    }
    /// Does something with the database and today's day.
    pub async fn with<T: Send + 'static>(
        &self,
        act: impl Fn(&mut Tx, Day) -> base::Result<T> + Send + 'static,
    ) -> base::Result<T> {
        let today = self.clock.now().day();
        self.site.db.write(move |tx| told(tx, today, &act)).await
    }
}

/// As an allocation would: the act and its fact.
pub fn told<T>(
    tx: &mut Tx,
    today: Day,
    act: impl Fn(&mut Tx, Day) -> base::Result<T>,
) -> base::Result<T> {
    let done = act(tx, today)?;
    let subject = ("proposal", Id::named("proposal", "any"));
    let about = serde_json::json!({});
    let fact = ledger::Fact {
        now: Moment::start_of(today),
        actor: None,
        verb: "proposal.moved",
        subject,
        about,
    };
    ledger::record(tx, &fact)?;
    Ok(done)
}

/// The id at the end of a path.
pub fn id(path: &str) -> Id {
    Id::parse(path.rsplit('/').next().unwrap()).unwrap()
}

/// Brings an organisation in, through every step by the person who may.
pub fn join(
    tx: &mut Tx,
    (names, kind, country): (Names, &str, &str),
    (contact, officer): (Contact, Option<&str>),
    (omar, sofia): (&Actor, &Actor),
    now: Moment,
) -> base::Result<Id> {
    let principles = [
        "appropriate_use",
        "access_and_control",
        "security_and_protection",
        "lifespan_of_services",
    ];
    let number = Id::named("number", names.get(Lang::En)).to_string();
    let application = Application {
        names,
        kind: kind.to_owned(),
        country: Some(country.to_owned()),
        website: None,
        identifiers: vec![("XI-SAMPLE".to_owned(), number)],
        strengths: Names::one("en", "Many things"),
        objectives: vec!["continuity".to_owned()],
        obligations: ["support_objectives", "answer_requests", "work_together"]
            .map(str::to_owned)
            .to_vec(),
        do_no_harm: true,
        principles: principles
            .map(|code| (code.to_owned(), format!("We keep to {code}.")))
            .into(),
        contact,
        officer: officer.map(|name| members::Person {
            name: format!("{name} Otieno"),
            email: format!("{name}@example.org"),
        }),
        sample: true,
        lang: Lang::En,
    };
    let id = members::apply(tx, &application, None, now)?;
    members::start_review(tx, id, omar, now)?;
    for criterion in [
        "legal_existence",
        "able_to_deliver",
        "integrity",
        "child_safeguarding",
        "data_protection",
    ] {
        let finding = Finding {
            criterion: criterion.to_owned(),
            met: true,
            note: "Seen".to_owned(),
            evidence: "Register".to_owned(),
        };
        members::verify(tx, id, &finding, omar, now)?;
    }
    members::admit(tx, id, "", sofia, now)?;
    Ok(members::membership(tx, id)?.organisation)
}

/// The officer and the approver, as the stories' own hands.
pub fn secretariat(tx: &mut Tx, now: Moment) -> base::Result<(Actor, Actor)> {
    let omar = people::account_by_email(tx, "omar@example.org")?.unwrap();
    let sofia = people::account_by_email(tx, "sofia@example.org")?.unwrap();
    Ok((
        people::actor(tx, omar, now.day())?,
        people::actor(tx, sofia, now.day())?,
    ))
}

const PEOPLE: [(&str, &[Role]); 7] = [
    ("mary Otieno", &[]),
    ("max Otieno", &[]),
    ("nora Otieno", &[]),
    ("omar Otieno", &[Role::SecretariatOfficer]),
    ("sofia Otieno", &[Role::SecretariatApprover]),
    (
        "pat Otieno",
        &[Role::SecretariatOfficer, Role::SecretariatApprover],
    ),
    ("auditor Otieno", &[Role::Auditor]),
];

/// Countries, catalogue, seven people and two members; answers who is who and sign-in links.
fn settle(tx: &mut Tx, now: Moment) -> base::Result<(Known, Vec<String>)> {
    places::seed(tx, now)?;
    catalogue::seed(tx, now)?;
    let (accounts, links) = everybody(tx, &PEOPLE, now)?;
    let (omar, sofia) = secretariat(tx, now)?;
    let hands = (&omar, &sofia);
    let names = |text: &str| Names::one("en", text);
    let mary = (Contact::Account(accounts[0]), Some("max"));
    let first = join(
        tx,
        (names("Tablets for All (sample)"), "private_sector", "HN"),
        mary,
        hands,
        now,
    )?;
    let nora = (Contact::Account(accounts[2]), None);
    let second = join(
        tx,
        (names("Open Lessons (sample)"), "civil_society", "FR"),
        nora,
        hands,
        now,
    )?;
    Ok((
        Known {
            accounts,
            first,
            second,
        },
        links,
    ))
}

/// A whole offer of stock.
pub const OFFER: &[(&str, &str)] = &[
    ("code", "T-1"),
    ("title_en", "Tablets <with> lessons & chargers"),
    ("title_fr", "Tablettes avec leçons"),
    ("service_class", "devices"),
    ("quantity", "100"),
    ("lot_min", "10"),
    ("lot_step", "5"),
    ("lot_max", "50"),
    ("places", "HN KE047"),
    ("languages", "es, miq"),
    ("levels", "1"),
    ("levels", "2"),
    ("modality", "hi-tech"),
    ("tier", "tier_0"),
    ("window_from", "2027-01-01"),
    ("window_to", "2027-12-31"),
    ("setup_days", "30"),
    ("free_until", "2027-12-31"),
    ("conditions", "has_electricity"),
    ("conditions", "has_secure_storage"),
    ("evidence_level", "own_study"),
    ("unit_cost", "1.25"),
    ("in_person", "supplements"),
    ("accessibility", "Large print"),
];

/// The names of a member's row in the shipped sample.
pub fn shipped_members() -> Vec<BTreeMap<String, String>> {
    shipped("members.csv")
}

/// A shipped sample file as rows by header.
pub fn shipped(name: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = shipped_bytes(name);
    let sheet = sheets::Sheet::read(name, &bytes, &sheets::Limits::default()).unwrap();
    let row = |row: sheets::Row<'_>| {
        let cells = row.cells().map(str::to_owned);
        sheet.headers().iter().cloned().zip(cells).collect()
    };
    sheet.rows(0..sheet.len()).map(row).collect()
}

pub fn shipped_bytes(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/sample");
    std::fs::read(folder.join(name)).unwrap()
}
