//! The decisions: pure.

use crate::framework::Competency;
use base::{Day, Id};
use std::collections::{BTreeMap, BTreeSet};

/// The week a day lies in, counted from 1.
pub(crate) fn week_of(starts_on: Day, weeks: i64, day: Day) -> Option<i64> {
    let days = starts_on.days_until(day);
    let number = days.div_euclid(7) + 1;
    (days >= 0 && number <= weeks).then_some(number)
}

/// Entries in the order of their tree, each with its depth; siblings by their place. What hangs on
/// nothing that is there stands at the top.
pub(crate) fn tree(all: Vec<Competency>) -> Vec<(usize, Competency)> {
    let known: BTreeSet<Id> = all.iter().map(|one| one.id).collect();
    let mut below: BTreeMap<Option<Id>, Vec<Competency>> = BTreeMap::new();
    for one in all {
        let parent = one.parent.filter(|parent| known.contains(parent));
        below.entry(parent).or_default().push(one);
    }
    for siblings in below.values_mut() {
        siblings.sort_by_key(|one| std::cmp::Reverse((one.sequence, one.id)));
    }
    let mut found = Vec::with_capacity(known.len());
    let mut waiting: Vec<(usize, Competency)> = Vec::new();
    let open = |waiting: &mut Vec<(usize, Competency)>,
                below: &mut BTreeMap<Option<Id>, Vec<Competency>>,
                depth,
                parent| {
        let siblings = below.remove(&parent).unwrap_or_default();
        waiting.extend(siblings.into_iter().map(|one| (depth, one)));
    };
    open(&mut waiting, &mut below, 0, None);
    while let Some((depth, one)) = waiting.pop() {
        open(&mut waiting, &mut below, depth + 1, Some(one.id));
        found.push((depth, one));
    }
    found
}
