//! Whom to mobilise next: what an offer that does not exist yet would bring, at most, by place, service and language.
//!
//! For a new offer of `b` units, any price π proves the ceiling π·b + what all blocks would gain at π. The figures here
//! are the least of these over many π; add `residual` to have a bound on any plan with such an offer.

use crate::descent::{Bound, EXACT};
use crate::dual::Dual;
use crate::instance::{Delivery, Group, Instance, Problem};
use crate::model::{Model, OPTIONS};
use crate::oracle::{Ask, Offered, lots, weigh};
use crate::prices::Prices;
use crate::score::{coverage, objective};
use std::collections::BTreeMap;

/// How finely needs are grouped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GapOptions {
    pub by_area: bool,
}

/// A group of open needs and what new capacity for it would bring.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    pub category: u32,
    pub country: u32,
    pub area: Option<u32>,
    /// None where language does not matter.
    pub language: Option<u32>,
    /// Period in which the needs begin.
    pub period: u32,
    pub lines: u32,
    /// Units asked for and not given.
    pub open_units: f64,
    /// Learners not yet reached, and how many of them are of each group, in the order of [`Group::ALL`].
    pub learners: f64,
    pub learners_of: [f64; 6],
    /// Points per unit of the first unit, at most.
    pub first_unit: f64,
    /// Points of 10 %, 50 % and 100 % of the open units, at most.
    pub at_most: [f64; 3],
}

/// All gaps, the most useful first.
#[derive(Debug, Clone, PartialEq)]
pub struct GapAnalysis {
    pub gaps: Vec<Gap>,
    /// Points by which the plan may still be below the best; part of every certified ceiling.
    pub residual: f64,
}

const SHARES: [f64; 3] = [0.1, 0.5, 1.0];
/// Prices tried for each gap.
const TRIALS: usize = 40;

type Key = (u32, u32, Option<u32>, Option<u32>, u32);

/// Finds what new capacity would bring, from a plan and its prices.
pub fn gap_analysis(
    instance: &Instance,
    deliveries: &[Delivery],
    prices: &Prices,
    options: GapOptions,
) -> Result<GapAnalysis, Vec<Problem>> {
    let mut faults = instance.validate();
    faults.extend(crate::conflict::problems(instance));
    if !faults.is_empty() {
        return Err(faults);
    }
    let model = Model::new(instance, 1);
    let dual = Dual::new(&model, 1);
    let y = dual.multipliers(prices);
    let bound = dual.evaluate(&y, EXACT, None, &mut Vec::new()).exact;
    let covered = coverage(instance, deliveries);
    let study = Study { dual: &dual, y: &y };
    let mut groups: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
    for (at, line) in model
        .lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_locked())
    {
        let need = &instance.needs[line.need as usize];
        let category = usize::from(need.category);
        let language = instance.meta.categories[category]
            .has_language
            .then_some(need.lang1);
        let area = options.by_area.then_some(need.area);
        let key = (
            u32::from(need.category),
            u32::from(need.country),
            area,
            language,
            u32::from(need.t_from),
        );
        groups.entry(key).or_default().push(at as u32);
    }
    let mut gaps: Vec<Gap> = groups
        .iter()
        .map(|(key, lines)| study.gap(*key, lines, &covered))
        .collect();
    gaps.retain(|gap| gap.open_units > 0.0);
    gaps.sort_by(|a, b| {
        b.at_most[2]
            .total_cmp(&a.at_most[2])
            .then_with(|| key_of(a).cmp(&key_of(b)))
    });
    Ok(GapAnalysis {
        gaps,
        residual: (bound - objective(instance, deliveries).rival).max(0.0),
    })
}

fn key_of(gap: &Gap) -> Key {
    (
        gap.category,
        gap.country,
        gap.area,
        gap.language,
        gap.period,
    )
}

struct Study<'s, 'm, 'i> {
    dual: &'s Dual<'m, 'i>,
    y: &'s [f64],
}

