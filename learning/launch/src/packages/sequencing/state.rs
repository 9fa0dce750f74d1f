//! What is kept of one learner's way.

use super::course::Course;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A measure in ten-millionths: what is written down comes back the very same.
pub(crate) type Part = i64;

/// The nearest ten-millionth.
#[expect(clippy::cast_possible_truncation, reason = "between -1 and 1")]
pub(crate) fn part(number: f64) -> Part {
    (number.clamp(-1e6, 1e6) * 1e7).round() as Part
}
/// As a number.
#[expect(clippy::cast_precision_loss, reason = "between -1 and 1")]
pub(crate) fn real(part: Part) -> f64 {
    part as f64 / 1e7
}

/// What is known of an objective.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Known {
    #[serde(rename = "s", skip_serializing_if = "nothing")]
    pub satisfied: Option<bool>,
    #[serde(rename = "m", skip_serializing_if = "nothing")]
    pub measure: Option<Part>,
    #[serde(rename = "c", skip_serializing_if = "nothing")]
    pub completed: Option<bool>,
    #[serde(rename = "p", skip_serializing_if = "nothing")]
    pub progress: Option<Part>,
    /// Raw, lowest and highest score.
    #[serde(rename = "r", skip_serializing_if = "nothing")]
    pub scores: [Option<Part>; 3],
}

/// What is as at the start is not written down.
fn nothing<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What is known of an activity.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Track {
    /// In the order of the manifest, the primary one first.
    #[serde(rename = "o", skip_serializing_if = "nothing")]
    pub objectives: Vec<Known>,
    #[serde(rename = "c", skip_serializing_if = "nothing")]
    pub completed: Option<bool>,
    /// How much of it is done.
    #[serde(rename = "p", skip_serializing_if = "nothing")]
    pub amount: Option<Part>,
    #[serde(rename = "n", skip_serializing_if = "nothing")]
    pub attempts: u32,
    #[serde(rename = "a", skip_serializing_if = "nothing")]
    pub active: bool,
    #[serde(rename = "s", skip_serializing_if = "nothing")]
    pub suspended: bool,
    /// Seconds of this attempt.
    #[serde(rename = "t", skip_serializing_if = "nothing")]
    pub seconds: i64,
    /// The children that are there, in their order, where chance decided it.
    #[serde(rename = "k", skip_serializing_if = "nothing")]
    pub children: Option<Vec<usize>>,
    /// An attempt has ended since chance decided.
    #[serde(rename = "e", skip_serializing_if = "nothing")]
    pub stale: bool,
}

/// Everything kept of one learner's way through one course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct State {
    #[serde(rename = "c", skip_serializing_if = "nothing")]
    pub current: Option<usize>,
    #[serde(rename = "s", skip_serializing_if = "nothing")]
    pub suspended: Option<usize>,
    /// From which chance follows, the same for the same learner's way.
    #[serde(rename = "r")]
    pub seed: u64,
    #[serde(rename = "d")]
    pub draws: u64,
    #[serde(rename = "t")]
    pub tracks: Vec<Track>,
    /// Objectives that activities share; kept beside, as other packages may share them too.
    #[serde(skip)]
    pub shared: BTreeMap<String, Known>,
    /// Those that have changed.
    #[serde(skip)]
    pub touched: BTreeSet<String>,
}

impl State {
    /// Before anything is done.
    pub(crate) fn new(course: &Course, seed: u64) -> Self {
        Self {
            seed,
            tracks: vec![Track::default(); course.nodes.len()],
            ..Self::default()
        }
    }
    /// As it is written down, without what is shared.
    pub(crate) fn written(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
    /// As it was written down; none when it is of another course or unreadable.
    pub(crate) fn read(course: &Course, text: &str) -> Option<Self> {
        let out: Self = serde_json::from_str(text).ok()?;
        let there = |place: &usize| *place < course.nodes.len();
        let whole = out.tracks.len() == course.nodes.len()
            && out.current.iter().all(there)
            && out.suspended.iter().all(there);
        let own = out.tracks.iter().zip(&course.nodes).all(|(track, node)| {
            let chosen = track.children.iter().flatten();
            chosen
                .into_iter()
                .all(|child| node.children.contains(child))
        });
        (whole && own).then_some(out)
    }
    /// A number below `below` that follows from the seed and how many were drawn.
    pub(crate) fn draw(&mut self, below: usize) -> usize {
        self.draws = self.draws.wrapping_add(1);
        let mut z = self
            .seed
            .wrapping_add(self.draws.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        let below = u64::try_from(below.max(1)).unwrap_or(1);
        usize::try_from(z % below).unwrap_or_default()
    }
}
