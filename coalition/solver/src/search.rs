//! Makes a plan from prices and improves it: fill, sweeps, then taking out and giving back around one place at a time.

use crate::dual::Dual;
use crate::instance::Delivery;
use crate::model::Model;
use crate::plan::{Plan, Taken};
use crate::random::Random;

/// How much of each price blocks must earn, sweep after sweep.
const SHADES: [f64; 10] = [1.0, 0.95, 0.9, 0.8, 0.7, 0.5, 0.3, 0.1, 0.0, 0.0];

/// For so many blocks fewer sweeps do: each row has many takers.
const SHADES_FEW: [f64; 8] = [0.98, 0.95, 0.9, 0.83, 0.75, 0.6, 0.3, 0.0];
const MANY_BLOCKS: usize = 200_000;

/// Takes over an earlier plan as far as it still keeps every rule, and lets all blocks choose again.
pub(crate) fn resume<'d, 'm, 'i>(
    dual: &'d Dual<'m, 'i>,
    y: &[f64],
    earlier: &[Delivery],
) -> Plan<'d, 'm, 'i> {
    let model = dual.model;
    let mut plan = Plan::new(dual);
    let mut line_of = vec![u32::MAX; model.instance.needs.len()];
    for (at, line) in model.lines.iter().enumerate() {
        line_of[line.need as usize] = at as u32;
    }
    plan.is_loose = true;
    for d in earlier {
        let line = line_of.get(d.need as usize).copied().unwrap_or(u32::MAX) as usize;
        if line < model.lines.len() {
            plan.put_earlier(line, d);
        }
    }
    plan.is_loose = false;
    let order: Vec<u32> = (0..model.blocks() as u32).collect();
    plan.settle(&order);
    let mut scratch = Vec::new();
    for shade in [0.9, 0.5, 0.0] {
        sweep(&mut plan, &order, y, shade, &mut scratch);
    }
    plan
}

/// Makes some blocks of a plan better: sweeps, then a short search.
pub(crate) fn improve<'d, 'm, 'i>(
    plan: &mut Plan<'d, 'm, 'i>,
    y: &[f64],
    wanters: &Wanters,
    gains: &[(f64, f64)],
    among: &[u32],
    seed: u64,
) {
    let mut scratch = Vec::new();
    for shade in [0.9, 0.5, 0.0] {
        sweep(plan, among, y, shade, &mut scratch);
    }
    let mut search = Search::new(plan, y, wanters, gains, seed);
    search.among = among
        .iter()
        .flat_map(|&b| search.plan.model.block(b as usize))
        .collect();
    let effort = Effort {
        rounds: SHORT_ROUNDS.min(ROUNDS_PER_LINE * search.among.len() as u64),
        threshold: 0.0,
    };
    search.run(effort, &mut |_| true);
}

const SHORT_ROUNDS: u64 = 3_000;
const ROUNDS_PER_LINE: u64 = 8;

/// Builds a first plan: each block takes the answer drawn for it, or the best there is still room for; blocks whose gain
/// most exceeds its price go first.
pub(crate) fn construct<'d, 'm, 'i>(
    dual: &'d Dual<'m, 'i>,
    y: &[f64],
    gains: &[(f64, f64)],
    drawn: &[Taken],
) -> Plan<'d, 'm, 'i> {
    let mut plan = Plan::new(dual);
    let keys = gains.iter().zip(0u32..);
    let mut keys: Vec<(f64, u32)> = keys
        .map(|(&(gain, paid), block)| (gain / (paid.abs() + 1e-6), block))
        .collect();
    keys.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let order: Vec<u32> = keys.iter().map(|key| key.1).collect();
    let mut scratch = Vec::new();
    let first = firsts(dual.model, drawn);
    // Prices already charge for floors: what is missed in the end is little, and settled then.
    plan.is_loose = true;
    for &block in &order {
        let at = block as usize;
        let mine = &drawn[first[at] as usize..first[at + 1] as usize];
        if drawn.is_empty() || !plan.put_drawn(at, mine) {
            plan.fill_block(block as usize, y, 1.0);
        }
    }
    plan.is_loose = false;
    plan.settle(&order);
    // Among very many blocks it hardly matters who comes first, and neighbours in memory are much quicker.
    let (shades, order) = if gains.len() > MANY_BLOCKS {
        (&SHADES_FEW[..], (0..gains.len() as u32).collect())
    } else {
        (&SHADES[..], order)
    };
    for &shade in shades {
        sweep(&mut plan, &order, y, shade, &mut scratch);
    }
    plan
}

/// Where the deliveries drawn for each block begin; one more entry than blocks.
fn firsts(model: &Model, drawn: &[Taken]) -> Vec<u32> {
    let mut at = 0;
    let begins = model.block_start.iter().map(|&line| {
        while drawn.get(at).is_some_and(|taken| taken.line < line) {
            at += 1;
        }
        at as u32
    });
    begins.collect()
}

