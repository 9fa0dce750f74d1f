//! Subtitles: SubRip, WebVTT and SAMI as the text that is said, and as WebVTT.

use crate::clean::{escape, plain};
use crate::{PageOf, Reading, limits};
use base::{Refusal, Result};
use std::fmt::Write as _;

/// What is said at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// Milliseconds from the start.
    pub from: u64,
    pub to: u64,
    /// Plain text, several lines where it was so written.
    pub text: String,
}

/// Reads subtitles of any of the three kinds.
///
/// # Errors
/// Refused when there is not a single cue, or the text is too large.
pub fn cues(text: &str) -> Result<Vec<Cue>> {
    if text.len() > limits::TEXT {
        return Err(Refusal::about("file", "format-text-large").into());
    }
    let start: String = text.chars().take(4_096).collect();
    let cues = if start.to_ascii_lowercase().contains("<sami") {
        sami(text)
    } else {
        timed(text)
    };
    if cues.is_empty() {
        return Err(Refusal::about("file", "format-subtitles-empty").into());
    }
    Ok(cues)
}

/// The cues as WebVTT, which every browser shows.
pub fn vtt(cues: &[Cue]) -> String {
    let mut out = String::from("WEBVTT\n");
    for cue in cues {
        let text = cue
            .text
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace("-->", "--&gt;");
        let _ = write!(out, "\n{} --> {}\n{text}\n", clock(cue.from), clock(cue.to));
    }
    out
}

/// The whole as a text to read: what is said, a paragraph wherever there is a pause.
pub fn text(cues: &[Cue]) -> String {
    let mut out = String::new();
    let mut before: Option<&Cue> = None;
    for cue in cues {
        let said = cue.text.split_whitespace().collect::<Vec<_>>().join(" ");
        // Captions that roll repeat what was said.
        if said.is_empty() || before.is_some_and(|b| b.text == cue.text) {
            continue;
        }
        if let Some(before) = before {
            out.push_str(if cue.from > before.to.saturating_add(2_000) {
                "\n\n"
            } else {
                " "
            });
        }
        out.push_str(&said);
        before = Some(cue);
    }
    out
}

fn clock(ms: u64) -> String {
    let (hours, minutes) = (ms / 3_600_000, ms / 60_000 % 60);
    format!(
        "{hours:02}:{minutes:02}:{:02}.{:03}",
        ms / 1_000 % 60,
        ms % 1_000
    )
}

/// `01:02:03,456`, `02:03.456`.
fn time(text: &str) -> Option<u64> {
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let part: String = part.chars().take(3).collect();
    let ms = part.parse::<u64>().ok()? * [100, 10, 1].get(part.len().checked_sub(1)?)?;
    let mut seconds = 0_u64;
    let fields: Vec<&str> = whole.split(':').collect();
    if !(2..=3).contains(&fields.len()) {
        return None;
    }
    for field in fields {
        let value = field
            .trim()
            .parse::<u64>()
            .ok()
            .filter(|value| *value < 10_000)?;
        seconds = seconds * 60 + value;
    }
    Some(seconds * 1_000 + ms)
}

fn timed(text: &str) -> Vec<Cue> {
    let mut out: Vec<Cue> = Vec::new();
    let mut open = false;
    let mut lines = text.lines().map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        if let Some((from, to)) = line.split_once("-->") {
            let to = to.split_whitespace().next().unwrap_or_default();
            let (Some(from), Some(to)) = (time(from.trim()), time(to)) else {
                open = false;
                continue;
            };
            out.push(Cue {
                from,
                to: to.max(from),
                text: String::new(),
            });
            open = true;
        } else if line.trim().is_empty() {
            open = false;
        } else if open && let Some(cue) = out.last_mut() {
            // A number before the next time is not said.
            let number = line.bytes().all(|b| b.is_ascii_digit());
            if number && lines.peek().is_some_and(|next| next.contains("-->")) {
                continue;
            }
            if !cue.text.is_empty() {
                cue.text.push('\n');
            }
            cue.text.push_str(&said(line));
        }
    }
    out.retain(|cue| !cue.text.trim().is_empty());
    out
}

/// A line without its marks of style.
fn said(line: &str) -> String {
    if line.contains(['<', '&', '{']) {
        let mut text = plain(line);
        while let (Some(start), Some(end)) = (text.find("{\\"), text.find('}')) {
            if end < start {
                break;
            }
            text.replace_range(start..=end, "");
        }
        text.replace('\u{a0}', " ").trim().to_owned()
    } else {
        line.to_owned()
    }
}

fn sami(text: &str) -> Vec<Cue> {
    let lower = text.to_ascii_lowercase();
    let mut starts: Vec<usize> = lower.match_indices("<sync").map(|(at, _)| at).collect();
    starts.push(text.len());
    let mut out: Vec<Cue> = Vec::new();
    for pair in starts.windows(2) {
        let [from, to] = *pair else { continue };
        let Some(part) = text.get(from..to) else {
            continue;
        };
        let Some((head, body)) = part.split_once('>') else {
            continue;
        };
        let digits: String = head
            .to_ascii_lowercase()
            .split_once("start")
            .map(|(_, rest)| {
                rest.chars()
                    .skip_while(|c| !c.is_ascii_digit())
                    .take_while(char::is_ascii_digit)
                    .collect()
            })
            .unwrap_or_default();
        let Ok(at) = digits.parse::<u64>() else {
            continue;
        };
        if let Some(last) = out.last_mut()
            && last.to == u64::MAX
        {
            last.to = at;
        }
        let text = plain(body).replace('\u{a0}', " ");
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .collect();
        if !lines.is_empty() {
            out.push(Cue {
                from: at,
                to: u64::MAX,
                text: lines.join("\n"),
            });
        }
    }
    if let Some(last) = out.last_mut()
        && last.to == u64::MAX
    {
        last.to = last.from.saturating_add(4_000);
    }
    out
}

pub(crate) fn read(reading: &mut Reading, source: &str) -> Result<()> {
    let cues = cues(source)?;
    let html: String = text(&cues)
        .split("\n\n")
        .map(|paragraph| format!("<p>{}</p>", escape(paragraph)))
        .collect();
    reading.media = Some(crate::Media {
        seconds: cues.last().map(|cue| seconds(cue.to)),
        ..crate::Media::default()
    });
    reading.pages = vec![PageOf {
        title: String::new(),
        html,
    }];
    Ok(())
}

fn seconds(ms: u64) -> f64 {
    let whole = u32::try_from(ms / 1_000).unwrap_or(u32::MAX);
    f64::from(whole) + f64::from(u32::try_from(ms % 1_000).unwrap_or_default()) / 1_000.0
}
