//! Members offer, two people of the secretariat let through, parts are held, and what was only
//! announced is never counted.

mod house;

use base::{Id, Names, Role};
use house::{House, OFFER, but, id, migrations, told};
use offers::{Hold, Period, Whose};
use people::testing::{all_is_well, everybody, schema};
use web::testing::query;

fn hold(name: &str, offer: &str, quantity: i64) -> Hold {
    Hold {
        holder: Id::named("proposal", name),
        offer: id(offer),
        period: None,
        country: "HN".to_owned(),
        quantity,
    }
}

#[tokio::test]
async fn an_offer_is_registered_checked_and_made_available_by_three_people() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h.register(&[]).await;
        h.nobody.get(&path).await.expect(404);
        h.nora.get(&path).await.expect(404);
        h.auditor.get(&path).await.expect(200);
        assert!(!h.nobody.get("/offers").await.says("lessons & chargers"));
        assert!(h.omar.get("/inbox").await.says("Offer to check: Tablets"));
        h.sofia
            .post(&format!("{path}/approval"), "")
            .await
            .expect(422);
        h.mary
            .post(&format!("{path}/check"), "note=x")
            .await
            .expect(403);
        h.omar.post(&format!("{path}/check"), "").await.expect(422);
        h.pat
            .act(&format!("{path}/check"), &[("note", "Called the depot.")])
            .await;
        let own = h
            .pat
            .post(&format!("{path}/approval"), "")
            .await
            .expect(422);
        assert!(own.says("This step needs another person"));
        h.omar
            .post(&format!("{path}/approval"), "")
            .await
            .expect(403);
        assert!(h.sofia.get("/inbox").await.says("waits for your approval"));
        h.sofia.act(&format!("{path}/approval"), &[]).await;

        let public = h.nobody.get(&path).await.expect(200);
        for words in [
            "lessons & chargers",
            "«sample»",
            "Sample: this organisation was made up",
            "Honduras",
            "Spanish",
            "We keep to appropriate_use.",
            "31 December 2027",
        ] {
            assert!(public.says(words), "{words}");
        }
        assert!(!public.says("Otieno") && !public.says("Called the depot."));
        assert!(
            h.nobody
                .get(&format!("/members/{}", h.known.first))
                .await
                .says("lessons & chargers")
        );
        let open = h.with(offers::open).await.unwrap();
        assert_eq!(open.len(), 1);
        let one = &open[0];
        assert_eq!(one.capacity, [(Period::WHOLE, 100)]);
        assert_eq!(
            (one.condition_bits, one.unit_cost_cents, one.tier),
            (3, 125, 0)
        );
        assert!(one.local_in("HN") && !one.local_in("KE") && one.sample);
        assert!(
            one.serves(&["HN0801", "HN08", "HN"])
                && one.serves(&["KE047"])
                && !one.serves(&["KE001", "KE"])
        );
        assert_eq!(one.ready(house::day(house::TODAY)).to_string(), "2027-Q1");
        assert_eq!(one.last().to_string(), "2027-Q4");
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn everything_wrong_with_an_offer_comes_back_at_once() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let organisation = h.known.first.to_string();
        let mut pairs = but(
            OFFER,
            &[
                ("quantity", "5"),
                ("lot_max", "7"),
                ("places", "HN XX HN0801"),
                ("languages", "es zz-nowhere"),
                ("window_to", "2026-11-30"),
                ("free_until", "2026-11-01"),
            ],
        );
        pairs.push(("organisation", &organisation));
        let refused = h.mary.post("/offers/new", &query(&pairs)).await.expect(422);
        for words in [
            "“XX” is no country and no first-level area.",
            "“HN0801” is no country",
            "No language has the code “zz-nowhere”.",
            "The window ends before it begins.",
            "The window is over already.",
            "The free time is over already.",
            "The free time ends before the window begins.",
            "There is less than one lot in all.",
            "The largest lot is smaller than the smallest one.",
        ] {
            assert!(refused.says(words), "{words}");
        }
        let without_end = but(OFFER, &[("free_until", "")]);
        let refused = h
            .mary
            .post("/offers/new", &query(&without_end))
            .await
            .expect(422);
        assert!(refused.says("Fill in this field."), "free has an end date");
        let other = h.known.second.to_string();
        let mut pairs = but(OFFER, &[]);
        pairs.push(("organisation", &other));
        h.mary.post("/offers/new", &query(&pairs)).await.expect(422);
        h.nobody.post("/offers/new", "").await.expect(303);
        let path = h.register(&[]).await;
        let mut pairs = but(OFFER, &[]);
        pairs.push(("organisation", &organisation));
        let twice = h.mary.post("/offers/new", &query(&pairs)).await.expect(422);
        assert!(twice.says("You have another offer with this number."));
        h.omar
            .act(&format!("{path}/return"), &[("reason", "Which tablets?")])
            .await;
        assert!(
            h.mary
                .get("/inbox")
                .await
                .says("Sent back to you for correction")
        );
        assert!(h.mary.get(&path).await.says("Which tablets?"));
        h.mary.act(&format!("{path}/registration"), &[]).await;
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_suspended_member_cannot_offer_and_what_runs_stays_visible() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h.available(&[]).await;
        let draft = h.register(&[("code", "T-2")]).await;
        h.omar
            .act(&format!("{draft}/check"), &[("note", "Seen")])
            .await;
        let one = hold("one", &path, 10);
        h.with(move |tx, today| offers::reserve(tx, &one, today))
            .await
            .unwrap();
        let member = format!("/members/{}", h.known.first);
        h.sofia
            .act(&format!("{member}/suspension"), &[("reason", "No answer.")])
            .await;
        let organisation = h.known.first.to_string();
        let mut pairs = but(OFFER, &[("code", "T-3")]);
        pairs.push(("organisation", &organisation));
        let refused = h.mary.post("/offers/new", &query(&pairs)).await.expect(422);
        assert!(refused.says(
            "Only a member in standing can do this. Standing of the organisation: Suspended"
        ));
        for (end, body) in [("assurance", ""), ("edit", "version=1")] {
            let pairs = if end == "edit" {
                query(OFFER)
            } else {
                body.to_owned()
            };
            h.mary
                .post(&format!("{path}/{end}"), &pairs)
                .await
                .expect(422);
        }
        let refused = h
            .sofia
            .post(&format!("{draft}/approval"), "")
            .await
            .expect(422);
        assert!(refused.says("Only a member in standing"));
        assert!(
            h.nobody
                .get(&path)
                .await
                .expect(200)
                .says("lessons & chargers")
        );
        assert!(
            h.mary
                .get("/offers/mine")
                .await
                .says("it can make no new offers")
        );
        let two = hold("two", &path, 10);
        let (open, refused) = (
            h.with(offers::open).await.unwrap().len(),
            h.with(move |tx, today| offers::reserve(tx, &two, today))
                .await
                .unwrap_err(),
        );
        assert_eq!((open, refused.keys()), (0, vec!["members-not-in-standing"]));
        // What is held goes on.
        let holder = Id::named("proposal", "one");
        h.with(move |tx, _| offers::commit(tx, holder, 10))
            .await
            .unwrap();
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_pledge_is_never_counted_and_only_its_member_and_the_secretariat_see_it() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let organisation = h.known.first.to_string();
        let pairs = [
            ("organisation", organisation.as_str()),
            ("title_en", "Fifty thousand tablets"),
            ("service_class", "devices"),
            ("quantity", "50000"),
            ("places", "*"),
            ("window_from", "2027-01-01"),
            ("window_to", "2027-12-31"),
        ];
        h.omar.post("/offers/pledges/new", &query(&pairs)).await.expect(422);
        let mut with_source = pairs.to_vec();
        with_source.push(("minute", "Exceptional meeting, 1 September, item 4"));
        let path = h.omar.act("/offers/pledges/new", &with_source).await.location;
        for browser in [&mut h.mary, &mut h.omar, &mut h.auditor] {
            let page = browser.get(&path).await.expect(200);
            assert!(page.says("Exceptional meeting, 1 September, item 4") && page.says("never counted"));
        }
        h.nobody.get(&path).await.expect(404);
        h.nora.get(&path).await.expect(404);
        let refused = h.mary.post(&format!("{path}/registration"), "").await.expect(422);
        assert!(refused.says("A pledge cannot be registered."));
        for (browser, end, body) in [(&mut h.omar, "check", "note=x"), (&mut h.sofia, "approval", "")] {
            browser.post(&format!("{path}/{end}"), body).await.expect(422);
        }
        let offer = id(&path);
        let (count, open) = h
            .with(move |tx, today| Ok((offers::count_available(tx, today)?, offers::open(tx, today)?.len())))
            .await
            .unwrap();
        assert_eq!((count, open), (0, 0));
        assert!(!h.nobody.get("/offers").await.says("Fifty thousand"));
        assert!(!h.nobody.get("/offers.csv").await.text.contains("Fifty thousand"));
        assert!(!h.nobody.get("/offers?state=pledge").await.says("Fifty thousand"));
        // Even the database refuses an available pledge.
        let forced = h
            .site
            .db
            .write(move |tx| tx.exec("UPDATE offer SET stage = 'available', checked_by = organisation_id, available_by = id WHERE id = $1", &db::args![offer]))
            .await;
        assert!(forced.is_err());
        // The member completes it, and it becomes a draft of its own.
        let mut whole = but(OFFER, &[]);
        whole.push(("version", "1"));
        h.mary.act(&format!("{path}/edit"), &whole).await;
        h.mary.act(&format!("{path}/registration"), &[]).await;
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn two_people_edit_and_the_second_sees_both_versions() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h.register(&[]).await;
        let version = |page: &str| {
            let start =
                page.find("name=\"version\" value=\"").unwrap() + "name=\"version\" value=\"".len();
            page[start..].split('"').next().unwrap().to_owned()
        };
        let edit = format!("{path}/edit");
        let seen = version(&h.mary.get(&edit).await.text);
        let mine = |quantity, seen| {
            let mut pairs = but(OFFER, &[("quantity", quantity)]);
            pairs.push(("version", seen));
            query(&pairs)
        };
        h.mary
            .post(&edit, &mine("80", seen.as_str()))
            .await
            .expect(303);
        let conflict = h
            .mary
            .post(&edit, &mine("60", seen.as_str()))
            .await
            .expect(409);
        assert!(conflict.says("Your entries and the saved ones"));
        assert!(conflict.says("80") && conflict.text.contains("60"));
        assert_eq!(
            h.with({
                let o = id(&path);
                move |tx, _| Ok(offers::offer(tx, o)?.terms.capacity)
            })
            .await
            .unwrap(),
            80
        );
        let again = version(&conflict.text);
        h.mary
            .post(&edit, &mine("60", again.as_str()))
            .await
            .expect(303);
        assert_eq!(
            h.with({
                let o = id(&path);
                move |tx, _| Ok(offers::offer(tx, o)?.terms.capacity)
            })
            .await
            .unwrap(),
            60
        );
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_held_never_exceeds_what_there_is() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h.available(&[]).await;
        for (name, quantity, keys) in [
            ("a", 50, vec![]),
            ("a", 10, vec!["offers-already-held"]),
            ("b", 12, vec!["offers-lot"]),
            ("b", 5, vec!["offers-lot"]),
            ("b", 55, vec!["offers-lot", "offers-capacity"]),
            ("b", 0, vec!["offers-quantity-missing"]),
            ("b", 40, vec![]),
            ("c", 15, vec!["offers-capacity"]),
            ("c", 10, vec![]),
        ] {
            let one = hold(name, &path, quantity);
            let done = h
                .with(move |tx, today| offers::reserve(tx, &one, today))
                .await;
            let found = done
                .as_ref()
                .err()
                .map(base::Error::keys)
                .unwrap_or_default();
            assert_eq!(found, keys, "{name} {quantity}");
        }
        assert!(h.nobody.get(&path).await.says("Fully reserved"));
        let (a, b, c) = (
            Id::named("proposal", "a"),
            Id::named("proposal", "b"),
            Id::named("proposal", "c"),
        );
        h.with(move |tx, _| offers::commit(tx, a, 30))
            .await
            .unwrap();
        let more = h
            .with(move |tx, _| offers::commit(tx, a, 21))
            .await
            .unwrap_err();
        assert_eq!(more.keys(), ["offers-more-than-held"]);
        h.with(move |tx, _| offers::release(tx, a, 20))
            .await
            .unwrap();
        h.with(move |tx, _| offers::give_back(tx, a, 5))
            .await
            .unwrap();
        assert!(h.nobody.get(&path).await.says("Partly reserved"));
        let held = h
            .with(move |tx, _| offers::held(tx, a))
            .await
            .unwrap()
            .unwrap();
        assert_eq!((held.reserved, held.committed), (0, 25));
        // A held offer is not edited; withdrawn, it keeps what is held and shows the notice.
        let mut pairs = but(OFFER, &[]);
        pairs.push(("version", "3"));
        assert!(
            h.mary
                .post(&format!("{path}/edit"), &query(&pairs))
                .await
                .expect(422)
                .says("A part of this offer is held")
        );
        h.mary
            .post(&format!("{path}/withdrawal"), "reason=x")
            .await
            .expect(403);
        h.max
            .post(&format!("{path}/withdrawal"), "")
            .await
            .expect(422);
        h.max
            .act(
                &format!("{path}/withdrawal"),
                &[("reason", "The depot burnt.")],
            )
            .await;
        let page = h.nobody.get(&path).await.expect(200);
        assert!(
            page.says("What is still held is given until 31 December 2026.")
                && page.says("The depot burnt.")
        );
        let one = hold("d", &path, 10);
        let refused = h
            .with(move |tx, today| offers::reserve(tx, &one, today))
            .await
            .unwrap_err();
        assert_eq!(refused.keys(), ["offers-not-open", "offers-capacity"]);
        h.with(move |tx, _| offers::commit(tx, b, 40))
            .await
            .unwrap();
        h.with(move |tx, _| offers::release(tx, c, 10))
            .await
            .unwrap();
        let offer = id(&path);
        let loads = h.with(move |tx, _| offers::loads(tx, offer)).await.unwrap();
        assert_eq!(
            (loads[0].capacity, loads[0].reserved, loads[0].committed),
            (65, 0, 65)
        );
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn work_is_held_by_quarter_and_the_inexhaustible_by_country() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let lots = [("lot_min", ""), ("lot_step", ""), ("lot_max", "")];
        let mut training = lots.to_vec();
        training.extend([
            ("service_class", "teacher_training"),
            ("quantity", "30"),
            ("code", "R"),
            ("window_from", "2027-02-10"),
        ]);
        let path = h.available(&training).await;
        let at = |name: &str, period: Option<&str>, quantity| Hold {
            period: period.and_then(Period::parse),
            ..hold(name, &path, quantity)
        };
        for (one, ok) in [
            (at("a", Some("2027-Q1"), 30), true),
            (at("b", Some("2027-Q1"), 1), false),
            (at("b", Some("2027-Q2"), 20), true),
            (at("c", Some("2026-Q4"), 1), false),
            (at("c", None, 1), false),
        ] {
            let name = format!("{one:?}");
            let done = h
                .with(move |tx, today| offers::reserve(tx, &one, today))
                .await;
            assert_eq!(done.is_ok(), ok, "{name}");
        }
        let mut lessons = lots.to_vec();
        lessons.extend([
            ("service_class", "content"),
            ("quantity", "2"),
            ("code", "D"),
            ("places", "*"),
            ("tier", "tier_2"),
        ]);
        let path = h.available(&lessons).await;
        let inside = |name: &str, country: &str| Hold {
            country: country.to_owned(),
            ..hold(name, &path, 1_000)
        };
        for (one, ok) in [
            (inside("hn1", "HN"), true),
            (inside("hn2", "HN"), true),
            (inside("ke", "KE"), true),
            (inside("sn", "SN"), false),
        ] {
            let done = h
                .with(move |tx, today| offers::reserve(tx, &one, today))
                .await;
            assert_eq!(done.is_ok(), ok);
        }
        let offer = id(&path);
        let one = h
            .with(move |tx, today| Ok(offers::open(tx, today)?.into_iter().find(|o| o.id == offer)))
            .await;
        let one = one.unwrap().unwrap();
        assert_eq!(
            (one.countries_free, one.opened),
            (0, vec!["HN".to_owned(), "KE".to_owned()])
        );
        let name = |name: &str| Id::named("proposal", name);
        let (hn1, hn2, ke) = (name("hn1"), name("hn2"), name("ke"));
        h.with(move |tx, _| offers::commit(tx, hn1, 1_000))
            .await
            .unwrap();
        h.with(move |tx, _| offers::release(tx, ke, 1_000))
            .await
            .unwrap();
        h.with(move |tx, _| offers::give_back(tx, hn1, 1_000))
            .await
            .unwrap();
        let loads = h.with(move |tx, _| offers::loads(tx, offer)).await.unwrap();
        assert_eq!(
            (loads[0].reserved, loads[0].committed),
            (1, 0),
            "the second line keeps Honduras open"
        );
        h.with(move |tx, _| offers::release(tx, hn2, 1_000))
            .await
            .unwrap();
        let loads = h.with(move |tx, _| offers::loads(tx, offer)).await.unwrap();
        assert_eq!((loads[0].reserved, loads[0].committed), (0, 0));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn time_makes_offers_stale_and_expired_and_reminds_of_the_end_of_free() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h.available(&[("free_until", "2027-04-10")]).await;
        h.days(91).await;
        assert!(
            h.nobody
                .get(&path)
                .await
                .says("The member has not said for more than 90 days")
        );
        assert!(
            h.nobody
                .get("/offers?state=stale")
                .await
                .says("lessons & chargers")
        );
        assert!(
            h.mary
                .get("/inbox")
                .await
                .says("Does it still stand? Tablets")
        );
        assert_eq!(
            h.with(|tx, today| Ok(offers::open(tx, today)?.len()))
                .await
                .unwrap(),
            0
        );
        h.nora
            .post(&format!("{path}/assurance"), "")
            .await
            .expect(403);
        h.mary.act(&format!("{path}/assurance"), &[]).await;
        assert_eq!(
            h.with(|tx, today| Ok(offers::open(tx, today)?.len()))
                .await
                .unwrap(),
            1
        );
        h.days(15).await;
        assert!(
            h.mary
                .get("/inbox")
                .await
                .says("Free of charge only a few days more")
        );
        h.days(30).await;
        assert!(h.nobody.get(&path).await.says("Expired"));
        assert!(!h.nobody.get("/offers").await.says("lessons & chargers"));
        assert!(
            h.nobody
                .get("/offers?state=expired")
                .await
                .says("lessons & chargers")
        );
        let over = h
            .mary
            .post(&format!("{path}/assurance"), "")
            .await
            .expect(422);
        assert!(over.says("The free time is over already."));
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn the_list_is_filtered_downloaded_and_read_in_every_language() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let path = h.available(&[]).await;
        for (query, found) in [
            ("", true),
            ("?q=lecons", true),
            ("?q=radio", false),
            ("?service=devices", true),
            ("?service=content", false),
            ("?country=HN", true),
            ("?country=KE", true),
            ("?country=FR", false),
            ("?language=miq", true),
            ("?language=fr", false),
            ("?kind=stock", true),
            ("?kind=rate", false),
            ("?state=available", true),
            ("?state=exhausted", false),
        ] {
            let page = h.nobody.get(&format!("/offers{query}")).await.expect(200);
            assert_eq!(page.says("lessons & chargers"), found, "{query}");
        }
        assert!(
            h.nobody
                .get("/offers.csv")
                .await
                .text
                .contains("Tablets <with>")
        );
        assert!(h.nobody.get("/offers.xlsx").await.bytes.starts_with(b"PK"));
        h.nobody.get("/offers/mine").await.expect(303);
        assert!(h.mary.get("/offers/mine").await.says("lessons & chargers"));
        assert!(!h.nora.get("/offers/mine").await.says("lessons & chargers"));
        assert!(h.omar.get("/offers/mine").await.says("lessons & chargers"));
        let organisation = h.known.first.to_string();
        let pairs = [
            ("organisation", organisation.as_str()),
            ("service_class", "devices"),
            ("people", "ready"),
            ("equipment", "within_a_month"),
            ("funding", "to_be_found"),
        ];
        h.mary.act("/capabilities/new", &pairs).await;
        assert!(h.nobody.get("/capabilities").await.says("Within a month"));
        let list = h.nobody.api("/capabilities").await.json();
        let one = format!("/capabilities/{}", list["items"][0]["id"].as_str().unwrap());
        assert!(!h.nobody.get(&one).await.says("It still stands"));
        h.nora
            .post(&format!("{one}/assurance"), "")
            .await
            .expect(403);
        h.mary.act(&format!("{one}/assurance"), &[]).await;
        assert!(h.mary.get(&one).await.says("It still stands"));
        h.mary.act(&format!("{one}/end"), &[]).await;
        assert!(!h.nobody.get("/capabilities").await.says("Within a month"));
        for lang in ["fr", "ar"] {
            let mut reader = h.nobody.clone().in_lang(lang);
            for path in ["/offers", path.as_str(), "/capabilities"] {
                reader.get(path).await.expect(200);
            }
            let mut mary = h.mary.clone().in_lang(lang);
            for path in [
                "/offers/new",
                "/offers/imports/new",
                "/offers/mine",
                "/offers/pledges/new",
            ] {
                mary.get(path).await.expect(200);
            }
        }
        h.nobody
            .api_post("/offers", &serde_json::json!({ "title": { "en": "X" } }))
            .await
            .expect(401);
        let json = h.nobody.api("/offers").await.expect(200).json();
        assert_eq!(json["items"][0]["free_now"], 100);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_file_is_tried_first_and_imported_whole_or_not_at_all() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let head = "offer_code,title_en,service_class,quantity,places,levels,window_from,window_to,free_until\n";
        let good = "A,Blue slates,devices,20,HN,1,2027-01-01,2027-12-31,2027-12-31\n";
        let wrong = "A,Tablets,devices,-3,XX,1,01/02/2027,2027-12-31,\nB,Kites,kites,1,HN,1,2027-01-01,2026-01-01,\n";
        let organisation = h.known.first.to_string();
        let pairs = [("organisation", organisation.as_str())];
        let tried = h.mary.upload("/offers/imports/new", &pairs, "file", "o.csv", format!("{head}{good}{wrong}").as_bytes()).await;
        let page = h.mary.get(&tried.expect(303).location).await;
        for words in ["3 rows", "remarks stand against this file", "No service is called “kites”.", "The window ends before it begins."] {
            assert!(page.says(words), "{words}: {}", web::testing::plain(&page.text));
        }
        let path = h.mary.upload("/offers/imports/new", &pairs, "file", "o.csv", format!("{head}{good}").as_bytes()).await;
        let path = path.expect(303).location;
        h.nora.get(&path).await.expect(404);
        assert!(h.mary.get(&path).await.says("Every row can be imported. Nothing is imported yet."));
        assert!(!h.mary.get("/offers/mine").await.says("Blue slates"));
        h.mary.act(&format!("{path}/acceptance"), &[]).await;
        assert!(h.mary.get("/offers/mine").await.says("Blue slates"));
        h.mary.post(&format!("{path}/acceptance"), "").await.expect(422);
        assert!(h.omar.get("/inbox").await.says("Offer to check: Blue slates"));
        for (name, bytes) in [("a.xlsx", &b"PK broken"[..]), ("a.csv", b"title\n\xff\xfe\n"), ("a.csv", b"a,a\n1,2\n"), ("empty.csv", b"")] {
            let tried = h.mary.upload("/offers/imports/new", &pairs, "file", name, bytes).await;
            if tried.status.as_u16() == 303 {
                assert!(h.mary.get(&tried.location).await.says("Nothing was imported"), "{name}");
            }
        }
        all_is_well(&h.site).await;
    })
    .await;
}

