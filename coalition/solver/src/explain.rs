//! Why this match, and why not that need: every statement follows from the plan and its prices.
//!
//! Codes are stable words with typed arguments; sentences in people's languages are made elsewhere.

use crate::eligibility::{Lots, Match, Rule, fit, pair};
use crate::instance::{
    Delivery, Floor, Group, Instance, Kind, Languages, Need, Offer, Prior, PriorState,
};
use crate::model::Curve;
use crate::oracle::Ask;
use crate::prices::Prices;
use std::collections::{BTreeMap, BTreeSet};

/// A value named in an explanation.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// Points, or points per unit.
    Points(f64),
    /// A share from 0 to 1.
    Share(f64),
    Units(u64),
    Need(u32),
    Offer(u32),
    Country(u32),
    Area(u32),
    Language(u32),
    Category(u32),
    Period(i64),
    Level(u32),
    /// A bit mask of conditions.
    Conditions(u32),
    Count(u64),
}

/// A stable code and the values its sentence names.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    pub code: &'static str,
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Reason {
    pub(crate) fn new(code: &'static str, arguments: Vec<(&'static str, Argument)>) -> Self {
        Reason { code, arguments }
    }
}

/// How a line's value is made up: learners × urgency × (1 + points of its groups) × worth of the category.
#[derive(Debug, Clone, PartialEq)]
pub struct Worth {
    pub value: f64,
    pub weight: f64,
    pub learners: u32,
    pub urgency_factor: f64,
    /// Points each group adds to a learner's weight.
    pub group_points: [(Group, f64); 6],
    pub category_value: f64,
}

/// The next best offer for the same need at the same prices.
#[derive(Debug, Clone, PartialEq)]
pub struct RunnerUp {
    pub offer: u32,
    pub period: i32,
    pub qty: u32,
    /// Points the chosen delivery is ahead; below 0 when the runner-up had no room.
    pub difference: f64,
}

/// Why a delivery was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    pub delivery: Delivery,
    /// The seven rules with the values that satisfied them, in order E1 to E7.
    pub rules: Vec<Reason>,
    pub worth: Worth,
    pub fit: f64,
    pub coverage_before: f64,
    pub coverage_after: f64,
    /// Points earned in each stretch of coverage: (from, to, points).
    pub stretches: Vec<(f64, f64, f64)>,
    /// Points of the delivery before costs; a package's share is not in it.
    pub earned: f64,
    pub cost: f64,
    pub price_per_unit: f64,
    pub price_paid: f64,
    /// earned − cost − price paid.
    pub surplus: f64,
    pub is_locked: bool,
    pub is_kept: bool,
    pub runner_up: Option<RunnerUp>,
}

/// Why a need was not, or not wholly, served. The first reason is the main one.
#[derive(Debug, Clone, PartialEq)]
pub struct WhyNot {
    pub need: u32,
    pub coverage: f64,
    pub open_units: u32,
    pub reasons: Vec<Reason>,
}

/// Explains one plan; builds its indexes once.
pub struct Explainer<'i> {
    pub(crate) instance: &'i Instance,
    prices: &'i Prices,
    curve: Curve,
    pub(crate) by_need: BTreeMap<u32, Vec<Delivery>>,
    used: BTreeMap<(u32, i32), u64>,
    opened: BTreeMap<u32, BTreeSet<u16>>,
    by_category: Vec<Vec<u32>>,
    packages: BTreeMap<i32, Vec<u32>>,
    locked: BTreeSet<u32>,
}

/// A way to serve a need: where, how much, and what it brings.
pub(crate) struct Way {
    pub(crate) offer: u32,
    period: i32,
    lots: Lots,
    fit: f64,
    /// Points per unit: price of the row, then with floors and caps.
    row_price: f64,
    price: f64,
    qty: f64,
    /// Points after costs and price.
    pub(crate) gain: f64,
}

