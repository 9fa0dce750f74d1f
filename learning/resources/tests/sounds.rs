//! Recordings: kept as given, and made light on the box for slow lines.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use house::{House, TEXT, migrations, school};
use people::testing::{all_is_well, but};

/// A hum of so many seconds as a WAV file of 16,000 samples a second.
fn wav(seconds: u32) -> Vec<u8> {
    let count = seconds * 16_000;
    let mut out = b"RIFF".to_vec();
    out.extend((36 + count * 2).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x80\x3e\0\0\x00\x7d\0\0\x02\0\x10\0data");
    out.extend((count * 2).to_le_bytes());
    let wave = |n: u32| i16::try_from((n * 37) % 160).unwrap() * 90 - 7_200;
    out.extend((0..count).flat_map(|n| wave(n).to_le_bytes()));
    out
}

fn own() -> Vec<(&'static str, &'static str)> {
    let mut form = but(
        TEXT,
        &[("resource_text", ""), ("resource_licence", "school-own")],
    );
    form.retain(|(name, _)| *name != "resource_owner");
    form
}

#[tokio::test]
async fn a_voice_note_is_light_at_once_and_a_long_one_soon_after() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        let mut form = own();
        form.push(("resource_owner", &hill));
        let note = wav(4);
        let path = h
            .tina
            .upload("/resources/new", &form, "file", "greeting.wav", &note)
            .await
            .expect(303)
            .location;
        let forms = of(&h, &path);
        let names: Vec<&str> = forms.iter().map(|one| one.name.as_str()).collect();
        assert!(names.contains(&"greeting.wav") && names.contains(&"greeting.light.opus"));
        let light = resources::sound_of(&forms).unwrap();
        assert_eq!(
            (light.name.as_str(), light.seconds),
            ("greeting.light.opus", Some(4))
        );
        assert!(light.bytes < 10_000 && light.bytes * 10 < note.len() as i64);
        let page = h.tina.get(&path).await.expect(200);
        assert!(page.says("greeting.light.opus"));
        let address = resources::sound_address(light.resource, light.id);
        let sound = h.leo.get(&address).await.expect(200);
        assert!(sound.text.starts_with("OggS"));
        h.tom.get(&address).await.expect(404);

        // A long one is kept at once; its light form follows.
        let path = h
            .tina
            .upload("/resources/new", &form, "file", "story.wav", &wav(70))
            .await
            .expect(303)
            .location;
        assert_eq!(of(&h, &path).len(), 1);
        h.tina.wait_for_jobs().await;
        let forms = of(&h, &path);
        let light = resources::sound_of(&forms).unwrap();
        assert_eq!((forms.len(), light.seconds), (2, Some(70)));
        assert!(light.bytes < 160_000);
        all_is_well(&h.site).await;
    })
    .await;
}

fn of(h: &House, path: &str) -> Vec<resources::Rendition> {
    let id = base::Id::parse(path.rsplit('/').next().unwrap()).unwrap();
    h.site
        .db
        .read_now(move |tx| resources::renditions(tx, id))
        .unwrap()
}

#[tokio::test]
async fn what_no_player_here_can_read_is_kept_as_it_is() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        let mut form = own();
        form.push(("resource_owner", &hill));
        let broken = b"#!AMR\n\x0c\x91\x17\x16\xbe\x66\x79\xe1\xe0\x01\xe7\xcf\xf0";
        let path = h
            .tina
            .upload("/resources/new", &form, "file", "note.amr", broken)
            .await
            .expect(303)
            .location;
        let forms = of(&h, &path);
        assert_eq!((forms.len(), forms[0].channel.as_str()), (1, "audio"));
        all_is_well(&h.site).await;
    })
    .await;
}
