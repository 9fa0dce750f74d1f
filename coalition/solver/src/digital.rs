//! The digital part: which offers to open in which countries, with its own bound.
//!
//! Needs with the same country and the same fits are one class, so the work does not grow with the number of schools.

mod cases;
mod openings;

use crate::descent::{Best, Bound, Descent, Stage, Value};
use crate::eligibility::{fit, pair, reach};
use crate::instance::{Delivery, Instance, Kind, PriorState};
use crate::pass::softplus;
use openings::Openings;
use std::collections::{BTreeMap, BTreeSet};

/// A country and (offer, bits of the share of value earned) for each offer that fits.
type Likeness = (u32, Vec<(u32, u64)>);

/// Needs that look the same to every offer.
struct Class {
    country: u32,
    value: f64,
    /// (place in `sites`, share of value earned), best first.
    choices: Vec<(u32, f64)>,
    needs: Vec<u32>,
}

/// An offer in a country where it could be opened.
#[derive(Debug, Clone)]
struct Site {
    offer: u32,
    cost: f64,
    /// (class, points it earns here), by class.
    gains: Vec<(u32, f64)>,
    is_forced: bool,
}

/// The best found for the digital part and what proves it.
#[derive(Debug, Clone, Default)]
pub(crate) struct DigitalAnswer {
    pub(crate) deliveries: Vec<Delivery>,
    pub(crate) objective: f64,
    pub(crate) bound: f64,
    pub(crate) needs: Vec<(u32, f64)>,
    pub(crate) edges: usize,
}

struct Problem<'i> {
    instance: &'i Instance,
    classes: Vec<Class>,
    sites: Vec<Site>,
    /// Sites of each offer.
    by_offer: Vec<Vec<u32>>,
    /// Countries each offer may be opened in.
    limit: Vec<usize>,
    edges: usize,
}

/// Evaluations the prices of courses take, shared out among stages.
const EVALUATIONS: usize = 160;

/// How far the bound may exceed the plan, as shares of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Near {
    /// For prices to be polished no further.
    pub(crate) prices: f64,
    /// For cases to be told apart no further.
    pub(crate) cases: f64,
}

/// Solves the digital part: prices first, then openings, improved until no single change helps, then proved by cases
/// where there are few.
pub(crate) fn solve(
    instance: &Instance,
    stored: &[(u32, f64)],
    near: Near,
    go_on: &mut dyn FnMut() -> bool,
) -> DigitalAnswer {
    let problem = Problem::new(instance);
    if problem.classes.is_empty() {
        return DigitalAnswer::default();
    }
    let is_warm = !stored.is_empty();
    let mut descent = Descent::new(if is_warm {
        problem.start(stored)
    } else {
        problem.first_guess()
    });
    for (heat, share) in [(0.1, 10), (0.03, 10), (0.01, 8), (0.003, 8)] {
        if is_warm && heat > 0.005 {
            continue;
        }
        descent.rewind();
        let stage = Stage {
            heat,
            evaluations: EVALUATIONS / share,
        };
        descent.run(&problem, stage, true, &mut |_, _| go_on());
    }
    let mut best = descent.best;
    let mut openings = Openings::new(&problem);
    openings.improve(go_on);
    for _ in 0..2 {
        let mut rounded = Openings::new(&problem);
        rounded.round(&problem.openness(&best.y));
        rounded.improve(go_on);
        if rounded.value() > openings.value() {
            openings = rounded;
        }
        if go_on() {
            let reached = openings.value() * (1.0 + near.prices);
            let nothing = vec![None; problem.sites.len()];
            problem.polish(&mut best, reached, 3 * EVALUATIONS / 2, &nothing);
        }
    }
    let bound = problem.prove(&best, &mut openings, near.cases, go_on);
    let deliveries = openings.deliveries();
    DigitalAnswer {
        objective: openings.value(),
        deliveries,
        bound,
        needs: problem.need_values(&best.y),
        edges: problem.edges,
    }
}

