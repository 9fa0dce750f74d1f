//! A text and a question read out, for a child who cannot read yet.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use house::{House, LESSON, QUESTION, migrations, school};
use people::testing::all_is_well;

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

/// Where the player on a page fetches its sound.
fn played(page: &str) -> Vec<String> {
    page.split("preload=\"none\" src=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_child_hears_the_text_and_the_question() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        let mut lesson = LESSON.to_vec();
        lesson.push(("keeper", &hill));
        let path = h.tina.act("/learning/lessons/new", &lesson).await.location;
        let text = [("item_language", "en"), ("step_text", "Cut it in halves.")];
        let note = wav(3);
        h.tina
            .upload(
                &format!("{path}/steps/text"),
                &text,
                "sound_file",
                "cut.wav",
                &note,
            )
            .await
            .expect(303);
        h.tina
            .upload(
                &format!("{path}/steps/question"),
                QUESTION,
                "sound_file",
                "ask.wav",
                &note,
            )
            .await
            .expect(303);
        let page = h.tina.get(&path).await.expect(200);
        let sounds = played(&page.text);
        assert_eq!(sounds.len(), 2);
        assert!(page.says("Listen") && page.says("3 s,"));
        h.tina.act(&format!("{path}/publication"), &[]).await;
        let page = h.leo.get(&path).await.expect(200);
        assert_eq!(played(&page.text), sounds);
        for at in &sounds {
            assert!(h.leo.get(at).await.expect(200).text.starts_with("OggS"));
            h.tom.get(at).await.expect(404);
        }

        // The next edition keeps them; a code names one, and nothing takes it away.
        let next = h.tina.act(&format!("{path}/edition"), &[]).await.location;
        assert_eq!(played(&h.tina.get(&next).await.text), sounds);
        let words = format!("{next}/steps/1/texts/en");
        let form = h.tina.get(&words).await.expect(200);
        assert!(form.text.contains("name=\"sound_code\" value=\"KE-R-"));
        let said = [
            ("step_text", "Cut it in two."),
            ("sound_code", "KE-R-000002"),
        ];
        h.tina.act(&words, &said).await;
        assert_eq!(played(&h.tina.get(&next).await.text).len(), 2);
        let none = [("step_text", "Cut it in two."), ("sound_code", "")];
        h.tina.act(&words, &none).await;
        assert_eq!(played(&h.tina.get(&next).await.text).len(), 1);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_recording_keeps_the_terms_of_the_countrys_own_licence() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let licence = [
            ("licence_country", "KE"),
            ("licence_code", "KE-SCHOOLS"),
            ("licence_names_en", "For Kenya's schools"),
            ("licence_permits", "show"),
        ];
        h.olga.act("/resources/licences/new", &licence).await;
        let hill = school("0001").to_string();
        let mut lesson = people::testing::but(LESSON, &[("lesson_licence", "KE-SCHOOLS")]);
        lesson.push(("keeper", &hill));
        let path = h.tina.act("/learning/lessons/new", &lesson).await.location;
        let text = [("item_language", "en"), ("step_text", "Cut it.")];
        h.tina
            .upload(
                &format!("{path}/steps/text"),
                &text,
                "sound_file",
                "cut.wav",
                &wav(3),
            )
            .await
            .expect(303);
        assert_eq!(played(&h.tina.get(&path).await.text).len(), 1);
        all_is_well(&h.site).await;
    })
    .await;
}

#[tokio::test]
async fn a_recording_that_is_none_or_too_long_or_elsewhere_is_refused() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        let mut lesson = LESSON.to_vec();
        lesson.push(("keeper", &hill));
        let path = h.tina.act("/learning/lessons/new", &lesson).await.location;
        let at = format!("{path}/steps/text");
        let text = [("item_language", "en"), ("step_text", "Cut it.")];
        let no = h
            .tina
            .upload(&at, &text, "sound_file", "a.wav", b"hello")
            .await;
        assert!(no.expect(422).says("The recording cannot be read."));
        let no = h
            .tina
            .upload(&at, &text, "sound_file", "a.wav", &wav(190))
            .await;
        assert!(no.expect(422).says("At most 3 minutes"));
        let named = |code| {
            [
                ("item_language", "en"),
                ("step_text", "Cut."),
                ("sound_code", code),
            ]
        };
        let no = h
            .tina
            .post(&at, &web::testing::query(&named("KE-R-009999")))
            .await;
        no.expect(422);
        assert_eq!(played(&h.tina.get(&path).await.text).len(), 0);
        all_is_well(&h.site).await;
    })
    .await;
}
