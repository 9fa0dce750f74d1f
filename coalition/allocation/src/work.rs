//! The work of a round outside of any request: snapshot, plan, comparison, storing. Whatever is
//! interrupted begins again where nothing is lost: before the plan anew, after it from its kept files.

use crate::acts::{decisions, rounds, storing};
use crate::build::{self, Built};
use crate::explain::{self, Findings};
use crate::outcome::outcome;
use crate::policy::Policy;
use crate::round::{Round, State};
use crate::snapshot::{Bound, Snapshot};
use crate::{store, upstream};
use base::{Error, Id, Result};
use jobs::{Bench, Job};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use solver::Solution;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::ControlFlow;

/// The kind of job that works on a round, and the one that frees what lapsed.
pub(crate) const JOB: &str = "allocation-round";
pub(crate) const LAPSE_JOB: &str = "allocation-lapse";

/// Steps of progress a round has: half for the plan, half for storing.
const STEPS: i64 = 1_000;

/// Rounds of search the solver gets: a limit that does not depend on the machine.
const SEARCH_ROUNDS: u64 = 150_000;
/// Rounds of search the comparison gets: the same, or it would say nothing.
const COMPARED_ROUNDS: u64 = SEARCH_ROUNDS;

type Tell<'t> = &'t mut dyn FnMut(i64) -> Result<()>;

/// What is kept of a solved round until it is stored.
#[derive(Serialize, Deserialize)]
struct Kept {
    snapshot: Snapshot,
    findings: Findings,
}

/// Works on a round until it is stored; answers its outcome. Safe to repeat.
///
/// # Errors
/// Refused when the round could not be solved; whatever the machine answers.
pub fn run_round(bench: &Bench, round: Id) -> Result<Value> {
    run(bench, round, &mut |_| Ok(()))
}

pub(crate) fn job(bench: &Bench, job: &Job) -> Result<Value> {
    let round = job
        .payload
        .get("round")
        .and_then(Value::as_str)
        .and_then(Id::parse);
    let round = round.ok_or(Error::Missing)?;
    run(bench, round, &mut |done| bench.progress(job, done, STEPS))?;
    Ok(json!({ "round": round }))
}

pub(crate) fn lapse_job(bench: &Bench, _: &Job) -> Result<Value> {
    Ok(json!({ "released": release_lapsed(bench)? }))
}

/// Frees the units of every proposal nobody answered in time; answers how many there were.
///
/// # Errors
/// Whatever the database answers.
pub fn release_lapsed(bench: &Bench) -> Result<i64> {
    let now = bench.clock.now();
    let before = now.plus_days(-crate::proposal::ANSWER_DAYS);
    let mut freed = 0;
    loop {
        let found = bench
            .db
            .read_now(move |tx| store::proposals::lapsed(tx, before, 500))?;
        let mut some = false;
        for id in found {
            if bench
                .db
                .write_now(move |tx| decisions::release(tx, id, now))?
            {
                freed += 1;
                some = true;
            }
        }
        if !some {
            return Ok(freed);
        }
    }
}

fn run(bench: &Bench, id: Id, tell: Tell<'_>) -> Result<Value> {
    let now = bench.clock.now();
    let mut round = bench.db.write_now(move |tx| rounds::begin(tx, id, now))?;
    if round.state == State::Solving {
        release_lapsed(bench)?;
        solve(bench, &round, tell)?;
        round = bench.db.read_now(move |tx| store::rounds::find(tx, id))?;
    }
    if round.state == State::Storing {
        store_all(bench, &round, tell)?;
    }
    bench.db.read_now(move |tx| outcome(tx, id))
}

// ---- the plan