impl<'i> Problem<'i> {
    fn new(instance: &'i Instance) -> Self {
        let meta = &instance.meta;
        let mut problem = Problem {
            instance,
            classes: Vec::new(),
            sites: Vec::new(),
            by_offer: vec![Vec::new(); instance.offers.len()],
            limit: instance
                .offers
                .iter()
                .map(|o| o.capacity as usize)
                .collect(),
            edges: 0,
        };
        let locked = locked(instance);
        let kept = kept(instance);
        let digital = |id: &u32| {
            meta.kind(usize::from(instance.needs[*id as usize].category)) == Kind::Digital
        };
        let look = |id: u32| {
            let n = &instance.needs[id as usize];
            (
                (n.country, n.category, n.urgency, n.tier),
                (n.lang1, n.lang2, n.t_from, n.t_to),
                (n.area, n.have),
                (locked.get(&id).copied(), kept.get(&id)),
            )
        };
        let mut order: Vec<u32> = (0..instance.needs.len() as u32).filter(digital).collect();
        order.sort_by_cached_key(|&id| (look(id), id));
        let candidates = candidates(instance);
        let mut classes: BTreeMap<Likeness, Vec<u32>> = BTreeMap::new();
        for group in order.chunk_by(|&a, &b| look(a) == look(b)) {
            let need = &instance.needs[group[0] as usize];
            let key =
                usize::from(need.country) * meta.categories.len() + usize::from(need.category);
            let forced = locked.get(&group[0]);
            let mut choices = Vec::new();
            for &offer in &candidates[key] {
                let Ok(found) = pair(instance, need, &instance.offers[offer as usize]) else {
                    continue;
                };
                let bonus = if kept.get(&group[0]).is_some_and(|own| own.contains(&offer)) {
                    meta.stability
                } else {
                    0.0
                };
                problem.edges += group.len();
                if forced.is_none_or(|&only| only == offer) {
                    let earned =
                        meta.welfare(fit(instance, need, found.by_second_language, found.first))
                            + bonus;
                    choices.push((offer, earned.to_bits()));
                }
            }
            if !choices.is_empty() {
                // A locked class stays by itself: its offer alone is open to it.
                classes
                    .entry((u32::from(need.country), choices))
                    .or_default()
                    .extend(group);
            }
        }
        for ((country, choices), mut needs) in classes {
            needs.sort_unstable();
            problem.add(country, &choices, needs, &locked);
        }
        problem
    }

    fn add(
        &mut self,
        country: u32,
        choices: &[(u32, u64)],
        needs: Vec<u32>,
        locked: &BTreeMap<u32, u32>,
    ) {
        let meta = &self.instance.meta;
        let value: f64 = needs
            .iter()
            .map(|&id| meta.value(&self.instance.needs[id as usize]))
            .sum();
        let is_forced = needs.iter().any(|id| locked.contains_key(id));
        let class = self.classes.len() as u32;
        let mut sites = Vec::with_capacity(choices.len());
        for &(offer, bits) in choices {
            let site = self.site(offer, country);
            self.sites[site]
                .gains
                .push((class, value * f64::from_bits(bits)));
            self.sites[site].is_forced |= is_forced;
            sites.push((site as u32, f64::from_bits(bits)));
        }
        sites.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        self.classes.push(Class {
            country,
            value,
            choices: sites,
            needs,
        });
    }

    /// The site of an offer in a country; classes come country by country, so it is the last one or new.
    fn site(&mut self, offer: u32, country: u32) -> usize {
        let known = self.by_offer[offer as usize].last().copied();
        if let Some(site) = known.filter(|&s| self.country(s) == Some(country)) {
            return site as usize;
        }
        let meta = &self.instance.meta;
        let cost = meta.points_per_opening
            + meta.points_per_usd * self.instance.offers[offer as usize].fixed_cost;
        self.sites.push(Site {
            offer,
            cost,
            gains: Vec::new(),
            is_forced: false,
        });
        self.by_offer[offer as usize].push(self.sites.len() as u32 - 1);
        self.sites.len() - 1
    }

    fn country(&self, site: u32) -> Option<u32> {
        let (class, _) = *self.sites[site as usize].gains.first()?;
        self.classes.get(class as usize).map(|c| c.country)
    }

    /// Stored prices of needs as prices of classes; a need that is not among them had none, unless it is newer.
    fn start(&self, stored: &[(u32, f64)]) -> Vec<f64> {
        let mut y = self.first_guess();
        let newest = stored.last().map_or(0, |pair| pair.0);
        for (price, class) in y.iter_mut().zip(&self.classes) {
            if class.needs.iter().any(|&id| id > newest) {
                continue;
            }
            let known = class
                .needs
                .iter()
                .filter_map(|id| stored.binary_search_by_key(id, |p| p.0).ok());
            *price = known
                .map(|place| stored[place].1)
                .filter(|points| (0.0..1e30).contains(points))
                .sum();
        }
        y
    }

    fn need_values(&self, y: &[f64]) -> Vec<(u32, f64)> {
        let mut out = Vec::new();
        for (class, &points) in self
            .classes
            .iter()
            .zip(y)
            .filter(|(_, points)| **points > 0.0)
        {
            for &id in &class.needs {
                let value = self.instance.meta.value(&self.instance.needs[id as usize]);
                if value > 0.0 {
                    out.push((id, points * value / class.value));
                }
            }
        }
        out.sort_by_key(|&(id, _)| id);
        out
    }

