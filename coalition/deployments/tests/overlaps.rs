//! Overlaps: found with the plan, resolved in public, through HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

#[macro_use]
mod house;

use house::{Agreed, House, IN_FORCE, encoded, form, refused, says, two};

stories!(
    an_overlap_blocks_until_people_resolve_it_in_public,
    a_plan_is_changed_and_called_off,
);

mod tell {
    use super::*;

    fn form_of_change() -> Vec<(&'static str, &'static str)> {
        let mut form = form(&[("planned_from", "2027-07-01"), ("planned_to", "2027-12-01")]);
        form.retain(|(name, _)| *name != "service_class");
        form
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
}
