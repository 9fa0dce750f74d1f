//! The samples of a recording, one channel, as they are read.

use super::{SPEED, unreadable};
use base::{Refusal, Result};
use opus_pure::{MAX_PACKET_SAMPLES, OggOpusReader, OpusDecoder, Trim};
use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error as Fault;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;

/// Rates that recorders use, and some more.
const SPEEDS: std::ops::RangeInclusive<u32> = 4_000..=192_000;
/// Damaged packets in a row after which a recording counts as damaged.
const BAD_MAX: u32 = 200;

type Take<'a> = &'a mut dyn FnMut(u32, &[f32]) -> bool;

/// Gives the samples with their rate, in pieces, until `take` says no.
///
/// # Errors
/// Refused when it cannot be read or has no sound that can.
pub(super) fn each(bytes: &[u8], take: Take<'_>) -> Result<()> {
    let start = bytes.get(..bytes.len().min(4_096)).unwrap_or_default();
    if start.starts_with(b"OggS") && crate::kind::find(start, b"OpusHead").is_some() {
        return opus(bytes, take).map_err(|_| unreadable().into());
    }
    other(bytes, take)
}

/// Opus in Ogg.
fn opus(bytes: &[u8], take: Take<'_>) -> opus_pure::Result<()> {
    let mut reader = OggOpusReader::new(bytes)?;
    let speed = i32::try_from(SPEED).unwrap_or(i32::MAX);
    let mut decoder = OpusDecoder::new(speed, 1)?;
    decoder.gain_q8 = i32::from(reader.head().output_gain_q8);
    let mut trim = Trim::new(reader.head(), speed, 1)?;
    let mut block = vec![0.0; MAX_PACKET_SAMPLES];
    let mut bad = 0;
    for packet in reader.packets() {
        let packet = packet?;
        let Ok(got) = decoder.decode(&packet.data, MAX_PACKET_SAMPLES, &mut block) else {
            bad += 1;
            if bad > BAD_MAX {
                break;
            }
            continue;
        };
        bad = 0;
        let heard = trim.keep(&packet, block.get(..got).unwrap_or_default());
        if !take(SPEED, heard) {
            break;
        }
    }
    Ok(())
}

/// Everything else.
fn other(bytes: &[u8], take: Take<'_>) -> Result<()> {
    let source = MediaSourceStream::new(
        Box::new(std::io::Cursor::new(bytes)),
        symphonia::core::io::MediaSourceStreamOptions::default(),
    );
    let mut format = symphonia::default::get_probe()
        .probe(
            &Hint::new(),
            source,
            FormatOptions::default(),
            MetadataOptions::default(),
        )
        .map_err(|_| unreadable())?;
    let track = format
        .default_track(TrackType::Audio)
        .ok_or_else(|| Refusal::about("file", "format-sound-none"))?;
    let id = track.id;
    let params = track.codec_params.as_ref().and_then(|one| one.audio());
    let params = params.ok_or_else(unreadable)?;
    let mut ear = Ear::new(params).ok_or_else(unreadable)?;
    listen(format.as_mut(), id, &mut ear, take)
}

fn listen(format: &mut dyn FormatReader, id: u32, ear: &mut Ear, take: Take<'_>) -> Result<()> {
    let (mut bad, mut some) = (0, false);
    let mut mono = Vec::new();
    // A recording that breaks off is as good as it got.
    while let Ok(Some(packet)) = format.next_packet() {
        if packet.track_id != id {
            continue;
        }
        match ear.hear(&packet, &mut mono) {
            Some(speed) if SPEEDS.contains(&speed) => {
                (bad, some) = (0, true);
                if !take(speed, &mono) {
                    return Ok(());
                }
            }
            Some(_) => return Err(unreadable().into()),
            None => {
                bad += 1;
                if bad > BAD_MAX {
                    break;
                }
            }
        }
    }
    if some {
        Ok(())
    } else {
        Err(unreadable().into())
    }
}

/// What turns packets into samples.
enum Ear {
    Opus(Box<OpusDecoder>, Vec<f32>),
    Other(Box<dyn AudioDecoder>, Vec<f32>),
}

impl Ear {
    fn new(params: &AudioCodecParameters) -> Option<Self> {
        if params.codec == CODEC_ID_OPUS {
            let speed = i32::try_from(SPEED).ok()?;
            let decoder = OpusDecoder::new(speed, 1).ok()?;
            return Some(Self::Opus(Box::new(decoder), vec![0.0; MAX_PACKET_SAMPLES]));
        }
        let options = AudioDecoderOptions::default();
        let decoder = symphonia::default::get_codecs().make_audio_decoder(params, &options);
        Some(Self::Other(decoder.ok()?, Vec::new()))
    }

    /// The rate of what a packet holds, put into `mono`; none when it is damaged.
    fn hear(&mut self, packet: &Packet, mono: &mut Vec<f32>) -> Option<u32> {
        mono.clear();
        match self {
            Self::Opus(decoder, block) => {
                let got = decoder
                    .decode(&packet.data, MAX_PACKET_SAMPLES, block)
                    .ok()?;
                mono.extend_from_slice(block.get(..got)?);
                Some(SPEED)
            }
            Self::Other(decoder, all) => {
                let buffer = match decoder.decode(packet) {
                    Ok(buffer) => buffer,
                    Err(Fault::ResetRequired) => {
                        decoder.reset();
                        return None;
                    }
                    Err(_) => return None,
                };
                let channels = buffer.num_planes().max(1);
                let speed = buffer.spec().rate();
                buffer.copy_to_vec_interleaved(all);
                #[expect(clippy::cast_precision_loss, reason = "a few channels")]
                let share = 1.0 / channels as f32;
                let mixed = all.chunks_exact(channels);
                mono.extend(mixed.map(|frame| frame.iter().sum::<f32>() * share));
                Some(speed)
            }
        }
    }
}
