//! A light form of a picture: small enough for the cheapest phone, large enough to read a photographed page.

use base::{Refusal, Result};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The media type of the light form.
pub const MIME: &str = "image/jpeg";
/// Dots of its longer edge at most.
pub const EDGE: u32 = 720;

/// What is kept of its detail, 1 to 100.
const QUALITY: u8 = 50;
/// Dots of the longest edge that is read, and the memory reading may take: a photograph of fifty million dots.
const EDGE_MAX: u32 = 16_000;
const MEMORY_MAX: u64 = 160 << 20;

/// Whether files of this media type gain a light form: not drawings, which are light, nor what may move.
pub fn may_be_light(mime: &str) -> bool {
    matches!(mime, "image/jpeg" | "image/png" | "image/webp")
}

/// Makes the light form of a picture: JPEG, the right way up, on white, without what the camera noted.
///
/// # Errors
/// Refused when the picture cannot be read or is too large to be.
pub fn light(bytes: &[u8]) -> Result<Vec<u8>> {
    // Readers of others' formats are not ours: whatever they do, the caller gets a refusal.
    let made = catch_unwind(AssertUnwindSafe(|| made(bytes)));
    made.ok().flatten().ok_or_else(unreadable)
}

fn unreadable() -> base::Error {
    Refusal::about("file", "format-picture-unreadable").into()
}

fn made(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(EDGE_MAX);
    limits.max_image_height = Some(EDGE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .ok()?;
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let way_up = decoder.orientation().ok()?;
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    if picture.width().max(picture.height()) > EDGE {
        picture = picture.thumbnail(EDGE, EDGE);
    }
    picture.apply_orientation(way_up);
    let mut out = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
    on_white(&picture).write_with_encoder(encoder).ok()?;
    Some(out)
}

/// What can be seen through is laid on white paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let seen = picture.to_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [r, g, b, a] = seen.get_pixel(x, y).0;
        let over = |dot: u8| {
            let (dot, a) = (u32::from(dot), u32::from(a));
            u8::try_from((dot * a + 255 * (255 - a)) / 255).unwrap_or(255)
        };
        image::Rgb([over(r), over(g), over(b)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ImageFormat, Rgba, RgbaImage};

    /// A picture whose left half is red and whose right half lets everything through.
    fn halves(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let dots = RgbaImage::from_fn(width, height, |x, _| {
            if x < width / 2 {
                Rgba([200, 0, 0, 255])
            } else {
                Rgba([0, 0, 0, 0])
            }
        });
        let mut out = Cursor::new(Vec::new());
        let picture = DynamicImage::from(dots);
        let picture = if format == ImageFormat::Jpeg {
            DynamicImage::from(picture.to_rgb8())
        } else {
            picture
        };
        picture.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    #[test]
    fn a_large_picture_becomes_small_and_keeps_its_shape() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP] {
            let light = light(&halves(1_500, 1_000, format)).unwrap();
            let seen = image::load_from_memory(&light).unwrap().to_rgb8();
            assert_eq!((seen.width(), seen.height()), (720, 480), "{format:?}");
            assert!(light.len() < 20_000, "{format:?}: {} bytes", light.len());
            let red = seen.get_pixel(100, 100).0;
            assert!(red[0] > 180 && red[1] < 30, "{format:?}: {red:?}");
        }
    }

    #[test]
    fn what_can_be_seen_through_is_white_and_what_is_small_is_not_blown_up() {
        let light = light(&halves(200, 100, ImageFormat::Png)).unwrap();
        let seen = image::load_from_memory(&light).unwrap().to_rgb8();
        assert_eq!((seen.width(), seen.height()), (200, 100));
        let clear = seen.get_pixel(180, 50).0;
        assert!(clear.iter().all(|part| *part > 240), "{clear:?}");
    }

    #[test]
    fn a_photograph_taken_sideways_stands_upright() {
        let flat = halves(300, 200, ImageFormat::Jpeg);
        // The camera's note that it was turned by a quarter, after the first two bytes.
        let note = [
            0xff, 0xe1, 0x00, 0x22, b'E', b'x', b'i', b'f', 0, 0, b'M', b'M', 0, 42, 0, 0, 0, 8, 0,
            1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0,
        ];
        let turned = [&flat[..2], &note, &flat[2..]].concat();
        let light = light(&turned).unwrap();
        let seen = image::load_from_memory(&light).unwrap();
        assert_eq!((seen.width(), seen.height()), (200, 300));
        assert!(!light.windows(4).any(|four| four == b"Exif"));
    }

    #[test]
    fn what_is_no_picture_is_refused_and_never_takes_all_memory() {
        let whole = halves(300, 200, ImageFormat::Png);
        for bad in [
            &b""[..],
            b"\xff\xd8\xff",
            b"no picture",
            &whole[..whole.len() / 2],
        ] {
            assert!(light(bad).is_err());
        }
        // A header that promises a picture of four thousand million dots.
        let mut vast = whole.clone();
        vast[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        assert!(light(&vast).is_err());
        for at in (0..whole.len()).step_by(7) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            let _ = light(&damaged);
        }
    }
}
