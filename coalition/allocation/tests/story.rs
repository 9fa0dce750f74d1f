//! From a request and offers to what both sides agreed: every sentence of the room, through HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use allocation::{Part, Proposal};
use base::Id;
use house::{House, migrations, register, terms};
use offers::Kind;
use std::collections::BTreeMap;
use web::testing::Browser;

macro_rules! stories {
    ($($story:ident),* $(,)?) => { $(
        #[tokio::test(flavor = "multi_thread")]
        async fn $story() {
            db::testing::each_engine_async(&migrations(), |db| async move {
                let house = tokio::task::spawn_blocking(move || set(db)).await.unwrap();
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

stories!(
    a_round_is_made_solved_and_read_by_everybody,
    both_sides_decide_and_nobody_else,
    a_part_is_accepted_and_the_rest_goes_back,
    what_nobody_answers_lapses_and_is_freed,
    a_later_round_takes_the_place_of_what_nobody_accepted,
    a_later_round_says_which_accepted_matches_it_moved_and_why,
    what_is_missing_is_called_for,
    the_policy_is_written_by_one_and_published_by_another,
    a_round_is_stopped_or_told_why_it_cannot_be,
);

/// Forty schools, and offers that reach some of them.
fn set(db: db::Db) -> House {
    let house = House::open(db);
    let (local, foreign) = (house.known.local, house.known.foreign);
    house.offer(local, "mary", &terms("solar_kit", Kind::Stock, 6));
    house.offer(foreign, "nora", &terms("solar_kit", Kind::Stock, 3));
    house.offer(foreign, "nora", &terms("devices", Kind::Stock, 150));
    house.offer(local, "mary", &terms("print_packs", Kind::Stock, 100_000));
    house.offer(foreign, "nora", &terms("teacher_training", Kind::Rate, 10));
    house.request(register(40).as_bytes());
    house
}

async fn round(house: &House, title: &'static str) -> (Id, serde_json::Value) {
    let site = house.site.clone();
    let id = house.new_round(title);
    let bench = site.bench();
    let outcome = tokio::task::spawn_blocking(move || allocation::run_round(&bench, id))
        .await
        .unwrap();
    (id, outcome.unwrap())
}

fn of_class(house: &House, round: Id, class: &str) -> Proposal {
    let all = house.proposals(round);
    all.into_iter().find(|p| p.service_class == class).unwrap()
}

/// Units of all lines by bucket.
async fn buckets(house: &House) -> BTreeMap<String, i64> {
    let site = house.site.clone();
    site.db
        .read(|tx| {
            let row = tx.one(
                "SELECT CAST(SUM(quantity) AS BIGINT), CAST(SUM(uncovered) AS BIGINT), \
                 CAST(SUM(proposed) AS BIGINT), CAST(SUM(committed) AS BIGINT) FROM balance",
                &[],
            )?;
            let mut r = row.read();
            let names = ["quantity", "uncovered", "proposed", "committed"];
            names
                .iter()
                .map(|name| Ok(((*name).to_owned(), r.int()?)))
                .collect()
        })
        .await
        .unwrap()
}

async fn says(browser: &mut Browser, path: &str, words: &[&str]) {
    let page = browser.get(path).await.expect(200);
    for word in words {
        assert!(
            page.says(word),
            "{path} does not say «{word}»:\n{}",
            web::testing::plain(&page.text)
        );
    }
}

mod tell {
    use super::*;

    pub async fn a_round_is_made_solved_and_read_by_everybody(house: House) -> House {
        let (mut omar, mut ana, mut max) = (
            house.browser("omar").await,
            house.browser("ana").await,
            house.browser("max").await,
        );
        let (mut auditor, mut nobody) = (house.browser("auditor").await, house.stranger());
        let form = [
            ("title", "Honduras 2027"),
            ("country", "HN"),
            ("from_on", "2027-01-01"),
            ("periods", "4"),
        ];
        ana.get("/allocation/new").await.expect(403);
        nobody.get("/allocation").await.expect(200);
        let wrong = omar
            .post(
                "/allocation/new",
                "title=&country=HN&from_on=2020-01-01&periods=9",
            )
            .await;
        assert_eq!(wrong.status, 422);
        let path = omar.act("/allocation/new", &form).await.location;
        says(&mut omar, &path, &["This round is being worked out"]).await;
        nobody.get(&path).await.expect(404);
        let again = omar
            .post(
                "/allocation/new",
                "title=More&country=HN&from_on=2027-01-01&periods=4",
            )
            .await;
        assert!(again.status == 422 && again.says("A round is being worked out"));
        omar.wait_for_jobs().await;
        // The minister's page, for everybody.
        for browser in [&mut omar, &mut ana, &mut max, &mut auditor, &mut nobody] {
            says(
                browser,
                &path,
                &[
                    "What was matched",
                    "Solar power kits",
                    "What was not matched, and why",
                    "Where",
                    "Olancho",
                    "How the disadvantaged fared",
                    "Without it",
                    "No plan that keeps all the rules can be worth more",
                ],
            )
            .await;
        }
        assert!(!nobody.get(&path).await.text.contains("/unserved"));
        for lang in ["fr", "ar"] {
            let mut other = house.stranger().in_lang(lang);
            other.get(&path).await.expect(200);
            let mut other = house.browser("omar").await.in_lang(lang);
            for page in ["", "/proposals", "/unserved", "/gaps"] {
                other.get(&format!("{path}{page}")).await.expect(200);
            }
            other.get("/allocation").await.expect(200);
        }
        let outcome = nobody
            .get(&format!("{path}/outcome"))
            .await
            .expect(200)
            .json();
        assert!(outcome["objective"].as_f64().unwrap() > 0.0);
        assert!(outcome["upper_bound"].as_f64().unwrap() >= outcome["objective"].as_f64().unwrap());
        assert!(outcome["gap"].as_f64().unwrap() < 0.05, "{outcome}");
        assert!(
            outcome["quantity"]["solar_kit"]["proposed"]
                .as_i64()
                .unwrap()
                > 0
        );
        assert!(outcome["gap_analysis"].as_array().unwrap().len() > 1);
        assert!(outcome["counterfactual"]["girls"]["with"].is_number());
        // Nobody knows how rural these schools are: that is not a share of zero.
        assert!(outcome["counterfactual"]["rural"]["with"].is_null());
        // Anybody inside can recompute the round from its files.
        nobody
            .get(&format!("{path}/files/needs.csv"))
            .await
            .expect(303);
        let mut files = Vec::new();
        for name in [
            "meta.json",
            "needs.csv",
            "offers.csv",
            "prior.csv",
            "allocation.csv",
            "prices.csv",
        ] {
            files.push(
                ana.get(&format!("{path}/files/{name}"))
                    .await
                    .expect(200)
                    .text,
            );
        }
        let instance = solver::read_instance(&files[0], &files[1], &files[2], &files[3]).unwrap();
        let plan = solver::read_allocation(&files[4]).unwrap();
        assert_eq!(solver::check(&instance, &plan), Vec::new());
        let value = solver::objective(&instance, &plan).total;
        assert!((value - outcome["objective"].as_f64().unwrap()).abs() < 1e-6 * value.abs());
        // Members see their own proposals, authorities those of their country, the auditor all.
        let count = |got: web::testing::Got| got.json()["items"].as_array().map_or(0, Vec::len);
        let all = count(auditor.api(&format!("{path}/proposals")).await.expect(200));
        let own = count(max.api(&format!("{path}/proposals")).await.expect(200));
        let mine = count(max.api("/proposals").await.expect(200));
        let of_country = count(ana.api(&format!("{path}/proposals")).await.expect(200));
        assert!(
            own > 0 && own < all && mine == own && of_country == all,
            "{own} {mine} {of_country} {all}"
        );
        // Reasons, in words, for lines not served.
        max.get(&format!("{path}/unserved")).await.expect(403);
        let lines = ana
            .api(&format!("{path}/unserved?limit=1000"))
            .await
            .expect(200)
            .json();
        let rows = lines["items"].as_array().unwrap();
        assert!(!rows.is_empty());
        for row in rows {
            assert!(row["why_in_words"].as_str().unwrap().len() > 10, "{row}");
        }
        let csv = ana.get(&format!("{path}/unserved.csv")).await.expect(200);
        assert!(csv.text.lines().count() > rows.len());
        let first = ana.api(&format!("{path}/proposals")).await.json()["items"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned();
        for lang in ["en", "fr", "ar"] {
            let mut ana = house.browser("ana").await.in_lang(lang);
            for page in [
                "",
                "/lines",
                "/lines.csv",
                "/lines.xlsx",
                "/authority-acceptance",
                "/authority-decline",
            ] {
                ana.get(&format!("/proposals/{first}{page}"))
                    .await
                    .expect(200);
            }
        }
        // Other rooms' pages show what concerns them.
        let one = house
            .proposals(house::id(&path))
            .into_iter()
            .find(|p| p.member == house.known.local)
            .unwrap();
        says(
            &mut ana,
            &format!("/needs/{}", one.need),
            &["Proposals", "Not served, by reason"],
        )
        .await;
        for here in [
            format!("/offers/{}", one.offer),
            format!("/members/{}", one.member),
        ] {
            let title = format!("{} for schools", one.service_class);
            assert!(
                max.get(&here)
                    .await
                    .expect(200)
                    .text
                    .contains(&format!("/proposals/{}", one.id)),
                "{title}"
            );
            assert!(
                !nobody
                    .get(&here)
                    .await
                    .expect(200)
                    .text
                    .contains("/proposals/")
            );
        }
        let need = ana.get("/inbox").await.expect(200);
        assert!(need.says("Decide on the proposal"));
        assert!(
            omar.get("/inbox")
                .await
                .says("Round finished: Honduras 2027")
        );
        house
    }

    pub async fn both_sides_decide_and_nobody_else(house: House) -> House {
        let before = buckets(&house).await;
        let (id, _) = round(&house, "First").await;
        let p = of_class(&house, id, "print_packs");
        let path = format!("/proposals/{}", p.id);
        let (mut omar, mut ana) = (house.browser("omar").await, house.browser("ana").await);
        let (mut max, mut mary) = (house.browser("max").await, house.browser("mary").await);
        let mut nils = house.browser("nils").await;
        says(
            &mut max,
            &path,
            &[
                "would serve",
                "Why this match",
                "Needs on the ground",
                "This offer is of a local organisation",
            ],
        )
        .await;
        says(
            &mut ana,
            &format!("{path}/lines"),
            &["Escuela", "In the order of what they are worth"],
        )
        .await;
        nils.get(&path).await.expect(404);
        house.stranger().get(&path).await.expect(303);
        // Nobody else: not the secretariat, not the other member, not a focal point of the member.
        for browser in [&mut omar, &mut mary] {
            for act in ["member-acceptance", "authority-acceptance"] {
                let got = browser.post(&format!("{path}/{act}"), "").await;
                assert!(
                    got.status == 422 || got.status == 403,
                    "{act} {}",
                    got.status
                );
            }
        }
        assert_eq!(
            nils.post(&format!("{path}/member-acceptance"), "")
                .await
                .status,
            404
        );
        assert_eq!(
            max.post(&format!("{path}/authority-acceptance"), "")
                .await
                .status,
            403
        );
        // Either first.
        ana.act(&format!("{path}/authority-acceptance"), &[]).await;
        says(&mut ana, &path, &["Accepted by the authority"]).await;
        assert_eq!(
            ana.post(&format!("{path}/authority-acceptance"), "")
                .await
                .status,
            422
        );
        assert_eq!(buckets(&house).await["committed"], 0);
        let got = max
            .api_post(&format!("{path}/member-acceptance"), &serde_json::json!({}))
            .await;
        assert!(got.status.is_success(), "{}", got.text);
        says(&mut max, &path, &["Agreed"]).await;
        let now = buckets(&house).await;
        assert_eq!(now["committed"], p.quantity);
        assert_eq!(now["quantity"], before["quantity"]);
        assert_eq!(
            max.post(&format!("{path}/member-decline"), "reason=No")
                .await
                .status,
            422
        );
        // Declined with a reason, and only with one.
        let other = of_class(&house, id, "teacher_training");
        let path = format!("/proposals/{}", other.id);
        assert_eq!(
            nils.post(&format!("{path}/member-decline"), "reason=")
                .await
                .status,
            422
        );
        nils.act(
            &format!("{path}/member-decline"),
            &[("reason", "Our trainers are ill.")],
        )
        .await;
        says(
            &mut ana,
            &path,
            &["Declined by the member", "Our trainers are ill."],
        )
        .await;
        assert_eq!(
            ana.post(&format!("{path}/authority-acceptance"), "")
                .await
                .status,
            422
        );
        let last = buckets(&house).await;
        assert_eq!(last["proposed"], now["proposed"] - other.quantity);
        assert_eq!(last["uncovered"], now["uncovered"] + other.quantity);
        four_eyes(&house, id).await;
        house
    }

    /// The officer who made the round, given every other role, still cannot accept.
    async fn four_eyes(house: &House, round: Id) {
        let p = of_class(house, round, "solar_kit");
        let (pid, member) = (p.id, p.member);
        for plain in [false, true] {
            let mut omar = house.actor("omar");
            if plain {
                omar.appointments.clear();
            }
            omar.appointments.push(base::Appointment {
                role: base::Role::MemberOfficer,
                organisation: Some(member),
                country: None,
                places: Vec::new(),
            });
            let refused = house.write(move |tx, now| {
                allocation::accept_for_member(tx, pid, &Part::default(), &omar, now)
            });
            let key = if plain {
                "four-eyes"
            } else {
                "allocation-secretariat-accepts-for-nobody"
            };
            assert_eq!(refused.unwrap_err().keys(), [key]);
        }
        // One person cannot speak for both sides.
        let mut max = house.actor(if member == house.known.local {
            "max"
        } else {
            "nils"
        });
        max.appointments.extend(house.actor("ana").appointments);
        let both = max.clone();
        house
            .write(move |tx, now| {
                allocation::accept_for_member(tx, pid, &Part::default(), &both, now)
            })
            .unwrap();
        let refused = house.write(move |tx, now| {
            allocation::accept_for_authority(tx, pid, &Part::default(), &max, now)
        });
        assert_eq!(refused.unwrap_err().keys(), ["four-eyes"]);
    }

    pub async fn a_part_is_accepted_and_the_rest_goes_back(house: House) -> House {
        let (id, _) = round(&house, "First").await;
        let p = of_class(&house, id, "print_packs");
        let path = format!("/proposals/{}", p.id);
        let (mut ana, mut max) = (house.browser("ana").await, house.browser("max").await);
        let before = buckets(&house).await;
        assert!(p.areas.len() > 1, "{:?}", p.areas);
        ana.get(&format!("{path}/authority-acceptance"))
            .await
            .expect(200);
        ana.act(
            &format!("{path}/authority-acceptance"),
            &[("areas", &p.areas[0])],
        )
        .await;
        let now = house
            .proposals(id)
            .into_iter()
            .find(|q| q.id == p.id)
            .unwrap();
        assert!(now.quantity_now > 0 && now.quantity_now < p.quantity);
        let after = buckets(&house).await;
        assert_eq!(
            after["uncovered"] - before["uncovered"],
            p.quantity - now.quantity_now
        );
        let none = max
            .post(&format!("{path}/member-acceptance"), "units_max=0")
            .await;
        assert_eq!(none.status, 422);
        max.act(&format!("{path}/member-acceptance"), &[("units_max", "40")])
            .await;
        let last = house
            .proposals(id)
            .into_iter()
            .find(|q| q.id == p.id)
            .unwrap();
        assert!(
            last.given_now <= 40 && last.given_now > 0,
            "{}",
            last.given_now
        );
        let end = buckets(&house).await;
        assert_eq!(end["committed"], last.quantity_now);
        assert_eq!(end["quantity"], before["quantity"]);
        let pid = p.id;
        let agreed = house
            .write(move |tx, now| allocation::agreed_lines(tx, pid, now))
            .unwrap();
        assert_eq!(
            agreed.iter().map(|line| line.2).sum::<i64>(),
            last.quantity_now
        );
        house
    }

    pub async fn what_nobody_answers_lapses_and_is_freed(house: House) -> House {
        let before = buckets(&house).await;
        let (id, _) = round(&house, "First").await;
        let p = of_class(&house, id, "solar_kit");
        house.clock.advance_seconds(15 * 86_400);
        let mut ana = house.browser("ana").await;
        let path = format!("/proposals/{}", p.id);
        says(&mut ana, &path, &["Lapsed"]).await;
        assert_eq!(
            ana.post(&format!("{path}/authority-acceptance"), "")
                .await
                .status,
            422
        );
        let mut omar = house.browser("omar").await;
        omar.act(&format!("{path}/release"), &[]).await;
        assert_eq!(omar.post(&format!("{path}/release"), "").await.status, 422);
        let bench = house.site.bench();
        let freed = tokio::task::spawn_blocking(move || allocation::release_lapsed(&bench))
            .await
            .unwrap();
        assert!(freed.unwrap() > 1);
        assert_eq!(buckets(&house).await, before);
        house
    }

    pub async fn a_later_round_takes_the_place_of_what_nobody_accepted(house: House) -> House {
        let (first, outcome) = round(&house, "First").await;
        let (agreed, locked, accepted, open) = (
            of_class(&house, first, "print_packs"),
            of_class(&house, first, "teacher_training"),
            of_class(&house, first, "devices"),
            of_class(&house, first, "solar_kit"),
        );
        let (mut ana, mut max, mut omar) = (
            house.browser("ana").await,
            house.browser("max").await,
            house.browser("omar").await,
        );
        ana.act(
            &format!("/proposals/{}/authority-acceptance", agreed.id),
            &[],
        )
        .await;
        max.act(&format!("/proposals/{}/member-acceptance", agreed.id), &[])
            .await;
        ana.act(
            &format!("/proposals/{}/authority-acceptance", accepted.id),
            &[],
        )
        .await;
        let lock = format!("/proposals/{}/lock", locked.id);
        assert_eq!(omar.post(&lock, "reason=").await.status, 422);
        omar.act(&lock, &[("reason", "The trainers are booked.")])
            .await;
        omar.act(
            &format!("/proposals/{}/shortlisting", open.id),
            &[("reason", "The rains come.")],
        )
        .await;
        says(
            &mut ana,
            &format!("/proposals/{}", locked.id),
            &["The trainers are booked."],
        )
        .await;
        let before = buckets(&house).await;
        let (second, again) = round(&house, "Second").await;
        let state = |id: Id| {
            let now = house.clock.now();
            house
                .write(move |tx, _| {
                    Ok(allocation::state_on(&allocation::proposal(tx, id)?, now).code())
                })
                .unwrap()
        };
        assert_eq!(state(open.id), "superseded");
        assert_eq!(state(agreed.id), "agreed");
        assert_eq!(state(locked.id), "proposed");
        assert_eq!(state(accepted.id), "accepted_by_authority");
        assert!(
            house
                .proposals(second)
                .iter()
                .any(|p| p.service_class == "solar_kit")
        );
        let now = buckets(&house).await;
        assert_eq!(
            (now["quantity"], now["committed"]),
            (before["quantity"], before["committed"])
        );
        assert_ne!(outcome["snapshot"], again["snapshot"]);
        // A round that plans later quarters leaves alone what lies before them.
        let omar = house.actor("omar");
        let new = allocation::NewRound {
            title: "Later".to_owned(),
            country: Some("HN".to_owned()),
            policy: None,
            from: house::day("2027-10-01"),
            periods: 1,
        };
        let id = house
            .write(move |tx, now| allocation::create_round(tx, &new, &omar, now))
            .unwrap();
        let bench = house.site.bench();
        tokio::task::spawn_blocking(move || allocation::run_round(&bench, id))
            .await
            .unwrap()
            .unwrap();
        assert_eq!((state(agreed.id), state(locked.id)), ("agreed", "proposed"));
        let end = buckets(&house).await;
        assert_eq!(
            (end["quantity"], end["committed"]),
            (before["quantity"], before["committed"])
        );
        house
    }

    pub async fn a_later_round_says_which_accepted_matches_it_moved_and_why(house: House) -> House {
        let (local, foreign) = (house.known.local, house.known.foreign);
        let dear = offers::Terms {
            unit_cost_cents: 60_000,
            ..terms("solar_kit", Kind::Stock, 40)
        };
        let dear = house.offer(foreign, "nora", &dear);
        let (first, _) = round(&house, "First").await;
        let (mut ana, mut max) = (house.browser("ana").await, house.browser("max").await);
        let accepted = house.proposals(first);
        let accepted = accepted.iter().find(|p| p.offer == dear).unwrap();
        let path = format!("/proposals/{}", accepted.id);
        ana.act(&format!("{path}/authority-acceptance"), &[]).await;
        let page = ana.get(&format!("/allocation/{first}")).await.expect(200);
        assert!(!page.text.contains("/moved"), "nothing moved yet");

        let cheap = house.offer(local, "mary", &terms("solar_kit", Kind::Stock, 100));
        let (second, _) = round(&house, "Second").await;
        let here = format!("/allocation/{second}");
        let list = format!("{here}/moved");
        says(
            &mut ana,
            &here,
            &["Matches accepted earlier that it does not keep as they were"],
        )
        .await;
        let rows = ana.api(&format!("{list}?limit=1000")).await.expect(200);
        let rows = rows.json()["items"].as_array().unwrap().clone();
        assert_eq!(rows.len(), usize::try_from(accepted.lines).unwrap());
        let title = |id: Id| {
            house
                .write(move |tx, _| Ok(offers::offer(tx, id)?.terms.title))
                .unwrap()
        };
        for row in &rows {
            assert_eq!(row["why"], "another_offer_pays_more", "{row}");
            assert_eq!(row["served_instead_by"], title(cheap).get(base::Lang::En));
            let said = row["why_in_words"].as_str().unwrap();
            assert!(said.contains("points ahead"), "{said}");
        }
        let none = ana.api(&format!("{list}?why=room_went_to_others")).await;
        assert_eq!(none.expect(200).json()["items"], serde_json::json!([]));
        let none = ana.api(&format!("{list}?q=nowhere")).await;
        assert_eq!(none.expect(200).json()["items"], serde_json::json!([]));
        // What nothing serves any more carries the reason of a line not served.
        let unserved = ana.api(&format!("{list}?why=worth_below_price")).await;
        assert_eq!(unserved.expect(200).json()["items"], serde_json::json!([]));
        let csv = ana.get(&format!("{list}.csv")).await.expect(200);
        assert!(csv.text.lines().count() > rows.len());
        for lang in ["en", "fr", "ar"] {
            let mut ana = house.browser("ana").await.in_lang(lang);
            ana.get(&list).await.expect(200);
            ana.get(&path).await.expect(200);
        }
        says(&mut ana, &path, &["Why a later round moved it"]).await;
        // Only those who may read the round's lines.
        max.get(&list).await.expect(403);
        house.stranger().get(&list).await.expect(303);

        // What is withdrawn can be kept by nobody.
        let again = house.proposals(second);
        let again = again.iter().find(|p| p.offer == cheap).unwrap();
        ana.act(
            &format!("/proposals/{}/authority-acceptance", again.id),
            &[],
        )
        .await;
        let officer = house.actor("max");
        house
            .write(move |tx, now| offers::withdraw(tx, cheap, "The depot burnt.", &officer, now))
            .unwrap();
        let (third, _) = round(&house, "Third").await;
        let rows = ana
            .api(&format!("/allocation/{third}/moved?limit=1000"))
            .await
            .expect(200)
            .json();
        let rows = rows["items"].as_array().unwrap();
        assert!(!rows.is_empty());
        for row in rows {
            assert_eq!(row["why"], "no_longer_fits", "{row}");
        }
        house
    }

    pub async fn what_is_missing_is_called_for(house: House) -> House {
        let (id, _) = round(&house, "First").await;
        let (mut omar, mut sofia) = (house.browser("omar").await, house.browser("sofia").await);
        let (mut max, mut nobody) = (house.browser("max").await, house.stranger());
        let gaps = format!("/allocation/{id}/gaps");
        says(&mut max, &gaps, &["What more would bring", "One more unit"]).await;
        let page = omar.get(&gaps).await.expect(200);
        let start = page.text.find("/calls/new?").unwrap();
        let href = page.text[start..]
            .split('"')
            .next()
            .unwrap()
            .replace("&amp;", "&");
        let form = omar.get(&href).await.expect(200);
        assert!(form.text.contains(&id.to_string()));
        let pairs = [
            ("title_en", "Kits for the north"),
            ("country", "HN"),
            ("service_class", "solar_kit"),
            ("quantity", "30"),
            ("call_words", "Thirty kits."),
            ("closes_on", "2027-02-01"),
            ("round", &id.to_string()),
            ("place", "HN01"),
        ];
        let path = omar.act("/calls/new", &pairs).await.location;
        nobody.get(&path).await.expect(404);
        assert!(
            sofia
                .get("/inbox")
                .await
                .says("Publish the call «Kits for the north»?")
        );
        omar.get(&format!("{path}/publication")).await.expect(403);
        sofia.act(&format!("{path}/publication"), &[]).await;
        says(
            &mut nobody,
            &path,
            &["Kits for the north", "Published", "Thirty kits."],
        )
        .await;
        says(&mut nobody, "/calls", &["Kits for the north"]).await;
        house.clock.advance_seconds(80 * 86_400);
        says(&mut nobody, &path, &["Closed"]).await;
        house
    }

    pub async fn the_policy_is_written_by_one_and_published_by_another(house: House) -> House {
        let (mut omar, mut sofia, mut nobody) = (
            house.browser("omar").await,
            house.browser("sofia").await,
            house.stranger(),
        );
        says(&mut nobody, "/allocation/policies", &["Version 1"]).await;
        let first = Id::named("allocation-policy", "1");
        says(
            &mut nobody,
            &format!("/allocation/policies/{first}"),
            &[
                "A learner’s weight is the factor of urgency",
                "a rural girl in an emergency weighs",
                "3.6",
            ],
        )
        .await;
        let form = omar.get("/allocation/policies/new").await.expect(200);
        assert!(form.text.contains("solar_kit 0.9"));
        let mut pairs: Vec<(&str, &str)> = vec![
            ("policy_note", "The displaced first."),
            ("equity_girls", "0.3"),
            ("equity_rural", "0.5"),
            ("equity_disability", "1"),
            ("equity_displaced", "2"),
            ("equity_poor", "1"),
            ("equity_ldc", "0.5"),
            ("urgency_0", "1"),
            ("urgency_1", "1.3"),
            ("urgency_2", "1.8"),
            ("urgency_3", "2"),
            ("late_0", "0.03"),
            ("late_1", "0.08"),
            ("late_2", "0.15"),
            ("late_3", "0.2"),
            ("welfare", "0.5 1.4\n0.8 0.8\n1 0.3"),
            ("second_language_fit", "0.75"),
            ("package_share", "0.5"),
            ("stability", "0.05"),
            ("country_cap", "0.15"),
            ("package_levels", "0.5 0.6\n0.8 0.4"),
            ("points_per_usd", "0.04"),
            ("points_per_delivery", "3"),
            ("points_per_overlap", "10"),
            ("points_per_opening", "50"),
            ("floors", "devices rural 0.5"),
            (
                "category_values",
                "devices 1\nsolar_kit 0.9\nconnectivity 1\nprint_packs 0.5\nteacher_training 1.2",
            ),
        ];
        let mut wrong = pairs.clone();
        wrong.retain(|(name, _)| !["welfare", "floors"].contains(name));
        wrong.extend([
            ("welfare", "0.5 1\n1 2"),
            ("floors", "devices martians 0.5"),
        ]);
        let got = omar
            .post("/allocation/policies/new", &web::testing::query(&wrong))
            .await;
        assert!(
            got.status == 422
                && got.says("devices martians 0.5")
                && got.says("each with a value that falls")
        );
        let path = omar.act("/allocation/policies/new", &pairs).await.location;
        nobody.get(&path).await.expect(404);
        omar.get(&format!("{path}/publication")).await.expect(403);
        pairs[0].1 = "The displaced first, by two.";
        pairs.push(("version", "1"));
        omar.act(&format!("{path}/edit"), &pairs).await;
        assert_eq!(
            omar.post(&format!("{path}/edit"), &web::testing::query(&pairs))
                .await
                .status,
            409
        );
        sofia.act(&format!("{path}/publication"), &[]).await;
        says(
            &mut nobody,
            &path,
            &["Published", "The displaced first, by two."],
        )
        .await;
        assert_eq!(
            omar.post(&format!("{path}/edit"), &web::testing::query(&pairs))
                .await
                .status,
            422
        );
        house
    }

    pub async fn a_round_is_stopped_or_told_why_it_cannot_be(house: House) -> House {
        let mut omar = house.browser("omar").await;
        let id = house.new_round("To be stopped");
        let path = format!("/allocation/{id}");
        omar.act(
            &format!("{path}/cancellation"),
            &[("reason", "Wrong country.")],
        )
        .await;
        omar.wait_for_jobs().await;
        says(&mut omar, &path, &["Stopped", "Wrong country."]).await;
        assert_eq!(
            omar.post(&format!("{path}/cancellation"), "reason=Again")
                .await
                .status,
            422
        );
        // The same snapshot and policy give the same bytes.
        let (_, one) = round(&house, "One").await;
        house.clock.advance_seconds(15 * 86_400);
        let bench = house.site.bench();
        tokio::task::spawn_blocking(move || allocation::release_lapsed(&bench))
            .await
            .unwrap()
            .unwrap();
        assert!(one["result"].as_str().unwrap().len() == 64);
        house
    }
}
