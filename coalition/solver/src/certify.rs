//! The bound that a price file proves, recomputed from the instance alone.

use crate::conflict;
use crate::descent::{Bound, EXACT};
use crate::digital::{candidates, kept};
use crate::dual::Dual;
use crate::eligibility::{fit, pair};
use crate::instance::{Instance, Kind, Problem};
use crate::model::Model;
use crate::prices::Prices;
use std::collections::BTreeMap;

/// What prices prove: no plan is worth more than `rival + digital`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Certificate {
    pub rival: f64,
    pub digital: f64,
}

impl Certificate {
    pub fn total(&self) -> f64 {
        self.rival + self.digital
    }
}

/// Recomputes the bound of some prices; refuses instances with faults and prices that are negative or not finite.
pub fn certify(instance: &Instance, prices: &Prices) -> Result<Certificate, Vec<Problem>> {
    let mut faults = instance.validate();
    if faults.is_empty() {
        faults = conflict::problems(instance);
    }
    let lines = prices.lines.values().flatten();
    let all = prices
        .offers
        .values()
        .chain(prices.floors.values())
        .chain(prices.caps.values())
        .chain(lines);
    if !all
        .chain(prices.needs.iter().map(|(_, v)| v))
        .all(|v| v.is_finite() && *v >= 0.0)
    {
        faults.push(Problem::new(
            "prices",
            "price_negative",
            "Prices must be numbers from 0.",
        ));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let model = Model::new(instance, 1);
    let dual = Dual::new(&model, 1);
    let value = dual.evaluate(&dual.multipliers(prices), EXACT, None, &mut Vec::new());
    Ok(Certificate {
        rival: value.exact,
        digital: digital(instance, prices),
    })
}

fn digital(instance: &Instance, prices: &Prices) -> f64 {
    let meta = &instance.meta;
    let known: BTreeMap<u32, f64> = prices.needs.iter().copied().collect();
    let (lists, kept) = (candidates(instance), kept(instance));
    let mut bound: f64 = known.values().sum();
    let mut earned: BTreeMap<(u32, u16), f64> = BTreeMap::new();
    for (id, need) in instance.needs.iter().enumerate() {
        if meta.kind(usize::from(need.category)) != Kind::Digital {
            continue;
        }
        let granted = known.get(&(id as u32)).copied().unwrap_or(0.0);
        for &offer in
            &lists[usize::from(need.country) * meta.categories.len() + usize::from(need.category)]
        {
            let Ok(found) = pair(instance, need, &instance.offers[offer as usize]) else {
                continue;
            };
            let share = meta.welfare(fit(instance, need, found.by_second_language, found.first));
            let bonus = if kept
                .get(&(id as u32))
                .is_some_and(|own| own.contains(&offer))
            {
                meta.stability
            } else {
                0.0
            };
            *earned.entry((offer, need.country)).or_default() +=
                (meta.value(need) * (share + bonus) - granted).max(0.0);
        }
    }
    let mut by_offer: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for ((offer, _), points) in earned {
        let cost = meta.points_per_opening
            + meta.points_per_usd * instance.offers[offer as usize].fixed_cost;
        by_offer
            .entry(offer)
            .or_default()
            .push((points - cost).max(0.0));
    }
    for (offer, mut points) in by_offer {
        points.sort_by(|a, b| b.total_cmp(a));
        bound += points
            .iter()
            .take(instance.offers[offer as usize].capacity as usize)
            .sum::<f64>();
    }
    bound
}
