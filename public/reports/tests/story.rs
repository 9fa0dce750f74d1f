//! Counts, told through HTTP on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

use base::{Clock, Id, Moment, Names};
use db::{Tx, args};
use people::testing;
use reports::Scope;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use web::testing::Browser;
use web::{Room, Site};

fn rooms() -> Vec<Room> {
    testing::rooms(vec![
        places::room(),
        catalogue::room(),
        authorities::room(),
        members::room(),
        needs::room(),
        offers::room(),
        allocation::room(),
        agreements::room(),
        deployments::room(),
        deliveries::room(),
        evidence::room(),
        reports::room(),
    ])
}

struct House {
    site: Site,
    clock: Clock,
    member: Id,
    nobody: Browser,
}

impl House {
    async fn open(db: db::Db) -> Self {
        let clock = Clock::at(testing::morning("2026-11-22"));
        let now = clock.now();
        let member = db
            .write(move |tx| {
                places::seed(tx, now)?;
                catalogue::seed(tx, now)?;
                let sample = people::NewOrganisation {
                    names: Names::one("en", "Sample Foundation"),
                    kind: "foundation".to_owned(),
                    sample: true,
                    ..people::NewOrganisation::default()
                };
                people::add_organisation(tx, &sample, None, now)
            })
            .await
            .unwrap();
        let site = testing::site(db, clock.clone(), rooms());
        let nobody = Browser::new(&site);
        Self {
            site,
            clock,
            member,
            nobody,
        }
    }

    fn bench(&self) -> jobs::Bench {
        jobs::Bench {
            db: self.site.db.clone(),
            files: self.site.files.clone(),
            clock: self.clock.clone(),
            stopping: Arc::new(AtomicBool::new(false)),
        }
    }

    async fn count(&self) -> reports::Snapshot {
        let bench = self.bench();
        tokio::task::spawn_blocking(move || reports::take_now(&bench))
            .await
            .unwrap()
            .unwrap()
    }

    /// A report that was handed in, and at which level it stands by now.
    async fn told(&self, told: Told) -> Id {
        let (now, member) = (self.clock.now(), self.member);
        let db = &self.site.db;
        db.write(move |tx| told.write(tx, member, now))
            .await
            .unwrap()
    }

    async fn figure(&mut self, name: &str) -> Value {
        let path = format!("/figures/newest/{name}");
        let to = self.nobody.api(&path).await.expect(200).json();
        let path = to["see"]
            .as_str()
            .unwrap()
            .trim_start_matches("/api")
            .to_owned();
        self.nobody.api(&path).await.expect(200).json()
    }
}

#[derive(Clone)]
struct Told {
    indicator: &'static str,
    level: Option<&'static str>,
    place: &'static str,
    figure: (&'static str, Option<i64>, Option<i64>),
    deployment: &'static str,
    print: &'static str,
}

const TEACHERS: Told = Told {
    indicator: "teachers_trained",
    level: Some("delivered"),
    place: "HN01",
    figure: ("equal", Some(400), Some(400)),
    deployment: "first",
    print: "a",
};

impl Told {
    fn write(&self, tx: &mut Tx, member: Id, now: Moment) -> base::Result<Id> {
        let (id, batch) = (Id::new(now), Id::new(now));
        let (comparator, low, high) = self.figure;
        let country = self.place.get(..2).unwrap_or_default();
        tx.exec(
            "INSERT INTO claim (id, indicator, unit, level, comparator, low, high, place, country, people_group, \
            from_on, to_on, method, source, as_of, organisation_id, deployment_id, standing, print, batch_id, submitted_at, version) \
            VALUES ($1, $2, 'people', $3, $4, $5, $6, $7, $8, 'all', '2026-07-01', '2026-09-30', 'attendance', 'Lists', \
            '2026-09-30', $9, $10, 'stands', $11, $12, $13, 1)",
            &args![
                id, self.indicator, self.level, comparator, low, high, self.place, country, member,
                Id::named("deployment", self.deployment), self.print, batch, now
            ],
        )?;
        let seq = ledger::record(
            tx,
            &ledger::Fact {
                now,
                actor: None,
                verb: "report.submitted",
                subject: ("claim", id),
                about: json!({}),
            },
        )?;
        tx.exec(
            "INSERT INTO claim_mark (batch_id, seq) VALUES ($1, $2)",
            &args![batch, seq],
        )?;
        Ok(id)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_hold() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let mut house = House::open(db).await;
        before_the_first_count_nothing_is_claimed(&mut house).await;
        an_interval_opens_its_rows(&mut house).await;
        a_record_received_twice_counts_once(&mut house).await;
        levels_contain_each_other_and_nothing_else(&mut house).await;
        an_old_count_stays_as_it_was(&mut house).await;
        nothing_new_is_no_new_count(&mut house).await;
        old_counts_keep_the_last_of_each_day(&mut house).await;
        every_page_speaks_three_languages(&mut house).await;
        assert_eq!(house.site.library.missing(), Vec::<String>::new());
    })
    .await;
}