fn solve(bench: &Bench, round: &Round, tell: Tell<'_>) -> Result<()> {
    let (id, now) = (round.id, bench.clock.now());
    let wanted = round.clone();
    let (policy, snapshot) = bench.db.read_now(move |tx| {
        let policy = store::policies::find(tx, wanted.policy)?;
        Ok((policy, upstream::snapshot(tx, &wanted, now)?))
    })?;
    if snapshot.lines.is_empty() {
        return refuse(
            bench,
            id,
            json!({ "problems": [{ "code": "no_lines", "at": "" }] }),
        );
    }
    let built = match build::build(&policy.parameters, &snapshot) {
        Ok(built) => built,
        Err(Error::Refused(refusals)) => {
            let problems: Vec<Value> = refusals
                .0
                .iter()
                .map(|r| json!({ "code": r.key, "at": r.field }))
                .collect();
            return refuse(bench, id, json!({ "problems": problems }));
        }
        Err(other) => return Err(other),
    };
    let (hash, files) = keep_instance(bench, &policy, &snapshot, &built)?;
    let (kept_hash, kept_files) = (hash, files.clone());
    if !bench
        .db
        .write_now(move |tx| rounds::taken(tx, id, &kept_hash, &kept_files, now))?
    {
        return Ok(());
    }
    if let Some(why) = impossible(&snapshot, &built) {
        return refuse(bench, id, why);
    }
    tell(20)?;
    let Some((solution, without)) = plans(bench, id, &built, tell)? else {
        return Ok(());
    };
    let findings = explain::findings(&snapshot, &built, &solution, &without.deliveries);
    tell(480)?;
    let solved = keep_result(bench, files, &solution, Kept { snapshot, findings })?;
    bench
        .db
        .write_now(move |tx| rounds::solved(tx, id, &solved, now))?;
    Ok(())
}

fn refuse(bench: &Bench, id: Id, why: Value) -> Result<()> {
    let now = bench.clock.now();
    bench
        .db
        .write_now(move |tx| rounds::refuse(tx, id, &why, now))
}

/// Locks that cannot stand together, and whatever else is wrong with an instance.
fn impossible(snapshot: &Snapshot, built: &Built) -> Option<Value> {
    let faults = built.instance.validate();
    if !faults.is_empty() {
        let all: Vec<Value> = faults
            .iter()
            .take(20)
            .map(|f| json!({ "code": f.code, "at": f.at }))
            .collect();
        return Some(json!({ "problems": all }));
    }
    let conflicts = solver::conflicts(&built.instance);
    let one = |conflict: &solver::Conflict| {
        let earlier = conflict
            .locks
            .iter()
            .filter_map(|lock| built.priors.get(*lock));
        let proposals: BTreeSet<Id> = earlier
            .filter_map(|at| snapshot.earlier.get(*at))
            .map(|e| e.proposal)
            .collect();
        json!({ "code": conflict.code, "proposals": proposals })
    };
    let all: Vec<Value> = conflicts.iter().take(20).map(one).collect();
    (!all.is_empty()).then(|| json!({ "conflicts": all }))
}

/// The plan and the plan without the equity rules; none when the round was stopped.
fn plans(
    bench: &Bench,
    id: Id,
    built: &Built,
    tell: Tell<'_>,
) -> Result<Option<(Solution, Solution)>> {
    let options = solver::Options {
        threads: 2,
        rounds: Some(SEARCH_ROUNDS),
        ..solver::Options::default()
    };
    let mut watch = Watch {
        bench,
        id,
        tell,
        seen: 0,
        done: 20,
        stop: None,
    };
    let solution = solver::solve(&built.instance, &options, &mut watch);
    let stopped = watch.stop.take();
    if let Some(stop) = stopped {
        return stop.map(|()| None);
    }
    let solution = solution.map_err(|faults| Error::fault(format!("{faults:?}")))?;
    watch.done = 250;
    let options = solver::Options {
        rounds: Some(COMPARED_ROUNDS),
        ..options
    };
    let compared =
        solver::counterfactual(&built.instance, &solution.deliveries, &options, &mut watch);
    if let Some(stop) = watch.stop.take() {
        return stop.map(|()| None);
    }
    let compared = compared.map_err(|faults| Error::fault(format!("{faults:?}")))?;
    Ok(Some((solution, compared.without)))
}

