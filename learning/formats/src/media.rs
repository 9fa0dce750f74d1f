//! The measures of pictures, sounds and films, from their headers alone.

use crate::Media;

/// What the headers tell; none when they tell nothing.
pub fn measure(mime: &str, bytes: &[u8]) -> Option<Media> {
    match mime {
        "image/png" => size(be32(bytes, 16)?, be32(bytes, 20)?),
        "image/gif" => size(le16(bytes, 6)?.into(), le16(bytes, 8)?.into()),
        "image/jpeg" => jpeg(bytes),
        "image/webp" => webp(bytes),
        "audio/wav" => wav(bytes),
        "audio/flac" => flac(bytes),
        "audio/ogg" | "video/ogg" => ogg(bytes),
        "audio/mpeg" => mp3(bytes),
        "audio/mp4" | "video/mp4" | "video/3gpp" => mp4(bytes),
        "audio/webm" | "video/webm" => webm(bytes),
        "audio/amr" => amr(bytes),
        _ => None,
    }
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    let part = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(part.try_into().ok()?))
}
fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    let part = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(part.try_into().ok()?))
}
fn be64(bytes: &[u8], at: usize) -> Option<u64> {
    let part = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_be_bytes(part.try_into().ok()?))
}
fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    be16(bytes, at).map(u16::swap_bytes)
}
fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    be32(bytes, at).map(u32::swap_bytes)
}
fn le64(bytes: &[u8], at: usize) -> Option<u64> {
    be64(bytes, at).map(u64::swap_bytes)
}

fn size(width: u32, height: u32) -> Option<Media> {
    (width > 0 && height > 0).then_some(Media {
        width: Some(width),
        height: Some(height),
        seconds: None,
    })
}
fn lasting(seconds: f64) -> Option<Media> {
    (seconds.is_finite() && seconds > 0.0 && seconds < 1e7).then_some(Media {
        seconds: Some((seconds * 1_000.0).round() / 1_000.0),
        ..Media::default()
    })
}
#[expect(
    clippy::cast_precision_loss,
    reason = "a length of time is told to a millisecond"
)]
fn ratio(count: u64, rate: u64) -> f64 {
    if rate == 0 {
        0.0
    } else {
        count as f64 / rate as f64
    }
}

fn jpeg(bytes: &[u8]) -> Option<Media> {
    let mut at = 2;
    while *bytes.get(at)? == 0xff {
        let kind = *bytes.get(at + 1)?;
        match kind {
            0xff => at += 1,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return size(be16(bytes, at + 7)?.into(), be16(bytes, at + 5)?.into());
            }
            0x01 | 0xd0..=0xd8 => at += 2,
            0xd9 | 0xda => return None,
            _ => at += 2 + usize::from(be16(bytes, at + 2)?.max(2)),
        }
    }
    None
}

/// A photograph without what the camera wrote into it: where it was taken, when, by which device.
/// The turn of the picture is kept. Other files come back as they are.
pub fn without_traces(bytes: &[u8]) -> Vec<u8> {
    if !bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        return bytes.to_vec();
    }
    stripped(bytes).unwrap_or_else(|| bytes.to_vec())
}

fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![0xff, 0xd8];
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let kind = *bytes.get(at + 1)?;
        if kind == 0xff {
            at += 1;
            continue;
        }
        if kind == 0xda {
            out.extend(bytes.get(at..)?);
            return Some(out);
        }
        let length = usize::from(be16(bytes, at + 2)?.max(2));
        let segment = bytes.get(at..at + 2 + length)?;
        match kind {
            0xe1 => {
                if let Some(turn) = turn_of(segment.get(4..)?) {
                    out.extend(only_turn(turn));
                }
            }
            // APP0 and APP2 (colours) and APP14 (colours) are needed to show it; notes are not.
            0xe3..=0xed | 0xef | 0xfe => {}
            _ => out.extend(segment),
        }
        at += 2 + length;
    }
}

/// The orientation in an Exif segment.
fn turn_of(body: &[u8]) -> Option<u16> {
    let tiff = body.strip_prefix(b"Exif\0\0")?;
    let little = tiff.starts_with(b"II");
    let short = |at| {
        if little {
            le16(tiff, at)
        } else {
            be16(tiff, at)
        }
    };
    let long = |at| {
        if little {
            le32(tiff, at)
        } else {
            be32(tiff, at)
        }
    };
    let start = usize::try_from(long(4)?).ok()?;
    let count = usize::from(short(start)?);
    (0..count.min(200)).find_map(|n| {
        let field = start.checked_add(2 + n * 12)?;
        (short(field)? == 0x0112)
            .then(|| short(field + 8))
            .flatten()
    })
}

