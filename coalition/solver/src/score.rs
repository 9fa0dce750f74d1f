//! Points of a plan and every rule it breaks: the same meaning as the independent checker.
//!
//! Looks only at the instance and the plan, never at how the plan was made.

use crate::eligibility::{Match, fit, pair};
use crate::instance::{Delivery, Instance, Kind, PriorState};
use std::collections::{BTreeMap, BTreeSet};

/// Points of a plan, in parts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Score {
    pub total: f64,
    pub rival: f64,
    pub digital: f64,
    pub welfare: f64,
    pub packages: f64,
    pub cost: f64,
    pub overlap: f64,
    pub stability: f64,
    pub openings: f64,
}

/// A rule a plan breaks; `code` is stable, `at` says where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    pub code: &'static str,
    pub at: String,
}

/// Levels of a package count as reached within this much.
const TOLERANCE: f64 = 1e-9;

/// Coverage each rival need receives; 0 for digital ones.
pub fn coverage(instance: &Instance, deliveries: &[Delivery]) -> Vec<f64> {
    let mut out = vec![0.0; instance.needs.len()];
    for d in deliveries {
        let (Some(need), Some(offer)) = (
            instance.needs.get(d.need as usize),
            instance.offers.get(d.offer as usize),
        ) else {
            continue;
        };
        let kind = instance.meta.kind(offer.category as usize);
        if kind != Kind::Digital {
            let fit = delivery_fit(instance, d).unwrap_or(0.0);
            out[d.need as usize] +=
                fit * f64::from(d.qty.min(need.qty)) / f64::from(need.qty.max(1));
        }
    }
    out
}

/// The fit of a delivery; None when the pair is not eligible in that period.
pub(crate) fn delivery_fit(instance: &Instance, d: &Delivery) -> Option<f64> {
    let (need, offer) = (
        instance.needs.get(d.need as usize)?,
        instance.offers.get(d.offer as usize)?,
    );
    let found = pair(instance, need, offer).ok()?;
    let at = period_of(instance, d, &found)?;
    Some(fit(instance, need, found.by_second_language, at))
}

/// The period in which a delivery happens, if the pair allows it.
fn period_of(instance: &Instance, d: &Delivery, found: &Match) -> Option<u32> {
    let offer = instance.offers.get(d.offer as usize)?;
    if instance.meta.kind(offer.category as usize) == Kind::Rate {
        u32::try_from(d.period)
            .ok()
            .filter(|t| (found.first..=found.last).contains(t))
    } else {
        (d.period == -1).then_some(found.first)
    }
}

/// Points of a plan. A plan that breaks rules gets a figure too, but it means nothing.
pub fn objective(instance: &Instance, deliveries: &[Delivery]) -> Score {
    let meta = &instance.meta;
    let mut score = Score::default();
    let covered = coverage(instance, deliveries);
    let mut parts: BTreeMap<i32, (u32, f64, f64)> = BTreeMap::new();
    for (need, &cover) in instance
        .needs
        .iter()
        .zip(&covered)
        .filter(|(need, _)| need.block >= 0)
    {
        let part = parts.entry(need.block).or_insert((0, f64::INFINITY, 0.0));
        *part = (part.0 + 1, part.1.min(cover), part.2 + meta.value(need));
    }
    for (need, &cover) in instance
        .needs
        .iter()
        .zip(&covered)
        .filter(|(_, cover)| **cover > 0.0)
    {
        let packed = need.block >= 0 && parts.get(&need.block).is_some_and(|part| part.0 >= 2);
        let own = if packed {
            1.0 - meta.package_share
        } else {
            1.0
        };
        score.welfare += own * meta.value(need) * meta.welfare(cover);
    }
    for &(size, least, worth) in parts.values().filter(|part| part.0 >= 2) {
        debug_assert!(size >= 2);
        let reached = meta
            .package_levels
            .iter()
            .filter(|level| least >= level.0 - TOLERANCE);
        score.packages += reached
            .map(|level| meta.package_share * level.1 * worth)
            .sum::<f64>();
    }
    let mut count: BTreeMap<u32, u32> = BTreeMap::new();
    let mut openings = BTreeSet::new();
    let mut value = 0.0;
    for d in deliveries {
        let (Some(need), Some(offer)) = (
            instance.needs.get(d.need as usize),
            instance.offers.get(d.offer as usize),
        ) else {
            continue;
        };
        let fixed = meta.points_per_usd * offer.fixed_cost;
        if meta.kind(offer.category as usize) == Kind::Digital {
            value += meta.value(need) * meta.welfare(delivery_fit(instance, d).unwrap_or(0.0));
            if openings.insert((d.offer, need.country)) {
                score.openings += meta.points_per_opening + fixed;
            }
            continue;
        }
        let unit = meta.points_per_usd * offer.unit_cost * f64::from(need.remote) / 100.0;
        score.cost += unit * f64::from(d.qty) + meta.points_per_delivery + fixed;
        let before = count.entry(d.need).or_default();
        score.overlap += if *before > 0 {
            meta.points_per_overlap
        } else {
            0.0
        };
        *before += 1;
    }
    score.stability = stability(instance, deliveries);
    score.digital = value - score.openings;
    score.rival = score.welfare + score.packages - score.cost - score.overlap + score.stability;
    score.total = score.rival + score.digital;
    score
}

