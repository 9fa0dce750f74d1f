//! Finds good prices: projected L-BFGS on the smoothed bound, made less smooth in stages.
//!
//! The exact bound is computed in the same pass, and the best prices met are kept.

use std::collections::VecDeque;

const MEMORY: usize = 30;
/// With so many multipliers memory is dear: fewer pairs are kept.
const MANY: usize = 20_000;
const MEMORY_MANY: usize = 16;
/// How far a scale may lie from the usual one.
const SPREAD: f64 = 30.0;

/// Value of a bound: smoothed for the search, exact for the certificate.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Value {
    pub(crate) smooth: f64,
    pub(crate) exact: f64,
}

/// The heat of a look for the exact value alone.
pub(crate) const EXACT: f64 = 1e-3;

/// A bound as a function of multipliers that may not be negative.
pub(crate) trait Bound {
    /// The bound at `y`, exact and smoothed at a heat, with its slope and, where asked, the size of its bend.
    fn evaluate(
        &self,
        y: &[f64],
        heat: f64,
        bend: Option<&mut Vec<f64>>,
        slope: &mut Vec<f64>,
    ) -> Value;
    /// Multipliers to begin with.
    fn first_guess(&self) -> Vec<f64>;
    /// The usual size of each multiplier against the bend of the bound along it.
    fn scale(&self) -> Vec<f64>;
    /// The part of all eligible deliveries that a look takes in; only looks at all of them prove a bound.
    fn part(&self) -> f64 {
        1.0
    }
}

/// The best prices met so far.
#[derive(Debug, Clone)]
pub(crate) struct Best {
    pub(crate) y: Vec<f64>,
    pub(crate) bound: f64,
}

/// A stage of the search: how smooth, how many evaluations.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Stage {
    pub(crate) heat: f64,
    pub(crate) evaluations: usize,
}

/// One curve pair of the L-BFGS memory, in scaled variables.
struct Pair {
    step: Vec<f32>,
    change: Vec<f32>,
    rho: f64,
}

/// Stages may look at different samples of the same blocks: the multipliers are the same.
pub(crate) struct Descent {
    pub(crate) best: Best,
    y: Vec<f64>,
    scale: Vec<f64>,
    memory: VecDeque<Pair>,
    /// Looks at all blocks, those at a sample counted in part.
    pub(crate) looks: f64,
}

impl Descent {
    /// Starts from prices.
    pub(crate) fn new(y: Vec<f64>) -> Self {
        let best = Best {
            y: y.clone(),
            bound: f64::INFINITY,
        };
        Descent {
            best,
            y,
            scale: Vec::new(),
            memory: VecDeque::new(),
            looks: 0.0,
        }
    }

    /// Goes on at the best prices met.
    pub(crate) fn rewind(&mut self) {
        if self.best.bound < f64::INFINITY {
            self.y.clone_from(&self.best.y);
        }
    }

    fn look(&mut self, dual: &impl Bound, y: &[f64], heat: f64, slope: &mut Vec<f64>) -> Value {
        let value = dual.evaluate(y, heat, None, slope);
        self.looks += dual.part();
        if dual.part() >= 1.0 && value.exact < self.best.bound {
            self.best.bound = value.exact;
            self.best.y.clear();
            self.best.y.extend_from_slice(y);
        }
        value
    }

    /// Runs one stage; false when the line search found nothing better at once. `go_on` is told the best bound and the
    /// looks so far.
    pub(crate) fn run(
        &mut self,
        dual: &impl Bound,
        stage: Stage,
        by_bend: bool,
        go_on: &mut dyn FnMut(f64, f64) -> bool,
    ) -> bool {
        self.rescale(dual, stage.heat, by_bend);
        // Curvature learnt at one heat helps at the next, as long as the scale stays.
        if by_bend {
            self.memory.clear();
        }
        let mut slope = Vec::new();
        let mut y = self.y.clone();
        let mut value = self.look(dual, &y, stage.heat, &mut slope);
        let (mut used, mut moved, mut failures) = (1, false, 0);
        while used < stage.evaluations && go_on(self.best.bound, self.looks) {
            let (z_step, slope_along) = self.direction(&y, &slope);
            if slope_along >= 0.0 {
                break;
            }
            let fresh = self.memory.is_empty();
            let mut length = if fresh {
                self.first_length(&z_step, &slope, value.smooth)
            } else {
                1.0
            };
            let mut accepted = false;
            for _ in 0..8 {
                let trial = self.moved(&y, &z_step, length);
                let mut trial_slope = Vec::new();
                let found = self.look(dual, &trial, stage.heat, &mut trial_slope);
                used += 1;
                let gained: f64 = trial
                    .iter()
                    .zip(&y)
                    .zip(&slope)
                    .map(|((a, b), g)| (a - b) * g)
                    .sum();
                if found.smooth <= value.smooth + 1e-4 * gained {
                    self.remember(&y, &trial, &slope, &trial_slope);
                    let progress = value.smooth - found.smooth;
                    (y, slope, value) = (trial, trial_slope, found);
                    (accepted, moved) = (true, true);
                    if progress < 1e-7 * value.smooth.abs() {
                        failures += 1;
                    }
                    break;
                }
                length *= 0.35;
                if used >= stage.evaluations {
                    break;
                }
            }
            // A line search cut off at the end of a stage says nothing against what was learnt.
            if !accepted && used < stage.evaluations {
                failures += 1;
                self.memory.clear();
            }
            if failures >= 2 {
                break;
            }
        }
        self.y = y;
        moved
    }

