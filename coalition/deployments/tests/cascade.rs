//! An agreement takes its deployments with it, all or none, through HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

#[macro_use]
mod house;

use base::Id;
use house::{Agreed, House, IN_FORCE, day, refused, says};

stories!(an_agreement_takes_its_deployments_with_it,);

mod tell {
    use super::*;

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
}
