//! The rules of the format once more, read from its text alone: plain, slow, and sharing with the crate nothing but
//! the data types. One rule at a time can be switched off, to see whether it ever decides anything.

use solver::*;
use std::collections::{BTreeMap, BTreeSet};

/// Every rule a test can switch off.
pub(crate) const RULES: [&str; 14] = [
    "E2",
    "E3",
    "E4",
    "E5",
    "E6",
    "E7 least",
    "E7 step",
    "E7 most",
    "H2 stock",
    "H2 rate",
    "H2 digital",
    "H3",
    "H5",
    "H6",
];

pub(crate) struct Spec<'i> {
    pub(crate) instance: &'i Instance,
    pub(crate) off: &'static str,
}

/// Fit of a delivery.
type Fit = f64;

impl Spec<'_> {
    fn on(&self, rule: &str) -> bool {
        self.off != rule
    }

    fn kind(&self, category: u32) -> Kind {
        self.instance.meta.categories[category as usize].kind
    }

    /// The fit of one delivery, or None when a rule from E1 to E7 forbids it.
    pub(crate) fn fit(&self, d: &Delivery) -> Option<Fit> {
        let meta = &self.instance.meta;
        let need = self.instance.needs.get(d.need as usize)?;
        let offer = self.instance.offers.get(d.offer as usize)?;
        if u32::from(need.category) != offer.category {
            return None;
        }
        let here = match &offer.places {
            Places::Everywhere => true,
            Places::Listed(list) => list.iter().any(|p| {
                p.country == u32::from(need.country)
                    && (p.area.is_none() || p.area == Some(need.area))
            }),
        };
        if self.on("E2") && !here {
            return None;
        }
        let mut language = 1.0;
        if let (true, Languages::Listed(list)) = (
            meta.categories[offer.category as usize].has_language,
            &offer.languages,
        ) && !list.contains(&need.lang1)
        {
            let second = need.lang2 >= 0 && list.contains(&(need.lang2 as u32));
            if !second && self.on("E3") {
                return None;
            }
            language = meta.second_language_fit;
        }
        if self.on("E4") && u32::from(need.tier) < offer.tier_required {
            return None;
        }
        if self.on("E5") && offer.conditions & !need.have != 0 {
            return None;
        }
        let tau = u32::from(need.t_from).max(offer.t_from + offer.setup);
        let mut last = u32::from(need.t_to).min(offer.t_to);
        if !self.on("E6") {
            last = last.max(tau).min(meta.periods - 1);
        }
        if tau > last {
            return None;
        }
        let at = match self.kind(offer.category) {
            Kind::Rate if d.period >= tau as i32 && d.period <= last as i32 => d.period as u32,
            Kind::Stock | Kind::Digital if d.period == -1 => tau,
            _ => return None,
        };
        if self.kind(offer.category) == Kind::Digital {
            if d.qty != need.qty {
                return None;
            }
        } else if !self.lots(need, offer, d.qty) {
            return None;
        }
        let late = meta.late[usize::from(need.urgency)] * f64::from(at - u32::from(need.t_from));
        Some(language * f64::max(0.1, 1.0 - late))
    }

    fn lots(&self, need: &Need, offer: &Offer, qty: u32) -> bool {
        let step = if self.on("E7 step") {
            offer.lot_step
        } else {
            1
        };
        let up = |x: u32| x.div_ceil(step) * step;
        let down = |x: u32| x / step * step;
        let own = if need.partners == 1 {
            up(need.qty)
        } else {
            down(need.qty)
        };
        let mut most = own.min(down(offer.capacity));
        if self.on("E7 most") {
            most = most.min(down(offer.lot_max));
        }
        let least = if self.on("E7 least") {
            up(offer.lot_min)
        } else {
            0
        };
        qty > 0 && qty.is_multiple_of(step) && qty >= least && qty <= most
    }

    /// Every single delivery a need could receive.
    pub(crate) fn choices(&self, need: u32) -> Vec<Delivery> {
        let mut out = Vec::new();
        let own = &self.instance.needs[need as usize];
        for (offer, given) in self.instance.offers.iter().enumerate() {
            for period in -1..self.instance.meta.periods as i32 {
                for qty in 1..=own.qty + given.lot_step {
                    let d = Delivery {
                        need,
                        offer: offer as u32,
                        period,
                        qty,
                    };
                    if self.fit(&d).is_some() {
                        out.push(d);
                    }
                }
            }
        }
        out
    }

    /// The hard rules a plan breaks.
    pub(crate) fn broken(&self, plan: &[Delivery]) -> BTreeSet<&'static str> {
        let mut out = BTreeSet::new();
        let (instance, meta) = (self.instance, &self.instance.meta);
        if plan.iter().any(|d| self.fit(d).is_none()) {
            out.insert("H1");
            return out;
        }
        for d in plan {
            let offer = &instance.offers[d.offer as usize];
            let rule = match self.kind(offer.category) {
                Kind::Stock => "H2 stock",
                Kind::Rate => "H2 rate",
                Kind::Digital => "H2 digital",
            };
            let same = plan.iter().filter(|o| o.offer == d.offer);
            let used: u64 = if self.kind(offer.category) == Kind::Digital {
                let countries: BTreeSet<u16> = same
                    .map(|o| instance.needs[o.need as usize].country)
                    .collect();
                countries.len() as u64
            } else {
                same.filter(|o| o.period == d.period)
                    .map(|o| u64::from(o.qty))
                    .sum()
            };
            if self.on(rule) && used > u64::from(offer.capacity) {
                out.insert(rule);
            }
        }
        for (id, need) in instance.needs.iter().enumerate() {
            let own: Vec<&Delivery> = plan.iter().filter(|d| d.need as usize == id).collect();
            let units: u32 = own.iter().map(|d| d.qty).sum();
            let is_digital = self.kind(u32::from(need.category)) == Kind::Digital;
            let most = if is_digital {
                1
            } else {
                usize::from(need.partners)
            };
            let pairs: BTreeSet<(u32, i32)> = own.iter().map(|d| (d.offer, d.period)).collect();
            if own.len() > most
                || (need.partners > 1 && units > need.qty && self.on("H3"))
                || pairs.len() < own.len()
            {
                out.insert("H3");
            }
        }
        let locks: Vec<Delivery> = instance
            .prior
            .iter()
            .filter(|p| p.state == PriorState::Locked)
            .map(|p| Delivery {
                need: p.need,
                offer: p.offer,
                period: p.period,
                qty: p.qty,
            })
            .collect();
        for lock in &locks {
            if !plan.contains(lock) || plan.iter().filter(|d| d.need == lock.need).count() != 1 {
                out.insert("H4");
            }
        }
        let free = |d: &&Delivery| {
            !locks
                .iter()
                .any(|l| (l.need, l.offer, l.period) == (d.need, d.offer, d.period))
        };
        let category = |d: &Delivery| instance.offers[d.offer as usize].category;
        for floor in &meta.floors {
            let balance: f64 = plan
                .iter()
                .filter(free)
                .filter(|d| category(d) == floor.category)
                .map(|d| {
                    let share = instance.needs[d.need as usize].groups[floor.group as usize];
                    (f64::from(share) / 1000.0 - floor.min_share) * f64::from(d.qty)
                })
                .sum();
            if self.on("H5") && balance < -1e-7 {
                out.insert("H5");
            }
        }
        let mut total: BTreeMap<u32, f64> = BTreeMap::new();
        for offer in &instance.offers {
            let periods = match self.kind(offer.category) {
                Kind::Stock => 1,
                Kind::Rate => (offer.t_to + 1).saturating_sub(offer.t_from + offer.setup),
                Kind::Digital => 0,
            };
            *total.entry(offer.category).or_default() += f64::from(offer.capacity * periods);
        }
        let taken = |from: &[Delivery], like: &Delivery, is_free: bool| -> f64 {
            let place = |d: &Delivery| (category(d), instance.needs[d.need as usize].country);
            from.iter()
                .filter(|d| place(d) == place(like) && (!is_free || free(d)))
                .map(|d| f64::from(d.qty))
                .sum()
        };
        for d in plan
            .iter()
            .filter(|d| self.kind(category(d)) != Kind::Digital)
        {
            let room = meta.country_cap * total[&category(d)] - taken(&locks, d, false);
            if self.on("H6") && taken(plan, d, true) > room.max(0.0) + 1e-6 {
                out.insert("H6");
            }
        }
        out
    }

    /// Points of a plan that breaks nothing.
    pub(crate) fn value(&self, plan: &[Delivery]) -> f64 {
        let (instance, meta) = (self.instance, &self.instance.meta);
        let phi = |coverage: f64| {
            let (mut points, mut before) = (0.0, 0.0);
            for (&end, &slope) in meta.welfare_breaks.iter().zip(&meta.welfare_slopes) {
                points += slope * (coverage.min(end) - before).max(0.0);
                before = end;
            }
            points
        };
        let v = |need: &Need| {
            let groups: f64 = need
                .groups
                .iter()
                .zip(meta.equity)
                .map(|(&g, b)| b * f64::from(g) / 1000.0)
                .sum();
            meta.urgency[usize::from(need.urgency)]
                * (1.0 + groups)
                * f64::from(need.learners)
                * meta.categories[usize::from(need.category)].value
        };
        let mut coverage = vec![0.0; instance.needs.len()];
        let (mut sum, mut opened) = (0.0, BTreeSet::new());
        for d in plan {
            let (need, offer) = (
                &instance.needs[d.need as usize],
                &instance.offers[d.offer as usize],
            );
            let fit = self.fit(d).unwrap_or(0.0);
            let fixed = meta.points_per_usd * offer.fixed_cost;
            if self.kind(offer.category) == Kind::Digital {
                sum += v(need) * phi(fit);
                if opened.insert((d.offer, need.country)) {
                    sum -= meta.points_per_opening + fixed;
                }
            } else {
                coverage[d.need as usize] +=
                    fit * f64::from(d.qty.min(need.qty)) / f64::from(need.qty);
                let unit = meta.points_per_usd * offer.unit_cost * f64::from(need.remote) / 100.0;
                sum -= unit * f64::from(d.qty) + meta.points_per_delivery + fixed;
            }
        }
        let mut packages: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        for (id, need) in instance
            .needs
            .iter()
            .enumerate()
            .filter(|(_, n)| n.block >= 0)
        {
            packages.entry(need.block).or_default().push(id);
        }
        packages.retain(|_, lines| lines.len() >= 2);
        for (id, need) in instance.needs.iter().enumerate() {
            let own = if packages.contains_key(&need.block) {
                1.0 - meta.package_share
            } else {
                1.0
            };
            sum += own * v(need) * phi(coverage[id]);
            let deliveries = plan.iter().filter(|d| {
                d.need as usize == id && self.kind(u32::from(need.category)) != Kind::Digital
            });
            sum -= meta.points_per_overlap * deliveries.count().saturating_sub(1) as f64;
        }
        for lines in packages.values() {
            let worth: f64 = lines.iter().map(|&id| v(&instance.needs[id])).sum();
            let least = lines
                .iter()
                .map(|&id| coverage[id])
                .fold(f64::INFINITY, f64::min);
            for &(theta, part) in &meta.package_levels {
                if least >= theta - 1e-9 {
                    sum += meta.package_share * part * worth;
                }
            }
        }
        let kept: BTreeSet<(u32, u32)> = instance
            .prior
            .iter()
            .filter(|p| p.state == PriorState::Accepted)
            .map(|p| (p.need, p.offer))
            .filter(|pair| plan.iter().any(|d| (d.need, d.offer) == *pair))
            .collect();
        sum + meta.stability
            * kept
                .iter()
                .map(|&(need, _)| v(&instance.needs[need as usize]))
                .sum::<f64>()
    }

    /// All plans of one need, then of all, as long as they are few.
    pub(crate) fn best(&self, plans_max: usize) -> Option<f64> {
        self.best_where(plans_max, |_| true)
    }

    /// The best value among the plans that also please `wanted`; infinitely low when there is none.
    pub(crate) fn best_where(
        &self,
        plans_max: usize,
        wanted: impl Fn(&[Delivery]) -> bool,
    ) -> Option<f64> {
        let mut choices: Vec<Vec<Vec<Delivery>>> = Vec::new();
        let mut count = 1usize;
        for id in 0..self.instance.needs.len() as u32 {
            let single = self.choices(id);
            let mut own = vec![Vec::new()];
            own.extend(single.iter().map(|d| vec![*d]));
            let most = self.instance.needs[id as usize].partners;
            if most > 2 {
                return None;
            }
            if most == 2 {
                for (k, a) in single.iter().enumerate() {
                    own.extend(single[k + 1..].iter().map(|b| vec![*a, *b]));
                }
            }
            count = count.saturating_mul(own.len());
            choices.push(own);
        }
        if count > plans_max {
            return None;
        }
        let mut best = f64::NEG_INFINITY;
        let mut plan = Vec::new();
        for mut code in 0..count {
            plan.clear();
            for own in &choices {
                plan.extend(own[code % own.len()].iter().copied());
                code /= own.len();
            }
            let value = self.value(&plan);
            if value > best && wanted(&plan) && self.broken(&plan).is_empty() {
                best = value;
            }
        }
        Some(best)
    }
}
