//! Solves the instance in a folder, writes allocation.csv and prices.csv to another and prints one JSON line.

use std::io::Write as _;
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let mut args = std::env::args().skip(1);
    let folder = PathBuf::from(args.next().unwrap_or_else(|| ".".into()));
    let out = PathBuf::from(args.next().unwrap_or_else(|| ".".into()));
    let began = cpu_seconds();
    let mut options = solver::Options { gap: 1e-4, ..solver::Options::default() };
    let mut is_loud = false;
    let mut earlier = None;
    while let Some(flag) = args.next() {
        let mut value = || args.next().unwrap_or_default();
        match flag.as_str() {
            "--threads" => options.threads = value().parse().unwrap_or(1),
            "--seed" => options.seed = value().parse().unwrap_or(1),
            "--gap" => options.gap = value().parse().unwrap_or(1e-4),
            "--rounds" => options.rounds = value().parse().ok(),
            "--cpu" => options.cpu_seconds = value().parse().ok(),
            "--from" => earlier = Some(PathBuf::from(value())),
            "--loud" => is_loud = true,
            _ => {}
        }
    }
    options.elapsed = Some(&cpu_seconds);
    let stored = earlier.map(|from: PathBuf| {
        let plan = std::fs::read_to_string(from.join("allocation.csv")).unwrap_or_default();
        let prices = std::fs::read_to_string(from.join("prices.csv")).unwrap_or_default();
        (solver::read_allocation(&plan).unwrap_or_default(), solver::read_prices(&prices).unwrap_or_default())
    });
    if let Some((plan, prices)) = &stored {
        options.plan = Some(plan);
        options.prices = Some(prices);
    }
    let read = |name: &str| std::fs::read_to_string(folder.join(name));
    let instance = {
        let texts = (read("meta.json")?, read("needs.csv")?, read("offers.csv")?, read("prior.csv")?);
        solver::read_instance(&texts.0, &texts.1, &texts.2, &texts.3)
    };
    let mut last = None;
    let mut listen = |step: solver::Step, value: Option<f64>, bound: Option<f64>| {
        if is_loud && last != Some(step) {
            last = Some(step);
            eprintln!("{:8.2} s {:9} value {value:?} bound {bound:?}", cpu_seconds() - began, step.code());
        }
        std::ops::ControlFlow::Continue(())
    };
    let solution = match instance.and_then(|instance| solver::solve(&instance, &options, &mut listen)) {
        Ok(solution) => solution,
        Err(problems) => {
            for p in &problems {
                eprintln!("{}: {} ({})", p.at, p.sentence, p.code);
            }
            std::process::exit(1);
        }
    };
    std::fs::write(out.join("allocation.csv"), solver::write_allocation(&solution.deliveries))?;
    std::fs::write(out.join("prices.csv"), solver::write_prices(&solution.prices))?;
    writeln!(
        std::io::stdout(),
        "{{\"objective\":{:?},\"upper_bound\":{:?},\"gap\":{:.6},\"objective_rival\":{:?},\"objective_digital\":{:?},\"cpu_seconds\":{:.2},\"peak_mb\":{},\"edges\":{},\"proven_optimal\":{}}}",
        solution.objective,
        solution.upper_bound,
        solution.gap,
        solution.objective_rival,
        solution.objective_digital,
        cpu_seconds() - began,
        peak_mb(),
        solution.edges,
        solution.proven_optimal
    )
}

/// Processor seconds of this process, from Linux; 0 elsewhere.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = text.rsplit(')').next().unwrap_or("");
    let ticks: f64 = after.split_whitespace().skip(11).take(2).filter_map(|t| t.parse::<f64>().ok()).sum();
    ticks / 100.0
}

fn peak_mb() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}
