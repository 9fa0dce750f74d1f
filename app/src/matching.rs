//! `match`: the solver alone, on instance files.

use base::{Error, Result};
use gauge::{cpu_seconds, peak_mb};
use serde_json::{Value, json};
use solver::{Options, Step};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

/// What may be chosen on the command line.
#[derive(Debug)]
pub struct Choice {
    /// Stop when the certified gap is this small.
    pub gap: Option<f64>,
    pub threads: usize,
    /// Stop after so many seconds of processor time; none means [`SECONDS`].
    pub seconds: Option<f64>,
}

/// Seconds of processor time a run takes at most unless told otherwise.
const SECONDS: f64 = 60.0;

/// Matches the instance in `dir`, writes `allocation.csv` and `prices.csv` into `out`, and answers
/// the figures.
///
/// # Errors
/// A fault naming every problem of the input, or the file that could not be read or written.
pub fn run(dir: &Path, out: &Path, choice: &Choice) -> Result<Value> {
    let started = Instant::now();
    let read = |name: &str| {
        let path = dir.join(name);
        std::fs::read_to_string(&path).map_err(|e| Error::fault(format!("{}: {e}", path.display())))
    };
    let texts = (
        read("meta.json")?,
        read("needs.csv")?,
        read("offers.csv")?,
        read("prior.csv")?,
    );
    let instance =
        solver::read_instance(&texts.0, &texts.1, &texts.2, &texts.3).map_err(problems)?;
    drop(texts);
    let elapsed = cpu_seconds;
    let mut options = Options {
        threads: choice.threads,
        cpu_seconds: Some(choice.seconds.unwrap_or(SECONDS)),
        elapsed: Some(&elapsed),
        ..Options::default()
    };
    if let Some(gap) = choice.gap {
        options.gap = gap;
    }
    let mut progress = |step: Step, value: Option<f64>, bound: Option<f64>| {
        eprintln!(
            "{step:?} value {value:?} bound {bound:?} after {:.1} s",
            elapsed()
        );
        ControlFlow::Continue(())
    };
    let solution = solver::solve(&instance, &options, &mut progress).map_err(problems)?;
    let mut files = vec![
        (
            "allocation.csv",
            solver::write_allocation(&solution.deliveries),
        ),
        ("prices.csv", solver::write_prices(&solution.prices)),
    ];
    if !instance.prior.is_empty() {
        let explainer = solver::Explainer::new(&instance, &solution.deliveries, &solution.prices);
        files.push(("moved.csv", solver::write_moved(&explainer.moved())));
    }
    write(out, &files)?;
    Ok(json!({
        "objective": solution.objective,
        "upper_bound": solution.upper_bound,
        "gap": solution.gap,
        "objective_rival": solution.objective_rival,
        "objective_digital": solution.objective_digital,
        "seconds": started.elapsed().as_secs_f64(),
        "cpu_seconds": cpu_seconds(),
        "peak_mb": peak_mb(),
        "edges": solution.edges,
        "proven_optimal": solution.proven_optimal,
    }))
}

fn problems(all: Vec<solver::Problem>) -> Error {
    let lines: Vec<String> = all
        .iter()
        .map(|p| format!("{}: {} ({})", p.at, p.sentence, p.code))
        .collect();
    Error::fault(lines.join("\n"))
}

/// Writes all files beside their places first, so that a run that is cut off leaves what was there.
fn write(out: &Path, files: &[(&str, String)]) -> Result<()> {
    std::fs::create_dir_all(out).map_err(Error::fault)?;
    let half = |name: &str| out.join(format!("{name}.half"));
    let written = files.iter().try_for_each(|(name, text)| {
        std::fs::write(half(name), text)
            .map_err(|e| Error::fault(format!("{}: {e}", out.join(name).display())))
    });
    let placed = written.and_then(|()| {
        files.iter().try_for_each(|(name, _)| {
            let path = out.join(name);
            std::fs::rename(half(name), &path)
                .map_err(|e| Error::fault(format!("{}: {e}", path.display())))
        })
    });
    if placed.is_err() {
        for (name, _) in files {
            let _ = std::fs::remove_file(half(name));
        }
    }
    placed
}
