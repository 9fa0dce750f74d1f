//! From a snapshot to the solver's instance: ids become positions, rules become bits. Pure.

use crate::policy::{GROUPS, Parameters};
use crate::snapshot::{Bound, Class, Earlier, Kind, Line, Snapshot, Supply};
use base::{Id, Refusal, Result};
use solver::{
    Category, Floor, Group, Instance, Languages, Meta, Need, Offer, Place, Places, Prior,
    PriorState, QTY_MAX,
};
use std::collections::{BTreeMap, BTreeSet};

/// Bits below this one are the catalogue's conditions.
const LEVEL_BIT: usize = 8;
const LEVEL_BITS_MAX: usize = 20;
/// Nobody has it: an offer that asks for it may serve nobody.
pub(crate) const DATA_BIT: u32 = 1 << 30;
/// An area no line lies in.
const NOWHERE: u32 = 999_999;

/// One need of the instance: a line's open part, or a part an earlier match holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Position in the snapshot's lines.
    pub line: usize,
    /// The earlier match that holds it (position in the snapshot).
    pub held: Option<usize>,
}

/// Why a line is not in the instance at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// Its window is over before the first planning period.
    Over,
    /// Its window begins after the last planning period.
    Later,
}

/// The instance with the way back to ids.
#[derive(Clone, Debug)]
pub struct Built {
    pub instance: Instance,
    /// Of each need.
    pub parts: Vec<Part>,
    /// Of each offer: position in the snapshot's supplies.
    pub rows: Vec<usize>,
    /// Of each prior: position in the snapshot's earlier matches.
    pub priors: Vec<usize>,
    /// Offers with nothing left, as they would be with something: (supply, offer).
    pub used_up: Vec<(usize, Offer)>,
    pub beyond: Vec<(usize, Beyond)>,
    /// First-level area of each area number, by country number.
    pub areas: BTreeMap<(u32, u32), String>,
    pub countries: Vec<String>,
    pub languages: Vec<String>,
    pub classes: Vec<String>,
    /// The sets of levels that have a bit, in order from [`LEVEL_BIT`].
    pub level_sets: Vec<Vec<String>>,
}

/// Whether a missing bit is a set of levels.
pub(crate) fn is_level_bit(bit: u32) -> bool {
    (LEVEL_BIT..LEVEL_BIT + LEVEL_BITS_MAX).contains(&(bit as usize))
}

/// The solver's kind.
const fn kind(kind: Kind) -> solver::Kind {
    match kind {
        Kind::Stock => solver::Kind::Stock,
        Kind::Rate => solver::Kind::Rate,
        Kind::Digital => solver::Kind::Digital,
    }
}

/// The part of a language tag that decides: `es` of `es-HN`.
fn spoken(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or(tag).to_lowercase()
}

fn number<T: TryFrom<i64>>(value: i64) -> Result<T> {
    T::try_from(value).map_err(|_| {
        Refusal::whole("allocation-number-too-large")
            .with("n", value)
            .into()
    })
}

#[expect(clippy::cast_precision_loss, reason = "money below 2^53 cents")]
fn money(cents: i64) -> f64 {
    cents as f64 / 100.0
}

/// The codes of what the solver finds wrong with parameters.
pub fn meta_problems(p: &Parameters) -> BTreeSet<&'static str> {
    let class = |(code, value): (&String, &f64)| Class {
        code: code.clone(),
        kind: Kind::Stock,
        has_language: false,
        value: *value,
        min_tier: 0,
    };
    let mut snapshot = Snapshot {
        periods: 1,
        name: "policy".to_owned(),
        ..Snapshot::default()
    };
    snapshot.classes = p.category_values.iter().map(class).collect();
    if snapshot.classes.is_empty() {
        return BTreeSet::from(["number_out_of_range"]);
    }
    let mut meta = meta(p, &snapshot);
    meta.countries = vec![solver::Country { is_ldc: false }];
    let instance = Instance {
        meta,
        needs: Vec::new(),
        offers: Vec::new(),
        prior: Vec::new(),
    };
    instance
        .validate()
        .into_iter()
        .map(|problem| problem.code)
        .collect()
}

