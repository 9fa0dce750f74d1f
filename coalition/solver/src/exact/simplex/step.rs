//! One exchange: which variable leaves, which enters, and what follows from it.

use super::{AT_LOWER, AT_UPPER, FEASIBLE, Simplex};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Pivots smaller than this are not trusted.
const PIVOT: f64 = 1e-7;
/// Reduced costs may err by this much of the usual cost.
const DUAL: f64 = 1e-10;

/// A column that may enter, nearest ratio first.
#[derive(Clone, Copy)]
struct Candidate {
    ratio: f64,
    col: u32,
}
impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Candidate {}
impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        other
            .ratio
            .total_cmp(&self.ratio)
            .then(other.col.cmp(&self.col))
    }
}

pub(super) enum Step {
    Done,
    Impossible,
    Trouble,
}

impl Simplex {
    /// The basic variable farthest outside its box, by steepest edge.
    pub(super) fn leaving(&self) -> Option<(usize, f64)> {
        let mut best = 0.0;
        let mut found = None;
        for (place, &x) in self.basic.iter().enumerate() {
            let col = self.basis[place] as usize;
            let excess = if x < self.lower[col] - FEASIBLE {
                x - self.lower[col]
            } else if x > self.upper[col] + FEASIBLE {
                x - self.upper[col]
            } else {
                continue;
            };
            let score = excess * excess / self.weight[place];
            if score > best {
                best = score;
                found = Some((place, excess));
            }
        }
        found
    }

    fn pivot_row(&mut self, place: usize) {
        let mut rho = std::mem::take(&mut self.rho);
        rho.clear();
        rho.resize(self.size(), 0.0);
        rho[place] = 1.0;
        self.row_of(rho);
    }

    fn row_of(&mut self, mut rho: Vec<f64>) {
        self.factor.backward(&mut rho);
        self.alpha.resize(self.cols.len(), 0.0);
        for &col in &self.touched {
            self.alpha[col as usize] = 0.0;
        }
        self.touched.clear();
        self.round += 1;
        self.mark.resize(self.cols.len(), 0);
        for (row, &r) in rho.iter().enumerate() {
            if r.abs() > 1e-13 {
                self.work += self.rows[row].len() as u64;
                for &(col, value) in &self.rows[row] {
                    let at = col as usize;
                    if self.place[at] < 0 {
                        if self.mark[at] != self.round {
                            self.mark[at] = self.round;
                            self.touched.push(col);
                        }
                        self.alpha[at] += r * value;
                    }
                }
            }
        }
        self.work += self.size() as u64;
        self.rho = rho;
    }

    /// The row of the tableau of a sum of variables: (columns out of the basis, entries).
    pub(in crate::exact) fn tableau_row(&mut self, form: &[(u32, f64)]) -> Vec<(u32, f64)> {
        let mut rho = vec![0.0; self.size()];
        for &(col, share) in form {
            if self.place[col as usize] >= 0 {
                rho[self.place[col as usize] as usize] = share;
            }
        }
        self.row_of(rho);
        for &(col, share) in form {
            let at = col as usize;
            if self.place[at] < 0 {
                if self.mark[at] != self.round {
                    self.mark[at] = self.round;
                    self.touched.push(col);
                }
                self.alpha[at] -= share;
            }
        }
        let mut touched = self.touched.clone();
        touched.sort_unstable();
        touched
            .into_iter()
            .map(|col| (col, self.alpha[col as usize]))
            .filter(|e| e.1.abs() > 1e-12)
            .collect()
    }

