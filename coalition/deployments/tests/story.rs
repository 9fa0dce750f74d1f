//! From a signed agreement to a closed deployment: every sentence of the room, through HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use base::Id;
use house::{Agreed, House, IN_FORCE, day, migrations};
use web::testing::Browser;

macro_rules! stories {
    ($($story:ident),* $(,)?) => { $(
        #[tokio::test(flavor = "multi_thread")]
        async fn $story() {
            db::testing::each_engine_async(&migrations(), |db| async move {
                let (house, agreed) = tokio::task::spawn_blocking(move || House::open(db)).await.unwrap();
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

stories!(
    a_deployment_goes_from_plan_to_closing,
    an_overlap_blocks_until_people_resolve_it_in_public,
    a_plan_is_changed_and_called_off,
    an_agreement_takes_its_deployments_with_it,
    everybody_reads_who_does_what_where,
);

/// The form of a plan, with some answers in another way.
fn form<'a>(other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all = vec![
        ("service_class", "solar_kit"),
        ("title_en", "Power for schools"),
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

fn encoded(pairs: &[(&str, &str)]) -> String {
    let one = |(name, value): &(&str, &str)| format!("{name}={}", value.replace(' ', "+"));
    pairs.iter().map(one).collect::<Vec<_>>().join("&")
}

async fn refused(browser: &mut Browser, path: &str, pairs: &[(&str, &str)], words: &[&str]) {
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

async fn says(browser: &mut Browser, path: &str, words: &[&str], never: &[&str]) {
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

async fn teachers(browser: &mut Browser, path: &str, stage: &str) {
    let told = [
        ("teacher_stage", stage),
        ("involved", "yes"),
        ("teachers", "12"),
        ("on", "2026-11-20"),
        ("words", "They chose the lessons."),
    ];
    browser.act(&format!("{path}/teachers/new"), &told).await;
}

mod tell {
    use super::*;

    pub async fn a_deployment_goes_from_plan_to_closing(house: House, agreed: Agreed) -> House {
        let local = house.known.local;
        let agreement = house.signed(agreed[&(local, "solar_kit".to_owned())]);
        let (mut mary, mut nora) = (house.browser("mary").await, house.browser("nora").await);
        let mut nobody = house.stranger();
        let new = format!("/agreements/{agreement}/deployments/new");
        nobody.get(&new).await.expect(303);
        nora.post(&new, &encoded(&form(&[]))).await.expect(403);
        mary.get(&new).await.expect(200);
        // Every reason at once.
        let wrong = [
            ("planned_from", "2026-12-15"),
            ("planned_to", "2029-01-01"),
            ("in_person", "replaces"),
        ];
        let reasons = [
            "The agreement lasts from",
            "The free time must last",
            "Say why it replaces",
        ];
        refused(&mut mary, &new, &form(&wrong), &reasons).await;
        refused(
            &mut mary,
            &new,
            &form(&[("smaller_places", "XX99")]),
            &["no place with the code XX99"],
        )
        .await;
        refused(
            &mut mary,
            &new,
            &form(&[("smaller_places", "HN18")]),
            &["No agreed line of need is left"],
        )
        .await;
        let named = [("maintenance", "Call +504 9999 1234.")];
        assert_eq!(mary.post(&new, &encoded(&form(&named))).await.status, 422);
        let replaces = [
            ("in_person", "replaces"),
            ("replaces_reason", "No teacher on the islands."),
        ];
        let path = mary.act(&new, &form(&replaces)).await.location;
        let warns = [
            "Replaces teaching in person",
            "No teacher on the islands.",
            "Planned",
        ];
        says(&mut nobody, &path, &warns, &["Begin"]).await;
        refused(
            &mut mary,
            &new,
            &form(&[]),
            &["No agreed line of need is left"],
        )
        .await;

        // Before it begins: everything that is missing is named.
        let start = format!("{path}/start");
        let early = [("actual_from", "2026-12-01")];
        let missing = ["is not in force", "not told: design", "not told: testing"];
        refused(&mut mary, &start, &early, &missing).await;
        teachers(&mut mary, &path, "design").await;
        let why = [
            ("teacher_stage", "testing"),
            ("involved", "no"),
            ("on", "2026-11-20"),
            ("teachers", "3"),
            ("words", "None"),
        ];
        refused(
            &mut mary,
            &format!("{path}/teachers/new"),
            &why,
            &["counted only where"],
        )
        .await;
        teachers(&mut mary, &path, "testing").await;
        house.wait_until(IN_FORCE);
        let mut mary = house.browser("mary").await;
        says(
            &mut mary,
            &path,
            &[
                "Cleared to begin",
                "Nothing stands against",
                "should have begun",
            ],
            &[],
        )
        .await;
        says(&mut mary, "/inbox", &["is cleared to begin"], &[]).await;
        refused(
            &mut mary,
            &start,
            &[("actual_from", "2027-01-25")],
            &["still to come"],
        )
        .await;
        refused(
            &mut mary,
            &start,
            &[("actual_from", "2027-01-05")],
            &["Change the plan first"],
        )
        .await;
        mary.act(&start, &[("actual_from", "2027-01-15")]).await;
        assert_eq!(house.standing(house::id(&path)), "active");

        // At work: pauses with a reason that strangers do not read.
        let (mut ana, mut max) = (house.browser("ana").await, house.browser("max").await);
        refused(
            &mut ana,
            &format!("{path}/pause"),
            &[("reason", "")],
            &["Fill in this field"],
        )
        .await;
        ana.act(
            &format!("{path}/pause"),
            &[("reason", "Floods in the valley")],
        )
        .await;
        says(&mut nobody, &path, &["Paused"], &["Floods"]).await;
        says(&mut ana, &path, &["Floods in the valley"], &[]).await;
        max.act(&format!("{path}/resumption"), &[("reason", "Dry again")])
            .await;
        refused(
            &mut max,
            &format!("{path}/resumption"),
            &[("reason", "x")],
            &["not possible now"],
        )
        .await;
        let later = [
            ("planned_to", "2027-09-30"),
            ("reason", "Floods took a month"),
        ];
        mary.act(&format!("{path}/extension"), &later).await;
        let too_late = [("planned_to", "2028-09-30"), ("reason", "More")];
        refused(
            &mut mary,
            &format!("{path}/extension"),
            &too_late,
            &["The agreement ends on"],
        )
        .await;

        // Its end: claimed by the member, confirmed by the authority, closed by a third person.
        house.wait_until("2027-10-02");
        let (mut mary, mut ana, mut sofia) = (
            house.browser("mary").await,
            house.browser("ana").await,
            house.browser("sofia").await,
        );
        says(&mut nobody, &path, &["should have ended"], &[]).await;
        says(&mut mary, "/inbox", &["should have ended"], &[]).await;
        let end = [("actual_to", "2027-09-25")];
        refused(
            &mut mary,
            &format!("{path}/completion"),
            &end,
            &["not told: rollout"],
        )
        .await;
        teachers(&mut mary, &path, "rollout").await;
        mary.act(&format!("{path}/completion"), &end).await;
        mary.post(&format!("{path}/confirmation"), "")
            .await
            .expect(403);
        says(&mut ana, "/inbox", &["confirm that it is complete"], &[]).await;
        ana.act(
            &format!("{path}/completion-refusal"),
            &[("reason", "Two schools are dark")],
        )
        .await;
        says(&mut ana, &path, &["At work"], &[]).await;
        mary.act(&format!("{path}/completion"), &end).await;
        ana.act(&format!("{path}/confirmation"), &[]).await;
        refused(
            &mut sofia,
            &format!("{path}/closure"),
            &[],
            &["not told: scaling"],
        )
        .await;
        teachers(&mut mary, &path, "scaling").await;
        sofia.act(&format!("{path}/closure"), &[]).await;
        says(
            &mut nobody,
            &path,
            &["Closed", "12 teachers took part", "Need lines served"],
            &["Begin"],
        )
        .await;
        nobody.get(&format!("{path}/lines")).await.expect(200);
        refused(
            &mut sofia,
            &format!("{path}/cancellation"),
            &[("reason", "No")],
            &["not possible now"],
        )
        .await;
        for other in [
            "/deployments?state=closed&service=solar_kit",
            "/countries/HN",
            &format!("/members/{local}"),
        ] {
            says(&mut nobody, other, &["HN-2026-D-0001"], &[]).await;
        }
        house
    }

    /// Two members want to bring the same to the same places.
    fn two(house: &House, agreed: &Agreed) -> (Id, Id) {
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

    pub async fn an_overlap_blocks_until_people_resolve_it_in_public(
        house: House,
        agreed: Agreed,
    ) -> House {
        let (one, other) = two(&house, &agreed);
        assert_eq!(
            (house.standing(one), house.standing(other)),
            ("blocked", "blocked")
        );
        house.wait_until(IN_FORCE);
        assert_eq!(
            house.begun("mary", one).unwrap_err().keys(),
            ["deployments-overlap-open"]
        );
        let found = house.read(move |tx| deployments::overlaps(tx, one));
        let [overlap] = found.as_slice() else {
            unreachable!("one overlap")
        };
        assert_eq!((overlap.deployment, overlap.other), (other, one));
        assert_eq!(overlap.dimensions.reach_both, Some(2_000_000));
        let path = format!("/overlaps/{}", overlap.id);
        let mut nobody = house.stranger();
        says(
            &mut nobody,
            "/overlaps?state=open&country=HN",
            &["HN-2026-D-0001"],
            &[],
        )
        .await;
        says(
            &mut nobody,
            &path,
            &[
                "Together they mean to reach 2,000,000",
                "How it can be resolved",
            ],
            &[],
        )
        .await;
        let (mut max, mut nils, mut omar, mut mary) = (
            house.browser("max").await,
            house.browser("nils").await,
            house.browser("omar").await,
            house.browser("mary").await,
        );
        let call = format!("{path}/complementary");
        let words = [("words", "We light, they charge.")];
        mary.post(&call, "words=No").await.expect(403);
        says(&mut max, "/inbox", &["to resolve"], &[]).await;
        refused(
            &mut max,
            &call,
            &[("words", "Ask Mary at +504 9999 1234")],
            &["telephone"],
        )
        .await;
        max.act(&call, &words).await;
        says(&mut max, "/inbox", &[], &["to resolve"]).await;
        refused(&mut max, &call, &words, &["said so already"]).await;
        omar.act(&call, &words).await;
        assert_eq!(house.standing(one), "blocked");
        nils.act(&call, &words).await;
        says(
            &mut nobody,
            &path,
            &["Complementary", "We light, they charge.", "the secretariat"],
            &[],
        )
        .await;
        refused(&mut omar, &call, &words, &["resolved already"]).await;
        let stage = |who: &'static str, id| house.begun(who, id).unwrap();
        stage("mary", one);
        stage("nora", other);
        assert_eq!(
            (house.standing(one), house.standing(other)),
            ("active", "active")
        );
        house
    }

    pub async fn a_plan_is_changed_and_called_off(house: House, agreed: Agreed) -> House {
        let (one, other) = two(&house, &agreed);
        let before = house.units("solar_kit");
        // Split: other dates. The editor who saw an older version is told.
        let (mut nora, mut sofia) = (house.browser("nora").await, house.browser("sofia").await);
        let change = format!("/deployments/{other}/change");
        let form = nora.get(&change).await.expect(200);
        assert!(form.says("Change the plan"));
        let moved = |version| {
            let mut form = form_of_change();
            form.push(("version", version));
            form
        };
        nora.act(&change, &moved("1")).await;
        assert_eq!(
            (house.standing(one), house.standing(other)),
            ("planned", "planned")
        );
        nora.post(&change, &encoded(&moved("1"))).await.expect(409);
        let overlap = house
            .read(move |tx| deployments::overlaps(tx, one))
            .remove(0);
        assert_eq!(overlap.state(), "split");
        // Back again: the same overlap is open again, and the approver accepts it.
        let mut back = moved("2");
        back.retain(|(name, _)| !name.starts_with("planned"));
        back.extend([
            ("planned_from", "2027-01-10"),
            ("planned_to", "2027-06-30"),
            ("reach_planned", "1000000"),
        ]);
        nora.act(&change, &back).await;
        assert_eq!(house.standing(one), "blocked");
        let path = format!("/overlaps/{}", overlap.id);
        let mut omar = house.browser("omar").await;
        omar.post(&format!("{path}/acceptance"), "words=No")
            .await
            .expect(403);
        let why = [("words", "The census is old; both will be needed.")];
        sofia.act(&format!("{path}/acceptance"), &why).await;
        says(
            &mut house.stranger(),
            &path,
            &["Accepted", "The census is old"],
            &[],
        )
        .await;
        // One gives way to the other: what is committed goes back to needs and offers.
        let cancel = format!("/deployments/{other}/cancellation");
        refused(
            &mut nora,
            &cancel,
            &[("reason", "")],
            &["Fill in this field"],
        )
        .await;
        let got = nora
            .act(&cancel, &[("reason", "The roads are closed")])
            .await;
        assert_eq!(house.standing(other), "cancelled");
        let returned: i64 = house
            .read(move |tx| deployments::lines(tx, other))
            .iter()
            .map(|l| l.returned)
            .sum();
        let after = house.units("solar_kit");
        assert_eq!(after["committed"] + returned, before["committed"]);
        assert_eq!(
            after["uncovered"],
            before.get("uncovered").unwrap_or(&0) + returned
        );
        assert_eq!(after.values().sum::<i64>(), before.values().sum::<i64>());
        assert_eq!(house.held("solar_kit"), after["committed"]);
        says(
            &mut house.stranger(),
            &got.location,
            &["Called off"],
            &["The roads are closed"],
        )
        .await;
        house
    }

    fn form_of_change() -> Vec<(&'static str, &'static str)> {
        let mut form = form(&[("planned_from", "2027-07-01"), ("planned_to", "2027-12-01")]);
        form.retain(|(name, _)| *name != "service_class");
        form
    }

    pub async fn an_agreement_takes_its_deployments_with_it(house: House, agreed: Agreed) -> House {
        let foreign = house.known.foreign;
        let agreement = house.signed(agreed[&(foreign, "devices".to_owned())]);
        let areas = house.read(move |tx| {
            let scheduled = agreements::schedule(tx, agreement)?;
            Ok(scheduled[0].places.clone())
        });
        let mut ids = Vec::new();
        for area in &areas {
            ids.push(
                house
                    .planned("nora", &house.plan(agreement, "devices", &[area]))
                    .unwrap(),
            );
        }
        assert!(ids.len() > 1, "several areas: {areas:?}");
        house.wait_until(IN_FORCE);
        house.begun("nora", ids[0]).unwrap();
        let line = house.read({
            let first = ids[0];
            move |tx| deployments::lines(tx, first)
        });
        house.send(ids[0], line[0].line, 1).unwrap();
        let before = house.units("devices");
        assert_eq!(before["in_transit"], 1);

        let (mut nils, mut nora, mut nobody) = (
            house.browser("nils").await,
            house.browser("nora").await,
            house.stranger(),
        );
        let at = |end: &str| format!("/agreements/{agreement}/{end}");
        nora.post(&at("suspension"), "reason=No").await.expect(403);
        refused(
            &mut nils,
            &at("suspension"),
            &[("reason", "")],
            &["Fill in this field"],
        )
        .await;
        nils.act(&at("suspension"), &[("reason", "A review of the supplier")])
            .await;
        assert!(ids.iter().all(|id| house.standing(*id) == "suspended"));
        let path = format!("/deployments/{}", ids[0]);
        says(
            &mut nobody,
            &path,
            &["Suspended", "Nothing goes on until"],
            &["supplier"],
        )
        .await;
        says(&mut nils, &path, &["A review of the supplier"], &[]).await;
        refused(
            &mut nora,
            &format!("{path}/completion"),
            &[("actual_to", "2027-01-20")],
            &["Suspended"],
        )
        .await;
        assert_eq!(house.units("devices"), before);
        nils.act(&at("resumption"), &[("reason", "The review is done")])
            .await;
        assert_eq!(house.standing(ids[0]), "active");
        assert_eq!(house.standing(ids[1]), "planned");

        // A failure in the middle leaves nothing changed: the holds of the offer are hidden for a while.
        let (broken, hidden) = house.write(move |tx, _| {
            let holds = tx.rows("SELECT holder_id FROM offer_hold ORDER BY holder_id", &[])?;
            let holds: Vec<Id> = holds.iter().map(|row| row.read().id()).collect::<base::Result<_>>()?;
            let aside = Id::named("hold", "aside");
            let last = *holds.last().unwrap();
            for hold in &holds {
                tx.exec("UPDATE offer_hold SET committed = committed - 1 WHERE holder_id = $1 AND committed > 0", &db::args![*hold])?;
            }
            Ok((last, aside))
        }).unwrap();
        assert_ne!(broken, hidden);
        let (actor, paper) = (
            house.actor("nils"),
            house
                .site
                .files
                .keep("end.pdf", "application/pdf", b"%PDF-1.4")
                .unwrap(),
        );
        let failed = house.write({
            let (actor, paper) = (actor.clone(), paper.clone());
            move |tx, now| {
                deployments::terminate_agreement(tx, agreement, ("War", Some(&paper)), &actor, now)
            }
        });
        assert!(failed.is_err());
        assert_eq!(house.units("devices"), before);
        assert_eq!(house.standing(ids[0]), "active");
        assert_eq!(house.standing(ids[1]), "planned");
        let standing =
            house.read(move |tx| Ok(agreements::agreement(tx, agreement, day(IN_FORCE))?.standing));
        assert_eq!(standing, agreements::Standing::InForce);
        house.write(move |tx, _| {
            tx.exec("UPDATE offer_hold SET committed = committed + 1 WHERE reserved + committed > 0", &[])
        }).unwrap();

        let upload = nils
            .upload(
                &at("termination"),
                &[("reason", "War")],
                "paper",
                "end.pdf",
                b"%PDF-1.4 end",
            )
            .await;
        upload.expect(303);
        assert!(ids.iter().all(|id| house.standing(*id) == "cancelled"));
        let after = house.units("devices");
        assert_eq!(after["in_transit"], 1);
        assert_eq!(after.get("committed"), None);
        assert_eq!(after.values().sum::<i64>(), before.values().sum::<i64>());
        // The unit on its way still holds its lot.
        assert!(house.held("devices") >= 1);
        says(
            &mut nobody,
            &path,
            &["Called off: agreement terminated"],
            &["War"],
        )
        .await;
        house
    }

    pub async fn everybody_reads_who_does_what_where(house: House, agreed: Agreed) -> House {
        let (one, _) = two(&house, &agreed);
        let mut nobody = house.stranger();
        let path = "/who-does-what-where?country=HN";
        says(
            &mut nobody,
            path,
            &["Who does what where", "Red Nacional", "Open Lessons"],
            &[],
        )
        .await;
        let csv = nobody
            .get("/who-does-what-where.csv?country=HN&service=solar_kit")
            .await
            .expect(200);
        assert!(
            csv.text.contains("#adm1+name") && csv.text.contains("#inneed"),
            "{}",
            csv.text
        );
        let gaps = nobody
            .get("/who-does-what-where.csv?country=HN&coverage=unserved")
            .await
            .expect(200);
        assert!(gaps.text.contains("Tablets and laptops"), "{}", gaps.text);
        let covered = house.read(|tx| deployments::coverage(tx, "HN", day("2026-12-01")));
        let solar: Vec<_> = covered
            .iter()
            .filter(|c| c.service_class == "solar_kit")
            .collect();
        assert!(
            solar
                .iter()
                .all(|c| c.deployments == 2 && c.overlaps == 1 && c.reach_high == Some(2_000_000))
        );
        assert!(
            solar.iter().all(|c| c.reach_low == 0),
            "a country-wide reach may lie elsewhere"
        );
        let print: Vec<_> = covered
            .iter()
            .filter(|c| c.service_class == "print_packs")
            .collect();
        assert!(
            !print.is_empty()
                && print
                    .iter()
                    .all(|c| c.deployments == 0 && c.gap == c.people_in_need)
        );
        let need = house.read(move |tx| deployments::needs_of(tx, one))[0];
        says(
            &mut nobody,
            &format!("/needs/{need}"),
            &["HN-2026-D-0001", "HN-2026-D-0002"],
            &[],
        )
        .await;
        let json = nobody.get("/api/deployments?country=HN").await.expect(200);
        assert!(json.text.contains("HN-2026-D-0002"));
        nobody
            .get("/deployments?country=KE&q=nothing")
            .await
            .expect(200);
        house
    }
}
