//! Pictures: kept as given, and made light on the box for slow lines.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong ends here"
)]

mod house;

use house::{House, TEXT, migrations, school};
use image::{ImageFormat, RgbImage};
use people::testing::{all_is_well, but};

/// A page of lines as a telephone photographs it.
fn photographed(format: ImageFormat) -> Vec<u8> {
    let page = RgbImage::from_fn(1_440, 1_080, |x, y| {
        let ink = u8::from(y % 60 < 8 && (x / 40) % 5 != 0) * 160;
        let shade = u8::try_from((x * 3 + y * 7) % 23).unwrap_or(0);
        image::Rgb([230 - ink - shade, 225 - ink - shade, 210 - ink - shade])
    });
    let mut out = std::io::Cursor::new(Vec::new());
    page.write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn forms_of(h: &House, path: &str) -> Vec<resources::Rendition> {
    let id = base::Id::parse(path.rsplit('/').next().unwrap()).unwrap();
    h.site
        .db
        .read_now(move |tx| resources::renditions(tx, id))
        .unwrap()
}

#[tokio::test]
async fn a_photograph_gains_a_light_form_and_a_broken_one_is_kept_as_it_is() {
    db::testing::each_engine_async(&migrations(), |db| async move {
        let mut h = House::open(db).await;
        let hill = school("0001").to_string();
        let mut form = but(
            TEXT,
            &[("resource_text", ""), ("resource_licence", "school-own")],
        );
        form.retain(|(name, _)| *name != "resource_owner");
        form.push(("resource_owner", &hill));
        for (name, format) in [
            ("page.jpg", ImageFormat::Jpeg),
            ("page.png", ImageFormat::Png),
        ] {
            let photo = photographed(format);
            let path = h
                .tina
                .upload("/resources/new", &form, "file", name, &photo)
                .await
                .expect(303)
                .location;
            let forms = forms_of(&h, &path);
            let light = resources::picture_of(&forms).unwrap();
            assert_eq!((forms.len(), light.name.as_str()), (2, "page.light.jpg"));
            assert!(
                light.bytes * 5 < photo.len() as i64,
                "{} bytes",
                light.bytes
            );
            assert!(light.bytes < 70_000, "{} bytes", light.bytes);
            let page = h.tina.get(&path).await.expect(200);
            assert!(page.says("page.light.jpg") && page.says(name));
            let address = format!("{path}/download/{}", light.id);
            h.leo.get(&address).await.expect(200);
            h.tom.get(&address).await.expect(404);
        }
        let whole = photographed(ImageFormat::Jpeg);
        let path = h
            .tina
            .upload("/resources/new", &form, "file", "cut.jpg", &whole[..600])
            .await
            .expect(303)
            .location;
        let forms = forms_of(&h, &path);
        assert_eq!((forms.len(), forms[0].channel.as_str()), (1, "image"));
        all_is_well(&h.site).await;
    })
    .await;
}
