//! From a member's notice to closing: who does what with a consignment, through HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a story that goes wrong ends here"
)]

#[macro_use]
mod house;

use base::Id;
use deliveries::Standing;
use house::{House, good, refused, says};
use ledger::Bucket;

told_on_both!(
    goods_go_from_notice_to_closing,
    a_service_is_given_and_an_access_opened,
    nobody_does_what_is_not_theirs,
);

mod tell {
    use super::*;

    pub async fn goods_go_from_notice_to_closing(house: House) -> House {
        let local = house.known.local;
        let deployment = house.deployed(local, "solar_kit");
        let (mut mary, mut ana) = (house.browser("mary").await, house.browser("ana").await);
        let mut nobody = house.stranger();
        says(
            &mut nobody,
            "/deliveries",
            &["No receiver has checked anything in yet"],
        )
        .await;
        says(&mut mary, "/deliveries", &["A member gives notice of one"]).await;
        let notice = format!("/deployments/{deployment}/consignments/new");
        says(
            &mut mary,
            &format!("/deployments/{deployment}"),
            &["Give notice of a consignment"],
        )
        .await;
        says(
            &mut mary,
            &notice,
            &["6 units of this deployment stand in no consignment yet"],
        )
        .await;
        refused(
            &mut mary,
            &notice,
            &[("to_place", "HN"), ("planned_on", "2020-01-01")],
            &["This day has passed"],
        )
        .await;
        let unknown = [
            ("to_place", "HN"),
            ("planned_on", "2027-02-01"),
            ("schools", "999\n010100000 many"),
        ];
        refused(
            &mut mary,
            &notice,
            &unknown,
            &["“010100000 many” cannot be read"],
        )
        .await;
        refused(
            &mut mary,
            &notice,
            &[unknown[0], unknown[1], ("schools", "999")],
            &["Nothing is left to send to “999” there"],
        )
        .await;
        let path = mary
            .act(
                &notice,
                &[unknown[0], unknown[1], ("note", "By lorry, call Maria")],
            )
            .await
            .location;
        refused(
            &mut mary,
            &notice,
            &[("to_place", "HN"), ("planned_on", "2027-02-01")],
            &[],
        )
        .await;
        let id = Id::parse(path.rsplit('/').next().unwrap()).unwrap();
        says(
            &mut mary,
            &path,
            &["Notice given", "By lorry", "HN-2027-C-0001"],
        )
        .await;
        nobody.get(&path).await.expect(404);
        says(
            &mut ana,
            "/inbox",
            &["Consignment HN-2027-C-0001 waits for an answer"],
        )
        .await;

        let hold = format!("{path}/hold");
        refused(&mut ana, &hold, &[("reason", " ")], &[]).await;
        ana.act(&hold, &[("reason", "The road is closed.")]).await;
        says(&mut mary, &path, &["On hold", "The road is closed."]).await;
        ana.act(&format!("{path}/acceptance"), &[]).await;
        let dispatch = format!("{path}/dispatch");
        refused(
            &mut mary,
            &dispatch,
            &[("dispatched_on", "2027-03-01")],
            &["This day has not come yet"],
        )
        .await;
        let wrong = mary
            .upload(
                &dispatch,
                &[("dispatched_on", "2027-01-20")],
                "paper",
                "list.html",
                b"<p>",
            )
            .await;
        assert!(wrong.status == 422 && wrong.says("Send a picture or a PDF"));
        mary.upload(
            &dispatch,
            &[("dispatched_on", "2027-01-20")],
            "paper",
            "list.pdf",
            b"%PDF-1.4",
        )
        .await
        .expect(303);
        says(&mut ana, &path, &["On its way", "list.pdf"]).await;
        assert_eq!(ana.get(&format!("{path}/paper")).await.bytes, b"%PDF-1.4");
        assert_eq!(house.units("solar_kit").get("in_transit"), Some(&6));
        refused(
            &mut mary,
            &dispatch,
            &[("dispatched_on", "2027-01-20")],
            &["in this state: On its way"],
        )
        .await;
        refused(
            &mut mary,
            &format!("{path}/withdrawal"),
            &[("reason", "No")],
            &["in this state"],
        )
        .await;

        refused(
            &mut mary,
            &format!("{path}/arrival"),
            &[("arrived_on", "2027-01-20"), ("places", "XX")],
            &["“XX” is no school"],
        )
        .await;
        mary.act(&format!("{path}/arrival"), &[("arrived_on", "2027-01-20")])
            .await;
        says(&mut mary, &path, &["Arrived, the member says"]).await;
        assert_eq!(house.units("solar_kit").get("delivered"), Some(&6));
        refused(
            &mut mary,
            &format!("{path}/arrival"),
            &[("arrived_on", "2027-01-20")],
            &["Nothing is left"],
        )
        .await;
        nobody.get(&path).await.expect(404);

        let check_in = format!("{path}/check-in");
        refused(
            &mut ana,
            &format!("{path}/closure"),
            &[],
            &["6 units are outstanding"],
        )
        .await;
        ana.upload(
            &check_in,
            &[("received_on", "2027-01-20")],
            "proof",
            "boxes.jpg",
            b"\xff\xd8\xff",
        )
        .await
        .expect(303);
        assert_eq!(house.consignment(id).standing(), Standing::Received);
        assert_eq!(house.units("solar_kit").get("confirmed"), Some(&6));
        refused(
            &mut ana,
            &check_in,
            &[("received_on", "2027-01-20")],
            &["checked in already"],
        )
        .await;
        ana.act(&format!("{path}/closure"), &[]).await;
        says(&mut mary, &path, &["Everything was received or decided"]).await;

        let page = says(&mut nobody, &path, &["HN-2027-C-0001", "Closed"]).await;
        assert!(!page.contains("lorry") && !page.contains("Escuela"));
        says(&mut nobody, "/deliveries", &["HN-2027-C-0001"]).await;
        let lines = nobody.get(&format!("{path}/lines")).await;
        assert_eq!(
            (
                lines.status.as_u16(),
                lines.location.starts_with("/sign-in")
            ),
            (303, true)
        );
        let csv = says(&mut mary, &format!("{path}/lines.csv"), &["Escuela"]).await;
        assert_eq!(csv.lines().count(), 8, "{csv}");
        let api = nobody.api(&format!("/consignments/{id}")).await.json();
        assert_eq!(api["confirmed_units"], 6);
        assert_eq!(api["state"], "closed");
        says(
            &mut nobody,
            &format!("/deployments/{deployment}"),
            &["Deliveries", "HN-2027-C-0001"],
        )
        .await;

        let tally = house.read(move |tx| deliveries::tally(tx, deployment));
        assert_eq!((tally.dispatched, tally.arrived, tally.good), (6, 6, 6));
        let by_place = house.read(move |tx| deliveries::tallies_by_place(tx, deployment));
        assert_eq!(by_place.iter().map(|(_, t)| t.good).sum::<i64>(), 6);
        let received = house.read(move |tx| {
            let mut all = Vec::new();
            deliveries::each_received(tx, &deliveries::Scope::Everything, &mut |one| {
                all.push(one);
                Ok(())
            })?;
            Ok(all)
        });
        assert_eq!(received.iter().map(|one| one.good).sum::<i64>(), 6);
        assert!(
            received
                .iter()
                .all(|one| !one.unit.is_empty() && one.school.is_some())
        );
        house
    }

