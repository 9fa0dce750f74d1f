//! The house of the allocation's stories, with agreements and this room beside it.
#![allow(dead_code, unused_imports, reason = "each story uses a part of it")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

#[path = "../../../allocation/tests/house/mod.rs"]
mod before;

pub use before::{day, id};
use before::{register, terms};

use base::{Id, Lang, Moment, Role};
use db::{Db, Migration, Tx, args};
use ledger::Bucket;
use offers::Kind;
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::Deref;
use web::testing::Browser;
use web::{Room, Site};

/// A day on which the agreements of the stories are in force.
pub const IN_FORCE: &str = "2027-01-20";

pub fn rooms() -> Vec<Room> {
    let mut rooms = before::rooms();
    rooms.push(agreements::room());
    rooms.push(deployments::room());
    rooms
}

pub fn migrations() -> Vec<Migration> {
    web::site::migrations(&rooms())
}

pub struct House(before::House);

impl Deref for House {
    type Target = before::House;
    fn deref(&self) -> &before::House {
        &self.0
    }
}

/// What both sides agreed, by member and service.
pub type Agreed = BTreeMap<(Id, String), Id>;

impl House {
    /// Forty schools whose needs two members serve, each with its part of every service.
    pub fn open(db: Db) -> (Self, Agreed) {
        let mut house = before::House::open(db);
        house.site = web::testing::with_rooms(&house.site, rooms(), people::DOOR);
        let rosa = house.write(|tx, now| {
            agreements::seed(tx, now)?;
            signatory(tx, now)
        });
        house.known.accounts.insert("rosa", rosa.unwrap());
        let (local, foreign) = (house.known.local, house.known.foreign);
        house.offer(local, "mary", &terms("solar_kit", Kind::Stock, 6));
        house.offer(foreign, "nora", &terms("solar_kit", Kind::Stock, 3));
        let mut devices = terms("devices", Kind::Stock, 150);
        (devices.lot_min, devices.lot_step, devices.lot_max) = (5, 5, Some(20));
        house.offer(foreign, "nora", &devices);
        house.request(register(40).as_bytes());
        let (round, _) = house.round("Honduras 2027");
        let mut agreed = Agreed::new();
        for p in house.proposals(round) {
            let officer = if p.member == local { "max" } else { "nils" };
            let (officer, ana) = (house.actor(officer), house.actor("ana"));
            let class = p.service_class.clone();
            agreed.insert((p.member, class), p.id);
            house
                .write(move |tx, now| {
                    let all = allocation::Part::default();
                    allocation::accept_for_member(tx, p.id, &all, &officer, now)?;
                    allocation::accept_for_authority(tx, p.id, &all, &ana, now)
                })
                .unwrap();
        }
        (Self(house), agreed)
    }

    /// An agreement over a proposal, drafted, released and signed by both, valid through 2027.
    pub fn signed(&self, proposal: Id) -> Id {
        let (omar, sofia, rosa) = (self.actor("omar"), self.actor("sofia"), self.actor("rosa"));
        let member = self.read(move |tx| Ok(allocation::proposal(tx, proposal)?.member));
        let officer = self.actor(if member == self.known.local {
            "max"
        } else {
            "nils"
        });
        self.write(move |tx, now| {
            let mut terms = agreements::proposed_terms(tx, &[proposal], now)?;
            (terms.starts_on, terms.ends_on) = (day("2027-01-01"), day("2027-12-31"));
            let id = agreements::draft(tx, &[proposal], &terms, &omar, now)?;
            agreements::send_for_review(tx, id, &omar, now)?;
            let site = "http://127.0.0.1";
            let words = Some("Each serves other schools.");
            let hash = agreements::release_for_signature(tx, id, site, words, &sofia, now)?;
            let authority = agreements::agreement(tx, id, now.day())?.authority;
            let read = agreements::Evidence::Sample(hash);
            agreements::sign(tx, id, authority, &read, &rosa, now)?;
            agreements::sign(tx, id, member, &read, &officer, now)?;
            Ok(id)
        })
        .unwrap()
    }

