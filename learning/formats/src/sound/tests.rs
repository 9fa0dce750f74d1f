use super::*;

/// A voice-like sound: a low tone with overtones that swells and fades.
fn hum(speed: u32, seconds: f64) -> Vec<f32> {
    let count = (f64::from(speed) * seconds) as u32;
    (0..count)
        .map(|n| {
            let t = f64::from(n) / f64::from(speed);
            let swell = 0.5 + 0.5 * (t * 9.0).sin();
            let tone: f64 = (1..8)
                .map(|k| (t * 140.0 * f64::from(k) * std::f64::consts::TAU).sin() / f64::from(k))
                .sum();
            (tone * swell * 0.3) as f32
        })
        .collect()
}

/// The same as a WAV file with so many channels.
fn wav(speed: u32, channels: u16, samples: &[f32]) -> Vec<u8> {
    let length = u32::try_from(samples.len() * usize::from(channels) * 2).unwrap();
    let mut out = b"RIFF".to_vec();
    out.extend((36 + length).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    out.extend(channels.to_le_bytes());
    out.extend(speed.to_le_bytes());
    out.extend((speed * u32::from(channels) * 2).to_le_bytes());
    out.extend((channels * 2).to_le_bytes());
    out.extend(b"\x10\0data");
    out.extend(length.to_le_bytes());
    for sample in samples {
        for _ in 0..channels {
            out.extend(((sample * 32_000.0) as i16).to_le_bytes());
        }
    }
    out
}

fn heard_in(bytes: &[u8]) -> Vec<f32> {
    let mut all = Vec::new();
    heard::each(bytes, &mut |speed, samples| {
        assert_eq!(speed, SPEED);
        all.extend_from_slice(samples);
        true
    })
    .unwrap();
    all
}

/// How much of one sound is in the other, from 0 to 1, at the best of small shifts.
fn alike(a: &[f32], b: &[f32]) -> f64 {
    let shifted = |by: usize| {
        let pairs = a.iter().zip(b.iter().skip(by));
        let (mut ab, mut aa, mut bb) = (0.0, 1e-9, 1e-9);
        for (x, y) in pairs {
            let (x, y) = (f64::from(*x), f64::from(*y));
            (ab, aa, bb) = (ab + x * y, aa + x * x, bb + y * y);
        }
        ab / (aa * bb).sqrt()
    };
    (0..40).map(shifted).fold(0.0, f64::max)
}

#[test]
fn a_recording_becomes_light_and_stays_what_it_was() {
    for (speed, channels) in [
        (8_000, 1),
        (16_000, 1),
        (44_100, 2),
        (48_000, 2),
        (22_255, 1),
    ] {
        let file = wav(speed, channels, &hum(speed, 2.5));
        let made = light(&file, &mut |_| true).unwrap().unwrap();
        assert!(
            (made.seconds - 2.5).abs() < 0.01,
            "{speed}: {}",
            made.seconds
        );
        let bits = made.bytes.len() as f64 * 8.0 / made.seconds;
        assert!((6_000.0..17_000.0).contains(&bits), "{speed}: {bits}");
        let again = heard_in(&made.bytes);
        assert_eq!(again.len() as u32, (made.seconds * 16_000.0).round() as u32);
        let likeness = alike(&hum(16_000, 2.5), &again);
        assert!(likeness > 0.8, "{speed}: {likeness}");
        let told = crate::media::measure(MIME, &made.bytes).and_then(|media| media.seconds);
        assert!((told.unwrap() - made.seconds).abs() < 0.01);
        assert_eq!(
            crate::kind_of("a.opus", &made.bytes),
            Some(crate::Kind::Audio)
        );
    }
}

#[test]
fn what_is_light_can_be_read_and_made_light_again() {
    let first = light(&wav(16_000, 1, &hum(16_000, 1.0)), &mut |_| true);
    let first = first.unwrap().unwrap();
    let second = light(&first.bytes, &mut |_| true).unwrap().unwrap();
    assert!((first.seconds - second.seconds).abs() < 0.001);
}

#[test]
fn the_maker_says_how_far_it_is_and_stops_when_told() {
    let file = wav(16_000, 1, &hum(16_000, 3.5));
    let mut told = Vec::new();
    let made = light(&file, &mut |seconds| {
        told.push(seconds);
        true
    });
    assert!(made.unwrap().is_some());
    assert_eq!(told, [1, 2, 3]);
    assert_eq!(light(&file, &mut |seconds| seconds < 2).unwrap(), None);
}

#[test]
fn what_is_no_sound_is_refused() {
    for bytes in [
        &b""[..],
        b"not a sound at all",
        b"RIFF\x24\0\0\0WAVE",
        b"OggS\0\x02OpusHead",
        b"\xff\xfb\x90\0",
        b"\x1a\x45\xdf\xa3",
        b"\0\0\0\x18ftypisom",
    ] {
        let refused = light(bytes, &mut |_| true).unwrap_err();
        assert_eq!(refused.keys(), ["format-sound-unreadable"]);
    }
    let refused = light(&wav(16_000, 1, &[]), &mut |_| true).unwrap_err();
    assert_eq!(refused.keys(), ["format-sound-unreadable"]);
}

#[test]
fn damage_anywhere_is_a_refusal_or_a_shorter_sound() {
    let whole = wav(44_100, 2, &hum(44_100, 0.3));
    let opus = light(&whole, &mut |_| true).unwrap().unwrap().bytes;
    for file in [whole, opus] {
        for at in (0..file.len()).step_by(file.len() / 25 + 1) {
            let mut damaged = file.clone();
            if let Some(byte) = damaged.get_mut(at) {
                *byte ^= 0x55;
            }
            let _ = light(&damaged, &mut |seconds| seconds < 5);
            let _ = light(&file[..at], &mut |_| true);
        }
    }
}
