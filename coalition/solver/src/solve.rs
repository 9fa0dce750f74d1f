//! The whole run: check, prepare, price, plan, search, certify.

mod effort;

use crate::conflict;
use crate::descent::{Bound as _, Descent};
use crate::digital;
use crate::dual::{Dual, FEW_EDGES};
use crate::exact;
use crate::instance::{Delivery, Instance, Problem};
use crate::model::Model;
use crate::pass::Outlook;
use crate::plan::Plan;
use crate::prices::Prices;
use crate::score;
use crate::search::{Effort, Search, Wanters, construct, improve, resume};
use effort::{attempts, rounds_for, schedule};
use std::collections::VecDeque;
use std::ops::ControlFlow;

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Checked,
    Prepared,
    Digital,
    Prices,
    Plan,
    Search,
    Finished,
}

impl Step {
    /// A stable word for progress displays.
    pub fn code(self) -> &'static str {
        match self {
            Step::Checked => "checked",
            Step::Prepared => "prepared",
            Step::Digital => "digital",
            Step::Prices => "prices",
            Step::Plan => "plan",
            Step::Search => "search",
            Step::Finished => "finished",
        }
    }
}

/// Is told how a run goes and may stop it; the best plan so far is then returned.
pub trait Progress {
    /// `value` and `bound` are points, where known.
    fn report(&mut self, step: Step, value: Option<f64>, bound: Option<f64>) -> ControlFlow<()>;
}

/// Listens to nothing and never stops a run.
pub struct Silent;

impl Progress for Silent {
    fn report(&mut self, _: Step, _: Option<f64>, _: Option<f64>) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl<F: FnMut(Step, Option<f64>, Option<f64>) -> ControlFlow<()>> Progress for F {
    fn report(&mut self, step: Step, value: Option<f64>, bound: Option<f64>) -> ControlFlow<()> {
        self(step, value, bound)
    }
}

/// How a run is limited. The default depends on the instance and the seed alone.
#[derive(Clone, Copy)]
pub struct Options<'o> {
    /// Stops searching once the plan is proven to be this near the best (0.001 = 0.1 %).
    pub gap: f64,
    pub threads: usize,
    pub seed: u64,
    /// Rounds of search; None chooses by size.
    pub rounds: Option<u64>,
    /// With `elapsed`: stops early once so many seconds are used. A run that is stopped by time is not repeatable.
    pub cpu_seconds: Option<f64>,
    /// Seconds used so far, by the caller's clock.
    pub elapsed: Option<&'o (dyn Fn() -> f64 + Sync)>,
    /// Prices of an earlier run on nearly the same instance.
    pub prices: Option<&'o Prices>,
    /// The plan of an earlier run; what no longer fits is left out.
    pub plan: Option<&'o [Delivery]>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options {
            gap: 1e-4,
            threads: 1,
            seed: 1,
            rounds: None,
            cpu_seconds: None,
            elapsed: None,
            prices: None,
            plan: None,
        }
    }
}

/// A plan with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Solution {
    /// Sorted by need, offer, period.
    pub deliveries: Vec<Delivery>,
    pub prices: Prices,
    pub objective: f64,
    pub objective_rival: f64,
    pub objective_digital: f64,
    /// No plan whatever can be worth more.
    pub upper_bound: f64,
    /// (upper_bound − objective) / upper_bound.
    pub gap: f64,
    pub proven_optimal: bool,
    /// Eligible deliveries looked at.
    pub edges: usize,
    pub work: Work,
}

/// What a run took, counted in steps, so that it is the same on every machine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Looks at eligible deliveries while prices were sought: each look at all of them counts them all.
    pub looks: u64,
    /// Rounds of search.
    pub rounds: u64,
    /// Entries the exact part touched.
    pub entries: u64,
}

/// Up to this many lines the search starts several times.
const FEW_LINES: usize = 300;
/// Entries the exact part may touch: for few lines about half a minute.
const EXACT_WORK: u64 = 2_000_000_000;
const EXACT_WORK_FEW: u64 = 4_000_000_000;
/// Looks at all eligible deliveries that a first plan is worth in time.
const PLAN_LOOKS: f64 = 9.0;
/// A gap above this is wide; pricing then ends once so many looks in a row gain less than this part of it.
const ROUGH: f64 = 1e-3;
const PATIENCE: f64 = 30.0;
const MARKS: usize = 6;
/// Rounds of search after an edit.
const MENDING_ROUNDS: u64 = 30_000;
/// How near the exact part goes after an edit, and what it may take.
const MENDING_GAP: f64 = 1e-3;
const EXACT_WORK_MENDING: u64 = 60_000_000;
/// A plan counts as the best when it is proven to be within this share.
const PROVEN: f64 = 1e-4;

