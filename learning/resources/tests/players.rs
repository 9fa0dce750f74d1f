//! Sounds and films on the resource's own page: weighed, not fetched before they are played, read along.
#![allow(clippy::unwrap_used, reason = "a story that goes wrong ends here")]

mod house;

use house::{House, TEXT, migrations, school};
use people::testing::{all_is_well, but};

const SUBTITLES: &str = "1\n00:00:01,000 --> 00:00:02,500\nKaribu!\n";

/// The beginning of a film, as far as anybody looks at it here.
fn film() -> Vec<u8> {
    let mut out = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom".to_vec();
    out.extend([0; 3_000]);
    out
}

#[tokio::test]
async fn a_film_is_played_where_it_lies_with_its_subtitles() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        let mut form = but(
            TEXT,
            &[("resource_text", ""), ("resource_licence", "school-own")],
        );
        form.retain(|(name, _)| *name != "resource_owner");
        form.push(("resource_owner", &hill));
        let path = h
            .tina
            .upload("/resources/new", &form, "file", "film.mp4", &film())
            .await
            .expect(303)
            .location;
        let page = h.tina.get(&path).await.expect(200);
        assert!(
            page.text.contains("<video controls preload=\"none\"") && !page.text.contains("<track")
        );
        assert!(page.says("To watch: film.mp4 ("));
        h.tina
            .upload(
                &format!("{path}/forms/new"),
                &[],
                "file",
                "film.srt",
                SUBTITLES.as_bytes(),
            )
            .await
            .expect(303);
        let page = h.tina.get(&path).await.expect(200);
        let track = page.text.split_once("<track kind=\"subtitles\"").unwrap().1;
        let source = track.split_once("src=\"").unwrap().1;
        let source = source.split_once('"').unwrap().0;
        let heard = h.tina.get(source).await.expect(200);
        assert!(heard.mime.starts_with("text/vtt"), "{}", heard.mime);
        assert!(
            heard.text.starts_with("WEBVTT") && heard.text.contains("00:01.000 --> 00:00:02.500"),
            "{}",
            heard.text
        );
        // A film is no subtitles.
        let film = page.text.split_once("/download/").unwrap().1;
        let film = film.split_once('"').unwrap().0;
        h.tina
            .get(&format!("{path}/subtitles/{film}"))
            .await
            .expect(404);
        h.nobody.get(source).await.expect(404);
        all_is_well(&h.site).await;
    })
    .await;
}