/// Lets every block choose again with the room left plus its own.
pub(crate) fn sweep(
    plan: &mut Plan,
    order: &[u32],
    y: &[f64],
    shade: f64,
    scratch: &mut Vec<Taken>,
) {
    for &block in order {
        let block = block as usize;
        // A package that lost a part may give the others back; all else can change only where there is room.
        let may_yield = plan.model.block(block).len() > 1 && plan.holds(block);
        if !may_yield && plan.is_stuck(block) {
            continue;
        }
        let worth = |plan: &Plan| {
            plan.block_value(block)
                - if shade > 0.0 {
                    shade * plan.block_price(block, y)
                } else {
                    0.0
                }
        };
        let before = worth(plan);
        scratch.clear();
        plan.take_block(block, scratch);
        plan.fill_block(block, y, shade);
        if worth(plan) < before || !plan.are_floors_kept() {
            let mut undo = Vec::new();
            plan.take_block(block, &mut undo);
            plan.put_back(scratch);
        }
    }
}

/// How long and how boldly to search.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    pub(crate) rounds: u64,
    pub(crate) threshold: f64,
}

/// Lists of lines by row, to find who else wants a row.
pub(crate) struct Wanters {
    start: Vec<u32>,
    lines: Vec<u32>,
}

impl Wanters {
    pub(crate) fn new(dual: &Dual) -> Self {
        let model = dual.model;
        let mut start = vec![0u32; model.rows.len() + 1];
        for e in 0..model.edges.len() {
            start[model.row_of(e) + 1] += 1;
        }
        for at in 1..start.len() {
            start[at] += start[at - 1];
        }
        let mut next = start.clone();
        let mut lines = vec![0; model.edges.len()];
        for line in 0..model.lines.len() {
            for e in model.edges_of(line) {
                let place = &mut next[model.row_of(e)];
                lines[*place as usize] = line as u32;
                *place += 1;
            }
        }
        Wanters { start, lines }
    }

    fn of(&self, row: usize) -> &[u32] {
        &self.lines[self.start[row] as usize..self.start[row + 1] as usize]
    }
}

/// Takes out and gives back around one place at a time; keeps the best plan met.
pub(crate) struct Search<'p, 'd, 'm, 'i> {
    plan: &'p mut Plan<'d, 'm, 'i>,
    y: &'p [f64],
    wanters: &'p Wanters,
    random: Random,
    /// Rounds done.
    pub(crate) rounds: u64,
    blocks: Vec<u32>,
    /// Lines to begin with; all when empty.
    among: Vec<usize>,
    is_chosen: Vec<bool>,
    /// What each block would gain at the prices if all were free to choose.
    gains: &'p [(f64, f64)],
    /// Running sums of what each block lacks of its gain: seeds are drawn from them.
    lacks: Vec<f64>,
    taken: Vec<Taken>,
    undo: Vec<Taken>,
}

impl<'p, 'd, 'm, 'i> Search<'p, 'd, 'm, 'i> {
    pub(crate) fn new(
        plan: &'p mut Plan<'d, 'm, 'i>,
        y: &'p [f64],
        wanters: &'p Wanters,
        gains: &'p [(f64, f64)],
        seed: u64,
    ) -> Self {
        let blocks = plan.model.blocks();
        Search {
            plan,
            y,
            wanters,
            random: Random::new(seed),
            rounds: 0,
            blocks: Vec::new(),
            among: Vec::new(),
            is_chosen: vec![false; blocks],
            gains,
            lacks: Vec::new(),
            taken: Vec::new(),
            undo: Vec::new(),
        }
    }

    /// Runs `effort.rounds` rounds; `go_on` is asked now and then with the points won so far.
    pub(crate) fn run(&mut self, effort: Effort, go_on: &mut dyn FnMut(f64) -> bool) -> f64 {
        let (mut won, mut best) = (0.0f64, 0.0f64);
        let mut kept: Option<Plan> = None;
        let keeps = self.plan.model.lines.len() <= 20_000;
        for round in 0..effort.rounds {
            if round % 2048 == 0 && !go_on(best) {
                break;
            }
            if round % (self.gains.len() as u64 + 20_000) == 0 {
                self.count_lacks();
            }
            self.rounds += 1;
            let left = 1.0 - round as f64 / effort.rounds as f64;
            let threshold = effort.threshold * left * left;
            won += self.round(threshold);
            if won > best + 1e-9 {
                best = won;
                if keeps && threshold > 0.0 && round % 64 == 0 {
                    kept = Some(self.plan.clone());
                }
            }
        }
        let now = self.plan.value();
        if let Some(kept) = kept.filter(|kept| kept.value() > now) {
            *self.plan = kept;
        }
        won
    }

