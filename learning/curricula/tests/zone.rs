//! Moments in curricula that come and go are read alike wherever the site is. A zone is kept once for a process: a binary of its own.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use base::{Id, Zone};
use house::{House, migrations};
use serde_json::Value;

#[tokio::test]
async fn a_file_comes_back_with_the_moments_it_came_with() {
    Zone::named("Pacific/Auckland").unwrap().keep().unwrap();
    db::testing::each_engine_async(&migrations(), |db| async move {
        let (mut h, seeded) = House::seeded(db).await;
        let path = format!("/curricula/{}/case", seeded.framework);
        let sent = h.nobody.get(&path).await.expect(200).bytes;
        let sent: Value = serde_json::from_slice(&sent).unwrap();
        let mut text = sent.to_string();
        let all = ["CFItems", "CFAssociations"]
            .iter()
            .flat_map(|list| sent[list].as_array().unwrap());
        let mut own: Vec<String> = all
            .map(|one| one["identifier"].as_str().unwrap().to_owned())
            .collect();
        own.push(seeded.framework.to_string());
        for licence in sent["CFDefinitions"]["CFLicenses"].as_array().unwrap() {
            own.push(licence["identifier"].as_str().unwrap().to_owned());
        }
        for id in &own {
            text = text.replace(id, &Id::named("other", id).to_string());
        }
        let country = [("country", "LB")];
        let made = h
            .lina
            .upload(
                "/curricula/import",
                &country,
                "case_file",
                "k.json",
                text.as_bytes(),
            )
            .await
            .expect(303);
        let back = h
            .lina
            .get(&format!("{}/case", made.location))
            .await
            .expect(200);
        let back: Value = serde_json::from_slice(&back.bytes).unwrap();
        let moments = |of: &Value| {
            let all = of["CFItems"].as_array().unwrap().iter();
            let mut all: Vec<String> = all
                .map(|one| one["lastChangeDateTime"].to_string())
                .collect();
            all.sort();
            all
        };
        assert!(moments(&sent).len() > 50);
        assert_eq!(moments(&back), moments(&sent));
    })
    .await;
}