fn meta(p: &Parameters, snapshot: &Snapshot) -> Meta {
    let countries: Vec<solver::Country> = snapshot
        .countries
        .iter()
        .map(|c| solver::Country { is_ldc: c.is_ldc })
        .collect();
    let category = |class: &Class| Category {
        name: class.code.clone(),
        kind: kind(class.kind),
        has_language: class.has_language,
        value: p
            .category_values
            .get(&class.code)
            .copied()
            .unwrap_or(class.value),
    };
    #[expect(clippy::cast_precision_loss, reason = "a few hundred countries")]
    let fair = 1.0 / countries.len().max(1) as f64;
    Meta {
        name: snapshot.name.clone(),
        periods: u32::try_from(snapshot.periods).unwrap_or(1),
        categories: snapshot.classes.iter().map(category).collect(),
        welfare_breaks: p.welfare_breaks.clone(),
        welfare_slopes: p.welfare_slopes.clone(),
        equity: p.equity,
        urgency: p.urgency.to_vec(),
        late: p.late.to_vec(),
        second_language_fit: p.second_language_fit,
        points_per_usd: p.points_per_usd,
        points_per_delivery: p.points_per_delivery,
        points_per_overlap: p.points_per_overlap,
        points_per_opening: p.points_per_opening,
        package_share: p.package_share,
        package_levels: p.package_levels.clone(),
        stability: p.stability,
        floors: floors(p, snapshot),
        // Few countries: a cap below an even share would leave support unused.
        country_cap: p.country_cap.max(fair).min(1.0),
        countries,
    }
}

/// Floors in force: never more than the group's own share of the need, so that what is not known of
/// the learners closes nothing.
fn floors(p: &Parameters, snapshot: &Snapshot) -> Vec<Floor> {
    let mut out = Vec::new();
    for rule in &p.floors {
        let class = snapshot
            .classes
            .iter()
            .position(|class| class.code == rule.service_class);
        let group = GROUPS.iter().position(|group| *group == rule.group);
        let (Some(category), Some(group)) = (class, group) else {
            continue;
        };
        if snapshot
            .classes
            .get(category)
            .is_some_and(|class| class.kind == Kind::Digital)
        {
            continue;
        }
        let lines = snapshot
            .lines
            .iter()
            .filter(|line| line.service_class == rule.service_class);
        let (mut all, mut own) = (0_i64, 0_i64);
        for line in lines {
            all += line.uncovered;
            own += line.uncovered * line.shares.get(group).copied().flatten().unwrap_or(0);
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "sums of units stay far below 2^53"
        )]
        let share = own as f64 / 1000.0 / all.max(1) as f64;
        let min_share = rule.min_share.min(share);
        if let (true, Some(group), Ok(category)) = (
            min_share > 0.0,
            Group::ALL.get(group),
            u32::try_from(category),
        ) {
            out.push(Floor {
                category,
                group: *group,
                min_share,
            });
        }
    }
    out
}

/// Builds the instance of a snapshot under a policy.
pub fn build(p: &Parameters, snapshot: &Snapshot) -> Result<Built> {
    let mut work = Work::new(p, snapshot)?;
    work.settle()?;
    work.offers()?;
    work.needs()?;
    work.priors()?;
    Ok(work.built)
}

struct Work<'s> {
    snapshot: &'s Snapshot,
    built: Built,
    class_of: BTreeMap<&'s str, usize>,
    country_of: BTreeMap<&'s str, u32>,
    language_of: BTreeMap<String, u32>,
    /// Place codes that offers name, other than countries.
    named: BTreeSet<&'s str>,
    /// Area number by country and the key of its area.
    area_of: BTreeMap<(u32, String), u32>,
    /// Area numbers that lie in a named place.
    in_place: BTreeMap<&'s str, BTreeSet<(u32, u32)>>,
    /// Learners counted for a line where nobody knows: the lower quartile of its service and country.
    unknown: BTreeMap<(&'s str, &'s str), i64>,
    by_id: BTreeMap<Id, usize>,
    /// Earlier matches (positions) outside of this round: their units are neither asked nor offered.
    settled: BTreeSet<usize>,
    need_of: BTreeMap<usize, u32>,
}