fn stability(instance: &Instance, deliveries: &[Delivery]) -> f64 {
    let accepted = instance
        .prior
        .iter()
        .filter(|p| p.state == PriorState::Accepted);
    let pairs: BTreeSet<(u32, u32)> = accepted.map(|p| (p.need, p.offer)).collect();
    let mut kept = BTreeSet::new();
    kept.extend(
        deliveries
            .iter()
            .map(|d| (d.need, d.offer))
            .filter(|pair| pairs.contains(pair)),
    );
    let worth = |pair: &(u32, u32)| {
        instance
            .needs
            .get(pair.0 as usize)
            .map_or(0.0, |need| instance.meta.value(need))
    };
    instance.meta.stability * kept.iter().map(worth).sum::<f64>()
}

/// Every hard rule a plan breaks (H1 to H6); empty for a good plan.
pub fn check(instance: &Instance, deliveries: &[Delivery]) -> Vec<Violation> {
    let mut out = Vec::new();
    let known: Vec<Delivery> = deliveries
        .iter()
        .copied()
        .filter(|d| {
            let known = (d.need as usize) < instance.needs.len()
                && (d.offer as usize) < instance.offers.len()
                && d.qty > 0;
            if !known {
                out.push(Violation {
                    code: "unknown_need_or_offer",
                    at: format!("{d:?}"),
                });
            }
            known
        })
        .collect();
    each_delivery(instance, &known, &mut out);
    each_offer(instance, &known, &mut out);
    each_need(instance, &known, &mut out);
    each_guarantee(instance, &known, &mut out);
    out
}

fn each_delivery(instance: &Instance, deliveries: &[Delivery], out: &mut Vec<Violation>) {
    let mut seen = BTreeSet::new();
    for d in deliveries {
        let at = || format!("need {} offer {} period {}", d.need, d.offer, d.period);
        if !seen.insert((d.need, d.offer, d.period)) {
            out.push(Violation {
                code: "delivery_twice",
                at: at(),
            });
        }
        let (need, offer) = (
            &instance.needs[d.need as usize],
            &instance.offers[d.offer as usize],
        );
        let fits = pair(instance, need, offer).is_ok_and(|found| {
            let lots = found.lots;
            period_of(instance, d, &found).is_some()
                && (lots.lo..=lots.hi).contains(&d.qty)
                && d.qty.is_multiple_of(lots.step)
        });
        if !fits {
            out.push(Violation {
                code: "not_eligible",
                at: at(),
            });
        }
    }
}

fn each_offer(instance: &Instance, deliveries: &[Delivery], out: &mut Vec<Violation>) {
    let mut used: BTreeMap<(u32, i32), u64> = BTreeMap::new();
    let mut opened: BTreeMap<u32, BTreeSet<u16>> = BTreeMap::new();
    for d in deliveries {
        let offer = &instance.offers[d.offer as usize];
        if instance.meta.kind(offer.category as usize) == Kind::Digital {
            opened
                .entry(d.offer)
                .or_default()
                .insert(instance.needs[d.need as usize].country);
        } else {
            *used.entry((d.offer, d.period)).or_default() += u64::from(d.qty);
        }
    }
    for ((offer, period), units) in used {
        if units > u64::from(instance.offers[offer as usize].capacity) {
            out.push(Violation {
                code: "capacity_exceeded",
                at: format!("offer {offer} period {period}"),
            });
        }
    }
    for (offer, countries) in opened {
        if countries.len() > instance.offers[offer as usize].capacity as usize {
            out.push(Violation {
                code: "too_many_countries",
                at: format!("offer {offer}"),
            });
        }
    }
}