impl<'i> Explainer<'i> {
    pub fn new(instance: &'i Instance, deliveries: &[Delivery], prices: &'i Prices) -> Self {
        let meta = &instance.meta;
        let mut own = Explainer {
            instance,
            prices,
            curve: Curve::new(&meta.welfare_breaks, &meta.welfare_slopes),
            by_need: BTreeMap::new(),
            used: BTreeMap::new(),
            opened: BTreeMap::new(),
            by_category: vec![Vec::new(); meta.categories.len()],
            packages: BTreeMap::new(),
            locked: instance
                .prior
                .iter()
                .filter(|p| p.state == PriorState::Locked)
                .map(|p| p.need)
                .collect(),
        };
        for d in deliveries {
            own.by_need.entry(d.need).or_default().push(*d);
            *own.used.entry((d.offer, d.period)).or_default() += u64::from(d.qty);
            if own.kind(d.offer) == Some(Kind::Digital) {
                own.opened
                    .entry(d.offer)
                    .or_default()
                    .insert(instance.needs[d.need as usize].country);
            }
        }
        for (id, offer) in instance.offers.iter().enumerate() {
            own.by_category[offer.category as usize].push(id as u32);
        }
        for (id, need) in instance
            .needs
            .iter()
            .enumerate()
            .filter(|(_, need)| need.block >= 0)
        {
            own.packages.entry(need.block).or_default().push(id as u32);
        }
        own.packages.retain(|_, lines| lines.len() >= 2);
        own
    }

    pub(crate) fn kind(&self, offer: u32) -> Option<Kind> {
        self.instance
            .offers
            .get(offer as usize)
            .map(|o| self.instance.meta.kind(o.category as usize))
    }

    /// Points per unit that floors and caps add to every price of a need.
    fn surcharge(&self, id: u32, need: &Need) -> f64 {
        if self.locked.contains(&id) {
            return 0.0;
        }
        let cap = self
            .prices
            .caps
            .get(&(u32::from(need.country), u32::from(need.category)));
        let mut add = cap.copied().unwrap_or(0.0);
        for (&at, nu) in &self.prices.floors {
            let Some(floor) = self.instance.meta.floors.get(at as usize) else {
                continue;
            };
            if floor.category == u32::from(need.category) {
                add -=
                    nu * (f64::from(need.groups[floor.group as usize]) / 1000.0 - floor.min_share);
            }
        }
        add
    }

    pub(crate) fn row_price(&self, offer: u32, period: i32) -> f64 {
        self.prices
            .offers
            .get(&(offer, period))
            .copied()
            .unwrap_or(0.0)
    }

    fn unit_cost(&self, need: &Need, offer: &Offer) -> f64 {
        self.instance.meta.points_per_usd * offer.unit_cost * f64::from(need.remote) / 100.0
    }

    fn delivery_cost(&self, offer: &Offer) -> f64 {
        self.instance.meta.points_per_delivery
            + self.instance.meta.points_per_usd * offer.fixed_cost
    }

    fn is_packed(&self, need: &Need) -> bool {
        need.block >= 0 && self.packages.contains_key(&need.block)
    }