    pub async fn a_service_is_given_and_an_access_opened(mut house: House) -> House {
        house = tokio::task::spawn_blocking(move || {
            house.also(&[("teacher_training", offers::Kind::Rate, 10)]);
            house
        })
        .await
        .unwrap();
        let local = house.known.local;
        let (mut mary, mut ana) = (house.browser("mary").await, house.browser("ana").await);

        let training = house.deployed(local, "teacher_training");
        let left = house.left(training);
        let (first, rest) = left.split_first().unwrap();
        let id = house.accepted(training, "mary", rest);
        let path = format!("/consignments/{id}");
        says(
            &mut mary,
            &path,
            &["Record that it has begun", "Service, given over time"],
        )
        .await;
        house.sent(id, "mary").unwrap();
        says(&mut mary, &path, &["Being given", "Record what was given"]).await;
        mary.act(&format!("{path}/arrival"), &[("arrived_on", "2027-01-20")])
            .await;
        says(&mut mary, &path, &["Given, the member says"]).await;
        assert_eq!(mary.api(&path).await.json()["state"], "given");
        ana.act(
            &format!("{path}/check-in"),
            &[("received_on", "2027-01-20")],
        )
        .await;

        // No school of the story has the connection an access needs: a consignment is made one by hand.
        let id = house.accepted(training, "mary", &[*first]);
        let opened = move |tx: &mut db::Tx, _| {
            let sql = "UPDATE consignment SET kind = 'access' WHERE id = $1";
            tx.exec(sql, &db::args![id])
        };
        house.write(opened).unwrap();
        let path = format!("/consignments/{id}");
        says(&mut mary, &path, &["Record that it was opened"]).await;
        house.sent(id, "mary").unwrap();
        says(&mut mary, &path, &["Opened"]).await;
        refused(
            &mut mary,
            &format!("{path}/arrival"),
            &[("arrived_on", "2027-01-20")],
            &["nothing travels"],
        )
        .await;
        let (line, units) = *first;
        assert_eq!(house.balance(line).get(&Bucket::Delivered), Some(&units));
        ana.act(
            &format!("{path}/check-in"),
            &[("received_on", "2027-01-20")],
        )
        .await;
        assert_eq!(house.balance(line).get(&Bucket::Confirmed), Some(&units));
        house
    }

