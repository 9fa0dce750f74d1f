//! Locks that cannot stand together, and floors that leave nothing: the smallest set that has to be changed, in codes,
//! figures and words.

use crate::eligibility::{Rule, pair};
use crate::instance::{Instance, Kind, Prior, PriorState, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// One set of rules that cannot all hold; leaving out any member resolves it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    pub code: &'static str,
    /// Positions in `Instance::prior` of the locks involved.
    pub locks: Vec<usize>,
    /// The offer and period, or the need, or the category where they meet.
    pub at: String,
    /// Positions in `Meta::floors` of the floors involved.
    pub floors: Vec<usize>,
    /// Rules a lock breaks by itself.
    pub rules: Vec<Rule>,
    /// Named numbers for a sentence in any language.
    pub figures: Vec<(&'static str, u64)>,
    /// The same in one plain sentence.
    pub sentence: String,
}

impl Conflict {
    fn of_locks(code: &'static str, locks: Vec<usize>, at: String) -> Self {
        Conflict {
            code,
            locks,
            at,
            floors: Vec::new(),
            rules: Vec::new(),
            figures: Vec::new(),
            sentence: String::new(),
        }
    }
}

/// Names each minimal set of locks that makes the instance impossible; empty when a plan exists.
pub fn conflicts(instance: &Instance) -> Vec<Conflict> {
    let locks: Vec<(usize, &Prior)> = instance
        .prior
        .iter()
        .enumerate()
        .filter(|(_, p)| p.state == PriorState::Locked)
        .collect();
    let mut out = Vec::new();
    let mut by_need: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    let mut by_row: BTreeMap<(u32, i32), Vec<usize>> = BTreeMap::new();
    let mut by_country: BTreeMap<u32, BTreeMap<u16, usize>> = BTreeMap::new();
    for &(at, lock) in &locks {
        by_need.entry(lock.need).or_default().push(at);
        let rules = broken(instance, lock);
        if !rules.is_empty() {
            let at_pair = format!("need {} offer {}", lock.need, lock.offer);
            let mut conflict = Conflict::of_locks("lock_not_eligible", vec![at], at_pair);
            let words: Vec<&str> = rules.iter().map(|rule| rule_words(*rule)).collect();
            conflict.sentence = format!(
                "The locked delivery of {} by offer {} to need {} cannot stand: {}.",
                units(u64::from(lock.qty)),
                lock.offer,
                lock.need,
                words.join("; ")
            );
            (conflict.rules, conflict.figures) = (rules, vec![("units", u64::from(lock.qty))]);
            out.push(conflict);
            continue;
        }
        if kind_of(instance, lock) == Kind::Digital {
            let country = instance.needs[lock.need as usize].country;
            by_country
                .entry(lock.offer)
                .or_default()
                .entry(country)
                .or_insert(at);
        } else {
            by_row
                .entry((lock.offer, lock.period))
                .or_default()
                .push(at);
        }
    }
    for (need, own) in by_need.into_iter().filter(|(_, own)| own.len() > 1) {
        let at = format!("need {need}");
        let mut conflict = Conflict::of_locks("two_locks_on_one_need", own[..2].to_vec(), at);
        let offers = own[..2]
            .iter()
            .map(|&lock| instance.prior[lock].offer.to_string());
        conflict.sentence = format!(
            "Need {need} is locked to two deliveries, by offer {}; a locked need keeps one delivery and no other.",
            offers.collect::<Vec<_>>().join(" and by offer ")
        );
        out.push(conflict);
    }
    for ((offer, period), own) in by_row {
        let capacity = u64::from(instance.offers[offer as usize].capacity);
        if let Some(locks) = too_many(&own, capacity, |at| u64::from(instance.prior[at].qty)) {
            out.push(above_capacity(instance, offer, period, locks));
        }
    }
    for (offer, countries) in by_country {
        let own: Vec<usize> = countries.into_values().collect();
        let capacity = u64::from(instance.offers[offer as usize].capacity);
        if let Some(locks) = too_many(&own, capacity, |_| 1) {
            let asked = locks.len() as u64;
            let mut conflict =
                Conflict::of_locks("locks_above_countries", locks, format!("offer {offer}"));
            conflict.sentence = format!(
                "Offer {offer} can be opened in {capacity} countries, and the locked deliveries {} open it in {asked}; without any one of them it would do.",
                list(&conflict.locks)
            );
            conflict.figures = vec![("capacity", capacity), ("asked", asked)];
            out.push(conflict);
        }
    }
    out.sort();
    out
}

fn above_capacity(instance: &Instance, offer: u32, period: i32, locks: Vec<usize>) -> Conflict {
    let capacity = u64::from(instance.offers[offer as usize].capacity);
    let parts = locks.iter().map(|&at| &instance.prior[at]);
    let asked: u64 = parts.clone().map(|lock| u64::from(lock.qty)).sum();
    let each: Vec<String> = parts
        .take(20)
        .map(|lock| format!("{} to need {}", lock.qty, lock.need))
        .collect();
    let when = if period < 0 {
        String::new()
    } else {
        format!(" in period {period}")
    };
    let at = format!("offer {offer} period {period}");
    let mut conflict = Conflict::of_locks("locks_above_capacity", locks, at);
    conflict.sentence = format!(
        "Offer {offer} has {}{when}, and these locked deliveries need {asked}: {}; without any one of them it would do.",
        units(capacity),
        each.join(", ")
    );
    conflict.figures = vec![("capacity", capacity), ("asked", asked)];
    conflict
}

fn units(count: u64) -> String {
    if count == 1 {
        "1 unit".into()
    } else {
        format!("{count} units")
    }
}

fn list(numbers: &[usize]) -> String {
    let all: Vec<String> = numbers.iter().map(usize::to_string).collect();
    all.join(" and ")
}

fn rule_words(rule: Rule) -> &'static str {
    match rule {
        Rule::Category => "the offer is of another service",
        Rule::Place => "the offer does not serve this place",
        Rule::Language => "the offer speaks no language of the need",
        Rule::Tier => "the technology level there is too low",
        Rule::Conditions => "a condition of the offer is not met",
        Rule::Time => "it is not in time",
        Rule::Lots => "the quantity is no lot of the offer",
    }
}