    /// A plan for all of an agreement's service, by its member.
    pub fn plan(&self, agreement: Id, service_class: &str, places: &[&str]) -> deployments::Plan {
        let member = self
            .site
            .db
            .read_now(move |tx| Ok(agreements::agreement(tx, agreement, day("2026-12-01"))?.member))
            .unwrap();
        deployments::Plan {
            agreement,
            service_class: service_class.to_owned(),
            title: base::Names::one("en", &format!("{service_class} in the north")),
            implementers: vec![member],
            places: places.iter().map(|p| (*p).to_owned()).collect(),
            group: None,
            levels: vec!["1".to_owned()],
            flagship: None,
            missions: Vec::new(),
            in_person: deployments::InPerson::Supplements,
            replaces_reason: None,
            planned_from: day("2027-01-10"),
            planned_to: day("2027-06-30"),
            reach_planned: None,
            assets_to: "schools".to_owned(),
            maintenance: "The schools, with a fund.".to_owned(),
            financing_after: "The ministry.".to_owned(),
            free_until: day("2028-12-31"),
        }
    }

    pub fn planned(&self, who: &str, plan: &deployments::Plan) -> base::Result<Id> {
        let (actor, plan) = (self.actor(who), plan.clone());
        self.write(move |tx, now| deployments::plan(tx, &plan, &actor, now))
    }

    /// Tells how teachers took part in design and testing, and begins.
    pub fn begun(&self, who: &str, id: Id) -> base::Result<()> {
        let actor = self.actor(who);
        self.write(move |tx, now| {
            for stage in ["design", "testing"] {
                deployments::involve(tx, id, &told(stage), &actor, now)?;
            }
            deployments::activate(tx, id, now.day(), &actor, now)
        })
    }

    pub fn read<T: Send + 'static>(
        &self,
        ask: impl Fn(&mut Tx) -> base::Result<T> + Send + 'static,
    ) -> T {
        self.site.db.read_now(ask).unwrap()
    }

    pub fn standing(&self, id: Id) -> &'static str {
        let today = self.clock.now().day();
        self.read(move |tx| deployments::deployment(tx, id, today))
            .standing
            .code()
    }

    /// Moves the clock to the morning of a day.
    pub fn wait_until(&self, to: &str) {
        let now = self.clock.now();
        let then = people::testing::morning(to);
        self.clock.advance_seconds(then.seconds() - now.seconds());
    }

    /// The facts alone tell every row of this room and of the ledger.
    pub fn replays(&self) {
        let scratch = Db::scratch(&migrations()).unwrap();
        let tables = web::site::tables(&rooms());
        for compared in ledger::replay(&self.site.db, &scratch, &tables).unwrap() {
            // Accreditation and agreements of these stories were written by hand, without facts.
            let by_hand =
                compared.table == "accreditation" || compared.table.starts_with("agreement");
            assert!(by_hand || compared.is_same(), "{} differs", compared.table);
        }
    }

    /// Units of all lines of a need's service, by bucket.
    pub fn units(&self, service_class: &str) -> BTreeMap<&'static str, i64> {
        let class = service_class.to_owned();
        let lines: Vec<Id> = self.read(move |tx| {
            let sql = "SELECT l.id FROM need_line l JOIN need n ON n.id = l.need_id WHERE n.service_class = $1";
            tx.rows(sql, &args![&class])?.iter().map(|row| row.read().id()).collect()
        });
        let balances = self.read(move |tx| ledger::balances_of(tx, &lines));
        let mut out: BTreeMap<&'static str, i64> = BTreeMap::new();
        for (bucket, held) in balances
            .values()
            .flat_map(|b| b.buckets().collect::<Vec<_>>())
        {
            if held > 0 {
                *out.entry(bucket.code()).or_default() += held;
            }
        }
        out
    }

    /// Units committed at the offers of a service.
    pub fn held(&self, service_class: &str) -> i64 {
        let class = service_class.to_owned();
        self.read(move |tx| {
            let sql = "SELECT CAST(COALESCE(SUM(c.committed), 0) AS BIGINT) FROM offer_capacity c \
                       JOIN offer o ON o.id = c.offer_id WHERE o.service_class = $1";
            tx.one(sql, &args![&class])?.read().int()
        })
    }

    /// Moves units of a deployment's line on their way, as deliveries does.
    pub fn send(&self, deployment: Id, line: Id, units: i64) -> base::Result<()> {
        self.write(move |tx, at| {
            for (line, offer, quantity) in deployments::send(tx, deployment, &[(line, units)])? {
                let movement = ledger::Movement {
                    line,
                    offer: Some(offer),
                    quantity,
                    from: Bucket::Committed,
                    to: Bucket::InTransit,
                    at,
                };
                ledger::shift(tx, &movement)?;
            }
            let fact = ledger::Fact {
                now: at,
                actor: None,
                verb: "story.sent",
                subject: ("deployment", deployment),
                about: json!({}),
            };
            ledger::record(tx, &fact)?;
            Ok(())
        })
    }
}