/// Finds a plan and proves how near the best it is.
pub fn solve(
    instance: &Instance,
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Solution, Vec<Problem>> {
    let faults = instance.validate();
    if !faults.is_empty() {
        return Err(faults);
    }
    let faults = conflict::problems(instance);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut run = Run {
        options,
        progress,
        stopped: false,
        work: Work::default(),
    };
    run.tell(Step::Checked, None, None);
    let stored = options.prices.map_or(&[][..], |p| &p.needs);
    let near = digital::Near {
        prices: if options.gap > ROUGH {
            0.2 * options.gap
        } else {
            0.0
        },
        cases: 0.1 * options.gap,
    };
    let digital = digital::solve(instance, stored, near, &mut || {
        run.tell(Step::Digital, None, None)
    });
    run.tell(Step::Digital, Some(digital.objective), Some(digital.bound));
    let mut model = Model::new(instance, options.threads);
    if model.edges.len() <= exact::EDGES_MAX {
        model.part_hopeless();
    }
    run.tell(Step::Prepared, None, None);
    let rival = run.rival(&model, digital.objective, digital.bound);
    let mut deliveries = rival.deliveries;
    deliveries.extend(digital.deliveries);
    deliveries.sort_unstable();
    let mut prices = rival.prices;
    prices.needs = digital.needs;
    let points = score::objective(instance, &deliveries);
    // Rounding in the last digits must not put the bound below a plan that exists.
    let upper_bound = (rival.bound + digital.bound).max(points.total);
    let gap = if upper_bound > 0.0 {
        (upper_bound - points.total) / upper_bound
    } else {
        0.0
    };
    let solution = Solution {
        deliveries,
        prices,
        objective: points.total,
        objective_rival: points.rival,
        objective_digital: points.digital,
        upper_bound,
        gap,
        proven_optimal: gap <= PROVEN,
        edges: model.edges.len() + digital.edges,
        work: run.work,
    };
    run.tell(
        Step::Finished,
        Some(solution.objective),
        Some(solution.upper_bound),
    );
    Ok(solution)
}

struct Run<'o, 'p> {
    options: &'p Options<'o>,
    progress: &'p mut dyn Progress,
    stopped: bool,
    work: Work,
}

struct Rival {
    deliveries: Vec<Delivery>,
    prices: Prices,
    bound: f64,
}

impl Run<'_, '_> {
    /// Reports; false once the run shall end.
    fn tell(&mut self, step: Step, value: Option<f64>, bound: Option<f64>) -> bool {
        self.stopped |= self.progress.report(step, value, bound).is_break();
        if let (Some(limit), Some(elapsed)) = (self.options.cpu_seconds, self.options.elapsed) {
            self.stopped |= elapsed() >= limit;
        }
        !self.stopped
    }

    fn seconds(&self) -> f64 {
        self.options.elapsed.map_or(0.0, |elapsed| elapsed())
    }

    /// Whether so many seconds are still there before the limit; pricing ends when they are not, the run goes on.
    fn in_time(&mut self, wanted: f64) -> bool {
        self.options
            .cpu_seconds
            .is_none_or(|limit| self.seconds() + wanted < limit)
    }

    /// Whether prices and plan of an earlier run are there to be mended.
    fn is_mending(&self) -> bool {
        self.options.plan.is_some() && self.options.prices.is_some()
    }

    fn rival(&mut self, model: &Model, digital: f64, digital_bound: f64) -> Rival {
        let dual = Dual::new(model, self.options.threads);
        let (y, bound) = self.price(&dual, digital_bound);
        self.tell(Step::Prices, None, Some(bound + digital_bound));
        let Outlook { gains, drawn } = dual.outlook(&y, self.options.seed);
        let mut plan = match self.options.plan {
            Some(earlier) => resume(&dual, &y, earlier),
            None => construct(&dual, &y, &gains, &drawn),
        };
        let value = plan.value();
        self.tell(
            Step::Plan,
            Some(value + digital),
            Some(bound + digital_bound),
        );
        let usual = rounds_for(model);
        // An earlier plan needs mending, not a new search.
        let usual = if self.is_mending() {
            usual.min(MENDING_ROUNDS).min(usual / 4)
        } else {
            usual
        };
        let rounds = self.options.rounds.unwrap_or(usual);
        if rounds > 0 && !model.edges.is_empty() && !self.stopped {
            let wanters = Wanters::new(&dual);
            let target = (bound + digital_bound) * (1.0 - self.options.gap) - digital;
            let first = plan.clone();
            let is_few = model.lines.len() <= FEW_LINES;
            for (attempt, rounds) in attempts(rounds, is_few).into_iter().enumerate() {
                if self.stopped || plan.value() >= target {
                    break;
                }
                // Boldness needs time to pay: few rounds per block must only go uphill.
                let per_block = rounds as f64 / model.blocks().max(1) as f64;
                let mean = value / model.blocks().max(1) as f64;
                let effort = Effort {
                    rounds,
                    threshold: 0.3 * (per_block / 200.0).min(1.0) * mean,
                };
                // A few lines trap a search easily: it begins anew; many lines go on from the best.
                let mut other = if is_few { first.clone() } else { plan.clone() };
                let seed = self.options.seed.wrapping_add(attempt as u64);
                let begun = other.value();
                let mut go_on = |won: f64| {
                    let reached = Some(begun + won + digital);
                    self.tell(Step::Search, reached, Some(bound + digital_bound))
                        && begun + won < target
                };
                let mut search = Search::new(&mut other, &y, &wanters, &gains, seed);
                search.run(effort, &mut go_on);
                self.work.rounds += search.rounds;
                if other.value() > plan.value() {
                    plan = other;
                }
            }
        }
        let mut bound = bound;
        if model.edges.len() <= exact::EDGES_MAX && !model.edges.is_empty() && !self.stopped {
            bound = self.prove(
                &dual,
                &mut plan,
                (&y, &gains),
                (digital, digital_bound),
                bound,
            );
        }
        Rival {
            deliveries: plan.deliveries(),
            prices: dual.prices(&y),
            bound,
        }
    }

    /// Branch and cut: a bound that prices alone cannot prove, and often a better plan.
    fn prove<'d, 'm, 'i>(
        &mut self,
        dual: &'d Dual<'m, 'i>,
        plan: &mut Plan<'d, 'm, 'i>,
        (y, gains): (&[f64], &[(f64, f64)]),
        (digital, digital_bound): (f64, f64),
        bound: f64,
    ) -> f64 {
        let wanters = Wanters::new(dual);
        let gap = if self.is_mending() {
            self.options.gap.max(MENDING_GAP)
        } else {
            self.options.gap
        };
        let goal = exact::Goal {
            tolerance: (0.95 * gap.max(1e-7) * (plan.value() + digital)
                - (digital_bound - digital))
                .max(0.0),
            work: match (dual.model.lines.len() <= FEW_LINES, self.is_mending()) {
                (_, true) => EXACT_WORK_MENDING,
                (true, false) => EXACT_WORK_FEW,
                (false, false) => EXACT_WORK,
            },
        };
        let mut seed = self.options.seed;
        let mut better = |plan: &mut Plan<'d, 'm, 'i>, among: &[u32]| {
            seed = seed.wrapping_add(1);
            improve(plan, y, &wanters, gains, among, seed);
        };
        let mut tell = |value: f64, upper: f64| {
            self.tell(
                Step::Search,
                Some(value + digital),
                Some(upper.min(bound) + digital_bound),
            )
        };
        let proof = exact::solve(dual, plan, goal, &mut better, &mut tell);
        self.work.entries += proof.work;
        bound.min(proof.bound)
    }

    /// The best prices found for the rival part, and their bound.
    fn price(&mut self, dual: &Dual, digital_bound: f64) -> (Vec<f64>, f64) {
        let edges = dual.model.edges.len();
        let is_warm = self.options.prices.is_some();
        let mut descent = Descent::new(match self.options.prices {
            Some(prices) => dual.multipliers(prices),
            None => dual.first_guess(),
        });
        let by_bend = edges < FEW_EDGES;
        let begun = self.seconds();
        // A wide gap is reached with rough prices: pricing ends once it gains little against it.
        let patience = self.options.gap / PATIENCE;
        let is_rough = self.options.gap > ROUGH && !by_bend;
        let mut marks: VecDeque<f64> = VecDeque::new();
        let mut is_enough = false;
        for (stage, every) in schedule(edges, is_warm) {
            descent.rewind();
            let mut go_on = |bound: f64, looks: f64| {
                // Making the plan takes about as long as so many looks; that time is set aside.
                let look = (self.seconds() - begun) / looks.max(1e-9);
                if is_rough && bound < f64::INFINITY {
                    marks.push_back(bound);
                    if marks.len() > MARKS {
                        let before = marks.pop_front().unwrap_or(f64::INFINITY);
                        is_enough = before - bound < patience * bound;
                    }
                }
                !is_enough
                    && self.in_time(PLAN_LOOKS * look)
                    && self.tell(Step::Prices, None, Some(bound + digital_bound))
            };
            if every == 1 {
                descent.run(dual, stage, by_bend, &mut go_on);
            } else {
                let sample = dual.model.sample(every);
                let sampled = dual.sampled(&sample, every);
                descent.run(&sampled, stage, by_bend, &mut go_on);
            }
            if (self.stopped || is_enough) && descent.best.bound < f64::INFINITY {
                break;
            }
        }
        self.work.looks += (descent.looks * edges as f64) as u64;
        (descent.best.y, descent.best.bound)
    }
}
