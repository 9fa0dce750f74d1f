//! From a plan and its prices to what people read: proposals with reasons, lines not served, gaps,
//! totals. Pure; every number follows from the instance, the plan and the prices.

mod moved;

pub use moved::Moved;

use crate::build::{Beyond, Built, DATA_BIT, is_level_bit};
use crate::policy::GROUPS;
use crate::snapshot::{Kind, Snapshot};
use base::Id;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use solver::{Argument, Delivery, Explainer, Reason, Solution, Why};
use std::collections::{BTreeMap, BTreeSet};

/// A line of a new proposal with its reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewLine {
    /// Position in the snapshot's lines.
    pub at: usize,
    /// As `offers::Period` counts; -1 where periods play no part.
    pub period: i64,
    pub quantity: i64,
    pub given: i64,
    pub learners: i64,
    pub price: f64,
    /// V: points of the line when wholly served.
    pub value: f64,
    pub ground: f64,
    pub priority: f64,
    pub resources: f64,
    pub before: f64,
    pub after: f64,
    pub runner_up: Option<(Id, f64)>,
}

impl NewLine {
    /// The line's score: the three factors added.
    pub fn score(&self) -> f64 {
        self.ground + self.priority + self.resources
    }
}

/// A new proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewProposal {
    /// Position in the snapshot's supplies.
    pub supply: usize,
    pub need: Id,
    pub country: String,
    /// Best first.
    pub lines: Vec<NewLine>,
    pub local: Option<(Id, i64)>,
}

/// How a line fared in a round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fared {
    /// Position in the snapshot's lines.
    pub at: usize,
    /// Units the round could give, and gave.
    pub open: i64,
    pub proposed: i64,
    pub learners: i64,
    pub coverage: f64,
    /// Why not, or not wholly: code and arguments; the first is the main one.
    pub reasons: Vec<(String, Value)>,
}

/// What more of something would bring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    pub service_class: String,
    pub country: String,
    pub area: String,
    pub language: Option<String>,
    pub period: i64,
    pub lines: i64,
    pub open_units: f64,
    pub learners: f64,
    /// Of the learners, those of each group.
    pub learners_of: [f64; 6],
    /// Learners of plain weight the first unit, 10 %, 50 % and all of the open units bring, at most.
    pub first_unit: f64,
    pub at_most: [f64; 3],
}

/// Everything a round stores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Findings {
    pub proposals: Vec<NewProposal>,
    /// Earlier matches (positions in the snapshot) the plan keeps as they are.
    pub kept: BTreeSet<usize>,
    #[serde(default)]
    pub moved: Vec<Moved>,
    pub fared: Vec<Fared>,
    pub gaps: Vec<Gap>,
    pub summary: Value,
}

/// Everything a round stores, from its solution and the solution without the equity rules.
pub fn findings(
    snapshot: &Snapshot,
    built: &Built,
    solution: &Solution,
    without: &[Delivery],
) -> Findings {
    let explainer = Explainer::new(&built.instance, &solution.deliveries, &solution.prices);
    let teller = Teller {
        snapshot,
        built,
        explainer,
    };
    let (proposals, kept) = teller.proposals(&solution.deliveries);
    let moved = teller.moved(&solution.deliveries, &kept);
    let fared = teller.fared(&solution.deliveries);
    let gaps = gaps(snapshot, built, solution);
    let mut summary = summary(
        snapshot,
        built,
        &solution.deliveries,
        without,
        &fared,
        &proposals,
    );
    summary["moved"] = moved.len().into();
    Findings {
        proposals,
        kept,
        moved,
        fared,
        gaps,
        summary,
    }
}

struct Teller<'a> {
    snapshot: &'a Snapshot,
    built: &'a Built,
    explainer: Explainer<'a>,
}