/// The signatory of the authority of Honduras.
fn signatory(tx: &mut Tx, now: Moment) -> base::Result<Id> {
    let new = people::NewAccount {
        email: "rosa@example.org".to_owned(),
        name: "rosa".to_owned(),
        sample: true,
        ..people::NewAccount::default()
    };
    let account = people::add_account(tx, &new, now)?;
    let ministry = authorities::active(tx, "HN", now.day())?
        .unwrap()
        .organisation;
    let appointment = people::NewAppointment {
        account,
        role: Role::AuthoritySignatory,
        organisation: Some(ministry),
        country: Some("HN".to_owned()),
        places: Vec::new(),
        from_on: now.day(),
        to_on: None,
        basis: "accreditation",
    };
    people::appoint(tx, &appointment, None, now)?;
    Ok(account)
}

pub fn told(stage: &str) -> deployments::Told {
    deployments::Told {
        stage: stage.to_owned(),
        involved: true,
        teachers: Some(4),
        on: day("2026-11-15"),
        words: "They chose the lessons.".to_owned(),
    }
}

/// Three areas of the register.
pub const AREAS: [&str; 3] = ["HN01", "HN05", "HN15"];

/// Stories told on both engines; afterwards everything adds up and the facts alone tell every row.
#[macro_export]
macro_rules! stories {
    ($($story:ident),* $(,)?) => { $(
        #[tokio::test(flavor = "multi_thread")]
        async fn $story() {
            db::testing::each_engine_async(&house::migrations(), |db| async move {
                let (house, agreed) = tokio::task::spawn_blocking(move || house::House::open(db)).await.unwrap();
                let house = tell::$story(house, agreed).await;
                tokio::task::spawn_blocking(move || {
                    house.all_is_well();
                    house.replays();
                }).await.unwrap();
            })
            .await;
        }
    )* };
}

/// The form of a plan, with some answers in another way.
pub fn form<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("service_class", "solar_kit"),
        ("deployment_title_en", "Power for schools"),
        ("levels", "1"),
        ("in_person", "supplements"),
        ("planned_from", "2027-01-10"),
        ("planned_to", "2027-06-30"),
        ("assets_to", "schools"),
        ("maintenance", "The schools, with a fund."),
        ("financing_after", "The ministry."),
        ("free_until", "2028-12-31"),
    ];
    all.retain(|(name, _)| !other.iter().any(|(other, _)| other == name));
    all.extend(other);
    all
}

pub fn encoded(pairs: &[(&str, &str)]) -> String {
    let one = |(name, value): &(&str, &str)| format!("{name}={}", value.replace(' ', "+"));
    pairs.iter().map(one).collect::<Vec<_>>().join("&")
}

pub async fn refused(browser: &mut Browser, path: &str, pairs: &[(&str, &str)], words: &[&str]) {
    let got = browser.post(path, &encoded(pairs)).await;
    assert_eq!(
        got.status,
        422,
        "{path}: {}",
        web::testing::plain(&got.text)
    );
    for word in words {
        assert!(
            got.says(word),
            "{path} does not say «{word}»:\n{}",
            web::testing::plain(&got.text)
        );
    }
}

pub async fn says(browser: &mut Browser, path: &str, words: &[&str], never: &[&str]) {
    let page = browser.get(path).await.expect(200);
    for word in words {
        assert!(
            page.says(word),
            "{path} does not say «{word}»:\n{}",
            web::testing::plain(&page.text)
        );
    }
    for word in never {
        assert!(!page.says(word), "{path} says «{word}»");
    }
}

pub async fn teachers(browser: &mut Browser, path: &str, stage: &str) {
    let told = [
        ("teacher_stage", stage),
        ("involved", "yes"),
        ("teachers", "12"),
        ("on", "2026-11-20"),
        ("words", "They chose the lessons."),
    ];
    browser.act(&format!("{path}/teachers/new"), &told).await;
}

pub fn two(house: &House, agreed: &Agreed) -> (Id, Id) {
    let (local, foreign) = (house.known.local, house.known.foreign);
    let one = house.signed(agreed[&(local, "solar_kit".to_owned())]);
    let other = house.signed(agreed[&(foreign, "solar_kit".to_owned())]);
    let whole = |agreement| {
        let mut plan = house.plan(agreement, "solar_kit", &["HN"]);
        plan.reach_planned = Some(1_000_000);
        plan
    };
    let one = house.planned("mary", &whole(one)).unwrap();
    assert_eq!(house.standing(one), "planned");
    (one, house.planned("nora", &whole(other)).unwrap())
}
