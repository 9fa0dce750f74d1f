//! From one number of samples a second to another, as they come.

/// Zero crossings of the filter to each side.
const REACH: f64 = 12.0;
/// How much of the band is kept; the rest is the slope of the filter.
const KEPT: f64 = 0.92;

/// A filter that is pushed samples and gives others.
pub(super) struct Rate {
    from: u32,
    /// Output samples stand at multiples of `step` / `parts` of an input sample.
    step: usize,
    parts: usize,
    /// One row of weights for each part.
    weights: Vec<Vec<f32>>,
    /// Input still needed; the first `lead` were silence.
    held: Vec<f32>,
    /// Where the next output sample stands: the part of an input sample after the first one held.
    part: usize,
    lead: usize,
}

impl Rate {
    pub(super) fn new(from: u32, to: u32) -> Self {
        let (step, parts) = simplest(from.max(1), to);
        let ratio = f64::from(step) / f64::from(parts);
        let narrow = ratio.max(1.0);
        let cut = KEPT / narrow;
        let reach = REACH * narrow;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a reach of a few hundred samples"
        )]
        let lead = reach.ceil() as usize;
        let weights = (0..parts)
            .map(|part| row(f64::from(part) / f64::from(parts), lead, cut, reach))
            .collect();
        Self {
            from,
            step: step as usize,
            parts: parts as usize,
            weights,
            held: vec![0.0; lead],
            part: 0,
            lead,
        }
    }

    pub(super) const fn is_from(&self, speed: u32) -> bool {
        self.from == speed
    }

    pub(super) fn push(&mut self, samples: &[f32], give: &mut dyn FnMut(f32)) {
        self.held.extend_from_slice(samples);
        let taps = self.lead * 2 + 1;
        let mut start = 0;
        while let Some(window) = self.held.get(start..start + taps) {
            let row = self.weights.get(self.part).map_or(&[][..], Vec::as_slice);
            give(window.iter().zip(row).map(|(a, b)| a * b).sum());
            self.part += self.step;
            start += self.part / self.parts;
            self.part %= self.parts;
        }
        self.held.drain(..start.min(self.held.len()));
    }

    /// The end of the sound, with silence after it.
    pub(super) fn finish(&mut self, give: &mut dyn FnMut(f32)) {
        let silence = vec![0.0; self.lead];
        self.push(&silence, give);
    }
}

fn simplest(from: u32, to: u32) -> (u32, u32) {
    let (mut a, mut b) = (from, to);
    while b > 0 {
        (a, b) = (b, a % b);
    }
    (from / a, to / a)
}

/// The weights of an output sample that stands `part` after the input sample in the middle.
fn row(part: f64, lead: usize, cut: f64, reach: f64) -> Vec<f32> {
    let mut row: Vec<f64> = (0..=lead * 2)
        .map(|n| {
            #[expect(clippy::cast_precision_loss, reason = "a few hundred samples")]
            let x = n as f64 - lead as f64 - part;
            let window = 0.5 + 0.5 * (std::f64::consts::PI * (x / reach).clamp(-1.0, 1.0)).cos();
            let at = std::f64::consts::PI * x * cut;
            let sinc = if at.abs() < 1e-9 { 1.0 } else { at.sin() / at };
            sinc * cut * window
        })
        .collect();
    let sum: f64 = row.iter().sum();
    if sum.abs() > 1e-9 {
        row.iter_mut().for_each(|weight| *weight /= sum);
    }
    #[expect(clippy::cast_possible_truncation, reason = "weights below one")]
    row.iter().map(|weight| *weight as f32).collect()
}