impl Teller<'_> {
    fn period(&self, delivery: &Delivery) -> i64 {
        if delivery.period < 0 {
            -1
        } else {
            self.snapshot.first + i64::from(delivery.period)
        }
    }

    fn proposals(&self, deliveries: &[Delivery]) -> (Vec<NewProposal>, BTreeSet<usize>) {
        let mut earlier: BTreeMap<(Id, Id, i64, i64), usize> = BTreeMap::new();
        for (at, e) in self.snapshot.earlier.iter().enumerate() {
            if e.bound == crate::snapshot::Bound::Accepted {
                earlier.insert((e.line, e.offer, e.period, e.given), at);
            }
        }
        let (mut kept, mut found) = (
            BTreeSet::new(),
            BTreeMap::<(usize, Id), Vec<NewLine>>::new(),
        );
        for delivery in deliveries {
            let Some(part) = self.built.parts.get(delivery.need as usize) else {
                continue;
            };
            let Some(&supply) = self.built.rows.get(delivery.offer as usize) else {
                continue;
            };
            if let Some(at) = part.held {
                kept.insert(at);
                continue;
            }
            let (Some(line), Some(of)) = (
                self.snapshot.lines.get(part.line),
                self.snapshot.supplies.get(supply),
            ) else {
                continue;
            };
            let same = (
                line.id,
                of.id,
                self.period(delivery),
                i64::from(delivery.qty),
            );
            if let Some(at) = earlier.remove(&same) {
                kept.insert(at);
            } else if let Some(new) = self.line(part.line, delivery) {
                found.entry((supply, line.need)).or_default().push(new);
            }
        }
        let all = found
            .into_iter()
            .map(|((supply, need), lines)| self.proposal(supply, need, lines));
        (all.collect(), kept)
    }

    fn proposal(&self, supply: usize, need: Id, mut lines: Vec<NewLine>) -> NewProposal {
        lines.sort_by(|a, b| {
            b.score()
                .total_cmp(&a.score())
                .then((a.at, a.period).cmp(&(b.at, b.period)))
        });
        let country = lines
            .first()
            .and_then(|line| self.snapshot.lines.get(line.at));
        let country = country.map_or_else(String::new, |line| line.country.clone());
        let local = self.local(supply, &country, &lines);
        NewProposal {
            supply,
            need,
            country,
            lines,
            local,
        }
    }

    fn line(&self, at: usize, delivery: &Delivery) -> Option<NewLine> {
        let why: Why = self.explainer.why(delivery)?;
        let need = self.built.instance.needs.get(delivery.need as usize)?;
        let equity = 1.0
            + why
                .worth
                .group_points
                .iter()
                .map(|(_, points)| points)
                .sum::<f64>();
        let ground = why.earned / equity;
        let runner_up = why.runner_up.as_ref().and_then(|next| {
            let supply = self.built.rows.get(next.offer as usize)?;
            Some((self.snapshot.supplies.get(*supply)?.id, next.difference))
        });
        Some(NewLine {
            at,
            period: self.period(delivery),
            quantity: i64::from(delivery.qty.min(need.qty)),
            given: i64::from(delivery.qty),
            learners: i64::from(need.learners),
            price: why.price_per_unit,
            value: why.worth.value,
            ground,
            priority: why.earned - ground,
            resources: -why.cost,
            before: why.coverage_before,
            after: why.coverage_after,
            runner_up,
        })
    }

    /// An offer of a local organisation that fits most of the lines; the offer itself when it is one.
    fn local(&self, supply: usize, country: &str, lines: &[NewLine]) -> Option<(Id, i64)> {
        let own = self.snapshot.supplies.get(supply)?;
        let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
        if own.home.as_deref() == Some(country) {
            return Some((own.id, count));
        }
        let mut best: Option<(i64, usize)> = None;
        for (at, other) in self.snapshot.supplies.iter().enumerate() {
            if other.home.as_deref() != Some(country) || other.service_class != own.service_class {
                continue;
            }
            let fits = i64::try_from(lines.iter().filter(|line| self.fits(at, line.at)).count())
                .unwrap_or(0);
            if fits > 0 && best.is_none_or(|(most, _)| fits > most) {
                best = Some((fits, at));
            }
        }
        best.and_then(|(fits, at)| Some((self.snapshot.supplies.get(at)?.id, fits)))
    }

    fn fits(&self, supply: usize, line: usize) -> bool {
        let part = |part: &crate::build::Part| part.line == line && part.held.is_none();
        let position = self.built.parts.partition_point(|p| p.line < line);
        let near = self
            .built
            .parts
            .iter()
            .enumerate()
            .skip(position)
            .take_while(|(_, p)| p.line == line);
        let Some((need, _)) = near.into_iter().find(|(_, p)| part(p)) else {
            return false;
        };
        let Some(need) = self.built.instance.needs.get(need) else {
            return false;
        };
        let rows = self
            .built
            .rows
            .iter()
            .enumerate()
            .filter(|(_, at)| **at == supply);
        rows.filter_map(|(row, _)| self.built.instance.offers.get(row))
            .any(|offer| solver::pair(&self.built.instance, need, offer).is_ok())
    }

    fn fared(&self, deliveries: &[Delivery]) -> Vec<Fared> {
        let covered = solver::coverage(&self.built.instance, deliveries);
        let mut given: BTreeMap<u32, i64> = BTreeMap::new();
        for delivery in deliveries {
            *given.entry(delivery.need).or_default() += i64::from(delivery.qty);
        }
        let mut out: Vec<Fared> = Vec::new();
        for ((part, need), id) in self
            .built
            .parts
            .iter()
            .zip(&self.built.instance.needs)
            .zip(0_u32..)
        {
            if part.held.is_some() {
                continue;
            }
            let open = i64::from(need.qty);
            let proposed = given.get(&id).copied().unwrap_or(0).min(open);
            let digital = self
                .built
                .instance
                .meta
                .categories
                .get(usize::from(need.category));
            let digital = digital.is_some_and(|class| class.kind == solver::Kind::Digital);
            let coverage = covered.get(id as usize).copied().unwrap_or(0.0);
            let coverage = if digital && proposed > 0 {
                1.0
            } else {
                coverage.min(1.0)
            };
            let reasons = self.reasons(id);
            out.push(Fared {
                at: part.line,
                open,
                proposed,
                learners: i64::from(need.learners),
                coverage,
                reasons,
            });
        }
        for (at, beyond) in &self.built.beyond {
            let Some(line) = self.snapshot.lines.get(*at) else {
                continue;
            };
            let code = match beyond {
                Beyond::Over => "window_over",
                Beyond::Later => "window_later",
            };
            let (open, learners) = (line.uncovered, line.learners.unwrap_or(0));
            let reasons = vec![(code.to_owned(), json!({}))];
            if open > 0 {
                out.push(Fared {
                    at: *at,
                    open,
                    proposed: 0,
                    learners,
                    coverage: 0.0,
                    reasons,
                });
            }
        }
        out.sort_by_key(|fared| fared.at);
        out
    }

    fn reasons(&self, need: u32) -> Vec<(String, Value)> {
        let Some(why) = self.explainer.why_not(need) else {
            return Vec::new();
        };
        let mut out: Vec<(String, Value)> = Vec::new();
        for reason in &why.reasons {
            let told = self
                .nearer(need, reason)
                .unwrap_or_else(|| (reason.code.to_owned(), self.arguments(reason)));
            out.push(told);
        }
        out
    }

    /// What this room knows better than the solver: offers that are used up, and which condition is missing.
    fn nearer(&self, id: u32, reason: &Reason) -> Option<(String, Value)> {
        let is_none = matches!(
            reason.code,
            "no_offer_of_this_service"
                | "no_offer_for_this_place"
                | "no_offer_in_this_language"
                | "technology_level_too_low"
                | "conditions_not_met"
                | "not_in_time"
        );
        let need = self
            .built
            .instance
            .needs
            .get(id as usize)
            .filter(|_| is_none)?;
        let fits = |offer: &solver::Offer| solver::pair(&self.built.instance, need, offer).is_ok();
        let used_up: BTreeSet<usize> = self
            .built
            .used_up
            .iter()
            .filter(|(_, offer)| fits(offer))
            .map(|(at, _)| *at)
            .collect();
        if !used_up.is_empty() {
            return Some((
                "offers_used_up".to_owned(),
                json!({ "offers": { "count": used_up.len() } }),
            ));
        }
        if reason.code != "conditions_not_met" {
            return None;
        }
        let mut missing: BTreeMap<u32, i64> = BTreeMap::new();
        for offer in &self.built.instance.offers {
            if let Err(broken) = solver::pair(&self.built.instance, need, offer)
                && broken == [solver::Rule::Conditions]
            {
                let lacks = offer.conditions & !need.have;
                (0..32)
                    .filter(|bit| lacks & (1 << bit) != 0)
                    .for_each(|bit| *missing.entry(bit).or_default() += 1);
            }
        }
        let (bit, count) = missing
            .into_iter()
            .max_by_key(|(bit, count)| (*count, std::cmp::Reverse(*bit)))?;
        let code = if 1_u32 << bit == DATA_BIT {
            "member_without_data_answers"
        } else if is_level_bit(bit) {
            "level_not_offered"
        } else {
            "conditions_not_met"
        };
        Some((
            code.to_owned(),
            json!({ "condition": { "bit": bit }, "offers_opened": { "count": count } }),
        ))
    }

    fn arguments(&self, reason: &Reason) -> Value {
        let all = reason
            .arguments
            .iter()
            .map(|(name, argument)| ((*name).to_owned(), self.argument(argument)));
        Value::Object(all.collect::<Map<_, _>>())
    }

    fn argument(&self, argument: &Argument) -> Value {
        let offer = |at: u32| {
            let supply = self.built.rows.get(at as usize)?;
            Some(self.snapshot.supplies.get(*supply)?.id.to_string())
        };
        let line = |at: u32| {
            let part = self.built.parts.get(at as usize)?;
            Some(self.snapshot.lines.get(part.line)?.service_class.clone())
        };
        match argument {
            Argument::Points(points) => json!({ "points": round(*points) }),
            Argument::Share(share) => json!({ "share": share }),
            Argument::Units(units) | Argument::Count(units) => json!({ "count": units }),
            Argument::Need(at) => json!({ "class": line(*at) }),
            Argument::Offer(at) => json!({ "offer": offer(*at) }),
            Argument::Country(at) => json!({ "country": self.built.countries.get(*at as usize) }),
            Argument::Area(at) => json!({ "area": at }),
            Argument::Language(at) => json!({ "language": self.built.languages.get(*at as usize) }),
            Argument::Category(at) => json!({ "class": self.built.classes.get(*at as usize) }),
            Argument::Period(t) => json!({ "period": self.snapshot.first + t }),
            Argument::Level(level) => json!({ "tier": level }),
            Argument::Conditions(bits) => json!({ "bits": bits & 0xff }),
        }
    }
}