impl<'s> Work<'s> {
    fn new(p: &Parameters, snapshot: &'s Snapshot) -> Result<Self> {
        let instance = Instance {
            meta: meta(p, snapshot),
            needs: Vec::new(),
            offers: Vec::new(),
            prior: Vec::new(),
        };
        let built = Built {
            instance,
            parts: Vec::new(),
            rows: Vec::new(),
            priors: Vec::new(),
            used_up: Vec::new(),
            beyond: Vec::new(),
            areas: BTreeMap::new(),
            countries: snapshot.countries.iter().map(|c| c.code.clone()).collect(),
            languages: Vec::new(),
            classes: snapshot.classes.iter().map(|c| c.code.clone()).collect(),
            level_sets: Vec::new(),
        };
        let classes = snapshot.classes.iter().enumerate();
        let countries = snapshot.countries.iter().zip(0_u32..);
        let mut work = Self {
            snapshot,
            built,
            class_of: classes
                .map(|(at, class)| (class.code.as_str(), at))
                .collect(),
            country_of: countries
                .map(|(country, at)| (country.code.as_str(), at))
                .collect(),
            language_of: BTreeMap::new(),
            named: BTreeSet::new(),
            area_of: BTreeMap::new(),
            in_place: BTreeMap::new(),
            unknown: lower_quartiles(snapshot),
            by_id: snapshot
                .lines
                .iter()
                .enumerate()
                .map(|(at, line)| (line.id, at))
                .collect(),
            settled: BTreeSet::new(),
            need_of: BTreeMap::new(),
        };
        work.number_languages();
        work.number_areas();
        work.number_levels()?;
        Ok(work)
    }

    fn number_languages(&mut self) {
        let mut all: BTreeSet<String> = BTreeSet::new();
        for line in &self.snapshot.lines {
            all.insert(spoken(&line.lang1));
            all.extend(line.lang2.as_deref().map(spoken));
        }
        for supply in &self.snapshot.supplies {
            all.extend(supply.languages.iter().flatten().map(|tag| spoken(tag)));
        }
        self.language_of = all.iter().cloned().zip(0..).collect();
        self.built.languages = all.into_iter().collect();
    }