    /// How much each site earns at the prices, above its cost.
    fn openness(&self, y: &[f64]) -> Vec<f64> {
        let surplus = |site: &Site| {
            site.gains
                .iter()
                .map(|&(class, gain)| (gain - y[class as usize]).max(0.0))
                .sum::<f64>()
                - site.cost
        };
        self.sites.iter().map(surplus).collect()
    }
}

/// The offer each locked need is locked to.
fn locked(instance: &Instance) -> BTreeMap<u32, u32> {
    let locks = instance
        .prior
        .iter()
        .filter(|p| p.state == PriorState::Locked);
    locks.map(|prior| (prior.need, prior.offer)).collect()
}

/// Offers each need has accepted before.
pub(crate) fn kept(instance: &Instance) -> BTreeMap<u32, BTreeSet<u32>> {
    let mut out: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for prior in instance
        .prior
        .iter()
        .filter(|p| p.state == PriorState::Accepted)
    {
        out.entry(prior.need).or_default().insert(prior.offer);
    }
    out
}

/// Digital offers by country and category.
pub(crate) fn candidates(instance: &Instance) -> Vec<Vec<u32>> {
    let meta = &instance.meta;
    let mut lists = vec![Vec::new(); meta.countries.len() * meta.categories.len()];
    for (id, offer) in instance.offers.iter().enumerate() {
        if meta.kind(offer.category as usize) == Kind::Digital && offer.capacity > 0 {
            for (country, _) in reach(offer, meta.countries.len()) {
                lists[country as usize * meta.categories.len() + offer.category as usize]
                    .push(id as u32);
            }
        }
    }
    lists
}

/// Multipliers: one per class, then one per offer (its openings), used by the smoothed bound only.
impl Bound for Problem<'_> {
    fn evaluate(
        &self,
        y: &[f64],
        heat: f64,
        bend: Option<&mut Vec<f64>>,
        slope: &mut Vec<f64>,
    ) -> Value {
        let classes = self.classes.len();
        slope.clear();
        slope.resize(y.len(), 1.0);
        let mut square = vec![0.0; y.len()];
        let mut value = Value::default();
        value.exact = y[..classes].iter().sum();
        value.smooth = value.exact;
        for (offer, sites) in self.by_offer.iter().enumerate() {
            let price = y[classes + offer];
            value.smooth += price * self.limit[offer] as f64;
            slope[classes + offer] = self.limit[offer] as f64;
            let mut surpluses = Vec::with_capacity(sites.len());
            for &site in sites {
                let site = &self.sites[site as usize];
                let (mut hard, mut soft) = (-site.cost, -site.cost - price);
                let mut most = 0.0;
                let chances: Vec<f64> = site
                    .gains
                    .iter()
                    .map(|&(class, gain)| {
                        most += gain;
                        hard += (gain - y[class as usize]).max(0.0);
                        let (plus, p) = softplus(
                            gain - y[class as usize],
                            heat * self.classes[class as usize].value.max(1e-9),
                        );
                        soft += plus;
                        p
                    })
                    .collect();
                surpluses.push(hard.max(0.0));
                let warm = heat * (site.cost + 0.1 * most);
                let (plus, open) = softplus(soft, warm);
                value.smooth += plus;
                slope[classes + offer] -= open;
                let bent = open * (1.0 - open) / warm;
                square[classes + offer] += bent;
                for (&(class, _), p) in site.gains.iter().zip(chances) {
                    slope[class as usize] -= open * p;
                    let own = heat * self.classes[class as usize].value.max(1e-9);
                    square[class as usize] += bent * p * p + open * p * (1.0 - p) / own;
                }
            }
            surpluses.sort_by(|a, b| b.total_cmp(a));
            value.exact += surpluses.iter().take(self.limit[offer]).sum::<f64>();
        }
        if let Some(bend) = bend {
            *bend = square;
        }
        value
    }

    fn first_guess(&self) -> Vec<f64> {
        let mut y: Vec<f64> = self
            .classes
            .iter()
            .map(|c| 0.9 * c.value * c.choices.first().map_or(0.0, |x| x.1))
            .collect();
        y.extend(self.limit.iter().map(|_| 0.0));
        y
    }

    fn scale(&self) -> Vec<f64> {
        let mut scale: Vec<f64> = self
            .classes
            .iter()
            .map(|c| c.value.max(1e-9).sqrt())
            .collect();
        scale.extend(self.by_offer.iter().map(|sites| {
            sites
                .first()
                .map_or(1.0, |&s| self.sites[s as usize].cost.max(1.0).sqrt())
        }));
        scale
    }
}