/// Points with two decimals: enough to read, few to store.
fn round(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

type Key = (u32, u32, u32, Option<u32>, u32);

/// What more of each service would bring, first what one more unit brings most.
fn gaps(snapshot: &Snapshot, built: &Built, solution: &Solution) -> Vec<Gap> {
    let options = solver::GapOptions { by_area: true };
    let found = solver::gap_analysis(
        &built.instance,
        &solution.deliveries,
        &solution.prices,
        options,
    );
    let Ok(found) = found else { return Vec::new() };
    let margin = mean_weights(built, solution);
    let slope = built
        .instance
        .meta
        .welfare_slopes
        .first()
        .copied()
        .unwrap_or(1.0);
    let mut out = Vec::new();
    for gap in found.gaps {
        let area = gap.area.unwrap_or(0);
        let key = (gap.category, gap.country, area, gap.language, gap.period);
        // Points into learners of plain weight: what one fully new learner at the margin earns.
        let points = slope * margin.get(&key).copied().unwrap_or(1.0);
        let learners = |p: f64| if points > 0.0 { p / points } else { 0.0 };
        out.push(Gap {
            service_class: built
                .classes
                .get(gap.category as usize)
                .cloned()
                .unwrap_or_default(),
            country: built
                .countries
                .get(gap.country as usize)
                .cloned()
                .unwrap_or_default(),
            area: built
                .areas
                .get(&(gap.country, area))
                .cloned()
                .unwrap_or_default(),
            language: gap
                .language
                .and_then(|at| built.languages.get(at as usize).cloned()),
            period: snapshot.first + i64::from(gap.period),
            lines: i64::from(gap.lines),
            open_units: gap.open_units,
            learners: gap.learners,
            learners_of: gap.learners_of,
            first_unit: learners(gap.first_unit).min(gap.learners),
            at_most: gap.at_most.map(|p| learners(p).min(gap.learners)),
        });
    }
    out.sort_by(|a, b| {
        b.first_unit.total_cmp(&a.first_unit).then_with(|| {
            (&a.service_class, &a.country, &a.area, &a.language, a.period).cmp(&(
                &b.service_class,
                &b.country,
                &b.area,
                &b.language,
                b.period,
            ))
        })
    });
    out
}

/// Mean weight × worth of the learners not yet reached, by gap.
fn mean_weights(built: &Built, solution: &Solution) -> BTreeMap<Key, f64> {
    let instance = &built.instance;
    let covered = solver::coverage(instance, &solution.deliveries);
    let mut sums: BTreeMap<Key, (f64, f64)> = BTreeMap::new();
    for (need, cover) in instance.needs.iter().zip(covered) {
        let Some(class) = instance.meta.categories.get(usize::from(need.category)) else {
            continue;
        };
        let open = (1.0 - cover).max(0.0) * f64::from(need.learners);
        let language = class.has_language.then_some(need.lang1);
        let key = (
            u32::from(need.category),
            u32::from(need.country),
            need.area,
            language,
            u32::from(need.t_from),
        );
        let sum = sums.entry(key).or_default();
        sum.0 += open * instance.meta.weight(need) * class.value;
        sum.1 += open;
    }
    sums.into_iter()
        .filter(|(_, sum)| sum.1 > 0.0)
        .map(|(key, sum)| (key, sum.0 / sum.1))
        .collect()
}

#[derive(Default)]
struct Tally {
    lines: i64,
    served: i64,
    units: i64,
    proposed: i64,
    learners: i64,
    reached: f64,
}

impl Tally {
    fn add(&mut self, fared: &Fared) {
        self.lines += 1;
        self.served += i64::from(fared.proposed > 0);
        self.units += fared.open;
        self.proposed += fared.proposed;
        self.learners += fared.learners;
        #[expect(clippy::cast_precision_loss, reason = "learners stay far below 2^53")]
        let learners = fared.learners as f64;
        self.reached += learners * fared.coverage;
    }
    fn json(&self, name: &str, value: &str) -> Value {
        json!({ name: value, "lines": self.lines, "served": self.served, "units": self.units,
            "proposed": self.proposed, "learners": self.learners, "reached": self.reached.round() })
    }
}

fn summary(
    snapshot: &Snapshot,
    built: &Built,
    plan: &[Delivery],
    without: &[Delivery],
    fared: &[Fared],
    proposals: &[NewProposal],
) -> Value {
    let (mut classes, mut areas) = (
        BTreeMap::<&str, Tally>::new(),
        BTreeMap::<&str, Tally>::new(),
    );
    let mut reasons: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut all = Tally::default();
    for one in fared {
        let Some(line) = snapshot.lines.get(one.at) else {
            continue;
        };
        classes.entry(&line.service_class).or_default().add(one);
        areas.entry(&line.area).or_default().add(one);
        all.add(one);
        if let Some((code, _)) = one.reasons.first() {
            reasons.entry(code).or_default().add(one);
        }
    }
    let list = |name: &str, map: &BTreeMap<&str, Tally>| {
        Value::Array(
            map.iter()
                .map(|(key, tally)| tally.json(name, key))
                .collect(),
        )
    };
    json!({
        "all": all.json("scope", "all"),
        "classes": list("code", &classes),
        "areas": list("code", &areas),
        "reasons": list("code", &reasons),
        "counterfactual": counterfactual(snapshot, built, plan, without),
        "proposals": proposals.len(),
        "offers": snapshot.supplies.len(),
        "digital": snapshot.classes.iter().filter(|c| c.kind == Kind::Digital).map(|c| &c.code).collect::<Vec<_>>(),
    })
}

/// Shares of learners reached with the equity rules and without them.
fn counterfactual(
    snapshot: &Snapshot,
    built: &Built,
    plan: &[Delivery],
    without: &[Delivery],
) -> Value {
    let (with, bare) = (
        solver::group_coverage(&built.instance, plan),
        solver::group_coverage(&built.instance, without),
    );
    let pair = |a: Option<f64>, b: Option<f64>| json!({ "with": a, "without": b });
    let mut out = Map::new();
    // Where nobody was counted nothing is known: that is not a share of zero.
    let anybody = built.instance.needs.iter().any(|need| need.learners > 0);
    let share = |of_all: f64| anybody.then_some(of_all);
    out.insert("all".to_owned(), pair(share(with.all), share(bare.all)));
    let priority = |plan: &[Delivery]| priority_share(snapshot, built, plan);
    out.insert(
        "priority".to_owned(),
        pair(priority(plan), priority(without)),
    );
    for (at, (name, (a, b))) in GROUPS
        .iter()
        .zip(with.groups.iter().zip(bare.groups))
        .enumerate()
    {
        let counted = built
            .instance
            .needs
            .iter()
            .any(|need| need.groups.get(at).is_some_and(|n| *n > 0));
        out.insert(
            (*name).to_owned(),
            pair(counted.then_some(*a), counted.then_some(b)),
        );
    }
    Value::Object(out)
}

/// Share of the learners of priority lines who are reached by services that are used up by use; none
/// when there are no such learners.
fn priority_share(snapshot: &Snapshot, built: &Built, plan: &[Delivery]) -> Option<f64> {
    let covered = solver::coverage(&built.instance, plan);
    let (mut all, mut reached) = (0.0, 0.0);
    for ((part, need), cover) in built.parts.iter().zip(&built.instance.needs).zip(covered) {
        let class = built
            .instance
            .meta
            .categories
            .get(usize::from(need.category));
        let rival = class.is_some_and(|class| class.kind != solver::Kind::Digital);
        if rival
            && snapshot
                .lines
                .get(part.line)
                .is_some_and(|line| line.priority)
        {
            all += f64::from(need.learners);
            reached += f64::from(need.learners) * cover;
        }
    }
    (all > 0.0).then(|| reached / all)
}
