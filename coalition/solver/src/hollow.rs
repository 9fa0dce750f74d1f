//! Floors that leave nothing to give: sets of floors no eligible line can meet together, each as small as can be.
//!
//! Giving nothing keeps every floor, so such an instance has a plan; but a category stays empty, and somebody must be told
//! why. A mix of lines meets the floors exactly when a small game has no negative value, which is solved by adding one
//! line at a time.

use crate::conflict::Conflict;
use crate::eligibility::pair;
use crate::instance::{Instance, Kind, PriorState};
use std::collections::BTreeSet;

/// Lines looked at together before the answer counts as unknown.
const LINES_MAX: usize = 200;
/// Units a floor may be missed by, of a thousand.
const TOLERANCE: f64 = 1e-6;

/// Names, for each category that floors leave empty, a smallest set of floors that does it.
pub fn hollow_floors(instance: &Instance) -> Vec<Conflict> {
    let mut out = Vec::new();
    if !instance.validate().is_empty() {
        return out;
    }
    let categories: BTreeSet<u32> = instance.meta.floors.iter().map(|f| f.category).collect();
    for category in categories {
        let all: Vec<usize> = (0..instance.meta.floors.len())
            .filter(|&at| instance.meta.floors[at].category == category)
            .collect();
        let lines = lines(instance, category);
        if lines.is_empty() || can_meet(instance, &lines, &all) {
            continue;
        }
        let mut few = all;
        for at in few.clone() {
            let fewer: Vec<usize> = few.iter().copied().filter(|&other| other != at).collect();
            if !can_meet(instance, &lines, &fewer) {
                few = fewer;
            }
        }
        out.push(conflict(instance, category, few, lines.len() as u64));
    }
    out
}

fn conflict(instance: &Instance, category: u32, floors: Vec<usize>, kinds: u64) -> Conflict {
    let words: Vec<String> = floors
        .iter()
        .map(|&at| {
            let floor = &instance.meta.floors[at];
            format!(
                "at least {} % to the group {}",
                floor.min_share * 100.0,
                floor.group.code()
            )
        })
        .collect();
    let end = if floors.len() == 1 {
        "without it something could be given"
    } else {
        "without any one of them something could be given"
    };
    Conflict {
        code: "floors_leave_nothing",
        locks: Vec::new(),
        at: format!("category {category}"),
        rules: Vec::new(),
        figures: vec![("kinds_of_lines", kinds)],
        sentence: format!(
            "No mix of the lines that can be served in category {category} meets {}; {end}.",
            words.join(" and ")
        ),
        floors,
    }
}

/// Group shares of the free lines of a category that some offer could serve, each once.
fn lines(instance: &Instance, category: u32) -> Vec<[u16; 6]> {
    let meta = &instance.meta;
    let offers: Vec<_> = instance
        .offers
        .iter()
        .filter(|o| o.category == category && meta.kind(o.category as usize) != Kind::Digital)
        .collect();
    let locked: BTreeSet<u32> = instance
        .prior
        .iter()
        .filter(|p| p.state == PriorState::Locked)
        .map(|p| p.need)
        .collect();
    let mut found = BTreeSet::new();
    for (id, need) in instance.needs.iter().enumerate() {
        if u32::from(need.category) == category
            && !found.contains(&need.groups)
            && !locked.contains(&(id as u32))
            && offers
                .iter()
                .any(|offer| pair(instance, need, offer).is_ok())
        {
            found.insert(need.groups);
        }
    }
    found.into_iter().collect()
}

/// Whether some mix of the lines keeps all these floors.
fn can_meet(instance: &Instance, lines: &[[u16; 6]], floors: &[usize]) -> bool {
    if floors.is_empty() {
        return true;
    }
    let excess = |line: &[u16; 6]| -> Vec<f64> {
        floors
            .iter()
            .map(|&at| {
                let floor = &instance.meta.floors[at];
                f64::from(line[floor.group as usize]) - 1000.0 * floor.min_share
            })
            .collect()
    };
    let mut weights = vec![1.0 / floors.len() as f64; floors.len()];
    let mut columns: Vec<Vec<f64>> = Vec::new();
    for _ in 0..LINES_MAX {
        // The line that pleases the weighted floors most.
        let Some(best) = lines.iter().map(excess).max_by(|a, b| {
            let worth = |e: &[f64]| e.iter().zip(&weights).map(|(e, w)| e * w).sum::<f64>();
            worth(a).total_cmp(&worth(b))
        }) else {
            return false;
        };
        let most: f64 = best.iter().zip(&weights).map(|(e, w)| e * w).sum();
        if most < -TOLERANCE {
            // Weighted so, every line misses the floors; hence every mix does.
            return false;
        }
        if best.iter().all(|&e| e >= -TOLERANCE) {
            return true;
        }
        columns.push(best);
        let (value, next) = game(&columns);
        if value >= -TOLERANCE {
            return true;
        }
        weights = next;
    }
    true
}

/// Value and weights of the game in which one side mixes columns and the other weighs rows: a small simplex by Bland.
fn game(columns: &[Vec<f64>]) -> (f64, Vec<f64>) {
    let rows = columns[0].len();
    let shift = 1.0 - columns.iter().flatten().copied().fold(0.0, f64::min);
    // Most weight in all, so that no column is worth more than 1: slack variables follow the weights.
    let width = rows + columns.len() + 1;
    let mut table: Vec<Vec<f64>> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let mut line = vec![0.0; width];
            line.iter_mut()
                .zip(column)
                .for_each(|(cell, e)| *cell = e + shift);
            line[rows + at] = 1.0;
            line[width - 1] = 1.0;
            line
        })
        .collect();
    let mut cost = vec![0.0; width];
    cost[..rows].fill(1.0);
    let mut basis: Vec<usize> = (rows..rows + columns.len()).collect();
    for _ in 0..10_000 {
        let Some(enter) = (0..width - 1).find(|&j| cost[j] > 1e-12) else {
            break;
        };
        let ratio = |line: &Vec<f64>| line[width - 1] / line[enter];
        let leave = (0..table.len())
            .filter(|&i| table[i][enter] > 1e-12)
            .min_by(|&a, &b| {
                ratio(&table[a])
                    .total_cmp(&ratio(&table[b]))
                    .then(basis[a].cmp(&basis[b]))
            });
        let Some(leave) = leave else { break };
        let by = table[leave][enter];
        table[leave].iter_mut().for_each(|cell| *cell /= by);
        let pivot = table[leave].clone();
        let clear = |line: &mut Vec<f64>| {
            let by = line[enter];
            line.iter_mut()
                .zip(&pivot)
                .for_each(|(cell, p)| *cell -= by * p);
        };
        table
            .iter_mut()
            .enumerate()
            .filter(|(i, _)| *i != leave)
            .for_each(|(_, line)| clear(line));
        clear(&mut cost);
        basis[leave] = enter;
    }
    let mut weights = vec![0.0; rows];
    for (line, &own) in table.iter().zip(&basis) {
        if own < rows {
            weights[own] = line[width - 1].max(0.0);
        }
    }
    let sum: f64 = weights.iter().sum::<f64>().max(1e-300);
    weights.iter_mut().for_each(|w| *w /= sum);
    (1.0 / sum - shift, weights)
}
