//! An auditor reads what was done, told through HTTP on both databases.

#![expect(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

use base::{Actor, Appointment, Clock, Id, Lang, Moment, Result, Role};
use db::{Db, Migration, Tx, args};
use ledger::{Bucket, Fact, Movement};
use serde_json::json;
use web::testing::Browser;
use web::{Act, Answer, Call, Credentials, Done, Door, Field, Page, Room, Shape, Site, View, Who};

const WORDS: &[(Lang, &str)] = &[
    (
        Lang::En,
        "sign-in-title = Sign in\nsign-in-button = Sign in\nsign-in-role = Role\n",
    ),
    (
        Lang::Fr,
        "sign-in-title = Connexion\nsign-in-button = Connexion\nsign-in-role = Rôle\n",
    ),
    (
        Lang::Ar,
        "sign-in-title = دخول\nsign-in-button = دخول\nsign-in-role = الدور\n",
    ),
];

/// Whoever names a role holds it.
fn authenticate(_: &mut Tx, credentials: &Credentials, _: Moment) -> Result<Option<Actor>> {
    let name = credentials
        .session
        .as_deref()
        .or(credentials.key.as_deref())
        .unwrap_or("");
    Ok(Role::parse(name).map(|role| Actor {
        account: Id::named("account", name),
        name: name.to_owned(),
        lang: Lang::En,
        appointments: vec![Appointment {
            role,
            organisation: None,
            country: None,
            places: Vec::new(),
        }],
    }))
}

fn let_in(_: &mut Tx, call: &Call) -> Result<Done> {
    Ok(Done {
        session: Some(call.values.text("role").to_owned()),
        ..Done::see("/")
    })
}

fn gate() -> Room {
    let home = |_: &mut Tx, _: &web::Ask| {
        Ok(Answer::Page(Page {
            title: "Home".to_owned(),
            ..Page::default()
        }))
    };
    Room {
        name: "gate",
        words: WORDS,
        views: vec![View {
            path: "/",
            who: Who::Anyone,
            shape: Shape::Page,
            run: home,
        }],
        acts: vec![Act {
            name: "sign-in",
            path: "/sign-in",
            who: Who::Anyone,
            form: || vec![Field::text("role")],
            prefill: None,
            prepare: None,
            run: let_in,
        }],
        ..Room::default()
    }
}

fn rooms() -> Vec<Room> {
    const NOTHING: &[(Lang, &str)] = &[(Lang::En, ""), (Lang::Fr, ""), (Lang::Ar, "")];
    vec![
        Room {
            words: NOTHING,
            ..web::own::room()
        },
        gate(),
        ledger::room(),
    ]
}

fn start() -> Moment {
    Moment::start_of(base::Day::parse("2026-11-21").unwrap())
}

fn site(db: Db) -> Site {
    let door = Door {
        authenticate,
        touch: |_, _, _| Ok(()),
        named: |_, _| Ok(None),
    };
    web::testing::site(db, Clock::at(start()), rooms(), door)
}

async fn who(site: &Site, role: &str) -> Browser {
    let mut browser = Browser::new(site);
    browser.act("/sign-in", &[("role", role)]).await;
    browser.key = Some(role.to_owned());
    browser
}

fn line(number: i64) -> Id {
    Id::named("line", &number.to_string())
}

/// Days of work: a need a day, its units proposed by Amal, the machine lapses one.
fn live(tx: &mut Tx, days: i64) -> Result<()> {
    let amal = Id::named("account", "amal");
    for day in 0..days {
        let at = start().plus_days(day);
        ledger::open_line(tx, line(day), 10, at)?;
        let fact = |actor, verb, about| Fact {
            now: at,
            actor,
            verb,
            subject: ("need", line(day)),
            about,
        };
        ledger::record(
            tx,
            &fact(
                Some(amal),
                "need.opened",
                json!({"why": "<storm> & rain", "n": day}),
            ),
        )?;
        let moved = Movement {
            line: line(day),
            offer: None,
            quantity: 4,
            from: Bucket::Uncovered,
            to: Bucket::Proposed,
            at,
        };
        ledger::shift(tx, &moved)?;
        ledger::record(tx, &fact(None, "proposal.made", json!({})))?;
    }
    Ok(())
}

async fn stories(db: Db) {
    let site = site(db);
    an_empty_chain_is_whole(&site).await;
    site.db.write(|tx| live(tx, 40)).await.unwrap();
    the_auditor_finds_what_was_done(&site).await;
    a_fact_opens_its_rows(&site).await;
    who_may_not_read_sees_the_head_only(&site).await;
    every_page_is_left_through_its_key(&site).await;
    a_changed_fact_is_found(&site).await;
}

async fn an_empty_chain_is_whole(site: &Site) {
    let mut auditor = who(site, "auditor").await;
    assert!(
        auditor
            .get("/audit")
            .await
            .expect(200)
            .says("Nothing here yet.")
    );
    let chain = auditor.api("/audit/chain").await.expect(200).json();
    assert_eq!(
        (&chain["facts"], &chain["chain"]),
        (&json!(0), &json!("whole"))
    );
    auditor.get("/audit/1").await.expect(404);
    auditor.get("/audit/first").await.expect(404);
}

