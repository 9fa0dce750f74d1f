//! What blocks make of prices: what each gains, and one answer drawn for each in proportion to how it is shared out.
//! Ties are so spread as the smoothed best spreads them, and a first plan asks of each row about what it has.

use super::answers::Entry;
use super::{How, Pass};
use crate::dual::Dual;
use crate::plan::Taken;
use crate::random::Random;

/// For each block what its best answer brings at the prices, and what it pays for it; and the deliveries drawn, by
/// line (lines of several partners and locks are left out).
#[derive(Default)]
pub(crate) struct Outlook {
    pub(crate) gains: Vec<(f64, f64)>,
    pub(crate) drawn: Vec<Taken>,
}

/// How smooth the shares are that answers are drawn from: as the last look at many lines.
const HEAT: f64 = 0.0015;

impl Dual<'_, '_> {
    pub(crate) fn outlook(&self, y: &[f64], seed: u64) -> Outlook {
        let quick = &self.quick(y)[..];
        let how = How {
            heat: HEAT,
            bends: false,
        };
        let parts = self.by_parts(|(begin, end)| {
            let mut pass = self.pass(y, quick, how);
            let mut own = Outlook::default();
            for block in begin..end {
                pass.choose(block, Random::new(seed ^ ((block as u64) << 20)), &mut own);
            }
            own
        });
        let mut out = Outlook::default();
        for part in parts {
            out.gains.extend(part.gains);
            out.drawn.extend(part.drawn);
        }
        out
    }
}

impl Pass<'_, '_, '_> {
    fn choose(&mut self, block: usize, mut random: Random, out: &mut Outlook) {
        let model = self.dual.model;
        let lines = model.block(block);
        let (mut best, mut drawn) = (0, 0);
        let gain = if lines.len() > 1 {
            let (found, value, shares) = self.levels_of(lines.clone());
            best = found
                .iter()
                .position(|level| level.0 == value.exact)
                .unwrap_or(0);
            let mut rest = random.unit();
            let mut shares = shares.iter();
            drawn = shares
                .position(|share| {
                    rest -= share;
                    rest < 0.0
                })
                .unwrap_or(best);
            value.exact
        } else {
            self.pool.clear();
            self.mosts.clear();
            self.gains.clear();
            let asked = self.asked(lines.start, 0);
            let tops = self.survey(&asked);
            let gain = self.collect(&asked, 0, 0, tops[0].1);
            self.share(&asked, 0, gain, true);
            gain
        };
        let mut paid = 0.0;
        for (own, at) in lines.enumerate() {
            let line = &model.lines[at];
            if let Some(answer) = self.best_of(own, best).filter(|a| best > 0 || a.gain > 0.0) {
                let price = self.y[answer.row as usize] + self.dual.surcharge(self.y, line);
                paid += price * answer.qty;
            }
            if line.is_locked() || line.is_multi() {
                continue;
            }
            let Some(answer) = self.draw(own, drawn, random.unit()) else {
                continue;
            };
            let mut edges = model.edges_of(at);
            if let Some(edge) = edges.find(|&e| model.row_of(e) == answer.row as usize) {
                out.drawn.push(Taken {
                    line: at as u32,
                    edge: edge as u32,
                    qty: answer.qty as u32,
                });
            }
        }
        out.gains.push((gain, paid));
    }

    /// The best answer in the pool of a line at a level; the first of equals.
    fn best_of(&self, own: usize, level: usize) -> Option<Entry> {
        let mine = self.pool.iter().filter(|answer| answer.is_of(own, level));
        mine.copied().fold(None, |best, answer| match best {
            Some(known) if known.gain >= answer.gain => best,
            _ => Some(answer),
        })
    }

    /// The answer of a line at a level that `at`, from 0 to 1, falls on when shares are laid end to end; none where the
    /// rest, to do without, begins.
    fn draw(&self, own: usize, level: usize, at: f64) -> Option<Entry> {
        let mut rest = at;
        let mut mine = self.pool.iter().zip(&self.gains);
        let found = mine.find(|(answer, share)| {
            if answer.is_of(own, level) {
                rest -= share.max(0.0);
            }
            rest < 0.0
        });
        found.map(|(&answer, _)| answer)
    }
}