impl Study<'_, '_, '_> {
    fn gap(&self, key: Key, lines: &[u32], covered: &[f64]) -> Gap {
        let model = self.dual.model;
        let mut gap = Gap {
            category: key.0,
            country: key.1,
            area: key.2,
            language: key.3,
            period: key.4,
            lines: 0,
            open_units: 0.0,
            learners: 0.0,
            learners_of: [0.0; 6],
            first_unit: 0.0,
            at_most: [0.0; 3],
        };
        let mut critical = Vec::new();
        for &at in lines {
            let line = &model.lines[at as usize];
            let need = &model.instance.needs[line.need as usize];
            let open = (1.0 - covered[line.need as usize]).max(0.0);
            if open <= 1e-9 {
                continue;
            }
            gap.lines += 1;
            gap.open_units += open * f64::from(line.qty);
            gap.learners += open * f64::from(need.learners);
            for group in Group::ALL {
                gap.learners_of[group as usize] +=
                    open * f64::from(need.learners) * f64::from(line.groups[group as usize])
                        / 1000.0;
            }
            let worth = line.value / f64::from(line.qty);
            let add = self.dual.surcharge(self.y, line);
            critical.extend(
                model.curve.slopes[..model.curve.count]
                    .iter()
                    .map(|slope| (worth * slope * 1.5 - add).max(0.0)),
            );
        }
        critical.push(0.0);
        critical.sort_by(|a, b| b.total_cmp(a));
        let stride = critical.len().div_ceil(TRIALS).max(1);
        let blocks = self.blocks(lines);
        let trials = critical.iter().step_by(stride).chain(critical.last());
        let curve: Vec<(f64, f64)> = trials
            .map(|&price| {
                (
                    price,
                    blocks.iter().map(|own| self.gained(own, price)).sum(),
                )
            })
            .collect();
        let ceiling = |units: f64| {
            curve
                .iter()
                .map(|(price, gain)| price * units + gain)
                .fold(f64::INFINITY, f64::min)
        };
        for (place, share) in gap.at_most.iter_mut().zip(SHARES) {
            *place = ceiling(share * gap.open_units);
        }
        // The first unit: the lowest price at which no block would still gain.
        gap.first_unit = curve
            .iter()
            .filter(|(_, gain)| *gain <= 1e-9)
            .map(|(price, _)| *price)
            .fold(f64::INFINITY, f64::min);
        if gap.first_unit == f64::INFINITY {
            gap.first_unit = ceiling(1.0);
        }
        gap
    }

    /// The blocks of some lines with the best answers they have today.
    fn blocks(&self, lines: &[u32]) -> Vec<Today> {
        let model = self.dual.model;
        let mut ids: Vec<u32> = lines
            .iter()
            .map(|&line| model.block_of[line as usize])
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.into_iter()
            .map(|block| self.today(block as usize, lines))
            .collect()
    }

    fn today(&self, block: usize, lines: &[u32]) -> Today {
        let model = self.dual.model;
        let mut own = Today {
            asking: Vec::new(),
            others: [0.0; OPTIONS],
            earned: [f64::NEG_INFINITY; OPTIONS],
            several: None,
        };
        let range = model.block(block);
        if model.lines[range.start].is_multi() {
            own.several = Some(range.start);
            return own;
        }
        let levels = if range.len() > 1 {
            model.levels.len()
        } else {
            0
        };
        let worth: f64 = range.clone().map(|at| model.lines[at].value).sum();
        for level in 0..=levels {
            own.earned[level] = if level == 0 {
                0.0
            } else {
                model.levels[level - 1].1 * model.share * worth
            };
        }
        for at in range {
            let best = self.best(at);
            if lines.binary_search(&(at as u32)).is_ok() {
                own.asking.push((at, best));
            } else {
                own.others
                    .iter_mut()
                    .zip(best)
                    .for_each(|(sum, b)| *sum += b);
            }
        }
        own
    }

    /// Best gain of a line at today's prices, at each package level.
    fn best(&self, at: usize) -> [f64; OPTIONS] {
        let model = self.dual.model;
        let line = &model.lines[at];
        let mut best = [f64::NEG_INFINITY; OPTIONS];
        let lock = model.lock_of(at);
        best[0] = if lock.is_some() {
            f64::NEG_INFINITY
        } else {
            0.0
        };
        let ask = Ask::new(model, line);
        let add = self.dual.surcharge(self.y, line);
        for e in model
            .edges_of(at)
            .filter(|&e| lock.is_none_or(|lock| lock.edge as usize == e))
        {
            let row = model.row_of(e);
            let mut lots = lots(model, line, &model.rows[row]);
            if let Some(lock) = lock {
                lots = (f64::from(lock.qty), f64::from(lock.qty), lots.2);
            }
            let offered = Offered::new(model, &ask, (at, e as u32), self.y[row] + add, lots);
            weigh(model, &ask, offered, line.is_packed(), |level, answer| {
                best[level] = best[level].max(answer.gain);
            });
        }
        best
    }

    /// What a block would gain from a perfect new offer at a price: no cost, no lot, on time, in the first language.
    fn gained(&self, own: &Today, price: f64) -> f64 {
        let model = self.dual.model;
        if let Some(at) = own.several {
            return self.gained_several(at, price);
        }
        let (mut before, mut after) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        let mut new = [[f64::NEG_INFINITY; OPTIONS]; 8];
        for (place, (at, _)) in new.iter_mut().zip(&own.asking) {
            let line = &model.lines[*at];
            let ask = Ask::new(model, line);
            let price = price + self.dual.surcharge(self.y, line);
            let offered = Offered {
                edge: 0,
                fit: 1.0,
                price,
                fixed: 0.0,
                lots: (1.0, ask.qty, 1.0),
            };
            weigh(model, &ask, offered, line.is_packed(), |level, answer| {
                place[level] = answer.gain
            });
        }
        for level in (0..OPTIONS).filter(|&level| own.earned[level] > f64::NEG_INFINITY) {
            let base = own.others[level] + own.earned[level];
            before = before.max(base + own.asking.iter().map(|(_, best)| best[level]).sum::<f64>());
            let with = own.asking.iter().enumerate().map(|(k, (_, best))| {
                new.get(k)
                    .map_or(best[level], |n| n[level].max(best[level]))
            });
            after = after.max(base + with.sum::<f64>());
        }
        (after - before).max(0.0)
    }

    fn gained_several(&self, at: usize, price: f64) -> f64 {
        let model = self.dual.model;
        let Ok(place) = model.multis.binary_search(&(at as u32)) else {
            return 0.0;
        };
        let own = self.dual.layout.multis + 3 * place;
        let line = &model.lines[at];
        let qty = f64::from(line.qty);
        let asked = price + self.dual.surcharge(self.y, line);
        if model.edges_of(at).is_empty() {
            let ask = Ask::new(model, line);
            return ask.best(1.0, asked, (1.0, qty, 1.0)).0.max(0.0);
        }
        (qty * (self.y[own] / qty - asked - self.y[own + 1]) - self.y[own + 2]).max(0.0)
    }
}

/// A block as it stands: lines that would use the new offer, the sum of the others, and what each level earns.
struct Today {
    asking: Vec<(usize, [f64; OPTIONS])>,
    others: [f64; OPTIONS],
    earned: [f64; OPTIONS],
    several: Option<usize>,
}
