//! How much is done: stages of pricing and rounds of search, by size.

use crate::descent::Stage;
use crate::dual::FEW_EDGES;
use crate::model::Model;

/// Searches among few lines.
const FEW_LINES_TRIES: u64 = 2;
/// Rounds of the first search.
const FIRST_ROUNDS: u64 = 300_000;
/// Eligible deliveries above which samples are thinned.
const SAMPLED_EDGES: usize = 12_000_000;
/// The heat of the last stage with many lines.
const LAST_HEAT: f64 = 0.0015;

/// Stages of pricing, and every how many blocks they look at: small instances slowly and exactly, large ones first on
/// samples.
pub(super) fn schedule(edges: usize, is_warm: bool) -> Vec<(Stage, usize)> {
    let stages = |list: &[(f64, usize, usize)]| {
        list.iter()
            .map(|&(heat, evaluations, every)| (Stage { heat, evaluations }, every))
            .collect::<Vec<_>>()
    };
    if edges < FEW_EDGES {
        let first = if is_warm { 9 } else { 0 };
        return (first..12)
            .map(|k| {
                let stage = Stage {
                    heat: 0.2 * 0.6f64.powi(k),
                    evaluations: 150,
                };
                (stage, 1)
            })
            .collect();
    }
    if is_warm {
        return stages(&[(0.005, 15, 1), (0.003, 15, 1)]);
    }
    match edges {
        0..200_000 => stages(&[
            (0.1, 25, 1),
            (0.02, 30, 1),
            (0.01, 30, 1),
            (0.005, 30, 1),
            (0.003, 30, 1),
            (0.0015, 30, 1),
        ]),
        200_000..3_000_000 => stages(&[
            (0.1, 25, 8),
            (0.02, 30, 4),
            (0.01, 30, 2),
            (0.005, 25, 1),
            (0.003, 20, 1),
            (0.0015, 20, 1),
        ]),
        _ => {
            // Twice as many lines need no more of them in a sample.
            let thin = edges.div_ceil(SAMPLED_EDGES).next_power_of_two();
            let mut list = vec![
                (0.03, 40, 64 * thin),
                (0.01, 40, 32 * thin),
                (0.004, 50, 16 * thin),
                (0.002, 35, 8 * thin),
                (LAST_HEAT, 20, 4 * thin),
            ];
            // What a sample learnt too well is put right on ever more blocks.
            let more = std::iter::successors(Some(2 * thin), |every| Some(every / 2));
            list.extend(
                more.take_while(|&every| every > 1)
                    .map(|every| (LAST_HEAT, 6, every)),
            );
            list.push((LAST_HEAT, 4 + thin, 1));
            stages(&list)
        }
    }
}

/// How rounds of search are shared out: few lines are searched twice, many first shortly and then for longer and more
/// boldly, so that a run that is stopped early has a good plan already.
pub(super) fn attempts(rounds: u64, is_few: bool) -> Vec<u64> {
    if is_few {
        return vec![rounds.div_ceil(FEW_LINES_TRIES); FEW_LINES_TRIES as usize];
    }
    let mut rest = rounds;
    let mut out = Vec::new();
    for share in [FIRST_ROUNDS, 3 * FIRST_ROUNDS] {
        if rest > 2 * share {
            out.push(share);
            rest -= share;
        }
    }
    out.push(rest);
    out
}

pub(super) fn rounds_for(model: &Model) -> u64 {
    match model.lines.len() {
        0 => 0,
        1..=300 => 4_000,
        301..=2_000 => 200_000,
        2_001..=30_000 => 4_000_000,
        30_001..=200_000 => 1_000_000,
        _ => 0,
    }
}
