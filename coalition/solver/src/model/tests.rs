//! A sample is a model of its own, and a first plan is drawn as the smoothed best shares itself out.

use super::Model;
use crate::descent::Bound as _;
use crate::dual::Dual;
use crate::instance::{Instance, PriorState};
use crate::text::read_instance;

/// The stored instance; its first accepted delivery locked, if so asked.
fn stored(with_lock: bool) -> Instance {
    let read = read_instance(
        include_str!("../../tests/data/n60/meta.json"),
        include_str!("../../tests/data/n60/needs.csv"),
        include_str!("../../tests/data/n60/offers.csv"),
        include_str!("../../tests/data/n60/prior.csv"),
    );
    let mut instance = read.unwrap_or_else(|faults| unreachable!("{faults:?}"));
    if with_lock && let Some(prior) = instance.prior.first_mut() {
        prior.state = PriorState::Locked;
    }
    instance
}

#[test]
fn neighbours_could_use_the_same_offers() {
    let instance = stored(false);
    let model = Model::new(&instance, 1);
    let heads = model.block_start[..model.blocks()].iter();
    let places: Vec<_> = heads
        .map(|&at| {
            let line = &model.lines[at as usize];
            (line.country, line.category)
        })
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    let of_one = |block: usize| {
        let needs = model.lines[model.block(block)].iter();
        let mut own: Vec<i32> = needs
            .map(|l| instance.needs[l.need as usize].block)
            .collect();
        own.dedup();
        own.len() == 1
    };
    assert!((0..model.blocks()).all(of_one));
}

#[test]
fn a_sample_holds_every_nth_block_and_all_that_stand_for_themselves() {
    for with_lock in [false, true] {
        let instance = stored(with_lock);
        let whole = Model::new(&instance, 1);
        for every in [1, 2, 4, 8] {
            let sample = whole.sample(every);
            let is_in = |&b: &usize| b % every == every / 2 || whole.is_singular(b);
            let kept: Vec<usize> = (0..whole.blocks()).filter(is_in).collect();
            assert_eq!(sample.blocks(), kept.len());
            for (own, &block) in kept.iter().enumerate() {
                assert_eq!(sample.is_singular(own), whole.is_singular(block));
                assert_eq!(sample.block(own).len(), whole.block(block).len());
                for (a, b) in sample.block(own).zip(whole.block(block)) {
                    let (mine, theirs) = (&sample.lines[a], &whole.lines[b]);
                    assert_eq!(
                        (mine.need, mine.value, mine.flags),
                        (theirs.need, theirs.value, theirs.flags)
                    );
                    assert_eq!(
                        sample.edges[sample.edges_of(a)],
                        whole.edges[whole.edges_of(b)]
                    );
                    assert_eq!(sample.block_of[a] as usize, own);
                    for row in 0..instance.offers.len() as u32 {
                        assert_eq!(sample.is_kept(a, row), whole.is_kept(b, row));
                    }
                    let lock = |model: &Model, at: usize| {
                        let found = model.lock_of(at);
                        found.map(|l| (l.edge - model.edge_start[at], l.qty))
                    };
                    assert_eq!(lock(&sample, a), lock(&whole, b));
                }
            }
            // Prices serve both: rows, floors, caps and lines of several partners are all there, in order.
            let needs = |model: &Model| -> Vec<u32> {
                let multis = model.multis.iter();
                multis.map(|&at| model.lines[at as usize].need).collect()
            };
            assert_eq!(needs(&sample), needs(&whole));
            assert_eq!(sample.rows.len(), whole.rows.len());
            assert_eq!(sample.cap_room, whole.cap_room);
            assert_eq!(sample.locks.len(), whole.locks.len());
        }
    }
}

