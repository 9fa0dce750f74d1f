//! Solves the instance in a folder, writes allocation.csv and prices.csv to another and prints one JSON line.

use gauge::{cpu_seconds, peak_mb};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// What the command line asks for.
#[derive(Default)]
struct Asked {
    folder: PathBuf,
    out: PathBuf,
    earlier: Option<PathBuf>,
    threads: Option<usize>,
    seed: Option<u64>,
    gap: Option<f64>,
    rounds: Option<u64>,
    cpu: Option<f64>,
    is_loud: bool,
}

fn asked() -> Asked {
    let mut args = std::env::args().skip(1);
    let mut folder = || PathBuf::from(args.next().unwrap_or_else(|| ".".into()));
    let mut asked = Asked {
        folder: folder(),
        out: folder(),
        ..Asked::default()
    };
    while let Some(flag) = args.next() {
        let mut value = || args.next().unwrap_or_default();
        match flag.as_str() {
            "--threads" => asked.threads = value().parse().ok(),
            "--seed" => asked.seed = value().parse().ok(),
            "--gap" => asked.gap = value().parse().ok(),
            "--rounds" => asked.rounds = value().parse().ok(),
            "--cpu" => asked.cpu = value().parse().ok(),
            "--from" => asked.earlier = Some(PathBuf::from(value())),
            "--loud" => asked.is_loud = true,
            _ => {}
        }
    }
    asked
}

fn read(folder: &Path) -> std::io::Result<Result<solver::Instance, Vec<solver::Problem>>> {
    let text = |name: &str| std::fs::read_to_string(folder.join(name));
    let (meta, needs, offers, prior) = (
        text("meta.json")?,
        text("needs.csv")?,
        text("offers.csv")?,
        text("prior.csv")?,
    );
    Ok(solver::read_instance(&meta, &needs, &offers, &prior))
}

fn main() -> std::io::Result<()> {
    let asked = asked();
    let began = cpu_seconds();
    let stored = asked.earlier.as_ref().map(|from| {
        let text = |name: &str| std::fs::read_to_string(from.join(name)).unwrap_or_default();
        let plan = solver::read_allocation(&text("allocation.csv")).unwrap_or_default();
        (
            plan,
            solver::read_prices(&text("prices.csv")).unwrap_or_default(),
        )
    });
    let plain = solver::Options::default();
    let options = solver::Options {
        gap: asked.gap.unwrap_or(plain.gap),
        threads: asked.threads.unwrap_or(plain.threads),
        seed: asked.seed.unwrap_or(plain.seed),
        rounds: asked.rounds,
        cpu_seconds: asked.cpu,
        elapsed: Some(&cpu_seconds),
        plan: stored.as_ref().map(|s| &s.0[..]),
        prices: stored.as_ref().map(|s| &s.1),
    };
    let mut last = None;
    let mut listen = |step: solver::Step, value: Option<f64>, bound: Option<f64>| {
        if asked.is_loud && last != Some(step) {
            last = Some(step);
            let seconds = cpu_seconds() - began;
            eprintln!(
                "{seconds:8.2} s {:9} value {value:?} bound {bound:?}",
                step.code()
            );
        }
        std::ops::ControlFlow::Continue(())
    };
    let solved = read(&asked.folder)?.and_then(|i| solver::solve(&i, &options, &mut listen));
    let solution = match solved {
        Ok(solution) => solution,
        Err(problems) => {
            problems
                .iter()
                .for_each(|p| eprintln!("{}: {} ({})", p.at, p.sentence, p.code));
            std::process::exit(1);
        }
    };
    std::fs::write(
        asked.out.join("allocation.csv"),
        solver::write_allocation(&solution.deliveries),
    )?;
    std::fs::write(
        asked.out.join("prices.csv"),
        solver::write_prices(&solution.prices),
    )?;
    writeln!(
        std::io::stdout(),
        "{}",
        json(&solution, cpu_seconds() - began)
    )
}

fn json(solution: &solver::Solution, seconds: f64) -> String {
    let fields = [
        ("objective", format!("{:?}", solution.objective)),
        ("upper_bound", format!("{:?}", solution.upper_bound)),
        ("gap", format!("{:.6}", solution.gap)),
        ("objective_rival", format!("{:?}", solution.objective_rival)),
        (
            "objective_digital",
            format!("{:?}", solution.objective_digital),
        ),
        ("cpu_seconds", format!("{seconds:.2}")),
        ("peak_mb", format!("{:.0}", peak_mb())),
        ("edges", solution.edges.to_string()),
        ("proven_optimal", solution.proven_optimal.to_string()),
        ("looks", solution.work.looks.to_string()),
        ("rounds", solution.work.rounds.to_string()),
        ("entries", solution.work.entries.to_string()),
    ];
    let parts: Vec<String> = fields.iter().map(|(k, v)| format!("\"{k}\":{v}")).collect();
    format!("{{{}}}", parts.join(","))
}