async fn before_the_first_count_nothing_is_claimed(house: &mut House) {
    let figures = house.nobody.get("/figures").await.expect(200);
    assert!(figures.says("Nothing has been counted yet."));
    let missions = house.nobody.get("/missions").await.expect(200);
    assert!(missions.says("how many people were reached is unknown"));
    house
        .nobody
        .get("/figures/newest/coalition.all.members.")
        .await
        .expect(404);
    house.count().await;
    let missions = house
        .nobody
        .get("/missions/global_teacher_campus")
        .await
        .expect(200);
    assert!(missions.says("Target: 1,000,000") && missions.says("Unknown"));
    assert!(missions.says("No deployment has been planned yet."));
    let members = house.figure("coalition.all.members.").await;
    assert_eq!(
        (&members["at_least"], &members["at_most"]),
        (&json!(0), &json!(0))
    );
}

async fn an_interval_opens_its_rows(house: &mut House) {
    house.told(TEACHERS).await;
    house
        .told(Told {
            deployment: "second",
            print: "b",
            figure: ("equal", Some(300), Some(300)),
            ..TEACHERS
        })
        .await;
    let count = house.count().await;
    let name = "country.HN.teachers_trained.delivered";
    let figure = house.figure(name).await;
    assert_eq!(
        (&figure["at_least"], &figure["at_most"], &figure["sum_told"]),
        (&json!(400), &json!(700), &json!(700)),
        "the same teachers may stand in both: {figure}"
    );
    assert_eq!(figure["as_of"], json!("2026-09-30"));
    assert_eq!(figure["snapshot"], json!(count.id.to_string()));
    let path = format!("/figures/{}/{name}", count.id);
    let page = house.nobody.get(&path).await.expect(200);
    assert!(page.says("400 to 700") && page.says("In one place the same people may stand"));
    let rows = house
        .nobody
        .api(&format!("{path}/claims"))
        .await
        .expect(200)
        .json();
    let rows = rows["items"].as_array().unwrap().clone();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row["counted_as"] == json!("counted")));
    let csv = house
        .nobody
        .get(&format!("{path}/claims.csv"))
        .await
        .expect(200);
    assert!(csv.text.contains("Sample Foundation") && csv.text.lines().count() >= 3);
}

async fn a_record_received_twice_counts_once(house: &mut House) {
    house
        .told(Told {
            deployment: "third",
            ..TEACHERS
        })
        .await;
    let count = house.count().await;
    let name = "country.HN.teachers_trained.delivered";
    let figure = house.figure(name).await;
    assert_eq!(
        (&figure["at_least"], &figure["at_most"], &figure["records"]),
        (&json!(400), &json!(700), &json!(2))
    );
    assert!(
        figure["to_know"]
            .as_str()
            .unwrap()
            .contains("more than once")
    );
    let path = format!("/figures/{}/{name}/claims", count.id);
    let rows = house.nobody.get(&path).await.expect(200);
    assert!(rows.says("the same as") && rows.says("counted once"));
}

