//! The house of the deliveries' stories, with evidence, counts and this room beside it.
#![allow(dead_code, reason = "each story uses a part of it")]
#![allow(
    clippy::module_inception,
    reason = "each room's house stands on the one before it"
)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a story that goes wrong ends here"
)]

#[path = "../../../../coalition/deliveries/tests/house/mod.rs"]
mod earlier;

pub use earlier::day;
use earlier::good;

use base::Id;
use db::{Db, Migration};
use evidence::{Claim, Comparator, Level, Standing, Unit};
use jobs::Bench;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use web::testing::Browser;
use web::{Room, Site};

/// A telephone number and a person's name that must never be read outside.
pub const PLANTED: [&str; 2] = ["9999-8888", "Mary Planted"];

pub fn rooms() -> Vec<Room> {
    let mut rooms = earlier::rooms();
    for room in &mut rooms {
        // The stories before look at no page with words of the ledger.
        if room.name == "ledger" {
            *room = ledger::room();
        }
    }
    rooms.extend([evidence::room(), reports::room(), publications::room()]);
    rooms
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

pub struct House {
    before: earlier::House,
    pub site: Site,
    /// A deployment at work, of the local member.
    pub deployment: Id,
    /// Its figure.
    pub claim: Id,
}

impl Deref for House {
    type Target = earlier::House;
    fn deref(&self) -> &earlier::House {
        &self.before
    }
}

impl House {
    /// Solar kits are agreed, sent and half of them checked in; the member has said whom they reach.
    pub fn open(db: Db) -> Self {
        let before = earlier::House::open(db);
        let site = web::testing::with_rooms(&before.site, rooms(), people::DOOR);
        let local = before.known.local;
        let deployment = before.deployed(local, "solar_kit");
        let left = before.left(deployment);
        let consignment = before.accepted(deployment, "mary", &left);
        before.sent(consignment, "mary").unwrap();
        let lines = before.read(move |tx| deliveries::lines(tx, consignment));
        for line in lines.iter().take(2) {
            before.checked_in(line.id, good(line.units)).unwrap();
        }
        let mut house = Self {
            before,
            site,
            deployment,
            claim: Id::named("claim", "none"),
        };
        house.claim = house.claimed(120, Some(150), "Attendance lists of the schools");
        house
    }

    /// A figure of the deployment, as accepted evidence.
    pub fn claimed(&self, low: i64, high: Option<i64>, source: &str) -> Id {
        let now = self.clock.now();
        let mut claim = Claim {
            id: Id::new(now),
            indicator: "learners_reached".to_owned(),
            unit: Unit::People,
            level: Some(Level::Delivered),
            comparator: Comparator::About,
            low: Some(low),
            high,
            place: "HN01".to_owned(),
            country: "HN".to_owned(),
            group: evidence::EVERYBODY.to_owned(),
            from: day("2027-01-01"),
            to: day("2027-01-19"),
            method: evidence::METHODS[0].to_owned(),
            source: source.to_owned(),
            as_of: day("2027-01-19"),
            organisation: self.known.local,
            deployment: Some(self.deployment),
            report: None,
            file: None,
            standing: Standing::Stands,
            supersedes: None,
            print: String::new(),
            reported_by: Some(self.known.accounts["mary"]),
            accepted_by: Some(self.known.accounts["omar"]),
            confirmed_by: None,
            verified_by: None,
            batch: None,
            submitted_at: Some(now),
            version: 1,
        };
        claim.print = evidence::print_of(&claim, Some("solar_kit"));
        let id = claim.id;
        self.write(move |tx, now| evidence::add_claims(tx, &mut [claim.clone()], None, now))
            .unwrap();
        id
    }

    pub fn bench(&self) -> Bench {
        Bench {
            db: self.site.db.clone(),
            files: self.site.files.clone(),
            clock: self.clock.clone(),
            stopping: Arc::new(AtomicBool::new(false)),
        }
    }

    pub fn stranger(&self) -> Browser {
        let mut browser = Browser::new(&self.site);
        browser.waive("label", "a choice stands inside its label");
        browser
    }

    pub async fn browser(&self, who: &str) -> Browser {
        let (account, now) = (self.known.accounts[who], self.clock.now());
        let link = self
            .site
            .db
            .write(move |tx| people::sign_in_link(tx, account, now));
        let mut browser = self.stranger();
        browser.act(&link.await.unwrap(), &[]).await;
        browser
    }

    /// The officer builds every format through the web, and the work is done.
    pub async fn build(&self) -> Browser {
        let mut omar = self.browser("omar").await;
        let all = "formats=iati&formats=ocds&formats=hxl&formats=csv&note=The+first+weeks";
        omar.post("/data/releases/new", all).await.expect(303);
        omar.wait_for_jobs().await;
        omar
    }

    /// The codes of releases that wait, from the list.
    pub async fn waiting(&self, browser: &mut Browser) -> Vec<String> {
        let got = browser.get("/data/releases?state=built").await.expect(200);
        let mut codes: Vec<String> = got
            .text
            .split("href=\"/data/releases/")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|code| *code != "new")
            .map(str::to_owned)
            .collect();
        codes.sort();
        codes.dedup();
        codes
    }

    /// The approver publishes everything that waits.
    pub async fn publish(&self) -> Vec<String> {
        let mut sofia = self.browser("sofia").await;
        let codes = self.waiting(&mut sofia).await;
        for code in &codes {
            sofia
                .act(&format!("/data/releases/{code}/publication"), &[])
                .await;
        }
        codes
    }

    pub fn replays(&self) {
        let scratch = Db::scratch(&migrations()).unwrap();
        let tables = web::site::tables(&rooms());
        for compared in ledger::replay(&self.site.db, &scratch, &tables).unwrap() {
            let by_hand =
                compared.table == "accreditation" || compared.table.starts_with("agreement");
            assert!(by_hand || compared.is_same(), "{} differs", compared.table);
        }
        assert_eq!(self.site.library.missing(), Vec::<String>::new());
    }
}