    pub(super) fn step(&mut self, place: usize, excess: f64) -> Step {
        self.pivot_row(place);
        let sign = if excess > 0.0 { 1.0 } else { -1.0 };
        let mut heap: Vec<Candidate> = Vec::new();
        for &col in &self.touched {
            let at = col as usize;
            let a = sign * self.alpha[at];
            if a.abs() < PIVOT || self.place[at] >= 0 || self.lower[at] == self.upper[at] {
                continue;
            }
            let is_up = self.place[at] == AT_UPPER;
            if (a > 0.0) == is_up {
                continue;
            }
            heap.push(Candidate {
                ratio: (self.reduced[at] / a).max(0.0),
                col,
            });
        }
        let mut heap = BinaryHeap::from(heap);
        let mut slope = excess.abs();
        let mut passed: Vec<u32> = Vec::new();
        let mut last = None;
        while let Some(next) = heap.pop() {
            let at = next.col as usize;
            slope -= self.alpha[at].abs() * (self.upper[at] - self.lower[at]);
            if slope <= FEASIBLE || !slope.is_finite() {
                last = Some(next);
                break;
            }
            passed.push(next.col);
        }
        let Some(last) = last else {
            return if slope > 1e-6 {
                Step::Impossible
            } else {
                Step::Trouble
            };
        };
        // Among nearly equal ratios the largest pivot is the safest.
        let slack = DUAL * (self.scale + 1e-9);
        let mut entering = last.col as usize;
        while let Some(next) = heap.pop() {
            let at = next.col as usize;
            if (next.ratio - last.ratio) * self.alpha[at].abs() > slack {
                break;
            }
            if self.alpha[at].abs() > self.alpha[entering].abs() {
                entering = at;
            }
        }
        if self.alpha[entering].abs() < 1e-5 {
            let best = passed
                .iter()
                .map(|&c| c as usize)
                .rev()
                .take(8)
                .find(|&at| {
                    self.alpha[at].abs() > 1e-3
                        && (last.ratio - self.reduced[at] / (sign * self.alpha[at]))
                            * self.alpha[at].abs()
                            < slack
                });
            if let Some(at) = best {
                entering = at;
                passed.retain(|&c| c as usize != at);
            }
        }
        let mut column = vec![0.0; self.size()];
        self.cols[entering]
            .iter()
            .for_each(|e| column[e.0 as usize] = e.1);
        self.factor.forward(&mut column);
        let pivot = column[place];
        let expected = self.alpha[entering];
        if (pivot - expected).abs() > 1e-7 * (1.0 + expected.abs()) || pivot.abs() < PIVOT {
            return Step::Trouble;
        }
        self.flip(&passed);
        self.exchange(place, entering, &column, sign);
        Step::Done
    }

    /// Moves boxed variables to their other bound.
    fn flip(&mut self, passed: &[u32]) {
        if passed.is_empty() {
            return;
        }
        let mut v = vec![0.0; self.size()];
        for &col in passed {
            let at = col as usize;
            let before = self.value(at);
            self.place[at] = if self.place[at] == AT_UPPER {
                AT_LOWER
            } else {
                AT_UPPER
            };
            let change = self.value(at) - before;
            self.cols[at]
                .iter()
                .for_each(|e| v[e.0 as usize] += e.1 * change);
        }
        self.factor.forward(&mut v);
        self.basic.iter_mut().zip(&v).for_each(|(x, d)| *x -= d);
        self.work += 2 * self.size() as u64;
    }

    fn exchange(&mut self, place: usize, entering: usize, column: &[f64], sign: f64) {
        let leaving = self.basis[place] as usize;
        let pivot = column[place];
        let step = self.reduced[entering] / pivot;
        for k in 0..self.touched.len() {
            let at = self.touched[k] as usize;
            if self.place[at] < 0 && at != entering {
                self.reduced[at] -= step * self.alpha[at];
                let wrong = match self.place[at] {
                    AT_LOWER => self.reduced[at] < 0.0,
                    _ => self.reduced[at] > 0.0,
                };
                if wrong && self.lower[at] < self.upper[at] {
                    self.shift(at);
                }
            }
        }
        self.reduced[entering] = 0.0;
        self.reduced[leaving] = -step;
        let bound = if sign > 0.0 {
            self.upper[leaving]
        } else {
            self.lower[leaving]
        };
        let travel = (self.basic[place] - bound) / pivot;
        let entered = self.value(entering) + travel;
        for (x, &a) in self.basic.iter_mut().zip(column) {
            if a != 0.0 {
                *x -= travel * a;
            }
        }
        self.reweigh(place, column);
        self.basic[place] = entered;
        self.basis[place] = entering as u32;
        self.place[entering] = place as i32;
        self.place[leaving] = if sign > 0.0 { AT_UPPER } else { AT_LOWER };
        self.factor.exchange(place, column);
        self.work += 6 * self.size() as u64;
    }

    /// Steepest-edge weights after an exchange.
    fn reweigh(&mut self, place: usize, column: &[f64]) {
        let mut tau = std::mem::take(&mut self.rho);
        let own: f64 = tau.iter().map(|r| r * r).sum();
        self.factor.forward(&mut tau);
        let pivot = column[place];
        for (at, &a) in column.iter().enumerate() {
            if a != 0.0 && at != place {
                let k = a / pivot;
                let fresh = self.weight[at] + k * (k * own - 2.0 * tau[at]);
                self.weight[at] = fresh.max(1e-4 + k * k * own * 1e-6).max(1e-6);
            }
        }
        self.weight[place] = (own / (pivot * pivot)).max(1e-6);
        self.rho = tau;
    }
}
