//! A light form of a recording: one channel of speech in Opus, about 14 kilobits a second, in Ogg.
//!
//! Read as a stream: an hour of sound takes no more memory than a minute.

mod heard;
mod rate;

use base::{Refusal, Result};
use opus_pure::{Application, MAX_PACKET_BYTES, OggOpusWriter, OpusEncoder, OpusHead, Signal};
use rate::Rate;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The media type of the light form.
pub const MIME: &str = "audio/ogg";
/// Bits a second that are aimed at.
pub const BITS: i32 = 14_000;
/// Seconds of sound taken from one recording.
pub const SECONDS_MAX: u32 = 7_200;

/// Samples a second of the light form: speech needs no more.
const SPEED: u32 = 16_000;
/// Samples of a frame: sixty milliseconds, so that little is spent on the frames themselves.
const FRAME: usize = 960;
/// How much of the processor the encoder may take, 0 to 10.
const CARE: i32 = 5;

/// A light form.
#[derive(Clone, Debug, PartialEq)]
pub struct Light {
    pub bytes: Vec<u8>,
    pub seconds: f64,
}

/// Makes the light form of a recording: WAV, MP3, Ogg (Vorbis or Opus), MP4 (AAC), WebM (Opus or Vorbis).
/// `go_on` hears how many seconds are done and answers whether to go on; none when it said no.
///
/// # Errors
/// Refused when the recording cannot be read, has no sound, or is too long.
pub fn light(bytes: &[u8], go_on: &mut dyn FnMut(u32) -> bool) -> Result<Option<Light>> {
    // Readers of others' formats are not ours: whatever they do, the caller gets a refusal.
    let made = catch_unwind(AssertUnwindSafe(|| made(bytes, go_on)));
    made.unwrap_or_else(|_| Err(unreadable().into()))
}

fn unreadable() -> Refusal {
    Refusal::about("file", "format-sound-unreadable")
}

fn made(bytes: &[u8], go_on: &mut dyn FnMut(u32) -> bool) -> Result<Option<Light>> {
    let mut writer = Writer::new().map_err(|_| unreadable())?;
    let (mut rate, mut failed, mut long) = (None, false, false);
    let (mut told, mut stopped) = (0, false);
    heard::each(bytes, &mut |speed, samples| {
        let rate = rate.get_or_insert_with(|| Rate::new(speed, SPEED));
        if !rate.is_from(speed) {
            *rate = Rate::new(speed, SPEED);
        }
        rate.push(samples, &mut |sample| {
            failed |= writer.push(sample).is_err()
        });
        let seconds = writer.seconds();
        long = seconds > SECONDS_MAX;
        if seconds > told {
            told = seconds;
            stopped = !go_on(seconds);
        }
        !(failed || long || stopped)
    })?;
    if long {
        return Err(Refusal::about("file", "format-sound-long")
            .with("most", i64::from(SECONDS_MAX / 60))
            .into());
    }
    if stopped {
        return Ok(None);
    }
    if let Some(rate) = &mut rate {
        rate.finish(&mut |sample| failed |= writer.push(sample).is_err());
    }
    if failed || writer.samples == 0 {
        return Err(unreadable().into());
    }
    writer.finish().map(Some).map_err(|_| unreadable().into())
}

/// The encoder and its file.
struct Writer {
    encoder: OpusEncoder,
    out: OggOpusWriter<Vec<u8>>,
    /// Ticks of 48 kHz by which the encoder is behind.
    skip: u64,
    frame: Vec<f32>,
    packet: Vec<u8>,
    samples: u64,
}

impl Writer {
    fn new() -> opus_pure::Result<Self> {
        let speed = i32::try_from(SPEED).unwrap_or(i32::MAX);
        let mut encoder = OpusEncoder::new(speed, 1, Application::Voip)?;
        encoder.bitrate_bps = BITS;
        encoder.complexity = CARE;
        encoder.signal_type = Some(Signal::Voice);
        let head = OpusHead::for_encoder(&encoder, SPEED);
        let skip = u64::from(head.pre_skip);
        Ok(Self {
            encoder,
            out: OggOpusWriter::new(Vec::new(), head)?,
            skip,
            frame: Vec::with_capacity(FRAME),
            packet: vec![0; MAX_PACKET_BYTES],
            samples: 0,
        })
    }

    fn seconds(&self) -> u32 {
        u32::try_from(self.samples / u64::from(SPEED)).unwrap_or(u32::MAX)
    }

    fn push(&mut self, sample: f32) -> opus_pure::Result<()> {
        self.samples += 1;
        self.frame.push(sample.clamp(-1.0, 1.0));
        if self.frame.len() < FRAME {
            return Ok(());
        }
        let length = self.encoded()?;
        self.out
            .write_packet(self.packet.get(..length).unwrap_or_default())
    }

    fn encoded(&mut self) -> opus_pure::Result<usize> {
        self.frame.resize(FRAME, 0.0);
        let length = self.encoder.encode(&self.frame, FRAME, &mut self.packet)?;
        self.frame.clear();
        Ok(length)
    }

    /// The samples still in the encoder are pushed out, and the file says where the sound ends.
    fn finish(mut self) -> opus_pure::Result<Light> {
        let ticks = 48_000 / u64::from(SPEED);
        let end = self.skip + self.samples * ticks;
        loop {
            let written = u64::try_from(self.out.granule()).unwrap_or(u64::MAX);
            if written >= end {
                break;
            }
            let length = self.encoded()?;
            let packet = self.packet.get(..length).unwrap_or_default();
            let left = u32::try_from(end - written).unwrap_or(u32::MAX);
            let whole = u32::try_from(FRAME as u64 * ticks).unwrap_or(u32::MAX);
            self.out
                .write_packet_with_duration(packet, left.min(whole))?;
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "a length of time is told to a millisecond"
        )]
        let seconds = self.samples as f64 / f64::from(SPEED);
        Ok(Light {
            bytes: self.out.finish()?,
            seconds,
        })
    }
}

#[cfg(test)]
mod tests;
