//! An officer and an approver keep the words of a coalition.

#![expect(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Clock, Lang, Role};
use db::Db;
use people::testing::{morning, person};
use web::Room;
use web::testing::Browser;

fn rooms() -> Vec<Room> {
    people::testing::rooms(vec![catalogue::room()])
}

async fn seeded(db: Db) -> web::Site {
    let now = morning("2026-11-21");
    let site = people::testing::site(db, Clock::at(now), rooms());
    assert!(
        site.db
            .write(move |tx| catalogue::seed(tx, now))
            .await
            .unwrap()
    );
    assert!(
        !site
            .db
            .write(move |tx| catalogue::seed(tx, now))
            .await
            .unwrap(),
        "seeded twice"
    );
    site
}

/// An officer of the secretariat.
async fn ola(site: &web::Site) -> Browser {
    person(site, "Ola", &[Role::SecretariatOfficer], (None, None)).await
}

/// An approver.
async fn paul(site: &web::Site) -> Browser {
    person(site, "Paul", &[Role::SecretariatApprover], (None, None)).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_gets_the_vocabularies_it_never_saw() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let site = seeded(db).await;
        let (now, count) = (site.clock.now(), "SELECT COUNT(*) FROM term");
        let told = |site: &web::Site| {
            let read = move |tx: &mut db::Tx| tx.one(count, &[])?.read().int();
            site.db.read_now(read).unwrap()
        };
        let all = told(&site);
        let forget = |tx: &mut db::Tx| {
            tx.exec("DELETE FROM term WHERE vocabulary = 'indicators'", &[])?;
            tx.exec(
                "UPDATE term SET source = 'ours' WHERE vocabulary = 'missions'",
                &[],
            )
        };
        site.db.write(forget).await.unwrap();
        assert!(told(&site) < all);
        let seed = move |tx: &mut db::Tx| catalogue::seed(tx, now);
        assert!(site.db.write(seed).await.unwrap());
        assert_eq!(told(&site), all);
        let ours = "SELECT COUNT(*) FROM term WHERE vocabulary = 'missions' AND source <> 'ours'";
        let changed = move |tx: &mut db::Tx| tx.one(ours, &[])?.read().int();
        assert_eq!(
            site.db.read_now(changed).unwrap(),
            0,
            "what was there stayed"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_written_by_one_and_published_by_another() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let site = seeded(db).await;
        let path = "/catalogue/phases/response";
        let (mut ola, mut paul) = (ola(&site).await, paul(&site).await);
        let fields = [
            ("names_en", "First answer"),
            ("names_fr", "Première réponse"),
            ("names_ar", "الرد الأول"),
            ("reason", "Clearer for ministries"),
            ("version", "1"),
        ];
        let draft = ola.act(&format!("{path}/draft"), &fields).await.made();
        assert!(
            ola.get(path).await.says("Response"),
            "a draft is not published"
        );
        let own = ola
            .post(&format!("/catalogue/drafts/{draft}/publication"), "")
            .await;
        assert_eq!(own.status.as_u16(), 403, "the officer is no approver");
        assert!(
            paul.get("/inbox")
                .await
                .says("Change in Phases: First answer")
        );
        paul.act(&format!("/catalogue/drafts/{draft}/publication"), &[])
            .await;
        let page = Browser::new(&site).get(path).await;
        assert!(page.says("First answer"));
        assert!(
            Browser::new(&site)
                .in_lang("ar")
                .get(path)
                .await
                .says("الرد الأول")
        );
        let again = paul
            .post(&format!("/catalogue/drafts/{draft}/publication"), "")
            .await;
        assert_eq!(again.status.as_u16(), 422);
        let checked = site.db.read(ledger::verify).await;
        assert!(checked.unwrap().is_whole());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_publishes_what_they_wrote_even_with_both_roles() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let site = seeded(db).await;
        let roles = &[Role::SecretariatOfficer, Role::SecretariatApprover];
        let mut both = person(&site, "Both", roles, (None, None)).await;
        let fields = [
            ("names_en", "Mine"),
            ("reason", "Because"),
            ("version", "1"),
        ];
        let draft = both
            .act("/catalogue/phases/recovery/draft", &fields)
            .await
            .made();
        let answer = both
            .api_post(
                &format!("/catalogue/drafts/{draft}/publication"),
                &serde_json::json!({}),
            )
            .await;
        assert_eq!(answer.status.as_u16(), 422);
        assert!(answer.text.contains("another person"), "{}", answer.text);
        let mut paul = paul(&site).await;
        let returned = [("reason", "The old name is in print")];
        paul.act(&format!("/catalogue/drafts/{draft}/return"), &returned)
            .await;
        assert!(
            both.get(&format!("/catalogue/drafts/{draft}"))
                .await
                .says("The old name is in print")
        );
        assert!(!both.get("/catalogue/phases/recovery").await.says("Mine"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_changes_at_once_show_both_versions() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let site = seeded(db).await;
        let (mut ola, mut paul) = (ola(&site).await, paul(&site).await);
        let write = |name| [("names_en", name), ("reason", "Better"), ("version", "1")];
        let path = "/catalogue/phases/resilience/draft";
        let one = ola.act(path, &write("Endurance")).await.made();
        let other = ola.act(path, &write("Strength")).await.made();
        paul.act(&format!("/catalogue/drafts/{one}/publication"), &[])
            .await;
        let late = paul
            .post(&format!("/catalogue/drafts/{other}/publication"), "")
            .await;
        assert_eq!(late.status.as_u16(), 409, "{}", late.text);
        assert!(late.says("Endurance"));
        let stale = ola
            .post(path, "names_en=Toughness&reason=No&version=1")
            .await;
        assert_eq!(stale.status.as_u16(), 409);
        assert!(stale.says("Endurance") && stale.text.contains("Toughness"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_term_is_judged_and_a_retired_one_cannot_be_chosen() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let site = seeded(db).await;
        let (mut ola, mut paul) = (ola(&site).await, paul(&site).await);
        let wrong = ola
            .post(
                "/catalogue/missions/new",
                "code=school_meals&names_en=Meals&attributes=target%20%3D%20many&reason=New",
            )
            .await;
        assert_eq!(wrong.status.as_u16(), 422);
        assert!(
            wrong.says("target is “many”"),
            "{}",
            web::testing::plain(&wrong.text)
        );
        let fields = [
            ("code", "school_meals"),
            ("names_en", "School meals"),
            (
                "attributes",
                "target = 1000\nunit = people\npopulation = learners\nflagship = teachers",
            ),
            ("reason", "Agreed at the annual meeting"),
        ];
        let draft = ola.act("/catalogue/missions/new", &fields).await.made();
        paul.act(&format!("/catalogue/drafts/{draft}/publication"), &[])
            .await;
        let mission = site
            .db
            .read(|tx| catalogue::mission(tx, "school_meals"))
            .await
            .unwrap();
        assert_eq!(
            (mission.target, mission.flagship.as_deref()),
            (1000, Some("teachers"))
        );

        let used = ola
            .post(
                "/catalogue/flagships/teachers/retirement",
                "reason=Old&version=1",
            )
            .await;
        assert_eq!(used.status.as_u16(), 422);
        assert!(used.says("Others point at this term"));
        let gone = [("reason", "Never began"), ("version", "1")];
        let draft = ola
            .act("/catalogue/missions/school_meals/retirement", &gone)
            .await
            .made();
        paul.act(&format!("/catalogue/drafts/{draft}/publication"), &[])
            .await;
        let (used, every, label) = site
            .db
            .read(|tx| {
                let used = catalogue::terms(tx, "missions")?.len();
                let every = catalogue::every_term(tx, "missions")?.len();
                Ok((
                    used,
                    every,
                    catalogue::label(tx, "missions", "school_meals", Lang::En)?,
                ))
            })
            .await
            .unwrap();
        assert_eq!((used, every, label.as_str()), (3, 4, "School meals"));
        assert!(
            Browser::new(&site)
                .get("/catalogue/missions/school_meals")
                .await
                .says("Never began")
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn anyone_reads_the_catalogue_in_three_languages_and_as_files() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let site = seeded(db).await;
        let vocabularies = Browser::new(&site).api("/catalogue").await.json();
        let codes: Vec<String> = vocabularies["rows"]
            .as_array()
            .or_else(|| vocabularies["items"].as_array())
            .unwrap_or_else(|| panic!("{vocabularies}"))
            .iter()
            .map(|row| row["code"].as_str().unwrap().to_owned())
            .collect();
        assert!(codes.len() >= 30, "{codes:?}");
        for lang in ["en", "fr", "ar"] {
            let mut anyone = Browser::new(&site).in_lang(lang);
            anyone.get("/catalogue").await.expect(200);
            for code in &codes {
                anyone
                    .get(&format!("/catalogue/{code}/terms"))
                    .await
                    .expect(200);
            }
            anyone
                .get("/catalogue/service_classes/connectivity")
                .await
                .expect(200);
        }
        let mut anyone = Browser::new(&site);
        let csv = anyone
            .get("/catalogue/licences/terms.csv")
            .await
            .expect(200);
        assert!(csv.text.contains("CC-BY-4.0"), "{}", csv.text);
        assert_eq!(anyone.get("/catalogue/nothing").await.status.as_u16(), 404);
        assert_eq!(
            anyone
                .get("/catalogue/phases/nothing")
                .await
                .status
                .as_u16(),
            404
        );
        assert_eq!(
            anyone.get("/catalogue/phases/new").await.status.as_u16(),
            303,
            "sign in first"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_typed_reader_reads_what_ships() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let site = seeded(db).await;
        site.db
            .read(|tx| {
                assert_eq!(
                    catalogue::service_classes(tx)?.len(),
                    catalogue::terms(tx, "service_classes")?.len()
                );
                assert_eq!(
                    catalogue::units(tx)?.len(),
                    catalogue::terms(tx, "units")?.len()
                );
                assert_eq!(
                    catalogue::groups(tx)?.len(),
                    catalogue::terms(tx, "groups")?.len()
                );
                assert_eq!(catalogue::tiers(tx)?.len(), 4);
                assert_eq!(catalogue::levels(tx)?.len(), 9);
                assert_eq!(
                    catalogue::conditions(tx)?.len(),
                    catalogue::terms(tx, "conditions")?.len()
                );
                assert_eq!(catalogue::evidence_levels(tx)?.len(), 5);
                assert_eq!(catalogue::missions(tx)?.len(), 3);
                let mask = catalogue::condition_mask(tx, &["has_electricity", "nobody_knows"])?;
                assert_eq!(mask, catalogue::condition(tx, "has_electricity")?.mask());
                let class = catalogue::service_class(tx, "connectivity")?;
                assert_eq!(class.kind, catalogue::ServiceKind::Stock);
                assert!(class.pairs_with.contains(&"teacher_training".to_owned()));
                Ok(())
            })
            .await
            .unwrap();
    })
    .await;
}

#[test]
fn the_three_languages_say_the_same() {
    lang::testing::same_keys(catalogue::WORDS);
}

#[test]
fn the_schema_takes_its_sample_rows() {
    db::testing::each_engine_with_samples(catalogue::MIGRATIONS, |db| {
        assert!(db.check_references().unwrap().is_empty());
    });
}
