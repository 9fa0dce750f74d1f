//! A ministry brings its register; anyone looks at the country.

#![expect(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Clock, Lang, Role};
use db::Db;
use people::testing::{morning, organisation, person};
use places::{Brought, Place};
use web::Room;
use web::testing::{Browser, plain};

fn rooms() -> Vec<Room> {
    people::testing::rooms(vec![places::room()])
}

async fn seeded(db: Db) -> web::Site {
    let now = morning("2026-11-21");
    let site = people::testing::site(db, Clock::at(now), rooms());
    assert!(
        site.db
            .write(move |tx| places::seed(tx, now))
            .await
            .unwrap()
    );
    assert!(
        !site
            .db
            .write(move |tx| places::seed(tx, now))
            .await
            .unwrap(),
        "seeded twice"
    );
    site
}

/// The focal point of a country's authority.
async fn focal_point(site: &web::Site, name: &str, country: &'static str) -> Browser {
    let now = site.clock.now();
    let made = site
        .db
        .write(move |tx| organisation(tx, "Ministry", "government", Some(country), now));
    let of = (Some(made.await.unwrap()), Some(country));
    person(site, name, &[Role::AuthorityFocalPoint], of).await
}

const REGISTER: &str = "code,name,department,municipality,longitude,latitude,girls,boys,internet,level\n\
    1,Escuela Lempira,Atlántida,La Ceiba,-86.78,15.77,10,12,1,Primary\n\
    2,ESCUELA LEMPIRA,Atlántida,La Ceiba,-86.781,15.77,11,,0,Primary\n\
    3,Colegio Morazán,Cortés,Choloma,-87.95,15.61,100,90,,Secondary\n\
    4,Mal puesta,Cortés,Choloma,15.61,-87.95,1,1,,Primary\n\
    3,Otra vez,Cortés,Choloma,-87.95,15.61,1,1,,Primary\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_ministry_reads_first_and_takes_over_then() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let site = seeded(db).await;
        let mut amal = focal_point(&site, "Amal", "HN").await;
        let country = [("country", "HN")];
        let sent = amal
            .upload(
                "/schools/import",
                &country,
                "register",
                "escuelas.csv",
                REGISTER.as_bytes(),
            )
            .await;
        let read = sent.expect(303).made();
        let page = format!("/schools/imports/{read}");
        assert!(amal.get(&page).await.says("The register is being read"));
        amal.wait_for_jobs().await;
        let seen = amal.get(&page).await;
        for words in [
            "seem to be exchanged",
            "the code 3 already stands in row 4",
            "Same name and level, close by: Escuela Lempira · rows 2, 3",
        ] {
            assert!(
                seen.says(words) || seen.text.contains(words),
                "{words}: {}",
                plain(&seen.text)
            );
        }
        let before = Browser::new(&site).api("/schools").await;
        assert!(
            !before.text.contains("Lempira"),
            "a dry run changes nothing"
        );
        let csv = amal.get(&format!("{page}/refused.csv")).await.expect(200);
        assert_eq!(csv.text.lines().count(), 3, "{}", csv.text);

        let take = format!("{page}/acceptance");
        let put = amal.act(&take, &[("alike", "first_only")]).await.made();
        amal.wait_for_jobs().await;
        let done = amal.get(&format!("/schools/imports/{put}")).await;
        assert!(
            done.says("Taken over: 2 new, 0 changed, 0 as before, 1 left out."),
            "{}",
            plain(&done.text)
        );
        let again = amal.act(&take, &[("alike", "keep_all")]).await.made();
        amal.wait_for_jobs().await;
        let done = amal.get(&format!("/schools/imports/{again}")).await;
        assert!(
            done.says("Taken over: 1 new, 0 changed, 2 as before, 0 left out."),
            "{}",
            plain(&done.text)
        );

        let (count, tallies, sound) = site
            .db
            .read(|tx| {
                Ok((
                    places::count_schools(tx)?,
                    places::tallies(tx, "HN")?,
                    ledger::verify(tx)?,
                ))
            })
            .await
            .unwrap();
        assert_eq!(count, 3);
        let of = |code: &str| {
            tallies
                .iter()
                .find(|t| t.department == code)
                .cloned()
                .unwrap()
        };
        assert_eq!((of("HN01").learners, of("HN01").learners_unknown), (22, 1));
        assert_eq!(of("HN01").services[1], (1, 1), "internet: one yes, one no");
        assert_eq!(
            of("HN05").services[1],
            (0, 0),
            "internet: unknown is neither"
        );
        assert!(sound.is_whole(), "{sound:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_countrys_own_authority_brings_its_register() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let site = seeded(db).await;
        let mut kamau = focal_point(&site, "Kamau", "KE").await;
        let country = [("country", "HN")];
        let sent = kamau
            .upload(
                "/schools/import",
                &country,
                "register",
                "a.csv",
                REGISTER.as_bytes(),
            )
            .await;
        assert_eq!(
            sent.status.as_u16(),
            422,
            "HN is not among the choices of Kenya's authority"
        );
        let mut ola = person(&site, "Ola", &[Role::SecretariatOfficer], (None, None)).await;
        let sent = ola
            .upload(
                "/schools/import",
                &country,
                "register",
                "a.csv",
                REGISTER.as_bytes(),
            )
            .await;
        assert_eq!(sent.status.as_u16(), 403);
        let mut amal = focal_point(&site, "Amal", "HN").await;
        let read = amal
            .upload(
                "/schools/import",
                &country,
                "register",
                "a.csv",
                REGISTER.as_bytes(),
            )
            .await
            .expect(303)
            .made();
        amal.wait_for_jobs().await;
        assert_eq!(
            kamau
                .get(&format!("/schools/imports/{read}"))
                .await
                .status
                .as_u16(),
            404
        );
        assert_eq!(
            kamau
                .post(
                    &format!("/schools/imports/{read}/acceptance"),
                    "alike=keep_all"
                )
                .await
                .status
                .as_u16(),
            404
        );
        assert_eq!(
            ola.get(&format!("/schools/imports/{read}"))
                .await
                .status
                .as_u16(),
            200
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_file_is_refused_whole_with_reasons() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let site = seeded(db).await;
        let mut amal = focal_point(&site, "Amal", "HN").await;
        for (name, bytes) in [
            ("a.xlsx", &b"PK\x03\x04 not a workbook"[..]),
            ("b.csv", b"girls,boys\n1,2\n"),
            ("c.csv", b"code,name,name\n1,A,B\n"),
        ] {
            let sent = amal
                .upload(
                    "/schools/import",
                    &[("country", "HN")],
                    "register",
                    name,
                    bytes,
                )
                .await;
            let read = sent.expect(303).made();
            amal.wait_for_jobs().await;
            let page = amal.get(&format!("/schools/imports/{read}")).await;
            assert!(
                page.says("The file cannot be read"),
                "{name}: {}",
                plain(&page.text)
            );
            let take = amal
                .get(&format!("/schools/imports/{read}/acceptance"))
                .await;
            assert_ne!(take.status.as_u16(), 200, "{name}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn anyone_looks_at_countries_places_and_schools() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let site = seeded(db).await;
        let (bench, source) = (
            site.bench(),
            places::work::Source {
                country: "HN".to_owned(),
                file: "r.csv".to_owned(),
                ..Default::default()
            },
        );
        let import =
            move || places::work::import_register(&bench, &source, REGISTER.as_bytes(), false);
        let report = tokio::task::spawn_blocking(import).await.unwrap().unwrap();
        assert_eq!(report["put"]["added"], 3);
        let school = places::School::id_of("HN", "1");
        for lang in ["en", "fr", "ar"] {
            let mut anyone = Browser::new(&site).in_lang(lang);
            for path in [
                "/countries".to_owned(),
                "/countries?q=hond&region=latin_america_and_the_caribbean".to_owned(),
                "/countries/HN".to_owned(),
                "/countries/FR".to_owned(),
                "/countries/HN/facts".to_owned(),
                "/countries/HN/places".to_owned(),
                "/places/HN01".to_owned(),
                "/places/62179".to_owned(),
                "/schools?country=HN&internet=unknown".to_owned(),
                format!("/schools/{school}"),
            ] {
                anyone.get(&path).await.expect(200);
            }
        }
        let mut anyone = Browser::new(&site);
        let honduras = anyone.get("/countries/HN").await;
        assert!(honduras.says("Gapminder") && honduras.says("2024") && honduras.says("Spanish"));
        assert!(anyone.get("/places/62179").await.says("Lebanon"));
        let unknown = anyone
            .get("/schools.csv?country=HN&internet=unknown")
            .await
            .expect(200);
        assert!(
            unknown.text.contains("Morazán") && !unknown.text.contains("Lempira"),
            "{}",
            unknown.text
        );
        let found = anyone.get("/schools.csv?q=moraz").await.expect(200);
        assert!(found.text.contains("Morazán") && !found.text.contains("Lempira"));
        assert_eq!(anyone.get("/countries/XX").await.status.as_u16(), 404);
        assert_eq!(anyone.get("/places/XX").await.status.as_u16(), 404);
        assert_eq!(anyone.get("/places/HN").await.location, "/countries/HN");
        assert!(
            site.library.missing().is_empty(),
            "{:?}",
            site.library.missing()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_paged_by_key_without_loss() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let site = seeded(db).await;
        let mut csv = "code,name,department\n".to_owned();
        (0..130).for_each(|n| csv.push_str(&format!("{n},Escuela {},Cortés\n", n % 7)));
        let (bench, source) = (
            site.bench(),
            places::work::Source {
                country: "HN".to_owned(),
                file: "r.csv".to_owned(),
                ..Default::default()
            },
        );
        let import = move || places::work::import_register(&bench, &source, csv.as_bytes(), false);
        tokio::task::spawn_blocking(import).await.unwrap().unwrap();
        let mut anyone = Browser::new(&site);
        let all = anyone.get("/schools.csv").await.expect(200);
        let mut codes: Vec<&str> = all
            .text
            .lines()
            .skip(1)
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split(',').next())
            .collect();
        let total = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!((codes.len(), total), (130, 130));
        let first = anyone.get("/schools?country=HN").await;
        assert!(
            first.says("130"),
            "the number of schools stands on the page"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn places_are_asked_by_their_parents_on_both_databases() {
    let migrations = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, |db| async move {
        let site = seeded(db).await;
        let now = site.clock.now();
        site.db
            .write(move |tx| {
                let above: Vec<String> = places::ancestors(tx, "62179")?
                    .into_iter()
                    .map(|p| p.code)
                    .collect();
                assert_eq!(above, ["LB63", "LB6", "LB"]);
                assert!(
                    places::is_within(tx, "62179", "LB6")?
                        && !places::is_within(tx, "LB6", "62179")?
                );
                let tree = places::gazetteer(tx, "LB")?;
                for code in ["LB", "LB6", "LB63"] {
                    let mut one: Vec<String> = places::within(tx, code)?
                        .into_iter()
                        .map(|p| p.code)
                        .collect();
                    let mut other: Vec<String> = tree
                        .within(code)
                        .into_iter()
                        .map(|p| p.code.clone())
                        .collect();
                    one.sort_unstable();
                    other.sort_unstable();
                    assert_eq!(one, other);
                }
                assert_eq!(places::departments(tx, "HN")?.len(), 18);
                assert_eq!(places::departments(tx, "KE")?.len(), 47);
                assert_eq!(places::language_name(tx, "es", Lang::Fr)?, "espagnol");
                assert_eq!(
                    places::languages_of(tx, "HN")?
                        .first()
                        .map(|s| s.language.clone())
                        .as_deref(),
                    Some("es")
                );
                let brought = Brought {
                    country: "LB",
                    file: "g.csv",
                    hash: "",
                    actor: None,
                    now,
                };
                let mut saida = places::place(tx, "LB63")?;
                saida.parent = Some("62179".to_owned());
                let cycle = places::put_places(tx, &brought, vec![saida]).unwrap_err();
                assert!(cycle.keys().contains(&"places-cycle"), "{cycle}");
                let new = Place {
                    code: "LB63X".to_owned(),
                    country: "LB".to_owned(),
                    parent: Some("LB63".to_owned()),
                    level: 3,
                    kind: "area".to_owned(),
                    name: "New".to_owned(),
                    ..Place::default()
                };
                let put = places::put_places(tx, &brought, vec![new.clone()])?;
                assert_eq!((put.added, put.changed), (1, 0));
                let put = places::put_places(tx, &brought, vec![Place { version: 1, ..new }])?;
                assert_eq!(put.same, 1);
                Ok(())
            })
            .await
            .unwrap();
    })
    .await;
}

#[test]
fn the_three_languages_say_the_same() {
    lang::testing::same_keys(places::WORDS);
}

#[test]
fn the_schema_takes_its_sample_rows() {
    db::testing::each_engine_with_samples(places::MIGRATIONS, |db| {
        assert!(db.check_references().unwrap().is_empty());
    });
}
