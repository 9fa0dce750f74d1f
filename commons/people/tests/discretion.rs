//! What everybody may read names nobody; strangers are slowed down; who reads is not idle.

use base::{Clock, Lang, Result};
use db::Tx;
use people::testing::{account, morning, person, rooms};
use serde_json::json;
use web::testing::Browser;
use web::{Act, Call, Done, Field, Form, Room, Site, Who};

/// A board on which anybody pins notes.
fn board() -> Room {
    fn form() -> Form {
        vec![
            Field::text("headline").public(),
            Field::names("subject").public().optional(),
            Field::words("aside").optional(),
        ]
    }
    fn run(_: &mut Tx, _: &Call) -> Result<Done> {
        Ok(Done::see("/"))
    }
    Room {
        name: "board",
        words: &[
            (
                Lang::En,
                "note-title = Note\nnote-button = Pin\nnote-headline = Headline\nnote-subject = Subject\nnote-aside = Aside\n",
            ),
            (
                Lang::Fr,
                "note-title = Note\nnote-button = Afficher\nnote-headline = Titre\nnote-subject = Objet\nnote-aside = Aparté\n",
            ),
            (
                Lang::Ar,
                "note-title = ملاحظة\nnote-button = علّق\nnote-headline = العنوان\nnote-subject = الموضوع\nnote-aside = على الهامش\n",
            ),
        ],
        acts: vec![Act {
            name: "note",
            path: "/notes/new",
            who: Who::Anyone,
            form,
            prefill: None,
            prepare: None,
            run,
        }],
        ..Room::default()
    }
}

fn tested() -> Vec<Room> {
    rooms(vec![board()])
}

fn site(db: db::Db) -> (Site, Clock) {
    let clock = Clock::at(morning("2026-11-23"));
    (people::testing::site(db, clock.clone(), tested()), clock)
}

fn all() -> Vec<db::Migration> {
    web::site::migrations(&tested())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_everybody_may_read_names_nobody() {
    db::testing::each_engine_async(&all(), |db| async move {
        let (site, clock) = site(db);
        let now = clock.now();
        site.db
            .write_now(move |tx| {
                account(tx, "Zebulon Quartermaine", now)?;
                account(tx, "أحمد الخطيب", now)
            })
            .unwrap();
        let mut nobody = Browser::new(&site);
        assert!(nobody.get("/notes/new").await.says("Everybody may read this."));
        let pairs = [
            ("headline", "Ask quartermaine, ZEBULON +504 9988-7766"),
            ("subject_fr", "z.quartermaine@example.org"),
            ("subject_ar", "اتصل بالأستاذ احمد الخطيب"),
            ("aside", "Zebulon Quartermaine +504 9988-7766"),
        ];
        let page = nobody
            .post("/notes/new", &web::testing::query(&pairs))
            .await
            .expect(422);
        for words in [
            "take out the telephone number “+504 9988-7766”",
            "take out the person’s name “quartermaine, ZEBULON”",
            "take out the e-mail address “z.quartermaine@example.org”",
            "take out the person’s name “احمد الخطيب”",
        ] {
            assert!(page.says(words), "{words}");
        }
        assert!(page.text.contains("value=\"Ask quartermaine, ZEBULON"), "what was entered is kept");
        for (lang, words) in [("fr", "retirez le numéro de téléphone"), ("ar", "احذف رقم الهاتف")] {
            let mut other = Browser::new(&site).in_lang(lang);
            let page = other.post("/notes/new", "headline=9988-7766").await.expect(422);
            assert!(page.says(words), "{lang}");
        }
        let body = json!({ "headline": "Zebulon Quartermaine", "aside": "+504 9988-7766" });
        let problem = nobody.api_post("/notes", &body).await.expect(422).json();
        assert_eq!(problem["errors"][0]["code"], "form-public-person");
        let good = json!({ "headline": "2,345 schools and 1 200 000 learners in 2026-2027", "aside": "+504 9988-7766" });
        nobody.api_post("/notes", &good).await.expect(200);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_of_an_older_database_are_known_too() {
    db::testing::each_engine_async(&all(), |db| async move {
        let (site, _) = site(db);
        person(&site, "Amal Osei", &[], (None, None)).await;
        let found =
            |text: &'static str| site.db.read_now(move |tx| people::named(tx, text)).unwrap();
        assert_eq!(found("by OSEI Amal, today").as_deref(), Some("OSEI Amal"));
        site.db
            .write_now(|tx| tx.exec("DELETE FROM account_name", &[]))
            .unwrap();
        assert_eq!(found("Amal Osei"), None);
        people::seed(&site.db).unwrap();
        assert_eq!(found("Amal Osei").as_deref(), Some("Amal Osei"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_from_one_address_are_slowed_down() {
    db::testing::each_engine_async(&all(), |db| async move {
        let (site, clock) = site(db);
        let mut stranger = Browser::new(&site).from_address([192, 0, 2, 1]);
        for number in 0..20 {
            let pairs = [("headline", format!("Note {number}"))];
            let pairs = pairs.each_ref().map(|(n, v)| (*n, v.as_str()));
            stranger.act("/notes/new", &pairs).await;
        }
        stranger.post("/notes/new", "headline=").await.expect(422);
        let page = stranger
            .post("/notes/new", "headline=More")
            .await
            .expect(429);
        assert!(page.says("30 seconds") && page.text.contains("value=\"More\""));
        stranger
            .api_post("/notes", &json!({ "headline": "More" }))
            .await
            .expect(429);
        Browser::new(&site)
            .from_address([192, 0, 2, 2])
            .act("/notes/new", &[("headline", "Elsewhere")])
            .await;
        let mut amal = person(&site, "Amal Osei", &[], (None, None))
            .await
            .from_address([192, 0, 2, 1]);
        amal.act("/notes/new", &[("headline", "Known")]).await;
        clock.advance_seconds(30);
        stranger.act("/notes/new", &[("headline", "Later")]).await;
        stranger
            .post("/notes/new", "headline=More")
            .await
            .expect(429);
        clock.advance_seconds(3_600);
        for _ in 0..3 {
            stranger
                .act("/notes/new", &[("headline", "Next day")])
                .await;
        }
        let kept = site
            .db
            .read_now(|tx| tx.rows("SELECT who FROM stranger", &[]))
            .unwrap();
        assert!(
            !format!("{kept:?}").contains("192.0.2"),
            "addresses are not kept"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_is_not_idle_and_reading_seldom_writes() {
    db::testing::each_engine_async(&all(), |db| async move {
        let (site, clock) = site(db);
        let mut amal = person(&site, "Amal Osei", &[], (None, None)).await;
        let seen = || {
            let read = |tx: &mut Tx| {
                tx.one("SELECT MAX(seen_at) FROM session", &[])?
                    .read()
                    .moment()
            };
            site.db.read_now(read).unwrap()
        };
        let began = seen();
        amal.get("/account").await.expect(200);
        assert_eq!(seen(), began);
        for _ in 0..4 {
            clock.advance_seconds(10 * 3_600);
            amal.get("/account").await.expect(200);
            assert_eq!(seen(), clock.now(), "a page keeps the session awake");
            clock.advance_seconds(599);
            let before = seen();
            amal.get("/account").await.expect(200);
            assert_eq!(seen(), before, "within minutes nothing is written");
        }
        clock.advance_seconds(13 * 3_600);
        amal.get("/account").await.expect(303);
    })
    .await;
}
