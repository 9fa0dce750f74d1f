//! Instances for the tests: a stored one, and small random ones.
#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod spec;

use solver::*;

pub(crate) fn stored() -> Instance {
    let meta = include_str!("../data/n60/meta.json");
    let needs = include_str!("../data/n60/needs.csv");
    let offers = include_str!("../data/n60/offers.csv");
    match read_instance(meta, needs, offers, include_str!("../data/n60/prior.csv")) {
        Ok(instance) => instance,
        Err(problems) => unreachable!("{problems:?}"),
    }
}

/// A stream of numbers that depends on its seed alone.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(end.max(1))) as u32
    }

    pub(crate) fn chance(&mut self, per_cent: u32) -> bool {
        self.below(100) < per_cent
    }
}

/// A school of a hundred learners that asks for so much.
pub(crate) fn school(qty: u32) -> Need {
    Need {
        qty,
        learners: 100,
        t_to: 2,
        tier: 2,
        ..Need::default()
    }
}

/// So many units at one dollar each, at once and everywhere.
pub(crate) fn devices(capacity: u32) -> Offer {
    Offer {
        capacity,
        t_to: 2,
        unit_cost: 1.0,
        ..Offer::default()
    }
}

pub(crate) fn rules() -> Meta {
    let category = |name: &str, kind, has_language, value| Category {
        name: name.into(),
        kind,
        has_language,
        value,
    };
    Meta {
        name: "small".into(),
        periods: 3,
        countries: vec![Country { is_ldc: true }, Country { is_ldc: false }],
        categories: vec![
            category("devices", Kind::Stock, false, 1.0),
            category("training", Kind::Rate, true, 1.2),
            category("content", Kind::Digital, true, 0.5),
        ],
        welfare_breaks: vec![0.5, 0.8, 1.0],
        welfare_slopes: vec![1.4, 0.8, 0.3],
        equity: [0.3, 0.5, 1.0, 1.5, 1.0, 0.5],
        urgency: vec![1.0, 1.3, 1.8],
        late: vec![0.03, 0.08, 0.15],
        second_language_fit: 0.75,
        points_per_usd: 0.04,
        points_per_delivery: 3.0,
        points_per_overlap: 10.0,
        points_per_opening: 20.0,
        package_share: 0.5,
        package_levels: vec![(0.5, 0.6), (0.8, 0.4)],
        stability: 0.05,
        floors: Vec::new(),
        country_cap: 1.0,
    }
}

/// A random instance small enough to try every plan.
pub(crate) fn tiny(seed: u64) -> Instance {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66);
    let mut meta = rules();
    if dice.chance(50) {
        let share = f64::from(dice.below(60)) / 100.0;
        meta.floors.push(Floor {
            category: dice.below(2),
            group: Group::ALL[dice.below(6) as usize],
            min_share: share,
        });
    }
    if dice.chance(30) {
        meta.country_cap = 0.3 + f64::from(dice.below(60)) / 100.0;
    }
    let offers = (0..1 + dice.below(3))
        .map(|_| tiny_offer(&mut dice))
        .collect();
    let count = 1 + dice.below(4);
    let mut needs: Vec<Need> = (0..count).map(|_| tiny_need(&mut dice)).collect();
    if count >= 2 && dice.chance(40) && needs[..2].iter().all(|n| n.category < 2) {
        for need in &mut needs[..2] {
            (need.block, need.partners) = (0, 1);
        }
    }
    Instance {
        meta,
        needs,
        offers,
        prior: Vec::new(),
    }
    .with_prior(&mut dice)
}

fn tiny_offer(dice: &mut Dice) -> Offer {
    let category = dice.below(3);
    let step = 1 + dice.below(3);
    Offer {
        member: dice.below(3),
        category,
        capacity: if category == 2 {
            dice.below(3)
        } else {
            dice.below(7)
        },
        lot_min: dice.below(4),
        lot_step: step,
        lot_max: 2 + dice.below(8),
        places: if dice.chance(60) {
            Places::Everywhere
        } else {
            Places::Listed(vec![Place {
                country: dice.below(2),
                area: dice.chance(30).then_some(0),
            }])
        },
        languages: if dice.chance(40) {
            Languages::Any
        } else {
            Languages::Listed(vec![dice.below(3)])
        },
        tier_required: dice.below(2),
        t_from: dice.below(2),
        t_to: 1 + dice.below(2),
        setup: dice.below(2),
        unit_cost: f64::from(dice.below(400)),
        fixed_cost: f64::from(dice.below(200)),
        conditions: if dice.chance(20) { 1 } else { 0 },
    }
}

fn tiny_need(dice: &mut Dice) -> Need {
    let t_from = dice.below(2) as u16;
    let mut groups = [0; 6];
    groups
        .iter_mut()
        .for_each(|share| *share = dice.below(1001) as u16);
    Need {
        block: -1,
        qty: 1 + dice.below(6),
        learners: dice.below(120),
        area: dice.below(2),
        have: dice.below(2),
        lang1: dice.below(3),
        lang2: if dice.chance(50) {
            dice.below(3) as i32
        } else {
            -1
        },
        groups,
        country: dice.below(2) as u16,
        t_from,
        t_to: t_from + dice.below(2) as u16,
        partners: 1 + dice.below(3) as u16 / 2,
        remote: 100 + dice.below(50) as u16,
        category: dice.below(3) as u8,
        urgency: dice.below(3) as u8,
        tier: dice.below(3) as u8,
    }
}