async fn levels_contain_each_other_and_nothing_else(house: &mut House) {
    house
        .told(Told {
            level: Some("confirmed"),
            place: "HN02",
            deployment: "fourth",
            print: "d",
            figure: ("at_least", Some(50), None),
            ..TEACHERS
        })
        .await;
    house
        .told(Told {
            level: None,
            place: "HN03",
            deployment: "fifth",
            print: "e",
            ..TEACHERS
        })
        .await;
    house.count().await;
    let delivered = house.figure("country.HN.teachers_trained.delivered").await;
    assert_eq!(
        delivered["at_least"],
        json!(450),
        "what is confirmed was delivered"
    );
    assert!(
        !delivered["at_most"].is_null(),
        "more teachers than people there are not: {delivered}"
    );
    let confirmed = house.figure("country.HN.teachers_trained.confirmed").await;
    assert_eq!(confirmed["at_least"], json!(50));
    let reported = house.figure("country.HN.teachers_trained.reported").await;
    assert_eq!(
        reported["at_most"],
        json!(400),
        "what nobody accepted stays apart"
    );
    let mission = house
        .figure("mission.global_teacher_campus.global_teacher_campus.confirmed")
        .await;
    assert_eq!(mission["at_least"], json!(50));
    let page = house.nobody.get("/missions").await.expect(200);
    assert!(page.says("National authorities confirm at least 50 people: 0% of the target"));
    let member = format!("member.{}.teachers_trained.verified", house.member);
    let path = format!("/figures/newest/{member}");
    let to = house.nobody.get(&path).await.expect(303).location;
    house.nobody.get(&to).await.expect(404);
}

async fn an_old_count_stays_as_it_was(house: &mut House) {
    let before = house.count().await;
    let name = "country.HN.teachers_trained.delivered";
    let path = format!("/figures/{}/{name}", before.id);
    let told = house.nobody.api(&path).await.expect(200).json();
    let rows = house
        .nobody
        .api(&format!("{path}/claims"))
        .await
        .expect(200)
        .json();
    house
        .told(Told {
            place: "HN05",
            deployment: "sixth",
            print: "f",
            ..TEACHERS
        })
        .await;
    let after = house.count().await;
    assert_ne!(before.id, after.id);
    assert_eq!(house.nobody.api(&path).await.expect(200).json(), told);
    let again = house
        .nobody
        .api(&format!("{path}/claims"))
        .await
        .expect(200)
        .json();
    assert_eq!(again["items"], rows["items"], "its rows are those of then");
    let newest = house.figure(name).await;
    assert_eq!(newest["at_least"], json!(850));
}

async fn nothing_new_is_no_new_count(house: &mut House) {
    let one = house.count().await;
    let bench = house.bench();
    let two = tokio::task::spawn_blocking(move || reports::take_snapshot(&bench));
    assert_eq!(two.await.unwrap().unwrap(), None);
    assert_eq!(house.count().await.id, one.id);
    let scope = Scope::Country("HN".to_owned());
    let figures = house
        .site
        .db
        .read(move |tx| reports::figures(tx, one.id, &scope));
    let figures = figures.await.unwrap();
    let bounds = figures
        .iter()
        .all(|figure| match (figure.low, figure.high) {
            (Some(low), Some(high)) => low <= high,
            _ => true,
        });
    assert!(bounds && !figures.is_empty());
}

