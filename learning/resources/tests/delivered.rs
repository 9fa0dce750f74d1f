//! What the library hands out: stories in every language, files whole and in parts, packages in a box.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use house::{House, TEXT, migrations, review};
use people::testing::{all_is_well, but};
use resources::{Search, Use};
use web::testing::query;

#[tokio::test]
async fn the_shipped_stories_are_found_in_every_language() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let done = h.stories().await;
        assert!(done.added >= 60 && done.refused.is_empty(), "{done:?}");
        let again = h.stories().await;
        assert_eq!((again.added, again.known), (0, done.added));
        for (asked, found) in [
            ("tall man", "A very tall man"),
            ("ninapenda", "Ninapenda kusoma!"),
            ("kuso", "Ninapenda kusoma!"),
            ("lire", "J’aime lire"),
            ("እወዳለሁ", "ማንበብ እወዳለሁ"),
        ] {
            let page = h
                .nobody
                .get(&format!("/resources?{}", query(&[("q", asked)])))
                .await;
            let plain = |text: &str| text.replace('’', "'");
            assert!(
                plain(&web::testing::plain(&page.text)).contains(&plain(found)),
                "{asked}: {}",
                web::testing::plain(&page.text)
            );
        }
        let all = h.nobody.get("/resources").await.expect(200);
        assert!(all.says("Narrow it down") && all.says("On a page") || all.says("Swahili"));
        let own = h
            .nobody
            .get("/resources?resource_language=sw&grade=2")
            .await
            .expect(200);
        assert!(own.says("Ninapenda kusoma!") && !own.says("A very tall man"));
        let json = h
            .nobody
            .api("/resources?resource_language=so")
            .await
            .expect(200)
            .json();
        assert!(
            json["rows"].as_array().is_some_and(|rows| !rows.is_empty())
                || json.to_string().contains("KE-R-")
        );
        let none = h.nobody.get("/resources?q=xylophonist").await.expect(200);
        assert!(none.says("Nothing matches."));
        let (first, total) = h
            .site
            .db
            .read(|tx| {
                let found = resources::search(
                    tx,
                    &Search {
                        q: Some("tall man".to_owned()),
                        limit: 5,
                        ..Search::default()
                    },
                )?;
                let all = resources::search(
                    tx,
                    &Search {
                        only_usable_for: Some(Use::Print),
                        limit: 5,
                        ..Search::default()
                    },
                )?;
                Ok((found.hits[0].resource, all.total))
            })
            .await
            .unwrap();
        assert_eq!(total, done.added);
        let page = h
            .nobody
            .get(&format!("/resources/{first}"))
            .await
            .expect(200);
        assert!(
            page.says("In other languages") && page.says("Text: Cornelius")
                || page.says("CC BY 4.0")
        );
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn files_come_whole_in_parts_and_only_where_the_licence_lets_them() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let text = "A recording would stand here, were this no story. ".repeat(40);
        let pairs = but(TEXT, &[("resource_text", "")]);
        let path = h
            .olga
            .upload(
                "/resources/new",
                &pairs,
                "file",
                "lesson.txt",
                text.as_bytes(),
            )
            .await
            .expect(303)
            .location;
        let page = h.olga.get(&path).await.expect(200);
        let link = people::testing::shown(&page.text, &format!("{path}/download/"));
        h.nobody.get(&link).await.expect(404);
        h.olga.get(&link).await.expect(200);
        h.olga.act(&format!("{path}/proposal"), &[]).await;
        h.rita.act(&format!("{path}/review"), &review(&[])).await;
        let whole = h.nobody.get(&link).await.expect(200);
        assert_eq!(whole.text, text);
        assert!(
            whole.headers["cache-control"]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        assert!(
            whole.headers["content-security-policy"]
                .to_str()
                .unwrap()
                .contains("sandbox")
        );
        let double = h
            .olga
            .upload(
                "/resources/new",
                &pairs,
                "file",
                "copy.txt",
                text.as_bytes(),
            )
            .await;
        assert!(
            double
                .expect(422)
                .says("has this very file already, as KE-R-000001")
        );
        h.nobody
            .get(&format!("{path}/files/none.png"))
            .await
            .expect(404);
        h.nobody
            .get("/resources/x/files/none.png")
            .await
            .expect(404);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_package_runs_in_a_box_of_its_own() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let package = formats::pack(&[
            ("index.html".to_owned(), b"<html><title>Fractions</title><script src=\"a.js\"></script><p>Half of it</p></html>".to_vec()),
            ("a.js".to_owned(), b"let a = 1;".to_vec()),
        ])
        .unwrap();
        let pairs = but(TEXT, &[("resource_text", "")]);
        let made = h.olga.upload("/resources/new", &pairs, "file", "fractions.zip", &package).await;
        let path = made.expect(303).location;
        h.olga.act(&format!("{path}/proposal"), &[]).await;
        h.rita.act(&format!("{path}/review"), &review(&[])).await;
        let page = h.nobody.get(&path).await.expect(200);
        assert!(page.says("sees nothing of this site"));
        let open = people::testing::shown(&page.text, &format!("{path}/open/"));
        let start = h.nobody.get(&open).await.expect(303).location;
        assert!(start.ends_with("/index.html"), "{start}");
        h.nobody.waive("", "a page of a package is not ours");
        let inside = h.nobody.get(&start).await.expect(200);
        let policy = inside.headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("sandbox allow-scripts") && !policy.contains("allow-same-origin"));
        let script = start.replace("index.html", "a.js");
        assert_eq!(h.nobody.get(&script).await.expect(200).mime, "text/javascript");
        h.nobody.get(&start.replace("index.html", "../index.html")).await.expect(404);
        h.nobody.get(&start.replace("index.html", "none.html")).await.expect(404);
        h.olga.act(&format!("{path}/withdrawal"), &[("reason", "Out of date.")]).await;
        h.nobody.get(&start).await.expect(403);
        all_is_well(&h.site).await;
    })
    .await;
}
