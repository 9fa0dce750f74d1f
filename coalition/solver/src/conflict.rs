//! Locks that cannot stand together: the smallest set that has to be changed, in codes.

use crate::eligibility::pair;
use crate::instance::{Instance, Kind, Prior, PriorState, Problem};
use std::collections::{BTreeMap, BTreeSet};

/// One set of rules that cannot all hold; leaving out any member resolves it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    pub code: &'static str,
    /// Positions in `Instance::prior` of the locks involved.
    pub locks: Vec<usize>,
    /// The offer and period, or the need, where they meet.
    pub at: String,
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
        if !is_possible(instance, lock) {
            out.push(Conflict {
                code: "lock_not_eligible",
                locks: vec![at],
                at: format!("need {} offer {}", lock.need, lock.offer),
            });
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
        out.push(Conflict {
            code: "two_locks_on_one_need",
            locks: own[..2].to_vec(),
            at: format!("need {need}"),
        });
    }
    for ((offer, period), own) in by_row {
        let capacity = u64::from(instance.offers[offer as usize].capacity);
        if let Some(locks) = too_many(&own, capacity, |at| u64::from(instance.prior[at].qty)) {
            out.push(Conflict {
                code: "locks_above_capacity",
                locks,
                at: format!("offer {offer} period {period}"),
            });
        }
    }
    for (offer, countries) in by_country {
        let own: Vec<usize> = countries.into_values().collect();
        let capacity = u64::from(instance.offers[offer as usize].capacity);
        if let Some(locks) = too_many(&own, capacity, |_| 1) {
            out.push(Conflict {
                code: "locks_above_countries",
                locks,
                at: format!("offer {offer}"),
            });
        }
    }
    out.sort();
    out
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

/// Whether the locked delivery could stand alone.
fn is_possible(instance: &Instance, lock: &Prior) -> bool {
    let (need, offer) = (
        &instance.needs[lock.need as usize],
        &instance.offers[lock.offer as usize],
    );
    pair(instance, need, offer).is_ok_and(|found| {
        let in_time = match kind_of(instance, lock) {
            Kind::Rate => {
                u32::try_from(lock.period).is_ok_and(|t| (found.first..=found.last).contains(&t))
            }
            Kind::Stock | Kind::Digital => lock.period == -1,
        };
        in_time
            && (found.lots.lo..=found.lots.hi).contains(&lock.qty)
            && lock.qty.is_multiple_of(found.lots.step)
    })
}

/// Conflicts as problems of the instance.
pub(crate) fn problems(instance: &Instance) -> Vec<Problem> {
    let unique: BTreeSet<Conflict> = conflicts(instance).into_iter().collect();
    let sentence = |code: &str| match code {
        "lock_not_eligible" => "This locked match breaks a rule of eligibility or lots.",
        "two_locks_on_one_need" => "A need can be locked to one delivery only.",
        "locks_above_capacity" => "These locked matches together need more than the offer has.",
        _ => "These locked matches open the offer in more countries than it allows.",
    };
    unique
        .into_iter()
        .map(|c| {
            let list = c
                .locks
                .iter()
                .map(usize::to_string)
                .collect::<Vec<_>>()
                .join(" and ");
            Problem::new(format!("prior {list}, {}", c.at), c.code, sentence(c.code))
        })
        .collect()
}