/// Listens to the solver: says how far it is and stops it when somebody cancelled the round.
struct Watch<'w, 't> {
    bench: &'w Bench,
    id: Id,
    tell: &'w mut (dyn FnMut(i64) -> Result<()> + 't),
    seen: u32,
    done: i64,
    stop: Option<Result<()>>,
}

impl solver::Progress for Watch<'_, '_> {
    fn report(&mut self, _: solver::Step, _: Option<f64>, _: Option<f64>) -> ControlFlow<()> {
        self.seen += 1;
        if !self.seen.is_multiple_of(25) {
            return ControlFlow::Continue(());
        }
        self.done = (self.done + 5).min(470);
        if let Err(error) = (self.tell)(self.done) {
            self.stop = Some(Err(error));
            return ControlFlow::Break(());
        }
        let id = self.id;
        match self
            .bench
            .db
            .read_now(move |tx| store::rounds::find(tx, id))
        {
            Ok(round) if round.state == State::Solving => ControlFlow::Continue(()),
            Ok(_) => {
                self.stop = Some(Ok(()));
                ControlFlow::Break(())
            }
            Err(error) => {
                self.stop = Some(Err(error));
                ControlFlow::Break(())
            }
        }
    }
}

// ---- files

pub(crate) fn hash(parts: &[&str]) -> String {
    let mut sum = Sha256::new();
    for part in parts {
        sum.update(part.as_bytes());
    }
    sum.finalize()
        .iter()
        .fold(String::with_capacity(64), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

/// Which line and offer stands behind each number, for those who recompute the plan.
fn keys(snapshot: &Snapshot, built: &Built) -> String {
    let mut out = String::from("kind,number,id,part\n");
    for (number, part) in built.parts.iter().enumerate() {
        let id = snapshot
            .lines
            .get(part.line)
            .map(|line| line.id.to_string())
            .unwrap_or_default();
        let held = if part.held.is_some() { "held" } else { "open" };
        let _ = writeln!(out, "need,{number},{id},{held}");
    }
    for (number, row) in built.rows.iter().enumerate() {
        let id = snapshot
            .supplies
            .get(*row)
            .map(|supply| supply.id.to_string())
            .unwrap_or_default();
        let _ = writeln!(out, "offer,{number},{id},");
    }
    out
}

fn keep_instance(
    bench: &Bench,
    policy: &Policy,
    snapshot: &Snapshot,
    built: &Built,
) -> Result<(String, Value)> {
    let texts = solver::write_instance(&built.instance);
    let keys = keys(snapshot, built);
    let all = [
        ("meta.json", "application/json", &texts.meta),
        ("needs.csv", "text/csv", &texts.needs),
        ("offers.csv", "text/csv", &texts.offers),
        ("prior.csv", "text/csv", &texts.prior),
        ("keys.csv", "text/csv", &keys),
    ];
    let mut files = Map::new();
    for (name, mime, text) in all {
        let kept = bench.files.keep(name, mime, text.as_bytes())?;
        files.insert(name.to_owned(), Value::from(kept.hash));
    }
    files.insert("policy".to_owned(), Value::from(policy.number));
    let sum = hash(&[&texts.meta, &texts.needs, &texts.offers, &texts.prior]);
    Ok((sum, Value::Object(files)))
}

fn keep_result(
    bench: &Bench,
    files: Value,
    solution: &Solution,
    kept: Kept,
) -> Result<rounds::Solved> {
    let plan = solver::write_allocation(&solution.deliveries);
    let prices = solver::write_prices(&solution.prices);
    let outcome = kept.findings.summary.clone();
    let work = serde_json::to_vec(&kept).map_err(Error::fault)?;
    let mut files = files;
    let all: [(&str, &str, &[u8]); 3] = [
        ("allocation.csv", "text/csv", plan.as_bytes()),
        ("prices.csv", "text/csv", prices.as_bytes()),
        ("work", "application/json", &work),
    ];
    for (name, mime, bytes) in all {
        let kept = bench.files.keep(name, mime, bytes)?;
        if let Some(files) = files.as_object_mut() {
            files.insert(name.to_owned(), Value::from(kept.hash));
        }
    }
    Ok(rounds::Solved {
        hash: hash(&[&plan, &prices]),
        files,
        objective: solution.objective,
        upper_bound: solution.upper_bound,
        gap: solution.gap,
        outcome,
    })
}

// ---- storing

fn store_all(bench: &Bench, round: &Round, tell: Tell<'_>) -> Result<()> {
    let work = bench.files.read(round.file("work").unwrap_or_default())?;
    let kept: Kept = serde_json::from_slice(&work).map_err(Error::fault)?;
    let (id, now) = (round.id, bench.clock.now());
    supersede(bench, round, &kept)?;
    let kept = std::sync::Arc::new(kept);
    let total = kept.findings.proposals.len().max(1);
    for at in 0..kept.findings.proposals.len() {
        store_one(bench, round, &kept, at)?;
        tell(500 + i64::try_from(450 * at / total).unwrap_or(0))?;
    }
    bench.db.write_now(move |tx| {
        store::results::clear(tx, id)?;
        store::results::fill_offers(tx, id, &kept.snapshot.supplies)?;
        store::results::fill_lines(tx, id, &kept.snapshot.lines, &kept.findings.fared)?;
        store::results::fill_moved(tx, id, &kept.snapshot, &kept.findings.moved)?;
        store::results::fill_gaps(tx, id, &kept.findings.gaps)
    })?;
    tell(980)?;
    bench.db.write_now(move |tx| rounds::finish(tx, id, now))
}

fn supersede(bench: &Bench, round: &Round, kept: &Kept) -> Result<()> {
    let (id, now) = (round.id, bench.clock.now());
    let mut stay: BTreeMap<Id, BTreeSet<(Id, i64)>> = BTreeMap::new();
    for (at, e) in kept.snapshot.earlier.iter().enumerate() {
        if matches!(e.bound, Bound::Open | Bound::Accepted) {
            let own = stay.entry(e.proposal).or_default();
            if kept.findings.kept.contains(&at) {
                own.insert((e.line, e.period));
            }
        }
    }
    // Also those whose every line left the snapshot: their need was closed or lapsed.
    let country = round.country.clone();
    let standing = bench
        .db
        .read_now(move |tx| store::proposals::standing(tx, country.as_deref()))?;
    let old = standing.into_iter().filter(|p| p.round != id).map(|p| p.id);
    for proposal in old {
        let keep = stay.remove(&proposal).unwrap_or_default();
        bench
            .db
            .write_now(move |tx| storing::supersede(tx, proposal, &keep, id, now))?;
    }
    Ok(())
}

fn store_one(bench: &Bench, round: &Round, kept: &std::sync::Arc<Kept>, at: usize) -> Result<()> {
    let now = bench.clock.now();
    let (own, whole) = (round.clone(), kept.clone());
    let opened = bench
        .db
        .write_now(move |tx| match whole.findings.proposals.get(at) {
            Some(new) => storing::open(tx, &own, &whole.snapshot, new, now),
            None => Ok(false),
        })?;
    if !opened {
        return Ok(());
    }
    let lines = kept
        .findings
        .proposals
        .get(at)
        .map_or(0, |new| new.lines.len());
    for from in (0..lines).step_by(storing::SLICE) {
        let (round, whole) = (round.id, kept.clone());
        bench
            .db
            .write_now(move |tx| match whole.findings.proposals.get(at) {
                Some(new) => storing::slice(tx, round, &whole.snapshot, new, from, now),
                None => Ok(()),
            })?;
    }
    Ok(())
}