async fn the_auditor_finds_what_was_done(site: &Site) {
    let mut auditor = who(site, "auditor").await;
    let page = auditor.get("/audit").await.expect(200);
    assert!(page.says("proposal.made") && page.says("& rain"));
    assert!(page.says("Days and times here are those of UTC."));
    assert!(page.text.contains("storm") && !page.text.contains("<storm>"));
    let items = async |auditor: &mut Browser, query: &str| {
        let got = auditor
            .api(&format!("/audit?limit=500&{query}"))
            .await
            .expect(200)
            .json();
        got["items"].as_array().unwrap().len()
    };
    assert_eq!(items(&mut auditor, "").await, 80);
    assert_eq!(items(&mut auditor, "verb=need.").await, 40);
    assert_eq!(
        items(
            &mut auditor,
            "verb=need.opened&from=2026-11-23&to=2026-11-24"
        )
        .await,
        2
    );
    assert_eq!(items(&mut auditor, "subject_kind=offer").await, 0);
    assert_eq!(
        items(&mut auditor, &format!("subject_id={}", line(3))).await,
        2
    );
    assert_eq!(
        items(
            &mut auditor,
            &format!("actor={}", Id::named("account", "amal"))
        )
        .await,
        40
    );
    assert_eq!(
        items(
            &mut auditor,
            &format!("actor={}", Id::named("account", "zoe"))
        )
        .await,
        0
    );
    let wrong = auditor
        .get("/audit?actor=amal&from=yesterday")
        .await
        .expect(422);
    assert!(wrong.says("“amal” is not an identifier") && wrong.says("“yesterday” is not a day"));
    let csv = auditor.get("/audit.csv?verb=proposal.").await.expect(200);
    assert_eq!(csv.text.lines().count(), 41);
    auditor.get("/audit.xlsx").await.expect(200);
    assert!(
        auditor
            .get("/audit?lang=ar")
            .await
            .expect(200)
            .says("التدقيق")
    );
}

async fn a_fact_opens_its_rows(site: &Site) {
    let mut officer = who(site, "secretariat_officer").await;
    let page = officer.get("/audit/2").await.expect(200);
    assert!(page.says("Fact 2: proposal.made") && page.says("Saved in movement: 1 row"));
    assert!(page.says("uncovered") && page.says("Fact before") && page.says("Fact after"));
    let first = officer.api("/audit/1").await.expect(200).json();
    let second = officer.api("/audit/2").await.expect(200).json();
    assert_eq!(second["previous_hash"], first["hash"]);
    assert_eq!(second["actor"], json!("n/a"), "the machine has no account");
    let rows = officer.get("/audit/2/rows").await.expect(200).json();
    assert_eq!(rows[0]["table"], json!("movement"));
    assert!(
        !officer
            .get("/audit/80")
            .await
            .expect(200)
            .says("Fact after")
    );
}

async fn who_may_not_read_sees_the_head_only(site: &Site) {
    for role in ["administrator", "member_focal_point", "authority_signatory"] {
        let mut browser = who(site, role).await;
        for path in ["/audit", "/audit/1", "/audit/1/rows"] {
            browser.get(path).await.expect(403);
        }
        browser.api("/audit").await.expect(403);
        let chain = browser.api("/audit/chain").await.expect(200).json();
        assert_eq!(
            (&chain["facts"], &chain["chain"]),
            (&json!(80), &json!("not_walked"))
        );
    }
    let mut nobody = Browser::new(site);
    assert!(nobody.get("/audit").await.location.starts_with("/sign-in"));
    assert!(
        nobody
            .get("/audit/chain")
            .await
            .expect(200)
            .says("Last fingerprint")
    );
}

async fn every_page_is_left_through_its_key(site: &Site) {
    let mut auditor = who(site, "secretariat_approver").await;
    let (mut path, mut seen) = ("/audit?limit=7&verb=need.".to_owned(), Vec::new());
    loop {
        let page = auditor.api(&path).await.expect(200).json();
        seen.extend(
            page["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|item| item["seq"]["text"].clone()),
        );
        match page["next"].as_str() {
            Some(next) => path = next.trim_start_matches("/api").to_owned(),
            None => break,
        }
    }
    assert_eq!(seen.len(), 40);
    seen.dedup();
    assert_eq!(seen.len(), 40, "no fact stands on two pages");
}

async fn a_changed_fact_is_found(site: &Site) {
    let checks = async || {
        let site = site.clone();
        let all = async move |site: Site| {
            let inner = site.clone();
            let run = move |tx: &mut Tx| {
                let own = inner.rooms.iter().flat_map(|room| &room.checks);
                own.map(|check| (check.run)(tx)).collect::<Result<Vec<_>>>()
            };
            site.db.read(run).await.unwrap().concat()
        };
        all(site).await
    };
    assert_eq!(checks().await, Vec::<String>::new());
    let cheat = "UPDATE fact SET about = '{}' WHERE seq = $1";
    site.db
        .write(move |tx| tx.exec(cheat, &args![5]))
        .await
        .unwrap();
    let steal = "UPDATE balance SET uncovered = uncovered - 1, lost = lost + 1 WHERE line_id = $1";
    site.db
        .write(move |tx| tx.exec(steal, &args![line(7)]))
        .await
        .unwrap();
    let found = checks().await;
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[0], "fact 5: its contents were changed");
    assert!(found[1].contains(&line(7).to_string()));
    let mut auditor = who(site, "auditor").await;
    let page = auditor.get("/audit/chain").await.expect(200);
    assert!(page.says("The chain is broken.") && page.says("its contents were changed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_auditor_reads_the_chain_on_both_databases() {
    let migrations: Vec<Migration> = web::site::migrations(&rooms());
    db::testing::each_engine_async(&migrations, stories).await;
}
