//! From a signed agreement to a closed deployment, and who reads of it, through HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

#[macro_use]
mod house;

use house::{Agreed, House, IN_FORCE, day, encoded, form, refused, says, teachers, two};

stories!(
    a_deployment_goes_from_plan_to_closing,
    everybody_reads_who_does_what_where,
);

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
                    .all(|c| c.deployments == 0 && c.gap == c.people_at_least)
        );
        let need = house.read(move |tx| deployments::needs_of(tx, one))[0];
        says(
            &mut nobody,
            &format!("/needs/{need}"),
            &["HN-2026-D-0001", "HN-2026-D-0002"],
            &[],
        )
        .await;
        for (path, word, no) in [
            ("/overlaps?q=0002", "HN-2026-D-0001", "HN-2026-D-0009"),
            ("/who-does-what-where?country=HN&q=solar", "Solar", "#print"),
        ] {
            says(&mut nobody, path, &[word], &[no]).await;
        }
        let none = nobody.get("/overlaps?q=nothing").await.expect(200);
        assert!(!none.says("HN-2026-D-0001"));
        let json = nobody.get("/api/deployments?country=HN").await.expect(200);
        assert!(json.text.contains("HN-2026-D-0002"));
        nobody
            .get("/deployments?country=KE&q=nothing")
            .await
            .expect(200);
        house
    }
}