    fn ask(&self, need: &Need, whole: bool) -> Ask<'_> {
        let share = if self.is_packed(need) && !whole {
            1.0 - self.instance.meta.package_share
        } else {
            1.0
        };
        Ask::of(
            &self.curve,
            share * self.instance.meta.value(need),
            need.qty,
            need.remote,
        )
    }

    /// Every way to serve a rival need, best gain first. `whole` counts the package's share as the line's own.
    pub(crate) fn ways(&self, id: u32, whole: bool) -> Vec<Way> {
        let need = &self.instance.needs[id as usize];
        let add = self.surcharge(id, need);
        let ask = self.ask(need, whole);
        let mut out = Vec::new();
        for &offer_id in self
            .by_category
            .get(usize::from(need.category))
            .map_or(&[][..], |list| list)
        {
            let offer = &self.instance.offers[offer_id as usize];
            let Ok(found) = pair(self.instance, need, offer) else {
                continue;
            };
            let rate = self.kind(offer_id) == Some(Kind::Rate);
            for at in found.first..=if rate { found.last } else { found.first } {
                let period = if rate { at as i32 } else { -1 };
                let fit = fit(self.instance, need, found.by_second_language, at);
                let row_price = self.row_price(offer_id, period);
                let price = row_price + add;
                let lots = (
                    f64::from(found.lots.lo),
                    f64::from(found.lots.hi),
                    f64::from(found.lots.step),
                );
                let (gain, qty) = ask.best(fit, price + self.unit_cost(need, offer), lots);
                let gain = gain - self.delivery_cost(offer);
                out.push(Way {
                    offer: offer_id,
                    period,
                    lots: found.lots,
                    fit,
                    row_price,
                    price,
                    qty,
                    gain,
                });
            }
        }
        out.sort_by(|a, b| {
            b.gain
                .total_cmp(&a.gain)
                .then((a.offer, a.period).cmp(&(b.offer, b.period)))
        });
        out
    }

    /// How the value of a need is made up.
    pub fn worth(&self, id: u32) -> Option<Worth> {
        let need = self.instance.needs.get(id as usize)?;
        let meta = &self.instance.meta;
        let points = |group: Group| {
            (
                group,
                meta.equity[group as usize] * f64::from(need.groups[group as usize]) / 1000.0,
            )
        };
        Some(Worth {
            value: meta.value(need),
            weight: meta.weight(need),
            learners: need.learners,
            urgency_factor: meta
                .urgency
                .get(usize::from(need.urgency))
                .copied()
                .unwrap_or(0.0),
            group_points: Group::ALL.map(points),
            category_value: meta
                .categories
                .get(usize::from(need.category))
                .map_or(0.0, |c| c.value),
        })
    }

    /// Why a delivery of the plan was made; None when it is not in the plan.
    pub fn why(&self, delivery: &Delivery) -> Option<Why> {
        let all = self.by_need.get(&delivery.need)?;
        let place = all.iter().position(|d| d == delivery)?;
        let need = self.instance.needs.get(delivery.need as usize)?;
        let offer = self.instance.offers.get(delivery.offer as usize)?;
        let found = pair(self.instance, need, offer).ok()?;
        let digital = self.kind(delivery.offer) == Some(Kind::Digital);
        let at = |d: &Delivery, found: &Match| {
            if d.period >= 0 {
                d.period as u32
            } else {
                found.first
            }
        };
        let fit_here = fit(
            self.instance,
            need,
            found.by_second_language,
            at(delivery, &found),
        );
        let share = |units: u32| f64::from(units.min(need.qty)) / f64::from(need.qty.max(1));
        let before = all[..place].iter().filter_map(|d| {
            let own = pair(self.instance, need, &self.instance.offers[d.offer as usize]).ok()?;
            Some(fit(self.instance, need, own.by_second_language, at(d, &own)) * share(d.qty))
        });
        let coverage_before: f64 = before.sum();
        let coverage_after = coverage_before + fit_here * share(delivery.qty);
        let own_value = self.ask(need, false).own;
        let stretches = self.stretches(own_value, coverage_before, coverage_after);
        let earned = stretches.iter().map(|s| s.2).sum::<f64>();
        let (cost, price_per_unit) = if digital {
            (0.0, 0.0)
        } else {
            let cost =
                self.unit_cost(need, offer) * f64::from(delivery.qty) + self.delivery_cost(offer);
            let overlap = if place > 0 {
                self.instance.meta.points_per_overlap
            } else {
                0.0
            };
            (
                cost + overlap,
                self.row_price(delivery.offer, delivery.period)
                    + self.surcharge(delivery.need, need),
            )
        };
        let price_paid = price_per_unit * f64::from(delivery.qty);
        let mine = |p: &&Prior| p.need == delivery.need && p.offer == delivery.offer;
        let prior = self.instance.prior.iter().find(mine);
        let surplus = earned - cost - price_paid;
        Some(Why {
            delivery: *delivery,
            rules: self.rules(need, offer, &found, delivery),
            worth: self.worth(delivery.need)?,
            fit: fit_here,
            coverage_before,
            coverage_after,
            stretches,
            earned,
            cost,
            price_per_unit,
            price_paid,
            surplus,
            is_locked: prior.is_some_and(|p| p.state == PriorState::Locked),
            is_kept: prior.is_some(),
            runner_up: if digital {
                None
            } else {
                self.runner_up(delivery, surplus)
            },
        })
    }

    fn stretches(&self, value: f64, before: f64, after: f64) -> Vec<(f64, f64, f64)> {
        let mut out = Vec::new();
        let mut start = 0.0;
        for (&end, &slope) in self
            .instance
            .meta
            .welfare_breaks
            .iter()
            .zip(&self.instance.meta.welfare_slopes)
        {
            let (from, to) = (f64::max(before, start), f64::min(after, end));
            if to > from {
                out.push((from, to, value * slope * (to - from)));
            }
            start = end;
        }
        out
    }

    fn runner_up(&self, delivery: &Delivery, surplus: f64) -> Option<RunnerUp> {
        let next = self
            .ways(delivery.need, false)
            .into_iter()
            .find(|w| w.offer != delivery.offer)?;
        Some(RunnerUp {
            offer: next.offer,
            period: next.period,
            qty: next.qty as u32,
            difference: surplus - next.gain,
        })
    }

    fn rules(&self, need: &Need, offer: &Offer, found: &Match, delivery: &Delivery) -> Vec<Reason> {
        let language = match &offer.languages {
            Languages::Any => Vec::new(),
            Languages::Listed(_) if found.by_second_language => {
                vec![("language", Argument::Language(need.lang2.max(0) as u32))]
            }
            Languages::Listed(_) => vec![("language", Argument::Language(need.lang1))],
        };
        vec![
            Reason::new(
                "same_service",
                vec![("category", Argument::Category(offer.category))],
            ),
            Reason::new(
                "place_listed",
                vec![
                    ("country", Argument::Country(u32::from(need.country))),
                    ("area", Argument::Area(need.area)),
                ],
            ),
            Reason::new(
                if found.by_second_language {
                    "second_language_matches"
                } else {
                    "language_matches"
                },
                language,
            ),
            Reason::new(
                "technology_level_enough",
                vec![
                    ("has", Argument::Level(u32::from(need.tier))),
                    ("needs", Argument::Level(offer.tier_required)),
                ],
            ),
            Reason::new(
                "conditions_met",
                vec![("required", Argument::Conditions(offer.conditions))],
            ),
            Reason::new(
                "in_time",
                vec![
                    ("first", Argument::Period(i64::from(found.first))),
                    ("last", Argument::Period(i64::from(found.last))),
                    ("wanted_from", Argument::Period(i64::from(need.t_from))),
                ],
            ),
            Reason::new(
                "lot_fits",
                vec![
                    ("smallest", Argument::Units(u64::from(found.lots.lo))),
                    ("largest", Argument::Units(u64::from(found.lots.hi))),
                    ("step", Argument::Units(u64::from(found.lots.step))),
                    ("given", Argument::Units(u64::from(delivery.qty))),
                ],
            ),
        ]
    }

    /// Why a need was not, or not wholly, served; None when it was.
    pub fn why_not(&self, id: u32) -> Option<WhyNot> {
        let need = self.instance.needs.get(id as usize)?;
        let own = self.by_need.get(&id).map_or(&[][..], |list| list);
        let given: u64 = own.iter().map(|d| u64::from(d.qty)).sum();
        if given >= u64::from(need.qty) {
            return None;
        }
        let digital = self.instance.meta.kind(usize::from(need.category)) == Kind::Digital;
        let coverage = own
            .iter()
            .filter_map(|d| self.why(d))
            .map(|why| why.coverage_after)
            .fold(0.0, f64::max);
        let mut reasons = if digital {
            self.digital_reasons(id, need)
        } else if own.is_empty() {
            self.unserved_reasons(id, need)
        } else {
            self.partly_reasons(id, need, own)
        };
        if reasons.is_empty() {
            reasons.push(Reason::new("rounding", Vec::new()));
        }
        Some(WhyNot {
            need: id,
            coverage,
            open_units: (u64::from(need.qty) - given) as u32,
            reasons,
        })
    }

    /// N0: the single rule whose relaxation would open most offers.
    fn nobody(&self, need: &Need) -> Reason {
        let list = self
            .by_category
            .get(usize::from(need.category))
            .map_or(&[][..], |list| list);
        let mut alone: BTreeMap<Rule, u64> = BTreeMap::new();
        let mut any: BTreeMap<Rule, u64> = BTreeMap::new();
        for &offer in list {
            let Err(broken) = pair(self.instance, need, &self.instance.offers[offer as usize])
            else {
                continue;
            };
            for &rule in &broken {
                *any.entry(rule).or_default() += 1;
            }
            if let [only] = broken[..] {
                *alone.entry(only).or_default() += 1;
            }
        }
        let opens = !alone.is_empty();
        let most = |counts: &BTreeMap<Rule, u64>| {
            // The first of equals, in the order of the rules.
            counts
                .iter()
                .map(|(&rule, &n)| (n, rule))
                .max_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)))
        };
        match most(if opens { &alone } else { &any }) {
            Some((count, rule)) => {
                let mut arguments = vec![(
                    "offers_opened",
                    Argument::Count(if opens { count } else { 0 }),
                )];
                arguments.push(match rule {
                    Rule::Category => ("category", Argument::Category(u32::from(need.category))),
                    Rule::Place => ("country", Argument::Country(u32::from(need.country))),
                    Rule::Language => ("language", Argument::Language(need.lang1)),
                    Rule::Tier => ("has", Argument::Level(u32::from(need.tier))),
                    Rule::Conditions => ("has", Argument::Conditions(need.have)),
                    Rule::Time => ("wanted_until", Argument::Period(i64::from(need.t_to))),
                    Rule::Lots => ("units", Argument::Units(u64::from(need.qty))),
                });
                Reason::new(rule.reason(), arguments)
            }
            None => Reason::new(
                Rule::Category.reason(),
                vec![
                    ("offers_opened", Argument::Count(0)),
                    ("category", Argument::Category(u32::from(need.category))),
                ],
            ),
        }
    }

    fn left(&self, offer: u32, period: i32) -> u64 {
        let capacity = u64::from(self.instance.offers[offer as usize].capacity);
        capacity.saturating_sub(self.used.get(&(offer, period)).copied().unwrap_or(0))
    }

    fn unserved_reasons(&self, id: u32, need: &Need) -> Vec<Reason> {
        let ways = self.ways(id, false);
        let Some(best) = ways.first() else {
            return vec![self.nobody(need)];
        };
        let mut out = Vec::new();
        let offer = &self.instance.offers[best.offer as usize];
        let named = ("offer", Argument::Offer(best.offer));
        if best.gain > 1e-9 {
            let room = ways
                .iter()
                .filter(|w| w.gain > 1e-9)
                .any(|w| self.left(w.offer, w.period) >= u64::from(w.lots.lo));
            let code =
                if room && self.prices.floors.values().any(|nu| *nu > 0.0) && self.is_bound(need) {
                    "floor_or_cap_binding"
                } else {
                    "rounding"
                };
            return vec![Reason::new(
                code,
                vec![named, ("worth_above_price", Argument::Points(best.gain))],
            )];
        }
        if let Some(reason) = self.package_reason(id, need) {
            out.push(reason);
        }
        let short = ("short_by", Argument::Points(-best.gain));
        let ask = self.ask(need, false);
        let (cost, fixed) = (self.unit_cost(need, offer), self.delivery_cost(offer));
        let hi = f64::from(need.qty.min(best.lots.hi));
        let without_lots = ask
            .best(best.fit, best.price + cost, (1.0, hi.max(1.0), 1.0))
            .0
            - fixed;
        let without_guarantees = ask.best(best.fit, best.row_price + cost, lots_of(best)).0 - fixed;
        let without_prices = ask.best(best.fit, cost, lots_of(best)).0 - fixed;
        if without_lots > 1e-9 {
            let smallest = ("smallest", Argument::Units(u64::from(best.lots.lo)));
            out.push(Reason::new(
                "smallest_lot_too_big",
                vec![
                    named,
                    smallest,
                    ("units", Argument::Units(u64::from(need.qty))),
                    short,
                ],
            ));
        } else if without_guarantees > 1e-9 {
            out.push(Reason::new(
                "floor_or_cap_binding",
                vec![
                    named,
                    ("surcharge", Argument::Points(best.price - best.row_price)),
                    short,
                ],
            ));
        } else if without_prices > 1e-9
            && self.left(best.offer, best.period) < u64::from(best.lots.lo)
        {
            out.push(Reason::new(
                "capacity_used_up_by_priority",
                vec![named, ("price", Argument::Points(best.price)), short],
            ));
        } else {
            out.push(Reason::new(
                "worth_below_price",
                vec![named, ("price", Argument::Points(best.price + cost)), short],
            ));
        }
        out
    }

    /// Whether a floor or a cap weighs against a need.
    fn is_bound(&self, need: &Need) -> bool {
        let cap = self
            .prices
            .caps
            .get(&(u32::from(need.country), u32::from(need.category)));
        let floor = |(at, floor): (usize, &Floor)| {
            floor.category == u32::from(need.category)
                && self
                    .prices
                    .floors
                    .get(&(at as u32))
                    .is_some_and(|nu| *nu > 0.0)
                && f64::from(need.groups[floor.group as usize]) / 1000.0 < floor.min_share
        };
        cap.is_some_and(|kappa| *kappa > 0.0)
            || self.instance.meta.floors.iter().enumerate().any(floor)
    }

    /// N5: the line would be worth its price if the other parts of its package came too.
    fn package_reason(&self, id: u32, need: &Need) -> Option<Reason> {
        let parts = self.packages.get(&need.block).filter(|_| need.block >= 0)?;
        let best = self.ways(id, true).into_iter().next()?;
        if best.gain <= 1e-9 {
            return None;
        }
        let missing = parts
            .iter()
            .find(|&&other| other != id && !self.by_need.contains_key(&other))?;
        Some(Reason::new(
            "package_incomplete",
            vec![
                ("missing", Argument::Need(*missing)),
                ("worth_with_package", Argument::Points(best.gain)),
            ],
        ))
    }

    fn partly_reasons(&self, id: u32, need: &Need, own: &[Delivery]) -> Vec<Reason> {
        let mut out = Vec::new();
        if need.partners > 1 && own.len() >= usize::from(need.partners) {
            out.push(Reason::new(
                "partner_limit",
                vec![("partners", Argument::Count(u64::from(need.partners)))],
            ));
        }
        for d in own {
            let Some(why) = self.why(d) else { continue };
            let offer = &self.instance.offers[d.offer as usize];
            let Ok(found) = pair(self.instance, need, offer) else {
                continue;
            };
            let named = ("offer", Argument::Offer(d.offer));
            let step = f64::from(found.lots.step);
            let after = why.coverage_after + why.fit * step / f64::from(need.qty);
            let further = self.ask(need, false).own
                * (self.curve.at(after.min(1.0)) - self.curve.at(why.coverage_after));
            let asked = (why.price_per_unit + self.unit_cost(need, offer)) * step;
            if d.qty + found.lots.step > found.lots.hi {
                out.push(Reason::new(
                    "largest_lot_reached",
                    vec![
                        named,
                        ("largest", Argument::Units(u64::from(found.lots.hi))),
                    ],
                ));
            } else if further < asked {
                let code = if self.left(d.offer, d.period) < u64::from(found.lots.step) {
                    "capacity_used_up_by_priority"
                } else {
                    "worth_below_price"
                };
                out.push(Reason::new(
                    code,
                    vec![
                        named,
                        ("price", Argument::Points(why.price_per_unit)),
                        ("short_by", Argument::Points(asked - further)),
                    ],
                ));
            } else if self.is_bound(need) {
                out.push(Reason::new(
                    "floor_or_cap_binding",
                    vec![
                        named,
                        ("surcharge", Argument::Points(self.surcharge(id, need))),
                    ],
                ));
            } else {
                out.push(Reason::new(
                    "rounding",
                    vec![
                        named,
                        ("worth_above_price", Argument::Points(further - asked)),
                    ],
                ));
            }
        }
        out
    }

    fn digital_reasons(&self, _id: u32, need: &Need) -> Vec<Reason> {
        let meta = &self.instance.meta;
        let list = self
            .by_category
            .get(usize::from(need.category))
            .map_or(&[][..], |list| list);
        let mut best: Option<(f64, u32)> = None;
        for &id in list {
            let offer = &self.instance.offers[id as usize];
            let Ok(found) = pair(self.instance, need, offer) else {
                continue;
            };
            let value = meta.value(need)
                * meta.welfare(fit(
                    self.instance,
                    need,
                    found.by_second_language,
                    found.first,
                ));
            if best.is_none_or(|b| value > b.0) {
                best = Some((value, id));
            }
        }
        let Some((value, id)) = best else {
            return vec![self.nobody(need)];
        };
        let offer = &self.instance.offers[id as usize];
        let named = ("offer", Argument::Offer(id));
        let worth = ("worth", Argument::Points(value));
        let full = self.opened.get(&id).map_or(0, BTreeSet::len) >= offer.capacity as usize;
        let opening = (
            "price",
            Argument::Points(meta.points_per_opening + meta.points_per_usd * offer.fixed_cost),
        );
        let code = if full {
            "capacity_used_up_by_priority"
        } else {
            "worth_below_price"
        };
        vec![Reason::new(code, vec![named, opening, worth])]
    }
}

fn lots_of(way: &Way) -> (f64, f64, f64) {
    (
        f64::from(way.lots.lo),
        f64::from(way.lots.hi),
        f64::from(way.lots.step),
    )
}