/// The fewest locks that together exceed the capacity: the largest ones, until they do.
fn too_many(locks: &[usize], capacity: u64, size: impl Fn(usize) -> u64) -> Option<Vec<usize>> {
    let mut order = locks.to_vec();
    order.sort_by_key(|&at| (std::cmp::Reverse(size(at)), at));
    let mut used = 0;
    for (count, &at) in order.iter().enumerate() {
        used += size(at);
        if used > capacity {
            let mut few = order[..=count].to_vec();
            few.sort_unstable();
            return Some(few);
        }
    }
    None
}

fn kind_of(instance: &Instance, lock: &Prior) -> Kind {
    instance
        .meta
        .kind(instance.offers[lock.offer as usize].category as usize)
}

/// The rules a locked delivery breaks by itself.
fn broken(instance: &Instance, lock: &Prior) -> Vec<Rule> {
    let (need, offer) = (
        &instance.needs[lock.need as usize],
        &instance.offers[lock.offer as usize],
    );
    let found = match pair(instance, need, offer) {
        Ok(found) => found,
        Err(rules) => return rules,
    };
    let in_time = match kind_of(instance, lock) {
        Kind::Rate => {
            u32::try_from(lock.period).is_ok_and(|t| (found.first..=found.last).contains(&t))
        }
        Kind::Stock | Kind::Digital => lock.period == -1,
    };
    let in_lots = (found.lots.lo..=found.lots.hi).contains(&lock.qty)
        && lock.qty.is_multiple_of(found.lots.step);
    let mut rules = Vec::new();
    if !in_time {
        rules.push(Rule::Time);
    }
    if !in_lots {
        rules.push(Rule::Lots);
    }
    rules
}

/// Conflicts as problems of the instance.
pub(crate) fn problems(instance: &Instance) -> Vec<Problem> {
    let unique: BTreeSet<Conflict> = conflicts(instance).into_iter().collect();
    unique
        .into_iter()
        .map(|c| {
            Problem::new(
                format!("prior {}, {}", list(&c.locks), c.at),
                c.code,
                c.sentence,
            )
        })
        .collect()
}