#[test]
fn samples_together_say_what_the_whole_says() {
    let instance = stored(false);
    let whole = Model::new(&instance, 1);
    let dual = Dual::new(&whole, 1);
    let y = dual.first_guess();
    let value = |model: &Model, weight: usize| {
        let dual = dual.sampled(model, weight);
        dual.evaluate(&y, 0.01, None, &mut Vec::new()).exact
    };
    let mut slope = Vec::new();
    let exact = dual.evaluate(&y, 0.01, None, &mut slope).exact;
    // A sample of all is the whole.
    let own = value(&whole.sample(1), 1);
    assert!((own - exact).abs() < 1e-9 * exact, "{own} {exact}");
    // What is sampled counts for as many as were left out; the rest counts once.
    let sample = whole.sample(4);
    let once = value(&sample, 1);
    let (twice, thrice) = (value(&sample, 2), value(&sample, 3));
    assert!(twice > once);
    assert!((thrice - twice - (twice - once)).abs() < 1e-9 * exact);
}

#[test]
fn the_first_plan_is_drawn_from_what_lines_may_take() {
    let instance = stored(true);
    let model = Model::new(&instance, 1);
    let dual = Dual::new(&model, 1);
    let y = dual.first_guess();
    let outlook = dual.outlook(&y, 7);
    assert_eq!(outlook.gains.len(), model.blocks());
    assert!(!outlook.drawn.is_empty());
    assert!(outlook.drawn.is_sorted_by(|a, b| a.line < b.line));
    for taken in &outlook.drawn {
        let line = &model.lines[taken.line as usize];
        assert!(!line.is_locked() && !line.is_multi());
        assert!(
            model
                .edges_of(taken.line as usize)
                .contains(&(taken.edge as usize))
        );
        let row = &model.rows[model.row_of(taken.edge as usize)];
        let within = row.lo..=model.top(line, row);
        assert!(within.contains(&taken.qty) && taken.qty.is_multiple_of(row.step));
    }
    // What blocks gain at the prices is what the bound adds up to, but for lines of several partners.
    let free = |&block: &usize| !model.lines[model.block(block).start].is_multi();
    let gains: f64 = (0..model.blocks())
        .filter(free)
        .map(|b| outlook.gains[b].0)
        .sum();
    let alone = |model: &Model| {
        let mut slope = Vec::new();
        dual.sampled(model, 1)
            .evaluate(&y, 0.01, None, &mut slope)
            .exact
    };
    let none = whole_without_blocks(&model, &y);
    assert!(gains > 0.0 && gains <= alone(&model) - none + 1e-6);
}

#[test]
fn equal_offers_are_drawn_equally_often_and_a_seed_draws_the_same_again() {
    let mut instance = stored(false);
    instance.prior.clear();
    let single = instance.offers.len() as u32;
    instance.offers.extend(instance.offers.clone());
    let model = Model::new(&instance, 1);
    let dual = Dual::new(&model, 1);
    let y = dual.first_guess();
    let of = |seed: u64| -> Vec<u32> {
        let drawn = dual.outlook(&y, seed).drawn;
        let edges = drawn.iter().map(|taken| taken.edge as usize);
        edges.map(|e| model.rows[model.row_of(e)].offer).collect()
    };
    assert_eq!(of(7), of(7));
    let all: Vec<u32> = (0..50).flat_map(of).collect();
    let second = all.iter().filter(|&&offer| offer >= single).count() as f64 / all.len() as f64;
    assert!((0.4..0.6).contains(&second), "{second} of {}", all.len());
}

#[test]
fn nothing_is_drawn_where_nothing_pays() {
    let mut instance = stored(false);
    instance.prior.clear();
    let model = Model::new(&instance, 1);
    let dual = Dual::new(&model, 1);
    let dear = vec![1e12; dual.layout.len];
    let mut y = dear;
    y[dual.layout.floors..].fill(0.0);
    let outlook = dual.outlook(&y, 1);
    assert!(outlook.drawn.is_empty());
    let free = |&block: &usize| !model.lines[model.block(block).start].is_multi();
    assert!(
        (0..model.blocks())
            .filter(free)
            .all(|b| outlook.gains[b] == (0.0, 0.0))
    );
}

/// What prices cost by themselves.
fn whole_without_blocks(model: &Model, y: &[f64]) -> f64 {
    let caps = Dual::new(model, 1).layout.caps;
    let rows = model.rows.iter().zip(y);
    let rows: f64 = rows.map(|(row, price)| price * f64::from(row.cap)).sum();
    let caps = model.cap_room.iter().zip(&y[caps..]);
    rows + caps.map(|(room, price)| price * room).sum::<f64>()
}