    fn add(&mut self, line: u32) {
        let block = self.plan.model.block_of[line as usize];
        if !self.is_chosen[block as usize] {
            self.is_chosen[block as usize] = true;
            self.blocks.push(block);
        }
    }

    /// The bound exceeds the plan by what blocks lack and what rows leave over: there is the most to win.
    fn count_lacks(&mut self) {
        let mut sum = 0.0;
        self.lacks.clear();
        for (block, (gain, _)) in self.gains.iter().enumerate() {
            let has = self.plan.block_value(block) - self.plan.block_price(block, self.y);
            sum += (gain - has).max(0.0);
            self.lacks.push(sum);
        }
    }

    /// A line to begin with: half the time drawn by what its block lacks.
    fn seed(&mut self) -> usize {
        let model = self.plan.model;
        if !self.among.is_empty() {
            return self.among[self.random.below(self.among.len())];
        }
        let sum = self.lacks.last().copied().unwrap_or(0.0);
        if sum > 0.0 && self.random.below(2) == 0 {
            let drawn = self.random.unit() * sum;
            let block = self
                .lacks
                .partition_point(|&upto| upto <= drawn)
                .min(self.lacks.len() - 1);
            let lines = model.block(block);
            return lines.start + self.random.below(lines.len());
        }
        self.random.below(model.lines.len())
    }

    fn choose(&mut self) {
        let model = self.plan.model;
        for &block in &self.blocks {
            self.is_chosen[block as usize] = false;
        }
        self.blocks.clear();
        let seed = self.seed();
        if model.lines.len() < 5_000 && self.random.below(4) == 0 {
            return self.choose_category(seed);
        }
        let edges = model.edges_of(seed);
        self.add(seed as u32);
        if edges.is_empty() {
            return;
        }
        let rows = 1 + self.random.below(2);
        for _ in 0..rows {
            let row = model.row_of(edges.start + self.random.below(edges.len()));
            let out = 1 + self.random.below(6);
            for _ in 0..out {
                let riders = &self.plan.riders[row];
                if !riders.is_empty() {
                    let line = riders[self.random.below(riders.len())];
                    self.add(line);
                }
            }
            let wanters = self.wanters.of(row);
            for _ in 0..self.random.below(6) {
                let line = wanters[self.random.below(wanters.len())];
                self.add(line);
            }
        }
    }

    /// Some lines of one category anywhere: floors and caps tie them together.
    fn choose_category(&mut self, seed: usize) {
        let model = self.plan.model;
        self.add(seed as u32);
        for _ in 0..40 {
            let line = self.random.below(model.lines.len());
            if model.lines[line].category == model.lines[seed].category
                && !model.edges_of(line).is_empty()
            {
                self.add(line as u32);
            }
            if self.blocks.len() > 6 {
                return;
            }
        }
    }

    /// One round; returns the points won (0 when undone).
    fn round(&mut self, threshold: f64) -> f64 {
        self.choose();
        let before: f64 = self
            .blocks
            .iter()
            .map(|&b| self.plan.block_value(b as usize))
            .sum();
        self.taken.clear();
        for &block in &self.blocks {
            self.plan.take_block(block as usize, &mut self.taken);
        }
        let mut order = std::mem::take(&mut self.blocks);
        self.random.shuffle(&mut order);
        let shade = [0.0, 0.3, 0.6, 0.8, 0.9, 1.0][self.random.below(6)];
        self.plan.is_loose = self.random.below(2) == 0;
        for &block in &order {
            self.plan.fill_block(block as usize, self.y, shade);
        }
        self.plan.is_loose = false;
        if !self.plan.are_floors_kept() {
            self.plan.settle(&order);
        }
        if shade > 0.0 {
            self.top_up(&order);
        }
        let after: f64 = order
            .iter()
            .map(|&b| self.plan.block_value(b as usize))
            .sum();
        self.blocks = order;
        if self.plan.are_floors_kept() && after > before - threshold * self.random.unit() {
            return after - before;
        }
        self.undo.clear();
        for &block in &self.blocks {
            self.plan.take_block(block as usize, &mut self.undo);
        }
        self.plan.put_back(&self.taken);
        0.0
    }

    /// Lets blocks that got less than they could use take what is left.
    fn top_up(&mut self, order: &[u32]) {
        let mut held = Vec::new();
        for &block in order {
            let block = block as usize;
            let before = self.plan.block_value(block);
            held.clear();
            self.plan.take_block(block, &mut held);
            self.plan.fill_block(block, self.y, 0.0);
            if self.plan.block_value(block) < before {
                self.undo.clear();
                self.plan.take_block(block, &mut self.undo);
                self.plan.put_back(&held);
            }
        }
    }
}