/// An Exif segment that says nothing but the orientation.
fn only_turn(turn: u16) -> Vec<u8> {
    let mut body = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01".to_vec();
    body.extend(turn.to_be_bytes());
    body.extend([0, 0, 0, 0, 0, 0]);
    let length = u16::try_from(body.len() + 2).unwrap_or_default();
    let mut out = vec![0xff, 0xe1];
    out.extend(length.to_be_bytes());
    out.extend(body);
    out
}

fn webp(bytes: &[u8]) -> Option<Media> {
    let three = |at: usize| Some(le32(bytes, at)? & 0x00ff_ffff);
    match bytes.get(12..16)? {
        b"VP8X" => size(
            three(24)? + 1,
            three(27).or_else(|| Some(u32::from(le16(bytes, 27)?)))? + 1,
        ),
        b"VP8 " => size(
            u32::from(le16(bytes, 26)?) & 0x3fff,
            u32::from(le16(bytes, 28)?) & 0x3fff,
        ),
        b"VP8L" => {
            let bits = le32(bytes, 21)?;
            size((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1)
        }
        _ => None,
    }
}

fn wav(bytes: &[u8]) -> Option<Media> {
    let (mut at, mut rate) = (12_usize, 0);
    loop {
        let length = le32(bytes, at + 4)?;
        match bytes.get(at..at + 4)? {
            b"fmt " => rate = le32(bytes, at + 16)?,
            b"data" => return lasting(ratio(length.into(), rate.into())),
            _ => {}
        }
        at = at.checked_add(8 + usize::try_from(length).ok()?.checked_add(1)? / 2 * 2)?;
    }
}

fn flac(bytes: &[u8]) -> Option<Media> {
    let field = be64(bytes, 18)?;
    let (rate, samples) = (field >> 44, field & 0xf_ffff_ffff);
    lasting(ratio(samples, rate))
}

fn ogg(bytes: &[u8]) -> Option<Media> {
    let start = bytes.get(..4096.min(bytes.len()))?;
    let find = |word: &[u8]| crate::kind::find(start, word);
    let (rate, skip) = if let Some(at) = find(b"OpusHead") {
        (48_000, u64::from(le16(bytes, at + 10)?))
    } else if let Some(at) = find(b"\x01vorbis") {
        (u64::from(le32(bytes, at + 12)?), 0)
    } else if let Some(at) = find(b"Speex   ") {
        (u64::from(le32(bytes, at + 36)?), 0)
    } else {
        return None;
    };
    let tail_at = bytes.len().saturating_sub(70_000);
    let tail = bytes.get(tail_at..)?;
    let page = tail.windows(4).rposition(|part| part == b"OggS")?;
    let last = le64(tail, page + 6)?;
    lasting(ratio(last.checked_sub(skip)?, rate))
}

/// Frames of MPEG sound: from the note of their number, else from the bit rate of the first.
fn mp3(bytes: &[u8]) -> Option<Media> {
    let mut at = 0_usize;
    if bytes.starts_with(b"ID3") {
        let part = |n: usize| bytes.get(n).map(|b| usize::from(b & 0x7f));
        at = 10 + (part(6)? << 21 | part(7)? << 14 | part(8)? << 7 | part(9)?);
    }
    let window = bytes.get(at..at.saturating_add(8_192).min(bytes.len()))?;
    at += window.windows(2).position(|pair| {
        matches!(pair, [0xff, second] if second & 0xe0 == 0xe0 && second & 0x18 != 0x08 && second & 0x06 == 0x02)
    })?;
    let head = be32(bytes, at)?;
    let (first, bits, speed) = ((head >> 19) & 3, (head >> 12) & 15, (head >> 10) & 3);
    let rates: [u64; 3] = match first {
        3 => [44_100, 48_000, 32_000],
        2 => [22_050, 24_000, 16_000],
        _ => [11_025, 12_000, 8_000],
    };
    let rate = *rates.get(usize::try_from(speed).ok()?)?;
    let tables: [u64; 15] = if first == 3 {
        [
            0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
        ]
    } else {
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
    };
    let samples = if first == 3 { 1_152 } else { 576 };
    let start = bytes.get(at..at.saturating_add(200).min(bytes.len()))?;
    let note = crate::kind::find(start, b"Xing").or_else(|| crate::kind::find(start, b"Info"));
    if let Some(note) = note
        && be32(start, note + 4)? & 1 == 1
    {
        return lasting(ratio(u64::from(be32(start, note + 8)?) * samples, rate));
    }
    let kilobits = *tables.get(usize::try_from(bits).ok()?)?;
    let left = u64::try_from(bytes.len() - at).ok()?;
    lasting(ratio(left * 8, kilobits * 1_000))
}

/// The boxes of an MP4 file: its length from `mvhd`, its size from the widest `tkhd`.
fn mp4(bytes: &[u8]) -> Option<Media> {
    let moov = boxes(bytes).find(|(kind, _)| *kind == b"moov")?.1;
    let mut media = Media::default();
    for (kind, body) in boxes(moov) {
        match kind {
            b"mvhd" => {
                let (rate, length) = if *body.first()? == 1 {
                    (be32(body, 20)?, be64(body, 24)?)
                } else {
                    (be32(body, 12)?, u64::from(be32(body, 16)?))
                };
                media.seconds = lasting(ratio(length, rate.into())).and_then(|m| m.seconds);
            }
            b"trak" => {
                for (_, body) in boxes(body).filter(|(kind, _)| *kind == b"tkhd") {
                    let end = body.len().checked_sub(8)?;
                    let (width, height) = (be32(body, end)? >> 16, be32(body, end + 4)? >> 16);
                    if width > media.width.unwrap_or(0) && height > 0 {
                        (media.width, media.height) = (Some(width), Some(height));
                    }
                }
            }
            _ => {}
        }
    }
    (media != Media::default()).then_some(media)
}

fn boxes(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut at = 0_usize;
    std::iter::from_fn(move || {
        let length = be32(bytes, at)?;
        let kind = bytes.get(at + 4..at + 8)?;
        let (head, length) = match length {
            0 => (8, bytes.len() - at),
            1 => (16, usize::try_from(be64(bytes, at + 8)?).ok()?),
            other => (8, usize::try_from(other).ok()?),
        };
        let end = at.checked_add(length.max(head))?.min(bytes.len());
        let body = bytes.get(at + head..end)?;
        at = end;
        Some((kind, body))
    })
    .take(10_000)
}

/// The elements of a WebM file, as far as its first cluster.
fn webm(bytes: &[u8]) -> Option<Media> {
    let mut media = Media::default();
    let (mut scale, mut length) = (1_000_000_f64, 0.0);
    let mut at = 0_usize;
    for _ in 0..10_000 {
        let Some((id, body, size)) = element(bytes, at) else {
            break;
        };
        let value = bytes.get(body..body.saturating_add(size).min(bytes.len()))?;
        match id {
            // Segment, Info, Tracks, TrackEntry, Video: go inside.
            0x1853_8067 | 0x1549_a966 | 0x1654_ae6b | 0xae | 0xe0 => {
                at = body;
                continue;
            }
            0x1f43_b675 => break,
            0x002a_d7b1 => scale = ratio(whole(value)?, 1),
            0x4489 => length = float(value)?,
            0xb0 => media.width = u32::try_from(whole(value)?).ok(),
            0xba => media.height = u32::try_from(whole(value)?).ok(),
            _ => {}
        }
        at = body.checked_add(size)?;
    }
    media.seconds = lasting(length * scale / 1e9).and_then(|m| m.seconds);
    (media != Media::default()).then_some(media)
}

fn element(bytes: &[u8], at: usize) -> Option<(u32, usize, usize)> {
    let first = *bytes.get(at)?;
    let wide = usize::try_from(first.leading_zeros()).ok()? + 1;
    if wide > 4 {
        return None;
    }
    let id = bytes
        .get(at..at + wide)?
        .iter()
        .fold(0_u32, |id, b| id << 8 | u32::from(*b));
    let at = at + wide;
    let first = *bytes.get(at)?;
    let wide = usize::try_from(first.leading_zeros()).ok()? + 1;
    if wide > 8 {
        return None;
    }
    let mut size = u64::from(first) & ((1_u64 << (8 - wide)) - 1);
    for byte in bytes.get(at + 1..at + wide)? {
        size = size << 8 | u64::from(*byte);
    }
    Some((id, at + wide, usize::try_from(size).ok()?.min(bytes.len())))
}

fn whole(bytes: &[u8]) -> Option<u64> {
    (bytes.len() <= 8).then(|| {
        bytes
            .iter()
            .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
    })
}
fn float(bytes: &[u8]) -> Option<f64> {
    match bytes.len() {
        4 => Some(f64::from(f32::from_be_bytes(bytes.try_into().ok()?))),
        8 => Some(f64::from_be_bytes(bytes.try_into().ok()?)),
        _ => None,
    }
}

/// Telephone speech: frames of 20 ms, each as long as its first byte says.
fn amr(bytes: &[u8]) -> Option<Media> {
    let sizes = [12_usize, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0];
    let mut at = bytes.strip_prefix(b"#!AMR\n").map(|_| 6)?;
    let mut frames = 0_u64;
    while let Some(head) = bytes.get(at) {
        at += 1 + sizes.get(usize::from(head >> 3 & 15))?;
        frames += 1;
    }
    lasting(ratio(frames, 50))
}