    pub async fn nobody_does_what_is_not_theirs(house: House) -> House {
        let local = house.known.local;
        let deployment = house.deployed(local, "solar_kit");
        let left = house.left(deployment);
        let (mut nora, mut omar) = (house.browser("nora").await, house.browser("omar").await);
        let mut ana = house.browser("ana").await;
        let id = house.accepted(deployment, "mary", &left[..1]);
        let path = format!("/consignments/{id}");
        for hidden in [
            path.clone(),
            format!("{path}/lines"),
            format!("{path}/paper"),
        ] {
            nora.get(&hidden).await.expect(404);
        }
        omar.get(&path).await.expect(200);
        omar.get(&format!("{path}/dispatch")).await.expect(403);
        nora.get(&format!("{path}/dispatch")).await.expect(404);
        assert!(house.sent(id, "nora").is_err() && house.sent(id, "ana").is_err());
        let refusing = nora
            .post(
                &format!("/deployments/{deployment}/consignments/new"),
                "to_place=HN&planned_on=2027-02-01",
            )
            .await;
        assert_eq!(refusing.status, 403);
        // Who checks in has not sent, and who sent does not check in.
        let line = house.read(move |tx| deliveries::lines(tx, id))[0].id;
        house.checked_in(line, good(1)).unwrap();
        let both = house.known.accounts["ana"];
        let make_member = move |tx: &mut db::Tx, now: base::Moment| {
            people::testing::appoint(
                tx,
                both,
                &[base::Role::MemberFocalPoint],
                (Some(local), None),
                now,
            )
        };
        house.write(make_member).unwrap();
        let refusal = house.sent(id, "ana").unwrap_err();
        assert_eq!(refusal.keys(), ["four-eyes"]);
        house.sent(id, "mary").unwrap();
        // What was turned down or withdrawn goes back to what may be sent.
        let rest: Vec<(Id, i64)> = house.left(deployment);
        assert_eq!(rest.len(), left.len() - 1);
        let second = house.accepted(deployment, "mary", &rest);
        assert!(house.left(deployment).is_empty());
        let refusing = format!("/consignments/{second}/rejection");
        refused(&mut ana, &refusing, &[], &[]).await;
        ana.act(&refusing, &[("reason", "Schools are closed")])
            .await;
        assert_eq!(house.left(deployment), rest);
        let third = house.accepted(deployment, "mary", &rest);
        let mut mary = house.browser("mary").await;
        mary.act(
            &format!("/consignments/{third}/withdrawal"),
            &[("reason", "The lorry broke down")],
        )
        .await;
        says(
            &mut ana,
            &format!("/consignments/{third}"),
            &["Withdrawn", "The lorry broke down"],
        )
        .await;
        assert_eq!(house.left(deployment), rest);
        // A decision needs its discrepancy; a paused deployment sends nothing, but what arrives is checked in.
        let none = Id::named("discrepancy", "none");
        ana.get(&format!("/discrepancies/{none}/resolution"))
            .await
            .expect(404);
        let paused = house.accepted(deployment, "mary", &rest[..1]);
        let mary = house.actor("mary");
        let pause = move |tx: &mut db::Tx, now| {
            deployments::pause(tx, deployment, "The road is closed", &mary, now)
        };
        house.write(pause).unwrap();
        let refusal = house.sent(paused, "mary").unwrap_err();
        assert_eq!(refusal.keys(), ["deployments-not-active"]);
        let line = house.read(move |tx| deliveries::lines(tx, paused))[0].id;
        house.checked_in(line, good(rest[0].1)).unwrap();
        house
    }
}