    fn rescale(&mut self, dual: &impl Bound, heat: f64, by_bend: bool) {
        if !by_bend {
            self.scale = dual.scale();
            return;
        }
        let (mut bend, mut slope) = (Vec::new(), Vec::new());
        dual.evaluate(&self.y, heat, Some(&mut bend), &mut slope);
        self.looks += dual.part();
        // A multiplier without bend keeps its usual size; none strays far from it.
        let plain = dual.scale();
        let ratio = |k: usize| {
            if bend[k] > 0.0 {
                Some(1.0 / (bend[k].sqrt() * plain[k]))
            } else {
                None
            }
        };
        let mut ratios: Vec<f64> = (0..bend.len()).filter_map(ratio).collect();
        ratios.sort_by(f64::total_cmp);
        let middle = ratios.get(ratios.len() / 2).copied().unwrap_or(1.0);
        let own = |k: usize| {
            plain[k]
                * ratio(k)
                    .unwrap_or(middle)
                    .clamp(middle / SPREAD, middle * SPREAD)
        };
        self.scale = (0..bend.len()).map(own).collect();
    }

    /// Direction in scaled variables with the held coordinates at 0, and the slope along it.
    fn direction(&self, y: &[f64], slope: &[f64]) -> (Vec<f64>, f64) {
        let n = y.len();
        let is_held: Vec<bool> = (0..n).map(|k| y[k] <= 0.0 && slope[k] >= 0.0).collect();
        let scaled: Vec<f64> = (0..n)
            .map(|k| {
                if is_held[k] {
                    0.0
                } else {
                    slope[k] * self.scale[k]
                }
            })
            .collect();
        let mut q = scaled.clone();
        let mut alphas = Vec::with_capacity(self.memory.len());
        for pair in self.memory.iter().rev() {
            let alpha = pair.rho * along(&pair.step, &q);
            add(&mut q, -alpha, &pair.change);
            alphas.push(alpha);
        }
        if let Some(last) = self.memory.back() {
            let gamma = 1.0 / (last.rho * square(&last.change));
            q.iter_mut().for_each(|q| *q *= gamma);
        }
        for (pair, alpha) in self.memory.iter().zip(alphas.iter().rev()) {
            let beta = pair.rho * along(&pair.change, &q);
            add(&mut q, alpha - beta, &pair.step);
        }
        for k in 0..n {
            q[k] = if is_held[k] { 0.0 } else { -q[k] };
        }
        let slope_along = dot(&q, &scaled);
        if slope_along < 0.0 {
            return (q, slope_along);
        }
        let plain: Vec<f64> = scaled.iter().map(|g| -g).collect();
        let slope_along = dot(&plain, &scaled);
        (plain, slope_along)
    }

    fn first_length(&self, step: &[f64], slope: &[f64], value: f64) -> f64 {
        // A step that would, to first order, take off a hundredth of the bound.
        let along: f64 = step
            .iter()
            .zip(slope)
            .zip(&self.scale)
            .map(|((s, g), c)| s * g * c)
            .sum();
        (0.01 * value.abs() / along.abs().max(1e-30)).min(1.0)
    }

    fn moved(&self, y: &[f64], step: &[f64], length: f64) -> Vec<f64> {
        y.iter()
            .zip(step)
            .zip(&self.scale)
            .map(|((y, s), c)| (y + length * s * c).max(0.0))
            .collect()
    }

    fn remember(&mut self, y: &[f64], next: &[f64], slope: &[f64], next_slope: &[f64]) {
        let step: Vec<f32> = next
            .iter()
            .zip(y)
            .zip(&self.scale)
            .map(|((a, b), c)| ((a - b) / c) as f32)
            .collect();
        let change: Vec<f32> = next_slope
            .iter()
            .zip(slope)
            .zip(&self.scale)
            .map(|((a, b), c)| ((a - b) * c) as f32)
            .collect();
        let terms = step.iter().zip(&change);
        let curve: f64 = terms.map(|(&a, &b)| f64::from(a) * f64::from(b)).sum();
        if curve > 1e-10 * square(&change).sqrt() * square(&step).sqrt() {
            let most = if y.len() > MANY { MEMORY_MANY } else { MEMORY };
            if self.memory.len() >= most {
                self.memory.pop_front();
            }
            self.memory.push_back(Pair {
                step,
                change,
                rho: 1.0 / curve,
            });
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

// Pairs are kept in short numbers: they only guide, and reading them is what a step costs.

fn along(a: &[f32], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(&x, y)| f64::from(x) * y).sum()
}

fn square(a: &[f32]) -> f64 {
    a.iter().map(|&x| f64::from(x) * f64::from(x)).sum()
}

fn add(sum: &mut [f64], times: f64, what: &[f32]) {
    sum.iter_mut()
        .zip(what)
        .for_each(|(q, &x)| *q += times * f64::from(x));
}
