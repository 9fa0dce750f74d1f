//! Curricula in and out of CASE: files, and the addresses programs ask.

#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use base::Id;
use house::{House, migrations};
use people::testing::all_is_well;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn ids(list: &Value) -> BTreeSet<String> {
    let all = list.as_array().unwrap().iter();
    all.map(|one| one["identifier"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn what_goes_out_comes_in_again() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let (mut h, seeded) = House::seeded(db).await;
        let file = h
            .nobody
            .get(&format!("/curricula/{}/case", seeded.framework))
            .await
            .expect(200);
        let package: Value = serde_json::from_slice(&file.bytes).unwrap();
        let items = package["CFItems"].as_array().unwrap().len();
        assert!(items >= 50);
        assert_eq!(package["CFDocument"]["adoptionStatus"], "Adopted");
        assert_eq!(package["CFDocument"]["caseVersion"], "1.1");

        // Here it is already: refused whole, saying so.
        let here = h
            .wanjiru
            .upload(
                "/curricula/import",
                &[("country", "KE")],
                "case_file",
                "k.json",
                &file.bytes,
            )
            .await
            .expect(422);
        assert!(here.says("This curriculum is here already."));

        // Elsewhere it is new: every id of the file is another one.
        let mut text = String::from_utf8(file.bytes.clone()).unwrap();
        let known = ids(&package["CFItems"]);
        let links = ids(&package["CFAssociations"]);
        let licences = ids(&package["CFDefinitions"]["CFLicenses"]);
        let own = BTreeSet::from([seeded.framework.to_string()]);
        for id in known.iter().chain(&links).chain(&licences).chain(&own) {
            text = text.replace(id, &Id::named("other", id).to_string());
        }
        let made = h
            .lina
            .upload(
                "/curricula/import",
                &[("country", "LB")],
                "case_file",
                "k.json",
                text.as_bytes(),
            )
            .await
            .expect(303);
        let path = made.location.clone();
        let framework = Id::parse(&made.made()).unwrap();
        let read = h
            .with(move |tx| curricula::of_framework(tx, framework))
            .await;
        assert_eq!(read.len(), items);
        let one = read.iter().find(|one| one.code == "M4.F.6").unwrap();
        assert_eq!(one.statement.0["ar"], "يجمع كسورًا لها المقام نفسه.");
        assert_eq!(
            (one.grade_from, one.grade_to, one.kind.as_str()),
            (4, 4, "competency")
        );
        let again = h.lina.get(&format!("{path}/case")).await.expect(200);
        let again: Value = serde_json::from_slice(&again.bytes).unwrap();
        let sent: Value = serde_json::from_str(&text).unwrap();
        for list in ["CFItems", "CFAssociations"] {
            let by_id = |value: &Value| {
                let all = value[list].as_array().unwrap().iter();
                let keyed = all.map(|one| (one["identifier"].to_string(), one.clone()));
                keyed.collect::<std::collections::BTreeMap<_, _>>()
            };
            let (sent, again) = (by_id(&sent), by_id(&again));
            assert_eq!(sent.len(), again.len());
            for (id, one) in &sent {
                assert_eq!(one, &again[id]);
            }
        }
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_file_is_refused_whole_with_every_reason() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let id = |n: u32| format!("00000000-0000-4000-8000-{n:012}");
        let node = |n: u32| json!({ "title": "T", "identifier": id(n), "uri": "urn:x" });
        let arrow = |n: u32, from: u32, to: u32| {
            json!({
                "identifier": id(n), "uri": "urn:x", "associationType": "isChildOf",
                "originNodeURI": node(from), "destinationNodeURI": node(to),
                "lastChangeDateTime": "2026-01-01T00:00:00Z",
            })
        };
        let item = |n: u32| {
            json!({
                "identifier": id(n), "uri": "urn:x", "fullStatement": "S", "humanCodingScheme": "A",
                "lastChangeDateTime": "2026-01-01T00:00:00Z",
            })
        };
        let package = json!({
            "CFDocument": {
                "identifier": id(1), "uri": "urn:x", "title": "T", "creator": "C",
                "lastChangeDateTime": "soon",
            },
            "CFItems": [item(2), item(3)],
            "CFAssociations": [arrow(10, 2, 3), arrow(11, 3, 2), arrow(12, 2, 77)],
        });
        let country = [("country", "KE")];
        let bytes = package.to_string().into_bytes();
        let refused = h
            .wanjiru
            .upload("/curricula/import", &country, "case_file", "x.json", &bytes)
            .await
            .expect(422);
        for words in [
            "CFDocument: lastChangeDateTime is no date and time.",
            "The code A is there twice.",
            "which is not in the file",
            "in a circle (isChildOf)",
        ] {
            assert!(refused.says(words), "{words}: {}", refused.text);
        }
        for (bytes, words) in [
            (b"{".as_slice(), "The file is no JSON"),
            (b"[]", "it is no CASE package"),
            (b"\xff\xfe", "The file is no JSON"),
        ] {
            let refused = h
                .wanjiru
                .upload("/curricula/import", &country, "case_file", "x.json", bytes)
                .await
                .expect(422);
            assert!(refused.says(words), "{words}");
        }
        // A file of some megabytes is read whole before it is judged.
        let large = format!("{{\"x\": \"{}\"}}", "a".repeat(3 << 20));
        let refused = h
            .wanjiru
            .upload(
                "/curricula/import",
                &country,
                "case_file",
                "x.json",
                large.as_bytes(),
            )
            .await
            .expect(422);
        assert!(refused.says("it is no CASE package"), "{}", refused.text);
        assert!(
            h.wanjiru
                .get("/curricula")
                .await
                .says("There is no curriculum here yet.")
        );
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn programs_read_what_was_adopted() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let (mut h, seeded) = House::seeded(db).await;
        let draft = h.wanjiru.act("/curricula/new", house::DRAFT).await.made();
        for version in ["v1p0", "v1p1"] {
            let root = format!("/ims/case/{version}");
            let list = h
                .program(&format!("{root}/CFDocuments?limit=1"))
                .await
                .expect(200);
            assert_eq!(list.headers["x-total-count"], "1");
            assert!(
                list.headers["link"]
                    .to_str()
                    .unwrap()
                    .contains("rel=\"first\"")
            );
            let document = &list.json()["CFDocuments"][0];
            assert_eq!(document["identifier"], seeded.framework.to_string());
            assert!(
                document["CFPackageURI"]["uri"]
                    .as_str()
                    .unwrap()
                    .contains(&root)
            );
            let package = format!("{root}/CFPackages/{}", seeded.framework);
            let package = h.program(&package).await.expect(200);
            assert!(package.headers.contains_key("etag"));
            let package = package.json();
            assert_eq!(
                package["CFDocument"].get("caseVersion").is_some(),
                version == "v1p1"
            );
            let items = package["CFItems"].as_array().unwrap();
            let item = items
                .iter()
                .find(|one| one["humanCodingScheme"] == "M4.F.2")
                .unwrap();
            let id = item["identifier"].as_str().unwrap();
            let one = h
                .program(&format!("{root}/CFItems/{id}"))
                .await
                .expect(200)
                .json();
            assert_eq!(
                one["CFDocumentURI"]["identifier"],
                seeded.framework.to_string()
            );
            let links = h
                .program(&format!("{root}/CFItemAssociations/{id}"))
                .await
                .expect(200);
            let links = links.json();
            let kinds: Vec<&str> = links["CFAssociations"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|one| one["associationType"].as_str())
                .collect();
            assert_eq!(kinds, ["isChildOf", "precedes", "precedes"]);
            for link in links["CFAssociations"].as_array().unwrap() {
                let id = link["identifier"].as_str().unwrap();
                let one = h
                    .program(&format!("{root}/CFAssociations/{id}"))
                    .await
                    .expect(200);
                assert_eq!(one.json()["associationType"], link["associationType"]);
            }
            let licence = package["CFDocument"]["licenseURI"]["identifier"]
                .as_str()
                .unwrap();
            let licence = h
                .program(&format!("{root}/CFLicenses/{licence}"))
                .await
                .expect(200);
            assert_eq!(licence.json()["title"], "CC-BY-4.0");
            for (path, status) in [
                (format!("/CFDocuments/{draft}"), 404),
                (format!("/CFPackages/{draft}"), 404),
                ("/CFItems/1".to_owned(), 404),
                (format!("/CFRubrics/{id}"), 404),
                (format!("/Unknown/{id}"), 404),
                ("/CFDocuments?sort=colour".to_owned(), 400),
                ("/CFDocuments?limit=many".to_owned(), 400),
            ] {
                let wrong = h.program(&format!("{root}{path}")).await.expect(status);
                assert_eq!(wrong.json()["imsx_codeMajor"], "failure", "{path}");
            }
        }
        h.program("/ims/case/v9/CFDocuments").await.expect(404);
        all_is_well(&h.site).await;
    })
    .await;
}
