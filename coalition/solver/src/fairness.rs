//! What each group of learners gains from a plan, in the plan's own points.
//!
//! This is the measure the weights promise something about: the points of a group are the slope of a plan's value along
//! the group's weight, so the best plan with a weight never gives the group fewer points than the best plan without it.
//! Plans proven to within a gap keep the promise but for that gap divided by the weight. The served share of learners
//! follows only where points count learners alike: one urgency and service, full fit, a straight value curve, no packages.

use crate::instance::{Delivery, Group, Instance, Kind, PriorState};
use crate::score::{coverage, delivery_fit};
use std::collections::{BTreeMap, BTreeSet};

/// Points of a plan per unit of weight of each group, in the order of [`Group::ALL`].
pub fn group_points(instance: &Instance, deliveries: &[Delivery]) -> [f64; 6] {
    let meta = &instance.meta;
    let covered = coverage(instance, deliveries);
    let mut packages: BTreeMap<i32, (u32, f64)> = BTreeMap::new();
    for (need, &cover) in instance.needs.iter().zip(&covered) {
        if need.block >= 0 {
            let own = packages.entry(need.block).or_insert((0, f64::INFINITY));
            *own = (own.0 + 1, own.1.min(cover));
        }
    }
    let reached = |least: f64| {
        let levels = meta.package_levels.iter();
        levels
            .filter(|level| least >= level.0 - 1e-9)
            .map(|level| level.1)
            .sum::<f64>()
    };
    // Share of its value each line earns.
    let mut earned: Vec<f64> = instance
        .needs
        .iter()
        .zip(&covered)
        .map(|(need, &cover)| match packages.get(&need.block) {
            Some(&(size, least)) if need.block >= 0 && size >= 2 => {
                (1.0 - meta.package_share) * meta.welfare(cover)
                    + meta.package_share * reached(least)
            }
            _ => meta.welfare(cover),
        })
        .collect();
    let accepted = instance
        .prior
        .iter()
        .filter(|p| p.state == PriorState::Accepted);
    let mut open: BTreeSet<(u32, u32)> = accepted.map(|p| (p.need, p.offer)).collect();
    for d in deliveries {
        let (Some(need), Some(share)) = (
            instance.needs.get(d.need as usize),
            earned.get_mut(d.need as usize),
        ) else {
            continue;
        };
        if meta.kind(usize::from(need.category)) == Kind::Digital {
            *share += meta.welfare(delivery_fit(instance, d).unwrap_or(0.0));
        }
        if open.remove(&(d.need, d.offer)) {
            *share += meta.stability;
        }
    }
    let mut out = [0.0; 6];
    for (need, share) in instance.needs.iter().zip(earned) {
        let factor = |at: Option<&f64>| at.copied().unwrap_or(0.0);
        let worth = meta
            .categories
            .get(usize::from(need.category))
            .map_or(0.0, |c| c.value);
        let points = factor(meta.urgency.get(usize::from(need.urgency)))
            * f64::from(need.learners)
            * worth
            * share;
        for group in Group::ALL {
            out[group as usize] += points * f64::from(need.groups[group as usize]) / 1000.0;
        }
    }
    out
}