async fn old_counts_keep_the_last_of_each_day(house: &mut House) {
    let name = "country.HN.teachers_trained.delivered";
    let first = {
        house
            .told(Told {
                place: "HN06",
                deployment: "g",
                print: "g",
                ..TEACHERS
            })
            .await;
        house.count().await
    };
    house.clock.advance_seconds(86_400);
    house
        .told(Told {
            place: "HN07",
            deployment: "h",
            print: "h",
            ..TEACHERS
        })
        .await;
    let kept = house.count().await;
    house
        .told(Told {
            place: "HN08",
            deployment: "i",
            print: "i",
            ..TEACHERS
        })
        .await;
    let last = house.count().await;
    house.clock.advance_seconds(5 * 86_400);
    house.count().await;
    let of = |snapshot: &reports::Snapshot| format!("/figures/{}/{name}", snapshot.id);
    house.nobody.get(&of(&first)).await.expect(200);
    let to = house.nobody.get(&of(&kept)).await.expect(303).location;
    assert_eq!(
        to,
        of(&last),
        "the last count of that day answers for the others"
    );
    let counts = house.nobody.get("/snapshots").await.expect(200);
    assert!(
        counts.says(&kept.id.to_string()),
        "its name and fact stay known"
    );
}

async fn every_page_speaks_three_languages(house: &mut House) {
    for lang in ["en", "fr", "ar"] {
        let mut reader = Browser::new(&house.site).in_lang(lang);
        let newest = "/figures/newest/country.HN.teachers_trained.delivered";
        let figure = reader.get(newest).await.expect(303).location;
        for path in [
            "/figures",
            "/figures?claim_level=confirmed&country=HN",
            &figure,
            &format!("{figure}/claims"),
            "/snapshots",
            "/missions",
            "/missions/global_teacher_campus",
            "/flagships",
            "/flagships/teachers",
        ] {
            reader.get(path).await.expect(200);
        }
    }
    let mut nobody = Browser::new(&house.site);
    nobody.get("/missions/none").await.expect(404);
    nobody.get("/figures/newest/country.HN").await.expect(404);
}

#[test]
fn rows_stay_as_they_were_counted() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_with_samples(&migrations, |db| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let clock = Clock::at(testing::morning("2026-11-22"));
            let site = testing::site(db, clock.clone(), rooms());
            let nobody = Browser::new(&site);
            let mut house = House {
                site,
                clock,
                member: Id::named("nobody", ""),
                nobody,
            };
            let before = house.count().await;
            house.cancel_a_deployment("QA-2026-D-0001").await;
            let after = house.count().await;
            for (snapshot, standing, rows) in [
                (&before, "active", 1),
                (&after, "active", 0),
                (&after, "cancelled", 2),
            ] {
                let path = format!(
                    "/figures/{}/coalition.all.deployments.{standing}/rows",
                    snapshot.id
                );
                let list = house.nobody.api(&path).await;
                let items = match rows {
                    0 => {
                        list.expect(404);
                        continue;
                    }
                    _ => list.expect(200).json()["items"].clone(),
                };
                assert_eq!(items.as_array().unwrap().len(), rows, "{path} {items}");
            }
            let path = format!("/figures/{}/coalition.all.deployments.active", before.id);
            let page = house.nobody.get(&path).await.expect(200);
            assert!(page.says("QA-2026-D-0001 Tablets in the north") && page.says("At work"));
            let csv = house
                .nobody
                .get(&format!("{path}/rows.csv"))
                .await
                .expect(200);
            assert!(csv.text.contains("QA-2026-D-0001"), "{}", csv.text);
        });
    });
}

impl House {
    async fn cancel_a_deployment(&self, code: &'static str) {
        let now = self.clock.now();
        let cancelled = self.site.db.write(move |tx| {
            tx.exec(
                "UPDATE deployment SET stage = 'cancelled', actual_from = NULL WHERE code = $1",
                &args![code],
            )?;
            ledger::record(
                tx,
                &ledger::Fact {
                    now,
                    actor: None,
                    verb: "deployment.cancelled",
                    subject: ("deployment", Id::named("deployment", code)),
                    about: json!({}),
                },
            )
        });
        cancelled.await.unwrap();
    }
}