fn each_need(instance: &Instance, deliveries: &[Delivery], out: &mut Vec<Violation>) {
    let mut received: BTreeMap<u32, (u32, u64)> = BTreeMap::new();
    for d in deliveries {
        let entry = received.entry(d.need).or_default();
        *entry = (entry.0 + 1, entry.1 + u64::from(d.qty));
    }
    for (&id, &(count, units)) in &received {
        let need = &instance.needs[id as usize];
        let digital = instance.meta.kind(usize::from(need.category)) == Kind::Digital;
        if count > if digital { 1 } else { u32::from(need.partners) } {
            out.push(Violation {
                code: "too_many_partners",
                at: format!("need {id}"),
            });
        }
        if need.partners > 1 && units > u64::from(need.qty) {
            out.push(Violation {
                code: "too_much_delivered",
                at: format!("need {id}"),
            });
        }
    }
    let have: BTreeSet<Delivery> = deliveries.iter().copied().collect();
    for lock in instance
        .prior
        .iter()
        .filter(|p| p.state == PriorState::Locked)
    {
        let wanted = Delivery {
            need: lock.need,
            offer: lock.offer,
            period: lock.period,
            qty: lock.qty,
        };
        if !have.contains(&wanted) || received.get(&lock.need).is_none_or(|r| r.0 != 1) {
            out.push(Violation {
                code: "lock_not_kept",
                at: format!("need {} offer {}", lock.need, lock.offer),
            });
        }
    }
}

fn each_guarantee(instance: &Instance, deliveries: &[Delivery], out: &mut Vec<Violation>) {
    let meta = &instance.meta;
    let locked: BTreeSet<(u32, u32, i32)> = instance
        .prior
        .iter()
        .filter(|p| p.state == PriorState::Locked)
        .map(|p| (p.need, p.offer, p.period))
        .collect();
    let free: Vec<&Delivery> = deliveries
        .iter()
        .filter(|d| !locked.contains(&(d.need, d.offer, d.period)))
        .filter(|d| {
            meta.kind(usize::from(instance.needs[d.need as usize].category)) != Kind::Digital
        })
        .collect();
    for (at, floor) in meta.floors.iter().enumerate() {
        let (mut balance, mut units) = (0.0, 0.0);
        for d in free
            .iter()
            .filter(|d| u32::from(instance.needs[d.need as usize].category) == floor.category)
        {
            let share =
                f64::from(instance.needs[d.need as usize].groups[floor.group as usize]) / 1000.0;
            balance += (share - floor.min_share) * f64::from(d.qty);
            units += f64::from(d.qty);
        }
        if balance < -1e-6 * f64::max(1.0, units) {
            out.push(Violation {
                code: "floor_missed",
                at: format!("floor {at}"),
            });
        }
    }
    let room = cap_room(instance);
    let mut got: BTreeMap<(u16, u8), f64> = BTreeMap::new();
    for d in &free {
        let need = &instance.needs[d.need as usize];
        *got.entry((need.country, need.category)).or_default() += f64::from(d.qty);
    }
    for ((country, category), units) in got {
        if units > room[usize::from(country) * meta.categories.len() + usize::from(category)] + 1e-6
        {
            out.push(Violation {
                code: "country_cap_exceeded",
                at: format!("country {country} category {category}"),
            });
        }
    }
}

/// Units each (country, category) may still take beyond its locks.
fn cap_room(instance: &Instance) -> Vec<f64> {
    let meta = &instance.meta;
    let kinds = meta.categories.len();
    let mut total = vec![0.0; kinds];
    for offer in &instance.offers {
        let periods = match meta.kind(offer.category as usize) {
            Kind::Stock => 1,
            Kind::Rate => (offer.t_to + 1).saturating_sub(offer.t_from + offer.setup),
            Kind::Digital => 0,
        };
        total[offer.category as usize] += f64::from(offer.capacity) * f64::from(periods);
    }
    let mut room: Vec<f64> = (0..meta.countries.len() * kinds)
        .map(|at| meta.country_cap * total[at % kinds])
        .collect();
    for lock in instance
        .prior
        .iter()
        .filter(|p| p.state == PriorState::Locked)
    {
        let need = &instance.needs[lock.need as usize];
        room[usize::from(need.country) * kinds + usize::from(need.category)] -= f64::from(lock.qty);
    }
    room.iter().map(|units| units.max(0.0)).collect()
}