    /// An area is a first-level area, cut where an offer names a smaller place.
    fn number_areas(&mut self) {
        for supply in &self.snapshot.supplies {
            let places = supply.places.iter().flatten().map(String::as_str);
            self.named
                .extend(places.filter(|code| !self.country_of.contains_key(code)));
        }
        let mut keys: BTreeMap<(u32, String), (&str, Vec<&'s str>)> = BTreeMap::new();
        for line in &self.snapshot.lines {
            let Some(country) = self.country_of.get(line.country.as_str()) else {
                continue;
            };
            let around = line.around.iter().map(String::as_str);
            let inside: Vec<&str> = around.filter(|code| self.named.contains(code)).collect();
            let key = (*country, area_key(line, &inside));
            keys.entry(key).or_insert((line.area.as_str(), inside));
        }
        for (at, (key, (area, inside))) in (0_u32..).zip(keys) {
            self.built.areas.insert((key.0, at), area.to_owned());
            for code in inside {
                self.in_place.entry(code).or_default().insert((key.0, at));
            }
            self.area_of.insert(key, at);
        }
    }

    fn number_levels(&mut self) -> Result<()> {
        let mut sets: BTreeSet<Vec<String>> = BTreeSet::new();
        for supply in &self.snapshot.supplies {
            let mut levels = supply.levels.clone();
            levels.sort_unstable();
            levels.dedup();
            if !levels.is_empty() {
                sets.insert(levels);
            }
        }
        if sets.len() > LEVEL_BITS_MAX {
            return Err(Refusal::whole("allocation-too-many-level-sets")
                .with("n", sets.len())
                .into());
        }
        self.built.level_sets = sets.into_iter().collect();
        Ok(())
    }

    fn conditions_asked(&self, supply: &Supply) -> u32 {
        let mut levels = supply.levels.clone();
        levels.sort_unstable();
        levels.dedup();
        let at = self.built.level_sets.iter().position(|set| *set == levels);
        let mut bits = supply.conditions & 0xff;
        bits |= at.map_or(0, |at| 1 << (LEVEL_BIT + at));
        if supply.data_answered {
            bits
        } else {
            bits | DATA_BIT
        }
    }

    /// A line whose levels nobody knows is open to offers for any level.
    fn conditions_met(&self, line: &Line) -> u32 {
        let mut bits = line.conditions & 0xff;
        for (at, set) in self.built.level_sets.iter().enumerate() {
            if line.levels.is_empty() || line.levels.iter().any(|level| set.contains(level)) {
                bits |= 1 << (LEVEL_BIT + at);
            }
        }
        bits
    }

    /// Units by period: what is free, and what earlier matches of this round's lines hold.
    fn capacity(&self, supply: &Supply) -> BTreeMap<i64, i64> {
        let mut out: BTreeMap<i64, i64> = BTreeMap::new();
        let rate = supply.kind == Kind::Rate;
        for (period, free) in &supply.free {
            *out.entry(if rate { *period } else { -1 }).or_default() += free;
        }
        for (at, earlier) in self.snapshot.earlier.iter().enumerate() {
            if earlier.offer == supply.id && !self.settled.contains(&at) {
                *out.entry(earlier.period).or_default() += earlier.given;
            }
        }
        out
    }

    /// What both sides agreed and could not be matched again today stays as it is, outside of this
    /// round; so does a lock whose time or offer lies outside.
    fn settle(&mut self) -> Result<()> {
        let ids = self
            .snapshot
            .supplies
            .iter()
            .zip(0_usize..)
            .map(|(supply, at)| (supply.id, at));
        let ids: BTreeMap<Id, usize> = ids.collect();
        for (at, earlier) in self.snapshot.earlier.iter().enumerate() {
            let supply = ids
                .get(&earlier.offer)
                .and_then(|at| self.snapshot.supplies.get(*at));
            let stays = match (earlier.bound, supply) {
                (Bound::Accepted | Bound::Open, _) => true,
                (_, None) => false,
                (Bound::Locked, Some(_)) => self.is_planned(earlier.period),
                (Bound::Agreed, Some(supply)) => {
                    self.is_planned(earlier.period) && self.still_fits(earlier, supply)?
                }
            };
            if !stays {
                self.settled.insert(at);
            }
        }
        Ok(())
    }

    const fn is_planned(&self, period: i64) -> bool {
        period < 0
            || (period >= self.snapshot.first
                && period < self.snapshot.first + self.snapshot.periods)
    }

    /// Whether an agreed match keeps every rule today.
    fn still_fits(&self, earlier: &Earlier, supply: &Supply) -> Result<bool> {
        let line = self
            .by_id
            .get(&earlier.line)
            .and_then(|at| self.snapshot.lines.get(*at));
        let class = self.class_of.get(supply.service_class.as_str());
        let (Some(line), Some(&class)) = (line, class) else {
            return Ok(false);
        };
        let (from, until) = (
            offers::Period::of(line.window_from).0,
            offers::Period::of(line.window_to).0,
        );
        let Some(plain) = self.plain_need(line, from, until, &mut BTreeMap::new())? else {
            return Ok(false);
        };
        let mut need = part_of(&plain, line, earlier.quantity, self.learners(line))?;
        need.partners = 1;
        let mut offer = self.plain_offer(supply, class)?;
        let first = (supply.ready - self.snapshot.first).max(0);
        let last = (supply.last - self.snapshot.first).min(self.snapshot.periods - 1);
        if first > last {
            return Ok(false);
        }
        (offer.t_from, offer.t_to, offer.capacity) = (number(first)?, number(last)?, QTY_MAX);
        let period = u32::try_from(earlier.period - self.snapshot.first);
        let given = number::<u32>(earlier.given)?;
        Ok(
            solver::pair(&self.built.instance, &need, &offer).is_ok_and(|found| {
                let in_time = earlier.period < 0
                    || period.is_ok_and(|t| (found.first..=found.last).contains(&t));
                let digital = supply.kind == Kind::Digital;
                let lots = (found.lots.lo..=found.lots.hi).contains(&given)
                    && given % found.lots.step == 0;
                in_time && (digital || lots)
            }),
        )
    }

    fn offers(&mut self) -> Result<()> {
        let last_of_all = self.snapshot.periods - 1;
        for (at, supply) in self.snapshot.supplies.iter().enumerate() {
            let Some(&class) = self.class_of.get(supply.service_class.as_str()) else {
                continue;
            };
            let from = (supply.ready - self.snapshot.first).max(0);
            let until = (supply.last - self.snapshot.first).min(last_of_all);
            let plain = self.plain_offer(supply, class)?;
            if from > until {
                continue;
            }
            for (first, last, capacity) in self.stretches(supply, from, until) {
                let mut offer = plain.clone();
                (offer.t_from, offer.t_to) = (number(first)?, number(last)?);
                offer.capacity = number(capacity.min(i64::from(QTY_MAX)))?;
                if capacity > 0 {
                    self.built.rows.push(at);
                    self.built.instance.offers.push(offer);
                } else {
                    offer.capacity = QTY_MAX;
                    self.built.used_up.push((at, offer));
                }
            }
        }
        Ok(())
    }

    /// Runs of periods with the same capacity, counted from the first planning period.
    fn stretches(&self, supply: &Supply, from: i64, until: i64) -> Vec<(i64, i64, i64)> {
        let free = self.capacity(supply);
        match supply.kind {
            Kind::Stock => vec![(from, until, free.get(&-1).copied().unwrap_or(0))],
            Kind::Digital => {
                let open = supply
                    .opened
                    .iter()
                    .filter(|c| self.country_of.contains_key(c.as_str()));
                let open = i64::try_from(open.count()).unwrap_or(0);
                vec![(from, until, supply.countries_free.max(0) + open)]
            }
            Kind::Rate => {
                let mut out: Vec<(i64, i64, i64)> = Vec::new();
                for t in from..=until {
                    let units = free.get(&(self.snapshot.first + t)).copied().unwrap_or(0);
                    match out.last_mut() {
                        Some((_, last, capacity)) if *capacity == units => *last = t,
                        _ => out.push((t, t, units)),
                    }
                }
                out
            }
        }
    }

    fn plain_offer(&self, supply: &Supply, class: usize) -> Result<Offer> {
        let min_tier = self
            .snapshot
            .classes
            .get(class)
            .map_or(0, |class| class.min_tier);
        let languages = match &supply.languages {
            None => Languages::Any,
            Some(tags) => Languages::Listed(
                tags.iter()
                    .filter_map(|tag| self.language_of.get(&spoken(tag)).copied())
                    .collect(),
            ),
        };
        Ok(Offer {
            member: 0,
            category: u32::try_from(class).unwrap_or(0),
            capacity: 0,
            lot_min: number(supply.lot_min.max(1))?,
            lot_step: number(supply.lot_step.max(1))?,
            lot_max: number(
                supply
                    .lot_max
                    .unwrap_or(i64::from(QTY_MAX))
                    .min(i64::from(QTY_MAX)),
            )?,
            places: self.places(supply),
            languages,
            tier_required: number(supply.tier.max(min_tier))?,
            t_from: 0,
            t_to: 0,
            setup: 0,
            unit_cost: money(supply.unit_cost_cents),
            fixed_cost: money(supply.fixed_cost_cents),
            conditions: self.conditions_asked(supply),
        })
    }

    fn places(&self, supply: &Supply) -> Places {
        let Some(codes) = &supply.places else {
            return Places::Everywhere;
        };
        let mut out: BTreeSet<Place> = BTreeSet::new();
        for code in codes {
            if let Some(&country) = self.country_of.get(code.as_str()) {
                out.insert(Place {
                    country,
                    area: None,
                });
            }
            for &(country, area) in self.in_place.get(code.as_str()).into_iter().flatten() {
                out.insert(Place {
                    country,
                    area: Some(area),
                });
            }
        }
        if out.is_empty() {
            out.insert(Place {
                country: 0,
                area: Some(NOWHERE),
            });
        }
        Places::Listed(out.into_iter().collect())
    }

    fn needs(&mut self) -> Result<()> {
        let (mut held, mut freed) = (
            BTreeMap::<usize, Vec<usize>>::new(),
            BTreeMap::<usize, i64>::new(),
        );
        for (at, earlier) in self.snapshot.earlier.iter().enumerate() {
            let Some(&line) = self.by_id.get(&earlier.line) else {
                continue;
            };
            match earlier.bound {
                Bound::Agreed | Bound::Locked if self.settled.contains(&at) => {}
                Bound::Agreed | Bound::Locked => held.entry(line).or_default().push(at),
                Bound::Accepted | Bound::Open => {
                    *freed.entry(line).or_default() += earlier.quantity
                }
            }
        }
        let mut blocks: BTreeMap<Id, i32> = BTreeMap::new();
        for (at, line) in self.snapshot.lines.iter().enumerate() {
            let last = self.snapshot.first + self.snapshot.periods - 1;
            let from = offers::Period::of(line.window_from).0;
            let until = offers::Period::of(line.window_to).0;
            if until < self.snapshot.first || from > last {
                let beyond = if from > last {
                    Beyond::Later
                } else {
                    Beyond::Over
                };
                self.built.beyond.push((at, beyond));
                continue;
            }
            let Some(plain) = self.plain_need(line, from, until, &mut blocks)? else {
                continue;
            };
            for &earlier in held.get(&at).into_iter().flatten() {
                self.held_need(at, earlier, &plain)?;
            }
            let open = line.uncovered + freed.get(&at).copied().unwrap_or(0);
            if open > 0 {
                let need = part_of(&plain, line, open, self.learners(line))?;
                self.need_of.insert(
                    at,
                    u32::try_from(self.built.parts.len()).unwrap_or(u32::MAX),
                );
                self.push_need(
                    need,
                    Part {
                        line: at,
                        held: None,
                    },
                );
            }
        }
        self.settle_blocks();
        Ok(())
    }

    fn learners(&self, line: &Line) -> i64 {
        let guess = || {
            self.unknown
                .get(&(line.country.as_str(), line.service_class.as_str()))
        };
        line.learners
            .unwrap_or_else(|| guess().copied().unwrap_or(1))
            .max(0)
    }

    fn plain_need(
        &self,
        line: &Line,
        from: i64,
        until: i64,
        blocks: &mut BTreeMap<Id, i32>,
    ) -> Result<Option<Need>> {
        let class = self.class_of.get(line.service_class.as_str());
        let country = self.country_of.get(line.country.as_str());
        let (Some(&class), Some(&country)) = (class, country) else {
            return Ok(None);
        };
        let rival = self
            .snapshot
            .classes
            .get(class)
            .is_none_or(|class| class.kind != Kind::Digital);
        let around = line.around.iter().map(String::as_str);
        let inside: Vec<&str> = around.filter(|code| self.named.contains(code)).collect();
        let next = i32::try_from(blocks.len()).unwrap_or(-1);
        let block = line
            .package
            .filter(|_| rival)
            .map_or(-1, |id| *blocks.entry(id).or_insert(next));
        let language = |tag: &str| self.language_of.get(&spoken(tag)).copied();
        let clamp =
            |period: i64| (period - self.snapshot.first).clamp(0, self.snapshot.periods - 1);
        let second = line.lang2.as_deref().and_then(language);
        Ok(Some(Need {
            block,
            qty: 1,
            learners: 0,
            area: self
                .area_of
                .get(&(country, area_key(line, &inside)))
                .copied()
                .unwrap_or(NOWHERE),
            have: self.conditions_met(line),
            lang1: language(&line.lang1).unwrap_or(0),
            lang2: second.and_then(|at| i32::try_from(at).ok()).unwrap_or(-1),
            groups: line
                .shares
                .map(|share| u16::try_from(share.unwrap_or(0).clamp(0, 1000)).unwrap_or(0)),
            country: number(i64::from(country))?,
            t_from: number(clamp(from))?,
            t_to: number(clamp(until))?,
            partners: if block >= 0 {
                1
            } else {
                number(line.partners.max(1))?
            },
            remote: number(line.remote.clamp(0, 60_000))?,
            category: u8::try_from(class).unwrap_or(0),
            urgency: number(line.urgency.clamp(0, 3))?,
            tier: number(line.tier.unwrap_or(0).clamp(0, 3))?,
        }))
    }

    /// A part that an earlier match holds.
    fn held_need(&mut self, line: usize, at: usize, plain: &Need) -> Result<()> {
        let Some(earlier) = self.snapshot.earlier.get(at) else {
            return Ok(());
        };
        let Some(of) = self.snapshot.lines.get(line) else {
            return Ok(());
        };
        let mut need = part_of(plain, of, earlier.quantity, self.learners(of))?;
        need.partners = 1;
        let row = self
            .row_for(earlier, &need)
            .or_else(|| self.any_row(earlier));
        let Some(offer) = row else { return Ok(()) };
        let id = u32::try_from(self.built.parts.len()).unwrap_or(u32::MAX);
        self.push_need(
            need,
            Part {
                line,
                held: Some(at),
            },
        );
        self.push_prior(id, offer, earlier, at, PriorState::Locked)
    }

    fn push_need(&mut self, need: Need, part: Part) {
        self.built.instance.needs.push(need);
        self.built.parts.push(part);
    }

    fn push_prior(
        &mut self,
        need: u32,
        offer: u32,
        e: &Earlier,
        at: usize,
        state: PriorState,
    ) -> Result<()> {
        let period = if e.period < 0 {
            -1
        } else {
            number(e.period - self.snapshot.first)?
        };
        self.built.instance.prior.push(Prior {
            need,
            offer,
            period,
            qty: number(e.given)?,
            state,
        });
        self.built.priors.push(at);
        Ok(())
    }

    /// The offer row an earlier match draws on, when the pair is still eligible.
    fn row_for(&self, earlier: &Earlier, need: &Need) -> Option<u32> {
        let period = earlier.period - self.snapshot.first;
        self.rows_of(earlier).find(|&row| {
            let Some(offer) = self.built.instance.offers.get(row as usize) else {
                return false;
            };
            let at = u32::try_from(period);
            solver::pair(&self.built.instance, need, offer).is_ok_and(|found| {
                earlier.period < 0 || at.is_ok_and(|t| (found.first..=found.last).contains(&t))
            })
        })
    }

    fn any_row(&self, earlier: &Earlier) -> Option<u32> {
        self.rows_of(earlier).next()
    }

    fn rows_of<'a>(&'a self, earlier: &'a Earlier) -> impl Iterator<Item = u32> + 'a {
        let own = |at: usize| {
            self.snapshot
                .supplies
                .get(at)
                .is_some_and(|s| s.id == earlier.offer)
        };
        self.built
            .rows
            .iter()
            .zip(0_u32..)
            .filter(move |(at, _)| own(**at))
            .map(|(_, row)| row)
    }

    /// What one side has accepted is worth keeping.
    fn priors(&mut self) -> Result<()> {
        let snapshot = self.snapshot;
        for (at, earlier) in snapshot.earlier.iter().enumerate() {
            if earlier.bound != Bound::Accepted {
                continue;
            }
            let line = self
                .by_id
                .get(&earlier.line)
                .and_then(|line| self.need_of.get(line).copied());
            let Some(need) = line else { continue };
            let Some(own) = self.built.instance.needs.get(need as usize).cloned() else {
                continue;
            };
            if let Some(offer) = self.row_for(earlier, &own) {
                self.push_prior(need, offer, earlier, at, PriorState::Accepted)?;
            }
        }
        Ok(())
    }

    /// A package needs two lines; what is left alone is a plain line.
    fn settle_blocks(&mut self) {
        let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
        for need in &self.built.instance.needs {
            *sizes.entry(need.block).or_default() += 1;
        }
        let real = sizes
            .iter()
            .filter(|(block, size)| **block >= 0 && **size > 1);
        let number: BTreeMap<i32, i32> = real.map(|(block, _)| *block).zip(0..).collect();
        for need in &mut self.built.instance.needs {
            need.block = number.get(&need.block).copied().unwrap_or(-1);
        }
    }
}

fn area_key(line: &Line, inside: &[&str]) -> String {
    format!("{}|{}", line.area, inside.join("|"))
}

/// The part of a need that `quantity` units of its line are, with its share of the learners.
fn part_of(plain: &Need, line: &Line, quantity: i64, learners: i64) -> Result<Need> {
    let whole = i128::from(line.quantity.max(1));
    let share = (i128::from(learners) * i128::from(quantity) * 2 + whole) / (2 * whole);
    let learners = i64::try_from(share)
        .unwrap_or(0)
        .max(i64::from(learners > 0));
    Ok(Need {
        qty: number(quantity)?,
        learners: number(learners)?,
        ..plain.clone()
    })
}

/// Unknown is not zero: a line of unknown learners counts as a small one of its kind.
fn lower_quartiles(snapshot: &Snapshot) -> BTreeMap<(&str, &str), i64> {
    let mut known: BTreeMap<(&str, &str), Vec<i64>> = BTreeMap::new();
    for line in &snapshot.lines {
        if let Some(learners) = line.learners {
            known
                .entry((&line.country, &line.service_class))
                .or_default()
                .push(learners);
        }
    }
    known
        .into_iter()
        .map(|(key, mut all)| {
            all.sort_unstable();
            (key, all.get(all.len() / 4).copied().unwrap_or(1).max(1))
        })
        .collect()
}