pub(crate) trait WithPrior {
    fn with_prior(self, dice: &mut Dice) -> Self;
}

impl WithPrior for Instance {
    /// Adds at most one lock or accepted pair that could stand alone.
    fn with_prior(mut self, dice: &mut Dice) -> Self {
        for id in 0..self.needs.len() as u32 {
            let choices = deliveries_of(&self, id);
            if choices.is_empty() || !dice.chance(25) {
                continue;
            }
            let d = choices[dice.below(choices.len() as u32) as usize];
            let state = if dice.chance(50) {
                PriorState::Locked
            } else {
                PriorState::Accepted
            };
            self.prior.push(Prior {
                need: d.need,
                offer: d.offer,
                period: d.period,
                qty: d.qty,
                state,
            });
            break;
        }
        self
    }
}

/// Every single delivery a need could receive.
pub(crate) fn deliveries_of(instance: &Instance, need: u32) -> Vec<Delivery> {
    let own = &instance.needs[need as usize];
    let mut out = Vec::new();
    for (offer, found) in instance
        .offers
        .iter()
        .enumerate()
        .filter_map(|(j, o)| Some((j, pair(instance, own, o).ok()?)))
    {
        let kind = instance.meta.categories[usize::from(own.category)].kind;
        let periods: Vec<i32> = if kind == Kind::Rate {
            (found.first as i32..=found.last as i32).collect()
        } else {
            vec![-1]
        };
        for period in periods {
            let mut qty = found.lots.lo;
            while qty <= found.lots.hi {
                out.push(Delivery {
                    need,
                    offer: offer as u32,
                    period,
                    qty,
                });
                qty += found.lots.step;
            }
        }
    }
    out
}

/// The best plan by trying all of them; None when there are too many.
pub(crate) fn best_by_trying(instance: &Instance) -> Option<f64> {
    let mut choices: Vec<Vec<Vec<Delivery>>> = Vec::new();
    let mut count = 1usize;
    for id in 0..instance.needs.len() as u32 {
        let single = deliveries_of(instance, id);
        let mut own: Vec<Vec<Delivery>> = vec![Vec::new()];
        own.extend(single.iter().map(|d| vec![*d]));
        if instance.needs[id as usize].partners > 1 {
            for (k, a) in single.iter().enumerate() {
                own.extend(
                    single[k + 1..]
                        .iter()
                        .filter(|b| (a.offer, a.period) != (b.offer, b.period))
                        .map(|b| vec![*a, *b]),
                );
            }
        }
        count = count.saturating_mul(own.len());
        choices.push(own);
    }
    if count > 4_000 {
        return None;
    }
    let mut best = f64::NEG_INFINITY;
    for mut code in 0..count {
        let mut plan = Vec::new();
        for own in &choices {
            plan.extend(own[code % own.len()].iter().copied());
            code /= own.len();
        }
        if check(instance, &plan).is_empty() {
            best = best.max(objective(instance, &plan).total);
        }
    }
    Some(best)
}

/// A random instance of some size: packages, floors, caps, lots, late offers and lines with several partners.
pub(crate) fn medium(needs: u32, offers: u32, seed: u64) -> Instance {
    let mut dice = Dice(seed ^ 0xA5A5_5A5A);
    let mut meta = rules();
    meta.periods = 4;
    meta.floors.push(Floor {
        category: 0,
        group: Group::Rural,
        min_share: 0.55,
    });
    meta.country_cap = 0.6;
    let mut block = -1;
    let mut lines = Vec::new();
    for id in 0..needs {
        let mut groups = [0; 6];
        groups
            .iter_mut()
            .for_each(|share| *share = dice.below(1001) as u16);
        let is_packed = id % 10 < 2;
        if id % 10 == 0 {
            block += 1;
        }
        lines.push(Need {
            block: if is_packed { block } else { -1 },
            qty: 3 + dice.below(40),
            learners: 10 + dice.below(600),
            area: dice.below(4),
            have: dice.below(2),
            lang1: dice.below(3),
            lang2: dice.below(3) as i32 - 1,
            groups,
            country: dice.below(2) as u16,
            t_from: dice.below(3) as u16,
            t_to: 3,
            partners: if !is_packed && dice.chance(10) { 2 } else { 1 },
            remote: 100 + dice.below(60) as u16,
            category: if id % 10 < 2 {
                (id % 2) as u8
            } else {
                dice.below(3) as u8
            },
            urgency: dice.below(3) as u8,
            tier: dice.below(3) as u8,
        });
    }
    let list = (0..offers).map(|id| {
        let category = id % 3;
        let step = [1, 1, 2, 5][dice.below(4) as usize];
        Offer {
            member: dice.below(9),
            category,
            capacity: if category == 2 {
                1 + dice.below(2)
            } else {
                needs * 6 / offers + dice.below(needs * 6 / offers + 1)
            },
            lot_min: dice.below(10),
            lot_step: step,
            lot_max: 1_000,
            places: Places::Everywhere,
            languages: Languages::Any,
            tier_required: dice.below(2),
            t_from: dice.below(2),
            t_to: 3,
            setup: dice.below(2),
            unit_cost: f64::from(dice.below(60)),
            fixed_cost: f64::from(dice.below(200)),
            conditions: u32::from(dice.chance(20)),
        }
    });
    let offers = list.collect();
    Instance {
        meta,
        needs: lines,
        offers,
        prior: Vec::new(),
    }
}
