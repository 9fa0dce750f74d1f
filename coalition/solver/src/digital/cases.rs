//! The bound at given prices, and the proof by cases: what is undecided at the prices is taken as open, then as closed.

use super::{Best, Openings, Problem};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Steps that lower the bound of each case.
const STEPS: usize = 40;
/// Gains that may be looked at in all.
const LOOKS_MAX: usize = 20_000_000;

/// What is decided of each site: open, closed or neither.
type Decided = [Option<bool>];

/// A part of all plans, with what no plan of it exceeds.
struct Case {
    bound: f64,
    y: Vec<f64>,
    decided: Vec<Option<bool>>,
    /// The site least decided at these prices.
    asks: Option<usize>,
}

impl PartialEq for Case {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Case {}
impl PartialOrd for Case {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Case {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bound.total_cmp(&other.bound)
    }
}

impl<'i> Problem<'i> {
    /// Nothing decided but what locks open.
    fn locked_open(&self) -> Vec<Option<bool>> {
        let decided = |site: &super::Site| site.is_forced.then_some(true);
        self.sites.iter().map(decided).collect()
    }

    /// The least bound that telling cases apart proves, until it exceeds the best openings by the share `near`.
    pub(super) fn prove<'p>(
        &'p self,
        best: &Best,
        openings: &mut Openings<'p, 'i>,
        near: f64,
        go_on: &mut dyn FnMut() -> bool,
    ) -> f64 {
        let looks = STEPS * self.sites.iter().map(|s| s.gains.len()).sum::<usize>();
        let mut cases_left = LOOKS_MAX / looks.max(1);
        let mut root = Best {
            y: best.y[..self.classes.len()].to_vec(),
            bound: best.bound,
        };
        let decided = self.locked_open();
        let asks = self.polish(&mut root, openings.value(), STEPS, &decided);
        let mut open = BinaryHeap::from([Case {
            bound: root.bound,
            y: root.y,
            decided,
            asks,
        }]);
        // What cannot be told apart any more.
        let mut settled = f64::NEG_INFINITY;
        while let Some(case) = open.pop() {
            let enough = openings.value() * (1.0 + near);
            let Some(site) = case.asks else {
                settled = settled.max(case.bound);
                continue;
            };
            if case.bound.max(settled) <= enough || cases_left < 2 || !go_on() {
                settled = settled.max(case.bound);
                break;
            }
            for is_open in [true, false] {
                cases_left -= 1;
                let mut decided = case.decided.clone();
                decided[site] = Some(is_open);
                let mut own = Best {
                    y: case.y.clone(),
                    bound: case.bound,
                };
                let asks = self.polish(&mut own, openings.value(), STEPS, &decided);
                if cases_left.is_multiple_of(16) {
                    let mut rounded = Openings::new(self);
                    rounded.round(&self.openness(&own.y));
                    rounded.improve(go_on);
                    if rounded.value() > openings.value() {
                        *openings = rounded;
                    }
                }
                open.push(Case {
                    bound: own.bound,
                    y: own.y,
                    decided,
                    asks,
                });
            }
        }
        settled.max(openings.value()).min(best.bound)
    }

    /// Lowers the bound towards a value known to be reached: subgradient steps of Polyak's length. Says which site
    /// was open in about half of them.
    pub(super) fn polish(
        &self,
        best: &mut Best,
        reached: f64,
        steps: usize,
        decided: &Decided,
    ) -> Option<usize> {
        let classes = self.classes.len();
        let scale: Vec<f64> = self.classes.iter().map(|c| c.value.max(1e-9)).collect();
        let mut y = best.y[..classes].to_vec();
        let mut way = vec![0.0; classes];
        let mut slope = vec![0.0; classes];
        let mut times = vec![0usize; self.sites.len()];
        let (mut boldness, mut idle, mut taken) = (1.0, 0, 0);
        let mut mark = f64::INFINITY;
        for step in 0..steps {
            if step % 50 == 49 {
                if best.bound > mark - 2e-5 * reached.abs() {
                    break;
                }
                mark = best.bound;
            }
            let bound = self.exact(&y, decided, &mut slope, &mut times);
            taken += 1;
            if bound < best.bound {
                idle = 0;
                best.bound = bound;
                best.y[..classes].copy_from_slice(&y);
            } else {
                idle += 1;
            }
            if best.bound <= reached * (1.0 + 1e-7) || boldness < 0.01 {
                break;
            }
            if idle > 12 {
                (boldness, idle) = (boldness * 0.6, 0);
                y.copy_from_slice(&best.y[..classes]);
                way.fill(0.0);
                continue;
            }
            let mut size = 0.0;
            for k in 0..classes {
                // Part of the last direction is kept, so that steps do not zigzag.
                way[k] = 0.6 * way[k] + slope[k];
                if y[k] <= 0.0 && way[k] > 0.0 {
                    way[k] = 0.0;
                }
                size += way[k] * way[k] * scale[k];
            }
            let length = boldness * (bound - reached) / size.max(1e-30);
            for k in 0..classes {
                y[k] = (y[k] - length * way[k] * scale[k]).max(0.0);
            }
        }
        let undecided = (0..times.len()).filter(|&s| decided[s].is_none());
        undecided.min_by_key(|&s| (2 * times[s]).abs_diff(taken))
    }

    /// The bound at these prices, with its slope; counts which sites it opens.
    fn exact(&self, y: &[f64], decided: &Decided, slope: &mut [f64], times: &mut [usize]) -> f64 {
        slope.fill(1.0);
        let mut bound: f64 = y.iter().sum();
        let mut ranked: Vec<(bool, f64, u32)> = Vec::new();
        for (sites, &limit) in self.by_offer.iter().zip(&self.limit) {
            ranked.clear();
            for &id in sites {
                let site = &self.sites[id as usize];
                let surplus = site
                    .gains
                    .iter()
                    .map(|&(class, gain)| (gain - y[class as usize]).max(0.0))
                    .sum::<f64>()
                    - site.cost;
                let is_open = decided[id as usize];
                if is_open == Some(true) || (surplus > 0.0 && is_open.is_none()) {
                    ranked.push((is_open.is_some(), surplus, id));
                }
            }
            ranked.sort_by(|a, b| {
                let first = b.0.cmp(&a.0).then(b.1.total_cmp(&a.1));
                first.then(a.2.cmp(&b.2))
            });
            if ranked.get(limit).is_some_and(|next| next.0) {
                // More are taken as open than may be.
                return f64::NEG_INFINITY;
            }
            for &(_, surplus, id) in ranked.iter().take(limit) {
                bound += surplus;
                times[id as usize] += 1;
                for &(class, gain) in &self.sites[id as usize].gains {
                    if gain > y[class as usize] {
                        slope[class as usize] -= 1.0;
                    }
                }
            }
        }
        bound
    }
}
