//! The house of the deployments' stories, with this room beside it.
#![allow(dead_code, unused_imports, reason = "each story uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a story that goes wrong ends here"
)]

#[path = "../../../deployments/tests/house/mod.rs"]
mod upstream;

pub use upstream::{Agreed, IN_FORCE, day};

use base::Id;
use db::{Db, Migration, Tx};
use deliveries::{By, Checked, Consignment, Proof, Said, Terms};
use ledger::Bucket;
use std::collections::BTreeMap;
use std::ops::Deref;
use web::testing::Browser;
use web::{Room, Site};

/// Stories told on both engines; at the end of each everything that must hold does.
#[allow(unused_macros, reason = "some tests tell no story")]
macro_rules! told_on_both {
    ($($story:ident),* $(,)?) => { $(
        #[tokio::test(flavor = "multi_thread")]
        async fn $story() {
            db::testing::each_engine_async(&house::migrations(), |db| async move {
                let house = tokio::task::spawn_blocking(move || house::House::open(db)).await.unwrap();
                let house = tell::$story(house).await;
                tokio::task::spawn_blocking(move || {
                    house.all_is_well();
                    house.replays();
                }).await.unwrap();
            })
            .await;
        }
    )* };
}

pub fn rooms() -> Vec<Room> {
    let mut rooms = upstream::rooms();
    rooms.push(deliveries::room());
    rooms
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

pub struct House {
    before: upstream::House,
    pub site: Site,
    pub agreed: Agreed,
}

impl Deref for House {
    type Target = upstream::House;
    fn deref(&self) -> &upstream::House {
        &self.before
    }
}

impl House {
    /// Agreements are in force, and nothing is deployed yet.
    pub fn open(db: Db) -> Self {
        let (before, agreed) = upstream::House::open(db);
        before.wait_until(IN_FORCE);
        let site = web::testing::with_rooms(&before.site, rooms(), people::DOOR);
        Self {
            before,
            site,
            agreed,
        }
    }

    /// Further offers of the local member, matched, agreed and ready to be signed.
    pub fn also(&mut self, offers: &[(&str, offers::Kind, i64)]) {
        let local = self.known.local;
        let mut known = self.read(move |tx| offers::offers_of(tx, local));
        let mut terms = known.remove(0).terms;
        terms.languages = offers::Spoken::Listed(vec!["es".to_owned()]);
        for (class, kind, capacity) in offers {
            (terms.service_class, terms.kind, terms.capacity) =
                ((*class).to_owned(), *kind, *capacity);
            self.offer(local, "mary", &terms);
        }
        let (round, _) = self.round("Honduras, more");
        for p in self.proposals(round) {
            let wanted = offers.iter().any(|(class, ..)| *class == p.service_class);
            if p.member != local || !wanted {
                continue;
            }
            let (max, ana) = (self.actor("max"), self.actor("ana"));
            self.agreed
                .insert((p.member, p.service_class.clone()), p.id);
            self.write(move |tx, now| {
                let all = allocation::Part::default();
                allocation::accept_for_member(tx, p.id, &all, &max, now)?;
                allocation::accept_for_authority(tx, p.id, &all, &ana, now)
            })
            .unwrap();
        }
    }

    /// A deployment at work: of that member, for all that was agreed of the service.
    pub fn deployed(&self, member: Id, service_class: &str) -> Id {
        let who = if member == self.known.local {
            "mary"
        } else {
            "nora"
        };
        let proposal = self.agreed[&(member, service_class.to_owned())];
        let agreement = self.signed(proposal);
        let plan = self.plan(agreement, service_class, &[]);
        let id = self.planned(who, &plan).unwrap();
        self.begun(who, id).unwrap();
        id
    }

    pub async fn browser(&self, who: &str) -> Browser {
        let (account, now) = (self.known.accounts[who], self.clock.now());
        let made = self.site.db.write(move |tx| {
            let key = people::add_key(tx, account, "story", now)?;
            Ok((people::sign_in_link(tx, account, now)?, key))
        });
        let (link, key) = made.await.unwrap();
        let mut browser = self.stranger();
        browser.key = Some(key);
        browser.act(&link, &[]).await;
        browser
    }

    pub fn stranger(&self) -> Browser {
        let mut browser = Browser::new(&self.site);
        browser.waive("label", "a choice stands inside its label");
        browser
    }

    /// Everything checked that must hold at any time.
    pub fn all_is_well(&self) {
        let site = self.site.clone();
        let breaches = self.site.db.read_now(move |tx| {
            let mut breaches = Vec::new();
            // The agreements of these stories were written by hand, without documents.
            let rooms = site.rooms.iter().filter(|room| room.name != "agreements");
            for check in rooms.flat_map(|room| &room.checks) {
                breaches.extend((check.run)(tx)?);
            }
            breaches.extend(ledger::unbalanced(tx)?.iter().map(ToString::to_string));
            Ok(breaches)
        });
        assert_eq!(breaches.unwrap(), Vec::<String>::new());
        assert_eq!(self.site.library.missing(), Vec::<String>::new());
    }

    /// The facts alone tell every row.
    pub fn replays(&self) {
        let scratch = Db::scratch(&migrations()).unwrap();
        let tables = web::site::tables(&rooms());
        for compared in ledger::replay(&self.site.db, &scratch, &tables).unwrap() {
            let by_hand =
                compared.table == "accreditation" || compared.table.starts_with("agreement");
            assert!(by_hand || compared.is_same(), "{} differs", compared.table);
        }
    }

    // ---- consignments by hand

    pub fn terms(&self) -> Terms {
        Terms {
            to_place: "HN".to_owned(),
            planned_on: self.clock.now().day().plus(10),
            note: Some("By lorry.".to_owned()),
        }
    }

    /// A consignment of these need lines, accepted.
    pub fn accepted(&self, deployment: Id, who: &str, parts: &[(Id, i64)]) -> Id {
        let (member, ana) = (self.actor(who), self.actor("ana"));
        let (terms, parts) = (self.terms(), parts.to_vec());
        self.write(move |tx, now| {
            let id = deliveries::request(tx, deployment, &parts, &terms, &member, now)?;
            deliveries::accept(tx, id, &ana, now)?;
            Ok(id)
        })
        .unwrap()
    }

    pub fn sent(&self, consignment: Id, who: &str) -> base::Result<()> {
        let actor = self.actor(who);
        self.write(move |tx, now| {
            let said = Said {
                on: now.day(),
                paper: None,
            };
            deliveries::dispatch(tx, consignment, &said, &actor, now)
        })
    }

    pub fn checked_in(&self, line: Id, checked: Checked) -> base::Result<()> {
        let ana = self.actor("ana");
        self.write(move |tx, now| {
            let consignment = deliveries::line(tx, line)?.consignment;
            let proof = Proof {
                on: now.day(),
                file: None,
                note: None,
            };
            let by = By::Account(&ana);
            deliveries::check_in(tx, consignment, &[(line, checked)], by, &proof, now)
        })
    }

    pub fn consignment(&self, id: Id) -> Consignment {
        self.read(move |tx| deliveries::consignment(tx, id))
    }

    /// What a deployment may still send: need line and units.
    pub fn left(&self, deployment: Id) -> Vec<(Id, i64)> {
        self.read(move |tx| deliveries::outstanding(tx, deployment))
            .into_iter()
            .map(|(line, left)| (line.line, left))
            .collect()
    }

    pub fn balance(&self, line: Id) -> BTreeMap<Bucket, i64> {
        let balance = self.read(move |tx| ledger::balance(tx, line)).unwrap();
        balance.buckets().filter(|(_, units)| *units > 0).collect()
    }
}

pub fn good(units: i64) -> Checked {
    Checked {
        good: units,
        ..Checked::default()
    }
}

/// A page says these words.
pub async fn says(browser: &mut Browser, path: &str, words: &[&str]) -> String {
    let page = browser.get(path).await.expect(200);
    for word in words {
        assert!(
            page.says(word),
            "{path} does not say «{word}»:\n{}",
            web::testing::plain(&page.text)
        );
    }
    page.text
}

/// A form is refused with these words.
pub async fn refused(browser: &mut Browser, path: &str, pairs: &[(&str, &str)], words: &[&str]) {
    let got = browser.post(path, &web::testing::query(pairs)).await;
    let plain = web::testing::plain(&got.text);
    assert_eq!(got.status, 422, "{path}: {plain}");
    for word in words {
        assert!(got.says(word), "{path} does not say «{word}»:\n{plain}");
    }
}