#[test]
fn the_shipped_sample_imports_whole_and_only_once() {
    db::testing::each_engine(&migrations(), |db| {
        let now = house::start();
        let (first, again, open) = db
            .write_now(move |tx| {
                places::seed(tx, now)?;
                catalogue::seed(tx, now)?;
                let people: [(&str, &[Role]); 2] = [
                    ("omar", &[Role::SecretariatOfficer]),
                    ("sofia", &[Role::SecretariatApprover]),
                ];
                everybody(tx, &people, now)?;
                let (omar, sofia) = house::secretariat(tx, now)?;
                for (number, row) in house::shipped_members().iter().enumerate() {
                    let names = Names::three(&row["name_en"], &row["name_fr"], &row["name_ar"]);
                    let contact = members::Contact::Person(members::Person {
                        name: "Sample person".to_owned(),
                        email: format!("m{number}@example.org"),
                    });
                    house::join(
                        tx,
                        (names, &row["kind"], &row["country"]),
                        (contact, None),
                        (&omar, &sofia),
                        now,
                    )?;
                }
                let bytes = house::shipped_bytes("offers.csv");
                let file = ("offers.csv", bytes.as_slice());
                let dry = offers::import_file(tx, file, &Whose::Rows(None), now, true)?;
                assert!(dry.made.is_empty());
                let first = offers::import_file(tx, file, &Whose::Rows(None), now, false)?;
                let again = offers::import_file(tx, file, &Whose::Rows(None), now, false)?;
                // Their focal points register them, the secretariat lets them through.
                for id in &first.made {
                    let offer = offers::offer(tx, *id)?;
                    let focal = people::appointed(
                        tx,
                        Role::MemberFocalPoint,
                        Some(offer.organisation),
                        None,
                        now.day(),
                    )?;
                    let focal = people::actor(tx, focal[0], now.day())?;
                    offers::submit(tx, *id, &focal, now)?;
                    offers::check(tx, *id, "Seen", &omar, now)?;
                    offers::approve(tx, *id, &sofia, now)?;
                }
                let open = told(tx, now.day(), offers::open)?;
                Ok((first, again, open))
            })
            .unwrap();
        let why = |r: &offers::ImportReport| {
            r.refused
                .iter()
                .map(|x| format!("{x:?}"))
                .collect::<Vec<_>>()
                .join("\n")
        };
        assert_eq!((first.rows, first.made.len()), (65, 65), "{}", why(&first));
        assert_eq!(
            first
                .notes
                .iter()
                .filter(|note| note.refusal.key == "offers-note-free-until")
                .count(),
            52
        );
        assert_eq!((again.made.len(), again.refused.len()), (0, 65));
        assert_eq!(open.len(), 65);
        assert!(open.iter().any(|offer| offer.local_in("HN")));
    });
}

#[test]
fn the_three_languages_say_the_same() {
    lang::testing::same_keys(offers::WORDS);
}

#[test]
fn migrations_stand_on_their_samples() {
    db::testing::each_engine_with_samples(&schema(&house::rooms()), |db| {
        let breaches = db
            .read_now(|tx| (offers::room().checks[0].run)(tx))
            .unwrap();
        assert_eq!(breaches, Vec::<String>::new());
    });
}
